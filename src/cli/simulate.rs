//! `simulate`: bots play a scenario, and the bands of the scoring say whether it tells a leader from a manager.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::args::Simulate;
use super::waiting::Waiting;
use super::{Failure, Outcome, Streams, play};
use crate::engine::Ratio;
use crate::plain::Page;
use crate::prove::policies::Policy;
use crate::prove::simulate::Simulation;
use crate::prove::totals::Totals;
use crate::report::{BandResult, Simulated};
use crate::scenario::library::Library;
use crate::story::Story;
use crate::terms::{Meter, Posture};

/// What a policy's plays came to, and how long they took.
type Played = (Policy, Totals, Duration);

/// Fewer plays than this are done before another thread has begun.
const FEW: u64 = 1000;

pub(super) fn run(args: &Simulate, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let entry = library.find(&args.scenario).map_err(Failure::cannot)?;
    let story = play::any_story(entry, streams)?;
    let seed = args.seed.map_or_else(|| play::draw().map(|seed| seed.0), Ok)?;
    let played = simulate(args, &story, seed, streams)?;
    let result = Simulated::of(&story, seed, &played);
    if args.json {
        writeln!(streams.output, "{}", result.to_json())?;
    } else {
        let mut page = Page::new(&mut streams.output, streams.columns);
        tell(&mut page, &story, &played, &result)?;
    }
    Ok(if args.strict && result.missed() > 0 { Outcome::Problems } else { Outcome::Fine })
}

/// Every play that was asked for, with a line on how far it is where somebody watches.
fn simulate(args: &Simulate, story: &Story, seed: u64, streams: &mut Streams<'_>) -> io::Result<Vec<Played>> {
    let one = args.policy.map(|policy| [policy]);
    let policies = one.as_ref().map_or(Policy::ALL, |one| one.as_slice());
    let simulation = Simulation::new(story, seed);
    let threads = if args.plays < FEW { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    let mut waiting = Waiting::new();
    let mut all = Vec::new();
    for (number, policy) in policies.iter().copied().enumerate() {
        let plays = args.plays.max(simulation.at_least(policy));
        let slice = if streams.errors_is_terminal { (plays / 50).max(FEW) } else { plays };
        let (mut totals, mut done, start) = (Totals::none(&story.program), 0, Instant::now());
        while done < plays {
            waiting.tell(streams, || {
                let part = 100 * u128::from(done) / u128::from(plays);
                format!("{} of {}: {} {part}%", number + 1, policies.len(), policy.id())
            })?;
            let next = plays.min(done + slice);
            totals.merge(&simulation.play(policy, done..next, threads));
            done = next;
        }
        all.push((policy, totals, start.elapsed()));
    }
    waiting.done(streams)?;
    Ok(all)
}

fn tell<W: Write>(page: &mut Page<W>, story: &Story, played: &[Played], result: &Simulated<'_>) -> io::Result<()> {
    let plays = played.iter().map(|(_, totals, _)| totals.plays()).min().unwrap_or(0);
    let each = if played.len() > 1 { " of each policy" } else { "" };
    page.para(&format!("{}: {plays} plays{each}. Seed: {}.", story.scenario.title, result.seed))?;
    page.gap()?;
    page.raw("             score                       be- peo-   postures, %    at the end")?;
    page.raw("policy        mean    sd  p5 p95 min max hav ple  lead take abs   T   G   M   B")?;
    for (policy, totals, _) in played {
        page.raw(&row(*policy, totals))?;
    }
    page.gap()?;
    page.para("T, G, M, B: means of trust, growth, momentum and bypass at the end.")?;
    page.heading("Endings")?;
    for (policy, totals, _) in played {
        page.item(&format!("{:<12}", policy.id()), &endings(story, totals))?;
    }
    let of = |wanted| played.iter().position(|(policy, ..)| *policy == wanted);
    // Those who choose by rule leave out most; that is told of the one who was asked for.
    if let Some(at) = of(Policy::Random).or((played.len() == 1).then_some(0)) {
        let never = &result.policies[at].never_chosen;
        let count = story.program.options.len();
        page.heading(&format!("Options that {} never chose: {} of {count}", played[at].0.id(), never.len()))?;
        never.iter().try_for_each(|option| page.item("  ", option))?;
    }
    if !result.bands.is_empty() {
        page.heading("Bands")?;
        result.bands.iter().try_for_each(|band| page.item(mark(band), &judged(band)))?;
        page.gap()?;
        page.para(&verdict(result))?;
    }
    Ok(())
}

fn row(policy: Policy, totals: &Totals) -> String {
    let whole = |ratio: Ratio| ratio.round();
    let percent = |posture| totals.share(posture).parts(100);
    let hundredths = totals.score_sd();
    let sd = format!("{}.{}", (hundredths + 5) / 100, (hundredths + 5) / 10 % 10);
    let [lead, take_over, absent] = [Posture::Lead, Posture::TakeOver, Posture::Absent].map(percent);
    let [trust, growth, momentum, bypass] =
        [Meter::Trust, Meter::Growth, Meter::Momentum, Meter::Bypass].map(|meter| whole(totals.meter(meter)));
    format!(
        "{:<12} {:>5} {sd:>5} {:>3} {:>3} {:>3} {:>3} {:>3} {:>3}  {lead:>4} {take_over:>4} {absent:>3} {trust:>3} \
         {growth:>3} {momentum:>3} {bypass:>3}",
        policy.id(),
        totals.score_mean().one_decimal(),
        totals.score_percentile(5),
        totals.score_percentile(95),
        totals.score_min(),
        totals.score_max(),
        whole(totals.behaviour()),
        whole(totals.people()),
    )
}

/// The endings that plays came to, the most frequent first.
fn endings(story: &Story, totals: &Totals) -> String {
    let mut shares: Vec<(Ratio, &str)> =
        totals.endings().zip(story.scenario.endings.iter().map(|ending| &*ending.id)).collect();
    shares.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    let told = |(share, id): &(Ratio, &str)| match share.parts(100) {
        0 => format!("{id} below 1%"),
        percent => format!("{id} {percent}%"),
    };
    let met: Vec<String> = shares.iter().filter(|(share, _)| *share > Ratio::new(0, 1)).map(told).collect();
    let lost = (totals.lost > 0).then(|| format!("{} plays came to no end", totals.lost));
    met.into_iter().chain(lost).collect::<Vec<_>>().join(", ")
}

fn mark(band: &BandResult) -> &'static str {
    if band.holds { "ok    " } else { "MISSED" }
}

fn judged(band: &BandResult) -> String {
    format!("{:<12} {}: {} ({})", band.policy, band.measure, band.value, band.wanted())
}

fn verdict(result: &Simulated<'_>) -> String {
    match (result.missed(), result.bands.len()) {
        (0, _) => "Every band is kept.".to_owned(),
        (missed, all) => format!(
            "{missed} of {all} bands missed: by these numbers the story doesn't tell a leader from the others. Look at the \
             keys, and at what taking over brings."
        ),
    }
}
