//! What in the tables does nothing, or does not what its writer may think: terms that stand twice, that are never
//! found, that several concepts claim, and concepts that nothing leads to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::Hash;

use super::find::Finder;
use super::fold::{Folded, folded};
use super::tree::Tree;
use crate::taxonomy::{Lists, Place, Regions, Scheme, Taxonomy, Term, Topics};

/// Something odd in a table, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line that one would change.
    pub at: Place,
    /// What is odd there.
    pub kind: RemarkKind,
}

/// What can be odd in a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemarkKind {
    /// A term that the same concept has already, perhaps in another width, script or case.
    #[error("{term} stands in {list} already, as {before}")]
    Twice {
        /// The second one.
        term: Quoted,
        /// The list of the first one.
        list: &'static str,
        /// The first one.
        before: Cited,
    },
    /// A term in whose place another is found wherever it stands.
    #[error("{term} is never found, for {by} is found in its place")]
    Outdone {
        /// The term.
        term: Quoted,
        /// The other.
        by: Cited,
    },
    /// A term that a phrase of `not` hides.
    #[error("{term} is never found, for `not` hides it: {by}")]
    Hidden {
        /// The term.
        term: Quoted,
        /// The phrase.
        by: Cited,
    },
    /// A term to be taken out that is not in: it is misspelt, or a later release has taken it out itself.
    #[error("`without` has nothing to take out: {term} is no term here")]
    Idle {
        /// The term.
        term: Quoted,
    },
    /// A term that says nothing of any story, as a letter or a mark.
    #[error("{term} stands in every other story")]
    Trifle {
        /// The term.
        term: Quoted,
    },
    /// A concept without a term that could be found, in itself or below.
    #[error("nothing leads to {code}: neither it nor what is part of it has a term that can be found")]
    Unreachable {
        /// The concept's code.
        code: Quoted,
    },
    /// A term that decides for two topics, neither of which is part of the other.
    #[error("{term} decides for {code} and for {other} alike: {before}")]
    DecidesTwice {
        /// The term.
        term: Quoted,
        /// The second topic.
        code: Quoted,
        /// The first one.
        other: Quoted,
        /// The term there.
        before: Cited,
    },
    /// A name for a region that is another region's in a table below.
    #[error("{term} is a name of {other} too ({before}): {means}")]
    Shared {
        /// The name.
        term: Quoted,
        /// The other region.
        other: Quoted,
        /// The name there.
        before: Cited,
        /// What the name comes to.
        means: Means,
    },
}

/// What a name means that two regions have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Means {
    /// Both list it as a name of their own.
    #[error("both are meant")]
    Both,
    /// One lists it as its own name, the other as that of a place within.
    #[error("{0} alone is meant")]
    Only(Quoted),
    /// One lists it as its seat of government.
    #[error("{0} is meant where a story comes from there, {1} elsewhere")]
    Seat(Quoted, Quoted),
    /// Both list it as that of a place within.
    #[error("the one is meant that the rest of the story speaks for")]
    Either,
}

/// A term or code in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted(String);

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”", self.0)
    }
}

/// A term and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited(Term);

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” at {}", self.0.text, self.0.at)
    }
}

fn quoted(text: impl fmt::Display) -> Quoted {
    Quoted(text.to_string())
}

fn cited(term: &Term) -> Cited {
    Cited(term.clone())
}

/// Everything odd in both tables, by file and line.
#[must_use]
pub fn remarks(taxonomy: &Taxonomy) -> Vec<Remark> {
    let topics = of(&taxonomy.topics, "against").into_iter().chain(decides_twice(&taxonomy.topics));
    let regions = of(&taxonomy.regions, "").into_iter().chain(shared(&taxonomy.regions));
    let mut remarks: Vec<Remark> = topics.chain(regions).collect();
    remarks.sort_by(|a, b| a.at.cmp(&b.at));
    let mut told = BTreeSet::new();
    remarks.retain(|remark| told.insert((remark.at.clone(), remark.kind.to_string())));
    remarks
}

