//! `wirefeed check`: is the configuration sound, what would it serve, and what in its tables does nothing?

use std::io::{self, Write};
use std::sync::Arc;

use wirefeed::archive::Sqlite;
use wirefeed::edition::Edition;
use wirefeed::tag;

use super::{Done, Outcome, load, say};
use crate::cli::CheckArgs;

pub(crate) fn run(args: &CheckArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
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
