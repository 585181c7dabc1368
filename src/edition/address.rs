//! Where a page is found.

use std::path::PathBuf;

use crate::feed::{Format, html};
use crate::story::StoryId;

/// Where a page is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// `/`
    Index,
    /// `/feeds/topics/health.rss`
    Feed {
        /// The feed's path, without the format: `/feeds/topics/health`.
        path: String,
        /// Its format.
        format: Format,
    },
    /// `/stories/{id}`
    Story(StoryId),
    /// The stylesheet of the HTML pages.
    Style,
    /// The site's icon.
    Icon,
}

impl Address {
    /// The path of its URL.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Index => "/".to_owned(),
            Self::Feed { path, format } => format!("{path}.{}", format.extension()),
            Self::Story(id) => format!("/stories/{id}"),
            Self::Style => html::STYLE_PATH.to_owned(),
            Self::Icon => html::ICON_PATH.to_owned(),
        }
    }

    /// The address with this path, which is taken in the form in which [`Address::path`] gives it and in no
    /// other, so that a page has one URL. Whether there is such a feed or story is for the edition to say.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        match path {
            "/" => Some(Self::Index),
            html::STYLE_PATH => Some(Self::Style),
            html::ICON_PATH => Some(Self::Icon),
            path => Self::feed(path).or_else(|| Self::story(path)),
        }
    }

    fn feed(path: &str) -> Option<Self> {
        let (stem, extension) = path.rsplit_once('.')?;
        let format = Format::ALL.into_iter().find(|format| format.extension() == extension)?;
        stem.starts_with("/feeds/").then(|| Self::Feed { path: stem.to_owned(), format })
    }

    fn story(path: &str) -> Option<Self> {
        let text = path.strip_prefix("/stories/")?;
        let id: StoryId = text.parse().ok()?;
        (id.to_string() == text).then_some(Self::Story(id))
    }

    /// The path of its file in a folder of pages. A story is a folder with an index, so that any web server
    /// finds it at the path of its URL and knows that it is HTML.
    pub(super) fn file(&self) -> PathBuf {
        match self {
            Self::Index => PathBuf::from("index.html"),
            Self::Story(id) => PathBuf::from(format!("stories/{id}/index.html")),
            Self::Feed { .. } | Self::Style | Self::Icon => self.path().trim_start_matches('/').into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_path() {
        let feed = |path: &str, format| Address::Feed { path: path.to_owned(), format };
        let story = Address::Story(StoryId::mint("", "", "渡口", ""));
        let feeds = [feed("/feeds/latest", Format::Rss), feed("/feeds/regions/cn-ah", Format::Atom)];
        for address in [Address::Index, Address::Style, Address::Icon, story.clone()].into_iter().chain(feeds) {
            assert_eq!(Address::parse(&address.path()), Some(address));
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
            assert_eq!(Address::parse(none), None, "{none}");
        }
    }
}
