//! The questions, each one statement, so that each answer is of one moment.

use chrono::{DateTime, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::{story as parsed, story_of_bytes as parsed_bytes};
use crate::archive::{Digest, Error, Past, Place, words};
use crate::story::{Rank, Revision, Selection, Story, StoryId};

pub(super) fn knows(connection: &Connection, wire: &Digest) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM wires WHERE digest = ?1")?;
    Ok(statement.exists([wire.0])?)
}

pub(super) fn revision(connection: &Connection) -> Result<Revision, Error> {
    let mut statement = connection.prepare_cached("SELECT revision FROM ledger")?;
    Ok(Revision(statement.query_one([], |row| row.get::<_, i64>(0))?.unsigned_abs()))
}

pub(super) fn next_release(connection: &Connection) -> Result<Option<DateTime<Utc>>, Error> {
    let mut statement = connection.prepare_cached("SELECT min(embargoed) FROM waiting")?;
    let micros: Option<i64> = statement.query_one([], |row| row.get(0))?;
    Ok(micros.and_then(DateTime::from_timestamp_micros))
}

pub(super) fn story(connection: &Connection, id: &StoryId) -> Result<Option<Story>, Error> {
    let id = id.to_string();
    let mut statement = connection.prepare_cached("SELECT body FROM stories WHERE id = ?1")?;
    let body: Option<String> = statement.query_one([&id], |row| row.get(0)).optional()?;
    body.map(|body| parsed(&id, &body)).transpose()
}

/// The index gives the ranks, newest first, and stops at the limit; only then are stories read.
const SELECT: &str = "SELECT rank, body FROM stories WHERE rank IN (
     SELECT rowid FROM found WHERE found MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4
 ) ORDER BY rank DESC";

pub(super) fn select(
    connection: &Connection,
    selection: &Selection,
    below: Option<Rank>,
    limit: usize,
) -> Result<Vec<(Rank, Story)>, Error> {
    let from = selection.since.map_or(i64::MIN, |since| Rank::first(since).0);
    let below = below.map_or(i64::MAX, |below| below.0);
    let params = params![words::question(selection), from, below, rows(limit)];
    let stories = readable(connection, SELECT, params, limit, |rank: &i64| format!("of rank {rank}"))?;
    Ok(stories.into_iter().map(|(rank, story)| (Rank(rank), story)).collect())
}

pub(super) fn ranks(
    connection: &Connection,
    selection: &Selection,
    below: Option<Rank>,
    limit: usize,
) -> Result<Vec<Rank>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid FROM found WHERE found MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4",
    )?;
    let from = selection.since.map_or(i64::MIN, |since| Rank::first(since).0);
    let below = below.map_or(i64::MAX, |below| below.0);
    let params = params![words::question(selection), from, below, rows(limit)];
    let ranks = statement.query_map(params, |row| row.get(0).map(Rank))?;
    Ok(ranks.collect::<Result<_, _>>()?)
}

pub(super) fn withdrawn(connection: &Connection, from: Rank, limit: usize) -> Result<Vec<(Rank, Story)>, Error> {
    let sql = "SELECT withdrawn.rank, stories.body FROM withdrawn JOIN stories ON stories.rank = withdrawn.rank
               WHERE withdrawn.rank >= ?1 ORDER BY withdrawn.rank DESC LIMIT ?2";
    let named = |rank: &i64| format!("of rank {rank}");
    let stories = readable(connection, sql, params![from.0, rows(limit)], limit, named)?;
    Ok(stories.into_iter().map(|(rank, story)| (Rank(rank), story)).collect())
}

pub(super) fn at(connection: &Connection, ranks: &[Rank]) -> Result<Vec<Story>, Error> {
    let mut stories = Vec::with_capacity(ranks.len());
    for rank in ranks {
        let sql = "SELECT id, body FROM stories WHERE rank = ?1";
        stories.extend(self::stories(connection, sql, [rank.0])?);
    }
    Ok(stories)
}

