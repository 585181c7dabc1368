//! The daemon under a service manager, which these tests play: its socket, its signals, its watchdog, its log.

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use rustix::process::Signal;
use serde_json::Value;
use support::newsroom::{Newsroom, SOON, files, said, wait_until, wirefeed};

/// A page with one story.
fn page(headline: &str) -> String {
    format!(
        "{headline}\n\n河口通讯社合肥3月9日电（记者方舟）{headline}，2026年的第一场春雨落在渡口上。\n\n\
         老船工说，这条水路他走了四十年。\n"
    )
}

/// The same of tomorrow, and under an embargo until the day after.
fn embargoed(headline: &str, now: DateTime<Utc>) -> String {
    let [tomorrow, then] = [1, 2].map(|days| (now + TimeDelta::days(days)).format("%-m月%-d日").to_string());
    page(headline).replace("3月9日", &tomorrow).replacen('）', &format!("）（限{then}18时后播发）"), 1)
}

/// Where a daemon says how it is.
struct Manager {
    socket: UnixDatagram,
}

impl Manager {
    fn of(room: &Newsroom) -> Self {
        let socket = UnixDatagram::bind(room.path("notify")).unwrap();
        socket.set_read_timeout(Some(SOON)).unwrap();
        Self { socket }
    }

    /// What is said next that has this line; what else is said before it is passed over.
    #[track_caller]
    fn hears(&self, line: &str) -> String {
        let mut bytes = [0; 4096];
        loop {
            let length = self.socket.recv(&mut bytes).unwrap_or_else(|error| panic!("no {line}: {error}"));
            let said = String::from_utf8(bytes[..length].to_vec()).unwrap();
            if said.lines().any(|told| told == line) {
                return said;
            }
        }
    }

    /// Whether nothing is said for so long, from now on.
    fn is_silent_for(&self, time: Duration) -> bool {
        self.socket.set_read_timeout(Some(time)).unwrap();
        let heard = self.socket.recv(&mut [0; 4096]);
        self.socket.set_read_timeout(Some(SOON)).unwrap();
        heard.is_err()
    }
}

fn serve(room: &Newsroom, words: &[&str]) -> Command {
    let mut command = wirefeed(room.folder(), words);
    command.env("NOTIFY_SOCKET", room.path("notify"));
    command
}

/// How many files are put away.
fn put_away(room: &Newsroom) -> usize {
    let done = room.path("inbox/done");
    if done.exists() { files(&done).len() } else { 0 }
}

/// Changes the configuration.
fn configure(room: &Newsroom, change: impl FnOnce(String) -> String) {
    let path = room.path("wirefeed.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, change(text)).unwrap();
}

#[test]
fn a_socket_that_the_manager_holds_is_served_and_outlives_the_daemon() {
    let mut room = Newsroom::new();
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = held.local_addr().unwrap();
    // As a service manager does: the socket is descriptor 3, and the environment says whose it is (sd_listen_fds(3)).
    let start = |room: &mut Newsroom| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" serve"]);
        shell.arg(env!("CARGO_BIN_EXE_wirefeed")).current_dir(room.folder()).env("TMPDIR", room.folder());
        shell.stdin(Stdio::from(OwnedFd::from(held.try_clone().unwrap())));
        room.start(shell);
    };
    start(&mut room);
    assert_eq!(room.address(), address);
    assert_eq!(room.get("/healthz").status, 200);
    assert!(room.log().contains("[http] listen is passed over"), "{}", room.log());

    assert!(room.stop().success());
    let mut waits = TcpStream::connect(address).expect("the socket is open between two daemons");
    waits.write_all(b"GET /healthz HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n\r\n").unwrap();
    start(&mut room);
    let mut answer = String::new();
    waits.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn two_sockets_are_more_than_it_serves() {
    let room = Newsroom::new();
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 3<&0 4<&0 </dev/null; LISTEN_FDS=2 LISTEN_PID=$$ exec \"$0\" serve"]);
    shell.arg(env!("CARGO_BIN_EXE_wirefeed")).current_dir(room.folder());
    let output = shell.stdin(Stdio::from(OwnedFd::from(held))).output().unwrap();
    let (_, err) = said(&output);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("2 sockets"), "{err}");
}

