//! One turn of the work: take what is whole, read it, file it, put it away. The daemon is this in a loop, and a
//! one-shot build is one turn.
//!
//! The archive commits before a file leaves the inbox. A crash before the commit leaves the file for the next
//! turn; one after it leaves a file whose digest is known, which is then only put away.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::archive::{self, Archive, Digest, Filed, Filing, Retention};
use crate::inbox::{self, Arrival, Inbox, Reason, Swept, Unread};
use crate::story::{Agency, Mark, Revision, Story};
use crate::tag::Tagger;
use crate::wire::{self, Reading, Remark};

/// How many files are filed in one transaction. A commit costs a few milliseconds of disk, whatever it holds.
const BATCH: usize = 256;
/// How many files are read before it is asked again whether the turn goes on: enough for the cores of most machines.
const AT_ONCE: usize = 16;
/// What feeds reach back at least: no archive is so small that it is taken out.
const NEWS: TimeDelta = TimeDelta::days(2);
/// How many bytes of wire files are held at once before they are filed.
const BATCH_BYTES: usize = 32 << 20;

/// The way of a wire file, from the inbox into the archive.
pub struct Pipeline {
    inbox: Inbox,
    tagger: Tagger,
    archive: Arc<dyn Archive>,
    zone: Tz,
    receipt: Receipt,
    trial: Trial,
    spread: Spread,
    /// What was left alone in the last turn, and what was written to all the time: told once, not every turn.
    left: BTreeSet<OsString>,
    restless: BTreeSet<OsString>,
    retention: Retention,
    /// The day on which the inbox was last swept.
    swept: Option<NaiveDate>,
    /// The archive's revision that was last told of.
    published: Revision,
    /// How many files the last turn left in the inbox.
    waiting: usize,
    /// Asked between two files: does the turn go on?
    between_files: Box<dyn FnMut() -> bool + Send>,
}

/// Tries to read a suspect where it can end nothing but the trial, and says why it must not be read here, if it must not.
/// It is given the bytes of the file.
pub type Trial = Box<dyn Fn(&[u8]) -> Verdict + Send>;

/// How a trial ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The file can be read, or nobody can be found to try it.
    Sound,
    /// It ended whoever read it; how.
    Deadly(String),
    /// Whoever read it was asked from outside to end: it is to be tried again.
    Unknown,
}

/// Does so many jobs, each by its number, at once as far as it can, and returns when all are done.
pub type Spread = fn(usize, &(dyn Fn(usize) + Sync));

/// Which time counts as the time of receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// When this process first saw the file: for a daemon, which is there when it comes.
    FirstSeen,
    /// When the file was last written, but never later than now: for a build, which comes long after.
    Modified,
}

/// What a turn did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Files that were read and filed.
    pub taken: usize,
    /// Stories that were read from them, by the word of their kind.
    pub stories: BTreeMap<&'static str, usize>,
    /// Remarks on them, by their word.
    pub remarks: BTreeMap<&'static str, usize>,
    /// Whose stories they held, by the datelines.
    pub agencies: BTreeSet<Agency>,
    /// Files whose content was filed before.
    pub known: usize,
    /// Files that were refused, in the order in which they came.
    pub refused: Vec<Refused>,
    /// Files that have not rested.
    pub waiting: usize,
    /// When the next file will have rested, if nothing touches it.
    pub next_file: Option<DateTime<Utc>>,
    /// When the next embargo lifts.
    pub next_release: Option<DateTime<Utc>>,
}

impl Turn {
    /// When there is something to do again, if nothing else happens.
    #[must_use]
    pub fn look_again(&self) -> Option<DateTime<Utc>> {
        [self.next_file, self.next_release].into_iter().flatten().min()
    }
}

impl Turn {
    /// A file is taken that held these stories.
    fn count(&mut self, stories: &[Story], remarks: &[Remark]) {
        self.taken += 1;
        for story in stories {
            *self.stories.entry(story.kind.word()).or_default() += 1;
            self.agencies.extend(story.marks().filter_map(|mark| match mark {
                Mark::Agency(agency) => Some(agency),
                _ => None,
            }));
        }
        for remark in remarks {
            *self.remarks.entry(remark.kind.word()).or_default() += 1;
        }
    }
}

