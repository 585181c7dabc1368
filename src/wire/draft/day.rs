//! Days: those that a story prints, with the year or month that they leave out, and when it is taken to be published.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, SubsecRound, TimeZone};

use super::Draft;
use crate::story::Story;
use crate::wire::RemarkKind;
use crate::wire::cursor::Cursor;
use crate::wire::date::{
    PrintedDay, YearEvidence, YearSource, chinese_day, english_day, nearest_month, numeric_day,
};
use crate::wire::split::{Placed, Role};

impl<Tz: TimeZone> Draft<'_, Tz> {
    /// A day with its year; a remark says where the year came from.
    pub(super) fn date(&mut self, day: PrintedDay) -> Option<NaiveDate> {
        if let Some(year) = day.year {
            return day.in_year(year);
        }
        let (year, source) = self.years.year_of(day, self.received, self.near);
        self.remark_year(year, source);
        day.in_year(year)
    }

    /// Says once for each page where a year came from.
    fn remark_year(&mut self, year: i32, source: YearSource) {
        if !self.years_told.contains(&(year, source)) {
            self.years_told.push((year, source));
            self.remark(RemarkKind::Year(year, source));
        }
    }

    /// A day without its month, 20日電: the one nearest to the page's.
    pub(super) fn day_near_page(&mut self, day: u32) -> Option<NaiveDate> {
        let (page, source) =
            self.years.head.map_or((self.page, YearSource::Received), |head| (head, YearSource::Head));
        let found = nearest_month(day, page)?;
        self.remark_year(found.year(), source);
        Some(found)
    }
}

/// The day that the page prints, if it came within a month of it; else the day on which it came.
pub(super) fn page_day(printed: Option<NaiveDate>, received: NaiveDate) -> NaiveDate {
    printed.filter(|&day| (0..=31).contains(&(received - day).num_days())).unwrap_or(received)
}

/// What the page and the file's name say of the year.
pub(super) fn year_evidence(placed: &[Placed], name: &str) -> YearEvidence {
    let mut years = YearEvidence::default();
    let heads = placed.iter().filter(|p| p.role == Role::Furniture).map(|p| p.passage.text.as_str());
    years.head = heads.chain([name]).find_map(full_date);
    for placed in placed {
        years.read(&placed.passage.text);
    }
    years
}

/// The first full date in a page head or file name.
fn full_date(text: &str) -> Option<NaiveDate> {
    let starts = text.char_indices().filter(|&(at, c)| {
        c.is_ascii_alphanumeric() && !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    starts
        .filter_map(|(at, _)| {
            let mut cursor = Cursor::new(&text[at..]);
            chinese_day(&mut cursor).or_else(|| numeric_day(&mut cursor)).or_else(|| english_day(&mut cursor))
        })
        .find_map(|day| day.in_year(day.year?))
}

/// Says when each story is taken to have been published, in the page's order.
///
/// The received time when it falls on the story's day, else that day at noon. A story without a day has that of the
/// story above, else of the one below, else of the page. Each is a second older than the one above it would be.
pub(super) fn publish<Tz: TimeZone>(stories: &mut [Story], head: Option<NaiveDate>, received: &DateTime<Tz>) {
    let own_day = |story: &Story| story.dateline.as_ref().and_then(|dateline| dateline.date);
    let taken = |story: &Story| story.captions.iter().find_map(|caption| caption.taken);
    let mut day = stories.iter().find_map(own_day).or(head).or_else(|| stories.iter().find_map(taken));
    let received = received.clone().trunc_subsecs(0);
    for (story, index) in stories.iter_mut().zip(0..) {
        day = own_day(story).or(day);
        let at = match day {
            Some(day) if day != received.date_naive() => {
                let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time"));
                received.timezone().from_local_datetime(&noon).earliest().unwrap_or_else(|| received.clone())
            }
            _ => received.clone(),
        };
        story.published = at.to_utc() - Duration::seconds(index);
    }
}
