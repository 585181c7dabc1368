//! What holds for every page that could ever come: nothing panics, and no character is lost or invented.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use arbtest::arbitrary::{self, Unstructured};
use support::pages::{Page, pages};
use wirefeed::story::Story;
use wirefeed::wire::{self, Reading, Role};

#[test]
fn fixtures_in_any_combination_keep_their_characters() {
    let pages = pages();
    let texts: Vec<&str> = pages.iter().filter_map(|page| str::from_utf8(&page.wire).ok()).collect();
    for text in &texts {
        check(text, &pages[0]);
    }
    on_many(|u| {
        check(&recombined(u, &texts)?, &pages[0]);
        Ok(())
    });
}

#[test]
fn arbitrary_text_keeps_its_characters() {
    let page = pages().swap_remove(0);
    on_many(|u| {
        check(&wire_like(u)?, &page);
        Ok(())
    });
}

#[test]
fn arbitrary_bytes_are_read_or_refused() {
    let page = pages().swap_remove(0);
    on_many(|u| {
        let bytes: Vec<u8> = u.arbitrary()?;
        check_reading(&wire::read(&bytes, "wire.txt", &page.received));
        Ok(())
    });
}

/// Runs `holds` on inputs of all sizes: the same at each run, so that a failure stays one. `WIREFEED_SEED=N` starts
/// elsewhere, for a search that goes on.
fn on_many(holds: impl Fn(&mut Unstructured) -> arbitrary::Result<()>) {
    const INPUTS: u64 = 400;
    let start = std::env::var("WIREFEED_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1_u64);
    for seed in start..start + INPUTS {
        let size = 32 << (seed % 9);
        arbtest::arbtest(&holds).seed(seed << 32 | size).run();
    }
}

/// A few fixtures under each other, some lines lost, some columns wrapped anew.
fn recombined(u: &mut Unstructured, texts: &[&str]) -> arbitrary::Result<String> {
    let mut lines: Vec<String> = Vec::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let start = lines.len();
        lines.extend(u.choose(texts)?.lines().map(str::to_owned));
        if u.ratio(1, 2)? {
            let width = u.int_in_range(6..=60)?;
            let rewrapped =
                lines.split_off(start).iter().flat_map(|line| wrapped(line, width)).collect::<Vec<_>>();
            lines.extend(rewrapped);
        }
        for _ in 0..u.int_in_range(0..=3)? {
            lines.push(String::new());
        }
    }
    for _ in 0..u.int_in_range(0..=8)? {
        if lines.is_empty() {
            break;
        }
        let at = u.choose_index(lines.len())?;
        if u.ratio(1, 2)? {
            lines.remove(at);
        } else {
            lines.insert(at, String::new());
        }
    }
    Ok(lines.join("\n"))
}

/// `line` in pieces of `width` characters, wherever that falls.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    if chars.is_empty() { vec![String::new()] } else { chars.chunks(width).map(String::from_iter).collect() }
}

/// Words and signs that mean something to the parser.
#[rustfmt::skip]
const WORDS: [&str; 98] = [
    "\n", "\n", "\n", "\n\n", "\n\n\n", "\u{3000}\u{3000}", " ", "  ", "\t", "\r\n", "\u{c}",
    "\u{2}", "\u{3}", "\u{0}", "\u{feff}", "\u{fffe}", "\u{2028}", "\u{85}", "\u{200b}", "。", "，",
    "、", "：", "；", "？", "！", "…", "——", "“", "”", "「", "」", "《", "》", "（", "）", "(", ")", "-", "--",
    "·", "/", ".", ",", "%", "*", "□", "■", "△", "1", "2026", "１", "年", "月", "日", "11月20日", "29",
    "2月29日", "Nov. 20", "March 2", "新华社", "中新网", "本报讯", "路透社", "据", "综合", "电", "電", "题：", "记者",
    "通讯员", "摄", "供图", "发", "文/图", "陈默言", "阿依努尔·买买提", "合肥", "北京/上海", "联合国", "更正", "撤稿", "（完）",
    "（下转第三版）", "（上接第一版）", "责任编辑", "NEW YORK", "(Reuters)", "By ", "ENDS", "Enditem", "CORRECTED-",
    "(Reporting by ", "的", "茶园", "一片叶子", "the ", "tea",
];

/// [`WORDS`] in any order, with any character between them now and then.
fn wire_like(u: &mut Unstructured) -> arbitrary::Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=120)? {
        if u.ratio(1, 12)? {
            text.push(u.arbitrary()?);
        } else {
            text.push_str(u.choose(&WORDS)?);
        }
    }
    Ok(text)
}

