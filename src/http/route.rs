//! What a path asks for. The paths are few, so this is an `enum` and a `match`.

use std::borrow::Cow;

use crate::edition::Address;
use crate::story::Language;

/// The longest URL that is looked at, in bytes: what RFC 9110 § 4.1 wants everybody to take. Ours are far shorter.
const LONGEST: usize = 8_000;

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
    /// A page that other sites have elsewhere, or one with a slash too many: it is at this URL, relative to the one
    /// that was asked for, so that it holds behind a proxy that serves us below a path of its own.
    Elsewhere(String),
    /// Whether we are alive.
    Health,
    /// Whether we can do our work.
    Readiness,
    /// What we have counted.
    Figures,
    /// Nothing that we have.
    Unknown,
    /// A URL too long to be one of ours.
    TooLong,
}

/// Where feed readers, and people who guess, look for a feed.
const GUESSES: [(&str, &str); 12] = [
    ("/feed", "feeds/latest.rss"),
    ("/rss", "feeds/latest.rss"),
    ("/feed.xml", "feeds/latest.rss"),
    ("/rss.xml", "feeds/latest.rss"),
    ("/index.xml", "feeds/latest.rss"),
    ("/atom", "feeds/latest.atom"),
    ("/atom.xml", "feeds/latest.atom"),
    ("/feed.json", "feeds/latest.json"),
    // Browsers and feed readers ask for it unbidden, and take an SVG.
    ("/favicon.ico", "icon.svg"),
    ("/index.html", "./"),
    // The index lists all feeds.
    ("/feeds", "./"),
    ("/feeds/", "../"),
];

impl Route {
    /// Reads the path of a URL, percent-encoded as it came, with the query that follows it; pages for people are
    /// asked for in this language.
    pub(super) fn parse(path: &str, query: Option<&str>, language: Language) -> Self {
        if path.len() + query.map_or(0, str::len) > LONGEST {
            return Self::TooLong;
        }
        match decoded(path) {
            Some(path) => Self::of(&path, query, language),
            None => Self::Unknown,
        }
        .or_without_slash(path, language)
    }

    fn of(path: &str, query: Option<&str>, language: Language) -> Self {
        match path {
            "/healthz" => Self::Health,
            "/readyz" => Self::Readiness,
            "/metrics" => Self::Figures,
            path => {
                match (Address::parse(path, query, language), GUESSES.iter().find(|(guess, _)| *guess == path)) {
                    (Some(address), _) => Self::Page(address),
                    (None, Some((_, there))) => Self::Elsewhere((*there).to_owned()),
                    (None, None) if is_feed(path) => Self::AnyFormat { path: path.to_owned() },
                    (None, None) => Self::Unknown,
                }
            }
        }
    }

    /// This route; if it leads nowhere and the path (as it came) ends in slashes, the way to the path without them.
    fn or_without_slash(self, path: &str, language: Language) -> Self {
        let trimmed = path.trim_end_matches('/');
        if self != Self::Unknown || trimmed.len() == path.len() {
            return self;
        }
        let leads = decoded(trimmed).is_some_and(|trimmed| Self::of(&trimmed, None, language) != Self::Unknown);
        match trimmed.rsplit_once('/') {
            Some((_, name)) if leads => Self::Elsewhere("../".repeat(path.len() - trimmed.len()) + name),
            _ => Self::Unknown,
        }
    }

    /// Which kind of thing was asked for: one of few words, however many addresses there are.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Page(Address::Index(_)) => "index",
            Self::Page(Address::Story(..)) => "story",
            Self::Page(Address::Style | Address::FeedStyle | Address::Icon | Address::Robots) => "asset",
            Self::Page(Address::Page(..)) => "page",
            Self::Page(Address::Opml | Address::Family(_)) => "opml",
            Self::Page(Address::Feed(_, format)) => format.extension(),
            Self::AnyFormat { .. } | Self::Elsewhere(_) => "redirect",
            Self::Health | Self::Readiness => "probe",
            Self::Figures => "metrics",
            Self::Unknown | Self::TooLong => "unknown",
        }
    }
}

