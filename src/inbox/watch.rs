//! Says when to list the inbox. Events are only a nudge: they come late, twice, or not at all (NFS, FUSE), so
//! whoever is nudged lists the folder, and lists it now and then anyway. What they tell besides is which file was
//! moved in whole, or closed by its writer: that shortens its rest.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::listing::Folders;
use super::settle::Hint;

/// How long an event of our own may take. It comes within a millisecond, or never.
const PROBE: Duration = Duration::from_secs(1);

/// An inbox and its folders under watch, until this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    /// The inbox as events name it: absolute, and without links.
    inbox: PathBuf,
    watched: Folders,
    heard: Arc<Mutex<HashMap<OsString, Hint>>>,
    /// A folder that cannot be watched: its files are found by listing.
    blind: bool,
}

/// Why events cannot be relied upon.
#[derive(Debug, thiserror::Error)]
pub enum Deaf {
    /// It cannot be watched at all: `fs.inotify.max_user_watches` or `max_user_instances` is reached, say.
    #[error("it cannot be watched: {0}")]
    Unwatched(#[from] notify::Error),
    /// What another machine writes there raises no event on this one.
    #[error("it is on a file system of several machines ({0})")]
    Remote(&'static str),
    /// A file was made there, and nothing was heard of it.
    #[error("no event comes when a file is made in it")]
    Silent,
}

impl Watch {
    /// Watches `inbox`. `nudge` is called on the watcher's thread when something may have come or changed, and with the
    /// error when the watcher failed and may say no more.
    pub(super) fn new(
        inbox: &Path,
        mut nudge: impl FnMut(Result<(), notify::Error>) + Send + 'static,
    ) -> notify::Result<Self> {
        let inbox = inbox.canonicalize()?;
        let heard = Arc::<Mutex<HashMap<OsString, Hint>>>::default();
        let (folder, ears) = (inbox.clone(), Arc::clone(&heard));
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
            Ok(event) => {
                hear(&event, &folder, &mut ears.lock().unwrap_or_else(PoisonError::into_inner));
                if is_news(&event, &folder) {
                    nudge(Ok(()));
                }
            }
            Err(error) => nudge(Err(error)),
        })?;
        watcher.watch(&inbox, RecursiveMode::NonRecursive)?;
        Ok(Self { watcher, inbox, watched: Folders::new(), heard, blind: false })
    }

    /// What was heard of files since the last call.
    pub(super) fn heard(&self) -> HashMap<OsString, Hint> {
        std::mem::take(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether there is a folder whose events do not come.
    pub(super) fn is_blind(&self) -> bool {
        self.blind
    }

    /// Watches these folders and no others; an inbox that has been away, too. Says whether one is watched now that was
    /// not before: what came into it until now has to be listed.
    ///
    /// Not by notify's own recursion: that would watch each day of `done`, for years.
    pub(super) fn follow(&mut self, folders: &Folders) -> bool {
        let before = std::mem::take(&mut self.watched);
        for (name, _) in before.iter().filter(|(name, id)| folders.get(*name) != Some(id)) {
            // One that has gone took its watch with it.
            let _ = self.watcher.unwatch(&self.path_of(name));
        }
        let mut any = false;
        let was_blind = std::mem::take(&mut self.blind);
        for (name, id) in folders {
            if before.get(name) != Some(id) {
                any = true;
                if let Err(error) = self.watcher.watch(&self.path_of(name), RecursiveMode::NonRecursive) {
                    if !was_blind {
                        tracing::warn!(folder = ?name, %error, "not watched; the inbox is listed more often");
                    }
                    self.blind = true;
                    continue;
                }
            }
            self.watched.insert(name.clone(), *id);
        }
        // What cannot be watched was not listed for the first time only because of that.
        any && !(was_blind && self.blind)
    }

    /// The inbox is away: when it comes back, all of it is watched anew.
    pub(super) fn lose(&mut self) {
        self.follow(&Folders::new());
    }

    fn path_of(&self, name: &Path) -> PathBuf {
        if name.as_os_str().is_empty() { self.inbox.clone() } else { self.inbox.join(name) }
    }
}

/// Whether events come from this folder, as far as one machine can tell: by the kind of its file system, and by making
/// a file there. Where none may be made, nothing speaks against it.
pub(super) fn hears(inbox: &Path) -> Result<(), Deaf> {
    if let Some(kind) = rustix::fs::statfs(inbox).ok().and_then(|fs| remote(fs.f_type)) {
        return Err(Deaf::Remote(kind));
    }
    let (heard, events) = mpsc::channel();
    let _watcher = probe_watcher(inbox, heard)?;
    let probe = tempfile::Builder::new().prefix(".wirefeed-probe-").tempfile_in(inbox);
    match probe {
        Ok(_made) => events.recv_timeout(PROBE).map_err(|_| Deaf::Silent),
        Err(_) => Ok(()),
    }
}

fn probe_watcher(inbox: &Path, heard: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok() {
            // Only the first is waited for.
            let _ = heard.send(());
        }
    })?;
    watcher.watch(inbox, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// The name of a file system that several machines write to, by the number that `statfs(2)` gives it.
fn remote(magic: impl TryInto<u64>) -> Option<&'static str> {
    // 32 bits, which some machines sign.
    Some(match magic.try_into().ok()? & 0xffff_ffff {
        0x6969 => "NFS",
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => "SMB",
        0x6573_5546 => "FUSE",
        0x0102_1997 => "9p",
        0x00c3_6400 => "Ceph",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x0bd0_0bd0 => "Lustre",
        0x0116_1970 => "GFS2",
        0x7461_636f => "OCFS2",
        0x786f_4256 => "VirtualBox",
        _ => return None,
    })
}

/// Takes down what an event tells of a file's rest.
fn hear(event: &Event, inbox: &Path, heard: &mut HashMap<OsString, Hint>) {
    let hint = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Hint::Closed),
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => Some(Hint::Moved),
        // Somebody writes, after all.
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => None,
        _ => return,
    };
    let Some(name) = event.paths.last().and_then(|path| path.strip_prefix(inbox).ok()) else { return };
    if name.file_name().is_none_or(is_hidden) {
        return;
    }
    match hint {
        Some(hint) => heard.insert(name.into(), hint),
        None => heard.remove(name.as_os_str()),
    };
}

