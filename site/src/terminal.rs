//! The two ends of the program that a person sees: the files of a site in, texts at the terminal out.

use crate::content::{self, Source};
use crate::diag::{Fault, Format, Messages, show_all, summary};
use crate::pipeline;
use crate::trouble::Trouble;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Faults on standard error, with colour where a terminal wants it.
pub fn tell(faults: &[Fault], source: &Source, messages: &Messages) {
    if faults.is_empty() {
        return;
    }
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let format = if colour { Format::ColourText } else { Format::Text };
    say_error(show_all(faults, &pipeline::sources(source), messages, format).trim_end());
    say_error(&summary(faults, messages));
}

/// The files of the site at `root`.
///
/// # Errors
/// [`Trouble::NotASite`] or [`Trouble::Unreadable`].
pub fn read_site(root: &Path) -> Result<Source, Trouble> {
    if !root.join("bersinar.toml").is_file() {
        return Err(Trouble::NotASite(root.to_owned()));
    }
    content::read(root).map_err(|unreadable| Trouble::Unreadable(unreadable.path, unreadable.error))
}

/// Writes to standard output. Nobody is left to tell where that fails.
pub fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a line to standard error. Nobody is left to tell where that fails.
pub fn say_error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
