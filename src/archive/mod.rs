//! The only memory: what was filed, under which labels, at which revision.
//!
//! Every page can be printed again from here at any time. Nothing here knows what a feed or a request is.

mod notice;
mod sqlite;
mod succession;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::time::Duration;

use bytesize::ByteSize;
use chrono::{DateTime, Utc};

pub use self::sqlite::{Sqlite, Words};
use crate::story::{Mark, Rank, Revision, Selection, Standing, Story, StoryId};

/// A store of stories. One contract, tested alike on every implementation (`tests/archive.rs`).
pub trait Archive: Send + Sync {
    /// Whether a wire file of this content was filed before.
    ///
    /// # Errors
    /// When the database does not answer.
    fn knows(&self, wire: &Digest) -> Result<bool, Error>;

    /// Files the stories of several wire files in one transaction: all of them, or on an error none.
    ///
    /// A wire file whose digest is known is passed over. A story continues the earlier one of the same id, or
    /// of the same agency, place, day and headline with related text, and takes over its id and `published`.
    /// It becomes the next version when it says something that no version said, and is not older than the
    /// newest by `versioncreated`; else nothing changes, but for labels that name other codes.
    ///
    /// A correction or withdrawal is of the one story that it can mean; one that needs a story and finds none, or
    /// several, is [pending](Self::pending), and takes effect when the story comes.
    ///
    /// A story whose embargo ends after `received` waits: until [`release`](Self::release) nothing of it
    /// can be asked for.
    ///
    /// `now` is when their shelves have changed, as [`Standing::changed`] tells.
    ///
    /// # Errors
    /// When the database does not take them; then nothing was filed.
    fn file(&self, batch: &[Filing], now: DateTime<Utc>) -> Result<Filed, Error>;

    /// Files the stories whose embargo has passed, as of the moment it lifted. One that cannot be read back stays where
    /// it is, for somebody to look at: it is logged once, and waits for no moment any more.
    ///
    /// # Errors
    /// When the database does not answer; then nothing was released.
    fn release(&self, now: DateTime<Utc>) -> Result<Filed, Error>;

    /// Takes out the oldest stories of those published before `before`, at most `most` of them, with all that is known of
    /// them but the digests of their wire files: those are known for ever.
    ///
    /// # Errors
    /// When the database does not answer; then nothing was taken out.
    fn expire(&self, before: DateTime<Utc>, most: usize, now: DateTime<Utc>) -> Result<Filed, Error>;

    /// How many bytes all of it takes.
    ///
    /// # Errors
    /// When the database does not answer.
    fn bytes(&self) -> Result<u64, Error>;

    /// When the next embargo lifts, if any story waits for one.
    ///
    /// # Errors
    /// When the database does not answer.
    fn next_release(&self) -> Result<Option<DateTime<Utc>>, Error>;

    /// The stories that `selection` takes and that are usable, newest first by [`Rank`], at most `limit`; with `below`,
    /// of those that stand below that rank.
    ///
    /// # Errors
    /// When the database does not answer.
    fn select(
        &self,
        selection: &Selection,
        below: Option<Rank>,
        limit: usize,
    ) -> Result<Vec<(Rank, Story)>, Error>;

    /// The ranks of the same stories, whether or not they can be read back.
    ///
    /// # Errors
    /// When the database does not answer.
    fn ranks(&self, selection: &Selection, below: Option<Rank>, limit: usize) -> Result<Vec<Rank>, Error>;

    /// The stories at these ranks, in their order; one that cannot be read back is left out, and logged.
    ///
    /// # Errors
    /// When the database does not answer.
    fn at(&self, ranks: &[Rank]) -> Result<Vec<Story>, Error>;

    /// How many stories `selection` takes, counted up to `most`.
    ///
    /// # Errors
    /// When the database does not answer.
    fn count(&self, selection: &Selection, most: usize) -> Result<u64, Error>;

