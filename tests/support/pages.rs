//! The pages in `tests/fixtures`: a folder each, named after what is odd about it.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

/// One page, and how it came.
pub struct Page {
    /// The folder's name.
    pub case: String,
    pub folder: PathBuf,
    /// `wire.txt`.
    pub wire: Vec<u8>,
    /// `name.txt`, the name of the file: for pages whose name holds their date.
    pub name: String,
    /// `received.txt`, else always the same Saturday.
    pub received: DateTime<FixedOffset>,
}

impl Page {
    /// A text file beside the page, without the line feed that ends it.
    pub fn beside(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(file)).ok().map(|text| text.trim_end().to_owned())
    }
}

/// All pages, by name.
pub fn pages() -> Vec<Page> {
    let pages = pages_in("fixtures");
    assert!(!pages.is_empty(), "tests/fixtures holds no page");
    pages
}

/// The pages in a folder of `tests`, by name; none when it is not there.
pub fn pages_in(folder: &str) -> Vec<Page> {
    // The fuzz targets are compiled from inside of `tests`.
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let root = above.map(|above| above.join("tests")).find(|tests| tests.is_dir()).expect("tests are in `tests`");
    let folders = fs::read_dir(root.join(folder)).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut pages: Vec<Page> = folders.filter(|folder| folder.is_dir()).map(page).collect();
    pages.sort_by(|a, b| a.case.cmp(&b.case));
    pages
}

fn page(folder: PathBuf) -> Page {
    let case = folder.file_name().expect("folders have names").to_string_lossy().into_owned();
    let wire = fs::read(folder.join("wire.txt")).unwrap_or_else(|error| panic!("{case}/wire.txt: {error}"));
    let mut page = Page { case, folder, wire, name: String::new(), received: DateTime::default() };
    page.name = page.beside("name.txt").unwrap_or_else(|| "wire.txt".to_owned());
    let received = page.beside("received.txt").unwrap_or_else(|| "2026-11-21T08:00:00+08:00".to_owned());
    page.received =
        received.parse().unwrap_or_else(|error| panic!("{}/received.txt: {error}: {received}", page.case));
    page
}
