//! What a room chose, as a page in one file: to be shown to the room, printed, and talked about.

use std::io;

use askama::Template;

use super::{Results, RoundResults, RuleKept};
use crate::report::export::NOTICE;

#[derive(Template)]
#[template(path = "results.html")]
struct Page<'a> {
    results: &'a Results<'a>,
}

impl Page<'_> {
    /// The rules that the room is weakest in, a few of them.
    fn weakest(&self) -> Vec<&RuleKept> {
        self.results.rules.iter().filter(|kept| kept.weak).take(3).collect()
    }
}

impl RoundResults<'_> {
    /// `12 runs, 71.5 on average`.
    pub fn told(&self) -> String {
        let runs = if self.runs == 1 { "1 run".to_owned() } else { format!("{} runs", self.runs) };
        let mean = self.mean.map(|tenths| format!(", {}.{} on average", tenths / 10, tenths % 10));
        let without = match self.without_choices {
            0 => String::new(),
            some => format!("; of {some} more only the numbers are kept"),
        };
        format!("{runs}{}{without}", mean.unwrap_or_default())
    }
}

/// Writes it as a page.
///
/// # Errors
/// What `out` says.
pub fn html(results: &Results<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Page { results }.write_into(out)
}
