//! Plays that make for one thing at a time: for what conditions keep from those who wander.

use super::facts::program_graph;
use super::graph::leading_to;
use super::plays::{Dice, meet, note, seed_of};
use super::targets::{Target, Targets, Witness};
use crate::engine::program::{Program, Target as To};
use crate::engine::{Chosen, Place};
use crate::terms::Meter;

/// Decisions made in all, at most.
const DECISIONS: u64 = 3_000_000;
/// Plays that make for one thing: each meter up and down, and none, three times each.
const PLAYS: u64 = 27;

/// Plays for everything that is open; gives back the decisions made.
pub(super) fn chase(program: &Program, targets: &mut Targets, plays: &mut Vec<Witness>) -> u64 {
    let out = program_graph(program);
    let mut homes: Vec<Option<u32>> = vec![None; program.options.len() + program.echoes.len()];
    for (scene, here) in (0..).zip(&program.scenes) {
        homes[here.options.range()].fill(Some(scene));
        let echoes = here.echoes.range();
        homes[program.options.len() + echoes.start..program.options.len() + echoes.end].fill(Some(scene));
    }
    let (mut decisions, mut dice) = (0, Dice::new(0xc4a5e));
    for target in targets.open().collect::<Vec<_>>() {
        let home = match target {
            Target::Scene(scene) | Target::Stuck(scene) => Some(scene),
            Target::Option(option) => homes[option as usize],
            Target::Echo(echo) => homes[program.options.len() + echo as usize],
            // Any scene will do that comes before it; wandering plays have been there.
            Target::Ending(_) | Target::Endless(_) => None,
        };
        let Some(home) = home else {
            continue;
        };
        let on_the_way = leading_to(&out, |scene| scene == home);
        for play in 0..PLAYS {
            if decisions > DECISIONS || !targets.is_open(target) {
                break;
            }
            decisions += make_for(program, (targets, plays), &on_the_way, play, &mut dice);
        }
    }
    decisions
}

/// One play that stays where it can still come to the target, and pushes a meter its way; ends where it can't any more.
fn make_for(
    program: &Program,
    (targets, plays): (&mut Targets, &mut Vec<Witness>),
    on_the_way: &[bool],
    play: u64,
    dice: &mut Dice,
) -> u64 {
    let (number, seed) = (u32::try_from(plays.len()).unwrap_or(u32::MAX), seed_of(program, play));
    let (mut choices, mut scenes, mut events) = (Vec::new(), Vec::new(), Vec::new());
    let mut state = program.begin(seed, &mut events);
    let mut news = note(targets, number, 0, &events);
    let push = Meter::ALL.get(usize::try_from(play % 9 / 2).unwrap_or(0)).filter(|_| play % 9 < 8);
    while let Place::Scene(scene) = state.place
        && on_the_way[scene as usize]
        && choices.len() <= on_the_way.len()
    {
        let open = program.open(&state);
        let first = program.scenes[scene as usize].options.start;
        let leads = |option: u8| {
            let option = &program.options[first as usize + usize::from(option)];
            program.exits[option.exits.range()].iter().any(|exit| match exit.to {
                To::Scene(to) => on_the_way[to as usize],
                To::Ending(_) => false,
            })
        };
        let options: Vec<u8> = (0..8).filter(|option| open & (1 << option) != 0).collect();
        let fresh = |option: &u8| targets.is_open(Target::Option(first + u32::from(*option)));
        let fresh: Vec<u8> = options.iter().copied().filter(fresh).collect();
        let good: Vec<u8> = options.iter().copied().filter(|option| leads(*option)).collect();
        let effect = |option: &&u8| {
            let by = program.options[first as usize + usize::from(**option)].effect;
            push.map_or(
                0,
                |meter| if play.is_multiple_of(2) { i16::from(by.get(*meter)) } else { -i16::from(by.get(*meter)) },
            )
        };
        let among = [&fresh, &good].into_iter().find(|some| !some.is_empty()).unwrap_or(&options);
        let chosen = if push.is_some() { among.iter().max_by_key(effect).copied() } else { dice.any(among) };
        let Some(chosen) = chosen else {
            break;
        };
        events.clear();
        if program.choose(&mut state, usize::from(chosen), seed, &mut events).is_err() {
            break;
        }
        choices.push(Chosen(chosen));
        scenes.push(scene);
        news |= meet(targets, number, choices.len(), Target::Option(first + u32::from(chosen)));
        news |= note(targets, number, choices.len(), &events);
    }
    let decisions = choices.len() as u64 + 1;
    if news {
        plays.push(Witness { seed: Some(seed), choices, scenes });
    }
    decisions
}
