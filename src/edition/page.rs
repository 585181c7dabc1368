//! One printed page: its bytes, and what a cache wants to know of them.

use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::feed::Part;
use crate::story::{Story, StoryId};

/// A page as it goes out. It never changes once it is printed.
#[derive(Debug)]
pub struct Page {
    media_type: &'static str,
    body: Bytes,
    etag: String,
    last_modified: Option<DateTime<Utc>>,
    stories: Vec<StoryId>,
    older: Option<Part>,
    is_immutable: bool,
    gzip: OnceLock<Option<Bytes>>,
}

impl Page {
    /// A page that shows `stories`.
    pub(super) fn new(media_type: &'static str, body: impl Into<Bytes>, stories: &[Story]) -> Self {
        let body = body.into();
        Self {
            media_type,
            etag: etag(&body),
            body,
            last_modified: stories.iter().map(|story| story.versioncreated).max(),
            stories: stories.iter().map(|story| story.id).collect(),
            older: None,
            is_immutable: false,
            gzip: OnceLock::new(),
        }
    }

    /// The page, last changed at this moment.
    pub(super) fn changed(self, changed: Option<DateTime<Utc>>) -> Self {
        Self { last_modified: changed, ..self }
    }

    /// The page, followed by this part of the same feed.
    pub(super) fn followed_by(self, older: Option<Part>) -> Self {
        Self { older, ..self }
    }

    /// The page, which is never another at its address.
    pub(super) fn immutable(self) -> Self {
        Self { is_immutable: true, ..self }
    }

    /// Where the older stories of the same feed are.
    pub(super) fn older(&self) -> Option<Part> {
        self.older
    }

    /// Whether it is never another at its address.
    #[must_use]
    pub fn is_immutable(&self) -> bool {
        self.is_immutable
    }

    /// The media type, with its charset: what `Content-Type` says.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The bytes as they are.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The bytes under gzip, or `None` when that would not make them fewer. Compressed when first asked for,
    /// which takes about a millisecond for each 80 kB: see [`Page::is_gzip_ready`].
    pub fn gzip(&self) -> Option<&Bytes> {
        self.gzip.get_or_init(|| compressed(&self.body)).as_ref()
    }

    /// Whether [`Page::gzip`] would answer at once.
    #[must_use]
    pub fn is_gzip_ready(&self) -> bool {
        self.gzip.get().is_some()
    }

    /// The entity tag (RFC 9110 § 8.8.3), a digest of the bytes, so equal on every machine. It is weak, and so
    /// the same under any content coding.
    #[must_use]
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// When the newest change among its stories came; `None` for a page that shows no story.
    #[must_use]
    pub fn last_modified(&self) -> Option<DateTime<Utc>> {
        self.last_modified
    }

    /// The stories that it shows, and may link to.
    #[must_use]
    pub fn stories(&self) -> &[StoryId] {
        &self.stories
    }

    /// An upper bound of the memory that it takes, in bytes: the gzip form is only kept when it is shorter.
    pub(super) fn weight(&self) -> usize {
        size_of::<Self>() + 2 * self.body.len() + self.etag.len() + size_of_val(self.stories.as_slice())
    }
}

/// The first half of the SHA-256 of the bytes, which is plenty: nobody gains by forging the tag of a page.
fn etag(body: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(body).into();
    let half = u128::from_be_bytes(digest[..16].try_into().expect("16 of 32 bytes"));
    format!("W/\"{half:032x}\"")
}

/// gzip without name and time, so that equal bytes stay equal.
fn compressed(body: &[u8]) -> Option<Bytes> {
    let mut gzip = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::default());
    gzip.write_all(body).expect("writing to memory does not fail");
    let bytes = gzip.finish().expect("writing to memory does not fail");
    (bytes.len() < body.len()).then(|| bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_have_equal_tags() {
        let page = |body: &'static str| Page::new("text/html", body, &[]);
        assert_eq!(page("渡口").etag(), page("渡口").etag());
        assert_ne!(page("渡口").etag(), page("渡船").etag());
        assert_eq!(page("").etag(), "W/\"e3b0c44298fc1c149afbf4c8996fb924\"");
    }

    #[test]
    fn gzip_is_offered_when_it_helps() {
        let long = Page::new("text/html", "渡口".repeat(100), &[]);
        assert!(!long.is_gzip_ready());
        assert!(long.gzip().is_some_and(|gzip| gzip.len() < long.body().len()));
        assert!(long.is_gzip_ready());
        assert_eq!(Page::new("text/html", "渡口", &[]).gzip(), None);
    }
}
