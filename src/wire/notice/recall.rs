//! Sentences that ask editors to drop a story: Please kill the story slugged …, 该稿内容有误，请勿使用.

use crate::wire::cursor::is_han;
use crate::wire::words::Words;

/// Whether a paragraph recalls a story that went out. News of recalls names no editors and no copy of ours.
pub(in crate::wire) fn asks(paragraph: &str) -> bool {
    // A recall says so in its first sentences.
    let head = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    // Nearly all paragraphs have none of these.
    if head.chars().take(FIRST).any(is_han) {
        head.contains(['撤', '停', '勿', '废', '廢', '要']) && chinese(head)
    } else {
        const DEEDS: Words = Words::of(&[
            "Kill",
            "kill",
            "KILL",
            "ithdr",
            "isregard",
            "etract",
            "elete",
            "not use",
            "not publish",
            "not to use",
        ]);
        DEEDS.stand_in(head) && sentences(head).any(english)
    }
}

/// 《某地取消夜市》一稿作废: a copy by its title, and at the end what becomes of it.
pub(super) fn voids(line: &str) -> bool {
    const COPIES: Words = Words::of(&["》一稿", "》稿件", "》的稿件", "》一文稿", "》通稿"]);
    const DEEDS: Words = Words::of(&[
        "作废",
        "作廢",
        "撤销",
        "撤銷",
        "撤回",
        "停用",
        "停发",
        "停發",
        "停止使用",
        "请勿使用",
        "請勿使用",
        "请勿采用",
        "請勿採用",
        "不再使用",
        "撤稿",
    ]);
    line.len() <= LONGEST
        && line.contains('》')
        && DEEDS.end(line.trim_end_matches(['。', '！', '）', ')']))
        && COPIES.stand_in(line)
}

/// As much of a paragraph as is looked at, in bytes.
const LONGEST: usize = 600;

/// Where the language of a paragraph shows, in characters: behind a dateline or 【.
const FIRST: usize = 4;

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    // A dateline and an address stand before the first.
    text.split(['.', ';', '\n'])
        .flat_map(|sentence| sentence.split(" - ").chain(sentence.split([':', '—']).skip(1)))
}

/// A sentence that begins as one to editors does.
fn english(sentence: &str) -> bool {
    const COPY: [&str; 11] = [
        "story", "stories", "item", "article", "dispatch", "copy", "photo", "picture", "graphic", "video", "alert",
    ];
    const NAMED: [&str; 14] = [
        "slugged",
        "headlined",
        "headed",
        "titled",
        "entitled",
        "moved",
        "sent",
        "transmitted",
        "above",
        "earlier",
        "the story",
        "our",
        "this",
        "the following",
    ];
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !sentence.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let lower = sentence.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if begins(&["a kill is mandatory", "this is a mandatory kill", "kill is mandatory", "this kill is mandatory"])
    {
        return true;
    }
    // Please kill the story slugged …; Kill the photo that moved at ….
    let told = lower.strip_prefix("please ").unwrap_or(&lower);
    let told = told.strip_prefix("immediately ").unwrap_or(told);
    let deed = ["kill ", "disregard ", "withdraw ", "delete ", "do not use ", "do not publish "];
    let deed = deed.iter().find_map(|deed| told.strip_prefix(deed));
    if let Some(object) = deed {
        let named = ["the ", "our ", "this ", "that ", "all ", "story ", "item "];
        let polite = told.len() < lower.len();
        return named.iter().any(|word| object.starts_with(word))
            && has(&COPY)
            && !lower.contains(" before ")
            && !lower.contains(" until ")
            && (polite || has(&["slugged", "headlined", "headed", "titled", "moved", "sent", "transmitted"]));
    }
    // Clients are asked to kill the story ….
    let people =
        ["clients", "subscribers", "editors", "members", "customers", "newspapers", "users", "media clients"];
    if begins(&people) || begins(&["all clients", "all subscribers", "all editors", "all members"]) {
        return has(&["are asked", "are advised", "are requested", "are urged", "should", "must"])
            && has(&[" kill ", " disregard ", " withdraw ", " not to use ", " delete ", " not use "])
            && has(&COPY)
            && has(&NAMED);
    }
    // The story headlined … has been withdrawn; Please be advised that the story … is withdrawn.
    let advised = ["please be advised that ", "please note that ", "be advised that ", "we advise that "];
    let subject = advised.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let named = [
        "the story ",
        "the above story ",
        "the earlier story ",
        "the item ",
        "the article ",
        "the report ",
        "this story ",
        "the following story ",
        "our story ",
        "the photo ",
        "the picture ",
        "this article ",
    ];
    let is_copy = named.iter().any(|word| subject.starts_with(word));
    let pointed = subject.starts_with("this ")
        || subject.starts_with("our ")
        || has(&[
            "headlined",
            "headed",
            "slugged",
            "titled",
            " sent ",
            " moved ",
            "above",
            "following",
            "earlier",
        ]);
    let gone = ["withdrawn", "killed", "retracted"];
    let is_gone = gone.iter().any(|word| {
        ["is ", "has been ", "is being ", "was ", "is hereby "].iter().any(|is| {
            let said = format!(" {is}{word}");
            subject.find(&said).is_some_and(|at| !subject[at + said.len()..].trim_start().starts_with("by "))
        })
    });
    let withdrew = ["we have withdrawn ", "we are withdrawing ", "we withdraw "].iter();
    let ours =
        withdrew.filter_map(|word| subject.strip_prefix(word)).any(|rest| COPY.iter().any(|c| rest.contains(c)));
    is_copy && pointed && is_gone || ours
}

