//! The lines of a board: places, bands and teams.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;
use uuid::Uuid;

use crate::team::Phase;
use crate::team::board::{Board, Place, Team, shown};
use crate::text::Text;
use crate::tui::look::Look;
use crate::tui::screens::View;
use crate::tui::widgets::bar::Bar;
use crate::tui::widgets::{big, frame};

/// Places that stand out.
const FIRST: usize = 3;

/// Lines, and the one that the eye should find.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) all: Vec<Line<'static>>,
    /// Where the place stands that was revealed last.
    pub(super) newest: usize,
}

/// What a line of a place is made of.
struct Row<'a> {
    rank: String,
    name: &'a Text,
    team: &'a Text,
    /// Nothing where bands stand for points.
    points: Option<u32>,
    style: Style,
}

impl Lines {
    /// The places; of those that haven't been revealed, that they are there.
    pub(super) fn people(
        board: &Board,
        me: Option<Uuid>,
        hidden: usize,
        bands: bool,
        view: &View,
        (width, height): (u16, u16),
    ) -> Self {
        let count = hidden + board.places.len() + board.others.len();
        // As far apart as there is room for.
        let is_airy = 2 * count + FIRST + 4 <= usize::from(height);
        let mut lines = Self::default();
        lines.hidden(hidden, is_airy, view);
        if bands {
            lines.bands(board, me, view, width);
        } else {
            lines.places(board, me, hidden, is_airy, view, width);
        }
        lines.others(board, view, width);
        lines
    }

    fn hidden(&mut self, hidden: usize, is_airy: bool, view: &View) {
        let theme = &view.look.theme;
        for rank in 1..=hidden {
            self.all.push(Line::styled(format!("{rank:>4}  {}", view.look.glyphs.dot.repeat(3)), theme.muted));
            if is_airy {
                self.all.push(Line::default());
            }
        }
    }

    fn places(&mut self, board: &Board, me: Option<Uuid>, hidden: usize, is_airy: bool, view: &View, width: u16) {
        let theme = &view.look.theme;
        let is_revealing = board.phase == Phase::Revealed;
        let mut rest = board.places.as_slice();
        if is_revealing && hidden == 0 {
            let winners = rest.iter().take_while(|place| place.rank == Some(1)).count();
            let (first, others) = rest.split_at(winners);
            self.winners(first, view, width);
            rest = others;
        }
        for (at, place) in rest.iter().enumerate() {
            let rank = place.rank.unwrap_or(0);
            let stands_out = rank as usize <= FIRST;
            let style = if stands_out { theme.heading } else { theme.text };
            let is_newest = is_revealing && hidden > 0 && at == 0;
            let style = if is_newest { theme.selected } else { style };
            let mark = if Some(place.standing.player) == me { view.look.glyphs.pointer } else { "" };
            let row = Row {
                rank: format!("{mark}{rank}"),
                name: &place.standing.name,
                team: &place.standing.team,
                points: Some(place.standing.points),
                style,
            };
            if is_newest {
                self.newest = self.all.len();
            }
            self.all.push(row.line(&view.look, width));
            if stands_out && !is_revealing {
                self.all.push(under(&view.look, place.standing.points, width));
            }
            if is_airy || (stands_out && !is_revealing) {
                self.all.push(Line::default());
            }
        }
    }

    /// The first place, once it has been revealed: framed, its points in large digits.
    fn winners(&mut self, first: &[Place], view: &View, width: u16) {
        let look = &view.look;
        let theme = &look.theme;
        let Some(points) = first.first().map(|place| place.standing.points) else { return };
        let edge = |look: &Look| {
            let line = look.glyphs.thick.repeat(usize::from(width).saturating_sub(6));
            Line::from(vec![
                Span::styled(format!("  {} ", look.glyphs.turning), theme.accent),
                Span::styled(line, theme.accent),
                Span::styled(format!(" {}", look.glyphs.turning), theme.accent),
            ])
        };
        let digits = big::code(&shown(points), theme.accent);
        let digits_width = digits[0].width();
        let is_large = !look.glyphs.ascii && usize::from(width) >= digits_width + 24;
        self.all.push(edge(look));
        let rows = first.len().max(3);
        let over = (rows - first.len()) / 2;
        for row in 0..rows {
            let place = row.checked_sub(over).and_then(|at| first.get(at));
            let end = if is_large { digits_width + 4 } else { 8 };
            let mut line = match place {
                Some(place) => winner(place, look, usize::from(width).saturating_sub(end)),
                None => Line::default(),
            };
            let gap = usize::from(width).saturating_sub(end + line.width());
            line.push_span(Span::raw(" ".repeat(gap)));
            match digits.get(row) {
                Some(digits) if is_large => line.push_span(Span::styled(digits.spans[0].content.to_string(), theme.accent)),
                _ if !is_large && place.is_some() => line.push_span(Span::styled(format!("{:>6}", shown(points)), theme.accent)),
                _ => {}
            }
            self.all.push(line);
        }
        self.all.push(edge(look));
        self.all.push(Line::default());
    }

