//! English words before a headline, in any order: UPDATE 2-CORRECTED-, CORRECTED-(OFFICIAL)-, STORY WITHDRAWN:.

use super::{Mark, Prefix};

/// How a word may be set to be one of an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    /// KILL, never Kill: news has the word too.
    Capitals,
    /// Urgent:, Breaking:.
    Any,
    /// Correction-, which nothing else is put together with.
    Hyphened,
}

/// The words of announcements, in capitals.
const WORDS: [(&str, Mark, Set); 62] = [
    ("KILL", Mark::Kill, Set::Capitals),
    ("KILLED", Mark::Kill, Set::Capitals),
    ("WITHDRAWN", Mark::Kill, Set::Hyphened),
    ("WITHDRAWAL", Mark::Kill, Set::Capitals),
    ("WITHDRAW", Mark::Kill, Set::Capitals),
    ("WITHDRAWS", Mark::Kill, Set::Capitals),
    ("RETRACTION", Mark::Kill, Set::Any),
    ("RETRACTED", Mark::Kill, Set::Hyphened),
    ("RETRACT", Mark::Kill, Set::Capitals),
    ("REMOVED", Mark::Removal, Set::Any),
    ("DELETED", Mark::Removal, Set::Any),
    ("CANCELED", Mark::Removal, Set::Any),
    ("CANCELLED", Mark::Removal, Set::Any),
    ("ELIMINATED", Mark::Removal, Set::Any),
    ("ELIMINATION", Mark::Removal, Set::Any),
    ("STORY", Mark::Copy, Set::Any),
    ("STORIES", Mark::Copy, Set::Any),
    ("ARTICLE", Mark::Copy, Set::Any),
    ("ITEM", Mark::Copy, Set::Any),
    ("PHOTO", Mark::Copy, Set::Any),
    ("PICTURE", Mark::Copy, Set::Any),
    ("GRAPHIC", Mark::Copy, Set::Any),
    ("VIDEO", Mark::Copy, Set::Any),
    ("MANDATORY", Mark::Copy, Set::Any),
    ("BULLETIN", Mark::Urgent(2), Set::Any),
    ("ADVISORY", Mark::Advisory, Set::Capitals),
    ("WITHHOLD", Mark::Advisory, Set::Capitals),
    ("WITHHELD", Mark::Advisory, Set::Capitals),
    ("MEDIA", Mark::Beside, Set::Any),
    ("EDITORS", Mark::Beside, Set::Any),
    ("EDITORIAL", Mark::Beside, Set::Any),
    ("NOTICE", Mark::Beside, Set::Any),
    ("OF", Mark::Beside, Set::Any),
    ("NEWS", Mark::Beside, Set::Any),
    ("OFFICIAL", Mark::Beside, Set::Any),
    ("COMPANY", Mark::Beside, Set::Any),
    ("SOURCE", Mark::Beside, Set::Any),
    ("CORRECTED", Mark::Correction, Set::Hyphened),
    ("CORRECTION", Mark::Correction, Set::Hyphened),
    ("CORRECTIONS", Mark::Correction, Set::Hyphened),
    ("CORRECTIVE", Mark::Correction, Set::Capitals),
    ("REFILE", Mark::Correction, Set::Hyphened),
    ("REFILED", Mark::Correction, Set::Hyphened),
    ("BRIEF", Mark::Brief, Set::Capitals),
    ("FLASH", Mark::Urgent(1), Set::Any),
    ("URGENT", Mark::Urgent(2), Set::Any),
    ("ALERT", Mark::Urgent(2), Set::Any),
    ("NEWSALERT", Mark::Urgent(2), Set::Any),
    ("BREAKING", Mark::Urgent(2), Set::Any),
    ("SNAP", Mark::Urgent(2), Set::Capitals),
    ("UPDATE", Mark::Update, Set::Any),
    ("UPDATED", Mark::Update, Set::Any),
    ("WRAPUP", Mark::Update, Set::Any),
    ("REPEAT", Mark::Update, Set::Capitals),
    ("RPT", Mark::Update, Set::Any),
    ("WRITETHRU", Mark::Update, Set::Any),
    ("LD", Mark::Update, Set::Any),
    ("EXCLUSIVE", Mark::Genre, Set::Any),
    ("FACTBOX", Mark::Genre, Set::Any),
    ("TABLE", Mark::Genre, Set::Any),
    ("ANALYSIS", Mark::Genre, Set::Any),
    ("INSIGHT", Mark::Genre, Set::Any),
];

