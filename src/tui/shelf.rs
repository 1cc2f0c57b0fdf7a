//! The scenarios on offer, with what was played of each.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::engine::Seed;
use crate::keeper::Seated;
use crate::practice::Trained;
use crate::scenario::Glance;
use crate::store::{KeptRun, RunId};
use crate::story::Story;
use crate::terms::{Feedback, RunState};
use crate::text::Text;

/// A scenario on the menu.
pub struct Listing {
    /// What it is called.
    pub title: String,
    /// What runs of it name it by: its id, or its path if it is known by that alone.
    pub reference: String,
    /// Whether it is the user's own, not one of those that come with the program.
    pub own: bool,
    /// How hard it is and how long it takes, if it can be played.
    pub glance: Option<Glance>,
    /// What can be played, read when somebody asks.
    pub reading: Arc<Reading>,
    /// Results so far; nothing as long as they aren't known.
    pub results: Option<Results>,
    /// The decision, from 1, at which a run that was left can be taken up.
    pub resume_at: Option<u32>,
    /// Whether it is to be played today, for a rule that is due.
    pub is_due: bool,
    /// The round of a team's session that it is played in; then it isn't on the menu.
    pub round: Option<Box<InRound>>,
}

/// A scenario as a round of a team's session.
#[derive(Clone, Debug)]
pub struct InRound {
    /// Who plays which round.
    pub seated: Seated,
    /// The name that they have there.
    pub player: Text,
    /// The round's seed.
    pub seed: Seed,
    /// When choices are commented, for everybody in the session.
    pub feedback: Feedback,
    /// The run of its ticket, if that was taken.
    pub run: Option<RunId>,
    /// Whether runs are still taken.
    pub is_taken: bool,
}

/// A story, or why there is none.
pub enum Content {
    /// It can be played.
    Story {
        /// The story.
        story: Arc<Story>,
        /// Its file, as it was read.
        source: Option<Arc<str>>,
    },
    /// Its file has problems: the first of them, in a line or two.
    Problem(Text),
}

/// What is made of a file once, by whoever asks for it first.
pub struct Reading {
    content: OnceLock<Content>,
    read: Mutex<Option<Box<dyn FnOnce() -> Content + Send>>>,
}

impl Reading {
    /// There it is.
    fn read(content: Content) -> Self {
        Self { content: OnceLock::from(content), read: Mutex::default() }
    }

    /// It is still to be made.
    fn later(read: impl FnOnce() -> Content + Send + 'static) -> Self {
        Self { content: OnceLock::new(), read: Mutex::new(Some(Box::new(read))) }
    }

    /// What is made of the file; others who ask wait until it is.
    pub fn content(&self) -> &Content {
        self.content.get_or_init(|| {
            let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).take();
            // Nothing is left to be done only where reading broke off before.
            read.map_or(Content::Problem(Text::EMPTY), |read| read())
        })
    }

    /// Whether nobody has to wait.
    pub fn is_read(&self) -> bool {
        self.content.get().is_some()
    }
}

/// Results of whole runs, those in which nothing was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// How many.
    pub runs: u32,
    /// The best score, 0 to 100.
    pub best: Option<u64>,
    /// The latest score, 0 to 100.
    pub last: Option<u64>,
    /// Runs in which something was taken back or played again.
    pub practised: u32,
}

impl Results {
    /// Of runs in the order in which they were begun.
    pub fn of<'r>(runs: impl Iterator<Item = &'r KeptRun>) -> Self {
        let mut results = Self::default();
        for run in runs.filter(|run| run.state == RunState::Ended) {
            match &run.summary.outcome {
                Some(outcome) if run.first.is_none() => results.add(outcome.score),
                _ => results.practised += 1,
            }
        }
        results
    }

    fn add(&mut self, score: u64) {
        self.runs += 1;
        self.last = Some(score);
        self.best = self.best.max(Some(score));
    }
}

impl Listing {
    /// A story on the menu.
    pub fn story(story: Story, own: bool) -> Self {
        let (glance, reference) = (Glance::of(&story.scenario), story.scenario.id.clone());
        let content = Content::Story { story: Arc::new(story), source: None };
        Self { own, ..Self::playable_as(glance, reference, Reading::read(content)) }
    }

    /// The same, known by a name of its own, and with its file.
    pub fn from_file(self, reference: String, source: &str) -> Self {
        let Some(story) = self.playable().cloned() else { return Self { reference, ..self } };
        let content = Content::Story { story, source: Some(source.into()) };
        Self { reference, reading: Arc::new(Reading::read(content)), ..self }
    }

    /// A good file of which no more is known than a glance; the rest is read when somebody asks.
    pub fn later(glance: Glance, reference: String, read: impl FnOnce() -> Content + Send + 'static) -> Self {
        Self::playable_as(glance, reference, Reading::later(read))
    }

    /// A round of a team's session, on the session's own copy of its scenario.
    pub fn round(story: Arc<Story>, source: Arc<str>, reference: String, round: InRound) -> Self {
        let glance = Glance::of(&story.scenario);
        let content = Content::Story { story, source: Some(source) };
        Self { round: Some(Box::new(round)), ..Self::playable_as(glance, reference, Reading::read(content)) }
    }

    /// A file that can't be played.
    pub fn problem(name: String, first: Text) -> Self {
        Self { own: true, ..Self::new(name.clone(), name, None, Reading::read(Content::Problem(first))) }
    }

    fn playable_as(glance: Glance, reference: String, reading: Reading) -> Self {
        Self::new(glance.title.to_string(), reference, Some(glance), reading)
    }

    fn new(title: String, reference: String, glance: Option<Glance>, reading: Reading) -> Self {
        Self {
            title,
            reference,
            own: false,
            glance,
            reading: Arc::new(reading),
            results: None,
            resume_at: None,
            is_due: false,
            round: None,
        }
    }

    /// What it trains, if it can be played.
    pub fn trained(&self) -> Option<Trained> {
        let scenario = &self.playable()?.scenario;
        Some(Trained {
            scenario: self.reference.clone(),
            title: self.title.clone(),
            level: scenario.level,
            rules: scenario.rules(),
        })
    }

    /// The story, or why there is none.
    pub fn content(&self) -> &Content {
        self.reading.content()
    }

    /// The story, if there is one.
    pub fn playable(&self) -> Option<&Arc<Story>> {
        match self.content() {
            Content::Story { story, .. } => Some(story),
            Content::Problem(_) => None,
        }
    }

    /// Its file, as it was read, if there is a story.
    pub fn source(&self) -> Option<&Arc<str>> {
        match self.content() {
            Content::Story { source, .. } => source.as_ref(),
            Content::Problem(_) => None,
        }
    }

    /// Where it stands on the menu: easy ones first, files with problems last.
    fn order(&self) -> (u8, String) {
        (self.glance.as_ref().map_or(u8::MAX, |glance| glance.level), self.title.to_lowercase())
    }
}

/// Puts listings in the order of the menu. The answer is where the wanted one, by its place before, now stands.
pub fn sorted(listings: Vec<Listing>, wanted: Option<usize>) -> (Vec<Listing>, Option<usize>) {
    let mut numbered: Vec<(usize, Listing)> = listings.into_iter().enumerate().collect();
    numbered.sort_by_key(|(_, listing)| listing.order());
    let wanted = wanted.and_then(|wanted| numbered.iter().position(|(at, _)| *at == wanted));
    (numbered.into_iter().map(|(_, listing)| listing).collect(), wanted)
}