    /// Bands: everybody in one is as good as the others in it, and stands by name.
    fn bands(&mut self, board: &Board, me: Option<Uuid>, view: &View, width: u16) {
        let theme = &view.look.theme;
        let mut bands: Vec<(u32, Vec<&Place>)> = Vec::new();
        for place in &board.places {
            let band = place.band.unwrap_or(0);
            match bands.last_mut().filter(|(last, _)| *last == band) {
                Some((_, members)) => members.push(place),
                None => bands.push((band, vec![place])),
            }
        }
        for (band, mut members) in bands {
            members.sort_by_cached_key(|place| place.standing.name.to_lowercase());
            let style = if band == 1 { theme.accent } else { theme.muted };
            self.all.push(Line::styled(format!("  Band {band}"), style));
            for place in members {
                let mark = if Some(place.standing.player) == me { view.look.glyphs.pointer } else { "" };
                let style = if band == 1 { theme.heading } else { theme.text };
                let (name, team) = (&place.standing.name, &place.standing.team);
                let row = Row { rank: mark.to_owned(), name, team, points: None, style };
                self.all.push(row.line(&view.look, width));
            }
            self.all.push(Line::default());
        }
        let text = format!("  Less than {} points within a band: too near to tell apart.", board.band);
        self.all.push(frame::cut(&view.look, Line::styled(text, theme.muted), width));
        self.all.push(Line::default());
    }

    /// Those who have played too few rounds to be ranked.
    fn others(&mut self, board: &Board, view: &View, width: u16) {
        let theme = &view.look.theme;
        if board.others.is_empty() {
            return;
        }
        self.all.push(Line::styled("  Not ranked yet", theme.muted));
        for place in &board.others {
            let row = Row {
                rank: format!("{}/{}", place.standing.rounds, board.needed),
                name: &place.standing.name,
                team: &place.standing.team,
                points: None,
                style: theme.muted,
            };
            self.all.push(row.line(&view.look, width));
        }
    }

    /// The teams.
    pub(super) fn teams(board: &Board, view: &View, width: u16) -> Self {
        let look = &view.look;
        let theme = &look.theme;
        let mut lines = Self::default();
        let few = board.teams.iter().all(|team| team.rank.is_none());
        for Team { rank, name, points, ranked, members, .. } in &board.teams {
            let first = rank.is_some_and(|rank| rank as usize <= FIRST);
            let style = if first { theme.heading } else { theme.text };
            let style = if rank.is_none() { theme.muted } else { style };
            let row = Row {
                rank: rank.map(|rank| rank.to_string()).unwrap_or_default(),
                name,
                team: &Text::EMPTY,
                points: (*ranked > 0).then_some(*points),
                style,
            };
            lines.all.push(row.line(look, width));
            let of = format!("      {ranked} of {members} ranked");
            lines.all.push(frame::cut(look, Line::styled(of, theme.muted), width));
            lines.all.push(Line::default());
        }
        if few {
            let text = "      Too few are ranked yet.";
            lines.all.push(frame::cut(look, Line::styled(text, theme.muted), width));
        }
        lines
    }
}

/// A winner's name, with room between its letters where there is some.
fn winner(place: &Place, look: &Look, width: usize) -> Line<'static> {
    let theme = &look.theme;
    let name = look.glyphs.spell(&place.standing.name).into_owned();
    let spaced: String = name.to_uppercase().chars().flat_map(|letter| [letter, ' ']).collect();
    let is_spaced = spaced.width() + 8 <= width && spaced.width() == 2 * name.width();
    let name = if is_spaced { spaced.trim_end().to_owned() } else { name };
    let team = look.glyphs.spell(&place.standing.team).into_owned();
    let mut line = Line::from(vec![Span::styled("   1  ", theme.accent), Span::styled(name, theme.heading)]);
    if !team.is_empty() && line.width() + team.width() + 3 <= width {
        line.push_span(Span::styled(format!("   {team}"), theme.muted));
    }
    frame::cut(look, line, u16::try_from(width).unwrap_or(u16::MAX))
}

/// A bar of points under one of the first.
fn under(look: &Look, points: u32, width: u16) -> Line<'static> {
    let mut line = Line::from("      ");
    line.spans.extend(Bar::thick(look, width.saturating_sub(6)).changing(u64::from(points) / 10, 0));
    line
}

impl Row<'_> {
    /// Rank and name at the left, points at the right, the team where there is room between them.
    fn line(&self, look: &Look, width: u16) -> Line<'static> {
        let width = usize::from(width);
        let end = self.points.map(|points| format!(" {:>5}", shown(points))).unwrap_or_default();
        let left = width.saturating_sub(end.width());
        let rank = format!("{:>4}  ", self.rank);
        let name = look.glyphs.spell(self.name).into_owned();
        let team = look.glyphs.spell(self.team).into_owned();
        let team_at = (left * 3 / 5).max(rank.width() + 8);
        let shows_team = !team.is_empty() && left >= 44;
        let mut line = Line::from(vec![Span::styled(rank, self.style), Span::styled(name, self.style)]);
        if shows_team {
            line = frame::cut(look, line, u16::try_from(team_at - 1).unwrap_or(u16::MAX));
            let gap = team_at.saturating_sub(line.width());
            line.push_span(Span::styled(" ".repeat(gap), self.style));
            line.push_span(Span::styled(team, self.style.remove_modifier(ratatui::style::Modifier::BOLD)));
        }
        let mut line = frame::cut(look, line, u16::try_from(left).unwrap_or(u16::MAX));
        let gap = left.saturating_sub(line.width());
        line.push_span(Span::styled(" ".repeat(gap), self.style));
        line.push_span(Span::styled(end, self.style));
        line
    }
}
