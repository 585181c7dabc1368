//! How far feeds reach: the newest stories in the feed, all older ones in its archive pages, each story once.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arbtest::arbitrary::{self, Unstructured};
use chrono::{DateTime, TimeDelta, Utc};
use support::{full_story, morning, site, story, takes, taxonomy};
use wirefeed::archive::{Archive, Digest, Filed, Filing, Sqlite};
use wirefeed::edition::{Address, Edition, Found, Listing, Page};
use wirefeed::feed::query::Query;
use wirefeed::feed::{BYTES, Catalogue, Feed, Format, Part};
use wirefeed::story::{Label, Language, PubStatus, Selection, Story};

/// What every form of an item says, as far as each format can say it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    id: String,
    title: String,
    link: String,
    published: DateTime<Utc>,
    authors: Vec<String>,
    summary: String,
    content: Option<String>,
}

/// A document read back, and where the older stories are.
#[derive(Debug)]
struct Read {
    items: Vec<Item>,
    older: Option<String>,
}

fn edition(archive: &Arc<Sqlite>) -> Edition {
    Edition::new(Arc::clone(archive) as _, Arc::new(taxonomy()), Catalogue::embedded(), site()).unwrap()
}

fn file(archive: &Sqlite, name: &str, stories: Vec<Story>) -> Filed {
    let digest = Digest::of(name.as_bytes());
    archive.file(&[Filing { name: name.to_owned(), digest, received: morning(), stories }], morning()).unwrap()
}

fn address(path: &str) -> Address {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    Address::parse(path, query, Language::En).unwrap_or_else(|| panic!("{path}"))
}

fn found(edition: &Edition, path: &str) -> Found {
    edition.page(&address(path)).unwrap()
}

#[track_caller]
fn page(edition: &Edition, path: &str) -> Arc<Page> {
    match found(edition, path) {
        Found::Page(page) => page,
        other => panic!("{path}: {other:?}"),
    }
}

/// Reads a document with a parser that shares no code with its writer.
fn read(bytes: &[u8], format: Format) -> Read {
    if format == Format::Json {
        return read_json(bytes);
    }
    let text = std::str::from_utf8(bytes).unwrap();
    let feed = feed_rs::parser::parse(bytes).unwrap_or_else(|error| panic!("{error}: {text}"));
    let item = |entry: &feed_rs::model::Entry| Item {
        id: entry.id.clone(),
        title: entry.title.as_ref().unwrap().content.clone(),
        link: entry.links[0].href.clone(),
        published: entry.published.unwrap(),
        authors: entry.authors.iter().filter_map(|author| author.name.clone()).collect(),
        summary: entry.summary.as_ref().map(|summary| summary.content.clone()).unwrap_or_default(),
        content: entry.content.as_ref().and_then(|content| content.body.clone()),
    };
    // feed-rs gives no `rel` of the links in a channel of RSS.
    let mark = "rel=\"prev-archive\"";
    let older = text.find(mark).map(|at| {
        let start = text[..at].rfind('<').unwrap();
        let link = &text[start..start + text[start..].find('>').unwrap()];
        link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")
    });
    Read { items: feed.entries.iter().map(item).collect(), older }
}

fn read_json(bytes: &[u8]) -> Read {
    let feed: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let item = |item: &serde_json::Value| Item {
        id: text(&item["id"]),
        title: text(&item["title"]),
        link: text(&item["url"]),
        published: text(&item["date_published"]).parse().unwrap(),
        authors: item["authors"].as_array().unwrap().iter().map(|author| text(&author["name"])).collect(),
        summary: text(&item["summary"]),
        content: item["content_html"].as_str().map(str::to_owned),
    };
    let older = feed["next_url"].as_str().map(str::to_owned);
    Read { items: feed["items"].as_array().unwrap().iter().map(item).collect(), older }
}