/// What there is to tell of a file once it is filed.
struct Read {
    remarks: Vec<Remark>,
    /// How long reading and labelling took.
    took: Duration,
}

impl Read {
    /// One line for the file, and at a lower level one for each remark. A remark names its line and quotes nothing: a
    /// story may be under embargo.
    fn tell(&self, file: &str, stories: usize) {
        // A page takes a few milliseconds; a tenth of one is as exact as it gets.
        let took_ms = (self.took.as_secs_f64() * 10_000.0).round() / 10.0;
        tracing::info!(file, stories, remarks = self.remarks.len(), took_ms, "filed");
        for remark in &self.remarks {
            tracing::debug!(file, line = remark.line, remark = remark.kind.word(), "{remark}");
        }
    }
}

/// A refused file, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Name of the file; what is not UTF-8 in it is replaced.
    pub name: String,
    /// Why, in words.
    pub reason: String,
}

/// Why a turn could not be finished. Whatever it had not filed is still in the inbox.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The archive did not answer.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The inbox could not be listed.
    #[error(transparent)]
    Inbox(#[from] inbox::Error),
}

impl Pipeline {
    /// A pipeline from `inbox` into `archive`; datelines without a zone are in `zone`. A file that an earlier process had
    /// in hand when it ended goes through `trial` first.
    #[must_use]
    pub fn new(
        inbox: Inbox,
        tagger: Tagger,
        archive: Arc<dyn Archive>,
        zone: Tz,
        receipt: Receipt,
        trial: Trial,
    ) -> Self {
        let (left, restless, swept) = (BTreeSet::new(), BTreeSet::new(), None);
        Self {
            inbox,
            tagger,
            archive,
            zone,
            receipt,
            trial,
            spread: |jobs, job| (0..jobs).for_each(job),
            left,
            restless,
            retention: Retention::default(),
            swept,
            published: Revision::default(),
            waiting: 0,
            between_files: Box::new(|| true),
        }
    }

    /// The same, which reads files by `spread`: one after the other, unless it says otherwise.
    #[must_use]
    pub fn reading_by(self, spread: Spread) -> Self {
        Self { spread, ..self }
    }

    /// The same, which takes out of the archive what has been there for long enough: for ever, unless it says otherwise.
    #[must_use]
    pub fn keeping(self, retention: Retention) -> Self {
        Self { retention, ..self }
    }

    /// Has `goes_on` asked before each file. When it says no, the turn ends after the file in hand: what was read is
    /// filed, the rest waits for the next turn, which [`Turn::look_again`] wants at once.
    #[must_use]
    pub fn asking(self, goes_on: impl FnMut() -> bool + Send + 'static) -> Self {
        Self { between_files: Box::new(goes_on), ..self }
    }

    /// From now on, files are labelled by these tables, and datelines without a zone are in `zone`.
    pub fn learn(&mut self, tagger: Tagger, zone: Tz) {
        self.tagger = tagger;
        self.zone = zone;
    }

