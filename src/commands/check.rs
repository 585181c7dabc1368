//! `wirefeed check`: is the configuration sound, what would it serve, and what in its tables does nothing?

use std::io::{self, Write};
use std::sync::Arc;

use wirefeed::archive::{Pending, Sqlite};
use wirefeed::config::ArchiveUrl;
use wirefeed::edition::Edition;
use wirefeed::tag;

use super::{Done, Failure, Outcome, load, say, there_already};
use crate::cli::CheckArgs;

pub(crate) fn run(args: &CheckArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
    if let Some(url) = &args.archive {
        let url = if url.is_empty() { Ok(config.archive) } else { url.parse() };
        return archive(&url.map_err(|error| Failure::Usage(anyhow::anyhow!("--archive: {error}")))?);
    }
    let site = config.site.clone();
    for remark in tag::remarks(&config.taxonomy) {
        say(format_args!("{}: {}", remark.at, remark.kind));
    }
    // The URLs hang on the configuration alone; an empty archive will do.
    let edition =
        Edition::new(Arc::new(Sqlite::in_memory()?), Arc::new(config.taxonomy), config.catalogue, config.site)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for address in edition.addresses()? {
        writeln!(out, "{}", site.url(&address.path()))?;
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// Is the archive sound, and what waits in it for somebody to look at?
fn archive(url: &ArchiveUrl) -> Outcome {
    let archive = there_already(url, true)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (usable, size) = (archive.standing(None)?.stories, archive.size()?);
    writeln!(out, "{size} stories, {usable} of them shown")?;
    for Pending { notice, since, several, wire } in archive.pending()? {
        let why = if several { "fits several stories" } else { "its story has not come" };
        let from = wire.map(|name| format!(", from {name}")).unwrap_or_default();
        writeln!(out, "pending since {since}{from}: {} {}: {why}", notice.id, notice.headline)?;
    }
    let problems = archive.problems()?;
    for problem in &problems {
        writeln!(out, "problem: {problem}")?;
    }
    out.flush()?;
    match problems.len() {
        0 => Ok(Done::Whole),
        1 => Err(Failure::Running(anyhow::anyhow!("the archive has a problem"))),
        many => Err(Failure::Running(anyhow::anyhow!("the archive has {many} problems"))),
    }
}
