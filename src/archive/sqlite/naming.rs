//! What stories are called, so that a notice finds the one that it means, and a story the notices that mean it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use super::story as parsed;
use crate::archive::succession::{self, Candidate};
use crate::archive::{Error, Pending, notice};
use crate::story::{Rank, Story};

/// Puts down what the story at this rank is called, or, with `means`, what it calls the one that it means.
pub(super) fn call(database: &Connection, means: bool, names: &BTreeSet<String>, rank: Rank) -> Result<(), Error> {
    let mut statement =
        database.prepare_cached("INSERT OR IGNORE INTO names (means, name, rank) VALUES (?1, ?2, ?3)")?;
    for name in names {
        statement.execute(params![means, name, rank.0])?;
    }
    Ok(())
}

/// Takes back what the story at this rank was called.
pub(super) fn forget(database: &Connection, names: &BTreeSet<String>, rank: Rank) -> Result<(), Error> {
    let mut statement =
        database.prepare_cached("DELETE FROM names WHERE means = 0 AND name = ?1 AND rank = ?2")?;
    for name in names {
        statement.execute(params![name, rank.0])?;
    }
    Ok(())
}

/// Takes back what the notice at this rank called the story that it means.
pub(super) fn forget_meant(database: &Connection, names: &BTreeSet<String>, rank: Rank) -> Result<(), Error> {
    let mut statement =
        database.prepare_cached("DELETE FROM names WHERE means = 1 AND name = ?1 AND rank = ?2")?;
    for name in names {
        statement.execute(params![name, rank.0])?;
    }
    Ok(())
}

/// The stories that a notice may mean: those called as it says, and for the sake of its text those of its place.
pub(super) fn candidates(database: &Connection, notice: &Story) -> Result<Vec<Candidate>, Error> {
    /// Stories of one name or place that are looked at, the newest first.
    const MOST: i64 = 200;
    let (far, near) = succession::reach(notice);
    let mut found: Vec<(i64, Candidate)> = Vec::new();
    let mut statement = database.prepare_cached(
        "SELECT stories.rank, stories.id, stories.body FROM names JOIN stories ON stories.rank = names.rank
         WHERE names.means = 0 AND names.name = ?1 AND names.rank >= ?2
             AND NOT EXISTS (SELECT 1 FROM pending WHERE pending.id = stories.id)
         ORDER BY names.rank DESC LIMIT ?3",
    )?;
    let named = notice::means(notice).into_iter().map(|name| (name, true, far));
    let of_place = notice::place(notice).map(|place| (place, false, near));
    for (name, named, since) in named.chain(of_place) {
        let mut rows = statement.query(params![name, Rank::first(since).0, MOST])?;
        while let Some(row) = rows.next()? {
            let rank = row.get(0)?;
            if found.iter().any(|(other, _)| *other == rank) {
                continue;
            }
            if let Some(story) = sound(row, 1)? {
                found.push((rank, Candidate { story, named }));
            }
        }
    }
    Ok(found.into_iter().map(|(_, candidate)| candidate).collect())
}

/// The notices that wait for a story which is called as this one is.
pub(super) fn pending_of(database: &Connection, story: &Story) -> Result<Vec<Story>, Error> {
    let mut statement = database.prepare_cached(
        "SELECT stories.id, stories.body FROM names JOIN stories ON stories.rank = names.rank
             JOIN pending ON pending.id = stories.id
         WHERE names.means = 1 AND names.name = ?1 AND NOT pending.several ORDER BY names.rank",
    )?;
    let mut found: Vec<Story> = Vec::new();
    for name in notice::names(story) {
        let mut rows = statement.query([name])?;
        while let Some(row) = rows.next()? {
            found.extend(sound(row, 0)?.filter(|notice| found.iter().all(|other| other.id != notice.id)));
        }
    }
    Ok(found)
}

/// All notices that wait, the oldest first.
pub(super) fn pending(connection: &Connection) -> Result<Vec<Pending>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT stories.id, stories.body, pending.since, pending.several, wires.name
         FROM pending JOIN stories ON stories.id = pending.id LEFT JOIN wires ON wires.digest = stories.wire
         ORDER BY pending.since, stories.rank",
    )?;
    let mut rows = statement.query([])?;
    let mut pending = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(notice) = sound(row, 0)? {
            let since = DateTime::<Utc>::from_timestamp_micros(row.get(2)?).unwrap_or_default();
            pending.push(Pending { notice, since, several: row.get(3)?, wire: row.get(4)? });
        }
    }
    Ok(pending)
}

/// The story of a row's id and body, if it can be read.
fn sound(row: &Row, first: usize) -> Result<Option<Story>, Error> {
    let (id, body): (String, String) = (row.get(first)?, row.get(first + 1)?);
    Ok(parsed(&id, &body).inspect_err(|error| tracing::error!(%error, "left out")).ok())
}
