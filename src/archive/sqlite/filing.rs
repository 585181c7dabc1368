//! Writing: a batch is filed, or an embargo lifted, in one transaction.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};

use super::shelving::Shelves;
use super::{Words, micros, reading, story as parsed};
use crate::archive::succession::{self, Came, OnFile, Step};
use crate::archive::{Digest, Error, Filed, Filing, Place};
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
struct Shelved {
    rank: Rank,
    /// The file that its newest version came in.
    wire: Option<Digest>,
}

/// One transaction at work.
struct Desk<'t> {
    database: &'t Connection,
    now: DateTime<Utc>,
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
    fn story(
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
        let Some(earlier) = self.earlier(&coming, page)? else {
            let story = succession::first(coming, came);
            let rank = self.free(Rank::of(&story.id, story.published))?;
            self.put(rank, &story, stated, wire, None)?;
            self.filed.new += 1;
            return Ok(story.id);
        };
        if self.said_before(&earlier.story, &coming)? {
            self.filed.unchanged += 1;
            return Ok(earlier.story.id);
        }
        match succession::follow(&earlier, coming, came) {
            Step::Unchanged => self.filed.unchanged += 1,
            Step::Relabelled(story) => {
                let Shelved { rank, wire } = self.shelved(&story.id)?;
                self.put(rank, &story, earlier.stated, wire, Some(&earlier.story))?;
                self.filed.unchanged += 1;
            }
            Step::Next(story) => {
                let before = self.shelved(&story.id)?;
                self.put(before.rank, &story, stated, wire, Some(&earlier.story))?;
                self.keep(&earlier.story, before.wire)?;
                self.filed.updated += 1;
            }
        }
        Ok(earlier.story.id)
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
    fn earlier(&self, coming: &Story, page: &HashSet<StoryId>) -> Result<Option<OnFile>, Error> {
        let same_id = reading::story(self.database, &coming.id)?;
        let found = same_id.map_or_else(|| self.matching(coming, page), |story| Ok(Some(story)))?;
        found.map(|story| self.with_its_time(story)).transpose()
    }

    fn on_file(&self, id: &StoryId) -> Result<Option<OnFile>, Error> {
        reading::story(self.database, id)?.map(|story| self.with_its_time(story)).transpose()
    }

    fn with_its_time(&self, story: Story) -> Result<OnFile, Error> {
        let mut statement = self.database.prepare_cached("SELECT stated FROM stories WHERE id = ?1")?;
        let stated = statement.query_one([story.id.to_string()], |row| row.get(0))?;
        let stated = DateTime::from_timestamp_micros(stated).unwrap_or(story.versioncreated);
        Ok(OnFile { story, stated })
    }

    fn matching(&self, coming: &Story, page: &HashSet<StoryId>) -> Result<Option<Story>, Error> {
        let Some(key) = succession::match_key(coming) else { return Ok(None) };
        let candidates = reading::stories(
            self.database,
            "SELECT id, body FROM stories WHERE match_key = ?1 ORDER BY rank DESC",
            [key],
        )?;
        Ok(candidates
            .into_iter()
            .find(|earlier| !page.contains(&earlier.id) && succession::continues(earlier, coming)))
    }

    /// Whether a version before the newest said the same: an old page sent again takes nothing back.
    fn said_before(&self, newest: &Story, coming: &Story) -> Result<bool, Error> {
        if newest.version == 1 {
            return Ok(false);
        }
        let sql = "SELECT id, body FROM versions WHERE id = ?1";
        let versions = reading::stories(self.database, sql, [newest.id.to_string()])?;
        Ok(versions.iter().any(|version| succession::says_the_same(version, coming)))
    }

    /// Where a story on file stands, and which file its newest version came in.
    fn shelved(&self, id: &StoryId) -> Result<Shelved, Error> {
        let mut statement = self.database.prepare_cached("SELECT rank, wire FROM stories WHERE id = ?1")?;
        let read = |row: &rusqlite::Row| {
            Ok(Shelved { rank: Rank(row.get(0)?), wire: row.get::<_, Option<[u8; 32]>>(1)?.map(Digest) })
        };
        Ok(statement.query_one([id.to_string()], read)?)
    }

    /// The next rank from this one on that no story has.
    fn free(&self, rank: Rank) -> Result<Rank, Error> {
        let mut taken = self.database.prepare_cached("SELECT 1 FROM stories WHERE rank = ?1")?;
        let mut free = rank;
        while taken.exists([free.0])? {
            free.0 += 1;
        }
        Ok(free)
    }

    /// Puts a story on file at this rank, in the place of `earlier` where there is one.
    fn put(
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
        for touched in earlier.into_iter().chain([story]) {
            self.filed.moved.touch(touched);
        }
        Ok(())
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
fn word(status: PubStatus) -> &'static str {
    match status {
        PubStatus::Usable => "usable",
        PubStatus::Withheld => "withheld",
        PubStatus::Canceled => "canceled",
    }
}

fn json(story: &Story) -> String {
    serde_json::to_string(story).expect("a story is text, numbers and times, all of which JSON can hold")
}
