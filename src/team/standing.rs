//! What a player has come to: one ranked run a round, and what they add up to.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::terms::EndingKind;
use crate::text::Text;

/// What a run comes to. Whole numbers only: they are stored and ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// 0 to 100.
    pub score: u32,
    /// `B` in tenths, 0 to 1000.
    pub behaviour: u32,
    /// `R` in tenths, 0 to 1000.
    pub people: u32,
    /// Options with key 0 chosen.
    pub red_lines: u32,
    /// The customer's trust in the rep at the end, 0 to 100.
    pub trust: u32,
    /// How it ended.
    pub ending: EndingKind,
}

/// Somebody in a session, and what their ranked runs come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub player: Uuid,
    /// Under what name.
    pub name: Text,
    /// For which team; empty for none.
    pub team: Text,
    /// Rounds that they have played.
    pub rounds: u32,
    /// The mean of their scores in hundredths, rounded, halves up: 0 to 10,000.
    pub points: u32,
    /// The mean of their people scores (`R`) in thousandths, rounded, halves up: 0 to 100,000.
    pub people: u32,
    /// Red lines crossed, over all of them.
    pub red_lines: u32,
}

impl Standing {
    /// What runs come to, one a round.
    pub fn of(player: Uuid, name: Text, team: Text, runs: &[Figures]) -> Self {
        let sum = |part: fn(&Figures) -> u32| runs.iter().map(|run| u64::from(part(run))).sum::<u64>();
        let count = runs.len() as u64;
        // The means of small numbers are small.
        let mean = |sum: u64, parts: u64| u32::try_from((2 * parts * sum + count) / (2 * count.max(1))).unwrap_or(0);
        Self {
            player,
            name,
            team,
            rounds: u32::try_from(count).unwrap_or(u32::MAX),
            points: mean(sum(|run| run.score), 100),
            people: mean(sum(|run| run.people), 100),
            red_lines: u32::try_from(sum(|run| run.red_lines)).unwrap_or(u32::MAX),
        }
    }

    /// What the board ranks by: points, then people, then fewer red lines. Never a clock.
    pub const fn merit(&self) -> (u32, u32, std::cmp::Reverse<u32>) {
        (self.points, self.people, std::cmp::Reverse(self.red_lines))
    }
}
