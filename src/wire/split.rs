//! Where a story begins and ends, and what each passage is in it.

use std::ops::Range;

use super::cohesion::{self, Cohesion};
use super::cursor::is_han;
use super::cut::opens_a_sentence;
use super::furniture;
use super::notice::{self, Place};
use super::passage::{Passage, Shape, ends_sentence, is_speech};
use super::seam::{self, Seam};
use super::{byline, caption, dateline};
use crate::story::{Byline, folded};

/// What a passage is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// No part of a story: masthead, date line, editors, rule, folio.
    Furniture,
    /// 引题.
    Kicker,
    /// The headline.
    Headline,
    /// 副题.
    Deck,
    /// Who wrote it.
    Byline,
    /// A note to editors.
    Notice,
    /// The agency's name for the story.
    Slug,
    /// A paragraph.
    Paragraph,
    /// A heading inside the story.
    Subhead,
    /// A caption with its credit.
    Caption,
    /// The credit of a photo story, alone.
    Credit,
    /// A dateline that closes the story, alone.
    Dateline,
    /// （完）.
    EndMark,
    /// (Reporting by …).
    Credits,
}

impl Role {
    /// The word for it in the margin of `--explain`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Furniture => "furniture",
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Notice => "notice",
            Self::Slug => "slug",
            Self::Paragraph => "text",
            Self::Subhead => "subhead",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Dateline => "dateline",
            Self::EndMark => "end",
            Self::Credits => "credits",
        }
    }
}

/// A passage in its place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub passage: Passage,
    pub role: Role,
    /// The story it belongs to, counted from 0; nothing for furniture.
    pub story: Option<usize>,
    /// Why a title begins a story, or does not.
    pub why: &'static str,
}

/// Gives every passage its role and its story.
pub(super) fn split(passages: Vec<Passage>) -> Vec<Placed> {
    let mut page = Page::new(passages);
    let mut at = 0;
    while at < page.passages.len() {
        at = match page.passages[at].shape {
            Shape::Furniture => page.place_furniture(at),
            Shape::Title
            | Shape::Deck
            | Shape::Notice(_)
            | Shape::Slug
            | Shape::Byline(_)
            | Shape::PhotoDateline(_) => page.place_titles(at),
            Shape::Text(_) if page.reads_as_title(at) => page.place_titles(at),
            Shape::Text(_) => page.place_text(at),
            Shape::Caption(_) => page.place_caption(at),
            Shape::EndDateline(_) => page.close(at, Role::Dateline),
            Shape::EndMark if !furniture::stops(&page.passages[at].text) => page.place(at, Role::EndMark),
            Shape::EndMark => page.close(at, Role::EndMark),
            Shape::Credits => page.place_credits(at),
        };
    }
    page.finish()
}

/// The page while it is being split.
struct Page {
    passages: Vec<Passage>,
    roles: Vec<(Role, Option<usize>, &'static str)>,
    stories: usize,
    story: Open,
    /// Paragraphs are indented, so a flush title is no sub-head and an indented one no headline.
    indented: bool,
    /// The page said that a column of briefs follows: each title begins one.
    in_briefs: bool,
    /// Stories that go on elsewhere （下转第三版）.
    awaited: Vec<Awaited>,
    cohesion: Cohesion,
}

/// A story whose rest stands on another page.
#[derive(Debug, Clone)]
struct Awaited {
    story: Open,
    /// Where its kicker, headline and deck are.
    titles: Vec<usize>,
    /// The word by which both parts know it: `STORM`.
    slug: String,
}

/// The story that the next passage may belong to.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was seen, and none excludes another")]
struct Open {
    /// Which story it is, from 0.
    index: usize,
    /// Where its first passage is.
    start: usize,
    /// Where it goes on, if its rest stands on another page; else as `start`.
    resumed: usize,
    /// Characters of text so far.
    length: usize,
    begun: bool,
    has_text: bool,
    has_byline: bool,
    has_dateline: bool,
    /// Its dateline announces a title, as those of features do: 新华社北京1月25日电 题：….
    is_announced: bool,
    /// Something said that it ends here.
    closed: bool,
}

impl Page {
    fn new(passages: Vec<Passage>) -> Self {
        let texts = passages.iter().filter(|p| matches!(p.shape, Shape::Text(_)));
        let (indented, flush) = texts.fold((0, 0), |(i, f), p| if p.indent > 0 { (i + 1, f) } else { (i, f + 1) });
        let flush_title = passages.iter().any(|p| p.indent == 0 && p.shape == Shape::Title);
        Self {
            roles: vec![(Role::Furniture, None, ""); passages.len()],
            stories: 0,
            story: Open::default(),
            indented: indented > flush && flush_title,
            in_briefs: false,
            awaited: Vec::new(),
            cohesion: Cohesion::of_page(passages.len()),
            passages,
        }
    }

