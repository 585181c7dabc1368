//! The parts of a Chinese page head: 河口晚报　2026年11月19日　A04　民生.

use super::super::super::cursor::{Cursor, digit, is_han};
use super::super::super::date::{chinese_day, numeric_day};
use super::super::{editors, is_within};
use super::Seen;
use super::masthead::{is_chinese_paper, is_wire};

/// 河口晚报　2026年11月19日　A04　民生.
pub(super) fn seen(text: &str) -> Seen {
    let mut seen = Seen { is_whole: true, ..Seen::default() };
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨' | '︱' | '·' | '•'));
    for part in parts.filter(|part| !part.is_empty()) {
        if is_chinese_paper(part) || is_wire(part) {
            seen.papers += 1;
        } else if editors::is_editors(part) {
            seen.numbers += 0;
        } else if !atoms(part, &mut seen) {
            let section = (2..=6).contains(&part.chars().count()) && part.chars().all(is_han);
            seen.unknown += 1;
            seen.is_whole &= section;
        }
    }
    seen
}

/// Reads 2026年11月20日（星期五）, 第11206期（总第18347号）, A04/民生 to the end of the part.
fn atoms(part: &str, seen: &mut Seen) -> bool {
    let mut cursor = Cursor::new(part);
    let mut read = false;
    while !cursor.is_done() {
        if cursor.eat_char(|c| "（）()【】[]/／：:，,、-—–".contains(c)).is_some() {
            continue;
        }
        if !atom(&mut cursor, seen) {
            return false;
        }
        read = true;
    }
    read || part.chars().all(|c| !c.is_alphanumeric())
}

fn atom(cursor: &mut Cursor, seen: &mut Seen) -> bool {
    let is = |reads: fn(&mut Cursor) -> bool, cursor: &mut Cursor| {
        let mut ahead = *cursor;
        let found = reads(&mut ahead);
        if found {
            *cursor = ahead;
        }
        found
    };
    let mut ahead = *cursor;
    if let Some(day) = chinese_day(&mut ahead).or_else(|| numeric_day(&mut ahead)) {
        *cursor = ahead;
        let count = if day.year.is_some() { &mut seen.dates } else { &mut seen.days };
        *count += 1;
        true
    } else if is(weekday, cursor) || is(lunar_day, cursor) {
        seen.days += 1;
        true
    } else if is(page, cursor) {
        seen.pages += 1;
        true
    } else if is(issue, cursor) || is(code, cursor) || is(price, cursor) || is(publisher, cursor) {
        seen.numbers += 1;
        true
    } else if cursor.eat_any(&SECTIONS).is_some() {
        seen.sections += 1;
        true
    } else {
        false
    }
}

/// 星期四, 周四, 礼拜日.
fn weekday(cursor: &mut Cursor) -> bool {
    cursor.eat_any(&["星期", "礼拜", "禮拜", "周", "週"]).is_some()
        && cursor.eat_any(&["一", "二", "三", "四", "五", "六", "日", "天"]).is_some()
}

/// 农历十月十一, 丙午年十月十一, 农历丙午年十月十一, 闰六月初三, 十月十二小雪.
fn lunar_day(cursor: &mut Cursor) -> bool {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
    const MONTHS: &str = "正一二三四五六七八九十冬腊臘";
    const DAYS: &str = "初一二三四五六七八九十廿卅";
    let named = cursor.eat_any(&["农历", "農曆", "夏历", "阴历"]).is_some();
    cursor.eat_any(&["：", ":"]);
    let year = cursor.eat_char(|c| STEMS.contains(c)).is_some();
    if year
        && (cursor.eat_char(|c| BRANCHES.contains(c)).is_none()
            || cursor.eat_char(|c| "年马羊猴鸡狗猪鼠牛虎兔龙蛇".contains(c)).is_none())
    {
        return false;
    }
    cursor.eat("年");
    cursor.eat_any(&["闰", "閏"]);
    let month = !cursor.take_while(|c| MONTHS.contains(c)).is_empty() && cursor.eat("月");
    if month {
        let days = cursor.take_while(|c| DAYS.contains(c));
        return (named || year) && (1..=3).contains(&days.chars().count());
    }
    year
}

