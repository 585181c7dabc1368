//! Chinese bylines: what somebody did, then names, as often as there are people. 本报记者李明 通讯员王璐; 文/记者李明.

use super::super::words::Words;
use super::names::{self, DEEDS};
use crate::story::Byline;
use crate::wire::cursor::{Cursor, begins, is_han};

/// Words that say what somebody did; the longer of two that begin alike stands first.
const NOUNS: [&str; 39] = [
    "记者",
    "記者",
    "通讯员",
    "通訊員",
    "评论员",
    "評論員",
    "报道员",
    "報道員",
    "实习生",
    "實習生",
    "撰稿人",
    "撰稿",
    "撰文",
    "作者",
    "编辑",
    "編輯",
    "编译",
    "編譯",
    "编审",
    "摄影师",
    "攝影師",
    "摄影",
    "攝影",
    "采写",
    "採寫",
    "采访",
    "主笔",
    "主筆",
    "观察员",
    "觀察員",
    "特派员",
    "特派員",
    "校对",
    "校對",
    "责编",
    "責編",
    "翻译",
    "整理",
    "绘图",
];

/// What any of [`NOUNS`] begins with.
const FIRST: [char; 27] = [
    '记', '記', '通', '评', '評', '报', '報', '实', '實', '撰', '作', '编', '編', '摄', '攝', '采', '採', '主',
    '观', '觀', '特', '校', '责', '責', '翻', '整', '绘',
];

/// Words between a house and its people; the longer of two that end alike stands first.
const GRADES: [&str; 35] = [
    "融媒体",
    "融媒體",
    "全媒体",
    "全媒體",
    "融媒",
    "全媒",
    "特约",
    "特約",
    "特邀",
    "特派",
    "见习",
    "見習",
    "实习",
    "實習",
    "首席",
    "高级",
    "高級",
    "资深",
    "資深",
    "主任",
    "前方",
    "随军",
    "随团",
    "驻站",
    "驻京",
    "摄影",
    "攝影",
    "文字",
    "视频",
    "图片",
    "体育",
    "财经",
    "时政",
    "责任",
    "本版",
];

/// A whole text of roles and names; `None` when anything else is in it.
pub(super) fn line(text: &str) -> Option<Vec<Byline>> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    cursor.take_while(between);
    while !cursor.is_done() {
        let deed = deed_first(&mut cursor);
        let role = role(&mut cursor).or_else(|| deed.and_then(|_| role_of_any_house(&mut cursor)));
        let bare_deed = role.is_none();
        let role = role.or(deed.map(str::to_owned))?;
        let apart = !cursor.take_while(|c| c.is_whitespace() || AFTER_ROLE.contains(&c)).is_empty();
        let end = next_people(cursor.rest());
        let people = without_what_they_did(&cursor.rest()[..end]);
        let mut people = names::spaced(people).unwrap_or_default();
        if people.is_empty() && !(signs_alone(&role) && cursor.is_done()) {
            return None;
        }
        // 记者走基层, 新华社记者看两会: nothing stands between the role and what may be no name.
        if bare_deed && !people.iter().all(|name| names::has_surname(name)) {
            return None;
        }
        if !apart
            && people
                .iter()
                .any(|name| says_what_they_do(name) || is_compounded(&role) && !names::has_surname(name))
        {
            return None;
        }
        found.extend(people.drain(..).map(|name| Byline { name, role: role.clone() }));
        cursor.skip(end);
        cursor.take_while(between);
    }
    // 新华社评论员, 本刊记者 sign without a name.
    (!found.is_empty() || signs_alone(text.trim())).then_some(found)
}

/// What stands between a role and its names, beside space.
const AFTER_ROLE: [char; 9] = ['：', ':', '/', '／', '|', '｜', '丨', '︱', '·'];

/// What stands between one lot of people and the next.
fn between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '，' | ',' | ';' | '；' | '|' | '｜' | '丨' | '/' | '／')
}

/// 看两会, 走基层, 在现场, 带你看: what reporters do, not what they are called.
fn says_what_they_do(name: &str) -> bool {
    const DOES: &str = "看走访訪探追带帶谈談问問读讀说說话話手调調观觀亲親实實现現在从從为為与與的被赴进進就对對\
跑聊拍写寫听聽当當上下去来來了再再又最我你您他她这這";
    name.starts_with(|c| DOES.contains(c)) && !name.contains('·')
}

/// 摄影大赛, 编辑规范: words that stand before others as often as before names.
fn is_compounded(role: &str) -> bool {
    const PEOPLE: Words = Words::of(&["者", "员", "員", "生", "师", "師", "人"]);
    !PEOPLE.end(role)
}

