//! The pages for people: what is read from the archive for each.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::press::{FRONT_STORIES, HTML, Press};
use super::{Found, Page, sheets};
use crate::archive::Error;
use crate::feed::html::{self, Answer, Around, Asked, Channel, Entry, Family, Front, Shown, Source};
use crate::feed::query::{Key, Query};
use crate::feed::{Feed, Part};
use crate::story::{Language, Mark, PubStatus, Revision, Selection, Standing, StoryId};

impl Press {
    pub(super) fn index(&self, language: Language) -> Result<Page, Error> {
        let stories = self.archive.select(&Selection::default(), None, FRONT_STORIES)?;
        let stories: Vec<_> = stories.into_iter().map(|(_, story)| story).collect();
        let offer = self.offer(language)?;
        let front = Front { stories: &stories, singles: &offer.0, families: &offer.1 };
        let changed = self.archive.standing(None)?.changed;
        let page = Page::new(HTML, html::index(&front, self.setting(language)), &stories);
        Ok(page.changed(changed).in_language(language))
    }

    pub(super) fn feed_page(&self, feed: &Feed, part: Part, language: Language) -> Result<Found, Error> {
        if let Some(instead) = self.instead(feed, part, "html")? {
            return Ok(instead);
        }
        let archive = &*self.archive;
        let setting = self.setting(language);
        let sheets::Stories { stories, older } = sheets::stories(archive, feed, &self.site, part)?;
        let older_path = older.map(|older| feed.at(older, "html"));
        let channel = Channel::from(feed);
        let offer = self.offer(language)?;
        let (singles, families) = &*offer;
        let page = if let Some(query) = &feed.query {
            let values = Query::asked(query);
            let words = sought(&feed.selection);
            let found = Answer::Found {
                stories: &stories,
                all: archive.count(&feed.selection, MOST_COUNTED)?,
                words: &words,
                channel: &channel,
                older: older_path.as_deref(),
            };
            let answer = if query.is_empty() { Answer::Nothing } else { found };
            html::search(&asked(&values), &answer, families, setting)
        } else {
            let around = Around::of(feed, singles, families);
            let newest = feed.page();
            let shown = Shown {
                channel: &channel,
                heading: &around.heading,
                standing: self.standing(&feed.selection)?,
                stories: &stories,
                broader: &around.broader,
                narrower: &around.narrower,
                newer: (part != Part::Newest).then_some(&*newest),
                older: older_path.as_deref(),
                opml: around.opml.as_deref(),
            };
            html::feed(&shown, setting)
        };
        let page = Page::new(HTML, page, &stories).in_language(language).followed_by(older);
        Ok(Found::Page(Arc::new(page.changed(archive.standing(None)?.changed))))
    }

    pub(super) fn story(&self, id: StoryId, language: Language) -> Result<Found, Error> {
        let Some(story) = self.archive.story(&id)? else { return Ok(Found::Nothing) };
        match story.pubstatus {
            PubStatus::Canceled => return Ok(Found::Gone),
            PubStatus::Withheld => return Ok(Found::Nothing),
            PubStatus::Usable => {}
        }
        let history = self.archive.history(&id)?;
        let wire =
            history.iter().find(|past| past.story.version == story.version).and_then(|past| past.wire.clone());
        let source = wire.map(|(name, received)| Source { name, received });
        // What was withheld or withdrawn was never shown.
        let was_shown = |status| status == PubStatus::Usable;
        let older: Vec<_> = history
            .into_iter()
            .map(|past| past.story)
            .filter(|past| past.version < story.version && was_shown(past.pubstatus))
            .collect();
        let agency = story.marks().find(|mark| matches!(mark, Mark::Agency(_)));
        let agency = agency.and_then(|mark| self.catalogue.feed_of(&mark, &self.site, &self.taxonomy));
        let setting = self.setting(language);
        let page = html::story(&story, &older, source.as_ref(), agency.as_ref().map(|feed| &*feed.path), setting);
        let page = Page::new(HTML, page, std::slice::from_ref(&story));
        Ok(Found::Page(Arc::new(page.in_language(language))))
    }

    /// The feeds on offer, with how much each holds. Counting them takes longer than printing a page, so it is done once a
    /// revision of the archive.
    pub(super) fn offer(&self, language: Language) -> Result<Arc<Offer>, Error> {
        // Read before the shelves, which may only be newer.
        let revision = self.archive.revision()?;
        let mut kept = self.offers.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != revision {
            *kept = (revision, HashMap::new());
        }
        if let Some(offer) = kept.1.get(&language) {
            return Ok(Arc::clone(offer));
        }
        let offer = Arc::new(self.offer_now(language)?);
        kept.1.insert(language, Arc::clone(&offer));
        Ok(offer)
    }

    fn offer_now(&self, language: Language) -> Result<Offer, Error> {
        let standings = self.archive.standings()?;
        let all = self.archive.standing(None)?;
        let setting = self.setting(language);
        let unlisted = html::unlisted(standings.keys(), setting);
        let standing = |selection: &Selection| {
            let together = together(selection, &all, &standings);
            let is_one_shelf =
                selection.clauses.len() <= 1 && selection.phrases.is_empty() && selection.since.is_none();
            if is_one_shelf || together.stories == 0 {
                return together;
            }
            // A family that its definition narrows. What cannot be counted now is counted with the next revision.
            self.standing(selection).unwrap_or_default()
        };
        Ok(html::offer(setting, &unlisted, &standing))
    }

    /// How much the selection holds.
    fn standing(&self, selection: &Selection) -> Result<Standing, Error> {
        let stories = self.archive.count(selection, MOST_COUNTED)?;
        let newest = self.archive.select(selection, None, 1)?.first().map(|(_, story)| story.published);
        Ok(Standing { stories, newest, changed: None })
    }
}

/// The feeds on offer: those that stand alone, and the families.
pub(super) type Offer = (Vec<Entry>, Vec<Family>);

/// What was on offer at a revision of the archive, by the reader's language.
pub(super) type Offers = Mutex<(Revision, HashMap<Language, Arc<Offer>>)>;

/// As far as a page counts stories: further, the number tells nobody anything.
const MOST_COUNTED: usize = 10_000;

/// How much a selection holds at most: what stands on the shelves of its emptiest condition. A story on two of them is
/// counted twice.
fn together(selection: &Selection, all: &Standing, standings: &HashMap<Mark, Standing>) -> Standing {
    let of_clause = |marks: &BTreeSet<Mark>| {
        let shelves = marks.iter().filter_map(|mark| standings.get(mark));
        shelves.fold(Standing::default(), |sum, shelf| Standing {
            stories: sum.stories + shelf.stories,
            newest: sum.newest.max(shelf.newest),
            changed: sum.changed.max(shelf.changed),
        })
    };
    selection.wanted().map(of_clause).min_by_key(|standing| standing.stories).unwrap_or(*all)
}

/// What the form shows: the first value of each key, since it has one field for each.
pub(super) fn asked(values: &[(Key, String)]) -> Asked<'_> {
    let value = |key: Key| {
        let value = values.iter().find(|(other, _)| *other == key);
        value.map_or("", |(_, value)| value.as_str())
    };
    Asked {
        words: value(Key::Words),
        topic: value(Key::Topic),
        region: value(Key::Region),
        agency: value(Key::Agency),
        kind: value(Key::Kind),
        language: value(Key::Language),
        since: value(Key::Since),
    }
}

/// The words to mark in what was found.
fn sought(selection: &Selection) -> Vec<String> {
    selection.phrases.iter().filter(|phrase| !phrase.not).flat_map(|phrase| phrase.any.iter().cloned()).collect()
}
