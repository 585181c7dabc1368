//! Where a story begins and ends, and what each passage is in it: a walk from passage to passage.

mod around;
mod begins;
mod elsewhere;
mod head;
mod page;
mod role;
mod signature;
mod titles;
mod why;

pub(super) use self::head::announced_title;
use self::page::Page;
pub use self::role::Role;
pub use self::why::Why;
use super::notice::{self, Place};
use super::passage::{Passage, Shape};
use super::{byline, dateline, furniture};
use crate::story::Byline;

/// A passage in its place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub passage: Passage,
    pub role: Role,
    /// The story it belongs to, counted from 0; nothing for furniture.
    pub story: Option<usize>,
    /// Why a title begins a story, or does not.
    pub why: Option<Why>,
}

/// The longest brief, in characters; what is longer ends its column.
pub(super) const LONGEST_BRIEF: usize = 400;

/// Titles in the head of a story: kicker, two lines of headline, two of deck.
const LONGEST_HEAD: usize = 5;

/// The longest text under a picture, in characters: a photo story has a few paragraphs at most.
const LONGEST_CAPTION: usize = 600;

/// Gives every passage its role and its story.
pub(super) fn split(passages: Vec<Passage>) -> Vec<Placed> {
    let mut page = Page::new(passages);
    let mut at = 0;
    while at < page.passages.len() {
        page.read_signature(at);
        page.read_lines_to_editors(at);
        at = match page.passages[at].shape {
            _ if page.is_private(at) => page.place(at, Role::Notice),
            Shape::Furniture => page.place_furniture(at),
            Shape::Byline(_) if page.story.has_text => page.place_signature(at),
            Shape::Notice(Place::Foot) if page.story.begun => page.place(at, Role::Notice),
            Shape::Title
            | Shape::Deck
            | Shape::Notice(_)
            | Shape::Slug
            | Shape::Byline(_)
            | Shape::PhotoDateline(_) => page.place_titles(at),
            Shape::Text(_) if page.reads_as_title(at) => page.place_titles(at),
            Shape::Text(_) => page.place_text(at),
            Shape::Caption(ref found) if found.text.is_empty() => page.place_credit(at),
            Shape::Caption(_) => page.place_caption(at),
            Shape::EndDateline(_) => page.close(at, Role::Dateline),
            Shape::EndMark if !furniture::stops(page.text(at)) => page.place(at, Role::EndMark),
            Shape::EndMark => page.close(at, Role::EndMark),
            Shape::Credits => page.place_credits(at),
        };
    }
    page.finish()
}

impl Page {
    fn place_furniture(&mut self, at: usize) -> usize {
        let text = &self.passages[at].text;
        if furniture::heads_items(text) {
            self.in_briefs = true;
        } else if self.in_briefs && furniture::ends_column(text) {
            self.in_briefs = false;
        }
        self.story.closed |= self.story.has_text && furniture::closes(text) && self.ends_story(at + 1);
        self.place(at, Role::Furniture)
    }

    /// (Reporting by …), 制图：….
    fn place_credits(&mut self, at: usize) -> usize {
        let text = &self.passages[at].text;
        self.in_briefs &= !furniture::is_column_credit(text);
        // 制图：… stands between two paragraphs as often as under the last.
        if furniture::is_graphic_credit(text) && self.story.begun && !self.ends_story(at + 1) {
            return self.place(at, Role::Credits);
        }
        self.close(at, Role::Credits)
    }

    fn place_text(&mut self, at: usize) -> usize {
        self.take_up_by_jump(at);
        if self.begins_untitled(at) {
            self.begin(at);
        }
        let Passage { text, shape, .. } = &self.passages[at];
        let dated = matches!(shape, Shape::Text(Some(_)));
        let announces = dated && dateline::announces_title(text);
        let ends_dated = dateline::at_end(text).is_some();
        // 题：…（记者 …） signs the title, not the end.
        let signed = !announces && byline::at_end(text).is_some();
        self.story.has_text = true;
        self.story.length += text.chars().count();
        self.story.has_dateline |= dated || ends_dated;
        self.story.is_announced |= announces;
        self.story.closed = ends_dated || signed || !furniture::split_end(text).1.is_empty();
        self.await_rest(at);
        self.place(at, Role::Paragraph)
    }

    /// Whether the paragraph at `at` is the first of a story without a headline. Of two briefs the dateline may be all
    /// that tells them apart.
    fn begins_untitled(&self, at: usize) -> bool {
        if !self.story.begun || self.story.closed {
            return true;
        }
        let Passage { text, shape, .. } = &self.passages[at];
        let says = notice::in_headline(text);
        let dated = self.story.has_dateline && matches!(shape, Shape::Text(Some(_)));
        self.story.has_text && (says.corrected || says.canceled || dated)
    }

    fn place_caption(&mut self, at: usize) -> usize {
        if !self.story.begun || self.story.closed && self.story.length > 0 {
            self.begin(at);
        }
        self.story.closed |= !self.story.has_text && self.ends_story(at + 1);
        self.place(at, Role::Caption)
    }

    /// The credit of the caption above, of a photo story, or of a picture that the page does not describe.
    fn place_credit(&mut self, at: usize) -> usize {
        if !self.story.begun {
            self.begin(at);
        }
        if let Some(people) = self.photographer_below_title(at) {
            self.passages[at].shape = Shape::Byline(people);
            self.story.has_byline = true;
            return self.place(at, Role::Byline);
        }
        if at.checked_sub(1).is_some_and(|above| matches!(self.passages[above].shape, Shape::Caption(_))) {
            return self.place(at, Role::Credit);
        }
        // Nothing but short undated text since the headline: the credit makes it the caption of a photo story.
        if !self.story.has_dateline && self.story.length <= LONGEST_CAPTION {
            return self.close(at, Role::Credit);
        }
        self.place(at, Role::Caption)
    }

    /// 李明 摄影报道 under a headline is who wrote it, too.
    fn photographer_below_title(&self, at: usize) -> Option<Vec<Byline>> {
        let text = self.text(at);
        let is_below = !self.story.has_text && self.has_title_above(at) && text.ends_with(['道', '图', '圖']);
        is_below.then(|| byline::line(text)).flatten()
    }
}
