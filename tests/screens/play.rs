//! How playing goes: what chooses, what doesn't, what can be taken back, what stays on record.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ridealong::terms::Feedback;
use ridealong::tui::drive::{Drive, Flow};
use ridealong::tui::keymap::Context;
use ridealong::tui::settings::Settings;

use crate::player::Player;

#[test]
fn a_number_chooses_and_enter_goes_on() {
    let mut player = Player::playing((80, 24));
    assert_eq!(player.app.context(), Context::Choosing);
    player.keys("2");
    assert_eq!(player.app.context(), Context::Reading);
    assert!(player.words().contains("Enter goes on."));
    player.read_on();
    assert!(player.words().contains("2 of ~"), "{}", player.text());
}

#[test]
fn enter_chooses_only_what_was_selected() {
    let mut player = Player::playing((80, 24));
    let before = player.text();
    player.keys("enter enter enter");
    assert_eq!(player.text(), before, "an Enter too many must not choose");
    player.keys("down enter");
    assert_eq!(player.app.context(), Context::Reading);
}

#[test]
fn where_options_are_cut_a_number_only_selects() {
    let mut player = Player::playing((40, 12));
    player.keys("2");
    assert_eq!(player.app.context(), Context::Choosing);
    assert!(player.text().contains("▸ 2"));
    player.keys("2");
    assert_eq!(player.app.context(), Context::Reading);
}

#[test]
fn an_answer_of_nothing_leaves_the_screen_as_it_is() {
    for start in ["", "enter", "enter enter", "enter enter 1", "s", "enter enter i"] {
        for key in ["down", "up", "pgdn", "pgup", "space", "left", "x", "o", "r", "n", "9", "esc", "u"] {
            let mut player = Player::with((80, 24), Settings::default());
            player.keys(start);
            if player.app.next_tick().is_some() {
                player.app.tick(std::time::Duration::from_millis(60));
            }
            let before = player.text();
            let code = match key {
                "down" => KeyCode::Down,
                "up" => KeyCode::Up,
                "pgdn" => KeyCode::PageDown,
                "pgup" => KeyCode::PageUp,
                "left" => KeyCode::Left,
                "esc" => KeyCode::Esc,
                "space" => KeyCode::Char(' '),
                letter => KeyCode::Char(letter.chars().next().unwrap()),
            };
            if player.event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE))) == Flow::Nothing {
                assert_eq!(player.text(), before, "{key} after {start:?}");
            }
        }
    }
}

#[test]
fn keys_do_nothing_on_a_screen_that_is_too_small() {
    let mut player = Player::playing((80, 24));
    let before = player.text();
    player.event(Event::Resize(20, 5));
    player.keys("1 enter q");
    player.event(Event::Resize(80, 24));
    assert_eq!(player.text(), before);
}

#[test]
fn the_search_keeps_what_was_selected() {
    let mut player = Player::new((80, 24));
    player.keys("/ down enter");
    let selected = |player: &Player| player.text().lines().find(|row| row.contains('▸')).unwrap().to_owned();
    assert!(selected(&player).contains("The Corner Office"), "{}", player.text());
    player.keys("s q");
    assert!(selected(&player).contains("The Corner Office"), "{}", player.text());
    player.keys("/ o f f i c e esc");
    assert!(selected(&player).contains("The Corner Office"), "{}", player.text());
}

#[test]
fn a_run_that_was_left_can_be_begun_anew() {
    let mut player = Player::playing((80, 24));
    player.keys("1").read_on().keys("q n");
    assert!(player.text().contains("Briefing"), "{}", player.text());
    player.keys("enter");
    assert!(player.text().contains("1 of ~"), "{}", player.text());
}

#[test]
fn leaving_a_replay_leads_back_to_its_debrief() {
    let mut player = Player::playing((80, 24));
    player.play_out(0).keys("4 down");
    let debrief = player.text();
    player.keys("r 1 enter q");
    assert_eq!(player.text(), debrief);
    player.keys("3 r");
    assert!(player.text().contains("Debrief"), "only the page of decisions replays");
}

