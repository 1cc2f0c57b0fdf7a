//! The app: which screen shows, and what a message does. It knows no terminal, no files and no clock.

mod events;
mod kept;
mod replace;
mod strip;
mod team;
mod ways;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::replace::Kept;
use self::strip::Held;
use super::drive::Flow;
use super::keymap::Context;
use super::look::{Look, Terminal};
use super::msg::Msg;
use super::screens::View;
use super::screens::briefing::Briefing;
use super::screens::card::{Card, CardKind};
use super::screens::debrief::Debrief;
use super::screens::home::Home;
use super::screens::play::Play;
use super::screens::progress::Progress;
use super::screens::settings::SettingsScreen;
use super::screens::team::{Opening, Team};
use super::settings::{SaveSettings, Settings, WriteFile};
use super::shelf::{self, Listing};
use super::widgets::frame;
use crate::courier::Carrying;
use crate::engine::Seed;
use crate::keeper::{Book, Keeping};
use crate::text::Text;

/// What an app begins with.
pub struct Setup {
    /// The scenarios on offer.
    pub listings: Vec<Listing>,
    /// The one to open at once, by its place among them.
    pub wanted: Option<usize>,
    /// What the player has asked for.
    pub settings: Settings,
    /// What the terminal can do.
    pub terminal: Terminal,
    /// The seed of the first run; each further one takes the next number, unless this one was asked for.
    pub seed: Seed,
    /// Whether the seed was asked for, so that every run takes it.
    pub fixed_seed: bool,
    /// Who plays, if they said so.
    pub name: Option<Text>,
    /// Who keeps what is played.
    pub keeping: Box<dyn Keeping>,
    /// Who carries between here and a team's store.
    pub carrying: Box<dyn Carrying>,
    /// What of a team's session is to be opened at once.
    pub open: Option<Opening>,
    /// Keeps the settings.
    pub save: SaveSettings,
    /// Writes what the player exports.
    pub write: WriteFile,
    /// Something to be said on the first screen.
    pub notice: Option<Text>,
}

/// A player's app.
pub struct App {
    /// Those on the menu, and after them the rounds of sessions that were opened.
    listings: Vec<Listing>,
    on_menu: usize,
    settings: Settings,
    /// The settings as they were last kept, and who keeps them.
    kept_settings: Settings,
    save: SaveSettings,
    write: WriteFile,
    terminal: Terminal,
    seed: Seed,
    fixed_seed: bool,
    name: Option<Text>,
    area: Rect,
    screen: Screen,
    card: Option<Card>,
    book: Book,
    carrying: Box<dyn Carrying>,
    /// Letters were written that are to be sent once they are kept.
    is_to_deliver: bool,
    /// What is due could not be told yet, since not every story had been read.
    is_due_open: bool,
    /// The session's screens and the menu, while one of its rounds is played.
    away: Option<(Box<Team>, Home)>,
    /// A choice that is still being saved: its consequence doesn't show before.
    held: Option<Held>,
    /// Something to be said until the next message.
    notice: Option<Text>,
    /// Where a debrief was opened from that isn't the end of a play.
    looked_up: Option<(Box<Progress>, Home)>,
}

/// The screen that shows.
enum Screen {
    Home(Home),
    Briefing(Briefing),
    /// A run, and the debrief from which it is played again.
    Play(Box<Play>, Option<Box<Debrief>>),
    Debrief(Box<Debrief>),
    /// The settings, and the menu as it was.
    Settings(SettingsScreen, Home),
    /// What came of practice, and the menu as it was.
    Progress(Box<Progress>, Home),
    /// Team sessions, and the menu as it was.
    Team(Box<Team>, Home),
}

impl App {
    /// An app at its menu, or at the briefing of the scenario that was wanted. Its size comes with the first event.
    pub fn new(setup: Setup) -> Self {
        let Setup {
            listings, wanted, settings, terminal, seed, fixed_seed, name, keeping, carrying, open, save, ..
        } = setup;
        let (write, notice) = (setup.write, setup.notice);
        let book = Book::new(keeping, name.clone());
        let (listings, wanted) = shelf::sorted(listings, wanted);
        let (area, screen) = (Rect::new(0, 0, 80, 24), Screen::Home(Home::default()));
        let mut app = Self {
            on_menu: listings.len(),
            listings,
            settings,
            kept_settings: settings,
            save,
            write,
            terminal,
            seed,
            fixed_seed,
            name,
            area,
            screen,
            card: None,
            book,
            carrying,
            is_to_deliver: false,
            is_due_open: false,
            away: None,
            held: None,
            notice,
            looked_up: None,
        };
        app.take_in();
        match wanted {
            // Whoever asks for a seed begins with it.
            Some(at) if app.fixed_seed => app.brief(at),
            Some(at) => app.open(at),
            None => open.into_iter().for_each(|opening| app.open_session(opening)),
        }
        app
    }

