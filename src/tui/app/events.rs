//! Keys, pastes, sizes and time: what comes from the terminal, and what becomes of it.

use std::time::Duration;

use crossterm::event::{Event, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::super::drive::{Drive, Flow};
use super::super::msg::Msg;
use super::super::{keymap, motion};
use super::{App, Screen};

impl Drive for App {
    fn event(&mut self, event: Event) -> Flow {
        if let Event::Resize(width, height) = event {
            self.area = Rect::new(0, 0, width, height);
            return Flow::Redraw;
        }
        if let Event::Paste(text) = &event {
            return self.paste(text);
        }
        match self.read(&event) {
            Some(msg) => self.update(msg),
            None => Flow::Nothing,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.render(frame.area(), frame.buffer_mut());
    }

    fn next_tick(&self) -> Option<Duration> {
        if let Some(held) = &self.held {
            return Some(held.next_look());
        }
        match &self.screen {
            Screen::Play(play, _) if self.card.is_none() && play.is_moving() => Some(motion::FRAME),
            Screen::Team(team, _) => team.next_tick(),
            _ => None,
        }
    }

    fn tick(&mut self, passed: Duration) -> Flow {
        if let Some(held) = &mut self.held {
            held.wait(passed);
            return self.release();
        }
        match &mut self.screen {
            Screen::Play(play, _) if play.is_moving() => {
                play.tick(passed);
                Flow::Redraw
            }
            Screen::Team(..) => self.tick_team(passed),
            _ => Flow::Nothing,
        }
    }

    fn woken(&mut self) -> Flow {
        let news = self.take_news();
        self.take_in();
        if self.is_due_open {
            self.mark_due();
        }
        let released = self.release();
        self.deliver();
        match news {
            // The team's store is asked again and again, and mostly says the same.
            Some(false) => released,
            // Something is kept now that wasn't, or the other way round.
            Some(true) | None => Flow::Redraw,
        }
    }
}

impl App {
    /// The message that an event carries here, if it carries one.
    fn read(&self, event: &Event) -> Option<Msg> {
        match event {
            Event::Key(key) if key.is_press() || key.is_repeat() => self.read_key(*key),
            Event::Mouse(mouse) => read_mouse(*mouse),
            // A paste never chooses.
            Event::Paste(_) | Event::Key(_) | Event::FocusGained | Event::FocusLost | Event::Resize(..) => None,
        }
    }

    fn read_key(&self, key: KeyEvent) -> Option<Msg> {
        keymap::read(&self.settings.keys, self.context(), key)
    }

    /// A paste goes into a field that has the focus, and nowhere else.
    fn paste(&mut self, text: &str) -> Flow {
        match &mut self.screen {
            Screen::Team(team, _) if self.card.is_none() => {
                if team.paste(text) {
                    Flow::Redraw
                } else {
                    Flow::Nothing
                }
            }
            _ => Flow::Nothing,
        }
    }
}

fn read_mouse(mouse: MouseEvent) -> Option<Msg> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Msg::Click(Position::new(mouse.column, mouse.row))),
        MouseEventKind::ScrollUp => Some(Msg::Wheel(-2)),
        MouseEventKind::ScrollDown => Some(Msg::Wheel(2)),
        _ => None,
    }
}
