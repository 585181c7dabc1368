//! Whether titles that stand together begin a story: a ladder of reasons, of which the first that holds decides.

use super::head::is_shouted;
use super::page::{NEAR, Open, Page};
use super::{LONGEST_BRIEF, LONGEST_CAPTION, Why};
use crate::wire::passage::{Passage, Shape};
use crate::wire::{byline, caption, dateline, furniture, notice, seam};

/// Titles that stand together, from `start` to `end`, and what stands around them.
struct Titles<'a> {
    page: &'a Page,
    start: usize,
    end: usize,
}

/// When it holds, whether the titles begin a story then, and what that is called.
type Rung = (fn(&Titles) -> bool, bool, Why);

/// They begin a story.
const STORY: bool = true;
/// They are sub-heads of the story above.
const SECTION: bool = false;

/// From the surest to the least sure.
const LADDER: [Rung; 23] = [
    (|titles| !titles.above().begun, STORY, Why::First),
    (|titles| matches!(titles.first().shape, Shape::PhotoDateline(_)), STORY, Why::PhotoDateline),
    (|titles| titles.above().closed, STORY, Why::AboveEnded),
    (|titles| titles.are_announced(), STORY, Why::Announced),
    (|titles| titles.are_labels(), SECTION, Why::Label),
    (|titles| titles.stand_in_briefs(), STORY, Why::Brief),
    (|titles| titles.page.heads_its_line(titles.start), STORY, Why::DatelineInLine),
    (|titles| titles.announce_another(), STORY, Why::Fate),
    (|titles| titles.stand_in_a_head(), SECTION, Why::NoTextAbove),
    (|titles| furniture::is_box(&titles.first().text), SECTION, Why::Box),
    (|titles| notice::announces(&titles.first().text), STORY, Why::Fate),
    (|titles| titles.have_note_above(), STORY, Why::NoteAbove),
    (|titles| matches!(titles.below(), Some(Shape::Text(Some(_)))), STORY, Why::DatelineBelow),
    (|titles| titles.page.is_rest(titles.end), STORY, Why::RestBelow),
    (|titles| titles.rest().iter().any(|p| matches!(p.shape, Shape::Byline(_))), STORY, Why::BylineBelow),
    (|titles| titles.rest().iter().any(|p| p.shape == Shape::Deck), STORY, Why::DeckBelow),
    (|titles| titles.stand_above_a_stamp(), STORY, Why::StampBelow),
    (|titles| titles.end_in_a_name(), STORY, Why::NameBelow),
    (|titles| titles.are_shouted(), SECTION, Why::Shouted),
    (|titles| titles.page.indented && titles.first().indent == 0, STORY, Why::Flush),
    (|titles| titles.page.indented, SECTION, Why::Indented),
    (|titles| titles.stand_before_a_dateline(), SECTION, Why::DatelineAwaited),
    (|titles| titles.stand_before_a_photo(), STORY, Why::PhotoBelow),
];

/// Whether the titles from `start` to `end` are the head of a story, and why.
pub(super) fn begin_a_story(page: &Page, start: usize, end: usize) -> (bool, Why) {
    let titles = Titles { page, start, end };
    if let Some(&(_, begins, why)) = LADDER.iter().find(|(holds, ..)| holds(&titles)) {
        return (begins, why);
    }
    let (begins, sign) = seam::begins_story(&page.seam(start, end));
    (begins, Why::Sign(sign))
}

impl<'a> Titles<'a> {
    /// The story above.
    fn above(&self) -> &'a Open {
        &self.page.story
    }

    fn all(&self) -> &'a [Passage] {
        &self.page.passages[self.start..self.end]
    }

    fn first(&self) -> &'a Passage {
        &self.all()[0]
    }

    /// All but the first.
    fn rest(&self) -> &'a [Passage] {
        &self.all()[1..]
    }

    fn below(&self) -> Option<&'a Shape> {
        self.page.shape(self.end)
    }

    /// 快讯：…, 撤稿 above a headline.
    fn are_announced(&self) -> bool {
        let stands_above = notice::announces(&self.first().text) && self.all().len() > 1;
        self.above().has_text && stands_above || is_announced(self.first())
    }

    /// ADVISORY, below the message that began with BULLETIN KILL.
    fn announce_another(&self) -> bool {
        notice::announces(&self.first().text) && notice::announces(self.page.text(self.above().start))
    }

    fn are_labels(&self) -> bool {
        self.above().has_text && self.all().iter().all(|p| byline::is_label(&p.text))
    }

    fn stand_in_briefs(&self) -> bool {
        self.page.in_briefs && self.above().has_text && self.above().length <= LONGEST_BRIEF
    }

    fn stand_in_a_head(&self) -> bool {
        !self.above().has_text && !self.page.has_caption(self.start)
    }

    fn have_note_above(&self) -> bool {
        matches!(self.first().shape, Shape::Slug | Shape::Notice(_)) && self.all().len() > 1
    }

    /// Source and time, as sites set them under a headline, and then text.
    fn stand_above_a_stamp(&self) -> bool {
        let is_stamp = |p: &&Passage| p.shape == Shape::Furniture && furniture::is_stamp(&p.text);
        let below = &self.page.passages[self.end..];
        let stamps = below.iter().take(NEAR).take_while(is_stamp).count();
        stamps > 0 && below.get(stamps).is_some_and(super::page::is_text)
    }

    fn end_in_a_name(&self) -> bool {
        self.rest().last().is_some_and(|last| byline::bare_name(&last.text).is_some())
    }

    fn are_shouted(&self) -> bool {
        is_shouted(&self.first().text) && !is_shouted(self.page.text(self.above().start))
    }

    /// The story above has who wrote it, and a closing dateline comes before anything else that could begin a story.
    fn stand_before_a_dateline(&self) -> bool {
        self.above().has_byline
            && !self.above().has_dateline
            && self.page.passages[self.end..]
                .iter()
                .take(NEAR)
                .take_while(|p| !matches!(p.shape, Shape::Byline(_) | Shape::Text(Some(_)) | Shape::Deck))
                .any(|p| matches!(p.shape, Shape::EndDateline(_)) || dateline::at_end(&p.text).is_some())
    }

    /// Short undated text, then a credit alone: a photo story.
    fn stand_before_a_photo(&self) -> bool {
        let below = &self.page.passages[self.end..];
        let texts = below.iter().take(NEAR).take_while(|p| p.shape == Shape::Text(None)).count();
        let credit = matches!(
            below.get(texts).map(|p| &p.shape),
            Some(Shape::Caption(caption::Printed { text, .. })) if texts == 0 || text.is_empty()
        );
        let end = self.end + texts + 1;
        credit && self.page.text_since(self.end, end) <= LONGEST_CAPTION && self.page.ends_story(end)
    }
}

/// Whether a title says that it is killed, corrected or urgent, and is more than that.
pub(super) fn is_announced(title: &Passage) -> bool {
    let Passage { text, shape, .. } = title;
    *shape == Shape::Title && notice::begins_a_story(text) && !notice::announces(text)
}
