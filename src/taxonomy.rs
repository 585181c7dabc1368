//! What topics and regions are called, and how they nest.
//!
//! A scheme is read from one TOML table (`config/topics.toml`, `config/regions.toml`); the terms by which the
//! tagger finds a concept stand beside its names, and only the tagger looks at them.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::story::{Region, Topic};

/// All topics.
pub type Topics = Scheme<Topic, TopicTerms>;
/// All regions.
pub type Regions = Scheme<Region, RegionTerms>;

/// Topics and regions together: what `tag` looks for and `feed` prints the names of.
#[derive(Debug)]
pub struct Taxonomy {
    /// Subjects: by default the IPTC Media Topics.
    pub topics: Topics,
    /// Places: by default ISO 3166-1, and ISO 3166-2 for China.
    pub regions: Regions,
}

impl Taxonomy {
    /// The tables that come with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self { topics: Topics::embedded(), regions: Regions::embedded() }
    }
}

impl Topics {
    /// The table that comes with the program.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(include_str!("../config/topics.toml")).expect("the embedded topics are sound")
    }
}

impl Regions {
    /// The table that comes with the program.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(include_str!("../config/regions.toml")).expect("the embedded regions are sound")
    }
}

/// One set of concepts, in the order of its table.
#[derive(Debug)]
pub struct Scheme<C, T> {
    concepts: Vec<Concept<C, T>>,
    not: Vec<String>,
    by_code: HashMap<C, usize>,
    by_slug: HashMap<String, usize>,
}

/// One topic or region.
#[derive(Debug)]
pub struct Concept<C, T> {
    /// Its code, which never changes.
    pub code: C,
    /// Its word in URLs, which never changes: lower-case ASCII letters, digits, `-`, `_`, `.`.
    pub slug: String,
    /// The concept that this one is part of.
    pub broader: Option<C>,
    /// What it is called.
    pub names: Names,
    /// How the tagger finds it.
    pub terms: T,
}

/// A concept's names by language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// In Chinese, simplified.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// How a story shows that it is about a topic.
///
/// A list of terms is written as an array, or as one string with `、`, `，`, `,` or line breaks between them.
/// A term with a capital letter must be printed with it; one without is found in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TopicTerms {
    /// One of these in the headline or lead decides.
    #[serde(deserialize_with = "terms")]
    pub decides: Vec<String>,
    /// Speaks for the topic, and a second one decides.
    #[serde(deserialize_with = "terms")]
    pub strong: Vec<String>,
    /// A hint.
    #[serde(deserialize_with = "terms")]
    pub weak: Vec<String>,
    /// Speaks against the topic.
    #[serde(deserialize_with = "terms")]
    pub against: Vec<String>,
}

/// How a story shows that it is about a region, beside the region's names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RegionTerms {
    /// Other names: 皖, 安徽; German, Germany's. One that stands in several regions (京津冀) means them all.
    #[serde(deserialize_with = "terms")]
    pub aliases: Vec<String>,
    /// Cities and counties: a name of one speaks for the region.
    #[serde(deserialize_with = "terms")]
    pub within: Vec<String>,
    /// The seat of government, from which news of the whole region is filed.
    #[serde(deserialize_with = "terms")]
    pub capital: Vec<String>,
    /// What is said of one's own country without naming it (全国, 教育部): counts unless headline or dateline
    /// names another country.
    #[serde(deserialize_with = "terms")]
    pub home: Vec<String>,
    /// Names that mean something else as often (朝阳, Georgia): they count only beside surer evidence.
    #[serde(deserialize_with = "terms")]
    pub unsure: Vec<String>,
}

