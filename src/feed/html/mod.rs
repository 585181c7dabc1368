//! The pages for people. They need no script, load nothing from elsewhere, and link without a host.
//!
//! Each page is a pure function of what it shows and of its [`Setting`].

mod feed;
mod index;
mod listing;
mod missing;
mod search;
mod story;

pub use self::feed::{Shown, feed};
pub use self::index::{Front, index};
pub use self::listing::{Channel, Entry, Family, Heading, Standing, offer};
pub use self::missing::missing;
pub use self::search::{Answer, Asked, search};
pub use self::story::{Source, story};
use super::{Catalogue, Site};
use crate::story::Language;
use crate::taxonomy::{Names, Taxonomy};

/// The stylesheet of all pages, at [`STYLE_PATH`].
pub const STYLE: &str = include_str!("style.css");
/// The URL path of [`STYLE`].
pub const STYLE_PATH: &str = "/style.css";
/// The stylesheet of RSS and Atom that a browser shows as `text/xml`, at [`FEED_STYLE_PATH`].
pub const FEED_STYLE: &str = include_str!("feed.css");
/// The URL path of [`FEED_STYLE`].
pub const FEED_STYLE_PATH: &str = "/feed.css";
/// The site's icon, an SVG, at [`ICON_PATH`].
pub const ICON: &str = include_str!("icon.svg");
/// The URL path of [`ICON`].
pub const ICON_PATH: &str = "/icon.svg";

/// For whom a page is set, and by which names it calls things.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Who publishes.
    pub site: &'a Site,
    /// The reader's language, whatever the site's own is: of the page's words, names and dates.
    pub language: Language,
    /// Which feeds there are.
    pub catalogue: &'a Catalogue,
    /// What topics and regions are called.
    pub taxonomy: &'a Taxonomy,
}

impl<'a> Setting<'a> {
    /// A concept's name in the reader's language.
    fn name(self, names: &'a Names) -> &'a str {
        if self.is_chinese() { &names.zh } else { &names.en }
    }

    fn is_chinese(self) -> bool {
        matches!(self.language, Language::ZhHans | Language::ZhHant)
    }
}
