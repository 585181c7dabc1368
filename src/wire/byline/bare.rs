//! Names that no role and no deed tells, only what they look like: 李学勤, ——苗　青, （夏昆山张翔辉）.

use super::{english, names};
use crate::story::Byline;

/// A name alone in a line, right under a headline: 李学勤, 李　明, 阿依努尔·买买提.
pub(in crate::wire) fn bare_name(text: &str) -> Option<Vec<Byline>> {
    let names: Vec<String> = names::spaced(text.trim())?;
    names
        .iter()
        .all(|name| {
            let surname =
                name.chars().next().is_some_and(|c| names::begins_with_surname(c.encode_utf8(&mut [0; 4])));
            let count = name.chars().count();
            count == 2 || (surname && (2..=4).contains(&count)) || name.contains('·')
        })
        .then(|| names::without_role(names))
}

/// Names alone, each told by its surname: 严守诚, 苗　青.
pub(in crate::wire) fn bare_surnamed(text: &str) -> Option<Vec<Byline>> {
    let short = text.chars().count() <= 24 && names::begins_with_surname(text);
    bare_name(text).filter(|people| short && people.iter().all(|person| names::has_surname(&person.name)))
}

/// ——苗　青, — Norah Quill: a name after a dash, which signs the text above it.
pub(in crate::wire) fn after_dash(text: &str) -> Option<Vec<Byline>> {
    let name = text
        .trim()
        .strip_prefix(['—', '–', '-', '─', '―'])?
        .trim_start_matches(['—', '–', '-', '─', '―', ' ', '\u{3000}']);
    bare_surnamed(name).or_else(|| english::signature(name))
}

/// Names without a role; in brackets only surnames tell them from other words.
pub(super) fn in_brackets(text: &str) -> Option<Vec<Byline>> {
    let names = names::spaced(text)?;
    // 元旦, 国庆: characters that begin words far more often than names.
    let is_surname = |c: char| {
        names::begins_with_surname(c.encode_utf8(&mut [0; 4]))
            && !"元国计信由平战安和时方相项花关别居全".contains(c)
    };
    let is_name = |name: &String| name.contains('·') || name.chars().next().is_some_and(is_surname);
    (names.iter().all(is_name) && !names.iter().any(|name| name.is_ascii())).then(|| names::without_role(names))
}
