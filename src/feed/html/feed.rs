//! A feed's page for people, at `/feeds/….html`: its stories, and how to subscribe.

use super::{Channel, Entry, Setting, Standing};
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
    let _ = (shown, setting);
    String::new()
}
