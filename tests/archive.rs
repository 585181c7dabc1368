//! One contract for every archive: each check runs on SQLite in memory and on disk.

mod support;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use arbtest::arbitrary::{self, Unstructured};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use support::takes;
use tempfile::TempDir;
use wirefeed::archive::{Archive, Digest, Error, Filed, Filing, Sqlite, Words};
use wirefeed::story::{
    Agency, Block, BlockKind, Clause, Dateline, Kind, Label, Language, Mark, Phrase, PubStatus, Rank, Region,
    Revision, Selection, Standing, Story, StoryId, Topic,
};

#[test]
fn an_empty_archive_answers() {
    on_each(|archive| {
        assert_eq!(archive.revision().unwrap(), Revision(0));
        assert_eq!(archive.next_release().unwrap(), None);
        assert_eq!(all(archive), []);
        assert_eq!(archive.story(&bridge().id).unwrap(), None);
        assert_eq!(archive.file(&[], at("12:00")).unwrap(), Filed::default());
    });
}

#[test]
fn what_was_filed_is_known_and_read_back_whole() {
    on_each(|archive| {
        let page = filing("a.txt", "09:00", [bridge(), harvest()]);
        assert!(!archive.knows(&page.digest).unwrap());

        let filed = archive.file(std::slice::from_ref(&page), at("12:00")).unwrap();
        assert_eq!((filed.revision, filed.new, filed.updated, filed.unchanged), (Revision(1), 2, 0, 0));
        assert_eq!(topics(&filed), BTreeSet::from([topic("medtop:04000000"), topic("medtop:06000000")]));
        assert_eq!(regions(&filed), BTreeSet::from([region("CN-AH"), region("FR")]));
        assert_eq!(filed.moved.stories, BTreeSet::from([bridge().id, harvest().id]));

        assert!(archive.knows(&page.digest).unwrap());
        assert_eq!(archive.story(&bridge().id).unwrap(), Some(bridge()));
        assert_eq!(archive.revision().unwrap(), Revision(1));
    });
}

#[test]
fn a_file_filed_twice_counts_once() {
    on_each(|archive| {
        let page = filing("a.txt", "09:00", [bridge()]);
        archive.file(&[page.clone(), Filing { name: "copy.txt".into(), ..page.clone() }], at("12:00")).unwrap();
        let again = archive.file(&[page], at("12:00")).unwrap();
        assert_eq!(again, Filed { revision: Revision(1), ..Filed::default() });
        assert_eq!(all(archive), [bridge()]);
    });
}

#[test]
fn the_same_story_in_another_file_changes_nothing() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let reprint = Story { published: at("10:00"), versioncreated: at("10:00"), ..bridge() };
        let filed = file(archive, [reprint]);
        assert_eq!((filed.revision, filed.unchanged), (Revision(1), 1));
        assert_eq!(archive.story(&bridge().id).unwrap(), Some(bridge()));
    });
}

#[test]
fn a_changed_story_is_the_next_version_in_the_same_place() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let filed = file(archive, [later_bridge()]);
        assert_eq!((filed.revision, filed.new, filed.updated), (Revision(2), 0, 1));
        assert_eq!(
            all(archive),
            [Story { id: bridge().id, version: 2, published: bridge().published, ..later_bridge() }]
        );
    });
}

#[test]
fn another_headline_place_day_or_agency_is_another_story() {
    on_each(|archive| {
        let dateline = dateline("新华社", "合肥", 18);
        let others = [
            Story { headline: "长江大桥合龙（图）".into(), ..later_bridge() },
            Story {
                dateline: Some(Dateline { places: vec!["芜湖".into()], ..dateline.clone() }),
                ..later_bridge()
            },
            Story { dateline: Some(Dateline { date: day(19), ..dateline.clone() }), ..later_bridge() },
            Story { dateline: Some(Dateline { agency: "本报".into(), ..dateline.clone() }), ..later_bridge() },
            Story { dateline: Some(Dateline { date: None, ..dateline }), ..later_bridge() },
            Story { dateline: None, ..later_bridge() },
        ];
        file(archive, [bridge()]);
        for (number, other) in others.into_iter().enumerate() {
            let filed = file(archive, [Story { id: id(&format!("other {number}")), ..other.clone() }]);
            assert_eq!(filed.new, 1, "{other:?}");
        }
    });
}

#[test]
fn pictures_of_the_day_are_not_versions_of_each_other() {
    on_each(|archive| {
        let picture = |name: &str, text: &str| Story {
            id: id(name),
            headline: "图片新闻".into(),
            body: vec![paragraph(text)],
            ..bridge()
        };
        let filed =
            file(archive, [picture("one", "工人在检修输电线路。"), picture("two", "工人在检修输电线路！")]);
        assert_eq!(filed.new, 2, "on one page");
        let filed = file(archive, [picture("three", "孩子们在图书馆里读绘本，迎接寒假。")]);
        assert_eq!(filed.new, 1, "on two pages");
    });
}

#[test]
fn an_older_version_that_comes_later_changes_nothing() {
    on_each(|archive| {
        file(archive, [later_bridge()]);
        let filed = file(archive, [Story { id: later_bridge().id, ..bridge() }]);
        assert_eq!((filed.revision, filed.unchanged), (Revision(1), 1));
        assert_eq!(all(archive), [later_bridge()]);
    });
}

#[test]
fn an_old_page_sent_again_takes_nothing_back() {
    on_each(|archive| {
        file(archive, [bridge()]);
        file(archive, [later_bridge()]);
        let before = all(archive);
        let filed = file(archive, [Story { versioncreated: at("12:00"), ..bridge() }]);
        assert_eq!((filed.revision, filed.unchanged), (Revision(2), 1));
        assert_eq!(all(archive), before);
    });
}

