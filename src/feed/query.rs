//! A question in a URL: `q=复航&topic=health,economy&topic=-sport&region=cn-ah&since=2026-11-01`.
//!
//! A comma is “or”, a key that is repeated is “and”, a leading minus sign is “not”. The same words select stories in
//! the files of the `feeds` folder.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;

use crate::story::{Agency, Clause, Kind, Language, Mark, Phrase, Selection};
use crate::taxonomy::Taxonomy;

/// The longest question, in bytes as it stands in the URL.
pub const LONGEST: usize = 2_000;
/// The most words and marks that a question may name: what it costs grows with them.
pub const MOST: usize = 64;

/// A question that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What it selects.
    pub selection: Selection,
    /// The one way in which it is written, percent-encoded, without the `?`.
    pub canonical: String,
    /// What was asked by each key, as the form shows it.
    pub asked: Vec<(Key, String)>,
}

/// What may be asked by. Their order is that of the canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Words and `"phrases"`, a minus sign before what must be absent.
    Words,
    /// Slugs or codes of topics.
    Topic,
    /// Slugs or codes of regions.
    Region,
    /// Slugs or printed names of agencies.
    Agency,
    /// `text`, `photo`, `brief`.
    Kind,
    /// `zh` for both scripts, `zh-Hans`, `zh-Hant`, `en`, `und`.
    Language,
    /// A day, or a moment after RFC 3339.
    Since,
}

impl Key {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Words, Self::Topic, Self::Region, Self::Agency, Self::Kind, Self::Language, Self::Since];

    /// The key as it stands in URLs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Words => "q",
            Self::Topic => "topic",
            Self::Region => "region",
            Self::Agency => "agency",
            Self::Kind => "kind",
            Self::Language => "lang",
            Self::Since => "since",
        }
    }
}

/// Why a question was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A key that there is not.
    Key(String),
    /// A value that the key does not know.
    Value(Key, String),
    /// Two days or moments to begin at.
    Twice(Key),
    /// Nothing in `q` could stand in a text.
    Nothing(String),
    /// It is longer than [`LONGEST`], or names more than [`MOST`] things.
    TooLong,
}

