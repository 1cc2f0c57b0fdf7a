//! The line-by-line player: for screen readers, for pipes, for terminals that can't draw.
//!
//! The same engine as on the screen, and nothing but lines of text: no drawing, no cursor movement, no colour. Generic
//! over where lines come from and go to; it opens no files, and hands what is played to a [`Book`].

mod page;
mod pick;
mod prompt;
mod tell;

use std::io::{self, BufRead, Write};
use std::sync::Arc;

pub use page::Page;
pub use pick::pick;
pub use prompt::{Answer, answer};

use crate::engine::{Chosen, Run, Seed};
use crate::keeper::{Attempt, Book, First, Seated, Standing, TakenUp};
use crate::record::Record;
use crate::report::text::debrief;
use crate::story::{Entered, Story};
use crate::terms::Feedback;
use crate::text::Text;

/// How a run is played.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the run's chance comes from.
    pub seed: Seed,
    /// When the comment on a choice is told.
    pub feedback: Feedback,
    /// Who plays, if they said so.
    pub name: Option<Text>,
    /// What the run record names the scenario by: its id, or its path.
    pub reference: String,
    /// The scenario file, kept with the run.
    pub source: Option<Arc<str>>,
    /// Whether somebody sits at it: then passages wait for Enter.
    pub interactive: bool,
    /// What becomes of a run that was left.
    pub left: Left,
    /// In which round of a team's session it is played, if it is: its ticket is taken before the first scene shows.
    pub seat: Option<Seated>,
    /// As what its run is kept, where that ticket has been taken already.
    pub taken: Option<Attempt>,
}

/// What becomes of a run that was left, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It is left alone.
    Alone,
    /// Who sits there is asked.
    Asked,
    /// It is taken up.
    TakenUp,
}

/// How much is told of the way to where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    Whole,
    Last,
}

/// Whether play goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Go,
    Stop,
}

/// Plays a story from its start, or from where it was left, until it ends, is left, or there is no more input.
pub fn play<R: BufRead, W: Write>(
    story: &Story,
    options: &Options,
    book: &mut Book,
    input: R,
    page: &mut Page<W>,
) -> io::Result<()> {
    let run = story.begin(options.seed);
    Player { story, options, book, input, page, run, attempt: options.taken, first: None }.play()
}

struct Player<'a, R, W> {
    story: &'a Story,
    options: &'a Options,
    book: &'a mut Book,
    input: R,
    page: &'a mut Page<W>,
    run: Run,
    /// As what the run is kept.
    attempt: Option<Attempt>,
    /// The first attempt, if this isn't it.
    first: Option<First>,
}

impl<'a, R: BufRead, W: Write> Player<'a, R, W> {
    fn play(&mut self) -> io::Result<()> {
        tell::briefing(self.page, &self.story.scenario)?;
        let mut on = self.take_up()?;
        let seat = self.options.seat.as_ref().filter(|seat| !seat.practice && self.attempt.is_none());
        if let Some(seat) = seat.filter(|_| on == On::Go) {
            self.attempt = Some(self.book.sit(seat));
        }
        let name = self.options.name.as_ref().map(|name| format!("Playing: {name}. ")).unwrap_or_default();
        self.page.para(&format!("{name}Seed: {}.", self.run.seed()))?;
        if on == On::Go {
            on = self.pause()?;
        }
        if on == On::Go {
            on = self.tell_again(Telling::Whole)?;
        }
        while on == On::Go && self.story.standing_at(&self.run).is_some() {
            on = self.decide()?;
        }
        self.finish()
    }

