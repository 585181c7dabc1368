//! One form for what is written in two: half and full width, small letters and capitals, 時 and 时.

use super::super::words::Characters;

/// Half width, capitals, and the simplified form of what the words of notes are written in.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(one_form));
    folded
}

fn one_form(c: char) -> char {
    const FORMS: [(char, char); 45] = [
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
    ];
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
