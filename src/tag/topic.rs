//! What a story is about: the topics whose words carry it.
//!
//! A topic's points are those of its own terms and of the topics below it. The topics at the top of the table are
//! weighed against one another first; then each winner is narrowed down as far as one topic below it holds most of
//! the points.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::find::Finder;
use super::ledger::Ledger;
use super::passage::Passage;
use super::tree::{Finding, Tree};
use crate::story::{Evidence, Label, Part, Topic};
use crate::taxonomy;

/// Finds topics.
pub(super) struct Topics {
    finder: Finder<Meaning>,
    tree: Tree<Topic>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Force {
    Against,
    Weak,
    Strong,
    Decides,
}

#[derive(Debug, Clone, Copy)]
struct Meaning {
    concept: usize,
    force: Force,
}

/// How one topic stands in a story.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    all: i32,
    body: i32,
    /// Points in the headline, which a second topic wants to have.
    headline: i32,
    /// Terms that speak for it, in each part anew; one that decides is as good as two.
    voices: usize,
}

impl Standing {
    /// Hears a term in one part of the story.
    fn add(&mut self, force: Force, part: Part, points: i32) {
        self.voices += match force {
            Force::Decides => 2,
            Force::Strong | Force::Weak => 1,
            Force::Against => 0,
        };
        self.all += points;
        match part {
            Part::Body => self.body += points,
            Part::Headline => self.headline += points,
            _ => {}
        }
    }

    /// What the body holds beyond what it may give: a long one must not shout down the headline.
    fn too_much(self) -> i32 {
        (self.body - BODY).max(0)
    }

    fn weight(self) -> i32 {
        self.all - self.too_much()
    }
}

impl Topics {
    pub(super) fn new(topics: &taxonomy::Topics) -> Self {
        let tree = Tree::new(topics);
        let mut written: Vec<(&str, Option<Meaning>)> = Vec::new();
        for (concept, topic) in topics.iter().enumerate() {
            let terms = &topic.terms;
            let lists = [
                (Force::Decides, &terms.decides),
                (Force::Strong, &terms.strong),
                (Force::Weak, &terms.weak),
                (Force::Against, &terms.against),
            ];
            for (force, words) in lists {
                written.extend(words.iter().map(|word| (word.text.as_ref(), Some(Meaning { concept, force }))));
            }
        }
        written.extend(topics.not().iter().map(|phrase| (phrase.text.as_ref(), None)));
        Self { finder: Finder::new(written), tree }
    }

    pub(super) fn labels(&self, passages: &[Passage]) -> Vec<Label<Topic>> {
        let counts = self.counts(passages);
        let length: usize = passages.iter().filter(|p| p.part == Part::Body).map(|p| p.text.shown.len()).sum();
        let standing = self.standing(&counts, length);
        // Where there is a text, a word that it does not come back to is not its topic: 手机里的老照片.
        let voices = if passages.iter().any(|p| matches!(p.part, Part::Lead | Part::Body)) { 2 } else { 1 };
        let mut roots: Vec<(usize, Standing)> = standing
            .iter()
            .filter(|&(&concept, standing)| self.tree.root(concept) == concept && standing.weight() >= LEAST)
            .filter(|(_, standing)| standing.voices >= voices)
            .map(|(&concept, &standing)| (concept, standing))
            .collect();
        roots.sort_by_key(|(_, standing)| Reverse(standing.weight()));
        let top = roots.first().map_or(0, |(_, standing)| standing.weight());
        roots.retain(|(_, standing)| {
            let share = if standing.headline > 0 { 42 } else { 62 };
            let weight = standing.weight();
            weight == top || (weight >= SECOND && weight * 100 >= top * share)
        });
        roots.truncate(MOST);
        let finding = |(root, won): (usize, Standing)| {
            let concept = self.narrowed(root, won.weight(), &standing);
            let own = standing[&concept];
            Finding { concept, weight: own.weight(), ledger: self.ledger(concept, &counts, length, own) }
        };
        let found = roots.into_iter().map(finding).collect();
        self.tree.labels(found)
    }

