//! Insights and flags that are declared and serve nobody. Warnings: they lose no scenario.

use super::facts::{Fact, Facts};
use super::resolve::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{File, Problems};
use crate::scenario::{Condition, FlagId, Goto, InsightId, Scenario, SceneKind};

/// Codes after which part of the uses may be unknown.
const UNSURE: [Code; 6] =
    [Code::UnknownInsight, Code::UnknownFlag, Code::UnknownKey, Code::WrongType, Code::MissingKey, Code::TooDeep];

/// Reports what is never gained or never asked for.
pub(super) fn check(file: &File, draft: &Draft, problems: &Problems) {
    if UNSURE.into_iter().any(|code| problems.has(code)) {
        return;
    }
    let (gained, asked) = uses(&draft.scenario);
    for (fact, id) in file.insights.iter().zip((0..).map(|at| Fact::Insight(InsightId(at)))) {
        if !gained.has(id) {
            let message = format!("no option teaches the insight `{}`", fact.id.value);
            let help = "name it in the `learn` of an option, or take it out";
            problems.push(Diagnostic::new(Code::InsightNeverLearned, fact.id.span.clone(), message).help(help));
        }
    }
    for (fact, id) in file.flags.iter().zip((0..).map(|at| Fact::Flag(FlagId(at)))) {
        let name = &fact.id.value;
        let (code, message, help) = match (gained.has(id), asked.has(id)) {
            (true, true) => continue,
            (false, false) => {
                (Code::UnusedFlag, format!("the flag `{name}` is neither set nor asked for"), "use it, or take it out")
            }
            (false, true) => (
                Code::FlagNeverSet,
                format!("no option sets the flag `{name}`, but a condition asks for it"),
                "name it in the `set` of an option, or leave the condition out",
            ),
            (true, false) => (
                Code::FlagNeverRead,
                format!("the flag `{name}` is set, but no condition asks for it"),
                "let an echo, a goto or an ending's line remember it, or take it out",
            ),
        };
        problems.push(Diagnostic::new(code, fact.id.span.clone(), message).help(help));
    }
}

/// What options give, and what conditions ask for.
fn uses(scenario: &Scenario) -> (Facts, Facts) {
    let (mut gained, mut asked) = (Facts::default(), Facts::default());
    let mut ask = |condition: &Condition| asked.join(&Facts::named(condition));
    for scene in &scenario.scenes {
        scene.echoes.iter().for_each(|echo| ask(&echo.when));
        let mut exits = |Goto(exits): &Goto| exits.iter().for_each(|exit| ask(&exit.when));
        match &scene.kind {
            SceneKind::Passage(goto) => exits(goto),
            SceneKind::Decision(decision) => {
                decision.options.iter().for_each(|option| exits(&option.goto));
                decision.options.iter().for_each(|option| {
                    gained.join(&Facts::gained(option));
                    ask(&option.when);
                });
            }
        }
    }
    scenario.endings.iter().flat_map(|ending| &ending.lines).for_each(|line| ask(&line.when));
    (gained, asked)
}
