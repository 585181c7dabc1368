//! Where readers come in: HTTP/1.1, pages of the current edition, what was counted, nothing else. Only this room
//! touches sockets.

mod answer;
mod conditional;
mod counts;
mod negotiate;
mod patience;
mod refusal;
mod reply;
mod route;
mod seats;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use prometheus_client::registry::Registry;
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use self::counts::Counts;
use self::patience::Patience;
use self::seats::{Seat, Seats};
use crate::edition::Edition;

/// How long requests that are under way at the stop may take: a stop is over within ten seconds.
const GRACE: Duration = Duration::from_secs(8);
/// How large the head of a request may be, in bytes; hyper answers 431 beyond it, and to more than 100 headers.
const HEAD: usize = 32 << 10;

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How many clients are served at once; more wait in the system's queue.
    pub max_connections: usize,
    /// How many connections one client may hold; more are closed at once. A client is an IPv4 address or an IPv6
    /// network of 64 bits. A reader opens one to six and holds them for seconds, so dozens of readers behind one
    /// address have room, and it takes many addresses to fill the house. Loopback is not counted: that is where a
    /// proxy comes from, which speaks for everybody and has limits of its own.
    pub max_per_address: usize,
    /// How long a client may keep a page without asking again.
    #[serde(with = "humantime_serde")]
    pub max_age: Duration,
    /// How long a client may take to say what it wants, from connecting or from the last answer on. So it bounds
    /// how long a connection may idle, too.
    #[serde(with = "humantime_serde")]
    pub header_timeout: Duration,
    /// How long we may take to find an answer; then it is that we have none.
    #[serde(with = "humantime_serde")]
    pub answer_timeout: Duration,
    /// How long a client may take to receive an answer, however slowly it reads.
    #[serde(with = "humantime_serde")]
    pub write_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8080).into(),
            max_connections: 1_024,
            max_per_address: 64,
            max_age: Duration::from_mins(1),
            header_timeout: Duration::from_secs(15),
            answer_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_mins(1),
        }
    }
}

impl Options {
    /// Whether one can serve like this.
    ///
    /// # Errors
    /// The first key that makes no sense, and why.
    pub fn check(&self) -> Result<(), String> {
        let counts = [("max_connections", self.max_connections), ("max_per_address", self.max_per_address)];
        for (key, count) in counts {
            if count == 0 {
                return Err(format!("{key} = 0 would serve nobody"));
            }
            if count > Semaphore::MAX_PERMITS {
                return Err(format!("{key} = {count} is more than any system has"));
            }
        }
        let times = [
            ("header_timeout", self.header_timeout),
            ("answer_timeout", self.answer_timeout),
            ("write_timeout", self.write_timeout),
        ];
        match times.into_iter().find(|(_, time)| time.is_zero()) {
            Some((key, _)) => Err(format!("{key} = \"0s\" would serve nobody")),
            None => Ok(()),
        }
    }
}

/// What readers are served from.
pub struct Newsstand {
    /// The newest edition.
    pub editions: watch::Receiver<Arc<Edition>>,
    /// The clock: for `Date`, and for what it says of `Last-Modified`.
    pub clock: fn() -> DateTime<Utc>,
    /// Whether all that it takes to publish works, or why not: what `/readyz` says, in words for anybody. May block.
    pub ready: Arc<dyn Fn() -> Result<(), String> + Send + Sync>,
    /// What others count: `/metrics` tells it beside what is counted here.
    pub registry: Registry,
}

/// What every connection works with.
#[derive(Clone)]
struct Desk {
    stand: Arc<Newsstand>,
    options: Options,
    counts: Counts,
    /// So many pages are printed at once. A search may walk the whole archive; the pages that are printed need none.
    presses: Arc<Semaphore>,
}

/// Serves from `stand` to whoever connects, until `shutdown` is ready. Requests that are under way then have eight
/// seconds. Other `options` hold for whoever connects after them; those who are connected keep theirs.
pub async fn serve(
    listener: TcpListener,
    mut stand: Newsstand,
    options: watch::Receiver<Options>,
    shutdown: impl Future<Output = ()>,
) {
    let counts = Counts::in_registry(&mut stand.registry);
    let presses = Arc::new(Semaphore::new(2 * std::thread::available_parallelism().map_or(1, usize::from)));
    let desk = Desk { stand: Arc::new(stand), options: Options::default(), counts, presses };
    let graceful = GracefulShutdown::new();
    tokio::select! {
        () = open(&listener, desk, options, &graceful) => {}
        () = shutdown => {}
    }
    drop(listener);
    let under_way = graceful.count();
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!(under_way, "stopped with requests under way");
    }
}

