//! A table as it is written: TOML, with the line of everything that can be wrong later on.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Error, Wrong};
use super::terms::{Lists, Place, Term};
use crate::story::BadCode;

/// A file of concepts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<C, T> {
    pub(super) not: Vec<Term>,
    pub(super) concepts: Vec<WrittenConcept<C, T>>,
}

/// What a file says of one concept, which may be all or a change.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrittenConcept<C, T> {
    /// Where its code stands.
    pub(super) at: Place,
    pub(super) code: C,
    pub(super) slug: Option<(String, Place)>,
    /// `broader = ""` puts a concept at the top.
    pub(super) broader: Option<(Option<C>, Place)>,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) drop: bool,
    pub(super) without: Vec<Term>,
    pub(super) terms: T,
}

impl<C, T: Default> WrittenConcept<C, T> {
    pub(super) fn new(code: C, at: Place) -> Self {
        Self {
            at,
            code,
            slug: None,
            broader: None,
            zh: None,
            en: None,
            drop: false,
            without: Vec::new(),
            terms: T::default(),
        }
    }
}

/// What stands between the terms of a list that is one string, which is shorter to write and to review than an array
/// when there are hundreds.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '\n']).map(str::trim).filter(|term| !term.is_empty())
}

/// Reads a file; `name` is what messages call it.
pub(super) fn read<C, T>(name: &Arc<str>, text: &str) -> Result<Written<C, T>, Error>
where
    C: FromStr<Err = BadCode>,
    T: Lists,
{
    let reader = Reader::new(name, text);
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        reader.error(at, Wrong::Toml(error.message().to_owned()))
    })?;
    reader.table(table.get_ref())
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Knows which line of the file a byte is in.
struct Reader<'a> {
    name: &'a Arc<str>,
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(name: &'a Arc<str>, text: &'a str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { name, text, lines: std::iter::once(0).chain(after).collect() }
    }

    fn place(&self, at: usize) -> Place {
        Place { file: Arc::clone(self.name), line: self.lines.partition_point(|&begins| begins <= at) }
    }

    fn error(&self, at: usize, wrong: Wrong) -> Error {
        Error { at: self.place(at), wrong }
    }

    fn wants(&self, key: &str, value: &Value, wants: &'static str) -> Error {
        self.error(value.span().start, Wrong::Wants { key: key.to_owned(), wants })
    }

    fn unknown(&self, key: &Spanned<Cow<str>>, known: &[&str]) -> Error {
        let known = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        self.error(key.span().start, Wrong::UnknownKey { key: key.get_ref().to_string(), known })
    }

    fn table<C, T>(&self, table: &DeTable) -> Result<Written<C, T>, Error>
    where
        C: FromStr<Err = BadCode>,
        T: Lists,
    {
        let mut written = Written { not: Vec::new(), concepts: Vec::new() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "not" => written.not = self.list("not", value)?,
                word if word == T::WORD => {
                    let concepts = value.get_ref().as_array();
                    for concept in concepts.ok_or_else(|| self.wants(word, value, TABLES))? {
                        let table = concept.get_ref().as_table();
                        let table = table.ok_or_else(|| self.wants(word, concept, TABLES))?;
                        written.concepts.push(self.concept(table, concept.span().start)?);
                    }
                }
                _ => return Err(self.unknown(key, &["not", T::WORD])),
            }
        }
        Ok(written)
    }

    fn concept<C, T>(&self, table: &DeTable, at: usize) -> Result<WrittenConcept<C, T>, Error>
    where
        C: FromStr<Err = BadCode>,
        T: Lists,
    {
        let code = table.get("code").ok_or_else(|| self.error(at, Wrong::NoCode))?;
        let mut concept = WrittenConcept::new(self.code("code", code)?, self.place(code.span().start));
        for (key, value) in table {
            let (word, at) = (key.get_ref().as_ref(), || self.place(value.span().start));
            match word {
                "code" => {}
                "slug" => concept.slug = Some((self.string(word, value)?.to_owned(), at())),
                "broader" if value.get_ref().as_str() == Some("") => concept.broader = Some((None, at())),
                "broader" => concept.broader = Some((Some(self.code(word, value)?), at())),
                "name" => self.names(value, &mut concept)?,
                "drop" => {
                    let said = value.get_ref().as_bool();
                    concept.drop = said.ok_or_else(|| self.wants(word, value, "true or false"))?;
                }
                "without" => concept.without = self.list(word, value)?,
                "terms" => concept.terms = self.terms(value)?,
                _ => {
                    let known = ["code", "slug", "broader", "name", "terms", "without", "drop"];
                    return Err(self.unknown(key, &known));
                }
            }
        }
        Ok(concept)
    }

    fn names<C, T>(&self, value: &Value, concept: &mut WrittenConcept<C, T>) -> Result<(), Error> {
        let table = value.get_ref().as_table();
        for (key, value) in table.ok_or_else(|| self.wants("name", value, "{ zh = \"…\", en = \"…\" }"))? {
            match key.get_ref().as_ref() {
                "zh" => concept.zh = Some(self.one_line("zh", value)?.to_owned()),
                "en" => concept.en = Some(self.one_line("en", value)?.to_owned()),
                _ => return Err(self.unknown(key, &["zh", "en"])),
            }
        }
        Ok(())
    }

    fn terms<T: Lists>(&self, value: &Value) -> Result<T, Error> {
        let mut terms = T::default();
        let table = value.get_ref().as_table();
        for (key, value) in table.ok_or_else(|| self.wants("terms", value, "lists of terms"))? {
            let name = key.get_ref().as_ref();
            let list = terms.list_mut(name).ok_or_else(|| self.unknown(key, T::NAMES))?;
            *list = self.list(name, value)?;
        }
        Ok(terms)
    }

    /// A list of terms: an array, or one string with `、`, `，`, `,` or line breaks between them.
    fn list(&self, key: &str, value: &Value) -> Result<Vec<Term>, Error> {
        match value.get_ref() {
            DeValue::String(text) => {
                let mut looked = value.span().start;
                Ok(split(text).map(|term| self.term_after(&mut looked, value.span().end, term)).collect())
            }
            DeValue::Array(array) => {
                let mut terms = Vec::with_capacity(array.len());
                for value in array {
                    let text = self.string(key, value)?.trim();
                    if !text.is_empty() {
                        let at = self.place(value.span().start);
                        terms.push(Term { text: Cow::Owned(text.to_owned()), at });
                    }
                }
                Ok(terms)
            }
            _ => Err(self.wants(key, value, TERMS)),
        }
    }

    /// The term with the line in which it stands in a string. Terms stand in their order; one that is written with
    /// escapes (`\u00e9`) is not seen, and counts for the line of the one before it.
    fn term_after(&self, looked: &mut usize, end: usize, term: &str) -> Term {
        if let Some(at) = self.text[*looked..end].find(term) {
            *looked += at;
        }
        let at = self.place(*looked);
        if self.text[*looked..end].starts_with(term) {
            *looked += term.len();
        }
        Term { text: Cow::Owned(term.to_owned()), at }
    }

    fn string<'v>(&self, key: &str, value: &'v Value) -> Result<&'v str, Error> {
        value.get_ref().as_str().ok_or_else(|| self.wants(key, value, "a string"))
    }

    /// A string that stands in lines of XML, HTML and logs.
    fn one_line<'v>(&self, key: &str, value: &'v Value) -> Result<&'v str, Error> {
        let text = self.string(key, value)?;
        if text.contains(char::is_control) {
            return Err(self.error(value.span().start, Wrong::Control { key: key.to_owned() }));
        }
        Ok(text)
    }

    fn code<C: FromStr<Err = BadCode>>(&self, key: &str, value: &Value) -> Result<C, Error> {
        let text = self.string(key, value)?;
        text.parse().map_err(|bad: BadCode| self.error(value.span().start, bad.into()))
    }
}

const TABLES: &str = "to be written as a table in double brackets";
const TERMS: &str = "an array of terms, or a string with commas between them";

/// The bounds of a code, for the rooms of this folder.
pub(super) trait Code: Clone + Eq + std::hash::Hash + Display + FromStr<Err = BadCode> {}
impl<C: Clone + Eq + std::hash::Hash + Display + FromStr<Err = BadCode>> Code for C {}
