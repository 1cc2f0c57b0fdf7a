//! The bots: ways of choosing that must come apart (section 3 of the scoring), each a few lines.
//!
//! Where several options serve a policy equally well, one of them is drawn; only the leader, the one who takes over
//! and the one who takes the first go by the file's order, so that their plays depend on nothing but the story.

use std::cmp::Reverse;

use super::chance::Chance;
use super::sight::Sight;
use crate::engine::game::nth_of;
use crate::engine::program::PlayOption;
use crate::engine::{Chosen, Met};
use crate::terms::{Form, Meter, Posture};

/// Makes the closed list of policies.
macro_rules! policies {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $what:literal;)+) => {
        /// A way of choosing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Policy { $(#[doc = $what] $name,)+ }

        impl Policy {
            /// Every policy, in the order in which they are reported.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name on the command line and in JSON.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// What it does, in a few words.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what,)+ }
            }

            /// The policy of this name.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|policy| policy.id() == id)
            }
        }
    };
}

policies! {
    Leader = "leader", "The best key.";
    Closer = "closer", "The highest gain in momentum now, as the file has it.";
    TakeOver = "take-over", "Takes over wherever it can, the lowest key first.";
    Absentee = "absentee", "Is absent wherever it can be, else anything.";
    Random = "random", "Anything.";
    Asker = "asker", "A question wherever there is one, else anything.";
    Longest = "longest", "The longest option.";
    Shortest = "shortest", "The shortest option.";
    MostNamed = "most-named", "The option that names the rep most often.";
    LeastNamed = "least-named", "The option that names the rep least often.";
    Router = "router", "Passes it to somebody wherever it can, else anything.";
    OneSlip = "one-slip", "The leader, but for one decision, where it takes over, the lowest key first.";
    LateLearner = "late-learner", "The closer for the first half, the leader for the second.";
    Relapser = "relapser", "The leader for the first half, the closer for the second.";
    First = "first", "The first open option of the file.";
}

/// What a policy goes by.
#[derive(Debug)]
pub struct Player<'a> {
    /// How it chooses.
    pub policy: Policy,
    /// What options look like.
    pub sight: &'a Sight,
    /// Decisions of the leader's own play with the same seed: what halves and slips are measured by.
    pub road: u32,
    /// For [`Policy::OneSlip`]: the decision that slips, from 0, less than `road`.
    pub slip: u32,
}

impl Policy {
    /// Whether it depends on the story alone, and on the seed only where the story draws.
    pub const fn is_sure(self) -> bool {
        matches!(self, Self::Leader | Self::TakeOver | Self::OneSlip | Self::First)
    }

    /// Whether it must know how long the leader's own play is.
    pub const fn follows_leader(self) -> bool {
        matches!(self, Self::OneSlip | Self::LateLearner | Self::Relapser)
    }
}

impl Player<'_> {
    /// Chooses one of the open options.
    #[inline]
    pub fn choose(&self, met: Met<'_>, chance: &mut Chance) -> Chosen {
        // The one that is played by the million.
        if self.policy == Policy::Random { any(met, chance) } else { self.choose_by_looks(met, chance) }
    }

    fn choose_by_looks(&self, met: Met<'_>, chance: &mut Chance) -> Chosen {
        let look = |chosen: Chosen| self.sight.at(met.place(chosen));
        let form = |wanted: Form| move |chosen: Chosen, _: &PlayOption| look(chosen).form == wanted;
        // Half of the leader's own decisions, rounded down.
        let first_half = met.state.decisions < self.road / 2;
        match self.policy {
            Policy::Leader => leader(met),
            Policy::Closer => closer(met, chance),
            Policy::TakeOver => take_over(met),
            Policy::Absentee => among(met, chance, |_, option| option.posture == Posture::Absent),
            Policy::Random => any(met, chance),
            Policy::Asker => among(met, chance, form(Form::Ask)),
            Policy::Longest => best(met, chance, |chosen, _| look(chosen).length),
            Policy::Shortest => best(met, chance, |chosen, _| Reverse(look(chosen).length)),
            Policy::MostNamed => best(met, chance, |chosen, _| look(chosen).named),
            Policy::LeastNamed => best(met, chance, |chosen, _| Reverse(look(chosen).named)),
            Policy::Router => among(met, chance, form(Form::Route)),
            Policy::OneSlip => {
                if met.state.decisions == self.slip {
                    take_over(met)
                } else {
                    leader(met)
                }
            }
            Policy::LateLearner => {
                if first_half {
                    closer(met, chance)
                } else {
                    leader(met)
                }
            }
            Policy::Relapser => {
                if first_half {
                    leader(met)
                } else {
                    closer(met, chance)
                }
            }
            Policy::First => met.nth(0),
        }
    }
}

/// Anything.
#[inline]
fn any(met: Met<'_>, chance: &mut Chance) -> Chosen {
    met.nth(chance.below(met.count()))
}

/// The best key; the first of equals.
pub fn leader(met: Met<'_>) -> Chosen {
    first_best(met, |option| option.key)
}

/// Takes over with the lowest key; where nothing takes over, the lowest key. The first of equals.
fn take_over(met: Met<'_>) -> Chosen {
    first_best(met, |option| (option.posture == Posture::TakeOver, Reverse(option.key)))
}

fn closer(met: Met<'_>, chance: &mut Chance) -> Chosen {
    best(met, chance, |_, option| option.effect.get(Meter::Momentum))
}

/// The first of those for which `of` is highest.
fn first_best<K: Ord>(met: Met<'_>, of: impl Fn(&PlayOption) -> K) -> Chosen {
    // The last maximum of the reverse is the first.
    met.options().rev().max_by_key(|(_, option)| of(option)).map_or(met.nth(0), |(chosen, _)| chosen)
}

/// One of those for which `of` is highest.
fn best<K: Ord>(met: Met<'_>, chance: &mut Chance, of: impl Fn(Chosen, &PlayOption) -> K) -> Chosen {
    let highest = met.options().map(|(chosen, option)| of(chosen, option)).max();
    among(met, chance, |chosen, option| highest.as_ref() == Some(&of(chosen, option)))
}

/// One of those that are wanted; any, if none is.
fn among(met: Met<'_>, chance: &mut Chance, wanted: impl Fn(Chosen, &PlayOption) -> bool) -> Chosen {
    let wanted = met.options().filter(|(chosen, option)| wanted(*chosen, option));
    let bits: u8 = wanted.fold(0, |bits, (Chosen(place), _)| bits | 1 << place);
    match bits.count_ones() {
        0 => any(met, chance),
        // Without a draw, so that a policy that has no choice needs no chance.
        1 => nth_of(bits, 0),
        several => nth_of(bits, chance.below(several)),
    }
}
