//! Somebody in a session, as the facilitator sees them: their name, their runs.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use uuid::Uuid;

use super::desk::Desk;
use super::{Move, join};
use crate::courier::Ask;
use crate::store::{Member, Passed};
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::frame;
use crate::tui::widgets::prose::COLUMN;

/// Somebody.
pub(super) struct Person {
    id: Uuid,
    /// The run pointed at.
    selected: usize,
    /// The name that is typed, while they are renamed.
    name: Option<Field>,
}

impl Person {
    pub(super) const fn new(id: Uuid) -> Self {
        Self { id, selected: 0, name: None }
    }

    /// Where keys are read.
    pub(super) const fn context(&self) -> Context {
        if self.name.is_some() { Context::Form } else { Context::Person }
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.name.as_mut().map(|name| name.put(text)).is_some()
    }

    fn member<'d>(&self, desk: &'d Desk) -> Option<&'d Member> {
        desk.people.as_ref()?.members.iter().find(|member| member.id == self.id)
    }

    fn runs<'d>(&self, desk: &'d Desk) -> Vec<&'d Passed> {
        let runs = desk.people.as_ref().map(|people| people.runs.as_slice()).unwrap_or_default();
        runs.iter().filter(|run| run.player == self.id).collect()
    }

    pub(super) fn update(&mut self, msg: Msg, desk: &Desk) -> Move {
        let Some(member) = self.member(desk) else {
            return if msg == Msg::Back { Move::Back } else { Move::Nothing };
        };
        if self.name.is_some() {
            return self.type_name(msg, desk);
        }
        let runs = self.runs(desk);
        match msg {
            Msg::Back => Move::Back,
            Msg::Up => self.select(self.selected.saturating_sub(1)),
            Msg::Down => self.select((self.selected + 1).min(runs.len().saturating_sub(1))),
            Msg::Rename => {
                self.name = Some(Field::new(join::NAME).holding(&member.name));
                Move::Redraw
            }
            Msg::Remove => Move::Ask(Ask::Remove(desk.code, self.id, !member.removed)),
            Msg::Withdraw => match runs.get(self.selected).filter(|run| run.ranked) {
                Some(run) => Move::Ask(Ask::Withdraw(desk.code, run.id, !run.withdrawn)),
                None => Move::Say("Only a run that counts can be taken back; practice never counts."),
            },
            Msg::Forget => Move::Sure(
                format!(
                    "Erase {} for good? The name goes from every table and every board, and never comes back; \
                         their runs stay as numbers of nobody.",
                    member.name
                ),
                Ask::Erase(desk.code, self.id),
            ),
            _ => Move::Nothing,
        }
    }

    fn select(&mut self, run: usize) -> Move {
        self.selected = run;
        Move::Redraw
    }

    fn type_name(&mut self, msg: Msg, desk: &Desk) -> Move {
        let Some(name) = &mut self.name else { return Move::Nothing };
        match msg {
            Msg::Back => self.name = None,
            Msg::Confirm => {
                let typed = name.value();
                if typed.is_empty() {
                    return Move::Say("The board needs a name; to take somebody off it, press Esc and x.");
                }
                self.name = None;
                return Move::Ask(Ask::Rename(desk.code, self.id, typed));
            }
            _ => return if name.update(msg) { Move::Redraw } else { Move::Nothing },
        }
        Move::Redraw
    }

    pub(super) fn render(&self, desk: &Desk, context: Context, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let frame::Parts { bar, body, hints } = frame::parts(view.area, COLUMN);
        let title = desk.session.as_ref().map_or("Session", |session| session.title.as_str());
        frame::bar(look, bar, body, &[title, "Somebody in it"], &desk.code.to_string(), buf);
        let lines = match self.member(desk) {
            Some(member) => self.lines(member, desk, view, body.width),
            None => vec![Line::styled("They are in this session no longer.", look.theme.muted)],
        };
        lines.into_iter().zip(body.rows()).for_each(|(line, row)| {
            frame::cut(look, line, row.width).render(row, buf);
        });
        crate::tui::screens::hints(context, look, hints, buf);
    }

    fn lines(&self, member: &Member, desk: &Desk, view: &View, width: u16) -> Vec<Line<'static>> {
        let look = &view.look;
        let theme = &look.theme;
        let name = match &self.name {
            Some(name) => name.line(look, width, true, ""),
            None => Line::styled(look.glyphs.spell(&member.name).into_owned(), theme.heading),
        };
        let team = if member.team.is_empty() { "no team".to_owned() } else { member.team.to_string() };
        let mut about = Line::styled(look.glyphs.spell(&team).into_owned(), theme.muted);
        if member.removed {
            about.push_span(Span::styled(format!(" {} off the board", look.glyphs.dot), theme.bad));
        }
        let mut lines = vec![name, about, Line::default()];
        let runs = self.runs(desk);
        if runs.is_empty() {
            lines.push(Line::styled("No run of theirs has come in yet.", theme.muted));
        }
        lines.extend(runs.into_iter().enumerate().map(|(at, run)| self.run(at, run, desk, view)));
        lines
    }

    fn run(&self, at: usize, run: &Passed, desk: &Desk, view: &View) -> Line<'static> {
        let look = &view.look;
        let theme = &look.theme;
        let here = at == self.selected;
        let plain = |style: Style| if here { theme.selected } else { style };
        let round = desk.session.as_ref().and_then(|session| session.round(run.round));
        let title = round.map(|round| look.glyphs.spell(&round.title).into_owned()).unwrap_or_default();
        let pointer = if here { look.glyphs.pointer } else { " " };
        let (counts, style) = match (run.ranked, run.withdrawn) {
            (false, _) => ("practice", theme.muted),
            (true, true) => ("taken back", theme.bad),
            (true, false) => ("counts", theme.good),
        };
        let mut line = Line::from(vec![
            Span::styled(format!("{pointer} {}  ", run.round), plain(theme.muted)),
            Span::styled(format!("{:>3}  ", run.figures.score), plain(theme.heading)),
            Span::styled(format!("{counts:<11} {title}"), plain(style)),
        ]);
        // Nobody's word is taken for a score, but a difference is worth a look.
        if let Some(claimed) = run.claimed.filter(|claimed| *claimed != u64::from(run.figures.score)) {
            line.push_span(Span::styled(format!("  (sent as {claimed})"), plain(theme.bad)));
        }
        line
    }
}
