//! How pages speak of feeds: what one is called, where it is, how much is in it, and what it is part of.

use chrono::{DateTime, Utc};

use super::Setting;
use crate::feed::Format;
use crate::feed::catalogue::{Definition, Each, Member};
use crate::story::Selection;

/// How much a feed holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many stories of the archive belong to it.
    pub stories: u64,
    /// When the newest of them was published; `None` when there is none.
    pub newest: Option<DateTime<Utc>>,
}

/// A feed in a list of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called beside its siblings, in the reader's language: 卫生, not 河口通讯: 卫生.
    pub name: String,
    /// Its URL path without the format: `/feeds/topics/health`.
    pub path: String,
    /// The path of the feed that it is part of, wherever that stands in the list.
    pub broader: Option<String>,
    /// How much it holds.
    pub standing: Standing,
}

/// Feeds of one kind: a feed for each topic, each region, each agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// What there is a feed for each of.
    pub heading: Heading,
    /// Those that hold stories, or all of a small family; in any order, pages sort them.
    pub entries: Vec<Entry>,
    /// How many there are in all, with those that hold nothing.
    pub all: usize,
    /// The path of the OPML of the family: `/feeds/topics.opml`.
    pub opml: Option<String>,
}

/// What a family is headed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    /// 主题
    Topics,
    /// 地区
    Regions,
    /// 通讯社
    Agencies,
    /// An editor's own family, as its file calls it.
    Named(String),
}

/// Where one feed is subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The feed's title, as readers will list it: 河口通讯: 卫生.
    pub title: String,
    /// Its path without the format: `/feeds/topics/health`, `/feeds/search`.
    pub path: String,
    /// What follows the `?`, canonical and percent-encoded, of a search: `q=%E6%B8%A1%E8%BD%AE`.
    pub query: Option<String>,
}

impl Channel {
    /// The path of the feed in this format.
    pub(super) fn in_format(&self, format: Format) -> String {
        self.ending_in(format.extension())
    }

    /// The path of the feed's page for people.
    pub(super) fn page(&self) -> String {
        self.ending_in("html")
    }

    fn ending_in(&self, extension: &str) -> String {
        let query = self.query.as_deref().filter(|query| !query.is_empty());
        let (mark, query) = query.map_or(("", ""), |query| ("?", query));
        format!("{}.{extension}{mark}{query}", self.path)
    }
}

/// The feeds of a catalogue, as the index lists them: those that stand alone, then the families.
///
/// `standing` tells how much a feed holds by what it selects. A feed of a large family is listed when it holds a
/// story.
#[must_use]
pub fn offer(setting: Setting, standing: &dyn Fn(&Selection) -> Standing) -> (Vec<Entry>, Vec<Family>) {
    let (families, singles): (Vec<_>, Vec<_>) =
        setting.catalogue.definitions().iter().partition(|definition| definition.each.is_some());
    let singles = singles.into_iter().map(|definition| single(definition, setting, standing)).collect();
    let families = families.into_iter().map(|definition| family(definition, setting, standing)).collect();
    (singles, families)
}

fn single(definition: &Definition, setting: Setting, standing: &dyn Fn(&Selection) -> Standing) -> Entry {
    let feed = definition.feed(setting.site);
    Entry { standing: standing(&feed.selection), name: feed.title, path: feed.path, broader: None }
}

fn family(definition: &Definition, setting: Setting, standing: &dyn Fn(&Selection) -> Standing) -> Family {
    /// A family of more feeds than this lists only those that hold something.
    const SMALL: usize = 40;
    let members: Vec<Member> = definition.members(setting.taxonomy).collect();
    let all = members.len();
    let entry = |member: &Member| {
        let feed = definition.member(member, setting.site);
        Entry {
            name: setting.name(member.names).to_owned(),
            path: feed.path,
            broader: broader(definition, member, setting),
            standing: standing(&feed.selection),
        }
    };
    let entries = members.iter().map(entry).filter(|entry| all <= SMALL || entry.standing.stories > 0).collect();
    let heading = match definition.each {
        Some(Each::Topic) => Heading::Topics,
        _ => Heading::Regions,
    };
    Family { heading, entries, all, opml: None }
}

/// The path of the member's feed that this one's is part of.
fn broader(definition: &Definition, member: &Member, setting: Setting) -> Option<String> {
    use crate::feed::catalogue::Code;
    let above = match member.broader? {
        Code::Topic(code) => Member::topic(setting.taxonomy.topics.get(code)?),
        Code::Region(code) => Member::region(setting.taxonomy.regions.get(code)?),
    };
    Some(definition.path(&above))
}
