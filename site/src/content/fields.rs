//! A TOML table read key by key: every wrong key and value is collected with its place, so that one
//! run tells all of them. `serde` would stop at the first.

use super::{At, syntax};
use crate::diag::{Code, Fault, Spot, listed, nearest};
use crate::value::{Lang, end_of_month, number_in};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file a table is read from, and the faults found so far.
pub struct Reader {
    file: Arc<str>,
    offset: usize,
    other_languages: Vec<Lang>,
    is_torn: bool,
    faults: RefCell<Vec<Fault>>,
}

/// A text of the data with its translations, which stand beside it in `[….bahasa.en]`.
#[derive(Clone, Debug)]
pub struct Told {
    /// In the first language.
    pub text: String,
    /// In others.
    pub translations: BTreeMap<Lang, String>,
}

impl Told {
    /// The text in a language, or in the first where it is not translated.
    #[must_use]
    pub fn in_language(&self, lang: &Lang) -> &str {
        self.translations.get(lang).unwrap_or(&self.text)
    }
}

impl Reader {
    /// A reader for TOML that begins `offset` bytes into the file.
    #[must_use]
    pub fn new(file: &Arc<str>, offset: usize) -> Self {
        let (file, faults) = (Arc::clone(file), RefCell::default());
        Self { file, offset, other_languages: Vec::new(), is_torn: false, faults }
    }

    /// The same reader for a site of these languages: into all but the first may be translated.
    #[must_use]
    pub fn speaking(self, languages: &[Lang]) -> Self {
        Self { other_languages: languages.iter().skip(1).cloned().collect(), ..self }
    }

    /// Parses the TOML, hands the table to `take` and gives back what it made of it and all faults.
    pub fn run<T>(self, toml: &str, take: impl FnOnce(&Fields) -> T) -> (T, Vec<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(toml);
        let reader = Self { is_torn: !errors.is_empty(), ..self };
        let fields = Fields::new(&reader, table.get_ref(), table.span());
        let taken = take(&fields);
        if reader.is_torn {
            // What is missing from the table would only be noise.
            return (taken, syntax::faults(&reader.file, reader.offset, toml));
        }
        (taken, reader.faults.take())
    }

    /// A place in the file.
    #[must_use]
    pub fn spot(&self, span: Range<usize>) -> Spot {
        Spot::at(&self.file, span.start + self.offset..span.end + self.offset)
    }
}

