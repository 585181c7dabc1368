//! `parse --explain`: the page with each line's role in the margin, and the evidence for the tags of each story.

use std::io::{self, Write};

use chrono_tz::Tz;
use wirefeed::story::{Evidence, Label, Part, Story};
use wirefeed::tag::Ambiguous;
use wirefeed::taxonomy::Taxonomy;
use wirefeed::wire::Reading;

use super::{left_out, region_name, text, topic_name};

/// Prints the page, then each story.
pub(super) fn page(
    out: &mut impl Write,
    shown: &str,
    reading: &Reading,
    ambiguous: &[Vec<Ambiguous>],
    taxonomy: &Taxonomy,
    zone: Tz,
) -> io::Result<()> {
    let stories = reading.stories.len();
    writeln!(out, "{shown}: {}, {stories} {}", reading.encoding, if stories == 1 { "story" } else { "stories" })?;
    lines(out, reading)?;
    for (at, (told, ambiguous)) in reading.stories.iter().zip(ambiguous).enumerate() {
        writeln!(out, "\nstory {}: {}", at + 1, told.headline)?;
        story(out, told, ambiguous, taxonomy, zone)?;
    }
    if !reading.remarks.is_empty() {
        writeln!(out, "\nremarks")?;
    }
    for remark in &reading.remarks {
        writeln!(out, "  {remark}")?;
    }
    writeln!(out)
}

/// Each line with its number, its story, its role, and why it begins what it begins.
fn lines(out: &mut impl Write, reading: &Reading) -> io::Result<()> {
    let mut roles = reading.lines.iter().peekable();
    for (at, text) in reading.page.lines().enumerate() {
        let number = at + 1;
        let role = roles.next_if(|role| role.number == number);
        let story = role.and_then(|role| role.story).map_or(String::new(), |story| (story + 1).to_string());
        let word = role.map_or("", |role| role.role.word());
        let why = role.and_then(|role| role.why).map_or(String::new(), |why| format!("   ← {why}"));
        writeln!(out, "{number:>5} {story:>3} {word:<9} │ {text}{why}")?;
    }
    Ok(())
}

/// What a story carries beside its text, and what spoke for it.
fn story(
    out: &mut impl Write,
    story: &Story,
    ambiguous: &[Ambiguous],
    taxonomy: &Taxonomy,
    zone: Tz,
) -> io::Result<()> {
    for line in [text::standing(story, zone), text::origin(story, zone), story.ednote.clone()] {
        if !line.is_empty() {
            writeln!(out, "  {line}")?;
        }
    }
    for label in &story.regions {
        evidence(out, &region_name(taxonomy, &label.code), label)?;
    }
    for label in &story.topics {
        evidence(out, &topic_name(taxonomy, &label.code), label)?;
    }
    for ambiguous in ambiguous {
        writeln!(out, "  {}", left_out(ambiguous, taxonomy))?;
    }
    Ok(())
}

fn evidence<C: std::fmt::Display>(out: &mut impl Write, name: &str, label: &Label<C>) -> io::Result<()> {
    if label.implied {
        return writeln!(out, "  {} {name}: implied", label.code);
    }
    writeln!(out, "  {} {name}: {}", label.code, label.weight)?;
    for Evidence { term, part, count, weight } in &label.evidence {
        writeln!(out, "    {weight:>+4}  {term} ×{count} ({})", part_word(*part))?;
    }
    Ok(())
}

fn part_word(part: Part) -> &'static str {
    match part {
        Part::Headline => "headline",
        Part::Dateline => "dateline",
        Part::Lead => "lead",
        Part::Subhead => "sub-heads",
        Part::Body => "body",
        Part::Caption => "captions",
    }
}
