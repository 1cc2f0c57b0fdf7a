//! Numbers that can be read from the back of a room: three rows high, made of half blocks.

use ratatui::style::Style;
use ratatui::text::Line;

/// Rows of a big number.
pub const HEIGHT: u16 = 3;

/// Each digit, four columns wide and five half rows high, so that half a row stays free below.
const DIGITS: [[&str; 3]; 10] = [
    ["█▀▀█", "█  █", "▀▀▀▀"],
    [" ▀█ ", "  █ ", " ▀▀▀"],
    ["▀▀▀█", "█▀▀▀", "▀▀▀▀"],
    ["▀▀▀█", "▀▀▀█", "▀▀▀▀"],
    ["█  █", "▀▀▀█", "   ▀"],
    ["█▀▀▀", "▀▀▀█", "▀▀▀▀"],
    ["█▀▀▀", "█▀▀█", "▀▀▀▀"],
    ["▀▀▀█", "   █", "   ▀"],
    ["█▀▀█", "█▀▀█", "▀▀▀▀"],
    ["█▀▀█", "▀▀▀█", "▀▀▀▀"],
];

/// A number, row by row.
pub fn number(value: u64, style: Style) -> [Line<'static>; 3] {
    let digits = value.to_string();
    [0, 1, 2].map(|row| {
        let cells = digits.bytes().filter_map(|digit| DIGITS.get(usize::from(digit.wrapping_sub(b'0'))));
        Line::styled(cells.map(|rows| rows[row]).collect::<Vec<_>>().join(" "), style)
    })
}
