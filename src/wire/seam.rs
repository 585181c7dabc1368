//! Whether an unmarked title begins a story or a section of one: no sign is sure, so small ones are added up.

use super::cursor::{Cursor, is_han};
use super::date::chinese_day;

/// What stands around a title that no dateline, byline, end mark or indent explains.
#[derive(Debug)]
pub(super) struct Seam<'a> {
    pub title: &'a str,
    /// How many titles stand together here.
    pub lines: usize,
    /// How many stood together at the last sub-head of the story above; 0 when it has none.
    pub sibling_lines: usize,
    /// The paragraph above.
    pub above: &'a str,
    /// The paragraph below.
    pub below: &'a str,
    /// The share of what is said more than once below that was said above, 0 to 1; nothing when too little is said.
    pub shared: Option<f64>,
    /// Characters of text in the story above.
    pub length_above: usize,
    /// Characters of text until the next title.
    pub length_below: usize,
    /// The sub-heads of the story above.
    pub subheads: Vec<&'a str>,
}

/// Whether the title begins a story, and the strongest sign.
pub(super) fn begins_story(seam: &Seam) -> (bool, &'static str) {
    let signs = [
        about_the_same(seam.shared),
        (if is_quotation(seam.title) { -4 } else { 0 }, "the text goes on under a quotation"),
        (if leads_on(seam.above) { -3 } else { 0 }, "the text above leads on to it"),
        (opens_with_a_day(seam), "the text opens with a day, as leads do"),
        (if seam.below.starts_with('“') { -1 } else { 0 }, "the text goes on with a quotation"),
        like_its_siblings(seam.title, &seam.subheads),
        (
            if seam.lines > 1 && seam.sibling_lines == seam.lines { -3 } else { 0 },
            "the text has sub-heads like these",
        ),
        (i32::from(names_a_subject(seam.title)), "the text has a new subject"),
        (
            if is_headline_form(seam.title) { 3 } else { 0 },
            "the text is under a line that only headlines look like",
        ),
        (if is_brief(seam) { 2 } else { 0 }, "the text is as short as a brief"),
        after_an_intro(seam),
    ];
    let points: i32 = signs.iter().map(|(points, _)| points).sum();
    let begins = points > 0;
    let strongest =
        signs.iter().filter(|(p, _)| (*p > 0) == begins && *p != 0).max_by_key(|(points, _)| points.abs());
    (begins, strongest.map_or("the text goes on", |(_, why)| why))
}

/// A section repeats the names and things of its story; another story brings its own.
fn about_the_same(shared: Option<f64>) -> (i32, &'static str) {
    match shared {
        None => (0, ""),
        Some(share) if share < 0.15 => (3, "the text is about something else"),
        Some(share) if share < 0.3 => (2, "the text is about something else"),
        Some(share) if share < 0.4 => (0, ""),
        Some(share) if share < 0.5 => (-1, "the text goes on about the same"),
        Some(_) => (-2, "the text goes on about the same"),
    }
}

/// “民生稳，人心就稳，社会就稳”: a headline quotes, but is not a quotation.
fn is_quotation(title: &str) -> bool {
    let inner =
        title.strip_prefix(['“', '「', '『', '"']).and_then(|rest| rest.strip_suffix(['”', '」', '』', '"']));
    inner.is_some_and(|inner| !inner.contains(['“', '”']))
}

/// 大家都有哪些诀窍呢？ 提出两个思路： what follows is the answer.
fn leads_on(above: &str) -> bool {
    above.ends_with(['？', '?', '：', ':', '—'])
}

/// Leads open with a day more often than sections do; in a story that has sections, this may be one more.
fn opens_with_a_day(seam: &Seam) -> i32 {
    match (is_day_first(seam.below), seam.subheads.is_empty()) {
        (false, _) => 0,
        (true, true) => 2,
        (true, false) => 1,
    }
}

/// 3月14日，…; 27日，…; 近日，…
fn is_day_first(below: &str) -> bool {
    let mut cursor = Cursor::new(below);
    if ["近日", "日前", "昨日", "昨天", "今日", "今天"].iter().any(|word| below.starts_with(word)) {
        return true;
    }
    if chinese_day(&mut cursor).is_none() {
        let mut day = Cursor::new(below);
        if day.number(2).is_none() || !day.eat("日") {
            return false;
        }
        cursor = day;
    }
    cursor.eat_any(&["上午", "下午", "晚", "凌晨", "中午"]);
    cursor.rest().starts_with(['，', ','])
}

