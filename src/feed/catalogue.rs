//! All feeds on offer, as the files of the `feeds` folder define them.
//!
//! The folder is the URL map: `feeds/latest.toml` is at `/feeds/latest`; `feeds/topics.toml` with `each = "topic"` is a
//! family with one feed for each topic, at `/feeds/topics/{slug}`; and `feeds/topics/regions.toml` with
//! `each = "region"` is one within each of those, at `/feeds/topics/{slug}/regions/{slug}`.

use std::num::NonZeroU16;

use serde::Deserialize;
use serde::de::{self, Deserializer};
use toml::Spanned;

use super::query::{Key, Problem, Query};
use super::{Feed, Site, Window};
use crate::story::{Agency, Mark, Region, Selection, Topic};
use crate::taxonomy::{Concept, Names, NewsAgency, Taxonomy};

/// All feeds on offer. Families are spelled out when asked for, since they may have thousands of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    definitions: Vec<Definition>,
    /// Whether somebody answers searches.
    pub(super) searches: bool,
}

/// The files that come with the program, in the order of the index page.
const EMBEDDED: [(&str, &str); 5] = [
    ("latest.toml", include_str!("../../feeds/latest.toml")),
    ("topics.toml", include_str!("../../feeds/topics.toml")),
    ("regions.toml", include_str!("../../feeds/regions.toml")),
    ("agencies.toml", include_str!("../../feeds/agencies.toml")),
    ("topics/regions.toml", include_str!("../../feeds/topics/regions.toml")),
];

impl Catalogue {
    /// The feeds that come with the program: latest, every topic, every region, every topic within every region, every
    /// agency.
    ///
    /// # Panics
    /// Never: a test reads the embedded files.
    #[must_use]
    pub fn embedded() -> Self {
        let definitions = EMBEDDED.map(|(file, text)| {
            // None of them says `where`, so no table is needed to read them.
            Definition::parse(file, text, None).expect("the embedded feeds are sound")
        });
        Self { definitions: definitions.into(), searches: true }
    }

