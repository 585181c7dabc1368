//! Lines at the foot of a story or a page: its editors, how to reach the paper, who owns the text, advertisements.

use super::super::cursor::digit;
use super::super::words::Words;
use super::editors::is_editors;
use super::{is_within, stamp};

/// Whether a line is one of them.
pub(super) fn is(text: &str) -> bool {
    is_editors(text)
        || is_contact(text)
        || is_source(text)
        || is_rights(text)
        || calls_readers(text)
        || is_advertisement(text)
        || is_link(text)
        || is_desk(text)
        || is_about_the_page(text)
}

/// Whether it stands under a story, so that a title below it begins another.
pub(super) fn closes(text: &str) -> bool {
    is_editors(text)
        || is_source(text)
        || stamp::is(text)
        || is_rights(text)
        || is_link(text)
        || is_desk(text)
        || calls_readers(text)
}

/// The line without any brackets around it: 【编辑:李骏】, [责编 张三].
pub(super) fn unbracketed(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(', '【', '[', '［', '〔']);
    inner.and_then(|inner| inner.strip_suffix(['）', ')', '】', ']', '］', '〕'])).unwrap_or(text)
}

/// 新闻热线：0000…　邮箱：…: how to reach the paper.
fn is_contact(text: &str) -> bool {
    const WORDS: Words = Words::of(&[
        "新闻热线",
        "热线电话",
        "广告热线",
        "发行热线",
        "投稿邮箱",
        "邮箱：",
        "电话：",
        "社址",
        "网址：",
        "本报地址",
        "来论请寄",
        "来稿请寄",
        "来信请寄",
        "投稿信箱",
        "投稿地址",
        "电子信箱",
        "电子邮箱：",
        "邮编：",
        "邮政编码：",
        "报料热线",
        "爆料热线",
        "订阅热线",
        "订报热线",
        "监督电话：",
        "印刷：",
        "承印：",
        "零售每份",
        "零售价",
        "广告经营许可证",
        "广告部：",
        "广告部电话",
        "发行部：",
        "发行部电话",
        "编辑部电话",
        "编辑部：",
        "地址：",
        "本报社址",
        "联系电话：",
        "新聞熱線",
        "報料熱線",
        "读者热线",
        "值班电话：",
        "官方微博：",
        "微信公众号：",
    ]);
    is_within(text, 100)
        && !text.contains(['。', '？', '！'])
        && WORDS.begin(text)
        && (text.contains(|c: char| digit(c).is_some() || c == '@') || text.contains(['：', ':']))
}

/// 来源：新华社　编辑：温如言; 稿源：…; （来源：央视新闻）.
fn is_source(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "来源：",
        "来源:",
        "来源丨",
        "来源｜",
        "来源|",
        "来源/",
        "稿源：",
        "稿源:",
        "來源：",
        "來源:",
        "信息来源：",
        "综合来源：",
    ]);
    let inner = unbracketed(text);
    HEADS.begin(inner) && is_within(inner, 40) && !inner.contains('。')
}

/// `Copyright 2026 …`, `(c) 2026 Reuters`, © …, 版权所有….
fn is_rights(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "版权所有",
        "版權所有",
        "未经授权",
        "未經授權",
        "未经许可",
        "本文版权",
        "本报版权",
        "转载请注明",
        "轉載請註明",
        "本网版权",
        "©",
        "(c) ",
        "(C) ",
        "本版权",
    ]);
    if let Some(rest) = text.strip_prefix("Copyright ").or_else(|| text.strip_prefix("COPYRIGHT ")) {
        return rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '©')) || is_reserved(text);
    }
    let Some(head) = HEADS.head(text) else {
        return text.ends_with("reserved.") && is_reserved(text) && text.len() <= 160
            || text.starts_with("(Our Standards:")
            || text.starts_with("Our Standards: ");
    };
    // 未经授权的施工被叫停: a headline; 未经授权，不得转载: a notice.
    let refuses = ["不得", "转载", "轉載", "必究", "禁止", "翻印"].iter().any(|word| text.contains(word));
    match head {
        "版权所有" | "版權所有" => {
            let rest = &text[head.len()..];
            is_within(text, 40)
                && (refuses || rest.is_empty() || rest.starts_with([' ', '©', '：', ':', '\u{3000}']))
        }
        "©" => true,
        "(c) " | "(C) " => {
            text[4..].starts_with(|c: char| c.is_ascii_digit()) || text[4..].starts_with("Copyright")
        }
        _ => refuses,
    }
}

fn is_reserved(text: &str) -> bool {
    text.contains("ll rights reserved") || text.contains("ALL RIGHTS RESERVED")
}

/// 扫码看更多新闻, 长按二维码关注我们.
fn calls_readers(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "扫码",
        "掃碼",
        "扫一扫",
        "掃一掃",
        "扫描二维码",
        "扫描右侧",
        "扫描下方",
        "扫描上方",
        "长按",
        "识别二维码",
        "更多新闻",
        "更多精彩",
        "更多内容",
        "更多资讯",
        "点击阅读",
        "下载客户端",
    ]);
    const DEEDS: Words = Words::of(&[
        "看",
        "阅读",
        "关注",
        "觀看",
        "了解",
        "下载",
        "收听",
        "获取",
        "识别",
        "二维码",
        "订阅",
        "加入",
        "扫",
        "登录",
    ]);
    const THINGS: Words = Words::of(&[
        "更多",
        "视频",
        "全文",
        "详情",
        "直播",
        "本报",
        "公众号",
        "客户端",
        "报道",
        "精彩",
        "往期",
        "二维码",
        "海报",
        "音频",
        "相关",
        "我们",
        "影片",
        "視頻",
        "专题",
        "稿件",
    ]);
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    // 扫码点餐不是唯一选项: a headline.
    HEADS.begin(bare)
        && is_within(bare, 18)
        && !bare.contains(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | '。' | '？' | '！' | '：'))
        && DEEDS.stand_in(bare)
        && THINGS.stand_in(bare)
}

