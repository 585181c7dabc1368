//! Days and hours as English says them.

use chrono::Weekday;

use super::super::super::cursor::Cursor;
use super::super::super::date::{english_day, numeric_day};
use super::super::moment::{Clock, Moment, Piece};
use super::super::zone;

pub(super) fn starts_with_day(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    weekday(word).is_some() || matches!(word, "NOON" | "MIDNIGHT") || english_day(&mut Cursor::new(text)).is_some()
}

/// An hour stands in it, so that it is no headline on a trade ban.
pub(super) fn names_hour(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && clock(&mut Cursor::new(&text[at..])).is_some()
    })
}

/// 1800 GMT, MONDAY, NOV 20: all of it, up to the end of the sentence.
pub(super) fn read(text: &str) -> Option<Moment> {
    const FILLERS: [&str; 7] = ["AT", "ON", "THE", "HRS", "HOURS", "HOUR", "H"];
    let mut cursor = Cursor::new(text);
    let mut pieces = Vec::new();
    while !cursor.is_done() {
        if let Some(day) = english_day(&mut cursor).or_else(|| numeric_day(&mut cursor)) {
            pieces.push(Piece::Day(day));
        } else if let Some(clock) = clock(&mut cursor) {
            pieces.push(Piece::Clock(clock));
        } else if cursor.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            if let Some(zone) = zone::read(&mut cursor) {
                pieces.push(Piece::Zone(zone));
                continue;
            }
            let word = cursor.take_while(char::is_alphanumeric);
            match weekday(word) {
                Some(weekday) => pieces.push(Piece::Weekday(weekday)),
                None if FILLERS.contains(&word) => {}
                None => return None,
            }
        } else {
            match cursor.eat_char(|_| true)? {
                ' ' | ',' | '(' | ')' | ']' => {}
                '.' | ';' | '!' | '*' | '"' => break,
                _ => return None,
            }
        }
    }
    // The rest is another sentence; one that speaks of a time too is not understood.
    let rest = cursor.rest();
    let timed = rest.contains(|c: char| c.is_ascii_digit())
        || rest.split(|c: char| !c.is_ascii_alphabetic()).any(|word| {
            matches!(word, "TIME" | "LOCAL" | "NOON" | "MIDNIGHT")
                || zone::is_alike(word)
                || weekday(word).is_some()
        });
    Moment::of(pieces).filter(|_| !timed)
}

/// 1800 GMT, 18:00, 6 P.M., 6:30PM, NOON; not midnight, of which a day has two.
fn clock(cursor: &mut Cursor) -> Option<Clock> {
    let mut ahead = *cursor;
    if ahead.eat("NOON") || ahead.eat("12 NOON") {
        *cursor = ahead;
        return Clock::new(12, 0);
    }
    let start = ahead.at();
    let first = ahead.number(4)?;
    let digits = ahead.at() - start;
    let (hour, minute, exact) = if digits == 4 {
        let mut after = ahead;
        after.space();
        let word = after.take_while(|c| c.is_ascii_alphabetic());
        if !(matches!(word, "HRS" | "HOURS" | "H" | "LOCAL" | "BEIJING")
            || zone::named(word).is_some()
            || zone::is_alike(word))
        {
            return None;
        }
        (first / 100, first % 100, true)
    } else if digits <= 2 && ahead.eat(":") {
        (first, ahead.number(2)?, true)
    } else if digits <= 2 {
        (first, 0, false)
    } else {
        return None;
    };
    let mut after = ahead;
    after.space();
    let half = after
        .eat_any(&["A.M.", "P.M.", "A.M", "P.M", "AM", "PM"])
        .filter(|_| !after.peek().is_some_and(char::is_alphanumeric));
    let hour = match half {
        // Of midnight nobody knows to which day it belongs.
        Some(_) if hour == 0 || hour > 12 || digits == 4 => return None,
        Some(half) if half.starts_with('A') && hour == 12 && minute == 0 => return None,
        Some(half) => hour % 12 + if half.starts_with('P') { 12 } else { 0 },
        None if exact => hour,
        None => return None,
    };
    *cursor = if half.is_some() { after } else { ahead };
    Clock::new(hour, minute)
}

fn weekday(word: &str) -> Option<Weekday> {
    let long = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    let short = ["MON", "TUE", "TUES", "WED", "THU", "THUR", "THURS", "FRI", "SAT", "SUN"];
    (long.contains(&word) || short.contains(&word)).then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{WITHHELD, check_all};

    #[test]
    fn hours_as_they_are_said() {
        check_all(&[
            ("EMBARGOED UNTIL 2400 GMT NOV 20", "2026-11-21T00:00"),
            ("EMBARGOED UNTIL MIDNIGHT GMT NOV 20", WITHHELD),
            ("EMBARGOED UNTIL 12 a.m. GMT NOV 20", WITHHELD),
            ("EMBARGOED UNTIL NOON GMT NOV 20", "2026-11-20T12:00"),
        ]);
    }
}
