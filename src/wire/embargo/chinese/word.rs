//! The words that a Chinese note is made of. What is none of them is a stranger, character by character.

use super::super::super::cursor::Cursor;
use super::super::Scope;
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
        Token::About(Scope::This),
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
        Token::NotBefore,
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
        Token::Lead,
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

/// Cuts a text into words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    while let Some(c) = cursor.peek() {
        found.push(if let Some(piece) = time::piece(&mut cursor) {
            Token::Piece(piece)
        } else if let Some((_, token)) = WORDS.iter().find(|(words, _)| cursor.eat_any(words).is_some()) {
            *token
        } else {
            cursor.skip(c.len_utf8());
            if matches!(c, '。' | ';' | '!' | '；') { Token::End } else { Token::Other(c) }
        });
    }
    found
}
