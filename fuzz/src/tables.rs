//! Spreadsheets: the file as it is, and the parts of a package, which random bytes would never open.

use super::choice;
use bersinar::diag::has_errors;
use bersinar::sheet::{self, Kind, Sheet};
use std::sync::Arc;

/// What may stand between the parts of a package in a seed: a line of its own.
pub const BETWEEN: &str = "\n====\n";
/// The parts of a workbook of each form, in the order in which a seed has them.
pub const XLSX: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
];
/// The one part of an `.ods` table that is read.
pub const ODS: [&str; 1] = ["content.xml"];

/// The bytes of a spreadsheet of any form: they become a sheet, or a fault.
pub fn sheet(bytes: &[u8]) {
    let (form, rest) = choice(bytes);
    let name = ["tabel.xlsx", "tabel.csv", "tabel.ods", "tabel.tsv"][form % 4];
    read(name, rest, (form >= 128).then_some("Lembar 1"));
}

/// The parts of a package, which is packed around them: a sheet comes out, or a fault.
pub fn package(bytes: &[u8]) {
    let (form, rest) = choice(bytes);
    let (name, parts): (&str, &[&str]) =
        if form.is_multiple_of(2) { ("tabel.xlsx", &XLSX) } else { ("tabel.ods", &ODS) };
    let mut given = split(rest);
    // The first parts change most; what is missing is as in an empty workbook.
    given.resize(parts.len(), &[]);
    let parts = parts.iter().zip(given);
    let parts = parts.map(|(part, text)| (*part, if text.is_empty() { usual(part) } else { text }));
    read(name, &packed(&parts.collect::<Vec<(&str, &[u8])>>()), None);
}

fn read(name: &str, bytes: &[u8], wanted: Option<&str>) {
    let mut faults = Vec::new();
    match sheet::read(&Arc::from(name), bytes, wanted, &mut faults) {
        Some(sheet) => check(&sheet),
        None => assert!(has_errors(&faults), "no sheet and no fault"),
    }
}

/// Rows from the top, cells from the left, each with its text.
fn check(sheet: &Sheet) {
    assert!(sheet.rows.is_sorted_by(|one, other| one.number < other.number));
    for row in &sheet.rows {
        assert!(row.cells.is_sorted_by(|one, other| one.column < other.column));
        assert!(row.number <= sheet.text.split('\n').count());
        for cell in &row.cells {
            let text = sheet.text_of(cell);
            assert!(!text.is_empty() || cell.kind == Kind::Merged);
            assert_eq!(sheet.spot(cell).span.map(|span| &sheet.text[span]), Some(text));
            assert!(!sheet::letters(cell.column).is_empty());
        }
    }
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|w| w == BETWEEN.as_bytes()) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

/// A part of the smallest workbook.
fn usual(part: &str) -> &'static [u8] {
    match part {
        "xl/workbook.xml" => {
            br#"<workbook><sheets><sheet name="Lembar 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        }
        "xl/_rels/workbook.xml.rels" => {
            br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#
        }
        _ => b"",
    }
}

/// A package of parts as they are, not compressed.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes();
    let long = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut package = Vec::new();
    let mut list = Vec::new();
    for (name, text) in parts {
        let sizes = [[0; 4], long(text.len()), long(text.len())].concat();
        let names = [short(name.len()), short(0)].concat();
        let head = [&b"\x14\0\0\0\0\0\0\0\0\0"[..], &sizes, &names].concat();
        let place = long(package.len());
        package.extend([b"PK\x03\x04", &head[..], name.as_bytes(), text].concat());
        let tail = [&b"\0\0\0\0\0\0\0\0\0\0"[..], &place].concat();
        list.extend([b"PK\x01\x02\x14\0", &head[..], &tail, name.as_bytes()].concat());
    }
    let (at, size, count) = (long(package.len()), long(list.len()), short(parts.len()));
    package.extend(list);
    package.extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &at, b"\0\0"].concat());
    package
}
