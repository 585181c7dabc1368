//! 新华社合肥11月20日电（记者陈默言）, 【本報訊】（記者連海晴）, 〔記者陳小明／台南報導〕.

use super::super::byline;
use super::super::cursor::{Cursor, is_han};
use super::super::date::chinese_day;
use super::Printed;
use crate::story::Byline;

/// Agencies whose name does not end like one.
const AGENCIES: [&str; 18] = [
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "中新網",
    "人民日报",
    "人民日報",
    "本报",
    "本報",
    "本刊",
    "本社",
    "本网",
    "本台",
    "本臺",
    "央视网",
    "央视新闻",
    "央视",
    "央視",
];

/// The last character of an agency's or a paper's name.
const AGENCY_ENDS: [char; 12] = ['社', '报', '報', '网', '網', '台', '臺', '视', '視', '刊', '讯', '訊'];

/// A place that may follow a reporter's name without a space, so that a name of two characters is told from one of three.
const PLACES: &str = "\
北京|上海|天津|重庆|香港|澳门|台北|石家庄|太原|呼和浩特|沈阳|大连|长春|哈尔滨|南京|杭州|宁波|合肥|福州|厦门|南昌|济南|青岛|郑州|武汉|长沙|广州|深圳|南宁|海口|成都|贵阳|昆明|拉萨|西安|兰州|\
西宁|银川|乌鲁木齐|苏州|重慶|澳門|瀋陽|廣州|廈門|臺北|台中|臺中|台南|臺南|高雄|基隆|新竹|桃園|嘉義|屏東|花蓮|台東|臺東|宜蘭|澎湖|金門|馬祖|彰化|南投|雲林|苗栗|新北|东京|東京|首尔|首爾|\
纽约|紐約|伦敦|倫敦";

/// Reads a dateline that says it was sent: 新华社合肥11月20日电, 綜合外電報導 and their like.
pub(super) fn sent(text: &str) -> Option<Printed> {
    let mut cursor = Cursor::new(text);
    let compiled = cursor.eat_any(&["综合", "綜合"]).is_some();
    cursor.eat_any(&["据", "據"]);
    let agency = agency(&mut cursor)?;
    cursor.space();
    if let Some(found) = stationed(text, agency, cursor, compiled) {
        return Some(found);
    }
    // 新华社记者蒙晓舟贵阳11月20日报道: the reporter stands before the place.
    let before = cursor;
    let mut reporters = Vec::new();
    if let Some((people, len)) = people_before_place(cursor.rest()) {
        cursor.skip(len);
        cursor.take_while(|c| matches!(c, '从' | '從' | '在' | '／' | '/'));
        reporters = people;
    }
    let reported = !reporters.is_empty();
    let mut places = places(&mut cursor, reported);
    if reported && places.is_empty() {
        cursor = before;
        reporters.clear();
    }
    cursor.space();
    let day = chinese_day(&mut cursor);
    let day_alone = if day.is_none() { day_of_month(&mut cursor) } else { None };
    let dated = day.is_some() || day_alone.is_some();
    cursor.take_while(char::is_whitespace);
    hour(&mut cursor);
    cursor.space();
    let sent = transmitted(&mut cursor, dated);
    let told = !sent && reported && dated && reported_word(&mut cursor);
    if !sent && !told {
        return None;
    }
    // 本报讯: “讯” was read as the end of the place only if a place is there.
    if agency.is_empty() && (places.is_empty() || !dated) {
        return None;
    }
    places.retain(|place| !place.is_empty());
    let (mut bylines, end) = people(text, cursor);
    bylines.splice(0..0, reporters);
    Some(Printed { agency: agency.to_owned(), places, day, day_alone, bylines, raw: text[..end].to_owned() })
}

