//! Text to passages, second half: what each could be, and which belong together across blank lines and captions.

use super::cursor::is_han;
use super::cut::is_cut;
use super::line::{Strip, glue};
use super::mail::Envelope;
use super::words::Words;
use super::{byline, caption, dateline, embargo, furniture, notice, slug};
use crate::story::Byline;

/// A run of text that reads as one: a paragraph, a headline, a caption, a line of furniture.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub text: String,
    /// Numbers of its lines.
    pub lines: Vec<usize>,
    /// Cells of space before its first line.
    pub indent: usize,
    pub shape: Shape,
}

/// What a passage is by itself, before its place on the page is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Masthead, date line, editors, guide, rule, folio: no part of a story.
    Furniture,
    /// （完）, Enditem, -30-: the story ends here.
    EndMark,
    /// A dateline in brackets, alone: the story ends here.
    EndDateline(dateline::Printed),
    /// 新华社照片，石家庄，2026年11月18日: a photo story begins here.
    PhotoDateline(dateline::Printed),
    /// (Reporting by …): the story ends here.
    Credits,
    /// Nothing but names and what they did.
    Byline(Vec<Byline>),
    /// A caption with its credit; without text, the credit of a caption above.
    Caption(caption::Printed),
    /// 更正：…, (Corrects …), embargo, 附注: for editors.
    Notice(notice::Place),
    /// `BC-…`, `a0123`: the agency's name for the story.
    Slug,
    /// ——…, * …: a deck.
    Deck,
    /// Short and without an end: a headline, a kicker, a sub-head.
    Title,
    /// Running text, with the dateline at its head.
    Text(Option<dateline::Printed>),
}

/// Finds the shape of each strip and joins those that belong together.
pub(super) fn passages(strips: Vec<Strip>, page: &str) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::with_capacity(strips.len());
    // A guide lists headlines; they are not the stories.
    let mut in_guide = false;
    // The text that stopped in mid-sentence, if any: captions and furniture may stand before the rest of it.
    let mut open: Option<usize> = None;
    let mail = Envelope::of(page);
    let mut rest = with_jumps(shaped(split_briefs(strips))).into_iter().peekable();
    while let Some((strip, mut shape)) = rest.next() {
        // The headline of a brief shares its line with the text, and is no rest of anything.
        let heads_brief = rest.peek().is_some_and(|(next, _)| next.lines.first() == strip.lines.last());
        in_guide = furniture::is_guide(&strip.text) || in_guide && is_guide_item(&strip, &shape);
        if in_guide || mail.holds(&strip.lines) {
            shape = Shape::Furniture;
        }
        if strip.verbatim && matches!(shape, Shape::Title | Shape::Deck) {
            shape = Shape::Text(None);
        }
        // A number in mid-sentence is no folio.
        let in_sentence = open.is_some_and(|at| matches!(passages[at].shape, Shape::Text(_)));
        if in_sentence && (is_figure(&strip.text) || strip.text.chars().all(char::is_numeric)) {
            shape = Shape::Text(None);
        }
        // The house under a name: “By Norah Quill / Courier Staff Writer”.
        if strip.gap == 0
            && matches!(passages.last().map(|above| &above.shape), Some(Shape::Byline(people)) if !people.is_empty())
            && byline::is_house_line(&strip.text)
        {
            shape = Shape::Byline(Vec::new());
        }
        // “… embargoed until 0900 GMT on / Monday, Nov 30.”
        if strip.gap == 0
            && let Some(note) = passages.last_mut().filter(|above| matches!(above.shape, Shape::Notice(_)))
            && matches!(shape, Shape::Title | Shape::Text(None))
            && embargo::goes_on(&note.text, &strip.text)
        {
            glue(&mut note.text, &strip.text);
            note.lines.extend(strip.lines);
            note.shape = self::shape(&note.text);
            continue;
        }
        if let Some(at) = open
            && !strip.verbatim
            && !heads_brief
            && continues(&passages[at], &strip, &shape, page)
        {
            let head = &mut passages[at];
            glue(&mut head.text, &strip.text);
            head.lines.extend(strip.lines);
            // Long text stays text, however much is joined to it; a dateline may have been cut.
            if !matches!(head.shape, Shape::Text(_)) || head.text.len() <= LONGEST_HEAD {
                head.shape = self::shape(&head.text);
            }
            if !is_open(head) {
                open = None;
            }
            continue;
        }
        let verbatim = strip.verbatim;
        let passage = Passage { text: strip.text, lines: strip.lines, indent: strip.indent, shape };
        match passage.shape {
            Shape::Text(_) | Shape::Title | Shape::Deck => {
                open = (is_open(&passage) && !verbatim).then_some(passages.len());
            }
            // These may interrupt a sentence.
            Shape::Caption(_) | Shape::Furniture => {}
            _ => open = None,
        }
        passages.push(passage);
    }
    passages
}

