//! What RSS, Atom and JSON say alike about a story: its text as HTML, its summary, its authors, its categories.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use maud::html;

use super::{Feed, Format, Part, Sheet, Site};
use crate::story::{Block, BlockKind, Caption, Dateline, Language, Rank, Region, Story, Topic};
use crate::taxonomy::{Point, Taxonomy};

/// The namespace of RFC 5005.
pub(super) const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// What a feed is, in a sentence: its title is said already.
pub(super) fn description(feed: &Feed, site: &Site) -> String {
    if site.is_chinese() {
        format!("“{}”的最新稿件", feed.title)
    } else {
        format!("The newest stories of “{}”", feed.title)
    }
}

/// The namespace of `GeoRSS`.
pub(super) const GEORSS: &str = "http://www.georss.org/georss";

/// A link of a feed document.
pub(super) struct Link {
    pub(super) rel: &'static str,
    pub(super) href: String,
    pub(super) media_type: &'static str,
}

/// The document itself, for an archive page the feed that it belongs to, and where the older stories are (RFC 5005 § 4).
pub(super) fn links(sheet: &Sheet, format: Format, site: &Site) -> impl Iterator<Item = Link> {
    let &Sheet { feed, part, older, .. } = sheet;
    let link = |rel, part: Part| Link {
        rel,
        href: site.url(&feed.at(part, format.extension())),
        media_type: format.media_type(),
    };
    let current = (part != Part::Newest).then(|| link("current", Part::Newest));
    let older = older.map(|older| link("prev-archive", older));
    [link("self", part)].into_iter().chain(current).chain(older)
}

/// Who sent it, as the dateline names them.
pub(super) fn agency(story: &Story) -> Option<&str> {
    story.dateline.as_ref().map(|dateline| dateline.agency.as_str()).filter(|agency| !agency.is_empty())
}

/// Where it was filed: the first place of its dateline.
pub(super) fn place(story: &Story) -> Option<&str> {
    story.dateline.as_ref()?.places.first().map(String::as_str)
}

/// Where that is, as far as the name tells for sure.
pub(super) fn point(story: &Story, taxonomy: &Taxonomy) -> Option<Point> {
    taxonomy.regions.point(place(story)?, &story.regions)
}

/// Whose it is: news belongs to the agency that sent it, unless somebody says otherwise.
pub(super) fn rights(story: &Story) -> Option<String> {
    agency(story).map(|agency| format!("© {agency}"))
}

/// The path of a story's own page.
pub(super) fn path(story: &Story) -> String {
    format!("/stories/{}", story.id)
}

/// What readers are told in the place of a withdrawn story, under its id and address: not a word of it, nor what it was
/// about, nor who wrote it.
#[must_use]
pub fn withdrawal(story: &Story) -> Story {
    let (headline, sentence) = match story.language {
        Language::ZhHans => ("（撤稿）", "本稿已撤回，请勿使用。"),
        Language::ZhHant => ("（撤稿）", "本稿已撤回，請勿使用。"),
        Language::En | Language::Undetermined => ("WITHDRAWN", "This story has been withdrawn."),
    };
    let body = vec![Block { kind: BlockKind::Paragraph, text: sentence.to_owned() }];
    // The agency may be told, its place not: that would be what it was about.
    let dateline = story.dateline.as_ref().map(|Dateline { agency, .. }| Dateline {
        agency: agency.clone(),
        places: Vec::new(),
        date: None,
        raw: String::new(),
    });
    let [kicker, title, subheadline, slugline, credits, ednote, correction] = [const { String::new() }; 7];
    Story {
        headline: headline.to_owned(),
        body,
        dateline,
        kicker,
        title,
        subheadline,
        slugline,
        credits,
        ednote,
        correction,
        corrected: false,
        urgency: None,
        bylines: Vec::new(),
        captions: Vec::new(),
        topics: Vec::new(),
        regions: Vec::new(),
        ..story.clone()
    }
}

/// What was wrong in the version before, for readers of a corrected story.
pub(super) fn correction(story: &Story) -> Option<maud::Markup> {
    let (label, sentence) = match story.language {
        Language::ZhHans | Language::ZhHant => ("更正：", "本稿已更正。"),
        Language::En | Language::Undetermined => ("Correction: ", "This story has been corrected."),
    };
    let told = if story.correction.is_empty() { sentence } else { &story.correction };
    story.corrected.then(|| html! { @if !story.correction.is_empty() { strong { (label) } } (told) })
}

