//! Which story on file a coming one continues, and what then becomes of it. Pure: every archive asks here.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};

use super::notice::{self, Days};
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
    if coming.pubstatus == PubStatus::Canceled {
        return withdraw(earlier, *stated, &coming, came);
    }
    if notice::is_note_alone(&coming) {
        return annotate(earlier, &coming, came);
    }
    if says_the_same(earlier, &coming) {
        return relabel(earlier, coming);
    }
    if coming.versioncreated < *stated || is_replaced(earlier, &coming) {
        return Step::Unchanged;
    }
    let shown = match came {
        Came::Released(at) => coming.versioncreated.max(at),
        // Two pages that only name their day state the same moment: the later arrival is the later version.
        Came::Received(at) if coming.versioncreated == *stated => coming.versioncreated.max(at),
        Came::Received(_) => coming.versioncreated,
    };
    Step::Next(next(earlier, coming, shown))
}

/// `coming` as the next version of `earlier`, shown from then on.
pub(super) fn next(earlier: &Story, coming: Story, shown: DateTime<Utc>) -> Story {
    Story {
        id: earlier.id,
        version: earlier.version + 1,
        published: earlier.published,
        // Later by a second at least, or readers that go by Atom's `updated` miss the change.
        versioncreated: shown.trunc_subsecs(0).max(earlier.versioncreated + TimeDelta::seconds(1)),
        ..coming
    }
}

impl Came {
    fn at(self) -> DateTime<Utc> {
        let (Self::Received(at) | Self::Released(at)) = self;
        at
    }
}

/// A withdrawal takes effect whatever moment it states, but for one that a correction has answered since. What the notice
/// says is kept; where the story stood is known by its labels, which stay.
fn withdraw(earlier: &Story, stated: DateTime<Utc>, notice: &Story, came: Came) -> Step {
    let is_answered = earlier.corrected && notice.versioncreated < stated;
    if earlier.pubstatus == PubStatus::Canceled || is_answered {
        return Step::Unchanged;
    }
    let withdrawn = Story {
        kind: earlier.kind,
        language: earlier.language,
        title: title(earlier).to_owned(),
        slugline: earlier.slugline.clone(),
        dateline: earlier.dateline.clone(),
        topics: earlier.topics.clone(),
        regions: earlier.regions.clone(),
        ..notice.clone()
    };
    Step::Next(next(earlier, withdrawn, notice.versioncreated.max(came.at())))
}

/// The story keeps its text and bears the note.
fn annotate(earlier: &Story, note: &Story, came: Came) -> Step {
    let told = notice::told(note);
    if earlier.pubstatus == PubStatus::Canceled || earlier.correction.contains(&told) {
        return Step::Unchanged;
    }
    let correction = [earlier.correction.as_str(), &told].join(" ").trim().to_owned();
    let corrected = Story { corrected: true, correction, ..earlier.clone() };
    Step::Next(next(earlier, corrected, note.versioncreated.max(came.at())))
}

/// Whether a coming version is one that the version on file has replaced, though no time tells.
///
/// What was withdrawn comes back only with a correction. And a correction presupposes what it corrects: where it was the
/// first that came, the uncorrected text that comes after it was first elsewhere.
fn is_replaced(earlier: &Story, coming: &Story) -> bool {
    if coming.corrected {
        return false;
    }
    let is_first = earlier.version == 1 && earlier.corrected;
    earlier.pubstatus == PubStatus::Canceled
        || is_first && overlap(&shingles(earlier), &shingles(coming), usize::max) >= NEARLY_THE_SAME
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

/// The title under which versions of a story are known.
fn title(story: &Story) -> &str {
    if story.title.is_empty() { &story.headline } else { &story.title }
}

/// Whether a story with the match key of another is the same story.
///
/// 图片新闻 (“pictures of the day”) may head five stories from one place on one day, so their text must be related, too.
pub(super) fn continues(earlier: &Story, coming: &Story) -> bool {
    overlap(&shingles(earlier), &shingles(coming), usize::min) >= RELATED
}

/// At least half of the shorter text stands in the longer. A flash becomes a story of ten paragraphs, and
/// an edit of a word costs six shingles; captions of one place and day share a fifth.
const RELATED: usize = 50;
/// So much of the longer text stands in the shorter when only words were corrected, headline included.
const NEARLY_THE_SAME: usize = 60;

/// How much of one text stands in the other, in hundredths of the shorter or of the longer.
fn overlap<T: Eq + Hash>(one: &HashSet<T>, other: &HashSet<T>, of: fn(usize, usize) -> usize) -> usize {
    let whole = of(one.len(), other.len());
    let common = one.intersection(other).count();
    // Two captions without a word are versions of each other.
    (100 * common).checked_div(whole).unwrap_or(100)
}

/// A story that a notice may mean.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) story: Story,
    /// A version of it was called as the notice calls the one that it means.
    pub(super) named: bool,
}

/// Which story a notice means.
#[derive(Debug)]
pub(super) enum Meant {
    /// This one.
    One(Box<Story>),
    /// Several are as likely.
    Several,
    /// None that is on file.
    Nothing,
}

