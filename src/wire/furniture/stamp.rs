//! What a site sets around a headline: `Source: Xinhua`, `Editor: huaxia`, 2026-11-22 20:14:30　来源：新华网.
//!
//! A stamp is read to its end: days, hours, who sent it, who edited it, how often it was read, and nothing else.

use super::super::cursor::{Cursor, digit, is_han};
use super::super::date::{chinese_day, english_day, numeric_day};
use super::super::words::Words;
use super::is_within;

/// `Source: Xinhua`, `Editor: huaxia`, `2026-11-22 20:14:30`, `KYODO NEWS - Nov 22, 2026 - 20:31 | All, Japan`.
pub(in crate::wire) fn is(text: &str) -> bool {
    /// In bytes.
    const LONGEST: usize = 160;
    if text.len() > LONGEST || !text.contains([':', '：', '时']) || !may_begin(text) {
        return false;
    }
    let mut cursor = Cursor::new(text);
    let mut seen = Seen::default();
    loop {
        cursor.take_while(is_between);
        if cursor.is_done() {
            return seen.is_stamp();
        }
        if !atom(&mut cursor, &mut seen) {
            return false;
        }
    }
}

/// `<org idsrc="isin" value="NO0010063308">HALVORSEN LINES</org>`: a firm that the story above is about.
pub(super) fn is_tag(text: &str) -> bool {
    text.starts_with("<org ") && text.ends_with("</org>")
}

/// What parts the things in a stamp.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '|' | '｜' | '丨' | '︱' | '/' | '-' | '—' | '–' | '·' | '•' | ',' | '，' | ';' | '；')
        || "()（）[]【】".contains(c)
}

/// Whether the first character may be that of a stamp.
fn may_begin(text: &str) -> bool {
    let first = text.trim_start_matches(is_between).chars().next();
    first.is_some_and(|c| digit(c).is_some() || c.is_ascii_uppercase())
        || DATED.may_begin(text)
        || SOURCES.may_begin(text)
        || EDITORS.may_begin(text)
        || HOUSES.may_begin(text)
}

/// What a stamp holds.
#[derive(Debug, Default)]
struct Seen {
    days: usize,
    hours: usize,
    /// 发布时间：, `Updated:`.
    labels: usize,
    sources: usize,
    editors: usize,
    /// A house without a label.
    houses: usize,
}

impl Seen {
    fn is_stamp(&self) -> bool {
        self.is_timed() || self.labels > 0 && self.days > 0 || self.sources > 0 || self.editors > 0
    }

    fn is_timed(&self) -> bool {
        self.days > 0 && self.hours > 0
    }
}

const DATED: Words = Words::of(&[
    "发布时间",
    "发布日期",
    "发表时间",
    "发稿时间",
    "更新时间",
    "发布于",
    "更新于",
    "發布時間",
    "發佈時間",
    "發稿時間",
    "發表時間",
    "更新時間",
    "Last updated",
    "Last Updated",
    "LAST UPDATED",
    "Updated",
    "UPDATED",
    "Published",
    "PUBLISHED",
    "Posted",
    "POSTED",
    "Release time",
]);
const SOURCES: Words =
    Words::of(&["来源", "稿源", "信息来源", "文章来源", "稿件来源", "新闻来源", "來源", "新聞來源", "出处"]);
const EDITORS: Words =
    Words::of(&["责任编辑", "责编", "编辑", "責任編輯", "責編", "編輯", "本文编辑", "网络编辑", "审核", "校对"]);
/// Houses that stand in a stamp without a label; the longer of two that begin alike stands first.
const HOUSES: Words = Words::of(&[
    "新华社",
    "新华网",
    "新華社",
    "新華網",
    "中新社",
    "中新网",
    "中新網",
    "中国新闻网",
    "人民网",
    "人民網",
    "央视网",
    "央视新闻",
    "中国日报网",
    "光明网",
    "中央社",
    "XINHUA",
    "Xinhua",
    "KYODO NEWS",
    "KYODO",
    "Kyodo News",
    "Kyodo",
    "CGTN",
    "China Daily",
    "chinadaily.com.cn",
    "ECNS",
    "Ecns.cn",
    "CNA",
    "Yonhap News",
    "Yonhap",
    "AFP",
    "Reuters",
    "REUTERS",
    "AP",
    "dpa",
    "TASS",
]);