/// The whole story as HTML, without its headline.
pub(super) fn html(story: &Story) -> String {
    html! {
        @if let Some(correction) = correction(story) { p { em { (correction) } } }
        @if !story.kicker.is_empty() { p { small { (story.kicker) } } }
        @if !story.subheadline.is_empty() { p { strong { (story.subheadline) } } }
        (text(story))
    }
    .into_string()
}

/// The story below its headlines: paragraphs and sub-heads, then the pictures' captions, then the credits.
pub(super) fn text(story: &Story) -> maud::Markup {
    html! {
        @for block in &story.body {
            @match block.kind {
                BlockKind::Paragraph => p { (block.text) },
                BlockKind::Subhead => h3 { (block.text) },
            }
        }
        @for caption in &story.captions {
            figure { figcaption { (caption.text) (credit(caption)) } }
        }
        @if !story.credits.is_empty() { p { small { (story.credits) } } }
    }
}

fn credit(caption: &Caption) -> maud::Markup {
    html! {
        @if !caption.credit.is_empty() { " " small { (caption.credit) } }
        @if let Some(day) = caption.taken { " " small { time datetime=(day) { (day) } } }
    }
}

/// The lead, plain, whole when it fits and otherwise cut after a sentence or, failing that, with an ellipsis.
pub(super) fn summary(story: &Story) -> Cow<'_, str> {
    /// How wide a summary may be, in columns: two for a Han character, one for a letter.
    const WIDTH: usize = 320;
    let lead = story.lead();
    let fits = fitting(lead, WIDTH);
    if fits == lead.len() {
        return Cow::Borrowed(lead);
    }
    let head = &lead[..fits];
    match sentences(lead).take_while(|&end| end <= fits).last() {
        Some(end) if end * 2 >= fits => Cow::Borrowed(&lead[..end]),
        _ => Cow::Owned(format!("{}…", whole_words(head, &lead[fits..]))),
    }
}

/// The length in bytes of the longest beginning of `text` that is at most `width` columns wide.
fn fitting(text: &str, width: usize) -> usize {
    let mut columns = 0;
    text.char_indices()
        .find(|&(_, c)| {
            columns += if c < '\u{1100}' { 1 } else { 2 };
            columns > width
        })
        .map_or(text.len(), |(at, _)| at)
}

/// Where the sentences of `text` end, in bytes: after 。！？, or after .!? and before a space, with the closing
/// quotation marks and brackets that follow.
fn sentences(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(|(at, c)| {
        let rest = &text[at + c.len_utf8()..];
        let after = rest.trim_start_matches(['”', '’', '」', '』', '）', ')', '"', '\'']);
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => after.is_empty() || after.starts_with(char::is_whitespace),
            _ => false,
        };
        ends.then_some(text.len() - after.len())
    })
}

/// `head` without the word that runs on into `tail`, unless that word is most of it.
fn whole_words<'a>(head: &'a str, tail: &str) -> &'a str {
    let is_letter = |c: char| c.is_alphanumeric() && c < '\u{1100}';
    let word = head.trim_end_matches(is_letter);
    let is_cut = tail.starts_with(is_letter) && word.len() * 2 >= head.len();
    if is_cut { word.trim_end() } else { head.trim_end() }
}

/// Who wrote the story; the site's author when no byline is printed, so never empty.
pub(super) fn authors<'a>(story: &'a Story, site: &'a Site) -> Vec<&'a str> {
    if story.bylines.is_empty() {
        return vec![&site.author];
    }
    story.bylines.iter().map(|byline| byline.name.as_str()).collect()
}

/// A topic or region as feeds name it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Category<'a> {
    /// Whose code it is, as a URI; `None` for a code that stands in no scheme.
    pub(super) scheme: Option<Cow<'a, str>>,
    /// The code within its scheme.
    pub(super) term: &'a str,
    /// Its name, in the site's language.
    pub(super) label: &'a str,
    /// Its name in the other language of the tables.
    other: &'a str,
}

impl Category<'_> {
    /// For readers of either language, since Atom has one label for a category: 卫生 / health.
    pub(super) fn in_both_languages(&self) -> String {
        if self.other == self.label { self.label.to_owned() } else { format!("{} / {}", self.label, self.other) }
    }
}

