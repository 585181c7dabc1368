//! Datelines in brackets at the head of a text: 【本報訊】, (통영=연합뉴스).

use super::title::sign;
use super::{Printed, chinese};
use crate::wire::cursor::{Cursor, is_han};

/// （新华社合肥11月20日电）初冬的皖南…, 【本報訊】（記者連海晴）港鐵…: brackets around a dateline at the head.
pub(super) fn at_head(text: &str) -> Option<Printed> {
    let (inner, end) = opening(text)?;
    if !inner.starts_with(is_han) || text.starts_with(['(', '（']) && text[end..].trim().is_empty() {
        return None;
    }
    let mut found = chinese::sent(inner)
        .filter(|found| found.raw.len() == inner.len())
        .or_else(|| chinese::reported(inner))?;
    let mut end = end;
    if found.bylines.is_empty() {
        let mut after = Cursor::new(text);
        after.skip(end);
        (found.bylines, end) = chinese::people(text, after);
    }
    text[..end].clone_into(&mut found.raw);
    sign(&mut found, text);
    Some(found)
}

/// (통영=연합뉴스), 【松江共同】: a place and an agency, as Korea and Japan print them.
pub(super) fn place_and_agency(text: &str) -> Option<Printed> {
    /// Bytes in the longest.
    const LONGEST: usize = 60;
    const KOREAN: [&str; 8] =
        ["연합뉴스", "뉴시스", "뉴스1", "연합인포맥스", "이데일리", "머니투데이", "아시아경제", "헤럴드경제"];
    let (inner, end) = opening(text)?;
    if inner.len() > LONGEST {
        return None;
    }
    let (place, agency) = match inner.split_once(['=', '＝']) {
        Some((place, agency)) => (place, agency),
        None => ["共同", "時事"].iter().find_map(|name| Some((inner.strip_suffix(name)?, *name)))?,
    };
    let japanese = matches!(agency, "共同" | "時事" | "共同通信" | "時事通信");
    let kana = || text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}'));
    (!place.is_empty() && (KOREAN.contains(&agency) || japanese && kana())).then(|| Printed {
        agency: agency.to_owned(),
        places: place.split(['·', '・', ',', '、']).map(|place| place.trim().to_owned()).collect(),
        raw: text[..end].to_owned(),
        ..Printed::default()
    })
}

/// The text in the brackets that it begins with, and where they end.
pub(super) fn opening(text: &str) -> Option<(&str, usize)> {
    const PAIRS: [(char, char); 6] =
        [('【', '】'), ('〔', '〕'), ('（', '）'), ('(', ')'), ('［', '］'), ('[', ']')];
    let (open, close) = PAIRS.into_iter().find(|&(open, _)| text.starts_with(open))?;
    let at = text.find(close)?;
    Some((text[open.len_utf8()..at].trim(), at + close.len_utf8()))
}
