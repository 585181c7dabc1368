//! Jumps: a story goes on on another page. （下转第四版） / （上接第一版）; `See STORM, A6` / `STORM from A1`.

mod chinese;
mod english;
mod take;

pub(super) use self::take::is_head as is_take_head;
use crate::wire::cursor::is_han;

/// Where the other part of the story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::wire) enum Way {
    /// Further on: 下转, `Continued on`.
    Ahead,
    /// Before: 上接, `Continued from`.
    Back,
}

/// A jump at the head of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Jump<'a> {
    way: Way,
    /// The word by which both parts know the story: `STORM`.
    slug: &'a str,
    /// Where the jump ends, in bytes.
    end: usize,
}

/// Ornaments and brackets around a jump.
const FRAMES: [char; 26] = [
    '(', '（', '[', '【', '〔', ')', '）', ']', '】', '〕', '■', '▶', '►', '▼', '●', '>', '»', '→', '↓', '*', '◆',
    '▲', '…', '·', ' ', '\u{3000}',
];

/// Reads a line that is nothing but a jump.
pub(in crate::wire) fn line(text: &str) -> Option<Way> {
    let found = (text.len() <= 90).then(|| jump(text)).flatten()?;
    (found.end == text.len()).then_some(found.way)
}

/// The word by which the jump knows its story, in a text that begins or ends with a jump; empty when it says none.
pub(in crate::wire) fn slug(text: &str) -> &str {
    let text = text.trim_end();
    let at_head = jump(text).filter(|jump| jump.way == Way::Back || jump.end == text.len());
    at_head.or_else(|| at_end(text).and_then(|at| jump(&text[at..]))).map_or("", |jump| jump.slug)
}

/// Ends in （下转第三版）: the rest of the story is elsewhere.
pub(in crate::wire) fn jumps_away(text: &str) -> bool {
    at_end(text.trim_end()).is_some()
}

/// Splits （上接第一版） off the head of a paragraph.
pub(in crate::wire) fn split_jump(text: &str) -> (&str, &str) {
    match jump(text) {
        Some(Jump { way: Way::Back, end, .. }) => (&text[..end], text[end..].trim_start()),
        _ => ("", text),
    }
}

/// Where the jump begins that the text ends with: （下转第三版）, `See STORM, A6`.
pub(super) fn at_end(text: &str) -> Option<usize> {
    const STARTS: [&str; 16] = [
        "(Continued",
        "(continued",
        "(CONTINUED",
        "Continued",
        "CONTINUED",
        "(See ",
        "See ",
        "SEE ",
        "Please see ",
        "Turn to",
        "(Turn to",
        "下转",
        "下轉",
        "Cont",
        "continued on",
        "continues on",
    ];
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(80))..];
    if !text
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '）' | ']' | '】' | '〕' | '»' | '▶' | '→'))
    {
        return None;
    }
    let is_whole =
        |at: usize| jump(&tail[at..]).is_some_and(|jump| jump.way == Way::Ahead && at + jump.end == tail.len());
    let bracket = tail.rfind(['(', '（', '[', '【', '〔']).filter(|&at| is_whole(at));
    let word = || {
        STARTS
            .iter()
            .filter_map(|start| tail.rfind(start))
            .filter(|&at| is_word(tail, at))
            .find(|&at| is_whole(at))
    };
    bracket.or_else(word).map(|at| text.len() - tail.len() + before_slug(tail, at))
}

/// Where the slug begins that stands before a jump: `STORM, continued on A6`. Before 下转 there is none.
fn before_slug(text: &str, at: usize) -> usize {
    if text[at..].chars().any(is_han) {
        return at;
    }
    let before = text[..at].trim_end();
    let Some(slug) = before.strip_suffix([',', ':', '/', '|']) else { return at };
    let word = slug.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let start = word.len();
    if slug.len() - start >= 3 && is_word(text, start) { start } else { at }
}

