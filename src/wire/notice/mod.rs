//! What an agency tells editors about a story: corrections, withdrawals, repeats.

mod announced;
mod desk;
mod private;
mod recall;

pub(super) use self::announced::{Announced, announces, begins_a_story, in_headline, is_urgency, unmarked};
pub(super) use self::private::{heads as heads_private, is_contact, speaks_to_editors};
pub(super) use self::recall::asks as asks_to_kill;
use super::byline::strip_brackets;
use super::embargo;
use super::words::Words;

/// Where a note to editors stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// With the headline that it is about: embargoes, corrections, repeats.
    Head,
    /// Under the text that it is about: 附注, 编者注.
    Foot,
}

/// Reads a passage that is a note to editors: （更正：第二段…，以此稿为准）, (Corrects unit in paragraph 2…), 附注：….
pub(super) fn read(text: &str) -> Option<Place> {
    const HEADS: [&str; 9] =
        ["更正：", "更正:", "第二次播发", "第三次播发", "重发", "补充", "急电", "特急", "加急"];
    const FEET: Words = Words::of(&[
        "附注",
        "编者注",
        "编者按：本稿",
        "编辑注意",
        "致编辑",
        "仅供编辑参考",
        "不供发表",
        "供编辑部参考",
        "Editor's note",
        "Editors' note",
        "Note to editors",
        "NOTE TO EDITORS",
        "Notes to editors",
        "Notes to Editors",
        "NOTES TO EDITORS",
        "Notes for editors",
    ]);
    if announced::is_note(text) || desk::is_note(text) || private::is_address(text) {
        return Some(Place::Head);
    }
    let inner = strip_brackets(text);
    let bare = inner.unwrap_or(text);
    if embargo::read(text).is_some() {
        return Some(Place::Head);
    }
    let is_foot = FEET.begin(bare) || private::is(text);
    if is_foot && bare.chars().count() <= LONGEST_FOOT {
        return Some(Place::Foot);
    }
    let inner = inner?;
    let recalls = recall::asks(inner);
    (recalls || HEADS.iter().any(|word| inner.starts_with(word)) || inner.contains("为准")).then_some(Place::Head)
}

/// The longest note under a text, in characters.
const LONGEST_FOOT: usize = 300;

/// What a note announces of its story: （撤稿）, （更正：第二段…）, (Corrects …), 此稿作废.
pub(super) fn in_note(note: &str) -> Announced {
    const CORRECTIONS: Words = Words::of(&["Corrects ", "Corrected ", "Correcting ", "Company corrects "]);
    let inner = strip_brackets(note).unwrap_or(note);
    let said = in_headline(note);
    Announced {
        canceled: said.canceled || recall::asks(note),
        corrected: said.corrected || CORRECTIONS.begin(inner),
        ..said
    }
}

/// What a note says was wrong, as readers are told it; `None` for any other note, and for one that says no more than
/// that there is a correction. Which copy editors are to print is nothing to readers.
pub(super) fn correction(note: &str) -> Option<&str> {
    const LABELS: Words =
        Words::of(&["更正：", "更正:", "更正，", "Correction:", "CORRECTION:", "Corrected:", "勘误：", "勘误:"]);
    if !in_note(note).corrected || private::is(note) || private::is_address(note) {
        return None;
    }
    let inner = strip_brackets(note).unwrap_or(note).trim();
    let told = LABELS.strip(inner).unwrap_or(inner).trim();
    let told = match told.rfind(['，', '；', '。']) {
        Some(at) if told[at..].contains(['准', '準']) && told[at..].contains(['为', '為', '以']) => {
            &told[..at]
        }
        _ => told,
    };
    (!told.is_empty() && !announces(told)).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_for_readers() {
        for (note, told) in [
            ("（更正：第二段“600公里”应为“80公里”，以此稿为准）", Some("第二段“600公里”应为“80公里”")),
            ("(Corrects unit in paragraph 2)", Some("Corrects unit in paragraph 2")),
            ("（更正）", None),
            ("（限11月20日18时后播发）", None),
            ("附注：本稿配有图片三张。", None),
        ] {
            assert_eq!(correction(note), told, "{note}");
        }
    }

    #[test]
    fn notes_to_editors() {
        assert_eq!(read("（更正：第二段“600公里”应为“80公里”，以此稿为准）"), Some(Place::Head));
        assert_eq!(read("(Corrects unit in paragraph 2)"), Some(Place::Head));
        assert_eq!(read("（限11月20日18时后播发）"), Some(Place::Head));
        assert_eq!(read("附注：本稿配有图片三张。"), Some(Place::Foot));
        assert_eq!(read("(Reporting by Mia Thorne)"), None);
        assert_eq!(read("补充更多细节的报告将于下周公布。"), None);
    }
}
