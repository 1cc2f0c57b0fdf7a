//! What is asked of the team's store, and what of it hasn't been answered yet.

use std::collections::VecDeque;
use std::time::Duration;

use crate::courier::Ask;
use crate::text::Text;

/// How often it is looked how a session stands, while that can change.
const LOOK: Duration = Duration::from_secs(2);
/// The same after it couldn't be seen.
const AGAIN: Duration = Duration::from_secs(5);
/// How long an answer is waited for until that is told.
const PATIENCE: Duration = Duration::from_secs(1);

/// What an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Sessions,
    Look,
    Board,
    Stand,
    People,
    Results,
    Join,
    Create,
    Step,
    Change,
    Deliver,
}

impl About {
    const fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Sessions => Self::Sessions,
            Ask::Look(_) => Self::Look,
            Ask::Board(_) => Self::Board,
            Ask::Stand(_) => Self::Stand,
            Ask::People(_) => Self::People,
            Ask::Results(_) => Self::Results,
            Ask::Join(..) => Self::Join,
            Ask::Create(_) => Self::Create,
            Ask::Step(..) => Self::Step,
            Ask::Rename(..) | Ask::Remove(..) | Ask::Withdraw(..) | Ask::Erase(..) => Self::Change,
            Ask::Deliver => Self::Deliver,
        }
    }
}

/// What goes out and what is awaited.
#[derive(Default)]
pub(super) struct Post {
    asks: Vec<Ask>,
    awaited: VecDeque<About>,
    waited: Duration,
    /// Since it was looked last how a session stands.
    since: Duration,
    /// What the last one that failed said.
    pub(super) failure: Option<Text>,
    /// How many letters can't be sent now, and why.
    pub(super) unsent: Option<(usize, Text)>,
}

impl Post {
    /// Asks for something.
    pub(super) fn ask(&mut self, ask: Ask) {
        let about = About::of(&ask);
        // Letters are sent on the side; their news come whenever they come.
        if about != About::Deliver {
            self.awaited.push_back(about);
            self.waited = Duration::ZERO;
        }
        self.asks.push(ask);
    }

    /// What is to be asked now.
    pub(super) fn take(&mut self) -> Vec<Ask> {
        std::mem::take(&mut self.asks)
    }

    /// Whether something of the kind hasn't been answered yet.
    pub(super) fn awaits(&self, about: About) -> bool {
        self.awaited.contains(&about)
    }

    /// An answer has come, good or bad. What it was about.
    pub(super) fn answered(&mut self, failure: Option<Text>) -> Option<About> {
        self.failure = failure;
        self.waited = Duration::ZERO;
        self.since = Duration::ZERO;
        self.awaited.pop_front()
    }

    /// Time passes. Whether it is time to look how things stand, and whether it has become worth telling that there is
    /// no answer.
    pub(super) fn tick(&mut self, passed: Duration) -> (bool, bool) {
        let told = self.is_slow();
        if self.awaited.is_empty() {
            self.since = self.since.saturating_add(passed);
        } else {
            self.waited = self.waited.saturating_add(passed);
        }
        let wait = if self.failure.is_some() { AGAIN } else { LOOK };
        (self.awaited.is_empty() && self.since >= wait, told != self.is_slow())
    }

    /// Whether an answer takes so long that it is told.
    pub(super) fn is_slow(&self) -> bool {
        !self.awaited.is_empty() && self.waited >= PATIENCE
    }

    /// Whether time matters to what is awaited.
    pub(super) fn is_waiting(&self) -> bool {
        !self.awaited.is_empty() && !self.is_slow()
    }
}
