//! The front page: the newest stories, and the feeds that there are to subscribe to.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{
    Channel, Entry, Family, Head, Heading, Masthead, Setting, Standing, document, formats, stories, words,
};
use crate::story::Story;

/// What the front page shows.
#[derive(Debug, Clone, Copy)]
pub struct Front<'a> {
    /// The newest stories, all of which are shown.
    pub stories: &'a [Story],
    /// The feeds that are no family's: latest first.
    pub singles: &'a [Entry],
    /// The families, in the order of their files.
    pub families: &'a [Family],
}

/// The front page.
#[must_use]
pub fn index(front: &Front, setting: Setting) -> String {
    let words = setting.words();
    let head =
        Head { title: "", channel: None, more: html! { link rel="canonical" href=(setting.site.url("/")); } };
    let main = html! {
        nav.sections aria-label=(words.subscribe) {
            @if let Some(latest) = front.singles.first() {
                @if let Some(newest) = latest.standing.newest {
                    span.newest { (words.newest) " " (words::moment(newest, setting)) }
                }
            }
            a href="#subscribe" { (words.subscribe) }
            @for (number, family) in front.families.iter().enumerate() {
                a href={ "#" (anchor(&family.heading, number)) } { (words.heading(&family.heading)) }
            }
        }
        div.front {
            div.stories {
                @if front.stories.is_empty() { p.empty { (words.nothing_yet) } }
                (stories::by_day(front.stories, setting))
                @if let Some(latest) = front.singles.first().filter(|_| !front.stories.is_empty()) {
                    p.older { a href=(setting.href(&channel(latest).page())) { (words.older) } }
                }
            }
            div.families {
                section #subscribe {
                    h2 { (words.subscribe) }
                    ul.feeds {
                        @for single in front.singles { li { (row(single, single_name(single, setting), setting)) } }
                    }
                }
                @for (number, list) in front.families.iter().enumerate() {
                    (family(list, &anchor(&list.heading, number), setting))
                }
            }
        }
    };
    document(&head, Masthead::Front, &main, setting)
}

/// A feed that is called like the site is the one of all its stories.
fn single_name<'a>(single: &'a Entry, setting: Setting) -> &'a str {
    if single.name == setting.site.title { setting.words().latest } else { &single.name }
}

/// The name by which links lead to a family.
fn anchor(heading: &Heading, number: usize) -> String {
    match heading {
        Heading::Topics => "topics".to_owned(),
        Heading::Regions => "regions".to_owned(),
        Heading::Agencies => "agencies".to_owned(),
        Heading::Named(_) => format!("family-{number}"),
    }
}

fn family(family: &Family, anchor: &str, setting: Setting) -> Markup {
    let words = setting.words();
    let tree = Tree::of(&family.entries);
    html! {
        section id=(anchor) {
            h2 {
                (words.heading(&family.heading))
                @if let Some(opml) = &family.opml { " " a.opml href=(setting.href(opml)) { "OPML" } }
            }
            @if !tree.tops.is_empty() { (branch(&tree.tops, &tree, setting)) }
            @if family.entries.len() < family.all {
                p.more { (words.in_all[0]) (family.all) (words.in_all[1]) }
            }
        }
    }
}

/// Feeds with those that are part of them: country, province, city.
struct Tree<'a> {
    tops: Vec<&'a Entry>,
    parts: HashMap<&'a str, Vec<&'a Entry>>,
}

impl<'a> Tree<'a> {
    /// Those that hold most come first; a feed whose broader one is not listed stands at the top.
    fn of(entries: &'a [Entry]) -> Self {
        let listed: HashMap<&str, &Entry> = entries.iter().map(|entry| (&*entry.path, entry)).collect();
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by_key(|entry| std::cmp::Reverse(entry.standing.stories));
        let mut tree = Self { tops: Vec::new(), parts: HashMap::new() };
        for entry in sorted {
            match entry.broader.as_deref().filter(|&broader| listed.contains_key(broader) && broader != entry.path)
            {
                Some(broader) => tree.parts.entry(broader).or_default().push(entry),
                None => tree.tops.push(entry),
            }
        }
        tree
    }

    fn parts_of(&self, entry: &Entry) -> &[&'a Entry] {
        self.parts.get(&*entry.path).map_or(&[], Vec::as_slice)
    }

    /// How many feeds are part of this one, at any depth.
    fn size(&self, entry: &Entry) -> usize {
        self.parts_of(entry).iter().map(|part| 1 + self.size(part)).sum()
    }
}

/// The entries with their depth, each before those that are part of it.
pub(super) fn in_order(entries: &[Entry]) -> Vec<(usize, &Entry)> {
    fn walk<'a>(entries: &[&'a Entry], depth: usize, tree: &Tree<'a>, order: &mut Vec<(usize, &'a Entry)>) {
        for entry in entries {
            order.push((depth, entry));
            walk(tree.parts_of(entry), depth + 1, tree, order);
        }
    }
    let tree = Tree::of(entries);
    let mut order = Vec::new();
    walk(&tree.tops, 0, &tree, &mut order);
    order
}

fn branch(entries: &[&Entry], tree: &Tree, setting: Setting) -> Markup {
    let words = setting.words();
    html! {
        ul.feeds {
            @for entry in entries {
                @let parts = tree.parts_of(entry);
                li {
                    (row(entry, &entry.name, setting))
                    @if !parts.is_empty() {
                        @let size = tree.size(entry);
                        details {
                            summary {
                                span.unseen { (entry.name) ": " (words.parts[0]) (size) (words.parts[1]) }
                            }
                            (branch(parts, tree, setting))
                        }
                    }
                }
            }
        }
    }
}

/// A feed: its name, how much it holds, its newest day, and where to subscribe.
pub(super) fn row(entry: &Entry, name: &str, setting: Setting) -> Markup {
    let channel = channel(entry);
    let Standing { stories, newest, .. } = entry.standing;
    let words = setting.words();
    html! {
        div.row.idle[stories == 0] {
            div {
                a.name href=(setting.href(&channel.page())) { bdi { (name) } }
                " " span.standing title=(words.stories(stories)) {
                    (stories)
                    @if let Some(newest) = newest {
                        @let day = words::local_day(newest, setting);
                        " · " time datetime=(day) { (day.format("%m-%d")) }
                    }
                }
            }
            (formats(&channel, name, setting))
        }
    }
}

fn channel(entry: &Entry) -> Channel {
    Channel { title: entry.name.clone(), path: entry.path.clone(), query: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, broader: Option<&str>, stories: u64) -> Entry {
        Entry {
            name: path.to_owned(),
            path: path.to_owned(),
            broader: broader.map(str::to_owned),
            standing: Standing { stories, ..Standing::default() },
        }
    }

    #[test]
    fn feeds_stand_beneath_those_that_they_are_part_of_and_the_fullest_come_first() {
        let entries = [
            entry("jiangsu", Some("china"), 4),
            entry("taicang", Some("suzhou"), 1),
            entry("france", None, 2),
            entry("anhui", Some("china"), 5),
            entry("china", None, 9),
            entry("itself", Some("itself"), 0),
        ];
        let tree = Tree::of(&entries);
        let names = |entries: &[&Entry]| entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&tree.tops), ["china", "france", "taicang", "itself"]);
        assert_eq!(names(tree.parts_of(&entries[4])), ["anhui", "jiangsu"]);
        assert_eq!(tree.size(&entries[4]), 2);
    }
}
