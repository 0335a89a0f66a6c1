//! The rows below the headings → records: each says by key what its cells say, and which of them
//! cannot be taken.

use super::columns::Table;
use super::vocabulary::Vocabulary;
use crate::diag::{Code, Fault};
use crate::sheet::{Cell, Kind, Row, Sheet, letters};
use std::collections::BTreeMap;

/// One row of data.
pub struct Record<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    table: &'a Table,
    words: &'a Vocabulary,
}

/// The records, and the numbers of the rows that are none: notes, signatures, numbered columns.
pub fn records<'a>(
    sheet: &'a Sheet,
    table: &'a Table,
    words: &'a Vocabulary,
    faults: &mut Vec<Fault>,
) -> (Vec<Record<'a>>, Vec<usize>) {
    let (mut records, mut passed_over) = (Vec::new(), Vec::new());
    for row in sheet.rows.iter().skip(table.first) {
        let record = Record { sheet, row, table, words };
        if record.is_data() {
            records.push(record);
        } else {
            passed_over.push(row.number);
        }
    }
    faults.extend(mended(&records));
    (records, passed_over)
}

/// One warning for each column with characters that nobody sees.
fn mended(records: &[Record]) -> Vec<Fault> {
    let mut mended: BTreeMap<usize, (&Record, &Cell, usize)> = BTreeMap::new();
    for record in records {
        let cells = record.table.columns.values().filter_map(|column| record.row.cell(*column));
        for cell in cells.filter(|cell| cell.was_mended) {
            mended.entry(cell.column).or_insert((record, cell, 0)).2 += 1;
        }
    }
    let told = |(record, cell, count): (&Record, &Cell, usize)| {
        record.about(Code::CellMended, cell).with("count", count)
    };
    mended.into_values().map(told).collect()
}

/// Whether the number of a phone stands in a text file as Excel wrote a number: without its zero, or
/// as `8,12E+10`.
fn has_lost_its_zero(key: &str, text: &str) -> bool {
    let is_phone = matches!(key, "telepon" | "whatsapp");
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number = text.chars().all(|c| c.is_ascii_digit() || ".,eE+ -".contains(c));
    is_phone && is_number && (text.contains(['e', 'E']) || digits >= 9 && text.starts_with('8'))
}

impl Record<'_> {
    /// The number of the row.
    pub fn number(&self) -> usize {
        self.row.number
    }

    /// Whether the row tells of something: at least two cells, one of them in a known column. A row of
    /// small numbers alone counts the columns.
    fn is_data(&self) -> bool {
        let text = |cell: &&Cell| self.sheet.text_of(cell);
        let filled: Vec<&Cell> =
            self.row.cells.iter().filter(|cell| !text(cell).is_empty()).collect();
        let counts = |cell: &&Cell| {
            let number = text(cell).trim_matches(['(', ')']).parse::<usize>();
            number.is_ok_and(|number| number <= self.row.cells.len() + cell.column)
        };
        let is_known = |cell: &&Cell| self.table.columns.values().any(|c| *c == cell.column);
        filled.len() > 1 && filled.iter().any(is_known) && !filled.iter().all(counts)
    }

    fn cell(&self, key: &str) -> Option<&Cell> {
        self.row.cell(*self.table.columns.get(key)?)
    }

    /// What the cell of a key says; none where it says nothing.
    pub fn text(&self, key: &str) -> Option<&str> {
        let text = self.sheet.text_of(self.cell(key)?);
        (!text.is_empty() && !self.words.is_nothing(text)).then_some(text)
    }

    /// The items of a cell, parted by commas or semicolons.
    pub fn items(&self, key: &str) -> Vec<&str> {
        let text = self.text(key).unwrap_or_default();
        text.split([',', ';']).map(str::trim).filter(|item| !item.is_empty()).collect()
    }

    /// What the cell of a key means; with a fault where it means nothing.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let parsed = parse(text);
        if parsed.is_none() {
            let fault = self.fault(Code::CellForm, key).with("value", text);
            faults.push(fault.with("expected", expected));
        }
        parsed
    }

    /// A fault about the cell of a key, or about the row where it has none.
    pub fn fault(&self, code: Code, key: &str) -> Fault {
        match self.cell(key) {
            Some(cell) => self.about(code, cell),
            None => self.row_fault(code),
        }
    }

    /// A fault about the whole row.
    pub fn row_fault(&self, code: Code) -> Fault {
        Fault::new(code, self.sheet.row_spot(self.row)).with("row", self.row.number)
    }

    fn about(&self, code: Code, cell: &Cell) -> Fault {
        let keys = self.table.columns.iter();
        let key = keys.into_iter().find(|(_, column)| **column == cell.column);
        let fault = Fault::new(code, self.sheet.spot(cell)).with("row", self.row.number);
        fault.with("column", letters(cell.column)).with("key", key.map_or("", |(key, _)| key))
    }

    /// What keeps the cells from being taken as they stand.
    pub fn check(&self) -> Vec<Fault> {
        let checked = self.table.columns.iter().filter_map(|(key, column)| {
            let cell = self.row.cell(*column)?;
            let text = self.sheet.text_of(cell);
            let is_year = *key == "per" && text.len() == 4;
            let code = match cell.kind {
                Kind::Text if has_lost_its_zero(key, text) => Code::CellNumber,
                Kind::Merged => Code::CellShared,
                Kind::Computed => Code::CellComputed,
                Kind::Number if !is_year => Code::CellNumber,
                Kind::Text if self.words.is_ditto(text) => Code::CellShared,
                Kind::Text | Kind::Number | Kind::Date => return None,
            };
            Some(self.about(code, cell).with("value", if text.is_empty() { "…" } else { text }))
        });
        checked.collect()
    }

    /// The date in the cell of a key.
    pub fn date(&self, key: &'static str, faults: &mut Vec<Fault>) -> Option<String> {
        let forms = "`19/02/2021`, `2021-02-19`, `2021`";
        self.parsed(key, forms, |text| super::dates::date(text, self.words), faults)
    }

    /// The words of the tables.
    pub fn words(&self) -> &Vocabulary {
        self.words
    }
}