/// All items of a feed, from its newest page to its oldest.
fn walk(edition: &Edition, path: &str, format: Format) -> Vec<Item> {
    let mut items = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let page = page(edition, &path);
        assert!(page.body().len() <= BYTES, "{path}: {}", page.body().len());
        let read = read(page.body(), format);
        // A page whose stories are all damaged is empty, and still leads on.
        assert!(!read.items.is_empty() || items.is_empty() || read.older.is_some(), "{path} is empty");
        items.extend(read.items);
        next = read.older.map(|url| url.strip_prefix(&site().base_url).unwrap().to_owned());
    }
    items
}

fn ids(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| item.id.clone()).collect()
}

fn newest_first<'a>(stories: impl IntoIterator<Item = &'a Story>, selection: &Selection) -> Vec<String> {
    let mut stories: Vec<&Story> = stories.into_iter().filter(|story| takes(selection, story)).collect();
    stories.sort_by_key(|story| (std::cmp::Reverse(story.published), story.id));
    stories.iter().map(|story| format!("urn:uuid:{}", story.id)).collect()
}

fn labels<C: std::str::FromStr<Err: std::fmt::Debug>>(codes: &[&str]) -> Vec<Label<C>> {
    let label = |code: &&str| Label { code: code.parse().unwrap(), weight: 1, implied: false, evidence: vec![] };
    codes.iter().map(label).collect()
}

/// Three hundred stories over ten days, some of one second, on two topics in three regions.
fn ten_days() -> Vec<Story> {
    (0..300)
        .map(|number: i64| {
            let mut story = story(&format!("第{number}号渡船复航"), -number * 48 + number % 3 * 48);
            story.topics = labels([&["medtop:07000000"][..], &["medtop:04000000"]][usize::from(number % 4 == 0)]);
            story.regions = labels([&["CN", "CN-AH"][..], &["FR"], &[]][usize::try_from(number % 3).unwrap()]);
            if number % 50 == 7 {
                story.pubstatus = PubStatus::Withheld;
            }
            story
        })
        .collect()
}

#[test]
fn a_walk_through_the_archive_pages_meets_every_story_of_a_feed_once() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let stories = ten_days();
    file(&archive, "a", stories.clone());
    let edition = edition(&archive);
    let catalogue = Catalogue::embedded();
    let (site, taxonomy) = (site(), taxonomy());
    for path in [
        "/feeds/latest",
        "/feeds/topics/health",
        "/feeds/topics/economy",
        "/feeds/regions/cn",
        "/feeds/regions/fr",
        "/feeds/topics/economy/regions/cn-ah",
    ] {
        let feed = catalogue.resolve(path, &site, &taxonomy).unwrap();
        let wants = newest_first(&stories, &feed.selection);
        assert!(!wants.is_empty(), "{path}");
        for format in Format::ALL {
            assert_eq!(ids(&walk(&edition, &feed.path_as(format), format)), wants, "{path} {format:?}");
        }
    }
    let question = "q=%E6%B8%A1%E8%88%B9&topic=health&region=-fr";
    let feed = Feed::search(&Query::parse(question, &taxonomy, site.timezone).unwrap(), &site);
    for format in Format::ALL {
        let walked = walk(&edition, &feed.path_as(format), format);
        assert_eq!(ids(&walked), newest_first(&stories, &feed.selection), "{format:?}");
    }
}

#[test]
fn a_feed_reaches_back_two_days_or_fifty_stories_whichever_is_more() {
    let listed = |apart: TimeDelta| {
        let archive = Arc::new(Sqlite::in_memory().unwrap());
        let stories = (0..200).map(|number| {
            let mut story = story(&format!("第{number}号渡船复航"), 0);
            story.published -= apart * number;
            story.versioncreated = story.published;
            story
        });
        file(&archive, "a", stories.collect());
        read(page(&edition(&archive), "/feeds/latest.atom").body(), Format::Atom).items.len()
    };
    assert_eq!(listed(TimeDelta::hours(2)), 50, "fifty reach further than two days");
    assert_eq!(listed(TimeDelta::hours(1)), 50, "one on the hour two days ago is the forty-ninth");
    assert_eq!(listed(TimeDelta::minutes(30)), 97, "two days reach further than fifty");
    assert_eq!(listed(TimeDelta::minutes(1)), 200);
}

