//! What an English note forbids: NOT FOR RELEASE BEFORE …, DO NOT PUBLISH UNTIL FURTHER NOTICE.

use super::bound::{Bound, UNTIL, contains_any, is_timely, strip_any};

/// This story may not be published before …, NOT FOR RELEASE UNTIL ….
pub(super) fn forbidden(text: &str) -> Option<Bound<'_>> {
    const NOT: [&str; 6] = ["NOT ", "CANNOT ", "DON'T ", "DON’T ", "NEVER ", "NO "];
    const COPY: [&str; 6] = ["STORY", "STORIES", "ARTICLE", "COPY", "DISPATCH", "ITEM"];
    /// Copy too, where one begins with THIS; else what news speaks of.
    const ONES: [&str; 12] = [
        "REPORT",
        "MATERIAL",
        "CONTENT",
        "PICTURE",
        "PHOTO",
        "DOCUMENT",
        "VIDEO",
        "TEXT",
        "FOOTAGE",
        "AUDIO",
        "SPEECH",
        "INTERVIEW",
    ];
    const THIS: [&str; 8] =
        ["THIS ", "THESE ", "THE FOLLOWING ", "THE ABOVE ", "ALL ", "STORY ", "COPY ", "PLEASE "];
    const OTHERS: &str = "THIS THESE THE FOLLOWING ABOVE ALL PLEASE DO MAY MUST SHOULD IS ARE";
    /// In bytes; a longer subject is that of a sentence.
    const LONGEST_SUBJECT: usize = 60;
    let begins_word = |at: &usize| *at == 0 || text[..*at].ends_with(' ');
    let not = NOT.iter().filter_map(|word| text.find(word).filter(begins_word)).min()?;
    let until = UNTIL.iter().filter_map(|word| text[not..].find(word).map(|at| (not + at, word.len())));
    let (bound, width) = until.min_by_key(|(at, _)| *at)?;
    let (subject, deed, rest) = (&text[..not], &text[not..bound], &text[bound + width..]);
    // “This report was not published until 2019.”
    let told = subject.contains([':', '.']) || contains_any(subject, &[" WAS ", " WERE ", " HAD "]);
    let this = strip_any(subject, &THIS).is_some() && subject.len() <= LONGEST_SUBJECT && !told;
    let names_copy = contains_any(subject, &COPY) || subject.starts_with("THIS ") && contains_any(subject, &ONES);
    let of_nothing = subject.split_whitespace().all(|word| OTHERS.split(' ').any(|other| other == word));
    let open = is_open(rest);
    let sure = names_copy || open || strip_any(deed, &["NOT FOR ", "NOT TO BE "]).is_some();
    let spoken = of_nothing || this && names_copy;
    let releases = if names_copy { is_release(deed) } else { is_nothing_but_release(deed) };
    (spoken && releases && (sure || is_timely(rest))).then_some(Bound { rest, sure })
}

/// No day can be told yet: FURTHER NOTICE.
pub(super) fn is_open(rest: &str) -> bool {
    const NOTICES: [&str; 10] = [
        "FURTHER NOTICE",
        "FURTHER ADVISED",
        "ADVISED",
        "NOTIFIED",
        "INSTRUCTED",
        "CONFIRMED",
        "CLEARED",
        "RELEASED",
        "DELIVERY",
        "DELIVERED",
    ];
    strip_any(rest, &NOTICES).is_some_and(|rest| rest.trim_matches(['.', '!', '*', ' ']).is_empty())
}

const RELEASES: [&str; 13] = [
    "MOVE",
    "PUBLI",
    "RELEAS",
    "BROADCAST",
    "USE",
    "DISTRIB",
    "TRANSMI",
    "AIR",
    "PRINT",
    "REPORT",
    "POSTED",
    "REPRODUC",
    "QUOTED",
];

/// May not be published, or passed on in any other form.
fn is_release(deed: &str) -> bool {
    !deed.contains(['.', ';']) && deed.split(' ').any(|word| strip_any(word, &RELEASES).is_some())
}

/// The same where nothing else says what the note is about: no tap water in it.
fn is_nothing_but_release(deed: &str) -> bool {
    const WORDS: &str = "NOT CANNOT DON'T DON’T NEVER NO BE TO FOR OR AND THIS THE IT IN ANY FORM ON ONLINE WEB \
        WEBSITES STORY STORIES COPY MATERIAL PICTURES PHOTOS OTHERWISE SOCIAL";
    let known = |word: &str| {
        word.is_empty() || WORDS.split(' ').any(|known| known == word) || strip_any(word, &RELEASES).is_some()
    };
    is_release(deed) && deed.split([' ', ',']).all(known)
}