#[test]
fn versions_that_state_the_same_moment_follow_each_other() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let edited = Story { subheadline: "全长八公里".into(), ..bridge() };
        archive.file(&[filing("b.txt", "10:00", [edited])], at("12:00")).unwrap();
        let story = archive.story(&bridge().id).unwrap().unwrap();
        assert_eq!((story.version, story.versioncreated), (2, at("10:00")));
    });
}

#[test]
fn one_batch_may_hold_a_story_and_its_next_version() {
    on_each(|archive| {
        let batch = [filing("a.txt", "09:00", [bridge()]), filing("b.txt", "10:00", [later_bridge(), bridge()])];
        let filed = archive.file(&batch, at("12:00")).unwrap();
        assert_eq!((filed.revision, filed.new, filed.updated, filed.unchanged), (Revision(1), 1, 1, 1));
        assert_eq!(all(archive).iter().map(|story| story.version).collect::<Vec<_>>(), [2]);
    });
}

#[test]
fn a_story_moves_from_old_labels_to_new_ones() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let moved = Story { topics: vec![label("medtop:13000000")], regions: vec![], ..later_bridge() };
        let filed = file(archive, [moved]);
        assert_eq!(topics(&filed), BTreeSet::from([topic("medtop:04000000"), topic("medtop:13000000")]));
        assert_eq!(regions(&filed), BTreeSet::from([region("CN-AH")]));
        assert_eq!(under_topic(archive, "medtop:04000000"), []);
        assert_eq!(under_topic(archive, "medtop:13000000"), [bridge().id]);
    });
}

#[test]
fn a_new_taxonomy_moves_a_story_without_a_new_version() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let weightier = Story { topics: vec![Label { weight: 9, ..label("medtop:04000000") }], ..bridge() };
        assert_eq!(file(archive, [weightier]).revision, Revision(1), "another weight is no change");

        let filed = file(archive, [Story { topics: vec![label("medtop:13000000")], ..bridge() }]);
        assert_eq!((filed.revision, filed.updated, filed.unchanged), (Revision(2), 0, 1));
        assert_eq!(under_topic(archive, "medtop:04000000"), []);
        assert_eq!(under_topic(archive, "medtop:13000000"), [bridge().id]);
        assert_eq!(archive.story(&bridge().id).unwrap().unwrap().version, 1);
    });
}

#[test]
fn a_withdrawn_story_is_listed_nowhere_and_still_known() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let filed = file(archive, [Story { pubstatus: PubStatus::Canceled, ..later_bridge() }]);
        assert!(topics(&filed).contains(&topic("medtop:04000000")));
        assert_eq!(all(archive), []);
        assert_eq!(under_topic(archive, "medtop:04000000"), []);
        assert_eq!(archive.story(&bridge().id).unwrap().unwrap().pubstatus, PubStatus::Canceled);

        file(archive, [Story { versioncreated: at("12:00"), ..bridge() }]);
        assert_eq!(all(archive), [], "a late copy does not bring it back");
    });
}

#[test]
fn an_embargoed_story_is_nowhere_until_its_time() {
    on_each(|archive| {
        let filed =
            archive.file(&[filing("a.txt", "09:00", [embargoed("18:00"), harvest()])], at("12:00")).unwrap();
        assert_eq!((filed.new, filed.waiting), (1, 1));
        assert!(!filed.moved.stories.contains(&bridge().id));
        assert_eq!(all(archive), [harvest()]);
        assert_eq!(archive.story(&bridge().id).unwrap(), None);
        assert_eq!(archive.next_release().unwrap(), Some(at("18:00")));

        let early = archive.release(at("18:00") - TimeDelta::milliseconds(1)).unwrap();
        assert_eq!(early, Filed { revision: Revision(1), ..Filed::default() });

        let filed = archive.release(at("18:00")).unwrap();
        assert_eq!((filed.revision, filed.new), (Revision(2), 1));
        assert_eq!(filed.moved.stories, BTreeSet::from([bridge().id]));
        assert_eq!(archive.next_release().unwrap(), None);
        let stories = all(archive);
        assert_eq!(stories.iter().map(|story| story.id).collect::<Vec<_>>(), [bridge().id, harvest().id]);
        assert!(stories[0].published >= at("18:00"), "it is news of the evening, not of the morning");
        assert_eq!(stories[0].pubstatus, PubStatus::Usable);

        assert_eq!(archive.release(at("18:01")).unwrap().revision, Revision(2), "once");
    });
}

#[test]
fn a_walk_meets_every_story_once_whatever_its_place() {
    on_each(|archive| {
        let withdrawn = Story { pubstatus: PubStatus::Canceled, ..later_bridge() };
        archive.file(&[filing("a.txt", "09:00", [withdrawn.clone(), embargoed_harvest()])], at("12:00")).unwrap();
        assert_eq!(archive.size().unwrap(), 2);
        let mut met = Vec::new();
        let mut after = None;
        while let [(place, story)] = archive.walk(after.as_ref(), 1).unwrap().as_slice() {
            met.push(story.headline.clone());
            after = Some(place.clone());
        }
        assert_eq!(met, [harvest().headline, withdrawn.headline], "what waits comes first");
        assert_eq!(archive.walk(None, 50).unwrap().len(), 2);
    });
}

