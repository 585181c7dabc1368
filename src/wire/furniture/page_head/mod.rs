//! The head of a page: the paper's name, its day, its page, its number, its price, and nothing else.

mod chinese;
mod english;
mod masthead;
mod weather;

use self::masthead::is_masthead;
use self::weather::is_weather;
use super::super::byline::strip_brackets;
use super::super::cursor::{Cursor, digit, is_han};
use super::super::date::chinese_day;
use super::is_within;

/// Whether a short line stands by itself wherever it stands: the line below is no more of it.
pub(in crate::wire) fn stands_alone(text: &str) -> bool {
    text.len() <= 90 && is(text)
}

/// Whether a line is the head of a page, or one of its lines.
pub(super) fn is(text: &str) -> bool {
    is_masthead(text) || is_weather(text) || !text.contains(['。', '，']) && is_within(text, 100) && is_head(text)
}

/// Whether it names the page that begins here: 第4版, Page A6.
pub(super) fn turns_the_page(text: &str) -> bool {
    has_figures(text) && !text.contains(['。', '，']) && is_within(text, 100) && {
        let seen = seen(text);
        seen.is_whole && seen.pages > 0 && seen.strong() > 1
    }
}

fn is_head(text: &str) -> bool {
    // （2026年11月16日） under a headline says when a speech was held.
    strip_brackets(text).is_none() && has_figures(text) && (is_loose_head(text) || seen(text).is_head())
}

/// Every head has a figure or a numeral somewhere, and most lines of a page have none.
fn has_figures(text: &str) -> bool {
    text.chars().any(|c| digit(c).is_some() || matches!(c, '版' | '期' | '月' | '号' | '號')) || is_page(text)
}

/// 2024年11月22日　星期五　第3版　要闻: a full date or a page number, and little else.
fn is_loose_head(text: &str) -> bool {
    if !is_within(text, 60) {
        return false;
    }
    let mut cursor = Cursor::new(text);
    let before = cursor.take_while(|c| !c.is_numeric());
    let dated = chinese_day(&mut cursor).is_some_and(|day| day.year.is_some())
        && (cursor.is_done() || cursor.rest().starts_with(char::is_whitespace));
    let alone = before.is_empty() && cursor.is_done();
    let weekday = ["星期", "农历", "農曆"].iter().any(|word| text.contains(word));
    let numbered = text.split([' ', '\u{3000}', '\t', '|', '｜']).any(is_page_of_han);
    let paged = (numbered || is_page(text)) && is_within(text, 20) && !text.contains(['(', '（']);
    dated && (alone || weekday || numbered) || paged || is_issue(text)
}

/// 今日8版　总第10426期.
fn is_issue(text: &str) -> bool {
    text.chars().count() <= 40
        && text.contains('第')
        && (text.contains("总第") || text.contains("總第"))
        && text.ends_with('期')
}

/// 第3版, 第三版, A1版.
fn is_page_of_han(word: &str) -> bool {
    word.strip_suffix('版').is_some_and(|rest| {
        let number = rest.strip_prefix('第').unwrap_or(rest);
        !number.is_empty()
            && number.chars().count() <= 3
            && number
                .chars()
                .all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c) || c.is_ascii_uppercase())
    })
}

/// `Page A6`, `Page 1 of 2`, `A6`: a page number alone in a line.
fn is_page(text: &str) -> bool {
    let text = text.trim_matches(['-', '–', '—', ' ']);
    if let Some(number) = text.strip_prefix("版面：").or_else(|| text.strip_prefix("版次：")) {
        return number.len() <= 3 && number.chars().all(|c| c.is_ascii_alphanumeric());
    }
    if let Some(number) = text.strip_prefix("Page ").or_else(|| text.strip_prefix("PAGE ")) {
        let number = number.split_once(" of ").map_or(number, |(number, _)| number);
        return number.len() <= 3 && number.chars().all(|c| c.is_ascii_alphanumeric());
    }
    matches!(text.as_bytes(), [b'A'..=b'F', digits @ ..] if (1..=2).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit))
}

