//! `wirefeed.toml`: every room owns its options, and this file puts them together.
//!
//! What is written and what it means are two types: `Written` is the file, [`Config`] has its taxonomies and feed
//! definitions read and its names checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use bytesize::ByteSize;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::archive::Retention;
use crate::feed::{self, Catalogue, Site};
use crate::story::{Agency, Language};
use crate::taxonomy::{self, Regions, Table, Taxonomy, Topics};
use crate::{http, inbox};

/// Where readers find the site when nobody says.
pub const DEFAULT_BASE_URL: &str = "http://localhost:8080";

/// The file, with every key's default.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    title: String,
    base_url: String,
    author: String,
    language: Language,
    timezone: Tz,
    inbox: inbox::Options,
    archive: WrittenArchive,
    http: http::Options,
    taxonomy: WrittenTaxonomy,
    silence: BTreeMap<String, Patience>,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            title: "Wire".to_owned(),
            base_url: DEFAULT_BASE_URL.to_owned(),
            author: "Wire desk".to_owned(),
            language: Language::ZhHans,
            timezone: chrono_tz::Asia::Shanghai,
            inbox: inbox::Options::default(),
            archive: WrittenArchive::default(),
            http: http::Options::default(),
            taxonomy: WrittenTaxonomy::default(),
            silence: BTreeMap::new(),
        }
    }
}

/// How long an agency may be silent.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Patience(#[serde(with = "humantime_serde")] Duration);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenArchive {
    url: String,
    #[serde(with = "inbox::keep")]
    keep: Option<Duration>,
    max_size: Option<ByteSize>,
}

impl Default for WrittenArchive {
    fn default() -> Self {
        Self { url: "sqlite:wirefeed.db".to_owned(), keep: None, max_size: None }
    }
}

/// Files that are laid over the built-in tables, or stand in their place; and the folder of feeds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenTaxonomy {
    built_in: bool,
    #[serde(deserialize_with = "files")]
    topics: Vec<PathBuf>,
    #[serde(deserialize_with = "files")]
    regions: Vec<PathBuf>,
    feeds: Option<PathBuf>,
}

impl Default for WrittenTaxonomy {
    fn default() -> Self {
        Self { built_in: true, topics: Vec::new(), regions: Vec::new(), feeds: None }
    }
}

/// One file, or an array of them.
fn files<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    struct Files;

    impl<'de> serde::de::Visitor<'de> for Files {
        type Value = Vec<PathBuf>;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("a file, or an array of files")
        }

        fn visit_str<E: serde::de::Error>(self, file: &str) -> Result<Vec<PathBuf>, E> {
            Ok(vec![file.into()])
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<PathBuf>, A::Error> {
            std::iter::from_fn(|| seq.next_element().transpose()).collect()
        }
    }
    deserializer.deserialize_any(Files)
}

/// Everything that can be configured, read and checked.
#[derive(Debug)]
pub struct Config {
    /// Who publishes.
    pub site: Site,
    /// `[inbox]`.
    pub inbox: inbox::Options,
    /// `[archive] url`.
    pub archive: ArchiveUrl,
    /// `[archive] keep` and `max_size`.
    pub retention: Retention,
    /// `[http]`.
    pub http: http::Options,
    /// Topics and regions.
    pub taxonomy: Taxonomy,
    /// Feed definitions.
    pub catalogue: Catalogue,
    /// `[silence]`: agencies that something is wrong with when nothing of theirs has come for so long.
    pub silence: Vec<Watched>,
}

/// An agency from which news is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The word for it in the configuration, and in log and figures.
    pub slug: String,
    /// The names in datelines that it goes by.
    pub names: Vec<Agency>,
    /// How long it may be silent.
    pub patience: Duration,
}

/// Where the archive is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveUrl {
    /// `sqlite:PATH`.
    Sqlite(PathBuf),
}

