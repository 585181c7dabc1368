//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use chrono::{DateTime, SecondsFormat, Utc};
use maud::Render;
use serde::Serialize;

use super::{Feed, Format, Part, Sheet, Site, content};
use crate::story::{Language, Story};
use crate::taxonomy::Taxonomy;

/// Writes the JSON form of a document.
///
/// # Panics
/// Never: texts, numbers and lists can always be written as JSON.
#[must_use]
pub fn render(sheet: &Sheet, site: &Site, taxonomy: &Taxonomy) -> String {
    let &Sheet { feed, part, older, .. } = sheet;
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        description: content::description(feed, site),
        home_page_url: site.url(&feed.page()),
        feed_url: link(feed, part, site),
        next_url: older.map(|older| link(feed, older, site)),
        language: (site.language != Language::Undetermined).then(|| site.language.tag()),
        authors: vec![Author { name: &site.author }],
        items: sheet.items().map(|(story, full)| item(story, full, site, taxonomy)).collect(),
    };
    serde_json::to_string(&document).expect("texts and lists can be written as JSON")
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    description: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    authors: Vec<Author<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: String,
    title: &'a str,
    /// Always HTML: readers drop `content_text`.
    content_html: String,
    summary: String,
    date_published: String,
    date_modified: String,
    authors: Vec<Author<'a>>,
    tags: Vec<&'a str>,
    language: &'static str,
    #[serde(rename = "_georss", skip_serializing_if = "Option::is_none")]
    georss: Option<GeoRss>,
}

/// JSON Feed has no word for a place; an extension begins with `_` and says in `about` what it is.
#[derive(Serialize)]
struct GeoRss {
    about: &'static str,
    point: String,
}

fn item<'a>(story: &'a Story, full: bool, site: &'a Site, taxonomy: &'a Taxonomy) -> Item<'a> {
    let summary = content::summary(story);
    Item {
        id: format!("urn:uuid:{}", story.id),
        url: site.url(&content::path(story)),
        title: &story.headline,
        content_html: if full { content::html(story) } else { summary.render().into_string() },
        summary: summary.into_owned(),
        date_published: date(story.published),
        date_modified: content::changed(story).to_rfc3339_opts(SecondsFormat::AutoSi, true),
        authors: content::authors(story, site).into_iter().map(|name| Author { name }).collect(),
        tags: content::categories(story, site, taxonomy).into_iter().map(|category| category.label).collect(),
        language: story.language.tag(),
        georss: content::point(story, taxonomy)
            .map(|point| GeoRss { about: content::GEORSS, point: point.to_string() }),
    }
}

fn link(feed: &Feed, part: Part, site: &Site) -> String {
    site.url(&feed.at(part, Format::Json.extension()))
}

fn date(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
