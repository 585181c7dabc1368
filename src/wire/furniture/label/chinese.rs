//! Labels in Chinese: 体育新闻, ◎国际短波, 一周数说.

use super::super::super::cursor::Cursor;
use super::super::is_within;
use super::Label;
use crate::wire::words::Words;

pub(super) fn label(bare: &str, printed: &str) -> Option<Label> {
    const WHOLE: Words = Words::of(&[
        "一句话新闻",
        "简明新闻",
        "新闻集装箱",
        "新闻速览",
        "快讯集纳",
        "数读",
        "要闻速览",
        "本报综合简讯",
        "短新闻",
        "天下事",
        "数说一周",
        "新闻短波",
        "新闻简报",
        "一周要览",
        "新闻早知道",
        "新闻链条",
        "国际瞭望",
        "国际风云",
        "域外来风",
        "新闻超短波",
        "三言两语",
        "零距离",
    ]);
    const BRIEFS_ALONE: Words = Words::of(&[
        "简讯", "簡訊", "短讯", "短訊", "短波", "速览", "速覽", "速读", "速递", "速报", "简报", "集纳", "零讯",
        "微讯",
    ]);
    // 简　讯, set wide.
    let spaced: String;
    let bare = if bare.contains(char::is_whitespace) {
        if bare.split_whitespace().any(|letter| letter.chars().count() > 1) {
            return None;
        }
        spaced = bare.split_whitespace().collect();
        spaced.as_str()
    } else {
        bare
    };
    if !is_within(bare, 8) {
        return None;
    }
    if WHOLE.have(bare) || BRIEFS_ALONE.have(bare) {
        return Some(Label::Briefs);
    }
    if ["读者来信", "来信选登", "来函照登", "讀者來函", "读者来函"].contains(&bare) {
        return Some(Label::Items);
    }
    let mut cursor = Cursor::new(bare);
    // 国内国际要闻速览: one topic or several.
    while cursor.eat_any(&TOPICS).is_some() {
        if BRIEFS.have(cursor.rest()) {
            return Some(Label::Briefs);
        }
        if COLUMNS.have(cursor.rest()) {
            // 【民生调查】 above one story is its kicker.
            return (!printed.starts_with(['【', '[', '［', '〔', '（', '('])).then_some(Label::Column);
        }
    }
    None
}

/// What columns are about; the longer of two that begin alike stands first.
const TOPICS: [&str; 84] = [
    "图片", "图文", "圖片", "体育", "體育", "国际", "國際", "国内", "國內", "本市", "本地", "本省", "本埠",
    "我市", "市内", "省内", "社会", "社會", "财经", "財經", "经济", "經濟", "金融", "文化", "文体", "文娱",
    "教育", "科技", "科教", "民生", "时政", "時政", "政务", "综合", "綜合", "市州", "县区", "区县", "县域",
    "各地", "地方", "基层", "天下", "环球", "環球", "全球", "全国", "两岸", "兩岸", "港澳", "台海", "军事",
    "軍事", "法治", "法制", "警方", "健康", "卫生", "生活", "娱乐", "旅游", "三农", "农业", "乡村", "企业",
    "产业", "一周", "本周", "每周", "每日", "今日", "昨日", "早间", "晚间", "晨间", "午间", "24小时", "外媒",
    "世界", "华人", "华侨", "要闻", "要聞", "新闻",
];

/// What columns of short items are called.
const BRIEFS: Words = Words::of(&[
    "简讯",
    "簡訊",
    "短讯",
    "短訊",
    "短波",
    "速览",
    "速覽",
    "速递",
    "速遞",
    "速读",
    "速報",
    "速报",
    "快报",
    "快递",
    "快览",
    "播报",
    "简报",
    "簡報",
    "集锦",
    "集錦",
    "集萃",
    "集纳",
    "一览",
    "一束",
    "纵览",
    "縱覽",
    "扫描",
    "掃描",
    "点击",
    "数说",
    "零讯",
    "微讯",
    "点播",
    "撷英",
    "传真",
    "快讯集纳",
    "汇",
    "掠影",
]);

/// What other columns are called.
const COLUMNS: Words = Words::of(&[
    "新闻", "新聞", "要闻", "要聞", "调查", "調查", "关注", "關注", "聚焦", "视点", "視點", "观察", "觀察",
    "看点", "动态", "動態", "资讯", "資訊", "看台", "广角", "视野", "大观",
]);
