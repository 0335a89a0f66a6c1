//! A code → its page under `docs/faults` as a terminal shows it, and the list of all codes. The pages
//! are made from the folders under `tests/faults`, and the binary carries them.

use crate::diag::{Code, Fault, Level, Messages, Spot};
use include_dir::{Dir, include_dir};
use std::sync::Arc;

static PAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../docs/faults");

/// Where the page of a code in a language lies below `docs/faults`.
#[must_use]
pub fn path_of(code: Code, lang: &str) -> String {
    let folder = if lang == Messages::LANGUAGES[0] { String::new() } else { format!("{lang}/") };
    format!("{folder}{}.md", code.as_str())
}

/// A page by its path below `docs/faults`, as it is written.
#[must_use]
pub fn document(path: &str) -> Option<&'static str> {
    PAGES.get_file(path).and_then(|file| file.contents_utf8())
}

/// The page of a code as plain text.
#[must_use]
pub fn page(code: Code, messages: &Messages) -> String {
    plain(document(&path_of(code, messages.language())).unwrap_or_default())
}

/// Every code with its level and meaning, one a line.
#[must_use]
pub fn list(messages: &Messages) -> String {
    let line = |code: &Code| {
        let fault = Fault::new(*code, Spot::file(&Arc::from("")));
        let level = match code.level() {
            Level::Error => messages.program("level-error", &[]),
            Level::Warning => messages.program("level-warning", &[]),
        };
        format!("{}  {level:<8} {}\n", code.as_str(), open(&messages.message(&fault)))
    };
    Code::ALL.iter().map(line).collect()
}

/// A sentence with its placeholders as a reader sees them who has no fault at hand.
#[must_use]
pub fn open(template: &str) -> String {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once('}') {
        Some((name, rest)) if is_name(name) => text + "…" + rest,
        _ => text + "{" + part,
    })
}

/// Markdown as this program writes it, without what only a browser needs: comments, links to other
/// pages, fences.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut margin = "";
    for line in markdown.lines() {
        if line.starts_with("~~~") {
            margin = if margin.is_empty() { "    " } else { "" };
        } else if !margin.is_empty() {
            text.push_str(format!("{margin}{line}").trim_end());
            text.push('\n');
        } else if !(line.starts_with("<!--") || line.starts_with('[') && line.ends_with(".md)")) {
            text.push_str(&line.replace("**", "").replace("\\<", "<").replace("]\\(", "]("));
            text.push('\n');
        }
    }
    format!("{}\n", text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_readable_without_a_browser() {
        let page = "<!-- dari mesin -->\n# B1: \\<b>\n\n**Isi.** [a]\\(b).\n\n~~~text\n<!-- a\n~~~\n\n[x](y.md)\n";
        assert_eq!(plain(page), "# B1: <b>\n\nIsi. [a](b).\n\n    <!-- a\n");
    }

    #[test]
    fn placeholders_are_left_open() {
        assert_eq!(open("{a} dan {{ }} {% %} {b}."), "… dan {{ }} {% %} ….");
    }
}