#[test]
fn a_relabelled_story_moves_between_feeds_and_is_otherwise_as_it_was() {
    on_each(|archive| {
        file(archive, [bridge(), harvest()]);
        let (place, story) =
            archive.walk(None, 50).unwrap().into_iter().find(|(_, s)| s.id == bridge().id).unwrap();
        let labelled = Story { topics: vec![label("medtop:15000000")], headline: "else".into(), ..story };

        let filed = archive.relabel(&[(place, labelled.clone())], at("12:00")).unwrap();
        let moved = BTreeSet::from([topic("medtop:04000000"), topic("medtop:15000000")]);
        assert_eq!((filed.revision, topics(&filed)), (Revision(2), moved));
        assert_eq!(under_topic(archive, "medtop:15000000"), [bridge().id]);
        assert_eq!(under_topic(archive, "medtop:04000000"), []);
        let expected = Story { topics: labelled.topics, ..bridge() };
        assert_eq!(archive.story(&bridge().id).unwrap(), Some(expected), "but for its labels it is the same");
    });
}

#[test]
fn a_story_that_changed_while_it_was_labelled_is_passed_over() {
    on_each(|archive| {
        file(archive, [bridge()]);
        let walked = archive.walk(None, 50).unwrap();
        file(archive, [later_bridge()]);
        let labelled: Vec<_> = walked
            .into_iter()
            .map(|(place, story)| (place, Story { topics: vec![label("medtop:15000000")], ..story }))
            .collect();
        let filed = archive.relabel(&labelled, at("12:00")).unwrap();
        assert_eq!(filed, Filed { revision: Revision(2), ..Filed::default() });
        assert_eq!(under_topic(archive, "medtop:15000000"), []);
    });
}

#[test]
fn a_story_that_waits_is_released_under_its_new_labels() {
    on_each(|archive| {
        archive.file(&[filing("a.txt", "09:00", [embargoed("18:00")])], at("12:00")).unwrap();
        let labelled: Vec<_> = archive
            .walk(None, 50)
            .unwrap()
            .into_iter()
            .map(|(place, story)| (place, Story { topics: vec![label("medtop:15000000")], ..story }))
            .collect();
        archive.relabel(&labelled, at("12:00")).unwrap();
        assert_eq!(under_topic(archive, "medtop:15000000"), [], "not before its time");
        archive.release(at("18:00")).unwrap();
        assert_eq!(under_topic(archive, "medtop:15000000"), [bridge().id]);
    });
}

#[test]
fn labels_do_not_reach_what_waits_under_a_number_that_is_free_again() {
    on_each(|archive| {
        archive.file(&[filing("a.txt", "09:00", [embargoed("18:00")])], at("12:00")).unwrap();
        let walked = archive.walk(None, 50).unwrap();
        archive.release(at("18:00")).unwrap();
        let coming = Story { embargoed: Some(at("20:00")), ..embargoed_harvest() };
        archive.file(&[filing("b.txt", "18:30", [coming.clone()])], at("12:00")).unwrap();
        let [(place, _), _] = archive.walk(None, 50).unwrap().try_into().unwrap();
        assert_eq!(place, walked[0].0);
        archive.relabel(&walked, at("12:00")).unwrap();
        assert_eq!(archive.walk(None, 1).unwrap(), [(place, coming)]);
    });
}

#[test]
fn an_embargo_that_has_passed_holds_nothing_back() {
    on_each(|archive| {
        let filed = archive.file(&[filing("a.txt", "18:00", [embargoed("18:00")])], at("12:00")).unwrap();
        assert_eq!((filed.new, filed.waiting), (1, 0));
        assert_eq!(all(archive).len(), 1);
    });
}

#[test]
fn a_story_withdrawn_under_embargo_never_appears() {
    on_each(|archive| {
        archive.file(&[filing("a.txt", "09:00", [embargoed("18:00")])], at("12:00")).unwrap();
        let kill = Story { pubstatus: PubStatus::Canceled, ..later_bridge() };
        archive.file(&[filing("b.txt", "11:00", [kill])], at("12:00")).unwrap();
        archive.release(at("18:00")).unwrap();
        assert_eq!(all(archive), []);
    });
}

#[test]
fn versions_under_one_embargo_appear_as_the_last_of_them() {
    on_each(|archive| {
        let later = Story { embargoed: Some(at("18:00")), ..later_bridge() };
        archive.file(&[filing("a.txt", "09:00", [embargoed("18:00")])], at("12:00")).unwrap();
        archive.file(&[filing("b.txt", "11:00", [later])], at("12:00")).unwrap();
        let filed = archive.release(at("18:00")).unwrap();
        assert_eq!((filed.revision, filed.new, filed.updated), (Revision(1), 1, 1));
        let stories = all(archive);
        assert_eq!(stories.len(), 1);
        assert_eq!((stories[0].version, &stories[0].body), (2, &later_bridge().body));
        assert!(stories[0].versioncreated > stories[0].published);
    });
}

#[test]
fn newest_first_and_equal_times_by_id() {
    on_each(|archive| {
        let stories: Vec<Story> = [("a", "09:00"), ("b", "11:00"), ("c", "09:00"), ("d", "10:00"), ("e", "09:00")]
            .map(|(name, time)| numbered(name, at(time)))
            .into();
        file(archive, stories.clone());
        assert_eq!(all(archive), newest_first(stories.iter(), 50));
        assert_eq!(newest(archive, 2), newest_first(stories.iter(), 2));
        assert_eq!(newest(archive, 0), []);
    });
}

