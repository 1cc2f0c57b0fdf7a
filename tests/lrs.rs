//! Sending to a learning record store: a small one of our own, which answers as it is told.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "common/plays.rs"]
mod plays;
#[path = "common/store.rs"]
mod store;

use std::time::Duration;

use ridealong::engine::Seed;
use ridealong::lrs::{Client, Credentials, Delivered, Endpoint, SendError, send};
use ridealong::record::Record;
use ridealong::report::export::xapi::{Statement, statements};
use ridealong::report::export::{Meta, Sheet};
use store::{Reply, Store, ids};

/// The statements of a run: three answers, and that it was completed.
fn four() -> Vec<Statement> {
    let story = plays::story(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.toml"));
    let choices = ["pause", "promise", "arrange"].map(str::to_owned).into();
    let scenario = "small".to_owned();
    let record = Record { scenario, hash: None, seed: Seed(7), engine_version: None, key_version: None, choices };
    let meta = Meta::of(&story, &record, None);
    statements(&[Sheet::new(&story, record, meta).expect("a run")])
}

fn client(store: &Store) -> Client {
    client_at(&store.address)
}

fn client_at(address: &str) -> Client {
    let credentials = Credentials { name: "ridealong".to_owned(), password: "open sesame".to_owned() };
    assert!(!format!("{credentials:?}").contains("sesame"));
    let client = Client::new(Endpoint::parse(address).expect("an address"), &credentials);
    assert!(!format!("{client:?}").contains("sesame") && !format!("{client:?}").contains("Basic"));
    client
}

/// Sends, and gives what came of it with the pauses that were asked for.
fn sent(client: &Client, what: &[Statement]) -> (Result<Delivered, (SendError, Delivered)>, Vec<Duration>) {
    let mut pauses = Vec::new();
    let result = send(client, what, &mut |pause| pauses.push(pause));
    (result, pauses)
}

fn taken(taken: usize) -> Delivered {
    Delivered { taken, ..Delivered::default() }
}

#[test]
fn statements_go_in_one_request_with_what_the_store_needs_to_know() {
    let store = Store::new(|_| Reply::of(200));
    let (result, pauses) = sent(&client(&store), &four());
    assert_eq!((result, pauses), (Ok(taken(4)), Vec::new()));
    let requests = store.requests();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    assert_eq!(request.line, "POST /xapi/statements HTTP/1.1");
    assert_eq!(request.header("x-experience-api-version"), Some("1.0.3"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    // "ridealong:open sesame"
    assert_eq!(request.header("authorization"), Some("Basic cmlkZWFsb25nOm9wZW4gc2VzYW1l"));
    let wanted: Vec<String> = four().iter().map(|one| one.id.to_string()).collect();
    assert_eq!(ids(&request.body), wanted);
}

#[test]
fn many_statements_go_in_several_requests() {
    let store = Store::new(|_| Reply::of(204));
    let many: Vec<Statement> = four().into_iter().cycle().take(120).collect();
    assert_eq!(sent(&client(&store), &many).0, Ok(taken(120)));
    let sizes: Vec<usize> = store.requests().iter().map(|request| ids(&request.body).len()).collect();
    assert_eq!(sizes, [50, 50, 20]);
    assert_eq!(sent(&client(&store), &[]).0, Ok(taken(0)));
}

#[test]
fn a_busy_store_is_asked_again_after_a_while() {
    let store = Store::new(|before| match before.requests {
        0 => Reply::of(503),
        1 => Reply::of(429).with("Retry-After", "7"),
        _ => Reply::of(200),
    });
    let (result, pauses) = sent(&client(&store), &four());
    assert_eq!((result, pauses), (Ok(taken(4)), vec![Duration::from_millis(500), Duration::from_secs(7)]));
}

#[test]
fn a_store_that_stays_busy_is_left_alone() {
    let store = Store::new(|_| Reply::of(503).saying("down\u{1b}[2J for\nrepairs"));
    let (result, pauses) = sent(&client(&store), &four());
    let busy = SendError::Busy { status: 503, said: "down[2J for repairs".to_owned() };
    assert_eq!(result, Err((busy.clone(), taken(0))));
    assert_eq!((pauses.len(), store.requests().len()), (3, 4));
    assert_eq!(busy.to_string(), "the store can't take statements now (503: down[2J for repairs); try again later");
    let store = Store::new(|_| Reply::of(429).with("Retry-After", "3600"));
    let (result, pauses) = sent(&client(&store), &four());
    assert!(matches!(result, Err((SendError::Busy { status: 429, .. }, _))), "{result:?}");
    assert_eq!(pauses, Vec::<Duration>::new(), "an hour is not waited for");
}

#[test]
fn a_refused_statement_is_told_and_the_others_go_through() {
    let bad = four()[1].id.to_string();
    let store = Store::new(move |before| {
        let is_bad = before.ids.contains(&bad);
        if is_bad { Reply::of(400).saying("\u{9b}no such verb\u{202e}") } else { Reply::of(200) }
    });
    let (result, _) = sent(&client(&store), &four());
    let refused = vec![("small, answered 2".to_owned(), "400: no such verb".to_owned())];
    assert_eq!(result, Ok(Delivered { taken: 3, there: 0, refused }));
    assert_eq!(store.requests().len(), 5);
}

#[test]
fn what_is_there_already_is_fine_and_what_differs_is_told() {
    let all = four();
    let changed = all[2].id.to_string();
    let kept: Vec<serde_json::Value> = all.iter().map(|one| one.json.clone()).collect();
    let store = Store::new(move |before| {
        let Some(id) = before.line.split("statementId=").nth(1).and_then(|rest| rest.get(..36)) else {
            return Reply::of(409).saying("there");
        };
        let mut one = kept.iter().find(|one| one["id"] == id).expect("it is kept").clone();
        one["stored"] = "2026-11-24T00:00:00Z".into();
        if id == changed {
            one["actor"]["account"]["name"] = "Eve".into();
        }
        Reply::of(200).saying(&one.to_string())
    });
    let (result, _) = sent(&client(&store), &all);
    let refused = vec![("small, answered 3".to_owned(), "409: the store has another statement of this id".to_owned())];
    assert_eq!(result, Ok(Delivered { taken: 0, there: 3, refused }));
    // A store that lets nobody read is believed.
    let store = Store::new(|before| Reply::of(if before.line.starts_with("GET") { 403 } else { 409 }));
    assert_eq!(sent(&client(&store), &all).0, Ok(Delivered { there: 4, ..Delivered::default() }));
}

#[test]
fn there_is_no_sense_in_going_on_with_a_wrong_password_or_address() {
    for (status, error) in [
        (401, SendError::Unknown),
        (403, SendError::Forbidden),
        (404, SendError::Nowhere(404)),
        (405, SendError::Nowhere(405)),
        (301, SendError::Moved(301)),
        (307, SendError::Moved(307)),
    ] {
        let elsewhere = Store::new(|_| Reply::of(200));
        let there = elsewhere.address.clone();
        let store = Store::new(move |_| Reply::of(status).with("Location", &there).saying("open sesame"));
        let (result, pauses) = sent(&client(&store), &four());
        assert_eq!((result, pauses), (Err((error.clone(), taken(0))), Vec::new()));
        assert_eq!(store.requests().len(), 1);
        // The password goes nowhere else.
        assert_eq!(elsewhere.requests().len(), 0);
        assert!(!error.to_string().contains("sesame"));
    }
}

#[test]
fn a_store_that_gives_up_half_way_is_told_with_what_it_took() {
    let store = Store::new(|before| Reply::of(if before.requests == 0 { 200 } else { 401 }));
    let many: Vec<Statement> = four().into_iter().cycle().take(60).collect();
    assert_eq!(sent(&client(&store), &many).0, Err((SendError::Unknown, taken(50))));
}

#[test]
fn nobody_there() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let (result, pauses) = sent(&client_at(&format!("http://{gone}/xapi")), &four());
    let Err((SendError::Unreachable(why), done)) = result else { panic!("{result:?}") };
    assert_eq!((done, pauses.len()), (taken(0), 3));
    assert!(why.contains("refused") && !why.contains("sesame"), "{why}");
    // Somebody there who hangs up, or speaks something else.
    for reply in ["", "SSH-2.0-OpenSSH_9.2\r\n"] {
        let store = Store::new(move |_| Reply::raw(reply));
        let (result, pauses) = sent(&client(&store), &four());
        assert!(matches!(result, Err((SendError::Unreachable(_), _))), "{result:?}");
        assert_eq!(pauses.len(), 3);
    }
}
