//! A text with commas, semicolons or tabs → cells. Rows are counted as office programs count them,
//! empty ones included.

use super::{Grid, Kind, Stop};
use std::borrow::Cow;

/// Reads the text in whichever of the usual encodings it has; tells whether that had to be assumed.
pub fn read(bytes: &[u8], was_assumed: &mut bool) -> Result<Grid, Stop> {
    let text = decoded(bytes, was_assumed).ok_or(Stop::Unreadable)?;
    if text.contains('\0') {
        return Err(Stop::Unreadable);
    }
    let (separator, text) = separator(&text);
    let mut grid = Grid::default();
    let (mut row, mut column) = (0, 0);
    let mut rest = text;
    while !rest.is_empty() {
        let (field, after) = field(rest, separator);
        grid.put(row, column, Kind::Text, &field)?;
        let mut characters = after.chars();
        match characters.next() {
            Some(found) if found == separator => column += 1,
            Some('\r') if characters.as_str().starts_with('\n') => {
                characters.next();
                (row, column) = (row + 1, 0);
            }
            _ => (row, column) = (row + 1, 0),
        }
        rest = characters.as_str();
    }
    Ok(grid)
}

/// The first field, and what follows it: a separator, an end of line or nothing.
fn field(text: &str, separator: char) -> (Cow<'_, str>, &str) {
    let plain = |text: &str| text.find([separator, '\n', '\r']).unwrap_or(text.len());
    let Some(mut quoted) = text.strip_prefix('"') else {
        let end = plain(text);
        return (Cow::Borrowed(&text[..end]), &text[end..]);
    };
    let mut field = String::new();
    while let Some(end) = quoted.find('"') {
        field.push_str(&quoted[..end]);
        quoted = &quoted[end + 1..];
        let Some(after) = quoted.strip_prefix('"') else {
            let end = plain(quoted);
            field.push_str(&quoted[..end]);
            return (Cow::Owned(field), &quoted[end..]);
        };
        field.push('"');
        quoted = after;
    }
    field.push_str(quoted);
    (Cow::Owned(field), "")
}

/// The separator that the first line with any has most of; Excel may name it in a line of its own.
fn separator(text: &str) -> (char, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    if let Some(named) = text[..end].strip_prefix("sep=").and_then(|named| named.chars().next()) {
        // The line counts as a row, so it is left empty rather than cut off.
        return (named, &text[end..]);
    }
    let counts = |line: &str| [';', '\t', ','].map(|c| (line.matches(c).count(), c));
    let most = |line: &str| counts(line).into_iter().rev().max_by_key(|(count, _)| *count);
    let found = text.lines().take(50).filter_map(most).max_by_key(|(count, _)| *count);
    (found.map_or(',', |(_, separator)| separator), text)
}

fn decoded<'a>(bytes: &'a [u8], was_assumed: &mut bool) -> Option<Cow<'a, str>> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        _ => Some(std::str::from_utf8(bytes).map_or_else(
            |_| {
                *was_assumed = true;
                Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect())
            },
            Cow::Borrowed,
        )),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks(2).map(|pair| pair.try_into().map(unit).ok());
    let units: Option<Vec<u16>> = units.collect();
    String::from_utf16(&units?).ok()
}

/// The characters of bytes 0x80 to 0x9f; all others have their own number.
/// Source: WHATWG Encoding Standard, index windows-1252.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// The character of a byte in the encoding of older Windows programs.
fn windows_1252(byte: u8) -> char {
    let special = byte.checked_sub(0x80).and_then(|at| WINDOWS_1252.chars().nth(usize::from(at)));
    special.unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(usize, usize, String)> {
        let grid = read(bytes, &mut false).unwrap();
        grid.cells.into_iter().map(|((row, column), cell)| (row, column, cell.1)).collect()
    }

    fn cell(row: usize, column: usize, text: &str) -> (usize, usize, String) {
        (row, column, text.to_owned())
    }

    #[test]
    fn quotes_separators_and_empty_lines_are_understood() {
        let found = cells(b"a;\"b;\"\"c\"\"\"\r\n\r\n;\"d\ne\"\nf");
        let wanted = [(0, 0, "a"), (0, 1, "b;\"c\""), (2, 1, "d e"), (3, 0, "f")];
        assert_eq!(found, wanted.map(|(row, column, text)| cell(row, column, text)));
        assert_eq!(cells(b"a,\"b\n"), [cell(0, 0, "a"), cell(0, 1, "b")]);
        assert_eq!(cells(b"sep=;\na,b;c"), [cell(1, 0, "a,b"), cell(1, 1, "c")]);
        assert_eq!(
            cells(b"Daftar, 2021\na;b;c")[1..],
            [cell(1, 0, "a"), cell(1, 1, "b"), cell(1, 2, "c")]
        );
    }

    #[test]
    fn the_usual_encodings_are_read_and_a_guess_is_told() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("é,–".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(cells(&utf16), [cell(0, 0, "é"), cell(0, 1, "–")]);
        assert_eq!(cells("\u{feff}é".as_bytes()), [cell(0, 0, "é")]);
        let mut was_assumed = false;
        let grid = read(b"\xe9 \x96\x93", &mut was_assumed).unwrap();
        assert_eq!(grid.cells[&(0, 0)].1, "é –“");
        assert!(was_assumed);
        assert_eq!(read(b"\xff\xfea", &mut false).err(), Some(Stop::Unreadable));
        assert_eq!(WINDOWS_1252.chars().count(), 32);
    }
}
