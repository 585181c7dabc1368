//! All feeds on offer, as the files of the `feeds` folder define them.
//!
//! The folder is the URL map: `feeds/latest.toml` is at `/feeds/latest`, and `feeds/topics.toml` with
//! `each = "topic"` is a family with one feed for each topic, at `/feeds/topics/{slug}`.

use std::num::NonZeroU16;

use serde::Deserialize;
use toml::Spanned;

use super::{Feed, Site};
use crate::story::{Region, Selection, Topic};
use crate::taxonomy::{Concept, Names, Taxonomy};

/// All feeds on offer. Families are spelled out when asked for, since they may have thousands of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    definitions: Vec<Definition>,
}

impl Catalogue {
    /// The feeds that come with the program: latest, every topic, every region.
    ///
    /// # Panics
    /// Never: a test reads the embedded files.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse([
            ("latest.toml", include_str!("../../feeds/latest.toml")),
            ("topics.toml", include_str!("../../feeds/topics.toml")),
            ("regions.toml", include_str!("../../feeds/regions.toml")),
        ])
        .expect("the embedded feeds are sound")
    }

    /// Reads the files of a `feeds` folder, given as file name and text. Their order is that of the index page.
    ///
    /// # Errors
    /// With file and line of the first thing that is wrong.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let definition = |(file, text): (&str, &str)| {
            Definition::parse(file, text).map_err(|wrong| Error { file: file.to_owned(), wrong })
        };
        Ok(Self { definitions: files.into_iter().map(definition).collect::<Result<_, _>>()? })
    }

    /// The feed at this path, without its format: `/feeds/topics/health`.
    #[must_use]
    pub fn resolve(&self, path: &str, site: &Site, taxonomy: &Taxonomy) -> Option<Feed> {
        let path = path.strip_prefix("/feeds/")?;
        let (name, slug) = path.split_once('/').map_or((path, None), |(name, slug)| (name, Some(slug)));
        let definition = self.definitions.iter().find(|definition| definition.name == name)?;
        match (definition.each, slug) {
            (None, None) => Some(definition.feed(site)),
            (Some(each), Some(slug)) => Some(definition.member(&each.by_slug(slug, taxonomy)?, site)),
            _ => None,
        }
    }

    /// Every feed, file by file; the members of a family in the order of the taxonomy.
    pub fn feeds<'a>(&'a self, site: &'a Site, taxonomy: &'a Taxonomy) -> impl Iterator<Item = Feed> + 'a {
        self.definitions.iter().flat_map(move |definition| {
            let single = definition.each.is_none().then(|| definition.feed(site));
            single
                .into_iter()
                .chain(definition.members(taxonomy).map(move |member| definition.member(&member, site)))
        })
    }

    /// The definitions, in the order of the files.
    pub(super) fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The path of the feed that lists all stories with this label, if there is a family for it.
    pub(super) fn path_of(&self, member: &Member) -> Option<String> {
        let is_family = |definition: &&Definition| {
            definition.each == Some(member.each()) && definition.selection == Selection::default()
        };
        Some(self.definitions.iter().find(is_family)?.path(member))
    }
}

/// One file: a feed, or a family of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// The file's name without `.toml`, and the feed's name in its URL.
    name: String,
    /// What the family has one feed for each of; `None` for a single feed.
    pub(super) each: Option<Each>,
    title: Title,
    items: usize,
    /// What must hold for every member.
    selection: Selection,
}

/// What a family has one feed for each of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Each {
    Topic,
    Region,
}

impl Each {
    fn by_slug<'a>(self, slug: &str, taxonomy: &'a Taxonomy) -> Option<Member<'a>> {
        match self {
            Self::Topic => taxonomy.topics.by_slug(slug).map(Member::topic),
            Self::Region => taxonomy.regions.by_slug(slug).map(Member::region),
        }
    }
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

/// The code of a topic or of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Code<'a> {
    Topic(&'a Topic),
    Region(&'a Region),
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

    fn each(&self) -> Each {
        match self.code {
            Code::Topic(_) => Each::Topic,
            Code::Region(_) => Each::Region,
        }
    }
}

impl Definition {
    fn parse(file: &str, text: &str) -> Result<Self, Wrong> {
        let is_letter = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        let name = match file.strip_suffix(".toml") {
            Some(name) if !name.is_empty() && name.bytes().all(is_letter) => name.to_owned(),
            _ => return Err(Wrong::Name),
        };
        let written: Written = toml::from_str(text)?;
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let title_line = line(written.title.span().start);
        let title = Title::parse(written.title.get_ref(), written.each, title_line)?;
        let (at, selection) = written
            .r#where
            .map_or((0, Selection::default()), |selection| (selection.span().start, selection.into_inner()));
        let is_twice = match written.each {
            Some(Each::Topic) => selection.topic.is_some(),
            Some(Each::Region) => selection.region.is_some(),
            None => false,
        };
        if is_twice {
            return Err(Wrong::Contradiction { line: line(at) });
        }
        Ok(Self { name, each: written.each, title, items: usize::from(written.items.get()), selection })
    }

    /// The concepts that the family has a feed for; none for a single feed.
    pub(super) fn members<'a>(&self, taxonomy: &'a Taxonomy) -> impl Iterator<Item = Member<'a>> + use<'a> {
        let topics = (self.each == Some(Each::Topic)).then(|| taxonomy.topics.iter().map(Member::topic));
        let regions = (self.each == Some(Each::Region)).then(|| taxonomy.regions.iter().map(Member::region));
        topics.into_iter().flatten().chain(regions.into_iter().flatten())
    }

    /// The single feed.
    pub(super) fn feed(&self, site: &Site) -> Feed {
        Feed {
            path: format!("/feeds/{}", self.name),
            title: self.title.of(site, ""),
            selection: self.selection.clone(),
            items: self.items,
        }
    }

    /// The family's feed for `member`.
    pub(super) fn member(&self, member: &Member, site: &Site) -> Feed {
        let mut selection = self.selection.clone();
        match member.code {
            Code::Topic(topic) => selection.topic = Some(topic.clone()),
            Code::Region(region) => selection.region = Some(region.clone()),
        }
        Feed {
            path: self.path(member),
            title: self.title.of(site, site.name(member.names)),
            selection,
            items: self.items,
        }
    }

    pub(super) fn path(&self, member: &Member) -> String {
        format!("/feeds/{}/{}", self.name, member.slug)
    }
}

