//! The words by which the tagger finds a concept, each with the place where it is written.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Where something is written; shown as `FILE:LINE`, the form that editors jump to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as messages name it.
    pub file: Arc<str>,
    /// The line in it, from 1.
    pub line: usize,
}

/// How the names of the built-in tables begin.
pub(super) const BUILT_IN: &str = "built-in ";

impl Place {
    /// Whether it is in one of the tables that come with the program.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.file.starts_with(BUILT_IN)
    }

    /// Which of these tables it is in.
    pub(super) fn order(&self, tables: &[Arc<str>]) -> Option<usize> {
        tables.iter().position(|table| Arc::ptr_eq(table, &self.file))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A word or phrase that the tagger looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As it is written; borrowed from the program where the table is built in.
    pub text: Cow<'static, str>,
    /// Where it is written.
    pub at: Place,
}

/// The lists of terms that a concept has.
pub trait Lists: Default {
    /// What a table calls its concepts: `[[topic]]`.
    const WORD: &'static str;
    /// What the lists are called.
    const NAMES: &'static [&'static str];

    /// The list of this name.
    fn list_mut(&mut self, name: &str) -> Option<&mut Vec<Term>>;

    /// All lists, in the order of [`Lists::NAMES`].
    fn lists(&self) -> impl Iterator<Item = &[Term]>;

    /// All terms, each with the name of its list.
    fn terms(&self) -> impl Iterator<Item = (&'static str, &Term)> {
        let named = Self::NAMES.iter().zip(self.lists());
        named.flat_map(|(name, list)| list.iter().map(move |term| (*name, term)))
    }
}

/// A struct of lists that knows them by name too.
macro_rules! lists {
    ($(#[$about:meta])* $name:ident of $word:literal { $($(#[$meaning:meta])* $list:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$meaning])* pub $list: Vec<Term>,)*
        }

        impl Lists for $name {
            const WORD: &'static str = $word;
            const NAMES: &'static [&'static str] = &[$(stringify!($list)),*];

            fn list_mut(&mut self, name: &str) -> Option<&mut Vec<Term>> {
                match name {
                    $(stringify!($list) => Some(&mut self.$list),)*
                    _ => None,
                }
            }

            fn lists(&self) -> impl Iterator<Item = &[Term]> {
                [$(self.$list.as_slice()),*].into_iter()
            }
        }
    };
}

lists! {
    /// How a story shows that it is about a topic.
    ///
    /// A term with a capital letter must be printed with it; one without is found in any case.
    TopicTerms of "topic" {
        /// One of these in the headline or lead decides.
        decides,
        /// Speaks for the topic, and a second one decides.
        strong,
        /// A hint.
        weak,
        /// Speaks against the topic.
        against,
    }
}

lists! {
    /// How a story shows that it is about a region. The region's names are looked for where they stand here as well.
    RegionTerms of "region" {
        /// Names: 皖, 安徽; German, Germany's. One that stands in several regions (京津冀) means them all.
        aliases,
        /// Cities and counties: a name of one speaks for the region.
        within,
        /// The seat of government, from which news of the whole region is filed.
        capital,
        /// What is said of one's own country without naming it (全国, 教育部): counts unless headline or dateline
        /// names another country.
        home,
        /// Names that mean something else as often (朝阳, Georgia): they count only beside surer evidence.
        unsure,
    }
}
