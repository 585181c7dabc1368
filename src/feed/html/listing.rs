//! How pages speak of feeds: what one is called, where it is, how much is in it, and what it is part of.

use super::Setting;
use crate::feed::catalogue::{Code, Definition, Each, Member, unlisted_names};
use crate::feed::{Feed, Format};
use crate::story::{Agency, Mark, Selection, Standing};

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

impl From<&Feed> for Channel {
    fn from(feed: &Feed) -> Self {
        Self { title: feed.title.clone(), path: feed.path.clone(), query: feed.query.clone() }
    }
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
/// story. `unlisted` are the agencies that no table names and that have stories.
#[must_use]
pub fn offer(
    setting: Setting,
    unlisted: &[Agency],
    standing: &dyn Fn(&Selection) -> Standing,
) -> (Vec<Entry>, Vec<Family>) {
    let (families, singles): (Vec<_>, Vec<_>) =
        setting.catalogue.definitions().partition(|definition| definition.each.is_some());
    let singles = singles.into_iter().map(|definition| single(definition, setting, standing)).collect();
    let families =
        families.into_iter().map(|definition| family(definition, unlisted, setting, standing)).collect();
    (singles, families)
}

fn single(definition: &Definition, setting: Setting, standing: &dyn Fn(&Selection) -> Standing) -> Entry {
    let feed = definition.feed(setting.site);
    Entry { standing: standing(&feed.selection), name: feed.title, path: feed.path, broader: None }
}

fn family(
    definition: &Definition,
    unlisted: &[Agency],
    setting: Setting,
    standing: &dyn Fn(&Selection) -> Standing,
) -> Family {
    /// A family of more feeds than this lists only those that hold something.
    const SMALL: usize = 20;
    let entry = |member: &Member| {
        let feed = definition.member(member, setting.site);
        Entry {
            name: setting.name(member.names).to_owned(),
            path: feed.path,
            broader: broader(definition, member, setting),
            standing: standing(&feed.selection),
        }
    };
    let members: Vec<Member> = definition.members(setting.taxonomy).collect();
    let all = members.len();
    let is_listed = |entry: &Entry| all <= SMALL || entry.standing.stories > 0;
    let mut entries: Vec<Entry> = members.iter().map(entry).filter(is_listed).collect();
    if definition.each == Some(Each::Agency) {
        let named = |agency: &Agency| entry(&Member::unlisted(agency, &unlisted_names(agency)));
        entries.extend(unlisted.iter().map(named));
    }
    let heading = match definition.each {
        _ if !definition.is_plain() => Heading::Named(definition.name.clone()),
        Some(Each::Topic) => Heading::Topics,
        Some(Each::Region) => Heading::Regions,
        Some(Each::Agency) => Heading::Agencies,
        None => Heading::Named(definition.name.clone()),
    };
    Family { heading, entries, all, opml: Some(format!("/feeds/{}.opml", definition.name)) }
}

/// The path of the member's feed that this one's is part of.
fn broader(definition: &Definition, member: &Member, setting: Setting) -> Option<String> {
    let above = match member.broader? {
        Code::Topic(code) => Member::topic(setting.taxonomy.topics.get(code)?),
        Code::Region(code) => Member::region(setting.taxonomy.regions.get(code)?),
        Code::Agency(_) => return None,
    };
    Some(definition.path(&above))
}

/// What stands around a feed: what its page is headed with, the feeds that it is part of, and those that are part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// What its page is headed with.
    pub heading: String,
    /// The feeds that it is part of, the widest first.
    pub broader: Vec<Entry>,
    /// The feeds that are part of it.
    pub narrower: Vec<Entry>,
    /// The path of the list of its siblings.
    pub opml: Option<String>,
}

impl Around {
    /// What stands around the feed among those on offer.
    #[must_use]
    pub fn of(feed: &Feed, singles: &[Entry], families: &[Family]) -> Self {
        let entries = || families.iter().flat_map(|family| &family.entries);
        let at = |path: &str| entries().find(|entry| entry.path == path).cloned();
        let own = at(&feed.path).or_else(|| singles.iter().find(|single| single.path == feed.path).cloned());
        // A feed within another is at the path of that one and its own: /feeds/topics/health/regions/fr.
        let outer = feed.path.rmatch_indices('/').nth(1).and_then(|(end, _)| at(&feed.path[..end]));
        let above = |entry: &Entry| entry.broader.as_deref().and_then(at);
        let first = own.as_ref().and_then(above).or(outer);
        let mut broader: Vec<Entry> = std::iter::successors(first, above).collect();
        broader.reverse();
        let is_part = |entry: &&Entry| entry.broader.as_ref() == Some(&feed.path) && entry.standing.stories > 0;
        let family = families.iter().find(|family| family.entries.iter().any(|entry| entry.path == feed.path));
        Self {
            heading: own.map_or_else(|| feed.title.clone(), |own| own.name),
            broader,
            narrower: entries().filter(is_part).cloned().collect(),
            opml: family.map_or_else(|| Some("/feeds.opml".to_owned()), |family| family.opml.clone()),
        }
    }
}

/// The agencies among these marks that no table names.
#[must_use]
pub fn unlisted<'a>(marks: impl IntoIterator<Item = &'a Mark>, setting: Setting) -> Vec<Agency> {
    let agency = |mark: &'a Mark| if let Mark::Agency(agency) = mark { Some(agency) } else { None };
    let is_unlisted =
        |agency: &&Agency| setting.taxonomy.agencies.by_name(agency).is_none() && !agency.as_str().contains('/');
    let mut agencies: Vec<Agency> = marks.into_iter().filter_map(agency).filter(is_unlisted).cloned().collect();
    agencies.sort();
    agencies
}
