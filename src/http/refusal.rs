//! What we answer when there is no page to hand out, in words for whoever looks.

use std::borrow::Cow;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, VARY};
use hyper::{Response, StatusCode};

use super::reply::{self, METHODS};

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not a request that HTTP allows.
    BadRequest,
    /// The question of a search was not understood, and why.
    Question {
        /// Why not.
        why: String,
        /// The same with the form, for people.
        page: Option<String>,
    },
    /// There is no such thing.
    NotFound,
    /// Pages can only be read.
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

impl Refusal {
    /// Which status says so.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest | Self::Question { .. } => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Gone => StatusCode::GONE,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The same for people without a browser.
    fn sentence(&self) -> Cow<'static, str> {
        let sentence = match self {
            Self::Question { why, .. } => return format!("{why}\n").into(),
            Self::BadRequest => "This is not a request that HTTP allows.\n",
            Self::NotFound => "There is no such page.\n",
            Self::MethodNotAllowed => "Pages can only be read.\n",
            Self::Gone => "This story was withdrawn by its agency.\n",
            Self::UriTooLong => "No URL here is that long.\n",
            Self::Failed => "This page could not be printed.\n",
            Self::Unavailable => "The archive does not answer.\n",
        };
        sentence.into()
    }

    /// The response, with `html` as its body when the client is a browser. It may be another one the next moment, so
    /// nobody should keep it.
    pub(super) fn into_response(self, html: Option<String>) -> Response<Full<Bytes>> {
        let mut response = Response::builder()
            .status(self.status())
            .header(CACHE_CONTROL, "no-store")
            .header(VARY, "Accept, Accept-Language");
        response = match self {
            Self::MethodNotAllowed => response.header(ALLOW, METHODS),
            // Seconds. A turn that failed is tried again within them.
            Self::Unavailable => response.header(RETRY_AFTER, "10"),
            _ => response,
        };
        // What is wrong with a question is told in words of its own.
        let html = match &self {
            Self::Question { page, .. } => page.clone(),
            _ => html,
        };
        let (response, body) = match html {
            Some(html) => (reply::guarded(response.header(CONTENT_TYPE, reply::HTML)), html.into()),
            None => (response.header(CONTENT_TYPE, reply::PLAIN), Bytes::from(self.sentence().into_owned())),
        };
        reply::with_body(response, body)
    }
}
