//! `check --explain`: what a code means.

use std::io;

use super::{Failure, Outcome, Streams};
use crate::diagnostic::Code;
use crate::diagnostic::page::{self, Example, Piece};
use crate::plain::Page;
use crate::text::Text;

pub(super) fn run(wanted: &str, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    // People copy codes with their brackets.
    let id = wanted.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(code) = Code::from_id(id) else { return Err(unknown(id)) };
    let mut page = Page::new(&mut streams.output, streams.columns);
    page.para(&format!("{} ({})", code.id(), page::kind(code)))?;
    page.gap()?;
    page.para(code.explain())?;
    page.gap()?;
    if let Some(Example { wrong, right }) = code.example() {
        for (title, piece) in [("Wrong:", wrong), ("Right:", right)] {
            match piece {
                Piece::Words(words) => page.para(&format!("{title} {words}"))?,
                Piece::File(file) => {
                    page.para(title)?;
                    verbatim(&mut page, file)?;
                }
            }
        }
    }
    if Code::CONTENT.contains(&code) {
        page.para(
            "Where it is meant to be so, say why, in the option, in its scene, or for the whole story under [allow]:",
        )?;
        verbatim(&mut page, &format!("allow = {{ {} = \"the reason\" }}", code.id()))?;
    }
    Ok(Outcome::Fine)
}

/// Lines of a file, moved in.
fn verbatim<W: io::Write>(page: &mut Page<W>, text: &str) -> io::Result<()> {
    page.gap()?;
    text.lines().try_for_each(|line| page.raw(format!("    {line}").trim_end()))?;
    page.gap()
}

fn unknown(id: &str) -> Failure {
    let id = Text::clean(&id.chars().take(64).collect::<String>());
    let near: Vec<&str> = Code::similar(&id).into_iter().map(Code::id).collect();
    if near.is_empty() {
        let all: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        return Failure::cannot(format!("there is no code \"{id}\"; the codes are {}", all.join(", ")));
    }
    Failure::cannot(format!("there is no code \"{id}\"; did you mean {}?", near.join(" or ")))
}
