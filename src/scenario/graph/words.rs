//! Conditions and chances in a few words.

use crate::scenario::{Condition, Exit, Scenario};

/// What must hold; nothing if it always does.
pub(super) fn condition(scenario: &Scenario, condition: &Condition) -> Option<String> {
    (!condition.is_empty()).then(|| all(scenario, condition))
}

fn all(scenario: &Scenario, condition: &Condition) -> String {
    let mut parts = Vec::new();
    for (meter, bounds) in &condition.meters {
        parts.push(range(meter.id(), bounds.min, bounds.max, 100));
    }
    if let Some(bounds) = condition.insights {
        parts.push(range("insights", bounds.min, bounds.max, 64));
    }
    for id in &condition.knows {
        parts.push(format!("knows {}", scenario.insights.get(id.index()).map_or("?", |fact| &fact.id)));
    }
    let flag = |id: &crate::scenario::FlagId| scenario.flags.get(id.index()).map_or("?", |fact| &*fact.id).to_owned();
    parts.extend(condition.flags.iter().map(flag));
    parts.extend(condition.without.iter().map(|id| format!("not {}", flag(id))));
    for group in &condition.any {
        let any: Vec<String> = group.iter().map(|each| all(scenario, each)).collect();
        parts.push(format!("({})", any.join(" or ")));
    }
    if parts.is_empty() { "always".to_owned() } else { parts.join(", ") }
}

fn range(name: &str, min: u8, max: u8, most: u8) -> String {
    match (min, max) {
        (min, max) if min == max => format!("{name} {min}"),
        (0, max) => format!("{name} up to {max}"),
        (min, max) if max >= most => format!("{name} from {min}"),
        (min, max) => format!("{name} {min} to {max}"),
    }
}

/// The share of a draw; nothing if there is none.
pub(super) fn chance(exits: &[Exit], at: usize) -> Option<String> {
    let own = exits.get(at)?.chance?;
    let drawn = |exit: &&Exit| exit.chance.is_some();
    let before = exits[..at].iter().rev().take_while(drawn);
    let run = || before.clone().chain(exits[at..].iter().take_while(drawn));
    if run().any(|exit| !exit.when.is_empty()) {
        // The others may not be in the draw.
        return Some(format!("drawn with weight {own}"));
    }
    let all: u64 = run().filter_map(|exit| exit.chance).map(u64::from).sum();
    Some(format!("drawn {own} in {all}"))
}
