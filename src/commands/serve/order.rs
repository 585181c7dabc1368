//! What the daemon is asked to serve: read at the start, and anew at each SIGHUP.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono_tz::Tz;
use tokio::sync::oneshot;
use wirefeed::archive::Retention;
use wirefeed::config::{ArchiveUrl, Config, DEFAULT_BASE_URL, Watched};
use wirefeed::feed::{Catalogue, Site};
use wirefeed::inbox;
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::Taxonomy;

use super::super::sample::Sample;
use super::super::{Failure, load, tagger};
use crate::cli::ServeArgs;

/// The command line, which goes before the configuration file each time that is read.
pub(super) struct Order {
    args: ServeArgs,
    /// The inbox and the archive of a sample.
    sample: Option<(PathBuf, ArchiveUrl)>,
}

impl Order {
    pub(super) fn of(args: ServeArgs, sample: Option<&Sample>) -> Self {
        Self { args, sample: sample.map(|sample| (sample.inbox(), sample.archive())) }
    }

    /// The configuration as it stands in its file now.
    pub(super) fn config(&self) -> Result<Config, Failure> {
        let mut config = load(self.args.config.as_deref())?;
        if let Some((inbox, archive)) = &self.sample {
            config.inbox.path.clone_from(inbox);
            config.archive = archive.clone();
        }
        if let Some(inbox) = &self.args.inbox {
            config.inbox.path.clone_from(inbox);
        }
        if let Some(archive) = &self.args.archive {
            config.archive = archive.clone();
        }
        if let Some(listen) = self.args.listen {
            config.http.listen = listen;
        }
        config.http.max_connections = super::descriptors::connections(config.http.max_connections);
        Ok(config)
    }

    /// Links that nobody configured lead to where the feeds are served.
    pub(super) fn lead_links(&self, config: &mut Config, address: SocketAddr) {
        let unset = config.site.base_url == DEFAULT_BASE_URL;
        if self.sample.is_some() || (self.args.listen.is_some() && unset) {
            config.site.base_url = format!("http://{address}");
        }
    }
}

/// What holds for as long as the process runs.
#[derive(Clone)]
pub(super) struct Fixed {
    inbox: inbox::Options,
    archive: (ArchiveUrl, Retention),
    listen: SocketAddr,
}

impl Fixed {
    pub(super) fn of(config: &Config) -> Self {
        let archive = (config.archive.clone(), config.retention);
        Self { inbox: config.inbox.clone(), archive, listen: config.http.listen }
    }

    /// What of a newer configuration waits for a restart.
    pub(super) fn waits(&self, config: &Config) -> Vec<&'static str> {
        let differs = [
            ("[inbox]", self.inbox != config.inbox),
            ("[archive]", self.archive != (config.archive.clone(), config.retention)),
            ("[http] listen", self.listen != config.http.listen),
        ];
        differs.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
    }
}

/// What a newer configuration gives the worker, for it to take between two turns.
pub(super) struct Fresh {
    pub(super) tagger: Tagger,
    pub(super) zone: Tz,
    pub(super) taxonomy: Arc<Taxonomy>,
    pub(super) catalogue: Catalogue,
    pub(super) site: Site,
    pub(super) silence: Vec<Watched>,
    /// Told when it is taken, or why it could not be.
    pub(super) taken: oneshot::Sender<Result<(), String>>,
}

impl Fresh {
    /// Learns the tables, which takes its time.
    pub(super) fn of(config: Config, taken: oneshot::Sender<Result<(), String>>) -> Self {
        let Config { site, taxonomy, catalogue, silence, .. } = config;
        let (tagger, zone) = (tagger(&taxonomy), site.timezone);
        Self { tagger, zone, taxonomy: Arc::new(taxonomy), catalogue, site, silence, taken }
    }
}

/// What the worker is called for while it is in the middle of a turn: it then ends that after the file in hand.
#[derive(Default)]
pub(super) struct Calls {
    stop: AtomicBool,
    reload: AtomicBool,
}

impl Calls {
    /// Before the worker is sent the word.
    pub(super) fn to_stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// The same.
    pub(super) fn to_reload(&self) {
        self.reload.store(true, Ordering::Relaxed);
    }

    /// The worker has come for the reload.
    pub(super) fn answered(&self) {
        self.reload.store(false, Ordering::Relaxed);
    }

    /// Whether there is one.
    pub(super) fn any(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.reload.load(Ordering::Relaxed)
    }
}
