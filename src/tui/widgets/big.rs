//! Numbers and codes that can be read from the back of a room: three rows high, made of half blocks.

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

/// What a session's code is made of besides digits, drawn as these are, and a point. `I` and `O` are in none.
const LETTERS: [(char, [&str; 3]); 26] = [
    ('A', ["▄▀▀▄", "█▀▀█", "▀  ▀"]),
    ('B', ["█▀▀▄", "█▀▀▄", "▀▀▀ "]),
    ('C', ["▄▀▀▀", "█   ", " ▀▀▀"]),
    ('D', ["█▀▀▄", "█  █", "▀▀▀ "]),
    ('E', ["█▀▀▀", "█▀▀ ", "▀▀▀▀"]),
    ('F', ["█▀▀▀", "█▀▀ ", "▀   "]),
    ('G', ["▄▀▀▀", "█ ▀█", " ▀▀▀"]),
    ('H', ["█  █", "█▀▀█", "▀  ▀"]),
    ('J', ["   █", "▄  █", " ▀▀ "]),
    ('K', ["█ ▄▀", "█▀▄ ", "▀  ▀"]),
    ('L', ["█   ", "█   ", "▀▀▀▀"]),
    ('M', ["█▄ ▄█", "█ ▀ █", "▀   ▀"]),
    ('N', ["█▄ █", "█ ▀█", "▀  ▀"]),
    ('P', ["█▀▀▄", "█▀▀ ", "▀   "]),
    ('Q', ["▄▀▀▄", "█ ▄▀", " ▀ ▀"]),
    ('R', ["█▀▀▄", "█▀█ ", "▀  ▀"]),
    ('S', ["▄▀▀▀", " ▀▀▄", "▀▀▀ "]),
    ('T', ["▀▀█▀▀", "  █  ", "  ▀  "]),
    ('U', ["█  █", "█  █", " ▀▀ "]),
    ('V', ["█   █", " █ █ ", "  ▀  "]),
    ('W', ["█   █", "█▄▀▄█", "▀   ▀"]),
    ('X', ["█  █", "▄▀▀▄", "▀  ▀"]),
    ('Y', ["▀▄ ▄▀", "  █  ", "  ▀  "]),
    ('Z', ["▀▀▀█", "▄▀▀ ", "▀▀▀▀"]),
    ('.', [" ", " ", "▀"]),
    ('-', ["    ", " ▀▀ ", "    "]),
];

/// How the characters of a code or of a number with a point are drawn; those that none has are left out.
fn cells(code: &str) -> Vec<[&'static str; 3]> {
    let cell = |letter: char| match letter.to_digit(10) {
        Some(digit) => DIGITS.get(digit as usize).copied(),
        None => LETTERS.iter().find(|(there, _)| *there == letter).map(|(_, rows)| *rows),
    };
    code.chars().filter_map(cell).collect()
}

/// A code, row by row.
pub fn code(code: &str, style: Style) -> [Line<'static>; 3] {
    let cells = cells(code);
    [0, 1, 2].map(|row| Line::styled(cells.iter().map(|rows| rows[row]).collect::<Vec<_>>().join(" "), style))
}

/// Rows of a code that is twice as large.
pub const TWICE: u16 = 5;

/// A code twice as large, row by row.
pub fn twice(code: &str, style: Style) -> [Line<'static>; 5] {
    let cells = cells(code);
    [0, 1, 2, 3, 4].map(|half: usize| {
        let filled = if half.is_multiple_of(2) { ['▀', '█'] } else { ['▄', '█'] };
        let wide = |letter: char| if filled.contains(&letter) { "██" } else { "  " };
        let row = |rows: &[&str; 3]| rows[half / 2].chars().map(wide).collect::<String>();
        Line::styled(cells.iter().map(row).collect::<Vec<_>>().join("  "), style)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::SessionCode;

    #[test]
    fn every_letter_of_every_code_is_as_wide_in_each_of_its_rows() {
        for chance in (0..32).map(|letter: u32| letter | letter << 5 | letter << 10 | letter << 15) {
            let rows = code(&SessionCode::new(chance).to_string(), Style::new());
            assert!(rows[0].width() >= 6 * 4 && rows.iter().all(|row| row.width() == rows[0].width()), "{chance}");
            let large = twice(&SessionCode::new(chance).to_string(), Style::new());
            assert!(large.iter().all(|row| row.width() == 2 * rows[0].width()), "{chance}");
        }
    }
}
