//! How fast stories are labelled, whatever the number of terms; and read and labelled together.
//!
//! `cargo bench --bench tag`. Terms beside the built-in ones are made up, two to four ideographs each; a few of them
//! stand in the text, as a few of any table do.

use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use wirefeed::config::Config;
use wirefeed::story::Story;
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::{Regions, Taxonomy, Topics};
use wirefeed::wire;

fn main() {
    divan::main();
}

const PAGE: &str = include_str!("../../src/commands/sample.txt");

fn received() -> DateTime<FixedOffset> {
    "2026-11-20T20:00:00+08:00".parse().unwrap()
}

fn stories() -> Vec<Story> {
    wire::read(PAGE.as_bytes(), "page.txt", &received()).stories
}

/// A table of `count` terms in topics of two hundred, and no regions.
fn made_up(count: usize) -> Taxonomy {
    let ideographs: Vec<char> = ('\u{4e00}'..='\u{6fff}').collect();
    let mut state = 7_usize;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ideographs[(state >> 33) % ideographs.len()]
    };
    let mut toml = String::new();
    for topic in 0..count.div_ceil(200) {
        let terms: Vec<String> =
            (0..200.min(count)).map(|at| (0..2 + at % 3).map(|_| next()).collect::<String>()).collect();
        write!(
            toml,
            "[[topic]]\ncode = \"made:{topic}\"\nslug = \"made-{topic}\"\nname = {{ zh = \"题\", en = \"made\" }}\n\
             [topic.terms]\nstrong = \"{}\"\n",
            terms.join(", ")
        )
        .unwrap();
    }
    let regions = "[[region]]\ncode = \"XX\"\nname = { zh = \"处\", en = \"place\" }\n";
    Taxonomy::new(Topics::parse(&toml).unwrap(), Regions::parse(regions).unwrap())
}

fn tag(bencher: Bencher, taxonomy: &Taxonomy) {
    let tagger = Tagger::new(taxonomy);
    let mut stories = stories();
    let bytes: usize =
        stories.iter().map(|story| story.body.iter().map(|block| block.text.len()).sum::<usize>()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(stories.len()))
        .bench_local(|| stories.iter_mut().for_each(|story| drop(divan::black_box(tagger.tag(story)))));
}

/// The built-in tables.
#[divan::bench]
fn built_in(bencher: Bencher) {
    tag(bencher, &Taxonomy::embedded());
}

/// One table of so many terms.
#[divan::bench(args = [4_000, 40_000])]
fn terms(bencher: Bencher, count: usize) {
    tag(bencher, &made_up(count));
}

/// Bytes in, labelled stories out: a file of a megabyte.
#[divan::bench(sample_count = 9, sample_size = 1)]
fn read_and_tag(bencher: Bencher) {
    let tagger = Tagger::new(&Taxonomy::embedded());
    let file = PAGE.to_owned() + "\n\n\n";
    let file = file.repeat((1 << 20) / file.len());
    bencher
        .counter(BytesCount::new(file.len()))
        .counter(ItemsCount::new(wire::read(file.as_bytes(), "page.txt", &received()).stories.len()))
        .bench(|| {
            let mut reading = wire::read(divan::black_box(file.as_bytes()), "page.txt", &received());
            reading.stories.iter_mut().for_each(|story| drop(tagger.tag(story)));
            reading
        });
}

/// What a start costs before the first file can be read: the tables, and the automata of their terms.
#[divan::bench(sample_count = 9, sample_size = 1)]
fn start_up() -> Tagger {
    let config = Config::parse("", Path::new("built-in")).unwrap();
    Tagger::learn(&config.taxonomy, |one, other| {
        std::thread::scope(|threads| {
            threads.spawn(one);
            other();
        });
    })
}