/// Each jump with the text that it cuts: `See STORM, A6` ends the paragraph above, （上接第一版） heads the one below.
fn with_jumps(strips: Vec<(Strip, Shape)>) -> Vec<(Strip, Shape)> {
    let mut joined: Vec<(Strip, Shape)> = Vec::with_capacity(strips.len());
    for (mut strip, mut shape) in strips {
        let way = furniture::jump_line(&strip.text);
        let may_interrupt = |shape: &Shape| matches!(shape, Shape::Caption(_) | Shape::Furniture);
        if way == Some(furniture::Way::Ahead) {
            let text = joined.iter_mut().rev().take(BETWEEN).find(|(_, shape)| !may_interrupt(shape));
            if let Some((cut, cut_shape @ (Shape::Text(_) | Shape::Title))) = text
                && !furniture::jumps_away(&cut.text)
            {
                glue(&mut cut.text, &strip.text);
                cut.lines.extend(strip.lines);
                *cut_shape = self::shape(&cut.text);
                continue;
            }
        }
        if way.is_some() {
            shape = Shape::Furniture;
        } else if let Some((jump, Shape::Furniture)) = joined.last()
            && matches!(shape, Shape::Text(_) | Shape::Title)
            && furniture::jump_line(&jump.text) == Some(furniture::Way::Back)
        {
            let (mut jump, _) = joined.pop().expect("it is the last");
            glue(&mut jump.text, &strip.text);
            jump.lines.extend(strip.lines);
            strip = jump;
            shape = Shape::Text(None);
        }
        joined.push((strip, shape));
    }
    joined
}

/// Captions and furniture that may stand between a text and its jump.
const BETWEEN: usize = 20;

/// A headline in a guide: with a bullet, or in the next line.
fn is_guide_item(strip: &Strip, shape: &Shape) -> bool {
    let bullet = strip.text.starts_with(BULLETS);
    (bullet || strip.gap == 0) && matches!(shape, Shape::Title | Shape::Deck)
        || (bullet && strip.text.chars().count() <= 40)
}

const BULLETS: [char; 9] = ['■', '●', '◆', '▲', '□', '▶', '★', '·', '•'];

/// ▲江苏新增三处国际重要湿地　新华社南京11月20日电　…: a headline that runs into its dateline stands by itself.
fn split_briefs(strips: Vec<Strip>) -> Vec<Strip> {
    let mut split = Vec::with_capacity(strips.len());
    for mut strip in strips {
        if !strip.text.starts_with(BULLETS) {
            split.push(strip);
            continue;
        }
        let body = strip.text.trim_start_matches(BULLETS).trim_start();
        let spaces =
            body.char_indices().filter(|&(at, c)| c.is_whitespace() && at > 0 && at <= LONGEST_HAN_TITLE * 3);
        let cut = spaces.map(|(at, c)| (at, at + c.len_utf8())).find(|&(_, next)| {
            dateline::at_head(&body[next..])
                .is_some_and(|found| !found.agency.is_empty() && found.raw.chars().any(is_han))
        });
        if let Some((end, next)) = cut {
            let (title, text) = (body[..end].to_owned(), body[next..].trim_start().to_owned());
            // It goes on with nothing that stopped above it.
            split.push(Strip { text: title, verbatim: true, ..strip.clone() });
            strip.text = text;
            strip.gap = 0;
        }
        split.push(strip);
    }
    split
}

/// Each strip with what it is by itself. A caption whose credit stands in the next line is one strip with it, so that it
/// may interrupt a sentence.
fn shaped(strips: Vec<Strip>) -> Vec<(Strip, Shape)> {
    let mut shaped: Vec<(Strip, Shape)> = Vec::with_capacity(strips.len());
    for strip in strips {
        let shape = shape(&strip.text);
        let is_credit = matches!(&shape, Shape::Caption(found) if found.text.is_empty());
        match shaped.as_mut_slice() {
            [.., (above, above_shape), (caption, caption_shape @ Shape::Text(None))]
                if is_credit
                    && ends_sentence(&caption.text)
                    && (matches!(above_shape, Shape::Text(_)) && !ends_sentence(&above.text)
                        || caption.gap > 0 && strip.gap == 0 && is_short_caption(&caption.text)) =>
            {
                caption.text.push_str(&strip.text);
                caption.lines.extend(strip.lines);
                *caption_shape = self::shape(&caption.text);
            }
            _ => shaped.push((strip, shape)),
        }
    }
    shaped
}

