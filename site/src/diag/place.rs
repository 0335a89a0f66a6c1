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

/// How many bytes of a text are counted at once.
const BLOCK_BYTES: usize = 256;

/// A text in which places are found without reading it from its beginning each time: a page of half a
/// megabyte can have a fault every few bytes.
#[derive(Debug)]
pub(super) struct Indexed<'a> {
    text: &'a str,
    /// Where each line begins. A byte order mark at the front of a file is not part of its first line.
    lines: Vec<usize>,
    /// The characters that begin before each block.
    characters: Vec<usize>,
}

impl<'a> Indexed<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = [mark].into_iter().chain(ends.filter(|end| *end > mark)).collect();
        let mut characters = vec![0];
        let mut sum = 0;
        for block in text.as_bytes().chunks(BLOCK_BYTES) {
            sum += begun(block);
            characters.push(sum);
        }
        Self { text, lines, characters }
    }

    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        let span = self.within(span);
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end);
        Place { line, column, end_line, end_column }
    }

    pub(super) fn line(&self, span: &Range<usize>) -> Line<'a> {
        let span = self.within(span);
        let number = self.number(span.start);
        let start = self.lines[number];
        let end = self.lines.get(number + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].trim_end_matches('\r');
        let [from, to] = [span.start, span.end].map(|at| at.saturating_sub(start).min(line.len()));
        let mark = line[from..to].char_indices().nth(MARK_CHARACTERS);
        Line { text: line, mark: from..mark.map_or(to, |(length, _)| from + length) }
    }

    /// The span with both ends in the text and between characters.
    fn within(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.text;
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let end = text.ceil_char_boundary(span.end.min(text.len()).max(start));
        start..end
    }

    /// Which line a byte is in, from 0.
    fn number(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn position(&self, at: usize) -> (usize, usize) {
        let number = self.number(at);
        let start = self.lines[number].min(at);
        (number + 1, self.characters_before(at) - self.characters_before(start) + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let block = at / BLOCK_BYTES;
        self.characters[block] + begun(&self.text.as_bytes()[block * BLOCK_BYTES..at])
    }
}

/// The characters that begin in some bytes of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The line in which a span begins, and the bytes of it to mark. The renderer cuts long lines around
/// their mark, so the mark must not be long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) mark: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, span: Range<usize>) -> (usize, usize, usize, usize) {
        let place = Indexed::new(text).place(&span);
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
        let line = Indexed::new(text).line(&span);
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
    fn places_are_those_that_counting_from_the_beginning_finds() {
        let texts = ["a\né\n\n中x".repeat(40), "é".repeat(128), "x".repeat(512), String::new()];
        for text in texts {
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let line = text[..at].matches('\n').count() + 1;
                let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
                let column = text[start..at].chars().count() + 1;
                assert_eq!(place(&text, at..at), (line, column, line, column));
            }
        }
    }

    #[test]
    fn a_mark_is_never_longer_than_a_screen() {
        let text = "é".repeat(500);
        let (line, mark) = marked(&text, 0..text.len());
        assert_eq!((line.len(), mark.chars().count()), (1000, MARK_CHARACTERS));
    }
}