/// Sub-heads of one story look alike: all quotations, all questions, all with the same mark at the same place.
fn like_its_siblings(title: &str, subheads: &[&str]) -> (i32, &'static str) {
    let frame = |text: &str| -> String { text.chars().filter(|&c| !is_han(c) && !c.is_alphanumeric()).collect() };
    let own = frame(title);
    // 【原理】, 【提示】: labels, whatever follows them.
    if title.starts_with('【') && title.ends_with('】') {
        return (-4, "the text is labelled");
    }
    let frames: Vec<String> = subheads.iter().map(|other| frame(other)).collect();
    if !own.is_empty() && frames.contains(&own) {
        return (-2, "the text has sub-heads like this one");
    }
    let uniform = frames.len() >= 2 && !frames[0].is_empty() && frames.iter().all(|other| *other == frames[0]);
    if uniform {
        return (2, "the text has sub-heads unlike this one");
    }
    (-i32::from(!subheads.is_empty()), "the text has sub-heads")
}

/// 武汉：…, 《…》热播, 【日记】…: what it is about stands at its head.
fn names_a_subject(title: &str) -> bool {
    let labelled = title.starts_with(['【', '[']) && !title.ends_with(['】', ']']);
    title.starts_with('《') || labelled || title.chars().take(6).any(|c| c == '：')
}

/// The first sub-head comes after an introduction; so late in a story, a first title is no sub-head.
fn after_an_intro(seam: &Seam) -> (i32, &'static str) {
    match seam.length_above {
        _ if !seam.subheads.is_empty() => (0, ""),
        0..=500 => (-1, "the text above is an introduction"),
        501..=1000 => (0, ""),
        _ => (2, "the text above was long and had no sub-heads"),
    }
}

/// …(附图片2张), 无悔的选择——…见闻, 第一观察| …: no sub-head is made so.
fn is_headline_form(title: &str) -> bool {
    let pictured =
        title.ends_with([')', '）']) && title.rfind(['(', '（']).is_some_and(|at| title[at..].contains('图'));
    let two_part = title.find("——").is_some_and(|at| at > 0 && at + "——".len() < title.len());
    pictured || two_part || title.chars().take(8).any(|c| matches!(c, '|' | '丨' | '︱' | '｜'))
}

/// Short above and short below: a column of briefs.
fn is_brief(seam: &Seam) -> bool {
    seam.length_above <= 400 && seam.length_below <= 220
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seam<'a>(title: &'a str, above: &'a str, below: &'a str) -> Seam<'a> {
        Seam {
            title,
            lines: 1,
            sibling_lines: 0,
            above,
            below,
            shared: None,
            length_above: 900,
            length_below: 600,
            subheads: Vec::new(),
        }
    }

    #[test]
    fn sections() {
        assert!(!begins_story(&seam("“灯亮着，人心就稳”", "他笑了。", "3月5日，他又上了塔。")).0);
        assert!(!begins_story(&seam("值守到天明", "大家有哪些诀窍呢？", "3月5日，他又上了塔。")).0);
        assert!(
            !begins_story(&Seam {
                shared: Some(0.6), ..seam("值守到天明", "他笑了。", "守塔人每晚巡查。")
            })
            .0
        );
        assert!(
            !begins_story(&Seam {
                subheads: vec!["排查早！东村"],
                ..seam("消毒早！西村", "他笑了。", "近日，西村")
            })
            .0
        );
    }

    #[test]
    fn stories() {
        assert!(begins_story(&Seam { shared: Some(0.1), ..seam("纪录片热播", "他笑了。", "这部片子") }).0);
        assert!(begins_story(&seam("小港的灯亮了", "他笑了。", "近日，青螺港的灯塔换了新灯。")).0);
        assert!(
            begins_story(&Seam {
                length_above: 120, length_below: 90, ..seam("候鸟到了", "他笑了。", "上千只")
            })
            .0
        );
    }
}