/// A jump in words begins at the head of a word.
fn is_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Reads a jump at the head of a text.
fn jump(text: &str) -> Option<Jump<'_>> {
    let start = text.len() - text.trim_start_matches(FRAMES).len();
    let body = &text[start..];
    let first = body.chars().next()?;
    // Cheap: the words that a jump may begin with.
    let mut found = match first {
        '下' | '上' | '紧' | '緊' | '接' | '文' | '续' | '續' => chinese::jump(body)?,
        'A'..='Z' | '\'' | '‘' | '“' | '"' => english::jump(body)?,
        'c' if start > 0 => english::jump(body)?,
        _ => return None,
    };
    let rest = &body[found.end..];
    // Only brackets that it opened are its own at the end.
    let framed = start > 0;
    let close = if framed {
        rest.len() - rest.trim_start_matches([')', '）', ']', '】', '〕', '»', '▶']).len()
    } else {
        0
    };
    if text.starts_with(['(', '（', '[', '【', '〔']) && close == 0 {
        return None;
    }
    found.end += start + close;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_to_another_page() {
        for (text, slug) in [
            ("See STORM, A6", "STORM"),
            ("SEE STORM, PAGE 6", "STORM"),
            ("Please see CITY COUNCIL on Page A6", "CITY COUNCIL"),
            ("Turn to STORM, Page 6A", "STORM"),
            ("Turn to Page 6", ""),
            ("Continued on Page 6", ""),
            ("(Continued on A6)", ""),
            ("CONTINUED ON PAGE 6, COLUMN 3", ""),
            ("STORM, continued on A6", "STORM"),
            ("Continued on next page", ""),
            ("Cont. on p. 6", ""),
            ("（下转A4版）", ""),
            ("下转第4版", ""),
            ("▶下转4版", ""),
            ("【下转第四版】", ""),
            ("（下轉A4版）", ""),
        ] {
            assert_eq!(line(text), Some(Way::Ahead), "{text}");
            assert_eq!(super::slug(text), slug, "{text}");
        }
    }

    #[test]
    fn lines_that_come_from_another_page() {
        for (text, slug) in [
            ("STORM from A1", "STORM"),
            ("STORM: From Page 1", "STORM"),
            ("■ STORM, FROM A1", "STORM"),
            ("STORM, continued from A1", "STORM"),
            ("Continued From Page 1", ""),
            ("(Continued from Page A1)", ""),
            ("Continued from front page", ""),
            ("（上接第一版）", ""),
            ("（上接1版）", ""),
            ("（紧接第一版）", ""),
            ("（上接A1版《一江清水》）", ""),
            ("上接头版", ""),
        ] {
            assert_eq!(line(text), Some(Way::Back), "{text}");
            assert_eq!(super::slug(text), slug, "{text}");
        }
    }

    #[test]
    fn lines_that_do_not() {
        for text in [
            "See you in A6",
            "See the storm from page to page",
            "Storm from the north",
            "MEN from 3 towns join search",
            "STORM from sea hits town",
            "Talks continued on Thursday",
            "Continued on his way to victory",
            "Turn to prayer",
            "FLU FROM BIRDS SPREADS",
            "下转机到港",
            "上接蓝天下接地气",
            "紧接着又一场雪",
            "接第一班岗",
            "文接古今",
            "STOCKS FROM 1929 FETCH MILLIONS",
            "PLANE FROM B52 BASE LOST",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn jumps_in_a_paragraph() {
        assert_eq!(split_jump("（上接第一版）老人坐在江边。"), ("（上接第一版）", "老人坐在江边。"));
        assert_eq!(split_jump("（上午）老人坐在江边。"), ("", "（上午）老人坐在江边。"));
        assert_eq!(split_jump("STORM from A1 counted what is left."), ("STORM from A1", "counted what is left."));
        assert_eq!(
            split_jump("Continued From Page 1 trains on weekdays"),
            ("Continued From Page 1", "trains on weekdays")
        );
        assert_eq!(split_jump("Ferries from A1 Marine sank."), ("", "Ferries from A1 Marine sank."));
        assert!(jumps_away("谁的口子谁来管，（下转第四版）"));
        assert!(jumps_away("through and we have See STORM, A6"));
        assert!(jumps_away("would run extra (Continued on Page 6)"));
        assert!(!jumps_away("They went to see A6") && !jumps_away("从下转到上") && !jumps_away("on page 6"));
    }
}
