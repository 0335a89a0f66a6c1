//! The fields of a page, what stands in them or was sent, and its faults → what a template shows.

use super::contact::Card;
use super::site::{Choices, candidates};
use crate::areas;
use crate::content::schema::{Meaning, Need};
use crate::diag::{Fault, Messages};
use crate::form::{
    BODY, CONTACTS, Control, Field, Posted, is_missing, place, plain_lines, table_of,
};
use crate::value::AreaCode;
use serde::Serialize;
use std::collections::BTreeMap;

/// Faults by where they are shown.
pub type Shown = BTreeMap<String, Vec<Told>>;

/// A fault in words.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub cure: String,
    /// Whether it keeps the site from being published.
    pub is_error: bool,
}

impl Told {
    /// A fault in the words of the program.
    #[must_use]
    pub fn of(fault: &Fault, messages: &Messages) -> Self {
        let (message, cure) = (messages.message(fault), messages.cure(fault));
        Self { message, cure, is_error: fault.is_error() }
    }
}

/// Fields that stand under one heading.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What belongs together in it.
    pub sets: Vec<Set>,
}

/// Fields of one table.
#[derive(Debug, Serialize)]
pub struct Set {
    /// The path of the table; empty for the page itself.
    pub path: String,
    /// Its anchor.
    pub id: String,
    /// What it is called; empty for the page itself.
    pub legend: String,
    /// Whether its fields are seen at once.
    pub is_open: bool,
    /// How the contact stands whose table it is.
    pub card: Option<Card>,
    /// What is wrong with it as a whole.
    pub told: Vec<Told>,
    /// Its fields.
    pub fields: Vec<Shape>,
}

/// A field as a template shows it.
#[derive(Debug, Serialize)]
pub struct Shape {
    /// The name under which it is posted.
    pub name: String,
    /// Its anchor.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What belongs into it.
    pub hint: String,
    /// How it is filled in.
    pub kind: &'static str,
    /// Whether it must be filled in.
    pub is_required: bool,
    /// The list of what could be typed, where there is one.
    pub list: &'static str,
    /// One for each input.
    pub items: Vec<Item>,
    /// What is wrong with it.
    pub told: Vec<Told>,
    /// What the file has now, where somebody has changed it meanwhile.
    pub theirs: Option<String>,
    /// The anchors of what describes it.
    pub described: String,
}

/// One input of a field.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Its anchor.
    pub id: String,
    /// What stands in it.
    pub value: String,
    /// What that means, in words.
    pub words: String,
    /// What can be chosen.
    pub options: Vec<Choice>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// What a form is made of.
pub struct Frame<'a> {
    /// The kind of the page, as the schema calls it.
    pub document: &'static str,
    /// The words.
    pub messages: &'a Messages,
    /// What can be chosen from.
    pub choices: &'a Choices,
    /// What was sent, where something was.
    pub posted: Option<&'a Posted>,
    /// What is wrong, by place.
    pub shown: &'a Shown,
    /// What the file has now, by field, where somebody has changed it meanwhile.
    pub theirs: &'a BTreeMap<String, String>,
    /// The contacts, in the order of the file.
    pub cards: &'a [Card],
}

/// How many empty lines a list offers.
const EMPTY_LINES: usize = 2;

/// The anchor of a place in a form.
#[must_use]
pub fn anchor(path: &str) -> String {
    format!("f-{}", path.replace('.', "-"))
}

