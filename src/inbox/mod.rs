//! The folder that wire files are dropped into: which of them are whole, what they hold, and where they go
//! afterwards. Nothing here knows what a story is.
//!
//! A listing is the truth; `watch` only says when to make one.

mod hand;
mod listing;
mod reason;
mod retry;
mod settle;
mod shelf;
mod sweep;
mod watch;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytesize::ByteSize;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use self::hand::InHand;
use self::listing::Listing;
pub use self::reason::{Left, Reason};
pub use self::retry::{refused, retry};
pub use self::settle::Sight;
use self::settle::{Rest, Settling};
use self::shelf::Shelf;
pub use self::sweep::Swept;
pub use self::watch::Deaf;
use self::watch::Watch;

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
    /// How long filed files stay in `done`; `None` is for ever.
    #[serde(with = "keep")]
    pub keep_done: Option<Duration>,
    /// How long refused files stay in `refused`; `None` is for ever.
    #[serde(with = "keep")]
    pub keep_refused: Option<Duration>,
}

/// A time to keep something, as it is written: `90 days`, or `forever`.
pub(crate) mod keep {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, de::Error};

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
        match String::deserialize(from)?.as_str() {
            "forever" => Ok(None),
            time => humantime_serde::re::humantime::parse_duration(time).map(Some).map_err(D::Error::custom),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            path: "inbox".into(),
            settle: Duration::from_secs(2),
            after: After::Move,
            max_size: ByteSize::mib(16),
            keep_done: None,
            keep_refused: None,
        }
    }
}

/// What becomes of a file that was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// It is moved to the day's folder in `done` in the inbox; a refused one to `refused`.
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
    in_hand: InHand,
    watch: Option<Watch>,
    done: PathBuf,
    refused: Shelf,
    keep_done: Option<Duration>,
    keep_refused: Option<Duration>,
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
    /// What has not rested for a minute or more, and since when it has been there.
    pub restless: Vec<(OsString, DateTime<Utc>)>,
    /// How many files have not rested.
    pub waiting: usize,
    /// When the next file will have rested, if nothing touches it.
    pub look_again: Option<DateTime<Utc>>,
}

/// How long a file may be written to before somebody should look who writes.
const RESTLESS: TimeDelta = TimeDelta::minutes(1);

impl Arrivals {
    fn add(&mut self, arrival: Arrival, fault: Option<Reason>) {
        match fault {
            None => self.whole.push(arrival),
            Some(reason) => self.refused.push((arrival, reason)),
        }
    }

    fn look_again(&mut self, at: DateTime<Utc>) {
        self.look_again = Some(self.look_again.map_or(at, |next| next.min(at)));
    }
}