#[test]
fn the_first_attempt_stays_on_record() {
    let mut player = Player::playing((100, 40));
    let option = player.text().lines().find(|row| row.trim_start().starts_with("2  ")).unwrap().trim()[3..].to_owned();
    player.keys("2 u 1").play_out(0).keys("4");
    let shown = player.words();
    assert!(shown.contains("At first you chose:"), "{}", player.text());
    assert!(shown.contains(option.split_whitespace().next().unwrap()));
    assert!(shown.contains("practice"));
}

#[test]
fn nothing_is_chosen_by_accident() {
    let mut player = Player::playing((80, 24));
    let before = player.text();
    assert_eq!(player.event(Event::Paste("1\n2\n3\n".to_owned())), Flow::Nothing);
    let release = KeyEvent::new_with_kind(KeyCode::Char('1'), KeyModifiers::NONE, KeyEventKind::Release);
    assert_eq!(player.event(Event::Key(release)), Flow::Nothing);
    let alt = KeyEvent::new(KeyCode::Char('1'), KeyModifiers::ALT);
    assert_eq!(player.event(Event::Key(alt)), Flow::Nothing);
    for key in ["7", "8", "9", "x", "left", "tab", "home"] {
        player.keys(key);
    }
    assert_eq!(player.text(), before);
}

#[test]
fn a_click_selects_and_a_second_one_chooses() {
    let mut player = Player::playing((80, 24));
    let rows: Vec<_> = player.text().lines().map(str::to_owned).collect();
    let row =
        u16::try_from(rows.iter().position(|row| row.trim_start().starts_with("2  ")).expect("option 2")).unwrap();
    assert_eq!(player.click(20, row), Flow::Redraw);
    assert_eq!(player.app.context(), Context::Choosing);
    assert!(player.text().lines().nth(row.into()).unwrap().contains("▸ 2"));
    player.click(20, row + 1);
    assert_eq!(player.app.context(), Context::Reading);
    assert!(player.text().lines().nth(row.into()).unwrap().contains("▸ 2"), "the chosen one stays marked");
}

#[test]
fn clicks_at_the_edge_do_nothing() {
    let mut player = Player::playing((80, 24));
    for (column, row) in [(0, 0), (79, 0), (0, 23), (79, 23), (80, 24), (u16::MAX, u16::MAX)] {
        player.click(column, row);
        assert_eq!(player.app.context(), Context::Choosing);
    }
}

#[test]
fn the_meters_slide_and_then_nothing_moves() {
    let mut player = Player::with((80, 24), Settings::default());
    player.keys("enter enter");
    assert_eq!(player.app.next_tick(), None, "idle");
    player.keys("1");
    let first = player.text();
    assert!(player.app.next_tick().is_some(), "{first}");
    let frames = player.settle();
    assert!(frames > 3);
    assert_eq!(player.app.next_tick(), None);
    assert_ne!(first, player.text());
}

#[test]
fn any_key_ends_the_slide_and_enter_does_only_that() {
    let mut player = Player::with((80, 24), Settings::default());
    player.keys("enter enter 1 enter");
    assert_eq!(player.app.next_tick(), None);
    assert!(player.words().contains("Enter goes on."), "the consequence must still be there");
}

#[test]
fn without_motion_nothing_slides() {
    let mut player = Player::playing((80, 24));
    player.keys("1");
    assert_eq!(player.app.next_tick(), None);
}

