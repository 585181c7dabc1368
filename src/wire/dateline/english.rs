//! `NEW YORK, Nov 18 (Reuters) -`, `DECATUR, Ill. —`, `MOSCOW, November 18. /TASS/.`: datelines in letters that have
//! capitals.
//!
//! A short run of capitals, or a city with its state, is a dateline with one more sign of it; any other place with two.
//! Signs are a day, an agency in brackets, and a dash.

use super::super::cursor::Cursor;
use super::super::date::{PrintedDay, english_day};
use super::super::notice;
use super::super::words::Words;
use super::Printed;
use super::gazetteer;

/// The longest dateline seen is some 80 bytes; past this it is a sentence.
const LONGEST: usize = 100;

/// What was found in front of the text, each part as printed.
#[derive(Debug, Default)]
struct Signs<'a> {
    agency: &'a str,
    place: &'a str,
    day: Option<PrintedDay>,
    /// What parts the place from the day: a comma, a stop, nothing but a space.
    parted: bool,
    dash: bool,
    colon: bool,
}

/// Reads a dateline at the head of `text`.
pub(super) fn at_head(text: &str) -> Option<Printed> {
    let (signs, end) = signs(text)?;
    if !is_dateline(&signs, &text[end..]) {
        return None;
    }
    let raw = text[..end].trim_end().to_owned();
    Some(Printed {
        agency: signs.agency.to_owned(),
        places: places(signs.place),
        day: signs.day,
        raw,
        ..Printed::default()
    })
}

/// BEIJING/SHANGHAI is two places; `JEJU, South Korea` is one.
fn places(run: &str) -> Vec<String> {
    run.split('/').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Reads place, day, agency and dash, in the orders that houses print them; and where they end.
fn signs(text: &str) -> Option<(Signs<'_>, usize)> {
    let mut cursor = Cursor::new(text);
    let mut signs = Signs::default();
    // (ANSA) - ROME, NOV 18 -, AAP - The: the agency first.
    if let Some(agency) = marked_agency(&mut cursor) {
        signs.agency = agency;
        signs.dash = dash(&mut cursor, true);
        signs.colon = !signs.dash && colon(&mut cursor);
        let after_agency = cursor;
        if !signs.dash && !signs.colon {
            return None;
        }
        cursor.space();
        if let Some((place, day)) = place_and_day(&mut cursor)
            && dash(&mut cursor, false)
        {
            return Some((Signs { place, day: Some(day), ..signs }, cursor.at()));
        }
        return Some((signs, after_agency.at()));
    }
    signs.day = day(&mut cursor);
    if signs.day.is_none() {
        let (place, parted) = place(&mut cursor)?;
        signs.place = place;
        signs.parted = parted;
        signs.day = day(&mut cursor);
    }
    if signs.day.is_some() {
        hour(&mut cursor);
    }
    let before = cursor;
    cursor.take_while(|c| matches!(c, ',' | '.' | ' '));
    match marked_agency(&mut cursor).or_else(|| bare_agency(&mut cursor)) {
        Some(agency) => signs.agency = agency,
        None => cursor = before,
    }
    // `(Reuters) -The` lacks its space, `(UPI)` its dash.
    let named = !signs.agency.is_empty();
    if signs.day.is_none() && named {
        let mut dated = cursor;
        dated.take_while(|c| matches!(c, ',' | ' '));
        signs.day = day(&mut dated);
        if signs.day.is_some() {
            cursor = dated;
        }
    }
    let stopped = cursor;
    if !signs.dash {
        cursor.eat(".");
        cursor.take_while(|c| c == ',');
        signs.dash = dash(&mut cursor, named);
        if !signs.dash {
            cursor = stopped;
            signs.colon = colon(&mut cursor);
            if named && !signs.colon {
                cursor.eat(".");
            }
        }
    }
    Some((signs, cursor.at()))
}

/// VENICE, NOV 18.
fn place_and_day<'a>(cursor: &mut Cursor<'a>) -> Option<(&'a str, PrintedDay)> {
    let mut ahead = *cursor;
    let (place, _) = place(&mut ahead)?;
    let day = day(&mut ahead)?;
    *cursor = ahead;
    Some((place, day))
}

fn day(cursor: &mut Cursor) -> Option<PrintedDay> {
    let mut ahead = *cursor;
    ahead.space();
    let found = english_day(&mut ahead).or_else(|| foreign_day(&mut ahead))?;
    // `November 18ers` is no day.
    if ahead.peek().is_some_and(char::is_alphanumeric) {
        return None;
    }
    *cursor = ahead;
    Some(found)
}

