//! Bytes to text: which encoding, which line ends, and nothing that XML 1.0 forbids.

mod guess;
mod mixed;
mod seven_bit;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use self::guess::guess;

/// A wire file as text: lines end in `\n`, and every character may stand in XML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    /// The encoding's name in lower case: `utf-8`, `gb18030`, `utf-16le`.
    pub encoding: String,
    /// Control characters that were taken out.
    pub controls: usize,
    /// Byte sequences that the encoding does not know, each now U+FFFD.
    pub damaged: usize,
    /// Lines in another encoding than the rest: pages were put together.
    pub mixed: usize,
}

/// Decodes a wire file; `None` when it is not text.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, raw, mixed) = read(bytes);
    let clean = clean(&raw);
    // A page has a few STX and ETX; a picture or an archive has them everywhere.
    let padding = if clean.controls > 0 { padding(&raw) } else { 0 };
    let forbidden = clean.controls - padding + clean.damaged;
    if clean.text.trim().is_empty() && clean.controls > 0 || (forbidden > 8 && forbidden * 20 > raw.len()) {
        return None;
    }
    Some(Decoded { encoding, mixed, ..clean })
}

/// How many NUL stand in blocks: what a disk leaves in a file that it did not finish.
fn padding(text: &str) -> usize {
    const BLOCK: usize = 32;
    let blocks = text.as_bytes().chunk_by(|a, b| *a == 0 && *b == 0);
    blocks.filter(|block| block[0] == 0 && block.len() >= BLOCK).map(<[u8]>::len).sum()
}

/// The encoding's name, the text, and how many of its lines are in another encoding.
fn read(bytes: &[u8]) -> (String, Cow<'_, str>, usize) {
    let named = |name: &str, text| (name.to_ascii_lowercase(), text, 0);
    let decoded =
        |encoding: &'static Encoding, bytes| named(encoding.name(), encoding.decode_without_bom_handling(bytes).0);
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let body = &bytes[bom..];
        let mixed = if encoding == UTF_8 { of_lines(body) } else { None };
        return mixed.unwrap_or_else(|| decoded(encoding, body));
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => {
            if let Some((name, text)) = seven_bit::read(text) {
                return named(name, text);
            }
            without_bom_utf16(bytes)
                .map_or(named(UTF_8.name(), Cow::Borrowed(text)), |order| decoded(order, bytes))
        }
        Err(error) => of_lines(bytes).unwrap_or_else(|| {
            if mostly_utf8(bytes, error.valid_up_to()) {
                return decoded(UTF_8, bytes);
            }
            decoded(without_bom_utf16(bytes).unwrap_or_else(|| guess(bytes)), bytes)
        }),
    }
}

/// A page in UTF-8 of which some lines are in another encoding.
fn of_lines(bytes: &[u8]) -> Option<(String, Cow<'static, str>, usize)> {
    let (text, mixed) = mixed::read(bytes)?;
    Some((UTF_8.name().to_ascii_lowercase(), Cow::Owned(text), mixed))
}

/// UTF-16 that does not say so: line feeds and spaces leave NUL in one half of the pairs.
fn without_bom_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let breaks = |high: usize| {
        let is_break =
            |pair: &&[u8]| pair[high] == 0 && matches!(pair[1 - high], b'\n' | b'\r' | b' ' | b',' | b'e');
        head.chunks_exact(2).filter(is_break).count()
    };
    let (big, little) = (breaks(0), breaks(1));
    // In UTF-16 the breaks stand on one side; text in another encoding has no NUL at all.
    let encoding = if little > 4 * big {
        UTF_16LE
    } else if big > 4 * little {
        UTF_16BE
    } else {
        return None;
    };
    // Pictures and programs have such pairs, too, but read as UTF-16 they are characters from everywhere.
    let (text, _) = encoding.decode_without_bom_handling(head);
    let odd = text.chars().filter(|&c| !is_usual(c)).count();
    (odd * 20 <= head.len() / 2).then_some(encoding)
}

/// Whether a page in Chinese or English has this character now and then.
fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{ff}') // Latin
        || matches!(c, '\u{2000}'..='\u{27bf}' | '\u{3000}'..='\u{33ff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}') // signs
        || matches!(c, '\u{4e00}'..='\u{9fff}') // Chinese
}

/// A page cut off inside a character, or with a few bad bytes, is still UTF-8; GB18030 fails in its first line.
fn mostly_utf8(bytes: &[u8], valid: usize) -> bool {
    let (text, _) = UTF_8.decode_without_bom_handling(bytes);
    let good = text.chars().filter(|&c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER).count();
    let bad = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    // GB18030 read as UTF-8 has more bad than good; three bytes is the longest cut character.
    bad * 10 < good || (valid > 0 && bytes.len() - valid <= 3 && good > 0)
}

/// Brings line ends to `\n` and takes out what XML 1.0 § 2.2 forbids or discourages.
fn clean(raw: &str) -> Decoded {
    let mut text = String::with_capacity(raw.len());
    let (mut controls, mut damaged) = (0, 0);
    let mut rest = raw;
    // Nearly all of a page stays as it is.
    while let Some(at) = rest.bytes().position(may_change) {
        text.push_str(&rest[..at]);
        let c = rest[at..].chars().next().expect("a byte was found there");
        rest = &rest[at + c.len_utf8()..];
        match c {
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                text.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            // Byte order marks of files that were put together.
            '\u{feff}' => {}
            // Between the words that machines write, a separator (ECMA-48 § 8.3: FS, GS, RS, US) stands for a space.
            '\u{1c}'..='\u{1f}' if text.ends_with(is_printed) && rest.starts_with(is_printed) => {
                controls += 1;
                text.push(' ');
            }
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => controls += 1,
            char::REPLACEMENT_CHARACTER => {
                damaged += 1;
                text.push(c);
            }
            other => text.push(other),
        }
    }
    text.push_str(rest);
    Decoded { text, encoding: String::new(), controls, damaged, mixed: 0 }
}

