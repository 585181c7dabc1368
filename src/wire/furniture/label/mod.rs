//! The labels of columns: 体育新闻, ◎国际短波, World Briefs. They head several stories and belong to none.

mod chinese;
mod english;

use super::super::cursor::{digit, is_han};
use super::super::words::Words;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// Stories like all others.
    Column,
    /// Letters: each title begins one, whatever its length.
    Items,
    /// Short items, each with its title.
    Briefs,
}

/// Whether a line is the label of a column.
pub(in crate::wire) fn is_label(text: &str) -> bool {
    label(text).is_some()
}

/// 简讯, 要闻速览, In brief: a column of short items follows.
pub(in crate::wire) fn is_briefs_head(text: &str) -> bool {
    label(text) == Some(Label::Briefs)
}

/// Whether each title below the label begins a story.
pub(in crate::wire) fn heads_items(text: &str) -> bool {
    matches!(label(text), Some(Label::Briefs | Label::Items))
}

fn label(text: &str) -> Option<Label> {
    if text.len() > 60 || text.ends_with(['。', '？', '！', '：']) {
        return None;
    }
    let bare = bare(text);
    if bare.starts_with(is_han) || bare.starts_with(|c| digit(c).is_some()) {
        chinese::label(bare, text)
    } else {
        english::label(bare)
    }
}

/// The label without ornaments, brackets and the days it is about: 一周数说（11月13日—11月19日）.
fn bare(text: &str) -> &str {
    let ornament = |c: char| !c.is_alphanumeric();
    let bare = text.trim_matches(|c: char| ornament(c) && !matches!(c, '(' | '（' | ')' | '）'));
    let is_day = |c: char| digit(c).is_some() || "月日年至—-~～.．－– /".contains(c);
    let open = bare.rfind(['(', '（']).filter(|&open| {
        let inner = bare[open..].trim_matches(['(', '（', ')', '）']);
        bare.ends_with([')', '）']) && inner.chars().all(is_day)
    });
    bare[..open.unwrap_or(bare.len())].trim_matches(ornament)
}

/// `Weekend`, `SPORTS`: the name of a section, alone.
pub(in crate::wire) fn is_section(text: &str) -> bool {
    const SECTIONS: [&str; 36] = [
        "news",
        "sports",
        "sport",
        "business",
        "world",
        "nation",
        "national",
        "local",
        "metro",
        "opinion",
        "weekend",
        "obituaries",
        "comics",
        "classifieds",
        "arts",
        "style",
        "food",
        "travel",
        "books",
        "science",
        "health",
        "international",
        "region",
        "state",
        "life",
        "living",
        "weather",
        "editorial",
        "editorials",
        "commentary",
        "features",
        "culture",
        "money",
        "home",
        "education",
        "perspective",
    ];
    text.len() <= 14
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && SECTIONS.iter().any(|section| text.eq_ignore_ascii_case(section))
}

/// 社论, 【短评】, ■述评: what kind of text stands below, above its headline.
pub(in crate::wire) fn is_genre(text: &str) -> bool {
    const GENRES: Words = Words::of(&[
        "社论",
        "社論",
        "社评",
        "社評",
        "短评",
        "短評",
        "时评",
        "時評",
        "快评",
        "快評",
        "锐评",
        "銳評",
        "述评",
        "述評",
        "评论",
        "評論",
        "评论员文章",
        "本报评论员文章",
        "特约评论员文章",
        "编辑部文章",
        "本报社论",
        "今日社论",
        "国际时评",
        "时事评论",
        "新华时评",
        "人民时评",
        "今日谈",
        "微评",
        "杂文",
        "随笔",
        "散文",
        "特稿",
        "特写",
        "特寫",
        "专访",
        "專訪",
        "调查报告",
        "读者来信",
        "讀者來函",
        "代社论",
        "元旦社论",
        "新年献词",
        "发刊词",
        "人物",
        "人物特写",
    ]);
    /// In bytes.
    const LONGEST: usize = 36;
    if text.len() > LONGEST {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    GENRES.have(bare)
}

/// ■相关链接, ■新闻背景: a box of its own in the story above.
pub(in crate::wire) fn is_box(text: &str) -> bool {
    const BOXES: Words = Words::of(&[
        "相关链接",
        "新闻链接",
        "链接",
        "延伸阅读",
        "新闻背景",
        "背景",
        "背景链接",
        "名词解释",
        "小贴士",
        "温馨提示",
        "记者手记",
        "记者观察",
        "短评",
        "声音",
        "相關連結",
        "新聞背景",
        "名詞解釋",
        "知识链接",
        "相关新闻",
        "专家点评",
        "新闻延伸",
        "新闻助读",
        "相关阅读",
        "数据",
        "现场",
        "提醒",
    ]);
    let bare = text.trim_start_matches(['■', '◆', '●', '▲', '◎', '□', '★', '▶', '>', '·']);
    bare.len() < text.len() && text.len() <= 24 && BOXES.have(bare.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_columns() {
        for text in [
            "体育新闻",
            "图片新闻",
            "民生调查",
            "国内要闻",
            "今日要闻",
            "综合新闻",
            "国际观察",
            "ROUNDUP",
            "NATION & WORLD",
            "Business News",
            "Sports Headlines",
            "社会关注",
        ] {
            assert_eq!(label(text), Some(Label::Column), "{text}");
        }
        for text in [
            "简讯",
            "简　讯",
            "◎国际短波",
            "一周数说（11月13日—11月19日）",
            "速读",
            "综合简讯",
            "民生速递",
            "【要闻速览】",
            "■国内国际要闻速览",
            "國際簡訊",
            "World Briefs",
            "WORLD BRIEFS",
            "News Digest",
            "Briefly",
            "Around the World",
            "Across the Nation",
            "At a glance",
            "In brief",
            "Nation & World Briefs",
        ] {
            assert_eq!(label(text), Some(Label::Briefs), "{text}");
        }
        assert_eq!(label("Letters to the Editor"), Some(Label::Items));
        assert_eq!(label("读者来信"), Some(Label::Items));
    }

    #[test]
    fn headlines_and_kickers_are_no_labels() {
        for text in [
            "【民生调查】",
            "新华视点",
            "体育新闻发布厅启用",
            "国际短波电台停播",
            "速读者联盟成立",
            "要闻",
            "国际",
            "今日要闻编辑获奖",
            "经济观察家离任",
            "一周内建成",
            "简讯系统上线",
            "World Briefs Diplomats on Storm",
            "Briefly a king",
            "News of the quake",
            "Around the world in a bathtub",
            "Local news",
            "Daily bread",
            "Weekend",
            "Police notes stolen",
            "Letters found in attic",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn genres() {
        for text in [
            "社论",
            "社論",
            "【社评】",
            "短评",
            "■时评",
            "[述评]",
            "本报社论",
            "评论员文章",
            "特稿",
            "專訪",
            "人民时评",
        ] {
            assert!(is_genre(text), "{text}");
        }
        for text in [
            "社论之争",
            "评论员",
            "本报评论员",
            "短评如何写好",
            "时评人离世",
            "特写镜头下的村庄",
            "专访市长",
            "人物志",
            "一篇社论",
            "述评：冬天的路",
            "",
        ] {
            assert!(!is_genre(text), "{text}");
        }
    }

    #[test]
    fn boxes() {
        assert!(is_box("■相关链接") && is_box("◆名词解释"));
        assert!(!is_box("相关链接") && !is_box("■相关链接失效之后") && !is_box("■数据造假"));
    }
}