    /// Goes on with the run that was left, if there is one and it is wanted.
    fn take_up(&mut self) -> io::Result<On> {
        self.book.take_in();
        if let Some(trouble) = self.book.trouble() {
            self.page.para(&trouble)?;
        }
        let reference = &self.options.reference;
        let Some(left) = self.book.open(reference) else {
            if self.options.left == Left::TakenUp {
                self.page.para("No run of this was left; it begins.")?;
            }
            return Ok(On::Go);
        };
        let decision = left.summary.decisions + 1;
        match self.options.left {
            Left::Alone => return Ok(On::Go),
            Left::TakenUp => {}
            Left::Asked => {
                let question = format!("You left this at decision {decision}. Enter goes on, n begins anew:");
                self.page.ask(&question, true)?;
                match prompt::answer(&mut self.input)? {
                    Answer::Nothing => {}
                    Answer::Quit => return Ok(On::Stop),
                    Answer::EndOfInput => return self.end_of_input(),
                    _ => return Ok(On::Go),
                }
            }
        }
        if let Some(TakenUp { run, attempt, first, notice }) = self.book.take_up(reference, self.story) {
            (self.run, self.attempt, self.first) = (run, attempt, first);
            match notice {
                Some(notice) => self.page.para(&notice)?,
                None => self.page.para(&format!("You go on at decision {decision}."))?,
            }
            if self.attempt.is_none() {
                self.keep()?;
            }
        }
        Ok(On::Go)
    }

    /// Has the run kept as it stands, and says so if it isn't.
    fn keep(&mut self) -> io::Result<()> {
        let before = self.book.trouble();
        let attempt = self.book.keep(Standing {
            story: self.story,
            run: &self.run,
            attempt: self.attempt,
            first: self.first.as_ref().and_then(|first| first.attempt),
            reference: &self.options.reference,
            source: self.options.source.as_ref(),
            feedback: self.options.feedback,
            seat: self.options.seat.as_ref(),
        });
        self.attempt = Some(attempt);
        match self.book.trouble() {
            Some(trouble) if before.as_ref() != Some(&trouble) => self.page.para(&trouble),
            None if before.is_some() => self.page.para("Saved."),
            Some(_) | None => Ok(()),
        }
    }

    /// Asks at the present decision until something is chosen, and tells what follows.
    fn decide(&mut self) -> io::Result<On> {
        let offered = self.story.offered(&self.run);
        tell::options(self.page, &offered)?;
        loop {
            self.page.ask(&format!("Your choice, 1 to {} (? for help):", offered.len()), self.options.interactive)?;
            match prompt::answer(&mut self.input)? {
                Answer::Number(number) => match number.checked_sub(1).and_then(|place| offered.get(place)) {
                    Some(chosen) => match chosen.closed {
                        Some(why) => self
                            .page
                            .para(&format!("{number} is closed: {}. Choose another.", why.trim_end_matches('.')))?,
                        None => return self.choose(number, chosen.chosen),
                    },
                    None => self.page.para(&format!("There is no {number} here: 1 to {}.", offered.len()))?,
                },
                Answer::Help => tell::help(self.page, offered.len())?,
                Answer::History => tell::history(self.page, self.story, &self.run)?,
                Answer::Briefing => tell::briefing(self.page, &self.story.scenario)?,
                Answer::Meters => tell::meters(self.page, self.story, &self.run)?,
                Answer::Scene => return self.tell_again(Telling::Last),
                Answer::Back if self.run.steps().is_empty() => self.page.para("This is the first decision.")?,
                Answer::Back if self.is_ranked() => self.page.para("There is no way back in a ranked run.")?,
                Answer::Back => return self.back(),
                Answer::Quit => return Ok(On::Stop),
                Answer::EndOfInput => return self.end_of_input(),
                Answer::Nothing => self.page.para(&format!("Type a number from 1 to {}.", offered.len()))?,
                Answer::Other(typed) => self.page.para(&format!(
                    "\"{typed}\" means nothing here. Type a number from 1 to {}, or ? for help.",
                    offered.len()
                ))?,
            }
        }
    }

    /// Whether it is somebody's one run of a team's round that counts.
    fn is_ranked(&self) -> bool {
        self.options.seat.as_ref().is_some_and(|seat| !seat.practice)
    }

    fn choose(&mut self, number: usize, chosen: Chosen) -> io::Result<On> {
        // Only what is open gets here.
        if self.run.choose(&self.story.program, chosen).is_err() {
            return Ok(On::Go);
        }
        // Before its consequence shows.
        self.keep()?;
        let Some(after) = self.run.steps().last().and_then(|step| self.story.aftermath(step)) else {
            return Ok(On::Go);
        };
        self.page.para(&format!("You chose {number}: {}", after.option.text))?;
        tell::consequence(self.page, &after, self.options.feedback, self.rep())?;
        match self.pause()? {
            On::Go => self.enter(&after.entered),
            On::Stop => Ok(On::Stop),
        }
    }

