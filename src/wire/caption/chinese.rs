//! Chinese credits: 新华社记者李欣摄, 曾德峰摄（人民视觉）, 受访者供图, （图片来源：…）, 新华社/法新.

use super::super::words::Words;
use crate::wire::byline;
use crate::wire::cursor::{digit, is_han};

/// Whether a text ends as these credits do; nearly all texts end in a stop.
pub(super) fn could_end(text: &str) -> bool {
    text.chars().next_back().is_some_and(|last| is_han(last) || matches!(last, ')' | '）' | '】'))
}

/// Where the credit that ends a text begins in bytes, and who it credits.
pub(super) fn credit(text: &str) -> Option<(usize, String)> {
    in_brackets(text).or_else(|| taken_by(text)).or_else(|| supplied_by(text)).or_else(|| named_house(text))
}

/// （新华社发）, （新华社记者李明 摄）, （资料图片）, （图片均由受访企业提供）; 曾德峰摄（人民视觉）.
fn in_brackets(text: &str) -> Option<(usize, String)> {
    let open = text.rfind(['(', '（', '【'])?;
    let inner = text[open..].strip_prefix('【').and_then(|rest| rest.strip_suffix('】'));
    let inner = inner.or_else(|| byline::strip_brackets(&text[open..]))?.trim();
    let before = text[..open].trim_end();
    // 新华社发（李欣摄）, 曾德峰摄（人民视觉）: what stands before the brackets is part of the credit.
    if let Some(house) = ISSUED.iter().find(|house| before.ends_with(**house)) {
        let start = before.len() - house.len();
        return whom(inner).map(|_| (start, text[start..].trim().to_owned()));
    }
    if before.ends_with(['摄', '攝'])
        && inner.chars().count() <= LONGEST_HOUSE
        && !inner.contains(['。', '，'])
        && let Some((start, _)) = taken_by(before)
    {
        return Some((start, text[start..].trim().to_owned()));
    }
    whom(inner).map(|whom| (open, whom.to_owned()))
}

/// Characters in the longest house behind a photographer.
const LONGEST_HOUSE: usize = 12;

/// Houses that issue a picture taken by somebody else.
const ISSUED: [&str; 7] = ["新华社发", "新華社發", "本报发", "本報發", "中新社发", "中新社發", "人民网发"];

/// Whom the words in brackets credit.
fn whom(inner: &str) -> Option<&str> {
    const ARCHIVES: Words = Words::of(&[
        "资料图片",
        "資料圖片",
        "资料图",
        "資料圖",
        "档案图片",
        "檔案圖片",
        "档案照片",
        "视频截图",
        "影片截圖",
        "网络图片",
        "網絡圖片",
        "效果图",
        "示意图",
        "网络截图",
    ]);
    const SOURCES: Words = Words::of(&["图片来源", "圖片來源", "图源", "圖源", "图/", "图／", "圖/", "照片来源"]);
    let short = inner.chars().count() <= 40 && !inner.contains(['。', '，']);
    if !short {
        return None;
    }
    let issued = inner.strip_suffix(['发', '發']).filter(|house| house.ends_with('社'));
    let supplied = || ["照片", "供图", "供圖"].iter().find_map(|word| inner.strip_suffix(word));
    let sourced = || SOURCES.strip(inner).map(|rest| rest.trim_start_matches(['：', ':']));
    let archived = || ARCHIVES.have(inner).then_some(inner);
    let taken = || taken_by(inner).filter(|(at, _)| *at == 0).map(|_| inner.trim_end_matches(['摄', '攝']).trim());
    let shared = || is_shared_source(inner).then_some(inner);
    let paired = || is_paired_house(inner).then_some(inner);
    issued
        .or_else(supplied)
        .or_else(sourced)
        .or_else(archived)
        .or_else(taken)
        .or_else(shared)
        .or_else(paired)
        .map(str::trim)
}

/// 图片均由受访企业提供, 本文图片由市博物馆提供, 照片由作者拍摄.
fn is_shared_source(text: &str) -> bool {
    subject_of_pictures(text)
        .is_some_and(|rest| ["提供", "拍摄", "拍攝", "供图", "供圖"].iter().any(|end| rest.ends_with(end)))
}

/// 以上图片均由本报记者李明摄: a line that credits all pictures above.
pub(super) fn is_shared_credit(text: &str) -> bool {
    subject_of_pictures(text).is_some() && credit(text).is_some_and(|(at, _)| at == 0)
}

/// 以上图片均由, 本版照片均为, 本文图片除署名外均由: the rest, which says whom.
fn subject_of_pictures(text: &str) -> Option<&str> {
    const WHICH: Words =
        Words::of(&["以上", "本文", "本版", "文中", "文内", "上述", "本组", "本報", "本报", "本页"]);
    const PICTURES: Words = Words::of(&["图片", "圖片", "照片", "图", "圖", "摄影作品", "配图", "版图"]);
    let rest = WHICH.strip(text).unwrap_or(text);
    let rest = PICTURES.strip(rest)?;
    let rest = rest.strip_prefix("除署名外").unwrap_or(rest);
    let all = rest.strip_prefix(['均', '皆', '都']);
    let rest = all.unwrap_or(rest);
    rest.strip_prefix(['由', '为', '為', '：', ':', '系'])
}

