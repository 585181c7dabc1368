//! Pages that nobody wrote: fixtures recombined, and words that mean something to the parser in any order.

use arbtest::arbitrary::{self, Unstructured};

/// A few fixtures under each other: parts of them, some lines lost, some columns wrapped anew.
pub fn recombined(u: &mut Unstructured, texts: &[String]) -> arbitrary::Result<String> {
    let mut lines: Vec<String> = Vec::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let start = lines.len();
        lines.extend(u.choose(texts)?.lines().map(str::to_owned));
        if u.ratio(1, 4)? && lines.len() > start {
            let first = u.int_in_range(start..=lines.len() - 1)?;
            let last = u.int_in_range(first..=lines.len() - 1)?;
            lines.truncate(last + 1);
            lines.drain(start..first);
        }
        if u.ratio(1, 2)? {
            let width = u.int_in_range(6..=60)?;
            let rewrapped =
                lines.split_off(start).iter().flat_map(|line| wrapped(line, width)).collect::<Vec<_>>();
            lines.extend(rewrapped);
        }
        for _ in 0..u.int_in_range(0..=3)? {
            lines.push(String::new());
        }
    }
    for _ in 0..u.int_in_range(0..=8)? {
        if lines.is_empty() {
            break;
        }
        let at = u.choose_index(lines.len())?;
        if u.ratio(1, 2)? {
            lines.remove(at);
        } else {
            lines.insert(at, String::new());
        }
    }
    Ok(lines.join("\n"))
}

/// `line` in pieces of `width` characters, wherever that falls.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    if chars.is_empty() { vec![String::new()] } else { chars.chunks(width).map(String::from_iter).collect() }
}

/// Words and signs that mean something to the parser.
#[rustfmt::skip]
const WORDS: [&str; 158] = [
    "\n", "\n", "\n", "\n\n", "\n\n\n", "\u{3000}\u{3000}", " ", "  ", "\t", "\r\n", "\u{c}",
    "\u{2}", "\u{3}", "\u{0}", "\u{feff}", "\u{fffe}", "\u{2028}", "\u{85}", "\u{200b}", "。", "，",
    "、", "：", "；", "？", "！", "…", "——", "“", "”", "「", "」", "《", "》", "（", "）", "(", ")", "-", "--",
    "·", "/", ".", ",", "%", "*", "□", "■", "△", "1", "2026", "１", "年", "月", "日", "11月20日", "29",
    "2月29日", "Nov. 20", "March 2", "新华社", "中新网", "本报讯", "路透社", "据", "综合", "电", "電", "题：", "记者",
    "通讯员", "摄", "供图", "发", "文/图", "陈默言", "阿依努尔·买买提", "合肥", "北京/上海", "联合国", "更正", "撤稿", "（完）",
    "（下转第三版）", "（上接第一版）", "责任编辑", "NEW YORK", "(Reuters)", "By ", "ENDS", "Enditem", "CORRECTED-",
    "(Reporting by ", "的", "茶园", "一片叶子", "the ", "tea",
    "（新华社发）", "（新华社记者李欣摄）", "(Photo by ", "资料图片", "图片来源：", "照片", "摄影报道", "新华社发", "新华社照片",
    "快讯", "急", "URGENT", "FLASH", "附注", "仅供编辑参考", "Editor's note", "以此稿为准", "第二次播发", "(Corrects ",
    "限11月20日18时后播发", "EMBARGOED UNTIL ", "禁止在", "前使用", "时", "18", "GMT", "ADVISORY-", "BC-", "a0123",
    "简讯", "今日导读", "In brief", "星期五", "2026年11月20日", "第3版", "江滨日报", "新闻热线", "电话：", "-30-", "###", "相关阅读",
    "* ", "▲", "△", "↑", "【", "】", "[", "]", "问：", "答：", "Associated Press", "and ", "Alice Morgan", "评论员",
    "初冬的皖南，云雾漫过山脊。", "\n\u{3000}\u{3000}", "。\n\n", "，\n\n", "Nov 20 (Xinhua) -- ",
];

/// A word for each byte below their number; a byte above begins any character of the basic plane.
pub fn wire_like(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut left = bytes;
    while let [first, rest @ ..] = left {
        left = rest;
        if let Some(word) = WORDS.get(usize::from(*first)) {
            text.push_str(word);
        } else if let [high, low, rest @ ..] = left {
            left = rest;
            text.extend(char::from_u32(u32::from(u16::from_be_bytes([*high, *low]))));
        }
    }
    text
}