    /// Reads the files of a `feeds` folder, given as path within it and text. Their order is that of the index page.
    ///
    /// # Errors
    /// With file and line of the first thing that is wrong.
    pub fn parse<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        taxonomy: &Taxonomy,
    ) -> Result<Self, Error> {
        let mut definitions: Vec<Definition> = Vec::new();
        for (file, text) in files {
            let definition = Definition::parse(file, text, Some(taxonomy));
            definitions.push(definition.map_err(|wrong| Error { file: file.to_owned(), wrong })?);
        }
        for definition in &definitions {
            if let Some(outer) = &definition.within
                && !definitions.iter().any(|other| other.is_family(outer))
            {
                let file = format!("{outer}/{}.toml", definition.name);
                return Err(Error { file, wrong: Wrong::Nowhere { outer: outer.clone() } });
            }
        }
        Ok(Self { definitions, searches: true })
    }

    /// The same where nobody answers searches, as in a folder of files: no page offers them.
    #[must_use]
    pub fn without_searches(self) -> Self {
        Self { searches: false, ..self }
    }

    /// The feed at this path, without its format: `/feeds/topics/health`.
    ///
    /// An agency that no table names has its feed under its printed name: whether there is one is for the archive to
    /// say, see [`Feed::only_with`].
    #[must_use]
    pub fn resolve(&self, path: &str, site: &Site, taxonomy: &Taxonomy) -> Option<Feed> {
        let steps: Vec<&str> = path.strip_prefix("/feeds/")?.split('/').collect();
        let (name, slug, inner) = match *steps {
            [name] => (name, None, None),
            [name, slug] => (name, Some(slug), None),
            [name, slug, inner, inner_slug] => (name, Some(slug), Some((inner, inner_slug))),
            _ => return None,
        };
        let definition = self.definitions.iter().find(|one| one.within.is_none() && one.name == name)?;
        let Some(slug) = slug else { return definition.each.is_none().then(|| definition.feed(site)) };
        definition.each?.with_member(slug, taxonomy, |outer| {
            let Some((name, slug)) = inner else { return Some(definition.member(outer, site)) };
            let within = Some(definition.name.as_str());
            let inner = self.definitions.iter().find(|one| one.within.as_deref() == within && one.name == name)?;
            inner.each?.with_member(slug, taxonomy, |member| Some(inner.within(definition, outer, member, site)))
        })
    }

    /// Every feed but those within others, file by file; the members of a family in the order of the taxonomy.
    pub fn feeds<'a>(&'a self, site: &'a Site, taxonomy: &'a Taxonomy) -> impl Iterator<Item = Feed> + 'a {
        self.outer().flat_map(move |definition| {
            let single = definition.each.is_none().then(|| definition.feed(site));
            single
                .into_iter()
                .chain(definition.members(taxonomy).map(move |member| definition.member(&member, site)))
        })
    }

    /// The feeds within others to which a story with these marks belongs.
    #[must_use]
    pub fn inner_feeds(&self, marks: &[Mark], site: &Site, taxonomy: &Taxonomy) -> Vec<Feed> {
        let mut feeds = Vec::new();
        for inner in self.definitions.iter().filter(|one| one.within.is_some()) {
            let outer = self.outer().find(|one| Some(&one.name) == inner.within.as_ref());
            let Some((outer, each)) = outer.and_then(|outer| Some((outer, outer.each?))) else { continue };
            for mark in marks {
                let Some(member) = each.of(mark, taxonomy) else { continue };
                let within = marks.iter().filter_map(|mark| inner.each?.of(mark, taxonomy));
                feeds.extend(within.map(|within| inner.within(outer, &member, &within, site)));
            }
        }
        feeds
    }

    /// The feeds of the agencies among these marks that no table names.
    #[must_use]
    pub fn unlisted_feeds(&self, marks: &[Mark], site: &Site, taxonomy: &Taxonomy) -> Vec<Feed> {
        let mut feeds = Vec::new();
        for mark in marks {
            let Mark::Agency(agency) = mark else { continue };
            if taxonomy.agencies.by_name(agency).is_some() {
                continue;
            }
            let names = unlisted_names(agency);
            let member = Member::unlisted(agency, &names);
            let families = self.outer().filter(|family| family.each == Some(Each::Agency));
            feeds.extend(families.map(|family| family.member(&member, site)));
        }
        feeds
    }

    /// Whether there are feeds that [`feeds`](Self::feeds) does not give, since they hang on what stories there are.
    #[must_use]
    pub fn hangs_on_stories(&self) -> bool {
        self.definitions.iter().any(|one| one.within.is_some() || one.each == Some(Each::Agency))
    }

    /// Whether a feed asks for words: `where = { q = "…" }`.
    #[must_use]
    pub fn asks_for_words(&self) -> bool {
        self.definitions.iter().any(|one| !one.selection.phrases.is_empty())
    }

    /// The names of the families, which have a list of their feeds each.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.outer().filter(|definition| definition.each.is_some()).map(|definition| &*definition.name)
    }

    /// The feed of this mark, if there is a family for it and it says no more.
    #[must_use]
    pub fn feed_of(&self, mark: &Mark, site: &Site, taxonomy: &Taxonomy) -> Option<Feed> {
        self.plain_families().find_map(|family| Some(family.member(&family.each?.of(mark, taxonomy)?, site)))
    }

    /// The definitions that are not within others, in the order of the files.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.outer()
    }

    fn outer(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter().filter(|definition| definition.within.is_none())
    }

    /// The families that hold all stories of each member.
    fn plain_families(&self) -> impl Iterator<Item = &Definition> {
        self.outer().filter(|definition| definition.is_plain())
    }

    /// The path of the feed that lists all stories with this label, if there is a family for it.
    pub(super) fn path_of(&self, member: &Member) -> Option<String> {
        Some(self.plain_families().find(|one| one.each == Some(member.each()))?.path(member))
    }
}

