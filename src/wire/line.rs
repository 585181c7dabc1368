//! Text to passages, first half: where lines were broken only because a column ended.

use super::cursor::{digit, is_han, is_wide};
use super::{caption, furniture, hyphen, slug};

/// One printed line that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text without the space around it.
    pub text: &'a str,
    /// Cells of white space before the text; an ideographic space is two.
    pub indent: usize,
    /// Blank lines before it.
    pub gap: usize,
    /// Where it begins in the page, in bytes.
    pub at: usize,
    /// It says where it begins and ends, `^…<`, or a machine wrote it: no column broke it.
    pub alone: bool,
}

/// All lines that hold something.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut gap, mut next) = (0, 0);
    let mut lines = Vec::new();
    for (index, raw) in text.split('\n').enumerate() {
        let at = next;
        next += raw.len() + 1;
        let body = raw.trim();
        if body.is_empty() {
            gap += 1;
            continue;
        }
        let indent =
            raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { cells(c) }).sum();
        let marked = between_marks(body);
        let text = marked.unwrap_or(body);
        let alone = marked.is_some() || slug::is_of_machines(body) || furniture::is_stamp(body);
        lines.push(Line { number: index + 1, text, indent, gap, at, alone });
        gap = 0;
    }
    lines
}

/// `^Storm Tears Four Ferries From Moorings<`, `^By LORNA PIKE=`: what typesetters' marks stand around.
fn between_marks(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('^')?.strip_suffix(['<', '='])?.trim();
    inner.contains(char::is_alphanumeric).then_some(inner)
}

/// A run of text that was one line before a column broke it, as far as layout alone tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strip {
    pub text: String,
    /// Numbers of its lines.
    pub lines: Vec<usize>,
    pub indent: usize,
    pub gap: usize,
    /// Where it begins in the page, in bytes.
    pub at: usize,
    /// A line of a poem, a table, a list: it stays a line.
    pub verbatim: bool,
}

/// Joins lines that a column broke. Blank lines are never crossed here.
pub(super) fn unwrap(lines: &[Line]) -> Vec<Strip> {
    let runs: Vec<&[Line]> = lines.chunk_by(|line, next| next.gap == 0 && !line.alone && !next.alone).collect();
    let measures: Vec<Option<Column>> = runs.iter().map(|run| Column::of(run, None)).collect();
    let usual = measures.iter().flatten().max_by_key(|column| column.lines).copied();
    let mut strips = Vec::new();
    let mut verse = Verse::default();
    for (run, own) in runs.iter().zip(measures) {
        let verbatim = is_verbatim(run) || verse.goes_on(run);
        verse.read(run, verbatim);
        let column = own.or_else(|| Column::of(run, usual)).filter(|_| !verbatim);
        join_run(run, column, verbatim, &mut strips);
    }
    strips
}

/// Lines that stand together and are no sentences: a poem, a table, a list of scores, a log.
///
/// Three lines or more, of uneven length or with gaps inside, of which hardly any ends as a sentence does.
fn is_verbatim(run: &[Line]) -> bool {
    /// Cells in the longest line of a poem or a list.
    const SHORT: usize = 32;
    if run.len() < 3 {
        return false;
    }
    let ends = run
        .iter()
        .filter(|line| line.text.ends_with(['。', '！', '？', '，', '、', '；', '”', '.', ',', '!', '?']))
        .count();
    let gaps = run.iter().filter(|line| has_gap(line.text)).count();
    let widths = run.iter().map(|line| line_width(line, cells));
    let (short, long) = (widths.clone().min().unwrap_or(0), widths.max().unwrap_or(0));
    let head = run.iter().any(|line| {
        ["——", "By ", "记者", "▲", "■"].iter().any(|word| line.text.starts_with(word))
            || line.text.contains("记者")
    });
    let uneven = long <= SHORT && (short * 4 < long * 3 || run.iter().all(|line| has_score(line.text)));
    ends * 3 <= run.len() && !head && (gaps * 2 >= run.len() || uneven)
}

