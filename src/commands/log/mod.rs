//! Where log lines go, and in which form.

mod journal;

use std::io::{self, IsTerminal};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use self::journal::Journal;
use crate::cli::LogFormat;

/// Logs to stderr, or to the journal where stderr leads there.
pub(super) fn to_stderr(format: LogFormat, level: LevelFilter) {
    match format {
        LogFormat::Json => json(level),
        LogFormat::Journal => journal(level),
        LogFormat::Auto if systemd_journal_logger::connected_to_journal() => journal(level),
        LogFormat::Auto | LogFormat::Text => text(level),
    }
}

fn text(level: LevelFilter) {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_max_level(level)
        // It would be told on stderr, and panic when that is what failed.
        .log_internal_errors(false)
        .init();
}

/// An object a line, its fields beside `timestamp`, `level` and `message`.
fn json(level: LevelFilter) {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(io::stderr)
        .with_target(false)
        .with_max_level(level)
        .log_internal_errors(false)
        .init();
}

fn journal(level: LevelFilter) {
    match Journal::connect() {
        Ok(journal) => tracing_subscriber::registry().with(level).with(journal).init(),
        // A sandbox may hide its socket; what is written to stderr gets there all the same.
        Err(_) => text(level),
    }
}
