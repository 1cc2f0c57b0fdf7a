//! Somebody who plays: presses keys and reads the screen.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ridealong::engine::Seed;
use ridealong::keeper::{Forgetful, Keeping};
use ridealong::text::Text;
use ridealong::tui::app::{App, Setup};
use ridealong::tui::drive::{Drive, Flow};
use ridealong::tui::keymap::Context;
use ridealong::tui::look::Terminal;
use ridealong::tui::settings::Settings;
use ridealong::tui::shelf::Listing;
use ridealong::tui::theme::ThemeName;

use crate::plays::{ORACLE, SIDE_DOOR, story};
use crate::room::Room;

/// A terminal that can do everything.
pub(crate) fn terminal() -> Terminal {
    Terminal { no_color: false, many_colors: true, light: false, unicode: true }
}

/// Somebody at the screen.
pub(crate) struct Player {
    pub(crate) app: App,
    pub(crate) size: (u16, u16),
    /// The team's store.
    pub(crate) room: Room,
}

impl Player {
    /// At the menu of the pinned scenarios, nothing moving.
    pub(crate) fn new(size: (u16, u16)) -> Self {
        Self::with(size, Settings { reduce_motion: true, ..Settings::default() })
    }

    pub(crate) fn with(size: (u16, u16), settings: Settings) -> Self {
        Self::at_menu(size, settings, Self::menu())
    }

    /// The pinned scenarios, and a file that can't be played.
    pub(crate) fn menu() -> Vec<Listing> {
        let listing = |path| {
            let source = std::fs::read_to_string(path).expect("a file");
            let listing = Listing::story(story(path), false);
            let reference = listing.reference.clone();
            listing.from_file(reference, &source)
        };
        let stories = [ORACLE, SIDE_DOOR].map(listing);
        let problem = Listing::problem(
            "half-written".to_owned(),
            Text::clean("half-written.toml:12:1: error[unknown-key]: `tittle` is no key of a scene"),
        );
        stories.into_iter().chain([problem]).collect()
    }

    pub(crate) fn at_menu(size: (u16, u16), settings: Settings, listings: Vec<Listing>) -> Self {
        Self::kept_by(Box::new(Forgetful::default()), size, settings, listings)
    }

    /// Whose runs are kept somewhere.
    pub(crate) fn kept_by(
        keeping: Box<dyn Keeping>,
        size: (u16, u16),
        settings: Settings,
        listings: Vec<Listing>,
    ) -> Self {
        Self::seeded(Seed(11), keeping, size, settings, listings)
    }

    /// Whose plays have this seed.
    pub(crate) fn seeded(
        seed: Seed,
        keeping: Box<dyn Keeping>,
        size: (u16, u16),
        settings: Settings,
        listings: Vec<Listing>,
    ) -> Self {
        let room = Room::full();
        let setup = Setup {
            listings,
            wanted: None,
            settings,
            terminal: terminal(),
            seed,
            fixed_seed: true,
            name: None,
            keeping,
            carrying: Box::new(room.clone()),
            open: None,
            save: Box::new(|_, _| None),
            write: Box::new(|name, _| ridealong::text::Text::clean(name)),
            notice: None,
        };
        let mut player = Self { app: App::new(setup), size, room };
        player.event(Event::Resize(size.0, size.1));
        player
    }

    /// In a theme.
    pub(crate) fn themed(size: (u16, u16), theme: ThemeName, ascii: bool) -> Self {
        Self::with(size, Settings { theme, ascii, reduce_motion: true, ..Settings::default() })
    }

    /// At the first decision of the Side Door.
    pub(crate) fn playing(size: (u16, u16)) -> Self {
        let mut player = Self::new(size);
        player.keys("enter enter");
        player
    }

    pub(crate) fn event(&mut self, event: Event) -> Flow {
        let flow = self.app.event(event);
        self.hear();
        flow
    }

    /// Has the app take what the team's store has said.
    pub(crate) fn hear(&mut self) -> Flow {
        let mut flow = Flow::Nothing;
        while self.room.has_news() {
            if self.app.woken() == Flow::Redraw {
                flow = Flow::Redraw;
            }
        }
        flow
    }

    /// Lets so many seconds pass. Whether anything was drawn.
    pub(crate) fn wait(&mut self, seconds: u32) -> bool {
        let mut drawn = false;
        for _ in 0..seconds {
            if let Some(tick) = self.app.next_tick() {
                drawn |= self.app.tick(tick.max(Duration::from_secs(1))) == Flow::Redraw;
            }
            drawn |= self.hear() == Flow::Redraw;
        }
        drawn
    }

