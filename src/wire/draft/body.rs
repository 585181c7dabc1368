//! What stands in a story: paragraphs and sub-heads, captions, and credits without a caption.

use chrono::TimeZone;

use super::Draft;
use crate::story::{Block, BlockKind, Caption, Kind};
use crate::wire::line::glue;
use crate::wire::passage::{Shape, ends_sentence};
use crate::wire::split::{Placed, Role};
use crate::wire::{caption, furniture};

/// The text of a story and its pictures.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub blocks: Vec<Block>,
    pub captions: Vec<Caption>,
    /// Credits of pictures that the page does not describe.
    pub credits: Vec<String>,
}

impl Body {
    /// A story of nothing but pictures is a photo story.
    pub(super) fn kind(&self) -> Kind {
        if self.blocks.is_empty() && !self.captions.is_empty() { Kind::Photo } else { Kind::Text }
    }

    fn push(&mut self, kind: BlockKind, text: &str) {
        self.blocks.push(Block { kind, text: text.to_owned() });
    }

    /// A paragraph, or the rest of one that a jump cut in mid-sentence.
    fn push_paragraph(&mut self, text: &str) {
        let (jump, text) = furniture::split_jump(furniture::split_end(text).0);
        match self.blocks.last_mut() {
            Some(last) if !jump.is_empty() && !ends_sentence(&last.text) => glue(&mut last.text, text),
            // Nothing but marks stood there.
            _ if text.trim().is_empty() => {}
            _ => self.push(BlockKind::Paragraph, text),
        }
    }

    /// A credit alone, of the captions above that have none.
    fn credit(&mut self, text: &str, credit: &str) {
        if credit.is_empty() {
            // (供图): somebody's, but it does not say whose.
            return self.credits.push(text.to_owned());
        }
        let longest = if caption::is_shared(text) { self.captions.len() } else { 1 };
        let bare = self.captions.iter_mut().rev().take_while(|caption| caption.credit.is_empty()).take(longest);
        let mut bare = bare.peekable();
        if bare.peek().is_none() {
            self.credits.push(text.to_owned());
        }
        bare.for_each(|caption| credit.clone_into(&mut caption.credit));
    }
}

impl<Tz: TimeZone> Draft<'_, Tz> {
    pub(super) fn body(&mut self, mine: &[&Placed]) -> Body {
        let mut body = Body::default();
        let mut credit_alone = None;
        for Placed { passage, role, .. } in mine {
            let text = passage.text.as_str();
            match (role, &passage.shape) {
                (Role::Paragraph, _) => body.push_paragraph(text),
                // 新华社照片，… heads a caption; it stands in the dateline.
                (Role::Dateline, Shape::PhotoDateline(_)) => {}
                (Role::Dateline, _) => body.push(BlockKind::Paragraph, text),
                (Role::Subhead, _) => body.push(BlockKind::Subhead, text),
                (Role::Caption | Role::Credit, Shape::Caption(found)) if !found.text.is_empty() => {
                    let taken = found.taken.and_then(|day| self.date(day));
                    let (text, credit) = (found.text.clone(), found.credit.clone());
                    body.captions.push(Caption { text, credit, taken });
                }
                (Role::Credit, Shape::Caption(found))
                    if body.captions.is_empty() && credit_alone.is_none() && !found.credit.is_empty() =>
                {
                    credit_alone = Some(found.credit.clone());
                }
                (Role::Caption | Role::Credit, Shape::Caption(found)) => body.credit(text, &found.credit),
                _ => {}
            }
        }
        match credit_alone {
            Some(credit) => self.photo_story(body, credit),
            None => body,
        }
    }

    /// What stands above the credit of a photo story is its caption; further pictures may follow it.
    fn photo_story(&mut self, mut body: Body, credit: String) -> Body {
        let mut text = String::new();
        body.blocks.drain(..).for_each(|block| glue(&mut text, &block.text));
        let taken = caption::taken(&text).and_then(|day| self.date(day));
        body.captions.insert(0, Caption { text, credit, taken });
        body
    }
}
