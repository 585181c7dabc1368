//! English notes: EMBARGOED UNTIL 1800 GMT NOV 20, NOT FOR RELEASE BEFORE 6 P.M.

mod time;

use super::frame::Frame;
use super::{Note, Scope};

/// Reads a note; `printed` is the text as it is set, `upper` in capitals.
pub(super) fn read(upper: &str, printed: &str, frame: Frame) -> Option<Note> {
    let upper = upper.trim_start_matches(|c: char| c.is_whitespace() || "*+=-\"".contains(c));
    let Bound { rest, sure } = bound(upper)?;
    let rest = rest.trim_start_matches(LOOSE);
    // A line with small letters may be a headline: Embargo until 2028 strains grain trade.
    let set_as_news = frame != Frame::Note && printed.chars().any(char::is_lowercase);
    let until = time::read(rest);
    if until.is_none() && !sure && (set_as_news || frame == Frame::Inside) && !time::names_hour(rest) {
        return None;
    }
    Some(Note { scope: scope(upper), until })
}

fn scope(text: &str) -> Scope {
    const WORDS: [(&[&str], Scope); 4] = [
        (&["ABOVE STOR", "ABOVE ITEM", "ABOVE ARTICLE"], Scope::Above),
        (&["FOLLOWING", "STORIES BELOW", "BELOW STOR"], Scope::Below),
        (&["ALL STORIES", "THESE STORIES", "ALL ITEMS", "ON THIS PAGE"], Scope::Page),
        (&["THIS "], Scope::This),
    ];
    WORDS.iter().find(|(words, _)| contains_any(text, words)).map_or(Scope::Unsaid, |(_, scope)| *scope)
}

/// What follows the words that bind.
struct Bound<'a> {
    rest: &'a str,
    /// The words are those of a note, whatever follows.
    sure: bool,
}

/// What may stand between words that bind and a time.
const LOOSE: [char; 4] = [':', '-', ' ', ','];

const UNTIL: [&str; 7] =
    [" UNTIL ", " TILL ", " BEFORE ", " PRIOR TO ", " EARLIER THAN ", " UNTIL: ", " AHEAD OF "];

/// Finds the words that bind.
fn bound(text: &str) -> Option<Bound<'_>> {
    let text = without(text, &["UNDER ", "STRICTLY "]);
    let text = without(text, &["STRICT ", "HARD "]);
    let text = without(text, &["STRICT "]);
    embargoed(text).or_else(|| held(text)).or_else(|| forbidden(text))
}

/// EMBARGOED FOR RELEASE UNTIL …, EMBARGO: ….
fn embargoed(text: &str) -> Option<Bound<'_>> {
    const PURPOSES: [&str; 10] = [
        " MATERIAL",
        " STORY",
        " COPY",
        " NEWS",
        " TIME",
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
    for word in PURPOSES {
        rest = strip_word(rest, word).unwrap_or(rest);
    }
    if let Some(rest) = strip_any(rest, &UNTIL) {
        return Some(Bound { rest, sure: verb });
    }
    let loose = without(rest, &[" TO ", " LIFTS "]);
    let bound = loose.len() < rest.len() || rest.starts_with(LOOSE);
    (bound && is_timely(loose)).then_some(Bound { rest: loose, sure: true })
}

/// HOLD FOR RELEASE UNTIL …, FOR USE AFTER …, NOT BEFORE ….
fn held(text: &str) -> Option<Bound<'_>> {
    const WORDS: [&str; 8] = [
        "HOLD FOR RELEASE",
        "HOLD FOR PUBLICATION",
        "FOR RELEASE",
        "FOR PUBLICATION",
        "FOR USE",
        "FOR BROADCAST",
        "HOLD",
        "NOT BEFORE",
    ];
    let (word, rest) = WORDS.iter().find_map(|word| Some((word, strip_word(text, word)?)))?;
    let rest = without(rest, &[" TIME"]);
    let rest = without(rest, &[" UNTIL ", " TILL ", " AFTER ", " FROM ", " NOT BEFORE "]);
    let whole = word.starts_with("HOLD FOR") && rest.trim_matches(['.', ':', ' ']).is_empty();
    (whole || is_timely(rest)).then_some(Bound { rest, sure: true })
}

