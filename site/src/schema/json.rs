//! The schemas of all kinds of documents → one JSON Schema (draft 2020-12), for editors that help whoever
//! writes TOML.
//!
//! It refuses what the readers refuse by form: unknown keys, missing ones, other types, other words. What
//! only the whole site shows (a page that is not there, a stale date) no schema can tell.

use crate::content::schema::{
    Document, Key, Like, Meaning, Names, Need, Others, Shape, Table, Variant, of,
};
use crate::diag::Messages;
use serde_json::{Map, Value, json};

/// The draft that the schema is written in.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a kind of document; with none, the definitions of all.
#[must_use]
pub fn in_json(document: Option<Document>, messages: &Messages) -> String {
    let wanted = document.as_ref().map_or(Document::ALL.as_slice(), std::slice::from_ref);
    let definitions = wanted.iter().map(|document| {
        let mut schema = table(&of(*document), document.name(), "", messages);
        let label = messages.document(document.name()).cloned().unwrap_or_default();
        schema.insert("title".to_owned(), label.label.into());
        schema.insert("description".to_owned(), label.hint.into());
        (document.name().to_owned(), Value::Object(schema))
    });
    let mut whole = Map::from_iter([
        ("$schema".to_owned(), DRAFT.into()),
        ("$defs".to_owned(), definitions.collect::<Map<String, Value>>().into()),
    ]);
    if let Some(document) = document {
        whole.insert("$ref".to_owned(), format!("#/$defs/{}", document.name()).into());
    }
    format!("{:#}\n", Value::Object(whole))
}

/// The schema of a table whose keys have this path, with this word behind it.
fn table(table: &Table, path: &str, suffix: &str, messages: &Messages) -> Map<String, Value> {
    let path_of = |name: &str| format!("{path}.{name}{suffix}");
    let properties = table
        .keys
        .iter()
        .map(|key| (key.name.to_owned(), described(&key.shape, &path_of(key.name), messages)));
    let required = table.keys.iter().filter(|key| key.need == Need::Must).map(|key| key.name);
    let mut schema = Map::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties.collect::<Map<String, Value>>().into()),
        ("required".to_owned(), required.collect::<Vec<&str>>().into()),
        ("additionalProperties".to_owned(), false.into()),
    ]);
    let together: Map<String, Value> = table.keys.iter().filter_map(with_others).collect();
    if !together.is_empty() {
        schema.insert("dependentRequired".to_owned(), together.into());
    }
    if let Some(others) = &table.others {
        let other = described(&others.shape, &path_of("*"), messages);
        schema.insert("patternProperties".to_owned(), json!({ pattern_of_names(others): other }));
    }
    schema
}

fn with_others(key: &Key) -> Option<(String, Value)> {
    match &key.need {
        Need::With(others) => Some((key.name.to_owned(), others.clone().into())),
        Need::Must | Need::May => None,
    }
}

fn pattern_of_names(others: &Others) -> String {
    match others.names {
        Names::Any => "^.+$".to_owned(),
        Names::Languages => "^[a-z]{2}$".to_owned(),
        Names::Spans(words) => {
            let word = words.join("|");
            format!("^({word})(-({word}))?$")
        }
    }
}

/// What stands behind a key, with its name, hint and example.
fn described(shape: &Shape, path: &str, messages: &Messages) -> Value {
    let mut schema = behind(shape, path, messages);
    schema.insert("title".to_owned(), messages.label(path).into());
    schema.insert("description".to_owned(), messages.hint(path).into());
    let example = super::example(path, shape, messages);
    if let Some(Ok(example)) = example.map(serde_json::to_value) {
        schema.insert("examples".to_owned(), vec![example].into());
    }
    schema.into()
}

fn behind(shape: &Shape, path: &str, messages: &Messages) -> Map<String, Value> {
    let schema = match shape {
        Shape::Text | Shape::Prose => text(r"\S"),
        Shape::Like(like) => text(pattern(like)),
        Shape::List(like) => json!({ "type": "array", "items": text(pattern(like)) }),
        Shape::Choice(words) => choice(words, path, messages),
        Shape::Choices(words) => {
            json!({ "type": "array", "minItems": 1, "items": choice(words, path, messages) })
        }
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => number(),
        Shape::Numbers => json!({ "type": "array", "items": number() }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Table(inner) => table(inner, path, "", messages).into(),
        Shape::Tables(variants) => {
            json!({ "type": "array", "items": items(variants, path, messages) })
        }
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn number() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 255 })
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// One of some words, each with what it means.
fn choice(words: &[String], path: &str, messages: &Messages) -> Value {
    let described = words.iter().map(|word| {
        let label = messages.choice(path, word).map(|(_, label)| label.clone()).unwrap_or_default();
        json!({ "const": word, "title": label.label, "description": label.hint })
    });
    json!({ "type": "string", "enum": words, "oneOf": described.collect::<Vec<Value>>() })
}

/// A table of a list: where its keys depend on a word, one schema for each word.
fn items(variants: &[Variant], path: &str, messages: &Messages) -> Value {
    let mut schemas: Vec<Value> = variants
        .iter()
        .map(|variant| {
            let mut schema: Value = table(&variant.table, path, &variant.suffix(), messages).into();
            if let Some(when) = &variant.when {
                let deciding = &mut schema["properties"][when.key];
                deciding["enum"] = vec![when.word.as_str()].into();
                deciding["examples"] = vec![when.word.as_str()].into();
            }
            schema
        })
        .collect();
    if schemas.len() == 1 { schemas.remove(0) } else { json!({ "oneOf": schemas }) }
}

/// A pattern that every text of a form has. Where the form is more than a pattern can tell, it lets
/// through more.
fn pattern(like: &Like) -> &'static str {
    match like.meaning {
        Meaning::Area => r"^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$",
        Meaning::Date => r"^\d{4}(-\d\d(-\d\d)?)?$",
        Meaning::Day => r"^\d{4}-\d\d-\d\d$",
        Meaning::Digits => r"^\d+$",
        Meaning::Hours => {
            r"^\s*(tutup|24 jam|\d{1,2}[.:]\d\d\s*[-–]\s*\d{1,2}[.:]\d\d(\s*besok)?)\s*$"
        }
        Meaning::Language => "^[a-z]{2}$",
        Meaning::Owner => "^(nasional|@/.*)$",
        Meaning::Page => "^@",
        Meaning::Phone => r"\d",
        Meaning::Seal => "^[0-9a-f]{8}$",
        Meaning::Url => r"^https?://\S+$",
        Meaning::Anything | Meaning::Source => r"\S",
    }
}
