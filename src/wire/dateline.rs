//! Where and when a story was filed: 新华社合肥11月20日电（记者陈默言）, NEW YORK, Nov 18 (Reuters) -.

use super::byline;
use super::cursor::{Cursor, is_han};
use super::date::{PrintedDay, chinese_day, english_day};
use super::notice;
use crate::story::Byline;

/// A dateline as it stands in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub agency: String,
    pub places: Vec<String>,
    pub day: Option<PrintedDay>,
    /// The people that it names.
    pub bylines: Vec<Byline>,
    /// The dateline itself, without what follows.
    pub raw: String,
}

/// Reads a dateline at the head of a paragraph.
pub(super) fn at_head(text: &str) -> Option<Printed> {
    let text = text.trim_start();
    match text.chars().next()? {
        '(' | '（' => bracketed_head(text),
        c if c.is_ascii_alphabetic() => english(text),
        _ => chinese(text),
    }
}

/// Reads a dateline in brackets that closes a paragraph, and where it begins in bytes: …。(新华社北京11月18日电).
pub(super) fn at_end(text: &str) -> Option<(Printed, usize)> {
    let trimmed = text.trim_end();
    let open = trimmed.rfind(['(', '（'])?;
    let inner = byline::strip_brackets(&trimmed[open..])?;
    let mut found = chinese(inner)?;
    // Nothing may stand between the dateline and the bracket that closes it.
    if found.raw.len() != inner.trim_end().len() {
        return None;
    }
    trimmed[open..].clone_into(&mut found.raw);
    Some((found, open))
}

/// 新华社北京1月25日电 题：…: the paragraph repeats the headline, and the byline comes below it.
pub(super) fn announces_title(text: &str) -> bool {
    at_head(text).is_some_and(|found| {
        let rest = text.trim_start()[found.raw.len()..].trim_start();
        rest.starts_with("题：") || rest.starts_with("题:") || rest.starts_with("題：")
    })
}

/// （新华社合肥11月20日电）初冬的皖南…: brackets around a dateline at the head.
fn bracketed_head(text: &str) -> Option<Printed> {
    let close = text.find([')', '）'])?;
    let end = close + text[close..].chars().next()?.len_utf8();
    let inner = byline::strip_brackets(&text[..end])?;
    let mut found = chinese(inner)?;
    if found.raw.len() != inner.len() || text[end..].trim().is_empty() {
        return None;
    }
    text[..end].clone_into(&mut found.raw);
    Some(found)
}

/// Agencies whose name does not end like one.
const AGENCIES: [&str; 16] = [
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "中新網",
    "人民日报",
    "人民日報",
    "本报",
    "本報",
    "本社",
    "本台",
    "本臺",
    "央视网",
    "央视新闻",
    "央视",
    "央視",
];

/// The last character of an agency's or a paper's name.
const AGENCY_ENDS: [char; 12] = ['社', '报', '報', '网', '網', '台', '臺', '视', '視', '刊', '讯', '訊'];

fn chinese(text: &str) -> Option<Printed> {
    let mut cursor = Cursor::new(text);
    cursor.eat_any(&["综合", "綜合"]);
    cursor.eat_any(&["据", "據"]);
    let agency = agency(&mut cursor)?;
    cursor.space();
    // 新华社记者蒙晓舟贵阳11月20日报道: the reporter stands before the place.
    let before = cursor;
    let mut reporters = Vec::new();
    if let Some((people, len)) = byline::inline(cursor.rest()) {
        cursor.skip(len);
        reporters = people;
    }
    let reported = !reporters.is_empty();
    let mut places = places(&mut cursor, reported);
    if reported && places.is_empty() {
        cursor = before;
        reporters.clear();
    }
    cursor.space();
    let day = chinese_day(&mut cursor);
    cursor.take_while(char::is_whitespace);
    cursor.eat_any(&["凌晨", "上午", "中午", "下午", "晚间", "晚間", "晚", "夜间", "夜"]);
    cursor.space();
    let sent = transmitted(&mut cursor);
    let told = !sent && reported && day.is_some() && cursor.eat_any(&["报道", "報道", "报导"]).is_some();
    if !sent && !told {
        return None;
    }
    // 本报讯: “讯” was read as the end of the place only if a place is there.
    if agency.is_empty() && (places.is_empty() || day.is_none()) {
        return None;
    }
    places.retain(|place| !place.is_empty());
    let (mut bylines, end) = people(text, cursor);
    bylines.splice(0..0, reporters);
    Some(Printed { agency: agency.to_owned(), places, day, bylines, raw: text[..end].to_owned() })
}

fn agency<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let start = cursor.rest();
    if let Some(known) = cursor.eat_any(&AGENCIES) {
        return Some(&start[..known.len()]);
    }
    let mut ahead = *cursor;
    for count in 1..=8 {
        let c = ahead.eat_char(is_han)?;
        // 台北 and 台湾 are places, 网络, 社会 and 报道 are words, 通讯 is the first half of 通讯社.
        let rest = ahead.rest();
        let goes_on = match c {
            '台' | '臺' => rest.starts_with(['北', '湾', '灣', '中', '南', '州']),
            '社' => rest.starts_with(['会', '會', '区', '區']),
            '网' | '網' => rest.starts_with(['络', '絡', '站']),
            '报' | '報' => rest.starts_with(['道', '社', '告']),
            '讯' | '訊' => rest.starts_with('社'),
            _ => false,
        };
        if count >= 2 && AGENCY_ENDS.contains(&c) && !goes_on {
            let len = start.len() - ahead.rest().len();
            *cursor = ahead;
            return Some(&start[..len]);
        }
    }
    None
}

