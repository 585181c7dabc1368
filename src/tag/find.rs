//! Finds all terms of a table in a text, in one pass.

use std::collections::HashMap;

use daachorse::CharwiseDoubleArrayAhoCorasick;

/// The terms of one table and what each of them means.
pub(super) struct Finder<M> {
    /// None when the table has no terms: daachorse wants at least one pattern.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// By the automaton's value: the terms that are equal when folded (`US`, `us`).
    alike: Vec<Vec<usize>>,
    terms: Vec<Term<M>>,
}

/// One term of the table.
pub(super) struct Term<M> {
    /// As it is written in the table.
    pub(super) text: String,
    /// What it speaks for, in the order of the table. Nothing for a phrase that only hides what is inside it.
    pub(super) meanings: Vec<M>,
    /// Has letters that want a word boundary before or after them.
    starts_word: bool,
    ends_word: bool,
    /// Its characters with case kept, when some of them are capitals.
    capitals: Option<Vec<char>>,
}

/// A place in a text where a term stands: character positions, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) term: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<M> Finder<M> {
    pub(super) fn new(written: impl IntoIterator<Item = (String, Option<M>)>) -> Self {
        let mut terms: Vec<Term<M>> = Vec::new();
        let mut by_text: HashMap<String, usize> = HashMap::new();
        let mut by_folded: HashMap<String, usize> = HashMap::new();
        let mut patterns: Vec<(String, u32)> = Vec::new();
        let mut alike: Vec<Vec<usize>> = Vec::new();
        for (text, meaning) in written {
            let at = *by_text.entry(text.clone()).or_insert_with(|| {
                let folded = Folded::new(&text);
                let at = terms.len();
                let value = *by_folded.entry(folded.text.clone()).or_insert_with(|| {
                    alike.push(Vec::new());
                    let value = alike.len() - 1;
                    if !folded.text.is_empty() {
                        patterns.push((folded.text.clone(), u32::try_from(value).expect("fewer than 2^32 terms")));
                    }
                    value
                });
                alike[value].push(at);
                terms.push(Term::new(text, folded));
                at
            });
            terms[at].meanings.extend(meaning);
        }
        let automaton = (!patterns.is_empty()).then(|| {
            CharwiseDoubleArrayAhoCorasick::with_values(patterns).expect("patterns are neither empty nor equal")
        });
        Self { automaton, alike, terms }
    }

    pub(super) fn term(&self, at: usize) -> &Term<M> {
        &self.terms[at]
    }

    /// All terms, in the order in which [`Found::term`] counts them.
    pub(super) fn terms(&self) -> impl Iterator<Item = &Term<M>> {
        self.terms.iter()
    }

    /// The terms in `text` from left to right. Where several begin or overlap, the leftmost and then the longest
    /// stands; a term that is not one here (no word boundary, wrong case) does not hide another.
    pub(super) fn find(&self, text: &Folded) -> Vec<Found> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut all: Vec<Found> = Vec::new();
        for found in automaton.find_overlapping_iter(&text.text) {
            let (start, end) = (text.position(found.start()), text.position(found.end()));
            let alike = &self.alike[found.value() as usize];
            all.extend(alike.iter().filter_map(|&term| {
                let end = self.terms[term].stands(text, start, end)?;
                Some(Found { term, start, end })
            }));
        }
        all.sort_by_key(|found| (found.start, std::cmp::Reverse(found.end), found.term));
        let mut free = 0;
        all.retain(|found| {
            let stands = found.start >= free;
            if stands {
                free = found.end;
            }
            stands
        });
        all
    }
}

impl<M> Term<M> {
    fn new(text: String, folded: Folded) -> Self {
        let capitals = folded.shown.iter().any(char::is_ascii_uppercase);
        Self {
            starts_word: folded.shown.first().is_some_and(|c| is_word(*c)),
            ends_word: folded.shown.last().is_some_and(|c| is_word(*c)),
            capitals: capitals.then_some(folded.shown),
            text,
            meanings: Vec::new(),
        }
    }

    /// Where the term ends when it stands here: its plural or possessive `s` belongs to it.
    fn stands(&self, text: &Folded, start: usize, end: usize) -> Option<usize> {
        if self.starts_word && start > 0 && is_word(text.shown[start - 1]) {
            return None;
        }
        let end = if self.ends_word { word_end(&text.shown, start, end)? } else { end };
        let right_case = self.capitals.as_ref().is_none_or(|capitals| {
            let printed = &text.shown[start..start + capitals.len()];
            let all_capitals = !printed.iter().any(char::is_ascii_lowercase);
            capitals.iter().zip(printed).all(|(c, p)| c == p || (all_capitals && !c.is_ascii_uppercase()))
        });
        right_case.then_some(end)
    }
}

