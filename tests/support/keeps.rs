//! No character is lost and none invented: every one that is no space ends in exactly one of a story's field, a caption,
//! and furniture. What the parser takes off on purpose is listed below, and nothing else may be missing.

use std::collections::BTreeMap;

use wirefeed::story::Story;
use wirefeed::wire::{Reading, Role};

/// How often each character stands somewhere, white space aside.
type Counts = BTreeMap<char, usize>;

/// What closes a paragraph and says only that it does, in small letters, with signs or none around it.
#[rustfmt::skip]
const END_MARKS: [&str; 27] = [
    "（完）", "完", "全文完", "本文完", "連載完", "连载完", "未完", "未完待续", "未完待續", "待续", "待續", "enditem", "enditems",
    "endit", "endall", "endtext", "nnnn", "ends", "end", "30", "-0-", "moretocome", "morefollows",
    "more", "reuters", "reuter", "#",
];
/// What stands around them.
const FRAMES: &str = "()（）[]【】〔〕-–—─_*/\\<>«».=~■▶►▼●»→↓◆▲…·,，";
/// Words that a jump to another page, or from one, begins with; a page comes after them.
#[rustfmt::skip]
const JUMPS: [&str; 24] = [
    "下转", "下轉", "文转", "续见", "續見", "下接", "上接", "紧接", "緊接", "文接", "接上", "接", "continuedon",
    "continuedto", "continuedfrom", "continueson", "conton", "contdon", "cont.on", "contfrom", "see",
    "turnto", "jumpto", "from",
];
/// What stands before a headline that runs into its text.
const BULLETS: [char; 13] = ['■', '●', '◆', '▲', '□', '▶', '★', '·', '•', '△', '◇', '◎', '○'];
/// What says that a line belongs to a picture.
const POINTERS: [char; 3] = ['△', '↑', '↓'];
/// What makes of a name the credit of a picture, once each, in small letters.
#[rustfmt::skip]
const CREDIT_MARKS: [&str; 74] = [
    "（", "）", "(", ")", "【", "】", "：", ":", "/", "／", "摄", "攝", "摄影报道", "攝影報道", "发", "發", "照片", "供图",
    "供圖", "提供图片", "提供圖片", "图片来源", "圖片來源", "照片来源", "图源", "圖源", "图/", "图／", "圖/", "以上", "本文", "本版", "文中",
    "文内", "上述", "本组", "本报", "本報", "本页", "图片", "圖片", "图", "圖", "摄影作品", "配图", "版图", "除署名外", "均", "皆", "都",
    "由", "为", "為", "系", "photoby", "photosby", "photo", "photos", "photographby", "photograph",
    "pictureby", "picture", "image", "imageby", "staff", "courtesyof", "credit", "file", "caption", ".",
    ",", "—", "-", "via",
];
/// The longest line that is nothing but a word for how urgent the story is.
const LONGEST_URGENCY: usize = 24;

/// Every line has one role, the characters on a story's lines are those of its fields, and all may stand in XML.
pub fn of_reading(reading: &Reading) {
    if reading.stories.is_empty() {
        assert!(reading.refusal().is_some(), "a file without stories is refused");
        return;
    }
    let page: Vec<&str> = reading.page.split('\n').collect();
    let printed = page.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at + 1);
    let placed: Vec<usize> = reading.lines.iter().map(|line| line.number).collect();
    assert_eq!(placed, printed.collect::<Vec<_>>(), "lines with a role, and lines of\n{}", reading.page);
    assert!(reading.page.chars().all(is_xml), "{:?}", reading.page);
    let mut lines: Vec<Vec<(Role, &str)>> = vec![Vec::new(); reading.stories.len()];
    for line in &reading.lines {
        assert_eq!(
            line.story.is_none(),
            line.role == Role::Furniture,
            "line {} of\n{}",
            line.number,
            reading.page
        );
        if let Some(story) = line.story {
            lines[story].push((line.role, page[line.number - 1]));
        }
    }
    for (index, (story, lines)) in reading.stories.iter().zip(&lines).enumerate() {
        let wrong = wrong(story, lines);
        assert!(wrong.is_empty(), "story {index}: {wrong}\n{story:#?}\n{lines:#?}\n{}", reading.page);
    }
}

/// Every character of a file in UTF-8 is on its page, and no other.
pub fn of_text(text: &str, reading: &Reading) {
    if reading.encoding != "utf-8" || reading.stories.is_empty() {
        return;
    }
    let given: String = text.chars().filter(|&c| is_kept(c)).collect();
    let (page, given) = (counted(&reading.page), counted(&given));
    let (lost, invented) = (less(&given, &page), less(&page, &given));
    assert!(lost.is_empty() && invented.is_empty(), "lost {lost:?}, invented {invented:?} on the page of\n{text}");
}

