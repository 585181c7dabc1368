//! Printing: which page an address means, and what is read for it from the archive.

use std::sync::Arc;

use super::page::Shown;
use super::{Address, Found, Listing, Page, pages, sheets};
use crate::archive::{Archive, Error};
use crate::feed::query::{Key, Problem, Query};
use crate::feed::{Catalogue, Feed, Format, Part, Sheet, Site, html, opml};
use crate::story::{Agency, Language, StoryId};
use crate::taxonomy::Taxonomy;

/// How many stories the index shows.
pub(super) const FRONT_STORIES: usize = 30;

/// The archive to print from, and how to print: shared by an edition and its successors.
pub(super) struct Press {
    pub(super) archive: Arc<dyn Archive>,
    pub(super) taxonomy: Arc<Taxonomy>,
    pub(super) catalogue: Catalogue,
    pub(super) site: Site,
    /// What the pages say of all feeds.
    pub(super) offers: pages::Offers,
}

/// What a page shows, with all that printing it takes.
pub(super) enum Subject {
    Index(Language),
    Feed(Feed, Part, Format),
    Page(Feed, Part, Language),
    /// The page of a search that was not understood: what was asked, and why not.
    Problem(Vec<(Key, String)>, Problem, Language),
    Opml,
    Family(String),
    Story(StoryId, Language),
    Style,
    FeedStyle,
    Icon,
    Robots,
}

pub(super) const HTML: &str = "text/html; charset=utf-8";
const OPML: &str = "text/x-opml; charset=utf-8";

impl Press {
    /// What the address means, or what is answered instead when it means no page. Asks no archive.
    pub(super) fn subject(&self, address: &Address) -> Result<Subject, Found> {
        Ok(match address {
            Address::Index(language) => Subject::Index(*language),
            Address::Feed(listing, format) => {
                let feed = self
                    .listed(listing)
                    .map_err(|problem| Found::Refused { why: problem.to_string(), page: None })?;
                let feed = feed.ok_or(Found::Nothing)?;
                asked_as_written(listing, &feed, format.extension())?;
                Subject::Feed(feed, listing.part, *format)
            }
            Address::Page(listing, language) => match self.listed(listing) {
                Ok(feed) => {
                    let feed = feed.ok_or(Found::Nothing)?;
                    asked_as_written(listing, &feed, "html")?;
                    Subject::Page(feed, listing.part, *language)
                }
                Err(problem) => {
                    let asked = Query::asked(listing.query.as_deref().unwrap_or_default());
                    Subject::Problem(asked, problem, *language)
                }
            },
            Address::Opml => Subject::Opml,
            Address::Family(name) => Subject::Family(name.clone()),
            Address::Story(id, language) => Subject::Story(*id, *language),
            Address::Style => Subject::Style,
            Address::FeedStyle => Subject::FeedStyle,
            Address::Icon => Subject::Icon,
            Address::Robots => Subject::Robots,
        })
    }

    /// The feed of the listing, if there is one.
    fn listed(&self, listing: &Listing) -> Result<Option<Feed>, Problem> {
        if listing.path != html::SEARCH_PATH {
            return Ok(self.feed(&listing.path));
        }
        let asked = listing.query.as_deref().unwrap_or_default();
        let query = Query::parse(asked, &self.taxonomy, self.site.timezone)?;
        Ok(Some(Feed::search(&query, &self.site)))
    }

    pub(super) fn feed(&self, path: &str) -> Option<Feed> {
        self.catalogue.resolve(path, &self.site, &self.taxonomy)
    }

