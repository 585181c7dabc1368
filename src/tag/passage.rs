//! The parts of a story, as far as labels tell parts apart.

use std::borrow::Cow;

use super::fold::Folded;
use crate::story::{BlockKind, Part, Story};

/// A stretch of a story that belongs to one part of it.
pub(super) struct Passage {
    pub(super) part: Part,
    pub(super) text: Folded,
}

/// The story cut into its parts, without the dateline that agencies print at the head or foot of the text: it has
/// a part of its own, where its place means something else.
pub(super) fn passages(story: &Story) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut add = |part: Part, text: &str| {
        if !text.trim().is_empty() {
            passages.push(Passage { part, text: Folded::new(text) });
        }
    };
    add(Part::Headline, &[&story.kicker, &story.headline, &story.subheadline].map(String::as_str).join("\n"));
    if let Some(dateline) = &story.dateline {
        add(Part::Dateline, &dateline.places.join("\n"));
    }
    let raw = story.dateline.as_ref().map_or("", |dateline| dateline.raw.trim());
    let mut lead = Some(Part::Lead);
    for block in &story.body {
        let text = without(raw, &block.text);
        // A paragraph of the dateline alone is no lead; the next one is.
        if !text.contains(char::is_alphanumeric) {
            continue;
        }
        let part = match block.kind {
            BlockKind::Subhead => Part::Subhead,
            BlockKind::Paragraph => lead.take().unwrap_or(Part::Body),
        };
        add(part, &text);
    }
    // A photo story has no other text: its first caption is its lead.
    let mut lead = lead.filter(|_| story.body.is_empty());
    for caption in &story.captions {
        add(lead.take().unwrap_or(Part::Caption), &without(raw, &caption.text));
    }
    passages
}

/// The text with a space for the dateline, where that stands in it.
fn without<'a>(raw: &str, text: &'a str) -> Cow<'a, str> {
    if raw.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(text.replacen(raw, " ", 1)) }
}
