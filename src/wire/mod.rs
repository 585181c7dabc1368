//! Wire files to stories: text as a news agency or a newspaper page delivers it, read without any markup.
//!
//! Four lists, each a plain function of the one before:
//!
//! ```text
//! bytes ─decode→ text ─line→ strips ─passage→ passages ─split→ placed passages ─draft→ stories
//! ```
//!
//! Reading never fails. Text that breaks its rules becomes a story all the same, and a [`Remark`] says where.
//! Nothing here touches a file or a clock: when and under what name the file came is told.

mod byline;
mod caption;
mod cohesion;
mod cursor;
mod cut;
mod date;
mod dateline;
mod decode;
mod draft;
mod embargo;
mod furniture;
mod hyphen;
mod language;
mod line;
mod mail;
mod markup;
mod near;
mod notice;
mod passage;
mod seam;
mod slug;
mod split;
mod words;

use std::fmt;

use chrono::{DateTime, TimeZone};

pub use self::date::YearSource;
pub use self::split::{Role, Why};
use crate::story::Story;

/// What a wire file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The encoding's name in lower case: `utf-8`, `gb18030`; empty when the bytes are no text.
    pub encoding: String,
    /// The stories in the page's order; empty only when the file is refused, and then a remark says why.
    pub stories: Vec<Story>,
    /// What the reader was not sure of, in the order of lines.
    pub remarks: Vec<Remark>,
    /// The page as text, one printed line each.
    pub page: String,
    /// What each line of `page` that holds something became, in the order of lines.
    pub lines: Vec<LineRole>,
}

impl Reading {
    /// Why the file holds no story, if it holds none.
    #[must_use]
    pub fn refusal(&self) -> Option<&Remark> {
        if self.stories.is_empty() { self.remarks.last() } else { None }
    }
}

/// What one line became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRole {
    /// The line's number, from 1.
    pub number: usize,
    /// What it is.
    pub role: Role,
    /// The story it belongs to, from 0; nothing for furniture.
    pub story: Option<usize>,
    /// Why a title begins a story, or does not; nothing on other lines.
    pub why: Option<Why>,
}

/// Something that the reader was not sure of, or that an editor should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line it is about, from 1; 0 when it is about the whole file.
    pub line: usize,
    /// What it is.
    pub kind: RemarkKind,
}

/// What a remark is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemarkKind {
    /// The file holds nothing but white space.
    Empty,
    /// The bytes are no text in any encoding that agencies send.
    NotText,
    /// Text in the markup of a program, which is named: RTF, XML, JSON.
    Markup(&'static str),
    /// Text, but nothing that could be a story.
    NoStory,
    /// Characters that XML forbids were taken out.
    Controls(usize),
    /// Bytes that the encoding does not know became U+FFFD.
    Damaged(usize),
    /// Lines in another encoding than the rest of the page.
    Mixed(usize),
    /// A date was printed without its year.
    Year(i32, YearSource),
    /// A story had no headline, and its first sentence became one.
    NoHeadline,
    /// An embargo could not be read, so the story is withheld until somebody releases it; or it may be about the story
    /// next to it, and holds both until it lifts.
    Embargo,
    /// Nothing but what it is about told that a title begins a story, or does not.
    Unsure(Why),
}

impl RemarkKind {
    /// One word for counting.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotText => "not-text",
            Self::Markup(_) => "markup",
            Self::NoStory => "no-story",
            Self::Controls(_) => "controls",
            Self::Damaged(_) => "damaged",
            Self::Mixed(_) => "mixed",
            Self::Year(..) => "year",
            Self::NoHeadline => "no-headline",
            Self::Embargo => "embargo",
            Self::Unsure(_) => "unsure",
        }
    }
}

