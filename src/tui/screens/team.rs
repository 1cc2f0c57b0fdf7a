//! Team sessions: which there are, joining and making one, its rounds, steering it, its board, what came of it.
//!
//! These screens ask and are told: [`Team::asks`] is what they want of the team's store, [`Team::take`] is where the
//! answers go. Nothing here waits, and as long as there is no answer what is known stays on the screen.

mod board;
mod coming;
mod create;
mod desk;
mod drawing;
mod form;
mod join;
mod list;
mod person;
mod post;
mod results;
mod rows;
mod session;
mod steer;
mod steps;
mod words;

use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use self::board::BoardPage;
use self::create::Create;
use self::desk::{Desk, Plays};
use self::join::Join;
use self::list::List;
use self::person::Person;
use self::post::{About, Post};
use self::session::Session;
use self::steer::Steer;
use super::{Go, View};
use crate::courier::Ask;
use crate::engine::Seed;
use crate::keeper::Book;
use crate::store::RunId;
use crate::story::Story;
use crate::team::{Phase, SessionCode};
use crate::text::Text;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::shelf::{InRound, Listing};

/// How often these screens look at the clock, while time changes something on them.
const BEAT: Duration = Duration::from_secs(1);

/// What the command line wants to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The board of a session.
    Board(SessionCode),
    /// A session that was joined here under this name.
    Session(SessionCode, Text),
}

/// The team sessions.
#[derive(Default)]
pub struct Team {
    list: List,
    /// What lies over the list; the last one shows.
    pages: Vec<Page>,
    /// The session that the pages are about.
    desk: Option<Desk>,
    post: Post,
    /// What is done once it has been said that it shall be.
    sure: Option<(Text, Ask)>,
}

enum Page {
    Join(Join),
    Create(Create),
    Session(Session),
    Steer(Steer),
    Person(Person),
    Board(BoardPage),
    Results(results::Page),
}

/// What one of the pages asks for.
enum Move {
    Nothing,
    Redraw,
    Back,
    Ask(Ask),
    /// Asks, once it has been said that it shall be.
    Sure(String, Ask),
    Join(Option<SessionCode>),
    Create,
    Session(SessionCode),
    Steer(SessionCode),
    Board(SessionCode),
    Person(Uuid),
    Results,
    /// Another of those who joined here plays.
    Who(usize),
    /// Plays a round, by its place.
    Play(usize),
    /// Something to be said.
    Say(&'static str),
}

/// A round to be played.
pub struct ToPlay {
    /// What its runs are kept under.
    pub reference: String,
    /// The session's own copy of its scenario.
    pub story: Arc<Story>,
    /// The file of that.
    pub source: Arc<str>,
    /// In what it is played.
    pub in_round: InRound,
}

/// What the pages may know of what is around them.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The scenarios on the menu.
    pub menu: &'a [Listing],
    /// The runs.
    pub book: &'a Book,
    /// For the first round of a session that is made.
    pub seed: Seed,
}

impl Team {
    /// The list of sessions.
    pub fn list() -> Self {
        let mut team = Self::default();
        team.post.ask(Ask::Deliver);
        team.post.ask(Ask::Sessions);
        team
    }

    /// What the command line wants.
    pub fn open(opening: Opening) -> Self {
        let mut team = Self::default();
        team.post.ask(Ask::Deliver);
        match opening {
            Opening::Board(code) => team.board(code),
            Opening::Session(code, name) => {
                team.session(code);
                if let Some(desk) = &mut team.desk {
                    desk.plays = Some(Plays::Called(name));
                }
            }
        }
        team
    }

    /// What is to be asked of the team's store now.
    pub fn asks(&mut self) -> Vec<Ask> {
        self.post.take()
    }

