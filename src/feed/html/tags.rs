//! A story's topics and regions as its pages name them: linked to their feeds, and with the words that spoke for
//! them.

use maud::{Markup, html};

use super::Setting;
use super::words::Words;
use crate::feed::catalogue::Member;
use crate::story::{Evidence, Label, Region, Story, Topic};

/// A topic or region of a story.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// What it is called in the reader's language.
    pub(super) name: &'a str,
    /// The page of its feed, where there is one.
    href: Option<String>,
    /// It was not found itself.
    pub(super) implied: bool,
    weight: i32,
    evidence: &'a [Evidence],
    /// For one that was not found: a label of the story that is part of it.
    follows_from: Option<&'a str>,
}

impl<'a> Tag<'a> {
    /// The tags of `story`: regions, then topics; within each, those that were found before those that follow.
    pub(super) fn of(story: &'a Story, setting: Setting<'a>) -> Vec<Self> {
        let regions = story.regions.iter().map(|label| region(label, &story.regions, setting));
        let topics = story.topics.iter().map(|label| topic(label, &story.topics, setting));
        let mut tags: Vec<Self> = regions.chain(topics).collect();
        tags.sort_by_key(|tag| tag.implied);
        tags
    }

    /// Its name, as a link to its feed.
    pub(super) fn link(&self) -> Markup {
        html! {
            @if let Some(href) = &self.href { a href=(href) rel="tag" { (self.name) } }
            @else { span { (self.name) } }
        }
    }
}

fn region<'a>(label: &'a Label<Region>, all: &'a [Label<Region>], setting: Setting<'a>) -> Tag<'a> {
    let regions = &setting.taxonomy.regions;
    let is_part = |part: &&Label<Region>| regions.ancestors(&part.code).any(|above| above.code == label.code);
    let part = all.iter().filter(|part| !part.implied).find(is_part).and_then(|part| regions.get(&part.code));
    let member = regions.get(&label.code).map(Member::region);
    tag(label.code.as_str(), label, member, part.map(|part| setting.name(&part.names)), setting)
}

fn topic<'a>(label: &'a Label<Topic>, all: &'a [Label<Topic>], setting: Setting<'a>) -> Tag<'a> {
    let topics = &setting.taxonomy.topics;
    let is_part = |part: &&Label<Topic>| topics.ancestors(&part.code).any(|above| above.code == label.code);
    let part = all.iter().filter(|part| !part.implied).find(is_part).and_then(|part| topics.get(&part.code));
    let member = topics.get(&label.code).map(Member::topic);
    tag(label.code.as_str(), label, member, part.map(|part| setting.name(&part.names)), setting)
}

fn tag<'a, C>(
    code: &'a str,
    label: &'a Label<C>,
    member: Option<Member<'a>>,
    part: Option<&'a str>,
    setting: Setting<'a>,
) -> Tag<'a> {
    let feed = member.as_ref().and_then(|member| setting.catalogue.path_of(member));
    Tag {
        name: member.map_or(code, |member| setting.name(member.names)),
        href: feed.map(|path| setting.site.href(&format!("{path}.html"))),
        implied: label.implied,
        weight: label.weight,
        evidence: &label.evidence,
        follows_from: part.filter(|_| label.implied),
    }
}

/// Which words spoke for each tag, where, with what weight, and the sum of it; for one that follows, from what.
pub(super) fn why(tags: &[Tag], words: &Words) -> Markup {
    let is_told = |tag: &&Tag| !tag.evidence.is_empty() || tag.follows_from.is_some();
    let told: Vec<&Tag> = tags.iter().filter(is_told).collect();
    html! {
        @if !told.is_empty() {
            details.why {
                summary { (words.why) }
                dl { @for tag in told { div { dt { (tag.name) } (reasons(tag, words)) } } }
            }
        }
    }
}

fn reasons(tag: &Tag, words: &Words) -> Markup {
    /// The weightiest; the rest add little.
    const MOST: usize = 6;
    html! {
        @if let Some(part) = tag.follows_from { dd { (words.follows_from) " " bdi { (part) } } }
        @for evidence in tag.evidence.iter().take(MOST) { dd { (reason(evidence, words)) } }
        @if tag.evidence.len() > MOST { dd { "…" } }
        @if !tag.evidence.is_empty() { dd.total { (words.total) " " (tag.weight) } }
    }
}

fn reason(evidence: &Evidence, words: &Words) -> Markup {
    let Evidence { term, part, count, weight } = evidence;
    html! {
        q { bdi { (term) } }
        @if *count > 1 { "×" (count) }
        " " (words.place(*part)) " " (format!("{weight:+}"))
    }
}
