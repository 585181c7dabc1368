//! Whether an unmarked title begins a story or a section of one: no sign is sure, so small ones are added up.

use super::cursor::{Cursor, is_han};
use super::date::chinese_day;

/// What stands around a title that no dateline, byline, end mark or indent explains.
#[derive(Debug, Default)]
pub(super) struct Seam<'a> {
    pub title: &'a str,
    /// All titles that stand together here.
    pub titles: Vec<&'a str>,
    /// How many stood together at the last sub-head of the story above; 0 when it has none.
    pub sibling_lines: usize,
    /// The paragraph above.
    pub above: &'a str,
    /// The paragraph below.
    pub below: &'a str,
    /// The next title of the page.
    pub next: &'a str,
    /// The share of what is said more than once below that was said above, 0 to 1; nothing when too little is said.
    pub shared: Option<f64>,
    /// Characters of text in the story above.
    pub length_above: usize,
    /// Characters of text since the last title.
    pub section_above: usize,
    /// Characters of text until the next title.
    pub length_below: usize,
    /// The sub-heads of the story above.
    pub subheads: Vec<&'a str>,
    /// The story above has a dateline.
    pub dated: bool,
    /// Its dateline announces a feature: 新华社北京1月25日电 题：….
    pub announced: bool,
    /// The share of the title's words that the paragraph below says too, 0 to 1.
    pub said_lead: f64,
}

/// Whether the title begins a story, and the strongest sign.
///
/// The points are log-odds, times two and rounded, of a logistic regression over 434 such titles of some 150 press
/// articles put together to pages (of the titles that it had not seen, nine in ten were told rightly), then moved by one
/// or two where whole pages were read better for it. What was too rare to measure was set by hand: quotations, labels,
/// numbers.
pub(super) fn begins_story(seam: &Seam) -> (bool, &'static str) {
    let signs = [
        about_the_same(seam.shared, seam.length_above),
        as_long_as_headlines(seam.title),
        (if has_two_halves(seam.title) { 2 } else { 0 }, "the text is under two halves, as headlines are"),
        (i32::from(names_a_subject(seam.title)), "the text has a new subject"),
        (if is_quotation(seam.title) { -3 } else { 0 }, "the text goes on under a quotation"),
        (if is_numbered(seam.title) { -4 } else { 0 }, "the text is numbered"),
        (if asks(seam.title) { -1 } else { 0 }, "the text answers a question"),
        (
            if seam.titles.iter().any(|title| is_headline_form(title)) { 3 } else { 0 },
            "the text is under a line that only headlines look like",
        ),
        (if leads_on(seam.above) { -2 } else { 0 }, "the text above leads on to it"),
        (i32::from(is_day_first(seam.below)), "the text opens with a day, as leads do"),
        after_an_intro(seam),
        (if seam.section_above < 300 && !seam.subheads.is_empty() { -1 } else { 0 }, "the text above is short"),
        (if is_brief(seam) { 2 } else { 0 }, "the text is as short as a brief"),
        (if seam.said_lead >= 0.6 { 2 } else { 0 }, "the text says what the line says"),
        like_its_siblings(seam),
        like_the_next(seam.title, seam.next),
    ];
    let points: i32 = signs.iter().map(|(points, _)| points).sum();
    let begins = points > 0;
    let strongest =
        signs.iter().filter(|(p, _)| (*p > 0) == begins && *p != 0).max_by_key(|(points, _)| points.abs());
    (begins, strongest.map_or("the text goes on", |(_, why)| why))
}

/// A section repeats the names and things of its story; another story brings its own.
fn about_the_same(shared: Option<f64>, length_above: usize) -> (i32, &'static str) {
    match shared {
        None => (-1, "the text is too short to be about something else"),
        // An introduction, however short, names what its story is about.
        Some(share) if share < 0.15 && length_above < 250 => (5, "the text is about something else"),
        Some(share) if share < 0.15 => (4, "the text is about something else"),
        Some(share) if share < 0.25 => (1, "the text is about something else"),
        Some(share) if share < 0.35 => (0, ""),
        Some(share) if share < 0.5 => (-2, "the text goes on about the same"),
        Some(_) => (-4, "the text goes on about the same"),
    }
}

