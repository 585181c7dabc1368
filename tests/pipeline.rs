//! What several wire files make of one story, from the inbox to the archive.

use std::fs;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use bytesize::ByteSize;
use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use wirefeed::archive::{Archive, Retention, Sqlite};
use wirefeed::inbox::{self, Inbox};
use wirefeed::pipeline::{Pipeline, Receipt, Spread, Trial, Verdict};
use wirefeed::story::{PubStatus, Selection, Story};
use wirefeed::tag::Tagger;
use wirefeed::taxonomy::Taxonomy;

const PAGE: &str = "青螺港十七座灯塔连成一张网\n\n\
    新华社福州11月20日电（记者苏晚）青螺港的十七座灯塔20日接入同一套平台，夜航渔船少绕二十里。\n\n\
    平台每半小时更新一次风浪预报。\n";

#[test]
fn a_withdrawal_takes_its_story_out() {
    let mut desk = Desk::new();
    desk.drops("a.txt", PAGE);
    assert_eq!(desk.listed().len(), 1);
    desk.drops("b.txt", &format!("撤稿：{PAGE}"));
    assert!(desk.listed().is_empty());
}

#[test]
fn a_correction_is_the_next_version_of_its_story() {
    let mut desk = Desk::new();
    desk.drops("a.txt", PAGE);
    let first = desk.listed().remove(0);
    desk.drops("b.txt", &format!("（更正）{}", PAGE.replace("十七座灯塔20日", "十六座灯塔20日")));
    let listed = desk.listed();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].id, listed[0].version, listed[0].corrected), (first.id, 2, true));
    assert_eq!(listed[0].published, first.published);
}

#[test]
fn an_embargo_holds_its_story_until_its_moment() {
    let mut desk = Desk::new();
    desk.drops("a.txt", &format!("（限11月21日18时后播发）\n\n{PAGE}"));
    assert!(desk.listed().is_empty());
    desk.now = "2026-11-21T09:59:59Z".parse().unwrap();
    desk.turns();
    assert!(desk.listed().is_empty());
    desk.now = "2026-11-21T10:00:00Z".parse().unwrap();
    desk.turns();
    assert_eq!(desk.listed()[0].pubstatus, PubStatus::Usable);
}

#[test]
fn a_story_that_lay_in_the_inbox_longer_than_its_embargo_is_listed_at_once() {
    let mut desk = Desk::new();
    let page = format!("（限11月21日18时后播发）\n\n{PAGE}");
    desk.receipt = Receipt::Modified;
    desk.writes("a.txt", &page);
    desk.now = "2026-11-25T00:00:00Z".parse().unwrap();
    desk.turns();
    assert_eq!(desk.listed().len(), 1);
}

#[test]
fn what_another_process_files_is_told_of_in_the_next_turn() {
    let folder = tempfile::tempdir().unwrap();
    let desk = || Desk::with(Arc::new(Sqlite::open(&folder.path().join("a.db")).unwrap()));
    let (mut other, ours) = (desk(), desk());
    other.drops("a.txt", PAGE);
    let mut pipeline = ours.pipeline();
    let mut told = Vec::new();
    for _ in 0..2 {
        pipeline.turn(ours.now, |filed| told.push(filed.revision.0)).unwrap();
    }
    assert_eq!(told, [1], "once");
}

#[test]
fn a_file_that_was_in_hand_when_a_process_ended_is_tried_before_it_is_read() {
    let deadly = Verdict::Deadly("it was ended by signal 11".to_owned());
    for (verdict, taken, refused, left) in
        [(Verdict::Sound, 2, 0, 0), (deadly, 1, 1, 0), (Verdict::Unknown, 1, 0, 1)]
    {
        let desk = Desk::new();
        desk.writes("deadly.txt", PAGE);
        desk.writes("other.txt", &PAGE.replace("河口", "山口"));
        let inbox = || desk.inbox();
        let mut earlier = inbox();
        let arrivals = earlier.whole(desk.now).unwrap();
        earlier.take_in_hand(arrivals.whole.iter().filter(|arrival| arrival.name == "deadly.txt"));

        let (tried, trials) = mpsc::channel();
        let trial = move |bytes: &[u8]| {
            tried.send(bytes.to_vec()).unwrap();
            verdict.clone()
        };
        let turn = desk.pipeline_with(inbox(), Box::new(trial)).turn(desk.now, |_| {}).unwrap();
        assert_eq!((turn.taken, turn.refused.len()), (taken, refused));
        assert_eq!(trials.try_iter().collect::<Vec<_>>(), [PAGE.as_bytes()], "the one that was in hand, once");
        for refused in turn.refused {
            assert_eq!(refused.reason, "to read it ends the program: it was ended by signal 11");
        }
        let mut later = inbox();
        let arrivals = later.whole(desk.now).unwrap();
        // The list of what is in hand is left alone as long as it is there.
        assert_eq!((arrivals.whole.len(), arrivals.left.len()), (left, left));
        assert!(arrivals.whole.iter().all(|arrival| later.suspects(arrival)), "what was not tried is to be tried");
    }
}

