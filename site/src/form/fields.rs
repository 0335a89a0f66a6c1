//! A schema and the text of a page → the fields of its form, with what stands in each.

use super::{BOUND, CONTACTS, Control, Field};
use crate::content::schema::{
    Key, Like, Meaning, Names, Need, Others, Shape, Table as Schema, Variant,
};
use crate::edit::Draft;
use crate::value::Lang;
use toml_edit::{Item, Table, Value};

/// The fields of a page, in the order of the schema; none where its text cannot be changed key by key.
/// `languages` are those of the site: into all but the first may be translated.
#[must_use]
pub fn fields(schema: &Schema, text: &str, languages: &[Lang]) -> Option<Vec<Field>> {
    let mut draft = Draft::page(text)?;
    Some(walked(schema, Some(draft.keys()), &Place::default(), languages))
}

/// The fields of a table, which need not be there.
fn walked(schema: &Schema, table: Option<&Table>, place: &Place, languages: &[Lang]) -> Vec<Field> {
    let others = languages.get(1..).unwrap_or_default();
    let mut walk = Walk { others, when: None, fields: Vec::new() };
    walk.table(schema, table, place);
    walk.fields
}

/// The fields of one entry of a data file, the table `list.name`, which need not be there yet. Their paths begin
/// in that table. None where the text cannot be changed key by key.
#[must_use]
pub fn entry_fields(
    schema: &Schema,
    text: &str,
    [list, name]: [&str; 2],
    languages: &[Lang],
) -> Option<Vec<Field>> {
    let Shape::Table(all) = &schema.key(list)?.shape else { return None };
    let Shape::Table(entry) = &all.others.as_ref()?.shape else { return None };
    let mut draft = Draft::data(text)?;
    let mut table: Option<&Table> = Some(draft.keys());
    for step in [list, name] {
        table = match table.and_then(|table| table.get(step)) {
            Some(item) => Some(item.as_table()?),
            None => None,
        };
    }
    let place = Place { path: String::new(), word: format!("{list}.*") };
    Some(walked(entry, table, &place, languages))
}

/// The fields of one contact with those that its confirmations bind or are; of one more than there are, for
/// a new one of this kind.
#[must_use]
pub fn contact_fields(schema: &Schema, text: &str, index: usize, kind: &str) -> Option<Vec<Field>> {
    let Shape::Tables(variants) = &schema.key(CONTACTS)?.shape else { return None };
    let mut draft = Draft::page(text)?;
    let list = draft.keys().get(CONTACTS).map(|item| item.as_array_of_tables());
    let list = match list {
        Some(list) => Some(list?),
        None => None,
    };
    let table = list.and_then(|list| list.get(index));
    if table.is_none() && index != list.map_or(0, toml_edit::ArrayOfTables::len) {
        return None;
    }
    let fits = |v: &&Variant| v.when.as_ref().is_none_or(|when| when.word == kind);
    let variant = match table {
        Some(_) => fitting(variants, table)?,
        None => variants.iter().find(fits)?,
    };
    let when = variant.when.as_ref().map(|when| when.word.clone());
    let mut walk = Walk { others: &[], when, fields: Vec::new() };
    let place = Place::default().of(CONTACTS).at(index);
    for key in &variant.table.keys {
        walk.key(key, table.and_then(|table| table.get(key.name)), &place.of(key.name));
    }
    Some(walk.fields)
}

/// Where the walk is: the path of a table, and the path of its words.
#[derive(Clone, Default)]
struct Place {
    path: String,
    word: String,
}

impl Place {
    fn of(&self, key: &str) -> Self {
        let below = |above: &str| match above {
            "" => key.to_owned(),
            above => format!("{above}.{key}"),
        };
        Self { path: below(&self.path), word: below(&self.word) }
    }

    /// The table at a place of a list.
    fn at(&self, index: usize) -> Self {
        Self { path: format!("{}.{index}", self.path), word: self.word.clone() }
    }
}

struct Walk<'a> {
    others: &'a [Lang],
    /// What the words of a key depend on, such as the kind of a contact.
    when: Option<String>,
    fields: Vec<Field>,
}

