#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::print_stdout, clippy::expect_used, missing_docs)]
#[path = "../tests/common/generated.rs"]
mod generated;
use ridealong::prove::*;
use ridealong::engine::*;
use ridealong::story::Story;
use std::time::Instant;
fn rnd(x: &mut u64) -> usize { *x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); (*x >> 33) as usize }
fn look(name: &str, story: &Story, froms: usize) {
    let p = &story.program;
    let t = Instant::now();
    let mut prover = Prover::new(p, Limits::default());
    println!("{}: new {:?} {:?}", name, t.elapsed(), prover.tmp_info());
    for i in 0..4 {
        let t = Instant::now();
        let e = prover.tmp(i).unwrap();
        println!("  {i}: bound {} reached {} complete {} states {} {:?} len {}", e.bound.one_decimal(), e.reached.one_decimal(), e.complete, e.states, t.elapsed(), e.choices.len());
    }
    let mut times: Vec<(u128, u64)> = vec![];
    let mut complete = 0;
    let mut x = 12345u64;
    let mut prover = Prover::new(p, Limits { states: 20_000, ..Limits::default() });
    for _ in 0..froms {
        let mut run = story.begin(Seed(1));
        let mut n = rnd(&mut x) % 14;
        while n > 0 && matches!(run.state().place, Place::Scene(_)) {
            let open = p.open(run.state());
            let opts: Vec<u8> = (0..8).filter(|i| open & (1 << i) != 0).collect();
            run.choose(p, Chosen(opts[rnd(&mut x) % opts.len()])).unwrap();
            n -= 1;
        }
        let t = Instant::now();
        if let Some(e) = prover.best_from(run.state(), run.tally()) {
            times.push((t.elapsed().as_micros(), e.states));
            complete += e.complete as usize;
        }
    }
    times.sort();
    if !times.is_empty() {
    println!("  best_from n {} complete {complete} median {:?} p90 {:?} p99 {:?} max {:?}", times.len(), times[times.len()/2], times[times.len()*9/10], times[times.len()*99/100], times.last());
    }
}
fn main() {
    let args: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    if args.is_empty() {
        let library = ridealong::scenario::library::Library::open(None);
        for entry in library.entries() {
            look(&entry.id, &Story::new(entry.scenario().unwrap().clone()), 300);
        }
        return;
    }
    for seed in 0..args[1] {
        let text = generated::Shape::bench(args[0]).seed(seed as u64).toml();
        let checked = ridealong::scenario::check::check("generated.toml", text.as_bytes());
        for d in checked.diagnostics().iter().filter(|d| d.is_error()).take(3) { println!("{d:?}"); } let Some(sc) = checked.into_scenario() else { println!("skip {seed}"); continue };  let story = Story::new(sc);
        look(&format!("gen {} {seed}", args[0]), &story, args[2]);
    }
}
