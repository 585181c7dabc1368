//! English bylines: By Alice Morgan and Ravi Desai, Staff Writers; and the house under them.

use super::super::words::Words;
use crate::story::Byline;

/// Reads a line that says who wrote it: `By Alice Morgan in Nairobi`, `Words by …; pictures by …`.
pub(super) fn line(text: &str) -> Option<Vec<Byline>> {
    /// The longest byline, in bytes.
    const LONGEST: usize = 160;
    // Most lines are running text, and most of that is no English that begins like this.
    if text.len() > LONGEST || !text.starts_with(['B', 'b', 'S', 'W', 'T', 'R', 'P', 'I', 'F']) {
        return None;
    }
    if text.ends_with(['.', '!', '?', ':']) && !text.ends_with("Jr.") && !text.ends_with("Sr.") {
        return None;
    }
    if is_nobody_in_particular(text) {
        return Some(Vec::new());
    }
    let mut found = Vec::new();
    for part in text.split(';') {
        let (role, rest) = opener(part.trim())?;
        found.extend(people(rest)?.into_iter().map(|name| Byline { name, role: role.to_owned() }));
    }
    Some(found)
}

/// Splits `By`, `Story by`, `Photographs by` off.
fn opener(text: &str) -> Option<(&str, &str)> {
    const WORKS: [&str; 13] = [
        "story",
        "words",
        "text",
        "report",
        "written",
        "interview",
        "pictures",
        "photos",
        "photographs",
        "photography",
        "photo",
        "illustrations",
        "story and photos",
    ];
    let at = if is_by(text.get(..2)?) { 0 } else { find_by(text)? };
    let (role, rest) = text.split_at(at + 2);
    let known = at == 0 || WORKS.iter().any(|work| text[..at].trim_end().eq_ignore_ascii_case(work));
    (known && rest.starts_with(char::is_whitespace)).then(|| (role, rest.trim_start()))
}

fn is_by(word: &str) -> bool {
    matches!(word, "By" | "BY" | "by")
}

/// Where the first `by` that is a word begins.
fn find_by(text: &str) -> Option<usize> {
    [" by ", " BY ", " By "].iter().filter_map(|word| text.find(word)).min().map(|at| at + 1)
}

/// Whether the work that a role names is pictures: `Photographs by`.
pub(super) fn takes_pictures(role: &str) -> bool {
    let work = |start: &str| role.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    (work("p") || work("ill")) && role.get(role.len() - 2..).is_some_and(is_by)
}

/// `By our correspondent`, `By staff and wire reports`, `From wire reports`.
fn is_nobody_in_particular(text: &str) -> bool {
    const WORDS: [&str; 27] = [
        "our",
        "own",
        "a",
        "the",
        "special",
        "foreign",
        "political",
        "business",
        "sports",
        "city",
        "marine",
        "correspondent",
        "correspondents",
        "staff",
        "reporter",
        "reporters",
        "writer",
        "writers",
        "and",
        "wire",
        "agency",
        "news",
        "service",
        "services",
        "agencies",
        "reports",
        "desk",
    ];
    let mut words = text.split_whitespace();
    let from = match words.next() {
        Some("By" | "BY") => false,
        Some("From" | "FROM") => true,
        _ => return false,
    };
    let mut said = words.map(|word| {
        let word = word.to_lowercase();
        WORDS.iter().position(|known| *known == word)
    });
    let (mut count, mut sure) = (0, false);
    let all = said.all(|at| {
        count += 1;
        // The words from “correspondent” on say who, but for “and”, “news” and “the wire”.
        sure |= at.is_some_and(|at| at >= 11 && !matches!(WORDS[at], "and" | "wire" | "news" | "desk"));
        at.is_some()
    });
    // “From agency reports”; but “From the desk” may head a column.
    all && sure && count <= 7 && (!from || count > 1)
}

