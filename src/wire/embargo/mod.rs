//! Until when a story must not be published: （限11月20日18时后播发）, EMBARGOED UNTIL 1800 GMT NOV 20.
//!
//! A note asks for it with a word of release and a word that bounds it, each in its place. Whatever stands where the
//! time should, and is no part of a known form, leaves the time unread: such an embargo does not lift by itself.

mod chinese;
mod english;
mod fold;
mod frame;
mod moment;
mod zone;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};

use self::fold::fold;
use self::frame::Frame;
use self::moment::Moment;
use super::cursor::is_han;

/// A note that holds stories back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note {
    pub scope: Scope,
    /// When it lifts; nothing when the note says it in a way that is not known.
    until: Option<Moment>,
}

/// Which stories a note speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Scope {
    /// It does not say.
    #[default]
    Unsaid,
    /// 本稿, this story.
    This,
    /// 以上稿件, 上述各稿.
    Above,
    /// 以下稿件.
    Below,
    /// 本版, 各稿.
    Page,
}

impl Note {
    /// When it lifts, on a page of the day `page` with datelines in `zone`.
    pub(super) fn lifts<Tz: TimeZone>(self, page: NaiveDate, zone: &Tz) -> Option<DateTime<Utc>> {
        self.until?.instant(page, zone)
    }

    /// The day that it names, with its year.
    pub(super) fn day(self, page: NaiveDate) -> Option<NaiveDate> {
        self.until?.date(page)
    }
}

/// Reads a line of its own, or a headline that is one.
pub(super) fn read(text: &str) -> Option<Note> {
    let (text, frame) = frame::line(text);
    read_in(text, frame)
}

/// Reads the brackets in a headline (`anywhere`), or at either end of a paragraph.
pub(super) fn inside(text: &str, anywhere: bool) -> Option<Note> {
    frame::brackets(text, anywhere).into_iter().find_map(|inner| read_in(inner, Frame::Inside))
}

/// No note to editors is longer, in characters; a report on an embargo is.
const LONGEST: usize = 300;

fn read_in(text: &str, frame: Frame) -> Option<Note> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let folded = fold(text);
    if folded.chars().any(is_han) { chinese::read(&folded, frame) } else { english::read(&folded, text, frame) }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const NONE: &str = "news";
    pub(super) const WITHHELD: &str = "withheld";

    /// When a note lifts, in UTC, on a page of Friday 20 November 2026 with datelines in Shanghai.
    fn said(note: Option<Note>) -> String {
        let page = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let Some(note) = note else { return NONE.to_owned() };
        let lifts = note.lifts(page, &chrono_tz::Asia::Shanghai);
        lifts.map_or(WITHHELD.to_owned(), |at| at.format("%Y-%m-%dT%H:%M").to_string())
    }

    /// Holds lines against when they should lift.
    #[track_caller]
    pub(super) fn check_all(table: &[(&str, &str)]) {
        let wrong: Vec<String> = table
            .iter()
            .map(|&(text, expected)| (text, said(read(text)), expected))
            .filter(|(_, said, expected)| said != expected)
            .map(|(text, said, expected)| format!("{text}: {said} for {expected}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn brackets_inside_a_text() {
        assert_eq!(
            said(inside("（限11月20日18时后播发）新华社北京11月20日电 报告20日发布。", false)),
            "2026-11-20T10:00"
        );
        assert_eq!(said(inside("今年粮食报告发布（限11月20日18时后播发）", true)), "2026-11-20T10:00");
        assert_eq!(said(inside("报告20日发布（限11月20日18时后播发）。", false)), "2026-11-20T10:00");
        assert_eq!(said(inside("桥面封闭（12月1日前禁止使用）。", false)), NONE);
        assert_eq!(said(inside("该鱼塘（审批前不得使用）。", false)), NONE);
        assert_eq!(said(inside("新规（试行）公布", true)), NONE);
    }

    #[test]
    fn notes_say_of_what_they_speak() {
        let scope = |text| read(text).map(|note| note.scope);
        assert_eq!(scope("（限11月20日18时后播发）"), Some(Scope::Unsaid));
        assert_eq!(scope("（本稿限11月20日18时后播发）"), Some(Scope::This));
        assert_eq!(scope("（以上稿件限11月20日18时后播发）"), Some(Scope::Above));
        assert_eq!(scope("（以下各稿限11月20日18时后播发）"), Some(Scope::Below));
        assert_eq!(scope("（本版各稿限11月20日18时后播发）"), Some(Scope::Page));
    }
}
