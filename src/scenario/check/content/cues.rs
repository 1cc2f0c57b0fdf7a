//! Other ways in which the best option gives itself away over a whole story: by its place, by the rep's name.

use super::{Choice, Finding, is_over, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::Scenario;
use crate::scenario::check::OPTIONS;
use crate::scenario::check::places::{Places, Spot};

/// The best option may stand in one place in so many per cent of the decisions.
const PLACE: usize = 40;
/// The rep's name may be in the best option alone in so many per cent of the decisions.
const NAME: usize = 20;

/// The best option too often in one place, or the only one with the rep's name.
pub(super) fn story(scenario: &Scenario, choices: &[Choice<'_>], places: &Places, found: &mut Vec<Finding>) {
    let mut tell = |code: Code, message: String, help: String| {
        found.push((Spot::Story, Diagnostic::new(code, places.span(Spot::Story), message).help(help)));
    };
    for place in 0..OPTIONS {
        let best_there =
            |choice: &&Choice<'_>| choice.decision.options.get(place).is_some_and(|option| choice.is_best(option));
        let hits: Vec<&Choice<'_>> = choices.iter().filter(best_there).collect();
        if is_over(hits.len(), choices.len(), PLACE) {
            let (count, all, number) = (hits.len(), choices.len(), place + 1);
            let message = format!("the best option is number {number} of its scene in {count} of {all} decisions");
            tell(Code::PlaceGivesAway, message, format!("write them in another order in some of {}", named(&hits)));
        }
    }
    let name = scenario.rep().first_name();
    let hits: Vec<&Choice<'_>> = choices.iter().filter(|choice| only_the_best_names(choice, name)).collect();
    if is_over(hits.len(), choices.len(), NAME) {
        let (count, all) = (hits.len(), choices.len());
        let message = format!("{name} is named in the best option and in no other in {count} of {all} decisions");
        let help = format!("name {name} in all the options, or in none, in some of {}", named(&hits));
        tell(Code::NameGivesAway, message, help);
    }
}

fn only_the_best_names(choice: &Choice<'_>, name: &str) -> bool {
    let names = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    let (mut best, mut others) = (false, false);
    for (_, option) in choice.options().filter(|(_, option)| names(&option.text)) {
        if choice.is_best(option) {
            best = true;
        } else {
            others = true;
        }
    }
    best && !others
}