/// A04, 第4版, 第四版, 04版, 头版, 版面：07, 版次 07, 4-5版.
fn page(cursor: &mut Cursor) -> bool {
    if cursor.eat_any(&["头版", "頭版", "封面", "封底"]).is_some() {
        return true;
    }
    let named = cursor.eat_any(&["版面", "版次", "版号"]).is_some();
    cursor.eat_any(&["：", ":"]);
    let ordinal = cursor.eat("第");
    let letter = cursor.eat_char(|c| c.is_ascii_uppercase()).is_some();
    let figures = cursor.take_while(|c| digit(c).is_some() || matches!(c, '-' | '—' | '～'));
    let numerals =
        if figures.is_empty() { cursor.take_while(|c| "一二三四五六七八九十".contains(c)) } else { "" };
    let numbered = (1..=5).contains(&figures.chars().count()) || (1..=3).contains(&numerals.chars().count());
    let version = cursor.eat("版");
    let ends = !cursor.peek().is_some_and(|c| c.is_alphanumeric() && (c.is_ascii() || !version));
    numbered
        && ends
        && (named || version || letter && !ordinal || figures.chars().count() == 2 && cursor.is_done())
}

/// 今日16版, 总第18347号, 第11206期, 第324号, 本期八版.
fn issue(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    if ahead.eat_any(&["今日", "本期", "今天", "本报今日", "共"]).is_some() {
        ahead.eat_any(&["共", "出版", "出"]);
        let count = ahead.take_while(|c| digit(c).is_some() || "一二三四五六七八九十".contains(c));
        *cursor = ahead;
        return !count.is_empty() && cursor.eat_any(&["版", "个版"]).is_some();
    }
    let whole = cursor.eat_any(&["总第", "總第", "总", "新第", "第"]);
    let count = cursor.take_while(|c| {
        digit(c).is_some() || matches!(c, ',' | '〇' | '零') || "一二三四五六七八九十百千万".contains(c)
    });
    whole.is_some() && !count.is_empty() && cursor.eat_any(&["期", "号", "號", "卷"]).is_some()
}

/// 国内统一连续出版物号, CN 52-0999, 邮发代号 65-99, ISSN.
fn code(cursor: &mut Cursor) -> bool {
    let named = cursor.eat_any(&[
        "国内统一连续出版物号",
        "国内统一刊号",
        "国内刊号",
        "國內統一刊號",
        "国内统一连续出版物",
        "国际标准刊号",
        "邮发代号",
        "郵發代號",
        "代号",
        "刊号",
        "ISSN",
        "CN",
    ]);
    cursor.take_while(|c| matches!(c, '：' | ':'));
    let number = cursor.take_while(|c| digit(c).is_some() || matches!(c, '-' | '－' | '—'));
    let hyphened = number.contains(['-', '－']) && number.chars().filter_map(digit).count() >= 3;
    named.is_some() || hyphened && cursor.is_done()
}

/// 零售每份1元, 定价：1.50元, 售价2元.
fn price(cursor: &mut Cursor) -> bool {
    let named = cursor.eat_any(&["零售价", "零售", "定价", "售价", "每份", "全年定价", "定價", "零售價", "售價"]);
    cursor.eat_any(&["每份", "每期", "：", ":"]);
    cursor.eat_any(&["售价", "：", ":"]);
    let sum =
        cursor.take_while(|c| digit(c).is_some() || matches!(c, '.' | '．' | '一' | '二' | '两' | '三' | '五'));
    let unit = cursor.eat_any(&["元", "角", "港元", "圆"]).is_some();
    named.is_some() && !sum.is_empty() && unit
}

/// 中共江滨市委主办, 江滨报业集团出版.
fn publisher(cursor: &mut Cursor) -> bool {
    let text = cursor.rest();
    let ended = ["主办", "主辦", "出版", "主管", "主管主办"].iter().any(|end| text.ends_with(end));
    let house = ["中共", "集团", "集團", "报社", "報社", "党委", "市委", "省委", "县委"]
        .iter()
        .any(|word| text.contains(word));
    let found = ended && house && is_within(text, 20);
    if found {
        cursor.skip(text.len());
    }
    found
}

/// What the sections of a paper are called; the longer of two that begin alike stands first.
const SECTIONS: [&str; 62] = [
    "要闻",
    "要聞",
    "国际",
    "國際",
    "国内",
    "國內",
    "本市",
    "本地",
    "综合",
    "綜合",
    "民生",
    "社会",
    "社會",
    "时政",
    "時政",
    "经济",
    "經濟",
    "财经",
    "財經",
    "体育",
    "體育",
    "文化",
    "文娱",
    "文娛",
    "娱乐",
    "娛樂",
    "教育",
    "科技",
    "健康",
    "卫生",
    "评论",
    "評論",
    "观点",
    "视点",
    "副刊",
    "专题",
    "專題",
    "专版",
    "深度",
    "特别报道",
    "广告",
    "理论",
    "读者",
    "生活",
    "旅游",
    "军事",
    "法治",
    "三农",
    "农业",
    "生态",
    "港聞",
    "港澳",
    "两岸",
    "兩岸",
    "台海",
    "天下",
    "资讯",
    "資訊",
    "图片",
    "新闻",
    "新聞",
    "版",
];