/// One table and which of its keys were asked for.
pub struct Fields<'a> {
    reader: &'a Reader,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    fn new(reader: &'a Reader, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { reader, table, span, asked: RefCell::default() }
    }

    /// The place of the whole table.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.reader.spot(self.span.clone())
    }

    /// A text that must be there and must not be empty.
    pub fn text(&self, key: &'static str) -> Option<At<String>> {
        self.text_like(key, TEXT)
    }

    fn text_like(&self, key: &'static str, form: &str) -> Option<At<String>> {
        let text = self.required(key, Code::MissingKey, form)?;
        self.without_number(self.non_empty(key, text, form)?)
    }

    /// A text that may be missing but not empty.
    pub fn text_if_any(&self, key: &'static str) -> Option<At<String>> {
        self.without_number(self.non_empty(key, self.value(key)?, TEXT)?)
    }

    /// A text that must be there and must parse; `example` shows the form.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let shape = alternatives(form.example);
        let value = self.required(key, form.missing, &shape)?;
        self.parse_text(key, &form, &self.non_empty(key, value, &shape)?, parse)
    }

    /// A text that may be missing but must parse.
    pub fn parsed_if_any<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<At<T>> {
        let shape = alternatives(form.example);
        self.parse_text(key, &form, &self.non_empty(key, self.value(key)?, &shape)?, parse)
    }

    /// One of some words that must be there.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<At<T>> {
        let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let text = self.text_like(key, &words.join(OR))?;
        self.pick(key, &text, choices)
    }

    /// One of some words that may be missing.
    pub fn choice_if_any<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<At<T>> {
        let text = self.text_if_any(key)?;
        self.pick(key, &text, choices)
    }

    /// A list of words, each one of the choices.
    pub fn choices<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Vec<At<T>> {
        let texts = self.required_texts(key);
        texts.iter().filter_map(|text| self.pick(key, text, choices)).collect()
    }

    /// A list of texts, each of which must parse; empty where the key is missing.
    pub fn list<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<At<T>> {
        let texts = self.texts(key);
        texts.iter().filter_map(|text| self.parse_text(key, &form, text, &parse)).collect()
    }

    /// A list of texts that must be there and not be empty, each of which must parse.
    pub fn required_list<T>(
        &self,
        key: &'static str,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<At<T>> {
        let texts = self.required_texts(key);
        texts.iter().filter_map(|text| self.parse_text(key, &form, text, &parse)).collect()
    }

    /// A list of texts; empty where the key is missing.
    pub fn texts(&self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, &written(key, LIST));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.non_empty(key, item, LIST)).collect()
    }

    fn required_texts(&self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.required(key, Code::MissingKey, LIST) else { return Vec::new() };
        let texts = self.texts(key);
        if texts.is_empty() && matches!(value.get_ref(), DeValue::Array(items) if items.is_empty())
        {
            self.fault(Code::EmptyText, value.span(), |fault| fault.with("key", key));
        }
        texts
    }

    /// A whole number that may be missing.
    pub fn integer_if_any(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value, &written(key, "12"));
        }
        number
    }

    /// `true` or `false`; false where it is missing.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong_type(key, value, &written(key, "true"));
        false
    }

    /// A whole number from 0 to 255 that must be there.
    pub fn number(&self, key: &'static str) -> Option<At<u8>> {
        let value = self.required(key, Code::MissingKey, NUMBER)?;
        self.small_number(key, value, NUMBER)
    }

    /// A list of whole numbers from 0 to 255 that must be there.
    pub fn numbers(&self, key: &'static str) -> Option<At<Vec<At<u8>>>> {
        let value = self.required(key, Code::MissingKey, NUMBERS)?;
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
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value, &written(key, form));
        }
        Some(At { value: number?, spot: self.reader.spot(value.span()) })
    }

    /// A text that must be there, with its translations.
    pub fn told(&self, key: &'static str) -> Option<Told> {
        let text = self.text(key);
        let translations = self.translations(|fields| Some(fields.text(key)?.value));
        Some(Told { text: text?.value, translations })
    }

    /// A text, if there is one, with its translations.
    pub fn told_if_any(&self, key: &'static str) -> Option<Told> {
        let text = self.text_if_any(key);
        let translations = self.translations(|fields| Some(fields.text(key)?.value));
        Some(Told { text: text?.value, translations })
    }

    /// The words of `[….bahasa.en]` for each of the further languages of the site.
    pub fn translations<T>(&self, words: impl Fn(&Fields) -> Option<T>) -> BTreeMap<Lang, T> {
        if self.reader.other_languages.is_empty() && !self.has("bahasa") {
            return BTreeMap::new();
        }
        let known = || self.reader.other_languages.iter().map(Lang::as_str);
        let tables = self.table("bahasa").map(|table| table.named_tables()).unwrap_or_default();
        let each = tables.into_iter().filter_map(|(name, table)| {
            let lang = Lang::parse(&name.value).filter(|lang| known().any(|l| l == lang.as_str()));
            if lang.is_none() {
                let near = listed(nearest(&name.value, known()));
                let fault = Fault::new(Code::UnknownKey, name.spot).with("key", &name.value);
                self.push(fault.with("near", near).with("known", listed(known())));
            }
            let words = words(&table);
            table.finish();
            Some((lang?, words?))
        });
        each.collect()
    }

    /// The tables of `[[key]]`; empty where there are none.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, &format!("[[{key}]]"));
            return Vec::new();
        };
        let tables = items.iter().filter_map(|item| {
            if let DeValue::Table(table) = item.get_ref() {
                Some(Fields::new(self.reader, table, item.span()))
            } else {
                self.wrong_type(key, item, &format!("[[{key}]]"));
                None
            }
        });
        tables.collect()
    }

    /// The table of `[key]`, if there is one.
    pub fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.value(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(key, value, &format!("[{key}]"));
            return None;
        };
        Some(Fields::new(self.reader, table, value.span()))
    }

    /// The table of `[key]`, which must be there.
    pub fn required_table(&self, key: &'static str) -> Option<Fields<'a>> {
        if !self.has(key) {
            let head = format!("[{key}]");
            self.fault(Code::MissingKey, self.head(), |fault| {
                fault.with("key", key).with("example", head)
            });
        }
        self.table(key)
    }

    /// The tables inside this one whose names are data, such as the keys of sources.
    pub fn named_tables(&self) -> Vec<(At<String>, Fields<'a>)> {
        let tables = self.table.iter().filter_map(|(name, value)| {
            let DeValue::Table(table) = value.get_ref() else {
                self.wrong_type(name.get_ref(), value, &format!("[….{}]", name.get_ref()));
                return None;
            };
            let at = At { value: name.get_ref().to_string(), spot: self.reader.spot(name.span()) };
            Some((at, Fields::new(self.reader, table, value.span())))
        });
        tables.collect()
    }

    /// The texts inside this table whose names are data, such as words.
    pub fn named_texts(&self) -> Vec<(At<String>, At<String>)> {
        let texts = self.table.iter().filter_map(|(name, value)| {
            let text = self.without_number(self.non_empty(name.get_ref(), value, TEXT)?)?;
            let at = At { value: name.get_ref().to_string(), spot: self.reader.spot(name.span()) };
            Some((at, text))
        });
        texts.collect()
    }

    /// The texts whose names are data and stand beside the keys that were asked for, such as days, in
    /// the order in which they are written.
    /// They are not searched for numbers, and `finish` would call them unknown: the caller judges both.
    pub fn other_texts(&self) -> Vec<(At<String>, At<String>)> {
        let asked = self.asked.borrow();
        let texts = self.table.iter().filter_map(|(name, value)| {
            let key = name.get_ref().as_ref();
            if asked.contains(&key) {
                return None;
            }
            let at = At { value: key.to_owned(), spot: self.reader.spot(name.span()) };
            Some((at, self.non_empty(key, value, TEXT)?))
        });
        let mut texts: Vec<(At<String>, At<String>)> = texts.collect();
        texts.sort_by_key(|(key, _)| key.spot.span.as_ref().map(|span| span.start));
        texts
    }

    /// Whether the file does not parse, and the table has only some of its keys.
    #[must_use]
    pub fn is_torn(&self) -> bool {
        self.reader.is_torn
    }

    /// Every text of this table and of those inside it, in the order of the file, each with the keys
    /// that lead to it.
    #[must_use]
    pub fn all_texts(&self) -> Vec<(Vec<&'a str>, At<String>)> {
        let mut texts = Vec::new();
        self.add_texts(self.table, &mut Vec::new(), &mut texts);
        texts.sort_by_key(|(_, text)| text.spot.span.as_ref().map(|span| span.start));
        texts
    }

    fn add_texts(
        &self,
        table: &'a DeTable<'a>,
        keys: &mut Vec<&'a str>,
        texts: &mut Vec<(Vec<&'a str>, At<String>)>,
    ) {
        for (key, value) in table {
            keys.push(key.get_ref());
            let items = match value.get_ref() {
                DeValue::Array(items) => items.iter().collect(),
                _ => vec![value],
            };
            for item in items {
                match item.get_ref() {
                    DeValue::Table(table) => self.add_texts(table, keys, texts),
                    DeValue::String(text) => {
                        let spot = self.reader.spot(item.span());
                        texts.push((keys.clone(), At { value: text.to_string(), spot }));
                    }
                    _ => {}
                }
            }
            keys.pop();
        }
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
            self.value(key);
        }
    }

    /// Tells a key that is missing and was read elsewhere as one that may be.
    pub fn require(&self, key: &'static str, form: Form) {
        self.required(key, form.missing, &alternatives(form.example));
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

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get(key)
    }

    /// `form` is the form of the value, to be shown where it is missing.
    fn required(
        &self,
        key: &'static str,
        missing: Code,
        form: &str,
    ) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.value(key);
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

const TEXT: &str = "\"…\"";
const LIST: &str = "[\"…\", \"…\"]";
const NUMBER: &str = "12";
const NUMBERS: &str = "[0, 2, 3]";

/// Between forms of which one is to be chosen.
const OR: &str = " | ";

/// The examples of a form, of which one is to be chosen.
fn alternatives(examples: &str) -> String {
    examples.replace("\", \"", &format!("\"{OR}\""))
}

/// A key with its value, as they stand on one line.
fn written(key: &str, form: &str) -> String {
    format!("{key} = {form}")
}

/// What a text must look like, and which faults tell that it does not or is not there.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// An example of the form.
    pub example: &'static str,
    /// The fault where it does not parse.
    pub wrong: Code,
    /// The fault where it is missing.
    pub missing: Code,
}

impl Form {
    /// A form whose faults are the general ones.
    #[must_use]
    pub const fn like(example: &'static str) -> Self {
        Self { example, wrong: Code::BadValue, missing: Code::MissingKey }
    }

    /// The same form with a fault of its own where it does not parse.
    #[must_use]
    pub const fn or(self, wrong: Code) -> Self {
        Self { wrong, ..self }
    }

    /// The same form with a fault of its own where it is missing.
    #[must_use]
    pub const fn or_missing(self, missing: Code) -> Self {
        Self { missing, ..self }
    }
}
