//! The pages for people: the index, and a page for each story. They need no script, and they link without a host.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use maud::{DOCTYPE, Markup, html};

use super::catalogue::{Catalogue, Code, Definition, Each, Member};
use super::{Feed, Format, Site, content};
use crate::story::{Evidence, Label, Language, Part, Story};
use crate::taxonomy::Taxonomy;

/// The stylesheet of all pages, at [`STYLE_PATH`].
pub const STYLE: &str = include_str!("style.css");
/// The URL path of [`STYLE`].
pub const STYLE_PATH: &str = "/style.css";
/// The stylesheet of feeds that are opened in a browser, at [`FEED_STYLE_PATH`].
pub const FEED_STYLE: &str = "";
/// The URL path of [`FEED_STYLE`].
pub const FEED_STYLE_PATH: &str = "/feed.css";
/// The URL path of searches, without a format.
pub const SEARCH_PATH: &str = "/feeds/search";
/// The site's icon, an SVG, at [`ICON_PATH`].
pub const ICON: &str = include_str!("icon.svg");
/// The URL path of [`ICON`].
pub const ICON_PATH: &str = "/icon.svg";

/// The index: the first of `stories`, and the feeds that there are to subscribe to. A large family lists those
/// in which all of `stories` are found, so more should be given than are shown.
#[must_use]
pub fn index(stories: &[Story], catalogue: &Catalogue, site: &Site, taxonomy: &Taxonomy) -> String {
    /// How many stories the index shows.
    const SHOWN: usize = 30;
    let words = words(site);
    let labels = Labels { catalogue, site, taxonomy };
    let (families, singles): (Vec<_>, Vec<_>) =
        catalogue.definitions().partition(|definition| definition.each.is_some());
    let singles: Vec<Feed> = singles.into_iter().map(|definition| definition.feed(site)).collect();
    let head = html! { title { (site.title) } };
    let body = html! {
        header.masthead {
            h1.title { (site.title) }
            nav aria-label=(words.subscribe) {
                @for feed in &singles {
                    // A feed that is called like the site is the site's feed.
                    @let name = if feed.title == site.title { words.subscribe } else { &feed.title };
                    span { (name) " " (links(feed, site)) }
                }
            }
        }
        main.front {
            section.stories {
                h2 { (words.latest) }
                @if stories.is_empty() { p.empty { (words.empty) } }
                @for story in stories.iter().take(SHOWN) { (teaser(story, &labels)) }
            }
            div.families {
                @for definition in families { (family(definition, stories, &labels, words)) }
            }
        }
    };
    document(&head, &body, catalogue, site)
}

/// One story's page.
#[must_use]
pub fn story(story: &Story, catalogue: &Catalogue, site: &Site, taxonomy: &Taxonomy) -> String {
    let words = words(site);
    let labels = Labels { catalogue, site, taxonomy };
    let head = html! {
        title { (story.headline) " - " (site.title) }
        meta name="description" content=(content::summary(story));
        link rel="canonical" href=(site.url(&content::path(story)));
    };
    let body = html! {
        header.masthead.small { a.title href=(site.href("/")) { (site.title) } }
        main {
            article.story {
                header lang=(story.language.tag()) {
                    @if !story.kicker.is_empty() { p.kicker { (story.kicker) } }
                    h1 { (story.headline) }
                    @if !story.subheadline.is_empty() { p.deck { (story.subheadline) } }
                }
                p.facts {
                    @for byline in &story.bylines { span { (byline.role) " " (byline.name) } }
                    @if let Some(dateline) = &story.dateline { span { (dateline.agency) } }
                    (published(story, site))
                    @if story.version > 1 {
                        span {
                            @if story.corrected { (words.corrected) } @else { (words.updated) }
                            " " (time(story.versioncreated, site))
                        }
                    }
                }
                div.text lang=(story.language.tag()) { (content::text(story)) }
                @let tags = labels.of(story);
                ul.tags aria-label=(words.tags) {
                    @for tag in &tags { li.implied[tag.implied] { (tag.markup()) } }
                }
                (why(&tags, words))
            }
        }
    };
    document(&head, &body, catalogue, site)
}

