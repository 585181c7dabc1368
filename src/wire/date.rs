//! Printed days, and the year that they leave out.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeZone};

use super::cursor::Cursor;

/// A day as printed: 11月18日, 2024年4月9日, Nov. 20, 2024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PrintedDay {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

impl PrintedDay {
    /// A day that some year has.
    pub(super) fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        // 2024 has a 29 February.
        NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day).map(|_| Self { year, month, day })
    }

    pub(super) fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(year), self.month, self.day)
    }
}

/// Reads 11月18日, 2024年11月18日, 十一月十八日.
pub(super) fn chinese_day(cursor: &mut Cursor) -> Option<PrintedDay> {
    let mut ahead = *cursor;
    let mut first = ahead.number(4);
    let mut year = None;
    if first.is_some_and(|n| n > 31) && ahead.eat("年") {
        year = first.and_then(plausible_year);
        year?;
        first = ahead.number(2);
    }
    let month = first.or_else(|| numeral(&mut ahead))?;
    if !ahead.eat("月") {
        return None;
    }
    let day = ahead.number(2).or_else(|| numeral(&mut ahead))?;
    if !(ahead.eat("日") || ahead.eat("号")) {
        return None;
    }
    let found = PrintedDay::new(year, month, day)?;
    *cursor = ahead;
    Some(found)
}

/// Reads `Nov 18`, `Nov. 20, 2024`, `March 2`, `20 November 2024`.
pub(super) fn english_day(cursor: &mut Cursor) -> Option<PrintedDay> {
    let mut ahead = *cursor;
    let day_first = ahead.number(2);
    ahead.space();
    let month = english_month(&mut ahead)?;
    ahead.eat(".");
    ahead.space();
    let day = match day_first {
        Some(day) => day,
        None => ahead.number(2)?,
    };
    let mut with_year = ahead;
    with_year.eat(",");
    with_year.space();
    let year = with_year.number(4).and_then(plausible_year);
    if year.is_some() {
        ahead = with_year;
    }
    let found = PrintedDay::new(year, month, day)?;
    *cursor = ahead;
    Some(found)
}

/// Reads `2024-11-18` or `20241118`, as file names have it.
pub(super) fn numeric_day(cursor: &mut Cursor) -> Option<PrintedDay> {
    let mut ahead = *cursor;
    let found = if let Some(n) = ahead.number(8).filter(|&n| n > 9999) {
        PrintedDay::new(plausible_year(n / 10_000), n / 100 % 100, n % 100)
    } else {
        ahead = *cursor;
        let year = plausible_year(ahead.number(4)?)?;
        let mark = ahead.eat_char(|c| matches!(c, '-' | '_' | '.' | '/'))?;
        let month = ahead.number(2)?;
        ahead.eat_char(|c| c == mark)?;
        PrintedDay::new(Some(year), month, ahead.number(2)?)
    }?;
    found.year?;
    *cursor = ahead;
    Some(found)
}

/// News agencies of the telegraph are older than 1900, but no wire file that anyone has is.
fn plausible_year(n: u32) -> Option<i32> {
    (1900..2100).contains(&n).then(|| n.cast_signed())
}

/// 一 to 三十一.
fn numeral(cursor: &mut Cursor) -> Option<u32> {
    const UNITS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let unit = |cursor: &mut Cursor| {
        let word = cursor.eat_any(&UNITS)?;
        UNITS.iter().position(|&unit| unit == word).and_then(|at| u32::try_from(at + 1).ok())
    };
    let mut ahead = *cursor;
    let tens = unit(&mut ahead);
    let value = if ahead.eat("十") { tens.unwrap_or(1) * 10 + unit(&mut ahead).unwrap_or(0) } else { tens? };
    *cursor = ahead;
    Some(value)
}

fn english_month(cursor: &mut Cursor) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let mut ahead = *cursor;
    let word = ahead.take_while(|c| c.is_ascii_alphabetic());
    if word.len() < 3 || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let at =
        MONTHS.iter().position(|month| month.starts_with(&word) || (word == "sept" && *month == "september"))?;
    *cursor = ahead;
    u32::try_from(at + 1).ok()
}

/// Where a year came from; the order is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearSource {
    /// A full date in the page head or in the file name.
    Head,
    /// Years that the text states.
    Text,
    /// The time at which the file was received.
    Received,
}

/// All that a page says about its year.
#[derive(Debug, Default)]
pub(super) struct YearEvidence {
    /// A full date in the page head or file name.
    pub head: Option<NaiveDate>,
    mentions: Vec<Mention>,
}

/// A year in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mention {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
    /// Spoken of as still to come: 到2030年, 自2025年1月1日起, 2023—2030年.
    ahead: bool,
}

