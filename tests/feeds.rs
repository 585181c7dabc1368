//! Our RSS and Atom, read back by a reader that shares no code with their writers.

mod support;

use chrono::{DateTime, SubsecRound, Utc};
use support::{full_story, morning, site, story, taxonomy};
use wirefeed::feed::{Feed, Format, Part, Sheet, Window};
use wirefeed::story::{Dateline, Selection, Story};

fn feed() -> Feed {
    Feed {
        path: "/feeds/latest".to_owned(),
        query: None,
        title: "河口通讯".to_owned(),
        selection: Selection::default(),
        window: Window::default(),
        only_with: None,
    }
}

/// Writes `stories` and reads them back as (RSS, Atom).
fn read_back(stories: &[Story]) -> (feed_rs::model::Feed, feed_rs::model::Feed) {
    let read = |format: Format| {
        let text = format.render(&Sheet::new(&feed(), Part::Newest, stories, None), &site(), &taxonomy());
        feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
    };
    (read(Format::Rss), read(Format::Atom))
}

#[test]
fn rss_and_atom_say_the_same() {
    let mut corrected = story("大桥今晚封闭检修", 7);
    corrected.versioncreated = morning() + chrono::TimeDelta::hours(5);
    corrected.bylines.clear();
    let stories = [full_story(), corrected];
    let (rss, atom) = read_back(&stories);
    assert_eq!(rss.title.unwrap().content, "河口通讯");
    assert_eq!(atom.title.unwrap().content, "河口通讯");
    for language in [rss.language.unwrap(), atom.language.unwrap()] {
        assert!(language.eq_ignore_ascii_case("zh-Hans"), "{language}");
    }
    let second = |time: Option<DateTime<Utc>>| time.map(|time| time.trunc_subsecs(0));
    assert_eq!(second(rss.updated), Some(stories[1].versioncreated));
    assert_eq!(second(atom.updated), Some(stories[1].versioncreated));
    for ((story, rss), atom) in stories.iter().zip(&rss.entries).zip(&atom.entries) {
        for entry in [rss, atom] {
            assert_eq!(entry.id, format!("urn:uuid:{}", story.id));
            assert_eq!(entry.title.as_ref().unwrap().content, story.headline);
            assert_eq!(entry.published, Some(story.published));
            assert_eq!(entry.links[0].href, format!("http://127.0.0.1:8080/stories/{}", story.id));
            assert_eq!(entry.summary.as_ref().unwrap().content, story.lead());
            assert_eq!(entry.content.as_ref().unwrap().body, rss.content.as_ref().unwrap().body);
        }
        assert_eq!(second(atom.updated), Some(story.versioncreated));
        let author = story.bylines.first().map_or("河口通讯编辑部", |byline| byline.name.as_str());
        for entry in [rss, atom] {
            assert_eq!(entry.authors[0].name.as_deref(), Some(author));
        }
    }
    assert_eq!((rss.entries.len(), atom.entries.len()), (2, 2));
}

#[test]
fn the_text_is_whole_and_words_for_editors_stay_inside() {
    let (rss, _) = read_back(&[full_story()]);
    let text = rss.entries[0].content.as_ref().unwrap().body.clone().unwrap();
    let story = full_story();
    let parts = story.body.iter().map(|block| &block.text).chain([&story.kicker, &story.subheadline]);
    for part in parts.chain(story.captions.iter().flat_map(|caption| [&caption.text, &caption.credit])) {
        assert!(text.contains(&maud::Render::render(part).into_string()), "{part} in {text}");
    }
    assert!(!text.contains(&story.ednote));
}

#[test]
fn what_was_found_stands_before_what_follows_from_it() {
    let (rss, atom) = read_back(&[full_story()]);
    let words: Vec<_> = rss.entries[0].categories.iter().map(|category| category.term.as_str()).collect();
    assert_eq!(words, ["卫生", "安徽", "中国"]);
    let codes: Vec<_> = atom.entries[0]
        .categories
        .iter()
        .map(|category| (category.scheme.as_deref().unwrap(), &*category.term, category.label.as_deref().unwrap()))
        .collect();
    assert_eq!(
        codes,
        [
            ("http://cv.iptc.org/newscodes/mediatopic/", "07000000", "卫生 / health"),
            ("urn:iso:std:iso:3166", "CN-AH", "安徽 / Anhui"),
            ("urn:iso:std:iso:3166", "CN", "中国 / China"),
        ]
    );
}

/// The `georss:point` of each item, in its order; names are compared with their namespaces.
fn points(xml: &str) -> Vec<Option<String>> {
    use quick_xml::events::Event;
    use quick_xml::name::{Namespace, ResolveResult};
    let mut reader = quick_xml::NsReader::from_str(xml);
    let (mut points, mut inside) = (Vec::new(), false);
    loop {
        let (namespace, event) = reader.read_resolved_event().unwrap();
        let is_georss = namespace == ResolveResult::Bound(Namespace("http://www.georss.org/georss"));
        match event {
            Event::Start(tag) if matches!(tag.local_name().as_ref(), "item" | "entry") => points.push(None),
            Event::Start(tag) => inside = is_georss && tag.local_name().as_ref() == "point",
            Event::Text(text) if inside => *points.last_mut().unwrap() = Some(text.to_string()),
            Event::End(_) => inside = false,
            Event::Eof => return points,
            _ => {}
        }
    }
}

