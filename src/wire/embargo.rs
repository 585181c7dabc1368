//! Until when a story must not be published: （限11月20日18时后播发）, EMBARGOED UNTIL 1800 GMT NOV 20.
//!
//! A note asks for it with a word of release and a word that bounds it, each in its place. Whatever stands where the
//! time should, and is no part of a known form, leaves the time unread: such an embargo does not lift by itself.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};

use super::cursor::{Cursor, is_han};
use super::date::{PrintedDay, chinese_day, english_day, numeric_day};

/// A note that holds stories back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note {
    pub scope: Scope,
    /// When it lifts; nothing when the note says it in a way that is not known.
    until: Option<Printed>,
}

/// Which stories a note speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Scope {
    /// It does not say.
    #[default]
    Unsaid,
    /// 本稿, this story.
    This,
    /// 以上稿件, 上述各稿.
    Above,
    /// 以下稿件.
    Below,
    /// 本版, 各稿.
    Page,
}

/// What the note is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// A line without brackets.
    Line,
    /// A line in brackets, or one addressed to editors.
    Note,
    /// Brackets within a headline, or at an end of a paragraph.
    Inside,
}

/// A moment as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Printed {
    day: PrintedDay,
    clock: Clock,
    weekday: Option<Weekday>,
    /// The zone that it names; else it is that of the datelines.
    zone: Option<FixedOffset>,
}

/// A time of day; the hour may be 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    hour: u32,
    minute: u32,
}

impl Clock {
    fn new(hour: u32, minute: u32) -> Option<Self> {
        (hour < 24 && minute < 60 || hour == 24 && minute == 0).then_some(Self { hour, minute })
    }
}

impl Note {
    /// When it lifts. A day without a year is the first that is not more than two days before `page`, and less than a
    /// year ahead: an embargo lies ahead.
    pub(super) fn lifts<Tz: TimeZone>(self, page: NaiveDate, zone: &Tz) -> Option<DateTime<Utc>> {
        let until = self.until?;
        let date = self.day(page)?;
        let Clock { hour, minute } = until.clock;
        let date = if hour == 24 { date.succ_opt()? } else { date };
        let local = date.and_time(NaiveTime::from_hms_opt(hour % 24, minute, 0)?);
        match until.zone {
            Some(offset) => offset.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
            // Where clocks are put back the later of two readings is the safe one.
            None => zone.from_local_datetime(&local).latest().map(|at| at.to_utc()),
        }
    }

    /// The day that it names, with its year.
    pub(super) fn day(self, page: NaiveDate) -> Option<NaiveDate> {
        const PAST: Days = Days::new(2);
        const AHEAD: Days = Days::new(330);
        let until = self.until?;
        let date = match until.day.year {
            Some(year) => until.day.in_year(year)?,
            None => (page.year() - 1..=page.year() + 1)
                .filter_map(|year| until.day.in_year(year))
                .find(|&date| date + PAST >= page && date <= page + AHEAD)?,
        };
        until.weekday.is_none_or(|weekday| date.weekday() == weekday).then_some(date)
    }
}

/// Reads a line of its own, or a headline that is one.
pub(super) fn read(text: &str) -> Option<Note> {
    let (text, mut bracketed) = unframed(text);
    let (text, addressed) = unaddressed(text);
    let (text, inner) = unframed(text);
    bracketed |= inner;
    read_in(text, if bracketed || addressed { Frame::Note } else { Frame::Line })
}

/// Reads the brackets in a headline or at either end of a paragraph.
pub(super) fn inside(text: &str, whole: bool) -> Option<Note> {
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        let inner = &rest[open..];
        let width = inner.chars().next().map_or(1, char::len_utf8);
        let Some(end) = inner.find(CLOSE) else { break };
        let after = &inner[end..];
        let after = &after[after.chars().next().map_or(1, char::len_utf8)..];
        let at_an_end =
            rest.len() == text.len() && open == 0 || after.trim_end_matches(['。', '.', ' ']).is_empty();
        if whole || at_an_end {
            let (inner, _) = unaddressed(&inner[width.min(end)..end]);
            if let Some(note) = read_in(inner, Frame::Inside) {
                return Some(note);
            }
        }
        rest = after;
    }
    None
}

const OPEN: [char; 12] = ['(', '（', '[', '［', '【', '〔', '〖', '{', '｛', '<', '〈', '「'];
const CLOSE: [char; 12] = [')', '）', ']', '］', '】', '〕', '〗', '}', '｝', '>', '〉', '」'];

/// Without the brackets and the ornaments around it, and whether there were brackets.
fn unframed(text: &str) -> (&str, bool) {
    let plain = |text| str::trim_matches(text, |c: char| c.is_whitespace() || "*+=-—■●◆▲★※#".contains(c));
    let text = plain(text);
    let unstopped = text.trim_end_matches(['。', '.']);
    match text.strip_prefix(OPEN).and(unstopped.strip_suffix(CLOSE)) {
        Some(inner) => (plain(inner.trim_start_matches(OPEN)), true),
        None => (text, false),
    }
}

/// Without the word that addresses editors, and whether there was one.
fn unaddressed(text: &str) -> (&str, bool) {
    const WORDS: [&str; 27] = [
        "eds",
        "editors",
        "note to editors",
        "editor's note",
        "editors' note",
        "editor’s note",
        "editors’ note",
        "attention editors",
        "attention",
        "please note",
        "note",
        "advisory",
        "编者注意",
        "編者注意",
        "编辑注意",
        "編輯注意",
        "请编辑注意",
        "致编辑",
        "致編輯",
        "编者注",
        "編者註",
        "编者按",
        "编辑部注意",
        "各媒体注意",
        "注意",
        "说明",
        "附注",
    ];
    let found = WORDS.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = text[word.len()..].trim_start();
        (head.eq_ignore_ascii_case(word)).then_some(rest)?.strip_prefix([':', '：', '-', '—', '，', ','])
    });
    found.map_or((text, false), |rest| (rest.trim_start(), true))
}

/// No note to editors is longer, in characters; a report on an embargo is.
const LONGEST: usize = 300;

