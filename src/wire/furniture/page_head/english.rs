//! The parts of an English page head: `Page 1    THE EASTERN LEDGER    Thursday, November 19, 2026`.

use super::super::super::cursor::Cursor;
use super::super::super::date::{english_day, numeric_day};
use super::super::is_section;
use super::Seen;
use super::masthead::paper_at;
use crate::wire::words::Words;

/// `Page 1    THE EASTERN LEDGER    Thursday, November 19, 2026`.
pub(super) fn seen(text: &str) -> Seen {
    let mut seen = Seen { is_whole: true, ..Seen::default() };
    let mut cursor = Cursor::new(text);
    loop {
        cursor.take_while(|c| !c.is_alphanumeric() && !matches!(c, '$' | '£' | '€'));
        if cursor.is_done() {
            return seen;
        }
        if !word_atom(&mut cursor, &mut seen) {
            seen.is_whole = false;
            return seen;
        }
    }
}

fn word_atom(cursor: &mut Cursor, seen: &mut Seen) -> bool {
    const DAYS: Words = Words::of(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
    let mut ahead = *cursor;
    if let Some(day) = english_day(&mut ahead).or_else(|| numeric_day(&mut ahead)) {
        *cursor = ahead;
        let count = if day.year.is_some() { &mut seen.dates } else { &mut seen.days };
        *count += 1;
        return true;
    }
    if let Some(len) = paper_at(cursor.rest()) {
        cursor.skip(len);
        seen.papers += 1;
        return true;
    }
    let word = cursor.take_while(|c| !c.is_whitespace() && !matches!(c, ',' | '|' | '/'));
    let lower = word.to_ascii_lowercase();
    let bare = lower.trim_end_matches(['.', ':']);
    if DAYS.have(bare) {
        seen.days += 1;
    } else if matches!(bare, "page" | "pg" | "section" | "sec") {
        seen.pages += usize::from(value(cursor, 3));
    } else if matches!(bare, "vol" | "volume" | "no" | "issue" | "number" | "est" | "established" | "founded") {
        seen.numbers += usize::from(value(cursor, 8));
    } else if bare == "price" || is_sum(bare) {
        seen.numbers += 1;
    } else if bare == "cents"
        || matches!(bare, "late" | "city" | "final" | "early" | "national" | "edition" | "of")
    {
        // 50 cents, Late City Final, 1 of 2
    } else if is_folio(word) {
        seen.pages += 1;
    } else if is_section(word) {
        seen.sections += 1;
    } else {
        return false;
    }
    true
}

/// Reads the number after `Vol.`, `Page`.
fn value(cursor: &mut Cursor, longest: usize) -> bool {
    cursor.space();
    let value = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '-');
    !value.is_empty() && value.len() <= longest
}

/// `$2.50`, `£1.20`, `75p`.
fn is_sum(word: &str) -> bool {
    word.strip_prefix(['$', '£', '€'])
        .or_else(|| word.strip_suffix('p'))
        .is_some_and(|sum| !sum.is_empty() && sum.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// `A6`, `6A`, `12`.
fn is_folio(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let number = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    (1..=3).contains(&number.len()) && word.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit())
}