    fn finish(self) -> Vec<Placed> {
        self.passages
            .into_iter()
            .zip(self.roles)
            .map(|(passage, (role, story, why))| Placed { passage, role, story, why })
            .collect()
    }

    fn begin(&mut self, at: usize) {
        self.story = Open { index: self.stories, start: at, resumed: at, begun: true, ..Open::default() };
        self.stories += 1;
    }

    /// Places one passage, and returns where to go on.
    fn place(&mut self, at: usize, role: Role) -> usize {
        self.place_because(at, role, "")
    }

    fn place_because(&mut self, at: usize, role: Role, why: &'static str) -> usize {
        let story = (role != Role::Furniture && self.story.begun).then_some(self.story.index);
        self.roles[at] = (role, story, why);
        at + 1
    }

    fn close(&mut self, at: usize, role: Role) -> usize {
        if !self.story.begun {
            return self.place(at, Role::Furniture);
        }
        // `REUTERS` under a byline, before any text, is the house of its writer.
        self.story.closed |= self.story.has_text || self.has_caption(at) || role == Role::Dateline;
        self.place(at, role)
    }

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
        let Shape::Text(dateline) = &self.passages[at].shape else { unreachable!("called for text only") };
        let dated = dateline.is_some();
        let ends_dated = dateline::at_end(&self.passages[at].text).is_some();
        let text = self.passages[at].text.as_str();
        // 题：…（记者 …） signs the title, not the end.
        let signed = byline::at_end(text).is_some() && !(dated && dateline::announces_title(text));
        let ends_marked = signed || !furniture::split_end(text).1.is_empty();
        if !furniture::split_jump(text).0.is_empty()
            && self.title_above(at).is_none()
            && let Some(awaited) = self.awaited_by_slug(text)
        {
            self.go_on_with(awaited, at);
        }
        let notice = notice::in_headline(&self.passages[at].text);
        let announced = self.story.has_text && (notice.corrected || notice.canceled);
        // A brief without a headline: its dateline is all that tells it from the story above.
        if !self.story.begun
            || self.story.closed
            || announced
            || (dated && self.story.has_dateline && self.story.has_text)
        {
            self.begin(at);
        }
        self.story.has_text = true;
        self.story.length += self.passages[at].text.chars().count();
        self.story.has_dateline |= dated || ends_dated;
        self.story.is_announced |= dated && dateline::announces_title(&self.passages[at].text);
        self.story.closed = ends_dated || ends_marked;
        if furniture::jumps_away(&self.passages[at].text) {
            let is_title = |&at: &usize| matches!(self.roles[at].0, Role::Kicker | Role::Headline | Role::Deck);
            let titles = (self.story.start..at).filter(is_title).take(LONGEST_HEAD).collect();
            let slug = furniture::jump_slug(&self.passages[at].text).to_owned();
            if self.awaited.len() == NEAR {
                self.awaited.remove(0);
            }
            self.awaited.push(Awaited { story: self.story, titles, slug });
        }
        self.place(at, Role::Paragraph)
    }

    /// The title right above, if one stands there.
    fn title_above(&self, at: usize) -> Option<usize> {
        let above = at.checked_sub(1)?;
        matches!(self.roles[above].0, Role::Headline | Role::Deck | Role::Kicker | Role::Byline).then_some(above)
    }

