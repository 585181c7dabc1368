//! One form for what is written in two: half and full width, small letters and capitals, 時 and 时.

use std::collections::BTreeSet;

use super::super::words::Characters;

/// Half width, capitals, and the simplified form of what the words of notes are written in.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(one_form));
    folded
}

/// As which `word` may be printed: in either width, simplified or traditional; letters all large, all small, or with a
/// capital.
pub(super) fn unfolded(word: &str) -> Vec<String> {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        let small = word.to_ascii_lowercase();
        let capital = format!("{}{}", &word[..1], &small[1..]);
        return [word, &small, &capital].into_iter().flat_map(|word| [word.to_owned(), wide(word)]).collect();
    }
    let mut printed = vec![String::new()];
    for c in word.chars() {
        let traditional = FORMS.iter().filter(|(_, hans)| *hans == c).map(|(hant, _)| hant.to_string());
        let forms: BTreeSet<String> =
            traditional.chain([c.to_string(), wide(c.encode_utf8(&mut [0; 4]))]).collect();
        printed = printed.iter().flat_map(|head| forms.iter().map(move |form| format!("{head}{form}"))).collect();
    }
    printed
}

/// In full width.
fn wide(word: &str) -> String {
    let wide = |c| if matches!(c, '!'..='~') { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c };
    word.chars().map(wide).collect()
}

/// What is traditional, and its simplified form.
const FORMS: [(char, char); 59] = [
    ('後', '后'),
    ('發', '发'),
    ('佈', '布'),
    ('時', '时'),
    ('點', '点'),
    ('於', '于'),
    ('請', '请'),
    ('開', '开'),
    ('號', '号'),
    ('間', '间'),
    ('東', '东'),
    ('標', '标'),
    ('準', '准'),
    ('編', '编'),
    ('輯', '辑'),
    ('條', '条'),
    ('須', '须'),
    ('報', '报'),
    ('導', '导'),
    ('對', '对'),
    ('為', '为'),
    ('載', '载'),
    ('傳', '传'),
    ('頁', '页'),
    ('門', '门'),
    ('體', '体'),
    ('嚴', '严'),
    ('週', '周'),
    ('禮', '礼'),
    ('兩', '两'),
    ('該', '该'),
    ('則', '则'),
    ('見', '见'),
    ('區', '区'),
    ('採', '采'),
    ('臺', '台'),
    ('轉', '转'),
    ('網', '网'),
    ('暫', '暂'),
    ('緩', '缓'),
    ('預', '预'),
    ('圖', '图'),
    ('組', '组'),
    ('統', '统'),
    ('從', '从'),
    ('鎖', '锁'),
    ('運', '运'),
    ('審', '审'),
    ('壓', '压'),
    ('備', '备'),
    ('聽', '听'),
    ('靜', '静'),
    ('內', '内'),
    ('總', '总'),
    ('單', '单'),
    ('無', '无'),
    ('許', '许'),
    ('經', '经'),
    ('權', '权'),
];

fn one_form(c: char) -> char {
    const TRADITIONAL: Characters = {
        let (mut traditional, mut at) = (Characters::NONE, 0);
        while at < FORMS.len() {
            traditional = traditional.with(FORMS[at].0);
            at += 1;
        }
        traditional
    };
    match c {
        '!'..='~' => c.to_ascii_uppercase(),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |c| c.to_ascii_uppercase()),
        _ if TRADITIONAL.may_have(c) => FORMS.iter().find(|(hant, _)| *hant == c).map_or(c, |&(_, hans)| hans),
        '\u{4e00}'..='\u{9fff}' => c,
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unfolded_folds_again() {
        for word in ["发布时间", "EMBARGO", "发,", "使用"] {
            let printed = unfolded(word);
            assert!(printed.iter().all(|printed| fold(printed) == word), "{printed:?}");
        }
        assert!(unfolded("发布时间").contains(&"發佈時間".to_owned()));
        assert!(unfolded("EMBARGO").contains(&"ｅｍｂａｒｇｏ".to_owned()));
    }
}
