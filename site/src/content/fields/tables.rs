//! Tables inside a table, texts whose names are data, and translations.

use super::form::TEXT;
use super::{At, Fields, Form};
use crate::content::schema::{Names, Need, Others, Shape, Table};
use crate::diag::{Code, Fault, listed, nearest};
use crate::value::Lang;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

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

impl<'a> Fields<'a> {
    /// A sentence or more that must be there, with its translations.
    pub fn told(&self, key: &'static str) -> Option<Told> {
        let text = self.prose(key);
        let translations = self.translations(|fields| Some(fields.prose(key)?.value));
        Some(Told { text: text?.value, translations })
    }

    /// A sentence or more, if there is any, with its translations.
    pub fn told_if_any(&self, key: &'static str) -> Option<Told> {
        let text = self.prose_if_any(key);
        let translations = self.translations(|fields| Some(fields.prose(key)?.value));
        Some(Told { text: text?.value, translations })
    }

    /// The words of `[….bahasa.en]` for each of the further languages of the site.
    pub fn translations<T>(&self, words: impl Fn(&Fields) -> Option<T>) -> BTreeMap<Lang, T> {
        let is_explored = self.reader.exploration.is_some();
        if self.reader.other_languages.is_empty() && !self.has("bahasa") && !is_explored {
            return BTreeMap::new();
        }
        let known = || self.reader.other_languages.iter().map(Lang::as_str);
        let tables = self.table("bahasa").map(|table| table.named_tables(Names::Languages));
        let each = tables.into_iter().flatten().filter_map(|(name, table)| {
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
        let Some(value) = self.value(key, Need::May, || Shape::Tables(Vec::new())) else {
            return self.within(Some(key)).into_iter().collect();
        };
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
        let Some(value) = self.value(key, Need::May, empty_table) else {
            return self.within(Some(key));
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(key, value, &format!("[{key}]"));
            return None;
        };
        Some(Fields::new(self.reader, table, value.span()))
    }

    /// The table of `[key]`, which must be there.
    pub fn required_table(&self, key: &'static str) -> Option<Fields<'a>> {
        self.required_table_or(Code::MissingKey, key)
    }

    /// The table of `[key]`, which must be there, with a fault of its own where it is missing.
    pub fn required_table_or(&self, missing: Code, key: &'static str) -> Option<Fields<'a>> {
        if self.value(key, Need::Must, empty_table).is_none() {
            let head = format!("[{key}]");
            self.fault(missing, self.head(), |fault| fault.with("key", key).with("example", head));
        }
        self.table(key)
    }

    /// A table of an exploration: as empty as this one.
    fn within(&self, under: Option<&'static str>) -> Option<Fields<'a>> {
        let place = self.reader.exploration.as_ref()?.enter(self.place, under);
        Some(Fields { place, ..Fields::new(self.reader, self.table, self.span.clone()) })
    }

    /// The tables inside this one whose names are data, such as the keys of sources.
    pub fn named_tables(&self, names: Names) -> Vec<(At<String>, Fields<'a>)> {
        if let Some(exploration) = &self.reader.exploration {
            exploration.ask_others(self.place, Others { names, shape: empty_table() });
            let name = At { value: String::new(), spot: self.spot() };
            return self.within(None).map(|table| (name, table)).into_iter().collect();
        }
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
    pub fn other_texts(&self, names: Names, form: Form) -> Vec<(At<String>, At<String>)> {
        if let Some(exploration) = &self.reader.exploration {
            exploration.ask_others(self.place, Others { names, shape: form.shape() });
        }
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
}

fn empty_table() -> Shape {
    Shape::Table(Table::default())
}