/// A headline tells a story; a sub-head names a part of one.
fn as_long_as_headlines(title: &str) -> (i32, &'static str) {
    let points = match length(title) {
        0..=8 => -2,
        9..=12 => -1,
        13..=16 => 0,
        _ => 1,
    };
    let why = if points < 0 {
        "the text is under a line shorter than headlines are"
    } else {
        "the text is under a line longer than sub-heads are"
    };
    (points, why)
}

/// The length of a title in ideographs; a Latin word says about as much as two.
fn length(title: &str) -> usize {
    let words =
        title.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_alphanumeric() && !is_han(c)));
    let latin = words.clone().map(|word| word.chars().count()).sum::<usize>();
    if title.chars().any(is_han) { title.chars().count() } else { 2 * words.count().max(latin / 8) }
}

/// 年末基金“意外”收获 新基金销售井喷.
fn has_two_halves(title: &str) -> bool {
    let halves = title.split([' ', '\u{3000}']).filter(|half| half.chars().filter(|&c| is_han(c)).count() >= 3);
    halves.count() >= 2
}

/// 一、…; （二）…; 3．…: parts are counted, stories are not.
fn is_numbered(title: &str) -> bool {
    const HAN: &str = "一二三四五六七八九十";
    let open = title.trim_start_matches(['(', '（', '第', '之']);
    let count = open.chars().take_while(|&c| HAN.contains(c)).count();
    let rest = open.trim_start_matches(|c| HAN.contains(c));
    if count > 0 && rest.starts_with(['、', '）', ')', '．', '.', '：', ':', '章', '节', '節']) {
        return true;
    }
    let digits = open.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = digits.strip_prefix(['、', '．', '.', '）', ')']);
    // 3.5万人: a decimal point counts nothing.
    let counted = marked.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    title.starts_with(|c| ('①'..='⑳').contains(&c)) || (1..=2).contains(&(open.len() - digits.len())) && counted
}

fn asks(title: &str) -> bool {
    title.ends_with(['？', '?'])
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

/// Sub-heads of one story look alike: all quotations, all questions, all with the same mark at the same place, all short.
fn like_its_siblings(seam: &Seam) -> (i32, &'static str) {
    let Seam { title, subheads, .. } = seam;
    // 【原理】, 【提示】: labels, whatever follows them.
    if title.starts_with('【') && title.ends_with('】') {
        return (-4, "the text is labelled");
    }
    if subheads.is_empty() {
        return (0, "");
    }
    if seam.titles.len() > 1 && seam.sibling_lines == seam.titles.len() {
        return (-4, "the text has sub-heads like these");
    }
    let own = frame(title);
    let mut frames = subheads.iter().map(|other| frame(other));
    if !own.is_empty() && frames.clone().any(|other| other == own) {
        return (-3, "the text has sub-heads like this one");
    }
    let first = frames.next().unwrap_or_default();
    let uniform = !first.is_empty() && frames.all(|other| other == first);
    // All of them ask, or all of them are said by somebody.
    let mark = subheads[0].chars().next_back().filter(|c| !c.is_alphanumeric());
    let alike =
        mark.is_some_and(|mark| !title.ends_with(mark) && subheads.iter().all(|other| other.ends_with(mark)));
    if subheads.len() >= 2 && (uniform || alike) {
        return (1, "the text has sub-heads unlike this one");
    }
    let usual = subheads.iter().map(|other| length(other)).sum::<usize>() / subheads.len();
    if length(title) > usual * 3 / 2 + 2 { (-1, "the text has sub-heads") } else { (-2, "the text has sub-heads") }
}

/// What is left of a title without its words: “：？”.
fn frame(title: &str) -> String {
    title.chars().filter(|&c| !is_han(c) && !c.is_alphanumeric()).collect()
}

/// Two titles of one length and short are sub-heads of one story; a headline is longer than its first sub-head.
fn like_the_next(title: &str, next: &str) -> (i32, &'static str) {
    let (own, next) = (length(title), length(next));
    if next == 0 {
        (0, "")
    } else if next <= 12 && own.abs_diff(next) <= 3 {
        (-2, "the next title is another like it")
    } else if next <= 12 {
        (1, "the next title is as short as sub-heads are")
    } else {
        (0, "")
    }
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
        0..=1000 if seam.announced => (-3, "the text above is the introduction of a feature"),
        _ if seam.dated => (1, "the text above is a dispatch"),
        0..=500 => (-2, "the text above is an introduction"),
        501..=1000 => (0, ""),
        _ => (2, "the text above was long and had no sub-heads"),
    }
}

