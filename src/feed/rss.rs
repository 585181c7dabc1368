//! RSS 2.0, after the specification and the RSS Advisory Board's profile.

use ::rss::extension::Extension;
use ::rss::extension::atom::{AtomExtension, Link};
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::{Category, Channel, Guid, Item};
use chrono::{DateTime, Utc};
use maud::Render;

use super::{Format, Part, Sheet, Site, content, with_stylesheet};
use crate::story::{Language, Story};
use crate::taxonomy::Taxonomy;

/// How many minutes a reader may wait between two visits.
const TTL: &str = "5";

/// Writes the RSS form of a document.
///
/// # Panics
/// Never: writing to memory does not fail, and what is written is UTF-8.
#[must_use]
pub fn render(sheet: &Sheet, site: &Site, taxonomy: &Taxonomy) -> String {
    let feed = sheet.feed;
    let changed = content::last_changed(sheet.stories).map(date);
    let mut channel = Channel {
        title: feed.title.clone(),
        link: site.url(&feed.page()),
        description: content::description(feed, site),
        language: (site.language != Language::Undetermined).then(|| site.language.tag().to_owned()),
        pub_date: changed.clone(),
        last_build_date: changed,
        generator: Some("wirefeed".to_owned()),
        ttl: Some(TTL.to_owned()),
        items: sheet.items().map(|(story, full)| item(story, full, site, taxonomy)).collect(),
        atom_ext: Some(AtomExtension { links: content::links(sheet, Format::Rss, site).map(link).collect() }),
        ..Channel::default()
    };
    if sheet.part != Part::Newest {
        channel.namespaces.insert("fh".to_owned(), content::HISTORY.to_owned());
        let archive = Extension { name: "fh:archive".to_owned(), ..Extension::default() };
        channel.extensions.entry("fh".to_owned()).or_default().insert("archive".to_owned(), vec![archive]);
    }
    if channel.items.iter().any(|item| !item.extensions.is_empty()) {
        channel.namespaces.insert("georss".to_owned(), content::GEORSS.to_owned());
    }
    let xml = channel.write_to(Vec::new()).expect("writing to memory does not fail");
    let xml = content::legal(String::from_utf8(xml).expect("the writer is given strings"));
    with_stylesheet(&xml, site)
}

fn link(link: content::Link) -> Link {
    Link {
        rel: link.rel.to_owned(),
        href: link.href,
        mime_type: Some(link.media_type.to_owned()),
        ..Link::default()
    }
}

fn item(story: &Story, full: bool, site: &Site, taxonomy: &Taxonomy) -> Item {
    let creators = content::authors(story, site).into_iter().map(str::to_owned).collect();
    let categories = content::categories(story, site, taxonomy);
    let mut item = Item {
        title: Some(story.headline.clone()),
        link: Some(site.url(&content::path(story))),
        // Readers take a description for HTML.
        description: Some(content::summary(story).render().into_string()),
        categories: categories.iter().map(category).collect(),
        guid: Some(Guid { value: format!("urn:uuid:{}", story.id), permalink: false }),
        pub_date: Some(date(story.published)),
        content: full.then(|| content::html(story)),
        // `author` wants a mail address; a bare name belongs in Dublin Core.
        dublin_core_ext: Some(DublinCoreExtension {
            creators,
            sources: content::agency(story).into_iter().map(str::to_owned).collect(),
            rights: content::rights(story).into_iter().collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    };
    if let Some(point) = content::point(story, taxonomy) {
        let point =
            Extension { name: "georss:point".to_owned(), value: Some(point.to_string()), ..Extension::default() };
        item.extensions.entry("georss".to_owned()).or_default().insert("point".to_owned(), vec![point]);
    }
    item
}

/// The name stands as text, since readers show it; `domain` says whose code it is.
fn category(category: &content::Category) -> Category {
    Category { name: category.label.to_owned(), domain: category.scheme.as_deref().map(str::to_owned) }
}

fn date(time: DateTime<Utc>) -> String {
    time.to_rfc2822()
}
