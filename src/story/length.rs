//! How long a story is: the most decisions that can follow from each scene.

use crate::engine::program::{Program, Span, Target};

/// Whether a scene has been walked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walked {
    No,
    /// It is on the way to the scene at hand: a loop.
    Now,
    Done,
}

/// For every scene, the most decisions on any way from it to an ending, itself included. Conditions are not looked at;
/// a way back to a scene that is on the way already adds nothing.
pub(super) fn decisions_ahead(program: &Program) -> Vec<u32> {
    let count = program.scenes.len();
    let mut ahead = vec![0; count];
    let mut walked = vec![Walked::No; count];
    for start in 0..count {
        // A stack of our own: a scenario may be longer than the call stack is deep.
        let mut stack = vec![(start, next_scenes(program, start))];
        while let Some((scene, next)) = stack.last_mut() {
            let scene = *scene;
            if walked[scene] == Walked::Done {
                stack.pop();
                continue;
            }
            walked[scene] = Walked::Now;
            if let Some(to) = next.pop() {
                match walked[to] {
                    Walked::No => stack.push((to, next_scenes(program, to))),
                    Walked::Now => {}
                    Walked::Done => ahead[scene] = ahead[scene].max(ahead[to]),
                }
                continue;
            }
            ahead[scene] += u32::from(!program.scenes[scene].options.is_empty());
            walked[scene] = Walked::Done;
            stack.pop();
            if let Some((before, _)) = stack.last() {
                ahead[*before] = ahead[*before].max(ahead[scene]);
            }
        }
    }
    ahead
}

/// The scenes that a scene can lead to.
fn next_scenes(program: &Program, scene: usize) -> Vec<usize> {
    let here = program.scenes[scene];
    let options = program.options[here.options.range()].iter().map(|option| option.exits);
    let spans: Vec<Span> = options.chain([here.exits]).collect();
    let exits = spans.into_iter().flat_map(|span| &program.exits[span.range()]);
    exits
        .filter_map(|exit| match exit.to {
            Target::Scene(to) => Some(to as usize),
            Target::Ending(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::program::{Exit, PlayOption, Scene, Scored};
    use crate::terms::{Effect, Key, Posture, Rule};

    /// Stands for the ending among the targets.
    const END: u32 = u32::MAX;

    /// A program of these scenes: a decision with an option to each target, or a passage to them.
    fn program(scenes: &[(bool, &[u32])]) -> Program {
        let mut program = Program::default();
        for (decision, targets) in scenes {
            let exits_from = u32::try_from(program.exits.len()).expect("small");
            let options_from = u32::try_from(program.options.len()).expect("small");
            for (at, to) in (exits_from..).zip(*targets) {
                let to = if *to == END { Target::Ending(0) } else { Target::Scene(*to) };
                program.exits.push(Exit { to, when: Span::default(), chance: 0 });
                if *decision {
                    program.options.push(PlayOption {
                        when: Span::default(),
                        once: None,
                        posture: Posture::Lead,
                        key: Key::new(4).expect("a key"),
                        effect: Effect::NONE,
                        learn: 0,
                        set: [0; 4],
                        exits: Span { start: at, end: at + 1 },
                    });
                }
            }
            let count = u32::try_from(targets.len()).expect("small");
            let all = Span { start: exits_from, end: exits_from + count };
            program.scenes.push(Scene {
                options: if *decision {
                    Span { start: options_from, end: options_from + count }
                } else {
                    Span::default()
                },
                echoes: Span::default(),
                exits: if *decision { Span::default() } else { all },
                scored: Scored { rule: Rule::Close, also: None, weight: 2 },
            });
        }
        program
    }

    #[test]
    fn the_longest_way_counts_and_passages_do_not() {
        let program = program(&[(true, &[1, 2]), (true, &[3]), (false, &[3]), (true, &[END])]);
        assert_eq!(decisions_ahead(&program), [3, 2, 1, 1]);
    }

    #[test]
    fn a_loop_is_counted_once() {
        let program = program(&[(true, &[1]), (true, &[0, 2]), (true, &[END])]);
        assert_eq!(decisions_ahead(&program)[0], 3);
    }

    #[test]
    fn a_very_long_story_is_no_trouble() {
        let targets: Vec<[u32; 1]> = (1..=100_000).map(|to| [if to == 100_000 { END } else { to }]).collect();
        let scenes: Vec<(bool, &[u32])> = targets.iter().map(|to| (true, to.as_slice())).collect();
        assert_eq!(decisions_ahead(&program(&scenes))[0], 100_000);
    }
}
