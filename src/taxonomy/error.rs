//! What can be wrong with a table of topics or regions.

use super::terms::Place;
use crate::story::BadCode;

/// What is wrong with a table, and where.
#[derive(Debug, thiserror::Error)]
#[error("{at}: {wrong}")]
pub struct Error {
    /// The file and line at fault.
    pub at: Place,
    /// What is wrong there.
    #[source]
    pub wrong: Wrong,
}

/// What can be wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Not TOML; the message says why.
    #[error("{0}")]
    Toml(String),
    /// A key that means nothing here.
    #[error("unknown key `{key}`, known are {known}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that there are.
        known: String,
    },
    /// A value of the wrong kind.
    #[error("`{key}` wants {wants}")]
    Wants {
        /// The value's key.
        key: String,
        /// What it must be.
        wants: &'static str,
    },
    /// A concept without a code.
    #[error("this has no `code`")]
    NoCode,
    /// A text that is no code.
    #[error("{0}")]
    BadCode(#[from] BadCode),
    /// A code or slug that something else has.
    #[error("“{what}” is there already, at {before}")]
    Twice {
        /// The code or slug.
        what: String,
        /// Where it is.
        before: Place,
    },
    /// A slug that could not stand in a URL as it is.
    #[error("“{slug}” is no slug: it wants at most 100 lower-case ASCII letters, digits, “-”, “_”, “.”")]
    BadSlug {
        /// The text.
        slug: String,
    },
    /// A new concept whose code makes no slug.
    #[error("“{code}” is new and cannot stand in a URL: it wants a slug of its own, slug = \"…\"")]
    NeedsSlug {
        /// The code.
        code: String,
    },
    /// Another slug for a concept that has one.
    #[error("the slug of “{code}” is “{slug}” for ever: feed readers know it")]
    SlugStays {
        /// The code.
        code: String,
        /// The slug that it has.
        slug: String,
    },
    /// A new concept without its names.
    #[error("“{code}” is new: it wants name = {{ zh = \"…\", en = \"…\" }}, and has no {missing}")]
    NeedsName {
        /// The code.
        code: String,
        /// The languages in which it has no name.
        missing: &'static str,
    },
    /// A name that would break lines and pages.
    #[error("`{key}` has a line break or another control character in it")]
    Control {
        /// The name's key.
        key: String,
    },
    /// A code that is another's but for capitals.
    #[error("“{code}” differs from “{other}” in capitals alone: write “{other}”")]
    Capitals {
        /// The code.
        code: String,
        /// What was meant.
        other: String,
    },
    /// A change that makes sense for a known concept only.
    #[error("“{code}” is not there, so nothing can be taken from it")]
    NotThere {
        /// The code.
        code: String,
    },
    /// A concept that is dropped and changed at once.
    #[error("“{code}” is dropped: nothing else can be said of it")]
    DroppedAndChanged {
        /// The code.
        code: String,
    },
    /// A dropped concept that others are part of.
    #[error(
        "“{code}” cannot be dropped: “{child}” is part of it, at {below}; drop that too, or change its broader"
    )]
    StillNeeded {
        /// The code of what is dropped.
        code: String,
        /// The code of a concept right below it.
        child: String,
        /// Where that says so.
        below: Place,
    },
    /// `broader` names a concept that is not there.
    #[error("broader “{broader}” is not in this table")]
    NoSuchBroader {
        /// The missing code.
        broader: String,
    },
    /// A concept is its own ancestor.
    #[error("“{code}” is part of itself: {circle}")]
    Circle {
        /// The code.
        code: String,
        /// The way from it back to it.
        circle: String,
    },
}
