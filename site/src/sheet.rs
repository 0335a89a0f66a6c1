//! The bytes of a spreadsheet → the cells of one of its sheets, and that sheet as a text with one line
//! a row, so that a fault in a cell has a place like any other.
//!
//! The readers are our own: each limit holds before anything is allocated, a claim of the file about
//! its size is never believed, and merged cells and formulas are seen in every format.

mod compound;
mod delimited;
mod numbers;
mod ods;
mod package;
mod xls;
mod xlsx;
mod xml;

use crate::diag::{Code, Fault, Spot, listed};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The largest file that is looked at, in bytes.
pub const FILE_BYTES: usize = 20_000_000;
/// The most bytes that one part of a package may unpack to.
const PART_BYTES: usize = 64_000_000;
/// The last row that may have something in it.
const ROWS: usize = 50_000;
/// The last column that may have something in it.
const COLUMNS: usize = 200;
/// The most cells with something in them.
const CELLS: usize = 1_000_000;
/// The longest text of a cell, in bytes.
const CELL_BYTES: usize = 4_000;
/// The most text of a whole sheet, in bytes.
const SHEET_BYTES: usize = 64_000_000;

/// What a cell says where its formula failed; a text file keeps it as a text.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// One sheet: its rows that have something in them.
#[derive(Debug)]
pub struct Sheet {
    /// The file.
    pub file: Arc<str>,
    /// One line a row, whether something stands in it or not.
    pub text: Arc<str>,
    /// The rows with cells, from the top.
    pub rows: Vec<Row>,
}

/// A row with something in it.
#[derive(Debug)]
pub struct Row {
    /// The number of the row as the office program shows it, from 1.
    pub number: usize,
    /// The cells with something in them, from the left.
    pub cells: Vec<Cell>,
}

/// A cell with something in it, or one that is part of a merged cell.
#[derive(Debug)]
pub struct Cell {
    /// The column, from 0.
    pub column: usize,
    /// What stands in it.
    pub kind: Kind,
    /// Whether characters that nobody sees were taken out.
    pub was_mended: bool,
    span: Range<usize>,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number: what was typed may have been something else.
    Number,
    /// A date, written `2021-03-22`.
    Date,
    /// A formula, written with `=`, or the name of an error.
    Computed,
    /// A part of a merged cell.
    Merged,
}

impl Sheet {
    /// What a cell says: trimmed, on one line.
    #[must_use]
    pub fn text_of(&self, cell: &Cell) -> &str {
        self.text.get(cell.span.clone()).unwrap_or_default()
    }

    /// The place of a cell.
    #[must_use]
    pub fn spot(&self, cell: &Cell) -> Spot {
        Spot::at(&self.file, cell.span.clone())
    }

    /// The place of a row.
    #[must_use]
    pub fn row_spot(&self, row: &Row) -> Spot {
        let start = row.cells.first().map_or(0, |cell| cell.span.start);
        let end = row.cells.last().map_or(0, |cell| cell.span.end);
        Spot::at(&self.file, start..end)
    }
}

impl Row {
    /// The cell in a column.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}

/// The letters of a column, as office programs show them: 0 is `A`, 27 is `AB`.
#[must_use]
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    let above = if column < 26 { String::new() } else { letters(column / 26 - 1) };
    format!("{above}{last}")
}

/// Why a sheet could not be read.
#[derive(Debug, PartialEq, Eq)]
enum Stop {
    /// It is not a spreadsheet, is torn, or is locked.
    Unreadable,
    /// A limit was passed.
    TooBig,
    /// It is not clear which of its sheets is meant.
    Unclear,
}

/// One of the sheets of a file.
struct Tab {
    name: String,
    is_hidden: bool,
}

/// Which of the sheets is wanted: the one of this name, or else the only one that is not hidden.
struct Choice<'a> {
    wanted: Option<&'a str>,
    /// The names of the sheets there are to choose from, and of those that are hidden.
    visible: Vec<String>,
    hidden: Vec<String>,
}

