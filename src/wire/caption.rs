//! Pictures in text: what a caption, its credit and its day look like.

use super::byline;
use super::cursor::Cursor;
use super::date::{PrintedDay, chinese_day, english_day};

/// A caption as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    pub text: String,
    pub credit: String,
    /// The day it says it was taken, or the first day that it names.
    pub taken: Option<PrintedDay>,
}

/// Reads a paragraph that ends in a photo credit.
///
/// The text before the credit may be empty: then it is a credit line, which belongs to a caption above.
pub(super) fn read(text: &str) -> Option<Printed> {
    let trimmed = text.trim();
    let (at, credit) = credit(trimmed)?;
    let body = trimmed[..at].trim_end();
    Some(Printed { text: body.to_owned(), credit, taken: taken(body) })
}

/// △罗斌: a mark says that the line belongs to a picture.
pub(super) fn marked(text: &str) -> Option<Printed> {
    let body = text.strip_prefix(['△', '↑', '↓'])?.trim();
    (!body.is_empty() && body.chars().count() <= 120).then(|| {
        read(body).unwrap_or_else(|| Printed { text: body.to_owned(), credit: String::new(), taken: taken(body) })
    })
}

/// The day of a picture: the last one before 摄, else the first one named.
pub(super) fn taken(text: &str) -> Option<PrintedDay> {
    let mut first = None;
    for (at, c) in text.char_indices() {
        let starts_day = c.is_ascii_digit() || ('０'..='９').contains(&c) || c.is_ascii_uppercase();
        let inside_number = text[..at].ends_with(|c: char| c.is_alphanumeric() && c.is_ascii());
        if !starts_day || inside_number {
            continue;
        }
        let mut cursor = Cursor::new(&text[at..]);
        let day = chinese_day(&mut cursor).or_else(|| english_day(&mut cursor));
        if cursor.eat("摄") || cursor.eat("攝") {
            return day;
        }
        first = first.or(day);
    }
    first
}

/// Where the credit begins in bytes, and who it credits.
fn credit(text: &str) -> Option<(usize, String)> {
    bracketed_credit(text).or_else(|| taken_by(text)).or_else(|| supplied_by(text))
}

/// （新华社发）, （新华社记者李明 摄）, (Xinhua), (Photo by Lin Wei/Xinhua), （资料图片）.
fn bracketed_credit(text: &str) -> Option<(usize, String)> {
    let open = text.rfind(['(', '（'])?;
    let inner = byline::strip_brackets(&text[open..])?.trim();
    let whom = inner
        .strip_prefix("Photo by ")
        .or_else(|| inner.strip_suffix('发').filter(|house| house.ends_with('社')))
        .or_else(|| inner.strip_suffix('發').filter(|house| house.ends_with('社')))
        .or_else(|| inner.strip_suffix("照片"))
        .or_else(|| inner.strip_suffix("供图"))
        .or_else(|| inner.strip_suffix("供圖"))
        .or_else(|| inner.strip_prefix("图片来源").map(|rest| rest.trim_start_matches(['：', ':'])))
        .or_else(|| (inner == "资料图片" || inner == "資料圖片").then_some(inner))
        .or_else(|| {
            taken_by(inner).filter(|(at, _)| *at == 0).map(|_| inner.trim_end_matches(['摄', '攝']).trim())
        })
        .or_else(|| english_house(inner))?;
    // 新华社发（李欣摄）: the house before the brackets is part of the credit.
    let before = text[..open].trim_end();
    if let Some(house) = ISSUED.iter().find(|house| before.ends_with(**house)) {
        let start = before.len() - house.len();
        return Some((start, text[start..].trim().to_owned()));
    }
    Some((open, whom.trim().to_owned()))
}

/// Houses that issue a picture taken by somebody else.
const ISSUED: [&str; 4] = ["新华社发", "新華社發", "本报发", "中新社发"];

