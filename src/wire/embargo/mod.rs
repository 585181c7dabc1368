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

use self::frame::Frame;
use self::moment::Moment;
use super::cursor::is_han;

/// A note that holds stories back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note {
    pub scope: Scope,
    /// When it lifts; nothing when the note says it in a way that is not known.
    until: Option<Moment>,
    /// It is written in Chinese, so that an hour without a zone is that of the datelines.
    is_chinese: bool,
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

    /// It is in English and names an hour of no zone, which may be that of any place.
    pub(super) fn lacks_zone(self) -> bool {
        !self.is_chinese && self.until.is_some_and(|until| !until.names_zone())
    }

    /// When it lifts if the weekday that it names is that of the day `story`.
    pub(super) fn lifts_on<Tz: TimeZone>(self, story: NaiveDate, zone: &Tz) -> Option<DateTime<Utc>> {
        self.until?.on(story)?.instant(story, zone)
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

/// Reads what a headline begins with, EMBARGOED: …, HFR-…, 待发稿：…, or the brackets in it.
pub(super) fn in_headline(text: &str) -> Option<Note> {
    let marked = match text.chars().next()? {
        'A'..='Z' | 'a'..='z' | '$' | '*' | '[' => english::heads(text),
        _ => chinese::heads(text),
    };
    let held = Note { scope: Scope::This, until: None, is_chinese: false };
    inside(text, true).or_else(|| marked.then_some(held))
}

/// Reads what follows the key in a slug line: `BC-SPONGE, EMBARGOED UNTIL 0900 GMT NOV 30`, `BC-Sponge-ADV30`.
pub(super) fn in_slug(text: &str) -> Option<Note> {
    let tails = text.match_indices([',', '(', '/', ';']).map(|(at, _)| &text[at + 1..]);
    let told = tails.map(|tail| tail.trim().trim_end_matches(')')).find_map(read);
    let held = || Note { scope: Scope::This, until: None, is_chinese: false };
    told.or_else(|| text.split(['-', ' ', ',', '(']).any(english::is_mark).then(held))
}

/// Whether `next` is the rest of the note that `above` begins: … until 0900 GMT on / Monday, Nov 30.
pub(super) fn goes_on(above: &str, next: &str) -> bool {
    const OPEN_ENDS: [&str; 12] =
        ["on", "at", "until", "the", "of", "and", "or", "be", "for", "before", "not", "gmt"];
    if above.len() + next.len() > LONGEST || above.ends_with(['.', '。', ')', '）', '!', ']', '】']) {
        return false;
    }
    let last = above.rsplit(' ').next().unwrap_or("");
    let Some(note) = read(above).filter(|note| note.until.is_none()) else { return false };
    OPEN_ENDS.iter().any(|word| word.eq_ignore_ascii_case(last)) && !note.is_chinese
        || above.ends_with(',')
        || next.starts_with(char::is_lowercase)
        || read(&format!("{above} {next}")).is_some_and(|joined| joined.until.is_some())
}

/// No note to editors is longer, in characters; a report on an embargo is.
const LONGEST: usize = 300;

fn read_in(text: &str, frame: Frame) -> Option<Note> {
    if text.chars().count() > LONGEST {
        return None;
    }
    if text.chars().any(is_han) { chinese::read(text, frame) } else { english::read(text, frame) }
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
        let behind = "新华社北京11月20日电（记者乔然）（限11月20日18时后播发）报告20日发布。普查历时三年。";
        assert_eq!(said(inside(behind, false)), "2026-11-20T10:00");
        let behind = "GENEVA, Nov 20 (Reuters) (EMBARGOED UNTIL 1000 GMT NOV 20) - A sponge was found off Peru.";
        assert_eq!(said(inside(behind, false)), "2026-11-20T10:00");
        let news = "会议说，电影（限11月20日18时后播发）的规定已经取消。代表们表示欢迎。";
        assert_eq!(said(inside(news, false)), NONE);
    }

    #[test]
    fn headlines_with_a_mark_before_them() {
        for held in [
            "EMBARGOED: Study finds deep-sea sponge",
            "EMBARGOED-Study finds deep-sea sponge",
            "Embargoed - Study finds deep-sea sponge",
            "EMBARGOED: STUDY FINDS DEEP-SEA SPONGE",
            "EMBARGO: Study finds deep-sea sponge",
            "EMBARGO-Study finds deep-sea sponge",
            "UNDER EMBARGO: Study finds deep-sea sponge",
            "HFR-Study finds deep-sea sponge",
            "ADV30-Study finds deep-sea sponge",
            "Study finds deep-sea sponge - EMBARGOED UNTIL 0900 GMT NOV 30",
            "Study finds deep-sea sponge (EMBARGOED)",
            "待发稿：全国湿地普查结果公布",
            "限时稿：全国湿地普查结果公布",
            "【限时稿】全国湿地普查结果公布",
            "（待发稿）全国湿地普查结果公布",
        ] {
            assert!(in_headline(held).is_some(), "{held}");
            assert!(read(held).is_none_or(|note| note.until.is_none()), "{held}");
        }
        for news in [
            "Embargoed-goods trade thrives in border town",
            "Embargoed goods: who buys them",
            "Embargo: how a ban on grain works",
            "EMBARGO-Busting Firm Fined",
            "EMBARGO-HIT ISLAND TURNS EAST",
            "Embargo talks: what is at stake",
            "Hold for now, says bank",
            "Adverse-weather plan: schools shut",
            "待发：一列火车的春天",
            "限时：一场与潮水的赛跑",
            "等通知：毕业生的六月",
            "首班车（待发）",
        ] {
            assert!(in_headline(news).is_none(), "{news}");
        }
    }

    #[test]
    fn slugs_that_hold_their_story() {
        for held in [
            "BC-SCIENCE-SPONGE, EMBARGOED UNTIL 0900 GMT NOV 30",
            "BC-SPONGE (EMBARGOED)",
            "BC-SPONGE/EMBARGO 0900 GMT",
            "BC-Sponge-ADV30",
            "AM-Sponge, Adv 30",
            "BC-SPONGE-HFR",
            "BC-SPONGE-EMBARGOED",
            "BC-Sponge, Hold for Release",
            "BC-SPONGE; NOT FOR RELEASE BEFORE 0900 GMT NOV 30",
            "AM-Sponge,ADV30,0421",
        ] {
            assert!(in_slug(held).is_some(), "{held}");
        }
        for news in [
            "BC-CUBA-EMBARGO",
            "AM-Oil-Embargo, 1st Ld",
            "BC-ARMS-EMBARGO (UPDATE 2)",
            "AM-Grain-Embargo-Ends",
            "BC-ADVERTISING",
            "BC-ADVANCE-BANK",
            "PM-Release-Hostages",
            "BC-HOLDINGS, 2nd Ld",
            "a0123",
            "BC-STORM-COAST (UPDATE 2)",
        ] {
            assert!(in_slug(news).is_none(), "{news}");
        }
    }

    #[test]
    fn notes_that_a_line_broke() {
        for (above, next) in [
            ("This story is embargoed for release until 0900 GMT on", "Monday, Nov 30."),
            ("EMBARGOED UNTIL", "0900 GMT NOV 30"),
            ("EMBARGOED UNTIL 0900 GMT,", "NOV 30"),
            ("EMBARGOED FOR RELEASE UNTIL 0900", "GMT NOV 30"),
        ] {
            assert!(goes_on(above, next), "{above} / {next}");
        }
        for (above, next) in [
            ("EMBARGOED UNTIL 0900 GMT NOV 30", "Study finds sponge"),
            ("EMBARGOED UNTIL FURTHER NOTICE", "Study finds sponge"),
            ("EMBARGOED", "Study finds sponge"),
            ("This story is embargoed until delivery.", "Monday was cold."),
            ("（限会议结束后播发）", "全国湿地普查结果公布"),
            ("Study finds sponge", "on Monday, Nov 30."),
        ] {
            assert!(!goes_on(above, next), "{above} / {next}");
        }
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
