//! The folder that wire files are dropped into: which of them are whole, what they hold, and where they go
//! afterwards. Nothing here knows what a story is.
//!
//! A listing is the truth; [`watch`] only says when to make one.

mod listing;
mod reason;
mod settle;
mod shelf;
mod watch;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytesize::ByteSize;
use chrono::{DateTime, TimeDelta, Utc};
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use self::listing::Listing;
pub use self::reason::{Left, Reason};
pub use self::settle::Sight;
use self::settle::{Rest, Settling};
use self::shelf::Shelf;
pub use self::watch::{Watch, watch};

/// Where the inbox is and how it is kept: `[inbox]` in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The folder.
    pub path: PathBuf,
    /// A file is whole when it was not touched for this long.
    #[serde(with = "humantime_serde")]
    pub settle: Duration,
    /// What becomes of a file that was filed.
    pub after: After,
    /// Larger files are refused unread.
    pub max_size: ByteSize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            path: "inbox".into(),
            settle: Duration::from_secs(2),
            after: After::Move,
            max_size: ByteSize::mib(16),
        }
    }
}

/// What becomes of a file that was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// It is moved to `done` in the inbox; a refused one to `refused`.
    Move,
    /// It is deleted. A refused one was never read by anyone, and is moved to `refused`.
    Delete,
    /// It stays, and so does a refused one: the inbox may be read-only.
    Leave,
}

/// A folder that wire files come into.
#[derive(Debug)]
pub struct Inbox {
    path: PathBuf,
    after: After,
    max_size: ByteSize,
    settling: Settling,
    done: Shelf,
    refused: Shelf,
}

/// What a listing found.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// Files that can be read, in the order in which they were written; equal times by name.
    pub whole: Vec<Arrival>,
    /// What can never be read, in the same order.
    pub refused: Vec<(Arrival, Reason)>,
    /// What is none of our business.
    pub left: Vec<(OsString, Left)>,
    /// How many files have not rested yet.
    pub resting: usize,
    /// When the next file will have rested, if nothing touches it.
    pub look_again: Option<DateTime<Utc>>,
}

impl Arrivals {
    fn add(&mut self, arrival: Arrival, fault: Option<Reason>) {
        match fault {
            None => self.whole.push(arrival),
            Some(reason) => self.refused.push((arrival, reason)),
        }
    }
}

/// One thing in the inbox that has rested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its name in the folder: any bytes but `/`.
    pub name: OsString,
    /// When this process first saw it.
    pub received: DateTime<Utc>,
    /// What it was when it had rested.
    pub sight: Sight,
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It was written, replaced or removed meanwhile: it comes up again when it has rested.
    #[error("it changed while it was read")]
    Changed,
    /// It never will be.
    #[error(transparent)]
    Refused(#[from] Reason),
    /// The disk or the system failed; the file may be read another time.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is here now.
    Moved(PathBuf),
    /// It was deleted.
    Deleted,
    /// It stays where it is, and comes up again only when it changes.
    Left,
    /// Somebody else took it.
    Gone,
    /// It is no longer what was read, and stays: it comes up again when it has rested.
    Changed,
}

