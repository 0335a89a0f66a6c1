//! The site → a list of all contacts, what needs doing first; and the numbers in which two states of the
//! site differ, so that they can be read aloud.

use crate::content::answers::Statement;
use crate::content::front::{Kind, Page};
use crate::content::hours::Hours;
use crate::content::proof::{ContactKey, NATIONAL_FILE, Proof};
use crate::content::{Content, data::NationalEntry};
use crate::diag::Messages;
use crate::model::{Age, Model, Standing};
use crate::value::Phone;
use island::Topic;
use serde::Serialize;
use std::collections::BTreeMap;

/// A contact, or the hours of a place, as the list shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// `segar`, `hampir`, `lewat` or `usang`.
    pub state: &'static str,
    /// By how many roles it is confirmed; none for hours, which are told and not confirmed.
    pub confirmations: Option<usize>,
    /// How many days ago it was checked.
    pub days: i32,
    /// For how many days a check holds.
    pub limit: i32,
    /// The page, or `nasional`.
    pub owner: String,
    /// `telepon`, `alamat` and so on, or `jam`.
    pub kind: &'static str,
    /// Of a national line: what it is for. Else empty.
    pub role: &'static str,
    /// The value; of a number, its digits in groups.
    pub value: String,
    /// When it was checked.
    pub checked: String,
    #[serde(skip)]
    age: Age,
}

/// What a place has not answered yet.
#[derive(Clone, Debug, Serialize)]
pub struct Unanswered {
    /// The page.
    pub owner: String,
    /// The keys below `[keterangan]`.
    pub unanswered: Vec<&'static str>,
}

/// Everything that somebody may have to ask.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What needs doing first stands first.
    pub rows: Vec<Row>,
    /// Offices and facilities with questions open, in the order of their pages.
    pub unanswered: Vec<Unanswered>,
}

/// Lists the contacts of a site.
#[must_use]
pub fn ledger(model: &Model) -> Ledger {
    let content = model.content;
    let national = content.national.iter().map(|line| national_row(model, line));
    let pages = content.pages.iter();
    let contacts = pages.clone().flat_map(Page::contacts).map(|c| contact_row(model, &c.proof));
    let hours = pages.filter_map(|page| Some(hours_row(model, page, page.hours()?)));
    let mut rows: Vec<Row> = national.chain(contacts).chain(hours).collect();
    rows.sort_by(|a, b| {
        let share = |row: &Row| i64::from(row.days) * 1000 / i64::from(row.limit);
        let open = |row: &Row| row.confirmations.unwrap_or(2);
        let first = b.age.cmp(&a.age).then(open(a).cmp(&open(b))).then(share(b).cmp(&share(a)));
        first.then_with(|| (&a.owner, a.kind, &a.value).cmp(&(&b.owner, b.kind, &b.value)))
    });
    let unanswered = content.pages.iter().filter_map(|page| unanswered(model, page));
    Ledger { rows, unanswered: unanswered.collect() }
}

fn national_row(model: &Model, line: &NationalEntry) -> Row {
    Row { role: line.role.key(), ..contact_row(model, &line.proof) }
}

fn contact_row(model: &Model, proof: &Proof) -> Row {
    let entry = model.confirmations.get(&proof.key);
    let records = std::iter::once(&proof.record).chain(entry.map(|entry| &entry.record));
    let good = records
        .filter(|record| record.signature.is_some() && record.is_sealed_for(&proof.key))
        .count();
    let value = grouped(&proof.key).unwrap_or_else(|| proof.written.value.clone());
    row(&model.standing(proof), &proof.key.owner, proof.key.kind.key(), value, Some(good))
}

fn hours_row(model: &Model, page: &Page, hours: &Hours) -> Row {
    let value = hours.zone.name().to_owned();
    row(&model.standing_of_hours(hours), &page.id.to_string(), Topic::Hours.key(), value, None)
}

fn row(
    standing: &Standing,
    owner: &str,
    kind: &'static str,
    value: String,
    confirmations: Option<usize>,
) -> Row {
    Row {
        state: standing.age.key(),
        confirmations,
        days: standing.days,
        limit: standing.limit_days,
        owner: owner.to_owned(),
        kind,
        role: "",
        value,
        checked: standing.checked.to_string(),
        age: standing.age,
    }
}

/// A number in groups of digits, with what is pressed behind it.
fn grouped(key: &ContactKey) -> Option<String> {
    let phone = Phone::parse(&key.value).ok().filter(|_| key.kind.is_number())?;
    let extension = if key.extension.is_empty() { "" } else { " → " };
    Some([&phone.shown(), extension, &key.extension].concat())
}

fn unanswered(model: &Model, page: &Page) -> Option<Unanswered> {
    let statements = match &page.kind {
        Kind::Office(office) => &office.statements,
        Kind::Facility(facility) => &facility.statements,
        Kind::Article(_) | Kind::Unit(_) => return None,
    };
    let is_open = |topic: &Topic| !is_answered(model, page, statements, *topic);
    let topics: Vec<&str> = Topic::ALL.into_iter().filter(is_open).map(Topic::key).collect();
    let owner = page.id.to_string();
    (!topics.is_empty()).then_some(Unanswered { owner, unanswered: topics })
}

