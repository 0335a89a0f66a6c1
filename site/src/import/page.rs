//! What a row says → the keys of its page: only those that say something else are touched.

use super::rows::Record;
use super::{Change, Site, Taken};
use crate::content::SourceFile;
use crate::diag::{Code, Fault, listed, nearest};
use crate::edit::Draft;
use toml_edit::{Array, Item, Table, Value};

/// A page that is being filled from a row.
pub struct Filled {
    path: String,
    before: Option<String>,
    draft: Draft,
}

impl Filled {
    /// A page that exists. None where it cannot be changed key by key.
    pub fn existing(site: &Site, path: &str) -> Option<Self> {
        let file: &SourceFile = site.source.file(path)?;
        let before = file.text()?;
        Some(Self { path: path.to_owned(), draft: Draft::page(&before)?, before: Some(before) })
    }

    /// A new page with this body. None where the body closes its own front matter.
    pub fn new(path: String, body: &str) -> Option<Self> {
        let draft = Draft::page(&format!("+++\n+++\n{body}"))?;
        Some(Self { path, before: None, draft })
    }

    /// Writes a text where it says something else.
    pub fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            write(self.draft.keys(), key, text);
        }
    }

    /// Adds the items that a list lacks; those it has stay.
    pub fn list(&mut self, key: &str, items: &[&str]) {
        let keys = self.draft.keys();
        if let Some(array) = keys.get_mut(key).and_then(Item::as_array_mut) {
            for item in items {
                if !array.iter().any(|known| known.as_str() == Some(item)) {
                    array.push(*item);
                }
            }
        } else if !items.is_empty() {
            keys.insert(key, Item::Value(items.iter().copied().collect::<Array>().into()));
        }
    }

    /// Writes what the row says of ways to reach an office. A way that the page has several of is
    /// left to a person.
    pub fn contacts(&mut self, record: &Record, sources: &[&str], faults: &mut Vec<Fault>) {
        let checked = record.date("diperiksa", faults);
        for (kind, value) in values(record, faults) {
            let keys = self.draft.keys();
            let item = keys
                .entry("kontak")
                .or_insert(Item::ArrayOfTables(toml_edit::ArrayOfTables::new()));
            let Some(contacts) = item.as_array_of_tables_mut() else { continue };
            let is_same = |table: &Table| text_of(table, "jenis") == kind;
            let says = |table: &Table| is_same(table) && says(text_of(table, "nilai"), &value);
            if contacts.iter().any(says) {
                continue;
            }
            if contacts.iter().filter(|table| is_same(table)).count() > 1 {
                faults.push(
                    record
                        .fault(Code::TargetUnclear, kind)
                        .with("path", &self.path)
                        .with("near", "–"),
                );
                continue;
            }
            let mut new = Table::new();
            let place = contacts.iter().position(is_same);
            let contact = match place.and_then(|place| contacts.get_mut(place)) {
                Some(contact) => contact,
                None => &mut new,
            };
            write(contact, "jenis", kind);
            write(contact, "nilai", &value);
            if let Some(source) = sources.first() {
                write(contact, "sumber", source);
            }
            if let Some(day) = &checked {
                write(contact, "diperiksa", day);
            }
            if place.is_none() {
                contacts.push(new);
            }
        }
    }

    /// The page as it would become.
    pub fn change(self) -> Change {
        Change { path: self.path, before: self.before, after: Some(self.draft.text()) }
    }
}

/// The ways to reach an office that a row tells, by their `jenis`.
fn values(record: &Record, faults: &mut Vec<Fault>) -> Vec<(&'static str, String)> {
    use crate::value::{Phone, Url};
    let phone = |text: &str| Phone::parse(text).ok().map(|phone| phone.shown());
    let mobile = |text: &str| {
        let phone = Phone::parse(text).ok()?;
        phone.whatsapp_href().map(|_| phone.shown())
    };
    let url = |text: &str| Url::parse(text).map(|url| url.as_str().to_owned());
    let told = [
        ("telepon", record.parsed("telepon", "`021 0000000`", phone, faults)),
        ("whatsapp", record.parsed("whatsapp", "`0800 0000 0000`", mobile, faults)),
        ("situs", record.parsed("situs", "`https://…`", url, faults)),
        ("alamat", record.text("alamat").map(str::to_owned)),
    ];
    told.into_iter().filter_map(|(kind, value)| Some((kind, value?))).collect()
}

fn text_of<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Item::as_str).unwrap_or_default()
}

/// Whether two values are the same but for blanks, hyphens and case.
fn says(one: &str, other: &str) -> bool {
    super::vocabulary::folded(one) == super::vocabulary::folded(other)
}

/// Writes a text; blanks and comments around an old one stay.
fn write(table: &mut Table, key: &str, text: &str) {
    if table.get(key).and_then(Item::as_str) == Some(text) {
        return;
    }
    let mut value = Value::from(text);
    if let Some(old) = table.get(key).and_then(Item::as_value) {
        *value.decor_mut() = old.decor().clone();
    }
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// The keys of the sources that a row names, each of which must be listed.
pub fn sources<'a>(site: &Site, record: &'a Record, faults: &mut Vec<Fault>) -> Vec<&'a str> {
    let known = || site.content.sources.iter().map(|source| source.key.value.as_str());
    let items = record.items("sumber");
    for item in items.iter().filter(|item| !known().any(|known| known == **item)) {
        let near = nearest(item, known());
        let expected = listed(if near.is_empty() { known().take(5).collect() } else { near });
        let fault = record.fault(Code::CellForm, "sumber").with("value", item);
        faults.push(fault.with("expected", expected));
    }
    items
}

/// Tells which of the keys a new page needs are missing, if any are.
pub fn complete(record: &Record, needed: &[(&str, bool)], faults: &mut Vec<Fault>) -> bool {
    let missing: Vec<&str> = needed.iter().filter(|(_, has)| !has).map(|(key, _)| *key).collect();
    if !missing.is_empty() {
        let headings = listed(missing.iter().map(|key| record.words().heading(key)));
        faults.push(record.row_fault(Code::RowIncomplete).with("keys", headings));
    }
    missing.is_empty()
}

/// Fills the placeholders of a text.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let put =
        |text: String, (name, value): &(&str, &str)| text.replace(&format!("{{{name}}}"), value);
    values.iter().fold(text.to_owned(), put)
}

/// Takes a page for a row. None, with a fault, where another row has it.
pub fn taken(
    path: &str,
    record: &Record,
    taken: &mut Taken,
    faults: &mut Vec<Fault>,
) -> Option<()> {
    let Some(first) = taken.take(path, record) else { return Some(()) };
    let fault = record.row_fault(Code::RowTwice).with("other", first);
    faults.push(fault.with("path", path));
    None
}

/// A page that a row cannot change, and the pages that it could mean.
pub fn unclear(record: &Record, path: &str, near: &[&str]) -> Fault {
    let fault = record.row_fault(Code::TargetUnclear).with("path", path);
    fault.with("near", listed(near.iter().copied()))
}