/// The names in `Alice Morgan in Nairobi and Ravi Desai, Staff Writers`; `None` when anything else is there.
fn people(text: &str) -> Option<Vec<String>> {
    let text = without_house(text);
    let text = without_office(text);
    let mut names: Vec<String> = Vec::new();
    for piece in
        text.split([',', '&']).flat_map(|piece| piece.split(" and ")).flat_map(|piece| piece.split(" AND "))
    {
        // “, and Ravi Desai” leaves the word at the head.
        let piece = piece.trim().trim_start_matches("and ").trim_start_matches("with ");
        let piece = without_house(piece);
        let name = without_place(piece);
        // “, dpa”, “and agencies” behind the names.
        if name.is_empty() || is_title(name) || !names.is_empty() && is_agency(name) {
            continue;
        }
        // “in Paris” after a comma, “Jr.” after a comma.
        if name.starts_with("in ") && is_capitalised(&name[3..]) {
            continue;
        }
        if matches!(name, "Jr." | "Jr" | "Sr." | "II" | "III") {
            let last = names.last_mut()?;
            last.push_str(", ");
            last.push_str(name);
            continue;
        }
        if !(is_person(name) || is_agency(name)) {
            return None;
        }
        names.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    (!names.is_empty()).then_some(names)
}

/// `Norah Quill | The Courier`, `Norah Quill (Reuters)`, `Norah Quill for The Courier`: the name.
fn without_house(text: &str) -> &str {
    let parted = [" | ", " / ", " — ", " – ", " - ", "|", " for ", " FOR "].iter().find_map(|mark| {
        let (name, house) = text.split_once(mark)?;
        (is_capitalised(house) && house.len() <= 40).then_some(name)
    });
    let text = parted.unwrap_or(text).trim_end();
    match text.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((name, house)) if is_agency(house) || is_title(house) => name.trim_end(),
        _ => text,
    }
}

/// `Xinhua writers Wang Lin`, `AFP correspondent Ada Pennant`: the name.
fn without_office(text: &str) -> &str {
    const OFFICES: [&str; 8] =
        ["writers", "writer", "correspondents", "correspondent", "reporters", "reporter", "editor", "columnist"];
    let mut words = text.match_indices(' ').take(3);
    let office = words.find_map(|(at, _)| {
        let word = text[..at].rsplit(' ').next()?;
        OFFICES.iter().any(|office| office.eq_ignore_ascii_case(word)).then_some(at)
    });
    office.map_or(text, |at| text[at..].trim_start())
}

/// `Norah Quill in Nairobi`: the name.
fn without_place(text: &str) -> &str {
    match text.split_once(" in ").or_else(|| text.split_once(" IN ")) {
        Some((name, place)) if is_capitalised(place) => name,
        _ => text,
    }
}

/// Every word is written as names are.
pub(in crate::wire) fn is_capitalised(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| is_name_word(word) || matches!(word, "of" | "the" | "and"))
}

/// `Norah`, `O'Neil`, `R.`, `von`; no figure in it.
fn is_name_word(word: &str) -> bool {
    let letters =
        |c: char| c.is_alphabetic() && !crate::wire::cursor::is_han(c) || matches!(c, '.' | '\'' | '’' | '-');
    (word.starts_with(char::is_uppercase) || PARTICLES.have(word)) && word.chars().all(letters)
}

const PARTICLES: Words = Words::of(&[
    "de", "del", "della", "di", "da", "das", "dos", "do", "du", "la", "le", "van", "von", "der", "den", "ter",
    "ten", "al", "el", "bin", "ibn", "ben", "bint", "y", "e", "zu", "af",
]);

/// A name of two to five words, in letters of either case.
fn is_person(text: &str) -> bool {
    /// What begins headlines after “By”, and no name.
    const NO_NAMES: Words = Words::of(&[
        "the", "a", "an", "my", "our", "his", "her", "their", "your", "its", "this", "that", "these", "those",
        "all", "no", "any", "some", "every", "each", "day", "night", "noon", "dawn", "train", "bus", "boat",
        "road", "rail", "sea", "land", "air", "popular", "royal", "special", "public", "most", "many", "not",
        "only", "sheer", "lake", "mount", "half",
    ]);
    let mut words = 0;
    let all = text.split_whitespace().all(|word| {
        words += 1;
        is_name_word(word)
    });
    let first = text.split_whitespace().next().unwrap_or("").to_lowercase();
    all && (2..=5).contains(&words) && !NO_NAMES.have(first.as_str())
}

/// `Staff Writer`, `Marine Correspondent`, `The Courier`, `Reuters`: what stands under or behind a name.
pub(in crate::wire) fn is_house_line(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 60 && (is_title(text) || is_agency(text) || is_paper(text))
}

