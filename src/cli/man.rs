//! `completions` and `man`: what the command line knows of itself.

use clap_complete::Shell;
use clap_mangen::Man;

use super::{Failure, Outcome, Streams};

/// Prints a shell's completions.
pub(super) fn completions(
    shell: Shell,
    mut command: clap::Command,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "ridealong", &mut script);
    streams.output.write_all(&script)?;
    Ok(Outcome::Fine)
}

/// Prints the manual page, every command with its options on it.
pub(super) fn page(mut command: clap::Command, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    // Fills in the commands' whole names.
    command.build();
    let mut page = Vec::new();
    let whole = Man::new(command.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    for each in command.get_subcommands().filter(|each| each.get_name() != "help") {
        let mut part = Vec::new();
        let about = Man::new(each.clone());
        about.render_synopsis_section(&mut part)?;
        about.render_description_section(&mut part)?;
        about.render_options_section(&mut part)?;
        // A command's sections stand one level below the command.
        let part = String::from_utf8_lossy(&part).replace(".SH ", ".SS ");
        page.extend(format!(".SH \"RIDEALONG {}\"\n{part}", each.get_name().to_uppercase()).into_bytes());
    }
    whole.render_extra_section(&mut page)?;
    streams.output.write_all(&page)?;
    Ok(Outcome::Fine)
}