/// As long as the text under a picture is, where only the credit below it tells what it is.
fn is_short_caption(text: &str) -> bool {
    text.chars().count() <= 120
}

fn shape(text: &str) -> Shape {
    if furniture::is_end_mark(text) {
        Shape::EndMark
    } else if furniture::is(text) || slug::is_trailer(text) {
        Shape::Furniture
    } else if let Some(found) = caption::marked(text) {
        Shape::Caption(found)
    } else if let Some((found, 0)) = dateline::at_end(text) {
        Shape::EndDateline(found)
    } else if let Some(found) = dateline::of_picture(text) {
        Shape::PhotoDateline(found)
    } else if furniture::is_credits(text) {
        Shape::Credits
    } else if let Some(found) = caption::read(text) {
        Shape::Caption(found)
    } else if let Some(names) = byline::line(text).filter(|_| embargo::read(text).is_none()) {
        // （明日见报） is nobody's name.
        Shape::Byline(names)
    } else if let Some(place) = notice::read(text) {
        Shape::Notice(place)
    } else if slug::is(text) {
        Shape::Slug
    } else if is_deck(text) {
        Shape::Deck
    } else if let Some(found) = dateline::at_head(text) {
        Shape::Text(Some(found))
    } else if is_title(text) && dateline::at_end(text).is_none() {
        Shape::Title
    } else {
        Shape::Text(None)
    }
}

/// ——“高效办成一件事”政策落地观察; * Shares fall 9%.
fn is_deck(text: &str) -> bool {
    let dashed = text.starts_with("——") || text.starts_with("--") || text.starts_with("──");
    let short = text.chars().count() <= 60;
    let bullet = text.strip_prefix("* ").is_some_and(|rest| rest.chars().count() <= 160);
    short && dashed && !text.ends_with(['。', '；']) || bullet
}

/// The longest headline, in characters: kicker and headline run together reach some forty.
const LONGEST_HAN_TITLE: usize = 46;
/// The longest English headline, in characters.
const LONGEST_LATIN_TITLE: usize = 120;

/// Short, whole, and without the end of a sentence.
fn is_title(text: &str) -> bool {
    // Most of a page is paragraphs: a character has four bytes at most.
    if text.len() > 4 * LONGEST_LATIN_TITLE || text.contains('。') {
        return false;
    }
    let count = text.chars().count();
    let han = text.chars().filter(|&c| is_han(c)).count();
    let chinese = han * 3 > count;
    let longest = if chinese { LONGEST_HAN_TITLE } else { LONGEST_LATIN_TITLE };
    let last = text.chars().next_back().unwrap_or(' ');
    let ends_open =
        !matches!(last, '。' | '；' | '，' | '、' | '：' | ';' | ',' | ':' | '(' | '（' | '“' | '《' | '—');
    if count > longest || !ends_open {
        return false;
    }
    let unquoted = text.trim_end_matches(['"', '\'', '”', '’']);
    let full_stop = unquoted.ends_with('.') && !unquoted.ends_with("...") || dateline::is_signed_by_agency(text);
    let commas = text.matches(['，', ',']).count();
    (han > 0 || text.chars().any(char::is_alphabetic) || is_figure(text))
        && !full_stop
        // A headline has one comma; with two it is the beginning of a sentence.
        && commas <= if chinese { 1 } else { 2 }
        && !ends_in_function_word(text)
        && byline::strip_brackets(text).is_none()
        && !is_speech(text)
        && furniture::split_end(text).1.is_empty()
        && !starts_inside(text)
        && (is_balanced(text) || text.starts_with('【'))
}

/// 4.7%, 3∶1: a figure alone, as it heads an item in a column of figures.
fn is_figure(text: &str) -> bool {
    text.len() <= 16
        && text.ends_with(['%', '％', '‰', '℃'])
        && text.starts_with(|c: char| c.is_numeric() || matches!(c, '+' | '-' | '－'))
        && text
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | ',' | '．' | '+' | '-' | '－' | '%' | '％' | '‰' | '℃'))
}

