//! Which stories: what a feed, a page of the archive and a search are made of.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};

use super::{Kind, Language, Region, Story, StoryId, Topic, simplified};

/// What a story is shelved under, and can be asked for by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Carries this topic, found or implied.
    Topic(Topic),
    /// Carries this region, found or implied.
    Region(Region),
    /// Its dateline names this agency.
    Agency(Agency),
    /// Is of this kind.
    Kind(Kind),
    /// Is in this language.
    Language(Language),
}

/// An agency's name as it is compared, and as it stands in URLs: 新华社, `reuters`, `blue-harbor-news`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agency(String);

impl Agency {
    /// The agency that a dateline names so; `None` for a name without a letter or digit.
    ///
    /// Case, width, accents of punctuation, traditional forms and what is not seen make no other agency; whatever else
    /// stands between words is one hyphen.
    #[must_use]
    pub fn named(printed: &str) -> Option<Self> {
        use unicode_normalization::UnicodeNormalization;
        let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
        let mut name = String::with_capacity(printed.len());
        let mut gap = false;
        for c in printed.nfkc().map(simplified) {
            if c.is_alphanumeric() {
                let before = name.chars().last();
                // 新 华 社 is spread over the line, not three words.
                if gap && before.is_some_and(|before| !(is_han(before) && is_han(c))) {
                    name.push('-');
                }
                name.extend(c.to_lowercase());
                gap = false;
            } else {
                gap |= !(matches!(c, '\'' | '’') || c.is_control() || is_unseen(c));
            }
        }
        (!name.is_empty()).then_some(Self(name))
    }

    /// The name as it is compared.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for readers, where no table tells it: `Blue Harbor News`.
    #[must_use]
    pub fn shown(&self) -> String {
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
        };
        self.0.split('-').map(capital).collect::<Vec<_>>().join(" ")
    }
}

/// Zero-width characters, joiners and marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl fmt::Display for Agency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Story {
    /// All that the story is shelved under.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        let topics = self.topics.iter().map(|label| Mark::Topic(label.code.clone()));
        let regions = self.regions.iter().map(|label| Mark::Region(label.code.clone()));
        let agency = self.dateline.as_ref().and_then(|dateline| Agency::named(&dateline.agency)).map(Mark::Agency);
        topics.chain(regions).chain(agency).chain([Mark::Kind(self.kind), Mark::Language(self.language)])
    }
}

/// One condition: the story has any of these marks, or, with `not`, none of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clause {
    /// Whether the marks must be absent.
    pub not: bool,
    /// The marks; never empty.
    pub any: BTreeSet<Mark>,
}

/// One thing that a search looks for: a word, or words in this order, or any of several such.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase {
    /// Whether it must be absent.
    pub not: bool,
    /// As they were typed, without quotation marks; never empty.
    pub any: BTreeSet<String>,
}

/// Which stories: usable ones for which all of this holds. The default selects every usable story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Conditions on what the story is shelved under.
    pub clauses: BTreeSet<Clause>,
    /// What its words must hold.
    pub phrases: BTreeSet<Phrase>,
    /// Published at this moment or later.
    pub since: Option<DateTime<Utc>>,
}

impl Selection {
    /// All stories with this mark.
    #[must_use]
    pub fn of(mark: Mark) -> Self {
        Self::default().and(mark)
    }

    /// Those of this selection that have the mark.
    #[must_use]
    pub fn and(self, mark: Mark) -> Self {
        self.and_any([mark])
    }

    /// Those of this selection that have any of the marks.
    #[must_use]
    pub fn and_any(mut self, marks: impl IntoIterator<Item = Mark>) -> Self {
        self.clauses.insert(Clause { not: false, any: marks.into_iter().collect() });
        self
    }

    /// Those of this selection that the other takes, too.
    #[must_use]
    pub fn within(mut self, other: &Self) -> Self {
        self.clauses.extend(other.clauses.iter().cloned());
        self.phrases.extend(other.phrases.iter().cloned());
        self.since = self.since.max(other.since);
        self
    }

    /// Whether it would take the story, were that usable: by its marks and its time, whatever words are sought.
    #[must_use]
    pub fn would_take(&self, story: &Story) -> bool {
        let marks: BTreeSet<Mark> = story.marks().collect();
        self.clauses.iter().all(|clause| clause.not == clause.any.is_disjoint(&marks))
            && self.since.is_none_or(|since| story.published >= since)
    }

    /// The marks of each condition that a story must fulfil to be taken.
    pub fn wanted(&self) -> impl Iterator<Item = &BTreeSet<Mark>> {
        self.clauses.iter().filter(|clause| !clause.not).map(|clause| &clause.any)
    }
}