    /// Where keys are read.
    pub fn context(&self) -> Context {
        if self.card.is_some() { Context::Card } else { self.screen_context() }
    }

    fn screen_context(&self) -> Context {
        match &self.screen {
            Screen::Home(home) => home.context(),
            Screen::Briefing(briefing) => briefing.context(),
            Screen::Play(play, _) => play.context(),
            Screen::Debrief(debrief) => debrief.context(),
            Screen::Settings(..) => Context::Settings,
            Screen::Progress(progress, _) => progress.context(),
            Screen::Team(team, _) => team.context(),
        }
    }

    /// Does what a message asks for: the only place where the app changes, but for time passing.
    pub fn update(&mut self, msg: Msg) -> Flow {
        match msg {
            Msg::Quit => return Flow::Quit,
            Msg::Suspend => return Flow::Suspend,
            Msg::Redraw => return Flow::Redraw,
            // Nobody acts on a screen that can't be seen, or on one whose consequence is still to come.
            _ if frame::is_too_small(self.area) || self.held.is_some() => return Flow::Nothing,
            _ => {}
        }
        let noticed = self.notice.take().is_some();
        let view = self.view();
        if let Some(card) = &mut self.card {
            if card.update(msg, &view) {
                self.card = None;
            }
            return Flow::Redraw;
        }
        if msg == Msg::Help {
            self.card = Some(Card::help(self.screen_context()));
            return Flow::Redraw;
        }
        let go = match &mut self.screen {
            Screen::Home(home) => home.update(msg, self.listings.get(..self.on_menu).unwrap_or_default(), &view),
            Screen::Briefing(briefing) => briefing.update(msg, &mut self.settings, &view),
            Screen::Play(play, _) => play.update(msg, &view),
            Screen::Debrief(debrief) => debrief.update(msg, &view),
            Screen::Settings(screen, _) => screen.update(msg, &mut self.settings, &view),
            Screen::Progress(progress, _) => progress.update(msg, &view),
            Screen::Team(..) => self.update_team(msg, &view),
        };
        let flow = self.go(go);
        self.keep_settings();
        match flow {
            Flow::Nothing if noticed => Flow::Redraw,
            flow => flow,
        }
    }

    /// Keeps settings that have changed, once the player has done with them.
    fn keep_settings(&mut self) {
        let at_it = matches!(self.screen, Screen::Settings(..) | Screen::Briefing(_));
        if !at_it && self.settings != self.kept_settings {
            self.notice = (self.save)(&self.kept_settings, &self.settings);
            self.kept_settings = self.settings;
        }
    }

    fn open_card(&self, kind: CardKind) -> Option<Card> {
        let (story, run) = match &self.screen {
            Screen::Play(play, _) => play.story_and_run(),
            Screen::Debrief(debrief) => debrief.story_and_run(),
            Screen::Home(_) | Screen::Briefing(_) | Screen::Settings(..) | Screen::Progress(..) | Screen::Team(..) => {
                return None;
            }
        };
        Some(Card::of(kind, story.clone(), run.clone()))
    }

    fn view(&self) -> View {
        View {
            area: self.parts(self.area).0,
            look: self.look(),
            feedback: self.feedback(),
            still: self.settings.reduce_motion,
        }
    }

    /// How things look here.
    pub fn look(&self) -> Look {
        self.settings.look(&self.terminal)
    }

    /// Draws the screen that shows.
    pub fn render(&self, area: Rect, buf: &mut Buffer) {
        let (above, strip) = self.parts(area);
        let view = View { area: above, ..self.view() };
        buf.set_style(area, view.look.theme.text);
        if frame::is_too_small(area) {
            frame::too_small(&view.look, area, buf);
            return;
        }
        self.render_strip(strip, buf);
        match &self.screen {
            Screen::Home(home) => home.render(self.menu(), &view, buf),
            Screen::Briefing(briefing) => briefing.render(&view, buf),
            Screen::Play(play, _) => play.render(&view, buf),
            Screen::Debrief(debrief) => debrief.render(&view, buf),
            Screen::Settings(screen, _) => screen.render(&self.settings, &view, buf),
            Screen::Progress(progress, _) => progress.render(&view, buf),
            Screen::Team(team, _) => team.render(&view, buf),
        }
        if let Some(card) = &self.card {
            card.render(&view, buf);
        }
    }
}
