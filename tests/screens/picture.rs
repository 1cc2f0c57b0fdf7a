//! The README's picture of the play screen, made from the screen itself; it is redrawn with `RIDEALONG_PICTURES=1`.

use std::fmt::Write;
use std::fs;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::player::Player;

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/play.svg");

/// A cell in pixels.
const CELL: (u16, u16) = (9, 19);

#[test]
fn the_picture_in_the_readme_shows_the_play_screen_as_it_is() {
    let mut player = Player::new((100, 30));
    player.keys("down enter enter");
    for pick in ["3", "4", "4", "3", "3", "3", "3"] {
        player.keys(pick).read_on();
    }
    player.keys("down down");
    let picture = svg(&player.buffer());
    if std::env::var_os("RIDEALONG_PICTURES").is_some() {
        fs::write(PICTURE, &picture).expect("the picture can be written");
    }
    let stored = fs::read_to_string(PICTURE).unwrap_or_default();
    assert!(stored == picture, "tests/screens/play.svg is out of date: run this test with RIDEALONG_PICTURES=1");
}

fn svg(buffer: &Buffer) -> String {
    let (width, height) = (buffer.area.width * CELL.0, buffer.area.height * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n"
    );
    let mut letters = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let first = &buffer[(x, y)];
            let end = (x..buffer.area.width).find(|at| !alike(&buffer[(*at, y)], first)).unwrap_or(buffer.area.width);
            let text: String = (x..end).map(|at| buffer[(at, y)].symbol()).collect();
            blocks(&mut svg, (x, y), end - x, &text, first);
            write_letters(&mut letters, (x, y), end - x, &text, first);
            x = end;
        }
    }
    svg + &letters + "</svg>\n"
}

fn alike(cell: &Cell, other: &Cell) -> bool {
    (cell.fg, cell.bg, cell.modifier) == (other.fg, other.bg, other.modifier)
}

/// Cells of one style: their background, and those that are blocks.
fn blocks(svg: &mut String, (x, y): (u16, u16), length: u16, text: &str, cell: &Cell) {
    let (left, top, width) = (x * CELL.0, y * CELL.1, length * CELL.0);
    let (fg, bg) = (colour(cell.fg), colour(cell.bg));
    writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{bg}\"/>", CELL.1).unwrap();
    for (at, glyph) in (x..).zip(text.chars()) {
        if let Some((dx, dy, w, h)) = block(glyph) {
            let (left, top) = (f32::from(at * CELL.0) + dx * 9.0, f32::from(top) + dy * 19.0);
            let (w, h) = (w * 9.0, h * 19.0);
            writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{w}\" height=\"{h}\" fill=\"{fg}\"/>").unwrap();
        }
    }
}

/// Cells of one style: all that aren't blocks.
fn write_letters(svg: &mut String, (x, y): (u16, u16), length: u16, text: &str, cell: &Cell) {
    let (left, top, width, fg) = (x * CELL.0, y * CELL.1, length * CELL.0, colour(cell.fg));
    let letters: String = text.chars().map(|glyph| if block(glyph).is_some() { ' ' } else { glyph }).collect();
    if letters.trim().is_empty() {
        return;
    }
    let bold = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let italic = if cell.modifier.contains(Modifier::ITALIC) { " font-style=\"italic\"" } else { "" };
    let escaped = letters.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" textLength=\"{width}\" fill=\"{fg}\"{bold}{italic}>{escaped}</text>",
        top + 14
    )
    .unwrap();
}

/// Block elements as parts of their cell, since fonts differ about them: left, top, width and height.
fn block(glyph: char) -> Option<(f32, f32, f32, f32)> {
    let code = u32::from(glyph);
    let part = |eighths: u32| f32::from(u16::try_from(eighths).unwrap_or(8)) / 8.0;
    match code {
        0x2580 => Some((0.0, 0.0, 1.0, 0.5)),
        0x2581..=0x2588 => Some((0.0, 1.0 - part(code - 0x2580), 1.0, part(code - 0x2580))),
        0x2589..=0x258f => Some((0.0, 0.0, part(0x2590 - code), 1.0)),
        _ => None,
    }
}

/// The 256 colours that the dark theme is made of.
fn colour(colour: Color) -> String {
    let Color::Indexed(index) = colour else { panic!("{colour:?} has no fixed look") };
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let (r, g, b) = if let Some(grey) = index.checked_sub(232).map(|step| 8 + 10 * step) {
        (grey, grey, grey)
    } else {
        let cube = index - 16;
        (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}
