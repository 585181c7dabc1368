//! Everything published at one revision of the archive: any page of it, printed when first asked for and kept
//! until a story that it shows changes.

mod address;
mod folder;
mod page;

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use quick_cache::sync::{Cache, EntryAction, EntryResult};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

pub use self::address::Address;
pub use self::folder::{WriteError, Written};
pub use self::page::Page;
use crate::archive::{Archive, Error, Filed};
use crate::feed::{Catalogue, Feed, Format, Site, html};
use crate::story::{PubStatus, Region, Revision, Selection, StoryId, Topic};
use crate::taxonomy::Taxonomy;

/// How many stories the index looks at: it shows the newest, and links to the feeds of all of them.
const FRONT_STORIES: usize = 200;

/// A value that says which pages are of today; cheap to clone. The next one comes by [`Edition::after`], and
/// both may be asked at once: a page of an older edition is never handed out for a newer one.
#[derive(Clone)]
pub struct Edition {
    press: Arc<Press>,
    moves: Arc<Moves>,
}

/// What there is at an address.
#[derive(Debug, Clone)]
pub enum Found {
    /// This page.
    Page(Arc<Page>),
    /// A story that its agency has withdrawn.
    Gone,
    /// Nothing, or nothing yet.
    Nothing,
}

impl Edition {
    /// What the archive holds now, printed under these definitions.
    ///
    /// # Errors
    /// When the archive does not answer.
    pub fn new(
        archive: Arc<dyn Archive>,
        taxonomy: Arc<Taxonomy>,
        catalogue: Catalogue,
        site: Site,
    ) -> Result<Self, Error> {
        let moves = Moves::all(archive.revision()?);
        let press = Press { archive, taxonomy, catalogue, site, cache: cache() };
        Ok(Self { press: Arc::new(press), moves: Arc::new(moves) })
    }

    /// The edition after a filing: the pages that it touches are printed anew, all others are kept.
    #[must_use]
    pub fn after(&self, filed: &Filed) -> Self {
        Self { press: Arc::clone(&self.press), moves: Arc::new(self.moves.after(filed)) }
    }

    /// The archive's revision that this edition shows, or an earlier one than it shows.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.moves.revision
    }

    /// The page at this address. Prints it when nobody has since it last changed; whoever else wants the same
    /// page meanwhile waits for that print. Blocks.
    ///
    /// # Errors
    /// When the archive does not answer.
    pub fn page(&self, address: &Address) -> Result<Found, Error> {
        let Some(subject) = self.press.subject(address) else { return Ok(Found::Nothing) };
        let moved = self.moves.of(&subject);
        let keep_or_replace = |_: &Address, print: &mut Print| {
            if print.moved >= moved {
                EntryAction::Retain(Arc::clone(&print.page))
            } else {
                EntryAction::ReplaceWithGuard
            }
        };
        match self.press.cache.entry(address, None, keep_or_replace) {
            EntryResult::Retained(page) => Ok(Found::Page(page)),
            EntryResult::Vacant(guard) | EntryResult::Replaced(guard, _) => {
                let found = self.press.print(&subject)?;
                if let Found::Page(page) = &found {
                    // When it is not taken, the cache has no room for it; it will be printed again.
                    let _ = guard.insert(Print { page: Arc::clone(page), moved });
                }
                Ok(found)
            }
            EntryResult::Removed(..) | EntryResult::Timeout => unreachable!("neither is asked for"),
        }
    }

    /// The page at this address if it is printed. Never blocks.
    #[must_use]
    pub fn cached(&self, address: &Address) -> Option<Arc<Page>> {
        let print = self.press.cache.get(address)?;
        let subject = self.press.subject(address)?;
        (print.moved >= self.moves.of(&subject)).then_some(print.page)
    }

    /// Whether there is a feed at this path, given without a format.
    #[must_use]
    pub fn has_feed(&self, path: &str) -> bool {
        self.press.feed(path).is_some()
    }

    /// Every address but those of stories: the index, what it needs, and all feeds.
    pub fn addresses(&self) -> impl Iterator<Item = Address> + '_ {
        let Press { catalogue, site, taxonomy, .. } = &*self.press;
        let feeds = catalogue
            .feeds(site, taxonomy)
            .flat_map(|feed| Format::ALL.map(|format| Address::Feed { path: feed.path.clone(), format }));
        feeds.chain([Address::Style, Address::Icon, Address::Index])
    }
}

/// The archive to print from, how to print, and what is printed: shared by an edition and its successors.
struct Press {
    archive: Arc<dyn Archive>,
    taxonomy: Arc<Taxonomy>,
    catalogue: Catalogue,
    site: Site,
    /// One print an address. It holds the newest that was asked for, so nothing outdated takes room for long.
    cache: Cache<Address, Print, ByWeight>,
}

/// What a page shows, with all that printing it takes.
enum Subject {
    Index,
    Feed(Feed, Format),
    Story(StoryId),
    Style,
    Icon,
}

impl Press {
    /// `None` when there is no such feed.
    fn subject(&self, address: &Address) -> Option<Subject> {
        Some(match address {
            Address::Index => Subject::Index,
            Address::Feed { path, format } => Subject::Feed(self.feed(path)?, *format),
            Address::Story(id) => Subject::Story(*id),
            Address::Style => Subject::Style,
            Address::Icon => Subject::Icon,
        })
    }

    fn feed(&self, path: &str) -> Option<Feed> {
        self.catalogue.resolve(path, &self.site, &self.taxonomy)
    }

