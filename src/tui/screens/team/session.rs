//! A session as a player has it: its rounds, and how each of them stands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::desk::{Desk, PlayersRound, State};
use super::rows::Rows;
use super::{Move, words};
use crate::team::{Phase, Refusal};
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::frame;
use crate::tui::widgets::prose::Prose;

/// Rows of a round.
const ROWS: u16 = 3;

/// A player's page of a session.
#[derive(Default)]
pub(super) struct Session {
    selected: usize,
}

/// The parts of the screen.
struct Places {
    parts: frame::Parts,
    head: Rect,
    rounds: Rect,
    about: Rect,
}

impl Session {
    pub(super) fn update(&mut self, msg: Msg, desk: &Desk, view: &View) -> Move {
        let rows = self.rows(desk, self.places(desk, view).rounds);
        if let Some(selected) = rows.moved(msg) {
            self.selected = selected;
            return Move::Redraw;
        }
        let many = desk.mine.len();
        match msg {
            Msg::Back => Move::Back,
            Msg::Board => Move::Board(desk.code),
            Msg::Left if many > 1 => Move::Who((desk.who + many - 1) % many),
            Msg::Right if many > 1 => Move::Who((desk.who + 1) % many),
            Msg::Confirm => self.play(desk),
            Msg::Click(position) => match rows.at(position) {
                Some(at) if at == self.selected => self.play(desk),
                Some(at) => {
                    self.selected = at;
                    Move::Redraw
                }
                None => Move::Nothing,
            },
            _ => Move::Nothing,
        }
    }

    fn play(&self, desk: &Desk) -> Move {
        let Some(round) = desk.rounds.get(self.selected) else { return Move::Nothing };
        match gate(round, desk) {
            Ok(()) => Move::Play(self.selected),
            Err(_) => Move::Nothing,
        }
    }

    fn rows(&self, desk: &Desk, area: Rect) -> Rows {
        let each = if area.height >= ROWS * 2 || area.height.is_multiple_of(ROWS) { ROWS } else { 2 };
        Rows { area, each, count: desk.rounds.len(), selected: self.selected }
    }

    fn places(&self, desk: &Desk, view: &View) -> Places {
        let parts = frame::parts(view.area, 84);
        let head = u16::try_from(head(desk, view, parts.body.width).len()).unwrap_or(0);
        let head = head.min(parts.body.height / 3);
        let count = u16::try_from(desk.rounds.len()).unwrap_or(u16::MAX);
        let about = u16::try_from(self.about(desk, view, parts.body.width).len()).unwrap_or(0);
        let left = parts.body.height.saturating_sub(head);
        let each = if left >= count.saturating_mul(ROWS).saturating_add(about) { ROWS } else { 2 };
        let rounds = count.saturating_mul(each).min(left.saturating_sub(about.min(left / 3)).max(2));
        let rows = [Constraint::Length(head), Constraint::Length(rounds), Constraint::Fill(1)];
        let [head, rounds, about] = parts.body.layout(&Layout::vertical(rows));
        Places { parts, head, rounds, about }
    }

    pub(super) fn render(&self, desk: &Desk, context: Context, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let Places { parts, head: above, rounds, about } = self.places(desk, view);
        let (title, state) = desk
            .session
            .as_ref()
            .map_or(("Session", String::new()), |session| (session.title.as_str(), words::state(session, desk.now)));
        frame::bar(look, parts.bar, parts.body, &[title, &desk.code.to_string()], &state, buf);
        head(desk, view, above.width).into_iter().zip(above.rows()).for_each(|(line, row)| line.render(row, buf));
        let rows = self.rows(desk, rounds);
        for (at, place) in rows.places() {
            if let Some(round) = desk.rounds.get(at) {
                round_rows(round, at == self.selected, desk, view, place, buf);
            }
        }
        let lines = self.about(desk, view, about.width);
        lines.into_iter().zip(about.rows()).for_each(|(line, row)| line.render(row, buf));
        crate::tui::screens::hints(context, look, parts.hints, buf);
    }

    /// What there is to know about the round that is selected.
    fn about(&self, desk: &Desk, view: &View, width: u16) -> Vec<Line<'static>> {
        let Some(round) = desk.rounds.get(self.selected) else { return Vec::new() };
        let theme = &view.look.theme;
        let mut prose = Prose::new(view.look, width.min(76));
        let style = if gate(round, desk).is_ok() { Style::new() } else { theme.muted };
        prose.paragraph(told(round, desk), style);
        prose.into_lines()
    }
}

/// Whether a round can be played now.
fn gate(round: &PlayersRound, desk: &Desk) -> Result<(), Refusal> {
    if round.copy.is_none() {
        return Err(Refusal::UnknownScenario);
    }
    match (round.state, &desk.session) {
        (State::ToPlay, Some(session)) => session.gives_tickets(desk.now),
        (State::Seated | State::Left(_) | State::Played(_), Some(_)) => Ok(()),
        (_, None) => Err(Refusal::TooEarly),
    }
}

