//! A value that somebody has checked and typed once more → the record of it, in the file where it belongs.

use crate::content::proof::{
    CONFIRMATIONS_FILE, ContactKey, ContactKind, Method, NATIONAL, NATIONAL_FILE, Proof, Record,
    seal,
};
use crate::content::{Content, Source};
use crate::diag::nearest;
use crate::edit::{Change, Draft};
use crate::model::{Difference, is_same_role};
use crate::value::AsOf;
use jiff::civil::Date;
use toml_edit::{ArrayOfTables, Item, Table, Value};

/// Which of the two confirmations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// It is written into the contact.
    #[default]
    First,
    /// It is written beside the others, with the value.
    Second,
}

/// What is to be recorded.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// `@/kantor/….md` or `nasional`.
    pub owner: &'a str,
    /// Which of the two confirmations.
    pub turn: Turn,
    /// How the contact was checked.
    pub method: Method,
    /// By whom: a role.
    pub role: &'a str,
    /// The value as it was typed.
    pub typed: &'a str,
    /// The day of the check.
    pub today: Date,
}

/// Why nothing is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody of this name has contacts: who was meant, and who has any.
    NoContacts(String, Vec<String>),
    /// The value is not that of a contact: the nearest one, and where they part.
    OtherValue(String, Difference),
    /// There is no first confirmation that fits the value.
    NotYetConfirmed(String),
    /// The first confirmation is by the same role.
    SameRole(String),
    /// The file is not one that can be changed.
    NotChangeable(String),
}

/// A page as people name it → as it is written in `milik`: `kantor/bnnk-utara` → `@/kantor/bnnk-utara.md`.
#[must_use]
pub fn owner(text: &str) -> String {
    if text == NATIONAL {
        return text.to_owned();
    }
    let text = text.replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    let path = text.strip_prefix("@/").or_else(|| text.strip_prefix("content/")).unwrap_or(text);
    format!("@/{}.md", path.strip_suffix(".md").unwrap_or(path))
}

/// Makes the record.
///
/// # Errors
/// [`Refusal`] where nothing may be recorded.
pub fn confirm(source: &Source, content: &Content, order: &Order) -> Result<Change, Refusal> {
    let own: Vec<&Proof> =
        content.proofs().filter(|proof| proof.key.owner == order.owner).collect();
    let meant: Vec<&Proof> =
        own.iter().copied().filter(|proof| is_typed(&proof.key, order.typed)).collect();
    if meant.is_empty() {
        return Err(other_value(&own, order).unwrap_or_else(|| no_contacts(content, order)));
    }
    match order.turn {
        Turn::First => first(source, &meant, order),
        Turn::Second => second(source, content, &meant, order),
    }
}

