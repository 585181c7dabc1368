//! The words by which an English note binds: EMBARGOED UNTIL, HOLD FOR RELEASE, FOR USE AFTER.

use super::ban::{forbidden, is_open};
use super::mark::SUBJECTS;
use super::time;

/// What follows the words that bind.
pub(super) struct Bound<'a> {
    pub rest: &'a str,
    /// The words are those of a note, whatever follows.
    pub sure: bool,
}

/// What may stand between words that bind and a time.
pub(super) const LOOSE: [char; 11] = [':', '-', ' ', ',', ';', '/', '|', '(', '[', '–', '—'];

pub(super) const UNTIL: [&str; 7] =
    [" UNTIL ", " TILL ", " BEFORE ", " PRIOR TO ", " EARLIER THAN ", " UNTIL: ", " AHEAD OF "];

/// Finds the words that bind.
pub(super) fn bound(text: &str) -> Option<Bound<'_>> {
    let text = without(text, &["CHECK AGAINST DELIVERY"]).trim_start_matches(LOOSE);
    let (subject, text) = after_subject(text);
    let found = embargoed(text).map(|found| match subject {
        // “The report is embargoed until spring, she said.”
        Subject::Any => Bound { sure: false, ..found },
        Subject::Copy => found,
    });
    found.or_else(|| held(text)).or_else(|| forbidden(text))
}

/// What is said to be embargoed.
enum Subject {
    /// This story, or nothing but the embargo.
    Copy,
    /// The report.
    Any,
}

/// What follows the words that a note may begin with: THIS STORY IS UNDER STRICT EMBARGO.
fn after_subject(text: &str) -> (Subject, &str) {
    if !text.contains("EMBARGO") {
        // Nothing but STRICTLY can be left out before other words that bind.
        return (Subject::Copy, without(text, &["STRICTLY "]));
    }
    let mut rest = text;
    while let Some(word) = SUBJECTS
        .split_ascii_whitespace()
        .find_map(|word| strip_word(rest, word).filter(|_| !rest.starts_with("EMBARGO")))
    {
        rest = word.trim_start_matches([' ', '.', ':']);
    }
    if !rest.starts_with("EMBARGO") {
        return (Subject::Copy, without(text, &["STRICTLY "]));
    }
    let is_any = text.starts_with("THE ")
        && !text.starts_with("THE FOLLOWING ")
        && !text.starts_with("THE ABOVE ")
        // The contents of this story are ours.
        && !text.contains(" OF THIS ");
    (if is_any { Subject::Any } else { Subject::Copy }, rest)
}

/// EMBARGOED FOR RELEASE UNTIL …, EMBARGO: ….
fn embargoed(text: &str) -> Option<Bound<'_>> {
    const PURPOSES: [&str; 18] = [
        " OF",
        " IN FORCE",
        " IN EFFECT",
        " IN PLACE",
        " AND",
        " OR",
        " ONLINE",
        " MATERIAL",
        " STORY",
        " COPY",
        " NEWS",
        " TIME",
        " DATE",
        " FOR",
        " RELEASE",
        " PUBLICATION",
        " USE",
        " BROADCAST",
    ];
    let rest = text.strip_prefix("EMBARGO")?;
    let (mut rest, verb) = rest.strip_prefix("ED").map_or((rest, false), |rest| (rest, true));
    if rest.trim_end_matches(['.', '!']).is_empty() {
        return Some(Bound { rest: "", sure: true });
    }
    while let Some(after) = PURPOSES.iter().find_map(|word| strip_word(rest, word)) {
        rest = after;
    }
    if let Some(rest) = strip_any(rest, &UNTIL) {
        return Some(Bound { rest, sure: verb });
    }
    // EMBARGOED - NOT FOR RELEASE BEFORE …
    let other = rest.trim_start_matches(LOOSE);
    if let Some(found) = held(other).or_else(|| forbidden(other)).filter(|_| other.len() < rest.len()) {
        return Some(Bound { sure: true, ..found });
    }
    // EMBARGO SET BY THE JOURNAL: 1600 GMT
    if let Some(told) = strip_any(rest, &[" SET BY ", " IMPOSED BY ", " REQUESTED BY "])
        && let Some((source, rest)) = told.split_once(':')
    {
        const SOURCES: [&str; 8] =
            ["JOURNAL", "PUBLISHER", "SOURCE", "AUTHOR", "ORGANIS", "ORGANIZ", "UNIVERSITY", "ISSUER"];
        return contains_any(source, &SOURCES).then_some(Bound { rest, sure: true });
    }
    // Embargo lifts at midnight on poultry.
    let ends = without(rest, &[" TO ", " LIFTS ", " LIFTS: ", " ENDS ", " ENDS: ", " EXPIRES ", " EXPIRES: "]);
    let told = ends.len() < rest.len();
    let bound = told || rest.starts_with(LOOSE);
    (bound && is_timely(ends)).then_some(Bound { rest: ends, sure: !told })
}

