//! The tables, step by step; `PRAGMA user_version` is the number of the last step taken.

use rusqlite::{Connection, TransactionBehavior};

use crate::archive::Error;

/// A step that was released is never edited: the next one changes what it made.
const STEPS: &[(i64, &str)] = &[(1, include_str!("../sql/0001.sql"))];

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
    for (number, step) in steps_left(&transaction)? {
        transaction.execute_batch(step)?;
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

fn steps_left(connection: &Connection) -> Result<&'static [(i64, &'static str)], Error> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = STEPS.last().map_or(0, |&(number, _)| number);
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    let taken = STEPS.partition_point(|&(number, _)| number <= found);
    Ok(&STEPS[taken..])
}
