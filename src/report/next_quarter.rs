//! The next-quarter card: what the last quarter left behind ("Sizes and timing of effects" of the behaviour model).

use crate::terms::Meters;

/// The next quarter, worked out from the meters at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextQuarter {
    /// Whom the customer calls first.
    pub first_call: FirstCall,
    /// The customer's trust in the rep then, 0 to 100: `T + 0.25 (G - 50) - 0.40 max(0, B - 30)`, rounded half up.
    pub trust: u8,
    /// The player's customer meetings a week, 1 to 6: `1 + B / 20`, rounded half up.
    pub meetings: u8,
    /// Whether the rep can run the account alone: growth of 60 or more.
    pub runs_alone: bool,
}

/// Whom the customer calls first, by bypass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstCall {
    /// The rep: bypass below 30.
    Rep,
    /// The rep, with a copy to the player: below 60.
    RepCopyingYou,
    /// The player: 60 and above.
    You,
}

impl NextQuarter {
    /// The next quarter after a run that ended with these meters.
    pub fn after(meters: Meters) -> Self {
        let [trust, growth, bypass] = [meters.trust(), meters.growth(), meters.bypass()].map(i32::from);
        // In twentieths; 10 of them round half up, and the sum is brought into range before it is divided.
        let twentieths = 20 * trust + 5 * (growth - 50) - 8 * (bypass - 30).max(0);
        let next = (twentieths.clamp(0, 2000) + 10) / 20;
        let meetings = (20 + bypass + 10) / 20;
        Self {
            first_call: FirstCall::at(meters.bypass()),
            trust: u8::try_from(next).unwrap_or(100),
            meetings: u8::try_from(meetings).unwrap_or(6),
            runs_alone: growth >= 60,
        }
    }

    /// The card's lines, in whole sentences: first call, trust, diary, rep. `rep` is the rep's first name.
    pub fn lines(self, rep: &str) -> [String; 4] {
        let first = match self.first_call {
            FirstCall::Rep => format!("If the customer needs something, the first call goes to {rep}."),
            FirstCall::RepCopyingYou => {
                format!("If the customer needs something, they write to {rep} and copy you, just in case.")
            }
            FirstCall::You => format!("If the customer needs something, they call you first, not {rep}."),
        };
        let meetings = match self.meetings {
            1 => "one customer meeting".to_owned(),
            many => format!("{many} customer meetings"),
        };
        let alone = if self.runs_alone { "can run the account alone" } else { "cannot run the account alone yet" };
        [
            first,
            format!("Trust in {rep} next quarter: {}.", self.trust),
            format!("Your diary: {meetings} a week."),
            format!("{rep} {alone}."),
        ]
    }
}

impl FirstCall {
    /// Whom the customer calls first at a bypass of 0 to 100.
    pub const fn at(bypass: u8) -> Self {
        match bypass {
            0..=29 => Self::Rep,
            30..=59 => Self::RepCopyingYou,
            60.. => Self::You,
        }
    }

    /// The answer to "Who would they ring first?": `Dana`, `Dana, copy to you` or `you`.
    pub fn label(self, rep: &str) -> String {
        match self {
            Self::Rep => rep.to_owned(),
            Self::RepCopyingYou => format!("{rep}, copy to you"),
            Self::You => "you".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(trust: u8, growth: u8, bypass: u8) -> NextQuarter {
        NextQuarter::after(Meters::new([trust, growth, 50, bypass]))
    }

    #[test]
    fn the_card_follows_the_behaviour_model() {
        // 77 + 0.25 * 29 = 84.25; 1 + 14 / 20 = 1.7.
        let worked = NextQuarter { first_call: FirstCall::Rep, trust: 84, meetings: 2, runs_alone: true };
        assert_eq!(after(77, 79, 14), worked);
        // 3 - 12 - 26.8, clamped; 1 + 97 / 20 = 5.85.
        let closer = NextQuarter { first_call: FirstCall::You, trust: 0, meetings: 6, runs_alone: false };
        assert_eq!(after(3, 2, 97), closer);
        // 50 + 0.25 * 2 = 50.5, rounded half up.
        assert_eq!(after(50, 52, 30).trust, 51);
        assert_eq!(after(100, 100, 0).trust, 100);
    }

    #[test]
    fn the_first_call_turns_at_30_and_60() {
        let called = [29, 30, 59, 60].map(|bypass| FirstCall::at(bypass).label("Dana"));
        assert_eq!(called, ["Dana", "Dana, copy to you", "Dana, copy to you", "you"]);
    }

    #[test]
    fn every_run_has_a_next_quarter() {
        for trust in 0..=100 {
            for growth in 0..=100 {
                for bypass in 0..=100 {
                    let next = after(trust, growth, bypass);
                    assert!(next.trust <= 100 && (1..=6).contains(&next.meetings));
                }
            }
        }
    }
}