/// What of the story does not stand on its lines, and what of its lines is in no field; empty when all is well.
fn wrong(story: &Story, lines: &[(Role, &str)]) -> String {
    let of = |is: &dyn Fn(Role) -> bool| -> String {
        let text: String = lines.iter().filter(|(role, _)| is(*role)).map(|(_, text)| *text).collect();
        spaceless(&text)
    };
    let all = of(&|_| true);
    let words = of(&|role| !matches!(role, Role::Byline | Role::EndMark));
    let people = of(&|role| role == Role::Byline);
    // A text may print the name of a photographer, too.
    let pictures = of(&|role| matches!(role, Role::Caption | Role::Credit));
    let fields = fields(story, &pictures);
    // A headline that was borrowed from the text stands there twice, and is cut where it grows too long.
    let borrowed = of(&|role| role == Role::Headline).is_empty();
    let once = if borrowed { fields.clone() } else { format!("{fields}{}", story.headline) };

    let empty = story.body.iter().any(|block| block.text.trim().is_empty())
        || story.captions.iter().any(|caption| format!("{}{}", caption.text, caption.credit).trim().is_empty())
        || story.bylines.iter().any(|byline| byline.name.trim().is_empty())
        || story.headline.trim().is_empty();
    if empty {
        return "something is empty".to_owned();
    }
    let structured = story.bylines.iter().flat_map(|byline| [&byline.name, &byline.role]);
    let dateline = story.dateline.iter().flat_map(|dateline| dateline.places.iter().chain([&dateline.raw]));
    let borrowed = borrowed.then(|| story.headline.trim_end_matches('…')).into_iter();
    for text in structured.chain(dateline).map(String::as_str).chain(borrowed) {
        let invented = less(&counted(text), &counted(&all));
        if !invented.is_empty() || !text.chars().all(is_xml) {
            return format!("{invented:?} of “{text}” on none of its lines");
        }
    }
    let invented = less(&counted(&once), &counted(&words));
    if !invented.is_empty() || !once.chars().all(is_xml) {
        return format!("{invented:?} in its fields more often than on its lines");
    }
    let lost = less(&less(&counted(&words), &counted(&once)), &taken_off(story, lines, &words));
    if !lost.is_empty() {
        return format!("{lost:?} on its lines more often than in its fields");
    }
    // A byline becomes people; what stands between and behind their names is not kept.
    if !people.is_empty() && story.bylines.is_empty() {
        return format!("“{people}” names nobody");
    }
    String::new()
}

