//! The board, to be read from the back of a room: what the public sees, and nothing else.

mod head;
mod lines;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use self::lines::Lines;
use super::desk::Desk;
use super::{Move, words};
use crate::team::Phase;
use crate::team::board::Board;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page, Scroll};

/// Wide enough for teams beside people.
const WIDE: u16 = 72;

/// The board's page.
#[derive(Default)]
pub(super) struct BoardPage {
    /// Bands instead of points.
    bands: bool,
    /// Teams show where there is no room for both.
    teams: bool,
    /// How far it was scrolled by hand; nothing as long as it scrolls itself.
    scroll: Option<Scroll>,
    /// How many places were shown when it was scrolled.
    shown: usize,
}

/// The parts of the screen.
struct Places {
    parts: frame::Parts,
    head: Rect,
    people: Rect,
    /// Nothing where there are none, or no room beside people.
    teams: Option<Rect>,
}

/// Where keys are read.
pub(super) fn context(desk: &Desk) -> Context {
    let is_over = desk.phase() >= Some(Phase::Sealed);
    if is_over && desk.steers == Some(true) && !desk.is_revealed() { Context::Stage } else { Context::Board }
}

impl BoardPage {
    pub(super) fn update(&mut self, msg: Msg, desk: &Desk, view: &View) -> Move {
        match msg {
            Msg::Back => return Move::Back,
            Msg::Bands => self.bands = !self.bands,
            Msg::Left | Msg::Right => (self.teams, self.scroll) = (!self.teams, None),
            Msg::Up => return self.scroll_by(-1, desk, view),
            Msg::Down => return self.scroll_by(1, desk, view),
            Msg::Wheel(lines) => return self.scroll_by(lines.into(), desk, view),
            Msg::PageUp => return self.scroll_by(-i16::MAX as isize, desk, view),
            Msg::PageDown => return self.page(desk, view),
            Msg::First => return self.scroll_by(isize::MIN, desk, view),
            Msg::Last => return self.scroll_by(isize::MAX, desk, view),
            _ => return Move::Nothing,
        }
        Move::Redraw
    }

    fn page(&mut self, desk: &Desk, view: &View) -> Move {
        let height = Self::places(desk, view).people.height.saturating_sub(1);
        self.scroll_by(isize::try_from(height).unwrap_or(1).max(1), desk, view)
    }

    fn scroll_by(&mut self, by: isize, desk: &Desk, view: &View) -> Move {
        let Some(board) = &desk.public else { return Move::Nothing };
        let area = Self::places(desk, view).people;
        let lines = self.lines(board, desk, view, area);
        let mut scroll = self.scrolled(&lines, board, area);
        if !scroll.by(by, lines.all.len(), area.height) {
            return Move::Nothing;
        }
        (self.scroll, self.shown) = (Some(scroll), board.places.len());
        Move::Redraw
    }

    /// Where the list stands: where it was scrolled to, as long as nothing has been revealed since; else so that the
    /// place that was revealed last is in sight.
    fn scrolled(&self, lines: &Lines, board: &Board, area: Rect) -> Scroll {
        let by_hand = self.scroll.filter(|_| board.phase < Phase::Revealed || self.shown == board.places.len());
        by_hand.unwrap_or_else(|| {
            let mut scroll = Scroll::default();
            let over = lines.newest.saturating_sub(usize::from(area.height / 3));
            scroll.by(isize::try_from(over).unwrap_or(0), lines.all.len(), area.height);
            scroll
        })
    }

    fn lines(&self, board: &Board, desk: &Desk, view: &View, area: Rect) -> Lines {
        let width = area.width.saturating_sub(2);
        if self.teams && !board.teams.is_empty() && frame::parts(view.area, 150).body.width < WIDE {
            return Lines::teams(board, self.bands, view, width);
        }
        let hidden = match (board.phase, desk.places()) {
            (Phase::Revealed, Some(all)) => all.saturating_sub(board.places.len()),
            // The first that shows has as many before it as its rank says.
            (Phase::Revealed, None) => {
                board.places.first().and_then(|place| place.rank).map_or(0, |rank| rank as usize - 1)
            }
            _ => 0,
        };
        Lines::people(board, desk.my_id(), hidden, self.bands, view, (width, area.height))
    }

    fn places(desk: &Desk, view: &View) -> Places {
        let parts = frame::parts(view.area, 150);
        let head = head::height(desk, parts.body);
        let [head, list] = parts.body.layout(&Layout::vertical([Constraint::Length(head), Constraint::Fill(1)]));
        // The teams come with the first place; until then their room is kept.
        let of_teams =
            |board: &Board| !board.teams.is_empty() || board.places.iter().any(|place| !place.standing.team.is_empty());
        let has_teams = desk.public.as_ref().is_some_and(of_teams);
        if !has_teams || list.width < WIDE {
            return Places { parts, head, people: frame::centred(list, 100), teams: None };
        }
        let columns = [Constraint::Fill(5), Constraint::Fill(3)];
        let [people, teams] = list.layout(&Layout::horizontal(columns).spacing(if list.width > 120 { 8 } else { 3 }));
        Places { parts, head, people, teams: Some(teams) }
    }

    pub(super) fn render(&self, desk: &Desk, context: Context, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let places = Self::places(desk, view);
        let parts = places.parts;
        let Some(session) = &desk.session else {
            frame::bar(look, parts.bar, parts.body, &["Board", &desk.code.to_string()], "", buf);
            Line::styled("Looking into the team's store ...", look.theme.muted).render(parts.body, buf);
            crate::tui::screens::hints(context, look, parts.hints, buf);
            return;
        };
        let state = words::state(session, desk.now);
        frame::bar(look, parts.bar, parts.body, &[&session.title, &desk.code.to_string()], &state, buf);
        crate::tui::screens::hints(context, look, parts.hints, buf);
        let is_empty = |board: &Board| board.places.is_empty() && board.others.is_empty();
        match &desk.public {
            Some(board) if session.phase(desk.now) > Phase::Lobby && !is_empty(board) => {
                head::render(desk, session, board, view, places.head, buf);
                let lines = self.lines(board, desk, view, places.people);
                let scroll = self.scrolled(&lines, board, places.people);
                Page { lines: &lines.all, scroll, look: *look }.render(places.people, buf);
                if let Some(area) = places.teams.filter(|_| board.teams.is_empty()) {
                    Line::styled("      Teams come at the end.", look.theme.muted).render(area, buf);
                } else if let Some(area) = places.teams {
                    let teams = Lines::teams(board, self.bands, view, area.width.saturating_sub(2));
                    Page { lines: &teams.all, scroll: Scroll::default(), look: *look }.render(area, buf);
                }
            }
            board => head::waiting(session, board.as_ref(), desk, view, parts.body, buf),
        }
    }
}
