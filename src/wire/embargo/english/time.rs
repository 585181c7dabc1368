//! Days and hours as English says them.

use chrono::Weekday;

use super::super::super::cursor::Cursor;
use super::super::super::date::{PrintedDay, english_day, numeric_day};
use super::super::moment::{Clock, Day, Moment, Piece};
use super::super::zone;
use crate::wire::words::Words;

pub(super) fn starts_with_day(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    matches!(word, "NOON" | "MIDNIGHT")
        || ahead(word).is_some()
        || weekday(word).is_some()
        || english_day(&mut Cursor::new(text)).is_some()
}

/// NOV, NOVEMBER.
pub(super) fn is_month(word: &str) -> bool {
    english_day(&mut Cursor::new(&format!("{word} 1"))).is_some()
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
    const FILLERS: Words = Words::of(&["AT", "ON", "THE", "HRS", "HOURS", "HOUR", "H", "RELEASE"]);
    let mut cursor = Cursor::new(text);
    let mut pieces = Vec::new();
    while !cursor.is_done() {
        if let Some(day) = day(&mut cursor) {
            pieces.push(Piece::Day(Day::Dated(day)));
        } else if let Some(clock) = clock(&mut cursor) {
            pieces.push(Piece::Clock(clock));
        } else if cursor.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            if let Some(zone) = zone::read(&mut cursor) {
                pieces.push(Piece::Zone(zone));
                continue;
            }
            let word = cursor.take_while(char::is_alphanumeric);
            match (weekday(word), ahead(word)) {
                (Some(weekday), _) => pieces.push(Piece::Weekday(weekday)),
                (_, Some(days)) => pieces.push(Piece::Day(Day::Ahead(days))),
                _ if FILLERS.have(word) => {}
                _ => return None,
            }
        } else {
            match cursor.eat_char(|_| true)? {
                ' ' | ',' | '(' | ')' | ']' | '/' => {}
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
                || ahead(word).is_some()
                || zone::is_alike(word)
                || weekday(word).is_some()
        });
    Moment::of(pieces).filter(|_| !timed)
}

/// Reads NOV 21, 2026-11-21, 21/11/2026.
fn day(cursor: &mut Cursor) -> Option<PrintedDay> {
    english_day(cursor).or_else(|| slashed_day(cursor)).or_else(|| {
        let day = numeric_day(cursor)?;
        // 2026-11-21T05:00Z.
        cursor.eat("T");
        Some(day)
    })
}

/// Reads 21/11/2026 and 11/21/2026; not 5/12/2026, which is two days.
fn slashed_day(cursor: &mut Cursor) -> Option<PrintedDay> {
    let mut ahead = *cursor;
    let first = ahead.number(2)?;
    ahead.eat_char(|c| c == '/')?;
    let second = ahead.number(2)?;
    ahead.eat_char(|c| c == '/')?;
    let year = ahead.number(4).filter(|year| *year >= 1900)?.cast_signed();
    let (day, month) = if first > 12 { (first, second) } else { (second, first) };
    let found = PrintedDay::new(Some(year), month, day).filter(|_| day > 12 || day == month)?;
    *cursor = ahead;
    Some(found)
}

/// How many days ahead of the page TODAY and its like are.
fn ahead(word: &str) -> Option<u64> {
    match word {
        "TODAY" | "TONIGHT" => Some(0),
        "TOMORROW" => Some(1),
        _ => None,
    }
}

/// 1800 GMT, 18:00, 18.00, 6 P.M., 6:30PM, NOON; not midnight, of which a day has two.
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
        // Else it may be a year.
        if !(matches!(word, "HRS" | "HOURS" | "H" | "LOCAL" | "BEIJING")
            || weekday(word).is_some()
            || zone::named(word).is_some()
            || zone::is_alike(word))
        {
            return None;
        }
        (first / 100, first % 100, true)
    } else if digits <= 2 && ahead.eat_char(|c| matches!(c, ':' | '.')).is_some() {
        let start = ahead.at();
        let minute = ahead.number(2).filter(|_| ahead.at() - start == 2)?;
        ahead.eat(":00");
        (first, minute, true)
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

    #[test]
    fn days_and_hours_in_figures() {
        check_all(&[
            ("STRICTLY EMBARGOED UNTIL 00.01 GMT ON NOVEMBER 21", "2026-11-21T00:01"),
            ("Embargoed to 0001 Saturday November 21", "2026-11-20T16:01"),
            ("EMBARGOED UNTIL 2026-11-21T05:00Z", "2026-11-21T05:00"),
            ("Embargo 21/11/2026 05:00 GMT", "2026-11-21T05:00"),
            ("EMBARGOED UNTIL 0500 GMT 05/12/2026", WITHHELD),
            ("EMBARGOED UNTIL 8 A.M. ON 11/21/2026 EST", "2026-11-21T13:00"),
            ("EMBARGOED UNTIL 6.30PM GMT ON 20 NOVEMBER", "2026-11-20T18:30"),
            ("EMBARGOED UNTIL 2028", WITHHELD),
        ]);
    }
}
