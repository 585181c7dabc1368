//! Who wrote it: 新华社记者潘洁, （记者谢朗 通讯员苟学勤）, By Alice Morgan and Ravi Desai.

use super::cursor::{Cursor, is_han};
use super::dateline;
use crate::story::Byline;

/// Words that say what somebody did; the longer of two that begin alike stands first.
const ROLES: [&str; 27] = [
    "报道员",
    "報道員",
    "特约通讯员",
    "特约评论员",
    "特约撰稿人",
    "特约记者",
    "见习记者",
    "实习记者",
    "首席记者",
    "本报记者",
    "本报评论员",
    "新华社记者",
    "中新社记者",
    "评论员",
    "通讯员",
    "撰稿人",
    "实习生",
    "記者",
    "记者",
    "編輯",
    "编辑",
    "通訊員",
    "摄影",
    "攝影",
    "撰文",
    "作者",
    "文/图",
];

/// Reads a paragraph that is nothing but a byline.
pub(super) fn line(text: &str) -> Option<Vec<Byline>> {
    // The house under a name: “By DEE HOLLAND / Associated Press”.
    if ["Associated Press", "Associated Press Writer", "Reuters", "Agence France-Presse", "Staff Writer"]
        .contains(&text.trim())
    {
        return Some(Vec::new());
    }
    let text = text.trim().trim_start_matches(['□', '■', '▲', '●', '◎', '◆', '—', '-', ' ', '\u{3000}']);
    // 記者陳小明／台南報導: the place is the dateline's.
    if let Some(found) = dateline::of_reporter(text) {
        return Some(found.bylines);
    }
    match strip_brackets(text) {
        Some(inner) => english(inner).or_else(|| signed(inner)),
        None => english(text).or_else(|| chinese(without_deed_first(text))),
    }
}

/// 文/图　新华社记者　和晓松.
fn without_deed_first(text: &str) -> &str {
    ["文/图", "图/文", "文／图", "图文", "文图"]
        .iter()
        .find_map(|deed| text.strip_prefix(deed))
        .unwrap_or(text)
        .trim_start()
}

/// Reads what stands in brackets after a dateline or at the end of a story: （记者谢朗 通讯员苟学勤）, (夏昆山张翔辉).
pub(super) fn signed(inner: &str) -> Option<Vec<Byline>> {
    chinese(inner.trim()).or_else(|| names_only(inner.trim()))
}

/// Reads the people in brackets that close a story: …守住了。（记者 夏静 张锐）, and where the brackets begin in bytes.
pub(super) fn at_end(text: &str) -> Option<(Vec<Byline>, usize)> {
    let trimmed = text.trim_end();
    let open = trimmed.rfind(['(', '（'])?;
    let inner = strip_brackets(&trimmed[open..])?;
    // “他说（记者李明）” in mid-sentence is no end.
    let ended = trimmed[..open].trim_end().ends_with(['。', '！', '？', '”', '…', '.', '!', '?', '"']);
    let people = signed(inner).filter(|_| ended)?;
    Some((people, open))
}

/// Reads 记者段续东报道： or 记者江世杰、李某某从… at the start of running text, and how many bytes it takes.
pub(super) fn inline(text: &str) -> Option<(Vec<Byline>, usize)> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    loop {
        cursor.space();
        let before = cursor;
        let Some(role) = role(&mut cursor) else {
            cursor = before;
            break;
        };
        cursor.space();
        let names = running_names(&mut cursor);
        if names.is_empty() {
            cursor = before;
            break;
        }
        found.extend(names.into_iter().map(|name| Byline { name, role: role.clone() }));
    }
    (!found.is_empty()).then(|| {
        let len = cursor.at();
        (found, len)
    })
}

/// Whether a text says 记者 or another role before anything else.
pub(super) fn starts_with_role(text: &str) -> bool {
    role(&mut Cursor::new(text)).is_some()
}

/// Names without a role; in brackets only surnames tell them from other words.
fn names_only(text: &str) -> Option<Vec<Byline>> {
    let names = spaced_names(text)?;
    // 元旦, 国庆: characters that begin words far more often than names.
    let is_surname = |c: char| SURNAMES.contains(c) && !"元国计信由平战安和时方相项花关别居全".contains(c);
    let is_name = |name: &String| name.contains('·') || name.chars().next().is_some_and(is_surname);
    (names.iter().all(is_name) && !names.iter().any(|name| name.is_ascii()))
        .then(|| names.into_iter().map(|name| Byline { name, role: String::new() }).collect())
}

/// A name alone in a line, right under a headline: 李学勤, 李　明, 阿依努尔·买买提.
pub(super) fn bare_name(text: &str) -> Option<Vec<Byline>> {
    let names: Vec<String> = spaced_names(text.trim())?;
    names
        .iter()
        .all(|name| {
            let surname = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
            let count = name.chars().count();
            count == 2 || (surname && (2..=4).contains(&count)) || name.contains('·')
        })
        .then(|| names.into_iter().map(|name| Byline { name, role: String::new() }).collect())
}

