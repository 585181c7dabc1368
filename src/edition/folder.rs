//! An edition as a folder of files, for any web server: each page at the path of its URL.
//!
//! Pages are first written under `.wirefeed/` in the folder itself, which is on the same file system even when
//! the folder is a mount, and then renamed into place one by one: stories before the feeds that link to them,
//! the index last. So a reader sees each file whole, old or new, and finds what a page links to. (Exchanging
//! the whole folder at once would fail on mounts and pull the ground from under servers that hold it open.)
//! `.wirefeed/manifest` lists what was written, so that what is no longer published is removed, and
//! a file that somebody else put there is neither removed nor overwritten.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Address, Edition, Found};
use crate::archive;
use crate::feed::{Format, Part};
use crate::story::StoryId;

/// What writing an edition into a folder did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of this edition that are feeds, the index, or what it needs.
    pub pages: usize,
    /// Files of this edition that are story pages.
    pub stories: usize,
    /// How many of all these are new or changed; the others were left untouched.
    pub changed: usize,
    /// Files of an earlier edition that were removed.
    pub removed: usize,
}

/// Why an edition was not written, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There was nothing to print from; the folder is as it was.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The file system said no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// A file of somebody else stands where a page would; the folder is as it was.
    #[error("{} is there already and wirefeed did not write it: move it away, or choose another folder", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
}

/// Adds the path to an error of the file system.
fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, WriteError> {
    result.map_err(|source| WriteError::Io { path: path.to_owned(), source })
}

impl Edition {
    /// Writes every page of this edition into `folder`, which is made when missing: all feeds, the index, and
    /// the pages of the stories that these list. Waits while another process does the same.
    ///
    /// Two editions of the same stories and configuration write the same bytes, which are those that `http`
    /// hands out.
    ///
    /// # Errors
    /// When the archive or the file system does not answer, or a file of somebody else is in the way.
    pub fn write_to(&self, folder: &Path) -> Result<Written, WriteError> {
        let desk = Desk::open(folder)?;
        let mut stories = BTreeSet::new();
        let mut pages = Vec::new();
        for address in self.addresses()? {
            // Oldest first, so that each finds what it leads on to.
            let mut parts = Vec::new();
            let mut next = Some(address);
            while let Some(address) = next {
                let Some((laid, older)) = desk.lay_out(self, &address, &mut stories)? else { break };
                parts.push(laid);
                next = older.and_then(|part| address.in_part(part));
            }
            pages.extend(parts.into_iter().rev());
        }
        let mut placed = Vec::new();
        for id in &stories {
            let address = Address::Story(*id, self.language());
            placed.extend(desk.lay_out(self, &address, &mut BTreeSet::new())?.map(|(laid, _)| laid));
        }
        let written = Written { pages: pages.len(), stories: placed.len(), ..Written::default() };
        placed.append(&mut pages);
        let (changed, removed) = desk.put_in_place(&placed)?;
        Ok(Written { changed, removed, ..written })
    }

    /// Writes the feeds alone, in these formats, as [`write_to`](Self::write_to) would. Their links to stories and to
    /// archive pages are for somebody else to serve.
    ///
    /// # Errors
    /// The same.
    pub fn write_feeds_to(&self, folder: &Path, formats: &[Format]) -> Result<Written, WriteError> {
        let desk = Desk::open(folder)?;
        let mut pages = Vec::new();
        for address in self.addresses()? {
            if matches!(&address, Address::Feed(_, format) if formats.contains(format)) {
                pages.extend(desk.lay_out(self, &address, &mut BTreeSet::new())?.map(|(laid, _)| laid));
            }
        }
        let (changed, removed) = desk.put_in_place(&pages)?;
        Ok(Written { pages: pages.len(), stories: 0, changed, removed })
    }
}

/// The part of the folder where pages lie until they are put in place; one process at a time has it.
struct Desk<'a> {
    folder: &'a Path,
    /// Held, not read: letting go of it lets the next process in.
    _lock: File,
}

/// A page of the edition, as a file.
struct Laid {
    /// Where it belongs, relative to the folder.
    file: PathBuf,
    /// It differs from what is there, and waits on the desk.
    changed: bool,
}

