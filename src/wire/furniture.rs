//! What a page carries beside its stories: mastheads, date lines, editors, guides, rules, folios, end marks.

use super::byline::strip_brackets;
use super::cursor::{Cursor, is_han};
use super::date::{chinese_day, english_day};

/// Whether a passage is furniture.
pub(super) fn is(text: &str) -> bool {
    is_rule(text)
        || is_masthead(text)
        || is_page_head(text)
        || is_editors(text)
        || is_guide(text)
        || is_briefs_head(text)
        || is_contact(text)
        || is_number(text)
}

/// ——————, □□□, * * *: nothing to read.
fn is_rule(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// 江滨日报, THE HARBOUR POST: the paper's name in a line of its own.
fn is_masthead(text: &str) -> bool {
    const ENDS: [&str; 10] = ["日报", "晚报", "晨报", "早报", "时报", "商报", "周报", "导报", "都市报", "日報"];
    const ENGLISH: [&str; 14] = [
        "POST",
        "TIMES",
        "NEWS",
        "HERALD",
        "GAZETTE",
        "TRIBUNE",
        "CHRONICLE",
        "DAILY",
        "JOURNAL",
        "STANDARD",
        "OBSERVER",
        "COURIER",
        "TELEGRAPH",
        "MAIL",
    ];
    let han = text.chars().count() <= 6 && ENDS.iter().any(|end| text.ends_with(end)) && text.chars().all(is_han);
    let shouted = text.len() <= 40 && !text.chars().any(char::is_lowercase);
    han || shouted && text.starts_with("THE ") && ENGLISH.iter().any(|end| text.ends_with(end))
}

/// 简讯, 要闻速览, In brief: a column of short items follows.
pub(super) fn is_briefs_head(text: &str) -> bool {
    const HEADS: [&str; 16] = [
        "简讯",
        "短讯",
        "要闻速览",
        "要闻简报",
        "新闻速览",
        "新闻简报",
        "快讯集纳",
        "一句话新闻",
        "国内简讯",
        "国际简讯",
        "简明新闻",
        "新闻集锦",
        "簡訊",
        "in brief",
        "news in brief",
        "briefs",
    ];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    HEADS.contains(&bare.as_str())
}

/// 新闻热线：0000…　邮箱：…: how to reach the paper.
fn is_contact(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "新闻热线",
        "热线电话",
        "广告热线",
        "发行热线",
        "投稿邮箱",
        "邮箱：",
        "电话：",
        "社址",
        "网址：",
        "本报地址",
    ];
    text.chars().count() <= 80 && !text.contains('。') && WORDS.iter().any(|word| text.starts_with(word))
}

/// 2024年11月22日　星期五　第3版　要闻: a full date or a page number, and little else.
fn is_page_head(text: &str) -> bool {
    if text.chars().count() > 60 || text.contains(['。', '，']) {
        return false;
    }
    let mut cursor = Cursor::new(text);
    let before = cursor.take_while(|c| !c.is_numeric());
    let dated = chinese_day(&mut cursor).is_some_and(|day| day.year.is_some())
        && (cursor.is_done() || cursor.rest().starts_with(char::is_whitespace));
    let alone = before.is_empty() && cursor.is_done();
    let weekday = ["星期", "农历", "農曆"].iter().any(|word| text.contains(word));
    let paged = page_number(text) && text.chars().count() <= 20 && !text.contains('(');
    dated && (alone || weekday || page_number(text)) || paged || is_issue(text) || is_english_date_line(text)
}

/// 今日8版　总第10426期.
fn is_issue(text: &str) -> bool {
    text.chars().count() <= 40
        && text.contains('第')
        && (text.contains("总第") || text.contains("總第"))
        && text.ends_with('期')
}

/// `Friday, November 20, 2026`.
fn is_english_date_line(text: &str) -> bool {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let rest = DAYS.iter().find_map(|day| text.strip_prefix(day)).unwrap_or(text).trim_start_matches([',', ' ']);
    let mut cursor = Cursor::new(rest);
    english_day(&mut cursor).is_some_and(|day| day.year.is_some()) && cursor.is_done()
}

