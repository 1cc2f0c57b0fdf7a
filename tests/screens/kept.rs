//! What is kept: before its consequence shows, and as it was when the player comes back.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use ridealong::keeper::Keeping;
use ridealong::practice::Today;
use ridealong::scenario::check::check;
use ridealong::scenario::{Glance, Scenario};
use ridealong::store::{KeptRun, MemoryStore, Revision, Row, RunId, Seat, Store, StoreError};
use ridealong::story::Story;
use ridealong::team::Letter;
use ridealong::terms::RunState;
use ridealong::text::Text;
use ridealong::tui::drive::{Drive, Flow};
use ridealong::tui::keymap::Context;
use ridealong::tui::settings::Settings;
use ridealong::tui::shelf::{Content, Listing};

use crate::player::Player;

const SIZE: (u16, u16) = (80, 24);
const SOURCE: &str = include_str!("../fixtures/corner-office.toml");

/// A desk whose store, clock and troubles the test has in its hands.
#[derive(Clone, Default)]
struct Desk(Rc<RefCell<Inside>>);

#[derive(Default)]
struct Inside {
    store: MemoryStore,
    /// Runs that have not reached the store, if it doesn't take any.
    waiting: Vec<KeptRun>,
    is_stuck: bool,
    trouble: Option<&'static str>,
    days: i64,
    names: u64,
}

impl Inside {
    fn put(&mut self, run: &KeptRun) {
        let seen = self.store.runs().unwrap().into_iter().find_map(|row| match row {
            Row::Good(there, revision) if there.id == run.id => Some(revision),
            _ => None,
        });
        let kept: Result<Revision, StoreError> = self.store.keep(run, seen.unwrap_or_default());
        kept.unwrap();
    }
}

impl Desk {
    fn runs(&self) -> Vec<KeptRun> {
        self.0.borrow_mut().store.runs().unwrap().iter().map(|row| row.run().unwrap().clone()).collect()
    }

    fn states(&self) -> Vec<(RunState, usize, bool)> {
        let told = |run: &KeptRun| (run.state, run.record.choices.len(), run.first.is_some());
        self.runs().iter().map(told).collect()
    }

    /// The store takes again what it didn't.
    fn unstuck(&self) {
        let mut inside = self.0.borrow_mut();
        inside.is_stuck = false;
        inside.trouble = None;
        for run in std::mem::take(&mut inside.waiting) {
            inside.put(&run);
        }
    }

    /// Somebody at the menu, in front of this text of the corner office.
    fn player(&self, text: &str) -> Player {
        let listing = Listing::story(Story::new(scenario(text)), false).from_file("corner-office".to_owned(), text);
        self.player_of(listing)
    }

    fn player_of(&self, listing: Listing) -> Player {
        let settings = Settings { reduce_motion: true, ..Settings::default() };
        let desk = At { desk: self.clone(), has_arrived: false };
        Player::kept_by(Box::new(desk), SIZE, settings, vec![listing])
    }
}

fn scenario(text: &str) -> Scenario {
    check("corner-office.toml", text.as_bytes()).into_scenario().expect("a good file")
}

/// Somebody's place at the desk.
struct At {
    desk: Desk,
    has_arrived: bool,
}

impl Keeping for At {
    fn now(&self) -> Timestamp {
        date(2026, 11, 24).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp()
            + (24 * self.desk.0.borrow().days).hours()
    }

    fn today(&self) -> Today {
        Today { day: self.now().to_zoned(TimeZone::UTC).date(), zone: TimeZone::UTC }
    }

    fn name(&mut self) -> RunId {
        let mut inside = self.desk.0.borrow_mut();
        inside.names += 1;
        let mut chance = [0; 10];
        chance[..8].copy_from_slice(&inside.names.to_be_bytes());
        RunId::new(Timestamp::UNIX_EPOCH, &chance)
    }

    fn sit(&mut self, _: Seat, _: Letter) {}

    fn keep(&mut self, run: KeptRun, source: Option<&Arc<str>>, _: Option<Letter>) {
        let mut inside = self.desk.0.borrow_mut();
        if let (Some(source), Some(hash)) = (source, &run.record.hash) {
            inside.store.keep_story(hash, source).unwrap();
        }
        if inside.is_stuck {
            inside.waiting.push(run);
        } else {
            inside.put(&run);
        }
    }

    fn is_settled(&self) -> bool {
        let inside = self.desk.0.borrow();
        inside.waiting.is_empty() || inside.trouble.is_some()
    }

