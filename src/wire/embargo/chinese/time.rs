//! Days and hours as Chinese says them.

use chrono::Weekday;

use super::super::super::cursor::Cursor;
use super::super::super::date::{PrintedDay, chinese_day, numeric_day};
use super::super::super::words::Words;
use super::super::moment::{Clock, Day, Piece};
use super::super::zone;

/// What an expression of time begins with: a number, a day, a part of a day, a zone.
#[rustfmt::skip]
pub(super) const OPENERS: Words = Words::of(&[
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６", "７", "８", "９",
    "零", "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "两", "今", "明", "本", "这", "下", "星",
    "礼", "周", "凌", "清", "早", "上", "晨", "中", "正", "午", "傍", "晚", "夜", "深", "半", "北", "香", "澳", "台",
    "东", "首", "格", "协", "世", " ", "B", "G", "U", "Z", "C", "E", "J", "K", "H", "S",
]);

/// Reads one piece of an expression of time.
pub(super) fn piece(cursor: &mut Cursor) -> Option<Piece> {
    if let Some(day) = day(cursor) {
        return Some(Piece::Day(day));
    }
    if let Some(clock) = clock(cursor) {
        return Some(Piece::Clock(clock));
    }
    zone::read(cursor).map(Piece::Zone).or_else(|| weekday(cursor).map(Piece::Weekday))
}

/// Reads 11月21日, 21日, 今日, 明早's 明, 本周六.
fn day(cursor: &mut Cursor) -> Option<Day> {
    const AHEAD: [(&[&str], u64); 2] = [(&["今日", "今天"], 0), (&["明日", "明天"], 1)];
    // 今晚, 明早; 今年 is no day.
    const SHORT: [(&str, u64); 2] = [("今", 0), ("明", 1)];
    const WEEKS: [(&[&str], u64); 2] = [(&["本", "这"], 0), (&["下"], 1)];
    let dated = chinese_day(cursor).or_else(|| numeric_day(cursor)).or_else(|| month_and_day(cursor));
    if let Some(day) = dated {
        return Some(Day::Dated(day));
    }
    let mut ahead = *cursor;
    if let Some((_, days)) = AHEAD.iter().find(|(words, _)| ahead.eat_any(words).is_some()) {
        *cursor = ahead;
        return Some(Day::Ahead(*days));
    }
    if let Some((_, days)) = SHORT.iter().find(|(word, _)| ahead.eat(word)) {
        clock(&mut { ahead })?;
        *cursor = ahead;
        return Some(Day::Ahead(*days));
    }
    if let Some((_, weeks)) = WEEKS.iter().find(|(words, _)| ahead.eat_any(words).is_some()) {
        let weekday = weekday(&mut ahead)?;
        *cursor = ahead;
        return Some(Day::InWeek(*weeks, weekday));
    }
    let day = number(&mut ahead).filter(|day| (1..=31).contains(day))?;
    ahead.eat_any(&["日", "号"])?;
    *cursor = ahead;
    Some(Day::OfMonth(day))
}

/// Reads 11-21 before an hour.
fn month_and_day(cursor: &mut Cursor) -> Option<PrintedDay> {
    let mut ahead = *cursor;
    let month = ahead.number(2)?;
    ahead.eat_char(|c| matches!(c, '-' | '.' | '/'))?;
    let day = ahead.number(2)?;
    ahead.eat_char(char::is_whitespace)?;
    clock(&mut { ahead })?;
    let found = PrintedDay::new(None, month, day)?;
    *cursor = ahead;
    Some(found)
}

/// Reads 星期一, 周日.
fn weekday(cursor: &mut Cursor) -> Option<Weekday> {
    const DAYS: [(&[&str], Weekday); 7] = [
        (&["一"], Weekday::Mon),
        (&["二"], Weekday::Tue),
        (&["三"], Weekday::Wed),
        (&["四"], Weekday::Thu),
        (&["五"], Weekday::Fri),
        (&["六"], Weekday::Sat),
        (&["日", "天"], Weekday::Sun),
    ];
    let mut ahead = *cursor;
    ahead.eat_any(&["星期", "礼拜", "周"])?;
    let (_, weekday) = DAYS.iter().find(|(words, _)| ahead.eat_any(words).is_some())?;
    *cursor = ahead;
    Some(*weekday)
}

/// Reads 18时, 晚8时30分, 下午 6点半, 18:00, 零时, 二十四时.
fn clock(cursor: &mut Cursor) -> Option<Clock> {
    const HALVES: [(&[&str], Half); 5] = [
        (&["凌晨", "清晨", "早上", "早晨", "早间", "上午", "晨", "早"], Half::Morning),
        (&["中午", "正午", "午间"], Half::Noon),
        (&["下午", "午后"], Half::Afternoon),
        (&["傍晚"], Half::Dusk),
        (&["晚上", "晚间", "夜间", "夜里", "夜晚", "深夜", "午夜", "半夜", "晚", "夜"], Half::Night),
    ];
    let mut ahead = *cursor;
    let half = HALVES.iter().find(|(words, _)| ahead.eat_any(words).is_some()).map(|(_, half)| *half);
    ahead.space();
    let hour = number(&mut ahead)?;
    let minute = if ahead.eat(":") {
        ahead.number(2)?
    } else {
        ahead.eat_any(&["时", "点钟", "点"])?;
        minute(&mut ahead)
    };
    let clock = Clock::new(in_half(half, hour)?, minute)?;
    *cursor = ahead;
    Some(clock)
}