/// What a line holds of the things that heads are made of.
#[derive(Debug, Default)]
struct Seen {
    /// Nothing else is in it.
    pub(super) is_whole: bool,
    /// A day with its year.
    pub(super) dates: usize,
    /// A day without its year, a weekday, the day of the lunar calendar.
    pub(super) days: usize,
    pub(super) papers: usize,
    pub(super) pages: usize,
    /// The paper's number, its code, its price, how many pages it has.
    pub(super) numbers: usize,
    pub(super) sections: usize,
    /// Short words that could be the name of a section.
    pub(super) unknown: usize,
}

impl Seen {
    /// How many things it holds that only heads do.
    fn strong(&self) -> usize {
        [self.dates, self.days, self.papers, self.pages, self.numbers].iter().filter(|&&count| count > 0).count()
    }

    fn is_head(&self) -> bool {
        let known = self.dates + self.numbers > 0 || self.pages > 0 && self.sections > 0 || self.strong() > 1;
        self.is_whole && known && (self.unknown == 0 || self.unknown == 1 && self.strong() > 1 && self.dates > 0)
    }
}

/// Reads a line as a page head, part by part.
fn seen(text: &str) -> Seen {
    if text.chars().any(is_han) { chinese::seen(text) } else { english::seen(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_pages() {
        for text in [
            "江滨日报",
            "新华社新闻稿",
            "中新社电讯稿",
            "黔 山 日 报",
            "QIANSHAN RIBAO",
            "河口晚报　2026年11月19日　A04　民生",
            "2026.11.19　星期四　版面：07",
            "2026.11.19　星期四　丙午年十月十一　今日16版",
            "香江晨報　2026年11月20日（星期五）　港聞　A8",
            "国内统一连续出版物号 CN 52-0999　邮发代号 65-99　第11206期（总第18347号）",
            "第11206期　总第18347号　零售每份1元",
            "今日天气：多云转小雨　7℃—12℃　东北风2级",
            "A04 | 民生 | 河口晚报 | 2026年11月19日",
            "2026年11月19日　星期四　农历十月十一",
            "第8版　江滨日报　2026年11月19日　白鹭洲",
            "中共江滨市委主办　江滨日报社出版　2026年11月19日",
            "新华社新闻稿　2026年11月18日",
            "A04·民生",
            "版面：07",
            "THE HARBOUR POST",
            "The Caskill Courier",
            "Vol. CXII No. 324    Friday, November 20, 2026    $2.50",
            "Page 1    THE EASTERN LEDGER    Thursday, November 19, 2026",
            "Page A6    THE CASKILL COURIER    Friday, November 20, 2026",
            "A6 | Thursday, November 19, 2026 | The Eastern Ledger",
            "Thursday, Nov. 19, 2026   Caskill Courier   Sports",
            "Page 1 of 2",
            "Price $2.50",
            "Friday, November 20, 2026",
            "TODAY'S WEATHER",
            "High 38, Low 29. Rain by evening. Page A12",
        ] {
            assert!(is(text), "{text}");
        }
    }

    #[test]
    fn lines_that_only_look_like_heads() {
        for text in [
            "江滨日报记者获奖",
            "晚报停刊",
            "新闻稿",
            "市教育局新闻稿",
            "一天写了五篇通稿",
            "新华社记者的最后一篇通稿",
            "11月19日　江滨",
            "两岸青年共赴一场茶会",
            "2026年11月19日凌晨",
            "第四版的秘密",
            "全国16版教材审定完毕",
            "国际原油价格跌破70美元",
            "今日16时开闸放水",
            "天气转冷　菜价平稳",
            "农历新年前完工",
            "5月1日起施行新规",
            "3岁女孩走失 全城寻找",
            "总第一名花落江滨",
            "The man who reads The Times",
            "New Price for Old Star",
            "Thursday's storm closes Page Street",
            "High winds and low water stop ferries",
            "Vol. 2 of memoir sells out in Paris",
            "$2.50 fare stays until May",
            "Post",
            "Page Turner wins prize",
            "Shares end 2026 at record",
            "November rain sets record",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn pages_turn() {
        assert!(turns_the_page("江滨日报　2026年11月19日　星期四　第4版　综合"));
        assert!(turns_the_page("Page A6    THE CASKILL COURIER    Friday, November 20, 2026"));
        assert!(!turns_the_page("2026年11月19日　星期四"));
        assert!(!turns_the_page("Page 1 of 2"));
    }
}