    /// Takes up a story whose rest is here.
    fn go_on_with(&mut self, awaited: usize, at: usize) {
        let Awaited { story, .. } = self.awaited.remove(awaited);
        self.story = Open { closed: false, resumed: at, ..story };
    }

    /// The story that a jump without a title goes on with: the one of its slug, or the first.
    fn awaited_by_slug(&self, text: &str) -> Option<usize> {
        let slug = folded(furniture::jump_slug(text));
        if slug.is_empty() || self.awaited.len() == 1 {
            return (!self.awaited.is_empty()).then_some(0);
        }
        let named = |awaited: &Awaited| folded(&awaited.slug) == slug;
        let headed =
            |awaited: &Awaited| awaited.titles.iter().any(|&at| folded(&self.passages[at].text).contains(&slug));
        self.awaited.iter().position(named).or_else(|| self.awaited.iter().position(headed))
    }

    /// Whether the titles repeat the head of a story that goes on here, or its slug; then they are no story of their
    /// own. Which story it is, and which line of its head they repeat.
    fn repeats_awaited(&self, start: usize, end: usize) -> Option<(usize, Option<usize>)> {
        self.passages.get(end).filter(|p| !furniture::split_jump(&p.text).0.is_empty())?;
        let titles: Vec<String> = self.passages[start..end].iter().map(|p| folded(&p.text)).collect();
        let same = |at: usize| {
            let whole = folded(&self.passages[at].text);
            let is_part =
                |part: &str, whole: &str| part.chars().count() >= SHORTEST_REPEAT && whole.contains(part);
            titles.iter().any(|title| *title == whole || is_part(title, &whole) || is_part(&whole, title))
        };
        let headed = |awaited: &Awaited| awaited.titles.iter().copied().find(|&at| same(at));
        let found = self.awaited.iter().enumerate().find_map(|(at, awaited)| Some((at, Some(headed(awaited)?))));
        let slugged = |awaited: &Awaited| !awaited.slug.is_empty() && titles.contains(&folded(&awaited.slug));
        found.or_else(|| Some((self.awaited.iter().position(slugged)?, None)))
    }

    /// A head of which the other page repeats one line: that line is the headline, what stands above it the kicker.
    fn head_by(&mut self, repeated: usize, awaited: usize) {
        if self.roles[repeated].0 != Role::Deck {
            return;
        }
        for at in self.awaited[awaited].titles.clone() {
            if at <= repeated {
                self.roles[at].0 = if at == repeated { Role::Headline } else { Role::Kicker };
            }
        }
    }

    fn place_caption(&mut self, at: usize) -> usize {
        let Shape::Caption(found) = &self.passages[at].shape else { unreachable!("called for captions only") };
        let alone = found.text.is_empty();
        let only_captions = self.story.length == 0;
        if !self.story.begun || (self.story.closed && !alone && !only_captions) {
            self.begin(at);
        }
        // 李明 摄影报道 under a headline is who wrote it, too.
        if alone
            && !self.story.has_text
            && self.title_above(at).is_some()
            && let Some(people) = byline::line(&self.passages[at].text)
            && self.passages[at].text.ends_with(['道', '图', '圖'])
        {
            self.passages[at].shape = Shape::Byline(people);
            self.story.has_byline = true;
            return self.place(at, Role::Byline);
        }
        if alone && self.passages[..at].last().is_some_and(|above| matches!(above.shape, Shape::Caption(_))) {
            return self.place(at, Role::Credit);
        }
        if alone && self.is_photo_story() {
            return self.close(at, Role::Credit);
        }
        if !alone && !self.story.has_text && self.ends_story(at + 1) {
            self.story.closed = true;
        }
        self.place(at, Role::Caption)
    }

    /// Nothing but short undated text since the headline: a credit makes it the caption of a photo story.
    fn is_photo_story(&self) -> bool {
        !self.story.has_dateline && self.story.length <= LONGEST_CAPTION
    }

    fn text_since(&self, start: usize, end: usize) -> usize {
        let texts = self.passages[start..end].iter().filter(|p| matches!(p.shape, Shape::Text(_)));
        texts.map(|p| p.text.chars().count()).sum()
    }