fn read_in(text: &str, frame: Frame) -> Option<Note> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let folded: String = text.chars().map(fold).collect();
    if folded.chars().any(is_han) { chinese(&folded, frame) } else { english(&folded, text, frame) }
}

/// Half width, capitals, and the simplified form of what the words below are written in.
fn fold(c: char) -> char {
    const FORMS: [(char, char); 36] = [
        ('後', '后'),
        ('發', '发'),
        ('佈', '布'),
        ('時', '时'),
        ('點', '点'),
        ('於', '于'),
        ('請', '请'),
        ('開', '开'),
        ('號', '号'),
        ('間', '间'),
        ('東', '东'),
        ('標', '标'),
        ('準', '准'),
        ('編', '编'),
        ('輯', '辑'),
        ('條', '条'),
        ('須', '须'),
        ('報', '报'),
        ('導', '导'),
        ('對', '对'),
        ('為', '为'),
        ('載', '载'),
        ('傳', '传'),
        ('頁', '页'),
        ('門', '门'),
        ('體', '体'),
        ('嚴', '严'),
        ('週', '周'),
        ('禮', '礼'),
        ('兩', '两'),
        ('該', '该'),
        ('則', '则'),
        ('見', '见'),
        ('區', '区'),
        ('採', '采'),
        ('臺', '台'),
    ];
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |c| c.to_ascii_uppercase()),
        c if c.is_whitespace() => ' ',
        c => FORMS.iter().find(|(hant, _)| *hant == c).map_or(c.to_ascii_uppercase(), |&(_, hans)| hans),
    }
}

/// What an expression of time is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Day(PrintedDay),
    Clock(Clock),
    Weekday(Weekday),
    Zone(FixedOffset),
}

/// Puts the pieces of one expression together; `None` when a day or a time is missing, or there are two.
fn assemble(pieces: impl IntoIterator<Item = Piece>) -> Option<Printed> {
    /// The same again says nothing new; another is a contradiction.
    fn set<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) -> bool {
        *slot.get_or_insert(value) == value
    }
    let (mut day, mut clock, mut weekday, mut zone) = (None, None, None, None);
    for piece in pieces {
        let agrees = match piece {
            Piece::Day(found) => set(&mut day, found),
            Piece::Clock(found) => set(&mut clock, found),
            Piece::Weekday(found) => set(&mut weekday, found),
            Piece::Zone(found) => set(&mut zone, found),
        };
        if !agrees {
            return None;
        }
    }
    Some(Printed { day: day?, clock: clock?, weekday, zone })
}

/// What a Chinese note is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Piece(Piece),
    /// 本稿, 以上各稿, 各媒体: what or whom the note is about.
    About(Scope),
    /// 限, 请于.
    Lead,
    /// 不得早于.
    NotBefore,
    /// 不得, 禁止.
    Forbid,
    /// 后.
    After,
    /// 前.
    Before,
    /// 方可.
    May,
    /// 播发; 使用, of which news speaks too, is `Verb { strong: false }`.
    Verb {
        strong: bool,
    },
    /// 解禁时间.
    Due,
    /// 解禁.
    Lifts,
    /// 在, 的, space.
    Filler,
    /// 、, 或.
    And,
    /// ，, ：.
    Stop,
    /// 。, ；.
    End,
    Other(char),
}

const STRONG: Token = Token::Verb { strong: true };
const WEAK: Token = Token::Verb { strong: false };

/// What the words of a note are. The longer of two that begin alike stands first.
const WORDS: [(&[&str], Token); 19] = [
    (&["本版", "本页", "各稿", "全部稿件", "所有稿件", "本组稿件"], Token::About(Scope::Page)),
    (&["以上", "上述", "上列"], Token::About(Scope::Above)),
    (&["以下", "下列", "下述"], Token::About(Scope::Below)),
    (
        &["本稿", "此稿", "该稿", "本条", "此条", "本篇", "此篇", "本消息", "此消息", "本报道"],
        { Token::About(Scope::This) },
    ),
    (
        &[
            "稿件",
            "通稿",
            "预发稿",
            "文字稿",
            "图片",
            "照片",
            "图表",
            "配图",
            "全文",
            "预发",
            "各媒体",
            "媒体",
            "各用户",
            "用户",
            "各编辑部",
            "编辑部",
            "各报",
            "各台",
            "编辑",
            "稿",
        ],
        Token::About(Scope::Unsaid),
    ),
    (
        &["不得早于", "不要早于", "不能早于", "不可早于", "不早于", "请勿早于", "切勿早于", "勿早于"],
        { Token::NotBefore },
    ),
    (
        &["不得", "禁止", "严禁", "请勿", "切勿", "勿", "请不要", "不要", "不能", "不可", "不准", "不许", "暂不"],
        Token::Forbid,
    ),
    (&["解禁时间", "限时发布", "发布时间", "播发时间", "发稿时间", "刊发时间", "EMBARGOED UNTIL"], Token::Due),
    (&["EMBARGO UNTIL", "EMBARGOED", "EMBARGO"], Token::Due),
    (&["解禁"], Token::Lifts),
    (
        &[
            "限于",
            "限在",
            "限定",
            "限",
            "请务必于",
            "务请于",
            "请于",
            "请在",
            "请待",
            "请等",
            "须于",
            "应于",
            "请",
        ],
        { Token::Lead },
    ),
    (&["以后", "之后", "后"], Token::After),
    (&["以前", "之前", "前"], Token::Before),
    (&["方可", "方能", "才可以", "才可", "才能", "可以", "可", "再", "开始", "正式", "对外", "予以"], Token::May),
    (&["播发", "刊发", "刊登", "刊播", "刊用", "刊载", "刊出", "登载", "发稿", "编发", "见报", "发表"], STRONG),
    (
        &["发布", "发出", "播出", "播报", "使用", "采用", "公开", "公布", "报道", "传播", "转发", "推送", "上网"],
        WEAK,
    ),
    (&["或者", "或", "及", "和", "、", "/"], Token::And),
    (&["在", "于", "的", "自", "从", " ", "(", ")"], Token::Filler),
    (&["，", ",", ":", "："], Token::Stop),
];

