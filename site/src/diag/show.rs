//! Faults as a person or a machine reads them: the line itself with the spot marked, one JSON object
//! a line, or GitHub's annotations.

use super::{Fault, Level, Messages};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as SnippetLevel, Renderer, Snippet};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How faults are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person, without colour.
    Text,
    /// For a person at a terminal that shows colour.
    ColourText,
    /// One JSON object a line.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}

/// The texts of the files that faults point into.
pub type Sources = BTreeMap<Arc<str>, Arc<str>>;

/// All faults in a format, sorted by file and place.
#[must_use]
pub fn show_all(
    faults: &[Fault],
    sources: &Sources,
    messages: &Messages,
    format: Format,
) -> String {
    let mut sorted: Vec<&Fault> = faults.iter().collect();
    sorted.sort_by_key(|fault| {
        let start = fault.spot.span.as_ref().map_or(0, |span| span.start);
        (Arc::clone(&fault.spot.file), start, fault.code)
    });
    let show_one = |fault: &&Fault| match format {
        Format::Text => text(fault, sources, messages, &plain()),
        Format::ColourText => text(fault, sources, messages, &Renderer::styled()),
        Format::Json => json(fault, sources, messages),
        Format::Github => github(fault, sources, messages),
    };
    sorted.iter().map(show_one).collect()
}

/// How many errors and warnings there are, in one line.
#[must_use]
pub fn summary(faults: &[Fault], messages: &Messages) -> String {
    let count = |level| faults.iter().filter(|fault| fault.code.level() == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let facts = [("errors", errors.to_string()), ("warnings", warnings.to_string())];
    let key = if errors + warnings == 0 { "check-clean" } else { "check-count" };
    messages.program(key, &facts)
}

fn plain() -> Renderer {
    Renderer::plain().decor_style(DecorStyle::Ascii)
}

fn text(fault: &Fault, sources: &Sources, messages: &Messages, renderer: &Renderer) -> String {
    let (level, name) = match fault.code.level() {
        Level::Error => (SnippetLevel::ERROR, messages.program("level-error", &[])),
        Level::Warning => (SnippetLevel::WARNING, messages.program("level-warning", &[])),
    };
    let message = messages.message(fault);
    let title = level.with_name(name).primary_title(message).id(fault.code.as_str());
    let path = fault.spot.file.to_string();
    let mut groups = Vec::new();
    match (&fault.spot.span, sources.get(&fault.spot.file)) {
        (Some(span), Some(source)) => {
            let span = within(span.clone(), source);
            let annotation = AnnotationKind::Primary.span(span);
            let snippet = Snippet::source(source.to_string()).path(path).annotation(annotation);
            groups.push(title.element(snippet));
        }
        _ => groups.push(title.element(annotate_snippets::Origin::path(path))),
    }
    let help = SnippetLevel::HELP.with_name(messages.program("level-cure", &[]));
    groups.push(Group::with_title(help.secondary_title(messages.cure(fault))));
    format!("{}\n\n", renderer.render(&groups))
}

/// A span that lies inside the source and covers at least one character where there is one.
fn within(span: std::ops::Range<usize>, source: &str) -> std::ops::Range<usize> {
    let start = source.floor_char_boundary(span.start.min(source.len()));
    let end = source.ceil_char_boundary(span.end.min(source.len()).max(start));
    start..end
}

#[derive(Serialize)]
struct JsonFault<'a> {
    level: &'a str,
    code: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    cure: String,
}

fn json(fault: &Fault, sources: &Sources, messages: &Messages) -> String {
    let place = place_of(fault, sources);
    let object = JsonFault {
        level: level_name(fault),
        code: fault.code.as_str(),
        file: &fault.spot.file,
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        message: messages.message(fault),
        cure: messages.cure(fault),
    };
    serde_json::to_string(&object).map_or_else(|_| String::new(), |line| line + "\n")
}

fn github(fault: &Fault, sources: &Sources, messages: &Messages) -> String {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let place = place_of(fault, sources)
        .map_or_else(String::new, |(line, column)| format!(",line={line},col={column}"));
    format!(
        "::{} file={}{place},title={}::{} {}\n",
        level_name(fault),
        escape(&fault.spot.file),
        fault.code.as_str(),
        escape(&messages.message(fault)),
        escape(&messages.cure(fault)),
    )
}

fn level_name(fault: &Fault) -> &'static str {
    match fault.code.level() {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

/// Line and column, both from 1; the column counts characters.
fn place_of(fault: &Fault, sources: &Sources) -> Option<(usize, usize)> {
    let source = sources.get(&fault.spot.file)?;
    let start = within(fault.spot.span.clone()?, source).start;
    let before = &source[..start];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
}
