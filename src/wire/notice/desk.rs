//! What a desk tells other desks about a version: (Recasts, adds quotes), (Company corrects number), With: AP Photos.

use super::super::words::Words;

/// Whether a line is such a note.
pub(super) fn is_note(text: &str) -> bool {
    // (…), [ … ], and lines that say of themselves what they are.
    let Some(first) = text.bytes().next() else { return false };
    match first {
        b'(' | b'[' => bracketed(text).is_some_and(|inner| {
            inner.len() <= LONGEST
                && (says_what_was_done(inner) || is_offer(inner) || is_throughout(inner) || is_to_desks(inner))
        }),
        b'A' | b'W' | b'F' | b'I' => is_offer(text) || is_attention(text) || is_immediate(text),
        b'E' | b'U' | b'C' => is_addressed(text),
        0xef | 0xe3 => is_of_a_copy(text),
        _ => is_immediate(text),
    }
}

/// The longest note of a desk, in bytes.
const LONGEST: usize = 400;

/// What stands in brackets around all of it.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '['])?.trim_start_matches(['(', '[']);
    let inner = inner.trim_end_matches('.').strip_suffix([')', ']'])?;
    Some(inner.trim_end_matches([')', ']']).trim())
}

/// Recasts, adds quotes; Company corrects number; Refiling to fix headline.
fn says_what_was_done(inner: &str) -> bool {
    const VERBS: &str = "Adds Amends Attributes Clarifies Combines Completes Condenses Corrects Corrected Correcting \
        Deletes Dele Drops Edits Expands Fixes Inserts Incorporates Lifts Omits Recasts Recasting Redates Refiles \
        Refiling Reflects Reformats Reinstates Reissues Reorders Repeats Repeating Rephrases Replaces Resends \
        Resending Restores Restates Restructures Reverts Revises Rewords Reworks Rewrites Rewriting Shortens \
        Specifies Streamlines Substitutes Subs Tightens Trims Updates Updating Updated Adding Writes Wraps Removes \
        Removing Removed Recrops Retransmits Retops Tweaks Amplifies Elaborates";
    /// Nouns as well: (Changes in the law).
    const NOUNS: &str = "Changes Cuts Includes Leads Moves Links Tops";
    /// What a desk's verb is followed by, where it may be a noun.
    const OBJECTS: &str = "headline headlines day date dateline byline slug slugline spelling name names story number \
        figure figures word words wording first second third last paragraph paragraphs para paras lead lede graf grafs \
        quote quotes quotation reference references typo to from picture photo photos caption title age quotes \
        background details detail comment comments reaction extraneous media attribution sourcing keyword link links \
        links, throughout format tag tags";
    let mut words = inner.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    let first = words.next().unwrap_or("");
    let next = words.find(|word| !word.is_empty()).unwrap_or("");
    if is_of(VERBS, first) {
        // (Updates are expected at noon)
        return !is_of("are is were was will have has can may do", next);
    }
    is_of(NOUNS, first) && is_of(OBJECTS, next) || is_corrected_by_somebody(inner)
}

/// Official corrects …, Company clarifies …: whoever told it.
fn is_corrected_by_somebody(inner: &str) -> bool {
    const SOURCES: &str = "official officials company companies source sources ministry agency spokesman \
        spokeswoman spokesperson fund bank government police exchange regulator organisers organizers team league club \
        firm office department bureau authority authorities association group university hospital airline airport \
        army court embassy federation institute committee commission council party museum union analyst author \
        researchers researcher";
    const VERBS: &str = "corrects corrected correcting clarifies clarified revises revised amends amended retracts \
        withdraws restates updates";
    let mut words = inner.split(' ').take(5);
    let mut last = "";
    words.any(|word| {
        let said = is_of(VERBS, word) && is_of(SOURCES, &last.to_lowercase());
        last = word;
        said
    })
}

/// New throughout; Writethru; No changes to text.
fn is_throughout(inner: &str) -> bool {
    const WORDS: [&str; 9] = [
        "new throughout",
        "writethru",
        "writethrough",
        "no change",
        "no changes",
        "new lead",
        "new headline",
        "editor's note",
        "editor’s note",
    ];
    WORDS.iter().any(|word| begins(inner, word))
}

/// ATTN: UPDATES with details in last para: in brackets nothing but a desk is addressed so.
fn is_to_desks(inner: &str) -> bool {
    let Some(rest) = ["ATTN", "Attn"].iter().find_map(|word| inner.strip_prefix(word)) else { return false };
    rest.starts_with([':', '.', ' ', '-'])
}

/// With: AP Photos, AP Video.
fn is_offer(text: &str) -> bool {
    const HOUSES: Words = Words::of(&["AP ", "AFP ", "Reuters ", "EPA ", "Xinhua ", "dpa ", "Kyodo "]);
    const OFFERED: &str = "photo photos picture pictures graphic graphics video videos audio map maps table images chart charts factbox";
    if text.len() > 80 || text.contains(['。', '?']) {
        return false;
    }
    let rest = if begins(text, "with") { text[4..].trim_start_matches([':', ' ']) } else { text };
    let Some(rest) = HOUSES.strip(rest) else { return false };
    rest.split([' ', ',', '.', ';', '/']).filter(|word| !word.is_empty() && *word != "and").enumerate().all(
        |(at, word)| {
            let numbered =
                word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
            is_of(OFFERED, &word.to_lowercase()) || at > 0 && (numbered || is_of("AP AFP Reuters", word))
        },
    ) && !rest.trim().is_empty()
}

