//! The pages for people: nothing of a story gets out of its place in them, no link leaves the site, and each speaks
//! the reader's language.

mod support;

use chrono::NaiveDate;
use support::{full_story, morning, site, taxonomy};
use wirefeed::feed::html::{
    Answer, Asked, Channel, Entry, Family, Front, Heading, Setting, Shown, Source, feed, index, missing, offer,
    search, story,
};
use wirefeed::feed::{Catalogue, Site};
use wirefeed::story::{
    Block, BlockKind, Caption, Dateline, Evidence, Label, Language, Mark, Part, Standing, Story,
};
use wirefeed::taxonomy::{Regions, Taxonomy};

const LANGUAGES: [Language; 4] = [Language::ZhHans, Language::ZhHant, Language::En, Language::Undetermined];

/// Every kind of page, each about `told` and what is called `name`; with what kind of page it is.
fn pages(told: &Story, name: &str, site: &Site, language: Language) -> Vec<(&'static str, String)> {
    let (catalogue, taxonomy) = (Catalogue::embedded(), taxonomy());
    let setting = Setting { site, language, catalogue: &catalogue, taxonomy: &taxonomy };
    let standing = Standing { stories: 3, newest: Some(morning()), changed: None };
    let channel = Channel {
        title: name.to_owned(),
        path: "/feeds/search".to_owned(),
        query: Some("q=a&topic=b".to_owned()),
    };
    let entry = |path: &str, broader: Option<&str>| Entry {
        name: name.to_owned(),
        path: path.to_owned(),
        broader: broader.map(str::to_owned),
        standing,
    };
    let entries = [entry("/feeds/topics/a", None), entry("/feeds/topics/b", Some("/feeds/topics/a"))];
    let family = |heading: Heading| Family {
        heading,
        entries: entries.to_vec(),
        all: 9,
        opml: Some("/feeds/topics.opml".to_owned()),
    };
    let named = Heading::Named(name.to_owned());
    let families = [Heading::Topics, Heading::Regions, Heading::Agencies, named].map(family);
    let stories = [told.clone()];
    let asked =
        Asked { words: name, topic: name, region: name, agency: name, kind: name, language: name, since: name };
    let found = Answer::Found {
        stories: &stories,
        all: 1,
        words: &["渡".to_owned(), "b".to_owned()],
        channel: &channel,
        older: Some("/feeds/search.html?q=a&before=b"),
    };
    let nothing = Answer::Found { stories: &[], all: 0, words: &[], channel: &channel, older: None };
    let shown = Shown {
        channel: &channel,
        heading: name,
        standing,
        stories: &stories,
        broader: &entries,
        narrower: &entries,
        newer: Some("/feeds/a.html"),
        older: Some("/feeds/b.html"),
        opml: Some("/feeds.opml"),
    };
    let source = Source { name: name.to_owned(), received: morning() };
    let mut earlier = told.clone();
    earlier.headline.push_str("（旧）");
    earlier.body.truncate(1);
    let mut later = told.clone();
    (later.version, later.corrected) = (2, true);
    vec![
        ("index", index(&Front { stories: &stories, singles: &entries, families: &families }, setting)),
        ("empty index", index(&Front { stories: &[], singles: &entries, families: &[] }, setting)),
        ("feed", feed(&shown, setting)),
        ("empty feed", feed(&Shown { stories: &[], ..shown }, setting)),
        ("search", search(&asked, &found, &families, setting)),
        ("search for nothing", search(&Asked::default(), &Answer::Nothing, &families, setting)),
        ("search without result", search(&asked, &nothing, &families, setting)),
        ("search with a problem", search(&asked, &Answer::Problem(name), &families, setting)),
        ("story", story(told, &[], None, None, setting)),
        ("versions", story(&later, &[earlier], Some(&source), Some("/feeds/agencies/a"), setting)),
        ("404", missing(404, setting)),
        ("410", missing(410, setting)),
        ("414", missing(414, setting)),
        ("503", missing(503, setting)),
    ]
}

/// A story all of whose texts say `text`.
fn story_of(text: &str) -> Story {
    let mut story = full_story();
    let said = || text.to_owned();
    (story.kicker, story.headline, story.subheadline, story.credits) = (said(), said(), said(), said());
    for byline in &mut story.bylines {
        (byline.name, byline.role) = (said(), said());
    }
    story.dateline = Some(Dateline { agency: said(), places: vec![said()], date: None, raw: said() });
    story.body = vec![
        Block { kind: BlockKind::Paragraph, text: said() },
        Block { kind: BlockKind::Subhead, text: said() },
        Block { kind: BlockKind::Paragraph, text: said() },
    ];
    story.captions = vec![Caption { text: said(), credit: said(), taken: NaiveDate::from_ymd_opt(2024, 3, 9) }];
    let evidence = vec![Evidence { term: said(), part: Part::Lead, count: 2, weight: 8 }];
    story.topics = vec![Label { code: "medtop:07000000".parse().unwrap(), weight: 8, implied: false, evidence }];
    story
}

