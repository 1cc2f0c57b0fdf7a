//! Bars: a number from 0 to 100 as a length, with what it has just gained or lost.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::look::Look;

/// A bar of `width` columns that is `value` of 100 full.
pub fn plain(look: &Look, width: u16, value: u64, style: Style) -> Vec<Span<'static>> {
    tenths(look, width, value.saturating_mul(10), style)
}

/// A bar that shows a change: `now` is where it stands (in tenths, so that it can slide), `before` where it stood.
pub fn changing(look: &Look, width: u16, now: u64, before: u64, style: Style) -> Vec<Span<'static>> {
    let mut spans = tenths(look, width, now, style);
    let (now_columns, before_columns) = (columns(look, width, now), columns(look, width, before));
    if before_columns > now_columns
        && let Some(empty) = spans.last_mut()
    {
        // What was lost stays visible, paler, behind the end of the bar.
        let lost = (before_columns - now_columns).min(empty.content.chars().count());
        let left = empty.content.chars().count() - lost;
        *empty = Span::styled(look.glyphs.lost.repeat(lost), style);
        spans.push(Span::styled(look.glyphs.empty.repeat(left), look.theme.empty));
    }
    spans
}

fn tenths(look: &Look, width: u16, value: u64, style: Style) -> Vec<Span<'static>> {
    let (full, rest) = filled(look, eighths(look, width, value));
    let left = usize::from(width).saturating_sub(full.chars().count() + rest.chars().count());
    vec![Span::styled(full + &rest, style), Span::styled(look.glyphs.empty.repeat(left), look.theme.empty)]
}

/// Columns that are at least begun.
fn columns(look: &Look, width: u16, tenths: u64) -> usize {
    let steps = look.glyphs.partial.len() as u64;
    usize::try_from(eighths(look, width, tenths).div_ceil(steps)).unwrap_or(0)
}

/// How full the bar is, in the finest steps that the characters can show; anything above 0 shows.
fn eighths(look: &Look, width: u16, tenths: u64) -> u64 {
    let steps = look.glyphs.partial.len() as u64;
    let exact = (u64::from(width) * steps * tenths.min(1000) + 500) / 1000;
    if tenths > 0 && width > 0 { exact.max(1) } else { exact }
}

fn filled(look: &Look, eighths: u64) -> (String, String) {
    let partial = look.glyphs.partial;
    let steps = partial.len() as u64;
    let full = usize::try_from(eighths / steps).unwrap_or(0);
    let rest = usize::try_from(eighths % steps).unwrap_or(0);
    let whole = partial.last().copied().unwrap_or("#").repeat(full);
    (whole, rest.checked_sub(1).and_then(|at| partial.get(at)).copied().unwrap_or("").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::Terminal;
    use crate::tui::theme::ThemeName;

    fn shown(spans: &[Span<'_>]) -> String {
        spans.iter().map(|span| &*span.content).collect()
    }

    fn look(ascii: bool) -> Look {
        Look::new(ThemeName::None, ascii, &Terminal { unicode: true, ..Terminal::default() })
    }

    #[test]
    fn a_bar_is_as_long_as_its_number() {
        let bar = |value| shown(&plain(&look(false), 4, value, Style::new()));
        assert_eq!(bar(0), "····");
        assert_eq!(bar(1), "▏···");
        assert_eq!(bar(50), "██··");
        assert_eq!(bar(60), "██▍·");
        assert_eq!(bar(100), "████");
        assert_eq!(shown(&plain(&look(true), 10, 52, Style::new())), "#####.....");
    }

    #[test]
    fn what_was_lost_stays_visible() {
        let bar = |now, before| shown(&changing(&look(false), 10, now, before, Style::new()));
        assert_eq!(bar(300, 600), "███░░░····");
        assert_eq!(bar(600, 300), "██████····");
        assert_eq!(bar(0, 1000), "░░░░░░░░░░");
    }

    #[test]
    fn a_bar_is_never_wider_than_its_place() {
        for width in 0..30 {
            for value in 0..=100 {
                for before in [0, 500, 1000] {
                    let bar = changing(&look(false), width, value * 10, before, Style::new());
                    assert_eq!(shown(&bar).chars().count(), usize::from(width));
                }
            }
        }
    }
}
