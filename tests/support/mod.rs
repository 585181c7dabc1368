//! What the tests share: a few invented stories, an archive that is a list, and a newsroom with the real program.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of it")]
#![allow(clippy::assigning_clones, reason = "in tests the shorter form is the better one")]

pub mod newsroom;
pub mod pages;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use wirefeed::archive::{Archive, Deed, Digest, Error, Filed, Filing, Known, Moved, Past, Pending, Place};
use wirefeed::feed::Site;
use wirefeed::story::{
    Block, BlockKind, Byline, Caption, Kind, Label, Language, Mark, PubStatus, Rank, Revision, Selection,
    Standing, Story, StoryId, simplified,
};
use wirefeed::taxonomy::{Regions, Taxonomy, Topics};

/// The site of all tests.
pub fn site() -> Site {
    Site {
        title: "河口通讯".to_owned(),
        base_url: "http://127.0.0.1:8080".to_owned(),
        author: "河口通讯编辑部".to_owned(),
        language: Language::ZhHans,
        timezone: chrono_tz::Asia::Shanghai,
    }
}

/// Two topics and three regions.
pub fn taxonomy() -> Taxonomy {
    Taxonomy::new(
        Topics::parse(
            r#"
            [[topic]]
            code = "medtop:07000000"
            slug = "health"
            name = { zh = "卫生", en = "health" }

            [[topic]]
            code = "medtop:04000000"
            slug = "economy"
            name = { zh = "经济", en = "economy" }
            "#,
        )
        .unwrap(),
        Regions::parse(
            r#"
            [[region]]
            code = "CN"
            name = { zh = "中国", en = "China" }

            [[region]]
            code = "CN-AH"
            broader = "CN"
            name = { zh = "安徽", en = "Anhui" }

            [[region]]
            code = "FR"
            name = { zh = "法国", en = "France" }
            "#,
        )
        .unwrap(),
    )
}

/// 9 March 2024, 01:30:00 in UTC.
pub fn morning() -> DateTime<Utc> {
    "2024-03-09T01:30:00Z".parse().unwrap()
}

/// A story from Anhui about health, published `minutes` after [`morning`].
pub fn story(headline: &str, minutes: i64) -> Story {
    let time = morning() + TimeDelta::minutes(minutes);
    let label = |code: &str, implied| Label {
        code: code.parse::<wirefeed::story::Region>().unwrap(),
        weight: 5,
        implied,
        evidence: vec![],
    };
    Story {
        id: StoryId::mint("河口通讯社", "3-9", headline, ""),
        version: 1,
        kind: Kind::Text,
        pubstatus: PubStatus::Usable,
        corrected: false,
        urgency: None,
        language: Language::ZhHans,
        kicker: String::new(),
        headline: headline.to_owned(),
        title: String::new(),
        subheadline: String::new(),
        slugline: String::new(),
        bylines: vec![Byline { name: "方舟".to_owned(), role: "记者".to_owned() }],
        dateline: None,
        body: vec![Block {
            kind: BlockKind::Paragraph,
            text: format!("{headline}。渡口的老船工说，往后看病不用绕路了。"),
        }],
        captions: Vec::new(),
        credits: String::new(),
        ednote: "仅供编辑参考".to_owned(),
        correction: String::new(),
        embargoed: None,
        published: time,
        versioncreated: time,
        topics: vec![Label {
            code: "medtop:07000000".parse().unwrap(),
            weight: 9,
            implied: false,
            evidence: vec![],
        }],
        regions: vec![label("CN-AH", false), label("CN", true)],
    }
}

/// A longer story with everything that a story can have.
pub fn full_story() -> Story {
    let paragraph = |text: &str| Block { kind: BlockKind::Paragraph, text: text.to_owned() };
    let mut story = story("河口渡船今日复航", 42);
    story.kicker = "停航三年之后".to_owned();
    story.subheadline = "两岸居民看病上学不再绕行四十公里".to_owned();
    story.body = vec![
        paragraph(
            "河口通讯社安徽3月9日电（记者方舟）清晨六点，“白鹭号”渡船载着第一批乘客离开南岸码头，停航三年的河口渡口正式恢复通航。",
        ),
        paragraph(
            "新渡船设座位六十个，采用纯电动力，每十五分钟一班，过河只需七分钟。县交通运输局介绍，首月免收票款。",
        ),
        Block { kind: BlockKind::Subhead, text: "老船工回来了".to_owned() },
        paragraph(
            "“水还是那条水，船换了。”掌舵四十年的郑水生说。停航那几年，他在城里看过车库、送过快递，听说渡口要修，头一个报了名。",
        ),
        paragraph(
            "北岸卫生院也把夜间急诊恢复了起来。院长说，过去病人要绕道上游大桥，单程四十公里，“现在七分钟，救护推车可以直接上船”。",
        ),
    ];
    story.captions = vec![Caption {
        text: "3月9日，“白鹭号”渡船驶离南岸码头。".to_owned(),
        credit: "河口通讯社记者 林晚 摄".to_owned(),
        taken: chrono::NaiveDate::from_ymd_opt(2024, 3, 9),
    }];
    story
}

