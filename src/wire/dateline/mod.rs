//! Where and when a story was filed: 新华社合肥11月20日电（记者陈默言）, NEW YORK, Nov 18 (Reuters) -.

mod chinese;
mod english;
mod gazetteer;

use super::byline;
use super::cursor::{Cursor, is_han};
use super::date::PrintedDay;
use crate::story::Byline;

/// A dateline as it stands in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub agency: String,
    pub places: Vec<String>,
    pub day: Option<PrintedDay>,
    /// 20日, where no month is printed.
    pub day_alone: Option<u32>,
    /// The people that it names.
    pub bylines: Vec<Byline>,
    /// The dateline itself, without what follows.
    pub raw: String,
}

/// Reads a dateline at the head of a paragraph.
pub(super) fn at_head(text: &str) -> Option<Printed> {
    let text = text.trim_start();
    match text.chars().next()? {
        '(' | '（' | '【' | '〔' | '［' | '[' => bracketed_head(text).or_else(|| english::at_head(text)),
        c if is_han(c) => chinese_head(text),
        c if c.is_alphabetic() || c.is_ascii_digit() || c == '/' => english::at_head(text),
        _ => None,
    }
}

/// Reads a dateline in brackets that closes a paragraph, and where it begins in bytes: …。(新华社北京11月18日电).
pub(super) fn at_end(text: &str) -> Option<(Printed, usize)> {
    let trimmed = text.trim_end();
    let open = trimmed.rfind(['(', '（'])?;
    let inner = byline::strip_brackets(&trimmed[open..])?;
    let mut found = chinese::sent(inner)?;
    // Nothing may stand between the dateline and the bracket that closes it.
    if found.raw.len() != inner.trim_end().len() {
        return None;
    }
    trimmed[open..].clone_into(&mut found.raw);
    Some((found, open))
}

/// Reads a line that heads a picture: 新华社照片，石家庄，2026年11月18日.
pub(super) fn of_picture(text: &str) -> Option<Printed> {
    text.starts_with(is_han).then(|| chinese::of_picture(text)).flatten()
}

/// Reads a line of people and their place: 記者陳小明／台南報導.
pub(super) fn of_reporter(text: &str) -> Option<Printed> {
    let inner = in_any_brackets(text).filter(|(_, end)| *end == text.len()).map_or(text, |(inner, _)| inner);
    byline::starts_with_role(inner).then(|| chinese::reported(inner)).flatten()
}

/// What follows 题： after a dateline: 新华社北京1月25日电 题：…. Empty when the title stands in the next line.
pub(super) fn announced_title<'a>(text: &'a str, found: &Printed) -> Option<&'a str> {
    let rest = text.trim_start().get(found.raw.len()..)?.trim_start();
    let title = ["题：", "题:", "題：", "題:"].iter().find_map(|word| rest.strip_prefix(word))?.trim();
    Some(signature(title).map_or(title, |(_, at)| title[..at].trim_end()))
}

/// 新华社北京1月25日电 题：…: the paragraph repeats the headline, and the byline comes below it.
pub(super) fn announces_title(text: &str) -> bool {
    at_head(text).is_some_and(|found| announced_title(text, &found).is_some())
}

/// Whether a dateline that `head` begins goes on in `next`: 据新华社西安11月19日 / 电　记者从….
pub(super) fn goes_on(head: &str, next: &str) -> bool {
    /// Bytes: agency, four places and a day.
    const LONGEST: usize = 120;
    if head.len() > LONGEST || !next.starts_with(is_han) || !chinese::begins_with_agency(head) {
        return false;
    }
    let whole = format!("{head}{}", &next[..next.floor_char_boundary(LONGEST)]);
    chinese::sent(&whole).is_some_and(|found| found.raw.len() > head.len()) && chinese::sent(head).is_none()
}

