//! A feed's page for people, at `/feeds/….html`: its stories, and how to subscribe.

use maud::{Markup, html};

use super::index::row;
use super::{Channel, Entry, Head, Masthead, Setting, Standing, document, format_name, stories, words};
use crate::feed::Format;
use crate::story::Story;

/// What a feed's page shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Where the feed is subscribed to.
    pub channel: &'a Channel,
    /// What the page is headed with, in the reader's language: 卫生.
    pub heading: &'a str,
    /// How much the feed holds in all.
    pub standing: Standing,
    /// The stories of this page, newest first.
    pub stories: &'a [Story],
    /// The feeds that this one is part of, the widest first.
    pub broader: &'a [Entry],
    /// The feeds that are part of this one.
    pub narrower: &'a [Entry],
    /// The path of the page with newer stories, when this is not the newest one.
    pub newer: Option<&'a str>,
    /// The path of the page with older stories.
    pub older: Option<&'a str>,
    /// The path of an OPML that lists this feed among its siblings: `/feeds/topics.opml`, or `/feeds.opml`.
    pub opml: Option<&'a str>,
}

/// A feed's page.
#[must_use]
pub fn feed(shown: &Shown, setting: Setting) -> String {
    let words = setting.words();
    // A feed that is called like the site is the one of all its stories.
    let heading = if shown.heading == setting.site.title { words.latest } else { shown.heading };
    let head = Head {
        title: heading,
        channel: Some(shown.channel),
        more: html! { link rel="canonical" href=(setting.site.url(&shown.channel.page())); },
    };
    let main = html! {
        div.opening {
            (path(shown.broader, setting))
            h1 dir="auto" { (heading) }
            p.facts {
                span { (words.stories(shown.standing.stories)) }
                @if let Some(newest) = shown.standing.newest {
                    span { (words.newest) " " (words::moment(newest, setting)) }
                }
            }
        }
        div.front {
            div.stories {
                @if shown.stories.is_empty() { p.empty { (words.no_stories) } }
                (stories::by_day(shown.stories, setting))
                (pages(shown.newer, shown.older, setting))
            }
            div.families {
                (subscribe(words.subscribe, shown.channel, shown.opml, setting))
                (within(shown.narrower, setting))
            }
        }
    };
    document(&head, Masthead::Inner, &main, setting)
}

/// The feeds above this one, as a line of links.
fn path(broader: &[Entry], setting: Setting) -> Markup {
    html! {
        @if !broader.is_empty() {
            nav.path aria-label=(setting.words().part_of) {
                ol {
                    @for entry in broader {
                        li { a href=(setting.href(&format!("{}.html", entry.path))) { bdi { (entry.name) } } }
                    }
                }
            }
        }
    }
}

/// The feeds beneath this one.
fn within(narrower: &[Entry], setting: Setting) -> Markup {
    html! {
        @if !narrower.is_empty() {
            section {
                h2 { (setting.words().within) }
                ul.feeds { @for entry in narrower { li { (row(entry, &entry.name, setting)) } } }
            }
        }
    }
}

/// How to subscribe to a feed: each of its addresses, whole, so that one can be copied.
pub(super) fn subscribe(title: &str, channel: &Channel, opml: Option<&str>, setting: Setting) -> Markup {
    let words = setting.words();
    html! {
        section.subscribe #subscribe {
            h2 { (title) }
            p.how { (words.how) }
            ul.addresses {
                @for format in Format::ALL {
                    @let href = setting.href(&channel.in_format(format));
                    li { a href=(href) type=(format.media_type()) {
                        span.format { (format_name(format)) } " " span.address { (href) }
                    } }
                }
                @if let Some(opml) = opml {
                    @let href = setting.href(opml);
                    li { a href=(href) { span.format { "OPML" } " " span.address { (href) } } }
                }
            }
        }
    }
}

/// The ways to newer and to older stories.
pub(super) fn pages(newer: Option<&str>, older: Option<&str>, setting: Setting) -> Markup {
    let words = setting.words();
    html! {
        @if newer.is_some() || older.is_some() {
            nav.pages aria-label=(words.older) {
                @if let Some(newer) = newer { a href=(setting.href(newer)) rel="prev" { (words.newer) } }
                @if let Some(older) = older { a href=(setting.href(older)) rel="next" { (words.older) } }
            }
        }
    }
}
