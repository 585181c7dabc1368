//! Which stories a note of embargo holds back, and until when.

use std::ops::Range;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};

use super::Draft;
use crate::story::Dateline;
use crate::wire::RemarkKind;
use crate::wire::cursor::is_han;
use crate::wire::embargo::{self, Note, Scope};
use crate::wire::passage::Shape;
use crate::wire::split::{Placed, Role};

/// What a story's notes say of its release.
#[derive(Debug, Clone, Copy)]
pub(super) enum Embargo {
    None,
    Until(DateTime<Utc>),
    Unreadable,
}

/// The notes of a page, and which stories they hold back.
pub(super) struct Holds {
    /// Those of each story alone.
    of_story: Vec<Vec<Hold>>,
    /// Those of a page, or of all stories above or below, with the stories that they hold; each note once.
    wide: Vec<(Note, Range<usize>)>,
    /// The page has more wide notes than anybody would write, and all of it is held back.
    too_many: bool,
}

/// A note that holds a story back.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Hold {
    note: Note,
    /// It may be about the story next to this one, and holds both.
    ambiguous: bool,
}

/// Different notes on a page that are about more than two stories.
const MOST_WIDE: usize = 32;

impl<Tz: TimeZone> Draft<'_, Tz> {
    /// A day that the days of this story are near: that of its embargo.
    pub(super) fn day_of_embargo(&self, index: usize) -> Option<NaiveDate> {
        let day = |ambiguous: bool| {
            let holds = self.holds.of_story(index).filter(move |hold| hold.ambiguous == ambiguous);
            holds.filter_map(|hold| hold.note.day(self.page)).last()
        };
        day(false).or_else(|| day(true))
    }

    /// The latest embargo of those that hold this story.
    pub(super) fn embargo(&mut self, index: usize, dateline: Option<&Dateline>) -> Embargo {
        let mut latest = if self.holds.too_many { Embargo::Unreadable } else { Embargo::None };
        let holds = self.holds;
        for Hold { note, ambiguous } in holds.of_story(index) {
            let lifts = self.lifts(note, dateline);
            if lifts.is_none_or(|moment| ambiguous && moment > self.received.to_utc()) {
                self.remark(RemarkKind::Embargo);
            }
            latest = match (lifts, latest) {
                (Some(moment), Embargo::None) => Embargo::Until(moment),
                (Some(moment), Embargo::Until(other)) => Embargo::Until(moment.max(other)),
                (Some(_), Embargo::Unreadable) | (None, _) => Embargo::Unreadable,
            };
        }
        latest
    }

    /// When a note lifts. Nobody embargoes a story until a day before its own: then the note means another day, and a
    /// weekday means that of the story. An English hour without a zone may be that of any place.
    fn lifts(&self, note: Note, dateline: Option<&Dateline>) -> Option<DateTime<Utc>> {
        let zone = self.received.timezone();
        let is_chinese = dateline.is_some_and(|dateline| dateline.raw.chars().any(is_han));
        if note.lacks_zone() && !is_chinese {
            return None;
        }
        let lifts = note.lifts(self.page, &zone);
        let Some(day) = dateline.and_then(|dateline| dateline.date) else { return lifts };
        let midnight = day.and_time(NaiveTime::MIN);
        let begins = if is_chinese {
            zone.from_local_datetime(&midnight).earliest().map(|at| at.to_utc())
        } else {
            // Somewhere on earth a day begins so much earlier than in Greenwich.
            Some(midnight.and_utc() - Duration::hours(14))
        };
        let is_early = |at: DateTime<Utc>| begins.is_some_and(|begins| at < begins);
        match lifts {
            Some(at) if !is_early(at) => Some(at),
            // EMBARGOED UNTIL 0900 GMT MONDAY, a week before the Monday of its dateline.
            _ if day > self.page => note.lifts_on(day, &zone),
            _ => None,
        }
    }
}

impl Holds {
    /// The embargoes in notes, headlines, slug lines, and brackets at either end of a paragraph.
    pub(super) fn of_page(placed: &[Placed]) -> Self {
        let stories = placed.iter().filter_map(|placed| placed.story).max().map_or(0, |last| last + 1);
        let mut holds = Self { of_story: vec![Vec::new(); stories], wide: Vec::new(), too_many: false };
        let below = parts_below(placed);
        let mut above = None;
        let mut last = None;
        for (at, this) in placed.iter().enumerate() {
            let text = this.passage.text.as_str();
            let note = match this.role {
                Role::Furniture | Role::Caption | Role::Credit => None,
                Role::Notice if let Some(note) = embargo::read(text) => {
                    let around = Around { placed, note: at, above, below: below[at] };
                    last = Some(holds.add(note, &around, last));
                    continue;
                }
                Role::Headline | Role::Kicker | Role::Deck | Role::Subhead => embargo::in_headline(text),
                Role::Slug => embargo::in_slug(text),
                _ => embargo::inside(text, false),
            };
            if let (Some(note), Some(story)) = (note, this.story) {
                holds.hold(story, note, false);
                last = Some((story, false));
            }
            if is_part(this) {
                above = Some(at);
            }
        }
        holds.pass_on(placed);
        holds
    }

    fn of_story(&self, index: usize) -> impl Iterator<Item = Hold> {
        let wide = self.wide.iter().filter(move |(_, stories)| stories.contains(&index));
        let own = self.of_story.get(index).into_iter().flatten().copied();
        wide.map(|&(note, _)| Hold { note, ambiguous: false }).chain(own)
    }

