//! Titles that a dateline announces, as those of features do: 新华社北京1月25日电 题：….

use super::{Printed, at_head};
use crate::story::Byline;
use crate::wire::byline;

/// What follows 题： after a dateline: 新华社北京1月25日电 题：…. Empty when the title stands in the next line.
pub(in crate::wire) fn announced_title<'a>(text: &'a str, found: &Printed) -> Option<&'a str> {
    let rest = text.trim_start().get(found.raw.len()..)?.trim_start();
    let title = ["题：", "题:", "題：", "題:"].iter().find_map(|word| rest.strip_prefix(word))?.trim();
    Some(signature(title).map_or(title, |(_, at)| title[..at].trim_end()))
}

/// 新华社北京1月25日电 题：…: the paragraph repeats the headline, and the byline comes below it.
pub(in crate::wire) fn announces_title(text: &str) -> bool {
    at_head(text).is_some_and(|found| announced_title(text, &found).is_some())
}

/// Adds who signed the title that the dateline announces: 题：跟着火腿去旅行（记者 卡门·奥尔蒂斯）.
pub(super) fn sign(found: &mut Printed, text: &str) {
    if !found.bylines.is_empty() {
        return;
    }
    let rest = text[found.raw.len()..].trim_start();
    if rest.starts_with(['题', '題'])
        && let Some((people, _)) = signature(rest.trim_end())
    {
        found.bylines = people;
    }
}

/// The people in brackets that close a text, and where the brackets begin.
fn signature(text: &str) -> Option<(Vec<Byline>, usize)> {
    let (inner, open) = byline::closing_brackets(text)?;
    Some((byline::signed(inner)?, open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_a_dateline_announces() {
        let title = |text: &str| at_head(text).and_then(|found| announced_title(text, &found).map(str::to_owned));
        for (text, expected) in [
            ("新华社北京11月20日电 题：一粒米的“身份证”", Some("一粒米的“身份证”")),
            ("新华社杭州11月18日电　题：", Some("")),
            ("新華社香港11月18日電 題：海港的燈", Some("海港的燈")),
            ("【埃菲社马德里11月18日电】题：跟着火腿去旅行（记者 卡门·奥尔蒂斯）", Some("跟着火腿去旅行")),
            ("　　新华社西安11月19日电 题:山里的路", Some("山里的路")),
            ("新华社北京11月20日电 问题：谁来修桥", None),
            ("新华社北京11月20日电（记者陈默言）初冬，题：在墙上。", None),
            ("题：一粒米", None),
        ] {
            assert_eq!(title(text).as_deref(), expected, "{text}");
        }
    }
}
