//! What an agency tells editors about a story: corrections, withdrawals, repeats.

use super::byline::strip_brackets;
use super::embargo;
use crate::story::PubStatus;

/// What the words around a headline announce.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "an agency may announce several of these at once")]
pub(super) struct Announced {
    pub canceled: bool,
    pub corrected: bool,
    pub brief: bool,
    /// Not a story but a message to editors.
    pub advisory: bool,
}

impl Announced {
    pub(super) fn pubstatus(self) -> PubStatus {
        match self {
            Self { canceled: true, .. } => PubStatus::Canceled,
            Self { advisory: true, .. } => PubStatus::Withheld,
            _ => PubStatus::Usable,
        }
    }
}

const WITHDRAWALS: [&str; 8] =
    ["撤稿", "撤销", "撤銷", "停发", "WITHDRAWN", "KILL", "MANDATORY KILL", "ADVISORY-WITHDRAW"];
const CORRECTIONS: [&str; 9] =
    ["更正", "补正", "CORRECTED", "CORRECTION", "REFILE", "第二次播发", "第三次播发", "重发", "补充"];

/// What follows the word of an announcement.
const ENDS: [char; 13] = ['：', ':', '）', ')', '】', ']', '-', '，', ',', '—', ' ', '声', '启'];

/// Reads the words before a headline: 撤稿：, （更正）, CORRECTED-.
pub(super) fn in_headline(headline: &str) -> Announced {
    let bare = headline.trim_start_matches(['(', '（', '【', '[']);
    let marked = |words: &[&str], ends: &[char]| {
        words
            .iter()
            .any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(ends)))
    };
    Announced {
        canceled: marked(&WITHDRAWALS, &ENDS),
        corrected: marked(&CORRECTIONS, &ENDS),
        brief: bare.starts_with("BRIEF-"),
        advisory: bare.starts_with("ADVISORY-") || bare.starts_with("ADVISORY:"),
    }
}

/// Whether a text is nothing but the word of an announcement: CORRECTED, UPDATE 1.
pub(super) fn announces(text: &str) -> bool {
    const OTHERS: [&str; 9] =
        ["UPDATE", "WRAPUP", "REFILE", "ADVISORY", "BRIEF", "FACTBOX", "TABLE", "EXCLUSIVE", "REPEAT"];
    let word = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    OTHERS.contains(&word) || in_headline(word) != Announced::default() || urgency(word).is_some()
}

/// The headline without the words that announce what became of the story: （更正）, 撤稿：, UPDATE 1-.
pub(super) fn unmarked(headline: &str) -> &str {
    const OTHERS: [&str; 5] = ["UPDATE", "WRAPUP", "REPEAT", "RPT", "REFILE"];
    let open = headline.starts_with(['(', '（', '【', '[']);
    if open {
        let close = headline.find([')', '）', '】', ']']);
        let end = close.and_then(|at| Some(at + headline[at..].chars().next()?.len_utf8()));
        let mark = end.map(|end| &headline[..end]).filter(|mark| in_headline(mark) != Announced::default());
        return mark.map_or(headline, |mark| headline[mark.len()..].trim_start());
    }
    let marked =
        in_headline(headline) != Announced::default() || OTHERS.iter().any(|word| headline.starts_with(word));
    match headline.split_once(['：', ':', '-']) {
        Some((mark, rest)) if marked && mark.chars().count() <= 12 && !rest.trim().is_empty() => rest.trim_start(),
        _ => headline,
    }
}

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
    const HEADS: [&str; 22] = [
        "更正：",
        "更正:",
        "第二次播发",
        "第三次播发",
        "重发",
        "补充",
        "急电",
        "特急",
        "加急",
        "Corrects ",
        "Corrected ",
        "Correcting ",
        "Refiles ",
        "Refiling ",
        "Repeats ",
        "Repeating ",
        "Adds ",
        "Updates ",
        "Recasts ",
        "Removes ",
        "Clarifies ",
        "Eds: ",
    ];
    const FEET: [&str; 13] = [
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
        "Eds:",
    ];
    let inner = strip_brackets(text);
    let bare = inner.unwrap_or(text);
    // 特急, alone in a line.
    if urgency(bare).is_some() && bare.chars().count() <= 4 {
        return Some(Place::Head);
    }
    if embargo::read(text).is_some() {
        return Some(Place::Head);
    }
    if FEET.iter().any(|word| bare.starts_with(word)) && bare.chars().count() <= LONGEST_FOOT {
        return Some(Place::Foot);
    }
    let inner = inner?;
    (HEADS.iter().any(|word| inner.starts_with(word)) || inner.contains("为准")).then_some(Place::Head)
}

/// The longest note under a text, in characters.
const LONGEST_FOOT: usize = 300;

/// How urgent the words before a headline say it is: 1 (a flash) to 3; IPTC urgency.
pub(super) fn urgency(headline: &str) -> Option<u8> {
    const WORDS: [(&str, u8); 14] = [
        ("特急", 2),
        ("FLASH", 1),
        ("快讯", 1),
        ("快訊", 1),
        ("BULLETIN", 2),
        ("NEWS ALERT", 2),
        ("SNAP", 2),
        ("急电", 2),
        ("加急", 2),
        ("URGENT", 2),
        ("急", 3),
        ("突发", 2),
        ("ALERT", 2),
        ("NEWSALERT", 2),
    ];
    let bare = headline.trim_start_matches(['(', '（', '【', '[']);
    let said = |word: &str| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with(ENDS) || rest.is_empty());
    WORDS.iter().find(|(word, _)| said(word)).map(|(_, urgency)| *urgency)
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
    fn marks_are_no_part_of_the_title() {
        assert_eq!(unmarked("（更正）建成首个示范线"), "建成首个示范线");
        assert_eq!(unmarked("撤稿：一企业获评“灯塔工厂”"), "一企业获评“灯塔工厂”");
        assert_eq!(unmarked("UPDATE 1-Wall St slips"), "Wall St slips");
        assert_eq!(unmarked("WITHDRAWN-Retailer to close stores"), "Retailer to close stores");
        assert_eq!(unmarked("杭州：菜园上阳台"), "杭州：菜园上阳台");
        assert_eq!(unmarked("（上接第一版）"), "（上接第一版）");
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

    #[test]
    fn urgent_words_before_a_headline() {
        assert_eq!(urgency("快讯：沿海发布风暴潮警报"), Some(1));
        assert_eq!(urgency("【特急】沿海发布风暴潮警报"), Some(2));
        assert_eq!(urgency("URGENT-Storm nears coast"), Some(2));
        assert_eq!(urgency("急诊室的一夜"), None);
    }
}
