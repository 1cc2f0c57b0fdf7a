//! What was found wrong so far. It keeps the list bounded and thinks of better spellings.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};

/// More problems than this are counted, not listed.
pub(in crate::scenario) const LISTED: usize = 1000;
/// After so many problems nobody needs suggestions, and they take time.
const SUGGESTED: usize = 200;
/// Longer names are no misspelling of anything.
const NAME: usize = 64;

/// The problems of one file. Shared while the file is read, so adding to it needs no exclusive access.
#[derive(Default)]
pub(in crate::scenario) struct Problems {
    list: RefCell<Vec<Diagnostic>>,
    /// The kinds met so far, a bit each.
    kinds: Cell<u128>,
    errors: Cell<usize>,
    unlisted: Cell<usize>,
}

impl Problems {
    /// Adds a problem.
    pub(in crate::scenario) fn push(&self, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.errors.set(self.errors.get() + 1);
        }
        self.kinds.set(self.kinds.get() | bit(diagnostic.code));
        let mut list = self.list.borrow_mut();
        if list.len() < LISTED {
            list.push(diagnostic);
        } else {
            self.unlisted.set(self.unlisted.get() + 1);
        }
    }

    /// Counts errors of a kind that are not told one by one.
    pub(in crate::scenario) fn leave_out(&self, code: Code, count: usize) {
        if count > 0 {
            self.errors.set(self.errors.get() + count);
            self.kinds.set(self.kinds.get() | bit(code));
            self.unlisted.set(self.unlisted.get() + count);
        }
    }

    /// How many errors were found, listed or not.
    pub(in crate::scenario) fn errors(&self) -> usize {
        self.errors.get()
    }

    /// Where the listed errors begin, in order.
    pub(in crate::scenario) fn error_starts(&self) -> Vec<usize> {
        let list = self.list.borrow();
        let mut starts: Vec<usize> = list.iter().filter(|d| d.is_error()).map(|d| d.span.start).collect();
        starts.sort_unstable();
        starts
    }

    /// Whether a problem of this kind was found.
    pub(in crate::scenario) fn has(&self, code: Code) -> bool {
        self.kinds.get() & bit(code) != 0
    }

    /// Whether the parser stumbled within this place, so that nothing can be said about the value there.
    pub(in crate::scenario) fn garbled(&self, span: &Range<usize>) -> bool {
        let within = |d: &Diagnostic| d.code == Code::Syntax && span.start <= d.span.start && d.span.start <= span.end;
        self.has(Code::Syntax) && self.list.borrow().iter().any(within)
    }

    /// All of them, in the order of the file.
    pub(in crate::scenario) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.list.into_inner();
        list.sort_by(|a, b| {
            (a.span.start, a.span.end, a.severity, a.code).cmp(&(b.span.start, b.span.end, b.severity, b.code))
        });
        let unlisted = self.unlisted.get();
        if unlisted > 0 {
            let end = list.last().map_or(0, |last| last.span.start);
            let message = format!("{unlisted} more problems are not listed");
            list.push(
                Diagnostic::new(Code::MoreProblems, end..end, message).help("mend the first ones and check again"),
            );
        }
        list
    }

    /// "did you mean ...", if one of the names is near enough.
    pub(in crate::scenario) fn suggest<'n>(
        &self,
        wrong: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        self.nearest(wrong, names).map(did_you_mean)
    }

    /// The name that was probably meant, if one is near enough.
    pub(in crate::scenario) fn nearest<'n>(
        &self,
        wrong: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        if self.list.borrow().len() >= SUGGESTED || wrong.is_empty() || wrong.len() > NAME {
            return None;
        }
        let wrong = wrong.to_lowercase();
        let near = |name: &str| {
            let allowed = (wrong.len().max(name.len()) / 3).max(1);
            if wrong.len().abs_diff(name.len()) > allowed {
                return None;
            }
            // Hyphens and underscores are easily mistaken for each other.
            let distance = strsim::osa_distance(&wrong.replace('-', "_"), &name.replace('-', "_"));
            (distance <= allowed).then_some(distance)
        };
        names.into_iter().filter_map(|name| Some((near(name)?, name))).min().map(|(_, name)| name)
    }
}

/// A code's bit.
const fn bit(code: Code) -> u128 {
    const { assert!(Code::ALL.len() <= 128) };
    1 << code as u32
}

/// The question that helps.
pub(in crate::scenario) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}
