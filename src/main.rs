//! Arguments in, exit code out.

mod cli;
mod commands;

use std::process::ExitCode;

use clap::Parser;

/// A fifth of the time to read a page or to print a feed went into glibc's allocator, for many short texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run(cli::Cli::parse())
}
