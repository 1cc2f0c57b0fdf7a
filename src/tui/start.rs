//! From what was asked for to an app on a terminal.

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyCode};
use ratatui::Frame;

use super::app::{App, Setup};
use super::drive::{Drive, Flow};
use super::look;
use super::screens::team;
use super::settings::{SaveSettings, Settings, WriteFile};
use super::shelf::{Content, Listing, Reading};
use super::terminal::{self, Bell, Ended, TerminalError, TerminalOptions};
use crate::courier::{Ask, Carrying, Courier, News};
use crate::diagnostic::short;
use crate::engine::Seed;
use crate::keeper::{Keeper, Keeping, Opening, World};
use crate::scenario::check::SCENES;
use crate::scenario::library::{Entry, Library, Origin, Problem};
use crate::story::Story;
use crate::text::Text;

/// What the command line says to the screen.
pub struct Start {
    /// The scenarios to choose from.
    pub library: Library,
    /// The one to play at once; its file is good. Without one, the menu opens.
    pub scenario: Option<Entry>,
    /// Where a run's chance comes from.
    pub seed: Seed,
    /// Whether that seed was asked for, so that every run takes it.
    pub fixed_seed: bool,
    /// What the player has asked for.
    pub settings: Settings,
    /// Keeps what the player changes in the settings, and says if that can't be.
    pub save: SaveSettings,
    /// Writes what the player exports.
    pub write: WriteFile,
    /// Something to be said on the first screen.
    pub notice: Option<Text>,
    /// Who plays, if they said so: safe, on one line, 40 characters at most.
    pub name: Option<Text>,
    /// Where team sessions are kept.
    pub team: Opening,
    /// What of a team's session is to be opened at once.
    pub open: Option<team::Opening>,
}

/// How long the first screen waits for what was kept before. What takes longer comes in when it is there.
pub const ARRIVAL: Duration = Duration::from_millis(10);
/// How long a key waits for an answer to be saved, before the screen shows that it isn't yet.
const SAVING: Duration = Duration::from_millis(60);

/// Shows the menu or plays, until somebody leaves. What is played is kept by the keeper.
///
/// # Errors
/// If there is no terminal to draw on, or it fails.
pub fn run(start: Start, keeper: &Keeper) -> Result<Ended, TerminalError> {
    keeper.wait_for_arrival(ARRIVAL);
    let bell = Arc::new(OnceLock::new());
    let carrying = Later::new(start.team.clone(), Arc::clone(&bell));
    let mut app = app(start, Box::new(keeper.link(SAVING)), Box::new(carrying));
    let unread = app.unread();
    let listen = |rung: Bell| {
        let _ = bell.set(rung.clone());
        read_behind(unread, rung.clone());
        // What has come before there was a bell has to be told, too.
        rung.ring();
        keeper.on_change(move || rung.ring());
    };
    if std::env::var_os(PANIC_VARIABLE).is_some() {
        return terminal::run_with(&mut Fragile(app), TerminalOptions::default(), listen);
    }
    terminal::run_with(&mut app, TerminalOptions::default(), listen)
}

/// Has files read while the first screen shows, and tells when that is done.
fn read_behind(unread: Vec<Arc<Reading>>, bell: Bell) {
    // Where there is no thread to be had, each is read when somebody asks for it.
    let _ = thread::Builder::new().spawn(move || {
        for reading in unread {
            reading.content();
        }
        bell.ring();
    });
}

/// With this variable set, F12 panics: for tests of what happens to the terminal then.
const PANIC_VARIABLE: &str = "RIDEALONG_TEST_PANIC";

/// An app that can be made to panic.
struct Fragile(App);

impl Drive for Fragile {
    #[allow(clippy::panic, reason = "this is what it is for")]
    fn event(&mut self, event: Event) -> Flow {
        if matches!(event, Event::Key(key) if key.code == KeyCode::F(12)) {
            panic!("as asked for");
        }
        self.0.event(event)
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.0.draw(frame);
    }

