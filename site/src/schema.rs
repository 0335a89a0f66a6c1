//! The schema of a kind of page or file → its keys with their names, hints, choices and examples: as rows
//! for whoever shows them, as a list for a terminal, and as JSON Schema for editors.

mod json;

pub use json::in_json;

use crate::content::schema::{Document, Names, Need, Shape, Table, of};
use crate::diag::{Label, Messages, listed};
use toml::Value;

/// The keys of one table, or of several that have much the same.
#[derive(Debug)]
pub struct Section {
    /// The path of the table, such as `kantor.kontak`; of several tables that of the one around them,
    /// and `.+`.
    pub path: String,
    /// How the tables are written, such as `[[kontak]]`; none for the keys that stand above all tables.
    pub heads: Vec<String>,
    /// The keys.
    pub rows: Vec<Row>,
}

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// How it is written: `judul`, `[jam]` or `[[kontak]]`.
    pub written: String,
    /// The words or tables for which it is; empty where it is for all.
    pub only: Vec<String>,
    /// Those for which it is not, where they are fewer; else empty.
    pub except: Vec<String>,
    /// Whether it must be there.
    pub need: Need,
    /// What it is called.
    pub label: String,
    /// How it is filled in.
    pub hint: String,
    /// The words that can be chosen.
    pub choices: Vec<(String, Label)>,
    /// An example, as it is written behind the key; none for tables.
    pub example: Option<String>,
}

/// A table of a section.
struct Part<'a> {
    table: &'a Table,
    /// What stands before the paths of its keys, and behind them.
    path: (String, String),
    /// What tells it from the others of the section.
    word: String,
    /// How it is written, without brackets.
    head: String,
}

impl<'a> Part<'a> {
    /// The path of a key.
    fn path_of(&self, name: &str) -> String {
        format!("{}.{name}{}", self.path.0, self.path.1)
    }

    /// How a table of this name within it is written, without brackets.
    fn head_of(&self, name: &str) -> String {
        if self.head.is_empty() { name.to_owned() } else { format!("{}.{name}", self.head) }
    }

    /// A table within it.
    fn inner(&self, name: &str, table: &'a Table) -> Self {
        let path = (format!("{}.{name}", self.path.0), String::new());
        Self { table, path, word: name.to_owned(), head: self.head_of(name) }
    }
}

/// Every table of a kind of document, each after the one that it stands in.
#[must_use]
pub fn sections(document: Document, messages: &Messages) -> Vec<Section> {
    let table = of(document);
    let path = (document.name().to_owned(), String::new());
    let mut sections = Vec::new();
    let root = Part { table: &table, path, word: String::new(), head: String::new() };
    add_sections(document.name(), Vec::new(), &[root], messages, &mut sections);
    sections
}

fn add_sections(
    path: &str,
    heads: Vec<String>,
    parts: &[Part],
    messages: &Messages,
    sections: &mut Vec<Section>,
) {
    sections.push(Section { path: path.to_owned(), heads, rows: rows(parts, messages) });
    for (name, lists) in lists_in(parts) {
        let heads = lists.first().map(|part| format!("[[{}]]", part.head));
        let path = format!("{path}.{name}");
        add_sections(&path, heads.into_iter().collect(), &lists, messages, sections);
    }
    let tables = tables_in(parts);
    let heads = |tables: &[Part]| tables.iter().map(|one| format!("[{}]", one.head)).collect();
    // Tables within a table are much alike: answers of an office, bands of a rule.
    if parts.len() == 1 && tables.len() > 1 && parts.iter().any(|part| !part.head.is_empty()) {
        let (path, heads) = (format!("{path}.+"), heads(&tables));
        let head = parts.first().map_or_else(String::new, |part| part.head_of("…"));
        let alike = tables.into_iter().map(|table| Part { head: head.clone(), ..table });
        let alike: Vec<Part> = alike.collect();
        return add_sections(&path, heads, &alike, messages, sections);
    }
    for table in tables {
        let (path, table) = (table.path.0.clone(), [table]);
        add_sections(&path, heads(&table), &table, messages, sections);
    }
}