/// `18 nov 2026`, `18 ноября`: a day in the months of other languages that agencies print.
fn foreign_day(cursor: &mut Cursor) -> Option<PrintedDay> {
    /// From January on, the beginnings of months: French, Spanish, German, Portuguese, Italian, Russian, Arabic.
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "gen", "янв", "يناير"],
        &["fév", "fev", "feb", "фев", "فبراير"],
        &["mar", "mär", "мар", "مارس"],
        &["avr", "abr", "apr", "апр", "أبريل"],
        &["mai", "may", "mag", "май", "мая", "مايو"],
        &["juin", "jun", "giu", "июн", "يونيو"],
        &["juil", "jul", "lug", "июл", "يوليو"],
        &["aoû", "aou", "ago", "aug", "авг", "أغسطس"],
        &["sep", "set", "сен", "سبتمبر"],
        &["oct", "okt", "out", "ott", "окт", "أكتوبر"],
        &["nov", "ноя", "نوفمبر"],
        &["déc", "dec", "dic", "dez", "дек", "ديسمبر"],
    ];
    let mut ahead = *cursor;
    let day = ahead.number(2)?;
    ahead.eat(".");
    ahead.space();
    ahead.eat("de ");
    let word = ahead.take_while(char::is_alphabetic);
    let at = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    ahead.eat(".");
    let mut with_year = ahead;
    with_year.space();
    let year = with_year.number(4).filter(|year| (1900..2100).contains(year));
    if year.is_some() {
        ahead = with_year;
    }
    let found = PrintedDay::new(year.map(u32::cast_signed), u32::try_from(at + 1).ok()?, day)?;
    *cursor = ahead;
    Some(found)
}

/// `, 1030 GMT`, ` 10:30 a.m. EST`: an hour after the day.
fn hour(cursor: &mut Cursor) {
    const ZONES: [&str; 12] =
        ["GMT", "UTC", "EST", "EDT", "PST", "PDT", "CST", "CET", "BST", "IST", "local time", "Local Time"];
    let mut ahead = *cursor;
    ahead.take_while(|c| matches!(c, ',' | ' ' | '/'));
    let digits = ahead.take_while(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    if digits.is_empty() || digits.len() > 5 {
        return;
    }
    ahead.space();
    let half = ahead.eat_any(&["a.m.", "p.m.", "am", "pm", "AM", "PM"]).is_some();
    ahead.space();
    if ahead.eat_any(&ZONES).is_some() || half {
        *cursor = ahead;
    }
}

/// The run before a day, an agency, a dash or a colon, and whether a comma or stop parts it from a day that follows.
fn place<'a>(cursor: &mut Cursor<'a>) -> Option<(&'a str, bool)> {
    let start = cursor.rest();
    let mut ahead = *cursor;
    loop {
        let c = ahead.peek();
        let at = ahead.at() - cursor.at();
        let stops = match c {
            None | Some('(' | ':' | '—' | '–' | '_') => true,
            Some(' ' | '-' | '/') => begins_more(&ahead, at),
            Some(c) if c.is_alphabetic() || matches!(c, ',' | '.' | '\'' | '’' | '&') => false,
            Some(_) => return None,
        };
        if stops {
            break;
        }
        // Running text ends here, in its second or third word.
        if at > LONGEST || c == Some(' ') && !is_name_word(start[..at].rsplit(' ').next().unwrap_or("")) {
            return None;
        }
        ahead.eat_char(|_| true);
    }
    let run = &start[..ahead.at() - cursor.at()];
    let place = run.trim_end();
    let parted = place.ends_with([',', '.']);
    let place = place.trim_end_matches(',').trim_end();
    let abbreviated = place.rsplit([' ', ',']).next().is_some_and(gazetteer::is_state) || initials(place);
    let place = if abbreviated { place } else { place.trim_end_matches('.') };
    let words = place.split_whitespace().count();
    if place.is_empty() || words > 8 {
        return None;
    }
    *cursor = ahead;
    Some((place, parted))
}

/// `D.C.`, `U.N.`: the stop belongs to it.
fn initials(place: &str) -> bool {
    let last = place.rsplit(' ').next().unwrap_or(place);
    last.len() >= 4 && last.matches('.').count() * 2 == last.len()
}

/// Whether a space, hyphen or slash begins what follows a place.
fn begins_more(cursor: &Cursor, at: usize) -> bool {
    if at == 0 {
        return false;
    }
    let mut ahead = *cursor;
    if ahead.peek() == Some('/') {
        return ahead.rest().starts_with("//") || slashed(&mut ahead).is_some();
    }
    // Aix-en-Provence, DUBAI-based: a hyphen between letters.
    if ahead.peek() == Some('-') {
        return ahead.rest().starts_with("--") || ahead.rest().len() == 1;
    }
    ahead.space();
    match ahead.peek() {
        None | Some('-' | '—' | '–' | '_' | '(' | ':') => true,
        Some('/') => slashed(&mut ahead).is_some(),
        Some(c) if c.is_ascii_digit() => true,
        Some(c) if c.is_alphabetic() => {
            english_day(&mut ahead.clone()).is_some() || (bare_agency(&mut ahead.clone()).is_some())
        }
        _ => false,
    }
}

