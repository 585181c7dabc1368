//! Chinese notes that nobody can tell the end of: （待发稿）, （暂不发）, 本稿暂缓刊发，等候通知.

use super::super::Scope;
use super::super::frame::Frame;
use super::is_named;
use super::pattern::{deeds, is_timed};
use super::word::{Deed, Token};

/// A note, but nobody can tell until when.
pub(super) fn holds(tokens: &[Token], scope: Option<Scope>, frame: Frame) -> bool {
    waits(tokens, scope, frame)
        || is_set_apart(tokens, frame)
        || is_kept(tokens, scope, frame)
        || is_bounded(tokens, scope, frame)
        || is_forbidden_early(tokens, scope, frame)
}

/// 本稿暂缓刊发，等候通知; （待通知播发）.
fn waits(tokens: &[Token], scope: Option<Scope>, frame: Frame) -> bool {
    let deed = deeds(tokens);
    let set_apart = frame != Frame::Line && is_known(tokens);
    tokens.contains(&Token::Hold)
        && (scope.is_some() && deed >= Some(Deed::Publish) || set_apart && deed == Some(Deed::Wire))
}

/// （待发稿）, （暂不发）, （等总编室通知再发）, 【限时稿】: nothing else stands in the brackets.
fn is_set_apart(tokens: &[Token], frame: Frame) -> bool {
    // 《…》（待审） is a headline.
    frame == Frame::Note
        && is_known(tokens)
        && (tokens.contains(&Token::Hold) || !tokens.is_empty() && tokens.iter().all(|t| *t == Token::Timed))
}

/// （预发，待通知）, 此稿为预发稿，正式播发前请勿使用.
fn is_kept(tokens: &[Token], scope: Option<Scope>, frame: Frame) -> bool {
    let has = |wanted: Token| tokens.contains(&wanted);
    let deed = deeds(tokens);
    let drafted = has(Token::Draft) && (has(Token::Hold) || has(Token::Forbid) && deed.is_some());
    let unsent = has(Token::Forbid) && has(Token::Before) && deed == Some(Deed::Wire) && !is_timed(tokens);
    is_known(tokens) && (frame == Frame::Note || is_named(scope)) && (drafted || unsent)
        // （预发稿，以正式播发为准）
        || frame == Frame::Note && has(Token::Draft) && deed == Some(Deed::Wire)
}

/// （限18时至20时播发）; （此稿仅供早间版使用，21日8时前不得提前上网）.
fn is_bounded(tokens: &[Token], scope: Option<Scope>, frame: Frame) -> bool {
    let has = |is: fn(&Token) -> bool| tokens.iter().any(is);
    let sure = deeds(tokens) == Some(Deed::Wire) || is_named(scope);
    let bounded = has(|token| matches!(token, Token::After | Token::Until | Token::NotBefore))
        && has(|token| matches!(token, Token::Lead | Token::Forbid | Token::May | Token::Manner));
    let forbidden = is_named(scope) && has(|token| *token == Token::Forbid);
    frame == Frame::Note && is_timed(tokens) && (bounded && sure || forbidden)
}

/// （勿提前播发）, （禁止提前报道 11月30日10时）.
fn is_forbidden_early(tokens: &[Token], scope: Option<Scope>, frame: Frame) -> bool {
    let deed = deeds(tokens);
    let early = tokens.contains(&Token::Early) && deed >= Some(Deed::Publish);
    tokens.contains(&Token::Forbid) && early && (frame == Frame::Note || frame == Frame::Line && is_named(scope))
}

/// （未经允许不得播发）: of 刊登 or 转载 it would be a line on copyright.
pub(super) fn is_unsent(folded: &str, frame: Frame) -> bool {
    const BANS: [&str; 4] = ["不得播发", "不得编发", "请勿播发", "不准播发"];
    frame == Frame::Note && BANS.iter().any(|ban| folded.trim_end_matches('。').ends_with(ban))
}

/// Every word of it is one of notes.
fn is_known(tokens: &[Token]) -> bool {
    !tokens.iter().any(|token| matches!(token, Token::Other(_)))
}
