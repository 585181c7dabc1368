//! The questions, each one statement, so that each answer is of one moment.

use chrono::{DateTime, Utc};
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

/// First what is on file, by id, then what waits, by number.
pub(super) fn walk(
    connection: &Connection,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<(Place, Story)>, Error> {
    let mut found = Vec::new();
    if !matches!(after, Some(Place::Waiting(_))) {
        let after = if let Some(Place::File(id)) = after { id.to_string() } else { String::new() };
        let sql = "SELECT id, body FROM stories WHERE id > ?1 ORDER BY id LIMIT ?2";
        let rows = stories(connection, sql, params![after, rows(limit)])?;
        found.extend(rows.into_iter().map(|story| (Place::File(story.id), story)));
    }
    if found.len() < limit {
        let after = if let Some(Place::Waiting(number)) = after { *number } else { i64::MIN };
        found.extend(waiting(connection, after, limit - found.len())?);
    }
    Ok(found)
}

fn waiting(connection: &Connection, after: i64, limit: usize) -> Result<Vec<(Place, Story)>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT number, body FROM waiting WHERE number > ?1 ORDER BY number LIMIT ?2")?;
    let mut rows = statement.query(params![after, rows(limit)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        match parsed(&format!("waiting as number {number}"), &row.get::<_, String>(1)?) {
            Ok(story) => found.push((Place::Waiting(number), story)),
            Err(error) => tracing::error!(%error, "left out"),
        }
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
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut stories = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let body: String = row.get(1)?;
        match parsed(&id, &body) {
            Ok(story) => stories.push(story),
            // One damaged row must not take the feed from all others.
            Err(error) => tracing::error!(%error, "left out"),
        }
    }
    Ok(stories)
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
