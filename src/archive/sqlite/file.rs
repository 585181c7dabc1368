//! The file that an archive is in, on its file system.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::archive::Error;

/// A file, and where it was when it was opened.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    /// `None` when it could not be asked for.
    identity: Option<Identity>,
}

/// Device and inode.
type Identity = (u64, u64);

impl File {
    /// The file at this path, which is open by now.
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), identity: identity(path) }
    }

    /// Says so when the file that is open is not at its path any more: `SQLite` would go on writing into a file without a
    /// name, which is gone with the process (sqlite.org/howtocorrupt.html § 2.4).
    pub(super) fn is_in_place(&self) -> Result<(), Error> {
        if self.identity.is_some() && identity(&self.path) != self.identity {
            return Err(Error::Displaced { path: self.path.clone() });
        }
        Ok(())
    }
}

fn identity(path: &Path) -> Option<Identity> {
    path.metadata().ok().map(|file| (file.dev(), file.ino()))
}