impl Frame<'_> {
    /// The fields of a page under their headings.
    #[must_use]
    pub fn sections(&self, fields: &[Field]) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for field in fields {
            let (first, nested) = field.path.split_once('.').unwrap_or((&field.path, ""));
            let name = if nested.is_empty() { "umum" } else { first };
            let section = if let Some(at) = sections.iter().position(|known| known.id == name) {
                &mut sections[at]
            } else {
                let title = match nested {
                    "" => self.messages.desk("section_umum", &[]),
                    _ => self.label(first),
                };
                sections.push(Section { id: name.to_owned(), title, sets: Vec::new() });
                let last = sections.len() - 1;
                &mut sections[last]
            };
            let table = table_of(&field.path);
            // What a translation says stands beside what it translates.
            let table = table.split_once(".bahasa.").map_or(table, |(table, _)| table);
            let shape = self.shape(field);
            let is_told = shape.items.iter().any(|item| !item.value.is_empty())
                || field.control == Control::Flag && !field.values.is_empty()
                || !shape.told.is_empty();
            match section.sets.iter_mut().find(|set| set.path == table) {
                Some(set) => {
                    set.is_open |= is_told;
                    set.fields.push(shape);
                }
                None => section.sets.push(self.set(table, shape, is_told)),
            }
        }
        sections
    }

    fn set(&self, table: &str, first: Shape, is_told: bool) -> Set {
        let told = self.shown.get(table).filter(|_| !table.is_empty());
        let contact = table.strip_prefix(CONTACTS).and_then(|rest| rest.strip_prefix('.'));
        Set {
            path: table.to_owned(),
            id: anchor(table),
            legend: self.legend(table),
            is_open: is_told || told.is_some(),
            card: contact.and_then(|place| self.cards.get(place.parse::<usize>().ok()?).cloned()),
            told: told.cloned().unwrap_or_default(),
            fields: vec![first],
        }
    }

    /// What a table is called: by its words and its place in a list.
    fn legend(&self, table: &str) -> String {
        let place = table.rsplit('.').next().and_then(|last| last.parse::<usize>().ok());
        let label = self.label(&without_places(table));
        match place {
            Some(place) => format!("{label} {}", place + 1),
            None if table.is_empty() => String::new(),
            None => label,
        }
    }

    /// Under which path the words of a key are looked up.
    fn word(&self, word: &str) -> String {
        format!("{}.{word}", self.document)
    }

    /// What a key is called.
    fn label(&self, word: &str) -> String {
        self.messages.label(&self.word(word)).to_owned()
    }

    /// What a field is called; a translation with its language.
    #[must_use]
    pub fn name(&self, field: &Field) -> String {
        let (word, lang) = original(&field.word);
        let label = self.label(&word);
        match lang {
            Some(lang) => {
                self.messages.desk("translation", &[("of", label), ("lang", lang.to_owned())])
            }
            None => label,
        }
    }

    fn choice(&self, field: &Field, word: &str) -> String {
        let found = self.messages.choice(&self.word(&field.word), word);
        found.map_or_else(|| word.to_owned(), |(_, label)| label.label.clone())
    }

    /// A field as a template shows it.
    #[must_use]
    pub fn shape(&self, field: &Field) -> Shape {
        let id = anchor(&field.path);
        let told = self.shown.get(&field.path).cloned().unwrap_or_default();
        let hint = self.hint(field);
        let theirs = self.theirs.get(&field.path).cloned();
        let parts = [("h", !hint.is_empty()), ("e", !told.is_empty()), ("t", theirs.is_some())];
        let described = parts.into_iter().filter(|(_, is_there)| *is_there);
        let described: Vec<String> = described.map(|(part, _)| format!("{id}-{part}")).collect();
        Shape {
            name: field.path.clone(),
            label: self.name(field),
            hint,
            kind: self.kind(field),
            is_required: field.need == Need::Must,
            list: if field.meaning == Meaning::Page { "halaman" } else { "" },
            items: self.items(field, &id),
            told,
            theirs,
            described: described.join(" "),
            id,
        }
    }

    fn hint(&self, field: &Field) -> String {
        let (word, _) = original(&field.word);
        let hint = self.messages.hint(&self.word(&word)).to_owned();
        if !hint.is_empty() || field.examples.is_empty() {
            return hint;
        }
        let examples: Vec<&str> = field.examples.iter().map(|one| one.trim_matches('"')).collect();
        self.messages.desk("example", &[("examples", examples.join(", "))])
    }

    fn kind(&self, field: &Field) -> &'static str {
        let is_chosen = !self.offered(field).is_empty();
        match field.control {
            Control::Line if is_chosen => "choice",
            Control::Lines if is_chosen => "picks",
            Control::Line if field.meaning == Meaning::Area => "area",
            Control::Lines if field.meaning == Meaning::Area => "areas",
            Control::Line => "line",
            Control::Lines => "lines",
            Control::Text => "text",
            Control::Number => "number",
            Control::Flag => "flag",
            Control::Choice(_) => "choice",
            Control::Choices(_) => "choices",
        }
    }

    /// What the site offers for a text.
    fn offered(&self, field: &Field) -> &[(String, String)] {
        let is_office = field.path == "kantor";
        match field.meaning {
            Meaning::Source => &self.choices.sources,
            Meaning::Page if is_office => &self.choices.offices,
            _ => &[],
        }
    }

    fn items(&self, field: &Field, id: &str) -> Vec<Item> {
        let sent = self.posted.and_then(|posted| posted.get(&field.path));
        let mut values = sent.unwrap_or(&field.values).clone();
        values.retain(|value| !value.is_empty());
        let is_list = matches!(field.control, Control::Lines);
        if is_list {
            values.extend(std::iter::repeat_n(String::new(), EMPTY_LINES));
        } else if let Control::Choices(words) | Control::Choice(words) = &field.control {
            let options = self.listed(field, words, &values);
            return vec![Item {
                id: id.to_owned(),
                value: values.join(" "),
                words: String::new(),
                options,
            }];
        } else {
            values.truncate(1);
            values.resize(1, String::new());
        }
        let item = |(index, value): (usize, String)| Item {
            id: if index == 0 { id.to_owned() } else { format!("{id}-{index}") },
            words: if field.meaning == Meaning::Area { self.area(&value) } else { String::new() },
            options: self.options(field, &value),
            value: plain_lines(&value),
        };
        values.into_iter().enumerate().map(item).collect()
    }

    /// An area in words; what a name could mean where it is no code.
    fn area(&self, value: &str) -> String {
        let words = area_in_words(value);
        let near = if words.is_empty() { candidates(value, |_| true) } else { Vec::new() };
        let near = near.into_iter().map(|(code, words)| format!("{code} = {words}"));
        match near.collect::<Vec<String>>().join("; ") {
            near if near.is_empty() => words,
            near => self.messages.desk("area_near", &[("list", near)]),
        }
    }

    fn listed(&self, field: &Field, words: &[String], chosen: &[String]) -> Vec<Choice> {
        // What stands there and is none of the words can be kept, so that it is changed by a person.
        let foreign = chosen.iter().filter(|value| !words.contains(value));
        let known = words.iter().chain(foreign).map(|word| Choice {
            label: self.choice(field, word),
            is_chosen: chosen.contains(word),
            value: word.clone(),
        });
        known.collect()
    }

    fn options(&self, field: &Field, value: &str) -> Vec<Choice> {
        let offered = self.offered(field);
        if offered.is_empty() {
            return Vec::new();
        }
        let is_foreign = !value.is_empty() && offered.iter().all(|(known, _)| known != value);
        let foreign = is_foreign.then(|| (value.to_owned(), value.to_owned()));
        let choices = offered.iter().cloned().chain(foreign).map(|(known, label)| Choice {
            is_chosen: known == value,
            value: known,
            label,
        });
        choices.collect()
    }
}