/// The lists of tables within some tables, each once, with its variants.
fn lists_in<'a>(parts: &[Part<'a>]) -> Vec<(&'static str, Vec<Part<'a>>)> {
    let mut found: Vec<(&'static str, Vec<Part>)> = Vec::new();
    for part in parts {
        for key in &part.table.keys {
            let Shape::Tables(variants) = &key.shape else { continue };
            if found.iter().any(|(name, _)| *name == key.name) {
                continue;
            }
            let variants = variants.iter().map(|variant| {
                let inner = part.inner(key.name, &variant.table);
                let word = variant.when.as_ref().map_or("", |when| &when.word).to_owned();
                Part { path: (inner.path.0, variant.suffix()), word, ..inner }
            });
            found.push((key.name, variants.collect()));
        }
    }
    found
}

/// The single tables within some tables, each name once.
fn tables_in<'a>(parts: &[Part<'a>]) -> Vec<Part<'a>> {
    let mut found: Vec<Part> = Vec::new();
    for part in parts {
        let named = part.table.others.iter();
        let named = named.map(|others| (name_of(others.names), "*", &others.shape));
        let keys = part.table.keys.iter().map(|key| (key.name, key.name, &key.shape));
        for (written, name, shape) in keys.chain(named) {
            let Shape::Table(table) = shape else { continue };
            let inner = part.inner(name, table);
            if !found.iter().any(|other| other.word == inner.word) {
                found.push(Part { head: part.head_of(written), ..inner });
            }
        }
    }
    found
}

/// How a name that is data is written where it stands for all.
fn name_of(names: Names) -> &'static str {
    match names {
        Names::Any => "…",
        Names::Languages => "en",
        Names::Spans(words) => words.first().copied().unwrap_or_default(),
    }
}

/// The keys of some tables: those that are alike in several once, in the order of the tables.
fn rows(parts: &[Part], messages: &Messages) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for part in parts {
        let mut place = 0;
        for row in rows_of(part, messages) {
            let alike = |other: &Row| Row { only: Vec::new(), ..other.clone() } == row;
            let at = rows.iter().position(alike).unwrap_or_else(|| {
                let same_name = rows.iter().rposition(|other| other.written == row.written);
                let at = same_name.map_or(place, |at| at + 1);
                rows.insert(at, row);
                at
            });
            rows[at].only.push(part.word.clone());
            place = at + 1;
        }
    }
    for row in &mut rows {
        let others = parts.iter().map(|part| &part.word).filter(|word| !row.only.contains(word));
        let others: Vec<String> = others.cloned().collect();
        if others.len() < row.only.len() {
            row.only.clear();
            row.except = others;
        }
    }
    rows
}

fn rows_of(part: &Part, messages: &Messages) -> Vec<Row> {
    let named = part.table.others.as_ref().map(|others| {
        let (need, written) = match others.names {
            Names::Spans(words) => {
                let ends = [words.first(), words.last()].map(|word| *word.unwrap_or(&""));
                (Need::Must, ends.join(" … "))
            }
            Names::Any | Names::Languages => (Need::May, name_of(others.names).to_owned()),
        };
        row((part, "*", &written), need, &others.shape, messages)
    });
    let keys = part.table.keys.iter();
    let keys =
        keys.map(|key| row((part, key.name, key.name), key.need.clone(), &key.shape, messages));
    keys.chain(named).collect()
}

