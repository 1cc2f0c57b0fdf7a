//! A story played while it is written: saves come in, the play stays where it was, problems show below.

use std::path::Path;
use std::sync::mpsc::{Sender, channel};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ridealong::engine::Seed;
use ridealong::keeper::Forgetful;
use ridealong::scenario::library::{Entry, ReadError};
use ridealong::story::Story;
use ridealong::text::Text;
use ridealong::tui::app::{App, Setup};
use ridealong::tui::drive::{Drive, Flow};
use ridealong::tui::keymap::Context;
use ridealong::tui::settings::Settings;
use ridealong::tui::shelf::Listing;
use ridealong::tui::watching::{News, Panel, Watching};

use crate::player::{terminal, words};

fn story() -> String {
    ridealong::scenario::new::scenario("mine").unwrap()
}

fn entry(text: &str) -> Entry {
    Entry::reviewed(Path::new("mine.toml"), text.as_bytes())
}

/// An author at the screen.
struct Author {
    watching: Watching,
    outbox: Sender<News>,
    size: (u16, u16),
}

impl Author {
    fn opens(text: &str, size: (u16, u16)) -> Self {
        let entry = entry(text);
        let listing = match entry.scenario() {
            Some(scenario) => Listing::story(Story::new(scenario.clone()), true),
            None => Listing::problem("mine".to_owned(), Text::clean("broken")),
        };
        let app = App::new(Setup {
            listings: vec![listing],
            wanted: Some(0),
            settings: Settings { reduce_motion: true, ..Settings::default() },
            terminal: terminal(),
            seed: Seed(4),
            fixed_seed: true,
            name: None,
            carrying: Box::new(ridealong::courier::Nobody),
            open: None,
            keeping: Box::new(Forgetful::default()),
            save: Box::new(|_, _| None),
            write: Box::new(|name, _| ridealong::text::Text::clean(name)),
            notice: None,
        });
        let (outbox, inbox) = channel();
        let mut author = Self { watching: Watching::new(app, Panel::of(&entry), inbox), outbox, size };
        author.watching.event(Event::Resize(size.0, size.1));
        author
    }

    fn saves(&mut self, text: &str) -> &mut Self {
        self.outbox.send(News::Saved(Box::new(entry(text)))).unwrap();
        assert_eq!(self.watching.woken(), Flow::Redraw);
        self
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let code = match key {
                "enter" => KeyCode::Enter,
                "f2" => KeyCode::F(2),
                letter => KeyCode::Char(letter.chars().next().unwrap()),
            };
            self.watching.event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self
    }

    /// Chooses the option with these words, and reads on to the next decision.
    fn chooses(&mut self, words: &str) -> &mut Self {
        let text = self.text();
        let row = text.lines().find(|row| row.contains(words)).unwrap_or_else(|| panic!("{words:?} in\n{text}"));
        let number = row.trim_start().chars().next().unwrap();
        self.keys(&number.to_string());
        for _ in 0..9 {
            if self.watching.context() == Context::Choosing || self.text().contains("Debrief") {
                break;
            }
            self.keys("enter");
        }
        self
    }

    fn text_at(&self, (width, height): (u16, u16)) -> String {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        self.watching.render(area, &mut buffer);
        let rows = buffer.content.chunks(usize::from(width));
        let row = |cells: &[ratatui::buffer::Cell]| {
            cells.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()
        };
        rows.map(row).collect::<Vec<_>>().join("\n")
    }

    fn text(&self) -> String {
        self.text_at(self.size)
    }

    #[track_caller]
    fn sees(&self, pieces: &[&str]) -> &Self {
        let shown = words(&self.text());
        for piece in pieces {
            assert!(shown.contains(piece), "{piece:?} is missing in\n{}", self.text());
        }
        self
    }
}

/// At the second decision, with a promise behind it.
fn at_the_desk(size: (u16, u16)) -> Author {
    let mut author = Author::opens(&story(), size);
    author.keys("enter").chooses("promise him that").sees(&["Was that Mr Falk", "no problems"]);
    author
}

#[test]
fn a_save_shows_where_the_player_is() {
    let mut author = at_the_desk((80, 24));
    author.saves(&story().replace("Was that Mr Falk?", "Was it he?"));
    author.sees(&["Was it he?", "2 of ~3", "She has seen the order"]);
    // Other ids of scenes, options before and after: the choice is still the same one.
    let moved = story().replace("\"desk\"", "\"noors-desk\"").replace("id      = \"settled\"", "id      = \"sorted\"");
    author.saves(&moved).sees(&["Was that Mr Falk?", "2 of ~3"]);
    // While the consequence is read, too.
    author.chooses("word for word").keys("u").sees(&["Was that Mr Falk?"]);
    author.keys("1").saves(&story()).sees(&["Enter go on"]);
}

#[test]
fn what_leads_no_further_is_said() {
    let mut author = at_the_desk((80, 24));
    author.chooses("word for word").sees(&["ten per cent"]);
    author.saves(&story().replace("\"all-of-it\"", "\"all\""));
    author.sees(&["Was that Mr Falk?", "1 of 2 choices kept: `all-of-it` is not open there any more"]);
    author.saves(&story().replace("\"promise\"", "\"promises\""));
    author.sees(&["are they coming?", "0 of 1 choices kept: `promise`"]);
    author.saves(&story()).sees(&["are they coming?", "no problems"]);
    assert!(!author.text().contains("kept"));
}

