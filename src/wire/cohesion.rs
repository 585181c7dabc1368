//! Whether two stretches of text are about the same: the words that one repeats, and the other repeats too.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cursor::is_han;
use super::passage::{Passage, Shape};

/// What is needed to compare stretches of a page.
#[derive(Debug)]
pub(super) struct Cohesion {
    /// The words of each passage.
    words: Vec<Vec<Word>>,
}

/// Two ideographs, or a Latin word by its hash.
type Word = u64;

impl Cohesion {
    pub(super) fn of(passages: &[Passage]) -> Self {
        let is_read = |p: &Passage| matches!(p.shape, Shape::Text(_) | Shape::Title | Shape::Deck);
        Self { words: passages.iter().map(|p| if is_read(p) { words(&p.text) } else { Vec::new() }).collect() }
    }

    /// The share of what is said more than once in `next` that `before` had said too; nothing when nothing is.
    ///
    /// A section of the same story repeats the names and things of the story so far; another story brings its own.
    pub(super) fn shared(&self, before: Range<usize>, next: Range<usize>) -> Option<f64> {
        let known: HashSet<Word> = self.words[before].iter().flatten().copied().collect();
        let mut counts: HashMap<Word, u32> = HashMap::new();
        for &word in self.words[next].iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        // What is said once is no theme; what is said often is.
        let weigh = |(_, &count): (&Word, &u32)| f64::from(count - 1);
        let all: f64 = counts.iter().map(weigh).sum();
        let shared: f64 = counts.iter().filter(|(word, _)| known.contains(word)).map(weigh).sum();
        (all >= ENOUGH).then(|| shared / all)
    }
}

/// How much of `title` stands in `lead` too: pairs of ideographs and words.
pub(super) fn repeated(title: &str, lead: &str) -> usize {
    let lead: HashSet<Word> = words(lead).into_iter().collect();
    words(title).into_iter().filter(|word| lead.contains(word)).count()
}

/// Fewer repetitions say nothing: a short section repeats a word by chance.
const ENOUGH: f64 = 8.0;

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut last: Option<char> = None;
    let mut latin: u64 = 0;
    for c in text.chars() {
        if is_han(c) {
            if let Some(last) = last {
                words.push(u64::from(u32::from(last)) << 32 | u64::from(u32::from(c)));
            }
            last = Some(c);
        } else {
            last = None;
        }
        if c.is_ascii_alphabetic() {
            latin = latin.wrapping_mul(31).wrapping_add(u64::from(c.to_ascii_lowercase() as u8)) | 1 << 63;
        } else if latin != 0 {
            words.push(latin);
            latin = 0;
        }
    }
    words
}
