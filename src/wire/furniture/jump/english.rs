//! Jumps in English papers: `See STORM, A6`, `STORM from A1`.

use super::{Jump, Way};

/// `See STORM, A6`; `STORM from A1`; `Continued on Page 6`; `Turn to STORM, Page 6A`.
pub(super) fn jump(text: &str) -> Option<Jump<'_>> {
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