    fn hold(&mut self, story: usize, note: Note, ambiguous: bool) {
        let hold = Hold { note, ambiguous };
        if !self.of_story[story].contains(&hold) {
            self.of_story[story].push(hold);
        }
    }

    /// Holds the stories that a note is about, and returns the last of them, and whether it may be about another.
    fn add(&mut self, note: Note, around: &Around, last: Option<(usize, bool)>) -> (usize, bool) {
        let all = self.of_story.len();
        let (above, below) = (around.story_above(), around.story_below());
        match (note.scope, above, below) {
            (Scope::Page, ..) => self.hold_all(note, 0..all),
            (Scope::Below, _, Some(below)) => self.hold_all(note, below..all),
            (Scope::Above, Some(above), _) => self.hold_all(note, 0..above + 1),
            (_, Some(above), Some(below)) if above != below => {
                // A story that has its own note has nothing to do with one that follows.
                let noted = last == Some((above, false));
                let is_below =
                    noted || around.has_end_above() && note.scope == Scope::Unsaid && around.is_nearer_below();
                let is_above = !is_below && note.scope == Scope::This && around.is_nearer_above();
                for story in
                    [above, below].into_iter().filter(|&s| s == below && !is_above || s == above && !is_below)
                {
                    self.hold(story, note, !is_below && !is_above);
                }
                (if is_above { above } else { below }, !is_below && !is_above)
            }
            (_, Some(story), _) | (_, None, Some(story)) => {
                self.hold(story, note, false);
                (story, false)
            }
            (_, None, None) => {
                // Nothing but notes: they are a story of their own, if any.
                if let Some(story) = around.placed[around.note].story {
                    self.hold(story, note, false);
                }
                (all, false)
            }
        }
    }

    fn hold_all(&mut self, note: Note, stories: Range<usize>) -> (usize, bool) {
        let last = (stories.end.saturating_sub(1), false);
        if let Some((_, known)) = self.wide.iter_mut().find(|(known, _)| *known == note) {
            *known = known.start.min(stories.start)..known.end.max(stories.end);
        } else if self.wide.len() < MOST_WIDE {
            self.wide.push((note, stories));
        } else {
            self.too_many = true;
        }
        last
    }

    /// What has no headline and no dateline of its own, or no text, may be a line to editors between a note and the
    /// story that it is about: the note holds the next story too.
    fn pass_on(&mut self, placed: &[Placed]) {
        let mut heads = vec![Head::default(); self.of_story.len()];
        for placed in placed {
            if let Some(story) = placed.story {
                heads[story].see(placed);
            }
        }
        for story in 1..self.of_story.len() {
            if heads[story - 1].is_stub() {
                for Hold { note, .. } in self.of_story[story - 1].clone() {
                    if !self.of_story[story].iter().any(|known| known.note == note) {
                        self.hold(story, note, true);
                    }
                }
            }
        }
    }
}

/// What a story has of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Head {
    headline: bool,
    dateline: bool,
    text: bool,
}

impl Head {
    fn see(&mut self, placed: &Placed) {
        self.headline |= placed.role == Role::Headline;
        self.text |= matches!(placed.role, Role::Paragraph | Role::Caption | Role::Credit);
        self.dateline |= placed.role == Role::Dateline
            || placed.role == Role::Paragraph && matches!(placed.passage.shape, Shape::Text(Some(_)));
    }

    fn is_stub(self) -> bool {
        !(self.dateline || self.headline && self.text)
    }
}

/// A note between parts of stories.
struct Around<'a> {
    placed: &'a [Placed],
    /// Where the note is.
    note: usize,
    /// The last part of a story above it.
    above: Option<usize>,
    /// The first part of a story below it.
    below: Option<usize>,
}

impl Around<'_> {
    fn story_above(&self) -> Option<usize> {
        self.placed[self.above?].story
    }

    fn story_below(&self) -> Option<usize> {
        self.placed[self.below?].story
    }

    /// （完） or credits stand above.
    fn has_end_above(&self) -> bool {
        self.above.is_some_and(|at| matches!(self.placed[at].role, Role::Credits | Role::EndMark))
    }

    /// More blank lines stand above the note than below it.
    fn is_nearer_below(&self) -> bool {
        let (above, below) = self.distances();
        above > below
    }

    fn is_nearer_above(&self) -> bool {
        let (above, below) = self.distances();
        above < below
    }

    /// How many lines the note is away from the parts above and below it.
    fn distances(&self) -> (usize, usize) {
        let lines = |at: usize| &self.placed[at].passage.lines;
        let first = lines(self.note).first().copied().unwrap_or(0);
        let end = lines(self.note).last().copied().unwrap_or(0);
        let above = self.above.and_then(|at| lines(at).last()).map_or(0, |&line| first.saturating_sub(line));
        let below = self.below.and_then(|at| lines(at).first()).map_or(0, |line| line.saturating_sub(end));
        (above, below)
    }
}

/// A part of a story that is no note.
fn is_part(placed: &Placed) -> bool {
    !matches!(placed.role, Role::Notice | Role::Furniture) && placed.story.is_some()
}

/// For each passage the next part of a story.
fn parts_below(placed: &[Placed]) -> Vec<Option<usize>> {
    let mut next = None;
    let mut below = vec![None; placed.len()];
    for (at, passage) in placed.iter().enumerate().rev() {
        if is_part(passage) {
            next = Some(at);
        }
        below[at] = next;
    }
    below
}
