//! Stopping, as a shell's job does on ^Z.

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};
use rustix::stdio::stdin;
use rustix::termios::tcgetpgrp;

/// Stops every process of the job, this one included, until somebody continues it.
///
/// With SIGSTOP, since this process catches the signal that is meant for it; to the whole group, since a shell waits
/// until all of a pipeline, or a program that runs this one, has stopped. Returns shortly before or after the stop.
pub(super) fn stop() {
    // It can only fail for lack of a right, or of processes, in one's own group.
    let _ = kill_current_process_group(Signal::STOP);
}

/// Whether there is somebody who could continue the job: a shell with job control, in the same session, that has put it
/// into a group of its own. Without one (`xterm -e`, `ssh -t`, a container) a stopped job stays stopped for good.
pub(super) fn can_be_continued() -> bool {
    let (Some(parent), Ok(session)) = (getppid(), getsid(None)) else { return false };
    // The group of the session's leader has nobody above it in the session.
    let apart = getpgrp() != session;
    // A shell that has died leaves its jobs to a process of another session.
    let looked_after = getsid(Some(parent)) == Ok(session);
    apart && looked_after
}

/// Whether the terminal is another job's at the moment.
pub(super) fn is_in_background() -> bool {
    tcgetpgrp(stdin()).is_ok_and(|foreground| foreground != getpgrp())
}
