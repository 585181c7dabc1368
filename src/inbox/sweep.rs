//! What is thrown away of `done` and `refused` when it is old enough. Nothing else is touched.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::shelf;

/// How many days and refused files were deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Days of `done`, with all files put away on them.
    pub days: usize,
    /// Refused files, each with its reason.
    pub refused: usize,
}

/// Deletes the days of `done` before `first`: `done/2026/11/23`. What lies there under other names is nobody's day.
pub(super) fn days_before(done: &Path, first: NaiveDate) -> io::Result<usize> {
    let mut deleted = 0;
    for (year, path) in numbered(done)? {
        for (month, path) in numbered(&path)? {
            for (day, path) in numbered(&path)? {
                let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
                if date.is_some_and(|date| date < first) {
                    fs::remove_dir_all(path)?;
                    deleted += 1;
                }
            }
            // It goes when its last day has gone.
            let _ = fs::remove_dir(path);
        }
        let _ = fs::remove_dir(path);
    }
    Ok(deleted)
}

/// The folders in `folder` whose names are numbers.
fn numbered(folder: &Path) -> io::Result<Vec<(u32, PathBuf)>> {
    let number = |path: &Path| path.file_name()?.to_str()?.parse().ok();
    let folders = shelf::entries(folder)?.into_iter().filter(|path| path.is_dir());
    Ok(folders.filter_map(|path| Some((number(&path)?, path))).collect())
}

/// Deletes the refused files whose reason was written before `first`, and their reasons.
pub(super) fn refused_before(refused: &Path, first: DateTime<Utc>) -> io::Result<usize> {
    let mut deleted = 0;
    for reason in shelf::entries(refused)? {
        let Some(file) = shelf::file_of(&reason) else { continue };
        if DateTime::<Utc>::from(fs::metadata(&reason)?.modified()?) < first {
            match fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => fs::remove_file(&reason)?,
            }
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// The moment `keep` before `now`; `None` when that is before all calendars.
pub(super) fn before(now: DateTime<Utc>, keep: std::time::Duration) -> Option<DateTime<Utc>> {
    now.checked_sub_signed(TimeDelta::from_std(keep).ok()?)
}
