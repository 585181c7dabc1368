//! Lays tables one over another: the first says what there is, each of the others changes that and adds to it.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::error::{Error, Wrong};
use super::terms::{Lists, Place, Term};
use super::written::{Code, Written, WrittenConcept};
use super::{Concept, Names, Scheme};

/// What the tables so far come to.
pub(super) struct Layers<C, T> {
    /// `None` for what was dropped.
    drafts: Vec<Option<Draft<C, T>>>,
    by_code: HashMap<C, usize>,
    /// Each code as it was written first, by the same in lower case.
    by_lower: HashMap<String, String>,
    dropped: HashMap<C, Place>,
    not: Vec<Term>,
    /// Terms to be taken out that were not in.
    idle: Vec<Term>,
    /// What the tables are called, in their order.
    tables: Vec<Arc<str>>,
}

/// A concept, with the lines that its errors are blamed on.
struct Draft<C, T> {
    concept: Concept<C, T>,
    slug_at: Place,
    broader_at: Place,
}

impl<C: Code, T: Lists> Layers<C, T> {
    pub(super) fn new() -> Self {
        Self {
            drafts: Vec::new(),
            by_code: HashMap::new(),
            by_lower: HashMap::new(),
            dropped: HashMap::new(),
            not: Vec::new(),
            idle: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Lays a table over those that are there.
    pub(super) fn lay(&mut self, name: Arc<str>, written: Written<C, T>) -> Result<(), Error> {
        self.tables.push(name);
        // Whoever writes a term means it, whatever a table below says of the phrase.
        let own: HashSet<&str> = written
            .concepts
            .iter()
            .flat_map(|concept| concept.terms.terms())
            .map(|(_, term)| &*term.text)
            .collect();
        self.not.retain(|phrase| !own.contains(&*phrase.text));
        self.not.extend(written.not);
        for written in written.concepts {
            self.mentioned_once(&written)?;
            self.spelt_alike(&written)?;
            let known = self.by_code.get(&written.code).copied();
            match known.and_then(|at| self.drafts[at].as_mut()) {
                _ if written.drop => self.dropping(written)?,
                Some(draft) => self.idle.extend(draft.change(written)?),
                None => {
                    self.by_code.insert(written.code.clone(), self.drafts.len());
                    self.drafts.push(Some(Draft::new(written)?));
                }
            }
        }
        Ok(())
    }

    /// A second word on the same concept in the same file is a slip of whoever wrote it.
    fn mentioned_once(&self, written: &WrittenConcept<C, T>) -> Result<(), Error> {
        let draft = self.by_code.get(&written.code).and_then(|&at| self.drafts[at].as_ref());
        let before = draft.map(|draft| &draft.concept.at).or_else(|| self.dropped.get(&written.code));
        match before.filter(|before| Arc::ptr_eq(&before.file, &written.at.file)) {
            Some(before) => written.wrong(Wrong::Twice { what: written.code.to_string(), before: before.clone() }),
            None => Ok(()),
        }
    }

    /// A new code that differs from a known one in capitals alone is a slip as well, and so are capitals in a scheme.
    fn spelt_alike(&mut self, written: &WrittenConcept<C, T>) -> Result<(), Error> {
        let code = written.code.to_string();
        let known = self.by_lower.entry(code.to_ascii_lowercase()).or_insert_with(|| code.clone());
        let scheme = code.split_once(':').map_or(String::new(), |(scheme, _)| scheme.to_ascii_lowercase() + ":");
        let other = if code.starts_with(&scheme) { known.clone() } else { scheme.clone() + &code[scheme.len()..] };
        if other == code { Ok(()) } else { written.wrong(Wrong::Capitals { code, other }) }
    }

    fn dropping(&mut self, written: WrittenConcept<C, T>) -> Result<(), Error> {
        if written.changes() {
            return written.wrong(Wrong::DroppedAndChanged { code: written.code.to_string() });
        }
        let Some(at) = self.by_code.remove(&written.code) else {
            return written.wrong(Wrong::NotThere { code: written.code.to_string() });
        };
        self.drafts[at] = None;
        self.dropped.insert(written.code, written.at);
        Ok(())
    }

    /// The scheme that they make together, if it is sound.
    pub(super) fn finish(self) -> Result<Scheme<C, T>, Error> {
        let drafts: Vec<Draft<C, T>> = self.drafts.into_iter().flatten().collect();
        let by_code: HashMap<C, usize> =
            drafts.iter().enumerate().map(|(at, draft)| (draft.concept.code.clone(), at)).collect();
        check_broader(&drafts, &by_code, &self.dropped)?;
        check_circles(&drafts, &by_code, &self.tables)?;
        let by_slug = by_slug(&drafts)?;
        let concepts = drafts.into_iter().map(|draft| draft.concept).collect();
        Ok(Scheme { concepts, not: self.not, idle: self.idle, by_code, by_slug, tables: self.tables })
    }
}

impl<C: Code, T: Lists> Draft<C, T> {
    fn new(written: WrittenConcept<C, T>) -> Result<Self, Error> {
        let code = || written.code.to_string();
        if !written.without.is_empty() {
            return written.wrong(Wrong::NotThere { code: code() });
        }
        let (zh, en) = match (written.zh.clone(), written.en.clone()) {
            (Some(zh), Some(en)) => (zh, en),
            (zh, en) => {
                let missing = match (zh, en) {
                    (Some(_), _) => "en",
                    (_, Some(_)) => "zh",
                    _ => "zh and en",
                };
                return written.wrong(Wrong::NeedsName { code: code(), missing });
            }
        };
        let (slug, slug_at) = match written.slug {
            Some((slug, at)) if is_slug(&slug) => (slug, at),
            Some((slug, at)) => return Err(Error { at, wrong: Wrong::BadSlug { slug } }),
            None => {
                let slug = code().to_ascii_lowercase();
                if !is_slug(&slug) {
                    return written.wrong(Wrong::NeedsSlug { code: code() });
                }
                (slug, written.at.clone())
            }
        };
        let (broader, broader_at) = written.broader.unwrap_or_else(|| (None, written.at.clone()));
        let (code, at, names, terms) = (written.code, written.at, Names { zh, en }, written.terms);
        let concept = Concept { code, slug, broader, names, terms, at };
        Ok(Self { concept, slug_at, broader_at })
    }

    /// Makes the changes, and returns the terms that were to be taken out and are not in: the table below has changed.
    fn change(&mut self, written: WrittenConcept<C, T>) -> Result<Vec<Term>, Error> {
        let concept = &mut self.concept;
        if let Some((slug, at)) = written.slug
            && slug != concept.slug
        {
            let wrong = Wrong::SlugStays { code: concept.code.to_string(), slug: concept.slug.clone() };
            return Err(Error { at, wrong });
        }
        let idle = written.without.into_iter().filter(|term| !take_out(&mut concept.terms, term)).collect();
        if let Some((broader, at)) = written.broader {
            (concept.broader, self.broader_at) = (broader, at);
        }
        if let Some(zh) = written.zh {
            concept.names.zh = zh;
        }
        if let Some(en) = written.en {
            concept.names.en = en;
        }
        let mut added = written.terms;
        for name in T::NAMES {
            if let (Some(list), Some(added)) = (concept.terms.list_mut(name), added.list_mut(name)) {
                list.append(added);
            }
        }
        concept.at = written.at;
        Ok(idle)
    }
}

impl<C: Code, T: Lists> WrittenConcept<C, T> {
    /// Whether it says anything beside the code.
    fn changes(&self) -> bool {
        let named = self.zh.is_some() || self.en.is_some();
        let found = !self.without.is_empty() || self.terms.terms().next().is_some();
        named || found || self.slug.is_some() || self.broader.is_some()
    }

    fn wrong<R>(&self, wrong: Wrong) -> Result<R, Error> {
        Err(Error { at: self.at.clone(), wrong })
    }
}

/// Takes the term out of every list that it is in, and says whether it was in any.
fn take_out<T: Lists>(terms: &mut T, gone: &Term) -> bool {
    let mut was_there = false;
    for name in T::NAMES {
        if let Some(list) = terms.list_mut(name) {
            list.retain(|term| {
                let stays = term.text != gone.text;
                was_there |= !stays;
                stays
            });
        }
    }
    was_there
}

fn is_slug(text: &str) -> bool {
    /// Bytes: a file of `build` is named after it, with an ending, and file systems take 255.
    const LONGEST: usize = 100;
    (1..=LONGEST).contains(&text.len())
        && !text.starts_with('.')
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}

/// Every concept's broader one is there, and was not dropped.
fn check_broader<C: Code, T>(
    drafts: &[Draft<C, T>],
    by_code: &HashMap<C, usize>,
    dropped: &HashMap<C, Place>,
) -> Result<(), Error> {
    for Draft { concept, broader_at, .. } in drafts {
        let Some(broader) = concept.broader.as_ref().filter(|code| !by_code.contains_key(code)) else { continue };
        let below = broader_at.clone();
        return Err(match dropped.get(broader) {
            Some(at) => {
                let (code, child) = (broader.to_string(), concept.code.to_string());
                Error { at: at.clone(), wrong: Wrong::StillNeeded { code, child, below } }
            }
            None => Error { at: below, wrong: Wrong::NoSuchBroader { broader: broader.to_string() } },
        });
    }
    Ok(())
}

/// No concept is part of itself. Of the lines that close a circle the last one is blamed: it was written when the
/// others were there.
fn check_circles<C: Code, T>(
    drafts: &[Draft<C, T>],
    by_code: &HashMap<C, usize>,
    tables: &[Arc<str>],
) -> Result<(), Error> {
    let parent = |at: &usize| drafts[*at].concept.broader.as_ref().and_then(|code| by_code.get(code)).copied();
    let above = |at: usize| std::iter::successors(Some(at), parent).skip(1);
    // A path that comes back to its start is no longer than the table; one that leads into a circle never ends.
    let is_part_of_itself = |at: usize| above(at).take(drafts.len()).any(|above| above == at);
    let circle = (0..drafts.len()).filter(|&at| is_part_of_itself(at));
    let Some(last) = circle.max_by_key(|&at| (drafts[at].broader_at.order(tables), drafts[at].broader_at.line))
    else {
        return Ok(());
    };
    let code = |at: usize| drafts[at].concept.code.to_string();
    let way: Vec<String> = above(last).take_while(|&at| at != last).map(code).collect();
    let circle = [vec![code(last)], way, vec![code(last)]].concat().join(" < ");
    Err(Error { at: drafts[last].broader_at.clone(), wrong: Wrong::Circle { code: code(last), circle } })
}

/// Slugs are compared when all tables are laid, since what was dropped leaves its slug free.
fn by_slug<C: Code, T>(drafts: &[Draft<C, T>]) -> Result<HashMap<String, usize>, Error> {
    let mut by_slug = HashMap::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        match by_slug.entry(draft.concept.slug.clone()) {
            Entry::Vacant(free) => free.insert(at),
            Entry::Occupied(taken) => {
                let before = drafts[*taken.get()].slug_at.clone();
                let wrong = Wrong::Twice { what: draft.concept.slug.clone(), before };
                return Err(Error { at: draft.slug_at.clone(), wrong });
            }
        };
    }
    Ok(by_slug)
}
