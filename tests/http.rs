//! What goes over the wire: bytes in, bytes out, on a real socket.

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use flate2::read::GzDecoder;
use support::newsroom::Answer;
use support::{Shelf, full_story, site, story, taxonomy};
use tokio::sync::{oneshot, watch};
use wirefeed::edition::{Address, Edition, Found};
use wirefeed::feed::Catalogue;
use wirefeed::http::{self, Options};
use wirefeed::story::{Language, PubStatus};

/// A server on a free port; it stops when dropped.
struct Server {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    editions: watch::Sender<Arc<Edition>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    fn start(options: Options) -> Self {
        let shelf = Arc::new(Shelf::of(vec![full_story()]));
        let edition = Edition::new(Arc::clone(&shelf) as _, Arc::new(taxonomy()), Catalogue::embedded(), site());
        let (editions, receiver) = watch::channel(Arc::new(edition.unwrap()));
        let (stop, stopped) = oneshot::channel();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                http::serve(listener, receiver, &options, async { drop(stopped.await) }).await;
            });
        });
        Self { address, shelf, editions, stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends these bytes, and reads until the server closes.
    fn say(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        self.say(&format!("{method} {path} HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.thread.take().map(std::thread::JoinHandle::join);
    }
}

const VALIDATORS: [&str; 4] = ["etag", "last-modified", "cache-control", "vary"];

#[test]
fn a_feed_goes_out_as_the_edition_prints_it() {
    let server = Server::start(Options::default());
    for (path, media_type) in [
        ("/feeds/latest.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/topics/health.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/topics/economy.atom", "application/atom+xml; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/favicon.ico", "image/svg+xml"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("max-age=60"));
        assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()));
        let address = Address::parse(path, None, Language::ZhHans).unwrap_or(Address::Icon);
        let Found::Page(page) = server.editions.borrow().page(&address).unwrap() else { panic!("{path}") };
        assert_eq!(answer.body, *page.body());
    }
    assert!(server.get("/").header("content-security-policy").is_some());
    assert_eq!(server.get("/feeds/latest.rss?utm=1").status, 200);
    assert_eq!(server.get("/healthz").body, b"ok\n");
    assert_eq!(server.say("GET / HTTP/1.0\r\n\r\n").status, 200);
}

#[test]
fn a_client_that_has_it_gets_304_with_the_same_validators() {
    let server = Server::start(Options::default());
    let full = server.get("/feeds/latest.atom");
    let (etag, date) = (full.header("etag").unwrap(), full.header("last-modified").unwrap());
    assert_eq!(date, "Sat, 09 Mar 2024 02:12:00 GMT");
    for condition in [format!("If-None-Match: {etag}"), format!("If-Modified-Since: {date}")] {
        for method in ["GET", "HEAD"] {
            let answer = server.ask(method, "/feeds/latest.atom", &format!("{condition}\r\n"));
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{condition}");
            assert_eq!(answer.headers(&VALIDATORS), full.headers(&VALIDATORS));
            assert_eq!(answer.headers(&["content-length", "content-type"]), [None, None]);
        }
    }
    let edition = server.editions.borrow().after(&server.shelf.put(vec![story("卫生院添了新床", 50)]));
    server.editions.send_replace(Arc::new(edition));
    assert_eq!(server.ask("GET", "/feeds/latest.atom", &format!("If-None-Match: {etag}\r\n")).status, 200);
}

#[test]
fn head_is_get_without_its_body() {
    let server = Server::start(Options::default());
    let names = ["etag", "last-modified", "cache-control", "vary", "content-type", "content-length"];
    for path in ["/", "/feeds/latest.rss", "/nothing"] {
        let (get, head) = (server.get(path), server.ask("HEAD", path, ""));
        assert_eq!((head.status, head.headers(&names)), (get.status, get.headers(&names)), "{path}");
        assert!(head.body.is_empty());
    }
}

