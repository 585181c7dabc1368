//! Which stories stand in which document of a feed.
//!
//! The newest ones stand in the feed itself. All older ones stand in archive pages (RFC 5005 § 4), each story in one: a
//! page begins below a rank, and ends with the next story whose rank says so. Where pages are cut thus hangs on nothing
//! but the stories, and a new one moves no cut. The address of a page holds a seal of all that is in it and beneath it,
//! so what is found at an address never changes: should an old story change, the pages down to it get other addresses.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::Error;
use crate::archive::Archive;
use crate::feed::{self, Feed, Part, Window};
use crate::story::{Rank, Selection, Story};

/// One story in so many ends an archive page.
const PAGE: i64 = 32;
/// The most stories that a document may list: far more than its bytes allow.
const MOST: usize = 1_000;

/// What stands in a document.
pub(super) struct Stories {
    pub(super) stories: Vec<Story>,
    /// Where the older ones are.
    pub(super) older: Option<Part>,
}

/// The stories of a part of the feed.
pub(super) fn stories(archive: &dyn Archive, feed: &Feed, part: Part) -> Result<Stories, Error> {
    let Feed { selection, window, .. } = feed;
    let found = match part {
        Part::Newest => newest(archive, selection, *window)?,
        Part::Archive { below, .. } => page(archive, selection, below)?,
    };
    let (ranks, mut stories): (Vec<Rank>, Vec<Story>) = found.into_iter().unzip();
    stories.truncate(feed::fitting(&stories));
    let older = match stories.len().checked_sub(1) {
        Some(last) => older(archive, selection, ranks[last])?,
        None => None,
    };
    Ok(Stories { stories, older })
}

fn newest(archive: &dyn Archive, selection: &Selection, window: Window) -> Result<Vec<(Rank, Story)>, Error> {
    let by_number = archive.select(selection, None, window.items.max(1))?;
    let Some((newest, _)) = by_number.first() else { return Ok(by_number) };
    let since = newest.second() - TimeDelta::hours(window.hours);
    let reaches_back = by_number.last().is_some_and(|(oldest, _)| oldest.second() < since);
    if reaches_back || by_number.len() < window.items {
        return Ok(by_number);
    }
    let since = selection.since.map_or(since, |other| other.max(since));
    let by_time = archive.select(&Selection { since: Some(since), ..selection.clone() }, None, MOST)?;
    // Another process may have filed, and taken away, between the two.
    Ok(if by_time.len() > by_number.len() { by_time } else { by_number })
}

fn page(archive: &dyn Archive, selection: &Selection, below: Rank) -> Result<Vec<(Rank, Story)>, Error> {
    let mut found = archive.select(selection, Some(below), MOST / 4)?;
    if let Some(last) = found.iter().position(|(rank, _)| rank.0 % PAGE == 0) {
        found.truncate(last + 1);
    }
    Ok(found)
}

/// The archive page below this rank, if anything is there.
fn older(archive: &dyn Archive, selection: &Selection, below: Rank) -> Result<Option<Part>, Error> {
    if archive.select(selection, Some(below), 1)?.is_empty() {
        return Ok(None);
    }
    Ok(Some(Part::Archive { below, seal: seal(archive, selection, below)? }))
}

/// What the stories below a rank say, as a number. It may change without them: it is made of the days of all that the
/// selection wants.
pub(super) fn seal(archive: &dyn Archive, selection: &Selection, below: Rank) -> Result<u64, Error> {
    let nothing = BTreeSet::new();
    let wanted: Vec<_> = selection.wanted().collect();
    let mut seals = Sha256::new();
    for marks in if wanted.is_empty() { vec![&nothing] } else { wanted } {
        seals.update(archive.seal(marks, below)?.to_be_bytes());
    }
    let seals: [u8; 32] = seals.finalize().into();
    Ok(u64::from_be_bytes(seals[..8].try_into().expect("8 of 32 bytes")))
}

/// When the last of the selection's stories came, changed or went; at the latest, for one that wants several things.
pub(super) fn changed(archive: &dyn Archive, selection: &Selection) -> Result<Option<DateTime<Utc>>, Error> {
    let wanted: Vec<_> = selection.wanted().flatten().collect();
    if wanted.is_empty() {
        return Ok(archive.standing(None)?.changed);
    }
    let mut changed = None;
    for mark in wanted {
        changed = changed.max(archive.standing(Some(mark))?.changed);
    }
    Ok(changed)
}
