//! Chinese notes: words that bind, a time, and words of release, each in its place.

mod hold;
mod pattern;
mod time;
mod word;

use self::pattern::{Pattern, Release, is_about, is_of_time, is_timed, pattern, pieces};
use self::word::{Deed, Token, speaks_of_release, tokens};
use super::fold::fold;
use super::frame::Frame;
use super::moment::{Moment, Piece};
use super::{Note, Scope};
use crate::wire::words::Words;

/// Reads a note.
pub(super) fn read(text: &str, frame: Frame) -> Option<Note> {
    let closed;
    let text = if is_spaced_out(text) {
        closed = text.split_whitespace().collect::<String>();
        closed.as_str()
    } else {
        text
    };
    // Only brackets and an address to editors make a note of words that release nothing.
    if frame != Frame::Note && !speaks_of_release(text) {
        return None;
    }
    let folded = fold(text);
    let tokens = tokens(&folded);
    let scope = scope(&tokens);
    let tokens = without_day_of_print(&tokens);
    let until = match pattern(tokens, frame == Frame::Note) {
        Some(found) => until_release(&found, scope, frame),
        None => until_due(tokens, scope, frame).or_else(|| until_end_of_ban(tokens)),
    };
    let until =
        until.or_else(|| (hold::holds(tokens, scope, frame) || hold::is_unsent(&folded, frame)).then_some(None));
    until.map(|until| Note { scope: scope.unwrap_or_default(), until, is_chinese: true })
}

/// The mark before a headline that holds its story back: 待发稿：…, 【限时稿】….
pub(super) fn heads(headline: &str) -> bool {
    const MARKS: Words = Words::of(&[
        "待发稿",
        "待發稿",
        "限时稿",
        "限時稿",
        "定时稿",
        "定時稿",
        "预发稿",
        "預發稿",
        "送审稿",
        "送審稿",
        "待审稿",
        "待審稿",
        "禁发稿",
        "禁發稿",
        "压稿",
        "壓稿",
        "候令稿",
        "暂不发稿",
        "暫不發稿",
    ]);
    let bare = headline.trim_start_matches(['（', '(', '【', '[', '〔', '〖', '★', '*', ' ']);
    MARKS.strip(bare).is_some_and(|rest| {
        rest.starts_with(['：', ':', '）', ')', '】', ']', '〕', '〗', '★', '*', '—', '-', ' ', '\u{3000}'])
    })
}

/// 限 11 月 30 日 10 时 后 播 发: space between all words, as old machines set it.
fn is_spaced_out(text: &str) -> bool {
    let (words, characters) =
        (text.split_whitespace().count(), text.chars().filter(|c| !c.is_whitespace()).count());
    words >= 6 && characters < words * 2
}

/// The widest scope that the note names; nothing when it speaks of no copy at all.
fn scope(tokens: &[Token]) -> Option<Scope> {
    // 以下各稿 are those below.
    [Scope::Below, Scope::Above, Scope::Page, Scope::This, Scope::Unsaid]
        .into_iter()
        .find(|&scope| tokens.contains(&Token::About(scope)))
        .or_else(|| {
            let is_draft = |token: &Token| matches!(token, Token::Draft | Token::Timed);
            tokens.iter().any(is_draft).then_some(Scope::Unsaid)
        })
}

/// 11月24日见报，网站24日5时后发布: the paper of a day is printed before its first hour for the net.
fn without_day_of_print(tokens: &[Token]) -> &[Token] {
    let day = |token: &Token| if let Token::Piece(Piece::Day(day)) = token { day.of_month() } else { None };
    let start = tokens.iter().take_while(|token| is_about(token)).count();
    let [first, Token::Verb(Deed::Wire), Token::Stop, rest @ ..] = &tokens[start..] else { return tokens };
    let again = rest.iter().find_map(day);
    if again.is_some() && day(first) == again { rest } else { tokens }
}

