//! RSS 2.0, after the specification and the RSS Advisory Board's profile.

use ::rss::extension::atom::{AtomExtension, Link};
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::{Category, Channel, Guid, Item};
use chrono::{DateTime, Utc};
use maud::Render;

use super::{Feed, Format, Site, content};
use crate::story::{Language, Story};
use crate::taxonomy::Taxonomy;

/// How many minutes a reader may wait between two visits.
const TTL: &str = "5";

/// Writes `stories`, in their order, as the RSS form of `feed`.
///
/// # Panics
/// Never: writing to memory does not fail, and what is written is UTF-8.
#[must_use]
pub fn render(feed: &Feed, stories: &[Story], site: &Site, taxonomy: &Taxonomy) -> String {
    let changed = content::changed(stories).map(date);
    let channel = Channel {
        title: feed.title.clone(),
        link: site.url("/"),
        description: feed.title.clone(),
        language: (site.language != Language::Undetermined).then(|| site.language.tag().to_owned()),
        pub_date: changed.clone(),
        last_build_date: changed,
        generator: Some("wirefeed".to_owned()),
        ttl: Some(TTL.to_owned()),
        items: stories.iter().map(|story| item(story, site, taxonomy)).collect(),
        atom_ext: Some(AtomExtension { links: vec![self_link(feed, site)] }),
        ..Channel::default()
    };
    let xml = channel.write_to(Vec::new()).expect("writing to memory does not fail");
    content::legal(String::from_utf8(xml).expect("the writer is given strings"))
}

fn self_link(feed: &Feed, site: &Site) -> Link {
    Link {
        rel: "self".to_owned(),
        href: site.url(&feed.path_as(Format::Rss)),
        mime_type: Some(Format::Rss.media_type().to_owned()),
        ..Link::default()
    }
}

fn item(story: &Story, site: &Site, taxonomy: &Taxonomy) -> Item {
    let creators = content::authors(story, site).into_iter().map(str::to_owned).collect();
    let categories = content::categories(story, site, taxonomy);
    Item {
        title: Some(story.headline.clone()),
        link: Some(site.url(&content::path(story))),
        // Readers take a description for HTML.
        description: Some(content::summary(story).render().into_string()),
        categories: categories.iter().map(category).collect(),
        guid: Some(Guid { value: format!("urn:uuid:{}", story.id), permalink: false }),
        pub_date: Some(date(story.published)),
        content: Some(content::html(story)),
        // `author` wants a mail address; a bare name belongs in Dublin Core.
        dublin_core_ext: Some(DublinCoreExtension { creators, ..DublinCoreExtension::default() }),
        ..Item::default()
    }
}

/// The name stands as text, since readers show it; `domain` says whose code it is.
fn category(category: &content::Category) -> Category {
    Category { name: category.label.to_owned(), domain: category.scheme.as_deref().map(str::to_owned) }
}

fn date(time: DateTime<Utc>) -> String {
    time.to_rfc2822()
}
