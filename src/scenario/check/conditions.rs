//! Conditions that contradict themselves, and scenes in which every option can be closed.

use super::reason::{Answer, Reasoner};
use super::resolve::{Draft, title};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{self, File, Problems};
use crate::scenario::{Condition, Decision, Exit, Goto, Scenario, SceneKind};

/// Checks every condition of the file, and every decision for a way out.
pub(super) fn check(file: &File, draft: &Draft, reasoner: &Reasoner, problems: &Problems) {
    let checker = Checker { scenario: &draft.scenario, reasoner, problems };
    for (at, written) in file.scenes.iter().enumerate() {
        let (scene, known) = (&draft.scenario.scenes[at], &draft.scenes[at]);
        for (written, echo) in written.echoes.iter().zip(&scene.echoes) {
            checker.possible(written.when.as_ref(), &echo.when);
        }
        match &scene.kind {
            SceneKind::Passage(goto) => checker.exits(&written.goto, goto),
            SceneKind::Decision(decision) => {
                for (written, option) in written.options.iter().zip(&decision.options) {
                    checker.possible(written.when.as_ref(), &option.when);
                    checker.exits(&written.goto, &option.goto);
                }
                // The scene's own goto is that of an option without one.
                let inherits = known.options.iter().position(|known| !known.own);
                if let Some(option) = inherits.and_then(|at| decision.options.get(at)) {
                    checker.exits(&written.goto, &option.goto);
                }
                if known.options.iter().all(|known| known.when) {
                    checker.way_out(written, decision);
                }
            }
        }
    }
    for (written, ending) in file.endings.iter().zip(&draft.scenario.endings) {
        for (written, line) in written.lines.iter().zip(&ending.lines) {
            checker.possible(written.when.as_ref(), &line.when);
        }
    }
}

struct Checker<'c> {
    scenario: &'c Scenario,
    reasoner: &'c Reasoner,
    problems: &'c Problems,
}

impl Checker<'_> {
    fn exits(&self, written: &file::Written<file::Goto>, Goto(exits): &Goto) {
        // Where an entry could not be resolved, the two lists don't go together.
        if let file::Written::Yes(written) = written
            && written.exits.len() == exits.len()
        {
            for (written, Exit { when, .. }) in written.exits.iter().zip(exits) {
                self.possible(written.when.as_ref(), when);
            }
        }
    }

    /// Reports a condition that never holds, or the entries of its `any` that never do.
    fn possible(&self, written: Option<&file::Condition>, condition: &Condition) {
        let Some(written) = written.filter(|written| !written.broken) else {
            return;
        };
        if self.reasoner.can(self.reasoner.anywhere(), [condition], []) == Answer::No {
            let message = "this condition contradicts itself and never holds";
            let help = "leave out one of the parts that exclude each other";
            let diagnostic = Diagnostic::new(Code::ImpossibleCondition, written.span.clone(), message).help(help);
            self.problems.push(match self.too_many_insights(written, condition) {
                Some(reason) => diagnostic.label(reason),
                None => diagnostic,
            });
            return;
        }
        for (written, alternative) in written.any.iter().zip(condition.any.iter().flatten()) {
            self.possible(Some(written), alternative);
        }
    }

    /// The commonest contradiction gets a word of its own.
    fn too_many_insights(&self, written: &file::Condition, condition: &Condition) -> Option<String> {
        let least = condition.insights.filter(|_| written.insights.is_some())?.min;
        let declared = self.reasoner.declared();
        let are = if declared == 1 { "is" } else { "are" };
        (u32::from(least) > declared).then(|| format!("asks for {least} insights, but {declared} {are} declared"))
    }

    /// Reports a decision all of whose options can be closed.
    fn way_out(&self, written: &file::Scene, decision: &Decision) {
        if decision.options.is_empty() {
            return;
        }
        let lasting = decision.options.iter().filter(|option| !option.once).map(|option| &option.when);
        let answer = self.reasoner.can(self.reasoner.anywhere(), [], lasting);
        let scene = title(written.id.as_ref());
        let mut label = None;
        let message = match answer {
            Answer::No => return,
            Answer::Yes(region) => {
                let spent = decision.options.iter().filter(|option| option.once);
                let spent: Vec<String> = spent.map(|option| format!("`{}`", option.id)).collect();
                let spent = if spent.is_empty() { String::new() } else { format!("after {} ", spent.join(" and ")) };
                let case = format!("{spent}{}", region.in_words(self.scenario).unwrap_or_default());
                label = (!case.is_empty()).then(|| format!("for instance {}", case.trim_end()));
                format!("every option of scene {scene} can be closed at the same time")
            }
            Answer::TooHard => {
                format!("the conditions of scene {scene} are too many to tell if an option is always open")
            }
        };
        let help = "leave one option without `when` and `once`, or let two conditions cover every case between them";
        let span = written.id.as_ref().map_or(written.span.clone(), |id| id.span.clone());
        let mut diagnostic = Diagnostic::new(Code::AllClosed, span, message).help(help);
        diagnostic.label = label;
        self.problems.push(diagnostic);
    }
}
