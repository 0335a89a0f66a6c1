//! The two ends of the program that a person sees: the files of a site in, texts at the terminal out.

use crate::content::{self, Held, Source};
use crate::diag::{Fault, Format, Messages, Sources, show_all, summary};
use crate::pipeline;
use crate::trouble::Trouble;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

/// Faults on standard error, with colour where a terminal wants it.
pub fn tell(faults: &[Fault], source: &Source, messages: &Messages) {
    tell_within(faults, &pipeline::sources(source, faults), messages);
}

/// The same for faults in texts that are no files of the site.
pub fn tell_within(faults: &[Fault], sources: &Sources, messages: &Messages) {
    if faults.is_empty() {
        return;
    }
    let format = format_at(&io::stderr());
    say_error(show_all(faults, sources, messages, format).trim_end());
    say_error(&summary(faults, messages));
}

/// The format for a person who reads a stream: with colour where a terminal shows it and nobody has
/// asked for none.
#[must_use]
pub fn format_at(stream: &impl IsTerminal) -> Format {
    let colour = stream.is_terminal() && allows_colour(|name| std::env::var(name).ok());
    if colour { Format::ColourText } else { Format::Text }
}

/// Whether the environment leaves colour on: <https://no-color.org>, <https://bixense.com/clicolors>.
fn allows_colour(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, value: &str| variable(name).is_some_and(|found| found == value);
    let refused = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && !is("CLICOLOR", "0") && !is("TERM", "dumb")
}

/// The files of the site at `root`.
///
/// # Errors
/// [`Trouble::NotASite`] or [`Trouble::Unreadable`].
pub fn read_site(root: &Path) -> Result<Source, Trouble> {
    read_held(root, Held::ButPages)
}

/// The same with a choice of what is held in memory.
///
/// # Errors
/// [`Trouble::NotASite`] or [`Trouble::Unreadable`].
pub fn read_held(root: &Path, held: Held) -> Result<Source, Trouble> {
    // A link that leads nowhere is told with the other faults.
    if root.join("bersinar.toml").symlink_metadata().is_err() {
        return Err(Trouble::NotASite(root.to_owned()));
    }
    Ok(content::read(root, held)?)
}

/// Asks for a line on standard input; empty where there is no more to read.
///
/// # Errors
/// Whatever keeps the line from being read.
pub fn ask(question: &str) -> io::Result<String> {
    say(&format!("{question} "));
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// Asks whoever sits at the terminal; none where nobody does.
#[must_use]
pub fn ask_at_terminal(question: &str) -> Option<String> {
    if io::stdin().is_terminal() { ask(&format!("{question} ")).ok() } else { None }
}

/// A file that is no part of the site, as far as a limit and one byte more.
///
/// # Errors
/// [`Trouble::Unreadable`], also where it is no file.
pub fn read_other(path: &Path, limit: usize) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| Trouble::Unreadable(path.to_owned(), error))
}

/// Writes to standard output. Nobody is left to tell where that fails.
pub fn say(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a line to standard error. Nobody is left to tell where that fails.
pub fn say_error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_wants_no_colour_gets_none() {
        let allowed = |name: &'static str, value: &'static str| {
            allows_colour(move |asked| (asked == name).then(|| value.to_owned()))
        };
        assert!(allowed("TERM", "xterm-256color") && allowed("NO_COLOR", ""));
        for (name, value) in [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")] {
            assert!(!allowed(name, value), "{name}={value}");
        }
    }
}
