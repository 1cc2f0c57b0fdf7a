//! Choosing a scenario by number.

use std::io::{self, BufRead, Write};

use super::page::Page;
use super::prompt::{Answer, answer};
use crate::scenario::library::{Entry, Library};

/// Lists what can be played and asks for a number. Nothing if somebody leaves or the input ends.
pub fn pick<'l, R: BufRead, W: Write>(
    library: &'l Library,
    input: &mut R,
    page: &mut Page<W>,
    interactive: bool,
) -> io::Result<Option<&'l Entry>> {
    library.read();
    let playable: Vec<&Entry> =
        library.entries().filter(|entry| entry.scenario().is_some() && !entry.is_too_long_to_play()).collect();
    page.para("Scenarios")?;
    for (number, entry) in (1..).zip(&playable) {
        if let Some(scenario) = entry.scenario() {
            let (title, level, minutes) = (&scenario.title, scenario.level, scenario.minutes);
            page.item(
                &format!("{number}."),
                &format!("{title}. Level {level} of 5, {minutes} minutes. {}", scenario.summary),
            )?;
        }
    }
    let wrong = library.entries().count() - playable.len();
    if wrong > 0 {
        page.para(&format!("Left out, since they can't be played: {wrong}. \"ridealong list\" names them."))?;
    }
    page.gap()?;
    loop {
        page.ask(&format!("Which one, 1 to {} (q leaves)?", playable.len()), interactive)?;
        match answer(input)? {
            Answer::Number(number) => match number.checked_sub(1).and_then(|place| playable.get(place)) {
                Some(entry) => {
                    page.gap()?;
                    return Ok(Some(entry));
                }
                None => page.para(&format!("There is no {number} here."))?,
            },
            Answer::Quit => return Ok(None),
            Answer::EndOfInput => {
                page.para("End of input; nothing was played.")?;
                return Ok(None);
            }
            _ => page.para("Type the number of a scenario, or q to leave.")?,
        }
    }
}
