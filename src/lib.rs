//! Ridealong: a training simulator for the terminal.