/// A dateline in Chinese, or in brackets that say that it is one.
fn chinese_head(text: &str) -> Option<Printed> {
    let mut found = chinese::sent(text).or_else(|| reporter_head(text))?;
    sign(&mut found, text);
    Some(found)
}

/// Adds who signed the title that the dateline announces: 题：跟着火腿去旅行（记者 卡门·奥尔蒂斯）.
fn sign(found: &mut Printed, text: &str) {
    if !found.bylines.is_empty() {
        return;
    }
    let rest = text[found.raw.len()..].trim_start();
    if rest.starts_with(['题', '題'])
        && let Some((people, _)) = signature(rest.trim_end())
    {
        found.bylines = people;
    }
}

/// The people in brackets that close a text, and where the brackets begin.
fn signature(text: &str) -> Option<(Vec<Byline>, usize)> {
    let open = text.rfind(['(', '（'])?;
    Some((byline::signed(byline::strip_brackets(&text[open..])?)?, open))
}

/// 記者陳小明／台南報導　老眷村…: the slash tells it from a sentence about reporters.
fn reporter_head(text: &str) -> Option<Printed> {
    /// Bytes: two reporters, a slash, two places.
    const LONGEST: usize = 120;
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let slash = head.find(['／', '/'])?;
    let end = ["報導", "報道", "报导", "报道"].iter().filter_map(|word| Some(head[slash..].find(word)? + word.len())).min()?;
    of_reporter(&head[..slash + end])
}

/// The text in the brackets that it begins with, and where they end.
fn in_any_brackets(text: &str) -> Option<(&str, usize)> {
    const PAIRS: [(char, char); 6] = [('【', '】'), ('〔', '〕'), ('（', '）'), ('(', ')'), ('［', '］'), ('[', ']')];
    let (open, close) = PAIRS.into_iter().find(|&(open, _)| text.starts_with(open))?;
    let at = text.find(close)?;
    Some((text[open.len_utf8()..at].trim(), at + close.len_utf8()))
}

