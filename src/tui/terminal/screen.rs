//! What ratatui draws on: a terminal of a size that can be drawn, to which each frame goes in one piece.

use std::io;
use std::sync::Arc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;

use super::modes::Modes;

/// The largest screen that is drawn, in columns and rows. A terminal may claim to be 65535 by 65535, and a frame of
/// that size takes more memory than there is; on a larger one the rest stays empty.
const LARGEST: Size = Size { width: 500, height: 200 };
/// A line that doesn't know the size of what is at its end says 0; this is what programs take it for.
const UNKNOWN: Size = Size { width: 80, height: 24 };

/// The size that is drawn on the terminal as it is now.
pub(super) fn size_now() -> Size {
    tcgetwinsize(stdout()).map_or(UNKNOWN, |size| drawable(size.ws_col, size.ws_row))
}

fn drawable(width: u16, height: u16) -> Size {
    if width == 0 || height == 0 {
        return UNKNOWN;
    }
    Size { width: width.min(LARGEST.width), height: height.min(LARGEST.height) }
}

/// Crossterm's backend, but for this: it has the size that it is told; it never asks the terminal where the cursor is,
/// since the answer would come in as input, which another thread reads; it writes once a frame; and of a frame that
/// is like the last one it writes nothing.
pub(super) struct Screen {
    frame: Vec<u8>,
    size: Size,
    /// Whether the cursor is seen, where that is known.
    cursor: Option<bool>,
    modes: Arc<Modes>,
}

impl Screen {
    pub(super) fn new(modes: Arc<Modes>) -> Self {
        Self { frame: Vec::new(), size: UNKNOWN, cursor: None, modes }
    }

    /// Has the next frame drawn at this size, on a terminal of which nothing is known.
    pub(super) fn start_anew(&mut self, size: Size) {
        self.size = size;
        self.cursor = None;
    }

    /// Turns what is drawn into escape sequences at the end of the frame. A `Vec` doesn't mind that crossterm flushes
    /// it after every movement of the cursor.
    fn ansi(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.frame)
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_some() { self.ansi().draw(content) } else { Ok(()) }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor.replace(false) == Some(false) { Ok(()) } else { self.ansi().hide_cursor() }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor.replace(true) == Some(true) { Ok(()) } else { self.ansi().show_cursor() }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.ansi().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.ansi().clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.ansi().clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    /// Ratatui's end of a frame.
    fn flush(&mut self) -> io::Result<()> {
        let written = self.modes.write(&self.frame);
        self.frame.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_cannot_be_drawn_become_ones_that_can() {
        assert_eq!(drawable(0, 0), UNKNOWN);
        assert_eq!(drawable(80, 0), UNKNOWN);
        assert_eq!(drawable(1, 1), Size::new(1, 1));
        assert_eq!(drawable(120, 40), Size::new(120, 40));
        assert_eq!(drawable(u16::MAX, u16::MAX), LARGEST);
    }
}
