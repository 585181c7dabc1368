//! English notes: EMBARGOED UNTIL 1800 GMT NOV 20, NOT FOR RELEASE BEFORE 6 P.M.

mod ban;
mod bound;
mod mark;
mod time;

use self::bound::{Bound, LOOSE, bound, contains_any};
use super::fold::fold;
use super::frame::Frame;
use super::moment::Moment;
use super::{Note, Scope};

/// Reads a note.
pub(super) fn read(printed: &str, frame: Frame) -> Option<Note> {
    let upper = unspaced(fold(printed));
    let upper = upper.trim_start_matches(|c: char| c.is_whitespace() || "*+=-\"".contains(c));
    // A line with small letters may be a headline: Embargo until 2028 strains grain trade.
    let set_as_news = frame != Frame::Note && printed.chars().any(char::is_lowercase);
    let until = bound(upper).and_then(|bound| until(bound, set_as_news || frame == Frame::Inside));
    let until = until.or_else(|| mark::binds(upper, set_as_news).then_some(None));
    until.map(|until| Note { scope: scope(upper), until, is_chinese: false })
}

/// Until when the words that bind hold, if they are those of a note; the time is missing where it cannot be read.
#[expect(clippy::option_option, reason = "no note, a note without a time that can be read, and one with it")]
fn until(Bound { rest, sure }: Bound, set_as_news: bool) -> Option<Option<Moment>> {
    let rest = rest.trim_start_matches(LOOSE);
    let until = time::read(rest);
    (until.is_some() || sure || !set_as_news || time::names_hour(rest)).then_some(until)
}

/// The mark before a headline that holds its story back: EMBARGOED: …, HFR-…, ADV30-….
pub(super) fn heads(headline: &str) -> bool {
    const MARKS: [&str; 5] = ["EMBARGOED", "STRICTLY EMBARGOED", "UNDER EMBARGO", "HOLD FOR RELEASE", "HFR"];
    /// What EMBARGO- is put together with in news.
    const PARTS: [&str; 12] =
        ["BUST", "BREAK", "HIT", "FREE", "ERA", "RUN", "LIKE", "LADEN", "RELATED", "STYLE", "DODG", "EVAD"];
    let upper = fold(headline.trim_start_matches(['*', '[', '(', ' ']));
    let parted = |rest: &str| {
        let sign = rest.trim_start();
        let title = sign.trim_start_matches([':', '-', '–', '—', '|', '/', ' ']);
        (title.len() < sign.len() && title.starts_with(char::is_alphanumeric)).then_some(title.len())
    };
    // “Embargoed-goods trade” is news.
    let begins_title = |left: usize| {
        let title = &upper[upper.len() - left..];
        let printed: String = headline.chars().rev().take(title.chars().count()).collect();
        !printed.ends_with(char::is_lowercase) && !PARTS.iter().any(|part| title.starts_with(part))
    };
    let marked = MARKS.iter().find_map(|mark| parted(upper.strip_prefix(mark)?)).or_else(|| {
        // EMBARGO: Study finds …, where EMBARGO alone is in capitals.
        let mark = headline.starts_with("EMBARGO") && headline.chars().any(char::is_lowercase);
        parted(upper.strip_prefix("EMBARGO").filter(|_| mark)?)
    });
    marked.is_some_and(begins_title)
        || mark::is_advance(&upper)
        || headline.contains("EMBARGOED UNTIL") && headline.chars().any(char::is_lowercase)
}

/// EMBARGOED, HFR, ADV30 in a slug; EMBARGO is a keyword there.
pub(super) fn is_mark(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    matches!(upper.as_str(), "EMBARGOED" | "HFR") || mark::is_advance(&upper)
}

/// E M B A R G O E D  UNTIL as EMBARGOED UNTIL.
fn unspaced(text: String) -> String {
    if !text.contains("E M B A R G O") {
        return text;
    }
    let mut closed = String::with_capacity(text.len());
    let mut last = 0;
    for word in text.split(' ') {
        if !closed.is_empty() && (word.len() != 1 || last != 1) {
            closed.push(' ');
        }
        closed.push_str(word);
        last = word.len();
    }
    closed.replace("  ", " ")
}