/// `Xinhua`, `Xinhua/Lin Wei`, `AP Photo/Jane Doe`: only houses known to sign pictures this way.
fn english_house(inner: &str) -> Option<&str> {
    const HOUSES: [&str; 7] = ["Xinhua", "AP Photo", "AFP", "Reuters", "REUTERS", "Kyodo", "dpa"];
    HOUSES
        .iter()
        .any(|house| inner == *house || inner.strip_prefix(house).is_some_and(|rest| rest.starts_with('/')))
        .then_some(inner)
}

/// 新华社记者李欣摄, 新华社发（李欣摄）, 本报记者 李欣 摄影报道 at the end.
fn taken_by(text: &str) -> Option<(usize, String)> {
    let body = text
        .strip_suffix(['摄', '攝'])
        .or_else(|| text.strip_suffix("摄影报道"))
        .or_else(|| text.strip_suffix("攝影報道"))?;
    let body = body.trim_end();
    // The credit begins after the last sentence, or is the whole text.
    let start = body
        .rfind(['。', '！', '？', '”', ')', '）', '!', '?'])
        .map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
    let whom = body[start..].trim();
    let issued = ISSUED.iter().find_map(|house| whom.strip_prefix(house)).unwrap_or(whom);
    let is_credit = byline::line(whom).is_some() || byline::bare_name(issued.trim()).is_some();
    is_credit.then(|| (start + body[start..].len() - body[start..].trim_start().len(), whom.to_owned()))
}

/// 受访者供图, 黄田县融媒体中心供图, 新华社发 at the end of a caption.
fn supplied_by(text: &str) -> Option<(usize, String)> {
    let body = ["供图", "供圖", "提供图片", "提供圖片"].iter().find_map(|word| text.strip_suffix(word));
    let house = ISSUED.iter().find(|word| text.ends_with(**word));
    let end = match (body, house) {
        (Some(body), _) => body.len(),
        (None, Some(word)) => text.len() - word.chars().next_back().map_or(0, char::len_utf8),
        (None, None) => return None,
    };
    let start = text[..end]
        .rfind(['。', '！', '？', '”', ')', '）'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let whom = text[start..end].trim();
    // 由省博物馆供图 in a sentence goes on; a credit is short.
    (!whom.is_empty() && whom.chars().count() <= 20 && !whom.contains(['，', ',']))
        .then(|| (start, whom.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = read(text);
        assert_eq!(found.as_ref().map(|c| (c.text.as_str(), c.credit.as_str())), expected, "{text}");
    }

    #[test]
    fn captions_and_their_credits() {
        check(
            "茶农修剪茶树(2024年10月12日摄)。新华社记者周小川摄",
            Some(("茶农修剪茶树(2024年10月12日摄)。", "新华社记者周小川")),
        );
        check("新华社记者黄一帆摄", Some(("", "新华社记者黄一帆")));
        check("队员在检测水压。受访者供图", Some(("队员在检测水压。", "受访者")));
        check("渔民撒网。（新华社发）", Some(("渔民撒网。", "新华社")));
        check("渔民撒网。新华社发（林见春摄）", Some(("渔民撒网。", "新华社发（林见春摄）")));
        check(
            "Workers collect ice, Nov. 20, 2024. (Xinhua)",
            Some(("Workers collect ice, Nov. 20, 2024.", "Xinhua")),
        );
        check("(Photo by Lin Wei/Xinhua)", Some(("", "Lin Wei/Xinhua")));
    }

    #[test]
    fn sentences_are_no_captions() {
        check("这幅照片由他拍摄", None);
        check("我国持续增长。", None);
        check("记者从县里获悉（记者陈默言）", None);
    }

    #[test]
    fn the_day_before_the_shutter_word_wins() {
        assert_eq!(taken("11月18日，在杭州参观。").map(|d| (d.month, d.day)), Some((11, 18)));
        assert_eq!(
            taken("10月1日以来，茶农修剪茶树(2024年4月9日摄)。").map(|d| (d.year, d.month, d.day)),
            Some((Some(2024), 4, 9))
        );
        assert_eq!(taken("1.5万人"), None);
    }
}
