//! What a path asks for. The paths are few, so this is an `enum` and a `match`.

use std::borrow::Cow;

use crate::edition::Address;
use crate::story::Language;

/// The longest path that is looked at, in bytes; ours are far shorter.
const LONGEST: usize = 1_024;

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// A page of the edition, if it has one there.
    Page(Address),
    /// A feed in whichever format: `/feeds/latest`.
    AnyFormat {
        /// The feed's path.
        path: String,
    },
    /// Whether we are alive.
    Health,
    /// Nothing that we have.
    Unknown,
    /// A path too long to be one of ours.
    TooLong,
}

impl Route {
    /// Reads the path of a URL, percent-encoded as it came.
    pub(super) fn parse(path: &str, query: Option<&str>, language: Language) -> Self {
        if path.len() > LONGEST {
            return Self::TooLong;
        }
        let Some(path) = decoded(path) else { return Self::Unknown };
        match &*path {
            "/healthz" => Self::Health,
            // Browsers and feed readers ask for it unbidden, and take an SVG.
            "/favicon.ico" => Self::Page(Address::Icon),
            path => match Address::parse(path, query, language) {
                Some(address) => Self::Page(address),
                None if path.starts_with("/feeds/") => Self::AnyFormat { path: path.to_owned() },
                None => Self::Unknown,
            },
        }
    }
}

/// `path` with its percent-encodings (RFC 3986 § 2.1) undone; `None` when it is not text.
fn decoded(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') {
        return Some(Cow::Borrowed(path));
    }
    let mut pieces = path.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.as_bytes().split_at_checked(2)?;
        let digit = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit(digits[0])? << 4 | digit(digits[1])?);
        bytes.extend_from_slice(rest);
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::needless_pass_by_value, reason = "a table reads better so")]

    use super::*;

    #[track_caller]
    fn leads(path: &str, wants: Route) {
        assert_eq!(Route::parse(path, None, Language::En), wants, "{path}");
    }

    fn page(path: &str) -> Route {
        Route::Page(Address::parse(path, None, Language::En).unwrap())
    }

    #[test]
    fn every_path_leads_somewhere() {
        leads("/", page("/"));
        leads("/healthz", Route::Health);
        leads("/favicon.ico", page("/icon.svg"));
        leads("/feeds/latest.rss", page("/feeds/latest.rss"));
        leads("/feeds/latest", Route::AnyFormat { path: "/feeds/latest".to_owned() });
        for unknown in ["", "*", "/feeds", "//", "/../etc/passwd", "/stories/1"] {
            leads(unknown, Route::Unknown);
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        leads("/%66eeds/latest%2Erss", page("/feeds/latest.rss"));
        leads("/feeds/%E6%B8%A1.rss", page("/feeds/渡.rss"));
        for bad in ["/%", "/%6", "/%zz", "/%+1", "/%ff", "/%00", "/%66%"] {
            leads(bad, Route::Unknown);
        }
    }

    #[test]
    fn a_path_has_a_length() {
        leads(&"/".repeat(LONGEST), Route::Unknown);
        leads(&"/".repeat(LONGEST + 1), Route::TooLong);
    }
}
