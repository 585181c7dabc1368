//! `wirefeed serve`: turns of the pipeline on one thread, readers on the others, and a way to stop both.

mod descriptors;
mod order;
mod silence;

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{DateTime, Utc};
use prometheus_client::registry::Registry;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{oneshot, watch};
use wirefeed::archive::{self, Archive, Filed};
use wirefeed::config::{ArchiveUrl, Config};
use wirefeed::edition::Edition;
use wirefeed::http::{self, Newsstand};
use wirefeed::inbox::Inbox;
use wirefeed::pipeline::{self, Pipeline, Receipt};

use self::order::{Calls, Fixed, Fresh, Order};
use self::silence::Silence;
use super::sample::Sample;
use super::systemd::{self, Watchdog};
use super::tally::{Heard, Tally};
use super::{Done, Failure, Outcome, now, open, told};
use crate::cli::ServeArgs;

pub(crate) fn run(args: ServeArgs) -> Outcome {
    let held = systemd::listener().map_err(Failure::Usage)?;
    // Its folders go when this ends, whoever still works by the order.
    let sample = if args.sample { Some(Sample::make(now())?) } else { None };
    let order = Order::of(args, sample.as_ref());
    let config = order.config()?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
    // On one of the runtime's own threads: where one takes the connections that another accepts, each costs a wake-up.
    let served = runtime.block_on(runtime.spawn(serve(order, config, held)));
    let outcome = served.unwrap_or_else(|fault| std::panic::resume_unwind(fault.into_panic()));
    // A page that is being printed for a reader who left need not be waited for.
    runtime.shutdown_background();
    outcome
}

async fn serve(order: Order, mut config: Config, held: Option<TcpListener>) -> Outcome {
    // From here on, a request to read the configuration anew waits until there is one in force.
    let hangups = signal(SignalKind::hangup()).context("cannot hear signals")?;
    let fixed = Fixed::of(&config);
    let listener = listener(held, &config.http)?;
    let address = listener.local_addr().context("cannot tell where it listens")?;
    order.lead_links(&mut config, address);
    let mut inbox = Inbox::open(config.inbox).map_err(|error| Failure::Usage(error.into()))?;
    let folder = inbox.path().to_owned();
    let archive = open(&config.archive)?;
    let files = files(&config.archive);
    let tagger = super::tagger(&config.taxonomy);
    let zone = config.site.timezone;
    let mut registry = Registry::default();
    let heard = Heard::in_registry(&mut registry, now);
    let silence = Silence::new(config.silence, &config.taxonomy, &*archive, heard, now())?;
    let edition = Edition::new(Arc::clone(&archive), Arc::new(config.taxonomy), config.catalogue, config.site)?;
    let tally = Tally::in_registry(&mut registry, edition.revision(), now);
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
    let (calls, watchdog) = (Arc::new(Calls::default()), Watchdog::of_unit());
    let (called, memory, trial) = (Arc::clone(&calls), Arc::clone(&archive), super::trial::by_a_child());
    let pipeline = Pipeline::new(inbox, tagger, memory, zone, Receipt::FirstSeen, trial).asking(move || {
        watchdog.pet();
        !called.any()
    });
    let pipeline = pipeline.reading_by(super::on_all_cores).keeping(config.retention);
    // Dropped when the worker ends, for whatever reason.
    let (working, ended) = oneshot::channel::<()>();
    let desk = Desk {
        archive,
        files,
        editions,
        tally: tally.clone(),
        silence,
        watchdog,
        calls: Arc::clone(&calls),
        wakes,
    };
    let worker = std::thread::spawn(move || {
        let _working = working;
        desk.work(pipeline, longest);
    });

    let asked_to_end = stop_signal();
    let url = format!("http://{address}/");
    // When nobody reads it, the feeds are served all the same.
    let _ = writeln!(std::io::stdout(), "{url}");
    tracing::info!(%address, inbox = %folder.display(), "serving");
    let status = format!("serving {url}");
    systemd::ready(&status);

    let (options, options_now) = watch::channel(config.http);
    let reloads =
        Reloads { order, fixed, options, calls: Arc::clone(&calls), wake: wake.clone(), tally, address, status };
    tokio::spawn(reloads.at_each(hangups));
    let end = async {
        tokio::select! {
            () = asked_to_end => {}
            _ = ended => tracing::error!("the worker has failed; nothing more would be taken from the inbox"),
        }
        systemd::stopping();
        // It finishes the file in hand while the last readers are served.
        calls.to_stop();
        let _ = wake.send(Wake::Stop);
    };
    http::serve(listener, stand, options_now, end).await;
    if worker.join().is_err() {
        return Err(Failure::Running(anyhow::anyhow!("the worker has failed")));
    }
    tracing::info!("stopped");
    Ok(Done::Whole)
}

