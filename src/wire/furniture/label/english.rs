//! Labels in English: `World Briefs`, `Across the Nation`, `NATION & WORLD`.

use super::Label;
use crate::wire::words::Words;

pub(super) fn label(bare: &str) -> Option<Label> {
    const BRIEFS: Words = Words::of(&[
        "in brief",
        "news in brief",
        "world in brief",
        "nation in brief",
        "business in brief",
        "sports in brief",
        "briefs",
        "briefly",
        "news briefs",
        "around the world",
        "around the nation",
        "around the state",
        "around the region",
        "around the county",
        "around the country",
        "across the nation",
        "across the country",
        "across the state",
        "across the region",
        "across the world",
        "news digest",
        "digest",
        "short takes",
        "in other news",
        "police blotter",
        "at a glance",
    ]);
    const COLUMNS: Words = Words::of(&[
        "nation & world",
        "nation and world",
        "nation/world",
        "world & nation",
        "world and nation",
        "roundup",
        "local & state",
        "city & state",
    ]);
    const LETTERS: Words = Words::of(&[
        "letters to the editor",
        "letters",
        "your letters",
        "readers' letters",
        "letters from readers",
        "readers write",
    ]);
    const GENRES: [&str; 9] =
        ["briefs", "digest", "roundup", "news", "notes", "headlines", "summary", "shorts", "briefing"];
    let first = bare.chars().next().filter(|c| c.is_uppercase())?;
    if !first.is_ascii() || bare.len() > 32 {
        return None;
    }
    let lower = bare.to_ascii_lowercase();
    let label = lower.as_str();
    if BRIEFS.have(label) {
        return Some(Label::Briefs);
    }
    if LETTERS.have(label) {
        return Some(Label::Items);
    }
    if COLUMNS.have(label) {
        return Some(Label::Column);
    }
    let (topic, genre) = label.rsplit_once(' ')?;
    if !is_topic(topic) || !GENRES.contains(&genre) || bare.contains(char::is_lowercase) && !is_title_case(bare) {
        return None;
    }
    Some(if matches!(genre, "news" | "headlines" | "summary") { Label::Column } else { Label::Briefs })
}

fn is_title_case(text: &str) -> bool {
    text.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '&') || word == "and")
}

/// `World`, `Nation & World`.
fn is_topic(text: &str) -> bool {
    text.split([' ', '/']).all(|word| {
        matches!(
            word,
            "world"
                | "national"
                | "nation"
                | "local"
                | "state"
                | "regional"
                | "region"
                | "business"
                | "sports"
                | "metro"
                | "city"
                | "county"
                | "area"
                | "international"
                | "foreign"
                | "political"
                | "arts"
                | "science"
                | "health"
                | "tech"
                | "police"
                | "crime"
                | "court"
                | "school"
                | "community"
                | "morning"
                | "evening"
                | "daily"
                | "weekly"
                | "weekend"
                | "market"
                | "global"
                | "town"
                | "&"
                | "and"
                | "education"
                | "college"
        )
    })
}
