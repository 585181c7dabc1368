//! Titles that stand together: which lines they are, and whether they are a head, sub-heads, or notes and repeats.

use super::begins::{begin_a_story, is_announced};
use super::page::Page;
use super::{Role, Why};
use crate::wire::cut::opens_a_sentence;
use crate::wire::line::is_number_alone;
use crate::wire::notice;
use crate::wire::passage::{Passage, Shape, ends_sentence, is_speech};

/// The longest line, in characters, that is looked at as a headline although it does not look like one.
const LONGEST_TITLE: usize = 46;

impl Page {
    /// Places titles that stand together: the head of a story, or a sub-head in one.
    pub(super) fn place_titles(&mut self, start: usize) -> usize {
        let end = self.end_of_titles(start);
        if self.are_notes_below(start, end) {
            (start..end).for_each(|at| _ = self.place(at, Role::Notice));
        } else if let Some(awaited) = self.awaited_by_titles(start, end) {
            self.take_up_by_titles(awaited, start, end);
        } else if self.awaits_title(start) {
            self.name_announced(start, end);
        } else {
            match begin_a_story(self, start, end) {
                (true, why) => self.place_head(start, end, why),
                (false, why) => self.place_subheads(start, end, why),
            }
        }
        end
    }

    /// Notes under the last story are no story of their own.
    fn are_notes_below(&self, start: usize, end: usize) -> bool {
        let notes = self.passages[start..end].iter().all(|p| matches!(p.shape, Shape::Notice(_)));
        notes && self.story.begun && self.ends_story(end)
    }

    fn place_subheads(&mut self, start: usize, end: usize, why: Why) {
        for at in start..end {
            let role = match self.passages[at].shape {
                Shape::Byline(_) => Role::Byline,
                Shape::Notice(_) => Role::Notice,
                Shape::Slug => Role::Slug,
                Shape::Text(_) => Role::Paragraph,
                _ => Role::Subhead,
            };
            self.place_because(at, role, Some(why));
        }
    }

    fn end_of_titles(&self, start: usize) -> usize {
        let is_headline = |title: &Passage| title.shape == Shape::Title && !notice::announces(&title.text);
        let mut headed = is_headline(&self.passages[start]);
        let mut end = start + 1;
        while self.stands_in_head(end) && !self.heads_its_line(end) {
            let (above, title) = (&self.passages[end - 1], &self.passages[end]);
            // What is announced is no deck of the title above.
            let is_another = headed && is_announced(title);
            // In an indented page a flush title under indented ones begins something new.
            let rises = self.indented && title.indent == 0 && above.indent > 0;
            if is_another || rises {
                break;
            }
            headed |= is_headline(title);
            end += 1;
        }
        end
    }

    /// Whether the passage at `at` may stand in a head, below its first line.
    fn stands_in_head(&self, at: usize) -> bool {
        match self.shape(at) {
            // 一, 2: the number of a section heads its text.
            Some(Shape::Title) if is_number_alone(self.text(at)) => false,
            // A note that may stand at either end belongs to the headline that it stands under.
            Some(Shape::Title | Shape::Deck | Shape::Notice(_) | Shape::Slug | Shape::Byline(_)) => true,
            None | Some(Shape::Furniture | Shape::PhotoDateline(_)) => false,
            _ => self.reads_as_title(at),
        }
    }

    /// Text that could be a headline for what follows it: a question, an exclamation, or a line with more commas than
    /// headlines have.
    pub(super) fn reads_as_title(&self, at: usize) -> bool {
        if self.heads_its_line(at) {
            return true;
        }
        let Passage { text, shape, .. } = &self.passages[at];
        if *shape != Shape::Text(None) || !may_be_title(text) {
            return false;
        }
        let next = self.shape(at + 1);
        let headed = matches!(next, Some(Shape::Byline(_) | Shape::Deck | Shape::Text(Some(_))));
        let followed = headed || matches!(next, Some(Shape::Text(None) | Shape::Caption(_)));
        let asks = text.ends_with(['？', '！', '?', '!']) && (!text.contains('“') || text.contains('：'));
        asks && followed || headed && !ends_sentence(text)
    }

    /// The headline of a brief, however it is worded: the dateline stands in the same line.
    pub(super) fn heads_its_line(&self, at: usize) -> bool {
        let next = self.passages.get(at + 1).filter(|next| matches!(next.shape, Shape::Text(Some(_))));
        next.is_some_and(|next| self.passages[at].lines == next.lines[..1])
    }
}

/// Short, and one sentence at most.
fn may_be_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE
        && !text.contains(['。', '；'])
        && opens_a_sentence(text) <= 1
        && !is_speech(text)
}
