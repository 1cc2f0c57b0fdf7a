//! Options that give themselves away by their length, in one decision and over the whole story.

use super::{Choice, Finding, is_over, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::check::places::{Places, Spot};

/// The most characters between the longest and the shortest option.
const APART: usize = 12;
/// The same, in per cent of their mean.
const APART_PERCENT: usize = 15;
/// The best option may be the longest, or the shortest, in so many per cent of the decisions.
const GIVEN_AWAY: usize = 35;

/// Each option's length in characters.
fn lengths(choice: &Choice<'_>) -> Vec<usize> {
    choice.options().map(|(_, option)| option.text.chars().count()).collect()
}

/// The place of the only one that is furthest out, if there is only one.
fn only(lengths: &[usize], is_further: impl Fn(usize, usize) -> bool) -> Option<usize> {
    let furthest = (0..lengths.len()).reduce(|a, b| if is_further(lengths[b], lengths[a]) { b } else { a })?;
    let alone = lengths.iter().filter(|length| **length == lengths[furthest]).count() == 1;
    alone.then_some(furthest)
}

/// Lengths too far apart.
pub(super) fn decision(choice: &Choice<'_>, found: &mut Vec<Finding>) {
    let lengths = lengths(choice);
    let (Some(longest), Some(shortest)) = (lengths.iter().max(), lengths.iter().min()) else { return };
    let (apart, all) = (longest - shortest, lengths.iter().sum::<usize>());
    // apart > 15% of all / count
    let uneven = apart > APART || apart * lengths.len() * 100 > all * APART_PERCENT;
    if !uneven {
        return;
    }
    let at = |length: &usize| lengths.iter().position(|each| each == length).unwrap_or(0);
    let span = |option: usize| choice.written.options.get(option).map_or(0..0, |option| option.text_span.clone());
    let mean = all / lengths.len();
    let message =
        format!("the options of scene `{}` have {shortest} to {longest} characters, {apart} apart", choice.scene.id);
    let most = APART.min(mean * APART_PERCENT / 100);
    let diagnostic = Diagnostic::new(Code::UnevenLengths, span(at(longest)), message)
        .label(format!("the longest, {longest}"))
        .related(span(at(shortest)), format!("the shortest, {shortest}"))
        .help(format!("bring them within {most} characters of each other; the long one is taken for the right one"));
    found.push((Spot::Scene(choice.at), diagnostic));
}

/// The best option the longest, or the shortest, too often.
pub(super) fn story(choices: &[Choice<'_>], places: &Places, found: &mut Vec<Finding>) {
    let is_best = |choice: &Choice<'_>, at: Option<usize>| {
        at.and_then(|at| choice.decision.options.get(at)).is_some_and(|option| choice.is_best(option))
    };
    let longest = |choice: &&Choice<'_>| is_best(choice, only(&lengths(choice), |a, b| a > b));
    let shortest = |choice: &&Choice<'_>| is_best(choice, only(&lengths(choice), |a, b| a < b));
    let mut tell = |which: &str, hits: &[&Choice<'_>]| {
        if is_over(hits.len(), choices.len(), GIVEN_AWAY) {
            let message = format!("the best option is the {which} in {} of {} decisions", hits.len(), choices.len());
            let help = format!("change that in some of {}, down to {GIVEN_AWAY}%", named(hits));
            let diagnostic = Diagnostic::new(Code::LengthGivesAway, places.span(Spot::Story), message).help(help);
            found.push((Spot::Story, diagnostic));
        }
    };
    tell("longest", &choices.iter().filter(longest).collect::<Vec<_>>());
    tell("shortest", &choices.iter().filter(shortest).collect::<Vec<_>>());
}
