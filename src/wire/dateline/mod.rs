//! Where and when a story was filed: 新华社合肥11月20日电（记者陈默言）, NEW YORK, Nov 18 (Reuters) -.

mod bracket;
mod chinese;
mod english;
mod gazetteer;
mod title;

use self::title::sign;
pub(super) use self::title::{announced_title, announces_title};
use super::byline;
use super::cursor::{digit, is_han};
use super::date::PrintedDay;
use crate::story::Byline;

/// A dateline as it stands in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub agency: String,
    pub places: Vec<String>,
    pub day: Option<PrintedDay>,
    /// 20日, where no month is printed.
    pub day_alone: Option<u32>,
    /// The people that it names.
    pub bylines: Vec<Byline>,
    /// The dateline itself, without what follows.
    pub raw: String,
}

/// Reads a dateline at the head of a paragraph.
pub(super) fn at_head(text: &str) -> Option<Printed> {
    let text = text.trim_start();
    match text.chars().next()? {
        '(' | '（' | '【' | '〔' | '［' | '[' => of_numbered_photo(text)
            .or_else(|| bracket::at_head(text))
            .or_else(|| bracket::place_and_agency(text))
            .or_else(|| english::at_head(text)),
        c if is_han(c) => chinese_head(text),
        c if c.is_alphabetic() || c.is_ascii_digit() || c == '/' => english::at_head(text),
        _ => None,
    }
}

/// Reads a dateline in brackets that closes a paragraph, and where it begins in bytes: …。(新华社北京11月18日电).
pub(super) fn at_end(text: &str) -> Option<(Printed, usize)> {
    let (inner, open) = byline::closing_brackets(text)?;
    let mut found = chinese::sent(inner)?;
    // Nothing may stand between the dateline and the bracket that closes it.
    if found.raw.len() != inner.trim_end().len() {
        return None;
    }
    text[open..].trim_end().clone_into(&mut found.raw);
    Some((found, open))
}

/// Reads a line that heads a picture: 新华社照片，石家庄，2026年11月18日.
pub(super) fn of_picture(text: &str) -> Option<Printed> {
    text.starts_with(is_han).then(|| chinese::of_picture(text)).flatten()
}

