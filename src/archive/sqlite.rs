//! The archive in one SQLite file, or in memory.
//!
//! One connection writes, others read. In WAL mode (sqlite.org/wal.html) a reader sees the last commit; it
//! neither waits for a filing nor holds one up.

mod examine;
mod expiry;
mod file;
mod filing;
mod hand;
mod naming;
mod reading;
mod schema;
mod shelving;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags};

use self::file::File;
use super::{Archive, Deed, Digest, Error, Filed, Filing, Known, Past, Pending, Place};
use crate::story::{Mark, Rank, Revision, Selection, Standing, Story, StoryId};

/// How much of a throw-away archive is in memory.
const CACHE_KIB: i64 = 16 << 10;

/// Whether the words of stories can be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// They can.
    Indexed,
    /// They cannot: half of the work of filing is spared.
    LeftOut,
}

/// An archive in SQLite.
#[derive(Debug)]
pub struct Sqlite {
    words: Words,
    /// Absent where one connection is the whole database.
    file: Option<File>,
    /// Absent likewise.
    readers: Option<Readers>,
    /// Dropped after the readers: the last to close merges the write-ahead log, which a reader may not.
    writer: Mutex<Connection>,
}

impl Sqlite {
    /// Opens the database at `path`; makes it when it is not there, and brings it up to the newest schema.
    ///
    /// # Errors
    /// When the file cannot be opened or written, is no SQLite database, or comes from a newer release.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut writer = ready(Connection::open_with_flags(path, flags)?)?;
        schema::upgrade(&mut writer)?;
        // After the schema: a database of a newer release is left as it was.
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // A filing that was reported survives a power cut: its file leaves the inbox next.
        writer.pragma_update(None, "synchronous", "FULL")?;
        let readers = Readers { path: path.to_owned(), idle: Mutex::default() };
        let file = Some(File::at(path));
        Ok(Self { words: Words::Indexed, file, writer: Mutex::new(writer), readers: Some(readers) })
    }

    /// Opens the database at `path` only to read it, as it is.
    ///
    /// # Errors
    /// When the file cannot be opened, is no SQLite database, or its schema is not the newest.
    pub fn as_it_is(path: &Path) -> Result<Self, Error> {
        let readers = Readers { path: path.to_owned(), idle: Mutex::default() };
        let writer = readers.take()?;
        schema::check(&writer)?;
        let file = Some(File::at(path));
        Ok(Self { words: Words::Indexed, file, writer: Mutex::new(writer), readers: Some(readers) })
    }

    /// An archive that is gone with the value: for `build` and for tests.
    ///
    /// # Errors
    /// When SQLite has no memory.
    pub fn in_memory() -> Result<Self, Error> {
        let mut writer = ready(Connection::open_in_memory()?)?;
        schema::upgrade(&mut writer)?;
        Ok(Self { words: Words::Indexed, file: None, writer: Mutex::new(writer), readers: None })
    }

    /// An archive that is gone with the value, for as many stories as there may be: what does not fit into a few
    /// megabytes of memory lies in a file without a name (sqlite.org/inmemorydb.html § 3), in the folder that the system
    /// has for such. Nothing waits for the disk. Without `words` nothing can be searched for.
    ///
    /// # Errors
    /// When SQLite has no memory.
    pub fn throw_away(words: Words) -> Result<Self, Error> {
        let mut writer = ready(Connection::open("")?)?;
        writer.pragma_update(None, "journal_mode", "MEMORY")?;
        writer.pragma_update(None, "synchronous", "OFF")?;
        writer.pragma_update(None, "cache_size", -CACHE_KIB)?;
        schema::upgrade(&mut writer)?;
        Ok(Self { words, file: None, writer: Mutex::new(writer), readers: None })
    }

    /// The connection that writes, as long as others will find what it writes.
    fn writer(&self) -> Result<MutexGuard<'_, Connection>, Error> {
        let writer = lock(&self.writer);
        self.file.as_ref().map_or(Ok(()), File::is_in_place)?;
        Ok(writer)
    }

    fn read<T>(&self, query: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let Some(readers) = &self.readers else { return query(&lock(&self.writer)) };
        let connection = readers.take()?;
        let answer = query(&connection)?;
        // Only after an answer: a connection that failed is closed, and the next reader opens a sound one.
        readers.put_back(connection);
        Ok(answer)
    }
}

impl Archive for Sqlite {
    fn knows(&self, wire: &Digest) -> Result<bool, Error> {
        self.read(|connection| reading::knows(connection, wire))
    }

    fn file(&self, batch: &[Filing], now: DateTime<Utc>) -> Result<Filed, Error> {
        filing::file(&mut *self.writer()?, self.words, batch, now)
    }

    fn release(&self, now: DateTime<Utc>) -> Result<Filed, Error> {
        filing::release(&mut *self.writer()?, self.words, now)
    }

