//! A player's runs: those kept before, and those that are handed over to be kept.

use std::sync::Arc;

use jiff::Timestamp;

use super::Keeping;
use crate::engine::Run;
use crate::practice::{Practice, Today, Trained};
use crate::record::Record;
use crate::report::Summary;
use crate::report::export::Meta;
use crate::scenario::check::check;
use crate::store::{KeptRun, Row, RunId, Seat};
use crate::story::{Carried, Story};
use crate::team::{Hand, Letter};
use crate::terms::{Feedback, RunState};
use crate::text::Text;

/// As what a run is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its name.
    pub id: RunId,
    /// When it was begun.
    pub started: Timestamp,
}

/// The first attempt of a story that is played again.
#[derive(Clone, Debug)]
pub struct First {
    /// As what it is kept.
    pub attempt: Option<Attempt>,
    /// The run as it stood.
    pub run: Run,
}

/// A run as it stands, to be kept.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// What is played.
    pub story: &'a Story,
    /// How far.
    pub run: &'a Run,
    /// As what it is kept, if it has been before.
    pub attempt: Option<Attempt>,
    /// The first attempt, if this isn't it.
    pub first: Option<Attempt>,
    /// What the run names its scenario by: its id, or its path.
    pub reference: &'a str,
    /// The scenario file.
    pub source: Option<&'a Arc<str>>,
    /// When choices are commented.
    pub feedback: Feedback,
    /// In which round of a team's session, if it is played in one.
    pub seat: Option<&'a Seated>,
}

/// Somebody's place in a round of a team's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// Who they are.
    pub hand: Hand,
    /// The round, from 1.
    pub round: u8,
    /// Whether it's a later run, which doesn't count.
    pub practice: bool,
}

impl Seated {
    /// The letter that sends a run that has ended.
    fn letter(&self, run: &KeptRun) -> Letter {
        let claimed = run.summary.outcome.as_ref().map(|outcome| outcome.score);
        let (id, record) = (run.id.uuid(), run.record.clone());
        if self.practice {
            self.hand.practise(self.round, id, record, claimed)
        } else {
            self.hand.send(self.round, id, record, claimed)
        }
    }
}

/// A run that was left, as it can be taken up.
#[derive(Clone, Debug)]
pub struct TakenUp {
    /// Where it stands.
    pub run: Run,
    /// As what it is kept; nothing if it goes on as a run of its own.
    pub attempt: Option<Attempt>,
    /// The first attempt, if it isn't it.
    pub first: Option<First>,
    /// What there is to say about it, if its story has changed since.
    pub notice: Option<Text>,
}

/// A player's runs, and who keeps them.
pub struct Book {
    keeping: Box<dyn Keeping>,
    /// Who plays; empty if nobody said.
    player: Text,
    /// In the order in which they were begun.
    runs: Vec<KeptRun>,
    /// Runs under other names: those of whoever else plays here, and a team's rounds, which are kept under the name that
    /// their player has there.
    others: Vec<KeptRun>,
}

impl Book {
    /// A book with nothing in it yet.
    pub fn new(keeping: Box<dyn Keeping>, player: Option<Text>) -> Self {
        Self { keeping, player: player.unwrap_or_default(), runs: Vec::new(), others: Vec::new() }
    }

    /// The runs, in the order in which they were begun.
    pub fn runs(&self) -> &[KeptRun] {
        &self.runs
    }

    /// What is wrong with keeping them, in a line that names the place and the remedy; nothing while all is kept.
    pub fn trouble(&self) -> Option<Text> {
        self.keeping.trouble()
    }

    /// Whether all is kept, or [`Self::trouble`] says why it isn't.
    pub fn is_settled(&self) -> bool {
        self.keeping.is_settled()
    }

    /// The time, to the millisecond.
    pub fn now(&self) -> Timestamp {
        self.keeping.now()
    }

    /// The day, as the player's clock shows it.
    pub fn today(&self) -> Today {
        self.keeping.today()
    }

    /// What came of the runs, with what there is to play.
    pub fn practice(&self, there_is: &[Trained]) -> Practice {
        Practice::of(&self.runs, there_is, &self.today())
    }

