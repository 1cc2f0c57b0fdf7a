//! `play`, and the menu: on the screen, or line by line.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::time::Duration;

use super::args::{Play, Screen};
use super::own::{self, Own};
use super::{Failure, Outcome, Streams, library};
use crate::diagnostic::{human, summary};
use crate::engine::Seed;
use crate::keeper::{Book, Keeper, World};
use crate::plain::{self, Left, Page};
use crate::record::Record;
use crate::scenario::Scenario;
use crate::scenario::check::SCENES;
use crate::scenario::library::{Entry, Library, Problem};
use crate::story::Story;
use crate::terms::Feedback;
use crate::text::Text;
use crate::tui::screens::team::Opening;
use crate::tui::{self, Ended, Start};

/// More characters of a name than this are nobody's.
const LONGEST_NAME: usize = 40;

/// How long the end waits for what is still to be saved.
pub(super) const LAST_CHANCE: Duration = Duration::from_secs(2);
/// The same where a signal or the end of the terminal wants the program to be gone.
const SHORTLY: Duration = Duration::from_millis(100);

/// The menu.
pub(super) fn menu(screen: Screen, own: &Own) -> Result<Outcome, Failure> {
    on_screen(screen, own, None, None)
}

/// The menu, or what of a team's session is to be opened at once.
pub(super) fn on_screen(
    screen: Screen,
    own: &Own,
    name: Option<Text>,
    open: Option<Opening>,
) -> Result<Outcome, Failure> {
    // The store is read while the scenarios are.
    let keeper = Keeper::new(own.store.clone(), World::real());
    let start = Start {
        library: library(),
        scenario: None,
        seed: draw()?,
        fixed_seed: false,
        settings: own.settings(screen, None),
        notice: own.notice(),
        save: own.save(),
        write: own::write(),
        name,
        team: own.store.clone(),
        open,
    };
    show(start, keeper)
}

pub(super) fn run(play: &Play, before: Screen, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let name = play.name.as_deref().and_then(player);
    // The store is read while the scenarios are.
    let keeper = Keeper::new(own.store.clone(), World::real());
    let library = library();
    if play.plain {
        own.warn(streams)?;
        let feedback = play.feedback.unwrap_or(own.config.settings.feedback);
        let played = in_lines(play, feedback, name, &library, &keeper, streams);
        return played.and_then(|outcome| finish(keeper, LAST_CHANCE, outcome));
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
    let start = Start {
        scenario,
        library,
        seed: seed(play.seed)?,
        fixed_seed: play.seed.is_some(),
        settings: own.settings(play.screen.on(before), play.feedback),
        notice: own.notice(),
        save: own.save(),
        write: own::write(),
        name,
        team: own.store.clone(),
        open: None,
    };
    show(start, keeper)
}

fn show(start: Start, keeper: Keeper) -> Result<Outcome, Failure> {
    let ended = tui::run(start, &keeper).map_err(Failure::cannot)?;
    let patience = if ended == Ended::Quit { LAST_CHANCE } else { SHORTLY };
    finish(keeper, patience, Outcome::Ended(ended.exit_code()))
}

/// Sees to it that everything is kept, or says what isn't and how it can be kept by hand.
pub(super) fn finish(keeper: Keeper, patience: Duration, outcome: Outcome) -> Result<Outcome, Failure> {
    let Err(unkept) = keeper.finish(patience) else { return Ok(outcome) };
    let lines: Vec<String> = unkept.runs.iter().map(Record::to_line).collect();
    let them = if lines.len() == 1 { "this line holds it" } else { "these lines hold them" };
    Err(Failure::cannot(format!(
        "{unkept}\nKeep it by hand: {them}, and \"ridealong replay\" reads it.\n{}",
        lines.join("\n")
    )))
}

/// The seed that was asked for, or one that is drawn.
pub(super) fn seed(wanted: Option<u64>) -> Result<Seed, Failure> {
    wanted.map_or_else(draw, |seed| Ok(Seed(seed)))
}

fn in_lines(
    play: &Play,
    feedback: Feedback,
    name: Option<Text>,
    library: &Library,
    keeper: &Keeper,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
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
    let source = entry.content().ok().map(|loaded| loaded.source.text().into());
    let story = story(entry, streams)?;
    let left = match (play.resume, play.seed) {
        (true, _) => Left::TakenUp,
        (false, None) if streams.input_is_terminal => Left::Asked,
        (false, _) => Left::Alone,
    };
    let mut book = Book::new(Box::new(keeper.link(LAST_CHANCE)), name.clone());
    let options = plain::Options {
        seed: seed(play.seed)?,
        feedback,
        name,
        reference,
        source,
        interactive: streams.input_is_terminal,
        left,
        seat: None,
        taken: None,
    };
    let mut page = Page::new(&mut streams.output, streams.columns);
    keeper.wait_for_arrival(LAST_CHANCE);
    plain::play(&story, &options, &mut book, &mut streams.input, &mut page)?;
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
    match entry.into_owned().into_content() {
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
    match entry.content() {
        Ok(_) => Ok(()),
        Err(Problem::Unread(error)) => Err(Failure::cannot(error)),
        Err(Problem::Faulty { source, diagnostics }) => {
            streams.errors.write_all(human::render(source, diagnostics, false).as_bytes())?;
            let count = summary(diagnostics);
            Err(Failure::problem(format!("{} can't be played: {count}; mend the file and try again", source.name())))
        }
    }
}
