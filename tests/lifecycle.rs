//! What becomes of a story: corrected, withdrawn, updated, sent twice or in the wrong order; from the text of wire pages
//! to the feeds as another program reads them.

mod support;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use support::newsroom::{Newsroom, said, wait_until};
use support::{site, taxonomy};
use wirefeed::archive::{Archive, Deed, Digest, Filed, Filing, Sqlite};
use wirefeed::edition::{Address, Edition, Found, Listing};
use wirefeed::feed::{Catalogue, Format};
use wirefeed::story::{Language, PubStatus, Selection, Story};
use wirefeed::tag::Tagger;
use wirefeed::wire;

const FERRY: &str = "红河口渡船今日复航\n\n\
    新华社红河11月20日电（记者谢朗）红河口的渡船20日复航，每天往返12班，票价5元。\n\n\
    渡口管理处说，首日乘客超过600人，比去年同期多出一倍。\n";
const MARKET: &str = "老城夜市迎来冬装\n\n\
    新华社红河11月20日电（记者苏晚）老城夜市20日换上冬季摊位，两百名摊主在棚下支起炉火。\n\n\
    街道办说，营业时间延长一小时。\n";
const ENGLISH: &str = "Ferry service resumes at Redport\n\n\
    REDPORT, Nov 20 (Reuters) - The ferry at Redport resumed service on Friday with 12 crossings a day, its \
    operator said.\n\n\
    Some 600 passengers crossed on the first day, the operator said.\n\n(Reporting by Mia Thorne)\n";
const SLUGGED: &str = "BC-US--Ferry-Fares\n\nFerry fares to rise in Redport\n\n\
    REDPORT (AP) — Fares on the Redport ferry will rise by a tenth in the spring, the harbor board said Friday.\n\n\
    Commuters were not consulted, a union said.\n";

#[test]
fn a_withdrawal_finds_its_story_however_it_names_it() {
    for (story, notice) in [
        (
            FERRY,
            "撤稿：红河口渡船今日复航\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因内容有误，请勿使用。\n\n新华社\n11月20日\n",
        ),
        (FERRY, "撤稿通知\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因正在核实，请立即停发。\n"),
        (FERRY, "各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因正在核实，请立即停发。\n"),
        (
            ENGLISH,
            "STORY WITHDRAWN\n\nLONDON, Nov 20 (Reuters) - The story headlined \"Ferry service resumes at Redport\" has been withdrawn because of an error.\n",
        ),
        (
            ENGLISH,
            "WITHDRAWN-Ferry service resumes at Redport\n\nREDPORT, Nov 20 (Reuters) - The story headlined \"Ferry service resumes at Redport\" has been withdrawn. There will be no substitute.\n",
        ),
        (
            SLUGGED,
            "BULLETIN KILL\n\nREDPORT (AP) — Kill the story slugged US--Ferry-Fares, transmitted at 3:14 p.m. EST on Friday. The board denies it.\n\nA kill is mandatory. Make certain the story is not published.\n",
        ),
    ] {
        let mut desk = Desk::new();
        desk.comes(story);
        let first = desk.only();
        desk.comes(notice);
        assert_eq!(desk.listed(), [], "{notice}");
        assert_eq!(desk.archive.pending().unwrap(), [], "{notice}");
        assert!(matches!(desk.page(&story_page(&first)), Found::Gone), "{notice}");
        // The same once more, and the story itself: nothing comes back.
        desk.comes(&format!("{notice}\n"));
        desk.comes(&format!("{story}\n"));
        assert_eq!(desk.listed(), [], "{notice}");
        assert_eq!(desk.archive.pending().unwrap(), [], "{notice}");
    }
}

