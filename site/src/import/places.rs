//! The cells of a row that name a place → the one area that is meant.

use super::rows::Record;
use crate::areas::{self, Area, Candidate, Match};
use crate::diag::{Code, Fault, listed};
use crate::value::{AreaCode, AreaLevel};

/// The cells that name a place, the smallest first, each with its level.
const NAMED: [(&str, AreaLevel); 4] = [
    ("kelurahan", AreaLevel::Village),
    ("kecamatan", AreaLevel::District),
    ("kota", AreaLevel::Regency),
    ("provinsi", AreaLevel::Province),
];
/// The most candidates that a fault names.
const SHOWN: usize = 8;
/// The form of a code.
const CODE: &str = "`31.72.05.1003`";

/// The area of a row, by its code, its names, or both where they agree; none where it names none.
pub fn area(record: &Record, faults: &mut Vec<Fault>) -> Option<&'static Area> {
    let named = NAMED.iter().filter_map(|(key, level)| Some((*key, *level, record.text(key)?)));
    let named: Vec<(&str, AreaLevel, &str)> = named.collect();
    let code = match record.text("kode") {
        Some(_) => Some(record.parsed("kode", CODE, AreaCode::parse, faults)?),
        None => None,
    };
    let Some((key, level, _)) = named.first() else {
        let code = code?;
        let found = areas::by_code(&code);
        if found.is_none() {
            faults.push(unclear(record, "kode", code.as_str(), &[]));
        }
        return found;
    };
    let whole = named.iter().map(|(_, _, name)| *name).collect::<Vec<&str>>().join(", ");
    let meant = candidates(&whole, |found| found == *level);
    let is_meant = |candidate: &&Candidate| code.as_ref().is_none_or(|c| candidate.area.code == *c);
    match (meant.iter().find(is_meant), meant.as_slice(), &code) {
        (Some(found), _, Some(_)) | (Some(found), [_], None) if found.fit == Match::Exact => {
            Some(found.area)
        }
        _ => {
            faults.push(unclear(record, key, &whole, &meant));
            None
        }
    }
}

/// The areas that an office serves: those of its own cell, or else that of the row.
pub fn served(record: &Record, faults: &mut Vec<Fault>) -> Vec<&'static Area> {
    let items = record.items("wilayah_kerja");
    if items.is_empty() {
        return area(record, faults).into_iter().collect();
    }
    let each = items.into_iter().filter_map(|item| {
        let meant = candidates(item, |level| level <= AreaLevel::Regency);
        match meant.as_slice() {
            [one] if one.fit == Match::Exact => Some(one.area),
            _ => {
                faults.push(unclear(record, "wilayah_kerja", item, &meant));
                None
            }
        }
    });
    each.collect()
}

fn candidates(names: &str, fits: impl Fn(AreaLevel) -> bool) -> Vec<Candidate> {
    areas::search(names).into_iter().filter(|found| fits(found.area.code.level())).collect()
}

fn unclear(record: &Record, key: &str, value: &str, meant: &[Candidate]) -> Fault {
    let shown = meant.iter().take(SHOWN).map(|candidate| {
        let area = candidate.area;
        format!("{} {} ({})", area.code, area.everyday(), area.above_in_words())
    });
    let mut shown: Vec<String> = shown.collect();
    if meant.len() > SHOWN {
        shown.push("…".to_owned());
    }
    let near = listed(shown.iter().map(String::as_str));
    record.fault(Code::AreaUnclear, key).with("value", value).with("near", near)
}
