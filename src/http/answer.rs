//! What we say to a request: from its method, path and headers to a reply, with the pages of one edition.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Body;
use hyper::header::{CONTENT_ENCODING, HOST, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, Version};
use tokio::time::{Instant, timeout};

use super::conditional::{delta_of, has_tag, known, not_modified};
use super::negotiate::{coding, is_browser, language};
use super::refusal::Refusal;
use super::reply::{self, Reply};
use super::route::{Route, is_open};
use super::{Desk, counts};
use crate::edition::{Address, Coding, Edition, Found, Page, as_uri};
use crate::story::Language;

/// The whole response to a request, counted.
pub(super) async fn respond<B>(request: &Request<B>, desk: &Desk) -> Response<Full<Bytes>> {
    let edition = Arc::clone(&desk.stand.editions.borrow());
    let now = (desk.stand.clock)();
    let (path, headers) = (request.uri().path(), request.headers());
    let language = language(headers, edition.language());
    let route = Route::parse(path, request.uri().query(), language);
    let kind = route.kind();
    let answered = timeout(desk.options.answer_timeout, answer(request, route, &edition, desk)).await;
    let mut response = match answered.unwrap_or(Err(Refusal::Unavailable)) {
        Ok(reply) => reply.into_response(desk.options.max_age, now),
        Err(refusal) => {
            let html = is_browser(headers).then(|| edition.missing(refusal.status().as_u16(), language));
            refusal.into_response(html)
        }
    };
    reply::dress(response.headers_mut(), now);
    if is_open(path) {
        reply::open(response.headers_mut(), *request.method() == Method::OPTIONS);
    }
    count(&response, kind, request.method(), desk);
    response
}

fn count(response: &Response<Full<Bytes>>, kind: &'static str, method: &Method, desk: &Desk) {
    let name = response.headers().get(CONTENT_ENCODING);
    let coding = Coding::ALL.into_iter().find(|coding| name.is_some_and(|name| name == coding.name()));
    let bytes = if *method == Method::HEAD { 0 } else { response.body().size_hint().exact().unwrap_or(0) };
    desk.counts.answered(kind, response.status(), coding.map_or("identity", Coding::name), bytes);
}

async fn answer<B>(
    request: &Request<B>,
    route: Route,
    edition: &Arc<Edition>,
    desk: &Desk,
) -> Result<Reply, Refusal> {
    // A request without a host, or with two, is refused (RFC 9112 § 3.2), lest a proxy read it otherwise.
    let hosts = request.headers().get_all(HOST).iter().count();
    if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
        return Err(Refusal::BadRequest);
    }
    match *request.method() {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return Ok(Reply::Methods),
        _ => return Err(Refusal::MethodNotAllowed),
    }
    let headers = request.headers();
    match route {
        Route::Page(address) => page(headers, address, edition, desk).await,
        Route::AnyFormat { path } if edition.has_feed(&path) => {
            located(&in_format(request.uri().path(), &path, is_browser(headers)), request).map(Reply::InFormat)
        }
        Route::Elsewhere(to) if leads(&to, edition) => located(&to, request).map(Reply::Moved),
        Route::Health => Ok(Reply::State(Ok(()))),
        Route::Readiness => Ok(Reply::State(ready(desk).await)),
        Route::Figures => Ok(Reply::Figures(counts::told(&desk.stand.registry))),
        Route::AnyFormat { .. } | Route::Elsewhere(_) | Route::Unknown => Err(Refusal::NotFound),
        Route::TooLong => Err(Refusal::UriTooLong),
    }
}

async fn page(
    headers: &HeaderMap,
    address: Address,
    edition: &Arc<Edition>,
    desk: &Desk,
) -> Result<Reply, Refusal> {
    let page = match edition.cached(&address) {
        Some(page) => {
            desk.counts.found();
            page
        }
        None => match print(address.clone(), Arc::clone(edition), desk).await? {
            Ok(page) => page,
            Err(there) => return beside(&there),
        },
    };
    let last_modified = known(page.last_modified(), (desk.stand.clock)());
    if not_modified(headers, page.etag(), last_modified) {
        return Ok(Reply::NotModified(page));
    }
    if let Some(delta) = delta(headers, &address, edition).await {
        let media_type = delta.media_type();
        return Ok(Reply::Delta(delta, None, media_type));
    }
    let coding = coding(headers);
    let media_type = shown_as(page.media_type(), headers);
    let page = match coding {
        Some(coding) if !page.is_ready(coding) => code(page, coding).await?,
        _ => page,
    };
    Ok(Reply::Page(page, coding, media_type))
}

