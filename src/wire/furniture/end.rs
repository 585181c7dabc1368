//! Marks that end a story or a take of it: （完）, Enditem, -30-, -more-. One list for lines and for ends of paragraphs.

use super::super::words::Words;
use super::jump;

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The story ends here.
    Ends,
    /// More of it follows: MORE, 未完待续.
    GoesOn,
}

/// （完）, ENDS, (END), -30-, Enditem, MORE: a mark alone in a line.
pub(in crate::wire) fn is_end_mark(text: &str) -> bool {
    /// What stands at the end of a page of the web, and was copied with it.
    const TAILS: [&str; 6] = ["相关阅读", "相关链接", "新闻链接", "延伸阅读", "相关新闻", "更多阅读"];
    text.len() <= 40
        && (mark(text).is_some()
            || matches!(text, "REUTER" | "Reuter" | "REUTERS" | "&#3;" | "&#03;" | "&#4;")
            || is_dispatch(text)
            || TAILS.contains(&text.trim_end_matches(['：', ':'])))
}

/// Whether the mark ends the story, and not only a take of it.
pub(in crate::wire) fn stops(text: &str) -> bool {
    mark(text) != Some(Mark::GoesOn)
}

/// Reads a mark; what is no word by itself needs brackets, dashes or slashes around it.
fn mark(text: &str) -> Option<Mark> {
    let is_frame = |c: char| "()（）[]【】-–—─_*/\\<>«».=~ \u{3000}".contains(c);
    let text = text.trim();
    let core = text.trim_matches(is_frame);
    if core.len() > 24 {
        return None;
    }
    if text.contains('#') && text.chars().all(|c| c == '#' || is_frame(c)) {
        return Some(Mark::Ends);
    }
    let framed = core.len() < text.len();
    let dashed = framed && text.starts_with(['-', '–', '—', '─', '=', '/']);
    let lower = core.to_ascii_lowercase();
    match lower.as_str() {
        "完" | "全文完" | "本文完" | "連載完" | "连载完" | "enditem" | "end item" | "enditems" | "endit"
        | "end it" | "endall" | "end all" | "endtext" | "nnnn" | "end" | "ends" => Some(Mark::Ends),
        "30" if framed => Some(Mark::Ends),
        "0" if dashed => Some(Mark::Ends),
        "未完" | "未完待续" | "未完待續" | "待续" | "待續" | "more to come" | "moreto come" | "more follows" => {
            Some(Mark::GoesOn)
        }
        "more" if framed || core == "MORE" => Some(Mark::GoesOn),
        _ if dashed && is_agency(core) => Some(Mark::Ends),
        _ => None,
    }
}

/// `-- BERNAMA`, `/ANSA`: how some agencies sign.
fn is_agency(name: &str) -> bool {
    const AGENCIES: [&str; 44] = [
        "AAP", "AFP", "ANA", "ANI", "ANP", "ANSA", "ANTARA", "AP", "APA", "APP", "BELGA", "BERNAMA", "BSS", "CNA",
        "CP", "CTK", "DPA", "EFE", "GNA", "IANS", "INTERFAX", "IRNA", "KUNA", "KYODO", "LUSA", "MENA", "NAN",
        "NTB", "PA", "PAP", "PETRA", "PNA", "PTI", "REUTERS", "RITZAU", "SANA", "TASS", "TT", "UNI", "UPI", "VNA",
        "WAM", "XINHUA", "YONHAP",
    ];
    (2..=8).contains(&name.len()) && AGENCIES.iter().any(|agency| name.eq_ignore_ascii_case(agency))
}

/// `AP-NY-11-18-26 1431EST<`: when an agency sent it.
fn is_dispatch(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("AP-").or_else(|| text.strip_prefix("UPI ")) else { return false };
    rest.bytes().filter(u8::is_ascii_digit).count() >= 6
        && rest
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b' ' | b'<' | b':'))
}