#[test]
fn long_stories_are_summed_up_before_fewer_are_listed() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let stories = (0..60).map(|number| {
        let mut story = story(&format!("第{number}号渡船复航"), -number);
        story.body.push(wirefeed::story::Block {
            kind: wirefeed::story::BlockKind::Paragraph,
            text: "渡船<靠岸>。".repeat(4_000),
        });
        story
    });
    file(&archive, "a", stories.collect());
    let edition = edition(&archive);
    for format in [Format::Rss, Format::Atom] {
        let page = page(&edition, &format!("/feeds/latest.{}", format.extension()));
        assert!(page.body().len() <= BYTES);
        let items = read(page.body(), format).items;
        let full =
            items.iter().filter(|item| item.content.as_ref().is_some_and(|text| text.len() > 10_000)).count();
        assert_eq!((items.len(), full > 0 && full < 10), (60, true), "{full} in full");
        assert!(items.iter().all(|item| !item.summary.is_empty()));
    }
}

#[test]
fn what_was_found_in_an_archive_page_is_found_there_for_ever_or_elsewhere() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let stories = ten_days();
    file(&archive, "a", stories.clone());
    let first = edition(&archive);
    let latest = || "/feeds/latest.atom".to_owned();
    let oldest_page = |edition: &Edition| {
        let mut path = latest();
        while let Some(older) = read(page(edition, &path).body(), Format::Atom).older {
            path = older.strip_prefix(&site().base_url).unwrap().to_owned();
        }
        path
    };
    let path = oldest_page(&first);
    let before = page(&first, &path);
    assert!(before.is_immutable() && !page(&first, &latest()).is_immutable());
    assert!(String::from_utf8_lossy(before.body()).contains("<fh:archive"));

    let newer = story("新船下水", 60);
    let second = first.after(&file(&archive, "b", vec![newer]));
    assert_eq!(page(&second, &path).body(), before.body(), "a new story changes no old page");
    assert_eq!(oldest_page(&second), path);

    let mut corrected = stories.last().unwrap().clone();
    corrected.corrected = true;
    corrected.headline = "更正：第299号渡船复航".to_owned();
    corrected.versioncreated = morning();
    let third = second.after(&file(&archive, "c", vec![corrected]));
    let Found::Moved(there) = found(&third, &path) else { panic!("an old page that changed is elsewhere") };
    assert_eq!(oldest_page(&third), there);
    assert_ne!(page(&third, &there).body(), before.body());
}

#[test]
fn a_damaged_story_hides_no_older_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wirefeed.db");
    let archive = Arc::new(Sqlite::open(&path).unwrap());
    let stories = ten_days();
    file(&archive, "a", stories.clone());
    let all = newest_first(&stories, &Selection::default());
    // Each would be the one below a page's end in some cut.
    for damaged in all.iter().skip(45).step_by(9) {
        let id = damaged.strip_prefix("urn:uuid:").unwrap();
        let shell = rusqlite::Connection::open(&path).unwrap();
        assert_eq!(shell.execute("UPDATE stories SET body = '{' WHERE id = ?1", [id]).unwrap(), 1);
    }
    let sound: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(at, _)| *at < 45 || (at - 45) % 9 != 0)
        .map(|(_, id)| id.clone())
        .collect();
    assert_eq!(ids(&walk(&edition(&archive), "/feeds/latest.atom", Format::Atom)), sound);
}

#[test]
fn a_late_story_is_found_by_who_walks() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let mut stories = ten_days();
    file(&archive, "a", stories.clone());
    let first = edition(&archive);
    walk(&first, "/feeds/latest.rss", Format::Rss);
    let mut late = story("迟到的渡船", -48 * 150 - 7);
    late.topics = labels(&["medtop:07000000"]);
    let second = first.after(&file(&archive, "b", vec![late.clone()]));
    stories.push(late);
    let walked = walk(&second, "/feeds/latest.rss", Format::Rss);
    assert_eq!(ids(&walked), newest_first(&stories, &Selection::default()));
}

