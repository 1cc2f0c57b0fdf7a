//! Gotos: one of the entries must always hold, and none should be there in vain.

use super::facts::Facts;
use super::reason::{Answer, Reasoner, Region};
use super::resolve::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{self, File, Problems, Written};
use crate::scenario::{Condition, Exit, Goto, Scenario, SceneKind, SceneOption};

/// Which entries can be taken: by scene, by option (a passage has one place), by entry.
pub(super) type Live = Vec<Vec<Vec<bool>>>;

/// A goto where it is used: what is known there, and which of its entries can be taken then.
struct Use<'d> {
    region: Region,
    exits: &'d [Exit],
    live: Vec<bool>,
    /// The name of the option, if it is one's.
    option: Option<&'d str>,
}

/// Checks every goto.
pub(super) fn check(file: &File, draft: &Draft, reasoner: &Reasoner, problems: &Problems) -> Live {
    let mut live = Vec::new();
    for (at, written) in file.scenes.iter().enumerate() {
        let (scene, known) = (&draft.scenario.scenes[at], &draft.scenes[at]);
        let uses: Vec<Use<'_>> = match &scene.kind {
            SceneKind::Passage(Goto(exits)) => vec![Use::new(reasoner, reasoner.anywhere(), exits, None)],
            SceneKind::Decision(decision) => decision
                .options
                .iter()
                .map(|option| Use::new(reasoner, after(reasoner, option), &option.goto.0, Some(&option.id)))
                .collect(),
        };
        let checker = Checker { scenario: &draft.scenario, reasoner, problems };
        if matches!(scene.kind, SceneKind::Passage(_)) {
            checker.goto(&written.goto, known.goto, &uses.iter().collect::<Vec<_>>());
        } else {
            let mut inherited = Vec::new();
            for ((used, known), option) in uses.iter().zip(&known.options).zip(&written.options) {
                if known.own {
                    checker.goto(&option.goto, known.goto, &[used]);
                } else {
                    inherited.push(used);
                }
            }
            checker.goto(&written.goto, known.goto, &inherited);
        }
        live.push(uses.into_iter().map(|used| used.live).collect());
    }
    live
}

/// What is known right after an option was chosen: what it asked to have, and what it gave.
pub(super) fn after(reasoner: &Reasoner, option: &SceneOption) -> Region {
    reasoner.anywhere().after(&option.when).with(&Facts::gained(option))
}

/// The entries that are tried before this one: all before its own run of draws.
pub(super) fn before(exits: &[Exit], at: usize) -> &[Exit] {
    let mut start = at;
    if exits[at].chance.is_some() {
        while start > 0 && exits[start - 1].chance.is_some() {
            start -= 1;
        }
    }
    &exits[..start]
}

fn whens(exits: &[Exit]) -> impl Iterator<Item = &Condition> {
    exits.iter().map(|exit| &exit.when)
}

impl<'d> Use<'d> {
    fn new(reasoner: &Reasoner, region: Region, exits: &'d [Exit], option: Option<&'d str>) -> Self {
        let mut live = Vec::with_capacity(exits.len());
        let mut over = false;
        for (at, exit) in exits.iter().enumerate() {
            // After an entry that always holds nothing is tried, but for its own run of draws.
            over = over || before(exits, at).last().is_some_and(|last| last.when.is_empty());
            live.push(!over && reasoner.can(region, [&exit.when], whens(before(exits, at))) != Answer::No);
        }
        Self { region, exits, live, option }
    }
}

struct Checker<'c> {
    scenario: &'c Scenario,
    reasoner: &'c Reasoner,
    problems: &'c Problems,
}

impl Checker<'_> {
    /// Checks one written goto in all the places where it is used.
    fn goto(&self, written: &Written<file::Goto>, known: bool, uses: &[&Use<'_>]) {
        let Written::Yes(written) = written else {
            return;
        };
        if !known || uses.is_empty() {
            return;
        }
        for used in uses {
            let mut case = None;
            let message = match self.reasoner.can(used.region, [], whens(used.exits)) {
                Answer::No => continue,
                Answer::Yes(region) => {
                    case = region.in_words(self.scenario);
                    "every entry of this goto can fail".to_owned()
                }
                Answer::TooHard => "this goto has too many cases to tell if one entry always holds".to_owned(),
            };
            let mut diagnostic = Diagnostic::new(Code::GotoCanFail, last(written), message)
                .help("end the list with an entry without `when`");
            let case = case.map(|case| format!(", for instance {case}")).unwrap_or_default();
            diagnostic = diagnostic.label(match used.option {
                Some(option) => format!("if this fails too, option `{option}` leads nowhere{case}"),
                None => format!("if this fails too, it leads nowhere{case}"),
            });
            self.problems.push(diagnostic);
            break;
        }
        for (at, exit) in written.exits.iter().enumerate() {
            // What contradicts itself has been reported as such.
            let itself = uses.first().and_then(|used| used.exits.get(at)).map(|exit| &exit.when);
            let contradicts = self.reasoner.can(self.reasoner.anywhere(), itself, []) == Answer::No;
            if !contradicts && uses.iter().all(|used| used.live.get(at) == Some(&false)) {
                let message = "this entry is never reached";
                let help = "the entries before it hold whenever it does, or it asks for what can't be so here";
                self.problems.push(Diagnostic::new(Code::UnusedExit, exit.span.clone(), message).help(help));
            }
        }
    }
}

/// The last entry of a goto.
fn last(written: &file::Goto) -> std::ops::Range<usize> {
    written.exits.last().map_or(written.span.clone(), |exit| exit.span.clone())
}
