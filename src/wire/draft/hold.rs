//! Which stories a note of embargo holds back, and until when.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};

use super::Draft;
use crate::wire::RemarkKind;
use crate::wire::embargo::{self, Scope};
use crate::wire::split::{Placed, Role};

/// What a story's notes say of its release.
#[derive(Debug, Clone, Copy)]
pub(super) enum Embargo {
    None,
    Until(DateTime<Utc>),
    Unreadable,
}

/// A note that holds stories back, and which.
pub(super) struct Hold {
    note: embargo::Note,
    /// In their order, each once.
    stories: Vec<usize>,
    /// It stands between two stories and may be about either; it holds both.
    ambiguous: bool,
}

impl<Tz: TimeZone> Draft<'_, Tz> {
    /// The latest embargo of those that hold this story.
    pub(super) fn embargo(&mut self, index: usize) -> Embargo {
        let mut latest = Embargo::None;
        for held in self.holds.iter().filter(|held| held.stories.binary_search(&index).is_ok()) {
            let lifts = held.note.lifts(self.page, &self.received.timezone());
            self.near = held.note.day(self.page).filter(|_| !held.ambiguous).or(self.near);
            if lifts.is_none_or(|moment| held.ambiguous && moment > self.received.to_utc()) {
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
}

/// The embargoes in notes, headlines, and brackets at either end of a paragraph.
pub(super) fn holds(placed: &[Placed]) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for (at, this) in placed.iter().enumerate() {
        let text = this.passage.text.as_str();
        let note = match this.role {
            Role::Furniture | Role::Caption | Role::Credit => None,
            Role::Notice if let Some(note) = embargo::read(text) => {
                let (stories, ambiguous) = held(placed, at, note.scope, holds.last());
                holds.push(Hold { note, stories, ambiguous });
                continue;
            }
            Role::Headline | Role::Kicker | Role::Deck | Role::Subhead => embargo::inside(text, true),
            _ => embargo::inside(text, false),
        };
        if let Some(note) = note {
            holds.push(Hold { note, stories: this.story.into_iter().collect(), ambiguous: false });
        }
    }
    holds
}

/// The stories that the note at `at` holds, and whether it may be about only one of them. `last` is the note before.
fn held(placed: &[Placed], at: usize, scope: Scope, last: Option<&Hold>) -> (Vec<usize>, bool) {
    let is_part = |p: &&Placed| !matches!(p.role, Role::Notice | Role::Furniture) && p.story.is_some();
    let last_part = placed[..at].iter().rev().find(is_part);
    let above = last_part.and_then(|p| p.story);
    let below = placed[at..].iter().find(is_part).and_then(|p| p.story);
    // A story that has its own note, or its credits behind it, has nothing to do with one that follows.
    let ended = last_part.is_some_and(|p| matches!(p.role, Role::Credits | Role::EndMark));
    let noted =
        last.is_some_and(|last| !last.ambiguous && above.is_some_and(|above| last.stories.contains(&above)));
    match (scope, above, below) {
        (Scope::Page, ..) => (stories_of(placed), false),
        (Scope::Below, _, Some(_)) => (stories_of(&placed[at..]), false),
        (Scope::Above, Some(_), _) => (stories_of(&placed[..at]), false),
        (_, Some(above), Some(below)) if above != below && (noted || ended && scope == Scope::Unsaid) => {
            (vec![below], false)
        }
        (Scope::This, Some(above), _) => (vec![above], false),
        (_, Some(above), Some(below)) => (vec![above.min(below), above.max(below)], above != below),
        (_, Some(story), None) | (_, None, Some(story)) => (vec![story], false),
        (_, None, None) => (stories_of(&placed[at..=at]), false),
    }
}

/// The stories that the passages belong to, in their order, each once.
fn stories_of(placed: &[Placed]) -> Vec<usize> {
    placed.iter().filter_map(|placed| placed.story).collect::<BTreeSet<_>>().into_iter().collect()
}
