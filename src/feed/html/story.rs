//! A story's own page: its text, what it is labelled with and why, its versions, and the file that it came in.

use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, PreEscaped, html};

use super::tags::{Tag, why};
use super::versions::versions;
use super::{Head, Masthead, Setting, document, language_tag, stories, words};
use crate::feed::content;
use crate::story::{BlockKind, Caption, Kind, Language, Story};
use crate::taxonomy::Point;

/// The wire file that a story was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name in the inbox.
    pub name: String,
    /// When it was first seen.
    pub received: DateTime<Utc>,
}

/// The page of a story's newest version. `older` are the earlier ones, newest first; `agency` is the path of the feed
/// of the agency that it came from, without a format.
#[must_use]
pub fn story(
    story: &Story,
    older: &[Story],
    source: Option<&Source>,
    agency: Option<&str>,
    setting: Setting,
) -> String {
    let tags = Tag::of(story, setting);
    let head = Head { title: &story.headline, channel: None, more: about(story, &tags, setting) };
    let main = html! {
        article.story {
            (opening(story))
            (facts(story, agency, setting))
            @if let Some(correction) = content::correction(story) {
                p.correction lang=(language_tag(story.language)) dir="auto" { (correction) }
            }
            div.text lang=(language_tag(story.language)) dir="auto" { (text(story, setting)) }
            footer {
                (labels(&tags, setting))
                (versions(story, older, setting))
                @if let Some(source) = source { (file(source, setting)) }
            }
        }
    };
    document(&head, Masthead::Inner, &main, setting)
}

/// What machines want to know of a story: search engines (schema.org), and who shows a link to it (Open Graph).
fn about(story: &Story, tags: &[Tag], setting: Setting) -> Markup {
    let url = setting.site.url(&content::path(story));
    let summary = content::summary(story);
    html! {
        meta name="description" content=(summary);
        link rel="canonical" href=(url);
        meta property="og:type" content="article";
        meta property="og:title" content=(story.headline);
        meta property="og:description" content=(summary);
        meta property="og:url" content=(url);
        meta property="og:site_name" content=(setting.site.title);
        @if let Some(locale) = locale(story.language) { meta property="og:locale" content=(locale); }
        meta property="article:published_time" content=(story.published.to_rfc3339());
        @if story.version > 1 { meta property="article:modified_time" content=(story.versioncreated.to_rfc3339()); }
        script type="application/ld+json" { (PreEscaped(news_article(story, tags, setting))) }
    }
}

/// A language as Open Graph wants it, with a country.
fn locale(language: Language) -> Option<&'static str> {
    match language {
        Language::ZhHans => Some("zh_CN"),
        Language::ZhHant => Some("zh_TW"),
        Language::En => Some("en_US"),
        Language::Undetermined => None,
    }
}

/// The story as a `NewsArticle` of schema.org. It is data and never runs, but a script's text ends at the first
/// `</script` whatever is around it (HTML § 13.2.5.4), so no `<` is in it.
fn news_article(story: &Story, tags: &[Tag], setting: Setting) -> String {
    let site = setting.site;
    let url = site.url(&content::path(story));
    let authors: Vec<_> =
        story.bylines.iter().map(|byline| serde_json::json!({ "@type": "Person", "name": byline.name })).collect();
    let agency = story.dateline.as_ref().map(|dateline| &dateline.agency).filter(|agency| !agency.is_empty());
    let mut article = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": content::summary(story),
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": story.published.to_rfc3339(),
        "dateModified": story.versioncreated.to_rfc3339(),
        "publisher": { "@type": "Organization", "name": site.title, "url": site.url("/") },
        "keywords": tags.iter().map(|tag| tag.name).collect::<Vec<_>>(),
    });
    if story.language != Language::Undetermined {
        article["inLanguage"] = story.language.tag().into();
    }
    if !authors.is_empty() {
        article["author"] = authors.into();
    } else if let Some(agency) = agency {
        article["author"] = serde_json::json!({ "@type": "Organization", "name": agency });
    }
    if let Some(agency) = agency {
        article["sourceOrganization"] = serde_json::json!({ "@type": "Organization", "name": agency });
    }
    if let (Some(place), Some(point)) = (content::place(story), content::point(story, setting.taxonomy)) {
        article["locationCreated"] = located(place, point);
    }
    article.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// Where a story was filed, which need not be what it is about.