    /// How often each term stands in each part. The map's order makes equal stories equal to the last point.
    fn counts(&self, passages: &[Passage]) -> BTreeMap<(usize, Part), u32> {
        let mut counts = BTreeMap::new();
        for passage in passages.iter().filter(|passage| passage.part != Part::Dateline) {
            for found in self.finder.find(&passage.text) {
                *counts.entry((found.term, passage.part)).or_insert(0) += 1;
            }
        }
        counts
    }

    /// The points of each topic, from its own terms and from those of what is part of it; a term that stands at
    /// several of these counts once, for the one that it says most of.
    fn standing(&self, counts: &BTreeMap<(usize, Part), u32>, length: usize) -> BTreeMap<usize, Standing> {
        let mut standing: BTreeMap<usize, Standing> = BTreeMap::new();
        for (&(term, part), &count) in counts {
            for (concept, force) in self.forces(term) {
                let points = points_at(force, part, count, length);
                standing.entry(concept).or_default().add(force, part, points);
            }
        }
        standing
    }

    /// What a term says of each topic that it stands at, and of all that these are part of.
    fn forces(&self, term: usize) -> BTreeMap<usize, Force> {
        let mut forces: BTreeMap<usize, Force> = BTreeMap::new();
        for &Meaning { concept, force } in &self.finder.term(term).meanings {
            for above in self.tree.path(concept) {
                let known = forces.entry(above).or_insert(force);
                *known = force.max(*known);
            }
        }
        forces
    }

    /// What spoke for a topic, or for what is part of it; the lines add up to its weight.
    fn ledger(
        &self,
        concept: usize,
        counts: &BTreeMap<(usize, Part), u32>,
        length: usize,
        standing: Standing,
    ) -> Ledger {
        let mut ledger = Ledger::default();
        for (&(term, part), &count) in counts {
            if let Some(&force) = self.forces(term).get(&concept) {
                let weight = points_at(force, part, count, length);
                // Each term and part comes once, so there is no entry yet.
                ledger.0.push(Evidence { term: self.finder.term(term).text.clone(), part, count, weight });
            }
        }
        ledger.cap(Part::Body, standing.too_much());
        ledger
    }

    /// The deepest topic below `root` that holds most of its points.
    fn narrowed(&self, root: usize, weight: i32, standing: &BTreeMap<usize, Standing>) -> usize {
        let mut concept = root;
        loop {
            let below = standing.iter().filter(|&(&at, _)| self.tree.is_right_below(at, concept));
            let below = below.map(|(&at, standing)| (at, standing.weight()));
            match below.max_by_key(|&(child, points)| (points, Reverse(child))) {
                Some((child, points)) if points >= LEAST && points * 100 >= weight * 35 => concept = child,
                _ => return concept,
            }
        }
    }
}

/// Below this many points a story says too little.
const LEAST: i32 = 50;
/// A second topic wants more than a hint.
const SECOND: i32 = 80;
/// More topics than this tell a reader nothing.
const MOST: usize = 3;
/// The most that all body terms of a topic may give.
const BODY: i32 = 300;

/// What a term is worth that stands `count` times in a part.
fn points(force: Force, part: Part, count: u32) -> i32 {
    let force = match force {
        Force::Decides => 60,
        Force::Strong => 30,
        Force::Weak => 10,
        Force::Against => -50,
    };
    let part = match part {
        Part::Headline => 30,
        Part::Lead => 14,
        Part::Subhead => 12,
        Part::Body => 10,
        Part::Caption => 7,
        Part::Dateline => 0,
    };
    // Twice is half as much again, four times is twice as much: repetition tells less and less.
    let times = 10 + 5 * i32::try_from(count.max(1).ilog2()).expect("at most 31").min(4);
    force * part * times / 100
}

/// What a term is worth in a story whose body has `length` characters.
fn points_at(force: Force, part: Part, count: u32, length: usize) -> i32 {
    let points = points(force, part, count);
    if part == Part::Body { in_proportion(points, length) } else { points }
}

/// Points for a body of `length` characters: what stands once in a long text weighs less than in a short one.
fn in_proportion(points: i32, length: usize) -> i32 {
    const USUAL: i32 = 600;
    let length = i32::try_from(length).unwrap_or(i32::MAX).clamp(USUAL, 20 * USUAL);
    points * USUAL / length
}

