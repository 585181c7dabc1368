//! What a notice of an agency says of the story that it means: how it calls it, of which day it is, and whether it brings
//! a text of its own. Pure.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::story::{Block, BlockKind, PubStatus, Story, folded};

/// Whether the story tells what is to become of another: it is corrected, or withdrawn.
pub(super) fn is(story: &Story) -> bool {
    story.corrected || story.pubstatus == PubStatus::Canceled
}

/// Whether a correction only says what was wrong, and brings no text to print in its place: 第二段“600人”应为“80人”.
pub(super) fn is_note_alone(story: &Story) -> bool {
    /// Longer than any such note, in characters; a corrected story of this length has paragraphs.
    const LONGEST: usize = 500;
    if !story.corrected || story.pubstatus == PubStatus::Canceled || !story.captions.is_empty() {
        return false;
    }
    let text = text(story);
    if text.is_empty() {
        return !story.correction.is_empty();
    }
    text.chars().count() <= LONGEST && names_a_copy(&text) && says_what_was_wrong(&text)
}

/// 一稿, In a story Nov. 20 about …: it speaks of a text that went out.
fn names_a_copy(text: &str) -> bool {
    const COPIES: [&str; 14] = [
        "一稿",
        "稿件",
        "稿中",
        "一文",
        "报道",
        "報道",
        "播发",
        "播發",
        "刊发",
        "刊登",
        "消息",
        "图片说明",
        "发表",
        "》",
    ];
    const ENGLISH: [&str; 8] =
        ["story", "stories", "item", "article", "report", "dispatch", "headlined", "slugged"];
    let lower = text.to_lowercase();
    COPIES.iter().any(|word| text.contains(word)) || words(&lower).any(|word| ENGLISH.contains(&word))
}

