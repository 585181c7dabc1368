//! A moment as a note prints it, and the instant that it means.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};

use super::super::date::PrintedDay;

/// A moment as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    day: Day,
    clock: Clock,
    /// The weekday beside a day, which must agree.
    weekday: Option<Weekday>,
    /// The zone that it names; else it is that of the datelines.
    zone: Option<FixedOffset>,
}

/// A day as a note names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// 11月21日.
    Dated(PrintedDay),
    /// 21日.
    OfMonth(u32),
    /// 今日, TOMORROW: so many days after that of the page.
    Ahead(u64),
    /// MONDAY, 周一.
    Next(Weekday),
    /// 本周六, 下周一: the day in the week that is so many weeks after that of the page.
    InWeek(u64, Weekday),
}

/// What an expression of time is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Day(Day),
    Clock(Clock),
    Weekday(Weekday),
    Zone(FixedOffset),
}

/// A time of day; the hour may be 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u32,
    minute: u32,
}

impl Clock {
    pub(super) fn new(hour: u32, minute: u32) -> Option<Self> {
        (hour < 24 && minute < 60 || hour == 24 && minute == 0).then_some(Self { hour, minute })
    }
}

impl Moment {
    /// Puts the pieces of one expression together; `None` when a day or an hour is missing, or two disagree.
    pub(super) fn of(pieces: impl IntoIterator<Item = Piece>) -> Option<Self> {
        /// The same again says nothing new; another is a contradiction.
        fn agrees<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) -> bool {
            *slot.get_or_insert(value) == value
        }
        let (mut day, mut week, mut weekday) = (None, None, None);
        let mut hours = Hours::default();
        let agree = pieces.into_iter().all(|piece| match piece {
            Piece::Day(Day::InWeek(_, name)) if !agrees(&mut weekday, name) => false,
            Piece::Day(found @ Day::InWeek(..)) => agrees(&mut week, found),
            Piece::Day(found) => agrees(&mut day, found),
            Piece::Clock(found) => hours.add_clock(found),
            Piece::Weekday(found) => agrees(&mut weekday, found),
            Piece::Zone(found) => hours.add_zone(found),
        });
        let (clock, zone) = hours.one()?;
        let day = day.or(week).or(weekday.map(Day::Next))?;
        agree.then_some(Self { day, clock, weekday, zone })
    }

    /// The instant that it means on a page of the day `page`, whose datelines are in `zone`.
    pub(super) fn instant<Tz: TimeZone>(self, page: NaiveDate, zone: &Tz) -> Option<DateTime<Utc>> {
        let Clock { hour, minute } = self.clock;
        let date = self.date(page)?;
        let date = if hour == 24 { date.succ_opt()? } else { date };
        let local = date.and_time(NaiveTime::from_hms_opt(hour % 24, minute, 0)?);
        match self.zone {
            Some(offset) => offset.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
            // Where clocks are put back the later of two readings is the safe one.
            None => zone.from_local_datetime(&local).latest().map(|at| at.to_utc()),
        }
    }

    pub(super) fn names_zone(self) -> bool {
        self.zone.is_some()
    }

    /// The same hour on the day `date`, if it names no day but the weekday of that one.
    pub(super) fn on(self, date: NaiveDate) -> Option<Self> {
        let day = PrintedDay::new(Some(date.year()), date.month(), date.day())?;
        (self.day == Day::Next(date.weekday())).then_some(Self { day: Day::Dated(day), ..self })
    }

    /// The day with its year, on a page of the day `page`; `None` when it is not known or its weekday is another.
    pub(super) fn date(self, page: NaiveDate) -> Option<NaiveDate> {
        self.day.date(page).filter(|date| self.weekday.is_none_or(|weekday| date.weekday() == weekday))
    }
}

impl Day {
    /// Which of its month it is, where it says so.
    pub(super) fn of_month(self) -> Option<u32> {
        match self {
            Self::Dated(day) => Some(day.day),
            Self::OfMonth(day) => Some(day),
            _ => None,
        }
    }

    fn date(self, page: NaiveDate) -> Option<NaiveDate> {
        /// No month is missing from two that follow each other, and no day from them but one of February.
        const TWO_MONTHS: usize = 62;
        let days = || page.iter_days();
        match self {
            Self::Dated(day) => dated(day, page),
            Self::OfMonth(day) => days().take(TWO_MONTHS).find(|date| date.day() == day),
            Self::Ahead(count) => page.checked_add_days(Days::new(count)),
            // On a Monday MONDAY may be today or in a week.
            Self::Next(weekday) if page.weekday() == weekday => None,
            Self::Next(weekday) => days().find(|date| date.weekday() == weekday),
            Self::InWeek(weeks, weekday) => {
                let week = page.week(Weekday::Mon).first_day().checked_add_days(Days::new(weeks * 7))?;
                week.iter_days().find(|date| date.weekday() == weekday).filter(|&date| date >= page)
            }
        }
    }
}

