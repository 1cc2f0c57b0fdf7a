//! A team's store as a test has it in its hands: it answers at once, or not at all, and remembers what it was asked.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use jiff::{Timestamp, ToSpan};
use ridealong::courier::{Ask, Carrying, CourierError, Glance, Looked, News, People, RoundRuns, Stands};
use ridealong::engine::{Run, Seed};
use ridealong::store::{Member, Membership, Passed, RefusedLetter, Seat, Settled, Taken};
use ridealong::story::Story;
use ridealong::team::board::{Board, Counts};
use ridealong::team::{Figures, Hand, Phase, Refusal, Round, Session, SessionCode, Standing, Step, Token};
use ridealong::terms::{EndingKind, Feedback};
use ridealong::text::Text;
use uuid::Uuid;

use crate::plays::{ORACLE, SIDE_DOOR, story};

/// Names as they come: short ones, long ones, from everywhere.
const NAMES: [(&str, &str); 12] = [
    ("Anna Weber", "North"),
    ("Jo", "South"),
    ("Bartholomew Featherstonehaugh", "North"),
    ("Li Wei", "Enterprise"),
    ("José Ångström", "South"),
    ("Priya Ramanathan", "Enterprise"),
    ("Maximiliane von Hohenstein-Weißenburg", "Key accounts EMEA"),
    ("Kofi Mensah", "Key accounts EMEA"),
    ("Tom", "North"),
    ("Yuki Tanaka", "Enterprise"),
    ("The Closer", "South"),
    ("Wanda Nowak", "Alone"),
];

/// A session in the store.
pub(crate) struct There {
    pub(crate) session: Session,
    /// How everybody stands who has played.
    pub(crate) standings: Vec<Standing>,
    /// The board as it was frozen.
    frozen: Option<Board>,
    counts: Counts,
}

/// The store and what lies in it.
#[derive(Default)]
pub(crate) struct Inside {
    pub(crate) now: Timestamp,
    pub(crate) sessions: Vec<There>,
    pub(crate) joined: Vec<(Membership, Vec<Seat>)>,
    /// What it was asked, the last one last.
    pub(crate) asked: Vec<Ask>,
    pub(crate) news: Vec<News>,
    /// It answers nothing.
    pub(crate) is_silent: bool,
    /// It can't be reached.
    pub(crate) is_away: bool,
}

/// It, for the app and for the test.
#[derive(Clone, Default)]
pub(crate) struct Room(pub(crate) Rc<RefCell<Inside>>);

fn player(number: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number as u128)
}

/// How player number so-and-so stands.
fn standing(number: usize, rounds: u32) -> Standing {
    let (name, team) = NAMES[number];
    // The sixth and the seventh are equals.
    let points = 9730 - 650 * u32::try_from(if number == 6 { 5 } else { number }).unwrap();
    let (name, team) = (Text::clean(name), Text::clean(team));
    Standing { player: player(number), name, team, rounds, points, people: 50_000, red_lines: 0 }
}

pub(crate) fn code(number: u32) -> SessionCode {
    SessionCode::new(0x1357_9bdf ^ (number * 0x0204_0881))
}

/// A session of two rounds in its lobby.
fn session(number: u32, title: &str) -> Session {
    // Made once: there are many rooms.
    static ROUNDS: LazyLock<Vec<Round>> = LazyLock::new(|| {
        let round = |(number, path): (u8, &str)| {
            let story = story(path);
            let title = story.scenario.title.clone();
            Round { number, scenario: story.hash.to_string(), title, seed: Seed(u64::from(number) + 40) }
        };
        (1..).zip([SIDE_DOOR, ORACLE]).map(round).collect()
    });
    Session {
        code: code(number),
        title: Text::clean(title),
        feedback: Feedback::End,
        rounds: ROUNDS.clone(),
        teams: Vec::new(),
        team_minimum: 2,
        needed: 2,
        band: 8,
        opens: None,
        closes: None,
        grace: 15,
        opened: None,
        frozen: None,
        sealed: None,
        revealed: None,
        pauses: Vec::new(),
    }
}

impl There {
    /// After these steps, with so many people in it.
    fn after(number: u32, title: &str, people: usize, steps: &[Step], now: Timestamp) -> Self {
        let session = session(number, title);
        let standings = (0..people).map(|one| standing(one, if one % 5 == 4 { 1 } else { 2 })).collect();
        let joined = u32::try_from(people).unwrap();
        let counts = Counts { joined, playing: joined / 5, practice: 1 };
        let mut there = Self { session, standings, frozen: None, counts };
        for step in steps {
            there.step(*step, now).unwrap();
        }
        there
    }

