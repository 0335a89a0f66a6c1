//! The schema of a page and its text → the fields of a form; what was posted and the text → the changed
//! text. Nothing is read or written here, and no word for people stands here.

mod fields;
mod places;
mod write;

pub use fields::{contact_fields, entry_fields, fields};
pub use places::{is_missing, place};
pub use write::{body, changed, changed_entry, plain_lines, with_lines_of, without_contact};

use crate::content::schema::{Meaning, Need};
use std::collections::BTreeMap;

/// What a browser has sent, by the names of the fields.
pub type Posted = BTreeMap<String, Vec<String>>;

/// The name of the field of the Markdown.
pub const BODY: &str = "isi";

/// The list of contacts, whose values are changed together with their confirmations.
pub const CONTACTS: &str = "kontak";

/// The keys of a contact that its confirmations bind or are.
pub const BOUND: [&str; 7] = ["jenis", "nilai", "tekan", "diperiksa", "cara", "oleh", "sidik"];

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Where its key stands, such as `kontak.0.catatan`: the name under which it is posted.
    pub path: String,
    /// The same without places in lists, and with what its words depend on: `kontak.nilai:telepon`.
    pub word: String,
    /// How it is filled in.
    pub control: Control,
    /// What a text stands for.
    pub meaning: Meaning,
    /// Examples of its form.
    pub examples: Vec<&'static str>,
    /// Whether it must be filled in.
    pub need: Need,
    /// What stands there; nothing where the key is not there.
    pub values: Vec<String>,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// A line.
    Line,
    /// A text of some lines.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of some words.
    Choice(Vec<String>),
    /// Some of some words.
    Choices(Vec<String>),
    /// Some lines, each a text of its own.
    Lines,
}

/// The path of the table in which a key stands; empty for the page itself.
#[must_use]
pub fn table_of(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(table, _)| table)
}