/// One file: a feed, or a family of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// The file's name without `.toml`, and the feed's name in its URL.
    pub(super) name: String,
    /// The family within each of whose members this one is.
    within: Option<String>,
    /// What the family has one feed for each of; `None` for a single feed.
    pub(super) each: Option<Each>,
    title: Title,
    window: Window,
    /// What must hold for every member.
    selection: Selection,
}

/// What a family has one feed for each of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Each {
    Topic,
    Region,
    Agency,
}

impl Each {
    /// The word for a member in titles.
    fn word(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Region => "region",
            Self::Agency => "agency",
        }
    }

    /// What `use_it` makes of the member with this slug. An agency of no table is named as it is printed.
    fn with_member<R>(
        self,
        slug: &str,
        taxonomy: &Taxonomy,
        use_it: impl FnOnce(&Member) -> Option<R>,
    ) -> Option<R> {
        match self {
            Self::Topic => use_it(&Member::topic(taxonomy.topics.by_slug(slug)?)),
            Self::Region => use_it(&Member::region(taxonomy.regions.by_slug(slug)?)),
            Self::Agency => {
                let agency = Agency::named(slug)?;
                if let Some(listed) =
                    taxonomy.agencies.by_slug(slug).or_else(|| taxonomy.agencies.by_name(&agency))
                {
                    return use_it(&Member::agency(listed));
                }
                let names = unlisted_names(&agency);
                use_it(&Member::unlisted(&agency, &names))
            }
        }
    }

    /// The member that this mark makes a story belong to; none for an agency of no table.
    fn of<'a>(self, mark: &Mark, taxonomy: &'a Taxonomy) -> Option<Member<'a>> {
        match (self, mark) {
            (Self::Topic, Mark::Topic(topic)) => taxonomy.topics.get(topic).map(Member::topic),
            (Self::Region, Mark::Region(region)) => taxonomy.regions.get(region).map(Member::region),
            (Self::Agency, Mark::Agency(agency)) => taxonomy.agencies.by_name(agency).map(Member::agency),
            _ => None,
        }
    }
}

/// What an agency is called that no table names.
pub(super) fn unlisted_names(agency: &Agency) -> Names {
    Names { zh: agency.shown(), en: agency.shown() }
}

/// One concept of a family.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    pub(super) code: Code<'a>,
    pub(super) slug: &'a str,
    pub(super) names: &'a Names,
    /// The concept that this one is part of.
    pub(super) broader: Option<Code<'a>>,
}

