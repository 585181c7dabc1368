//! English words that a line end cut: `com-` / `mittee` is one word, `long-` / `distance` keeps its hyphen.

use super::words::Words;

/// Whether the hyphen that ends `line` was put there by the typesetter, and goes when `next` is joined to it.
///
/// A compound is broken at its own hyphen, behind a whole word; a typesetter breaks between syllables, which seldom are
/// words. Where nothing tells, the hyphen stays: it was printed.
pub(super) fn is_of_the_line(line: &str, next: &str) -> bool {
    let Some(line) = line.strip_suffix('-') else { return false };
    let head = line.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(line);
    let tail = next.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(next);
    // `state-of-the-` and `U.S.-` are compounds, `Smith-` / `Jones` a name.
    let compound =
        line[..line.len() - head.len()].ends_with(['-', '.', '\'', '’']) || next[tail.len()..].starts_with('-');
    let lower = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
    if compound || head.len() < 2 || !lower(tail) || !lower(&head[1..]) {
        return false;
    }
    let head = head.to_ascii_lowercase();
    !WHOLE.contains(&head.as_str()) && (head.len() <= LONGEST_SYLLABLE || ENDINGS.have(tail))
}

/// Letters before a break that are hardly ever a word of a compound, unless they are in [`WHOLE`].
const LONGEST_SYLLABLE: usize = 4;

/// Ends of words, which begin no word.
#[rustfmt::skip]
const ENDINGS: Words = Words::of(&[
    "able", "al", "ally", "ance", "ances", "ary", "ate", "ated", "ation", "ations", "ble", "cal", "cally", "cial", "cially",
    "cies", "cy", "ed", "ence", "ences", "ers", "ful", "fully", "ible", "ing", "ings", "ion", "ions", "ish", "ities",
    "ity", "ive", "izing", "ized", "ly", "ment", "mental", "ments", "ness", "ously", "ous", "sion", "sions", "tation",
    "tial", "tially", "ties", "tion", "tional", "tions", "tive", "ture",
]);

/// Short words, and beginnings, that compounds are made with.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "ad", "age", "aid", "air", "all", "and", "anti", "arm", "army", "art", "back", "bad", "bank", "bare", "best", "bi",
    "big", "bio", "blue", "body", "bond", "book", "box", "bus", "buy", "by", "call", "cane", "car", "card", "cash", "city",
    "class", "co", "coal", "cold", "corn", "cost", "crop", "cut", "data", "day", "deal", "deep", "do", "door", "down",
    "drug", "duty", "east", "easy", "eco", "en", "euro", "ex", "eye", "face", "fact", "far", "farm", "fast", "fire",
    "five", "flat", "food", "foot", "four", "free", "full", "gas", "gold", "good", "grey", "gun", "half", "hand", "hard",
    "head", "high", "home", "hot", "ice", "ill", "in", "iron", "job", "key", "kick", "king", "land", "last", "late", "law",
    "lead", "left", "life", "line", "long", "loss", "low", "mark", "mass", "mid", "mile", "mini", "mis", "mix", "much",
    "near", "new", "next", "nine", "no", "non", "oft", "oil", "old", "on", "once", "one", "open", "over", "page", "part",
    "past", "pay", "peer", "post", "pre", "pro", "push", "quad", "rail", "re", "real", "red", "rest", "road", "sale",
    "sea", "self", "semi", "set", "side", "six", "so", "soft", "step", "sub", "tax", "team", "ten", "test", "time", "top",
    "town", "tri", "true", "two", "up", "vice", "war", "warm", "web", "week", "well", "west", "wide", "wind", "wine", "wood",
    "word", "work", "year", "zero",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_lose_their_hyphen() {
        for (line, next) in [
            ("The state highway com-", "mittee voted"),
            ("a cost of $61 mil-", "lion, a sum"),
            ("keep the tele-", "phone line"),
            ("the govern-", "ment said"),
            ("the popula-", "tion of"),
            ("the hos-", "pital"),
            ("the pos-", "sibility of"),
            ("quick-", "ly said"),
            ("the com-", "panies"),
        ] {
            assert!(is_of_the_line(line, next), "{line} {next}");
        }
    }

    #[test]
    fn compounds_keep_theirs() {
        for (line, next) in [
            ("for long-", "distance traffic"),
            ("as well-", "meant as"),
            ("a self-", "styled king"),
            ("state-of-the-", "art"),
            ("the U.S.-", "backed force"),
            ("Anna Smith-", "Jones"),
            ("a 20-", "year bond"),
            ("mid-", "November"),
            ("the Franco-", "German pact"),
            ("twenty-", "two boats"),
            ("a decision-", "making body"),
            ("the dash -", "he said"),
        ] {
            assert!(!is_of_the_line(line, next), "{line} {next}");
        }
    }
}