/// （新华社合肥11月20日电）初冬的皖南…, 【本報訊】（記者連海晴）港鐵…: brackets around a dateline at the head.
fn bracketed_head(text: &str) -> Option<Printed> {
    let (inner, end) = in_any_brackets(text)?;
    if !inner.starts_with(is_han) || text.starts_with(['(', '（']) && text[end..].trim().is_empty() {
        return None;
    }
    let mut found = chinese::sent(inner)
        .filter(|found| found.raw.len() == inner.len())
        .or_else(|| chinese::reported(inner))?;
    let mut end = end;
    if found.bylines.is_empty() {
        let mut after = Cursor::new(text);
        after.skip(end);
        (found.bylines, end) = chinese::people(text, after);
    }
    text[..end].clone_into(&mut found.raw);
    sign(&mut found, text);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn show(found: Option<Printed>) -> String {
        found.map_or("-".into(), |d| {
            let day = d.day.map_or("-".into(), |d| match d.year {
                Some(year) => format!("{year}-{}-{}", d.month, d.day),
                None => format!("{}-{}", d.month, d.day),
            });
            let people: Vec<&str> = d.bylines.iter().map(|b| b.name.as_str()).collect();
            format!("{} | {} | {day} | {} | {}", d.agency, d.places.join("+"), people.join(" "), d.raw)
        })
    }

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&show(at_head(text)));
    }

    #[test]
    fn chinese_heads() {
        check(
            "新华社合肥11月20日电（记者陈默言）初冬",
            &expect!["新华社 | 合肥 | 11-20 | 陈默言 | 新华社合肥11月20日电（记者陈默言）"],
        );
        check(
            "新华社北京/上海11月18日电 题：一片叶子",
            &expect!["新华社 | 北京+上海 | 11-18 |  | 新华社北京/上海11月18日电"],
        );
        check("中新网1月9日电 据统计", &expect!["中新网 |  | 1-9 |  | 中新网1月9日电"]);
        check("据新华社电 经批准", &expect!["新华社 |  | - |  | 据新华社电"]);
        check("据新华社杭州11月21日电 2024年", &expect!["新华社 | 杭州 | 11-21 |  | 据新华社杭州11月21日电"]);
        check("本报讯 记者林见春报道：入冬", &expect!["本报 |  | - | 林见春 | 本报讯 记者林见春"]);
        check(
            "本报北京1月4日讯记者林见春从今天开幕",
            &expect!["本报 | 北京 | 1-4 | 林见春 | 本报北京1月4日讯记者林见春"],
        );
        check(
            "东海通讯社昆明11月19日电 入冬",
            &expect!["东海通讯社 | 昆明 | 11-19 |  | 东海通讯社昆明11月19日电"],
        );
        check(
            "江滨通讯社北京11月20日电 入冬",
            &expect!["江滨通讯社 | 北京 | 11-20 |  | 江滨通讯社北京11月20日电"],
        );
        check("法新社耶路撒冷１月２日电", &expect!["法新社 | 耶路撒冷 | 1-2 |  | 法新社耶路撒冷１月２日电"]);
        check(
            "新華社香港1月8日電（記者李明）",
            &expect!["新華社 | 香港 | 1-8 | 李明 | 新華社香港1月8日電（記者李明）"],
        );
    }

    #[test]
    fn running_text_is_no_dateline() {
        check("新华社记者进行了走访调研。", &expect!["-"]);
        check("电视台11月20日电话采访了他", &expect!["-"]);
        check("本报记者11月20日从省里获悉", &expect!["-"]);
        check("The river - swollen by rain - rose", &expect!["-"]);
        check("In March, 24 (of 30) - a record -", &expect!["-"]);
    }

    #[test]
    fn ends() {
        let show_end = |text| at_end(text).map(|(d, at)| (show(Some(d)), &text[at..]));
        expect!["新华社 | 合肥 | 11-20 |  | (新华社合肥11月20日电)"]
            .assert_eq(&show_end("竞争。(新华社合肥11月20日电)").unwrap().0);
        expect!["新华社 | 重庆 | 11-19 |  | （据新华社重庆11月19日电）"]
            .assert_eq(&show_end("（据新华社重庆11月19日电）").unwrap().0);
        assert_eq!(at_end("他说（新华社记者李明摄）"), None);
    }

    #[test]
    fn english_heads() {
        check(
            "NEW YORK, Nov 18 (Reuters) - U.S. stocks",
            &expect!["Reuters | NEW YORK | 11-18 |  | NEW YORK, Nov 18 (Reuters) -"],
        );
        check("WASHINGTON (AP) — The", &expect!["AP | WASHINGTON | - |  | WASHINGTON (AP) —"]);
        check(
            "Tunis, Nov 20, 2024 (AFP) - Tunisia's",
            &expect!["AFP | Tunis | 2024-11-20 |  | Tunis, Nov 20, 2024 (AFP) -"],
        );
        check(
            "CANBERRA, Nov. 20 (Xinhua) -- Aus",
            &expect!["Xinhua | CANBERRA | 11-20 |  | CANBERRA, Nov. 20 (Xinhua) --"],
        );
        check("    NEW YORK, March 2 - Shares", &expect![" | NEW YORK | 3-2 |  | NEW YORK, March 2 -"]);
        check(
            "BEIJING/SHANGHAI, Nov 18 (Reuters) - C",
            &expect!["Reuters | BEIJING+SHANGHAI | 11-18 |  | BEIJING/SHANGHAI, Nov 18 (Reuters) -"],
        );
        check("TOKYO, Nov. 20, Kyodo - The", &expect!["Kyodo | TOKYO | 11-20 |  | TOKYO, Nov. 20, Kyodo -"]);
        check("LONDON -- The", &expect![" | LONDON | - |  | LONDON --"]);
    }
}
