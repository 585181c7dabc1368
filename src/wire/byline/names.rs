//! Chinese names: told by their surnames, spaced out, run together, or followed by the next word.

use super::super::words::Words;
use super::chinese::role;
use crate::story::Byline;
use crate::wire::cursor::{Cursor, is_han};

/// Reads names with `、`, commas, slashes, spaces or nothing between them; `None` when anything else is there.
///
/// 姜琳、王秉阳 屈婷; a lone character is half of a spaced-out name (李　明).
pub(super) fn spaced(text: &str) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    let mut half = false;
    let separator = ['、', '，', ',', ';', '；', '/', '／', ' ', '\u{3000}', '\t'];
    for piece in text.split_inclusive(separator) {
        let then = piece.chars().next_back().filter(|c| separator.contains(c));
        let piece = piece.trim_end_matches(separator);
        if piece.is_empty() {
            half &= then.is_some_and(char::is_whitespace);
            continue;
        }
        if !piece.chars().all(|c| is_han(c) || matches!(c, '·' | '•' | '.') || c.is_ascii_alphabetic()) {
            return None;
        }
        let count = piece.chars().count();
        if half && count == 1 {
            names.last_mut()?.push_str(piece);
            half = false;
            continue;
        }
        // 欧阳　菲: the surname is of two characters.
        if let Some(surname) = names.last_mut().filter(|name| count <= 2 && is_compound(name)) {
            surname.push_str(piece);
            continue;
        }
        // 栗子 文 邝一鸣 图: what the one before did.
        if !half && count <= 2 && !names.is_empty() && DEEDS.have(piece) {
            continue;
        }
        // 李　明 is one name; 菜、土 is none.
        half = count == 1 && then.is_none_or(char::is_whitespace);
        match split_run(piece) {
            Some(run) => names.extend(run),
            None => names.push(piece.to_owned()),
        }
    }
    let whole = |name: &String| {
        let count = name.chars().count();
        (2..=4).contains(&count) && !is_work(name)
            || (count <= 24 && name.contains(['·', '•']) && !is_work(name))
            || name.is_ascii()
    };
    if !names.iter().all(|name| name.contains(char::is_alphabetic)) {
        return None;
    }
    // A minority name without its dot is longer than four characters, as a lone name.
    let all = names.iter().all(whole)
        || (names.len() == 1 && (5..=6).contains(&names[0].chars().count()) && !is_work(&names[0]));
    (!names.is_empty() && all).then_some(names)
}

/// People of whom nothing but their names is said.
pub(super) fn without_role(names: Vec<String>) -> Vec<Byline> {
    names.into_iter().map(|name| Byline { name, role: String::new() }).collect()
}

/// What stands behind a name for what its bearer did: 栗子 文 邝一鸣 图.
pub(super) const DEEDS: Words = Words::of(&[
    "报道", "報道", "报导", "供图", "供圖", "文", "图", "圖", "摄", "攝", "文图", "文圖", "图文", "圖文", "编译",
    "編譯", "整理", "采写", "採寫", "撰文", "摄影", "攝影",
]);

/// 记者手记, 记者调查, 编辑点评, 全媒体出品: what people make, not who they are.
fn is_work(name: &str) -> bool {
    const WORKS: Words = Words::of(&[
        "手记", "手記", "札记", "调查", "調查", "观察", "觀察", "亲历", "見聞", "见闻", "来信", "來信", "来稿",
        "來稿", "点评", "點評", "简介", "簡介", "文章", "感言", "述评", "述評", "大赛", "作品", "专栏", "专访",
        "專訪", "出品", "制作", "製作", "报道", "報道", "集锦", "视角", "说明", "连线", "直击", "探访", "走访",
        "追踪", "体验", "寄语",
    ]);
    WORKS.end(name)
}

/// Whether a name begins with a surname, or is written with a dot as foreign and minority names are.
pub(super) fn has_surname(name: &str) -> bool {
    let count = name.chars().count();
    match name.chars().next() {
        _ if name.contains(['·', '•']) => true,
        _ if COMPOUND_SURNAMES.iter().any(|surname| name.starts_with(surname)) => (3..=4).contains(&count),
        Some(first) => (2..=3).contains(&count) && SURNAMES.contains(first),
        None => false,
    }
}

/// Whether the first character of a text is a surname, or the first half of one.
pub(super) fn begins_with_surname(text: &str) -> bool {
    text.chars().next().is_some_and(|first| SURNAMES.contains(first))
}

fn is_compound(text: &str) -> bool {
    COMPOUND_SURNAMES.contains(&text)
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
pub(super) fn running(cursor: &mut Cursor) -> Vec<String> {
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
    /// More characters than names have: a run without end would be looked through for each name in it.
    const LONGEST: usize = 32;
    let run = cursor.rest();
    let chars: Vec<char> = run.chars().take_while(|&c| is_han(c) || c == '·').take(LONGEST).collect();
    let after = run.chars().nth(chars.len());
    if let Some(dot) = chars.iter().position(|&c| c == '·') {
        // A dotted name runs on until a word that follows names, or the end of the run.
        let end =
            (dot + 1..chars.len()).find(|&at| at > dot + 2 && FOLLOWS.contains(chars[at])).unwrap_or(chars.len());
        let name: String = chars[..end.min(12)].iter().collect();
        cursor.skip(name.len());
        return Some(name);
    }
    let next = |at: usize| chars.get(at).copied().or(after).unwrap_or('。');
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
斯元束檀衣信展阴陰昝智幸奉植衡富尧堯闭閉由雒仉笪";

const COMPOUND_SURNAMES: [&str; 38] = [
    "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙",
    "公孫", "令狐", "慕容", "司徒", "夏侯", "端木", "长孙", "長孫", "宇文", "鲜于", "鮮于", "闻人", "聞人",
    "申屠", "轩辕", "軒轅", "呼延", "钟离", "鍾離", "拓跋", "独孤", "獨孤", "南宫", "淳于", "赫连",
];
