//! The names and numbers by which an agency's desks and machines know a story: `BC-…`, `a0123`, `ldn0142 4 mar 96`,
//! 20261122-A-0217.

use super::cursor::Cursor;
use super::date::numeric_day;
use super::words::Words;

/// `BC-FLOOD-COAST`, `a0123`, `AM-Rail-Strike, 1st Ld`, `r i AM-FerryStorm 11-18 0421`, `ldn0142 4 mar 96`,
/// 主题词：湿地 普查.
pub(super) fn is(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return are_subjects(text);
    }
    text.len() <= LONGEST
        && (is_keyed(text)
            || is_numbered(text)
            || is_release(text)
            || is_header(text)
            || is_counted(text)
            || is_version(text)
            || are_keywords(text))
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
    if first >= 0x80 {
        return are_subjects(line);
    }
    line.len() <= LONGEST
        && (first.is_ascii_lowercase() && (is_header(line) || is_counted(line) || is_numbered(line))
            || first.is_ascii_alphanumeric() && (is_release(line) || are_keywords(line))
            || is_trailer(line)
            || is_of_photo(line))
}

/// `AP Photo XAB101-102`, `AP Photos NY121, NY122`, `With AP Photos`: the pictures that go with the story.
pub(super) fn is_of_photo(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "AP Photo",
        "AP Photos",
        "AP Graphic",
        "AP Graphics",
        "AP LaserPhoto",
        "AP Laserphoto",
        "AP Video",
        "With AP Photo",
        "With AP Photos",
        "With AP Graphic",
        "AFP PHOTO",
        "EPA PHOTO",
    ]);
    let Some(rest) = HEADS.strip(text).filter(|_| text.len() <= LONGEST) else { return false };
    let numbers = rest.strip_prefix('s').unwrap_or(rest);
    let numbers = numbers.strip_prefix(':').unwrap_or(numbers);
    let is_number = |number: &str| {
        let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
        number.len() - digits.len() <= 6
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    // AP Photo shows the bridge: a sentence.
    let mut words = numbers.split([' ', ',', ';']).filter(|word| !matches!(*word, "" | "and" | "of")).peekable();
    (numbers.is_empty() && text.starts_with("With ") || words.peek().is_some() && numbers.starts_with(' '))
        && words.all(is_number)
}

/// In bytes.
const LONGEST: usize = 60;

/// `BC-FLOOD-COAST`: the cycle that it is for, then keywords.
fn is_keyed(text: &str) -> bool {
    ["BC-", "AM-", "PM-"].iter().any(|key| text.starts_with(key))
}

/// `a0123`, `a0412 cvcrzc`, `a043  R A CZCBYLUIV`: the wire and the number, and whom machines send it to (ANPA 1312).
fn is_numbered(text: &str) -> bool {
    let text = text.trim_end_matches(['-', ' ', '<']);
    let mut words = text.split_ascii_whitespace();
    let Some(number) = words.next().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())) else {
        return false;
    };
    let is_routed = number.len() < text.len();
    is_digits(&number[1..], if is_routed { 3..=4 } else { 4..=4 }) && {
        let is_letter = |word: &str| word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
        let mut routes = words.skip_while(|word| is_letter(word));
        !is_routed || routes.next().is_some_and(is_selector) && routes.next().is_none()
    }
}

/// `cvcrzc`, `CZCBYLUIV`: letters that stand for readers, and are no word.
fn is_selector(word: &str) -> bool {
    let vowels = || word.bytes().filter(|b| b"aeiouAEIOU".contains(b)).count();
    let case = if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        u8::is_ascii_uppercase
    } else {
        u8::is_ascii_lowercase
    };
    (4..=12).contains(&word.len()) && word.bytes().all(|b| case(&b)) && vowels() * 4 <= word.len()
}