/// The labels of a story: those that were found before those that follow from them, topics before regions.
pub(super) fn categories<'a>(story: &'a Story, site: &Site, taxonomy: &'a Taxonomy) -> Vec<Category<'a>> {
    let labels = |implied: bool| {
        let topics = story.topics.iter().filter(move |label| label.implied == implied);
        let regions = story.regions.iter().filter(move |label| label.implied == implied);
        let topics = topics.map(|label| topic(&label.code, site, taxonomy));
        topics.chain(regions.map(|label| region(&label.code, site, taxonomy)))
    };
    labels(false).chain(labels(true)).collect()
}

fn topic<'a>(topic: &'a Topic, site: &Site, taxonomy: &'a Taxonomy) -> Category<'a> {
    /// The concept scheme of the IPTC Media Topics; with a code after it, the URI of that concept.
    const MEDIA_TOPICS: &str = "http://cv.iptc.org/newscodes/mediatopic/";
    let (scheme, term) = match topic.as_str().split_once(':') {
        Some(("medtop", code)) => (Some(Cow::Borrowed(MEDIA_TOPICS)), code),
        _ => own(topic.as_str()),
    };
    let names = taxonomy.topics.get(topic).map(|concept| &concept.names);
    let (label, other) = names.map_or((term, term), |names| site.both_names(names));
    Category { scheme, term, label, other }
}

fn region<'a>(region: &'a Region, site: &Site, taxonomy: &'a Taxonomy) -> Category<'a> {
    /// ISO 3166, by its registered name (RFC 5141).
    const ISO_3166: &str = "urn:iso:std:iso:3166";
    let code = region.as_str();
    let (scheme, term) = if is_iso_3166(code) { (Some(Cow::Borrowed(ISO_3166)), code) } else { own(code) };
    let names = taxonomy.regions.get(region).map(|concept| &concept.names);
    let (label, other) = names.map_or((term, term), |names| site.both_names(names));
    Category { scheme, term, label, other }
}

