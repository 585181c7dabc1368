//! Which stories stand in which document of a feed.
//!
//! The newest ones stand in the feed itself. All older ones stand in archive pages (RFC 5005 § 4), each story in one: a
//! page begins below a rank, and ends with the next story whose rank says so. Where pages are cut thus hangs on nothing
//! but the stories, and a new one moves no cut. The address of a page holds a seal of all that is in it and beneath it,
//! so what is found at an address never changes: should an old story change, the pages down to it get other addresses.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::Error;
use crate::archive::Archive;
use crate::feed::{self, Feed, Part, Site};
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
pub(super) fn stories(archive: &dyn Archive, feed: &Feed, site: &Site, part: Part) -> Result<Stories, Error> {
    /// Stories that are read at once: a document is full before all that it may list are read.
    const BATCH: usize = 100;
    let ranks = match part {
        Part::Newest => newest(archive, feed)?,
        Part::Archive { below, .. } => page(archive, &feed.selection, below)?,
    };
    let mut stories = Vec::new();
    let mut last = None;
    for batch in ranks.chunks(BATCH) {
        stories.extend(archive.at(batch)?);
        let fits = feed::fitting(&stories);
        last = batch.last().copied();
        if fits < stories.len() {
            stories.truncate(fits);
            last = stories.last().and_then(|story| rank_of(story, &ranks));
            break;
        }
    }
    let older = match last {
        Some(last) => older(archive, feed, site, last)?,
        None => None,
    };
    Ok(Stories { stories, older })
}

/// The stories of a feed document: as [`stories`], and in the feed itself, where a withdrawn story would still stand, the
/// notice of its withdrawal. Most readers keep an item that is gone; they replace one that comes again under its id.
///
/// Archive pages and answers to a search never show one.
pub(super) fn told(archive: &dyn Archive, feed: &Feed, site: &Site, part: Part) -> Result<Stories, Error> {
    let mut sheet = stories(archive, feed, site, part)?;
    if part != Part::Newest || feed.query.is_some() {
        return Ok(sheet);
    }
    let oldest = sheet.older.and(sheet.stories.last()).map(|story| Rank::of(&story.id, story.published));
    let withdrawn = archive.withdrawn(oldest.unwrap_or(Rank(i64::MIN)), MOST)?.into_iter().map(|(_, story)| story);
    let ours = withdrawn.filter(|story| feed.selection.would_take(story)).take(feed.window.items.max(1));
    sheet.stories.extend(ours.map(|story| feed::withdrawal(&story)));
    sheet.stories.sort_by_key(|story| Reverse(Rank::of(&story.id, story.published)));
    Ok(sheet)
}

/// The rank of a story among these: its own, or the next one that was free.
fn rank_of(story: &Story, ranks: &[Rank]) -> Option<Rank> {
    let own = Rank::of(&story.id, story.published);
    ranks.iter().copied().filter(|rank| *rank >= own).min()
}

/// What stands in the feed itself.
fn newest(archive: &dyn Archive, feed: &Feed) -> Result<Vec<Rank>, Error> {
    let Feed { selection, window, .. } = feed;
    let by_number = archive.ranks(selection, None, window.items.max(1))?;
    let Some(newest) = by_number.first() else { return Ok(by_number) };
    let since = newest.second() - TimeDelta::hours(window.hours);
    let reaches_back = by_number.last().is_some_and(|oldest| oldest.second() < since);
    if window.hours == 0 || reaches_back || by_number.len() < window.items {
        return Ok(by_number);
    }
    let since = selection.since.map_or(since, |other| other.max(since));
    let by_time = archive.ranks(&Selection { since: Some(since), ..selection.clone() }, None, MOST)?;
    // Another process may have filed, and taken away, between the two.
    Ok(if by_time.len() > by_number.len() { by_time } else { by_number })
}

/// What stands in the archive page that begins below a rank.
fn page(archive: &dyn Archive, selection: &Selection, below: Rank) -> Result<Vec<Rank>, Error> {
    let mut ranks = archive.ranks(selection, Some(below), MOST / 4)?;
    if let Some(last) = ranks.iter().position(|rank| rank.0 % PAGE == 0) {
        ranks.truncate(last + 1);
    }
    Ok(ranks)
}

/// The archive page below this rank, if anything is there.
fn older(archive: &dyn Archive, feed: &Feed, site: &Site, below: Rank) -> Result<Option<Part>, Error> {
    if archive.ranks(&feed.selection, Some(below), 1)?.is_empty() {
        return Ok(None);
    }
    Ok(Some(Part::Archive { below, seal: seal(archive, feed, site, below)? }))
}

/// What the stories below a rank say, as a number. It may change without them: it is made of the days of all that the
/// selection wants. And it changes with what the pages say besides: the feed's title and selection, the site's words and
/// address, and how we print.
pub(super) fn seal(archive: &dyn Archive, feed: &Feed, site: &Site, below: Rank) -> Result<u64, Error> {
    /// To be raised by whoever changes what stands in an archive page.
    const LAYOUT: u32 = 2;
    let nothing = BTreeSet::new();
    let wanted: Vec<_> = feed.selection.wanted().collect();
    let mut seals = Sha256::new();
    seals.update(format!("{LAYOUT} {} {:?} {site:?}", feed.title, feed.selection));
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
