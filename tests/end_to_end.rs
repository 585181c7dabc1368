//! The real program, from a page dropped into the inbox to what a reader gets. Every story here is invented.

mod support;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use serde_json::Value;
use support::newsroom::{Answer, Newsroom, SOON, drop_file, files, said, wait_until, wirefeed};
use wirefeed::taxonomy::Taxonomy;

/// A page with two stories.
const PAGE: &str = "\
2026年3月9日　第3版

河口渡船今日复航 看病上学不再绕行

河口通讯社合肥3月9日电（记者方舟）清晨六点，“白鹭号”渡船载着第一批乘客离开南岸码头，停航三年的河口渡口正式恢复通航。

安徽省交通运输厅介绍，新渡船采用纯电动力，每十五分钟一班，过河只需七分钟。

社区卫生院把夜间门诊延长到十点

河口通讯社北京3月9日电（记者林晚）三十家社区卫生院9日起延长夜间门诊，医生轮流值班，慢性病患者下班后也能看病。

院长说，流感季节里来的病人多了四成。
";

const HEADLINES: [&str; 2] = ["河口渡船今日复航", "社区卫生院把夜间门诊延长到十点"];

/// A page with one story.
fn page(headline: &str) -> String {
    format!(
        "{headline}\n\n河口通讯社合肥3月9日电（记者方舟）{headline}，2026年的第一场春雨落在渡口上。\n\n\
         老船工说，这条水路他走了四十年。\n"
    )
}

#[track_caller]
fn ends(output: &Output, code: i32) -> (String, String) {
    let (out, err) = said(output);
    assert_eq!(output.status.code(), Some(code), "stdout: {out}\nstderr: {err}");
    (out, err)
}

/// The command fails in its way, with a message that holds these words, and no backtrace.
#[track_caller]
fn fails(room: &Newsroom, words: &str, code: i32, says: &[&str]) {
    let (_, err) = ends(&room.run(words), code);
    for part in says {
        assert!(err.contains(part), "{words}: {err}");
    }
    assert!(!err.contains("panicked"), "{words}: {err}");
}

#[test]
fn a_page_dropped_into_the_inbox_is_in_its_feeds_and_in_no_other() {
    let mut room = Newsroom::new();
    room.serve();
    assert_eq!(room.get("/healthz").status, 200);
    assert_eq!(feed(&room.get("/feeds/latest.atom")).entries.len(), 0);

    room.drop_page("page.txt", PAGE);
    room.wait_for("/feeds/latest.rss", HEADLINES[0]);
    room.wait_for("/", HEADLINES[1]);
    let [rss, atom] = ["rss", "atom"].map(|format| feed(&room.get(&format!("/feeds/latest.{format}"))));
    let items = |feed: &feed_rs::model::Feed| -> Vec<(String, String, Option<DateTime<Utc>>)> {
        let title = |entry: &feed_rs::model::Entry| entry.title.as_ref().unwrap().content.clone();
        feed.entries.iter().map(|entry| (entry.id.clone(), title(entry), entry.published)).collect()
    };
    assert_eq!(items(&rss), items(&atom));
    assert_eq!(items(&rss).len(), 2);
    assert!(items(&rss)[0].1.contains(HEADLINES[0]), "the page's order is kept");
    for entry in &rss.entries {
        let path = entry.links[0].href.strip_prefix("http://127.0.0.1:8080").unwrap();
        assert!(room.get(path).text().contains("河口通讯社"), "items link to their stories");
    }

    wait_until("the page is put away", SOON, || room.done().iter().any(|path| path.ends_with("page.txt")));
    let done = room.done().remove(0);
    assert_eq!(room.names("inbox"), ["done"]);
    // What `parse` sees in the page is what it is filed under.
    for story in ninjs(&room, &format!("parse --format ninjs {}", done.display())) {
        let headline = story["headlines"][0]["value"].as_str().unwrap();
        let mut wants = feeds_of(&story);
        wants.insert("/feeds/latest".to_owned());
        assert_eq!(feeds_with(&room, headline), wants, "{headline}");
    }
}

/// The feeds that a ninjs object belongs in by its labels.
fn feeds_of(story: &Value) -> BTreeSet<String> {
    let taxonomy = Taxonomy::embedded();
    let list = |key: &str| story[key].as_array().cloned().unwrap_or_default();
    let regions = list("places").into_iter().map(|place| {
        let code = place["literal"].as_str().unwrap().parse().unwrap();
        format!("/feeds/regions/{}", taxonomy.regions.get(&code).unwrap().slug)
    });
    let topics = list("subjects").into_iter().map(|subject| {
        let code = subject["uri"].as_str().unwrap().rsplit('/').next().unwrap();
        let code = format!("medtop:{code}").parse().unwrap();
        format!("/feeds/topics/{}", taxonomy.topics.get(&code).unwrap().slug)
    });
    regions.chain(topics).collect()
}