/// 20261122-A-0217: the day, the wire, and the number of a release.
fn is_release(text: &str) -> bool {
    let mut parts = text.split(['-', '－']);
    let day = parts.next().is_some_and(|day| day.len() == 8 && numeric_day(&mut Cursor::new(day)).is_some());
    let mut numbered = false;
    day && parts.all(|part| {
        let is_wire = !numbered && (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
        let is_number = !numbered && is_digits(part, 2..=6);
        numbered |= is_number;
        is_wire || is_number
    }) && numbered
}

/// 主题词：湿地 普查: what a release is filed under.
fn are_subjects(text: &str) -> bool {
    const HEADS: Words = Words::of(&["主题词：", "主题词:", "主題詞：", "主題詞:"]);
    /// In bytes.
    const LONGEST: usize = 120;
    HEADS.strip(text).is_some_and(|words| {
        text.len() <= LONGEST && !words.trim().is_empty() && !words.contains(['。', '，', '？', '！', '；'])
    })
}

/// `Peru-mining-strike-talks,LEAD`, `fbl-ESP-Liga`: keywords in one word, as AFP writes them.
fn are_keywords(text: &str) -> bool {
    /// Words that join others: merry-go-round, Stratford-upon-Avon.
    const LITTLE: Words = Words::of(&[
        "a", "an", "and", "as", "at", "by", "de", "des", "di", "do", "du", "en", "for", "from", "go", "in", "la",
        "le", "les", "me", "my", "no", "not", "of", "off", "on", "or", "out", "over", "own", "sur", "than", "the",
        "to", "up", "upon", "via", "we", "with", "you", "your", "And", "The", "Of", "In", "To", "Up", "Go", "On",
        "And",
    ]);
    const VERSIONS: Words = Words::of(&[
        "LEAD",
        "URGENT",
        "ALERT",
        "UPDATE",
        "PREV",
        "PREVIEW",
        "FEATURE",
        "FOCUS",
        "SCENE",
        "PROFILE",
        "INTERVIEW",
        "FACTS",
        "CHRONO",
        "RESULTS",
        "TABLE",
        "WRAP",
        "ROUNDUP",
        "CORRECTED",
        "KILL",
        "BACKGROUND",
        "ANALYSIS",
    ]);
    if text.contains(' ') && !text.contains(',') || !text.contains('-') {
        return false;
    }
    let (words, version) =
        text.split_once(',').map_or((text, ""), |(words, version)| (words, version.trim_start()));
    let versioned = VERSIONS.begin(version);
    if !version.is_empty() && !versioned {
        return false;
    }
    let mut count = 0;
    let are_words = words.split('-').all(|word| {
        count += 1;
        word.len() >= 2 && word.bytes().all(|b| b.is_ascii_alphanumeric()) && !LITTLE.have(word)
    });
    let lettered = words.split('-').filter(|word| word.bytes().any(|b| b.is_ascii_alphabetic())).count();
    are_words && lettered >= 2 && (versioned || count >= 3 && lettered == count)
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
            "a0412 cvcrzc",
            "a043  R A CZCBYLUIV",
            "b217 czcryr",
            "20261122-A-0217",
            "20261122-0217",
            "20261122-GJ-118",
            "主题词：湿地 普查",
            "主題詞：淡江大橋 通車",
            "Peru-mining-strike-talks,LEAD",
            "fbl-ESP-Liga-Sevilla",
            "US-Fed-rates",
            "Norway-ferry,URGENT",
            "tennis-ATP-Paris,RESULTS",
            "Kenya-flood-toll, LEAD 2",
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
            "a1234 closes",
            "b100 R road opens",
            "a123",
            "2026-11-22",
            "20261122",
            "20261122-关于湿地的通知",
            "20269922-A-0217",
            "138-0000-0217",
            "主题词：开放。",
            "主题词库上线",
            "关键词：韧性",
            "Merry-go-round",
            "Stratford-upon-Avon",
            "Wilkes-Barre",
            "Self-Portrait, Lead on Panel",
            "Tit-for-tat",
            "Catch-22-style rule",
            "0851-00000096",
            "Up-to-date",
            "Passers-by",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn pictures_that_go_with_a_story() {
        for text in [
            "AP Photo XAB101-102",
            "AP Photos NY121, NY122",
            "AP Photo NY121",
            "AP Photos: LON101-105",
            "With AP Photos",
            "With AP Photos NYET101-104",
            "AP Graphic 2026",
            "AP LaserPhoto WX5",
            "AP Photos BKK801, BKK802 and BKK803",
            "AFP PHOTO 1122",
        ] {
            assert!(is_of_photo(text), "{text}");
        }
        for text in [
            "AP Photo",
            "AP Photo/Nora Quill",
            "AP Photo shows bridge",
            "AP Photos of the year",
            "AP Photographer dies",
            "AP Video shows 3 boats",
            "With AP Photos, a story",
            "With 3 photos",
            "AP wins prize",
            "AFP PHOTO of ferry",
            "EPA PHOTO 3 of ferries",
        ] {
            assert!(!is_of_photo(text), "{text}");
        }
    }

    #[test]
    fn lines_that_machines_wrote() {
        for text in [
            "a0412 cvcrzc",
            "u i BC-Tuna-Quota 11-22 0211",
            "20261122-A-0218",
            "主题词：湿地 普查",
            "AP Photo XAB101",
        ] {
            assert!(is_of_machines(text), "{text}");
        }
        for text in
            ["主题词", "全国湿地普查启动", "cross-country-ski of", "a new road", "AP said", "1.2 million tons"]
        {
            assert!(!is_of_machines(text), "{text}");
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