#[test]
fn a_selection_takes_what_a_filter_over_everything_takes() {
    arbtest::arbtest(|u| {
        let archive = Sqlite::in_memory().unwrap();
        let mut ids = BTreeSet::new();
        for batch in 0..u.int_in_range(1..=4)? {
            let stories: Vec<Story> =
                (0..u.int_in_range(1..=6)?).map(|_| any_story(u)).collect::<Result<_, _>>()?;
            ids.extend(stories.iter().map(|story| story.id));
            archive.file(&[filing(&format!("{batch}.txt"), "09:00", stories)], at("12:00")).unwrap();
        }
        let filed: Vec<Story> = ids.iter().filter_map(|id| archive.story(id).unwrap()).collect();
        let selection = any_selection(u)?;
        let limit = u.int_in_range(0..=10)?;
        let naive = newest_first(filed.iter().filter(|story| takes(&selection, story)), limit);
        assert_eq!(select(&archive, &selection, limit), naive, "{selection:?}");
        let ranked = archive.select(&selection, None, limit).unwrap();
        if let Some((rank, _)) = ranked.get(limit / 2) {
            let rest = archive.select(&selection, Some(*rank), limit).unwrap();
            assert_eq!(rest[..(ranked.len() - limit / 2 - 1).min(rest.len())], ranked[limit / 2 + 1..]);
        }
        Ok(())
    });
}

#[test]
fn shelves_stand_as_counting_everything_says() {
    arbtest::arbtest(|u| {
        let archive = Sqlite::in_memory().unwrap();
        let mut ids = BTreeSet::new();
        for batch in 0..u.int_in_range(1..=4)? {
            let stories: Vec<Story> =
                (0..u.int_in_range(1..=6)?).map(|_| any_story(u)).collect::<Result<_, _>>()?;
            ids.extend(stories.iter().map(|story| story.id));
            archive.file(&[filing(&format!("{batch}.txt"), "09:00", stories)], at("12:00")).unwrap();
        }
        let filed: Vec<Story> = ids.iter().filter_map(|id| archive.story(id).unwrap()).collect();
        let usable = || filed.iter().filter(|story| story.pubstatus == PubStatus::Usable);
        let mut naive: HashMap<Mark, (u64, Option<DateTime<Utc>>)> = HashMap::new();
        for story in usable() {
            for mark in story.marks() {
                let (stories, newest) = naive.entry(mark).or_default();
                *stories += 1;
                *newest = (*newest).max(Some(story.published));
            }
        }
        let told: HashMap<Mark, _> =
            archive.standings().unwrap().into_iter().map(|(mark, it)| (mark, (it.stories, it.newest))).collect();
        assert_eq!(told, naive);
        let all = archive.standing(None).unwrap();
        assert_eq!(
            (all.stories, all.newest),
            (usable().count() as u64, usable().map(|story| story.published).max())
        );
        Ok(())
    });
}

#[test]
fn a_shelf_tells_when_it_last_changed() {
    on_each(|archive| {
        let standing = |code: &str| archive.standing(Some(&Mark::Topic(topic(code)))).unwrap();
        assert_eq!(standing("medtop:04000000"), Standing::default());
        archive.file(&[filing("a.txt", "09:00", [bridge()])], at("12:00")).unwrap();
        archive.file(&[filing("b.txt", "09:00", [harvest()])], at("13:00")).unwrap();
        assert_eq!(standing("medtop:04000000").changed, Some(at("12:00")));
        let gone = Story { pubstatus: PubStatus::Canceled, ..later_bridge() };
        archive.file(&[filing("c.txt", "11:00", [gone])], at("14:00")).unwrap();
        let economy = standing("medtop:04000000");
        assert_eq!((economy.stories, economy.newest, economy.changed), (0, None, Some(at("14:00"))));
        assert_eq!(standing("medtop:06000000").changed, Some(at("13:00")));
        assert_eq!(archive.standing(None).unwrap().changed, Some(at("14:00")));
    });
}

#[test]
fn a_seal_is_another_when_anything_beneath_it_is() {
    on_each(|archive| {
        let economy = BTreeSet::from([Mark::Topic(topic("medtop:04000000"))]);
        let until = |time: &str| Rank::first(time.parse().unwrap());
        let seal = |time: &str| archive.seal(&economy, until(time)).unwrap();
        assert_eq!(seal("2030-01-01T00:00:00Z"), 0);
        file(archive, [bridge()]);
        let first = seal("2024-11-18T23:00:00Z");
        assert_ne!(first, 0);
        assert_eq!(seal("2024-11-17T23:00:00Z"), 0, "the day before");
        let next_day = numbered("next day", "2024-11-19T09:00:00Z".parse().unwrap());
        file(archive, [next_day, harvest()]);
        assert_eq!(seal("2024-11-18T23:00:00Z"), first, "neither a later story nor one of another topic");
        file(archive, [later_bridge()]);
        assert_ne!(seal("2024-11-18T23:00:00Z"), first, "a new version");
        file(archive, [Story { pubstatus: PubStatus::Canceled, versioncreated: at("12:00"), ..later_bridge() }]);
        assert_eq!(seal("2024-11-18T23:00:00Z"), 0, "a withdrawal");
    });
}

#[test]
fn equal_stories_have_equal_seals_in_whatever_order_they_came() {
    let (one, other) = (Sqlite::in_memory().unwrap(), Sqlite::in_memory().unwrap());
    let stories: Vec<Story> = (0..9).map(|n| numbered(&n.to_string(), at("09:00"))).collect();
    file(&one, stories.clone());
    stories.into_iter().rev().for_each(|story| drop(file(&other, [story])));
    let seal = |archive: &Sqlite| archive.seal(&BTreeSet::new(), Rank(i64::MAX)).unwrap();
    assert_eq!(seal(&one), seal(&other));
}