    /// Presses keys, named and divided by blanks.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let code = match key {
                "enter" => KeyCode::Enter,
                "esc" => KeyCode::Esc,
                "tab" => KeyCode::Tab,
                "backtab" => KeyCode::BackTab,
                "space" => KeyCode::Char(' '),
                "up" => KeyCode::Up,
                "down" => KeyCode::Down,
                "left" => KeyCode::Left,
                "right" => KeyCode::Right,
                "home" => KeyCode::Home,
                "end" => KeyCode::End,
                "pgup" => KeyCode::PageUp,
                "pgdn" => KeyCode::PageDown,
                "bs" => KeyCode::Backspace,
                letter => KeyCode::Char(letter.chars().next().expect("a key")),
            };
            self.event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self
    }

    pub(crate) fn click(&mut self, column: u16, row: u16) -> Flow {
        let kind = MouseEventKind::Down(MouseButton::Left);
        self.event(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    /// Plays to the debrief, always choosing the option in this place on the screen, or the next one that is open.
    pub(crate) fn play_out(&mut self, place: usize) -> &mut Self {
        for step in 0..400 {
            if self.text().contains("Debrief") {
                return self;
            }
            let pick = (place + step / 100) % 4 + 1;
            // Where options are cut, the first number only selects.
            let is_choosing = matches!(self.app.context(), Context::Choosing | Context::RankedChoosing);
            let pick = if is_choosing { format!("{pick} {pick}") } else { String::new() };
            self.keys(&pick).keys("enter");
        }
        panic!("no end in sight:\n{}", self.text());
    }

    /// Reads on to the next decision.
    pub(crate) fn read_on(&mut self) -> &mut Self {
        while matches!(self.app.context(), Context::Reading | Context::RankedReading) {
            self.keys("enter");
        }
        self
    }

    pub(crate) fn buffer(&self) -> Buffer {
        self.buffer_at(self.size)
    }

    pub(crate) fn buffer_at(&self, (width, height): (u16, u16)) -> Buffer {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        self.app.render(area, &mut buffer);
        buffer
    }

    /// The screen's rows, without blanks at their ends.
    pub(crate) fn text(&self) -> String {
        let buffer = self.buffer();
        let rows = buffer.content.chunks(usize::from(self.size.0.max(1)));
        let row = |cells: &[ratatui::buffer::Cell]| {
            let text: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            text.trim_end().to_owned()
        };
        rows.map(row).collect::<Vec<_>>().join("\n")
    }

    /// The rows below the bar at the top, which tells whether this is practice.
    pub(crate) fn below_the_bar(&self) -> String {
        self.text().split_once('\n').map(|(_, rows)| rows.to_owned()).unwrap_or_default()
    }

    /// The screen's words, single blanks between them.
    pub(crate) fn words(&self) -> String {
        words(&self.text())
    }

    /// Lets the meters slide to their end; answers how many frames that took.
    pub(crate) fn settle(&mut self) -> usize {
        let mut frames = 0;
        while let Some(wait) = self.app.next_tick() {
            self.app.tick(wait.max(Duration::from_millis(1)));
            frames += 1;
            assert!(frames < 100, "a slide without end");
        }
        frames
    }
}

pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every screen, by name, each as it is reached from the menu.
pub(crate) const SCREENS: &[(&str, &str)] = &[
    ("home", ""),
    ("home_problem", "end"),
    ("home_search", "/ c o r"),
    ("home_nothing_found", "/ x x x"),
    ("settings", "s down right"),
    ("help", "?"),
    ("briefing", "enter"),
    ("briefing_feedback", "enter right"),
    ("play", "enter enter"),
    ("play_selected", "enter enter down down"),
    ("play_consequence", "enter enter 1"),
    ("play_second", "enter enter 1 enter enter"),
    ("play_help", "enter enter ?"),
    ("history", "enter enter 1 enter 2 enter h"),
    ("card", "enter enter i"),
    ("debrief", "enter enter PLAY"),
    ("debrief_trust", "enter enter PLAY right"),
    ("debrief_rules", "enter enter PLAY 3"),
    ("debrief_decisions", "enter enter PLAY 4 down down"),
    ("debrief_roads", "enter enter PLAY o down"),
    ("debrief_next_quarter", "enter enter PLAY 5"),
    ("teams", "b"),
    ("team_join", "b down j K Q 7 tab A n a"),
    ("team_join_wrong", "b down j end bs tab A n a tab enter"),
    ("team_create", "b n F r i d a y tab tab tab tab space"),
    ("team_session", "b enter"),
    ("team_briefing", "b enter enter"),
    ("team_play", "b enter enter enter"),
    ("team_consequence", "b enter enter enter 1"),
    ("team_left", "b enter enter enter 1 q"),
    ("team_played", "b enter enter enter PLAY q"),
    ("team_practice", "b enter enter enter PLAY q enter enter"),
    ("team_lobby", "b down enter"),
    ("team_lobby_board", "b down b"),
    ("team_open", "b down down enter"),
    ("team_refused", "b down down enter right"),
    ("team_seal", "b down down enter s"),
    ("team_person", "b down down enter down enter"),
    ("team_rename", "b down down enter down enter n bs bs bs"),
    ("team_board", "b down down b"),
    ("team_bands", "b down down b b"),
    ("team_frozen_board", "b down down down b"),
    ("team_sealed", "b down down down down enter"),
    ("team_reveal", "b down down down down down b"),
    ("team_reveal_next", "b down down down down down b enter enter"),
    ("team_revealed", "b end b"),
    ("team_results", "b end enter r"),
    ("team_results_round", "b end enter r right"),
    ("progress_empty", "p"),
    ("progress", "enter enter PLAY q down enter enter PLAY q p"),
    ("runs", "enter enter PLAY q down enter enter PLAY u q enter enter 1 q p 2 down"),
];

/// Goes to one of the screens.
pub(crate) fn go(player: &mut Player, keys: &str) {
    for part in keys.split_inclusive("PLAY") {
        player.keys(part.trim_end_matches("PLAY"));
        if part.ends_with("PLAY") {
            player.play_out(0);
        }
    }
}
