//! What an agency tells editors about a story: corrections, withdrawals, repeats.

use super::byline::strip_brackets;
use crate::story::PubStatus;

/// What the words around a headline announce.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Announced {
    pub canceled: bool,
    pub corrected: bool,
    pub brief: bool,
}

impl Announced {
    pub(super) fn pubstatus(self) -> PubStatus {
        if self.canceled { PubStatus::Canceled } else { PubStatus::Usable }
    }
}

const WITHDRAWALS: [&str; 8] =
    ["撤稿", "撤销", "撤銷", "停发", "WITHDRAWN", "KILL", "MANDATORY KILL", "ADVISORY-WITHDRAW"];
const CORRECTIONS: [&str; 9] =
    ["更正", "补正", "CORRECTED", "CORRECTION", "REFILE", "第二次播发", "第三次播发", "重发", "补充"];

/// Reads the words before a headline: 撤稿：, （更正）, CORRECTED-.
pub(super) fn in_headline(headline: &str) -> Announced {
    /// What follows the word of an announcement.
    const ENDS: [char; 13] = ['：', ':', '）', ')', '】', ']', '-', '，', ',', '—', ' ', '声', '启'];
    let bare = headline.trim_start_matches(['(', '（', '【', '[']);
    let marked = |words: &[&str], ends: &[char]| {
        words.iter().any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with(ends)))
    };
    Announced {
        canceled: marked(&WITHDRAWALS, &ENDS),
        corrected: marked(&CORRECTIONS, &ENDS),
        brief: bare.starts_with("BRIEF-"),
    }
}

/// Whether a passage is a note to editors: （更正：第二段…，以此稿为准）, (Corrects unit in paragraph 2…).
pub(super) fn is(text: &str) -> bool {
    const NOTES: [&str; 10] = [
        "更正：",
        "更正:",
        "Corrects ",
        "Corrected ",
        "Refiles ",
        "Repeats ",
        "Adds ",
        "Updates ",
        "Recasts ",
        "Removes ",
    ];
    let Some(inner) = strip_brackets(text) else { return false };
    NOTES.iter().any(|note| inner.starts_with(note)) || inner.contains("以此稿为准")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_announce() {
        assert!(in_headline("撤稿：一企业获评“灯塔工厂”").canceled);
        assert!(in_headline("WITHDRAWN-Retailer to close stores").canceled);
        assert!(in_headline("（更正）建成首个示范线").corrected);
        assert!(in_headline("（第二次播发，更新数据）客运量突破11万人次").corrected);
        assert!(in_headline("CORRECTED-Developer raises target").corrected);
        assert!(in_headline("BRIEF-Ship docks").brief);
        assert_eq!(in_headline("撤销两个县级机构的背后"), Announced::default());
        assert_eq!(in_headline("更正错误需要勇气"), Announced::default());
    }

    #[test]
    fn notes_stand_in_brackets() {
        assert!(is("（更正：第二段“600公里”应为“80公里”，以此稿为准）"));
        assert!(is("(Corrects unit in paragraph 2)"));
        assert!(!is("(Reporting by Mia Thorne)"));
    }
}