/// An archive that is a list in memory.
#[derive(Default)]
pub struct Shelf {
    stories: Mutex<(Revision, Vec<Story>)>,
    /// How often it was asked for stories.
    pub asked: AtomicUsize,
    /// Whether it answers with an error.
    pub down: AtomicBool,
    /// Whoever holds it keeps every answer back.
    pub gate: Mutex<()>,
}

impl Shelf {
    pub fn of(stories: Vec<Story>) -> Self {
        let shelf = Self::default();
        shelf.put(stories);
        shelf
    }

    /// Takes stories in as one filing; a story whose id is there takes the place of the earlier version.
    pub fn put(&self, stories: Vec<Story>) -> Filed {
        let (revision, there) = &mut *self.stories.lock().unwrap();
        revision.0 += 1;
        let mut filed = Filed { revision: *revision, ..Filed::default() };
        for story in stories {
            let moved = &mut filed.moved;
            touch(moved, &story);
            if let Some(other) = there.iter_mut().find(|other| other.id == story.id) {
                touch(moved, other);
                *other = story;
                filed.updated += 1;
            } else {
                there.push(story);
                filed.new += 1;
            }
        }
        there.sort_by_key(|story| (std::cmp::Reverse(story.published), story.id));
        filed
    }

    fn ask<T>(&self, answer: impl FnOnce(&(Revision, Vec<Story>)) -> T) -> Result<T, Error> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        drop(self.gate.lock());
        if self.down.load(Ordering::Relaxed) {
            return Err(Error::TooNew { found: 2, known: 1 });
        }
        Ok(answer(&self.stories.lock().unwrap()))
    }
}

fn touch(moved: &mut Moved, story: &Story) {
    moved.marks.extend(story.marks());
    moved.stories.insert(story.id);
}

/// Whether `selection` takes `story`, said as plainly as can be.
pub fn takes(selection: &Selection, story: &Story) -> bool {
    let Selection { clauses, phrases, since } = selection;
    let marks: Vec<Mark> = story.marks().collect();
    let texts = || {
        let body = story.body.iter().map(|block| &block.text);
        body.chain([&story.headline, &story.kicker, &story.subheadline])
            .chain(story.captions.iter().map(|c| &c.text))
    };
    story.pubstatus == PubStatus::Usable
        && clauses.iter().all(|clause| clause.not != clause.any.iter().any(|mark| marks.contains(mark)))
        && phrases
            .iter()
            .all(|phrase| phrase.not != phrase.any.iter().any(|words| texts().any(|text| says(text, words))))
        && since.is_none_or(|since| story.published >= since)
}

/// Whether the words stand in the text: Chinese anywhere, others as whole words.
fn says(text: &str, words: &str) -> bool {
    let plain = |text: &str| text.chars().map(simplified).collect::<String>().to_lowercase();
    let (text, words) = (plain(text), plain(words));
    let is_letter = |c: char| c.is_alphanumeric() && c < '\u{2e80}';
    text.match_indices(&words).any(|(at, _)| {
        let is_open =
            |end: Option<char>, side: Option<char>| !(end.is_some_and(is_letter) && side.is_some_and(is_letter));
        is_open(words.chars().next(), text[..at].chars().next_back())
            && is_open(words.chars().next_back(), text[at + words.len()..].chars().next())
    })
}

fn standing<'a>(stories: impl Iterator<Item = &'a Story>) -> Standing {
    stories.fold(Standing::default(), |standing, story| Standing {
        stories: standing.stories + 1,
        newest: standing.newest.max(Some(story.published)),
        changed: standing.changed.max(Some(story.versioncreated)),
    })
}

impl Archive for Shelf {
    fn knows(&self, _: &Digest) -> Result<bool, Error> {
        self.ask(|_| false)
    }

    fn file(&self, batch: &[Filing], _: DateTime<Utc>) -> Result<Filed, Error> {
        Ok(self.put(batch.iter().flat_map(|filing| filing.stories.clone()).collect()))
    }

    fn release(&self, _: DateTime<Utc>) -> Result<Filed, Error> {
        self.ask(|(revision, _)| Filed { revision: *revision, ..Filed::default() })
    }

    fn expire(&self, _: DateTime<Utc>, _: usize, _: DateTime<Utc>) -> Result<Filed, Error> {
        self.ask(|(revision, _)| Filed { revision: *revision, ..Filed::default() })
    }

    fn bytes(&self) -> Result<u64, Error> {
        self.ask(|_| 0)
    }