fn tokens(text: &str) -> Vec<Token> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    while !cursor.is_done() {
        let rest = cursor.rest();
        let word = || {
            WORDS
                .iter()
                .find_map(|(words, token)| Some((words.iter().find(|word| rest.starts_with(**word))?, *token)))
        };
        if let Some(piece) = chinese_piece(&mut cursor) {
            found.push(Token::Piece(piece));
        } else if let Some((word, token)) = word() {
            cursor.skip(word.len());
            found.push(token);
        } else if let Some(c) = cursor.eat_char(|_| true) {
            found.push(if matches!(c, '。' | ';' | '!' | '；') { Token::End } else { Token::Other(c) });
        }
    }
    found
}

fn chinese_piece(cursor: &mut Cursor) -> Option<Piece> {
    const DAYS: [(&[&str], Weekday); 7] = [
        (&["一"], Weekday::Mon),
        (&["二"], Weekday::Tue),
        (&["三"], Weekday::Wed),
        (&["四"], Weekday::Thu),
        (&["五"], Weekday::Fri),
        (&["六"], Weekday::Sat),
        (&["日", "天"], Weekday::Sun),
    ];
    const ZONES: [(&[&str], i32); 3] = [
        (&["北京时间", "香港时间", "澳门时间", "台北时间", "东八区时间", "东八区"], 8),
        (&["东京时间", "首尔时间"], 9),
        (
            &[
                "格林尼治标准时间",
                "格林威治标准时间",
                "格林尼治平时",
                "格林尼治时间",
                "格林威治时间",
                "协调世界时",
                "世界标准时间",
                "世界时",
            ],
            0,
        ),
    ];
    if let Some(day) = chinese_day(cursor).or_else(|| numeric_day(cursor)) {
        return Some(Piece::Day(day));
    }
    if let Some(clock) = chinese_clock(cursor) {
        return Some(Piece::Clock(clock));
    }
    let of_zone = |cursor: &mut Cursor, words: &[&'static str]| cursor.eat_any(words).is_some();
    if let Some((_, hours)) = ZONES.iter().find(|(words, _)| of_zone(cursor, words)) {
        return FixedOffset::east_opt(hours * 3600).map(Piece::Zone);
    }
    let mut ahead = *cursor;
    if ahead.eat_any(&["星期", "礼拜", "周"]).is_some()
        && let Some((_, weekday)) = DAYS.iter().find(|(words, _)| ahead.eat_any(words).is_some())
    {
        *cursor = ahead;
        return Some(Piece::Weekday(*weekday));
    }
    latin_zone(cursor).map(Piece::Zone)
}

/// 18时, 晚8时30分, 下午 6点半, 18:00, 零时, 二十四时.
fn chinese_clock(cursor: &mut Cursor) -> Option<Clock> {
    const HALVES: [(&[&str], Half); 5] = [
        (&["凌晨", "清晨", "早上", "早晨", "早间", "上午", "早"], Half::Morning),
        (&["中午", "正午", "午间"], Half::Noon),
        (&["下午", "午后"], Half::Afternoon),
        (&["傍晚"], Half::Dusk),
        (&["晚上", "晚间", "夜间", "夜里", "夜晚", "深夜", "午夜", "半夜", "晚", "夜"], Half::Night),
    ];
    let mut ahead = *cursor;
    let half = HALVES.iter().find(|(words, _)| ahead.eat_any(words).is_some()).map(|(_, half)| *half);
    ahead.space();
    let hour = number(&mut ahead)?;
    let minute = if ahead.eat_any(&["时", "点钟", "点"]).is_some() {
        let mut minutes = ahead;
        minutes.space();
        if minutes.eat("整") || minutes.eat("正") {
            ahead = minutes;
            0
        } else if minutes.eat("半") {
            ahead = minutes;
            30
        } else if minutes.eat("一刻") {
            ahead = minutes;
            15
        } else if minutes.eat("三刻") {
            ahead = minutes;
            45
        } else if let Some(minute) = number(&mut minutes) {
            minutes.eat("分");
            ahead = minutes;
            minute
        } else {
            0
        }
    } else if ahead.eat(":") {
        ahead.number(2)?
    } else {
        return None;
    };
    let clock = Clock::new(in_half(half, hour)?, minute)?;
    *cursor = ahead;
    Some(clock)
}

/// The part of a day that an hour is said to lie in.
#[derive(Debug, Clone, Copy)]
enum Half {
    Morning,
    Noon,
    Afternoon,
    Dusk,
    Night,
}

/// The hour of 24; nothing where two days or two hours could be meant: 夜里1时, 凌晨12时.
fn in_half(half: Option<Half>, hour: u32) -> Option<u32> {
    match (half, hour) {
        (None, 0..=24)
        | (Some(Half::Morning), 0..=11)
        | (Some(Half::Noon), 11..=14)
        | (Some(Half::Afternoon), 12..=19)
        | (Some(Half::Dusk), 16..=20)
        | (Some(Half::Night), 17..=24) => Some(hour),
        (Some(Half::Noon), 1..=2)
        | (Some(Half::Afternoon), 1..=7)
        | (Some(Half::Dusk), 4..=8)
        | (Some(Half::Night), 5..=12) => Some(hour + 12),
        _ => None,
    }
}

/// A number below 100 in digits or in words: 18, 08, 十八, 二十四, 零五.
fn number(cursor: &mut Cursor) -> Option<u32> {
    if let Some(number) = cursor.number(2) {
        return Some(number);
    }
    let unit = |cursor: &mut Cursor| {
        let c = cursor.eat_char(|c| "零〇一二三四五六七八九两".contains(c))?;
        Some(match c {
            '零' | '〇' => 0,
            '两' => 2,
            c => "一二三四五六七八九".chars().zip(1..).find(|(known, _)| *known == c)?.1,
        })
    };
    let mut ahead = *cursor;
    let first = unit(&mut ahead);
    let value = if ahead.eat("十") {
        first.unwrap_or(1) * 10 + unit(&mut ahead).unwrap_or(0)
    } else if first == Some(0) {
        ahead.number(1).or_else(|| unit(&mut ahead)).unwrap_or(0)
    } else {
        first?
    };
    *cursor = ahead;
    Some(value)
}

/// The parts of a Chinese note.
#[derive(Debug, Clone, Copy)]
struct Pattern<'a> {
    /// What stands before the words that bind.
    before: &'a [Token],
    /// Where the time should stand.
    time: &'a [Token],
    /// It has 限, 请于, 不得 and the like.
    binds: bool,
    release: Release<'a>,
}