/// 综合新华社驻华盛顿、布鲁塞尔记者报道：, 综合本报驻东京、首尔记者11月20日电.
fn stationed(text: &str, agency: &str, mut cursor: Cursor, compiled: bool) -> Option<Printed> {
    cursor.eat_any(&["驻", "駐"])?;
    let run = cursor.take_while(|c| is_han(c) || matches!(c, '、' | '·' | '和'));
    let (names, told) = run.split_once("记者").or_else(|| run.split_once("記者"))?;
    let places: Vec<String> = names.split(['、', '和']).map(str::to_owned).collect();
    if !places.iter().all(|place| is_place(place)) {
        return None;
    }
    let day = chinese_day(&mut cursor);
    let end = if told.is_empty() {
        (day.is_some() && transmitted(&mut cursor, true)).then_some(cursor)?
    } else {
        // 报道 without a day says so of itself only where several are compiled, or a colon follows.
        let word = ["报道", "報道", "报导", "報導", "电", "電"].contains(&told);
        let colon = cursor.eat("：") || cursor.eat(":");
        (word && (compiled || colon)).then_some(cursor)?
    };
    let (bylines, end) = people(text, end);
    let raw = text[..end].to_owned();
    Some(Printed { agency: agency.to_owned(), places, day, bylines, raw, ..Printed::default() })
}

/// 記者陳小明／台南報導, 本報記者陳小明、張家豪／綜合報導, 记者栗子从喀什报道: a whole text of people, a place and a
/// word that says that they reported.
pub(super) fn reported(text: &str) -> Option<Printed> {
    /// Longer than any such line: four names, two houses and two places.
    const LONGEST: usize = 180;
    if text.len() > LONGEST || !text.starts_with(is_han) {
        return None;
    }
    let body = without_report_word(text)?;
    let (names, place) = if let Some((names, place)) = body.rsplit_once(['／', '/', '∕', '╱']) {
        (byline::signed(names)?, place.trim())
    } else {
        let (people, len) = people_before_place(body)?;
        (people, body[len..].trim_start_matches(['从', '從', '在', ' ', '\u{3000}']))
    };
    let places: Vec<String> = place
        .split(['、', '－', '-', '．'])
        .map(|place| place.trim_end_matches("连线").trim_end_matches("連線").to_owned())
        .filter(|place| !matches!(place.as_str(), "综合" | "綜合" | "综合外电" | "綜合外電" | "外電" | "外电"))
        .collect();
    let compiled = places.is_empty();
    (compiled || places.iter().all(|place| is_place(place))).then(|| Printed {
        places,
        bylines: names,
        raw: text.to_owned(),
        ..Printed::default()
    })
}

/// The text before 報導, 即時報導, 电 at its end.
fn without_report_word(text: &str) -> Option<&str> {
    const WORDS: [&str; 14] =
        ["報導", "報道", "报导", "报道", "專訪", "特稿", "直擊", "採訪", "專電", "电", "電", "讯", "訊", "编译"];
    const BEFORE: [&str; 8] = ["即時", "即时", "連線", "连线", "摄影", "攝影", "專題", "现场"];
    let body = WORDS.iter().find_map(|word| text.strip_suffix(word))?;
    Some(BEFORE.iter().find_map(|word| body.strip_suffix(word)).unwrap_or(body))
}

/// 记者蒙晓舟 before 贵阳, 記者王明 before 台北: names end where a place begins.
fn people_before_place(text: &str) -> Option<(Vec<Byline>, usize)> {
    let (mut people, mut len) = byline::inline(text)?;
    let last = people.last_mut()?;
    // 王明台 + 北: the last character of a name of three begins a place.
    let chars: Vec<(usize, char)> = last.name.char_indices().collect();
    if let [_, _, (third, c)] = chars[..]
        && text[..len].ends_with(c)
        && PLACES.split('|').any(|place| text[len - c.len_utf8()..].starts_with(place))
    {
        last.name.truncate(third);
        len -= c.len_utf8();
    }
    Some((people, len))
}

