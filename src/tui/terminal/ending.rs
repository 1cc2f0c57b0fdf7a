//! How the program ends when it is not the player who ends it: first by asking, then without.

use std::panic::{self, PanicHookInfo};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::low_level;

use super::modes::{Modes, lock};
use super::watch::Message;

/// How long the main loop has to end by itself. Beyond that it is stuck, and the process ends without it.
const GRACE: Duration = Duration::from_millis(300);
/// How long the program has altogether, so for what it still saves too. Not long: whoever hangs up or shuts down won't
/// wait either, and what was answered has been saved before.
const ALTOGETHER: Duration = Duration::from_millis(450);
/// What a program ends with that panicked.
const PANICKED: u8 = 101;

/// What everybody needs who may have to end the screens.
pub(super) struct Ending {
    modes: Arc<Modes>,
    outbox: Sender<Message>,
    over: Mutex<bool>,
    told: Condvar,
}

impl Ending {
    pub(super) fn new(modes: Arc<Modes>, outbox: Sender<Message>) -> Self {
        Self { modes, outbox, over: Mutex::new(false), told: Condvar::new() }
    }

    /// Asks the main loop to end, so that the program ends by itself; if it doesn't in time, gives the terminal back and
    /// ends the process.
    pub(super) fn ask(&self, message: Message, code: u8) -> ! {
        let asked = Instant::now();
        // If nobody is there to take the message, the wait finds out.
        let _ = self.outbox.send(message);
        if self.is_over_within(GRACE) {
            thread::sleep(ALTOGETHER.saturating_sub(asked.elapsed()));
        }
        self.modes.restore();
        // Not the standard library's way out: whatever is stuck may hold what that one waits for.
        low_level::exit(code.into());
    }

    fn is_over_within(&self, grace: Duration) -> bool {
        let waiting = self.told.wait_timeout_while(lock(&self.over), grace, |over| !*over);
        let (over, _) = waiting.unwrap_or_else(PoisonError::into_inner);
        *over
    }
}

/// For as long as it lives, the terminal is somebody's; then it is given back, however that comes about.
pub(super) struct Guard {
    ending: Arc<Ending>,
    previous_hook: Arc<Hook>,
}

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

impl Guard {
    /// Has a panic in any thread give the terminal back before it says what it has to say, which would otherwise be on
    /// a screen that is about to vanish. In another thread than this one it then ends the program.
    pub(super) fn new(ending: Arc<Ending>) -> Self {
        let previous_hook: Arc<Hook> = panic::take_hook().into();
        let main = thread::current().id();
        let (in_hook, previous) = (Arc::clone(&ending), Arc::clone(&previous_hook));
        panic::set_hook(Box::new(move |info| {
            in_hook.modes.restore();
            previous(info);
            if thread::current().id() != main {
                in_hook.ask(Message::Panicked, PANICKED);
            }
        }));
        Self { ending, previous_hook }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.ending.modes.restore();
        *lock(&self.ending.over) = true;
        self.ending.told.notify_all();
        // Hooks can't be changed in a panic, and nobody needs them after it.
        if !thread::panicking() {
            let previous = Arc::clone(&self.previous_hook);
            panic::set_hook(Box::new(move |info| previous(info)));
        }
    }
}
