//! What goes over the wire: bytes in, bytes out, on a real socket.

mod support;

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use prometheus_client::registry::Registry;
use support::newsroom::Answer;
use support::{Shelf, full_story, site, story, taxonomy};
use tokio::sync::{oneshot, watch};
use wirefeed::archive::Archive as _;
use wirefeed::edition::{Address, Edition, Found};
use wirefeed::feed::Catalogue;
use wirefeed::http::{self, Newsstand, Options};
use wirefeed::story::{Language, PubStatus};

/// What the servers' clock shows.
fn now() -> DateTime<Utc> {
    "2024-03-10T00:00:00Z".parse().unwrap()
}

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
        Self::start_at(options, now)
    }

    /// The same with another clock.
    fn start_at(options: Options, clock: fn() -> DateTime<Utc>) -> Self {
        let shelf = Arc::new(Shelf::of(vec![full_story()]));
        let edition = Edition::new(Arc::clone(&shelf) as _, Arc::new(taxonomy()), Catalogue::embedded(), site());
        let (editions, receiver) = watch::channel(Arc::new(edition.unwrap()));
        let asked = Arc::clone(&shelf);
        let ready = Arc::new(move || match asked.revision() {
            Ok(_) => Ok(()),
            Err(_) => Err("the archive does not answer".to_owned()),
        });
        let stand = Newsstand { editions: receiver, clock, ready, registry: Registry::default() };
        let (stop, stopped) = oneshot::channel();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let (_options, options) = watch::channel(options);
                http::serve(listener, stand, options, async { drop(stopped.await) }).await;
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

const VALIDATORS: [&str; 6] =
    ["etag", "last-modified", "cache-control", "vary", "access-control-allow-origin", "x-content-type-options"];
/// What browsers send.
const BROWSER: &str = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";

#[test]
fn a_feed_goes_out_as_the_edition_prints_it() {
    let server = Server::start(Options::default());
    for (path, media_type) in [
        ("/feeds/latest.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/topics/health.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/topics/economy.atom", "application/atom+xml; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("max-age=60, stale-while-revalidate=300"));
        assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()));
        assert_eq!(answer.header("date"), Some("Sun, 10 Mar 2024 00:00:00 GMT"));
        let address = Address::parse(path, None, Language::ZhHans).unwrap();
        let Found::Page(page) = server.editions.borrow().page(&address).unwrap() else { panic!("{path}") };
        assert_eq!(answer.body, *page.body());
    }
    for path in ["/", "/icon.svg", "/nothing"] {
        let answer = server.ask("GET", path, BROWSER);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none';") && policy.contains("form-action 'self'"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
    }
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
fn a_page_is_the_same_in_every_coding() {
    let server = Server::start(Options::default());
    let plain = server.get("/feeds/latest.rss");
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.header("vary"), Some("Accept, Accept-Encoding"));
    for (accept, coding) in [("gzip", "gzip"), ("zstd, gzip", "zstd"), ("gzip, deflate, br, zstd", "br")] {
        let small = server.ask("GET", "/feeds/latest.rss", &format!("Accept-Encoding: {accept}\r\n"));
        assert_eq!(small.header("content-encoding"), Some(coding));
        assert_eq!(small.headers(&VALIDATORS), plain.headers(&VALIDATORS), "{coding}");
        let mut unpacked = Vec::new();
        match coding {
            "gzip" => drop(GzDecoder::new(&*small.body).read_to_end(&mut unpacked).unwrap()),
            "zstd" => unpacked = zstd::decode_all(&*small.body).unwrap(),
            _ => brotli::BrotliDecompress(&mut &*small.body, &mut unpacked).unwrap(),
        }
        assert_eq!(unpacked, plain.body, "{coding}");
        assert!(small.body.len() < plain.body.len(), "{coding}");
    }
}

#[test]
fn a_browser_gets_the_bytes_of_a_feed_as_xml_that_it_draws() {
    let server = Server::start(Options::default());
    for path in ["/feeds/latest.rss", "/feeds/topics/health.atom"] {
        let (reader, browser) = (server.get(path), server.ask("GET", path, BROWSER));
        assert_eq!(browser.header("content-type"), Some("text/xml; charset=utf-8"), "{path}");
        assert!(browser.header("content-security-policy").is_some());
        assert_eq!(browser.body, reader.body);
        assert_eq!(browser.headers(&VALIDATORS), reader.headers(&VALIDATORS));
        let condition = format!("{BROWSER}If-None-Match: {}\r\n", reader.header("etag").unwrap());
        let known = server.ask("GET", path, &condition);
        assert_eq!((known.status, known.header("vary")), (304, Some("Accept, Accept-Encoding")));
    }
    assert_eq!(server.ask("GET", "/", BROWSER).header("vary"), Some("Accept-Encoding, Accept-Language"));
}