/// Which of these a correction or a withdrawal means: those on file that it could mean, each once.
///
/// A text that it brings decides; else its agency, the title that it names and the days that it speaks of. It is never
/// guessed: of two that are as good, it means neither.
pub(super) fn meant(notice: &Story, candidates: &[Candidate]) -> Meant {
    let candidates = || candidates.iter().filter(|candidate| is_of_its_agency(&candidate.story, notice));
    let texts = shingles(notice);
    let brings_text = !notice::is_note_alone(notice) && texts.len() >= FEWEST_SHINGLES;
    let mut by_text = Vec::new();
    for &Candidate { ref story, named } in candidates().filter(|_| brings_text) {
        let there = shingles(story);
        let (shorter, longer) = (overlap(&there, &texts, usize::min), overlap(&there, &texts, usize::max));
        let stays_in_place = notice::place(story) == notice::place(notice) && near(story, notice, NEAR_DAYS);
        let is_it = named && shorter >= RELATED || stays_in_place && longer >= NEARLY_THE_SAME;
        if is_it && near(story, notice, FAR_DAYS) {
            by_text.push(((named, longer / 10), story));
        }
    }
    if !by_text.is_empty() {
        return best(by_text);
    }
    let replaces = notice.pubstatus != PubStatus::Canceled && !notice::is_note_alone(notice);
    let by_name = candidates().filter_map(|candidate| {
        let likeness = likeness(candidate, notice, replaces)?;
        Some((likeness, &candidate.story))
    });
    best(by_name.collect())
}

/// Fewer runs of characters tell no text from another.
const FEWEST_SHINGLES: usize = 8;
/// For how many days a notice without a day of its own reaches back.
const NEAR_DAYS: i64 = 3;
/// And one that names the day.
const FAR_DAYS: i64 = 31;

/// The one with the highest score, if it is alone with it.
fn best<S: Ord>(mut scored: Vec<(S, &Story)>) -> Meant {
    scored.sort_by(|(one, _), (other, _)| other.cmp(one));
    match &scored[..] {
        [] => Meant::Nothing,
        [(first, _), (second, _), ..] if first == second => Meant::Several,
        [(_, story), ..] => Meant::One(Box::new((*story).clone())),
    }
}

/// How well a story fits a notice by names and days, if it does: of its match key, of its very agency, of the day that it
/// names. A correction with a text of its own takes the place of no story but one of its match key.
fn likeness(
    &Candidate { ref story, named }: &Candidate,
    notice: &Story,
    replaces: bool,
) -> Option<(bool, bool, Reverse<u8>)> {
    let same_key = match_key(story).is_some_and(|key| match_key(notice) == Some(key));
    if same_key {
        return Some((true, true, Reverse(0)));
    }
    if replaces || !named {
        return None;
    }
    let days = Days::of(notice);
    let day = day(story);
    let off = if days.is_none() {
        near(story, notice, NEAR_DAYS).then_some(0)?
    } else if !near(story, notice, FAR_DAYS) {
        return None;
    } else if days.name(day) {
        0
    } else if day.succ_opt().is_some_and(|next| days.name(next)) {
        // Dated on the evening before it was sent.
        1
    } else {
        return None;
    };
    Some((false, agency(story) == agency(notice), Reverse(off)))
}

/// A notice of one agency says nothing of another's story; 本社 names none.
fn is_of_its_agency(story: &Story, notice: &Story) -> bool {
    let (one, other) = (agency(story), agency(notice));
    one.is_empty() || other.is_empty() || one == other
}

fn agency(story: &Story) -> String {
    story.dateline.as_ref().map(|dateline| folded(&dateline.agency)).unwrap_or_default()
}

fn day(story: &Story) -> NaiveDate {
    story.dateline.as_ref().and_then(|dateline| dateline.date).unwrap_or_else(|| story.published.date_naive())
}

/// Whether a story is at most so many days older than the notice, or came a day after it.
fn near(story: &Story, notice: &Story, days: i64) -> bool {
    let times = [notice.published, notice.versioncreated];
    let (first, last) = (times[0].min(times[1]), times[0].max(times[1]));
    let window = first - TimeDelta::days(days)..=last + TimeDelta::days(1);
    window.contains(&story.published)
}

/// From when on stories are looked for that a notice may mean: those called as it says, and those of its place.
pub(super) fn reach(notice: &Story) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = notice.published.min(notice.versioncreated);
    (first - TimeDelta::days(FAR_DAYS), first - TimeDelta::days(NEAR_DAYS))
}

/// Whether the notice needs a story that it means: it brings nothing to show by itself.
pub(super) fn needs_a_story(notice: &Story) -> bool {
    notice.pubstatus == PubStatus::Canceled || notice::is_note_alone(notice)
}

/// Whether a notice that has waited means this story, which comes after it.
pub(super) fn meets(notice: &Story, coming: &Story) -> bool {
    let is_answer = coming.corrected && notice.pubstatus == PubStatus::Canceled;
    let named = !notice::names(coming).is_disjoint(&notice::means(notice));
    let coming = Candidate { story: coming.clone(), named };
    !is_answer && matches!(meant(notice, &[coming]), Meant::One(_))
}

/// All runs of six characters in lead, body and captions. Unrelated English shares many runs of four.
fn shingles(story: &Story) -> HashSet<[char; 6]> {
    let texts =
        story.body.iter().map(|block| &block.text).chain(story.captions.iter().map(|caption| &caption.text));
    let text: Vec<char> = texts.flat_map(|text| folded(text).chars().collect::<Vec<_>>()).collect();
    text.windows(6).filter_map(|run| run.try_into().ok()).collect()
}