/// Whether the code has the form of a country's (`FR`) or of one of its parts (`CN-AH`); `CN-X-BAY` has not.
fn is_iso_3166(code: &str) -> bool {
    let (country, part) = code.split_once('-').unwrap_or((code, "X"));
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && matches!(part.len(), 1..=3)
        && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// A code of the user's own (`ours:chips`). Its scheme has no public URI, so it is named as ninjs names the code:
/// what stands before the last colon there.
fn own(code: &str) -> (Option<Cow<'_, str>>, &str) {
    match code.split_once(':') {
        Some((scheme, term)) => (Some(Cow::Owned(format!("urn:wirefeed:{scheme}"))), term),
        None => (None, code),
    }
}

/// When a story last changed. Stories that changed in one second are told apart by fractions of it, in the order of
/// feeds: readers sort by this time, and the feed validator warns of equal ones.
pub(super) fn changed(story: &Story) -> DateTime<Utc> {
    let rank = Rank::of(&story.id, story.published);
    story.versioncreated + TimeDelta::microseconds(rank.fraction())
}

/// When any of these stories last changed; `None` when there are none.
pub(super) fn last_changed(stories: &[Story]) -> Option<DateTime<Utc>> {
    stories.iter().map(changed).max()
}

/// `page` with U+FFFD for every character that XML 1.0 § 2.2 forbids, which would make all of it unreadable.
///
/// `wire` lets none in; this is the last door. Replacing keeps apart what the character stood between, such
/// as the two halves of `]]>`.
pub(super) fn legal(page: String) -> String {
    let is_forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if page.contains(is_forbidden) { page.replace(is_forbidden, "\u{fffd}") } else { page }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::needless_pass_by_value, reason = "expect-test's own style")]

    use super::*;
    use crate::story::{Kind, PubStatus, StoryId};
    use expect_test::{Expect, expect};

    fn story(paragraph: &str) -> Story {
        Story {
            id: StoryId::mint("", "", "", ""),
            version: 1,
            kind: Kind::Text,
            pubstatus: PubStatus::Usable,
            corrected: false,
            urgency: None,
            language: Language::ZhHans,
            kicker: String::new(),
            headline: "标题".to_owned(),
            title: String::new(),
            subheadline: String::new(),
            slugline: String::new(),
            bylines: Vec::new(),
            dateline: None,
            body: vec![Block { kind: BlockKind::Paragraph, text: paragraph.to_owned() }],
            captions: Vec::new(),
            credits: String::new(),
            ednote: String::new(),
            correction: String::new(),
            embargoed: None,
            published: DateTime::UNIX_EPOCH,
            versioncreated: DateTime::UNIX_EPOCH,
            topics: Vec::new(),
            regions: Vec::new(),
        }
    }

    #[track_caller]
    fn summarises(lead: &str, wants: &str) {
        assert_eq!(summary(&story(lead)), wants);
    }

    #[test]
    fn a_lead_that_fits_is_the_summary() {
        summarises("", "");
        summarises("河口的渡船今天复航。", "河口的渡船今天复航。");
        summarises(&"渡".repeat(160), &"渡".repeat(160));
    }

    #[test]
    fn a_long_lead_is_cut_after_a_sentence() {
        let sentence = format!("{}。", "渡".repeat(99));
        summarises(&sentence.repeat(2), &sentence);
        let quoted = format!("“{}。”", "渡".repeat(99));
        summarises(&quoted.repeat(2), &quoted);
        let english = format!("The ferry costs 2.50 euros, {}.", "far ".repeat(60).trim_end());
        summarises(&format!("{english} {english}"), &english);
    }

    #[test]
    fn a_lead_without_a_sentence_is_cut_between_words() {
        summarises(&"渡".repeat(161), &format!("{}…", "渡".repeat(160)));
        summarises(&"ferryman ".repeat(40), &format!("{}…", "ferryman ".repeat(35).trim_end()));
        summarises(&"f".repeat(400), &format!("{}…", "f".repeat(320)));
        summarises(&format!("短。{}", "渡".repeat(200)), &format!("短。{}…", "渡".repeat(158)));
    }

    #[track_caller]
    fn reads(edit: impl FnOnce(&mut Story), expect: Expect) {
        let mut story = story("渡船<复航> & 更快");
        edit(&mut story);
        expect.assert_eq(&html(&story));
    }

    #[test]
    fn a_story_is_paragraphs_subheads_and_captions() {
        reads(|_| (), expect!["<p>渡船&lt;复航&gt; &amp; 更快</p>"]);
        reads(
            |story| {
                story.kicker = "河口新事".to_owned();
                story.subheadline = "班次加密".to_owned();
                story.body.push(Block { kind: BlockKind::Subhead, text: "老船工".to_owned() });
                story.captions.push(Caption {
                    text: "渡船靠岸。".to_owned(),
                    credit: "本报记者 方舟".to_owned(),
                    taken: chrono::NaiveDate::from_ymd_opt(2024, 3, 9),
                });
            },
            expect![[
                r#"<p><small>河口新事</small></p><p><strong>班次加密</strong></p><p>渡船&lt;复航&gt; &amp; 更快</p><h3>老船工</h3><figure><figcaption>渡船靠岸。 <small>本报记者 方舟</small> <small><time datetime="2024-03-09">2024-03-09</time></small></figcaption></figure>"#
            ]],
        );
    }

    #[test]
    fn codes_are_told_with_whose_they_are() {
        let site = Site {
            title: String::new(),
            base_url: String::new(),
            author: String::new(),
            language: Language::En,
            timezone: chrono_tz::UTC,
        };
        let taxonomy = Taxonomy::embedded();
        let told = |category: Category| format!("{} {}", category.scheme.as_deref().unwrap_or("-"), category.term);
        for (code, wants) in [
            ("medtop:07000000", "http://cv.iptc.org/newscodes/mediatopic/ 07000000"),
            ("ours:chips", "urn:wirefeed:ours chips"),
        ] {
            assert_eq!(told(topic(&code.parse().unwrap(), &site, &taxonomy)), wants);
        }
        for (code, wants) in [
            ("CN", "urn:iso:std:iso:3166 CN"),
            ("CN-AH", "urn:iso:std:iso:3166 CN-AH"),
            ("CN-X-BAY", "- CN-X-BAY"),
            ("340181", "- 340181"),
            ("ours:bay", "urn:wirefeed:ours bay"),
        ] {
            assert_eq!(told(region(&code.parse().unwrap(), &site, &taxonomy)), wants);
        }
    }

    #[test]
    fn nothing_that_xml_forbids_gets_out() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary::<Vec<char>>()?.into_iter().chain(['\u{3}', '\u{ffff}']).collect();
            let out = legal(text.clone());
            assert_eq!(out.chars().count(), text.chars().count());
            // The Char production of XML 1.0 § 2.2.
            assert!(out.chars().all(|c| matches!(c,
                '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)));
            Ok(())
        });
    }
}