#[test]
fn gzip_is_the_same_page() {
    let server = Server::start(Options::default());
    let plain = server.get("/feeds/latest.rss");
    let small = server.ask("GET", "/feeds/latest.rss", "Accept-Encoding: gzip\r\n");
    assert_eq!((small.header("content-encoding"), plain.header("content-encoding")), (Some("gzip"), None));
    assert_eq!(small.headers(&VALIDATORS), plain.headers(&VALIDATORS));
    assert_eq!(small.header("vary"), Some("Accept-Encoding"));
    let mut unpacked = Vec::new();
    GzDecoder::new(&*small.body).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    assert!(small.body.len() < plain.body.len());
}

#[test]
fn what_cannot_be_answered_is_refused_in_its_own_way() {
    let server = Server::start(Options::default());
    for path in
        ["/feeds/topics/sport.rss", "/feeds/topics/sport", "/feeds/", "/stories/1", "/%00", "/../etc/passwd"]
    {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let answer = server.ask(method, "/feeds/latest.rss", "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(server.get(&format!("/{}", "a".repeat(2_000))).status, 414);
    assert_eq!(server.ask("GET", "/", &format!("X-Long: {}\r\n", "a".repeat(100_000))).status, 431);
    assert_eq!(server.say("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    assert_eq!(server.ask("GET", "/", "Host: other\r\n").status, 400);
}

#[test]
fn a_feed_without_a_format_leads_to_atom() {
    let server = Server::start(Options::default());
    for (path, to) in [("/feeds/latest", "latest.atom"), ("/feeds/topics/health", "health.atom")] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, Some(to)), "{path}");
    }
}

#[test]
fn a_story_that_was_withdrawn_is_gone() {
    let server = Server::start(Options::default());
    let mut story = full_story();
    let path = Address::Story(story.id, Language::ZhHans).path();
    assert_eq!(server.get(&path).status, 200);
    story.pubstatus = PubStatus::Canceled;
    let edition = server.editions.borrow().after(&server.shelf.put(vec![story]));
    server.editions.send_replace(Arc::new(edition));
    assert_eq!(server.get(&path).status, 410);
}

#[test]
fn an_archive_that_is_down_is_said_so() {
    let server = Server::start(Options::default());
    assert_eq!(server.get("/feeds/latest.rss").status, 200);
    server.shelf.down.store(true, Ordering::Relaxed);
    assert_eq!(server.get("/feeds/latest.rss").status, 200);
    let answer = server.get("/");
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("10")));
}

#[test]
fn requests_in_one_go_are_answered_in_order() {
    let server = Server::start(Options::default());
    let mut stream = server.connect();
    let one = "GET /healthz HTTP/1.1\r\nHost: wire\r\n\r\n";
    let last = "GET /healthz HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n\r\n";
    stream.write_all(format!("{one}{one}{last}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3);
}

#[test]
fn a_silent_client_is_shown_out() {
    let server = Server::start(Options { header_timeout: Duration::from_millis(50), ..Options::default() });
    let mut silent = server.connect();
    let mut half = server.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost: wi").unwrap();
    let mut idle = server.connect();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: wire\r\n\r\n").unwrap();
    for stream in [&mut silent, &mut half, &mut idle] {
        // Reading to the end returns when the server closes, and fails after the socket's 20 seconds.
        stream.read_to_end(&mut Vec::new()).unwrap();
    }
}

#[test]
fn clients_beyond_the_limit_wait_their_turn() {
    let server = Server::start(Options { max_connections: 1, ..Options::default() });
    let mut first = server.connect();
    first.write_all(b"GET /healthz HTTP/1.1\r\nHost: wire\r\n\r\n").unwrap();
    let mut buffer = [0; 15];
    first.read_exact(&mut buffer).unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 200 OK");
    let mut second = server.connect();
    second.write_all(b"GET /healthz HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n\r\n").unwrap();
    drop(first);
    let mut text = String::new();
    second.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK"));
}

#[test]
fn a_stop_closes_idle_connections_and_ends() {
    let mut server = Server::start(Options::default());
    let mut idle = server.connect();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: wire\r\n\r\n").unwrap();
    let mut buffer = [0; 15];
    idle.read_exact(&mut buffer).unwrap();
    drop(server.stop.take());
    server.thread.take().unwrap().join().unwrap();
    idle.read_to_end(&mut Vec::new()).unwrap();
    assert!(TcpStream::connect(server.address).is_err());
}