impl Problem {
    /// The problem in the reader's language.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        let keys = Key::ALL.map(Key::word).join(", ");
        match (self, language) {
            (Self::Key(key), Language::ZhHans) => format!("没有“{key}”这个查询项，可用的有：{keys}"),
            (Self::Key(key), Language::ZhHant) => format!("沒有「{key}」這個查詢項，可用的有：{keys}"),
            (Self::Key(key), _) => format!("There is no “{key}” to ask by, only {keys}."),
            (Self::Value(key, value), Language::ZhHans) => format!("{} 不认识“{value}”", key.word()),
            (Self::Value(key, value), Language::ZhHant) => format!("{} 不認識「{value}」", key.word()),
            (Self::Value(key, value), _) => format!("{} does not know “{value}”.", key.word()),
            (Self::Twice(key), Language::ZhHans) => format!("{} 只能写一次", key.word()),
            (Self::Twice(key), Language::ZhHant) => format!("{} 只能寫一次", key.word()),
            (Self::Twice(key), _) => format!("{} can be asked once only.", key.word()),
            (Self::Nothing(text), Language::ZhHans) => format!("“{text}”里没有可以查找的词"),
            (Self::Nothing(text), Language::ZhHant) => format!("「{text}」裡沒有可以查找的詞"),
            (Self::Nothing(text), _) => format!("There is no word to look for in “{text}”."),
            (Self::TooLong, Language::ZhHans) => "查询太长".to_owned(),
            (Self::TooLong, Language::ZhHant) => "查詢太長".to_owned(),
            (Self::TooLong, _) => "That is too long a question.".to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl Query {
    /// Reads a question as it stands after the `?`; days begin at midnight in `zone`.
    ///
    /// # Errors
    /// When it is not understood.
    pub fn parse(text: &str, taxonomy: &Taxonomy, zone: Tz) -> Result<Self, Problem> {
        if text.len() > LONGEST {
            return Err(Problem::TooLong);
        }
        let mut pairs = Vec::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let key = Key::ALL.into_iter().find(|key| key.word() == name);
            pairs.push((key.ok_or_else(|| Problem::Key(name.into_owned()))?, value.into_owned()));
        }
        Self::of(pairs, taxonomy, zone)
    }

    /// What the text asks by the keys that there are, understood or not: what the form shows.
    #[must_use]
    pub fn asked(text: &str) -> Vec<(Key, String)> {
        let key = |name: &str| Key::ALL.into_iter().find(|key| key.word() == name);
        form_urlencoded::parse(text.as_bytes())
            .filter_map(|(name, value)| Some((key(&name)?, value.into_owned())))
            .collect()
    }

    /// The question that asks by each of these keys for this value; empty values ask nothing.
    ///
    /// # Errors
    /// When it is not understood.
    pub fn of(
        pairs: impl IntoIterator<Item = (Key, String)>,
        taxonomy: &Taxonomy,
        zone: Tz,
    ) -> Result<Self, Problem> {
        let mut selection = Selection::default();
        let mut canonical: BTreeSet<(Key, String)> = BTreeSet::new();
        let mut asked: Vec<(Key, String)> = Vec::new();
        for (key, value) in pairs {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if value.is_empty() {
                continue;
            }
            canonical.insert((key, add(&mut selection, key, &value, taxonomy, zone)?));
            match asked.iter_mut().find(|(other, _)| *other == key && key == Key::Words) {
                Some((_, words)) => *words = format!("{words} {value}"),
                None => asked.push((key, value)),
            }
        }
        let named: usize = selection.clauses.iter().map(|clause| clause.any.len()).sum();
        let sought: usize = selection.phrases.iter().map(|phrase| phrase.any.len()).sum();
        if named + sought > MOST {
            return Err(Problem::TooLong);
        }
        let canonical: Vec<String> =
            canonical.iter().map(|(key, value)| format!("{}={}", key.word(), encoded(value))).collect();
        let canonical = canonical.join("&");
        // Percent-encoded it may be three times as long.
        if canonical.len() > LONGEST {
            return Err(Problem::TooLong);
        }
        Ok(Self { selection, canonical, asked })
    }
}

/// Adds what is asked to the selection. Returns the one way to write it.
fn add(
    selection: &mut Selection,
    key: Key,
    value: &str,
    taxonomy: &Taxonomy,
    zone: Tz,
) -> Result<String, Problem> {
    match key {
        Key::Words => {
            let phrases = phrases(value)?;
            selection.phrases.extend(phrases.iter().cloned());
            Ok(value.to_owned())
        }
        Key::Since => {
            let since = moment(value, zone).ok_or_else(|| Problem::Value(key, value.to_owned()))?;
            if selection.since.replace(since).is_some() {
                return Err(Problem::Twice(key));
            }
            let day = value.parse::<NaiveDate>();
            Ok(day.map_or_else(|_| since.to_rfc3339_opts(SecondsFormat::Secs, true), |day| day.to_string()))
        }
        Key::Topic | Key::Region | Key::Agency | Key::Kind | Key::Language => {
            let (clause, canonical) = clause(key, value, taxonomy)?;
            selection.clauses.insert(clause);
            Ok(canonical)
        }
    }
}

/// `health,economy`, or `-sport`; slugs, codes or words, in any order.
fn clause(key: Key, value: &str, taxonomy: &Taxonomy) -> Result<(Clause, String), Problem> {
    let (not, list) = value.strip_prefix('-').map_or((false, value), |list| (true, list));
    let mut any = BTreeSet::new();
    let mut words = BTreeSet::new();
    for word in list.split(',').map(str::trim) {
        let (word, marks) = marks(key, word, taxonomy).ok_or_else(|| Problem::Value(key, word.to_owned()))?;
        words.insert(word);
        any.extend(marks);
    }
    let words = words.into_iter().collect::<Vec<_>>().join(",");
    Ok((Clause { not, any }, format!("{}{words}", if not { "-" } else { "" })))
}

/// What a word under this key stands for, and the one way to write it.
fn marks(key: Key, word: &str, taxonomy: &Taxonomy) -> Option<(String, Vec<Mark>)> {
    match key {
        Key::Topic => {
            let by_code = || taxonomy.topics.get(&word.parse().ok()?);
            let topic = taxonomy.topics.by_slug(word).or_else(by_code)?;
            Some((topic.slug.clone(), vec![Mark::Topic(topic.code.clone())]))
        }
        Key::Region => {
            let by_code = || taxonomy.regions.get(&word.parse().ok()?);
            let region = taxonomy.regions.by_slug(word).or_else(by_code)?;
            Some((region.slug.clone(), vec![Mark::Region(region.code.clone())]))
        }
        Key::Agency => {
            let name = Agency::named(word)?;
            let known = taxonomy.agencies.by_slug(word).or_else(|| taxonomy.agencies.by_name(&name));
            Some(known.map_or_else(
                || (name.as_str().to_owned(), vec![Mark::Agency(name.clone())]),
                |agency| (agency.slug.clone(), agency.printed.iter().cloned().map(Mark::Agency).collect()),
            ))
        }
        Key::Kind => {
            let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
            Some((word.to_owned(), vec![Mark::Kind(kind)]))
        }
        Key::Language => {
            let is_asked = |language: &Language| {
                let tag = language.tag();
                tag.eq_ignore_ascii_case(word) || (word.eq_ignore_ascii_case("zh") && tag.starts_with("zh"))
            };
            let languages: Vec<Language> = Language::ALL.into_iter().filter(is_asked).collect();
            let word = languages.first()?.tag();
            let word = if languages.len() > 1 { "zh" } else { word };
            Some((word.to_owned(), languages.into_iter().map(Mark::Language).collect()))
        }
        Key::Words | Key::Since => None,
    }
}

/// `渡船,轮渡 "new bridge" -停航`: each must be there, or one of those between commas, but for those behind a minus sign.
fn phrases(text: &str) -> Result<Vec<Phrase>, Problem> {
    let mut phrases = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (not, after) = rest.strip_prefix('-').map_or((false, rest), |after| (true, after));
        let (any, after) = alternatives(after);
        if !any.is_empty() {
            phrases.push(Phrase { not, any });
        }
        rest = after.trim_start();
    }
    if phrases.is_empty() { Err(Problem::Nothing(text.to_owned())) } else { Ok(phrases) }
}

