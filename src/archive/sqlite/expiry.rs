//! What has been kept for long enough is taken out.
//!
//! It comes off the shelves as it went up, so the seals of what is left are those of an archive that never held it: a
//! chain of archive pages is another one from its newest page on, and ends where the stories do (RFC 5005 § 4).

use rusqlite::{Connection, Row, params};

use super::filing::Desk;
use super::{naming, story as parsed};
use crate::archive::{Error, notice};
use crate::story::{Rank, Story};

impl Desk<'_> {
    /// Takes out the oldest stories below this rank, at most so many, and says how many those were. What cannot be read
    /// back stays, for somebody to look at.
    pub(super) fn expire(&mut self, below: Rank, most: usize) -> Result<usize, Error> {
        let old = oldest(self.database, below, most)?;
        for (rank, story) in &old {
            self.take_out(*rank, story)?;
            let id = story.id.to_string();
            // Its versions, and what a notice waits for, go with the row.
            self.database.prepare_cached("DELETE FROM stories WHERE rank = ?1")?.execute([rank.0])?;
            self.database.prepare_cached("DELETE FROM withdrawn WHERE rank = ?1")?.execute([rank.0])?;
            self.database.prepare_cached("DELETE FROM hand WHERE id = ?1")?.execute([id])?;
            naming::forget(self.database, &notice::names(story), *rank)?;
            naming::forget_meant(self.database, &notice::means(story), *rank)?;
        }
        Ok(old.len())
    }
}

fn oldest(database: &Connection, below: Rank, most: usize) -> Result<Vec<(Rank, Story)>, Error> {
    let mut statement =
        database.prepare_cached("SELECT rank, id, body FROM stories WHERE rank < ?1 ORDER BY rank LIMIT ?2")?;
    let read = |row: &Row| Ok((Rank(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?));
    let rows = statement.query_map(params![below.0, i64::try_from(most).unwrap_or(i64::MAX)], read)?;
    let mut old = Vec::new();
    for row in rows {
        let (rank, id, body) = row?;
        old.extend(parsed(&id, &body).ok().map(|story| (rank, story)));
    }
    Ok(old)
}

/// How many bytes of the database are in use. What was deleted is used again; the file never gets smaller.
pub(super) fn bytes(connection: &Connection) -> Result<u64, Error> {
    let of = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let pages = of("page_count")? - of("freelist_count")?;
    Ok((pages * of("page_size")?).unsigned_abs())
}
