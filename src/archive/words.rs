//! The words of a story as a search finds them, and a selection as a question to the index.
//!
//! SQLite's FTS5 cuts text at spaces, and Chinese has none; a cutter of our own would want C. So text comes to it cut:
//! a run of Han characters as all its pairs and its last character, 渡口复航 as 渡口 口复 复航 航, so that a word of two
//! characters is one entry and a longer one is a phrase of pairs. Traditional characters are simplified, letters are
//! small and without accents; FTS5 stems English.
//!
//! What a story is shelved under stands in a column beside its words, so one walk through the index answers any
//! selection, newest first.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use crate::story::{Mark, Selection, Story, simplified};

/// Stands with every story, for selections that only say what must be absent.
const EVERY: &str = "＊";
/// Stands between two texts, so that no phrase is found across them.
const BREAK: &str = "¶";

/// What the index holds of a story.
pub(super) struct Indexed {
    /// What it is shelved under.
    pub(super) marks: String,
    /// Its words.
    pub(super) words: String,
}

impl Indexed {
    /// Without its words when they cannot be searched for.
    pub(super) fn of(story: &Story, searched: bool) -> Self {
        let marks = std::iter::once(EVERY.to_owned()).chain(story.marks().map(|mark| entry(&mark)));
        let mut words = Words::default();
        if searched {
            texts(story).for_each(|text| words.take(text));
        }
        Self { marks: marks.collect::<Vec<_>>().join(" "), words: words.entries.join(" ") }
    }
}

/// All of a story that readers see.
fn texts(story: &Story) -> impl Iterator<Item = &str> {
    let heads = [&story.kicker, &story.headline, &story.subheadline].map(String::as_str);
    let captions = story.captions.iter().flat_map(|caption| [&caption.text, &caption.credit]);
    heads
        .into_iter()
        .chain(story.bylines.iter().map(|byline| &*byline.name))
        .chain(story.dateline.iter().map(|dateline| &*dateline.raw))
        .chain(story.body.iter().map(|block| &*block.text))
        .chain(captions.map(String::as_str))
        .filter(|text| !text.is_empty())
}

/// A selection in the language of FTS5's MATCH (sqlite.org/fts5.html § 3).
pub(super) fn question(selection: &Selection) -> String {
    let clauses = selection.clauses.iter().map(|clause| {
        let any: Vec<String> = clause.any.iter().map(|mark| format!("\"{}\"", entry(mark))).collect();
        (clause.not, format!("marks : ({})", any.join(" OR ")))
    });
    let phrases = selection.phrases.iter().map(|phrase| {
        let any: Vec<String> = phrase.any.iter().map(|text| sought(text)).collect();
        (phrase.not, format!("words : ({})", any.join(" OR ")))
    });
    let (absent, wanted): (Vec<_>, Vec<_>) = clauses.chain(phrases).partition(|(not, _)| *not);
    let joined =
        |parts: Vec<(bool, String)>, by| parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join(by);
    let wanted = if wanted.is_empty() { format!("marks : \"{EVERY}\"") } else { joined(wanted, " AND ") };
    if absent.is_empty() { wanted } else { format!("({wanted}) NOT ({})", joined(absent, " OR ")) }
}

/// A phrase as it stands in the index. The last character of a run is an entry of its own there, and a single one at
/// the end of the phrase is found as the beginning of a pair.
fn sought(text: &str) -> String {
    let mut words = Words::default();
    words.take(text);
    let mut entries = words.entries;
    entries.pop_if(|entry| entry == BREAK);
    let is_single = |entry: &String| entry.chars().count() == 1 && entry.chars().all(is_han);
    let pair_before =
        entries.len().checked_sub(2).is_some_and(|at| entries[at].chars().all(is_han) && !is_single(&entries[at]));
    if pair_before {
        entries.pop_if(|entry| is_single(entry));
    }
    let open = if entries.last().is_some_and(is_single) { " *" } else { "" };
    format!("\"{}\"{open}", entries.join(" "))
}

/// A mark as one entry of the index. Letters and signs are full-width in it: FTS5 would cut at ASCII signs, fold case
/// and stem letters.
fn entry(mark: &Mark) -> String {
    let (shelf, code) = match mark {
        Mark::Topic(topic) => ('t', topic.as_str()),
        Mark::Region(region) => ('r', region.as_str()),
        Mark::Agency(agency) => ('a', agency.as_str()),
        Mark::Kind(kind) => ('k', kind.word()),
        Mark::Language(language) => ('l', language.tag()),
    };
    let wide = |c: char| match c {
        '0'..='9' => c,
        c if c.is_ascii() => char::from_u32(u32::from(c) + 0xfee0).expect("ASCII has full-width forms"),
        c => c,
    };
    [shelf, ':'].into_iter().chain(code.chars()).map(wide).collect()
}