    pub(super) fn setting(&self, language: Language) -> html::Setting<'_> {
        html::Setting { site: &self.site, language, catalogue: &self.catalogue, taxonomy: &self.taxonomy }
    }

    pub(super) fn print(&self, subject: &Subject) -> Result<Found, Error> {
        let Self { taxonomy, catalogue, site, .. } = self;
        let page = match subject {
            Subject::Index(language) => self.index(*language)?,
            Subject::Feed(feed, part, format) => return self.feed_document(feed, *part, *format),
            Subject::Page(feed, part, language) => return self.feed_page(feed, *part, *language),
            Subject::Problem(asked, problem, language) => {
                let told = problem.told(*language);
                let offer = self.offer(*language)?;
                let setting = self.setting(*language);
                let asked = pages::asked(asked);
                let page = html::search(&asked, &html::Answer::Problem(&told), &offer.1, setting);
                return Ok(Found::Refused { why: told, page: Some(page) });
            }
            Subject::Opml => Page::new(OPML, opml::all(catalogue, site, taxonomy, &self.unlisted()?), &[]),
            Subject::Family(name) => match opml::family(name, catalogue, site, taxonomy, &self.unlisted()?) {
                Some(list) => Page::new(OPML, list, &[]),
                None => return Ok(Found::Nothing),
            },
            Subject::Story(id, language) => return self.story(*id, *language),
            Subject::Style => Page::new("text/css; charset=utf-8", html::STYLE, &[]),
            Subject::FeedStyle => Page::new("text/css; charset=utf-8", html::FEED_STYLE, &[]),
            Subject::Icon => Page::new("image/svg+xml", html::ICON, &[]),
            Subject::Robots => Page::new("text/plain; charset=utf-8", html::ROBOTS, &[]),
        };
        Ok(Found::Page(Arc::new(page)))
    }

    /// The agencies that stories name and no table.
    fn unlisted(&self) -> Result<Vec<Agency>, Error> {
        Ok(html::unlisted(self.archive.standings()?.keys(), self.setting(self.site.language)))
    }

    fn feed_document(&self, feed: &Feed, part: Part, format: Format) -> Result<Found, Error> {
        if let Some(instead) = self.instead(feed, part, format.extension())? {
            return Ok(instead);
        }
        let sheets::Stories { stories, older } = sheets::told(&*self.archive, feed, &self.site, part)?;
        // A filing that came in between belongs to another address.
        if let Some(instead) = self.instead(feed, part, format.extension())? {
            return Ok(instead);
        }
        let sheet = Sheet::new(feed, part, &stories, older);
        let page = Page::new(media_type(format), format.render(&sheet, &self.site, &self.taxonomy), &stories);
        let page = page.changed(sheets::changed(&*self.archive, &feed.selection)?).followed_by(older).links([
            ("self", self.site.url(&feed.at(part, format.extension())), format.media_type()),
            ("alternate", self.site.url(&feed.page()), "text/html"),
        ]);
        Ok(Found::Page(Arc::new(if part == Part::Newest { page } else { page.immutable() })))
    }

    /// The stories of `whole` that who has seen `past` lacks; `None` when there are none, all are lacking, or the archive
    /// holds others by now.
    pub(super) fn delta(
        &self,
        feed: &Feed,
        format: Format,
        past: &Shown,
        whole: &Page,
    ) -> Result<Option<Page>, Error> {
        let sheets::Stories { stories, older } = sheets::told(&*self.archive, feed, &self.site, Part::Newest)?;
        if !whole.shows(&stories) {
            return Ok(None);
        }
        let all = stories.len();
        let lacking: Vec<_> = stories.into_iter().filter(|story| !past.holds(story)).collect();
        if lacking.is_empty() || lacking.len() == all {
            return Ok(None);
        }
        let sheet = Sheet::new(feed, Part::Newest, &lacking, older);
        Ok(Some(Page::new(media_type(format), format.render(&sheet, &self.site, &self.taxonomy), &lacking)))
    }

    /// What is found in place of this part of the feed: nothing, when there is no such feed, or the same archive page
    /// under its present number.
    pub(super) fn instead(&self, feed: &Feed, part: Part, ending: &str) -> Result<Option<Found>, Error> {
        if let Some(mark) = &feed.only_with
            && self.archive.standing(Some(mark))?.changed.is_none()
        {
            return Ok(Some(Found::Nothing));
        }
        let Part::Archive { below, .. } = part else { return Ok(None) };
        let current = Part::Archive { below, seal: sheets::seal(&*self.archive, feed, &self.site, below)? };
        Ok((current != part).then(|| Found::Moved(feed.at(current, ending))))
    }
}

/// What `Content-Type` says of the format. JSON is always UTF-8, and its media type has no parameters.
fn media_type(format: Format) -> &'static str {
    match format {
        Format::Rss => "application/rss+xml; charset=utf-8",
        Format::Atom => "application/atom+xml; charset=utf-8",
        Format::Json => "application/feed+json",
    }
}

/// A question has one way in which it is written, and an agency one name in URLs: what they ask for is found there.
fn asked_as_written(listing: &Listing, feed: &Feed, ending: &str) -> Result<(), Found> {
    let is_written = feed.path == listing.path
        && feed.query.as_deref().unwrap_or_default() == listing.query.as_deref().unwrap_or_default();
    if is_written { Ok(()) } else { Err(Found::Moved(feed.at(listing.part, ending))) }
}
