//! The panel under a story that is being written: how the file stands, and its first problems.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{Diagnostic, Severity, Source, visible};
use crate::scenario::library::{Entry, ReadError};
use crate::tui::app::Kept;
use crate::tui::keymap;
use crate::tui::look::Look;
use crate::tui::widgets::frame;
use crate::tui::widgets::prose::wrapped;

/// Problems that show while the panel is small.
const FEW: u16 = 3;
/// Rows that the story keeps, if there are so many.
const STORY: u16 = 18;

/// What the checker says of a file.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    name: String,
    state: State,
    /// Whether some version of it is played.
    plays: bool,
    findings: Vec<Finding>,
    /// What became of the run at the last save.
    note: Option<String>,
    size: Size,
}

/// How the file stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum State {
    /// What is played is what was saved.
    #[default]
    Good,
    /// It has errors.
    Broken,
    /// It can't be read, for this reason.
    Lost(String),
}

/// How much of the screen it takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Size {
    #[default]
    Small,
    Large,
}

/// A problem on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where: line and column.
    pub place: (usize, usize),
    /// What is wrong, safe to show, and its code.
    pub message: String,
}

impl Finding {
    /// The problems of a file, errors first.
    pub fn all(source: &Source, diagnostics: &[Diagnostic]) -> Vec<Self> {
        let finding = |diagnostic: &Diagnostic| {
            let at = source.position(diagnostic.span.start);
            let message = format!("{} [{}]", visible(&diagnostic.message), diagnostic.code.id());
            Self { severity: diagnostic.severity, place: (at.line, at.column), message }
        };
        let mut findings: Vec<Self> = diagnostics.iter().map(finding).collect();
        findings.sort_by_key(|finding| finding.severity);
        findings
    }
}

impl Panel {
    /// A file that was read: whether it can be played, and its problems.
    pub fn new(name: String, good: bool, findings: Vec<Finding>) -> Self {
        let state = if good { State::Good } else { State::Broken };
        Self { name, state, plays: good, findings, note: None, size: Size::Small }
    }

    /// The same file after a save, and what became of the run.
    pub fn next(&self, entry: &Entry, kept: Option<&Kept>) -> Self {
        let mut next = Self { size: self.size, ..Self::of(entry) };
        next.plays |= self.plays;
        next.note = kept.and_then(|kept| {
            let stopped = kept.stopped.as_ref()?;
            Some(format!("{} of {} choices kept: `{stopped}` is not open there any more", kept.kept, kept.made))
        });
        next
    }

    /// The same file, which can't be read any more.
    pub fn lost(&self, error: &ReadError) -> Self {
        Self { state: State::Lost(error.to_string()), findings: Vec::new(), note: None, ..self.clone() }
    }

    /// Makes it larger or smaller.
    pub const fn turn(&mut self) {
        self.size = match self.size {
            Size::Small => Size::Large,
            Size::Large => Size::Small,
        };
    }

    /// The rows that it takes of a screen.
    pub fn rows(&self, look: &Look, screen: Rect) -> u16 {
        let wanted = u16::try_from(self.lines(look, screen.width).len()).unwrap_or(u16::MAX);
        let room = match self.size {
            Size::Small => screen.height.saturating_sub(STORY + 1).min(FEW),
            Size::Large => screen.height.saturating_sub(frame::SMALLEST.1 + 1),
        };
        1 + wanted.min(room)
    }

    /// What became of the run, then the problems: a line each while it is small, in full while it is large.
    fn lines(&self, look: &Look, width: u16) -> Vec<Line<'static>> {
        let note = self.note.iter().map(|note| Line::styled(format!(" {note}"), look.theme.echo));
        note.chain(self.findings.iter().flat_map(|finding| finding.lines(self.size, look, width))).collect()
    }

    /// The line that is always there.
    fn headline(&self) -> String {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let counted = [(Severity::Error, "error"), (Severity::Warning, "warning")].map(|(severity, word)| {
            let count = count(severity);
            (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        });
        let counted: Vec<String> = counted.into_iter().flatten().collect();
        let counted = if counted.is_empty() { "no problems".to_owned() } else { counted.join(", ") };
        let state = match &self.state {
            State::Good => counted,
            State::Broken if self.plays => format!("{counted}; the last good version plays on"),
            State::Broken => format!("{counted}; it plays once they are mended"),
            State::Lost(why) => why.clone(),
        };
        format!(" {}: {state}", self.name)
    }

    /// Draws it.
    pub fn render(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let mut rows = area.rows();
        let Some(first) = rows.next() else { return };
        buf.set_style(area, look.theme.text);
        buf.set_style(first, look.theme.bar);
        let lines = self.lines(look, area.width);
        let wide = |line: &Line<'_>| line.width() > usize::from(area.width);
        let hidden = lines.len() > usize::from(area.height) - 1 || lines.iter().any(wide);
        let key = keymap::PROBLEMS;
        let hint = match (self.size, hidden) {
            (Size::Small, true) => format!("{} all ", key.shown),
            (Size::Large, _) => format!("{} fewer ", key.shown),
            (Size::Small, false) => String::new(),
        };
        let wide = u16::try_from(hint.width()).unwrap_or(u16::MAX).min(first.width);
        let left = Rect { width: first.width - wide, ..first };
        let style = if self.state == State::Good { look.theme.bar } else { look.theme.bar.patch(look.theme.bad) };
        let headline = look.glyphs.spell(&self.headline()).into_owned();
        frame::cut(look, Line::styled(headline, style), left.width).render(left, buf);
        Line::styled(hint, look.theme.bar).render(Rect { x: left.right(), width: wide, ..first }, buf);
        for (row, line) in rows.zip(lines) {
            frame::cut(look, line, row.width).render(row, buf);
        }
    }
}

impl Finding {
    /// One line, or as many as it takes.
    fn lines(&self, size: Size, look: &Look, width: u16) -> Vec<Line<'static>> {
        const PLACE: u16 = 19;
        let style = match self.severity {
            Severity::Error => look.theme.bad,
            Severity::Warning => look.theme.accent,
            Severity::Note => look.theme.muted,
        };
        let (line, column) = self.place;
        let message = look.glyphs.spell(&self.message);
        let parts = match size {
            Size::Small => vec![message.into_owned()],
            Size::Large => wrapped(&message, usize::from(width.saturating_sub(PLACE + 1))),
        };
        let row = |(at, part): (usize, String)| {
            if at > 0 {
                return Line::from(format!("{}{part}", " ".repeat(PLACE.into())));
            }
            Line::from(vec![
                Span::styled(format!(" {:<7} ", self.severity.word()), style),
                Span::styled(format!("{:>8}  ", format!("{line}:{column}")), look.theme.muted),
                Span::styled(part, Style::new()),
            ])
        };
        parts.into_iter().enumerate().map(row).collect()
    }
}