/// The code of a topic or of a region, or all names of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Code<'a> {
    Topic(&'a Topic),
    Region(&'a Region),
    Agency(&'a [Agency]),
}

impl Code<'_> {
    /// The marks that make a story belong to it, any of them.
    pub(super) fn marks(self) -> Vec<Mark> {
        match self {
            Self::Topic(topic) => vec![Mark::Topic(topic.clone())],
            Self::Region(region) => vec![Mark::Region(region.clone())],
            Self::Agency(names) => names.iter().cloned().map(Mark::Agency).collect(),
        }
    }
}

impl<'a> Member<'a> {
    pub(super) fn topic<T>(concept: &'a Concept<Topic, T>) -> Self {
        let broader = concept.broader.as_ref().map(Code::Topic);
        Self { code: Code::Topic(&concept.code), slug: &concept.slug, names: &concept.names, broader }
    }

    pub(super) fn region<T>(concept: &'a Concept<Region, T>) -> Self {
        let broader = concept.broader.as_ref().map(Code::Region);
        Self { code: Code::Region(&concept.code), slug: &concept.slug, names: &concept.names, broader }
    }

    pub(super) fn agency(agency: &'a NewsAgency) -> Self {
        let code = Code::Agency(&agency.printed);
        Self { code, slug: &agency.slug, names: &agency.names, broader: None }
    }

    /// An agency that no table names.
    pub(super) fn unlisted(agency: &'a Agency, names: &'a Names) -> Self {
        let code = Code::Agency(std::slice::from_ref(agency));
        Self { code, slug: agency.as_str(), names, broader: None }
    }

    fn each(&self) -> Each {
        match self.code {
            Code::Topic(_) => Each::Topic,
            Code::Region(_) => Each::Region,
            Code::Agency(_) => Each::Agency,
        }
    }
}

impl Definition {
    fn parse(file: &str, text: &str, taxonomy: Option<&Taxonomy>) -> Result<Self, Wrong> {
        let (within, name) = names(file).ok_or(Wrong::Name)?;
        let written: Written = toml::from_str(text)?;
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let title_line = line(written.title.span().start);
        let title = Title::parse(written.title.get_ref(), within.as_deref(), written.each, title_line)?;
        let selection = match (written.r#where, taxonomy) {
            (Some(asked), Some(taxonomy)) => {
                let line = line(asked.span().start);
                let asked = asked.into_inner().0;
                if asked.iter().any(|(key, _)| written.each.is_some_and(|each| each.word() == key.word())) {
                    return Err(Wrong::Contradiction { line });
                }
                let query = Query::of(asked, taxonomy, chrono_tz::UTC);
                query.map_err(|problem| Wrong::Where { line, problem })?.selection
            }
            _ => Selection::default(),
        };
        let window = Window { items: usize::from(written.items.get()), hours: i64::from(written.hours) };
        Ok(Self { name, within, each: written.each, title, window, selection })
    }

    fn is_family(&self, name: &str) -> bool {
        self.within.is_none() && self.each.is_some() && self.name == name
    }

    /// The concepts that the family has a feed for; none for a single feed.
    pub(super) fn members<'a>(&self, taxonomy: &'a Taxonomy) -> Box<dyn Iterator<Item = Member<'a>> + 'a> {
        match self.each {
            None => Box::new(std::iter::empty()),
            Some(Each::Topic) => Box::new(taxonomy.topics.iter().map(Member::topic)),
            Some(Each::Region) => Box::new(taxonomy.regions.iter().map(Member::region)),
            Some(Each::Agency) => Box::new(taxonomy.agencies.iter().map(Member::agency)),
        }
    }

    /// The single feed.
    pub(super) fn feed(&self, site: &Site) -> Feed {
        self.with(format!("/feeds/{}", self.name), self.title.of(site, &[]), Selection::default())
    }

    /// The family's feed for `member`.
    pub(super) fn member(&self, member: &Member, site: &Site) -> Feed {
        let title = self.title.of(site, &[(member.each(), site.name(member.names))]);
        let feed = self.with(self.path(member), title, Selection::default().and_any(member.code.marks()));
        // The slug of an agency of no table is its name.
        let only_with = match member.code {
            Code::Agency([agency]) if agency.as_str() == member.slug => Some(Mark::Agency(agency.clone())),
            _ => None,
        };
        Feed { only_with, ..feed }
    }

    /// The feed for `member` within that of `family` for `outer`.
    fn within(&self, family: &Self, outer: &Member, member: &Member, site: &Site) -> Feed {
        let names = [(outer.each(), site.name(outer.names)), (member.each(), site.name(member.names))];
        let outer = family.member(outer, site);
        let path = format!("{}/{}/{}", outer.path, self.name, member.slug);
        let selection = outer.selection.and_any(member.code.marks());
        Feed { only_with: outer.only_with, ..self.with(path, self.title.of(site, &names), selection) }
    }

    fn with(&self, path: String, title: String, selection: Selection) -> Feed {
        let selection = selection.within(&self.selection);
        Feed { path, query: None, title, selection, window: self.window, only_with: None }
    }

    /// Whether it holds all stories of each member.
    pub(super) fn is_plain(&self) -> bool {
        self.selection == Selection::default()
    }

    /// What a list of its members is headed with.
    pub(super) fn heading(&self, site: &Site) -> String {
        let [zh, en] = match self.each {
            _ if !self.is_plain() => return self.name.clone(),
            None => return self.name.clone(),
            Some(Each::Topic) => ["主题", "Topics"],
            Some(Each::Region) => ["地区", "Regions"],
            Some(Each::Agency) => ["通讯社", "Agencies"],
        };
        if site.is_chinese() { zh.to_owned() } else { en.to_owned() }
    }

    pub(super) fn path(&self, member: &Member) -> String {
        format!("/feeds/{}/{}", self.name, member.slug)
    }
}