pub(super) fn strip_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    (!inner.contains(['(', '（'])).then_some(inner)
}

/// Reads a role, and the house that may stand before it without a space: 新华社记者, 《经济周刊》记者.
fn role(cursor: &mut Cursor) -> Option<String> {
    let text = cursor.rest();
    for (at, c) in text.char_indices().take(14) {
        let house = &text[..at];
        let word = ROLES.iter().find(|word| text[at..].starts_with(**word));
        if let Some(word) = word
            && (house.is_empty() || could_be_house(house))
        {
            let end = at + word.len();
            // 记者站, 记者会, 记者节, 记者从…获悉: somebody or something else.
            if text[end..]
                .starts_with(['站', '会', '節', '节', '團', '团', '们', '們', '从', '從', '在', '获', '獲'])
            {
                return None;
            }
            cursor.skip(end);
            return Some(text[..end].to_owned());
        }
        if !is_han(c) && !matches!(c, '《' | '》' | '“' | '”') {
            return None;
        }
    }
    None
}

fn could_be_house(text: &str) -> bool {
    text.ends_with(['社', '报', '報', '网', '網', '台', '臺', '刊', '》', '”', '端'])
}

/// A whole text of roles and names; `None` when anything else is in it.
fn chinese(text: &str) -> Option<Vec<Byline>> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    cursor.space();
    while !cursor.is_done() {
        let role = role(&mut cursor)?;
        cursor.take_while(|c| c.is_whitespace() || matches!(c, '：' | ':' | '/' | '／'));
        let end = next_role(cursor.rest());
        let names = spaced_names(without_what_they_did(&cursor.rest()[..end])).unwrap_or_default();
        if names.is_empty() && !role.ends_with("评论员") {
            return None;
        }
        found.extend(names.into_iter().map(|name| Byline { name, role: role.clone() }));
        cursor.skip(end);
    }
    // 新华社评论员 signs without a name.
    (!found.is_empty() || text.ends_with("评论员")).then_some(found)
}

/// Names without 报道, 文/图, 摄影报道 behind them.
fn without_what_they_did(names: &str) -> &str {
    const DEEDS: [&str; 14] = [
        "摄影报道",
        "摄影并文",
        "图文报道",
        "综合报道",
        "报道",
        "報道",
        "文并图",
        "文/图",
        "文／图",
        "图/文",
        "图文",
        "采写",
        "整理",
        "撰文",
    ];
    let separator = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | ';' | '；');
    let names = names.trim_end_matches(separator);
    DEEDS.iter().find_map(|deed| names.strip_suffix(deed)).unwrap_or(names).trim_end_matches(separator)
}

/// Where the next role word begins, in bytes; the end when there is none.
fn next_role(text: &str) -> usize {
    text.char_indices()
        .skip(1)
        .filter(|&(at, _)| {
            text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ';' | '；'))
        })
        .find(|&(at, _)| role(&mut Cursor::new(&text[at..])).is_some())
        .map_or(text.len(), |(at, _)| at)
}

/// 姜琳、王秉阳 屈婷; a lone character is half of a spaced-out name (李　明).
fn spaced_names(text: &str) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    let mut half = false;
    for (at, piece) in text.split(['、', '，', ',', ';', '；', '/', '／', ' ', '\u{3000}', '\t']).enumerate() {
        if piece.is_empty() {
            continue;
        }
        if !piece.chars().all(|c| is_han(c) || matches!(c, '·' | '•' | '.') || c.is_ascii_alphabetic()) {
            return None;
        }
        let count = piece.chars().count();
        if at > 0 && half && count == 1 {
            names.last_mut()?.push_str(piece);
            half = false;
            continue;
        }
        half = count == 1;
        match split_run(piece) {
            Some(run) => names.extend(run),
            None => names.push(piece.to_owned()),
        }
    }
    let whole = |name: &String| {
        let count = name.chars().count();
        (2..=4).contains(&count) || (count <= 24 && name.contains(['·', '•'])) || name.is_ascii()
    };
    // A minority name without its dot is longer than four characters, as a lone name.
    let all = names.iter().all(whole) || (names.len() == 1 && (2..=6).contains(&names[0].chars().count()));
    (!names.is_empty() && all).then_some(names)
}

/// 夏昆山张翔辉: names that nothing stands between, told apart by their surnames. `None` when it is one name.
fn split_run(run: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = run.chars().collect();
    if chars.len() < 5 || chars.len() > 24 || !chars.iter().all(|&c| is_han(c)) {
        return None;
    }
    // best[i] is how the first i characters are cut with the fewest names of two characters.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; chars.len() + 1];
    best[0] = Some((0, 0));
    for end in 2..=chars.len() {
        for len in [3, 2, 4] {
            let Some(start) = end.checked_sub(len) else { continue };
            let compound =
                COMPOUND_SURNAMES.contains(&chars[start..start + 2].iter().collect::<String>().as_str());
            let named = SURNAMES.contains(chars[start]) && len < 4 || compound && len > 2;
            if let (true, Some((short, _))) = (named, best[start]) {
                let short = short + usize::from(len == 2);
                if best[end].is_none_or(|(fewest, _)| short < fewest) {
                    best[end] = Some((short, len));
                }
            }
        }
    }
    let mut names = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let (_, len) = best[end]?;
        names.push(chars[end - len..end].iter().collect());
        end -= len;
    }
    names.reverse();
    Some(names)
}