/// The socket that the service manager holds, or else one of our own.
fn listener(held: Option<TcpListener>, options: &http::Options) -> anyhow::Result<tokio::net::TcpListener> {
    let listen = options.listen;
    let listener = match held {
        Some(held) => {
            let address = held.local_addr().context("cannot tell where the socket unit listens")?;
            if address != listen {
                tracing::warn!(%address, %listen, "the socket unit says where to listen; [http] listen is passed over");
            }
            held
        }
        None => bound(listen)?,
    };
    tokio::net::TcpListener::from_std(listener).context("cannot listen")
}

fn bound(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    let bound = || {
        let listener = TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        Ok::<_, std::io::Error>(listener)
    };
    bound().with_context(|| format!("cannot listen at {listen} (--listen 127.0.0.1:0 takes a free port)"))
}

/// What the archive is made of on disk.
fn files(archive: &ArchiveUrl) -> Vec<PathBuf> {
    let ArchiveUrl::Sqlite(path) = archive;
    let log = {
        let mut name = path.clone().into_os_string();
        name.push("-wal");
        PathBuf::from(name)
    };
    vec![path.clone(), log]
}

/// Reads the configuration anew whenever it is asked to.
struct Reloads {
    order: Order,
    fixed: Fixed,
    options: watch::Sender<http::Options>,
    calls: Arc<Calls>,
    wake: Sender<Wake>,
    tally: Tally,
    address: SocketAddr,
    /// What the service manager shows while all is well.
    status: String,
}

impl Reloads {
    /// SIGHUP asks; several at once are one.
    async fn at_each(self, mut hangups: Signal) {
        let this = Arc::new(self);
        while hangups.recv().await.is_some() {
            systemd::reloading();
            let in_force = Arc::clone(&this).reload().await;
            this.tally.reloaded(in_force.is_ok());
            match in_force {
                Ok(()) => {
                    tracing::info!("the configuration was read anew");
                    systemd::ready(&this.status);
                }
                Err(why) => {
                    tracing::error!(why, "the new configuration is refused; the one before stays in force");
                    systemd::ready(&format!("{}, by the configuration before; the new one: {why}", this.status));
                }
            }
        }
    }

    /// Has the newest configuration taken by all whom it concerns, or says why not.
    async fn reload(self: Arc<Self>) -> Result<(), String> {
        let (taken, in_force) = oneshot::channel();
        let this = Arc::clone(&self);
        let read = tokio::task::spawn_blocking(move || this.read(taken)).await;
        let (options, fresh) = read.map_err(|_| "reading it has failed".to_owned())??;
        self.calls.to_reload();
        // When it has ended, so has the other end of `taken`.
        let _ = self.wake.send(Wake::Reload(Box::new(fresh)));
        in_force.await.unwrap_or_else(|_| Err("the worker has ended".to_owned()))?;
        self.options.send_replace(options);
        Ok(())
    }

    fn read(&self, taken: oneshot::Sender<Result<(), String>>) -> Result<(http::Options, Fresh), String> {
        let mut config = self.order.config().map_err(|failure| match failure {
            Failure::Usage(error) | Failure::Running(error) => told(&error),
        })?;
        for part in self.fixed.waits(&config) {
            tracing::warn!(part, "this has changed in the configuration, and holds from the next restart on");
        }
        self.order.lead_links(&mut config, self.address);
        Ok((config.http.clone(), Fresh::of(config, taken)))
    }
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
    Reload(Box<Fresh>),
    Stop,
}

/// How long to wait between two turns.
#[derive(Clone, Copy)]
enum Pause {
    /// For news of the inbox or the archive, so long at most, and no longer than until this moment: a clock may jump.
    UntilNews(Duration, Option<DateTime<Utc>>),
    /// So long after a failure, whatever comes into the inbox.
    After(Duration),
}

