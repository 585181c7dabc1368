//! Bytes to text: which encoding, which line ends, and nothing that XML 1.0 forbids.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

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
}

/// Decodes a wire file; `None` when it is not text.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, body) = tell(bytes);
    let (raw, _) = encoding.decode_without_bom_handling(body);
    let clean = clean(&raw);
    // A page has a few STX and ETX; a picture or an archive has them everywhere.
    let forbidden = clean.controls - padding(&raw) + clean.damaged;
    if clean.text.trim().is_empty() && clean.controls > 0 || (forbidden > 8 && forbidden * 20 > raw.len()) {
        return None;
    }
    Some(Decoded { encoding: encoding.name().to_ascii_lowercase(), ..clean })
}

/// How many NUL stand in blocks: what a disk leaves in a file that it did not finish.
fn padding(text: &str) -> usize {
    const BLOCK: usize = 32;
    let blocks = text.as_bytes().chunk_by(|a, b| *a == 0 && *b == 0);
    blocks.filter(|block| block[0] == 0 && block.len() >= BLOCK).map(<[u8]>::len).sum()
}

/// The encoding, and the bytes after a byte order mark.
fn tell(bytes: &[u8]) -> (&'static Encoding, &[u8]) {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return (encoding, &bytes[bom..]);
    }
    let encoding = match simdutf8::compat::from_utf8(bytes) {
        Ok(_) => without_bom_utf16(bytes).unwrap_or(UTF_8),
        Err(error) if mostly_utf8(bytes, error.valid_up_to()) => UTF_8,
        Err(_) => without_bom_utf16(bytes).unwrap_or_else(|| guess(bytes)),
    };
    (encoding, bytes)
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

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    match detector.guess(None, Utf8Detection::Deny) {
        // GB18030 holds all of GBK (GB 18030-2022 § 4) and names and places outside it.
        guessed if guessed == GBK => GB18030,
        guessed if guessed == BIG5 => BIG5,
        // Short Chinese text can look like anything; agencies send GB18030 far more often than, say, EUC-KR.
        _ if GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some() => GB18030,
        other => other,
    }
}

/// Brings line ends to `\n` and takes out what XML 1.0 § 2.2 forbids or discourages.
fn clean(raw: &str) -> Decoded {
    let mut text = String::with_capacity(raw.len());
    let (mut controls, mut damaged) = (0, 0);
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                text.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            '\t' => text.push('\t'),
            // Byte order marks of files that were put together.
            '\u{feff}' => {}
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => controls += 1,
            char::REPLACEMENT_CHARACTER => {
                damaged += 1;
                text.push(c);
            }
            other => text.push(other),
        }
    }
    Decoded { text, encoding: String::new(), controls, damaged }
}

#[cfg(test)]
mod tests {
    use super::*;

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
