//! The two readings of a story: the names that mean one place in any case, and those that the rest of it settles.

use std::collections::{BTreeSet, HashSet};

use super::Regions;
use super::trust::{is_han, trust, unsure};
use crate::story::Part;
use crate::tag::find::Found;
use crate::tag::fold::Folded;
use crate::tag::passage::Passage;

/// A place that a passage names.
pub(super) struct Mention {
    pub(super) part: Part,
    /// The name as the table has it.
    pub(super) term: usize,
    pub(super) concept: usize,
    /// How far it may be trusted, in percent.
    pub(super) trust: i32,
    /// It stands in a list of places: 马来西亚、印度尼西亚和泰国.
    pub(super) listed: bool,
}

impl Regions {
    /// 海南 is short for 海南州 in a story that says 海南州 and not 海南省.
    pub(super) fn lengthen(&self, found: &mut [Vec<Found>]) {
        let printed: HashSet<usize> = found.iter().flatten().map(|name| name.term).collect();
        for name in found.iter_mut().flatten() {
            let full = |term: &&usize| printed.contains(term);
            let mut full = self.full_names.get(&name.term).into_iter().flatten().filter(full);
            let same = |term: usize| self.senses[term].all == self.senses[name.term].all;
            if let (Some(&term), None) = (full.next(), full.next())
                && !same(term)
            {
                name.term = term;
            }
        }
    }

    /// The mentions that mean one thing only.
    pub(super) fn sure(&self, passages: &[Passage], found: &[Vec<Found>]) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for (passage, found) in passages.iter().zip(found) {
            // The name before, and where its mentions begin: none, if it is no place or not a sure one.
            let mut before: Option<(Found, usize)> = None;
            // Whether the names here tell where somebody comes from: 来自法国、巴西.
            let mut origin = false;
            for &name in found {
                let beside = before.filter(|&(before, _)| is_list(&passage.text, before, name));
                origin = is_origin(&passage.text, name) || (origin && beside.is_some());
                if let Some((_, first)) = beside {
                    mentions[first..].iter_mut().for_each(|mention| mention.listed = true);
                }
                let abroad = before.is_some_and(|(before, _)| self.is_of(before, name));
                before = Some((name, mentions.len()));
                if abroad {
                    continue;
                }
                let listed = beside.is_some();
                for (concept, trust) in self.meant(passage, name) {
                    let trust = if origin { trust * 3 / 10 } else { trust };
                    mentions.push(Mention { part: passage.part, term: name.term, concept, trust, listed });
                }
            }
        }
        mentions
    }

    /// Whether a word for the whole country is said of the name right before it: 法国全国.
    fn is_of(&self, before: Found, name: Found) -> bool {
        before.end == name.start && self.senses[name.term].home && !self.senses[before.term].home
    }

    /// What a name means beyond doubt, and how far it may be trusted.
    fn meant(&self, passage: &Passage, name: Found) -> Vec<(usize, i32)> {
        let sense = &self.senses[name.term];
        if passage.part == Part::Dateline {
            return match sense.seat_of {
                Some(region) => vec![(region, 100)],
                None => sense.all.iter().map(|&concept| (concept, 100)).collect(),
            };
        }
        let deepest = sense.all.iter().map(|&concept| self.tree.path(concept).count()).max().unwrap_or(0);
        let trust = trust(&passage.text, name, deepest);
        if trust == 0 {
            return Vec::new();
        }
        // A name that stands for three regions at once says little about each.
        let trust = if sense.all.len() > 2 { trust * 6 / 10 } else { trust };
        match (sense.seat_of, sense.all.as_slice()) {
            (Some(country), &[city]) if self.area(country) != self.area(city) => {
                let (for_city, for_country) = seat(&passage.text, name, passage.part);
                vec![(city, trust * for_city / 100), (country, trust * for_country / 100)]
            }
            (_, all) => all.iter().map(|&concept| (concept, trust)).collect(),
        }
    }

    /// The mentions that the rest of the story makes plain: 朝阳 beside 北京; and the terms that nothing makes plain.
    /// Full names come first, for they make short ones plain: 鼓楼 in a story of 南京鼓楼区.
    pub(super) fn settled(
        &self,
        passages: &[Passage],
        found: &[Vec<Found>],
        known: &HashSet<usize>,
    ) -> (Vec<Mention>, BTreeSet<usize>) {
        let full = |term: usize| self.names_a_whole(term);
        let (mut mentions, mut open) = self.settle(passages, found, known, full);
        let mut known = known.clone();
        known.extend(mentions.iter().flat_map(|mention| self.tree.path(mention.concept)));
        let (short, more) = self.settle(passages, found, &known, |term| !full(term));
        mentions.extend(short);
        open.extend(more);
        (mentions, open)
    }

    /// [`Regions::settled`] of those terms that `is_meant` takes in.
    fn settle(
        &self,
        passages: &[Passage],
        found: &[Vec<Found>],
        known: &HashSet<usize>,
        is_meant: impl Fn(usize) -> bool,
    ) -> (Vec<Mention>, BTreeSet<usize>) {
        let mut mentions = Vec::new();
        let mut open = BTreeSet::new();
        for (passage, found) in passages.iter().zip(found) {
            let mut before: Option<Found> = None;
            for &name in found {
                let right_before = before.replace(name).filter(|before| before.end == name.start);
                let candidates = &self.senses[name.term].one_of;
                if candidates.is_empty() || !is_meant(name.term) {
                    continue;
                }
                let part = passage.part;
                let trust = if part == Part::Dateline { 100 } else { unsure(&passage.text, name) };
                if trust == 0 {
                    continue;
                }
                let concept = self.chosen(name.term, right_before, known);
                let concept = concept.or_else(|| (part == Part::Dateline).then(|| self.widest(candidates))?);
                if let Some(concept) = concept {
                    mentions.push(Mention { part, term: name.term, concept, trust, listed: false });
                } else if self.is_told_when_left_out(name.term) {
                    open.insert(name.term);
                }
            }
        }
        (mentions, open)
    }

    /// 资源 alone is a word, and so is 和平 for a district; 鼓楼区 is a place, whichever.
    fn is_told_when_left_out(&self, term: usize) -> bool {
        let is_name = |&&concept: &&usize| !self.short_of_districts.contains(&(term, concept));
        self.names_a_whole(term) || self.senses[term].one_of.iter().filter(is_name).count() > 1
    }

    /// Which of its candidates a term means behind another name.
    fn chosen(&self, term: usize, right_before: Option<Found>, known: &HashSet<usize>) -> Option<usize> {
        let parents = right_before.map_or(&[][..], |before| self.senses[before.term].all.as_slice());
        let candidates = &self.senses[term].one_of;
        let is_behind_parent = |concept: usize| self.tree.path(concept).skip(1).any(|at| parents.contains(&at));
        // 北京朝阳 is in 北京, wherever else the story goes.
        let behind: Vec<usize> = candidates.iter().copied().filter(|&at| is_behind_parent(at)).collect();
        if let &[concept] = behind.as_slice() {
            return Some(concept);
        }
        let whole = self.names_a_whole(term);
        self.choose(candidates, known, |concept| {
            // The short name of a county is a word as often as not (资源, 天台), that of a district nearly always, so
            // it wants more: what it lies in straight before it (广西资源), or its full name elsewhere in the story.
            let is_plain = whole || self.tree.path(concept).count() <= 3;
            (is_plain && !self.short_of_districts.contains(&(term, concept)))
                || known.contains(&concept)
                || is_behind_parent(concept)
        })
    }

    /// Whether it says itself that it is a place: 鼓楼区.
    fn names_a_whole(&self, term: usize) -> bool {
        self.finder.term(term).text.ends_with(['区', '县', '市', '旗'])
    }

    /// A dateline names a place in any case, and the wider one is the likelier.
    fn widest(&self, candidates: &[usize]) -> Option<usize> {
        candidates.iter().min_by_key(|concept| self.tree.path(**concept).count()).copied()
    }

    /// The one candidate that the known regions speak for. When several lie in one area, the area itself is meant
    /// for certain; when they do not, nothing is.
    fn choose(
        &self,
        candidates: &[usize],
        known: &HashSet<usize>,
        may_be: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        // How near the story comes to a candidate: the deepest known region on its path, if that is an area at least.
        let nearness = |concept: usize| {
            let path: Vec<usize> = self.tree.path(concept).collect();
            let depth = path.len();
            if !may_be(concept) {
                return None;
            }
            let at = path.iter().position(|at| known.contains(at))?;
            (path[at] == concept || depth - at >= 2).then_some(depth - at)
        };
        let best = candidates.iter().filter_map(|&concept| nearness(concept)).max()?;
        let near: Vec<usize> = candidates.iter().copied().filter(|&c| nearness(c) == Some(best)).collect();
        match near.as_slice() {
            &[concept] => Some(concept),
            &[first, ref rest @ ..] => {
                // 朝阳 is a city and a county in it: the city has the larger claim.
                if let Some(&wide) = near.iter().find(|&&at| near.iter().all(|&c| self.tree.is_within(c, at))) {
                    return Some(wide);
                }
                let area = self.area(first);
                rest.iter().all(|&concept| self.area(concept) == area).then_some(area)
            }
            [] => None,
        }
    }

    /// 全国 is said of one's own country, but in news from abroad of that one.
    pub(super) fn drop_home_words(&self, mentions: &mut Vec<Mention>) {
        let named = |mention: &Mention| {
            matches!(mention.part, Part::Headline | Part::Dateline) && !self.senses[mention.term].home
        };
        let abroad: BTreeSet<usize> =
            mentions.iter().filter(|m| named(m)).map(|mention| self.tree.root(mention.concept)).collect();
        let tree = &self.tree;
        mentions.retain(|mention| {
            !self.senses[mention.term].home || abroad.is_empty() || abroad.contains(&tree.root(mention.concept))
        });
    }
}