pub(super) fn count(connection: &Connection, selection: &Selection, most: usize) -> Result<u64, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ?1 AND rowid >= ?2 LIMIT ?3)",
    )?;
    let from = selection.since.map_or(i64::MIN, |since| Rank::first(since).0);
    let count: i64 =
        statement.query_one(params![words::question(selection), from, rows(most)], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

pub(super) fn history(connection: &Connection, id: &StoryId) -> Result<Vec<Past>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT past.body, wires.name, wires.received FROM (
             SELECT version, wire, body FROM stories WHERE id = ?1
             UNION ALL SELECT version, wire, body FROM versions WHERE id = ?1
         ) AS past LEFT JOIN wires ON wires.digest = past.wire ORDER BY past.version DESC",
    )?;
    let mut rows = statement.query([id.to_string()])?;
    let mut history = Vec::new();
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        let name: Option<String> = row.get(1)?;
        let received: Option<i64> = row.get(2)?;
        let wire = name.zip(received.and_then(DateTime::from_timestamp_micros));
        match parsed(&id.to_string(), &body) {
            Ok(story) => history.push(Past { story, wire }),
            Err(error) => tracing::error!(%error, "left out"),
        }
    }
    Ok(history)
}

/// First what waits, by number, then what is on file, by id.
pub(super) fn walk(
    connection: &Connection,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<(Place, Story)>, Error> {
    let (number, id) = match after {
        None => (Some(i64::MIN), String::new()),
        Some(Place::Waiting(number)) => (Some(*number), String::new()),
        Some(Place::File(id)) => (None, id.to_string()),
    };
    let mut found = Vec::new();
    if let Some(number) = number {
        let sql = "SELECT number, body FROM waiting WHERE number > ?1 ORDER BY number";
        let named = |number: &i64| format!("waiting as number {number}");
        let stories = readable(connection, sql, [number], limit, named)?;
        found.extend(stories.into_iter().map(|(number, story)| (Place::Waiting(number), story)));
    }
    let left = limit - found.len();
    if left > 0 {
        let sql = "SELECT id, body FROM stories WHERE id > ?1 ORDER BY id";
        let stories = readable(connection, sql, [id], left, String::clone)?;
        found.extend(stories.into_iter().map(|(_, story)| (Place::File(story.id), story)));
    }
    Ok(found)
}

/// How many stories wait for their embargo.
pub(super) fn waiting(connection: &Connection) -> Result<usize, Error> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM waiting")?;
    let waiting: i64 = statement.query_one([], |row| row.get(0))?;
    Ok(usize::try_from(waiting).unwrap_or(0))
}

pub(super) fn size(connection: &Connection) -> Result<usize, Error> {
    let mut statement =
        connection.prepare_cached("SELECT (SELECT count(*) FROM stories) + (SELECT count(*) FROM waiting)")?;
    let size: i64 = statement.query_one([], |row| row.get(0))?;
    Ok(usize::try_from(size).unwrap_or(0))
}

/// A limit as SQLite counts.
fn rows(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// The stories of a statement that yields id and body.
pub(super) fn stories(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<Story>, Error> {
    let stories = readable(connection, sql, params, usize::MAX, String::clone)?;
    Ok(stories.into_iter().map(|(_, story)| story).collect())
}

/// The first `limit` stories that can be read, of a statement that yields key and body; `named` is what the log calls
/// any other.
fn readable<K: FromSql>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    limit: usize,
    named: impl Fn(&K) -> String,
) -> Result<Vec<(K, Story)>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(row) = rows.next()?
    {
        let key: K = row.get(0)?;
        // Not by `get`, which would copy the story and look at each of its bytes once more.
        let body = row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?;
        match parsed_bytes(&named(&key), body) {
            Ok(story) => found.push((key, story)),
            // One damaged row must not take the feed from all others.
            Err(error) => tracing::error!(%error, "left out"),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::sqlite::schema;

    /// A walk along the index ends after fifty rows; a sort would first read the whole archive.
    #[test]
    fn no_selection_sorts_the_archive() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::upgrade(&mut connection).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {SELECT}")).unwrap();
        let steps = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
        let plan = steps.map(Result::unwrap).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("SEARCH stories USING INTEGER PRIMARY KEY"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
