//! What each option is worth to each meter, as far as one can say beforehand.
//!
//! Bounds go a meter at a time, and each would have its own favourite option. With what an option does to a meter paid
//! for, no option is anybody's favourite, and the one table that is credited with all of it decides for all. Any
//! prices give sound bounds; these are exact along the way that seems best, from the states that promising plays pass
//! through, and near enough beside it.

use super::aim::Aim;
use super::bounds::Ground;
use super::meters::VALUES;
use super::search::Stand;
use super::skeleton::Skeleton;
use crate::engine::Place;
use crate::engine::program::{Program, Span, Target};
use crate::engine::score::R_PARTS;
use crate::terms::{Meter, Meters};

/// Where a meter comes to from each of its values, on the way that seems best.
type Rows = [[u8; VALUES]; 4];

/// What follows from a scene on the way that seems best.
#[derive(Clone)]
struct Ahead {
    rows: Rows,
    /// Behaviour and ending, scaled.
    rest: i64,
}

/// Prices by option and meter, drawn from states that promising plays pass through.
pub(super) fn prices(ground: Ground<'_>, aim: &Aim, scale: i64, around: &[Meters]) -> Vec<[i32; 4]> {
    let Ground { program, moves, knots, .. } = ground;
    let mut straight = [[0; VALUES]; 4];
    for row in &mut straight {
        (0..).zip(row).for_each(|(value, slot)| *slot = value);
    }
    let nothing = Ahead { rows: straight, rest: 0 };
    let mut ahead = vec![nothing.clone(); program.scenes.len()];
    let mut prices = vec![[0; 4]; program.options.len()];
    for (knot, goes_round) in knots {
        for scene in knot {
            let here = &program.scenes[*scene as usize];
            if here.options.is_empty() {
                ahead[*scene as usize] = after(program, aim, scale, here.exits, &ahead, &nothing);
                continue;
            }
            let at = around[*scene as usize];
            let keys = || program.options[here.options.range()].iter().map(|option| u64::from(option.key.get()));
            let (low, high) = (keys().min().unwrap_or(0), keys().max().unwrap_or(0));
            let mut best: Option<(i64, [i64; 4], Ahead)> = None;
            let mut worths = Vec::with_capacity(here.options.len());
            for option in &program.options[here.options.range()] {
                let mut way = after(program, aim, scale, option.exits, &ahead, &nothing);
                if high > low {
                    let r = (u64::from(option.key.get()) - low) * R_PARTS / (high - low);
                    let lost = i64::try_from(aim.loss(u64::from(here.scored.weight), r)).unwrap_or(0);
                    way.rest -= aim.behaviour * lost;
                }
                let mut worth = [0; 4];
                for meter in Meter::ALL {
                    let place = meter.index();
                    let moved = moves.of(option.effect, place)[usize::from(at.get(*meter))];
                    worth[place] = aim.meters[place] * i64::from(way.rows[place][usize::from(moved)]);
                }
                let all = way.rest + scale * worth.iter().sum::<i64>();
                worths.push(worth);
                if best.as_ref().is_none_or(|(most, ..)| all > *most) {
                    for (place, row) in way.rows.iter_mut().enumerate() {
                        let before = *row;
                        let moved = moves.of(option.effect, place);
                        for (slot, value) in row.iter_mut().zip(moved) {
                            *slot = before[usize::from(*value)];
                        }
                    }
                    best = Some((all, worth, way));
                }
            }
            let Some((_, usual, way)) = best else {
                continue;
            };
            ahead[*scene as usize] = way;
            // Going round would be paid again and again.
            if !goes_round {
                for (slot, worth) in prices[here.options.range()].iter_mut().zip(worths) {
                    for ((price, worth), usual) in slot.iter_mut().zip(worth).zip(usual) {
                        *price = i32::try_from(worth - usual).unwrap_or(0);
                    }
                }
            }
        }
    }
    prices
}

/// What follows a goto, as if its conditions failed wherever they can.
fn after(program: &Program, aim: &Aim, scale: i64, exits: Span, ahead: &[Ahead], nothing: &Ahead) -> Ahead {
    match program.exits[exits.range()].last().map(|exit| exit.to) {
        Some(Target::Scene(scene)) => ahead[scene as usize].clone(),
        Some(Target::Ending(ending)) => {
            let value = i64::from(program.endings[ending as usize].value());
            Ahead { rest: scale * aim.ending * value, ..nothing.clone() }
        }
        None => nothing.clone(),
    }
}

/// The meters in each scene, in the mean of these states; where there are none, those of the scene before in the file.
pub(super) fn around(skeleton: &Skeleton<'_>, states: &[Stand]) -> Vec<Meters> {
    let program = skeleton.program;
    let mut sums = vec![([0_u32; 4], 0_u32); program.scenes.len()];
    for stand in states {
        if let Place::Scene(scene) = skeleton.node(stand.node).place {
            let (sum, count) = &mut sums[scene as usize];
            *count += 1;
            for meter in Meter::ALL {
                sum[meter.index()] += u32::from(stand.meters.get(*meter));
            }
        }
    }
    let mut last = program.meters;
    let mean = |(sum, count): &([u32; 4], u32)| {
        if *count > 0 {
            last = Meters::new(sum.map(|sum| u8::try_from(sum / count).unwrap_or(100)));
        }
        last
    };
    sums.iter().map(mean).collect()
}
