//! The team sessions that there are, and those that were joined here.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::rows::Rows;
use super::{Move, words};
use crate::store::Membership;
use crate::team::{Phase, Session, SessionCode};
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::frame;
use crate::tui::widgets::prose::Prose;

/// Rows of a session: itself, how it stands, an empty one where there is room.
const ROWS: u16 = 3;

/// Told where there is nothing to list.
const EMPTY: &str = "No sessions here yet. In a team session everybody plays the same stories once, and a board shows \
    how it came out. Whoever runs one reads out its code: press j to join. To run one yourself, press n.";

/// The sessions.
#[derive(Default)]
pub(super) struct List {
    /// Nothing before they have come.
    known: Option<Vec<Session>>,
    now: Timestamp,
    joined: Vec<Membership>,
    selected: usize,
}

/// A line of the list: a session, or one that was joined here and isn't in the store at hand.
enum Entry<'a> {
    There(&'a Session),
    Elsewhere(&'a Membership),
}

impl Entry<'_> {
    const fn code(&self) -> SessionCode {
        match self {
            Self::There(session) => session.code,
            Self::Elsewhere(membership) => membership.hand.session,
        }
    }
}

impl List {
    pub(super) fn set(&mut self, sessions: Vec<Session>, now: Timestamp, joined: Vec<Membership>) {
        self.known = Some(sessions);
        (self.now, self.joined) = (now, joined);
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let there = self.known.as_deref().unwrap_or_default();
        let mut codes = there.iter().map(|session| session.code).collect::<Vec<_>>();
        let mut entries: Vec<Entry<'_>> = there.iter().map(Entry::There).collect();
        for membership in &self.joined {
            if !codes.contains(&membership.hand.session) {
                codes.push(membership.hand.session);
                entries.push(Entry::Elsewhere(membership));
            }
        }
        entries
    }

    /// The session pointed at, and whether it was joined here.
    fn selected(&self) -> Option<(SessionCode, bool)> {
        let code = self.entries().get(self.selected)?.code();
        Some((code, self.joined.iter().any(|membership| membership.hand.session == code)))
    }

    fn rows(&self, view: &View) -> Rows {
        let area = frame::parts(view.area, 84).body;
        Rows {
            area,
            each: if area.height < 12 { 2 } else { ROWS },
            count: self.entries().len(),
            selected: self.selected,
        }
    }

    pub(super) fn update(&mut self, msg: Msg, view: &View) -> Move {
        let rows = self.rows(view);
        if let Some(selected) = rows.moved(msg) {
            self.selected = selected;
            return Move::Redraw;
        }
        match (msg, self.selected()) {
            (Msg::Back, _) => Move::Back,
            (Msg::Anew, _) => Move::Create,
            (Msg::Confirm, Some((code, true))) => Move::Session(code),
            (Msg::Confirm | Msg::Steer, Some((code, _))) => Move::Steer(code),
            (Msg::Board, Some((code, _))) => Move::Board(code),
            (Msg::Join, selected) => Move::Join(selected.filter(|(_, joined)| !joined).map(|(code, _)| code)),
            (Msg::Click(position), _) => match rows.at(position) {
                Some(at) if at == self.selected => self.update(Msg::Confirm, view),
                Some(at) => {
                    self.selected = at;
                    Move::Redraw
                }
                None => Move::Nothing,
            },
            _ => Move::Nothing,
        }
    }

    pub(super) fn render(&self, waits: bool, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let frame::Parts { bar, body, hints } = frame::parts(view.area, 84);
        let entries = self.entries();
        let right = if entries.is_empty() { String::new() } else { words::count(entries.len(), "session") };
        frame::bar(look, bar, body, &["Ridealong", "Teams"], &right, buf);
        if entries.is_empty() {
            let mut prose = Prose::new(*look, body.width.min(76));
            match &self.known {
                Some(_) => prose.paragraph(EMPTY, Style::new()),
                None if waits => prose.paragraph("Looking into the team's store ...", look.theme.muted),
                None => prose.paragraph(
                    "The sessions aren't known. Whoever has a code can join all the same: j.",
                    look.theme.muted,
                ),
            };
            prose.into_lines().into_iter().zip(body.rows()).for_each(|(line, row)| line.render(row, buf));
        }
        for (at, place) in self.rows(view).places() {
            if let Some(entry) = entries.get(at) {
                self.entry(entry, at == self.selected, view, place, buf);
            }
        }
        crate::tui::screens::hints(Context::Teams, look, hints, buf);
    }

    fn entry(&self, entry: &Entry<'_>, selected: bool, view: &View, area: Rect, buf: &mut Buffer) {
        let look = &view.look;
        let theme = &look.theme;
        let area = Rect { height: area.height.min(2), ..area };
        if selected {
            buf.set_style(area, theme.selected);
        }
        let plain = |style: Style| if selected { theme.selected } else { style };
        let title = match entry {
            Entry::There(session) => session.title.as_str(),
            Entry::Elsewhere(_) => "A session in another store",
        };
        let mut rows = area.rows();
        if let Some(row) = rows.next() {
            let pointer = if selected { look.glyphs.pointer } else { " " };
            let [name, code] = row.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(9)]));
            let line = Line::styled(format!("{pointer} {}", look.glyphs.spell(title)), plain(theme.heading));
            frame::cut(look, line, name.width).render(name, buf);
            Line::styled(format!("{} ", entry.code()), plain(theme.accent)).right_aligned().render(code, buf);
        }
        if let Some(row) = rows.next() {
            let mut line = Line::from("  ");
            for (i, (part, style)) in self.facts(entry, view).into_iter().enumerate() {
                if i > 0 {
                    line.push_span(Span::styled(format!(" {} ", look.glyphs.dot), plain(theme.muted)));
                }
                line.push_span(Span::styled(look.glyphs.spell(&part).into_owned(), plain(style)));
            }
            frame::cut(look, line, row.width).render(row, buf);
        }
    }

    /// A session's second row.
    fn facts(&self, entry: &Entry<'_>, view: &View) -> Vec<(String, Style)> {
        let theme = &view.look.theme;
        let mut facts = Vec::new();
        if let Entry::There(session) = entry {
            let style = match session.phase(self.now) {
                Phase::Open | Phase::Frozen => theme.good,
                Phase::Lobby => theme.accent,
                Phase::Sealed | Phase::Revealed => theme.muted,
            };
            facts.push((session.phase(self.now).to_string(), style));
            facts.extend(words::time(session, self.now).map(|time| (time, theme.text)));
            facts.push((words::count(session.rounds.len(), "round"), theme.muted));
        }
        let joined = self.joined.iter().filter(|membership| membership.hand.session == entry.code());
        let names: Vec<&str> = joined.map(|membership| membership.name.as_str()).collect();
        if !names.is_empty() {
            facts.push((format!("joined as {}", names.join(", ")), theme.muted));
        }
        facts
    }
}
