//! `wirefeed show`: all that is known of a story, and why it is not shown.

use std::io::{self, Write};

use wirefeed::archive::{Deed, Known, Past};
use wirefeed::story::{PubStatus, Story};

use super::{Done, Failure, Outcome, load, there_already};
use crate::cli::StoryArgs;

pub(crate) fn run(args: &StoryArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
    let archive = there_already(args.archive.as_ref().unwrap_or(&config.archive), true)?;
    let Some(known) = archive.known(&args.id)? else {
        return Err(Failure::Usage(anyhow::anyhow!("there is no story {}", args.id)));
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}\n{}", args.id, config.site.url(&format!("/stories/{}", args.id)))?;
    for line in standing(&known) {
        writeln!(out, "{line}")?;
    }
    for story in &known.waiting {
        writeln!(out, "\nwaiting: {}", story.headline)?;
    }
    for Past { story, wire } in &known.versions {
        writeln!(out, "\nversion {}, {}: {}", story.version, told(story), story.headline)?;
        writeln!(out, "  published {}, changed {}", story.published, story.versioncreated)?;
        if let Some((name, received)) = wire {
            writeln!(out, "  from {name}, received {received}")?;
        }
        for note in [&story.correction, &story.ednote].into_iter().filter(|note| !note.is_empty()) {
            writeln!(out, "  {note}")?;
        }
    }
    Ok(Done::Whole)
}

/// Whether it is shown, and why not: each reason in a line.
fn standing(known: &Known) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((deed, since)) = known.decided {
        let deed = if deed == Deed::Kill { "killed" } else { "held" };
        lines.push(format!("{deed} by hand since {since}"));
    }
    match known.pending {
        Some(true) => lines.push("a notice that fits several stories, so it was applied to none".to_owned()),
        Some(false) => lines.push("a notice whose story has not come".to_owned()),
        None => {}
    }
    for until in known.waiting.iter().filter_map(|story| story.embargoed) {
        lines.push(format!("under embargo until {until}"));
    }
    let newest = known.versions.first().map(|past| &past.story);
    match newest {
        Some(story) if story.pubstatus == PubStatus::Usable => lines.push("shown".to_owned()),
        Some(story) if lines.is_empty() => lines.push(match story.pubstatus {
            PubStatus::Canceled => "not shown: its agency has withdrawn it".to_owned(),
            _ => "not shown: its embargo cannot be read, or its agency asks to hold it".to_owned(),
        }),
        _ => {}
    }
    lines
}

fn told(story: &Story) -> &'static str {
    match story.pubstatus {
        PubStatus::Usable if story.corrected => "corrected",
        PubStatus::Usable => "usable",
        PubStatus::Withheld => "withheld",
        PubStatus::Canceled => "withdrawn",
    }
}
