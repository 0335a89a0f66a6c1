//! A file of older Excel (.xls, BIFF8) → the cells of one of its sheets. Source: MS-XLS.

use super::numbers::{Formats, is_date_format, is_date_pattern};
use super::package::number;
use super::{Choice, Grid, Kind, Stop, Tab, compound};
use std::collections::BTreeMap;

/// One record: its type, its bytes, and those of the records that continue it.
struct Record<'a> {
    kind: usize,
    bytes: &'a [u8],
    more: Vec<&'a [u8]>,
}

const BEGIN: usize = 0x0809;
const END: usize = 0x000a;
const CONTINUE: usize = 0x003c;

/// Reads the wanted sheet.
pub fn read(bytes: &[u8], choice: &mut Choice) -> Result<Grid, Stop> {
    let stream = compound::stream(bytes, &["Workbook"])?;
    let book = Book::read(&stream).ok_or(Stop::Unreadable)?;
    let start = *book.starts.get(choice.among(&book.tabs)?).ok_or(Stop::Unreadable)?;
    cells(&stream, start, &book)
}

/// The record at a place, and where the next one begins.
fn record(stream: &[u8], at: usize) -> Option<(Record<'_>, usize)> {
    let part = |at: usize| {
        let length = number(stream, at + 2, 2)?;
        Some((number(stream, at, 2)?, stream.get(at + 4..at + 4 + length)?, at + 4 + length))
    };
    let (kind, bytes, mut end) = part(at)?;
    let mut more = Vec::new();
    while let Some((CONTINUE, bytes, next)) = part(end) {
        more.push(bytes);
        end = next;
    }
    Some((Record { kind, bytes, more }, end))
}

/// What holds for all sheets.
struct Book {
    tabs: Vec<Tab>,
    starts: Vec<usize>,
    strings: Vec<String>,
    formats: Formats,
}

impl Book {
    /// None where the file is torn, locked or of an older kind.
    fn read(stream: &[u8]) -> Option<Self> {
        let (first, _) = record(stream, 0)?;
        if first.kind != BEGIN || number(first.bytes, 0, 2)? != 0x0600 {
            return None;
        }
        let formats = Formats::default();
        let mut book = Self { tabs: Vec::new(), starts: Vec::new(), strings: Vec::new(), formats };
        let (mut patterns, mut styles) = (BTreeMap::new(), Vec::new());
        let mut at = 0;
        loop {
            let (record, end) = record(stream, at)?;
            let bytes = record.bytes;
            match record.kind {
                END => break,
                0x002f => return None,
                0x0022 => book.formats.counts_from_1904 = number(bytes, 0, 2)? == 1,
                0x0085 if number(bytes, 5, 1)? == 0 => {
                    let name = short_text(bytes.get(6..)?, 1)?;
                    book.tabs.push(Tab { name, is_hidden: number(bytes, 4, 1)? & 3 != 0 });
                    book.starts.push(number(bytes, 0, 4)?);
                }
                0x041e => {
                    let pattern = short_text(bytes.get(2..)?, 2)?;
                    patterns.insert(number(bytes, 0, 2)?, is_date_pattern(&pattern));
                }
                0x00e0 => styles.push(number(bytes, 2, 2)?),
                0x00fc => book.strings = shared_strings(&record)?,
                _ => {}
            }
            at = end;
        }
        let shows =
            |style: &usize| patterns.get(style).copied().unwrap_or_else(|| is_date_format(*style));
        book.formats.shows_dates = styles.iter().map(shows).collect();
        Some(book)
    }
}

/// A text with its length before it, in one or two bytes.
fn short_text(bytes: &[u8], length_bytes: usize) -> Option<String> {
    let characters = number(bytes, 0, length_bytes)?;
    let is_wide = number(bytes, length_bytes, 1)? & 1 == 1;
    let bytes = bytes.get(length_bytes + 1..)?;
    let end = if is_wide { characters * 2 } else { characters };
    Some(decoded(bytes.get(..end)?, is_wide))
}

/// Characters of two bytes, or of one where the other would be zero.
fn decoded(bytes: &[u8], is_wide: bool) -> String {
    if !is_wide {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A table of texts over several records. A text may be cut where a record ends; its rest then begins
/// with a byte that tells anew how wide its characters are.
struct Run<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

impl<'a> Run<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        if self.rest.is_empty() && length > 0 {
            self.rest = self.parts.next()?;
        }
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self, length: usize) -> Option<usize> {
        number(self.take(length)?, 0, length)
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > self.rest.len() {
            length -= self.rest.len();
            self.rest = self.parts.next()?;
        }
        self.take(length).map(drop)
    }

    fn text(&mut self, mut characters: usize, mut is_wide: bool) -> Option<String> {
        let mut text = String::new();
        loop {
            let width = if is_wide { 2 } else { 1 };
            let here = characters.min(self.rest.len() / width);
            text.push_str(&decoded(self.take(here * width)?, is_wide));
            characters -= here;
            if characters == 0 {
                return Some(text);
            }
            self.rest = self.parts.next()?;
            is_wide = self.number(1)? & 1 == 1;
        }
    }
}