/// The family and the name of a definition, by the path of its file: `topics/regions.toml`.
fn names(file: &str) -> Option<(Option<String>, String)> {
    let is_letter = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(is_letter);
    let path = file.strip_suffix(".toml")?;
    let (within, name) = path.rsplit_once('/').map_or((None, path), |(within, name)| (Some(within), name));
    // `/feeds/search` asks the archive; no file can take its place.
    let is_free = within.is_some() || name != super::SEARCH;
    (is_name(&name) && within.iter().all(is_name) && is_free).then(|| (within.map(str::to_owned), name.to_owned()))
}

/// A title with places for names: `{site}: {topic}`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Title(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Site,
    /// The name of the member of this family.
    Member(Each),
}

impl Title {
    /// Within a family of topics, `within`, each title may name the topic, too: whether it does is known when all files
    /// are read, so any member may be named there.
    fn parse(text: &str, within: Option<&str>, each: Option<Each>, line: usize) -> Result<Self, Wrong> {
        let known: Vec<Each> = [Each::Topic, Each::Region, Each::Agency]
            .into_iter()
            .filter(|one| within.is_some() || each == Some(*one))
            .collect();
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, after) = after.split_once('}').unwrap_or((after, ""));
            pieces.push(Piece::Text(before.to_owned()));
            let member = known.iter().find(|each| each.word() == word);
            pieces.push(match (word, member) {
                ("site", _) => Piece::Site,
                (_, Some(each)) => Piece::Member(*each),
                (word, None) => {
                    let known = known
                        .iter()
                        .fold("{site}".to_owned(), |known, each| format!("{known}, {{{}}}", each.word()));
                    return Err(Wrong::Title { line, word: word.to_owned(), known });
                }
            });
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    fn of(&self, site: &Site, members: &[(Each, &str)]) -> String {
        let text = |piece| match piece {
            &Piece::Site => site.title.as_str(),
            Piece::Member(each) => members.iter().find(|(member, _)| member == each).map_or("", |(_, name)| *name),
            Piece::Text(text) => text,
        };
        self.0.iter().map(text).collect()
    }
}

/// A file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    each: Option<Each>,
    title: Spanned<String>,
    #[serde(default = "fifty")]
    items: NonZeroU16,
    #[serde(default = "two_days")]
    hours: u16,
    r#where: Option<Spanned<Where>>,
}

fn fifty() -> NonZeroU16 {
    const { NonZeroU16::new(50).expect("50 is not 0") }
}

fn two_days() -> u16 {
    48
}

/// The questions of a definition, as a URL asks them: `where = { topic = ["health,sport", "-tennis"], lang = "zh" }`.
struct Where(Vec<(Key, String)>);

impl<'de> Deserialize<'de> for Where {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a string, or an array of strings")]
        enum Values {
            One(String),
            All(Vec<String>),
        }
        let written = std::collections::BTreeMap::<String, Values>::deserialize(deserializer)?;
        let mut asked = Vec::new();
        for (name, values) in written {
            let key = Key::ALL.into_iter().find(|key| key.word() == name);
            let key = key.ok_or_else(|| de::Error::custom(Problem::Key(name)))?;
            match values {
                Values::One(value) => asked.push((key, value)),
                Values::All(values) => asked.extend(values.into_iter().map(|value| (key, value))),
            }
        }
        Ok(Self(asked))
    }
}

