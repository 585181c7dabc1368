//! What is not for print, and lines to editors: （以下内容仅供编辑参考，不供发表）, NOT FOR PUBLICATION: …, 各用户：.

use crate::wire::byline::strip_brackets;
use crate::wire::cursor::is_han;
use crate::wire::words::Words;

const NOT_FOR_PRINT: Words = Words::of(&[
    "不供发表",
    "不供發表",
    "不供刊登",
    "不供刊用",
    "不供播发",
    "不供播發",
    "不供见报",
    "仅供编辑参考",
    "僅供編輯參考",
    "供编辑部参考",
    "供編輯部參考",
    "仅供编辑部参考",
    "不作发表",
    "不要发表",
    "请勿发表",
    "請勿發表",
    "不得发表",
]);

/// Whether a passage says of itself that it is not for print.
pub(super) fn is(text: &str) -> bool {
    if text.chars().take(2).any(is_han) || text.starts_with(['（', '【', '〔']) {
        // （仅供编辑参考，不供发表）本稿联系人王强….
        let inside = text.strip_prefix(OPEN).and_then(|rest| rest.split_once(CLOSE)).map(|(inner, _)| inner);
        let below = || {
            let clause = text.split(['。', '：', ':']).next().unwrap_or("");
            BELOW.begin(text).then_some(clause)
        };
        return inside.or_else(below).is_some_and(|said| NOT_FOR_PRINT.stand_in(said));
    }
    is_english(text)
}

const OPEN: [char; 5] = ['（', '(', '【', '[', '〔'];
const CLOSE: [char; 5] = ['）', ')', '】', ']', '〕'];

/// What speaks of all that follows.
const BELOW: Words = Words::of(&["以下", "下列", "下面", "下文"]);

/// NOT FOR PUBLICATION: The witness can be reached at …; Not for publication: a memoir is a headline.
fn is_english(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "not for publication",
        "not for print",
        "not for broadcast",
        "for editors only",
        "for editors' information only",
        "for editors’ information only",
        "for information only, not for publication",
        "background for editors",
        "editors only",
    ];
    let bare = text.trim_start_matches(['(', '[', '*', ' ']);
    let begins = |word: &&&str| bare.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let Some(word) = WORDS.iter().find(begins) else { return false };
    let (said, rest) = bare.split_at(word.len());
    let shouted = !said.contains(|c: char| c.is_ascii_lowercase());
    rest.starts_with([':', ')', ']', '-', '—']) && (shouted || text.ends_with(['.', ')', ']']))
}

/// Whether a note heads what is not for print, down to the next story: （以下内容不供发表）, Notes to editors:.
pub(in crate::wire) fn heads(note: &str) -> bool {
    const HEADS: [&str; 6] = [
        "notes to editors",
        "notes for editors",
        "note to editors",
        "not for publication",
        "for editors only",
        "notes to desks",
    ];
    let bare = strip_brackets(note).unwrap_or(note).trim_end_matches(['。', '：', ':', '.']);
    BELOW.begin(bare) && is(note) || HEADS.iter().any(|head| head.eq_ignore_ascii_case(bare))
}

/// Whether a short line under such a head is one of it: a number to call, an address to write to.
pub(in crate::wire) fn is_contact(line: &str) -> bool {
    const DIGITS: usize = 7;
    line.chars().filter(char::is_ascii_digit).count() >= DIGITS
        || line.contains('@')
        || ["联系人", "聯繫人", "联系电话", "电话：", "Contact", "CONTACT"].iter().any(|w| line.starts_with(w))
}

