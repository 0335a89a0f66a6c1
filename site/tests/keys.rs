//! The tables of keys in the staff guide are those of the schema. `BERSINAR_OVERWRITE=1` writes them anew.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use bersinar::content::schema::Document;
use bersinar::diag::{Label, Messages};
use bersinar::schema::{Row, Section, sections};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/panduan-staf.md");

/// What stands before a table of keys: the paths of its sections, and after a minus those whose keys it
/// leaves out.
const BEGIN: &str = "<!-- kunci ";
const END: &str = "<!-- /kunci -->";

#[test]
fn the_tables_of_keys_are_those_of_the_schema() {
    let messages = Messages::in_language("id");
    let guide = std::fs::read_to_string(GUIDE).unwrap();
    let all: Vec<Section> =
        Document::ALL.into_iter().flat_map(|document| sections(document, &messages)).collect();
    let mut parts = guide.split(BEGIN);
    let mut renewed = parts.next().unwrap().to_owned();
    let mut told = Vec::new();
    for part in parts {
        let (paths, rest) = part.split_once(" -->\n").unwrap();
        let (_, rest) = rest.split_once(END).unwrap();
        told.extend(paths.split(" - ").next().unwrap().split(' '));
        let table = table(paths, &all, &messages);
        renewed.extend([BEGIN, paths, " -->\n", &table, END, rest]);
    }
    let shown =
        |row: &&Row| all.iter().any(|one| told.contains(&&*one.path) && one.rows.contains(row));
    // What leads to a table stands above the table; translations are told in prose, with examples.
    let texts = all.iter().filter(|section| !section.path.contains(".bahasa."));
    let texts = texts.flat_map(|section| &section.rows).filter(|row| !row.written.starts_with('['));
    let unsaid: Vec<&Row> = texts.filter(|row| !shown(row)).collect();
    assert!(unsaid.is_empty(), "keys without a row: {unsaid:#?}");
    if std::env::var_os("BERSINAR_OVERWRITE").is_some() {
        std::fs::write(GUIDE, &renewed).unwrap();
    }
    assert!(renewed == guide, "the tables of keys changed: run with BERSINAR_OVERWRITE=1");
}

/// The table of some sections, without the rows that others have.
fn table(paths: &str, all: &[Section], messages: &Messages) -> String {
    let (shown, without) = paths.split_once(" - ").unwrap_or((paths, ""));
    // A path that leads to no section is a slip in the guide.
    let named = |paths: &str| -> Vec<&Section> {
        let paths = paths.split(' ').filter(|path| !path.is_empty());
        paths.map(|path| all.iter().find(|section| section.path == path).unwrap()).collect()
    };
    let (shown, without) = (named(shown), named(without));
    let mut lines = "| Kunci | Wajib? | Isi | Contoh |\n|---|---|---|---|\n".to_owned();
    for section in &shown {
        for row in &section.rows {
            if !without.iter().any(|section| section.rows.contains(row)) {
                let is_alone = shown.len() == 1 || row.written.starts_with('[');
                let head = if is_alone { String::new() } else { head(section) };
                lines += &line(&head, row, messages);
            }
        }
    }
    lines
}

/// How the tables of a section are written; several as one, with `…` for their last names.
fn head(section: &Section) -> String {
    match section.heads.as_slice() {
        [] => String::new(),
        [head] => format!("`{head}` "),
        [head, ..] => format!("`{}.…]` ", head.rsplit_once('.').unwrap().0),
    }
}

fn line(head: &str, row: &Row, messages: &Messages) -> String {
    let end = if row.label.ends_with('?') { "" } else { "." };
    let choices: Vec<String> = row.choices.iter().map(choice).collect();
    let choices = match choices.as_slice() {
        [] => String::new(),
        choices => format!(" {}", choices.join(", ")),
    };
    let example = row.example.as_ref().map_or_else(String::new, |text| format!("`{text}` "));
    format!(
        "| {head}`{}` | {} | **{}{end}** {}{choices} | {example}|\n",
        row.written,
        row.when(messages),
        row.label,
        row.hint
    )
}

/// A word, and what it is called where that says more than the word.
fn choice((word, label): &(String, Label)) -> String {
    let says_more = label.label.to_lowercase() != word.to_lowercase().replace('-', " ");
    if says_more { format!("`{word}` ({})", label.label) } else { format!("`{word}`") }
}
