//! Progress: scores over time, what is due, how well each rule is kept, and all runs.

mod overview;
mod runs;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::{Go, View};
use crate::practice::{Practice, Today};
use crate::store::KeptRun;
use crate::terms::RunState;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::Scroll;
use crate::tui::widgets::tabs::Tabs;

/// The progress screen.
pub struct Progress {
    practice: Practice,
    /// The latest first.
    runs: Vec<Shown>,
    today: Date,
    page: Page,
    /// The run pointed at.
    selected: usize,
    scroll: Scroll,
}

/// A run as it is listed.
struct Shown {
    run: KeptRun,
    /// When it was last changed, as the player's clock shows it.
    when: String,
}

/// Its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Overview,
    Runs,
}

const PAGES: [Page; 2] = [Page::Overview, Page::Runs];
const TITLES: [&str; 2] = ["Overview", "Runs"];

/// The parts of the screen.
struct Places {
    parts: frame::Parts,
    tabs: Rect,
    line: Rect,
    page: Rect,
}

impl Progress {
    /// What came of a player's runs.
    pub fn new(practice: Practice, runs: &[KeptRun], today: &Today) -> Self {
        let shown = |run: &KeptRun| {
            let when = run.changed.to_zoned(today.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
            Shown { run: run.clone(), when }
        };
        Self {
            practice,
            runs: runs.iter().rev().map(shown).collect(),
            today: today.day,
            page: Page::Overview,
            selected: 0,
            scroll: Scroll::default(),
        }
    }

    /// Where keys are read.
    pub const fn context(&self) -> Context {
        match self.page {
            Page::Overview => Context::Progress,
            Page::Runs => Context::Runs,
        }
    }

    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, view: &View) -> Go {
        match (msg, self.page) {
            (Msg::Back, _) => Go::Home,
            (Msg::Left | Msg::Right | Msg::Confirm, Page::Overview) => self.turn_to(Page::Runs),
            (Msg::Left | Msg::Right, Page::Runs) => self.turn_to(Page::Overview),
            (Msg::Pick(number), _) => PAGES.get(number).map_or(Go::Nothing, |page| self.turn_to(*page)),
            (Msg::Click(position), _) => self.click(position, view),
            (Msg::Up, Page::Runs) => self.select(self.selected.saturating_sub(1)),
            (Msg::Down, Page::Runs) => self.select(self.selected + 1),
            (Msg::PageUp, Page::Runs) => self.select(self.selected.saturating_sub(8)),
            (Msg::PageDown, Page::Runs) => self.select(self.selected + 8),
            (Msg::Wheel(lines), Page::Runs) => self.select(self.selected.saturating_add_signed(lines.into())),
            (Msg::First, Page::Runs) => self.select(0),
            (Msg::Last, Page::Runs) => self.select(usize::MAX),
            (Msg::Confirm, Page::Runs) => self.open(),
            (Msg::Up, Page::Overview) => self.scroll_by(-1, view),
            (Msg::Down, Page::Overview) => self.scroll_by(1, view),
            (Msg::Wheel(lines), Page::Overview) => self.scroll_by(lines.into(), view),
            (Msg::PageUp, Page::Overview) => self.scroll_by(-8, view),
            (Msg::PageDown, Page::Overview) => self.scroll_by(8, view),
            _ => Go::Nothing,
        }
    }

    fn turn_to(&mut self, page: Page) -> Go {
        self.page = page;
        self.scroll = Scroll::default();
        Go::Redraw
    }

    fn select(&mut self, run: usize) -> Go {
        self.selected = run.min(self.runs.len().saturating_sub(1));
        Go::Redraw
    }

    /// The debrief of a run that has ended.
    fn open(&self) -> Go {
        let ended = self.runs.get(self.selected).filter(|shown| shown.run.state == RunState::Ended);
        ended.map_or(Go::Nothing, |shown| Go::Past(Box::new(shown.run.clone())))
    }

    fn scroll_by(&mut self, lines: isize, view: &View) -> Go {
        let (_, below) = overview::rows(places(view).page, &self.practice);
        let all = overview::lines(&self.practice, self.today, view, below.width).len();
        if self.scroll.by(lines, all, below.height) { Go::Redraw } else { Go::Nothing }
    }

    fn click(&mut self, position: Position, view: &View) -> Go {
        let places = places(view);
        if let Some(page) = self.tabs().at(places.tabs, position).and_then(|at| PAGES.get(at)) {
            return self.turn_to(*page);
        }
        if self.page != Page::Runs {
            return Go::Nothing;
        }
        match runs::at(places.page, self.selected, self.runs.len(), position) {
            Some(run) if run == self.selected => self.open(),
            Some(run) => self.select(run),
            None => Go::Nothing,
        }
    }

    fn tabs(&self) -> Tabs<'static> {
        Tabs { titles: &TITLES, current: PAGES.iter().position(|page| *page == self.page).unwrap_or(0) }
    }

    /// Draws it.
    pub fn render(&self, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let places = places(view);
        let streak = match self.practice.streak {
            0 => String::new(),
            1 => "1 day in a row".to_owned(),
            days => format!("{days} days in a row"),
        };
        frame::bar(look, places.parts.bar, places.parts.body, &["Ridealong", "Progress"], &streak, buf);
        self.tabs().render(look, places.tabs, buf);
        frame::rule(look, places.line, buf);
        match self.page {
            Page::Overview => {
                overview::render(&self.practice, self.today, self.scroll, view, places.page, buf);
            }
            Page::Runs => runs::render(&self.runs, self.selected, view, places.page, buf),
        }
        super::hints(self.context(), look, places.parts.hints, buf);
    }
}

fn places(view: &View) -> Places {
    let parts = frame::parts(view.area, 100);
    let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)];
    let [tabs, line, page] = parts.body.layout(&Layout::vertical(rows));
    Places { parts, tabs, line, page }
}
