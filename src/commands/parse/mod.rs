//! `wirefeed parse`: what the parser and the tagger see.

mod explain;
mod source;
mod text;

use std::io::{self, Write};
use std::path::Path;

use wirefeed::config::Config;
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
    let desk = Desk { args, tagger: super::tagger(&config.taxonomy), config: &config };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut refused, mut unread) = (false, false);
    for file in &args.files {
        match desk.file(&mut out, file)? {
            Fate::Printed => {}
            Fate::Refused => refused = true,
            Fate::Unread => unread = true,
        }
    }
    out.flush()?;
    if unread {
        return Err(Failure::Running(anyhow::anyhow!("some files could not be read")));
    }
    Ok(if refused { Done::SomeRefused } else { Done::Whole })
}

/// All that does not change from file to file.
struct Desk<'a> {
    args: &'a ParseArgs,
    config: &'a Config,
    tagger: Tagger,
}

/// What became of a file.
enum Fate {
    Printed,
    Refused,
    Unread,
}

impl Desk<'_> {
    /// Reads a file, labels its stories and prints them; says why when it does not.
    fn file(&self, out: &mut impl Write, file: &Path) -> Result<Fate, Failure> {
        let (zone, max_size) = (self.config.site.timezone, self.config.inbox.max_size);
        let (bytes, received) = match source::read(file, self.args.received, zone, max_size) {
            Ok(read) => read,
            Err(error) => {
                say(format_args!("wirefeed: {}", told(&error)));
                let is_too_large = matches!(error.downcast_ref(), Some(Reason::TooLarge { .. }));
                return Ok(if is_too_large { Fate::Refused } else { Fate::Unread });
            }
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut reading = wire::read(&bytes, &name, &received);
        let ambiguous: Vec<Vec<Ambiguous>> =
            reading.stories.iter_mut().map(|story| self.tagger.tag(story)).collect();
        let shown = source::shown(file);
        if let Some(remark) = reading.refusal() {
            say(format_args!("wirefeed: {shown}: refused: {remark}"));
            return Ok(Fate::Refused);
        }
        let taxonomy = &self.config.taxonomy;
        if self.args.explain {
            explain::page(out, &shown, &reading, &ambiguous, taxonomy, zone)?;
        } else if self.args.format == Format::Ninjs {
            for story in &reading.stories {
                serde_json::to_writer(&mut *out, &ninjs::object(story, taxonomy, &name, &zone))?;
                writeln!(out)?;
            }
        } else {
            for story in &reading.stories {
                text::story(out, story, taxonomy, zone)?;
            }
            remarks(&reading, &shown);
            names_left_out(&reading, &ambiguous, &shown, taxonomy);
        }
        Ok(Fate::Printed)
    }
}

/// Says what the reader was not sure of, each in the form that editors jump to: `FILE:LINE: remark`.
fn remarks(reading: &Reading, shown: &str) {
    for remark in &reading.remarks {
        let line = if remark.line > 0 { format!(":{}", remark.line) } else { String::new() };
        say(format_args!("{shown}{line}: {}", remark.kind));
    }
}

/// Says which names are no tags, by story.
fn names_left_out(reading: &Reading, ambiguous: &[Vec<Ambiguous>], shown: &str, taxonomy: &Taxonomy) {
    for (story, ambiguous) in reading.stories.iter().zip(ambiguous) {
        for ambiguous in ambiguous {
            say(format_args!("{shown}: {}: {}", story.headline, left_out(ambiguous, taxonomy)));
        }
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
