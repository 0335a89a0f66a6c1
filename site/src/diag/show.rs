//! Faults as a person or a machine reads them: the line itself with the spot marked, one JSON object
//! a line, or GitHub's annotations.

use super::place::{Indexed, Line, Place};
use super::{Fault, Level, Messages};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as SnippetLevel, Origin, Renderer, Snippet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
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
/// The same, ready for many faults in each.
type Texts<'a> = BTreeMap<&'a str, Indexed<'a>>;

/// How many errors of a file, and how many warnings, a person is shown. A file with more has one cause
/// that is there again and again, and each line with its mark takes longer than all else in a build.
const READABLE: usize = 100;

/// A fault in words, for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Whether it stops anything.
    pub level: Level,
    /// The word for that.
    pub name: String,
    /// The code, such as `B201`.
    pub code: &'static str,
    /// The file.
    pub file: String,
    /// What is wrong.
    pub message: String,
    /// The place, and its line with the mark, as a terminal shows them.
    pub snippet: String,
    /// How to mend it.
    pub cure: String,
}

/// Faults in words, sorted by file and place; not more than can be read.
#[must_use]
pub fn told(faults: &[Fault], sources: &Sources, messages: &Messages) -> Vec<Told> {
    let mut sorted = sorted(faults);
    keep_readable(&mut sorted);
    let texts = texts_of(faults, sources);
    let tell = |fault: &&Fault| Told {
        level: fault.code.level(),
        name: level_word(fault, messages),
        code: fault.code.as_str(),
        file: fault.spot.file.to_string(),
        message: messages.message(fault),
        snippet: snippet(fault, &texts),
        cure: messages.cure(fault),
    };
    sorted.iter().map(tell).collect()
}

/// All faults in a format, sorted by file and place; for a person not more than can be read.
#[must_use]
pub fn show_all(
    faults: &[Fault],
    sources: &Sources,
    messages: &Messages,
    format: Format,
) -> String {
    let mut sorted = sorted(faults);
    let found = sorted.len();
    if matches!(format, Format::Text | Format::ColourText) {
        keep_readable(&mut sorted);
    }
    let left = found - sorted.len();
    let texts = texts_of(faults, sources);
    let show_one = |fault: &&Fault| match format {
        Format::Text => text(fault, &texts, messages, &plain()),
        Format::ColourText => text(fault, &texts, messages, &Renderer::styled()),
        Format::Json => json(fault, &texts, messages),
        Format::Github => github(fault, &texts, messages),
    };
    let mut shown: String = sorted.iter().map(show_one).collect();
    if left > 0 {
        shown += &messages.program(
            "faults-left",
            &[("count", left.to_string()), ("limit", READABLE.to_string())],
        );
        shown.push('\n');
    }
    shown
}

fn sorted(faults: &[Fault]) -> Vec<&Fault> {
    let mut sorted: Vec<&Fault> = faults.iter().collect();
    sorted.sort_by_key(|fault| {
        let start = fault.spot.span.as_ref().map_or(0, |span| span.start);
        (Arc::clone(&fault.spot.file), start, fault.code)
    });
    sorted
}

fn texts_of<'a>(faults: &[Fault], sources: &'a Sources) -> Texts<'a> {
    let files: BTreeSet<&Arc<str>> = faults.iter().map(|fault| &fault.spot.file).collect();
    let with_text = files.into_iter().filter_map(|file| sources.get_key_value(file));
    with_text.map(|(file, text)| (&**file, Indexed::new(text))).collect()
}

fn keep_readable(sorted: &mut Vec<&Fault>) {
    let mut counts = BTreeMap::new();
    sorted.retain(|fault| {
        let count = counts.entry((&fault.spot.file, fault.code.level())).or_insert(0);
        *count += 1;
        *count <= READABLE
    });
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

fn text(fault: &Fault, texts: &Texts, messages: &Messages, renderer: &Renderer) -> String {
    let level = snippet_level(fault).with_name(level_word(fault, messages));
    let title = level.primary_title(messages.message(fault)).id(fault.code.as_str());
    let title = with_place(Group::with_title(title), fault, texts);
    let help = SnippetLevel::HELP.with_name(messages.program("level-cure", &[]));
    let cure = Group::with_title(help.secondary_title(messages.cure(fault)));
    let groups = [title, cure];
    format!("{}\n\n", renderer.render(&groups))
}

/// The place of a fault and its line with the mark.
fn snippet(fault: &Fault, texts: &Texts) -> String {
    let group = with_place(Group::with_level(snippet_level(fault)), fault, texts);
    plain().render(&[group])
}

fn with_place<'a>(group: Group<'a>, fault: &'a Fault, texts: &'a Texts) -> Group<'a> {
    let path = fault.spot.file.to_string();
    match located(fault, texts) {
        Some((span, indexed)) => {
            let Line { text, mark } = indexed.line(span);
            let snippet = Snippet::source(text).line_start(indexed.place(span).line);
            group.element(snippet.path(path).annotation(AnnotationKind::Primary.span(mark)))
        }
        None => group.element(Origin::path(path)),
    }
}