/// What stands between the words of an announcement, and behind them.
const BETWEEN: [char; 14] = [' ', '-', '–', '—', ':', '：', '(', ')', '[', ']', '/', '*', '.', '!'];

/// Reads words and what divides them, up to the last sign that ends an announcement.
pub(super) fn prefix(headline: &str) -> Option<Prefix> {
    let mut at = headline.len() - headline.trim_start_matches(BETWEEN).len();
    let start = at;
    let mut ahead = Words::default();
    let mut found = None;
    loop {
        let rest = &headline[at..];
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        if !ahead.add(word) {
            break;
        }
        at += word.len();
        let rest = &headline[at..];
        let sign = &rest[..rest.len() - rest.trim_start_matches(BETWEEN).len()];
        at += sign.len();
        // Before the first of them the headline begins for those who know its kind.
        if !ahead.is_kind {
            ahead.prefix.title = at;
        }
        if ahead.ends_with(sign, &headline[at..]) {
            found = Some(Prefix { end: at, ..ahead.prefix });
        }
        if headline.len() == at || at - start > LONGEST {
            break;
        }
    }
    found
}

/// No announcement is longer, in bytes.
const LONGEST: usize = 60;

/// The words so far.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was seen, and none excludes another")]
struct Words {
    prefix: Prefix,
    last: Set,
    /// All of them are in capitals.
    shouted: bool,
    /// One of them must be in capitals and is not.
    doubtful: bool,
    /// REMOVED stands there, and nobody knows what.
    removed: bool,
    /// STORY, MANDATORY.
    of_copy: bool,
    /// EXCLUSIVE, URGENT: what the story is, not what became of it.
    is_kind: bool,
    numbered: bool,
    begun: bool,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            prefix: Prefix::default(),
            last: Set::Any,
            shouted: true,
            doubtful: false,
            removed: false,
            of_copy: false,
            is_kind: false,
            numbered: false,
            begun: false,
        }
    }
}

impl Words {
    /// Adds a word, if it is one of an announcement.
    fn add(&mut self, word: &str) -> bool {
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !number.is_empty() {
            // UPDATE 2, 1ST LD.
            self.numbered = number.len() <= 2
                && ["", "ST", "ND", "RD", "TH"].iter().any(|end| word[number.len()..].eq_ignore_ascii_case(end));
            return self.numbered;
        }
        // “Story of correction: …” is news; “Story removed: …” is none.
        let begins = word.starts_with(|c: char| c.is_ascii_uppercase()) || self.begun && word != "of";
        let known = WORDS.iter().find(|(known, ..)| begins && known.eq_ignore_ascii_case(word));
        let Some(&(_, mark, set)) = known else { return false };
        self.begun = true;
        let shouted = !word.contains(|c: char| c.is_ascii_lowercase());
        self.shouted &= shouted;
        self.doubtful |= set == Set::Capitals && !shouted;
        self.removed |= mark == Mark::Removal;
        self.of_copy |=
            mark == Mark::Copy || word.eq_ignore_ascii_case("MEDIA") || word.eq_ignore_ascii_case("BULLETIN");
        self.is_kind |= matches!(mark, Mark::Genre | Mark::Urgent(_) | Mark::Brief);
        self.last = set;
        self.numbered = false;
        self.prefix.add(mark);
        true
    }

    /// Whether `sign` ends an announcement of these words, before the headline `rest`.
    fn ends_with(&self, sign: &str, rest: &str) -> bool {
        /// What FLASH-, KILL- and BULLETIN- are put together with in news.
        const PARTS: [&str; 12] =
            ["FLOOD", "FROZEN", "MOB", "POINT", "SWITCH", "CARE", "LEVEL", "BOARD", "CASE", "DRIVE", "BACK", "OR"];
        if (self.doubtful || self.removed) && !self.of_copy {
            return false;
        }
        if rest.is_empty() {
            return true;
        }
        if sign == "-" {
            let joins =
                PARTS.iter().any(|part| rest.get(..part.len()).is_some_and(|c| c.eq_ignore_ascii_case(part)));
            let hyphened = self.last == Set::Hyphened || self.numbered;
            let may_begin = !rest.starts_with(|c: char| c.is_lowercase());
            return !joins && (self.shouted || hyphened && may_begin);
        }
        let parted = sign.contains([':', '：', '–', '—', ')', ']']) || sign.contains('-');
        // “MANDATORY KILL Mayor resigns”: no news has the two words.
        parted || self.shouted && self.of_copy && self.prefix.said.canceled
    }
}
