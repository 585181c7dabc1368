//! Which pages there are, when they are printed anew, and how they become a folder.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use support::{Shelf, full_story, site, story, taxonomy};
use wirefeed::archive::Filed;
use wirefeed::edition::{Address, Edition, Found, Listing, Page, WriteError, Written};
use wirefeed::feed::{Catalogue, Format};
use wirefeed::story::{Label, Language, PubStatus, Revision, Story};

fn edition(shelf: &Arc<Shelf>) -> Edition {
    Edition::new(Arc::clone(shelf) as _, Arc::new(taxonomy()), Catalogue::embedded(), site()).unwrap()
}

fn shelf(stories: Vec<Story>) -> Arc<Shelf> {
    Arc::new(Shelf::of(stories))
}

fn feed(path: &str) -> Address {
    Address::Feed(Listing::newest(path), Format::Atom)
}

#[track_caller]
fn page(edition: &Edition, address: &Address) -> Arc<Page> {
    match edition.page(address).unwrap() {
        Found::Page(page) => page,
        other => panic!("{address:?}: {other:?}"),
    }
}

fn text(edition: &Edition, address: &Address) -> String {
    String::from_utf8(page(edition, address).body().to_vec()).unwrap()
}

/// A story about the economy of France.
fn french(headline: &str, minutes: i64) -> Story {
    let mut story = story(headline, minutes);
    let label = |code: &str| Label { code: code.parse().unwrap(), weight: 5, implied: false, evidence: vec![] };
    story.topics = vec![label("medtop:04000000")];
    story.regions = vec![Label { code: "FR".parse().unwrap(), weight: 5, implied: false, evidence: vec![] }];
    story
}

#[test]
fn a_story_is_in_the_feeds_of_its_labels_and_in_no_other() {
    let edition = edition(&shelf(vec![full_story(), french("里昂丝厂重开", 1)]));
    for (path, wants) in [
        ("/feeds/latest", [true, true]),
        ("/feeds/topics/health", [true, false]),
        ("/feeds/topics/economy", [false, true]),
        ("/feeds/regions/cn", [true, false]),
        ("/feeds/regions/cn-ah", [true, false]),
        ("/feeds/regions/fr", [false, true]),
    ] {
        let text = text(&edition, &feed(path));
        assert_eq!([text.contains("河口渡船今日复航"), text.contains("里昂丝厂重开")], wants, "{path}");
    }
    assert!(matches!(edition.page(&feed("/feeds/topics/sport")).unwrap(), Found::Nothing));
}

#[test]
fn a_page_is_printed_once_and_again_when_what_it_shows_has_moved() {
    let shelf = shelf(vec![full_story(), french("里昂丝厂重开", 1)]);
    let first = edition(&shelf);
    let (health, economy) = (feed("/feeds/topics/health"), feed("/feeds/topics/economy"));
    assert!(first.cached(&health).is_none());
    let (old_health, old_economy) = (page(&first, &health), page(&first, &economy));
    assert!(Arc::ptr_eq(&old_health, &page(&first, &health)));

    let second = first.after(&shelf.put(vec![story("卫生院添了新床", 50)]));
    assert!(second.cached(&health).is_none());
    assert!(text(&second, &health).contains("卫生院添了新床"));
    assert!(Arc::ptr_eq(&old_economy, &page(&second, &economy)));
    assert_ne!(old_health.etag(), page(&second, &health).etag());
    // Whoever still holds the older edition gets the newer page rather than a second print of it.
    assert!(Arc::ptr_eq(&page(&first, &health), &page(&second, &health)));
}

#[test]
fn a_story_that_changes_its_topic_leaves_the_old_feed() {
    let shelf = shelf(vec![full_story()]);
    let first = edition(&shelf);
    let (health, economy) = (feed("/feeds/topics/health"), feed("/feeds/topics/economy"));
    assert!(text(&first, &health).contains("渡船"));
    assert!(!text(&first, &economy).contains("渡船"));
    let mut moved = full_story();
    moved.version = 2;
    moved.topics[0].code = "medtop:04000000".parse().unwrap();
    let second = first.after(&shelf.put(vec![moved]));
    assert!(!text(&second, &health).contains("渡船"));
    assert!(text(&second, &economy).contains("渡船"));
}