fn check(text: &str, page: &Page) {
    let reading = wire::read(text.as_bytes(), "wire.txt", &page.received);
    check_reading(&reading);
    if reading.encoding == "utf-8" && !reading.stories.is_empty() {
        let (page, given) = (counted(&reading.page), counted(text));
        let lost: Vec<char> = missing(&given, &page).into_iter().filter(|&c| is_kept(c)).collect();
        assert!(lost.is_empty(), "{lost:?} not on the page\n{text}");
    }
}

/// Every line has one role, every character of a story stands on its lines, and all of it may stand in XML.
fn check_reading(reading: &Reading) {
    if reading.stories.is_empty() {
        assert!(reading.refusal().is_some(), "a file without stories is refused");
        return;
    }
    let page: Vec<&str> = reading.page.split('\n').collect();
    let printed = page.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at + 1);
    let placed: Vec<usize> = reading.lines.iter().map(|line| line.number).collect();
    assert_eq!(placed, printed.collect::<Vec<_>>(), "lines with a role, and lines of\n{}", reading.page);

    assert!(reading.page.chars().all(is_xml), "{:?}", reading.page);
    for (index, story) in reading.stories.iter().enumerate() {
        let lines = |role: fn(Role) -> bool| -> String {
            let mine = reading.lines.iter().filter(|line| line.story == Some(index) && role(line.role));
            mine.map(|line| page[line.number - 1]).collect()
        };
        let all = counted(&lines(|_| true));
        let body: String = story.body.iter().map(|block| block.text.as_str()).collect();
        let captions: String = story.captions.iter().map(|caption| caption.text.as_str()).collect();
        let head = [&story.kicker, &story.headline, &story.subheadline].map(String::as_str).concat();
        // A headline that was borrowed from the text stands there twice.
        let printed_head = !lines(|role| role == Role::Headline).is_empty();
        let once = format!("{body}{captions}{}", if printed_head { head.as_str() } else { "" });
        // A borrowed one is cut where it grows too long.
        let head = if printed_head { head } else { head.trim_end_matches('…').to_owned() };
        for text in [head, once] {
            assert!(text.chars().all(is_xml), "{text:?}");
            let invented = missing(&counted(&text), &all);
            assert!(
                invented.is_empty(),
                "{invented:?} of “{text}” on no line of story {index} of\n{}",
                reading.page
            );
        }
        let text = counted(&lines(|role| matches!(role, Role::Paragraph | Role::Subhead | Role::Caption)));
        let lost: BTreeSet<char> = missing(&text, &counted(&everything(story))).into_iter().collect();
        // End marks and jumps to another page are no part of the text; brackets and words go with names and credits.
        assert!(lost.iter().all(|&c| is_of_marks(c)), "{lost:?} lost from story {index} of\n{}", reading.page);
    }
    assert!(reading.stories.iter().all(|story| everything(story).chars().all(is_xml)));
}

/// All text of a story.
fn everything(story: &Story) -> String {
    let mut all =
        vec![&story.kicker, &story.headline, &story.subheadline, &story.slugline, &story.credits, &story.ednote];
    all.extend(story.bylines.iter().flat_map(|byline| [&byline.name, &byline.role]));
    all.extend(
        story.dateline.iter().flat_map(|dateline| dateline.places.iter().chain([&dateline.agency, &dateline.raw])),
    );
    all.extend(story.body.iter().map(|block| &block.text));
    all.extend(story.captions.iter().flat_map(|caption| [&caption.text, &caption.credit]));
    all.into_iter().map(String::as_str).collect()
}

/// Characters of （完）, ENDS, -30-, ^…<, （下转第三版）, 摄, 供图, 以上图片均由…摄, (Photo by …).
fn is_of_marks(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "（）()【】[]-—^<=#*△↑↓□■▲●·：:/、，,完下转轉上接续續紧緊头頭第一二三四五六七八九十百版摄攝发發供图圖片照提影以均由为"
            .contains(c)
}

/// Characters that XML 1.0 § 2.2 allows.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Characters that stay on the page: XML 1.0 discourages the controls after ASCII.
fn is_kept(c: char) -> bool {
    is_xml(c) && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{feff}')
}

/// How often each character stands in `text`, white space aside.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// What stands in `part` more often than in `whole`.
fn missing(part: &BTreeMap<char, usize>, whole: &BTreeMap<char, usize>) -> Vec<char> {
    part.iter().filter(|(c, count)| whole.get(c).unwrap_or(&0) < *count).map(|(c, _)| *c).collect()
}
