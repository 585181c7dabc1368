//! What subscribers read: which feeds are on offer, and how one is written as RSS, Atom, JSON and HTML.
//!
//! Everything here is a pure function of stories and configuration: no byte depends on when or where it was
//! written.

pub mod atom;
mod budget;
mod catalogue;
mod content;
pub mod html;
pub mod json;
pub mod opml;
pub mod query;
pub mod rss;

use std::fmt::{self, Write as _};

use chrono_tz::Tz;

pub use self::budget::{BYTES, fitting};
pub use self::catalogue::{Catalogue, Error};
pub use self::content::withdrawal;
use self::query::Query;
use crate::story::{Language, Mark, Rank, Selection, Story};
use crate::taxonomy::{Names, Taxonomy};

/// Who publishes: what stands at the head of every feed and page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// What the whole is called.
    pub title: String,
    /// Where readers find it, scheme and host and perhaps a path, without a slash at the end. Links hang on
    /// it, ids do not.
    pub base_url: String,
    /// Whom Atom names when a story has no byline (RFC 4287 § 4.1.2 asks for somebody).
    pub author: String,
    /// Language of titles, labels and the pages' own words.
    pub language: Language,
    /// Where the readers' clocks are: HTML pages print local time, feeds print UTC.
    pub timezone: Tz,
}

impl Site {
    /// The whole URL of `path`, which begins with a slash: for feeds, which are read far from the site.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{}", self.base_url, as_uri(path))
    }

    /// `path` as the site's own pages link to it: with the path of the base URL, without its host, so that a
    /// page works behind a proxy and on any port.
    fn href(&self, path: &str) -> String {
        let after_scheme = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let prefix = after_scheme.find('/').map_or("", |slash| &after_scheme[slash..]);
        format!("{prefix}{}", as_uri(path))
    }

    /// A concept's name in the site's language.
    fn name<'a>(&self, names: &'a Names) -> &'a str {
        if self.is_chinese() { &names.zh } else { &names.en }
    }

    /// A concept's name in the site's language, and in the other one.
    fn both_names<'a>(&self, names: &'a Names) -> (&'a str, &'a str) {
        if self.is_chinese() { (&names.zh, &names.en) } else { (&names.en, &names.zh) }
    }

    fn is_chinese(&self) -> bool {
        matches!(self.language, Language::ZhHans | Language::ZhHant)
    }
}

/// `href` with all that no URI holds percent-encoded (RFC 3986 § 2.1), so that it can neither end the link nor
/// break the header.
#[must_use]
pub fn as_uri(href: &str) -> String {
    let plain =
        |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{'..=b'}');
    href.bytes().fold(String::with_capacity(href.len()), |mut uri, b| {
        if plain(b) {
            uri.push(char::from(b));
        } else {
            let _ = write!(uri, "%{b:02X}");
        }
        uri
    })
}

/// Our definition of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its URL path without the format: `/feeds/topics/health`.
    pub path: String,
    /// What follows the `?` in the URL of a search: [`query::Query::canonical`].
    pub query: Option<String>,
    /// What it is called.
    pub title: String,
    /// Which stories it lists.
    pub selection: Selection,
    /// How far back it reaches.
    pub window: Window,
    /// There is such a feed only once a story has had this mark: an agency that no table names.
    pub only_with: Option<Mark>,
}

/// The name of the feed that the archive is asked with; what it is asked stands in the query.
pub(crate) const SEARCH: &str = "search";

/// How far back a feed reaches: so many stories, or all of so many hours before its newest one, whichever is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Stories.
    pub items: usize,
    /// Hours.
    pub hours: i64,
}

impl Default for Window {
    fn default() -> Self {
        Self { items: 50, hours: 48 }
    }
}

/// Which part of a feed a document holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// The newest stories: what readers subscribe to.
    #[default]
    Newest,
    /// An archive page (RFC 5005 § 4): some stories below a rank.
    Archive {
        /// They stand below it.
        below: Rank,
        /// What they and all older ones say, as a number: another whenever that changes, so that a page never does.
        seal: u64,
    },
}

/// What stands between a feed's path and the ending: nothing, or `.archive-{below}-{seal}`.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newest => Ok(()),
            Self::Archive { below, seal } => write!(f, "{ARCHIVE}{:016x}-{seal:016x}", below.0.cast_unsigned()),
        }
    }
}

impl Part {
    /// Takes the part off the path of a document, given without its ending.
    #[must_use]
    pub fn split(stem: &str) -> (&str, Self) {
        let archive = || {
            let (path, numbers) = stem.rsplit_once(ARCHIVE)?;
            let (below, seal) = numbers.split_once('-')?;
            let number = |text: &str| u64::from_str_radix(text, 16).ok();
            let part = Self::Archive { below: Rank(number(below)?.cast_signed()), seal: number(seal)? };
            // In the one way in which it is written.
            (part.to_string() == stem[path.len()..]).then_some((path, part))
        };
        archive().unwrap_or((stem, Self::Newest))
    }
}

/// Before the numbers of an archive page.
const ARCHIVE: &str = ".archive-";