    /// How many files the last turn, also one that failed, left in the inbox to be read later.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Whether a folder of the inbox raises no events, so that it has to be listed more often.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.inbox.is_blind()
    }

    /// Whether another process has changed the archive since the last turn, as far as can be told.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.archive.revision().is_ok_and(|revision| revision != self.published)
    }

    /// Takes what is whole, files it, and puts it away; releases the stories whose embargo has passed. `publish`
    /// is told of each transaction that is done, also of those before one that fails.
    ///
    /// # Errors
    /// When the archive or the inbox does not answer; then nothing that was not filed has left the inbox.
    pub fn turn(&mut self, now: DateTime<Utc>, mut publish: impl FnMut(&Filed)) -> Result<Turn, Error> {
        self.release(now, &mut publish)?;
        let arrivals = self.inbox.whole(now)?;
        self.tell_left(arrivals.left);
        self.tell_restless(arrivals.restless);
        self.waiting = arrivals.waiting + arrivals.whole.len() + arrivals.refused.len();
        let mut turn = Turn { waiting: arrivals.waiting, next_file: arrivals.look_again, ..Turn::default() };
        for (arrival, reason) in arrivals.refused {
            self.refuse(&arrival, &reason, now, &mut turn);
        }
        let mut batch = Vec::new();
        let mut held = 0;
        for arrival in arrivals.whole {
            if !self.goes_on(now, &mut turn) {
                break;
            }
            let Some(bytes) = self.read(&arrival, now, &mut turn) else { continue };
            held += bytes.len();
            batch.push((arrival, bytes));
            if batch.len() >= BATCH || held >= BATCH_BYTES {
                self.file(std::mem::take(&mut batch), now, &mut turn, &mut publish)?;
                held = 0;
            }
        }
        self.file(batch, now, &mut turn, &mut publish)?;
        // What was filed may have waited in the inbox longer than its embargo lasts.
        self.release(now, &mut publish)?;
        turn.next_release = self.archive.next_release()?;
        if self.is_another_day(now) {
            self.sweep(now);
            self.expire(now, &mut turn, &mut publish)?;
        }
        Ok(turn)
    }

    /// Whether there is time for another file in this turn; if not, the next one should come at once.
    fn goes_on(&mut self, now: DateTime<Utc>, turn: &mut Turn) -> bool {
        let goes_on = (self.between_files)();
        if !goes_on {
            turn.next_file = Some(now);
        }
        goes_on
    }

    /// Whether a day has begun since the last turn. One that comes too soon is none of which anything is deleted: the clock
    /// has jumped, and may jump back.
    fn is_another_day(&mut self, now: DateTime<Utc>) -> bool {
        /// Days; a daemon that was asleep for longer deletes a day later.
        const JUMP: i64 = 2;
        let today = self.today(now);
        let days = self.swept.replace(today).map(|before| (today - before).num_days());
        if days.is_some_and(|days| days.abs() > JUMP) {
            tracing::warn!(days, "the clock has jumped; nothing is deleted today");
        }
        days.is_none_or(|days| (1..=JUMP).contains(&days))
    }

    /// What has been put away for long enough is deleted.
    fn sweep(&mut self, now: DateTime<Utc>) {
        let today = self.today(now);
        match self.inbox.sweep(now, today) {
            Ok(Swept { days: 0, refused: 0 }) => {}
            Ok(Swept { days, refused }) => tracing::info!(days, refused, "deleted of `done` and `refused`"),
            Err(error) => tracing::warn!(%error, "tried again tomorrow"),
        }
    }

    /// What has been in the archive for long enough, or is too much for it, is taken out.
    fn expire(
        &mut self,
        now: DateTime<Utc>,
        turn: &mut Turn,
        publish: &mut impl FnMut(&Filed),
    ) -> Result<(), Error> {
        let Retention { keep, max_size } = self.retention;
        if let Some(before) = keep.and_then(|keep| now.checked_sub_signed(TimeDelta::from_std(keep).ok()?)) {
            self.take_out(before, usize::MAX, now, turn, publish)?;
        }
        let Some(max_size) = max_size.map(|size| size.as_u64()) else { return Ok(()) };
        let (bytes, stories) = (self.archive.bytes()?, self.archive.size()?);
        if bytes > max_size {
            // Room is free only some time after its stories have gone, so they are counted, not what becomes free.
            let share = u128::from(bytes - max_size) * stories as u128 / u128::from(bytes) + 1;
            self.take_out(now - NEWS, usize::try_from(share).unwrap_or(usize::MAX), now, turn, publish)?;
        }
        Ok(())
    }

    /// Takes out the oldest stories from before `before`, at most so many, a batch at a time.
    fn take_out(
        &mut self,
        before: DateTime<Utc>,
        most: usize,
        now: DateTime<Utc>,
        turn: &mut Turn,
        publish: &mut impl FnMut(&Filed),
    ) -> Result<(), Error> {
        let mut expired = 0;
        while expired < most && self.goes_on(now, turn) {
            let batch = BATCH.min(most - expired);
            let filed = self.archive.expire(before, batch, now)?;
            publish(&filed);
            self.published = filed.revision;
            expired += filed.expired;
            if filed.expired < batch {
                break;
            }
        }
        if expired > 0 {
            tracing::info!(stories = expired, %before, "taken out of the archive");
        }
        Ok(())
    }

    fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// Releases what has waited long enough, and notices what another process has changed since the last turn: a
    /// `build` into the same archive, a `retag`.
    fn release(&mut self, now: DateTime<Utc>, publish: &mut impl FnMut(&Filed)) -> Result<(), Error> {
        let released = self.archive.release(now)?;
        if released.revision != self.published {
            publish(&released);
            self.published = released.revision;
        }
        Ok(())
    }

    fn tell_left(&mut self, left: Vec<(OsString, inbox::Left)>) {
        let mut names = BTreeSet::new();
        for (name, why) in left {
            if !self.left.contains(&name) {
                tracing::info!(file = ?name, reason = %why, "left alone");
            }
            names.insert(name);
        }
        self.left = names;
    }

    fn tell_restless(&mut self, restless: Vec<(OsString, DateTime<Utc>)>) {
        let mut names = BTreeSet::new();
        for (name, since) in restless {
            if !self.restless.contains(&name) {
                tracing::warn!(file = ?name, %since, "written to all the time; it is taken when that ends");
            }
            names.insert(name);
        }
        self.restless = names;
    }

    fn read(&mut self, arrival: &Arrival, now: DateTime<Utc>, turn: &mut Turn) -> Option<Vec<u8>> {
        match self.inbox.read(arrival).and_then(|bytes| self.tried(arrival, bytes)) {
            Ok(bytes) => Some(bytes),
            Err(Unread::Refused(reason)) => {
                self.refuse(arrival, &reason, now, turn);
                None
            }
            Err(error) => {
                tracing::warn!(file = ?arrival.name, %error, "not read yet");
                None
            }
        }
    }

    /// The bytes, unless they are those of a suspect whose trial ended badly.
    fn tried(&mut self, arrival: &Arrival, bytes: Vec<u8>) -> Result<Vec<u8>, Unread> {
        if self.inbox.suspects(arrival) {
            tracing::warn!(file = ?arrival.name, "in hand when an earlier process ended; it is tried first");
            let verdict = (self.trial)(&bytes);
            if verdict == Verdict::Unknown {
                return Err(Unread::Untried);
            }
            self.inbox.acquit(arrival);
            if let Verdict::Deadly(how) = verdict {
                return Err(Unread::Refused(Reason::Deadly(how)));
            }
        }
        Ok(bytes)
    }

    /// Reads, tags and files some files in one transaction, then puts them away.
    fn file(
        &mut self,
        batch: Vec<(Arrival, Vec<u8>)>,
        now: DateTime<Utc>,
        turn: &mut Turn,
        publish: &mut impl FnMut(&Filed),
    ) -> Result<(), Error> {
        let mut filings = Vec::with_capacity(batch.len());
        let mut readings = Vec::with_capacity(batch.len());
        let mut filed = Vec::with_capacity(batch.len());
        let mut refused = Vec::new();
        self.inbox.take_in_hand(batch.iter().map(|(arrival, _)| arrival));
        let mut batch = batch.into_iter();
        let mut unknown = Vec::with_capacity(AT_ONCE);
        loop {
            let next = batch.next().filter(|_| self.goes_on(now, turn));
            let is_last = next.is_none();
            if let Some((arrival, bytes)) = next {
                let digest = Digest::of(&bytes);
                if self.archive.knows(&digest)? {
                    tracing::info!(file = ?arrival.name, "filed before");
                    turn.known += 1;
                    filed.push(arrival);
                } else {
                    unknown.push((arrival, bytes, digest));
                }
            }
            if is_last || unknown.len() == AT_ONCE {
                for (arrival, reading) in self.read_all(std::mem::take(&mut unknown), now) {
                    match reading {
                        Ok((filing, read)) => {
                            filings.push(filing);
                            readings.push(read);
                            filed.push(arrival);
                        }
                        Err(why) => refused.push((arrival, why)),
                    }
                }
            }
            if is_last {
                break;
            }
        }
        self.inbox.take_in_hand([]);
        for (arrival, why) in refused {
            self.refuse(&arrival, &Reason::Content(why), now, turn);
        }
        if !filings.is_empty() {
            let filed = self.archive.file(&filings, now)?;
            publish(&filed);
            self.published = filed.revision;
        }
        for (filing, read) in filings.iter().zip(&readings) {
            read.tell(&filing.name, filing.stories.len());
            turn.count(&filing.stories, &read.remarks);
        }
        let today = self.today(now);
        for arrival in filed {
            match self.inbox.put_away(&arrival, now, today) {
                Ok(_) => self.waiting = self.waiting.saturating_sub(1),
                // It is filed. When it comes up again, its digest is known.
                Err(error) => tracing::warn!(%error, "filed, but not put away"),
            }
        }
        Ok(())
    }

    /// What is to be filed of each file, or why it is refused.
    fn read_all(
        &self,
        files: Vec<(Arrival, Vec<u8>, Digest)>,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = (Arrival, Result<(Filing, Read), String>)> + use<> {
        let desk = Desk { tagger: &self.tagger, zone: self.zone, receipt: self.receipt, now };
        let read: Vec<OnceLock<_>> = files.iter().map(|_| OnceLock::new()).collect();
        (self.spread)(files.len(), &|at| {
            let (arrival, bytes, digest) = &files[at];
            read[at].get_or_init(|| desk.filing(arrival, bytes, *digest));
        });
        let read = read.into_iter().map(|filing| filing.into_inner().expect("every job is done"));
        files.into_iter().map(|(arrival, ..)| arrival).zip(read)
    }

    fn refuse(&mut self, arrival: &Arrival, reason: &Reason, now: DateTime<Utc>, turn: &mut Turn) {
        let name = arrival.name.to_string_lossy().into_owned();
        tracing::warn!(file = name, %reason, "refused");
        match self.inbox.refuse(arrival, reason, now) {
            Ok(_) => self.waiting = self.waiting.saturating_sub(1),
            Err(error) => tracing::warn!(%error, "refused, but not put away"),
        }
        turn.refused.push(Refused { name, reason: reason.to_string() });
    }
}