fn row(
    (part, name, written): (&Part, &str, &str),
    need: Need,
    shape: &Shape,
    messages: &Messages,
) -> Row {
    let path = part.path_of(name);
    let words = match shape {
        Shape::Choice(words) | Shape::Choices(words) => words.as_slice(),
        _ => &[],
    };
    let choice = |word: &String| {
        let label = messages.choice(&path, word).map(|(_, label)| label.clone());
        (word.clone(), label.unwrap_or_default())
    };
    let written = match shape {
        Shape::Table(_) => format!("[{}]", part.head_of(written)),
        Shape::Tables(_) => format!("[[{}]]", part.head_of(written)),
        _ => written.to_owned(),
    };
    Row {
        written,
        only: Vec::new(),
        except: Vec::new(),
        need,
        label: messages.label(&path).to_owned(),
        hint: messages.hint(&path).to_owned(),
        choices: words.iter().map(choice).collect(),
        example: example(&path, shape, messages).map(|value| value.to_string()),
    }
}

/// An example of what stands behind a key: one that was written for it, or one of its form.
#[must_use]
pub fn example(path: &str, shape: &Shape, messages: &Messages) -> Option<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    let of_form = match shape {
        Shape::Table(_) | Shape::Tables(_) => return None,
        Shape::Like(like) | Shape::List(like) => {
            like.examples.iter().find(|example| !example.contains('…')).map(|one| text(one))
        }
        Shape::Choice(words) | Shape::Choices(words) => words.first().map(|word| text(word)),
        Shape::Flag => Some(Value::Boolean(true)),
        _ => None,
    };
    let value = messages.example(path).map(|(_, value)| value.clone()).or(of_form)?;
    let is_list = matches!(shape, Shape::List(_) | Shape::Choices(_) | Shape::Numbers);
    Some(if is_list && !value.is_array() { Value::Array(vec![value]) } else { value })
}

/// The keys of a kind of document, or all kinds, for a terminal.
#[must_use]
pub fn in_words(document: Option<Document>, messages: &Messages) -> String {
    let Some(document) = document else {
        return Document::ALL.map(|document| heading(document, messages)).join("\n");
    };
    let sections = sections(document, messages);
    let sections = sections.iter().map(|section| section_in_words(section, messages));
    heading(document, messages) + &sections.collect::<String>()
}

fn section_in_words(section: &Section, messages: &Messages) -> String {
    let head = match section.heads.as_slice() {
        [] => String::new(),
        heads => format!("\n{}\n", heads.join(", ")),
    };
    let rows = section.rows.iter().map(|row| format!("\n{}", row_in_words(row, messages)));
    head + &rows.collect::<String>()
}

fn heading(document: Document, messages: &Messages) -> String {
    let label = messages.document(document.name()).cloned().unwrap_or_default();
    format!("{}: {}\n  {}\n", document.name(), label.label, label.hint)
}

fn row_in_words(row: &Row, messages: &Messages) -> String {
    let Row { written, label, hint, .. } = row;
    let choices = row
        .choices
        .iter()
        .map(|(word, Label { label, hint })| format!("    \"{word}\": {label}. {hint}\n"));
    let name = written.split(' ').next().unwrap_or_default();
    let example = row.example.iter().map(|example| format!("    {name} = {example}\n"));
    let lines: String = choices.chain(example).collect();
    format!("{written} ({})\n  {label}\n  {hint}\n{lines}", row.when(messages))
}

impl Row {
    /// Whether the key must be there, and for which tables it is, in words.
    #[must_use]
    pub fn when(&self, messages: &Messages) -> String {
        let of = |words: &[String]| listed(words.iter().map(String::as_str));
        let need = match &self.need {
            Need::Must => messages.program("schema-must", &[]),
            Need::May => messages.program("schema-may", &[]),
            Need::With(keys) => {
                messages.program("schema-with", &[("keys", listed(keys.iter().copied()))])
            }
        };
        let (key, words) = match (self.only.as_slice(), self.except.as_slice()) {
            ([], []) => return need,
            ([], except) => ("schema-except", except),
            (only, _) => ("schema-only", only),
        };
        messages.program(key, &[("need", need), ("words", of(words))])
    }
}