/// What can be odd in topics and regions alike. Terms of the list `against` do not lead to their concept.
fn of<C: Clone + Eq + Hash + fmt::Display, T: Lists>(scheme: &Scheme<C, T>, against: &str) -> Vec<Remark> {
    let terms = scheme.iter().flat_map(|concept| concept.terms.terms()).map(|(_, term)| term);
    let finder = Finder::new(
        terms
            .map(|term| (term.text.as_ref(), Some(term)))
            .chain(scheme.not().iter().map(|not| (not.text.as_ref(), None))),
    );
    let tree = Tree::new(scheme);
    let mut reached = vec![false; tree.codes.len()];
    let mut remarks = twice(scheme.not().iter().map(|phrase| ("not", phrase)));
    let idle = |term: &Term| Remark { at: term.at.clone(), kind: RemarkKind::Idle { term: quoted(&term.text) } };
    remarks.extend(scheme.idle().iter().map(idle));
    for (at, concept) in scheme.iter().enumerate() {
        let doubles = twice(concept.terms.terms());
        for (list, term) in concept.terms.terms() {
            match unfindable(&finder, term, scheme.not()) {
                None if is_trifle(&term.text) => {
                    remarks.push(Remark {
                        at: term.at.clone(),
                        kind: RemarkKind::Trifle { term: quoted(&term.text) },
                    });
                }
                None if list == against => {}
                None => tree.path(at).for_each(|above| reached[above] = true),
                Some(_) if doubles.iter().any(|double| double.is_of(term)) => {}
                Some(kind) => remarks.push(Remark { at: term.at.clone(), kind }),
            }
        }
        remarks.extend(doubles);
    }
    let unreached = scheme.iter().zip(reached).filter(|(_, reached)| !reached);
    remarks.extend(unreached.map(|(concept, _)| Remark {
        at: concept.at.clone(),
        kind: RemarkKind::Unreachable { code: quoted(&concept.code) },
    }));
    remarks
}

/// One character, unless it is an ideograph that is a word (癌, 皖); no letter at all.
fn is_trifle(term: &str) -> bool {
    const SMALL: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经";
    let mut chars = term.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_ascii() || !c.is_alphabetic() || SMALL.contains(c),
        _ => !term.chars().any(char::is_alphanumeric),
    }
}

impl Remark {
    fn is_of(&self, term: &Term) -> bool {
        matches!(&self.kind, RemarkKind::Twice { term: Quoted(text), .. } if *text == term.text)
            && self.at == term.at
    }
}

/// The terms that stand twice among these. Two that differ in capitals alone are two, unless one has none and so is
/// found for both.
fn twice<'a>(terms: impl Iterator<Item = (&'static str, &'a Term)>) -> Vec<Remark> {
    let mut seen: HashMap<String, Vec<(&'static str, &'a Term)>> = HashMap::new();
    let mut remarks = Vec::new();
    for (list, term) in terms {
        let alike = seen.entry(folded(&term.text)).or_default();
        if let Some((list, before)) = alike.iter().find(|(_, before)| are_one(&before.text, &term.text)) {
            let kind = RemarkKind::Twice { term: quoted(&term.text), list, before: cited(before) };
            remarks.push(Remark { at: term.at.clone(), kind });
        }
        alike.push((list, term));
    }
    remarks
}

/// Whether terms that are equal when folded find the same words.
fn are_one(one: &str, other: &str) -> bool {
    let capitals =
        |text: &str| Folded::new(text).shown.into_iter().map(|c| c.is_ascii_uppercase()).collect::<Vec<_>>();
    let (one, other) = (capitals(one), capitals(other));
    one == other || !one.contains(&true) || !other.contains(&true)
}

/// Why the tagger never finds a term: looked for in a text that is the term, another is found there.
fn unfindable(finder: &Finder<&Term>, term: &Term, not: &[Term]) -> Option<RemarkKind> {
    let found = finder.find(&Folded::new(&term.text));
    let by = finder.term(found.iter().find(|found| found.start == 0)?.term);
    let quoted = quoted(&term.text);
    match by.meanings.first() {
        Some(_) if by.text == term.text => None,
        Some(other) => Some(RemarkKind::Outdone { term: quoted, by: cited(other) }),
        None => {
            let phrase = not.iter().find(|phrase| phrase.text == by.text)?;
            Some(RemarkKind::Hidden { term: quoted, by: cited(phrase) })
        }
    }
}

/// A term that decides for two topics makes a story of both. In the built-in table that is meant: 军演 is politics and
/// conflict alike.
fn decides_twice(topics: &Topics) -> Vec<Remark> {
    let tree = Tree::new(topics);
    let mut remarks = Vec::new();
    let mut deciding: HashMap<String, Vec<(usize, &Term)>> = HashMap::new();
    for (at, topic) in topics.iter().enumerate() {
        for term in &topic.terms.decides {
            let others = deciding.entry(folded(&term.text)).or_default();
            let other = others.iter().find(|(other, before)| {
                let meant = before.at.is_built_in() && term.at.is_built_in();
                !meant && !tree.are_related(*other, at) && are_one(&before.text, &term.text)
            });
            if let Some(&(other, before)) = other {
                let (code, other) = (quoted(&topic.code), quoted(&tree.codes[other]));
                let kind =
                    RemarkKind::DecidesTwice { term: quoted(&term.text), code, other, before: cited(before) };
                remarks.push(Remark { at: term.at.clone(), kind });
            }
            others.push((at, term));
        }
    }
    remarks
}