fn spaceless(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// All fields that hold text as printed, but for the headline.
fn fields(story: &Story, pictures: &str) -> String {
    let one = [&story.kicker, &story.subheadline, &story.slugline, &story.credits, &story.ednote];
    let body = story.body.iter().map(|block| &block.text);
    // 以上图片均由受访企业提供: one credit for several pictures is printed once.
    let credit = |at: usize| {
        let credit = &story.captions[at].credit;
        let again = story.captions[..at].iter().filter(|other| other.credit == *credit).count();
        if again < pictures.matches(&spaceless(credit)).count() { credit.as_str() } else { "" }
    };
    let captions = (0..story.captions.len()).flat_map(|at| [story.captions[at].text.as_str(), credit(at)]);
    one.into_iter().chain(body).map(String::as_str).chain(captions).collect()
}

/// What the parser takes off `words`, the text of a story's `lines`.
fn taken_off(story: &Story, lines: &[(Role, &str)], words: &str) -> Counts {
    let mut taken = Taken::default();
    let small = words.to_ascii_lowercase();
    for (at, mark) in END_MARKS.iter().flat_map(|mark| small.match_indices(mark)) {
        taken.take(framed(words, at, at + mark.len()), 1);
    }
    for (at, word) in JUMPS.iter().flat_map(|word| small.match_indices(word)) {
        if let Some(end) = page_after(&small, at + word.len()) {
            taken.take(framed(words, at, end), 1);
        }
    }
    // -- BERNAMA, /TASS/: how some agencies sign.
    for (at, sign) in words.match_indices(['-', '–', '—', '/']) {
        let rest = &words[at + sign.len()..];
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
        if (2..=8).contains(&name) {
            taken.take(framed(words, at, at + sign.len() + name), 1);
        }
    }
    let mut pictures = (0, String::new());
    for (role, line) in lines {
        let line = line.trim();
        let headed = |signs: &[char]| &line[..line.len() - line.trim_start_matches(signs).len()];
        // ^By LORNA PIKE=: signs for typesetters.
        taken.take(headed(&['^']), 1);
        taken.take(&line[line.trim_end_matches(['<', '=']).len()..], 1);
        // com- / mittee: the line's hyphen, and not the word's.
        if line.strip_suffix('-').is_some_and(|word| word.ends_with(|c: char| c.is_ascii_lowercase())) {
            taken.take("-", 1);
        }
        // 【洮河冰桥试通行】冰桥限载2吨。: brackets around the headline of a brief.
        if *role == Role::Headline && line.starts_with('【') {
            taken.take("【】", 1);
        }
        match role {
            Role::Headline | Role::Kicker | Role::Deck | Role::Subhead | Role::Notice
                if line.starts_with(BULLETS) =>
            {
                taken.take(headed(&BULLETS), 1);
                // What follows in this line may name people.
                let people = story.bylines.iter().flat_map(|person| [&person.name, &person.role]);
                people.for_each(|word| taken.take(word, line.matches(word.as_str()).count()));
            }
            Role::Notice if story.urgency.is_some() && line.chars().count() <= LONGEST_URGENCY => {
                taken.take(line, 1);
            }
            // 新华社照片，…: it is the dateline of a picture, and of no paragraph.
            Role::Dateline => taken.take(line, 1),
            Role::Caption | Role::Credit => {
                taken.take(headed(&POINTERS), 1);
                pictures.0 += 1;
                pictures.1.extend(line.chars().filter(|c| !c.is_whitespace()));
            }
            _ => {}
        }
    }
    let small = pictures.1.to_ascii_lowercase();
    for mark in CREDIT_MARKS {
        for (at, _) in small.match_indices(mark).take(pictures.0) {
            taken.take(&pictures.1[at..at + mark.len()], 1);
        }
    }
    taken.0
}

#[derive(Default)]
struct Taken(Counts);

impl Taken {
    fn take(&mut self, text: &str, times: usize) {
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            *self.0.entry(c).or_default() += times;
        }
    }
}

/// The text from `start` to `end` with the signs around it, and the word in capitals by which a jump knows its story.
fn framed(text: &str, start: usize, end: usize) -> &str {
    let slug = text[..start].trim_end_matches(|c: char| c.is_ascii_uppercase() || ",:/|".contains(c));
    let start = if text[slug.len()..start].len() <= 24 { slug.len() } else { start };
    let head = text[..start].trim_end_matches(|c| FRAMES.contains(c)).len();
    let tail = text[end..].trim_start_matches(|c| FRAMES.contains(c));
    &text[head..text.len() - tail.len()]
}

/// Where the page ends that a jump names after `start`: 第三版, a6, storm,pagea6, nextpage.
fn page_after(text: &str, start: usize) -> Option<usize> {
    /// Characters between the word and the page.
    const FAR: usize = 30;
    let rest = &text[start..];
    let near = rest.char_indices().nth(FAR).map_or(rest.len(), |(at, _)| at);
    let near = &rest[..near];
    let number = near.find(|c: char| c.is_numeric() || "一二三四五六七八九十头頭".contains(c));
    let page = near.find("page").map(|at| at + "page".len());
    let at = number.or(page)?;
    let tail = rest[at..].trim_start_matches(|c: char| {
        c.is_numeric() || c.is_ascii_lowercase() || "一二三四五六七八九十头頭版页頁①②③④".contains(c)
    });
    // 紧接第一版“标题”: the jump may repeat the headline.
    let quoted = tail.strip_prefix(['“', '《', '「']).and_then(|inner| inner.find(['”', '》', '」']));
    let tail =
        quoted.map_or(tail, |close| tail[close..].split_once(['”', '》', '」']).map_or("", |(_, rest)| rest));
    Some(text.len() - tail.len())
}

/// Characters that XML 1.0 § 2.2 allows.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Characters that stay on the page: XML 1.0 discourages the controls after ASCII.
fn is_kept(c: char) -> bool {
    is_xml(c) && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{feff}')
}

fn counted(text: &str) -> Counts {
    let mut taken = Taken::default();
    taken.take(text, 1);
    taken.0
}

/// What stands in `more` more often than in `fewer`, and how much more often.
fn less(more: &Counts, fewer: &Counts) -> Counts {
    let left = more.iter().map(|(&c, count)| (c, count.saturating_sub(*fewer.get(&c).unwrap_or(&0))));
    left.filter(|(_, count)| *count > 0).collect()
}
