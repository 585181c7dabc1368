//! What the daemon's work comes to, for `/metrics` and `/readyz`.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use wirefeed::archive::{Archive, Filed};
use wirefeed::pipeline::{Error, Turn};
use wirefeed::story::Revision;

/// Counts of the work so far. Cheap to clone; clones count together.
#[derive(Clone, Default)]
pub(super) struct Tally {
    stories: Family<Became, Counter>,
    files: Family<Became, Counter>,
    failures: Counter,
    revision: Gauge,
    last_turn: Gauge,
    /// Why the last turn failed, if it did.
    failed: Arc<Mutex<Option<&'static str>>>,
}

/// What became of a story or a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Became {
    became: &'static str,
}

impl Tally {
    /// A tally that `registry` tells.
    pub(super) fn in_registry(registry: &mut Registry, revision: Revision) -> Self {
        let tally = Self::default();
        tally.at(revision);
        let work = registry.sub_registry_with_prefix("wirefeed");
        work.register("stories", "Stories that were filed, by what became of them", tally.stories.clone());
        work.register("files", "Wire files, by what became of them", tally.files.clone());
        work.register("failed_turns", "Turns of the work that failed", tally.failures.clone());
        work.register("archive_revision", "Commits of the archive that changed something", tally.revision.clone());
        let help = "When the last turn of the work ended well";
        work.register_with_unit("last_turn_timestamp", help, Unit::Seconds, tally.last_turn.clone());
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

    /// A turn has ended.
    pub(super) fn turned(&self, turn: &Result<Turn, Error>, now: DateTime<Utc>) {
        let failed = match turn {
            Ok(turn) => {
                count(
                    &self.files,
                    &[("taken", turn.taken), ("known", turn.known), ("refused", turn.refused.len())],
                );
                self.last_turn.set(now.timestamp());
                None
            }
            // No more than that: whoever asks may be anybody, and the log knows the rest.
            Err(Error::Archive(_)) => Some("the archive did not take the last files"),
            Err(Error::Inbox(_)) => Some("the inbox could not be read"),
        };
        self.failures.inc_by(u64::from(failed.is_some()));
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failed;
    }

    /// Whether the archive answers and the last turn was a good one, or why not.
    pub(super) fn is_ready(&self, archive: &dyn Archive) -> Result<(), String> {
        if archive.revision().is_err() {
            return Err("the archive does not answer".to_owned());
        }
        match *self.failed.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(why) => Err(why.to_owned()),
            None => Ok(()),
        }
    }

    fn at(&self, revision: Revision) {
        self.revision.set(i64::try_from(revision.0).unwrap_or(i64::MAX));
    }
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
        let tally = Tally::in_registry(&mut registry, Revision(3));
        assert!(told(&registry).contains("wirefeed_archive_revision 3\n"));
        tally.filed(&Filed { revision: Revision(4), new: 2, waiting: 1, ..Filed::default() });
        tally.turned(&Ok(Turn { taken: 1, known: 5, ..Turn::default() }), DateTime::UNIX_EPOCH);
        let text = told(&registry);
        for line in [
            "wirefeed_stories_total{became=\"new\"} 2",
            "wirefeed_stories_total{became=\"updated\"} 0",
            "wirefeed_stories_total{became=\"waiting\"} 1",
            "wirefeed_files_total{became=\"taken\"} 1",
            "wirefeed_files_total{became=\"known\"} 5",
            "wirefeed_archive_revision 4",
            "wirefeed_failed_turns_total 0",
            "wirefeed_last_turn_timestamp_seconds 0",
        ] {
            assert!(text.lines().any(|told| told == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_turn_that_failed_is_told_until_one_is_good() {
        let mut registry = Registry::default();
        let tally = Tally::in_registry(&mut registry, Revision(0));
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
