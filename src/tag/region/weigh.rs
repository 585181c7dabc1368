//! Weighs the areas that a story names, and says which of them it is about.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Regions;
use super::reading::Mention;
use crate::story::{Part, Region};
use crate::tag::ledger::Ledger;
use crate::tag::tree::{Finding, Tree};

/// Below this many points an area is only mentioned.
const LEAST: i32 = 14;
/// More labels than this tell a reader nothing.
const MOST: usize = 6;
/// So many parts of a country, none of them in the headline, make a survey of the country.
const SURVEY: usize = 3;

/// What speaks for one area.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was seen, and none excludes another")]
pub(super) struct Case {
    weight: i32,
    /// How many mentions each part had so far: the next one adds less.
    met: BTreeMap<Part, u32>,
    in_headline: bool,
    in_dateline: bool,
    /// The lead names it in one breath with others.
    in_list: bool,
    /// The lead names a place inside it: a city of a province, a district of a municipality.
    is_local: bool,
    /// The points of each place in the area, as if it were alone; a dateline tells nothing here, since it names
    /// the bureau.
    places: BTreeMap<usize, i32>,
    met_there: BTreeMap<(Part, usize), u32>,
    ledger: Ledger,
}

impl Regions {
    pub(super) fn cases(&self, mentions: &[Mention]) -> Vec<(usize, Case)> {
        let mut cases: Vec<(usize, Case)> = Vec::new();
        for mention in mentions {
            let area = self.area(mention.concept);
            let at = cases.iter().position(|(of, _)| *of == area).unwrap_or_else(|| {
                cases.push((area, Case::default()));
                cases.len() - 1
            });
            let case = &mut cases[at].1;
            case.is_local |=
                mention.part == Part::Lead && mention.trust >= 50 && self.tree.path(mention.concept).count() > 2;
            case.add(mention, &self.finder.term(mention.term).text);
        }
        cases.retain(|(_, case)| case.weight > 0);
        // The sort is stable: of equals the first met stays first.
        cases.sort_by_key(|(_, case)| Reverse(case.weight));
        cases
    }

    /// The areas that the story is about.
    pub(super) fn verdict(&self, mut cases: Vec<(usize, Case)>) -> Vec<Finding> {
        let Some(top) = cases.first().map(|(_, case)| case.weight) else { return Vec::new() };
        let in_headline: BTreeSet<usize> =
            cases.iter().filter(|(_, case)| case.in_headline).map(|(area, _)| self.tree.root(*area)).collect();
        cases.retain(|(area, case)| {
            // Traders in London tell what India buys: a bureau's country that nothing else names.
            let is_desk = case.met.keys().eq([&Part::Dateline])
                && !in_headline.is_empty()
                && !in_headline.contains(&self.tree.root(*area));
            let share = if case.in_headline {
                20
            } else if (case.in_dateline && !is_desk) || case.in_list {
                25
            } else {
                52
            };
            case.weight >= LEAST && case.weight * 100 >= top * share
        });
        self.keep_the_country_of_a_survey(&mut cases);
        let first = cases.first().map(|(area, _)| *area);
        cases.retain(|(area, case)| Some(*area) == first || !case.is_passed_by());
        let areas: Vec<usize> = cases.iter().map(|(area, _)| *area).collect();
        // A country is implied by its parts, so it needs no label beside them.
        cases.retain(|(area, _)| !areas.iter().any(|other| other != area && self.tree.is_within(*other, *area)));
        cases.truncate(MOST);
        cases.into_iter().map(|(area, case)| self.finding(area, case)).collect()
    }

