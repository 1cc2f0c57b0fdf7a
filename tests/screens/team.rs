//! Team sessions as players, facilitators and a room meet them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crossterm::event::Event;
use jiff::{Timestamp, ToSpan};
use ridealong::courier::Ask;
use ridealong::keeper::{Forgetful, Keeping};
use ridealong::practice::Today;
use ridealong::store::{KeptRun, Row, RunId, Seat};
use ridealong::team::{Letter, Message, Phase, Step};
use ridealong::terms::{Feedback, RunState};
use ridealong::text::Text;
use ridealong::tui::drive::{Drive, Flow};
use ridealong::tui::keymap::Context;
use ridealong::tui::settings::Settings;

use crate::player::{Player, go};
use crate::room::code;

const SIZE: (u16, u16) = (80, 24);

/// What was handed over to be kept, in its order.
#[derive(Clone, Debug)]
enum Handed {
    Seat(Seat, Letter),
    Run(Box<KeptRun>, Option<Letter>),
}

/// A player's machine: it remembers what it was given, can be slow, and may have letters from before.
#[derive(Clone, Default)]
struct Machine(Rc<RefCell<(Vec<Handed>, bool)>>, bool);

/// The app's end of it.
struct At(Machine, Forgetful);

impl Keeping for At {
    fn now(&self) -> Timestamp {
        self.1.now()
    }

    fn today(&self) -> Today {
        self.1.today()
    }

    fn name(&mut self) -> RunId {
        self.1.name()
    }

    fn keep(&mut self, run: KeptRun, _: Option<&Arc<str>>, letter: Option<Letter>) {
        self.0.0.borrow_mut().0.push(Handed::Run(Box::new(run), letter));
    }

    fn sit(&mut self, seat: Seat, letter: Letter) {
        self.0.0.borrow_mut().0.push(Handed::Seat(seat, letter));
    }

    fn is_settled(&self) -> bool {
        !self.0.0.borrow().1
    }

    fn trouble(&self) -> Option<Text> {
        None
    }

    fn has_letters(&self) -> bool {
        self.0.1
    }

    fn arrived(&mut self) -> Option<Vec<Row>> {
        self.1.arrived()
    }

    fn story(&mut self, _: &str) -> Option<String> {
        None
    }
}

impl Machine {
    fn player(&self) -> Player {
        let settings = Settings { reduce_motion: true, ..Settings::default() };
        let menu = Player::menu();
        Player::kept_by(Box::new(At(self.clone(), Forgetful::default())), SIZE, settings, menu)
    }

    fn handed(&self) -> Vec<Handed> {
        self.0.borrow().0.clone()
    }

    fn set_slow(&self, slow: bool) {
        self.0.borrow_mut().1 = slow;
    }

    /// The messages in the letters that were handed over.
    fn messages(&self) -> Vec<Message> {
        let letter = |handed: Handed| match handed {
            Handed::Seat(_, letter) => Some(letter),
            Handed::Run(_, letter) => letter,
        };
        self.handed().into_iter().filter_map(letter).map(|letter| Message::parse(&letter.payload).unwrap()).collect()
    }
}

fn at(keys: &str) -> Player {
    let mut player = Player::new(SIZE);
    go(&mut player, keys);
    player
}

#[test]
fn nothing_is_asked_of_the_teams_store_before_somebody_wants_it() {
    let mut player = at("down s q p q enter q");
    assert!(player.room.asked().is_empty());
    player.keys("b");
    assert!(matches!(player.room.asked()[..], [Ask::Deliver, Ask::Sessions]));
}

#[test]
fn what_could_not_be_sent_the_last_time_is_sent_at_the_start() {
    let machine = Machine(Rc::default(), true);
    let mut player = machine.player();
    player.app.woken();
    assert!(matches!(player.room.asked()[..], [Ask::Deliver]), "{:?}", player.room.asked());
}