#[test]
fn a_filing_by_another_process_moves_everything() {
    let shelf = shelf(vec![full_story()]);
    let first = edition(&shelf);
    let economy = feed("/feeds/topics/economy");
    page(&first, &economy);
    shelf.put(vec![french("里昂丝厂重开", 1)]);
    let after_a_gap = first.after(&shelf.put(vec![story("卫生院添了新床", 50)]));
    assert!(text(&after_a_gap, &economy).contains("里昂"));

    let second = edition(&shelf);
    page(&second, &economy);
    let revision = shelf.put(vec![french("马赛港换了吊车", 2)]).revision;
    // Our own filing changed nothing, and yet the revision is the next one.
    let unchanged = second.after(&Filed { revision, unchanged: 1, ..Filed::default() });
    assert!(text(&unchanged, &economy).contains("马赛"));
}

#[test]
fn many_readers_at_once_cost_one_print() {
    let shelf = shelf(vec![full_story()]);
    let edition = edition(&shelf);
    let before = shelf.asked.load(Ordering::Relaxed);
    page(&edition, &feed("/feeds/latest"));
    let one_print = shelf.asked.load(Ordering::Relaxed) - before;
    let edition = edition.after(&shelf.put(vec![story("卫生院添了新床", 50)]));
    let before = shelf.asked.load(Ordering::Relaxed);
    std::thread::scope(|threads| {
        for _ in 0..16 {
            threads.spawn(|| page(&edition, &feed("/feeds/latest")));
        }
    });
    assert_eq!(shelf.asked.load(Ordering::Relaxed) - before, one_print);
}

#[test]
fn a_story_page_is_there_while_the_story_may_be_read() {
    let mut told = full_story();
    let address = Address::Story(told.id, Language::ZhHans);
    let shelf = shelf(vec![told.clone()]);
    let edition = edition(&shelf);
    assert!(text(&edition, &address).contains(">河口渡船今日复航</h1>"));
    assert!(!text(&edition, &address).contains("仅供编辑参考"));

    told.headline = "河口渡船昨日复航".to_owned();
    let edition = edition.after(&shelf.put(vec![told.clone()]));
    assert!(text(&edition, &address).contains(">河口渡船昨日复航</h1>"));

    told.pubstatus = PubStatus::Withheld;
    let edition = edition.after(&shelf.put(vec![told.clone()]));
    assert!(edition.cached(&address).is_none());
    assert!(matches!(edition.page(&address).unwrap(), Found::Nothing));

    told.pubstatus = PubStatus::Canceled;
    let edition = edition.after(&shelf.put(vec![told]));
    assert!(matches!(edition.page(&address).unwrap(), Found::Gone));
    assert!(matches!(
        edition.page(&Address::Story(story("没有", 0).id, Language::ZhHans)).unwrap(),
        Found::Nothing
    ));
}

#[test]
fn an_archive_that_is_down_leaves_what_is_printed_and_comes_back() {
    let shelf = shelf(vec![full_story()]);
    let edition = edition(&shelf);
    page(&edition, &feed("/feeds/latest"));
    shelf.down.store(true, Ordering::Relaxed);
    page(&edition, &feed("/feeds/latest"));
    assert!(edition.page(&Address::Index(Language::ZhHans)).is_err());
    shelf.down.store(false, Ordering::Relaxed);
    page(&edition, &Address::Index(Language::ZhHans));
}

#[test]
fn the_edition_knows_its_revision() {
    let shelf = shelf(vec![]);
    let first = edition(&shelf);
    assert_eq!(first.revision(), Revision(1));
    assert_eq!(first.after(&shelf.put(vec![full_story()])).revision(), Revision(2));
}

/// Every file below `folder` but the program's own notes, by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if name == ".wirefeed" {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Latest, two topics, three regions, thirty agencies, and three regions within topics, in four forms each; four lists of
/// feeds, two stylesheets, the icon and the index.
const PAGES: usize = (1 + 2 + 3 + 30 + 3) * 4 + 8;

#[test]
fn a_folder_holds_the_bytes_of_every_page_at_the_path_of_its_url() {
    let shelf = shelf(vec![full_story(), french("里昂丝厂重开", 1)]);
    let edition = edition(&shelf);
    let out = tempfile::tempdir().unwrap();
    let missing = out.path().join("new/folder");
    let written = edition.write_to(&missing).unwrap();
    assert_eq!(written, Written { pages: PAGES, stories: 2, changed: PAGES + 2, removed: 0 });
    let files = files(&missing);
    assert_eq!(files.len(), PAGES + 2);
    assert_eq!(files["feeds/topics/health.atom"], *page(&edition, &feed("/feeds/topics/health")).body());
    assert_eq!(files["index.html"], *page(&edition, &Address::Index(Language::ZhHans)).body());
    let id = full_story().id;
    assert_eq!(
        files[&format!("stories/{id}/index.html")],
        *page(&edition, &Address::Story(id, Language::ZhHans)).body()
    );
}