#[test]
fn a_date_that_is_still_to_come_is_not_told() {
    let server = Server::start_at(Options::default(), || "2024-03-09T02:11:59Z".parse().unwrap());
    let answer = server.get("/feeds/latest.rss");
    assert_eq!((answer.status, answer.header("last-modified")), (200, None));
    let condition = "If-Modified-Since: Sat, 09 Mar 2024 02:12:00 GMT\r\n";
    assert_eq!(server.ask("GET", "/feeds/latest.rss", condition).status, 200);
    let condition = format!("If-None-Match: {}\r\n", answer.header("etag").unwrap());
    assert_eq!(server.ask("GET", "/feeds/latest.rss", &condition).headers(&["last-modified"]), [None]);
}

#[test]
fn other_sites_may_read_feeds_and_nothing_else() {
    let server = Server::start(Options::default());
    let origin = "Origin: https://reader.example\r\n";
    let names = ["access-control-allow-origin", "access-control-expose-headers"];
    for path in ["/feeds/latest.rss", "/feeds/none.rss", "/feeds/latest", "/rss"] {
        let open = [Some("*"), Some("ETag, Last-Modified, Link")];
        assert_eq!(server.ask("GET", path, origin).headers(&names), open, "{path}");
    }
    for path in ["/", "/metrics", "/style.css"] {
        assert_eq!(server.ask("GET", path, origin).headers(&names), [None, None], "{path}");
    }
    let preflight = format!("{origin}Access-Control-Request-Method: GET\r\n");
    let answer = server.ask("OPTIONS", "/feeds/latest.rss", &preflight);
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    let wants = [
        ("allow", "GET, HEAD, OPTIONS"),
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET, HEAD"),
        ("access-control-allow-headers", "A-IM, Cache-Control, If-Modified-Since, If-None-Match"),
        ("access-control-max-age", "86400"),
    ];
    for (name, value) in wants {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let elsewhere = server.ask("OPTIONS", "/", &preflight);
    assert_eq!((elsewhere.status, elsewhere.headers(&names)), (204, vec![None, None]));
}

#[test]
fn what_cannot_be_answered_is_refused_in_its_own_way() {
    let server = Server::start(Options::default());
    for path in
        ["/feeds/topics/sport.rss", "/feeds/topics/sport", "/nothing/", "/stories/1", "/%00", "/../etc/passwd"]
    {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "TRACE", "BREW"] {
        let answer = server.ask(method, "/feeds/latest.rss", "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, OPTIONS")), "{method}");
    }
    assert_eq!(server.get(&format!("/{}", "a".repeat(8_000))).status, 414);
    assert_eq!(server.get(&format!("/?{}", "a".repeat(8_000))).status, 414);
    assert_eq!(server.ask("GET", "/", &format!("X-Long: {}\r\n", "a".repeat(100_000))).status, 431);
    assert_eq!(server.say("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    assert_eq!(server.ask("GET", "/", "Host: other\r\n").status, 400);
}

#[test]
fn a_refusal_is_a_page_for_people_and_a_sentence_for_others() {
    let server = Server::start(Options::default());
    for (language, says) in [("zh-CN", "没有这个页面"), ("zh-TW", "沒有這個頁面"), ("en", "There is no such page")]
    {
        let answer = server.ask("GET", "/nothing", &format!("{BROWSER}Accept-Language: {language}\r\n"));
        let head = (answer.status, answer.header("content-type"), answer.header("cache-control"));
        assert_eq!(head, (404, Some("text/html; charset=utf-8"), Some("no-store")), "{language}");
        assert!(answer.text().contains(says), "{}", answer.text());
    }
    let answer = server.get("/nothing");
    assert_eq!(
        (answer.header("content-type"), &*answer.body),
        (Some("text/plain; charset=utf-8"), &b"There is no such page.\n"[..])
    );
}

#[test]
fn guesses_and_slashes_too_many_lead_to_the_page() {
    let server = Server::start(Options::default());
    for (path, to) in [
        ("/rss", "feeds/latest.rss"),
        ("/atom.xml", "feeds/latest.atom"),
        ("/feed.json", "feeds/latest.json"),
        ("/favicon.ico", "icon.svg"),
        ("/feeds/latest/", "../latest"),
        ("/feeds/latest.rss/?utm=1", "../latest.rss?utm=1"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (301, Some(to)), "{path}");
        assert_eq!(answer.header("cache-control"), Some("max-age=86400"), "{path}");
    }
}

#[test]
fn a_feed_without_a_format_leads_to_atom() {
    let server = Server::start(Options::default());
    for (path, to) in [
        ("/feeds/latest", "latest.atom"),
        ("/feeds/topics/health", "health.atom"),
        ("/feeds/latest?a=b&c=%E6%B8%A1", "latest.atom?a=b&c=%E6%B8%A1"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, Some(to)), "{path}");
        assert_eq!(answer.header("vary"), Some("Accept"));
    }
    let browser = server.ask("GET", "/feeds/latest", BROWSER);
    assert_eq!((browser.status, browser.header("location")), (302, Some("latest.html")));
}

