//! Where in a Chinese note the words that bind, the time, and the words of release stand.

use super::super::Scope;
use super::super::moment::Piece;
use super::word::{Deed, Token};

/// The parts of a note that names a deed: 限 … 后播发.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern<'a> {
    /// What stands before the words that bind.
    pub before: &'a [Token],
    /// Where the time should stand.
    pub time: &'a [Token],
    /// It has 限, 请于, 不得 and the like.
    pub binds: bool,
    pub release: Release<'a>,
}

/// The words of release, and what follows them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Release<'a> {
    pub deed: Deed,
    /// A clause ends after them.
    pub clean: bool,
    pub rest: &'a [Token],
}

/// Finds the words that bind and that release, each in its place.
/// `noted` says that it stands in brackets, where （定于 … 发布） is no news either.
pub(super) fn pattern(tokens: &[Token], noted: bool) -> Option<Pattern<'_>> {
    let bounded = tokens.iter().enumerate().find_map(|(at, token)| match token {
        Token::After => after(tokens, at),
        Token::Before => before(tokens, at),
        Token::NotBefore => not_before(tokens, at),
        _ => None,
    });
    bounded.or_else(|| at(tokens, noted))
}

/// 定于 … 播发, … 可发: no word bounds the time, so it is all that stands there.
fn at(tokens: &[Token], noted: bool) -> Option<Pattern<'_>> {
    let before = tokens.iter().take_while(|token| is_about(token)).count();
    let time = before + tokens[before..].iter().take_while(|token| is_of_time(token)).count();
    let release = release(&tokens[time..]).filter(|release| release.rest.is_empty())?;
    let told = |token: &Token| *token == Token::Lead || matches!(token, Token::About(_));
    let bound = tokens[..before].iter().any(told) || tokens[time..].contains(&Token::May);
    let led = noted && tokens[..before].contains(&Token::Lead) && release.deed == Deed::Publish;
    let clocked = pieces(&tokens[before..time]).any(|piece| matches!(piece, Piece::Clock(_)));
    // （此稿供11月30日使用）, （此件11月30日上午10点公开发布）
    let named = noted
        && tokens[..before].iter().any(|token| matches!(token, Token::About(Scope::This)))
        && (tokens[..before].contains(&Token::Lead) || clocked);
    let sure = release.deed == Deed::Wire || tokens[time..].contains(&Token::May) || led || named;
    // （11月24日见报）
    let bound = bound || noted && release.deed == Deed::Wire;
    (bound && sure && is_timed(&tokens[before..time])).then_some(Pattern {
        before: &[],
        time: &tokens[before..time],
        binds: true,
        release,
    })
}

/// 限 … 后播发, … 后方可播发.
fn after(tokens: &[Token], at: usize) -> Option<Pattern<'_>> {
    let release = release(&tokens[at + 1..])?;
    let may = matches!(tokens.get(at + 1), Some(Token::May | Token::Manner));
    let clause = clause(tokens, at);
    let lead = tokens[clause..at].iter().rposition(|token| *token == Token::Lead).map(|lead| clause + lead);
    Some(Pattern {
        before: &tokens[..lead.unwrap_or(clause)],
        time: &tokens[lead.map_or(clause, |lead| lead + 1)..at],
        binds: lead.is_some() || may,
        release,
    })
}

/// … 前不得播发, 禁止在 … 前播发.
fn before(tokens: &[Token], at: usize) -> Option<Pattern<'_>> {
    let bridge = |token: &&Token| matches!(token, Token::Forbid | Token::Filler | Token::Stop | Token::About(_));
    let next = at + 1 + tokens[at + 1..].iter().take_while(bridge).count();
    let (before, time, deed) = if tokens[at + 1..next].contains(&Token::Forbid) {
        let clause = clause(tokens, at);
        (clause, clause, next)
    } else {
        let forbid = tokens[..at].iter().rposition(|token| *token == Token::Forbid)?;
        (forbid, forbid + 1, at + 1)
    };
    let release = release(&tokens[deed..])?;
    Some(Pattern { before: &tokens[..before], time: &tokens[time..at], binds: true, release })
}

/// 不得早于 … 播发.
fn not_before(tokens: &[Token], at: usize) -> Option<Pattern<'_>> {
    let ends = |token: &Token| matches!(token, Token::Verb(_) | Token::Before | Token::May | Token::Manner);
    let end = at + 1 + tokens[at + 1..].iter().position(ends)?;
    let release = release(&tokens[end + usize::from(tokens[end] == Token::Before)..])?;
    Some(Pattern { before: &tokens[..at], time: &tokens[at + 1..end], binds: true, release })
}

/// Where the sentence of the token at `at` begins.
fn clause(tokens: &[Token], at: usize) -> usize {
    tokens[..at].iter().rposition(|token| *token == Token::End).map_or(0, |end| end + 1)
}

/// Reads 方可播发, 对外发布或使用本稿.
fn release(tokens: &[Token]) -> Option<Release<'_>> {
    let skips = |from: usize, skipped: fn(&Token) -> bool| {
        from + tokens[from..].iter().take_while(|token| skipped(token)).count()
    };
    let start = skips(0, |token| matches!(token, Token::May | Token::Manner | Token::Filler | Token::Early));
    // 18时后不得使用 says until when it may be used.
    if tokens.get(start) == Some(&Token::Forbid) {
        return None;
    }
    let verbs = skips(start, |token| {
        matches!(
            token,
            Token::Verb(_)
                | Token::And
                | Token::Filler
                | Token::May
                | Token::Manner
                | Token::Forbid
                | Token::Early
        )
    });
    let deed = deeds(&tokens[start..verbs])?;
    let rest = &tokens[skips(verbs, |token| matches!(token, Token::About(_) | Token::Filler))..];
    Some(Release { deed, clean: matches!(rest.first(), None | Some(Token::Stop | Token::End)), rest })
}

/// 本稿, 各媒体, 请于: what may stand before a time.
pub(super) fn is_about(token: &Token) -> bool {
    matches!(
        token,
        Token::About(_)
            | Token::Draft
            | Token::Timed
            | Token::Early
            | Token::Stop
            | Token::Filler
            | Token::Lead
            | Token::May
            | Token::Manner
            | Token::And
    )
}

/// What an expression of time is made of; two hours of one instant may be joined by 、.
pub(super) fn is_of_time(token: &Token) -> bool {
    matches!(token, Token::Piece(_) | Token::Filler | Token::Stop | Token::And)
}

pub(super) fn pieces(tokens: &[Token]) -> impl Iterator<Item = Piece> {
    tokens.iter().filter_map(|token| if let Token::Piece(piece) = token { Some(*piece) } else { None })
}

/// It holds a day or an hour.
pub(super) fn is_timed(tokens: &[Token]) -> bool {
    pieces(tokens).any(|piece| !matches!(piece, Piece::Zone(_)))
}

/// The surest of the deeds that are named.
pub(super) fn deeds(tokens: &[Token]) -> Option<Deed> {
    tokens.iter().filter_map(|token| if let Token::Verb(deed) = token { Some(*deed) } else { None }).max()
}