/// Any headline that a wire page could have: it is trimmed, and without control characters.
fn any_headline(number: i32, u: &mut Unstructured) -> arbitrary::Result<String> {
    let text: String =
        u.arbitrary::<String>()?.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    Ok(format!("第{number}号渡船{text}").replace(['\u{fffe}', '\u{ffff}'], ""))
}

/// Any stories, in any order.
fn any_stories(u: &mut Unstructured) -> arbitrary::Result<Vec<Story>> {
    (0..u.int_in_range(1..=80)?)
        .map(|number: i32| {
            let mut story = story(&any_headline(number, u)?, u.int_in_range(-9_000..=0)?);
            story.topics =
                labels(u.choose(&[&[][..], &["medtop:07000000"], &["medtop:04000000", "medtop:07000000"]])?);
            story.regions = labels(u.choose(&[&[][..], &["CN", "CN-AH"], &["FR"]])?);
            story.pubstatus = *u.choose(&[PubStatus::Usable, PubStatus::Usable, PubStatus::Withheld])?;
            story.body[0].text =
                u.choose(&["渡船今日复航。", "The ferry sails again.", "大桥封闭检修。"])?.to_string();
            if u.arbitrary()? {
                story.bylines.clear();
            }
            Ok(story)
        })
        .collect()
}

#[test]
fn any_feed_of_any_archive_holds_what_a_filter_takes_and_says_the_same_in_every_format() {
    let questions =
        ["", "topic=health", "topic=-health&region=fr", "q=ferry", "q=-%E5%A4%A7%E6%A1%A5&topic=economy,health"];
    arbtest::arbtest(|u| {
        let archive = Arc::new(Sqlite::in_memory().unwrap());
        let stories = any_stories(u)?;
        file(&archive, "a", stories.clone());
        // The archive may have joined stories that look alike.
        let kept: BTreeMap<_, _> = stories
            .iter()
            .filter_map(|story| archive.story(&story.id).unwrap())
            .map(|story| (story.id, story))
            .collect();
        let edition = edition(&archive);
        let question = u.choose(&questions)?;
        let feed = Feed::search(&Query::parse(question, &taxonomy(), site().timezone).unwrap(), &site());
        let [rss, atom, json] = Format::ALL.map(|format| walk(&edition, &feed.path_as(format), format));
        assert_eq!(ids(&atom), newest_first(kept.values(), &feed.selection), "{question}");
        for ((rss, atom), json) in rss.iter().zip(&atom).zip(&json) {
            assert_eq!(json, atom);
            // An RSS reader takes the description for HTML.
            let html = maud::Render::render(&atom.summary).into_string();
            assert!(rss.summary == atom.summary || rss.summary == html, "{} {}", rss.summary, atom.summary);
            assert_eq!(Item { summary: atom.summary.clone(), ..rss.clone() }, *atom);
        }
        assert_eq!((rss.len(), json.len()), (atom.len(), atom.len()));
        Ok(())
    })
    .budget_ms(3_000);
}

#[test]
fn a_new_title_or_host_moves_no_id() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    file(&archive, "a", vec![full_story()]);
    let ids = |title: &str, base_url: &str| {
        let site = wirefeed::feed::Site { title: title.to_owned(), base_url: base_url.to_owned(), ..site() };
        let edition =
            Edition::new(Arc::clone(&archive) as _, Arc::new(taxonomy()), Catalogue::embedded(), site).unwrap();
        let all: BTreeSet<Vec<String>> = Format::ALL
            .map(|format| {
                ids(&read(page(&edition, &format!("/feeds/latest.{}", format.extension())).body(), format).items)
            })
            .into();
        all
    };
    let before = ids("河口通讯", "http://127.0.0.1:8080");
    assert_eq!(before.len(), 1, "equal in all formats");
    assert_eq!(ids("江口通讯", "https://news.example/wire"), before);
}

