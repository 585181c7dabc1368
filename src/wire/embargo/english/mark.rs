//! Lines that hold copy back without saying until when, or in words that nobody listed: ADV30, DO NOT RELEASE,
//! EMBARGOED AGAINST DELIVERY. What begins with EMBARGO and has nothing in it that news would say is a note.

use super::time;

/// Whether a line in capitals is such a note. `set_as_news` says that it is printed in small letters too.
pub(super) fn binds(text: &str, set_as_news: bool) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ".!*<>^".contains(c));
    text.len() <= LONGEST
        && (is_advance(text) || is_ban(text, set_as_news) || is_embargo(text, set_as_news) || is_whose(text))
}

/// In bytes.
const LONGEST: usize = 160;

/// ADV30, $ADV 30-Sponge, ADV FOR MONDAY: copy that moves before its day.
pub(super) fn is_advance(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches(['$', '^', '<']).strip_prefix("ADV") else { return false };
    let spaceless = rest.trim_start();
    let digits = spaceless.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits)
        && spaceless[..digits].parse().is_ok_and(|day: u8| (1..=31).contains(&day))
        && spaceless[digits..].chars().next().is_none_or(|c| " -,:;/<)".contains(c));
    let named = spaceless.len() < rest.len() && {
        let rest = spaceless.strip_prefix("FOR ").unwrap_or(spaceless);
        time::starts_with_day(rest)
    };
    numbered || named
}

/// DO NOT RELEASE, NOT FOR BROADCAST OR PUBLICATION, MOVED IN ADVANCE: nothing else stands in the line.
fn is_ban(text: &str, set_as_news: bool) -> bool {
    const ALONE: [&str; 22] = [
        "ADVANCE",
        "ADVANCE COPY",
        "ADVANCE STORY",
        "ADVANCE TEXT",
        "CHECK AGAINST DELIVERY",
        "DO NOT USE",
        "FILED IN ADVANCE",
        "FOR ADVANCE USE",
        "HFR",
        "HOLD",
        "HOLD STORY",
        "HOLD THIS STORY",
        "ISSUED IN ADVANCE",
        "MOVED IN ADVANCE",
        "MOVING IN ADVANCE",
        "NOT FOR USE",
        "ON HOLD",
        "PLEASE HOLD",
        "SENT IN ADVANCE",
        "STORY ON HOLD",
        "TRANSMITTED IN ADVANCE",
        "UNRELEASED",
    ];
    const BANS: [&str; 7] = [
        "DO NOT ",
        "NOT FOR ",
        "NOT TO BE ",
        "NOT YET FOR ",
        "NOT CLEARED FOR ",
        "WITHHOLD FROM ",
        "MUST NOT BE ",
    ];
    /// So that DO NOT DISTURB is none.
    const RELEASES: &str = "RELEASE RELEASED PUBLISH PUBLISHED PUBLICATION BROADCAST PRINT PRINTED \
        TRANSMIT TRANSMITTED TRANSMISSION DISTRIBUTE DISTRIBUTED DISTRIBUTION RUN MOVE MOVED AIR AIRED";
    const WITH: &str = "OR AND YET NOW THIS STORY COPY MATERIAL ONLINE TV RADIO WEB USE";
    if ALONE.contains(&text) {
        return !set_as_news;
    }
    let text = text.strip_prefix("PLEASE ").unwrap_or(text);
    let Some(rest) = BANS.iter().find_map(|ban| text.strip_prefix(ban)) else { return false };
    let mut words = words(rest);
    words.next().is_some_and(|word| is_of(RELEASES, word))
        && words.all(|word| is_of(RELEASES, word) || is_of(WITH, word))
}

/// EMBARGOED, whatever follows, unless it reads as a headline: EMBARGOED GOODS PILE UP, Embargo on grain ends.
fn is_embargo(text: &str, set_as_news: bool) -> bool {
    /// EMBARGOED … : what goods and countries are not followed by.
    const GOES_ON: &str = "PENDING SUBJECT FOR UNTIL TILL TO AT UNDER AGAINST AS WHILE UNLESS EXCEPT \
        IN WITHIN THROUGH THRU AFTER BEFORE PRIOR FROM ONLY PLEASE NOT NO DO THIS ALL SEE";
    let Some(rest) = after_words_of_notes(text).strip_prefix("EMBARGO") else { return false };
    let (rest, verb) = rest.strip_prefix("ED").map_or((rest, false), |rest| (rest, true));
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return false;
    }
    // Embargo to end on Nov 20.
    let told = set_as_news && !verb && [" TO ", " IS ", " WILL "].iter().any(|word| rest.starts_with(word));
    if words(rest).all(is_of_notes) {
        return !told;
    }
    let mut next = words(rest);
    let first = next.next().unwrap_or("");
    let by = verb
        && first == "BY"
        && [" UNTIL ", " TILL "]
            .iter()
            .any(|until| rest.split_once(until).is_some_and(|(_, time)| super::bound::is_timely(time)));
    by || verb && !set_as_news && rest.starts_with(' ') && is_of(GOES_ON, first) && !rest.contains(',')
}

