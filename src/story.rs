//! The field's own words: a story and its parts, as every other room speaks of them.
//!
//! Names follow IPTC ninjs (`headline`, `pubstatus`, `urgency`, `versioncreated`) wherever ninjs has one.

mod selection;

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use self::selection::{Agency, Clause, Mark, Phrase, Rank, Selection, Standing};

/// One news item: what a wire file holds one or more of, and what a feed lists.
///
/// An absent text is an empty string; an absent thing is `None` or an empty list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Minted when the story is first filed, and kept through all its versions.
    pub id: StoryId,
    /// 1 for the first version, then 2, 3, …
    pub version: u32,
    /// What sort of item this is.
    pub kind: Kind,
    /// Whether the item may be published.
    pub pubstatus: PubStatus,
    /// The agency announced this version as a correction of an earlier one (更正, CORRECTED-).
    pub corrected: bool,
    /// 1 (flash) to 9 (background), where the wire file states one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub urgency: Option<u8>,
    /// Language of the headline and body.
    pub language: Language,
    /// 引题: the line above the headline.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub kicker: String,
    /// The headline as printed. Never empty: a story without one is headed by its first sentence.
    pub headline: String,
    /// ninjs `title`: the headline without the words that announce a correction or a withdrawal (更正, CORRECTED-).
    /// Versions of one story are known by it; it is not for readers.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub title: String,
    /// 副题, deck: the line below the headline.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub subheadline: String,
    /// The agency's slug line (`BC-…`, `a0123`).
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub slugline: String,
    /// Who wrote it, in print order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub bylines: Vec<Byline>,
    /// Where, when and by which agency it was filed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dateline: Option<Dateline>,
    /// The text in print order. Empty for a photo story, whose text is its caption.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub body: Vec<Block>,
    /// Pictures that the page describes.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub captions: Vec<Caption>,
    /// Credit lines that are not bylines: `(Reporting by …; Editing by …)`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub credits: String,
    /// Words for editors, never for readers (附注, 仅供编辑参考, ADVISORY, the text of a 更正 note).
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub ednote: String,
    /// What the agency says was wrong in the version before, in words for readers: 第二段“600人”应为“80人”.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub correction: String,
    /// Not to be published before this moment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub embargoed: Option<DateTime<Utc>>,
    /// When the first version is taken to have been published; whole seconds.
    /// Stories of one page descend by a second each, so that sorting by time keeps the page's order.
    pub published: DateTime<Utc>,
    /// When this version came; whole seconds.
    pub versioncreated: DateTime<Utc>,
    /// What the story is about, most fitting first; implied ancestors follow their descendants.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub topics: Vec<Label<Topic>>,
    /// Where the story belongs, most fitting first; implied ancestors follow their descendants.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub regions: Vec<Label<Region>>,
}

impl Story {
    /// What the story says to the readers of a feed, as a number: which version it is, and which labels it carries.
    ///
    /// # Panics
    /// Never: a digest has 32 bytes.
    #[must_use]
    pub fn seal(&self) -> u64 {
        use sha2::Digest as _;
        let mut digest = sha2::Sha256::new();
        digest.update(format!("{}\u{1f}{}", self.id, self.version));
        let topics = self.topics.iter().map(|label| label.code.as_str());
        for code in topics.chain(self.regions.iter().map(|label| label.code.as_str())) {
            digest.update("\u{1f}");
            digest.update(code);
        }
        let digest: [u8; 32] = digest.finalize().into();
        u64::from_be_bytes(digest[..8].try_into().expect("8 of 32 bytes"))
    }

    /// The first paragraph that is not a sub-head; for a photo story its first caption.
    #[must_use]
    pub fn lead(&self) -> &str {
        let paragraph = self.body.iter().find(|block| block.kind == BlockKind::Paragraph);
        match (paragraph, self.captions.first()) {
            (Some(block), _) => &block.text,
            (None, Some(caption)) => &caption.text,
            (None, None) => "",
        }
    }
}

/// A version-5 UUID (RFC 9562 § 5.5) that names a story everywhere and for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoryId(uuid::Uuid);

