//! The words that a Chinese note is made of. What is none of them is a stranger, character by character.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use foldhash::HashMap;

use super::super::super::cursor::Cursor;
use super::super::Scope;
use super::super::fold::unfolded;
use super::super::moment::Piece;
use super::time;

/// What a Chinese note is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
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
    /// 正式, 对外.
    Manner,
    /// 播发, 发布, 使用.
    Verb(Deed),
    /// 解禁时间, 禁发至.
    Due,
    /// 解禁.
    Lifts,
    /// 直至, after what is forbidden.
    Until,
    /// 止, at the end of a time.
    Ends,
    /// 暂缓, 等候通知: nobody knows until when.
    Hold,
    /// 限时稿: the time follows.
    Timed,
    /// 提前, 擅自: before its time, where no time is said.
    Early,
    /// 预发稿, 内部稿: no copy to print.
    Draft,
    /// 纽约时间: a zone that is not known, or whose hours change with the season.
    Elsewhere,
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

/// What a note asks not to do yet, in the order of how sure a note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// 使用: news forbids it of many things.
    Use,
    /// 发布: news says it of reports and rules.
    Publish,
    /// 播发: nobody but the press does it.
    Wire,
}

/// What the words of a note are. The longer of two that begin alike stands first.
const WORDS: [(&[&str], Token); 29] = [
    (&["本组图片", "本组照片", "本图片", "本照片", "本图"], Token::About(Scope::This)),
    (&["本版", "本页", "各稿", "全部稿件", "所有稿件", "本组稿件"], Token::About(Scope::Page)),
    (&["以上", "上述", "上列"], Token::About(Scope::Above)),
    (&["以下", "下列", "下述"], Token::About(Scope::Below)),
    (
        &[
            "本稿件",
            "此稿件",
            "该稿件",
            "本稿",
            "此稿",
            "该稿",
            "本条",
            "此条",
            "本篇",
            "此篇",
            "本消息",
            "此消息",
            "此件",
            "本件",
            "该件",
            "本报道",
            "本文",
            "本新闻",
        ],
        Token::About(Scope::This),
    ),
    (
        &[
            "稿件",
            "通稿",
            "文字稿",
            "图片",
            "照片",
            "图表",
            "配图",
            "全文",
            "供稿",
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
        &[
            "不得早于",
            "不要早于",
            "不能早于",
            "不可早于",
            "不应早于",
            "不许早于",
            "不准早于",
            "不早于",
            "请勿早于",
            "切勿早于",
            "勿早于",
            "严禁早于",
            "禁止早于",
            "不得先于",
            "请勿先于",
            "严禁先于",
        ],
        Token::NotBefore,
    ),
    (
        &[
            "请压稿",
            "压稿",
            "压发",
            "待发稿件",
            "待发稿",
            "待发",
            "待审稿件",
            "待审稿",
            "待审",
            "待命",
            "送审稿件",
            "送审稿",
            "备发稿",
            "先不要",
            "先不",
            "先别",
            "暂时不要",
            "暂时不",
            "暂勿",
            "暂不",
            "暂缓",
            "暂停",
            "缓发",
            "押后",
            "另行通知",
            "等候通知",
            "等待通知",
            "待通知",
            "等通知",
            "候通知",
            "等总社通知",
            "待总社通知",
            "候总社通知",
            "等后续通知",
            "待后续通知",
        ],
        Token::Hold,
    ),
    (
        &[
            "不得",
            "禁止",
            "严禁",
            "请勿",
            "切勿",
            "勿",
            "请不要",
            "不要",
            "不能",
            "不可",
            "不准",
            "不许",
            "不宜",
            "不应",
        ],
        Token::Forbid,
    ),
    (
        &[
            "解禁时间",
            "解密时间",
            "开禁时间",
            "可发时间",
            "禁发时间",
            "禁止发布至",
            "禁止播发至",
            "禁止使用至",
            "限发时间",
            "限播时间",
            "限用时间",
            "限时发布",
            "限时播发",
            "限时刊发",
            "发布时间",
            "播发时间",
            "发稿时间",
            "刊发时间",
            "新闻禁发令",
            "禁发期至",
            "禁发期到",
            "禁发期",
            "禁发至",
            "禁发到",
            "禁播至",
            "禁播到",
            "禁载至",
            "禁用至",
            "禁运期至",
            "禁运期到",
            "禁运至",
            "禁运到",
            "保密期至",
            "保密期到",
            "保密至",
            "保密到",
            "新闻封锁至",
            "新闻封锁到",
            "封锁至",
            "封锁到",
            "封锁期至",
            "封锁期到",
            "EMBARGOED UNTIL",
            "EMBARGO UNTIL",
            "EMBARGOED",
            "EMBARGO",
        ],
        Token::Due,
    ),
    (&["解禁", "解密", "解除禁发"], Token::Lifts),
    (
        &["预发稿件", "预发稿", "预发", "内部稿件", "内部稿", "内部资料", "内部参考", "内部掌握", "限播", "限发"],
        Token::Draft,
    ),
    (&["限时稿件", "限时稿", "定时稿件", "定时稿", "限时"], Token::Timed),
    (&["直至", "直到", "至"], Token::Until),
    (&["为止", "止", "解除"], Token::Ends),
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
            "定于",
            "新华社授权",
            "本社授权",
            "授权",
            "仅供",
            "供",
            "请",
        ],
        Token::Lead,
    ),
    // 名单稍后公布 bounds nothing.
    (&["稍后", "随后", "今后", "最后", "先后", "前后"], Token::Other('后')),
    (&["以后", "之后", "后", "起"], Token::After),
    (&["以前", "之前", "此前", "前"], Token::Before),
    (&["方可", "方能", "才可以", "才可", "才能", "可以", "可", "再", "统一", "一并"], Token::May),
    (&["开始", "正式", "对外", "予以"], Token::Manner),
    (
        &["播发", "刊发", "刊登", "刊播", "刊用", "刊载", "刊出", "登载", "发稿", "编发", "见报", "发表"],
        Token::Verb(Deed::Wire),
    ),
    (
        &["发布", "发出", "播出", "播报", "公开", "公布", "报道", "传播", "转载", "转发", "推送", "上网", "外传"],
        Token::Verb(Deed::Publish),
    ),
    (&["使用", "采用"], Token::Verb(Deed::Use)),
    (
        &[
            "当地时间",
            "纽约时间",
            "华盛顿时间",
            "伦敦时间",
            "巴黎时间",
            "柏林时间",
            "莫斯科时间",
            "悉尼时间",
            "美国东部时间",
            "美东时间",
            "美西时间",
            "欧洲中部时间",
            "夏令时间",
            "夏令时",
        ],
        Token::Elsewhere,
    ),
    (&["提前", "擅自", "抢先", "先行"], Token::Early),
    (&["或者", "或", "及", "和", "与", "、", "/"], Token::And),
    (
        &[
            "在",
            "于",
            "的",
            "自",
            "从",
            "有禁发期",
            "为",
            "以任何形式",
            "以任何方式",
            "网络媒体",
            "新媒体平台",
            "新媒体",
            "网站",
            "网络",
            "网上",
            "客户端",
            "准备",
            " ",
            "(",
            ")",
            "★",
            "●",
            "■",
            "◆",
            "▲",
            "※",
            "*",
        ],
        Token::Filler,
    ),
    (&["，", ",", ":", "："], Token::Stop),
];

