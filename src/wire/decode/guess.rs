//! Which encoding bytes are in that are no Unicode: those of China, Japan and Korea look much alike.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

use crate::wire::cursor::is_han;

/// Bytes that are enough to tell.
const ENOUGH: usize = 64 * 1024;

/// The likeliest encoding of bytes that are no UTF-8.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = of_japan_or_korea(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let whole = GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    let is_chinese = || plausibility(bytes, GB18030).max(plausibility(bytes, BIG5)) * 10 >= signs(bytes) * 6;
    // Short Chinese text can look like anything, and GB18030 holds nearly any bytes; but of a longer one every third
    // character is a common one.
    if ![GBK, BIG5, WINDOWS_1252].contains(&guessed) && !(whole && (signs(bytes) < 40 || is_chinese())) {
        return guessed;
    }
    // GB18030 holds all of GBK (GB 18030-2022 § 4) and names and places outside it.
    let first = if guessed == BIG5 { [BIG5, GB18030] } else { [GB18030, BIG5] };
    let readings = [first[0], first[1], WINDOWS_1252];
    // `max_by_key` takes the last of equals.
    readings.into_iter().rev().max_by_key(|encoding| plausibility(bytes, encoding)).unwrap_or(GB18030)
}

/// How many characters outside ASCII the bytes hold, read as GB18030.
fn signs(bytes: &[u8]) -> i64 {
    let (text, _) = GB18030.decode_without_bom_handling(&bytes[..bytes.len().min(ENOUGH)]);
    text.chars().fold(0, |count, c| count + i64::from(!c.is_ascii()))
}

/// Shift-JIS, EUC-JP or EUC-KR: every page in Japanese is full of kana, and one in Korean of hangul.
///
/// Chinese read as one of them has kana of half width, or as many hanja as hangul.
fn of_japan_or_korea(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(ENOUGH)];
    [SHIFT_JIS, EUC_JP, EUC_KR].into_iter().find(|&encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        Scripts::of(&text).are_of(encoding)
    })
}

/// How many characters of each script a text has.
#[derive(Debug, Default)]
struct Scripts {
    han: usize,
    kana: usize,
    /// Kana of half width, which hardly any page has.
    narrow: usize,
    hangul: usize,
    /// The syllables of particles and endings, of which every sentence in Korean has many.
    usual_hangul: usize,
    /// Signs of print.
    signs: usize,
    /// What the encoding does not know, and letters of others.
    odd: usize,
}

impl Scripts {
    fn of(text: &str) -> Self {
        let mut seen = Self::default();
        for c in text.chars().filter(|c| !c.is_ascii()) {
            seen.usual_hangul += usize::from(USUAL_HANGUL.contains(c));
            let count = match c {
                '\u{3041}'..='\u{30ff}' => &mut seen.kana,
                '\u{ff61}'..='\u{ff9f}' => &mut seen.narrow,
                '\u{ac00}'..='\u{d7a3}' => &mut seen.hangul,
                c if is_han(c) => &mut seen.han,
                '\u{2000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}' | '\u{b7}' => &mut seen.signs,
                _ => &mut seen.odd,
            };
            *count += 1;
        }
        seen
    }

    fn are_of(&self, encoding: &'static Encoding) -> bool {
        let letters = self.han + self.kana + self.narrow + self.hangul + self.odd;
        if self.odd * 20 > letters || self.narrow * 10 > letters {
            return false;
        }
        if encoding == EUC_KR {
            self.hangul >= 6 && self.hangul * 100 >= letters * 85 && self.usual_hangul * 5 >= self.hangul
        } else {
            // A headline has fewer kana than a sentence.
            self.kana >= 6 && self.kana * 5 >= letters && self.hangul == 0
        }
    }
}

const USUAL_HANGUL: &str = "이다는에의을를가은도로고지한하사기그인서리자해시어나아대정수일부보전제원장위들라만오";

/// How much a reading looks like a page: in points, for what stands outside ASCII.
///
/// The wrong reading of two bytes is a rare ideograph or a sign from nowhere, and a dash or a quotation mark between
/// English words becomes an ideograph between them.
fn plausibility(bytes: &[u8], encoding: &'static Encoding) -> i64 {
    let (text, _) = encoding.decode_without_bom_handling(&bytes[..bytes.len().min(ENOUGH)]);
    let mut points = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            points += points_of(before, c, chars.peek().copied().unwrap_or(' '));
        }
        before = c;
    }
    points
}

