//! The questions, each one statement, so that each answer is of one moment.

use chrono::{DateTime, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::Serialize;

use super::story as parsed;
use crate::archive::{Digest, Error, Place};
use crate::story::{Region, Revision, Selection, Story, StoryId, Topic};

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

/// What all three walks have in common: the story's own words must fit, and the walk stops at the limit.
macro_rules! walk {
    ($from:literal, $order:literal) => {
        concat!(
            "SELECT stories.id, stories.body FROM ",
            $from,
            " AND (?1 IS NULL OR stories.kind = ?1) AND (?2 IS NULL OR stories.language = ?2) ORDER BY ",
            $order,
            " LIMIT ?3"
        )
    };
}

/// Along the index of all usable stories.
const OF_ALL: &str = walk!("stories WHERE stories.pubstatus = 'usable'", "stories.published DESC, stories.id");

/// Along the labels of one code. `CROSS JOIN`, here and below: SQLite takes the tables in this order.
const UNDER_ONE: &str = walk!(
    "labels CROSS JOIN stories ON stories.id = labels.id WHERE labels.scheme = ?4 AND labels.code = ?5",
    "labels.published DESC, labels.id"
);

/// Along the labels of a region, leaving out what is not under the topic: one look at the key for each.
const UNDER_BOTH: &str = walk!(
    "labels CROSS JOIN stories ON stories.id = labels.id
     WHERE labels.scheme = 'region' AND labels.code = ?5
       AND EXISTS (SELECT 1 FROM labels AS other WHERE other.scheme = 'topic' AND other.code = ?4
                   AND other.published = labels.published AND other.id = labels.id)",
    "labels.published DESC, labels.id"
);

pub(super) fn select(connection: &Connection, selection: &Selection, limit: usize) -> Result<Vec<Story>, Error> {
    let kind = selection.kind.map(word);
    let language = selection.language.map(word);
    let limit = rows(limit);
    let topic = selection.topic.as_ref().map(Topic::as_str);
    let region = selection.region.as_ref().map(Region::as_str);
    match (topic, region) {
        (None, None) => stories(connection, OF_ALL, params![kind, language, limit]),
        (Some(topic), None) => stories(connection, UNDER_ONE, params![kind, language, limit, "topic", topic]),
        (None, Some(region)) => stories(connection, UNDER_ONE, params![kind, language, limit, "region", region]),
        (Some(topic), Some(region)) => {
            stories(connection, UNDER_BOTH, params![kind, language, limit, topic, region])
        }
    }
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
        let body: String = row.get(1)?;
        match parsed(&named(&key), &body) {
            Ok(story) => found.push((key, story)),
            // One damaged row must not take the feed from all others.
            Err(error) => tracing::error!(%error, "left out"),
        }
    }
    Ok(found)
}

/// A word of the story's vocabulary as a column holds it: as it is spelt in JSON.
pub(super) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("kinds, languages and pubstatus are words in JSON, not {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::sqlite::schema;

    /// A walk along an index ends after fifty rows; a sort would first read the whole archive.
    #[test]
    fn no_selection_sorts_the_archive() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::upgrade(&mut connection).unwrap();
        for sql in [OF_ALL, UNDER_ONE, UNDER_BOTH] {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
            let plan = steps.map(Result::unwrap).collect::<Vec<_>>().join("\n");
            assert!(
                plan.starts_with("SEARCH labels USING PRIMARY KEY") || plan.contains("stories_newest"),
                "{plan}"
            );
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
