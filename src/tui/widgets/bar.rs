//! Bars: a number from 0 to 100 as a length, with what it has just lost.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::glyphs::BarGlyphs;
use crate::tui::look::Look;

/// How a bar looks.
#[derive(Clone, Copy)]
pub struct Bar {
    /// Columns.
    pub width: u16,
    /// What it is made of.
    pub glyphs: BarGlyphs,
    /// The colour of what is full.
    pub full: Style,
    /// The colour of what is empty.
    pub empty: Style,
}

impl Bar {
    /// A bar as all but trust have it.
    pub const fn thin(look: &Look, width: u16, full: Style) -> Self {
        Self { width, glyphs: look.glyphs.thin_bar, full, empty: look.theme.empty }
    }

    /// The bar of trust.
    pub const fn thick(look: &Look, width: u16) -> Self {
        Self { width, glyphs: look.glyphs.thick_bar, full: look.theme.trust, empty: look.theme.empty }
    }

    /// The bar at `value` of 100.
    pub fn at(&self, value: u64) -> Vec<Span<'static>> {
        self.changing(value.saturating_mul(10), 0)
    }

    /// The bar on its way: `now` is where it stands, `before` where it stood, both in tenths, so that it can slide.
    /// What was lost stays visible behind its end.
    pub fn changing(&self, now: u64, before: u64) -> Vec<Span<'static>> {
        let steps = self.steps(now);
        let each = self.glyphs.partial.len().max(1);
        let (full, rest) = (steps / each, steps % each);
        let mut filled = self.glyphs.partial.last().copied().unwrap_or_default().repeat(full);
        filled.push_str(rest.checked_sub(1).and_then(|at| self.glyphs.partial.get(at)).copied().unwrap_or_default());
        let used = steps.div_ceil(each);
        let lost = self.steps(before).div_ceil(each).saturating_sub(used);
        let empty = usize::from(self.width).saturating_sub(used + lost);
        vec![
            Span::styled(filled, self.full),
            Span::styled(self.glyphs.lost.repeat(lost), self.full),
            Span::styled(self.glyphs.empty.repeat(empty), self.empty),
        ]
    }

    /// How full the bar is, in the finest steps that its characters can show; anything above 0 shows.
    fn steps(&self, tenths: u64) -> usize {
        let most = u64::from(self.width) * self.glyphs.partial.len() as u64;
        let exact = (most * tenths.min(1000) + 500) / 1000;
        let shown = if tenths > 0 && most > 0 { exact.max(1) } else { exact };
        usize::try_from(shown).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::Glyphs;

    fn bar(width: u16, glyphs: BarGlyphs) -> Bar {
        Bar { width, glyphs, full: Style::new(), empty: Style::new() }
    }

    fn shown(spans: &[Span<'_>]) -> String {
        spans.iter().map(|span| &*span.content).collect()
    }

    #[test]
    fn a_bar_is_as_long_as_its_number() {
        let thick = bar(4, Glyphs::UNICODE.thick_bar);
        assert_eq!([0, 1, 50, 60, 100].map(|value| shown(&thick.at(value))), ["····", "▏···", "██··", "██▍·", "████"]);
        let thin = bar(4, Glyphs::UNICODE.thin_bar);
        assert_eq!([0, 12, 50, 100].map(|value| shown(&thin.at(value))), ["────", "╸───", "━━──", "━━━━"]);
        assert_eq!(shown(&bar(10, Glyphs::ASCII.thick_bar).at(52)), "#####.....");
    }

    #[test]
    fn what_was_lost_stays_visible() {
        let thick = bar(10, Glyphs::UNICODE.thick_bar);
        let change = |now, before| shown(&thick.changing(now, before));
        assert_eq!(change(300, 600), "███░░░····");
        assert_eq!(change(600, 300), "██████····");
        assert_eq!(change(0, 1000), "░░░░░░░░░░");
    }

    #[test]
    fn a_bar_is_never_wider_than_its_place() {
        for glyphs in [Glyphs::UNICODE.thick_bar, Glyphs::UNICODE.thin_bar, Glyphs::ASCII.thick_bar] {
            for width in 0..30 {
                for value in 0..=100 {
                    for before in [0, 500, 1000] {
                        let shown = shown(&bar(width, glyphs).changing(value * 10, before));
                        assert_eq!(shown.chars().count(), usize::from(width));
                    }
                }
            }
        }
    }
}
