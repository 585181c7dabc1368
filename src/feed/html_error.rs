//! The page for what cannot be shown. It stands in until the pages for people have one.

use maud::{DOCTYPE, html};

use super::{Site, content, html::STYLE_PATH};
use crate::story::Language;

/// The page that goes out with this status.
#[must_use]
pub fn page(status: u16, site: &Site, language: Language) -> String {
    let said = said(status, language);
    let page = html! {
        (DOCTYPE)
        html lang=[(language != Language::Undetermined).then(|| language.tag())] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (said) " - " (site.title) }
                link rel="stylesheet" href=(site.href(STYLE_PATH));
            }
            body {
                header.masthead.small { a.title href=(site.href("/")) { (site.title) } }
                main { article.story { h1 { (said) } } }
            }
        }
    };
    content::legal(page.into_string())
}

fn said(status: u16, language: Language) -> &'static str {
    let [simplified, traditional, english] = match status {
        404 => ["没有这一页", "沒有這一頁", "There is no such page"],
        410 => ["发稿方已撤回这篇稿件", "發稿方已撤回這篇稿件", "This story was withdrawn by its agency"],
        400..500 => ["这个请求无法处理", "這個請求無法處理", "This request cannot be answered"],
        _ => ["此刻无法显示，请稍后再试", "此刻無法顯示，請稍後再試", "This cannot be shown now; try again later"],
    };
    match language {
        Language::ZhHans => simplified,
        Language::ZhHant => traditional,
        Language::En | Language::Undetermined => english,
    }
}