fn scope(text: &str) -> Scope {
    const WORDS: [(&[&str], Scope); 4] = [
        (&["ABOVE STOR", "ABOVE ITEM", "ABOVE ARTICLE"], Scope::Above),
        (&["FOLLOWING", "STORIES BELOW", "BELOW STOR"], Scope::Below),
        (&["ALL STORIES", "THESE STORIES", "ALL ITEMS", "ON THIS PAGE"], Scope::Page),
        (&["THIS "], Scope::This),
    ];
    WORDS.iter().find(|(words, _)| contains_any(text, words)).map_or(Scope::Unsaid, |(_, scope)| *scope)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, WITHHELD, check_all};

    #[test]
    fn notes_in_many_words() {
        let eight = "2026-11-21T00:00";
        check_all(&[
            ("EMBARGOED UNTIL 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("Embargoed until 00:01 GMT, Nov 21, 2026", "2026-11-21T00:01"),
            ("NOT FOR RELEASE BEFORE 6 p.m. EST, Nov. 20", "2026-11-20T23:00"),
            ("EMBARGOED UNTIL 6 p.m. ET, Nov. 20", WITHHELD),
            ("[EMBARGOED UNTIL 0000 GMT NOV 21]", eight),
            ("Eds: EMBARGOED UNTIL 0000 GMT, NOV 21", eight),
            ("NOT FOR RELEASE UNTIL 0000 GMT NOV 21", eight),
            ("EMBARGO 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("EMBARGO: 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("FOR RELEASE AFTER 1800 GMT NOV 20", "2026-11-20T18:00"),
            (
                "This story may not be published, broadcast or distributed before 1800 GMT on Nov 21. \
                 Subscribers are asked to keep to it in print and online.",
                "2026-11-21T18:00",
            ),
            (
                "This story may not be published, broadcast or distributed before the ceremony ends on Nov 21.",
                WITHHELD,
            ),
        ]);
    }

    #[test]
    fn news_reads_alike() {
        check_all(&[
            ("Embargo on grain ends on Nov 20", NONE),
            ("Embargo until 2028 strains grain trade", NONE),
            ("Embargo to end on Nov 20", NONE),
            ("Embargo: how a ban on grain works", NONE),
            ("Embargoed goods pile up at port", NONE),
            ("The vaccine may not be used before Nov 21, officials said.", NONE),
            ("Shops hold sales until Nov 21", NONE),
            ("For release of hostages, talks go on", NONE),
        ]);
    }

    #[test]
    fn notes_that_bind_in_other_words() {
        check_all(&[
            ("This story is embargoed until 0500 GMT Nov 21", "2026-11-21T05:00"),
            ("This material is under strict embargo until 0500 GMT, Nov 21.", "2026-11-21T05:00"),
            ("The following story is embargoed for publication until 0500 GMT Nov. 21.", "2026-11-21T05:00"),
            ("EMBARGO EXPIRES: 0500 GMT, Nov. 21", "2026-11-21T05:00"),
            ("EMBARGO ENDS 21 NOVEMBER 2026 05:00 UTC", "2026-11-21T05:00"),
            ("EMBARGO DATE: 21 NOVEMBER 2026, 05:00 UTC", "2026-11-21T05:00"),
            ("EMBARGO IN FORCE UNTIL 0700 GMT NOV 21", "2026-11-21T07:00"),
            ("Release time: 0500 GMT Nov 21", "2026-11-21T05:00"),
            ("RELEASE DATE: Nov 21, 2026, 0500 GMT", "2026-11-21T05:00"),
            ("PUBLICATION EMBARGO: 05:00 GMT 21 November", "2026-11-21T05:00"),
            ("NEWS EMBARGO UNTIL 05:00 GMT, 21 NOV 2026", "2026-11-21T05:00"),
            ("Media embargo: not for broadcast until 5 a.m. GMT, Nov. 21", "2026-11-21T05:00"),
            ("Please observe embargo: 5 a.m. GMT, Nov. 21", "2026-11-21T05:00"),
            ("Contents embargoed until 5:00 a.m. GMT Nov. 21", "2026-11-21T05:00"),
            ("EMBARGOED - NOT FOR PUBLICATION BEFORE 05:00 GMT 21 NOVEMBER", "2026-11-21T05:00"),
            ("EMBARGOED FOR 0500 GMT NOV 21 RELEASE", "2026-11-21T05:00"),
            ("Embargoed for broadcast and online until 0700 GMT Nov 21", "2026-11-21T07:00"),
            ("NO USE BEFORE 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("WITHHOLD UNTIL 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("HOLD - DO NOT RELEASE UNTIL 0700 GMT NOV 21", "2026-11-21T07:00"),
            ("DO NOT MOVE BEFORE 0700 GMT NOV 21", "2026-11-21T07:00"),
            ("May be published from 0500 GMT, Nov 21", "2026-11-21T05:00"),
            ("Available for publication after 5 a.m. GMT Nov. 21", "2026-11-21T05:00"),
            ("This video is not for use before 0700 GMT Nov 21", "2026-11-21T07:00"),
            ("ATTN EDITORS: EMBARGOED UNTIL 0700 GMT NOV 21", "2026-11-21T07:00"),
            ("EMBARGOED UNTIL 0700 GMT NOV 21. ALL RIGHTS RESERVED.", "2026-11-21T07:00"),
        ]);
    }

    #[test]
    fn notes_that_nobody_can_read_to_the_minute() {
        check_all(&[
            ("ADVANCE FOR RELEASE SUNDAY, NOV. 22", WITHHELD),
            ("ADVANCE FOR SUNDAY, NOV. 22", WITHHELD),
            ("CHECK AGAINST DELIVERY - EMBARGOED UNTIL DELIVERED", WITHHELD),
            ("For release on delivery", WITHHELD),
            ("HOLD FOR MONDAY", WITHHELD),
            ("HOLD FOR RELEASE AFTER THE VERDICT", WITHHELD),
            ("DO NOT PUBLISH UNTIL FURTHER NOTICE", WITHHELD),
            ("DO NOT USE UNTIL ADVISED", WITHHELD),
            ("Do not publish until cleared.", WITHHELD),
        ]);
    }

    #[test]
    fn notes_that_say_whose_embargo_it_is() {
        check_all(&[
            ("Embargo set by the journal: 1600 GMT, Nov 21", "2026-11-21T16:00"),
            ("(Embargo set by the publisher: at the author's word)", WITHHELD),
            ("Embargo requested by the organisers: 0500 GMT Nov 21", "2026-11-21T05:00"),
            ("Embargo imposed by the council: a year on", NONE),
            ("Embargo set by treaty: what it costs", NONE),
        ]);
    }

    #[test]
    fn news_of_embargoes_and_recalls() {
        check_all(&[
            ("These fireworks may not be used before 10 p.m. on Nov 21, the city said.", NONE),
            ("This vaccine is not to be used before winter, officials said.", NONE),
            ("Please do not use the recalled stoves before Nov 21.", NONE),
            ("Residents were told not to use tap water before 6 p.m. on Nov 21.", NONE),
            ("Do not use elevators until further notice, tower tells tenants", NONE),
            ("This bridge is under a trade embargo until Nov 21, 2027, the ministry said.", NONE),
            ("The embargo, in force until 1800 GMT on Nov 20, bars ships from the strait.", NONE),
            ("The film's review embargo lifts at 9 a.m. EST on Nov 21, the studio said.", NONE),
            ("Fishing embargo ends at midnight on Nov 21", NONE),
            ("This report was not published until 2019.", NONE),
            ("Copy that: pilots not released until Nov 21", NONE),
            ("Release time for whales: 0500 GMT on Nov 21, rescuers say", NONE),
            ("No release before Nov 21 for jailed skipper", NONE),
            ("For 9 a.m. on Nov 21, rain is forecast", NONE),
            ("Hold your horses until Nov 21, says farm minister", NONE),
        ]);
    }
}
