//! The one reader of small things inside a line: it sees through full and half width, and never moves on failure.

/// A position in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    /// Reads `len` bytes, which end at a character.
    pub(super) fn skip(&mut self, len: usize) {
        self.at += len;
    }

    /// Reads `word` if it comes next.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let found = begins(self.rest(), word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Reads the first of `words` that comes next; so the longer of two that begin alike must stand first.
    pub(super) fn eat_any(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.eat(word))
    }

    /// Reads one character that `is` accepts.
    pub(super) fn eat_char(&mut self, is: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|&c| is(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Reads characters as long as `is` accepts them.
    pub(super) fn take_while(&mut self, is: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !is(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Reads white space, the ideographic space too.
    pub(super) fn space(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// Reads a number of at most `digits` digits, in either width.
    pub(super) fn number(&mut self, digits: usize) -> Option<u32> {
        let mut ahead = *self;
        let mut value = None;
        for _ in 0..digits {
            let Some(c) = ahead.eat_char(|c| digit(c).is_some()) else { break };
            value = Some(value.unwrap_or(0) * 10 + digit(c)?);
        }
        if value.is_some() && ahead.peek().and_then(digit).is_some() {
            return None;
        }
        *self = ahead;
        value
    }
}

/// What `str::starts_with` says, without a call: word lists are tried at every place, and nearly all of their words fail
/// in the first character.
pub(super) fn begins(text: &str, word: &str) -> bool {
    text.len() >= word.len() && text.bytes().zip(word.bytes()).all(|(a, b)| a == b)
}

/// The value of a digit in either width.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// An ideograph, or a mark that stands for one (〇, 々).
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}'
        | '\u{f900}'..='\u{faff}' | '〇' | '々')
}

/// A character two cells wide in print: ideographs, kana, hangul, full-width forms (Unicode UAX #11, W and F).
pub(super) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
            | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_either_width_and_never_in_part() {
        assert_eq!(Cursor::new("１1月").number(2), Some(11));
        assert_eq!(Cursor::new("2024年").number(2), None);
        assert_eq!(Cursor::new("月").number(2), None);
    }

    #[test]
    fn failure_does_not_move() {
        let mut cursor = Cursor::new("新华网");
        assert!(!cursor.eat("新华社"));
        assert_eq!(cursor.eat_any(&["新华社", "新华网"]), Some("新华网"));
        assert!(cursor.is_done());
    }
}
