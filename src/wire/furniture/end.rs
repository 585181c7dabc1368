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
        // -0-; what follows a dash alone may be a score.
        "0" if dashed && text.ends_with(['-', '–', '—', '─']) => Some(Mark::Ends),
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

/// The text without the square that closes it: `They left. ■`, as Xinhua and magazines end a story.
pub(in crate::wire) fn without_square(text: &str) -> Option<&str> {
    let body = text.trim_end().strip_suffix(['■', '□', '◼', '▪', '∎', '●', '◆', '◇'])?.trim_end();
    let inner = body.trim_end_matches(['”', '’', '」', '』', '"', '\'', '）', ')']);
    inner.ends_with(['。', '.', '！', '？', '!', '?', '…']).then_some(body)
}

/// The text without the day that closes it, as the Central News Agency prints it: …搭乘。（編輯：張建中）1151122.
///
/// The year is that of the Republic.
pub(in crate::wire) fn without_day(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let body = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let day = &text[body.len()..];
    if day.len() != 7 || !body.ends_with([')', '）']) {
        return None;
    }
    let number = |at: std::ops::Range<usize>| day[at].parse::<u32>().unwrap_or(0);
    let is_day =
        (80..200).contains(&number(0..3)) && (1..=12).contains(&number(3..5)) && (1..=31).contains(&number(5..7));
    let before = body.rfind(['(', '（']).map(|open| body[..open].trim_end())?;
    // 電話（02）1151122
    (is_day && (before.is_empty() || before.ends_with(['。', '」', '』', '！', '？', '…', '.', '”'])))
        .then_some(body)
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
            "-- 0",
        ] {
            assert_eq!(is_end_mark(text), text == "完", "{text}");
        }
    }

    #[test]
    fn squares_that_close_a_story() {
        for body in [
            "More than 2,000 people crossed it.",
            "“It held,” she said. “Nobody fell.”",
            "Who will pay?",
            "He said no!",
            "首日过桥两千余人。",
            "“冰还很厚。”",
            "（记者马小龙）他说：“走吧！”",
            "The vote is on Friday (local time).",
            "And so it went…",
            "谁来付钱？",
        ] {
            for square in ["■", " ■", "□", " ◆"] {
                assert_eq!(without_square(&format!("{body}{square}")), Some(body), "{body}{square}");
            }
        }
        for text in [
            "■",
            "■相关链接",
            "链接■",
            "The square ■",
            "□ □ □",
            "他说。",
            "They left.",
            "a. ■ b",
            "图例：■ 已建　□",
            "1●",
            "他说■。",
        ] {
            assert_eq!(without_square(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_the_republic_that_close_a_text() {
        for text in [
            "乘客可憑電子票證免費搭乘。（編輯：張建中）1151122",
            "船已返港。(編輯:林文)1151122",
            "他說。（編輯：陳政偉／林文）1150101",
            "（編輯：林文）0991231",
            "降雪機率高。（譯者：張曉雯/核稿：嚴思祺）1151130",
            "（編輯：李亨山、陳仁華）1151122",
            "預計2月完工。（編輯：林文）1160228",
            "「船回來了。」（編輯：林文）1151122",
            "（完）1151005",
            "（編輯：張建中）1151122 ",
        ] {
            assert!(without_day(text).is_some_and(|body| body.ends_with(['）', ')'])), "{text}");
        }
        for text in [
            "電話（02）1151122",
            "電話（02）25051180",
            "他們出海117次。",
            "（編輯：林文）",
            "（編輯：林文）1151322",
            "（編輯：林文）1151100",
            "（編輯：林文）20261122",
            "共1151122",
            "（一）117",
            "f(x)115112",
            "（新華社）2511220",
        ] {
            assert_eq!(without_day(text), None, "{text}");
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