/// Splits off what ends a paragraph without being part of it: `Enditem`, （完）, （下转第三版）.
pub(in crate::wire) fn split_end(text: &str) -> (&str, &str) {
    let trimmed = text.trim_end();
    // Nearly every paragraph ends in a stop, and no mark does.
    if trimmed.ends_with(['。', '.', '”', '，', '"', '’', '！', '？']) {
        return (text, "");
    }
    if let Some(body) = mark_at_end(trimmed).map(|at| trimmed[..at].trim_end())
        && body.ends_with(['.', '。', '”', '"', '！', '？', '!', '?', '…', ')', '）', '’'])
    {
        return (body, &trimmed[body.len()..]);
    }
    // A page may end in mid-sentence: its jump is a jump all the same.
    match jump::at_end(trimmed).map(|at| trimmed[..at].trim_end()) {
        Some(body) => (body, &trimmed[body.len()..]),
        None => (text, ""),
    }
}

/// Where the mark begins that the text ends with.
fn mark_at_end(text: &str) -> Option<usize> {
    /// Words that are no mark unless they shout or are framed.
    const QUIET: Words = Words::of(&["end", "ends", "End", "Ends", "30", "endall"]);
    if text.ends_with([')', '）', ']', '】']) {
        let open = text.rfind(['(', '（', '[', '【'])?;
        return (text.len() - open <= 40 && mark(&text[open..]).is_some()).then_some(open);
    }
    let start = |text: &str| {
        text.rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
    };
    let last = start(text);
    let is_mark = |at: usize| {
        let word = &text[at..];
        mark(word).is_some() && !QUIET.have(word) || matches!(word, "REUTER" | "REUTERS")
    };
    if is_mark(last) && text[last..].chars().any(char::is_alphanumeric)
        || text[last..].starts_with('#') && is_mark(last)
    {
        // “- more -” and “-- BERNAMA” were found by their last word only if that is framed.
        return Some(last);
    }
    // -- BERNAMA, - more -
    let mut at = last;
    for _ in 0..2 {
        at = start(text[..at].trim_end());
        if at < last && text[at..].starts_with(['-', '–', '—', '*']) && is_mark(at) {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_alone() {
        for text in [
            "（完）",
            "(完)",
            "【完】",
            "（全文完）",
            "ENDS",
            "ENDS/",
            "/ends",
            "--- ends ---",
            "(END)",
            "-END-",
            "-30-",
            "—30—",
            "###",
            "# # #",
            "Enditem",
            "ENDALL",
            "REUTER",
            "REUTERS",
            "NNNN",
            "-0-",
            "-- BERNAMA",
            "/ANSA",
            "AP-NY-11-18-26 1431EST<",
            "(end)",
        ] {
            assert!(is_end_mark(text) && stops(text), "{text}");
        }
        for text in ["-more-", "- more -", "MORE", "(MORE)", "（未完待续）", "(more)"] {
            assert!(is_end_mark(text) && !stops(text), "{text}");
        }
        for text in [
            "完成",
            "完",
            "More",
            "Ends well",
            "Endgame",
            "30",
            "- 12 -",
            "Reuters",
            "AP",
            "AP wins prize",
            "More to do",
            "-30°C",
            "— Norah Quill",
            "The End",
            "0",
            "More follows him",
        ] {
            assert_eq!(is_end_mark(text), text == "完", "{text}");
        }
    }

    #[test]
    fn marks_at_the_end_of_a_paragraph() {
        assert_eq!(split_end("said on Wednesday. Enditem"), ("said on Wednesday.", " Enditem"));
        assert_eq!(split_end("he said ENDS"), ("he said ENDS", ""));
        assert_eq!(split_end("增加1.8倍。（下转第三版）"), ("增加1.8倍。", "（下转第三版）"));
        assert_eq!(split_end("增加1.8倍。（完）"), ("增加1.8倍。", "（完）"));
        for end in [
            " -30-",
            " ###",
            " (END)",
            " -- BERNAMA",
            " - more -",
            " -more-",
            " (MORE)",
            " REUTER",
            " /ends",
            " ENDS",
        ] {
            let text = format!("They left.{end}");
            assert_eq!(split_end(&text), ("They left.", end));
        }
        for text in
            ["They saw the end", "one (more)", "He had 30", "They want more", "- AFP", "it is -30", "Ends", "C#"]
        {
            assert_eq!(split_end(text).1, "", "{text}");
        }
    }
}
