//! After the ending: how it came out, what trust did, what you did, decision by decision, and next quarter.

mod decisions;
mod next;
mod outcome;
mod profile;
mod trust;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::card::CardKind;
use super::play::Play;
use super::{Go, View};
use crate::engine::Run;
use crate::keeper::{Attempt, First};
use crate::report::{self, Cost};
use crate::story::Story;
use crate::text::Text;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::settings::turned;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page as TextPage, Scroll};
use crate::tui::widgets::prose::COLUMN;
use crate::tui::widgets::tabs::Tabs;

/// The debrief of a run.
pub struct Debrief {
    listing: usize,
    story: Arc<Story>,
    run: Run,
    /// As what the run is kept.
    attempt: Option<Attempt>,
    /// The first attempt, if this isn't it.
    first: Option<First>,
    /// What each choice cost.
    costs: Vec<Cost>,
    /// Who played, if they said so.
    name: Option<Text>,
    page: Page,
    /// The decision pointed at, from 0.
    selected: usize,
    scroll: Scroll,
    roads: Roads,
}

/// Its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Outcome,
    Trust,
    Profile,
    Decisions,
    Next,
}

/// Whether the options that weren't chosen show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Roads {
    Hidden,
    Shown,
}

impl Page {
    const ALL: [Self; 5] = [Self::Outcome, Self::Trust, Self::Profile, Self::Decisions, Self::Next];

    const TITLES: [&'static str; 5] = ["Ending", "Trust", "Rules", "Decisions", "Next quarter"];
}

/// The parts of the screen.
struct Places {
    parts: frame::Parts,
    tabs: Rect,
    line: Rect,
    page: Rect,
}

impl Debrief {
    /// The debrief of a play that has ended.
    pub fn new(play: &Play, name: Option<Text>) -> Self {
        let (story, run) = play.story_and_run();
        Self {
            listing: play.listing(),
            story: story.clone(),
            run: run.clone(),
            attempt: play.attempt(),
            first: play.first().cloned(),
            costs: report::costs(story, run),
            name,
            page: Page::Outcome,
            selected: 0,
            scroll: Scroll::default(),
            roads: Roads::Hidden,
        }
    }

    /// Where keys are read.
    pub const fn context(&self) -> Context {
        match self.page {
            Page::Decisions => Context::Decisions,
            Page::Outcome | Page::Trust | Page::Profile | Page::Next => Context::Debrief,
        }
    }

    /// The same pages of another play.
    pub fn of(&self, play: &Play) -> Self {
        let selected = self.selected.min(play.story_and_run().1.steps().len().saturating_sub(1));
        Self { page: self.page, selected, roads: self.roads, ..Self::new(play, self.name.clone()) }
    }

    /// The first attempt, if this isn't it.
    pub const fn first(&self) -> Option<&First> {
        self.first.as_ref()
    }

    /// As what the run is kept, if it is.
    pub const fn attempt(&self) -> Option<Attempt> {
        self.attempt
    }

    /// The scenario's place on the menu.
    pub const fn listing(&self) -> usize {
        self.listing
    }

    /// What was played.
    pub const fn story_and_run(&self) -> (&Arc<Story>, &Run) {
        (&self.story, &self.run)
    }

    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, view: &View) -> Go {
        match msg {
            Msg::Back => Go::Home,
            Msg::Briefing => Go::Card(CardKind::Briefing),
            Msg::Export => Go::Export,
            Msg::Left => self.turn_to(turned(&Page::ALL, self.page, false)),
            Msg::Right | Msg::Confirm => self.turn_to(turned(&Page::ALL, self.page, true)),
            Msg::Pick(number) => Page::ALL.get(number).map_or(Go::Nothing, |page| self.turn_to(*page)),
            Msg::Click(position) => self.click(position, view),
            Msg::Replay if self.page == Page::Decisions => self.replay(),
            Msg::Roads => {
                self.roads = if self.roads == Roads::Shown { Roads::Hidden } else { Roads::Shown };
                self.turn_to(Page::Decisions)
            }
            Msg::Up if self.page == Page::Decisions => self.select(self.selected.saturating_sub(1)),
            Msg::Down if self.page == Page::Decisions => self.select(self.selected + 1),
            Msg::First if self.page == Page::Decisions => self.select(0),
            Msg::Last if self.page == Page::Decisions => self.select(usize::MAX),
            Msg::Up => self.scroll_by(-1, view),
            Msg::Down => self.scroll_by(1, view),
            Msg::Wheel(lines) => self.scroll_by(lines.into(), view),
            Msg::PageUp => self.scroll_by(-8, view),
            Msg::PageDown => self.scroll_by(8, view),
            _ => Go::Nothing,
        }
    }