impl<'a> Desk<'a> {
    fn open(folder: &'a Path) -> Result<Self, WriteError> {
        let own = folder.join(".wirefeed");
        at(&own, fs::create_dir_all(&own))?;
        let lock = own.join("lock");
        let desk = Self { folder, _lock: at(&lock, locked(&lock))? };
        desk.clear()?;
        Ok(desk)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(".wirefeed/new")
    }

    /// Removes what is on the desk, also what a process that was killed has left there.
    fn clear(&self) -> Result<(), WriteError> {
        let path = self.path();
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => at(&path, Err(error)),
            _ => Ok(()),
        }
    }

    /// Prints a page onto the desk, unless the same is in place already. Adds the stories that it shows, and tells
    /// where the older ones are.
    fn lay_out(
        &self,
        edition: &Edition,
        address: &Address,
        stories: &mut BTreeSet<StoryId>,
    ) -> Result<Option<(Laid, Option<Part>)>, WriteError> {
        let Found::Page(page) = edition.page(address)? else { return Ok(None) };
        stories.extend(page.stories());
        let file = address.file();
        let changed = fs::read(self.folder.join(&file)).ok().is_none_or(|there| there != *page.body());
        if changed {
            write(&self.path().join(&file), page.body())?;
        }
        Ok(Some((Laid { file, changed }, page.older())))
    }

    /// Makes the folder hold these files and none of an earlier edition. Returns how many were changed, and
    /// how many removed.
    fn put_in_place(&self, files: &[Laid]) -> Result<(usize, usize), WriteError> {
        let before = self.manifest()?;
        let now: BTreeSet<&Path> = files.iter().map(|laid| laid.file.as_path()).collect();
        let changed = || files.iter().filter(|laid| laid.changed).map(|laid| laid.file.as_path());
        let foreign = changed().find(|file| !before.contains(*file) && self.folder.join(file).exists());
        if let Some(file) = foreign {
            self.clear()?;
            return Err(WriteError::Foreign { path: self.folder.join(file) });
        }
        // Both lists until all is done, so that whoever finishes after a crash knows every file.
        self.write_manifest(now.iter().copied().chain(before.iter().map(PathBuf::as_path)).collect())?;
        for file in changed() {
            let place = self.folder.join(file);
            make_parent(&place)?;
            at(&place, fs::rename(self.path().join(file), &place))?;
        }
        let mut removed = 0;
        for file in before.iter().filter(|file| !now.contains(file.as_path())) {
            removed += usize::from(self.remove(file)?);
        }
        self.write_manifest(now)?;
        self.clear()?;
        Ok((changed().count(), removed))
    }

    /// Removes a file and the folders that it leaves empty. Says whether it was there.
    fn remove(&self, file: &Path) -> Result<bool, WriteError> {
        let place = self.folder.join(file);
        match fs::remove_file(&place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            other => at(&place, other)?,
        }
        let above = file.ancestors().skip(1).take_while(|above| *above != Path::new(""));
        // The first folder that is not empty ends it.
        let _ = above.map(|above| fs::remove_dir(self.folder.join(above))).take_while(Result::is_ok).count();
        Ok(true)
    }

    /// The files that earlier editions wrote.
    fn manifest(&self) -> Result<BTreeSet<PathBuf>, WriteError> {
        let path = self.folder.join(".wirefeed/manifest");
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            other => at(&path, other)?,
        };
        let is_inside = |file: &PathBuf| file.components().all(|part| matches!(part, Component::Normal(_)));
        Ok(text.lines().filter(|line| !line.starts_with('#')).map(PathBuf::from).filter(is_inside).collect())
    }

    fn write_manifest(&self, files: BTreeSet<&Path>) -> Result<(), WriteError> {
        let mut text = "# What wirefeed wrote into this folder, and may remove.\n".to_owned();
        for file in files {
            text.push_str(file.to_str().expect("paths of URLs are ASCII"));
            text.push('\n');
        }
        let (draft, place) = (self.path().join("manifest"), self.folder.join(".wirefeed/manifest"));
        write(&draft, text.as_bytes())?;
        at(&place, fs::rename(&draft, &place))
    }
}

fn locked(path: &Path) -> io::Result<File> {
    let file = File::create(path)?;
    file.lock()?;
    Ok(file)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    make_parent(path)?;
    at(path, fs::write(path, bytes))
}

fn make_parent(path: &Path) -> Result<(), WriteError> {
    let parent = path.parent().expect("a file in a folder has one");
    at(parent, fs::create_dir_all(parent))
}