/// A post: it ends in what people are.
fn is_title(text: &str) -> bool {
    const POSTS: Words = Words::of(&[
        "writer",
        "writers",
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "editor",
        "columnist",
        "contributor",
        "critic",
        "staff",
        "photographer",
        "freelance",
        "intern",
        "commentator",
        "analyst",
        "producer",
    ]);
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let words = text.split_whitespace().count();
    POSTS.have(last.as_str())
        && words <= 6
        && text.starts_with(char::is_uppercase)
        && (is_capitalised(text) || is_shouted(text))
}

fn is_shouted(text: &str) -> bool {
    text.chars().all(|c| c.is_uppercase() || c == ' ')
}

/// News agencies and the services that sign for them.
pub(in crate::wire) fn is_agency(text: &str) -> bool {
    const AGENCIES: [&str; 38] = [
        "reuters",
        "ap",
        "the associated press",
        "associated press",
        "afp",
        "agence france-presse",
        "dpa",
        "upi",
        "united press international",
        "xinhua",
        "xinhua news agency",
        "tass",
        "interfax",
        "kyodo",
        "kyodo news",
        "yonhap",
        "bernama",
        "pti",
        "press trust of india",
        "ani",
        "ians",
        "ansa",
        "efe",
        "anadolu",
        "bloomberg",
        "bloomberg news",
        "cna",
        "pa",
        "press association",
        "aap",
        "the canadian press",
        "canadian press",
        "agencies",
        "wire services",
        "news agencies",
        "staff",
        "cns",
        "getty images",
    ];
    text.len() <= 26 && AGENCIES.contains(&text.trim().to_lowercase().as_str())
}

/// `The Caskill Courier`, `Harbour Post`: ends in a word that papers are called by.
pub(in crate::wire) fn is_paper(text: &str) -> bool {
    /// By these no masthead is known.
    const MORE: Words = Words::of(&["guardian", "independent", "echo", "mirror", "express"]);
    let mut words = text.split_whitespace();
    let the = words.next().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    let last = words.next_back().unwrap_or("").to_lowercase();
    let is_paper_word = ends_paper_name(&last) || MORE.have(&last);
    let count = text.split_whitespace().count();
    // Without the article only two words or three: “Harbour Post”.
    is_paper_word && is_capitalised(text) && count <= if the { 5 } else { 3 }
}

/// `Post`, `HERALD`: a word that papers are called by.
pub(in crate::wire) fn ends_paper_name(word: &str) -> bool {
    const WORDS: Words = Words::of(&[
        "post",
        "times",
        "news",
        "herald",
        "gazette",
        "tribune",
        "chronicle",
        "daily",
        "journal",
        "standard",
        "observer",
        "courier",
        "telegraph",
        "mail",
        "ledger",
        "examiner",
        "sentinel",
        "record",
        "register",
        "bulletin",
        "globe",
        "inquirer",
        "dispatch",
        "argus",
        "advertiser",
        "press",
        "star",
    ]);
    WORDS.have(&word.to_ascii_lowercase())
}

/// A name alone after a dash: `Norah Quill`, `R. T. Bexley`.
pub(super) fn signature(text: &str) -> Option<Vec<Byline>> {
    let short = text.len() <= 40 && text.split_whitespace().count() <= 4 && text.starts_with(char::is_uppercase);
    (short && is_person(text) && !is_title(text) && !is_paper(text))
        .then(|| vec![Byline { name: text.to_owned(), role: String::new() }])
}

/// `Helen Marsh, Whitford`, `Colonel R. T. Bexley (retired), Redport`: who wrote a letter, and from where.
pub(in crate::wire) fn letter_signature(text: &str) -> Option<Vec<Byline>> {
    let (name, place) = text.split_once(", ")?;
    let bare = name.split(" (").next().unwrap_or(name);
    let from = place.split_whitespace().count() <= 5 && place.split(", ").all(is_capitalised);
    (text.len() <= 70 && from && is_person(bare) && !bare.contains(','))
        .then(|| vec![Byline { name: name.to_owned(), role: String::new() }])
}

/// `Sir,`, `To the Editor:`, `Dear Editor,`: a letter begins.
pub(in crate::wire) fn is_salutation(text: &str) -> bool {
    matches!(
        text.trim_end_matches([',', ':', ' ', '—', '–', '-']),
        "Sir"
            | "SIR"
            | "Sirs"
            | "Madam"
            | "Dear Sir"
            | "Dear Madam"
            | "Dear Editor"
            | "Dear Sir or Madam"
            | "Sir or Madam"
            | "To the Editor"
            | "TO THE EDITOR"
    ) && text.ends_with([',', ':', '—', '–', '-'])
}
