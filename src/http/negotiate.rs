//! What a client can read and likes best: content codings, media types and languages (RFC 9110 § 12.5), as pure
//! functions of its headers.

use hyper::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderMap, HeaderName};

use crate::edition::Coding;
use crate::story::Language;

/// The coding that the client likes best, and the shortest of those that it likes as much; `None` is the body as it is.
/// A client that takes nothing that we have gets that, too, which § 12.5.3 allows.
///
/// A star stands for gzip: it says “any”, but who writes it may never have heard of the newer codings.
pub(super) fn coding(headers: &HeaderMap) -> Option<Coding> {
    let likes = likes(headers, ACCEPT_ENCODING);
    let named = |name: &str| likes.iter().rev().find(|like| like.what == name).map(|like| like.weight);
    let star = named("*");
    let weight = |coding: Coding| match coding {
        Coding::Gzip => named("gzip").or(named("x-gzip")).or(star).unwrap_or(0),
        Coding::Brotli | Coding::Zstd => named(coding.name()).unwrap_or(0),
    };
    // Of equals, `max_by_key` gives the last.
    let best = Coding::ALL.into_iter().rev().max_by_key(|&coding| weight(coding))?;
    // Unmentioned, identity is acceptable, but a client that names a coding rather has that.
    let identity = named("identity").or(star.filter(|&weight| weight == 0)).unwrap_or(1);
    (weight(best) > 0 && weight(best) >= identity).then_some(best)
}

/// Whether somebody looks at it in a browser: `text/html` is named, no XML is liked as much, and no type of feeds is
/// named at all. Browsers send `text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8`; feed readers that
/// take HTML too (to find a feed in it) name the feeds' own types, or HTML for less.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    const FEEDS: [&str; 4] =
        ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"];
    let likes = likes(headers, ACCEPT);
    let weight = |name: &str| likes.iter().find(|like| like.what == name).map_or(0, |like| like.weight);
    let html = weight("text/html");
    let rivals = ["application/xml", "text/xml", "application/json", "text/plain"];
    html > 0 && rivals.iter().all(|rival| weight(rival) < html) && FEEDS.iter().all(|feed| weight(feed) == 0)
}

/// The language that the client likes best of ours, by lookup (RFC 4647 § 3.4); else the site's.
///
/// Of Chinese the script decides, or else the country: 繁體 in Taiwan, Hong Kong and Macau.
pub(super) fn language(headers: &HeaderMap, site: Language) -> Language {
    let mut likes = likes(headers, ACCEPT_LANGUAGE);
    likes.retain(|like| like.weight > 0);
    // Stable: of two that are liked as much, the first.
    likes.sort_by_key(|like| std::cmp::Reverse(like.weight));
    likes.iter().find_map(|like| of_range(&like.what)).unwrap_or(site)
}

/// Which of our languages a range like `zh-tw` asks for. A star asks for none in particular.
fn of_range(range: &str) -> Option<Language> {
    let mut subtags = range.split('-');
    match subtags.next()? {
        "en" => Some(Language::En),
        // `cmn` is Mandarin, which `zh` means when it says no more.
        "zh" | "cmn" => {
            let written = subtags.find_map(|subtag| match subtag {
                "hant" | "tw" | "hk" | "mo" => Some(Language::ZhHant),
                "hans" | "cn" | "sg" | "my" => Some(Language::ZhHans),
                _ => None,
            });
            Some(written.unwrap_or(Language::ZhHans))
        }
        _ => None,
    }
}

/// One thing that a client takes, and how much it likes it.
struct Like {
    /// In lower case.
    what: String,
    /// In thousandths (§ 12.4.2).
    weight: u16,
}

/// What a header lists. What is malformed is left out, as if the client had not said it.
fn likes(headers: &HeaderMap, name: HeaderName) -> Vec<Like> {
    let items = texts(headers, name).flat_map(|list| list.split(','));
    items
        .filter_map(|item| {
            let (what, parameters) = item.split_once(';').unwrap_or((item, ""));
            Some(Like { what: what.trim().to_ascii_lowercase(), weight: weight(parameters)? })
        })
        .collect()
}

/// The weight among some parameters, in thousandths: 1000 when there is none, `None` when it is not one.
fn weight(parameters: &str) -> Option<u16> {
    let is_weight = |name: &str| name.trim().eq_ignore_ascii_case("q");
    let mut pairs = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let Some((_, value)) = pairs.find(|(name, _)| is_weight(name)) else { return Some(1_000) };
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let is_weight =
        matches!(whole, "0" | "1") && fraction.len() <= 3 && fraction.bytes().all(|b| b.is_ascii_digit());
    let weight: u16 = is_weight.then(|| format!("{whole}{fraction:0<3}").parse().ok())??;
    (weight <= 1_000).then_some(weight)
}

