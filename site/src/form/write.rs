//! What was posted and the text of a page → the text with what differs from it, and nothing else: comments,
//! the order of keys and whatever the form does not know stay byte for byte.

use super::{CONTACTS, Control, Field, Posted};
use crate::edit::Draft;
use std::fmt::Write as _;
use toml_edit::{Array, ArrayOfTables, Item, Table, Value};

/// The text after a form was sent; none where the text is not one that can be changed. A field that was
/// not posted at all is left alone.
#[must_use]
pub fn changed(text: &str, fields: &[Field], posted: &Posted) -> Option<String> {
    let mut draft = Draft::page(text)?;
    put_all(draft.keys(), fields, posted)?;
    if let Some(body) = posted.get(super::BODY).and_then(|sent| sent.last()) {
        let (old, new) = (plain_lines(draft.body()), plain_lines(body));
        if old != new {
            let end = if new.is_empty() || new.ends_with('\n') { "" } else { "\n" };
            draft.replace_body(&format!("{new}{end}"));
        }
    }
    Some(draft.text())
}

/// The text of a data file after the form of one of its entries was sent, the table `list.name`; see [`changed`]. An
/// entry that is not there yet comes behind the others.
#[must_use]
pub fn changed_entry(
    text: &str,
    [list, name]: [&str; 2],
    fields: &[Field],
    posted: &Posted,
) -> Option<String> {
    let mut draft = Draft::data(text)?;
    let make_list = || {
        let mut table = Table::new();
        table.set_implicit(true);
        table.into()
    };
    let entries = draft.keys().entry(list).or_insert_with(make_list).as_table_mut()?;
    let entry = entries.entry(name).or_insert_with(|| Table::new().into()).as_table_mut()?;
    put_all(entry, fields, posted)?;
    Some(draft.text())
}

/// Puts what was sent into the table in which the paths of the fields begin.
fn put_all(table: &mut Table, fields: &[Field], posted: &Posted) -> Option<()> {
    for (index, field) in fields.iter().enumerate() {
        let Some(values) = posted.get(&field.path).and_then(|sent| field.difference(sent)) else {
            continue;
        };
        let steps: Vec<&str> = field.path.split('.').collect();
        let before = siblings(&fields[..index], &field.path);
        put(table, &steps, &Put { field, values: &values, before: &before })?;
    }
    drop_emptied(table, fields);
    Some(())
}

/// A text as every browser sends it back, but for the kind of its line ends.
#[must_use]
pub fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

impl Field {
    /// What is to be written for what was sent; none where that is what stands there.
    fn difference(&self, sent: &[String]) -> Option<Vec<String>> {
        let shown: Vec<String> = self.values.iter().map(|value| plain_lines(value)).collect();
        let sent = sent.iter().map(|value| plain_lines(value));
        let kept = |value: &String| !value.trim().is_empty();
        let sent: Vec<String> = sent.filter(kept).collect();
        let is_same = match self.control {
            Control::Choices(_) => {
                let (mut shown, mut sent) = (shown.clone(), sent.clone());
                shown.sort();
                sent.sort();
                shown == sent
            }
            // An empty text that stands there is sent back as nothing.
            _ => shown.iter().filter(|value| kept(value)).eq(&sent),
        };
        let trimmed = || sent.iter().map(|value| value.trim().to_owned()).collect();
        (!is_same).then(trimmed)
    }
}

/// The names of the keys of the same table that stand before this one in the form.
fn siblings<'f>(fields: &'f [Field], path: &str) -> Vec<&'f str> {
    let parent = |path: &'f str| path.rsplit_once('.').unwrap_or(("", path));
    let own = path.rsplit_once('.').map_or("", |(parent, _)| parent);
    let named = fields.iter().map(|field| parent(&field.path));
    named.filter(|(parent, _)| *parent == own).map(|(_, name)| name).collect()
}

struct Put<'a> {
    field: &'a Field,
    values: &'a [String],
    /// Behind which keys a new one is written.
    before: &'a [&'a str],
}