/// The end of the word that a term fills, but for a plural `s` or `es`.
fn word_end(shown: &[char], start: usize, end: usize) -> Option<usize> {
    let after = |at: usize| shown.get(at).copied().filter(|c| is_word(*c));
    let plural = |c: Option<char>| c.is_some_and(|c| c.eq_ignore_ascii_case(&'s'));
    if after(end).is_none() {
        return Some(end);
    }
    // "ETAs" and "USs" are no plurals that news prints; short terms stay as they are.
    if end - start < 4 {
        return None;
    }
    if plural(after(end)) && after(end + 1).is_none() {
        return Some(end + 1);
    }
    let es = after(end).is_some_and(|c| c.eq_ignore_ascii_case(&'e')) && plural(after(end + 1));
    (es && after(end + 2).is_none()).then_some(end + 2)
}

/// A letter or digit of a script that puts spaces between words.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&c)
}

/// A text as terms are looked for in it: half-width, simplified, lower case. One character stays one character, so
/// a position in the one is a position in the other.
pub(super) struct Folded {
    text: String,
    /// The characters before they were put in lower case.
    pub(super) shown: Vec<char>,
    /// The character position of each byte of `text`, and of its end.
    positions: Vec<u32>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            shown: Vec::with_capacity(text.len() / 2),
            positions: Vec::with_capacity(text.len() + 1),
        };
        for c in text.chars() {
            let shown = simplified(half_width(c));
            let position = u32::try_from(folded.shown.len()).expect("a story is shorter than 2^32 characters");
            let lower = shown.to_ascii_lowercase();
            folded.positions.extend(std::iter::repeat_n(position, lower.len_utf8()));
            folded.text.push(lower);
            folded.shown.push(shown);
        }
        folded.positions.push(u32::try_from(folded.shown.len()).expect("a story is shorter than 2^32 characters"));
        folded
    }

    fn position(&self, byte: usize) -> usize {
        self.positions[byte] as usize
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).expect("ASCII"),
        '’' | '‘' => '\'',
        '–' | '‑' | '‐' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// The simplified form of a traditional character; any other character as it is.
fn simplified(c: char) -> char {
    use std::sync::LazyLock;
    static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let pairs = include_str!("../../config/hant.txt").lines().filter(|line| !line.starts_with('#'));
        let mut map = HashMap::with_capacity(3000);
        for line in pairs {
            let mut chars = line.chars();
            while let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) {
                map.insert(traditional, simplified);
            }
        }
        map
    });
    if c < '\u{3400}' { c } else { SIMPLIFIED.get(&c).copied().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(terms: &[&str], text: &str, expected: &[&str]) {
        let finder = Finder::new(terms.iter().map(|term| ((*term).to_owned(), Some(()))));
        let found: Vec<&str> =
            finder.find(&Folded::new(text)).iter().map(|found| finder.term(found.term).text.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_of_the_leftmost_stands() {
        check(&["海口", "出海口", "岸"], "出海口岸", &["出海口", "岸"]);
        check(&["云南", "南通"], "云南通报", &["云南"]);
    }

    #[test]
    fn english_terms_are_whole_words_and_plurals() {
        check(&["oman", "Romania"], "A woman in Romania", &["Romania"]);
        check(&["flood", "virus"], "Floods and viruses", &["flood", "virus"]);
        check(&["flood"], "flooded Floodlights", &[]);
        check(&["U.S."], "the U.S. said", &["U.S."]);
    }

    #[test]
    fn capitals_matter_where_the_table_has_them() {
        check(&["US", "Turkey"], "let us eat turkey", &[]);
        check(&["US", "Turkey"], "US asks Turkey", &["US", "Turkey"]);
        check(&["Turkey", "inflation"], "TURKEY INFLATION", &["Turkey", "inflation"]);
        check(&["US", "us"], "tell us, US", &["us", "US"]);
    }

    #[test]
    fn width_and_script_are_seen_through() {
        check(&["台湾", "NBA"], "臺灣ＮＢＡ", &["台湾", "NBA"]);
    }

    #[test]
    fn a_term_that_does_not_stand_hides_none() {
        check(&["pain", "in", "spain i"], "Spain in pain", &["in", "pain"]);
    }
}