/// Whether a path could be that of a feed without its format.
fn is_feed(path: &str) -> bool {
    path.strip_prefix("/feeds/").is_some_and(|name| !name.is_empty() && !name.ends_with('/'))
}

/// Whether readers that run in other sites' pages may see what is at this path: feeds, and what leads to them.
pub(super) fn is_open(path: &str) -> bool {
    let leads_to_feed = |(guess, there): &(&str, &str)| *guess == path && there.starts_with("feeds/");
    path.starts_with("/feeds/") || path.starts_with("/feeds.") || GUESSES.iter().any(leads_to_feed)
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

    fn elsewhere(there: &str) -> Route {
        Route::Elsewhere(there.to_owned())
    }

    #[test]
    fn every_path_leads_somewhere() {
        leads("/", page("/"));
        leads("/healthz", Route::Health);
        leads("/readyz", Route::Readiness);
        leads("/metrics", Route::Figures);
        leads("/feeds/latest.rss", page("/feeds/latest.rss"));
        leads("/feeds/latest", Route::AnyFormat { path: "/feeds/latest".to_owned() });
        for unknown in ["", "*", "//", "/../etc/passwd", "/stories/1", "/stories/1/"] {
            leads(unknown, Route::Unknown);
        }
    }

    #[test]
    fn guesses_and_slashes_lead_on() {
        for (path, there) in [
            ("/feed", "feeds/latest.rss"),
            ("/rss", "feeds/latest.rss"),
            ("/feed.xml", "feeds/latest.rss"),
            ("/rss.xml", "feeds/latest.rss"),
            ("/index.xml", "feeds/latest.rss"),
            ("/atom", "feeds/latest.atom"),
            ("/atom.xml", "feeds/latest.atom"),
            ("/feed.json", "feeds/latest.json"),
            ("/favicon.ico", "icon.svg"),
            ("/feeds", "./"),
            ("/feeds/", "../"),
            ("/feeds/latest/", "../latest"),
            ("/feeds/latest///", "../../../latest"),
            ("/feeds/topics/health.rss/", "../health.rss"),
            ("/%66eeds/l%61test/", "../l%61test"),
            ("/rss/", "../rss"),
            ("/metrics/", "../metrics"),
        ] {
            leads(path, elsewhere(there));
        }
        for (_, there) in GUESSES.iter().filter(|(_, there)| there.ends_with("rss")) {
            assert!(matches!(Route::parse(&format!("/{there}"), None, Language::En), Route::Page(_)), "{there}");
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        leads("/%66eeds/latest%2Erss", page("/feeds/latest.rss"));
        leads("/feeds/%E6%B8%A1.rss", page("/feeds/渡.rss"));
        for bad in ["/%", "/%6", "/%zz", "/%+1", "/%ff", "/%00", "/%66%", "/%zz/"] {
            leads(bad, Route::Unknown);
        }
    }

    #[test]
    fn a_url_has_a_length() {
        let parse =
            |path: usize, query: usize| Route::parse(&"/".repeat(path), Some(&"q".repeat(query)), Language::En);
        for (path, query, wants) in [
            (LONGEST, 0, Route::Unknown),
            (LONGEST + 1, 0, Route::TooLong),
            (1, LONGEST - 1, page("/")),
            (1, LONGEST, Route::TooLong),
        ] {
            assert_eq!(parse(path, query), wants, "{path} {query}");
        }
    }

    #[test]
    fn feeds_are_open_to_other_sites_and_nothing_else_is() {
        for open in ["/feeds/latest.rss", "/feeds/topics/none", "/feeds.opml", "/rss", "/feed.json"] {
            assert!(is_open(open), "{open}");
        }
        for closed in ["/", "/metrics", "/stories/1", "/favicon.ico", "/feedsx", "*", ""] {
            assert!(!is_open(closed), "{closed}");
        }
    }
}
