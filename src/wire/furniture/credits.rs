//! Lines that say who worked on a story: (Reporting by …), 制图：…, `From wire reports`.

use super::super::byline::strip_brackets;
use super::super::words::Words;
use super::is_within;

/// (Reporting by Alice Morgan; Editing by Tom Hale).
pub(in crate::wire) fn is_credits(text: &str) -> bool {
    const VERBS: Words = Words::of(&[
        "Reporting by",
        "Editing by",
        "Writing by",
        "Additional reporting by",
        "Compiled by",
        "Reported by",
        "Graphic by",
        "Graphics by",
        "Photographs by",
        "Photos by",
        "Photography by",
        "Illustrations by",
        "Illustration by",
        "Research by",
        "Translated by",
        "Video by",
        "Written by",
        "Data by",
        "Produced by",
    ]);
    let inner = strip_brackets(text).unwrap_or(text);
    let house = inner
        .strip_suffix("出品")
        .is_some_and(|house| house.ends_with(['社', '部', '网', '台', '室', '端', '报', '體', '体', '心']));
    let longest = if inner.len() < text.len() { 40 } else { 18 };
    let produced = house && inner.chars().count() <= longest && !inner.contains(['，', ' ']);
    VERBS.strip(inner).is_some_and(|who| who.trim_start().starts_with(char::is_uppercase))
        || is_graphic_credit(inner)
        || produced
        || contributed(inner)
        || is_column_credit(inner)
        || is_address(text)
        || text.starts_with('(') && text.ends_with(')') && is_newsroom(text.trim_matches(['(', ')']))
}

/// `(Gdynia Newsroom)`, `(Bengaluru newsroom; +91 80 555 0147)`: which desk of Reuters wrote it.
fn is_newsroom(text: &str) -> bool {
    let Some(at) = text.find(" Newsroom").or_else(|| text.find(" newsroom")) else {
        return false;
    };
    let (place, rest) = (&text[..at], &text[at + " newsroom".len()..]);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | ':' | ';' | ',' | ')' | '.');
    let is_address = |part: &str| part.contains('@') || part.chars().all(is_number);
    place.split([' ', '/']).count() <= 3
        && place.split([' ', '/']).all(|word| word.starts_with(char::is_uppercase))
        && rest.split([';', ',']).all(is_address)
}

/// `Source text for Eikon: [ID:nABC123]`, `Further company coverage: HALV.OL`: where more of it is found.
pub(in crate::wire) fn is_reference(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "Source text",
        "Source Text",
        "Original source text",
        "Source link",
        "Further company coverage",
        "Further Company Coverage",
        "Company coverage",
        "Click on the following link",
        "Keywords:",
    ]);
    // Source text of treaty found: a headline.
    HEADS.strip(text).is_some_and(|rest| {
        let named =
            rest.strip_prefix(" for ").and_then(|rest| rest.split_once([':', ' '])).map_or(rest, |(_, rest)| rest);
        rest.starts_with([':', ' '])
            && (rest.contains(':') || rest.contains('['))
            && (named.trim().is_empty() || named.contains(['[', '.']) || text.contains("://"))
    })
}

/// `Associated Press writer Grace Muli contributed to this report.`
fn contributed(text: &str) -> bool {
    const DEEDS: Words = Words::of(&[
        "contributed to this report",
        "contributed reporting",
        "contributed to this story",
        "contributed to this article",
        "contributed research",
        "contributed from",
    ]);
    text.len() <= 320
        && text.starts_with(|c: char| c.is_uppercase())
        && !text.contains(['"', '“'])
        && DEEDS.stand_in(text)
        // One sentence; initials have stops too.
        && text.matches(". ").count() <= 2
}

/// `From wire reports`, `Compiled from news services`: whoever wrote the column above.
pub(in crate::wire) fn is_column_credit(text: &str) -> bool {
    if text.len() > 70 {
        return false;
    }
    let text = text.trim_start_matches(['—', '-', '–', ' ']).trim_end_matches('.');
    let Some(rest) = ["From ", "Compiled from ", "Compiled by ", "Combined from ", "—From "]
        .iter()
        .find_map(|head| text.strip_prefix(head))
    else {
        return false;
    };
    let last = rest.rsplit(' ').next().unwrap_or("");
    let desk = rest
        .split(' ')
        .any(|word| matches!(word, "wire" | "staff" | "news" | "agency" | "press" | "Staff" | "Wire"));
    desk && matches!(
        last,
        "reports" | "services" | "dispatches" | "agencies" | "sources" | "accounts" | "staff" | "wires"
    )
}

/// `((zurich.newsroom@example.com; +41 58 555 0147))`, `do.yeon@example.com`: where the writer is reached.
fn is_address(text: &str) -> bool {
    if !text.contains('@') || text.len() > 200 {
        return false;
    }
    let doubled = text.starts_with("((") && text.ends_with("))");
    let lone = !text.contains(char::is_whitespace)
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'@' | b'-' | b'_' | b'+'))
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    doubled || lone
}

