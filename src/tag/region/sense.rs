//! What a name can mean, as far as the table can tell without a story.

use std::collections::{HashMap, HashSet};

use crate::story::Region;
use crate::tag::find::Finder;
use crate::tag::tree::Tree;
use crate::taxonomy;

/// The list of the table in which a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Alias,
    Home,
    Within,
    Capital,
    Unsure,
}

/// One place that a name stands for in the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub(super) concept: usize,
    pub(super) kind: Kind,
}

/// What a name means as far as the table can tell.
#[derive(Debug, Default)]
pub(super) struct Sense {
    /// All of these: 京津冀.
    pub(super) all: Vec<usize>,
    /// One of these, if the story shows which: 朝阳.
    pub(super) one_of: Vec<usize>,
    /// The region whose seat of government it is: 南京 for Jiangsu.
    pub(super) seat_of: Option<usize>,
    /// Names its region only from inside it: 全国.
    pub(super) home: bool,
}

/// All names of the table, each with what it stands for; the phrases that hide names stand for nothing.
pub(super) fn written(regions: &taxonomy::Regions) -> Vec<(&str, Option<Meaning>)> {
    let mut written: Vec<(&str, Option<Meaning>)> = Vec::new();
    for (concept, region) in regions.iter().enumerate() {
        let terms = &region.terms;
        let lists = [
            (Kind::Alias, &terms.aliases),
            (Kind::Home, &terms.home),
            (Kind::Within, &terms.within),
            (Kind::Capital, &terms.capital),
            (Kind::Unsure, &terms.unsure),
        ];
        for (kind, names) in lists {
            written.extend(names.iter().map(|name| (name.text.as_ref(), Some(Meaning { concept, kind }))));
        }
    }
    written.extend(regions.not().iter().map(|phrase| (phrase.text.as_ref(), None)));
    written
}

impl Sense {
    pub(super) fn of(meanings: &[Meaning], tree: &Tree<Region>) -> Self {
        let of = |kinds: &[Kind]| -> Vec<usize> {
            let mut concepts: Vec<usize> =
                meanings.iter().filter(|m| kinds.contains(&m.kind)).map(|m| m.concept).collect();
            concepts.dedup();
            concepts
        };
        let aliases = of(&[Kind::Alias, Kind::Home]);
        let mut sure = of(&[Kind::Alias, Kind::Home, Kind::Within]);
        let seat_of = of(&[Kind::Capital]).first().copied();
        if sure.is_empty() {
            sure = seat_of.into_iter().collect();
        }
        // Of a place and what it lies in, the place is meant.
        let deepest: Vec<usize> = sure
            .iter()
            .copied()
            .filter(|&at| !sure.iter().any(|&other| other != at && tree.is_within(other, at)))
            .collect();
        let home = !aliases.is_empty() && meanings.iter().all(|m| m.kind == Kind::Home);
        match deepest.len() {
            0 => Self { one_of: of(&[Kind::Unsure]), ..Self::default() },
            1 => Self { all: deepest, seat_of, home, ..Self::default() },
            _ if aliases.is_empty() => Self { one_of: deepest, seat_of, ..Self::default() },
            _ => Self { all: aliases, home, ..Self::default() },
        }
    }
}

/// The names of divisions that a shorter name of the table begins: 海南 begins 海南州 and 海南省.
pub(super) fn full_names(finder: &Finder<Meaning>, senses: &[Sense]) -> HashMap<usize, Vec<usize>> {
    let terms: HashMap<&str, usize> =
        finder.terms().enumerate().map(|(at, term)| (term.text.as_str(), at)).collect();
    let mut full_names: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, term) in finder.terms().enumerate().filter(|&(at, _)| senses[at].all.len() == 1) {
        let Some(name) = term.text.strip_suffix(['省', '市', '州', '县', '区', '盟', '旗']) else {
            continue;
        };
        // 海南藏族自治州: a people stands between.
        let ends = if name.ends_with("自治") {
            name.char_indices().skip(2).map(|(end, _)| end).collect()
        } else {
            vec![]
        };
        for short in ends.into_iter().chain([name.len()]).filter_map(|end| terms.get(&name[..end])) {
            if senses[*short].all.len() == 1 {
                full_names.entry(*short).or_default().push(at);
            }
        }
    }
    full_names
}

/// The short names that districts have beside their full ones (朝阳 beside 朝阳区), each with its district.
pub(super) fn short_of_districts(finder: &Finder<Meaning>) -> HashSet<(usize, usize)> {
    let mut shorts: HashSet<(usize, usize)> = HashSet::new();
    let terms: HashMap<&str, usize> =
        finder.terms().enumerate().map(|(at, term)| (term.text.as_str(), at)).collect();
    for term in finder.terms() {
        let short = term.text.strip_suffix("新区").or_else(|| term.text.strip_suffix('区'));
        let Some(&short) = short.and_then(|short| terms.get(short)) else { continue };
        shorts.extend(term.meanings.iter().map(|meaning| (short, meaning.concept)));
    }
    shorts
}