/// Puts values where the steps lead, through tables that may have to be made.
fn put(table: &mut Table, steps: &[&str], wanted: &Put) -> Option<()> {
    match steps {
        [] => None,
        [key] => {
            put_key(table, key, wanted);
            Some(())
        }
        [key, index, rest @ ..] if index.parse::<usize>().is_ok() => {
            let index: usize = index.parse().ok()?;
            let item = table.entry(key).or_insert_with(|| ArrayOfTables::new().into());
            let list = item.as_array_of_tables_mut()?;
            while list.len() <= index {
                list.push(Table::new());
            }
            put(list.get_mut(index)?, rest, wanted)
        }
        [key, rest @ ..] => {
            let make = || {
                let mut table = Table::new();
                // `[keterangan]` alone says nothing: only the tables in it are written.
                table.set_implicit(rest.len() > 1);
                table.into()
            };
            let inner = table.entry(key).or_insert_with(make).as_table_mut()?;
            if rest.len() == 1 {
                inner.set_implicit(false);
            }
            put(inner, rest, wanted)
        }
    }
}

fn put_key(table: &mut Table, key: &str, wanted: &Put) {
    let value = value_of(wanted.field, wanted.values, table.get(key).and_then(Item::as_value));
    match value {
        None => remove(table, key),
        Some(mut value) => {
            if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
                *value.decor_mut() = old.decor().clone();
                *old = value;
            } else {
                insert_behind(table, key, value, wanted.before);
            }
        }
    }
}

/// The value that values make; none where there is nothing to write.
fn value_of(field: &Field, values: &[String], old: Option<&Value>) -> Option<Value> {
    let first = values.first()?;
    Some(match &field.control {
        Control::Choices(_) | Control::Lines => {
            Value::Array(list(values, old.and_then(Value::as_array)))
        }
        Control::Flag => Value::from(true),
        Control::Number => first.parse::<i64>().map_or_else(|_| quoted(first), Value::from),
        Control::Line | Control::Text | Control::Choice(_) => quoted(first),
    })
}

/// A list of texts. Those that stood there stay as they stand, with the comments around them; one in the
/// place of another stands as that did.
fn list(values: &[String], old: Option<&Array>) -> Array {
    let Some(old) = old else { return values.iter().map(|value| quoted(value)).collect() };
    let place = |text: &str| old.iter().position(|item| item.as_str() == Some(text));
    let kept: Vec<Option<usize>> = values.iter().map(|value| place(value)).collect();
    let is_free = |at: usize| at < old.len() && !kept.contains(&Some(at));
    let mut new = old.clone();
    new.clear();
    for (index, (text, place)) in values.iter().zip(&kept).enumerate() {
        let place = place.or(Some(index).filter(|at| is_free(*at)));
        let mut item = quoted(text);
        match place.and_then(|at| old.get(at)) {
            Some(known) if known.as_str() == Some(text) => item = known.clone(),
            Some(replaced) => *item.decor_mut() = replaced.decor().clone(),
            None => item.decor_mut().set_prefix(indent(old)),
        }
        new.push_formatted(item);
    }
    let gone = (0..old.len()).filter(|at| is_free(*at) && *at >= values.len());
    let notes: String = gone.filter_map(|at| note(old.get(at)?)).collect();
    if !notes.is_empty() {
        let trailing = old.trailing().as_str().unwrap_or_default();
        new.set_trailing(format!("{notes}{trailing}"));
    }
    spaced(&mut new);
    new
}

fn prefix(item: &Value) -> &str {
    item.decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

/// What stands before a new item: what stands before the others, without what is said about them.
fn indent(old: &Array) -> String {
    let last = old.iter().last().map(prefix).unwrap_or_default();
    last.rfind('\n').map_or_else(|| " ".to_owned(), |at| last[at..].to_owned())
}

/// The comments before an item.
fn note(item: &Value) -> Option<&str> {
    let prefix = prefix(item);
    prefix.contains('#').then(|| prefix.rfind('\n').map_or(prefix, |at| &prefix[..at]))
}

/// On one line, items stand behind a blank but for the first; on lines of their own as they stood.
fn spaced(list: &mut Array) {
    let is_of_lines = list.iter().any(|item| prefix(item).contains('\n'));
    if is_of_lines {
        return;
    }
    for (index, item) in list.iter_mut().enumerate() {
        item.decor_mut().set_prefix(if index == 0 { "" } else { " " });
        item.decor_mut().set_suffix("");
    }
}

/// A text in quotes on one line, so that a changed field is a changed line.
pub(super) fn quoted(text: &str) -> Value {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            other if other.is_control() => {
                // Writing into a String does not fail.
                let _ = write!(written, "\\u{:04X}", u32::from(other));
            }
            other => written.push(other),
        }
    }
    written.push('"');
    written.parse().unwrap_or_else(|_| Value::from(text))
}

