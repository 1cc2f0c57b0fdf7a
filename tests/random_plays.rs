//! Many random plays of what is shipped: every one ends, the meters stay in range, and a replay is the play.
#![allow(clippy::expect_used)]

#[path = "common/generated.rs"]
mod generated;
#[path = "common/plays.rs"]
mod plays;

use ridealong::engine::{Chosen, Event, Game, Observer, Place, Run, Seed};
use ridealong::record::Record;
use ridealong::scenario::SceneKind;
use ridealong::scenario::check::check;
use ridealong::story::Story;
use ridealong::terms::Meter;

/// Plays of each scenario: with the two that are shipped, 100,000.
const PLAYS: u64 = 50_000;
/// Of these, every so manieth is replayed and written down as well.
const REPLAYED: u64 = 10;
/// No play of a checked scenario is longer: it is far more than their scenes.
const LONGEST: u32 = 10_000;

/// A small generator for tests: which option a random player takes.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).expect("small")
    }
}

/// Sums up what happened, so that two plays can be compared.
#[derive(Default, PartialEq, Eq, Debug)]
struct Seen(Vec<Event>);

impl Observer for Seen {
    fn see(&mut self, event: Event) {
        self.0.push(event);
    }
}

/// One random play, and its choices.
fn play(story: &Story, seed: u64, observer: &mut impl Observer) -> (ridealong::engine::State, Vec<Chosen>) {
    let program = &story.program;
    let mut dice = Dice(seed ^ 0x9e37_79b9_7f4a_7c15);
    let mut state = program.begin(Seed(seed), observer);
    let mut choices = Vec::new();
    while let Place::Scene(_) = state.place {
        let open = program.open(&state);
        assert_ne!(open, 0, "nothing is open");
        let mut nth = dice.below(open.count_ones());
        let place = (0..8_u8).filter(|place| open & (1 << place) != 0).find(|_| {
            nth = nth.wrapping_sub(1);
            nth == u32::MAX
        });
        let chosen = Chosen(place.expect("one of the open"));
        program.choose(&mut state, usize::from(chosen.0), Seed(seed), observer).expect("open");
        assert!(Meter::ALL.iter().all(|meter| state.meters.get(*meter) <= 100));
        choices.push(chosen);
        assert!(state.decisions < LONGEST, "it doesn't end");
    }
    assert!(matches!(state.place, Place::Ending(_)), "{:?}", state.place);
    (state, choices)
}

#[test]
fn random_plays_end_and_replay() {
    for story in plays::shipped() {
        for seed in 0..PLAYS {
            let (state, choices) = play(&story, seed, &mut ());
            if seed % REPLAYED == 0 {
                let run = Run::replay(&story.program, Seed(seed), &choices).expect("it was open");
                assert_eq!(*run.state(), state);
                assert!(run.score(&story.program).is_some_and(|score| score.total.round() <= 100));
                let written = Record::of(&story, &run).to_line();
                let read = Record::parse(written.as_bytes()).expect("a record");
                assert_eq!(read.replay(&story).expect("it fits"), run);
            }
        }
    }
}

#[test]
fn a_replay_shows_the_same_events() {
    for story in plays::shipped() {
        for seed in 0..500 {
            let (mut first, mut second) = (Seen::default(), Seen::default());
            assert_eq!(play(&story, seed, &mut first), play(&story, seed, &mut second));
            assert_eq!(first, second);
        }
    }
}

#[test]
fn going_back_and_on_again_changes_nothing() {
    for story in plays::shipped() {
        for seed in 0..200 {
            let (_, choices) = play(&story, seed, &mut ());
            let run = Run::replay(&story.program, Seed(seed), &choices).expect("it was open");
            for back in 0..choices.len() {
                let mut again = run.back_to(&story.program, back);
                for chosen in &choices[back..] {
                    again.choose(&story.program, *chosen).expect("open as before");
                }
                assert_eq!(again, run);
            }
        }
    }
}

/// What is worked out once for all plays changes none of them.
#[test]
fn a_program_plays_the_same_without_what_was_worked_out() {
    let small = plays::story(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.toml"));
    let generated = (0..6).map(|seed| {
        let shape =
            generated::Shape { draws: 20, loops: 10, conditional: 30, echoes: 30, ..generated::Shape::bench(40) };
        let text = shape.seed(seed).toml();
        Story::new(check("generated.toml", text.as_bytes()).into_scenario().expect("a good one"))
    });
    for story in plays::shipped().into_iter().chain([small]).chain(generated) {
        let mut bare = story.clone();
        bare.program.ready = ridealong::engine::ready::Ready::default();
        for seed in 0..200 {
            let (mut seen, mut seen_bare) = (Seen::default(), Seen::default());
            let (state, choices) = play(&story, seed, &mut seen);
            assert_eq!((state, choices.clone()), play(&bare, seed, &mut seen_bare));
            assert_eq!(seen, seen_bare);
            let replay = |story: &Story| Run::replay(&story.program, Seed(seed), &choices).expect("it was open");
            assert_eq!(replay(&story), replay(&bare));
            // Nor does playing without the story.
            let (mut game, mut next) = (Game::default(), choices.iter());
            game.play(&story.program, Seed(seed), u32::MAX, |_| *next.next().expect("a choice"));
            assert_eq!(*game.state(), *replay(&story).state());
            assert_eq!(*game.sums(), **replay(&story).tally());
        }
    }
}

/// Conditions are tested in two forms: compiled, in play, and as the scenario has them, where endings are told.
#[test]
fn both_forms_of_a_condition_agree() {
    for story in plays::shipped() {
        let (mut held, mut failed) = (0, 0);
        for seed in 0..300 {
            let (_, choices) = play(&story, seed, &mut ());
            let mut run = story.begin(Seed(seed));
            for chosen in choices {
                for (scene, compiled) in story.scenario.scenes.iter().zip(&story.program.scenes) {
                    let options = match &scene.kind {
                        SceneKind::Decision(decision) => decision.options.as_slice(),
                        SceneKind::Passage(_) => &[],
                    };
                    let told =
                        scene.echoes.iter().map(|echo| &echo.when).chain(options.iter().map(|option| &option.when));
                    let echoes = story.program.echoes[compiled.echoes.range()].iter().map(|echo| echo.when);
                    let played = story.program.options[compiled.options.range()].iter().map(|option| option.when);
                    for (told, played) in told.zip(echoes.chain(played)) {
                        let holds = ridealong::story::holds(told, run.state());
                        assert_eq!(holds, story.program.holds(played, run.state()), "{told:?}");
                        if holds { held += 1 } else { failed += 1 }
                    }
                }
                run.choose(&story.program, chosen).expect("it was open");
            }
        }
        assert!(held > 0 && failed > 0, "{held} {failed}");
    }
}
