//! What the daemon's work comes to, for `/metrics` and `/readyz`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::{Registry, Unit};
use wirefeed::archive::{self, Archive, Filed};
use wirefeed::pipeline::{Error, Turn};
use wirefeed::story::Revision;

/// Counts of the work so far. Cheap to clone; clones count together.
#[derive(Clone, Default)]
pub(super) struct Tally {
    stories: Family<Became, Counter>,
    read: Family<Sort, Counter>,
    remarks: Family<Sort, Counter>,
    files: Family<Became, Counter>,
    files_waiting: Gauge,
    failures: Counter,
    revision: Gauge,
    last_turn: Gauge,
    kept: Gauge,
    bytes: Gauge,
    waiting: Gauge,
    reloaded: Gauge,
    newest: Newest,
    /// Why the last turn failed, if it did.
    failed: Arc<Mutex<Option<&'static str>>>,
}

/// What became of a story or a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Became {
    became: &'static str,
}

/// Of what kind a story is, or a remark.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Sort {
    kind: &'static str,
}

impl Tally {
    /// A tally that `registry` tells. No label and no figure says more of a story than its kind.
    pub(super) fn in_registry(registry: &mut Registry, revision: Revision, clock: fn() -> DateTime<Utc>) -> Self {
        let tally = Self::default();
        tally.at(revision);
        tally.reloaded.set(1);
        let work = registry.sub_registry_with_prefix("wirefeed");
        work.register("stories", "Stories that were filed, by what became of them", tally.stories.clone());
        work.register("read_stories", "Stories that were read from wire files, by kind", tally.read.clone());
        work.register("remarks", "Remarks on wire files, by kind", tally.remarks.clone());
        work.register("files", "Wire files, by what became of them", tally.files.clone());
        let help = "Wire files in the inbox that have not rested, or could not be filed yet";
        work.register("files_waiting", help, tally.files_waiting.clone());
        work.register("failed_turns", "Turns of the work that failed", tally.failures.clone());
        work.register("archive_revision", "Commits of the archive that changed something", tally.revision.clone());
        let help = "When the last turn of the work ended well";
        work.register_with_unit("last_turn_timestamp", help, Unit::Seconds, tally.last_turn.clone());
        work.register("archive_stories", "Stories that readers can be shown", tally.kept.clone());
        work.register_with_unit("archive_size", "The archive on disk", Unit::Bytes, tally.bytes.clone());
        work.register("stories_waiting", "Stories that wait for their embargo", tally.waiting.clone());
        let help = "Whether the configuration that was last read is the one in force";
        work.register("configuration_is_sound", help, tally.reloaded.clone());
        work.register_collector(Box::new(Age { newest: tally.newest.clone(), clock }));
        tally
    }

    /// A transaction is done.
    pub(super) fn filed(&self, filed: &Filed) {
        let became = [
            ("new", filed.new),
            ("updated", filed.updated),
            ("unchanged", filed.unchanged),
            ("waiting", filed.waiting),
        ];
        count(&self.stories, &became);
        self.at(filed.revision);
    }

    /// So many files are left in the inbox.
    pub(super) fn left(&self, files: usize) {
        self.files_waiting.set(gauge(files as u64));
    }

    /// How large the archive is now; `files` are what it is made of on disk.
    ///
    /// # Errors
    /// When it does not answer.
    pub(super) fn measure(&self, archive: &dyn Archive, files: &[&Path]) -> Result<(), archive::Error> {
        let standing = archive.standing(None)?;
        self.kept.set(gauge(standing.stories));
        self.waiting.set(gauge(archive.waiting()? as u64));
        *lock(&self.newest.0) = standing.newest;
        let size = |path: &&Path| path.metadata().map_or(0, |metadata| metadata.len());
        self.bytes.set(gauge(files.iter().map(size).sum()));
        Ok(())
    }

    /// The configuration was read anew, and is in force or was refused.
    pub(super) fn reloaded(&self, in_force: bool) {
        self.reloaded.set(i64::from(in_force));
    }