/// What is wrong with a taxonomy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not TOML, or an unknown or missing key; the message shows line and column.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// Two concepts share a code or a slug.
    #[error("line {line}: “{what}” is there already")]
    Twice {
        /// Line of the second one, from 1.
        line: usize,
        /// The code or slug.
        what: String,
    },
    /// A slug that could not stand in a URL as it is.
    #[error("line {line}: “{slug}” is no slug: it wants lower-case ASCII letters, digits, “-”, “_”, “.”")]
    BadSlug {
        /// Line of the concept, from 1.
        line: usize,
        /// The text.
        slug: String,
    },
    /// `broader` names a concept that is not in the table.
    #[error("line {line}: broader “{broader}” is not in this table")]
    NoSuchBroader {
        /// Line of the concept, from 1.
        line: usize,
        /// The missing code.
        broader: String,
    },
    /// A concept is its own ancestor.
    #[error("line {line}: “{code}” is its own ancestor")]
    Circle {
        /// Line of the concept, from 1.
        line: usize,
        /// The code.
        code: String,
    },
}

/// A table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "C: DeserializeOwned, T: DeserializeOwned + Default")]
struct Written<C, T> {
    #[serde(default, deserialize_with = "terms")]
    not: Vec<String>,
    #[serde(alias = "topic", alias = "region")]
    concept: Vec<WrittenConcept<C, T>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "C: DeserializeOwned, T: DeserializeOwned + Default")]
struct WrittenConcept<C, T> {
    code: toml::Spanned<C>,
    /// The code in lower case when absent.
    slug: Option<String>,
    broader: Option<C>,
    name: Names,
    #[serde(default)]
    terms: T,
}

impl<C, T> Scheme<C, T>
where
    C: Clone + Eq + Hash + ToString + DeserializeOwned,
    T: Default + DeserializeOwned,
{
    /// Reads a table.
    ///
    /// # Errors
    /// With the line at fault when it is not sound.
    pub fn parse(toml: &str) -> Result<Self, Error> {
        let written: Written<C, T> = toml::from_str(toml)?;
        let mut scheme =
            Self { concepts: Vec::new(), not: written.not, by_code: HashMap::new(), by_slug: HashMap::new() };
        let mut lines = Vec::new();
        let (mut counted, mut line) = (0, 1);
        for concept in written.concept {
            // Concepts come in print order, so each line is counted once.
            let at = concept.code.span().start;
            line += newlines(&toml.as_bytes()[counted.min(at)..at]);
            counted = at;
            scheme.add(concept, line)?;
            lines.push(line);
        }
        scheme.check_ancestors(&lines)?;
        Ok(scheme)
    }

    fn add(&mut self, written: WrittenConcept<C, T>, line: usize) -> Result<(), Error> {
        let code = written.code.into_inner();
        let slug = written.slug.unwrap_or_else(|| code.to_string().to_ascii_lowercase());
        if slug.is_empty()
            || !slug.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
            || slug.starts_with('.')
        {
            return Err(Error::BadSlug { line, slug });
        }
        let at = self.concepts.len();
        if self.by_code.insert(code.clone(), at).is_some() {
            return Err(Error::Twice { line, what: code.to_string() });
        }
        if self.by_slug.insert(slug.clone(), at).is_some() {
            return Err(Error::Twice { line, what: slug });
        }
        self.concepts.push(Concept {
            code,
            slug,
            broader: written.broader,
            names: written.name,
            terms: written.terms,
        });
        Ok(())
    }

    fn check_ancestors(&self, lines: &[usize]) -> Result<(), Error> {
        for (concept, &line) in self.concepts.iter().zip(lines) {
            if let Some(broader) = &concept.broader
                && !self.by_code.contains_key(broader)
            {
                return Err(Error::NoSuchBroader { line, broader: broader.to_string() });
            }
            // A path without a circle is shorter than the table.
            if self.ancestors(&concept.code).take(self.concepts.len()).count() == self.concepts.len() {
                return Err(Error::Circle { line, code: concept.code.to_string() });
            }
        }
        Ok(())
    }
}

impl<C: Eq + Hash, T> Scheme<C, T> {
    /// The concept with this code.
    #[must_use]
    pub fn get(&self, code: &C) -> Option<&Concept<C, T>> {
        self.by_code.get(code).map(|&at| &self.concepts[at])
    }

