//! The inbox on real folders: what is taken, refused and left alone, and where it goes.
//!
//! The clock is ours: `at(0)` lies long before any file of a test was made, so every file has to be seen resting.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;
use wirefeed::inbox::{self, After, Arrival, Arrivals, Inbox, Left, Options, Put, Reason, Swept, Unread};

#[test]
fn a_file_is_taken_once_it_has_rested() {
    let mut desk = Desk::new(After::Move);
    desk.write("a.txt", "first half");
    let arrivals = desk.list(0);
    assert_eq!((arrivals.whole.len(), arrivals.look_again), (0, Some(at(2))));

    desk.write("a.txt", "first half, second half");
    assert_eq!(desk.list(2).look_again, Some(at(4)));

    let arrivals = desk.list(4);
    assert_eq!(arrivals.look_again, None);
    assert_eq!(arrivals.whole[0].received, at(0));
    assert_eq!(desk.inbox.read(&arrivals.whole[0]).unwrap(), b"first half, second half");
}

#[test]
fn files_come_in_the_order_in_which_they_were_written() {
    let mut desk = Desk::new(After::Move);
    for (name, modified) in [("c.txt", 30), ("b.txt", 10), ("d.txt", 20), ("a.txt", 20)] {
        desk.write(name, name);
        let time = SystemTime::from(at(-modified));
        File::open(desk.path(name)).unwrap().set_modified(time).unwrap();
    }
    let names: Vec<OsString> = desk.list(0).whole.into_iter().map(|arrival| arrival.name).collect();
    assert_eq!(names, ["c.txt", "a.txt", "d.txt", "b.txt"]);
}

