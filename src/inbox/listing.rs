//! What stands in a folder, by one look at each name. Nothing is opened.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use chrono::{DateTime, Utc};

use super::reason::{Left, Reason};
use super::settle::Sight;

/// One folder at one moment.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    pub(super) left: Vec<(OsString, Left)>,
}

/// Something that we take, or refuse.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: OsString,
    pub(super) sight: Sight,
    /// Why it can never be read, if that can be seen from outside.
    pub(super) fault: Option<Reason>,
}

pub(super) fn list(folder: &Path) -> io::Result<Listing> {
    let mut listing = Listing::default();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if let Some(left) = Left::by_name(name.as_bytes()) {
            listing.left.push((name, left));
            continue;
        }
        match look(&folder.join(&name))? {
            Look::Gone => {}
            Look::Folder => listing.left.push((name, Left::Folder)),
            Look::At(sight, fault) => listing.entries.push(Entry { name, sight, fault }),
        }
    }
    Ok(listing)
}

enum Look {
    Gone,
    Folder,
    At(Sight, Option<Reason>),
}

/// Looks at a file, or at what a link leads to.
///
/// A link out of the inbox is refused: whoever may drop a file must not thereby publish what only we may read.
fn look(path: &Path) -> io::Result<Look> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(Look::Folder),
        Ok(metadata) => Ok(match leads_out(path) {
            Some(link) => Look::At(link, Some(Reason::ForeignLink)),
            None => Look::At(sight(&metadata), fault(&metadata)),
        }),
        Err(_) => look_at_link(path),
    }
}

/// The link itself, when it leads to something outside the folder it lies in.
fn leads_out(path: &Path) -> Option<Sight> {
    let link = fs::symlink_metadata(path).ok().filter(Metadata::is_symlink)?;
    let (target, folder) = (path.canonicalize().ok()?, path.parent()?.canonicalize().ok()?);
    (!target.starts_with(folder)).then(|| sight(&link))
}

/// Looks at what cannot be followed: a link without a target, or into a circle, or into a closed folder.
fn look_at_link(path: &Path) -> io::Result<Look> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Look::At(sight(&metadata), metadata.is_symlink().then_some(Reason::DanglingLink))),
        // Between the listing and the look, another machine took it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Look::Gone),
        Err(error) => Err(error),
    }
}

/// Looks at a name once more.
pub(super) fn sight_at(path: &Path) -> io::Result<Option<Sight>> {
    Ok(match look(path)? {
        Look::At(sight, _) => Some(sight),
        Look::Gone | Look::Folder => None,
    })
}

pub(super) fn sight(metadata: &Metadata) -> Sight {
    let seconds = metadata.mtime();
    let nanos = u32::try_from(metadata.mtime_nsec()).unwrap_or(0);
    // A file system of 64-bit times can hold one that no calendar does.
    let beyond = if seconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    Sight {
        size: metadata.len(),
        modified: DateTime::from_timestamp(seconds, nanos).unwrap_or(beyond),
        inode: (metadata.dev(), metadata.ino()),
    }
}

fn fault(metadata: &Metadata) -> Option<Reason> {
    let kind = metadata.file_type();
    if kind.is_fifo() {
        Some(Reason::Pipe)
    } else if kind.is_socket() {
        Some(Reason::Socket)
    } else if kind.is_char_device() || kind.is_block_device() {
        Some(Reason::Device)
    } else if metadata.len() == 0 {
        Some(Reason::Empty)
    } else {
        None
    }
}
