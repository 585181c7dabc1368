//! Folds text, so that width, script and case keep no term from being found.

use crate::story::simplified;

/// A text as terms are looked for in it: half-width, simplified, lower case. One character stays one character, so
/// a position in the one is a position in the other.
pub(super) struct Folded {
    pub(super) text: String,
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
            let shown = shown(c);
            let position = u32::try_from(folded.shown.len()).expect("a story is shorter than 2^32 characters");
            let lower = shown.to_ascii_lowercase();
            folded.positions.extend(std::iter::repeat_n(position, lower.len_utf8()));
            folded.text.push(lower);
            folded.shown.push(shown);
        }
        folded.positions.push(u32::try_from(folded.shown.len()).expect("a story is shorter than 2^32 characters"));
        folded
    }

    pub(super) fn position(&self, byte: usize) -> usize {
        self.positions[byte] as usize
    }
}

/// A term as a pattern of the automaton; what [`Folded`] makes of a text, without the positions.
pub(super) fn folded(term: &str) -> String {
    term.chars().map(|c| shown(c).to_ascii_lowercase()).collect()
}

/// A character as it is compared where case tells: half-width and simplified.
pub(super) fn shown(c: char) -> char {
    simplified(half_width(c))
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
