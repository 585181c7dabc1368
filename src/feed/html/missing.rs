//! The page for what cannot be shown: no such address, a story that was withdrawn, a fault of ours.

use maud::html;

use super::{Head, Masthead, Setting, document};

/// The page that goes out with this status: 404, 410, any other that refuses a request (4xx), or a
/// fault of ours.
#[must_use]
pub fn missing(status: u16, setting: Setting) -> String {
    let words = setting.words();
    let [title, reason] = match status {
        404 => words.not_found,
        410 => words.gone,
        400..500 => words.refused,
        _ => words.failed,
    };
    let head = Head { title, channel: None, more: html! { meta name="robots" content="noindex"; } };
    let main = html! {
        div.missing {
            p.status { (status) }
            h1 { (title) }
            p { (reason) }
            p { a href=(setting.href("/")) { (words.home) } }
        }
    };
    document(&head, Masthead::Inner, &main, setting)
}