#[test]
fn a_story_is_where_its_dateline_says() {
    let filed = |places: &[&str]| {
        let mut story = story(&format!("渡船复航{}", places.join("")), 0);
        let places = places.iter().map(|&place| place.to_owned()).collect();
        story.dateline = Some(Dateline { agency: String::new(), places, date: None, raw: String::new() });
        story
    };
    let stories =
        [filed(&["合肥", "北京"]), filed(&["白鹭村", "北京"]), filed(&[]), story("潮汛", 0), filed(&["NAIROBI"])];
    let wants = [Some("31.86 117.28"), None, None, None, Some("-1.28 36.82")];
    let write =
        |format: Format| format.render(&Sheet::new(&feed(), Part::Newest, &stories, None), &site(), &taxonomy());
    for format in [Format::Rss, Format::Atom] {
        let said = points(&write(format));
        assert_eq!(said.iter().map(Option::as_deref).collect::<Vec<_>>(), wants, "{format:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&write(Format::Json)).unwrap();
    let items = json["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|item| item["_georss"]["point"].as_str()).collect::<Vec<_>>(), wants);
    read_back(&stories);
}

#[test]
fn hostile_text_comes_through_as_it_is() {
    let hostile = "甲]]>乙 & <b>丙</b> &amp; 𠮷野家 🚢 \u{200f}شط\u{200e} “丁”'";
    let mut story = story(hostile, 0);
    story.body[0].text = hostile.to_owned();
    story.bylines[0].name = "A & <B>".to_owned();
    let (rss, atom) = read_back(std::slice::from_ref(&story));
    let escaped = maud::Render::render(hostile).into_string();
    for entry in [&rss.entries[0], &atom.entries[0]] {
        assert_eq!(entry.title.as_ref().unwrap().content, hostile);
        assert_eq!(entry.content.as_ref().unwrap().body, Some(format!("<p>{escaped}</p>")));
        assert_eq!(entry.authors[0].name.as_deref(), Some("A & <B>"));
    }
    assert_eq!(atom.entries[0].summary.as_ref().unwrap().content, hostile);
}

#[test]
fn control_characters_do_not_break_the_feed() {
    let mut story = story("甲\u{3}乙\u{0}\u{ffff}", 0);
    story.body[0].text = "丙]]\u{3}>丁\u{1b}".to_owned();
    story.bylines[0].name = "戊\u{c}".to_owned();
    let (rss, atom) = read_back(&[story]);
    for entry in [&rss.entries[0], &atom.entries[0]] {
        assert_eq!(entry.title.as_ref().unwrap().content, "甲\u{fffd}乙\u{fffd}\u{fffd}");
        assert_eq!(entry.content.as_ref().unwrap().body.as_deref(), Some("<p>丙]]\u{fffd}&gt;丁\u{fffd}</p>"));
    }
}

#[test]
fn any_text_at_all_makes_a_feed_that_can_be_read() {
    arbtest::arbtest(|u| {
        let mut story = story(&format!("题{}", u.arbitrary::<String>()?), 0);
        story.body[0].text = u.arbitrary()?;
        story.kicker = u.arbitrary()?;
        story.bylines[0].name = u.arbitrary()?;
        let (rss, atom) = read_back(std::slice::from_ref(&story));
        assert_eq!(rss.entries[0].id, format!("urn:uuid:{}", story.id));
        assert_eq!(atom.entries[0].id, rss.entries[0].id);
        Ok(())
    })
    .budget_ms(1_000);
}

#[test]
fn an_empty_feed_is_a_feed() {
    let (rss, atom) = read_back(&[]);
    assert_eq!((rss.entries.len(), atom.entries.len()), (0, 0));
    assert_eq!(rss.updated, None);
    assert_eq!(atom.updated, Some("2005-12-01T00:00:00Z".parse().unwrap()));
    assert_eq!(rss.title.unwrap().content, "河口通讯");
}

#[test]
fn the_same_stories_make_the_same_bytes_and_a_new_title_moves_no_id() {
    let stories = [full_story()];
    for format in Format::ALL {
        let write =
            |feed: &Feed| format.render(&Sheet::new(feed, Part::Newest, &stories, None), &site(), &taxonomy());
        assert_eq!(write(&feed()), write(&feed()));
        let renamed = Feed { title: "江口通讯".to_owned(), ..feed() };
        let ids = |feed: &Feed| {
            let read = feed_rs::parser::parse(write(feed).as_bytes()).unwrap();
            read.entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&feed()), ids(&renamed));
    }
}
