//! Lines that say where in the paper something stands.

use super::super::words::Words;
use super::is_within;

/// 今日导读：…｜…, and its like.
pub(in crate::wire) fn is_guide(text: &str) -> bool {
    const GUIDES: Words = Words::of(&[
        "今日导读",
        "本版导读",
        "导读",
        "今日導讀",
        "導讀",
        "今日看点",
        "本期导读",
        "版面导读",
        "新闻导读",
        "导　读",
        "导 读",
        "今日头版",
    ]);
    // The longer of two that begin alike stands first.
    const ENGLISH: Words = Words::of(&[
        "In this issue",
        "Inside today",
        "INDEX",
        "Index",
        "What's inside",
        "WHAT'S INSIDE",
        "Inside this issue",
        "INSIDE TODAY",
        "Today's index",
        "TODAY'S INDEX",
        "ALSO INSIDE",
        "In today's paper",
        "INSIDE",
        "Inside",
    ]);
    let bare = text.trim_start_matches(['【', '[', '■', '◆', '◎', '●', '▶']);
    let named = |rest: &str| rest.is_empty() || rest.starts_with(['：', ':', '】', ']']);
    let spaced = |rest: &str| named(rest) || rest.starts_with(char::is_whitespace);
    let told = GUIDES.strip(bare).is_some_and(spaced) || ENGLISH.strip(bare).is_some_and(named);
    told && !text.ends_with('。')
}

/// 山里通了“医疗直升机”……………3版, （详见第3版）: a line that points to a page.
pub(super) fn is_pointer(text: &str) -> bool {
    is_within(text, 60) && (is_led_to_a_page(text) || points(text))
}

/// Dots lead from a title to its page.
fn is_led_to_a_page(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, 'A'..='F' | '０'..='９');
    let rest = text.strip_suffix('版').unwrap_or(text);
    let before = rest.trim_end_matches(number);
    let before = before.strip_suffix('第').unwrap_or(before).trim_end();
    let dots = before.len() - before.trim_end_matches(['…', '.', '·']).len();
    let named = rest.len() < text.len() || rest.contains(|c: char| c.is_ascii_uppercase());
    // “他想了想……3” has as many dots as a hesitation.
    before.len() < rest.len() && (dots >= 12 || dots >= 6 && named || before.ends_with("....") && named)
}

/// （详见第3版）, >>更多报道见A5版.
fn points(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "详见",
        "詳見",
        "报道见",
        "報道見",
        "相关报道见",
        "相關報道見",
        "更多报道见",
        "全文见",
        "内容见",
        "图文见",
        "报道详见",
        "相关内容见",
    ]);
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let rest = HEADS.strip(bare);
    rest.is_some_and(|rest| rest.ends_with(['版', '页', '頁']) && is_within(rest, 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides() {
        for text in [
            "导　读",
            "【导读】",
            "今日导读：冬捕就绪｜咖啡出口",
            "INSIDE",
            "INSIDE: Sports, D1; Comics, C6",
            "Index",
        ] {
            assert!(is_guide(text), "{text}");
        }
        for text in ["导读机器人上岗", "INSIDE THE TUNNEL", "Inside story of a strike", "Index falls 2%"] {
            assert!(!is_guide(text), "{text}");
        }
    }

    #[test]
    fn lines_that_point_to_a_page() {
        for text in [
            "山里通了“医疗直升机”……………3版",
            "全省冬修水利开工过半…………………第5版",
            "Ferry fares to rise........B4",
            "（详见第3版）",
            "▶相关报道见A5版",
            "全文见二、三版",
        ] {
            assert!(is_pointer(text), "{text}");
        }
        for text in ["详见公告", "共出12版", "他想了想……3", "教材改到第3版", "见字如面", "还有……12万人在路上"]
        {
            assert!(!is_pointer(text), "{text}");
        }
    }
}
