//! `wirefeed parse`: what the parser and the tagger see.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use bytesize::ByteSize;
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use wirefeed::inbox::Reason;
use wirefeed::ninjs;
use wirefeed::story::{BlockKind, Evidence, Label, Part, Story};
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::Taxonomy;
use wirefeed::wire::{self, Reading};

use super::{Done, Failure, Outcome, load, now, say, told};
use crate::cli::{Format, ParseArgs, Receipt};

pub(crate) fn run(args: &ParseArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
    let tagger = Tagger::new(&config.taxonomy);
    let zone = config.site.timezone;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut refused, mut unread) = (false, false);
    for file in &args.files {
        let (bytes, received) = match read(file, args.received, zone, config.inbox.max_size) {
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
        for story in &mut reading.stories {
            tagger.tag(story);
        }
        if let Some(remark) = reading.refusal() {
            say(format_args!("wirefeed: {}: refused: {remark}", file.display()));
            refused = true;
            continue;
        }
        if args.explain {
            explain(&mut out, file, &reading, &config.taxonomy)?;
        } else if args.format == Format::Ninjs {
            for story in &reading.stories {
                serde_json::to_writer(&mut out, &ninjs::object(story, &config.taxonomy, &name, &zone))?;
                writeln!(out)?;
            }
        } else {
            for story in &reading.stories {
                text(&mut out, story, &config.taxonomy)?;
            }
            remarks(&reading, file);
        }
    }
    out.flush()?;
    if unread {
        return Err(Failure::Running(anyhow::anyhow!("some files could not be read")));
    }
    Ok(if refused { Done::SomeRefused } else { Done::Whole })
}

/// The file's bytes, and when it was received in the zone of its datelines.
fn read(
    file: &Path,
    given: Option<Receipt>,
    zone: Tz,
    max_size: ByteSize,
) -> anyhow::Result<(Vec<u8>, DateTime<Tz>)> {
    let named = || file.display().to_string();
    let metadata = std::fs::metadata(file).with_context(named)?;
    // To read a pipe, a device or a folder could last for ever.
    anyhow::ensure!(metadata.is_file(), "{}: not a file", named());
    let size = ByteSize::b(metadata.len());
    if size > max_size {
        return Err(Reason::TooLarge { size, max_size }).with_context(|| format!("{}: refused", named()));
    }
    let bytes = std::fs::read(file).with_context(named)?;
    let received = match given {
        Some(Receipt::Zoned(at)) => at.with_timezone(&zone),
        Some(Receipt::Local(at)) => zone
            .from_local_datetime(&at)
            .earliest()
            .with_context(|| format!("{at} is no time in {zone}: its clocks were put forward"))?,
        None => last_written(&metadata).min(now()).with_timezone(&zone),
    };
    Ok((bytes, received))
}

/// A file's time, which can be set to anything; never before the clock's epoch.
fn last_written(metadata: &std::fs::Metadata) -> DateTime<Utc> {
    let since =
        metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
    i64::try_from(since.as_secs()).ok().and_then(|secs| DateTime::from_timestamp(secs, 0)).unwrap_or_else(now)
}

fn remarks(reading: &Reading, file: &Path) {
    for remark in &reading.remarks {
        let line = if remark.line > 0 { format!(":{}", remark.line) } else { String::new() };
        say(format_args!("{}{line}: {}", file.display(), remark.kind));
    }
}

/// A story for people.
fn text(out: &mut impl Write, story: &Story, taxonomy: &Taxonomy) -> io::Result<()> {
    for (word, line) in [("", &story.kicker), ("# ", &story.headline), ("", &story.subheadline)] {
        if !line.is_empty() {
            writeln!(out, "{word}{line}")?;
        }
    }
    let people: Vec<&str> = story.bylines.iter().map(|byline| byline.name.as_str()).collect();
    let place = story.dateline.as_ref().map_or(String::new(), |d| {
        let date = d.date.map_or(String::new(), |date| date.to_string());
        [d.agency.as_str(), &d.places.join("/"), &date].join(" ")
    });
    writeln!(out, "[{} · {} · {}]", story.published.to_rfc3339(), place.trim(), people.join("、"))?;
    let regions = story.regions.iter().filter(|label| !label.implied).map(|label| region_name(taxonomy, label));
    let topics = story.topics.iter().filter(|label| !label.implied).map(|label| topic_name(taxonomy, label));
    writeln!(out, "[{}]", regions.chain(topics).collect::<Vec<_>>().join(" · "))?;
    for block in &story.body {
        writeln!(out, "\n{}{}", if block.kind == BlockKind::Subhead { "## " } else { "" }, block.text)?;
    }
    for caption in &story.captions {
        writeln!(out, "\n▣ {} {}", caption.text, caption.credit)?;
    }
    writeln!(out, "\n")
}

/// The page with each line's role in the margin, and the evidence for the tags of each story.
fn explain(out: &mut impl Write, file: &Path, reading: &Reading, taxonomy: &Taxonomy) -> io::Result<()> {
    writeln!(out, "{}: {}, {} stories", file.display(), reading.encoding, reading.stories.len())?;
    let mut roles = reading.lines.iter().peekable();
    for (at, text) in reading.page.lines().enumerate() {
        let number = at + 1;
        let role = roles.next_if(|role| role.number == number);
        let story = role.and_then(|role| role.story).map_or(String::new(), |story| (story + 1).to_string());
        let word = role.map_or("", |role| role.role.word());
        let why = role.and_then(|role| role.why).map_or(String::new(), |why| format!("   ← {why}"));
        writeln!(out, "{number:>5} {story:>3} {word:<9} │ {text}{why}")?;
    }
    for (at, story) in reading.stories.iter().enumerate() {
        writeln!(out, "\nstory {}: {}", at + 1, story.headline)?;
        writeln!(out, "  published {}", story.published.to_rfc3339())?;
        for label in &story.regions {
            evidence(out, &region_name(taxonomy, label), label)?;
        }
        for label in &story.topics {
            evidence(out, &topic_name(taxonomy, label), label)?;
        }
    }
    if !reading.remarks.is_empty() {
        writeln!(out, "\nremarks")?;
    }
    for remark in &reading.remarks {
        writeln!(out, "  {remark}")?;
    }
    writeln!(out)
}

fn evidence<C: std::fmt::Display>(out: &mut impl Write, name: &str, label: &Label<C>) -> io::Result<()> {
    if label.implied {
        return writeln!(out, "  {} {name}: implied", label.code);
    }
    writeln!(out, "  {} {name}: {}", label.code, label.weight)?;
    for Evidence { term, part, count, weight } in &label.evidence {
        writeln!(out, "    {weight:>+4}  {term} ×{count} ({})", part_word(*part))?;
    }
    Ok(())
}

fn part_word(part: Part) -> &'static str {
    match part {
        Part::Headline => "headline",
        Part::Dateline => "dateline",
        Part::Lead => "lead",
        Part::Subhead => "sub-heads",
        Part::Body => "body",
        Part::Caption => "captions",
    }
}

fn region_name(taxonomy: &Taxonomy, label: &Label<wirefeed::story::Region>) -> String {
    taxonomy.regions.get(&label.code).map_or_else(|| label.code.to_string(), |concept| concept.names.zh.clone())
}

fn topic_name(taxonomy: &Taxonomy, label: &Label<wirefeed::story::Topic>) -> String {
    taxonomy.topics.get(&label.code).map_or_else(|| label.code.to_string(), |concept| concept.names.zh.clone())
}
