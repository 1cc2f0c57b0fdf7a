//! A session as its facilitator has it: how far it is, who is in it, what was refused.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use uuid::Uuid;

use super::desk::Desk;
use super::rows::Rows;
use super::{Move, steps, words};
use crate::courier::People;
use crate::store::Member;
use crate::team::Phase;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::tabs::Tabs;
use crate::tui::widgets::{big, frame};

/// As wide as a code in large letters with what is counted beside it.
const LARGE: u16 = 76;

/// A facilitator's page.
#[derive(Default)]
pub(super) struct Steer {
    /// The list of what was refused shows, not the one of people.
    refused: bool,
    selected: usize,
}

/// The parts of the screen.
struct Places {
    parts: frame::Parts,
    /// The code, and what is counted; three rows, or one.
    head: Rect,
    line: Rect,
    tabs: Rect,
    list: Rect,
}

/// Where keys are read.
pub(super) fn context(desk: &Desk) -> Context {
    match desk.phase() {
        Some(Phase::Open) => Context::Open,
        Some(Phase::Frozen) => Context::Frozen,
        Some(Phase::Revealed) if desk.is_revealed() => Context::Revealed,
        Some(Phase::Sealed | Phase::Revealed) => Context::Sealed,
        Some(Phase::Lobby) | None => Context::Lobby,
    }
}

fn places(view: &View) -> Places {
    let parts = frame::parts(view.area, 100);
    let is_large = parts.body.height >= 16 && parts.body.width >= LARGE;
    let head = if is_large { big::HEIGHT } else { 1 };
    let air = u16::from(parts.body.height >= 16);
    let steps = if parts.body.height >= 9 { 2 } else { 1 };
    let rows = [
        Constraint::Length(head),
        Constraint::Length(air),
        Constraint::Length(steps),
        Constraint::Length(air),
        Constraint::Length(1),
        Constraint::Fill(1),
    ];
    let [head, _, line, _, tabs, list] = parts.body.layout(&Layout::vertical(rows));
    Places { parts, head, line, tabs, list }
}

impl Steer {
    fn rows(&self, desk: &Desk, view: &View) -> Rows {
        let refused = desk.stands.as_ref().map_or(0, |stands| stands.refused.len());
        let people = desk.people.as_ref().map_or(0, |people| people.members.len());
        let count = if self.refused { refused } else { people };
        Rows { area: places(view).list, each: 1, count, selected: self.selected }
    }

    pub(super) fn update(&mut self, msg: Msg, desk: &Desk, view: &View) -> Move {
        let rows = self.rows(desk, view);
        if let Some(selected) = rows.moved(msg) {
            self.selected = selected;
            return Move::Redraw;
        }
        match msg {
            Msg::Back => Move::Back,
            Msg::Board => Move::Board(desk.code),
            Msg::Results => Move::Results,
            Msg::Left | Msg::Right => self.turn(!self.refused),
            Msg::Confirm => self.open(desk),
            Msg::Click(position) => {
                let tabs = Tabs { titles: &TITLES, current: usize::from(self.refused) };
                match (tabs.at(places(view).tabs, position), rows.at(position)) {
                    (Some(tab), _) => self.turn(tab == 1),
                    (None, Some(at)) if at == self.selected => self.open(desk),
                    (None, Some(at)) => {
                        self.selected = at;
                        Move::Redraw
                    }
                    (None, None) => Move::Nothing,
                }
            }
            _ => Move::Nothing,
        }
    }

    fn turn(&mut self, refused: bool) -> Move {
        *self = Self { refused, selected: 0 };
        Move::Redraw
    }

    /// Somebody, or who sent what was refused.
    fn open(&self, desk: &Desk) -> Move {
        let people = desk.people.as_ref();
        let there = |id: &Uuid| people.is_some_and(|people| people.members.iter().any(|member| member.id == *id));
        let id = if self.refused {
            let letter = desk.stands.as_ref().and_then(|stands| stands.refused.get(self.selected));
            letter.map(|letter| letter.player).filter(there)
        } else {
            people.and_then(|people| people.members.get(self.selected)).map(|member| member.id)
        };
        id.map_or(Move::Nothing, Move::Person)
    }

    pub(super) fn render(&self, desk: &Desk, context: Context, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let Places { parts, head, line, tabs, list } = places(view);
        let Some(session) = &desk.session else {
            frame::bar(look, parts.bar, parts.body, &["Session", &desk.code.to_string()], "", buf);
            let text = Line::styled("Looking into the team's store ...", look.theme.muted);
            text.render(parts.body, buf);
            crate::tui::screens::hints(context, look, parts.hints, buf);
            return;
        };
        let state = words::state(session, desk.now);
        frame::bar(look, parts.bar, parts.body, &[&session.title, &desk.code.to_string()], &state, buf);
        code(desk, view, head, buf);
        steps::line(session.phase(desk.now), look, line, buf);
        Tabs { titles: &TITLES, current: usize::from(self.refused) }.render(look, tabs, buf);
        if self.refused {
            self.letters(desk, view, list, buf);
        } else {
            self.people(desk, view, list, buf);
        }
        crate::tui::screens::hints(context, look, parts.hints, buf);
    }

    fn people(&self, desk: &Desk, view: &View, area: Rect, buf: &mut Buffer) {
        let look = &view.look;
        let Some(people) = desk.people.as_ref().filter(|people| !people.members.is_empty()) else {
            let said = if desk.people.is_some() { "Nobody has joined yet: read the code out." } else { "" };
            return Line::styled(said, look.theme.muted).render(area, buf);
        };
        let doing = Doing::of(people);
        let team = 1 + people.members.iter().map(|member| member.team.chars().count()).max().unwrap_or(0).min(18);
        for (at, row) in self.rows(desk, view).places() {
            let Some(member) = people.members.get(at) else { continue };
            let (said, style) = doing.of_member(member, desk, view);
            self.row(at, (&member.name, &member.team, team), (&said, style), view, row, buf);
        }
    }

