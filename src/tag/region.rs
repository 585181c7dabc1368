//! Where a story belongs: the places that it is about, out of all that it names.
//!
//! Each name is read twice. The first reading collects what is beyond doubt; the second settles the names that
//! mean several places, or a place and a word, by what the first one found. Then every place's *area*, a country
//! or one of the provinces below it, is weighed, and the areas that outweigh the rest become labels, as deep as most
//! of their evidence goes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::find::{Finder, Folded, Found};
use super::{Ambiguous, Finding, Ledger, Passage, Tree};
use crate::story::{Label, Part, Region};
use crate::taxonomy;

/// Finds regions.
pub(super) struct Regions {
    finder: Finder<Meaning>,
    tree: Tree<Region>,
    /// By term: what its meanings come to.
    senses: Vec<Sense>,
    /// By term: the full names that it is short for in a story that prints one: 海南 for 海南州.
    full_names: HashMap<usize, Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Alias,
    Home,
    Within,
    Capital,
    Unsure,
}

#[derive(Debug, Clone, Copy)]
struct Meaning {
    concept: usize,
    kind: Kind,
}

/// What a name means as far as the table can tell.
#[derive(Debug, Default)]
struct Sense {
    /// All of these: 京津冀.
    all: Vec<usize>,
    /// One of these, if the story shows which: 朝阳.
    one_of: Vec<usize>,
    /// The region whose seat of government it is: 南京 for Jiangsu.
    seat_of: Option<usize>,
    /// Names its region only from inside it: 全国.
    home: bool,
}

/// A place that a passage names.
struct Mention {
    part: Part,
    /// The name as the table has it.
    term: usize,
    concept: usize,
    /// How far it may be trusted, in percent.
    trust: i32,
    /// It stands in a list of places: 马来西亚、印度尼西亚和泰国.
    listed: bool,
}

/// What speaks for one area.
#[derive(Default)]
struct Case {
    weight: i32,
    /// How many mentions each part had so far: the next one adds less.
    met: BTreeMap<Part, u32>,
    in_headline: bool,
    in_dateline: bool,
    /// The lead names it in one breath with others.
    in_list: bool,
    /// The points of each place in the area, as if it were alone; a dateline tells nothing here, since it names
    /// the bureau.
    places: BTreeMap<usize, i32>,
    met_there: BTreeMap<(Part, usize), u32>,
    ledger: Ledger,
}

impl Regions {
    pub(super) fn new(regions: &taxonomy::Regions) -> Self {
        let tree = Tree::new(regions);
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
        let finder = Finder::new(written);
        let senses: Vec<Sense> = finder.terms().map(|term| Sense::of(&term.meanings, &tree)).collect();
        let full_names = full_names(&finder, &senses);
        Self { finder, tree, senses, full_names }
    }

    /// The regions that the story is about, and the names that could be of several and were left out.
    pub(super) fn labels(&self, passages: &[Passage], house: &Folded) -> (Vec<Label<Region>>, Vec<Ambiguous>) {
        let mut found: Vec<Vec<Found>> = passages.iter().map(|passage| self.names(&passage.text)).collect();
        self.lengthen(&mut found);
        let mut mentions = self.sure(passages, &found);
        // 深圳特区报 says which 南山 its stories mean, and is not what they are about.
        let of_house = self.names(house).into_iter().flat_map(|name| &self.senses[name.term].all);
        let known: HashSet<usize> =
            mentions.iter().map(|m| &m.concept).chain(of_house).flat_map(|&at| self.tree.path(at)).collect();
        let (settled, open) = self.settled(passages, &found, &known);
        mentions.extend(settled);
        self.drop_home_words(&mut mentions);
        // Points fall from mention to mention, so the order must be that of the parts, not that of the readings.
        mentions.sort_by_key(|mention| mention.part);
        (self.tree.labels(self.verdict(self.cases(&mentions))), self.ambiguous(&open))
    }

    /// The names in a text that stand for places there.
    fn names(&self, text: &Folded) -> Vec<Found> {
        let mut found = self.finder.find(text);
        found.retain(|found| !self.finder.term(found.term).meanings.is_empty());
        found
    }

