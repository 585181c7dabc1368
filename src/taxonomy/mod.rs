//! What topics and regions are called, and how they nest.
//!
//! A scheme is read from tables (`config/topics.toml`, `config/regions.toml`, and files of the user's own that are
//! laid over them); the terms by which the tagger finds a concept stand beside its names, and only the tagger looks
//! at them.

mod agencies;
mod error;
mod layers;
mod plain;
mod points;
mod terms;
mod written;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

pub use self::agencies::{Agencies, NewsAgency};
pub use self::error::{Error, Wrong};
use self::layers::Layers;
pub use self::points::Point;
pub use self::terms::{Lists, Place, RegionTerms, Term, TopicTerms};
use self::written::Code;
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
    /// News agencies.
    pub agencies: Agencies,
}

impl Taxonomy {
    /// These topics and regions, and the agencies that come with the program.
    #[must_use]
    pub fn new(topics: Topics, regions: Regions) -> Self {
        Self { topics, regions, agencies: Agencies::embedded() }
    }

    /// The tables that come with the program.
    ///
    /// # Panics
    /// Never: a test reads them.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(
            Topics::layered([Table::topics()]).expect("the embedded topics are sound"),
            Regions::layered([Table::regions()]).expect("the embedded regions are sound"),
        )
    }
}

/// A file of topics or regions.
#[derive(Debug, Clone)]
pub struct Table {
    /// What messages call it.
    name: Arc<str>,
    text: Cow<'static, str>,
}

impl Table {
    /// A file of the user's own; messages call it by its `name`.
    #[must_use]
    pub fn new(name: &str, text: String) -> Self {
        Self { name: name.into(), text: Cow::Owned(text) }
    }

    /// The topics that come with the program.
    #[must_use]
    pub fn topics() -> Self {
        Self::built_in("topics.toml", include_str!("../../config/topics.toml"))
    }

    /// The regions that come with the program.
    #[must_use]
    pub fn regions() -> Self {
        Self::built_in("regions.toml", include_str!("../../config/regions.toml"))
    }

    fn built_in(name: &str, text: &'static str) -> Self {
        Self { name: format!("{}{name}", terms::BUILT_IN).into(), text: Cow::Borrowed(text) }
    }

    fn read<C: Code, T: Lists>(&self) -> Result<written::Written<C, T>, Error> {
        let plain = match self.text {
            Cow::Borrowed(text) => plain::read(&self.name, text),
            Cow::Owned(_) => None,
        };
        plain.map_or_else(|| written::read(&self.name, &self.text), Ok)
    }
}

/// One set of concepts, in the order of its tables.
#[derive(Debug)]
pub struct Scheme<C, T> {
    concepts: Vec<Concept<C, T>>,
    not: Vec<Term>,
    idle: Vec<Term>,
    by_code: HashMap<C, usize>,
    by_slug: HashMap<String, usize>,
    /// What its tables are called, in their order.
    tables: Vec<Arc<str>>,
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
    /// Where it was written or changed last.
    pub at: Place,
}

/// A concept's names by language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// In Chinese, simplified.
    pub zh: String,
    /// In English.
    pub en: String,
}

#[expect(private_bounds, reason = "topics and regions are all the codes that there are")]
impl<C: Code, T: Lists> Scheme<C, T> {
    /// Reads tables, each laid over those before it.
    ///
    /// # Errors
    /// With file and line of what is not sound.
    pub fn layered(tables: impl IntoIterator<Item = Table>) -> Result<Self, Error> {
        let mut layers = Layers::new();
        for table in tables {
            layers.lay(Arc::clone(&table.name), table.read()?)?;
        }
        layers.finish()
    }