#[test]
fn feedback_comes_when_it_was_asked_for() {
    for (feedback, now, at_end) in
        [(Feedback::Now, true, true), (Feedback::End, false, true), (Feedback::None, false, false)]
    {
        let settings = Settings { feedback, reduce_motion: true, ..Settings::default() };
        let mut player = Player::with((80, 24), settings);
        player.keys("enter enter 1");
        let told = |player: &Player| player.words().contains("Send them back through the rep:");
        assert_eq!(told(&player), now, "{feedback:?}\n{}", player.text());
        player.play_out(0).keys("4");
        assert_eq!(told(&player), at_end, "{feedback:?}\n{}", player.text());
    }
}

#[test]
fn a_run_that_was_left_is_taken_up_where_it_stood() {
    let mut player = Player::playing((80, 24));
    player.keys("1").read_on().keys("3 enter");
    let before = player.text();
    player.keys("q");
    assert!(player.words().contains("resume at scene"), "{}", player.text());
    player.keys("enter");
    assert_eq!(player.text(), before);
}

#[test]
fn a_run_without_undo_counts_and_one_with_it_does_not() {
    let mut player = Player::playing((80, 24));
    player.play_out(0).keys("q");
    let counted = player.text();
    assert!(counted.contains("best"), "{counted}");

    let mut player = Player::playing((80, 40));
    player.keys("1 enter u").play_out(0);
    assert!(player.words().contains("Practice:"), "{}", player.text());
    player.keys("q");
    assert!(!player.text().contains("best"), "{}", player.text());
}

#[test]
fn undo_goes_back_to_the_last_decision_as_it_was() {
    let mut player = Player::playing((80, 24));
    let first = player.below_the_bar();
    player.keys("1").read_on();
    let second = player.below_the_bar();
    player.keys("2 u");
    assert_eq!(player.below_the_bar(), second);
    player.keys("u");
    assert_eq!(player.below_the_bar(), first);
    player.keys("u");
    assert_eq!(player.below_the_bar(), first, "there is nothing before the first decision");
}

#[test]
fn a_replay_begins_at_the_decision_pointed_at_and_changes_no_record() {
    let mut player = Player::playing((80, 40));
    player.play_out(0).keys("4 down down");
    player.keys("r");
    assert_eq!(player.app.context(), Context::Choosing);
    assert!(player.words().contains("3 of ~"), "{}", player.text());
    player.play_out(3);
    assert!(player.words().contains("Practice:"));
    player.keys("q");
    assert_eq!(player.text().matches("best").count(), 1);
}

#[test]
fn a_replay_made_of_the_same_choices_comes_out_the_same() {
    let mut player = Player::playing((100, 40));
    player.play_out(1);
    player.keys("3");
    let rules = player.below_the_bar();
    player.keys("4 r").play_out(1).keys("3");
    assert_eq!(player.below_the_bar(), rules);
}

#[test]
fn the_search_narrows_the_list_and_esc_widens_it() {
    let mut player = Player::new((80, 24));
    player.keys("/ o f f i c e");
    assert!(!player.text().contains("The Side Door"));
    player.keys("enter enter");
    assert!(player.text().contains("Briefing"), "{}", player.text());
    player.keys("q / x esc");
    assert!(player.text().contains("The Side Door"));
}

#[test]
fn a_file_with_problems_hides_no_other_and_opens_nothing() {
    let mut player = Player::new((160, 45));
    player.keys("end");
    let shown = player.words();
    assert!(shown.contains("half-written") && shown.contains("has problems"), "{shown}");
    assert!(shown.contains("unknown-key"), "{shown}");
    assert!(shown.contains("The Corner Office"));
    player.keys("enter");
    assert_eq!(player.app.context(), Context::Home);
}

#[test]
fn ctrl_c_quits_and_ctrl_z_suspends_everywhere() {
    for keys in ["", "enter", "enter enter", "enter enter 1", "s", "?", "/"] {
        for (letter, flow) in [('c', Flow::Quit), ('z', Flow::Suspend)] {
            let mut player = Player::new((80, 24));
            player.keys(keys);
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
            assert_eq!(player.event(Event::Key(key)), flow, "{keys}");
        }
    }
}
