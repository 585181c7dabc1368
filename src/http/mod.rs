//! Where readers come in: HTTP/1.1, pages of the current edition, nothing else. Only this room touches sockets.

mod conditional;
mod reply;
mod route;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::HOST;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Version};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use self::conditional::{Coding, coding, not_modified};
use self::reply::Reply;
use self::route::Route;
use crate::edition::{Address, Edition, Found, Page};

/// How long requests that are under way at the stop may take.
const GRACE: Duration = Duration::from_secs(10);
/// How large the head of a request may be, in bytes; hyper answers 431 beyond it.
const HEAD: usize = 32 << 10;

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How many clients are served at once; more wait in the system's queue.
    pub max_connections: usize,
    /// How long a client may keep a page without asking again.
    #[serde(with = "humantime_serde")]
    pub max_age: Duration,
    /// How long a client may take to say what it wants, from connecting or from the last answer on.
    #[serde(with = "humantime_serde")]
    pub header_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8080).into(),
            max_connections: 1_024,
            max_age: Duration::from_mins(1),
            header_timeout: Duration::from_secs(15),
        }
    }
}

/// Serves the newest edition of `editions` to whoever connects, until `shutdown` is ready. Requests that are
/// under way then have ten seconds.
pub async fn serve(
    listener: TcpListener,
    editions: watch::Receiver<Arc<Edition>>,
    options: &Options,
    shutdown: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    tokio::select! {
        () = accept(&listener, &editions, options, &graceful) => {}
        () = shutdown => {}
    }
    drop(listener);
    let open = graceful.count();
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!(open, "stopped with requests under way");
    }
}

/// Accepts for ever.
async fn accept(
    listener: &TcpListener,
    editions: &watch::Receiver<Arc<Edition>>,
    options: &Options,
    graceful: &GracefulShutdown,
) {
    let places = Arc::new(Semaphore::new(options.max_connections));
    loop {
        let place = Arc::clone(&places).acquire_owned().await.expect("nobody closes it");
        match listener.accept().await {
            Ok((stream, _)) => {
                let (editions, options, watcher) = (editions.clone(), options.clone(), graceful.watcher());
                tokio::spawn(converse(stream, editions, options, watcher, place));
            }
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                // Out of file descriptors, most likely: they come back when clients leave.
                tracing::warn!(%error, "cannot accept");
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

/// Answers one client, request after request.
async fn converse(
    stream: TcpStream,
    editions: watch::Receiver<Arc<Edition>>,
    options: Options,
    watcher: Watcher,
    place: OwnedSemaphorePermit,
) {
    // An answer is one write, and nothing is gained by holding its end back.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let edition = Arc::clone(&editions.borrow());
        async move { Ok::<_, Infallible>(answer(&request, edition).await.into_response(options.max_age)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "connection");
    }
    drop(place);
}

/// What we say to a request.
async fn answer(request: &Request<Incoming>, edition: Arc<Edition>) -> Reply {
    // A request without a host, or with two, is refused (RFC 9112 § 3.2), lest a proxy read it otherwise.
    let hosts = request.headers().get_all(HOST).iter().count();
    if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
        return Reply::BadRequest;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Reply::MethodNotAllowed;
    }
    let language = edition.site().language;
    match Route::parse(request.uri().path(), request.uri().query(), language) {
        Route::Page(address) => page(request, address, edition).await,
        Route::AnyFormat { path } if edition.has_feed(&path) => {
            // Relative, so that it holds behind a proxy that serves us below a path of its own.
            let name = path.rsplit('/').next().unwrap_or_default();
            Reply::Moved(format!("{name}.atom"))
        }
        Route::AnyFormat { .. } | Route::Unknown => Reply::NotFound,
        Route::Health => Reply::Healthy,
        Route::TooLong => Reply::UriTooLong,
    }
}

async fn page(request: &Request<Incoming>, address: Address, edition: Arc<Edition>) -> Reply {
    let headers = request.headers();
    let page = match edition.cached(&address) {
        Some(page) => page,
        None => match print(address, edition).await {
            Ok(page) => page,
            Err(reply) => return reply,
        },
    };
    if not_modified(headers, page.etag(), page.last_modified()) {
        return Reply::NotModified(page);
    }
    match coding(headers) {
        Coding::Gzip if !page.is_gzip_ready() => compress(page).await,
        coding => Reply::Page(page, coding),
    }
}

/// Has the page printed, on a thread that may block.
async fn print(address: Address, edition: Arc<Edition>) -> Result<Arc<Page>, Reply> {
    let printed = tokio::task::spawn_blocking(move || edition.page(&address)).await;
    match printed {
        Ok(Ok(Found::Page(page))) => Ok(page),
        Ok(Ok(Found::Moved(path))) => Err(Reply::Moved(path)),
        Ok(Ok(Found::Refused(problem))) => Err(Reply::Refused(problem.to_string())),
        Ok(Ok(Found::Gone)) => Err(Reply::Gone),
        Ok(Ok(Found::Nothing)) => Err(Reply::NotFound),
        Ok(Err(error)) => {
            tracing::error!(%error, "cannot print");
            Err(Reply::Unavailable)
        }
        Err(error) => {
            tracing::error!(%error, "printing failed");
            Err(Reply::Failed)
        }
    }
}

/// Has the page compressed, on a thread that may take its time.
async fn compress(page: Arc<Page>) -> Reply {
    let compressing = Arc::clone(&page);
    let _ = tokio::task::spawn_blocking(move || compressing.gzip().is_some()).await;
    Reply::Page(page, Coding::Gzip)
}