/// 问：…, 答：…, “多久下一次山？”: somebody says it.
pub(super) fn is_speech(text: &str) -> bool {
    const SPEAKERS: Words = Words::of(&["问：", "答：", "问:", "答:", "記者：", "Q:", "A:", "Q.", "A.", "問："]);
    let quoted = text.starts_with(['“', '「', '"']) && text.ends_with(['”', '」', '"']);
    let ended = text.trim_end_matches(['”', '」', '"']).ends_with(['。', '？', '！', '…', '.', '?', '!']);
    // “…,” said Han: nobody heads a story with it.
    let told = text.starts_with('"') && text[1..].contains(",\" ");
    SPEAKERS.begin(text) || told || quoted && ended && !text.contains(' ')
}

/// Ends in a word that something must follow.
fn ends_in_function_word(text: &str) -> bool {
    const HAN: Words = Words::of(&[
        "的", "在", "和", "与", "對", "对", "从", "從", "把", "被", "将", "將", "是", "为", "為", "其中", "及",
        "或", "而", "向", "由", "以", "于", "於", "并",
    ]);
    const LATIN: Words = Words::of(&[
        "a", "an", "the", "of", "in", "on", "to", "and", "or", "for", "with", "at", "by", "from", "its", "their",
        "his", "her", "that", "which", "while", "was",
    ]);
    // 是怎么做到的: a question may end so.
    if text.ends_with('的') && ["怎么", "怎样", "如何", "为何", "谁"].iter().any(|word| text.contains(word))
    {
        return false;
    }
    let last_word = text.rsplit(' ').next().unwrap_or(text);
    // 行为, 方向, 自由: the end of a word.
    HAN.end(text) && !ends_in_a_noun(text) || (LATIN.have(last_word) && last_word.len() < text.len())
}

/// Ends in a noun or a verb of which a function word is the last half.
fn ends_in_a_noun(text: &str) -> bool {
    const NOUNS: Words = Words::of(&[
        "行为", "行為", "有为", "人为", "作为", "目的", "标的", "存在", "潜在", "所在", "共和", "温和", "缓和",
        "总和", "祥和", "中和", "谐和", "饱和", "应对", "反对", "核对", "结对", "服从", "名将", "老将", "大将",
        "小将", "主将", "参与", "參與", "方向", "动向", "走向", "意向", "导向", "风向", "志向", "去向", "自由",
        "理由", "缘由", "普及", "植被", "火把", "国是", "不和",
    ]);
    NOUNS.end(text)
}

/// Begins with what cannot begin a paragraph: the rest of a sentence.
pub(super) fn starts_inside(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    matches!(
        first,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '”'
            | '’'
            | '）'
            | '》'
            | '」'
            | '』'
            | '〉'
            | '%'
            | '％'
            | ','
            | '.'
            | ';'
            | ')'
            | '…'
    ) || first.is_lowercase()
}

/// Every bracket and quotation that it opens is closed.
pub(super) fn is_balanced(text: &str) -> bool {
    let mut depths = [0_i32; 6];
    for c in text.chars() {
        let (pair, step) = match c {
            '“' => (0, 1),
            '”' => (0, -1),
            '《' => (1, 1),
            '》' => (1, -1),
            '（' => (2, 1),
            '）' => (2, -1),
            '(' => (3, 1),
            ')' => (3, -1),
            '「' => (4, 1),
            '」' => (4, -1),
            '『' => (5, 1),
            '』' => (5, -1),
            _ => continue,
        };
        depths[pair] += step;
    }
    depths == [0; 6]
}

/// Stopped in mid-sentence, so that more of it may come.
fn is_open(passage: &Passage) -> bool {
    match passage.shape {
        // NAIROBI, Nov 18: a dateline alone is whole, unless a dash or a word says that it goes on.
        Shape::Text(Some(ref found)) if found.raw.ends_with(|c: char| c.is_ascii_digit()) => {
            found.raw.len() < passage.text.trim().len()
        }
        // “Sir,” is a paragraph.
        Shape::Text(_) => !ends_sentence(tail(&passage.text)) && !byline::is_salutation(&passage.text),
        // A headline has no end either: what follows decides.
        Shape::Title => true,
        Shape::Deck => !is_balanced(&passage.text),
        _ => false,
    }
}

/// The end of a text, as much of it as tells how it ends: a paragraph is joined from many strips, and each join looks.
fn tail(text: &str) -> &str {
    const TAIL: usize = 600;
    &text[text.ceil_char_boundary(text.len().saturating_sub(TAIL))..]
}

