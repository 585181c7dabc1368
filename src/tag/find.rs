//! Finds all terms of a table in a text, in one pass.

use std::cmp::Reverse;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::fold::{Folded, folded, shown};

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
    /// Is such a phrase.
    only_hides: bool,
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
    /// Learns the terms, each with what it means or with nothing; a term that is a phrase without meaning as well
    /// has none.
    pub(super) fn new<'a>(written: impl IntoIterator<Item = (&'a str, Option<M>)>) -> Self {
        let mut written: Vec<(String, &str, Option<M>)> =
            written.into_iter().map(|(text, meaning)| (folded(text), text, meaning)).collect();
        // Sorting brings equal terms together, and the automaton is built faster from sorted patterns.
        written.sort_by(|a, b| a.0.cmp(&b.0));
        let mut terms: Vec<Term<M>> = Vec::with_capacity(written.len());
        let mut patterns: Vec<(String, u32)> = Vec::with_capacity(written.len());
        let mut alike: Vec<Vec<usize>> = Vec::with_capacity(written.len());
        for (folded, text, meaning) in written.into_iter().filter(|(folded, ..)| !folded.is_empty()) {
            if patterns.last().is_none_or(|(pattern, _)| *pattern != folded) {
                let value = u32::try_from(alike.len()).expect("fewer than 2^32 terms");
                patterns.push((folded, value));
                alike.push(Vec::new());
            }
            let alike = alike.last_mut().expect("the first term opened a list");
            let at = alike.iter().copied().find(|&at| terms[at].text == text).unwrap_or_else(|| {
                alike.push(terms.len());
                terms.push(Term::new(text));
                terms.len() - 1
            });
            match meaning {
                Some(meaning) => terms[at].meanings.push(meaning),
                None => terms[at].only_hides = true,
            }
        }
        terms.iter_mut().filter(|term| term.only_hides).for_each(|term| term.meanings.clear());
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
    /// stands, and of a term and another's plural (Hamas, of Hama) the term; one that is none here (no word boundary,
    /// wrong case) does not hide another.
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
        let written = |found: &Found| self.terms[found.term].text.len();
        all.sort_by_key(|found| (found.start, Reverse(found.end), Reverse(written(found)), found.term));
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
    fn new(text: &str) -> Self {
        let mut shown = text.chars().map(shown);
        let capitals = shown.clone().any(|c| c.is_ascii_uppercase()).then(|| shown.clone().collect());
        Self {
            text: text.to_owned(),
            meanings: Vec::with_capacity(1),
            only_hides: false,
            starts_word: shown.clone().next().is_some_and(is_word),
            ends_word: shown.next_back().is_some_and(is_word),
            capitals,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(terms: &[&str], text: &str, expected: &[&str]) {
        let finder = Finder::new(terms.iter().map(|term| (*term, Some(()))));
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
    fn a_term_goes_before_the_plural_of_another() {
        check(&["Hama", "Hamas"], "Hamas left Hama", &["Hamas", "Hama"]);
    }

    #[test]
    fn a_phrase_that_is_a_term_as_well_only_hides() {
        let finder = Finder::new([("car", Some(())), ("bus", Some(())), ("car", None)]);
        assert!(finder.terms().all(|term| term.meanings.is_empty() == (term.text == "car")));
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