/// The path of the words of what a key translates, and into which language; the same path and none where
/// it translates nothing.
fn original(word: &str) -> (String, Option<&str>) {
    let translated = word.split_once(".bahasa.").and_then(|(above, rest)| {
        let (lang, key) = rest.split_once('.')?;
        Some((format!("{above}.{key}"), Some(lang)))
    });
    translated.unwrap_or_else(|| (word.to_owned(), None))
}

/// A path without places in lists.
#[must_use]
pub fn without_places(path: &str) -> String {
    let words = path.split('.').filter(|step| step.parse::<usize>().is_err());
    words.collect::<Vec<&str>>().join(".")
}

impl Shape {
    /// A line that is no key of a file.
    #[must_use]
    pub fn line(name: &str, label: &str, hint: &str, value: &str) -> Self {
        let id = anchor(name);
        let item = Item {
            id: id.clone(),
            value: value.to_owned(),
            words: String::new(),
            options: Vec::new(),
        };
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: hint.to_owned(),
            kind: "line",
            is_required: true,
            list: "",
            items: vec![item],
            told: Vec::new(),
            theirs: None,
            described: if hint.is_empty() { String::new() } else { format!("{id}-h") },
            id,
        }
    }

    /// An area, by its name or its code.
    #[must_use]
    pub fn area(name: &str, label: &str, hint: &str, value: &str) -> Self {
        Self { kind: "area", ..Self::line(name, label, hint, value) }
    }

    /// The same where it may stay empty.
    #[must_use]
    pub fn optional(mut self, hint: &str) -> Self {
        self.is_required = false;
        if !hint.is_empty() {
            hint.clone_into(&mut self.hint);
            self.described = format!("{}-h", self.id);
        }
        self
    }

    /// The same with what is wrong with it.
    #[must_use]
    pub fn told(mut self, message: String) -> Self {
        let error = format!("{}-e", self.id);
        let parts = [self.described.as_str(), &error].map(str::to_owned);
        self.described =
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        self.told.push(Told { message, cure: String::new(), is_error: true });
        self
    }

    /// One of some values with their labels.
    #[must_use]
    pub fn choice(name: &str, label: &str, chosen: &str, options: &[(String, String)]) -> Self {
        let mut shape = Self { kind: "choice", ..Self::line(name, label, "", chosen) };
        let options = options.iter().map(|(value, label)| Choice {
            is_chosen: value == chosen,
            value: value.clone(),
            label: label.clone(),
        });
        if let Some(item) = shape.items.first_mut() {
            item.options = options.collect();
        }
        shape
    }
}

/// "Ancol, Pademangan, Jakarta Utara, DKI Jakarta"; nothing for what is no code.
#[must_use]
pub fn area_in_words(code: &str) -> String {
    let area = AreaCode::parse(code.trim()).and_then(|code| areas::by_code(&code));
    area.map_or_else(String::new, |area| match area.above_in_words().as_str() {
        "" => area.everyday(),
        above => format!("{}, {above}", area.everyday()),
    })
}

/// The faults of a page by where they are shown; those of the page as a whole under nothing.
#[must_use]
pub fn placed(text: &str, fields: &[Field], faults: &[Fault], messages: &Messages) -> Shown {
    let mut shown = Shown::new();
    for fault in faults {
        let place = place(text, fields, fault).unwrap_or_default();
        let mut told = Told::of(fault, messages);
        if is_missing(fault) && fields.iter().any(|field| field.path == place) {
            // In a form there is no line to be added.
            (told.message, told.cure) = (messages.desk("not_filled", &[]), String::new());
        }
        if place == BODY
            && let Some(span) = &fault.spot.span
        {
            let line = text[..span.start.min(text.len())].rsplit('\n').next().unwrap_or_default();
            let rest = text[span.start.min(text.len())..].lines().next().unwrap_or_default();
            let facts = [("line", format!("{line}{rest}")), ("message", told.message)];
            told.message = messages.desk("in_line", &facts);
        }
        shown.entry(place).or_default().push(told);
    }
    shown
}
