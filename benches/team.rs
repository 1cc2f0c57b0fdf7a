//! What team sessions can take: verifying, a board over a million runs, and 32 clients at once, beside bare inserts.
//!
//! `cargo bench --bench team`; words behind it (`verify`, `board`, `submit`) take a part alone. Each figure stands beside
//! what it is compared with in the same run. The server syncs every commit to disk.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/common/postgres.rs"]
mod postgres;

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ridealong::engine::{ENGINE_VERSION, Game, KEY_VERSION, Seed};
use ridealong::prove::chance::Chance;
use ridealong::record::Record;
use ridealong::scenario::check::check;
use ridealong::store::{Location, TeamStore};
use ridealong::story::Story;
use ridealong::team::verify::{Copies, Desk, Joined, Opened, Ticket, Verdict, replay};
use ridealong::team::{Hand, Letter, Message, Round, Session, SessionCode, Step, Token};
use ridealong::terms::Feedback;
use ridealong::text::Text;
use uuid::Uuid;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SOURCE: &str = include_str!("../tests/fixtures/corner-office.toml");
const ROUNDS: u8 = 3;
const CLIENTS: usize = 32;
/// How often the verifier looks into the inbox.
const LOOK: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` only wants to see that it runs.
    let is_real = arguments.iter().any(|argument| argument == "--bench");
    let wanted = |part: &str| {
        let mut named = arguments.iter().filter(|argument| !argument.starts_with("--")).peekable();
        named.peek().is_none() || named.any(|argument| argument == part)
    };
    let stage = Stage::new();
    if wanted("verify") {
        verify(&stage, if is_real { 20_000 } else { 50 });
    }
    if wanted("board") {
        boards(&stage, if is_real { 333_334 } else { 300 });
    }
    if wanted("submit") {
        submit(&stage, if is_real { 24_000 } else { 96 }, if is_real { 5 } else { 1 });
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn rate(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64()
}

/// A session of three rounds of one story, and the story.
struct Stage {
    session: Session,
    copies: Copies,
}

impl Stage {
    fn new() -> Self {
        let story = Story::new(check("corner-office", SOURCE.as_bytes()).into_scenario().unwrap());
        let hash = story.hash.to_string();
        let round = |number: u8| Round {
            number,
            scenario: hash.clone(),
            title: Text::clean("Corner office"),
            seed: Seed(number.into()),
        };
        let session = Session {
            code: SessionCode::new(1),
            title: Text::clean("Friday"),
            feedback: Feedback::End,
            rounds: (1..=ROUNDS).map(round).collect(),
            teams: Vec::new(),
            team_minimum: 2,
            needed: ROUNDS,
            band: 8,
            opens: None,
            closes: None,
            grace: 15,
            opened: Some(Timestamp::UNIX_EPOCH),
            frozen: None,
            sealed: None,
            revealed: None,
            pauses: Vec::new(),
        };
        Self { session, copies: Copies::from([(hash, story)]) }
    }

    fn story(&self) -> &Story {
        &self.copies[&self.session.rounds[0].scenario]
    }

    /// A run of a round by chance.
    fn run(&self, round: u8, chance: u64) -> Record {
        let (story, seed) = (self.story(), self.session.round(round).unwrap().seed);
        let (mut game, mut chance, mut choices) = (Game::default(), Chance::of_play(1, chance), Vec::new());
        let ended = game.play(&story.program, seed, u32::MAX, |met| {
            let chosen = met.nth(chance.below(met.count()));
            choices.push(story.option(met.scene, chosen).unwrap().id.clone());
            chosen
        });
        assert!(ended.is_some());
        Record {
            scenario: format!("{}/{round}", self.session.code),
            hash: Some(story.hash.to_string()),
            seed,
            engine_version: Some(ENGINE_VERSION),
            key_version: Some(KEY_VERSION),
            choices,
        }
    }

    fn hand(&self, number: u128) -> Hand {
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(&number.to_be_bytes());
        Hand { player: id(number * 100), token: Token::new(secret), session: self.session.code }
    }

    /// What a player sends before playing, and then their runs.
    fn letters(&self, number: u128) -> (Vec<Letter>, Vec<Letter>) {
        let hand = self.hand(number);
        let mut before = vec![hand.join(&self.session, Text::clean(&format!("Player {number}")), Text::EMPTY)];
        let mut runs = Vec::new();
        for round in 1..=ROUNDS {
            let (ticket, run) = (id(number * 100 + u128::from(round)), id(number * 100 + 10 + u128::from(round)));
            before.push(hand.take(round, ticket));
            let record = self.run(round, u64::try_from(number * 10).unwrap() + u64::from(round));
            runs.push(hand.send(round, run, record, Some(50)));
        }
        (before, runs)
    }
}

/// The same number gives the same id: later ones mostly sort later, the rest is as good as chance.
fn id(number: u128) -> Uuid {
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes();
    let milliseconds = 1_800_000_000_000 + u64::try_from(number / 1000).unwrap();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &std::array::from_fn(|place| spread[place])).into_uuid()
}

/// From a letter's payload to the verdict, and the replay in it alone, on one thread.
fn verify(stage: &Stage, count: u32) {
    let letters: Vec<(Vec<Letter>, Vec<Letter>)> = (0..count.div_ceil(3)).map(|n| stage.letters(n.into())).collect();
    let runs: Vec<&Letter> = letters.iter().flat_map(|(_, runs)| runs).collect();
    let records: Vec<Record> =
        (1..=ROUNDS).cycle().zip(0..).take(runs.len()).map(|(round, n)| stage.run(round, n)).collect();
    let decisions: usize = records.iter().map(|record| record.choices.len()).sum();
    let (mut whole, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        let mut desk = seated(stage, &letters);
        let began = Instant::now();
        for letter in &runs {
            let opened = Opened::new(letter.id, letter.sum.clone(), letter.payload.clone(), Timestamp::UNIX_EPOCH);
            assert!(matches!(black_box(desk.open(&opened)), Verdict::Taken(_)));
        }
        whole.push(began.elapsed());
        let mut game = Game::default();
        let began = Instant::now();
        for (number, record) in records.iter().enumerate() {
            let round = &stage.session.rounds[number % usize::from(ROUNDS)];
            assert!(black_box(replay(round, &stage.copies, &mut game, record)).is_ok());
        }
        alone.push(began.elapsed());
    }
    let bytes: usize = runs.iter().map(|letter| letter.payload.len()).sum();
    println!(
        "verify    {} runs of {} decisions, {} bytes each   payload to verdict {:>8.0}/s   replay alone {:>8.0}/s",
        runs.len(),
        decisions / runs.len(),
        bytes / runs.len(),
        rate(runs.len(), median(whole)),
        rate(runs.len(), median(alone)),
    );
}

/// A desk at which these players have joined and hold their tickets.
fn seated<'a>(stage: &'a Stage, letters: &[(Vec<Letter>, Vec<Letter>)]) -> Desk<'a> {
    let (mut players, mut tickets) = (HashMap::new(), HashMap::new());
    for letter in letters.iter().flat_map(|(before, _)| before) {
        let sum = letter.sum.clone();
        match Message::parse(&letter.payload).unwrap() {
            Message::Join(join) => {
                let (tickets, practice) = (join.tickets, join.practice);
                players.insert(join.player, Joined { sum, tickets, practice, removed: false });
            }
            Message::Take(take) => {
                let ticket = Ticket { id: take.ticket, sum, lock: take.run, used: false };
                tickets.insert((take.player, take.round), ticket);
            }
            Message::Sent(_) => unreachable!("nobody has sent anything yet"),
        }
    }
    Desk {
        session: &stage.session,
        copies: &stage.copies,
        now: Timestamp::UNIX_EPOCH,
        players,
        erased: HashSet::new(),
        tickets,
        runs: HashMap::new(),
        refused: HashSet::new(),
        game: Game::default(),
    }
}

/// The first fifty over three rounds of so many players, on both databases.
fn boards(stage: &Stage, players: u32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("team.db");
    let mut store = created(stage, &Location::File(file.clone()));
    let connection = rusqlite::Connection::open(&file).unwrap();
    for statement in filling(&stage.session, players, true) {
        connection.execute_batch(&statement).unwrap();
    }
    board("SQLite", stage, &mut store, players);
    if let Some(server) = postgres::Server::start(&[]) {
        let address = server.database();
        let mut store = created(stage, &Location::Server(address.parse().unwrap()));
        let database = address.rsplit('/').next().unwrap();
        for statement in filling(&stage.session, players, false) {
            server.psql("app", database, &statement).unwrap();
        }
        board("PostgreSQL, as filled", stage, &mut store, players);
        server.psql("app", database, "VACUUM ANALYZE").unwrap();
        board("PostgreSQL, analysed", stage, &mut store, players);
    }
}

fn created(stage: &Stage, location: &Location) -> TeamStore {
    let mut store = TeamStore::open(location, PATIENCE).unwrap();
    let story = (stage.session.rounds[0].scenario.clone(), SOURCE.to_owned());
    assert_eq!(store.create(&stage.session, &[story]), Ok(true));
    store
}

fn board(name: &str, stage: &Stage, store: &mut TeamStore, players: u32) {
    let times = (0..101).map(|_| {
        let began = Instant::now();
        let top = store.top(stage.session.code, 50).unwrap();
        assert!(top.len() == 50 && top.is_sorted_by_key(|one| std::cmp::Reverse(one.merit())));
        began.elapsed()
    });
    let took = median(times.collect());
    println!("board     the first 50 of {} runs   {name:<24} {took:>8.1?}", players * u32::from(ROUNDS));
}

/// Players, what their runs add up to, and the runs, by plain inserts.
fn filling(session: &Session, players: u32, is_sqlite: bool) -> [String; 3] {
    let code = session.code;
    // Numbers that look like chance, the same each time.
    let numbers = if is_sqlite {
        format!("WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {players})")
    } else {
        format!("WITH g AS (SELECT generate_series(1, {players}::bigint) AS n)")
    };
    let digits = if is_sqlite { "substr('000000000000' || n, -12)" } else { "lpad(n::text, 12, '0')" };
    let uuid = format!("'00000000-0000-7000-8000-' || {digits}");
    let of = |factor: u32, modulus: u32| format!("(n * {factor} % {modulus})");
    [
        format!(
            "INSERT INTO player (id, sum, session, name, team, tickets, practice, joined, removed) {numbers} \
             SELECT {uuid}, '', '{code}', 'Player ' || n, 'Team ' || n % 99, '[]', '[]', n, 0 FROM g"
        ),
        format!(
            "INSERT INTO best (board, player, ranked, rounds, points, people, red_lines) {numbers} \
             SELECT '{code}', {uuid}, 1, {ROUNDS}, {}, {}, {} FROM g",
            of(7919, 9973),
            of(104_729, 99_991),
            of(31, 11)
        ),
        format!(
            "INSERT INTO verified_run (id, sum, session, round, player, ranked, withdrawn, record, claimed, score, \
             behaviour, people, red_lines, trust, ending, received) {numbers} \
             SELECT {uuid} || '-' || r.no, '', '{code}', r.no, {uuid}, 1, 0, '', 50, 50, 500, 500, 1, 50, 'damage', n \
             FROM g, round r WHERE r.session = '{code}'"
        ),
    ]
}

/// Runs sent by 32 clients, each by itself, and settled meanwhile; beside bare inserts of the same payloads.
fn submit(stage: &Stage, count: u32, times: u32) {
    let Some(server) = postgres::Server::start(&[]) else { return };
    let address = server.database();
    let location = Location::Server(address.parse().unwrap());
    let mut store = created(stage, &location);
    if stage.session.opened.is_none() {
        store.step(stage.session.code, Step::Open).unwrap().unwrap().unwrap();
    }
    let database = address.rsplit('/').next().unwrap().to_owned();
    server.psql("app", &database, "CREATE TABLE plain (id TEXT NOT NULL, payload TEXT NOT NULL)").unwrap();
    let (mut ours, mut bare, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (mut our_work, mut bare_work) = (Duration::ZERO, Duration::ZERO);
    let mut joining = Duration::ZERO;
    for time in 0..times {
        let first = u128::from(time * count);
        let letters: Vec<_> = (0..u128::from(count.div_ceil(3))).map(|number| stage.letters(first + number)).collect();
        let before: Vec<Letter> = letters.iter().flat_map(|(before, _)| before.clone()).collect();
        let began = Instant::now();
        before.chunks(100).for_each(|some| store.post(some).unwrap());
        assert_eq!(store.settle(stage.session.code, &stage.copies).unwrap().taken as usize, before.len());
        joining += began.elapsed();
        let runs: Vec<Letter> = letters.into_iter().flat_map(|(_, runs)| runs).collect();
        let mut worked = work(&server);
        let mut since = || {
            let before = std::mem::replace(&mut worked, work(&server));
            worked.saturating_sub(before)
        };
        let plain = inserted(&address, &runs);
        bare_work += since();
        let verified = submitted(stage, &location, &runs);
        our_work += since();
        bare.push(plain);
        ours.push(verified);
        ratios.push(rate(runs.len(), verified) / rate(runs.len(), plain));
        println!(
            "          bare inserts {:>7.0}/s   sent and verified {:>7.0}/s",
            rate(runs.len(), plain),
            rate(runs.len(), verified)
        );
    }
    ratios.sort_by(f64::total_cmp);
    let (each, joined) = (count as usize, (count.div_ceil(3) * 4 * times) as usize);
    println!(
        "submit    {CLIENTS} clients, medians of {times} x {count}   verified {:>7.0}/s   bare inserts {:>7.0}/s   ratio {:.2}   \
         joining {:>7.0}/s",
        rate(each, median(ours)),
        rate(each, median(bare)),
        ratios[ratios.len() / 2],
        rate(joined, joining),
    );
    // What others do on the machine takes from both, but not from each as much: this is what each takes for itself.
    let each = |work: Duration| work / (count * times);
    println!(
        "          processor time, clients and server: verified {:.0?} each   bare inserts {:.0?}   ratio {:.2}",
        each(our_work),
        each(bare_work),
        bare_work.as_secs_f64() / our_work.as_secs_f64(),
    );
}

/// The processor time that this process and a server's have had so far; none where that isn't told.
fn work(server: &postgres::Server) -> Duration {
    // Those that have just been left may still be ending.
    thread::sleep(Duration::from_millis(200));
    let first = server.pid().unwrap_or(0).to_string();
    let ticks = |entry: std::fs::DirEntry| {
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks =
            |from: usize, to: usize| fields[from..to].iter().filter_map(|field| field.parse::<u64>().ok()).sum();
        let pid = entry.file_name().to_string_lossy().into_owned();
        // The first process of a server has its own time and that of those who have ended.
        let time: u64 = if pid == first {
            ticks(11, 15)
        } else if fields[1] == first || pid == std::process::id().to_string() {
            ticks(11, 13)
        } else {
            0
        };
        Some(time)
    };
    let all: u64 = std::fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(ticks).sum();
    // A hundred ticks a second, on every Linux that there is.
    Duration::from_millis(10 * all.max(1))
}

/// How long 32 connections take to insert these payloads into a plain table, each in a transaction of its own.
fn inserted(address: &str, letters: &[Letter]) -> Duration {
    let clients: Vec<_> =
        (0..CLIENTS).map(|_| ::postgres::Client::connect(address, ::postgres::NoTls).unwrap()).collect();
    at_once(
        clients,
        letters,
        |client, letter| {
            let text = ::postgres::types::Type::TEXT;
            let id = letter.id.to_string();
            let values: [(&(dyn ::postgres::types::ToSql + Sync), _); 2] =
                [(&id, text.clone()), (&letter.payload, text)];
            client.execute_typed("INSERT INTO plain (id, payload) VALUES ($1, $2)", &values).unwrap();
        },
        || (),
    )
}

/// How long it takes until these runs, sent by 32 clients, are all verified.
fn submitted(stage: &Stage, location: &Location, letters: &[Letter]) -> Duration {
    let stores: Vec<TeamStore> = (0..CLIENTS).map(|_| TeamStore::open(location, PATIENCE).unwrap()).collect();
    let mut verifier = TeamStore::open(location, PATIENCE).unwrap();
    at_once(
        stores,
        letters,
        |store, letter| store.post(std::slice::from_ref(letter)).unwrap(),
        || {
            let mut taken = 0;
            while taken < letters.len() {
                let settled = verifier.settle(stage.session.code, &stage.copies).unwrap();
                assert_eq!(settled.refused, 0);
                taken += settled.taken as usize;
                // The program looks once a second.
                thread::sleep(LOOK);
            }
        },
    )
}

/// Does something with each letter, by a thread a client, with something else beside it, until both are done.
fn at_once<C: Send>(
    clients: Vec<C>,
    letters: &[Letter],
    send: impl Fn(&mut C, &Letter) + Sync,
    beside: impl FnOnce(),
) -> Duration {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    thread::scope(|scope| {
        for mut client in clients {
            let (next, send) = (&next, &send);
            scope.spawn(move || {
                while let Some(letter) = letters.get(next.fetch_add(1, Ordering::Relaxed)) {
                    send(&mut client, letter);
                }
            });
        }
        beside();
    });
    began.elapsed()
}