impl fmt::Display for RemarkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty"),
            Self::NotText => write!(f, "the file is not text in any encoding that agencies send"),
            Self::Markup(name) => write!(f, "the file is {name}, not plain text"),
            Self::NoStory => write!(f, "the file holds no story"),
            Self::Controls(n) => write!(f, "{n} control characters were taken out"),
            Self::Damaged(n) => write!(f, "{n} byte sequences are not in the file's encoding"),
            Self::Mixed(n) => write!(f, "{n} lines are in another encoding than the rest"),
            Self::Year(year, YearSource::Head) => write!(f, "year {year}, from the page head or the file name"),
            Self::Year(year, YearSource::Text) => write!(f, "year {year}, from years that the text states"),
            Self::Year(year, YearSource::Received) => write!(f, "year {year}, from the time of receipt"),
            Self::NoHeadline => write!(f, "no headline: the first sentence stands in for it"),
            Self::Embargo => {
                write!(f, "the embargo cannot be read, or may be another story's: the story is withheld")
            }
            Self::Unsure(why) => write!(f, "unsure where a story begins: {why}"),
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        self.kind.fmt(f)
    }
}

/// Reads a wire file.
///
/// `name` is the file's name, which may hold its date; `received` is when it came, in the zone of its datelines.
/// Both only stand in for what the page leaves out.
pub fn read<Tz: TimeZone>(bytes: &[u8], name: &str, received: &DateTime<Tz>) -> Reading {
    let refuse = |encoding, kind| Reading {
        encoding,
        stories: Vec::new(),
        remarks: vec![Remark { line: 0, kind }],
        page: String::new(),
        lines: Vec::new(),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refuse(String::new(), RemarkKind::Empty);
    }
    let Some(decoded) = decode::decode(bytes) else {
        return refuse(String::new(), RemarkKind::NotText);
    };
    if decoded.text.trim().is_empty() {
        return refuse(decoded.encoding, RemarkKind::Empty);
    }
    if let Some(name) = markup::name(&decoded.text) {
        return refuse(decoded.encoding, RemarkKind::Markup(name));
    }
    let mut remarks = Vec::new();
    let mut remark_on_file = |count: usize, kind: fn(usize) -> RemarkKind| {
        if count > 0 {
            remarks.push(Remark { line: 0, kind: kind(count) });
        }
    };
    remark_on_file(decoded.controls, RemarkKind::Controls);
    remark_on_file(decoded.damaged, RemarkKind::Damaged);
    remark_on_file(decoded.mixed, RemarkKind::Mixed);

    let lines = line::lines(&decoded.text);
    let placed = split::split(passage::passages(line::unwrap(&lines), &decoded.text));
    let stories = draft::stories(&placed, name, received, &mut remarks);
    // A slug line, a byline or a credit alone is no story.
    let numbers = renumbered(&stories);
    let stories: Vec<Story> = stories.into_iter().filter(|story| !is_hollow(story)).collect();
    if stories.is_empty() {
        return refuse(decoded.encoding, RemarkKind::NoStory);
    }
    let lines = line_roles(&placed, &numbers);
    Reading { encoding: decoded.encoding, stories, remarks, page: decoded.text, lines }
}

/// Nothing that a reader could read.
fn is_hollow(story: &Story) -> bool {
    story.headline.is_empty()
        && story.body.is_empty()
        && story.captions.iter().all(|caption| caption.text.is_empty())
}

/// The number that each story has among those that are kept.
fn renumbered(stories: &[Story]) -> Vec<Option<usize>> {
    let mut next = 0..;
    stories.iter().map(|story| if is_hollow(story) { None } else { next.next() }).collect()
}

fn line_roles(placed: &[split::Placed], numbers: &[Option<usize>]) -> Vec<LineRole> {
    let mut lines: Vec<LineRole> = placed
        .iter()
        .flat_map(|placed| {
            let story = placed.story.and_then(|story| numbers[story]);
            let role = if story.is_some() { placed.role } else { Role::Furniture };
            let as_line = move |&number| LineRole { number, role, story, why: placed.why };
            placed.passage.lines.iter().map(as_line)
        })
        .collect();
    lines.sort_by_key(|line| line.number);
    // A brief's headline and text share a line; its headline names it.
    lines.dedup_by_key(|line| line.number);
    lines
}
