//! `wirefeed retry`: refused wire files go back into the inbox.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::Path;

use wirefeed::inbox::{self, After};

use super::{Done, Failure, Outcome, load, say};
use crate::cli::RetryArgs;

pub(crate) fn run(args: RetryArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
    let inbox = args.inbox.unwrap_or(config.inbox.path);
    if config.inbox.after == After::Leave {
        let why = "[inbox] after = \"leave\": refused files stay in the inbox, and a restart tries them again";
        return Err(Failure::Usage(anyhow::anyhow!(why)));
    }
    let files = match args.files.as_slice() {
        [] => inbox::refused(&inbox)?,
        named => named.iter().filter_map(|path| Some(path.file_name()?.to_owned())).collect(),
    };
    if files.is_empty() {
        say(format_args!("wirefeed: no file is refused in {}", inbox.display()));
    }
    back(&inbox, &files)
}

fn back(inbox: &Path, files: &[OsString]) -> Outcome {
    let mut failed = None;
    for name in files {
        match inbox::retry(inbox, name) {
            Ok(path) => writeln!(io::stdout(), "{}", path.display())?,
            Err(error) => {
                if let Some(earlier) = failed.replace(error) {
                    say(format_args!("wirefeed: {earlier}"));
                }
            }
        }
    }
    failed.map_or(Ok(Done::Whole), |error| Err(error.into()))
}
