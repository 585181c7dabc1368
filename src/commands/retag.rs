//! `wirefeed retag`: every story of the archive under the labels that today's tables give it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use wirefeed::archive::Place;
use wirefeed::story::{Label, Region, Story, Topic};
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::Taxonomy;

use super::{Done, Failure, Outcome, load, now, there_already};
use crate::cli::RetagArgs;

pub(crate) fn run(args: &RetagArgs) -> Outcome {
    let config = load(args.config.as_deref())?;
    let url = args.archive.as_ref().unwrap_or(&config.archive);
    let archive = there_already(url, args.dry_run)?;
    let tagger = super::tagger(&config.taxonomy);
    let stopped = interrupted();
    let size = archive.size()?;
    let bar = bar(size);
    let mut tally = Tally::default();
    let mut after = None;
    while !stopped.load(Ordering::Relaxed) {
        let stories = archive.walk(after.as_ref(), BATCH)?;
        let Some((last, _)) = stories.last() else { break };
        after = Some(last.clone());
        let walked = stories.len();
        let relabelled = relabelled(&tagger, stories, &mut tally);
        if !args.dry_run && !relabelled.is_empty() {
            archive.relabel(&relabelled, now())?;
        }
        bar.inc(walked as u64);
    }
    bar.finish_and_clear();
    tally.report(&mut io::stdout().lock(), &config.taxonomy, args.dry_run)?;
    if stopped.load(Ordering::Relaxed) {
        let (walked, kept) =
            (tally.stories, if args.dry_run { "nothing was written" } else { "their labels stay" });
        let message =
            format!("stopped after {walked} of {size} stories; {kept}, and another run goes on to the rest");
        return Err(Failure::Running(anyhow::anyhow!(message)));
    }
    Ok(Done::Whole)
}

/// Becomes true when a person asks to stop: between two batches nothing is half done.
fn interrupted() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stopped);
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        // Where signals cannot be heard, one ends the process at once; each batch is a transaction of its own.
        let heard = runtime.map(|runtime| runtime.block_on(tokio::signal::ctrl_c()));
        told.store(matches!(heard, Ok(Ok(()))), Ordering::Relaxed);
    });
    stopped
}

/// Stories in one transaction: some ten megabytes, and a fraction of a second for which others wait.
const BATCH: usize = 1_000;

/// On stderr, and only where that is a terminal.
fn bar(stories: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} stories, {rate}, {eta} left")
        .expect("the template is sound")
        .with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
            // A bar that cannot be drawn is not worth an error.
            let _ = write!(out, "{:.0}/s", state.per_sec());
        });
    ProgressBar::new(stories as u64).with_style(style)
}

/// Labels the stories on all cores, and keeps those whose labels are others now.
fn relabelled(tagger: &Tagger, mut stories: Vec<(Place, Story)>, tally: &mut Tally) -> Vec<(Place, Story)> {
    let before: Vec<Labels> = stories.iter().map(|(_, story)| Labels::of(story)).collect();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = stories.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        for share in stories.chunks_mut(share) {
            scope.spawn(|| share.iter_mut().for_each(|(_, story)| drop(tagger.tag(story))));
        }
    });
    let changed = |((place, story), before): ((Place, Story), Labels)| {
        let now = Labels::of(&story);
        tally.compare(&before, &now);
        (now != before).then_some((place, story))
    };
    stories.into_iter().zip(before).filter_map(changed).collect()
}

/// All that a story is filed under, with the evidence.
#[derive(PartialEq)]
struct Labels {
    topics: Vec<Label<Topic>>,
    regions: Vec<Label<Region>>,
}

impl Labels {
    fn of(story: &Story) -> Self {
        Self { topics: story.topics.clone(), regions: story.regions.clone() }
    }

    fn codes(&self) -> Vec<Code> {
        let topics = self.topics.iter().map(|label| Code::Topic(label.code.clone()));
        topics.chain(self.regions.iter().map(|label| Code::Region(label.code.clone()))).collect()
    }
}

/// A topic or a region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Code {
    Topic(Topic),
    Region(Region),
}

/// What a retag did, or would do.
#[derive(Default)]
struct Tally {
    stories: usize,
    /// Stories that are in other feeds now.
    moved: usize,
    /// Stories in the same feeds, for other reasons.
    reweighed: usize,
    /// Stories that each feed gains and loses.
    feeds: BTreeMap<Code, (usize, usize)>,
}

impl Tally {
    fn compare(&mut self, before: &Labels, now: &Labels) {
        self.stories += 1;
        let (old, new) = (before.codes(), now.codes());
        let gained: Vec<&Code> = new.iter().filter(|code| !old.contains(code)).collect();
        let lost: Vec<&Code> = old.iter().filter(|code| !new.contains(code)).collect();
        if gained.is_empty() && lost.is_empty() {
            self.reweighed += usize::from(before != now);
            return;
        }
        self.moved += 1;
        for code in gained {
            self.feeds.entry(code.clone()).or_default().0 += 1;
        }
        for code in lost {
            self.feeds.entry(code.clone()).or_default().1 += 1;
        }
    }

    /// The feeds that changed most come first.
    fn report(&self, out: &mut impl Write, taxonomy: &Taxonomy, dry_run: bool) -> io::Result<()> {
        /// Lines that somebody reads.
        const MOST: usize = 40;
        let Self { stories, moved, reweighed, feeds } = self;
        let would = if dry_run { "would be" } else { "are" };
        writeln!(
            out,
            "{stories} stories: {moved} {would} in other feeds, {reweighed} in the same for other reasons"
        )?;
        let mut feeds: Vec<_> = feeds.iter().collect();
        feeds.sort_by_key(|(_, (gained, lost))| Reverse(gained + lost));
        for (code, (gained, lost)) in feeds.iter().take(MOST) {
            writeln!(out, "{:>8} {:>8}  {}", format!("+{gained}"), format!("-{lost}"), named(code, taxonomy))?;
        }
        if let Some(more) = feeds.len().checked_sub(MOST).filter(|more| *more > 0) {
            writeln!(out, "and {more} more feeds")?;
        }
        Ok(())
    }
}

fn named(code: &Code, taxonomy: &Taxonomy) -> String {
    let (code, names) = match code {
        Code::Topic(topic) => (topic.as_str(), taxonomy.topics.get(topic).map(|concept| &concept.names)),
        Code::Region(region) => (region.as_str(), taxonomy.regions.get(region).map(|concept| &concept.names)),
    };
    names.map_or_else(
        || format!("{code} (no longer in the tables)"),
        |names| format!("{code} {} {}", names.zh, names.en),
    )
}