/// Words and quoted phrases with commas between them, as far as a text could hold them, and what follows.
fn alternatives(text: &str) -> (BTreeSet<String>, &str) {
    let is_quote = |c| matches!(c, '"' | '“' | '”' | '「' | '」');
    let mut any = BTreeSet::new();
    let mut rest = text;
    loop {
        let (phrase, after) = match rest.strip_prefix(is_quote) {
            Some(quoted) => quoted.split_once(is_quote).unwrap_or((quoted, "")),
            None => rest.split_at(word_end(rest)),
        };
        if crate::story::has_word(phrase) {
            any.insert(phrase.to_owned());
        }
        match after.strip_prefix([',', '，']) {
            Some(next) => rest = next,
            None => return (any, after),
        }
    }
}

/// Where a word ends: at a space, or at a comma that is in no number (1,000).
fn word_end(text: &str) -> usize {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let ends = |&(at, c): &(usize, char)| match c {
        ' ' | '，' => true,
        ',' => !(is_digit(text[..at].chars().next_back()) && is_digit(text[at + 1..].chars().next())),
        _ => false,
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// `2026-11-01`, or `2026-11-01T08:00:00+08:00`.
fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    // chrono reads years before our era, too: a minus sign is none of a date's.
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        // Where clocks go forward at midnight, the day begins an hour later.
        let first = (0..2).find_map(|hour| zone.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).earliest());
        return first.map(|moment| moment.to_utc());
    }
    // In a URL, the plus sign of an offset is a space.
    let text = text.replace(' ', "+");
    DateTime::parse_from_rfc3339(&text).ok().map(|moment| moment.to_utc())
}

