//! The daemon is killed again and again while pages are dropped, and no story is lost or told twice.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use support::newsroom::{Newsroom, SOON, files, said, wait_until, wirefeed};

const PAGES: usize = 200;

#[test]
fn killed_at_any_moment_it_tells_every_story_exactly_once() {
    let mut chance = Chance::new();
    let mut room = Newsroom::with_settle("20ms");
    let mut pages: Vec<Page> = (0..PAGES).map(|number| Page::write(number, &mut chance)).collect();
    let stories: BTreeSet<String> = pages.iter().flat_map(|page| page.headlines.clone()).collect();
    assert_eq!(stories.len(), pages.iter().map(|page| page.headlines.len()).sum::<usize>(), "all are different");

    let mut kills = 0;
    let mut dropped = Vec::new();
    while !pages.is_empty() {
        room.serve();
        for page in pages.split_off(pages.len().saturating_sub(1 + chance.below(12))) {
            room.drop_page(&page.name, &page.text);
            dropped.push((page.name, page.text));
        }
        if chance.below(2) == 0 {
            // Once something is put away: close behind a commit.
            let before = room.done().len();
            let start = Instant::now();
            wait_until("something happens, or not", SOON, || {
                room.done().len() > before || start.elapsed() > Duration::from_millis(200)
            });
        } else {
            // Anywhere between its start and its rest. This pause is the experiment, not hope.
            std::thread::sleep(Duration::from_micros(chance.below(150_000) as u64));
        }
        room.kill();
        kills += 1;
    }
    println!("{kills} kills");

    room.serve();
    wait_until("the inbox is empty", SOON, || room.names("inbox") == ["done"]);
    let latest = feed_rs::parser::parse(room.get("/feeds/latest.atom").body.as_slice()).unwrap();
    assert!(latest.entries.len() >= 50);
    let ids: BTreeSet<&String> = latest.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), latest.entries.len());
    assert!(room.stop().success());

    assert_eq!(filed(&room), stories.iter().map(|headline| (headline.clone(), 1)).collect::<BTreeMap<_, _>>());
    put_away(&room, &dropped);
    let (out, _) = said(&room.run("build --archive sqlite:wirefeed.db --out out"));
    assert!(out.contains("read 0 wire files (0 more were known): 0 stories"), "{out}");
}

#[test]
fn killed_while_it_writes_a_folder_it_leaves_no_page_half_written() {
    let mut chance = Chance::new();
    let room = Newsroom::new();
    for number in 0..20 {
        let page = Page::write(number, &mut chance);
        room.drop_page(&page.name, &page.text);
    }
    let build = |folder: &str| {
        let words = ["build", "--out", folder];
        wirefeed(room.folder(), words).stdout(Stdio::null()).spawn().unwrap()
    };
    assert!(build("whole").wait().unwrap().success());
    let whole = files(&room.path("whole"));
    for _ in 0..30 {
        let mut child = build("out");
        std::thread::sleep(Duration::from_micros(chance.below(60_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        if room.path("out").exists() {
            for (name, bytes) in files(&room.path("out")) {
                assert!(name.starts_with(".wirefeed/") || whole[&name] == bytes, "{name}");
            }
        }
    }
    assert!(build("out").wait().unwrap().success());
    assert_eq!(files(&room.path("out")), whole);
}

/// How often each headline is in the archive, which must be sound and hold nothing but first versions.
fn filed(room: &Newsroom) -> BTreeMap<String, usize> {
    let database =
        Connection::open_with_flags(room.path("wirefeed.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let number = |sql: &str| database.query_one(sql, [], |row| row.get::<_, u32>(0)).unwrap();
    let sound: String = database.query_one("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    assert_eq!(number("SELECT count(*) FROM wires") as usize, PAGES);
    assert_eq!(number("SELECT count(*) FROM versions"), 0);
    assert_eq!(number("SELECT count(*) FROM waiting"), 0);
    let mut statement = database.prepare("SELECT json_extract(body, '$.headline') FROM stories").unwrap();
    let mut found = BTreeMap::new();
    for headline in statement.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        *found.entry(headline.unwrap()).or_default() += 1;
    }
    found
}

/// Every page is in `done` once, to the last byte. A kill between the reservation of a name and the move under it
/// leaves an empty file of that name.
fn put_away(room: &Newsroom, dropped: &[(String, String)]) {
    assert_eq!(room.names("inbox/refused"), Vec::<String>::new());
    let names = room.done();
    let mut done: Vec<String> =
        names.iter().map(|path| fs::read_to_string(path).unwrap()).filter(|text| !text.is_empty()).collect();
    println!("{} names in done for {} pages", names.len(), done.len());
    done.sort();
    let mut texts: Vec<String> = dropped.iter().map(|(_, text)| text.clone()).collect();
    texts.sort();
    assert_eq!(done, texts);
}

/// An invented page with one to three stories.
struct Page {
    name: String,
    text: String,
    headlines: Vec<String>,
}

impl Page {
    fn write(number: usize, chance: &mut Chance) -> Self {
        let mut page = Self {
            name: format!("hk-{number:03}.txt"),
            text: format!("2026年3月9日　第{}版\n", number + 1),
            headlines: Vec::new(),
        };
        for at in 0..=chance.below(3) {
            let [port, goods, act] = [PORTS, GOODS, ACTS].map(|words| words[chance.below(words.len())]);
            let headline = format!("{port}{goods}{act} 第{}号公告", 10 * number + at);
            let (reporter, tons) = (REPORTERS[chance.below(REPORTERS.len())], 100 + chance.below(900));
            let story = format!(
                "\n{headline}\n\n河口通讯社{port}3月9日电（记者{reporter}）{port}渡口9日发布消息，当地{goods}{act}，\
                 首批{tons}吨已经装船，将运往下游各县。\n\n渡口负责人说，今年水情平稳，船期比往年提前了{}天。\n",
                1 + chance.below(30)
            );
            page.text.push_str(&story);
            page.headlines.push(headline);
        }
        page
    }
}

const PORTS: &[&str] = &["青螺", "石桥", "白鹭", "柳湾", "南埠", "松门", "鹤滩", "竹溪"];
const GOODS: &[&str] = &["春茶", "新米", "鲜藕", "蜜橘", "竹器", "莲子"];
const ACTS: &[&str] = &["集中上市", "远销外地", "喜获丰收", "恢复外运"];
const REPORTERS: &[&str] = &["方舟", "林晚", "苏禾", "段小雨"];

/// Chance that can be repeated: `WIREFEED_SEED=7 cargo test --test crash`.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let given = std::env::var("WIREFEED_SEED").ok().map(|seed| seed.parse().expect("a seed is a number"));
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one(0) >> 32);
        println!("WIREFEED_SEED={seed}");
        Self(seed)
    }

    /// A number below `end`: `SplitMix64`, whose low bits are as good as its high ones.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).expect("it is below a usize")
    }
}