/// 本报评论员, 本刊记者, 本报首席评论员: people of a house who sign for it.
fn signs_alone(role: &str) -> bool {
    if role.ends_with("评论员") || role.ends_with("評論員") {
        return true;
    }
    let house = ["记者", "記者", "通讯员", "通訊員", "观察员", "編輯部", "编辑部"]
        .iter()
        .find_map(|noun| role.strip_suffix(noun));
    house.is_some_and(|house| house.starts_with(['本', '新', '中', '人']) && is_whose(house) && !is_grade(house))
}

/// Reads a mark that says what the next people did: 文/本报记者李明, 图｜王璐, 撰文：李明.
fn deed_first(cursor: &mut Cursor) -> Option<&'static str> {
    const MARKS: [&str; 18] = [
        "文/图",
        "文／图",
        "图/文",
        "图／文",
        "图文",
        "圖文",
        "文图",
        "文圖",
        "撰文",
        "摄影",
        "攝影",
        "采写",
        "採寫",
        "编译",
        "整理",
        "文",
        "图",
        "圖",
    ];
    let mut ahead = *cursor;
    let mark = ahead.eat_any(&MARKS)?;
    let tied = ahead.eat_char(|c| AFTER_ROLE.contains(&c)).is_some();
    let spaced = !ahead.take_while(char::is_whitespace).is_empty();
    // 文/图　新华社记者　和晓松, but 文 学 is a name.
    let whole = mark.chars().count() > 1
        && spaced
        && (role(&mut { ahead }).is_some() || names::begins_with_surname(ahead.rest()));
    if !tied && !whole {
        return None;
    }
    *cursor = ahead;
    Some(mark)
}

/// Reads a role, and the house that may stand before it without a space: 新华社记者, 《经济周刊》记者, 本报驻美国记者.
pub(super) fn role(cursor: &mut Cursor) -> Option<String> {
    /// Characters in the longest house and post before the word.
    const LONGEST: usize = 18;
    let text = cursor.rest();
    for (at, c) in text.char_indices().take(LONGEST) {
        if FIRST.contains(&c)
            && let Some(word) = NOUNS.iter().find(|word| begins(&text[at..], word))
            && is_whose(&text[..at])
        {
            let end = at + word.len();
            if text[end..].starts_with(GOES_ON) {
                return None;
            }
            cursor.skip(end);
            return Some(text[..end].to_owned());
        }
        if !is_han(c) && !matches!(c, '《' | '》' | '“' | '”' | '·') {
            return None;
        }
    }
    None
}

/// 采写：南都记者李明: behind a mark any short name is a house.
fn role_of_any_house(cursor: &mut Cursor) -> Option<String> {
    let text = cursor.rest();
    let (at, _) =
        text.char_indices().take(8).find(|&(at, _)| begins(&text[at..], "记者") || begins(&text[at..], "記者"))?;
    let end = at + "记者".len();
    cursor.skip(end);
    text[..at].chars().all(is_han).then(|| text[..end].to_owned())
}

/// 记者站, 记者会, 记者节, 编辑部, 摄影展, 记者从…获悉: somebody or something else.
const GOES_ON: [char; 30] = [
    '站', '会', '會', '節', '节', '團', '团', '们', '們', '从', '從', '在', '获', '獲', '部', '證', '证', '席',
    '室', '展', '集', '赛', '賽', '家', '界', '协', '協', '奖', '獎', '队',
];

/// Whether a text before a role says whose it is: a house, a grade, a post abroad, or nothing.
fn is_whose(text: &str) -> bool {
    let mut rest = text;
    let mut of_media = false;
    while let Some((shorter, grade)) = GRADES.iter().find_map(|grade| Some((rest.strip_suffix(grade)?, *grade))) {
        of_media |= grade.contains('媒');
        rest = shorter;
    }
    if let Some((house, place)) = rest.split_once(['驻', '駐'])
        && (1..=8).contains(&place.chars().count())
    {
        rest = house;
    }
    // 黄河融媒记者: a house that only its people name.
    rest.is_empty() || could_be_house(rest) || of_media && rest.chars().count() <= 8
}

fn is_grade(text: &str) -> bool {
    GRADES.contains(&text)
}