    /// Tells the scenes that were entered: passages on the way, then the decision.
    fn enter(&mut self, entered: &[Entered<'_>]) -> io::Result<On> {
        for here in entered {
            let decision = self.story.standing_at(&self.run).is_some_and(|(scene, _)| std::ptr::eq(scene, here.scene));
            if decision {
                let number = self.run.state().decisions + 1;
                let numbers = Some((number, self.story.decisions_in_all(&self.run)));
                tell::scene(self.page, here, numbers, self.rep())?;
            } else if !here.scene.text.is_empty() || !here.echoes.is_empty() {
                tell::scene(self.page, here, None, self.rep())?;
                if self.pause()? == On::Stop {
                    return Ok(On::Stop);
                }
            }
        }
        Ok(On::Go)
    }

    /// How it has come to where the run stands, or only the present scene.
    fn tell_again(&mut self, telling: Telling) -> io::Result<On> {
        let story = self.story;
        let run = self.run.clone();
        let entered = match run.steps().last() {
            Some(step) => story.aftermath(step).map(|after| after.entered).unwrap_or_default(),
            None => story.opening(&run),
        };
        let first = match telling {
            Telling::Whole => 0,
            Telling::Last => entered.len().saturating_sub(1),
        };
        self.enter(&entered[first..])
    }

    /// Takes the last decision back. The first time, what was played so far is kept: it is the first attempt.
    fn back(&mut self) -> io::Result<On> {
        if self.first.is_none() {
            self.first = Some(First { attempt: self.attempt, run: self.run.clone() });
            if let Some(attempt) = self.attempt.take() {
                self.book.leave(attempt.id);
            }
        }
        self.run = self.run.back_to(&self.story.program, self.run.steps().len().saturating_sub(1));
        self.keep()?;
        self.page.para("Back one decision. From here on it is practice; your first attempt stays on record.")?;
        self.tell_again(Telling::Last)
    }

    /// Waits for Enter, if somebody sits at it.
    fn pause(&mut self) -> io::Result<On> {
        if !self.options.interactive {
            return Ok(On::Go);
        }
        self.page.ask("Press Enter to go on.", true)?;
        match prompt::answer(&mut self.input)? {
            Answer::Quit => Ok(On::Stop),
            Answer::EndOfInput => self.end_of_input(),
            _ => Ok(On::Go),
        }
    }

    fn end_of_input(&mut self) -> io::Result<On> {
        if self.options.interactive {
            // The prompt has left its line open.
            self.page.gap()?;
        }
        self.page.para("End of input.")?;
        Ok(On::Stop)
    }

    /// The end, wherever it is: the debrief or where it stands, and the run as one line to keep.
    fn finish(&mut self) -> io::Result<()> {
        if self.run.ending(&self.story.program).is_some() {
            self.page.blocks(&debrief(self.story, &self.run, self.options.feedback))?;
        } else {
            self.page.heading("Left before the end")?;
            let (made, all) = (self.run.state().decisions, self.story.decisions_in_all(&self.run));
            self.page.para(&format!("Decisions made: {made} of about {all}."))?;
            tell::meters(self.page, self.story, &self.run)?;
            if self.attempt.is_some() && self.book.trouble().is_none() {
                self.page.para(match self.options.seat {
                    Some(_) => "It is saved; joining again goes on with it.",
                    None => "It is saved; --plain --resume goes on with it, and so does the menu.",
                })?;
            }
        }
        if self.options.seat.is_some() {
            // It is told by the session's code, which "replay" doesn't know, and sent as it is.
            return self.page.flush();
        }
        if let Some(first) = &self.first {
            self.page.heading("Your first attempt, up to where you went back")?;
            self.page.raw(&self.record(&first.run))?;
        }
        self.page.heading("Your run; keep this line, \"ridealong replay\" reads it")?;
        self.page.raw(&self.record(&self.run))?;
        self.page.flush()
    }

    fn record(&self, run: &Run) -> String {
        Record::of(self.story, run).naming(&self.options.reference).to_line()
    }

    fn rep(&self) -> &'a str {
        self.story.scenario.rep().first_name()
    }
}