impl std::str::FromStr for ArchiveUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            Some(path) => Ok(Self::Sqlite(path.into())),
            None => Err(format!("“{text}” is no archive: it wants sqlite:PATH")),
        }
    }
}

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The configuration is no TOML, has an unknown key or a wrong value, or is no text.
    #[error("{}:{line}: {what}", path.display())]
    At {
        /// The file.
        path: PathBuf,
        /// The line at fault.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// A table of topics or regions is not sound; the message shows file and line.
    #[error(transparent)]
    Taxonomy(#[from] taxonomy::Error),
    /// A feed definition is not sound.
    #[error("{}: {source}", folder.display())]
    Feed {
        /// The folder of definitions.
        folder: PathBuf,
        /// Which file, and what is wrong with it.
        source: Box<feed::Error>,
    },
}

impl Config {
    /// Reads a configuration file; without one, `wirefeed.toml` or `config/wirefeed.toml` in the working folder if
    /// there is one, else the defaults. Relative paths in it are from the working folder.
    ///
    /// # Errors
    /// When something in it is wrong; the message names file and line.
    pub fn load(file: Option<&Path>) -> Result<Self, Error> {
        let usual =
            || ["wirefeed.toml", "config/wirefeed.toml"].map(Path::new).into_iter().find(|path| path.is_file());
        match file.or_else(usual) {
            Some(path) => Self::parse(&read(path)?, path),
            None => Self::parse("", Path::new("built-in configuration")),
        }
    }

    /// Reads a configuration; `path` is what errors say of it.
    ///
    /// # Errors
    /// The same as of [`Config::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let at = |line, what| Error::At { path: path.to_owned(), line, what };
        let written: Written = toml::from_str(text).map_err(|error| {
            at(line_of(text, error.span().map_or(0, |span| span.start)), error.message().replace('\n', "; "))
        })?;
        let value = |key: &str, what: String| at(line_of_key(text, key), what);
        let base_url = written.base_url.trim_end_matches('/').to_owned();
        if !is_base_url(&base_url) {
            return Err(value("base_url", format!("base_url “{base_url}” is no http(s) URL of printable ASCII")));
        }
        // The rule names the key that breaks it first.
        let key = |what: &str| what.split(' ').next().unwrap_or_default().to_owned();
        written.http.check().map_err(|what| value(&key(&what), format!("[http] {what}")))?;
        let archive =
            written.archive.url.parse().map_err(|what| value("url", format!("[archive] url: {what}")))?;
        let taxonomy = taxonomy(&written.taxonomy)?;
        let catalogue = match &written.taxonomy.feeds {
            Some(folder) => catalogue(folder, &taxonomy)?,
            None => Catalogue::embedded(),
        };
        Ok(Self {
            site: Site {
                title: written.title,
                base_url,
                author: written.author,
                language: written.language,
                timezone: written.timezone,
            },
            inbox: written.inbox,
            archive,
            retention: Retention { keep: written.archive.keep, max_size: written.archive.max_size },
            http: written.http,
            silence: watched(&written.silence, &taxonomy).map_err(|(key, what)| value(&key, what))?,
            taxonomy,
            catalogue,
        })
    }
}

/// A file as text. What is no file, or larger than any table, would be read for ever.
fn read(path: &Path) -> Result<String, Error> {
    /// Bytes; the built-in regions have one million.
    const LARGEST: u64 = 64 << 20;
    let told = |source| Error::Unreadable { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(told)?;
    if !metadata.is_file() {
        return Err(told(io::Error::other("not a file")));
    }
    if metadata.len() > LARGEST {
        return Err(told(io::Error::other("larger than 64 MiB")));
    }
    text(fs::read(path).map_err(told)?).map_err(|(line, what)| Error::At { path: path.to_owned(), line, what })
}

/// Bytes as the text that they are in UTF-8, or the line where they are not, and what they are.
fn text(bytes: Vec<u8>) -> Result<String, (usize, String)> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err((1, "this is UTF-16; it wants UTF-8".to_owned()));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let (sound, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let line = bytes[..sound].split(|byte| *byte == b'\n').count();
        (line, format!("byte {} of the file ({:#04x}) is not UTF-8", sound + 1, bytes[sound]))
    })?;
    // Some editors put a byte order mark before UTF-8.
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// The line that a byte of a text is in, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].split(|byte| *byte == b'\n').count()
}

/// The first line that sets a key, or the first of all.
fn line_of_key(text: &str, key: &str) -> usize {
    let sets =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(sets).map_or(1, |line| line + 1)
}

