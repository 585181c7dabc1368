//! Labels a story with the topics and regions that it is about, and says which words spoke for each.
//!
//! A label is a claim about the story, not a list of the words in it: a name in the headline outweighs many in the
//! body, and a place that is only part of another name (北京大学, Washington Post) is none.

mod find;
mod fold;
mod ledger;
mod passage;
mod region;
mod remarks;
mod topic;
mod tree;

use self::fold::Folded;
pub use self::remarks::{Cited, Means, Quoted, Remark, RemarkKind, remarks};
use crate::story::{Region, Story};
use crate::taxonomy::Taxonomy;

/// Knows both tables by heart; one serves any number of stories.
pub struct Tagger {
    topics: topic::Topics,
    regions: region::Regions,
}

impl Tagger {
    /// Learns the tables.
    ///
    /// # Panics
    /// When there are 2^32 terms or more.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self::learn(taxonomy, |one, other| {
            one();
            other();
        })
    }

    /// The same by `both`, which runs its two tasks, at once if it can: each takes half of a start.
    ///
    /// # Panics
    /// When there are 2^32 terms or more, or `both` leaves a task undone.
    pub fn learn(taxonomy: &Taxonomy, both: impl FnOnce(Task, Task)) -> Self {
        let (mut topics, mut regions) = (None, None);
        both(&mut || topics = Some(topic::Topics::new(&taxonomy.topics)), &mut || {
            regions = Some(region::Regions::new(&taxonomy.regions));
        });
        Self { topics: topics.expect("it was learned"), regions: regions.expect("it was learned") }
    }

    /// Replaces the story's topics and regions by what its words say now, and tells which names it left out because
    /// nothing in the story says which place they mean.
    pub fn tag(&self, story: &mut Story) -> Vec<Ambiguous> {
        let passages = passage::passages(story);
        story.topics = self.topics.labels(&passages);
        let house = story.dateline.as_ref().map_or("", |dateline| dateline.agency.as_str());
        let (regions, ambiguous) = self.regions.labels(&passages, &Folded::new(house));
        story.regions = regions;
        ambiguous
    }
}

/// A part of [`Tagger::learn`].
pub type Task<'a> = &'a mut (dyn FnMut() + Send);

