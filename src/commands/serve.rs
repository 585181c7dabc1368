//! `wirefeed serve`: turns of the pipeline on one thread, readers on the others, and a way to stop both.

use std::io::Write;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use wirefeed::archive::Filed;
use wirefeed::config::{Config, DEFAULT_BASE_URL};
use wirefeed::edition::Edition;
use wirefeed::http::{self, Newsstand};
use wirefeed::inbox::Inbox;
use wirefeed::pipeline::{self, Pipeline, Receipt};

use super::sample::Sample;
use super::tally::Tally;
use super::{Done, Failure, Outcome, load, now, open};
use crate::cli::ServeArgs;

pub(crate) fn run(args: ServeArgs) -> Outcome {
    let mut config = load(args.config.as_deref())?;
    let sample = if args.sample { Some(Sample::make(now())?) } else { None };
    if let Some(sample) = &sample {
        config.inbox.path = sample.inbox();
        config.archive = sample.archive();
    }
    if let Some(inbox) = args.inbox {
        config.inbox.path = inbox;
    }
    if let Some(archive) = args.archive {
        config.archive = archive;
    }
    if let Some(listen) = args.listen {
        config.http.listen = listen;
    }
    // Links that nobody configured lead to where the feeds are served.
    let links_follow = sample.is_some() || (args.listen.is_some() && config.site.base_url == DEFAULT_BASE_URL);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
    // On one of the runtime's own threads: where one takes the connections that another accepts, each costs a wake-up.
    let served = runtime.block_on(runtime.spawn(serve(config, links_follow)));
    let outcome = served.unwrap_or_else(|fault| std::panic::resume_unwind(fault.into_panic()));
    // A page that is being printed for a reader who left need not be waited for.
    runtime.shutdown_background();
    outcome
}

async fn serve(mut config: Config, links_follow: bool) -> Outcome {
    let listener = TcpListener::bind(config.http.listen).await.with_context(|| {
        format!("cannot listen at {} (--listen 127.0.0.1:0 takes a free port)", config.http.listen)
    })?;
    let address = listener.local_addr().context("cannot tell where it listens")?;
    if links_follow {
        config.site.base_url = format!("http://{address}");
    }
    let mut inbox = Inbox::open(config.inbox).map_err(|error| Failure::Usage(error.into()))?;
    let folder = inbox.path().to_owned();
    let archive = open(&config.archive)?;
    let tagger = super::tagger(&config.taxonomy);
    let zone = config.site.timezone;
    let edition = Edition::new(Arc::clone(&archive), Arc::new(config.taxonomy), config.catalogue, config.site)?;
    let mut registry = Registry::default();
    let tally = Tally::in_registry(&mut registry, edition.revision());
    let (editions, newest) = watch::channel(Arc::new(edition));
    let (asked, memory) = (tally.clone(), Arc::clone(&archive));
    let ready = Arc::new(move || asked.is_ready(&*memory));
    let stand = Newsstand { editions: newest, clock: now, ready, registry };

    let (wake, wakes) = mpsc::channel();
    let nudge = wake.clone();
    let watched = inbox.watch(move |event| {
        if let Err(error) = event {
            tracing::warn!(%error, "the inbox's watcher failed; what it missed is found by the next listing");
        }
        // When nobody listens any more, the daemon is stopping.
        let _ = nudge.send(Wake::Inbox);
    });
    let longest = match watched {
        Ok(()) => LISTING,
        Err(why) => {
            tracing::warn!(%why, every = ?LISTING_UNWATCHED, "the inbox is listed without waiting for events");
            LISTING_UNWATCHED
        }
    };
    let trial = super::trial::by_a_child();
    let pipeline = Pipeline::new(inbox, tagger, archive, zone, Receipt::FirstSeen, trial);
    let pipeline = pipeline.reading_by(super::on_all_cores);
    // Dropped when the worker ends, for whatever reason.
    let (working, ended) = tokio::sync::oneshot::channel::<()>();
    let worker = std::thread::spawn(move || {
        let _working = working;
        work(pipeline, &editions, &tally, &wakes, longest);
    });

    let asked_to_end = stop_signal();
    // When nobody reads it, the feeds are served all the same.
    let _ = writeln!(std::io::stdout(), "http://{address}/");
    tracing::info!(%address, inbox = %folder.display(), "serving");
    // Without a service manager there is nobody to tell.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);

    let end = async {
        tokio::select! {
            () = asked_to_end => {}
            _ = ended => tracing::error!("the worker has failed; nothing more would be taken from the inbox"),
        }
    };
    http::serve(listener, stand, &config.http, end).await;
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
    let _ = wake.send(Wake::Stop);
    if worker.join().is_err() {
        return Err(Failure::Running(anyhow::anyhow!("the worker has failed")));
    }
    tracing::info!("stopped");
    Ok(Done::Whole)
}