/// What it takes to read a file; several are read at once.
struct Desk<'p> {
    tagger: &'p Tagger,
    zone: Tz,
    receipt: Receipt,
    now: DateTime<Utc>,
}

impl Desk<'_> {
    /// What is to be filed of one file, or why it is refused.
    fn filing(&self, arrival: &Arrival, bytes: &[u8], digest: Digest) -> Result<(Filing, Read), String> {
        let name = arrival.name.to_string_lossy().into_owned();
        let received = match self.receipt {
            Receipt::FirstSeen => arrival.received,
            // A file's time can be set to anything; news is not older than the clock's epoch.
            Receipt::Modified => arrival.sight.modified.clamp(DateTime::UNIX_EPOCH, self.now),
        };
        // Nothing depends on it: it is told.
        let begun = Instant::now();
        let read = || self.read_and_tag(bytes, &name, received);
        // A fault of ours in one page must cost no other page anything.
        let Reading { stories, remarks, .. } = catch_unwind(AssertUnwindSafe(read))
            .map_err(|_| "wirefeed failed on it: a fault of the program, which the log shows".to_owned())
            .and_then(|reading| match reading.refusal() {
                Some(remark) => Err(remark.to_string()),
                None => Ok(reading),
            })?;
        let took = begun.elapsed();
        Ok((Filing { name, digest, received, stories }, Read { remarks, took }))
    }

    fn read_and_tag(&self, bytes: &[u8], name: &str, received: DateTime<Utc>) -> Reading {
        let mut reading = wire::read(bytes, name, &received.with_timezone(&self.zone));
        let ambiguous: usize = reading.stories.iter_mut().map(|story| self.tagger.tag(story).len()).sum();
        if ambiguous > 0 {
            // Not which: a story may be under embargo.
            tracing::debug!(file = ?name, names = ambiguous, "names of several places are no tags; `parse` tells which");
        }
        reading
    }
}