    fn letters(&self, desk: &Desk, view: &View, area: Rect, buf: &mut Buffer) {
        let look = &view.look;
        let refused = desk.stands.as_ref().map(|stands| stands.refused.as_slice()).unwrap_or_default();
        if refused.is_empty() {
            return Line::styled("Nothing was refused.", look.theme.muted).render(area, buf);
        }
        let members = desk.people.as_ref().map(|people| people.members.as_slice()).unwrap_or_default();
        for (at, row) in self.rows(desk, view).places() {
            let Some(letter) = refused.get(at) else { continue };
            let whose = members.iter().find(|member| member.id == letter.player);
            let name = whose.map_or("somebody unknown", |member| member.name.as_str());
            self.row(at, (name, "", 0), (&letter.reason.to_string(), look.theme.bad), view, row, buf);
        }
    }

    /// A row of either list.
    fn row(
        &self,
        at: usize,
        (name, team, width): (&str, &str, usize),
        (said, style): (&str, Style),
        view: &View,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let look = &view.look;
        let here = at == self.selected;
        if here {
            buf.set_style(area, look.theme.selected);
        }
        let plain = |style: Style| if here { look.theme.selected } else { style };
        let pointer = if here { look.glyphs.pointer } else { " " };
        let columns = [
            Constraint::Length(28.min(area.width / 2)),
            Constraint::Length(u16::try_from(width).unwrap_or(0).min(area.width / 4)),
            Constraint::Fill(1),
        ];
        let [first, second, third] = area.layout(&Layout::horizontal(columns).spacing(1));
        let name = Line::styled(format!("{pointer} {}", look.glyphs.spell(name)), plain(look.theme.text));
        frame::cut(look, name, first.width).render(first, buf);
        let team = Line::styled(look.glyphs.spell(team).into_owned(), plain(look.theme.muted));
        frame::cut(look, team, second.width).render(second, buf);
        frame::cut(look, Line::styled(said.to_owned(), plain(style)), third.width).render(third, buf);
    }
}

const TITLES: [&str; 2] = ["People", "Refused"];

/// What everybody is at.
struct Doing {
    playing: HashMap<Uuid, u8>,
    played: HashMap<Uuid, usize>,
}

impl Doing {
    fn of(people: &People) -> Self {
        let mut played = HashMap::new();
        for run in people.runs.iter().filter(|run| run.ranked && !run.withdrawn) {
            *played.entry(run.player).or_insert(0) += 1;
        }
        Self { playing: people.playing.iter().copied().collect(), played }
    }

    fn of_member(&self, member: &Member, desk: &Desk, view: &View) -> (String, Style) {
        let theme = &view.look.theme;
        let rounds = desk.session.as_ref().map_or(0, |session| session.rounds.len());
        let played = self.played.get(&member.id).copied().unwrap_or(0);
        match self.playing.get(&member.id) {
            _ if member.removed => ("off the board".to_owned(), theme.bad),
            Some(round) => (format!("playing round {round}; {played} of {rounds} in"), theme.good),
            None if played == 0 => ("joined".to_owned(), theme.muted),
            None if played == rounds => ("all rounds in".to_owned(), theme.text),
            None => (format!("{played} of {rounds} rounds in"), theme.text),
        }
    }
}

/// The code, as large as there is room for, and beside it what is counted.
fn code(desk: &Desk, view: &View, area: Rect, buf: &mut Buffer) {
    let look = &view.look;
    let counted = counted(desk, view);
    let code = desk.code.to_string();
    let large = big::code(&code, look.theme.heading);
    let width = u16::try_from(large[0].width()).unwrap_or(u16::MAX);
    if area.height < big::HEIGHT || look.glyphs.ascii || area.width < width + 34 {
        let mut line = Line::from(Span::styled(format!("{code}   "), look.theme.accent));
        for (at, counted) in counted.into_iter().enumerate() {
            line.push_span(Span::raw(if at > 0 { ", " } else { "" }));
            line.spans.extend(counted.spans);
        }
        frame::cut(look, line, area.width).render(area, buf);
        return;
    }
    let [left, right] = area.layout(&Layout::horizontal([Constraint::Length(width), Constraint::Fill(1)]).spacing(5));
    large.into_iter().zip(left.rows()).for_each(|(line, row)| line.render(row, buf));
    counted.into_iter().zip(right.rows()).for_each(|(line, row)| line.render(row, buf));
}

/// Who has joined, who plays, what has come in.
fn counted(desk: &Desk, view: &View) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let Some((stands, session)) = desk.stands.as_ref().zip(desk.session.as_ref()) else { return Vec::new() };
    let board = &stands.board;
    let runs: u32 = board.places.iter().chain(&board.others).map(|place| place.standing.rounds).sum();
    let all = board.joined as usize * session.rounds.len();
    let line = |number: u32, what: String, style: Style| {
        Line::from(vec![Span::styled(number.to_string(), style), Span::styled(format!(" {what}"), theme.muted)])
    };
    let practice = if board.practice > 0 { format!(" and {} of practice", board.practice) } else { String::new() };
    let playing = if board.playing > 0 { theme.good } else { theme.text };
    vec![
        line(board.joined, "joined".to_owned(), theme.heading),
        line(board.playing, "playing now".to_owned(), playing),
        line(runs, format!("of {all} runs in{practice}"), theme.heading),
    ]
}
