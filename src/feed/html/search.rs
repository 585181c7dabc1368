//! The search: a form, what was found, and the feed of exactly this search.

use maud::{Markup, html};

use super::feed::{pages, subscribe};
use super::index::in_order;
use super::stories::{Text, hits, marked, teaser};
use super::{Channel, Entry, Family, Head, Heading, Masthead, Setting, document};
use crate::feed::content;
use crate::story::{Kind, Language, Story};

/// The path of the search's page.
const PATH: &str = "/feeds/search.html";

/// What was asked, as the reader wrote it: every field goes back into the form, however wrong it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// `q`
    pub words: &'a str,
    /// `topic`: a slug, or a list of them with commas and minus signs.
    pub topic: &'a str,
    /// `region`
    pub region: &'a str,
    /// `agency`
    pub agency: &'a str,
    /// `kind`
    pub kind: &'a str,
    /// `lang`
    pub language: &'a str,
    /// `since`
    pub since: &'a str,
}

/// What the search found.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Nothing was asked yet: only the form is shown.
    Nothing,
    /// The question cannot be answered, and why, in the reader's language: a key or a topic that nobody knows.
    Problem(&'a str),
    /// These stories.
    Found {
        /// The newest of them, all of which are shown.
        stories: &'a [Story],
        /// How many there are in all.
        all: u64,
        /// The words and phrases that were asked for, to be marked in them.
        words: &'a [String],
        /// The feed of exactly this search.
        channel: &'a Channel,
        /// The path of the page with older ones.
        older: Option<&'a str>,
    },
}

/// The page of a search. `families` are those of the index: their entries are what the form offers to choose from.
#[must_use]
pub fn search(asked: &Asked, answer: &Answer, families: &[Family], setting: Setting) -> String {
    let words = setting.words();
    let channel = match answer {
        Answer::Found { channel, .. } => Some(*channel),
        Answer::Nothing | Answer::Problem(_) => None,
    };
    let title = match asked.words.trim() {
        "" => words.search.to_owned(),
        asked => format!("{asked} – {}", words.search),
    };
    // What can be found by searching here needs not be found by searching elsewhere, in endless variation.
    let head = Head { title: &title, channel, more: html! { meta name="robots" content="noindex"; } };
    let main = html! {
        div.opening {
            h1 { (words.search) }
            (form(asked, families, setting))
        }
        @match answer {
            Answer::Nothing => p.hint { (words.hint) },
            Answer::Problem(problem) => p.problem role="alert" { (problem) },
            Answer::Found { stories, all, words: found, channel, older } => div.front {
                div.stories { (results(stories, *all, found, setting)) (pages(None, *older, setting)) }
                div.families { (subscribe(words.this_search, channel, None, setting)) }
            },
        }
    };
    document(&head, Masthead::Search, &main, setting)
}

/// The search box of every page.
pub(super) fn small_form(setting: Setting) -> Markup {
    let words = setting.words();
    html! {
        form.search role="search" action=(setting.href(PATH)) method="get" {
            input type="search" name="q" aria-label=(words.search_for) placeholder=(words.search_for)
                autocomplete="off" enterkeyhint="search";
            button type="submit" { (words.search) }
        }
    }
}

fn form(asked: &Asked, families: &[Family], setting: Setting) -> Markup {
    let words = setting.words();
    let kinds = [Kind::Text, Kind::Photo, Kind::Brief].map(|kind| Choice::new(kind_key(kind), words.kind(kind)));
    let languages = [(Language::ZhHans, "简体中文"), (Language::ZhHant, "繁體中文"), (Language::En, "English")]
        .map(|(language, name)| Choice::new(language.tag(), name));
    html! {
        form.asking role="search" action=(setting.href(PATH)) method="get" {
            p.words {
                input type="search" name="q" value=(asked.words) aria-label=(words.search_for)
                    placeholder=(words.search_for) autocomplete="off" enterkeyhint="search";
                button type="submit" { (words.search) }
            }
            div.narrow {
                (select("topic", words.topic, asked.topic, &of(&Heading::Topics, families), setting))
                (select("region", words.region, asked.region, &of(&Heading::Regions, families), setting))
                (select("agency", words.agency, asked.agency, &of(&Heading::Agencies, families), setting))
                (select("kind", words.kind, asked.kind, &kinds, setting))
                (select("lang", words.language, asked.language, &languages, setting))
                label { span { (words.since) } input type="date" name="since" value=(asked.since); }
            }
        }
    }
}