/// Whether a line addresses those who print, and says nothing else: 各用户：, 致各新闻单位：, To all editors:.
pub(super) fn is_address(line: &str) -> bool {
    const HAN: Words = Words::of(&[
        "尊敬的",
        "致",
        "各位",
        "各",
        "新闻",
        "新聞",
        "媒体",
        "媒體",
        "用户",
        "用戶",
        "编辑部",
        "編輯部",
        "编辑",
        "編輯",
        "报社",
        "報社",
        "报纸",
        "電台",
        "电台",
        "电视台",
        "電視台",
        "网站",
        "網站",
        "单位",
        "單位",
        "总编室",
        "值班",
        "请注意",
        "請注意",
        "注意",
        "、",
        "和",
        "及",
        "客户",
        "客戶",
        "订户",
        "訂戶",
    ]);
    const WHOM: Words = Words::of(&["各", "致", "尊敬的", "编辑", "編輯", "媒体", "媒體", "用户", "用戶"]);
    const LATIN: [&str; 14] = [
        "to",
        "all",
        "dear",
        "attention",
        "attn",
        "editors",
        "desks",
        "clients",
        "subscribers",
        "newsrooms",
        "media",
        "news",
        "and",
        "our",
    ];
    /// In bytes.
    const LONGEST: usize = 60;
    if line.len() > LONGEST {
        return false;
    }
    let Some(bare) = line.strip_suffix(['：', ':', '，', ',']) else { return false };
    if !bare.is_ascii() {
        let mut rest = bare;
        while let Some(after) = HAN.strip(rest) {
            rest = after;
        }
        return rest.is_empty() && WHOM.begin(bare);
    }
    let words = || bare.split(' ').filter(|word| !word.is_empty());
    let is = |known: &[&str], word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    words().all(|word| is(&LATIN, word))
        && words().any(|word| is(&["editors", "desks", "clients", "subscribers"], word))
}

/// Whether a line between a note and a headline is to editors as well: 请各媒体按时采用。, 以下为全文：, Note: photos follow.
pub(in crate::wire) fn speaks_to_editors(line: &str) -> bool {
    const HAN: [&str; 14] = [
        "稿", "播发", "播發", "采用", "採用", "媒体", "媒體", "用户", "用戶", "附图", "附圖", "编辑", "編輯",
        "图片",
    ];
    const LATIN: [&str; 12] = [
        "note",
        "eds",
        "editors",
        "please",
        "photo",
        "photos",
        "pictures",
        "graphic",
        "video",
        "with",
        "this story",
        "attn",
    ];
    /// In bytes.
    const LONGEST: usize = 120;
    if line.len() > LONGEST {
        return false;
    }
    let begins = |word: &str| {
        line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
            && !line[word.len()..].starts_with(char::is_alphanumeric)
    };
    line.ends_with(['：', ':'])
        || HAN.iter().any(|word| line.contains(word))
        || LATIN.iter().any(|word| begins(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_for_print() {
        for text in [
            "（以下内容仅供编辑参考，不供发表）",
            "（仅供编辑参考，不供发表）本稿联系人王强，电话13900000000。",
            "【以下不供发表】",
            "以下材料仅供编辑参考，不供发表：",
            "（下列電話僅供編輯參考）",
            "NOT FOR PUBLICATION: The witness can be reached at +86 139 0000 0000.",
            "(NOT FOR PUBLICATION) The witness lives above the mill.",
            "Not for publication: the witness can be reached at 0139 000.",
            "FOR EDITORS ONLY: Photos cost extra.",
            "(Not for publication: call the desk)",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "Not for publication: a memoir of the mill",
            "Not for publication was the rule in the valley.",
            "（仅供参考）",
            "以下内容仅供参考。",
            "以下是讲话全文：",
            "（本文不代表本报立场）",
            "他的诗生前不供发表，只在朋友间传抄。",
            "编辑参考书出版",
            "For editors only a few hours remain.",
            "Background for editors of maps",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn heads_of_what_is_not_for_print() {
        for text in
            ["（以下内容仅供编辑参考，不供发表）", "Notes to editors:", "NOTES TO EDITORS", "NOT FOR PUBLICATION"]
        {
            assert!(heads(text), "{text}");
        }
        for text in
            ["（仅供编辑参考，不供发表）联系人王强。", "Note to editors: photos follow.", "附注：配图三张。"]
        {
            assert!(!heads(text), "{text}");
        }
    }

    #[test]
    fn lines_that_address_editors() {
        for text in [
            "各用户：",
            "各媒体：",
            "致各新闻单位：",
            "各位编辑：",
            "各报社、电台、电视台：",
            "编辑请注意：",
            "各編輯部：",
            "To all editors:",
            "Dear editors,",
            "Attention all desks:",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "各国：",
            "各地：",
            "媒体关注：",
            "编辑手记：",
            "用户说：",
            "致敬：",
            "新闻：",
            "各位村民：",
            "Dear Sir,",
            "To all drivers:",
            "Media:",
            "All news:",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