    /// Whether what follows `at` is no more text of this story.
    fn ends_story(&self, at: usize) -> bool {
        let mut next = self.passages[at..].iter().take(NEAR);
        let next = next.find(|p| !matches!(p.shape, Shape::Furniture | Shape::Caption(_)));
        !matches!(next.map(|p| &p.shape), Some(Shape::Text(_)))
    }

    /// Text that could be a headline for what follows it: a question or an exclamation, or a line with more commas than
    /// headlines have.
    fn reads_as_title(&self, at: usize) -> bool {
        let Passage { text, shape, .. } = &self.passages[at];
        if self.heads_its_line(at) {
            return true;
        }
        let next = self.passages.get(at + 1).map(|p| &p.shape);
        let short = text.chars().count() <= LONGEST_TITLE;
        if *shape != Shape::Text(None)
            || !short
            || text.contains(['。', '；'])
            || opens_a_sentence(text) > 1
            || is_speech(text)
        {
            return false;
        }
        let asks = text.ends_with(['？', '！', '?', '!']) && (!text.contains('“') || text.contains('：'));
        let headed = matches!(next, Some(Shape::Byline(_) | Shape::Deck | Shape::Text(Some(_))));
        let followed = headed || matches!(next, Some(Shape::Text(None) | Shape::Caption(_)));
        asks && followed || headed && !ends_sentence(text)
    }

    /// The headline of a brief, however it is worded: the dateline stands in the same line.
    fn heads_its_line(&self, at: usize) -> bool {
        let next = self.passages.get(at + 1).filter(|next| matches!(next.shape, Shape::Text(Some(_))));
        next.is_some_and(|next| self.passages[at].lines == next.lines[..1])
    }

    /// Places titles that stand together: the head of a story, or a sub-head in one.
    fn place_titles(&mut self, start: usize) -> usize {
        if let Some(people) = self.signatures(start) {
            self.passages[start].shape = Shape::Byline(people);
        }
        if let Shape::Byline(people) = &self.passages[start].shape
            && self.story.has_text
        {
            let produced = byline::is_production(people, &self.passages[start].text);
            if produced && !self.story.closed {
                return self.close(start, Role::Credits);
            }
            self.story.has_byline = true;
            // A byline under text closes the story; under “新华社北京1月25日电 题：…” it belongs to the head.
            let near = &self.passages[self.near(start)];
            let text = near.iter().rev().find(|p| matches!(p.shape, Shape::Text(_)));
            let heads = |p: &Passage| {
                !ends_sentence(&p.text) || dateline::announces_title(&p.text) || is_bracketed_note(&p.text)
            };
            self.story.closed |= !text.is_some_and(heads);
            return self.place(start, Role::Byline);
        }
        if self.passages[start].shape == Shape::Notice(Place::Foot) && self.story.begun {
            return self.place(start, Role::Notice);
        }
        let end = self.end_of_titles(start);
        // Notes under the last story are no story of their own.
        let notes = self.passages[start..end].iter().all(|p| matches!(p.shape, Shape::Notice(_)));
        if notes && self.story.begun && self.ends_story(end) {
            (start..end).for_each(|at| _ = self.place(at, Role::Notice));
            return end;
        }
        if let Some((awaited, repeated)) = self.repeats_awaited(start, end) {
            if let Some(repeated) = repeated {
                self.head_by(repeated, awaited);
            }
            self.go_on_with(awaited, start);
            (start..end)
                .for_each(|at| self.roles[at] = (Role::Furniture, None, "the headline of a story that goes on"));
            return end;
        }
        if self.awaits_title(start) {
            self.name_announced(start, end);
            return end;
        }
        match self.begins_story(start, end) {
            (true, why) => self.place_head(start, end, why),
            (false, why) => {
                for at in start..end {
                    let role = match self.passages[at].shape {
                        Shape::Furniture => Role::Furniture,
                        Shape::Byline(_) => Role::Byline,
                        Shape::Notice(_) => Role::Notice,
                        Shape::Slug => Role::Slug,
                        Shape::Text(_) => Role::Paragraph,
                        Shape::PhotoDateline(_) => Role::Dateline,
                        _ => Role::Subhead,
                    };
                    self.place_because(at, role, why);
                }
            }
        }
        end
    }

