//! Says when to list the inbox. Events are only a nudge: they come late, twice, or not at all (NFS, FUSE), so
//! whoever is nudged lists the folder, and lists it now and then anyway.

use std::path::Path;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// A folder under watch, until this is dropped.
#[derive(Debug)]
pub struct Watch {
    _watcher: RecommendedWatcher,
}

/// Watches `folder`, without its sub-folders. `nudge` is called on the watcher's thread when something may
/// have come or changed, and with the error when the watcher failed and may say no more.
///
/// # Errors
/// When the folder cannot be watched: it is not there, or the system's limit is reached
/// (`fs.inotify.max_user_watches`). Then the folder has to be listed every few seconds.
pub fn watch(
    folder: &Path,
    mut nudge: impl FnMut(Result<(), notify::Error>) + Send + 'static,
) -> notify::Result<Watch> {
    let inbox = folder.to_owned();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
        Ok(event) if is_news(&event, &inbox) => nudge(Ok(())),
        Ok(_) => {}
        Err(error) => nudge(Err(error)),
    })?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(Watch { _watcher: watcher })
}

/// Whether a listing could show something new after this event.
///
/// To open, read and put away a file raises events, too: were they news, each turn would wake the next.
fn is_news(event: &Event, folder: &Path) -> bool {
    if event.need_rescan() {
        return true;
    }
    match event.kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        // What goes is no news, unless it is the inbox itself.
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            event.paths.iter().any(|path| path == folder)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind};

    #[test]
    fn what_comes_or_changes_is_news() {
        check("a.txt", EventKind::Create(CreateKind::File), true);
        check("a.txt", EventKind::Modify(ModifyKind::Data(DataChange::Any)), true);
        check("a.txt", EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), true);
        check("a.txt", EventKind::Modify(ModifyKind::Name(RenameMode::To)), true);
        check("a.txt", EventKind::Access(AccessKind::Close(AccessMode::Write)), true);
    }

    #[test]
    fn our_own_reading_and_putting_away_is_not() {
        check("a.txt", EventKind::Access(AccessKind::Open(AccessMode::Any)), false);
        check("a.txt", EventKind::Access(AccessKind::Close(AccessMode::Read)), false);
        check("a.txt", EventKind::Modify(ModifyKind::Name(RenameMode::From)), false);
        check("a.txt", EventKind::Remove(RemoveKind::File), false);
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

    fn check(name: &str, kind: EventKind, expected: bool) {
        let folder = Path::new("/inbox");
        let path = if name.is_empty() { folder.to_owned() } else { folder.join(name) };
        assert_eq!(is_news(&Event::new(kind).add_path(path), folder), expected, "{kind:?} of {name:?}");
    }
}
