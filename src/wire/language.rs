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
    let (mut han, mut kana, mut latin, mut simplified, mut traditional) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for c in texts.clone().flat_map(str::chars) {
        if c.is_ascii() {
            latin += usize::from(c.is_ascii_alphabetic());
        } else if is_han(c) {
            han += 1;
            match script(c) {
                Some(Script::Simplified) => simplified += 1,
                Some(Script::Traditional) => traditional += 1,
                None => {}
            }
        } else if is_kana(c) {
            kana += 1;
        }
    }
    // Japanese writes at least one kana for four ideographs; a Chinese page quotes の or a title.
    if kana * 8 > han && kana > 0 {
        return Language::Undetermined;
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

/// Hiragana and katakana, without ・ and ー, which Chinese pages borrow.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
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

/// English has one of its small words in every line; of other languages in Latin letters some share a few of them.
fn is_english<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    /// Words in a text that may well have none of its own.
    const SHORT: usize = 20;
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    let (small, shared, all) = words.fold((0, 0, 0), |(small, shared, all), word| {
        let word = Small::of(word);
        (
            small + usize::from(word == Some(Small::English)),
            shared + usize::from(word == Some(Small::Shared)),
            all + 1,
        )
    });
    (small + shared) * 20 >= all && (small * 40 >= all || all < SHORT)
}

/// A word that stands in every line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Small {
    English,
    /// Other languages have it too.
    Shared,
}

impl Small {
    fn of(word: &str) -> Option<Self> {
        let mut lower = [0; 4];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"the" | b"of" | b"to" | b"and" | b"for" | b"said" | b"is" | b"with" | b"by" | b"from" | b"at" => {
                Some(Self::English)
            }
            b"in" | b"a" | b"on" => Some(Self::Shared),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_tell_japanese_and_a_borrowed_sign_does_not() {
        let of = |text| of([text].into_iter());
        for japanese in [
            "山あいの村で冬の市が始まり、近くの町から多くの人が訪れた。",
            "県は１８日、新しい橋の名前を決めたと発表した。",
            "島の学校に新しい先生が来た。",
            "東京株式市場は続落した。",
            "灯台の火を守る人を募集",
            "カキ養殖の最盛期を迎えた。",
            "「海は広い」と船長は話した。",
            "来年度予算案を閣議決定へ",
            "駅前の商店街に新店がオープン",
            "大会は午後も続く",
        ] {
            assert_eq!(of(japanese), Language::Undetermined, "{japanese}");
        }
        for (chinese, language) in [
            ("這家名為「雲の茶」的店舖昨天開業，老闆說生意比去年好了三成。", Language::ZhHant),
            ("他把店名写成“山の家”，邻居们都说这个名字好记，来的人也多了。", Language::ZhHans),
            ("约翰・史密斯说，今年的收成比去年好。", Language::ZhHans),
            ("縣府文化局今天表示，信件已送往台北修復，預計明年三月展出。", Language::ZhHant),
            ("新增固沙地4.2万亩。", Language::ZhHans),
        ] {
            assert_eq!(of(chinese), language, "{chinese}");
        }
    }

    #[test]
    fn tells_simplified_traditional_english_and_the_rest() {
        let of = |text| of([text].into_iter());
        assert_eq!(of("一片叶子带来两份收入，国际市场"), Language::ZhHans);
        assert_eq!(of("一片葉子帶來兩份收入，國際市場"), Language::ZhHant);
        assert_eq!(of("The ice harvest starts in Harbin, said the city."), Language::En);
        assert_eq!(of("Die Eisernte beginnt heute am Fluss und dauert zwei Wochen"), Language::Undetermined);
        let french = "PARIS, 18 nov (AFP) - La dernière fabrique de Corrèze fermera à Noël, a annoncé mercredi son \
                      propriétaire. « On ne ferme pas, on se tait », a déclaré le maître.";
        assert_eq!(of(french), Language::Undetermined);
        assert_eq!(of("12:30"), Language::Undetermined);
    }
}