#[test]
fn a_question_has_one_url_and_a_wrong_one_is_told_why() {
    let server = Server::start(Options::default());
    let answer = server.get("/feeds/search.rss?topic=health&q=%E6%B8%A1%E8%88%B9");
    let to = answer.header("location").unwrap().to_owned();
    assert_eq!((answer.status, answer.header("cache-control")), (302, server.get("/").header("cache-control")));
    assert!(to.starts_with("search.rss?"), "{to}");
    assert_eq!(server.get(&format!("/feeds/{to}")).status, 200);
    for headers in ["", BROWSER] {
        let answer = server.ask("GET", "/feeds/search.rss?colour=red", headers);
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("text/plain; charset=utf-8")));
        assert!(answer.text().contains("colour"), "{}", answer.text());
    }
    let answer = server.get("/feeds/search?q=%E6%B8%A1");
    assert_eq!((answer.status, answer.header("location")), (302, Some("search.atom?q=%E6%B8%A1")));
}

#[test]
fn what_was_asked_for_is_counted_in_few_series() {
    let server = Server::start(Options::default());
    for path in ["/feeds/latest.rss", "/feeds/latest.rss", "/none", "/other", "/stories/x"] {
        server.get(path);
    }
    server.ask("GET", "/feeds/latest.rss", "If-None-Match: *\r\n");
    let answer = server.get("/metrics");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let text = answer.text();
    for line in [
        "wirefeed_http_requests_total{route=\"rss\",status=\"200\"} 2",
        "wirefeed_http_requests_total{route=\"rss\",status=\"304\"} 1",
        "wirefeed_http_requests_total{route=\"unknown\",status=\"404\"} 3",
        "wirefeed_http_pages_total{from=\"print\"} 1",
        "wirefeed_http_pages_total{from=\"cache\"} 2",
        "wirefeed_http_printing_seconds_count 1",
    ] {
        assert!(text.lines().any(|told| told == line), "{line}\n{text}");
    }
}

#[test]
fn probes_tell_being_alive_from_being_ready() {
    let server = Server::start(Options::default());
    let probe = |path: &str| {
        let answer = server.get(path);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        (answer.status, answer.text())
    };
    assert_eq!(probe("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(probe("/readyz"), (200, "ok\n".to_owned()));
    server.shelf.down.store(true, Ordering::Relaxed);
    assert_eq!(probe("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(probe("/readyz"), (503, "the archive does not answer\n".to_owned()));
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
fn an_archive_that_hangs_holds_nobody_up() {
    let server = Server::start(Options { answer_timeout: Duration::from_millis(50), ..Options::default() });
    let gate = server.shelf.gate.lock().unwrap();
    assert_eq!(server.get("/").status, 503);
    assert_eq!(server.get("/readyz").status, 503);
    assert_eq!(server.get("/healthz").status, 200);
    drop(gate);
    support::newsroom::wait_until("the page is there", Duration::from_secs(20), || server.get("/").status == 200);
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

#[test]
fn a_client_that_does_not_read_is_shown_out() {
    let server = Server::start(Options { write_timeout: Duration::from_millis(50), ..Options::default() });
    let mut deaf = server.connect();
    deaf.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    // Far more answers than the sockets' buffers hold.
    let request = "GET /style.css HTTP/1.1\r\nHost: wire\r\n\r\n".repeat(200);
    let error =
        (0..1_000).find_map(|_| deaf.write_all(request.as_bytes()).err()).expect("nobody takes the answers");
    assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
}

#[test]
fn who_asks_for_what_is_new_gets_it_alone() {
    let server = Server::start(Options::default());
    server.shelf.put((0..9).map(|number| story(&format!("第{number}号渡船"), number)).collect());
    let first = server.get("/feeds/latest.atom");
    let etag = first.header("etag").unwrap().to_owned();
    let filed = server.shelf.put(vec![story("新船下水", 30)]);
    server.editions.send_modify(|edition| *edition = Arc::new(edition.after(&filed)));
    let has = format!("If-None-Match: {etag}\r\n");
    let whole = server.ask("GET", "/feeds/latest.atom", &has);
    let delta = server.ask("GET", "/feeds/latest.atom", &format!("{has}A-IM: feed\r\n"));
    assert_eq!(
        (delta.status, delta.header("im"), delta.header("cache-control")),
        (226, Some("feed"), Some("no-store, im"))
    );
    assert_eq!((whole.status, delta.header("etag")), (200, whole.header("etag")));
    assert!(delta.text().contains("新船下水") && !delta.text().contains("第3号渡船"));
    let now = whole.header("etag").unwrap();
    let again = server.ask("GET", "/feeds/latest.atom", &format!("If-None-Match: {now}\r\nA-IM: feed\r\n"));
    assert_eq!(again.status, 304);
    assert_eq!(server.ask("GET", "/feeds/latest.atom", "If-None-Match: \"x\"\r\nA-IM: feed\r\n").status, 200);
}

#[test]
fn a_question_that_is_not_understood_is_refused_in_every_form() {
    let server = Server::start(Options::default());
    let feed = server.get("/feeds/search.atom?colour=red");
    assert_eq!((feed.status, feed.header("content-type")), (400, Some("text/plain; charset=utf-8")));
    let page = server.get("/feeds/search.html?colour=red");
    assert_eq!((page.status, page.header("content-type")), (400, Some("text/html; charset=utf-8")));
    assert!(page.text().contains("colour") && page.text().contains("<form"));
}