#[test]
fn somebody_joins_by_code_and_is_in_the_session() {
    let mut player = at("b j");
    player.event(Event::Paste(format!("{}\n", code(2).to_string().to_lowercase())));
    player.keys("tab");
    player.event(Event::Paste("Zoë Quill".to_owned()));
    player.keys("enter N o r t h enter");
    let wanted = |ask: &Ask| matches!(ask, Ask::Join(at, name, team) if *at == code(2) && &**name == "Zoë Quill" && &**team == "North");
    assert!(player.room.asked().iter().any(wanted));
    let shown = player.words();
    assert!(shown.contains("You are Zoë Quill of North") && shown.contains("to play"), "{}", player.text());
}

#[test]
fn what_is_wrong_with_a_form_is_said_and_nothing_is_lost() {
    let mut player = at("b j K Q 7 - M F 0 tab A n a tab enter");
    assert!(player.words().contains("never 0, O, 1 or I"), "{}", player.text());
    assert!(!player.room.asked().iter().any(|ask| matches!(ask, Ask::Join(..))));
    // The field that is wrong has the focus; the others are as they were.
    player.keys("bs D tab tab enter");
    assert!(player.words().contains("There is no session KQ7-MFD in this store"), "{}", player.text());
    assert!(player.text().contains("Ana"), "{}", player.text());
    // A letter that is a key elsewhere is a letter here.
    player.keys("q ?");
    assert!(player.text().contains("q?"), "{}", player.text());
}

#[test]
fn a_session_is_made_of_scenarios_in_the_order_in_which_they_are_chosen() {
    let mut player = at("b n F r i d a y tab 4 5 tab A , space B , tab right tab down space up space end");
    player.keys("up up up up up up up up up down down down down down down");
    while !player.text().contains("▸ Make the session") {
        player.keys("down");
    }
    player.keys("enter");
    let asked = player.room.asked();
    let plan = asked.iter().find_map(|ask| if let Ask::Create(plan) = ask { Some(plan) } else { None }).expect("made");
    assert_eq!(plan.title.as_str(), "Friday");
    assert_eq!(plan.teams, [Text::clean("A"), Text::clean("B")]);
    assert_eq!(plan.feedback, Feedback::None);
    let ids: Vec<&str> = plan.rounds.iter().map(|(scenario, _)| &*scenario.id).collect();
    assert_eq!(ids, ["corner-office", "side-door"], "the one that was chosen first is the first round");
    assert!(asked.iter().any(|ask| matches!(ask, Ask::Step(_, Step::Extend(45)))), "{asked:?}");
    assert_eq!(player.app.context(), Context::Lobby);
}

#[test]
fn a_ticket_is_taken_before_the_first_scene_and_the_letter_goes_with_the_last_answer() {
    let machine = Machine::default();
    let mut player = machine.player();
    player.keys("b enter enter");
    assert!(player.words().contains("This run counts"), "{}", player.text());
    assert!(machine.handed().is_empty(), "reading the briefing takes nothing");
    player.room.asked();

    machine.set_slow(true);
    player.keys("enter");
    let seat = match &machine.handed()[..] {
        [Handed::Seat(seat, _)] => *seat,
        other => panic!("{other:?}"),
    };
    assert!(player.words().contains("This run counts"), "no scene shows before the ticket is kept");
    machine.set_slow(false);
    player.app.woken();
    assert_eq!(player.app.context(), Context::RankedChoosing, "{}", player.text());
    assert!(matches!(player.room.asked()[..], [Ask::Deliver]), "the board can count who plays");

    player.play_out(0);
    let runs: Vec<_> = machine.handed().into_iter().skip(1).collect();
    let (last, before) = runs.split_last().unwrap();
    assert!(before.iter().all(|handed| matches!(handed, Handed::Run(run, None) if run.state == RunState::Open)));
    let Handed::Run(run, Some(letter)) = last else { panic!("{last:?}") };
    assert_eq!((run.id, run.state, &*run.player), (seat.run, RunState::Ended, "Ana"));
    assert_eq!(run.record.scenario, format!("{}/1", code(0)));
    assert_eq!((run.record.seed, run.feedback), (ridealong::engine::Seed(41), Feedback::End), "those of the session");
    let Some(Message::Sent(sent)) = Message::parse(&letter.payload) else { panic!("{letter:?}") };
    assert!(!sent.practice && sent.round == 1 && sent.record == run.record);
    assert!(matches!(player.room.asked()[..], [Ask::Deliver]));
}

