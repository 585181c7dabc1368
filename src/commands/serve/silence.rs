//! From whom nothing has come for too long: a wire that is down makes no noise of its own.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use wirefeed::archive::{Archive, Error};
use wirefeed::config::Watched;
use wirefeed::story::{Agency, Mark};
use wirefeed::taxonomy::Taxonomy;

use super::super::tally::Heard;

/// Listens for agencies. Those that no table knows and nobody asked for are passed over: a page could name any number
/// of them.
pub(super) struct Silence {
    /// The word for each name.
    slugs: HashMap<Agency, String>,
    watched: Vec<Watched>,
    /// When the last file of each came.
    heard: Heard,
    /// Who has been silent for too long: told once.
    silent: BTreeSet<String>,
}

impl Silence {
    /// Who was heard of before this process is what the archive knows.
    ///
    /// # Errors
    /// When the archive does not answer.
    pub(super) fn new(
        watched: Vec<Watched>,
        taxonomy: &Taxonomy,
        archive: &dyn Archive,
        heard: Heard,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let slugs = slugs(&watched, taxonomy);
        let mut silence = Self { slugs, watched: Vec::new(), heard, silent: BTreeSet::new() };
        for (mark, standing) in archive.standings()? {
            if let (Mark::Agency(agency), Some(changed)) = (mark, standing.changed) {
                silence.note(&agency, changed);
            }
        }
        silence.watch(watched, taxonomy, now);
        Ok(silence)
    }

    /// Watches these from now on.
    pub(super) fn watch(&mut self, watched: Vec<Watched>, taxonomy: &Taxonomy, now: DateTime<Utc>) {
        self.slugs = slugs(&watched, taxonomy);
        self.silent.retain(|slug| watched.iter().any(|agency| agency.slug == *slug));
        self.heard.watch(watched.iter().map(|agency| agency.slug.as_str()), now);
        self.watched = watched;
    }

    /// A file of theirs has come.
    pub(super) fn hear(&mut self, agencies: &BTreeSet<Agency>, now: DateTime<Utc>) {
        for agency in agencies {
            self.note(agency, now);
        }
    }

    fn note(&self, agency: &Agency, at: DateTime<Utc>) {
        if let Some(slug) = self.slugs.get(agency) {
            self.heard.at(slug, at);
        }
    }

    /// Tells who has fallen silent, and who has come back.
    pub(super) fn look(&mut self, now: DateTime<Utc>) {
        for Watched { slug, patience, .. } in &self.watched {
            let Some(last) = self.heard.last(slug) else { continue };
            // A clock that was set back makes nobody silent.
            let is_silent = (now - last).to_std().is_ok_and(|silence| silence > *patience);
            if is_silent && self.silent.insert(slug.clone()) {
                tracing::warn!(agency = slug, since = %last, ?patience, "nothing has come from this agency for too long");
            }
            if !is_silent && self.silent.remove(slug) {
                tracing::info!(agency = slug, "this agency is heard of again");
            }
            self.heard.alarm(slug, is_silent);
        }
    }
}

/// The words for agencies by their names in datelines.
fn slugs(watched: &[Watched], taxonomy: &Taxonomy) -> HashMap<Agency, String> {
    let known = taxonomy.agencies.iter().map(|agency| (&agency.slug, &agency.printed));
    let asked = watched.iter().map(|agency| (&agency.slug, &agency.names));
    let named = known.chain(asked).flat_map(|(slug, names)| names.iter().map(move |name| (name, slug)));
    named.map(|(name, slug)| (name.clone(), slug.clone())).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::TimeDelta;
    use prometheus_client::registry::Registry;
    use wirefeed::archive::Sqlite;

    use super::*;

    #[test]
    fn an_agency_is_silent_from_its_last_file_on_until_the_next() {
        let start = DateTime::UNIX_EPOCH;
        let after = |minutes| start + TimeDelta::minutes(minutes);
        let named = |name: &str| Agency::named(name).unwrap();
        let watched = Watched {
            slug: "xinhua".to_owned(),
            names: vec![named("新华社"), named("Xinhua")],
            patience: Duration::from_hours(1),
        };
        let (taxonomy, archive) = (Taxonomy::embedded(), Sqlite::in_memory().unwrap());
        let heard = Heard::in_registry(&mut Registry::default(), || DateTime::UNIX_EPOCH);
        let mut silence = Silence::new(vec![watched], &taxonomy, &archive, heard, start).unwrap();
        let mut is_silent = |file: Option<&str>, minutes: i64| {
            silence.hear(&file.map(named).into_iter().collect(), after(minutes));
            silence.look(after(minutes));
            !silence.silent.is_empty()
        };
        for (file, minutes, wants) in [
            (None, 60, false),
            (None, 61, true),
            (Some("Reuters"), 62, true),
            (Some("新华社"), 63, false),
            (None, 123, false),
            (None, 124, true),
            (None, 10, false),
            (Some("Xinhua"), 130, false),
        ] {
            assert_eq!(is_silent(file, minutes), wants, "{file:?} at {minutes}");
        }
    }
}