/// 本社11月19日播发的《…》一稿…，请勿采用: it names a copy, says who sent it or to whom, and what is to be done.
fn chinese(text: &str) -> bool {
    const COPIES: [&str; 9] = ["稿", "消息", "报道", "報道", "图片", "圖片", "照片", "快讯", "快訊"];
    const DESKS: [&str; 16] = [
        "本社",
        "我社",
        "本报",
        "本報",
        "本网",
        "本台",
        "各用户",
        "各用戶",
        "各媒体",
        "各媒體",
        "编辑部",
        "編輯部",
        "此稿",
        "该稿",
        "該稿",
        "本稿",
    ];
    const DEEDS: [&str; 30] = [
        "请勿使用",
        "请勿采用",
        "请勿刊用",
        "请勿刊播",
        "请勿转载",
        "勿再使用",
        "不要采用",
        "請勿使用",
        "請勿採用",
        "请予撤销",
        "请予撤回",
        "请撤销",
        "请撤回",
        "請予撤銷",
        "现予撤销",
        "现予撤回",
        "现予撤稿",
        "現予撤銷",
        "现决定撤销",
        "予以撤销",
        "予以撤回",
        "停止使用",
        "停止采用",
        "停止刊用",
        "立即停用",
        "立即停发",
        "即请停发",
        "請立即停發",
        "作废",
        "作廢",
    ];
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let told = ["撤稿通知", "停发通知", "停發通知"].iter().any(|word| text.starts_with(word));
    // “原稿作废，请以此稿为准” corrects, “24日7时前请勿使用” only holds.
    let replaced = says(&["为准", "為準", "以此稿", "改用"]);
    let deed = DEEDS.iter().filter_map(|deed| text.find(deed));
    let bounded =
        |at: usize| text[..at].ends_with(['前', '，']) && text[..at].trim_end_matches('，').ends_with('前');
    told || voids(text) || says(&COPIES) && says(&DESKS) && !replaced && deed.into_iter().any(|at| !bounded(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recalls() {
        let all = [
            "NEW YORK (AP) — Kill the story slugged US--Bridge Collapse, transmitted at 3:14 p.m. EST on Wednesday.",
            "A kill is mandatory. Make certain the story is not published.",
            "PARIS, Nov 18, 2026 (AFP) - Clients are asked to kill the story headed \"Minister quits\".",
            "Editors: Please kill the story slugged US--Redport Mayor. The letter was forged.",
            "Please disregard the story headlined \"Mill to close\".",
            "Please withdraw the picture sent at 1410 GMT.",
            "LONDON, Nov 18 (Reuters) - The story headlined \"Firm in talks\" has been withdrawn because of an error.",
            "OSLO, Nov 19 (Reuters) - Please be advised that the story headlined \"Salmon\" is withdrawn.",
            "This story has been withdrawn.",
            "We have withdrawn the story slugged FERRY.",
            "Subscribers are advised not to use the above story.",
            "各用户：本社11月19日播发的《某地取消夜市》一稿，因正在核实，请立即停发。",
            "各用户请注意：本社11月19日播发的稿件内容与事实不符，现予撤销，请勿采用。",
            "本社今日播发的《某地取消夜市》一稿有误，请勿使用。",
            "此稿作废。",
            "各媒体：该稿停止使用，已用的请删除。",
            "撤稿通知：《某地取消夜市》",
            "本报编辑部：上述稿件请予撤回。",
            "我社昨日所发照片一组，现予撤回。",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| !asks(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn copies_by_their_titles() {
        for text in [
            "《某地取消夜市》一稿作废",
            "《某地取消夜市》一稿作废。",
            "新华社11月20日《某地取消夜市》一稿撤销",
            "《某地取消夜市》稿件请勿使用",
            "昨日所发《某地取消夜市》通稿停用",
            "（《某地取消夜市》一稿停发）",
        ] {
            assert!(voids(text), "{text}");
        }
        for text in [
            "《某地取消夜市》一书作废",
            "《边城》一稿藏入图书馆",
            "《旧约》作废之后",
            "旧版《管理办法》停用",
            "《红河》一稿被退十七次",
            "编剧将《长桥》一稿改了又改",
        ] {
            assert!(!voids(text), "{text}");
        }
    }

    #[test]
    fn news_of_recalls() {
        let all = [
            "The senator asked aides to kill the story, court papers show.",
            "A story headlined “Salmon” was withdrawn by the newspaper, which apologised.",
            "The newspaper said its story has been withdrawn.",
            "Please kill the lights, the captain said.",
            "Hunters are asked to kill the boars.",
            "Members are asked to delete the app.",
            "The bill has been withdrawn.",
            "The drug has been withdrawn from sale.",
            "The story of the ferry has been told often.",
            "Clients are asked to pay in advance.",
            "Please do not use the story before 0700 GMT Nov 24.",
            "He was killed in a storm.",
            "药监局通知，该批次药品停止使用。",
            "一篇论文因数据造假被期刊撤稿。",
            "该公司宣布停止使用一次性餐具。",
            "旧版门票自12月1日起作废。",
            "本报讯 旧公章即日起停止使用。",
            "（11月24日7时前请勿使用此稿）",
            "（更正：第二段“600”应为“80”，原稿作废，以此稿为准）",
            "法院判决予以撤销。",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| asks(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