    /// Who signs the text above with nothing but a name: ——苗　青; — Norah Quill; Helen Marsh, Whitford under a letter;
    /// 严守诚 under a headline and （2026年11月16日）.
    fn signatures(&self, at: usize) -> Option<Vec<Byline>> {
        let Passage { text, shape, .. } = &self.passages[at];
        if !matches!(shape, Shape::Title | Shape::Deck) || !self.story.has_text || self.story.closed {
            return None;
        }
        let above = self.passages[..at].iter().rev().find(|p| p.shape != Shape::Furniture)?;
        let noted = is_bracketed_note(&above.text);
        if !matches!(above.shape, Shape::Text(_)) || !noted && !ends_sentence(&above.text) {
            return None;
        }
        let below = self.passages[at + 1..].iter().find(|p| p.shape != Shape::Furniture);
        if matches!(below.map(|p| &p.shape), Some(Shape::Text(_))) {
            if noted
                && self.story.length <= LONGEST_NOTE
                && let Some(people) = byline::bare_surnamed(text)
            {
                return Some(people);
            }
        } else if let Some(people) = byline::after_dash(text) {
            return Some(people);
        }
        let signed = byline::letter_signature(text)?;
        let letter = |at: usize| byline::is_salutation(&self.passages[at].text);
        self.near(at).any(letter).then_some(signed)
    }

    /// Right above stands a dateline that announces a title: 新华社杭州11月18日电　题：.
    fn awaits_title(&self, start: usize) -> bool {
        let above = start.checked_sub(1).filter(|_| self.story.begun && !self.story.closed);
        above.is_some_and(|at| match &self.passages[at].shape {
            Shape::Text(Some(found)) => {
                dateline::announced_title(&self.passages[at].text, found).is_some_and(str::is_empty)
            }
            _ => false,
        })
    }

    /// The titles that a dateline announces are the headline, or the deck of one that stands above the dateline.
    fn name_announced(&mut self, start: usize, end: usize) {
        let headed = self.roles[self.story.start..start].iter().any(|(role, ..)| *role == Role::Headline);
        self.name_head(start, end, "the dateline above announces it");
        if headed {
            let titles = self.roles[start..end].iter_mut().filter(|(role, ..)| *role == Role::Headline);
            titles.for_each(|(role, _, why)| (*role, *why) = (Role::Deck, ""));
        }
    }

    fn end_of_titles(&self, start: usize) -> usize {
        let stands_in_head = |at: usize| match self.passages[at].shape {
            // A note that may stand at either end belongs to the headline that it stands under.
            Shape::Title | Shape::Deck | Shape::Notice(_) | Shape::Slug | Shape::Byline(_) => true,
            Shape::Furniture | Shape::PhotoDateline(_) => false,
            _ => self.reads_as_title(at),
        };
        let mut end = start + 1;
        let is_headline =
            |at: usize| self.passages[at].shape == Shape::Title && !notice::announces(&self.passages[at].text);
        let mut headed = is_headline(start);
        while end < self.passages.len() && stands_in_head(end) && !self.heads_its_line(end) {
            // What is announced is no deck of the title above.
            if headed && self.is_announced(end) {
                break;
            }
            headed |= is_headline(end);
            // In an indented page a flush title under indented ones begins something new.
            let rises = self.indented && self.passages[end].indent == 0 && self.passages[end - 1].indent > 0;
            if rises {
                break;
            }
            end += 1;
        }
        end
    }

    /// Whether the title at `at` says that it is killed, corrected or urgent, and is more than that.
    fn is_announced(&self, at: usize) -> bool {
        let Passage { text, shape, .. } = &self.passages[at];
        *shape == Shape::Title && notice::begins_a_story(text) && !notice::announces(text)
    }

