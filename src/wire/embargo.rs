//! Until when a story must not be published: （限11月20日18时后播发）, EMBARGOED UNTIL 1800 GMT NOV 20.

use chrono::{DateTime, FixedOffset, NaiveTime, TimeZone, Utc};

use super::cursor::Cursor;
use super::date::{PrintedDay, chinese_day, english_day};

/// An embargo as printed. Whatever is missing cannot be made up: such an embargo does not lift by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub day: Option<PrintedDay>,
    pub time: Option<NaiveTime>,
    /// The zone that it names; else it is that of the datelines.
    pub zone: Option<FixedOffset>,
    /// It names a zone that is not known, or that is known under one name for two offsets.
    pub odd_zone: bool,
}

impl Printed {
    /// The moment, with `year` for a day that names none, in `zone` unless it names its own.
    pub(super) fn moment<Tz: TimeZone>(self, year: i32, zone: &Tz) -> Option<DateTime<Utc>> {
        let local = self.day?.in_year(year)?.and_time(self.time?);
        match self.zone {
            _ if self.odd_zone => None,
            Some(offset) => offset.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
            // Where clocks are put back the later of two readings is the safe one.
            None => zone.from_local_datetime(&local).latest().map(|at| at.to_utc()),
        }
    }
}

/// Reads an embargo in a short line, or in brackets within a headline; `None` when the text speaks of none.
pub(super) fn read(text: &str) -> Option<Printed> {
    if text.chars().count() > LONGEST || !speaks_of_one(text) {
        return None;
    }
    let mut found = Printed::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut cursor = Cursor::new(rest);
        if found.day.is_none()
            && let Some(day) = chinese_day(&mut cursor).or_else(|| english_day(&mut cursor))
        {
            found.day = Some(day);
        } else if found.time.is_none()
            && let Some(time) = time(&mut cursor)
        {
            found.time = Some(time);
        } else if c.is_ascii_alphanumeric() {
            let word = cursor.take_while(|c| c.is_ascii_alphanumeric());
            match zone(word) {
                Zone::Of(offset) => found.zone = Some(offset),
                Zone::Odd => found.odd_zone = true,
                Zone::None => {}
            }
        } else {
            cursor.eat_char(|_| true);
        }
        rest = cursor.rest();
    }
    Some(found)
}

/// No note to editors is longer, in characters; a report on an embargo is.
const LONGEST: usize = 90;

fn speaks_of_one(text: &str) -> bool {
    const CHINESE: [&str; 12] = [
        "后播发",
        "後播發",
        "后发布",
        "后刊发",
        "后使用",
        "前不得",
        "前禁止",
        "前请勿",
        "禁止在",
        "解禁",
        "限时发布",
        "限時發布",
    ];
    const ASKS: [&str; 12] =
        ["限", "请于", "請於", "请在", "不得", "禁止", "解禁", "请勿", "本稿", "此稿", "注意", "embargo"];
    let upper = text.to_uppercase();
    let english = [
        "EMBARGOED UNTIL",
        "EMBARGOED TO",
        "EMBARGOED FOR",
        "EMBARGO UNTIL",
        "EMBARGO TO",
        "EMBARGO:",
        "UNDER EMBARGO",
        "NOT FOR RELEASE BEFORE",
        "NOT FOR PUBLICATION BEFORE",
        "NOT TO BE PUBLISHED BEFORE",
        "HOLD FOR RELEASE",
    ];
    CHINESE.iter().any(|word| text.contains(word)) && ASKS.iter().any(|word| text.contains(word))
        || english.iter().any(|word| upper.trim_start_matches(['(', '*', '+', ' ']).starts_with(word))
}

