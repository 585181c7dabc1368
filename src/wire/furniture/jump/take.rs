//! Takes: a wire sends a long story in several, one after the other.

/// `FERRY LINE - add 1`, `1st add STORM`, `Take 2 of 3`: the head of another take of the same story.
pub(in crate::wire::furniture) fn is_head(text: &str) -> bool {
    let says = |word: &[u8]| text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    if text.len() > 60 || !text.is_ascii() || !(says(b"add") || says(b"take")) {
        return false;
    }
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&word.len());
    let ordinal = |word: &str| {
        matches!(word, "1st" | "2nd" | "3rd" | "first" | "second" | "third" | "fourth" | "4th" | "5th")
    };
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [.., "add", n] if number(n) => true,
        [.., nth, "add"] if ordinal(nth) => true,
        ["add" | "take", n] if number(n) => true,
        ["take", n, "of", m] => number(n) && number(m),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes() {
        for text in ["FERRY LINE - add 1", "1st add", "Add 1", "STORM, first add", "Take 2 of 3", "STORM 1st Add"]
        {
            assert!(is_head(text), "{text}");
        }
        for text in ["Stores add 12", "Add salt", "Take 5", "Reds add third", "They take two of three"] {
            assert_eq!(is_head(text), matches!(text, "Stores add 12" | "Take 5"), "{text}");
        }
    }
}
