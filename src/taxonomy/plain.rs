//! Reads the built-in tables, at every start, in a tenth of the time that TOML takes.
//!
//! They are TOML in the plainest form: a key to a line, strings without escapes, long lists between lines of `"""`. A
//! table in any other form is left to `written.rs`, and a test reads both tables both ways.

use std::borrow::Cow;
use std::str::{FromStr, Lines};
use std::sync::Arc;

use super::terms::{Lists, Place, Term};
use super::written::{Written, WrittenConcept, split};

/// Reads a table, if it is as plain as that.
pub(super) fn read<C: FromStr, T: Lists>(name: &Arc<str>, text: &'static str) -> Option<Written<C, T>> {
    let mut page = Page { name, lines: text.lines(), line: 0 };
    let mut written = Written { not: Vec::new(), concepts: Vec::new() };
    while let Some(line) = page.next() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(word) = line.strip_prefix("[[") {
            let code = page.next()?.strip_prefix("code = ").and_then(unquoted)?;
            let concept = WrittenConcept::new(code.parse().ok()?, page.place());
            (word.strip_suffix("]]")? == T::WORD).then(|| written.concepts.push(concept))?;
        } else if let Some(word) = line.strip_prefix('[') {
            (word.strip_suffix(".terms]")? == T::WORD && !written.concepts.is_empty()).then_some(())?;
        } else {
            let (key, value) = line.split_once(" = ")?;
            match written.concepts.last_mut() {
                None if key == "not" => written.not = page.list(value)?,
                None => return None,
                Some(concept) => page.value(key, value, concept)?,
            }
        }
    }
    Some(written)
}

struct Page<'a> {
    name: &'a Arc<str>,
    lines: Lines<'static>,
    /// The line that was read last, from 1.
    line: usize,
}

impl Page<'_> {
    fn next(&mut self) -> Option<&'static str> {
        self.line += 1;
        self.lines.next()
    }

    fn place(&self) -> Place {
        Place { file: Arc::clone(self.name), line: self.line }
    }

    fn value<C: FromStr, T: Lists>(
        &mut self,
        key: &str,
        value: &'static str,
        concept: &mut WrittenConcept<C, T>,
    ) -> Option<()> {
        match key {
            "slug" => concept.slug = Some((unquoted(value)?.to_owned(), self.place())),
            "broader" => concept.broader = Some((Some(unquoted(value)?.parse().ok()?), self.place())),
            "name" => {
                for (key, value) in pairs(value)? {
                    match key {
                        "zh" => concept.zh = Some(value.to_owned()),
                        "en" => concept.en = Some(value.to_owned()),
                        _ => return None,
                    }
                }
            }
            "terms" => {
                for (key, value) in pairs(value)? {
                    self.add(value, concept.terms.list_mut(key)?);
                }
            }
            list => *concept.terms.list_mut(list)? = self.list(value)?,
        }
        Some(())
    }

    /// A string of terms, or the lines from here to `"""`.
    fn list(&mut self, value: &'static str) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        if value != "\"\"\"" {
            self.add(unquoted(value)?, &mut terms);
            return Some(terms);
        }
        loop {
            match self.next()? {
                "\"\"\"" => return Some(terms),
                line if line.contains(['"', '\\']) => return None,
                line => self.add(line, &mut terms),
            }
        }
    }

    fn add(&self, text: &'static str, terms: &mut Vec<Term>) {
        terms.extend(split(text).map(|term| Term { text: Cow::Borrowed(term), at: self.place() }));
    }
}

fn unquoted(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains(['"', '\\']))
}

/// `{ zh = "卫生", en = "health" }`
fn pairs(value: &'static str) -> Option<Vec<(&'static str, &'static str)>> {
    let mut rest = value.strip_prefix("{ ")?.strip_suffix("\" }")?;
    let mut pairs = Vec::new();
    loop {
        let (key, after) = rest.split_once(" = \"")?;
        let (text, after) = after.split_once("\", ").unwrap_or((after, ""));
        (!text.contains(['"', '\\'])).then(|| pairs.push((key, text)))?;
        if after.is_empty() {
            return Some(pairs);
        }
        rest = after;
    }
}
