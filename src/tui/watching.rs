//! A story played while it is being written: the app above, and below it what the checker says of the file.
//!
//! Every save comes in from outside, see [`Drive::woken`]. A good one takes the place of the version that is played, a
//! broken one only shows its problems.

mod panel;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyEvent, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

pub use self::panel::{Finding, Panel};
use super::app::App;
use super::drive::{Drive, Flow};
use super::keymap;
use super::msg::Msg;
use super::start::{Start, app, listing};
use super::terminal::{self, Bell, Ended, TerminalError, TerminalOptions};
use crate::courier::Nobody;
use crate::keeper::Forgetful;
use crate::scenario::library::{Entry, Follower, Problem, ReadError, shown};

/// How often the file is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// The scenario's place on the menu, where it stands alone.
const ONLY: usize = 0;

/// What comes in from outside.
#[derive(Debug)]
pub enum News {
    /// The file was saved: what came of reading and checking it.
    Saved(Box<Entry>),
    /// The file can't be read any more.
    Lost(ReadError),
}

/// The app with a panel under it.
pub struct Watching {
    app: App,
    panel: Panel,
    area: Rect,
    inbox: Receiver<News>,
}

/// A file to be watched.
pub struct Watch {
    /// What the screens begin with; its scenario is the file as it is now, good or not, and its library is empty.
    pub start: Start,
    /// The file.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Plays a file while it is being written, until somebody leaves.
///
/// # Errors
/// If there is no terminal to draw on, or it fails.
pub fn watch(watch: Watch) -> Result<Ended, TerminalError> {
    let Watch { start, path, bytes } = watch;
    let (outbox, inbox) = channel();
    let panel = start.scenario.as_ref().map_or_else(Panel::default, Panel::of);
    let mut watching = Watching::new(app(start, Box::new(Forgetful::default()), Box::new(Nobody)), panel, inbox);
    let options = TerminalOptions::default();
    terminal::run_with(&mut watching, options, move |bell| follow(Follower::new(&path, bytes), path, outbox, bell))
}

/// Looks at the file again and again, and tells of each save. Ends when nobody listens any more.
fn follow(mut follower: Follower, path: PathBuf, outbox: Sender<News>, bell: Bell) {
    let looking = move || {
        loop {
            thread::sleep(LOOK);
            let news = match follower.look() {
                None => continue,
                Some(Ok(bytes)) => News::Saved(Box::new(Entry::reviewed(&path, &bytes))),
                Some(Err(error)) => News::Lost(error),
            };
            if outbox.send(news).is_err() {
                return;
            }
            bell.ring();
        }
    };
    // Without this thread there is only a play that doesn't change.
    let _ = thread::Builder::new().name("follow".to_owned()).spawn(looking);
}

impl Watching {
    /// An app in which the file stands alone, good or not, and what is said of that file. Each piece of news is followed by
    /// a [`Drive::woken`].
    pub fn new(app: App, panel: Panel, inbox: Receiver<News>) -> Self {
        let mut watching = Self { app, panel, area: Rect::new(0, 0, 80, 24), inbox };
        watching.fit();
        watching
    }

    /// What the checker says.
    pub const fn panel(&self) -> &Panel {
        &self.panel
    }

    /// Where keys are read.
    pub fn context(&self) -> keymap::Context {
        self.app.context()
    }

    fn take(&mut self, news: News) {
        match news {
            News::Saved(entry) => {
                let kept = self.app.replace(ONLY, listing((*entry).clone()));
                self.panel = self.panel.next(&entry, kept.as_ref());
            }
            News::Lost(error) => self.panel = self.panel.lost(&error),
        }
    }

    /// The app's part of an area, and the panel's.
    fn parts(&self, area: Rect) -> [Rect; 2] {
        let rows = self.panel.rows(&self.app.look(), area);
        area.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]))
    }

    /// Tells the app how much room it has now.
    fn fit(&mut self) {
        let [above, _] = self.parts(self.area);
        self.app.event(Event::Resize(above.width, above.height));
    }

    fn key(&mut self, key: KeyEvent) -> Option<Flow> {
        if keymap::read_watching(key) != Some(Msg::Problems) {
            return None;
        }
        self.panel.turn();
        self.fit();
        Some(Flow::Redraw)
    }

    /// A mouse over the panel is not the app's.
    fn mouse(&mut self, mouse: MouseEvent) -> Option<Flow> {
        let [_, below] = self.parts(self.area);
        if mouse.row < below.y {
            return None;
        }
        if !matches!(mouse.kind, MouseEventKind::Down(_)) {
            return Some(Flow::Nothing);
        }
        self.panel.turn();
        self.fit();
        Some(Flow::Redraw)
    }

    /// Draws both.
    pub fn render(&self, area: Rect, buf: &mut Buffer) {
        let [above, below] = self.parts(area);
        self.app.render(above, buf);
        self.panel.render(&self.app.look(), below, buf);
    }
}

impl Drive for Watching {
    fn event(&mut self, event: Event) -> Flow {
        let own = match &event {
            Event::Resize(width, height) => {
                self.area = Rect::new(0, 0, *width, *height);
                self.fit();
                Some(Flow::Redraw)
            }
            Event::Key(key) if key.is_press() => self.key(*key),
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Key(_) | Event::Paste(_) | Event::FocusGained | Event::FocusLost => None,
        };
        own.unwrap_or_else(|| self.app.event(event))
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.render(frame.area(), frame.buffer_mut());
    }

    fn next_tick(&self) -> Option<Duration> {
        self.app.next_tick()
    }

    fn tick(&mut self, passed: Duration) -> Flow {
        self.app.tick(passed)
    }

    fn woken(&mut self) -> Flow {
        let news: Vec<News> = self.inbox.try_iter().collect();
        if news.is_empty() {
            return Flow::Nothing;
        }
        for news in news {
            self.take(news);
        }
        self.fit();
        Flow::Redraw
    }
}

impl Panel {
    /// What is said of a file.
    pub fn of(entry: &Entry) -> Self {
        let name = entry.origin.path().map(|path| path.file_name().unwrap_or(path.as_os_str()).to_owned());
        let name = name.map_or_else(|| entry.id.to_string(), |name| shown(name.as_ref()).to_string());
        match entry.content() {
            Ok(loaded) => Self::new(name, true, Finding::all(&loaded.source, &loaded.warnings)),
            Err(Problem::Faulty { source, diagnostics }) => Self::new(name, false, Finding::all(source, diagnostics)),
            Err(Problem::Unread(error)) => Self::new(name, false, Vec::new()).lost(error),
        }
    }
}
