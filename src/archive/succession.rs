//! Which story on file a coming one continues, and what then becomes of it. Pure: every archive asks here.

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

use chrono::{DateTime, TimeDelta, Utc};

use crate::story::{Label, PubStatus, Story, folded};

/// When a story came to be filed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Came {
    /// Its wire file was first seen then.
    Received(DateTime<Utc>),
    /// Its embargo lifted then.
    Released(DateTime<Utc>),
}

/// A story on file, and `versioncreated` as its newest version stated it. The printed one may be later:
/// it grows with every version, whatever is stated.
#[derive(Debug)]
pub(super) struct OnFile {
    pub(super) story: Story,
    pub(super) stated: DateTime<Utc>,
}

/// What becomes of the story on file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It stays: nothing new is said, or the version that came is older.
    Unchanged,
    /// It stays, under other labels: the taxonomy has changed since.
    Relabelled(Story),
    /// This version takes its place.
    Next(Story),
}

/// Until when a coming story has to wait, if it has to.
///
/// A withdrawal never waits.
pub(super) fn embargo(story: &Story, received: DateTime<Utc>) -> Option<DateTime<Utc>> {
    story.embargoed.filter(|&until| until > received && story.pubstatus != PubStatus::Canceled)
}

/// The story once its embargo has passed: to be withheld because of it ends with it. A story withheld
/// without an embargo that could be read stays so.
pub(super) fn lifted(story: &Story) -> Story {
    let pubstatus = match (story.pubstatus, story.embargoed) {
        (PubStatus::Withheld, Some(_)) => PubStatus::Usable,
        (as_it_is, _) => as_it_is,
    };
    Story { pubstatus, ..story.clone() }
}

/// A story that continues none.
pub(super) fn first(coming: Story, came: Came) -> Story {
    let Came::Released(at) = came else { return Story { version: 1, ..coming } };
    // Were it published as of the morning it was received, a feed of the newest fifty might never show it.
    let published = coming.published.max(at);
    Story { version: 1, published, versioncreated: published, ..coming }
}

/// What the coming story makes of the one that it continues.
pub(super) fn follow(earlier: &OnFile, coming: Story, came: Came) -> Step {
    let OnFile { story: earlier, stated } = earlier;
    if says_the_same(earlier, &coming) {
        return relabel(earlier, coming);
    }
    if coming.versioncreated < *stated {
        return Step::Unchanged;
    }
    let shown = match came {
        Came::Released(at) => coming.versioncreated.max(at),
        // Two pages that only name their day state the same moment: the later arrival is the later version.
        Came::Received(at) if coming.versioncreated == *stated => coming.versioncreated.max(at),
        Came::Received(_) => coming.versioncreated,
    };
    Step::Next(Story {
        id: earlier.id,
        version: earlier.version + 1,
        published: earlier.published,
        // Later by a second at least, or readers that go by Atom's `updated` miss the change.
        versioncreated: shown.max(earlier.versioncreated + TimeDelta::seconds(1)),
        ..coming
    })
}

/// New labels are taken over when they name other codes; other weights or evidence alone are no change.
fn relabel(earlier: &Story, coming: Story) -> Step {
    let same_codes =
        codes(&earlier.topics) == codes(&coming.topics) && codes(&earlier.regions) == codes(&coming.regions);
    if same_codes {
        return Step::Unchanged;
    }
    Step::Relabelled(Story { topics: coming.topics, regions: coming.regions, ..earlier.clone() })
}

fn codes<C: Ord>(labels: &[Label<C>]) -> BTreeSet<&C> {
    labels.iter().map(|label| &label.code).collect()
}

/// Whether two versions tell a reader the same. Identity, times and labels are ours, and an embargo has
/// passed by the time that versions are compared.
pub(super) fn says_the_same(one: &Story, other: &Story) -> bool {
    let other = Story {
        id: one.id,
        version: one.version,
        embargoed: one.embargoed,
        published: one.published,
        versioncreated: one.versioncreated,
        topics: one.topics.clone(),
        regions: one.regions.clone(),
        ..other.clone()
    };
    *one == other
}

/// What versions of one story have in common though their text changed: agency, place, day and headline.
/// `None` when headline or day is missing, as too many stories would then look alike.
pub(super) fn match_key(story: &Story) -> Option<String> {
    let dateline = story.dateline.as_ref()?;
    let day = dateline.date?.to_string();
    let title = if story.title.is_empty() { &story.headline } else { &story.title };
    let headline = folded(title);
    if headline.is_empty() {
        return None;
    }
    let place = dateline.places.first().map(String::as_str).unwrap_or_default();
    Some([folded(&dateline.agency), folded(place), day, headline].join("\u{1f}"))
}

/// Whether a story with the match key of another is the same story.
///
/// 图片新闻 (“pictures of the day”) may head five stories from one place on one day, so their text must be
/// related, too, unless the agency says that it corrects an earlier one.
pub(super) fn continues(earlier: &Story, coming: &Story) -> bool {
    let announced = coming.corrected || coming.pubstatus == PubStatus::Canceled;
    announced || related(&shingles(earlier), &shingles(coming))
}

/// At least half of the shorter text stands in the longer. A flash becomes a story of ten paragraphs, and
/// an edit of a word costs six shingles; captions of one place and day share a fifth.
fn related<T: Eq + Hash>(one: &HashSet<T>, other: &HashSet<T>) -> bool {
    let shorter = one.len().min(other.len());
    2 * one.intersection(other).count() >= shorter
}

/// All runs of six characters in lead, body and captions. Unrelated English shares many runs of four.
fn shingles(story: &Story) -> HashSet<[char; 6]> {
    let texts =
        story.body.iter().map(|block| &block.text).chain(story.captions.iter().map(|caption| &caption.text));
    let text: Vec<char> = texts.flat_map(|text| folded(text).chars().collect::<Vec<_>>()).collect();
    text.windows(6).filter_map(|run| run.try_into().ok()).collect()
}