    /// 海南 is short for 海南州 in a story that says 海南州 and not 海南省.
    fn lengthen(&self, found: &mut [Vec<Found>]) {
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
    fn sure(&self, passages: &[Passage], found: &[Vec<Found>]) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for (passage, found) in passages.iter().zip(found) {
            let mut before: Option<Found> = None;
            for &name in found {
                let sense = &self.senses[name.term];
                let abroad = before.is_some_and(|before| {
                    before.end == name.start && sense.home && !self.senses[before.term].home
                });
                let listed = before.is_some_and(|before| is_list(&passage.text, before, name));
                if listed && let Some(first) = mentions.last_mut() {
                    first.listed = true;
                }
                before = Some(name);
                if abroad {
                    continue;
                }
                for (concept, trust) in self.meant(passage, name) {
                    mentions.push(Mention { part: passage.part, term: name.term, concept, trust, listed });
                }
            }
        }
        mentions
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

    /// The mentions that the rest of the story makes plain: 朝阳 beside 北京. A dateline needs no such help, for
    /// it names a place in any case. And the terms that nothing makes plain.
    fn settled(
        &self,
        passages: &[Passage],
        found: &[Vec<Found>],
        known: &HashSet<usize>,
    ) -> (Vec<Mention>, BTreeSet<usize>) {
        let mut mentions = Vec::new();
        let mut open = BTreeSet::new();
        for (passage, found) in passages.iter().zip(found) {
            for &name in found {
                let candidates = &self.senses[name.term].one_of;
                if candidates.is_empty() {
                    continue;
                }
                let trust = if passage.part == Part::Dateline { 100 } else { unsure(&passage.text, name) };
                let parent = found.iter().find(|before| before.end == name.start);
                let parent = parent.map_or(&[][..], |before| self.senses[before.term].all.as_slice());
                let whole = self.finder.term(name.term).text.ends_with(['区', '县', '市', '旗']);
                let concept = self.choose(candidates, known, |concept| {
                    // The short name of a county is a word as often as not (资源, 天台), so it wants more: what it
                    // lies in straight before it (广西资源), or its full name elsewhere in the story.
                    whole
                        || self.tree.path(concept).count() <= 3
                        || known.contains(&concept)
                        || self.tree.path(concept).any(|at| parent.contains(&at))
                });
                let concept = concept.or_else(|| {
                    // The wider place is the likelier dateline.
                    let by_depth = |concept: &&usize| self.tree.path(**concept).count();
                    (passage.part == Part::Dateline).then(|| candidates.iter().min_by_key(by_depth).copied())?
                });
                match concept.filter(|_| trust > 0) {
                    Some(concept) => {
                        mentions.push(Mention {
                            part: passage.part,
                            term: name.term,
                            concept,
                            trust,
                            listed: false,
                        });
                    }
                    // 资源 alone is a word; 鼓楼区 is a place, whichever.
                    None if trust > 0 && (whole || candidates.len() > 1) => drop(open.insert(name.term)),
                    None => {}
                }
            }
        }
        (mentions, open)
    }

    fn ambiguous(&self, terms: &BTreeSet<usize>) -> Vec<Ambiguous> {
        let meanings =
            |term: usize| self.senses[term].one_of.iter().map(|&at| self.tree.codes[at].clone()).collect();
        terms
            .iter()
            .map(|&term| Ambiguous { name: self.finder.term(term).text.clone(), regions: meanings(term) })
            .collect()
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
    fn drop_home_words(&self, mentions: &mut Vec<Mention>) {
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

    /// A country, or the part of one that is a step below it.
    fn area(&self, concept: usize) -> usize {
        self.tree.at_depth(concept, 1)
    }

    fn cases(&self, mentions: &[Mention]) -> Vec<(usize, Case)> {
        let mut cases: Vec<(usize, Case)> = Vec::new();
        for mention in mentions {
            let area = self.area(mention.concept);
            let at = cases.iter().position(|(of, _)| *of == area).unwrap_or_else(|| {
                cases.push((area, Case::default()));
                cases.len() - 1
            });
            cases[at].1.add(mention, &self.finder.term(mention.term).text);
        }
        cases.retain(|(_, case)| case.weight > 0);
        // The sort is stable: of equals the first met stays first.
        cases.sort_by_key(|(_, case)| Reverse(case.weight));
        cases
    }

    /// The areas that the story is about.
    fn verdict(&self, mut cases: Vec<(usize, Case)>) -> Vec<Finding> {
        let Some(top) = cases.first().map(|(_, case)| case.weight) else { return Vec::new() };
        cases.retain(|(_, case)| {
            let share = if case.in_headline {
                20
            } else if case.in_dateline || case.in_list {
                25
            } else {
                52
            };
            case.weight >= LEAST && case.weight * 100 >= top * share
        });
        self.keep_the_country_of_a_survey(&mut cases);
        let areas: Vec<usize> = cases.iter().map(|(area, _)| *area).collect();
        // A country is implied by its parts, so it needs no label beside them.
        cases.retain(|(area, _)| !areas.iter().any(|other| other != area && self.tree.is_within(*other, *area)));
        cases.truncate(MOST);
        cases.into_iter().map(|(area, case)| self.finding(area, case)).collect()
    }

    /// A story that speaks of the whole country, or walks through many of its parts, is about the country; a part
    /// that headline or dateline names is meant all the same.
    fn keep_the_country_of_a_survey(&self, cases: &mut Vec<(usize, Case)>) {
        let whole: Vec<usize> = cases.iter().map(|(area, _)| self.tree.root(*area)).collect();
        for country in whole.into_iter().collect::<BTreeSet<usize>>() {
            let passing = |tree: &Tree<Region>, (area, case): &(usize, Case)| {
                *area != country && tree.root(*area) == country && !case.in_headline && !case.in_dateline
            };
            let said = cases.iter().find(|(area, _)| *area == country).map_or(0, |(_, case)| case.weight);
            let many = cases.iter().filter(|case| passing(&self.tree, case)).count() >= SURVEY;
            let outdone =
                |case: &(usize, Case)| passing(&self.tree, case) && (many || case.1.weight * 10 <= said * 12);
            let dropped: Vec<usize> = cases.iter().filter(|case| outdone(case)).map(|(area, _)| *area).collect();
            if dropped.is_empty() {
                continue;
            }
            let mut survey = Case::default();
            for (_, case) in cases.extract_if(.., |(area, _)| dropped.contains(area)) {
                survey.weight += case.weight / 4;
                survey.ledger.0.extend(case.ledger.0);
            }
            match cases.iter_mut().find(|(area, _)| *area == country) {
                Some((_, case)) => case.weight += survey.weight,
                None => cases.push((country, survey)),
            }
            cases.sort_by_key(|(_, case)| Reverse(case.weight));
        }
    }

    /// The label of an area: the deepest place in it that outweighs both what it lies in and what lies beside it.
    fn finding(&self, area: usize, case: Case) -> Finding {
        let mut concept = area;
        loop {
            let mut below: BTreeMap<usize, i32> = BTreeMap::new();
            for (&place, &points) in &case.places {
                if let Some(child) = self.tree.path(place).find(|&at| self.tree.parents[at] == Some(concept)) {
                    *below.entry(child).or_default() += points;
                }
            }
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

/// The names of divisions that a shorter name of the table begins: 海南 begins 海南州 and 海南省.
fn full_names(finder: &Finder<Meaning>, senses: &[Sense]) -> HashMap<usize, Vec<usize>> {
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

/// Below this many points an area is only mentioned.
const LEAST: i32 = 14;
/// More labels than this tell a reader nothing.
const MOST: usize = 6;
/// So many parts of a country, none of them in the headline, make a survey of the country.
const SURVEY: usize = 3;

impl Case {
    fn add(&mut self, mention: &Mention, name: &str) {
        let nth = self.met.entry(mention.part).or_default();
        let points = points(mention.part, *nth) * mention.trust / 100;
        *nth += 1;
        self.weight += points;
        self.in_headline |= mention.part == Part::Headline && mention.trust >= 50;
        self.in_dateline |= mention.part == Part::Dateline;
        self.in_list |= mention.part == Part::Lead && mention.listed && mention.trust >= 50;
        if mention.part != Part::Dateline {
            let nth = self.met_there.entry((mention.part, mention.concept)).or_default();
            *self.places.entry(mention.concept).or_default() +=
                self::points(mention.part, *nth) * mention.trust / 100;
            *nth += 1;
        }
        self.ledger.enter(name, mention.part, points);
    }
}

/// What the `nth` mention of an area (from 0) in this part is worth.
fn points(part: Part, nth: u32) -> i32 {
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

impl Sense {
    fn of(meanings: &[Meaning], tree: &Tree<Region>) -> Self {
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

/// How far a name may be taken for its place, in percent, by what stands around it: 北京大学 is no news of Beijing.
/// `depth` is 1 for a country, more for what lies inside one.
fn trust(text: &Folded, name: Found, depth: usize) -> i32 {
    let after: String = text.shown[name.end..].iter().take(24).collect();
    let Some(last) = text.shown[..name.end].last().filter(|c| is_han(**c)) else {
        return 100;
    };
    if names_institution(&after, depth) || is_surname(&text.shown[..name.start], name) {
        return 0;
    }
    let is_division = matches!(last, '省' | '市' | '县' | '区' | '州' | '盟' | '旗');
    if depth > 1 && !is_division && names_company(&after) {
        return 20;
    }
    if after.starts_with('队') && !after.starts_with("队伍") {
        return 60;
    }
    100
}

/// [`trust`] in a name that is doubtful to begin with: 金沙江 is no news of 金沙.
fn unsure(text: &Folded, name: Found) -> i32 {
    let waters = matches!(text.shown.get(name.end), Some('江' | '河' | '湖' | '山' | '海' | '岛' | '桥' | '村'));
    if waters { 0 } else { trust(text, name, 2) }
}

/// Whether nothing but a comma or “and” stands between two names.
fn is_list(text: &Folded, one: Found, other: Found) -> bool {
    let between: String = text.shown[one.end..other.start.max(one.end)].iter().take(6).collect();
    matches!(between.trim(), "、" | "," | "和" | "与" | "及" | "以及" | "and" | ", and" | "&" | "-" | "/")
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether what follows a place's name makes it the name of something else: a school, a street, a brand.
fn names_institution(after: &str, depth: usize) -> bool {
    /// What may stand between the place and the word that tells: 北京师范大学.
    const QUALIFIERS: [&str; 48] = [
        "师范",
        "理工",
        "工业",
        "农业",
        "林业",
        "农林",
        "医科",
        "医学",
        "中医药",
        "中医",
        "交通",
        "财经",
        "政法",
        "外国语",
        "外语",
        "科技",
        "科学技术",
        "航空航天",
        "航空",
        "邮电",
        "体育",
        "电影",
        "戏剧",
        "音乐",
        "美术",
        "艺术",
        "民族",
        "海洋",
        "建筑",
        "石油",
        "矿业",
        "地质",
        "电力",
        "电子",
        "经贸",
        "经济",
        "工商",
        "工程",
        "传媒",
        "语言",
        "职业",
        "技术",
        "国际",
        "联合",
        "城市",
        "人民",
        "开放",
        "第一",
    ];
    const SCHOOLS: [&str; 3] = ["大学", "学院", "音乐厅"];
    const NAMES: [&str; 22] = [
        "银行",
        "证券",
        "人寿",
        "期货",
        "信托",
        "大街",
        "大道",
        "牌",
        "日报",
        "晚报",
        "时报",
        "晨报",
        "商报",
        "早报",
        "卫视",
        "饭店",
        "宾馆",
        "酒店",
        "大酒店",
        "大厦",
        "啤酒",
        "商学院",
    ];
    let mut rest = after;
    for _ in 0..3 {
        let Some(shorter) = QUALIFIERS.iter().find_map(|word| rest.strip_prefix(word)) else { break };
        rest = shorter;
    }
    if SCHOOLS.iter().any(|word| rest.starts_with(word)) && !rest.starts_with("大学生") {
        return true;
    }
    // 中国银行 and 中国日报 are of China indeed.
    depth > 1 && (NAMES.iter().any(|word| after.starts_with(word)) || is_street(after))
}

/// 南京路, 北京西路, but not 上海路演 or 贵州路线.
fn is_street(after: &str) -> bool {
    let rest = after.strip_prefix(['东', '西', '南', '北', '中']).unwrap_or(after);
    rest.strip_prefix('路')
        .is_some_and(|rest| !rest.starts_with(['线', '演', '径', '透', '桥', '网', '况', '段', '人']))
}

/// Whether the name begins a company's: 上海某某科技有限公司.
fn names_company(after: &str) -> bool {
    let plain = |c: &char| {
        is_han(*c) && !matches!(c, '的' | '在' | '和' | '与' | '是' | '了' | '将' | '对' | '为' | '一' | '家')
    };
    let run: String = after.chars().take_while(plain).collect();
    ["有限公司", "有限责任公司", "股份公司"].iter().any(|end| run.contains(end))
}

/// Whether the name is a person's given name, 李海南 or 王吉林: a surname before it, and before that the end of a
/// word for a person, or no word at all.
fn is_surname(before: &[char], name: Found) -> bool {
    const SURNAMES: &str =
        "王李张刘陈杨赵周吴徐孙朱胡郭郑谢宋许冯邓曹彭曾萧董潘袁蔡蒋余杜吕姚卢崔谭廖贾邹邱薛侯黎贺龚邵覃";
    const PERSONS: &str = "者长员师授士理席记民工人手家生任官星将练友";
    let Some((&surname, before)) = before.split_last() else { return false };
    name.end - name.start == 2
        && SURNAMES.contains(surname)
        && before.last().is_none_or(|c| !is_han(*c) || PERSONS.contains(*c))
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

#[cfg(test)]
mod tests {
    use super::super::tests::{regions, told};

    #[track_caller]
    fn check(headline: &str, text: &str, expected: &str) {
        let story = told(headline, text);
        assert_eq!(regions(&story), expected, "{headline}\n{:#?}", story.regions);
    }

    #[test]
    fn headline_and_dateline_say_where() {
        check("江苏今冬新修水渠千里", "@南京\n连日来，各地水利工地一片繁忙。", "CN-JS (CN)");
        check("山村通了自来水", "@贵阳\n大山里的乡亲拧开龙头。", "CN-GZ (CN)");
        check("Kenyan farmers plant early", "@NAIROBI\nRains came two weeks early, growers said.", "KE");
    }

    #[test]
    fn a_county_is_in_all_that_it_lies_in() {
        check("靖江：江边小城添新绿", "江苏靖江的街头公园又多了三座。", "321282 (321200) (CN-JS) (CN)");
    }

    #[test]
    fn a_capital_bureau_writes_of_the_whole_country() {
        check("我国秋粮收购超一亿吨", "@北京\n记者从有关部门获悉，收购进展顺利。", "CN");
        check("货币供应量平稳增长", "@北京\n有关会议1日在北京举行。", "CN");
        check("北京地铁新线试运行", "@北京\n北京市交通委介绍，新线共设12站。", "CN-BJ (CN)");
    }

    #[test]
    fn what_is_merely_mentioned_is_no_label() {
        check(
            "湖南油茶走俏",
            "@长沙\n湖南的油茶今年走俏。\n来自浙江的客商订了五吨。\n湖南省林业部门说，湖南将扩种。",
            "CN-HN (CN)",
        );
    }

    #[test]
    fn several_provinces_are_several() {
        check("川渝携手建通道", "四川和重庆将共建铁路。重庆说开工在即，四川说资金已备。", "CN-CQ CN-SC (CN)");
    }

    #[test]
    fn a_survey_of_many_provinces_is_of_the_country() {
        check(
            "各地多措并举保障冬季用水",
            "入冬以来，各地纷纷行动。\n山东检修管网。\n河南加固水厂。\n四川备足设备。\n辽宁巡查泵站。",
            "CN",
        );
    }

    #[test]
    fn a_story_without_a_place_is_of_the_country_that_it_speaks_of() {
        check("新规明年施行", "国务院近日公布条例，我国将完善有关制度。", "CN");
        check("秋日私语", "落叶铺满小径。", "");
        check("法国学校放假", "@巴黎\n法国教育部宣布，全国学校放假。", "FR");
    }

    #[test]
    fn institutions_streets_and_brands_are_no_places() {
        check("专家谈阅读", "北京大学教授与中国人民大学学者对谈。", "");
        check("老字号开新店", "南京路上的老店与黄山牌香皂一同回来。", "");
        check("Paper wins prize", "The Washington Post won for its series on the Paris Agreement.", "");
        check("峰会闭幕", "上海合作组织成员国领导人出席。", "");
    }

    #[test]
    fn names_do_not_grow_from_neighbouring_words() {
        check("船队驶向远方", "河流的出海口岸边，人们坐在长沙发上等候。", "");
        check("南通老港换新颜", "@南京\n南通港的码头上塔吊林立。", "320600 (CN-JS) (CN)");
        check("云南通报招商进展", "云南南部的园区进展最快。", "CN-YN (CN)");
        check("新片上映", "3月5日本片将上映。", "");
    }

    #[test]
    fn people_may_be_called_like_places() {
        check("乡村邮递员的二十年", "邮递员王吉林每天骑行。记者李海南跟随他走访。", "");
    }

    #[test]
    fn ambiguous_names_are_settled_by_the_story() {
        check("鼓楼区老街翻新", "老街的石板路铺好了。", "");
        check("朝阳棚户区居民迁新居", "@沈阳\n辽宁朝阳的居民搬进新楼。", "211300 (CN-LN) (CN)");
        check("Georgia votes", "@TBILISI\nGeorgians went to the polls.", "GE");
        check("Georgia votes", "@ATLANTA\nAmericans in Georgia went to the polls.", "US");
    }

    #[test]
    fn a_short_name_is_that_of_the_full_name_in_the_story() {
        check("海南绿电送出千亿度", "@西宁\n青海省海南藏族自治州的光伏园区送电。", "632500 (CN-QH) (CN)");
        check("海南瓜菜出岛", "@海口\n海南的瓜菜装船出岛。", "CN-HI (CN)");
    }

    #[test]
    fn places_listed_in_one_breath_are_meant_alike() {
        check(
            "Tin producers extend curbs",
            "@KUALA LUMPUR\nMalaysia, Indonesia and Thailand will extend curbs.\nMalaysia sold less. Malaysia expects more.",
            "MY ID TH",
        );
    }

    #[test]
    fn names_that_nothing_settles_are_told() {
        use super::super::tests::ambiguous;
        assert_eq!(ambiguous("鼓楼区老街翻新", "老街的石板路铺好了。"), ["鼓楼区"]);
        assert_eq!(ambiguous("鼓楼区老街翻新", "@南京\n南京鼓楼区的石板路铺好了。"), [""; 0]);
        // A word, not a place.
        assert_eq!(ambiguous("资源循环利用", "旧手机里的资源被再次利用。"), [""; 0]);
    }

    #[test]
    fn suzhou_and_suzhou_never_meet() {
        check("宿州引来新企业", "@合肥\n安徽宿州的园区扩建。", "341300 (CN-AH) (CN)");
        check("苏州老城焕新", "@南京\n江苏苏州的小巷修好了。", "320500 (CN-JS) (CN)");
    }

    #[test]
    fn a_foreign_dateline_and_the_home_country_are_both_meant() {
        check("中国医疗队抵达肯尼亚", "@内罗毕\n中国医疗队抵达，肯尼亚官员到机场迎接。", "KE CN");
    }

    #[test]
    fn script_width_and_adjectives_are_seen_through() {
        check("臺灣與廣東茶農交流", "兩地茶農在廣東見面，臺灣茶農帶來新茶。", "CN-TW CN-GD (CN)");
        check("German carmakers warn", "German output fell, Berlin said.", "DE");
    }
}