/// 第3版, 第三版, A1版, standing as a word.
fn page_number(text: &str) -> bool {
    if let Some(number) = text.strip_prefix("Page ").or_else(|| text.strip_prefix("PAGE ")) {
        return number.len() <= 3 && number.chars().all(|c| c.is_ascii_alphanumeric());
    }
    text.split([' ', '\u{3000}', '\t', '|', '｜']).any(|word| {
        word.strip_suffix('版').is_some_and(|rest| {
            let number = rest.strip_prefix('第').unwrap_or(rest);
            !number.is_empty()
                && number.chars().count() <= 3
                && number
                    .chars()
                    .all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c) || c.is_ascii_uppercase())
        })
    })
}

/// 责任编辑：何晓宁　版式设计：丁一　校对：马骏.
fn is_editors(text: &str) -> bool {
    const POSTS: [&str; 14] = [
        "责任编辑",
        "責任編輯",
        "责编",
        "責編",
        "本版编辑",
        "本版責編",
        "版式设计",
        "版式",
        "校对",
        "校對",
        "美编",
        "美編",
        "编辑：",
        "编审",
    ];
    let inner = strip_brackets(text).unwrap_or(text);
    let said = |post: &&str| {
        post.ends_with('：')
            || inner[post.len()..].starts_with(['：', ':'])
            || inner[post.len()..].starts_with(char::is_whitespace)
    };
    let post = POSTS.iter().find(|post| inner.starts_with(**post));
    post.is_some_and(said) && text.chars().count() <= 60 && !text.contains('。')
}

/// 今日导读：…｜…, and its like.
pub(super) fn is_guide(text: &str) -> bool {
    const GUIDES: [&str; 8] =
        ["今日导读", "本版导读", "导读", "今日導讀", "導讀", "今日看点", "In this issue", "Inside today"];
    let named = |rest: &str| {
        rest.is_empty() || rest.starts_with(['：', ':', '】', ']']) || rest.starts_with(char::is_whitespace)
    };
    let bare = text.trim_start_matches(['【', '[', '■', '◆']);
    GUIDES.iter().any(|guide| bare.strip_prefix(guide).is_some_and(named)) && !text.ends_with('。')
}

/// `STORY_NUMBER: L8N3MK2XX`, and a folio that is a number alone.
fn is_number(text: &str) -> bool {
    let keyed = text.split_once(':').is_some_and(|(key, value)| {
        key.len() > 3
            && key.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
            && key.contains('_')
            && !value.contains(is_han)
    });
    // 12, - 12 -, —— 4 ——
    let folio = text.trim_matches(|c: char| !c.is_alphanumeric());
    keyed
        || (1..=3).contains(&folio.len())
            && folio.bytes().all(|b| b.is_ascii_digit())
            && !text.contains(['%', '％', '.'])
}

/// `BC-FLOOD-COAST`, `a0123`, `AM-Rail-Strike, 1st Ld`: the name by which an agency's desks speak of a story.
pub(super) fn is_slug(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("");
    let keyed = ["BC-", "AM-", "PM-"].iter().any(|key| first.starts_with(key)) && text.chars().count() <= 60;
    let letter_first = first.starts_with(|c: char| c.is_ascii_lowercase());
    let numbered = letter_first && first.len() == 5 && first[1..].bytes().all(|b| b.is_ascii_digit());
    keyed || (numbered && words.next().is_none())
}

/// （完）, ENDS, (END), -30-, Enditem.
pub(super) fn is_end_mark(text: &str) -> bool {
    const MARKS: [&str; 12] =
        ["完", "本文完", "全文完", "end", "ends", "enditem", "-30-", "30", "endit", "--end--", "###", "#"];
    /// What stands at the end of a page of the web, and was copied with it.
    const TAILS: [&str; 6] = ["相关阅读", "相关链接", "新闻链接", "延伸阅读", "相关新闻", "更多阅读"];
    let inner = strip_brackets(text).unwrap_or(text).trim().to_lowercase();
    MARKS.contains(&inner.as_str()) || TAILS.contains(&inner.trim_end_matches(['：', ':']))
}

