//! Chinese words before a headline: 撤稿：, （第二次播发，更新数据）, 【特急】.

use super::{CLOSE, Mark, OPEN, Prefix};
use crate::wire::cursor::Cursor;
use crate::wire::words::Words;

/// Where a word announces something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In brackets, before a colon, alone.
    Usual,
    /// Before a space or a dash too: news does not have the word.
    Sure,
    /// In brackets only: 更新 is what cities do.
    Bracketed,
}

/// The words of announcements. The longer of two that begin alike stands first.
const WORDS: [(&[&str], Mark, Place); 13] = [
    (&["撤回通知", "停用通知", "撤销通知", "撤銷通知", "作废通知", "作廢通知"], Mark::Kill, Place::Usual),
    (
        &[
            "毙稿",
            "斃稿",
            "撤销稿件",
            "撤銷稿件",
            "撤稿",
            "删稿",
            "刪稿",
            "稿件作废",
            "稿件作廢",
            "稿件撤回",
            "稿件撤销",
            "撤回稿件",
        ],
        Mark::Kill,
        Place::Sure,
    ),
    (&["停发", "停發", "撤销", "撤銷", "撤消", "停用", "作废", "作廢"], Mark::Kill, Place::Usual),
    (&["此前稿件作废", "原稿作废", "此稿作废", "该稿作废", "原稿停用", "此稿停用"], Mark::Kill, Place::Bracketed),
    (&["更正稿", "更正", "勘误", "勘誤"], Mark::Correction, Place::Sure),
    (
        &["补正", "補正", "订正", "訂正", "校正", "重发", "重發", "再次播发", "再次播發", "补充", "補充"],
        Mark::Correction,
        Place::Usual,
    ),
    (
        &[
            "修改稿",
            "修订稿",
            "修訂稿",
            "更新稿",
            "补充稿",
            "修改",
            "修订",
            "修訂",
            "修正",
            "更新",
            "补发",
            "補發",
        ],
        Mark::Correction,
        Place::Bracketed,
    ),
    (&["特急", "特提", "急电", "急電", "加急", "突发", "突發"], Mark::Urgent(2), Place::Usual),
    (&["快讯", "快訊"], Mark::Urgent(1), Place::Usual),
    (&["急"], Mark::Urgent(3), Place::Usual),
    (&["简讯", "簡訊", "短讯", "短訊"], Mark::Brief, Place::Usual),
    (&["各媒体注意", "编辑注意"], Mark::Beside, Place::Bracketed),
    (&["稿件"], Mark::Beside, Place::Bracketed),
];

/// What they begin with.
const BEGINNINGS: Words = Words::of(&[
    "撤", "删", "刪", "稿", "停", "作", "此", "原", "该", "更", "勘", "补", "補", "订", "訂", "校", "重", "再",
    "修", "毙", "斃", "特", "急", "加", "突", "快", "简", "簡", "短", "各", "编",
]);

/// Reads as many announcements as stand there: 【急】撤稿：.
pub(super) fn prefix(headline: &str) -> Option<Prefix> {
    let mut cursor = Cursor::new(headline);
    let mut found = Prefix::default();
    let mut is_kind = false;
    while let Some(mark) = announcement(&mut cursor) {
        found.add(mark);
        is_kind |= matches!(mark, Mark::Urgent(_) | Mark::Brief);
        cursor.space();
        found.end = cursor.at();
        if !is_kind {
            found.title = found.end;
        }
    }
    (found.end > 0).then_some(found)
}

/// Reads what stands in brackets behind a headline, 某地取消夜市（撤稿）, and where it begins. （修订） belongs to a title.
pub(super) fn suffix(headline: &str) -> Option<(Mark, usize)> {
    const KILLS: Words =
        Words::of(&["撤稿", "已撤稿", "稿件撤回", "稿件已撤回", "此稿作废", "此稿作廢", "停发", "停發", "已停发"]);
    const CORRECTIONS: Words =
        Words::of(&["更正", "更正稿", "重发", "重發", "第二次播发", "第三次播发", "第二次播發"]);
    let inner = headline.strip_suffix(CLOSE)?;
    let at = inner.rfind(OPEN).filter(|&at| at > 0)?;
    let said = inner[at..].trim_start_matches(OPEN);
    let mark = if KILLS.have(said) { Mark::Kill } else { Mark::Correction };
    (mark == Mark::Kill || CORRECTIONS.have(said)).then_some((mark, at))
}

