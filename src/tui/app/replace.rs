//! Another version of a story takes the place of the one that is played.

use super::super::screens::card::Card;
use super::super::screens::play::Play;
use super::super::shelf::Listing;
use super::{App, Screen};
use crate::keeper::First;
use crate::story::Carried;
use crate::tui::screens::briefing::Briefing;
use crate::tui::screens::debrief::Debrief;
use crate::tui::screens::home::Home;

/// What became of a run that was on the screen, in the new version of its story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Choices that could be made again.
    pub kept: usize,
    /// All that had been made.
    pub made: usize,
    /// The option at which it stopped, if it did.
    pub stopped: Option<String>,
}

impl App {
    /// Puts a new version of a scenario in the place of another, by its place on the menu. Who is in it stays where they
    /// are, as far as their choices lead there. A version that can't be played leaves the one before it, if there is one.
    pub fn replace(&mut self, at: usize, new: Listing) -> Option<Kept> {
        let listing = self.listings.get_mut(at)?;
        let before = listing.playable().cloned();
        let Some(story) = new.playable().cloned() else {
            if before.is_none() {
                *listing = new;
            }
            return None;
        };
        if let Some(before) = &before {
            self.book.carry_over(&listing.reference, before, &story);
        }
        *listing = Listing { reference: listing.reference.clone(), ..new };
        self.refresh(at);
        let card = self.card.as_ref().and_then(Card::kind);
        let mut kept = None;
        self.screen = match std::mem::replace(&mut self.screen, Screen::Home(Home::default())) {
            Screen::Briefing(briefing) if briefing.listing() == at => Screen::Briefing(briefing.retold(story)),
            Screen::Play(play, _) if play.listing() == at => {
                let (play, carried) = play.carried(story);
                kept = Some(carried);
                Screen::Play(Box::new(self.keep_again(play)), None)
            }
            Screen::Debrief(debrief) if debrief.listing() == at => {
                let (play, carried) = debrief.play().carried(story);
                let over = play.has_ended();
                kept = Some(carried);
                let play = self.keep_again(play);
                if over { Screen::Debrief(Box::new(debrief.of(&play))) } else { Screen::Play(Box::new(play), None) }
            }
            // It could not be played before.
            Screen::Home(_) if before.is_none() => Screen::Briefing(Briefing::new(at, story)),
            other @ (Screen::Home(_)
            | Screen::Briefing(_)
            | Screen::Play(..)
            | Screen::Debrief(_)
            | Screen::Settings(..)
            | Screen::Progress(..)
            | Screen::Team(..)) => other,
        };
        if let Some(kind) = card {
            self.card = self.open_card(kind);
        }
        kept
    }
}

impl App {
    /// Has a play that was kept before kept as it stands now.
    fn keep_again(&mut self, play: Play) -> Play {
        if play.attempt().is_some() { self.keep(play) } else { play }
    }
}

impl Play {
    /// The same run in another version of its story, and what became of it.
    fn carried(self, story: std::sync::Arc<crate::story::Story>) -> (Self, Kept) {
        let (old, run) = self.story_and_run();
        let made = run.steps().len();
        let first =
            self.first().map(|first| First { attempt: first.attempt, run: Carried::over(old, &first.run, &story).run });
        let Carried { run, kept, stopped } = Carried::over(old, run, &story);
        (self.retold(story, run, first, kept == made), Kept { kept, made, stopped })
    }
}

impl Debrief {
    /// The play that it is of.
    fn play(&self) -> Play {
        let (story, run) = self.story_and_run();
        let play = Play::new(self.listing(), story.clone(), run.clone(), self.first().cloned());
        match self.attempt() {
            Some(attempt) => play.kept_as(attempt),
            None => play,
        }
    }
}
