//! The tables, step by step; `PRAGMA user_version` is the number of the last step taken.

use rusqlite::{Connection, TransactionBehavior, params};

use super::shelving::Shelves;
use super::{Words, naming, story as parsed};
use crate::archive::{Error, notice};
use crate::story::{Rank, StoryId};

/// A step that was released is never edited: the next one changes what it made.
const STEPS: &[Step] = &[
    Step { number: 1, tables: include_str!("../sql/0001.sql"), rows: |_| Ok(()) },
    Step { number: 2, tables: include_str!("../sql/0002.sql"), rows: into_ranks },
    Step { number: 3, tables: include_str!("../sql/0003.sql"), rows: call_by_names },
];

struct Step {
    number: i64,
    tables: &'static str,
    /// Moves what was in the tables before.
    rows: fn(&Connection) -> Result<(), Error>,
}

/// Step 2: gives each story its rank, and puts it up on its shelves.
fn into_ranks(database: &Connection) -> Result<(), Error> {
    let mut stories = database
        .prepare("SELECT id, version, revision, pubstatus, published, stated, match_key, body FROM stories_1")?;
    let mut insert = database.prepare(
        "INSERT INTO stories (rank, id, version, revision, pubstatus, stated, match_key, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut taken = database.prepare("SELECT 1 FROM stories WHERE rank = ?1")?;
    let mut rows = stories.query([])?;
    let mut shelves = Shelves::new(Words::Indexed);
    while let Some(row) = rows.next()? {
        let (id, body): (String, String) = (row.get(0)?, row.get(7)?);
        let published = chrono::DateTime::from_timestamp_micros(row.get(4)?).unwrap_or_default();
        let named: Option<StoryId> = id.parse().ok();
        let mut rank = named.map_or_else(|| Rank::first(published), |id| Rank::of(&id, published));
        while taken.exists([rank.0])? {
            rank.0 += 1;
        }
        let [version, revision, stated]: [i64; 3] = [row.get(1)?, row.get(2)?, row.get(5)?];
        let (pubstatus, key): (String, Option<String>) = (row.get(3)?, row.get(6)?);
        insert.execute(params![rank.0, id, version, revision, pubstatus, stated, key, body])?;
        match parsed(&id, &body) {
            Ok(story) => shelves.put_up(rank, &story, story.versioncreated),
            Err(error) => tracing::error!(%error, "on file, and in no feed"),
        }
    }
    shelves.write(database)?;
    database.execute_batch(
        "INSERT INTO versions (id, version, body)
             SELECT id, version, body FROM versions_1 WHERE id IN (SELECT id FROM stories);
         DROP TABLE versions_1; DROP TABLE stories_1;",
    )?;
    Ok(())
}

/// Step 3: puts down what each story is called, and which withdrawn ones readers had seen.
fn call_by_names(database: &Connection) -> Result<(), Error> {
    let mut stories = database.prepare("SELECT rank, id, body FROM stories")?;
    let mut rows = stories.query([])?;
    while let Some(row) = rows.next()? {
        let (id, body): (String, String) = (row.get(1)?, row.get(2)?);
        // What cannot be read has been logged by whoever read it before.
        if let Ok(story) = parsed(&id, &body) {
            naming::call(database, false, &notice::names(&story), Rank(row.get(0)?))?;
        }
    }
    database.execute_batch(
        r#"INSERT INTO withdrawn (rank)
               SELECT rank FROM stories WHERE pubstatus = 'canceled' AND EXISTS (
                   SELECT 1 FROM versions
                   WHERE versions.id = stories.id AND instr(versions.body, '"pubstatus":"usable"')
               );"#,
    )?;
    Ok(())
}

/// Takes the steps that this database has not taken, all of them or none.
pub(super) fn upgrade(connection: &mut Connection) -> Result<(), Error> {
    if steps_left(connection)?.is_empty() {
        return Ok(());
    }
    if is_anothers(connection)? {
        return Err(Error::Foreign);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked once more, now that no other process can take them.
    for Step { number, tables, rows } in steps_left(&transaction)? {
        transaction.execute_batch(tables)?;
        rows(&transaction)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    Ok(transaction.commit()?)
}

/// Says what is wrong with a database that may not be upgraded.
pub(super) fn check(connection: &Connection) -> Result<(), Error> {
    let steps = steps_left(connection)?.len();
    if is_anothers(connection)? {
        return Err(Error::Foreign);
    }
    if steps > 0 { Err(Error::Behind { steps }) } else { Ok(()) }
}

/// Whether it has tables and none of our steps: another program's database, which we must not write into.
fn is_anothers(connection: &Connection) -> Result<bool, Error> {
    let step: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = connection.query_one("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(step == 0 && tables > 0)
}

fn steps_left(connection: &Connection) -> Result<&'static [Step], Error> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = STEPS.last().map_or(0, |step| step.number);
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    let taken = STEPS.partition_point(|step| step.number <= found);
    Ok(&STEPS[taken..])
}