/// A title with places for names: `{site}: {topic}`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Title(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Site,
    /// The name of the topic or region.
    Member,
}

impl Title {
    fn parse(text: &str, each: Option<Each>, line: usize) -> Result<Self, Wrong> {
        let (known, of_member) = match each {
            None => ("{site}", None),
            Some(Each::Topic) => ("{site}, {topic}", Some("topic")),
            Some(Each::Region) => ("{site}, {region}", Some("region")),
        };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, after) = after.split_once('}').unwrap_or((after, ""));
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(match word {
                "site" => Piece::Site,
                word if Some(word) == of_member => Piece::Member,
                word => return Err(Wrong::Title { line, word: word.to_owned(), known }),
            });
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    fn of(&self, site: &Site, member: &str) -> String {
        let text = |piece| match piece {
            &Piece::Site => &site.title,
            &Piece::Member => member,
            Piece::Text(text) => text.as_str(),
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
    r#where: Option<Spanned<Selection>>,
}

fn fifty() -> NonZeroU16 {
    const { NonZeroU16::new(50).expect("50 is not 0") }
}

/// What is wrong with a file of the `feeds` folder.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {wrong}")]
pub struct Error {
    /// The file's name.
    pub file: String,
    /// What is wrong with it.
    #[source]
    pub wrong: Wrong,
}

/// What can be wrong with a feed's definition.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// Its file name could not stand in a URL.
    #[error(
        "its name is a feed's name in URLs: it wants lower-case ASCII letters, digits, “-”, “_”, then “.toml”"
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
        known: &'static str,
    },
    /// The family is over what `where` fixes.
    #[error("line {line}: “each” and “where” name the same thing")]
    Contradiction {
        /// The line, from 1.
        line: usize,
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
        Taxonomy {
            topics: Topics::parse(
                "[[topic]]\ncode = 'medtop:07000000'\nslug = 'health'\nname = { zh = '卫生', en = 'health' }",
            )
            .unwrap(),
            regions: Regions::parse("[[region]]\ncode = 'CN-AH'\nname = { zh = '安徽', en = 'Anhui' }").unwrap(),
        }
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
    fn the_embedded_feeds_are_latest_and_one_for_each_topic_and_region() {
        let (catalogue, site, taxonomy) = (Catalogue::embedded(), site(Language::ZhHans), taxonomy());
        let feeds: Vec<Feed> = catalogue.feeds(&site, &taxonomy).collect();
        let titles: Vec<(&str, &str)> = feeds.iter().map(|feed| (&*feed.path, &*feed.title)).collect();
        assert_eq!(
            titles,
            [
                ("/feeds/latest", "线上"),
                ("/feeds/topics/health", "线上: 卫生"),
                ("/feeds/regions/cn-ah", "线上: 安徽"),
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
        let catalogue = Catalogue::parse([("photos.toml", photos)]).unwrap();
        let feed = catalogue.resolve("/feeds/photos/health", &site(Language::En), &taxonomy()).unwrap();
        let selection = Selection {
            topic: Some("medtop:07000000".parse().unwrap()),
            region: Some("CN-AH".parse().unwrap()),
            kind: Some(crate::story::Kind::Photo),
            language: None,
        };
        assert_eq!((feed.selection, feed.items), (selection, 50));
    }

    #[track_caller]
    fn refuses(file: &str, text: &str, expect: Expect) {
        expect.assert_eq(&Catalogue::parse([(file, text)]).unwrap_err().to_string());
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
            unknown field `itmes`, expected one of `each`, `title`, `items`, `where`
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
            "title = 'x'\neach = 'agency'",
            expect![[r#"
            a.toml: TOML parse error at line 2, column 8
              |
            2 | each = 'agency'
              |        ^^^^^^^^
            unknown variant `agency`, expected `topic` or `region`
        "#]],
        );
        refuses(
            "a.toml",
            "title = 'x'\nwhere = { topics = 'a' }",
            expect![[r#"
            a.toml: TOML parse error at line 2, column 11
              |
            2 | where = { topics = 'a' }
              |           ^^^^^^
            unknown field `topics`, expected one of `topic`, `region`, `kind`, `language`
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
            "Neue Feeds.toml",
            "title = 'x'",
            expect![
                "Neue Feeds.toml: its name is a feed's name in URLs: it wants lower-case ASCII letters, digits, “-”, “_”, then “.toml”"
            ],
        );
    }
}
