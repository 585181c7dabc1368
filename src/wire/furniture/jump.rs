//! Jumps: a story goes on on another page. （下转第四版） / （上接第一版）; `See STORM, A6` / `STORM from A1`.

use super::super::cursor::{Cursor, digit};

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

/// Where the slug begins that stands before a jump: `STORM, continued on A6`.
fn before_slug(text: &str, at: usize) -> usize {
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
        '下' | '上' | '紧' | '緊' | '接' | '文' | '续' | '續' => chinese(body)?,
        'A'..='Z' | '\'' | '‘' | '“' | '"' => english(body)?,
        'c' if start > 0 => english(body)?,
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

/// 下转第四版, 上接A1版, 紧接第一版“标题”, 下转A4.
fn chinese(text: &str) -> Option<Jump<'_>> {
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

/// `See STORM, A6`; `STORM from A1`; `Continued on Page 6`; `Turn to STORM, Page 6A`.
fn english(text: &str) -> Option<Jump<'_>> {
    let mut words = Words { text, at: 0 };
    words.eat(&["please"]);
    if words.eat(&["see"]) {
        let slug = words.slug()?;
        return words.end_of(Way::Ahead, slug, true);
    }
    if words.eat(&["turn"]) || words.eat(&["jump"]) {
        words.eat(&["to"]).then_some(())?;
        let slug = words.slug().unwrap_or("");
        return words.end_of(Way::Ahead, slug, true);
    }
    let continued =
        |words: &mut Words| words.eat(&["continued", "continues", "cont", "cont'd", "contd", "cont’d"]);
    let slug = if continued(&mut words) { None } else { Some(words.slug()?) };
    let said = slug.is_none() || continued(&mut words);
    if words.eat(&["on", "to"]) && said {
        return words.end_of(Way::Ahead, slug.unwrap_or(""), false);
    }
    if words.eat(&["from"]) {
        // “MEN from 3 towns” is no jump: without “continued” the page says what it is.
        return words.end_of(Way::Back, slug.unwrap_or(""), !said);
    }
    None
}

/// The words of a line, one after the other.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    /// The next word, and where it ends; the marks around it are passed over.
    fn next(&self) -> Option<(&'a str, usize)> {
        let is_mark = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ':' | '/' | '|' | '.' | '"' | '“' | '‘' | '-' | '–' | '—')
        };
        let rest = &self.text[self.at..];
        let start = self.at + rest.len() - rest.trim_start_matches(is_mark).len();
        let word = &self.text[start..];
        let ends =
            |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '/' | '|' | ')' | '）' | ']' | '"' | '”');
        let len = word.find(ends).unwrap_or(word.len());
        let word = word[..len].trim_end_matches(['.', '…', '’', '\'']);
        (!word.is_empty()).then_some((word, start + word.len()))
    }

    /// Reads one of `words`.
    fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.next().filter(|(word, _)| words.iter().any(|other| word.eq_ignore_ascii_case(other)));
        if let Some((_, end)) = found {
            self.at = end;
        }
        found.is_some()
    }

    /// Reads up to four words in capitals.
    fn slug(&mut self) -> Option<&'a str> {
        let (first, _) = self.next()?;
        let start = self.text[self.at..].find(first)? + self.at;
        let mut end = self.at;
        for _ in 0..4 {
            let Some((word, at)) = self.next() else { break };
            let capitals = word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
            let ends = ["PAGE", "FROM", "CONTINUED", "ON", "PG"].contains(&word) || is_page_number(word, true);
            if !capitals || ends {
                break;
            }
            (self.at, end) = (at, at);
        }
        (end > start && end - start >= 3).then(|| &self.text[start..end])
    }

    /// Reads `Page A6`, `A6`, `next page`, and makes the jump. `strict`: a number alone is no page.
    fn end_of(mut self, way: Way, slug: &'a str, strict: bool) -> Option<Jump<'a>> {
        self.eat(&["on"]);
        if self.eat(&["next", "back", "front", "preceding", "previous", "first", "following"]) {
            return self.eat(&["page"]).then_some(Jump { way, slug, end: self.at });
        }
        let named = self.eat(&["page", "pg", "p", "section"]);
        let (number, end) = self.next()?;
        let word = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let spelt = named && word.iter().any(|word| number.eq_ignore_ascii_case(word));
        if !spelt && !is_page_number(number, strict && !named) {
            return None;
        }
        self.at = end;
        if self.eat(&["column", "col"]) {
            self.at = self
                .next()
                .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()))
                .map_or(self.at, |(_, end)| end);
        }
        Some(Jump { way, slug, end: self.at })
    }
}

/// `A6`, `6A`, `12`; `lettered`: a number alone will not do.
fn is_page_number(word: &str, lettered: bool) -> bool {
    let is_letter = |c: char| c.is_ascii_uppercase() || c == '-';
    let figures = word.trim_matches(is_letter);
    (1..=3).contains(&figures.len())
        && figures.bytes().all(|b| b.is_ascii_digit())
        && word.len() <= figures.len() + 3
        && (!lettered || figures.len() < word.len())
}

/// `FERRY LINE - add 1`, `1st add STORM`, `Take 2 of 3`: the head of another take of the same story.
pub(super) fn is_take_head(text: &str) -> bool {
    let says = |word: &[u8]| text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    if text.len() > 60 || !text.is_ascii() || !(says(b"add") || says(b"take")) {
        return false;
    }
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&word.len());
    let ordinal = |word: &str| {
        matches!(word, "1st" | "2nd" | "3rd" | "first" | "second" | "third" | "fourth" | "4th" | "5th")
    };
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [.., "add", n] if number(n) => true,
        [.., nth, "add"] if ordinal(nth) => true,
        ["add" | "take", n] if number(n) => true,
        ["take", n, "of", m] => number(n) && number(m),
        _ => false,
    }
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

    #[test]
    fn takes() {
        for text in ["FERRY LINE - add 1", "1st add", "Add 1", "STORM, first add", "Take 2 of 3", "STORM 1st Add"]
        {
            assert!(is_take_head(text), "{text}");
        }
        for text in ["Stores add 12", "Add salt", "Take 5", "Reds add third", "They take two of three"] {
            assert_eq!(is_take_head(text), matches!(text, "Stores add 12" | "Take 5"), "{text}");
        }
    }
}