    /// Where keys are read.
    pub fn context(&self) -> Context {
        if self.sure.is_some() {
            return Context::Sure;
        }
        match self.pages.last() {
            None => Context::Teams,
            Some(Page::Join(_) | Page::Create(_)) => Context::Form,
            Some(Page::Session(_)) => Context::Session,
            Some(Page::Steer(_)) => self.desk.as_ref().map_or(Context::Lobby, steer::context),
            Some(Page::Person(person)) => person.context(),
            Some(Page::Board(_)) => self.desk.as_ref().map_or(Context::Board, board::context),
            Some(Page::Results(_)) => Context::Results,
        }
    }

    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, around: Around<'_>, view: &View) -> Go {
        if let Some((said, ask)) = self.sure.take() {
            match msg {
                Msg::Confirm => self.post.ask(ask),
                Msg::Back => {}
                _ => self.sure = Some((said, ask)),
            }
            return Go::Redraw;
        }
        let told = self.forget_what_failed();
        let view = &View { area: self.parts(view).0, ..*view };
        let made = match (self.pages.last_mut(), &self.desk) {
            (None, _) => self.list.update(msg, view),
            (Some(Page::Join(join)), _) => join.update(msg, self.post.awaits(About::Join)),
            (Some(Page::Create(create)), _) => {
                create.update(msg, around.menu, around.seed, self.post.awaits(About::Create))
            }
            (Some(_), None) => Move::Back,
            (Some(Page::Session(session)), Some(desk)) => session.update(msg, desk, view),
            (Some(Page::Steer(steer)), Some(desk)) => match msg {
                Msg::Step(steering) => steps::step(steering, desk, self.post.awaits(About::Step)),
                _ => steer.update(msg, desk, view),
            },
            (Some(Page::Person(person)), Some(desk)) => person.update(msg, desk),
            (Some(Page::Results(page)), Some(desk)) => page.update(msg, desk, view),
            (Some(Page::Board(board)), Some(desk)) => match msg {
                Msg::Step(steering) => steps::step(steering, desk, self.post.awaits(About::Step)),
                _ => board.update(msg, desk, view),
            },
        };
        match self.go(made, around) {
            Go::Nothing if told => Go::Redraw,
            go => go,
        }
    }

    /// What failed is told until the next key, unless it is looked at again and again.
    fn forget_what_failed(&mut self) -> bool {
        self.poll().is_none() && self.post.failure.take().is_some()
    }

    fn go(&mut self, made: Move, around: Around<'_>) -> Go {
        match made {
            Move::Nothing => return Go::Nothing,
            Move::Back if self.pages.pop().is_none() => return Go::Home,
            Move::Back if self.pages.is_empty() => self.post.ask(Ask::Sessions),
            Move::Back | Move::Redraw => {}
            Move::Ask(ask) => self.post.ask(ask),
            Move::Sure(said, ask) => self.sure = Some((Text::clean(&said), ask)),
            Move::Join(code) => self.pages.push(Page::Join(Join::new(code))),
            Move::Create => self.pages.push(Page::Create(Create::new(around.menu))),
            Move::Session(code) => self.session(code),
            Move::Steer(code) => self.steer(code),
            Move::Board(code) => self.board(code),
            Move::Person(id) => self.pages.push(Page::Person(Person::new(id))),
            Move::Results => {
                self.pages.push(Page::Results(results::Page::default()));
                self.desk.iter().for_each(|desk| self.post.ask(Ask::Results(desk.code)));
            }
            Move::Who(who) => {
                if let Some(desk) = &mut self.desk {
                    desk.who = who;
                    desk.learn(around.book);
                }
            }
            Move::Play(at) => {
                if let Some(to_play) = self.desk.as_ref().and_then(|desk| desk.to_play(at)) {
                    return Go::Play(Box::new(to_play));
                }
            }
            Move::Say(said) => self.post.failure = Some(Text::clean(said)),
        }
        Go::Redraw
    }

    /// Puts a session on the desk, if it isn't there.
    fn lay_out(&mut self, code: SessionCode) {
        if self.desk.as_ref().is_none_or(|desk| desk.code != code) {
            self.desk = Some(Desk::new(code));
        }
    }

    fn session(&mut self, code: SessionCode) {
        self.lay_out(code);
        self.pages.push(Page::Session(Session::default()));
        self.post.ask(Ask::Look(code));
    }

    fn steer(&mut self, code: SessionCode) {
        self.lay_out(code);
        self.pages.push(Page::Steer(Steer::default()));
        self.post.ask(Ask::Stand(code));
    }

    fn board(&mut self, code: SessionCode) {
        self.lay_out(code);
        self.pages.push(Page::Board(BoardPage::default()));
        let steers = self.desk.as_ref().is_some_and(|desk| desk.steers != Some(false));
        self.post.ask(if steers { Ask::Stand(code) } else { Ask::Board(code) });
    }

    /// A text is pasted: into a field, where one has the focus.
    pub fn paste(&mut self, text: &str) -> bool {
        match self.pages.last_mut() {
            Some(Page::Join(join)) => join.paste(text),
            Some(Page::Create(create)) => create.paste(text),
            Some(Page::Person(person)) => return person.paste(text),
            _ => return false,
        }
        true
    }

    /// The ticket of a round was taken here.
    pub fn sat(&mut self, round: u8, run: RunId) {
        if let Some(desk) = &mut self.desk {
            desk.sat(round, run);
        }
    }

    /// Back from a round.
    pub fn back_from_play(&mut self, book: &Book) {
        if let Some(desk) = &mut self.desk {
            desk.learn(book);
            self.post.ask(Ask::Look(desk.code));
        }
    }

    /// Runs have changed, or come in.
    pub fn learn(&mut self, book: &Book) {
        if let Some(desk) = &mut self.desk {
            desk.learn(book);
        }
    }

    /// What is asked again and again, as long as the answer can be another one.
    fn poll(&self) -> Option<Ask> {
        let desk = self.desk.as_ref()?;
        let (code, phase) = (desk.code, desk.phase());
        let goes_on = phase.is_none_or(|phase| phase < Phase::Sealed) || desk.stands.is_none();
        match self.pages.last()? {
            Page::Session(_) if desk.session.is_none() || desk.mine.is_empty() => Some(Ask::Look(code)),
            Page::Session(_) => Some(Ask::Board(code)),
            Page::Board(_) if desk.steers == Some(false) => Some(Ask::Board(code)),
            Page::Steer(_) | Page::Person(_) | Page::Board(_) => goes_on.then_some(Ask::Stand(code)),
            Page::Join(_) | Page::Create(_) | Page::Results(_) => None,
        }
    }

    /// How long until time changes something.
    pub fn next_tick(&self) -> Option<Duration> {
        (self.poll().is_some() || self.post.is_waiting()).then_some(BEAT)
    }

    /// Time has passed. Whether anything that shows is another thing now.
    pub fn tick(&mut self, passed: Duration) -> bool {
        let (is_time, told) = self.post.tick(passed);
        if is_time && let Some(ask) = self.poll() {
            self.post.ask(ask);
        }
        let moved = self.desk.as_mut().is_some_and(|desk| desk.tick(passed));
        let shows_time = matches!(self.pages.last(), Some(Page::Session(_) | Page::Steer(_) | Page::Board(_)));
        told || (moved && shows_time)
    }
}