impl Choice<'_> {
    /// The place of the wanted sheet in the list.
    fn among(&mut self, tabs: &[Tab]) -> Result<usize, Stop> {
        for tab in tabs {
            let names = if tab.is_hidden { &mut self.hidden } else { &mut self.visible };
            names.push(tab.name.clone());
        }
        let mut fits = tabs.iter().enumerate().filter(|(_, tab)| match self.wanted {
            Some(wanted) => tab.name.trim() == wanted.trim(),
            None => !tab.is_hidden,
        });
        match (fits.next(), fits.next()) {
            (Some((at, _)), None) => Ok(at),
            _ => Err(Stop::Unclear),
        }
    }
}

/// Reads the sheet that is wanted, or the only visible one. None with an error among the faults.
pub fn read(
    file: &Arc<str>,
    bytes: &[u8],
    wanted: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<Sheet> {
    let mut choice = Choice { wanted, visible: Vec::new(), hidden: Vec::new() };
    let mut was_assumed = false;
    let read = match bytes {
        _ if bytes.len() > FILE_BYTES => Err(Stop::TooBig),
        [b'P', b'K', ..] => package::Package::open(bytes).and_then(|package| {
            let is_xlsx = package.has("[Content_Types].xml");
            let read = if is_xlsx { xlsx::read } else { ods::read };
            read(&package, &mut choice)
        }),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => xls::read(bytes, &mut choice),
        _ if is_text(file) => delimited::read(bytes, &mut was_assumed),
        _ => Err(Stop::Unreadable),
    };
    let fault = |code| Fault::new(code, Spot::file(file));
    if was_assumed {
        faults.push(fault(Code::EncodingAssumed));
    }
    let names = |names: &[String]| listed(names.iter().map(String::as_str));
    match read.and_then(|grid| grid.sheet(file)) {
        Ok(sheet) => {
            let passed_over = choice.hidden.iter().filter(|name| Some(name.as_str()) != wanted);
            let passed_over: Vec<String> = passed_over.cloned().collect();
            if !passed_over.is_empty() {
                faults.push(fault(Code::SheetHidden).with("sheets", names(&passed_over)));
            }
            return Some(sheet);
        }
        Err(Stop::Unreadable) => faults.push(fault(Code::SheetUnreadable)),
        Err(Stop::TooBig) => faults.push(
            fault(Code::SheetTooBig)
                .with("megabytes", FILE_BYTES / 1_000_000)
                .with("rows", ROWS)
                .with("columns", COLUMNS)
                .with("characters", CELL_BYTES),
        ),
        Err(Stop::Unclear) => {
            let first = choice.visible.first().map_or("…", String::as_str).to_owned();
            let fault = fault(Code::SheetUnclear).with("sheets", names(&choice.visible));
            faults.push(fault.with("first", first));
        }
    }
    None
}

fn is_text(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    matches!(ending.as_str(), "csv" | "tsv" | "txt")
}

/// Cells in the order in which a file tells them.
#[derive(Default)]
struct Grid {
    cells: BTreeMap<(usize, usize), (Kind, String, bool)>,
    merged: Vec<[usize; 4]>,
    bytes: usize,
}

impl Grid {
    /// Puts a text into a cell, row and column from 0; an empty one is none.
    fn put(&mut self, row: usize, column: usize, kind: Kind, text: &str) -> Result<(), Stop> {
        let (text, was_mended) = tidy(text);
        if text.is_empty() {
            return Ok(());
        }
        self.bytes += text.len();
        let is_too_big = row >= ROWS
            || column >= COLUMNS
            || text.len() > CELL_BYTES
            || self.bytes > SHEET_BYTES
            || self.cells.len() >= CELLS;
        if is_too_big {
            return Err(Stop::TooBig);
        }
        let is_error = kind == Kind::Text && ERRORS.contains(&text.as_str());
        let kind = if is_error { Kind::Computed } else { kind };
        self.cells.insert((row, column), (kind, text, was_mended));
        Ok(())
    }

    /// Remembers a merged cell by its first and last row and column, from 0.
    fn merge(&mut self, corners: [usize; 4]) -> Result<(), Stop> {
        if self.merged.len() >= ROWS {
            return Err(Stop::TooBig);
        }
        self.merged.push(corners);
        Ok(())
    }

    /// Marks every cell that is part of a merged one, as far as there is something in the sheet.
    fn mark_merged(&mut self) -> Result<(), Stop> {
        let last_row = self.cells.keys().next_back().map_or(0, |(row, _)| *row);
        let last_column = self.cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
        for [top, left, bottom, right] in std::mem::take(&mut self.merged) {
            for row in top..=bottom.min(last_row) {
                for column in left..=right.min(last_column) {
                    let empty = (Kind::Merged, String::new(), false);
                    self.cells.entry((row, column)).or_insert(empty).0 = Kind::Merged;
                }
                if self.cells.len() > CELLS {
                    return Err(Stop::TooBig);
                }
            }
        }
        Ok(())
    }

    fn sheet(mut self, file: &Arc<str>) -> Result<Sheet, Stop> {
        self.mark_merged()?;
        let mut text = String::with_capacity(self.bytes + self.cells.len() * 3);
        let mut rows: Vec<Row> = Vec::new();
        let mut lines = 0;
        for ((row, column), (kind, value, was_mended)) in self.cells {
            while lines < row {
                text.push('\n');
                lines += 1;
            }
            if rows.last().is_none_or(|last| last.number != row + 1) {
                rows.push(Row { number: row + 1, cells: Vec::new() });
            } else {
                text.push_str(" | ");
            }
            let start = text.len();
            text.push_str(&value);
            let cell = Cell { column, kind, was_mended, span: start..text.len() };
            rows.last_mut().map(|row| row.cells.push(cell)).unwrap_or_default();
        }
        Ok(Sheet { file: Arc::clone(file), text: Arc::from(text), rows })
    }
}

/// The text on one line, with single blanks, without characters that nobody sees; and whether there
/// were any of those.
fn tidy(text: &str) -> (String, bool) {
    let is_unseen = |c: char| c.is_control() && !c.is_whitespace() || is_format(c);
    let was_mended = text.chars().any(|c| is_unseen(c) || is_odd_blank(c));
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    (seen.split_whitespace().collect::<Vec<&str>>().join(" "), was_mended)
}

/// Blanks that look like one and are not: they keep texts from being equal.
fn is_odd_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

/// Characters without a shape: joiners, marks of direction, the byte order mark, tags.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_office_programs() {
        let found: Vec<String> = [0, 3, 25, 26, 27, 701, 702].map(letters).to_vec();
        assert_eq!(found, ["A", "D", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn texts_are_tidied_and_what_nobody_sees_is_told() {
        assert_eq!(tidy("  Jl.\n Contoh  1 "), ("Jl. Contoh 1".to_owned(), false));
        assert_eq!(tidy("Ancol\u{a0}\u{200b}"), ("Ancol".to_owned(), true));
        assert_eq!(tidy("0\u{202e}21"), ("021".to_owned(), true));
    }

    #[test]
    fn each_row_is_a_line_of_the_text() {
        let mut grid = Grid::default();
        grid.put(2, 1, Kind::Text, "b").unwrap();
        grid.put(0, 0, Kind::Text, "a").unwrap();
        grid.put(2, 0, Kind::Text, "c").unwrap();
        grid.merge([2, 1, 9, 1]).unwrap();
        let sheet = grid.sheet(&Arc::from("x.csv")).unwrap();
        assert_eq!(&*sheet.text, "a\n\nc | b");
        assert_eq!(sheet.rows[1].number, 3);
        assert_eq!(sheet.text_of(sheet.rows[1].cell(1).unwrap()), "b");
        assert_eq!(sheet.rows[1].cell(1).unwrap().kind, Kind::Merged);
    }

    #[test]
    fn limits_hold_before_anything_grows() {
        let mut grid = Grid::default();
        assert_eq!(grid.put(ROWS, 0, Kind::Text, "x"), Err(Stop::TooBig));
        assert_eq!(grid.put(0, COLUMNS, Kind::Text, "x"), Err(Stop::TooBig));
        assert_eq!(grid.put(0, 0, Kind::Text, &"x".repeat(CELL_BYTES + 1)), Err(Stop::TooBig));
        assert_eq!(grid.put(ROWS, COLUMNS, Kind::Text, " "), Ok(()), "an empty cell is none");
    }
}