/// Whether a text as printed has a word of release or of holding back: without one it is no note, and most paragraphs
/// have none.
pub(super) fn speaks_of_release(text: &str) -> bool {
    static RELEASES: LazyLock<CharwiseDoubleArrayAhoCorasick<()>> = LazyLock::new(|| {
        let is_release = |token: &Token| {
            matches!(token, Token::Verb(_) | Token::Due | Token::Lifts | Token::Hold | Token::Timed)
        };
        let listed = WORDS.iter().filter(|(_, token)| is_release(token)).flat_map(|(words, _)| words.iter());
        let short =
            ['发', '用', '播', '登'].into_iter().flat_map(|verb| CLAUSE_ENDS.map(|end| format!("{verb}{end}")));
        let words = listed.map(|word| (*word).to_owned()).chain(short);
        let printed: BTreeSet<String> = words.flat_map(|word| unfolded(&word)).collect();
        CharwiseDoubleArrayAhoCorasick::with_values(printed.into_iter().map(|word| (word, ())))
            .expect("a few words, each once")
    });
    text.ends_with(['发', '發', '用', '播', '登']) || RELEASES.find_iter(text).next().is_some()
}

/// Cuts a text into words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    while let Some(c) = cursor.peek() {
        let timely = time::OPENERS.may_begin(cursor.rest());
        found.push(if let Some(piece) = timely.then(|| time::piece(&mut cursor)).flatten() {
            Token::Piece(piece)
        } else if let Some(token) = word(c, &mut cursor) {
            token
        } else if let Some(deed) = short_deed(c).filter(|_| ends_clause(cursor)) {
            cursor.skip(c.len_utf8());
            Token::Verb(deed)
        } else if matches!(c, '禁' | '不') && stands_before_a_deed(cursor) {
            cursor.skip(c.len_utf8());
            Token::Forbid
        } else if matches!(c, '等' | '待' | '候' | '听' | '静') && waits(&mut cursor) {
            Token::Hold
        } else if timely && counts(&mut cursor) {
            Token::Filler
        } else {
            cursor.skip(c.len_utf8());
            if matches!(c, '。' | ';' | '!' | '；') { Token::End } else { Token::Other(c) }
        });
    }
    found
}