/// ATTENTION - ADDS quotes ///.
fn is_attention(text: &str) -> bool {
    const VERBS: &str = "ADDS UPDATES RECASTS CORRECTS REMOVES REFILES REPEATS CHANGES FIXES EDITS RESTORES DELETES \
        CLARIFIES REWRITES TRIMS ADDING UPDATING CORRECTING RECASTING";
    let Some(rest) = text.strip_prefix("ATTENTION").filter(|_| text.len() <= LONGEST) else { return false };
    let rest = rest.trim_start_matches([' ', '-', ':', '—', '–']);
    text.ends_with("///") || is_of(VERBS, rest.split([' ', ',']).next().unwrap_or(""))
}

/// Editors: adds quotes; UPDATES: throughout; EDS: ….
fn is_addressed(text: &str) -> bool {
    const VERBS: &str = "adds updates recasts corrects removes refiles repeats changes fixes edits restores deletes \
        clarifies rewrites trims subs includes inserts new";
    if text.len() > LONGEST {
        return false;
    }
    if begins(text, "eds:") {
        return true;
    }
    let Some(rest) = ["Editors", "EDITORS", "UPDATES", "CORRECTS"].iter().find_map(|word| text.strip_prefix(word))
    else {
        return false;
    };
    let Some(rest) = rest.strip_prefix([':', '-']) else { return false };
    let next = rest.trim_start().split([' ', ',']).next().unwrap_or("").to_lowercase();
    is_of(VERBS, &next)
}

/// FOR IMMEDIATE RELEASE: nothing holds it back, and nothing that holds it is lifted.
fn is_immediate(text: &str) -> bool {
    const WORDS: [&str; 5] = [
        "for immediate release",
        "for immediate use",
        "for immediate publication",
        "immediate release",
        "for release immediately",
    ];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(bare))
}

/// （注意：此稿曾于11月19日13时播发，现予以重发）: a line in brackets that speaks of this copy as desks do.
fn is_of_a_copy(text: &str) -> bool {
    const COPIES: [&str; 11] =
        ["此稿", "本稿", "该稿", "該稿", "原稿", "前稿", "前发", "前發", "此条", "本条", "此消息"];
    const DEEDS: Words = Words::of(&[
        "播发", "播發", "重发", "重發", "予以", "更正", "为准", "為準", "订正", "訂正", "替换", "替換", "代替",
        "作废", "作廢", "更新", "补充",
    ]);
    let Some(inner) =
        text.strip_prefix(['（', '【', '〔', '〖']).and_then(|t| t.strip_suffix(['）', '】', '〕', '〗']))
    else {
        return false;
    };
    inner.len() <= LONGEST && COPIES.iter().any(|copy| inner.contains(copy)) && DEEDS.stand_in(inner)
}

/// Whether `word` is one of `words`, which are divided by spaces.
fn is_of(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split_ascii_whitespace().any(|known| known == word)
}

/// Begins with `word`, in any case, which is in small letters; a word ends there.
fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        && (word.ends_with(':') || !text[word.len()..].starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_desks() {
        let all = [
            "(Recasts, adds quotes, delegates; updates prices)",
            "(Recasts; adds background)",
            "(Adds details)",
            "(Adds quote from chief (paragraph 3))",
            "(Fixes typo in headline)",
            "(Changes headline)",
            "(Changes dateline, previous HARBOUR CITY)",
            "(Edits throughout)",
            "(Restores dropped word in paragraph 4)",
            "(Deletes extraneous word)",
            "(New throughout)",
            "(Writes through with reaction)",
            "(Rewrites)",
            "(Official corrects number in paragraph 2)",
            "(Company corrects number of workers to 240, not 420)",
            "(Exchange official clarifies date)",
            "(Refiles to fix headline)",
            "(ATTN: UPDATES with details in last para)",
            "(ATTN: ADDS quotes; RECASTS headline, lead)",
            "(Attn: TRIMS throughout)",
            "(No changes to text)",
            "[Updates with verdict.]",
            "EDS: Adds quotes. With AP Photos.",
            "Eds: UPDATES with ferries found. No pickup.",
            "Editors: adds colour from harbour",
            "With: AP Photos",
            "With AP Photos, AP Video.",
            "AP Photo XYZ101",
            "ATTENTION - ADDS quotes ///",
            "ATTENTION - UPDATES with verdict",
            "(EDITOR'S NOTE: The writer is a former pilot.)",
            "FOR IMMEDIATE RELEASE",
            "For immediate use",
            "（注意：此稿曾于11月19日13时播发，现予以重发，内容无变化）",
            "（原稿作废，请用此稿）",
            "【该稿第三段数字已更正】",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| !is_note(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn other_lines() {
        let all = [
            "(Reporting by Mia Thorne)",
            "(Reuters)",
            "(Changes in the law explained)",
            "(Changes are afoot)",
            "(Updates are expected at noon)",
            "(Cuts and bruises)",
            "(Notes from a small harbour)",
            "(Minister corrects course)",
            "(Moves are afoot)",
            "(Includes breakfast)",
            "(Attention: falling rocks)",
            "(ATTNA)",
            "Adds up: how a village counts",
            "Editors resign over merger",
            "Editors: a dying trade?",
            "With AP exams near, schools add desks",
            "With photos of whales",
            "AP stylebook drops a comma",
            "Attention turns to rates",
            "ATTENTION SPANS SHRINK",
            "Updates expected",
            "Immediate release of hostages sought",
            "（附图片2张）",
            "（记者谢朗）",
            "（本文作者为大学教授）",
            "（一）",
            "此稿曾获一等奖",
            "（上接第一版）",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| is_note(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