#[cfg(test)]
mod tests {
    use super::super::tests::{told, topics};

    #[track_caller]
    fn check(headline: &str, text: &str, expected: &str) {
        let story = told(headline, text);
        assert_eq!(topics(&story), expected, "{headline}\n{:#?}", story.topics);
    }

    #[test]
    fn a_child_implies_what_it_is_part_of() {
        check("女排姑娘逆转取胜", "决胜局中国女排连得五分。", "volleyball (sport)");
        check(
            "地震已致三人受伤",
            "里氏5级地震发生后，救援人员赶赴震中。",
            "earthquake (disaster) (disaster-accident-and-emergency-incident)",
        );
    }

    #[test]
    fn stories_are_in_the_feeds_that_their_readers_look_for() {
        for (headline, lead, expected) in [
            ("Quake shakes island", "An earthquake shook the island; aftershocks followed.", "earthquake"),
            ("洪水围困山村", "连日大雨后河水漫过堤坝，抗洪人员转移群众。", "flood"),
            ("舊樓大火兩人傷", "消防員撲救大火兩小時，濃煙籠罩舊樓。", "fire"),
            ("货轮触礁船员获救", "货轮触礁后搁浅，船员登上救生艇。", "maritime-accident-and-incident"),
            ("Retailer files for Chapter 11", "The retailer filed for bankruptcy.", "bankruptcy"),
            ("Miller raises dividend", "The miller declares dividend of 12 cts a share.", "dividend-announcement"),
            ("Central bank cuts key rate", "Interest rates fell by 25 basis points.", "interest-rate"),
            ("Yards walk out over wages", "Strikers held a picket line; unions ask for more.", "labour-strike"),
            ("Town opens new metro line", "The metro line links two quarters.", "railway-transport"),
            ("捷運新線今日通車", "新線設站十座，捷運公司加開班次。", "railway-transport"),
            ("Kingdom agrees on water supply", "Officials agreed on the water supply.", "water-supply"),
            ("陶瓷展今日開幕", "數百家廠商參展。", "trade-fair"),
            ("海上风电场并网", "海上风电场的风机开始转动。", "wind-power"),
            ("Hospital trials cancer drug", "Patients had chemotherapy for tumours.", "cancer"),
            ("两国建交三十年", "两国外长会晤，大使出席。", "diplomacy"),
            ("柔道队夺金", "柔道选手一本胜出。", "judo"),
        ] {
            let story = told(headline, lead);
            let first = topics(&story).split(' ').next().map(str::to_owned);
            assert_eq!(first.as_deref(), Some(expected), "{headline}\n{:#?}", story.topics);
        }
    }

    #[test]
    fn what_a_name_or_a_turn_of_phrase_holds_is_no_topic() {
        for (headline, lead) in [
            ("区人民政府发布名录", "区人民政府近日公布一批古树的名录。"),
            ("修鞋匠的三十年", "他在社区门口修了三十年鞋。"),
            ("人数同比下降", "今年的人数同比下降一成。"),
            ("新的线路", "这条线路他走了十年。"),
            ("手机里的旧照", "老人翻看儿时的旧照，一坐半天。"),
        ] {
            check(headline, lead, "");
        }
    }

    #[test]
    fn too_little_evidence_is_no_topic() {
        check("致读者", "本报明日起改版。", "");
    }

    #[test]
    fn the_headline_outweighs_the_body() {
        check(
            "橙色预警：全省迎来暴雪",
            "气象台说，降雪将持续两天。\n部分学校调整上课时间，公交车改道。",
            "weather-warning (weather)",
        );
    }

    #[test]
    fn words_that_speak_against_are_heard() {
        check(
            "Union Carbide to sell unit",
            "The company said net profit rose.",
            "earnings (business-finance) (economy-business-and-finance)",
        );
    }

    #[test]
    fn english_and_traditional_chinese_are_read() {
        check(
            "Doctors vaccinate thousands",
            "Hospitals gave vaccine doses to patients.",
            "vaccines (health-treatment) (health)",
        );
        check("疫苗接種站啟用", "醫院護士為老人接種疫苗。", "vaccines (health-treatment) (health)");
    }
}