/// Which words spoke for each tag, where, and with what weight.
fn why(tags: &[Tag], words: &Words) -> Markup {
    /// The weightiest; the rest add little.
    const MOST: usize = 6;
    let found = || tags.iter().filter(|tag| !tag.evidence.is_empty());
    html! {
        @if found().next().is_some() {
            details.why {
                summary { (words.why) }
                dl {
                    @for tag in found() {
                        dt { (tag.name) }
                        @for Evidence { term, part, count, weight } in tag.evidence.iter().take(MOST) {
                            dd {
                                q { (term) }
                                @if *count > 1 { "×" (count) }
                                " " (words.part(*part)) " " (format!("{weight:+}"))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn document(head: &Markup, body: &Markup, catalogue: &Catalogue, site: &Site) -> String {
    let lang = (site.language != Language::Undetermined).then(|| site.language.tag());
    let page = html! {
        (DOCTYPE)
        html lang=[lang] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                (head)
                link rel="stylesheet" href=(site.href(STYLE_PATH));
                link rel="icon" type="image/svg+xml" href=(site.href(ICON_PATH));
                @for definition in catalogue.definitions().filter(|definition| definition.each.is_none()) {
                    @let feed = definition.feed(site);
                    @for format in Format::ALL {
                        link rel="alternate" type=(format.media_type()) title=(feed.title)
                            href=(site.href(&feed.path_as(format)));
                    }
                }
            }
            body {
                (body)
                footer.foot { "wirefeed" }
            }
        }
    };
    content::legal(page.into_string())
}

/// A story on the index.
fn teaser(story: &Story, labels: &Labels) -> Markup {
    html! {
        article {
            h3 lang=(story.language.tag()) {
                a href=(labels.site.href(&content::path(story))) { (story.headline) }
            }
            p.summary lang=(story.language.tag()) { (content::summary(story)) }
            p.facts {
                (published(story, labels.site))
                @for label in labels.of(story).into_iter().filter(|label| !label.implied) { (label.markup()) }
            }
        }
    }
}

/// A family's feeds, the parts of a concept beneath it: all of them, or of a large family those that `stories`
/// are labelled with.
fn family(definition: &Definition, stories: &[Story], labels: &Labels, words: &Words) -> Markup {
    /// A family of more feeds than this is large.
    const LARGE: usize = 40;
    let mut members: Vec<Member> = definition.members(labels.taxonomy).collect();
    let all = members.len();
    let mut example = members.first().cloned();
    if all > LARGE {
        let told: HashSet<Code> = stories.iter().flat_map(codes).collect();
        members.retain(|member| told.contains(&member.code));
        example = members.first().cloned().or(example);
    }
    let by_code: HashMap<Code, &Member> = members.iter().map(|member| (member.code, member)).collect();
    let broader = |member: &&Member| member.broader.as_ref().and_then(|code| by_code.get(code).copied());
    let mut parts: HashMap<Code, Vec<&Member>> = HashMap::new();
    for member in &members {
        let top = std::iter::successors(Some(member), broader).last().expect("a member is above itself");
        if top.code != member.code {
            parts.entry(top.code).or_default().push(member);
        }
    }
    let tops = members.iter().filter(|member| broader(member).is_none());
    let (groups, others): (Vec<_>, Vec<_>) = tops.partition(|member| parts.contains_key(&member.code));
    html! {
        section {
            h2 {
                @match definition.each {
                    Some(Each::Topic) => (words.by_topic),
                    _ => (words.by_region),
                }
            }
            @for group in groups {
                div.group {
                    h3 { (labels.site.name(group.names)) }
                    (links(&definition.member(group, labels.site), labels.site))
                }
                (list(&parts[&group.code], definition, labels.site))
            }
            @if !others.is_empty() { (list(&others, definition, labels.site)) }
            @if let Some(example) = example && all > LARGE {
                p.more { (words.in_all[0]) (all) (words.in_all[1]) " " code { (definition.path(&example)) "." (Format::Atom.extension()) } }
            }
        }
    }
}

/// The labels of a story.
fn codes(story: &Story) -> impl Iterator<Item = Code<'_>> {
    let topics = story.topics.iter().map(|label| Code::Topic(&label.code));
    topics.chain(story.regions.iter().map(|label| Code::Region(&label.code)))
}

fn list(members: &[&Member], definition: &Definition, site: &Site) -> Markup {
    html! {
        ul.feeds {
            @for member in members {
                li {
                    span { (site.name(member.names)) }
                    (links(&definition.member(member, site), site))
                }
            }
        }
    }
}

/// A feed in each of its formats.
fn links(feed: &Feed, site: &Site) -> Markup {
    html! {
        @for format in Format::ALL {
            @let name = match format { Format::Rss => "RSS", Format::Atom => "Atom", Format::Json => "JSON" };
            a href=(site.href(&feed.path_as(format))) type=(format.media_type())
                aria-label={ (feed.title) " " (name) } { (name) }
            " "
        }
    }
}

/// What it takes to name a story's labels and to link to their feeds.
struct Labels<'a> {
    catalogue: &'a Catalogue,
    site: &'a Site,
    taxonomy: &'a Taxonomy,
}

/// A topic or region of a story.
struct Tag<'a> {
    name: &'a str,
    /// Its feed, where there is one.
    href: Option<String>,
    implied: bool,
    evidence: &'a [Evidence],
}

impl<'a> Labels<'a> {
    /// Regions, then topics; within each, those that were found before those that follow from them.
    fn of(&self, story: &'a Story) -> Vec<Tag<'a>> {
        let regions = story.regions.iter().map(|label| {
            let member = self.taxonomy.regions.get(&label.code).map(Member::region);
            self.tag(member, label.code.as_str(), label)
        });
        let topics = story.topics.iter().map(|label| {
            let member = self.taxonomy.topics.get(&label.code).map(Member::topic);
            self.tag(member, label.code.as_str(), label)
        });
        let mut tags: Vec<Tag> = regions.chain(topics).collect();
        tags.sort_by_key(|tag| tag.implied);
        tags
    }

    fn tag<C>(&self, member: Option<Member<'a>>, code: &'a str, label: &'a Label<C>) -> Tag<'a> {
        let Label { implied, evidence, .. } = label;
        let feed = member.as_ref().and_then(|member| self.catalogue.path_of(member));
        let href = feed.map(|path| self.site.href(&format!("{path}.{}", Format::Atom.extension())));
        let name = member.map_or(code, |member| self.site.name(member.names));
        Tag { name, href, implied: *implied, evidence }
    }
}

impl Tag<'_> {
    fn markup(&self) -> Markup {
        html! {
            @if let Some(href) = &self.href { a href=(href) rel="tag" { (self.name) } }
            @else { span { (self.name) } }
        }
    }
}

/// When a story was published: to the minute when it came as it was published, else the day of its dateline, for
/// which `published` names an hour that nobody printed.
fn published(story: &Story, site: &Site) -> Markup {
    if (story.versioncreated - story.published).abs() < TimeDelta::hours(1) {
        return time(story.published, site);
    }
    let day = story.published.with_timezone(&site.timezone).date_naive();
    let shown = day.format(if site.is_chinese() { "%Y年%-m月%-d日" } else { "%-d %b %Y" });
    html! { time datetime=(day) { (shown) } }
}

/// A moment as the readers' clocks show it.
fn time(time: DateTime<Utc>, site: &Site) -> Markup {
    let local = time.with_timezone(&site.timezone);
    let shown = local.format(if site.is_chinese() { "%Y年%-m月%-d日 %H:%M" } else { "%-d %b %Y, %H:%M" });
    html! { time datetime=(local.to_rfc3339()) { (shown) } }
}

/// The pages' own words in one language.
struct Words {
    latest: &'static str,
    subscribe: &'static str,
    by_topic: &'static str,
    by_region: &'static str,
    /// Around the number of all feeds of a large family, before an example.
    in_all: [&'static str; 2],
    empty: &'static str,
    updated: &'static str,
    corrected: &'static str,
    tags: &'static str,
    why: &'static str,
    /// As [`Part`] lists them.
    parts: [&'static str; 6],
}

impl Words {
    fn part(&self, part: Part) -> &'static str {
        let [headline, dateline, lead, subheads, body, captions] = self.parts;
        match part {
            Part::Headline => headline,
            Part::Dateline => dateline,
            Part::Lead => lead,
            Part::Subhead => subheads,
            Part::Body => body,
            Part::Caption => captions,
        }
    }
}

fn words(site: &Site) -> &'static Words {
    match site.language {
        Language::ZhHans => &Words {
            latest: "最新",
            subscribe: "订阅",
            by_topic: "按主题订阅",
            by_region: "按地区订阅",
            in_all: ["共有 ", " 个订阅地址，例如"],
            empty: "还没有稿件。放一页稿子进收件夹，它就会出现在这里。",
            updated: "更新于",
            corrected: "更正于",
            tags: "地区与主题",
            why: "为什么归入这里",
            parts: ["标题", "电头", "导语", "小标题", "正文", "图片说明"],
        },
        Language::ZhHant => &Words {
            latest: "最新",
            subscribe: "訂閱",
            by_topic: "按主題訂閱",
            by_region: "按地區訂閱",
            in_all: ["共有 ", " 個訂閱地址，例如"],
            empty: "還沒有稿件。放一頁稿子進收件夾，它就會出現在這裡。",
            updated: "更新於",
            corrected: "更正於",
            tags: "地區與主題",
            why: "為什麼歸入這裡",
            parts: ["標題", "電頭", "導言", "小標題", "正文", "圖片說明"],
        },
        Language::En | Language::Undetermined => &Words {
            latest: "Latest",
            subscribe: "Subscribe",
            by_topic: "Feeds by topic",
            by_region: "Feeds by region",
            in_all: ["There are ", " feeds in all, such as"],
            empty: "No stories yet. Drop a wire page into the inbox and it will be here.",
            updated: "updated",
            corrected: "corrected",
            tags: "Regions and topics",
            why: "Why these",
            parts: ["headline", "dateline", "lead", "sub-heads", "text", "captions"],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{Asia, Europe};

    fn site(language: Language, timezone: chrono_tz::Tz) -> Site {
        Site {
            title: "线上".to_owned(),
            base_url: "https://news.example/wire".to_owned(),
            author: "编辑部".to_owned(),
            language,
            timezone,
        }
    }

    #[track_caller]
    fn shows(language: Language, timezone: chrono_tz::Tz, wants: &str) {
        let moment = "2024-11-18T17:30:00Z".parse().unwrap();
        assert_eq!(time(moment, &site(language, timezone)).into_string(), wants);
    }

    #[test]
    fn times_are_those_of_the_readers_clocks() {
        shows(
            Language::ZhHans,
            Asia::Shanghai,
            r#"<time datetime="2024-11-19T01:30:00+08:00">2024年11月19日 01:30</time>"#,
        );
        shows(
            Language::En,
            Europe::Paris,
            r#"<time datetime="2024-11-18T18:30:00+01:00">18 Nov 2024, 18:30</time>"#,
        );
    }

    #[test]
    fn a_page_names_no_host_in_its_links_but_keeps_the_path_of_the_base_url() {
        let taxonomy = Taxonomy::embedded();
        let page = index(&[], &Catalogue::embedded(), &site(Language::ZhHans, Asia::Shanghai), &taxonomy);
        assert!(page.contains(r#"href="/wire/feeds/latest.atom""#), "{page}");
        assert!(!page.contains("news.example"), "{page}");
    }
}