#[test]
fn a_broken_save_keeps_the_last_good_version() {
    let mut author = at_the_desk((80, 24));
    let broken = story().replace("goto  = \"visit\"", "goto  = \"vist\"").replace("level    = 1", "level    = 9");
    author.saves(&broken);
    author.sees(&[
        "Was that Mr Falk",
        "mine.toml: 2 errors; the last good version plays on",
        "error 15:12 `level` of the file is 9",
        "error 105:9 there is no scene or ending `vist` [unknown-target]",
    ]);
    author.chooses("word for word").sees(&["ten per cent", "2 errors"]);
    author.saves("no toml at all").sees(&["ten per cent", "the last good version plays on"]);
    author.saves(&story()).sees(&["ten per cent", "mine.toml: no problems"]);
    author.outbox.send(News::Lost(ReadError::Missing(Text::clean("mine.toml")))).unwrap();
    assert_eq!(author.watching.woken(), Flow::Redraw);
    author.sees(&["ten per cent", "mine.toml does not exist"]);
    author.saves(&story()).sees(&["ten per cent", "no problems"]);
}

#[test]
fn a_file_that_was_broken_at_first_opens_when_it_is_mended() {
    let broken = story().replace("level    = 1", "level    = 9");
    let mut author = Author::opens(&broken, (80, 24));
    author.sees(&["has problems", "1 error; it plays once they are mended", "`level` of the file is 9"]);
    author.saves(&broken.replace("minutes  = 5", "minutes = 0")).sees(&["2 errors; it plays once they are mended"]);
    author.saves(&story()).sees(&["Enter begin", "no problems"]);
    author.saves(&story().replace("Noor may move", "Noor can move")).sees(&["Noor can move a delivery"]);
}

#[test]
fn the_debrief_follows_too() {
    let mut author = at_the_desk((80, 24));
    author.chooses("word for word").chooses("terms are Noor's").keys("enter enter enter").sees(&["Debrief"]);
    author.keys("4").saves(&story().replace("title = \"Tuesday: the phone\"", "title = \"Tuesday: a ring\""));
    author.sees(&["Debrief", "Tuesday: a ring"]);
    author.saves(&story().replace("\"hers\"", "\"theirs\"")).sees(&["ten per cent", "2 of 3 choices kept"]);
    // A run that was left is carried over as well.
    author.keys("q").sees(&["resume at scene", "2 of 3 choices kept"]);
    author.saves(&story().replace("\"all-of-it\"", "\"all\"")).sees(&["resume at scene"]);
    author.keys("enter").sees(&["Was that Mr Falk?", "2 of ~3"]);
}

#[test]
fn the_panel_grows_on_request() {
    let mut author = at_the_desk((80, 24));
    let looks = "Say that it's sorted for now, and";
    let broken = story()
        .replace(looks, "Just never say it's always sorted, and")
        .replace("level    = 1", "level    = 9")
        .replace("minutes  = 5", "minutes  = 0");
    author.saves(&broken).sees(&["2 errors, 3 warnings", "F2 all"]);
    assert!(!author.text().contains("[loaded-word]"), "cut");
    let count = |author: &Author| author.text().lines().filter(|line| line.contains('[')).count();
    let small = count(&author);
    author.keys("f2").sees(&["F2 fewer", "\"always\"", "[loaded-word]"]);
    assert!(count(&author) > small);
    let click = |row| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        Event::Mouse(MouseEvent { kind, column: 3, row, modifiers: KeyModifiers::NONE })
    };
    assert_eq!(author.watching.event(click(23)), Flow::Redraw);
    assert_eq!(count(&author), small);
}

#[test]
fn nothing_is_drawn_where_nothing_came() {
    let mut author = at_the_desk((80, 24));
    assert_eq!(author.watching.woken(), Flow::Nothing);
    assert_eq!(author.watching.next_tick(), None);
}

#[test]
fn it_draws_at_every_size() {
    let mut author = at_the_desk((80, 24));
    author.saves(&story().replace("level    = 1", "level    = 9").replace("\"visit\"", "\"vist\""));
    for _ in 0..2 {
        for width in [1, 2, 30, 31, 40, 60, 80, 100, 160] {
            for height in 1..50 {
                author.watching.event(Event::Resize(width, height));
                author.text_at((width, height));
                let kind = MouseEventKind::Down(MouseButton::Left);
                let click = MouseEvent { kind, column: width / 2, row: 0, modifiers: KeyModifiers::NONE };
                author.watching.event(Event::Mouse(click));
            }
        }
        author.keys("f2");
    }
}

#[test]
fn snapshots() {
    let mut author = at_the_desk((80, 24));
    insta::assert_snapshot!("watch_80x24", author.text());
    author.saves(&story().replace("level    = 1", "level    = 9").replace("goto  = \"visit\"", "goto  = \"vist\""));
    insta::assert_snapshot!("watch_broken_80x24", author.text());
    author.keys("f2");
    insta::assert_snapshot!("watch_all_100x30", author.text_at((100, 30)));
}
