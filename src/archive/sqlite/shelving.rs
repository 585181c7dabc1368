//! Shelves: under which marks usable stories stand, how many, and what each day says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Words, micros};
use crate::archive::Error;
use crate::archive::words::{self, Indexed};
use crate::story::{Agency, Kind, Language, Mark, PubStatus, Rank, Selection, Standing, Story};

/// What a transaction does to the shelves, written down at its end: a batch of some hundred stories touches the same few
/// shelves and days again and again, and FTS5 gathers in memory only what comes in the order of its rows.
pub(super) struct Shelves {
    words: Words,
    /// What came up, by rank.
    up: BTreeMap<i64, Indexed>,
    marks: BTreeMap<String, Change>,
    /// Stories more, and what they say, of each mark and day.
    days: BTreeMap<(String, i64), (i64, i64)>,
}

/// What a transaction does to one shelf.
#[derive(Default)]
struct Change {
    stories: i64,
    /// `published` of the newest that came.
    newest: Option<i64>,
    changed: i64,
    /// What is on it, if something was taken down: then the newest may be another.
    taken: Option<Selection>,
}

impl Shelves {
    /// Nothing is done yet.
    pub(super) fn new(words: Words) -> Self {
        Self { words, up: BTreeMap::new(), marks: BTreeMap::new(), days: BTreeMap::new() }
    }

    /// Puts a story up on its shelves, if it is usable; nothing else ever stands on one.
    pub(super) fn put_up(&mut self, rank: Rank, story: &Story, now: DateTime<Utc>) {
        if story.pubstatus != PubStatus::Usable {
            return;
        }
        self.up.insert(rank.0, Indexed::of(story, self.words == Words::Indexed));
        let seal = story.seal().cast_signed();
        for mark in shelves(story) {
            let change = self.touch(&mark, now);
            change.stories += 1;
            change.newest = change.newest.max(Some(micros(story.published)));
            self.add_to_day(mark, rank, 1, seal);
        }
    }

    /// Takes a story down from wherever it was put up.
    pub(super) fn take_down(
        &mut self,
        database: &Connection,
        rank: Rank,
        story: &Story,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if story.pubstatus != PubStatus::Usable {
            return Ok(());
        }
        if self.up.remove(&rank.0).is_none() {
            database.prepare_cached("DELETE FROM found WHERE rowid = ?1")?.execute([rank.0])?;
        }
        let seal = story.seal().cast_signed();
        for (mark, selection) in shelves(story).zip(selections(story)) {
            let change = self.touch(&mark, now);
            change.stories -= 1;
            change.taken = Some(selection);
            self.add_to_day(mark, rank, -1, seal.wrapping_neg());
        }
        Ok(())
    }

    fn touch(&mut self, mark: &str, now: DateTime<Utc>) -> &mut Change {
        if !self.marks.contains_key(mark) {
            self.marks.insert(mark.to_owned(), Change::default());
        }
        let change = self.marks.get_mut(mark).expect("it is there");
        change.changed = change.changed.max(micros(now));
        change
    }

    fn add_to_day(&mut self, mark: String, rank: Rank, stories: i64, seal: i64) {
        let day = self.days.entry((mark, rank.day())).or_default();
        *day = (day.0 + stories, day.1.wrapping_add(seal));
    }

    /// Writes it all down.
    pub(super) fn write(self, database: &Connection) -> Result<(), Error> {
        let mut insert = database.prepare_cached("INSERT INTO found (rowid, marks, words) VALUES (?1, ?2, ?3)")?;
        for (rank, Indexed { marks, words }) in self.up {
            insert.execute(params![rank, marks, words])?;
        }
        for (mark, change) in self.marks {
            change.write(database, &mark)?;
        }
        for ((mark, day), (stories, seal)) in self.days {
            add_to_day(database, &mark, day, stories, seal)?;
        }
        Ok(())
    }
}

impl Change {
    fn write(&self, database: &Connection, mark: &str) -> Result<(), Error> {
        let mut write = database.prepare_cached(
            "INSERT INTO shelves (mark, stories, newest, changed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (mark) DO UPDATE SET stories = stories + excluded.stories,
                 newest = iif(?5, excluded.newest, max(newest, excluded.newest)),
                 changed = max(changed, excluded.changed)",
        )?;
        let mut read = database.prepare_cached("SELECT stories, newest FROM shelves WHERE mark = ?1")?;
        let read = read.query_one([mark], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
        let before = read.optional()?;
        let found = match &self.taken {
            Some(selection) => newest(database, selection)?,
            None => None,
        };
        let (newest, stands) = match (found, before) {
            (Some(found), _) => (found, true),
            // Of an empty shelf only what came counts.
            (None, Some((0, there))) => (self.newest.unwrap_or(there), true),
            (None, Some((_, there))) => (self.newest.unwrap_or(there), false),
            (None, None) => (self.newest.unwrap_or_default(), true),
        };
        write.execute(params![mark, self.stories, newest, self.changed, stands])?;
        Ok(())
    }
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

fn add_to_day(database: &Connection, mark: &str, day: i64, stories: i64, seal: i64) -> Result<(), Error> {
    // SQLite's own sum would leave the integers at the first overflow.
    let mut read = database.prepare_cached("SELECT stories, seal FROM days WHERE mark = ?1 AND day = ?2")?;
    let before: Option<(i64, i64)> =
        read.query_one(params![mark, day], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (there, sum) = before.unwrap_or_default();
    database
        .prepare_cached("INSERT OR REPLACE INTO days (mark, day, stories, seal) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![mark, day, there + stories, sum.wrapping_add(seal)])?;
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
