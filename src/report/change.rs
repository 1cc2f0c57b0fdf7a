//! What moved, in words and signs, so that nothing is told by colour alone.

use crate::engine::Run;
use crate::terms::{Meter, Meters};

/// A meter, where it stands and what moved it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which meter.
    pub meter: Meter,
    /// Where it stands now, 0 to 100.
    pub value: u8,
    /// What changed, -100 to 100.
    pub by: i8,
}

impl Change {
    /// All four meters at `after`, with what changed since `before`.
    pub fn all(before: Meters, after: Meters) -> [Self; 4] {
        let moved = after.since(before);
        [Meter::Trust, Meter::Growth, Meter::Momentum, Meter::Bypass].map(|meter| Self {
            meter,
            value: after.get(meter),
            by: moved.get(meter),
        })
    }

    /// Whether it is good news; nothing if it didn't move. A rise is good but for bypass.
    pub fn is_good(self) -> Option<bool> {
        (self.by != 0).then_some((self.by > 0) == self.meter.high_is_good())
    }

    /// `up 4`, `down 12`, `unchanged`.
    pub fn words(self) -> String {
        match self.by {
            0 => "unchanged".to_owned(),
            up @ 1.. => format!("up {up}"),
            down => format!("down {}", down.unsigned_abs()),
        }
    }

    /// The whole line: `Trust in Dana 52, up 4 (+4)`, `Growth 44, unchanged`. `rep` is the rep's first name.
    pub fn told(self, rep: &str) -> String {
        let name = match self.meter {
            Meter::Trust => format!("Trust in {rep}"),
            Meter::Growth | Meter::Momentum | Meter::Bypass => self.meter.to_string(),
        };
        let signs = if self.by == 0 { String::new() } else { format!(" ({})", signed(self.by)) };
        format!("{name} {}, {}{signs}", self.value, self.words())
    }
}

/// A change with its sign: `+4`, `-12`, `0`.
pub fn signed(by: i8) -> String {
    if by > 0 { format!("+{by}") } else { by.to_string() }
}

/// A meter over a run: at the first decision, then after each decision and all that it brought; so the last is where it
/// stands now. For the trust chart. One more point than decisions.
pub fn track(run: &Run, meter: Meter) -> Vec<u8> {
    let met = run.steps().iter().map(|step| step.before);
    met.chain([run.state().meters]).map(|meters| meters.get(meter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_words_and_signs() {
        let all = Change::all(Meters::new([48, 44, 50, 20]), Meters::new([52, 44, 38, 17]));
        assert_eq!(
            all.map(|change| change.told("Dana")),
            [
                "Trust in Dana 52, up 4 (+4)",
                "Growth 44, unchanged",
                "Momentum 38, down 12 (-12)",
                "Bypass 17, down 3 (-3)"
            ]
        );
        assert_eq!(all.map(Change::is_good), [Some(true), None, Some(false), Some(true)]);
    }
}