/// The values of a header that may come in several lines.
pub(super) fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &HeaderName, lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (name.clone(), line.parse().unwrap())).collect()
    }

    #[test]
    fn the_coding_that_is_liked_best_goes_out() {
        const BR: Option<Coding> = Some(Coding::Brotli);
        const ZSTD: Option<Coding> = Some(Coding::Zstd);
        const GZIP: Option<Coding> = Some(Coding::Gzip);
        for (accept, wants) in [
            ("gzip", GZIP),
            ("GZIP", GZIP),
            ("x-gzip", GZIP),
            ("deflate, gzip ; q=0.5", GZIP),
            ("gzip;q=1.000", GZIP),
            ("gzip;q=0.001", GZIP),
            ("gzip;q=0.001, identity;q=0", GZIP),
            ("identity;q=0.5, gzip;q=0.5", GZIP),
            ("gzip;q=0.3, identity;q=0.4", None),
            // As browsers send it, and as they send it without encryption.
            ("gzip, deflate, br, zstd", BR),
            ("gzip, deflate", GZIP),
            ("zstd, gzip", ZSTD),
            ("br;q=0.8, zstd;q=0.9, gzip;q=0.1", ZSTD),
            ("br, gzip;q=0.1", BR),
            ("br;q=0, zstd;q=0, gzip", GZIP),
            ("br;q=0", None),
            ("*", GZIP),
            ("*;q=0.5", GZIP),
            ("br;q=0.5, *", GZIP),
            ("br, *;q=0.5", BR),
            ("*, gzip;q=0", None),
            ("identity;q=0, *", GZIP),
            ("identity;q=0, gzip", GZIP),
            ("identity;q=0, *;q=0", None),
            ("identity", None),
            ("", None),
            ("gzip;q=0", None),
            ("gzip;q=0.000", None),
            ("gzip;q=2", None),
            ("gzip;q=1.001", None),
            ("gzip;q=0.0001", None),
            (";q=,,gzip;q=2;;", None),
            ("gzipped", None),
        ] {
            assert_eq!(coding(&headers(&ACCEPT_ENCODING, &[accept])), wants, "{accept}");
        }
        assert_eq!(coding(&headers(&ACCEPT_ENCODING, &[])), None);
        assert_eq!(coding(&headers(&ACCEPT_ENCODING, &["deflate", "gzip"])), GZIP);
    }

    #[test]
    fn browsers_are_told_from_feed_readers() {
        for browser in [
            // Firefox, Chromium, Safari.
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,\
             application/signed-exchange;v=b3;q=0.7",
            "text/html, application/xhtml+xml, image/jxr, */*",
            "text/html",
            "TEXT/HTML; charset=utf-8; q=0.9, */*;q=0.8",
            "application/rss+xml;q=0, text/html",
        ] {
            assert!(is_browser(&headers(&ACCEPT, &[browser])), "{browser}");
        }
        for reader in [
            "",
            "*/*",
            "text/*",
            "text/html;q=0",
            // Scripts that fetch; FreshRSS, Miniflux, feedparser, newsboat; and what names nothing of ours.
            "application/json, text/plain, */*",
            "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, \
             text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1",
            "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, \
             text/html, */*;q=0.9",
            "application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,\
             text/xml;q=0.2,*/*;q=0.1",
            "application/rss+xml;q=0.1, text/html",
            "text/xml, text/html",
            "application/xml, text/html;q=0.9",
            "image/avif,image/webp,*/*",
            "text/html;q=9",
        ] {
            assert!(!is_browser(&headers(&ACCEPT, &[reader])), "{reader}");
        }
        assert!(!is_browser(&headers(&ACCEPT, &[])));
        assert!(is_browser(&headers(&ACCEPT, &["*/*;q=0.1", "text/html"])));
    }

    #[test]
    fn everyone_reads_their_language() {
        use Language::{En, ZhHans, ZhHant};
        for (accept, wants) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", ZhHans),
            ("zh", ZhHans),
            ("zh-SG", ZhHans),
            ("zh-Hans-HK", ZhHans),
            ("cmn-Hans-CN", ZhHans),
            ("zh-TW,zh;q=0.9", ZhHant),
            ("zh-HK", ZhHant),
            ("zh-MO", ZhHant),
            ("zh-Hant", ZhHant),
            ("zh-hant-tw", ZhHant),
            ("ZH-hk", ZhHant),
            ("en", En),
            ("en-GB,en;q=0.5", En),
            ("fr-FR,fr;q=0.9,en;q=0.5", En),
            ("fr, de;q=0.8, zh-TW;q=0.2, en;q=0.1", ZhHant),
            ("en;q=0.3, zh;q=0.7", ZhHans),
            ("en;q=0.7, zh;q=0.7", En),
            ("en;q=0, zh-HK;q=0.1", ZhHant),
            // Nothing of ours: the site's own.
            ("fr", ZhHant),
            ("*", ZhHant),
            ("", ZhHant),
            ("en;q=0", ZhHant),
            ("en;q=8", ZhHant),
            ("english", ZhHant),
            ("zhx", ZhHant),
            (",;q=,-", ZhHant),
        ] {
            assert_eq!(language(&headers(&ACCEPT_LANGUAGE, &[accept]), ZhHant), wants, "{accept}");
        }
        assert_eq!(language(&headers(&ACCEPT_LANGUAGE, &[]), En), En);
    }
}
