//! Team sessions: their rules, and nothing else. A session has rounds, players take tickets and send runs, a verifier
//! replays them, a board ranks them.
//!
//! Pure: no SQL, no clock, no chance, no screens. Moments and chance are passed in; what is stored where is the
//! [`store`](crate::store)'s business. Nobody's word is taken for a score: a run is its choices, and all else comes of
//! replaying them on the session's own copy of the scenario.

pub mod archive;
pub mod board;
mod code;
mod hand;
mod key;
mod message;
mod session;
mod standing;
pub mod verify;

pub use code::{NoCode, SessionCode};
pub use hand::Hand;
pub use key::{Key, Lock, Purpose, Token};
pub use message::{Join, Letter, Message, Sent, Take, name, sum};
pub use session::{Pause, Phase, Round, Session, Step, StepError};
pub use standing::{Figures, Standing};
pub use verify::{Refusal, Verified};
