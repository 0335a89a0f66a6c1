//! A sheet → which of its columns means what, by their headings in one row or two.

use super::vocabulary::{Vocabulary, folded};
use super::{Kind, Wanted};
use crate::diag::{Code, Fault, Spot, listed};
use crate::sheet::{Cell, Row, Sheet, letters};
use std::collections::BTreeMap;

/// What a column can mean.
pub const KEYS: [&str; 19] = [
    "nama",
    "kode",
    "kelurahan",
    "kecamatan",
    "kota",
    "provinsi",
    "program",
    "status",
    "kantor",
    "tingkat",
    "wilayah_kerja",
    "telepon",
    "whatsapp",
    "alamat",
    "situs",
    "per",
    "sumber",
    "diperiksa",
    IGNORED,
];
/// Means that a column is left alone.
const IGNORED: &str = "abaikan";
/// How many rows are searched for headings.
const SEARCHED_ROWS: usize = 30;
/// How many known headings make a row one of headings.
const HEADINGS: usize = 2;

/// Where the data of a sheet stands.
#[derive(Debug)]
pub struct Table {
    /// The column of each key.
    pub columns: BTreeMap<&'static str, usize>,
    /// The place of the first row of data among the rows of the sheet.
    pub first: usize,
    /// What the rows are about.
    pub kind: Kind,
}

/// One column with its heading.
struct Heading<'a> {
    column: usize,
    cell: &'a Cell,
    row: &'a Row,
    text: &'a str,
}

/// Finds the columns. None with an error among the faults.
pub fn find(
    sheet: &Sheet,
    words: &Vocabulary,
    wanted: &Wanted,
    faults: &mut Vec<Fault>,
) -> Option<Table> {
    let key_of = |text: &str| {
        let named = wanted.map.iter().find(|(_, heading)| folded(heading) == folded(text));
        let key = named.map(|(key, _)| key.as_str()).or_else(|| words.key(text))?;
        KEYS.into_iter().find(|known| *known == key)
    };
    let known = |row: &Row| row.cells.iter().filter_map(|cell| key_of(sheet.text_of(cell))).count();
    let searched = sheet.rows.iter().take(SEARCHED_ROWS);
    let Some(top) = searched.into_iter().position(|row| known(row) >= HEADINGS) else {
        faults.push(missing(
            sheet,
            words,
            listed(["kelurahan", "kantor"].map(|key| words.heading(key))),
        ));
        return None;
    };
    // Below a known heading stands data, even where it reads like one.
    let is_heading = |cell: &Cell| key_of(sheet.text_of(cell)).is_some();
    let stands_free = |cell: &&Cell| !sheet.rows[top].cell(cell.column).is_some_and(is_heading);
    let is_second = |row: &&Row| {
        let mut free = row.cells.iter().filter(stands_free);
        row.number == sheet.rows[top].number + 1 && free.any(is_heading)
    };
    let second = sheet.rows.get(top + 1).filter(is_second);
    let headings = headings(sheet, &sheet.rows[top], second);
    let columns = columns(sheet, words, &headings, key_of, faults)?;
    for (_, heading) in &wanted.map {
        if !headings.iter().any(|found| folded(found.text) == folded(heading)) {
            faults.push(missing(sheet, words, listed([heading.as_str()])));
            return None;
        }
    }
    let kind = wanted.kind.or_else(|| kind(&columns));
    if kind.is_none() {
        faults.push(missing(
            sheet,
            words,
            listed(["kelurahan", "kantor"].map(|key| words.heading(key))),
        ));
    }
    Some(Table { columns, first: top + 1 + usize::from(second.is_some()), kind: kind? })
}

/// The headings from the left; where there are two rows of them, the lower one counts.
fn headings<'a>(sheet: &'a Sheet, top: &'a Row, second: Option<&'a Row>) -> Vec<Heading<'a>> {
    let mut headings = BTreeMap::new();
    for row in std::iter::once(top).chain(second) {
        for cell in &row.cells {
            let text = sheet.text_of(cell);
            if !text.is_empty() {
                headings.insert(cell.column, Heading { column: cell.column, cell, row, text });
            }
        }
    }
    headings.into_values().collect()
}

fn columns(
    sheet: &Sheet,
    words: &Vocabulary,
    headings: &[Heading],
    key_of: impl Fn(&str) -> Option<&'static str>,
    faults: &mut Vec<Fault>,
) -> Option<BTreeMap<&'static str, usize>> {
    let mut columns = BTreeMap::new();
    let mut is_clear = true;
    for heading in headings {
        let fault = |code| {
            let fault = Fault::new(code, sheet.spot(heading.cell)).with("row", heading.row.number);
            fault.with("column", letters(heading.column)).with("heading", heading.text)
        };
        match key_of(heading.text) {
            Some(IGNORED) => {}
            Some(key) => {
                if let Some(other) = columns.insert(key, heading.column) {
                    is_clear = false;
                    let fault = fault(Code::HeaderTwice).with("other", letters(other));
                    faults.push(fault.with("key", key));
                }
            }
            None => {
                let known = known_headings(words);
                let fault = fault(Code::ColumnUnknown).with("keys", listed(KEYS));
                faults.push(fault.with("known", known));
            }
        }
    }
    is_clear.then_some(columns)
}

/// The usual heading of every key.
fn known_headings(words: &Vocabulary) -> String {
    listed(KEYS.into_iter().filter(|key| *key != IGNORED).map(|key| words.heading(key)))
}

fn missing(sheet: &Sheet, words: &Vocabulary, headings: String) -> Fault {
    let known = known_headings(words);
    let spot =
        sheet.rows.first().map_or_else(|| Spot::file(&sheet.file), |row| sheet.row_spot(row));
    Fault::new(Code::HeaderMissing, spot).with("headings", headings).with("known", known)
}

/// What the rows are about, by columns that only one of the kinds has.
fn kind(columns: &BTreeMap<&'static str, usize>) -> Option<Kind> {
    let has = |key: &str| columns.contains_key(key);
    match () {
        () if has("tingkat") || has("wilayah_kerja") => Some(Kind::Office),
        () if has("kelurahan") || has("program") || has("status") => Some(Kind::Unit),
        () if has("kantor") => Some(Kind::Office),
        () => None,
    }
}