    /// How the shelf of this mark stands, or, without one, that of all usable stories.
    ///
    /// # Errors
    /// When the database does not answer.
    fn standing(&self, mark: Option<&Mark>) -> Result<Standing, Error>;

    /// How every shelf stands that has stories.
    ///
    /// # Errors
    /// When the database does not answer.
    fn standings(&self) -> Result<HashMap<Mark, Standing>, Error>;

    /// A number for what the stories with any of `marks` say (all usable stories when there are none) that were
    /// published on the day of `until` or before: another whenever one of them comes, changes, goes, or gets other
    /// labels, and the same in every archive of the same stories.
    ///
    /// # Errors
    /// When the database does not answer.
    fn seal(&self, marks: &BTreeSet<Mark>, until: Rank) -> Result<u64, Error>;

    /// The newest version of one story, whatever its `pubstatus`: who shows it to readers has to look.
    ///
    /// # Errors
    /// When the database does not answer.
    fn story(&self, id: &StoryId) -> Result<Option<Story>, Error>;

    /// Where each version of a story came from, and the versions that were replaced; newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    fn history(&self, id: &StoryId) -> Result<Vec<Past>, Error>;

    /// The next `limit` stories behind `after`, in the order of their places, and fewer only at the end: a walk through
    /// all that waits and all that is on file, whatever its `pubstatus`. What cannot be read back is left out, and
    /// logged. A story that is released while the walk is on its way may be met twice.
    ///
    /// # Errors
    /// When the database does not answer.
    fn walk(&self, after: Option<&Place>, limit: usize) -> Result<Vec<(Place, Story)>, Error>;

    /// How many stories wait for their embargo.
    ///
    /// # Errors
    /// When the database does not answer.
    fn waiting(&self) -> Result<usize, Error>;

    /// How many stories a [`walk`](Self::walk) meets.
    ///
    /// # Errors
    /// When the database does not answer.
    fn size(&self) -> Result<usize, Error>;

    /// Puts the labels of these stories on those at their places; text, ids, versions and times stay. A story that has
    /// gone from its place, or got another version since it was read, is passed over; what has come to its place says
    /// something else and is left as it is.
    ///
    /// `now` is when their shelves have changed.
    ///
    /// # Errors
    /// When the database does not take them; then nothing was relabelled.
    fn relabel(&self, stories: &[(Place, Story)], now: DateTime<Utc>) -> Result<Filed, Error>;

    /// The withdrawn stories that readers had seen, newest first by [`Rank`], from this rank up, at most `limit`.
    ///
    /// # Errors
    /// When the database does not answer.
    fn withdrawn(&self, from: Rank, limit: usize) -> Result<Vec<(Rank, Story)>, Error>;

    /// The corrections and withdrawals that have found no story yet, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    fn pending(&self) -> Result<Vec<Pending>, Error>;

    /// Carries out what an operator decided of a story, on file or waiting; `None` when there is no such story. What is
    /// held or killed by hand stays so, whatever versions the wire brings, until it is released by hand.
    ///
    /// # Errors
    /// When the database does not take it; then nothing has changed.
    fn by_hand(&self, id: &StoryId, deed: Deed, now: DateTime<Utc>) -> Result<Option<Filed>, Error>;

    /// All that there is to know of a story, shown or not; `None` when there is no such story.
    ///
    /// # Errors
    /// When the database does not answer.
    fn known(&self, id: &StoryId) -> Result<Option<Known>, Error>;

    /// What is wrong with the archive, each in a sentence: damaged pages, stories that cannot be read back, shelves that
    /// count other stories than there are. Reads all of it.
    ///
    /// # Errors
    /// When the database does not answer.
    fn problems(&self) -> Result<Vec<String>, Error>;

    /// How many commits have changed something so far.
    ///
    /// # Errors
    /// When the database does not answer.
    fn revision(&self) -> Result<Revision, Error>;
}

/// One wire file, read and tagged, ready to be filed.
#[derive(Debug, Clone)]
pub struct Filing {
    /// Name of the file, for people.
    pub name: String,
    /// What the file held, byte for byte.
    pub digest: Digest,
    /// When it was first seen.
    pub received: DateTime<Utc>,
    /// What was read from it, in the page's order.
    pub stories: Vec<Story>,
}