#[test]
fn a_withdrawn_story_is_overwritten_in_its_feeds_and_nowhere_else_to_be_found() {
    let mut desk = Desk::new();
    desk.comes(MARKET);
    desk.comes(FERRY);
    let before = desk.edition();
    let ferry = desk.listed().into_iter().find(|story| story.headline.contains("渡船")).unwrap();
    let old = desk.feed("latest", Format::Atom);
    let filed =
        desk.comes("撤稿通知\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因内容有误，请勿使用。\n");
    for format in Format::ALL {
        let (text, feed) = desk.read_back("latest", format);
        let told: Vec<_> = feed.entries.iter().map(|entry| entry.id.clone()).collect();
        assert!(told.contains(&format!("urn:uuid:{}", ferry.id)), "{told:?}");
        assert_eq!(told.len(), 2);
        let entry = feed.entries.iter().find(|entry| entry.id.ends_with(&ferry.id.to_string())).unwrap();
        assert_eq!(entry.title.as_ref().unwrap().content, "（撤稿）");
        assert!(entry.links[0].href.ends_with(&format!("/stories/{}", ferry.id)), "{entry:?}");
        for word in ["渡船", "谢朗", "600", "乘客"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    let (text, now) = desk.read_back("latest", Format::Atom);
    let was = feed_rs::parser::parse(old.as_bytes()).unwrap();
    assert!(now.updated > was.updated);
    let tombstone = format!("<at:deleted-entry ref=\"urn:uuid:{}\"", ferry.id);
    let other_way = format!("ref=\"urn:uuid:{}\"></at:deleted-entry>", ferry.id);
    assert!(text.contains(&tombstone) || text.contains(&other_way), "{text}");
    assert!(text.contains("xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""));
    let search = |words: &str| Address::parse("/feeds/search.atom", Some(&format!("q={words}")), Language::ZhHans);
    let list = Address::Page(Listing::newest("/feeds/latest"), Language::ZhHans);
    for address in [
        list,
        Address::Index(Language::ZhHans),
        search("%E6%B8%A1%E8%88%B9").unwrap(),
        search("%E6%92%A4%E7%A8%BF").unwrap(),
    ] {
        let text = desk.text(&address);
        assert!(!text.contains("渡船今日") && !text.contains("（撤稿）"), "{address:?}: {text}");
    }
    // A page that was printed before is printed anew.
    let latest = Address::Feed(Listing::newest("/feeds/latest"), Format::Rss);
    let Found::Page(page) = before.after(&filed).page(&latest).unwrap() else { panic!("no feed") };
    assert!(!String::from_utf8_lossy(page.body()).contains("渡船"));
}

#[test]
fn after_the_window_nothing_is_left_of_a_withdrawal() {
    let mut desk = Desk::new();
    desk.comes(FERRY);
    let ferry = desk.only();
    desk.comes("撤稿：红河口渡船今日复航\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，请勿使用。\n");
    assert!(desk.feed("latest", Format::Rss).contains(&ferry.id.to_string()));
    for number in 0..60 {
        let day = 21 + number / 10;
        let time = number % 10;
        desk.now = format!("2026-11-{day}T0{time}:30:00Z").parse().unwrap();
        desk.comes(&format!("河口小镇新闻之{number}号\n\n新华社红河11月{day}日电 小镇{number}号作坊{day}日开工，做第{number}批灯笼。\n"));
    }
    for format in Format::ALL {
        assert!(!desk.feed("latest", format).contains(&ferry.id.to_string()));
    }
}

#[test]
fn a_correction_that_brings_no_text_is_told_with_the_text_that_stands() {
    for (story, note, told) in [
        (
            FERRY,
            "更正\n\n本社11月20日播发的《红河口渡船今日复航》一稿，第二段中“600人”应为“80人”，特此更正。\n\n新华社\n11月20日\n",
            "第二段中“600人”应为“80人”",
        ),
        (
            FERRY,
            "更正：红河口渡船今日复航\n\n新华社红河11月20日电 11月20日播发的《红河口渡船今日复航》一稿中，第二段“600人”应为“80人”。特此更正。\n",
            "第二段“600人”应为“80人”",
        ),
        (
            ENGLISH,
            "CORRECTED-Ferry service resumes at Redport\n\nREDPORT, Nov 20 (Reuters) - In the story headlined \"Ferry service resumes at Redport\" the number of passengers should be 80, not 600.\n",
            "should be 80, not 600",
        ),
        (
            SLUGGED,
            "Correction: Ferry-Fares story\n\nREDPORT (AP) — In a story Nov. 20 about ferry fares, The Associated Press erroneously reported the rise. It is a twentieth, not a tenth.\n",
            "It is a twentieth, not a tenth",
        ),
    ] {
        let mut desk = Desk::new();
        desk.comes(story);
        let first = desk.only();
        desk.comes(note);
        let now = desk.only();
        assert_eq!((now.id, now.version, now.corrected), (first.id, 2, true), "{note}");
        assert_eq!((&now.body, &now.headline, now.published), (&first.body, &first.headline, first.published));
        assert!(now.versioncreated > first.versioncreated);
        assert_eq!(now.versioncreated.timestamp_subsec_nanos(), 0);
        for format in Format::ALL {
            let (text, feed) = desk.read_back("latest", format);
            assert_eq!(feed.entries.len(), 1);
            let content =
                feed.entries[0].content.as_ref().and_then(|content| content.body.clone()).unwrap_or_default();
            assert!(content.contains(told) || text.contains(told), "{text}");
        }
        assert!(desk.text(&story_page(&first)).contains(told));
        desk.comes(&format!("{note}\n"));
        assert_eq!(desk.only().version, 2, "said once");
    }
}

#[test]
fn a_correction_with_its_text_is_the_next_version_though_the_headline_changed() {
    let mut desk = Desk::new();
    desk.comes(FERRY);
    desk.comes(MARKET);
    let first = desk.listed().into_iter().find(|story| story.headline.contains("渡船")).unwrap();
    let corrected = FERRY.replace("600人", "80人").replace("红河口渡船今日复航", "（更正）红河口渡船首日运客八十");
    let corrected = corrected.replacen("\n\n", "\n\n（更正：第二段“600人”应为“80人”，以此稿为准）\n\n", 1);
    desk.comes(&corrected);
    assert_eq!(desk.listed().len(), 2);
    let now = desk.archive.story(&first.id).unwrap().unwrap();
    assert_eq!((now.version, now.corrected, now.published), (2, true, first.published));
    assert_eq!(now.correction, "第二段“600人”应为“80人”");
    let (text, _) = desk.read_back("latest", Format::Rss);
    assert!(text.contains("更正：") && text.contains("第二段“600人”应为“80人”"), "{text}");
    assert!(!text.contains("以此稿为准"), "that is for editors");
    // The text that was wrong comes again, from another folder.
    desk.comes(&format!("\n{FERRY}"));
    assert_eq!(desk.archive.story(&first.id).unwrap().unwrap().version, 2);
}

#[test]
fn a_notice_that_came_first_waits_for_its_story() {
    let kill = "撤稿通知\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因内容有误，请勿使用。\n";
    let note = "更正\n\n本社11月20日播发的《红河口渡船今日复航》一稿，第二段中“600人”应为“80人”，特此更正。\n";
    let mut desk = Desk::new();
    assert_eq!(desk.comes(kill).pending, 1);
    assert_eq!((desk.listed(), desk.archive.pending().unwrap().len()), (vec![], 1));
    desk.comes(MARKET);
    assert_eq!(desk.archive.pending().unwrap().len(), 1, "it is not meant");
    desk.comes(FERRY);
    assert_eq!(desk.only().headline, "老城夜市迎来冬装");
    assert_eq!(desk.archive.pending().unwrap(), []);
    assert!(!desk.feed("latest", Format::Atom).contains("（撤稿）"), "nobody has seen it");

    let mut desk = Desk::new();
    desk.comes(note);
    assert_eq!((desk.listed(), desk.archive.pending().unwrap().len()), (vec![], 1));
    desk.comes(FERRY);
    let ferry = desk.only();
    assert_eq!((ferry.version, ferry.corrected), (2, true));
    assert!(ferry.correction.contains("应为“80人”"), "{}", ferry.correction);
    assert_eq!(desk.archive.pending().unwrap(), []);

    // The corrected text came first, the one that it corrects second.
    let mut desk = Desk::new();
    desk.comes(&format!("（更正）{}", FERRY.replace("600人", "80人")));
    desk.comes(FERRY);
    assert!(desk.only().body[1].text.contains("80人"));
}

#[test]
fn of_two_stories_that_are_as_likely_none_is_touched() {
    let again = FERRY.replace("红河11月20日电（记者谢朗）红河口的渡船20日", "青螺11月20日电 青螺湾的渡船20日");
    let kill = "撤稿通知\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因内容有误，请勿使用。\n";
    let mut desk = Desk::new();
    desk.comes(FERRY);
    desk.comes(&again);
    desk.comes(kill);
    assert_eq!(desk.listed().len(), 2);
    let pending = desk.archive.pending().unwrap();
    assert_eq!(pending.iter().map(|pending| pending.several).collect::<Vec<_>>(), [true]);
}

#[test]
fn a_notice_is_of_no_other_agencys_story_and_of_no_other_day() {
    for notice in [
        "STORY WITHDRAWN\n\nLONDON, Nov 20 (AFP) - The story headlined \"Ferry service resumes at Redport\" has been withdrawn.\n",
        "STORY WITHDRAWN\n\nLONDON, Nov 20 (Reuters) - The story headlined \"Ferry service resumes at Redport\" of Nov. 12 has been withdrawn.\n",
        "STORY WITHDRAWN\n\nLONDON, Nov 20 (Reuters) - The story headlined \"Ferry service ends at Redport\" has been withdrawn.\n",
    ] {
        let mut desk = Desk::new();
        desk.comes(ENGLISH);
        desk.comes(notice);
        assert_eq!(desk.only().pubstatus, PubStatus::Usable, "{notice}");
        assert_eq!(desk.archive.pending().unwrap().len(), 1, "{notice}");
    }
}

#[test]
fn an_operator_holds_a_story_and_releases_it() {
    let mut desk = Desk::new();
    desk.comes(FERRY);
    let ferry = desk.only();
    desk.by_hand(&ferry, Deed::Hold);
    assert_eq!(desk.listed(), []);
    assert!(matches!(desk.page(&story_page(&ferry)), Found::Nothing));
    assert!(!desk.feed("latest", Format::Atom).contains(&ferry.id.to_string()), "it may come back");
    // What the wire says of it meanwhile is filed, and shown no more than it.
    desk.comes(&FERRY.replace("600人", "700人"));
    assert_eq!(desk.listed(), []);
    desk.by_hand(&ferry, Deed::Release);
    let back = desk.only();
    assert_eq!((back.id, back.published, back.version), (ferry.id, ferry.published, 2));
    assert!(back.body[1].text.contains("700人"));
}

#[test]
fn an_operator_kills_a_story_and_takes_it_back() {
    let mut desk = Desk::new();
    desk.comes(FERRY);
    let ferry = desk.only();
    for before in [None, Some(Deed::Hold)] {
        if let Some(deed) = before {
            desk.by_hand(&ferry, deed);
        }
        desk.by_hand(&ferry, Deed::Kill);
        assert_eq!(desk.listed(), []);
        assert!(matches!(desk.page(&story_page(&ferry)), Found::Gone));
        let (text, feed) = desk.read_back("latest", Format::Rss);
        assert_eq!(feed.entries[0].title.as_ref().unwrap().content, "（撤稿）", "{text}");
        desk.comes(&format!("（更正）{}", FERRY.replace("600人", "80人")));
        assert_eq!(desk.listed(), [], "not even a correction brings it back");
        desk.by_hand(&ferry, Deed::Release);
        let back = desk.only();
        assert_eq!((back.id, back.published), (ferry.id, ferry.published));
        assert!(back.body[1].text.contains("人"), "with its text");
        assert!(!desk.feed("latest", Format::Rss).contains("（撤稿）"));
    }
}

#[test]
fn an_operator_lifts_an_embargo_or_keeps_it() {
    let embargoed = format!("（限11月21日18时后播发）\n\n{FERRY}");
    let mut desk = Desk::new();
    desk.comes(&embargoed);
    let waits = desk.archive.walk(None, 1).unwrap().remove(0).1;
    assert!(desk.archive.story(&waits.id).unwrap().is_none());
    desk.by_hand(&waits, Deed::Release);
    assert_eq!(desk.only().published, desk.now.trunc_subsecs(0));
    assert_eq!(desk.archive.next_release().unwrap(), None);

    for (deed, status) in [(Deed::Hold, PubStatus::Withheld), (Deed::Kill, PubStatus::Canceled)] {
        let mut desk = Desk::new();
        desk.comes(&embargoed);
        desk.by_hand(&waits, deed);
        desk.archive.release("2026-11-21T10:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(desk.listed(), []);
        assert_eq!(desk.archive.story(&waits.id).unwrap().unwrap().pubstatus, status);
    }
    assert_eq!(Desk::new().archive.by_hand(&waits.id, Deed::Kill, desk.now).unwrap(), None, "unknown");
}

#[test]
fn a_notice_that_waits_in_vain_is_forgotten_after_some_weeks() {
    let mut desk = Desk::new();
    desk.comes("撤稿通知\n\n各用户：本社11月20日播发的《红河口渡船今日复航》一稿，因内容有误，请勿使用。\n");
    desk.archive.release(desk.now + TimeDelta::days(27)).unwrap();
    assert_eq!(desk.archive.pending().unwrap().len(), 1);
    desk.archive.release(desk.now + TimeDelta::days(29)).unwrap();
    assert_eq!(desk.archive.pending().unwrap(), []);
}

/// Polled each tenth of a second around the release, over restarts and with a clock that jumps back and forth, there is
/// not a word of it before its second, and all of it from then on.
#[test]
fn an_embargo_holds_to_the_second_over_restarts_and_clock_jumps() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Arc::new(Sqlite::open(&folder.path().join("a.db")).unwrap());
    let release: DateTime<Utc> = "2026-11-21T10:00:00Z".parse().unwrap();
    let mut desk = Desk { archive: open(), ..Desk::new() };
    desk.comes(&format!("（限11月21日18时后播发）\n\n{FERRY}"));
    desk.comes(MARKET);
    let around = (-20..20).map(|tenth| release + TimeDelta::milliseconds(100 * tenth));
    let jumps = [-86_400, -3_600, 3, -7_200].map(|seconds| release + TimeDelta::seconds(seconds));
    let mut released = false;
    for (number, now) in jumps[..2].iter().copied().chain(around).chain(jumps).enumerate() {
        if number % 7 == 3 {
            desk.archive = open();
        }
        desk.archive.release(now).unwrap();
        released |= now >= release;
        assert_eq!(desk.archive.next_release().unwrap().is_none(), released, "{now}");
        let edition = desk.edition();
        let search = Address::parse("/feeds/search.atom", Some("q=%E6%B8%A1%E8%88%B9"), Language::ZhHans).unwrap();
        let waits = desk.archive.walk(None, 9).unwrap().into_iter().map(|(_, story)| story);
        let page = story_page(&waits.into_iter().find(|story| story.headline.contains("渡船")).unwrap());
        for address in edition.addresses().unwrap().into_iter().chain([search, page]) {
            let Found::Page(page) = edition.page(&address).unwrap() else { continue };
            let text = String::from_utf8_lossy(page.body()).into_owned();
            assert!(
                released || !["今日复航", "谢朗", "600人"].iter().any(|word| text.contains(word)),
                "{address:?}"
            );
        }
        assert_eq!(desk.feed("latest", Format::Rss).contains("今日复航"), released, "{now}");
    }
}

#[test]
fn a_daemon_shows_what_was_decided_by_hand_while_it_runs() {
    let mut newsroom = Newsroom::new();
    newsroom.drop_page("a.txt", FERRY);
    newsroom.serve();
    newsroom.wait_for("/feeds/latest.atom", "今日复航");
    let text = newsroom.get("/feeds/latest.atom").text();
    let id = text.split("<id>urn:uuid:").nth(2).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let decide = |deed: &str, word: &str| {
        let (out, err) = said(&newsroom.run(&format!("{deed} http://news.example/stories/{id}")));
        assert!(out.contains(word), "{out}{err}");
    };
    let status = |wants: u16| {
        wait_until("the page follows", Duration::from_secs(20), || {
            newsroom.get(&format!("/stories/{id}")).status == wants
        });
    };
    decide("hold", "is held");
    status(404);
    decide("show", "held by hand");
    // A story page that nobody had asked for is printed from the archive as it is; the feed follows the daemon's glance.
    wait_until("it has left its feed", Duration::from_secs(20), || {
        !newsroom.get("/feeds/latest.atom").text().contains(&id)
    });
    decide("release", "is released");
    status(200);
    decide("kill", "is killed");
    status(410);
    newsroom.wait_for("/feeds/latest.atom", "at:deleted-entry");
    decide("show", "killed by hand");
    let checked = newsroom.run("check --archive");
    assert!(checked.status.success(), "{:?}", said(&checked));
    assert_eq!(newsroom.run("hold 00000000-0000-0000-0000-000000000000").status.code(), Some(2));
}

/// An archive that wire pages come to, an hour after each other.
struct Desk {
    archive: Arc<Sqlite>,
    tagger: Tagger,
    now: DateTime<Utc>,
}

impl Desk {
    fn new() -> Self {
        Self {
            archive: Arc::new(Sqlite::in_memory().unwrap()),
            tagger: Tagger::new(&taxonomy()),
            // No whole second: what a story is dated by is one.
            now: "2026-11-20T08:00:00.25Z".parse().unwrap(),
        }
    }

    fn comes(&mut self, page: &str) -> Filed {
        self.now += TimeDelta::minutes(10);
        let mut reading =
            wire::read(page.as_bytes(), "page.txt", &self.now.with_timezone(&chrono_tz::Asia::Shanghai));
        for story in &mut reading.stories {
            self.tagger.tag(story);
        }
        let filing = Filing {
            name: "page.txt".to_owned(),
            digest: Digest::of(page.as_bytes()),
            received: self.now,
            stories: reading.stories,
        };
        self.archive.file(&[filing], self.now).unwrap()
    }

    fn by_hand(&mut self, story: &Story, deed: Deed) {
        self.now += TimeDelta::minutes(10);
        assert!(self.archive.by_hand(&story.id, deed, self.now).unwrap().is_some());
    }

    fn listed(&self) -> Vec<Story> {
        self.archive
            .select(&Selection::default(), None, 100)
            .unwrap()
            .into_iter()
            .map(|(_, story)| story)
            .collect()
    }

    #[track_caller]
    fn only(&self) -> Story {
        let mut listed = self.listed();
        assert_eq!(listed.len(), 1, "{listed:#?}");
        listed.remove(0)
    }

    fn edition(&self) -> Edition {
        Edition::new(Arc::clone(&self.archive) as _, Arc::new(taxonomy()), Catalogue::embedded(), site()).unwrap()
    }

    fn page(&self, address: &Address) -> Found {
        self.edition().page(address).unwrap()
    }

    #[track_caller]
    fn text(&self, address: &Address) -> String {
        match self.page(address) {
            Found::Page(page) => String::from_utf8(page.body().to_vec()).unwrap(),
            other => panic!("{address:?}: {other:?}"),
        }
    }

    fn feed(&self, name: &str, format: Format) -> String {
        self.text(&Address::Feed(Listing::newest(&format!("/feeds/{name}")), format))
    }

    fn read_back(&self, name: &str, format: Format) -> (String, feed_rs::model::Feed) {
        let text = self.feed(name, format);
        let feed = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
        (text, feed)
    }
}

fn story_page(story: &Story) -> Address {
    Address::Story(story.id, Language::ZhHans)
}
