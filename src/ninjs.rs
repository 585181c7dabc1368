//! Stories as IPTC ninjs 3.1, one JSON object each.
//!
//! <https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json>

use chrono::{NaiveDate, NaiveTime, SecondsFormat, TimeZone};
use serde_json::{Map, Value, json};

use crate::story::{BlockKind, Caption, Kind, Language, Region, Story, Topic};
use crate::taxonomy::{Names, Taxonomy};

/// The story as a ninjs object; `file` is the base name of its wire file, and datelines are noon in `zone`.
///
/// # Panics
/// Never: noon is a time.
#[must_use]
pub fn object<Tz: TimeZone>(story: &Story, taxonomy: &Taxonomy, file: &str, zone: &Tz) -> Value {
    let uri = format!("urn:uuid:{}", story.id);
    let noon = |day: NaiveDate| {
        let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time"));
        zone.from_local_datetime(&noon).earliest().map(|at| at.fixed_offset().to_rfc3339())
    };
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        let absent = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !absent {
            object.insert(key.to_owned(), value);
        }
    };
    let dateline = story.dateline.as_ref();
    put("uri", json!(uri));
    put("standard", json!({ "name": "ninjs", "version": "3.1" }));
    put("type", json!(if story.kind == Kind::Photo { "picture" } else { "text" }));
    put("representationType", json!("full"));
    put("version", json!(story.version.to_string()));
    put("pubStatus", json!(story.pubstatus));
    put("urgency", json!(story.urgency));
    put("language", json!(story.language.tag()));
    put("firstCreated", json!(story.published.to_rfc3339_opts(SecondsFormat::Secs, true)));
    put("versionCreated", json!(story.versioncreated.to_rfc3339_opts(SecondsFormat::Secs, true)));
    put("contentCreated", json!(dateline.and_then(|d| d.date).and_then(noon)));
    put("embargoedUntil", json!(story.embargoed.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))));
    put("edNote", json!(ednote(story)));
    put("slugline", json!(story.slugline));
    put("headlines", json!(headlines(story)));
    put("by", json!(by(story)));
    put("located", json!(dateline.map_or(String::new(), |d| d.places.join("/"))));
    put("infoSources", json!(agency(story)));
    put("bodies", json!(bodies(story)));
    put("associations", json!(pictures(story, &uri, noon)));
    put(
        "subjects",
        json!(story.topics.iter().map(|l| subject(&l.code, taxonomy, story.language)).collect::<Vec<_>>()),
    );
    put(
        "places",
        json!(story.regions.iter().map(|l| place(&l.code, taxonomy, story.language)).collect::<Vec<_>>()),
    );
    put("altIds", json!([{ "role": "file", "value": file }]));
    Value::Object(object)
}

/// ninjs has no word for a correction but the note to editors.
fn ednote(story: &Story) -> String {
    match (story.ednote.as_str(), story.corrected, story.language) {
        ("", true, Language::ZhHans | Language::ZhHant) => "更正稿".to_owned(),
        ("", true, _) => "Corrected version".to_owned(),
        (note, ..) => note.to_owned(),
    }
}

fn headlines(story: &Story) -> Vec<Value> {
    let parts = [("main", &story.headline), ("kicker", &story.kicker), ("subheadline", &story.subheadline)];
    let given = parts.into_iter().filter(|(_, text)| !text.is_empty());
    given.map(|(role, text)| json!({ "role": role, "value": text })).collect()
}

fn by(story: &Story) -> String {
    let names: Vec<&str> = story.bylines.iter().map(|byline| byline.name.as_str()).collect();
    names.join(if story.language == Language::En { ", " } else { "、" })
}

fn agency(story: &Story) -> Vec<Value> {
    let agency = story.dateline.as_ref().map(|dateline| &dateline.agency).filter(|agency| !agency.is_empty());
    agency.map(|name| json!({ "name": name, "role": "originator" })).into_iter().collect()
}

fn bodies(story: &Story) -> Vec<Value> {
    if story.body.is_empty() {
        return Vec::new();
    }
    let blocks = story.body.iter().map(|block| {
        let tag = if block.kind == BlockKind::Subhead { "h2" } else { "p" };
        format!("<{tag}>{}</{tag}>", escaped(&block.text))
    });
    vec![json!({ "role": "main", "contentType": "text/html", "value": blocks.collect::<String>() })]
}

/// Text as it may stand in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn pictures(story: &Story, uri: &str, noon: impl Fn(NaiveDate) -> Option<String>) -> Vec<Value> {
    let picture = |(at, caption): (usize, &Caption)| {
        let mut picture = json!({
            "uri": format!("{uri}#picture-{}", at + 1),
            "name": format!("picture-{}", at + 1),
            "type": "picture",
            "descriptions": [{ "role": "caption", "value": caption.text }],
        });
        if !caption.credit.is_empty() {
            picture["by"] = json!(caption.credit);
        }
        if let Some(taken) = caption.taken.and_then(&noon) {
            picture["contentCreated"] = json!(taken);
        }
        picture
    };
    story.captions.iter().enumerate().map(picture).collect()
}

fn subject(code: &Topic, taxonomy: &Taxonomy, language: Language) -> Value {
    // Codes of the user's own schemes have no public URI.
    let uri = match code.as_str().split_once(':') {
        Some(("medtop", number)) => format!("http://cv.iptc.org/newscodes/mediatopic/{number}"),
        _ => format!("urn:wirefeed:{code}"),
    };
    let name = taxonomy.topics.get(code).map_or(code.as_str(), |concept| named(&concept.names, language));
    json!({ "uri": uri, "name": name })
}

fn place(code: &Region, taxonomy: &Taxonomy, language: Language) -> Value {
    let name = taxonomy.regions.get(code).map_or(code.as_str(), |concept| named(&concept.names, language));
    json!({ "literal": code, "name": name })
}

fn named(names: &Names, language: Language) -> &str {
    if language == Language::En { &names.en } else { &names.zh }
}