/// Reads one: in brackets with what it says of itself, or up to a colon.
fn announcement(cursor: &mut Cursor) -> Option<Mark> {
    let mut ahead = *cursor;
    let bracketed = ahead.eat_char(|c| OPEN.contains(&c)).is_some();
    ahead.take_while(|c| OPEN.contains(&c) || c.is_whitespace());
    let whose = house(&mut ahead);
    let (mark, place) = word(&mut ahead)?;
    // 新华社更正错误的规矩: a house is named only where nothing else follows.
    let place = if whose && place == Place::Sure { Place::Usual } else { place };
    if bracketed {
        // （补充：增加伤员情况）
        let goes_on = |c: char| "：:，, -—、；！!".contains(c) || CLOSE.contains(&c);
        ahead.peek().filter(|&c| goes_on(c))?;
        ahead.take_while(|c| !CLOSE.contains(&c));
        ahead.eat_char(|c| CLOSE.contains(&c))?;
        ahead.take_while(|c| CLOSE.contains(&c) || matches!(c, '：' | ':'));
    } else {
        let sign = ahead.peek();
        let ended = match sign {
            None | Some('：' | ':') => place != Place::Bracketed,
            Some(' ' | '\u{3000}' | '—' | '-') => place == Place::Sure,
            _ => false,
        };
        if !ended {
            return None;
        }
        ahead.take_while(|c| matches!(c, '：' | ':' | '—' | '-'));
    }
    *cursor = ahead;
    Some(mark)
}

/// Reads whose announcement it is, and 紧急, which says how soon it is to be done.
fn house(cursor: &mut Cursor) -> bool {
    const HOUSES: Words = Words::of(&[
        "新华社",
        "新華社",
        "中新社",
        "中新网",
        "本社",
        "我社",
        "本报",
        "本報",
        "总社",
        "總社",
        "编辑部",
        "編輯部",
        "总编室",
        "總編室",
        "紧急",
        "緊急",
    ]);
    let start = cursor.at();
    while let Some(word) = HOUSES.head(cursor.rest()) {
        cursor.skip(word.len());
    }
    cursor.at() > start
}

/// Reads the word, and what says that it is a notice: 更正启事, 停发通知.
fn word(cursor: &mut Cursor) -> Option<(Mark, Place)> {
    const NOTICES: [&str; 12] =
        ["通知", "启事", "啟事", "声明", "聲明", "说明", "說明", "公告", "通告", "提示", "稿件", "稿"];
    if let Some(mark) = again(cursor) {
        return Some((mark, Place::Usual));
    }
    // The longest that fits, whatever else the word is.
    if !BEGINNINGS.may_begin(cursor.rest()) {
        return None;
    }
    let words = WORDS.iter().flat_map(|(words, mark, place)| words.iter().map(move |word| (*word, *mark, *place)));
    let fits = words.filter(|(word, ..)| cursor.rest().starts_with(word));
    let (word, mark, place) = fits.max_by_key(|(word, ..)| word.len())?;
    cursor.skip(word.len());
    // 作废声明 is an advertisement.
    if matches!(
        word,
        "撤稿"
            | "毙稿"
            | "斃稿"
            | "撤销稿件"
            | "撤銷稿件"
            | "停发"
            | "停發"
            | "更正"
            | "更正稿"
            | "勘误"
            | "勘誤"
            | "补正"
            | "订正"
    ) {
        cursor.eat_any(&NOTICES);
    }
    Some((mark, place))
}

/// Reads 第二次播发.
fn again(cursor: &mut Cursor) -> Option<Mark> {
    let mut ahead = *cursor;
    ahead.eat("第").then_some(())?;
    ahead.eat_char(|c| "二三四五六七八九2345".contains(c))?;
    ahead.eat_any(&["次播发", "次播發", "次发稿", "次發稿"])?;
    *cursor = ahead;
    Some(Mark::Correction)
}
