//! `play`, and the menu: on the screen, or line by line.

use std::borrow::Cow;
use std::ffi::OsStr;

use super::args::{Play, Screen};
use super::{Failure, Outcome, Streams};
use crate::diagnostic::{human, summary};
use crate::engine::Seed;
use crate::plain::{self, Page};
use crate::scenario::Scenario;
use crate::scenario::check::SCENES;
use crate::scenario::library::{Entry, Library, Problem};
use crate::story::Story;
use crate::terms::Feedback;
use crate::text::Text;
use crate::tui::{self, Start, Wish};

/// More characters of a name than this are nobody's.
const LONGEST_NAME: usize = 40;

/// The menu.
pub(super) fn menu(screen: Screen, library: Library) -> Result<Outcome, Failure> {
    show(Start {
        library,
        scenario: None,
        seed: draw()?,
        fixed_seed: false,
        feedback: Feedback::default(),
        name: None,
        wish: wish(screen),
    })
}

pub(super) fn run(
    play: &Play,
    before: Screen,
    library: Library,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let name = play.name.as_deref().and_then(player);
    if play.plain {
        return in_lines(play, name, &library, streams);
    }
    let scenario = match &play.scenario {
        Some(wanted) => {
            let entry = library.find(wanted).map_err(Failure::cannot)?.into_owned();
            // Its problems, if it has any, are told before the screen is taken.
            faults(&entry, streams)?;
            Some(entry)
        }
        None => None,
    };
    show(Start {
        scenario,
        library,
        seed: seed(play.seed)?,
        fixed_seed: play.seed.is_some(),
        feedback: play.feedback,
        name,
        wish: wish(play.screen.on(before)),
    })
}

fn show(start: Start) -> Result<Outcome, Failure> {
    tui::run(start).map(|ended| Outcome::Ended(ended.exit_code())).map_err(Failure::cannot)
}

/// The seed that was asked for, or one that is drawn.
pub(super) fn seed(wanted: Option<u64>) -> Result<Seed, Failure> {
    wanted.map_or_else(draw, |seed| Ok(Seed(seed)))
}

pub(super) fn wish(screen: Screen) -> Wish {
    Wish { theme: screen.theme, ascii: screen.ascii, reduce_motion: screen.reduce_motion }
}

fn in_lines(play: &Play, name: Option<Text>, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let entry = if let Some(wanted) = &play.scenario {
        library.find(wanted).map_err(Failure::cannot)?
    } else {
        let mut page = Page::new(&mut streams.output, streams.columns);
        match plain::pick(library, &mut streams.input, &mut page, streams.input_is_terminal)? {
            Some(entry) => Cow::Borrowed(entry),
            None => return Ok(Outcome::Fine),
        }
    };
    let reference = entry.reference();
    let story = story(entry, streams)?;
    let options = plain::Options {
        seed: seed(play.seed)?,
        feedback: play.feedback,
        name,
        reference,
        interactive: streams.input_is_terminal,
    };
    let mut page = Page::new(&mut streams.output, streams.columns);
    plain::play(&story, &options, &mut streams.input, &mut page)?;
    Ok(Outcome::Fine)
}

/// A seed, short enough to be read out to a room.
pub(super) fn draw() -> Result<Seed, Failure> {
    let drawn = getrandom::u32()
        .map_err(|error| Failure::cannot(format!("no seed could be drawn ({error}); give one with --seed N")))?;
    Ok(Seed(u64::from(drawn % 1_000_000)))
}

/// A player's name, safe and on one line; nothing if nothing is left of it.
pub(super) fn player(name: &OsStr) -> Option<Text> {
    let name = Text::clean(&name.to_string_lossy());
    let short = Text::clean(&name.chars().take(LONGEST_NAME).collect::<String>());
    (!short.is_empty()).then_some(short)
}

/// The story of a scenario that was found, to be played. If its file has problems, they are told on standard error.
pub(super) fn story(entry: Cow<'_, Entry>, streams: &mut Streams<'_>) -> Result<Story, Failure> {
    if entry.is_too_long_to_play() {
        return Err(too_long(&entry));
    }
    any_story(entry, streams)
}

/// The story of a scenario that was found, of any length: for bots.
pub(super) fn any_story(entry: Cow<'_, Entry>, streams: &mut Streams<'_>) -> Result<Story, Failure> {
    scenario(entry, streams).map(Story::new)
}

/// The scenario that was found, however long. If its file has problems, they are told on standard error.
pub(super) fn scenario(entry: Cow<'_, Entry>, streams: &mut Streams<'_>) -> Result<Scenario, Failure> {
    problems(&entry, streams)?;
    match entry.into_owned().content {
        Ok(loaded) => Ok(loaded.scenario),
        Err(_) => Err(Failure::problem("the scenario can't be used")),
    }
}

/// Tells what is wrong with a scenario file, if it can't be played.
fn faults(entry: &Entry, streams: &mut Streams<'_>) -> Result<(), Failure> {
    if entry.is_too_long_to_play() { Err(too_long(entry)) } else { problems(entry, streams) }
}

fn too_long(entry: &Entry) -> Failure {
    Failure::problem(format!("{} has more than {SCENES} scenes, too many to be played", entry.id))
}

/// Tells the errors of a scenario file, if it has some.
fn problems(entry: &Entry, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match &entry.content {
        Ok(_) => Ok(()),
        Err(Problem::Unread(error)) => Err(Failure::cannot(error)),
        Err(Problem::Faulty { source, diagnostics }) => {
            streams.errors.write_all(human::render(source, diagnostics, false).as_bytes())?;
            let count = summary(diagnostics);
            Err(Failure::problem(format!("{} can't be played: {count}; mend the file and try again", source.name())))
        }
    }
}
