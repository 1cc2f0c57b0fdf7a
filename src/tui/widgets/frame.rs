//! What every screen has: a bar at the top, hints at the bottom, and what is said where the screen is too small.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};
use unicode_width::UnicodeWidthStr;

use crate::tui::look::Look;

/// The least that a screen is drawn in.
pub const SMALLEST: (u16, u16) = (30, 10);

/// A screen's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The bar at the top.
    pub bar: Rect,
    /// What the screen is about.
    pub body: Rect,
    /// The hints at the bottom.
    pub hints: Rect,
}

/// Divides a screen. What is wider than `width` stays free on both sides; an empty line stays under the bar, and another
/// over the hints, where there is room for it.
pub fn parts(area: Rect, width: u16) -> Parts {
    airy(area, width, u16::from(area.height >= 20), u16::from(area.height >= 28))
}

/// Divides a screen that has a use for every line.
pub fn tight_parts(area: Rect, width: u16) -> Parts {
    let air = u16::from(area.height >= 28);
    airy(area, width, air, air)
}

fn airy(area: Rect, width: u16, above: u16, below: u16) -> Parts {
    let [bar, body, hints] =
        area.layout(&Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]));
    let margin = u16::from(area.width > 40);
    let inner = centred(body, width.saturating_add(2 * margin));
    let hints = Rect { x: inner.x + margin.min(inner.width), width: inner.width.saturating_sub(2 * margin), ..hints };
    let free = Rect { x: inner.x + margin.min(inner.width), width: inner.width.saturating_sub(2 * margin), ..inner };
    let body = Rect { y: free.y + above.min(free.height), height: free.height.saturating_sub(above + below), ..free };
    Parts { bar, body, hints }
}

/// The middle of an area, at most `width` wide.
pub fn centred(area: Rect, width: u16) -> Rect {
    let width = width.min(area.width);
    Rect { x: area.x + (area.width - width) / 2, width, ..area }
}

/// Draws a line between parts: across a flat area, down a narrow one.
pub fn rule(look: &Look, area: Rect, buf: &mut Buffer) {
    let symbol = if area.width > 1 { look.glyphs.horizontal } else { look.glyphs.vertical };
    for position in area.positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.set_symbol(symbol).set_style(look.theme.line);
        }
    }
}

/// Draws the bar: where we are, and something short at the right.
pub fn bar(look: &Look, area: Rect, inner: Rect, left: &[&str], right: &str, buf: &mut Buffer) {
    let theme = &look.theme;
    buf.set_style(area, theme.bar);
    let area = Rect { x: inner.x, width: inner.width, ..area };
    let right = look.glyphs.spell(right);
    let right_width = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let mut spans = Vec::new();
    for (i, part) in left.iter().filter(|part| !part.is_empty()).enumerate() {
        if i > 0 {
            spans.push(Span::styled(format!("  {}  ", look.glyphs.dot), theme.bar));
        }
        let style = if i == 0 { theme.bar.add_modifier(ratatui::style::Modifier::BOLD) } else { theme.bar };
        spans.push(Span::styled(look.glyphs.spell(part).into_owned(), style));
    }
    let [left, end] =
        area.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(right_width)]).spacing(2));
    cut(look, Line::from(spans), left.width).render(left, buf);
    Line::styled(right.into_owned(), theme.bar).render(end, buf);
}

/// A hint: keys, and what they do.
pub type Hint<'a> = (String, &'a str);

/// Draws hints: what belongs to the moment at the left, what stays the same at the right, so that it doesn't jump. Where
/// there is no room for all, the right ones go first, from the left; the last two of them, the way out and the help, go
/// last.
pub fn hints(look: &Look, area: Rect, main: &[Hint<'_>], steady: &[Hint<'_>], buf: &mut Buffer) {
    const GAP: usize = 3;
    let width = |(keys, label): &Hint<'_>| keys.width() + 1 + label.width();
    let needed = |hints: &[Hint<'_>]| hints.iter().map(|hint| width(hint) + GAP).sum::<usize>();
    let room = usize::from(area.width) + GAP;
    let (mut main, mut steady) = (main, steady);
    // The way out and the help stay longest.
    while needed(main) + needed(steady) > room {
        match (main, steady) {
            (_, [_, rest @ ..]) if rest.len() >= 2 => steady = rest,
            ([kept @ .., _], _) if !kept.is_empty() => main = kept,
            (_, [_, rest @ ..]) if !rest.is_empty() => steady = rest,
            _ => break,
        }
    }
    let line = |hints: &[Hint<'_>]| {
        let mut spans = Vec::new();
        for (i, (keys, label)) in hints.iter().enumerate() {
            if i > 0 {
                spans.push(Span::styled(" ".repeat(GAP), look.theme.muted));
            }
            spans.push(Span::styled(keys.clone(), look.theme.accent));
            spans.push(Span::styled(format!(" {label}"), look.theme.muted));
        }
        Line::from(spans)
    };
    line(main).render(area, buf);
    let right = u16::try_from(needed(steady).saturating_sub(GAP)).unwrap_or(area.width).min(area.width);
    line(steady).render(Rect { x: area.right() - right, width: right, ..area }, buf);
}

/// Cuts a line to a width, with a mark where something is missing.
pub fn cut(look: &Look, line: Line<'static>, width: u16) -> Line<'static> {
    let width = usize::from(width);
    if line.width() <= width {
        return line;
    }
    let mut left = width.saturating_sub(look.glyphs.more.width());
    let mut spans = Vec::new();
    for span in line.spans {
        let text = cut_text(&span.content, left);
        left -= text.width();
        let whole = text.len() == span.content.len();
        spans.push(Span::styled(text, span.style));
        if !whole {
            break;
        }
    }
    if width >= look.glyphs.more.width() {
        spans.push(Span::raw(look.glyphs.more));
    }
    Line { spans, style: line.style, alignment: line.alignment }
}

/// As much of a text as fits into `width` columns, never half a character.
fn cut_text(text: &str, width: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let mut kept = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += cluster.width();
        if used > width {
            break;
        }
        kept.push_str(cluster);
    }
    kept
}

/// Says, instead of the screen, how much room it needs.
pub fn too_small(look: &Look, area: Rect, buf: &mut Buffer) {
    let (width, height) = SMALLEST;
    let text = format!(
        "Ridealong needs {width}x{height}; this is {}x{}. Make the window larger, or press Ctrl-C to leave.",
        area.width, area.height
    );
    Paragraph::new(text).style(look.theme.text).wrap(Wrap { trim: true }).render(area, buf);
}

/// Whether an area is too small for a screen.
pub const fn is_too_small(area: Rect) -> bool {
    area.width < SMALLEST.0 || area.height < SMALLEST.1
}
