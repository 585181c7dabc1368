//! How the concepts of a table nest, and how those that were found become labels.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::ledger::Ledger;
use crate::story::Label;
use crate::taxonomy::Scheme;

/// How the concepts of one table nest, by their place in it.
pub(super) struct Tree<C> {
    pub(super) codes: Vec<C>,
    parents: Vec<Option<usize>>,
}

/// A concept that is to become a label.
pub(super) struct Finding {
    pub(super) concept: usize,
    pub(super) weight: i32,
    pub(super) ledger: Ledger,
}

impl<C: Clone + Eq + Hash> Tree<C> {
    pub(super) fn new<T>(scheme: &Scheme<C, T>) -> Self {
        let codes: Vec<C> = scheme.iter().map(|concept| concept.code.clone()).collect();
        let at: HashMap<&C, usize> = codes.iter().enumerate().map(|(at, code)| (code, at)).collect();
        let parents =
            scheme.iter().map(|concept| concept.broader.as_ref().and_then(|code| at.get(code).copied())).collect();
        Self { codes, parents }
    }

    /// The concept itself, its parent, and so on.
    pub(super) fn path(&self, concept: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(concept), |&at| self.parents[at])
    }

    pub(super) fn root(&self, concept: usize) -> usize {
        self.path(concept).last().expect("a path begins with the concept itself")
    }

    /// The ancestor (or the concept itself) that many levels below its root.
    pub(super) fn at_depth(&self, concept: usize, depth: usize) -> usize {
        let path: Vec<usize> = self.path(concept).collect();
        path[path.len().saturating_sub(depth + 1)]
    }

    /// Whether `concept` is `above` or lies below it.
    pub(super) fn is_within(&self, concept: usize, above: usize) -> bool {
        self.path(concept).any(|at| at == above)
    }

    /// Whether `above` is the parent of `concept`.
    pub(super) fn is_right_below(&self, concept: usize, above: usize) -> bool {
        self.parents[concept] == Some(above)
    }

    /// Whether one of the two is part of the other.
    pub(super) fn are_related(&self, one: usize, other: usize) -> bool {
        self.is_within(one, other) || self.is_within(other, one)
    }

    /// By the concepts right below this one: the points of each with those of all that is below it.
    pub(super) fn shares(&self, above: usize, points: &BTreeMap<usize, i32>) -> BTreeMap<usize, i32> {
        let mut shares: BTreeMap<usize, i32> = BTreeMap::new();
        for (&concept, &points) in points {
            if let Some(below) = self.path(concept).find(|&at| self.parents[at] == Some(above)) {
                *shares.entry(below).or_default() += points;
            }
        }
        shares
    }

    /// The findings as labels, with the ancestors that they imply behind them; each code once.
    pub(super) fn labels(&self, found: Vec<Finding>) -> Vec<Label<C>> {
        let implied: Vec<(usize, i32)> = found
            .iter()
            .flat_map(|finding| self.path(finding.concept).skip(1).map(|above| (above, finding.weight)))
            .collect();
        let mut labels: Vec<Label<C>> = Vec::with_capacity(found.len() + implied.len());
        for Finding { concept, weight, ledger } in found {
            labels.push(Label {
                code: self.codes[concept].clone(),
                weight,
                implied: false,
                evidence: ledger.close(),
            });
        }
        for (concept, weight) in implied {
            if !labels.iter().any(|label| label.code == self.codes[concept]) {
                let code = self.codes[concept].clone();
                labels.push(Label { code, weight, implied: true, evidence: Vec::new() });
            }
        }
        labels
    }
}