fn shared_strings(record: &Record) -> Option<Vec<String>> {
    let mut run = Run { parts: record.more.clone().into_iter(), rest: record.bytes };
    run.take(4)?;
    let count = run.number(4)?;
    // The count may be anything; each text takes at least three bytes of the record.
    let mut strings = Vec::new();
    for _ in 0..count {
        let Some(characters) = run.number(2) else { break };
        let flags = run.number(1)?;
        let runs = if flags & 8 == 0 { 0 } else { run.number(2)? };
        let extra = if flags & 4 == 0 { 0 } else { run.number(4)? };
        strings.push(if characters == 0 {
            String::new()
        } else {
            run.text(characters, flags & 1 == 1)?
        });
        run.skip(runs * 4 + extra)?;
    }
    Some(strings)
}

fn cells(stream: &[u8], start: usize, book: &Book) -> Result<Grid, Stop> {
    let mut grid = Grid::default();
    let (mut at, mut depth) = (start, 0_usize);
    loop {
        let (record, end) = record(stream, at).ok_or(Stop::Unreadable)?;
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => return Ok(grid),
            END => depth -= 1,
            // What lies in a chart within the sheet is not the sheet's.
            _ if depth == 1 => cell(&record, book, &mut grid)?,
            _ => {}
        }
        at = end;
    }
}

/// Puts what a record tells into the grid.
fn cell(record: &Record, book: &Book, grid: &mut Grid) -> Result<(), Stop> {
    let bytes = record.bytes;
    let read = |at, length| number(bytes, at, length).ok_or(Stop::Unreadable);
    if record.kind == 0x00e5 {
        return merged(bytes, grid);
    }
    if !matches!(record.kind, 0x00fd | 0x0203 | 0x027e | 0x00bd | 0x0204 | 0x0205 | 0x0006) {
        return Ok(());
    }
    let (row, column, style) = (read(0, 2)?, read(2, 2)?, read(4, 2)?);
    let (kind, text) = match record.kind {
        0x00fd => (Kind::Text, book.strings.get(read(6, 4)?).ok_or(Stop::Unreadable)?.clone()),
        0x0203 => book.formats.shown(float(bytes, 6).ok_or(Stop::Unreadable)?, style),
        0x027e => book.formats.shown(short_number(read(6, 4)?), style),
        0x00bd => {
            let count = bytes.len().saturating_sub(6) / 6;
            for at in 0..count {
                let (style, number) = (read(4 + at * 6, 2)?, short_number(read(6 + at * 6, 4)?));
                let (kind, text) = book.formats.shown(number, style);
                grid.put(row, column + at, kind, &text)?;
            }
            return Ok(());
        }
        0x0204 => {
            (Kind::Text, bytes.get(6..).and_then(|b| short_text(b, 2)).ok_or(Stop::Unreadable)?)
        }
        0x0205 if read(7, 1)? == 1 => (Kind::Computed, "#".to_owned()),
        0x0205 => (Kind::Text, read(6, 1)?.to_string()),
        _ => (Kind::Computed, "=".to_owned()),
    };
    grid.put(row, column, kind, &text)
}

fn merged(bytes: &[u8], grid: &mut Grid) -> Result<(), Stop> {
    for corners in bytes.get(2..).unwrap_or_default().chunks_exact(8) {
        let [top, bottom, left, right] = [0, 2, 4, 6].map(|at| number(corners, at, 2));
        if let (Some(top), Some(left), Some(bottom), Some(right)) = (top, left, bottom, right) {
            grid.merge([top, left, bottom, right])?;
        }
    }
    Ok(())
}

fn float(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// A number in four bytes: a whole one, or the upper half of a float; a hundredth of it where told.
fn short_number(packed: usize) -> f64 {
    let packed = u32::try_from(packed).unwrap_or_default();
    let value = if packed & 2 == 2 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 == 1 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_unpacked() {
        assert!((short_number((812 << 2) | 2) - 812.0).abs() < 1e-9);
        assert!((short_number((3172 << 2) | 3) - 31.72).abs() < 1e-9);
        let half = usize::try_from(1.5_f64.to_bits() >> 32).unwrap();
        assert!((short_number(half) - 1.5).abs() < 1e-9);
    }

    #[test]
    fn a_text_goes_on_in_the_next_record() {
        let first: &[u8] = b"\x01\0\0\0\x01\0\0\0\x04\0\0ab";
        let record = Record { kind: 0x00fc, bytes: first, more: vec![b"\x01c\0d\0"] };
        assert_eq!(shared_strings(&record).unwrap(), ["abcd"]);
    }
}
