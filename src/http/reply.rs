//! What we answer when all is well, and which headers answers carry.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::Full;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, HeaderValue,
    LAST_MODIFIED, LINK, LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::response::Builder;
use hyper::{Response, StatusCode};

use super::conditional::{http_date, known};
use super::counts::OPENMETRICS;
use crate::edition::{Coding, Page};

/// What can be done with a page.
pub(super) const METHODS: &str = "GET, HEAD, OPTIONS";
pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";
/// Why building a response does not fail.
const ASCII: &str = "every header is ASCII without control characters";

/// What we answer when all is well.
#[derive(Debug)]
pub(super) enum Reply {
    /// A page, in a coding that the client can read, as this media type.
    Page(Arc<Page>, Option<Coding>, &'static str),
    /// What the client's copy of this page lacks; as a page is.
    Delta(Arc<Page>, Option<Coding>, &'static str),
    /// The client's copy of this page is good.
    NotModified(Arc<Page>),
    /// It is under another URL, and will be.
    Moved(HeaderValue),
    /// The feed is there under this URL, in the format that this client likes best.
    InFormat(HeaderValue),
    /// What can be done here.
    Methods,
    /// All is well, or what is not.
    State(Result<(), String>),
    /// What was counted.
    Figures(String),
}

impl Reply {
    /// The response, with pages fresh for `max_age` from `now`.
    pub(super) fn into_response(self, max_age: Duration, now: DateTime<Utc>) -> Response<Full<Bytes>> {
        /// How long a browser may remember where a page has moved. Not for ever: what is at the address may change.
        const DAY: &str = "max-age=86400";
        match self {
            Self::Page(page, coding, media_type) => with_page(&page, coding, media_type, max_age, now),
            Self::Delta(page, coding, media_type) => {
                let mut response = with_page(&page, coding, media_type, max_age, now);
                *response.status_mut() = StatusCode::IM_USED;
                let headers = response.headers_mut();
                headers.insert(HeaderName::from_static("im"), HeaderValue::from_static("feed"));
                // A cache that does not know 226 would keep it for the whole feed (RFC 3229 § 10.8.1).
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store, im"));
                response
            }
            Self::NotModified(page) => {
                with_body(validators(StatusCode::NOT_MODIFIED, &page, max_age, now), Bytes::new())
            }
            Self::Moved(to) => {
                let response = Response::builder().status(StatusCode::MOVED_PERMANENTLY).header(LOCATION, to);
                with_body(response.header(CACHE_CONTROL, DAY), Bytes::new())
            }
            Self::InFormat(to) => {
                let response = Response::builder().status(StatusCode::FOUND).header(LOCATION, to);
                let response = response.header(VARY, "Accept").header(CACHE_CONTROL, fresh(max_age));
                with_body(response, Bytes::new())
            }
            Self::Methods => {
                let response = Response::builder().status(StatusCode::NO_CONTENT).header(ALLOW, METHODS);
                with_body(response, Bytes::new())
            }
            Self::State(Ok(())) => of_the_moment(StatusCode::OK, PLAIN, "ok\n".to_owned()),
            Self::State(Err(why)) => of_the_moment(StatusCode::SERVICE_UNAVAILABLE, PLAIN, why + "\n"),
            Self::Figures(text) => of_the_moment(StatusCode::OK, OPENMETRICS, text),
        }
    }
}

/// The response of this head and body.
pub(super) fn with_body(response: Builder, body: Bytes) -> Response<Full<Bytes>> {
    response.body(Full::new(body)).expect(ASCII)
}

/// What is another thing the next moment, so that nobody should keep it.
fn of_the_moment(status: StatusCode, media_type: &'static str, text: String) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status);
    with_body(response.header(CONTENT_TYPE, media_type).header(CACHE_CONTROL, "no-store"), text.into())
}

fn with_page(
    page: &Page,
    coding: Option<Coding>,
    media_type: &'static str,
    max_age: Duration,
    now: DateTime<Utc>,
) -> Response<Full<Bytes>> {
    let mut response = validators(StatusCode::OK, page, max_age, now).header(CONTENT_TYPE, media_type);
    if is_drawn(media_type) {
        response = guarded(response);
    }
    match coding.and_then(|coding| Some((coding, page.coded(coding)?))) {
        Some((coding, bytes)) => with_body(response.header(CONTENT_ENCODING, coding.name()), bytes.clone()),
        None => with_body(response, page.body().clone()),
    }
}

/// Whether a browser draws pages of this type, and could run what is in them.
fn is_drawn(media_type: &str) -> bool {
    ["text/html", "text/xml", "image/svg+xml"].iter().any(|drawn| media_type.starts_with(drawn))
}

/// The headers of what a browser draws: nothing but our own stylesheets, pictures and search form, and no word to
/// other sites about what somebody read here.
pub(super) fn guarded(response: Builder) -> Builder {
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                          form-action 'self'; frame-ancestors 'none'";
    response.header(CONTENT_SECURITY_POLICY, POLICY).header(REFERRER_POLICY, "no-referrer")
}

/// The headers that a 200 and its 304 share (RFC 9110 § 15.4.5).
fn validators(status: StatusCode, page: &Page, max_age: Duration, now: DateTime<Utc>) -> Builder {
    let cache = if page.is_immutable() { IMMUTABLE.to_owned() } else { fresh(max_age) };
    let mut response = Response::builder()
        .status(status)
        .header(ETAG, page.etag())
        .header(CACHE_CONTROL, cache)
        .header(VARY, vary(page));
    if let Some(time) = known(page.last_modified(), now) {
        response = response.header(LAST_MODIFIED, http_date(time));
    }
    if let Some(language) = page.language() {
        response = response.header(CONTENT_LANGUAGE, language.tag());
    }
    if !page.link_header().is_empty() {
        response = response.header(LINK, page.link_header());
    }
    response
}

/// A year, which is as good as for ever (RFC 8246).
const IMMUTABLE: &str = "max-age=31536000, immutable";

/// Fresh for `max_age`; for some while longer a cache may show it while it asks for a newer one (RFC 5861 § 3), so
/// that no reader waits for a print.
fn fresh(max_age: Duration) -> String {
    const STALE: u64 = 5;
    let seconds = max_age.as_secs();
    format!("max-age={seconds}, stale-while-revalidate={}", seconds.saturating_mul(STALE))
}

/// What the answer at a page's address hangs on besides the address (RFC 9110 § 12.5.5).
fn vary(page: &Page) -> &'static str {
    match (is_xml_feed(page.media_type()), page.language().is_some()) {
        (false, false) => "Accept-Encoding",
        (false, true) => "Accept-Encoding, Accept-Language",
        (true, false) => "Accept, Accept-Encoding",
        (true, true) => "Accept, Accept-Encoding, Accept-Language",
    }
}

/// Whether pages of this type are feeds that a browser would show as source, or offer to save.
pub(super) fn is_xml_feed(media_type: &str) -> bool {
    media_type.starts_with("application/rss+xml") || media_type.starts_with("application/atom+xml")
}

/// The headers that all answers carry.
pub(super) fn dress(headers: &mut HeaderMap, now: DateTime<Utc>) {
    // By the clock that `Last-Modified` is judged by.
    headers.insert(DATE, HeaderValue::from_str(&http_date(now)).expect(ASCII));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// Lets scripts of other sites read the answer: feed readers that run in a browser (Fetch § 3.3). There is nothing
/// here that one reader may see and another may not.
pub(super) fn open(headers: &mut HeaderMap, is_preflight: bool) {
    let mut say = |name, value| headers.insert(name, HeaderValue::from_static(value));
    say(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if is_preflight {
        say(ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
        say(ACCESS_CONTROL_ALLOW_HEADERS, "A-IM, Cache-Control, If-Modified-Since, If-None-Match");
        say(ACCESS_CONTROL_MAX_AGE, "86400");
    } else {
        say(ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Last-Modified, Link");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Language;

    #[test]
    fn a_page_stays_fresh_and_a_while_longer() {
        for (seconds, wants) in [
            (0, "max-age=0, stale-while-revalidate=0"),
            (60, "max-age=60, stale-while-revalidate=300"),
            (u64::MAX, "max-age=18446744073709551615, stale-while-revalidate=18446744073709551615"),
        ] {
            assert_eq!(fresh(Duration::from_secs(seconds)), wants);
        }
    }

    #[test]
    fn a_page_says_what_it_is() {
        let now = "2024-03-09T01:30:00Z".parse().unwrap();
        let told = |page: Page| {
            let (page, max_age) = (Arc::new(page), Duration::from_mins(1));
            let whole = Reply::Page(Arc::clone(&page), None, page.media_type()).into_response(max_age, now);
            let known = Reply::NotModified(page).into_response(max_age, now);
            let names = [CACHE_CONTROL, VARY, LAST_MODIFIED, CONTENT_LANGUAGE, LINK];
            let text = |response: &Response<_>| {
                let headers = names.iter().map(|name| response.headers().get(name));
                headers
                    .map(|value| value.map_or("-", |value| value.to_str().unwrap()).to_owned())
                    .collect::<Vec<_>>()
            };
            assert_eq!(text(&whole), text(&known));
            text(&whole)
        };
        let page = |media_type| Page::new(media_type, "", &[]);
        assert_eq!(told(page(HTML)), ["max-age=60, stale-while-revalidate=300", "Accept-Encoding", "-", "-", "-"]);
        assert_eq!(
            told(page(HTML).in_language(Language::ZhHant).changed(Some(now))),
            [
                "max-age=60, stale-while-revalidate=300",
                "Accept-Encoding, Accept-Language",
                "Sat, 09 Mar 2024 01:30:00 GMT",
                "zh-Hant",
                "-"
            ]
        );
        assert_eq!(
            told(page("application/atom+xml").immutable().links([("current", "/feeds/latest.atom", "")])),
            [
                "max-age=31536000, immutable",
                "Accept, Accept-Encoding",
                "-",
                "-",
                "</feeds/latest.atom>; rel=\"current\""
            ]
        );
    }

    #[test]
    fn what_a_browser_draws_is_guarded() {
        for (media_type, wants) in [
            (HTML, true),
            ("text/xml; charset=utf-8", true),
            ("image/svg+xml", true),
            ("application/rss+xml; charset=utf-8", false),
            ("text/css; charset=utf-8", false),
        ] {
            assert_eq!(is_drawn(media_type), wants, "{media_type}");
        }
    }
}