/// It stands in every link, so it must need no escaping.
fn is_base_url(url: &str) -> bool {
    let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    let printable = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'&' | b'\'' | b'?' | b'#');
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && host.bytes().all(printable))
}

/// The agencies of `[silence]`: by their slug, or, where no table knows them, by their name in datelines. On an error,
/// the key and what is wrong with it.
fn watched(silence: &BTreeMap<String, Patience>, taxonomy: &Taxonomy) -> Result<Vec<Watched>, (String, String)> {
    let one = |(slug, patience): (&String, &Patience)| {
        let wrong = |what: &str| (slug.clone(), format!("[silence] {slug}: {what}"));
        let known = taxonomy.agencies.by_slug(slug).map(|agency| agency.printed.clone());
        let names = match known {
            Some(names) => names,
            None => vec![Agency::named(slug).ok_or_else(|| wrong("this is no name"))?],
        };
        if patience.0.is_zero() {
            return Err(wrong("everybody is silent for longer than that"));
        }
        Ok(Watched { slug: slug.clone(), names, patience: patience.0 })
    };
    silence.iter().map(one).collect()
}

fn taxonomy(written: &WrittenTaxonomy) -> Result<Taxonomy, Error> {
    let tables = |built_in: fn() -> Table, files: &[PathBuf]| {
        let own = files.iter().map(|path| Ok(Table::new(&path.to_string_lossy(), read(path)?)));
        written.built_in.then(built_in).map(Ok).into_iter().chain(own).collect::<Result<Vec<Table>, Error>>()
    };
    let (topics, regions) = (tables(Table::topics, &written.topics)?, tables(Table::regions, &written.regions)?);
    // A start waits for both, so they are read side by side.
    let (topics, regions) = std::thread::scope(|threads| {
        let topics = threads.spawn(|| Topics::layered(topics));
        let regions = Regions::layered(regions);
        (topics.join().expect("reading a table does not fail but with an error"), regions)
    });
    Ok(Taxonomy::new(topics?, regions?))
}

fn catalogue(folder: &Path, taxonomy: &Taxonomy) -> Result<Catalogue, Error> {
    let mut files = Vec::new();
    for (name, path) in entries(folder)? {
        if path.is_dir() {
            for (inner, path) in entries(&path)? {
                files.extend(definition(&format!("{name}/{inner}"), &path)?);
            }
        } else {
            files.extend(definition(&name, &path)?);
        }
    }
    files.sort();
    Catalogue::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())), taxonomy)
        .map_err(|source| Error::Feed { folder: folder.to_owned(), source: source.into() })
}

/// What is in a folder, with its names.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let unreadable = |source| Error::Unreadable { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    Ok(entries)
}

