//! What each command does. Only here is the clock read, anything printed, or an exit code chosen.

mod build;
mod check;
mod hand;
mod log;
mod parse;
mod retag;
mod retry;
mod sample;
mod serve;
mod show;
mod systemd;
mod tally;
mod trial;

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use tracing::level_filters::LevelFilter;
use wirefeed::archive::{self, Archive, Deed, Sqlite};
use wirefeed::config::{self, ArchiveUrl, Config};
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::Taxonomy;

use crate::cli::{Cli, Command};

/// How a command ended that was carried out.
pub(crate) enum Done {
    /// All of it.
    Whole,
    /// But some files were refused.
    SomeRefused,
}

/// Why a command was not carried out.
pub(crate) enum Failure {
    /// It was asked for the wrong thing; trying again is no use.
    Usage(anyhow::Error),
    /// It failed on the way.
    Running(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Running(error.into())
    }
}

type Outcome = Result<Done, Failure>;

/// Runs the command; an error has been printed when this returns.
pub(crate) fn run(cli: Cli) -> ExitCode {
    log::to_stderr(cli.log_format, level(cli.verbose, matches!(cli.command, Command::Serve(_))));
    log_faults();
    let outcome = match cli.command {
        Command::Serve(args) => serve::run(args),
        Command::Build(args) => build::run(args),
        Command::Parse(args) => parse::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Retag(args) => retag::run(&args),
        Command::Hold(args) => hand::run(&args, Deed::Hold),
        Command::Release(args) => hand::run(&args, Deed::Release),
        Command::Kill(args) => hand::run(&args, Deed::Kill),
        Command::Show(args) => show::run(&args),
        Command::Retry(args) => retry::run(args),
        Command::Trial => trial::run(),
    };
    let (error, code) = match outcome {
        Ok(Done::Whole) => return ExitCode::SUCCESS,
        Ok(Done::SomeRefused) => return ExitCode::from(3),
        // `wirefeed check | head`: whoever reads has read enough.
        Err(Failure::Running(error)) if is_broken_pipe(&error) => return ExitCode::SUCCESS,
        Err(Failure::Usage(error)) => (error, 2),
        Err(Failure::Running(error)) => (error, 1),
    };
    say(format_args!("wirefeed: {}", told(&error)));
    ExitCode::from(code)
}

/// Says a line on stderr. (`eprintln` panics when nobody reads any more.)
fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// An error and its causes on one line. Some errors say their cause themselves, for the log; it is told once.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        _ if told.ends_with(&cause) => told,
        _ => told + ": " + &cause,
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// What is worth a log line: a daemon tells of each file, a command of what goes wrong.
fn level(verbose: u8, daemon: bool) -> LevelFilter {
    match (verbose, daemon) {
        (0, false) => LevelFilter::WARN,
        (0, true) => LevelFilter::INFO,
        (1, _) => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

/// A fault of ours is logged by where it is: the default message could quote a story that must not be seen yet.
fn log_faults() {
    std::panic::set_hook(Box::new(|fault| {
        let at = fault.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(at, "a fault of the program");
    }));
}

/// The clock. Everything below takes the time as an argument.
#[expect(clippy::disallowed_methods, reason = "the one place where time comes from")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Learns the tables of topics and of regions side by side.
fn tagger(taxonomy: &Taxonomy) -> Tagger {
    Tagger::learn(taxonomy, |one, other| {
        std::thread::scope(|threads| {
            threads.spawn(one);
            other();
        });
    })
}

/// Does the jobs on all cores.
fn on_all_cores(jobs: usize, job: &(dyn Fn(usize) + Sync)) {
    // How many cores there are is asked for only when it matters: that takes as long as to read a short page.
    let cores = if jobs > 1 { std::thread::available_parallelism().map_or(1, usize::from).min(jobs) } else { 1 };
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < jobs) {
            job(at);
        }
    };
    std::thread::scope(|threads| {
        (1..cores).for_each(|_| drop(threads.spawn(work)));
        work();
    });
}

fn load(file: Option<&Path>) -> Result<Config, Failure> {
    Config::load(file).map_err(|error: config::Error| Failure::Usage(error.into()))
}

fn open(url: &ArchiveUrl) -> Result<Arc<dyn Archive>, archive::Error> {
    match url {
        ArchiveUrl::Sqlite(path) => Ok(Arc::new(Sqlite::open(path)?)),
    }
}

/// An archive that nobody has made yet holds nothing to work on, and a wrong path should not make one. To read it only, it is
/// opened as it is.
fn there_already(url: &ArchiveUrl, to_read: bool) -> Result<Arc<dyn Archive>, Failure> {
    let ArchiveUrl::Sqlite(path) = url;
    let none = || format!("there is no archive at {}", path.display());
    let metadata = std::fs::metadata(path).with_context(none).map_err(Failure::Usage)?;
    if metadata.len() == 0 {
        return Err(Failure::Usage(anyhow::anyhow!("{}: the file is empty", none())));
    }
    let archive = if to_read { Sqlite::as_it_is(path).map(|archive| Arc::new(archive) as _) } else { open(url) };
    Ok(archive.with_context(|| path.display().to_string())?)
}
