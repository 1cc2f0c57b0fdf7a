//! A run as it is read on a page: what the sheet for the screen's print and the note in Markdown have in common.
//!
//! Gathers and words; it doesn't say how anything looks. Feedback that a player went without stays out.

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::Sheet;
use super::chart::Chart;
use crate::report::text::{decisions_made, moved, standing};
use crate::report::{Change, Cost, Debrief, Decided, chosen_at_first, decided, not_taken, signed};
use crate::terms::{Meter, Posture};
use crate::text::Text;

/// What every page says of what it is good for.
pub(in crate::report) const NOTICE: &str = "Made for practice and talk. Not validated for hiring, appraisal or pay, and not for \
                                 use there. Fifteen decisions can't tell 79 from 81: read the band, not the digit.";

/// Said where choices were played without comment.
pub(super) const UNCOMMENTED: &str = "Played without comments: rules, reasons and costs stay out.";

/// A run to be read.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    /// The language of the story's texts.
    pub(super) language: &'a str,
    /// The rep's first name.
    pub(super) rep: &'a str,
    /// Who played, or a stand-in: what tells runs apart in an index.
    pub(super) player: &'a str,
    /// What is known of the run, named.
    pub(super) facts: Vec<(&'static str, String)>,
    /// Whether choices are commented.
    pub(super) commented: bool,
    /// Whether costs are told: not while the run goes on.
    pub(super) weighed: bool,
    /// How it came out; nothing if it didn't.
    pub(super) outcome: Option<Outcome<'a>>,
    /// Where it stands, if it hasn't ended, in sentences.
    pub(super) so_far: Vec<String>,
    pub(super) chart: Chart,
    pub(super) decisions: Vec<Decision<'a>>,
    /// What the rep came to know.
    pub(super) insights: Vec<&'a str>,
}

/// How a run came out.
pub(super) struct Outcome<'a> {
    pub(super) ending: &'a str,
    pub(super) kind: &'static str,
    pub(super) paragraphs: Vec<&'a str>,
    pub(super) deal: String,
    pub(super) score: u64,
    pub(super) band: (u64, u64),
    pub(super) earned: &'static str,
    pub(super) chance: u64,
    pub(super) told: Vec<String>,
    pub(super) postures: [(Posture, u64); 3],
    pub(super) rules: Vec<(&'static str, Option<u64>)>,
    pub(super) next_quarter: [String; 4],
    pub(super) questions: Vec<&'a str>,
}

/// A decision.
pub(super) struct Decision<'a> {
    pub(super) number: usize,
    pub(super) scene: &'a str,
    pub(super) turning_point: bool,
    pub(super) chosen: &'a str,
    pub(super) at_first: Option<&'a str>,
    pub(super) posture: Posture,
    pub(super) is_red_line: bool,
    /// What happened, paragraph by paragraph.
    pub(super) then: Vec<&'a str>,
    /// What moved at once, in a sentence, and one by one.
    pub(super) moved: String,
    pub(super) moves: Vec<Move>,
    /// What all of it did to trust together: `+4`, and where it stood then.
    pub(super) trust: (String, u8),
    /// What came back before the next decision, and what that moved.
    pub(super) echoes: Vec<(&'a str, String, Vec<Move>)>,
    /// `Cost 4 points against the best line from here.`
    pub(super) cost: String,
    /// The same for a narrow column: `4`, `under 1`, `?`.
    pub(super) points: String,
    pub(super) rule: &'static str,
    pub(super) why: &'a str,
    pub(super) roads: Vec<Road<'a>>,
}

/// A meter that moved.
pub(super) struct Move {
    /// `Trust in Dana 52 (+4)`.
    pub(super) text: String,
    pub(super) arrow: &'static str,
    /// `good` or `bad` news.
    pub(super) sense: &'static str,
}

/// A road not taken.
pub(super) struct Road<'a> {
    pub(super) text: &'a str,
    pub(super) posture: Posture,
    pub(super) closed: Option<&'a str>,
    /// What it would have done, with signs, in the order of [`Meter::ALL`].
    pub(super) would: [String; 4],
}

impl<'a> Page<'a> {
    pub(super) fn of(sheet: &'a Sheet<'_>) -> Self {
        let (story, run) = (sheet.story, &sheet.run);
        let scenario = &story.scenario;
        let rep = scenario.rep().first_name();
        let debrief = sheet.debrief();
        let so_far = if debrief.is_some() {
            Vec::new()
        } else {
            [decisions_made(story, run)].into_iter().chain(standing(story, run)).collect()
        };
        let made = run.steps().iter().filter_map(|step| decided(story, step));
        let decisions: Vec<_> =
            made.enumerate().map(|(number, made)| Decision::of(sheet, number, &made, rep)).collect();
        Self {
            title: &scenario.title,
            summary: &scenario.summary,
            language: &scenario.language,
            rep,
            player: sheet.meta.player.as_deref().unwrap_or("Unnamed player"),
            facts: facts(sheet),
            commented: sheet.is_commented(),
            weighed: sheet.is_commented() && debrief.is_some(),
            outcome: debrief.map(|debrief| Outcome::of(&debrief, rep)),
            so_far,
            chart: Chart::of(run, &decisions, rep),
            decisions,
            insights: story.found(run.state()).into_iter().map(|fact| fact.text.as_str()).collect(),
        }
    }

