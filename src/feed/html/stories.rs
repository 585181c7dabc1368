//! Stories in a list: by day, each with its headline, its summary, and where it comes from.

use chrono::{NaiveDate, TimeDelta};
use maud::{Markup, PreEscaped, html};

use super::tags::Tag;
use super::words::{self, local_day};
use super::{Setting, language_tag};
use crate::feed::content;
use crate::story::{Kind, Story, simplified};

/// `stories`, which are newest first, under the days on which they were published.
pub(super) fn by_day(stories: &[Story], setting: Setting) -> Markup {
    let day = |story: &Story| local_day(story.published, setting);
    html! {
        @for of_day in stories.chunk_by(|one, next| day(one) == day(next)) {
            section.day {
                h2.date { (long_day(day(&of_day[0]), setting)) }
                @for story in of_day { (teaser(story, &text_of(story), false, setting)) }
            }
        }
    }
}

/// A headline and a summary as they are shown, which may be with marks in them.
pub(super) struct Text {
    pub(super) headline: Markup,
    pub(super) summary: Markup,
}

fn text_of(story: &Story) -> Text {
    Text { headline: html! { (story.headline) }, summary: html! { (content::summary(story)) } }
}

/// One story; with its day when the list is not by days.
pub(super) fn teaser(story: &Story, text: &Text, with_day: bool, setting: Setting) -> Markup {
    let lang = language_tag(story.language);
    html! {
        article.teaser {
            h3 lang=(lang) dir="auto" { a href=(setting.href(&content::path(story))) { (text.headline) } }
            p.summary lang=(lang) dir="auto" { (text.summary) }
            (facts(story, with_day, setting))
        }
    }
}

/// Where a story comes from, when, and what it is about.
fn facts(story: &Story, with_day: bool, setting: Setting) -> Markup {
    /// So many labels say what it is about; its page has them all.
    const LABELS: usize = 4;
    let words = setting.words();
    let agency = story.dateline.as_ref().map_or("", |dateline| &dateline.agency);
    html! {
        p.facts {
            @if !agency.is_empty() { span.agency { bdi { (agency) } } }
            @if let Some(time) = when(story, with_day, setting) { span { (time) } }
            @if story.kind != Kind::Text { span { (words.kind(story.kind)) } }
            @if story.version > 1 {
                span.changed {
                    @if story.corrected { (words.corrected) } @else { (words.updated) }
                    " " (words::moment(story.versioncreated, setting))
                }
            }
            @for tag in Tag::of(story, setting).iter().filter(|tag| !tag.implied).take(LABELS) {
                (tag.link())
            }
        }
    }
}

/// When a story was published, as exactly as is known: to the minute when it came as it was published, else the day
/// of its dateline, for which `published` names an hour that nobody printed. Under its day, only the minute is left
/// to say.
pub(super) fn when(story: &Story, with_day: bool, setting: Setting) -> Option<Markup> {
    let local = story.published.with_timezone(&setting.site.timezone);
    let is_exact = is_exact(story);
    match (with_day, is_exact) {
        (true, true) => Some(words::moment(story.published, setting)),
        (true, false) => Some(words::day(local.date_naive(), setting)),
        (false, true) => Some(html! { time datetime=(words::machine_time(&local)) { (local.format("%H:%M")) } }),
        (false, false) => None,
    }
}

/// Whether the minute of `published` is one that was printed or seen.
fn is_exact(story: &Story) -> bool {
    story.version == 1 && (story.versioncreated - story.published).abs() < TimeDelta::hours(1)
}

/// A day as the heading of its stories.
fn long_day(day: NaiveDate, setting: Setting) -> Markup {
    html! { time datetime=(day) { (setting.words().long_day(day)) } }
}

/// `text` with every place marked where one of `words` stands, in letters of any case.
pub(super) fn marked(text: &str, words: &[String]) -> Markup {
    let mut out = String::new();
    let mut from = 0;
    for (start, end) in hits(text, words) {
        out += &html! { (text[from..start]) mark { (text[start..end]) } }.into_string();
        from = end;
    }
    out += &html! { (text[from..]) }.into_string();
    PreEscaped(out)
}

/// Where the words stand in `text`, in bytes, in order and apart from each other. A word in letters is found at the
/// beginning of a word of the text, and takes in how that goes on: `ferry` finds the whole of `ferries`.
pub(super) fn hits(text: &str, words: &[String]) -> Vec<(usize, usize)> {
    let folded: Vec<Vec<char>> = words
        .iter()
        .map(|word| root(word).chars().map(folded).collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match folded.iter().filter_map(|word| end_of(word, &chars, at)).max() {
            Some(end) => {
                found.push((chars[at].0, chars.get(end).map_or(text.len(), |&(byte, _)| byte)));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// What an English word has in common with its other forms, near enough to mark them: `ferr` of ferries. Finding them
/// is the archive's part, which knows better.
fn root(word: &str) -> &str {
    /// A shorter rest would be that of too many words.
    const LEAST: usize = 3;
    let endings = ["ies", "ing", "ed", "es", "s", "y", "e"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|rest| rest.len() >= LEAST && rest.ends_with(is_letter)).unwrap_or(word)
}

/// Where `word` ends that begins at `at`, both in characters; `None` when it does not stand there.
fn end_of(word: &[char], chars: &[(usize, char)], at: usize) -> Option<usize> {
    let is_letter = |at: usize| chars.get(at).is_some_and(|&(_, c)| is_letter(c));
    let stands = chars.get(at..at + word.len())?.iter().zip(word).all(|(&(_, c), &w)| folded(c) == w);
    if !stands || (is_letter(at) && at > 0 && is_letter(at - 1)) {
        return None;
    }
    let mut end = at + word.len();
    while is_letter(end - 1) && is_letter(end) {
        end += 1;
    }
    Some(end)
}

/// Whether words of this script stand apart from each other.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{1100}'
}

/// Small letters and simplified characters: as the archive finds words of either form.
fn folded(c: char) -> char {
    simplified(c.to_lowercase().next().unwrap_or(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn marks(text: &str, words: &[&str], wants: &str) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        assert_eq!(marked(text, &words).into_string(), wants);
    }

    #[test]
    fn words_are_marked_wherever_they_stand() {
        marks("老渡口的渡轮", &["渡轮"], "老渡口的<mark>渡轮</mark>");
        marks("渡轮渡轮", &["渡轮", "渡"], "<mark>渡轮</mark><mark>渡轮</mark>");
        marks(
            "Ferries and a FERRY, offerry",
            &["ferries"],
            "<mark>Ferries</mark> and a <mark>FERRY</mark>, offerry",
        );
        marks(
            "A ferry crew is on, as is the sea",
            &["ferry crews", "as"],
            "A <mark>ferry crew</mark> is on, <mark>as</mark> is the sea",
        );
        marks("<b>&\"渡\"", &["渡", ""], "&lt;b&gt;&amp;&quot;<mark>渡</mark>&quot;");
        marks("渡", &["渡轮"], "渡");
        marks("渡輪復航", &["渡轮"], "<mark>渡輪</mark>復航");
        marks("渡轮复航", &["復航"], "渡轮<mark>复航</mark>");
    }
}
