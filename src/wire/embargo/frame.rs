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
    if let Some(quoted) = unquoted(text.trim()) {
        return (quoted, Frame::Line);
    }
    let (text, outer) = unbracketed(text);
    let (text, addressed) = unaddressed(text);
    let (text, inner) = unbracketed(text);
    (text, if outer || addressed || inner { Frame::Note } else { Frame::Line })
}

/// What stands in quotes; a headline may stand in them too.
fn unquoted(text: &str) -> Option<&str> {
    const QUOTES: [(char, char); 4] = [('『', '』'), ('“', '”'), ('「', '」'), ('"', '"')];
    let pair = QUOTES.iter().find(|(open, _)| text.starts_with(*open))?;
    let inner = text.strip_prefix(pair.0)?.trim_end_matches('。').strip_suffix(pair.1)?;
    (!inner.contains([pair.0, pair.1])).then_some(inner)
}

/// What stands in brackets at an end of `text`, or `anywhere` in it.
pub(super) fn brackets(text: &str, anywhere: bool) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once(OPEN) {
        let Some((inner, after)) = inner.split_once(CLOSE) else { break };
        let at = text.len() - rest.len() + before.len();
        if anywhere
            || at == 0
            || is_behind_a_dateline(&text[..at])
            || after.trim_end_matches(['。', '.', ' ']).is_empty()
        {
            found.push(unaddressed(inner).0);
        }
        rest = after;
    }
    found
}

/// 新华社北京11月30日电（记者乔然）（…, GENEVA, Nov 30 (Reuters) (…: what precedes a bracket is no text yet.
fn is_behind_a_dateline(before: &str) -> bool {
    /// In bytes.
    const LONGEST_DATELINE: usize = 160;
    let before = before.trim_end();
    before.len() <= LONGEST_DATELINE
        && !before.contains(['。', '，'])
        && before.ends_with(['电', '電', '讯', '訊', ')', '）', '—', '-', '–'])
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

/// Without the words that address editors, and whether there were any.
fn unaddressed(text: &str) -> (&str, bool) {
    let words = english_address(text).or_else(|| chinese_address(text));
    let rest = words.and_then(|width| text[width..].trim_start().strip_prefix([':', '：', '-', '—', '，', ',']));
    rest.map_or((text, false), |rest| (rest.trim_start(), true))
}

/// How far NOTE TO EDITORS reaches.
fn english_address(text: &str) -> Option<usize> {
    const WORDS: [&str; 24] = [
        "nb",
        "n.b.",
        "nota bene",
        "notes to editors",
        "to editors",
        "to all editors",
        "all editors",
        "desks",
        "attention desks",
        "attention all desks",
        "attn",
        "attn editors",
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
    ];
    let begins = |word: &&&str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    WORDS.iter().filter(begins).map(|word| word.len()).max()
}

/// How far 编辑注意, 请各媒体注意, 致编辑 reach: they are put together of few words.
fn chinese_address(text: &str) -> Option<usize> {
    const WORDS: [&str; 24] = [
        "请",
        "請",
        "致",
        "各",
        "编辑部",
        "編輯部",
        "编辑",
        "編輯",
        "编者",
        "編者",
        "媒体",
        "媒體",
        "用户",
        "用戶",
        "网站",
        "網站",
        "注意",
        "说明",
        "說明",
        "附注",
        "附註",
        "注",
        "註",
        "按",
    ];
    let mut rest = text;
    while let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    (rest.len() < text.len()).then(|| text.len() - rest.len())
}