    fn print(&self, subject: &Subject) -> Result<Found, Error> {
        let Self { archive, taxonomy, catalogue, site, .. } = self;
        let setting = html::Setting { site, language: site.language, catalogue, taxonomy };
        let page = match subject {
            Subject::Index => {
                let stories = archive.select(&Selection::default(), FRONT_STORIES)?;
                let (singles, families) = html::offer(setting, &|selection| standing(&stories, selection));
                let front = html::Front { stories: &stories, singles: &singles, families: &families };
                Page::new(HTML, html::index(&front, setting), &stories)
            }
            Subject::Feed(feed, format) => {
                let stories = archive.select(&feed.selection, feed.items)?;
                let media_type = match format {
                    Format::Rss => "application/rss+xml; charset=utf-8",
                    Format::Atom => "application/atom+xml; charset=utf-8",
                };
                Page::new(media_type, format.render(feed, &stories, site, taxonomy), &stories)
            }
            Subject::Story(id) => match archive.story(id)? {
                None => return Ok(Found::Nothing),
                Some(story) => match story.pubstatus {
                    PubStatus::Canceled => return Ok(Found::Gone),
                    PubStatus::Withheld => return Ok(Found::Nothing),
                    PubStatus::Usable => Page::new(
                        HTML,
                        html::story(&story, &[], None, None, setting),
                        std::slice::from_ref(&story),
                    ),
                },
            },
            Subject::Style => Page::new("text/css; charset=utf-8", html::STYLE, &[]),
            Subject::Icon => Page::new("image/svg+xml", html::ICON, &[]),
        };
        Ok(Found::Page(Arc::new(page)))
    }
}

/// How much a feed holds of `stories`; of the whole archive, once that can be asked.
fn standing(stories: &[crate::story::Story], selection: &Selection) -> html::Standing {
    let holds = |story: &&crate::story::Story| {
        selection.topic.as_ref().is_none_or(|topic| story.topics.iter().any(|label| label.code == *topic))
            && selection
                .region
                .as_ref()
                .is_none_or(|region| story.regions.iter().any(|label| label.code == *region))
    };
    let held = || stories.iter().filter(holds);
    html::Standing { stories: held().count() as u64, newest: held().map(|story| story.published).max() }
}

const HTML: &str = "text/html; charset=utf-8";

/// A page, and when what it shows had last moved when its printing began.
#[derive(Clone)]
struct Print {
    page: Arc<Page>,
    moved: Revision,
}

fn cache() -> Cache<Address, Print, ByWeight> {
    /// How much memory the printed pages may take, in bytes.
    const ROOM: u64 = 64 << 20;
    /// The cache's room is split evenly, and a page must fit into one part. (By default the number of parts
    /// grows with the machine's cores, until large pages do not fit.)
    const SHARDS: usize = 8;
    let options = OptionsBuilder::new()
        .shards(SHARDS)
        .estimated_items_capacity(2_000)
        .weight_capacity(ROOM)
        .build()
        .expect("all that it asks for is given");
    Cache::with_options(
        options,
        ByWeight,
        DefaultHashBuilder::default(),
        quick_cache::sync::DefaultLifecycle::default(),
    )
}

#[derive(Clone)]
struct ByWeight;

impl Weighter<Address, Print> for ByWeight {
    fn weight(&self, address: &Address, print: &Print) -> u64 {
        let path = if let Address::Feed { path, .. } = address { path.len() } else { 0 };
        (size_of::<Address>() + path + print.page.weight()) as u64
    }
}

/// At which revision everything last moved. A print is good as long as what it shows has not moved since.
#[derive(Clone)]
struct Moves {
    /// The archive's revision.
    revision: Revision,
    /// When that moved which stands in none of the tables.
    settled: Revision,
    topics: HashMap<Topic, Revision>,
    regions: HashMap<Region, Revision>,
    /// Stories share a cell by the hash of their ids: a story that moves takes one page in a thousand with it,
    /// and the table never grows.
    stories: Vec<Revision>,
}

impl Moves {
    const CELLS: usize = 1_024;

    /// All that there is moved at `revision`.
    fn all(revision: Revision) -> Self {
        Self {
            revision,
            settled: revision,
            topics: HashMap::new(),
            regions: HashMap::new(),
            stories: vec![revision; Self::CELLS],
        }
    }

    fn after(&self, filed: &Filed) -> Self {
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
        next.topics.extend(filed.moved.topics.iter().map(|topic| (topic.clone(), revision)));
        next.regions.extend(filed.moved.regions.iter().map(|region| (region.clone(), revision)));
        for id in &filed.moved.stories {
            next.stories[cell(*id)] = revision;
        }
        next
    }

    /// When what the subject shows last moved.
    fn of(&self, subject: &Subject) -> Revision {
        match subject {
            Subject::Index => self.revision,
            Subject::Feed(feed, _) => self.of_selection(&feed.selection),
            Subject::Story(id) => self.stories[cell(*id)],
            Subject::Style | Subject::Icon => Revision(0),
        }
    }

    /// A story that carries a topic and a region moves both, so the earlier one of the two is late enough.
    fn of_selection(&self, selection: &Selection) -> Revision {
        let topic = selection.topic.as_ref().map(|topic| self.topics.get(topic).copied().unwrap_or(self.settled));
        let region =
            selection.region.as_ref().map(|region| self.regions.get(region).copied().unwrap_or(self.settled));
        topic.into_iter().chain(region).min().unwrap_or(self.revision)
    }
}

fn cell(id: StoryId) -> usize {
    let hash = BuildHasherDefault::<DefaultHasher>::new().hash_one(id);
    usize::try_from(hash % Moves::CELLS as u64).expect("it is below CELLS")
}
