//! The pages of what an edition does not have.

use super::Edition;
use crate::feed::html_error;
use crate::story::Language;

impl Edition {
    /// The HTML page that goes out with this status, in the reader's language: no such address, a story that was
    /// withdrawn, a fault of ours.
    #[must_use]
    pub fn missing(&self, status: u16, language: Language) -> String {
        html_error::page(status, &self.press.site, language)
    }

    /// The language of the site, for readers who ask for none.
    #[must_use]
    pub fn language(&self) -> Language {
        self.press.site.language
    }
}
