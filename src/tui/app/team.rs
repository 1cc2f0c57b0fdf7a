//! Team sessions in the app: what their screens ask for goes out, what has come in goes to them, and their rounds are
//! played.

use super::super::screens::briefing::Briefing;
use super::super::screens::home::Home;
use super::super::screens::play::{Play, Rank};
use super::super::screens::team::{Around, Opening, Team, ToPlay};
use super::super::shelf::Listing;
use super::strip::Held;
use super::{App, Screen};
use crate::courier::Ask;
use crate::keeper::{Attempt, Seated, TakenUp};
use crate::store::RunId;
use crate::terms::{Feedback, RunState};
use crate::tui::drive::Flow;
use crate::tui::msg::Msg;
use crate::tui::screens::{Go, View};

impl App {
    /// The scenarios on the menu: all but those that are rounds of a session.
    pub(super) fn menu(&self) -> &[Listing] {
        self.listings.get(..self.on_menu).unwrap_or_default()
    }

    /// To the team sessions.
    pub(super) fn teams(&mut self) {
        if let Screen::Home(home) = &mut self.screen {
            self.screen = Screen::Team(Box::new(Team::list()), std::mem::take(home));
            self.send();
        }
    }

    /// To what the command line wants of a session.
    pub(super) fn open_session(&mut self, opening: Opening) {
        self.screen = Screen::Team(Box::new(Team::open(opening)), Home::default());
        self.send();
    }

    /// Sends what the screens of sessions ask for.
    pub(super) fn send(&mut self) {
        if let Screen::Team(team, _) = &mut self.screen {
            for ask in team.asks() {
                self.carrying.ask(ask);
            }
        }
    }

    pub(super) fn update_team(&mut self, msg: Msg, view: &View) -> Go {
        let menu = self.listings.get(..self.on_menu).unwrap_or_default();
        let Screen::Team(team, _) = &mut self.screen else { return Go::Nothing };
        let go = team.update(msg, Around { menu, book: &self.book, seed: self.seed }, view);
        self.send();
        go
    }

    /// Takes what has come of the team's store. Whether anything that shows is another thing now.
    pub(super) fn take_news(&mut self) -> Option<bool> {
        let news = self.carrying.news();
        if news.is_empty() {
            return None;
        }
        let away = self.away.as_mut().map(|(team, _)| team);
        let (team, shows) = match &mut self.screen {
            Screen::Team(team, _) => (Some(team), true),
            _ => (away, false),
        };
        let mut changed = false;
        if let Some(team) = team {
            for news in news {
                changed |= team.take(news, &self.book);
            }
        }
        self.send();
        Some(changed && shows)
    }

    /// The round that a play, a briefing or a debrief is of, by its place.
    pub(super) fn is_round(&self, at: usize) -> bool {
        self.listings.get(at).is_some_and(|listing| listing.round.is_some())
    }

    /// When choices are commented on the screen that shows.
    pub(super) fn feedback(&self) -> Feedback {
        let at = match &self.screen {
            Screen::Briefing(briefing) => Some(briefing.listing()),
            Screen::Play(play, _) => Some(play.listing()),
            Screen::Debrief(debrief) => Some(debrief.listing()),
            Screen::Home(_) | Screen::Settings(..) | Screen::Progress(..) | Screen::Team(..) => None,
        };
        at.map_or(self.settings.feedback, |at| self.feedback_of(at))
    }

    pub(super) fn feedback_of(&self, at: usize) -> Feedback {
        let round = self.listings.get(at).and_then(|listing| listing.round.as_ref());
        round.map_or(self.settings.feedback, |round| round.feedback)
    }

    /// In which round a play is, and what it counts for there; nothing once no runs are taken any more.
    pub(super) fn seated(&self, play: &Play) -> Option<Seated> {
        let round = self.listings.get(play.listing())?.round.as_ref()?;
        let practice = play.rank() != Rank::Ranked;
        (round.is_taken || !practice).then(|| Seated { practice, ..round.seated.clone() })
    }