fn agency<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let start = cursor.rest();
    if let Some(known) = cursor.eat_any(&AGENCIES) {
        return Some(&start[..known.len()]);
    }
    let mut ahead = *cursor;
    for count in 1..=8 {
        let c = ahead.eat_char(is_han)?;
        // 台北 and 台湾 are places, 网络, 社会 and 报道 are words, 通讯 is the first half of 通讯社.
        let rest = ahead.rest();
        let goes_on = match c {
            '台' | '臺' => rest.starts_with(['北', '湾', '灣', '中', '南', '州', '东', '東']),
            '社' => rest.starts_with(['会', '會', '区', '區']),
            '网' | '網' => rest.starts_with(['络', '絡', '站']),
            '报' | '報' => rest.starts_with(['道', '導', '导', '社', '告']),
            '讯' | '訊' => rest.starts_with('社'),
            _ => false,
        };
        if count >= 2 && AGENCY_ENDS.contains(&c) && !goes_on {
            let len = start.len() - ahead.rest().len();
            *cursor = ahead;
            return Some(&start[..len]);
        }
    }
    None
}

/// 北京/上海, 联合国, 耶路撒冷: names before the day, or before 电.
fn places(cursor: &mut Cursor, reported: bool) -> Vec<String> {
    let mut ahead = *cursor;
    let mut names = vec![String::new()];
    let mut length = 0;
    loop {
        let mut probe = ahead;
        if chinese_day(&mut probe).is_some()
            || day_of_month(&mut probe).is_some()
            || (!reported && transmitted(&mut probe, false))
        {
            break;
        }
        let Some(c) = ahead.eat_char(|_| true) else { return Vec::new() };
        length += 1;
        match c {
            '/' | '／' | '、' | ' ' | '\u{3000}' => names.push(String::new()),
            _ if (is_han(c) || c == '·') && length <= 20 => names.last_mut().expect("never empty").push(c),
            _ => return Vec::new(),
        }
    }
    names.retain(|name| !name.is_empty());
    // 本报记者 … 电: people are no places; and 武汉供 … 电 is a word that was cut.
    if !names.iter().all(|name| is_place(name)) {
        return Vec::new();
    }
    *cursor = ahead;
    names
}

/// 贵阳, 呼和浩特, 圣多美和普林西比: the shape of a place, without words that tell of people and pictures.
fn is_place(name: &str) -> bool {
    const NEVER: [&str; 20] = [
        "记者",
        "記者",
        "通讯员",
        "通訊員",
        "编辑",
        "編輯",
        "综合",
        "綜合",
        "摄影",
        "攝影",
        "特约",
        "特約",
        "独家",
        "獨家",
        "最新",
        "报道",
        "報道",
        "報導",
        "消息",
        "获悉",
    ];
    const LAST: [char; 18] = [
        '供', '摄', '攝', '发', '發', '说', '說', '称', '稱', '讯', '訊', '稿', '的', '月', '年', '停', '送', '用',
    ];
    (2..=10).contains(&name.chars().count())
        && name.chars().all(|c| is_han(c) || c == '·')
        && !NEVER.iter().any(|word| name.contains(word))
        && !name.ends_with(LAST)
        && !byline::starts_with_role(name)
}

/// 19日 before 電: the month is that of the page.
fn day_of_month(cursor: &mut Cursor) -> Option<u32> {
    let mut ahead = *cursor;
    let day = ahead.number(2).filter(|day| (1..=31).contains(day))?;
    if !ahead.eat("日") {
        return None;
    }
    // 19日，19日的: only what a dateline says next.
    let mut probe = ahead;
    probe.space();
    hour(&mut probe);
    if !transmitted(&mut probe, true) && !reported_word(&mut probe) {
        return None;
    }
    *cursor = ahead;
    Some(day)
}

/// 20日凌晨电: the part of the day.
fn hour(cursor: &mut Cursor) {
    cursor.eat_any(&["凌晨", "上午", "中午", "下午", "晚间", "晚間", "晚", "夜间", "夜"]);
}

fn reported_word(cursor: &mut Cursor) -> bool {
    cursor.eat_any(&["综合报道", "綜合報道", "綜合報導", "报道", "報道", "报导", "報導"]).is_some()
}

