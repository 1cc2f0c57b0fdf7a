//! Whether asking is a way to win without reading: a question is right sometimes, wrong sometimes.

use super::{Choice, Finding, is_over, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::SceneOption;
use crate::scenario::check::places::{Places, Spot};
use crate::terms::Form;

/// A question may be best in so many per cent of the decisions that offer one.
const BEST: usize = 40;
/// Decisions in which asking is poor, and decisions in which it isn't best: at least so many of each.
const FEWEST: usize = 2;
/// A key that is poor, at most.
const POOR: u8 = 1;

fn asks(option: &SceneOption) -> bool {
    option.form == Form::Ask
}

/// Questions that do too well, or never badly.
pub(super) fn story(choices: &[Choice<'_>], places: &Places, found: &mut Vec<Finding>) {
    let mut tell = |code: Code, message: String, help: String| {
        found.push((Spot::Story, Diagnostic::new(code, places.span(Spot::Story), message).help(help)));
    };
    let any = |choice: &Choice<'_>, of: &dyn Fn(&SceneOption) -> bool| choice.options().any(|(_, option)| of(option));
    let offering: Vec<&Choice<'_>> = choices.iter().filter(|choice| any(choice, &asks)).collect();
    let best_asks = |choice: &Choice<'_>| any(choice, &|option| asks(option) && choice.is_best(option));
    let best: Vec<&Choice<'_>> = offering.iter().copied().filter(|choice| best_asks(choice)).collect();

    if let Some((questions, all)) = means(choices) {
        let message = format!("the mean key of questions is {questions}, that of all options {all}");
        tell(
            Code::AskingPays,
            message,
            "let some questions be the wrong answer: a fact withheld, a decision put off".to_owned(),
        );
    }
    if is_over(best.len(), offering.len(), BEST) {
        let message = format!("a question is best in {} of {} decisions that offer one", best.len(), offering.len());
        tell(Code::AskingPays, message, format!("let something else be best in some of {}", named(&best)));
    }
    let poor = offering.iter().filter(|choice| any(choice, &|option| asks(option) && option.key.get() <= POOR)).count();
    if poor < FEWEST {
        let message = format!("a question is a poor choice (key 0 or 1) in {poor} decisions, fewer than {FEWEST}");
        let help = "a question is poor where you hold the fact, a decision is due, or the customer asked *you*";
        tell(Code::AskingSafe, message, help.to_owned());
    }
    let others = choices.iter().filter(|choice| !best_asks(choice)).count();
    if others < FEWEST {
        let message = format!("the best option is no question in {others} decisions, fewer than {FEWEST}");
        tell(Code::AskingSafe, message, "let telling, doing or waiting be right at least twice".to_owned());
    }
}

/// The mean keys of questions and of all options, if the first is more than three quarters of a point above.
fn means(choices: &[Choice<'_>]) -> Option<(String, String)> {
    let keys = |of: &dyn Fn(&SceneOption) -> bool| {
        let options = choices.iter().flat_map(Choice::options).filter(|(_, option)| of(option));
        options.fold((0, 0), |(sum, count), (_, option)| (sum + i64::from(option.key.get()), count + 1))
    };
    let ((sum, count), (all_sum, all_count)) = (keys(&asks), keys(&|_| true));
    // sum / count - all_sum / all_count > 3 / 4
    let over = count > 0 && 4 * (sum * all_count - all_sum * count) > 3 * count * all_count;
    over.then(|| (mean(sum, count), mean(all_sum, all_count)))
}

/// A mean with two decimals.
fn mean(sum: i64, count: i64) -> String {
    let hundredths = (sum * 200 + count) / (2 * count);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