    /// A story that speaks of the whole country, or walks through many of its parts, is about the country; a part
    /// that headline or dateline names is meant all the same, and one in which the lead names a place.
    fn keep_the_country_of_a_survey(&self, cases: &mut Vec<(usize, Case)>) {
        let whole: Vec<usize> = cases.iter().map(|(area, _)| self.tree.root(*area)).collect();
        for country in whole.into_iter().collect::<BTreeSet<usize>>() {
            let passing = |tree: &Tree<Region>, (area, case): &(usize, Case)| {
                *area != country && tree.root(*area) == country && !case.in_headline && !case.in_dateline
            };
            let said = cases.iter().find(|(area, _)| *area == country).map_or(0, |(_, case)| case.weight);
            let many = cases.iter().filter(|case| passing(&self.tree, case)).count() >= SURVEY;
            let outdone = |case: &(usize, Case)| {
                passing(&self.tree, case) && (many || case.1.weight * 10 <= said * 12 && !case.1.is_local)
            };
            let dropped: Vec<usize> = cases.iter().filter(|case| outdone(case)).map(|(area, _)| *area).collect();
            if dropped.is_empty() {
                continue;
            }
            let mut survey = Case::default();
            for (_, mut part) in cases.extract_if(.., |(area, _)| dropped.contains(area)) {
                part.ledger.quarter();
                part.weight = part.ledger.sum();
                survey.take_in(part);
            }
            match cases.iter_mut().find(|(area, _)| *area == country) {
                Some((_, case)) => case.take_in(survey),
                None => cases.push((country, survey)),
            }
            cases.sort_by_key(|(_, case)| Reverse(case.weight));
        }
    }

    /// The label of an area: the deepest place in it that outweighs both what it lies in and what lies beside it.
    fn finding(&self, area: usize, case: Case) -> Finding {
        let mut concept = area;
        loop {
            let below = self.tree.shares(concept, &case.places);
            let all: i32 = below.values().sum();
            let itself = case.places.get(&concept).copied().unwrap_or(0);
            match below.into_iter().max_by_key(|&(child, points)| (points, Reverse(child))) {
                Some((child, points)) if points * 10 >= all * 6 && points * 10 >= itself * 6 => concept = child,
                _ => break,
            }
        }
        Finding { concept, weight: case.weight, ledger: case.ledger }
    }
}

impl Case {
    /// Adds what spoke for another area.
    fn take_in(&mut self, other: Self) {
        self.weight += other.weight;
        self.ledger.0.extend(other.ledger.0);
    }

    /// Whether only the body names it, and once: Oslo's neighbours are mentioned, and no more.
    fn is_passed_by(&self) -> bool {
        self.met.iter().all(|(part, times)| matches!(part, Part::Body | Part::Caption) && *times == 1)
    }

    fn add(&mut self, mention: &Mention, name: &str) {
        let nth = self.met.entry(mention.part).or_default();
        let points = worth(mention.part, *nth) * mention.trust / 100;
        *nth += 1;
        self.weight += points;
        self.in_headline |= mention.part == Part::Headline && mention.trust >= 50;
        self.in_dateline |= mention.part == Part::Dateline;
        self.in_list |= mention.part == Part::Lead && mention.listed && mention.trust >= 50;
        if mention.part != Part::Dateline {
            let nth = self.met_there.entry((mention.part, mention.concept)).or_default();
            *self.places.entry(mention.concept).or_default() += worth(mention.part, *nth) * mention.trust / 100;
            *nth += 1;
        }
        self.ledger.enter(name, mention.part, points);
    }
}

/// What the `nth` mention of an area (from 0) in this part is worth.
fn worth(part: Part, nth: u32) -> i32 {
    let nth = i32::try_from(nth).unwrap_or(i32::MAX);
    let (first, next, times) = match part {
        Part::Headline => (80, 20, 3),
        Part::Dateline => (45, 0, 1),
        Part::Lead => (40, 14, 4),
        Part::Subhead => (20, 8, 4),
        Part::Body => (14, 9, 12),
        Part::Caption => (16, 8, 3),
    };
    match nth {
        0 => first,
        n if n < times => next,
        _ => 0,
    }
}
