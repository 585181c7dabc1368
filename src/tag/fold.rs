//! Folds text, so that width, script and case keep no term from being found.

use std::sync::LazyLock;

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

/// The simplified form of a traditional character; any other character as it is.
fn simplified(c: char) -> char {
    /// The block of CJK characters that all but the rarest stand in.
    const FIRST: u32 = 0x4e00;
    const COUNT: usize = 0x5200;
    /// By character from [`FIRST`]: a table rather than a map, for every character of a story goes through it.
    static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
        let block = (FIRST..).map(|c| char::from_u32(c).expect("the block has no surrogates"));
        let mut table: Vec<char> = block.take(COUNT).collect();
        for line in include_str!("../../config/hant.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            while let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) {
                let at = u32::from(traditional).checked_sub(FIRST);
                if let Some(entry) = at.and_then(|at| table.get_mut(at as usize)) {
                    *entry = simplified;
                }
            }
        }
        table
    });
    let at = u32::from(c).checked_sub(FIRST);
    at.and_then(|at| SIMPLIFIED.get(at as usize)).copied().unwrap_or(c)
}
