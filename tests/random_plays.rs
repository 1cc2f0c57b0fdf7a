//! Many random plays of what is shipped and of what is made for tests: every one ends, the meters stay in range, and a replay is the play.
#![allow(clippy::expect_used)]

#[path = "common/generated.rs"]
mod generated;
#[path = "common/plays.rs"]
mod plays;

use std::collections::BTreeSet;

use ridealong::engine::program::Span;
use ridealong::engine::{Chosen, Event, Game, Observer, Place, Run, Seed};
use ridealong::record::Record;
use ridealong::scenario::check::check;
use ridealong::scenario::{Condition, SceneKind};
use ridealong::story::Story;
use ridealong::terms::Meter;

/// Plays of what is shipped, shared out among the stories.
const PLAYS: u64 = 100_000;
/// Plays of each story that is made for tests.
const MADE: u64 = 10_000;
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

/// What is played, and how often.
fn shipped_and_made() -> Vec<(Story, u64)> {
    let shipped = plays::shipped();
    let plays = PLAYS / u64::try_from(shipped.len()).expect("a few");
    shipped
        .into_iter()
        .map(|story| (story, plays))
        .chain(plays::made().into_iter().map(|story| (story, MADE)))
        .collect()
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
    for (story, plays) in shipped_and_made() {
        for seed in 0..plays {
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

/// Or the story for tests has lost what it is for.
#[test]
fn everything_happens_in_the_story_with_everything() {
    let story = plays::made().pop().expect("the story with everything");
    let program = &story.program;
    let (mut endings, mut echoes, mut closed, mut met_again) = (BTreeSet::new(), BTreeSet::new(), 0_u32, 0_u32);
    for seed in 0..MADE {
        let (_, choices) = play(&story, seed, &mut ());
        let run = Run::replay(program, Seed(seed), &choices).expect("it was open");
        endings.extend(run.ending(program));
        let events = run.opening().iter().chain(run.steps().iter().flat_map(|step| &step.events));
        echoes.extend(events.filter_map(|event| if let Event::Echoed(echo, _) = event { Some(*echo) } else { None }));
        for step in run.steps() {
            closed += (1 << program.scenes[step.scene as usize].options.len()) - 1 - u32::from(step.open);
        }
        let scenes: BTreeSet<u32> = run.steps().iter().map(|step| step.scene).collect();
        met_again += u32::from(scenes.len() < run.steps().len());
    }
    assert_eq!((endings.len(), echoes.len()), (program.endings.len(), program.echoes.len()));
    assert!(closed > 0 && met_again > 0, "{closed} {met_again}");
}

#[test]
fn a_replay_shows_the_same_events() {
    for (story, _) in shipped_and_made() {
        for seed in 0..500 {
            let (mut first, mut second) = (Seen::default(), Seen::default());
            assert_eq!(play(&story, seed, &mut first), play(&story, seed, &mut second));
            assert_eq!(first, second);
        }
    }
}

#[test]
fn going_back_and_on_again_changes_nothing() {
    for (story, _) in shipped_and_made() {
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
    for (story, _) in shipped_and_made() {
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
                    let exits = match &scene.kind {
                        SceneKind::Decision(_) => &[],
                        SceneKind::Passage(goto) => goto.0.as_slice(),
                    };
                    let exits = exits.iter().chain(options.iter().flat_map(|option| &option.goto.0));
                    let echoes = scene.echoes.iter().map(|echo| &echo.when);
                    let told =
                        echoes.chain(options.iter().map(|option| &option.when)).chain(exits.map(|exit| &exit.when));
                    let told: Vec<&Condition> = told.collect();
                    let program = &story.program;
                    let options = &program.options[compiled.options.range()];
                    let spans = [compiled.exits].into_iter().chain(options.iter().map(|option| option.exits));
                    let exits = spans.flat_map(|span| &program.exits[span.range()]);
                    let echoes = program.echoes[compiled.echoes.range()].iter().map(|echo| echo.when);
                    let played =
                        echoes.chain(options.iter().map(|option| option.when)).chain(exits.map(|exit| exit.when));
                    let played: Vec<Span> = played.collect();
                    assert_eq!(told.len(), played.len());
                    for (told, played) in told.into_iter().zip(played) {
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