fn atom(cursor: &mut Cursor, seen: &mut Seen) -> bool {
    let mut ahead = *cursor;
    if day(&mut ahead) {
        *cursor = ahead;
        seen.days += 1;
        return true;
    }
    if hour(&mut ahead) {
        *cursor = ahead;
        seen.hours += 1;
        return true;
    }
    let rest = cursor.rest();
    if let Some(after) = DATED.strip(rest) {
        // Updated 2026-11-22, 发布时间：2026-11-22: a day follows.
        let mut ahead = Cursor::new(after);
        ahead.take_while(|c| c.is_whitespace() || matches!(c, ':' | '：'));
        ahead.eat("at ");
        cursor.skip(rest.len() - after.len() + ahead.at());
        seen.labels += 1;
        return day(&mut ahead.clone()) || hour(&mut ahead);
    }
    if let Some(len) = labelled(rest, &SOURCES, 14) {
        cursor.skip(len);
        seen.sources += 1;
        return true;
    }
    // A line of nothing but editors is read elsewhere.
    if seen.sources + seen.hours > 0
        && let Some(len) = labelled(rest, &EDITORS, 5)
    {
        cursor.skip(len);
        return true;
    }
    if let Some(len) = rest.strip_prefix("Source:").or_else(|| rest.strip_prefix("SOURCE:")).and_then(house) {
        cursor.skip("Source:".len() + len);
        seen.sources += 1;
        return true;
    }
    if let Some(len) = ["Editor:", "Editor :", "EDITOR:"]
        .iter()
        .find_map(|label| Some(label.len() + name(rest.strip_prefix(label)?)?))
    {
        cursor.skip(len);
        seen.editors += 1;
        return true;
    }
    if let Some(house) = HOUSES.head(rest) {
        cursor.skip(house.len());
        seen.houses += 1;
        return seen.houses == 1 && !cursor.peek().is_some_and(char::is_alphanumeric);
    }
    count(cursor) || seen.is_timed() && seen.houses > 0 && sections(cursor)
}

/// 2026-11-22, 2026年11月22日, `Nov 22, 2026`, 星期日: a day with its year, or one of the week.
fn day(cursor: &mut Cursor) -> bool {
    const WEEK: [&str; 10] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "星期", "周", "週"];
    let mut ahead = *cursor;
    if let Some(word) = ahead.eat_any(&WEEK) {
        let named = word.is_ascii() || ahead.eat_any(&["一", "二", "三", "四", "五", "六", "日", "天"]).is_some();
        ahead.take_while(is_between);
        return named && day(&mut ahead) && {
            *cursor = ahead;
            true
        };
    }
    let found = chinese_day(&mut ahead).or_else(|| numeric_day(&mut ahead)).or_else(|| english_day(&mut ahead));
    if found.is_none_or(|day| day.year.is_none()) {
        return false;
    }
    // 2026-11-22T20:14:30
    ahead.eat("T");
    *cursor = ahead;
    true
}

/// 20:14:30, 20:14 GMT+8, 8:14 p.m., 20时14分.
fn hour(cursor: &mut Cursor) -> bool {
    const ZONES: [&str; 18] = [
        "Beijing time",
        "Beijing Time",
        "北京时间",
        "CST",
        "GMT",
        "UTC",
        "BJT",
        "HKT",
        "JST",
        "KST",
        "EST",
        "EDT",
        "ET",
        "BST",
        "CET",
        "IST",
        "SGT",
        "Z",
    ];
    let mut ahead = *cursor;
    if ahead.number(2).is_none_or(|hour| hour > 24) {
        return false;
    }
    let marks = [["时", "分", "秒"], ["時", "分", "秒"], [":", ":", ""], ["：", "：", ""]];
    let Some([_, after_minute, after_second]) = marks.into_iter().find(|[mark, ..]| ahead.eat(mark)) else {
        return false;
    };
    if ahead.number(2).is_none_or(|minute| minute > 59) {
        return false;
    }
    if ahead.eat(after_minute) && ahead.number(2).is_some() {
        ahead.eat(after_second);
    }
    // 20:14:30+08:00
    if ahead.peek() == Some('+') {
        ahead.take_while(|c| matches!(c, '+' | ':') || c.is_ascii_digit());
    }
    let mut zoned = ahead;
    zoned.space();
    let half = zoned.eat_any(&["a.m.", "p.m.", "am", "pm", "AM", "PM"]).is_some();
    zoned.space();
    let zone = zoned.eat_any(&ZONES).is_some();
    zoned.take_while(|c| zone && (matches!(c, '+' | '-') || c.is_ascii_digit()));
    if half || zone {
        ahead = zoned;
    }
    *cursor = ahead;
    !ahead.peek().is_some_and(char::is_alphanumeric) || ahead.rest().starts_with(is_han)
}

/// How long 来源：新华网 at the head of `text` is.
fn labelled(text: &str, labels: &Words, longest: usize) -> Option<usize> {
    let after = labels.strip(text)?.trim_start();
    let value = after.strip_prefix(['：', ':', '丨', '｜', '|', '/'])?.trim_start();
    let end = value.find(|c: char| c.is_whitespace() || is_between(c) && c != '·').unwrap_or(value.len());
    let sentence = value[..end].contains(['。', '？', '！', '、', '“', ':', '：']);
    (end > 0 && !sentence && is_within(&value[..end], longest)).then(|| text.len() - value.len() + end)
}