impl YearEvidence {
    /// Adds the years that `text` states.
    pub(super) fn read(&mut self, text: &str) {
        /// More than a page says; each date is held against all of them.
        const ENOUGH: usize = 4096;
        let mut at = 0;
        while self.mentions.len() < ENOUGH
            && let Some(found) = text[at..].find(is_year_digit)
        {
            let before = &text[..at + found];
            let mut cursor = Cursor::new(&text[at + found..]);
            let digits = cursor.take_while(|c| super::cursor::digit(c).is_some());
            at += found + cursor.at();
            let year = Cursor::new(digits).number(4).and_then(plausible_year);
            if let Some(year) = year.filter(|_| digits.chars().count() == 4) {
                self.mentions.extend(mention(year, before, cursor));
            }
        }
    }

    /// The year of a day that was printed without one.
    ///
    /// In this order: the page head, a day that it is known to be `near`, the text, the received time; the last never
    /// lies more than [`AHEAD`] days ahead.
    pub(super) fn year_of<Tz: TimeZone>(
        &self,
        day: PrintedDay,
        received: &DateTime<Tz>,
        near: Option<NaiveDate>,
    ) -> (i32, YearSource) {
        if let Some(head) = self.head {
            return (nearest_year(day, head), YearSource::Head);
        }
        if let Some(near) = near {
            return (nearest_year(day, near), YearSource::Received);
        }
        if let Some(year) = self.stated_year(day) {
            return (year, YearSource::Text);
        }
        let limit = received.date_naive() + AHEAD;
        let year = limit.year();
        let latest = (year - LEAP..=year).rev().find(|&year| day.in_year(year).is_some_and(|date| date <= limit));
        (latest.unwrap_or(year), YearSource::Received)
    }

    /// The year in which the text itself stands, if it says so.
    fn stated_year(&self, day: PrintedDay) -> Option<i32> {
        let happened = || self.mentions.iter().filter(|mention| !mention.ahead);
        // A full date around the same day is today's news; some days after it is still what is announced.
        let this_week = happened().find_map(|mention| {
            let date = NaiveDate::from_ymd_opt(mention.year, mention.month?, mention.day?)?;
            let year = nearest_year(day, date);
            let distance = (day.in_year(year)? - date).num_days();
            (-3..=7).contains(&distance).then_some(year)
        });
        let this_month = || {
            let month = |m: &&Mention| m.day.is_none() && m.month == Some(day.month);
            happened().find(month).map(|m| m.year).filter(|&year| day.in_year(year).is_some())
        };
        this_week.or_else(this_month).or_else(|| {
            let latest = happened().map(|mention| mention.year).max()?;
            // 29 February is printed in leap years only.
            day.in_year(latest)?;
            // Said again and again: once may be a year long past.
            if happened().filter(|mention| mention.year == latest).count() < 2 {
                return None;
            }
            // What has happened cannot lie after the day of its news.
            let later = happened().any(|mention| {
                let rest_of_year = (mention.month.unwrap_or(1), mention.day.unwrap_or(1));
                mention.year == latest && mention.month.is_some() && rest_of_year > (day.month, day.day)
            });
            Some(if later { latest + 1 } else { latest })
        })
    }
}

fn is_year_digit(c: char) -> bool {
    matches!(c, '1' | '2' | '１' | '２')
}

/// Reads what follows and precedes the four digits of a year.
fn mention(year: i32, before: &str, mut after: Cursor) -> Option<Mention> {
    let before = before.trim_end();
    let range_end = before.ends_with(['—', '-', '–', '－', '~', '～', '至']) && !before.ends_with("截至");
    let to_come = ["到", "力争", "展望", "面向", "by", "until", "自"].iter().any(|word| before.ends_with(word));
    if after.eat("年") {
        let month = after.number(2).filter(|_| after.eat("月"));
        let day = month.and_then(|_| after.number(2)).filter(|_| after.eat("日"));
        let starts = ["起", "前", "底前", "之前", "将"].iter().any(|word| after.rest().starts_with(word));
        let since = before.ends_with('自') && !starts_in_future(after.rest());
        let ahead = (range_end || to_come || starts) && !since && !before.ends_with("截至");
        return Some(Mention { year, month, day, ahead });
    }
    // “2024版”, “Nov. 20, 2024”: a year; “2024人”, “2,024”, “2024.5”: a number.
    let in_english_date = english_day_before(before);
    if let Some((month, day)) = in_english_date {
        return Some(Mention { year, month: Some(month), day: Some(day), ahead: false });
    }
    let after_preposition = ["in", "since", "In", "Since", "of", "for"]
        .iter()
        .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
    after_preposition.then_some(Mention { year, month: None, day: None, ahead: range_end || to_come })
}

/// 自2023年6月起租用…: a start that is told as past has a verb after it, 自2025年1月1日起实施 has none that is done.
fn starts_in_future(after: &str) -> bool {
    ["起实施", "起施行", "起执行", "起生效", "起正式"].iter().any(|word| after.starts_with(word))
}

