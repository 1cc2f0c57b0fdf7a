//! Options of one decision beside each other: the take-over without bait, twins, and the one that nothing speaks for.

use super::{Choice, Finding};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::SceneOption;
use crate::scenario::check::places::{Places, Spot};
use crate::terms::{Meter, Posture};

/// Compares the options of a decision.
pub(super) fn decision(choice: &Choice<'_>, places: &Places, found: &mut Vec<Finding>) {
    for (at, option) in choice.options() {
        let spot = Spot::Option(choice.at, at);
        let problem = |code: Code, message: String| Diagnostic::new(code, places.span(spot), message);
        let outbid = outbid(choice, option);
        if let Some((best, gain)) = outbid {
            let own = option.effect.get(Meter::Momentum);
            let message = format!(
                "the take-over `{}` brings momentum {own:+}, the best option `{}` {gain:+}",
                option.id, best.id
            );
            let help = "taking over must pay today, or nobody is tempted; if this one is meant so, `allow` it";
            found.push((spot, problem(Code::NoBait, message).help(help)));
        }
        let twin = choice.options().take(at).find(|(_, other)| is_twin(other, option));
        let better = choice.options().find(|(other, better)| {
            // A take-over without bait has been told.
            let rivals = better.posture == option.posture || outbid.is_none();
            *other != at && rivals && dominates(better, option, *other < at)
        });
        if let Some((other, twin)) = twin {
            let message = format!("option `{}` has the posture, key and effect of `{}`", option.id, twin.id);
            let diagnostic = problem(Code::TwinOptions, message)
                .related(places.span(Spot::Option(choice.at, other)), "its twin")
                .help("tell them apart by what they do, or drop one of them");
            found.push((spot, diagnostic));
        } else if let Some((other, better)) = better {
            let message = format!("nothing speaks for option `{}`: `{}` is as good or better", option.id, better.id);
            let diagnostic = problem(Code::DominatedOption, message)
                .label("no meter, nothing learned, no other way")
                .related(places.span(Spot::Option(choice.at, other)), "as good or better in everything")
                .help("give it something of its own: momentum, an insight, a flag, another `goto`");
            found.push((spot, diagnostic));
        }
    }
}

/// The best option and its momentum, if that is as much as this take-over's.
fn outbid<'c>(choice: &Choice<'c>, option: &SceneOption) -> Option<(&'c SceneOption, i8)> {
    if option.posture != Posture::TakeOver || choice.is_best(option) {
        return None;
    }
    let own = option.effect.get(Meter::Momentum);
    let best = choice.options().map(|(_, option)| option).filter(|option| choice.is_best(option));
    let best = best.max_by_key(|best| best.effect.get(Meter::Momentum))?;
    let gain = best.effect.get(Meter::Momentum);
    (gain >= own).then_some((best, gain))
}

fn is_twin(one: &SceneOption, other: &SceneOption) -> bool {
    one.posture == other.posture && one.key == other.key && one.effect == other.effect
}

/// Whether an option is as good as another or better in everything that matters, whenever that one is open. Of two that
/// are equal in all of it the earlier one counts as better.
///
/// Staying away is compared with itself only: it is meant to lose against leading in everything, and tempts by what it
/// feels like. Momentum counts as good, since it is the bait.
fn dominates(better: &SceneOption, option: &SceneOption, is_earlier: bool) -> bool {
    let good = |of: &SceneOption, meter: Meter| {
        let by = i16::from(of.effect.get(meter));
        if meter.high_is_good() { by } else { -by }
    };
    let worth = |of: &SceneOption| {
        let meters = Meter::ALL.iter().map(|meter| good(of, *meter));
        std::iter::once(i16::from(of.key.get())).chain(meters).collect::<Vec<_>>()
    };
    let (ours, theirs) = (worth(better), worth(option));
    let as_good = ours.iter().zip(&theirs).all(|(ours, theirs)| ours >= theirs);
    let is_open = (better.when.is_empty() || better.when == option.when) && (!better.once || option.once);
    let same_flags = better.set.len() == option.set.len() && option.set.iter().all(|flag| better.set.contains(flag));
    let same_posture = better.posture == option.posture;
    (same_posture || option.posture != Posture::Absent)
        && as_good
        && (ours != theirs || same_posture && is_earlier)
        && is_open
        && option.learn.iter().all(|insight| better.learn.contains(insight))
        && same_flags
        && better.goto == option.goto
}
