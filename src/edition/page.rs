//! One printed page: its bytes, and what a cache wants to know of them.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::coding::{Coding, coded};
use crate::feed::{Part, as_uri};
use crate::story::{Language, Story, StoryId};

/// A page as it goes out. It never changes once it is printed.
#[derive(Debug)]
pub struct Page {
    media_type: &'static str,
    body: Bytes,
    etag: String,
    last_modified: Option<DateTime<Utc>>,
    /// With what each of them says: [`Story::seal`].
    stories: Vec<(StoryId, u64)>,
    older: Option<Part>,
    immutable: bool,
    language: Option<Language>,
    links: String,
    /// In the order of [`Coding::ALL`].
    coded: [OnceLock<Option<Bytes>>; Coding::ALL.len()],
}

impl Page {
    /// A page that shows `stories`. Its last change is that of the newest among them, unless [`Page::changed`]
    /// knows better.
    #[must_use]
    pub fn new(media_type: &'static str, body: impl Into<Bytes>, stories: &[Story]) -> Self {
        let body = body.into();
        Self {
            media_type,
            etag: etag(&body),
            body,
            last_modified: stories.iter().map(|story| story.versioncreated).max(),
            stories: stories.iter().map(|story| (story.id, story.seal())).collect(),
            older: None,
            immutable: false,
            language: None,
            links: String::new(),
            coded: [const { OnceLock::new() }; Coding::ALL.len()],
        }
    }

    /// What is at this address never changes, as with archive pages (RFC 5005 § 4): whoever has it need not ask
    /// again.
    #[must_use]
    pub fn immutable(mut self) -> Self {
        self.immutable = true;
        self
    }

    /// When the page last changed; `None` when nobody can say, and then no date goes out.
    #[must_use]
    pub fn changed(mut self, at: Option<DateTime<Utc>>) -> Self {
        self.last_modified = at;
        self
    }

    /// The page is followed by this part of the same feed.
    pub(super) fn followed_by(self, older: Option<Part>) -> Self {
        Self { older, ..self }
    }

    /// Where the older stories of the same feed are.
    pub(super) fn older(&self) -> Option<Part> {
        self.older
    }

    /// The page is in this language, and its address has others for readers of others.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// What the page is related to, for the `Link` header (RFC 8288 § 3): relation, URL, and media type or nothing.
    #[must_use]
    pub fn links<R, U, T>(mut self, links: impl IntoIterator<Item = (R, U, T)>) -> Self
    where
        R: AsRef<str>,
        U: AsRef<str>,
        T: AsRef<str>,
    {
        let links = links.into_iter().map(|(rel, href, kind)| link(rel.as_ref(), href.as_ref(), kind.as_ref()));
        self.links = links.collect::<Vec<_>>().join(", ");
        self
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

    /// The bytes in this coding, or `None` when that would not make them a third fewer. They are coded when first
    /// asked for, and whoever else asks meanwhile waits for that: see [`Page::is_ready`].
    pub fn coded(&self, coding: Coding) -> Option<&Bytes> {
        self.coded[coding as usize].get_or_init(|| coded(coding, &self.body)).as_ref()
    }

    /// Whether [`Page::coded`] would answer at once.
    #[must_use]
    pub fn is_ready(&self, coding: Coding) -> bool {
        self.coded[coding as usize].get().is_some()
    }

    /// The entity tag (RFC 9110 § 8.8.3), a digest of the bytes, so equal on every machine. It is weak, and so
    /// the same under any content coding.
    #[must_use]
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// When it last changed; `None` for a page that nobody can date.
    #[must_use]
    pub fn last_modified(&self) -> Option<DateTime<Utc>> {
        self.last_modified
    }

    /// Whether there will never be another page at its address.
    #[must_use]
    pub fn is_immutable(&self) -> bool {
        self.immutable
    }

    /// Its language, when its address has it in several.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// What `Link` says; empty when there is nothing to say. Printable ASCII.
    #[must_use]
    pub fn link_header(&self) -> &str {
        &self.links
    }

    /// The stories that it shows, and may link to.
    pub fn stories(&self) -> impl Iterator<Item = StoryId> {
        self.stories.iter().map(|(id, _)| *id)
    }

    /// Whether these are the stories that it shows, as it shows them.
    pub(super) fn shows(&self, stories: &[Story]) -> bool {
        let now = stories.iter().map(|story| (story.id, story.seal()));
        self.stories.iter().copied().eq(now)
    }

    /// What a reader who has the page has of these stories.
    pub(super) fn shown(&self) -> Shown {
        Shown { etag: self.etag.clone(), stories: self.stories.iter().copied().collect() }
    }

    /// The page as an answer to who has an earlier one: it is told by the tag of the whole page (RFC 3229 § 10.4.1).
    pub(super) fn instead_of(self, whole: &Self) -> Self {
        Self { etag: whole.etag.clone(), last_modified: whole.last_modified, ..self }
    }

    /// An upper bound of the memory that it takes, in bytes. Each coded form is only kept when it has at most two
    /// thirds of the bytes, so the three of them have at most twice as many.
    pub(super) fn weight(&self) -> usize {
        let texts = self.etag.capacity() + self.links.capacity();
        size_of::<Self>() + 3 * self.body.len() + texts + size_of_val(self.stories.as_slice())
    }
}

/// What a page showed that is no longer printed.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its tag.
    pub(super) etag: String,
    stories: HashSet<(StoryId, u64)>,
}

