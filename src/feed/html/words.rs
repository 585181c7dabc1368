//! The pages' own words in the reader's language, and how dates are written in it.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeZone, Utc};
use maud::{Markup, html};

use super::{Heading, Setting};
use crate::story::{Kind, Language, Part};

/// The words of one language. A story's own text is never among them.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) skip: &'static str,
    pub(super) latest: &'static str,
    pub(super) newest: &'static str,
    pub(super) subscribe: &'static str,
    /// What to do with the addresses beneath [`subscribe`](Self::subscribe).
    pub(super) how: &'static str,
    pub(super) all_feeds: &'static str,
    pub(super) topics: &'static str,
    pub(super) regions: &'static str,
    pub(super) agencies: &'static str,
    /// Around the number of all feeds of a large family.
    pub(super) in_all: [&'static str; 2],
    /// Around the number of feeds that are part of another.
    pub(super) parts: [&'static str; 2],
    pub(super) part_of: &'static str,
    pub(super) within: &'static str,
    pub(super) nothing_yet: &'static str,
    pub(super) no_stories: &'static str,
    pub(super) newer: &'static str,
    pub(super) older: &'static str,
    pub(super) updated: &'static str,
    pub(super) corrected: &'static str,
    /// What a version is that corrects the one before it.
    pub(super) correction: &'static str,
    pub(super) tags: &'static str,
    pub(super) why: &'static str,
    pub(super) total: &'static str,
    /// Before the name of the label that another follows from.
    pub(super) follows_from: &'static str,
    /// As [`Part`] lists them.
    pub(super) places: [&'static str; 6],
    pub(super) versions: &'static str,
    /// Around the number of a version.
    pub(super) version: [&'static str; 2],
    pub(super) first_version: &'static str,
    pub(super) same_text: &'static str,
    pub(super) kicker: &'static str,
    pub(super) deck: &'static str,
    pub(super) byline: &'static str,
    pub(super) credits: &'static str,
    pub(super) source: &'static str,
    pub(super) received: &'static str,
    pub(super) photo: &'static str,
    pub(super) brief: &'static str,
    pub(super) text: &'static str,
    pub(super) search: &'static str,
    pub(super) search_for: &'static str,
    pub(super) kind: &'static str,
    pub(super) language: &'static str,
    pub(super) agency: &'static str,
    pub(super) topic: &'static str,
    pub(super) region: &'static str,
    pub(super) since: &'static str,
    pub(super) any: &'static str,
    /// What the search finds, for who has asked nothing yet.
    pub(super) hint: &'static str,
    pub(super) found_nothing: &'static str,
    pub(super) widen: &'static str,
    pub(super) this_search: &'static str,
    pub(super) home: &'static str,
    pub(super) not_found: [&'static str; 2],
    pub(super) gone: [&'static str; 2],
    /// Of a request that cannot be answered, whoever asks.
    pub(super) refused: [&'static str; 2],
    pub(super) failed: [&'static str; 2],
    counted: fn(u64) -> String,
    day: fn(NaiveDate) -> String,
    weekday: fn(NaiveDate) -> &'static str,
}

impl Words {
    /// The words for readers of this language; English for one that was not told.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::ZhHans => &HANS,
            Language::ZhHant => &HANT,
            Language::En | Language::Undetermined => &ENGLISH,
        }
    }

    /// So many stories.
    pub(super) fn stories(&self, number: u64) -> String {
        (self.counted)(number)
    }

    /// Where evidence stood.
    pub(super) fn place(&self, part: Part) -> &'static str {
        let [headline, dateline, lead, subheads, body, captions] = self.places;
        match part {
            Part::Headline => headline,
            Part::Dateline => dateline,
            Part::Lead => lead,
            Part::Subhead => subheads,
            Part::Body => body,
            Part::Caption => captions,
        }
    }

    /// What sort of item it is.
    pub(super) fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Text => self.text,
            Kind::Photo => self.photo,
            Kind::Brief => self.brief,
        }
    }

    /// A family's heading.
    pub(super) fn heading<'a>(&'a self, heading: &'a Heading) -> &'a str {
        match heading {
            Heading::Topics => self.topics,
            Heading::Regions => self.regions,
            Heading::Agencies => self.agencies,
            Heading::Named(name) => name,
        }
    }

    /// A day without its weekday: 2026年11月20日.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        (self.day)(day)
    }

    /// A day with its weekday: 2026年11月20日 星期五.
    pub(super) fn long_day(&self, day: NaiveDate) -> String {
        let weekday = (self.weekday)(day);
        if weekday.is_ascii() {
            format!("{weekday} {}", self.day(day))
        } else {
            format!("{} {weekday}", self.day(day))
        }
    }
}

/// A moment as the readers' clocks show it.
pub(super) fn moment(time: DateTime<Utc>, setting: Setting) -> Markup {
    let local = time.with_timezone(&setting.site.timezone);
    let day = setting.words().day(local.date_naive());
    let separator = if setting.is_chinese() { " " } else { ", " };
    html! { time datetime=(machine_time(&local)) { (day) (separator) (local.format("%H:%M")) } }
}

/// A moment as `datetime` wants it. HTML takes three digits of a second at most (HTML § 2.3.5.4), and nobody asks for
/// any.
pub(super) fn machine_time<Tz: TimeZone>(time: &DateTime<Tz>) -> String {
    time.fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The day of a moment where the readers are.
pub(super) fn local_day(time: DateTime<Utc>, setting: Setting) -> NaiveDate {
    time.with_timezone(&setting.site.timezone).date_naive()
}

/// A day as the readers write it.
pub(super) fn day(day: NaiveDate, setting: Setting) -> Markup {
    html! { time datetime=(day) { (setting.words().day(day)) } }
}

fn chinese_day(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

fn english_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn chinese_weekday(day: NaiveDate) -> &'static str {
    use chrono::Datelike;
    let days = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
    days[day.weekday().num_days_from_monday() as usize]
}

fn english_weekday(day: NaiveDate) -> &'static str {
    use chrono::Datelike;
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    days[day.weekday().num_days_from_monday() as usize]
}

const HANS: Words = Words {
    skip: "跳到正文",
    latest: "最新",
    newest: "最近一篇",
    subscribe: "订阅",
    how: "把其中一个链接的地址复制到阅读器里；各种格式内容相同。",
    all_feeds: "全部订阅地址（OPML）",
    topics: "主题",
    regions: "地区",
    agencies: "通讯社",
    in_all: ["共 ", " 个，这里只列有稿件的。"],
    parts: ["其中 ", " 个"],
    part_of: "属于",
    within: "其中",
    nothing_yet: "还没有稿件。放一页稿子进收件夹，它就会出现在这里。",
    no_stories: "这里还没有稿件。订阅之后，新稿一到就会送达。",
    newer: "较新的稿件",
    older: "较早的稿件",
    updated: "更新于",
    corrected: "更正于",
    correction: "更正",
    tags: "地区与主题",
    why: "为什么归入这里",
    total: "合计",
    follows_from: "包含",
    places: ["标题", "电头", "导语", "小标题", "正文", "图片说明"],
    versions: "版本",
    version: ["第", "版"],
    first_version: "首发",
    same_text: "文字没有改动。",
    kicker: "引题",
    deck: "副题",
    byline: "署名",
    credits: "编辑署名",
    source: "来源文件",
    received: "收到于",
    photo: "图片",
    brief: "简讯",
    text: "文字",
    search: "搜索",
    search_for: "词语或短语",
    kind: "类别",
    language: "语言",
    agency: "通讯社",
    topic: "主题",
    region: "地区",
    since: "起始日期",
    any: "不限",
    hint: "可以只选主题或地区，也可以加上词语。任何一次搜索都可以订阅。",
    found_nothing: "没有找到。",
    widen: "换一个说法，或者少选一个条件再试。也可以先订阅，有了新稿就会送达。",
    this_search: "订阅这次搜索",
    home: "返回首页",
    not_found: ["没有这个页面", "地址可能写错了，或者这里从来没有过稿件。"],
    gone: ["这篇稿件已撤回", "发稿的通讯社撤回了它，请勿再引用。"],
    refused: ["这个请求无法处理", "地址不对，或者问得太多。从首页或搜索重新开始吧。"],
    failed: ["这个页面暂时打不开", "这是我们的问题，请稍后再试。"],
    counted: |number| format!("{number} 篇"),
    day: chinese_day,
    weekday: chinese_weekday,
};

const HANT: Words = Words {
    skip: "跳到正文",
    latest: "最新",
    newest: "最近一則",
    subscribe: "訂閱",
    how: "把其中一個連結的網址複製到閱讀器裡；各種格式內容相同。",
    all_feeds: "全部訂閱網址（OPML）",
    topics: "主題",
    regions: "地區",
    agencies: "通訊社",
    in_all: ["共 ", " 個，這裡只列有稿件的。"],
    parts: ["其中 ", " 個"],
    part_of: "屬於",
    within: "其中",
    nothing_yet: "還沒有稿件。放一頁稿子進收件夾，它就會出現在這裡。",
    no_stories: "這裡還沒有稿件。訂閱之後，新稿一到就會送達。",
    newer: "較新的稿件",
    older: "較早的稿件",
    updated: "更新於",
    corrected: "更正於",
    correction: "更正",
    tags: "地區與主題",
    why: "為什麼歸入這裡",
    total: "合計",
    follows_from: "包含",
    places: ["標題", "電頭", "導言", "小標題", "正文", "圖片說明"],
    versions: "版本",
    version: ["第", "版"],
    first_version: "首發",
    same_text: "文字沒有改動。",
    kicker: "引題",
    deck: "副題",
    byline: "署名",
    credits: "編輯署名",
    source: "來源檔案",
    received: "收到於",
    photo: "圖片",
    brief: "簡訊",
    text: "文字",
    search: "搜尋",
    search_for: "詞語或短句",
    kind: "類別",
    language: "語言",
    agency: "通訊社",
    topic: "主題",
    region: "地區",
    since: "起始日期",
    any: "不限",
    hint: "可以只選主題或地區，也可以加上詞語。任何一次搜尋都可以訂閱。",
    found_nothing: "沒有找到。",
    widen: "換一個說法，或者少選一個條件再試。也可以先訂閱，有了新稿就會送達。",
    this_search: "訂閱這次搜尋",
    home: "返回首頁",
    not_found: ["沒有這個頁面", "網址可能寫錯了，或者這裡從來沒有過稿件。"],
    gone: ["這則稿件已撤回", "發稿的通訊社撤回了它，請勿再引用。"],
    refused: ["這個請求無法處理", "網址不對，或者問得太多。從首頁或搜尋重新開始吧。"],
    failed: ["這個頁面暫時打不開", "這是我們的問題，請稍後再試。"],
    counted: |number| format!("{number} 則"),
    day: chinese_day,
    weekday: chinese_weekday,
};

const ENGLISH: Words = Words {
    skip: "Skip to the text",
    latest: "Latest",
    newest: "Newest",
    subscribe: "Subscribe",
    how: "Copy the address of one of these links into your reader. Each format carries the same stories.",
    all_feeds: "All feeds (OPML)",
    topics: "Topics",
    regions: "Regions",
    agencies: "Agencies",
    in_all: ["", " in all; listed are those that hold stories."],
    parts: ["", " within it"],
    part_of: "Part of",
    within: "Within it",
    nothing_yet: "No stories yet. Drop a wire page into the inbox and it will be here.",
    no_stories: "No stories here yet. Subscribe, and the first one will reach you.",
    newer: "Newer stories",
    older: "Older stories",
    updated: "Updated",
    corrected: "Corrected",
    correction: "correction",
    tags: "Regions and topics",
    why: "Why these",
    total: "in all",
    follows_from: "contains",
    places: ["headline", "dateline", "lead", "sub-heads", "text", "captions"],
    versions: "Versions",
    version: ["Version ", ""],
    first_version: "first version",
    same_text: "The text is the same.",
    kicker: "Kicker",
    deck: "Deck",
    byline: "Byline",
    credits: "Credits",
    source: "Source file",
    received: "received",
    photo: "Photo",
    brief: "Brief",
    text: "Text",
    search: "Search",
    search_for: "Words or a phrase",
    kind: "Kind",
    language: "Language",
    agency: "Agency",
    topic: "Topic",
    region: "Region",
    since: "Since",
    any: "Any",
    hint: "Choose a topic or a region, or add words. Every search is a feed that you can subscribe to.",
    found_nothing: "Nothing was found.",
    widen: "Try other words or fewer conditions. You can also subscribe: the first story that fits will reach you.",
    this_search: "Subscribe to this search",
    home: "Back to the front page",
    not_found: ["There is no such page", "The address may be mistyped, or nothing was ever here."],
    gone: ["This story was withdrawn", "Its agency has withdrawn it. Please do not quote it."],
    refused: [
        "This request cannot be answered",
        "Its address is wrong, or it asks too much. Start again from the front page, or search.",
    ],
    failed: ["This page cannot be shown now", "The fault is ours. Please try again in a moment."],
    counted: |number| if number == 1 { "1 story".to_owned() } else { format!("{number} stories") },
    day: english_day,
    weekday: english_weekday,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_written_as_readers_write_them() {
        let friday = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for (language, day, one, many) in [
            (Language::ZhHans, "2026年11月20日 星期五", "1 篇", "12 篇"),
            (Language::ZhHant, "2026年11月20日 星期五", "1 則", "12 則"),
            (Language::En, "Friday 20 November 2026", "1 story", "12 stories"),
        ] {
            let words = Words::of(language);
            assert_eq!((&*words.long_day(friday), &*words.stories(1), &*words.stories(12)), (day, one, many));
        }
    }

    #[test]
    fn times_are_those_of_the_readers_clocks_to_the_second() {
        let (catalogue, taxonomy) = (crate::feed::Catalogue::embedded(), crate::taxonomy::Taxonomy::embedded());
        for (language, timezone, wants) in [
            (
                Language::ZhHans,
                chrono_tz::Asia::Shanghai,
                r#"<time datetime="2024-11-19T01:30:00+08:00">2024年11月19日 01:30</time>"#,
            ),
            (
                Language::En,
                chrono_tz::Europe::Paris,
                r#"<time datetime="2024-11-18T18:30:00+01:00">18 November 2024, 18:30</time>"#,
            ),
        ] {
            let site = crate::feed::Site {
                title: String::new(),
                base_url: String::new(),
                author: String::new(),
                language,
                timezone,
            };
            let setting = Setting { site: &site, language, catalogue: &catalogue, taxonomy: &taxonomy };
            let time = "2024-11-18T17:30:00.042748Z".parse().unwrap();
            assert_eq!(moment(time, setting).into_string(), wants);
        }
    }

    /// Signs that stand in one script only and would betray a word that was copied from the other.
    #[test]
    fn no_word_is_left_in_another_language() {
        let told = |language| format!("{:?}", Words::of(language));
        for (language, foreign) in [
            (Language::ZhHans, "訂閱這裡發會標導語說簡訊檔條稱頁網"),
            (Language::ZhHant, "订阅这发会标导语说简讯条称页网电让"),
        ] {
            let words = told(language);
            let found: String = words.chars().filter(|c| foreign.contains(*c)).collect();
            assert_eq!(found, "", "{words}");
        }
        let words = told(Language::En);
        assert!(words.is_ascii(), "{words}");
        // A word that is missing would be an empty one; beside a number English wants none.
        for language in [Language::ZhHans, Language::ZhHant] {
            assert!(!told(language).contains("\"\""), "{language:?}");
        }
    }
}
