//! What changed from one version of a story to the next, as the words that went and the words that came.

use maud::{Markup, html};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::words::{self, Words};
use super::{Setting, language_tag};
use crate::story::Story;

/// The versions of a story, the newest first, each with what changed in it. Nothing for a story with only one.
pub(super) fn versions(story: &Story, older: &[Story], setting: Setting) -> Markup {
    let words = setting.words();
    let all: Vec<&Story> = std::iter::once(story).chain(older).collect();
    html! {
        @if all.len() > 1 {
            section.versions {
                h2 { (words.versions) }
                ol reversed start=(all[0].version) {
                    @for (number, version) in all.iter().enumerate() {
                        li { (one(version, all.get(number + 1).copied(), number == 0, setting)) }
                    }
                }
            }
        }
    }
}

/// One version: when it came, and what it says that the one before it did not.
fn one(version: &Story, before: Option<&Story>, is_open: bool, setting: Setting) -> Markup {
    let words = setting.words();
    let name = html! {
        (words.version[0]) (version.version) (words.version[1]) " "
        (words::moment(version.versioncreated, setting))
        @if version.corrected { " " span.kind { (words.correction) } }
    };
    match before {
        None if version.version == 1 => html! { p { (name) " " (words.first_version) } },
        None => html! { p { (name) } },
        Some(before) => {
            let changes = changes(before, version, words);
            html! {
                details open[is_open] {
                    summary { (name) }
                    @if changes.is_empty() { p { (words.same_text) } }
                    @for change in changes { (change.markup(version)) }
                }
            }
        }
    }
}

/// A piece of text, and in which of two versions it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

/// A passage that is not the same in both versions.
struct Change<'a> {
    /// Where it stands, unless it is in the text.
    place: Option<&'static str>,
    pieces: Vec<Piece<'a>>,
}

impl Change<'_> {
    fn markup(&self, story: &Story) -> Markup {
        html! {
            p.change lang=(language_tag(story.language)) dir="auto" {
                @if let Some(place) = self.place { span.place { (place) } " " }
                @for (number, piece) in self.pieces.iter().enumerate() {
                    @match piece {
                        Piece::Same(text) => (context(text, number == 0, number + 1 == self.pieces.len())),
                        Piece::Gone(text) => del { (text) },
                        Piece::New(text) => ins { (text) },
                    }
                }
            }
        }
    }
}

/// What stands around a change: a long stretch only next to where something changed.
fn context(text: &str, is_first: bool, is_last: bool) -> Markup {
    /// So many characters show where we are.
    const NEAR: usize = 24;
    let chars = text.chars().count();
    let sides = usize::from(!is_first) + usize::from(!is_last);
    if chars <= NEAR * sides.max(1) + NEAR {
        return html! { (text) };
    }
    let head = text.char_indices().nth(NEAR).map_or(text.len(), |(at, _)| at);
    let tail = text.char_indices().nth(chars - NEAR).map_or(0, |(at, _)| at);
    html! {
        @if !is_first { (text[..head]) }
        "…"
        @if !is_last { (text[tail..]) }
    }
}

/// All passages in which two versions differ, in the order of the page.
fn changes<'a>(old: &'a Story, new: &'a Story, words: &'static Words) -> Vec<Change<'a>> {
    let headline = words.place(crate::story::Part::Headline);
    let single = [
        (words.kicker, &old.kicker, &new.kicker),
        (headline, &old.headline, &new.headline),
        (words.deck, &old.subheadline, &new.subheadline),
    ];
    let single = single.into_iter().flat_map(|(place, old, new)| passages(&[old], &[new], Some(place)));
    let bylines = passages(&names(old), &names(new), Some(words.byline));
    let body = passages(&blocks(old), &blocks(new), None);
    let captions = passages(&captions(old), &captions(new), Some(words.place(crate::story::Part::Caption)));
    let credits = passages(&[&old.credits], &[&new.credits], Some(words.credits));
    single.chain(bylines).chain(body).chain(captions).chain(credits).collect()
}

fn names(story: &Story) -> Vec<&str> {
    story.bylines.iter().map(|byline| byline.name.as_str()).collect()
}

fn blocks(story: &Story) -> Vec<&str> {
    story.body.iter().map(|block| block.text.as_str()).collect()
}

fn captions(story: &Story) -> Vec<&str> {
    story.captions.iter().map(|caption| caption.text.as_str()).collect()
}

/// The passages of which one side has another wording, or that one side has not at all.
fn passages<'a>(old: &[&'a str], new: &[&'a str], place: Option<&'static str>) -> Vec<Change<'a>> {
    let changed = capture_diff_slices(Algorithm::Myers, old, new).into_iter().filter(|op| !is_same(op));
    let of_op = |op: DiffOp| {
        let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
        // Passages that stand in each other's place are the same one in other words, as far as they go in pairs.
        let pairs = old.iter().zip(new).flat_map(|(old, new)| reworded(old, new));
        let gone = old.iter().skip(new.len()).map(|old| vec![Piece::Gone(old)]);
        let came = new.iter().skip(old.len()).map(|new| vec![Piece::New(new)]);
        pairs.chain(gone).chain(came).collect::<Vec<_>>()
    };
    let has_text =
        |pieces: &Vec<Piece>| pieces.iter().any(|piece| !matches!(piece, Piece::Gone("") | Piece::New("")));
    changed.flat_map(of_op).filter(has_text).map(|pieces| Change { place, pieces }).collect()
}