/// The words of release, and what follows them.
#[derive(Debug, Clone, Copy)]
struct Release<'a> {
    strong: bool,
    /// A clause ends after them.
    clean: bool,
    rest: &'a [Token],
}

/// Reads 方可播发, 对外发布或使用本稿.
fn release(tokens: &[Token]) -> Option<Release<'_>> {
    let skips = |from: usize, skipped: fn(&Token) -> bool| {
        from + tokens[from..].iter().take_while(|token| skipped(token)).count()
    };
    let start = skips(0, |token| matches!(token, Token::May | Token::Filler));
    let verbs =
        skips(start, |token| matches!(token, Token::Verb { .. } | Token::And | Token::Filler | Token::May));
    let strong = tokens[start..verbs].contains(&Token::Verb { strong: true });
    if !strong && !tokens[start..verbs].contains(&Token::Verb { strong: false }) {
        return None;
    }
    let end = skips(verbs, |token| matches!(token, Token::About(_) | Token::Filler));
    let rest = &tokens[end..];
    let clean = matches!(rest.first(), None | Some(Token::Stop | Token::End));
    Some(Release { strong, clean, rest })
}

/// Finds the words that bind and that release, each in its place.
fn pattern(tokens: &[Token]) -> Option<Pattern<'_>> {
    let last = |end: usize, is: fn(&Token) -> bool| tokens[..end].iter().rposition(is);
    let clause = |end: usize| last(end, |token| *token == Token::End).map_or(0, |at| at + 1);
    tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| match token {
            Token::After => {
                let release = release(&tokens[at + 1..])?;
                let may = matches!(tokens.get(at + 1), Some(Token::May));
                let lead = last(at, |token| *token == Token::Lead).filter(|&lead| lead >= clause(at));
                let start = lead.map_or(clause(at), |lead| lead + 1);
                Some((start, lead.unwrap_or(clause(at)), at, lead.is_some() || may, release))
            }
            Token::Before => {
                let forbids = tokens[at + 1..]
                    .iter()
                    .take_while(|t| matches!(t, Token::Forbid | Token::Filler | Token::Stop | Token::About(_)));
                let next = at + 1 + forbids.clone().count();
                if forbids.clone().any(|token| *token == Token::Forbid) {
                    let start = clause(at);
                    return Some((start, start, at, true, release(&tokens[next..])?));
                }
                let forbid = last(at, |token| *token == Token::Forbid)?;
                Some((forbid + 1, forbid, at, true, release(&tokens[at + 1..])?))
            }
            Token::NotBefore => {
                let verb = |token: &Token| matches!(token, Token::Verb { .. } | Token::Before | Token::May);
                let end = at + 1 + tokens[at + 1..].iter().position(verb)?;
                let next = end + usize::from(tokens[end] == Token::Before);
                Some((at + 1, at, end, true, release(&tokens[next..])?))
            }
            _ => None,
        })
        .map(|(start, before, end, binds, release)| Pattern {
            before: &tokens[..before],
            time: &tokens[start..end],
            binds,
            release,
        })
}

fn chinese(text: &str, frame: Frame) -> Option<Note> {
    let tokens = tokens(text);
    let scope = scope(&tokens);
    let note = |until| Some(Note { scope: scope.unwrap_or_default(), until });
    let Some(found) = pattern(&tokens) else { return chinese_due(&tokens, frame) };
    // 本稿, 各媒体: skipped before the time where nothing binds before it.
    let about = |token: &&Token| matches!(token, Token::About(_) | Token::Stop | Token::Filler | Token::Lead);
    let time = &found.time[found.time.iter().take_while(about).count()..];
    let spoken_of = scope.is_some();
    let unread = |token: &Token| !matches!(token, Token::Piece(_) | Token::Filler | Token::Stop);
    let stranger =
        found.before.iter().any(|token| !about(&token) && *token != Token::End && *token != Token::Lead)
            || matches!(time.first(), Some(Token::Other(_))) && found.before.is_empty() && !found.binds;
    // 报告11月20日前不得…: what stands before the time is no word of a note.
    let news = time.first().is_some_and(unread) && time.iter().any(|token| matches!(token, Token::Piece(_)));
    let timed = time.iter().any(|token| matches!(token, Token::Piece(Piece::Day(_) | Piece::Clock(_))));
    let clocked = time.iter().any(|token| matches!(token, Token::Piece(Piece::Clock(_))));
    let whole = !time.is_empty() && !time.iter().any(unread);
    let told_time = |token: &Token| matches!(token, Token::Piece(_) | Token::Other('0'..='9' | '时' | '日'));
    let clean_rest = !found.release.rest.iter().any(told_time);
    let known_rest = found.release.rest.iter().all(|token| !matches!(token, Token::Other(_)));
    let Release { strong, clean, .. } = found.release;
    let is_note = match frame {
        Frame::Line if stranger => false,
        Frame::Line if !clean => timed && strong && found.binds && !news,
        Frame::Line => {
            (spoken_of || known_rest)
                && (whole
                    || spoken_of && (timed || strong)
                    || found.binds && strong && !news
                    || timed && found.binds && !news)
        }
        Frame::Note | Frame::Inside if !clean => timed && strong && found.binds,
        Frame::Note => whole || timed || spoken_of || strong && found.binds,
        Frame::Inside => {
            timed && (strong || spoken_of || whole && clocked && found.binds && !stranger)
                || strong && found.binds && !stranger
        }
    };
    if !is_note {
        return None;
    }
    let pieces = time.iter().filter_map(|token| if let Token::Piece(piece) = token { Some(*piece) } else { None });
    note(assemble(pieces).filter(|_| whole && clean && clean_rest && !stranger))
}

