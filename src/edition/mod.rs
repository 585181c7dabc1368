//! Everything published at one revision of the archive: any page of it, printed when first asked for and kept
//! until a story that it shows changes.

mod address;
mod coding;
mod folder;
mod missing;
mod moves;
mod page;
mod press;
mod sheets;

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_cache::sync::{Cache, EntryAction, EntryResult};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

pub use self::address::{Address, Listing};
pub use self::coding::Coding;
pub use self::folder::{WriteError, Written};
use self::moves::Moves;
pub use self::page::{Page, as_uri};
use self::press::Press;
use crate::archive::{Archive, Error, Filed};
use crate::feed::{Catalogue, Feed, Format, Part, Site};
use crate::story::{Mark, PubStatus, Revision};
use crate::taxonomy::Taxonomy;

/// A value that says which pages are of today; cheap to clone. The next one comes by [`Edition::after`], and
/// both may be asked at once: a page of an older edition is never handed out for a newer one.
#[derive(Clone)]
pub struct Edition {
    press: Arc<Press>,
    /// One print an address. It holds the newest that was asked for, so nothing outdated takes room for long.
    prints: Arc<Cache<Address, Print, ByWeight>>,
    moves: Arc<Moves>,
}

/// What there is at an address.
#[derive(Debug, Clone)]
pub enum Found {
    /// This page.
    Page(Arc<Page>),
    /// What is asked for is at this path, query included.
    Moved(String),
    /// The question of a search was not understood, and why.
    Refused(String),
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
        let press = Press { archive, taxonomy, catalogue, site };
        Ok(Self { press: Arc::new(press), prints: Arc::new(cache()), moves: Arc::new(moves) })
    }

    /// The edition after a filing: the pages that it touches are printed anew, all others are kept.
    #[must_use]
    pub fn after(&self, filed: &Filed) -> Self {
        Self { moves: Arc::new(self.moves.after(filed)), ..self.clone() }
    }

    /// The archive's revision that this edition shows, or an earlier one than it shows.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.moves.revision()
    }

    /// The page at this address. Prints it when nobody has since it last changed; whoever else wants the same
    /// page meanwhile waits for that print. Blocks.
    ///
    /// # Errors
    /// When the archive does not answer.
    pub fn page(&self, address: &Address) -> Result<Found, Error> {
        let subject = match self.press.subject(address) {
            Ok(subject) => subject,
            Err(instead) => return Ok(instead),
        };
        let moved = self.moves.of(&subject);
        let keep_or_replace = |_: &Address, print: &mut Print| {
            if print.moved >= moved {
                EntryAction::Retain(Arc::clone(&print.page))
            } else {
                EntryAction::ReplaceWithGuard
            }
        };
        match self.prints.entry(address, None, keep_or_replace) {
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
        let print = self.prints.get(address)?;
        let subject = self.press.subject(address).ok()?;
        (print.moved >= self.moves.of(&subject)).then_some(print.page)
    }

    /// Whether there may be a feed at this path, given without a format.
    #[must_use]
    pub fn has_feed(&self, path: &str) -> bool {
        self.press.feed(path).is_some()
    }

    /// Every address but those of stories, of searches and of what is older than a feed reaches: all feeds and lists of
    /// feeds, the index last.
    ///
    /// # Errors
    /// When the archive does not answer.
    pub fn addresses(&self) -> Result<Vec<Address>, Error> {
        let Press { catalogue, site, taxonomy, .. } = &*self.press;
        let language = site.language;
        let mut addresses: Vec<Address> = Vec::new();
        for feed in catalogue.feeds(site, taxonomy).chain(self.inner_feeds()?.into_values()) {
            let listing = Listing::of(&feed, Part::Newest);
            addresses.extend(Format::ALL.map(|format| Address::Feed(listing.clone(), format)));
            addresses.push(Address::Page(listing, language));
        }
        addresses.extend(catalogue.families().map(|name| Address::Family(name.to_owned())));
        addresses.extend([Address::Opml, Address::Style, Address::FeedStyle, Address::Icon]);
        addresses.push(Address::Index(language));
        Ok(addresses)
    }

    /// The feeds that there are only because stories are in them: within others, and of agencies that no table names;
    /// by their paths.
    fn inner_feeds(&self) -> Result<BTreeMap<String, Feed>, Error> {
        /// Stories that are looked at at once.
        const BATCH: usize = 500;
        let Press { archive, catalogue, site, taxonomy } = &*self.press;
        let mut feeds = BTreeMap::new();
        let mut after = None;
        loop {
            let batch = archive.walk(after.as_ref(), BATCH)?;
            let Some((last, _)) = batch.last() else { return Ok(feeds) };
            after = Some(last.clone());
            for (_, story) in batch.iter().filter(|(_, story)| story.pubstatus == PubStatus::Usable) {
                let marks: Vec<Mark> = story.marks().collect();
                let unlisted = catalogue.unlisted_feeds(&marks, site, taxonomy);
                let inner = catalogue.inner_feeds(&marks, site, taxonomy);
                feeds.extend(inner.into_iter().chain(unlisted).map(|feed| (feed.path.clone(), feed)));
            }
        }
    }
}

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
        let listing = |listing: &Listing| listing.path.len() + listing.query.as_ref().map_or(0, String::len);
        let path = match address {
            Address::Feed(at, _) | Address::Page(at, _) => listing(at),
            _ => 0,
        };
        (size_of::<Address>() + path + print.page.weight()) as u64
    }
}
