//! What news agencies are called, and how datelines name them.

use std::collections::HashMap;

use serde::Deserialize;

use super::Names;
use crate::story::Agency;

/// The agencies whose feeds have a name of their own.
#[derive(Debug)]
pub struct Agencies {
    all: Vec<NewsAgency>,
    by_name: HashMap<Agency, usize>,
}

/// One news agency.
#[derive(Debug)]
pub struct NewsAgency {
    /// Its word in URLs, which never changes.
    pub slug: String,
    /// What it is called.
    pub names: Names,
    /// How datelines name it; never empty.
    pub printed: Vec<Agency>,
}

impl Agencies {
    /// The agencies that come with the program.
    ///
    /// # Panics
    /// Never: a test reads them.
    #[must_use]
    pub fn embedded() -> Self {
        let written: Written =
            toml::from_str(include_str!("../../config/agencies.toml")).expect("the embedded agencies are sound");
        let all: Vec<NewsAgency> = written.agency.into_iter().map(WrittenAgency::read).collect();
        let by_name = all
            .iter()
            .enumerate()
            .flat_map(|(at, agency)| agency.printed.iter().map(move |name| (name.clone(), at)))
            .collect();
        Self { all, by_name }
    }

    /// All of them, in the order of the table.
    pub fn iter(&self) -> std::slice::Iter<'_, NewsAgency> {
        self.all.iter()
    }

    /// The agency with this slug.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&NewsAgency> {
        self.all.iter().find(|agency| agency.slug == slug)
    }

    /// The agency that a dateline names so.
    #[must_use]
    pub fn by_name(&self, name: &Agency) -> Option<&NewsAgency> {
        self.by_name.get(name).map(|&at| &self.all[at])
    }
}

impl<'a> IntoIterator for &'a Agencies {
    type Item = &'a NewsAgency;
    type IntoIter = std::slice::Iter<'a, NewsAgency>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    agency: Vec<WrittenAgency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAgency {
    slug: String,
    name: WrittenNames,
    r#as: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNames {
    zh: String,
    en: String,
}

impl WrittenAgency {
    fn read(self) -> NewsAgency {
        let WrittenAgency { slug, name: WrittenNames { zh, en }, r#as } = self;
        let mut printed: Vec<Agency> = r#as.iter().filter_map(|name| Agency::named(name)).collect();
        printed.sort();
        printed.dedup();
        NewsAgency { slug, names: Names { zh, en }, printed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_names_each_agency_once() {
        let agencies = Agencies::embedded();
        let slugs: HashSet<&str> = agencies.iter().map(|agency| &*agency.slug).collect();
        assert_eq!(slugs.len(), agencies.iter().count());
        let names: usize = agencies.iter().map(|agency| agency.printed.len()).sum();
        assert_eq!(names, agencies.by_name.len(), "a name stands with two agencies");
        assert!(slugs.iter().all(|slug| slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
        assert!(agencies.iter().all(|agency| !agency.printed.is_empty()));
    }

    #[test]
    fn an_agency_is_found_by_whatever_a_dateline_calls_it() {
        let agencies = Agencies::embedded();
        for (printed, slug) in
            [("新華社", "xinhua"), ("XINHUA", "xinhua"), ("Reuters", "reuters"), ("路透社", "reuters")]
        {
            let found = agencies.by_name(&Agency::named(printed).unwrap()).unwrap();
            assert_eq!(found.slug, slug, "{printed}");
        }
        assert!(agencies.by_name(&Agency::named("河口社").unwrap()).is_none());
    }
}
