//! Pages that are odd in one way each, and the stories that a careful editor reads in them.
//!
//! A folder in `tests/fixtures` holds `wire.txt`, `stories.json`, and where they matter `remarks.txt`, `name.txt` and
//! `received.txt`. `UPDATE_EXPECT=1` writes down what the parser says.

mod support;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::ops::Not;

use chrono::{FixedOffset, NaiveDate, SecondsFormat};
use encoding_rs::{BIG5, GB18030};
use serde::{Deserialize, Serialize};
use support::pages::{Page, pages, pages_in};
use wirefeed::story::{Block, BlockKind, Caption, Dateline, Kind, Language, PubStatus, Story};
use wirefeed::wire::{self, Reading};

#[test]
fn pages_are_read_as_an_editor_reads_them() {
    let update = env::var_os("UPDATE_EXPECT").is_some();
    let pages = pages();
    let wrong: Vec<String> = pages.iter().filter_map(|page| differences(page, update)).collect();
    assert!(wrong.is_empty(), "{} of {} pages:\n\n{}", wrong.len(), pages.len(), wrong.join("\n"));
}

/// `tests/gaps` holds pages that the parser is known to read wrongly, with what would be right.
#[test]
fn a_gap_that_is_closed_moves_to_the_fixtures() {
    let closed: Vec<String> = pages_in("gaps")
        .into_iter()
        .filter(|page| differences(page, false).is_none())
        .map(|page| page.case)
        .collect();
    assert!(
        closed.is_empty(),
        "read as they should be now; move them from tests/gaps to tests/fixtures: {closed:?}"
    );
}

/// What the parser says that `page` does not expect, as a text for people.
fn differences(page: &Page, update: bool) -> Option<String> {
    let said = read(page, &page.wire);
    let mut wrong = String::new();
    let stories = as_json(&stories(&said, page));
    let remarks = said.remarks.iter().fold(String::new(), |text, remark| format!("{text}{remark}\n"));
    if update {
        fs::write(page.folder.join("stories.json"), &stories).unwrap();
        if page.beside("remarks.txt").is_some() {
            fs::write(page.folder.join("remarks.txt"), &remarks).unwrap();
        }
    } else {
        wrong.push_str(&diff(&expected(page), &stories));
        if let Some(expected) = page.beside("remarks.txt") {
            wrong.push_str(&diff(&expected, &remarks));
        }
    }
    for (print, bytes) in prints(&page.wire) {
        let same = as_json(&self::stories(&read(page, &bytes), page));
        if same != stories {
            let _ = write!(wrong, "as {print}, against the page as it is:\n{}", diff(&stories, &same));
        }
    }
    wrong.is_empty().not().then(|| format!("== {}\n{wrong}", page.case))
}

fn read(page: &Page, bytes: &[u8]) -> Reading {
    wire::read(bytes, &page.name, &page.received)
}

/// The same page as it may come from elsewhere. Bytes that are no UTF-8 come in one way only.
fn prints(wire: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let Ok(text) = str::from_utf8(wire) else { return Vec::new() };
    let utf16 = |bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect();
    let mut prints = vec![
        ("UTF-8 with BOM", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
    ];
    if !text.contains('\r') {
        prints.push(("CRLF", text.replace('\n', "\r\n").into_bytes()));
        prints.push(("CR", text.replace('\n', "\r").into_bytes()));
    }
    for (name, encoding) in [("GB18030", GB18030), ("Big5", BIG5)] {
        let (bytes, _, unmappable) = encoding.encode(text);
        if !unmappable && !text.is_ascii() {
            prints.push((name, bytes.into_owned()));
        }
    }
    prints
}

/// What a reader of `stories.json` wants to see of a story.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    kind: Kind,
    status: PubStatus,
    #[serde(skip_serializing_if = "Not::not", default)]
    corrected: bool,
    language: Language,
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<u8>,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    slugline: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    kicker: String,
    headline: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    subheadline: String,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    byline: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<SeenDateline>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    paragraphs: Vec<SeenBlock>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    captions: Vec<Caption>,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    credits: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    ednote: String,
    /// In the zone of the page.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    embargoed: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenDateline {
    #[serde(skip_serializing_if = "String::is_empty", default)]
    agency: String,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    places: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<NaiveDate>,
}

/// A paragraph is a string, a sub-head says what it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum SeenBlock {
    Paragraph(String),
    Subhead { subhead: String },
}

fn stories(reading: &Reading, page: &Page) -> Vec<Seen> {
    reading.stories.iter().map(|story| seen(story, *page.received.offset())).collect()
}

fn seen(story: &Story, zone: FixedOffset) -> Seen {
    let Story { kind, pubstatus, corrected, urgency, language, .. } = *story;
    let embargoed = story.embargoed.map(|at| at.with_timezone(&zone));
    Seen {
        kind,
        status: pubstatus,
        corrected,
        language,
        urgency,
        slugline: story.slugline.clone(),
        kicker: story.kicker.clone(),
        headline: story.headline.clone(),
        subheadline: story.subheadline.clone(),
        byline: story.bylines.iter().map(|byline| byline.name.clone()).collect(),
        dateline: story.dateline.as_ref().map(seen_dateline),
        paragraphs: story.body.iter().map(seen_block).collect(),
        captions: story.captions.clone(),
        credits: story.credits.clone(),
        ednote: story.ednote.clone(),
        embargoed: embargoed.map_or(String::new(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, false)),
    }
}

fn seen_dateline(dateline: &Dateline) -> SeenDateline {
    SeenDateline { agency: dateline.agency.clone(), places: dateline.places.clone(), date: dateline.date }
}

fn seen_block(block: &Block) -> SeenBlock {
    match block.kind {
        BlockKind::Paragraph => SeenBlock::Paragraph(block.text.clone()),
        BlockKind::Subhead => SeenBlock::Subhead { subhead: block.text.clone() },
    }
}

fn as_json(stories: &[Seen]) -> String {
    let json = serde_json::to_string_pretty(stories).expect("stories are plain data");
    format!("{json}\n")
}

/// `stories.json`, laid out as the parser's stories are.
fn expected(page: &Page) -> String {
    let json = page.beside("stories.json").unwrap_or_else(|| "[]".to_owned());
    let stories: Vec<Seen> =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}/stories.json: {error}", page.case));
    as_json(&stories)
}

/// The lines that differ, `-` before what was expected, `+` before what was said, with a line around them.
fn diff(expected: &str, said: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), said.lines().collect());
    // kept[i][j]: how many lines of old[i..] and new[j..] can be kept.
    let mut kept = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            kept[i][j] =
                if old[i] == new[j] { kept[i + 1][j + 1] + 1 } else { kept[i + 1][j].max(kept[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines: Vec<(char, &str)> = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && kept[i + 1][j] >= kept[i][j + 1] {
            lines.push(('-', old[i]));
            i += 1;
        } else {
            lines.push(('+', new[j]));
            j += 1;
        }
    }
    let near =
        |at: usize| lines[at.saturating_sub(1)..(at + 2).min(lines.len())].iter().any(|(sign, _)| *sign != ' ');
    let shown = lines.iter().enumerate().filter(|(at, _)| near(*at));
    shown.fold(String::new(), |mut text, (_, (sign, line))| {
        let _ = writeln!(text, "{sign} {line}");
        text
    })
}