    fn trouble(&self) -> Option<Text> {
        self.desk.0.borrow().trouble.map(Text::clean)
    }

    fn has_letters(&self) -> bool {
        false
    }

    fn arrived(&mut self) -> Option<Vec<Row>> {
        let first = !std::mem::replace(&mut self.has_arrived, true);
        first.then(|| self.desk.0.borrow_mut().store.runs().unwrap())
    }

    fn story(&mut self, hash: &str) -> Option<String> {
        self.desk.0.borrow_mut().store.story(hash).unwrap()
    }
}

#[test]
fn who_comes_back_finds_the_same_scene_the_same_meters_and_the_same_order() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter");
    for answered in 1..=10 {
        player.keys("2");
        assert_eq!(desk.states(), [(RunState::Open, answered, false)], "kept before the consequence is read");
        let mut back = desk.player(SOURCE);
        assert!(back.text().contains(&format!("resume at scene {}", answered + 1)), "{}", back.text());
        back.keys("enter");
        assert_eq!(back.app.context(), Context::Choosing);
        player.read_on();
        assert_eq!(back.text(), player.text());
    }
}

#[test]
fn a_consequence_waits_until_its_choice_is_kept() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter");
    desk.0.borrow_mut().is_stuck = true;
    player.keys("1");
    assert_eq!(player.app.context(), Context::Choosing, "{}", player.text());
    assert!(player.text().contains("Saving ..."), "{}", player.text());
    // Nothing else is chosen meanwhile, and nothing is lost.
    player.keys("2 3 enter q u");
    assert_eq!(player.app.context(), Context::Choosing);
    desk.unstuck();
    assert_eq!(player.app.woken(), Flow::Redraw);
    assert_eq!(player.app.context(), Context::Reading);
    assert!(!player.text().contains("Saving"));
    assert_eq!(desk.states(), [(RunState::Open, 1, false)]);
}

#[test]
fn a_store_that_never_answers_is_not_waited_for_for_ever() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter");
    desk.0.borrow_mut().is_stuck = true;
    player.keys("1");
    let mut waited = Duration::ZERO;
    while player.app.context() == Context::Choosing {
        let next = player.app.next_tick().expect("it looks again");
        waited += next;
        player.app.tick(next);
        assert!(waited <= Duration::from_secs(2));
    }
    player.read_on();
    player.keys("1");
    assert!(player.text().contains("Saving ..."));
}

#[test]
fn trouble_is_told_and_play_goes_on() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter");
    let why = "Not saved yet: /home/ann/.local/share/ridealong/ridealong.db can't grow: the disk is full; make room on \
               it.";
    {
        let mut inside = desk.0.borrow_mut();
        inside.is_stuck = true;
        inside.trouble = Some(why);
    }
    for _ in 0..3 {
        player.keys("1");
        assert_eq!(player.app.context(), Context::Reading);
        assert!(player.words().contains(why), "{}", player.text());
        player.read_on();
    }
    desk.unstuck();
    player.app.woken();
    assert!(!player.words().contains("Not saved"));
    assert_eq!(desk.states(), [(RunState::Open, 3, false)]);
}

#[test]
fn the_first_attempt_stays_what_it_is() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter 1").read_on().keys("1").read_on().keys("u");
    let first = desk.runs()[0].clone();
    assert_eq!(desk.states(), [(RunState::Left, 2, false), (RunState::Open, 1, true)]);
    assert_eq!(desk.runs()[1].first, Some(first.id));
    player.keys("3").read_on().keys("u").read_on();
    assert_eq!(desk.states(), [(RunState::Left, 2, false), (RunState::Open, 1, true)]);
    // It is the practice that can be taken up, and it stays practice.
    let mut back = desk.player(SOURCE);
    back.keys("enter");
    assert!(back.text().contains("practice, 2 of"), "{}", back.text());
    back.play_out(0);
    let [left, ended] = &desk.runs()[..] else { panic!() };
    assert_eq!((left.state, ended.state, ended.first), (RunState::Left, RunState::Ended, Some(first.id)));
    assert_eq!(left, &KeptRun { changed: left.changed, state: RunState::Left, ..first });
}