    /// A run that was kept, made again on the story as it is, or on the version that it was played on; nothing if
    /// neither can be.
    pub fn replayed(&mut self, kept: &KeptRun, story: Option<&Arc<Story>>) -> Option<(Arc<Story>, Run)> {
        let on = |story: Arc<Story>| kept.record.replay(&story).ok().map(|run| (story, run));
        story.cloned().and_then(on).or_else(|| {
            let old = kept.record.hash.as_deref().and_then(|hash| self.old_story(hash));
            old.map(Arc::new).and_then(on)
        })
    }

    /// What is known of a run that was kept, beside what replaying it tells.
    pub fn meta(&self, id: RunId) -> Option<Meta> {
        self.run(id).map(|run| meta(run, self.runs.iter().chain(&self.others)))
    }

    /// Whether letters to a team's store were still to be sent when the program began.
    pub fn has_letters(&self) -> bool {
        self.keeping.has_letters()
    }

    /// Takes in what was kept before, if it has come in; what was played meanwhile stays. Whether it has.
    pub fn take_in(&mut self) -> bool {
        let Some(rows) = self.keeping.arrived() else { return false };
        let good = rows.into_iter().filter_map(|row| match row {
            Row::Good(run, _) => Some(*run),
            Row::Altered { .. } => None,
        });
        let (mut before, others): (Vec<KeptRun>, _) = good.partition(|run| run.player == self.player);
        before.retain(|run| self.run(run.id).is_none());
        self.others.splice(0..0, others);
        before.append(&mut self.runs);
        self.runs = before;
        true
    }

    /// Hands a run over to be kept as it stands. The answer is as what it is kept.
    pub fn keep(&mut self, standing: Standing<'_>) -> Attempt {
        self.keep_under(self.player.clone(), standing)
    }

    /// Does so under another name.
    pub fn keep_under(&mut self, player: Text, standing: Standing<'_>) -> Attempt {
        let Standing { story, run, attempt, first, reference, source, feedback, seat } = standing;
        let attempt = attempt.unwrap_or_else(|| Attempt { id: self.keeping.name(), started: self.keeping.now() });
        let kept = KeptRun {
            id: attempt.id,
            player,
            record: Record::of(story, run).naming(reference),
            state: if run.ending(&story.program).is_some() { RunState::Ended } else { RunState::Open },
            first: first.map(|first| first.id),
            feedback,
            started: attempt.started,
            changed: self.keeping.now(),
            summary: Summary::of(story, run),
        };
        let letter = seat.filter(|_| kept.state == RunState::Ended).map(|seat| seat.letter(&kept));
        self.put(kept, source, letter);
        attempt
    }

    /// Takes the ticket of a round. The answer is as what its run is kept.
    pub fn sit(&mut self, seated: &Seated) -> Attempt {
        let attempt = Attempt { id: self.keeping.name(), started: self.keeping.now() };
        let ticket = self.keeping.name().uuid();
        let seat = Seat { player: seated.hand.player, round: seated.round, ticket, run: attempt.id };
        self.keeping.sit(seat, seated.hand.take(seated.round, ticket));
        attempt
    }

    fn put(&mut self, run: KeptRun, source: Option<&Arc<str>>, letter: Option<Letter>) {
        let runs = if run.player == self.player { &mut self.runs } else { &mut self.others };
        match runs.iter_mut().find(|there| there.id == run.id) {
            Some(there) => *there = run.clone(),
            None => runs.push(run.clone()),
        }
        self.keeping.keep(run, source, letter);
    }

    /// A run won't be gone on with.
    pub fn leave(&mut self, id: RunId) {
        let open = self.run(id).filter(|run| run.state == RunState::Open);
        if let Some(run) = open.cloned() {
            self.put(KeptRun { state: RunState::Left, changed: self.keeping.now(), ..run }, None, None);
        }
    }

    /// A run by its id, under whatever name.
    pub fn run(&self, id: RunId) -> Option<&KeptRun> {
        self.runs.iter().chain(&self.others).find(|run| run.id == id)
    }

    /// The run of a scenario that can be taken up: of several, the one begun last.
    pub fn open(&self, reference: &str) -> Option<&KeptRun> {
        self.runs.iter().rev().find(|run| run.state == RunState::Open && run.record.scenario == reference)
    }