    /// The run in a line: how it came out, or that it hasn't.
    pub(super) fn result(&self) -> String {
        match &self.outcome {
            Some(outcome) => format!("{}, {} of 100", outcome.earned, outcome.score),
            None => "not ended yet".to_owned(),
        }
    }
}

/// What is known of a run beside its play.
fn facts(sheet: &Sheet<'_>) -> Vec<(&'static str, String)> {
    let meta = &sheet.meta;
    let attempt = meta.attempt.map(|attempt| match attempt {
        1 => "the first".to_owned(),
        later => format!("number {later}"),
    });
    let all = [
        ("Player", meta.player.as_ref().map(Text::to_string)),
        ("Started", meta.started.map(instant)),
        ("Ended", meta.ended.map(instant)),
        ("Took", meta.took().map(|took| format!("{took:#}"))),
        ("Attempt", attempt),
        ("Comments", meta.feedback.map(|when| when.label().to_owned())),
        ("Seed", Some(sheet.run.seed().to_string())),
        ("Scenario", Some(format!("{}, version {}", sheet.story.scenario.id, sheet.story.hash.short()))),
        ("Run", Some(meta.id.to_string())),
    ];
    all.into_iter().filter_map(|(name, fact)| Some((name, fact?))).collect()
}

/// `24 November 2026, 13:20 UTC`.
fn instant(at: Timestamp) -> String {
    // The pattern is one that it knows; if it weren't, the plain form tells as much.
    strtime::format("%-d %B %Y, %H:%M UTC", &at.to_zoned(TimeZone::UTC)).unwrap_or_else(|_| at.to_string())
}

impl<'a> Outcome<'a> {
    fn of(debrief: &Debrief<'a>, rep: &str) -> Self {
        let lines = debrief.lines.iter().flat_map(|line| line.paragraphs());
        Self {
            ending: &debrief.ending.title,
            kind: debrief.ending.kind.label(),
            paragraphs: debrief.ending.text.paragraphs().chain(lines).collect(),
            deal: debrief.signed.map_or_else(|| "Not signed.".to_owned(), |signed| format!("Signed: {signed}.")),
            score: debrief.score,
            band: debrief.band.range(),
            earned: debrief.title.label(),
            chance: debrief.chance,
            told: debrief.score_told(),
            postures: debrief.postures,
            rules: debrief.rules.iter().map(|(rule, score)| (rule.label(), *score)).collect(),
            next_quarter: debrief.next_quarter.lines(rep),
            questions: debrief.questions.iter().map(Text::as_str).collect(),
        }
    }
}

impl<'a> Decision<'a> {
    fn of(sheet: &'a Sheet<'_>, place: usize, made: &Decided<'a>, rep: &str) -> Self {
        let (story, run) = (sheet.story, &sheet.run);
        let cost = sheet.costs().get(place).copied().unwrap_or(Cost::Unknown);
        let [trust, ..] = made.in_all;
        let roads = if sheet.costs().is_empty() { Vec::new() } else { not_taken(story, run, place) };
        let first = sheet.first.as_ref().and_then(|first| chosen_at_first(story, run, first, place));
        let back = |echo: &crate::story::Sounded<'a>| {
            let changes = Change::all(echo.before, echo.after);
            (echo.echo.text.as_str(), moved(&changes, rep), moves(&changes, rep))
        };
        let road = |road: crate::report::NotTaken<'a>| Road {
            text: &road.option.text,
            posture: road.option.posture,
            closed: road.closed,
            would: road.would.map(|change| signed(change.by)),
        };
        Self {
            number: place + 1,
            scene: &made.scene.title,
            turning_point: made.turning_point,
            chosen: &made.option.text,
            at_first: first.map(|option| option.text.as_str()),
            posture: made.option.posture,
            is_red_line: made.option.key.is_red_line(),
            then: made.option.then.paragraphs().collect(),
            moved: moved(&made.changes, rep),
            moves: moves(&made.changes, rep),
            trust: (signed(trust.by), trust.value),
            echoes: made.echoes.iter().map(back).collect(),
            cost: cost.told(),
            points: cost.points(),
            rule: made.option.why_rule.label(),
            why: &made.option.why,
            roads: roads.into_iter().map(road).collect(),
        }
    }

    /// `You led.`
    pub(super) const fn posture_told(&self) -> &'static str {
        match self.posture {
            Posture::Lead => "You led.",
            Posture::TakeOver => "You took over.",
            Posture::Absent => "You were absent.",
        }
    }
}

/// The meters that moved.
fn moves(changes: &[Change], rep: &str) -> Vec<Move> {
    let told = |change: &Change| {
        let sense = if change.is_good()? { "good" } else { "bad" };
        let name = match change.meter {
            Meter::Trust => format!("Trust in {rep}"),
            Meter::Growth | Meter::Momentum | Meter::Bypass => change.meter.to_string(),
        };
        let arrow = if change.by > 0 { "\u{25b2}" } else { "\u{25bc}" };
        Some(Move { text: format!("{name} {} ({})", change.value, signed(change.by)), arrow, sense })
    };
    changes.iter().filter_map(told).collect()
}