/// Reads what heads a caption of its own: (261122) -- HARBIN, Nov. 22, 2026 (Xinhua) -- Workers ….
pub(super) fn of_numbered_photo(text: &str) -> Option<Printed> {
    let rest = text.strip_prefix('(')?;
    let (_, rest) = rest.split_at_checked(6).filter(|(day, _)| day.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = rest.strip_prefix(')')?.trim_start().trim_start_matches(['-', '—', '–']).trim_start();
    let mut found = english::at_head(rest).filter(|found| !found.agency.is_empty() && found.day.is_some())?;
    let end = text.len() - rest.len() + found.raw.len();
    text[..end].clone_into(&mut found.raw);
    Some(found)
}

/// Reads a line of people and their place: 記者陳小明／台南報導.
pub(super) fn of_reporter(text: &str) -> Option<Printed> {
    let inner = bracket::opening(text).filter(|(_, end)| *end == text.len()).map_or(text, |(inner, _)| inner);
    byline::starts_with_role(inner).then(|| chinese::reported(inner)).flatten()
}

/// Whether a dateline that `head` begins goes on in `next`: 据新华社西安11月19日 / 电　记者从….
pub(super) fn goes_on(head: &str, next: &str) -> bool {
    /// Bytes: agency, four places and a day.
    const LONGEST: usize = 120;
    if head.len() > LONGEST
        || !next.starts_with(|c| is_han(c) || digit(c).is_some())
        || !chinese::begins_with_agency(head)
    {
        return false;
    }
    let whole = format!("{head}{}", &next[..next.floor_char_boundary(LONGEST)]);
    // Without its day, “…联网漫游寻呼台 / 根据邮电部…” would be one.
    let whole = chinese::sent(&whole).filter(|found| found.day.is_some() || found.day_alone.is_some());
    whole.is_some_and(|found| found.raw.len() > head.len()) && chinese::sent(head).is_none()
}

/// The survey will cost Rs 4.6 crore. PTI: an agency signs the last sentence.
pub(super) fn is_signed_by_agency(text: &str) -> bool {
    let signed =
        |(before, name): (&str, &str)| before.ends_with(['.', '!', '?', '"', '”']) && gazetteer::is_agency(name);
    text.ends_with(|c: char| c.is_ascii_alphabetic()) && text.rsplit_once(' ').is_some_and(signed)
}

/// A dateline in Chinese, or in brackets that say that it is one.
fn chinese_head(text: &str) -> Option<Printed> {
    let mut found = chinese::sent(text).or_else(|| reporter_head(text))?;
    sign(&mut found, text);
    Some(found)
}

/// 記者陳小明／台南報導　老眷村…: the slash tells it from a sentence about reporters.
fn reporter_head(text: &str) -> Option<Printed> {
    /// Bytes: two reporters, a slash, two places.
    const LONGEST: usize = 120;
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let slash = head.find(['／', '/'])?;
    let end = ["報導", "報道", "报导", "报道"]
        .iter()
        .filter_map(|word| Some(head[slash..].find(word)? + word.len()))
        .min()?;
    of_reporter(&head[..slash + end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn show(found: Option<Printed>) -> String {
        found.map_or("-".into(), |d| {
            let day = d.day.map_or("-".into(), |d| match d.year {
                Some(year) => format!("{year}-{}-{}", d.month, d.day),
                None => format!("{}-{}", d.month, d.day),
            });
            let people: Vec<&str> = d.bylines.iter().map(|b| b.name.as_str()).collect();
            format!("{} | {} | {day} | {} | {}", d.agency, d.places.join("+"), people.join(" "), d.raw)
        })
    }

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&show(at_head(text)));
    }

    #[test]
    fn chinese_heads() {
        check(
            "新华社合肥11月20日电（记者陈默言）初冬",
            &expect!["新华社 | 合肥 | 11-20 | 陈默言 | 新华社合肥11月20日电（记者陈默言）"],
        );
        check(
            "新华社北京/上海11月18日电 题：一片叶子",
            &expect!["新华社 | 北京+上海 | 11-18 |  | 新华社北京/上海11月18日电"],
        );
        check("中新网1月9日电 据统计", &expect!["中新网 |  | 1-9 |  | 中新网1月9日电"]);
        check("据新华社电 经批准", &expect!["新华社 |  | - |  | 据新华社电"]);
        check("据新华社杭州11月21日电 2024年", &expect!["新华社 | 杭州 | 11-21 |  | 据新华社杭州11月21日电"]);
        check("本报讯 记者林见春报道：入冬", &expect!["本报 |  | - | 林见春 | 本报讯 记者林见春"]);
        check(
            "本报北京1月4日讯记者林见春从今天开幕",
            &expect!["本报 | 北京 | 1-4 | 林见春 | 本报北京1月4日讯记者林见春"],
        );
        check(
            "东海通讯社昆明11月19日电 入冬",
            &expect!["东海通讯社 | 昆明 | 11-19 |  | 东海通讯社昆明11月19日电"],
        );
        check(
            "江滨通讯社北京11月20日电 入冬",
            &expect!["江滨通讯社 | 北京 | 11-20 |  | 江滨通讯社北京11月20日电"],
        );
        check("法新社耶路撒冷１月２日电", &expect!["法新社 | 耶路撒冷 | 1-2 |  | 法新社耶路撒冷１月２日电"]);
        check(
            "新華社香港1月8日電（記者李明）",
            &expect!["新華社 | 香港 | 1-8 | 李明 | 新華社香港1月8日電（記者李明）"],
        );
    }

    #[test]
    fn running_text_is_no_dateline() {
        check("新华社记者进行了走访调研。", &expect!["-"]);
        check("电视台11月20日电话采访了他", &expect!["-"]);
        check("本报记者11月20日从省里获悉", &expect!["-"]);
        check("The river - swollen by rain - rose", &expect!["-"]);
        check("In March, 24 (of 30) - a record -", &expect!["-"]);
    }

    #[test]
    fn ends() {
        let show_end = |text| at_end(text).map(|(d, at)| (show(Some(d)), &text[at..]));
        expect!["新华社 | 合肥 | 11-20 |  | (新华社合肥11月20日电)"]
            .assert_eq(&show_end("竞争。(新华社合肥11月20日电)").unwrap().0);
        expect!["新华社 | 重庆 | 11-19 |  | （据新华社重庆11月19日电）"]
            .assert_eq(&show_end("（据新华社重庆11月19日电）").unwrap().0);
        assert_eq!(at_end("他说（新华社记者李明摄）"), None);
    }

    #[test]
    fn english_heads() {
        check(
            "NEW YORK, Nov 18 (Reuters) - U.S. stocks",
            &expect!["Reuters | NEW YORK | 11-18 |  | NEW YORK, Nov 18 (Reuters) -"],
        );
        check("WASHINGTON (AP) — The", &expect!["AP | WASHINGTON | - |  | WASHINGTON (AP) —"]);
        check(
            "Tunis, Nov 20, 2024 (AFP) - Tunisia's",
            &expect!["AFP | Tunis | 2024-11-20 |  | Tunis, Nov 20, 2024 (AFP) -"],
        );
        check(
            "CANBERRA, Nov. 20 (Xinhua) -- Aus",
            &expect!["Xinhua | CANBERRA | 11-20 |  | CANBERRA, Nov. 20 (Xinhua) --"],
        );
        check("    NEW YORK, March 2 - Shares", &expect![" | NEW YORK | 3-2 |  | NEW YORK, March 2 -"]);
        check(
            "BEIJING/SHANGHAI, Nov 18 (Reuters) - C",
            &expect!["Reuters | BEIJING+SHANGHAI | 11-18 |  | BEIJING/SHANGHAI, Nov 18 (Reuters) -"],
        );
        check("TOKYO, Nov. 20, Kyodo - The", &expect!["Kyodo | TOKYO | 11-20 |  | TOKYO, Nov. 20, Kyodo -"]);
        check("LONDON -- The", &expect![" | LONDON | - |  | LONDON --"]);
    }

    /// Agency, places, day and people, as `agency|places|day|people`.
    fn told(text: &str) -> String {
        at_head(text).map_or("-".into(), |d| {
            let day =
                d.day.map(|d| format!("{}-{}", d.month, d.day)).or_else(|| d.day_alone.map(|d| d.to_string()));
            let people: Vec<&str> = d.bylines.iter().map(|b| b.name.as_str()).collect();
            format!("{}|{}|{}|{}", d.agency, d.places.join("+"), day.unwrap_or_default(), people.join("+"))
        })
    }

    #[test]
    fn chinese_forms_in_brackets_of_reporters_and_of_several_places() {
        for (text, expected) in [
            ("【本報訊】（記者連海晴）渡輪公司昨宣布加開夜航。", "本報|||連海晴"),
            ("【本报讯】昨天，第一批冬笋上市。", "本报|||"),
            ("【明報專訊】立法會昨通過撥款。", "明報|||"),
            ("〔記者陳小明／台南報導〕台南市東區昨天啟用新市場。", "|台南||陳小明"),
            ("〔記者林怡君、張家豪／台北報導〕東北季風今天增強。", "|台北||林怡君+張家豪"),
            ("記者陳小明／高雄報導　港務公司昨天啟用岸電。", "|高雄||陳小明"),
            ("【記者周小川／綜合報導】兩地同時開市。", "|||周小川"),
            ("（中央社記者簡若雲澎湖19日電）吉貝嶼居民淨灘。", "中央社|澎湖|19|簡若雲"),
            ("（中央社記者王明台北20日電）阿里山林鐵今天宣布。", "中央社|台北|20|王明"),
            ("中央社台北18日電　氣象署今天說，冷空氣南下。", "中央社|台北|18|"),
            ("【路透社伦敦11月18日电】题：地下农场（记者 艾丽斯·布伦特）", "路透社|伦敦|11-18|艾丽斯·布伦特"),
            ("【新华社北京11月18日电】我国科研人员发现新矿物。", "新华社|北京|11-18|"),
            ("综合新华社驻华盛顿、布鲁塞尔记者报道：入冬以来，用电上升。", "新华社|华盛顿+布鲁塞尔||"),
            ("综合本报驻东京、首尔记者11月20日电 日韩渔民团体商定。", "本报|东京+首尔|11-20|"),
            ("（记者栗子从喀什报道）巴扎的铜匠今年收了三个徒弟。", "|喀什||栗子"),
            ("本报综合报道 多地气温下降。", "本报|||"),
            ("本报综合消息 三省同日开渔。", "本报|||"),
            ("新华社北京11月18日电台湾同胞参访团抵京。", "新华社|北京|11-18|"),
            ("本报北京1月4日讯商务部今天公布。", "本报|北京|1-4|"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn chinese_text_that_is_no_dateline() {
        for text in [
            "【评论】本报讯息栏目今天改版",
            "【記者手記】一盞燈的三十年",
            "〔圖說〕記者陳小明說，報導已經刊出。",
            "（图为市民在雨中等车）",
            "（一）新华社成立以来的电稿",
            "新华社武汉供电公司职工昨天抢修线路。",
            "本报综合办公室昨天搬迁。",
            "記者陳小明說，台南／高雄兩地的報導不同。",
            "中央社台北總社昨天開放參觀。",
            "18日电费开始下调",
            "新华社记者从喀什归来后写道",
            "本社记者／编辑招聘报道会明日举行",
            "路透社报道说，油价下跌。",
            "综合治理三年，村口的河清了。",
            "据报道，今年雨水偏多。",
            "央视新闻频道20日电视直播发射。",
        ] {
            assert_eq!(told(text), "-", "{text}");
        }
    }

    #[test]
    fn english_forms_of_many_houses() {
        for (text, expected) in [
            ("COLOMBO (Reuters) -The port reopened on Wednesday.", "Reuters|COLOMBO||"),
            ("COLOMBO (Reuters) -\u{200b}The port reopened.", "Reuters|COLOMBO||"),
            ("PARIS (AP) _ A bell fell.", "AP|PARIS||"),
            ("PARIS, (AP) -- A bell fell.", "AP|PARIS||"),
            ("NAIROBI, Nov 18 (Reuters)", "Reuters|NAIROBI|11-18|"),
            ("NAIROBI, Nov 18", "|NAIROBI|11-18|"),
            ("(Reuters) - Miners struck on Monday.", "Reuters|||"),
            ("DECATUR, Ill. — The last shoe shop will stay.", "|DECATUR, Ill.||"),
            ("BOISE, Idaho — Two rangers found a lost dog.", "|BOISE, Idaho||"),
            ("Kathmandu — Guides will carry radios next spring.", "|Kathmandu||"),
            ("VALLETTA, Nov. 19, 1030 GMT — Dockers ended a sit-in.", "|VALLETTA|11-19|"),
            ("LONDON 18 November (Reuters) - Buses stopped.", "Reuters|LONDON|11-18|"),
            ("MOSCOW, November 18. /TASS/. The crew will winter.", "TASS|MOSCOW|11-18|"),
            ("BAKU. Nov 18 (Interfax) - Freight grew.", "Interfax|BAKU|11-18|"),
            ("Shimla, Nov 18 (PTI) The state will map lakes.", "PTI|Shimla|11-18|"),
            ("ISLAMABAD, Nov 18 (APP): The canal was opened.", "APP|ISLAMABAD|11-18|"),
            ("SYDNEY, AAP - Surfers found a bell.", "AAP|SYDNEY||"),
            ("(ANSA) - ROME, NOV 18 - The school admitted 19.", "ANSA|ROME|11-18|"),
            ("SEOUL, Nov. 18 (Yonhap) -- Divers won.", "Yonhap|SEOUL|11-18|"),
            ("KUALA LUMPUR, Nov 18 (Bernama) -- Ferries are free.", "Bernama|KUALA LUMPUR|11-18|"),
            ("TOKYO, Nov. 18, Kyodo - A lamp was lit.", "Kyodo|TOKYO|11-18|"),
            ("WASHINGTON/NEW YORK, Nov 18 (Reuters) - Rates held.", "Reuters|WASHINGTON+NEW YORK|11-18|"),
            ("Geneva, 18 November 2026 – Fewer than half rose.", "|Geneva|11-18|"),
            ("JEJU, South Korea, Nov. 18 (Yonhap) -- Women won.", "Yonhap|JEJU, South Korea|11-18|"),
            ("PORT-AU-PRINCE, Haiti (AP) — Schools opened.", "AP|PORT-AU-PRINCE, Haiti||"),
            ("PARIS, 18 nov 2026 (AFP) - La fabrique ferme.", "AFP|PARIS|11-18|"),
            ("Madrid, 18 nov (EFE).- Los pastores piden.", "EFE|Madrid|11-18|"),
            ("(서울=연합뉴스) 한가람 기자 = 배가 떴다.", "연합뉴스|서울||"),
            ("(부산·울산=뉴시스) 눈이 왔다.", "뉴시스|부산+울산||"),
            ("【松江共同】灯台守の公募が始まった。", "共同|松江||"),
            ("【ロンドン時事】船が着いた。", "時事|ロンドン||"),
            ("МОСКВА, 18 ноября. /ТАСС/. Маяк открыт.", "ТАСС|МОСКВА|11-18|"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn english_text_that_is_no_dateline() {
        for text in [
            "The river - swollen by rain - rose",
            "On Nov. 18 - a Wednesday - the gate closed.",
            "Long March 5 - the rocket - lifted off.",
            "U.S. - China talks resume in Geneva after a break of many weeks",
            "FACTBOX - What is known of the ferry that ran aground last night",
            "TENNIS - Serve and volley is back, says the old champion of the lawns",
            "The Harbour Party (HP) - which lost - will meet.",
            "The Institute of Marine Science (IMS) said on Monday",
            "Monday, Nov. 18 - The day that the bridge closed",
            "STORM HITS COAST - DOZENS MISSING AS FERRIES ARE HELD IN PORT",
            "Paris — a love story in nine letters",
            "Inflation — the silent thief — rose.",
            "In March, 24 (of 30) - a record -",
            "Mayor Ann Lowe (Ind.) - the first - resigned.",
            "NOTE: The figures below are not adjusted for the season, the office said in a long statement.",
            "Smith (AP Photo)",
            "Reuters said the paper had no comment.",
            "May 5 - the day",
            "A-B-C (easy) - as they say",
            "【两岸共同】声明全文",
            "(a=b) is not (b=c)",
        ] {
            assert_eq!(told(text), "-", "{text}");
        }
    }

    #[test]
    fn datelines_that_a_blank_line_cut() {
        for (head, next) in [
            ("据新华社西安11月19日", "电 记者从陕西省水土保持部门获悉，"),
            ("新华社西", "安11月19日电（记者雒明）凌晨五点半，"),
            ("新华社乌鲁木", "齐11月19日电 入冬以来，"),
            ("中新社香港1", "1月19日电 渡轮公司宣布，"),
            ("新華社香港11月19", "日電 渡輪公司宣布，"),
        ] {
            assert!(goes_on(head, next), "{head} / {next}");
        }
        for (head, next) in [
            ("如何选择联网漫游寻呼台", "根据邮电部对业务所作的界定，"),
            ("新华社合肥11月20日电", "初冬的皖南，云雾漫过山脊。"),
            ("县融媒体中心报", "道员昨天到村里采访。"),
            ("一片叶子两份收入", "新华社合肥11月20日电 初冬的皖南，"),
            ("新华社成立九十五年", "记者从社史馆获悉，馆藏逾万件。"),
        ] {
            assert!(!goes_on(head, next), "{head} / {next}");
        }
    }

    #[test]
    fn captions_that_a_number_and_a_dateline_head() {
        for text in [
            "(261122) -- HARBIN, Nov. 22, 2026 (Xinhua) -- Workers harvest ice.",
            "(261122) -- YANTAI, Nov. 22, 2026 (Xinhua) -- A fisherman",
            "(261122)-- ROME, Nov. 22 (Xinhua) -- A ferry",
            "(261122) — CAIRO, Nov. 22, 2026 (Xinhua) -- A bell",
            "(140725) -- PARIS, July 25, 2014 (Xinhua) -- A lamp",
        ] {
            let found = of_numbered_photo(text).expect(text);
            assert!(
                found.agency == "Xinhua" && text.starts_with(&found.raw) && found.raw.ends_with("--"),
                "{text}"
            );
        }
        for text in [
            "(261122) -- the number of the form",
            "(2611) -- ROME, Nov. 22 (Xinhua) -- A ferry",
            "(261122) ROME is far",
            "HARBIN, Nov. 22, 2026 (Xinhua) -- Workers",
            "(261122)",
            "(Xinhua) -- A ferry",
            "(26112２) -- ROME, Nov. 22 (Xinhua) -- A",
        ] {
            assert_eq!(of_numbered_photo(text), None, "{text}");
        }
    }

    #[test]
    fn lines_that_head_a_picture() {
        let told = |text| of_picture(text).map(|d| format!("{}|{}", d.agency, d.places.join("+")));
        for (text, expected) in [
            ("新华社照片，石家庄，2026年11月18日", Some("新华社|石家庄")),
            ("新华社照片，巴黎，11月18日", Some("新华社|巴黎")),
            ("新華社照片，香港，2026年11月18日", Some("新華社|香港")),
            ("新华社图表，北京，2026年11月18日", Some("新华社|北京")),
            ("新华社照片，外代，2026年11月18日，黑白", None),
            ("新华社照片档案馆，2026年开放", None),
            ("本报图片，由读者提供", None),
            ("新华社记者摄，北京，11月18日", None),
        ] {
            assert_eq!(told(text).as_deref(), expected, "{text}");
        }
    }
}