/// This story may not be published before …, NOT FOR RELEASE UNTIL ….
fn forbidden(text: &str) -> Option<Bound<'_>> {
    const NOT: [&str; 5] = ["NOT ", "CANNOT ", "DON'T ", "DON’T ", "NEVER "];
    const COPY: [&str; 6] = ["STORY", "STORIES", "ARTICLE", "COPY", "DISPATCH", "ITEM"];
    const THIS: [&str; 8] =
        ["THIS ", "THESE ", "THE FOLLOWING ", "THE ABOVE ", "ALL ", "STORY ", "COPY ", "PLEASE "];
    const RELEASES: [&str; 12] = [
        "PUBLI",
        "RELEAS",
        "BROADCAST",
        " USE",
        "DISTRIB",
        "TRANSMI",
        " AIR",
        "PRINT",
        "REPORT",
        "POSTED",
        "REPRODUC",
        "QUOTED",
    ];
    /// In bytes; a longer subject is that of a sentence.
    const LONGEST_SUBJECT: usize = 60;
    let begins_word = |at: &usize| *at == 0 || text[..*at].ends_with(' ');
    let not = NOT.iter().filter_map(|word| text.find(word).filter(begins_word)).min()?;
    let until = UNTIL.iter().filter_map(|word| text[not..].find(word).map(|at| (not + at, word.len())));
    let (bound, width) = until.min_by_key(|(at, _)| *at)?;
    let (subject, deed, rest) = (&text[..not], &text[not..bound], &text[bound + width..]);
    let this = strip_any(subject, &THIS).is_some() && subject.len() <= LONGEST_SUBJECT;
    let spoken = subject.is_empty() || subject.starts_with("DO ") || this;
    let releases = contains_any(deed, &RELEASES) && !deed.contains(['.', ';']);
    let sure = contains_any(subject, &COPY) || strip_any(deed, &["NOT FOR ", "NOT TO BE "]).is_some();
    (spoken && releases && (sure || is_timely(rest))).then_some(Bound { rest, sure })
}

/// A day or an hour comes next, so that it is no headline on a trade ban.
fn is_timely(rest: &str) -> bool {
    let rest = without(rest.trim_start_matches(LOOSE), &["AT ", "ON "]);
    rest.starts_with(|c: char| c.is_ascii_digit()) || time::starts_with_day(rest)
}

fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What follows the first of `words` that `text` begins with.
fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
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

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, WITHHELD, check_all};

    #[test]
    fn notes_in_many_words() {
        let eight = "2026-11-21T00:00";
        check_all(&[
            ("EMBARGOED UNTIL 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("Embargoed until 00:01 GMT, Nov 21, 2026", "2026-11-21T00:01"),
            ("NOT FOR RELEASE BEFORE 6 p.m. EST, Nov. 20", "2026-11-20T23:00"),
            ("EMBARGOED UNTIL 6 p.m. ET, Nov. 20", WITHHELD),
            ("[EMBARGOED UNTIL 0000 GMT NOV 21]", eight),
            ("Eds: EMBARGOED UNTIL 0000 GMT, NOV 21", eight),
            ("NOT FOR RELEASE UNTIL 0000 GMT NOV 21", eight),
            ("EMBARGO 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("EMBARGO: 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("FOR RELEASE AFTER 1800 GMT NOV 20", "2026-11-20T18:00"),
            (
                "This story may not be published, broadcast or distributed before 1800 GMT on Nov 21. \
                 Subscribers are asked to keep to it in print and online.",
                "2026-11-21T18:00",
            ),
            (
                "This story may not be published, broadcast or distributed before the ceremony ends on Nov 21.",
                WITHHELD,
            ),
        ]);
    }

    #[test]
    fn news_reads_alike() {
        check_all(&[
            ("Embargo on grain ends on Nov 20", NONE),
            ("Embargo until 2028 strains grain trade", NONE),
            ("Embargo to end on Nov 20", NONE),
            ("Embargo: how a ban on grain works", NONE),
            ("Embargoed goods pile up at port", NONE),
            ("The vaccine may not be used before Nov 21, officials said.", NONE),
            ("Shops hold sales until Nov 21", NONE),
            ("For release of hostages, talks go on", NONE),
        ]);
    }
}
