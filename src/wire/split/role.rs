//! What a passage can be on the page.

/// What a passage, and each of its lines, is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// No part of a story: masthead, date line, editors, rule, folio.
    Furniture,
    /// 引题.
    Kicker,
    /// The headline.
    Headline,
    /// 副题.
    Deck,
    /// Who wrote it.
    Byline,
    /// A note to editors.
    Notice,
    /// The agency's name for the story.
    Slug,
    /// A paragraph.
    Paragraph,
    /// A heading inside the story.
    Subhead,
    /// A caption with its credit.
    Caption,
    /// The credit of a photo story, alone.
    Credit,
    /// A dateline that closes the story, alone.
    Dateline,
    /// （完）.
    EndMark,
    /// (Reporting by …).
    Credits,
}

impl Role {
    /// The word for it in the margin of `--explain`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Furniture => "furniture",
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Notice => "notice",
            Self::Slug => "slug",
            Self::Paragraph => "text",
            Self::Subhead => "subhead",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Dateline => "dateline",
            Self::EndMark => "end",
            Self::Credits => "credits",
        }
    }
}
