//! Refused files go back into the inbox, for another try: after a new release, or a larger `max_size`.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::shelf::{self, Shelf};
use super::{Error, failed};

/// What a reason file is asked for.
#[derive(Deserialize)]
struct Refused {
    file: String,
}

/// The names of the refused files of `inbox`, sorted.
///
/// # Errors
/// When `refused` cannot be listed.
pub fn refused(inbox: &Path) -> Result<Vec<OsString>, Error> {
    let folder = inbox.join("refused");
    let reasons = shelf::entries(&folder).map_err(failed("list", &folder))?;
    let mut names: Vec<OsString> =
        reasons.iter().filter_map(|reason| Some(shelf::file_of(reason)?.file_name()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

/// Moves a refused file back to where it was in `inbox`, or beside it when something has come there meanwhile; its
/// reason is deleted. Says where it is now.
///
/// # Errors
/// When there is no such refused file, or it cannot be moved; then it is still there.
pub fn retry(inbox: &Path, name: &OsStr) -> Result<PathBuf, Error> {
    let path = inbox.join("refused").join(name);
    let back = || {
        let reason = shelf::reason_of(&path);
        let put = Shelf { folder: inbox.join(folder_of(&reason)) }.put(&path)?;
        match fs::remove_file(reason) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(put),
        }
    };
    back().map_err(failed("move back", &path))
}

/// The folder of the inbox that a file came from, by its reason. One that was changed by hand to lead elsewhere leads
/// into the inbox itself.
fn folder_of(reason: &Path) -> PathBuf {
    let written = fs::read(reason).ok().and_then(|json| serde_json::from_slice::<Refused>(&json).ok());
    let folder = written.and_then(|refused| Path::new(&refused.file).parent().map(Path::to_owned));
    let within = |folder: &PathBuf| folder.components().all(|part| matches!(part, Component::Normal(_)));
    folder.filter(within).unwrap_or_default()
}
