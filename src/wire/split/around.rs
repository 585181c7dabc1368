//! What stands around a title that nothing sure explains: the signs that `seam` adds up.

use super::Role;
use super::page::{NEAR, Page, is_text};
use crate::wire::passage::{Passage, Shape};
use crate::wire::seam::Seam;

impl Page {
    pub(super) fn seam(&self, start: usize, end: usize) -> Seam<'_> {
        let next_title = self.next_title(end);
        Seam {
            title: self.text(start),
            titles: self.passages[start..end].iter().map(|p| p.text.as_str()).collect(),
            sibling_lines: self.last_subheads(start),
            above: self.text_above(start).unwrap_or_default(),
            below: self.passages[end..].iter().take(NEAR).find(|p| is_text(p)).map_or("", |p| &p.text),
            next: self.passages.get(next_title).map_or("", |p| &p.text),
            shared: self.cohesion.shared(&self.passages, self.near(start), start..next_title),
            length_above: self.story.length,
            section_above: self.section_above(start),
            length_below: self.text_since(end, next_title),
            subheads: self.subheads_above(start),
            dated: self.story.has_dateline,
            announced: self.story.is_announced,
            said_lead: self.cohesion.said(&self.passages, start, end..(end + 1).min(next_title)),
        }
    }

    /// The first title at `from` or below.
    fn next_title(&self, from: usize) -> usize {
        let end = self.passages.len().min(from + NEAR);
        self.passages[from..end].iter().position(is_title).map_or(end, |at| from + at)
    }

    /// Characters of text between the last title above `at` and it.
    fn section_above(&self, at: usize) -> usize {
        let start = self.near(at).rev().find(|&at| is_title(&self.passages[at]));
        self.text_since(start.unwrap_or(self.near(at).start), at)
    }

    fn subheads_above(&self, before: usize) -> Vec<&str> {
        let is_subhead = |&at: &usize| self.parts[at].role == Role::Subhead;
        self.near(before).filter(is_subhead).map(|at| self.text(at)).collect()
    }

    /// How many sub-heads stood together the last time that the story had any.
    fn last_subheads(&self, before: usize) -> usize {
        let roles = self.parts[self.near(before)].iter().rev().map(|part| part.role);
        roles.skip_while(|role| *role != Role::Subhead).take_while(|role| *role == Role::Subhead).count()
    }
}

fn is_title(passage: &Passage) -> bool {
    matches!(passage.shape, Shape::Title | Shape::Deck)
}
