//! Pages that were put together from files in several encodings: UTF-8 above, GB18030 below.

use encoding_rs::{Encoding, UTF_8};

use super::guess::guess;

/// The text of a page of which some lines are UTF-8 for certain and others are certainly not, and how many those are.
///
/// Those others are read in the encoding that is likeliest for all of them.
pub(super) fn read(bytes: &[u8]) -> Option<(String, usize)> {
    /// Characters of three bytes that are enough: other encodings have them by chance only.
    const ENOUGH: usize = 4;
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n');
    let mut wide = 0;
    let mut others: Vec<u8> = Vec::new();
    for line in lines() {
        match simdutf8::basic::from_utf8(line) {
            Ok(text) => wide += text.bytes().filter(|byte| *byte >= 0xe0).count(),
            Err(_) if is_damaged(line) => {}
            Err(_) => others.extend_from_slice(line),
        }
    }
    if wide < ENOUGH || others.is_empty() {
        return None;
    }
    let encoding = guess(&others);
    let mut count = 0;
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    for line in lines() {
        let is_other = simdutf8::basic::from_utf8(line).is_err() && !is_damaged(line);
        let encoding: &'static Encoding = if is_other { encoding } else { UTF_8 };
        text.push_str(&encoding.decode_without_bom_handling(line).0);
        count += usize::from(is_other);
    }
    Some((text, count))
}

/// A line of UTF-8 that lost a byte or two.
fn is_damaged(line: &[u8]) -> bool {
    let (text, _) = UTF_8.decode_without_bom_handling(line);
    let (mut good, mut bad) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == char::REPLACEMENT_CHARACTER {
            bad += 1;
        } else if c >= '\u{800}' {
            good += 1;
        }
    }
    good > 2 * bad
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_JP, GB18030, WINDOWS_1252};

    const ABOVE: &str = "洮河冰桥试通行\n\n冰桥限载2吨，午后封闭。\n";

    #[test]
    fn lines_in_another_encoding_are_read_in_theirs() {
        for (encoding, below) in [
            (GB18030, "首日过桥两千余人。\n\n全国湿地普查启动\n"),
            (GB18030, "最后一行没有换行"),
            (BIG5, "淡江大橋今天起試辦雙層巴士載客，首日發車二十四班。\n"),
            (EUC_JP, "フェリー会社は夜の便を増やすと発表した。\n"),
            (WINDOWS_1252, "The café owner paid £20 for the “lamp”.\n"),
        ] {
            let (bytes, ..) = encoding.encode(below);
            let lines = below.lines().filter(|line| !line.is_ascii()).count();
            let first = [ABOVE.as_bytes(), &bytes].concat();
            let last = [&bytes, "\n".as_bytes(), ABOVE.as_bytes()].concat();
            assert_eq!(read(&first), Some((format!("{ABOVE}{below}"), lines)), "{below}");
            assert_eq!(read(&last), Some((format!("{below}\n{ABOVE}"), lines)), "{below}");
        }
    }

    #[test]
    fn other_pages_are_in_one_encoding() {
        for bytes in [
            ABOVE.as_bytes().to_vec(),
            GB18030.encode(ABOVE).0.into_owned(),
            BIG5.encode("淡江大橋今天起試辦雙層巴士載客\n\nABC\n").0.into_owned(),
            WINDOWS_1252.encode("The café owner\n\nplain\n").0.into_owned(),
            ABOVE.as_bytes()[..ABOVE.len() - 2].to_vec(),
            [ABOVE.as_bytes(), b"\xff", ABOVE.as_bytes()].concat(),
            b"plain\n\xe9\n".to_vec(),
        ] {
            assert_eq!(read(&bytes), None, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
