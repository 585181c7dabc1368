//! How much of its stories a feed document holds: several readers refuse a large one.

use super::content;
use crate::story::Story;

/// The most bytes that a document may have, in any format.
pub const BYTES: usize = 512 << 10;
/// What a document says besides its stories, at most: titles and links.
const FRAME: usize = 8 << 10;
/// What a story's element says besides its texts, at most: tags, ids, dates.
const ELEMENT: usize = 768;
/// What each label takes, at most, with its name in two languages.
const CATEGORY: usize = 256;

/// How many of the first of these stories fit into a document, at least one, if need be by their summaries.
#[must_use]
pub fn fitting(stories: &[Story]) -> usize {
    let mut room = BYTES - FRAME;
    let fits = stories.iter().take_while(|story| take(&mut room, summarised(story))).count();
    fits.max(1).min(stories.len())
}

/// How many of the first of these stories can be told in full, when of the others stand the summaries: whole stories,
/// and summaries before fewer stories.
pub(super) fn full(stories: &[Story]) -> usize {
    let all: usize = stories.iter().map(summarised).sum();
    let mut room = (BYTES - FRAME).saturating_sub(all);
    stories.iter().take_while(|story| take(&mut room, escaped(&content::html(story)))).count()
}

/// Takes `bytes` out of the room, if there are so many.
fn take(room: &mut usize, bytes: usize) -> bool {
    room.checked_sub(bytes).inspect(|left| *room = *left).is_some()
}

/// What a story takes by its summary alone, which JSON holds twice.
fn summarised(story: &Story) -> usize {
    let bylines: usize = story.bylines.iter().map(|byline| escaped(&byline.name) + 64).sum();
    let labels = story.topics.len() + story.regions.len();
    ELEMENT + 2 * escaped(&story.headline) + 3 * escaped(&content::summary(story)) + bylines + labels * CATEGORY
}

/// The bytes of a text in whichever format writes the most: XML writes `"` in six, JSON writes a control character in
/// six, and what is escaped for HTML is escaped once more.
fn escaped(text: &str) -> usize {
    text.bytes()
        .map(|b| if matches!(b, b'<' | b'>' | b'&' | b'"' | b'\'' | b'\\' | 0..=0x1f) { 6 } else { 1 })
        .sum()
}
