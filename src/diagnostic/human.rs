//! Problems for people: the message, the line it stands on with a caret, what to do about it.
//!
//! Only the line in question is given to the drawing crate, made safe and cut to a window around the place, so that
//! neither control characters nor a line of a megabyte reach a terminal.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Code, Diagnostic, Severity, Source, short, visible};

/// So many problems of one kind are shown in full; the others get a line each.
const IN_FULL: usize = 10;
/// The characters shown of a line, at most.
const WIDTH: usize = 110;
/// The characters shown of it before the place.
const BEFORE: usize = 40;

/// The problems of one file, one after another, for a terminal with colours or without.
pub fn render(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut seen: HashMap<Code, usize> = HashMap::new();
    let (mut out, mut rest) = (String::new(), String::new());
    for diagnostic in diagnostics {
        let count = seen.entry(diagnostic.code).or_default();
        *count += 1;
        if *count > IN_FULL {
            short::line(&mut rest, source, diagnostic);
            continue;
        }
        out.push_str(&full(&renderer, source, diagnostic));
        out.push_str("\n\n");
    }
    if !rest.is_empty() {
        out.push_str("More of the same kinds:\n");
        out.push_str(&rest);
        out.push('\n');
    }
    out
}

/// One problem with the line it stands on.
///
/// The drawing crate would count columns in what it is given, which may be cut or escaped; so where things are is
/// written here.
fn full(renderer: &Renderer, source: &Source, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.clone().primary_title(visible(&diagnostic.message)).id(diagnostic.code.id());
    let mut out = renderer.render(&[Group::with_title(title)]);
    let label = diagnostic.label.as_deref();
    let help = diagnostic.help.as_deref();
    let place = Place { source, span: &diagnostic.span, arrow: "-->", kind: AnnotationKind::Primary, label };
    if let Some((span, label)) = &diagnostic.related {
        place.draw(&mut out, renderer, level.clone(), None);
        let (kind, label) = (AnnotationKind::Context, Some(label.as_str()));
        Place { source, span, arrow: ":::", kind, label }.draw(&mut out, renderer, level, help);
    } else {
        place.draw(&mut out, renderer, level, help);
    }
    out
}

/// A place to be shown.
struct Place<'s> {
    source: &'s Source,
    span: &'s Range<usize>,
    arrow: &'static str,
    kind: AnnotationKind,
    label: Option<&'s str>,
}

impl Place<'_> {
    fn draw(self, out: &mut String, renderer: &Renderer, level: Level<'_>, help: Option<&str>) {
        let at = self.source.position(self.span.start);
        let window = Window::new(self.source, self.span);
        let mut annotation = self.kind.span(window.span.clone());
        if let Some(label) = self.label {
            annotation = annotation.label(visible(label));
        }
        let snippet = Snippet::source(window.text).line_start(at.line).fold(false).annotation(annotation);
        let mut group = Group::with_level(level).element(snippet);
        if let Some(help) = help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        let gutter = " ".repeat(at.line.to_string().len());
        let name = self.source.name();
        let drawn = renderer.render(&[group]);
        // Writing to memory cannot fail.
        let _ = write!(out, "\n{gutter}{} {name}:{}:{}\n{drawn}", self.arrow, at.line, at.column);
    }
}

/// The line that a place is on, safe to show and not too long.
struct Window {
    text: String,
    /// The place within `text`.
    span: Range<usize>,
}

impl Window {
    fn new(source: &Source, span: &Range<usize>) -> Self {
        let line = source.position(span.start).line;
        let whole = source.line(line);
        let start = source.boundary(span.start).clamp(whole.start, whole.end);
        let end = source.boundary(span.end).clamp(start, whole.end);
        let before = last(source.slice(whole.start..start), BEFORE);
        let place = first(source.slice(start..end), WIDTH - BEFORE);
        let after = first(source.slice(end..whole.end), (WIDTH - BEFORE).saturating_sub(place.chars().count()));
        let ahead = if before.len() < start - whole.start { "…" } else { "" };
        let behind = if place.len() + after.len() < whole.end - start { "…" } else { "" };
        // Shown as one piece: whether a mark is one too many depends on what stands before it.
        let raw = format!("{ahead}{before}{place}{after}{behind}");
        let upto = |length: usize| shown(&raw[..length]).len();
        let from = ahead.len() + before.len();
        Self { span: upto(from)..upto(from + place.len()), text: shown(&raw) }
    }
}

/// A piece of a line as it is shown: safe, tabs as spaces, no byte order mark.
fn shown(raw: &str) -> String {
    visible(&raw.replace('\t', "    ").replace('\u{feff}', "")).into_owned()
}

/// The first `count` characters.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// The last `count` characters.
fn last(text: &str, count: usize) -> &str {
    if count == 0 {
        return "";
    }
    text.char_indices().nth_back(count - 1).map_or(text, |(start, _)| &text[start..])
}
