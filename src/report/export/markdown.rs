//! Runs as a note in Markdown: to keep, to send, to talk over. What is the story's is escaped and stays text.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Runs;
use super::page::{Decision, NOTICE, Outcome, Page, UNCOMMENTED};
use crate::terms::Meter;

pub(super) fn write(runs: Runs<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let pages: Vec<Page<'_>> = runs.sheets().iter().map(Page::of).collect();
    let mut note = Note { text: String::new(), level: 1 };
    if matches!(runs, Runs::All(_)) {
        note.heading(0, &format!("Ridealong: {}", count(pages.len())));
        let line = |page: &Page<'_>| format!("{}, {}: {}", md(page.player), md(page.title), page.result());
        note.items("-", pages.iter().map(line));
        note.level = 2;
    }
    for page in &pages {
        note.page(page);
    }
    note.para(&format!("*{NOTICE}*"));
    out.write_all(note.text.as_bytes())
}

/// `3 runs`.
pub(super) fn count(runs: usize) -> String {
    if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") }
}

/// The note as far as it is written.
struct Note {
    text: String,
    /// How deep a run's own title is.
    level: usize,
}

impl Note {
    /// A heading, so many below a run's title.
    fn heading(&mut self, below: usize, text: &str) {
        let marks = "#".repeat(self.level + below);
        self.para(&format!("{marks} {text}"));
    }

    fn para(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A list; its items are escaped already.
    fn items(&mut self, mark: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.map(|item| format!("{mark} {item}")).collect();
        self.para(&items.join("\n"));
    }

    /// A table; its cells are escaped already.
    fn table(&mut self, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let mut table = format!("| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
        for row in rows {
            let _ = write!(table, "\n| {} |", row.join(" | "));
        }
        self.para(&table);
    }

    fn page(&mut self, page: &Page<'_>) {
        self.heading(0, &md(page.title));
        self.para(&md(page.summary));
        self.table(&["Run", ""], page.facts.iter().map(|(name, fact)| vec![(*name).to_owned(), md(fact)]));
        if let Some(outcome) = &page.outcome {
            self.outcome(outcome, page);
        } else {
            self.heading(1, "Not ended yet");
            self.list("-", page.so_far.iter().map(String::as_str));
        }
        if !page.commented {
            self.para(UNCOMMENTED);
        }
        self.decisions(page);
        if let Some(outcome) = &page.outcome {
            self.heading(1, "Next quarter");
            self.list("-", outcome.next_quarter.iter().map(String::as_str));
        }
        if !page.insights.is_empty() {
            self.heading(1, &format!("What {} came to know", md(page.rep)));
            self.list("-", page.insights.iter().copied());
        }
        if let Some(outcome) = page.outcome.as_ref().filter(|outcome| !outcome.questions.is_empty()) {
            self.heading(1, "To talk about");
            self.list("1.", outcome.questions.iter().copied());
        }
    }

    fn list<'t>(&mut self, mark: &str, texts: impl Iterator<Item = &'t str>) {
        self.items(mark, texts.map(md));
    }

    fn outcome(&mut self, outcome: &Outcome<'_>, page: &Page<'_>) {
        self.heading(1, &format!("The end: {}", md(outcome.ending)));
        outcome.paragraphs.iter().for_each(|paragraph| self.para(&md(paragraph)));
        self.para(&format!("**The deal.** {}", md(&outcome.deal)));
        self.heading(1, "Score");
        self.list("-", outcome.told.iter().map(String::as_str));
        self.heading(1, &format!("Trust in {}", md(page.rep)));
        self.para(&md(&page.chart.told));
        self.heading(1, "Postures");
        let share = |(posture, share): &(crate::terms::Posture, u64)| vec![posture.to_string(), format!("{share}%")];
        self.table(&["Posture", "Share"], outcome.postures.iter().map(share));
        if page.commented {
            self.heading(1, "Rules");
            let seen =
                |score: &Option<u64>| score.map_or_else(|| "too little seen".to_owned(), |s| format!("{s} of 100"));
            self.table(&["Rule", "Kept"], outcome.rules.iter().map(|(rule, score)| vec![md(rule), seen(score)]));
        }
    }

    fn decisions(&mut self, page: &Page<'_>) {
        if page.decisions.is_empty() {
            return;
        }
        self.heading(1, "Your decisions");
        let trust = format!("Trust in {}", md(page.rep));
        let head = ["", "Where", "Posture", &trust, "Cost"];
        let head = if page.weighed { &head[..] } else { &head[..4] };
        let row = |decision: &Decision<'_>| {
            let turning = if decision.turning_point { " (turning point)" } else { "" };
            let mut row = vec![
                decision.number.to_string(),
                format!("{}{turning}", md(decision.scene)),
                decision.posture.to_string(),
                format!("{} ({})", decision.trust.1, decision.trust.0),
            ];
            row.extend(page.weighed.then(|| decision.points.clone()));
            row
        };
        self.table(head, page.decisions.iter().map(row));
        page.decisions.iter().for_each(|decision| self.decision(decision, page));
    }

