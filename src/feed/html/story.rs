//! A story's own page: its text, what it is labelled with and why, its versions, and the file that it came in.

use chrono::{DateTime, Utc};

use super::Setting;
use crate::story::Story;

/// The wire file that a story was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name in the inbox.
    pub name: String,
    /// When it was first seen.
    pub received: DateTime<Utc>,
}

/// The page of a story's newest version. `older` are the earlier ones, newest first; `agency` is the path of the feed
/// of the agency that it came from, without a format.
#[must_use]
pub fn story(
    story: &Story,
    older: &[Story],
    source: Option<&Source>,
    agency: Option<&str>,
    setting: Setting,
) -> String {
    let _ = (story, older, source, agency, setting);
    String::new()
}