impl StoryId {
    /// The same first version mints the same id on every machine: no host, path, counter or year inferred
    /// from a clock goes in. `day` is the printed month and day, if any.
    ///
    /// Headline and lead are compared without white space or width, so a page that was wrapped
    /// differently mints the same id.
    #[must_use]
    pub fn mint(agency: &str, day: &str, headline: &str, lead: &str) -> Self {
        /// The namespace of all story ids, drawn once at random. Changing it makes every item unread.
        const NAMESPACE: uuid::Uuid = uuid::uuid!("6b2f4c1e-9d0a-4f57-8a53-1f0c7be2d946");
        let text = [agency, day, headline, lead].map(folded).join("\u{1f}");
        Self(uuid::Uuid::new_v5(&NAMESPACE, text.as_bytes()))
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for StoryId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// `text` as it is compared, not printed: NFKC (full-width is half-width), lower case, one form of each
/// quotation mark, no white space. Two prints of one headline fold to the same string.
#[must_use]
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    // News is nearly all ideographs, Latin letters and their punctuation, whose NFKC is known without its tables.
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ff01}'..='\u{ff5e}' => plain.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '\u{3000}' => plain.push(' '),
            '\0'..='\u{7f}'
            | '\u{4e00}'..='\u{9fa5}'
            | '、'
            | '。'
            | '《'
            | '》'
            | '「'
            | '」'
            | '『'
            | '』'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '—'
            | '–'
            | '·' => plain.push(c),
            _ => return comparable(text.nfkc()),
        }
    }
    comparable(plain.chars())
}

/// One form of what NFKC keeps apart: case, quotation marks, dashes, white space.
fn comparable(chars: impl Iterator<Item = char>) -> String {
    let mut text = String::with_capacity(chars.size_hint().0);
    for c in chars {
        match c {
            '\u{4e00}'..='\u{9fa5}' => text.push(c),
            c if c.is_ascii() => {
                if !c.is_whitespace() {
                    text.push(c.to_ascii_lowercase());
                }
            }
            '“' | '”' | '„' | '「' | '」' | '『' | '』' => text.push('"'),
            '‘' | '’' => text.push('\''),
            '—' | '–' | '―' | '−' => text.push('-'),
            c if c.is_whitespace() => {}
            c => text.extend(c.to_lowercase()),
        }
    }
    text
}

/// The simplified form of a traditional character; any other character as it is.
///
/// # Panics
/// Never: the table's block has no surrogates.
#[must_use]
pub fn simplified(c: char) -> char {
    /// The block of CJK characters that all but the rarest stand in.
    const FIRST: u32 = 0x4e00;
    const COUNT: usize = 0x5200;
    /// By character from [`FIRST`]: a table rather than a map, for every character of a story goes through it.
    static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
        let block = (FIRST..).map(|c| char::from_u32(c).expect("the block has no surrogates"));
        let mut table: Vec<char> = block.take(COUNT).collect();
        for line in include_str!("../config/hant.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            while let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) {
                let at = u32::from(traditional).checked_sub(FIRST);
                if let Some(entry) = at.and_then(|at| table.get_mut(at as usize)) {
                    *entry = simplified;
                }
            }
        }
        table
    });
    let at = u32::from(c).checked_sub(FIRST);
    at.and_then(|at| SIMPLIFIED.get(at as usize)).copied().unwrap_or(c)
}

/// Whether there is a letter, digit or character in the text that a search could look for.
#[must_use]
pub fn has_word(text: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().any(char::is_alphanumeric)
}

/// What sort of item a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Headline and text.
    Text,
    /// Headline, caption and credit.
    Photo,
    /// One item of a column of briefs.
    Brief,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Text, Self::Photo, Self::Brief];

    /// The word for it, in ninjs and in URLs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Photo => "photo",
            Self::Brief => "brief",
        }
    }
}

/// ninjs `pubstatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PubStatus {
    /// May be published.
    Usable,
    /// Not now: its embargo has not lifted or could not be read, or an operator holds it.
    Withheld,
    /// Withdrawn by its agency (撤稿, KILL).
    Canceled,
}

/// Language of a story, as a BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// English.
    #[serde(rename = "en")]
    En,
    /// Not told (BCP 47 `und`).
    #[serde(rename = "und")]
    Undetermined,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ZhHans, Self::ZhHant, Self::En, Self::Undetermined];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
            Self::Undetermined => "und",
        }
    }
}

/// One person in the byline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// The name as printed.
    pub name: String,
    /// The printed role (记者, 通讯员, Editing by); empty when none is printed.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub role: String,
}

/// Where, when and by whom a story was filed: 新华社合肥11月20日电.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The agency or paper: 新华社, 本报, Reuters. Empty when none is named.
    pub agency: String,
    /// The places, first one first; empty when none is named.
    pub places: Vec<String>,
    /// The day, with its year found or inferred.
    pub date: Option<NaiveDate>,
    /// The dateline as printed.
    pub raw: String,
}

/// One piece of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, whole: without line breaks, never empty.
    pub text: String,
}

/// What a block of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// 小标题: a heading inside the story.
    Subhead,
}

/// The text under a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// What the picture shows.
    pub text: String,
    /// Who took or supplied it: 新华社记者李欣. Empty when not printed.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub credit: String,
    /// The day it was taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub taken: Option<NaiveDate>,
}

