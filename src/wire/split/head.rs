//! What the lines at the head of a story are: kicker, headline, deck, byline.

use super::page::{Page, is_text};
use super::{LONGEST_HEAD, Role, Why};
use crate::wire::cursor::is_han;
use crate::wire::passage::{Passage, Shape};
use crate::wire::{byline, cohesion, dateline, furniture, notice};

/// By how many words the lead must repeat the lower of two titles more than the upper one, for that to be a kicker.
const MARGIN: usize = 1;

impl Page {
    /// Begins a story whose head reaches from `start` to `end`.
    pub(super) fn place_head(&mut self, start: usize, end: usize, why: Why) {
        self.begin(start);
        self.name_head(start, end, why);
    }

    /// Right above stands a dateline that announces a title: 新华社杭州11月18日电　题：.
    pub(super) fn awaits_title(&self, start: usize) -> bool {
        let above = start.checked_sub(1).filter(|_| self.story.begun && !self.story.closed);
        above.is_some_and(|at| announced_title(&self.passages[at]).is_some_and(str::is_empty))
    }

    /// The titles that a dateline announces are the headline, or the deck of one that stands above the dateline.
    pub(super) fn name_announced(&mut self, start: usize, end: usize) {
        let headed = self.parts[self.story.start..start].iter().any(|part| part.role == Role::Headline);
        self.name_head(start, end, Why::AnnouncedAbove);
        if headed {
            let titles = self.parts[start..end].iter_mut().filter(|part| part.role == Role::Headline);
            titles.for_each(|part| (part.role, part.why) = (Role::Deck, None));
        }
    }

    fn name_head(&mut self, start: usize, end: usize, why: Why) {
        let is_title = |at: &usize| self.shape(*at) == Some(&Shape::Title) || is_text(&self.passages[*at]);
        let mut titles: Vec<usize> = (start..end).filter(is_title).collect();
        let name = self.name_below(&titles, end);
        if name.is_some() {
            titles.pop();
        }
        let headline = self.headline_of(&titles, end);
        let second_line = headline.filter(|&at| self.is_second_line(at, end)).map(|at| at + 1);
        let endless = titles.len() > LONGEST_HEAD;
        for at in start..end {
            let role = match self.passages[at].shape {
                Shape::Byline(ref people) if byline::is_of_pictures(people) => Role::Credits,
                Shape::Byline(_) => Role::Byline,
                Shape::Notice(_) => Role::Notice,
                Shape::Slug => Role::Slug,
                Shape::PhotoDateline(_) => Role::Dateline,
                Shape::Deck if headline.is_none() => Role::Headline,
                Shape::Deck => Role::Deck,
                _ if Some(at) == name => Role::Byline,
                _ if Some(at) < headline => Role::Kicker,
                _ if Some(at) == headline || Some(at) == second_line => Role::Headline,
                // What no text follows and goes on and on is no deck.
                _ if endless && Some(at) > headline => Role::Paragraph,
                _ => Role::Deck,
            };
            self.story.has_text |= role == Role::Paragraph;
            self.story.has_byline |= role == Role::Byline;
            self.place_because(at, role, (role == Role::Headline).then_some(why));
        }
    }

    /// The last of several titles, where it is a name right above the text: 李　明.
    fn name_below(&self, titles: &[usize], end: usize) -> Option<usize> {
        let last = *titles.last().filter(|_| titles.len() > 1)?;
        let is_above_text = last + 1 == end && end < self.passages.len();
        (is_above_text && byline::bare_name(self.text(last)).is_some()).then_some(last)
    }

    /// Whether the title below `at` is the second line of it: next to it, where text and titles stand apart.
    fn is_second_line(&self, at: usize, end: usize) -> bool {
        let (Some(title), Some(below)) = (self.passages.get(at), self.passages.get(at + 1)) else { return false };
        let apart = self.passages.get(end).is_some_and(|text| !is_next_to(&self.passages[end - 1], text));
        at + 1 < end
            && below.shape == Shape::Title
            && is_next_to(title, below)
            && apart
            && title.indent == below.indent
    }

    /// Of several titles the headline is the one that the first paragraph repeats most; else the first.
    fn headline_of(&self, titles: &[usize], end: usize) -> Option<usize> {
        let titles = self.without_labels(titles, end);
        let (&first, others) = titles.split_first()?;
        let is_lead = |p: &&Passage| matches!(p.shape, Shape::Text(_) | Shape::Caption(_));
        let Some(lead) = self.passages.get(end).filter(is_lead) else { return Some(first) };
        if !others.is_empty() && !self.text(first).chars().any(is_han) {
            return Some(first);
        }
        let repeated = |at: usize| cohesion::repeated(self.text(at), &lead.text);
        // A headline above an unmarked deck or its first sub-head is likelier, unless the text says otherwise.
        let better = |best: usize, &at: &usize| {
            let said_more = repeated(at) > repeated(best) + MARGIN;
            if said_more && !is_deck_of(self.text(best), self.text(at)) { at } else { best }
        };
        Some(others.iter().fold(first, better))
    }

    /// Titles without what is never a headline: `BULLETIN KILL` above it, `HERITAGE` or 国际 at its head.
    fn without_labels<'a>(&self, titles: &'a [usize], end: usize) -> &'a [usize] {
        let announced = titles.iter().take_while(|&&at| notice::announces(self.text(at))).count();
        let titles = if announced < titles.len() { &titles[announced..] } else { titles };
        let is_label = |text: &str| {
            furniture::is_section(text)
                || furniture::is_genre(text)
                || is_shouted(text) && self.passages.get(end).is_some_and(is_text)
        };
        if titles.len() > 1 && is_label(self.text(titles[0])) { &titles[1..] } else { titles }
    }
}

/// The title that the dateline of a paragraph announces: 新华社北京1月25日电 题：…. Empty when it stands below.
pub(in crate::wire) fn announced_title(passage: &Passage) -> Option<&str> {
    let Shape::Text(Some(found)) = &passage.shape else { return None };
    dateline::announced_title(&passage.text, found)
}

/// The second begins in the line under the first.
fn is_next_to(a: &Passage, b: &Passage) -> bool {
    a.lines.last().is_some_and(|line| Some(&(line + 1)) == b.lines.first())
}

/// A deck has the comma that its headline lacks; a first sub-head is much shorter.
fn is_deck_of(headline: &str, below: &str) -> bool {
    let comma = |text: &str| text.contains(['，', '；']);
    comma(below) && !comma(headline) || below.chars().count() * 2 < headline.chars().count()
}

/// All in capitals, in letters that have capitals: FERRY TO STAY.
pub(super) fn is_shouted(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 3
        && !text.chars().any(char::is_lowercase)
        && !text.chars().any(is_han)
}