/// Names in running text, where nothing but the next word ends them.
fn running_names(cursor: &mut Cursor) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(name) = running_name(cursor) {
        names.push(name);
        let mut ahead = *cursor;
        ahead.space();
        if ahead.eat_char(|c| matches!(c, '、' | '，' | ',')).is_none() && ahead.at() == cursor.at() {
            break;
        }
        ahead.space();
        let mut probe = ahead;
        if role(&mut probe).is_some() || running_name(&mut probe).is_none() {
            break;
        }
        *cursor = ahead;
    }
    names
}

/// One name: a surname and one or two characters, the shorter when the third begins a word that may follow a name.
fn running_name(cursor: &mut Cursor) -> Option<String> {
    /// What follows a reporter's name in running text.
    const FOLLOWS: &str = "报報从從在今近日昨对對向与與就采採获獲说說写寫走来來前赴于於是了摄攝电電一这這发發述综綜、，,：:（(  \u{3000}。";
    let mut ahead = *cursor;
    let run = ahead.take_while(|c| is_han(c) || c == '·');
    let chars: Vec<char> = run.chars().collect();
    if let Some(dot) = chars.iter().position(|&c| c == '·') {
        // A dotted name runs on until a word that follows names, or the end of the run.
        let end =
            (dot + 1..chars.len()).find(|&at| at > dot + 2 && FOLLOWS.contains(chars[at])).unwrap_or(chars.len());
        let name: String = chars[..end.min(12)].iter().collect();
        cursor.skip(name.len());
        return Some(name);
    }
    let next = |at: usize| chars.get(at).copied().or_else(|| ahead.peek()).unwrap_or('。');
    let compound = COMPOUND_SURNAMES.iter().any(|surname| run.starts_with(surname));
    let shortest = if compound { 3 } else { 2 };
    let len = (shortest..=shortest + 1)
        .find(|&len| chars.len() >= len && FOLLOWS.contains(next(len)))
        .or_else(|| (chars.len() > shortest).then_some(shortest + 1))?;
    let surname = compound || chars.first().is_some_and(|&c| SURNAMES.contains(c));
    if !surname {
        return None;
    }
    let name: String = chars[..len].iter().collect();
    cursor.skip(name.len());
    Some(name)
}

/// The surnames that nearly everyone in China bears (Ministry of Public Security name reports, 2019 to 2021, and the
/// Hundred Family Surnames), simplified and traditional.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧\
曹彭曾肖蕭田董袁潘于於蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付傅方白邹鄒\
孟熊秦邱江尹薛闫閆段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯常温溫康施文牛樊葛邢安齐齊易乔喬\
伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂塗成苗谷盛\
曲冉骆駱翁蓝藍路游辛靳欧管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥\
褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢\
仲虞敖巩鞏明佘池查麻苑迟遲邝鄺官封谈談匡鞠惠荆荊乐樂冀郁胥南班储儲原栗燕楚鄢劳勞谌諶奚皮粟冼蔺藺楼樓盘盤满滿闻聞位\
厉厲伊仝区區郜海阚闞花权權强強帅帥屠豆朴盖蓋练練廉禹井祖漆巴丰豐支卿国國狄平计計索宣晋晉相初门門云雲容敬来來扈晁芮都普\
阙闕浦戈伏鹿薄邸雍辜羊阿乌烏母裘亓修邰赫杭况況那宿鲜鮮印逯隆茹诺諾战戰慕危玉银銀亢嵇公哈湛宾賓戎勾茅利於呼居揭干但尉冶\
斯元束檀衣信展阴陰昝智幸奉植衡富尧堯闭閉由";

const COMPOUND_SURNAMES: [&str; 16] = [
    "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容",
    "司徒", "夏侯", "端木",
];

/// `By Alice Morgan and Ravi Desai`.
fn english(text: &str) -> Option<Vec<Byline>> {
    let rest =
        text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")).or_else(|| text.strip_prefix("by "))?;
    if rest.chars().count() > 120 || rest.ends_with(['.', '!', '?', ':']) && !rest.ends_with("Jr.") {
        return None;
    }
    // “By Jane Doe, Associated Press Writer”: what follows the names is the house.
    let people = rest.split(", Associated Press").next()?.split(", Reuters").next()?;
    let names: Vec<&str> = people
        .split([',', '&', ';'])
        .flat_map(|piece| piece.split(" and "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let is_name = |name: &&str| {
        let words = name.split_whitespace().count();
        (1..=5).contains(&words)
            && name.starts_with(char::is_uppercase)
            && !name.contains(|c: char| c.is_ascii_digit())
    };
    (!names.is_empty() && names.iter().all(is_name))
        .then(|| names.into_iter().map(|name| Byline { name: name.to_owned(), role: "By".to_owned() }).collect())
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