/// Month and day, when the text ends in `Nov. 20,`.
fn english_day_before(text: &str) -> Option<(u32, u32)> {
    // The longest is “September 30,”.
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(24))..];
    let text = text.strip_suffix(',').unwrap_or(text);
    let start = text.rfind(|c: char| c == '.' || c.is_ascii_alphabetic())?;
    let word = text[..start].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let mut cursor = Cursor::new(&text[word..]);
    let day = english_day(&mut cursor)?;
    cursor.is_done().then_some((day.month, day.day))
}

/// Pages are printed ahead, as those of a weekend are; of a day further ahead the year before is the likelier one.
const AHEAD: Days = Days::new(7);

/// The most years from one 29 February to the next: 1896 to 1904.
const LEAP: i32 = 8;

/// The year that brings `day` closest to `date`; for 29 February a leap year.
fn nearest_year(day: PrintedDay, date: NaiveDate) -> i32 {
    let around = |years: i32| {
        let dated = |year: i32| Some((day.in_year(year)?.signed_duration_since(date).num_days().abs(), year));
        (date.year() - years..=date.year() + years).filter_map(dated).min().map(|(_, year)| year)
    };
    around(1).or_else(|| around(LEAP)).unwrap_or(date.year())
}

/// The day of a month that is nearest to `date`: 20日 on a page of 21 November is the day before.
pub(super) fn nearest_month(day: u32, date: NaiveDate) -> Option<NaiveDate> {
    let first = date.with_day(1)?;
    let months = [first.checked_sub_months(Months::new(1)), Some(first), first.checked_add_months(Months::new(1))];
    let days = months.into_iter().flatten().filter_map(|month| month.with_day(day));
    days.min_by_key(|found| (*found - date).num_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Utc;

    fn day(month: u32, day: u32) -> PrintedDay {
        PrintedDay { year: None, month, day }
    }

    #[track_caller]
    fn check(text: &str, of: PrintedDay, year: i32, source: YearSource) {
        let mut evidence = YearEvidence::default();
        evidence.read(text);
        let received = Utc.with_ymd_and_hms(2031, 3, 5, 8, 0, 0).unwrap();
        assert_eq!(evidence.year_of(of, &received, None), (year, source), "{text}");
    }

    #[test]
    fn days_are_read_as_printed() {
        let read = |text| chinese_day(&mut Cursor::new(text)).map(|d| (d.year, d.month, d.day));
        assert_eq!(read("11月18日电"), Some((None, 11, 18)));
        assert_eq!(read("２０２４年４月９日摄"), Some((Some(2024), 4, 9)));
        assert_eq!(read("十二月三十一日"), Some((None, 12, 31)));
        assert_eq!(read("13月1日"), None);
        assert_eq!(read("2月30日"), None);
        let read = |text| english_day(&mut Cursor::new(text)).map(|d| (d.year, d.month, d.day));
        assert_eq!(read("Nov 18 (Reuters)"), Some((None, 11, 18)));
        assert_eq!(read("Nov. 20, 2024 (AFP)"), Some((Some(2024), 11, 20)));
        assert_eq!(read("20 November 2024"), Some((Some(2024), 11, 20)));
        assert_eq!(read("Mars 20"), None);
    }

    #[test]
    fn years_that_the_text_states_win_over_the_time_of_receipt() {
        check(
            "2024年以来增长，2024年10月12日摄，到2030年翻番，2015年仅有三处",
            day(11, 20),
            2024,
            YearSource::Text,
        );
        check("2025年1月9日上午起飞；截至2024年12月底，2024年新增", day(1, 9), 2025, YearSource::Text);
        check("截至2024年12月底共有五家，较2024年初多两家", day(1, 8), 2025, YearSource::Text);
        check("公布2025年方案，自2025年1月1日起实施；2024年11月，评估组走访", day(11, 19), 2024, YearSource::Text);
        check("said on Nov. 20, 2024, that sales by 2030 would double", day(11, 21), 2024, YearSource::Text);
    }

    #[test]
    fn without_stated_years_the_time_of_receipt_decides_and_is_a_week_ahead_at_most() {
        // Received on 5 March.
        for (of, year) in [
            (day(3, 5), 2031),
            (day(3, 4), 2031),
            (day(1, 1), 2031),
            (day(3, 6), 2031),
            (day(3, 7), 2031),
            (day(3, 8), 2031),
            (day(3, 12), 2031),
            (day(3, 13), 2030),
            (day(3, 31), 2030),
            (day(4, 5), 2030),
            (day(6, 1), 2030),
            (day(12, 31), 2030),
            (day(2, 29), 2028),
        ] {
            check("没有年份", of, year, YearSource::Received);
        }
        check("始建于1958年", day(11, 18), 2030, YearSource::Received);
        check("共有2024人参加，2024.5万元", day(11, 18), 2030, YearSource::Received);
    }
}
