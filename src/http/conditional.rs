//! What a client already has, and what it can read: conditional requests (RFC 9110 § 13) and content codings
//! (§ 12.5.3), as pure functions of its headers.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use hyper::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH};

/// Whether the client's copy is this one, so that 304 says enough.
///
/// `If-None-Match` alone decides when there is one (§ 13.2.2), and tags are compared weakly (§ 8.8.3.2).
/// `If-Modified-Since` must name the very second: a story that is withdrawn makes its feed older, so that
/// “not newer than” would hide the change. (nginx compares like this too.)
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

/// Whether a list of entity tags, or `*`, holds `etag`. Commas may stand inside a tag. What follows something
/// that is not a tag is not read.
fn has_tag(list: &str, etag: &str) -> bool {
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

/// How the body is coded on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
}

/// The coding that the client likes best; gzip when it likes both as much. A client that takes neither gets
/// the body as it is, which § 12.5.3 allows.
pub(super) fn coding(headers: &HeaderMap) -> Coding {
    let (mut gzip, mut identity, mut other) = (None, None, None);
    for item in texts(headers, ACCEPT_ENCODING).flat_map(|list| list.split(',')) {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight(parameters);
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = weight,
            "identity" => identity = weight,
            "*" => other = weight,
            _ => {}
        }
    }
    let gzip = gzip.or(other).unwrap_or(0);
    // Unmentioned, identity is acceptable, but a client that names a coding rather has that.
    let identity = identity.or(other.filter(|&weight| weight == 0)).unwrap_or(1);
    if gzip > 0 && gzip >= identity { Coding::Gzip } else { Coding::Identity }
}

/// The weight in thousandths (§ 12.4.2): 1000 when there is none, `None` when it is not one.
fn weight(parameters: &str) -> Option<u16> {
    if parameters.trim().is_empty() {
        return Some(1_000);
    }
    let (name, value) = parameters.split_once('=')?;
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let is_weight = name.trim().eq_ignore_ascii_case("q")
        && matches!(whole, "0" | "1")
        && fraction.len() <= 3
        && fraction.bytes().all(|b| b.is_ascii_digit());
    let weight: u16 = is_weight.then(|| format!("{whole}{fraction:0<3}").parse().ok())??;
    (weight <= 1_000).then_some(weight)
}

/// The values of a header that may come in several lines.
fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
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
    fn tags_win_over_dates() {
        let same = (IF_MODIFIED_SINCE, "Sat, 09 Mar 2024 01:30:00 GMT");
        answers(&[(IF_NONE_MATCH, "\"other\""), same.clone()], false);
        answers(&[(IF_NONE_MATCH, "garbage"), same], false);
        answers(&[(IF_NONE_MATCH, ETAG), (IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT")], true);
    }

    #[test]
    fn gzip_goes_to_those_who_like_it() {
        let codes = |lines: &[&str]| {
            coding(&headers(&lines.iter().map(|line| (ACCEPT_ENCODING, *line)).collect::<Vec<_>>()))
        };
        for gzip in [
            "gzip",
            "GZIP",
            "x-gzip",
            "br, gzip;q=0.1",
            "*",
            "*;q=0.5",
            "identity;q=0, gzip",
            "gzip;q=1.000",
            "deflate, gzip ; q=0.5",
            "identity;q=0.5, gzip;q=0.5",
            "gzip;q=0.001",
            "identity;q=0, *",
        ] {
            assert_eq!(codes(&[gzip]), Coding::Gzip, "{gzip}");
        }
        for identity in [
            "",
            "br",
            "gzip;q=0",
            "gzip;q=0.000",
            "*, gzip;q=0",
            "gzip;q=0.3, identity;q=0.4",
            "gzip;q=2",
            "gzip;q=1.001",
            "gzip;q=0.0001",
            "gzip;level=9",
            ";q=,,gzip;q=2;;",
            "identity;q=0, *;q=0",
            "gzipped",
        ] {
            assert_eq!(codes(&[identity]), Coding::Identity, "{identity}");
        }
        assert_eq!(codes(&[]), Coding::Identity);
        assert_eq!(codes(&["br", "gzip"]), Coding::Gzip);
    }
}