/// Until when 限 … 后播发 holds, if it is a note; the time is missing where it cannot be read.
#[expect(clippy::option_option, reason = "no note, a note without a time that can be read, and one with it")]
fn until_release(found: &Pattern, scope: Option<Scope>, frame: Frame) -> Option<Option<Moment>> {
    let &Pattern { before, time, binds, release: Release { deed, clean, rest } } = found;
    let strong = deed == Deed::Wire;
    // 本稿, 各媒体: skipped before the time where nothing binds before it.
    let time = &time[time.iter().take_while(|token| is_about(token)).count()..];
    let stranger = before.iter().any(|token| !is_about(token) && *token != Token::End)
        || matches!(time.first(), Some(Token::Other(_))) && before.is_empty() && !binds;
    let whole = !time.is_empty() && time.iter().all(is_of_time);
    let timed = is_timed(time);
    // 报告11月20日前不得…: what stands before the time is no word of a note.
    let first_is_known = |token: &Token| is_of_time(token) || *token == Token::Elsewhere;
    let news = time.first().is_some_and(|token| !first_is_known(token)) && pieces(time).next().is_some();
    let known_rest = !rest.iter().any(|token| matches!(token, Token::Other(_)));
    // 总结报告全文21日10时后方可公开报道: 全文 is that of something else.
    let spoken_of = scope.is_some() && (is_named(scope) || strong || !news);
    let is_note = match frame {
        Frame::Line if stranger => is_named(scope) && timed && strong && binds && clean,
        Frame::Line if !clean => timed && strong && binds && !news,
        // 11月21日检测完成前不得使用.
        Frame::Line if deed == Deed::Use && !spoken_of => whole && known_rest,
        Frame::Line => {
            (spoken_of || known_rest)
                && (whole || spoken_of && (timed || strong) || binds && (strong || timed) && !news)
        }
        Frame::Note | Frame::Inside if !clean => timed && strong && binds,
        // （会议开幕后播发）, （发布会开始后方可使用）
        Frame::Note => {
            whole
                || timed
                || spoken_of
                || strong
                || rest.is_empty() && (binds || deed == Deed::Publish)
                || binds && deed == Deed::Publish
        }
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
fn until_due(tokens: &[Token], scope: Option<Scope>, frame: Frame) -> Option<Option<Moment>> {
    let spoken_of = scope.is_some();
    let at = tokens
        .iter()
        .position(|token| matches!(token, Token::Due | Token::Lifts))
        // 限时稿：11月30日10时.
        .or_else(|| tokens.windows(2).position(|pair| pair == [Token::Timed, Token::Stop]))?;
    let about = |token: &Token| matches!(token, Token::About(_) | Token::Timed | Token::Stop | Token::Filler);
    let (before, after) = (&tokens[..at], &tokens[at + 1..]);
    // 解禁：11月21日8时.
    let heads = before.iter().all(about) && after.first() == Some(&Token::Stop);
    let time = if tokens[at] != Token::Lifts || heads && is_timed(after) {
        let bound =
            matches!(after.first(), Some(Token::Stop | Token::Filler | Token::Piece(_) | Token::NotBefore));
        if !bound && frame != Frame::Note || !before.iter().all(about) || frame == Frame::Inside && !spoken_of {
            return None;
        }
        after
    } else {
        let clean = after.iter().all(|token| matches!(token, Token::Stop | Token::End));
        // 游戏媒体评测21日解禁: 媒体 is that of something else.
        let strange = before.iter().any(|token| matches!(token, Token::Other(_)));
        let told = is_named(scope) || spoken_of && !strange;
        if !clean || !told && frame != Frame::Note {
            return None;
        }
        &before[before.iter().take_while(|token| about(token)).count()..]
    };
    let is_part = |token: &Token| {
        is_of_time(token) || matches!(token, Token::End | Token::After | Token::NotBefore | Token::Ends)
    };
    let whole = time.iter().all(is_part);
    // A headline has more in it: 解禁时间11月20日公布.
    // 限时：一场与潮水的赛跑.
    let told = spoken_of && tokens[at] != Token::Timed;
    let is_note = told || is_timed(time) && (whole || frame != Frame::Line) || frame == Frame::Note;
    is_note.then(|| Moment::of(pieces(time)).filter(|_| whole))
}

/// Until when 禁止转载、发布，直至11月21日8时, forbids it, if it says nothing else.
#[expect(clippy::option_option, reason = "no note, a note without a time that can be read, and one with it")]
fn until_end_of_ban(tokens: &[Token]) -> Option<Option<Moment>> {
    let (ban, time) = tokens.split_at(tokens.iter().position(|token| *token == Token::Until)?);
    let is_part = |token: &Token| {
        is_about(token) || matches!(token, Token::Forbid | Token::Verb(_) | Token::And | Token::May)
    };
    let published = ban.iter().any(|token| matches!(token, Token::Verb(Deed::Publish | Deed::Wire)));
    let is_note = published && ban.contains(&Token::Forbid) && ban.iter().all(is_part);
    let is_end = |token: &Token| is_of_time(token) || matches!(token, Token::Ends | Token::End | Token::After);
    let whole = time[1..].iter().all(is_end);
    is_note.then(|| Moment::of(pieces(time)).filter(|_| whole))
}

/// It says 本稿 or the like, not only 稿件, which may be any.
fn is_named(scope: Option<Scope>) -> bool {
    scope.is_some_and(|scope| scope != Scope::Unsaid)
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
    fn notes_of_use() {
        let seven = "2026-11-23T23:00";
        check_all(&[
            ("（本稿限11月24日见报）", WITHHELD),
            ("（11月24日见报）", WITHHELD),
            ("（定于11月24日7时发布）", seven),
            ("（定于11月24日发布）", WITHHELD),
            ("〖限时稿，11月24日7时解密〗", seven),
            ("此稿为预发稿，正式播发前请勿使用", WITHHELD),
            ("（此稿正式播发前请勿使用）", WITHHELD),
            ("（预发，待通知）", WITHHELD),
            ("（預發稿，等候通知）", WITHHELD),
            ("（内部稿，不得公开）", WITHHELD),
            ("【内部稿件，请勿外传】", WITHHELD),
            ("（限播，等总社通知）", WITHHELD),
            ("（11月24日见报，网站、客户端24日7时后发布）", seven),
            ("（11月24日见报，网站、客户端25日7时后发布）", WITHHELD),
            ("（请于11月24日7时后采用）", seven),
            ("（不早于11月24日7时发布）", seven),
            ("（11月24日7时前请勿发布）", seven),
            ("（封锁至11月24日7时）", seven),
            ("（解禁时间待定）", WITHHELD),
        ]);
    }

    #[test]
    fn lines_that_hold_nothing_back() {
        check_all(&[
            ("（2026年11月24日发布）", NONE),
            ("（11月24日7时开幕）", NONE),
            ("（定于11月24日召开）", NONE),
            ("定于11月24日7时发布", NONE),
            ("（预发两个月养老金）", NONE),
            ("预发工资待通知", NONE),
            ("（内部装修，暂停营业）", NONE),
            ("内部稿件管理办法公布", NONE),
            ("（仅供内部参考）", NONE),
            ("（不得转载）", NONE),
            ("本报稿件请勿转载、登载", NONE),
            ("疫苗上市前请勿使用", NONE),
            ("限播令发布一年之后", NONE),
            ("封锁至今的小镇", NONE),
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

    #[test]
    fn notes_that_bind_in_other_words() {
        check_all(&[
            ("（请于今日17时30分后刊播）", "2026-11-20T09:30"),
            ("（11月21日8时前不得发布）", "2026-11-21T00:00"),
            ("各媒体：以下稿件21日10时前不得以任何形式公开", "2026-11-21T02:00"),
            ("禁发至11月21日8时", "2026-11-21T00:00"),
            ("（禁发期：11月21日8时止）", "2026-11-21T00:00"),
            ("（禁发期到11月21日12时为止）", "2026-11-21T04:00"),
            ("解禁：11月21日8:00", "2026-11-21T00:00"),
            ("解密时间：21日8时", "2026-11-21T00:00"),
            ("（本稿解禁时间为21日9时）", "2026-11-21T01:00"),
            ("发布时间不早于11月21日8时", "2026-11-21T00:00"),
            ("以上稿件，请于11月21日上午9时后统一刊发。", "2026-11-21T01:00"),
            ("网络媒体11月21日8时后方可转载", "2026-11-21T00:00"),
            ("保密期至11月21日8时", "2026-11-21T00:00"),
            ("★限时稿件★ 11月21日8时后播发", "2026-11-21T00:00"),
            ("限时播发：11月21日8时", "2026-11-21T00:00"),
            ("本稿11月21日8时解除禁发", "2026-11-21T00:00"),
            ("新闻禁发令：11月21日08:00解除", "2026-11-21T00:00"),
            ("请注意：稿件在11月21日早8点之前不得上网、不得在新媒体平台推送", "2026-11-21T00:00"),
            ("各用户注意：本组图片11月21日8时前请勿使用", "2026-11-21T00:00"),
            ("【禁止轉載、發布，直至11月21日8時】", "2026-11-21T00:00"),
            ("（限11月21日8时起播发）", "2026-11-21T00:00"),
            ("（自11月21日8时起可公开报道）", "2026-11-21T00:00"),
            ("本稿11月21日8时可发", "2026-11-21T00:00"),
            ("（11月21日8时统一发布）", "2026-11-21T00:00"),
            ("（定于11月21日8时播发）", "2026-11-21T00:00"),
            ("（本稿有禁发期，11月21日8时后可用）", "2026-11-21T00:00"),
            ("提前供稿，限11月21日8时后使用", "2026-11-21T00:00"),
            ("（本文11月21日8时后方可见报）", "2026-11-21T00:00"),
            ("稿件仅供提前准备，严禁在11月21日8时（北京时间）之前发布", "2026-11-21T00:00"),
            ("（不早于21日7时发）", "2026-11-20T23:00"),
            ("供11月21日8时后使用", "2026-11-21T00:00"),
            ("上列三篇稿件限22日零点后播发", "2026-11-21T16:00"),
            ("（本稿与图片一并于11月21日8时后播发）", "2026-11-21T00:00"),
            ("以上四條消息限21日正午12時後發布", "2026-11-21T04:00"),
            ("本组稿件统一于22日8时起刊发", "2026-11-22T00:00"),
        ]);
    }

    #[test]
    fn notes_that_nobody_can_read_to_the_minute() {
        check_all(&[
            ("（会议结束前请勿发布）", WITHHELD),
            ("（待通知播发）", WITHHELD),
            ("此稿暂不播发，何时播发另行通知", WITHHELD),
            ("本稿暂缓刊发，等候通知", WITHHELD),
            ("（此稿为预写稿，等候通知再发）", WITHHELD),
            ("（请在12月1日的报纸上刊登，此前勿在网上发布）", WITHHELD),
            ("（限21日见报）", WITHHELD),
            ("（限明日见报）", WITHHELD),
            ("（限11月21日18时至20时播发）", WITHHELD),
            ("（限11月20日18时后，21日8时前播发）", WITHHELD),
            ("（本稿須待11月21日上午10時後方可發放）", WITHHELD),
            ("（此稿仅供21日早间版使用，不得提前上网）", WITHHELD),
            ("（本稿解禁时间另行通知）", WITHHELD),
        ]);
    }

    #[test]
    fn words_of_many_desks() {
        let eight = "2026-11-21T00:00";
        check_all(&[
            ("（11月21日8:00前禁用）", eight),
            ("（11月21日8时前禁播）", eight),
            ("（严禁早于11月21日8时播发）", eight),
            ("（限发时间：11月21日8时）", eight),
            ("（限时稿：11月21日8时）", eight),
            ("限时：11月21日8时", eight),
            ("（保密到11月21日8时）", eight),
            ("（禁运至11月21日8时）", eight),
            ("（封鎖期至11月21日8時）", eight),
            ("（ 限 11 月 21 日 8 时 后 播 发 ）", eight),
            ("『限11月21日8时后播发』", eight),
            ("“限11月21日8时后播发”", eight),
            ("（此件11月21日上午8点公开发布）", eight),
            ("（新华社授权11月21日8时播发）", eight),
            ("（11月21日8时前不发）", eight),
            ("（此稿供11月24日使用）", WITHHELD),
            ("（供周一见报）", WITHHELD),
            ("（明日见报）", WITHHELD),
            ("（待发，11月24日8时）", WITHHELD),
            ("（待发稿）", WITHHELD),
            ("（暂不发）", WITHHELD),
            ("（先不要发）", WITHHELD),
            ("（请压稿）", WITHHELD),
            ("（待审）", WITHHELD),
            ("（送审稿，请勿外传）", WITHHELD),
            ("（预发稿，以正式播发为准）", WITHHELD),
            ("（候令播发）", WITHHELD),
            ("（等通知）", WITHHELD),
            ("（等总编室通知再发）", WITHHELD),
            ("（会议开幕后播发）", WITHHELD),
            ("（内部掌握，会后发布）", WITHHELD),
            ("（发布会开始后方可使用）", WITHHELD),
            ("（电视新闻联播播出后发）", WITHHELD),
            ("（勿提前播发）", WITHHELD),
            ("（禁止提前报道 11月24日8时）", WITHHELD),
            ("（未经允许不得播发）", WITHHELD),
            ("【限时稿】", WITHHELD),
        ]);
    }

    #[test]
    fn brackets_and_lines_that_read_alike() {
        check_all(&[
            ("（未经授权不得转载）", NONE),
            ("（未经许可不得刊登、转载）", NONE),
            ("（答案明日公布）", NONE),
            ("（获奖名单稍后公布）", NONE),
            ("（附图二张）", NONE),
            ("（新华社11月30日播发）", NONE),
            ("（首班车待发）", NONE),
            ("（本台记者报道）", NONE),
            ("（等通知的人群）", NONE),
            ("（药品禁用名单）", NONE),
            ("（前不久）", NONE),
            ("“等通知”", NONE),
            ("「待发」的列车", NONE),
            ("一次性塑料制品12月1日前禁用", NONE),
            ("对该国禁运至明年底", NONE),
            ("粮食禁运至11月30日止", NONE),
            ("限时抢购一元起", NONE),
            ("限时：一场与潮水的赛跑", NONE),
            ("等一纸通知", NONE),
            ("待审案件清零之后", NONE),
            ("提前供暖，不等通知", NONE),
            ("十二月一日起不用排队", NONE),
        ]);
    }

    #[test]
    fn news_of_holds_and_recalls() {
        check_all(&[
            ("大会新闻中心提醒记者，总结报告全文21日10时后方可公开报道。", NONE),
            ("召回批次的电池禁止在11月30日前使用，厂家将上门更换。", NONE),
            ("厂家要求消费者禁止在11月30日前使用召回批次的电池。", NONE),
            ("暂停使用这一批次药品，等候通知。", NONE),
            ("用户注意：21日8时前不要使用该充电宝", NONE),
            ("限时免费停车，每日18时后开放。", NONE),
            ("影片点映评价的解禁时间为11月21日8时，影评人已陆续交稿。", NONE),
            ("游戏媒体评测21日22时解禁", NONE),
            ("该报告原定于11月21日8时后发布，因故推迟。", NONE),
            ("电视台定于21日20时播出专题片。", NONE),
            ("两部影片定于11月21日8时公映。", NONE),
            ("禁止转载他人作品，直至取得授权，是平台的新规。", NONE),
            ("召回公告：请勿使用该批次产品，直至11月30日", NONE),
            ("报告要求暂缓发布新规。", NONE),
            ("今晚8时后请勿使用电梯", NONE),
            ("下周一起，早7时前不得施工。", NONE),
            ("11月21日检测完成前不得使用。", NONE),
            ("11月21日8时正式公布", NONE),
        ]);
    }
}
