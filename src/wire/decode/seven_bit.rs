//! Encodings of seven bits, as old mail carried them: ISO-2022-JP (RFC 1468) and HZ (RFC 1843).

use std::borrow::Cow;

use encoding_rs::{GBK, ISO_2022_JP};

/// The encoding's name, and the text, if this is one of them.
pub(super) fn read(text: &str) -> Option<(&'static str, Cow<'_, str>)> {
    if !text.is_ascii() {
        return None;
    }
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if has("\u{1b}$B") || has("\u{1b}$@") {
        let (text, broken) = ISO_2022_JP.decode_without_bom_handling(text.as_bytes());
        return (!broken).then_some((ISO_2022_JP.name(), text));
    }
    if has("~{") && has("~}") { Some(("hz-gb-2312", Cow::Owned(hz(text)?))) } else { None }
}

/// HZ: between `~{` and `~}` two characters stand for one of GB 2312; `~~` is a tilde.
fn hz(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut wide = false;
    let mut pairs = 0;
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => break,
            [b'~', b'{', rest @ ..] if !wide => {
                wide = true;
                rest
            }
            [b'~', b'}', rest @ ..] if wide => {
                wide = false;
                rest
            }
            [b'~', b'~', rest @ ..] if !wide => {
                bytes.push(b'~');
                rest
            }
            [b'~', b'\n', rest @ ..] if !wide => rest,
            // A line ends the mode.
            [b'\n', rest @ ..] => {
                wide = false;
                bytes.push(b'\n');
                rest
            }
            [high @ 0x21..=0x77, low @ 0x21..=0x7e, rest @ ..] if wide => {
                bytes.extend([high | 0x80, low | 0x80]);
                pairs += 1;
                rest
            }
            [_, ..] if wide => return None,
            [byte, rest @ ..] => {
                bytes.push(*byte);
                rest
            }
        };
    }
    let (text, broken) = GBK.decode_without_bom_handling(&bytes);
    (!broken && pairs > 1).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_seven_bits() {
        let japanese = "能登の灯台、30年ぶり点灯\n\n地元の漁師らが集まった。\n";
        let (bytes, ..) = ISO_2022_JP.encode(japanese);
        assert_eq!(read(str::from_utf8(&bytes).unwrap()), Some(("ISO-2022-JP", japanese.into())));
        let hz = |text: &str| {
            let (bytes, ..) = GBK.encode(text);
            let mut hz = String::new();
            for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
                let low: String = run.iter().map(|byte| char::from(byte & 0x7f)).collect();
                if run[0].is_ascii() {
                    hz.push_str(&low.replace('~', "~~"));
                } else {
                    hz.extend(["~{", &low, "~}"]);
                }
            }
            hz
        };
        for text in ["洮河冰桥试通行\n\n冰桥限载2吨，午后封闭。\n", "~3公里外的村庄\n", "A股 收盘\nB股 开盘\n"]
        {
            assert_eq!(read(&hz(text)), Some(("hz-gb-2312", text.into())), "{text}");
        }
    }

    #[test]
    fn other_pages() {
        for text in [
            "",
            "A ferry ~ a bell",
            "~{ is a sign, ~} another",
            "sed -e 's/~{a b~}//'",
            "\u{1b}[1mbold\u{1b}[0m",
            "~{1~}",
            "~{~}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
