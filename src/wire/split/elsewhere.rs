//! Stories that go on on another page: which one a jump or a repeated headline takes up again.

use super::page::{NEAR, Open, Page};
use super::{LONGEST_HEAD, Role, Why};
use crate::story::folded;
use crate::wire::furniture;

/// A story whose rest stands on another page.
#[derive(Debug, Clone)]
pub(super) struct Awaited {
    story: Open,
    /// Where its kicker, headline and deck are.
    titles: Vec<usize>,
    /// The word by which both parts know it: `STORM`.
    slug: String,
}

/// An awaited story that titles repeat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Repeated {
    awaited: usize,
    /// The line of its head that they repeat; nothing when they repeat its slug.
    line: Option<usize>,
}

/// Characters of a headline that are enough to know it by.
const SHORTEST_REPEAT: usize = 4;

impl Page {
    /// Remembers the open story, if the paragraph at `at` says that it goes on elsewhere: …（下转第三版）.
    pub(super) fn await_rest(&mut self, at: usize) {
        let text = self.text(at);
        if !furniture::jumps_away(text) {
            return;
        }
        let slug = furniture::jump_slug(text).to_owned();
        let is_title = |&at: &usize| matches!(self.parts[at].role, Role::Kicker | Role::Headline | Role::Deck);
        let titles = (self.story.start..at).filter(is_title).take(LONGEST_HEAD).collect();
        if self.awaited.len() == NEAR {
            self.awaited.remove(0);
        }
        self.awaited.push(Awaited { story: self.story, titles, slug });
    }

    /// Takes up the story that the paragraph at `at` goes on with, if no title above says which: （上接第一版）….
    pub(super) fn take_up_by_jump(&mut self, at: usize) {
        if self.is_rest(at)
            && !self.has_title_above(at)
            && let Some(awaited) = self.awaited_by_slug(self.text(at))
        {
            self.take_up(awaited, at);
        }
    }

    /// Takes up the story that the titles from `start` to `end` repeat; they are no story of their own.
    pub(super) fn take_up_by_titles(&mut self, found: Repeated, start: usize, end: usize) {
        if let Some(line) = found.line {
            self.head_by(line, found.awaited);
        }
        self.take_up(found.awaited, start);
        for at in start..end {
            self.place_because(at, Role::Furniture, Some(Why::Repeated));
        }
    }

    /// Whether the passage at `at` begins with a jump: STORM from A1 ….
    pub(super) fn is_rest(&self, at: usize) -> bool {
        self.passages.get(at).is_some_and(|p| !furniture::split_jump(&p.text).0.is_empty())
    }

    fn take_up(&mut self, awaited: usize, at: usize) {
        let Awaited { story, .. } = self.awaited.remove(awaited);
        self.story = Open { closed: false, resumed: at, ..story };
    }

    /// The story that a jump without a title goes on with: the one of its slug; without a slug, the first.
    fn awaited_by_slug(&self, text: &str) -> Option<usize> {
        let slug = folded(furniture::jump_slug(text));
        if slug.is_empty() || self.awaited.len() == 1 {
            return (!self.awaited.is_empty()).then_some(0);
        }
        let named = |awaited: &Awaited| folded(&awaited.slug) == slug;
        let headed = |awaited: &Awaited| awaited.titles.iter().any(|&at| folded(self.text(at)).contains(&slug));
        self.awaited.iter().position(named).or_else(|| self.awaited.iter().position(headed))
    }

    /// The story of which the titles from `start` to `end` repeat the head or the slug, if its rest follows.
    pub(super) fn awaited_by_titles(&self, start: usize, end: usize) -> Option<Repeated> {
        if !self.is_rest(end) {
            return None;
        }
        let titles: Vec<String> = self.passages[start..end].iter().map(|p| folded(&p.text)).collect();
        let same = |at: usize| {
            let whole = folded(self.text(at));
            titles.iter().any(|title| *title == whole || is_part(title, &whole) || is_part(&whole, title))
        };
        let headed = |(awaited, other): (usize, &Awaited)| {
            let line = other.titles.iter().copied().find(|&at| same(at));
            line.is_some().then_some(Repeated { awaited, line })
        };
        let slugged = |other: &Awaited| !other.slug.is_empty() && titles.contains(&folded(&other.slug));
        self.awaited.iter().enumerate().find_map(headed).or_else(|| {
            let awaited = self.awaited.iter().position(slugged)?;
            Some(Repeated { awaited, line: None })
        })
    }

    /// A head of which the other page repeats one line: that line is the headline, what stands above it the kicker.
    fn head_by(&mut self, repeated: usize, awaited: usize) {
        if self.parts[repeated].role != Role::Deck {
            return;
        }
        for &at in &self.awaited[awaited].titles {
            if at <= repeated {
                self.parts[at].role = if at == repeated { Role::Headline } else { Role::Kicker };
            }
        }
    }
}

fn is_part(part: &str, whole: &str) -> bool {
    part.chars().count() >= SHORTEST_REPEAT && whole.contains(part)
}
