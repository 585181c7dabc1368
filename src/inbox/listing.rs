//! What stands in the inbox and its sub-folders, by one look at each name. Nothing is opened.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::reason::{Left, Reason};
use super::settle::Sight;

/// An inbox at one moment. Names are from the inbox down: `a.txt`, `sport/a.txt`.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    pub(super) left: Vec<(OsString, Left)>,
    /// The folders that were listed, by their names, with device and inode; the inbox itself is the empty name.
    pub(super) folders: Folders,
}

/// Folders, by name: device and inode tell whether one is still the same.
pub(super) type Folders = BTreeMap<PathBuf, (u64, u64)>;

/// Something that we take, or refuse.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: OsString,
    pub(super) sight: Sight,
    /// Why it can never be read, if that can be seen from outside.
    pub(super) fault: Option<Reason>,
}

/// Lists `inbox` and what is in its folders, but for the folders `except` in the inbox itself.
///
/// # Errors
/// When the inbox cannot be listed. A folder in it that cannot is left alone.
pub(super) fn list(inbox: &Path, except: &[&OsStr]) -> io::Result<Listing> {
    let mut walk = Walk { inbox, listing: Listing::default(), ahead: vec![PathBuf::new()] };
    while let Some(folder) = walk.ahead.pop() {
        match walk.folder(&folder, except) {
            Ok(()) => {}
            Err(error) if folder.as_os_str().is_empty() => return Err(error),
            // Between the listing and the look, somebody took it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => walk.listing.left.push((folder.into(), Left::Closed)),
        }
    }
    Ok(walk.listing)
}

/// A listing on its way.
struct Walk<'i> {
    inbox: &'i Path,
    listing: Listing,
    /// Folders that were met and not yet listed.
    ahead: Vec<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, except: &[&OsStr]) -> io::Result<()> {
        let path = self.inbox.join(folder);
        let metadata = fs::metadata(&path)?;
        let entries = fs::read_dir(&path)?;
        self.listing.folders.insert(folder.to_owned(), (metadata.dev(), metadata.ino()));
        for entry in entries {
            let name = entry?.file_name();
            if !(folder.as_os_str().is_empty() && except.contains(&name.as_os_str())) {
                self.name(folder.join(name))?;
            }
        }
        Ok(())
    }

    fn name(&mut self, name: PathBuf) -> io::Result<()> {
        if let Some(left) = name.file_name().and_then(|last| Left::by_name(last.as_bytes())) {
            self.listing.left.push((name.into(), left));
            return Ok(());
        }
        match look(&self.inbox.join(&name), self.inbox)? {
            Look::Gone => {}
            Look::Folder => self.ahead.push(name),
            Look::FolderLink => self.listing.left.push((name.into(), Left::FolderLink)),
            Look::At(sight, fault) => {
                self.listing.entries.push(Entry { name: name.into(), sight, fault });
            }
        }
        Ok(())
    }
}

enum Look {
    Gone,
    Folder,
    FolderLink,
    At(Sight, Option<Reason>),
}

/// Looks at a file, or at what a link leads to.
///
/// A link out of the inbox is refused: whoever may drop a file must not thereby publish what only we may read.
fn look(path: &Path, inbox: &Path) -> io::Result<Look> {
    match fs::metadata(path) {
        // A link could lead into a circle, or back to where the file is listed already.
        Ok(metadata) if metadata.is_dir() => {
            let is_link = fs::symlink_metadata(path).is_ok_and(|link| link.is_symlink());
            Ok(if is_link { Look::FolderLink } else { Look::Folder })
        }
        Ok(metadata) => Ok(match leads_out(path, inbox) {
            Some(link) => Look::At(link, Some(Reason::ForeignLink)),
            None => Look::At(sight(&metadata), fault(&metadata)),
        }),
        Err(_) => look_at_link(path),
    }
}

/// The link itself, when it leads to something outside the inbox.
fn leads_out(path: &Path, inbox: &Path) -> Option<Sight> {
    let link = fs::symlink_metadata(path).ok().filter(Metadata::is_symlink)?;
    let (target, inbox) = (path.canonicalize().ok()?, inbox.canonicalize().ok()?);
    (!target.starts_with(inbox)).then(|| sight(&link))
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

/// Looks once more at a name in the inbox.
pub(super) fn sight_at(path: &Path, inbox: &Path) -> io::Result<Option<Sight>> {
    Ok(match look(path, inbox)? {
        Look::At(sight, _) => Some(sight),
        Look::Gone | Look::Folder | Look::FolderLink => None,
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