impl Walk<'_> {
    fn table(&mut self, schema: &Schema, table: Option<&Table>, place: &Place) {
        for key in &schema.keys {
            let is_bound = place.word == CONTACTS && BOUND.contains(&key.name);
            if !is_bound {
                self.key(key, table.and_then(|table| table.get(key.name)), &place.of(key.name));
            }
        }
        if let Some(others) = &schema.others {
            self.others(others, table, place);
        }
    }

    fn key(&mut self, key: &Key, item: Option<&Item>, place: &Place) {
        match &key.shape {
            Shape::Table(schema) => self.table(schema, item.and_then(Item::as_table), place),
            Shape::Tables(variants) => self.tables(variants, item, place),
            shape => self.field(shape, &key.need, item, place),
        }
    }

    /// The tables that stand there, and an empty one to fill in. A contact is added by a step of its own.
    fn tables(&mut self, variants: &[Variant], item: Option<&Item>, place: &Place) {
        let tables = item.and_then(Item::as_array_of_tables);
        if item.is_some() && tables.is_none() {
            return;
        }
        let tables = tables.into_iter().flatten().map(Some);
        let empty = (place.word != CONTACTS).then_some(None);
        for (index, table) in tables.chain(empty).enumerate() {
            if let Some(variant) = fitting(variants, table) {
                self.when = variant.when.as_ref().map(|when| when.word.clone());
                self.table(&variant.table, table, &place.at(index));
                self.when = None;
            }
        }
    }

    /// The keys whose names are data: those that stand there, and those that could.
    fn others(&mut self, others: &Others, table: Option<&Table>, place: &Place) {
        let names: Vec<String> = match others.names {
            Names::Any => Vec::new(),
            Names::Languages => self.others.iter().map(|lang| lang.as_str().to_owned()).collect(),
            Names::Spans(words) => spans(words, table),
        };
        for name in names {
            let item = table.and_then(|table| table.get(&name));
            let place = place.of(&name);
            match &others.shape {
                Shape::Table(schema) => self.table(schema, item.and_then(Item::as_table), &place),
                shape => self.field(shape, &Need::May, item, &place),
            }
        }
    }

    fn field(&mut self, shape: &Shape, need: &Need, item: Option<&Item>, place: &Place) {
        let any = || Like { meaning: Meaning::Anything, examples: Vec::new() };
        let (control, like) = match shape {
            Shape::Text => (Control::Line, any()),
            Shape::Prose => (Control::Text, any()),
            Shape::Like(like) => (Control::Line, like.clone()),
            Shape::List(like) => (Control::Lines, like.clone()),
            Shape::Choice(words) => (Control::Choice(words.clone()), any()),
            Shape::Choices(words) => (Control::Choices(words.clone()), any()),
            Shape::Integer | Shape::Number => (Control::Number, any()),
            Shape::Flag => (Control::Flag, any()),
            Shape::Numbers | Shape::Table(_) | Shape::Tables(_) => return,
        };
        let values = item.and_then(Item::as_value).map(texts).unwrap_or_default();
        // A browser would put what stands on several lines on one.
        let has_lines = control == Control::Line && values.iter().any(|text| text.contains('\n'));
        self.fields.push(Field {
            path: place.path.clone(),
            word: match &self.when {
                Some(when) => format!("{}:{when}", place.word),
                None => place.word.clone(),
            },
            control: if has_lines { Control::Text } else { control },
            meaning: like.meaning,
            examples: like.examples,
            need: need.clone(),
            values: if shape == &Shape::Flag {
                values.into_iter().filter(|v| v == "true").collect()
            } else {
                values
            },
        });
    }
}

/// The keys of a table by what decides them.
fn fitting<'v>(variants: &'v [Variant], table: Option<&Table>) -> Option<&'v Variant> {
    let fits = |variant: &&Variant| {
        variant.when.as_ref().is_none_or(|when| {
            let word = table.and_then(|table| table.get(when.key)).and_then(Item::as_str);
            word == Some(&when.word)
        })
    };
    variants.iter().find(fits).or(variants.first())
}

/// The words and spans of words that are keys of a table, and the words that none of them covers.
fn spans(words: &[&str], table: Option<&Table>) -> Vec<String> {
    let place = |word: &str| words.iter().position(|known| *known == word);
    let range = |name: &str| match name.split_once('-') {
        None => place(name).map(|at| (at, at)),
        Some((first, last)) => place(first).zip(place(last)),
    };
    let told = table.into_iter().flat_map(Table::iter);
    let told = told.filter_map(|(name, _)| Some((range(name)?, name.to_owned())));
    let mut names: Vec<((usize, usize), String)> = told.collect();
    let is_told = |at: usize| names.iter().any(|((first, last), _)| (*first..=*last).contains(&at));
    let untold: Vec<_> = (0..words.len())
        .filter(|at| !is_told(*at))
        .map(|at| ((at, at), words[at].to_owned()))
        .collect();
    names.extend(untold);
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

/// The texts of a value, as people would type them.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.value().clone()],
        Value::Integer(number) => vec![number.value().to_string()],
        Value::Float(number) => vec![number.value().to_string()],
        Value::Boolean(flag) => vec![flag.value().to_string()],
        Value::Datetime(date) => vec![date.value().to_string()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::InlineTable(_) => Vec::new(),
    }
}