    /// Whether the titles from `start` to `end` are the head of a story, and why.
    fn begins_story(&self, start: usize, end: usize) -> (bool, &'static str) {
        let group = &self.passages[start..end];
        if !self.story.begun {
            return (true, "first on the page");
        }
        if matches!(group[0].shape, Shape::PhotoDateline(_)) {
            return (true, "a photo dateline");
        }
        if self.story.closed {
            return (true, "the story above has ended");
        }
        let announced = |at: usize| notice::announces(&self.passages[at].text) && end - start > 1;
        if self.story.has_text && announced(start) || self.is_announced(start) {
            return (true, "words of announcement stand before it");
        }
        if self.story.has_text && group.iter().all(|p| byline::is_label(&p.text)) {
            return (false, "says who, where or when");
        }
        if self.in_briefs && self.story.has_text && self.story.length <= LONGEST_BRIEF {
            return (true, "a column of briefs");
        }
        if self.heads_its_line(start) {
            return (true, "a dateline follows in its line");
        }
        if !self.story.has_text && !self.has_caption(start) {
            return (false, "the story above has no text yet");
        }
        if furniture::is_box(&group[0].text) {
            return (false, "a box in the story");
        }
        if notice::announces(&group[0].text) {
            return (true, "it announces what became of a story");
        }
        if matches!(group[0].shape, Shape::Slug | Shape::Notice(_)) && group.len() > 1 {
            return (true, "a note to editors stands above it");
        }
        if matches!(self.passages.get(end).map(|p| &p.shape), Some(Shape::Text(Some(_)))) {
            return (true, "a dateline follows");
        }
        if self.passages.get(end).is_some_and(|p| !furniture::split_jump(&p.text).0.is_empty()) {
            return (true, "a part from another page follows");
        }
        if group.iter().skip(1).any(|p| matches!(p.shape, Shape::Byline(_))) {
            return (true, "a byline follows");
        }
        if group.iter().skip(1).any(|p| p.shape == Shape::Deck) {
            return (true, "a deck follows");
        }
        if group.len() > 1 && byline::bare_name(&group[group.len() - 1].text).is_some() {
            return (true, "a name follows");
        }
        if is_shouted(&self.passages[start].text) && !is_shouted(&self.passages[self.story.start].text) {
            return (false, "set in capitals, as the headline is not");
        }
        if self.indented {
            let flush = self.passages[start].indent == 0;
            return (flush, if flush { "flush above indented text" } else { "indented as the text" });
        }
        if self.story.has_byline && !self.story.has_dateline && self.dateline_ahead(end) {
            return (false, "the story above still awaits its dateline");
        }
        if self.photo_ahead(end) {
            return (true, "a photo credit follows");
        }
        seam::begins_story(&self.seam(start, end))
    }