    /// A turn has ended.
    pub(super) fn turned(&self, turn: &Result<Turn, Error>, now: DateTime<Utc>) {
        let failed = match turn {
            Ok(turn) => {
                count(
                    &self.files,
                    &[("taken", turn.taken), ("known", turn.known), ("refused", turn.refused.len())],
                );
                sort(&self.read, &turn.stories);
                sort(&self.remarks, &turn.remarks);
                self.last_turn.set(now.timestamp());
                None
            }
            // No more than that: whoever asks may be anybody, and the log knows the rest.
            Err(Error::Archive(_)) => Some("the archive did not take the last files"),
            Err(Error::Inbox(_)) => Some("the inbox could not be read"),
        };
        self.failures.inc_by(u64::from(failed.is_some()));
        *lock(&self.failed) = failed;
    }

    /// Whether the archive answers and the last turn was a good one, or why not.
    pub(super) fn is_ready(&self, archive: &dyn Archive) -> Result<(), String> {
        if archive.revision().is_err() {
            return Err("the archive does not answer".to_owned());
        }
        match *lock(&self.failed) {
            Some(why) => Err(why.to_owned()),
            None => Ok(()),
        }
    }

    fn at(&self, revision: Revision) {
        self.revision.set(gauge(revision.0));
    }
}

/// When the newest story was published.
#[derive(Debug, Clone, Default)]
struct Newest(Arc<Mutex<Option<DateTime<Utc>>>>);

/// How old that is whenever somebody asks.
#[derive(Debug)]
struct Age {
    newest: Newest,
    clock: fn() -> DateTime<Utc>,
}

impl Collector for Age {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let Some(newest) = *lock(&self.newest.0) else { return Ok(()) };
        let help = "How long ago the newest story was published";
        let age = ConstGauge::new(((self.clock)() - newest).num_seconds());
        let figure =
            encoder.encode_descriptor("newest_story_age", help, Some(&Unit::Seconds), MetricType::Gauge)?;
        age.encode(figure)
    }
}

/// When each agency was last heard of. Clones know the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    last: Arc<Mutex<BTreeMap<String, DateTime<Utc>>>>,
    alarms: Family<From, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    agency: String,
}

impl Heard {
    /// What `registry` tells of silence.
    pub(super) fn in_registry(registry: &mut Registry, clock: fn() -> DateTime<Utc>) -> Self {
        let heard = Self::default();
        let work = registry.sub_registry_with_prefix("wirefeed");
        let help = "1 while an agency of [silence] has been silent for too long";
        work.register("agency_silent", help, heard.alarms.clone());
        work.register_collector(Box::new(Silences { heard: heard.clone(), clock }));
        heard
    }

    /// These are expected to be heard of, from now on if they never were.
    pub(super) fn watch<'a>(&self, slugs: impl Iterator<Item = &'a str>, now: DateTime<Utc>) {
        self.alarms.clear();
        let mut last = lock(&self.last);
        for slug in slugs {
            last.entry(slug.to_owned()).or_insert(now);
        }
    }

    /// A file of this agency came then; an earlier one changes nothing.
    pub(super) fn at(&self, slug: &str, at: DateTime<Utc>) {
        let mut last = lock(&self.last);
        let last = last.entry(slug.to_owned()).or_insert(at);
        *last = at.max(*last);
    }

    /// When the last one came.
    pub(super) fn last(&self, slug: &str) -> Option<DateTime<Utc>> {
        lock(&self.last).get(slug).copied()
    }

    /// Whether it has been silent for too long.
    pub(super) fn alarm(&self, slug: &str, is_silent: bool) {
        self.alarms.get_or_create(&From { agency: slug.to_owned() }).set(i64::from(is_silent));
    }
}

/// How long ago that is whenever somebody asks.
#[derive(Debug)]
struct Silences {
    heard: Heard,
    clock: fn() -> DateTime<Utc>,
}

impl Collector for Silences {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let (now, help) = ((self.clock)(), "Since the last file of an agency");
        let mut figures =
            encoder.encode_descriptor("agency_silence", help, Some(&Unit::Seconds), MetricType::Gauge)?;
        for (agency, last) in &*lock(&self.heard.last) {
            let labels = From { agency: agency.clone() };
            ConstGauge::new((now - *last).num_seconds()).encode(figures.encode_family(&labels)?)?;
        }
        Ok(())
    }
}