/// Numbered poems: after one, a stanza of two lines is a stanza, too.
#[derive(Debug, Clone, Copy, Default)]
struct Verse {
    /// The last lines were a number alone.
    numbered: bool,
    /// Under a number stood lines that are no sentences.
    begun: bool,
}

impl Verse {
    /// Whether this run, under its number, is one more stanza: short lines without a stop.
    fn goes_on(self, run: &[Line]) -> bool {
        /// Cells in the longest line of a poem.
        const SHORT: usize = 32;
        let is_verse = |line: &Line| {
            line_width(line, cells) <= SHORT
                && !line.text.ends_with(['。', '：', ':'])
                && !is_number_alone(line.text)
        };
        self.begun && self.numbered && run.iter().all(is_verse)
    }

    fn read(&mut self, run: &[Line], verbatim: bool) {
        if verbatim {
            self.begun |= self.numbered;
        } else {
            self.begun &= run.len() == 1;
        }
        self.numbered = matches!(run, [line] if is_number_alone(line.text));
    }
}

/// 一, 十二, 3, （二）, Ⅳ: the number of a section, alone.
pub(super) fn is_number_alone(text: &str) -> bool {
    /// In bytes.
    const LONGEST: usize = 15;
    text.len() <= LONGEST && {
        let bare = text.trim_matches(['（', '）', '(', ')', '、', '.', '．', ' ', '·']);
        let all = |is: fn(char) -> bool| !bare.is_empty() && bare.chars().all(is);
        all(|c| "一二三四五六七八九十".contains(c))
            || all(|c| digit(c).is_some()) && bare.len() <= 2
            || all(|c| ('Ⅰ'..='Ⅻ').contains(&c))
    }
}

/// 江苏3∶0福建: the result of a match.
fn has_score(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if matches!(c, '∶' | '：' | ':' | '比' | '-') && digit(before).is_some() && digit(after).is_some() {
            return true;
        }
        before = c;
    }
    false
}

/// Two spaces or a tab between words: a column of a table.
fn has_gap(text: &str) -> bool {
    text.contains("  ") || text.contains('\t') || text.split('\u{3000}').count() > 2
}

fn join_run(run: &[Line], column: Option<Column>, verbatim: bool, strips: &mut Vec<Strip>) {
    let mut last: Option<&Line> = None;
    let inline = std::cell::LazyCell::new(|| run.iter().any(|line| has_point_inside(line.text)));
    for line in run {
        let goes_on = match (last, column) {
            (Some(last), Some(column)) => {
                line.indent == 0
                    && column.fills(last, line)
                    && !furniture::stands_alone(last.text)
                    && !caption::stands_alone(line.text)
                    && !(begins_point(line.text) && last.text.ends_with(STOPS) && !*inline)
            }
            _ => false,
        };
        match strips.last_mut().filter(|_| goes_on) {
            Some(strip) => {
                glue(&mut strip.text, line.text);
                strip.lines.push(line.number);
            }
            None => strips.push(Strip {
                text: line.text.to_owned(),
                lines: vec![line.number],
                indent: line.indent,
                gap: line.gap,
                at: line.at,
                verbatim,
            }),
        }
        last = Some(line);
    }
}

/// What ends a point, or announces the first one.
const STOPS: [char; 7] = ['。', '；', '：', '！', '？', ';', ':'];

/// （一）…, (2) …, ①…, 3．…, 四、…, 第五条 …: one of several points.
fn begins_point(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c) || digit(c).is_some();
    match first {
        '（' | '(' => text.split_once(['）', ')']).is_some_and(|(number, rest)| {
            let number = &number[first.len_utf8()..];
            !rest.is_empty() && (1..=9).contains(&number.len()) && number.chars().all(is_numeral)
        }),
        '①'..='⑳' => true,
        '第' => {
            let rest = text['第'.len_utf8()..].trim_start_matches(is_numeral);
            rest.starts_with(['条', '條', '款', '章']) && rest.chars().nth(1).is_some_and(char::is_whitespace)
        }
        c if is_numeral(c) => {
            let rest = text.trim_start_matches(is_numeral);
            text.len() - rest.len() <= 9
                && (rest.starts_with('、')
                    || rest
                        .strip_prefix(['.', '．'])
                        .is_some_and(|rest| !rest.starts_with(|c| digit(c).is_some())))
        }
        _ => false,
    }
}

