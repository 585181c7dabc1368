//! The search: a form, what was found, and the feed of exactly this search.

use super::{Channel, Family, Setting};
use crate::story::Story;

/// What was asked, as the reader wrote it: every field goes back into the form, however wrong it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// `q`
    pub words: &'a str,
    /// `topic`: a slug, or a list of them with commas and minus signs.
    pub topic: &'a str,
    /// `region`
    pub region: &'a str,
    /// `agency`
    pub agency: &'a str,
    /// `kind`
    pub kind: &'a str,
    /// `lang`
    pub language: &'a str,
    /// `since`
    pub since: &'a str,
}

/// What the search found.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Nothing was asked yet: only the form is shown.
    Nothing,
    /// The question cannot be answered, and why, in the reader's language: a key or a topic that nobody knows.
    Problem(&'a str),
    /// These stories.
    Found {
        /// The newest of them, all of which are shown.
        stories: &'a [Story],
        /// How many there are in all.
        all: u64,
        /// The words to mark in them, as they may stand there.
        words: &'a [String],
        /// The feed of exactly this search.
        channel: &'a Channel,
        /// The path of the page with older ones.
        older: Option<&'a str>,
    },
}

/// The page of a search. `families` are those of the index: their entries are what the form offers to choose from.
#[must_use]
pub fn search(asked: &Asked, answer: &Answer, families: &[Family], setting: Setting) -> String {
    let _ = (asked, answer, families, setting);
    String::new()
}
