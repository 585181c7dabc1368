//! Writing: a batch is filed, or an embargo lifted, in one transaction.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};

use super::shelving::Shelves;
use super::{Words, micros, naming, reading, story as parsed};
use crate::archive::notice;
use crate::archive::succession::{self, Came, Candidate, Meant, OnFile, Step};
use crate::archive::{Deed, Digest, Error, Filed, Filing, Place};
use crate::story::{PubStatus, Rank, Revision, Story, StoryId};

pub(super) fn file(
    connection: &mut Connection,
    words: Words,
    batch: &[Filing],
    now: DateTime<Utc>,
) -> Result<Filed, Error> {
    in_one_transaction(connection, words, now, |desk| batch.iter().try_for_each(|filing| desk.wire(filing)))
}

pub(super) fn release(connection: &mut Connection, words: Words, now: DateTime<Utc>) -> Result<Filed, Error> {
    #[expect(clippy::redundant_closure_for_method_calls, reason = "`Desk::lift` is of one lifetime")]
    in_one_transaction(connection, words, now, |desk| desk.lift())
}

pub(super) fn expire(
    connection: &mut Connection,
    words: Words,
    before: DateTime<Utc>,
    most: usize,
    now: DateTime<Utc>,
) -> Result<Filed, Error> {
    in_one_transaction(connection, words, now, |desk| {
        desk.filed.expired = desk.expire(Rank::first(before), most)?;
        Ok(())
    })
}

pub(super) fn relabel(
    connection: &mut Connection,
    words: Words,
    stories: &[(Place, Story)],
    now: DateTime<Utc>,
) -> Result<Filed, Error> {
    in_one_transaction(connection, words, now, |desk| {
        stories.iter().try_for_each(|(place, story)| match place {
            Place::File(_) => desk.relabel(story),
            Place::Waiting(number) => desk.relabel_waiting(*number, story),
        })
    })
}

pub(super) fn by_hand(
    connection: &mut Connection,
    words: Words,
    id: &StoryId,
    deed: Deed,
    now: DateTime<Utc>,
) -> Result<Option<Filed>, Error> {
    let mut is_there = false;
    let filed = in_one_transaction(connection, words, now, |desk| {
        is_there = desk.by_hand(id, deed)?;
        Ok(())
    })?;
    Ok(is_there.then_some(filed))
}

fn in_one_transaction(
    connection: &mut Connection,
    words: Words,
    now: DateTime<Utc>,
    work: impl FnOnce(&mut Desk) -> Result<(), Error>,
) -> Result<Filed, Error> {
    // Immediate: two writers queue up here, and none finds half-way that what it read is out of date.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Two changes within a second must not bear one date: who asks by date alone would miss the second.
    let before = super::shelving::standing(&transaction, None)?.changed;
    let changed = before.map_or(now, |before| now.max(before + TimeDelta::seconds(1)));
    let shelves = Shelves::new(words);
    let mut desk = Desk { database: &transaction, now, changed, shelves, entered: None, filed: Filed::default() };
    work(&mut desk)?;
    desk.shelves.write(&transaction)?;
    let mut filed = desk.filed;
    filed.revision = desk.entered.map_or_else(|| reading::revision(&transaction), Ok)?;
    transaction.commit()?;
    Ok(filed)
}

/// A story whose embargo has passed.
struct Due {
    number: i64,
    /// When it counts as published, at the earliest.
    shown: DateTime<Utc>,
    /// The file that it came in.
    wire: Option<Digest>,
    /// What was kept, if it can be read back.
    story: Result<Story, Error>,
}

/// Where a story on file stands.
pub(super) struct Shelved {
    pub(super) rank: Rank,
    /// The file that its newest version came in.
    pub(super) wire: Option<Digest>,
}

/// One transaction at work.
pub(super) struct Desk<'t> {
    pub(super) database: &'t Connection,
    pub(super) now: DateTime<Utc>,
    /// When what it changes has changed: now, or a second after the last change.
    changed: DateTime<Utc>,
    shelves: Shelves,
    /// The revision of this transaction, once it has changed something.
    entered: Option<Revision>,
    filed: Filed,
}

