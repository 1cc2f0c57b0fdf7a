//! Characters to draw with: the fine ones, and what stands in for them where only ASCII shows.

use std::borrow::Cow;

/// A set of characters, each one column wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Whether only ASCII shows, so that texts have to be written in it too.
    pub ascii: bool,
    /// A line from left to right.
    pub horizontal: &'static str,
    /// A part of such a line that counts.
    pub thick: &'static str,
    /// Where a part of such a line begins and ends.
    pub brackets: [&'static str; 2],
    /// A line from top to bottom.
    pub vertical: &'static str,
    /// Before what is selected.
    pub pointer: &'static str,
    /// Before something remembered.
    pub echo: &'static str,
    /// A rise.
    pub up: &'static str,
    /// A fall.
    pub down: &'static str,
    /// No change.
    pub same: &'static str,
    /// A filled place of a level.
    pub filled: &'static str,
    /// An open place of a level.
    pub open: &'static str,
    /// A turning point.
    pub turning: &'static str,
    /// A mark under a line.
    pub mark: &'static str,
    /// Between two short things.
    pub dot: &'static str,
    /// Something was left out.
    pub more: &'static str,
    /// There is more above, and below.
    pub scroll: [&'static str; 2],
    /// The bar of trust.
    pub thick_bar: BarGlyphs,
    /// All other bars.
    pub thin_bar: BarGlyphs,
    /// A point of a small chart, lowest to highest.
    pub levels: &'static [&'static str],
}

/// What a bar is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarGlyphs {
    /// Its last place, by how full it is, the first nearly empty, the last full.
    pub partial: &'static [&'static str],
    /// A place that it has just lost.
    pub lost: &'static str,
    /// An empty place.
    pub empty: &'static str,
}

impl Glyphs {
    /// For terminals that show Unicode. All of these are one column wide by every table in use.
    pub const UNICODE: Self = Self {
        ascii: false,
        horizontal: "─",
        thick: "━",
        brackets: ["┣", "┫"],
        vertical: "│",
        pointer: "▸",
        echo: "↩",
        up: "▲",
        down: "▼",
        same: "=",
        filled: "●",
        open: "○",
        turning: "◆",
        mark: "▲",
        dot: "·",
        more: "…",
        scroll: ["▲", "▼"],
        thick_bar: BarGlyphs {
            partial: &["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], lost: "░", empty: "·"
        },
        thin_bar: BarGlyphs { partial: &["╸", "━"], lost: "╍", empty: "─" },
        levels: &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    };

    /// For all others.
    pub const ASCII: Self = Self {
        ascii: true,
        horizontal: "-",
        thick: "=",
        brackets: ["[", "]"],
        vertical: "|",
        pointer: ">",
        echo: "<",
        up: "^",
        down: "v",
        same: "=",
        filled: "*",
        open: ".",
        turning: "*",
        mark: "^",
        dot: "-",
        more: "...",
        scroll: ["^", "v"],
        thick_bar: BarGlyphs { partial: &["#"], lost: "-", empty: "." },
        thin_bar: BarGlyphs { partial: &["="], lost: "-", empty: "." },
        levels: &["_", ".", ",", "-", "=", "+", "*", "#"],
    };

    /// A text as it can be shown: as it stands, or spelled in ASCII.
    pub fn spell<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.ascii || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(deunicode::deunicode_with_tofu(text, "?"))
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn characters_are_one_column_wide() {
        for glyphs in [Glyphs::UNICODE, Glyphs::ASCII] {
            let single =
                [glyphs.horizontal, glyphs.thick, glyphs.vertical, glyphs.pointer, glyphs.echo, glyphs.up, glyphs.down];
            let others = [glyphs.filled, glyphs.open, glyphs.turning, glyphs.mark, glyphs.dot];
            let bars = [glyphs.thick_bar, glyphs.thin_bar];
            let bars = bars.iter().flat_map(|bar| bar.partial.iter().chain([&bar.lost, &bar.empty]));
            let lists = bars.chain(glyphs.levels).chain(&glyphs.brackets).chain(&glyphs.scroll).copied();
            for glyph in single.into_iter().chain(others).chain(lists) {
                assert_eq!(glyph.width(), 1, "{glyph}");
                assert!(!glyphs.ascii || glyph.is_ascii(), "{glyph}");
            }
        }
    }

    #[test]
    fn texts_are_spelled_in_ascii_where_nothing_else_shows() {
        assert_eq!(Glyphs::ASCII.spell("José said “no” – 5 €"), "Jose said \"no\" - 5 EUR");
        assert_eq!(Glyphs::UNICODE.spell("José"), "José");
    }
}
