//! What operators decide by hand: a story is held, released or killed, whatever the wire says of it.

use std::collections::HashSet;

use chrono::{DateTime, SubsecRound, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::filing::Desk;
use super::{micros, naming, reading, story as parsed};
use crate::archive::succession::{self, Came};
use crate::archive::{Deed, Digest, Error, Known, notice};
use crate::story::{PubStatus, Rank, Story, StoryId};

impl Desk<'_> {
    /// Carries a decision out; `false` when there is no such story.
    pub(super) fn by_hand(&mut self, id: &StoryId, deed: Deed) -> Result<bool, Error> {
        let Some(story) = reading::story(self.database, id)? else { return self.by_hand_while_it_waits(id, deed) };
        match deed {
            Deed::Hold if story.pubstatus == PubStatus::Usable => {
                self.decide(id, "hold", story.pubstatus)?;
                self.change(&story, PubStatus::Withheld)?;
            }
            Deed::Hold => self.decide(id, "hold", story.pubstatus)?,
            Deed::Kill if story.pubstatus == PubStatus::Canceled => self.decide(id, "kill", story.pubstatus)?,
            Deed::Kill => {
                let was_held = self.decided(id)?.is_some_and(|(deed, _)| deed == "hold");
                self.decide(id, "kill", story.pubstatus)?;
                self.kill(story, was_held)?;
            }
            Deed::Release => self.release(story)?,
        }
        Ok(true)
    }

    fn decide(&self, id: &StoryId, deed: &str, meant: PubStatus) -> Result<(), Error> {
        // What it meant before a first decision outlives a second.
        let sql = "INSERT INTO hand (id, deed, since, meant) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (id) DO UPDATE SET deed = excluded.deed, since = excluded.since";
        let params = params![id.to_string(), deed, micros(self.now), super::filing::word(meant)];
        self.database.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }

    /// What was decided of a story, and the `pubstatus` that it would have without.
    fn decided(&self, id: &StoryId) -> Result<Option<(String, String)>, Error> {
        let mut statement = self.database.prepare_cached("SELECT deed, meant FROM hand WHERE id = ?1")?;
        Ok(statement.query_one([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The same version, shown or not.
    fn change(&mut self, story: &Story, pubstatus: PubStatus) -> Result<(), Error> {
        let changed = Story { pubstatus, ..story.clone() };
        let shelved = self.shelved(&story.id)?;
        let stated = self.with_its_time(story.clone())?.stated;
        self.put(shelved.rank, &changed, stated, shelved.wire, Some(story))
    }

    /// A withdrawal that is nobody's but the operator's: without a text.
    fn kill(&mut self, story: Story, was_held: bool) -> Result<(), Error> {
        let empty = Story {
            pubstatus: PubStatus::Canceled,
            body: Vec::new(),
            captions: Vec::new(),
            correction: String::new(),
            ..story.clone()
        };
        let killed = succession::next(&story, empty, self.now);
        let earlier = self.with_its_time(story)?;
        self.next(&earlier, killed, earlier.stated, None)?;
        if was_held {
            // Readers had it before it was held.
            let rank = self.shelved(&earlier.story.id)?.rank;
            self.database
                .prepare_cached("INSERT OR IGNORE INTO withdrawn (rank) VALUES (?1)")?
                .execute([rank.0])?;
        }
        Ok(())
    }

    /// Shows a story again, or for the first time: what a withdrawal took away comes back as the next version.
    fn release(&mut self, story: Story) -> Result<(), Error> {
        let held = self.decided(&story.id)?;
        self.database.prepare_cached("DELETE FROM hand WHERE id = ?1")?.execute([story.id.to_string()])?;
        self.no_longer_pending(&story.id)?;
        match story.pubstatus {
            PubStatus::Usable => Ok(()),
            PubStatus::Withheld if held.is_some_and(|(_, meant)| meant == "usable") => {
                self.change(&story, PubStatus::Usable)
            }
            PubStatus::Withheld => self.show_from_now_on(&story),
            PubStatus::Canceled => {
                let shown = |version: &Story| version.pubstatus == PubStatus::Usable;
                let before = self.versions(&story.id)?.into_iter().rfind(shown);
                let back = Story { pubstatus: PubStatus::Usable, ..before.unwrap_or_else(|| story.clone()) };
                let back = succession::next(&story, back, self.now);
                let earlier = self.with_its_time(story)?;
                self.next(&earlier, back, earlier.stated, None)
            }
        }
    }

    /// Nobody has seen it yet, so it is news of this moment, and stands where that is seen.
    fn show_from_now_on(&mut self, story: &Story) -> Result<(), Error> {
        let published = story.published.max(self.now.trunc_subsecs(0));
        let shown = Story {
            pubstatus: PubStatus::Usable,
            published,
            versioncreated: story.versioncreated.max(published),
            ..story.clone()
        };
        let before = self.shelved(&story.id)?.rank;
        let rank = self.free(Rank::of(&story.id, published))?;
        self.database
            .prepare_cached("UPDATE stories SET rank = ?2 WHERE rank = ?1")?
            .execute([before.0, rank.0])?;
        naming::forget(self.database, &notice::names(story), before)?;
        let stated = self.with_its_time(story.clone())?.stated;
        let wire = self.shelved(&story.id)?.wire;
        self.put(rank, &shown, stated, wire, None)
    }

    /// A story that waits for its embargo is released now, or stays where it is when that has passed.
    fn by_hand_while_it_waits(&mut self, id: &StoryId, deed: Deed) -> Result<bool, Error> {
        let waiting = waits(self.database, id)?;
        let is_there = !waiting.is_empty();
        match deed {
            _ if !is_there => {}
            Deed::Hold => self.decide(id, "hold", PubStatus::Usable)?,
            Deed::Kill => self.decide(id, "kill", PubStatus::Usable)?,
            Deed::Release => {
                self.database.prepare_cached("DELETE FROM hand WHERE id = ?1")?.execute([id.to_string()])?;
                for (number, wire, story) in waiting {
                    self.database.prepare_cached("DELETE FROM waiting WHERE number = ?1")?.execute([number])?;
                    let came = Came::Released(self.now.trunc_subsecs(0));
                    self.story(succession::lifted(&story), came, wire, &HashSet::new())?;
                }
            }
        }
        Ok(is_there)
    }
}

/// What waits under this id, in the order in which it came.
fn waits(database: &Connection, id: &StoryId) -> Result<Vec<(i64, Option<Digest>, Story)>, Error> {
    let mut statement = database.prepare_cached("SELECT number, wire, body FROM waiting ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, wire): (i64, Option<[u8; 32]>) = (row.get(0)?, row.get(1)?);
        // What cannot be read has no id to be asked for by.
        let story = parsed(&format!("waiting as number {number}"), &row.get::<_, String>(2)?).ok();
        found.extend(story.filter(|story| story.id == *id).map(|story| (number, wire.map(Digest), story)));
    }
    Ok(found)
}

/// All that there is to know of a story, waiting or on file.
pub(super) fn known(connection: &Connection, id: &StoryId) -> Result<Option<Known>, Error> {
    let waiting = waits(connection, id)?.into_iter().map(|(_, _, story)| story).collect::<Vec<_>>();
    let versions = reading::history(connection, id)?;
    if waiting.is_empty() && versions.is_empty() {
        return Ok(None);
    }
    let mut pending = connection.prepare_cached("SELECT several FROM pending WHERE id = ?1")?;
    let pending = pending.query_one([id.to_string()], |row| row.get(0)).optional()?;
    Ok(Some(Known { versions, waiting, decided: decision(connection, id)?, pending }))
}

/// What an operator decided of a story, and when.
fn decision(connection: &Connection, id: &StoryId) -> Result<Option<(Deed, DateTime<Utc>)>, Error> {
    let mut statement = connection.prepare_cached("SELECT deed, since FROM hand WHERE id = ?1")?;
    let read = |row: &rusqlite::Row| {
        let deed: String = row.get(0)?;
        let since = DateTime::from_timestamp_micros(row.get(1)?).unwrap_or_default();
        Ok((if deed == "kill" { Deed::Kill } else { Deed::Hold }, since))
    };
    Ok(statement.query_one([id.to_string()], read).optional()?)
}