/// 北京/上海, 联合国, 耶路撒冷: names before the day, or before 电.
fn places(cursor: &mut Cursor, reported: bool) -> Vec<String> {
    let mut ahead = *cursor;
    let mut names = vec![String::new()];
    let mut length = 0;
    loop {
        let mut probe = ahead;
        if chinese_day(&mut probe).is_some() || (!reported && transmitted(&mut probe)) {
            break;
        }
        let Some(c) = ahead.eat_char(|_| true) else { return Vec::new() };
        length += 1;
        match c {
            '/' | '／' | '、' | ' ' | '\u{3000}' => names.push(String::new()),
            _ if (is_han(c) || c == '·') && length <= 20 => names.last_mut().expect("never empty").push(c),
            _ => return Vec::new(),
        }
    }
    *cursor = ahead;
    names.retain(|name| !name.is_empty());
    // 本报记者 … 电: people are not places.
    if names.iter().any(|name| byline::starts_with_role(name)) {
        return Vec::new();
    }
    names
}

/// 电, 讯, 专电: the word that makes a dateline of it; but not the first half of 电话, 电视, 讯号.
fn transmitted(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let word = ahead.eat_any(&[
        "综合电",
        "綜合電",
        "专电",
        "專電",
        "体育专电",
        "电讯",
        "電訊",
        "电",
        "電",
        "讯",
        "訊",
        "消息",
    ]);
    let begins_word = ahead.rest().starts_with([
        '话', '話', '视', '視', '子', '台', '力', '影', '脑', '腦', '网', '商', '动', '動', '池', '器', '站',
        '价', '厂', '气', '号', '問', '问', '梯', '信', '量', '源', '缆',
    ]);
    if word.is_none() || begins_word {
        return false;
    }
    *cursor = ahead;
    true
}

/// The people after a dateline, in brackets or in running text; and where the dateline ends, in bytes of `text`.
fn people(text: &str, after: Cursor) -> (Vec<Byline>, usize) {
    let mut cursor = after;
    cursor.space();
    let rest = cursor.rest();
    if rest.starts_with(['(', '（'])
        && let Some(close) = rest.find([')', '）'])
    {
        let end = close + rest[close..].chars().next().map_or(0, char::len_utf8);
        let inner = byline::strip_brackets(&rest[..end]).unwrap_or_default();
        if let Some(found) = byline::signed(inner.trim_end_matches("报道").trim_end_matches("報道")) {
            return (found, text.len() - rest.len() + end);
        }
    }
    match byline::inline(rest) {
        Some((found, len)) => (found, text.len() - rest.len() + len),
        None => (Vec::new(), after.at()),
    }
}

/// `NEW YORK, Nov 18 (Reuters) -`, `WASHINGTON (AP) —`, `Tunis, Nov 20, 2024 (AFP) -`, `NEW YORK, March 2 -`.
fn english(text: &str) -> Option<Printed> {
    /// The longest place line seen is some 50 bytes; past this it is a sentence.
    const LONGEST: usize = 90;
    let mut cursor = Cursor::new(text);
    let mut places = String::new();
    let (mut day, mut agency) = (english_day(&mut cursor), String::new());
    loop {
        if cursor.at() > LONGEST {
            return None;
        }
        let mut ahead = cursor;
        ahead.space();
        if ahead.eat("(") {
            let inner = ahead.take_while(|c| c != ')' && c != '(');
            if !ahead.eat(")") || inner.is_empty() || inner.len() > 40 {
                return None;
            }
            inner.clone_into(&mut agency);
            cursor = ahead;
            continue;
        }
        if dash(&mut ahead) {
            cursor = ahead;
            break;
        }
        if !agency.is_empty() {
            return None;
        }
        let comma = ahead.eat(",");
        ahead.space();
        if comma && day.is_none() {
            let mut dated = ahead;
            day = english_day(&mut dated);
            if day.is_some() {
                cursor = dated;
                continue;
            }
        }
        // “TOKYO, Nov. 20, Kyodo -”
        if comma && day.is_some() {
            let name = ahead.take_while(|c| c.is_ascii_alphabetic());
            name.clone_into(&mut agency);
            cursor = ahead;
            continue;
        }
        if day.is_some() {
            return None;
        }
        cursor
            .eat_char(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '/' | '-' | '\'' | '’'))
            .map(|c| places.push(c))?;
    }
    let shouted = places.chars().any(char::is_uppercase) && !places.chars().any(char::is_lowercase);
    let named = places.starts_with(char::is_uppercase) && places.split(' ').count() <= 6;
    // With neither agency nor day a dateline is shouted, or it is a sentence with a dash in it.
    // “CORRECTED - Kenya's line reopens” announces, it does not say where.
    if agency.is_empty() && day.is_none() && notice::announces(&places) {
        return None;
    }
    let sure = !agency.is_empty() || day.is_some() || (shouted && places.len() > 3);
    // “Nov 19 (Reuters) -” names no place.
    let placeless = places.is_empty() && day.is_some() && !agency.is_empty();
    if !sure || !(named || shouted || placeless) {
        return None;
    }
    let place_list =
        places.split('/').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let raw = text[..cursor.at()].trim_end().to_owned();
    Some(Printed { agency, places: place_list, day, bylines: Vec::new(), raw })
}

/// A dash with space around it, or a long one.
fn dash(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let found = ahead.eat_any(&["---", "--", "—", "–", "- "]).is_some() || ahead.rest() == "-";
    if found {
        ahead.take_while(|c| matches!(c, '-' | '—' | '–'));
        *cursor = ahead;
    }
    found
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