    fn turn_to(&mut self, page: Page) -> Go {
        self.page = page;
        self.scroll = Scroll::default();
        Go::Redraw
    }

    fn select(&mut self, decision: usize) -> Go {
        self.selected = decision.min(self.run.steps().len().saturating_sub(1));
        self.scroll = Scroll::default();
        Go::Redraw
    }

    fn scroll_by(&mut self, lines: isize, view: &View) -> Go {
        let Some(debrief) = report::Debrief::of(&self.story, &self.run, &self.costs) else { return Go::Nothing };
        let area = self.scrolled_area(places(view).page);
        let all = self.lines(&debrief, view, area.width).len();
        if self.scroll.by(lines, all, area.height) { Go::Redraw } else { Go::Nothing }
    }

    fn click(&mut self, position: Position, view: &View) -> Go {
        let places = places(view);
        if let Some(page) = self.tabs().at(places.tabs, position).and_then(|at| Page::ALL.get(at)) {
            return self.turn_to(*page);
        }
        if self.page == Page::Decisions
            && let Some(decision) = decisions::at(places.page, self.selected, self.run.steps().len(), position)
        {
            return self.select(decision);
        }
        Go::Nothing
    }

    fn tabs(&self) -> Tabs<'static> {
        let current = Page::ALL.iter().position(|page| *page == self.page).unwrap_or(0);
        Tabs { titles: &Page::TITLES, current }
    }

    /// Plays again from the decision pointed at. This run stays what it is.
    fn replay(&self) -> Go {
        let run = self.run.back_to(&self.story.program, self.selected);
        let first = self.first.clone().unwrap_or_else(|| First { attempt: self.attempt, run: self.run.clone() });
        Go::Replay(Box::new(Play::new(self.listing, self.story.clone(), run, Some(first))))
    }

    /// The part of a page that scrolls.
    fn scrolled_area(&self, page: Rect) -> Rect {
        match self.page {
            Page::Decisions => decisions::columns(page).1,
            Page::Trust => trust::rows(page).1,
            // Text alone stands in the middle of a wide screen.
            Page::Outcome | Page::Profile | Page::Next => frame::centred(page, COLUMN + 1),
        }
    }

    fn lines(&self, debrief: &report::Debrief<'_>, view: &View, width: u16) -> Vec<Line<'static>> {
        match self.page {
            Page::Outcome => outcome::lines(debrief, self.first.is_some(), view, width),
            Page::Trust => trust::legend(debrief, &self.run, view, width),
            Page::Profile => profile::lines(debrief, view, width),
            Page::Decisions => {
                let shown = decisions::Shown {
                    story: &self.story,
                    run: &self.run,
                    first: self.first.as_ref().map(|first| &first.run),
                    roads: self.roads == Roads::Shown,
                };
                decisions::detail(debrief, &shown, self.selected, view, width)
            }
            Page::Next => next::lines(debrief, &self.story, &self.run, view, width),
        }
    }

    /// Draws it.
    pub fn render(&self, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let places = places(view);
        let Some(debrief) = report::Debrief::of(&self.story, &self.run, &self.costs) else { return };
        let practice = if self.first.is_some() { "practice, " } else { "" };
        let name = self.name.as_ref().map_or_else(String::new, |name| format!("{name}, "));
        let seed = format!("{name}{practice}seed {}", self.run.seed());
        frame::bar(look, places.parts.bar, places.parts.body, &[&self.story.scenario.title, "Debrief"], &seed, buf);
        self.tabs().render(look, places.tabs, buf);
        frame::rule(look, places.line, buf);
        match self.page {
            Page::Trust => trust::chart(&debrief, &self.run, view, trust::rows(places.page).0, buf),
            Page::Decisions => {
                let (list, _, side) = decisions::columns_and_line(places.page);
                decisions::list(&debrief, self.selected, view, list, buf);
                frame::rule(look, side, buf);
            }
            Page::Outcome | Page::Profile | Page::Next => {}
        }
        let area = self.scrolled_area(places.page);
        let lines = self.lines(&debrief, view, area.width);
        TextPage { lines: &lines, scroll: self.scroll, look: *look }.render(area, buf);
        super::hints(self.context(), look, places.parts.hints, buf);
    }
}

fn places(view: &View) -> Places {
    let parts = frame::parts(view.area, 116);
    let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)];
    let [tabs, line, page] = parts.body.layout(&Layout::vertical(rows));
    Places { parts, tabs, line, page }
}
