//! The smallest drive that shows what a terminal does to it: the fixture of the tests in a pseudo-terminal.
//!
//! `q` quits, `p` panics, `t` panics in another thread, `s` gets stuck, `m` moves for a moment, `f` floods the terminal,
//! ^Z suspends. Every other event is counted and shown.

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyModifiers};
use ratatui::Frame;
use ratatui::text::Line;
use ratatui::widgets::{Fill, Paragraph};
use ridealong::tui::drive::{Drive, Flow};
use ridealong::tui::terminal::{self, TerminalOptions};

/// What has come in.
#[derive(Default)]
struct Demo {
    keys: u32,
    resizes: u32,
    size: (u16, u16),
    last: String,
    frames_left: u32,
    flooding: bool,
}

impl Drive for Demo {
    fn event(&mut self, event: Event) -> Flow {
        match event {
            Event::Key(key) => {
                self.keys += 1;
                self.last = format!("key {:?}", key.code);
                match key.code {
                    KeyCode::Char('z') if key.modifiers == KeyModifiers::CONTROL => return Flow::Suspend,
                    KeyCode::Char('q') => return Flow::Quit,
                    KeyCode::Char('p') => fail(),
                    KeyCode::Char('t') => drop(thread::spawn(fail)),
                    KeyCode::Char('s') => thread::sleep(Duration::from_secs(10)),
                    KeyCode::Char('m') => self.frames_left = 3,
                    KeyCode::Char('f') => (self.flooding, self.frames_left) = (true, u32::MAX),
                    _ => {}
                }
            }
            Event::Resize(width, height) => {
                self.resizes += 1;
                self.size = (width, height);
            }
            Event::Mouse(mouse) => self.last = format!("mouse {:?} {},{}", mouse.kind, mouse.column, mouse.row),
            Event::Paste(text) => self.last = format!("paste {text:?}"),
            Event::FocusGained | Event::FocusLost => {}
        }
        Flow::Redraw
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let Self { keys, resizes, size: (width, height), last, frames_left, flooding } = self;
        if *flooding {
            let letter = if frames_left % 2 == 0 { "x" } else { "o" };
            frame.render_widget(Fill::new(letter), frame.area());
        }
        let lines = [
            Line::from(format!("ready, {keys} keys")),
            Line::from(format!("last: {last}.")),
            Line::from(format!("size: {width}x{height}.")),
            Line::from(format!("resizes: {resizes}.")),
            Line::from(format!("frames left: {frames_left}.")),
        ];
        frame.render_widget(Paragraph::new(lines.to_vec()), frame.area());
    }

    fn next_tick(&self) -> Option<Duration> {
        (self.frames_left > 0).then_some(Duration::from_millis(50))
    }

    fn tick(&mut self, _passed: Duration) -> Flow {
        self.frames_left -= 1;
        Flow::Redraw
    }
}

#[expect(clippy::panic, reason = "what a panic does to the terminal is what is tried")]
fn fail() {
    panic!("as asked for");
}

fn main() -> ExitCode {
    match terminal::run(&mut Demo::default(), TerminalOptions::default()) {
        Ok(ended) => ended.exit_code().into(),
        Err(error) => {
            // Not `eprintln`, which panics if nobody can read it.
            let _ = writeln!(io::stderr(), "{error}");
            2.into()
        }
    }
}