/// Points stand inside a line, so a column may break in front of one.
fn has_point_inside(text: &str) -> bool {
    text.char_indices().any(|(at, c)| STOPS.contains(&c) && begins_point(&text[at + c.len_utf8()..]))
}

/// The width at which a run of lines was broken.
#[derive(Debug, Clone, Copy)]
struct Column {
    width: usize,
    measure: fn(char) -> usize,
    /// How many lines fill it: the more, the surer.
    lines: usize,
}

impl Column {
    /// Line breaking keeps punctuation from the start of a line, and words and numbers whole.
    const SLACK: usize = 4;

    /// The column of this run: of its own lines, or the page's `usual` one when too few lines could tell.
    fn of(run: &[Line], usual: Option<Self>) -> Option<Self> {
        if run.len() < 2 {
            return None;
        }
        // Lines that a flush line follows: in a column all of them are full.
        let broken = || run.windows(2).filter(|pair| pair[1].indent == 0).map(|pair| (&pair[0], &pair[1]));
        if let Some(usual) = usual {
            let full = broken().filter(|(line, next)| usual.fills(line, next)).count();
            let fits = run.iter().all(|line| usual.measured(line) <= usual.width + Self::SLACK);
            return (full > 0 && fits).then_some(usual);
        }
        let by = |measure: fn(char) -> usize| {
            let width = run.iter().map(|line| line_width(line, measure)).max()?;
            let column = Self { width, measure, lines: 0 };
            let full = broken().filter(|(line, next)| column.fills(line, next)).count();
            let at_edge = run.iter().filter(|line| column.measured(line) + 2 >= width).count();
            let sure = full >= 2 && at_edge >= 2 && full * 5 >= broken().count() * 3;
            // A line of more than 160 cells was broken by nobody.
            (sure && width <= 160).then_some(Self { lines: full, ..column })
        };
        let (in_cells, in_chars) = (by(cells), by(|_| 1));
        in_cells.into_iter().chain(in_chars).max_by_key(|column| column.lines)
    }

    fn measured(&self, line: &Line) -> usize {
        line_width(line, self.measure)
    }

    /// Whether the first word of `next` would not have fitted at the end of `line`.
    fn fills(&self, line: &Line, next: &Line) -> bool {
        let first = next.text.chars().next().unwrap_or(' ');
        let word: usize = if is_wide(first) {
            (self.measure)(first)
        } else {
            next.text.chars().take_while(|&c| !c.is_whitespace() && !is_wide(c)).map(self.measure).sum::<usize>()
                + 1
        };
        let slack = if is_wide(first) || line.text.chars().any(is_han) { Self::SLACK } else { 0 };
        self.measured(line) + word + slack > self.width
    }
}

fn line_width(line: &Line, measure: fn(char) -> usize) -> usize {
    let indent = if measure('一') == 1 { line.indent / 2 } else { line.indent };
    indent + line.text.chars().map(measure).sum::<usize>()
}

fn cells(c: char) -> usize {
    1 + usize::from(is_wide(c))
}