/// A name that stands for several places, in a story that does not say which it means: 鼓楼区.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    /// The name as the table has it.
    pub name: String,
    /// What it could mean.
    pub regions: Vec<Region>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{Block, BlockKind, Caption, Dateline, Kind, Label, Language, Part, PubStatus, StoryId};
    use std::sync::LazyLock;

    static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(Taxonomy::embedded);
    static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(&TAXONOMY));

    /// A story of a headline and paragraphs; `## ` begins a sub-head, `@place` is a dateline.
    pub(super) fn told(headline: &str, text: &str) -> Story {
        let mut story = Story {
            id: StoryId::mint("", "", headline, text),
            version: 1,
            kind: Kind::Text,
            pubstatus: PubStatus::Usable,
            corrected: false,
            urgency: None,
            language: Language::Undetermined,
            kicker: String::new(),
            headline: headline.to_owned(),
            title: String::new(),
            subheadline: String::new(),
            slugline: String::new(),
            bylines: Vec::new(),
            dateline: None,
            body: Vec::new(),
            captions: Vec::new(),
            credits: String::new(),
            ednote: String::new(),
            correction: String::new(),
            embargoed: None,
            published: chrono::DateTime::UNIX_EPOCH,
            versioncreated: chrono::DateTime::UNIX_EPOCH,
            topics: Vec::new(),
            regions: Vec::new(),
        };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(place) = line.strip_prefix('@') {
                let (agency, places, raw) = (String::new(), vec![place.to_owned()], String::new());
                story.dateline = Some(Dateline { agency, places, date: None, raw });
            } else if let Some(text) = line.strip_prefix("## ") {
                story.body.push(Block { kind: BlockKind::Subhead, text: text.to_owned() });
            } else {
                story.body.push(Block { kind: BlockKind::Paragraph, text: line.to_owned() });
            }
        }
        TAGGER.tag(&mut story);
        story
    }

    #[test]
    fn the_paper_of_a_city_says_which_place_it_means() {
        let mut story = told("南山机器人谷又冒尖", "南山区的灵巧手一年拧三万个螺丝。");
        assert_eq!(regions(&story), "");
        let agency = "深圳特区报".to_owned();
        story.dateline =
            Some(Dateline { agency, places: vec![], date: None, raw: "深圳特区报讯".to_owned() });
        TAGGER.tag(&mut story);
        assert_eq!(regions(&story), "440305 (440300) (CN-GD) (CN)");
    }

    /// The names that were left out.
    pub(super) fn ambiguous(headline: &str, text: &str) -> Vec<String> {
        TAGGER.tag(&mut told(headline, text)).into_iter().map(|ambiguous| ambiguous.name).collect()
    }

    fn words(labels: impl Iterator<Item = String>) -> String {
        labels.collect::<Vec<_>>().join(" ")
    }

    /// The regions that were found, most fitting first; ancestors in brackets.
    pub(super) fn regions(story: &Story) -> String {
        let print = |l: &Label<_>| if l.implied { format!("({})", l.code) } else { format!("{}", l.code) };
        words(story.regions.iter().map(print))
    }

    /// The topics that were found, by slug.
    pub(super) fn topics(story: &Story) -> String {
        words(story.topics.iter().map(|label| {
            let slug = &TAXONOMY.topics.get(&label.code).expect("labels are of the table").slug;
            if label.implied { format!("({slug})") } else { slug.clone() }
        }))
    }

    #[test]
    fn a_photo_story_is_read_from_its_caption() {
        let mut story = told("冬日渔歌", "");
        let text = "渔民在安徽省巢湖边收网。".to_owned();
        story.captions.push(Caption { text, credit: String::new(), taken: None });
        TAGGER.tag(&mut story);
        assert_eq!(regions(&story), "340181 (340100) (CN-AH) (CN)");
        assert_eq!(story.regions[0].evidence[0].part, Part::Lead);
    }

    #[test]
    fn the_dateline_in_the_text_is_not_read_as_text() {
        let mut story = told("水稻增产", "新华社合肥11月20日电 农民喜获丰收。");
        story.dateline = Some(Dateline {
            agency: "新华社".to_owned(),
            places: vec!["合肥".to_owned()],
            date: None,
            raw: "新华社合肥11月20日电".to_owned(),
        });
        TAGGER.tag(&mut story);
        assert_eq!(regions(&story), "CN-AH (CN)");
    }

    #[test]
    fn a_paragraph_of_the_dateline_alone_is_no_lead() {
        let mut story = told("水稻增产", "新华社合肥11月20日电\n安徽芜湖的农民喜获丰收。\n农民们很高兴。");
        story.dateline = Some(Dateline {
            agency: "新华社".to_owned(),
            places: vec!["合肥".to_owned()],
            date: None,
            raw: "新华社合肥11月20日电".to_owned(),
        });
        TAGGER.tag(&mut story);
        let wuhu = story.regions[0].evidence.iter().find(|evidence| evidence.term == "芜湖");
        assert_eq!(wuhu.expect("芜湖 is named").part, Part::Lead);
    }

    #[test]
    fn any_text_is_tagged_with_terms_that_stand_in_it() {
        const PIECES: [&str; 24] = [
            "北京",
            "朝阳",
            "海口",
            "出海口岸",
            "Georgia",
            "Washington Post",
            "U.S.",
            "臺灣",
            "癌症",
            "strike",
            "的",
            " ",
            "\n",
            "，",
            "。",
            "Ｎ",
            "ＢＡ",
            "é",
            "🦀",
            "大学",
            "省",
            "'s",
            "\u{0}",
            "苏州",
        ];
        arbtest::arbtest(|u| {
            let mut text = String::new();
            for _ in 0..u.int_in_range(0..=30)? {
                if u.ratio(1, 6)? {
                    text.push(u.arbitrary()?);
                } else {
                    text.push_str(u.choose(&PIECES)?);
                }
            }
            let (headline, body) = text.split_at(text.floor_char_boundary(text.len() / 3));
            let story = told(headline, body);
            let mut codes: Vec<&str> = story.topics.iter().map(|label| label.code.as_str()).collect();
            codes.extend(story.regions.iter().map(|label| label.code.as_str()));
            let said = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), said, "{text:?}");
            let evidence = story.topics.iter().flat_map(|label| &label.evidence);
            for evidence in evidence.chain(story.regions.iter().flat_map(|label| &label.evidence)) {
                let lower = |text: &str| Folded::new(text).shown.iter().collect::<String>().to_ascii_lowercase();
                assert!(lower(&text).contains(&lower(&evidence.term)), "{:?} in {text:?}", evidence.term);
            }
            Ok(())
        });
    }
}
