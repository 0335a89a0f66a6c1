//! The TOML of a file → the same with its dates and numbers as the site writes them.

use super::{Kind, dates, phones};
use crate::edit::Draft;
use toml_edit::{Item, Table, Value};

/// The keys that hold a date.
const DATES: [&str; 4] = ["per", "tanggal", "diperiksa", "berlaku_sampai"];
/// The key that always holds a number.
const NUMBER: &str = "nomor";
/// The key that holds a number where [`KIND`] says so.
const VALUE: &str = "nilai";
const KIND: &str = "jenis";
const KINDS_WITH_NUMBER: [&str; 2] = ["telepon", "whatsapp"];

pub(super) fn mended(kind: Kind, text: &str) -> Option<String> {
    let mut draft = match kind {
        Kind::Page => Draft::page(text),
        Kind::Data => Draft::data(text),
    }?;
    mend_table(draft.keys());
    Some(draft.text())
}

fn mend_table(table: &mut Table) {
    let has_number = table
        .get(KIND)
        .and_then(Item::as_str)
        .is_some_and(|kind| KINDS_WITH_NUMBER.contains(&kind));
    for (key, item) in table.iter_mut() {
        let key = key.get();
        match item {
            Item::Table(inner) => mend_table(inner),
            Item::ArrayOfTables(inner) => inner.iter_mut().for_each(mend_table),
            Item::Value(value) if DATES.contains(&key) => set(value, dates::mended),
            Item::Value(value) if key == NUMBER || key == VALUE && has_number => {
                set(value, phones::mended);
            }
            _ => {}
        }
    }
}

/// Mends a text, or a date that was written without quotes.
fn set(value: &mut Value, mend: fn(&str) -> Option<String>) {
    let new = match &*value {
        Value::String(text) => mend(text.value()),
        Value::Datetime(date) => Some(date.value().to_string()).filter(|text| text.len() == 10),
        _ => None,
    };
    if let Some(new) = new {
        let decor = value.decor().clone();
        *value = Value::from(new);
        *value.decor_mut() = decor;
    }
}