/// Nature embargo: 1600 London time / 1100 US Eastern, Nov 30: somebody's, and nothing but a time.
fn is_whose(text: &str) -> bool {
    const LONGEST_NAME: usize = 40;
    let Some((name, rest)) = text.split_once(" EMBARGO") else { return false };
    let parted = rest.starts_with([':', '-', ' ', ',']);
    // 1600 London time: of which zone, nobody lists.
    let timed = || time::names_hour(rest) || rest.contains(" TIME") && rest.contains(|c: char| c.is_ascii_digit());
    name.len() <= LONGEST_NAME && parted && words(rest).all(is_of_notes) && timed()
}

/// The words that may stand before EMBARGO in a note: THE CONTENTS OF THIS STORY ARE.
fn after_words_of_notes(text: &str) -> &str {
    let mut rest = text;
    while !rest.starts_with("EMBARGO") {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if end == 0 || !is_of(SUBJECTS, &rest[..end]) {
            break;
        }
        rest = rest[end..].trim_start_matches([' ', '-', ':', ',']);
    }
    rest
}

/// What says what is embargoed, or to whom.
pub(super) const SUBJECTS: &str = "A ABOVE ADVANCE ALL AN AND ARE ARTICLE ATTENTION ATTN AUDIO BE \
    BELOW CONTENT CONTENTS COPY DESKS DISPATCH DOCUMENT EDITORS EDS EMBARGO FINDINGS FOLLOWING FOOTAGE \
    HARD IMAGES IMPORTANT IN INFORMATION INTERVIEW IS ITEM ITEMS JOURNAL MATERIAL MEDIA N B NB NEWS NOTE \
    OBSERVE OF PAPER PHOTO PHOTOS PICTURES PLEASE PRESS PUBLICATION REMAINS REMARKS REMINDER REPORT \
    RESPECT RESULTS SPEECH STILL STORIES STORY STRICT STRICTLY STUDY TEXT THE THESE THIS UNDER VIDEO WEB \
    YOU";