/// Percent-encoded (RFC 3986 § 2.1) but for what may stand in a query as it is; a space is a plus sign, as forms send
/// it.
fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' => {
                out.push(char::from(byte));
            }
            byte => out.extend(form_urlencoded::byte_serialize(&[byte])),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Query, Problem> {
        Query::parse(text, &Taxonomy::embedded(), chrono_tz::Asia::Shanghai)
    }

    #[track_caller]
    fn is_written(text: &str, canonical: &str) {
        assert_eq!(read(text).unwrap().canonical, canonical);
        let again = read(canonical).unwrap();
        assert_eq!(again.canonical, canonical);
        assert_eq!(again.selection, read(text).unwrap().selection);
    }

    #[test]
    fn a_question_is_written_in_one_way() {
        is_written("", "");
        is_written("topic=&q=+&region=", "");
        is_written("region=fr&topic=sport", "topic=sport&region=fr");
        is_written("topic=sport,health&topic=health", "topic=health&topic=health,sport");
        is_written("topic=medtop:07000000", "topic=health");
        is_written("topic=-sport,health", "topic=-health,sport");
        is_written("region=CN-AH", "region=cn-ah");
        is_written("q=渡船  复航", "q=%E6%B8%A1%E8%88%B9+%E5%A4%8D%E8%88%AA");
        is_written("q=%22new+bridge%22", "q=%22new+bridge%22");
        is_written("agency=%E6%96%B0%E5%8D%8E%E7%A4%BE", "agency=xinhua");
        is_written("agency=Estuary+News", "agency=estuary-news");
        is_written("lang=ZH", "lang=zh");
        is_written("lang=zh-hant", "lang=zh-Hant");
        is_written("since=2026-11-01", "since=2026-11-01");
        is_written("since=2026-11-01T08:00:00+08:00", "since=2026-11-01T00:00:00Z");
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (text, problem) in [
            ("topics=sport", "There is no “topics” to ask by, only q, topic, region, agency, kind, lang, since."),
            ("topic=sports%00", "topic does not know “sports\0”."),
            ("topic=sport,", "topic does not know “”."),
            ("region=atlantis", "region does not know “atlantis”."),
            ("kind=video", "kind does not know “video”."),
            ("lang=fr", "lang does not know “fr”."),
            ("since=yesterday", "since does not know “yesterday”."),
            ("since=2026-11-01&since=2026-11-02", "since can be asked once only."),
            ("q=%21%21", "There is no word to look for in “!!”."),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), problem, "{text}");
        }
        assert_eq!(read(&format!("q={}", "a".repeat(LONGEST))), Err(Problem::TooLong));
        assert_eq!(
            read(&format!("q={}", "a+".repeat(MOST + 1))),
            read("q=a").map(|a| Query {
                canonical: format!("q={}", vec!["a"; MOST + 1].join("+")),
                asked: vec![(Key::Words, vec!["a"; MOST + 1].join(" "))],
                ..a
            })
        );
        let many: Vec<String> = (0..=MOST).map(|n| format!("a{n}")).collect();
        assert_eq!(read(&format!("q={}", many.join("+"))), Err(Problem::TooLong));
    }

    #[test]
    fn phrases_are_words_quotations_and_what_must_be_absent() {
        let phrase = |not, text: &str| Phrase { not, any: text.split('|').map(str::to_owned).collect() };
        let of = |text: &str| phrases(text).unwrap();
        assert_eq!(of("渡船 复航"), [phrase(false, "渡船"), phrase(false, "复航")]);
        assert_eq!(of("-停航 “new bridge”"), [phrase(true, "停航"), phrase(false, "new bridge")]);
        assert_eq!(of("\"open end"), [phrase(false, "open end")]);
        assert_eq!(of("- ferry"), [phrase(false, "ferry")]);
        assert_eq!(of("渡船,轮渡 复航"), [phrase(false, "渡船|轮渡"), phrase(false, "复航")]);
        assert_eq!(of("-\"new bridge\"，ferry,"), [phrase(true, "new bridge|ferry")]);
        assert_eq!(of("1,000 tons,2"), [phrase(false, "1,000"), phrase(false, "tons|2")]);
    }

    #[test]
    fn days_begin_at_midnight_where_the_site_is() {
        let since = read("since=2026-11-01").unwrap().selection.since.unwrap();
        assert_eq!(since.to_rfc3339(), "2026-10-31T16:00:00+00:00");
        let cairo = moment("2024-04-26", chrono_tz::Africa::Cairo).unwrap();
        assert_eq!(cairo.to_rfc3339(), "2024-04-25T22:00:00+00:00", "no midnight on that day");
        assert!(matches!(read("since=-2026-11-01"), Err(Problem::Value(Key::Since, _))));
    }
}