/// …(附图片2张), 第一观察| …: no sub-head is made so.
fn is_headline_form(title: &str) -> bool {
    let pictured =
        title.ends_with([')', '）']) && title.rfind(['(', '（']).is_some_and(|at| title[at..].contains('图'));
    let two_parts = title
        .split_once("——")
        .is_some_and(|(left, right)| left.chars().count() >= 5 && (5..=24).contains(&right.chars().count()));
    pictured || two_parts || title.chars().take(8).any(|c| matches!(c, '|' | '丨' | '︱' | '｜'))
}

/// Short above and short below: a column of briefs.
fn is_brief(seam: &Seam) -> bool {
    seam.length_above <= 400 && seam.length_below <= 220
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A title of ordinary length deep in a story without sub-heads, below which something else is told.
    fn seam(title: &str) -> Seam<'_> {
        Seam {
            title,
            titles: vec![title],
            above: "他笑了。",
            below: "守塔人每晚巡查三次。",
            shared: Some(0.2),
            length_above: 900,
            section_above: 900,
            length_below: 600,
            ..Seam::default()
        }
    }

    const PLAIN: &str = "青螺港百年灯塔今冬换上新灯";

    #[test]
    fn each_sign_alone_can_turn_the_decision() {
        let begins = |seam: &Seam| begins_story(seam).0;
        assert!(begins(&seam(PLAIN)));
        for section in [
            Seam { shared: Some(0.6), ..seam(PLAIN) },
            Seam { above: "大家有哪些诀窍呢？", ..seam(PLAIN) },
            Seam { length_above: 300, ..seam(PLAIN) },
            Seam { announced: true, ..seam(PLAIN) },
            Seam { subheads: vec!["排查早！东村", "巡查勤！南村"], ..seam("消毒早！西村") },
            seam("值守到天明"),
            seam("“灯亮着，岛上的人心就稳了”"),
            seam("二、青螺港百年灯塔今冬换上新灯"),
        ] {
            assert!(!begins(&section), "{section:?}");
        }
        let same = |title| Seam { shared: Some(0.3), length_above: 300, ..seam(title) };
        assert!(!begins(&same(PLAIN)));
        for story in [
            Seam { shared: Some(0.1), ..same(PLAIN) },
            Seam { said_lead: 0.7, dated: true, ..same(PLAIN) },
            Seam {
                length_below: 200, next: "守到天明", ..same("青螺港百年灯塔今冬换上新灯 渔船夜归更安全")
            },
            same("青螺港百年灯塔今冬换上新灯（附图片2张）"),
        ] {
            assert!(begins(&story), "{story:?}");
        }
    }

    #[test]
    fn lengths_in_words_and_in_ideographs() {
        assert_eq!(length("候鸟到了"), 4);
        assert_eq!(length("Who pays"), 4);
        assert_eq!(length("Ferry crews end strike after pay deal – union"), 16);
    }

    #[test]
    fn numbers_that_count_parts() {
        for title in
            ["一、看到成绩", "（二）补短板", "3．修渠", "4. What next", "①先修渠", "第三章 附则", "之二：雪"]
        {
            assert!(is_numbered(title), "{title}");
        }
        for title in ["一片叶子", "2026年的雪", "3.5万人进城", "第三届茶节开幕", "十堰修渠", "30 years on"]
        {
            assert!(!is_numbered(title), "{title}");
        }
    }
}
