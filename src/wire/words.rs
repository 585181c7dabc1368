//! Lists of words that are tried at every line of a page. Nearly every try fails, and the first character tells.

/// A list of words, of which one may begin a text, end it, or stand in it.
pub(super) struct Words {
    list: &'static [&'static str],
    firsts: Characters,
    lasts: Characters,
}

impl Words {
    /// The words in the order in which they are tried; none is empty.
    pub(super) const fn of(list: &'static [&'static str]) -> Self {
        let (mut firsts, mut lasts) = (Characters::NONE, Characters::NONE);
        let mut at = 0;
        while at < list.len() {
            firsts = firsts.with(first(list[at]));
            lasts = lasts.with(last(list[at]));
            at += 1;
        }
        Self { list, firsts, lasts }
    }

    /// The first word of the list that begins `text`.
    pub(super) fn head(&self, text: &str) -> Option<&'static str> {
        if !self.may_begin(text) {
            return None;
        }
        self.list.iter().copied().find(|word| text.starts_with(word))
    }

    /// Whether a word begins `text`.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.head(text).is_some()
    }

    /// Whether the first character of `text` is that of a word; now and then it is not, never the other way.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.firsts.may_have(c))
    }

    /// Whether a word ends `text`.
    pub(super) fn end(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.lasts.may_have(c))
            && self.list.iter().any(|word| text.ends_with(word))
    }

    /// What follows the first word of the list that begins `text`.
    pub(super) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.head(text).map(|word| &text[word.len()..])
    }

    /// Whether a word stands anywhere in `text`.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        text.char_indices()
            .any(|(at, c)| self.firsts.may_have(c) && self.list.iter().any(|word| text[at..].starts_with(word)))
    }

    /// Whether `text` is one of the words.
    pub(super) fn have(&self, text: &str) -> bool {
        self.may_begin(text) && self.list.contains(&text)
    }
}

/// A set of characters. It may take a character for another, and never misses one.
#[derive(Clone, Copy)]
pub(super) struct Characters([u64; 16]);

impl Characters {
    pub(super) const NONE: Self = Self([0; 16]);

    pub(super) const fn with(mut self, c: char) -> Self {
        let place = place(c);
        self.0[place / 64] |= 1 << (place % 64);
        self
    }

    pub(super) fn may_have(&self, c: char) -> bool {
        let place = place(c);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

/// One of 1024 places: ASCII characters have their own.
const fn place(c: char) -> usize {
    let code = c as usize;
    (code ^ (code >> 7) << 3) % 1024
}

/// The first character of a word, while it is compiled.
const fn first(word: &str) -> char {
    let [a, b, c, d] = leading(word.as_bytes(), 0);
    decoded(a, b, c, d)
}

/// The last character of a word, while it is compiled.
const fn last(word: &str) -> char {
    let bytes = word.as_bytes();
    let mut at = bytes.len() - 1;
    while bytes[at] & 0xc0 == 0x80 {
        at -= 1;
    }
    let [a, b, c, d] = leading(bytes, at);
    decoded(a, b, c, d)
}

/// Four bytes from `at` on, and nothing behind the end.
const fn leading(bytes: &[u8], at: usize) -> [u32; 4] {
    let mut four = [0; 4];
    let mut count = 0;
    while count < 4 && at + count < bytes.len() {
        four[count] = bytes[at + count] as u32;
        count += 1;
    }
    four
}

/// The character that these bytes of UTF-8 begin with (RFC 3629, § 3).
const fn decoded(a: u32, b: u32, c: u32, d: u32) -> char {
    let code = match a {
        0..0x80 => a,
        0x80..0xe0 => (a & 0x1f) << 6 | b & 0x3f,
        0xe0..0xf0 => (a & 0xf) << 12 | (b & 0x3f) << 6 | c & 0x3f,
        _ => (a & 7) << 18 | (b & 0x3f) << 12 | (c & 0x3f) << 6 | d & 0x3f,
    };
    match char::from_u32(code) {
        Some(c) => c,
        None => panic!("a word is UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Words = Words::of(&["限于", "本稿", "本", "EMBARGO", "，", "é", "😀"]);

    #[test]
    fn every_word_is_found_where_it_stands() {
        for word in LIST.list {
            assert!(
                LIST.have(word) && LIST.end(&format!("x{word}")) && LIST.stand_in(&format!("x{word}y")),
                "{word}"
            );
            assert_eq!(LIST.head(&format!("{word}x")), Some(*word));
        }
        assert_eq!(LIST.strip("本稿限用"), Some("限用"));
    }

    #[test]
    fn nothing_else_is_found() {
        for text in ["", "于限", "EMBARG", "全县茶园面积达到六万亩", "ê", "😁"] {
            assert!(!LIST.begin(text) && !LIST.end(text) && !LIST.stand_in(text) && !LIST.have(text), "{text}");
        }
    }

    #[test]
    fn one_look_passes_nearly_every_character_over() {
        let page = "县茶园面积达到六万亩，茶农收入增长三成，其中有机茶园两万亩";
        assert!(page.char_indices().filter(|&(at, _)| LIST.may_begin(&page[at..])).count() <= 4);
    }
}
