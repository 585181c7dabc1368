//! What a mail puts around the stories that it brings: `From: …`, `Subject: …` above, `-- ` and a signature below.

/// The lines of a page that are a mail's, not a story's, by their numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Envelope {
    /// The last line of the head; 0 where there is none.
    head: usize,
    /// The first line of the signature; 0 where there is none.
    foot: usize,
}

impl Envelope {
    pub(super) fn of(page: &str) -> Self {
        let Some(head) = head(page) else { return Self::default() };
        Self { head, foot: foot(page).unwrap_or(0) }
    }

    /// Whether lines of these numbers are the mail's.
    pub(super) fn holds(self, lines: &[usize]) -> bool {
        let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return false };
        last <= self.head || self.foot > 0 && first >= self.foot
    }
}

/// The last line of the head: fields up to the first blank line, two of which every mail has.
fn head(page: &str) -> Option<usize> {
    let blank = page.split('\n').take_while(|line| line.trim().is_empty()).count();
    let mut fields = 0;
    let mut last = blank;
    for line in page.split('\n').skip(blank).take_while(|line| !line.trim().is_empty()) {
        let goes_on = fields > 0 && line.starts_with([' ', '\t']);
        match field(line) {
            Some(name) => fields += usize::from(is_known(name)),
            None if goes_on => {}
            None => return None,
        }
        last += 1;
    }
    (fields >= 2).then_some(last)
}

/// The name of a field: `Subject`.
fn field(line: &str) -> Option<&str> {
    let (name, _) = line.split_once([':', '：'])?;
    let known = !name.is_empty() && name.len() <= 40 && !name.contains(char::is_whitespace);
    known.then_some(name)
}

fn is_known(name: &str) -> bool {
    const NAMES: [&str; 28] = [
        "From",
        "To",
        "Cc",
        "Bcc",
        "Date",
        "Subject",
        "Sender",
        "Reply-To",
        "Received",
        "Return-Path",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Delivered-To",
        "发件人",
        "收件人",
        "抄送",
        "主题",
        "日期",
        "发送时间",
        "寄件者",
        "收件者",
        "寄件人",
        "主旨",
        "主題",
        "副本",
        "傳送時間",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The line of `--` that a few last lines follow (RFC 3676 § 4.3).
fn foot(page: &str) -> Option<usize> {
    /// Lines in the longest signature.
    const LONGEST: usize = 8;
    let end = page.trim_end();
    let mut below = end.rsplit('\n').take(LONGEST + 1);
    let up = below.position(|line| line.trim_end() == "--")?;
    Some(end.matches('\n').count() + 1 - up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, head: usize, foot: usize) {
        assert_eq!(Envelope::of(page), Envelope { head, foot }, "{page}");
    }

    #[test]
    fn mails() {
        check("From: a@example.com\nSubject: two\n\nHeadline\n\nText.\n\n-- \nThe desk\nWrite STOP\n", 2, 8);
        check("\nReceived: by x\n from y\nTo: b@example.com\nX-Mailer: z\n\nText.\n", 5, 0);
        check("发件人：新闻中心\n主题：两则\n\n标题\n", 2, 0);
    }

    #[test]
    fn other_pages() {
        check("From: a village\n\nText.\n\n--\nNote\n", 0, 0);
        check("Date: unknown\nA title\n\nText.\n", 0, 0);
        check("Subject to change: fares\nTo: all\n\nText.\n", 0, 0);
        check("Headline\n\nText.\n--\nEnd\n", 0, 0);
    }
}
