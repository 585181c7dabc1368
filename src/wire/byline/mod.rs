//! Who wrote it: 新华社记者潘洁, （记者谢朗 通讯员苟学勤）, By Alice Morgan and Ravi Desai.

mod bare;
mod chinese;
mod english;
mod names;

use super::cursor::Cursor;
use super::dateline;
use super::words::Words;
use crate::story::Byline;

pub(super) use self::bare::{after_dash, bare_name, bare_surnamed};
pub(super) use self::chinese::inline;
pub(super) use self::english::{
    ends_paper_name, is_agency, is_capitalised, is_house_line, is_paper, is_salutation, letter_signature,
};

/// Reads a paragraph that is nothing but a byline.
pub(super) fn line(text: &str) -> Option<Vec<Byline>> {
    const LONGEST: usize = 600;
    if text.len() > LONGEST {
        return None;
    }
    // The house under a name: “By DEE HOLLAND / Associated Press”.
    if ["Associated Press", "Associated Press Writer", "Reuters", "Agence France-Presse", "Staff Writer"]
        .contains(&text.trim())
    {
        return Some(Vec::new());
    }
    let text = text.trim().trim_start_matches(MARKS);
    // 記者陳小明／台南報導: the place is the dateline's.
    if let Some(found) = dateline::of_reporter(text) {
        return Some(found.bylines);
    }
    match strip_brackets(text) {
        Some(inner) => english::line(inner).or_else(|| signed(inner)),
        None => english::line(text).or_else(|| chinese::line(text)).or_else(|| chinese::told_by_deeds(text)),
    }
}

/// Adds what a byline says that names nobody: under a name it is what its bearer is (Associated Press), alone it is
/// who wrote the story (By our correspondent, 本报评论员).
pub(super) fn add_unnamed(people: &mut Vec<Byline>, text: &str) {
    let text = text.trim().trim_start_matches(MARKS);
    let text = strip_brackets(text).unwrap_or(text);
    let is_by = |word: &str| word.eq_ignore_ascii_case("by");
    let (role, name) = text.split_once(' ').filter(|(by, _)| is_by(by)).unwrap_or(("", text));
    let mut above = people.iter_mut().rev().take_while(|person| role.is_empty() && is_by(&person.role)).peekable();
    if above.peek().is_some() {
        return above.for_each(|person| name.clone_into(&mut person.role));
    }
    people.push(Byline { name: name.trim().to_owned(), role: role.to_owned() });
}

/// What stands before a byline: □ 本报记者, ○ 记者, —— 记者.
const MARKS: [char; 21] = [
    '□', '■', '▲', '●', '○', '◎', '◇', '◆', '☆', '★', '※', '▪', '▶', '►', '⊙', '◯', '—', '-', ' ', '\u{3000}', '✎',
];

/// Reads what stands in brackets after a dateline or at the end of a story: （记者谢朗 通讯员苟学勤）, (夏昆山张翔辉).
pub(super) fn signed(inner: &str) -> Option<Vec<Byline>> {
    let inner = inner.trim();
    chinese::line(inner).or_else(|| chinese::compiled(inner)).or_else(|| bare::in_brackets(inner))
}

/// Reads the people in brackets that close a story: …守住了。（记者 夏静 张锐）, and where the brackets begin in bytes.
pub(super) fn at_end(text: &str) -> Option<(Vec<Byline>, usize)> {
    let (inner, open) = closing_brackets(text)?;
    // “他说（记者李明）” in mid-sentence is no end.
    let ended = text[..open].trim_end().ends_with(['。', '！', '？', '”', '…', '.', '!', '?', '"']);
    let people = signed(inner).filter(|_| ended)?;
    Some((people, open))
}

/// Whether a text says 记者 or another role before anything else.
pub(super) fn starts_with_role(text: &str) -> bool {
    chinese::role(&mut Cursor::new(text)).is_some()
}

/// 作者：市中心医院某某, 地点：…, 时间：…: says who, where or when, and heads nothing.
pub(super) fn is_label(text: &str) -> bool {
    const LABELS: [&str; 8] = ["作者", "撰文", "口述", "讲述人", "地点", "地點", "时间", "時間"];
    let said = |label: &str| text.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':']));
    LABELS.iter().any(|label| said(label))
}

