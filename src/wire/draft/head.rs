//! What heads a story: its headline, dateline and people, and what headline and notes announce.

use chrono::TimeZone;

use super::body::Body;
use super::{Draft, joined, texts};
use crate::story::{Byline, Dateline};
use crate::wire::notice::{self, Announced};
use crate::wire::passage::Shape;
use crate::wire::split::{Placed, Role, announced_title};
use crate::wire::{RemarkKind, byline, dateline};

impl<Tz: TimeZone> Draft<'_, Tz> {
    /// The headline; without one, the title that the dateline announces; without that, the first sentence.
    pub(super) fn headline(
        &mut self,
        mine: &[&Placed],
        body: &Body,
        dateline: Option<&dateline::Printed>,
    ) -> String {
        let lines = joined(mine, Role::Headline);
        let mut announced = mine.iter().filter_map(|placed| announced_title(&placed.passage));
        let found = Some(unmarked_item(&lines)).filter(|line| !line.is_empty());
        if let Some(headline) = found.or_else(|| announced.find(|title| !title.is_empty())) {
            return headline.to_owned();
        }
        self.remark(RemarkKind::NoHeadline);
        first_sentence(body, dateline)
    }

    pub(super) fn dateline(&mut self, printed: &dateline::Printed) -> Dateline {
        Dateline {
            agency: printed.agency.clone(),
            places: printed.places.clone(),
            date: match (printed.day, printed.day_alone) {
                (Some(day), _) => self.date(day),
                (None, Some(day)) => self.day_near_page(day),
                (None, None) => None,
            },
            raw: printed.raw.clone(),
        }
    }
}

/// What the headline, the lines above it, the notes and the first sentences announce.
pub(super) fn announced(mine: &[&Placed], headline: &str) -> Announced {
    /// Paragraphs that may say that a story is to be killed.
    const FIRST: usize = 3;
    let above = texts(mine, Role::Kicker).filter(|line| notice::announces(line)).map(notice::in_headline);
    let notes = texts(mine, Role::Notice).map(notice::in_note);
    let said = notes.chain(above).chain([notice::in_headline(headline)]).reduce(Announced::or).unwrap_or_default();
    let recalled = texts(mine, Role::Paragraph).take(FIRST).any(notice::asks_to_kill);
    Announced { canceled: said.canceled || recalled, ..said }
}

/// A headline without the mark of an item: ◆芬兰：…, 【黑龙江漠河开通极夜观星专列】.
fn unmarked_item(headline: &str) -> &str {
    let framed = headline.strip_prefix('【').and_then(|inner| inner.strip_suffix('】'));
    let headline = framed.filter(|inner| !inner.is_empty() && !inner.contains(['【', '】'])).unwrap_or(headline);
    let bare =
        headline.trim_start_matches(['◆', '◇', '●', '■', '□', '▲', '△', '▶', '★', '◎', '○', '•']).trim_start();
    if bare.is_empty() { headline } else { bare }
}

/// The dateline at the head of the text, else the one that closes it.
pub(super) fn printed_dateline(mine: &[&Placed]) -> Option<dateline::Printed> {
    let at_head = || {
        mine.iter().find_map(|placed| match &placed.passage.shape {
            Shape::Text(Some(found)) if placed.role == Role::Paragraph => Some(found.clone()),
            Shape::PhotoDateline(found) => Some(found.clone()),
            Shape::Caption(_) => dateline::of_numbered_photo(&placed.passage.text),
            _ => None,
        })
    };
    // 記者陳小明／台南報導, alone above the text.
    let of_reporter =
        || mine.iter().filter(|p| p.role == Role::Byline).find_map(|p| dateline::of_reporter(&p.passage.text));
    let at_end = || {
        mine.iter().rev().filter(|p| matches!(p.role, Role::Paragraph | Role::Dateline)).find_map(|placed| {
            match &placed.passage.shape {
                Shape::EndDateline(found) => Some(found.clone()),
                _ => dateline::at_end(&placed.passage.text).map(|(found, _)| found),
            }
        })
    };
    at_head().or_else(at_end).or_else(of_reporter)
}

/// The people of byline passages and of the dateline, each once.
pub(super) fn bylines(mine: &[&Placed], dateline: Option<&dateline::Printed>) -> Vec<Byline> {
    let mut people: Vec<Byline> = Vec::new();
    let mut of_lines: Vec<Byline> = Vec::new();
    for placed in mine.iter().filter(|p| p.role == Role::Byline) {
        match &placed.passage.shape {
            Shape::Byline(names) if names.is_empty() => byline::add_unnamed(&mut of_lines, &placed.passage.text),
            Shape::Byline(names) => of_lines.extend(names.iter().cloned()),
            _ => of_lines.extend(byline::bare_name(&placed.passage.text).unwrap_or_default()),
        }
    }
    let at_ends = mine
        .iter()
        .filter(|p| p.role == Role::Paragraph)
        .filter_map(|placed| byline::at_end(&placed.passage.text))
        .flat_map(|(people, _)| people);
    let of_dateline = dateline.into_iter().flat_map(|d| d.bylines.clone());
    for person in of_lines.into_iter().chain(of_dateline).chain(at_ends) {
        if !people.iter().any(|known| known.name == person.name) {
            people.push(person);
        }
    }
    people
}

/// What heads a story that has no headline: its first sentence, without the dateline.
fn first_sentence(body: &Body, dateline: Option<&dateline::Printed>) -> String {
    /// Longer than any headline; a sentence is cut there.
    const LONGEST: usize = 60;
    let of_captions = body.captions.iter().map(|caption| &caption.text).find(|text| !text.is_empty());
    let text = body.blocks.first().map(|block| &block.text).or(of_captions);
    let text = text.map_or("", String::as_str).trim_start();
    let raw = dateline.map_or("", |d| d.raw.as_str());
    let whole = text.strip_prefix(raw).unwrap_or(text);
    let text = whole.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '。' | '！' | '？'));
    let end = text
        .char_indices()
        .find(|&(at, c)| matches!(c, '。' | '！' | '？') || (c == '.' && text[at + 1..].starts_with(' ')))
        .map_or(text.len(), |(at, _)| at);
    let sentence = shortened(&text[..end], LONGEST);
    let otherwise = [sentence, shortened(whole.trim(), LONGEST), raw.to_owned()];
    otherwise.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// At most `longest` characters, cut between words, with an ellipsis where something was cut.
fn shortened(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.to_owned() };
    let cut = &text[..end];
    let in_word = cut.is_ascii() && !text[end..].starts_with(' ');
    let cut = if in_word { cut.rsplit_once(' ').map_or(cut, |(words, _)| words) } else { cut };
    format!("{}…", cut.trim_end())
}