/// What can be chosen: what the URL says, and what the reader sees.
struct Choice {
    key: String,
    name: String,
}

impl Choice {
    fn new(key: &str, name: &str) -> Self {
        Self { key: key.to_owned(), name: name.to_owned() }
    }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Photo => "photo",
        Kind::Brief => "brief",
    }
}

/// The feeds of a family as choices, those that are part of another beneath it.
fn of(heading: &Heading, families: &[Family]) -> Vec<Choice> {
    let Some(family) = families.iter().find(|family| family.heading == *heading) else { return Vec::new() };
    in_order(&family.entries).into_iter().map(|(depth, entry)| choice(depth, entry)).collect()
}

/// The slug of a feed is the last word of its path. Lists to choose from know no other indent than spaces.
fn choice(depth: usize, entry: &Entry) -> Choice {
    let slug = entry.path.rsplit('/').next().unwrap_or_default();
    Choice { key: slug.to_owned(), name: format!("{}{}", "\u{2003}".repeat(depth), entry.name) }
}

/// A list to choose one from. What was asked stands in it even if it is none of the choices, such as `health,-sport`.
fn select(key: &str, name: &str, asked: &str, choices: &[Choice], setting: Setting) -> Markup {
    let is_known = asked.is_empty() || choices.iter().any(|choice| choice.key == asked);
    html! {
        @if !choices.is_empty() || !asked.is_empty() {
            label {
                span { (name) }
                select name=(key) {
                    option value="" selected[asked.is_empty()] { (setting.words().any) }
                    @if !is_known { option value=(asked) selected { (asked) } }
                    @for choice in choices {
                        option value=(choice.key) selected[choice.key == asked] { (choice.name) }
                    }
                }
            }
        }
    }
}

/// What was found, with the words marked.
fn results(stories: &[Story], all: u64, words: &[String], setting: Setting) -> Markup {
    html! {
        @if stories.is_empty() {
            div.nothing { h2 { (setting.words().found_nothing) } p { (setting.words().widen) } }
        } @else {
            h2.date { (setting.words().stories(all)) }
            @for story in stories { (teaser(story, &text_of(story, words), true, setting)) }
        }
    }
}

fn text_of(story: &Story, words: &[String]) -> Text {
    let summary = content::summary(story);
    let summary = if hits(&summary, words).is_empty() {
        passage(story, words).unwrap_or_else(|| marked(&summary, words))
    } else {
        marked(&summary, words)
    };
    Text { headline: marked(&story.headline, words), summary }
}

/// The first passage of the text that holds one of the words, from a little before it.
fn passage(story: &Story, words: &[String]) -> Option<Markup> {
    /// So many characters before the word, and so many after, show what it is about.
    const BEFORE: usize = 40;
    const AFTER: usize = 120;
    let body = story.body.iter().map(|block| &block.text);
    let mut texts = body.chain(story.captions.iter().map(|caption| &caption.text));
    let (text, at) = texts.find_map(|text| Some((text, hits(text, words).first()?.0)))?;
    let start = text[..at].char_indices().rev().nth(BEFORE - 1).map_or(0, |(byte, _)| byte);
    let end = text[at..].char_indices().nth(AFTER).map_or(text.len(), |(byte, _)| at + byte);
    Some(html! {
        @if start > 0 { "…" }
        (marked(&text[start..end], words))
        @if end < text.len() { "…" }
    })
}
