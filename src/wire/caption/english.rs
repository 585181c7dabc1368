//! English credits: (Photo by Lin Wei/Xinhua), REUTERS/Paul Deveau, PHOTO BY SAM REEVE, (File photo).

use super::super::words::Words;
use crate::wire::byline::{is_agency, is_capitalised, is_paper};

/// Where the credit that ends a text begins in bytes, and who it credits.
pub(super) fn credit(text: &str) -> Option<(usize, String)> {
    let last = text.chars().next_back()?;
    if last == ')' || last == ']' {
        return in_brackets(text);
    }
    if !last.is_ascii_alphabetic() {
        return None;
    }
    let start = after_last_sentence(text);
    let phrase = &text[start..];
    // A line alone names what it credits: “Sam Reeve/The Courier” may do without.
    whom(phrase).map(|whom| (start, whom.to_owned()))
}

/// (Xinhua), (AP Photo/Jane Doe, File), [Photo/Xinhua].
fn in_brackets(text: &str) -> Option<(usize, String)> {
    let open = text.rfind(['(', '['])?;
    let inner = text[open + 1..text.len() - 1].trim();
    if inner.contains([')', ']']) || inner.len() > LONGEST {
        return None;
    }
    let before = text[..open].trim_end();
    let stopped = before.is_empty() || before.ends_with(['.', '!', '?', '"', '”', '’', '\'']);
    // “By Jane Doe (Reuters)” is who wrote it.
    let whom = whom(inner).or_else(|| (stopped && signs_pictures(inner)).then_some(inner))?;
    (!before.starts_with("By ") && !before.starts_with("BY ")).then(|| (open, whom.to_owned()))
}

/// The longest credit, in bytes.
const LONGEST: usize = 80;

/// Where the last sentence ends and the space after it, in bytes.
fn after_last_sentence(text: &str) -> usize {
    let stop = |(at, _): &(usize, &str)| text[..*at].ends_with(['.', '!', '?', '"', '”', ')', '。']);
    let space = text.rmatch_indices(' ').take(12).find(stop);
    // “Photo by R. T. Bexley”: an initial ends nothing.
    space.filter(|(at, _)| !ends_in_initial(&text[..*at])).map_or(0, |(at, _)| at + 1)
}

fn ends_in_initial(text: &str) -> bool {
    let mut letters = text.chars().rev();
    letters.next() == Some('.')
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(|c| c == ' ')
}

/// Whom a phrase credits; `None` when it is no credit.
fn whom(phrase: &str) -> Option<&str> {
    const BEFORE: [&str; 18] = [
        "photo by ",
        "photos by ",
        "photo: ",
        "photos: ",
        "photo/",
        "photograph by ",
        "photograph: ",
        "picture by ",
        "picture: ",
        "image: ",
        "image by ",
        "staff photo by ",
        "courtesy of ",
        "photo courtesy of ",
        "photo credit: ",
        "credit: ",
        "image credit: ",
        "file photo by ",
    ];
    const ALONE: [&str; 12] = [
        "file photo",
        "file picture",
        "file image",
        "file photograph",
        "staff photo",
        "courtesy photo",
        "handout photo",
        "contributed photo",
        "submitted photo",
        "library picture",
        "stock photo",
        "archive photo",
    ];
    if phrase.len() > LONGEST || phrase.len() < 4 {
        return None;
    }
    let begins = |word: &str| phrase.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if let Some(word) = BEFORE.iter().find(|word| begins(word)) {
        let rest = phrase[word.len()..].trim();
        return is_credited(rest).then_some(rest);
    }
    (ALONE.iter().any(|alone| alone.eq_ignore_ascii_case(phrase)) || is_paired(phrase)).then_some(phrase)
}

/// Lin Wei/Xinhua, the Harbour Trust, Jane Doe via AP, File: nothing but names.
fn is_credited(text: &str) -> bool {
    !text.is_empty()
        && text.split_whitespace().count() <= 9
        && text.split([',', '/', '&']).all(|part| {
            let part = part.trim();
            let part = part.strip_prefix("the ").unwrap_or(part);
            part.split(" via ").all(is_capitalised)
        })
}

/// REUTERS/Paul Deveau, Sam Reeve/The Courier, SAM REEVE / STAFF PHOTO, Handout via REUTERS.
fn is_paired(phrase: &str) -> bool {
    let Some((left, right)) = phrase.split_once('/').or_else(|| phrase.split_once(" via ")) else { return false };
    let (left, right) = (left.trim(), right.trim());
    // A place may follow a house: “AP/Redport”; names are capitalised.
    if signs_pictures(left) || matches!(left, "AP" | "AP Photo" | "Photo" | "Getty Images") {
        return is_credited(right);
    }
    let last = right.rsplit('/').next().unwrap_or(right);
    let house = is_agency(last)
        || signs_pictures(last)
        || is_paper(last) && last.split_whitespace().count() > 1
        || ["staff photo", "staff", "file photo", "handout", "for the courier", "getty images"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(last));
    house && (2..=5).contains(&left.split_whitespace().count()) && is_capitalised(left)
}

/// Houses that sign pictures with their name alone.
fn signs_pictures(text: &str) -> bool {
    const HOUSES: [&str; 9] = ["Xinhua", "AP Photo", "AFP", "Reuters", "REUTERS", "Kyodo", "dpa", "VCG", "IC"];
    HOUSES.iter().any(|house| text == *house || text.strip_prefix(house).is_some_and(|rest| rest.starts_with('/')))
}

/// Takes `Photo caption:` off; `FILE PHOTO:` stays, as it says that the picture is old.
pub(super) fn without_mark(text: &str) -> Option<&str> {
    const LABELS: Words =
        Words::of(&["Photo caption:", "PHOTO CAPTION:", "Caption:", "CAPTION:", "Picture caption:"]);
    const KEPT: Words = Words::of(&["FILE PHOTO:", "File photo:", "FILE - "]);
    if KEPT.begin(text) {
        return Some(text.trim());
    }
    LABELS.strip(text).map(str::trim)
}
