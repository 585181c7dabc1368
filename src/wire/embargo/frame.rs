//! What a note is set in: brackets, ornaments, and the words that address editors.

/// What the note is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// A line without brackets.
    Line,
    /// A line in brackets, or one addressed to editors.
    Note,
    /// Brackets within a headline, or at an end of a paragraph.
    Inside,
}

/// What a line says without what it is set in.
pub(super) fn line(text: &str) -> (&str, Frame) {
    let (text, outer) = unbracketed(text);
    let (text, addressed) = unaddressed(text);
    let (text, inner) = unbracketed(text);
    (text, if outer || addressed || inner { Frame::Note } else { Frame::Line })
}

/// What stands in brackets at an end of `text`, or `anywhere` in it.
pub(super) fn brackets(text: &str, anywhere: bool) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once(OPEN) {
        let Some((inner, after)) = inner.split_once(CLOSE) else { break };
        let opens = rest.len() == text.len() && before.is_empty();
        if anywhere || opens || after.trim_end_matches(['。', '.', ' ']).is_empty() {
            found.push(unaddressed(inner).0);
        }
        rest = after;
    }
    found
}

const OPEN: [char; 12] = ['(', '（', '[', '［', '【', '〔', '〖', '{', '｛', '<', '〈', '「'];
const CLOSE: [char; 12] = [')', '）', ']', '］', '】', '〕', '〗', '}', '｝', '>', '〉', '」'];

/// Without the brackets and the ornaments around it, and whether there were brackets.
fn unbracketed(text: &str) -> (&str, bool) {
    let plain = |text| str::trim_matches(text, |c: char| c.is_whitespace() || "*+=-—■●◆▲★※#".contains(c));
    let text = plain(text);
    let unstopped = text.trim_end_matches(['。', '.']);
    match text.strip_prefix(OPEN).and(unstopped.strip_suffix(CLOSE)) {
        Some(inner) => (plain(inner.trim_start_matches(OPEN)), true),
        None => (text, false),
    }
}

/// Without the word that addresses editors, and whether there was one.
fn unaddressed(text: &str) -> (&str, bool) {
    const WORDS: [&str; 27] = [
        "eds",
        "editors",
        "note to editors",
        "editor's note",
        "editors' note",
        "editor’s note",
        "editors’ note",
        "attention editors",
        "attention",
        "please note",
        "note",
        "advisory",
        "编者注意",
        "編者注意",
        "编辑注意",
        "編輯注意",
        "请编辑注意",
        "致编辑",
        "致編輯",
        "编者注",
        "編者註",
        "编者按",
        "编辑部注意",
        "各媒体注意",
        "注意",
        "说明",
        "附注",
    ];
    let found = WORDS.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = text[word.len()..].trim_start();
        (head.eq_ignore_ascii_case(word)).then_some(rest)?.strip_prefix([':', '：', '-', '—', '，', ','])
    });
    found.map_or((text, false), |rest| (rest.trim_start(), true))
}
