//! What was judged of the letters goes where it belongs, and they out of the inbox.

use std::collections::HashMap;

use uuid::Uuid;

use super::super::people::{self, Ranked};
use super::Settled;
use crate::store::StoreError;
use crate::store::database::{Sql, Value, tuples};
use crate::team::verify::{Entered, Opened, Verdict};
use crate::team::{Figures, Join, Refusal, Sent, Session, SessionCode, Take, Verified};
use crate::text::Text;

/// Enters what was judged, and empties the inbox of it.
pub(super) fn enter(
    sql: &mut dyn Sql,
    session: &Session,
    verdicts: &[(&Opened, Verdict)],
    ranked: &[Ranked],
) -> Result<Settled, StoreError> {
    let code = session.code;
    let mut settled = Settled::default();
    let (mut joins, mut takes, mut sents, mut refusals) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut done: Vec<&Opened> = Vec::new();
    for (letter, verdict) in verdicts {
        match verdict {
            Verdict::Later => {
                settled.later += 1;
                continue;
            }
            Verdict::Again => settled.again += 1,
            Verdict::Refused(refusal) => {
                settled.refused += 1;
                refusals.push((*letter, *refusal));
            }
            Verdict::Taken(entered) => {
                settled.taken += 1;
                match entered {
                    Entered::Player(join) => joins.push((*letter, join)),
                    Entered::Ticket(take) => takes.push((*letter, take)),
                    Entered::Run(sent, verified) => sents.push((*letter, &**sent, *verified)),
                }
            }
        }
        done.push(letter);
    }
    enter_joins(sql, code, &joins)?;
    enter_takes(sql, code, &takes)?;
    enter_sents(sql, code, &sents)?;
    let played =
        sents.iter().filter(|(_, sent, _)| !sent.practice).map(|(_, sent, verified)| (sent.player, verified.0));
    add_up(sql, session, played, ranked)?;
    enter_refusals(sql, code, &refusals)?;
    take_out(sql, code, &done)?;
    Ok(settled)
}

/// Takes letters out of the inbox, where they lie beside each other.
fn take_out(sql: &mut dyn Sql, code: SessionCode, done: &[&Opened]) -> Result<(), StoreError> {
    let received = || done.iter().map(|letter| letter.received.as_millisecond());
    let (Some(first), Some(last)) = (received().min(), received().max()) else { return Ok(()) };
    let keys = tuples(done.len(), 2);
    let [session, from, to] = [1, 2, 3].map(|next| 2 * done.len() + next);
    let statement = format!(
        "DELETE FROM inbox WHERE (id, sum) IN (VALUES {keys}) AND session = ${session} AND received BETWEEN ${from} AND ${to}"
    );
    let mut values: Vec<Value> =
        done.iter().flat_map(|letter| [Value::from(letter.id.to_string()), letter.sum.as_str().into()]).collect();
    values.extend([code.to_string().into(), first.into(), last.into()]);
    sql.run(&statement, &values)?;
    Ok(())
}

fn enter_joins(sql: &mut dyn Sql, code: SessionCode, joins: &[(&Opened, &Join)]) -> Result<(), StoreError> {
    let wanted: Vec<&Text> = joins.iter().map(|(_, join)| &join.name).collect();
    let mut taken = people::taken_names(sql, code, &wanted)?;
    let mut values: Vec<Value> = Vec::new();
    for (letter, join) in joins {
        let name = if taken.contains(&join.name) {
            // Those before count, too.
            insert_players(sql, &values)?;
            values.clear();
            people::free_name(sql, code, &join.name, join.player)?
        } else {
            join.name.clone()
        };
        let json = |locks: &[crate::team::Lock]| serde_json::to_string(locks).unwrap_or_default();
        let columns: [Value; PLAYER_COLUMNS] = [
            join.player.to_string().into(),
            letter.sum.as_str().into(),
            code.to_string().into(),
            name.as_str().into(),
            join.team.as_str().into(),
            json(&join.tickets).into(),
            json(&join.practice).into(),
            letter.received.as_millisecond().into(),
            false.into(),
        ];
        values.extend(columns);
        taken.insert(name);
    }
    insert_players(sql, &values)
}

/// As many as a player has.
const PLAYER_COLUMNS: usize = 9;