/// Whether a line names no writer, but who took, edited and proofread: 摄影：…, 编辑：…, Photographs by ….
/// At the foot `From wire reports` is one too.
pub(super) fn is_production(people: &[Byline], text: &str) -> bool {
    const POSTS: Words = Words::of(&[
        "摄影",
        "攝影",
        "摄影师",
        "攝影師",
        "图",
        "圖",
        "编辑",
        "編輯",
        "责编",
        "責編",
        "校对",
        "校對",
        "责任编辑",
        "绘图",
    ]);
    if people.is_empty() {
        return text.starts_with("From ") || text.starts_with("FROM ");
    }
    people.iter().all(|person| POSTS.have(person.role.as_str()) || english::takes_pictures(&person.role))
}

/// Photographs by Sam Reeve: nobody of the line wrote anything.
pub(super) fn is_of_pictures(people: &[Byline]) -> bool {
    !people.is_empty() && people.iter().all(|person| english::takes_pictures(&person.role))
}

/// What stands in the round brackets that close a text, and where they begin in bytes: …。（记者 夏静）.
pub(super) fn closing_brackets(text: &str) -> Option<(&str, usize)> {
    let trimmed = text.trim_end().strip_suffix([')', '）'])?;
    let open = trimmed.rfind(['(', '（'])?;
    Some((trimmed[open..].trim_start_matches(['(', '（']), open))
}