/// A name that a region has in its lists.
struct Name<'a> {
    region: usize,
    names: Names,
    term: &'a Term,
}

/// What a name of a region names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Itself,
    Within,
    Seat,
}

/// A name that a region has in one table and another region in a table below; in one and the same table, whoever
/// wrote it knew (京津冀).
fn shared(regions: &Regions) -> Vec<Remark> {
    let tree = Tree::new(regions);
    let mut named: BTreeMap<&str, Vec<Name>> = BTreeMap::new();
    for (region, concept) in regions.iter().enumerate() {
        let terms = &concept.terms;
        let itself = terms.aliases.iter().chain(&terms.home).map(|term| (Names::Itself, term));
        let within = terms.within.iter().map(|term| (Names::Within, term));
        let seat = terms.capital.iter().map(|term| (Names::Seat, term));
        for name in itself.chain(within).chain(seat).map(|(names, term)| Name { region, names, term }) {
            named.entry(name.term.text.as_ref()).or_default().push(name);
        }
    }
    let mut remarks = Vec::new();
    for names in named.values().filter(|names| names.len() > 1) {
        for name in names {
            let Name { region, term, .. } = *name;
            let below = |before: &&Name| {
                regions.layer(&before.term.at) < regions.layer(&term.at)
                    && !tree.are_related(before.region, region)
            };
            let Some(before) = names.iter().find(below) else { continue };
            let (code, other) = (quoted(&tree.codes[region]), quoted(&tree.codes[before.region]));
            let means = match (name.names, before.names) {
                (Names::Itself, Names::Itself) => Means::Both,
                (Names::Itself, Names::Within) => Means::Only(code),
                (Names::Within, Names::Itself) | (Names::Seat, Names::Seat) => Means::Only(other.clone()),
                (Names::Within, Names::Within) => Means::Either,
                (_, Names::Seat) => Means::Seat(other.clone(), code),
                (Names::Seat, _) => Means::Seat(code, other.clone()),
            };
            let kind = RemarkKind::Shared { term: quoted(&term.text), other, before: cited(before.term), means };
            remarks.push(Remark { at: term.at.clone(), kind });
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::Table;

    /// What is said of these topics and regions, the second table of each laid over the first.
    fn said(topics: [&str; 2], regions: [&str; 2]) -> Vec<String> {
        let tables = |texts: [&str; 2]| ["base.toml", "own.toml"].into_iter().zip(texts.map(str::to_owned));
        let taxonomy = Taxonomy::new(
            Topics::layered(tables(topics).map(|(name, text)| Table::new(name, text))).unwrap(),
            Regions::layered(tables(regions).map(|(name, text)| Table::new(name, text))).unwrap(),
        );
        remarks(&taxonomy).iter().map(|remark| format!("{}: {}", remark.at, remark.kind)).collect()
    }

    /// A topic of code `x:SLUG` with these lists of terms; seven lines, the lists from the sixth.
    fn topic(slug: &str, broader: &str, terms: &str) -> String {
        format!(
            "[[topic]]\ncode = 'x:{slug}'\nslug = '{slug}'\nbroader = '{broader}'\nname = {{ zh = '', en = '' }}\n\
             terms = {{ {terms} }}\n\n"
        )
    }

    #[track_caller]
    fn of_topics(own: &str, wants: &[&str]) {
        let base = topic("base", "", "decides = 'base', weak = 'car'");
        assert_eq!(said([&base, own], [""; 2]), wants, "{own}");
    }

    #[track_caller]
    fn of_regions(own: &str, wants: &[&str]) {
        let base = "[[region]]\ncode = 'AA'\nname = { zh = '', en = '' }\nterms = { aliases = '甲', within = '乙', capital = '丁' }";
        assert_eq!(said([""; 2], [base, own]), wants, "{own}");
    }

    #[test]
    fn terms_that_stand_twice() {
        for (terms, wants) in [
            ("weak = 'a1, b1, a1'", "own.toml:6: “a1” stands in weak already, as “a1” at own.toml:6"),
            ("weak = 'a1', strong = ['a1']", "own.toml:6: “a1” stands in strong already, as “a1” at own.toml:6"),
            (
                "weak = '''\n臺灣\nb1\n台湾'''",
                "own.toml:9: “台湾” stands in weak already, as “臺灣” at own.toml:7",
            ),
            ("weak = 'ＮＢＡ, nba'", "own.toml:6: “nba” stands in weak already, as “ＮＢＡ” at own.toml:6"),
        ] {
            of_topics(&topic("own", "", terms), &[wants]);
        }
        of_topics(&topic("own", "", "weak = 'US, Us'"), &[]);
        of_topics(
            "[[topic]]\ncode = 'x:base'\nterms.strong = 'car'",
            &["base.toml:6: “car” stands in strong already, as “car” at own.toml:3"],
        );
        of_topics("not = 'c1, b1, c1'", &["own.toml:1: “c1” stands in not already, as “c1” at own.toml:1"]);
    }

    #[test]
    fn terms_that_say_nothing_and_terms_taken_out_in_vain() {
        of_topics(
            &topic("own", "", "decides = '的, a, -, 癌, UN'"),
            &[
                "own.toml:6: “的” stands in every other story",
                "own.toml:6: “a” stands in every other story",
                "own.toml:6: “-” stands in every other story",
            ],
        );
        of_topics(
            "[[topic]]\ncode = 'x:base'\nwithout = 'car, truck'",
            &["own.toml:3: `without` has nothing to take out: “truck” is no term here"],
        );
    }

    #[test]
    fn a_term_of_ones_own_is_found_whatever_a_table_below_says_of_the_phrase() {
        let base = format!("not = 'Own Car'\n\n{}", topic("base", "", "weak = 'car'"));
        assert_eq!(said([&base, &topic("own", "", "weak = 'Own Car'")], [""; 2]), [""; 0]);
    }

    #[test]
    fn terms_that_are_never_found() {
        of_topics(
            &format!("not = 'Own Car'\n\n{}", topic("own", "", "weak = 'own, Own Car'")),
            &["own.toml:8: “Own Car” is never found, for `not` hides it: “Own Car” at own.toml:1"],
        );
        of_topics(
            &topic("own", "", "weak = 'own', strong = 'Car'"),
            &["own.toml:6: “Car” is never found, for “car” at base.toml:6 is found in its place"],
        );
        of_topics(&topic("own", "", "weak = 'own', strong = 'cars'"), &[]);
    }

    #[test]
    fn concepts_that_nothing_leads_to() {
        let parent = topic("top", "", "against = 'own'");
        of_topics(
            &parent,
            &[
                "own.toml:2: nothing leads to “x:top”: neither it nor what is part of it has a term that can be found",
            ],
        );
        of_topics(&(parent + &topic("own", "x:top", "weak = 'own'")), &[]);
    }

    #[test]
    fn terms_that_decide_for_two_topics() {
        of_topics(
            &topic("own", "", "decides = 'own, base'"),
            &["own.toml:6: “base” decides for “x:own” and for “x:base” alike: “base” at base.toml:6"],
        );
        of_topics(&topic("own", "x:base", "decides = 'base'"), &[]);
        of_topics(&topic("own", "", "strong = 'base'"), &[]);
    }

    #[test]
    fn names_that_two_regions_have() {
        let region = |broader: &str, terms: &str| {
            format!(
                "[[region]]\ncode = 'ours:b'\nslug = 'b'\nbroader = '{broader}'\nname = {{ zh = '', en = '' }}\n\
                 terms = {{ {terms} }}"
            )
        };
        for (terms, wants) in [
            ("aliases = '甲'", "“甲” is a name of “AA” too (“甲” at base.toml:4): both are meant"),
            ("aliases = '乙'", "“乙” is a name of “AA” too (“乙” at base.toml:4): “ours:b” alone is meant"),
            ("within = '甲'", "“甲” is a name of “AA” too (“甲” at base.toml:4): “AA” alone is meant"),
            (
                "within = '乙'",
                "“乙” is a name of “AA” too (“乙” at base.toml:4): the one is meant that the rest of the story \
                 speaks for",
            ),
            (
                "aliases = '丁'",
                "“丁” is a name of “AA” too (“丁” at base.toml:4): “AA” is meant where a story comes from there, \
                 “ours:b” elsewhere",
            ),
        ] {
            of_regions(&region("", terms), &[&format!("own.toml:6: {wants}")]);
            of_regions(&region("AA", terms), &[]);
        }
        of_regions(&region("", "aliases = '丙'"), &[]);
    }

    #[test]
    fn nothing_is_odd_in_the_embedded_tables() {
        let said: Vec<String> =
            remarks(&Taxonomy::embedded()).iter().map(|r| format!("{}: {}", r.at, r.kind)).collect();
        assert!(said.is_empty(), "{}", said.join("\n"));
    }
}