fn insert_players(sql: &mut dyn Sql, values: &[Value]) -> Result<(), StoreError> {
    if values.is_empty() {
        return Ok(());
    }
    let rows = tuples(values.len() / PLAYER_COLUMNS, PLAYER_COLUMNS);
    let into = "INSERT INTO player (id, sum, session, name, team, tickets, practice, joined, removed)";
    sql.run(&format!("{into} VALUES {rows} ON CONFLICT DO NOTHING"), values)?;
    Ok(())
}

fn enter_takes(sql: &mut dyn Sql, code: SessionCode, takes: &[(&Opened, &Take)]) -> Result<(), StoreError> {
    if takes.is_empty() {
        return Ok(());
    }
    let columns = |(letter, take): &(&Opened, &Take)| -> [Value; 7] {
        [
            take.ticket.to_string().into(),
            letter.sum.as_str().into(),
            code.to_string().into(),
            take.round.into(),
            take.player.to_string().into(),
            String::from(take.run).into(),
            letter.received.as_millisecond().into(),
        ]
    };
    let values: Vec<Value> = takes.iter().flat_map(columns).collect();
    let rows = tuples(takes.len(), 7);
    let into = "INSERT INTO ticket (id, sum, session, round, player, lock, taken)";
    sql.run(&format!("{into} VALUES {rows} ON CONFLICT DO NOTHING"), &values)?;
    Ok(())
}

fn enter_sents(sql: &mut dyn Sql, code: SessionCode, sents: &[(&Opened, &Sent, Verified)]) -> Result<(), StoreError> {
    if sents.is_empty() {
        return Ok(());
    }
    let columns = |(letter, sent, Verified(figures)): &(&Opened, &Sent, Verified)| -> [Value; 16] {
        let claimed = sent.claimed.and_then(|claimed| i64::try_from(claimed).ok());
        [
            sent.run.to_string().into(),
            letter.sum.as_str().into(),
            code.to_string().into(),
            sent.round.into(),
            sent.player.to_string().into(),
            (!sent.practice).into(),
            false.into(),
            sent.record.to_line().into(),
            claimed.map_or(Value::Null, Value::Number),
            figures.score.into(),
            figures.behaviour.into(),
            figures.people.into(),
            figures.red_lines.into(),
            figures.trust.into(),
            figures.ending.id().into(),
            letter.received.as_millisecond().into(),
        ]
    };
    let values: Vec<Value> = sents.iter().flat_map(columns).collect();
    let rows = tuples(sents.len(), 16);
    let into = "INSERT INTO verified_run (id, sum, session, round, player, ranked, withdrawn, record, claimed, score, \
                behaviour, people, red_lines, trust, ending, received)";
    sql.run(&format!("{into} VALUES {rows} ON CONFLICT DO NOTHING"), &values)?;
    Ok(())
}

/// Adds these runs to those that were ranked before.
fn add_up(
    sql: &mut dyn Sql,
    session: &Session,
    played: impl Iterator<Item = (Uuid, Figures)>,
    ranked: &[Ranked],
) -> Result<(), StoreError> {
    let mut runs: HashMap<Uuid, Vec<Figures>> = HashMap::new();
    for (player, figures) in played {
        runs.entry(player).or_default().push(figures);
    }
    for run in ranked.iter().filter(|run| !run.withdrawn) {
        runs.entry(run.player).and_modify(|runs| runs.push(run.figures));
    }
    people::add_up(sql, session, &runs)
}

fn enter_refusals(sql: &mut dyn Sql, code: SessionCode, refusals: &[(&Opened, Refusal)]) -> Result<(), StoreError> {
    if refusals.is_empty() {
        return Ok(());
    }
    let columns = |(letter, refusal): &(&Opened, Refusal)| -> [Value; 7] {
        let player = letter.message.as_ref().map_or(Uuid::nil(), crate::team::Message::player);
        // Two under one id are kept to be looked at; of the others, and above all of those who were erased, nothing is.
        let kept = if *refusal == Refusal::Quarantined { Text::clean(&letter.payload) } else { Text::EMPTY };
        [
            letter.id.to_string().into(),
            letter.sum.as_str().into(),
            code.to_string().into(),
            player.to_string().into(),
            refusal.id().into(),
            kept.as_str().into(),
            letter.received.as_millisecond().into(),
        ]
    };
    let values: Vec<Value> = refusals.iter().flat_map(columns).collect();
    let rows = tuples(refusals.len(), 7);
    let into = "INSERT INTO refused (id, sum, session, player, reason, payload, received)";
    sql.run(&format!("{into} VALUES {rows} ON CONFLICT DO NOTHING"), &values)?;
    Ok(())
}
