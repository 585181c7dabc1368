//! `wirefeed build`: the inbox once through the house, and every feed into a folder.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::TimeDelta;
use wirefeed::archive::{Archive, Sqlite, Words};
use wirefeed::edition::{Edition, Written};
use wirefeed::feed::Format;
use wirefeed::inbox::{After, Inbox};
use wirefeed::pipeline::{Pipeline, Receipt, Refused};

use super::{Done, Failure, Outcome, load, now, open, say};
use crate::cli::{BuildArgs, FeedFormat};

pub(crate) fn run(args: BuildArgs) -> Outcome {
    let mut config = load(args.config.as_deref())?;
    if let Some(inbox) = args.inbox {
        config.inbox.path = inbox;
    }
    if is_within(&args.out, &config.inbox.path) {
        let (out, inbox) = (args.out.display(), config.inbox.path.display());
        return Err(Failure::Usage(anyhow::anyhow!(
            "{out} is in the inbox {inbox}: pages would be read as wire files"
        )));
    }
    let archive: Arc<dyn Archive> = if let Some(url) = &args.archive {
        open(url)?
    } else {
        // Nothing is remembered, so nothing may be moved; what is half written is read again next time.
        config.inbox.after = After::Leave;
        config.inbox.settle = Duration::ZERO;
        let words = if config.catalogue.asks_for_words() { Words::Indexed } else { Words::LeftOut };
        Arc::new(Sqlite::throw_away(words)?)
    };
    let inbox = Inbox::open(config.inbox).map_err(|error| Failure::Usage(error.into()))?;
    let tagger = super::tagger(&config.taxonomy);
    let (zone, trial) = (config.site.timezone, super::trial::by_a_child());
    let pipeline = Pipeline::new(inbox, tagger, Arc::clone(&archive), zone, Receipt::Modified, trial);
    let mut pipeline = pipeline.reading_by(super::on_all_cores);
    let tally = until_at_rest(&mut pipeline)?;

    let catalogue = config.catalogue.without_searches();
    let edition = Edition::new(archive, Arc::new(config.taxonomy), catalogue, config.site)?;
    let formats: Vec<Format> = args.only.into_iter().map(format).collect();
    let written =
        if formats.is_empty() { edition.write_to(&args.out) } else { edition.write_feeds_to(&args.out, &formats) };
    let written = written.with_context(|| args.out.display().to_string())?;
    report(&tally, &written, &args.out)
}

fn format(typed: FeedFormat) -> Format {
    match typed {
        FeedFormat::Rss => Format::Rss,
        FeedFormat::Atom => Format::Atom,
        FeedFormat::Json => Format::Json,
    }
}

/// Whether `folder`, which may not be there yet, is `inbox` or lies in it.
fn is_within(folder: &Path, inbox: &Path) -> bool {
    let Ok(inbox) = inbox.canonicalize() else { return false };
    let there = folder.ancestors().find_map(|path| {
        path.canonicalize()
            .or_else(|error| if path.as_os_str().is_empty() { Path::new(".").canonicalize() } else { Err(error) })
            .ok()
    });
    there.is_some_and(|path| path.starts_with(&inbox))
}

/// What the turns of a build did in all.
#[derive(Default)]
struct Tally {
    files: usize,
    known: usize,
    stories: usize,
    refused: Vec<Refused>,
}

/// Turns until every file has rested; a file that is written to all the time is left for the next build.
fn until_at_rest(pipeline: &mut Pipeline) -> Result<Tally, Failure> {
    const PATIENCE: TimeDelta = TimeDelta::seconds(30);
    let watched = io::stderr().is_terminal();
    let start = now();
    let mut tally = Tally::default();
    loop {
        let turn = pipeline.turn(now(), |filed| {
            tally.stories += filed.new + filed.updated;
            if watched {
                eprint!("\r{} stories", tally.stories);
            }
        })?;
        tally.files += turn.taken;
        tally.known += turn.known;
        tally.refused.extend(turn.refused);
        match turn.next_file {
            Some(at) if at - start <= PATIENCE => std::thread::sleep((at - now()).to_std().unwrap_or_default()),
            later => {
                if watched {
                    eprintln!();
                }
                if later.is_some() {
                    say("wirefeed: some files are still being written; the next build takes them");
                }
                return Ok(tally);
            }
        }
    }
}

fn report(tally: &Tally, written: &Written, out: &Path) -> Outcome {
    let Tally { files, known, stories, refused } = tally;
    let mut lines = vec![format!("read {files} wire files ({known} more were known): {stories} stories")];
    lines.extend(refused.iter().map(|file| format!("refused {}: {}", file.name, file.reason)));
    let Written { pages, stories, changed, removed } = written;
    let out = out.display();
    lines.push(format!(
        "wrote {pages} pages and {stories} stories into {out} ({changed} changed, {removed} removed)"
    ));
    match writeln!(io::stdout(), "{}", lines.join("\n")) {
        // The folder is written, whether or not anybody reads of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        said => said?,
    }
    Ok(if refused.is_empty() { Done::Whole } else { Done::SomeRefused })
}
