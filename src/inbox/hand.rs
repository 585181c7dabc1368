//! Which files are being read, written down beside them: should reading one end the process, the next one knows which
//! they were, and reads none of them before it was tried elsewhere.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Its dot keeps it out of the listing.
const NAME: &str = ".wirefeed-in-hand";

/// The files in hand.
#[derive(Debug)]
pub(super) struct InHand {
    path: PathBuf,
    /// Those that an earlier process had in hand when it ended.
    suspects: HashSet<OsString>,
}

impl InHand {
    /// What an earlier process has left in `inbox`.
    pub(super) fn open(inbox: &Path) -> Self {
        let path = inbox.join(NAME);
        let written = fs::read(&path).unwrap_or_default();
        let names = written.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Self { suspects: names.map(|name| OsString::from_vec(name.to_owned())).collect(), path }
    }

    /// Whether this file was in hand when a process ended, and nobody has tried it since.
    pub(super) fn suspects(&self, name: &OsStr) -> bool {
        self.suspects.contains(name)
    }

    /// The file was tried: it is as any other now.
    pub(super) fn acquit(&mut self, name: &OsStr) {
        self.suspects.remove(name);
    }

    /// Writes down what is taken into hand, and what is still to be tried. It need not survive the machine, only the
    /// process, so nothing waits for the disk; where nothing may be written, nothing is known afterwards.
    pub(super) fn take<'n>(&'n self, names: impl IntoIterator<Item = &'n OsStr>) {
        let mut list = Vec::new();
        for name in self.suspects.iter().map(OsString::as_os_str).chain(names) {
            list.extend_from_slice(name.as_bytes());
            list.push(0);
        }
        let written = if list.is_empty() { fs::remove_file(&self.path) } else { fs::write(&self.path, list) };
        if let Err(error) = written {
            tracing::debug!(%error, "not written down what is in hand");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_in_hand_is_suspect_until_it_was_tried() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (OsStr::new("a\nb.txt"), OsString::from_vec(vec![b'c', 0xff]));
        InHand::open(folder.path()).take([one, &other]);

        let mut next = InHand::open(folder.path());
        assert!(next.suspects(one) && next.suspects(&other) && !next.suspects(OsStr::new("b.txt")));
        next.acquit(one);
        next.take([]);
        let mut last = InHand::open(folder.path());
        assert!(!last.suspects(one) && last.suspects(&other), "it ended again before it came to the other");
        last.acquit(&other);
        last.take([]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
