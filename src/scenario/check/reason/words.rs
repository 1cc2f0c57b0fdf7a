//! A region in words: the case in which something fails, as an author would say it.

use super::Region;
use crate::scenario::Scenario;
use crate::scenario::check::facts::Fact;
use crate::terms::Meter;

/// More parts than this are not read.
const PARTS: usize = 4;

impl Region {
    /// "when trust is at most 49 and `promised` is not set"; nothing for any state at all.
    pub(in crate::scenario::check) fn in_words(&self, scenario: &Scenario) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for (meter, bounds) in Meter::ALL.iter().zip(self.meters) {
            parts.extend(range(&format!("{} is", meter.id()), bounds.min.into(), bounds.max.into(), 100));
        }
        parts.extend(range("the insights known are", self.count.min.into(), self.count.max.into(), self.declared));
        let name = |fact: Fact| match fact {
            Fact::Insight(id) => scenario.insights.get(id.index()),
            Fact::Flag(id) => scenario.flags.get(id.index()),
        };
        for (facts, insight, flag) in [(self.have, "known", "set"), (self.lack, "not known", "not set")] {
            for fact in facts.iter() {
                let word = if matches!(fact, Fact::Insight(_)) { insight } else { flag };
                parts.extend(name(fact).map(|named| format!("`{}` is {word}", named.id)));
            }
        }
        if parts.len() > PARTS {
            parts.truncate(PARTS);
            parts.push("so on".to_owned());
        }
        let last = parts.pop()?;
        Some(if parts.is_empty() { format!("when {last}") } else { format!("when {} and {last}", parts.join(", ")) })
    }
}

/// A range that leaves something out.
fn range(what: &str, min: u32, max: u32, most: u32) -> Option<String> {
    match (min > 0, max < most) {
        (false, false) => None,
        (true, false) => Some(format!("{what} at least {min}")),
        (false, true) => Some(format!("{what} at most {max}")),
        (true, true) if min == max => Some(format!("{what} {min}")),
        (true, true) => Some(format!("{what} from {min} to {max}")),
    }
}
