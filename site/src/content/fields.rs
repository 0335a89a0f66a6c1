//! A TOML table read key by key: every wrong key and value is collected with its place, so that one
//! run tells all of them. `serde` would stop at the first.

mod exploration;
mod form;
mod reader;
mod tables;

pub use exploration::{Exploration, Pick};
pub use form::Form;
pub use reader::Reader;
pub use tables::Told;

use super::At;
use super::schema::{Key, Need, Shape};
use crate::diag::{Code, Fault, Spot, listed, nearest};
use crate::value::{end_of_month, number_in};
use form::{LIST, NUMBER, NUMBERS, OR, TEXT};
use std::cell::RefCell;
use std::ops::Range;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table and which of its keys were asked for.
pub struct Fields<'a> {
    reader: &'a Reader,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
    /// Which table of an exploration it is; 0 where there is none.
    place: usize,
}

impl<'a> Fields<'a> {
    fn new(reader: &'a Reader, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { reader, table, span, asked: RefCell::default(), place: 0 }
    }

    /// The place of the whole table.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.reader.spot(self.span.clone())
    }

    /// A short text that must be there and must not be empty.
    pub fn text(&self, key: &'static str) -> Option<At<String>> {
        self.text_like(key, Code::MissingKey, TEXT, || Shape::Text)
    }

    /// A sentence or more that must be there.
    pub fn prose(&self, key: &'static str) -> Option<At<String>> {
        self.text_like(key, Code::MissingKey, TEXT, || Shape::Prose)
    }

    /// A short text that may be missing but not empty.
    pub fn text_if_any(&self, key: &'static str) -> Option<At<String>> {
        self.text_like_if_any(key, || Shape::Text)
    }

    /// A sentence or more that may be missing but not empty.
    pub fn prose_if_any(&self, key: &'static str) -> Option<At<String>> {
        self.text_like_if_any(key, || Shape::Prose)
    }

    fn text_like(
        &self,
        key: &'static str,
        missing: Code,
        form: &str,
        shape: impl Fn() -> Shape,
    ) -> Option<At<String>> {
        let text = self.required(key, missing, form, shape)?;
        self.without_number(self.non_empty(key, text, form)?)
    }

    fn text_like_if_any(&self, key: &'static str, shape: impl Fn() -> Shape) -> Option<At<String>> {
        let text = self.value(key, Need::May, shape)?;
        self.without_number(self.non_empty(key, text, TEXT)?)
    }

    /// A text that must be there and must parse; `example` shows the form.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let written = form.alternatives();
        let value = self.required(key, form.missing, &written, || form.shape())?;
        self.parse_text(key, &form, &self.non_empty(key, value, &written)?, parse)
    }

    /// A text that may be missing but must parse.
    pub fn parsed_if_any<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let value = self.value(key, Need::May, || form.shape())?;
        self.parse_text(key, &form, &self.non_empty(key, value, &form.alternatives())?, parse)
    }

    /// One of some words that must be there.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<At<T>> {
        self.choice_or(Code::MissingKey, key, choices)
    }

    /// One of some words that must be there, with a fault of its own where it is missing.
    pub fn choice_or<T: Copy>(
        &self,
        missing: Code,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<At<T>> {
        let quoted: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let shape = || Shape::Choice(words(choices));
        match self.text_like(key, missing, &quoted.join(OR), shape) {
            Some(text) => self.pick(key, &text, choices),
            None => self.explored(key, choices),
        }
    }

    /// The word that is to be explored, where nobody has chosen one.
    fn explored<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<At<T>> {
        let at = self.reader.exploration.as_ref()?.word(self.place, key);
        choices.get(at).map(|(_, value)| At { value: *value, spot: self.spot() })
    }

    /// One of some words that may be missing.
    pub fn choice_if_any<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<At<T>> {
        let text = self.text_like_if_any(key, || Shape::Choice(words(choices)))?;
        self.pick(key, &text, choices)
    }

    /// A list of words that must be there, each one of the choices.
    pub fn choices<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Vec<At<T>> {
        let texts = self.required_texts(key, || Shape::Choices(words(choices)));
        texts.iter().filter_map(|text| self.pick(key, text, choices)).collect()
    }

    /// A list of texts, each of which must parse; empty where the key is missing.
    pub fn list<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<At<T>> {
        let Some(value) = self.value(key, Need::May, || Shape::List(form.of_text())) else {
            return Vec::new();
        };
        let texts = self.texts(key, value);
        texts.iter().filter_map(|text| self.parse_text(key, &form, text, &parse)).collect()
    }

    /// A list of texts that must be there and not be empty, each of which must parse.
    pub fn required_list<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<At<T>> {
        let texts = self.required_texts(key, || Shape::List(form.of_text()));
        texts.iter().filter_map(|text| self.parse_text(key, &form, text, &parse)).collect()
    }

    fn required_texts(&self, key: &'static str, shape: impl Fn() -> Shape) -> Vec<At<String>> {
        let Some(value) = self.required(key, Code::MissingKey, LIST, shape) else {
            return Vec::new();
        };
        let texts = self.texts(key, value);
        if texts.is_empty() && matches!(value.get_ref(), DeValue::Array(items) if items.is_empty())
        {
            self.fault(Code::EmptyText, value.span(), |fault| fault.with("key", key));
        }
        texts
    }

    fn texts(&self, key: &str, value: &Spanned<DeValue>) -> Vec<At<String>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, &written(key, LIST));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.non_empty(key, item, LIST)).collect()
    }

    /// A whole number that may be missing.
    pub fn integer_if_any(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key, Need::May, || Shape::Integer)?;
        let number = whole_number(value);
        if number.is_none() {
            self.wrong_type(key, value, &written(key, NUMBER));
        }
        number
    }

    /// `true` or `false`; false where it is missing.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key, Need::May, || Shape::Flag) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong_type(key, value, &written(key, "true"));
        false
    }

    /// A whole number from 0 to 255 that must be there.
    pub fn number(&self, key: &'static str) -> Option<At<u8>> {
        let value = self.required(key, Code::MissingKey, NUMBER, || Shape::Number)?;
        self.small_number(key, value, NUMBER)
    }

    /// A list of whole numbers from 0 to 255 that must be there.
    pub fn numbers(&self, key: &'static str) -> Option<At<Vec<At<u8>>>> {
        let value = self.required(key, Code::MissingKey, NUMBERS, || Shape::Numbers)?;
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, &written(key, NUMBERS));
            return None;
        };
        let numbers: Vec<Option<At<u8>>> =
            items.iter().map(|item| self.small_number(key, item, NUMBERS)).collect();
        let numbers: Option<Vec<At<u8>>> = numbers.into_iter().collect();
        Some(At { value: numbers?, spot: self.reader.spot(value.span()) })
    }

    /// `form` is the form of the whole value, of which this number may be one item.
    fn small_number(&self, key: &str, value: &Spanned<DeValue>, form: &str) -> Option<At<u8>> {
        let number = whole_number(value);
        if number.is_none() {
            self.wrong_type(key, value, &written(key, form));
        }
        Some(At { value: number?, spot: self.reader.spot(value.span()) })
    }

    /// Whether the file does not parse, and the table has only some of its keys.
    #[must_use]
    pub fn is_torn(&self) -> bool {
        self.reader.is_torn
    }

    /// Tells every key that was not asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                let nearest = nearest(name, asked.iter().copied());
                self.forget_missing(nearest.first().copied());
                let (near, known) = (listed(nearest), listed(asked.iter().copied()));
                self.fault(Code::UnknownKey, key.span(), |fault| {
                    fault.with("key", name).with("near", near).with("known", known)
                });
            }
        }
    }

    /// Takes back that a key is missing, whose fault shows an example of it: it stands there, misspelt,
    /// and is told as that.
    fn forget_missing(&self, key: Option<&str>) {
        let spot = self.spot();
        let is_echo = |fault: &Fault| {
            fault.fact("example").is_some() && fault.spot == spot && fault.fact("key") == key
        };
        self.reader.faults.borrow_mut().retain(|fault| key.is_none() || !is_echo(fault));
    }

    /// The text under a key that was read elsewhere, as it was written; no fault is told again.
    #[must_use]
    pub fn as_written(&self, key: &'static str) -> Option<At<String>> {
        let value = self.table.get(key)?;
        let DeValue::String(text) = value.get_ref() else { return None };
        Some(At { value: text.to_string(), spot: self.reader.spot(value.span()) })
    }

    /// Whether the table has a value of this name, of whichever type.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Keys that mean something, but not what could be told.
    pub fn ignore<const N: usize>(&self, keys: [&'static str; N]) {
        for key in keys {
            self.value(key, Need::May, || Shape::Text);
        }
    }

    /// Tells a key that is missing and was read elsewhere as one that may be.
    pub fn require(&self, key: &'static str, form: Form) {
        self.required(key, form.missing, &form.alternatives(), || form.shape());
    }

    /// Says that a key must be there, whose lack is told where more is known.
    pub fn needs(&self, key: &'static str) {
        self.value(key, Need::Must, || Shape::Text);
    }

    /// Tells those of some keys that are missing where not all of them are; whether there is any.
    pub fn together<const N: usize>(&self, keys: [(&'static str, Form); N]) -> bool {
        let is_any = keys.iter().any(|(key, _)| self.has(key));
        for (key, form) in keys {
            let others = || keys.iter().map(|(other, _)| *other).filter(|other| *other != key);
            self.value(key, Need::With(others().collect()), || form.shape());
            if is_any {
                self.require(key, form);
            }
        }
        is_any
    }

    /// Adds a fault that was found elsewhere in the same file.
    pub fn push(&self, fault: Fault) {
        self.reader.faults.borrow_mut().push(fault);
    }

    /// Adds a fault about this table.
    pub fn fault(&self, code: Code, span: Range<usize>, facts: impl FnOnce(Fault) -> Fault) {
        let fault = facts(Fault::new(code, self.reader.spot(span)));
        self.reader.faults.borrow_mut().push(fault);
    }

    /// The place of the table's head: its first line, for faults about what is not there.
    #[must_use]
    pub fn head(&self) -> Range<usize> {
        self.span.clone()
    }

    /// `need` and `shape` are what a schema says of the key.
    fn value(
        &self,
        key: &'static str,
        need: Need,
        shape: impl Fn() -> Shape,
    ) -> Option<&'a Spanned<DeValue<'a>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        if let Some(exploration) = &self.reader.exploration {
            exploration.ask(self.place, Key { name: key, need, shape: shape() });
        }
        self.table.get(key)
    }

    /// `form` is the form of the value, to be shown where it is missing.
    fn required(
        &self,
        key: &'static str,
        missing: Code,
        form: &str,
        shape: impl Fn() -> Shape,
    ) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.value(key, Need::Must, shape);
        if value.is_none() {
            self.fault(missing, self.head(), |fault| {
                fault.with("key", key).with("example", written(key, form))
            });
        }
        value
    }

    /// `form` is the form of the whole value, of which this text may be one item.
    fn non_empty(&self, key: &str, value: &Spanned<DeValue>, form: &str) -> Option<At<String>> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(key, value, &written(key, form));
            return None;
        };
        if text.trim().is_empty() {
            self.fault(Code::EmptyText, value.span(), |fault| fault.with("key", key));
            return None;
        }
        Some(At { value: text.to_string(), spot: self.reader.spot(value.span()) })
    }

    /// Refuses a number in a text: it would have neither source nor date.
    fn without_number(&self, text: At<String>) -> Option<At<String>> {
        let Some(number) = number_in(&text.value) else { return Some(text) };
        self.push(Fault::new(Code::UnprovenNumber, text.spot.clone()).with("number", number));
        None
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue>, expected: &str) {
        self.fault(Code::WrongType, value.span(), |fault| {
            fault.with("key", key).with("expected", expected)
        });
    }

    fn parse_text<T>(
        &self,
        key: &str,
        form: &Form,
        text: &At<String>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let parsed = parse(&text.value);
        if parsed.is_none()
            && let Some(last) = end_of_month(&text.value)
        {
            let fault = Fault::new(Code::NoSuchDay, text.spot.clone()).with("date", &text.value);
            self.push(fault.with("last", last));
        } else if parsed.is_none() {
            let fault = Fault::new(form.wrong, text.spot.clone());
            let fault =
                fault.with("key", key).with("value", &text.value).with("target", &text.value);
            self.reader.faults.borrow_mut().push(fault.with("expected", form.example));
        }
        parsed.map(|value| At { value, spot: text.spot.clone() })
    }

    fn pick<T: Copy>(&self, key: &str, text: &At<String>, choices: &[(&str, T)]) -> Option<At<T>> {
        let expected = listed(choices.iter().map(|(word, _)| *word));
        let found = choices.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let fault = Fault::new(Code::BadValue, text.spot.clone());
            let fault = fault.with("key", key).with("value", &text.value);
            self.reader.faults.borrow_mut().push(fault.with("expected", expected));
        }
        found.map(|(_, choice)| At { value: *choice, spot: text.spot.clone() })
    }
}

/// A key with its value, as they stand on one line.
fn written(key: &str, form: &str) -> String {
    format!("{key} = {form}")
}

fn words<T>(choices: &[(&str, T)]) -> Vec<String> {
    choices.iter().map(|(word, _)| (*word).to_owned()).collect()
}

fn whole_number<T: FromStr>(value: &Spanned<DeValue>) -> Option<T> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        _ => None,
    }
}