    fn next_release(&self) -> Result<Option<DateTime<Utc>>, Error> {
        self.ask(|_| None)
    }

    fn select(
        &self,
        selection: &Selection,
        below: Option<Rank>,
        limit: usize,
    ) -> Result<Vec<(Rank, Story)>, Error> {
        self.ask(|(_, stories)| {
            let ranked = stories.iter().map(|story| (Rank::of(&story.id, story.published), story.clone()));
            let found =
                ranked.filter(|(rank, story)| below.is_none_or(|below| *rank < below) && takes(selection, story));
            found.take(limit).collect()
        })
    }

    fn ranks(&self, selection: &Selection, below: Option<Rank>, limit: usize) -> Result<Vec<Rank>, Error> {
        Ok(self.select(selection, below, limit)?.into_iter().map(|(rank, _)| rank).collect())
    }

    fn at(&self, ranks: &[Rank]) -> Result<Vec<Story>, Error> {
        self.ask(|(_, stories)| {
            let is_there = |story: &&Story| ranks.contains(&Rank::of(&story.id, story.published));
            stories.iter().filter(is_there).cloned().collect()
        })
    }

    fn count(&self, selection: &Selection, most: usize) -> Result<u64, Error> {
        self.ask(|(_, stories)| stories.iter().filter(|story| takes(selection, story)).take(most).count() as u64)
    }

    fn standing(&self, mark: Option<&Mark>) -> Result<Standing, Error> {
        let selection = mark.map_or_else(Selection::default, |mark| Selection::of(mark.clone()));
        self.ask(|(_, stories)| standing(stories.iter().filter(|story| takes(&selection, story))))
    }

    fn standings(&self) -> Result<HashMap<Mark, Standing>, Error> {
        self.ask(|(_, stories)| {
            let marks: HashSet<Mark> = stories.iter().flat_map(Story::marks).collect();
            let stand = |mark: Mark| {
                let selection = Selection::of(mark.clone());
                (mark, standing(stories.iter().filter(|story| takes(&selection, story))))
            };
            marks.into_iter().map(stand).collect()
        })
    }

    fn seal(&self, marks: &BTreeSet<Mark>, until: Rank) -> Result<u64, Error> {
        let mut selection = Selection::default();
        if !marks.is_empty() {
            selection = selection.and_any(marks.iter().cloned());
        }
        self.ask(|(_, stories)| {
            let old = stories.iter().filter(|story| Rank::of(&story.id, story.published).day() <= until.day());
            let mut hasher = DefaultHasher::new();
            for story in old.filter(|story| takes(&selection, story)) {
                (story.id, story.version).hash(&mut hasher);
            }
            hasher.finish()
        })
    }

    fn history(&self, id: &StoryId) -> Result<Vec<Past>, Error> {
        let story = self.story(id)?;
        Ok(story.map(|story| Past { story, wire: None }).into_iter().collect())
    }

    fn story(&self, id: &StoryId) -> Result<Option<Story>, Error> {
        self.ask(|(_, stories)| stories.iter().find(|story| story.id == *id).cloned())
    }

    fn walk(&self, after: Option<&Place>, _: usize) -> Result<Vec<(Place, Story)>, Error> {
        let all = |(_, stories): &(Revision, Vec<Story>)| {
            stories.iter().map(|story| (Place::File(story.id), story.clone())).collect()
        };
        if after.is_some() { Ok(Vec::new()) } else { self.ask(all) }
    }

    fn waiting(&self) -> Result<usize, Error> {
        self.ask(|_| 0)
    }

    fn size(&self) -> Result<usize, Error> {
        self.ask(|(_, stories)| stories.len())
    }

    fn relabel(&self, stories: &[(Place, Story)], _: DateTime<Utc>) -> Result<Filed, Error> {
        Ok(self.put(stories.iter().map(|(_, story)| story.clone()).collect()))
    }

    fn withdrawn(&self, from: Rank, limit: usize) -> Result<Vec<(Rank, Story)>, Error> {
        self.ask(|(_, stories)| {
            let ranked = stories.iter().map(|story| (Rank::of(&story.id, story.published), story.clone()));
            let gone = ranked.filter(|(rank, story)| *rank >= from && story.pubstatus == PubStatus::Canceled);
            gone.take(limit).collect()
        })
    }

    fn pending(&self) -> Result<Vec<Pending>, Error> {
        Ok(Vec::new())
    }

    fn by_hand(&self, _: &StoryId, _: Deed, _: DateTime<Utc>) -> Result<Option<Filed>, Error> {
        Ok(None)
    }

    fn problems(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    fn known(&self, _: &StoryId) -> Result<Option<Known>, Error> {
        Ok(None)
    }

    fn revision(&self) -> Result<Revision, Error> {
        self.ask(|(revision, _)| *revision)
    }
}