fn could_be_house(text: &str) -> bool {
    const ENDS: Words = Words::of(&["中心", "频道", "頻道", "电视", "广播", "周刊", "杂志", "日报", "新媒体"]);
    // 北京一月六日讯新华社: a dateline, and then a house.
    if ["日讯", "日訊", "日电", "日電"].iter().any(|sent| text.contains(sent)) {
        return false;
    }
    text.ends_with(['社', '报', '報', '网', '網', '台', '臺', '刊', '》', '”', '端']) || ENDS.end(text)
}

/// Names without 报道, 文/图, 摄影报道 behind them.
fn without_what_they_did(names: &str) -> &str {
    const REPORTS: [&str; 20] = [
        "摄影报道",
        "攝影報道",
        "摄影并文",
        "图文报道",
        "综合报道",
        "編譯報道",
        "编译报道",
        "报道",
        "報道",
        "报导",
        "文并图",
        "图并文",
        "文/图",
        "文／图",
        "图/文",
        "图／文",
        "图文",
        "采写",
        "整理",
        "撰文",
    ];
    let mut rest = names.trim_end_matches(between);
    while let Some(shorter) = REPORTS.iter().find_map(|deed| rest.strip_suffix(deed)) {
        rest = shorter.trim_end_matches(between);
    }
    rest
}

/// Where the next role begins, in bytes; the end when there is none.
fn next_people(text: &str) -> usize {
    let parted = |at: usize| text[..at].ends_with(between);
    let starts = text.char_indices().skip(1).filter(|&(at, _)| {
        let mut cursor = Cursor::new(&text[at..]);
        if parted(at) {
            return deed_first(&mut { cursor }).is_some() || role(&mut cursor).is_some();
        }
        // 蔡晖贾永新华社通讯员张应银: a house or a plain role that nothing parts from the names.
        HOUSES.iter().chain(&NOUNS[..10]).any(|word| begins(&text[at..], word)) && role(&mut cursor).is_some()
    });
    starts.map(|(at, _)| at).next().unwrap_or(text.len())
}

/// Houses whose name begins no person's.
const HOUSES: [&str; 8] = ["新华社", "新華社", "中新社", "本报", "本報", "本社", "本刊", "人民网"];

/// 栗子 文 邝一鸣 图, 张望 摄影报道: names with what each did behind them, and no role.
pub(super) fn told_by_deeds(text: &str) -> Option<Vec<Byline>> {
    /// Characters in the longest of these lines.
    const LONGEST: usize = 30;
    if text.chars().count() > LONGEST || !names::begins_with_surname(text) {
        return None;
    }
    let plain = without_what_they_did(text);
    // The deed stands apart, as no part of a sentence does.
    let reported = plain.len() < text.len() && text[plain.len()..].starts_with(between);
    let deeds = plain.split(between).filter(|word| DEEDS.have(word)).count();
    let long = plain.split(between).any(|word| word.len() > "文".len() && DEEDS.have(word));
    let last = plain.split(between).next_back().is_some_and(|word| DEEDS.have(word));
    if !(reported || last && (deeds > 1 || long)) {
        return None;
    }
    let people = names::spaced(plain)?;
    people.iter().all(|name| names::has_surname(name)).then(|| names::without_role(people))
}

/// （张望编译）, （李明整理）: in brackets nothing need stand between.
pub(super) fn compiled(inner: &str) -> Option<Vec<Byline>> {
    let deed = ["编译", "編譯", "整理", "综合报道", "采写"].iter().find(|deed| inner.ends_with(**deed))?;
    let people = names::spaced(inner[..inner.len() - deed.len()].trim_end())?;
    people
        .iter()
        .all(|name| names::has_surname(name))
        .then(|| people.into_iter().map(|name| Byline { name, role: (*deed).to_owned() }).collect())
}

/// Reads 记者段续东报道： or 记者江世杰、李某某从… at the start of running text, and how many bytes it takes.
pub(in crate::wire) fn inline(text: &str) -> Option<(Vec<Byline>, usize)> {
    let mut cursor = Cursor::new(text);
    let mut found: Vec<Byline> = Vec::new();
    let mut end = 0;
    loop {
        // 新华社记者王黎、本报记者李舫报道
        cursor.take_while(|c| c.is_whitespace() || !found.is_empty() && matches!(c, '、' | '，'));
        let Some(role) = role(&mut cursor) else { break };
        cursor.space();
        let people = names::running(&mut cursor);
        if people.is_empty() {
            break;
        }
        end = cursor.at();
        found.extend(people.into_iter().map(|name| Byline { name, role: role.clone() }));
    }
    (!found.is_empty()).then_some((found, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_begins_with_a_first_character() {
        assert!(NOUNS.iter().all(|noun| noun.starts_with(FIRST)));
    }
}