/// Accepts for ever, by the newest options.
async fn open(
    listener: &TcpListener,
    mut desk: Desk,
    mut options: watch::Receiver<Options>,
    graceful: &GracefulShutdown,
) {
    loop {
        desk.options = options.borrow_and_update().clone();
        let now = Arc::new(desk.clone());
        tokio::select! {
            // Whoever comes after a change is served by it.
            biased;
            () = other(&mut options) => {}
            () = accept(listener, &now, graceful) => {}
        }
    }
}

/// Waits for other options; for ever when nobody is there any more to give some.
async fn other(options: &mut watch::Receiver<Options>) {
    if options.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Accepts for ever.
async fn accept(listener: &TcpListener, desk: &Arc<Desk>, graceful: &GracefulShutdown) {
    let places = Arc::new(Semaphore::new(desk.options.max_connections));
    let seats = Seats::new(desk.options.max_per_address);
    // With few places left, a client that was answered makes room for the next.
    let few = desk.options.max_connections / 4;
    let mut failed: u64 = 0;
    loop {
        let place = Arc::clone(&places).acquire_owned().await.expect("nobody closes it");
        let accepted = listener.accept().await;
        if accepted.is_ok() && failed > 0 {
            tracing::info!(failed, "connections are accepted again");
            failed = 0;
        }
        match accepted {
            Ok((stream, client)) => match seats.take(client.ip()) {
                Some(seat) => {
                    let stays = places.available_permits() >= few;
                    tokio::spawn(converse(stream, stays, Arc::clone(desk), graceful.watcher(), (place, seat)));
                }
                // Closed without a word: a flood is not worth one, and a reader comes again later.
                None => desk.counts.refused(),
            },
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                // Out of file descriptors, most likely: they come back when clients leave.
                // Told once, however long it lasts.
                if failed == 0 {
                    tracing::warn!(%error, "cannot accept connections");
                }
                failed += 1;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// The client left before it was accepted, which says nothing about the next one.
fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Answers one client: request after request if it `stays`, else one.
async fn converse(
    stream: TcpStream,
    stays: bool,
    desk: Arc<Desk>,
    watcher: Watcher,
    held: (OwnedSemaphorePermit, Seat),
) {
    // An answer is one write, and nothing is gained by holding its end back.
    let _ = stream.set_nodelay(true);
    let open = desk.counts.connected();
    let service = service_fn(|request: Request<Incoming>| {
        let desk = &desk;
        async move { Ok::<Response<_>, Infallible>(answer::respond(&request, desk).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(stays)
        .header_read_timeout(desk.options.header_timeout)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(Patience::with(stream, desk.options.write_timeout)), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "connection");
        desk.counts.dropped(why(&error));
    }
    drop((open, held));
}

/// Why a connection ended before its time, in few words.
fn why(error: &hyper::Error) -> &'static str {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    let was_slow = source.is_some_and(|source| source.kind() == io::ErrorKind::TimedOut);
    match () {
        () if was_slow => "slow reading",
        () if error.is_timeout() => "slow asking",
        () if error.is_parse() => "no HTTP",
        () => "left",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_serve_nobody_are_refused() {
        let refuses = |change: fn(&mut Options)| {
            let mut options = Options::default();
            change(&mut options);
            options.check()
        };
        assert_eq!(refuses(|_| {}), Ok(()));
        assert_eq!(refuses(|options| options.max_age = Duration::ZERO), Ok(()));
        for (change, says) in [
            ((|options| options.max_connections = 0) as fn(&mut Options), "max_connections = 0"),
            (|options| options.max_per_address = 0, "max_per_address = 0"),
            (|options| options.max_connections = usize::MAX, "max_connections = 18446744073709551615"),
            (|options| options.header_timeout = Duration::ZERO, "header_timeout = \"0s\""),
            (|options| options.answer_timeout = Duration::ZERO, "answer_timeout = \"0s\""),
            (|options| options.write_timeout = Duration::ZERO, "write_timeout = \"0s\""),
        ] {
            let told = refuses(change).unwrap_err();
            assert!(told.starts_with(says), "{told}");
        }
    }
}