/// 解禁时间：11月20日18时; 本稿11月20日18时解禁.
fn chinese_due(tokens: &[Token], frame: Frame) -> Option<Note> {
    let at = tokens.iter().position(|token| matches!(token, Token::Due | Token::Lifts))?;
    let about = |token: &&Token| matches!(token, Token::About(_) | Token::Stop | Token::Filler);
    let (before, after) = (&tokens[..at], &tokens[at + 1..]);
    let known = before.iter().all(|token| about(&token));
    let spoken_of = tokens.iter().any(|token| matches!(token, Token::About(_)));
    let time = if tokens[at] == Token::Due {
        let bound = matches!(after.first(), Some(Token::Stop | Token::Filler | Token::Piece(_)));
        if !known || !bound || frame == Frame::Inside && !spoken_of {
            return None;
        }
        after
    } else {
        let clean = after.iter().all(|token| matches!(token, Token::Stop | Token::End));
        if !clean || !spoken_of && frame != Frame::Note {
            return None;
        }
        &before[before.iter().take_while(about).count()..]
    };
    let timed = time.iter().any(|token| matches!(token, Token::Piece(Piece::Day(_) | Piece::Clock(_))));
    if !timed && !spoken_of && frame != Frame::Note {
        return None;
    }
    let whole = time
        .iter()
        .all(|token| matches!(token, Token::Piece(_) | Token::Stop | Token::Filler | Token::End | Token::After));
    let pieces = time.iter().filter_map(|token| if let Token::Piece(piece) = token { Some(*piece) } else { None });
    // A headline has more in it: 解禁时间11月20日公布.
    if !whole && frame == Frame::Line && !spoken_of {
        return None;
    }
    Some(Note { scope: scope(tokens).unwrap_or_default(), until: assemble(pieces).filter(|_| whole) })
}

/// The widest scope that the note names; nothing when it speaks of no copy at all.
fn scope(tokens: &[Token]) -> Option<Scope> {
    let named: Vec<Scope> =
        tokens.iter().filter_map(|t| if let Token::About(scope) = t { Some(*scope) } else { None }).collect();
    // 以下各稿 are those below.
    [Scope::Below, Scope::Above, Scope::Page, Scope::This, Scope::Unsaid]
        .into_iter()
        .find(|scope| named.contains(scope))
}

/// Reads EMBARGOED UNTIL 1800 GMT NOV 20; `printed` is the text as it is set, `upper` in capitals.
fn english(upper: &str, printed: &str, frame: Frame) -> Option<Note> {
    let upper = upper.trim_start_matches(|c: char| c.is_whitespace() || "*+=-\"".contains(c));
    let (rest, sure) = english_bound(upper)?;
    let rest = rest.trim_start_matches([':', '-', ' ', ',']);
    // A line with small letters may be a headline: Embargo until 2028 strains grain trade.
    let set_as_news = frame != Frame::Note && printed.chars().any(char::is_lowercase);
    let until = english_time(rest);
    if until.is_none() && !sure && (set_as_news || frame == Frame::Inside) && !names_hour(rest) {
        return None;
    }
    let scope = if ["ABOVE STOR", "ABOVE ITEM", "ABOVE ARTICLE"].iter().any(|word| upper.contains(word)) {
        Scope::Above
    } else if ["FOLLOWING", "STORIES BELOW", "BELOW STOR"].iter().any(|word| upper.contains(word)) {
        Scope::Below
    } else if ["ALL STORIES", "THESE STORIES", "ALL ITEMS", "ON THIS PAGE"].iter().any(|word| upper.contains(word))
    {
        Scope::Page
    } else if upper.contains("THIS ") {
        Scope::This
    } else {
        Scope::Unsaid
    };
    Some(Note { scope, until })
}

/// What follows the words that bind, and whether they are those of a note whatever follows.
fn english_bound(text: &str) -> Option<(&str, bool)> {
    const UNTIL: [&str; 7] =
        [" UNTIL ", " TILL ", " BEFORE ", " PRIOR TO ", " EARLIER THAN ", " UNTIL: ", " AHEAD OF "];
    const RELEASES: [&str; 12] = [
        "PUBLI",
        "RELEAS",
        "BROADCAST",
        " USE",
        "DISTRIB",
        "TRANSMI",
        " AIR",
        "PRINT",
        "REPORT",
        "POSTED",
        "REPRODUC",
        "QUOTED",
    ];
    let text = text.strip_prefix("UNDER ").or_else(|| text.strip_prefix("STRICTLY ")).unwrap_or(text);
    let text = text.strip_prefix("STRICT ").or_else(|| text.strip_prefix("HARD ")).unwrap_or(text);
    let text = text.strip_prefix("STRICT ").unwrap_or(text);
    let timely = |rest: &str| {
        let rest = rest.trim_start_matches([':', '-', ' ', ',']);
        let rest = rest.strip_prefix("AT ").or_else(|| rest.strip_prefix("ON ")).unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit()) || starts_with_day(rest)
    };
    if let Some((rest, verb)) = text
        .strip_prefix("EMBARGOED")
        .map(|r| (r, true))
        .or_else(|| text.strip_prefix("EMBARGO").map(|r| (r, false)))
    {
        if rest.trim_end_matches(['.', '!']).is_empty() {
            return Some(("", true));
        }
        let mut rest = rest;
        for word in [
            " MATERIAL",
            " STORY",
            " COPY",
            " NEWS",
            " TIME",
            " FOR",
            " RELEASE",
            " PUBLICATION",
            " USE",
            " BROADCAST",
        ] {
            rest = rest.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(rest);
        }
        if let Some(rest) = UNTIL.iter().find_map(|word| rest.strip_prefix(word)) {
            return Some((rest, verb));
        }
        let loose = rest.strip_prefix(" TO ").or_else(|| rest.strip_prefix(" LIFTS ")).unwrap_or(rest);
        let bound = loose.len() < rest.len() || rest.starts_with([' ', ':', '-', ',']);
        return (bound && timely(loose)).then_some((loose, true));
    }
    for word in [
        "HOLD FOR RELEASE",
        "HOLD FOR PUBLICATION",
        "FOR RELEASE",
        "FOR PUBLICATION",
        "FOR USE",
        "FOR BROADCAST",
        "HOLD",
        "NOT BEFORE",
    ] {
        if let Some(rest) = text.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
            let rest = rest.strip_prefix(" TIME").unwrap_or(rest);
            let rest = [" UNTIL ", " TILL ", " AFTER ", " FROM ", " NOT BEFORE "]
                .iter()
                .find_map(|word| rest.strip_prefix(word))
                .unwrap_or(rest);
            let whole = word.starts_with("HOLD FOR") && rest.trim_matches(['.', ':', ' ']).is_empty();
            return (whole || timely(rest)).then_some((rest, true));
        }
    }
    let not = ["NOT ", "CANNOT ", "DON'T ", "DON’T ", "NEVER "]
        .iter()
        .filter_map(|word| text.find(word).filter(|&at| at == 0 || text[..at].ends_with(' ')))
        .min()?;
    let (bound, rest) = UNTIL
        .iter()
        .filter_map(|word| text[not..].find(word).map(|at| (not + at, &text[not + at + word.len()..])))
        .min_by_key(|(at, _)| *at)?;
    let (subject, deed) = (&text[..not], &text[not..bound]);
    let names_copy =
        ["STORY", "STORIES", "ARTICLE", "COPY", "DISPATCH", "ITEM"].iter().any(|word| subject.contains(word));
    let this = ["THIS ", "THESE ", "THE FOLLOWING ", "THE ABOVE ", "ALL ", "STORY ", "COPY ", "PLEASE "]
        .iter()
        .any(|word| subject.starts_with(word));
    let spoken = subject.is_empty() || subject.starts_with("DO ") || this && subject.len() <= 60;
    let released = RELEASES.iter().any(|word| deed.contains(word)) && !deed.contains(['.', ';']);
    let sure = names_copy || deed.starts_with("NOT FOR ") || deed.starts_with("NOT TO BE ");
    (spoken && released && (sure || timely(rest))).then_some((rest, sure))
}