/// One thing in the inbox that has rested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its name from the inbox down, any bytes: `a.txt`, `sport/a.txt`.
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
    /// Whoever was to try it was stopped: it comes up again.
    #[error("its trial was stopped")]
    Untried,
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
        let Options { path, settle, after, max_size, keep_done, keep_refused } = options;
        fs::read_dir(&path).map_err(failed("open", &path))?;
        // A time longer than the calendar means: never.
        let settle = TimeDelta::from_std(settle).unwrap_or(TimeDelta::MAX);
        let (done, refused) = (path.join("done"), Shelf { folder: path.join("refused") });
        let (settling, in_hand) = (Settling::new(settle), InHand::open(&path));
        Ok(Self { path, after, max_size, settling, in_hand, watch: None, done, refused, keep_done, keep_refused })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Watches the inbox from now on: `nudge` is called on another thread when a listing could show something new, and
    /// with the error when the watcher has failed. What events tell of a file shortens its rest.
    ///
    /// # Errors
    /// When events cannot be relied upon; then the inbox has to be [listed](Self::whole) every few seconds, though some
    /// may come.
    pub fn watch(&mut self, nudge: impl FnMut(Result<(), notify::Error>) + Send + 'static) -> Result<(), Deaf> {
        self.watch = Some(Watch::new(&self.path, nudge)?);
        watch::hears(&self.path)
    }

    /// Whether a folder in the inbox raises no events.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.watch.as_ref().is_some_and(Watch::is_blind)
    }

    /// Lists the folder and those in it, and tells what has come to rest.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn whole(&mut self, now: DateTime<Utc>) -> Result<Arrivals, Error> {
        // Heard first: what is seen afterwards is at least as new.
        let heard = self.watch.as_ref().map(Watch::heard).unwrap_or_default();
        let Listing { mut entries, left, folders } = self.list()?;
        entries.sort_by(|a, b| (a.sight.modified, &a.name).cmp(&(b.sight.modified, &b.name)));
        let sights = entries.iter().map(|entry| (entry.name.clone(), entry.sight));
        let rests = self.settling.listing(sights, &heard, now);
        let mut arrivals = Arrivals { left, ..Arrivals::default() };
        for (entry, rest) in entries.into_iter().zip(rests) {
            match rest {
                Rest::Taken => {}
                Rest::LookAgain { at, received } => {
                    arrivals.look_again(at);
                    arrivals.waiting += 1;
                    if now - received >= RESTLESS {
                        arrivals.restless.push((entry.name, received));
                    }
                }
                Rest::Whole { received } => {
                    let fault = entry.fault.or_else(|| self.too_large(entry.sight.size));
                    arrivals.add(Arrival { name: entry.name, received, sight: entry.sight }, fault);
                }
            }
        }
        if self.watch.as_mut().is_some_and(|watch| watch.follow(&folders)) {
            arrivals.look_again(now);
        }
        Ok(arrivals)
    }

    fn list(&mut self) -> Result<Listing, Error> {
        let shelves = [&self.done, &self.refused.folder].map(|folder| folder.file_name().unwrap_or_default());
        listing::list(&self.path, &shelves).map_err(|error| {
            if let Some(watch) = &mut self.watch {
                watch.lose();
            }
            failed("list", &self.path)(error)
        })
    }

    /// Writes down which files are about to be read, and, with none, that all have been.
    pub fn take_in_hand<'a>(&'a self, arrivals: impl IntoIterator<Item = &'a Arrival>) {
        self.in_hand.take(arrivals.into_iter().map(|arrival| arrival.name.as_os_str()));
    }

    /// Whether this file was in hand when an earlier process ended. It is to be tried elsewhere before it is read here.
    #[must_use]
    pub fn suspects(&self, arrival: &Arrival) -> bool {
        self.in_hand.suspects(&arrival.name)
    }

    /// A suspect was tried: it is as any other now.
    pub fn acquit(&mut self, arrival: &Arrival) {
        self.in_hand.acquit(&arrival.name);
    }

    /// Deletes what has been in `done` and `refused` for longer than it is to be kept. `today` is the day that files are
    /// [put away](Self::put_away) on.
    ///
    /// # Errors
    /// When something cannot be deleted.
    pub fn sweep(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<Swept, Error> {
        let mut swept = Swept::default();
        let days = self.keep_done.and_then(|keep| i64::try_from(keep.as_secs().div_ceil(86_400)).ok());
        if let Some(first) = days.and_then(|days| today.checked_sub_signed(TimeDelta::try_days(days)?)) {
            swept.days = sweep::days_before(&self.done, first).map_err(failed("sweep", &self.done))?;
        }
        if let Some(first) = self.keep_refused.and_then(|keep| sweep::before(now, keep)) {
            let folder = &self.refused.folder;
            swept.refused = sweep::refused_before(folder, first).map_err(failed("sweep", folder))?;
        }
        Ok(swept)
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

    /// Puts a filed file out of the way, as `after` says: into the folder of the day on which that happens, and there
    /// into the one that it came in. Call it only after the archive has committed.
    ///
    /// # Errors
    /// When it cannot be moved or deleted; then it is still there, and comes up again later.
    pub fn put_away(&mut self, arrival: &Arrival, now: DateTime<Utc>, today: NaiveDate) -> Result<Put, Error> {
        let path = self.path_of(arrival);
        let put = match self.after {
            After::Leave => Ok(Put::Left),
            After::Move => self.move_as_seen(arrival, |inbox| inbox.done_on(today, &arrival.name).put(&path)),
            After::Delete => self.delete_as_seen(arrival),
        };
        self.note(arrival, put, "put away", now)
    }

    /// Where a file of this name is put away on a day: `done/2026/11/23/sport` for `sport/a.txt`.
    fn done_on(&self, day: NaiveDate, name: &OsStr) -> Shelf {
        let within = Path::new(name).parent().unwrap_or(Path::new(""));
        Shelf { folder: self.done.join(day.format("%Y/%m/%d").to_string()).join(within) }
    }

    /// Puts a file that cannot be read into `refused`, with the reason in a file beside it: `a.txt.reason`,
    /// in JSON. `now` is the time to be written there.
    ///
    /// # Errors
    /// When it cannot be moved, or the reason not be written; then it is still there, and comes up again later.
    pub fn refuse(&mut self, arrival: &Arrival, reason: &Reason, now: DateTime<Utc>) -> Result<Put, Error> {
        let path = self.path_of(arrival);
        let put = match self.after {
            After::Leave => Ok(Put::Left),
            After::Move | After::Delete => {
                let note = Note::new(arrival, reason, now).to_json();
                self.move_as_seen(arrival, |inbox| inbox.refused.put_with_reason(&path, &note))
            }
        };
        self.note(arrival, put, "refuse", now)
    }

    fn move_as_seen(&self, arrival: &Arrival, put: impl FnOnce(&Self) -> io::Result<PathBuf>) -> io::Result<Put> {
        match listing::sight_at(&self.path_of(arrival), &self.path)? {
            None => Ok(Put::Gone),
            Some(sight) if sight != arrival.sight => Ok(Put::Changed),
            Some(_) => put(self).map(Put::Moved),
        }
    }

    fn delete_as_seen(&self, arrival: &Arrival) -> io::Result<Put> {
        let path = self.path_of(arrival);
        match listing::sight_at(&path, &self.path)? {
            None => Ok(Put::Gone),
            Some(sight) if sight != arrival.sight => Ok(Put::Changed),
            Some(_) => fs::remove_file(path).map(|()| Put::Deleted),
        }
    }

    /// Remembers what became of a file. That it went between our look and our hand is no failure: on several
    /// machines with one inbox, another was first.
    fn note(
        &mut self,
        arrival: &Arrival,
        put: io::Result<Put>,
        act: &'static str,
        now: DateTime<Utc>,
    ) -> Result<Put, Error> {
        let path = self.path_of(arrival);
        let put = match put {
            Err(_) if matches!(listing::sight_at(&path, &self.path), Ok(None)) => Ok(Put::Gone),
            put => put,
        };
        match put {
            Ok(Put::Moved(_) | Put::Deleted | Put::Gone) => self.settling.forget(&arrival.name),
            Ok(Put::Left) => self.settling.take(&arrival.name),
            Ok(Put::Changed) => {}
            Err(_) => self.settling.put_off(&arrival.name, now),
        }
        put.map_err(failed(act, &path))
    }

    fn path_of(&self, arrival: &Arrival) -> PathBuf {
        self.path.join(&arrival.name)
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
