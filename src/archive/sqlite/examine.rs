//! Whether the database is sound: for `wirefeed check --archive`, and for nobody in a hurry.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::{shelving, story as parsed};
use crate::archive::Error;
use crate::story::{Mark, PubStatus, Standing};

/// What is wrong with it, each in a sentence; nothing when it is sound.
pub(super) fn problems(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut problems = damage(connection)?;
    problems.extend(strays(connection)?);
    let (unreadable, counted) = recount(connection)?;
    problems.extend(unreadable);
    problems.extend(miscounted(connection, &counted)?);
    Ok(problems)
}

/// What SQLite finds in its own pages and indices (`PRAGMA quick_check`).
fn damage(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("PRAGMA quick_check")?;
    let said = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(said.into_iter().filter(|line| line != "ok").collect())
}

/// Rows that belong to no story.
fn strays(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut problems = Vec::new();
    for (what, sql) in [
        ("old versions of no story", "SELECT count(*) FROM versions WHERE id NOT IN (SELECT id FROM stories)"),
        (
            "notices that wait and are not on file",
            "SELECT count(*) FROM pending WHERE id NOT IN (SELECT id FROM stories)",
        ),
        ("withdrawals of no story", "SELECT count(*) FROM withdrawn WHERE rank NOT IN (SELECT rank FROM stories)"),
    ] {
        let strays: i64 = connection.query_one(sql, [], |row| row.get(0))?;
        if strays > 0 {
            problems.push(format!("{what}: {strays}"));
        }
    }
    Ok(problems)
}

/// How many usable stories there are under each mark; `None` is all of them.
type Counted = HashMap<Option<Mark>, u64>;

/// What cannot be read back, and how many there are of the others.
fn recount(connection: &Connection) -> Result<(Vec<String>, Counted), Error> {
    let mut problems = Vec::new();
    let mut counted = Counted::new();
    let mut statement = connection.prepare("SELECT id, body FROM stories")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, body): (String, String) = (row.get(0)?, row.get(1)?);
        match parsed(&id, &body) {
            Err(error) => problems.push(error.to_string()),
            Ok(story) if story.pubstatus == PubStatus::Usable => {
                let marks: BTreeSet<Mark> = story.marks().collect();
                for mark in marks.into_iter().map(Some).chain([None]) {
                    *counted.entry(mark).or_default() += 1;
                }
            }
            Ok(_) => {}
        }
    }
    let mut waiting = connection.prepare("SELECT number, body FROM waiting")?;
    let mut rows = waiting.query([])?;
    while let Some(row) = rows.next()? {
        let (number, body): (i64, String) = (row.get(0)?, row.get(1)?);
        problems
            .extend(parsed(&format!("waiting as number {number}"), &body).err().map(|error| error.to_string()));
    }
    Ok((problems, counted))
}

/// Shelves that hold another number of stories than they say.
fn miscounted(connection: &Connection, counted: &Counted) -> Result<Vec<String>, Error> {
    let mut problems = Vec::new();
    let mut compare = |what: String, says: u64, there: u64| {
        if says != there {
            problems.push(format!("{what}: it says {says} stories, and {there} are there"));
        }
    };
    let of = |mark: Option<Mark>| counted.get(&mark).copied().unwrap_or(0);
    let all = shelving::standing(connection, None)?.stories;
    compare("the shelf of all stories".to_owned(), all, of(None));
    let index: i64 = connection.query_one("SELECT count(*) FROM found", [], |row| row.get(0))?;
    compare("the index of words".to_owned(), index.unsigned_abs(), of(None));
    let mut standings: Vec<_> = shelving::standings(connection)?.into_iter().collect();
    for mark in counted.keys().flatten() {
        if !standings.iter().any(|(other, _)| other == mark) {
            standings.push((mark.clone(), Standing::default()));
        }
    }
    standings.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (mark, standing) in standings {
        compare(format!("the shelf {mark:?}"), standing.stories, of(Some(mark)));
    }
    Ok(problems)
}