#[test]
fn a_second_build_writes_the_same_bytes_and_touches_nothing() {
    let out = tempfile::tempdir().unwrap();
    edition(&shelf(vec![full_story()])).write_to(out.path()).unwrap();
    let before = files(out.path());
    let again = edition(&shelf(vec![full_story()])).write_to(out.path()).unwrap();
    assert_eq!((again.changed, again.removed), (0, 0));
    assert_eq!(files(out.path()), before);
}

#[test]
fn feeds_alone_are_the_same_bytes_in_the_formats_asked_for() {
    let (whole, alone) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let edition = edition(&shelf(vec![full_story()]));
    edition.write_to(whole.path()).unwrap();
    let written = edition.write_feeds_to(alone.path(), &[Format::Rss, Format::Atom]).unwrap();
    let (whole, alone) = (files(whole.path()), files(alone.path()));
    let is_asked_for =
        |file: &str| matches!(file.rsplit_once('.'), Some((stem, "rss" | "atom")) if stem.starts_with("feeds/"));
    let wants: BTreeMap<_, _> = whole.into_iter().filter(|(file, _)| is_asked_for(file)).collect();
    assert_eq!((written.pages, written.stories), (wants.len(), 0));
    assert!(wants.len() > 2);
    assert_eq!(alone, wants);
}

#[test]
fn a_folder_offers_no_search_since_nobody_answers_it() {
    let shelf = shelf(vec![full_story()]);
    let silent = Catalogue::embedded().without_searches();
    let folder = Edition::new(Arc::clone(&shelf) as _, Arc::new(taxonomy()), silent, site()).unwrap();
    let asks = |edition: &Edition| {
        let index = page(edition, &Address::Index(Language::En));
        std::str::from_utf8(index.body()).unwrap().contains("<form")
    };
    assert!(asks(&edition(&shelf)));
    assert!(!asks(&folder));
}

#[test]
fn what_is_no_longer_published_is_removed_and_what_is_not_ours_stays() {
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("robots.txt"), "User-agent: *").unwrap();
    let shelf = shelf(vec![full_story(), french("里昂丝厂重开", 1)]);
    let first = edition(&shelf);
    first.write_to(out.path()).unwrap();
    let mut withdrawn = full_story();
    withdrawn.pubstatus = PubStatus::Canceled;
    let second = first.after(&shelf.put(vec![withdrawn])).write_to(out.path()).unwrap();
    // Its page, and the feeds within the feed of its topic, each in four forms.
    assert_eq!((second.stories, second.removed), (1, 1 + 4 * 2));
    assert!(!out.path().join(format!("stories/{}", full_story().id)).exists());
    assert_eq!(fs::read(out.path().join("robots.txt")).unwrap(), b"User-agent: *");
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("index.html"), "mine").unwrap();
    let refused = edition(&shelf(vec![full_story()])).write_to(out.path());
    assert!(matches!(refused, Err(WriteError::Foreign { path }) if path.ends_with("index.html")));
    assert_eq!(files(out.path()), BTreeMap::from([("index.html".to_owned(), b"mine".to_vec())]));
}

#[test]
fn a_build_that_was_killed_is_finished_by_the_next_one() {
    let out = tempfile::tempdir().unwrap();
    let shelf = shelf(vec![full_story()]);
    let first = edition(&shelf);
    first.write_to(out.path()).unwrap();
    // As if killed after the manifest of both editions, with a page on the desk and a page in place.
    fs::create_dir_all(out.path().join(".wirefeed/new/feeds")).unwrap();
    fs::write(out.path().join(".wirefeed/new/feeds/half"), "<rss").unwrap();
    fs::write(out.path().join("feeds/new.rss"), "<rss/>").unwrap();
    let manifest = out.path().join(".wirefeed/manifest");
    fs::write(&manifest, fs::read_to_string(&manifest).unwrap() + "feeds/new.rss\n../outside\n").unwrap();
    let written = first.write_to(out.path()).unwrap();
    assert_eq!((written.changed, written.removed), (0, 1));
    assert!(!out.path().join("feeds/new.rss").exists());
    assert!(!out.path().join(".wirefeed/new").exists());
}
