//! What stands near a cut on the page: whether two characters are seen together there, as the halves of a word are.
//!
//! A page may ask at each of its lines, so each block of it is looked through once: what is not in its table stands
//! nowhere in it, and what is in the table is searched for.

/// How far around a cut its words are looked up, in bytes: some three pages of a newspaper.
const FAR: usize = 48 * 1024;

/// Bits of a table, as a power of two: thirty for each character of a block.
const BITS: u32 = 19;

/// The page, and the pairs of characters in the blocks around the last cut.
#[derive(Debug)]
pub(super) struct Near<'a> {
    page: &'a str,
    blocks: [Block; 3],
}

/// The pairs of characters in one block of the page.
#[derive(Debug, Default)]
struct Block {
    /// Its number, from 1; 0 before it is read.
    number: usize,
    table: Vec<u64>,
}

impl<'a> Near<'a> {
    pub(super) fn of(page: &'a str) -> Self {
        Self { page, blocks: [const { Block { number: 0, table: Vec::new() } }; 3] }
    }

    /// Whether `left` and `right` stand together around the byte `at`.
    pub(super) fn have(&mut self, left: char, right: char, at: usize) -> bool {
        let (first, last) = ((at / FAR).saturating_sub(1), at / FAR + 1);
        (first..=last).any(|index| self.block(index).may_have(left, right)) && self.find(left, right, at)
    }

    fn block(&mut self, index: usize) -> &Block {
        let block = &mut self.blocks[index % 3];
        if block.number != index + 1 {
            block.read(self.page, index);
        }
        block
    }

    fn find(&self, left: char, right: char, at: usize) -> bool {
        let start = self.page.floor_char_boundary(at.saturating_sub(FAR));
        let end = self.page.ceil_char_boundary((at + FAR).min(self.page.len()));
        let mut pair = [0; 8];
        let len = left.encode_utf8(&mut pair).len();
        let len = len + right.encode_utf8(&mut pair[len..]).len();
        memchr::memmem::find(&self.page.as_bytes()[start..end], &pair[..len]).is_some()
    }
}

impl Block {
    fn read(&mut self, page: &str, index: usize) {
        self.number = index + 1;
        self.table.clear();
        self.table.resize(1 << (BITS - 6), 0);
        let start = page.floor_char_boundary((index * FAR).min(page.len()));
        let end = ((index + 1) * FAR).min(page.len());
        let mut before = ' ';
        for (at, c) in page[start..].char_indices() {
            let place = place(before, c);
            self.table[place / 64] |= 1 << (place % 64);
            before = c;
            // The pair that the next block begins inside of is in both.
            if start + at >= end {
                break;
            }
        }
    }

    fn may_have(&self, left: char, right: char) -> bool {
        let place = place(left, right);
        self.table[place / 64] >> (place % 64) & 1 == 1
    }
}

/// Where the bit of a pair is.
fn place(left: char, right: char) -> usize {
    let both = u64::from(left) << 21 | u64::from(right);
    let mixed = both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS);
    usize::try_from(mixed).expect("it has few bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_where_they_stand_and_nowhere_else() {
        let page = format!("{}量年{}逐长{}", "一".repeat(10_000), "二".repeat(40_000), "三".repeat(9_000));
        let mut near = Near::of(&page);
        for (left, right, at, found) in [
            ('量', '年', 0, true),
            ('量', '年', 30_000, true),
            ('量', '年', 100_000, false),
            ('逐', '长', 100_000, false),
            ('逐', '长', 140_000, true),
            ('逐', '长', page.len(), true),
            ('年', '二', 50_000, true),
            ('长', '年', 60_000, false),
            ('二', '二', 140_000, true),
            ('一', '一', page.len(), false),
            ('量', '年', 0, true),
        ] {
            assert_eq!(near.have(left, right, at), found, "{left}{right} around {at}");
        }
        assert!(!Near::of("").have('量', '年', 0));
    }

    #[test]
    fn a_pair_between_two_blocks_is_found() {
        for shift in 0..8 {
            let page = format!("{}量年{}", "a".repeat(FAR - shift), "b".repeat(FAR));
            for at in [0, FAR - 10, FAR + 10] {
                assert!(Near::of(&page).have('量', '年', at) || at == 0 && shift < 6, "{shift} {at}");
            }
        }
    }
}