/// Where the archive keeps a story. What waits comes before what is on file: a story goes that way and never back, so
/// a walk in this order misses none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// With those that wait for their embargo, by the number under which it came. A number is free again when its story
    /// has gone.
    Waiting(i64),
    /// On file, under its id.
    File(StoryId),
}

/// A version of a story, and the wire file that it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The version.
    pub story: Story,
    /// Name and time of receipt of its wire file, if that is known.
    pub wire: Option<(String, DateTime<Utc>)>,
}

/// What an operator decides of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is shown no more, and may come back.
    Hold,
    /// It is shown again, or before its embargo ends.
    Release,
    /// It is withdrawn, and readers are told so.
    Kill,
}

/// All that an archive knows of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its versions on file, the newest first.
    pub versions: Vec<Past>,
    /// Its versions that wait for their embargo, in the order in which they came.
    pub waiting: Vec<Story>,
    /// What an operator decided, and when.
    pub decided: Option<(Deed, DateTime<Utc>)>,
    /// It is a notice that has found no story; whether several were as likely.
    pub pending: Option<bool>,
}

/// A correction or withdrawal that has found no story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// What the agency says.
    pub notice: Story,
    /// When it came.
    pub since: DateTime<Utc>,
    /// Several stories are as likely to be meant.
    pub several: bool,
    /// The wire file that it came in, if that is known.
    pub wire: Option<String>,
}

/// SHA-256 of a wire file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

/// For how long stories are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// Older ones are taken out; `None` is never.
    pub keep: Option<Duration>,
    /// The oldest are taken out when the archive takes more; `None` is never.
    pub max_size: Option<ByteSize>,
}

/// What a filing changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filed {
    /// The archive's revision afterwards.
    pub revision: Revision,
    /// Stories never seen before.
    pub new: usize,
    /// New versions of stories seen before.
    pub updated: usize,
    /// Stories seen before that say nothing new.
    pub unchanged: usize,
    /// Stories that wait for their embargo to lift.
    pub waiting: usize,
    /// Notices that wait for the story that they mean.
    pub pending: usize,
    /// Stories that were taken out.
    pub expired: usize,
    /// What the changed stories carry now, and carried before the change.
    pub moved: Moved,
}

/// The shelves and ids whose pages a change touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// What the changed stories are shelved under, or were.
    pub marks: BTreeSet<Mark>,
    /// The changed stories.
    pub stories: BTreeSet<StoryId>,
}

impl Moved {
    fn touch(&mut self, story: &Story) {
        self.marks.extend(story.marks());
        self.stories.insert(story.id);
    }
}

/// Why the archive did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database said no.
    #[error("archive: {0}")]
    Database(#[from] rusqlite::Error),
    /// A stored story could not be read back: written by a newer release, or damaged.
    #[error("archive: story {id} cannot be read: {source}")]
    Unreadable {
        /// The story's id as stored.
        id: String,
        /// What the JSON reader said.
        source: serde_json::Error,
    },
    /// The open file was deleted, moved or replaced.
    #[error("archive: {} is not the file that was opened; put that back, or restart to begin with what is there", path.display())]
    Displaced {
        /// Where it was.
        path: PathBuf,
    },
    /// The file is another program's database.
    #[error("archive: the file is a database of another program")]
    Foreign,
    /// The database was written by an older release of this program, and is only to be read.
    #[error(
        "archive: an older release wrote it; opening it to write would first take its schema {steps} step(s) on"
    )]
    Behind {
        /// The steps that it has not taken.
        steps: usize,
    },
    /// The database was written by a newer release of this program.
    #[error("archive: its schema is step {found}, this program knows {known}: a newer release wrote it")]
    TooNew {
        /// The step that the database is at.
        found: i64,
        /// The newest step that this program knows.
        known: i64,
    },
}
