//! How fast wire files are read, and that a file of sixteen times the size takes sixteen times as long.
//!
//! `cargo bench --bench read`. The pages stand one under the other, as often as the size asks for: the sample page, whose
//! paragraphs are as long as those of any paper, and the fixtures, which are mostly heads, notes and short lines.

use std::fs;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use divan::Bencher;
use divan::counter::BytesCount;
use wirefeed::wire;

fn main() {
    divan::main();
}

/// A file of about `size` bytes.
fn file(pages: &[String], size: usize) -> String {
    let mut file = String::with_capacity(size + 8192);
    for page in pages.iter().cycle() {
        if file.len() >= size {
            break;
        }
        file.push_str(page);
        file.push_str("\n\n\n");
    }
    file
}

fn sample() -> Vec<String> {
    vec![include_str!("../../src/commands/sample.txt").to_owned()]
}

fn fixtures() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().filter_map(|folder| fs::read_to_string(folder.join("wire.txt")).ok()).collect()
}

fn received() -> DateTime<FixedOffset> {
    "2026-11-20T20:00:00+08:00".parse().unwrap()
}

fn read(bencher: Bencher, file: &str) {
    bencher
        .counter(BytesCount::new(file.len()))
        .bench(|| wire::read(divan::black_box(file.as_bytes()), "page.txt", &received()));
}

/// Without tags: bytes in, stories out.
#[divan::bench(sample_count = 9, sample_size = 1, args = [4 << 10, 1 << 20, 16 << 20])]
fn sample_page(bencher: Bencher, size: usize) {
    read(bencher, &file(&sample(), size));
}

#[divan::bench(sample_count = 9, sample_size = 1, args = [4 << 10, 1 << 20, 16 << 20])]
fn fixture_pages(bencher: Bencher, size: usize) {
    read(bencher, &file(&fixtures(), size));
}