/// What could not be done in the inbox.
#[derive(Debug, thiserror::Error)]
#[error("inbox: cannot {act} {path:?}: {source}")]
pub struct Error {
    act: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl Inbox {
    /// The inbox at `options.path`. Nothing is read or made yet.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn open(options: Options) -> Result<Self, Error> {
        let Options { path, settle, after, max_size } = options;
        fs::read_dir(&path).map_err(failed("open", &path))?;
        // A time longer than the calendar means: never.
        let settle = TimeDelta::from_std(settle).unwrap_or(TimeDelta::MAX);
        let done = Shelf { folder: path.join("done") };
        let refused = Shelf { folder: path.join("refused") };
        Ok(Self { path, after, max_size, settling: Settling::new(settle), done, refused })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lists the folder, and tells what has come to rest.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn whole(&mut self, now: DateTime<Utc>) -> Result<Arrivals, Error> {
        let Listing { mut entries, left } = listing::list(&self.path).map_err(failed("list", &self.path))?;
        entries.sort_by(|a, b| (a.sight.modified, &a.name).cmp(&(b.sight.modified, &b.name)));
        let rests = self.settling.listing(entries.iter().map(|entry| (entry.name.clone(), entry.sight)), now);
        let mut arrivals = Arrivals { left, ..Arrivals::default() };
        arrivals.left.retain(|(name, _)| !self.is_shelf(name));
        for (entry, rest) in entries.into_iter().zip(rests) {
            match rest {
                Rest::Taken => {}
                Rest::LookAgain(at) => {
                    arrivals.resting += 1;
                    arrivals.look_again = Some(arrivals.look_again.map_or(at, |next| next.min(at)));
                }
                Rest::Whole { received } => {
                    let fault = entry.fault.or_else(|| self.too_large(entry.sight.size));
                    arrivals.add(Arrival { name: entry.name, received, sight: entry.sight }, fault);
                }
            }
        }
        Ok(arrivals)
    }

    /// Reads a file, at most `max_size` of it, without waiting for a writer.
    ///
    /// # Errors
    /// When it is no longer what it was in the listing, or cannot be read.
    pub fn read(&self, arrival: &Arrival) -> Result<Vec<u8>, Unread> {
        let path = self.path_of(arrival);
        let mut file = match open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unread::Changed),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Err(Reason::Unreadable.into()),
            Err(error) => return Err(Unread::Failed(failed("open", &path)(error))),
        };
        self.read_as_seen(&mut file, arrival.sight).map_err(failed("read", &path))?.ok_or(Unread::Changed)
    }

    /// The bytes of a file, if it is as it was seen before and after they are read.
    fn read_as_seen(&self, file: &mut File, sight: Sight) -> io::Result<Option<Vec<u8>>> {
        let before = file.metadata()?;
        if !before.is_file() || listing::sight(&before) != sight || self.too_large(sight.size).is_some() {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(sight.size).unwrap_or(0));
        file.take(sight.size).read_to_end(&mut bytes)?;
        let unchanged = listing::sight(&file.metadata()?) == sight && bytes.len() as u64 == sight.size;
        Ok(unchanged.then_some(bytes))
    }

    /// Puts a filed file out of the way, as `after` says. Call it only after the archive has committed.
    ///
    /// # Errors
    /// When it cannot be moved or deleted; then it is still there.
    pub fn put_away(&mut self, arrival: &Arrival) -> Result<Put, Error> {
        let path = self.path_of(arrival);
        let put = match self.after {
            After::Leave => Ok(Put::Left),
            After::Move => self.move_as_seen(arrival, |inbox| inbox.done.put(&path)),
            After::Delete => self.delete_as_seen(arrival),
        };
        self.note(arrival, put, "put away")
    }

    /// Puts a file that cannot be read into `refused`, with the reason in a file beside it: `a.txt.reason`,
    /// in JSON. `now` is the time to be written there.
    ///
    /// # Errors
    /// When it cannot be moved, or the reason not be written; then it is still there.
    pub fn refuse(&mut self, arrival: &Arrival, reason: &Reason, now: DateTime<Utc>) -> Result<Put, Error> {
        let path = self.path_of(arrival);
        let put = match self.after {
            After::Leave => Ok(Put::Left),
            After::Move | After::Delete => {
                let note = Note::new(arrival, reason, now).to_json();
                self.move_as_seen(arrival, |inbox| inbox.refused.put_with_reason(&path, &note))
            }
        };
        self.note(arrival, put, "refuse")
    }

    fn move_as_seen(&self, arrival: &Arrival, put: impl FnOnce(&Self) -> io::Result<PathBuf>) -> io::Result<Put> {
        match listing::sight_at(&self.path_of(arrival))? {
            None => Ok(Put::Gone),
            Some(sight) if sight != arrival.sight => Ok(Put::Changed),
            Some(_) => put(self).map(Put::Moved),
        }
    }

    fn delete_as_seen(&self, arrival: &Arrival) -> io::Result<Put> {
        let path = self.path_of(arrival);
        match listing::sight_at(&path)? {
            None => Ok(Put::Gone),
            Some(sight) if sight != arrival.sight => Ok(Put::Changed),
            Some(_) => fs::remove_file(path).map(|()| Put::Deleted),
        }
    }

    /// Remembers what became of a file. That it went between our look and our hand is no failure: on several
    /// machines with one inbox, another was first.
    fn note(&mut self, arrival: &Arrival, put: io::Result<Put>, act: &'static str) -> Result<Put, Error> {
        let path = self.path_of(arrival);
        let put = match put {
            Err(_) if matches!(listing::sight_at(&path), Ok(None)) => Put::Gone,
            put => put.map_err(failed(act, &path))?,
        };
        match put {
            Put::Moved(_) | Put::Deleted | Put::Gone => self.settling.forget(&arrival.name),
            Put::Left => self.settling.take(&arrival.name),
            Put::Changed => {}
        }
        Ok(put)
    }

    fn path_of(&self, arrival: &Arrival) -> PathBuf {
        self.path.join(&arrival.name)
    }

    fn is_shelf(&self, name: &OsStr) -> bool {
        [&self.done, &self.refused].iter().any(|shelf| shelf.folder.file_name() == Some(name))
    }

    fn too_large(&self, size: u64) -> Option<Reason> {
        let max_size = self.max_size;
        (size > max_size.as_u64()).then_some(Reason::TooLarge { size: ByteSize::b(size), max_size })
    }
}

/// Opens a file to read it; a pipe that has taken its place meanwhile does not block us.
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)
}

fn failed(act: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error { act, path, source }
}

/// What stands in a reason file.
#[derive(Serialize)]
struct Note {
    /// The name under which it came; what is not UTF-8 in it is replaced.
    file: String,
    reason: String,
    size: u64,
    modified: DateTime<Utc>,
    received: DateTime<Utc>,
    refused: DateTime<Utc>,
    /// Who refused it.
    program: &'static str,
}

impl Note {
    fn new(arrival: &Arrival, reason: &Reason, now: DateTime<Utc>) -> Self {
        Self {
            file: arrival.name.to_string_lossy().into_owned(),
            reason: reason.to_string(),
            size: arrival.sight.size,
            modified: arrival.sight.modified,
            received: arrival.received,
            refused: now,
            program: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
        }
    }

    fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("text, numbers and times are JSON") + "\n"
    }
}
