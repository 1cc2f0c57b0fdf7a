//! The words of the field, as types: meters, postures, forms, rules, keys and kinds of ending.
//!
//! The bottom room. Everything else may use it; it knows nothing but itself. Each word has one spelling, used in files,
//! records and JSON (`id`), and one way to be read by people (`label`).

use serde::{Deserialize, Serialize};

/// Makes a closed list of words: the enum, `ALL`, `id`, `label` and `from_id`.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $id:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $id)] $variant,)+ }

        impl $name {
            /// Every word of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The spelling in scenario files, run records and JSON.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// How people read it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The word spelled so in files, if there is one.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.id() == id)
            }

            /// Its place in [`Self::ALL`].
            pub const fn index(self) -> usize { self as usize }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.pad(self.label()) }
        }
    };
}

pub(crate) use words;

words! {
    /// What an option does with the rep's place: leads, takes it over, or is absent.
    Posture {
        /// "It's yours; I'm near."
        Lead = "lead", "lead";
        /// "Let me."
        TakeOver = "take_over", "take over";
        /// "You've got this."
        Absent = "absent", "absent";
    }
}

words! {
    /// Whether a run goes on.
    RunState {
        /// It can be taken up where it stands.
        Open = "open", "open";
        /// It came to an ending.
        Ended = "ended", "ended";
        /// It was begun anew, or played on as practice.
        Left = "left", "left";
    }
}

words! {
    /// The surface of an option. Never scored: it shows authors whether a simple trick would win.
    Form {
        /// A question.
        Ask = "ask", "ask";
        /// A statement.
        Tell = "tell", "tell";
        /// A deed.
        Act = "act", "act";
        /// Leaving things as they are for now.
        Wait = "wait", "wait";
        /// Passing it to somebody.
        Route = "route", "route";
    }
}

words! {
    /// The ten rules of engagement.
    Rule {
        /// R1: the customer deals with the rep; you deal with the rep.
        FrontDoor = "front_door", "Keep the rep in front";
        /// R2: who comes to you leaves with the rep's name, soon, and with something coming.
        SideDoor = "side_door", "Send them back through the rep";
        /// R3: the rep's own ways come first; if they've been tried, go.
        LastResort = "last_resort", "Step in last";
        /// R4: one leads, one supports; settled before, signalled during, talked over after.
        Tandem = "tandem", "Step in as a pair";
        /// R5: your rank opens doors; spend it on finding out.
        Scout = "scout", "Go to learn, not to sell";
        /// R6: what you learn is the rep's by tonight.
        HandBack = "hand_back", "Bring it back to the rep";
        /// R7: widen the choice; the number and "we will" belong to the rep.
        Options = "options", "Options yes, offer no";
        /// R8: the closing question, the handshake and the call afterwards are the rep's.
        Close = "close", "The rep asks, the rep gets the yes";
        /// R9: the calendar is yours; the customer's clock is the one that counts.
        Clock = "clock", "Same rules in the last week";
        /// R10: ownership for the rep, presence from you.
        Present = "present", "Let go, stay near";
    }
}

words! {
    /// How a run came out, ranked by how it came about and not by the money.
    EndingKind {
        /// The rep asked and got the yes.
        WonByRep = "won_by_rep", "Won by the rep";
        /// Put off on purpose, with a date.
        Postponed = "postponed", "Postponed on purpose";
        /// Lost, and something was learned.
        Learned = "learned", "Lost, and learned";
        /// Signed, and the customer learned to go around the rep.
        AroundRep = "around_rep", "Won, but around the rep";
        /// Lost, with harm done.
        Damage = "damage", "Lost, with damage";
    }
}

impl EndingKind {
    /// The ending's part of the score, 0 to 100 (the scoring's `E`).
    pub const fn value(self) -> u32 {
        match self {
            Self::WonByRep => 100,
            Self::Postponed => 80,
            Self::Learned => 60,
            Self::AroundRep => 25,
            Self::Damage => 0,
        }
    }
}

words! {
    /// What moves during play, each from 0 to 100.
    Meter {
        /// The customer's trust in the rep. High is good.
        Trust = "trust", "Trust";
        /// The rep's confidence and skill. High is good.
        Growth = "growth", "Growth";
        /// This deal, now. High is good for the deal, and it's the bait.
        Momentum = "momentum", "Momentum";
        /// The habit of taking decisions around the rep. Low is good.
        Bypass = "bypass", "Bypass";
    }
}

impl Meter {
    /// Whether a rise is good news: true for all but bypass.
    pub const fn high_is_good(self) -> bool {
        !matches!(self, Self::Bypass)
    }
}

words! {
    /// A person's part in the story.
    Role {
        /// The player's rep, who owns the account. One in every scenario.
        Rep = "rep", "rep";
        /// On the customer's side. At least one.
        Customer = "customer", "customer";
        /// The player's boss.
        Boss = "boss", "boss";
        /// On the player's side.
        Colleague = "colleague", "colleague";
        /// Anybody else.
        Other = "other", "other";
    }
}

words! {
    /// When a choice is commented with its rule and why; its consequence is told at once in any case.
    #[derive(Default)]
    Feedback {
        /// After each choice.
        #[default]
        Now = "now", "after each choice";
        /// In the debrief.
        End = "end", "at the end";
        /// Not at all.
        None = "none", "none";
    }
}

/// The four meters, each 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Meters([u8; 4]);

impl Meters {
    /// Meters at these values, in the order of [`Meter::ALL`]; what is above 100 becomes 100.
    pub fn new(values: [u8; 4]) -> Self {
        Self(values.map(|value| value.min(100)))
    }

    /// What one meter shows, 0 to 100.
    pub const fn get(self, meter: Meter) -> u8 {
        self.0[meter.index()]
    }