fn starts_with_day(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    weekday(word).is_some() || matches!(word, "NOON" | "MIDNIGHT") || english_day(&mut Cursor::new(text)).is_some()
}

/// An hour stands in it, so that it is no headline on a trade ban.
fn names_hour(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && english_clock(&mut Cursor::new(&text[at..])).is_some()
    })
}

/// 1800 GMT, MONDAY, NOV 20: all of it, up to the end of the sentence.
fn english_time(text: &str) -> Option<Printed> {
    const FILLERS: [&str; 7] = ["AT", "ON", "THE", "HRS", "HOURS", "HOUR", "H"];
    let mut cursor = Cursor::new(text);
    let mut pieces = Vec::new();
    while !cursor.is_done() {
        if let Some(day) = english_day(&mut cursor).or_else(|| numeric_day(&mut cursor)) {
            pieces.push(Piece::Day(day));
        } else if let Some(clock) = english_clock(&mut cursor) {
            pieces.push(Piece::Clock(clock));
        } else if cursor.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            if let Some(zone) = latin_zone(&mut cursor) {
                pieces.push(Piece::Zone(zone));
                continue;
            }
            let word = cursor.take_while(char::is_alphanumeric);
            match weekday(word) {
                Some(weekday) => pieces.push(Piece::Weekday(weekday)),
                None if FILLERS.contains(&word) => {}
                None => return None,
            }
        } else {
            match cursor.eat_char(|_| true)? {
                ' ' | ',' | '(' | ')' | ']' => {}
                '.' | ';' | '!' | '*' | '"' => break,
                _ => return None,
            }
        }
    }
    // The rest is another sentence; one that speaks of a time too is not understood.
    let rest = cursor.rest();
    let timed = rest.contains(|c: char| c.is_ascii_digit())
        || rest.split(|c: char| !c.is_ascii_alphabetic()).any(|word| {
            matches!(word, "TIME" | "LOCAL" | "NOON" | "MIDNIGHT") || is_zone_like(word) || weekday(word).is_some()
        });
    assemble(pieces).filter(|_| !timed)
}

/// Three or four letters that end as the names of zones do: PST, AEDT.
fn is_zone_like(word: &str) -> bool {
    matches!(word, "GMT" | "UTC" | "ET" | "PT" | "CT" | "MT" | "CET")
        || (3..=4).contains(&word.len())
            && (word.ends_with("ST") || word.ends_with("DT"))
            && !["LAST", "MUST", "JUST", "BEST", "FIRST", "HOST", "POST", "LIST", "MOST", "REST", "COST", "TEST"]
                .contains(&word)
}

/// 1800 GMT, 18:00, 6 P.M., 6:30PM, NOON; not midnight, of which a day has two.
fn english_clock(cursor: &mut Cursor) -> Option<Clock> {
    let mut ahead = *cursor;
    if ahead.eat("NOON") || ahead.eat("12 NOON") {
        *cursor = ahead;
        return Clock::new(12, 0);
    }
    let start = ahead.at();
    let first = ahead.number(4)?;
    let digits = ahead.at() - start;
    let (hour, minute, exact) = if digits == 4 {
        let mut after = ahead;
        after.space();
        let word = after.take_while(|c| c.is_ascii_alphabetic());
        if !(matches!(word, "HRS" | "HOURS" | "H" | "LOCAL" | "BEIJING")
            || named_zone(word).is_some()
            || is_zone_like(word))
        {
            return None;
        }
        (first / 100, first % 100, true)
    } else if digits <= 2 && ahead.eat(":") {
        (first, ahead.number(2)?, true)
    } else if digits <= 2 {
        (first, 0, false)
    } else {
        return None;
    };
    let mut after = ahead;
    after.space();
    let half = after
        .eat_any(&["A.M.", "P.M.", "A.M", "P.M", "AM", "PM"])
        .filter(|_| !after.peek().is_some_and(char::is_alphanumeric));
    let hour = match half {
        // Of midnight nobody knows to which day it belongs.
        Some(_) if hour == 0 || hour > 12 || digits == 4 => return None,
        Some(half) if half.starts_with('A') && hour == 12 && minute == 0 => return None,
        Some(half) => hour % 12 + if half.starts_with('P') { 12 } else { 0 },
        None if exact => hour,
        None => return None,
    };
    *cursor = if half.is_some() { after } else { ahead };
    Clock::new(hour, minute)
}

