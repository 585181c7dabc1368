//! Everything published at one revision of the archive: any page of it, printed when first asked for and kept
//! until a story that it shows changes.

mod address;
mod coding;
mod folder;
mod missing;
mod moves;
mod page;
mod pages;
mod press;
mod sheets;

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_cache::sync::{Cache, DefaultLifecycle, EntryAction, EntryResult, PlaceholderGuard};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

pub use self::address::{Address, Listing};
pub use self::coding::Coding;
pub use self::folder::{WriteError, Written};
use self::moves::Moves;
pub use self::page::Page;
use self::page::Shown;
use self::press::{Press, Subject};
use crate::archive::{Archive, Error, Filed};
pub use crate::feed::as_uri;
use crate::feed::{Catalogue, Feed, Format, Part, Site, html};
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
    /// The question of a search was not understood.
    Refused {
        /// Why not.
        why: String,
        /// The same with the form, for people.
        page: Option<String>,
    },
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
        let press = Press { archive, taxonomy, catalogue, site, offers: pages::Offers::default() };
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
            Ok(subject) => Arc::new(subject),
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
            EntryResult::Vacant(guard) => self.print(subject, moved, guard, Arc::default()),
            EntryResult::Replaced(guard, before) => self.print(subject, moved, guard, before.followed()),
            EntryResult::Removed(..) | EntryResult::Timeout => unreachable!("neither is asked for"),
        }
    }

    fn print(
        &self,
        subject: Arc<Subject>,
        moved: Revision,
        guard: Guard,
        past: Arc<[Arc<Shown>]>,
    ) -> Result<Found, Error> {
        let found = self.press.print(&subject)?;
        if let Found::Page(page) = &found {
            // When it is not taken, the cache has no room for it; it will be printed again.
            let _ = guard.insert(Print { page: Arc::clone(page), subject, moved, past });
        }
        Ok(found)
    }

    /// What a client that has an earlier print of a feed lacks (RFC 3229 § 10.4.1, instance manipulation `feed`): a
    /// feed of the new and changed stories alone, for any of the tags that `has` takes. `None` when nothing is known of
    /// its print, or nothing would be saved. Blocks.
    ///
    /// # Errors
    /// When the archive does not answer.
    pub fn delta(&self, address: &Address, has: impl Fn(&str) -> bool) -> Result<Option<Arc<Page>>, Error> {
        let Some(print) = self.prints.get(address) else { return Ok(None) };
        let Some(past) = print.past.iter().find(|past| has(&past.etag)) else { return Ok(None) };
        let Ok(Subject::Feed(feed, Part::Newest, format)) = self.press.subject(address) else { return Ok(None) };
        let delta = self.press.delta(&feed, format, past, &print.page)?;
        Ok(delta.map(|delta| Arc::new(delta.instead_of(&print.page))))
    }

    /// The page at this address if it is printed. Never blocks.
    #[must_use]
    pub fn cached(&self, address: &Address) -> Option<Arc<Page>> {
        let print = self.prints.get(address)?;
        (print.moved >= self.moves.of(&print.subject)).then_some(print.page)
    }

    /// Whether there may be a feed at this path, given without a format.
    #[must_use]
    pub fn has_feed(&self, path: &str) -> bool {
        path == html::SEARCH_PATH || self.press.feed(path).is_some()
    }

    /// Every address but those of stories, of searches and of what is older than a feed reaches: all feeds and lists of
    /// feeds, the index last. What robots are told hangs on the whole site, of which a folder may be a part.
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
        let Press { archive, catalogue, site, taxonomy, .. } = &*self.press;
        let mut feeds = BTreeMap::new();
        if !catalogue.hangs_on_stories() {
            return Ok(feeds);
        }
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

/// A page, and when what it shows had last moved when its printing began. Every request clones it, so that takes nothing.
#[derive(Clone)]
struct Print {
    page: Arc<Page>,
    subject: Arc<Subject>,
    moved: Revision,
    /// What stood at the address before, the latest first: who comes again may have it still.
    past: Arc<[Arc<Shown>]>,
}

impl Print {
    /// The past of the print that takes this one's place.
    fn followed(self) -> Arc<[Arc<Shown>]> {
        /// Prints that are remembered. Readers come every few minutes, and a print lasts about as long in a busy feed.
        const MOST: usize = 16;
        std::iter::once(Arc::new(self.page.shown())).chain(self.past.iter().cloned()).take(MOST).collect()
    }
}

/// A place in the cache that waits for its print.
type Guard<'a> =
    PlaceholderGuard<'a, Address, Print, ByWeight, DefaultHashBuilder, DefaultLifecycle<Address, Print>>;

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
    Cache::with_options(options, ByWeight, DefaultHashBuilder::default(), DefaultLifecycle::default())
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
        let past: usize = print.past.iter().map(|past| past.weight()).sum();
        (size_of::<Address>() + path + print.page.weight() + past) as u64
    }
}