fn points_of(before: char, c: char, after: char) -> i64 {
    let in_ascii = before.is_ascii() && after.is_ascii();
    let beside_letter = |c: char| !c.is_ascii() && c.is_alphabetic() && !is_han(c);
    match c {
        // Dashes, quotation marks, the ellipsis; signs of Chinese print.
        '\u{2010}'..='\u{2026}' | '\u{3000}'..='\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3014}' | '\u{3015}' => 2,
        '\u{ff01}'..='\u{ff5e}' => 1,
        '·' | '\u{2030}' | '\u{2103}' | '\u{25a0}'..='\u{25cf}' => 0,
        // `café`, `£20`: a letter or sign among letters, never among others of its kind.
        '\u{a0}'..='\u{ff}' => {
            if in_ascii {
                1
            } else {
                -2
            }
        }
        '\u{4e00}'..='\u{9fff}' if COMMON.contains(c) => 3,
        // Nobody sets a lone ideograph between English words.
        '\u{4e00}'..='\u{9fff}' => {
            if in_ascii {
                -3
            } else {
                0
            }
        }
        // Words in other letters, which these encodings hold, too.
        _ if c.is_alphabetic() && (beside_letter(before) || beside_letter(after)) => 0,
        // Broken bytes, and signs from nowhere.
        _ => -3,
    }
}

/// The commonest characters of Chinese news, simplified and traditional.
const COMMON: &str = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過\
子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里裡如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業\
本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質第向道命\
此变變条條只没沒结結解问問意建月公无無系军軍很情最立代想已通并提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資\
边邊流路级級少图圖山统統接知较較将將组組见見计計她手角期根论論运運农農指几幾九区區强強放决決西被干做必战戰先回则則任取据據处處队隊南给給色光门門\
即保治北造百规規热熱领領七海口东東导導器压壓志世金增争爭济濟阶階油思术術极極交受联聯认認六共权權收证證改清己美再采採转轉更单單风風切打白教速\
市报報讯訊记記者记今昨元万萬亿億村县縣镇鎮街车車港台湾灣京华華网網";

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1251;

    #[test]
    fn the_encodings_of_east_asia_are_told_apart() {
        for (encoding, text) in [
            (
                SHIFT_JIS,
                "能登の灯台、30年ぶり点灯\n\n【輪島共同】石川県輪島市の禄剛埼灯台が22日、30年ぶりに点灯した。\n",
            ),
            (SHIFT_JIS, "海岸で拾った瓶の手紙、40年後に届く。"),
            (SHIFT_JIS, "フェリー会社は夜の便を増やすと発表した。\n"),
            (
                EUC_JP,
                "能登の灯台、30年ぶり点灯\n\n【輪島共同】石川県輪島市の禄剛埼灯台が22日、30年ぶりに点灯した。\n",
            ),
            (EUC_JP, "フェリー会社は夜の便を増やすと発表した。\n"),
            (EUC_JP, "地元の漁師ら約50人が集まり、「お帰りなさい」と声を上げた。"),
            (EUC_KR, "(통영=연합뉴스) 한가람 기자 = 배가 다시 떴다. 어부들은 기뻐했다.\n"),
            (EUC_KR, "등대가 서른 해 만에 다시 불을 켰다.\n"),
            (EUC_KR, "서울시는 22일 도서관 25곳의 개관 시간을 자정까지 늘린다고 밝혔다.\n"),
            (GB18030, "皖南山乡的一片叶子\n\n新华社合肥11月20日电　初冬的皖南，云雾漫过山脊。\n"),
            (GB18030, "日本广播协会22日报道，能登半岛的灯塔（とうだい）时隔30年重新点亮，当地约50名渔民到场。\n"),
            (GB18030, "韩国首尔市政府22日说，市内二十五座图书馆开放至午夜，市民可以借阅到很晚。\n"),
            (
                GB18030,
                "发表办法，便把冰并播报，百姓办事不必白跑。春运车次增加，城市出租车充电成本大幅度低于从前。",
            ),
            (BIG5, "臺灣與廣東的漁民在同一個漁場裡作業，兩岸漁會代表昨天在廈門簽署互助協議。\n"),
            (BIG5, "蘭嶼飛魚季紀錄片獲獎，導演夏曼說，拍攝歷時三年，團隊跟著漁民出海。\n"),
            (
                WINDOWS_1251,
                "Паром вернулся в порт после шторма, сообщили в пятницу спасатели. Никто не пострадал, груз цел.\n",
            ),
        ] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{text}");
            assert_eq!(guess(&bytes), encoding, "{text}");
        }
    }
}
