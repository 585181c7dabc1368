//! Where a page is found.

use std::path::PathBuf;

use crate::feed::{Feed, Format, Part, html};
use crate::story::{Language, StoryId};

/// Where a page is found. A page for people is found in several languages at one path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// `/`
    Index(Language),
    /// `/feeds/topics/health.rss`, `/feeds/search.atom?q=%E6%B8%A1%E8%BD%AE`, `/feeds/latest.archive-…-….json`
    Feed(Listing, Format),
    /// `/feeds/topics/health.html`: the same for people.
    Page(Listing, Language),
    /// `/feeds.opml`
    Opml,
    /// `/feeds/topics.opml`
    Family(String),
    /// `/stories/{id}`
    Story(StoryId, Language),
    /// The stylesheet of the HTML pages.
    Style,
    /// The stylesheet of feeds that are opened in a browser.
    FeedStyle,
    /// The site's icon.
    Icon,
    /// What robots are asked to leave alone (RFC 9309).
    Robots,
}

/// Part of a feed, by the path at which it is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listing {
    /// The feed's path, without the format: `/feeds/topics/health`.
    pub path: String,
    /// What follows the `?`; only a search looks at it.
    pub query: Option<String>,
    /// Which part of the feed.
    pub part: Part,
}

impl Listing {
    /// The newest stories of the feed at this path.
    #[must_use]
    pub fn newest(path: &str) -> Self {
        Self { path: path.to_owned(), query: None, part: Part::Newest }
    }

    /// This part of the feed.
    #[must_use]
    pub fn of(feed: &Feed, part: Part) -> Self {
        Self { path: feed.path.clone(), query: feed.query.clone(), part }
    }

    fn at(&self, ending: &str) -> String {
        let query = self.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{}.{ending}{query}", self.path, self.part)
    }
}

/// How the paths of pages for people end, without the dot.
const HTML: &str = "html";
/// How the paths of lists of feeds end, without the dot.
const OPML: &str = "opml";

impl Address {
    /// The path of its URL, and the query of a search.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Index(_) => "/".to_owned(),
            Self::Feed(listing, format) => listing.at(format.extension()),
            Self::Page(listing, _) => listing.at(HTML),
            Self::Opml => format!("/feeds.{OPML}"),
            Self::Family(name) => format!("/feeds/{name}.{OPML}"),
            Self::Story(id, _) => format!("/stories/{id}"),
            Self::Style => html::STYLE_PATH.to_owned(),
            Self::FeedStyle => html::FEED_STYLE_PATH.to_owned(),
            Self::Icon => html::ICON_PATH.to_owned(),
            Self::Robots => html::ROBOTS_PATH.to_owned(),
        }
    }

    /// The address with this path and query, in the reader's language. A path is taken in the form in which
    /// [`Address::path`] gives it and in no other, so that a page has one URL; a query is dropped where nothing is
    /// asked. Whether there is such a feed or story is for the edition to say.
    #[must_use]
    pub fn parse(path: &str, query: Option<&str>, language: Language) -> Option<Self> {
        match path {
            "/" => Some(Self::Index(language)),
            "/feeds.opml" => Some(Self::Opml),
            html::STYLE_PATH => Some(Self::Style),
            html::FEED_STYLE_PATH => Some(Self::FeedStyle),
            html::ICON_PATH => Some(Self::Icon),
            html::ROBOTS_PATH => Some(Self::Robots),
            path => Self::below_feeds(path, query, language).or_else(|| Self::story(path, language)),
        }
    }

    fn below_feeds(path: &str, query: Option<&str>, language: Language) -> Option<Self> {
        let (stem, ending) = path.rsplit_once('.')?;
        let name = stem.strip_prefix("/feeds/")?;
        if ending == OPML {
            return Some(Self::Family(name.to_owned()));
        }
        let (stem, part) = Part::split(stem);
        let query = query.filter(|_| stem == html::SEARCH_PATH).map(str::to_owned);
        let listing = Listing { path: stem.to_owned(), query, part };
        if ending == HTML {
            return Some(Self::Page(listing, language));
        }
        let format = Format::ALL.into_iter().find(|format| format.extension() == ending)?;
        Some(Self::Feed(listing, format))
    }

    fn story(path: &str, language: Language) -> Option<Self> {
        let text = path.strip_prefix("/stories/")?;
        let id: StoryId = text.parse().ok()?;
        (id.to_string() == text).then_some(Self::Story(id, language))
    }

    /// The address of another part of the same feed, in the same form.
    pub(super) fn in_part(&self, part: Part) -> Option<Self> {
        let other = |listing: &Listing| Listing { part, ..listing.clone() };
        match self {
            Self::Feed(listing, format) => Some(Self::Feed(other(listing), *format)),
            Self::Page(listing, language) => Some(Self::Page(other(listing), *language)),
            _ => None,
        }
    }

    /// The path of its file in a folder of pages. A story is a folder with an index, so that any web server
    /// finds it at the path of its URL and knows that it is HTML.
    pub(super) fn file(&self) -> PathBuf {
        match self {
            Self::Index(_) => PathBuf::from("index.html"),
            Self::Story(id, _) => PathBuf::from(format!("stories/{id}/index.html")),
            _ => self.path().trim_start_matches('/').into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Rank;

    fn parse(path: &str, query: Option<&str>) -> Option<Address> {
        Address::parse(path, query, Language::En)
    }

    #[test]
    fn an_address_has_one_path() {
        let archive = Part::Archive { below: Rank(7), seal: 8 };
        let listings = ["/feeds/latest", "/feeds/topics/health/regions/cn-ah", "/feeds/agencies/河口社"]
            .map(Listing::newest)
            .into_iter()
            .chain([Listing { part: archive, ..Listing::newest("/feeds/latest") }]);
        let feeds = listings.flat_map(|listing| {
            let formats = Format::ALL.map(|format| Address::Feed(listing.clone(), format));
            formats.into_iter().chain([Address::Page(listing, Language::En)])
        });
        let story = Address::Story(StoryId::mint("", "", "渡口", ""), Language::En);
        let others = [
            Address::Index(Language::En),
            Address::Opml,
            Address::Family("topics".to_owned()),
            Address::Style,
            Address::FeedStyle,
            Address::Icon,
            Address::Robots,
            story.clone(),
        ];
        for address in others.into_iter().chain(feeds) {
            assert_eq!(parse(&address.path(), None), Some(address));
        }
        let other_form = story.path().to_uppercase().replace("/STORIES/", "/stories/");
        for none in [
            "",
            "*",
            "//",
            "/feeds",
            "/feeds/",
            "/feeds/latest",
            "/latest.rss",
            "/stories/",
            "/stories/1",
            "/index.html",
            "/../etc/passwd",
            &other_form,
        ] {
            assert_eq!(parse(none, None), None, "{none}");
        }
    }

    #[test]
    fn only_a_search_looks_at_the_query() {
        assert_eq!(parse("/feeds/latest.rss", Some("utm=1")), parse("/feeds/latest.rss", None));
        assert_eq!(parse("/", Some("utm=1")), parse("/", None));
        let search = parse("/feeds/search.json", Some("q=ferry")).unwrap();
        assert_eq!(search.path(), "/feeds/search.json?q=ferry");
    }
}
