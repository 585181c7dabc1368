//! The front page: the newest stories, and the feeds that there are to subscribe to.

use super::{Entry, Family, Setting};
use crate::story::Story;

/// What the front page shows.
#[derive(Debug, Clone, Copy)]
pub struct Front<'a> {
    /// The newest stories, all of which are shown.
    pub stories: &'a [Story],
    /// The feeds that are no family's: latest first.
    pub singles: &'a [Entry],
    /// The families, in the order of their files.
    pub families: &'a [Family],
}

/// The front page.
#[must_use]
pub fn index(front: &Front, setting: Setting) -> String {
    let _ = (front, setting);
    String::new()
}