    /// The concept with this slug.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&Concept<C, T>> {
        self.by_slug.get(slug).map(|&at| &self.concepts[at])
    }

    /// Phrases that hold a term and mean none (Washington Post, 出海口): they hide what is inside them.
    #[must_use]
    pub fn not(&self) -> &[String] {
        &self.not
    }

    /// All concepts, in the order of the table.
    pub fn iter(&self) -> std::slice::Iter<'_, Concept<C, T>> {
        self.concepts.iter()
    }

    /// Parent, grandparent and so on; nothing for a code that is not in the table.
    pub fn ancestors<'a>(&'a self, code: &C) -> impl Iterator<Item = &'a Concept<C, T>> {
        let parent = |concept: &'a Concept<C, T>| concept.broader.as_ref().and_then(|code| self.get(code));
        std::iter::successors(self.get(code).and_then(parent), move |concept| parent(concept))
    }
}

/// A list of terms: an array, or one string with commas or line breaks between them, which is shorter to write
/// and to review when there are hundreds.
fn terms<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Terms;

    impl<'de> serde::de::Visitor<'de> for Terms {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("an array of terms, or a string with commas between them")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<String>, E> {
            let terms = text.split(['、', '，', ',', '\n']).map(str::trim);
            Ok(terms.filter(|term| !term.is_empty()).map(str::to_owned).collect())
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<String>, A::Error> {
            let mut terms = Vec::new();
            while let Some(term) = seq.next_element()? {
                terms.push(term);
            }
            Ok(terms)
        }
    }
    deserializer.deserialize_any(Terms)
}

impl<'a, C: Eq + Hash, T> IntoIterator for &'a Scheme<C, T> {
    type Item = &'a Concept<C, T>;
    type IntoIter = std::slice::Iter<'a, Concept<C, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn newlines(text: &[u8]) -> usize {
    text.split(|&b| b == b'\n').count() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = r#"
        [[topic]]
        code = "medtop:07000000"
        slug = "health"
        name = { zh = "卫生", en = "health" }

        [[topic]]
        code = "medtop:20000446"
        slug = "diseases"
        broader = "medtop:07000000"
        name = { zh = "疾病", en = "disease and condition" }
        terms = { strong = ["癌症"], weak = "患者、病人, patient" }
    "#;

    #[track_caller]
    fn refuses(toml: &str, says: &str) {
        let message = Topics::parse(toml).unwrap_err().to_string();
        assert!(message.contains(says), "{message}");
    }

    #[test]
    fn concepts_are_found_by_code_and_slug_and_know_their_ancestors() {
        let topics = Topics::parse(TREE).unwrap();
        let child = topics.by_slug("diseases").unwrap();
        assert_eq!(child.names.zh, "疾病");
        assert_eq!(child.terms.strong, ["癌症"]);
        assert_eq!(child.terms.weak, ["患者", "病人", "patient"]);
        let above: Vec<&str> = topics.ancestors(&child.code).map(|c| c.slug.as_str()).collect();
        assert_eq!(above, ["health"]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        refuses(&TREE.replace("slug = \"diseases\"", "slug = \"health\""), "line 8: “health” is there already");
        refuses(&TREE.replace("slug = \"diseases\"", "slug = \"Diseases\""), "line 8: “Diseases” is no slug");
        refuses(
            &TREE.replace("broader = \"medtop:07000000\"", "broader = \"medtop:1\""),
            "line 8: broader “medtop:1”",
        );
        refuses(
            &TREE.replace("slug = \"health\"", "slug = \"health\"\nbroader = \"medtop:20000446\""),
            "line 3: “medtop:07000000” is its",
        );
        refuses(&TREE.replace("name = { zh = \"卫生\"", "nom = { zh = \"卫生\""), "unknown field `nom`");
    }

    #[test]
    fn the_embedded_tables_are_sound() {
        let taxonomy = Taxonomy::embedded();
        assert!(taxonomy.topics.iter().filter(|topic| topic.broader.is_none()).count() >= 17);
        assert!(taxonomy.regions.iter().count() >= 249 + 34);
    }
}
