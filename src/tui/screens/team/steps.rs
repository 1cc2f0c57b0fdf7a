//! What a facilitator's keys ask for, and how far a session is as a line of steps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::Move;
use super::desk::Desk;
use crate::courier::Ask;
use crate::team::{Phase, Step};
use crate::tui::look::Look;
use crate::tui::msg::Steering;

/// Minutes that a session is extended by.
const MORE: u32 = 5;

/// What a step asks for where a session stands.
pub(super) fn step(steering: Steering, desk: &Desk, waits: bool) -> Move {
    let Some(session) = desk.session.as_ref().filter(|_| !waits && desk.steers == Some(true)) else {
        return Move::Nothing;
    };
    let ask = |step| Ask::Step(desk.code, step);
    match steering {
        Steering::Open => Move::Ask(ask(Step::Open)),
        Steering::Freeze => Move::Ask(ask(Step::Freeze)),
        Steering::Seal => {
            let under_way = desk.stands.as_ref().map_or(0, |stands| stands.board.playing);
            let lost = match under_way {
                0 => String::new(),
                1 => " Somebody is still playing: that run won't count.".to_owned(),
                many => format!(" {many} are still playing: their runs won't count."),
            };
            Move::Sure(
                format!("Seal it? Nothing more is taken then, and nothing brings it back.{lost}"),
                ask(Step::Seal),
            )
        }
        Steering::Reveal if desk.is_revealed() => Move::Nothing,
        Steering::Reveal => Move::Ask(ask(Step::Reveal(session.revealed.unwrap_or(0) + 1))),
        Steering::Pause if session.is_paused() => Move::Ask(ask(Step::Resume)),
        Steering::Pause => Move::Ask(ask(Step::Pause)),
        Steering::Extend if session.closes.is_none() => {
            Move::Say("It has no closing time, so there is nothing to extend; c closes it.")
        }
        Steering::Extend => Move::Ask(ask(Step::Extend(MORE))),
        Steering::Close => Move::Sure(
            format!("Close it? Nobody can begin a round any more; runs under way are taken for {} min.", session.grace),
            ask(Step::Close),
        ),
    }
}

/// The steps from the lobby to the reveal, those that are behind marked; two rows.
pub(super) fn line(phase: Phase, look: &Look, area: Rect, buf: &mut Buffer) {
    let theme = &look.theme;
    let glyphs = &look.glyphs;
    let steps = Phase::ALL.len();
    let widest = 8;
    let width = usize::from(area.width).min(76);
    let gap = width.saturating_sub(widest) / (steps - 1);
    let (mut dots, mut names) = (Line::default(), Line::default());
    for (at, step) in Phase::ALL.iter().enumerate() {
        let (is_here, is_behind) = (*step == phase, *step <= phase);
        let dot = if is_behind { glyphs.filled } else { glyphs.open };
        let style = match (is_here, is_behind) {
            (true, _) => theme.accent,
            (false, true) => theme.text,
            (false, false) => theme.muted,
        };
        dots.push_span(Span::styled(dot, style));
        if at + 1 < steps {
            let (bar, style) = if *step < phase { (glyphs.thick, theme.text) } else { (glyphs.horizontal, theme.line) };
            dots.push_span(Span::styled(bar.repeat(gap.saturating_sub(1)), style));
        }
        // Where the names don't fit side by side, the one where it stands is enough.
        let name = if gap > widest + 1 || is_here { step.label() } else { "" };
        names.push_span(Span::styled(format!("{name:<gap$}"), style));
    }
    let mut rows = Rect { width: area.width, ..area }.rows();
    rows.next().into_iter().for_each(|row| dots.clone().render(row, buf));
    rows.next().into_iter().for_each(|row| names.clone().render(row, buf));
}