#[test]
fn a_reload_takes_a_sound_configuration_and_refuses_a_broken_one() {
    let mut room = Newsroom::new();
    let manager = Manager::of(&room);
    room.start(serve(&room, &["serve"]));
    manager.hears("READY=1");
    room.drop_page("a.txt", &page("河口春茶开采"));
    room.wait_for("/feeds/latest.atom", "河口春茶开采");
    let before = room.get("/feeds/latest.atom");
    let etag = before.header("etag").unwrap().to_owned();
    let mut open = TcpStream::connect(room.address()).unwrap();
    let reload = || {
        room.signal(Signal::HUP);
        assert!(manager.hears("RELOADING=1").contains("MONOTONIC_USEC="));
        manager.hears("READY=1")
    };

    reload();
    let again = room.ask("GET", "/feeds/latest.atom", &format!("If-None-Match: {etag}\r\n"));
    assert_eq!(again.status, 304, "the same configuration prints the same bytes");

    configure(&room, |text| text.replace("河口通讯", "渡口日报").replace("[http]", "[http]\nmax_age = \"7s\""));
    reload();
    let after = room.get("/feeds/latest.atom");
    assert!(after.text().contains("渡口日报"), "{}", after.text());
    assert!(after.header("cache-control").unwrap().contains("max-age=7"), "{}", after.head);

    configure(&room, |text| text.replace("[inbox]", "[inbox]\npth = 1"));
    let status = reload();
    assert!(status.contains("wirefeed.toml:4: "), "{status}");
    assert!(room.log().contains("wirefeed.toml:4: ") && room.log().contains("refused"), "{}", room.log());
    assert!(room.get("/feeds/latest.atom").text().contains("渡口日报"), "the one before stays");
    assert!(room.get("/metrics").text().contains("wirefeed_configuration_is_sound 0\n"));
    room.drop_page("b.txt", &page("春汛平稳过境"));
    room.wait_for("/feeds/latest.atom", "春汛平稳过境");

    configure(&room, |text| text.replace("pth = 1", "path = \"elsewhere\""));
    reload();
    assert!(room.log().contains("from the next restart on"), "{}", room.log());
    assert!(room.get("/metrics").text().contains("wirefeed_configuration_is_sound 1\n"));

    // Who was connected all the while is served.
    open.write_all(b"GET /healthz HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    open.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn new_tables_label_what_comes_after_the_reload() {
    let mut room = Newsroom::new();
    let manager = Manager::of(&room);
    fs::write(room.path("own.toml"), "").unwrap();
    configure(&room, |text| {
        text.replace("regions = \"regions.toml\"", "regions = [\"regions.toml\", \"own.toml\"]")
    });
    room.start(serve(&room, &["serve"]));
    manager.hears("READY=1");
    assert_eq!(room.get("/feeds/regions/ferry.rss").status, 404);
    let region = "[[region]]\ncode = 'ours:ferry'\nslug = 'ferry'\nname = { zh = '渡口', en = 'the ferry' }\n\
                  terms = { aliases = '河口渡口' }\n";
    fs::write(room.path("own.toml"), region).unwrap();
    room.signal(Signal::HUP);
    manager.hears("RELOADING=1");
    manager.hears("READY=1");
    room.drop_page("a.txt", &page("河口渡口恢复通航"));
    room.wait_for("/feeds/regions/ferry.rss", "河口渡口恢复通航");
}

#[test]
fn a_stop_lets_the_reader_who_is_being_served_finish() {
    let mut room = Newsroom::new();
    room.serve();
    room.drop_page("a.txt", &page("河口春茶开采"));
    room.wait_for("/feeds/latest.rss", "河口春茶开采");
    let mut reader = TcpStream::connect(room.address()).unwrap();
    reader.write_all(b"GET /feeds/latest.rss HTTP/1.1\r\n").unwrap();
    // It has been accepted once a later one has been answered.
    assert_eq!(room.get("/healthz").status, 200);
    let begun = Instant::now();
    room.signal(Signal::TERM);
    wait_until("nobody new is let in", SOON, || TcpStream::connect(room.address()).is_err());
    reader.write_all(b"Host: wire\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    reader.read_to_end(&mut answer).unwrap();
    assert!(String::from_utf8_lossy(&answer).contains("河口春茶开采"));
    assert!(room.ended().success());
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn a_stop_waits_for_no_more_than_the_file_in_hand() {
    const FILES: usize = 2_000;
    let mut room = Newsroom::with_settle("0s");
    for number in 0..FILES {
        let name = format!("{number:04}.txt");
        fs::write(room.inbox().join(name), page(&format!("第{number}号渡船复航"))).unwrap();
    }
    room.serve();
    wait_until("the first files are filed", SOON, || put_away(&room) > 0);
    assert!(room.stop().success());
    assert!(room.names("inbox").len() > 1, "all {FILES} files were taken first");
    room.serve();
    wait_until("the rest is filed", 4 * SOON, || put_away(&room) == FILES);
}

#[test]
fn the_watchdog_hears_nothing_while_a_turn_hangs() {
    let mut room = Newsroom::new();
    let manager = Manager::of(&room);
    let mut command = serve(&room, &["serve"]);
    command.env("WATCHDOG_USEC", "200000");
    room.start(command);
    manager.hears("READY=1");
    // While it waits, and while it works.
    manager.hears("WATCHDOG=1");
    room.drop_page("a.txt", &page("河口春茶开采"));
    room.wait_for("/feeds/latest.rss", "河口春茶开采");
    manager.hears("WATCHDOG=1");

    // Somebody holds the archive, and a filing waits for it, for seconds; readers are served all the while.
    let held = Connection::open(room.path("wirefeed.db")).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    room.drop_page("b.txt", &page("春汛平稳过境"));
    wait_until("there is no sign of life", SOON, || manager.is_silent_for(Duration::from_secs(2)));
    assert_eq!(room.get("/healthz").status, 200);
    held.execute_batch("ROLLBACK").unwrap();
    room.wait_for("/feeds/latest.rss", "春汛平稳过境");
    manager.hears("WATCHDOG=1");
}

#[test]
fn each_file_has_a_line_of_the_log_once_it_is_filed() {
    let mut room = Newsroom::new();
    room.serve_as("--log-format json");
    room.drop_page("odd \"name\".txt", &page("河口春茶开采"));
    wait_until("it is logged", SOON, || room.log().contains("\"filed\""));
    let log = room.log();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let filed: Vec<&Value> = lines.iter().filter(|line| line["message"] == "filed").collect();
    let [filed] = filed.as_slice() else { panic!("{log}") };
    assert_eq!((&filed["file"], &filed["stories"]), (&"odd \"name\".txt".into(), &1.into()));
    assert!(filed["remarks"].is_u64() && filed["took_ms"].is_number() && filed["level"] == "INFO", "{filed}");
}

#[test]
fn a_log_says_no_word_of_a_story_under_embargo() {
    let mut room = Newsroom::new();
    room.serve_as("-vv");
    // The clock of the file system.
    let now = fs::metadata(room.inbox()).unwrap().modified().unwrap().into();
    room.drop_page("held.txt", &embargoed("白鹭号改名", now));
    wait_until("it is filed", SOON, || put_away(&room) == 1);
    wait_until("it is counted", SOON, || room.get("/metrics").text().contains("wirefeed_stories_waiting 1\n"));
    for (place, text) in [("log", room.log()), ("metrics", room.get("/metrics").text())] {
        for word in ["白鹭", "改名", "方舟", "老船工"] {
            assert!(!text.contains(word), "the {place} says {word}: {text}");
        }
    }
}

#[test]
fn what_was_done_is_counted() {
    let mut room = Newsroom::new();
    configure(&room, |text| text + "[silence]\n\"河口通讯社\" = \"1d\"\nxinhua = \"1ms\"\n");
    room.serve();
    room.drop_page("a.txt", &page("河口春茶开采"));
    fs::write(room.inbox().join("empty.txt"), "").unwrap();
    room.wait_for("/feeds/latest.rss", "河口春茶开采");
    room.wait_for("/metrics", "wirefeed_files_total{became=\"refused\"} 1\n");
    wait_until("the alarm is raised", SOON, || {
        room.get("/metrics").text().contains("wirefeed_agency_silent{agency=\"xinhua\"} 1\n")
    });
    let text = room.get("/metrics").text();
    for line in [
        "wirefeed_files_total{became=\"taken\"} 1",
        "wirefeed_files_waiting 0",
        "wirefeed_stories_total{became=\"new\"} 1",
        "wirefeed_read_stories_total{kind=\"text\"} 1",
        "wirefeed_remarks_total{kind=\"year\"} 1",
        "wirefeed_archive_stories 1",
        "wirefeed_stories_waiting 0",
        "wirefeed_agency_silent{agency=\"河口通讯社\"} 0",
    ] {
        assert!(text.lines().any(|told| told == line), "{line}\n{text}");
    }
    for name in [
        "wirefeed_archive_size_bytes ",
        "wirefeed_newest_story_age_seconds ",
        "wirefeed_agency_silence_seconds{agency=\"xinhua\"} ",
        "wirefeed_http_requests_total{route=\"rss\",status=\"200\"} ",
        "wirefeed_http_printing_seconds_count ",
    ] {
        assert!(text.lines().any(|told| told.starts_with(name)), "{name}\n{text}");
    }
    let alarms = room.log().matches("for too long").count();
    assert_eq!(alarms, 1, "an alarm is raised once: {}", room.log());
}