fn is_printed(c: char) -> bool {
    c.is_ascii_graphic()
}

/// Whether a character that begins with this byte may be one that does not stay: a control, a line end, a mark.
fn may_change(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xb..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030, WINDOWS_1252};

    const PAGE: &str = "皖南山乡的一片叶子\n\n　　新华社合肥11月20日电　初冬的皖南，云雾漫过山脊。\n";

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes).expect("is text");
        assert_eq!((decoded.encoding.as_str(), decoded.text.as_str()), (encoding, text));
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn tells_the_encodings_that_agencies_send() {
        check(PAGE.as_bytes(), "utf-8", PAGE);
        check(format!("\u{feff}{PAGE}").as_bytes(), "utf-8", PAGE);
        check(&GB18030.encode(PAGE).0, "gb18030", PAGE);
        check(&utf16(PAGE, u16::to_le_bytes), "utf-16le", PAGE);
        check(&utf16(PAGE, u16::to_be_bytes), "utf-16be", PAGE);
        check(&utf16(&format!("\u{feff}{PAGE}"), u16::to_be_bytes), "utf-16be", PAGE);
        let hant =
            "臺灣與廣東的漁民在同一個漁場裡作業，兩岸漁會代表昨天在廈門簽署互助協議，約定遇險時互相通報。\n";
        check(&BIG5.encode(hant).0, "big5", hant);
    }

    #[test]
    fn english_with_a_few_signs_is_read_in_the_encoding_that_makes_signs_of_them() {
        for text in [
            "Fewer boats – and older crews – left the harbour.\n",
            "The keeper said: “Nobody came.”\n",
            "Geneva, 18 November 2026 – Fewer than half were ready…\n",
            "“Hold the line,” she said — and they did.\n",
            "A bell, a rope, a lamp… and no ship.\n",
            "‘We wait,’ he said.\n",
            "The vote – 12 to 9 – came late.\n",
            "Rain fell on the islands — the first since May.\n",
            "“One”, “two”, “three”\n",
            "The keeper’s lamp and the pilot’s boat.\n",
        ] {
            for encoding in [GB18030, BIG5, WINDOWS_1252] {
                let (bytes, _, lost) = encoding.encode(text);
                if !lost {
                    assert_eq!(decode(&bytes).expect("is text").text, text, "as {}", encoding.name());
                }
            }
        }
        for (encoding, text) in [
            (GB18030, "茶农收工"),
            (GB18030, "大桥合龙 — 全长37公里\n"),
            (GB18030, "新华社西安电 救援道贯通。\n"),
            (BIG5, "渡輪公司宣布，明年一月起加開夜航。\n"),
            (BIG5, "【本報訊】消防處昨天說，火勢已受控制。\n"),
            (BIG5, "Harbour Notes 海港筆記：船期已改，請留意。\n"),
            (WINDOWS_1252, "The café owner paid £20 for the “lamp”.\n"),
            (WINDOWS_1252, "José Núñez, 71, said “no”.\n"),
        ] {
            assert_eq!(decode(&encoding.encode(text).0).expect("is text").text, text, "as {}", encoding.name());
        }
    }

    #[test]
    fn every_line_end_is_a_line_feed() {
        check(b"a\r\nb\rc\x0cd", "utf-8", "a\nb\nc\nd");
        check("a\u{2028}b".as_bytes(), "utf-8", "a\nb");
    }

    #[test]
    fn what_xml_forbids_is_taken_out_and_counted() {
        let decoded = decode("\u{2}标题\u{3}\n正文\u{1b}一\u{ffff}".as_bytes()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.controls), ("标题\n正文一", 4));
    }

    #[test]
    fn a_separator_between_words_of_machines_is_a_space() {
        let decoded =
            decode("\u{16}\u{1}a0412\u{1e}cvcrzc\u{1f}\n\u{2}u i BC\u{1f}\n标\u{1f}题".as_bytes()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.controls), ("a0412 cvcrzc\nu i BC\n标题", 7));
    }

    #[test]
    fn a_block_of_padding_is_taken_out() {
        let padded = format!("{PAGE}{}{PAGE}", "\0".repeat(4096));
        let decoded = decode(padded.as_bytes()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.controls), (PAGE.repeat(2).as_str(), 4096));
    }

    #[test]
    fn a_character_cut_in_half_costs_only_itself() {
        let cut = &PAGE.as_bytes()[..PAGE.len() - 2];
        let decoded = decode(cut).unwrap();
        assert_eq!((decoded.encoding.as_str(), decoded.damaged), ("utf-8", 1));
    }

    #[test]
    fn a_picture_is_not_text() {
        let noise: Vec<u8> =
            (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
        assert_eq!(decode(&noise), None);
        assert_eq!(decode(&[0; 100]), None);
        // One point, as PNG and as GIF.
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\
            \xc0\xf0\x1f\0\x05\0\x01\xff\x56\xc7/\r\0\0\0\0IEND\xaeB`\x82";
        assert_eq!(decode(png), None);
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
        assert_eq!(decode(gif), None);
    }
}