/// The feeds that have an item of this headline, in both of their formats.
fn feeds_with(room: &Newsroom, headline: &str) -> BTreeSet<String> {
    const FORMATS: [&str; 3] = [".rss", ".atom", ".json"];
    let (urls, _) = ends(&room.run("check"), 0);
    let mut found = BTreeSet::new();
    for url in urls.lines().filter(|url| FORMATS.iter().any(|format| url.ends_with(format))) {
        let path = url.strip_prefix("http://127.0.0.1:8080").unwrap();
        if room.get(path).text().contains(headline) {
            found.insert(path.to_owned());
        }
    }
    let stems: BTreeSet<String> = found.iter().map(|path| path.rsplit_once('.').unwrap().0.to_owned()).collect();
    assert_eq!(found.len(), FORMATS.len() * stems.len(), "the formats agree: {found:?}");
    stems
}

fn feed(answer: &Answer) -> feed_rs::model::Feed {
    assert_eq!(answer.status, 200);
    feed_rs::parser::parse(answer.body.as_slice()).unwrap()
}

fn ninjs(room: &Newsroom, words: &str) -> Vec<Value> {
    let (out, _) = ends(&room.run(words), 0);
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_reader_that_comes_again_gets_only_what_is_new() {
    let mut room = Newsroom::new();
    room.serve();
    room.drop_page("page.txt", PAGE);
    room.wait_for("/feeds/latest.atom", HEADLINES[0]);

    let full = room.get("/feeds/latest.atom");
    let etag = full.header("etag").unwrap().to_owned();
    assert_eq!(full.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let again = |room: &Newsroom| room.ask("GET", "/feeds/latest.atom", &format!("If-None-Match: {etag}\r\n"));
    assert_eq!((again(&room).status, again(&room).body.len()), (304, 0));

    let head = room.ask("HEAD", "/feeds/latest.atom", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    let names = ["etag", "last-modified", "content-type", "content-length", "vary"];
    assert_eq!(head.headers(&names), full.headers(&names));

    let small = room.ask("GET", "/feeds/latest.atom", "Accept-Encoding: gzip\r\n");
    assert_eq!((small.header("content-encoding"), small.header("etag")), (Some("gzip"), Some(etag.as_str())));
    let mut unpacked = Vec::new();
    GzDecoder::new(small.body.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, full.body);

    for nothing in ["/feeds/latest.yaml", "/feeds/regions/atlantis.rss", "/stories/none", "/.wirefeed/manifest"] {
        assert_eq!(room.get(nothing).status, 404, "{nothing}");
    }
    assert_eq!(room.ask("POST", "/feeds/latest.atom", "Content-Length: 0\r\n").status, 405);

    room.drop_page("next.txt", &page("河口春茶开采"));
    wait_until("the feed changes", SOON, || again(&room).status == 200);
    assert!(again(&room).text().contains("河口春茶开采"));
}

#[test]
fn a_page_that_comes_twice_or_before_a_restart_is_one_story() {
    let mut room = Newsroom::new();
    room.serve();
    room.drop_page("page.txt", &page("河口春茶开采"));
    room.wait_for("/feeds/latest.rss", "河口春茶开采");
    let before = room.get("/feeds/latest.rss").body;
    assert!(room.stop().success());

    room.drop_page("again.txt", &page("河口春茶开采"));
    room.serve();
    wait_until("it is put away", SOON, || room.done().len() == 2);
    assert_eq!(room.get("/feeds/latest.rss").body, before, "not a byte moved");
}

#[test]
fn build_twice_gives_identical_bytes_and_leaves_the_inbox_alone() {
    let room = Newsroom::new();
    room.drop_page("a.txt", PAGE);
    room.drop_page("b.txt", &page("河口春茶开采"));
    let look = || {
        let modified = |name: &str| fs::metadata(room.inbox().join(name)).unwrap().modified().unwrap();
        (files(&room.inbox()), modified("a.txt"), modified("b.txt"))
    };
    let before = look();

    let (out, _) = ends(&room.run("build --out one"), 0);
    assert!(out.contains("read 2 wire files (0 more were known): 3 stories"), "{out}");
    ends(&room.run("build --out two"), 0);
    let (again, _) = ends(&room.run("build --out one"), 0);
    assert!(again.contains("(0 changed, 0 removed)"), "{again}");
    assert_eq!(files(&room.path("one")), files(&room.path("two")));
    assert!(files(&room.path("one")).contains_key("feeds/latest.atom"));
    assert_eq!(look(), before);
    assert!(!room.path("wirefeed.db").exists(), "the archive was in memory");
}

#[test]
fn build_writes_what_serve_hands_out() {
    let mut room = Newsroom::new();
    room.serve();
    room.drop_page("a.txt", PAGE);
    room.drop_page("b.txt", &page("河口春茶开采"));
    wait_until("both are put away", SOON, || room.done().len() == 2);
    // The daemon keeps serving beside it.
    let (out, _) = ends(&room.run("build --archive sqlite:wirefeed.db --out out"), 0);
    assert!(out.contains("and 3 stories into out"), "{out}");

    let written = files(&room.path("out"));
    let (mut compared, mut inner) = (0, 0);
    for (name, bytes) in written.iter().filter(|(name, _)| !name.starts_with(".wirefeed/")) {
        inner += usize::from(name.matches('/').count() > 2);
        let path = format!("/{}", name.strip_suffix("/index.html").unwrap_or(name));
        let path = if path == "/index.html" { "/" } else { &path };
        let answer = room.get(path);
        assert_eq!(answer.status, 200, "{path}");
        let body = if is_for_people(&answer) { without_form(&answer.body) } else { answer.body.clone() };
        assert!(body == *bytes, "{path} differs from {name}");
        compared += 1;
    }
    let (urls, _) = ends(&room.run("check"), 0);
    // What there is only because stories are in it: regions within topics, and an agency of no table.
    assert!(inner > 0);
    let agency = 4;
    assert_eq!(compared, urls.lines().count() + inner + agency + 3, "every page of `check`, and three stories");
}

/// Whether it is a page rather than a feed or a list.
fn is_for_people(answer: &Answer) -> bool {
    answer.header("content-type").is_some_and(|media_type| media_type.starts_with("text/html"))
}

/// A page as it is in a folder, where nobody answers searches.
fn without_form(page: &[u8]) -> Vec<u8> {
    let page = std::str::from_utf8(page).unwrap();
    let (before, form) = page.split_once("<form").expect("a page that is served asks for searches");
    let (_, after) = form.split_once("</form>").unwrap();
    [before, after].concat().into_bytes()
}

#[test]
fn build_with_an_archive_puts_files_away() {
    let room = Newsroom::new();
    room.drop_page("a.txt", PAGE);
    let (out, _) = ends(&room.run("build --archive sqlite:kept.db --out out"), 0);
    assert!(out.contains("read 1 wire files (0 more were known): 2 stories"), "{out}");
    assert_eq!((room.names("inbox"), room.done().len()), (vec!["done".to_owned()], 1));
    assert!(room.done()[0].ends_with("a.txt"));
    let first = files(&room.path("out"));
    let (out, _) = ends(&room.run("build --archive sqlite:kept.db --out out"), 0);
    assert!(out.contains("read 0 wire files") && out.contains("(0 changed, 0 removed)"), "{out}");
    assert_eq!(files(&room.path("out")), first);
}

#[test]
fn every_exit_code_has_its_reason() {
    let room = Newsroom::new();
    room.drop_page("good.txt", PAGE);
    fs::write(room.path("wrong.toml"), "[inbox]\npth = \"x\"\n").unwrap();
    fs::write(room.path("no.db"), "this is no database, though it is long enough to have been one").unwrap();
    fs::create_dir(room.path("taken")).unwrap();
    fs::write(room.path("taken/index.html"), "somebody else's").unwrap();

    for done in
        ["--help", "--version", "check", "build --out out", "parse inbox/good.txt", "parse -e inbox/good.txt"]
    {
        ends(&room.run(done), 0);
    }
    fails(&room, "parse nowhere.txt", 1, &["nowhere.txt", "No such file"]);
    fails(&room, "build --out taken", 1, &["taken/index.html", "wirefeed did not write it"]);
    fails(&room, "build --out out --archive sqlite:no.db", 1, &["not a database"]);
    fails(&room, "serve --archive sqlite:no/such/folder.db", 1, &["no/such/folder.db"]);

    fails(&room, "", 2, &["Usage"]);
    fails(&room, "build", 2, &["--out"]);
    fails(&room, "print", 2, &["print"]);
    fails(&room, "serve --sample --inbox inbox", 2, &["--sample"]);
    fails(&room, "build --out out --archive mysql:x", 2, &["mysql:x", "sqlite:PATH"]);
    fails(&room, "build --out out --inbox nowhere", 2, &["nowhere"]);
    fails(&room, "serve --inbox nowhere", 2, &["nowhere"]);
    fails(&room, "parse inbox/good.txt --received yesterday", 2, &["yesterday", "2024-11-19"]);
    for command in ["check", "build --out out", "serve", "parse inbox/good.txt"] {
        let command = format!("{command} --config");
        fails(&room, &format!("{command} nowhere.toml"), 2, &["nowhere.toml", "No such file"]);
        fails(&room, &format!("{command} wrong.toml"), 2, &["wrong.toml:2: ", "pth", "`path`", "`settle`"]);
    }

    fs::write(room.path("noise"), noise()).unwrap();
    fails(&room, "parse noise inbox/good.txt", 3, &["noise: refused: the file is not text"]);
    fs::copy(room.path("noise"), room.path("inbox/noise")).unwrap();
    let (out, _) = ends(&room.run("build --out out"), 3);
    assert!(out.contains("refused noise: the file is not text"), "{out}");
    assert!(out.contains("read 1 wire files"), "{out}");
}

/// Bytes that are no text; the same each time.
fn noise() -> Vec<u8> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().chain((0..4_000).map(|_| next())).collect()
}

#[test]
fn a_pipe_that_nobody_reads_is_no_failure() {
    let room = Newsroom::new();
    room.drop_page("good.txt", PAGE);
    for words in ["check", "build --out out", "parse inbox/good.txt", "parse --explain inbox/good.txt"] {
        let mut command = wirefeed(room.folder(), words.split(' '));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = command.stdout(writer.try_clone().unwrap()).stderr(writer).status().unwrap();
        assert_eq!(status.code(), Some(0), "{words}");
    }
}

#[test]
fn a_port_in_use_is_said_so() {
    let room = Newsroom::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fails(&room, &format!("serve --listen {address}"), 1, &["cannot listen at", &address, "in use"]);
    assert!(!room.path("wirefeed.db").exists(), "nothing was begun");
}

#[test]
fn the_sample_shows_living_feeds_and_leaves_nothing_behind() {
    let mut room = Newsroom::new();
    fs::remove_file(room.path("wirefeed.toml")).unwrap();
    room.serve_as("--sample --listen 127.0.0.1:0");
    let base = format!("http://{}", room.address());
    room.wait_for("/", "共享灯塔");
    let latest = feed(&room.get("/feeds/latest.atom"));
    assert_eq!(latest.entries.len(), 5);
    for entry in &latest.entries {
        let path = entry.links[0].href.strip_prefix(&base).expect("links lead to where it is served");
        assert_eq!(room.get(path).status, 200);
    }
    assert!(room.names("").iter().any(|name| name.starts_with("wirefeed-sample-")), "under TMPDIR");
    assert!(room.stop().success());
    assert!(!room.names("").iter().any(|name| name.starts_with("wirefeed-sample-")), "{:?}", room.names(""));
    assert!(room.names("inbox").is_empty());
}

#[test]
fn sigterm_ends_it_in_order() {
    let mut room = Newsroom::new();
    room.serve();
    room.drop_page("page.txt", PAGE);
    room.wait_for("/feeds/latest.rss", HEADLINES[0]);
    // A client that has connected and says nothing holds nobody up.
    let idle = std::net::TcpStream::connect(room.address()).unwrap();
    assert_eq!(room.stop().code(), Some(0));
    drop(idle);
    assert!(room.log().contains("stopped"), "{}", room.log());
    // The archive is whole, and the last one to leave has merged its log.
    assert!(!room.path("wirefeed.db-wal").exists());
    let (out, _) = ends(&room.run("build --archive sqlite:wirefeed.db --out out"), 0);
    assert!(out.contains("and 2 stories"), "{out}");
}

#[test]
fn sigterm_is_heard_as_soon_as_the_address_is_told() {
    let mut room = Newsroom::new();
    for _ in 0..5 {
        room.serve();
        assert_eq!(room.stop().code(), Some(0));
    }
}

#[test]
fn a_service_manager_is_told_when_it_is_ready_and_when_it_stops() {
    let mut room = Newsroom::new();
    let manager = UnixDatagram::bind(room.path("notify")).unwrap();
    manager.set_read_timeout(Some(SOON)).unwrap();
    let told = || {
        let mut bytes = [0; 256];
        let length = manager.recv(&mut bytes).unwrap();
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    };
    let mut command = wirefeed(room.folder(), ["serve"]);
    command.env("NOTIFY_SOCKET", room.path("notify"));
    room.start(command);
    assert!(told().contains("READY=1"));
    assert_eq!(room.get("/healthz").status, 200);
    assert!(room.stop().success());
    assert!(told().contains("STOPPING=1"));
}

#[test]
fn the_work_is_counted_and_whether_it_goes_on_is_told() {
    let mut room = Newsroom::new();
    room.serve();
    assert_eq!(room.get("/readyz").status, 200);
    room.drop_page("page.txt", PAGE);
    room.drop_page("empty.txt", "");
    for line in ["wirefeed_files_total{became=\"taken\"} 1\n", "wirefeed_files_total{became=\"refused\"} 1\n"] {
        room.wait_for("/metrics", line);
    }
    let text = room.get("/metrics").text();
    let new = format!("wirefeed_stories_total{{became=\"new\"}} {}\n", HEADLINES.len());
    assert!(text.contains(&new) && text.contains("wirefeed_archive_revision 1\n"), "{text}");

    fs::rename(room.inbox(), room.path("away")).unwrap();
    // Its watcher is still on that folder, and looks again at once.
    drop_file(&room.path("away/later.txt"), "");
    wait_until("the daemon is not ready", SOON, || room.get("/readyz").status == 503);
    assert_eq!(room.get("/readyz").text(), "the inbox could not be read\n");
    assert_eq!(room.get("/feeds/latest.rss").status, 200);
    fs::rename(room.path("away"), room.inbox()).unwrap();
    wait_until("the daemon is ready again", SOON, || room.get("/readyz").status == 200);
}

/// Puts one of each oddity into a folder, beside two good pages.
fn oddities(folder: &Path) {
    drop_file(&folder.join("good.txt"), PAGE);
    drop_file(&folder.join("zz-good.txt"), page("河口春茶开采"));
    drop_file(&folder.join("binary.txt"), noise());
    drop_file(&folder.join("empty.txt"), "");
    drop_file(&folder.join("blank.txt"), " \n\t\n");
    File::create(folder.join("huge.txt")).unwrap().set_len(100 << 20).unwrap();
    symlink("nowhere.txt", folder.join("dangling.txt")).unwrap();
    mknodat(CWD, folder.join("pipe.txt"), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    fs::create_dir_all(folder.join("folder.txt")).unwrap();
    fs::write(folder.join("folder.txt/inner.txt"), PAGE).unwrap();
    drop_file(&folder.join("closed.txt"), page("河口闭门会议"));
    fs::set_permissions(folder.join("closed.txt"), fs::Permissions::from_mode(0o000)).unwrap();
}

/// The oddities that are refused, with words of the reason.
const REFUSED: [(&str, &str); 6] = [
    ("binary.txt", "not text"),
    ("blank.txt", "empty"),
    ("dangling.txt", "a link that leads nowhere"),
    ("empty.txt", "empty"),
    ("huge.txt", "100.0 MiB are more than max_size = 16.0 MiB"),
    ("pipe.txt", "a named pipe"),
];

/// The same, with the file that root can read and others cannot.
fn refused() -> Vec<(&'static str, &'static str)> {
    let mut refused = REFUSED.to_vec();
    if !is_root() {
        refused.insert(2, ("closed.txt", "permission denied"));
    }
    refused
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason_and_holds_nothing_up() {
    let mut room = Newsroom::new();
    oddities(&room.inbox());
    room.serve();
    room.wait_for("/feeds/latest.rss", HEADLINES[0]);
    room.wait_for("/feeds/latest.rss", "河口春茶开采");
    wait_until("the rest is refused", SOON, || room.names("inbox") == ["done", "folder.txt", "refused"]);
    wait_until("the folder is empty", SOON, || room.names("inbox/folder.txt").is_empty());

    let mut names: Vec<String> =
        refused().iter().flat_map(|(name, _)| [(*name).into(), format!("{name}.reason")]).collect();
    names.sort();
    assert_eq!(room.names("inbox/refused"), names);
    for (name, reason) in refused() {
        let note = fs::read_to_string(room.path(&format!("inbox/refused/{name}.reason"))).unwrap();
        let note: Value = serde_json::from_str(&note).unwrap();
        assert_eq!(note["file"], name);
        assert!(note["reason"].as_str().unwrap().contains(reason), "{note}");
    }
    assert!(room.done().iter().any(|path| path.ends_with("folder.txt/inner.txt")));
    assert_eq!(fs::metadata(room.path("inbox/refused/huge.txt")).unwrap().len(), 100 << 20);
    assert!(room.stop().success());
}

#[test]
fn build_names_what_it_refuses_and_writes_the_rest() {
    let room = Newsroom::new();
    oddities(&room.inbox());
    let (out, _) = ends(&room.run("build --out out"), 3);
    for (name, reason) in refused() {
        let line = out.lines().find(|line| line.starts_with(&format!("refused {name}: ")));
        assert!(line.is_some_and(|line| line.contains(reason)), "{name}: {out}");
    }
    assert!(files(&room.path("out"))["feeds/latest.rss"].windows(12).any(|bytes| bytes == "河口春茶".as_bytes()));
    assert_eq!(room.names("inbox").len(), 10, "the inbox is as it was");
}

#[test]
fn parse_tells_what_serve_would_refuse() {
    let room = Newsroom::new();
    oddities(&room.inbox());
    for (name, code, reason) in [
        ("good.txt", 0, ""),
        ("binary.txt", 3, "refused: the file is not text"),
        ("empty.txt", 3, "refused: the file is empty"),
        ("blank.txt", 3, "refused: the file is empty"),
        ("huge.txt", 3, "refused: its 100.0 MiB are more than max_size"),
        ("dangling.txt", 1, "No such file"),
        ("pipe.txt", 1, "not a file"),
        ("folder.txt", 1, "not a file"),
        ("closed.txt", i32::from(!is_root()), if is_root() { "" } else { "denied" }),
    ] {
        let (out, err) = ends(&room.run(&format!("parse --format ninjs inbox/{name}")), code);
        assert!(err.contains(reason), "{name}: {err}");
        assert_eq!(out.is_empty(), code > 0, "{name}: {out}");
    }
    // One that cannot be read keeps none of the others back.
    let (out, err) = ends(&room.run("parse --format ninjs inbox/pipe.txt inbox/empty.txt inbox/good.txt"), 1);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(err.contains("pipe.txt") && err.contains("empty.txt"), "{err}");
    assert_eq!(room.names("inbox").len(), 10, "nothing was touched");
}

#[test]
fn retag_moves_stories_between_feeds_and_leaves_ids_and_dates() {
    let room = Newsroom::new();
    room.drop_page("page.txt", PAGE);
    fs::write(
        room.path("ours.toml"),
        "[[topic]]\ncode = \"ours:ferries\"\nslug = \"ferries\"\nname = { zh = \"渡口\", en = \"ferries\" }\n\
         [topic.terms]\ndecides = \"渡船, 渡口\"\n",
    )
    .unwrap();
    let usual = fs::read_to_string(room.path("wirefeed.toml")).unwrap();
    let (rooms, _) = usual.split_once("[taxonomy]").unwrap();
    let ours = "[taxonomy]\nbuilt_in = false\ntopics = \"ours.toml\"\nregions = \"regions.toml\"\n";
    fs::write(room.path("ours.config.toml"), format!("{rooms}{ours}")).unwrap();
    let items = |out: &str| {
        let feed = feed_rs::parser::parse(fs::read(room.path(out)).unwrap().as_slice()).unwrap();
        let entries = feed.entries.into_iter();
        entries.map(|entry| (entry.id, entry.published, entry.updated)).collect::<Vec<_>>()
    };
    ends(&room.run("build --archive sqlite:a.db --out before"), 0);
    ends(&room.run("retag --archive sqlite:none.db"), 2);

    let before = fs::read(room.path("a.db")).unwrap();
    let (dry, _) = ends(&room.run("retag --config ours.config.toml --archive sqlite:a.db --dry-run"), 0);
    assert!(fs::read(room.path("a.db")).unwrap() == before, "a dry run writes nothing");
    assert!(dry.contains("would be in other feeds") && dry.contains("ours:ferries 渡口 ferries"), "{dry}");
    let (done, _) = ends(&room.run("retag --config ours.config.toml --archive sqlite:a.db"), 0);
    assert_eq!(done, dry.replace("would be", "are"));
    let (again, _) = ends(&room.run("retag --config ours.config.toml --archive sqlite:a.db"), 0);
    assert_eq!(again, "2 stories: 0 are in other feeds, 0 in the same for other reasons\n");

    ends(&room.run("build --config ours.config.toml --archive sqlite:a.db --out after"), 0);
    assert_eq!(items("after/feeds/latest.atom"), items("before/feeds/latest.atom"));
    assert_eq!(items("after/feeds/topics/ferries.atom").len(), 1);
}

#[test]
fn parse_says_what_keeps_a_story_from_readers() {
    let room = Newsroom::new();
    let page =
        "（限11月30日10时后播发）\n\n山区新桥通车\n\n　　新华社贵阳11月22日电　山区新桥22日通车，村民不再绕行。\n";
    fs::write(room.path("held\u{1b}\n.txt"), page).unwrap();
    for way in [&["--format", "text"][..], &["--explain"]] {
        let name = "held\u{1b}\n.txt";
        let words = ["parse", "--received", "2026-11-22", name].into_iter().chain(way.iter().copied());
        let (out, err) = ends(&wirefeed(room.folder(), words).output().unwrap(), 0);
        assert!(out.contains("withheld until 2026-11-30T10:00:00+08:00"), "{out}");
        assert!(out.contains("（限11月30日10时后播发）"), "{out}");
        // The name neither steers the terminal nor breaks the line.
        let said = out + &err;
        assert!(said.contains("held\\u{1b}\\n.txt") && !said.contains('\u{1b}'), "{said}");
    }
}

#[test]
fn parse_reads_standard_input() {
    let room = Newsroom::new();
    fs::write(room.path("page.txt"), "河口春茶开采\n\n　　新华社福州3月18日电　河口县春茶18日开采。\n").unwrap();
    let mut command = wirefeed(room.folder(), ["parse", "-", "--format", "ninjs", "--received", "2026-03-18"]);
    command.stdin(fs::File::open(room.path("page.txt")).unwrap());
    let (out, _) = ends(&command.output().unwrap(), 0);
    assert!(out.lines().count() == 1 && out.contains("河口春茶开采"), "{out}");
}

/// The dateline dates that `parse` reads.
#[track_caller]
fn dates(room: &Newsroom, words: &str) -> Vec<String> {
    let date = |story: &Value| story["contentCreated"].as_str().unwrap()[.."2024-11-18".len()].to_owned();
    ninjs(room, &format!("parse --format ninjs {words}")).iter().map(date).collect()
}

fn set_modified(path: &Path, time: &str) {
    let time: SystemTime = time.parse::<DateTime<Utc>>().unwrap().into();
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn the_text_tells_the_year_whatever_the_files_time_says() {
    let room = Newsroom::new();
    let text = "河口水运二十年\n\n河口通讯社合肥11月18日电（记者方舟）2024年前十个月，河口货运量增长一成。\n\n\
                2015年以来，码头扩建了三次。按照规划，到2030年，河口将有十二个泊位。\n\n\
                2024年，渡口还开通了夜班船，预计2024年全年运送旅客三十万人次。\n";
    room.drop_page("page.txt", text);
    let file = room.path("inbox/page.txt");
    assert_eq!(dates(&room, "inbox/page.txt"), ["2024-11-18"]);
    for time in ["2031-06-01T00:00:00Z", "2015-01-01T00:00:00Z"] {
        set_modified(&file, time);
        assert_eq!(dates(&room, "inbox/page.txt"), ["2024-11-18"], "{time}");
    }
    let (_, err) = said(&room.run("parse inbox/page.txt"));
    assert!(err.contains("year 2024, from years that the text states"), "{err}");
}

#[test]
fn the_page_head_or_the_files_name_tells_the_year_before_the_text() {
    let room = Newsroom::new();
    let text = "河口水运二十年\n\n河口通讯社合肥11月18日电（记者方舟）2024年以来，河口货运量增长一成。\n\n\
                2024年，渡口开通了夜班船。\n";
    room.drop_page("page.txt", &format!("2023年11月19日　第2版\n\n{text}"));
    room.drop_page("hk-20231119-02.txt", text);
    assert_eq!(dates(&room, "inbox/page.txt"), ["2023-11-18"]);
    assert_eq!(dates(&room, "inbox/hk-20231119-02.txt"), ["2023-11-18"]);
}

#[test]
fn the_time_of_receipt_tells_the_year_when_nothing_else_does() {
    let room = Newsroom::new();
    let text = "河口货运量增长一成\n\n河口通讯社合肥12月30日电（记者方舟）河口港货运量增长一成。\n";
    room.drop_page("page.txt", text);
    for (received, date) in [
        ("2025-01-02", "2024-12-30"),
        ("2024-12-30T08:00", "2024-12-30"),
        ("2024-12-31T00:30:00+08:00", "2024-12-30"),
        ("2024-12-29", "2024-12-30"),
        // A day of the coming week is ahead, one further off a year back.
        ("2024-12-28", "2024-12-30"),
        ("2024-12-20", "2023-12-30"),
    ] {
        assert_eq!(dates(&room, &format!("--received {received} inbox/page.txt")), [date], "{received}");
    }
    // Without it, the file's own time; in the future that counts as now.
    let file = room.path("inbox/page.txt");
    set_modified(&file, "2019-05-05T00:00:00Z");
    assert_eq!(dates(&room, "inbox/page.txt"), ["2018-12-30"]);
    set_modified(&file, "2400-06-01T00:00:00Z");
    let year = &dates(&room, "inbox/page.txt")[0][..4];
    assert!(year.parse::<u16>().unwrap() < 2400, "{year}");
    let (_, err) = said(&room.run("parse inbox/page.txt"));
    assert!(err.contains("from the time of receipt"), "{err}");
}

#[test]
fn nothing_is_printed_on_stdout_but_results() {
    let room = Newsroom::new();
    room.drop_page("page.txt", PAGE);
    let mut command = wirefeed(room.folder(), ["-vv", "parse", "--format", "ninjs", "inbox/page.txt"]);
    let output = command.stderr(Stdio::piped()).output().unwrap();
    let (out, _) = ends(&output, 0);
    assert!(out.lines().all(|line| line.starts_with('{')), "{out}");
}

/// A newsroom that lays these regions, and the example's topics, over the built-in tables.
fn with_own_tables(regions: &str) -> Newsroom {
    let room = Newsroom::new();
    let example =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/own-topics.example.toml")).unwrap();
    fs::write(room.path("own-topics.toml"), example).unwrap();
    fs::write(room.path("own-regions.toml"), regions).unwrap();
    let config = fs::read_to_string(room.path("wirefeed.toml")).unwrap();
    let (rooms, _) = config.split_once("[taxonomy]").unwrap();
    let tables = "[taxonomy]\ntopics = \"own-topics.toml\"\nregions = [\"own-regions.toml\"]\n";
    fs::write(room.path("wirefeed.toml"), format!("{rooms}{tables}")).unwrap();
    room
}

const OWN_REGION: &str = "\
[[region]]
code = \"ours:bay\"
slug = \"bay\"
broader = \"CN-AH\"
name = { zh = \"月牙湾\", en = \"Crescent Bay\" }
terms = { aliases = \"月牙湾, 月牙湾新城\" }
";

#[test]
fn topics_and_regions_of_ones_own_have_feeds() {
    let mut room = with_own_tables(OWN_REGION);
    let (urls, remarks) = ends(&room.run("check"), 0);
    assert_eq!(remarks, "");
    for feed in ["topics/chips.rss", "topics/baseball.atom", "regions/bay.rss", "regions/cn-ah.atom"] {
        assert!(urls.contains(&format!("/feeds/{feed}\n")), "{feed}");
    }
    assert!(!urls.contains("/feeds/topics/gaming-and-lottery."), "it is dropped");

    room.serve();
    let chips = "月牙湾的晶圆厂今日投产";
    let rounders = "软棒姑娘夺冠";
    room.drop_page("chips.txt", &page(chips));
    room.drop_page("rounders.txt", &page(&format!("{rounders} 全垒打定胜负")));
    let [bay, province, country] = ["bay", "cn-ah", "cn"].map(|slug| format!("/feeds/regions/{slug}.atom"));
    let topics =
        ["chips", "computing-and-information-technology", "economy-business-and-finance", "baseball", "sport"];
    let [own, parent, top, baseball, sport] = topics.map(|slug| format!("/feeds/topics/{slug}.rss"));
    for (headline, feeds) in
        [(chips, vec![bay, province, country, own, parent, top]), (rounders, vec![baseball, sport])]
    {
        for feed in &feeds {
            room.wait_for(feed, headline);
        }
        assert!(!room.get("/feeds/topics/health.rss").text().contains(headline));
    }
    let told = room.get("/feeds/regions/bay.atom").text();
    for category in [
        r#"<category term="chips" scheme="urn:wirefeed:ours" label="芯片 / computer chips"/>"#,
        r#"<category term="bay" scheme="urn:wirefeed:ours" label="月牙湾 / Crescent Bay"/>"#,
    ] {
        assert!(told.contains(category), "{told}");
    }
    let chips = room.done().into_iter().find(|path| path.ends_with("chips.txt")).unwrap();
    let story = &ninjs(&room, &format!("parse --format ninjs {}", chips.display()))[0];
    assert_eq!(story["subjects"][0]["uri"], "urn:wirefeed:ours:chips");
    assert_eq!(story["places"][0]["literal"], "ours:bay");
}

#[test]
fn check_says_what_does_nothing_in_tables_of_ones_own() {
    let odd = OWN_REGION.replace("月牙湾新城", "芜湖, 京津冀, 月牙灣");
    let (urls, remarks) = ends(&with_own_tables(&odd).run("check"), 0);
    assert!(urls.contains("/feeds/regions/bay.rss"));
    let remarks: Vec<&str> = remarks.lines().collect();
    let [twice, capital_region, wuhu] = remarks.as_slice() else { panic!("{remarks:?}") };
    assert!(wuhu.starts_with("own-regions.toml:6: “芜湖” is a name of “340200” too"), "{wuhu}");
    assert!(wuhu.ends_with("“ours:bay” alone is meant"), "{wuhu}");
    assert!(capital_region.ends_with("both are meant"), "{capital_region}");
    assert_eq!(
        *twice,
        "own-regions.toml:6: “月牙灣” stands in aliases already, as “月牙湾” at own-regions.toml:6"
    );

    let room = with_own_tables(&OWN_REGION.replace("CN-AH", "CN-XX"));
    fails(&room, "check", 2, &["own-regions.toml:4: broader “CN-XX” is not in this table"]);
}