/// Appends what stood on the next line: with a space between Latin words, without one in Chinese.
pub(super) fn glue(text: &mut String, next: &str) {
    let (Some(left), Some(right)) = (text.chars().next_back(), next.chars().next()) else {
        text.push_str(next);
        return;
    };
    let one_number =
        left.is_numeric() && right.is_numeric() && text.chars().rev().take(200).chain(next.chars()).any(is_han);
    let decimal = left == '.' && right.is_numeric() && text.chars().rev().nth(1).is_some_and(char::is_numeric);
    if hyphen::is_of_the_line(text, next) {
        text.pop();
    }
    let broken_word = left == '-' && right.is_alphanumeric();
    let unit = matches!(right, '%' | '‰' | '°' | ',' | '.' | ';' | ':' | '!' | '?' | ')');
    if !is_wide(left) && !is_wide(right) && !one_number && !decimal && !broken_word && !unit {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, strips: &[&str]) {
        let found: Vec<String> = unwrap(&lines(page)).into_iter().map(|strip| strip.text).collect();
        assert_eq!(found, strips);
    }

    #[test]
    fn indented_columns() {
        check(
            concat!(
                "湖区首航\n",
                "　　新华社广州1月9日电 一架载重五十公斤\n",
                "的无人机从南沙港起飞，28分钟后降落在横琴\n",
                "口岸。\n",
                "　　下一步将对接港澳的通关数据，实现三地互\n",
                "认。\n",
            ),
            &[
                "湖区首航",
                "新华社广州1月9日电 一架载重五十公斤的无人机从南沙港起飞，28分钟后降落在横琴口岸。",
                "下一步将对接港澳的通关数据，实现三地互认。",
            ],
        );
    }

    #[test]
    fn english_columns() {
        check(
            "The stoppage will hit long-distance and freight traffic and\n\
             some services to Paris, operator NordBahn said on Monday, and\n\
             the talks go on.\n",
            &[
                "The stoppage will hit long-distance and freight traffic and some services to Paris, operator NordBahn \
               said on Monday, and the talks go on.",
            ],
        );
    }

    #[test]
    fn paragraphs_without_blank_lines_stay_apart() {
        check(
            "利民之事。\n今年年初，省里印发了一份很长很长的意见，一共有十二条，每一条都与群众的日子有关。\n第二天下雨。\n",
            &[
                "利民之事。",
                "今年年初，省里印发了一份很长很长的意见，一共有十二条，每一条都与群众的日子有关。",
                "第二天下雨。",
            ],
        );
    }

    #[test]
    fn points() {
        for text in [
            "（一）迁移一株大树，须经批准；",
            "(2) 迁移十株",
            "（10）其他",
            "①大树",
            "3．大树",
            "3. 大树",
            "四、大树",
            "十二、大树",
            "第五条　大树",
            "第十章 附则",
            "12、大树",
        ] {
            assert!(begins_point(text), "{text}");
        }
        for text in [
            "（记者乔然）",
            "（一）",
            "2.1万公里",
            "第五条道路",
            "一株大树",
            "十年",
            "3岁",
            "（2026年）大树",
            "一些人",
            "第三次",
            "",
            "(a) trees",
            "12月，",
        ] {
            assert!(!begins_point(text), "{text}");
        }
        check(
            "答：胸径超过25厘米的树木为大树。\n（一）迁移一株大树，须经市级批准；\n（二）迁移十株以上，须经省级批准。",
            &[
                "答：胸径超过25厘米的树木为大树。",
                "（一）迁移一株大树，须经市级批准；",
                "（二）迁移十株以上，须经省级批准。",
            ],
        );
        // A column breaks in front of a point as anywhere else.
        check(
            "迁移大树分为几种情形：（一）迁移一株；\n（二）迁移十株；（三）迁移百株以上的，\n须经省级批准。（四）其余从略，不再逐\n一列举。",
            &[
                "迁移大树分为几种情形：（一）迁移一株；（二）迁移十株；（三）迁移百株以上的，须经省级批准。（四）其余从略，不再逐一列举。",
            ],
        );
    }

    #[test]
    fn numbers_alone() {
        for text in ["一", "十二", "3", "（二）", "12", "Ⅳ", "二、", "2."] {
            assert!(is_number_alone(text), "{text}");
        }
        for text in ["", "（", "二首", "2026", "一个", "3%", "A1", "第二", "100", "1/2"] {
            assert!(!is_number_alone(text), "{text}");
        }
    }

    #[test]
    fn numbers_and_words_are_glued_whole() {
        let glued = |left: &str, right| {
            let mut text = left.to_owned();
            glue(&mut text, right);
            text
        };
        assert_eq!(glued("共26", "4例"), "共264例");
        assert_eq!(glued("达1.", "5万"), "达1.5万");
        assert_eq!(glued("rose", "sharply"), "rose sharply");
        assert_eq!(glued("long-", "distance"), "long-distance");
        assert_eq!(glued("使用PARP", "抑制剂"), "使用PARP抑制剂");
    }
}