/// 应为, erroneously reported.
fn says_what_was_wrong(text: &str) -> bool {
    const WRONG: [&str; 13] = [
        "应为",
        "應為",
        "应是",
        "误为",
        "誤為",
        "误作",
        "误写",
        "有误",
        "有誤",
        "之误",
        "特此更正",
        "更正如下",
        "更正为",
    ];
    const ENGLISH: [&str; 12] = [
        "should be",
        "should have",
        "should read",
        "erroneously",
        "incorrectly",
        "mistakenly",
        "misstated",
        "misspelled",
        "misidentified",
        "was wrong",
        "in error",
        "is corrected to",
    ];
    let lower = text.to_lowercase();
    WRONG.iter().any(|word| text.contains(word)) || ENGLISH.iter().any(|word| lower.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// What a notice tells readers: its sentences, without the dateline before them and the signature below.
pub(super) fn told(notice: &Story) -> String {
    if !notice.correction.is_empty() {
        return notice.correction.clone();
    }
    let raw = notice.dateline.as_ref().map_or("", |dateline| dateline.raw.as_str());
    let text = text(notice);
    let told = text.strip_prefix(raw).unwrap_or(&text);
    told.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')).to_owned()
}

/// The paragraphs; a signature is read as a sub-head.
fn text(story: &Story) -> String {
    let paragraphs = story.body.iter().filter(|block| block.kind == BlockKind::Paragraph);
    paragraphs.map(|Block { text, .. }| text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What a story is called.
pub(super) fn names(story: &Story) -> BTreeSet<String> {
    let titles = [&story.title, &story.headline].map(|title| folded(title));
    let slug = slug(&story.slugline).map(|slug| format!("slug {slug}"));
    titles.into_iter().filter(|name| is_telling(name)).chain(slug).chain(place(story)).collect()
}

/// Where a story is from, as a name: agency and place.
pub(super) fn place(story: &Story) -> Option<String> {
    let dateline = story.dateline.as_ref()?;
    let place = dateline.places.first()?;
    Some(format!("place {}\u{1f}{}", folded(&dateline.agency), folded(place)))
}

/// What a notice calls the story that it means: its own title, titles in quotation marks, a slug.
pub(super) fn means(notice: &Story) -> BTreeSet<String> {
    let text = [text(notice), notice.ednote.clone(), notice.headline.clone()].join("\n");
    let quoted = quoted(&text).into_iter().map(|title| folded(&title));
    let title = if notice.title.is_empty() { &notice.headline } else { &notice.title };
    let own = title.trim_matches(['《', '》', '“', '”', '"']);
    // AP: Correction: Ferry-Redport story.
    let slugs = [own.strip_suffix(" story").and_then(slug), slug(&notice.slugline), slugged(&text)];
    let slugs = slugs.into_iter().flatten().map(|slug| format!("slug {slug}"));
    quoted.chain([folded(own)]).filter(|name| is_telling(name)).chain(slugs).collect()
}

/// Longer than 更正 and 撤稿通知, which head notices and no story.
fn is_telling(name: &str) -> bool {
    const FEWEST: usize = 4;
    const WORDS: [&str; 12] = [
        "更正启事",
        "更正声明",
        "撤稿通知",
        "停发通知",
        "correction",
        "corrections",
        "corrected",
        "storykill",
        "bulletinkill",
        "mandatorykill",
        "storywithdrawn",
        "noticeofwithdrawal",
    ];
    name.chars().count() >= FEWEST
        && !WORDS.contains(&name)
        && !["撤稿通知", "停发通知", "更正启事"]
            .iter()
            .any(|word| name.ends_with(word) && name.chars().count() <= 9)
}

/// What stands between 《 and 》, or between quotation marks.
fn quoted(text: &str) -> Vec<String> {
    const PAIRS: [(char, char); 6] =
        [('《', '》'), ('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’'), ('"', '"')];
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut rest = text;
        while let Some(at) = rest.find(open) {
            let inner = &rest[at + open.len_utf8()..];
            let Some(end) = inner.find(close) else { break };
            found.push(inner[..end].trim_end_matches([',', '，', '.']).to_owned());
            rest = &inner[end + close.len_utf8()..];
        }
    }
    found
}

/// … slugged US--Bridge Collapse, transmitted at ….
fn slugged(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("slugged ")?;
    slug(rest.split([',', '.', ';', '\n']).next().unwrap_or(rest).trim_matches(['"', '“', '”']))
}

/// A slug without the desk before it: BC-US--Bridge Collapse and Bridge-Collapse are one.
fn slug(line: &str) -> Option<String> {
    let own = line.rsplit("--").next().unwrap_or(line);
    let own = own.strip_prefix("BC-").unwrap_or(own);
    let slug: String = folded(own).chars().filter(|c| c.is_alphanumeric()).collect();
    (slug.chars().count() >= 4).then_some(slug)
}

/// Which days the notice speaks of.
pub(super) struct Days(Vec<(u32, u32)>);

impl Days {
    /// Those that it prints with their month, other than that of its own dateline.
    pub(super) fn of(notice: &Story) -> Self {
        let raw = notice.dateline.as_ref().map_or("", |dateline| dateline.raw.as_str());
        let text = text(notice);
        let text = text.strip_prefix(raw).unwrap_or(&text);
        Self(chinese_days(text).into_iter().chain(english_days(text)).collect())
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn name(&self, day: NaiveDate) -> bool {
        self.0.contains(&(day.month(), day.day()))
    }
}

/// 11月19日.
fn chinese_days(text: &str) -> Vec<(u32, u32)> {
    let day = |(at, _): (usize, &str)| {
        let before: Vec<char> = text[..at].chars().rev().take_while(char::is_ascii_digit).take(2).collect();
        let month = before.into_iter().rev().collect::<String>().parse().ok()?;
        let after = &text[at + '月'.len_utf8()..];
        let end = after.find('日')?;
        Some((month, after[..end].parse().ok()?))
    };
    text.match_indices('月').filter_map(day).collect()
}

/// Nov. 19, November 19, 19 November.
fn english_days(text: &str) -> Vec<(u32, u32)> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<&str> = words(text).filter(|word| !word.is_empty()).collect();
    let number = |at: Option<usize>| words.get(at?)?.parse::<u32>().ok().filter(|day| (1..=31).contains(day));
    let mut days = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let Some(month) = MONTHS.iter().position(|month| lower.starts_with(month)) else { continue };
        if !word.starts_with(char::is_uppercase) || lower.len() > 9 {
            continue;
        }
        if let Some(day) = number(Some(at + 1)).or_else(|| number(at.checked_sub(1))) {
            days.push((u32::try_from(month).unwrap_or(0) + 1, day));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_from_notices() {
        let text = "本社11月20日播发的《红河口渡船今日复航》一稿有误，“《边城》首演”一稿照用。";
        assert_eq!(quoted(text), ["红河口渡船今日复航", "边城", "《边城》首演"]);
        assert_eq!(quoted("The story headlined \"Ferry resumes,\" has been withdrawn."), ["Ferry resumes"]);
    }

    #[test]
    fn slugs_are_one_whatever_desk_stands_before_them() {
        let named = slugged("Kill the story slugged US--Bridge Collapse, transmitted at 3:14 p.m. EST.");
        assert_eq!(named.as_deref(), Some("bridgecollapse"));
        assert_eq!([slug("BC-US--Bridge-Collapse"), slug("Bridge Collapse")], [named.clone(), named]);
        assert_eq!(slug("a1"), None);
    }

    #[test]
    fn days_are_read_in_both_languages() {
        assert_eq!(chinese_days("本社11月20日、12月3日播发的，月底"), [(11, 20), (12, 3)]);
        assert_eq!(english_days("In a story Nov. 20 and 3 December about May Lin"), [(11, 20), (12, 3)]);
    }
}