/// A new key behind the last of those that the form shows before it.
fn insert_behind(table: &mut Table, key: &str, value: Value, before: &[&str]) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let is_value = |name: &str| table.get(name).is_some_and(Item::is_value);
    let last = names.iter().rposition(|name| before.contains(&name.as_str()) && is_value(name));
    let place = |name: &str| {
        let own = names.iter().position(|known| known == name);
        own.map_or(last.map_or(0, |last| 2 * last + 2), |own| 2 * own + 1)
    };
    table.insert(key, Item::Value(value));
    table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
}

/// Takes a key away. A comment above it stays.
fn remove(table: &mut Table, key: &str) {
    let note =
        table.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str().map(str::to_owned));
    let note = note.filter(|note| note.contains('#'));
    let values: Vec<String> =
        table.iter().filter(|(_, item)| item.is_value()).map(|(name, _)| name.to_owned()).collect();
    let place = values.iter().position(|name| name == key);
    table.remove(key);
    let Some((note, place)) = note.zip(place) else { return };
    let next = values.get(place + 1).and_then(|name| table.key_mut(name));
    if let Some(mut next) = next {
        let own = next.leaf_decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default();
        let joined = format!("{note}{own}");
        next.leaf_decor_mut().set_prefix(joined);
    } else if let Some(last) = place.checked_sub(1).and_then(|at| table.get_mut(&values[at])) {
        let decor = last.as_value_mut().map(Value::decor_mut);
        if let Some(decor) = decor {
            let own = decor.suffix().and_then(|raw| raw.as_str()).unwrap_or_default();
            let joined = format!("{own}\n{}", note.trim_end_matches('\n'));
            decor.set_suffix(joined);
        }
    }
}

/// Takes the tables away that have lost their last key.
fn drop_emptied(table: &mut Table, fields: &[Field]) {
    for field in fields {
        let mut steps: Vec<&str> = field.path.split('.').collect();
        while steps.len() > 1 {
            steps.pop();
            drop_if_empty(table, &steps);
        }
    }
}

fn drop_if_empty(table: &mut Table, steps: &[&str]) -> Option<()> {
    match steps {
        [key] if table.get(key)?.as_table()?.is_empty() => {
            table.remove(key);
        }
        [key, index] if index.parse::<usize>().is_ok() => {
            let list = table.get_mut(key)?.as_array_of_tables_mut()?;
            let index: usize = index.parse().ok()?;
            // From behind, so that the places of those before stay.
            if index + 1 == list.len() && list.get(index)?.is_empty() {
                list.remove(index);
            }
            if list.is_empty() {
                table.remove(key);
            }
        }
        [key, rest @ ..] if rest.first()?.parse::<usize>().is_ok() => {
            let list = table.get_mut(key)?.as_array_of_tables_mut()?;
            drop_if_empty(list.get_mut(rest.first()?.parse().ok()?)?, &rest[1..])?;
        }
        [key, rest @ ..] => drop_if_empty(table.get_mut(key)?.as_table_mut()?, rest)?,
        [] => {}
    }
    Some(())
}

/// A whole text as it was sent, with the kind of line ends of what it takes the place of; that itself where
/// nothing else differs.
#[must_use]
pub fn with_lines_of(old: &str, sent: &str) -> String {
    let new = plain_lines(sent);
    if plain_lines(old) == new {
        return old.to_owned();
    }
    if old.contains("\r\n") { new.replace('\n', "\r\n") } else { new }
}

/// The Markdown of a page, as the form shows it.
#[must_use]
pub fn body(text: &str) -> String {
    Draft::page(text).map(|draft| plain_lines(draft.body())).unwrap_or_default()
}

/// The text without one of its contacts. What stands above the first of them may be said of all, and stays.
#[must_use]
pub fn without_contact(text: &str, index: usize) -> Option<String> {
    let mut draft = Draft::page(text)?;
    let list = draft.keys().get_mut(CONTACTS)?.as_array_of_tables_mut()?;
    let gone = list.get(index)?.decor().clone();
    list.remove(index);
    if let Some(next) = list.get_mut(0).filter(|_| index == 0) {
        *next.decor_mut() = gone;
    }
    if list.is_empty() {
        draft.keys().remove(CONTACTS);
    }
    Some(draft.text())
}