#[test]
fn each_version_knows_the_file_that_it_came_in() {
    on_each(|archive| {
        archive.file(&[filing("a.txt", "09:00", [bridge()])], at("12:00")).unwrap();
        archive.file(&[filing("b.txt", "11:00", [later_bridge()])], at("12:00")).unwrap();
        let told: Vec<_> = archive
            .history(&bridge().id)
            .unwrap()
            .into_iter()
            .map(|past| (past.story.version, past.wire))
            .collect();
        assert_eq!(told, [(2, Some(("b.txt".into(), at("11:00")))), (1, Some(("a.txt".into(), at("09:00"))))]);
        archive.file(&[filing("c.txt", "09:00", [embargoed_harvest()])], at("12:00")).unwrap();
        archive.release(at("18:00")).unwrap();
        let told = archive.history(&harvest().id).unwrap();
        assert_eq!(told[0].wire, Some(("c.txt".into(), at("09:00"))));
    });
}

#[test]
fn an_archive_of_step_1_is_brought_up_to_date() {
    let (_folder, path) = database();
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../src/archive/sql/0001.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let withheld = Story { pubstatus: PubStatus::Withheld, ..numbered("withheld", at("08:00")) };
    for story in [bridge(), harvest(), withheld.clone()] {
        old.execute(
            "INSERT INTO stories (id, version, revision, pubstatus, kind, language, published, stated, body)
             VALUES (?1, 1, 1, ?2, 'text', 'en', ?3, ?3, ?4)",
            rusqlite::params![
                story.id.to_string(),
                if story.pubstatus == PubStatus::Usable { "usable" } else { "withheld" },
                story.published.timestamp_micros(),
                serde_json::to_string(&story).unwrap()
            ],
        )
        .unwrap();
    }
    let replaced = serde_json::to_string(&bridge()).unwrap();
    old.execute(
        "INSERT INTO versions (id, version, body) VALUES (?1, 0, ?2)",
        [bridge().id.to_string(), replaced],
    )
    .unwrap();
    old.execute("UPDATE stories SET body = '{' WHERE id = ?1", [harvest().id.to_string()]).unwrap();
    drop(old);

    let archive = Sqlite::open(&path).unwrap();
    assert_eq!(all(&archive), [bridge()]);
    assert_eq!(under_topic(&archive, "medtop:04000000"), [bridge().id]);
    assert_eq!(archive.story(&withheld.id).unwrap(), Some(withheld));
    assert_eq!(archive.size().unwrap(), 3, "what cannot be read stays for somebody to look at");
    assert_eq!(archive.history(&bridge().id).unwrap().len(), 2);
    assert_eq!(file(&archive, [Story { id: bridge().id, ..later_bridge() }]).updated, 1);
}

#[test]
fn english_is_found_by_its_stem() {
    on_each(|archive| {
        let mut told = harvest();
        told.body = vec![paragraph("Growers were picking the last grapes; ferries sailed to the islands.")];
        file(archive, [told]);
        let finds = |text: &str| {
            let phrases = BTreeSet::from([Phrase { not: false, any: BTreeSet::from([text.to_owned()]) }]);
            select(archive, &Selection { phrases, ..Selection::default() }, 9).len()
        };
        for (word, wants) in [("pick", 1), ("sails", 1), ("ferry", 1), ("Island", 1), ("grower", 1), ("sailor", 0)]
        {
            assert_eq!(finds(word), wants, "{word}");
        }
    });
}

#[test]
fn two_filings_of_one_second_bear_two_dates() {
    on_each(|archive| {
        let changed = || archive.standing(None).unwrap().changed.unwrap();
        file(archive, [bridge()]);
        let first = changed();
        file(archive, [harvest()]);
        assert_eq!(changed() - first, TimeDelta::seconds(1));
    });
}

#[test]
fn what_was_filed_outlives_the_process() {
    let (_folder, path) = database();
    let page = filing("a.txt", "09:00", [bridge(), embargoed_harvest()]);
    Sqlite::open(&path).unwrap().file(std::slice::from_ref(&page), at("12:00")).unwrap();

    let archive = Sqlite::open(&path).unwrap();
    assert_eq!(archive.revision().unwrap(), Revision(1));
    assert_eq!(all(&archive), [bridge()]);
    assert_eq!(archive.next_release().unwrap(), Some(at("18:00")));
    // The process died between the commit and the file's way out of the inbox: the file comes again.
    assert_eq!(archive.file(&[page], at("12:00")).unwrap(), Filed { revision: Revision(1), ..Filed::default() });
}

#[test]
fn a_batch_that_fails_files_nothing() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    file(&archive, [harvest()]);
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON stories WHEN NEW.body LIKE '%photo%'
             BEGIN SELECT RAISE(ABORT, 'no space left'); END",
        )
        .unwrap();

    let good = filing("good.txt", "09:00", [bridge()]);
    let bad = filing("bad.txt", "09:00", [Story { kind: Kind::Photo, ..numbered("photo", at("09:00")) }]);
    let error = archive.file(&[good.clone(), bad.clone()], at("12:00")).unwrap_err();
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(!archive.knows(&good.digest).unwrap());
    assert_eq!((all(&archive), archive.revision().unwrap()), (vec![harvest()], Revision(1)));

    other.execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(
        archive.file(&[good, bad], at("12:00")).unwrap().new,
        2,
        "the same batch goes in once there is room"
    );
}

