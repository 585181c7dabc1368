//! What subscribers read: which feeds are on offer, and how one is written as RSS, Atom and HTML.
//!
//! Everything here is a pure function of stories and configuration: no byte depends on when or where it was
//! written.

pub mod atom;
mod catalogue;
mod content;
pub mod html;
pub mod html_error;
pub mod rss;

use chrono_tz::Tz;

pub use self::catalogue::{Catalogue, Error};
use crate::story::{Language, Selection, Story};
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
        format!("{}{path}", self.base_url)
    }

    /// `path` as the site's own pages link to it: with the path of the base URL, without its host, so that a
    /// page works behind a proxy and on any port.
    fn href(&self, path: &str) -> String {
        let after_scheme = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let prefix = after_scheme.find('/').map_or("", |slash| &after_scheme[slash..]);
        format!("{prefix}{path}")
    }

    /// A concept's name in the site's language.
    fn name<'a>(&self, names: &'a Names) -> &'a str {
        if self.is_chinese() { &names.zh } else { &names.en }
    }

    fn is_chinese(&self) -> bool {
        matches!(self.language, Language::ZhHans | Language::ZhHant)
    }
}

/// Our definition of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its URL path without the format: `/feeds/topics/health`.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Which stories it lists.
    pub selection: Selection,
    /// How many, the newest ones.
    pub items: usize,
}

impl Feed {
    /// The path at which the feed is found in this format: `/feeds/topics/health.rss`.
    #[must_use]
    pub fn path_as(&self, format: Format) -> String {
        format!("{}.{}", self.path, format.extension())
    }

    /// A name that outlives titles and hosts (RFC 4287 § 4.2.6): a version-5 UUID of the path.
    fn id(&self) -> String {
        /// The namespace of all feed ids, drawn once at random. Changing it makes every feed a new one.
        const NAMESPACE: uuid::Uuid = uuid::uuid!("2f1d8a0c-73b5-4b19-9c64-5be0a4d1e37f");
        uuid::Uuid::new_v5(&NAMESPACE, self.path.as_bytes()).urn().to_string()
    }
}

/// The XML formats that a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Rss, Self::Atom];

    /// How the format's URLs end, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
        }
    }

    /// Its media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
        }
    }

    /// Writes `stories`, in their order, as `feed` in this format.
    #[must_use]
    pub fn render(self, feed: &Feed, stories: &[Story], site: &Site, taxonomy: &Taxonomy) -> String {
        match self {
            Self::Rss => rss::render(feed, stories, site, taxonomy),
            Self::Atom => atom::render(feed, stories, site, taxonomy),
        }
    }
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
    }

    #[test]
    fn a_feeds_id_never_changes_between_releases() {
        let feed = Feed {
            path: "/feeds/latest".to_owned(),
            title: String::new(),
            selection: Selection::default(),
            items: 1,
        };
        assert_eq!(feed.id(), "urn:uuid:74770075-a8bb-550f-b6ea-995d46de5c56");
    }
}