/// The stories alone that the client lacks, when it asked for that and there are some; printed on a thread that may block.
async fn delta(headers: &HeaderMap, address: &Address, edition: &Arc<Edition>) -> Option<Arc<Page>> {
    let has: Vec<String> = delta_of(headers)?.into_iter().map(str::to_owned).collect();
    let (address, edition) = (address.clone(), Arc::clone(edition));
    let printed = tokio::task::spawn_blocking(move || {
        edition.delta(&address, |etag| has.iter().any(|list| has_tag(list, etag)))
    });
    // Whatever fails, the whole feed is there.
    printed.await.ok()?.ok()?
}

/// The media type under which a page goes out. A browser shows the proper type of a feed as source, or offers to save
/// it; the same bytes as `text/xml` it draws with the stylesheet that they name.
fn shown_as(media_type: &'static str, headers: &HeaderMap) -> &'static str {
    if reply::is_xml_feed(media_type) && is_browser(headers) { "text/xml; charset=utf-8" } else { media_type }
}

/// Has the page printed, on a thread that may block; or tells at which path it is found.
async fn print(
    address: Address,
    edition: Arc<Edition>,
    desk: &Desk,
) -> Result<Result<Arc<Page>, String>, Refusal> {
    // Others wait; who waits for longer than an answer may take is told to come again.
    let press = Arc::clone(&desk.presses).acquire_owned().await.expect("nobody closes it");
    let begun = Instant::now();
    let printed = tokio::task::spawn_blocking(move || {
        let _press = press;
        edition.page(&address)
    })
    .await;
    match printed {
        Ok(Ok(Found::Page(page))) => {
            desk.counts.printed(begun.elapsed());
            Ok(Ok(page))
        }
        Ok(Ok(Found::Moved(there))) => Ok(Err(there)),
        Ok(Ok(Found::Refused { why, page })) => Err(Refusal::Question { why, page }),
        Ok(Ok(Found::Gone)) => Err(Refusal::Gone),
        Ok(Ok(Found::Nothing)) => Err(Refusal::NotFound),
        Ok(Err(error)) => {
            tracing::error!(%error, "cannot print");
            Err(Refusal::Unavailable)
        }
        Err(error) => {
            tracing::error!(%error, "printing failed");
            Err(Refusal::Failed)
        }
    }
}

/// The way to a path that differs from the one asked for in its name or query alone; relative, so that it holds behind
/// a proxy that serves us below a path of its own.
fn beside(there: &str) -> Result<Reply, Refusal> {
    let (path, query) = there.split_once('?').map_or((there, None), |(path, query)| (path, Some(query)));
    let name = as_uri(path.rsplit('/').next().unwrap_or_default());
    let url = query.map_or_else(|| name.clone(), |query| format!("{name}?{query}"));
    HeaderValue::try_from(url).map(Reply::InFormat).map_err(|_| Refusal::NotFound)
}

/// Has the page coded, on a thread that may take its time.
async fn code(page: Arc<Page>, coding: Coding) -> Result<Arc<Page>, Refusal> {
    let coded = tokio::task::spawn_blocking(move || {
        page.coded(coding);
        page
    });
    coded.await.map_err(|error| {
        tracing::error!(%error, "coding failed");
        Refusal::Failed
    })
}

/// Whether we can do our work; asked on a thread that may block.
async fn ready(desk: &Desk) -> Result<(), String> {
    let ready = Arc::clone(&desk.stand.ready);
    tokio::task::spawn_blocking(move || ready()).await.unwrap_or_else(|_| Err("asking has failed".to_owned()))
}

/// The URL of the feed at `path` in the format for this client, relative to `asked`, the path as it came.
fn in_format(asked: &str, path: &str, is_browser: bool) -> String {
    let has_page = || Address::parse(&format!("{path}.html"), None, Language::En).is_some();
    let format = if is_browser && has_page() { "html" } else { "atom" };
    let name = asked.rsplit('/').next().unwrap_or_default();
    format!("{name}.{format}")
}

/// Whether there is something at the end of a redirect, as far as one can tell without printing it. (What feeds there
/// are is for whoever runs the site to say.)
fn leads(to: &str, edition: &Edition) -> bool {
    match to.strip_prefix("feeds/").and_then(|feed| feed.rsplit_once('.')) {
        Some((name, _)) => {
            Address::parse(&format!("/{to}"), None, Language::En).is_some()
                && edition.has_feed(&format!("/feeds/{name}"))
        }
        None => true,
    }
}

/// `to` with the query that the client gave.
fn located<B>(to: &str, request: &Request<B>) -> Result<HeaderValue, Refusal> {
    let query = request.uri().query();
    let url = query.map_or_else(|| to.to_owned(), |query| format!("{to}?{query}"));
    // A URL in which raw bytes stand is none of ours.
    HeaderValue::try_from(url).ok().filter(|url| url.to_str().is_ok()).ok_or(Refusal::NotFound)
}