    fn seam(&self, start: usize, end: usize) -> Seam<'_> {
        let is_text = |p: &&Passage| matches!(p.shape, Shape::Text(_));
        let next_title = self.next_title(end);
        Seam {
            title: &self.passages[start].text,
            titles: self.passages[start..end].iter().map(|p| p.text.as_str()).collect(),
            sibling_lines: self.last_subheads(start),
            above: self.passages[self.near(start)].iter().rev().find(is_text).map_or("", |p| &p.text),
            below: self.passages[end..].iter().take(NEAR).find(is_text).map_or("", |p| &p.text),
            next: self.passages.get(next_title).map_or("", |p| &p.text),
            shared: self.cohesion.shared(&self.passages, self.near(start), start..next_title),
            length_above: self.story.length,
            section_above: self.section_above(start),
            length_below: self.text_since(end, next_title),
            subheads: self
                .near(start)
                .filter(|&at| self.roles[at].0 == Role::Subhead)
                .map(|at| self.passages[at].text.as_str())
                .collect(),
            dated: self.story.has_dateline,
            announced: self.story.is_announced,
            said_lead: self.cohesion.said(&self.passages, start, end..(end + 1).min(next_title)),
        }
    }

    /// Characters of text between the last title above `at` and it.
    fn section_above(&self, at: usize) -> usize {
        let start = self.near(at).rev().find(|&at| matches!(self.passages[at].shape, Shape::Title | Shape::Deck));
        self.text_since(start.unwrap_or(self.near(at).start), at)
    }

    /// The passages of the story above `at` that are near enough to be compared with what follows.
    fn near(&self, at: usize) -> Range<usize> {
        self.story.resumed.max(at.saturating_sub(NEAR))..at
    }

    /// How many sub-heads stood together the last time that the story had any.
    fn last_subheads(&self, before: usize) -> usize {
        let roles = self.roles[self.near(before)].iter().rev().map(|(role, ..)| *role);
        roles.skip_while(|role| *role != Role::Subhead).take_while(|role| *role == Role::Subhead).count()
    }

    fn has_caption(&self, before: usize) -> bool {
        self.passages[self.near(before)].iter().any(|p| matches!(p.shape, Shape::Caption(_)))
    }

    fn next_title(&self, from: usize) -> usize {
        let title = |p: &Passage| matches!(p.shape, Shape::Title | Shape::Deck);
        let end = self.passages.len().min(from + NEAR);
        self.passages[from..end].iter().position(title).map_or(end, |at| from + at)
    }

    /// A closing dateline comes before anything else that could begin a story.
    fn dateline_ahead(&self, from: usize) -> bool {
        self.passages[from..]
            .iter()
            .take(NEAR)
            .take_while(|p| !matches!(p.shape, Shape::Byline(_) | Shape::Text(Some(_)) | Shape::Deck))
            .any(|p| matches!(p.shape, Shape::EndDateline(_)) || dateline::at_end(&p.text).is_some())
    }

    /// Short undated text, then a credit alone: a photo story.
    fn photo_ahead(&self, from: usize) -> bool {
        let is_text = |p: &&Passage| p.shape == Shape::Text(None);
        let texts = self.passages[from..].iter().take(NEAR).take_while(is_text).count();
        let credit = matches!(
            self.passages.get(from + texts).map(|p| &p.shape),
            Some(Shape::Caption(caption::Printed { text, .. })) if texts == 0 || text.is_empty()
        );
        let end = from + texts + usize::from(credit);
        credit && self.text_since(from, end) <= LONGEST_CAPTION && self.ends_story(end)
    }

    /// Names the parts of a story's head: kicker, headline, deck, byline.
    fn place_head(&mut self, start: usize, end: usize, why: &'static str) {
        self.begin(start);
        self.name_head(start, end, why);
    }

    fn name_head(&mut self, start: usize, end: usize, why: &'static str) {
        let is_title = |p: &Passage| matches!(p.shape, Shape::Title | Shape::Text(_));
        let mut titles: Vec<usize> = (start..end).filter(|&at| is_title(&self.passages[at])).collect();
        if titles.len() > 1 && end < self.passages.len() {
            let last = titles[titles.len() - 1];
            if last + 1 == end && byline::bare_name(&self.passages[last].text).is_some() {
                titles.pop();
                self.story.has_byline = true;
                self.place(last, Role::Byline);
            }
        }
        let headline = self.headline_of(&titles, end);
        let endless = titles.len() > LONGEST_HEAD;
        let second_line = headline.filter(|&at| self.is_second_line(at, end)).map(|at| at + 1);
        for at in start..end {
            let role = match self.passages[at].shape {
                Shape::Byline(ref people) if byline::is_of_pictures(people) => Role::Credits,
                Shape::Byline(_) => Role::Byline,
                Shape::Notice(_) => Role::Notice,
                Shape::Slug => Role::Slug,
                Shape::PhotoDateline(_) => Role::Dateline,
                Shape::Deck if headline.is_none() => Role::Headline,
                Shape::Deck => Role::Deck,
                _ if self.roles[at].0 == Role::Byline => Role::Byline,
                _ if Some(at) < headline => Role::Kicker,
                _ if Some(at) == headline || Some(at) == second_line => Role::Headline,
                // What no text follows and goes on and on is no deck.
                _ if endless && Some(at) > headline => Role::Paragraph,
                _ => Role::Deck,
            };
            self.story.has_text |= role == Role::Paragraph;
            self.story.has_byline |= role == Role::Byline;
            self.place_because(at, role, if role == Role::Headline { why } else { "" });
        }
    }

    /// Whether the title below `at` is the second line of it: next to it, where text and titles stand apart.
    fn is_second_line(&self, at: usize, end: usize) -> bool {
        let next_to =
            |a: &Passage, b: &Passage| a.lines.last().is_some_and(|line| Some(&(line + 1)) == b.lines.first());
        let [title, below] = [at, at + 1].map(|at| self.passages.get(at));
        let (Some(title), Some(below)) = (title, below) else { return false };
        let apart = self.passages.get(end).is_some_and(|text| !next_to(&self.passages[end - 1], text));
        at + 1 < end
            && below.shape == Shape::Title
            && next_to(title, below)
            && apart
            && title.indent == below.indent
    }

    /// Of several titles the headline is the one that the first paragraph repeats most; the first where none stands out.
    fn headline_of(&self, titles: &[usize], end: usize) -> Option<usize> {
        // BULLETIN KILL above a headline is a prefix of it.
        let announced = titles.iter().take_while(|&&at| notice::announces(&self.passages[at].text)).count();
        let titles = titles.get(announced..).filter(|rest| !rest.is_empty()).unwrap_or(titles);
        let is_lead = |p: &&Passage| matches!(p.shape, Shape::Text(_) | Shape::Caption(_));
        // A label above an English headline: HERITAGE, Weekend.
        let label = |at: usize| {
            let text = self.passages[at].text.as_str();
            furniture::is_section(text)
                || is_shouted(text) && matches!(self.passages.get(end).map(|p| &p.shape), Some(Shape::Text(_)))
        };
        let titles = if titles.len() > 1 && label(titles[0]) { &titles[1..] } else { titles };
        let Some(lead) = self.passages.get(end).filter(is_lead) else {
            return titles.first().copied();
        };
        if titles.len() > 1 && !self.passages[titles[0]].text.chars().any(is_han) {
            return titles.first().copied();
        }
        let repeated = |at: usize| cohesion::repeated(&self.passages[at].text, &lead.text);
        // A headline above an unmarked deck or its first sub-head is the likelier case, unless the text says otherwise.
        let text = |at: usize| self.passages[at].text.as_str();
        let better = |best: usize, at: usize| {
            let said_more = repeated(at) > repeated(best) + MARGIN;
            if said_more && !is_deck_of(text(best), text(at)) { at } else { best }
        };
        titles.iter().copied().reduce(better)
    }
}

