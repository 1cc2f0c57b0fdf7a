//! A line to the server that can be cut: at once, or so that what was committed is never answered.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is sent to the server when letters are to be taken in, which is committed by itself.
const SENT: &[u8] = b"INSERT INTO inbox";
/// What is said in a transaction that settles letters, and then to commit it.
const SETTLED: &[u8] = b"DELETE FROM inbox";
const COMMIT: &[u8] = b"COMMIT\0";
/// What the server answers when it has been.
const COMMITTED: [&[u8]; 2] = [b"COMMIT\0", b"INSERT 0 "];

/// The line. It stays until the program ends.
#[derive(Clone)]
pub struct Proxy {
    pub port: u16,
    inside: Arc<Inside>,
}

#[derive(Default)]
struct Inside {
    /// So many of the next commits are to go without an answer.
    armed: AtomicU32,
    /// So many went without one.
    unanswered: AtomicU32,
    lines: Mutex<Vec<(TcpStream, TcpStream)>>,
}

impl Proxy {
    /// A line to a port on this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Arc::new(Inside::default());
        let proxy = Self { port, inside: Arc::clone(&inside) };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                // Where there is no server, the client finds the line closed.
                if let Ok(server) = TcpStream::connect(("127.0.0.1", server)) {
                    inside.join(client, server);
                }
            }
        });
        proxy
    }

    /// The next commit, whoever's, goes without an answer, and its line is cut.
    pub fn swallow_an_answer(&self) {
        self.inside.armed.fetch_add(1, Ordering::SeqCst);
    }

    /// How many commits went without an answer.
    pub fn unanswered(&self) -> u32 {
        self.inside.unanswered.load(Ordering::SeqCst)
    }

    /// Cuts every line that there is.
    pub fn cut(&self) {
        for (client, server) in self.inside.lines.lock().unwrap().drain(..) {
            close(&client, &server);
        }
    }
}

fn close(client: &TcpStream, server: &TcpStream) {
    // Whichever end has gone already needn't be told.
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|there| there == words)
}

impl Inside {
    fn join(self: &Arc<Self>, client: TcpStream, server: TcpStream) {
        let both = || (client.try_clone().unwrap(), server.try_clone().unwrap());
        self.lines.lock().unwrap().push(both());
        let swallow = Arc::new(AtomicBool::new(false));
        let (inside, swallows, (from, to)) = (Arc::clone(self), Arc::clone(&swallow), both());
        thread::spawn(move || {
            let mut has_settled = false;
            pump(&from, &to, |bytes| {
                has_settled |= holds(bytes, SETTLED);
                let is_commit = holds(bytes, SENT) || has_settled && holds(bytes, COMMIT);
                has_settled &= !is_commit;
                let take = |armed: u32| armed.checked_sub(1);
                if is_commit && inside.armed.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok() {
                    swallows.store(true, Ordering::SeqCst);
                }
                true
            });
        });
        let inside = Arc::clone(self);
        thread::spawn(move || {
            pump(&server, &client, |bytes| {
                let swallowed = swallow.load(Ordering::SeqCst) && COMMITTED.iter().any(|words| holds(bytes, words));
                if swallowed {
                    inside.unanswered.fetch_add(1, Ordering::SeqCst);
                }
                !swallowed
            });
        });
    }
}

/// Passes on what comes as long as it is to be, then closes both ends.
fn pump(mut from: &TcpStream, mut to: &TcpStream, mut passes: impl FnMut(&[u8]) -> bool) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut bytes) {
        if count == 0 || !passes(&bytes[..count]) || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    close(from, to);
}