    fn decision(&mut self, decision: &Decision<'_>, page: &Page<'_>) {
        self.heading(2, &format!("{}. {}", decision.number, md(decision.scene)));
        self.para(&format!("**You chose:** {}", md(decision.chosen)));
        if let Some(first) = decision.at_first {
            self.para(&format!("**At first you chose:** {}", md(first)));
        }
        decision.then.iter().for_each(|paragraph| self.para(&md(paragraph)));
        self.para(&md(&decision.moved));
        for (echo, moved, _) in &decision.echoes {
            self.para(&format!("Then it came back: {} {}", md(echo), md(moved)));
        }
        if page.commented {
            let red = if decision.is_red_line { " A red line." } else { "" };
            let turning = if decision.turning_point { " A turning point: it weighs half as much again." } else { "" };
            let cost = if page.weighed { format!(" {}", decision.cost) } else { String::new() };
            self.para(&format!("{}{cost}{red}{turning}", decision.posture_told()));
            self.para(&format!("**{}:** {}", md(decision.rule), md(decision.why)));
        }
        if decision.roads.is_empty() {
            return;
        }
        self.para("Roads not taken:");
        let head: Vec<&str> =
            ["Option", "Posture"].into_iter().chain(Meter::ALL.iter().map(|meter| meter.label())).collect();
        let head: Vec<&str> = head.into_iter().filter(|name| page.commented || *name != "Posture").collect();
        let road = |road: &super::page::Road<'_>| {
            let closed = road.closed.map_or_else(String::new, |why| format!(" (closed: {})", md(why)));
            let mut row = vec![format!("{}{closed}", md(road.text))];
            row.extend(page.commented.then(|| road.posture.to_string()));
            let open = road.closed.is_none();
            row.extend(road.would.iter().map(|by| if open { by.clone() } else { String::new() }));
            row
        };
        self.table(&head, decision.roads.iter().map(road));
    }
}

/// A text on one line, with everything escaped that Markdown, or HTML in it, would take for something else.
fn md(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            escaped.push(' ');
        }
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbers = word.len() - digits.len();
        for (place, character) in word.char_indices() {
            match character {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' => escaped.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '!' | '{' | '}' => {
                    escaped.push('\\');
                    escaped.push(character);
                }
                // At the beginning of a line they would make a list, a rule or a heading.
                '-' | '+' | '=' | ':' if at == 0 && place == 0 => {
                    escaped.push('\\');
                    escaped.push(character);
                }
                '.' | ')' if at == 0 && numbers > 0 && place == numbers => {
                    escaped.push('\\');
                    escaped.push(character);
                }
                _ => escaped.push(character),
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_read_is_escaped() {
        for (text, escaped) in [
            ("<script>", "&lt;script&gt;"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("- a - b", "\\- a - b"),
            ("12. of May", "12\\. of May"),
            ("12k a year", "12k a year"),
            ("# a\n\n`b` | c", "\\# a \\`b\\` \\| c"),
            ("+4 and *so*", "\\+4 and \\*so\\*"),
        ] {
            assert_eq!(md(text), escaped);
        }
    }
}
