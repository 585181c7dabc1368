//! The page while it is split: what has been placed, the story that is open, and what stands around a passage.

use std::ops::Range;

use super::elsewhere::Awaited;
use super::{Placed, Role, Why};
use crate::wire::cohesion::Cohesion;
use crate::wire::notice::{self, Place};
use crate::wire::passage::{Passage, Shape};

/// The page while it is being split.
pub(super) struct Page {
    pub passages: Vec<Passage>,
    /// What each of them is, as far as they are placed.
    pub parts: Vec<Part>,
    stories: usize,
    pub story: Open,
    /// Paragraphs are indented, so a flush title is no sub-head and an indented one no headline.
    pub indented: bool,
    /// The page said that a column of briefs follows: each title begins one.
    pub in_briefs: bool,
    /// Stories that go on elsewhere （下转第三版）.
    pub awaited: Vec<Awaited>,
    pub cohesion: Cohesion,
}

/// What a passage is: see [`Placed`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub role: Role,
    story: Option<usize>,
    pub why: Option<Why>,
}

/// The story that the next passage may belong to.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was seen, and none excludes another")]
pub(super) struct Open {
    /// Which story it is, from 0.
    pub index: usize,
    /// Where its first passage is.
    pub start: usize,
    /// Where it goes on, if its rest stands on another page; else as `start`.
    pub resumed: usize,
    /// Characters of text so far.
    pub length: usize,
    pub begun: bool,
    pub has_text: bool,
    pub has_byline: bool,
    pub has_dateline: bool,
    /// Its dateline announces a title, as those of features do: 新华社北京1月25日电 题：….
    pub is_announced: bool,
    /// Something said that it ends here.
    pub closed: bool,
    /// A note said that what follows is for editors: （以下内容不供发表）.
    pub is_private: bool,
}

/// How many passages around a title are looked at: a story has fewer, and a file may have a million.
pub(super) const NEAR: usize = 200;

impl Page {
    pub(super) fn new(passages: Vec<Passage>) -> Self {
        Self {
            parts: vec![Part { role: Role::Furniture, story: None, why: None }; passages.len()],
            stories: 0,
            story: Open::default(),
            indented: is_indented(&passages),
            in_briefs: false,
            awaited: Vec::new(),
            cohesion: Cohesion::of_page(passages.len()),
            passages,
        }
    }

    pub(super) fn finish(self) -> Vec<Placed> {
        let placed = |(passage, Part { role, story, why })| Placed { passage, role, story, why };
        self.passages.into_iter().zip(self.parts).map(placed).collect()
    }

    pub(super) fn begin(&mut self, at: usize) {
        self.story = Open { index: self.stories, start: at, resumed: at, begun: true, ..Open::default() };
        self.stories += 1;
    }

    /// Places one passage, and returns where to go on.
    pub(super) fn place(&mut self, at: usize, role: Role) -> usize {
        self.place_because(at, role, None)
    }

    pub(super) fn place_because(&mut self, at: usize, role: Role, why: Option<Why>) -> usize {
        self.story.is_private |=
            role == Role::Notice && self.story.has_text && notice::heads_private(&self.passages[at].text);
        let story = (role != Role::Furniture && self.story.begun).then_some(self.story.index);
        self.parts[at] = Part { role, story, why };
        at + 1
    }

    /// Places what stands at the end of a story.
    pub(super) fn close(&mut self, at: usize, role: Role) -> usize {
        if !self.story.begun {
            return self.place(at, Role::Furniture);
        }
        // `REUTERS` under a byline, before any text, is the house of its writer.
        self.story.closed |= self.story.has_text || self.has_caption(at) || role == Role::Dateline;
        self.place(at, role)
    }

    /// Lines to editors between a note and a headline are notes too: 请各媒体按时采用。
    pub(super) fn read_lines_to_editors(&mut self, at: usize) {
        if self.passages[at].shape != Shape::Notice(Place::Head) {
            return;
        }
        let is_note = |shape: Option<&Shape>| matches!(shape, Some(Shape::Notice(_)));
        let mut next = at + 1;
        loop {
            let below = self.shape(next + 1);
            if is_note(self.shape(next)) {
                next += 1;
            } else if self.shape(next) == Some(&Shape::Text(None))
                && (is_note(below) || matches!(below, Some(Shape::Title | Shape::Slug | Shape::Deck)))
                && notice::speaks_to_editors(self.text(next))
            {
                self.passages[next].shape = Shape::Notice(Place::Head);
            } else {
                return;
            }
        }
    }

    /// Whether the passage at `at` stands under a note that says that it is for editors.
    pub(super) fn is_private(&self, at: usize) -> bool {
        self.story.is_private
            && match self.passages[at].shape {
                Shape::Text(None) => true,
                Shape::Title | Shape::Deck | Shape::Byline(_) => notice::is_contact(self.text(at)),
                _ => false,
            }
    }

    pub(super) fn text(&self, at: usize) -> &str {
        &self.passages[at].text
    }

    /// The shape of the passage at `at`, if the page goes so far.
    pub(super) fn shape(&self, at: usize) -> Option<&Shape> {
        self.passages.get(at).map(|passage| &passage.shape)
    }

    /// The passages of the story above `at` that are near enough to be compared with what follows.
    pub(super) fn near(&self, at: usize) -> Range<usize> {
        self.story.resumed.max(at.saturating_sub(NEAR))..at
    }

    /// The last paragraph of the story above `at`.
    pub(super) fn text_above(&self, at: usize) -> Option<&str> {
        let mut above = self.passages[self.near(at)].iter().rev();
        above.find(|p| is_text(p)).map(|p| p.text.as_str())
    }

    /// Whether a title or a byline stands right above.
    pub(super) fn has_title_above(&self, at: usize) -> bool {
        let above = at.checked_sub(1).map(|above| self.parts[above].role);
        matches!(above, Some(Role::Headline | Role::Deck | Role::Kicker | Role::Byline))
    }

    pub(super) fn has_caption(&self, before: usize) -> bool {
        self.passages[self.near(before)].iter().any(|p| matches!(p.shape, Shape::Caption(_)))
    }

    /// Characters of text from `start` to `end`.
    pub(super) fn text_since(&self, start: usize, end: usize) -> usize {
        let texts = self.passages[start..end].iter().filter(|p| is_text(p));
        texts.map(|p| p.text.chars().count()).sum()
    }

    /// Whether what follows `at` is no more text of this story.
    pub(super) fn ends_story(&self, at: usize) -> bool {
        let mut next = self.passages[at..].iter().take(NEAR);
        let next = next.find(|p| !matches!(p.shape, Shape::Furniture | Shape::Caption(_)));
        !matches!(next.map(|p| &p.shape), Some(Shape::Text(_)))
    }
}

/// Whether most paragraphs are indented, and some title is not.
fn is_indented(passages: &[Passage]) -> bool {
    let (indented, flush): (Vec<_>, Vec<_>) = passages.iter().filter(|p| is_text(p)).partition(|p| p.indent > 0);
    indented.len() > flush.len() && passages.iter().any(|p| p.indent == 0 && p.shape == Shape::Title)
}

/// A paragraph, as far as a passage tells by itself.
pub(super) fn is_text(passage: &Passage) -> bool {
    matches!(passage.shape, Shape::Text(_))
}