/// 广告, ADVERTISEMENT.
fn is_advertisement(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        bare,
        "广告"
            | "廣告"
            | "公益广告"
            | "ADVERTISEMENT"
            | "Advertisement"
            | "ADVERTISEMENTS"
            | "Advertising"
            | "SPONSORED"
            | "PAID ADVERTISEMENT"
            | "Sponsored content"
            | "Related stories"
            | "RELATED STORIES"
            | "Related coverage"
            | "RELATED COVERAGE"
            | "Related articles"
            | "More on this story"
            | "相关报道"
    ) || is_word_count(bare)
}

/// `520 words`, `Words: 520`.
fn is_word_count(text: &str) -> bool {
    let number = text.strip_suffix(" words").or_else(|| text.strip_prefix("Words: "));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit() || b == b','))
}

/// `Online: https://…`, `Follow AP's coverage at https://…`, a lone address.
fn is_link(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "Online:",
        "On the Net:",
        "Read more",
        "Read the",
        "More ",
        "More:",
        "Follow ",
        "Full coverage",
        "For more",
        "Click ",
        "Visit ",
        "Subscribe",
        "Contact:",
        "Contact ",
        "Sign up",
        "Watch ",
        "Download ",
        "Details:",
        "See also",
        "AP ",
        "AP’s ",
        "AP's ",
        "Letters may",
        "Letters should",
        "Letters must",
    ]);
    if text.len() > 240 {
        return false;
    }
    let has_url = text.contains("://") || text.contains("www.");
    if has_url && !text.contains(' ') {
        return text.starts_with("http") || text.starts_with("www.");
    }
    let addressed = has_url || text.contains('@');
    addressed && HEADS.begin(text)
        || text.strip_prefix("Contact: ").is_some_and(|rest| rest.bytes().filter(u8::is_ascii_digit).count() >= 5)
}

/// `bur-ela/bpi`: who wrote and who edited, as desks sign.
fn is_desk(text: &str) -> bool {
    let piece = |piece: &str| (2..=4).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_lowercase());
    text.len() <= 24
        && text.contains('/')
        && text.split(['/', '-']).all(piece)
        && !matches!(text, "and/or" | "he/she" | "him/her" | "his/her")
}

/// 本版图片均为本报记者摄, 本组照片由受访者提供.
fn is_about_the_page(text: &str) -> bool {
    const HEADS: Words = Words::of(&[
        "本版图片",
        "本版照片",
        "本版圖片",
        "本版摄影",
        "本版文图",
        "本版图文",
        "本版稿件",
        "本版文字",
        "本版撰文",
        "本版未署名",
    ]);
    is_within(text, 40)
        && HEADS.begin(text)
        && ["均", "由", "除", "：", "为", "都", "摄"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feet() {
        for text in [
            "责任编辑：何晓宁　版式设计：丁一　校对：马骏",
            "【编辑:李骏】",
            "[责任编辑：丁一]",
            "值班编委：田野　一版编辑：杜鹃　版式：秦月　检校：文心",
            "本版责编：樊小舟　电子信箱：pinglun@example.com",
            "责编/丁一　校对/马骏",
            "责编 丁一　审核 马骏",
            "来论请寄：江滨日报评论部　邮编：430000",
            "邮编：550000　电话：0851-00000096",
            "印刷：江滨日报印务中心",
            "来源：新华社　编辑：温如言",
            "（来源：央视新闻）",
            "扫码看更多新闻",
            "长按二维码关注我们",
            "本版图片均为本报记者摄",
            "广告",
            "版权所有，未经许可不得转载",
            "Copyright 2026 The Associated Press. All rights reserved.",
            "(c) 2026 Reuters",
            "© 2026 The Caskill Courier. All rights reserved.",
            "Online: https://example.com/hb2214",
            "Follow AP's coverage of Slovenia at https://example.com/hub/slovenia",
            "https://example.com/more",
            "ADVERTISEMENT",
            "Related stories:",
            "520 words",
            "bur-ela/bpi",
            "(Our Standards: The Thomson Example Trust Principles.)",
            "Letters may be edited for length. Write to letters@example.com or Box 40.",
        ] {
            assert!(is(text), "{text}");
        }
    }

    #[test]
    fn headlines_and_sentences_are_no_feet() {
        for text in [
            "编辑部的灯亮到天明",
            "责任编辑何晓宁说，今天不发。",
            "主编 一个正在消失的职业",
            "总编辑谈转型：不进则退",
            "校对员老周的三十年",
            "值班日记里的灯塔",
            "来源不明的快递",
            "扫码点餐不是唯一选项",
            "扫码支付进山村",
            "更多年轻人回乡看海",
            "未经授权的施工被叫停",
            "广告牌拆除之后",
            "印刷厂里的老字号",
            "地址变更公示引热议",
            "版权所有者起诉三家平台",
            "Copyright law changes face a vote",
            "More women at sea",
            "Follow the money, says judge",
            "Contact lost with ferry",
            "and/or",
            "Advertisement ban passes",
            "A thousand words",
            "Online sales rise",
            "Visit to island ends",
        ] {
            assert!(!is(text), "{text}");
        }
    }
}
