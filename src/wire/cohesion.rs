//! Whether two stretches of text are about the same: the words that one repeats, and the other repeats too.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::cursor::is_han;
use super::passage::{Passage, Shape};

/// What is needed to compare stretches of a page.
#[derive(Debug)]
pub(super) struct Cohesion {
    /// The words of each passage, once somebody asks.
    words: Vec<OnceCell<Vec<Word>>>,
}

/// Two ideographs, or a Latin word by its hash.
type Word = u64;

impl Cohesion {
    /// For a page of so many passages.
    pub(super) fn of_page(passages: usize) -> Self {
        Self { words: vec![OnceCell::new(); passages] }
    }

    /// The words of the passages in `range`.
    fn words<'a>(&'a self, passages: &'a [Passage], range: Range<usize>) -> impl Iterator<Item = Word> + 'a {
        let is_read = |p: &Passage| matches!(p.shape, Shape::Text(_) | Shape::Title | Shape::Deck);
        let words_of = move |p: &Passage| if is_read(p) { words(&p.text) } else { Vec::new() };
        self.words[range.clone()]
            .iter()
            .zip(&passages[range])
            .flat_map(move |(known, passage)| known.get_or_init(|| words_of(passage)))
            .copied()
    }

    /// The share of what is said more than once in `next` that `before` had said too; nothing when nothing is.
    ///
    /// A section of the same story repeats the names and things of the story so far; another story brings its own.
    pub(super) fn shared(&self, passages: &[Passage], before: Range<usize>, next: Range<usize>) -> Option<f64> {
        let mut next_words: HashMap<Word, Said> = HashMap::default();
        for word in self.words(passages, next) {
            next_words.entry(word).or_default().times += 1;
        }
        for word in self.words(passages, before) {
            if let Some(said) = next_words.get_mut(&word) {
                said.before = true;
            }
        }
        // What is said once is no theme; what is said often is.
        let weigh = |said: &Said| f64::from(said.times - 1);
        let all: f64 = next_words.values().map(weigh).sum();
        let shared: f64 = next_words.values().filter(|said| said.before).map(weigh).sum();
        (all >= ENOUGH).then(|| shared / all)
    }

    /// The share of the words of the title at `at` that the passages in `range` say too, 0 to 1; 0 for a title without
    /// words.
    #[expect(clippy::cast_precision_loss, reason = "a title has few words")]
    pub(super) fn said(&self, passages: &[Passage], at: usize, range: Range<usize>) -> f64 {
        let known: HashSet<Word> = self.words(passages, range).collect();
        let (said, all) = self
            .words(passages, at..at + 1)
            .fold((0_usize, 0_usize), |(said, all), word| (said + usize::from(known.contains(&word)), all + 1));
        said as f64 / all.max(1) as f64
    }
}

/// How often a word is said, and whether it was said before.
#[derive(Debug, Default)]
struct Said {
    times: u32,
    before: bool,
}

/// How much of `title` stands in `lead` too: pairs of ideographs and words.
pub(super) fn repeated(title: &str, lead: &str) -> usize {
    let lead: HashSet<Word> = words(lead).into_iter().collect();
    words(title).into_iter().filter(|word| lead.contains(word)).count()
}

/// Fewer repetitions say nothing: a short section repeats a word by chance.
const ENOUGH: f64 = 8.0;

/// The words that a text is about: each two ideographs, and the Latin words that not every text has.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut last: Option<char> = None;
    let mut latin = Latin::default();
    for c in text.chars() {
        if is_han(c) {
            if let Some(last) = last {
                words.push(u64::from(u32::from(last)) << 32 | u64::from(u32::from(c)));
            }
            last = Some(c);
        } else {
            last = None;
        }
        if !is_han(c) && c.is_alphabetic() {
            latin.push(c);
        } else {
            words.extend(latin.take());
        }
    }
    words.extend(latin.take());
    words
}

/// A word in letters while it is read.
#[derive(Debug, Default)]
struct Latin {
    /// A hash of the letters, without an s at the end.
    stem: Word,
    last: Word,
    letters: usize,
}

impl Latin {
    fn push(&mut self, c: char) {
        if self.letters > 0 {
            self.stem = self.stem.wrapping_mul(31).wrapping_add(self.last);
        }
        self.last = u64::from(u32::from(c.to_ascii_lowercase()));
        self.letters += 1;
    }

    /// The word, unless it is one that says nothing of its text.
    fn take(&mut self) -> Option<Word> {
        static COMMON: LazyLock<HashSet<Word>> = LazyLock::new(|| {
            let hash = |word: &str| {
                let mut latin = Latin::default();
                word.chars().for_each(|c| latin.push(c));
                latin.hash()
            };
            COMMON_WORDS.split(' ').map(hash).collect()
        });
        let letters = self.letters;
        let hash = self.hash();
        *self = Self::default();
        (letters >= SHORTEST && !COMMON.contains(&hash)).then_some(hash)
    }

    fn hash(&self) -> Word {
        let plural = self.letters > 3 && self.last == u64::from('s');
        let whole = if plural { self.stem } else { self.stem.wrapping_mul(31).wrapping_add(self.last) };
        whole | 1 << 63
    }
}

/// Shorter words are articles, prepositions and pronouns in every language with letters.
const SHORTEST: usize = 4;

/// English words of four letters and more that any text has.
const COMMON_WORDS: &str = "that this with from have been were they their them there which would could should about \
after also because before being between both during each even first former from further have having here into just \
last like made make many more most much must never only other over people percent same said says since some still \
such take than that then these those though three through time told under until very week well went were what when \
where while whose will within without year years your according against around another added";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_pairs_of_ideographs_and_stems() {
        assert_eq!(words("茶园，茶"), words("茶园"));
        assert_eq!(words("Glaciers melt"), words("the glacier, and melts"));
        assert!(words("They said that there were 30 of them").is_empty());
        assert_ne!(words("glacier"), words("glacial"));
    }
}