#[test]
fn what_expires_leaves_an_archive_that_never_held_it() {
    let day = |days: i64| at("09:00") - TimeDelta::days(days);
    let stories: Vec<Story> = (0..30).map(|days| numbered(&format!("第{days}号渡船复航"), day(days))).collect();
    let (fresh, old): (Vec<Story>, Vec<Story>) = stories.iter().cloned().partition(|s| s.published >= day(10));
    on_each(|archive| {
        file(archive, stories.clone());
        let filed = archive.expire(day(10), 7, at("12:00")).unwrap();
        assert_eq!((filed.expired, filed.revision), (7, Revision(2)));
        assert_eq!(all(archive).len(), 23);
        assert_eq!(archive.expire(day(10), 100, at("12:00")).unwrap().expired, old.len() - 7);
        let nothing = archive.expire(day(10), 100, at("12:00")).unwrap();
        assert_eq!(nothing, Filed { revision: Revision(3), ..Filed::default() });

        let never = Sqlite::in_memory().unwrap();
        file(&never, fresh.clone());
        assert_eq!(all(archive), all(&never));
        assert_eq!(archive.count(&Selection::default(), 100).unwrap(), fresh.len() as u64);
        let (marks, now) = (BTreeSet::new(), Rank::first(at("12:00")));
        assert_eq!(archive.seal(&marks, now).unwrap(), never.seal(&marks, now).unwrap());
        assert_eq!(archive.story(&old[0].id).unwrap(), None);
        assert!(archive.history(&old[0].id).unwrap().is_empty());
        assert!(archive.knows(&Digest::of(format!("{stories:?}").as_bytes())).unwrap());
    });
}

#[test]
fn readers_do_not_wait_for_a_filing() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    file(&archive, [bridge()]);
    let writer = rusqlite::Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE ledger SET revision = 99").unwrap();
    assert_eq!(all(&archive), [bridge()]);
    assert_eq!(archive.revision().unwrap(), Revision(1));
}

#[test]
fn two_archives_on_one_file_see_each_other() {
    let (_folder, path) = database();
    let (one, other) = (Sqlite::open(&path).unwrap(), Sqlite::open(&path).unwrap());
    file(&one, [bridge()]);
    assert_eq!(all(&other), [bridge()]);
    assert_eq!(file(&other, [harvest()]).revision, Revision(2));
    assert_eq!(one.revision().unwrap(), Revision(2));
}

#[test]
fn what_is_no_longer_at_its_path_is_not_written_into_and_still_read() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    file(&archive, [bridge()]);
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    let another = |archive: &Sqlite| archive.file(&[filing("b.txt", "09:00", [harvest()])], at("12:00"));
    let displaced =
        |archive: &Sqlite| matches!(another(archive), Err(Error::Displaced { path: was }) if was == path);
    assert!(displaced(&archive), "moved away");
    std::fs::copy(&aside, &path).unwrap();
    assert!(displaced(&archive), "another file is there");
    assert_eq!(all(&archive), [bridge()]);
    std::fs::rename(&aside, &path).unwrap();
    another(&archive).unwrap();
    assert_eq!(all(&archive).len(), 2, "put back");
}

#[test]
fn a_database_of_a_newer_release_is_left_alone() {
    let (_folder, path) = database();
    drop(Sqlite::open(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 4711).unwrap();
    let error = Sqlite::open(&path).unwrap_err();
    assert!(matches!(error, Error::TooNew { found: 4711, known: 3 }), "{error}");
}

#[test]
fn a_file_that_is_no_database_is_an_error() {
    let (_folder, path) = database();
    std::fs::write(&path, "新华社合肥11月18日电\n".repeat(100)).unwrap();
    assert!(matches!(Sqlite::open(&path), Err(Error::Database(_))));
    assert!(matches!(Sqlite::open(&path.join("under a file")), Err(Error::Database(_))));
}

#[test]
fn a_damaged_story_is_an_error_that_names_it_and_takes_no_other_with_it() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    let sound = harvest();
    file(&archive, [bridge(), sound.clone()]);
    let damage = "UPDATE stories SET body = '{' WHERE id = ?1";
    let damaged = rusqlite::Connection::open(&path).unwrap().execute(damage, [bridge().id.to_string()]).unwrap();
    assert_eq!(damaged, 1);
    let error = archive.story(&bridge().id).unwrap_err();
    assert!(error.to_string().contains(&bridge().id.to_string()), "{error}");
    let left: Vec<_> = all(&archive).into_iter().map(|story| story.id).collect();
    assert_eq!(left, [sound.id]);
}

#[test]
fn the_next_version_of_a_damaged_story_takes_its_place() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    file(&archive, [bridge()]);
    let shell = rusqlite::Connection::open(&path).unwrap();
    shell.execute("UPDATE stories SET body = '{'", []).unwrap();
    let filed = file(&archive, [Story { id: bridge().id, ..later_bridge() }, harvest()]);
    assert_eq!((filed.updated, filed.new), (1, 1), "and holds nothing up that comes with it");
    let story = archive.story(&bridge().id).unwrap().unwrap();
    assert_eq!((story.version, story.published, &story.body), (2, bridge().published, &later_bridge().body));
    let kept: String = shell.query_row("SELECT body FROM versions", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "{");
}

#[test]
fn a_walk_goes_past_what_is_damaged() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    file(&archive, [bridge(), harvest()]);
    let first = bridge().id.min(harvest().id);
    let damage = "UPDATE stories SET body = '{' WHERE id = ?1";
    rusqlite::Connection::open(&path).unwrap().execute(damage, [first.to_string()]).unwrap();
    let met: Vec<StoryId> = archive.walk(None, 1).unwrap().into_iter().map(|(_, story)| story.id).collect();
    assert_eq!(met, [bridge().id.max(harvest().id)]);
}

