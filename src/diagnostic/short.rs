//! One line a problem, for editors and other tools: `file:line:column: error[code]: message`.

use std::fmt::Write;

use super::{Diagnostic, Source, visible};

/// The problems of one file, a line each.
pub fn render(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        line(&mut out, source, diagnostic);
    }
    out
}

/// One problem on one line.
pub(super) fn line(out: &mut String, source: &Source, diagnostic: &Diagnostic) {
    let at = source.position(diagnostic.span.start);
    let (severity, code, message) = (diagnostic.severity.word(), diagnostic.code.id(), visible(&diagnostic.message));
    // Writing to memory cannot fail.
    let _ = writeln!(out, "{}:{}:{}: {severity}[{code}]: {message}", source.name(), at.line, at.column);
}