/// How long the house is that follows `Source:`. “Source: Deal is near” is a headline.
fn house(text: &str) -> Option<usize> {
    const ENDS: Words = Words::of(&[
        "Agency",
        "Agencies",
        "News",
        "Daily",
        "Times",
        "Post",
        "Press",
        "Net",
        "Online",
        "Herald",
        "Service",
        "Network",
        "Television",
        "Radio",
        "Chronicle",
        "Gazette",
        ".com",
        ".cn",
        ".net",
        ".org",
        "Xinhua",
        "Media",
    ]);
    let end = text.find(['|', '｜', '(', '/']).unwrap_or(text.len());
    let (end, name) = match text[..end].find("  ") {
        Some(gap) if !text[..gap].trim().is_empty() => (gap, text[..gap].trim()),
        _ => (end, text[..end].trim()),
    };
    let known = HOUSES.have(name) || ENDS.end(name) || name.chars().any(is_han) && is_within(name, 12);
    let words = name.split(' ').count();
    (known
        && words <= 4
        && name.split(' ').all(|word| !word.starts_with(|c: char| c.is_lowercase()) || words == 1))
    .then_some(end)
}

/// How long the name is that follows `Editor:`: huaxia, Li Yan. “Editor: Resign now” is a headline.
fn name(text: &str) -> Option<usize> {
    let end = text.find(['|', '｜', '(', '/']).unwrap_or(text.len());
    let name = text[..end].trim();
    let mut words = name.split_whitespace();
    let lettered =
        |word: &str| word.len() >= 2 && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\''));
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let first = words.next().filter(|word| lettered(word))?;
    let rest: Vec<&str> = words.collect();
    let alone = rest.is_empty() && !first.chars().any(is_han);
    (alone || capital(first) && rest.len() <= 2 && rest.iter().all(|word| lettered(word) && capital(word)))
        .then_some(end)
}

/// 阅读：1204, 浏览次数 88.
fn count(cursor: &mut Cursor) -> bool {
    const COUNTS: Words = Words::of(&[
        "阅读量",
        "阅读数",
        "阅读",
        "浏览次数",
        "浏览量",
        "浏览",
        "点击量",
        "点击数",
        "点击",
        "评论",
        "人气",
    ]);
    let Some(rest) = COUNTS.strip(cursor.rest()) else { return false };
    let mut ahead = Cursor::new(rest);
    ahead.take_while(|c| c.is_whitespace() || matches!(c, ':' | '：'));
    let counted = ahead.number(9).is_some();
    ahead.eat("次");
    let len = cursor.rest().len() - rest.len() + ahead.at();
    cursor.skip(if counted { len } else { 0 });
    counted
}

/// All, Japan: the sections behind the hour of a house.
fn sections(cursor: &mut Cursor) -> bool {
    let word = cursor.take_while(|c| c.is_ascii_alphabetic());
    word.len() <= 14 && word.starts_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        for text in [
            "Source: Xinhua",
            "Source: Xinhua News Agency",
            "Editor: huaxia",
            "Editor: Li Yan",
            "2026-11-22 20:14:30",
            "2026-11-22T20:14:30+08:00",
            "2026-11-22 20:14:30　来源：新华网",
            "来源：新华网　2026-11-22 20:14",
            "2026年11月22日 20:14　来源：央视新闻　编辑：乔然",
            "2026年11月22日20时14分 来源：人民网",
            "发布时间：2026-11-22",
            "發稿時間：2026/11/22 20:14",
            "更新时间：2026-11-22 20:14　阅读：1204",
            "Source: Xinhua | 2026-11-22 20:14:30 | Editor: huaxia",
            "Xinhua | Updated: 2026-11-22 20:14",
            "Updated: Nov 22, 2026 20:14 GMT+8",
            "KYODO NEWS - Nov 22, 2026 - 20:31 | All, Japan",
            "Xinhua 2026-11-22 08:14 PM",
            "Source: China Daily",
            "Published: 22 November 2026, 8:14 p.m.",
            "新华网 2026-11-22 20:14",
            "（2026-11-22 20:14:30）",
        ] {
            assert!(is(text), "{text}");
        }
    }

    #[test]
    fn headlines_and_sentences_are_no_stamps() {
        for text in [
            "Source: Deal is near",
            "Source: Ministry to resign",
            "Editor: Resign now",
            "Editor: We were wrong",
            "Editor: A life in letters",
            "Time: 8 p.m.",
            "Date: unknown",
            "来源：一条河的追问，从源头开始",
            "时间：下午三点",
            "时间：2026年11月22日 20:14",
            "时间都去哪儿了：一份调查",
            "2026-11-22",
            "20:14",
            "2026年11月22日20时14分，一声长笛响起",
            "2026-11-22 20:14:30 ERROR disk full",
            "2026-11-22 20:14 渡轮停航",
            "Xinhua: 90 years on",
            "AFP: 20:14",
            "Updated: ferry strike called off",
            "Updated 3 times: the plan for the port",
            "编辑：乔然",
            "Nov 22, 2026: the day the bridge opened",
            "KYODO NEWS opens office: 20 jobs",
            "Norway 20:14 Sweden",
            "点击：3",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn tags() {
        assert!(is_tag("<org idsrc=\"isin\" value=\"NO0010063308\">HALVORSEN LINES</org>"));
        assert!(!is_tag("<p class=\"lead\">A ferry</p>") && !is_tag("<org chart> redrawn"));
    }
}
