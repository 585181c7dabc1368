//! Atom 1.0, after RFC 4287.

use atom_syndication::{Category, Content, Entry, FixedDateTime, Generator, Link, Person, Text, TextType};
use chrono::{DateTime, Utc};

use super::{Feed, Format, Site, content};
use crate::story::{Language, Story};
use crate::taxonomy::Taxonomy;

/// `updated` of a feed that lists nothing yet, which RFC 4287 § 4.1.1 requires: the day that Atom was published.
const NEVER: DateTime<Utc> = DateTime::from_timestamp_secs(1_133_395_200).expect("1 December 2005");

/// Writes `stories`, in their order, as the Atom form of `feed`.
///
/// # Panics
/// Never: writing to memory does not fail, and what is written is UTF-8.
#[must_use]
pub fn render(feed: &Feed, stories: &[Story], site: &Site, taxonomy: &Taxonomy) -> String {
    let changed = content::changed(stories).unwrap_or(NEVER);
    let document = atom_syndication::Feed {
        title: feed.title.clone().into(),
        id: feed.id(),
        updated: date(changed),
        authors: vec![person(&site.author)],
        generator: Some(Generator { value: "wirefeed".to_owned(), ..Generator::default() }),
        links: vec![self_link(feed, site), page_link(site, "/")],
        entries: stories.iter().map(|story| entry(story, site, taxonomy)).collect(),
        lang: (site.language != Language::Undetermined).then(|| site.language.tag().to_owned()),
        ..atom_syndication::Feed::default()
    };
    let xml = document.write_to(Vec::new()).expect("writing to memory does not fail");
    content::legal(String::from_utf8(xml).expect("the writer is given strings"))
}

fn self_link(feed: &Feed, site: &Site) -> Link {
    Link {
        rel: "self".to_owned(),
        href: site.url(&feed.path_as(Format::Atom)),
        mime_type: Some(Format::Atom.media_type().to_owned()),
        ..Link::default()
    }
}

fn page_link(site: &Site, path: &str) -> Link {
    Link {
        rel: "alternate".to_owned(),
        href: site.url(path),
        mime_type: Some("text/html".to_owned()),
        ..Link::default()
    }
}

fn entry(story: &Story, site: &Site, taxonomy: &Taxonomy) -> Entry {
    let lang = story.language.tag();
    let categories = content::categories(story, site, taxonomy);
    Entry {
        title: text(story.headline.clone(), lang),
        id: format!("urn:uuid:{}", story.id),
        updated: date(story.versioncreated),
        authors: content::authors(story, site).into_iter().map(person).collect(),
        categories: categories.iter().map(category).collect(),
        links: vec![page_link(site, &content::path(story))],
        published: Some(date(story.published)),
        summary: Some(text(content::summary(story).into_owned(), lang)),
        content: Some(Content {
            lang: Some(lang.to_owned()),
            value: Some(content::html(story)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// Plain text; an entry has no `xml:lang` in `atom_syndication`, so each text of it says its own.
fn text(value: String, lang: &str) -> Text {
    Text { value, lang: Some(lang.to_owned()), base: None, r#type: TextType::Text }
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

fn category(category: &content::Category) -> Category {
    Category {
        term: category.term.to_owned(),
        scheme: category.scheme.as_deref().map(str::to_owned),
        label: Some(category.label.to_owned()),
    }
}

fn date(time: DateTime<Utc>) -> FixedDateTime {
    time.fixed_offset()
}
