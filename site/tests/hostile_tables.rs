//! Tables that were made to harm, or were torn: each ends in one fault or in cells, never in a panic, and
//! soon.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Code, Fault};
use bersinar::sheet::{self, FILE_BYTES, Sheet};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn read(name: &str, bytes: &[u8]) -> (Option<Sheet>, Vec<Code>) {
    let mut faults: Vec<Fault> = Vec::new();
    let sheet = sheet::read(&Arc::from(name), bytes, None, &mut faults);
    (sheet, faults.iter().map(|fault| fault.code).collect())
}

/// A package with these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    let number = |value: usize| u32::try_from(value).unwrap().to_le_bytes();
    for (name, text) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        let packed = encoder.finish().unwrap();
        let sizes = [number(0), number(packed.len()), number(1)].concat();
        let name_bytes = [&number(name.len())[..2], &[0, 0]].concat();
        list.extend([b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0", &*sizes, &name_bytes].concat());
        list.extend([&[0; 10][..], &number(bytes.len()), name.as_bytes()].concat());
        bytes.extend([b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0", &*sizes, &name_bytes].concat());
        bytes.extend([name.as_bytes(), &packed].concat());
    }
    let end =
        [b"PK\x05\x06\0\0\0\0\0\0\0\0", &number(list.len())[..], &number(bytes.len()), &[0, 0]];
    bytes.extend(list);
    bytes.extend(end.concat());
    bytes
}

fn xlsx(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name='A' r:id='r'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<R><Relationship Id='r' Target='s.xml'/></R>"),
        ("xl/sharedStrings.xml", strings),
        ("xl/s.xml", sheet),
    ])
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!("<office:spreadsheet><table:table table:name='A'>{table}");
    package(&[("content.xml", content.as_bytes())])
}

#[test]
fn a_table_of_this_making_can_be_read_at_all() {
    let strings = b"<sst><si><t>halo</t></si></sst>";
    let (sheet, codes) = read("a.xlsx", &xlsx(b"<row><c t='s'><v>0</v></c></row>", strings));
    assert_eq!((&*sheet.unwrap().text, codes), ("halo", vec![]));
    let row = "<table:table-row><table:table-cell><text:p>halo</text:p></table:table-cell>";
    let (sheet, codes) = read("a.ods", &ods(&format!("{row}</table:table-row></table:table>")));
    assert_eq!((&*sheet.unwrap().text, codes), ("halo", vec![]));
}

#[test]
fn what_is_too_much_ends_in_one_fault() {
    let blanks = vec![b' '; 70_000_000];
    let cell = |place: &str| format!("<row><c r='{place}' t='str'><v>x</v></c></row>").into_bytes();
    let row = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell \
        table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell></table:table-row>";
    let merged = "<mergeCell ref='A1:CV50000'/>".repeat(200);
    let full = [cell("A1"), cell("CV50000"), merged.into_bytes()].concat();
    let cases = [
        ("bomb.xlsx", xlsx(&blanks, b"<sst/>")),
        ("strings.xlsx", xlsx(b"<row><c t='s'><v>0</v></c></row>", &blanks)),
        ("columns.xlsx", xlsx(&cell("XFD1"), b"<sst/>")),
        ("rows.xlsx", xlsx(&cell("A1048576"), b"<sst/>")),
        ("merged.xlsx", xlsx(&full, b"<sst/>")),
        ("repeated.ods", ods(row)),
        ("line.csv", vec![b'x'; FILE_BYTES + 1]),
        ("columns.csv", vec![b','; 1_000_000].into_iter().chain(*b"x").collect()),
        ("cell.csv", vec![b'x'; 100_000]),
        ("rows.csv", vec![b'\n'; 1_000_000].into_iter().chain(*b"x").collect()),
    ];
    for (name, bytes) in cases {
        let started = Instant::now();
        let (sheet, codes) = read(name, &bytes);
        assert_eq!((sheet.is_none(), codes), (true, vec![Code::SheetTooBig]), "{name}");
        assert!(started.elapsed() < Duration::from_secs(10), "{name}: {:?}", started.elapsed());
    }
}

#[test]
fn claims_and_entities_are_not_believed() {
    let dtd = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>\
        <!ENTITY c SYSTEM 'file:///etc/passwd'>]><row><c t='str'><v>x&b;&c;&lt;</v></c></row>";
    let (sheet, _) =
        read("entities.xlsx", &xlsx(dtd, b"<sst uniqueCount='18446744073709551615'/>"));
    assert_eq!(&*sheet.unwrap().text, "x<");
    let spaces = "<table:table-row><table:table-cell><text:p>a<text:s text:c='9999999999999'/>b</text:p>\
        </table:table-cell></table:table-row></table:table>";
    assert_eq!(&*read("spaces.ods", &ods(spaces)).0.unwrap().text, "a b");
    let deep = "<x>".repeat(1_000_000);
    assert!(read("deep.xlsx", &xlsx(deep.as_bytes(), b"<sst/>")).0.is_some());
    assert_eq!(read("deep.ods", &ods(&deep)).1, [Code::SheetUnreadable]);
    for (name, bytes) in [("a.xlsx", &b"PK"[..]), ("a.xls", b"\xd0\xcf\x11\xe0"), ("a.csv", b"\0")]
    {
        assert_eq!(read(name, bytes).1, [Code::SheetUnreadable], "{name}");
    }
}

#[test]
fn torn_tables_end_in_cells_or_in_one_error() {
    // A generator that needs no crate: the next state of a multiplicative congruence.
    let mut state = 42_u64;
    let mut next = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    let folder = lay::repository().join("tests/impor");
    for name in
        ["xls-lama/tabel.xls", "xlsx-dua-baris-judul/tabel.xlsx", "ods-sel-gabung/tabel.ods"]
    {
        let good = std::fs::read(folder.join(name)).unwrap();
        assert!(read(name, &good).0.is_some());
        for round in 0..600 {
            let mut bytes = good.clone();
            if round % 3 == 0 {
                bytes.truncate(next(good.len()));
            } else {
                (0..=next(8))
                    .for_each(|_| bytes[next(good.len())] = u8::try_from(next(256)).unwrap());
            }
            let (sheet, codes) = read(name, &bytes);
            let errors = codes.iter().filter(|code| **code != Code::SheetHidden).count();
            assert_eq!(usize::from(sheet.is_none()), errors, "{name}, round {round}: {codes:?}");
        }
    }
}
