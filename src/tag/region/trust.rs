//! What around a name makes it the name of something else: a school, a street, a person.

use crate::tag::find::Found;
use crate::tag::fold::Folded;

/// How far a name may be taken for its place, in percent, by what stands around it: 北京大学 is no news of Beijing.
/// `depth` is 1 for a country, more for what lies inside one.
pub(super) fn trust(text: &Folded, name: Found, depth: usize) -> i32 {
    let Some(last) = text.shown[..name.end].last().filter(|c| is_han(**c)) else {
        return 100;
    };
    let after: String = text.shown[name.end..].iter().take(24).collect();
    if names_institution(&after, depth) || is_surname(&text.shown[..name.start], name) {
        return 0;
    }
    let is_division = matches!(last, '省' | '市' | '县' | '区' | '州' | '盟' | '旗');
    if depth > 1 && !is_division && names_company(&after) {
        return 20;
    }
    if after.starts_with('队') && !after.starts_with("队伍") {
        return 60;
    }
    100
}

/// [`trust`] in a name that is doubtful to begin with: 金沙江 is no news of 金沙.
pub(super) fn unsure(text: &Folded, name: Found) -> i32 {
    let waters = matches!(text.shown.get(name.end), Some('江' | '河' | '湖' | '山' | '海' | '岛' | '桥' | '村'));
    if waters { 0 } else { trust(text, name, 2) }
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether what follows a place's name makes it the name of something else: a school, a street, a brand.
fn names_institution(after: &str, depth: usize) -> bool {
    /// What may stand between the place and the word that tells: 北京师范大学.
    const QUALIFIERS: [&str; 48] = [
        "师范",
        "理工",
        "工业",
        "农业",
        "林业",
        "农林",
        "医科",
        "医学",
        "中医药",
        "中医",
        "交通",
        "财经",
        "政法",
        "外国语",
        "外语",
        "科技",
        "科学技术",
        "航空航天",
        "航空",
        "邮电",
        "体育",
        "电影",
        "戏剧",
        "音乐",
        "美术",
        "艺术",
        "民族",
        "海洋",
        "建筑",
        "石油",
        "矿业",
        "地质",
        "电力",
        "电子",
        "经贸",
        "经济",
        "工商",
        "工程",
        "传媒",
        "语言",
        "职业",
        "技术",
        "国际",
        "联合",
        "城市",
        "人民",
        "开放",
        "第一",
    ];
    const SCHOOLS: [&str; 3] = ["大学", "学院", "音乐厅"];
    const NAMES: [&str; 22] = [
        "银行",
        "证券",
        "人寿",
        "期货",
        "信托",
        "大街",
        "大道",
        "牌",
        "日报",
        "晚报",
        "时报",
        "晨报",
        "商报",
        "早报",
        "卫视",
        "饭店",
        "宾馆",
        "酒店",
        "大酒店",
        "大厦",
        "啤酒",
        "商学院",
    ];
    let mut rest = after;
    for _ in 0..3 {
        let Some(shorter) = QUALIFIERS.iter().find_map(|word| rest.strip_prefix(word)) else { break };
        rest = shorter;
    }
    if SCHOOLS.iter().any(|word| rest.starts_with(word)) && !rest.starts_with("大学生") {
        return true;
    }
    // 中国银行 and 中国日报 are of China indeed.
    depth > 1 && (NAMES.iter().any(|word| after.starts_with(word)) || is_street(after))
}

/// 南京路, 北京西路, but not 上海路演 or 贵州路线.
fn is_street(after: &str) -> bool {
    let rest = after.strip_prefix(['东', '西', '南', '北', '中']).unwrap_or(after);
    rest.strip_prefix('路')
        .is_some_and(|rest| !rest.starts_with(['线', '演', '径', '透', '桥', '网', '况', '段', '人']))
}

/// Whether the name begins a company's or an institute's: 上海某某科技有限公司, 南京地质研究所.
fn names_company(after: &str) -> bool {
    let plain = |c: &char| {
        is_han(*c) && !matches!(c, '的' | '在' | '和' | '与' | '是' | '了' | '将' | '对' | '为' | '一' | '家')
    };
    let run: String = after.chars().take_while(plain).collect();
    ["有限公司", "有限责任公司", "股份公司", "研究所", "研究院", "设计院"].iter().any(|end| run.contains(end))
}

/// Whether the name is a person's given name, 李海南 or 王吉林: a surname before it, and before that the end of a
/// word for a person, or no word at all.
fn is_surname(before: &[char], name: Found) -> bool {
    const SURNAMES: &str =
        "王李张刘陈杨赵周吴徐孙朱胡郭郑谢宋许冯邓曹彭曾萧董潘袁蔡蒋余杜吕姚卢崔谭廖贾邹邱薛侯黎贺龚邵覃";
    const PERSONS: &str = "者长员师授士理席记民工人手家生任官星将练友";
    let Some((&surname, before)) = before.split_last() else { return false };
    name.end - name.start == 2
        && SURNAMES.contains(surname)
        && before.last().is_none_or(|c| !is_han(*c) || PERSONS.contains(*c))
}