impl Shown {
    /// Whether the story stood there as it is now.
    pub(super) fn holds(&self, story: &Story) -> bool {
        self.stories.contains(&(story.id, story.seal()))
    }

    /// An upper bound of the memory that it takes, in bytes: a set has at most as many empty places as full ones, and
    /// some.
    pub(super) fn weight(&self) -> usize {
        size_of::<Self>() + self.etag.capacity() + 32 * (self.stories.capacity() + 8)
    }
}

/// The first half of the SHA-256 of the bytes, which is plenty: nobody gains by forging the tag of a page.
fn etag(body: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(body).into();
    let half = u128::from_be_bytes(digest[..16].try_into().expect("16 of 32 bytes"));
    format!("W/\"{half:032x}\"")
}

/// One link of the `Link` header.
fn link(rel: &str, href: &str, media_type: &str) -> String {
    let mut link = format!("<{}>; rel=\"{rel}\"", as_uri(href));
    if !media_type.is_empty() {
        let _ = write!(link, "; type=\"{media_type}\"");
    }
    link
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
    fn a_page_is_coded_once_and_only_when_asked() {
        let page = Page::new("text/html", "渡口".repeat(100), &[]);
        for coding in Coding::ALL {
            assert!(!page.is_ready(coding), "{coding:?}");
            let first = page.coded(coding).unwrap().as_ptr();
            assert!(page.is_ready(coding), "{coding:?}");
            assert_eq!(page.coded(coding).unwrap().as_ptr(), first, "{coding:?}");
        }
    }

    #[test]
    fn a_page_weighs_more_than_it_takes() {
        // Bytes that hardly repeat: the worst that can still be kept in a coding.
        let noise = (0_u32..4_000).flat_map(|n| [n.wrapping_mul(2_654_435_761).to_be_bytes()[0] & 0x1f, b'a']);
        for body in [noise.collect::<Vec<u8>>(), "渡口".repeat(5_000).into_bytes(), Vec::new()] {
            let page = Page::new("text/html", body, &[]).links([("self", "/feeds/latest.rss", "")]);
            let forms = Coding::ALL.iter().filter_map(|&coding| page.coded(coding)).map(Bytes::len).sum::<usize>();
            let takes =
                size_of::<Page>() + page.body().len() + forms + page.etag().len() + page.link_header().len();
            assert!(page.weight() >= takes, "{} of {takes}", page.weight());
        }
    }

    #[test]
    fn links_are_printable_whatever_they_lead_to() {
        let rss = "application/rss+xml";
        for (links, wants) in [
            (vec![], ""),
            (
                vec![("self", "/feeds/latest.rss", rss)],
                "</feeds/latest.rss>; rel=\"self\"; type=\"application/rss+xml\"",
            ),
            (
                vec![("self", "/a?q=渡>\r\n", ""), ("prev-archive", "https://wire.example/b?c=d&e=%20", "")],
                "</a?q=%E6%B8%A1%3E%0D%0A>; rel=\"self\", <https://wire.example/b?c=d&e=%20>; rel=\"prev-archive\"",
            ),
        ] {
            assert_eq!(Page::new("text/html", "", &[]).links(links.clone()).link_header(), wants, "{links:?}");
        }
    }
}