/// What is wrong with a file of the `feeds` folder.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {wrong}")]
pub struct Error {
    /// The file's path in the folder.
    pub file: String,
    /// What is wrong with it.
    #[source]
    pub wrong: Wrong,
}

/// What can be wrong with a feed's definition.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// Its file name could not stand in a URL, or is taken.
    #[error(
        "its name is a feed's name in URLs: it wants lower-case ASCII letters, digits, “-”, “_”, then “.toml”, and \
         “search.toml” is taken"
    )]
    Name,
    /// Not TOML, or an unknown or missing key; the message shows line and column, and the keys that are known.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// The title has a place for a name that there is not.
    #[error("line {line}: the title knows no {{{word}}}, only {known}")]
    Title {
        /// The line, from 1.
        line: usize,
        /// The unknown word.
        word: String,
        /// The known ones.
        known: String,
    },
    /// The family is over what `where` fixes.
    #[error("line {line}: “each” and “where” name the same thing")]
    Contradiction {
        /// The line, from 1.
        line: usize,
    },
    /// `where` asks for something that there is not.
    #[error("line {line}: {problem}")]
    Where {
        /// The line, from 1.
        line: usize,
        /// What is wrong with the question.
        problem: Problem,
    },
    /// It is in a folder that is no family.
    #[error("there is no family “{outer}.toml” that it could be within")]
    Nowhere {
        /// The folder's name.
        outer: String,
    },
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::needless_pass_by_value,
        clippy::needless_raw_string_hashes,
        reason = "expect-test's own style"
    )]

    use super::*;
    use crate::story::Language;
    use expect_test::{Expect, expect};

    fn taxonomy() -> Taxonomy {
        use crate::taxonomy::{Regions, Topics};
        Taxonomy::new(
            Topics::parse(
                "[[topic]]\ncode = 'medtop:07000000'\nslug = 'health'\nname = { zh = '卫生', en = 'health' }",
            )
            .unwrap(),
            Regions::parse("[[region]]\ncode = 'CN-AH'\nname = { zh = '安徽', en = 'Anhui' }").unwrap(),
        )
    }

    fn site(language: Language) -> Site {
        Site {
            title: "线上".to_owned(),
            base_url: "https://news.example".to_owned(),
            author: "编辑部".to_owned(),
            language,
            timezone: chrono_tz::UTC,
        }
    }

    #[test]
    fn the_embedded_feeds_are_latest_and_one_for_each_topic_region_and_agency() {
        let (catalogue, site, taxonomy) = (Catalogue::embedded(), site(Language::ZhHans), taxonomy());
        let feeds: Vec<Feed> = catalogue.feeds(&site, &taxonomy).collect();
        let titles: Vec<(&str, &str)> = feeds.iter().map(|feed| (&*feed.path, &*feed.title)).take(4).collect();
        assert_eq!(
            titles,
            [
                ("/feeds/latest", "线上"),
                ("/feeds/topics/health", "线上: 卫生"),
                ("/feeds/regions/cn-ah", "线上: 安徽"),
                ("/feeds/agencies/xinhua", "线上: 新华社"),
            ]
        );
        for feed in &feeds {
            assert_eq!(catalogue.resolve(&feed.path, &site, &taxonomy).as_ref(), Some(feed));
        }
    }

    #[test]
    fn titles_follow_the_language_of_the_site() {
        let feed =
            Catalogue::embedded().resolve("/feeds/regions/cn-ah", &site(Language::En), &taxonomy()).unwrap();
        assert_eq!(feed.title, "线上: Anhui");
    }

    #[test]
    fn what_is_not_on_offer_is_not_found() {
        let (site, taxonomy) = (site(Language::En), taxonomy());
        for path in [
            "",
            "/",
            "/feeds",
            "/feeds/",
            "/feeds/topics",
            "/feeds/topics/",
            "/feeds/topics/sport",
            "/feeds/topics/health/x",
            "/feeds/latest/health",
            "/feeds/LATEST",
            "feeds/latest",
        ] {
            assert_eq!(Catalogue::embedded().resolve(path, &site, &taxonomy), None, "{path}");
        }
    }

    #[test]
    fn a_family_is_narrowed_by_what_it_says() {
        let photos = "each = 'topic'\ntitle = '{topic}'\nwhere = { kind = 'photo', region = 'CN-AH' }";
        let catalogue = Catalogue::parse([("photos.toml", photos)], &taxonomy()).unwrap();
        let feed = catalogue.resolve("/feeds/photos/health", &site(Language::En), &taxonomy()).unwrap();
        let selection = Selection::of(Mark::Topic("medtop:07000000".parse().unwrap()))
            .and(Mark::Region("CN-AH".parse().unwrap()))
            .and(Mark::Kind(crate::story::Kind::Photo));
        assert_eq!((feed.selection, feed.window), (selection, Window::default()));
    }

    #[track_caller]
    fn refuses(file: &str, text: &str, expect: Expect) {
        expect.assert_eq(&Catalogue::parse([(file, text)], &taxonomy()).unwrap_err().to_string());
    }

    #[test]
    fn what_is_wrong_is_said_with_file_line_and_what_is_known() {
        refuses(
            "a.toml",
            "title = 'x'\nitmes = 5",
            expect![[r#"
                a.toml: TOML parse error at line 2, column 1
                  |
                2 | itmes = 5
                  | ^^^^^
                unknown field `itmes`, expected one of `each`, `title`, `items`, `hours`, `where`
            "#]],
        );
        refuses(
            "a.toml",
            "items = 5",
            expect![[r#"
            a.toml: TOML parse error at line 1, column 1
              |
            1 | items = 5
              | ^
            missing field `title`
        "#]],
        );
        refuses(
            "a.toml",
            "title = 'x'\nitems = 0",
            expect![[r#"
            a.toml: TOML parse error at line 2, column 9
              |
            2 | items = 0
              |         ^
            invalid value: integer `0`, expected a nonzero u16
        "#]],
        );
        refuses(
            "a.toml",
            "title = 'x'\neach = 'place'",
            expect![[r#"
            a.toml: TOML parse error at line 2, column 8
              |
            2 | each = 'place'
              |        ^^^^^^^
            unknown variant `place`, expected one of `topic`, `region`, `agency`
        "#]],
        );
        refuses(
            "a.toml",
            "title = 'x'\nwhere = { topics = 'a' }",
            expect![[r#"
                a.toml: TOML parse error at line 2, column 9
                  |
                2 | where = { topics = 'a' }
                  |         ^^^^^^^^^^^^^^^^
                There is no “topics” to ask by, only q, topic, region, agency, kind, lang, since.
            "#]],
        );
        refuses(
            "a.toml",
            "\neach = 'topic'\ntitle = '{site}: {region}'",
            expect!["a.toml: line 3: the title knows no {region}, only {site}, {topic}"],
        );
        refuses(
            "a.toml",
            "title = '{site and more'",
            expect!["a.toml: line 1: the title knows no {site and more}, only {site}"],
        );
        refuses(
            "a.toml",
            "title = 'x'\neach = 'region'\nwhere = { region = 'CN-AH' }",
            expect!["a.toml: line 3: “each” and “where” name the same thing"],
        );
        refuses(
            "a.toml",
            "title = 'x'\nwhere = { topic = 'atlantis' }",
            expect!["a.toml: line 2: topic does not know “atlantis”."],
        );
        refuses(
            "places/regions.toml",
            "title = 'x'\neach = 'region'",
            expect!["places/regions.toml: there is no family “places.toml” that it could be within"],
        );
        refuses(
            "Neue Feeds.toml",
            "title = 'x'",
            expect![
                "Neue Feeds.toml: its name is a feed's name in URLs: it wants lower-case ASCII letters, digits, “-”, “_”, then “.toml”, and “search.toml” is taken"
            ],
        );
    }
}