fn snippet_level<'a>(fault: &Fault) -> SnippetLevel<'a> {
    match fault.code.level() {
        Level::Error => SnippetLevel::ERROR,
        Level::Warning => SnippetLevel::WARNING,
    }
}

/// What a level is called.
fn level_word(fault: &Fault, messages: &Messages) -> String {
    let key = match fault.code.level() {
        Level::Error => "level-error",
        Level::Warning => "level-warning",
    };
    messages.program(key, &[])
}

/// The span of a fault and the text it lies in; none where a whole file is meant.
fn located<'a>(
    fault: &'a Fault,
    texts: &'a Texts<'a>,
) -> Option<(&'a Range<usize>, &'a Indexed<'a>)> {
    Some((fault.spot.span.as_ref()?, texts.get(&*fault.spot.file)?))
}

fn place_of(fault: &Fault, texts: &Texts) -> Option<Place> {
    located(fault, texts).map(|(span, indexed)| indexed.place(span))
}

#[derive(Serialize)]
struct JsonFault<'a> {
    level: &'a str,
    code: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: String,
    cure: String,
}

fn json(fault: &Fault, texts: &Texts, messages: &Messages) -> String {
    let place = place_of(fault, texts);
    let object = JsonFault {
        level: level_name(fault),
        code: fault.code.as_str(),
        file: &fault.spot.file,
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_line: place.map(|place| place.end_line),
        end_column: place.map(|place| place.end_column),
        message: messages.message(fault),
        cure: messages.cure(fault),
    };
    serde_json::to_string(&object).map_or_else(|_| String::new(), |line| line + "\n")
}

fn github(fault: &Fault, texts: &Texts, messages: &Messages) -> String {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // Within the properties, these two part them.
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let place = place_of(fault, texts).map_or_else(String::new, |place| {
        let Place { line, column, end_line, end_column } = place;
        // GitHub takes columns only within one line, and counts the last one in.
        if line == end_line && end_column > column {
            format!(",line={line},col={column},endColumn={}", end_column - 1)
        } else {
            format!(",line={line},col={column},endLine={end_line}")
        }
    });
    format!(
        "::{} file={}{place},title={}::{} {}\n",
        level_name(fault),
        property(&fault.spot.file),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Spot};

    /// What a person is shown of a fault at some bytes of a text, without the sentences.
    fn shown(source: &str, span: Range<usize>) -> String {
        let file = Arc::from("a.md");
        let fault = Fault::new(Code::FrontMatterMissing, Spot::at(&file, span));
        let sources = Sources::from([(file, Arc::from(source))]);
        let messages = Messages::in_language("id");
        let shown = show_all(&[fault], &sources, &messages, Format::Text);
        let lines: Vec<&str> = shown.lines().collect();
        lines[1..lines.len() - 2].join("\n")
    }

    #[test]
    fn tabs_wide_characters_line_ends_and_byte_order_marks_do_not_shift_the_mark() {
        let place = |source, span| shown(source, span).replace("  |\n", "");
        assert_eq!(place("\tab", 1..3), " --> a.md:1:2\n1 |     ab\n  |     ^^\n  |");
        assert_eq!(place("中ab", 3..5), " --> a.md:1:2\n1 | 中ab\n  |   ^^\n  |");
        assert_eq!(place("x\r\nab\r\ny", 3..7), " --> a.md:2:1\n2 | ab\n  | ^^\n  |");
        assert_eq!(place("\u{feff}ab", 3..5), " --> a.md:1:1\n1 | ab\n  | ^^\n  |");
        assert_eq!(place("", 0..0), " --> a.md:1:1\n1 |\n  | ^\n  |");
    }

    #[test]
    fn a_line_of_a_megabyte_is_shown_around_its_mark() {
        let source = format!("{}SINI{}", "é".repeat(500_000), "x".repeat(500_000));
        let told = shown(&source, 1_000_000..1_000_004);
        assert!(told.starts_with(" --> a.md:1:500001\n"), "{told}");
        assert!(told.contains("éSINIx") && told.contains("^^^^\n") && told.len() < 1000, "{told}");
        let told = shown(&source, 0..source.len());
        assert!(told.len() < 1000, "{told}");
    }

    #[test]
    fn a_span_over_lines_marks_the_first_and_tells_both_ends_to_programs() {
        assert!(shown("<b>\n</b>\n", 0..8).ends_with("1 | <b>\n  | ^^^\n  |"));
        let file = Arc::from("a,b.md");
        let fault = Fault::new(Code::FrontMatterMissing, Spot::at(&file, 0..8));
        let sources = Sources::from([(file, Arc::from("<b>\n</b>\n"))]);
        let messages = Messages::in_language("id");
        let fault = [fault];
        let json = show_all(&fault, &sources, &messages, Format::Json);
        assert!(json.contains(r#""line":1,"column":1,"end_line":2,"end_column":5,"#), "{json}");
        let github = show_all(&fault, &sources, &messages, Format::Github);
        assert!(github.starts_with("::error file=a%2Cb.md,line=1,col=1,endLine=2,title=B102::"));
    }
}
