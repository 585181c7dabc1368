//! `wirefeed parse`: what the parser and the tagger see.

mod explain;
mod source;
mod text;

use std::io::{self, Write};

use wirefeed::inbox::Reason;
use wirefeed::ninjs;
use wirefeed::story::{Region, Topic};
use wirefeed::tag::{Ambiguous, Tagger};
use wirefeed::taxonomy::Taxonomy;
use wirefeed::wire::{self, Reading};

use super::{Done, Failure, Outcome, load, say, told};
use crate::cli::{Format, ParseArgs};

pub(crate) fn run(args: &ParseArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
    let tagger = Tagger::new(&config.taxonomy);
    let zone = config.site.timezone;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut refused, mut unread) = (false, false);
    for file in &args.files {
        let shown = source::shown(file);
        let (bytes, received) = match source::read(file, args.received, zone, config.inbox.max_size) {
            Ok(read) => read,
            Err(error) => {
                say(format_args!("wirefeed: {}", told(&error)));
                match error.downcast_ref() {
                    Some(Reason::TooLarge { .. }) => refused = true,
                    _ => unread = true,
                }
                continue;
            }
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut reading = wire::read(&bytes, &name, &received);
        let ambiguous: Vec<Vec<Ambiguous>> = reading.stories.iter_mut().map(|story| tagger.tag(story)).collect();
        if let Some(remark) = reading.refusal() {
            say(format_args!("wirefeed: {shown}: refused: {remark}"));
            refused = true;
            continue;
        }
        if args.explain {
            explain::page(&mut out, &shown, &reading, &ambiguous, &config.taxonomy, zone)?;
        } else if args.format == Format::Ninjs {
            for story in &reading.stories {
                serde_json::to_writer(&mut out, &ninjs::object(story, &config.taxonomy, &name, &zone))?;
                writeln!(out)?;
            }
        } else {
            for story in &reading.stories {
                text::story(&mut out, story, &config.taxonomy, zone)?;
            }
            remarks(&reading, &shown);
            for (story, ambiguous) in reading.stories.iter().zip(&ambiguous) {
                for ambiguous in ambiguous {
                    say(format_args!("{shown}: {}: {}", story.headline, left_out(ambiguous, &config.taxonomy)));
                }
            }
        }
    }
    out.flush()?;
    if unread {
        return Err(Failure::Running(anyhow::anyhow!("some files could not be read")));
    }
    Ok(if refused { Done::SomeRefused } else { Done::Whole })
}

/// Says what the reader was not sure of, each in the form that editors jump to: `FILE:LINE: remark`.
fn remarks(reading: &Reading, shown: &str) {
    for remark in &reading.remarks {
        let line = if remark.line > 0 { format!(":{}", remark.line) } else { String::new() };
        say(format_args!("{shown}{line}: {}", remark.kind));
    }
}

/// What became of a name that could be of several places.
fn left_out(Ambiguous { name, regions }: &Ambiguous, taxonomy: &Taxonomy) -> String {
    /// As many as tell an editor what to write.
    const MOST: usize = 4;
    let named = |code: &Region| {
        let of = taxonomy.regions.ancestors(code).next().map_or("", |above| above.names.zh.as_str());
        format!("{of}{} ({code})", region_name(taxonomy, code))
    };
    let mut could_be: Vec<String> = regions.iter().take(MOST).map(named).collect();
    if regions.len() > MOST {
        could_be.push("…".to_owned());
    }
    format!("“{name}” is no tag: it could be {}", could_be.join(", "))
}

fn region_name(taxonomy: &Taxonomy, code: &Region) -> String {
    taxonomy.regions.get(code).map_or_else(|| code.to_string(), |concept| concept.names.zh.clone())
}

fn topic_name(taxonomy: &Taxonomy, code: &Topic) -> String {
    taxonomy.topics.get(code).map_or_else(|| code.to_string(), |concept| concept.names.zh.clone())
}
