//! What somebody answers at a prompt.

use std::io::{self, BufRead, Read};

use crate::text::Text;

/// The bytes looked at of a line; the rest of a longer one is passed over.
const LONGEST: u64 = 4096;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A number.
    Number(usize),
    /// `?`: what can be typed.
    Help,
    /// `h`: the story so far.
    History,
    /// `i`: the briefing.
    Briefing,
    /// `m`: the meters.
    Meters,
    /// `s`: the scene again.
    Scene,
    /// `u`: back one decision.
    Back,
    /// `q`: leave.
    Quit,
    /// An empty line.
    Nothing,
    /// Something else, made safe and cut short.
    Other(Text),
    /// There is nothing more to come.
    EndOfInput,
}

/// Reads one line and says what it means.
pub fn answer(input: &mut impl BufRead) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    if input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(Answer::EndOfInput);
    }
    if !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(meaning(&String::from_utf8_lossy(&bytes)))
}

fn meaning(line: &str) -> Answer {
    let line = line.trim();
    match line.to_ascii_lowercase().as_str() {
        "" => Answer::Nothing,
        "?" | "help" => Answer::Help,
        "h" | "history" => Answer::History,
        "i" | "briefing" => Answer::Briefing,
        "m" | "meters" => Answer::Meters,
        "s" | "scene" => Answer::Scene,
        "u" | "back" => Answer::Back,
        "q" | "quit" => Answer::Quit,
        other => {
            let digits = other.trim_end_matches(['.', ')']);
            let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
            number.map_or_else(|| Answer::Other(short(line)), Answer::Number)
        }
    }
}

/// A line to be quoted back: safe and short.
fn short(line: &str) -> Text {
    Text::clean(&line.chars().take(40).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_mean_what_they_say() {
        for (line, means) in [
            ("2", Answer::Number(2)),
            (" 3. ", Answer::Number(3)),
            ("4)", Answer::Number(4)),
            ("", Answer::Nothing),
            ("?", Answer::Help),
            ("H", Answer::History),
            ("quit", Answer::Quit),
            ("u", Answer::Back),
            ("+2", Answer::Other(Text::clean("+2"))),
            ("two", Answer::Other(Text::clean("two"))),
            ("\u{1b}]0;x\u{7}", Answer::Other(Text::clean("]0;x"))),
            ("99999999999999999999999", Answer::Other(Text::clean("99999999999999999999999"))),
        ] {
            assert_eq!(meaning(line), means, "{line:?}");
        }
    }

    #[test]
    fn a_line_without_end_is_one_answer() {
        let mut input = vec![b'x'; 100_000];
        input.extend(b"\n2");
        let mut input = input.as_slice();
        assert!(matches!(answer(&mut input), Ok(Answer::Other(_))));
        assert!(matches!(answer(&mut input), Ok(Answer::Number(2))));
        assert!(matches!(answer(&mut input), Ok(Answer::EndOfInput)));
    }
}