/// Splits off what ends a paragraph without being part of it: `Enditem`, （完）, （下转第三版）.
pub(super) fn split_end(text: &str) -> (&str, &str) {
    const MARKS: [&str; 7] = ["（完）", "(完)", "Enditem", "(END)", "-30-", "ENDS", "（本文完）"];
    let trimmed = text.trim_end();
    let marked = MARKS.iter().find_map(|mark| trimmed.strip_suffix(mark));
    let body = marked.or_else(|| jump_at_end(trimmed)).map(str::trim_end);
    match body {
        Some(body) if body.ends_with(['.', '。', '”', '"', '！', '？', '…', ')', '）']) => {
            (body, &trimmed[body.len()..])
        }
        // A page may end in mid-sentence: its jump is a jump all the same.
        Some(body) if marked.is_none() => (body, &trimmed[body.len()..]),
        _ => (text, ""),
    }
}

/// Ends in （下转第三版）: the rest of the story is elsewhere.
pub(super) fn jumps_away(text: &str) -> bool {
    jump_at_end(text.trim_end()).is_some()
}

/// What stands before （下转第三版）.
fn jump_at_end(text: &str) -> Option<&str> {
    let open = text.rfind(['(', '（'])?;
    is_jump(&text[open..], "下").then(|| &text[..open])
}

/// Splits （上接第一版） off the head of a paragraph.
pub(super) fn split_jump(text: &str) -> (&str, &str) {
    let close = text.find([')', '）']).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    if is_jump(&text[..close], "上") { text.split_at(close) } else { ("", text) }
}

/// （上接第一版）, （下转第A3版）.
fn is_jump(text: &str, first: &str) -> bool {
    strip_brackets(text).is_some_and(|inner| {
        inner.starts_with(first) && inner.ends_with(['版', '页']) && inner.chars().count() <= 9
    })
}

/// (Reporting by Alice Morgan; Editing by Tom Hale).
pub(super) fn is_credits(text: &str) -> bool {
    const VERBS: [&str; 7] = [
        "Reporting by",
        "Editing by",
        "Writing by",
        "Additional reporting by",
        "Compiled by",
        "Reported by",
        "Graphic by",
    ];
    let inner = strip_brackets(text).unwrap_or(text);
    let house = inner
        .strip_suffix("出品")
        .is_some_and(|house| house.ends_with(['社', '部', '网', '台', '室', '端', '报']));
    let longest = if inner.len() < text.len() { 40 } else { 14 };
    let produced = house && inner.chars().count() <= longest;
    let sourced = ["来源：", "来源:", "稿源：", "來源："].iter().any(|word| inner.starts_with(word))
        && inner.chars().count() <= 40
        && !inner.contains('。');
    VERBS.iter().any(|verb| inner.starts_with(verb)) || is_production(inner) || produced || sourced
}

/// 出品人：赵承; 策划：…; 视觉：…: who made it, a line each.
fn is_production(text: &str) -> bool {
    const POSTS: [&str; 24] = [
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
        "海报",
        "剪辑",
        "配音",
        "视频",
        "音频",
        "技术",
        "美术",
    ];
    text.split_once(['：', ':']).is_some_and(|(post, names)| {
        let is_name = |name: &str| (2..=6).contains(&name.chars().count()) || name.is_empty();
        POSTS.contains(&post.trim()) && names.split(['、', ' ', '\u{3000}', ',', '，', '/']).all(is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_text() {
        for text in [
            "2024年11月22日　星期五　第3版　要闻",
            "责任编辑：何晓宁　版式设计：丁一　校对：马骏",
            "今日导读：查干湖冬捕准备就绪｜云南咖啡出口增长",
            "————————",
            "□ □ □",
            "STORY_NUMBER: L8N3MK2XX",
            "第三版　国际",
            "12",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "2024年11月22日，评估组走访了三个县。",
            "第三版的故事",
            "责任编辑何晓宁说，今天不发。",
            "一片叶子两份收入",
            "CPI: 2.3%",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn ends() {
        assert!(is_end_mark("（完）") && is_end_mark("ENDS") && is_end_mark("-30-"));
        assert!(!is_end_mark("完成"));
        assert_eq!(split_end("said on Wednesday. Enditem"), ("said on Wednesday.", " Enditem"));
        assert_eq!(split_end("he said ENDS"), ("he said ENDS", ""));
        assert_eq!(split_end("增加1.8倍。（下转第三版）"), ("增加1.8倍。", "（下转第三版）"));
        assert_eq!(split_jump("（上接第一版）老人坐在江边。"), ("（上接第一版）", "老人坐在江边。"));
        assert_eq!(split_jump("（上午）老人坐在江边。"), ("", "（上午）老人坐在江边。"));
    }
}