/// A deck has the comma that its headline lacks; a first sub-head is much shorter.
fn is_deck_of(headline: &str, below: &str) -> bool {
    let comma = |text: &str| text.contains(['，', '；']);
    comma(below) && !comma(headline) || below.chars().count() * 2 < headline.chars().count()
}

/// All in capitals, in letters that have capitals.
fn is_shouted(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 3
        && !text.chars().any(char::is_lowercase)
        && !text.chars().any(is_han)
}

/// （2026年11月16日）: nothing but a note in brackets.
fn is_bracketed_note(text: &str) -> bool {
    text.chars().count() <= LONGEST_NOTE && byline::strip_brackets(text.trim()).is_some()
}

/// Characters in the longest note in brackets between a headline and its author.
const LONGEST_NOTE: usize = 24;

/// The longest line, in characters, that is looked at as a headline although it does not look like one.
const LONGEST_TITLE: usize = 46;

/// How many passages around a title are looked at: a story has fewer, and a file may have a million.
const NEAR: usize = 200;

/// The longest brief, in characters; what is longer ends its column.
pub(super) const LONGEST_BRIEF: usize = 400;

/// Characters of a headline that are enough to know it by.
const SHORTEST_REPEAT: usize = 4;

/// By how many words the lead must repeat the lower of two titles more than the upper one, for that to be a kicker.
const MARGIN: usize = 1;

/// Titles in the head of a story: kicker, two lines of headline, two of deck.
const LONGEST_HEAD: usize = 5;

/// The longest text under a picture, in characters: a photo story has a few paragraphs at most.
const LONGEST_CAPTION: usize = 600;