#[test]
fn in_a_run_that_counts_nothing_is_taken_back_and_no_key_says_so() {
    let mut player = at("b enter enter enter 1 enter");
    player.read_on();
    let before = player.text();
    player.keys("u");
    assert_eq!(player.text(), before);
    player.keys("?");
    assert!(!player.words().contains("undo"), "{}", player.text());
    player.keys("q q");
    assert!(player.words().contains("left at decision"), "{}", player.text());
}

#[test]
fn a_run_that_was_left_goes_on_where_it_was() {
    let machine = Machine::default();
    let mut player = machine.player();
    player.keys("b enter enter enter 1 enter");
    player.read_on();
    let before = player.text();
    player.keys("q");
    assert!(player.words().contains("left at decision 2"), "{}", player.text());
    player.keys("enter");
    assert_eq!(player.text(), before);
    player.play_out(0);
    let tickets = machine.messages().iter().filter(|message| matches!(message, Message::Take(_))).count();
    assert_eq!(tickets, 1);
}

#[test]
fn a_ticket_on_which_nothing_was_decided_is_still_the_one() {
    let machine = Machine::default();
    let mut player = machine.player();
    player.keys("b enter enter enter q");
    assert!(player.words().contains("ticket taken"), "{}", player.text());
    player.keys("enter");
    assert_eq!(player.app.context(), Context::RankedChoosing, "{}", player.text());
    player.keys("1");
    let handed = machine.handed();
    let [Handed::Seat(seat, _), Handed::Run(run, None)] = &handed[..] else { panic!("{handed:?}") };
    assert_eq!(seat.run, run.id);
}

#[test]
fn after_the_run_that_counts_everything_is_practice() {
    let machine = Machine::default();
    let mut player = machine.player();
    player.keys("b enter enter enter");
    player.play_out(0).keys("q");
    assert!(player.words().contains("played"), "{}", player.text());
    assert!(!player.words().contains("played:"), "no score before the board shows it: {}", player.text());
    player.keys("enter");
    assert!(player.words().contains("Practice: it doesn't count"), "{}", player.text());
    player.keys("enter");
    assert!(player.words().contains("practice, 1 of"), "{}", player.text());
    assert_eq!(player.app.context(), Context::Choosing);
    player.keys("1 enter").read_on().keys("u");
    player.play_out(0);
    let sent: Vec<bool> = machine
        .messages()
        .iter()
        .filter_map(|message| if let Message::Sent(sent) = message { Some(sent.practice) } else { None })
        .collect();
    assert_eq!(sent, [false, true]);
}

#[test]
fn a_score_shows_once_the_public_board_shows_it() {
    let mut player = at("b enter enter enter PLAY q");
    assert!(!player.words().contains("played:"));
    let mine = player.room.0.borrow().joined[0].0.hand.player;
    player.room.0.borrow_mut().sessions[0].standings[0].player = mine;
    player.wait(3);
    assert!(player.words().contains("played:"), "{}", player.text());
}

#[test]
fn the_session_opens_before_a_players_eyes() {
    let mut player = Player::new(SIZE);
    player.room.join(code(1), "Ana", "");
    player.keys("b down enter");
    assert!(player.words().contains("not open yet"), "{}", player.text());
    player.keys("enter");
    assert_eq!(player.app.context(), Context::Session, "nothing can be begun");
    assert!(!player.wait(10), "nothing has changed, so nothing is drawn");
    player.room.step(1, Step::Open);
    assert!(player.wait(3));
    assert!(player.words().contains("to play"), "{}", player.text());
}

