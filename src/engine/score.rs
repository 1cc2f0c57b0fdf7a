//! The score: leader or manager? Exact, in whole numbers, rounded once, when shown.
//!
//! `B` (behaviour) is what the player chose against what was on offer, `R` (people) is where rep and customer ended up,
//! `E` is how it came out: `Score = 0.60 B + 0.25 R + 0.15 E`. Momentum is not in it, and neither is the deal.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::program::{Program, Scored};
use super::state::State;
use crate::terms::{EndingKind, Key, Meters, Posture, Rule};

/// `r` of a decision in these parts: every difference of keys (1 to 4) divides it.
pub(crate) const R_PARTS: u64 = 12;
/// The mean of `r` over the open options in these parts: every count of options (1 to 8) divides 840.
const CHANCE_PARTS: u64 = 840 * R_PARTS;

/// The keys on offer at a decision, summed up: what a choice there is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    lowest: u8,
    highest: u8,
    /// The sum of what each is above the lowest.
    above: u8,
    /// How many there are, at most 8.
    count: u8,
}

impl Keys {
    /// The keys of at most eight options.
    pub fn of(keys: impl Iterator<Item = Key> + Clone) -> Self {
        let keys = keys.map(Key::get).take(8);
        let lowest = keys.clone().min().unwrap_or(0);
        keys.fold(Self { lowest, ..Self::default() }, |sum, key| Self {
            lowest,
            highest: sum.highest.max(key),
            above: sum.above + (key - lowest),
            count: sum.count + 1,
        })
    }

    /// How many there are, at most 8.
    pub const fn count(self) -> u32 {
        self.count as u32
    }

    /// The lowest key on offer, 0 to 4.
    pub const fn lowest(self) -> u8 {
        self.lowest
    }

    /// The highest key on offer, 0 to 4.
    pub const fn highest(self) -> u8 {
        self.highest
    }

    /// How far apart lowest and highest are, 0 to 4.
    const fn range(self) -> u8 {
        self.highest - self.lowest
    }
}

/// A fraction of whole numbers, compared exactly.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    num: u64,
    den: u64,
}

impl Ratio {
    /// A fraction; nothing over nothing is 0.
    pub const fn new(num: u64, den: u64) -> Self {
        if den == 0 { Self { num: 0, den: 1 } } else { Self { num, den } }
    }

    /// What is left of it without another that isn't larger; nothing if it is.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self::new((self.num * other.den).saturating_sub(other.num * self.den), self.den * other.den)
    }

    /// Rounded to a whole number, halves up.
    pub const fn round(self) -> u64 {
        (2 * self.num + self.den) / (2 * self.den)
    }

    /// In tenths, rounded to whole ones, halves up.
    pub const fn tenths(self) -> u64 {
        (20 * self.num + self.den) / (2 * self.den)
    }

    /// In parts, `by` of them to one, rounded to whole ones, halves up: in hundredths with 100.
    pub const fn parts(self, by: u64) -> u64 {
        (2 * by * self.num + self.den) / (2 * self.den)
    }

    /// With one decimal: `79.4`.
    pub fn one_decimal(self) -> String {
        let tenths = self.tenths();
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: u64, b: u64| u128::from(a) * u128::from(b);
        cross(self.num, other.den).cmp(&cross(other.num, self.den))
    }
}

/// What the score is made of, added up over the decisions of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Decisions by posture, in the order of [`Posture::ALL`].
    pub postures: [u32; 3],
    /// Options with key 0 chosen.
    pub red_lines: u32,
    /// Weights in halves.
    weight: u64,
    /// Weight times `r`, in halves times [`R_PARTS`].
    earned: u64,
}

/// What is added up over the decisions of a run: for the score, and for what is told beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    sums: Sums,
    /// Weight times the mean of `r`, in halves times [`CHANCE_PARTS`].
    chance: u64,
    /// By rule, in the order of [`Rule::ALL`].
    rules: [RuleSum; 10],
}

impl std::ops::Deref for Tally {
    type Target = Sums;

    fn deref(&self) -> &Sums {
        &self.sums
    }
}

/// What is added up for one rule, of one run or of several, in quarters: a full weight is 4, the second rule's half 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSum {
    /// The weights seen, in quarters.
    pub weight: u64,
    /// Weight times `r`, in quarters times twelve.
    pub earned: u64,
}

impl RuleSum {
    /// Weights that a run must have shown of a rule before anything is said of it: 1.5, in quarters.
    pub const ENOUGH_IN_A_RUN: u64 = 6;
    /// The same over several runs: 3, in quarters.
    pub const ENOUGH_IN_ALL: u64 = 12;

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { weight: self.weight.saturating_add(other.weight), earned: self.earned.saturating_add(other.earned) }
    }

    /// How well the rule was kept, 0 to 100; nothing if less than `enough` was seen of it.
    pub const fn score(self, enough: u64) -> Option<Ratio> {
        if self.weight < enough { None } else { Some(Ratio::new(100 * self.earned, R_PARTS * self.weight)) }
    }
}

/// How well one rule was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleScore {
    /// 0 to 100; nothing if too little was seen of it (weights below 1.5 in a run).
    pub score: Option<Ratio>,
    /// The weights seen.
    pub weight: Ratio,
}