/// Bytes within which a dateline and its people end.
const LONGEST_HEAD: usize = 2000;

/// Ends as a paragraph ends.
pub(super) fn ends_sentence(text: &str) -> bool {
    if furniture::split_end(text).1.is_empty() { ends_in_stop(text) } else { true }
}

fn ends_in_stop(text: &str) -> bool {
    let inner = text.trim_end_matches(['”', '’', '」', '』', '"', '\'', '）', ')', '》']);
    let Some(last) = inner.chars().next_back() else { return true };
    if last.is_ascii_uppercase() && dateline::is_signed_by_agency(text) {
        return true;
    }
    let closed_by_bracket = text.len() > inner.len() && text.ends_with([')', '）']);
    match last {
        '。' | '！' | '？' | '!' | '?' | '…' | '—' | '：' | ':' | '；' | '─' => true,
        // “1.” is the first half of a number as often as the end of a sentence.
        '.' => !inner[..inner.len() - 1].ends_with(|c: char| c.is_ascii_digit()) || !text.chars().any(is_han),
        // …。（陈默言）, …（新华社北京11月18日电）: what stands in brackets after a sentence ends it too.
        _ => closed_by_bracket && (after_a_stop(text) || dateline::at_end(text).is_some()),
    }
}

/// Ends in brackets that follow the end of a sentence.
fn after_a_stop(text: &str) -> bool {
    let before = text.rfind(['(', '（']).map_or("", |open| text[..open].trim_end());
    before.ends_with(['。', '！', '？', '…', '”', '!', '?', '.', '"'])
}

/// How far around a cut its words are looked up, in bytes: some three pages of a newspaper.
const NEAR: usize = 48 * 1024;

/// The part of `page` around the byte `at`.
fn near(page: &str, at: usize) -> &str {
    let start = page.floor_char_boundary(at.saturating_sub(NEAR));
    &page[start..page.ceil_char_boundary((at + NEAR).min(page.len()))]
}

/// 管网1 / 408公里, 逾1. / 6万尾: a number that was cut.
fn is_inside_number(left: &str, right: &str) -> bool {
    let digits = right.chars().take_while(char::is_ascii_digit).count();
    let whole = left.strip_suffix('.').unwrap_or(left);
    let cut = whole.ends_with(|c: char| c.is_ascii_digit()) && (1..=4).contains(&digits);
    // “…2024” and “20日电…” are two numbers: what follows says a day.
    let day = right[digits..].starts_with(['日', '月', '年', '时']);
    cut && left.chars().any(is_han) && (left.len() > whole.len() || !day)
}

/// Characters that a cut may leave of a caption, before its credit.
const LONGEST_REST: usize = 8;

/// Whether `strip` is the rest of what `head` began.
fn continues(head: &Passage, strip: &Strip, shape: &Shape, page: &str) -> bool {
    if let Shape::Caption(found) = shape
        && head.shape == Shape::Text(None)
        && (1..=LONGEST_REST).contains(&found.text.chars().count())
    {
        // 田里觅 / 食。新华社记者雒明摄: a caption was cut before its end.
        return true;
    }
    if !matches!(shape, Shape::Title | Shape::Text(None) | Shape::Deck) {
        // “…。(新华社北京11月18日电)” was cut before its end.
        return starts_inside(&strip.text)
            && !matches!(shape, Shape::Text(Some(_)) | Shape::Byline(_) | Shape::Notice(_));
    }
    let stopped = tail(&head.text);
    if dateline::goes_on(stopped, &strip.text) {
        return true;
    }
    if starts_inside(&strip.text) || is_inside_number(stopped, &strip.text) || stopped.ends_with(['，', '、']) {
        return true;
    }
    if head.indent > 0 {
        // Where paragraphs are indented, an indent begins one, and flush text goes on.
        return strip.indent == 0 && *shape != Shape::Title;
    }
    match &head.shape {
        Shape::Title => *shape == Shape::Text(None) && is_cut(stopped, strip, near(page, strip.at)),
        // 新华社北京11月20日电 题：一粒米的“身份证”: it is a title that has no end.
        Shape::Text(Some(found))
            if dateline::announced_title(&head.text, found).is_some_and(|title| !title.is_empty()) =>
        {
            *shape == Shape::Text(None) && is_cut(stopped, strip, near(page, strip.at))
        }
        // What has no end either is another piece of the sentence only if it reads so.
        _ if *shape == Shape::Title => stopped.ends_with(',') || is_cut(stopped, strip, near(page, strip.at)),
        _ => true,
    }
}
