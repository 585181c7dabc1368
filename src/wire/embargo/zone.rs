//! Zones as notes name them. A name that stands for several offsets, or changes with the season, is none.

use chrono::FixedOffset;

use super::super::cursor::Cursor;

/// Reads 北京时间, GMT, BEIJING TIME.
pub(super) fn read(cursor: &mut Cursor) -> Option<FixedOffset> {
    const CHINESE: [(&[&str], i32); 3] = [
        (&["北京时间", "香港时间", "澳门时间", "台北时间", "东八区时间", "东八区"], 8),
        (&["东京时间", "首尔时间"], 9),
        (
            &[
                "格林尼治标准时间",
                "格林威治标准时间",
                "格林尼治平时",
                "格林尼治时间",
                "格林威治时间",
                "协调世界时",
                "世界标准时间",
                "世界时",
            ],
            0,
        ),
    ];
    if let Some((_, hours)) = CHINESE.iter().find(|(words, _)| cursor.eat_any(words).is_some()) {
        return east(*hours);
    }
    let mut ahead = *cursor;
    let word = ahead.take_while(|c| c.is_ascii_alphanumeric());
    let zone = match word {
        "BEIJING" => {
            ahead.space();
            east(8).filter(|_| ahead.eat("TIME"))
        }
        "GMT" | "UTC" => offset(&mut ahead),
        _ => named(word),
    }?;
    // EST+1 is another, and so is GMT+8½.
    if ahead.peek().is_some_and(|c| matches!(c, '+' | '-' | '－' | '−' | '.' | ':') && !ends_sentence(ahead)) {
        return None;
    }
    ahead.eat("时间");
    *cursor = ahead;
    Some(zone)
}

/// What follows GMT: +8, -03:30, or nothing.
fn offset(cursor: &mut Cursor) -> Option<FixedOffset> {
    let Some(sign) = cursor.eat_char(|c| matches!(c, '+' | '-' | '−')) else { return east(0) };
    let hours = cursor.number(2).filter(|hours| *hours <= 14)?;
    let minutes = if cursor.eat(":") { cursor.number(2).filter(|minutes| *minutes < 60)? } else { 0 };
    let seconds = (hours * 3600 + minutes * 60).cast_signed();
    FixedOffset::east_opt(if sign == '+' { seconds } else { -seconds })
}

/// The mark that comes next is followed by nothing, or by space.
fn ends_sentence(mut cursor: Cursor) -> bool {
    cursor.eat_char(|_| true);
    cursor.peek().is_none_or(char::is_whitespace)
}

/// The offset of a zone that letters name.
pub(super) fn named(word: &str) -> Option<FixedOffset> {
    east(match word {
        "GMT" | "UTC" | "Z" => 0,
        "BST" | "CET" => 1,
        "CEST" => 2,
        "EDT" => -4,
        "EST" => -5,
        "JST" | "KST" => 9,
        "HKT" | "SGT" => 8,
        _ => return None,
    })
}

fn east(hours: i32) -> Option<FixedOffset> {
    FixedOffset::east_opt(hours * 3600)
}

/// Three or four letters that end as the names of zones do: PST, AEDT.
pub(super) fn is_alike(word: &str) -> bool {
    matches!(word, "GMT" | "UTC" | "ET" | "PT" | "CT" | "MT" | "CET")
        || (3..=4).contains(&word.len())
            && (word.ends_with("ST") || word.ends_with("DT"))
            && !["LAST", "MUST", "JUST", "BEST", "FIRST", "HOST", "POST", "LIST", "MOST", "REST", "COST", "TEST"]
                .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{WITHHELD, check_all};

    #[test]
    fn zones_as_they_are_named() {
        check_all(&[
            ("（限格林尼治时间11月20日18时后播发）", "2026-11-20T18:00"),
            ("（限北京时间11月20日18时后播发）", "2026-11-20T10:00"),
            ("（限当地时间11月20日18时后播发）", WITHHELD),
            ("（限11月20日18时(纽约时间)后播发）", WITHHELD),
            ("NOT FOR RELEASE BEFORE 6 p.m. PST, Nov. 20", WITHHELD),
            ("EMBARGOED UNTIL 1800 PST NOV 20", WITHHELD),
            ("EMBARGOED UNTIL 1800 GMT+8 NOV 20", "2026-11-20T10:00"),
            ("EMBARGOED UNTIL 6 p.m. Eastern, Nov 20", WITHHELD),
            ("EMBARGOED UNTIL 6 p.m. Beijing time, Nov 20", "2026-11-20T10:00"),
            ("EMBARGOED UNTIL 6 p.m., Nov 20. All times local.", WITHHELD),
        ]);
    }

    #[test]
    fn two_hours_are_one_instant_or_none() {
        check_all(&[
            ("EMBARGOED UNTIL 1300 EST/1800 GMT NOV 20", "2026-11-20T18:00"),
            ("EMBARGOED UNTIL 1800 GMT (1300 EST) NOV 20", "2026-11-20T18:00"),
            ("EMBARGOED UNTIL 2200 EST NOV 20 (0300 GMT NOV 21)", WITHHELD),
            ("（限北京时间11月21日20时、格林尼治时间12时后播发）", "2026-11-21T12:00"),
            ("（限11月21日18时（格林尼治时间10时）后发布）", WITHHELD),
            ("EMBARGOED UNTIL 1400 EST/1800 GMT NOV 20", WITHHELD),
            ("EMBARGOED UNTIL 1800 GMT EST NOV 20", WITHHELD),
        ]);
    }

    #[test]
    fn offsets_and_places() {
        check_all(&[
            ("（限11月21日8时（UTC+8）后发布）", "2026-11-21T00:00"),
            ("（限UTC时间11月21日0时后发布）", "2026-11-21T00:00"),
            ("EMBARGOED UNTIL 0000 UTC+8 21 NOV", "2026-11-20T16:00"),
            ("限纽约时间11月20日上午10时后播发", WITHHELD),
            ("限伦敦时间11月21日0时后发布", WITHHELD),
            ("EMBARGOED UNTIL 1100 CST NOV 21", WITHHELD),
            ("EMBARGOED UNTIL 0500 GMT-03:30 NOV 21", "2026-11-21T08:30"),
            ("EMBARGOED UNTIL 0500 GMT+15 NOV 21", WITHHELD),
            ("EMBARGOED UNTIL 0500 GMT +8 NOV 21", WITHHELD),
            ("EMBARGOED UNTIL 0500 EST+1 NOV 21", WITHHELD),
        ]);
    }
}