/// Whether this is what was typed: `119 8` is 119 with 8 behind it.
#[must_use]
pub fn is_typed(key: &ContactKey, typed: &str) -> bool {
    if key.extension.is_empty() {
        return key.kind.essence(typed) == key.value;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    digits.strip_suffix(key.extension.as_str()) == Some(key.value.as_str())
}

/// Why what was typed is none of these contacts: how it differs from the most alike; none where there are
/// none.
#[must_use]
pub fn other_value(own: &[&Proof], order: &Order) -> Option<Refusal> {
    let alike =
        |proof: &Proof| strsim::jaro(&proof.key.kind.essence(order.typed), &proof.key.value);
    let best = own.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    let typed = ContactKey {
        value: best.key.kind.essence(order.typed),
        extension: String::new(),
        ..best.key.clone()
    };
    let difference = Difference::between((order.typed, &typed), (&best.written.value, &best.key));
    Some(Refusal::OtherValue(best.written.value.clone(), difference))
}

fn no_contacts(content: &Content, order: &Order) -> Refusal {
    let mut owners: Vec<&str> = content.proofs().map(|proof| proof.key.owner.as_str()).collect();
    owners.dedup();
    let near = nearest(order.owner, owners.iter().copied());
    let known = if near.is_empty() { owners } else { near };
    let known = known.into_iter().map(str::to_owned).collect();
    Refusal::NoContacts(order.owner.to_owned(), known)
}

/// The second confirmations without that of a contact; none where it has none.
#[must_use]
pub fn without(source: &Source, key: &ContactKey) -> Option<Change> {
    let removed = change(source, CONFIRMATIONS_FILE.to_owned(), |tables| {
        let list = tables.get_mut("konfirmasi")?.as_array_of_tables_mut()?;
        let place = list.iter().position(|table| key_of(table).as_ref() == Some(key))?;
        list.remove(place);
        Some(())
    });
    removed.ok()
}

/// Writes the record into the contact itself.
fn first(source: &Source, meant: &[&Proof], order: &Order) -> Result<Change, Refusal> {
    let (path, list, value) = if order.owner == NATIONAL {
        (NATIONAL_FILE.to_owned(), "nasional", "nomor")
    } else {
        (order.owner.replacen("@/", "content/", 1), "kontak", "nilai")
    };
    change(source, path, |tables| {
        let tables = tables.get_mut(list)?.as_array_of_tables_mut()?;
        for proof in meant {
            let table = tables.iter_mut().find(|table| {
                text(table, value) == proof.written.value
                    && text(table, "tekan") == proof.key.extension
                    && (order.owner == NATIONAL || text(table, "jenis") == proof.key.kind.key())
            })?;
            sign(table, &proof.key, order);
        }
        Some(())
    })
}

/// Writes the record beside the other second confirmations, with the value as it was typed.
fn second(
    source: &Source,
    content: &Content,
    meant: &[&Proof],
    order: &Order,
) -> Result<Change, Refusal> {
    for proof in meant {
        let first = fitting(&proof.record, &proof.key);
        let first = first.ok_or_else(|| Refusal::NotYetConfirmed(proof.written.value.clone()))?;
        if is_same_role(first, order.role) {
            return Err(Refusal::SameRole(order.role.to_owned()));
        }
    }
    change(source, CONFIRMATIONS_FILE.to_owned(), |tables| {
        let list = tables
            .entry("konfirmasi")
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
            .as_array_of_tables_mut()?;
        for proof in meant {
            let place = place_in(list, content, &proof.key).unwrap_or_else(|| {
                list.push(separate());
                list.len() - 1
            });
            let table = list.get_mut(place)?;
            write_value(table, &proof.key, order);
            sign(table, &proof.key, order);
        }
        Some(())
    })
}

/// The role of a record that was made for the value.
fn fitting<'a>(record: &'a Record, key: &ContactKey) -> Option<&'a str> {
    let signature = record.signature.as_ref().filter(|_| record.is_sealed_for(key))?;
    Some(&signature.role.value)
}

/// Which confirmation is that of a contact: the one with its value, or one whose value no contact has
/// any more.
fn place_in(list: &ArrayOfTables, content: &Content, key: &ContactKey) -> Option<usize> {
    let own = list.iter().position(|table| key_of(table).as_ref() == Some(key));
    let is_left_over = |table: &Table| {
        key_of(table).is_some_and(|other| {
            (&other.owner, other.kind) == (&key.owner, key.kind)
                && content.proofs().all(|proof| proof.key != other)
        })
    };
    own.or_else(|| list.iter().position(is_left_over))
}

fn key_of(table: &Table) -> Option<ContactKey> {
    let kind = ContactKind::ALL.into_iter().find(|kind| kind.key() == text(table, "jenis"))?;
    Some(ContactKey {
        owner: text(table, "milik").to_owned(),
        kind,
        value: kind.essence(text(table, "nilai")),
        extension: text(table, "tekan").to_owned(),
    })
}

/// A new table with an empty line before it.
fn separate() -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table
}

fn write_value(table: &mut Table, key: &ContactKey, order: &Order) {
    set(table, "milik", &key.owner);
    set(table, "jenis", key.kind.key());
    if key.extension.is_empty() {
        set(table, "nilai", order.typed.trim());
        table.remove("tekan");
    } else {
        set(table, "nilai", &key.value);
        set(table, "tekan", &key.extension);
    }
}

fn sign(table: &mut Table, key: &ContactKey, order: &Order) {
    let checked = AsOf::from(order.today);
    set(table, "diperiksa", &checked.to_string());
    set(table, "cara", order.method.key());
    set(table, "oleh", order.role);
    set(table, "sidik", &seal(key, &checked, order.method, order.role));
}

/// Puts a text under a key; a remark behind the old one stays.
fn set(table: &mut Table, key: &str, text: &str) {
    let mut new = Value::from(text);
    if let Some(old) = table.get(key).and_then(Item::as_value) {
        *new.decor_mut() = old.decor().clone();
    }
    table.insert(key, Item::Value(new));
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Item::as_str).unwrap_or_default()
}

fn change(
    source: &Source,
    path: String,
    write: impl FnOnce(&mut Table) -> Option<()>,
) -> Result<Change, Refusal> {
    let changed = || {
        let before = source.file(&path)?.text()?;
        let is_page = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md");
        let mut draft = if is_page { Draft::page(&before) } else { Draft::data(&before) }?;
        write(draft.keys())?;
        Some((before, draft.text()))
    };
    let (before, after) = changed().ok_or_else(|| Refusal::NotChangeable(path.clone()))?;
    Ok(Change { path, before: Some(before), after: Some(after) })
}
