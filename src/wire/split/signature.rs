//! Names below a text: whether they sign it, and end the story.

use super::Role;
use super::page::{Page, is_text};
use crate::story::Byline;
use crate::wire::passage::{Passage, Shape, ends_sentence};
use crate::wire::{byline, dateline};

/// Characters in the longest note in brackets between a headline and its author.
const LONGEST_NOTE: usize = 24;

impl Page {
    /// A title that signs the text above it is a byline.
    pub(super) fn read_signature(&mut self, at: usize) {
        if let Some(people) = self.signature(at) {
            self.passages[at].shape = Shape::Byline(people);
        }
    }

    /// Places a byline that stands under text. It closes the story; under “新华社北京1月25日电 题：…” it belongs to the
    /// head.
    pub(super) fn place_signature(&mut self, at: usize) -> usize {
        let Passage { text, shape, .. } = &self.passages[at];
        let produced = matches!(shape, Shape::Byline(people) if byline::is_production(people, text));
        if produced && !self.story.closed {
            return self.close(at, Role::Credits);
        }
        let is_head =
            |text: &str| !ends_sentence(text) || dateline::announces_title(text) || is_bracketed_note(text);
        self.story.closed |= !self.text_above(at).is_some_and(is_head);
        self.story.has_byline = true;
        self.place(at, Role::Byline)
    }

    /// Who signs the text above with nothing but a name: ——苗　青; — Norah Quill; Helen Marsh, Whitford under a letter;
    /// 严守诚 under a headline and （2026年11月16日）.
    fn signature(&self, at: usize) -> Option<Vec<Byline>> {
        let Passage { text, shape, .. } = &self.passages[at];
        if !matches!(shape, Shape::Title | Shape::Deck) || !self.story.has_text || self.story.closed {
            return None;
        }
        let above = self.passages[..at].iter().rev().find(|p| p.shape != Shape::Furniture)?;
        let noted = is_bracketed_note(&above.text);
        if !is_text(above) || !noted && !ends_sentence(&above.text) {
            return None;
        }
        let below = self.passages[at + 1..].iter().find(|p| p.shape != Shape::Furniture);
        let signed = if !below.is_some_and(is_text) {
            byline::after_dash(text)
        } else if noted && self.story.length <= LONGEST_NOTE {
            byline::bare_surnamed(text)
        } else {
            None
        };
        signed.or_else(|| byline::letter_signature(text).filter(|_| self.is_letter(at)))
    }

    /// Somebody is addressed above: Sir, ….
    fn is_letter(&self, before: usize) -> bool {
        self.near(before).any(|at| byline::is_salutation(self.text(at)))
    }
}

/// （2026年11月16日）: nothing but a note in brackets.
fn is_bracketed_note(text: &str) -> bool {
    text.chars().count() <= LONGEST_NOTE && byline::strip_brackets(text.trim()).is_some()
}
