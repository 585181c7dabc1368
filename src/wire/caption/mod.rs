//! Pictures in text: what a caption, its credit and its day look like.

mod chinese;
mod english;

use super::cursor::Cursor;
use super::date::{PrintedDay, chinese_day, english_day};
use super::dateline;

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
    // The dateline says when it was sent.
    let sent = dateline::of_numbered_photo(body).map_or(0, |found| found.raw.len());
    Some(Printed { text: body.to_owned(), credit, taken: taken(&body[sent..]) })
}

/// △罗斌, 左图：…, 图①：…, `FILE PHOTO: …`: a mark says that the line belongs to a picture.
pub(super) fn marked(text: &str) -> Option<Printed> {
    /// Characters in the longest caption that only its mark tells.
    const LONGEST: usize = 200;
    let body = match text.chars().next()? {
        '△' | '↑' | '↓' => text.trim_start_matches(['△', '↑', '↓']).trim(),
        'F' | 'P' | 'C' => english::without_mark(text)?,
        _ if chinese::names_a_picture(text) => text.trim(),
        _ => return None,
    };
    (!body.is_empty() && body.chars().count() <= LONGEST).then(|| {
        read(body).unwrap_or_else(|| Printed { text: body.to_owned(), credit: String::new(), taken: taken(body) })
    })
}

/// Whether a line is under a picture of its own, whatever its column: 图②：…; 以上图片均由本报记者李明摄.
pub(super) fn stands_alone(text: &str) -> bool {
    text.starts_with(['图', '圖', '左', '右', '上', '下', '以', '本'])
        && (chinese::names_a_picture(text) || chinese::is_shared_credit(text))
}

/// 以上图片均由本报记者李明摄: the credit is that of all pictures above.
pub(super) fn is_shared(text: &str) -> bool {
    text.contains('均') || text.contains("以上") || text.contains("All photos") || text.contains("All pictures")
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
    /// A credit ends a text; nothing before that matters.
    const LONGEST: usize = 400;
    let start = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    let tail = &text[start..];
    let (at, whom) =
        if chinese::could_end(tail) { chinese::credit(tail) } else { None }.or_else(|| english::credit(tail))?;
    (at > 0 || start == 0).then(|| (start + at, whom))
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
    fn chinese_credits() {
        check("大桥合龙现场。　　曾德峰摄（人民视觉）", Some(("大桥合龙现场。", "曾德峰摄（人民视觉）")));
        check("潘学农摄（新华社发）", Some(("", "潘学农摄（新华社发）")));
        check("中新社发　党晓白　摄", Some(("", "中新社发　党晓白")));
        check("（图片均由受访企业提供）", Some(("", "图片均由受访企业提供")));
        check("以上图片均由本报记者向阳摄", Some(("", "本报记者向阳")));
        check("本版图片均为周小川摄", Some(("", "周小川")));
        check("牧民转场。（资料图）", Some(("牧民转场。", "资料图")));
        check("球迷庆祝。新华社/法新", Some(("球迷庆祝。", "新华社/法新")));
        check("球迷庆祝。（新华社/路透）", Some(("球迷庆祝。", "新华社/路透")));
        check("夜色中的渔港。（图片来源：市博物馆）", Some(("夜色中的渔港。", "市博物馆")));
        check("图/视觉中国", Some(("", "视觉中国")));
        check("观众在看展。本报记者　邝一鸣　摄", Some(("观众在看展。", "本报记者　邝一鸣")));
        for text in [
            "他把照片交给了警方（记者李明报道）",
            "图片均由观众投票选出。",
            "以上图片均由专家鉴定为真迹",
            "展览由市博物馆提供场地，观众可免费参观",
            "街头巷尾，人人都爱拍摄",
            "他最爱的是摄（影）",
            "中国/法国联合声明",
            "栗子 文 邝一鸣 摄",
            "（记者 陶彬/报道 董竞琦/摄）",
            "图片新闻",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn english_credits() {
        check(
            "Boats lie idle in Meteghan, Canada, November 18, 2026. REUTERS/Paul Deveau",
            Some(("Boats lie idle in Meteghan, Canada, November 18, 2026.", "REUTERS/Paul Deveau")),
        );
        check("Ann Tully weighs a hive. PHOTO BY SAM REEVE", Some(("Ann Tully weighs a hive.", "SAM REEVE")));
        check("A bear in the hills in 2019. (File photo)", Some(("A bear in the hills in 2019.", "File photo")));
        check(
            "Snow on the causeway. (Photo by Maria Denby/The Courier)",
            Some(("Snow on the causeway.", "Maria Denby/The Courier")),
        );
        check("The mill burns. Sam Reeve/The Courier", Some(("The mill burns.", "Sam Reeve/The Courier")));
        check("The mill burns. SAM REEVE / STAFF PHOTO", Some(("The mill burns.", "SAM REEVE / STAFF PHOTO")));
        check("[Photo/Xinhua]", Some(("", "Xinhua")));
        check("Photo by Sam Reeve", Some(("", "Sam Reeve")));
        check("[Photo by R. T. Bexley]", Some(("", "R. T. Bexley")));
        check("(Photo: Sam Reeve)", Some(("", "Sam Reeve")));
        check("The mill burns. (AP Photo/Jane Doe, File)", Some(("The mill burns.", "AP Photo/Jane Doe, File")));
        check(
            "The mill in 2019. REUTERS/Jane Doe/File Photo",
            Some(("The mill in 2019.", "REUTERS/Jane Doe/File Photo")),
        );
        check("The mill burns. Courtesy of the Harbour Trust", Some(("The mill burns.", "the Harbour Trust")));
        for text in [
            "By Norah Quill (Reuters)",
            "The photo by the door shows a boat",
            "He said so. Photo by photo they went through it",
            "Fed holds rates (Reuters)",
            "Picture: what we know so far",
            "Photo by satellite shows the ice",
            "Image: how the island sees itself",
            "Credit: who pays for the road",
            "The boats and/or the harbour",
            "Trade talks resume in Redport/Whitford",
            "Photo finish in Redport",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn marks_name_a_picture() {
        for text in [
            "左图：工人在检查螺丝。",
            "右图：试验",
            "上图为检测中心。焦点摄（影像中国）",
            "图为11月19日拍摄的大桥。",
            "图①：工人在检测钢轨。",
            "图2：列车驶过",
            "图③ 列车驶过大桥",
            "下图为夜色中的渔港。",
            "题图：渔港",
            "FILE PHOTO: Ships wait off Redport. REUTERS/Jane Doe",
            "Photo caption: Ships wait",
        ] {
            assert!(marked(text).is_some(), "{text}");
        }
        for text in [
            "图书馆延长开放时间",
            "图为什么总是歪的",
            "上图书馆去",
            "图1显示，产量逐年上升。",
            "图谋不轨者被捕。",
            "左右图谋",
            "大图景",
            "图一时之快",
            "图：新",
            "Photo finish in Redport",
            "Picture this",
        ] {
            assert_eq!(marked(text), None, "{text}");
        }
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