/// A topic's code: a scheme and a code in it, `medtop:07000000`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Topic(String);

/// A region's code: ISO 3166-1 (`FR`), ISO 3166-2 (`CN-AH`), GB/T 2260 (`340181`), or one of the user's own, with or
/// without a scheme before it (`ours:bay`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

/// A text that is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a {what} code: it wants {wants}")]
pub struct BadCode {
    /// The text.
    pub text: String,
    /// `topic` or `region`.
    pub what: &'static str,
    /// The rule it broke.
    pub wants: &'static str,
}

/// The characters that may stand in a code, so that it can stand in a URL and in XML as it is.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

impl TryFrom<String> for Topic {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, BadCode> {
        match text.split_once(':') {
            Some((scheme, code)) if is_code(scheme) && is_code(code) => Ok(Self(text)),
            _ => {
                Err(BadCode {
                    text, what: "topic", wants: "scheme:code, in ASCII letters, digits, “-”, “_”, “.”"
                })
            }
        }
    }
}

impl TryFrom<String> for Region {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, BadCode> {
        if text.split_once(':').map_or(is_code(&text), |(scheme, code)| is_code(scheme) && is_code(code)) {
            Ok(Self(text))
        } else {
            let wants = "ASCII letters, digits, “-”, “_”, “.”, after a scheme and “:” or without";
            Err(BadCode { text, what: "region", wants })
        }
    }
}

/// What topics and regions have in common: a code that was checked when it was made.
macro_rules! code {
    ($name:ident) => {
        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl FromStr for $name {
            type Err = BadCode;

            fn from_str(text: &str) -> Result<Self, BadCode> {
                Self::try_from(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
code!(Topic);
code!(Region);

/// A tag on a story, and why it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label<C> {
    /// The topic or region.
    pub code: C,
    /// Points of evidence, the larger the surer. Comparable within one story only.
    pub weight: i32,
    /// Not found itself: it is the ancestor of a label that was.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub implied: bool,
    /// What spoke for the label, and what against it; empty on an implied one.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub evidence: Vec<Evidence>,
}

/// One word that spoke for or against a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The word or rule.
    pub term: String,
    /// Where it stood.
    pub part: Part,
    /// How often it stood there.
    pub count: u32,
    /// The points that it gave in all; negative when it spoke against.
    pub weight: i32,
}

/// A part of a story, as far as evidence tells parts apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Kicker, headline or deck.
    Headline,
    /// The dateline's place.
    Dateline,
    /// The first paragraph.
    Lead,
    /// A sub-head.
    Subhead,
    /// The rest of the body.
    Body,
    /// A caption.
    Caption,
}

/// Counts the archive's commits: 0 is an empty archive, and each filing that changes something is one more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_print_mints_the_same_id_however_it_was_wrapped() {
        let plain = StoryId::mint("新华社", "11-20", "皖南“一片叶子”", "一架载重50公斤的无人机");
        let wide = StoryId::mint("新华社", "11-20", "皖南 「一片叶子」", "一架载重５０公斤的无人\n机");
        assert_eq!(plain, wide);
        assert_ne!(plain, StoryId::mint("新华社", "11-21", "皖南“一片叶子”", "一架载重50公斤的无人机"));
    }

    #[test]
    fn folding_without_tables_says_what_nfkc_says() {
        use unicode_normalization::UnicodeNormalization;
        let plain = (0..=0xffff).filter_map(char::from_u32).map(String::from);
        for text in plain.chain(["Ａ\u{301}bc".into(), "，\u{3099}。".into(), "e\u{301}".into()]) {
            assert_eq!(folded(&text), comparable(text.nfkc()), "{text:?}");
        }
    }

    #[test]
    fn an_id_never_changes_between_releases() {
        let id = StoryId::mint("Reuters", "11-18", "Rail union calls strike", "BERLIN, Nov 18");
        assert_eq!(id.to_string(), "1b5a6272-7d7c-5555-8060-c2b8fe6e8e17");
    }

    #[test]
    fn codes_are_checked_when_they_are_made() {
        assert!("medtop:07000000".parse::<Topic>().is_ok());
        assert!("CN-AH".parse::<Region>().is_ok());
        for bad in ["", "health", "medtop:", "medtop:0 7", "medtop:\"/>", ":07000000"] {
            assert!(bad.parse::<Topic>().is_err(), "{bad}");
        }
        assert!("ours:bay".parse::<Region>().is_ok());
        for bad in ["", "CN/AH", "安徽", "a b", ":bay", "ours:", "a:b:c"] {
            assert!(bad.parse::<Region>().is_err(), "{bad}");
        }
    }
}