fn gauge(figure: u64) -> i64 {
    i64::try_from(figure).unwrap_or(i64::MAX)
}

fn sort(family: &Family<Sort, Counter>, counts: &BTreeMap<&'static str, usize>) {
    for (&kind, &times) in counts {
        family.get_or_create(&Sort { kind }).inc_by(times as u64);
    }
}

/// What these hold is right at any point, also after somebody failed while holding one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn count(family: &Family<Became, Counter>, became: &[(&'static str, usize)]) {
    for &(became, times) in became {
        family.get_or_create(&Became { became }).inc_by(times as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(registry: &Registry) -> String {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, registry).unwrap();
        text
    }

    #[test]
    fn the_work_is_told() {
        let mut registry = Registry::default();
        let tally = Tally::in_registry(&mut registry, Revision(3), || DateTime::UNIX_EPOCH);
        assert!(told(&registry).contains("wirefeed_archive_revision 3\n"));
        tally.filed(&Filed { revision: Revision(4), new: 2, waiting: 1, ..Filed::default() });
        let turn = Turn {
            taken: 1,
            known: 5,
            stories: [("text", 2), ("photo", 1)].into(),
            remarks: [("year", 1)].into(),
            ..Turn::default()
        };
        tally.turned(&Ok(turn), DateTime::UNIX_EPOCH);
        tally.left(3);
        tally.reloaded(false);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db");
        std::fs::write(&file, "12345").unwrap();
        tally.measure(&archive::Sqlite::in_memory().unwrap(), &[&file]).unwrap();
        let text = told(&registry);
        for line in [
            "wirefeed_stories_total{became=\"new\"} 2",
            "wirefeed_stories_total{became=\"updated\"} 0",
            "wirefeed_stories_total{became=\"waiting\"} 1",
            "wirefeed_files_total{became=\"taken\"} 1",
            "wirefeed_files_total{became=\"known\"} 5",
            "wirefeed_read_stories_total{kind=\"text\"} 2",
            "wirefeed_remarks_total{kind=\"year\"} 1",
            "wirefeed_files_waiting 3",
            "wirefeed_archive_stories 0",
            "wirefeed_archive_size_bytes 5",
            "wirefeed_stories_waiting 0",
            "wirefeed_configuration_is_sound 0",
            "wirefeed_archive_revision 4",
            "wirefeed_failed_turns_total 0",
            "wirefeed_last_turn_timestamp_seconds 0",
        ] {
            assert!(text.lines().any(|told| told == line), "{line}\n{text}");
        }
    }

    #[test]
    fn silence_is_told_by_agency() {
        let mut registry = Registry::default();
        let now = || DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(5);
        let heard = Heard::in_registry(&mut registry, now);
        heard.watch(["xinhua"].into_iter(), DateTime::UNIX_EPOCH);
        heard.at("reuters", now());
        heard.alarm("xinhua", true);
        let text = told(&registry);
        for line in [
            "wirefeed_agency_silence_seconds{agency=\"xinhua\"} 300",
            "wirefeed_agency_silence_seconds{agency=\"reuters\"} 0",
            "wirefeed_agency_silent{agency=\"xinhua\"} 1",
        ] {
            assert!(text.lines().any(|told| told == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_turn_that_failed_is_told_until_one_is_good() {
        let mut registry = Registry::default();
        let tally = Tally::in_registry(&mut registry, Revision(0), || DateTime::UNIX_EPOCH);
        let folder = tempfile::tempdir().unwrap();
        let archive = wirefeed::archive::Sqlite::open(&folder.path().join("a.db")).unwrap();
        assert_eq!(tally.is_ready(&archive), Ok(()));
        tally.turned(&Err(Error::Archive(wirefeed::archive::Error::Foreign)), DateTime::UNIX_EPOCH);
        assert_eq!(tally.is_ready(&archive), Err("the archive did not take the last files".to_owned()));
        assert!(told(&registry).contains("wirefeed_failed_turns_total 1\n"));
        tally.turned(&Ok(Turn::default()), DateTime::UNIX_EPOCH);
        assert_eq!(tally.is_ready(&archive), Ok(()));
    }
}
