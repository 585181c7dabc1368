//! Shelves: under which marks usable stories stand, how many, and what each day says.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::micros;
use crate::archive::Error;
use crate::archive::words::{self, Indexed};
use crate::story::{Agency, Kind, Language, Mark, PubStatus, Rank, Selection, Standing, Story};

/// Puts a story up on its shelves, if it is usable; nothing else ever stands on one.
pub(super) fn put_up(database: &Connection, rank: Rank, story: &Story, now: DateTime<Utc>) -> Result<(), Error> {
    if story.pubstatus != PubStatus::Usable {
        return Ok(());
    }
    let Indexed { marks, words } = Indexed::of(story);
    database
        .prepare_cached("INSERT INTO found (rowid, marks, words) VALUES (?1, ?2, ?3)")?
        .execute(params![rank.0, marks, words])?;
    let mut shelf = database.prepare_cached(
        "INSERT INTO shelves (mark, stories, newest, changed) VALUES (?1, 1, ?2, ?3)
         ON CONFLICT (mark) DO UPDATE SET stories = stories + 1,
             newest = iif(stories = 0, excluded.newest, max(newest, excluded.newest)),
             changed = max(changed, excluded.changed)",
    )?;
    let seal = story.seal().cast_signed();
    for mark in shelves(story) {
        shelf.execute(params![mark, micros(story.published), micros(now)])?;
        add_to_day(database, &mark, rank, 1, seal)?;
    }
    Ok(())
}

/// Takes a story down from wherever it was put up.
pub(super) fn take_down(
    database: &Connection,
    rank: Rank,
    story: &Story,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if story.pubstatus != PubStatus::Usable {
        return Ok(());
    }
    database.prepare_cached("DELETE FROM found WHERE rowid = ?1")?.execute([rank.0])?;
    let mut shelf = database.prepare_cached(
        "UPDATE shelves SET stories = stories - 1, newest = coalesce(?2, newest), changed = max(changed, ?3)
         WHERE mark = ?1",
    )?;
    let seal = story.seal().cast_signed();
    for (mark, selection) in shelves(story).zip(selections(story)) {
        shelf.execute(params![mark, newest(database, &selection)?, micros(now)])?;
        add_to_day(database, &mark, rank, -1, seal.wrapping_neg())?;
    }
    Ok(())
}

/// The names of a story's shelves: that of all stories, then those of its marks.
fn shelves(story: &Story) -> impl Iterator<Item = String> {
    let marks: BTreeSet<Mark> = story.marks().collect();
    std::iter::once(String::new()).chain(marks.into_iter().map(|mark| name(&mark)))
}

/// What stands on these shelves, in the same order.
fn selections(story: &Story) -> impl Iterator<Item = Selection> {
    let marks: BTreeSet<Mark> = story.marks().collect();
    std::iter::once(Selection::default()).chain(marks.into_iter().map(Selection::of))
}

/// `published` of the newest story that the selection takes.
fn newest(database: &Connection, selection: &Selection) -> Result<Option<i64>, Error> {
    let mut statement =
        database.prepare_cached("SELECT rowid FROM found WHERE found MATCH ?1 ORDER BY rowid DESC LIMIT 1")?;
    let rank: Option<i64> = statement.query_one([words::question(selection)], |row| row.get(0)).optional()?;
    Ok(rank.map(|rank| micros(Rank(rank).second())))
}

fn add_to_day(database: &Connection, mark: &str, rank: Rank, stories: i64, seal: i64) -> Result<(), Error> {
    // SQLite's own sum would leave the integers at the first overflow.
    let mut read = database.prepare_cached("SELECT stories, seal FROM days WHERE mark = ?1 AND day = ?2")?;
    let day: Option<(i64, i64)> =
        read.query_one(params![mark, rank.day()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (there, sum) = day.unwrap_or_default();
    database
        .prepare_cached("INSERT OR REPLACE INTO days (mark, day, stories, seal) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![mark, rank.day(), there + stories, sum.wrapping_add(seal)])?;
    Ok(())
}

pub(super) fn seal_until(connection: &Connection, marks: &BTreeSet<Mark>, until: Rank) -> Result<u64, Error> {
    let mut statement = connection.prepare_cached("SELECT seal FROM days WHERE mark = ?1 AND day <= ?2")?;
    let all = marks.is_empty().then(String::new);
    let mut sum = 0_i64;
    for mark in marks.iter().map(name).chain(all) {
        let mut rows = statement.query(params![mark, until.day()])?;
        while let Some(row) = rows.next()? {
            sum = sum.wrapping_add(row.get(0)?);
        }
    }
    Ok(sum.cast_unsigned())
}

pub(super) fn standing(connection: &Connection, mark: Option<&Mark>) -> Result<Standing, Error> {
    let mut statement =
        connection.prepare_cached("SELECT stories, newest, changed FROM shelves WHERE mark = ?1")?;
    let shelf = mark.map(name).unwrap_or_default();
    Ok(statement.query_one([shelf], |row| read(row, 0)).optional()?.unwrap_or_default())
}

pub(super) fn standings(connection: &Connection) -> Result<HashMap<Mark, Standing>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT mark, stories, newest, changed FROM shelves WHERE stories > 0")?;
    let mut rows = statement.query([])?;
    let mut standings = HashMap::new();
    while let Some(row) = rows.next()? {
        if let Some(mark) = named(row.get_ref(0)?.as_str().unwrap_or_default()) {
            standings.insert(mark, read(row, 1)?);
        }
    }
    Ok(standings)
}

/// Number, newest and last change, in columns from `first` on.
fn read(row: &Row, first: usize) -> rusqlite::Result<Standing> {
    let stories: i64 = row.get(first)?;
    let newest = DateTime::from_timestamp_micros(row.get(first + 1)?).filter(|_| stories > 0);
    let changed = DateTime::from_timestamp_micros(row.get(first + 2)?);
    Ok(Standing { stories: u64::try_from(stories).unwrap_or(0), newest, changed })
}

/// A mark as the tables name it: `topic medtop:07000000`.
fn name(mark: &Mark) -> String {
    match mark {
        Mark::Topic(topic) => format!("topic {topic}"),
        Mark::Region(region) => format!("region {region}"),
        Mark::Agency(agency) => format!("agency {agency}"),
        Mark::Kind(kind) => format!("kind {}", kind.word()),
        Mark::Language(language) => format!("language {}", language.tag()),
    }
}

fn named(name: &str) -> Option<Mark> {
    let (shelf, code) = name.split_once(' ')?;
    match shelf {
        "topic" => code.parse().ok().map(Mark::Topic),
        "region" => code.parse().ok().map(Mark::Region),
        "agency" => Agency::named(code).map(Mark::Agency),
        "kind" => Kind::ALL.into_iter().find(|kind| kind.word() == code).map(Mark::Kind),
        "language" => Language::ALL.into_iter().find(|language| language.tag() == code).map(Mark::Language),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_is_found_by_its_name() {
        for mark in [
            Mark::Topic("medtop:07000000".parse().unwrap()),
            Mark::Region("CN-AH".parse().unwrap()),
            Mark::Agency(Agency::named("新华社").unwrap()),
            Mark::Kind(Kind::Photo),
            Mark::Language(Language::ZhHant),
        ] {
            assert_eq!(named(&name(&mark)), Some(mark));
        }
        assert_eq!(named(""), None);
    }
}
