//! All that we ever answer, and the one place where an answer gets its headers.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION,
    REFERRER_POLICY, RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::response::Builder;
use hyper::{Response, StatusCode};

use super::conditional::{Coding, http_date};
use crate::edition::Page;

/// What we answer.
#[derive(Debug)]
pub(super) enum Reply {
    /// A page, in a coding that the client can read.
    Page(Arc<Page>, Coding),
    /// The client's copy of this page is good.
    NotModified(Arc<Page>),
    /// The feed is there under this URL, relative to the one that was asked for.
    Moved(String),
    /// We are alive.
    Healthy,
    /// Not a request that HTTP allows.
    BadRequest,
    /// A question that was not understood, and why.
    Refused(String),
    /// There is no such thing.
    NotFound,
    /// Only `GET` and `HEAD`.
    MethodNotAllowed,
    /// The story was withdrawn by its agency.
    Gone,
    /// No URL of ours is that long.
    UriTooLong,
    /// Printing failed; a fault of ours.
    Failed,
    /// The archive does not answer at the moment.
    Unavailable,
}

impl Reply {
    /// The response, with pages fresh for `max_age`.
    pub(super) fn into_response(self, max_age: Duration) -> Response<Full<Bytes>> {
        let fresh = format!("max-age={}", max_age.as_secs());
        let (response, body) = match self {
            Self::Page(page, coding) => with_page(&page, coding, &fresh),
            Self::NotModified(page) => (validators(StatusCode::NOT_MODIFIED, &page, &fresh), Bytes::new()),
            Self::Moved(to) => {
                let response = Response::builder().status(StatusCode::FOUND).header(LOCATION, to);
                (response.header(CACHE_CONTROL, fresh), Bytes::new())
            }
            Self::Healthy => said(StatusCode::OK, "ok\n"),
            Self::BadRequest => said(StatusCode::BAD_REQUEST, "This is not a request that HTTP allows.\n"),
            Self::Refused(why) => {
                let (response, _) = said(StatusCode::BAD_REQUEST, "");
                (response, Bytes::from(why + "\n"))
            }
            Self::NotFound => said(StatusCode::NOT_FOUND, "There is no such page.\n"),
            Self::MethodNotAllowed => {
                let (response, body) = said(StatusCode::METHOD_NOT_ALLOWED, "Pages can only be read.\n");
                (response.header(ALLOW, "GET, HEAD"), body)
            }
            Self::Gone => said(StatusCode::GONE, "This story was withdrawn by its agency.\n"),
            Self::UriTooLong => said(StatusCode::URI_TOO_LONG, "No URL here is that long.\n"),
            Self::Failed => said(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be printed.\n"),
            Self::Unavailable => {
                let (response, body) = said(StatusCode::SERVICE_UNAVAILABLE, "The archive does not answer.\n");
                (response.header(RETRY_AFTER, "10"), body)
            }
        };
        response
            .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
            .body(Full::new(body))
            .expect("every header above is ASCII without control characters")
    }
}

fn with_page(page: &Page, coding: Coding, fresh: &str) -> (Builder, Bytes) {
    /// Our pages load a stylesheet and an icon of ours, and nothing else.
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                          form-action 'none'; frame-ancestors 'none'";
    let mut response = validators(StatusCode::OK, page, fresh).header(CONTENT_TYPE, page.media_type());
    if page.media_type().starts_with("text/html") || page.media_type().starts_with("image/svg") {
        response = response.header(CONTENT_SECURITY_POLICY, POLICY).header(REFERRER_POLICY, "no-referrer");
    }
    let gzip = match coding {
        Coding::Gzip => page.gzip(),
        Coding::Identity => None,
    };
    match gzip {
        Some(gzip) => (response.header(CONTENT_ENCODING, "gzip"), gzip.clone()),
        None => (response, page.body().clone()),
    }
}

/// The headers that a 200 and its 304 share (RFC 9110 § 15.4.5).
fn validators(status: StatusCode, page: &Page, fresh: &str) -> Builder {
    let response = Response::builder()
        .status(status)
        .header(ETAG, page.etag())
        .header(CACHE_CONTROL, fresh)
        .header(VARY, "Accept-Encoding");
    match page.last_modified() {
        Some(time) => response.header(LAST_MODIFIED, http_date(time)),
        None => response,
    }
}

/// A sentence for whoever looks. It may be another one the next moment, so nobody should keep it.
fn said(status: StatusCode, sentence: &'static str) -> (Builder, Bytes) {
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(CACHE_CONTROL, "no-store");
    (response, Bytes::from_static(sentence.as_bytes()))
}
