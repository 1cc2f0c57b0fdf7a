//! What bots come to, as data: what `simulate --json` prints. Its keys are a promise; new ones may be added.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::Decimal;
use crate::prove::bands::{BANDS, Measure, Verdict};
use crate::prove::policies::Policy;
use crate::prove::totals::Totals;
use crate::scenario::SceneKind;
use crate::story::Story;
use crate::terms::{Meter, Posture};

/// A simulation's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Simulated<'s> {
    /// The scenario's id.
    pub scenario: &'s str,
    /// Where chance came from.
    pub seed: u64,
    /// What each policy came to.
    pub policies: Vec<PolicyResult<'s>>,
    /// The bands of the policies that were played.
    pub bands: Vec<BandResult>,
}

/// What the plays of one policy came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyResult<'s> {
    /// Its name.
    pub policy: &'static str,
    /// Plays that came to an ending.
    pub plays: u64,
    /// How long they took on the clock. The only number that another time would be another.
    pub seconds: Decimal,
    /// The score, 0 to 100.
    pub score: Spread,
    /// The mean behaviour, 0 to 100.
    pub behaviour: Decimal,
    /// The mean of people, 0 to 100.
    pub people: Decimal,
    /// The share of each posture among all decisions, 0 to 1.
    pub postures: BTreeMap<&'static str, Decimal>,
    /// The mean of trust at the end, 0 to 100.
    pub trust: Decimal,
    /// The mean of growth at the end.
    pub growth: Decimal,
    /// The mean of momentum at the end.
    pub momentum: Decimal,
    /// The mean of bypass at the end.
    pub bypass: Decimal,
    /// The share of plays that came to each ending, 0 to 1.
    pub endings: BTreeMap<&'s str, Decimal>,
    /// Options that no play chose, as `scene/option`.
    pub never_chosen: Vec<String>,
}

/// How scores are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: Decimal,
    /// The standard deviation.
    pub sd: Decimal,
    /// The score that 5% of the plays don't exceed.
    pub p5: u64,
    /// The score that 95% of the plays don't exceed.
    pub p95: u64,
    /// The lowest.
    pub min: u64,
    /// The highest.
    pub max: u64,
}

/// A band and its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BandResult {
    /// Whose plays.
    pub policy: &'static str,
    /// What was measured.
    pub measure: String,
    /// What it came to.
    pub value: Tenths,
    /// At least this.
    pub min: Option<i64>,
    /// At most this.
    pub max: Option<i64>,
    /// Whether it lies between them.
    pub holds: bool,
}

/// A number with one decimal that can be below 0: a whole number of tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub i64);

impl Serialize for Tenths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The nearest float to a short decimal prints as that decimal; scores and shares are far below any limit.
        serializer.serialize_f64(f64::from(i32::try_from(self.0).unwrap_or(i32::MAX)) / 10.0)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10)
    }
}

impl<'s> Simulated<'s> {
    /// The result of some policies' plays, each with what it came to and how long it took.
    pub fn of(story: &'s Story, seed: u64, played: &[(Policy, Totals, Duration)]) -> Self {
        let totals = |wanted: Policy| played.iter().find(|(policy, ..)| *policy == wanted).map(|(_, totals, _)| totals);
        Self {
            scenario: &story.scenario.id,
            seed,
            policies: played.iter().map(|(policy, totals, took)| result(story, *policy, totals, *took)).collect(),
            bands: BANDS.iter().filter_map(|band| band.judge(&story.program, totals)).map(BandResult::of).collect(),
        }
    }

    /// As one JSON document.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists only: writing them to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// How many bands are missed.
    pub fn missed(&self) -> usize {
        self.bands.iter().filter(|band| !band.holds).count()
    }
}

fn result<'s>(story: &'s Story, policy: Policy, totals: &Totals, took: Duration) -> PolicyResult<'s> {
    let meter = |meter| Decimal::new(totals.meter(meter), 10);
    let ids = story.scenario.endings.iter().map(|ending| ending.id.as_str());
    PolicyResult {
        policy: policy.id(),
        plays: totals.plays(),
        seconds: Decimal::of(u64::try_from(took.as_millis()).unwrap_or(u64::MAX), 1000),
        score: Spread {
            mean: Decimal::new(totals.score_mean(), 100),
            sd: Decimal::of(totals.score_sd(), 100),
            p5: totals.score_percentile(5),
            p95: totals.score_percentile(95),
            min: totals.score_min(),
            max: totals.score_max(),
        },
        behaviour: Decimal::new(totals.behaviour(), 10),
        people: Decimal::new(totals.people(), 10),
        postures: Posture::ALL
            .iter()
            .map(|posture| (posture.id(), Decimal::new(totals.share(*posture), 10_000)))
            .collect(),
        trust: meter(Meter::Trust),
        growth: meter(Meter::Growth),
        momentum: meter(Meter::Momentum),
        bypass: meter(Meter::Bypass),
        endings: ids.zip(totals.endings().map(|share| Decimal::new(share, 10_000))).collect(),
        never_chosen: never_chosen(story, totals),
    }
}

/// The options that no play chose, in the file's order.
fn never_chosen(story: &Story, totals: &Totals) -> Vec<String> {
    let options = story.scenario.scenes.iter().flat_map(|scene| {
        let options = match &scene.kind {
            SceneKind::Decision(decision) => decision.options.as_slice(),
            SceneKind::Passage(_) => &[],
        };
        options.iter().map(|option| (&scene.id, &option.id))
    });
    let never = options.enumerate().filter(|(place, _)| !totals.was_chosen(*place));
    never.map(|(_, (scene, option))| format!("{scene}/{option}")).collect()
}

impl BandResult {
    fn of(verdict: Verdict) -> Self {
        let band = verdict.band;
        Self {
            policy: band.policy.id(),
            measure: words(band.measure),
            value: Tenths(verdict.tenths),
            min: band.min,
            max: band.max,
            holds: verdict.holds(),
        }
    }

    /// What is asked for: `at least 90`, `28 to 45`.
    pub fn wanted(&self) -> String {
        match (self.min, self.max) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            (Some(min), None) => format!("at least {min}"),
            (None, Some(max)) => format!("at most {max}"),
            (None, None) => "anything".to_owned(),
        }
    }
}

/// What a measure is called.
fn words(measure: Measure) -> String {
    match measure {
        Measure::Mean => "mean score".to_owned(),
        Measure::Lowest => "lowest score".to_owned(),
        Measure::Highest => "highest score".to_owned(),
        Measure::P95 => "95th percentile of the score".to_owned(),
        Measure::Share(posture) => format!("\"{posture}\", % of decisions"),
        Measure::Best => "best kind of ending, % of plays".to_owned(),
        Measure::Below(other) => format!("mean score, below {}'s by", other.id()),
        Measure::Above(other) => format!("mean score, above {}'s by", other.id()),
        Measure::Apart(other) => format!("mean score, off {}'s by", other.id()),
    }
}
