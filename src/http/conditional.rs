//! What a client already has: conditional requests (RFC 9110 § 13), as pure functions of its headers.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use hyper::header::{HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH};

use super::negotiate::texts;

/// The date for `Last-Modified`, unless it is in the future at `now`: such a date never goes out, and counts for
/// nothing (RFC 9110 § 8.8.2.1).
pub(super) fn known(last_modified: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    last_modified.filter(|&time| whole_seconds(time) <= whole_seconds(now))
}

/// Whether the client's copy is this one, so that 304 says enough.
///
/// `If-None-Match` alone decides when there is one (§ 13.2.2), and tags are compared weakly (§ 8.8.3.2).
/// `If-Modified-Since` must name the very second: a client that names a date of its own may have asked just before
/// a filing of that second was done, and an archive that was restored is older, so that “not newer than” would hide
/// the change. (nginx compares like this too.)
pub(super) fn not_modified(headers: &HeaderMap, etag: &str, last_modified: Option<DateTime<Utc>>) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        return texts(headers, IF_NONE_MATCH).any(|list| has_tag(list, etag));
    }
    let Some(last_modified) = last_modified else { return false };
    let since =
        headers.get(IF_MODIFIED_SINCE).and_then(|value| httpdate::parse_http_date(value.to_str().ok()?).ok());
    since == Some(whole_seconds(last_modified))
}

/// The date for `Last-Modified`, which has no fractions of a second (§ 5.6.7).
pub(super) fn http_date(time: DateTime<Utc>) -> String {
    httpdate::fmt_http_date(whole_seconds(time))
}

/// A time before 1970 counts as 1970, since the format needs years of four digits.
fn whole_seconds(time: DateTime<Utc>) -> SystemTime {
    let seconds = u64::try_from(time.timestamp()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
}

/// The tags of the prints that the client has, when it takes those stories of a feed alone that it lacks (RFC 3229
/// § 10.5.3): it says `A-IM: feed`, and names what it has. A list that says `*` names nothing.
pub(super) fn delta_of(headers: &HeaderMap) -> Option<Vec<&str>> {
    const A_IM: HeaderName = HeaderName::from_static("a-im");
    let takes = |item: &str| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let is_refused =
            parameters.trim().strip_prefix("q=").is_some_and(|q| q.chars().all(|c| matches!(c, '0' | '.')));
        name.trim().eq_ignore_ascii_case("feed") && !is_refused
    };
    let is_asked = texts(headers, A_IM).flat_map(|list| list.split(',')).any(takes);
    let lists: Vec<&str> = texts(headers, IF_NONE_MATCH).filter(|list| list.trim() != "*").collect();
    (is_asked && !lists.is_empty()).then_some(lists)
}

/// Whether a list of entity tags, or `*`, holds `etag`. Commas may stand inside a tag. What follows something
/// that is not a tag is not read.
pub(super) fn has_tag(list: &str, etag: &str) -> bool {
    let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
    if list.trim() == "*" {
        return true;
    }
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let weak = rest.strip_prefix("W/").unwrap_or(rest);
        let Some(end) = weak.strip_prefix('"').and_then(|tag| tag.find('"')) else { return false };
        let (tag, after) = weak.split_at(end + 2);
        if tag == opaque(etag) {
            return true;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderName;

    use super::*;

    const ETAG: &str = "W/\"a1\"";

    fn headers(lines: &[(HeaderName, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[track_caller]
    fn answers(lines: &[(HeaderName, &str)], wants: bool) {
        let last_modified = "2024-03-09T01:30:00.7Z".parse().unwrap();
        assert_eq!(not_modified(&headers(lines), ETAG, Some(last_modified)), wants, "{lines:?}");
    }

    #[test]
    fn a_client_that_has_it_is_told_so() {
        for has in
            ["W/\"a1\"", "\"a1\"", "*", " * ", "\"x\", W/\"a1\"", "\"x,y\",\"a1\"", ",, \"a1\" ,", "\"\"\t,\"a1\""]
        {
            answers(&[(IF_NONE_MATCH, has)], true);
        }
        for has_not in ["", "\"a2\"", "a1", "W/a1", "\"a1", "w/\"a1\"", "\"x, \"a1\"", "\"*\"", "garbage, \"a1\""]
        {
            answers(&[(IF_NONE_MATCH, has_not)], false);
        }
        answers(&[(IF_NONE_MATCH, "\"x\""), (IF_NONE_MATCH, "\"a1\"")], true);
    }

    #[test]
    fn dates_count_to_the_second_and_in_three_forms() {
        answers(&[], false);
        for same in
            ["Sat, 09 Mar 2024 01:30:00 GMT", "Saturday, 09-Mar-24 01:30:00 GMT", "Sat Mar  9 01:30:00 2024"]
        {
            answers(&[(IF_MODIFIED_SINCE, same)], true);
        }
        for other in ["Sat, 09 Mar 2024 01:29:59 GMT", "Sat, 09 Mar 2024 01:30:01 GMT", "yesterday", ""] {
            answers(&[(IF_MODIFIED_SINCE, other)], false);
        }
        assert!(!not_modified(&headers(&[(IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT")]), ETAG, None));
    }

    #[test]
    fn a_date_in_the_future_is_not_known() {
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = time("2024-03-09T01:30:00.2Z");
        for (last_modified, wants) in [
            ("2024-03-09T01:29:59Z", true),
            ("2024-03-09T01:30:00.7Z", true),
            ("2024-03-09T01:30:01Z", false),
            ("2031-01-01T00:00:00Z", false),
        ] {
            assert_eq!(known(Some(time(last_modified)), now).is_some(), wants, "{last_modified}");
        }
        assert_eq!(known(None, now), None);
    }

    #[test]
    fn tags_win_over_dates() {
        let same = (IF_MODIFIED_SINCE, "Sat, 09 Mar 2024 01:30:00 GMT");
        answers(&[(IF_NONE_MATCH, "\"other\""), same.clone()], false);
        answers(&[(IF_NONE_MATCH, "garbage"), same], false);
        answers(&[(IF_NONE_MATCH, ETAG), (IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT")], true);
    }

    #[test]
    fn a_delta_is_asked_for_by_name_with_what_the_client_has() {
        let asks = |a_im: &str, has: &str| {
            let mut lines = vec![(HeaderName::from_static("a-im"), a_im)];
            lines.extend((!has.is_empty()).then_some((IF_NONE_MATCH, has)));
            delta_of(&headers(&lines)).map(|lists| lists.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(asks("feed", ETAG), Some(vec![ETAG.to_owned()]));
        assert_eq!(asks("vcdiff, FEED;q=0.5", ETAG), Some(vec![ETAG.to_owned()]));
        for (a_im, has) in
            [("", ETAG), ("vcdiff", ETAG), ("feed", ""), ("feed", "*"), ("feed;q=0.0", ETAG), ("feeds", ETAG)]
        {
            assert_eq!(asks(a_im, has), None, "{a_im} {has}");
        }
    }
}