#[test]
fn what_waits_and_is_damaged_is_kept_and_waited_for_no_more() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    archive.file(&[filing("a.txt", "09:00", [embargoed("18:00"), embargoed_harvest()])], at("12:00")).unwrap();
    let shell = rusqlite::Connection::open(&path).unwrap();
    let body: String = shell.query_row("SELECT body FROM waiting WHERE number = 1", [], |row| row.get(0)).unwrap();
    shell.execute("UPDATE waiting SET body = '{' WHERE number = 1", []).unwrap();
    assert_eq!(archive.release(at("18:00")).unwrap().new, 1, "the sound one");
    assert_eq!(archive.next_release().unwrap(), None, "nobody wakes up for the other");
    assert_eq!(archive.size().unwrap(), 2);

    shell.execute("UPDATE waiting SET body = ?1, embargoed = 0", [body]).unwrap();
    assert_eq!(archive.release(at("18:01")).unwrap().new, 1, "once somebody has mended it");
}

#[test]
fn what_is_wrong_with_an_archive_is_told() {
    let (_folder, path) = database();
    let archive = Sqlite::open(&path).unwrap();
    file(&archive, [bridge(), harvest()]);
    assert_eq!(archive.problems().unwrap(), [] as [String; 0]);
    let shell = rusqlite::Connection::open(&path).unwrap();
    shell.execute("UPDATE shelves SET stories = 7 WHERE mark = 'region FR'", []).unwrap();
    shell.execute("UPDATE stories SET body = '{' WHERE id = ?1", [bridge().id.to_string()]).unwrap();
    let problems = archive.problems().unwrap().join("\n");
    assert!(problems.contains("it says 7 stories, and 1 are there"), "{problems}");
    assert!(problems.contains(&bridge().id.to_string()), "{problems}");
}

fn on_each(check: impl Fn(&dyn Archive)) {
    check(&Sqlite::in_memory().unwrap());
    check(&Sqlite::throw_away(Words::Indexed).unwrap());
    let (_folder, path) = database();
    check(&Sqlite::open(&path).unwrap());
}

fn database() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wirefeed.db");
    (folder, path)
}

fn all(archive: &dyn Archive) -> Vec<Story> {
    newest(archive, 50)
}

fn newest(archive: &dyn Archive, limit: usize) -> Vec<Story> {
    select(archive, &Selection::default(), limit)
}

fn select(archive: &dyn Archive, selection: &Selection, limit: usize) -> Vec<Story> {
    archive.select(selection, None, limit).unwrap().into_iter().map(|(_, story)| story).collect()
}

fn under_topic(archive: &dyn Archive, code: &str) -> Vec<StoryId> {
    select(archive, &Selection::of(Mark::Topic(topic(code))), 50).into_iter().map(|story| story.id).collect()
}

/// Files these stories as a wire file that was never seen.
fn file(archive: &dyn Archive, stories: impl Into<Vec<Story>>) -> Filed {
    let stories = stories.into();
    let name = format!("{stories:?}");
    archive.file(&[filing(&name, "09:00", stories)], at("12:00")).unwrap()
}

fn filing(name: &str, received: &str, stories: impl Into<Vec<Story>>) -> Filing {
    Filing {
        name: name.to_owned(),
        digest: Digest::of(name.as_bytes()),
        received: at(received),
        stories: stories.into(),
    }
}

/// The topics that a filing has moved.
fn topics(filed: &Filed) -> BTreeSet<Topic> {
    let topic = |mark: &Mark| if let Mark::Topic(topic) = mark { Some(topic.clone()) } else { None };
    filed.moved.marks.iter().filter_map(topic).collect()
}

/// The regions that a filing has moved.
fn regions(filed: &Filed) -> BTreeSet<Region> {
    let region = |mark: &Mark| if let Mark::Region(region) = mark { Some(region.clone()) } else { None };
    filed.moved.marks.iter().filter_map(region).collect()
}

fn bridge() -> Story {
    Story {
        id: id("bridge"),
        version: 1,
        kind: Kind::Text,
        pubstatus: PubStatus::Usable,
        corrected: false,
        urgency: None,
        language: Language::ZhHans,
        kicker: String::new(),
        headline: "长江大桥合龙".into(),
        title: String::new(),
        subheadline: String::new(),
        slugline: String::new(),
        bylines: vec![],
        dateline: Some(dateline("新华社", "合肥", 18)),
        body: vec![paragraph("一座横跨长江的公路大桥18日上午顺利合龙，预计明年通车。")],
        captions: vec![],
        credits: String::new(),
        ednote: String::new(),
        correction: String::new(),
        embargoed: None,
        published: at("09:00"),
        versioncreated: at("09:00"),
        topics: vec![label("medtop:04000000")],
        regions: vec![label("CN-AH")],
    }
}

/// The next version of [`bridge`], whose first paragraph was edited: it minted another id.
fn later_bridge() -> Story {
    Story {
        id: id("bridge, later"),
        body: vec![paragraph("一座横跨长江的公路大桥18日中午顺利合龙，预计明年通车。大桥全长八公里。")],
        published: at("11:00"),
        versioncreated: at("11:00"),
        ..bridge()
    }
}

fn harvest() -> Story {
    Story {
        id: id("harvest"),
        language: Language::En,
        headline: "Wine harvest ends early".into(),
        dateline: Some(dateline("Reuters", "LYON", 18)),
        body: vec![paragraph("Growers brought in the last grapes three weeks early.")],
        published: at("08:59"),
        versioncreated: at("08:59"),
        topics: vec![label("medtop:06000000")],
        regions: vec![label("FR")],
        ..bridge()
    }
}