/// A day without a year is the first that is not more than two days before `page`, and less than a year ahead: an
/// embargo lies ahead.
fn dated(day: PrintedDay, page: NaiveDate) -> Option<NaiveDate> {
    const PAST: Days = Days::new(2);
    const AHEAD: Days = Days::new(330);
    if let Some(year) = day.year {
        return day.in_year(year);
    }
    (page.year() - 1..=page.year() + 1)
        .filter_map(|year| day.in_year(year))
        .find(|&date| date + PAST >= page && date <= page + AHEAD)
}

/// The hours of one expression, each with its zone: 1300 EST/1800 GMT.
#[derive(Debug, Default)]
struct Hours {
    found: Vec<(Clock, Option<FixedOffset>)>,
    /// A zone whose hour has not come: 北京时间.
    zone: Option<FixedOffset>,
}

impl Hours {
    fn add_clock(&mut self, clock: Clock) -> bool {
        let again = self.zone.is_none() && self.found.iter().any(|(known, _)| *known == clock);
        if !again {
            self.found.push((clock, self.zone.take()));
        }
        true
    }

    fn add_zone(&mut self, zone: FixedOffset) -> bool {
        match self.found.last_mut() {
            Some((_, of_hour)) if of_hour.is_none_or(|known| known == zone) => {
                *of_hour = Some(zone);
                true
            }
            _ => *self.zone.get_or_insert(zone) == zone,
        }
    }

    /// The one hour that all of them are, on one day.
    fn one(&self) -> Option<(Clock, Option<FixedOffset>)> {
        let &(clock, zone) = self.found.first()?;
        let seconds = |clock: Clock, zone: FixedOffset| {
            (clock.hour * 3600 + clock.minute * 60).cast_signed() - zone.local_minus_utc()
        };
        let same = |&(other, its): &(Clock, Option<FixedOffset>)| {
            zone.zip(its).is_some_and(|(zone, its)| seconds(clock, zone) == seconds(other, its))
        };
        (self.zone.is_none() && self.found[1..].iter().all(same)).then_some((clock, zone))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{WITHHELD, check_all};

    #[test]
    fn years_lie_ahead() {
        check_all(&[
            ("（限2月29日18时后播发）", WITHHELD),
            ("（限11月18日18时后播发）", "2026-11-18T10:00"),
            ("（限11月17日18时后播发）", WITHHELD),
            ("（限1月5日18时后播发）", "2027-01-05T10:00"),
            ("（限10月20日18时后播发）", WITHHELD),
            ("（限2027年10月20日18时后播发）", "2027-10-20T10:00"),
            ("EMBARGOED UNTIL 0900 GMT, MONDAY, NOV 23", "2026-11-23T09:00"),
            ("EMBARGOED UNTIL 0900 GMT, TUESDAY, NOV 23", WITHHELD),
            ("（限11月23日（星期一）9时后播发）", "2026-11-23T01:00"),
        ]);
    }

    #[test]
    fn days_without_a_month_and_days_named_from_the_page() {
        check_all(&[
            ("（限21日8时后播发）", "2026-11-21T00:00"),
            ("（限31日8时后播发）", "2026-12-31T00:00"),
            ("（限20日24时后播发）", "2026-11-20T16:00"),
            ("（本稿限今日18时后播发）", "2026-11-20T10:00"),
            ("（限今晚8时后播发）", "2026-11-20T12:00"),
            ("（限明早6时后刊播）", "2026-11-20T22:00"),
            ("（限周六8时后播发）", "2026-11-21T00:00"),
            ("（限本周六（11月21日）上午8点后播发）", "2026-11-21T00:00"),
            ("（限下周一9时后播发）", "2026-11-23T01:00"),
            ("EMBARGOED UNTIL TOMORROW 0600 GMT", "2026-11-21T06:00"),
            ("EMBARGOED UNTIL 0900 GMT MONDAY", "2026-11-23T09:00"),
            ("EMBARGOED UNTIL 10 AM TODAY", "2026-11-20T02:00"),
            ("（限20日8时后播发）", "2026-11-20T00:00"),
            ("（限19日8时后播发）", "2026-12-19T00:00"),
            ("（限11月21日、22日8时后播发）", WITHHELD),
            ("（限本周一8时后播发）", WITHHELD),
            ("（限周五8时后播发）", WITHHELD),
            ("EMBARGOED UNTIL 0900 GMT FRIDAY", WITHHELD),
            ("（限下周一（11月24日）9时后播发）", WITHHELD),
            ("（限今年8时后播发）", WITHHELD),
        ]);
    }
}
