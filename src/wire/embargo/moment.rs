//! A moment as a note prints it, and the instant that it means.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};

use super::super::date::PrintedDay;

/// A moment as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    day: PrintedDay,
    clock: Clock,
    weekday: Option<Weekday>,
    /// The zone that it names; else it is that of the datelines.
    zone: Option<FixedOffset>,
}

/// What an expression of time is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Day(PrintedDay),
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
    /// Puts the pieces of one expression together; `None` when a day or a time is missing, or there are two.
    pub(super) fn of(pieces: impl IntoIterator<Item = Piece>) -> Option<Self> {
        /// The same again says nothing new; another is a contradiction.
        fn agrees<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) -> bool {
            *slot.get_or_insert(value) == value
        }
        let (mut day, mut clock, mut weekday, mut zone) = (None, None, None, None);
        let agree = pieces.into_iter().all(|piece| match piece {
            Piece::Day(found) => agrees(&mut day, found),
            Piece::Clock(found) => agrees(&mut clock, found),
            Piece::Weekday(found) => agrees(&mut weekday, found),
            Piece::Zone(found) => agrees(&mut zone, found),
        });
        Some(Self { day: day?, clock: clock?, weekday, zone }).filter(|_| agree)
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

    /// The day with its year. One without a year is the first that is not more than two days before `page`, and less
    /// than a year ahead: an embargo lies ahead.
    pub(super) fn date(self, page: NaiveDate) -> Option<NaiveDate> {
        const PAST: Days = Days::new(2);
        const AHEAD: Days = Days::new(330);
        let date = match self.day.year {
            Some(year) => self.day.in_year(year)?,
            None => (page.year() - 1..=page.year() + 1)
                .filter_map(|year| self.day.in_year(year))
                .find(|&date| date + PAST >= page && date <= page + AHEAD)?,
        };
        self.weekday.is_none_or(|weekday| date.weekday() == weekday).then_some(date)
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
}
