//! A span of bytes in a text → line and column as a person counts them, and the line to show.

use std::ops::Range;

/// The longest mark under a line, in characters.
const MARK_CHARACTERS: usize = 100;

/// Where a span begins and ends: lines from 1, columns in characters from 1, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Place {
    pub(super) fn of(span: &Range<usize>, text: &str) -> Self {
        let span = within(span, text);
        let (line, column) = position(span.start, text);
        let (end_line, end_column) = position(span.end, text);
        Self { line, column, end_line, end_column }
    }
}

/// The line in which a span begins, and the bytes of it to mark. The renderer cuts long lines around
/// their mark, so the mark must not be long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) mark: Range<usize>,
}

impl<'a> Line<'a> {
    pub(super) fn of(span: &Range<usize>, text: &'a str) -> Self {
        let span = within(span, text);
        let start = line_start(span.start, text);
        let line = text[start..].split('\n').next().unwrap_or("").trim_end_matches('\r');
        let [from, to] = [span.start, span.end].map(|at| at.saturating_sub(start).min(line.len()));
        let mark = line[from..to].char_indices().nth(MARK_CHARACTERS);
        Self { text: line, mark: from..mark.map_or(to, |(length, _)| from + length) }
    }
}

/// The span with both ends in the text and between characters.
fn within(span: &Range<usize>, text: &str) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.min(text.len()).max(start));
    start..end
}

fn position(at: usize, text: &str) -> (usize, usize) {
    let start = line_start(at, text);
    let lines = text[..start].matches('\n').count();
    (lines + 1, text[start.min(at)..at].chars().count() + 1)
}

/// Where the line around a byte begins. A byte order mark at the front of a file is not part of it.
fn line_start(at: usize, text: &str) -> usize {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    text[..at].rfind('\n').map_or(mark, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, span: Range<usize>) -> (usize, usize, usize, usize) {
        let place = Place::of(&span, text);
        (place.line, place.column, place.end_line, place.end_column)
    }

    #[test]
    fn columns_count_characters_from_the_start_of_the_line() {
        assert_eq!(place("ab\nçd e", 6..7), (2, 3, 2, 4));
        assert_eq!(place("ab\r\ncd", 4..6), (2, 1, 2, 3));
        assert_eq!(place("\u{feff}+++\nx", 3..6), (1, 1, 1, 4));
        assert_eq!(place("\u{feff}+++", 0..0), (1, 1, 1, 1));
        assert_eq!(place("", 0..0), (1, 1, 1, 1));
        assert_eq!(place("ab", 7..9), (1, 3, 1, 3));
        assert_eq!(place("a\nb\n", 0..3), (1, 1, 2, 2));
    }

    fn marked(text: &str, span: Range<usize>) -> (&str, &str) {
        let line = Line::of(&span, text);
        (line.text, &line.text[line.mark])
    }

    #[test]
    fn the_first_line_is_shown_without_its_end_and_without_a_byte_order_mark() {
        assert_eq!(marked("a\r\nb c\r\nd", 5..9), ("b c", "c"));
        assert_eq!(marked("\u{feff}+++\r\n", 0..6), ("+++", "+++"));
        assert_eq!(marked("a\n\nb", 2..3), ("", ""));
        assert_eq!(marked("", 0..0), ("", ""));
    }

    #[test]
    fn a_mark_is_never_longer_than_a_screen() {
        let text = "é".repeat(500);
        let (line, mark) = marked(&text, 0..text.len());
        assert_eq!((line.len(), mark.chars().count()), (1000, MARK_CHARACTERS));
    }
}