#[test]
fn hostile_text_stays_text_on_every_page() {
    const HOSTILE: &str = "</script></title><b x>'渡' \" onload=\"&amp;]]>\u{202e}\u{1}\u{ffff}</p>";
    let site = Site { title: HOSTILE.to_owned(), ..site() };
    for (kind, page) in pages(&story_of(HOSTILE), HOSTILE, &site, Language::ZhHans) {
        for broken in ["<b x", "</script></title>", "onload=\"", "\u{1}", "\u{ffff}"] {
            assert!(!page.contains(broken), "{broken} in the page of {kind}: {page}");
        }
        assert_eq!(page.matches("</title>").count(), 1, "{kind}");
        let scripts = usize::from(matches!(kind, "story" | "versions"));
        assert_eq!(
            (page.matches("<script").count(), page.matches("</script").count()),
            (scripts, scripts),
            "{kind}"
        );
    }
}

#[test]
fn a_story_says_of_itself_what_search_engines_ask_for() {
    let mut told = full_story();
    told.headline = "渡船 </script> & \"复航\"".to_owned();
    let places = vec!["合肥".to_owned()];
    told.dateline = Some(Dateline { agency: String::new(), places, date: None, raw: String::new() });
    let (_, page) = pages(&told, "名", &site(), Language::En).remove(8);
    let (_, script) = page.split_once("<script type=\"application/ld+json\">").expect("it has one");
    let (json, _) = script.split_once("</script>").expect("it ends");
    let article: serde_json::Value = serde_json::from_str(json).unwrap();
    let url = format!("http://127.0.0.1:8080/stories/{}", told.id);
    for (key, wants) in [
        ("@type", "NewsArticle"),
        ("headline", &told.headline),
        ("url", &url),
        ("inLanguage", "zh-Hans"),
        ("datePublished", &told.published.to_rfc3339()),
        ("dateModified", &told.versioncreated.to_rfc3339()),
    ] {
        assert_eq!(article[key], wants, "{key}");
    }
    assert_eq!(article["author"][0]["name"], *told.bylines[0].name);
    assert_eq!(article["locationCreated"]["name"], "合肥");
    assert_eq!(article["locationCreated"]["geo"]["latitude"], 31.86);
    assert!(page.contains(&format!(r#"<link rel="canonical" href="{url}">"#)));
    assert!(page.contains(r#"<meta property="og:type" content="article">"#));
    let published = told.published.to_rfc3339();
    assert!(page.contains(&format!(r#"<meta property="article:published_time" content="{published}">"#)));
}

#[test]
fn links_keep_the_path_of_the_base_url_and_name_no_host_but_in_what_machines_read() {
    let site = Site { base_url: "https://news.example/wire".to_owned(), ..site() };
    for (kind, page) in pages(&full_story(), "名", &site, Language::ZhHans) {
        let (head, body) = page.split_once("<body>").expect("it has a body");
        assert!(!body.contains("news.example"), "{kind}");
        let links = |html: &str| -> Vec<String> {
            let after = [" href=\"", " action=\"", " src=\""]
                .into_iter()
                .flat_map(|attribute| html.split(attribute).skip(1));
            after.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
        };
        for link in links(body) {
            assert!(link.starts_with("/wire/") || link.starts_with('#'), "{link} in {kind}");
        }
        for link in links(head) {
            assert!(
                link.starts_with("/wire/") || link.starts_with("https://news.example/wire/"),
                "{link} in {kind}"
            );
        }
        assert!(links(head).iter().any(|link| link == "/wire/style.css"), "{kind}");
    }
}

#[test]
fn a_page_offers_its_own_feeds_before_those_of_the_site() {
    let (_, page) = pages(&full_story(), "名", &site(), Language::ZhHans).remove(2);
    let alternates: Vec<&str> = page
        .split("<link rel=\"alternate\"")
        .skip(1)
        .filter_map(|link| link.split_once("href=\"")?.1.split('"').next())
        .collect();
    let own = alternates.iter().take_while(|href| href.starts_with("/feeds/search.")).count();
    assert_eq!(alternates[..2], ["/feeds/search.rss?q=a&amp;topic=b", "/feeds/search.atom?q=a&amp;topic=b"]);
    assert!(alternates.len() > own && alternates[own..].iter().all(|href| href.starts_with("/feeds/latest.")));
}

#[test]
fn each_page_speaks_the_readers_language_only() {
    let site = Site { title: "Wire".to_owned(), ..site() };
    let told = Story { language: Language::En, ..story_of("Ferries sail again") };
    for language in LANGUAGES {
        let tag = if language == Language::Undetermined { "en" } else { language.tag() };
        let pages = pages(&told, "Name", &site, language);
        for (kind, page) in &pages {
            assert!(page.contains(&format!("<html lang=\"{tag}\">")), "{kind}");
        }
        if tag == "en" {
            for (kind, page) in pages {
                // Languages to choose from are named in themselves, and an earlier headline of ours ends in Chinese.
                let page = page.replace("简体中文", "").replace("繁體中文", "").replace("（旧）", "");
                let foreign: String = page.chars().filter(|c| *c >= '\u{2e80}').collect();
                assert_eq!(foreign, "", "{kind}");
            }
        }
    }
}

#[test]
fn what_the_reader_asked_is_in_the_form_again() {
    let (_, page) = pages(&full_story(), "health,-sport", &site(), Language::En).remove(4);
    assert!(page.contains(r#"<input type="search" name="q" value="health,-sport""#), "{page}");
    assert!(page.contains(r#"<option value="health,-sport" selected>health,-sport</option>"#), "{page}");
}

#[test]
fn every_label_is_explained_and_what_follows_says_from_what() {
    let mut told = full_story();
    let evidence =
        |term: &str, weight| vec![Evidence { term: term.to_owned(), part: Part::Lead, count: 1, weight }];
    told.regions = vec![
        Label { code: "CN-AH".parse().unwrap(), weight: 7, implied: false, evidence: evidence("皖南", 7) },
        Label { code: "CN".parse().unwrap(), weight: 7, implied: true, evidence: Vec::new() },
    ];
    told.topics.clear();
    let (_, page) = pages(&told, "名", &site(), Language::ZhHans).remove(8);
    let why = "<dl><div><dt>安徽</dt><dd><q><bdi>皖南</bdi></q> 导语 +7</dd><dd class=\"total\">合计 7</dd></div>\
               <div><dt>中国</dt><dd>包含 <bdi>安徽</bdi></dd></div></dl>";
    assert!(page.contains(why), "{page}");
}

#[test]
fn versions_show_what_changed() {
    let before = full_story();
    let mut after = before.clone();
    after.version = 2;
    after.headline = before.headline.replace("今日", "明日");
    after.body.pop();
    let (catalogue, taxonomy, site) = (Catalogue::embedded(), taxonomy(), site());
    let setting = Setting { site: &site, language: Language::ZhHans, catalogue: &catalogue, taxonomy: &taxonomy };
    let page = story(&after, std::slice::from_ref(&before), None, None, setting);
    assert!(page.contains("河口渡船<del>今</del><ins>明</ins>日复航"), "{page}");
    let last = &before.body.last().unwrap().text;
    assert!(page.contains(&format!("<del>{last}</del>")), "{page}");
    assert_eq!(page.matches("<del>").count(), 2, "{page}");
    assert!(!story(&after, &[], None, None, setting).contains("<del>"));
}

#[test]
fn a_large_family_lists_what_holds_stories_and_a_small_one_all() {
    let region = |code: &str, name: &str| {
        format!("[[region]]\ncode = '{code}'\nname = {{ zh = '{name}', en = '{code}' }}\n")
    };
    let districts = (10..70).map(|number| region(&format!("X{number}"), &format!("第{number}区")));
    let known = [region("CN", "中国"), region("CN-AH", "安徽") + "broader = 'CN'\n"];
    let regions: String = known.into_iter().chain(districts).collect();
    let taxonomy = Taxonomy { regions: Regions::parse(&regions).unwrap(), ..taxonomy() };
    let (catalogue, site) = (Catalogue::embedded(), site());
    let setting = Setting { site: &site, language: Language::ZhHant, catalogue: &catalogue, taxonomy: &taxonomy };
    let carried = full_story().regions.into_iter().map(|label| Mark::Region(label.code)).collect::<Vec<_>>();
    let (singles, families) = offer(setting, &[], &|selection| {
        let is_there = selection.wanted().flatten().all(|mark| carried.contains(mark));
        Standing { stories: u64::from(is_there), newest: is_there.then(morning), changed: None }
    });
    let names = |entries: &[Entry]| entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&singles), ["河口通讯"]);
    let listed: Vec<(usize, Vec<String>)> =
        families.iter().map(|family| (family.all, names(&family.entries))).collect();
    assert!(listed.contains(&(62, vec!["中国".to_owned(), "安徽".to_owned()])), "{listed:?}");
    assert!(listed.contains(&(2, vec!["卫生".to_owned(), "经济".to_owned()])), "{listed:?}");
    let page = index(&Front { stories: &[], singles: &singles, families: &families }, setting);
    assert!(page.contains("共 62 個"), "{page}");
    assert!(!page.contains("第33区"), "{page}");
}