fn weekday(word: &str) -> Option<Weekday> {
    let long = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    let short = ["MON", "TUE", "TUES", "WED", "THU", "THUR", "THURS", "FRI", "SAT", "SUN"];
    (long.contains(&word) || short.contains(&word)).then(|| word.parse().ok()).flatten()
}

/// Reads GMT, BEIJING TIME.
fn latin_zone(cursor: &mut Cursor) -> Option<FixedOffset> {
    let mut ahead = *cursor;
    let word = ahead.take_while(|c| c.is_ascii_alphanumeric());
    let zone = if word == "BEIJING" {
        ahead.space();
        FixedOffset::east_opt(8 * 3600).filter(|_| ahead.eat("TIME"))
    } else {
        named_zone(word)
    }?;
    // GMT+8 is another.
    if ahead.peek().is_some_and(|c| matches!(c, '+' | '-' | '－' | '−' | '/')) {
        return None;
    }
    *cursor = ahead;
    Some(zone)
}

/// The offset of a zone; nothing where the name stands for several offsets, or changes with the season.
fn named_zone(word: &str) -> Option<FixedOffset> {
    let hours = match word {
        "GMT" | "UTC" | "Z" => 0,
        "BST" | "CET" => 1,
        "CEST" => 2,
        "EDT" => -4,
        "EST" => -5,
        "JST" | "KST" => 9,
        "HKT" | "SGT" => 8,
        _ => return None,
    };
    FixedOffset::east_opt(hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: &str = "news";
    const WITHHELD: &str = "withheld";

    fn said(note: Option<Note>) -> String {
        let page = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        note.map_or_else(
            || NONE.to_owned(),
            |note| {
                note.lifts(page, &chrono_tz::Asia::Shanghai)
                    .map_or(WITHHELD.to_owned(), |at| at.format("%Y-%m-%dT%H:%M").to_string())
            },
        )
    }

    #[track_caller]
    fn check_all(table: &[(&str, &str)]) {
        let wrong: Vec<String> = table
            .iter()
            .filter(|(text, expected)| said(read(text)) != *expected)
            .map(|(text, expected)| format!("{text}: {} for {expected}", said(read(text))))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let page = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let moment = read(text).expect("speaks of an embargo").lifts(page, &chrono_tz::Asia::Shanghai);
        assert_eq!(moment.map(|at| at.to_rfc3339()).as_deref(), expected, "{text}");
    }

    #[test]
    fn embargoes_are_read_to_the_minute() {
        check("（限11月20日18时后播发）", Some("2026-11-20T10:00:00+00:00"));
        check("本稿请于11月20日晚8时30分后发布", Some("2026-11-20T12:30:00+00:00"));
        check("禁止在2026年11月21日零时前使用", Some("2026-11-20T16:00:00+00:00"));
        check("EMBARGOED UNTIL 1800 GMT NOV 20", Some("2026-11-20T18:00:00+00:00"));
        check("Embargoed until 00:01 GMT, Nov 21, 2026", Some("2026-11-21T00:01:00+00:00"));
        check("NOT FOR RELEASE BEFORE 6 p.m. EST, Nov. 20", Some("2026-11-20T23:00:00+00:00"));
    }

    #[test]
    fn what_cannot_be_read_does_not_lift() {
        check("（限发布会结束后播发）", None);
        check("（限11月20日后播发）", None);
        check("EMBARGOED UNTIL 6 p.m. ET, Nov. 20", None);
    }

    #[test]
    fn news_of_embargoes_is_news() {
        assert_eq!(read("美国宣布解除对该国长达六十年的贸易禁运，首批货轮将于11月20日18时启航。"), None);
        assert_eq!(read("Embargo on grain ends on Nov 20"), None);
    }

    #[test]
    fn hours_as_they_are_said() {
        check_all(&[
            ("（限11月20日24时后播发）", "2026-11-20T16:00"),
            ("（限11月20日24时30分后播发）", WITHHELD),
            ("（限11月20日二十四时后播发）", "2026-11-20T16:00"),
            ("（限11月20日0时后播发）", "2026-11-19T16:00"),
            ("（限11月20日晚12时后播发）", "2026-11-20T16:00"),
            ("（限11月20日夜12时后播发）", "2026-11-20T16:00"),
            ("（限11月20日夜里1时后播发）", WITHHELD),
            ("（限11月20日凌晨12时后播发）", WITHHELD),
            ("（限11月20日午夜后播发）", WITHHELD),
            ("（限11月20日中午12时后播发）", "2026-11-20T04:00"),
            ("（限11月20日中午1时后播发）", "2026-11-20T05:00"),
            ("（限11月20日夜间11时后播发）", "2026-11-20T15:00"),
            ("（限11月20日下午 6时后播发）", "2026-11-20T10:00"),
            ("（限 11月20日 下午6时 后播发）", "2026-11-20T10:00"),
            ("（限11月20日18时30后播发）", "2026-11-20T10:30"),
            ("（限11月20日十八时三十分后播发）", "2026-11-20T10:30"),
            ("（限11月20日18：30后播发）", "2026-11-20T10:30"),
            ("（限11月20日18时30分20后播发）", WITHHELD),
            ("（限11月20日18时左右后播发）", WITHHELD),
            ("（限11月20日118时后播发）", WITHHELD),
            ("（限11月20、21日18时后播发）", WITHHELD),
            ("（限11月20日18时后播发，图片21日8时后播发）", WITHHELD),
            ("EMBARGOED UNTIL 2400 GMT NOV 20", "2026-11-21T00:00"),
            ("EMBARGOED UNTIL MIDNIGHT GMT NOV 20", WITHHELD),
            ("EMBARGOED UNTIL 12 a.m. GMT NOV 20", WITHHELD),
            ("EMBARGOED UNTIL NOON GMT NOV 20", "2026-11-20T12:00"),
        ]);
    }

    #[test]
    fn zones_as_they_are_named() {
        check_all(&[
            ("（限格林尼治时间11月20日18时后播发）", "2026-11-20T18:00"),
            ("（限北京时间11月20日18时后播发）", "2026-11-20T10:00"),
            ("（限当地时间11月20日18时后播发）", WITHHELD),
            ("（限11月20日18时(纽约时间)后播发）", WITHHELD),
            ("NOT FOR RELEASE BEFORE 6 p.m. PST, Nov. 20", WITHHELD),
            ("EMBARGOED UNTIL 1800 PST NOV 20", WITHHELD),
            ("EMBARGOED UNTIL 1800 GMT+8 NOV 20", WITHHELD),
            ("EMBARGOED UNTIL 6 p.m. Eastern, Nov 20", WITHHELD),
            ("EMBARGOED UNTIL 6 p.m. Beijing time, Nov 20", "2026-11-20T10:00"),
            ("EMBARGOED UNTIL 6 p.m., Nov 20. All times local.", WITHHELD),
        ]);
    }

    #[test]
    fn years_lie_ahead() {
        check_all(&[
            ("（限2月29日18时后播发）", WITHHELD),
            ("（限11月18日18时后播发）", "2026-11-18T10:00"),
            ("（限11月17日18时后播发）", WITHHELD),
            ("（限1月5日18时后播发）", "2027-01-05T10:00"),
            ("（限10月20日18时后播发）", WITHHELD),
            ("（限2027年10月20日18时后播发）", "2027-10-20T10:00"),
            ("EMBARGOED UNTIL 0900 GMT, MONDAY, NOV 23", "2026-11-23T09:00"),
            ("EMBARGOED UNTIL 0900 GMT, TUESDAY, NOV 23", WITHHELD),
            ("（限11月23日（星期一）9时后播发）", "2026-11-23T01:00"),
        ]);
    }

    #[test]
    fn notes_in_many_words() {
        let eight = "2026-11-21T00:00";
        check_all(&[
            ("（不得早于11月21日8时播发）", eight),
            ("（此稿11月21日8时后方可刊登）", eight),
            ("（11月21日8时后刊登）", eight),
            ("11月21日8时後發布", eight),
            ("（限11月21日8時後發佈）", eight),
            ("【限11月21日8时后播发】", eight),
            ("［限１１月２１日８时后播发］", eight),
            ("编者注意：本稿限11月21日8时后播发", eight),
            ("编者注意：请各媒体在11月21日8时前不要刊登", eight),
            ("本稿11月21日8时前切勿发布，请各媒体遵守。", eight),
            ("各媒体请于11月21日8时后使用本稿", eight),
            ("本稿解禁时间：11月21日8时", eight),
            ("本稿11月21日8时解禁", eight),
            ("以下各稿限11月21日8时后播发", eight),
            ("[EMBARGOED UNTIL 0000 GMT NOV 21]", eight),
            ("Eds: EMBARGOED UNTIL 0000 GMT, NOV 21", eight),
            ("NOT FOR RELEASE UNTIL 0000 GMT NOV 21", eight),
            ("EMBARGO 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("EMBARGO: 1800 GMT NOV 20", "2026-11-20T18:00"),
            ("FOR RELEASE AFTER 1800 GMT NOV 20", "2026-11-20T18:00"),
            (
                "This story may not be published, broadcast or distributed before 1800 GMT on Nov 21. \
                 Subscribers are asked to keep to it in print and online.",
                "2026-11-21T18:00",
            ),
            (
                "This story may not be published, broadcast or distributed before the ceremony ends on Nov 21.",
                WITHHELD,
            ),
            ("图片限11月21日8时后播发", eight),
            ("限11月21日8时后播发英文版", WITHHELD),
            ("（限会议结束后刊发）", WITHHELD),
            ("限会议结束后播发", WITHHELD),
            ("（不得早于会议结束播发）", WITHHELD),
        ]);
    }

    #[test]
    fn news_reads_alike() {
        check_all(&[
            ("多只限售股下周解禁", NONE),
            ("三只限售股11月20日解禁", NONE),
            ("多地禁止在公共场所吸烟", NONE),
            ("禁渔期满解禁 渔民开船", NONE),
            ("审批前不得开工，这是村里的规矩。", NONE),
            ("审批前不得使用，这是村里的规矩。", NONE),
            ("年度报告11月20日后发布", NONE),
            ("新规11月20日前不得公开征求意见", NONE),
            ("限塑令实施后使用量下降", NONE),
            ("限购令取消后发布新政", NONE),
            ("禁止在11月20日前使用化肥", NONE),
            ("请于11月20日18时前使用", NONE),
            ("（请于11月20日18时前发稿）", NONE),
            ("（11月20日18时后不得使用）", NONE),
            ("（新规11月20日起施行）", NONE),
            ("发布会后公开", NONE),
            ("Embargo until 2028 strains grain trade", NONE),
            ("Embargo to end on Nov 20", NONE),
            ("Embargo: how a ban on grain works", NONE),
            ("Embargoed goods pile up at port", NONE),
            ("The vaccine may not be used before Nov 21, officials said.", NONE),
            ("Shops hold sales until Nov 21", NONE),
            ("For release of hostages, talks go on", NONE),
        ]);
    }

    #[test]
    fn brackets_inside_a_text() {
        assert_eq!(
            said(inside("（限11月20日18时后播发）新华社北京11月20日电 报告20日发布。", false)),
            "2026-11-20T10:00"
        );
        assert_eq!(said(inside("今年粮食报告发布（限11月20日18时后播发）", true)), "2026-11-20T10:00");
        assert_eq!(said(inside("报告20日发布（限11月20日18时后播发）。", false)), "2026-11-20T10:00");
        assert_eq!(said(inside("桥面封闭（12月1日前禁止使用）。", false)), NONE);
        assert_eq!(said(inside("该鱼塘（审批前不得使用）。", false)), NONE);
        assert_eq!(said(inside("新规（试行）公布", true)), NONE);
    }

    #[test]
    fn notes_say_of_what_they_speak() {
        let scope = |text| read(text).map(|note| note.scope);
        assert_eq!(scope("（限11月20日18时后播发）"), Some(Scope::Unsaid));
        assert_eq!(scope("（本稿限11月20日18时后播发）"), Some(Scope::This));
        assert_eq!(scope("（以上稿件限11月20日18时后播发）"), Some(Scope::Above));
        assert_eq!(scope("（以下各稿限11月20日18时后播发）"), Some(Scope::Below));
        assert_eq!(scope("（本版各稿限11月20日18时后播发）"), Some(Scope::Page));
    }
}
