//! Why titles begin a story, or do not, in the words of `--explain` and of remarks.

use std::fmt;

/// Why a title begins a story, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No story stands above it.
    First,
    /// 新华社照片，石家庄，2026年11月18日.
    PhotoDateline,
    /// （完）, credits or a closing dateline stand above it.
    AboveEnded,
    /// 撤稿：…, 快讯：….
    Announced,
    /// 地点：…, 作者：….
    Label,
    /// 简讯 heads the column that it stands in.
    Brief,
    /// ▲江苏新增三处国际重要湿地　新华社南京11月20日电　….
    DatelineInLine,
    /// Kicker, headline and deck that something stands between.
    NoTextAbove,
    /// 链接, 新闻背景.
    Box,
    /// 撤稿通知.
    Fate,
    /// A slug or a note of correction.
    NoteAbove,
    /// 新华社南京11月20日电 begins the text.
    DatelineBelow,
    /// （上接第一版） begins the text.
    RestBelow,
    /// By Norah Quill.
    BylineBelow,
    /// ——….
    DeckBelow,
    /// 2026-11-22 20:14　来源：新华网.
    StampBelow,
    /// 李　明.
    NameBelow,
    /// ALL IN CAPITALS, as sub-heads are under a headline in small letters.
    Shouted,
    /// Text is indented, and it is not.
    Flush,
    /// Text is indented, and so is it.
    Indented,
    /// The story above has a byline, and its dateline, in brackets, is still to come.
    DatelineAwaited,
    /// A few lines of text, and a photographer: a photo story.
    PhotoBelow,
    /// It repeats the headline of a story that began on another page.
    Repeated,
    /// 新华社杭州11月18日电　题： stands above it.
    AnnouncedAbove,
    /// Nothing of all that: of the small signs that were added up, this was the strongest.
    Sign(&'static str),
}

impl Why {
    /// Whether it may well be wrong: small signs tell nine in ten titles rightly. What the next title looks like is a
    /// small sign too, but is not remarked on.
    #[must_use]
    pub fn is_unsure(self) -> bool {
        matches!(self, Self::Sign(words) if words.starts_with("the text "))
    }

    /// Says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::First => "first on the page",
            Self::PhotoDateline => "a photo dateline",
            Self::AboveEnded => "the story above has ended",
            Self::Announced => "words of announcement stand before it",
            Self::Label => "says who, where or when",
            Self::Brief => "a column of briefs",
            Self::DatelineInLine => "a dateline follows in its line",
            Self::NoTextAbove => "the story above has no text yet",
            Self::Box => "a box in the story",
            Self::Fate => "it announces what became of a story",
            Self::NoteAbove => "a note to editors stands above it",
            Self::DatelineBelow => "a dateline follows",
            Self::RestBelow => "a part from another page follows",
            Self::BylineBelow => "a byline follows",
            Self::DeckBelow => "a deck follows",
            Self::StampBelow => "its source and time follow",
            Self::NameBelow => "a name follows",
            Self::Shouted => "set in capitals, as the headline is not",
            Self::Flush => "flush above indented text",
            Self::Indented => "indented as the text",
            Self::DatelineAwaited => "the story above still awaits its dateline",
            Self::PhotoBelow => "a photo credit follows",
            Self::Repeated => "the headline of a story that goes on",
            Self::AnnouncedAbove => "the dateline above announces it",
            Self::Sign(words) => words,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