    /// Trust, 0 to 100.
    pub const fn trust(self) -> u8 {
        self.get(Meter::Trust)
    }

    /// Growth, 0 to 100.
    pub const fn growth(self) -> u8 {
        self.get(Meter::Growth)
    }

    /// Momentum, 0 to 100.
    pub const fn momentum(self) -> u8 {
        self.get(Meter::Momentum)
    }

    /// Bypass, 0 to 100.
    pub const fn bypass(self) -> u8 {
        self.get(Meter::Bypass)
    }

    /// The meters after an effect, with soft ends: a gain counts in full below 70 and less above it, a loss in full
    /// above 30 and less below it, and never nothing ("State and arithmetic" of the scenario format).
    #[must_use]
    #[inline]
    pub fn after(self, effect: Effect) -> Self {
        let mut values = self.0;
        for (value, by) in values.iter_mut().zip(effect.0) {
            *value = soft(*value, by);
        }
        Self(values)
    }

    /// What changed from `before` to here, meter by meter.
    pub fn since(self, before: Self) -> Effect {
        let mut change = [0; 4];
        for (i, slot) in change.iter_mut().enumerate() {
            // Both are 0 to 100, so the difference fits.
            *slot = i8::try_from(i16::from(self.0[i]) - i16::from(before.0[i])).unwrap_or(0);
        }
        Effect(change)
    }
}

/// One meter at `value` (0 to 100) moved by `by` with soft ends.
#[inline]
fn soft(value: u8, by: i8) -> u8 {
    // Neither index can be out of range, so nothing is checked and nothing branches.
    SOFT[usize::from(by.to_le_bytes()[0])][usize::from(value & 127)]
}

/// Soft ends, worked out: by the change (as a byte), then by the value. Chance decides which way a meter goes, so no
/// processor could guess the branches of [`worked_out`], and many million plays are simulated.
static SOFT: [[u8; 128]; 256] = {
    let mut table = [[0; 128]; 256];
    let mut by = 0;
    while by < 256 {
        let mut value = 0;
        while value < 128 {
            // Every place is a byte: none is cut.
            #[expect(clippy::cast_possible_truncation)]
            let (change, at) = ((by as u8).cast_signed(), value as u8);
            table[by][value] = worked_out(at, change);
            value += 1;
        }
        by += 1;
    }
    table
};

const fn worked_out(value: u8, by: i8) -> u8 {
    const ROOM: u32 = 30;
    let value = if value > 100 { 100 } else { value as u32 };
    if by == 0 {
        return byte(value);
    }
    let size = by.unsigned_abs() as u32;
    let room = if by > 0 { 100 - value } else { value };
    let room = if room > ROOM { ROOM } else { room };
    // |by| * room / 30, rounded half away from zero, never 0.
    let rounded = (2 * size * room + ROOM) / (2 * ROOM);
    let applied = if rounded == 0 { 1 } else { rounded };
    if by > 0 { byte(value + applied) } else { byte(value.saturating_sub(applied)) }
}

/// A meter's value, cut to 100.
#[expect(clippy::cast_possible_truncation)]
const fn byte(value: u32) -> u8 {
    if value > 100 { 100 } else { value as u8 }
}

/// What moves the meters: a signed change for each, -100 to 100, before soft ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Effect([i8; 4]);

impl Effect {
    /// Moves nothing.
    pub const NONE: Self = Self([0; 4]);

    /// An effect of these sizes, in the order of [`Meter::ALL`], each cut to -100..=100.
    pub fn new(by: [i8; 4]) -> Self {
        Self(by.map(|v| v.clamp(-100, 100)))
    }

    /// The change of one meter.
    pub const fn get(self, meter: Meter) -> i8 {
        self.0[meter.index()]
    }

    /// Whether nothing moves.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// How good an option is: 0 (a red line) to 4 (what experienced leaders would do).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Key(u8);

impl Key {
    /// A key from 0 to 4; nothing else is one.
    pub const fn new(key: u8) -> Option<Self> {
        if key <= 4 { Some(Self(key)) } else { None }
    }

    /// 0 to 4.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Whether choosing it crosses a line: makes the offer, takes the close, lets harm happen.
    pub const fn is_red_line(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_ends_follow_the_scenario_format() {
        // In full in the middle.
        assert_eq!(soft(50, 9), 59);
        assert_eq!(soft(50, -9), 41);
        // room = 10 of 30: 9 * 10 / 30 = 3.
        assert_eq!(soft(90, 9), 93);
        assert_eq!(soft(10, -9), 7);
        // 5 * 15 / 30 = 2.5, rounded away from zero.
        assert_eq!(soft(85, 5), 88);
        assert_eq!(soft(15, -5), 12);
        // At least 1, but never out of bounds.
        assert_eq!(soft(99, 1), 100);
        assert_eq!(soft(100, 5), 100);
        assert_eq!(soft(0, -5), 0);
        assert_eq!(soft(1, -1), 0);
        assert_eq!(soft(42, 0), 42);
    }

    #[test]
    fn every_effect_stays_within_the_meters_and_moves_the_right_way() {
        for value in 0..=100 {
            for by in -100..=100 {
                let moved = soft(value, by);
                assert!(moved <= 100);
                match by.signum() {
                    1 => assert!(moved > value || value == 100),
                    -1 => assert!(moved < value || value == 0),
                    _ => assert_eq!(moved, value),
                }
            }
        }
    }

    #[test]
    fn words_read_back() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_id(rule.id()), Some(*rule));
        }
        assert_eq!(Posture::from_id("takeover"), None);
        assert_eq!(serde_json::to_string(&Posture::TakeOver).ok().as_deref(), Some("\"take_over\""));
    }
}