    fn expire(&self, before: DateTime<Utc>, most: usize, now: DateTime<Utc>) -> Result<Filed, Error> {
        filing::expire(&mut *self.writer()?, self.words, before, most, now)
    }

    fn bytes(&self) -> Result<u64, Error> {
        self.read(expiry::bytes)
    }

    fn next_release(&self) -> Result<Option<DateTime<Utc>>, Error> {
        self.read(reading::next_release)
    }

    fn select(
        &self,
        selection: &Selection,
        below: Option<Rank>,
        limit: usize,
    ) -> Result<Vec<(Rank, Story)>, Error> {
        self.read(|connection| reading::select(connection, selection, below, limit))
    }

    fn ranks(&self, selection: &Selection, below: Option<Rank>, limit: usize) -> Result<Vec<Rank>, Error> {
        self.read(|connection| reading::ranks(connection, selection, below, limit))
    }

    fn at(&self, ranks: &[Rank]) -> Result<Vec<Story>, Error> {
        self.read(|connection| reading::at(connection, ranks))
    }

    fn count(&self, selection: &Selection, most: usize) -> Result<u64, Error> {
        self.read(|connection| reading::count(connection, selection, most))
    }

    fn standing(&self, mark: Option<&Mark>) -> Result<Standing, Error> {
        self.read(|connection| shelving::standing(connection, mark))
    }

    fn standings(&self) -> Result<HashMap<Mark, Standing>, Error> {
        self.read(shelving::standings)
    }

    fn seal(&self, marks: &BTreeSet<Mark>, until: Rank) -> Result<u64, Error> {
        self.read(|connection| shelving::seal_until(connection, marks, until))
    }

    fn history(&self, id: &StoryId) -> Result<Vec<Past>, Error> {
        self.read(|connection| reading::history(connection, id))
    }

    fn story(&self, id: &StoryId) -> Result<Option<Story>, Error> {
        self.read(|connection| reading::story(connection, id))
    }

    fn walk(&self, after: Option<&Place>, limit: usize) -> Result<Vec<(Place, Story)>, Error> {
        self.read(|connection| reading::walk(connection, after, limit))
    }

    fn waiting(&self) -> Result<usize, Error> {
        self.read(reading::waiting)
    }

    fn size(&self) -> Result<usize, Error> {
        self.read(reading::size)
    }

    fn relabel(&self, stories: &[(Place, Story)], now: DateTime<Utc>) -> Result<Filed, Error> {
        filing::relabel(&mut *self.writer()?, self.words, stories, now)
    }

    fn withdrawn(&self, from: Rank, limit: usize) -> Result<Vec<(Rank, Story)>, Error> {
        self.read(|connection| reading::withdrawn(connection, from, limit))
    }

    fn pending(&self) -> Result<Vec<Pending>, Error> {
        self.read(naming::pending)
    }

    fn by_hand(&self, id: &StoryId, deed: Deed, now: DateTime<Utc>) -> Result<Option<Filed>, Error> {
        filing::by_hand(&mut *self.writer()?, self.words, id, deed, now)
    }

    fn known(&self, id: &StoryId) -> Result<Option<Known>, Error> {
        self.read(|connection| hand::known(connection, id))
    }

    fn problems(&self) -> Result<Vec<String>, Error> {
        self.read(examine::problems)
    }

    fn revision(&self) -> Result<Revision, Error> {
        self.read(reading::revision)
    }
}

/// Read-only connections to the database at `path`, opened as they are needed.
#[derive(Debug)]
struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// As many stay open as one machine's cores can use; more are opened at a peak and closed after it.
    const KEPT: usize = 8;

    fn take(&self) -> Result<Connection, Error> {
        if let Some(connection) = lock(&self.idle).pop() {
            return Ok(connection);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        ready(Connection::open_with_flags(&self.path, flags)?)
    }

    fn put_back(&self, connection: Connection) {
        let mut idle = lock(&self.idle);
        if idle.len() < Self::KEPT {
            idle.push(connection);
        }
    }
}

/// What every connection needs before its first statement.
fn ready(connection: Connection) -> Result<Connection, Error> {
    // Another process may be filing; a batch takes milliseconds, so this long means that it hangs.
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // All statements of this room fit, so none is ever parsed twice.
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A thread that panicked within a filing rolled it back as it unwound (`Transaction` does so on drop), so
/// what the mutex guards is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Microseconds since 1970, as the tables hold times: what PostgreSQL keeps, too.
fn micros(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}

/// A stored story.
fn story(id: &str, body: &str) -> Result<Story, Error> {
    serde_json::from_str(body).map_err(|source| Error::Unreadable { id: id.to_owned(), source })
}

/// The same of a row's bytes.
fn story_of_bytes(id: &str, body: &[u8]) -> Result<Story, Error> {
    match simdutf8::basic::from_utf8(body) {
        Ok(body) => story(id, body),
        // It says where.
        Err(_) => serde_json::from_slice(body).map_err(|source| Error::Unreadable { id: id.to_owned(), source }),
    }
}
