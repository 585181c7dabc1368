//! Files that are no plain text although they are text: RTF, XML and JSON say so in their first characters.

/// What the markup is called, if the first characters of a file make it certain.
pub(super) fn name(text: &str) -> Option<&'static str> {
    let text = text.trim_start();
    match text.as_bytes().first()? {
        b'{' if text.starts_with("{\\rtf") => Some("RTF"),
        b'{' | b'[' if is_json(text) => Some("JSON"),
        b'<' if is_xml(text) => Some("XML"),
        b'%' if text.starts_with("%PDF-") => Some("PDF"),
        _ => None,
    }
}

/// `<?xml version="1.0"?>`, `<nitf>`, `<NewsML Version="1.2">`: a page of the web is no such thing.
fn is_xml(text: &str) -> bool {
    /// Of the formats in which agencies send news (IPTC), and of feeds.
    const ROOTS: [&str; 9] =
        ["?xml", "nitf", "NewsML", "newsMessage", "newsItem", "packageItem", "rss", "feed", "!DOCTYPE nitf"];
    ROOTS.iter().any(|root| {
        let rest = text[1..].strip_prefix(root);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '?')))
    })
}

/// `{"headline": …`, `[{"id": …`: a key and its colon.
fn is_json(text: &str) -> bool {
    let inner = text.strip_prefix('[').map_or(text, str::trim_start);
    let Some(key) = inner.strip_prefix('{').map(str::trim_start).and_then(|inner| inner.strip_prefix('"')) else {
        return false;
    };
    let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@' | '$' | ':' | '.' | ' ');
    let rest = key.trim_start_matches(named);
    rest.len() < key.len() && rest.strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_named() {
        for (text, expected) in [
            ("{\\rtf1\\ansi Ferry to stay}", "RTF"),
            ("\n{\\rtf1", "RTF"),
            ("<?xml version=\"1.0\"?><nitf/>", "XML"),
            ("<?xml version='1.0'?>\n<newsMessage>", "XML"),
            ("<nitf>\n<head>", "XML"),
            ("<NewsML Version=\"1.2\">", "XML"),
            ("<newsItem xmlns=\"a\">", "XML"),
            ("<rss version=\"2.0\">", "XML"),
            ("{\"headline\": \"Ferry to stay\"}", "JSON"),
            ("{\n  \"uri\" : 1", "JSON"),
            ("[{\"id\":1}]", "JSON"),
            ("[ {\n\"标题\": \"一\"}]", "JSON"),
            ("%PDF-1.4\n1 0 obj", "PDF"),
        ] {
            assert_eq!(name(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_text_is_none() {
        for text in [
            "",
            "洮河冰桥试通行",
            "[急] 洮河冰桥试通行",
            "[\"Nobody fell,\" he said]",
            "{Ferry to stay}",
            "{\"Nobody fell,\" he said: so it was}",
            "{}",
            "<html><body>",
            "<!DOCTYPE html>",
            "<org idsrc=\"isin\">",
            "<rssfeed>",
            "<p>Ferry to stay</p>",
            "%PDF files banned",
            "100%",
            "The file is {\\rtf1",
            "XML at 25: <?xml version=\"1.0\"?>",
            "[1] \"a\": b",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
