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

/// A terminal that can do everything.
pub(crate) fn terminal() -> Terminal {
    Terminal { no_color: false, many_colors: true, light: false, unicode: true }
}

/// Somebody at the screen.
pub(crate) struct Player {
    pub(crate) app: App,
    pub(crate) size: (u16, u16),
}

impl Player {
    /// At the menu of the pinned scenarios, nothing moving.
    pub(crate) fn new(size: (u16, u16)) -> Self {
        Self::with(size, Settings { reduce_motion: true, ..Settings::default() })
    }

    pub(crate) fn with(size: (u16, u16), settings: Settings) -> Self {
        let stories = [ORACLE, SIDE_DOOR].map(|path| Listing::story(story(path), false));
        let problem = Listing::problem(
            "half-written".to_owned(),
            Text::clean("half-written.toml:12:1: error[unknown-key]: `tittle` is no key of a scene"),
        );
        Self::at_menu(size, settings, stories.into_iter().chain([problem]).collect())
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
        let setup = Setup {
            listings,
            wanted: None,
            settings,
            terminal: terminal(),
            seed,
            fixed_seed: true,
            name: None,
            keeping,
            carrying: Box::new(ridealong::courier::Nobody),
            open: None,
            save: Box::new(|_, _| None),
            write: Box::new(|name, _| ridealong::text::Text::clean(name)),
            notice: None,
        };
        let mut player = Self { app: App::new(setup), size };
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
        self.app.event(event)
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
            let pick = if self.app.context() == Context::Choosing { format!("{pick} {pick}") } else { String::new() };
            self.keys(&pick).keys("enter");
        }
        panic!("no end in sight:\n{}", self.text());
    }

    /// Reads on to the next decision.
    pub(crate) fn read_on(&mut self) -> &mut Self {
        while self.app.context() == Context::Reading {
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