fn embargoed(until: &str) -> Story {
    Story { embargoed: Some(at(until)), pubstatus: PubStatus::Withheld, ..bridge() }
}

fn embargoed_harvest() -> Story {
    Story { embargoed: Some(at("18:00")), ..harvest() }
}

fn numbered(name: &str, published: DateTime<Utc>) -> Story {
    Story { id: id(name), headline: name.into(), published, versioncreated: published, ..bridge() }
}

const TOPICS: [&str; 3] = ["medtop:04000000", "medtop:06000000", "medtop:13000000"];
const REGIONS: [&str; 3] = ["CN", "CN-AH", "FR"];
const KINDS: [Kind; 3] = [Kind::Text, Kind::Photo, Kind::Brief];
const AGENCIES: [&str; 3] = ["新华社", "Reuters", "河口 社"];
const TEXTS: [&str; 4] = [
    "渡口今日复航，渡船增开三班。",
    "臺灣高鐵延伸線動工，首期經費已編列。",
    "The ferry to Lyon sails again after a storm; the new bridge opens in May.",
    "5G网络覆盖渡口，两岸乘客称便。",
];
const PHRASES: [&str; 12] = [
    "渡船",
    "渡口",
    "复航",
    "口今",
    "台湾",
    "高铁延伸",
    "航渡",
    "ferry",
    "new bridge",
    "bridge new",
    "5G网络",
    "船",
];
const LANGUAGES: [Language; 2] = [Language::ZhHans, Language::En];

/// One of twelve stories, in any version.
fn any_story(u: &mut Unstructured) -> arbitrary::Result<Story> {
    let name = format!("story {}", u.int_in_range(0..=11)?);
    let published = at("09:00") + TimeDelta::seconds(u.int_in_range(0..=3)?);
    Ok(Story {
        kind: *u.choose(&KINDS)?,
        language: *u.choose(&LANGUAGES)?,
        pubstatus: *u.choose(&[PubStatus::Usable, PubStatus::Usable, PubStatus::Withheld, PubStatus::Canceled])?,
        topics: some(u, &TOPICS)?.into_iter().map(label).collect(),
        regions: some(u, &REGIONS)?.into_iter().map(label).collect(),
        dateline: Some(dateline(u.choose(&AGENCIES)?, "合肥", 18)),
        body: vec![paragraph(u.choose(&TEXTS)?)],
        ..numbered(&name, published)
    })
}

fn some<T: Copy>(u: &mut Unstructured, from: &[T]) -> arbitrary::Result<Vec<T>> {
    let mut some = Vec::new();
    for &item in from {
        if u.arbitrary()? {
            some.push(item);
        }
    }
    Ok(some)
}

/// Up to four conditions of any kind.
fn any_selection(u: &mut Unstructured) -> arbitrary::Result<Selection> {
    let mut selection = Selection::default();
    for _ in 0..u.int_in_range(0..=3)? {
        let mut any = BTreeSet::new();
        for _ in 0..u.int_in_range(1..=2)? {
            any.insert(any_mark(u)?);
        }
        selection.clauses.insert(Clause { not: u.arbitrary()?, any });
    }
    for _ in 0..u.int_in_range(0..=2)? {
        let any = (0..u.int_in_range(1..=2)?).map(|_| Ok((*u.choose(&PHRASES)?).to_owned()));
        let any = any.collect::<arbtest::arbitrary::Result<_>>()?;
        selection.phrases.insert(Phrase { not: u.arbitrary()?, any });
    }
    if u.arbitrary()? {
        selection.since = Some(at("09:00") + TimeDelta::seconds(u.int_in_range(-1..=4)?));
    }
    Ok(selection)
}

fn any_mark(u: &mut Unstructured) -> arbitrary::Result<Mark> {
    Ok(match u.int_in_range(0..=4)? {
        0 => Mark::Topic(topic(u.choose(&TOPICS)?)),
        1 => Mark::Region(region(u.choose(&REGIONS)?)),
        2 => Mark::Agency(Agency::named(u.choose(&AGENCIES)?).unwrap()),
        3 => Mark::Kind(*u.choose(&KINDS)?),
        _ => Mark::Language(*u.choose(&LANGUAGES)?),
    })
}

fn newest_first<'a>(stories: impl Iterator<Item = &'a Story>, limit: usize) -> Vec<Story> {
    let mut stories: Vec<Story> = stories.cloned().collect();
    stories.sort_by_key(|story| (std::cmp::Reverse(story.published), story.id));
    stories.truncate(limit);
    stories
}

fn id(name: &str) -> StoryId {
    StoryId::mint("", "", name, "")
}

fn dateline(agency: &str, place: &str, of: u32) -> Dateline {
    Dateline { agency: agency.into(), places: vec![place.into()], date: day(of), raw: String::new() }
}

fn day(of: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2024, 11, of)
}

fn paragraph(text: &str) -> Block {
    Block { kind: BlockKind::Paragraph, text: text.into() }
}

fn topic(code: &str) -> Topic {
    code.parse().unwrap()
}

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

fn label<C: std::str::FromStr<Err: std::fmt::Debug>>(code: &str) -> Label<C> {
    Label { code: code.parse().unwrap(), weight: 1, implied: false, evidence: vec![] }
}

fn at(time: &str) -> DateTime<Utc> {
    format!("2024-11-18T{time}:00Z").parse().unwrap()
}