#[test]
fn a_replay_is_practice_and_its_debrief_waits() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter").play_out(0);
    let [first] = &desk.runs()[..] else { panic!() };
    player.keys("4 down r 1");
    assert_eq!(desk.states().last(), Some(&(RunState::Open, 2, true)));
    assert_eq!(desk.runs()[1].first, Some(first.id));
    player.keys("q");
    assert!(player.text().contains("Debrief"));
    assert_eq!(desk.states().last(), Some(&(RunState::Left, 2, true)), "nobody will go on with it");
    assert_eq!(desk.runs()[0], *first);
}

#[test]
fn beginning_anew_leaves_the_old_run_in_the_history() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter 1").read_on().keys("q n enter 2");
    assert_eq!(desk.states(), [(RunState::Left, 1, false), (RunState::Open, 1, false)]);
}

#[test]
fn a_changed_story_is_told_and_goes_on_as_far_as_it_leads() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter 1").read_on().keys("1").read_on().keys("1");
    let before = desk.runs()[0].clone();
    // Another text: every choice can be made again.
    let retold = SOURCE.replacen("Ten selling days left.", "Nine selling days left.", 1);
    assert_ne!(retold, SOURCE);
    let mut back = desk.player(&retold);
    back.keys("enter");
    assert!(back.words().contains("changed since you left it: 3 of 3 choices could be made again"), "{}", back.text());
    assert_eq!(desk.states(), [(RunState::Left, 3, false), (RunState::Open, 3, false)]);
    assert_ne!(desk.runs()[1].record.hash, before.record.hash);
    back.keys("1");
    assert!(!back.words().contains("changed since"), "said once");
    // The second choice isn't there any more.
    let renamed = SOURCE.replace(&format!("\"{}\"", before.record.choices[1]), "\"another\"");
    assert_ne!(renamed, SOURCE);
    let mut back = desk.player(&renamed);
    back.keys("enter");
    assert!(back.words().contains("1 of 4 choices could be made again"), "{}", back.text());
    assert!(back.text().contains("2 of ~"));
}

#[test]
fn an_old_run_stays_readable_when_its_story_has_changed() {
    let desk = Desk::default();
    desk.player(SOURCE).keys("enter enter").play_out(0);
    let retold =
        SOURCE.replacen("Ten selling days left.", "Nine selling days left.", 1).replace("\"map\"", "\"chart\"");
    let mut back = desk.player(&retold);
    back.keys("p 2 enter");
    assert!(back.text().contains("Debrief"), "{}", back.text());
    back.keys("q");
    assert!(back.text().contains("Progress"));
    back.keys("q");
    assert!(back.text().contains("best"), "{}", back.text());
}

#[test]
fn what_is_due_stands_on_the_menu() {
    let desk = Desk::default();
    desk.player(SOURCE).keys("enter enter").play_out(0);
    assert!(!desk.player(SOURCE).text().contains("due today"));
    desk.0.borrow_mut().days = 1;
    let mut player = desk.player(SOURCE);
    assert!(player.text().contains("due today"), "{}", player.text());
    player.keys("p");
    assert!(player.words().contains("Due today ● "), "{}", player.text());
    player.keys("q enter enter").play_out(0).keys("q");
    assert!(!player.text().contains("due today"), "{}", player.text());
}

#[test]
fn what_is_due_is_told_once_the_stories_have_been_read() {
    let desk = Desk::default();
    desk.player(SOURCE).keys("enter enter").play_out(0);
    desk.0.borrow_mut().days = 1;
    let read = || Content::Story { story: Arc::new(Story::new(scenario(SOURCE))), source: Some(SOURCE.into()) };
    let mut player = desk.player_of(Listing::later(Glance::of(&scenario(SOURCE)), "corner-office".to_owned(), read));
    let unread = player.app.unread();
    assert_eq!(unread.len(), 1);
    assert!(!player.text().contains("due today"), "{}", player.text());
    assert!(unread.iter().all(|reading| matches!(reading.content(), Content::Story { .. })));
    assert!(player.app.unread().is_empty());
    assert_eq!(player.app.woken(), Flow::Redraw);
    assert!(player.text().contains("due today"), "{}", player.text());
}

#[test]
fn a_debrief_is_written_into_a_file_of_its_own() {
    let desk = Desk::default();
    let mut player = desk.player(SOURCE);
    player.keys("enter enter").play_out(0).keys("e");
    let id = desk.runs()[0].id.to_string().replace('-', "");
    assert!(player.words().contains(&format!("ridealong-corner-office-{}.html", &id[24..])), "{}", player.text());
    player.keys("right");
    assert!(!player.words().contains(".html"), "said once");
}