/// 出品人：赵承; 策划：…; 制图：刘　畅; 图/视觉中国: who made what stands with the text, a line each. The text may go on
/// below.
pub(in crate::wire) fn is_graphic_credit(text: &str) -> bool {
    const HOUSED: Words = Words::of(&["图/", "图／", "图源", "图据", "圖/"]);
    const POSTS: Words = Words::of(&[
        "出品人",
        "总监制",
        "监制",
        "总策划",
        "策划",
        "统筹",
        "终审",
        "审核",
        "主编",
        "编辑",
        "责任编辑",
        "编导",
        "文案",
        "文字",
        "视觉",
        "设计",
        "制图",
        "製圖",
        "海报",
        "剪辑",
        "配音",
        "视频",
        "音频",
        "技术",
        "美术",
        "图表",
        "绘图",
        "漫画",
        "插画",
        "插图",
        "动画",
        "图源",
        "图片来源",
        "数据来源",
    ]);
    let text = strip_brackets(text).unwrap_or(text);
    if !is_within(text, 60) {
        return false;
    }
    if let Some(house) = HOUSED.strip(text) {
        return is_within(house, 12)
            && !house.is_empty()
            && !house.contains(['，', '。', '记', '記', '文', ' ', '\u{3000}']);
    }
    text.split_once(['：', ':', '/', '丨', '|']).is_some_and(|(post, names)| {
        POSTS.have(post.trim()) && is_names(names, post.ends_with("来源") || post == "图源", &POSTS)
    })
}

/// 刘　畅; 丁一、马骏; 丁一　统筹：马骏.
fn is_names(names: &str, may_be_house: bool, posts: &Words) -> bool {
    let longest = if may_be_house { 14 } else { 6 };
    let is_name = |part: &str| {
        let name = part.rsplit(['：', ':']).next().unwrap_or(part);
        let posted = name.len() == part.len() || posts.begin(part);
        posted && is_within(name, longest) && !name.contains(['。', '？', '！'])
    };
    names.split(['、', ' ', '\u{3000}', ',', '，', '/']).all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits() {
        for text in [
            "(Reporting by Mia Thorne; Editing by Hugh Marsh)",
            "Associated Press writer Grace Muli in Nakuru, Kenya, contributed to this report.",
            "Lena Ortiz contributed reporting from Mombasa.",
            "From wire reports",
            "Compiled by Courier staff from news services",
            "From staff and wire reports",
            "Photographs by Sam Reeve",
            "((zurich.newsroom@example.com; +41 58 555 0147))",
            "do.yeon@example.com",
            "制图：刘　畅",
            "策划：丁一　统筹：马骏",
            "图/视觉中国",
            "江滨日报融媒体出品",
            "(Gdynia Newsroom)",
            "(Bengaluru newsroom; +91 80 555 0147)",
            "(New York newsroom)",
            "((Mumbai/Delhi Newsroom; +91 22 555 0147))",
            "数据来源：国家统计部门",
        ] {
            assert!(is_credits(text), "{text}");
        }
        for text in [
            "From village to wire: a life",
            "From Paris with love",
            "He contributed reports to the inquiry.",
            "“We contributed to this report,” said Han.",
            "制图：一门老手艺的新生，从一张纸开始",
            "图书馆延时开放",
            "设计：让老厂房活起来",
            "策划一场旅行",
            "国家队出品",
            "Photos by satellite",
            "(in the newsroom)",
            "(Newsroom staff voted)",
            "Gdynia Newsroom",
            "(The paper closed its Gdynia newsroom in May)",
            "write to a@b",
            "编辑：一个人的朗读者，三十年",
        ] {
            assert!(!is_credits(text), "{text}");
        }
    }

    #[test]
    fn references() {
        for text in [
            "Source text for Eikon: [ID:nABC123]",
            "Source text: [ID:nABC123]",
            "Source text for Eikon:",
            "Source text - https://example.com/a: b",
            "Original source text for Eikon: [ID:nABC123]",
            "Further company coverage: HALV.OL",
            "Further company coverage: [HALV.OL]",
            "Source link: https://example.com/n",
            "Company coverage: [HALV.OL]",
            "Keywords: [TUNA]",
        ] {
            assert!(is_reference(text), "{text}");
        }
        for text in [
            "Source text of treaty found",
            "Source texts: a history",
            "Further company coverage planned",
            "Company coverage grows",
            "Source: Xinhua",
            "Keywords: the words of the year",
            "Further company: Halvorsen",
            "Source linked to storm",
            "Original source text lost",
            "Text: the speech in full",
        ] {
            assert!(!is_reference(text), "{text}");
        }
    }
}