#[test]
fn what_cannot_be_read_is_refused_beside_what_can() {
    let mut desk = Desk::new(After::Move);
    desk.write("good.txt", "good");
    desk.write("empty.txt", "");
    File::create(desk.path("large.txt")).unwrap().set_len(100 << 20).unwrap();
    mknodat(CWD, desk.path("pipe.txt"), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    let _socket = UnixListener::bind(desk.path("socket.txt")).unwrap();
    symlink("/dev/zero", desk.path("device.txt")).unwrap();
    symlink("nowhere", desk.path("dangling.txt")).unwrap();
    symlink("circle.txt", desk.path("circle.txt")).unwrap();
    // Whoever may drop a file must not thereby publish what only the service may read.
    symlink("/etc/passwd", desk.path("secret.txt")).unwrap();

    let arrivals = desk.rested();
    assert_eq!(names(&arrivals.whole), ["good.txt"]);
    let reasons: BTreeMap<String, String> = arrivals
        .refused
        .iter()
        .map(|(arrival, reason)| (arrival.name.to_str().unwrap().to_owned(), reason.to_string()))
        .collect();
    let expected = [
        ("circle.txt", "it is a link that leads nowhere"),
        ("dangling.txt", "it is a link that leads nowhere"),
        ("device.txt", "it is a link that leads out of the inbox"),
        ("empty.txt", "it is empty"),
        ("large.txt", "its 100.0 MiB are more than max_size = 16.0 MiB"),
        ("secret.txt", "it is a link that leads out of the inbox"),
        ("pipe.txt", "it is a named pipe, not a file"),
        ("socket.txt", "it is a socket, not a file"),
    ];
    assert_eq!(reasons, expected.map(|(name, reason)| (name.to_owned(), reason.to_owned())).into());

    for (arrival, reason) in &arrivals.refused {
        desk.refuse(arrival, reason);
    }
    assert_eq!(desk.names(""), ["good.txt", "refused"]);
    assert_eq!(desk.names("refused").len(), 2 * expected.len());
}

#[test]
fn links_to_folders_hidden_files_and_unfinished_uploads_are_left_alone() {
    let mut desk = Desk::new(After::Move);
    fs::create_dir(desk.path("folder")).unwrap();
    fs::create_dir(desk.path("done")).unwrap();
    fs::create_dir(desk.path(".trash")).unwrap();
    desk.write(".trash/a.txt", "thrown away");
    symlink("folder", desk.path("link")).unwrap();
    for name in [".hidden", "a.part", "a.TMP", "a.filepart", "a.crdownload", "a.txt~"] {
        desk.write(name, "half");
    }
    let mut arrivals = desk.rested();
    arrivals.left.sort();
    let expected = [
        (".hidden", Left::Hidden),
        (".trash", Left::Hidden),
        ("a.TMP", Left::Unfinished),
        ("a.crdownload", Left::Unfinished),
        ("a.filepart", Left::Unfinished),
        ("a.part", Left::Unfinished),
        ("a.txt~", Left::Unfinished),
        ("link", Left::FolderLink),
    ];
    assert_eq!(arrivals.left, expected.map(|(name, left)| (name.into(), left)));
    assert_eq!((arrivals.whole, arrivals.refused.len(), arrivals.look_again), (vec![], 0, None));
}

#[test]
fn a_file_without_read_permission_is_refused() {
    let mut desk = Desk::new(After::Move);
    desk.write("secret.txt", "secret");
    fs::set_permissions(desk.path("secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(desk.path("secret.txt")).is_ok() {
        eprintln!("not tested: root may read every file");
        return;
    }
    let arrival = desk.rested().whole.remove(0);
    let Err(Unread::Refused(reason)) = desk.inbox.read(&arrival) else { panic!("it was read") };
    assert_eq!(reason, Reason::Unreadable);
    desk.refuse(&arrival, &reason);
    assert_eq!(desk.names("refused"), ["secret.txt", "secret.txt.reason"]);
}

#[test]
fn the_reason_stands_beside_a_refused_file() {
    let mut desk = Desk::new(After::Delete);
    desk.write("a.txt", "\u{7f}ELF");
    let arrival = desk.rested().whole.remove(0);
    let reason = Reason::Content("it is not text".into());
    assert_eq!(desk.refuse(&arrival, &reason), Put::Moved(desk.path("refused/a.txt")));

    let note: serde_json::Value = serde_json::from_slice(&desk.read("refused/a.txt.reason")).unwrap();
    assert_eq!(note["file"], "a.txt");
    assert_eq!(note["reason"], "it is not text");
    assert_eq!(note["size"], 4);
    assert_eq!(note["received"], "1970-01-01T00:00:00Z");
    assert_eq!(note["refused"], "1970-01-01T01:00:00Z");
    assert!(note["program"].as_str().unwrap().starts_with("wirefeed "));
}

#[test]
fn no_name_in_done_or_refused_is_taken_twice() {
    let mut desk = Desk::new(After::Move);
    for text in ["one", "two", "three"] {
        desk.write("a.txt", text);
        desk.put_away_all();
    }
    assert_eq!(desk.names(DONE), ["a (2).txt", "a (3).txt", "a.txt"]);
    assert_eq!(desk.read(Path::new(DONE).join("a.txt")), b"one");
    assert_eq!(desk.read(Path::new(DONE).join("a (3).txt")), b"three");

    // A wire file may be called as the reason of another is.
    for name in ["a.txt.reason", "a.txt", "a.txt"] {
        desk.write(name, name);
        let arrival = desk.rested().whole.remove(0);
        desk.refuse(&arrival, &Reason::Empty);
    }
    let expected =
        ["a (2).txt", "a (2).txt.reason", "a (3).txt", "a (3).txt.reason", "a.txt.reason", "a.txt.reason.reason"];
    assert_eq!(desk.names("refused"), expected);
    assert_eq!(desk.read("refused/a.txt.reason"), b"a.txt.reason");
}

#[test]
fn every_name_goes_the_whole_way() {
    let names = [
        "a b.txt".into(),
        " ".into(),
        "-rf".into(),
        "two\nlines.txt".into(),
        "“引号”.txt".into(),
        "x".repeat(255).into(),
        ("新".repeat(83) + ".txt").into(),
        OsString::from_vec(b"\xd0\xc2\xbb\xaa\xc9\xe7.txt".to_vec()),
        OsString::from_vec(vec![0xff; 255]),
    ];
    for name in names {
        let mut desk = Desk::new(After::Move);
        for text in ["one", "two"] {
            desk.write(&name, text);
            desk.put_away_all();
            desk.write(&name, text);
            let arrival = desk.rested().whole.remove(0);
            desk.refuse(&arrival, &Reason::Empty);
        }
        assert_eq!(desk.names(""), ["done", "refused"], "{name:?}");
        assert_eq!((desk.names(DONE).len(), desk.names("refused").len()), (2, 4), "{name:?}");
        assert_eq!(desk.read(Path::new(DONE).join(&name)), b"one", "{name:?}");
    }
}

#[test]
fn a_link_to_a_file_is_read_and_put_away_as_a_link() {
    let mut desk = Desk::new(After::Delete);
    fs::create_dir(desk.path("folder")).unwrap();
    let target = desk.path("folder/page.txt");
    fs::write(&target, "page").unwrap();
    symlink(&target, desk.path("link.txt")).unwrap();

    let arrivals = desk.rested().whole;
    let arrival = arrivals.into_iter().find(|arrival| arrival.name == "link.txt").unwrap();
    assert_eq!(desk.inbox.read(&arrival).unwrap(), b"page");
    assert_eq!(desk.put_away(&arrival).unwrap(), Put::Deleted);
    assert_eq!(desk.names(""), ["folder"]);
    assert_eq!(fs::read(&target).unwrap(), b"page");
}

#[test]
fn a_file_that_is_left_comes_up_again_only_when_it_changes() {
    let mut desk = Desk::new(After::Leave);
    desk.write("a.txt", "one");
    desk.write("empty.txt", "");
    let arrivals = desk.rested();
    assert_eq!(desk.put_away(&arrivals.whole[0]).unwrap(), Put::Left);
    let (empty, reason) = &arrivals.refused[0];
    assert_eq!(desk.inbox.refuse(empty, reason, at(10)).unwrap(), Put::Left);
    assert_eq!(desk.names(""), ["a.txt", "empty.txt"]);

    let arrivals = desk.list(100);
    assert_eq!((arrivals.whole, arrivals.refused.len()), (vec![], 0));
    desk.write("a.txt", "one, and more");
    assert_eq!(names(&desk.rested().whole), ["a.txt"]);
}

#[test]
fn what_was_not_read_is_not_put_away() {
    for after in [After::Move, After::Delete] {
        let mut desk = Desk::new(after);
        desk.write("a.txt", "version one");
        let arrival = desk.rested().whole.remove(0);
        desk.inbox.read(&arrival).unwrap();
        desk.replace("a.txt", "version two");
        assert_eq!(desk.put_away(&arrival).unwrap(), Put::Changed);
        assert_eq!(desk.inbox.refuse(&arrival, &Reason::Empty, at(10)).unwrap(), Put::Changed);

        let arrival = desk.rested().whole.remove(0);
        assert_eq!(desk.inbox.read(&arrival).unwrap(), b"version two");
    }
}

#[test]
fn a_file_that_changed_since_the_listing_is_not_read() {
    let mut desk = Desk::new(After::Move);
    desk.write("a.txt", "one");
    let arrival = desk.rested().whole.remove(0);

    desk.write("a.txt", "one, and more");
    assert!(matches!(desk.inbox.read(&arrival), Err(Unread::Changed)));
    fs::remove_file(desk.path("a.txt")).unwrap();
    assert!(matches!(desk.inbox.read(&arrival), Err(Unread::Changed)));
    // Were it opened as a file is, this would wait for a writer for ever.
    mknodat(CWD, desk.path("a.txt"), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    assert!(matches!(desk.inbox.read(&arrival), Err(Unread::Changed)));
}

#[test]
fn two_machines_may_share_an_inbox() {
    let mut desk = Desk::new(After::Move);
    desk.write("a.txt", "page");
    let arrival = desk.rested().whole.remove(0);
    let mut other = Inbox::open(desk.options.clone()).unwrap();
    assert_eq!(other.put_away(&arrival, at(0), DAY).unwrap(), Put::Moved(desk.path(DONE).join("a.txt")));
    assert_eq!(desk.put_away(&arrival).unwrap(), Put::Gone);
    assert_eq!(desk.inbox.refuse(&arrival, &Reason::Empty, at(10)).unwrap(), Put::Gone);
    assert_eq!(desk.names(DONE), ["a.txt"]);
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_and_the_file_stays() {
    let mut desk = Desk::new(After::Move);
    desk.write("a.txt", "page");
    let arrival = desk.rested().whole.remove(0);
    desk.write("done", "a file in the way");
    let error = desk.put_away(&arrival).unwrap_err();
    assert!(error.to_string().contains("a.txt"), "{error}");
    assert_eq!(desk.read("a.txt"), b"page");
}

#[test]
fn done_may_lie_on_another_file_system() {
    let mut desk = Desk::new(After::Move);
    let shelf = tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap());
    if fs::metadata(shelf.path()).unwrap().dev() == fs::metadata(desk.path("")).unwrap().dev() {
        eprintln!("not tested: /dev/shm is not a file system of its own here");
        return;
    }
    symlink(shelf.path(), desk.path("done")).unwrap();
    symlink(shelf.path(), desk.path("refused")).unwrap();
    symlink("nowhere", desk.path("b.txt")).unwrap();
    desk.write("a.txt", "page");
    let modified = fs::metadata(desk.path("a.txt")).unwrap().modified().unwrap();

    let arrivals = desk.rested();
    desk.put_away(&arrivals.whole[0]).unwrap();
    desk.refuse(&arrivals.refused[0].0, &Reason::DanglingLink);
    assert_eq!(desk.names(""), ["done", "refused"]);
    assert_eq!((desk.names(DONE), desk.names("refused").len()), (vec!["a.txt".to_owned()], 3));
    assert_eq!(desk.read(Path::new(DONE).join("a.txt")), b"page");
    assert_eq!(fs::metadata(desk.path(DONE).join("a.txt")).unwrap().modified().unwrap(), modified);
    assert_eq!(fs::read_link(desk.path("refused/b.txt")).unwrap(), Path::new("nowhere"));
}

#[test]
fn an_inbox_that_is_not_there_is_an_error_that_names_it() {
    let desk = Desk::new(After::Move);
    let error = Inbox::open(Options { path: desk.path("missing"), ..Options::default() }).unwrap_err();
    assert!(error.to_string().contains("missing"), "{error}");

    let mut desk = Desk::new(After::Move);
    desk.folder.close().unwrap();
    assert!(desk.inbox.whole(at(0)).is_err());
}

#[test]
fn times_that_no_calendar_knows_do_no_harm() {
    let mut desk = Desk::new(After::Move);
    desk.write("a.txt", "page");
    let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 50);
    let Ok(()) = File::open(desk.path("a.txt")).unwrap().set_modified(far) else { return };
    assert_eq!(names(&desk.rested().whole), ["a.txt"]);

    let mut patient = Inbox::open(Options { settle: Duration::MAX, ..desk.options.clone() }).unwrap();
    assert_eq!(patient.whole(at(0)).unwrap().whole, []);
}

#[test]
fn options_are_read_from_toml() {
    let options: Options =
        toml::from_str("path = 'wires'\nsettle = '500ms'\nafter = 'leave'\nmax_size = '1 MiB'").unwrap();
    assert_eq!(options.path, Path::new("wires"));
    assert_eq!(options.settle, Duration::from_millis(500));
    assert_eq!(options.after, After::Leave);
    assert_eq!(options.max_size.as_u64(), 1 << 20);
    assert_eq!(toml::from_str::<Options>("").unwrap(), Options::default());
    assert!(toml::from_str::<Options>("setle = '2s'").is_err());
}

#[test]
fn folders_in_the_inbox_are_read_and_kept_apart() {
    let mut desk = Desk::new(After::Move);
    fs::create_dir_all(desk.path("sport/2026")).unwrap();
    desk.write("a.txt", "front page");
    desk.write("sport/2026/a.txt", "sport");
    let arrivals = desk.rested();
    assert_eq!(names(&arrivals.whole), ["a.txt", "sport/2026/a.txt"]);
    for arrival in &arrivals.whole {
        desk.put_away(arrival).unwrap();
    }
    assert_eq!(desk.read(format!("{DONE}/a.txt")), b"front page");
    assert_eq!(desk.read(format!("{DONE}/sport/2026/a.txt")), b"sport");
    assert_eq!(desk.rested().whole, [], "what is done is not listed again");
}

#[test]
fn a_folder_that_cannot_be_listed_costs_no_other_file() {
    let mut desk = Desk::new(After::Move);
    fs::create_dir(desk.path("closed")).unwrap();
    desk.write("a.txt", "a");
    fs::set_permissions(desk.path("closed"), fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(desk.path("closed")).is_ok();
    let arrivals = desk.rested();
    assert_eq!(names(&arrivals.whole), ["a.txt"]);
    assert_eq!(arrivals.left, if is_root { vec![] } else { vec![("closed".into(), Left::Closed)] });
}

#[test]
fn what_is_written_to_all_the_time_is_told_of() {
    let mut desk = Desk::new(After::Move);
    for second in [0, 30, 59, 60] {
        desk.write("log.txt", &"line\n".repeat(second + 1));
        let arrivals = desk.list(second.try_into().unwrap());
        assert_eq!((arrivals.whole.len(), arrivals.waiting), (0, 1), "second {second}");
        let told = if second < 60 { vec![] } else { vec![("log.txt".into(), at(0))] };
        assert_eq!(arrivals.restless, told, "second {second}");
    }
}

#[test]
fn what_was_done_long_ago_is_deleted_with_its_day() {
    let options = |keep: &str| toml::from_str::<Options>(&format!("keep_done = '{keep}'")).unwrap();
    for (keep, days) in [("forever", 0), ("2 days", 1), ("25h", 1), ("1 day", 2)] {
        let mut desk = Desk::with(&options(keep));
        for folder in ["2026/11/20", "2026/11/21", "2026/11/22", "notes", "2026/11/99"] {
            fs::create_dir_all(desk.path("done").join(folder)).unwrap();
            desk.write(format!("done/{folder}/a.txt"), "a");
        }
        let swept = desk.inbox.sweep(at(0), DAY).unwrap();
        assert_eq!(swept, Swept { days, refused: 0 }, "{keep}");
        assert_eq!(desk.path("done/2026/11/21").exists(), days < 2, "{keep}");
        assert!(desk.path("done/2026/11/22/a.txt").exists() && desk.path("done/notes/a.txt").exists());
        assert!(desk.list(0).whole.is_empty());
    }
}

#[test]
fn what_was_refused_long_ago_is_deleted_with_its_reason() {
    let mut desk = Desk::with(&toml::from_str("keep_refused = '30 days'").unwrap());
    for name in ["old.txt", "new.txt"] {
        desk.write(name, "");
        let (arrival, reason) = desk.rested().refused.remove(0);
        desk.refuse(&arrival, &reason);
    }
    let now =
        DateTime::<Utc>::from(fs::metadata(desk.path("refused/new.txt.reason")).unwrap().modified().unwrap());
    let long_ago = now - TimeDelta::days(31);
    File::options()
        .write(true)
        .open(desk.path("refused/old.txt.reason"))
        .unwrap()
        .set_modified(long_ago.into())
        .unwrap();
    assert_eq!(desk.inbox.sweep(now, now.date_naive()).unwrap(), Swept { days: 0, refused: 1 });
    assert_eq!(desk.names("refused"), ["new.txt", "new.txt.reason"]);
}

#[test]
fn a_refused_file_goes_back_to_where_it_came() {
    let mut desk = Desk::new(After::Move);
    fs::create_dir(desk.path("sport")).unwrap();
    desk.write("sport/a.txt", "");
    let (arrival, reason) = desk.rested().refused.remove(0);
    desk.refuse(&arrival, &reason);
    assert_eq!(inbox::refused(&desk.path("")).unwrap(), ["a.txt"]);

    desk.write("sport/a.txt", "another has come meanwhile");
    let back = inbox::retry(&desk.path(""), OsStr::new("a.txt")).unwrap();
    assert_eq!(back, desk.path("sport/a (2).txt"));
    assert_eq!(desk.names("refused"), [""; 0]);
    let error = inbox::retry(&desk.path(""), OsStr::new("a.txt")).unwrap_err().to_string();
    assert!(error.contains("refused/a.txt"), "{error}");
}

#[test]
fn a_reason_that_was_changed_leads_no_file_out_of_the_inbox() {
    for led in ["../../a.txt", "/etc/a.txt"] {
        let desk = Desk::new(After::Move);
        fs::create_dir(desk.path("refused")).unwrap();
        desk.write("refused/a.txt", "a");
        desk.write("refused/a.txt.reason", &format!(r#"{{"file": "{led}"}}"#));
        assert_eq!(inbox::retry(&desk.path(""), OsStr::new("a.txt")).unwrap(), desk.path("a.txt"));
    }
}

#[test]
fn a_file_that_is_moved_in_is_whole_at_once_also_in_a_new_folder() {
    let mut desk = Desk::new(After::Move);
    let nudges = desk.watch();
    fs::create_dir(desk.path("sport")).unwrap();
    Desk::await_nudge(&nudges);
    assert_eq!(desk.list(0).look_again, Some(at(0)), "its folder is watched from now on; what came meanwhile?");
    for name in ["a.txt", "sport/b.txt"] {
        desk.write("half.part", "all of it");
        fs::rename(desk.path("half.part"), desk.path(name)).unwrap();
        while names(&desk.list(0).whole) != [name] {
            Desk::await_nudge(&nudges);
        }
        fs::remove_file(desk.path(name)).unwrap();
    }
}

#[test]
fn a_file_that_its_writer_closed_rests_for_a_tenth() {
    let mut desk = Desk::with(&toml::from_str("settle = '20s'").unwrap());
    let nudges = desk.watch();
    desk.write("a.txt", "all of it");
    while desk.list(0).look_again != Some(at(2)) {
        Desk::await_nudge(&nudges);
    }
    assert_eq!(names(&desk.list(2).whole), ["a.txt"]);
}

#[test]
fn an_inbox_that_vanishes_and_comes_back_is_watched_again() {
    let mut desk = Desk::new(After::Move);
    let nudges = desk.watch();
    desk.list(0);
    let aside = desk.path("").with_extension("aside");
    fs::rename(desk.path(""), &aside).unwrap();
    Desk::await_nudge(&nudges);
    assert!(desk.inbox.whole(at(0)).is_err());

    fs::create_dir(desk.path("")).unwrap();
    while desk.list(0).look_again.is_some() {}
    while nudges.try_recv().is_ok() {}
    desk.write("a.txt", "a");
    Desk::await_nudge(&nudges);
    fs::remove_dir_all(aside).unwrap();
}

/// An inbox in a folder of its own.
struct Desk {
    folder: TempDir,
    options: Options,
    inbox: Inbox,
}

/// Where files are put away in these tests.
const DONE: &str = "done/2026/11/23";
const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

impl Desk {
    fn new(after: After) -> Self {
        Self::with(&Options { after, ..Options::default() })
    }

    fn with(options: &Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { path: folder.path().to_owned(), ..options.clone() };
        let inbox = Inbox::open(options.clone()).unwrap();
        Self { folder, options, inbox }
    }

    fn watch(&mut self) -> mpsc::Receiver<()> {
        let (sender, nudges) = mpsc::channel();
        self.inbox.watch(move |nudge| drop(nudge.map(|()| sender.send(())))).unwrap();
        nudges
    }

    #[track_caller]
    fn await_nudge(nudges: &mpsc::Receiver<()>) {
        nudges.recv_timeout(Duration::from_secs(20)).expect("an event within 20 s");
    }

    fn put_away(&mut self, arrival: &Arrival) -> Result<Put, inbox::Error> {
        self.inbox.put_away(arrival, at(3600), DAY)
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: impl AsRef<Path>, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Puts another file in the place of this one, with the same time.
    fn replace(&self, name: &str, text: &str) {
        let modified = fs::metadata(self.path(name)).unwrap().modified().unwrap();
        self.write(".new", text);
        File::open(self.path(".new")).unwrap().set_modified(modified).unwrap();
        fs::rename(self.path(".new"), self.path(name)).unwrap();
    }

    fn read(&self, name: impl AsRef<Path>) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn list(&mut self, second: i64) -> Arrivals {
        self.inbox.whole(at(second)).unwrap()
    }

    /// A listing of what has come to rest by now.
    fn rested(&mut self) -> Arrivals {
        self.list(0);
        self.list(10)
    }

    fn put_away_all(&mut self) {
        for arrival in self.rested().whole {
            assert!(matches!(self.put_away(&arrival).unwrap(), Put::Moved(_)));
        }
    }

    fn refuse(&mut self, arrival: &Arrival, reason: &Reason) -> Put {
        self.inbox.refuse(arrival, reason, at(3600)).unwrap()
    }
}

fn names(arrivals: &[Arrival]) -> Vec<&OsStr> {
    arrivals.iter().map(|arrival| arrival.name.as_os_str()).collect()
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}