#[test]
fn a_facilitator_brings_a_session_from_its_lobby_to_the_reveal() {
    let mut player = at("b down down enter");
    assert_eq!(player.app.context(), Context::Open);
    let phase = |player: &Player| {
        let inside = player.room.0.borrow();
        inside.sessions[2].session.phase(inside.now)
    };
    player.keys("p");
    assert!(player.words().contains("open, paused"), "{}", player.text());
    player.keys("p e");
    assert!(player.words().contains("39 min left"), "{}", player.text());
    player.keys("f");
    assert_eq!((phase(&player), player.app.context()), (Phase::Frozen, Context::Frozen));
    player.keys("s");
    assert_eq!(phase(&player), Phase::Frozen, "it asks first");
    assert!(player.words().contains("2 are still playing"), "{}", player.text());
    player.keys("esc");
    assert_eq!((phase(&player), player.app.context()), (Phase::Frozen, Context::Frozen));
    player.keys("s enter");
    assert_eq!((phase(&player), player.app.context()), (Phase::Sealed, Context::Sealed));
    for place in 1..=12 {
        assert_eq!(player.app.context(), Context::Sealed, "{place}");
        player.keys("r");
    }
    assert_eq!(player.app.context(), Context::Revealed, "{}", player.text());
}

#[test]
fn somebody_is_renamed_and_another_is_erased_only_when_that_is_meant() {
    let mut player = at("b down down enter down enter n home end bs bs D a enter");
    assert!(player.text().contains("Da"), "{}", player.text());
    player.keys("d");
    assert!(player.words().contains("Erase Da for good?"), "{}", player.text());
    player.keys("esc w");
    assert!(!player.room.asked().iter().any(|ask| matches!(ask, Ask::Erase(..))));
    player.keys("d enter");
    assert!(player.words().contains("in this session no longer"), "{}", player.text());
    player.keys("q");
    assert!(!player.text().contains("Da "), "{}", player.text());
}

/// What a frozen board shows is what the public sees, whatever the facilitator's program knows.
#[test]
fn nothing_that_comes_after_the_freeze_shows_on_the_board() {
    let mut player = Player::new(SIZE);
    player.room.0.borrow_mut().now += 30.seconds();
    player.keys("b down down down b");
    let before = player.text();
    player.room.0.borrow_mut().sessions[3].standings.retain(|one| one.points < 5000);
    assert!(!player.wait(9));
    assert_eq!(player.text(), before);
}

#[test]
fn the_reveal_goes_bottom_up_a_row_a_key() {
    let mut player = at("b down down down down b");
    let names = |player: &Player| {
        let text = player.text();
        ["Anna Weber", "Jo ", "Bartholomew", "Wanda", "The Closer"].map(|name| text.contains(name))
    };
    // The public has seen the board live; then the last one comes.
    player.keys("enter");
    assert_eq!(names(&player), [false, false, false, true, false], "{}", player.text());
    player.keys("enter");
    assert_eq!(names(&player), [false, false, false, true, true], "{}", player.text());
    for _ in 0..8 {
        player.keys("space");
    }
    assert_eq!(names(&player), [false, false, true, true, true], "{}", player.text());
    assert!(player.text().contains("Teams come at the end"), "{}", player.text());
    player.keys("enter");
    assert_eq!(names(&player), [false, true, true, true, true], "{}", player.text());
    player.keys("enter");
    assert!(player.text().contains("Anna Weber") && player.text().contains('◆'), "{}", player.text());
    assert_eq!(player.app.context(), Context::Board, "there is nothing left to reveal");
    assert_eq!(player.app.next_tick(), None);
}

/// Two with one rank stand in one band by name, and no points show.
#[test]
fn bands_show_no_more_precision_than_there_is() {
    let mut player = at("b end b");
    assert!(player.text().contains("90.8"));
    player.keys("b");
    let text = player.text();
    assert!(text.contains("Band 1") && !text.contains("97.3") && !text.contains("90.8"), "{text}");
}

#[test]
fn a_board_that_shows_time_is_drawn_when_its_minute_changes_and_in_the_last_minute_each_second() {
    let mut player = at("b down down b");
    let pass = |player: &mut Player, seconds: usize| -> Vec<bool> {
        let second = |_| {
            player.room.0.borrow_mut().now += 1.second();
            player.wait(1)
        };
        (0..seconds).map(second).collect()
    };
    let drawn = |times: Vec<bool>| times.into_iter().filter(|drawn| *drawn).count();
    assert!(player.text().contains("34 min left"), "{}", player.text());
    assert!(pass(&mut player, 1)[0], "now it is 33 minutes and 59 seconds");
    assert_eq!(drawn(pass(&mut player, 59)), 0, "{}", player.text());
    assert_eq!(drawn(pass(&mut player, 120)), 2);
    player.room.0.borrow_mut().now += 30.minutes();
    player.wait(2);
    assert!(player.text().contains("1 min left"), "{}", player.text());
    assert_eq!(drawn(pass(&mut player, 20)), 20, "{}", player.text());
    assert!(player.text().contains(" s left"), "{}", player.text());
}

