//! The search, case by case and against going through every state.

use super::*;
use crate::scenario::{FlagId, InsightId};
use crate::terms::Meter;

fn trust(min: u8, max: u8) -> Condition {
    Condition { meters: vec![(Meter::Trust, Bounds { min, max })], ..Condition::default() }
}

fn flag(id: u32) -> Condition {
    Condition { flags: vec![FlagId(id)], ..Condition::default() }
}

fn without(id: u32) -> Condition {
    Condition { without: vec![FlagId(id)], ..Condition::default() }
}

fn any(of: Vec<Condition>) -> Condition {
    Condition { any: vec![of], ..Condition::default() }
}

/// Whether one of these holds in every state.
fn one_always_holds(conditions: &[Condition]) -> bool {
    let reasoner = Reasoner::new(3);
    reasoner.can(reasoner.anywhere(), [], conditions) == Answer::No
}

#[test]
fn cases_that_cover_everything() {
    assert!(one_always_holds(&[Condition::default()]));
    assert!(one_always_holds(&[trust(50, 100), trust(0, 49)]));
    assert!(!one_always_holds(&[trust(50, 100), trust(0, 48)]));
    assert!(one_always_holds(&[trust(0, 30), trust(20, 60), trust(61, 100)]));
    assert!(one_always_holds(&[flag(200), without(200)]));
    assert!(!one_always_holds(&[flag(0), without(1)]));
    assert!(one_always_holds(&[any(vec![flag(0), without(0)])]));
    assert!(one_always_holds(&[
        any(vec![flag(0), flag(1)]),
        Condition { without: vec![FlagId(0), FlagId(1)], ..Condition::default() }
    ]));
    assert!(one_always_holds(&[flag(0), without(1), Condition { flags: vec![FlagId(1)], ..without(0) }]));
}

#[test]
fn knowing_counts() {
    let knows =
        |ids: &[u32]| Condition { knows: ids.iter().map(|id| InsightId(*id)).collect(), ..Condition::default() };
    let at_least = |min| Condition { insights: Some(Bounds { min, max: 64 }), ..Condition::default() };
    let at_most = |max| Condition { insights: Some(Bounds { min: 0, max }), ..Condition::default() };
    let reasoner = Reasoner::new(3);
    let can = |hold: &[Condition]| reasoner.can(reasoner.anywhere(), hold, []);
    assert_eq!(can(&[knows(&[0, 1]), at_most(1)]), Answer::No);
    assert!(matches!(can(&[knows(&[0, 1]), at_most(2)]), Answer::Yes(_)));
    assert_eq!(can(&[at_least(4)]), Answer::No);
    assert!(matches!(can(&[at_least(3)]), Answer::Yes(_)));
    assert!(one_always_holds(&[at_least(2), at_most(1)]));
    // Who lacks one of three can't know three.
    assert_eq!(reasoner.can(reasoner.anywhere(), &[at_least(3)], &[knows(&[2])]), Answer::No);
}

#[test]
fn too_many_cases_are_given_up() {
    let reasoner = Reasoner::new(0);
    // Two flags a case, none of them shared: 2^100 ways to fail.
    let hard: Vec<Condition> =
        (0..100).map(|i| Condition { flags: vec![FlagId(2 * i), FlagId(2 * i + 1)], ..Condition::default() }).collect();
    assert!(matches!(reasoner.can(reasoner.anywhere(), [], &hard), Answer::Yes(_)));
    let all = any(hard.clone());
    let none = hard
        .iter()
        .map(|each| Condition { any: vec![each.flags.iter().map(|f| without(f.0)).collect()], ..Condition::default() });
    let none: Vec<Condition> = none.collect();
    assert_eq!(reasoner.can(reasoner.anywhere(), none.iter().chain([&all]), []), Answer::TooHard);
}

/// A small random number from a seed that moves on.
fn below(seed: &mut u64, limit: u32) -> u32 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    u32::try_from(*seed >> 33).unwrap() % limit
}

