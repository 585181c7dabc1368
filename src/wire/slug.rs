//! The names and numbers by which an agency's desks and machines know a story: `BC-…`, `a0123`, `ldn0142 4 mar 96`.

/// `BC-FLOOD-COAST`, `a0123`, `AM-Rail-Strike, 1st Ld`, `r i AM-FerryStorm 11-18 0421`, `ldn0142 4 mar 96`.
pub(super) fn is(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || text.len() > LONGEST {
        return false;
    }
    is_keyed(text) || is_numbered(text) || is_header(text) || is_counted(text) || is_version(text)
}

/// `AP-NY-11-18-26 1431EST`, `191031 nov 26`: when it was sent, below its text; `The AP`: who sent it.
pub(super) fn is_trailer(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == 'A' || c == 'T') || text.len() > LONGEST {
        return false;
    }
    let signature = matches!(text, "The AP" | "The Associated Press" | "AP");
    signature || (is_ap_time(text.trim_end_matches(['<', '='])) || is_time_group(text))
}

/// Whether a line is one that machines wrote: no column breaks it, and nothing is joined to it.
pub(super) fn is_of_machines(line: &str) -> bool {
    let first = line.as_bytes().first().copied().unwrap_or(b' ');
    line.len() <= LONGEST
        && (first.is_ascii_lowercase() && (is_header(line) || is_counted(line)) || is_trailer(line))
}

/// In bytes.
const LONGEST: usize = 60;

/// `BC-FLOOD-COAST`: the cycle that it is for, then keywords.
fn is_keyed(text: &str) -> bool {
    ["BC-", "AM-", "PM-"].iter().any(|key| text.starts_with(key))
}

/// `a0123`: the wire and the number.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_end_matches(['-', ' ', '<']);
    text.len() == 5 && text.starts_with(|c: char| c.is_ascii_lowercase()) && is_digits(&text[1..], 4..=4)
}

/// `r i AM-FerryStorm   11-18 0421`: priority, category, keywords, day, words.
fn is_header(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let letter =
        |word: Option<&str>| word.is_some_and(|word| word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase());
    let is_day = |word: &str| {
        word.split_once('-').is_some_and(|(month, day)| is_digits(month, 1..=2) && is_digits(day, 1..=2))
    };
    letter(words.next())
        && letter(words.next())
        && words.next().is_some_and(|key| key.contains('-') || key.len() > 2)
        && {
            let rest: Vec<&str> = words.collect();
            rest.iter().any(|word| is_day(word))
                && rest.last().is_some_and(|word| is_day(word) || is_digits(word, 3..=5))
        }
}

/// `ldn0142 4 mar 96`: the desk and its number, priority, category, words.
fn is_counted(text: &str) -> bool {
    let words: Vec<&str> = text.split_ascii_whitespace().take(6).collect();
    let [desk, priority, category, count] = words[..] else { return false };
    let letters = desk.trim_end_matches(|c: char| c.is_ascii_digit());
    (2..=4).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_lowercase())
        && is_digits(&desk[letters.len()..], 3..=4)
        && is_digits(priority, 1..=1)
        && (1..=3).contains(&category.len())
        && category.bytes().all(|b| b.is_ascii_lowercase())
        && is_digits(count, 1..=4)
}

/// `Storm-Coast, 1st Ld-Writethru`: keywords, and which version it is.
fn is_version(text: &str) -> bool {
    const VERSIONS: [&str; 9] =
        ["Ld", "Lead", "Writethru", "Sub", "Add", "Insert", "Pickup", "NewsAlert", "Correction"];
    let Some((name, version)) = text.split_once(',') else { return false };
    let mut words = version.trim_start().split([' ', '-', ',']);
    let ordinal = words.next().unwrap_or("");
    let number = ordinal.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    is_digits(number, 1..=2)
        && matches!(&ordinal[number.len()..], "st" | "nd" | "rd" | "th")
        && words.next().is_some_and(|word| VERSIONS.contains(&word))
        && name.contains('-')
}

/// `AP-NY-11-18-26 1431EST`.
fn is_ap_time(text: &str) -> bool {
    let Some((place, day)) = text.strip_prefix("AP-").and_then(|rest| rest.split_once('-')) else { return false };
    let mut words = day.split_ascii_whitespace();
    let dated = words.next().is_some_and(|day| {
        let mut parts = 0;
        day.split('-').all(|part| {
            parts += 1;
            is_digits(part, 1..=2)
        }) && parts == 3
    });
    let hour = words.next().unwrap_or("");
    let zone = hour.trim_start_matches(|c: char| c.is_ascii_digit());
    (2..=3).contains(&place.len())
        && dated
        && is_digits(&hour[..hour.len() - zone.len()], 3..=4)
        && zone.bytes().all(|b| b.is_ascii_uppercase())
}

/// `191031 nov 26`, `191031Z NOV 26`, `191031 GMT nov 26`: day and hour, month, year.
fn is_time_group(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split_ascii_whitespace().filter(|word| !matches!(*word, "GMT" | "gmt" | "UTC"));
    let group = words.next().unwrap_or("");
    let group = group.strip_suffix(['Z', 'z']).unwrap_or(group);
    if !is_digits(group, 6..=6) || group[..2].parse().map_or(true, |day: u8| day > 31) {
        return false;
    }
    let month = words.next().is_some_and(|word| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word)));
    month
        && words.next().is_some_and(|year| is_digits(year, 2..=2) || is_digits(year, 4..=4))
        && words.next().is_none()
}

fn is_digits(text: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for text in [
            "BC-FLOOD-COAST",
            "BC-STORM-COAST (UPDATE 2)",
            "AM-Rail-Strike, 1st Ld",
            "AM-Ferry Storm, 1st Ld-Writethru,0421",
            "a0123",
            "r i AM-FerryStorm   11-18 0421",
            "u n BC-Verdict 11-18 0198",
            "d f PM-Markets 3-2",
            "ldn0142 4 mar 96",
            "par021 3 pol 412",
            "Storm-Coast, 1st Ld-Writethru",
            "US--Bridge Collapse, 2nd Ld-Writethru",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "Storm-hit coast, 1st in line for aid",
            "Mid-table, 2nd Lion cub is born",
            "a1234 motorway closes",
            "a b c",
            "r i p",
            "ldn in 4 days",
            "abc123 4 mar",
            "1st Ld",
            "Score 3-2",
            "flight 4 mar 96",
            "2026",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn times_below_a_text() {
        for text in [
            "AP-NY-11-18-26 1431EST<",
            "AP-NY-03-02-87 0912EST",
            "191031 nov 26",
            "191031Z NOV 26",
            "020912 GMT mar 1987",
        ] {
            assert!(is_trailer(text), "{text}");
        }
        for text in
            ["AP-style guide", "191031 names on a wall", "991031 nov 26", "19 nov 26", "191031 26", "AP-NY"]
        {
            assert!(!is_trailer(text), "{text}");
        }
    }
}
