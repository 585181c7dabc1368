//! Who made the page: 责任编辑：何晓宁　版式设计：丁一　校对：马骏.

use super::super::cursor::is_han;
use super::super::words::Words;
use super::foot::unbracketed;
use super::is_within;

/// 责任编辑：何晓宁　版式设计：丁一　校对：马骏; 【编辑:李骏】; 值班编委：田野　一版编辑：杜鹃; 责编/丁一.
pub(super) fn is_editors(text: &str) -> bool {
    if !is_within(text, 80) {
        return false;
    }
    post(unbracketed(text).trim_start()).filter(|_| !text.contains(['。', '？', '！'])).is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        rest.len() <= 4 || is_names(rest)
    })
}

/// What follows the post that the text begins with, and the mark after it.
fn post(text: &str) -> Option<&str> {
    const BEFORE: Words = Words::of(&[
        "责任", "責任", "本版", "今日", "本期", "值班", "执行", "夜班", "本报", "一版", "二版", "三版", "四版",
        "五版", "六版", "七版", "八版", "要闻", "版面", "文字", "图片", "美术", "当班", "总",
    ]);
    // The longer of two that begin alike stands first: 版式设计 before 版式.
    const POSTS: Words = Words::of(&[
        "编辑",
        "編輯",
        "责编",
        "責編",
        "编委",
        "編委",
        "主编",
        "副主编",
        "总编辑",
        "副总编辑",
        "总编",
        "副总编",
        "值班总编",
        "版式设计",
        "版式",
        "版面设计",
        "美编",
        "美編",
        "美术编辑",
        "图编",
        "检校",
        "校对",
        "校對",
        "校检",
        "组版",
        "排版",
        "制作",
        "审读",
        "审校",
        "审核",
        "审稿",
        "签发",
        "终审",
        "初审",
        "复审",
        "二审",
        "三审",
        "监审",
        "编审",
        "值班主任",
        "统筹",
        "值班",
    ]);
    let text = BEFORE.strip(text).filter(|rest| POSTS.begin(rest)).unwrap_or(text);
    let after = POSTS.strip(text)?;
    let after = after.strip_prefix(['：', ':', '/', '／', '丨', '|', '｜', '︱']).or_else(|| {
        let after = after.trim_start();
        // 责编 张三; 编辑 of anything else goes on without a space.
        let marked = after.strip_prefix(['：', ':', '|', '丨', '/']);
        marked.or_else(|| (after.len() < text.len() && !after.is_empty()).then_some(after)).filter(|_| {
            text[..text.len() - after.len()]
                .ends_with(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '|' | '丨' | '/'))
        })
    })?;
    Some(after)
}

/// Names, addresses and further posts: nothing in it is longer than a name, or reads as a sentence.
fn is_names(rest: &str) -> bool {
    let part = |part: &str| {
        let inner = part.rsplit(['：', ':', '/', '／', '丨', '|']).next().unwrap_or(part);
        part.is_empty()
            || part.contains('@')
            || is_within(inner, 5)
            || inner.contains('·')
            || !inner.contains(is_han)
    };
    rest.split(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | ';' | '；')).all(part)
}
