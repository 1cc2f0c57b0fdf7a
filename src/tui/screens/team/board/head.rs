//! Above the board: its code while somebody may still join, and what goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::super::desk::Desk;
use super::super::words;
use crate::team::board::Board;
use crate::team::{Phase, Session};
use crate::tui::screens::View;
use crate::tui::widgets::{big, frame};

/// Rows above the list, the empty one below them included.
pub(super) fn height(desk: &Desk, body: Rect) -> u16 {
    match desk.phase() {
        Some(Phase::Open) if body.height >= 18 => big::HEIGHT + 1,
        _ if body.height >= 12 => 2,
        _ => 1,
    }
}

/// What goes on, and the code while the session is open.
pub(super) fn render(desk: &Desk, session: &Session, board: &Board, view: &View, area: Rect, buf: &mut Buffer) {
    let look = &view.look;
    let theme = &look.theme;
    let phase = session.phase(desk.now);
    if area.height <= big::HEIGHT {
        let line = Line::styled(goes_on(phase, session, board, desk).join(", "), theme.muted);
        return frame::cut(look, line, area.width).render(area, buf);
    }
    let code = large(&desk.code.to_string(), view, area.width / 2);
    let width = u16::try_from(code.iter().map(Line::width).max().unwrap_or(0)).unwrap_or(0);
    let [left, right] = area.layout(&Layout::horizontal([Constraint::Length(width), Constraint::Fill(1)]).spacing(2));
    code.into_iter().zip(left.rows()).for_each(|(line, row)| line.render(row, buf));
    let time = words::time(session, desk.now).unwrap_or_else(|| phase.to_string());
    let told = goes_on(phase, session, board, desk);
    let lines = std::iter::once(Line::styled(time, theme.heading))
        .chain(told.into_iter().map(|told| Line::styled(told, theme.muted)));
    lines.zip(right.rows()).for_each(|(line, row)| line.right_aligned().render(row, buf));
}

/// What is counted, and what the board is.
fn goes_on(phase: Phase, session: &Session, board: &Board, desk: &Desk) -> Vec<String> {
    match phase {
        Phase::Lobby | Phase::Open => {
            let playing = match board.playing {
                0 => "nobody is playing".to_owned(),
                1 => "1 is playing now".to_owned(),
                many => format!("{many} are playing now"),
            };
            vec![playing, format!("{} joined, {}", board.joined, words::count(session.rounds.len(), "round"))]
        }
        Phase::Frozen => vec!["Frozen: the board as it stood. What has come since shows at the end.".to_owned()],
        Phase::Sealed => vec!["Everything is in. The last board comes next, from the bottom up.".to_owned()],
        Phase::Revealed => {
            let shown = board.places.len();
            match desk.places() {
                Some(all) if shown < all => vec![format!("{shown} of {all} places")],
                _ => vec![format!("{} joined, {}", board.joined, words::count(session.rounds.len(), "round"))],
            }
        }
    }
}

/// A code in large letters, or as it is where there is no room for them.
fn large(code: &str, view: &View, width: u16) -> Vec<Line<'static>> {
    let style = view.look.theme.heading;
    let lines = big::code(code, style);
    if view.look.glyphs.ascii || lines[0].width() > usize::from(width) {
        return vec![Line::default(), Line::styled(code.to_owned(), style)];
    }
    lines.to_vec()
}

/// While there is nothing to rank: how to join, as large as there is room for.
pub(super) fn waiting(
    session: &Session,
    board: Option<&Board>,
    desk: &Desk,
    view: &View,
    area: Rect,
    buf: &mut Buffer,
) {
    let look = &view.look;
    let theme = &look.theme;
    let code = desk.code.to_string();
    let phase = session.phase(desk.now);
    let mut lines: Vec<Line<'static>> = Vec::new();
    if phase <= Phase::Open {
        let twice = big::twice(&code, theme.heading);
        let once = big::code(&code, theme.heading);
        let fits = |line: &Line<'_>| !look.glyphs.ascii && line.width() <= usize::from(area.width);
        if area.height >= 14 && fits(&twice[0]) {
            lines.extend(twice);
        } else if area.height >= 10 && fits(&once[0]) {
            lines.extend(once);
        } else {
            let spaced: String = code.chars().flat_map(|letter| [letter, ' ']).collect();
            lines.push(Line::styled(spaced.trim_end().to_owned(), theme.heading));
        }
        lines.push(Line::default());
        lines.push(Line::styled(format!("ridealong join {code} --as NAME"), theme.accent));
        lines.push(Line::styled("or b in its menu, then j", theme.muted));
        lines.push(Line::default());
    }
    let joined = board.map_or(0, |board| board.joined);
    let joined = if joined == 1 { "1 has joined".to_owned() } else { format!("{joined} have joined") };
    let said = match phase {
        Phase::Lobby => joined,
        Phase::Open => match board.map_or(0, |board| board.playing) {
            0 => joined,
            playing => format!("{joined}, {playing} playing now"),
        },
        Phase::Frozen => "Nothing had been played when the board was frozen.".to_owned(),
        Phase::Sealed => "Everything is in. The last board comes next, from the bottom up.".to_owned(),
        Phase::Revealed => "Nobody has played enough rounds to be ranked.".to_owned(),
    };
    lines.push(Line::styled(said, theme.heading));
    let over = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX)) / 2;
    let area = Rect { y: area.y + over, height: area.height - over, ..area };
    for (line, row) in lines.into_iter().zip(area.rows()) {
        frame::cut(look, line, row.width).centered().render(row, buf);
    }
}