#[test]
fn a_store_that_never_answers_freezes_nothing() {
    let mut player = Player::new(SIZE);
    player.room.0.borrow_mut().is_silent = true;
    for keys in ["b", "down j a b c tab x tab enter enter", "esc n x enter enter", "esc b"] {
        player.keys(keys);
        player.buffer();
        assert!(player.room.asked().len() < 5, "what isn't answered isn't asked again and again");
        player.wait(30);
    }
    player.keys("q q");
    assert_eq!(player.app.context(), Context::Home, "{}", player.text());
}

#[test]
fn a_store_that_falls_silent_leaves_what_is_known_and_says_so() {
    let mut player = at("b down down enter");
    let before = player.words();
    player.room.0.borrow_mut().is_silent = true;
    player.room.asked();
    player.wait(60);
    assert_eq!(player.room.asked().len(), 1, "one question is enough");
    let now = player.words();
    assert!(before.contains("Anna Weber") && now.contains("Anna Weber"), "{}", player.text());
    assert!(now.contains("Waiting for the team's store"), "{}", player.text());
    player.keys("down enter");
    assert_eq!(player.app.context(), Context::Person, "keys are answered");
}

/// What was taken along when the session was joined is enough to play.
#[test]
fn a_round_is_played_while_the_teams_store_is_away() {
    let machine = Machine::default();
    let mut player = machine.player();
    player.keys("b");
    player.room.0.borrow_mut().is_away = true;
    player.keys("enter");
    assert!(player.words().contains("to play") && player.words().contains("can't be reached"), "{}", player.text());
    player.keys("enter enter");
    player.play_out(0);
    let kinds: Vec<bool> = machine.messages().iter().map(|message| matches!(message, Message::Sent(_))).collect();
    assert_eq!(kinds, [false, true], "the ticket and the run wait on this machine");
}

#[test]
fn what_cant_be_sent_waits_and_is_told_quietly() {
    let mut player = Player::new(SIZE);
    player.keys("b enter enter enter");
    player.room.0.borrow_mut().is_away = true;
    player.play_out(0).keys("q");
    let shown = player.words();
    assert!(shown.contains("2 answers wait for the team's store"), "{}", player.text());
    assert!(shown.contains("played"), "{}", player.text());
    player.room.0.borrow_mut().is_away = false;
    player.keys("q b");
    assert!(!player.words().contains("wait for the team's store"), "{}", player.text());
}

#[test]
fn what_the_room_chose_is_shown_after_the_reveal_with_what_to_ask() {
    let mut player = at("b end enter");
    assert_eq!(player.app.context(), Context::Revealed);
    player.keys("r");
    assert!(player.words().contains("What to talk about"), "{}", player.text());
    player.keys("right");
    let shown = player.words();
    assert!(shown.contains("round 1 of 2") && shown.contains("9 decided here"), "{}", player.text());
    // Of one scene, everybody's choices are all there are.
    let shares: u32 = player
        .text()
        .lines()
        .skip_while(|line| !line.contains("9 decided here"))
        .filter_map(|line| line.trim().split_once('%')?.0.parse::<u32>().ok())
        .take(4)
        .sum();
    assert!((98..=102).contains(&shares), "{shares}: {}", player.text());
    player.keys("q q");
    assert!(!player.room.asked().is_empty());
}

/// The app has no clock of its own that ticks where nothing can change.
#[test]
fn nothing_ticks_where_nothing_changes() {
    for keys in ["b", "b n", "b j", "b down down down down enter", "b end b", "b enter q", "b enter enter enter"] {
        let player = at(keys);
        assert_eq!(player.app.next_tick(), None, "{keys}");
    }
    let mut player = at("b down down b");
    assert_eq!(player.app.next_tick(), Some(std::time::Duration::from_secs(1)));
    assert_eq!(player.app.woken(), Flow::Redraw, "a ring without news is the keeper's");
}