/// 18时, 晚8时30分, 18:00, 1800, 零时, 6 p.m.
fn time(cursor: &mut Cursor) -> Option<NaiveTime> {
    let mut ahead = *cursor;
    let evening = ahead.eat_any(&["下午", "晚上", "晚间", "晚", "傍晚"]).is_some();
    if !evening {
        ahead.eat_any(&["上午", "凌晨", "早上", "早", "中午"]);
    }
    let (mut hour, minute) = if ahead.eat("零时") || ahead.eat("零點") || ahead.eat("零点") {
        (0, 0)
    } else {
        let first = ahead.number(4)?;
        if ahead.eat_any(&["时", "時", "点", "點"]).is_some() {
            let minute = if ahead.eat("整") {
                Some(0)
            } else if ahead.eat("半") {
                Some(30)
            } else {
                None
            };
            (first, minute.or_else(|| ahead.number(2).filter(|_| ahead.eat("分"))).unwrap_or(0))
        } else if ahead.eat_char(|c| matches!(c, ':' | '：')).is_some() {
            (first, ahead.number(2)?)
        } else if is_military(cursor.rest()) {
            (first / 100, first % 100)
        } else if ahead.rest().trim_start().to_lowercase().starts_with(['a', 'p']) {
            (first, 0)
        } else {
            return None;
        }
    };
    ahead.space();
    let half = ahead.rest().get(..4).unwrap_or(ahead.rest()).to_lowercase().replace('.', "");
    if half.starts_with("pm") || half.starts_with("am") {
        hour = hour % 12 + if half.starts_with("pm") { 12 } else { 0 };
    } else if evening && hour < 12 {
        hour += 12;
    }
    let time = NaiveTime::from_hms_opt(hour % 24, minute, 0).filter(|_| hour <= 24)?;
    *cursor = ahead;
    Some(time)
}

/// 1800 GMT: four digits that no month or year follows or is.
fn is_military(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4
        && matches!(
            zone(text[4..].trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("")),
            Zone::Of(_) | Zone::Odd
        )
}

enum Zone {
    Of(FixedOffset),
    /// A name that stands for several offsets, or for one that changes with the season.
    Odd,
    None,
}

fn zone(word: &str) -> Zone {
    let hours = match word.to_ascii_uppercase().as_str() {
        "GMT" | "UTC" | "Z" => 0,
        "BST" | "CET" => 1,
        "CEST" => 2,
        "EDT" => -4,
        "EST" => -5,
        "JST" | "KST" => 9,
        "HKT" | "SGT" => 8,
        "ET" | "CT" | "PT" | "MT" | "IST" | "CST" | "LOCAL" => return Zone::Odd,
        _ => return Zone::None,
    };
    FixedOffset::east_opt(hours * 3600).map_or(Zone::None, Zone::Of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let moment = read(text).expect("speaks of an embargo").moment(2026, &chrono_tz::Asia::Shanghai);
        assert_eq!(moment.map(|at| at.to_rfc3339()).as_deref(), expected, "{text}");
    }

    #[test]
    fn embargoes_are_read_to_the_minute() {
        check("（限11月20日18时后播发）", Some("2026-11-20T10:00:00+00:00"));
        check("本稿请于11月20日晚8时30分后发布", Some("2026-11-20T12:30:00+00:00"));
        check("禁止在2026年11月21日零时前使用", Some("2026-11-20T16:00:00+00:00"));
        check("EMBARGOED UNTIL 1800 GMT NOV 20", Some("2026-11-20T18:00:00+00:00"));
        check("Embargoed until 00:01 GMT, Nov 21, 2026", Some("2026-11-21T00:01:00+00:00"));
        check("NOT FOR RELEASE BEFORE 6 p.m. EST, Nov. 20", Some("2026-11-20T23:00:00+00:00"));
    }

    #[test]
    fn what_cannot_be_read_does_not_lift() {
        check("（限发布会结束后播发）", None);
        check("（限11月20日后播发）", None);
        check("EMBARGOED UNTIL 6 p.m. ET, Nov. 20", None);
    }

    #[test]
    fn news_of_embargoes_is_news() {
        assert_eq!(read("美国宣布解除对该国长达六十年的贸易禁运，首批货轮将于11月20日18时启航。"), None);
        assert_eq!(read("Embargo on grain ends on Nov 20"), None);
    }
}