/// 电, 讯, 专电: the word that makes a dateline of it; but not the first half of 电话, 电视, 讯号.
fn transmitted(cursor: &mut Cursor, dated: bool) -> bool {
    const WORDS: [&str; 22] = [
        "综合电",
        "綜合電",
        "综合报道",
        "綜合報道",
        "綜合報導",
        "综合消息",
        "綜合消息",
        "综合外电",
        "綜合外電",
        "综合讯",
        "專訊",
        "专讯",
        "专电",
        "專電",
        "体育专电",
        "急电",
        "急電",
        "电讯",
        "電訊",
        "电",
        "電",
        "消息",
    ];
    /// After a day nothing electric is likely but these.
    const NEVER: [char; 6] = ['话', '話', '视', '視', '邮', '郵'];
    const ELECTRIC: [char; 38] = [
        '子', '台', '力', '影', '脑', '腦', '网', '網', '商', '动', '動', '池', '器', '站', '价', '價', '厂',
        '廠', '气', '氣', '号', '號', '梯', '信', '量', '源', '缆', '纜', '所', '线', '線', '机', '機', '费',
        '費', '公', '工', '能',
    ];
    let mut ahead = *cursor;
    if let Some(word) = ahead.eat_any(&WORDS) {
        let rest = ahead.rest();
        if word.ends_with(['电', '電']) && (rest.starts_with(NEVER) || !dated && rest.starts_with(ELECTRIC)) {
            return false;
        }
        // 外电报道: the report word belongs to it.
        if word.ends_with("外电") || word.ends_with("外電") {
            reported_word(&mut ahead);
        }
    } else if ahead.eat_any(&["讯", "訊"]).is_none() || ahead.rest().starts_with(['号', '號', '息', '问', '問'])
    {
        return false;
    }
    *cursor = ahead;
    true
}

/// The people after a dateline, in brackets or in running text; and where the dateline ends, in bytes of `text`.
pub(super) fn people(text: &str, after: Cursor) -> (Vec<Byline>, usize) {
    let mut cursor = after;
    cursor.space();
    let rest = cursor.rest();
    if rest.starts_with(['(', '（'])
        && let Some(close) = rest.find([')', '）'])
    {
        let end = close + rest[close..].chars().next().map_or(0, char::len_utf8);
        let inner = byline::strip_brackets(&rest[..end]).unwrap_or_default();
        let names = ["报道", "報道", "報導", "报导"].iter().find_map(|word| inner.strip_suffix(word));
        if let Some(found) = byline::signed(names.unwrap_or(inner)) {
            return (found, text.len() - rest.len() + end);
        }
    }
    match byline::inline(rest) {
        Some((found, len)) => (found, text.len() - rest.len() + len),
        None => (Vec::new(), after.at()),
    }
}

/// 新华社照片，石家庄，2026年11月18日: a whole line that heads a picture.
pub(super) fn of_picture(text: &str) -> Option<Printed> {
    const KINDS: [&str; 12] = [
        "新闻图片",
        "新聞圖片",
        "传真照片",
        "傳真照片",
        "资料照片",
        "照片",
        "图片",
        "圖片",
        "图表",
        "圖表",
        "图文",
        "漫画",
    ];
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return None;
    }
    let mut cursor = Cursor::new(text);
    let agency = agency(&mut cursor)?;
    cursor.eat_any(&KINDS)?;
    let comma =
        |cursor: &mut Cursor| !cursor.take_while(|c| matches!(c, '，' | ',' | '、' | ' ' | '\u{3000}')).is_empty();
    if !comma(&mut cursor) {
        return None;
    }
    let place = cursor.take_while(|c| is_han(c) || c == '·');
    let places = if place.is_empty() { Vec::new() } else { vec![place.to_owned()] };
    comma(&mut cursor);
    let day = chinese_day(&mut cursor)?;
    cursor.eat_any(&["电", "電"]);
    (cursor.is_done() && places.iter().all(|place| is_place(place))).then(|| Printed {
        agency: agency.to_owned(),
        places,
        day: Some(day),
        raw: text.to_owned(),
        ..Printed::default()
    })
}

/// Whether a text begins with an agency's name, so that the rest of a dateline may follow in the next line.
pub(super) fn begins_with_agency(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    cursor.eat_any(&["综合", "綜合"]);
    cursor.eat_any(&["据", "據"]);
    agency(&mut cursor).is_some()
}