    /// To a round of a session: its run where it was left, or its briefing.
    pub(super) fn open_round(&mut self, to_play: ToPlay) {
        let ToPlay { reference, story, source, in_round } = to_play;
        let ranked = in_round.run;
        let listing = Listing::round(story.clone(), source, reference, in_round);
        let there = self.listings.iter().position(|there| {
            let is_same = |round: &super::super::shelf::InRound, other: &super::super::shelf::InRound| {
                round.seated.hand == other.seated.hand
            };
            there.reference == listing.reference
                && there.round.as_ref().zip(listing.round.as_ref()).is_some_and(|(there, new)| is_same(there, new))
        });
        let at = there.unwrap_or(self.listings.len());
        match self.listings.get_mut(at) {
            Some(there) => *there = listing,
            None => self.listings.push(listing),
        }
        self.refresh(at);
        if let Screen::Team(team, home) = std::mem::replace(&mut self.screen, Screen::Home(Home::default())) {
            self.away = Some((team, home));
        }
        let kept = ranked.and_then(|run| self.book.run(run)).cloned();
        match (ranked, kept) {
            (None, _) => self.screen = Screen::Briefing(Briefing::of_round(at, story)),
            // The ticket was taken, and nothing has been decided on it.
            (Some(run), None) => self.sit_again(at, run),
            (Some(_), Some(run)) if run.state != RunState::Ended => {
                let taken_up = self.book.take_up_run(&run, &story);
                self.go_on(at, taken_up, Rank::Ranked);
            }
            (Some(run), Some(_)) => self.practise(at, run),
        }
    }

    fn go_on(&mut self, at: usize, taken_up: TakenUp, rank: Rank) {
        let Some(story) = self.listings.get(at).and_then(Listing::playable).cloned() else { return };
        let TakenUp { run, attempt, first, notice } = taken_up;
        let play = Play::new(at, story, run, first).ranked_as(rank);
        let play = match attempt {
            Some(attempt) => play.kept_as(attempt),
            None => play,
        };
        self.notice = notice;
        self.screen = Screen::Play(Box::new(play), None);
    }

    /// Goes on with what was left of practice, or to its briefing.
    fn practise(&mut self, at: usize, ranked: RunId) {
        let Some(listing) = self.listings.get(at) else { return };
        let Some(story) = listing.playable().cloned() else { return };
        let Some(player) = listing.round.as_ref().map(|round| &round.player) else { return };
        let open = self.book.open_beside(ranked, &listing.reference, player).cloned();
        match open {
            Some(run) => {
                let taken_up = self.book.take_up_run(&run, &story);
                self.go_on(at, taken_up, Rank::Practice);
            }
            None => self.screen = Screen::Briefing(Briefing::of_round(at, story).practice()),
        }
    }

    /// Begins a round: the ticket is taken before the first scene shows. What is played after that one run is practice.
    pub(super) fn begin_round(&mut self, at: usize) {
        let Some(round) = self.listings.get(at).and_then(|listing| listing.round.clone()) else { return };
        let Some(play) = self.first_scene(at) else { return };
        if round.run.is_some() {
            return self.show(play.ranked_as(Rank::Practice));
        }
        let attempt = self.book.sit(&round.seated);
        if let Some(round) = self.listings.get_mut(at).and_then(|listing| listing.round.as_mut()) {
            round.run = Some(attempt.id);
        }
        if let Some((team, _)) = &mut self.away {
            team.sat(round.seated.round, attempt.id);
        }
        self.is_to_deliver = true;
        let play = play.kept_as(attempt).ranked_as(Rank::Ranked);
        if self.book.is_settled() {
            self.show(play);
            self.deliver();
        } else {
            // The first scene shows once the ticket is kept, as a consequence does once its choice is.
            self.held = Some(Held::new(play));
        }
    }

    /// The ticket that was taken before is the one that counts.
    fn sit_again(&mut self, at: usize, run: RunId) {
        let attempt = Attempt { id: run, started: self.book.now() };
        if let Some(play) = self.first_scene(at) {
            self.screen = Screen::Play(Box::new(play.kept_as(attempt).ranked_as(Rank::Ranked)), None);
        }
    }

    /// A round from its beginning.
    fn first_scene(&self, at: usize) -> Option<Play> {
        let listing = self.listings.get(at)?;
        let (story, round) = (listing.playable()?.clone(), listing.round.as_ref()?);
        let run = story.begin(round.seed);
        Some(Play::new(at, story, run, None))
    }

    /// Has letters sent that have been kept since.
    pub(super) fn deliver(&mut self) {
        if self.is_to_deliver && self.book.is_settled() && self.book.trouble().is_none() {
            self.is_to_deliver = false;
            self.carrying.ask(Ask::Deliver);
        }
    }

    /// From a round back to its session.
    pub(super) fn back_to_session(&mut self) {
        match self.away.take() {
            Some((mut team, home)) => {
                team.back_from_play(&self.book);
                self.screen = Screen::Team(team, home);
                self.send();
            }
            None => self.screen = Screen::Home(Home::default()),
        }
    }

    /// Time has passed for the screens of sessions.
    pub(super) fn tick_team(&mut self, passed: std::time::Duration) -> Flow {
        let Screen::Team(team, _) = &mut self.screen else { return Flow::Nothing };
        let changed = team.tick(passed);
        self.send();
        if changed { Flow::Redraw } else { Flow::Nothing }
    }
}