    fn step(&mut self, step: Step, now: Timestamp) -> Result<(), CourierError> {
        self.session = self.session.after(step, now)?;
        if step == Step::Freeze {
            self.frozen = Some(self.board(now));
        }
        if step == Step::Seal {
            self.standings.iter_mut().for_each(|one| one.rounds = 2);
            self.counts.playing = 0;
        }
        Ok(())
    }

    fn board(&self, now: Timestamp) -> Board {
        Board::of(&self.session, self.session.phase(now), self.standings.clone(), self.counts)
    }

    fn public(&self, now: Timestamp) -> Board {
        match (self.session.revealed, &self.frozen) {
            (Some(shown), _) => self.board(now).from_the_bottom(shown),
            (None, Some(frozen)) => frozen.clone(),
            (None, None) => self.board(now),
        }
    }
}

impl Room {
    /// With a session in each phase; who sits here has joined the first one.
    pub(crate) fn full() -> Self {
        let now = Timestamp::UNIX_EPOCH + 500_000.hours();
        let open = [Step::Open, Step::Extend(34)];
        let sealed = |last: &[Step]| [&open[..], &[Step::Seal], last].concat();
        let there = |number, title, people, steps: &[Step]| There::after(number, title, people, steps, now);
        let sessions = vec![
            there(0, "Friday at Bellmoor", 4, &open),
            there(1, "Monday kick-off", 0, &[]),
            there(2, "All of sales, spring term", 12, &open),
            there(3, "Frozen in March", 12, &[&open[..], &[Step::Freeze]].concat()),
            there(4, "Everything is in", 12, &sealed(&[])),
            there(5, "Nearly all of it", 12, &sealed(&[Step::Reveal(9)])),
            there(6, "Last year's finals", 12, &sealed(&[Step::Reveal(12)])),
        ];
        let room = Self::default();
        *room.0.borrow_mut() = Inside { now, sessions, ..Inside::default() };
        room.join(code(0), "Ana", "North");
        room
    }

    /// Somebody joins here.
    pub(crate) fn join(&self, session: SessionCode, name: &str, team: &str) -> Membership {
        let mut inside = self.0.borrow_mut();
        let number = 100 + inside.joined.len();
        let hand = Hand { player: player(number), token: Token::new([7; 32]), session };
        let membership =
            Membership { hand, name: Text::clean(name), team: Text::clean(team), joined: Timestamp::UNIX_EPOCH };
        inside.joined.push((membership.clone(), Vec::new()));
        membership
    }

    /// Changes a session behind everybody's back.
    pub(crate) fn step(&self, number: usize, step: Step) {
        let mut inside = self.0.borrow_mut();
        let now = inside.now;
        inside.sessions[number].step(step, now).unwrap();
    }

    pub(crate) fn has_news(&self) -> bool {
        !self.0.borrow().news.is_empty()
    }

    /// What it has been asked since this was asked last.
    pub(crate) fn asked(&self) -> Vec<Ask> {
        std::mem::take(&mut self.0.borrow_mut().asked)
    }
}

impl Inside {
    fn there(&mut self, code: SessionCode) -> Result<&mut There, CourierError> {
        self.sessions.iter_mut().find(|there| there.session.code == code).ok_or(CourierError::NoSession(code))
    }

    fn answer(&mut self, ask: &Ask) -> Result<News, CourierError> {
        let now = self.now;
        Ok(match ask {
            Ask::Sessions => {
                let sessions = self.sessions.iter().map(|there| there.session.clone()).collect();
                News::Sessions(sessions, now, self.joined.iter().map(|(membership, _)| membership.clone()).collect())
            }
            Ask::Look(code) => {
                let there = self.there(*code)?;
                let (session, board) = (there.session.clone(), Some(taken(there.public(now), now)));
                let sources = [SIDE_DOOR, ORACLE].map(|path| std::fs::read_to_string(path).ok()).into();
                let mine = self.joined.iter().filter(|(there, _)| there.hand.session == *code).cloned().collect();
                News::Looked(Box::new(Looked { session, now, board, sources, mine }))
            }
            Ask::Board(code) => {
                let there = self.there(*code)?;
                let (session, board) = (there.session.clone(), Some(taken(there.public(now), now)));
                News::Board(Box::new(Glance { session, now, board }))
            }
            Ask::Step(code, step) => {
                self.there(*code)?.step(*step, now)?;
                self.stands(*code)?
            }
            Ask::Stand(code) => self.stands(*code)?,
            Ask::People(code) => {
                let there = self.there(*code)?;
                News::People(Box::new(people(there)))
            }
            Ask::Rename(code, who, name) => {
                let there = self.there(*code)?;
                there.standings.iter_mut().filter(|one| one.player == *who).for_each(|one| one.name = name.clone());
                News::Done(Text::clean("renamed"))
            }
            Ask::Remove(code, who, _) | Ask::Erase(code, who) => {
                self.there(*code)?.standings.retain(|one| one.player != *who);
                News::Done(Text::clean("gone"))
            }
            Ask::Results(code) => {
                let session = self.there(*code)?.session.clone();
                let round = |(round, path): (&Round, &str)| {
                    let story = story(path);
                    let runs = (0..9).map(|way| played(&story, round.seed, way)).collect();
                    RoundRuns { number: round.number, story, runs, numbers: 0 }
                };
                let rounds = session.rounds.iter().zip([SIDE_DOOR, ORACLE]).map(round).collect();
                News::Results(*code, rounds)
            }
            Ask::Withdraw(..) => News::Done(Text::clean("taken back")),
            Ask::Deliver => News::Sent,
            Ask::Create(plan) => {
                let number = u32::try_from(self.sessions.len()).unwrap();
                let new = Session { title: plan.title.clone(), ..session(number, "") };
                let code = new.code;
                self.sessions.push(There {
                    session: new,
                    standings: Vec::new(),
                    frozen: None,
                    counts: Counts::default(),
                });
                News::Created(code)
            }
            Ask::Join(..) => unreachable!("answered before"),
        })
    }