    fn next_tick(&self) -> Option<Duration> {
        self.0.next_tick()
    }

    fn tick(&mut self, passed: Duration) -> Flow {
        self.0.tick(passed)
    }

    fn woken(&mut self) -> Flow {
        self.0.woken()
    }
}

/// A courier that is made when it is asked for something: who never does has no thread more, and no file open.
struct Later {
    team: Opening,
    bell: Arc<OnceLock<Bell>>,
    courier: Option<Courier>,
}

impl Later {
    const fn new(team: Opening, bell: Arc<OnceLock<Bell>>) -> Self {
        Self { team, bell, courier: None }
    }
}

impl Carrying for Later {
    fn ask(&mut self, ask: Ask) {
        let (team, bell) = (&self.team, &self.bell);
        let courier = self.courier.get_or_insert_with(|| {
            let bell = Arc::clone(bell);
            Courier::new(team.clone(), World::real(), move || {
                if let Some(bell) = bell.get() {
                    bell.ring();
                }
            })
        });
        courier.ask(ask);
    }

    fn news(&mut self) -> Vec<News> {
        self.courier.as_mut().map(Carrying::news).unwrap_or_default()
    }
}

/// The app that was asked for.
pub fn app(start: Start, keeping: Box<dyn Keeping>, carrying: Box<dyn Carrying>) -> App {
    let Start { library, scenario, seed, fixed_seed, settings, save, write, notice, name, team: _, open } = start;
    let folder_problem = library.folder_problem.clone();
    let mut entries = library.into_entries();
    // A scenario that was named by its path stands on the menu, too.
    entries.extend(scenario.clone().filter(|entry| matches!(entry.origin, Origin::Path(_))));
    let wanted = scenario
        .as_ref()
        .and_then(|entry| entries.iter().position(|each| each.id == entry.id && each.origin == entry.origin));
    let mut listings: Vec<Listing> = entries.into_iter().map(listing).collect();
    if let Some(problem) = folder_problem {
        let text = format!("Your own scenarios are left out: {problem}");
        listings.push(Listing::problem("Your own scenarios".to_owned(), Text::clean(&text)));
    }
    let terminal = look::Terminal::from_env(|name| std::env::var(name).ok());
    App::new(Setup {
        listings,
        wanted,
        settings,
        terminal,
        seed,
        fixed_seed,
        name,
        keeping,
        carrying,
        open,
        save,
        write,
        notice,
    })
}

/// A scenario file as it stands on the menu. Those that come with the program are good: they are read later.
pub(super) fn listing(entry: Entry) -> Listing {
    let own = entry.origin != Origin::Shipped;
    match entry.glance().filter(|_| !own || problem(&entry).is_none()) {
        Some(glance) => Listing { own, ..Listing::later(glance, entry.reference(), move || content(entry)) },
        None => Listing::problem(entry.id.to_string(), problem(&entry).unwrap_or_default()),
    }
}

/// What is made of a scenario file.
fn content(entry: Entry) -> Content {
    if let Some(problem) = problem(&entry) {
        return Content::Problem(problem);
    }
    match entry.into_content() {
        Ok(loaded) => {
            let source = Some(loaded.source.text().into());
            Content::Story { story: Arc::new(Story::new(loaded.scenario)), source }
        }
        Err(_) => Content::Problem(Text::EMPTY),
    }
}

/// Why a scenario file can't be played, in a line or two, if it can't.
fn problem(entry: &Entry) -> Option<Text> {
    let text = match entry.content() {
        Ok(_) if entry.is_too_long_to_play() => {
            format!("It has more than {SCENES} scenes, too many to be played; split the story into several.")
        }
        Ok(_) => return None,
        Err(Problem::Unread(error)) => error.to_string(),
        Err(Problem::Faulty { source, diagnostics }) => short::render(source, diagnostics.get(..1).unwrap_or_default()),
    };
    Some(Text::clean(&text))
}
