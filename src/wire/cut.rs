//! Whether a short line is a title, or the beginning of a sentence that a column cut.
//!
//! Both are short and have no end. What follows, and how it is worded, tells them apart.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::cursor::{digit, is_han};
use super::line::Strip;
use super::near::Near;
use super::words::Words;

/// Whether `next` goes on where `head` stopped; `near` is the text around them, which shows words whole.
pub(super) fn is_cut(head: &str, next: &Strip, near: &mut Near) -> bool {
    let rest = next.text.as_str();
    let (Some(left), Some(right)) = (head.chars().next_back(), rest.chars().next()) else { return false };
    if !is_han(left) && !is_han(right) && digit(left).is_none() {
        // English begins paragraphs with a capital; a figure right below an unfinished line belongs to it.
        return next.gap == 0 && digit(right).is_some() && rest.len() < LAST_LINE;
    }
    // 12月 / 1日起: a day that was cut.
    let month = head.strip_suffix(['月', '年']).is_some_and(|before| before.ends_with(|c| digit(c).is_some()));
    if month && digit(right).is_some() {
        return true;
    }
    let mut points = 0;
    points += opens_a_sentence(head);
    points += 2 * i32::from(NEVER_FIRST.contains(right));
    points += i32::from(is_word(left, right));
    // No sentence begins with a clause of one character.
    points += 3 * i32::from(rest.chars().nth(1).is_some_and(|c| matches!(c, '，' | '。' | '、' | '；')));
    points += i32::from(head.contains(['，', '、']));
    points += i32::from(head.chars().count() > 30);
    points += 2 * i32::from(digit(left).is_some() && (digit(right).is_some() || UNITS.contains(right)));
    points -= 2 * i32::from(has_title_form(head));
    // A quotation stands whole in a title; a sentence goes on after it.
    points -= i32::from(head.ends_with(['”', '」', '』']))
        + i32::from(head.starts_with(['“', '「', '『']) && head.ends_with(['”', '」', '』']));
    points -= i32::from(head.chars().count() <= 12);
    points -= opens_a_sentence(rest);
    // The page is searched only where it can decide.
    points >= 2 || points >= 0 && is_han(left) && is_han(right) && near.have(left, right, next.at)
}

/// Bytes in the last line of a paragraph, when it is clearly the last.
const LAST_LINE: usize = 40;

/// Characters that end words or follow them, and begin no sentence.
const NEVER_FIRST: &str =
    "们們的了着著过過得性化者率量级級里裡等及与與和或均则則也都就才吗嗎呢吧所后後内內外间間力度员員";

/// Characters that follow a number.
const UNITS: &str =
    "万萬亿億元年月日时時分秒人名个個家户戶项項条條次米吨噸亩畝公千百倍岁歲%％届屆天场場所座辆輛例";

/// 近年来，…; 据了解，…; 11月18日，…; 在…: ways in which sentences begin and headlines do not; 2 when sure, 1 when likely.
pub(super) fn opens_a_sentence(text: &str) -> i32 {
    const OPENERS: Words = Words::of(&[
        "包括",
        "只要",
        "只有",
        "其实",
        "近年来",
        "近日",
        "日前",
        "目前",
        "当前",
        "今年",
        "去年",
        "截至",
        "当日",
        "当天",
        "此外",
        "另外",
        "同时",
        "此前",
        "此次",
        "为此",
        "因此",
        "其中",
        "随后",
        "随着",
        "不过",
        "然而",
        "但是",
        "但",
        "而",
        "据",
        "经",
        "在",
        "对于",
        "根据",
        "记者",
        "该",
        "他",
        "她",
        "它",
        "这",
        "那",
        "如今",
        "现在",
        "接着",
        "接下来",
        "下一步",
        "与此同时",
        "除了",
        "除此",
        "通过",
        "按照",
        "针对",
        "围绕",
        "由于",
        "虽然",
        "如果",
        "有的",
        "一些",
        "一名",
        "一位",
        "一个",
        "“",
    ]);
    let Some(opener) = OPENERS.head(text) else {
        let day = text.chars().next().and_then(digit).is_some()
            && text.chars().take(8).any(|c| matches!(c, '月' | '日'));
        return 2 * i32::from(day);
    };
    // “在”, “经” and ““” begin headlines too; a comma soon after begins a sentence.
    match opener.chars().count() {
        1 => i32::from(text.chars().take(16).any(|c| c == '，')),
        _ => 2,
    }
}

/// Two halves with a space between them, a place with a colon, an announcement.
pub(super) fn has_title_form(text: &str) -> bool {
    let spaced =
        text.split([' ', '\u{3000}']).filter(|half| half.chars().filter(|&c| is_han(c)).count() >= 3).count();
    let colon = text.chars().take(12).any(|c| matches!(c, '：' | '︱' | '|' | '｜' | '丨'));
    spaced >= 2 || colon || text.contains("——") || text.contains('！')
}

/// Whether the two characters are a common word.
fn is_word(left: char, right: char) -> bool {
    static WORDS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
        let lines = include_str!("words.txt").lines().filter(|line| !line.starts_with('#'));
        lines
            .flat_map(|line| {
                let mut chars = line.chars();
                let first = chars.next();
                chars.filter_map(move |second| Some((first?, second)))
            })
            .collect()
    });
    WORDS.contains(&(left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_cut(head: &str, rest: &str, near: &str) -> bool {
        let strip = Strip { text: rest.to_owned(), lines: vec![2], indent: 0, gap: 0, at: 0, verbatim: false };
        super::is_cut(head, &strip, &mut Near::of(near))
    }

    #[test]
    fn sentences_that_a_column_cut() {
        let near = "肿瘤科的数量一年比一年多。";
        assert!(is_cut("近年来，全国三级肿瘤专科医院设置数", "量均逐年增长，但区域分布不均。", near));
        assert!(is_cut("全县现有茶园，其中有机", "的面积6.3万亩，年产干茶9800吨。", ""));
        assert!(is_cut("The index fell 0.31% while the other lost", "0.74%.", ""));
        assert!(is_cut("经查，团伙自2023年6月起租用苏州一处民房灌装", "假冒精华液，低价销售。", ""));
    }

    #[test]
    fn titles() {
        let near = "一片叶子带来收入。在石溪村，茶农很忙。";
        assert!(!is_cut("一片叶子两份收入", "在石溪村，茶农汪大顺当起了民宿管家。", near));
        assert!(!is_cut("辽宁发布暴雪橙色预警 多部门启动应急响应", "受冷涡影响，辽宁将出现暴雪。", near));
        assert!(!is_cut("更广泛“防”，扩大筛查覆盖面", "预防是最经济最有效的策略。", near));
    }
}