/// What stands in the round brackets that a text consists of: （记者 夏静）.
pub(super) fn strip_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    (!inner.contains(['(', '（'])).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: Option<Vec<Byline>>) -> String {
        found.map_or("-".into(), |found| {
            found.iter().map(|b| format!("{}:{}", b.role, b.name)).collect::<Vec<_>>().join(" ")
        })
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(names(line(text)), expected, "{text}");
    }

    #[test]
    fn whole_lines() {
        check("新华社记者陈默言", "新华社记者:陈默言");
        check("□ 本报记者　李沐阳、王璐 通讯员 苟学勤", "本报记者:李沐阳 本报记者:王璐 通讯员:苟学勤");
        check("记者：周小川", "记者:周小川");
        check("（记者 李 明 王璐）", "记者:李明 记者:王璐");
        check("新华社记者阿依努尔·买买提", "新华社记者:阿依努尔·买买提");
        check("本报记者 林见春 文并图", "本报记者:林见春");
        check("新华社记者王永治牛爱民", "新华社记者:王永治 新华社记者:牛爱民");
        check("新华社“新华视点”记者熊言豪、李劲峰", "新华社“新华视点”记者:熊言豪 新华社“新华视点”记者:李劲峰");
        check("(夏昆山张翔辉)", ":夏昆山 :张翔辉");
        check("By Alice Morgan and Ravi Desai", "By:Alice Morgan By:Ravi Desai");
        check("By Jane Doe, Associated Press Writer", "By:Jane Doe");
    }

    #[test]
    fn nobody_is_named() {
        let after = |line: &str, text: &str| {
            let mut people = super::line(line).unwrap_or_default();
            add_unnamed(&mut people, text);
            names(Some(people))
        };
        assert_eq!(after("By Alice Morgan and Ravi Desai", "Reuters"), "Reuters:Alice Morgan Reuters:Ravi Desai");
        assert_eq!(after("新华社记者陈默言", "Reuters"), "新华社记者:陈默言 :Reuters");
        assert_eq!(after("", "By our correspondent"), "By:our correspondent");
        assert_eq!(after("", "（本报评论员）"), ":本报评论员");
    }

    #[test]
    fn chinese_forms() {
        for (text, expected) in [
            ("本报记者　向　阳　文/图", "本报记者:向阳"),
            ("文/本报记者　栗　子　图/本报记者　邝一鸣", "本报记者:栗子 本报记者:邝一鸣"),
            ("文/记者王婷婷", "记者:王婷婷"),
            ("栗子 文 邝一鸣 图", ":栗子 :邝一鸣"),
            ("文｜周小川", "文:周小川"),
            ("全媒体记者 林见春", "全媒体记者:林见春"),
            ("黄河融媒记者 林见春 周小川", "黄河融媒记者:林见春 黄河融媒记者:周小川"),
            ("本报驻美国记者 张朋辉", "本报驻美国记者:张朋辉"),
            ("中青报·中青网记者 李沐阳", "中青报·中青网记者:李沐阳"),
            ("本报首席评论员", ""),
            ("本刊记者", ""),
            ("本报特派记者 陈默言", "本报特派记者:陈默言"),
            ("（张望编译）", "编译:张望"),
            ("记者 李沐阳 编辑 王璐 校对 马骏", "记者:李沐阳 编辑:王璐 校对:马骏"),
            ("○ 记者 李沐阳", "记者:李沐阳"),
            ("作者：周小川", "作者:周小川"),
            ("撰文：周小川、王璐", "撰文:周小川 撰文:王璐"),
            ("記者｜李沐陽", "記者:李沐陽"),
            ("新华社记者周小川蔡明新华社通讯员张应银", "新华社记者:周小川 新华社记者:蔡明 新华社通讯员:张应银"),
            ("张望 摄影报道", ":张望"),
            ("见习记者　陶　冶　实习生　欧阳文静", "见习记者:陶冶 实习生:欧阳文静"),
            ("采写：南都记者 余毅菁 向雪妮", "南都记者:余毅菁 南都记者:向雪妮"),
            ("欧阳　菲　文/图", ":欧阳菲"),
        ] {
            check(text, expected);
        }
        for text in [
            "记者手记",
            "记者观察",
            "本报记者调查",
            "新华社记者看两会",
            "记者走基层",
            "编辑点评",
            "编辑部新址启用",
            "摄影大赛开幕",
            "评论员文章",
            "通讯员队伍",
            "作者简介",
            "（作者系江南大学教育学院副教授）",
            "（作者为本报特约评论员）",
            "高原文化图谱",
            "文学大师图册",
            "图/视觉中国",
            "文：化人",
            "部·新闻中心融媒体出品",
            "记者在现场",
            "方言 文化",
        ] {
            check(text, "-");
        }
    }

    #[test]
    fn english_forms() {
        for (text, expected) in [
            ("By Susan Ferrier, Staff Writer", "By:Susan Ferrier"),
            ("By Norah Quill | The Courier", "By:Norah Quill"),
            ("By Norah Quill in Nairobi", "By:Norah Quill"),
            ("By Norah Quill in Nairobi and Tom Hale in Cape Town", "By:Norah Quill By:Tom Hale"),
            ("By Xinhua writers Wang Lin, Zhao Yu", "By:Wang Lin By:Zhao Yu"),
            ("By Norah Quill, dpa", "By:Norah Quill"),
            ("By our correspondent", ""),
            ("By staff and wire reports", ""),
            ("From wire reports", ""),
            ("Story by Norah Quill", "Story by:Norah Quill"),
            ("Words by Norah Quill; pictures by Sam Reeve", "Words by:Norah Quill pictures by:Sam Reeve"),
            ("Photographs by Sam Reeve", "Photographs by:Sam Reeve"),
            ("By Norah Quill (Reuters)", "By:Norah Quill"),
            ("By\u{a0}Norah Quill", "By:Norah Quill"),
            ("BY NORAH QUILL", "BY:NORAH QUILL"),
            ("By Susan Ferrier, Marine Correspondent", "By:Susan Ferrier"),
            ("By Ludwig van der Berg", "By:Ludwig van der Berg"),
            ("By SAMUEL ORTEGA and DINA HOLT", "By:SAMUEL ORTEGA By:DINA HOLT"),
            ("By A. B. Quill, Jr.", "By:A. B. Quill, Jr."),
            ("By Norah Quill for The Courier", "By:Norah Quill"),
        ] {
            check(text, expected);
        }
        for text in [
            "By noon the river had fallen",
            "By Train to Samarkand",
            "By the Numbers",
            "By Popular Demand",
            "By Land and Sea",
            "By Leaps and Bounds",
            "By 2030 the port will be full",
            "By The Sea",
            "By a Nose",
            "Story by the fire",
            "Photographs by satellite show the ice",
            "From the desk",
            "From Staff College to Sea",
            "Storm Driven by Record Heat",
            "Stand by Your Harbor",
            "Walk by Moonlight",
            "By George",
        ] {
            check(text, "-");
        }
    }

    #[test]
    fn a_name_after_a_dash_signs_the_text_above() {
        let check = |text: &str, expected: &str| assert_eq!(names(after_dash(text)), expected, "{text}");
        check("——苗　青", ":苗青");
        check("— Norah Quill", ":Norah Quill");
        check("--R. T. Bexley", ":R. T. Bexley");
        check("——欧阳文静", ":欧阳文静");
        check("——数据中心耗电成新变量", "-");
        check("—— 4 ——", "-");
        check("— The Door", "-");
        check("— Harbour Post", "-");
        check("- said on Thursday", "-");
        check("苗青", "-");
    }

    #[test]
    fn houses_stand_under_a_name() {
        for text in [
            "Marine Correspondent",
            "Courier Staff Writer",
            "The Courier",
            "The Associated Press",
            "Staff Reporter",
            "STAFF WRITER",
            "Harbour Post",
            "Reuters",
            "Special Correspondent",
            "The Caskill Courier",
        ] {
            assert!(is_house_line(text), "{text}");
        }
        for text in [
            "Shore road may open by noon",
            "A boat that never left",
            "Fishing at dawn",
            "Courier found in the bay",
            "The door is too narrow",
            "Editor resigns",
            "Oil runs short on the island",
            "Staff walk out at Redport",
            "The last post of the year",
            "Writers in winter",
        ] {
            assert!(!is_house_line(text), "{text}");
        }
    }

    #[test]
    fn letters_begin_and_are_signed() {
        let check = |text: &str, expected: &str| assert_eq!(names(letter_signature(text)), expected, "{text}");
        check("Helen Marsh, Whitford", ":Helen Marsh");
        check("Colonel R. T. Bexley (retired), Redport", ":Colonel R. T. Bexley (retired)");
        check("Ignatius Cole, Mill Street", ":Ignatius Cole");
        check("Rain, wind and snow", "-");
        check("The mayor, Redport", "-");
        check("Peter Aldous, 81", "-");
        for text in ["Sir,", "SIR —", "To the Editor:", "Dear Editor,", "Dear Sir or Madam,"] {
            assert!(is_salutation(text), "{text}");
        }
        for text in ["Sir", "Sir Hugh,", "Editor resigns:", "Madam Mayor,", "Dear Old Redport,"] {
            assert!(!is_salutation(text), "{text}");
        }
    }

    #[test]
    fn running_text_is_no_byline() {
        check("记者从县农业农村局获悉，全县现有茶园21.6万亩。", "-");
        check("记者会将于三点举行", "-");
        check("一片叶子两份收入", "-");
        check("（图片）", "-");
        check("(下篇)", "-");
        check("By noon the river had fallen.", "-");
    }

    #[test]
    fn names_in_running_text_end_where_the_next_word_begins() {
        let check = |text: &str, expected: &str| {
            let found = inline(text);
            let len = found.as_ref().map_or(0, |(_, len)| *len);
            assert_eq!((names(found.map(|(b, _)| b)).as_str(), &text[len..]), (expected, &text[len..]));
            text[len..].to_owned()
        };
        assert_eq!(check("记者段续东报道：拉网", "记者:段续东"), "报道：拉网");
        assert_eq!(check("记者江世杰从今天开幕的会议获悉", "记者:江世杰"), "从今天开幕的会议获悉");
        assert_eq!(check("记者李璐、欧阳明报道", "记者:李璐 记者:欧阳明"), "报道");
        assert_eq!(check("记者获悉", "-"), "记者获悉");
    }

    #[test]
    fn a_name_alone() {
        assert_eq!(names(bare_name("李　明")), ":李明");
        assert_eq!(names(bare_name("塞夫")), ":塞夫");
        assert_eq!(names(bare_name("预案加巡查让火神山无火")), "-");
    }
}
