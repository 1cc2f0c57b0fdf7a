//! One run with all that is told of it: what exports are made from.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::engine::Run;
use crate::record::{Misfit, Record};
use crate::report::{Cost, Debrief, costs};
use crate::story::Story;
use crate::terms::Feedback;
use crate::text::Text;

/// Where the ids of runs without one live.
const RUNS: &str = "https://ridealong.invalid/run";

/// What is known of a run beside what replaying it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The run's id, the same for ever.
    pub id: Uuid,
    /// Who played.
    pub player: Option<Text>,
    /// The home page of the system in which the player's name is an account's; ours, if nobody says.
    pub home: Option<Text>,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// When each choice was made, as far as that was kept.
    pub answered: Vec<Timestamp>,
    /// Which attempt of the player's at this scenario it was, from 1.
    pub attempt: Option<u32>,
    /// When choices were commented.
    pub feedback: Option<Feedback>,
}

impl Meta {
    /// Nothing is known but the run itself: the same story, seed, choices and player give the same id every time.
    pub fn of(story: &Story, record: &Record, player: Option<Text>) -> Self {
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, RUNS.as_bytes());
        let choices = record.choices.join("\n");
        let who = player.as_deref().unwrap_or_default();
        // None of these holds a line end, and a name comes last.
        let run = format!("{}\n{}\n{choices}\n\n{who}", story.hash, record.seed);
        Self {
            id: Uuid::new_v5(&namespace, run.as_bytes()),
            player,
            home: None,
            started: None,
            ended: None,
            answered: Vec::new(),
            attempt: None,
            feedback: None,
        }
    }

    /// How long it took; nothing if that isn't known or the clock was set back meanwhile.
    pub fn took(&self) -> Option<SignedDuration> {
        let took = self.ended?.duration_since(self.started?);
        (!took.is_negative()).then(|| SignedDuration::from_secs(took.as_secs()))
    }
}

/// One run, ready to be exported.
#[derive(Clone, Debug)]
pub struct Sheet<'s> {
    /// The scenario.
    pub story: &'s Story,
    /// The run.
    pub run: Run,
    /// What it was replayed from.
    pub record: Record,
    /// What else is known of it.
    pub meta: Meta,
    /// The player's first attempt, if the run goes on from it: what it chose elsewhere is told.
    pub first: Option<Run>,
    costs: Vec<Cost>,
}

impl<'s> Sheet<'s> {
    /// The sheet of a run record. What its choices cost is worked out here, which takes longer than all the rest.
    ///
    /// # Errors
    /// If the record is no run of this story.
    pub fn new(story: &'s Story, record: Record, meta: Meta) -> Result<Self, Misfit> {
        let run = record.replay(story)?;
        // Whoever is still playing isn't told what the best line would have been.
        let costs = if run.ending(&story.program).is_some() { costs(story, &run) } else { Vec::new() };
        Ok(Self { story, run, record, meta, first: None, costs })
    }

    /// The same with the player's first attempt, where the run goes on from it.
    pub fn with_first(self, first: Run) -> Self {
        Self { first: Some(first), ..self }
    }

    /// What each choice cost; none before the run has ended.
    pub fn costs(&self) -> &[Cost] {
        &self.costs
    }

    /// The debrief; nothing if the run hasn't ended.
    pub fn debrief(&self) -> Option<Debrief<'_>> {
        Debrief::of(self.story, &self.run, &self.costs)
    }

    /// Whether choices are commented: rules, whys and costs. Unknown counts as yes.
    pub fn is_commented(&self) -> bool {
        self.meta.feedback != Some(Feedback::None)
    }
}
