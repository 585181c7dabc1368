//! `wirefeed build`: the inbox once through the house, and every feed into a folder.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::TimeDelta;
use wirefeed::archive::{Archive, Sqlite};
use wirefeed::edition::{Edition, Written};
use wirefeed::inbox::{After, Inbox};
use wirefeed::pipeline::{Pipeline, Receipt, Turn};
use wirefeed::tag::Tagger;

use super::{Done, Failure, Outcome, load, now, open, say};
use crate::cli::BuildArgs;

pub(crate) fn run(args: BuildArgs) -> Outcome {
    let mut config = load(args.config.as_deref())?;
    if let Some(inbox) = args.inbox {
        config.inbox.path = inbox;
    }
    let archive: Arc<dyn Archive> = if let Some(url) = &args.archive {
        open(url)?
    } else {
        // Nothing is remembered, so nothing may be moved; what is half written is read again next time.
        config.inbox.after = After::Leave;
        config.inbox.settle = Duration::ZERO;
        Arc::new(Sqlite::in_memory()?)
    };
    let inbox = Inbox::open(config.inbox).map_err(|error| Failure::Usage(error.into()))?;
    let tagger = Tagger::new(&config.taxonomy);
    let mut pipeline = Pipeline::new(inbox, tagger, Arc::clone(&archive), config.site.timezone, Receipt::Modified);
    let turns = until_at_rest(&mut pipeline)?;

    let edition = Edition::new(archive, Arc::new(config.taxonomy), config.catalogue, config.site)?;
    let written = edition.write_to(&args.out).with_context(|| args.out.display().to_string())?;
    report(&turns, &written, &args.out)
}

/// Turns until every file has rested; a file that is written to all the time is left for the next build.
fn until_at_rest(pipeline: &mut Pipeline) -> Result<Vec<Turn>, Failure> {
    const PATIENCE: TimeDelta = TimeDelta::seconds(30);
    let start = now();
    let mut turns = Vec::new();
    loop {
        let turn = pipeline.turn(now())?;
        let next = turn.next_file;
        turns.push(turn);
        match next {
            None => return Ok(turns),
            Some(at) if at - start > PATIENCE => {
                say("wirefeed: some files are still being written; the next build takes them");
                return Ok(turns);
            }
            Some(at) => std::thread::sleep((at - now()).to_std().unwrap_or_default()),
        }
    }
}

fn report(turns: &[Turn], written: &Written, out: &Path) -> Outcome {
    let files: usize = turns.iter().map(|turn| turn.taken).sum();
    let known: usize = turns.iter().map(|turn| turn.known).sum();
    let stories: usize = turns.iter().flat_map(|turn| &turn.filed).map(|filed| filed.new + filed.updated).sum();
    let refused: Vec<_> = turns.iter().flat_map(|turn| &turn.refused).collect();
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