fn is_answered(
    model: &Model,
    page: &Page,
    statements: &[(Topic, Statement)],
    topic: Topic,
) -> bool {
    let hours = page.hours().filter(|hours| !model.standing_of_hours(hours).is_over());
    statements.iter().any(|(answered, _)| *answered == topic)
        || topic == Topic::Hours && hours.is_some()
}

impl Ledger {
    /// The list as a table, then what is not answered.
    #[must_use]
    pub fn in_words(&self, messages: &Messages) -> String {
        let head = messages.program("contacts-head", &[]);
        let head: Vec<String> = head.split(" | ").map(str::to_owned).collect();
        let rows = self.rows.iter().map(|row| cells(row, messages));
        let table = table(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
        let open = self.unanswered.iter().map(|place| {
            let topics = place.unanswered.join(", ");
            let facts = [("owner", place.owner.clone()), ("topics", topics)];
            messages.program("contacts-unanswered", &facts) + "\n"
        });
        let open: String = open.collect();
        [table.as_str(), if open.is_empty() { "" } else { "\n" }, &open].concat()
    }

    /// One object a line.
    #[must_use]
    pub fn in_json(&self) -> String {
        lines_of(&self.rows) + &lines_of(&self.unanswered)
    }
}

fn cells(row: &Row, messages: &Messages) -> Vec<String> {
    let confirmations = row.confirmations.map_or_else(|| "–".to_owned(), |n| format!("{n}/2"));
    vec![
        messages.program(&format!("contacts-{}", row.state), &[]),
        confirmations,
        format!("{}/{}", row.days, row.limit),
        row.owner.clone(),
        [row.kind, if row.role.is_empty() { "" } else { ", " }, row.role].concat(),
        row.value.clone(),
        row.checked.clone(),
    ]
}

/// Cells below each other.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn lines_of<T: Serialize>(items: &[T]) -> String {
    let lines = items.iter().filter_map(|item| serde_json::to_string(item).ok());
    lines.map(|line| line + "\n").collect()
}

/// A number that is another now, new, or gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberChange {
    /// The page, or `nasional`.
    pub owner: String,
    /// `telepon` or `whatsapp`.
    pub kind: &'static str,
    /// As it was; none where it is new.
    pub old: Option<String>,
    /// As it is; none where it is gone.
    pub new: Option<String>,
}

/// The numbers in which the site differs from what it was.
#[must_use]
pub fn changes(old: &Content, new: &Content) -> Vec<NumberChange> {
    let [before, after] = [numbers(old), numbers(new)];
    let mut places: Vec<_> = before.keys().chain(after.keys()).copied().collect();
    places.sort_unstable();
    places.dedup();
    let none = Vec::new();
    let changed = places.into_iter().flat_map(|place| {
        let [before, after] = [&before, &after].map(|all| all.get(&place).unwrap_or(&none));
        let gone: Vec<&String> = before.iter().filter(|number| !after.contains(number)).collect();
        let come: Vec<&String> = after.iter().filter(|number| !before.contains(number)).collect();
        let pairs = (0..gone.len().max(come.len())).map(|at| NumberChange {
            owner: place.0.to_owned(),
            kind: place.1,
            old: gone.get(at).copied().cloned(),
            new: come.get(at).copied().cloned(),
        });
        pairs.collect::<Vec<_>>()
    });
    changed.collect()
}

/// The numbers of each owner, kind by kind, in groups of digits.
fn numbers(content: &Content) -> BTreeMap<(&str, &'static str), Vec<String>> {
    let mut numbers: BTreeMap<(&str, &'static str), Vec<String>> = BTreeMap::new();
    for proof in content.proofs() {
        if let Some(number) = grouped(&proof.key) {
            let place = (proof.key.owner.as_str(), proof.key.kind.key());
            numbers.entry(place).or_default().push(number);
        }
    }
    numbers
}

/// The changes one below the other, to be read aloud.
#[must_use]
pub fn changes_in_words(changes: &[NumberChange], since: &str, messages: &Messages) -> String {
    let revision = [("revision", since.to_owned())];
    if changes.is_empty() {
        return messages.program("numbers-same", &revision) + "\n";
    }
    let lines = changes.iter().map(|change| {
        let key = match (&change.old, &change.new) {
            (Some(_), Some(_)) => "number-changed",
            (None, _) => "number-new",
            (Some(_), None) => "number-gone",
        };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let facts = [
            ("owner", change.owner.clone()),
            ("kind", change.kind.to_owned()),
            ("old", text(&change.old)),
            ("new", text(&change.new)),
        ];
        messages.program(key, &facts) + "\n"
    });
    messages.program("numbers-changed", &revision) + "\n" + &lines.collect::<String>()
}

/// The changes, one object a line.
#[must_use]
pub fn changes_in_json(changes: &[NumberChange]) -> String {
    lines_of(changes)
}

/// Whether a file can hold a contact, by its path.
#[must_use]
pub fn may_hold_contacts(path: &str) -> bool {
    let folders = ["content/kantor/", "content/unit/", "content/fasilitas/"];
    path == NATIONAL_FILE
        || path == "bersinar.toml"
        || folders.iter().any(|folder| path.starts_with(folder))
}