    /// The same of a team's round, under the name that its player has there; but not this one.
    pub fn open_beside(&self, ranked: RunId, reference: &str, player: &Text) -> Option<&KeptRun> {
        let is_it = |run: &&KeptRun| run.state == RunState::Open && run.record.scenario == reference;
        let mut runs = self.runs.iter().chain(&self.others).filter(is_it);
        runs.rfind(|run| run.player == *player && run.id != ranked)
    }

    /// Takes a scenario's run up where it was left. If the scenario has changed since, its choices are made again as far
    /// as they lead, as a run of its own.
    pub fn take_up(&mut self, reference: &str, story: &Story) -> Option<TakenUp> {
        let kept = self.open(reference)?.clone();
        Some(self.take_up_run(&kept, story))
    }

    /// Takes a run up where it was left, as [`Self::take_up`] does.
    pub fn take_up_run(&mut self, kept: &KeptRun, story: &Story) -> TakenUp {
        let first = kept.first.and_then(|first| self.first(first, story));
        if let Ok(run) = kept.record.replay(story) {
            let attempt = Some(Attempt { id: kept.id, started: kept.started });
            return TakenUp { run, attempt, first, notice: None };
        }
        let carried = self.carried(kept, story);
        self.leave(kept.id);
        let made = kept.record.choices.len();
        let notice = format!(
            "This story has changed since you left it: {} of {made} choices could be made again. The run as it was \
             stays in your history.",
            carried.kept
        );
        TakenUp { run: carried.run, attempt: None, first, notice: Some(Text::clean(&notice)) }
    }

    /// A kept run as the first attempt of another.
    pub fn first(&mut self, id: RunId, story: &Story) -> Option<First> {
        let kept = self.run(id)?.clone();
        let run = kept.record.replay(story).unwrap_or_else(|_| self.carried(&kept, story).run);
        Some(First { attempt: Some(Attempt { id, started: kept.started }), run })
    }

    /// A run made again in another version of its story: with its old version beside it, if that was kept, so that
    /// scenes that have changed places are noticed.
    fn carried(&mut self, kept: &KeptRun, story: &Story) -> Carried {
        let old = kept.record.hash.as_deref().and_then(|hash| self.old_story(hash));
        let run = old.as_ref().and_then(|old| kept.record.replay(old).ok());
        match old.zip(run) {
            Some((old, run)) => Carried::over(&old, &run, story),
            None => Carried::by_ids(kept.record.seed, &kept.record.choices, story),
        }
    }

    /// The story of a hash, if its file was kept and is what it was.
    fn old_story(&mut self, hash: &str) -> Option<Story> {
        let source = self.keeping.story(hash)?;
        story_of(hash, &source)
    }

    /// Another version of a story takes the place of one: the run of it that was left goes on in that one.
    pub fn carry_over(&mut self, reference: &str, old: &Story, new: &Story) {
        let Some(kept) = self.open(reference).cloned() else { return };
        let Ok(run) = kept.record.replay(old) else { return };
        let carried = Carried::over(old, &run, new);
        let record = Record::of(new, &carried.run).naming(reference);
        let summary = Summary::of(new, &carried.run);
        self.put(KeptRun { record, summary, ..kept }, None, None);
    }
}

/// What is known of a run beside what replaying it tells; `all` are those among which it was an attempt.
pub fn meta<'r>(run: &KeptRun, all: impl Iterator<Item = &'r KeptRun>) -> Meta {
    let is_attempt = |other: &&KeptRun| {
        other.player == run.player && other.record.scenario == run.record.scenario && other.first.is_none()
    };
    let before = all.filter(is_attempt).take_while(|other| other.id != run.id).count();
    Meta {
        id: run.id.uuid(),
        player: (!run.player.is_empty()).then(|| run.player.clone()),
        home: None,
        started: Some(run.started),
        ended: (run.state == RunState::Ended).then_some(run.changed),
        answered: Vec::new(),
        attempt: run.first.is_none().then(|| u32::try_from(before + 1).unwrap_or(u32::MAX)),
        feedback: Some(run.feedback),
    }
}

/// The story that a kept scenario file tells; nothing if its hash is another one, so that it isn't what was played.
pub fn story_of(hash: &str, source: &str) -> Option<Story> {
    // Under a name that isn't compared with its id.
    let checked = check("a kept scenario", source.as_bytes());
    let story = Story::new(checked.scenario().cloned()?);
    story.hash.to_string().eq_ignore_ascii_case(hash).then_some(story)
}