/// (Reuters), /TASS/, //ANI//.
fn marked_agency<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let mut ahead = *cursor;
    ahead.space();
    if ahead.peek() == Some('/') {
        let found = slashed(&mut ahead)?;
        *cursor = ahead;
        return Some(found);
    }
    if !ahead.eat("(") {
        return None;
    }
    let inner = ahead.take_while(|c| c != ')' && c != '(');
    let name = inner.trim();
    let named = name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) || gazetteer::is_agency(name);
    let plausible = named && (2..=40).contains(&name.len());
    if !ahead.eat(")") || !plausible {
        return None;
    }
    *cursor = ahead;
    Some(name)
}

fn slashed<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let mut ahead = *cursor;
    ahead.take_while(|c| c == '/');
    let inner = ahead.take_while(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    (ahead.eat("/") && gazetteer::is_agency(inner)).then(|| {
        ahead.take_while(|c| c == '/');
        *cursor = ahead;
        inner
    })
}

/// `TOKYO, Nov. 20, Kyodo -`, `SYDNEY, AAP -`: an agency without brackets has a dash behind it.
fn bare_agency<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let mut ahead = *cursor;
    ahead.space();
    let name = ahead.take_while(char::is_alphabetic);
    let followed = dash(&mut ahead.clone(), false);
    (followed && gazetteer::is_agency(name)).then(|| {
        *cursor = ahead;
        name
    })
}

/// A dash with space around it, or a long one; after an agency in brackets any dash will do.
fn dash(cursor: &mut Cursor, after_agency: bool) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.eat_any(&["--", "—", "–", "- ", "_ "]).is_some()
        || matches!(ahead.rest(), "-" | "_")
        || after_agency && ahead.eat_any(&["-", "_"]).is_some();
    if found {
        ahead.take_while(|c| matches!(c, '-' | '—' | '–' | '_'));
        *cursor = ahead;
    }
    found
}

fn colon(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let found = ahead.eat(":") && ahead.peek().is_none_or(char::is_whitespace);
    if found {
        *cursor = ahead;
    }
    found
}

/// Whether the signs are enough.
fn is_dateline(signs: &Signs, rest: &str) -> bool {
    let place = signs.place;
    let known_agency = gazetteer::is_agency(signs.agency);
    let agency = !signs.agency.is_empty();
    if place.is_empty() {
        // `Nov 19 (Reuters) -`, `(Reuters) -` name no place.
        let ends = signs.dash || signs.colon && signs.day.is_some() || signs.colon && known_agency;
        return ends && agency && (known_agency || signs.day.is_some());
    }
    if !is_named(place) || gazetteer::is_no_place(place) || notice::announces(place) {
        return false;
    }
    let shouted = is_shouted(place);
    let sited = shouted || gazetteer::is_city(place) || gazetteer::in_state(place);
    let dated = signs.day.is_some();
    if agency && known_agency {
        return signs.dash || signs.colon || dated || shouted;
    }
    if agency {
        // An acronym in brackets explains a name as often as it names an agency.
        return signs.dash && (dated || sited) || dated && signs.colon;
    }
    if dated {
        // `Long March 5 - the rocket` is no place and day.
        return (signs.dash || signs.colon) && (signs.parted || sited) || shouted && signs.parted && ends(rest);
    }
    let goes_on = begins_sentence(rest);
    match (signs.dash, signs.colon) {
        (true, _) if gazetteer::is_city(place) || gazetteer::in_state(place) => goes_on,
        // Any other place in capitals stands before a sentence, not before more capitals.
        (true, _) => {
            shouted
                && goes_on
                && place.len() > 3
                && rest.len() >= 40
                && place.split(' ').count() <= 4
                && rest.contains(char::is_lowercase)
        }
        // NEW DELHI: The government …
        (_, true) => shouted && gazetteer::is_city(place) && goes_on && rest.len() >= 80,
        _ => false,
    }
}

/// NAIROBI, Nov 18: nothing follows.
fn ends(rest: &str) -> bool {
    rest.trim_matches(|c: char| c == '.' || c.is_whitespace()).is_empty()
}

/// What follows a dash begins with a capital, a figure or a quotation.
fn begins_sentence(rest: &str) -> bool {
    let first = rest.trim_start_matches([' ', '\u{200b}', '\u{a0}']).chars().next();
    first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '`'))
}

/// Each word of a name begins with a capital, but for the little ones.
fn is_named(place: &str) -> bool {
    !place.starts_with(char::is_lowercase) && place.split([' ', '/', '-']).all(is_name_word)
}

fn is_name_word(word: &str) -> bool {
    const LITTLE: Words = Words::of(&[
        "of", "the", "de", "la", "du", "del", "da", "do", "al", "el", "upon", "sur", "am", "an", "der", "and",
        "les", "en",
    ]);
    word.is_empty()
        || word.starts_with(|c: char| c == '\'' || c.is_alphabetic() && !c.is_lowercase())
        || LITTLE.have(word)
}

/// All in capitals; a state after the comma may have small letters: `DECATUR, Ill.`
fn is_shouted(place: &str) -> bool {
    let city = place.split(',').next().unwrap_or(place);
    let shouts = |name: &str| {
        name.chars().filter(|c| c.is_uppercase()).count() >= 2 && !name.chars().any(char::is_lowercase)
    };
    shouts(city)
}
