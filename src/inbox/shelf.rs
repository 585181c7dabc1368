//! A folder that files are put away into. No name is ever taken twice, nor is a file lost on the way.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The longest name that Linux file systems take, in bytes.
const NAME_MAX: usize = 255;
/// What the name of a reason file ends in.
const REASON: &str = ".reason";

/// Where the reason for refusing `file` is written.
pub(super) fn reason_of(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(REASON);
    path.into()
}

/// The refused file that this is the reason for, if it is one.
pub(super) fn file_of(reason: &Path) -> Option<PathBuf> {
    let name = reason.file_name()?.as_bytes().strip_suffix(REASON.as_bytes())?;
    (!name.is_empty()).then(|| reason.with_file_name(OsStr::from_bytes(name)))
}

/// What is in a folder; nothing when it is not there.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// One such folder; it is made when the first file comes.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) folder: PathBuf,
}

impl Shelf {
    /// Moves `file` here under its own name, or the nearest that is free, and says where it is now.
    pub(super) fn put(&self, file: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let place = self.places(name_of(file), NAME_MAX).find_map(|path| Reserved::new(path).transpose());
        place.expect("names are counted without end")?.fill_with(file)
    }

    /// Moves `file` here, too, after writing `reason` to a file beside it.
    pub(super) fn put_with_reason(&self, file: &Path, reason: &str) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let pairs = self.places(name_of(file), NAME_MAX - REASON.len());
        let pair = pairs.into_iter().find_map(|path| Self::pair(path).transpose());
        let (place, note) = pair.expect("names are counted without end")?;
        note.write(reason)?;
        let put = place.fill_with(file)?;
        note.keep();
        Ok(put)
    }

    /// Reserves a place and that of its reason, unless one of them is taken.
    fn pair(path: PathBuf) -> io::Result<Option<(Reserved, Reserved)>> {
        let Some(note) = Reserved::new(reason_of(&path))? else { return Ok(None) };
        Ok(Reserved::new(path)?.map(|place| (place, note)))
    }

    fn places(&self, name: &OsStr, max: usize) -> impl Iterator<Item = PathBuf> {
        (1_u64..).map(move |number| self.folder.join(numbered(name, number, max)))
    }
}

/// A name in the folder that is ours: an empty file holds it until the real one takes its place.
///
/// That works on every file system and for every owner. `RENAME_NOREPLACE` is unknown to NFS, and Linux
/// forbids hard links to other people's files (`fs.protected_hardlinks`).
struct Reserved {
    path: PathBuf,
    kept: bool,
}

impl Reserved {
    /// `None` when the name is taken.
    fn new(path: PathBuf) -> io::Result<Option<Self>> {
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(_) => Ok(Some(Self { path, kept: false })),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    fn fill_with(mut self, file: &Path) -> io::Result<PathBuf> {
        match fs::rename(file, &self.path) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => carry(file, &self.path)?,
            renamed => renamed?,
        }
        self.kept = true;
        Ok(self.path.clone())
    }

    fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if !self.kept {
            // What is left otherwise is an empty file, and the error that led here is the one to report.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Moves `file` over `place` on another file system: it is there to the last byte before it is gone here.
fn carry(file: &Path, place: &Path) -> io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let metadata = fs::symlink_metadata(file)?;
    if metadata.is_file() {
        let mut copy = NamedTempFile::new_in(folder)?;
        io::copy(&mut super::open(file)?, &mut copy)?;
        copy.as_file().set_permissions(metadata.permissions())?;
        copy.as_file().set_modified(metadata.modified()?)?;
        copy.as_file().sync_all()?;
        copy.persist(place)?;
    } else if metadata.is_symlink() {
        fs::remove_file(place)?;
        std::os::unix::fs::symlink(fs::read_link(file)?, place)?;
    }
    // A pipe, socket or device has no content to carry: the empty file stands for it.
    File::open(folder)?.sync_all()?;
    fs::remove_file(file)
}

fn name_of(file: &Path) -> &OsStr {
    file.file_name().expect("a file of the inbox has a name")
}

/// `a.txt`, `a (2).txt`, `a (3).txt`, …, each cut to `max` bytes.
fn numbered(name: &OsStr, number: u64, max: usize) -> OsString {
    let (stem, extension) = split(name.as_bytes());
    let count = if number == 1 { String::new() } else { format!(" ({number})") };
    let room = max - count.len() - extension.len();
    OsString::from_vec([cut(stem, room), count.as_bytes(), extension].concat())
}

/// The extension has its dot, and is short: what follows the first dot of a sentence is none.
fn split(name: &[u8]) -> (&[u8], &[u8]) {
    match name.iter().rposition(|&byte| byte == b'.') {
        Some(dot) if dot > 0 && name.len() - dot <= 16 => name.split_at(dot),
        _ => (name, &[]),
    }
}

/// At most `room` bytes, and no half character where the name is UTF-8.
fn cut(stem: &[u8], room: usize) -> &[u8] {
    if stem.len() <= room {
        return stem;
    }
    let is_continuation = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    let end = (0..=room).rev().find(|&end| !is_continuation(&stem[end])).unwrap_or(room);
    &stem[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_before_the_extension() {
        check("a.txt", 1, 255, "a.txt");
        check("a.txt", 2, 255, "a (2).txt");
        check("a.tar.gz", 3, 255, "a.tar (3).gz");
        check("page", 2, 255, "page (2)");
        check("-rf", 2, 255, "-rf (2)");
        check("Dr. No and his long story", 2, 255, "Dr. No and his long story (2)");
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        check("123456789.txt", 1, 10, "123456.txt");
        check("123456789.txt", 2, 10, "12 (2).txt");
        check("新华社.txt", 1, 10, "新华.txt");
        check("新华社.txt", 1, 12, "新华.txt");
        check("新华社.txt", 1, 13, "新华社.txt");
    }

    #[test]
    fn names_that_are_not_text_are_cut_all_the_same() {
        let name = OsString::from_vec(vec![0xbf; 255]);
        assert_eq!(numbered(&name, 2, 248).len(), 248);
    }

    fn check(name: &str, number: u64, max: usize, expected: &str) {
        assert_eq!(numbered(OsStr::new(name), number, max), OsStr::new(expected));
    }
}
