//! In which language a story is written.

use std::sync::LazyLock;

use super::cursor::is_han;
use crate::story::Language;

/// Characters that only simplified text has, each with its traditional form behind it: the commonest in news.
const PAIRS: &str = "国國这這会會为為来來个個们們说說时時对對发發后後经經过過电電业業产產动動现現关關机機开開实實进進\
学學长長与與从從两兩还還无無应應务務东東车車书書记記门門问問间間见見报報员員点點话話给給让讓设設议議总總领領导導场場\
边邊远遠运運条條战戰乡鄉县縣银銀钱錢数數计計认認论論证證识識调調谈談请請谁誰读讀变變质質费費资資贸貿赛賽达達连連选選\
难難风風飞飛马馬鱼魚龙龍湾灣医醫卫衛宁寧广廣庆慶将將岁歲师師带帶币幣当當归歸录錄忆憶态態";

/// Tells the language of `texts` from their characters.
pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Language {
    let (mut han, mut latin, mut simplified, mut traditional) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in texts.clone().flat_map(str::chars) {
        if c.is_ascii_alphabetic() {
            latin += 1;
        } else if is_han(c) {
            han += 1;
            match script(c) {
                Some(Script::Simplified) => simplified += 1,
                Some(Script::Traditional) => traditional += 1,
                None => {}
            }
        }
    }
    // An ideograph says about as much as four letters.
    if han * 4 > latin {
        if traditional > simplified { Language::ZhHant } else { Language::ZhHans }
    } else if latin > 0 && is_english(texts) {
        Language::En
    } else {
        Language::Undetermined
    }
}

#[derive(Debug, Clone, Copy)]
enum Script {
    Simplified,
    Traditional,
}

/// The script that alone has `c`; nothing for the many characters that both have.
fn script(c: char) -> Option<Script> {
    const FIRST: u32 = 0x4e00;
    static SCRIPTS: LazyLock<Vec<Option<Script>>> = LazyLock::new(|| {
        let mut scripts = vec![None; 0xa000 - FIRST as usize];
        let mut sides = [Script::Simplified, Script::Traditional].into_iter().cycle();
        for c in PAIRS.chars() {
            scripts[(u32::from(c) - FIRST) as usize] = sides.next();
        }
        scripts
    });
    SCRIPTS.get(u32::from(c).checked_sub(FIRST)? as usize).copied().flatten()
}

/// English has one of its small words in every line; other languages in Latin letters have none of them.
fn is_english<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    const SMALL: [&str; 14] =
        ["the", "of", "to", "and", "in", "a", "for", "on", "said", "is", "with", "by", "from", "at"];
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    let (small, all) = words.fold((0, 0), |(small, all), word| {
        (small + usize::from(SMALL.iter().any(|s| word.eq_ignore_ascii_case(s))), all + 1)
    });
    small * 20 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_simplified_traditional_english_and_the_rest() {
        let of = |text| of([text].into_iter());
        assert_eq!(of("一片叶子带来两份收入，国际市场"), Language::ZhHans);
        assert_eq!(of("一片葉子帶來兩份收入，國際市場"), Language::ZhHant);
        assert_eq!(of("The ice harvest starts in Harbin, said the city."), Language::En);
        assert_eq!(of("Die Eisernte beginnt heute am Fluss und dauert zwei Wochen"), Language::Undetermined);
        assert_eq!(of("12:30"), Language::Undetermined);
    }
}
