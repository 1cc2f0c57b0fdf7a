//! The ways between the screens.

use super::super::drive::Flow;
use super::super::screens::Go;
use super::super::screens::briefing::Briefing;
use super::super::screens::debrief::Debrief;
use super::super::screens::home::Home;
use super::super::screens::play::Play;
use super::super::screens::settings::SettingsScreen;
use super::super::shelf::Listing;
use super::{App, Screen};
use crate::engine::Seed;
use crate::keeper::TakenUp;

impl App {
    /// Goes where a screen wants to.
    pub(super) fn go(&mut self, go: Go) -> Flow {
        match go {
            Go::Nothing => return Flow::Nothing,
            Go::Redraw => {}
            Go::Home => self.leave(),
            Go::Settings => self.settings(),
            Go::Export => self.export(),
            Go::Progress => self.progress(),
            Go::Past(kept) => self.look_up(&kept),
            Go::Brief(at) => self.open(at),
            Go::Anew(at) => {
                self.forget(at);
                self.open(at);
            }
            Go::Begin(at) if self.is_round(at) => self.begin_round(at),
            Go::Begin(at) => self.begin(at),
            Go::Teams => self.teams(),
            Go::Play(to_play) => self.open_round(*to_play),
            Go::Answered(play) => return self.answered(*play),
            Go::TakenBack(play) => self.take_back(*play),
            Go::Replay(play) => self.replay(play),
            Go::End => self.end(),
            Go::Card(kind) => self.card = self.open_card(kind),
        }
        Flow::Redraw
    }

    /// Plays again from a decision of a debrief, which waits.
    fn replay(&mut self, play: Box<Play>) {
        if let Screen::Debrief(debrief) = std::mem::replace(&mut self.screen, Screen::Home(Home::default())) {
            self.screen = Screen::Play(play, Some(debrief));
        }
    }

    /// Back to the menu, where a run that hasn't ended can be taken up; from a run that is played again, back to its
    /// debrief.
    fn leave(&mut self) {
        let at = match &self.screen {
            Screen::Play(play, None) => Some(play.listing()),
            Screen::Briefing(briefing) => Some(briefing.listing()),
            Screen::Debrief(debrief) if self.looked_up.is_none() => Some(debrief.listing()),
            _ => None,
        };
        if at.is_some_and(|at| self.is_round(at)) {
            return self.back_to_session();
        }
        let home = match std::mem::replace(&mut self.screen, Screen::Home(Home::default())) {
            Screen::Play(play, Some(debrief)) => {
                if let Some(attempt) = play.attempt() {
                    self.book.leave(attempt.id);
                    self.refresh(play.listing());
                }
                self.screen = Screen::Debrief(debrief);
                return;
            }
            Screen::Play(play, None) => Home::at(play.listing()),
            Screen::Debrief(debrief) => match self.looked_up.take() {
                Some((progress, home)) => {
                    self.screen = Screen::Progress(progress, home);
                    return;
                }
                None => Home::at(debrief.listing()),
            },
            Screen::Briefing(briefing) => Home::at(briefing.listing()),
            Screen::Home(home) | Screen::Settings(_, home) | Screen::Progress(_, home) | Screen::Team(_, home) => home,
        };
        self.screen = Screen::Home(home);
    }

    fn settings(&mut self) {
        if let Screen::Home(home) = &mut self.screen {
            self.screen = Screen::Settings(SettingsScreen::default(), std::mem::take(home));
        }
    }

    /// Opens a scenario: the run that was left, or the briefing.
    pub(super) fn open(&mut self, at: usize) {
        let Some(listing) = self.listings.get(at) else { return };
        let Some(story) = listing.playable().cloned() else { return };
        let Some(TakenUp { run, attempt, first, notice }) = self.book.take_up(&listing.reference, &story) else {
            self.brief(at);
            return;
        };
        let play = Play::new(at, story, run, first);
        let play = match attempt {
            Some(attempt) => play.kept_as(attempt),
            None => self.keep(play),
        };
        self.notice = notice;
        self.screen = Screen::Play(Box::new(play), None);
    }

    pub(super) fn brief(&mut self, at: usize) {
        if let Some(story) = self.listings.get(at).and_then(Listing::playable) {
            self.screen = Screen::Briefing(Briefing::new(at, story.clone()));
        }
    }

    fn begin(&mut self, at: usize) {
        let Some(story) = self.listings.get(at).and_then(Listing::playable).cloned() else { return };
        let run = story.begin(self.seed);
        if !self.fixed_seed {
            self.seed = Seed(self.seed.0.wrapping_add(1));
        }
        self.screen = Screen::Play(Box::new(Play::new(at, story, run, None)), None);
    }

    /// From the last page of a play to its debrief.
    fn end(&mut self) {
        let Screen::Play(play, _) = &self.screen else { return };
        self.screen = Screen::Debrief(Box::new(Debrief::new(play, self.name.clone())));
        self.looked_up = None;
        self.mark_due();
    }
}