impl Feed {
    /// The feed of a question.
    #[must_use]
    pub fn search(query: &Query, site: &Site) -> Self {
        let asked: Vec<&str> = query.asked.iter().map(|(_, value)| value.as_str()).collect();
        Self {
            path: format!("/feeds/{SEARCH}"),
            query: Some(query.canonical.clone()),
            title: format!("{}: {}", site.title, asked.join(", ")),
            selection: query.selection.clone(),
            window: Window::default(),
            only_with: None,
        }
    }

    /// The path, and the query if there is one, at which a part of the feed is found under this ending.
    #[must_use]
    pub fn at(&self, part: Part, ending: &str) -> String {
        let query = self.query.as_ref().filter(|query| !query.is_empty());
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{part}.{ending}{query}", self.path)
    }

    /// The path at which the feed is found in this format: `/feeds/topics/health.rss`.
    #[must_use]
    pub fn path_as(&self, format: Format) -> String {
        self.at(Part::Newest, format.extension())
    }

    /// The path of its page for people: `/feeds/topics/health.html`.
    #[must_use]
    pub fn page(&self) -> String {
        self.at(Part::Newest, "html")
    }

    /// A name that outlives titles and hosts (RFC 4287 § 4.2.6): a version-5 UUID of the path.
    fn id(&self) -> String {
        /// The namespace of all feed ids, drawn once at random. Changing it makes every feed a new one.
        const NAMESPACE: uuid::Uuid = uuid::uuid!("2f1d8a0c-73b5-4b19-9c64-5be0a4d1e37f");
        let name = match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        };
        uuid::Uuid::new_v5(&NAMESPACE, name.as_bytes()).urn().to_string()
    }
}

/// A feed document: what is written in one of the formats.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The feed.
    pub feed: &'a Feed,
    /// Which part of it.
    pub part: Part,
    /// The stories, in their order.
    pub stories: &'a [Story],
    /// How many of them are told in full; of the others stands the summary.
    pub full: usize,
    /// Where the older ones are, if there are any.
    pub older: Option<Part>,
}

impl<'a> Sheet<'a> {
    /// A document of as many of these stories as readers take.
    #[must_use]
    pub fn new(feed: &'a Feed, part: Part, stories: &'a [Story], older: Option<Part>) -> Self {
        Self { feed, part, stories, full: budget::full(stories), older }
    }

    /// The stories, and whether each is told in full.
    fn items(&self) -> impl Iterator<Item = (&'a Story, bool)> {
        let full = self.full;
        self.stories.iter().enumerate().map(move |(at, story)| (story, at < full))
    }
}

/// The formats that a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1 (jsonfeed.org).
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// How the format's URLs end, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// Its media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// Writes a document in this format.
    #[must_use]
    pub fn render(self, sheet: &Sheet, site: &Site, taxonomy: &Taxonomy) -> String {
        match self {
            Self::Rss => rss::render(sheet, site, taxonomy),
            Self::Atom => atom::render(sheet, site, taxonomy),
            Self::Json => json::render(sheet, site, taxonomy),
        }
    }
}

/// An XML document with the instruction that makes a browser draw it (xml-stylesheet, W3C 2010), behind its declaration.
fn with_stylesheet(xml: &str, site: &Site) -> String {
    let (declaration, rest) = xml.split_once("?>").expect("the writers begin with a declaration");
    let href = site.href(html::FEED_STYLE_PATH);
    format!("{declaration}?>\n<?xml-stylesheet type=\"text/css\" href=\"{href}\"?>{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_link_with_the_path_of_the_base_url_and_feeds_with_all_of_it() {
        let mut site = Site {
            title: "线上新闻".to_owned(),
            base_url: "https://news.example".to_owned(),
            author: "编辑部".to_owned(),
            language: Language::ZhHans,
            timezone: chrono_tz::Asia::Shanghai,
        };
        assert_eq!(site.href("/stories/1"), "/stories/1");
        site.base_url = "https://news.example/wire".to_owned();
        assert_eq!(site.href("/stories/1"), "/wire/stories/1");
        assert_eq!(site.url("/stories/1"), "https://news.example/wire/stories/1");
        assert_eq!(site.url("/feeds/agencies/社"), "https://news.example/wire/feeds/agencies/%E7%A4%BE");
    }

    #[test]
    fn a_feeds_id_never_changes_between_releases() {
        let feed = Feed {
            path: "/feeds/latest".to_owned(),
            query: None,
            title: String::new(),
            selection: Selection::default(),
            window: Window::default(),
            only_with: None,
        };
        assert_eq!(feed.id(), "urn:uuid:74770075-a8bb-550f-b6ea-995d46de5c56");
    }

    #[test]
    fn a_part_is_found_in_its_path() {
        let archive = Part::Archive { below: Rank(-5), seal: 0x1f };
        let stem = format!("/feeds/latest{archive}");
        assert_eq!(stem, "/feeds/latest.archive-fffffffffffffffb-000000000000001f");
        assert_eq!(Part::split(&stem), ("/feeds/latest", archive));
        for whole in [
            "/feeds/latest",
            "/feeds/latest.archive-5-1f",
            "/feeds/latest.archive-FFFFFFFFFFFFFFFB-000000000000001f",
        ] {
            assert_eq!(Part::split(whole), (whole, Part::Newest));
        }
    }
}
