//! Printing: which page an address means, and what is read for it from the archive.

use std::sync::Arc;

use super::{Address, Found, Listing, Page, sheets};
use crate::archive::{Archive, Error};
use crate::feed::query::Query;
use crate::feed::{Catalogue, Feed, Format, Part, Sheet, Site, html, opml};
use crate::story::{Language, PubStatus, Rank, Selection, Story, StoryId};
use crate::taxonomy::Taxonomy;

/// How many stories the index looks at: it shows the newest, and links to the feeds of all of them.
const FRONT_STORIES: usize = 200;

/// The archive to print from, and how to print: shared by an edition and its successors.
pub(super) struct Press {
    pub(super) archive: Arc<dyn Archive>,
    pub(super) taxonomy: Arc<Taxonomy>,
    pub(super) catalogue: Catalogue,
    pub(super) site: Site,
}

/// What a page shows, with all that printing it takes.
pub(super) enum Subject {
    Index(Language),
    Feed(Feed, Part, Format),
    Page(Feed, Part, Language),
    Opml,
    Family(String),
    Story(StoryId, Language),
    Style,
    FeedStyle,
    Icon,
}

const HTML: &str = "text/html; charset=utf-8";
const OPML: &str = "text/x-opml; charset=utf-8";

impl Press {
    /// What the address means, or what is answered instead when it means no page. Asks no archive.
    pub(super) fn subject(&self, address: &Address) -> Result<Subject, Found> {
        Ok(match address {
            Address::Index(language) => Subject::Index(*language),
            Address::Feed(listing, format) => {
                let feed = self.listed(listing, |feed| feed.at(listing.part, format.extension()))?;
                Subject::Feed(feed, listing.part, *format)
            }
            Address::Page(listing, language) => {
                let feed = self.listed(listing, |feed| feed.at(listing.part, "html"))?;
                Subject::Page(feed, listing.part, *language)
            }
            Address::Opml => Subject::Opml,
            Address::Family(name) => Subject::Family(name.clone()),
            Address::Story(id, language) => Subject::Story(*id, *language),
            Address::Style => Subject::Style,
            Address::FeedStyle => Subject::FeedStyle,
            Address::Icon => Subject::Icon,
        })
    }

    /// The feed of the listing. A question has one way in which it is written, and `at` tells where that is.
    fn listed(&self, listing: &Listing, at: impl FnOnce(&Feed) -> String) -> Result<Feed, Found> {
        if listing.path != html::SEARCH_PATH {
            return self.feed(&listing.path).ok_or(Found::Nothing);
        }
        let asked = listing.query.as_deref().unwrap_or_default();
        let query = Query::parse(asked, &self.taxonomy, self.site.timezone)
            .map_err(|problem| Found::Refused(problem.to_string()))?;
        let feed = Feed::search(&query, &self.site);
        if query.canonical == asked { Ok(feed) } else { Err(Found::Moved(at(&feed))) }
    }

    pub(super) fn feed(&self, path: &str) -> Option<Feed> {
        self.catalogue.resolve(path, &self.site, &self.taxonomy)
    }

    pub(super) fn print(&self, subject: &Subject) -> Result<Found, Error> {
        let Self { archive, taxonomy, catalogue, site } = self;
        let page = match subject {
            Subject::Index(_) => {
                let stories = archive.select(&Selection::default(), None, FRONT_STORIES)?;
                let stories = without_ranks(stories);
                Page::new(HTML, html::index(&stories, catalogue, site, taxonomy), &stories)
            }
            Subject::Feed(feed, part, format) => return self.feed_document(feed, *part, *format),
            Subject::Page(..) => return Ok(Found::Nothing),
            Subject::Opml => Page::new(OPML, opml::all(catalogue, site, taxonomy), &[]),
            Subject::Family(name) => match opml::family(name, catalogue, site, taxonomy) {
                Some(list) => Page::new(OPML, list, &[]),
                None => return Ok(Found::Nothing),
            },
            Subject::Story(id, _) => match archive.story(id)? {
                None => return Ok(Found::Nothing),
                Some(story) => match story.pubstatus {
                    PubStatus::Canceled => return Ok(Found::Gone),
                    PubStatus::Withheld => return Ok(Found::Nothing),
                    PubStatus::Usable => Page::new(
                        HTML,
                        html::story(&story, catalogue, site, taxonomy),
                        std::slice::from_ref(&story),
                    ),
                },
            },
            Subject::Style => Page::new("text/css; charset=utf-8", html::STYLE, &[]),
            Subject::FeedStyle => Page::new("text/css; charset=utf-8", html::FEED_STYLE, &[]),
            Subject::Icon => Page::new("image/svg+xml", html::ICON, &[]),
        };
        Ok(Found::Page(Arc::new(page)))
    }

    fn feed_document(&self, feed: &Feed, part: Part, format: Format) -> Result<Found, Error> {
        let Some(part) = self.part(feed, part)? else { return Ok(Found::Nothing) };
        if let Err(current) = part {
            return Ok(Found::Moved(feed.at(current, format.extension())));
        }
        let Ok(part) = part else { unreachable!("it was looked at") };
        let sheets::Stories { stories, older } = sheets::stories(&*self.archive, feed, part)?;
        let sheet = Sheet::new(feed, part, &stories, older);
        let media_type = match format {
            Format::Rss => "application/rss+xml; charset=utf-8",
            Format::Atom => "application/atom+xml; charset=utf-8",
            Format::Json => "application/feed+json",
        };
        let page = Page::new(media_type, format.render(&sheet, &self.site, &self.taxonomy), &stories);
        let page = page.changed(sheets::changed(&*self.archive, &feed.selection)?).followed_by(older);
        Ok(Found::Page(Arc::new(if part == Part::Newest { page } else { page.immutable() })))
    }

    /// The part of the feed, if there is such a feed; or the same archive page under its present number.
    fn part(&self, feed: &Feed, part: Part) -> Result<Option<Result<Part, Part>>, Error> {
        if let Some(mark) = &feed.only_with
            && self.archive.standing(Some(mark))?.changed.is_none()
        {
            return Ok(None);
        }
        let Part::Archive { below, seal } = part else { return Ok(Some(Ok(part))) };
        let current = Part::Archive { below, seal: sheets::seal(&*self.archive, &feed.selection, below)? };
        Ok(Some(if current == (Part::Archive { below, seal }) { Ok(part) } else { Err(current) }))
    }
}

fn without_ranks(stories: Vec<(Rank, Story)>) -> Vec<Story> {
    stories.into_iter().map(|(_, story)| story).collect()
}