/// Reads what follows 时: 半, 一刻, 30分, or nothing.
fn minute(cursor: &mut Cursor) -> u32 {
    const WORDS: [(&[&str], u32); 4] = [(&["整", "正"], 0), (&["半"], 30), (&["一刻"], 15), (&["三刻"], 45)];
    let mut ahead = *cursor;
    ahead.space();
    let minute = if let Some((_, minute)) = WORDS.iter().find(|(words, _)| ahead.eat_any(words).is_some()) {
        *minute
    } else if let Some(minute) = number(&mut ahead) {
        ahead.eat("分");
        minute
    } else {
        return 0;
    };
    *cursor = ahead;
    minute
}

/// The part of a day that an hour is said to lie in.
#[derive(Debug, Clone, Copy)]
enum Half {
    Morning,
    Noon,
    Afternoon,
    Dusk,
    Night,
}

/// The hour of 24; nothing where two days or two hours could be meant: 夜里1时, 凌晨12时.
fn in_half(half: Option<Half>, hour: u32) -> Option<u32> {
    match (half, hour) {
        (None, 0..=24)
        | (Some(Half::Morning), 0..=11)
        | (Some(Half::Noon), 11..=14)
        | (Some(Half::Afternoon), 12..=19)
        | (Some(Half::Dusk), 16..=20)
        | (Some(Half::Night), 17..=24) => Some(hour),
        (Some(Half::Noon), 1..=2)
        | (Some(Half::Afternoon), 1..=7)
        | (Some(Half::Dusk), 4..=8)
        | (Some(Half::Night), 5..=12) => Some(hour + 12),
        _ => None,
    }
}

/// A number below 100 in digits or in words: 18, 08, 十八, 二十四, 零五.
pub(super) fn number(cursor: &mut Cursor) -> Option<u32> {
    if let Some(number) = cursor.number(2) {
        return Some(number);
    }
    let unit = |cursor: &mut Cursor| {
        let c = cursor.eat_char(|c| "零〇一二三四五六七八九两".contains(c))?;
        Some(match c {
            '零' | '〇' => 0,
            '两' => 2,
            c => "一二三四五六七八九".chars().zip(1..).find(|(known, _)| *known == c)?.1,
        })
    };
    let mut ahead = *cursor;
    let first = unit(&mut ahead);
    let value = if ahead.eat("十") {
        first.unwrap_or(1) * 10 + unit(&mut ahead).unwrap_or(0)
    } else if first == Some(0) {
        ahead.number(1).or_else(|| unit(&mut ahead)).unwrap_or(0)
    } else {
        first?
    };
    *cursor = ahead;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{WITHHELD, check_all};

    #[test]
    fn hours_as_they_are_said() {
        check_all(&[
            ("（限11月20日24时后播发）", "2026-11-20T16:00"),
            ("（限11月20日24时30分后播发）", WITHHELD),
            ("（限11月20日二十四时后播发）", "2026-11-20T16:00"),
            ("（限11月20日0时后播发）", "2026-11-19T16:00"),
            ("（限11月20日晚12时后播发）", "2026-11-20T16:00"),
            ("（限11月20日夜12时后播发）", "2026-11-20T16:00"),
            ("（限11月20日夜里1时后播发）", WITHHELD),
            ("（限11月20日凌晨12时后播发）", WITHHELD),
            ("（限11月20日午夜后播发）", WITHHELD),
            ("（限11月20日中午12时后播发）", "2026-11-20T04:00"),
            ("（限11月20日中午1时后播发）", "2026-11-20T05:00"),
            ("（限11月20日夜间11时后播发）", "2026-11-20T15:00"),
            ("（限11月20日下午 6时后播发）", "2026-11-20T10:00"),
            ("（限 11月20日 下午6时 后播发）", "2026-11-20T10:00"),
            ("（限11月20日18时30后播发）", "2026-11-20T10:30"),
            ("（限11月20日十八时三十分后播发）", "2026-11-20T10:30"),
            ("（限11月20日18：30后播发）", "2026-11-20T10:30"),
            ("（限11月20日18时30分20后播发）", WITHHELD),
            ("（限11月20日18时左右后播发）", WITHHELD),
            ("（限11月20日118时后播发）", WITHHELD),
            ("（限11月20、21日18时后播发）", WITHHELD),
            ("（限11月20日18时后播发，图片21日8时后播发）", WITHHELD),
        ]);
    }

    #[test]
    fn days_and_hours_in_figures() {
        check_all(&[
            ("（限2026/11/21 08:00后播发）", "2026-11-21T00:00"),
            ("（限11-21 08:00后播发）", "2026-11-21T00:00"),
            ("（限21日晨6时后播发）", "2026-11-20T22:00"),
            ("（限11月21日上午十点一刻后播发）", "2026-11-21T02:15"),
            ("限11月21日８：３０后播发", "2026-11-21T00:30"),
            ("（限11-21后播发）", WITHHELD),
        ]);
    }
}