fn is_same(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// One passage in two wordings; as two passages when they have little in common.
fn reworded<'a>(old: &'a str, new: &'a str) -> Vec<Vec<Piece<'a>>> {
    let pieces = pieces(old, new);
    let same: usize = pieces.iter().map(|piece| if let Piece::Same(text) = piece { text.len() } else { 0 }).sum();
    let is_one = same * 5 >= (old.len() + new.len());
    if is_one { vec![pieces] } else { vec![vec![Piece::Gone(old)], vec![Piece::New(new)]] }
}

/// The words that stayed, went and came, in reading order. What stayed between two changes and is next to nothing
/// counts as changed: “从三十到五十” reads better whole than in shreds.
fn pieces<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    /// A stretch of so many bytes between two changes, two Chinese signs or a short word, is no rest for the eye.
    const SHRED: usize = 6;
    let (old_tokens, new_tokens) = (tokens(old), tokens(new));
    let ops = capture_diff_slices(Algorithm::Myers, &words_of(&old_tokens), &words_of(&new_tokens));
    let last = ops.len().saturating_sub(1);
    let mut pieces: Vec<Piece> = Vec::new();
    // What went and what came since the last stretch that stayed, in bytes of old and new.
    let (mut gone, mut came) = (0..0, 0..0);
    for (number, op) in ops.into_iter().enumerate() {
        let (in_old, in_new) = (bytes(&old_tokens, op.old_range(), old), bytes(&new_tokens, op.new_range(), new));
        let is_shred = number > 0 && number < last && in_old.len() <= SHRED;
        gone.end = in_old.end;
        came.end = in_new.end;
        if is_same(&op) && !is_shred {
            push(&mut pieces, &old[gone.start..in_old.start], &new[came.start..in_new.start]);
            pieces.push(Piece::Same(&new[in_new.clone()]));
            (gone, came) = (in_old.end..in_old.end, in_new.end..in_new.end);
        }
    }
    push(&mut pieces, &old[gone], &new[came]);
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, gone: &'a str, came: &'a str) {
    if !gone.is_empty() {
        pieces.push(Piece::Gone(gone));
    }
    if !came.is_empty() {
        pieces.push(Piece::New(came));
    }
}

/// Where the words of `text` begin, and what they are: a word in letters, a number, else each sign by itself, so that
/// Chinese is compared sign by sign and English word by word.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() && c < '\u{1100}';
        let is_inside = |c: char| if is_word(first) { is_word(c) } else { false };
        let length = rest.find(|c| !is_inside(c)).unwrap_or(rest.len()).max(first.len_utf8());
        tokens.push((text.len() - rest.len(), &rest[..length]));
        rest = &rest[length..];
    }
    tokens
}

fn words_of<'a>(tokens: &[(usize, &'a str)]) -> Vec<&'a str> {
    tokens.iter().map(|&(_, word)| word).collect()
}

/// Where these tokens stand in `text`, in bytes.
fn bytes(tokens: &[(usize, &str)], range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let at = |token: usize| tokens.get(token).map_or(text.len(), |&(at, _)| at);
    at(range.start)..at(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passages that changed, with -what went- and +what came+.
    fn told(old: &[&str], new: &[&str]) -> Vec<String> {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => (*text).to_owned(),
            Piece::Gone(text) => format!("-{text}-"),
            Piece::New(text) => format!("+{text}+"),
        };
        passages(old, new, None).iter().map(|change| change.pieces.iter().map(piece).collect()).collect()
    }

    #[test]
    fn chinese_is_compared_by_signs_and_english_by_words() {
        for (old, new, wants) in [
            ("渡口有30艘船停航。", "渡口有13艘船停航。", "渡口有-30-+13+艘船停航。"),
            ("大桥今晚封闭", "大桥明晚封闭", "大桥-今-+明+晚封闭"),
            (
                "Thirty ships wait in the bay.",
                "Thirteen ships wait in the bay.",
                "-Thirty-+Thirteen+ ships wait in the bay.",
            ),
            ("从三十到五十，天气转晴。", "从四十到六十，天气转晴。", "从-三十到五-+四十到六+十，天气转晴。"),
        ] {
            assert_eq!(told(&[old], &[new]), [wants]);
        }
    }

    #[test]
    fn passages_come_and_go_and_those_that_stay_are_not_told() {
        assert_eq!(told(&["甲段", "乙段"], &["甲段", "乙段"]), [""; 0]);
        assert_eq!(told(&["甲段"], &["甲段", "新的一段"]), ["+新的一段+"]);
        assert_eq!(told(&["渡船停航三天", "乙段"], &["乙段"]), ["-渡船停航三天-"]);
        assert_eq!(told(&["渡船今天停航"], &["机场明早重新开放"]), ["-渡船今天停航-", "+机场明早重新开放+"]);
        assert_eq!(told(&[""], &["引题"]), ["+引题+"]);
        assert_eq!(told(&["引题"], &[""]), ["-引题-"]);
        assert_eq!(told(&[""], &[""]), [""; 0]);
    }
}