/// Reads a word that begins with `first`.
fn word(first: char, cursor: &mut Cursor) -> Option<Token> {
    static BY_FIRST: LazyLock<HashMap<char, Vec<(&str, Token)>>> = LazyLock::new(|| {
        let mut by_first: HashMap<char, Vec<(&str, Token)>> = HashMap::default();
        for (words, token) in WORDS {
            for &word in words {
                by_first.entry(word.chars().next().expect("a word")).or_default().push((word, token));
            }
        }
        by_first
    });
    BY_FIRST.get(&first)?.iter().find(|(word, _)| cursor.eat(word)).map(|&(_, token)| token)
}

/// 发, 播, 用, 登: verbs of release of one character, where a clause ends behind them.
fn short_deed(c: char) -> Option<Deed> {
    match c {
        '播' | '登' => Some(Deed::Wire),
        '发' => Some(Deed::Publish),
        '用' => Some(Deed::Use),
        _ => None,
    }
}

/// 禁用, 不发: what comes next is forbidden.
fn stands_before_a_deed(mut cursor: Cursor) -> bool {
    cursor.eat_char(|_| true);
    let Some(c) = cursor.peek() else { return false };
    short_deed(c).is_some() && ends_clause(cursor)
        || matches!(word(c, &mut cursor), Some(Token::Verb(deed)) if deed >= Deed::Publish)
}

/// Reads 等总编室通知, 候令, 听候总社指令: it waits for somebody's word.
fn waits(cursor: &mut Cursor) -> bool {
    /// Characters in the name of a desk.
    const LONGEST_DESK: usize = 8;
    let mut ahead = *cursor;
    if ahead.eat_any(&["等待", "等候", "听候", "静候", "静待", "候", "等", "待", "听"]).is_none() {
        return false;
    }
    for _ in 0..=LONGEST_DESK {
        if ahead.eat_any(&["通知", "指令", "指示", "命令", "令", "电话", "信号"]).is_some() {
            *cursor = ahead;
            return true;
        }
        if ahead.eat_char(|c| !c.is_whitespace() && !CLAUSE_ENDS.contains(&c)).is_none() {
            return false;
        }
    }
    false
}

/// Nothing but the end of a clause follows the next character: 8时后发.
fn ends_clause(mut cursor: Cursor) -> bool {
    cursor.eat_char(|_| true);
    cursor.peek().is_none_or(|c| CLAUSE_ENDS.contains(&c))
}

const CLAUSE_ENDS: [char; 6] = ['。', '，', ',', ';', '；', ')'];

/// Reads 三篇, 四条消息.
fn counts(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    if time::number(&mut ahead).is_none() || ahead.eat_any(&["篇", "条", "组", "张", "幅", "则"]).is_none() {
        return false;
    }
    ahead.eat_any(&["消息", "新闻"]);
    *cursor = ahead;
    true
}
