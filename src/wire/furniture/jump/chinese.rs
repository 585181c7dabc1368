//! Jumps in Chinese papers: 下转第四版, 上接A1版.

use super::{Jump, Way};
use crate::wire::cursor::{Cursor, digit};

/// 下转第四版, 上接A1版, 紧接第一版“标题”, 下转A4.
pub(super) fn jump(text: &str) -> Option<Jump<'_>> {
    let mut cursor = Cursor::new(text);
    let way = if cursor.eat_any(&["下转", "下轉", "文转", "续见", "續見", "下接"]).is_some() {
        Way::Ahead
    } else {
        cursor.eat_any(&["上接", "紧接", "緊接", "文接", "接上", "接"])?;
        Way::Back
    };
    page(&mut cursor)?;
    cursor.take_while(|c| matches!(c, '①'..='⑳'));
    let mut ahead = cursor;
    if ahead.eat_char(|c| matches!(c, '“' | '《' | '「')).is_some() {
        ahead.take_while(|c| !matches!(c, '”' | '》' | '」' | '。' | '，'));
        if ahead.eat_char(|c| matches!(c, '”' | '》' | '」')).is_some() {
            cursor = ahead;
        }
    }
    Some(Jump { way, slug: "", end: cursor.at() })
}

/// 第四版, A4版, 4版, 头版, A4.
fn page(cursor: &mut Cursor) -> Option<()> {
    if cursor.eat_any(&["头版", "頭版"]).is_some() {
        return Some(());
    }
    cursor.eat("第");
    let letter = cursor.eat_char(|c| c.is_ascii_alphabetic() || ('Ａ'..='Ｚ').contains(&c)).is_some();
    let number = cursor.take_while(|c| digit(c).is_some() || "一二三四五六七八九十".contains(c));
    let named = cursor.eat_any(&["版", "页", "頁"]).is_some();
    let bare = letter && !cursor.peek().is_some_and(char::is_alphanumeric);
    ((1..=3).contains(&number.chars().count()) && (named || bare)).then_some(())
}