fn located(place: &str, point: Point) -> serde_json::Value {
    let geo = serde_json::json!({
        "@type": "GeoCoordinates",
        "latitude": point.latitude(),
        "longitude": point.longitude(),
    });
    serde_json::json!({ "@type": "Place", "name": place, "geo": geo })
}

fn opening(story: &Story) -> Markup {
    html! {
        header lang=(language_tag(story.language)) {
            @if !story.kicker.is_empty() { p.kicker dir="auto" { (story.kicker) } }
            h1 dir="auto" { (clauses(story)) }
            @if !story.subheadline.is_empty() { p.deck dir="auto" { (story.subheadline) } }
        }
    }
}

/// The headline. A Chinese one is of clauses with a space between, and each is kept on one line where it fits.
fn clauses(story: &Story) -> Markup {
    let is_chinese = matches!(story.language, Language::ZhHans | Language::ZhHant);
    html! {
        @if is_chinese && story.headline.contains(' ') {
            @for (number, clause) in story.headline.split(' ').enumerate() {
                @if number > 0 { " " }
                span.clause { (clause) }
            }
        } @else { (story.headline) }
    }
}

/// Who wrote it, for whom, and when.
fn facts(story: &Story, agency: Option<&str>, setting: Setting) -> Markup {
    let words = setting.words();
    html! {
        p.facts {
            @if let Some(dateline) = story.dateline.as_ref().filter(|dateline| !dateline.agency.is_empty()) {
                @match agency {
                    Some(path) => a.agency href=(setting.href(&format!("{path}.html"))) { bdi { (dateline.agency) } },
                    None => span.agency { bdi { (dateline.agency) } },
                }
            }
            @for byline in &story.bylines {
                span { @if !byline.role.is_empty() { (byline.role) " " } bdi { (byline.name) } }
            }
            @if let Some(time) = stories::when(story, true, setting) { span { (time) } }
            @if story.kind != Kind::Text { span { (words.kind(story.kind)) } }
            @if story.version > 1 {
                span.changed {
                    @if story.corrected { (words.corrected) } @else { (words.updated) }
                    " " (words::moment(story.versioncreated, setting))
                }
            }
        }
    }
}

/// Paragraphs and sub-heads, the pictures' captions, the credits.
fn text(story: &Story, setting: Setting) -> Markup {
    html! {
        @for block in &story.body {
            @match block.kind {
                BlockKind::Paragraph => p { (block.text) },
                BlockKind::Subhead => h2 { (block.text) },
            }
        }
        @for caption in &story.captions { (picture(caption, setting)) }
        @if !story.credits.is_empty() { p.credits { (story.credits) } }
    }
}

fn picture(caption: &Caption, setting: Setting) -> Markup {
    html! {
        figure {
            figcaption {
                (caption.text)
                @if !caption.credit.is_empty() { " " span.credit { (caption.credit) } }
                @if let Some(day) = caption.taken.filter(|&day| !says(&caption.text, day)) {
                    " " span.credit { (words::day(day, setting)) }
                }
            }
        }
    }
}

/// Whether a text names the month and the day, in Chinese: then it need not be said again.
fn says(text: &str, day: NaiveDate) -> bool {
    text.contains(&day.format("%-m月%-d日").to_string())
}

fn labels(tags: &[Tag], setting: Setting) -> Markup {
    let words = setting.words();
    html! {
        @if !tags.is_empty() {
            section.labels {
                h2 { (words.tags) }
                ul.tags { @for tag in tags { li.implied[tag.implied] { (tag.link()) } } }
                (why(tags, words))
            }
        }
    }
}

/// The file that the story was read from.
fn file(source: &Source, setting: Setting) -> Markup {
    let words = setting.words();
    let comma = if setting.is_chinese() { "，" } else { ", " };
    html! {
        p.source {
            (words.source) " " bdi.file { (source.name) } (comma) (words.received) " "
            (words::moment(source.received, setting))
        }
    }
}