/// What is said about a round, and about playing it.
fn told(round: &PlayersRound, desk: &Desk) -> &'static str {
    let over = desk.session.as_ref().is_some_and(|session| session.takes_runs(desk.now) == Err(Refusal::TooLate));
    match (round.state, gate(round, desk)) {
        (_, Err(Refusal::UnknownScenario)) => {
            "This round's story can't be read from the team's store, so it can't be played. Tell whoever runs the session."
        }
        (State::ToPlay, Err(Refusal::TooEarly)) => {
            "Not open yet. Stay here: this page notices by itself when whoever runs the session opens it."
        }
        (State::ToPlay, Err(Refusal::Paused)) => "The session is paused: no round can be begun until it goes on.",
        (State::ToPlay, Err(_)) => "The session has closed: no round can be begun any more.",
        (State::ToPlay, Ok(())) => {
            "One run, and it counts: from its first scene on nothing can be taken back. You can leave at any time and \
             go on where you were. Nothing is timed, and being fast wins nothing."
        }
        (State::Seated | State::Left(_), _) if over => {
            "You can play it to its end, but the session takes no more runs: it won't be on the board."
        }
        (State::Seated | State::Left(_), _) => "Your run waits where you left it.",
        (State::Played(_), _) => {
            "Played, and it counts. What you play of it from now on is practice, apart from the board."
        }
    }
}

/// Who plays, and what there is to be played.
fn head(desk: &Desk, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.min(76));
    let Some(session) = &desk.session else {
        prose.paragraph("Looking into the team's store ...", theme.muted);
        return prose.into_lines();
    };
    match desk.me() {
        Some((me, _)) => {
            let of = if me.team.is_empty() { String::new() } else { format!("of {}", me.team) };
            let others = if desk.mine.len() > 1 { "(left and right: others who joined here)" } else { "" };
            prose.led_by(&format!("You are {}", me.name), &format!("{of} {others}"), theme.heading, theme.muted);
        }
        None => {
            prose.paragraph("Nobody has joined this session here; go back and press j.", theme.bad);
        }
    }
    let rounds = words::count(session.rounds.len(), "round");
    let needed = match usize::from(session.needed) {
        needed if needed < session.rounds.len() => format!("{rounds}, {needed} of them for a place on the board"),
        _ => rounds,
    };
    prose.paragraph(&format!("{needed}; feedback {}", session.feedback), theme.muted).gap();
    prose.into_lines()
}

fn round_rows(round: &PlayersRound, selected: bool, desk: &Desk, view: &View, area: Rect, buf: &mut Buffer) {
    let look = &view.look;
    let theme = &look.theme;
    let area = Rect { height: area.height.min(2), ..area };
    if selected {
        buf.set_style(area, theme.selected);
    }
    let plain = |style: Style| if selected { theme.selected } else { style };
    let mut rows = area.rows();
    let (said, style) = state(round, desk, view);
    if let Some(row) = rows.next() {
        let pointer = if selected { look.glyphs.pointer } else { " " };
        let end = u16::try_from(said.chars().count() + 1).unwrap_or(0).min(row.width / 2);
        let [name, end] = row.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(end)]).spacing(1));
        let line = Line::from(vec![
            Span::styled(format!("{pointer} {}  ", round.number), plain(theme.muted)),
            Span::styled(look.glyphs.spell(&round.title).into_owned(), plain(theme.heading)),
        ]);
        frame::cut(look, line, name.width).render(name, buf);
        Line::styled(said, plain(style)).render(end, buf);
    }
    if let (Some(row), Some((story, _))) = (rows.next(), &round.copy) {
        let scenario = &story.scenario;
        let about =
            format!("     {} min {} {}", scenario.minutes, look.glyphs.dot, look.glyphs.spell(&scenario.industry));
        frame::cut(look, Line::styled(about, plain(theme.muted)), row.width).render(row, buf);
    }
}

/// How a round stands, in a few words.
fn state(round: &PlayersRound, desk: &Desk, view: &View) -> (String, Style) {
    let theme = &view.look.theme;
    match (round.state, gate(round, desk)) {
        (_, Err(Refusal::UnknownScenario)) => ("can't be read".to_owned(), theme.bad),
        (State::ToPlay, Err(refusal)) => (words::closed(refusal).to_owned(), theme.muted),
        (State::ToPlay, Ok(())) => ("to play".to_owned(), theme.accent),
        (State::Seated, _) => ("ticket taken".to_owned(), theme.good),
        (State::Left(decision), _) => (format!("left at decision {decision}"), theme.good),
        (State::Played(Some(score)), _) if desk.shows_scores() => (format!("played: {score}"), theme.heading),
        (State::Played(_), _) if desk.phase() < Some(Phase::Sealed) => ("played".to_owned(), theme.text),
        (State::Played(_), _) => ("played".to_owned(), theme.muted),
    }
}