/// A word that notes are made of: of copy, of release, of time and zone; or a number.
fn is_of_notes(word: &str) -> bool {
    const COPY: &str = "ADDRESS ADVANCE ANNOUNCEMENT ARTICLE BRIEFING CONFERENCE CONTENT CONTENTS \
        COPY DELIVERED DELIVERY DOCUMENT EDITION EDITIONS EVENT FILE IMAGES ITEM JOURNAL LAUNCH MATERIAL \
        MEETING NEWS PAPER PHOTOS PICTURES PRESS REPORT SPEECH STATEMENT STORIES STORY TEXT TRANSCRIPT \
        VIDEO";
    const RELEASE: &str = "ADVICE ADVISED AFTER AGAINST AIR APPROVAL BEFORE BROADCAST CHECK CHECKED \
        CLEARANCE CLEARED CONFIRMATION CONFIRMED DO EXPIRES EXPIRY FURTHER HOLD LIFTED LIFTS MEDIA NO \
        NOT NOTICE ONLINE PENDING PRINT PRIOR PUBLICATION PUBLISH PUBLISHED RADIO RELEASE RELEASED \
        SOCIAL SUBJECT TILL TV UNDER UNTIL USE USED WEB";
    const TIME: &str = "A AM AMS AT BY CLOCK DATE DAY END EVENING HOURS HOUR H HRS LIFTING LOCAL \
        MIDNIGHT MORNING NIGHT NOON O P M PM PMS START TIME TODAY TOMORROW TONIGHT UTC GMT BST UK US \
        LONDON YORK NEW PARIS GENEVA WASHINGTON TOKYO SYDNEY BEIJING BRUSSELS EASTERN CENTRAL PACIFIC \
        MOUNTAIN STANDARD DAYLIGHT";
    const SMALL: &str = "ALL AN AND AS BE COOPERATE HONOR HONOUR OBSERVE RESPECT EDITORS EDS FOR \
        FROM IN IS OF ON ONLY OR PLEASE STRICT STRICTLY THE THIS TO UPON WILL ED EMBARGO EMBARGOED";
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    number
        || [COPY, RELEASE, TIME, SMALL].iter().any(|words| is_of(words, word))
        || time::starts_with_day(word)
        || time::is_month(word)
        || super::super::zone::is_alike(word)
        || super::super::zone::named(word).is_some()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether `word` is one of `words`, which are divided by spaces.
fn is_of(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{NONE, WITHHELD, check_all};

    #[test]
    fn what_begins_with_embargo_is_held_back() {
        check_all(&[
            ("EMBARGOED AGAINST DELIVERY", WITHHELD),
            ("EMBARGOED PENDING CABINET DECISION", WITHHELD),
            ("EMBARGOED UNTIL", WITHHELD),
            ("Embargoed material", WITHHELD),
            ("Embargoed copy. Not for release until cleared", WITHHELD),
            ("EMBARGOED BY THE INSTITUTE UNTIL 0900 UK TIME NOV 21", WITHHELD),
            ("EMBARGOED (0500 GMT NOV 21)", "2026-11-21T05:00"),
            ("EMBARGOED/0500 GMT NOV 21", "2026-11-21T05:00"),
            ("EMBARGOED | 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("EMBARGOED; 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("NB: EMBARGOED UNTIL 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("ATTENTION EMBARGO 0500 GMT", WITHHELD),
            ("Eds: Note embargo time of 5 a.m. GMT Saturday.", "2026-11-21T05:00"),
            ("The contents of this story are embargoed until 0900 GMT.", WITHHELD),
            ("The contents of this article are embargoed until Monday.", WITHHELD),
            ("Web embargo: 0500 GMT Nov 21", "2026-11-21T05:00"),
            ("Journal embargo: 1600 London time / 1100 US Eastern, Nov 21", WITHHELD),
            ("Lancet embargo: 2330 UK time, Nov 21", WITHHELD),
            ("E M B A R G O E D  UNTIL 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("*** STRICT EMBARGO, PLEASE RESPECT ***", WITHHELD),
        ]);
    }

    #[test]
    fn other_words_that_hold_copy_back() {
        check_all(&[
            ("DO NOT RELEASE", WITHHELD),
            ("Do not publish or broadcast.", WITHHELD),
            ("NOT FOR PUBLICATION", WITHHELD),
            ("Not for broadcast", WITHHELD),
            ("WITHHOLD FROM PUBLICATION", WITHHELD),
            ("CHECK AGAINST DELIVERY", WITHHELD),
            ("HFR MONDAY NOV. 23", WITHHELD),
            ("HFR 0500 GMT NOV 21", "2026-11-21T05:00"),
            ("ADV30", WITHHELD),
            ("$adv02", WITHHELD),
            ("ADV 30-Sponge", WITHHELD),
            ("Adv for Mon Nov 30", WITHHELD),
            ("For AMs of Monday, Nov. 30", WITHHELD),
            ("Moved in advance for use Monday, Nov. 30", WITHHELD),
            ("(Eds: Moving in advance for Nov. 30 release)", WITHHELD),
            ("MOVED IN ADVANCE", WITHHELD),
            ("Release at will after 0900 GMT", WITHHELD),
        ]);
    }

    #[test]
    fn headlines_that_begin_alike() {
        check_all(&[
            ("EMBARGOED GOODS PILE UP AT PORT", NONE),
            ("EMBARGO ON GRAIN ENDS", NONE),
            ("EMBARGO TIGHTENS", NONE),
            ("Embargoed material found aboard freighter", NONE),
            ("Embargoed by neighbours, island turns to solar", NONE),
            ("EMBARGOED SINCE 1962, ISLAND TURNS EAST", NONE),
            ("EMBARGOED FOR A DECADE, ISLAND OPENS ITS PORT", NONE),
            ("Embargo against island enters tenth year", NONE),
            ("Embargo: three ports, one rule", NONE),
            ("Embargoes rarely work, study finds", NONE),
            ("Arms embargo: 10 years on", NONE),
            ("Oil embargo: 9 a.m. talks fail", NONE),
            ("Do not disturb: owls at work", NONE),
            ("Not for sale: a village and its bell", NONE),
            ("Moved in advance of storm, boats ride it out", NONE),
            ("Moving in advance: how herders read the sky", NONE),
            ("Advance for troops in the east", NONE),
            ("Adverse weather shuts pass", NONE),
            ("Adv 30% of sales, maker says", NONE),
            ("Hold", NONE),
            ("Do not use", NONE),
            ("Not for broadcasters alone: a rule is read", NONE),
        ]);
    }
}