    /// Reads one table that stands alone.
    ///
    /// # Errors
    /// With the line of what is not sound.
    pub fn parse(toml: &str) -> Result<Self, Error> {
        Self::layered([Table::new("table", toml.to_owned())])
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
    pub fn not(&self) -> &[Term] {
        &self.not
    }

    /// Which of its tables this is in, from 0.
    #[must_use]
    pub fn layer(&self, at: &Place) -> Option<usize> {
        at.order(&self.tables)
    }

    /// Terms that a table takes out of a concept that does not have them.
    #[must_use]
    pub fn idle(&self) -> &[Term] {
        &self.idle
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

impl<'a, C: Eq + Hash, T> IntoIterator for &'a Scheme<C, T> {
    type Item = &'a Concept<C, T>;
    type IntoIter = std::slice::Iter<'a, Concept<C, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"not = "free health"

[[topic]]
code = "medtop:07000000"
slug = "health"
name = { zh = "卫生", en = "health" }
terms = { decides = "卫生" }

[[topic]]
code = "medtop:20000446"
slug = "diseases"
broader = "medtop:07000000"
name = { zh = "疾病", en = "disease and condition" }
terms = { strong = ["癌症"], weak = "患者、病人, patient" }
"#;

    /// The tables in their order, called base.toml, own.toml and more.toml.
    fn layered(own: &[&str]) -> Result<Topics, Error> {
        let names = ["base.toml", "own.toml", "more.toml"];
        let texts = [BASE].into_iter().chain(own.iter().copied());
        Topics::layered(names.into_iter().zip(texts).map(|(name, text)| Table::new(name, text.to_owned())))
    }

    /// A concept's terms, each with its list and place.
    fn told(topic: &Concept<Topic, TopicTerms>) -> Vec<String> {
        topic.terms.terms().map(|(list, term)| format!("{list} {} {}", term.text, term.at)).collect()
    }

    #[test]
    fn concepts_are_found_by_code_and_slug_and_know_their_ancestors() {
        let topics = layered(&[]).unwrap();
        let child = topics.by_slug("diseases").unwrap();
        assert_eq!(child.names.zh, "疾病");
        let terms = ["strong 癌症", "weak 患者", "weak 病人", "weak patient"];
        assert_eq!(told(child), terms.map(|term| format!("{term} base.toml:14")));
        let above: Vec<&str> = topics.ancestors(&child.code).map(|c| c.slug.as_str()).collect();
        assert_eq!(above, ["health"]);
    }

    #[test]
    fn a_table_changes_what_it_speaks_of_and_leaves_the_rest() {
        let topics = layered(&[
            "not = ['health food']\n[[topic]]\ncode = 'medtop:20000446'\nname = { en = 'illness' }\nwithout = 'patient'\n\
             [topic.terms]\ndecides = '''\n\n  流感,\n  patient, 肺炎\n'''\n",
            "[[topic]]\ncode = 'ours:chips'\nslug = 'chips'\nname = { zh = '芯片', en = 'chips' }\n\
             [[topic]]\ncode = 'medtop:20000446'\nbroader = 'ours:chips'\n\
             [[topic]]\ncode = 'medtop:07000000'\ndrop = true\n",
        ])
        .unwrap();
        let codes: Vec<&str> = topics.iter().map(|topic| topic.code.as_str()).collect();
        assert_eq!(codes, ["medtop:20000446", "ours:chips"]);
        let changed = topics.by_slug("diseases").unwrap();
        assert_eq!((changed.names.zh.as_str(), changed.names.en.as_str()), ("疾病", "illness"));
        assert_eq!(changed.broader.as_ref().unwrap().as_str(), "ours:chips");
        assert_eq!(changed.at.to_string(), "more.toml:6");
        assert_eq!(
            told(changed),
            [
                "decides 流感 own.toml:9",
                "decides patient own.toml:10",
                "decides 肺炎 own.toml:10",
                "strong 癌症 base.toml:14",
                "weak 患者 base.toml:14",
                "weak 病人 base.toml:14",
            ]
        );
        assert!(topics.by_slug("health").is_none());
        let not: Vec<String> =
            topics.not().iter().map(|phrase| format!("{} {}", phrase.text, phrase.at)).collect();
        assert_eq!(not, ["free health base.toml:1", "health food own.toml:1"]);
    }

    #[test]
    fn a_concept_goes_to_the_top_and_a_slug_is_said_again() {
        let own = "[[topic]]\ncode = 'medtop:20000446'\nslug = 'diseases'\nbroader = ''\n";
        assert_eq!(layered(&[own]).unwrap().by_slug("diseases").unwrap().broader, None);
        let own = "[[region]]\ncode = 'CN-X-BAY'\nname = { zh = '湾', en = 'Bay' }\n";
        assert!(Regions::parse(own).unwrap().by_slug("cn-x-bay").is_some());
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_line() {
        let change = |lines: &str| format!("\n[[topic]]\ncode = 'medtop:20000446'\n{lines}");
        let add = |lines: &str| format!("[[topic]]\ncode = 'ours:a'\n{lines}");
        let name = "name = { zh = '', en = '' }\n";
        for (own, says) in [
            (change("slug = 'illness'"), "own.toml:4: the slug of “medtop:20000446” is “diseases” for ever"),
            (change("broader = 'medtop:1'"), "own.toml:4: broader “medtop:1” is not in this table"),
            (
                change("broader = 'medtop:20000446'"),
                "own.toml:4: “medtop:20000446” is part of itself: medtop:2000",
            ),
            (change("drop = true\nslug = 'diseases'"), "own.toml:3: “medtop:20000446” is dropped: nothing else"),
            (change("drop = 1"), "own.toml:4: `drop` wants true or false"),
            (change("nom = ''"), "own.toml:4: unknown key `nom`, known are `code`, `slug`, `broader`, `name`, `t"),
            (change("name = ''"), "own.toml:4: `name` wants { zh"),
            (change("name.de = ''"), "own.toml:4: unknown key `de`, known are `zh`, `en`"),
            (
                change("terms.sure = ''"),
                "own.toml:4: unknown key `sure`, known are `decides`, `strong`, `weak`, `",
            ),
            (change("terms.weak = 1"), "own.toml:4: `weak` wants an array of terms"),
            (change("terms.weak = ['a',\n1]"), "own.toml:5: `weak` wants a string"),
            (change(&change("")), "own.toml:6: “medtop:20000446” is there already, at own.toml:3"),
            (
                add(""),
                "own.toml:2: “ours:a” is new: it wants name = { zh = \"…\", en = \"…\" }, and has no zh and en",
            ),
            (
                add("name = { en = '' }"),
                "own.toml:2: “ours:a” is new: it wants name = { zh = \"…\", en = \"…\" }, and has no zh",
            ),
            (change("name.zh = \"a\\nb\""), "own.toml:4: `zh` has a line break or another control character"),
            (change("name.en = \"a\\u0000b\""), "own.toml:4: `en` has a line break or another control character"),
            (
                "[[topic]]\ncode = 'MEDTOP:07000000'".to_owned(),
                "own.toml:2: “MEDTOP:07000000” differs from “medtop:07000000” in capitals alone",
            ),
            (
                "[[topic]]\ncode = 'Ours:a'".to_owned(),
                "own.toml:2: “Ours:a” differs from “ours:a” in capitals alone",
            ),
            (
                add(&format!("{name}slug = 'a'\n[[topic]]\ncode = 'ours:A'")),
                "own.toml:6: “ours:A” differs from “ours:a”",
            ),
            (add(name), "own.toml:2: “ours:a” is new and cannot stand in a URL"),
            (add(&format!("{name}slug = 'A'")), "own.toml:4: “A” is no slug"),
            (add(&format!("{name}slug = 'health'")), "own.toml:4: “health” is there already, at base.toml:5"),
            (add("drop = true"), "own.toml:2: “ours:a” is not there"),
            (add("without = 'x'"), "own.toml:2: “ours:a” is not there"),
            ("[[topic]]\ncode = 'ours'".to_owned(), "own.toml:2: “ours” is not a topic code"),
            ("\n[[topic]]\nslug = 'x'".to_owned(), "own.toml:2: this has no `code`"),
            ("\n[topic]".to_owned(), "own.toml:2: `topic` wants to be written"),
            ("\n[[region]]".to_owned(), "own.toml:2: unknown key `region`, known are `not`, `topic`"),
            ("a = 1\n[[topic\n".to_owned(), "own.toml:2: "),
            (
                "\n[[topic]]\ncode = 'medtop:07000000'\ndrop = true".to_owned(),
                "own.toml:3: “medtop:07000000” cannot be dropped: “medtop:20000446” is part of it, at base.toml:12",
            ),
            (
                "[[topic]]\ncode = 'medtop:07000000'\nbroader = 'medtop:20000446'".to_owned(),
                "own.toml:3: “medtop:07000000” is part of itself: medtop:07000000 < medtop:20000446 < medtop:0700",
            ),
        ] {
            let message = layered(&[&own]).unwrap_err().to_string();
            assert!(message.starts_with(says), "{own}\n{message}");
        }
    }

    #[test]
    fn the_file_that_closes_a_circle_is_blamed() {
        let own = "[[topic]]\ncode = 'ours:a'\nslug = 'a'\nname = { zh = '', en = '' }\n\
                   broader = 'medtop:20000446'";
        let more = "[[topic]]\ncode = 'medtop:07000000'\nbroader = 'ours:a'";
        let message = layered(&[own, more]).unwrap_err().to_string();
        assert!(message.starts_with("more.toml:3: “medtop:07000000” is part of itself"), "{message}");
    }

    #[test]
    fn the_embedded_tables_are_sound_and_as_plain_as_can_be() {
        fn both<C: Code + std::fmt::Debug, T: Lists + PartialEq + std::fmt::Debug>(table: &Table) {
            let Cow::Borrowed(text) = table.text else { panic!("it is built in") };
            let plain = plain::read::<C, T>(&table.name, text);
            assert!(plain.is_some());
            assert_eq!(plain, written::read(&table.name, text).ok());
        }
        both::<Topic, TopicTerms>(&Table::topics());
        both::<Region, RegionTerms>(&Table::regions());
        let taxonomy = Taxonomy::embedded();
        assert!(taxonomy.topics.iter().filter(|topic| topic.broader.is_none()).count() >= 17);
        assert!(taxonomy.regions.iter().count() >= 249 + 34);
    }

    #[test]
    fn what_is_not_plain_is_left_to_toml() {
        let plain = |text| plain::read::<Topic, TopicTerms>(&"a".into(), text);
        assert!(plain("[[topic]]\ncode = \"a:b\"\n[topic.terms]\nweak = \"\"\"\na, b\n\"\"\"\n").is_some());
        for text in [
            "[[region]]\ncode = \"a:b\"\n",
            "[[topic]]\nslug = \"a\"\n",
            "[[topic]]\ncode = 'a:b'\n",
            "[[topic]]\ncode = \"a:b\" # first\n",
            "[[topic]]\ncode = \"a:b\"\nslug = \"\\u0061\"\n",
            "[[topic]]\ncode = \"a:b\"\nterms = { weak = [\"a\"] }\n",
            "[[topic]]\ncode = \"a:b\"\nterms = { weak = \"a\", sure = \"b\" }\n",
            "[[topic]]\ncode = \"a:b\"\nweak = \"\"\"\na\n",
            "[topic.terms]\n",
            "slug = \"a\"\n",
        ] {
            assert!(plain(text).is_none(), "{text}");
        }
    }
}
