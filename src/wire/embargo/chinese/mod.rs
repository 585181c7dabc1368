//! Chinese notes: words that bind, a time, and words of release, each in its place.

mod time;
mod word;

use self::word::{Token, tokens};
use super::frame::Frame;
use super::moment::{Moment, Piece};
use super::{Note, Scope};

/// Reads a note in half width and simplified characters.
pub(super) fn read(text: &str, frame: Frame) -> Option<Note> {
    let tokens = tokens(text);
    let scope = scope(&tokens);
    let until = match pattern(&tokens) {
        Some(found) => until_release(&found, scope.is_some(), frame),
        None => until_due(&tokens, scope.is_some(), frame),
    };
    until.map(|until| Note { scope: scope.unwrap_or_default(), until })
}

/// The widest scope that the note names; nothing when it speaks of no copy at all.
fn scope(tokens: &[Token]) -> Option<Scope> {
    // 以下各稿 are those below.
    [Scope::Below, Scope::Above, Scope::Page, Scope::This, Scope::Unsaid]
        .into_iter()
        .find(|&scope| tokens.contains(&Token::About(scope)))
}

/// The parts of a note that names a deed: 限 … 后播发.
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

/// Finds the words that bind and that release, each in its place.
fn pattern(tokens: &[Token]) -> Option<Pattern<'_>> {
    tokens.iter().enumerate().find_map(|(at, token)| match token {
        Token::After => after(tokens, at),
        Token::Before => before(tokens, at),
        Token::NotBefore => not_before(tokens, at),
        _ => None,
    })
}

/// 限 … 后播发, … 后方可播发.
fn after(tokens: &[Token], at: usize) -> Option<Pattern<'_>> {
    let release = release(&tokens[at + 1..])?;
    let may = tokens.get(at + 1) == Some(&Token::May);
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
    let ends = |token: &Token| matches!(token, Token::Verb { .. } | Token::Before | Token::May);
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
    let start = skips(0, |token| matches!(token, Token::May | Token::Filler));
    let verbs =
        skips(start, |token| matches!(token, Token::Verb { .. } | Token::And | Token::Filler | Token::May));
    if !tokens[start..verbs].iter().any(|token| matches!(token, Token::Verb { .. })) {
        return None;
    }
    let rest = &tokens[skips(verbs, |token| matches!(token, Token::About(_) | Token::Filler))..];
    Some(Release {
        strong: tokens[start..verbs].contains(&Token::Verb { strong: true }),
        clean: matches!(rest.first(), None | Some(Token::Stop | Token::End)),
        rest,
    })
}

/// Until when 限 … 后播发 holds, if it is a note; the time is missing where it cannot be read.
#[expect(clippy::option_option, reason = "no note, a note without a time that can be read, and one with it")]
fn until_release(found: &Pattern, spoken_of: bool, frame: Frame) -> Option<Option<Moment>> {
    let &Pattern { before, time, binds, release: Release { strong, clean, rest } } = found;
    // 本稿, 各媒体: skipped before the time where nothing binds before it.
    let about = |token: &Token| matches!(token, Token::About(_) | Token::Stop | Token::Filler | Token::Lead);
    let time = &time[time.iter().take_while(|token| about(token)).count()..];
    let stranger = before.iter().any(|token| !about(token) && *token != Token::End)
        || matches!(time.first(), Some(Token::Other(_))) && before.is_empty() && !binds;
    let unread = |token: &Token| !matches!(token, Token::Piece(_) | Token::Filler | Token::Stop);
    let whole = !time.is_empty() && !time.iter().any(unread);
    let timed = is_timed(time);
    // 报告11月20日前不得…: what stands before the time is no word of a note.
    let news = time.first().is_some_and(unread) && pieces(time).next().is_some();
    let known_rest = !rest.iter().any(|token| matches!(token, Token::Other(_)));
    let is_note = match frame {
        Frame::Line if stranger => false,
        Frame::Line if !clean => timed && strong && binds && !news,
        Frame::Line => {
            (spoken_of || known_rest)
                && (whole || spoken_of && (timed || strong) || binds && (strong || timed) && !news)
        }
        Frame::Note | Frame::Inside if !clean => timed && strong && binds,
        Frame::Note => whole || timed || spoken_of || strong && binds,
        Frame::Inside => {
            let clocked = pieces(time).any(|piece| matches!(piece, Piece::Clock(_)));
            timed && (strong || spoken_of || whole && clocked && binds && !stranger)
                || strong && binds && !stranger
        }
    };
    // A second time in the rest leaves open which counts.
    let again = |token: &Token| matches!(token, Token::Piece(_) | Token::Other('0'..='9' | '时' | '日'));
    let readable = whole && clean && !stranger && !rest.iter().any(again);
    is_note.then(|| Moment::of(pieces(time)).filter(|_| readable))
}

/// Until when 解禁时间：11月20日18时, or 本稿11月20日18时解禁, holds, if it is a note.
#[expect(clippy::option_option, reason = "no note, a note without a time that can be read, and one with it")]
fn until_due(tokens: &[Token], spoken_of: bool, frame: Frame) -> Option<Option<Moment>> {
    let at = tokens.iter().position(|token| matches!(token, Token::Due | Token::Lifts))?;
    let about = |token: &Token| matches!(token, Token::About(_) | Token::Stop | Token::Filler);
    let (before, after) = (&tokens[..at], &tokens[at + 1..]);
    let time = if tokens[at] == Token::Due {
        let bound = matches!(after.first(), Some(Token::Stop | Token::Filler | Token::Piece(_)));
        if !bound || !before.iter().all(about) || frame == Frame::Inside && !spoken_of {
            return None;
        }
        after
    } else {
        let clean = after.iter().all(|token| matches!(token, Token::Stop | Token::End));
        if !clean || !spoken_of && frame != Frame::Note {
            return None;
        }
        &before[before.iter().take_while(|token| about(token)).count()..]
    };
    let is_part =
        |token: &Token| matches!(token, Token::Piece(_) | Token::Stop | Token::Filler | Token::End | Token::After);
    let whole = time.iter().all(is_part);
    // A headline has more in it: 解禁时间11月20日公布.
    let is_note = spoken_of || is_timed(time) && (whole || frame != Frame::Line) || frame == Frame::Note;
    is_note.then(|| Moment::of(pieces(time)).filter(|_| whole))
}

fn pieces(tokens: &[Token]) -> impl Iterator<Item = Piece> {
    tokens.iter().filter_map(|token| if let Token::Piece(piece) = token { Some(*piece) } else { None })
}

/// It holds a day or an hour.
fn is_timed(tokens: &[Token]) -> bool {
    pieces(tokens).any(|piece| matches!(piece, Piece::Day(_) | Piece::Clock(_)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NONE, WITHHELD, check_all};

    #[test]
    fn notes_in_many_words() {
        let eight = "2026-11-21T00:00";
        check_all(&[
            ("（限11月20日18时后播发）", "2026-11-20T10:00"),
            ("本稿请于11月20日晚8时30分后发布", "2026-11-20T12:30"),
            ("禁止在2026年11月21日零时前使用", "2026-11-20T16:00"),
            ("（限发布会结束后播发）", WITHHELD),
            ("（限11月20日后播发）", WITHHELD),
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
            ("美国宣布解除对该国长达六十年的贸易禁运，首批货轮将于11月20日18时启航。", NONE),
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
        ]);
    }
}
