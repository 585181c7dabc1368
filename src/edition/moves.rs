//! What has moved since when, so that a page is printed again only when it would be another.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::press::Subject;
use crate::archive::Filed;
use crate::story::{Mark, Revision, Selection, StoryId};

/// At which revision everything last moved. A print is good as long as what it shows has not moved since.
#[derive(Clone)]
pub(super) struct Moves {
    /// The archive's revision.
    revision: Revision,
    /// When that moved which stands in none of the tables.
    settled: Revision,
    marks: HashMap<Mark, Revision>,
    /// Stories share a cell by the hash of their ids: a story that moves takes one page in a thousand with it,
    /// and the table never grows.
    stories: Vec<Revision>,
}

impl Moves {
    const CELLS: usize = 1_024;

    /// All that there is moved at `revision`.
    pub(super) fn all(revision: Revision) -> Self {
        Self { revision, settled: revision, marks: HashMap::new(), stories: vec![revision; Self::CELLS] }
    }

    pub(super) fn after(&self, filed: &Filed) -> Self {
        let revision = filed.revision;
        if revision == self.revision {
            return self.clone();
        }
        let is_ours = revision.0 == self.revision.0 + 1 && !filed.moved.stories.is_empty();
        if !is_ours {
            // Another process filed meanwhile, and we do not know what.
            return Self::all(revision);
        }
        let mut next = self.clone();
        next.revision = revision;
        next.marks.extend(filed.moved.marks.iter().map(|mark| (mark.clone(), revision)));
        for id in &filed.moved.stories {
            next.stories[cell(*id)] = revision;
        }
        next
    }

    pub(super) fn revision(&self) -> Revision {
        self.revision
    }

    /// When what the subject shows last moved. A page for people shows how other feeds stand, too.
    pub(super) fn of(&self, subject: &Subject) -> Revision {
        match subject {
            // The lists of feeds hold the agencies that stories name.
            Subject::Index(_) | Subject::Page(..) | Subject::Problem(..) | Subject::Opml | Subject::Family(_) => {
                self.revision
            }
            Subject::Feed(feed, ..) => self.of_selection(&feed.selection),
            Subject::Story(id, _) => self.stories[cell(*id)],
            Subject::Style | Subject::FeedStyle | Subject::Icon | Subject::Robots => Revision(0),
        }
    }

    /// The last move of anything that is wanted. A story that comes moves all its marks, so the earliest of them would
    /// tell when the list last changed; where its older stories are changes with each of them.
    fn of_selection(&self, selection: &Selection) -> Revision {
        let wanted = selection.wanted().flatten();
        wanted.map(|mark| self.marks.get(mark).copied().unwrap_or(self.settled)).max().unwrap_or(self.revision)
    }
}

fn cell(id: StoryId) -> usize {
    let hash = BuildHasherDefault::<DefaultHasher>::new().hash_one(id);
    usize::try_from(hash % Moves::CELLS as u64).expect("it is below CELLS")
}