/// How a shelf stands: all the usable stories that have one mark, or all there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many there are.
    pub stories: u64,
    /// When the newest was published.
    pub newest: Option<DateTime<Utc>>,
    /// When the last of them came, changed or went, by the clock of whoever filed it.
    pub changed: Option<DateTime<Utc>>,
}

/// A story's place in the order of every feed, newest first: a higher rank comes before a lower one.
///
/// The seconds since 1970 of its `published`, then 31 bits that tell stories of one second apart, in the order of their
/// ids. Two that share even those stand side by side: the archive gives the second one the next rank that is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(pub i64);

impl Rank {
    /// Bits for stories of one second.
    const LOW: u32 = 31;

    /// The rank that a story of this id and time has by itself.
    ///
    /// # Panics
    /// Never: 31 bits fit.
    #[must_use]
    pub fn of(id: &StoryId, published: DateTime<Utc>) -> Self {
        // The lower id first: its complement is the higher rank.
        let low = !id.0.as_u128() >> (128 - Self::LOW);
        Self(Self::first(published).0 | i64::try_from(low).expect("31 bits"))
    }

    /// The lowest rank of this second.
    #[must_use]
    pub fn first(published: DateTime<Utc>) -> Self {
        // What is beyond the years 1834 to 2106 is at their ends.
        let seconds = published.timestamp().clamp(-(1 << 32), (1 << 32) - 1);
        Self(seconds << Self::LOW)
    }

    /// Where it stands among the ranks of its second, as millionths of it.
    #[must_use]
    pub fn fraction(self) -> i64 {
        let low = self.0 & ((1 << Self::LOW) - 1);
        (low * 1_000_000) >> Self::LOW
    }

    /// The second.
    ///
    /// # Panics
    /// Never: 33 bits of seconds are times.
    #[must_use]
    pub fn second(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0 >> Self::LOW, 0).expect("the seconds of 1834 to 2106 are times")
    }

    /// The day, counted from 1970, in UTC.
    #[must_use]
    pub fn day(self) -> i64 {
        (self.0 >> Self::LOW).div_euclid(86_400)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_in_the_order_of_a_feed() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let mut ids: Vec<StoryId> = (0..50).map(|n| StoryId::mint("", "", &n.to_string(), "")).collect();
        ids.sort();
        let now = at("2026-11-23T08:00:00Z");
        let ranks: Vec<Rank> = ids.iter().map(|id| Rank::of(id, now)).collect();
        assert!(ranks.is_sorted_by(|a, b| a > b), "of one second: by id");
        let later = Rank::of(&ids[49], at("2026-11-23T08:00:01Z"));
        assert!(later > ranks[0], "later comes first");
        assert!(
            ranks.iter().all(|rank| *rank >= Rank::first(now) && *rank < Rank::first(at("2026-11-23T08:00:01Z")))
        );
        assert!(Rank::of(&ids[0], at("1969-12-31T23:59:59Z")) < Rank::first(DateTime::UNIX_EPOCH));
        assert_eq!(Rank::first(DateTime::<Utc>::MAX_UTC).day(), 49_710);
    }

    #[test]
    fn a_rank_knows_its_day() {
        let day = |text: &str| Rank::first(text.parse().unwrap()).day();
        assert_eq!(
            [day("1970-01-01T23:59:59Z"), day("1970-01-02T00:00:00Z"), day("1969-12-31T23:59:59Z")],
            [0, 1, -1]
        );
    }

    #[test]
    fn an_agency_is_one_word_in_urls_however_it_is_printed() {
        for (printed, name, shown) in [
            ("新华社", "新华社", "新华社"),
            ("东 海　通訊社", "东海通讯社", "东海通讯社"),
            ("东海\u{200b}通讯社", "东海通讯社", "东海通讯社"),
            ("Blue  Harbor News", "blue-harbor-news", "Blue Harbor News"),
            ("ＢＢＣ", "bbc", "Bbc"),
            ("A/B 社", "a-b-社", "A B 社"),
            ("(AFP, Reuters)", "afp-reuters", "Afp Reuters"),
            ("Why? Press #1", "why-press-1", "Why Press 1"),
            ("O’Brien's Press", "obriens-press", "Obriens Press"),
            ("..", "", ""),
        ] {
            let agency = Agency::named(printed);
            let found = agency.as_ref().map(|agency| (agency.as_str().to_owned(), agency.shown()));
            assert_eq!(found.unwrap_or_default(), (name.to_owned(), shown.to_owned()), "{printed}");
        }
    }
}