/// What the worker works with, besides the pipeline.
struct Desk {
    archive: Arc<dyn Archive>,
    files: Vec<PathBuf>,
    editions: watch::Sender<Arc<Edition>>,
    tally: Tally,
    silence: Silence,
    watchdog: Watchdog,
    calls: Arc<Calls>,
    wakes: Receiver<Wake>,
}

impl Desk {
    /// Turns until it is told to stop. After a failure the next turn waits, longer each time: the files are safe.
    fn work(mut self, mut pipeline: Pipeline, longest: Duration) {
        let mut trouble: Option<Trouble> = None;
        loop {
            let publish = |filed: &Filed| {
                self.editions.send_modify(|edition| *edition = Arc::new(edition.after(filed)));
                self.tally.filed(filed);
            };
            let turn = pipeline.turn(now(), publish);
            self.tally.turned(&turn, now());
            self.tally.left(pipeline.waiting());
            let pause = match turn {
                Ok(turn) => {
                    if trouble.take().is_some() {
                        tracing::info!("the work goes on");
                    }
                    self.silence.hear(&turn.agencies, now());
                    let longest = if pipeline.is_blind() { LISTING_UNWATCHED } else { longest };
                    let at = turn.look_again();
                    let next = at.map_or(longest, |at| (at - now()).to_std().unwrap_or_default());
                    Pause::UntilNews(next.min(longest), at)
                }
                Err(error) => {
                    let met = Trouble::after(trouble.take(), &error);
                    Pause::After(trouble.insert(met).pause)
                }
            };
            self.measure();
            if self.wait(&mut pipeline, pause) {
                return;
            }
        }
    }

    fn measure(&self) {
        let files: Vec<_> = self.files.iter().map(PathBuf::as_path).collect();
        // What the archive does not answer now, the next turn asks again; a turn that failed is logged.
        let _ = self.tally.measure(&*self.archive, &files);
    }

    /// Waits, giving signs of life. Says whether it is time to stop.
    fn wait(&mut self, pipeline: &mut Pipeline, pause: Pause) -> bool {
        let (longest, step) = match pause {
            Pause::UntilNews(longest, _) => (longest, GLANCE),
            Pause::After(longest) => (longest, longest),
        };
        let is_over = |pipeline: &Pipeline| match pause {
            Pause::UntilNews(_, at) => at.is_some_and(|at| at <= now()) || pipeline.is_behind(),
            Pause::After(_) => false,
        };
        let end = Instant::now() + longest;
        loop {
            self.watchdog.pet();
            self.silence.look(now());
            let left = end.saturating_duration_since(Instant::now());
            match self.wakes.recv_timeout(self.watchdog.at_most(left.min(step))) {
                Ok(Wake::Inbox) if matches!(pause, Pause::After(_)) => {}
                Ok(wake) => {
                    // One listing answers all nudges so far.
                    let wakes: Vec<Wake> = std::iter::once(wake).chain(self.wakes.try_iter()).collect();
                    return wakes.into_iter().any(|wake| self.is_stop(wake, pipeline));
                }
                Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) if left.is_zero() || is_over(pipeline) => return false,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn is_stop(&mut self, wake: Wake, pipeline: &mut Pipeline) -> bool {
        match wake {
            Wake::Inbox => false,
            Wake::Stop => true,
            Wake::Reload(fresh) => {
                self.calls.answered();
                self.take(*fresh, pipeline);
                false
            }
        }
    }

    /// Works by a newer configuration from now on.
    fn take(&mut self, fresh: Fresh, pipeline: &mut Pipeline) {
        let Fresh { tagger, zone, taxonomy, catalogue, site, silence, taken } = fresh;
        // Every page is printed anew; one that is the same has the same tag, and is 304 to whoever has it.
        let edition = Edition::new(Arc::clone(&self.archive), Arc::clone(&taxonomy), catalogue, site);
        let told = edition.map_err(|error: archive::Error| error.to_string()).map(|edition| {
            pipeline.learn(tagger, zone);
            self.silence.watch(silence, &taxonomy, now());
            self.editions.send_replace(Arc::new(edition));
        });
        // Whoever asked may have left: the daemon is stopping.
        let _ = taken.send(told);
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