/// Entries of the index, as text is taken in.
#[derive(Default)]
struct Words {
    entries: Vec<String>,
}

impl Words {
    /// A story has so many entries at most: a book in one paragraph must not cost what a year of news costs.
    const MOST: usize = 50_000;

    fn take(&mut self, text: &str) {
        let mut word = String::new();
        let mut run: Option<char> = None;
        // What is not seen stands between no two characters: U+200B, variation selectors.
        for c in text.nfkc().filter(|c| !is_unseen(*c)) {
            if self.entries.len() >= Self::MOST {
                return;
            }
            let class = class(c);
            if class != Class::Letter {
                self.end_word(&mut word);
            }
            if class != Class::Han {
                self.entries.extend(run.take().map(String::from));
            }
            match class {
                Class::Letter => word.extend(plain(c)),
                Class::Han => {
                    let c = simplified(c);
                    self.entries.extend(run.replace(c).map(|before| String::from_iter([before, c])));
                }
                Class::Gap => {}
            }
        }
        self.end_word(&mut word);
        self.entries.extend(run.map(String::from));
        self.entries.push(BREAK.to_owned());
    }

    fn end_word(&mut self, word: &mut String) {
        if !word.is_empty() {
            self.entries.push(std::mem::take(word));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Of a script without spaces between words.
    Han,
    /// Of a script with spaces, or a digit.
    Letter,
    Gap,
}

fn class(c: char) -> Class {
    match c {
        c if is_han(c) => Class::Han,
        c if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => Class::Letter,
        _ => Class::Gap,
    }
}

/// Characters that a reader does not see: selectors of variants, joiners, marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Han characters and kana, without the middle dot and the double hyphen that stand among the kana.
fn is_han(c: char) -> bool {
    !matches!(c, '\u{30a0}' | '\u{30fb}')
        && matches!(c, '々' | '〇' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A letter in lower case, a Latin one without its accents.
fn plain(c: char) -> impl Iterator<Item = char> {
    let mut base = c;
    if c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c) {
        let mut first = true;
        decompose_canonical(c, |part| {
            if std::mem::take(&mut first) {
                base = part;
            }
        });
    }
    let is_mark = unicode_normalization::char::is_combining_mark(c);
    base.to_lowercase().filter(move |_| !is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(text: &str, wants: &str) {
        let mut words = Words::default();
        words.take(text);
        assert_eq!(words.entries.join(" "), wants);
    }

    #[test]
    fn text_is_cut_into_pairs_and_words() {
        holds("渡口复航", "渡口 口复 复航 航 ¶");
        holds("渡口，复航。", "渡口 口 复航 航 ¶");
        holds("臺灣５Ｇ網路", "台湾 湾 5g 网路 路 ¶");
        holds("The café's FERRIES", "the cafe s ferries ¶");
        holds("カフェで東京", "カフ フェ ェで で东 东京 京 ¶");
        holds("한국 뉴스", "한국 뉴스 ¶");
        holds("——！", "¶");
        holds("葛\u{e0100}城 克里斯・海", "葛城 城 克里 里斯 斯 海 ¶");
        holds("Phủ quốc", "phu quoc ¶");
    }

    #[track_caller]
    fn asks(text: &str, wants: &str) {
        assert_eq!(sought(text), wants);
    }

    #[test]
    fn a_phrase_asks_for_what_the_index_holds() {
        asks("复航", "\"复航\"");
        asks("渡口复航", "\"渡口 口复 复航\"");
        asks("渡", "\"渡\" *");
        asks("5G网", "\"5g 网\" *");
        asks("网络5G", "\"网络 络 5g\"");
        asks("ferry harbour", "\"ferry harbour\"");
        asks("\" OR *", "\"or\"");
    }

    #[test]
    fn a_selection_is_one_question() {
        let selection = |clauses: &[(bool, &[&str])]| Selection {
            clauses: clauses
                .iter()
                .map(|(not, codes)| crate::story::Clause {
                    not: *not,
                    any: codes.iter().map(|code| Mark::Region(code.parse().unwrap())).collect(),
                })
                .collect(),
            ..Selection::default()
        };
        assert_eq!(question(&selection(&[])), "marks : \"＊\"");
        assert_eq!(question(&selection(&[(false, &["FR"])])), "marks : (\"ｒ：ＦＲ\")");
        assert_eq!(
            question(&selection(&[(false, &["CN-AH", "340181"]), (true, &["FR"])])),
            "(marks : (\"ｒ：340181\" OR \"ｒ：ＣＮ－ＡＨ\")) NOT (marks : (\"ｒ：ＦＲ\"))"
        );
        assert_eq!(
            question(&selection(&[(true, &["FR"]), (true, &["DE"])])),
            "(marks : \"＊\") NOT (marks : (\"ｒ：ＤＥ\") OR marks : (\"ｒ：ＦＲ\"))"
        );
    }
}
