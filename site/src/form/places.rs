//! A fault in the text of a page or data file → where in its form it is shown.

use super::{BODY, Field};
use crate::content::front;
use crate::diag::Fault;
use std::ops::Range;
use toml_edit::{Document, Item, Table};

/// Where a fault is shown: at a field, at a table such as `kontak.0`, at the Markdown; or nowhere, where it
/// concerns the page as a whole.
#[must_use]
pub fn place(text: &str, fields: &[Field], fault: &Fault) -> Option<String> {
    let span = fault.spot.span.clone()?;
    // A data file is TOML from end to end.
    let whole = text.len() - text.trim_start_matches('\u{feff}').len()..text.len();
    let parts = front::parts(text).map(|parts| (parts.toml, parts.body));
    let (toml, body) = parts.unwrap_or((whole, text.len() + 1));
    if span.start >= body {
        return Some(BODY.to_owned());
    }
    let from = span.start.checked_sub(toml.start)?;
    let span = from..span.end.saturating_sub(toml.start).max(from);
    let document = Document::parse(&text[toml]).ok()?;
    let mut places = Places::default();
    places.table(document.as_table(), "");
    let inside = |own: &Range<usize>| own.start <= span.start && span.end <= own.end;
    let keys = places.keys.iter().filter(|(_, own)| inside(own)).map(|(path, _)| path);
    if let Some(path) = keys.max_by_key(|path| path.len())
        && !is_missing(fault)
        && fields.iter().any(|field| &field.path == path)
    {
        return Some(path.clone());
    }
    let tables = places.tables.iter().filter(|(_, start)| *start <= span.start);
    let table = tables.max_by_key(|(_, start)| *start).map(|(path, _)| path.as_str());
    let table = table.unwrap_or_default();
    let named = fault.fact("key").map(|key| match table {
        "" => key.to_owned(),
        table => format!("{table}.{key}"),
    });
    let named = named.filter(|path| fields.iter().any(|field| &field.path == path));
    named.or_else(|| (!table.is_empty()).then(|| table.to_owned()))
}

/// Whether a fault tells of a key that is not there. Its spot is the head of the table, which may be a key of
/// its own.
#[must_use]
pub fn is_missing(fault: &Fault) -> bool {
    fault.fact("example").is_some()
}

/// Where keys and tables stand in a text.
#[derive(Default)]
struct Places {
    /// Each key with its value.
    keys: Vec<(String, Range<usize>)>,
    /// The beginning of each table.
    tables: Vec<(String, usize)>,
}

impl Places {
    fn table(&mut self, table: &Table, path: &str) {
        if let Some(span) = table.span().filter(|_| !path.is_empty()) {
            self.tables.push((path.to_owned(), span.start));
        }
        for (name, item) in table {
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let key = table.key(name).and_then(toml_edit::Key::span);
            match item {
                Item::Table(table) => self.table(table, &path),
                Item::ArrayOfTables(list) => {
                    for (index, table) in list.iter().enumerate() {
                        self.table(table, &format!("{path}.{index}"));
                    }
                }
                Item::Value(value) => {
                    let span = key.zip(value.span()).map(|(key, value)| key.start..value.end);
                    self.keys.extend(span.map(|span| (path, span)));
                }
                Item::None => {}
            }
        }
    }
}
