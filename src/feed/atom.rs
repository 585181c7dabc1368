//! Atom 1.0, after RFC 4287.

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, FixedDateTime, Generator, Link, Person, Text, TextType};
use chrono::{DateTime, Utc};

use super::{Format, Part, Sheet, Site, content, with_stylesheet};
use crate::story::{Language, PubStatus, Story};
use crate::taxonomy::Taxonomy;

/// `updated` of a feed that lists nothing yet, which RFC 4287 § 4.1.1 requires: the day that Atom was published.
const NEVER: DateTime<Utc> = DateTime::from_timestamp_secs(1_133_395_200).expect("1 December 2005");

/// Writes the Atom form of a document.
///
/// # Panics
/// Never: writing to memory does not fail, and what is written is UTF-8.
#[must_use]
pub fn render(sheet: &Sheet, site: &Site, taxonomy: &Taxonomy) -> String {
    let feed = sheet.feed;
    let changed = content::last_changed(sheet.stories).unwrap_or(NEVER);
    let mut document = atom_syndication::Feed {
        title: feed.title.clone().into(),
        subtitle: Some(content::description(feed, site).into()),
        id: feed.id(),
        updated: date(changed),
        authors: vec![person(&site.author)],
        generator: Some(Generator { value: "wirefeed".to_owned(), ..Generator::default() }),
        links: content::links(sheet, Format::Atom, site)
            .map(link)
            .chain([page_link(site, &feed.page())])
            .collect(),
        entries: sheet.items().map(|(story, full)| entry(story, full, site, taxonomy)).collect(),
        lang: (site.language != Language::Undetermined).then(|| site.language.tag().to_owned()),
        ..atom_syndication::Feed::default()
    };
    if sheet.part != Part::Newest {
        document.namespaces.insert("fh".to_owned(), content::HISTORY.to_owned());
        let archive = Extension { name: "fh:archive".to_owned(), ..Extension::default() };
        document.extensions.entry("fh".to_owned()).or_default().insert("archive".to_owned(), vec![archive]);
    }
    let deleted: Vec<_> =
        sheet.stories.iter().filter(|s| s.pubstatus == PubStatus::Canceled).map(deleted).collect();
    if !deleted.is_empty() {
        document.namespaces.insert("at".to_owned(), TOMBSTONES.to_owned());
        document.extensions.entry("at".to_owned()).or_default().insert("deleted-entry".to_owned(), deleted);
    }
    document.namespaces.insert("dc".to_owned(), "http://purl.org/dc/elements/1.1/".to_owned());
    if document.entries.iter().any(|entry| entry.extensions.contains_key("georss")) {
        document.namespaces.insert("georss".to_owned(), content::GEORSS.to_owned());
    }
    let xml = document.write_to(Vec::new()).expect("writing to memory does not fail");
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

fn page_link(site: &Site, path: &str) -> Link {
    Link {
        rel: "alternate".to_owned(),
        href: site.url(path),
        mime_type: Some("text/html".to_owned()),
        ..Link::default()
    }
}

fn entry(story: &Story, full: bool, site: &Site, taxonomy: &Taxonomy) -> Entry {
    let lang = story.language.tag();
    let categories = content::categories(story, site, taxonomy);
    let mut entry = Entry {
        title: text(story.headline.clone(), lang),
        id: format!("urn:uuid:{}", story.id),
        updated: date(content::changed(story)),
        authors: content::authors(story, site).into_iter().map(person).collect(),
        categories: categories.iter().map(category).collect(),
        links: vec![page_link(site, &content::path(story))],
        published: Some(date(story.published)),
        rights: content::rights(story).map(|rights| text(rights, lang)),
        summary: Some(text(content::summary(story).into_owned(), lang)),
        content: full.then(|| Content {
            lang: Some(lang.to_owned()),
            value: Some(content::html(story)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    };
    if let Some(agency) = content::agency(story) {
        // Atom's own `source` is the feed that an entry was copied from.
        let source =
            Extension { name: "dc:source".to_owned(), value: Some(agency.to_owned()), ..Extension::default() };
        entry.extensions.entry("dc".to_owned()).or_default().insert("source".to_owned(), vec![source]);
    }
    if let Some(point) = content::point(story, taxonomy) {
        let point =
            Extension { name: "georss:point".to_owned(), value: Some(point.to_string()), ..Extension::default() };
        entry.extensions.entry("georss".to_owned()).or_default().insert("point".to_owned(), vec![point]);
    }
    entry
}

/// The namespace of RFC 6721.
const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";

/// For the readers that know them (RFC 6721 § 3), beside the entry that overwrites the story for all others.
fn deleted(story: &Story) -> Extension {
    let attrs = [
        ("ref".to_owned(), format!("urn:uuid:{}", story.id)),
        ("when".to_owned(), date(content::changed(story)).to_rfc3339()),
    ];
    Extension { name: "at:deleted-entry".to_owned(), attrs: attrs.into(), ..Extension::default() }
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
        label: Some(category.in_both_languages()),
    }
}

fn date(time: DateTime<Utc>) -> FixedDateTime {
    time.fixed_offset()
}
