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

/// How much room each of the first places has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Podium {
    /// Rank and points in large digits.
    Large,
    /// A bar of points below the name.
    Bars,
    /// A line as everybody has it.
    Lines,
}

impl Podium {
    const fn rows(self) -> usize {
        match self {
            Self::Large => 4,
            Self::Bars => 3,
            Self::Lines => 1,
        }
    }

    /// The largest with which all of these lines fit.
    fn of(first: usize, others: usize, look: &Look, (width, height): (u16, u16)) -> Self {
        let fits = |podium: Self| first * podium.rows() + others <= usize::from(height);
        match (width >= 56 && !look.glyphs.ascii, fits(Self::Large), fits(Self::Bars)) {
            (true, true, _) => Self::Large,
            (_, _, true) => Self::Bars,
            _ => Self::Lines,
        }
    }
}

impl Lines {
    /// The places; of those that haven't been revealed, that they are there.
    pub(super) fn people(
        board: &Board,
        me: Option<Uuid>,
        hidden: usize,
        bands: bool,
        view: &View,
        size: (u16, u16),
    ) -> Self {
        let mut lines = Self::default();
        for rank in 1..=hidden {
            let dots = format!("{} ", view.look.glyphs.dot).repeat(5);
            lines.all.push(Line::styled(format!("{rank:>4}  {dots}"), view.look.theme.muted));
        }
        if bands {
            lines.bands(board, me, view, size.0);
        } else {
            lines.places(board, me, hidden, view, size);
        }
        lines.others(board, view, size.0);
        lines
    }

    fn places(&mut self, board: &Board, me: Option<Uuid>, hidden: usize, view: &View, (width, height): (u16, u16)) {
        let look = &view.look;
        let theme = &look.theme;
        let is_revealing = board.phase == Phase::Revealed;
        let mut rest = board.places.as_slice();
        if is_revealing && hidden == 0 {
            let winners = rest.iter().take_while(|place| place.rank == Some(1)).count();
            let (first, others) = rest.split_at(winners);
            self.winners(first, view, width);
            rest = others;
        }
        let stands_out = |place: &Place| place.rank.is_some_and(|rank| rank as usize <= FIRST);
        let first = rest.iter().filter(|place| stands_out(place)).count();
        let others = self.all.len() + rest.len() - first + board.others.len() + 2;
        let podium = Podium::of(first, others, look, (width, height));
        for (at, place) in rest.iter().enumerate() {
            let is_newest = is_revealing && hidden > 0 && at == 0;
            if is_newest {
                self.newest = self.all.len();
            }
            if stands_out(place) && podium == Podium::Large {
                self.large(place, is_newest, look, width);
                continue;
            }
            let style = if stands_out(place) { theme.heading } else { theme.text };
            let style = if is_newest { theme.selected } else { style };
            let mark = if Some(place.standing.player) == me { look.glyphs.pointer } else { "" };
            let row = Row {
                rank: format!("{mark}{}", place.rank.unwrap_or(0)),
                name: &place.standing.name,
                team: &place.standing.team,
                points: Some(place.standing.points),
                style,
            };
            self.all.push(row.line(look, width));
            if stands_out(place) && podium == Podium::Bars {
                let bar = Bar::thin(look, width.saturating_sub(6), theme.trust);
                let mut line = Line::from("      ");
                line.spans.extend(bar.changing(u64::from(place.standing.points) / 10, 0));
                self.all.extend([line, Line::default()]);
            }
        }
    }

    /// One of the first: its rank and its points in large digits, a bar between them.
    fn large(&mut self, place: &Place, is_newest: bool, look: &Look, width: u16) {
        let theme = &look.theme;
        let standing = &place.standing;
        let rank = place.rank.unwrap_or(0);
        let style = if rank == 1 || is_newest { theme.accent } else { theme.heading };
        let (rank, points) = (big::code(&rank.to_string(), style), big::code(&shown(standing.points), style));
        // Bars are compared: each has the room that the widest points leave.
        let widest = big::code("88.8", style)[0].width().max(points[0].width());
        let middle = usize::from(width).saturating_sub(rank[0].width() + widest + 6);
        let bar =
            Bar::thin(look, u16::try_from(middle).unwrap_or(0), if is_newest { theme.accent } else { theme.trust });
        if is_newest {
            self.all.push(Line::default());
            self.newest = self.all.len();
        }
        let name = Line::styled(large_name(&standing.name, look, middle), theme.heading);
        let between = [
            frame::cut(look, name, u16::try_from(middle).unwrap_or(0)),
            Line::styled(look.glyphs.spell(&standing.team).into_owned(), theme.muted),
            Line::from(bar.changing(u64::from(standing.points) / 10, 0)),
        ];
        for ((rank, points), between) in rank.into_iter().zip(points).zip(between) {
            let gap = middle.saturating_sub(between.width()) + widest.saturating_sub(points.width());
            let mut line = Line::from(Span::styled(format!(" {}  ", text(&rank)), style));
            line.spans.extend(between.spans.into_iter().map(|span| {
                let style = between.style.patch(span.style);
                Span::styled(span.content, style)
            }));
            line.push_span(Span::raw(" ".repeat(gap + 2)));
            line.push_span(Span::styled(text(&points), style));
            self.all.push(line);
        }
        self.all.push(Line::default());
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
            let end = if is_large { digits_width + 3 } else { 9 };
            let mut line = match place {
                Some(place) => winner(place, look, usize::from(width).saturating_sub(end)),
                None => Line::default(),
            };
            let gap = usize::from(width).saturating_sub(end + line.width());
            line.push_span(Span::raw(" ".repeat(gap)));
            match digits.get(row) {
                Some(digits) if is_large => line.push_span(Span::styled(text(digits), theme.accent)),
                _ if !is_large && place.is_some() => line.push_span(Span::styled(aligned(points), theme.accent)),
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
        self.all.push(Line::default());
        self.all.push(Line::styled("      Not ranked yet", theme.muted));
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
    pub(super) fn teams(board: &Board, bands: bool, view: &View, width: u16) -> Self {
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
                points: (*ranked > 0 && !bands).then_some(*points),
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
    let name = large_name(&place.standing.name, look, width.saturating_sub(8));
    let team = look.glyphs.spell(&place.standing.team).into_owned();
    let mut line = Line::from(vec![Span::styled("   1  ", theme.accent), Span::styled(name, theme.heading)]);
    if !team.is_empty() && line.width() + team.width() + 3 <= width {
        line.push_span(Span::styled(format!("   {team}"), theme.muted));
    }
    frame::cut(look, line, u16::try_from(width).unwrap_or(u16::MAX))
}

/// A name in capitals with room between them, where there is room for that.
fn large_name(name: &str, look: &Look, width: usize) -> String {
    let name = look.glyphs.spell(name).into_owned();
    let spaced: String = name.to_uppercase().chars().flat_map(|letter| [letter, ' ']).collect();
    let fits = spaced.width() <= width && spaced.width() == 2 * name.width();
    if fits { spaced.trim_end().to_owned() } else { name }
}

/// The characters of a line.
fn text(line: &Line<'_>) -> String {
    line.spans.iter().map(|span| &*span.content).collect()
}

/// Points, so that their points stand below each other.
fn aligned(points: u32) -> String {
    let points = shown(points);
    if points.contains('.') { format!("{points:>7}") } else { format!("{points:>5}  ") }
}

impl Row<'_> {
    /// Rank and name at the left, points at the right, the team where there is room between them.
    fn line(&self, look: &Look, width: u16) -> Line<'static> {
        let width = usize::from(width);
        let end = self.points.map_or_else(|| " ".repeat(7), aligned);
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