    fn stands(&mut self, code: SessionCode) -> Result<News, CourierError> {
        let now = self.now;
        let there = self.there(code)?;
        let (session, board) = (there.session.clone(), there.board(now));
        let refused = there.standings.get(1).map(|one| RefusedLetter {
            id: Uuid::from_u128(9),
            player: one.player,
            reason: Refusal::OtherSeed,
            received: now,
        });
        let public = Some(taken(there.public(now), now));
        let (settled, refused) = (Settled::default(), refused.into_iter().collect());
        Ok(News::Stands(Box::new(Stands { session, now, board, public, settled, refused })))
    }
}

/// A run that takes one option or another.
fn played(story: &Story, seed: Seed, way: usize) -> Run {
    crate::plays::play(story, seed.0, &|_, scene, open| open[(way * way + scene as usize) % open.len()].0)
}

fn taken(board: Board, taken: Timestamp) -> Taken {
    Taken { board, taken }
}

fn people(there: &There) -> People {
    let figures =
        Figures { score: 72, behaviour: 700, people: 500, red_lines: 0, trust: 60, ending: EndingKind::WonByRep };
    let member = |one: &Standing| Member {
        id: one.player,
        name: one.name.clone(),
        team: one.team.clone(),
        joined: Timestamp::UNIX_EPOCH,
        removed: false,
    };
    let runs = there.standings.iter().flat_map(|one| {
        (1..=one.rounds).map(|round| Passed {
            id: Uuid::from_u128(one.player.as_u128() + 1000 * u128::from(round)),
            player: one.player,
            round: u8::try_from(round).unwrap(),
            ranked: true,
            withdrawn: false,
            record: None,
            claimed: Some(if round == 1 { 72 } else { 90 }),
            figures,
            received: Timestamp::UNIX_EPOCH,
        })
    });
    let is_open = there.session.phase(Timestamp::MAX) < Phase::Sealed;
    let playing = there.standings.iter().filter(|one| one.rounds == 1 && is_open).map(|one| (one.player, 2));
    People {
        code: there.session.code,
        members: there.standings.iter().map(member).collect(),
        runs: runs.collect(),
        playing: playing.collect(),
    }
}

impl Carrying for Room {
    fn ask(&mut self, ask: Ask) {
        self.0.borrow_mut().asked.push(ask.clone());
        let away = "the team's store can't be reached: connection refused; see whether it is up";
        let (is_silent, is_away) = (self.0.borrow().is_silent, self.0.borrow().is_away);
        let news = match &ask {
            _ if is_silent => return,
            Ask::Look(_) if is_away => match self.0.borrow_mut().answer(&ask) {
                Ok(News::Looked(looked)) => News::Kept(looked, Some(Text::clean(away))),
                other => panic!("{other:?}"),
            },
            Ask::Deliver if is_away => News::Unsent(2, Text::clean(away)),
            _ if is_away => News::Failed(Text::clean(away)),
            Ask::Join(code, name, of) => {
                let is_there = self.0.borrow_mut().there(*code).is_ok();
                if is_there {
                    News::Joined(Box::new(self.join(*code, name, of)))
                } else {
                    News::Failed(Text::clean(&CourierError::NoSession(*code).to_string()))
                }
            }
            ask => {
                let answer = self.0.borrow_mut().answer(ask);
                answer.unwrap_or_else(|error| News::Failed(Text::clean(&error.to_string())))
            }
        };
        self.0.borrow_mut().news.push(news);
    }

    fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.0.borrow_mut().news)
    }
}