impl Desk<'_> {
    fn wire(&mut self, filing: &Filing) -> Result<(), Error> {
        if !self.enter(filing)? {
            return Ok(());
        }
        let mut page = HashSet::new();
        for (above, story) in filing.stories.iter().enumerate() {
            if let Some(until) = succession::embargo(story, filing.received) {
                let below = filing.stories.len() - 1 - above;
                self.hold(story, &filing.digest, until, below)?;
            } else {
                let came = Came::Received(filing.received);
                let id = self.story(succession::lifted(story), came, Some(filing.digest), &page)?;
                page.insert(id);
            }
        }
        Ok(())
    }

    /// Whether this wire file is new to the archive.
    fn enter(&self, filing: &Filing) -> Result<bool, Error> {
        let mut statement = self.database.prepare_cached(
            "INSERT INTO wires (digest, name, received) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![filing.digest.0, filing.name, micros(filing.received)])? == 1)
    }

    /// Keeps a story back. Those of one page keep its order by a second each, none before the embargo.
    fn hold(&mut self, story: &Story, wire: &Digest, until: DateTime<Utc>, below: usize) -> Result<(), Error> {
        let shown = until + TimeDelta::seconds(i64::try_from(below).unwrap_or(0));
        self.database
            .prepare_cached("INSERT INTO waiting (embargoed, shown, wire, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![micros(until), micros(shown), wire.0, json(story)])?;
        self.filed.waiting += 1;
        Ok(())
    }

    fn lift(&mut self) -> Result<(), Error> {
        let now = self.now;
        for Due { number, shown, wire, story } in self.due(now)? {
            match story {
                Ok(story) => {
                    self.story(succession::lifted(&story), Came::Released(shown), wire, &HashSet::new())?;
                }
                Err(error) => {
                    tracing::error!(%error, "not released");
                    self.put_off(number)?;
                }
            }
        }
        self.database.prepare_cached("DELETE FROM waiting WHERE embargoed <= ?1")?.execute([micros(now)])?;
        self.give_up_notices()
    }

    /// A notice that no story came for in weeks waits no more; it stays on file.
    fn give_up_notices(&self) -> Result<(), Error> {
        const WAITS: TimeDelta = TimeDelta::days(28);
        let mut statement = self.database.prepare_cached("DELETE FROM pending WHERE since < ?1")?;
        statement.execute([micros(self.now - WAITS)])?;
        Ok(())
    }

    /// The stories whose embargo has passed, in the order in which they came.
    fn due(&self, now: DateTime<Utc>) -> Result<Vec<Due>, Error> {
        let mut statement = self.database.prepare_cached(
            "SELECT number, shown, wire, body FROM waiting WHERE embargoed <= ?1 ORDER BY embargoed, number",
        )?;
        let mut rows = statement.query([micros(now)])?;
        let mut due = Vec::new();
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let wire = row.get::<_, Option<[u8; 32]>>(2)?.map(Digest);
            let body: String = row.get(3)?;
            let shown = DateTime::from_timestamp_micros(row.get(1)?).unwrap_or(now);
            due.push(Due { number, shown, wire, story: parsed(&format!("waiting as number {number}"), &body) });
        }
        Ok(due)
    }

    /// What cannot be read waits for somebody to look, and neither the inbox nor the next turn waits with it: its
    /// embargo, which `shown` still tells, ends never.
    fn put_off(&self, number: i64) -> Result<(), Error> {
        let sql = "UPDATE waiting SET embargoed = ?2 WHERE number = ?1";
        self.database.prepare_cached(sql)?.execute([number, i64::MAX])?;
        Ok(())
    }

    /// Files one story and says under which id. Stories of the same `page` are told apart by id alone:
    /// a page does not print two versions under one headline, but it does print five 图片新闻.
    pub(super) fn story(
        &mut self,
        coming: Story,
        came: Came,
        wire: Option<Digest>,
        page: &HashSet<StoryId>,
    ) -> Result<StoryId, Error> {
        let stated = coming.versioncreated;
        if let Err(error @ Error::Unreadable { .. }) = reading::story(self.database, &coming.id) {
            tracing::error!(%error, "its next version takes its place");
            return self.over_damage(coming, came, wire);
        }
        let earlier = match self.earlier(&coming, page)? {
            Meant::One(earlier) => self.with_its_time(*earlier)?,
            Meant::Nothing if !succession::needs_a_story(&coming) => return self.first(coming, came, wire),
            // A correction that brings a text of its own can be read without the story that it means.
            Meant::Several if !succession::needs_a_story(&coming) => {
                tracing::warn!(id = %coming.id, "it corrects one of several stories, and now stands beside them");
                return self.first(coming, came, wire);
            }
            not_one => return self.keep_notice(coming, came, wire, matches!(not_one, Meant::Several)),
        };
        if self.said_before(&earlier.story, &coming)? {
            self.filed.unchanged += 1;
            return Ok(earlier.story.id);
        }
        let is_late = self.settle_notice_of(&earlier.story, &coming)?;
        match succession::follow(&earlier, coming, came) {
            Step::Unchanged if is_late => {}
            Step::Unchanged => self.filed.unchanged += 1,
            Step::Relabelled(story) => {
                let Shelved { rank, wire } = self.shelved(&story.id)?;
                self.put(rank, &story, earlier.stated, wire, Some(&earlier.story))?;
                self.filed.unchanged += 1;
            }
            Step::Next(story) => self.next(&earlier, story, stated, wire)?,
        }
        Ok(earlier.story.id)
    }

    /// Puts the next version in the place of the one before.
    pub(super) fn next(
        &mut self,
        earlier: &OnFile,
        story: Story,
        stated: DateTime<Utc>,
        wire: Option<Digest>,
    ) -> Result<(), Error> {
        let before = self.shelved(&story.id)?;
        let story = self.under_hand(story)?;
        self.put(before.rank, &story, stated.max(earlier.stated), wire, Some(&earlier.story))?;
        self.keep(&earlier.story, before.wire)?;
        self.filed.updated += 1;
        Ok(())
    }

    /// Files a story that continues none; what notices that waited for it say comes true at once.
    fn first(&mut self, coming: Story, came: Came, wire: Option<Digest>) -> Result<StoryId, Error> {
        let notices = self.notices_of(&coming)?;
        let withdrawn = notices.iter().any(|notice| notice.pubstatus == PubStatus::Canceled);
        let stated = coming.versioncreated;
        let mut story = succession::first(coming, came);
        if withdrawn {
            // Nobody has seen it, and nobody will.
            story.pubstatus = PubStatus::Canceled;
        }
        let story = self.under_hand(story)?;
        let rank = self.free(Rank::of(&story.id, story.published))?;
        self.put(rank, &story, stated, wire, None)?;
        self.filed.new += 1;
        let id = story.id;
        for notice in notices {
            self.apply(&notice, &OnFile { story: self.sure(&id)?, stated })?;
        }
        Ok(id)
    }

    /// A notice that has waited for this story takes effect.
    fn apply(&mut self, notice: &Story, story: &OnFile) -> Result<(), Error> {
        tracing::info!(notice = %notice.id, story = %story.story.id, "a notice has met its story");
        let wire = self.shelved(&notice.id)?.wire;
        self.no_longer_pending(&notice.id)?;
        // It was first seen long ago; the change is of today.
        let came = Came::Released(self.now);
        if let Step::Next(next) = succession::follow(story, notice.clone(), came) {
            self.next(story, next, notice.versioncreated, wire)?;
            self.filed.updated -= 1;
        }
        Ok(())
    }

    /// The notices on file that mean this story.
    fn notices_of(&self, coming: &Story) -> Result<Vec<Story>, Error> {
        if coming.pubstatus == PubStatus::Canceled {
            return Ok(Vec::new());
        }
        let mut notices = naming::pending_of(self.database, coming)?;
        notices.retain(|notice| notice.id != coming.id && succession::meets(notice, coming));
        Ok(notices)
    }

    /// Keeps a notice that finds no story, or several, until it does: on file, and shown to nobody but operators.
    fn keep_notice(
        &mut self,
        coming: Story,
        came: Came,
        wire: Option<Digest>,
        several: bool,
    ) -> Result<StoryId, Error> {
        let stated = coming.versioncreated;
        let mut notice = succession::first(coming, came);
        if notice.pubstatus == PubStatus::Usable {
            notice.pubstatus = PubStatus::Withheld;
        }
        let rank = self.free(Rank::of(&notice.id, notice.published))?;
        self.put(rank, &notice, stated, wire, None)?;
        naming::call(self.database, true, &notice::means(&notice), rank)?;
        self.database
            .prepare_cached("INSERT OR REPLACE INTO pending (id, since, several) VALUES (?1, ?2, ?3)")?
            .execute(params![notice.id.to_string(), micros(self.now), several])?;
        self.filed.pending += 1;
        Ok(notice.id)
    }

    /// A notice that withdrew the story before it came, under the very id or match key, has met it now.
    fn settle_notice_of(&mut self, earlier: &Story, coming: &Story) -> Result<bool, Error> {
        if notice::is(coming) {
            return Ok(false);
        }
        self.no_longer_pending(&earlier.id)
    }

    pub(super) fn no_longer_pending(&mut self, notice: &StoryId) -> Result<bool, Error> {
        let mut statement = self.database.prepare_cached("DELETE FROM pending WHERE id = ?1")?;
        Ok(statement.execute([notice.to_string()])? == 1)
    }

    /// A story that is known to be on file.
    fn sure(&self, id: &StoryId) -> Result<Story, Error> {
        reading::story(self.database, id)?.ok_or(Error::Database(rusqlite::Error::QueryReturnedNoRows))
    }

    /// Files a story in the place of a row that cannot be read: a damaged one must not keep its next version out, nor the
    /// file that this came in, nor those behind it. What it held stays with the old versions, for somebody to look at.
    /// Under which marks it stood nobody knows any more, so their shelves count it still.
    fn over_damage(&mut self, coming: Story, came: Came, wire: Option<Digest>) -> Result<StoryId, Error> {
        let id = coming.id;
        let stated = coming.versioncreated;
        let read = |row: &rusqlite::Row| Ok((Rank(row.get(0)?), row.get::<_, u32>(1)?));
        let (rank, version) = self
            .database
            .prepare_cached("SELECT rank, version FROM stories WHERE id = ?1")?
            .query_one([id.to_string()], read)?;
        self.database
            .prepare_cached(
                "INSERT OR IGNORE INTO versions (id, version, wire, body)
                 SELECT id, version, wire, body FROM stories WHERE id = ?1",
            )?
            .execute([id.to_string()])?;
        self.database.prepare_cached("DELETE FROM found WHERE rowid = ?1")?.execute([rank.0])?;
        let story = Story { version: version + 1, published: rank.second(), ..succession::first(coming, came) };
        let story = self.under_hand(story)?;
        self.put(rank, &story, stated, wire, None)?;
        self.filed.updated += 1;
        Ok(id)
    }

    /// Puts the labels of a story on the one on file, unless that has got another version since.
    fn relabel(&mut self, labelled: &Story) -> Result<(), Error> {
        let Some(OnFile { story: earlier, stated }) = self.on_file(&labelled.id)? else { return Ok(()) };
        if earlier.version != labelled.version {
            return Ok(());
        }
        let story =
            Story { topics: labelled.topics.clone(), regions: labelled.regions.clone(), ..earlier.clone() };
        let Shelved { rank, wire } = self.shelved(&story.id)?;
        self.put(rank, &story, stated, wire, Some(&earlier))
    }

    /// The same for a story that waits, unless another waits under its number by now. Nobody can see it yet, so no
    /// revision is drawn.
    fn relabel_waiting(&self, number: i64, labelled: &Story) -> Result<(), Error> {
        let mut statement = self.database.prepare_cached("SELECT body FROM waiting WHERE number = ?1")?;
        let body: Option<String> = statement.query_one([number], |row| row.get(0)).optional()?;
        let waits = body.and_then(|body| serde_json::from_str::<Story>(&body).ok());
        let is_it = |waits: &Story| waits.id == labelled.id && succession::says_the_same(waits, labelled);
        let Some(waits) = waits.filter(is_it) else { return Ok(()) };
        let story = Story { topics: labelled.topics.clone(), regions: labelled.regions.clone(), ..waits };
        self.database
            .prepare_cached("UPDATE waiting SET body = ?2 WHERE number = ?1")?
            .execute(params![number, json(&story)])?;
        Ok(())
    }

    /// The story on file that this one continues.
    fn earlier(&self, coming: &Story, page: &HashSet<StoryId>) -> Result<Meant, Error> {
        if let Some(same_id) = reading::story(self.database, &coming.id)? {
            return Ok(Meant::One(Box::new(same_id)));
        }
        if notice::is(coming) {
            let mut candidates = naming::candidates(self.database, coming)?;
            let known: HashSet<StoryId> = candidates.iter().map(|candidate| candidate.story.id).collect();
            let matching = self.matching(coming)?.into_iter().filter(|story| !known.contains(&story.id));
            candidates.extend(matching.map(|story| Candidate { story, named: true }));
            return Ok(succession::meant(coming, &candidates));
        }
        for earlier in self.matching(coming)? {
            if !page.contains(&earlier.id) && self.is_continued(&earlier, coming)? {
                return Ok(Meant::One(Box::new(earlier)));
            }
        }
        Ok(Meant::Nothing)
    }

    /// Whether a story of the match key of another is its next version. What a withdrawal says is no text of the story:
    /// its versions before are, if they ever came.
    fn is_continued(&self, earlier: &Story, coming: &Story) -> Result<bool, Error> {
        if succession::continues(earlier, coming) {
            return Ok(true);
        }
        if earlier.pubstatus != PubStatus::Canceled {
            return Ok(false);
        }
        let before = self.versions(&earlier.id)?;
        Ok(before.is_empty() || before.iter().any(|version| succession::continues(version, coming)))
    }

    /// The versions of a story that were replaced.
    pub(super) fn versions(&self, id: &StoryId) -> Result<Vec<Story>, Error> {
        reading::stories(
            self.database,
            "SELECT id, body FROM versions WHERE id = ?1 ORDER BY version",
            [id.to_string()],
        )
    }

    fn on_file(&self, id: &StoryId) -> Result<Option<OnFile>, Error> {
        reading::story(self.database, id)?.map(|story| self.with_its_time(story)).transpose()
    }

    pub(super) fn with_its_time(&self, story: Story) -> Result<OnFile, Error> {
        let mut statement = self.database.prepare_cached("SELECT stated FROM stories WHERE id = ?1")?;
        let stated = statement.query_one([story.id.to_string()], |row| row.get(0))?;
        let stated = DateTime::from_timestamp_micros(stated).unwrap_or(story.versioncreated);
        Ok(OnFile { story, stated })
    }

    /// The stories of the same match key, newest first.
    fn matching(&self, coming: &Story) -> Result<Vec<Story>, Error> {
        let Some(key) = succession::match_key(coming) else { return Ok(Vec::new()) };
        let sql = "SELECT id, body FROM stories WHERE match_key = ?1 ORDER BY rank DESC";
        reading::stories(self.database, sql, [key])
    }

    /// Whether a version before the newest said the same: an old page sent again takes nothing back.
    fn said_before(&self, newest: &Story, coming: &Story) -> Result<bool, Error> {
        if newest.version == 1 {
            return Ok(false);
        }
        Ok(self.versions(&newest.id)?.iter().any(|version| succession::says_the_same(version, coming)))
    }

    /// Where a story on file stands, and which file its newest version came in.
    pub(super) fn shelved(&self, id: &StoryId) -> Result<Shelved, Error> {
        let mut statement = self.database.prepare_cached("SELECT rank, wire FROM stories WHERE id = ?1")?;
        let read = |row: &rusqlite::Row| {
            Ok(Shelved { rank: Rank(row.get(0)?), wire: row.get::<_, Option<[u8; 32]>>(1)?.map(Digest) })
        };
        Ok(statement.query_one([id.to_string()], read)?)
    }

    /// The next rank from this one on that no story has.
    pub(super) fn free(&self, rank: Rank) -> Result<Rank, Error> {
        let mut taken = self.database.prepare_cached("SELECT 1 FROM stories WHERE rank = ?1")?;
        let mut free = rank;
        while taken.exists([free.0])? {
            free.0 += 1;
        }
        Ok(free)
    }

    /// Puts a story on file at this rank, in the place of `earlier` where there is one.
    pub(super) fn put(
        &mut self,
        rank: Rank,
        story: &Story,
        stated: DateTime<Utc>,
        wire: Option<Digest>,
        earlier: Option<&Story>,
    ) -> Result<(), Error> {
        let revision = self.revision()?;
        if let Some(earlier) = earlier {
            self.shelves.take_down(self.database, rank, earlier, self.changed)?;
        }
        self.write(rank, story, stated, wire, revision)?;
        self.shelves.put_up(rank, story, self.changed);
        naming::call(self.database, false, &notice::names(story), rank)?;
        self.tell_withdrawal(rank, story, earlier)?;
        for touched in earlier.into_iter().chain([story]) {
            self.filed.moved.touch(touched);
        }
        Ok(())
    }

    /// Takes a story off its shelves; its row is for the caller to delete.
    pub(super) fn take_out(&mut self, rank: Rank, story: &Story) -> Result<(), Error> {
        self.revision()?;
        self.shelves.take_down(self.database, rank, story, self.changed)?;
        self.filed.moved.touch(story);
        Ok(())
    }

    /// Has feeds tell of a withdrawal, and no longer once the story is back; who never saw a story is told nothing.
    fn tell_withdrawal(&self, rank: Rank, story: &Story, earlier: Option<&Story>) -> Result<(), Error> {
        let was_seen = |earlier: &Story| match earlier.pubstatus {
            PubStatus::Usable => Ok(true),
            // Readers had it before an operator held it.
            PubStatus::Withheld => self.is_held(&earlier.id),
            PubStatus::Canceled => Ok(false),
        };
        let sql = if story.pubstatus != PubStatus::Canceled {
            "DELETE FROM withdrawn WHERE rank = ?1"
        } else if earlier.map_or(Ok(false), was_seen)? {
            "INSERT OR IGNORE INTO withdrawn (rank) VALUES (?1)"
        } else {
            return Ok(());
        };
        self.database.prepare_cached(sql)?.execute([rank.0])?;
        Ok(())
    }

    fn is_held(&self, id: &StoryId) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM hand WHERE id = ?1 AND deed = 'hold' AND meant = 'usable'";
        Ok(self.database.prepare_cached(sql)?.exists([id.to_string()])?)
    }

    /// The story as it may be shown, whatever it says itself: what an operator holds or has killed stays so.
    fn under_hand(&self, story: Story) -> Result<Story, Error> {
        let id = story.id.to_string();
        let mut statement = self.database.prepare_cached("SELECT deed FROM hand WHERE id = ?1")?;
        let deed: Option<String> = statement.query_one([&id], |row| row.get(0)).optional()?;
        let pubstatus = match deed.as_deref() {
            None => return Ok(story),
            Some("kill") => PubStatus::Canceled,
            // A withdrawal by the agency goes further.
            Some(_) if story.pubstatus == PubStatus::Canceled => return Ok(story),
            Some(_) => PubStatus::Withheld,
        };
        self.database
            .prepare_cached("UPDATE hand SET meant = ?2 WHERE id = ?1")?
            .execute([&id, word(story.pubstatus)])?;
        Ok(Story { pubstatus, ..story })
    }

    /// This transaction's revision; the first change draws it.
    ///
    /// One row, not a sequence: a second writer waits for it, so revisions come in the order of commits.
    fn revision(&mut self) -> Result<Revision, Error> {
        if let Some(revision) = self.entered {
            return Ok(revision);
        }
        let next: i64 = self
            .database
            .prepare_cached("UPDATE ledger SET revision = revision + 1 RETURNING revision")?
            .query_one([], |row| row.get(0))?;
        let revision = Revision(next.unsigned_abs());
        self.entered = Some(revision);
        Ok(revision)
    }

    fn write(
        &self,
        rank: Rank,
        story: &Story,
        stated: DateTime<Utc>,
        wire: Option<Digest>,
        Revision(revision): Revision,
    ) -> Result<(), Error> {
        let mut statement = self.database.prepare_cached(
            "INSERT INTO stories (rank, id, version, revision, pubstatus, stated, match_key, wire, body)
             VALUES (:rank, :id, :version, :revision, :pubstatus, :stated, :key, :wire, :body)
             ON CONFLICT (id) DO UPDATE SET
                 version = excluded.version, revision = excluded.revision, pubstatus = excluded.pubstatus,
                 stated = excluded.stated, match_key = excluded.match_key, wire = excluded.wire,
                 body = excluded.body",
        )?;
        statement.execute(named_params! {
            ":rank": rank.0,
            ":id": story.id.to_string(),
            ":version": story.version,
            ":revision": i64::try_from(revision).unwrap_or(i64::MAX),
            ":pubstatus": word(story.pubstatus),
            ":stated": micros(stated),
            ":key": succession::match_key(story),
            ":wire": wire.map(|Digest(digest)| digest),
            ":body": json(story),
        })?;
        Ok(())
    }

    /// Moves a replaced version where the story page finds it.
    fn keep(&self, replaced: &Story, wire: Option<Digest>) -> Result<(), Error> {
        self.database
            .prepare_cached("INSERT INTO versions (id, version, wire, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                replaced.id.to_string(),
                replaced.version,
                wire.map(|Digest(digest)| digest),
                json(replaced)
            ])?;
        Ok(())
    }
}

/// Whether a row may be shown, for whoever looks with a shell.
pub(super) fn word(status: PubStatus) -> &'static str {
    match status {
        PubStatus::Usable => "usable",
        PubStatus::Withheld => "withheld",
        PubStatus::Canceled => "canceled",
    }
}

fn json(story: &Story) -> String {
    serde_json::to_string(story).expect("a story is text, numbers and times, all of which JSON can hold")
}
