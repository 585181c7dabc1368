//! A story for people: its head, what becomes of it, its text.

use std::io::{self, Write};

use chrono_tz::Tz;
use wirefeed::story::{BlockKind, PubStatus, Story};
use wirefeed::taxonomy::Taxonomy;

use super::{region_name, topic_name};

/// Prints a story.
pub(super) fn story(out: &mut impl Write, story: &Story, taxonomy: &Taxonomy, zone: Tz) -> io::Result<()> {
    for (word, line) in [("", &story.kicker), ("# ", &story.headline), ("", &story.subheadline)] {
        if !line.is_empty() {
            writeln!(out, "{word}{line}")?;
        }
    }
    for line in [standing(story, zone), origin(story, zone), tags(story, taxonomy)] {
        if !line.is_empty() {
            writeln!(out, "[{line}]")?;
        }
    }
    for block in &story.body {
        writeln!(out, "\n{}{}", if block.kind == BlockKind::Subhead { "## " } else { "" }, block.text)?;
    }
    for caption in &story.captions {
        writeln!(out, "\n▣ {} {}", caption.text, caption.credit)?;
    }
    for (word, line) in [("credits", &story.credits), ("not for publication", &story.ednote)] {
        if !line.is_empty() {
            writeln!(out, "\n[{word}: {line}]")?;
        }
    }
    writeln!(out, "\n")
}

/// What keeps the story from being published, or distinguishes it; empty for one like any other.
pub(super) fn standing(story: &Story, zone: Tz) -> String {
    let embargo = |word| story.embargoed.map(|at| format!("{word} {}", at.with_timezone(&zone).to_rfc3339()));
    let status = match story.pubstatus {
        PubStatus::Usable => embargo("embargo lifted"),
        PubStatus::Withheld => {
            Some(embargo("withheld until").unwrap_or_else(|| "withheld until somebody releases it".to_owned()))
        }
        PubStatus::Canceled => Some("canceled".to_owned()),
    };
    let corrected = story.corrected.then(|| "corrected".to_owned());
    let urgency = story.urgency.map(|urgency| format!("urgency {urgency}"));
    [status, corrected, urgency].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// When, where and by whom: the time of publication, the slug, the dateline, the people.
pub(super) fn origin(story: &Story, zone: Tz) -> String {
    let people: Vec<&str> = story.bylines.iter().map(|byline| byline.name.as_str()).collect();
    let dateline = story.dateline.as_ref().map_or(String::new(), |d| {
        let date = d.date.map_or(String::new(), |date| date.to_string());
        let parts = [d.agency.clone(), d.places.join("/"), date];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let published = story.published.with_timezone(&zone).to_rfc3339();
    let parts = [published, story.slugline.clone(), dateline, people.join("、")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn tags(story: &Story, taxonomy: &Taxonomy) -> String {
    let regions =
        story.regions.iter().filter(|label| !label.implied).map(|label| region_name(taxonomy, &label.code));
    let topics = story.topics.iter().filter(|label| !label.implied).map(|label| topic_name(taxonomy, &label.code));
    regions.chain(topics).collect::<Vec<_>>().join(" · ")
}
