//! The paper's name in a line of its own.

use super::super::super::byline::ends_paper_name;
use super::super::super::cursor::is_han;
use super::super::is_within;
use crate::wire::words::Words;

/// 江滨日报, 黔 山 日 报, QIANSHAN RIBAO, The Harbour Post: the paper's name in a line of its own.
pub(super) fn is_masthead(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    if text.starts_with(is_han) {
        if text.ends_with('稿') {
            return is_wire(text);
        }
        if !text.ends_with(['报', '報', '刊']) {
            return false;
        }
        let name: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let is_spaced = text.split_whitespace().all(|letter| letter.chars().count() == 1);
        return (name.len() == text.len() || is_spaced) && is_chinese_paper(&name);
    }
    let mut words = text.split(' ');
    let (first, last) = (words.next().unwrap_or(""), words.next_back().unwrap_or(""));
    let shouted = !text.chars().any(char::is_lowercase);
    // “The News” heads no page, and “The New Star” may head a story: in small letters a name has three words.
    let named = first == "THE" && shouted || first == "The" && text.split(' ').count() >= 3;
    named && is_english_paper(text) || is_pinyin_of_a_paper(first, last)
}

/// 新华社新闻稿, 中新社电讯稿.
pub(super) fn is_wire(part: &str) -> bool {
    const RELEASES: [&str; 6] = ["新闻稿", "电讯稿", "通稿", "电稿", "新聞稿", "電訊稿"];
    let Some(house) = RELEASES.iter().find_map(|release| part.strip_suffix(release)) else { return false };
    house.ends_with(['社', '报', '網', '网', '報']) && is_within(house, 8) && house.chars().all(is_han)
}

pub(super) fn is_chinese_paper(name: &str) -> bool {
    (3..=7).contains(&name.chars().count()) && name.chars().all(is_han) && PAPERS.end(name)
}

/// Each word begins with a capital, and the last is one that papers are called.
fn is_english_paper(text: &str) -> bool {
    const SMALL: Words = Words::of(&["of", "and", "the", "&", "on"]);
    let capital = |word: &str| word.starts_with(char::is_uppercase) || SMALL.have(word);
    let last = text.rsplit([' ', '-']).next().unwrap_or(text);
    text.split(' ').count() <= 6
        && ends_paper(last)
        && text.split(' ').all(capital)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '&' | '\'' | '’' | '.'))
}

/// `MERCURY`: what a byline does not know as a paper is one at the head of a page.
fn ends_paper(word: &str) -> bool {
    ends_paper_name(word) || word.eq_ignore_ascii_case("mercury")
}

/// `QIANSHAN RIBAO`, below the name in characters.
fn is_pinyin_of_a_paper(first: &str, last: &str) -> bool {
    const ENDS: [&str; 9] =
        ["ribao", "wanbao", "chenbao", "zaobao", "shibao", "shangbao", "zhoubao", "dushibao", "kuaibao"];
    first.starts_with(|c: char| c.is_ascii_uppercase())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && ENDS.iter().any(|end| last.eq_ignore_ascii_case(end))
}

/// What ends the name of a paper.
const PAPERS: Words = Words::of(&[
    "日报",
    "晚报",
    "晨报",
    "早报",
    "时报",
    "商报",
    "周报",
    "导报",
    "都市报",
    "快报",
    "青年报",
    "日報",
    "晚報",
    "晨報",
    "早報",
    "時報",
    "商報",
    "週報",
    "导刊",
    "周刊",
    "週刊",
    "画报",
]);

/// How long the name of a paper is that the text begins with: `THE EASTERN LEDGER`, `Caskill Courier`.
pub(super) fn paper_at(text: &str) -> Option<usize> {
    let mut end = 0;
    for (index, word) in text.split(' ').take(6).enumerate() {
        end += word.len() + usize::from(index > 0);
        let bare = word.trim_end_matches([',', '|']);
        if index > 0 && ends_paper(bare) {
            let name = &text[..end - (word.len() - bare.len())];
            return is_english_paper(name).then_some(name.len());
        }
        if word.is_empty() || !word.starts_with(char::is_uppercase) && !matches!(word, "of" | "and" | "&" | "the")
        {
            return None;
        }
    }
    None
}