#[test]
fn files_that_are_read_in_any_order_are_filed_in_theirs() {
    let filed = |desk: &Desk, pipeline: Pipeline| {
        for number in 0..40 {
            desk.writes(&format!("{number:02}.txt"), &PAGE.replace("青螺港", &format!("青螺{number}港")));
        }
        let mut pipeline = pipeline;
        assert_eq!(pipeline.turn(desk.now, |_| {}).unwrap().taken, 40);
        desk.listed()
    };
    let (one, other) = (Desk::new(), Desk::new());
    let backwards: Spread = |jobs, job| (0..jobs).rev().for_each(job);
    assert_eq!(filed(&one, one.pipeline()), filed(&other, other.pipeline().reading_by(backwards)));
}

#[test]
fn once_a_day_what_is_old_or_too_much_is_taken_out() {
    let mut desk = Desk::new();
    desk.drops("a.txt", PAGE);
    let mut pipeline = desk.pipeline().keeping(Retention { keep: Some(days(10)), max_size: None });
    // It sleeps for eleven days: the clock may have jumped, and nothing is deleted on that day.
    for (hours, left) in [(0, 1), (11 * 24, 1), (1, 1), (24, 0)] {
        desk.now += TimeDelta::hours(hours);
        pipeline.turn(desk.now, |_| {}).unwrap();
        assert_eq!(desk.listed().len(), left, "{hours} hours later");
    }

    desk.drops("b.txt", &PAGE.replace("11月20日", "12月2日").replace("20日", "2日"));
    let small = Retention { keep: None, max_size: Some(ByteSize::b(1)) };
    assert_eq!(desk.listed_after(small, 24), 1, "news is kept however small the archive may be");
    assert_eq!(desk.listed_after(small, 48), 0);
}

fn days(days: u64) -> Duration {
    Duration::from_secs(days * 86_400)
}

/// An inbox, an archive, and a clock that stands still unless it is set.
struct Desk {
    folder: TempDir,
    archive: Arc<dyn Archive>,
    receipt: Receipt,
    now: DateTime<Utc>,
}

impl Desk {
    fn new() -> Self {
        Self::with(Arc::new(Sqlite::in_memory().unwrap()))
    }

    fn with(archive: Arc<dyn Archive>) -> Self {
        let now = "2026-11-20T08:00:00Z".parse().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), archive, receipt: Receipt::FirstSeen, now }
    }

    fn writes(&self, name: &str, page: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, page).unwrap();
        let rested = self.now - TimeDelta::minutes(1);
        fs::File::options().write(true).open(&path).unwrap().set_modified(rested.into()).unwrap();
    }

    /// A page comes, an hour after the last.
    fn drops(&mut self, name: &str, page: &str) {
        self.now += TimeDelta::hours(1);
        self.writes(name, page);
        self.turns();
    }

    fn turns(&self) {
        let turn = self.pipeline().turn(self.now, |_| {}).unwrap();
        assert_eq!(turn.refused, []);
    }

    /// How many stories are listed when, so many hours later, an archive that is kept so has been looked after.
    fn listed_after(&mut self, retention: Retention, hours: i64) -> usize {
        self.now += TimeDelta::hours(hours);
        self.pipeline().keeping(retention).turn(self.now, |_| {}).unwrap();
        self.listed().len()
    }

    fn pipeline(&self) -> Pipeline {
        self.pipeline_with(self.inbox(), Box::new(|_| Verdict::Sound))
    }

    fn pipeline_with(&self, inbox: Inbox, trial: Trial) -> Pipeline {
        let tagger = Tagger::new(&Taxonomy::embedded());
        let zone = chrono_tz::Asia::Shanghai;
        Pipeline::new(inbox, tagger, Arc::clone(&self.archive), zone, self.receipt, trial)
    }

    fn inbox(&self) -> Inbox {
        let options = inbox::Options {
            path: self.folder.path().to_owned(),
            settle: Duration::from_secs(2),
            ..inbox::Options::default()
        };
        Inbox::open(options).unwrap()
    }

    fn listed(&self) -> Vec<Story> {
        self.archive.select(&Selection::default(), None, 50).unwrap().into_iter().map(|(_, story)| story).collect()
    }
}