/// Whether a listing could show something new after this event.
///
/// To open, read and put away a file raises events, too: were they news, each turn would wake the next.
fn is_news(event: &Event, inbox: &Path) -> bool {
    if event.need_rescan() {
        return true;
    }
    match event.kind {
        EventKind::Access(access) => {
            access == AccessKind::Close(AccessMode::Write) && event.paths.iter().any(|path| is_shown(path))
        }
        // What goes is no news, unless it is the inbox itself.
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            event.paths.iter().any(|path| path == inbox)
        }
        // `Both` tells again what `To` has told.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => false,
        _ => event.paths.is_empty() || event.paths.iter().any(|path| is_shown(path)),
    }
}

fn is_shown(path: &Path) -> bool {
    !path.file_name().is_some_and(is_hidden)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind};

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const MOVED_IN: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));

    #[test]
    fn what_comes_or_changes_is_news() {
        check("a.txt", EventKind::Create(CreateKind::File), true);
        check("a.txt", WRITTEN, true);
        check("a.txt", EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), true);
        check("a.txt", MOVED_IN, true);
        check("a.txt", CLOSED, true);
        check("sport/a.txt", CLOSED, true);
    }

    #[test]
    fn our_own_reading_and_putting_away_is_not() {
        check("a.txt", EventKind::Access(AccessKind::Open(AccessMode::Any)), false);
        check("a.txt", EventKind::Access(AccessKind::Close(AccessMode::Read)), false);
        check("a.txt", EventKind::Modify(ModifyKind::Name(RenameMode::From)), false);
        check("a.txt", EventKind::Remove(RemoveKind::File), false);
        check(".wirefeed-in-hand", EventKind::Create(CreateKind::File), false);
        check(".wirefeed-in-hand", CLOSED, false);
    }

    #[test]
    fn that_the_inbox_goes_is() {
        check("", EventKind::Remove(RemoveKind::Folder), true);
        check("", EventKind::Modify(ModifyKind::Name(RenameMode::From)), true);
    }

    #[test]
    fn that_events_were_lost_is() {
        assert!(is_news(&Event::new(EventKind::Other).set_flag(Flag::Rescan), Path::new("/inbox")));
    }

    #[test]
    fn a_file_that_was_moved_in_or_closed_is_told_of_until_somebody_writes_again() {
        tells(&[("a.txt", MOVED_IN)], &[("a.txt", Hint::Moved)]);
        tells(&[("a.txt", WRITTEN), ("sport/b.txt", CLOSED)], &[("sport/b.txt", Hint::Closed)]);
        tells(&[("a.txt", CLOSED), ("a.txt", WRITTEN)], &[]);
        tells(&[("a.txt", MOVED_IN), ("a.txt", EventKind::Create(CreateKind::File))], &[]);
        tells(&[(".a.txt", CLOSED)], &[]);
    }

    #[test]
    fn folders_that_several_machines_write_to_are_known_by_number() {
        assert_eq!(remote(0x6969_i64), Some("NFS"));
        assert_eq!(remote(i64::from(0xff53_4d42_u32.cast_signed()).cast_unsigned()), Some("SMB"));
        assert_eq!(remote(0xef53_i64), None, "ext4");
    }

    #[test]
    fn a_local_folder_is_heard() {
        let folder = tempfile::tempdir().unwrap();
        assert!(hears(folder.path()).is_ok());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[track_caller]
    fn check(name: &str, kind: EventKind, expected: bool) {
        assert_eq!(is_news(&event(name, kind), Path::new("/inbox")), expected, "{kind:?} of {name:?}");
    }

    #[track_caller]
    fn tells(events: &[(&str, EventKind)], expected: &[(&str, Hint)]) {
        let mut heard = HashMap::new();
        for (name, kind) in events {
            hear(&event(name, *kind), Path::new("/inbox"), &mut heard);
        }
        let expected: HashMap<OsString, Hint> = expected.iter().map(|(name, hint)| (name.into(), *hint)).collect();
        assert_eq!(heard, expected, "{events:?}");
    }

    fn event(name: &str, kind: EventKind) -> Event {
        let folder = Path::new("/inbox");
        Event::new(kind).add_path(if name.is_empty() { folder.to_owned() } else { folder.join(name) })
    }
}