/// HOLD FOR RELEASE UNTIL …, FOR USE AFTER …, NOT BEFORE ….
fn held(text: &str) -> Option<Bound<'_>> {
    /// Each, and whether it is that of a note whatever follows; news has a release date too.
    const WORDS: [(&str, bool); 32] = [
        ("HFR", true),
        ("FOR AMS OF", true),
        ("FOR PMS OF", true),
        ("FOR AMS", true),
        ("FOR PMS", true),
        ("RELEASE AT WILL", false),
        ("HOLD FOR RELEASE", true),
        ("HOLD FOR PUBLICATION", true),
        ("FOR RELEASE", true),
        ("FOR PUBLICATION", true),
        ("FOR USE", true),
        ("FOR BROADCAST", true),
        ("ADVANCE FOR RELEASE", true),
        ("ADVANCE FOR USE", true),
        ("ADVANCE FOR", true),
        ("HOLD FOR", false),
        ("HOLD", true),
        ("WITHHOLD", true),
        ("NOT BEFORE", true),
        ("RELEASE TIME", false),
        ("RELEASE DATE", false),
        ("RELEASE:", false),
        ("PUBLICATION TIME", false),
        ("PUBLICATION DATE", false),
        ("MAY BE PUBLISHED", false),
        ("MAY BE RELEASED", false),
        ("MAY BE USED", false),
        ("CAN BE PUBLISHED", false),
        ("CAN BE USED", false),
        ("AVAILABLE FOR PUBLICATION", false),
        ("AVAILABLE FOR RELEASE", false),
        ("AVAILABLE FOR USE", false),
    ];
    if let Some(rest) = in_advance(text) {
        return Some(Bound { rest, sure: true });
    }
    let (word, sure, rest) = WORDS.iter().find_map(|(word, sure)| Some((word, *sure, strip_word(text, word)?)))?;
    // HOLD - DO NOT RELEASE UNTIL …
    if let Some(found) = forbidden(rest.trim_start_matches(LOOSE)).filter(|_| *word == "HOLD") {
        return Some(found);
    }
    let rest = without(rest, &[" TIME", " DATE", " ONLY"]);
    let after = strip_any(rest, &[" UNTIL ", " TILL ", " AFTER ", " FROM ", " NOT BEFORE ", " NO EARLIER THAN "]);
    if is_open(without(rest, &[" UNTIL ", " ON ", " UPON ", " WHEN "])) {
        return Some(Bound { rest, sure: true });
    }
    let ends = rest.trim_matches(['.', ':', ' ']).is_empty();
    let whole = word.starts_with("HOLD FOR ") && (ends || after.is_some());
    let rest = after.unwrap_or(rest);
    (whole || is_timely(rest)).then_some(Bound { rest, sure })
}

/// Moved in advance for use Monday, Nov. 30; not in advance of a storm.
fn in_advance(text: &str) -> Option<&str> {
    const DEEDS: [&str; 8] =
        ["MOVED", "MOVING", "SENT", "TRANSMITTED", "ISSUED", "FILED", "MADE AVAILABLE", "SUPPLIED"];
    let rest = DEEDS.iter().find_map(|deed| strip_word(text, deed))?;
    let rest = strip_any(rest, &[" IN ADVANCE FOR", " EARLY FOR"])?;
    let rest = without(rest, &[" USE", " RELEASE", " PUBLICATION", " THE PAPERS OF"]);
    is_timely(rest).then_some(rest)
}

/// A day or an hour comes next, so that it is no headline on a trade ban.
pub(super) fn is_timely(rest: &str) -> bool {
    let rest = without(rest.trim_start_matches(LOOSE), &["AT ", "ON "]);
    rest.starts_with(|c: char| c.is_ascii_digit()) || time::starts_with_day(rest)
}

pub(super) fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What follows the first of `words` that `text` begins with.
pub(super) fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// What follows `word`, which ends there.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `text` without the first of `words` that it begins with.
fn without<'a>(text: &'a str, words: &[&str]) -> &'a str {
    strip_any(text, words).unwrap_or(text)
}
