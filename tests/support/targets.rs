//! What a fuzz target does with the bytes that it is given. `tests/properties.rs` does the same with bytes of chance and
//! with every file of `tests/fuzz/corpus`; a target there has the name of its function here.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of it")]

pub mod keeps;
pub mod made;
pub mod pages;

use std::path::Path;
use std::sync::LazyLock;

use arbtest::arbitrary::Unstructured;
use chrono::{DateTime, FixedOffset};
use wirefeed::config::Config;
use wirefeed::edition::Address;
use wirefeed::feed::query::Query;
use wirefeed::feed::{Catalogue, Format, Site};
use wirefeed::story::Language;
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::{Regions, Taxonomy, Topics};
use wirefeed::wire::{self, Reading};

/// What takes bytes and panics when something is wrong.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Target); 5] = [
    ("wire_bytes", wire_bytes),
    ("wire_alphabet", wire_alphabet),
    ("recombine", recombine),
    ("config_toml", config_toml),
    ("http_path", http_path),
];

/// The bytes are a wire file.
pub fn wire_bytes(bytes: &[u8]) {
    let reading = read(bytes);
    keeps::of_reading(&reading);
    if let Ok(text) = str::from_utf8(bytes) {
        keeps::of_text(text, &reading);
    }
}

/// The bytes choose words that mean something to the parser.
pub fn wire_alphabet(bytes: &[u8]) {
    of_text(&made::wire_like(bytes));
}

/// The bytes choose fixtures, cut them, wrap them anew and put them under each other.
pub fn recombine(bytes: &[u8]) {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        pages::pages().into_iter().filter_map(|page| String::from_utf8(page.wire).ok()).collect()
    });
    of_text(&made::recombined(&mut Unstructured::new(bytes), &TEXTS).unwrap_or_default());
}

/// The text is a page.
pub fn of_text(text: &str) {
    wire_bytes(text.as_bytes());
}

fn read(bytes: &[u8]) -> Reading {
    static RECEIVED: LazyLock<DateTime<FixedOffset>> =
        LazyLock::new(|| "2026-11-21T08:00:00+08:00".parse().expect("it is a time"));
    wire::read(bytes, "wire.txt", &*RECEIVED)
}

/// The bytes are a configuration, a table of topics, one of regions, and the definition of a feed: what is taken can be
/// used, and what is not says why.
pub fn config_toml(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    // What names files is left to tests that know the files.
    if !text.contains("taxonomy")
        && let Err(error) = Config::parse(text, Path::new("wirefeed.toml"))
    {
        assert!(!error.to_string().is_empty());
    }
    let taxonomy = match (Topics::parse(text), Regions::parse(text)) {
        (Err(topics), Err(regions)) => {
            assert!(!topics.to_string().is_empty() && !regions.to_string().is_empty());
            empty()
        }
        (topics, regions) => {
            let empty = empty();
            let taxonomy = Taxonomy::new(topics.unwrap_or(empty.topics), regions.unwrap_or(empty.regions));
            let tagger = Tagger::new(&taxonomy);
            read(text.as_bytes()).stories.iter_mut().for_each(|story| drop(tagger.tag(story)));
            taxonomy
        }
    };
    match Catalogue::parse([("feed.toml", text)], &taxonomy) {
        Ok(catalogue) => every_feed_is_found(&catalogue, &taxonomy),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn empty() -> Taxonomy {
    let sound = "a table without concepts is sound";
    Taxonomy::new(Topics::parse("topic = []").expect(sound), Regions::parse("region = []").expect(sound))
}

/// A feed is found at the path that it says, and nowhere else.
fn every_feed_is_found(catalogue: &Catalogue, taxonomy: &Taxonomy) {
    let site = site();
    for feed in catalogue.feeds(&site, taxonomy) {
        let found = catalogue.resolve(&feed.path, &site, taxonomy);
        assert_eq!(found.as_ref(), Some(&feed), "{}", feed.path);
        for format in Format::ALL {
            let path = feed.path_as(format);
            assert_eq!(Address::parse(&path, None, Language::En).map(|address| address.path()), Some(path));
        }
    }
}

fn site() -> Site {
    Site {
        title: "河口通讯".to_owned(),
        base_url: "http://127.0.0.1:8080".to_owned(),
        author: "河口通讯编辑部".to_owned(),
        language: Language::ZhHans,
        timezone: chrono_tz::Asia::Shanghai,
    }
}

/// The text is the path of a URL: it leads to one page at most, and that page has one path.
pub fn http_path(bytes: &[u8]) {
    static SHIPPED: LazyLock<(Catalogue, Taxonomy)> =
        LazyLock::new(|| (Catalogue::embedded(), Taxonomy::embedded()));
    let Ok(path) = str::from_utf8(bytes) else { return };
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    if let Some(address) = Address::parse(path, query, Language::En) {
        let found = address.path();
        let (found, asked) = found.split_once('?').map_or((&*found, None), |(found, asked)| (found, Some(asked)));
        assert_eq!(found, path);
        assert!(asked.is_none() || asked == query);
    }
    let (catalogue, taxonomy) = &*SHIPPED;
    if let Some(query) = query
        && let Ok(asked) = Query::parse(query, taxonomy, chrono_tz::UTC)
    {
        let again = Query::parse(&asked.canonical, taxonomy, chrono_tz::UTC).expect("what we wrote can be read");
        assert_eq!((again.selection, again.canonical), (asked.selection, asked.canonical));
    }
    if let Some(feed) = catalogue.resolve(path, &site(), taxonomy) {
        assert_eq!(feed.path, path);
    }
}