#[test]
fn a_search_has_one_address() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let edition = edition(&archive);
    let asks = |query: &str| found(&edition, &format!("/feeds/search.rss?{query}"));
    assert!(
        matches!(asks("region=fr&topic=health"), Found::Moved(to) if to == "/feeds/search.rss?topic=health&region=fr")
    );
    assert!(matches!(asks("topic=health&region=fr"), Found::Page(_)));
    assert!(matches!(asks("colour=red"), Found::Refused { why, .. } if why.contains("colour")));
    let Found::Refused { page, .. } = found(&edition, "/feeds/search.html?colour=red") else {
        panic!("it is refused")
    };
    assert!(page.unwrap().contains("colour"));
}

#[test]
fn an_agency_of_no_table_has_a_feed_once_it_has_sent_something() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let first = edition(&archive);
    let path = "/feeds/agencies/河口社.atom";
    assert!(matches!(found(&first, path), Found::Nothing));
    let mut sent = story("渡船复航", 0);
    sent.dateline = Some(wirefeed::story::Dateline {
        agency: "河口社".to_owned(),
        places: vec![],
        date: None,
        raw: String::new(),
    });
    let names_it = |edition: &Edition, list: &str| {
        let list = page(edition, list);
        std::str::from_utf8(list.body()).unwrap().contains("/feeds/agencies/%E6%B2%B3%E5%8F%A3%E7%A4%BE.atom")
    };
    for list in ["/feeds.opml", "/feeds/agencies.opml"] {
        assert!(!names_it(&first, list), "{list}");
    }
    let second = first.after(&file(&archive, "a", vec![sent]));
    for list in ["/feeds.opml", "/feeds/agencies.opml"] {
        assert!(names_it(&second, list), "{list}");
    }
    assert!(!names_it(&second, "/feeds/topics.opml"));
    assert_eq!(read(page(&second, path).body(), Format::Atom).items.len(), 1);
    let listed = second.addresses().unwrap();
    assert!(listed.contains(&Address::Feed(Listing::newest("/feeds/agencies/河口社"), Format::Atom)));
    assert!(
        !listed.iter().any(|address| matches!(address, Address::Feed(listing, _) if listing.part != Part::Newest))
    );
}

#[test]
fn who_has_an_earlier_print_gets_what_is_new_or_changed() {
    let archive = Arc::new(Sqlite::in_memory().unwrap());
    let stories: Vec<Story> = (0..20).map(|number| story(&format!("第{number}号渡船复航"), -number)).collect();
    file(&archive, "a", stories.clone());
    let first = edition(&archive);
    let path = |format: Format| format!("/feeds/latest.{}", format.extension());
    let had = Format::ALL.map(|format| page(&first, &path(format)).etag().to_owned());

    let newer = story("新船下水", 60);
    let mut edited = stories[7].clone();
    edited.body[0].text += "班次不变。";
    edited.versioncreated = morning();
    let second = first.after(&file(&archive, "b", vec![newer.clone(), edited.clone()]));
    for (format, had) in Format::ALL.into_iter().zip(&had) {
        let whole = page(&second, &path(format));
        let delta = second.delta(&address(&path(format)), |etag| etag == had).unwrap().expect("two are new");
        assert_eq!(delta.etag(), whole.etag(), "the tag is that of the whole feed");
        assert_eq!(read(whole.body(), format).items.len(), 21);
        let lacking: BTreeSet<String> = ids(&read(delta.body(), format).items).into_iter().collect();
        let wants = [&newer, &edited].map(|story| format!("urn:uuid:{}", story.id));
        assert_eq!(lacking, BTreeSet::from(wants), "{format:?}");
        assert!(second.delta(&address(&path(format)), |etag| etag == "W/\"other\"").unwrap().is_none());
    }
}
