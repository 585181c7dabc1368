//! What each command does. Only here is the clock read, anything printed, or an exit code chosen.

mod parse;

use std::process::ExitCode;

use crate::cli::{Cli, Command};

/// Runs the command; an error has been printed when this returns.
pub(crate) fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Parse(args) => parse::run(&args),
        _ => todo!(),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("wirefeed: {error:#}");
            ExitCode::from(1)
        }
    }
}