/// 新华社/法新, 新华社/美联, 视觉中国/供图: two houses that share a picture.
fn is_paired_house(text: &str) -> bool {
    const PARTNERS: Words = Words::of(&[
        "法新",
        "法新社",
        "美联",
        "美联社",
        "美聯社",
        "路透",
        "路透社",
        "欧新",
        "欧新社",
        "歐新社",
        "塔斯",
        "塔斯社",
        "共同社",
        "安莎社",
        "韩联社",
        "卫星社",
    ]);
    text.split_once(['/', '／']).is_some_and(|(house, partner)| {
        matches!(house, "新华社" | "新華社" | "中新社" | "人民视觉" | "视觉中国") && PARTNERS.have(partner)
    })
}

/// Where the last sentence of a text ends, in bytes: a credit begins there, or at the beginning.
fn after_last_sentence(text: &str) -> usize {
    let stop = ['。', '！', '？', '”', ')', '）', '!', '?', '；'];
    let end = text.rfind(stop).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    end + text[end..].len() - text[end..].trim_start().len()
}

/// 新华社记者李欣摄, 新华社发（李欣摄）, 本报记者 李欣 摄影报道, 以上图片均由本报记者李欣摄 at the end.
fn taken_by(text: &str) -> Option<(usize, String)> {
    let ends = ["摄影报道", "攝影報道", "摄", "攝"];
    let body = ends.iter().find_map(|end| text.strip_suffix(end))?.trim_end();
    let start = after_last_sentence(body);
    let said = body[start..].trim();
    let whom = subject_of_pictures(said).unwrap_or(said);
    // 栗子 文 邝一鸣 摄: who wrote stands there, too.
    if whom.split(['/', '／', ' ', '\u{3000}']).any(|word| matches!(word, "文" | "报道" | "報道" | "撰文"))
    {
        return None;
    }
    let issued = ISSUED.iter().find_map(|house| whom.strip_prefix(house)).unwrap_or(whom);
    let is_credit =
        byline::line(whom).is_some_and(|people| !people.is_empty()) || byline::bare_name(issued.trim()).is_some();
    is_credit.then(|| (start, whom.to_owned()))
}

/// 受访者供图, 黄田县融媒体中心供图, 新华社发 at the end of a caption.
fn supplied_by(text: &str) -> Option<(usize, String)> {
    let body = ["供图", "供圖", "提供图片", "提供圖片"].iter().find_map(|word| text.strip_suffix(word));
    let house = ISSUED.iter().find(|word| text.ends_with(**word));
    let end = match (body, house) {
        (Some(body), _) => body.len(),
        (None, Some(word)) => text.len() - word.chars().next_back().map_or(0, char::len_utf8),
        (None, None) => return None,
    };
    let start = after_last_sentence(&text[..end]);
    let whom = text[start..end].trim();
    // 由省博物馆供图 in a sentence goes on; a credit is short.
    (!whom.is_empty() && whom.chars().count() <= 20 && !whom.contains(['，', ',']))
        .then(|| (start, whom.to_owned()))
}

/// 图/视觉中国, 图源：…, 新华社/法新, 资料图 at the end, without brackets.
fn named_house(text: &str) -> Option<(usize, String)> {
    let start = after_last_sentence(text);
    let phrase = &text[start..];
    let tied = ["图/", "图／", "圖/", "图源：", "图源:", "图片来源：", "图片来源:", "圖片來源："];
    let sourced = tied.iter().find_map(|word| phrase.strip_prefix(word)).map(str::trim);
    let whom = match sourced {
        Some(whom) => whom,
        None if is_paired_house(phrase) => phrase,
        None if start > 0 && matches!(phrase, "资料图片" | "资料图" | "資料圖片" | "資料圖") => {
            phrase
        }
        None => return None,
    };
    // 图/本报记者 李明 beside 文/… is read as a byline.
    (!whom.is_empty() && whom.chars().count() <= 20 && !whom.contains(['，', '。', '文']))
        .then(|| (start, whom.to_owned()))
}

/// Whether a text begins by saying which picture it is under: 左图：…, 图为…, 图①：….
pub(super) fn names_a_picture(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    let placed = matches!(first, '左' | '右' | '上' | '下' | '中' | '大' | '小' | '主' | '题' | '題' | '头');
    let rest = if placed { chars.as_str() } else { text };
    let Some(rest) = rest.strip_prefix(['图', '圖']) else { return false };
    if rest.starts_with(['：', ':']) {
        return placed || rest.chars().count() > 4;
    }
    if let Some(told) = rest.strip_prefix(['为', '為', '示']) {
        // 图为什么…: a question; 图为一段话 ends no sentence.
        let count = text.chars().count();
        return count <= 120 && !told.starts_with(['什', '何', '了', '证']) && ends_as_captions_do(text);
    }
    let number = rest.trim_start_matches(|c: char| matches!(c, '①'..='⑳') || digit(c).is_some() || is_numeral(c));
    let tied = number.strip_prefix('为').is_some_and(|_| ends_as_captions_do(text));
    let apart = rest.starts_with('①') || rest.starts_with(|c| matches!(c, '②'..='⑳'));
    number.len() < rest.len()
        && (number.starts_with(['：', ':']) || tied || apart && number.starts_with([' ', '\u{3000}']))
        || rest.starts_with("片说明：")
        || rest.starts_with("说：")
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// With a stop, a bracket or a credit.
fn ends_as_captions_do(text: &str) -> bool {
    text.ends_with(['。', '）', ')', '摄', '攝', '图', '圖'])
}