fn random(seed: &mut u64, depth: usize) -> Condition {
    let mut condition = Condition::default();
    let bounds = |seed: &mut u64, most: u32| {
        let mut one = || u8::try_from(below(seed, most + 1)).unwrap();
        let (a, b) = (one(), one());
        Bounds { min: a.min(b), max: a.max(b) }
    };
    for _ in 0..=below(seed, 2) {
        match below(seed, if depth == 0 { 5 } else { 7 }) {
            0 => condition.meters = vec![(Meter::Trust, bounds(seed, 100))],
            1 => condition.insights = Some(bounds(seed, 3)),
            2 => condition.knows = vec![InsightId(below(seed, 3))],
            3 => condition.flags = vec![FlagId(below(seed, 3))],
            4 => condition.without = vec![FlagId(below(seed, 3))],
            _ => condition.any = vec![(0..=below(seed, 2)).map(|_| random(seed, depth - 1)).collect()],
        }
    }
    condition
}

/// Whether a condition holds at this trust, with these insights and flags, a bit each.
fn holds(condition: &Condition, trust: u8, insights: u32, flags: u32) -> bool {
    condition.meters.iter().all(|(_, bounds)| bounds.hold(trust))
        && condition.insights.is_none_or(|bounds| bounds.hold(u8::try_from(insights.count_ones()).unwrap()))
        && condition.knows.iter().all(|id| insights & (1 << id.0) != 0)
        && condition.flags.iter().all(|id| flags & (1 << id.0) != 0)
        && condition.without.iter().all(|id| flags & (1 << id.0) == 0)
        && condition.any.iter().all(|group| group.iter().any(|each| holds(each, trust, insights, flags)))
}

#[test]
fn answers_are_those_of_every_state() {
    let mut seed = 7;
    let mut possible = 0;
    for _ in 0..2000 {
        let hold: Vec<Condition> = (0..below(&mut seed, 3)).map(|_| random(&mut seed, 2)).collect();
        let fail: Vec<Condition> = (0..below(&mut seed, 4)).map(|_| random(&mut seed, 2)).collect();
        let states = (0..=100).flat_map(|trust| (0..64).map(move |sets| (trust, sets & 7, sets >> 3)));
        let one = states.into_iter().any(|(trust, insights, flags)| {
            hold.iter().all(|each| holds(each, trust, insights, flags))
                && !fail.iter().any(|each| holds(each, trust, insights, flags))
        });
        let reasoner = Reasoner::new(3);
        let found = reasoner.can(reasoner.anywhere(), &hold, &fail);
        assert_eq!(matches!(found, Answer::Yes(_)), one, "{hold:#?} {fail:#?}");
        assert_ne!(found, Answer::TooHard);
        possible += u32::from(one);
    }
    assert!((200..1800).contains(&possible), "{possible}");
}

#[test]
fn a_case_is_told_in_words() {
    let mut scenario =
        crate::scenario::check::check("small.toml", include_bytes!("../../../../tests/fixtures/small.toml"));
    let scenario = scenario.scenario.take().unwrap();
    let reasoner = Reasoner::new(scenario.insights.len());
    let words = |hold: &[Condition], fail: &[Condition]| match reasoner.can(reasoner.anywhere(), hold, fail) {
        Answer::Yes(region) => region.in_words(&scenario),
        Answer::No | Answer::TooHard => panic!("it can't be"),
    };
    assert_eq!(words(&[], &[]), None);
    assert_eq!(words(&[], &[trust(50, 100)]).as_deref(), Some("when trust is at most 49"));
    assert_eq!(words(&[trust(20, 30)], &[]).as_deref(), Some("when trust is from 20 to 30"));
    assert_eq!(words(&[flag(0)], &[flag(1)]).as_deref(), Some("when `promised` is set and `paused` is not set"));
    let knows = Condition { knows: vec![InsightId(1)], ..trust(7, 7) };
    assert_eq!(words(&[knows], &[]).as_deref(), Some("when trust is 7 and `lock` is known"));
}