impl Sums {
    /// Adds a decision: its weight in halves, the open options' keys, and the one that was chosen. Answers `r`, in
    /// [`R_PARTS`].
    #[inline]
    pub fn decide(&mut self, weight: u32, open: &Keys, chosen: Key, posture: Posture) -> u64 {
        /// By the difference of keys: [`R_PARTS`] over it, a whole number.
        const BY_RANGE: [u64; 8] = [0, R_PARTS, R_PARTS / 2, R_PARTS / 3, R_PARTS / 4, 0, 0, 0];
        self.postures[posture.index()] += 1;
        self.red_lines += u32::from(chosen.is_red_line());
        let range = open.range();
        let r = u64::from(chosen.get().saturating_sub(open.lowest)) * BY_RANGE[usize::from(range & 7)];
        // Where all are equal, nothing is scored and nothing weighs.
        let weight = if range == 0 { 0 } else { u64::from(weight) };
        self.weight += weight;
        self.earned += weight * r;
        r
    }

    /// What `B` is made of: weight times `r`, and weight; in halves, `r` in twelfths.
    pub const fn earned_of_weight(&self) -> (u64, u64) {
        (self.earned, self.weight)
    }

    /// Decisions made.
    pub fn decisions(&self) -> u32 {
        self.postures.iter().sum()
    }

    /// The share of decisions with a posture, 0 to 100.
    pub fn share(&self, posture: Posture) -> Ratio {
        Ratio::new(100 * u64::from(self.postures[posture.index()]), u64::from(self.decisions()))
    }

    /// `B`, 0 to 100: 0 if nothing was met that could be scored.
    pub const fn behaviour(&self) -> Ratio {
        Ratio::new(100 * self.earned, R_PARTS * self.weight)
    }
}

impl Tally {
    /// Adds a decision: what it is scored on, the open options' keys, and the one that was chosen.
    pub fn decide(&mut self, scored: Scored, open: &Keys, chosen: Key, posture: Posture) {
        let r = self.sums.decide(scored.weight, open, chosen, posture);
        let range = u64::from(open.range());
        if range == 0 {
            return;
        }
        let weight = u64::from(scored.weight);
        self.chance += weight * u64::from(open.above) * CHANCE_PARTS / (range * u64::from(open.count));
        self.add_rule(scored.rule, 2 * weight, r);
        if let Some(also) = scored.also {
            self.add_rule(also, weight, r);
        }
    }

    fn add_rule(&mut self, rule: Rule, weight: u64, r: u64) {
        let tally = &mut self.rules[rule.index()];
        tally.weight += weight;
        tally.earned += weight * r;
    }

    /// What clicking blind would have brought on the same decisions, 0 to 100.
    pub const fn chance(&self) -> Ratio {
        Ratio::new(100 * self.chance, CHANCE_PARTS * self.sums.weight)
    }

    /// How well a rule was kept in this run.
    pub const fn rule(&self, rule: Rule) -> RuleScore {
        let sum = self.rule_sum(rule);
        RuleScore { score: sum.score(RuleSum::ENOUGH_IN_A_RUN), weight: Ratio::new(sum.weight, 4) }
    }

    /// What was added up for a rule.
    pub const fn rule_sum(&self, rule: Rule) -> RuleSum {
        self.rules[rule.index()]
    }
}

/// The result of a run that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// `B`, 0 to 100.
    pub behaviour: Ratio,
    /// `R`, 0 to 100.
    pub people: Ratio,
    /// The whole, 0 to 100.
    pub total: Ratio,
    /// The title earned.
    pub title: Title,
}

impl Score {
    /// The score of a run that came to an ending of this kind.
    pub fn of(program: &Program, sums: &Sums, state: &State, ending: EndingKind) -> Self {
        let behaviour = sums.behaviour();
        let people = people(state.meters, u64::from(state.found()), u64::from(program.insights));
        // 0.60 B + 0.25 R + 0.15 E over one denominator; weights, insights and meters are small numbers.
        let den = behaviour.den * people.den;
        let num =
            60 * behaviour.num * people.den + 25 * people.num * behaviour.den + 15 * u64::from(ending.value()) * den;
        let total = Ratio::new(num, 100 * den);
        Self { behaviour, people, total, title: Title::of(total.round(), sums) }
    }
}

/// `R = 0.35 trust + 0.25 growth + 0.25 (100 - bypass) + 0.15 insight%`; where none is declared, insight% is 100.
fn people(meters: Meters, found: u64, declared: u64) -> Ratio {
    let (found, declared) = if declared == 0 { (1, 1) } else { (found, declared) };
    let hundredths =
        35 * u64::from(meters.trust()) + 25 * u64::from(meters.growth()) + 25 * (100 - u64::from(meters.bypass()));
    Ratio::new(hundredths * declared + 1500 * found, 100 * declared)
}

/// What a run is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Title {
    /// 85 and above, no red line crossed.
    SalesLeader,
    /// 70 and above.
    PlayerCoach,
    /// 50 to 69.
    InTwoMinds,
    /// Below 50, half of the decisions or more taken over.
    SuperCloser,
    /// Below 50, half of the decisions or more absent.
    Absentee,
    /// Below 50 otherwise.
    Improviser,
}

impl Title {
    /// The title for a rounded score and what was done.
    pub fn of(score: u64, sums: &Sums) -> Self {
        // Who decided nothing has no posture.
        let half = |posture: Posture| sums.decisions() > 0 && 2 * sums.postures[posture.index()] >= sums.decisions();
        match score {
            85.. if sums.red_lines == 0 => Self::SalesLeader,
            70.. => Self::PlayerCoach,
            50.. => Self::InTwoMinds,
            _ if half(Posture::TakeOver) => Self::SuperCloser,
            _ if half(Posture::Absent) => Self::Absentee,
            _ => Self::Improviser,
        }
    }

    /// How people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SalesLeader => "Sales leader",
            Self::PlayerCoach => "Player-coach",
            Self::InTwoMinds => "In two minds",
            Self::SuperCloser => "Super-closer",
            Self::Absentee => "Absentee",
            Self::Improviser => "Improviser",
        }
    }
}
