//! The pages for people. They need no script, load nothing from elsewhere, and link without a host.
//!
//! Each page is a pure function of what it shows and of its [`Setting`].

mod feed;
mod index;
mod listing;
mod missing;
mod search;
mod stories;
mod story;
mod tags;
mod versions;
mod words;

use maud::{DOCTYPE, Markup, html};

pub use self::feed::{Shown, feed};
pub use self::index::{Front, index};
pub use self::listing::{Around, Channel, Entry, Family, Heading, offer, unlisted};
pub use self::missing::missing;
pub use self::search::{Answer, Asked, search};
pub use self::story::{Source, story};
use self::words::Words;
use super::{Catalogue, Format, Site, content};
use crate::story::{Language, Standing};
use crate::taxonomy::{Names, Taxonomy};

/// The stylesheet of all pages, at [`STYLE_PATH`].
pub const STYLE: &str = include_str!("style.css");
/// The URL path of [`STYLE`].
pub const STYLE_PATH: &str = "/style.css";
/// The stylesheet of RSS and Atom that a browser shows as `text/xml`, at [`FEED_STYLE_PATH`].
pub const FEED_STYLE: &str = include_str!("feed.css");
/// The URL path of [`FEED_STYLE`].
pub const FEED_STYLE_PATH: &str = "/feed.css";
/// The URL path of searches, without a format.
pub const SEARCH_PATH: &str = "/feeds/search";
/// The site's icon, an SVG, at [`ICON_PATH`].
pub const ICON: &str = include_str!("icon.svg");
/// The URL path of [`ICON`].
pub const ICON_PATH: &str = "/icon.svg";

/// What robots are asked to leave alone (RFC 9309), at [`ROBOTS_PATH`]: there is no end of searches.
pub const ROBOTS: &str = "User-agent: *\nDisallow: /feeds/search\n";
/// The URL path of [`ROBOTS`].
pub const ROBOTS_PATH: &str = "/robots.txt";

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

    fn words(self) -> &'static Words {
        Words::of(self.language)
    }

    /// `path` as pages link to it.
    fn href(self, path: &str) -> String {
        self.site.href(path)
    }
}

/// What the head of a page says, beside what all pages say.
struct Head<'a> {
    /// What the page is called, before the site's name; empty for the front page.
    title: &'a str,
    /// The feed of the page itself, which comes before all others.
    channel: Option<&'a Channel>,
    /// The rest.
    more: Markup,
}

/// Where a page stands: the front page has the site's name as its heading, all others link to the front page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Masthead {
    Front,
    Inner,
    /// As [`Inner`](Self::Inner), without the search box: the page has a larger one.
    Search,
}

/// A whole page. `main` is what stands between the masthead and the foot.
fn document(head: &Head, masthead: Masthead, main: &Markup, setting: Setting) -> String {
    let words = setting.words();
    let site = setting.site;
    let page = html! {
        (DOCTYPE)
        html lang=(language_tag(words_language(setting.language))) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if !head.title.is_empty() { (head.title) " – " } (site.title) }
                (head.more)
                link rel="stylesheet" href=(setting.href(STYLE_PATH));
                link rel="icon" type="image/svg+xml" href=(setting.href(ICON_PATH));
                (alternates(head.channel, setting))
            }
            body {
                a.skip href="#main" { (words.skip) }
                header.masthead.inner[masthead != Masthead::Front] {
                    @if masthead == Masthead::Front { h1.title dir="auto" { (site.title) } }
                    @else { p.title dir="auto" { a href=(setting.href("/")) { (site.title) } } }
                    @if masthead != Masthead::Search && setting.catalogue.searches { (search::small_form(setting)) }
                }
                main #main { (main) }
                footer.foot {
                    p {
                        a href=(setting.href("/feeds.opml")) type="text/x-opml" { (words.all_feeds) }
                        span { "wirefeed" }
                    }
                }
            }
        }
    };
    content::legal(page.into_string())
}

/// The language that the page's own words are in.
fn words_language(language: Language) -> Language {
    if language == Language::Undetermined { Language::En } else { language }
}

/// What `lang` says: nothing is known of the language of a text when it is empty (HTML § 3.2.6.2).
fn language_tag(language: Language) -> &'static str {
    if language == Language::Undetermined { "" } else { language.tag() }
}

/// Where readers find feeds from this page (RSS autodiscovery): the page's own first, then those of the whole site.
fn alternates(channel: Option<&Channel>, setting: Setting) -> Markup {
    let definitions = setting.catalogue.definitions();
    let singles = definitions.filter(|definition| definition.each.is_none()).map(|definition| {
        let feed = definition.feed(setting.site);
        Channel::from(&feed)
    });
    let others: Vec<Channel> =
        singles.filter(|single| channel.is_none_or(|own| own.path != single.path)).collect();
    html! {
        @for channel in channel.into_iter().chain(&others) {
            @for format in Format::ALL {
                link rel="alternate" type=(format.media_type()) title=(channel.title)
                    href=(setting.href(&channel.in_format(format)));
            }
        }
    }
}

/// What a format is called.
fn format_name(format: Format) -> &'static str {
    match format.extension() {
        "rss" => "RSS",
        "atom" => "Atom",
        _ => "JSON",
    }
}

/// A feed in each of its formats, in a few letters; `name` says of which feed to whoever hears the page read.
fn formats(channel: &Channel, name: &str, setting: Setting) -> Markup {
    html! {
        span.formats {
            @for format in Format::ALL {
                a href=(setting.href(&channel.in_format(format))) type=(format.media_type())
                    aria-label={ (name) " " (format_name(format)) } { (format_name(format)) }
                " "
            }
        }
    }
}
