//! What a page carries beside its stories: page heads, guides, column labels, foot lines, end marks, jumps.

mod credits;
mod editors;
mod end;
mod foot;
mod guide;
mod jump;
mod label;
mod page_head;
mod stamp;

pub(super) use self::credits::{is_column_credit, is_credits, is_graphic_credit, is_reference};
pub(super) use self::end::{is_end_mark, split_end, stops, without_day, without_square};
pub(super) use self::guide::is_guide;
pub(super) use self::jump::{Way, jumps_away, line as jump_line, slug as jump_slug, split_jump};
pub(super) use self::label::{heads_items, is_box, is_briefs_head, is_genre, is_label, is_section};
pub(super) use self::page_head::stands_alone;
pub(super) use self::stamp::is as is_stamp;
use super::cursor::is_han;

/// The longest line of furniture, in bytes: a paper's address, an agency's copyright.
const LONGEST: usize = 420;

/// Whether a passage is furniture.
pub(super) fn is(text: &str) -> bool {
    is_rule(text)
        || text.len() <= LONGEST
            && (page_head::is(text)
                || label::is_label(text)
                || foot::is(text)
                || stamp::is(text)
                || stamp::is_tag(text)
                || is_guide(text)
                || guide::is_pointer(text)
                || is_number(text)
                || jump::is_take_head(text))
}

/// Whether furniture says that the story above it has ended: its editor, its source, who owns it, the next page.
pub(super) fn closes(text: &str) -> bool {
    text.len() <= LONGEST && (foot::closes(text) || page_head::turns_the_page(text))
}

/// Whether a paragraph ends in what only the last of a story has: a square, a day of the Republic.
pub(super) fn closes_paragraph(text: &str) -> bool {
    end::without_square(text).is_some() || end::without_day(text).is_some()
}

/// Whether furniture ends a column of briefs: the next page, the label of another column.
pub(super) fn ends_column(text: &str) -> bool {
    page_head::turns_the_page(text) || is_label(text)
}

/// ——————, □□□, * * *: nothing to read.
fn is_rule(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
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

/// Whether `text` has no more than `most` characters; a long text is not counted to its end.
fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= 4 * most && text.char_indices().nth(most).is_none()
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
}