/// A file of feeds, if it is one.
fn definition(name: &str, path: &Path) -> Result<Option<(String, String)>, Error> {
    let is_definition = path.extension().is_some_and(|extension| extension == "toml");
    is_definition.then(|| Ok((name.to_owned(), read(path)?))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Error> {
        Config::parse(text, Path::new("wirefeed.toml"))
    }

    #[track_caller]
    fn refuses(text: &str, says: &[&str]) {
        let message = parse(text).unwrap_err().to_string();
        for part in says {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn the_shipped_file_says_nothing_but_the_defaults() {
        let shipped = parse(include_str!("../config/wirefeed.toml")).unwrap();
        let default = parse("").unwrap();
        assert_eq!((shipped.site, shipped.inbox), (default.site, default.inbox));
        assert_eq!((shipped.archive, shipped.http), (default.archive, default.http));
    }

    #[test]
    fn a_file_that_is_no_text_is_shown_with_the_line() {
        for (bytes, says) in [
            (&b"\xff\xfet\0"[..], "own.toml:1: this is UTF-16; it wants UTF-8"),
            (b"# 1\n# 2\ntitle = \"\xd0\xc2\"", "own.toml:3: byte 18 of the file (0xd0) is not UTF-8"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("own.toml");
            fs::write(&path, bytes).unwrap();
            let message = Config::load(Some(&path)).unwrap_err().to_string();
            assert!(message.ends_with(says), "{message}");
        }
        assert_eq!(text(b"\xef\xbb\xbfa = 1".to_vec()).as_deref(), Ok("a = 1"));
    }

    #[test]
    fn a_folder_of_feeds_replaces_the_built_in_ones() {
        let folder = tempfile::tempdir().unwrap();
        let with_folder = || parse(&format!("[taxonomy]\nfeeds = {:?}\n", folder.path()));
        fs::write(folder.path().join("front.toml"), include_str!("../feeds/latest.toml")).unwrap();
        let config = with_folder().unwrap();
        let paths: Vec<String> =
            config.catalogue.feeds(&config.site, &config.taxonomy).map(|feed| feed.path).collect();
        assert_eq!(paths, ["/feeds/front"]);

        fs::write(folder.path().join("broken.toml"), "titel = \"x\"\n").unwrap();
        let message = with_folder().unwrap_err().to_string();
        assert!(message.contains("broken.toml") && message.contains("titel"), "{message}");
    }

    #[test]
    fn tables_are_laid_over_the_built_in_ones_or_take_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).unwrap();
            folder.path().join(name)
        };
        let bay =
            file("bay.toml", "[[region]]\ncode = 'ours:bay'\nslug = 'bay'\nname = { zh = '湾', en = 'Bay' }\n");
        let more = file("more.toml", "[[region]]\ncode = 'ours:bay'\nslug = 'baie'\n");
        let regions = |lines: &str| parse(&format!("[taxonomy]\n{lines}\n"));
        let config = regions(&format!("regions = {bay:?}")).unwrap();
        assert!(
            config.taxonomy.regions.by_slug("bay").is_some() && config.taxonomy.regions.by_slug("fr").is_some()
        );
        let config = regions(&format!("built_in = false\nregions = [{bay:?}]")).unwrap();
        assert_eq!(config.taxonomy.regions.iter().count(), 1);
        assert_eq!(config.taxonomy.topics.iter().count(), 0);
        let message = regions(&format!("regions = [{bay:?}, {more:?}]")).unwrap_err().to_string();
        assert!(message.contains("more.toml:3: the slug of “ours:bay” is “bay” for ever"), "{message}");
        refuses("[taxonomy]\nregions = 1\n", &["wirefeed.toml:2: ", "a file, or an array of files"]);
    }

    #[test]
    fn an_agency_that_must_not_be_silent_is_known_by_its_slug_or_its_name() {
        let config = parse("[silence]\nxinhua = \"2h\"\n\"河口通讯社\" = \"1d\"\n").unwrap();
        let [xinhua, own] = config.silence.as_slice() else { panic!("{:?}", config.silence) };
        let named = |name| Agency::named(name).unwrap();
        assert!(xinhua.names.contains(&named("新华社")) && xinhua.names.contains(&named("Xinhua")));
        assert_eq!(xinhua.patience, Duration::from_hours(2));
        assert_eq!((own.names.as_slice(), own.patience), (&[named("河口通讯社")][..], Duration::from_hours(24)));
    }

    #[test]
    fn mistakes_are_shown_with_file_line_and_the_keys_that_are_known() {
        refuses("title = \"x\"\n[inbox]\npth = \"in\"\n", &["wirefeed.toml:3: ", "pth", "`path`", "`settle`"]);
        refuses("[inbox]\nsettle = \"soon\"\n", &["wirefeed.toml:2: "]);
        refuses(
            "[archive]\nurl = \"mysql://x\"\n",
            &["wirefeed.toml:2: [archive] url", "mysql://x", "sqlite:PATH"],
        );
        refuses("\nbase_url = \"ftp://x\"\n", &["wirefeed.toml:2: base_url", "ftp://x"]);
        refuses("[http]\nmax_connections = 0\n", &["wirefeed.toml:2: [http] max_connections", "nobody"]);
        refuses("[silence]\nxinhua = \"0s\"\n", &["wirefeed.toml:2: [silence] xinhua"]);
        refuses("[silence]\nxinhua = \"soon\"\n", &["wirefeed.toml:2: "]);
        refuses("[http]\nwrite_timeout = \"0s\"\n", &["wirefeed.toml:2: [http] write_timeout", "nobody"]);
        refuses("timezone = \"Mars/Base\"\n", &["wirefeed.toml:1: "]);
        refuses("[inbox\n", &["wirefeed.toml:1: "]);
        refuses("[taxonomy]\ntopics = \"no/such/file\"\n", &["no/such/file"]);
    }
}
