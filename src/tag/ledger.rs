//! The evidence behind a label.

use crate::story::{Evidence, Part};

/// What spoke for one label, in the order in which it was met.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger(pub(super) Vec<Evidence>);

impl Ledger {
    pub(super) fn enter(&mut self, term: &str, part: Part, weight: i32) {
        match self.0.iter_mut().find(|evidence| evidence.part == part && evidence.term == term) {
            Some(evidence) => {
                evidence.count += 1;
                evidence.weight += weight;
            }
            None => self.0.push(Evidence { term: term.to_owned(), part, count: 1, weight }),
        }
    }

    /// What its lines add up to.
    pub(super) fn sum(&self) -> i32 {
        self.0.iter().map(|evidence| evidence.weight).sum()
    }

    /// Leaves a quarter of each line.
    pub(super) fn quarter(&mut self) {
        self.0.iter_mut().for_each(|evidence| evidence.weight /= 4);
    }

    /// Takes points off the lines of one part, from each in proportion, so that the lines add up to what is left.
    pub(super) fn cap(&mut self, part: Part, mut off: i32) {
        let positive = |evidence: &&mut Evidence| evidence.part == part && evidence.weight > 0;
        let mut left: i32 = self.0.iter().filter(|e| e.part == part).map(|e| e.weight.max(0)).sum();
        for evidence in self.0.iter_mut().filter(positive) {
            let share = off * evidence.weight / left.max(1);
            left -= evidence.weight;
            off -= share;
            evidence.weight -= share;
        }
    }

    /// The weightiest first, since an editor reads the first few.
    pub(super) fn close(mut self) -> Vec<Evidence> {
        self.0.sort_by_key(|evidence| (std::cmp::Reverse(evidence.weight.abs()), evidence.part));
        self.0
    }
}
