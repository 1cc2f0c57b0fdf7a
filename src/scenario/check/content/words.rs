//! Words: those that judge, and those that stand in for words still to be found.

use std::ops::Range;

use super::{Choice, Finding, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::check::places::{Places, Spot};
use crate::scenario::{Scenario, SceneKind};

/// Words of judgement.
pub(super) const LOADED: [&str; 8] = ["obviously", "just", "simply", "blame", "ignore", "force", "always", "never"];
/// Words that say that something is to be written.
const TO_DO: [&str; 3] = ["TODO", "FIXME", "TBD"];

/// Words in options that pass judgement.
pub(super) fn loaded(source: &str, choice: &Choice<'_>, found: &mut Vec<Finding>) {
    for ((at, option), written) in choice.options().zip(&choice.written.options) {
        let said: Vec<String> = words(&option.text).map(str::to_lowercase).collect();
        for word in LOADED.iter().filter(|word| said.iter().any(|said| said == *word)) {
            let span = place(source, &written.text_span, word);
            let message = format!("option `{}` says \"{word}\", which passes judgement", option.id);
            let help = "say what is done, and leave it to the player what to think of it";
            let diagnostic = Diagnostic::new(Code::LoadedWord, span, message).help(help);
            found.push((Spot::Option(choice.at, at), diagnostic));
        }
    }
}

/// Where a word stands in a text as it is written; the whole text if escapes are in the way.
fn place(source: &str, text: &Range<usize>, word: &str) -> Range<usize> {
    let written = source.get(text.clone()).unwrap_or_default();
    let hit = words(written).find(|found| found.eq_ignore_ascii_case(word));
    hit.map_or_else(
        || text.clone(),
        |hit| {
            let start = text.start + (hit.as_ptr() as usize - written.as_ptr() as usize);
            start..start + hit.len()
        },
    )
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Texts of a scene that are still to be written.
pub(super) fn placeholders(place: &Place<'_>, places: &Places, found: &mut Vec<Finding>) {
    let mut tell = |spot: Spot, what: &str, id: &str, text: &str| tell(spot, what, id, text, places, found);
    let (scene, at) = (place.scene, place.at);
    tell(Spot::Scene(at), "the text of scene", &scene.id, &scene.text);
    tell(Spot::Scene(at), "the title of scene", &scene.id, &scene.title);
    for echo in &scene.echoes {
        tell(Spot::Scene(at), "an echo of scene", &scene.id, &echo.text);
    }
    let SceneKind::Decision(decision) = &scene.kind else { return };
    for (number, option) in decision.options.iter().enumerate() {
        let spot = Spot::Option(at, number);
        tell(spot, "the text of option", &option.id, &option.text);
        tell(spot, "`then` of option", &option.id, &option.then);
        tell(spot, "`why` of option", &option.id, &option.why);
        tell(spot, "`closed` of option", &option.id, &option.closed);
    }
}

/// Texts of the endings and of the head that are still to be written.
pub(super) fn story(scenario: &Scenario, places: &Places, found: &mut Vec<Finding>) {
    let mut tell = |spot: Spot, what: &str, id: &str, text: &str| tell(spot, what, id, text, places, found);
    for (what, text) in [("title", &scenario.title), ("summary", &scenario.summary), ("briefing", &scenario.briefing)] {
        tell(Spot::Story, &format!("the {what} of"), &scenario.id, text);
    }
    for (at, ending) in scenario.endings.iter().enumerate() {
        tell(Spot::Ending(at), "the text of ending", &ending.id, &ending.text);
        tell(Spot::Ending(at), "the title of ending", &ending.id, &ending.title);
    }
}

fn tell(spot: Spot, what: &str, id: &str, text: &str, places: &Places, found: &mut Vec<Finding>) {
    let to_do = words(text).any(|word| TO_DO.contains(&word));
    if text.is_empty() || (text.contains(char::is_alphanumeric) && !to_do) {
        return;
    }
    let message = format!("{what} `{id}` is still to be written");
    let help = "a player learns from what happened and why; write both, if it's only a sentence each";
    found.push((spot, Diagnostic::new(Code::PlaceholderText, places.span(spot), message).help(help)));
}