/// How long the inbox goes unlisted when nothing is heard of it: an event may have been lost.
const LISTING: Duration = Duration::from_secs(30);
/// The same where no events come at all.
const LISTING_UNWATCHED: Duration = Duration::from_secs(2);

/// How soon is noticed what another process did to the archive: `retag`, `kill`, `build`.
const GLANCE: Duration = Duration::from_secs(1);

/// What ends the wait between two turns.
enum Wake {
    Inbox,
    Stop,
}

/// Turns until it is told to stop. After a failure the next turn waits, longer each time: the files are safe.
fn work(
    mut pipeline: Pipeline,
    editions: &watch::Sender<Arc<Edition>>,
    tally: &Tally,
    wakes: &Receiver<Wake>,
    longest: Duration,
) {
    let mut trouble: Option<Trouble> = None;
    loop {
        let publish = |filed: &Filed| {
            editions.send_modify(|edition| *edition = Arc::new(edition.after(filed)));
            tally.filed(filed);
        };
        let turn = pipeline.turn(now(), publish);
        tally.turned(&turn, now());
        let stop = match turn {
            Ok(turn) => {
                if trouble.take().is_some() {
                    tracing::info!("the work goes on");
                }
                let longest = if pipeline.is_blind() { LISTING_UNWATCHED } else { longest };
                let next = turn.look_again().map(|at| (at - now()).to_std().unwrap_or_default());
                await_work(wakes, &pipeline, next.map_or(longest, |next| next.min(longest)))
            }
            Err(error) => {
                let met = Trouble::after(trouble.take(), &error);
                await_stop(wakes, trouble.insert(met).pause)
            }
        };
        if stop {
            return;
        }
    }
}

/// Waits for news of the inbox or the archive, `longest` at most. Says whether it is time to stop.
fn await_work(wakes: &Receiver<Wake>, pipeline: &Pipeline, longest: Duration) -> bool {
    let end = now() + longest;
    loop {
        let left = (end - now()).to_std().unwrap_or_default();
        match wakes.recv_timeout(left.min(GLANCE)) {
            // One listing answers all nudges so far.
            Ok(Wake::Inbox) => return wakes.try_iter().any(|wake| matches!(wake, Wake::Stop)),
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return true,
            Err(RecvTimeoutError::Timeout) if left <= GLANCE || pipeline.is_behind() => return false,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Waits as long as that, whatever comes into the inbox. Says whether it is time to stop.
fn await_stop(wakes: &Receiver<Wake>, pause: Duration) -> bool {
    let end = now() + pause;
    loop {
        let left = (end - now()).to_std().unwrap_or_default();
        match wakes.recv_timeout(left.min(pause)) {
            Ok(Wake::Inbox) => {}
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return true,
            Err(RecvTimeoutError::Timeout) => return false,
        }
    }
}

/// Why the last turns have failed, and how long the next one waits.
struct Trouble {
    why: String,
    pause: Duration,
}

impl Trouble {
    /// Another turn has failed. The same failure is logged once.
    fn after(earlier: Option<Self>, error: &pipeline::Error) -> Self {
        const FIRST_PAUSE: Duration = Duration::from_secs(1);
        let why = error.to_string();
        let pause = match (error, &earlier) {
            // To look whether it is back costs nothing.
            (pipeline::Error::Inbox(_), _) => LISTING_UNWATCHED,
            (_, None) => FIRST_PAUSE,
            (_, Some(earlier)) => (earlier.pause * 2).min(LISTING),
        };
        if earlier.is_none_or(|earlier| earlier.why != why) {
            tracing::error!(%error, again_in = ?pause, "nothing was filed; the files wait in the inbox");
        }
        Self { why, pause }
    }
}

/// Ready when the process is asked to end: SIGTERM by a service manager, SIGINT by a person. They are heard from the
/// call on, not only once somebody waits.
fn stop_signal() -> impl Future<Output = ()> {
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async {
        let (Ok(mut term), Ok(mut int)) = signals else {
            tracing::error!("signals cannot be heard; only a kill ends this process");
            return std::future::pending().await;
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    }
}