/// Whether nothing but a comma or “and” stands between two names.
fn is_list(text: &Folded, one: Found, other: Found) -> bool {
    let between: String = text.shown[one.end..other.start.max(one.end)].iter().take(6).collect();
    matches!(between.trim(), "、" | "," | "和" | "与" | "及" | "以及" | "and" | ", and" | "&" | "-" | "/")
}

/// Whether the name tells where somebody comes from, which is not where the story is.
fn is_origin(text: &Folded, name: Found) -> bool {
    text.shown[..name.start].ends_with(&['来', '自'])
}

/// How much a mention of a capital that is an area of its own says for the city and for the country: Beijing is
/// where the nation's conferences are held, and in English what the government is called.
fn seat(text: &Folded, name: Found, part: Part) -> (i32, i32) {
    const EVENTS: [&str; 15] = [
        "举行", "召开", "开幕", "闭幕", "会见", "会谈", "签署", "发布", "揭晓", "启动", "宣布", "成立", "出席",
        "同", "与",
    ];
    let written_in_han = text.shown[name.start..name.end].iter().copied().any(is_han);
    if !written_in_han {
        return (30, 70);
    }
    let after: String = text.shown[name.end..].iter().take(4).collect();
    let is_city = text.shown[name.start..name.end].last() == Some(&'市');
    match part {
        _ if is_city => (100, 0),
        Part::Headline => (100, 0),
        _ if EVENTS.iter().any(|word| after.starts_with(word)) => (0, 80),
        _ => (60, 40),
    }
}
