//! What the app has kept, and what it does with what was kept before.

use std::sync::Arc;

use super::super::screens::debrief::Debrief;
use super::super::screens::play::Play;
use super::super::screens::progress::Progress;
use super::super::shelf::{Listing, Reading, Results};
use super::strip::Held;
use super::{App, Screen};
use crate::courier::Ask;
use crate::keeper::{Attempt, Standing};
use crate::practice::Trained;
use crate::record::Record;
use crate::report::export::{Format, Meta, Runs, Sheet, export};
use crate::store::KeptRun;
use crate::text::Text;
use crate::tui::drive::Flow;

impl App {
    /// A choice was made: it is kept, and then the play after it shows.
    pub(super) fn answered(&mut self, play: Play) -> Flow {
        let play = self.keep(play);
        if self.book.is_settled() {
            self.show(play);
            self.deliver();
            return Flow::Redraw;
        }
        self.held = Some(Held::new(play));
        Flow::Nothing
    }

    pub(super) fn show(&mut self, play: Play) {
        match &mut self.screen {
            Screen::Play(current, _) => **current = play,
            // A round that was begun.
            Screen::Briefing(briefing) if briefing.listing() == play.listing() => {
                self.screen = Screen::Play(Box::new(play), None);
            }
            Screen::Team(..)
            | Screen::Home(_)
            | Screen::Briefing(_)
            | Screen::Debrief(_)
            | Screen::Settings(..)
            | Screen::Progress(..) => {}
        }
    }

    /// A decision was taken back. The first attempt stays as it was.
    pub(super) fn take_back(&mut self, play: Play) {
        if let Screen::Play(current, _) = &self.screen
            && current.first().is_none()
            && let Some(attempt) = current.attempt()
        {
            self.book.leave(attempt.id);
        }
        let play = self.keep(play);
        self.show(play);
    }

    pub(super) fn keep(&mut self, play: Play) -> Play {
        let at = play.listing();
        let seat = self.seated(&play);
        let feedback = self.feedback_of(at);
        let Some(listing) = self.listings.get(at) else { return play };
        let (story, run) = play.story_and_run();
        let standing = Standing {
            story,
            run,
            attempt: play.attempt(),
            first: play.first().and_then(|first| first.attempt),
            reference: &listing.reference,
            // A run on another version than the one at hand was played on a file that is kept already.
            source: listing.source().filter(|_| listing.playable().is_some_and(|now| now.hash == story.hash)),
            feedback,
            seat: seat.as_ref(),
        };
        let attempt = match &listing.round {
            Some(round) => self.book.keep_under(round.player.clone(), standing),
            None => self.book.keep(standing),
        };
        self.is_to_deliver |= seat.is_some() && play.has_ended();
        self.refresh(at);
        play.kept_as(attempt)
    }

    /// Has the menu tell of a scenario what was played of it.
    pub(super) fn refresh(&mut self, at: usize) {
        if let Some(listing) = self.listings.get_mut(at) {
            let runs = self.book.runs().iter().filter(|run| run.record.scenario == listing.reference);
            listing.results = Some(Results::of(runs));
            listing.resume_at = self.book.open(&listing.reference).map(|run| run.summary.decisions + 1);
        }
    }

    /// Has the menu tell what is due, as soon as every story on it has been read.
    pub(super) fn mark_due(&mut self) {
        self.is_due_open = !self.menu().iter().all(|listing| listing.reading.is_read());
        if self.is_due_open {
            return;
        }
        let due = self.book.practice(&self.trained()).due;
        for listing in &mut self.listings {
            listing.is_due = due.iter().any(|due| due.scenario.as_ref() == Some(&listing.reference));
        }
    }

    /// What has still to be read of the scenarios on the menu.
    pub fn unread(&self) -> Vec<Arc<Reading>> {
        let readings = self.menu().iter().map(|listing| &listing.reading);
        readings.filter(|reading| !reading.is_read()).map(Arc::clone).collect()
    }

    /// Takes in what was kept before, if it has come in.
    pub(super) fn take_in(&mut self) {
        if self.book.take_in() {
            (0..self.listings.len()).for_each(|at| self.refresh(at));
            self.mark_due();
            // What could not be sent the last time.
            if self.book.has_letters() {
                self.carrying.ask(Ask::Deliver);
            }
            if let Screen::Team(team, _) = &mut self.screen {
                team.learn(&self.book);
            }
        }
    }

    pub(super) fn progress(&mut self) {
        if let Screen::Home(home) = &mut self.screen {
            let home = std::mem::take(home);
            let practice = self.book.practice(&self.trained());
            let progress = Progress::new(practice, self.book.runs(), &self.book.today());
            self.screen = Screen::Progress(Box::new(progress), home);
        }
    }

    /// Writes the debrief that shows as a page, to read and to print.
    pub(super) fn export(&mut self) {
        let Screen::Debrief(debrief) = &self.screen else { return };
        let (story, run) = debrief.story_and_run();
        let record = Record::of(story, run);
        let meta = debrief.attempt().and_then(|attempt| self.book.meta(attempt.id));
        let meta = meta.unwrap_or_else(|| Meta::of(story, &record, self.name.clone()));
        // The first characters of an id are its time, the last ones its chance.
        let id = meta.id.simple().to_string();
        let name = format!("ridealong-{}-{}.html", story.scenario.id, id.get(id.len() - 8..).unwrap_or_default());
        let Ok(sheet) = Sheet::new(story, record, meta) else { return };
        let sheet = match debrief.first() {
            Some(first) => sheet.with_first(first.run.clone()),
            None => sheet,
        };
        let mut page = Vec::new();
        // Writing to memory cannot fail.
        let _ = export(Format::Html, Runs::One(&sheet), &mut page);
        self.notice = Some((self.write)(&name, &page));
    }

    /// What there is to play, and what it trains.
    fn trained(&self) -> Vec<Trained> {
        self.menu().iter().filter_map(Listing::trained).collect()
    }

    /// The debrief of a run that was kept, on the story as it was then.
    pub(super) fn look_up(&mut self, kept: &KeptRun) {
        let at = self.listings.iter().position(|listing| listing.reference == kept.record.scenario);
        let story = at.and_then(|at| self.listings.get(at)).and_then(Listing::playable).cloned();
        let Some((story, run)) = self.book.replayed(kept, story.as_ref()) else {
            self.notice = Some(Text::clean("The story that this was played on is gone: only its figures are left."));
            return;
        };
        let first = kept.first.and_then(|first| self.book.first(first, &story));
        let attempt = Attempt { id: kept.id, started: kept.started };
        // Of a story that is no longer on the menu there is nothing to go back to.
        let play = Play::new(at.unwrap_or(usize::MAX), story, run, first).kept_as(attempt);
        let debrief = Debrief::new(&play, self.name.clone());
        if let Screen::Progress(progress, home) =
            std::mem::replace(&mut self.screen, Screen::Debrief(Box::new(debrief)))
        {
            self.looked_up = Some((progress, home));
        }
    }

    /// The run that was left of a scenario won't be taken up.
    pub(super) fn forget(&mut self, at: usize) {
        let open = self.listings.get(at).and_then(|listing| self.book.open(&listing.reference));
        if let Some(id) = open.map(|run| run.id) {
            self.book.leave(id);
            self.refresh(at);
        }
    }
}
