//! The whole proof of a story: what can be met, stuck or endless plays, the range of trust, the best and worst score.

use super::aim::{Side, Wanted};
use super::chase::chase;
use super::plays::explore;
use super::prover::{Extreme, Prover};
use super::ranges::{self, Ground};
use super::reach::Hunt;
use super::targets::{Reach, Target, Targets, Witness};
use crate::engine::{Place, Ratio, Seed};

/// The highest or lowest of all plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summit {
    /// What is proven: nothing goes beyond it.
    pub bound: Ratio,
    /// What the witness comes to.
    pub reached: Ratio,
    /// Whether `reached` is proven to be the highest or lowest.
    pub complete: bool,
    /// The road to it.
    pub witness: Witness,
}

/// What was worked out of a program.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Whether every question is answered for good.
    pub complete: bool,
    /// States gone through.
    pub states: u64,
    /// The best score, 0 to 100; nothing if no play ends.
    pub best: Option<Summit>,
    /// The worst score.
    pub worst: Option<Summit>,
    /// The highest final trust, 0 to 100.
    pub most_trust: Option<Summit>,
    /// The lowest.
    pub least_trust: Option<Summit>,
    /// What can be met.
    pub targets: Targets,
    /// Plays that show it.
    plays: Vec<Witness>,
}

impl Proof {
    /// The play that shows that something can be met, as far as it takes.
    pub fn witness(&self, reach: Reach) -> Option<Witness> {
        let Reach::Met(play, choices) = reach else {
            return None;
        };
        let play = self.plays.get(play as usize)?;
        let count = choices as usize;
        let choices = play.choices.iter().take(count).copied().collect();
        Some(Witness { seed: play.seed, choices, scenes: play.scenes.iter().take(count).copied().collect() })
    }
}

/// What can be met.
struct Met {
    targets: Targets,
    plays: Vec<Witness>,
    states: u64,
}

impl Prover<'_> {
    /// Works out what can be met.
    pub fn targets(&mut self) -> Targets {
        self.meet().targets
    }

    /// What can be met, with plays that show it.
    fn meet(&mut self) -> Met {
        let program = self.program;
        self.progress.next_question();
        let (can_stick, can_go_round) = self.loose_ends();
        let mut targets = Targets::new(program, &can_stick, &can_go_round);
        let mut plays = Vec::new();
        let mut states = explore(program, &mut targets, &mut plays);
        self.rule_out(&mut targets, false);
        states += chase(program, &mut targets, &mut plays);
        if self.outline.tracks_facts {
            self.rule_out(&mut targets, true);
        }
        if targets.open().next().is_some() {
            states += Hunt::new(&mut self.skeleton, &mut targets, &mut plays, &self.progress).run(self.limits.states);
        }
        if self.starts.iter().any(|(node, _)| self.is_nowhere(*node))
            && let Some(reach) = targets.get_mut(Target::Endless(program.start))
        {
            *reach = Reach::Met(u32::try_from(plays.len()).unwrap_or(u32::MAX), 0);
            plays.push(Witness { seed: Some(Seed(0)), choices: Vec::new(), scenes: Vec::new() });
        }
        Met { targets, plays, states }
    }

    /// Works out everything.
    pub fn prove(&mut self) -> Proof {
        let Met { targets, plays, mut states } = self.meet();
        let mut complete = targets.open().next().is_none();
        let mut summit = |wanted, side| {
            self.progress.next_question();
            let (extreme, settled) = self.overall(wanted, side);
            complete &= settled;
            let extreme = extreme?;
            states += extreme.states;
            let witness = self.witness(&extreme);
            let Extreme { bound, reached, complete, .. } = extreme;
            Some(Summit { bound, reached, complete, witness })
        };
        let best = summit(Wanted::Score, Side::Best);
        let worst = summit(Wanted::Score, Side::Worst);
        let most_trust = summit(Wanted::Trust, Side::Best);
        let least_trust = summit(Wanted::Trust, Side::Worst);
        Proof { complete, states, best, worst, most_trust, least_trust, targets, plays }
    }

    /// The scenes in which every option might be closed, and those from which a play might go on for ever.
    fn loose_ends(&self) -> (Vec<bool>, Vec<bool>) {
        let program = self.program;
        let none = vec![false; program.scenes.len()];
        if self.limits.checked {
            return (none.clone(), none);
        }
        let (mut can_stick, mut can_go_round) = (none.clone(), none);
        for (scene, can) in program.scenes.iter().zip(&mut can_stick) {
            let options = &program.options[scene.options.range()];
            *can = !options.is_empty() && !options.iter().any(|option| option.when.is_empty() && option.once.is_none());
        }
        for (knot, goes_round) in &self.outline.knots {
            for place in knot {
                let Place::Scene(scene) = self.outline.places[*place as usize] else {
                    continue;
                };
                let mut ends = self.outline.links[*place as usize].iter().flat_map(|link| &link.ends);
                if *goes_round || ends.any(|end| self.outline.places[*end as usize] == Place::Nowhere) {
                    can_go_round[scene as usize] = true;
                }
            }
        }
        (can_stick, can_go_round)
    }

    /// Rules out what can't be met, with facts left out of account or not.
    fn rule_out(&self, targets: &mut Targets, with_facts: bool) {
        if targets.open().next().is_some() {
            let live = with_facts.then_some(self.skeleton.live.as_slice());
            let ground = Ground { program: self.program, moves: &self.moves, knots: &self.knots, live };
            ranges::rule_out(ground, self.skeleton.nothing_gained(), targets);
        }
    }
}
