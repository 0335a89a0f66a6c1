//! The readers of pages and data files → which keys these have, of which form, and which must be there.
//!
//! No list of keys stands here: a schema is what a reader asks for while it walks through an empty
//! table, so that it cannot differ from what is refused.

use super::fields::{Exploration, Fields, Pick};
use super::front::{self, Schema};
use super::{data, instrument};
use crate::value::PageId;

/// The kinds of pages and data files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Document {
    /// A page of the site's own, or the page that speaks for a folder.
    Article,
    /// A page in `content/kantor/`.
    Office,
    /// A page in `content/unit/`.
    Unit,
    /// A page in `content/fasilitas/`.
    Facility,
    /// Any page in another than the first language of the site.
    Translation,
    /// `bersinar.toml`
    Config,
    /// `content/data/sumber.toml`
    Sources,
    /// `content/data/wilayah.toml`
    Areas,
    /// `content/data/kontak.toml`
    National,
    /// `content/data/konfirmasi.toml`
    Confirmations,
    /// `content/data/instrumen.toml`
    Instrument,
}

impl Document {
    /// Every kind, pages first.
    pub const ALL: [Self; 11] = [
        Self::Article,
        Self::Office,
        Self::Unit,
        Self::Facility,
        Self::Translation,
        Self::Config,
        Self::Sources,
        Self::Areas,
        Self::National,
        Self::Confirmations,
        Self::Instrument,
    ];

    /// What it is called on the command line, and where its words stand in the messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "halaman",
            Self::Office => "kantor",
            Self::Unit => "unit",
            Self::Facility => "fasilitas",
            Self::Translation => "terjemahan",
            Self::Config => "bersinar",
            Self::Sources => "sumber",
            Self::Areas => "wilayah",
            Self::National => "kontak",
            Self::Confirmations => "konfirmasi",
            Self::Instrument => "instrumen",
        }
    }

    /// The kind of a page, by its place and whether it is in the first language of the site. A page that
    /// speaks for its folder is a text wherever it stands; the others are what their folder holds,
    /// however deep below it they are.
    #[must_use]
    pub fn of_page(id: &PageId, schema: Schema) -> Self {
        match (schema, id.as_str().split_once('/')) {
            (Schema::Translation, _) => Self::Translation,
            _ if id.is_section() => Self::Article,
            (_, Some(("kantor", _))) => Self::Office,
            (_, Some(("unit", _))) => Self::Unit,
            (_, Some(("fasilitas", _))) => Self::Facility,
            _ => Self::Article,
        }
    }
}

/// The keys of a table, in the order in which they are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Those with names of their own.
    pub keys: Vec<Key>,
    /// Those whose names are data.
    pub others: Option<Box<Others>>,
}

impl Table {
    /// The key of this name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What stands behind it.
    pub shape: Shape,
}

/// Whether a key must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Must,
    /// It may.
    May,
    /// It must where one of these keys is there.
    With(Vec<&'static str>),
}

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A short text, on one line.
    Text,
    /// A sentence or more.
    Prose,
    /// A text of some form.
    Like(Like),
    /// A list of texts of some form.
    List(Like),
    /// One of these words.
    Choice(Vec<String>),
    /// A list of these words.
    Choices(Vec<String>),
    /// A whole number.
    Integer,
    /// A whole number from 0 to 255.
    Number,
    /// A list of whole numbers from 0 to 255.
    Numbers,
    /// `true` or `false`.
    Flag,
    /// `[key]`
    Table(Table),
    /// `[[key]]`; more than one variant where the keys of each table depend on one of them.
    Tables(Vec<Variant>),
}

/// The form of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    /// What the text stands for.
    pub meaning: Meaning,
    /// Examples, as faults show them; none where the form says nothing.
    pub examples: Vec<&'static str>,
}

/// What a text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Nothing that could be said of every such text.
    Anything,
    /// The code of an area.
    Area,
    /// A date, as exact as it is known.
    Date,
    /// A day.
    Day,
    /// Some digits.
    Digits,
    /// When a place is open on a day.
    Hours,
    /// A language.
    Language,
    /// Who has a contact: a page, or the whole nation.
    Owner,
    /// A page of the site, as an internal link.
    Page,
    /// A number one can dial.
    Phone,
    /// The seal of a confirmation.
    Seal,
    /// A key of the list of sources.
    Source,
    /// A foreign address.
    Url,
}

/// The keys of a table in a list of tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// For which tables these keys are; for all where none.
    pub when: Option<When>,
    /// The keys, with the one that decides.
    pub table: Table,
}

impl Variant {
    /// What stands behind the paths of its keys, such as `:telepon`.
    #[must_use]
    pub fn suffix(&self) -> String {
        self.when.as_ref().map_or_else(String::new, |when| format!(":{}", when.word))
    }
}

/// A key and the word behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The key, whose shape is [`Shape::Choice`].
    pub key: &'static str,
    /// One of its words.
    pub word: String,
}

/// Keys whose names are data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Others {
    /// Which names there can be.
    pub names: Names,
    /// What stands behind each.
    pub shape: Shape,
}

/// The names that are data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Any.
    Any,
    /// The languages of the site but the first.
    Languages,
    /// One of these words, or all from one to a later one, such as `senin-kamis`.
    Spans(&'static [&'static str]),
}

/// The schema of a kind of page or file.
#[must_use]
pub fn of(document: Document) -> Table {
    explore(|fields| read(document, fields))
}

/// Reads every key of a page or file.
fn read(document: Document, fields: &Fields) {
    let page = |path: &str, schema: Schema| {
        front::keys(fields, &PageId::new(path), schema);
    };
    match document {
        Document::Article => page("x.md", Schema::Original(&[])),
        Document::Office => page("kantor/x.md", Schema::Original(&[])),
        Document::Unit => page("unit/x.md", Schema::Original(&[])),
        Document::Facility => page("fasilitas/x.md", Schema::Original(&[])),
        Document::Translation => page("x.md", Schema::Translation),
        Document::Config => drop(data::config_keys(fields)),
        Document::Sources => drop(data::sources_keys(fields)),
        Document::Areas => drop(data::areas_keys(fields)),
        Document::National => drop(data::national_keys(fields)),
        Document::Confirmations => drop(data::confirmations_keys(fields)),
        Document::Instrument => drop(instrument::keys(fields)),
    }
}

/// A key and how it is reached.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The kind of document and the keys that lead there, such as `kantor.kontak.nilai:telepon`, where
    /// `telepon` is the word of the table for which it is, if its keys depend on one. `*` is a name
    /// that is data.
    pub path: String,
    /// The key; none where its name is data.
    pub key: Option<&'a Key>,
    /// What stands behind it.
    pub shape: &'a Shape,
}

/// Every key of a table and of those inside it, each after the one that leads to it. `path` is that of
/// the table.
#[must_use]
pub fn places<'a>(table: &'a Table, path: &str) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    add_places(table, (path, ""), &mut found);
    found
}

fn add_places<'a>(table: &'a Table, (above, word): (&str, &str), found: &mut Vec<Place<'a>>) {
    let keys = table.keys.iter().map(|key| (key.name, Some(key), &key.shape));
    let others = table.others.iter().map(|others| ("*", None, &others.shape));
    for (name, key, shape) in keys.chain(others) {
        let path = format!("{above}.{name}");
        found.push(Place { path: format!("{path}{word}"), key, shape });
        match shape {
            Shape::Table(table) => add_places(table, (&path, ""), found),
            Shape::Tables(variants) => {
                for variant in variants {
                    add_places(&variant.table, (&path, &variant.suffix()), found);
                }
            }
            _ => {}
        }
    }
}

/// What a reader asks for, whichever word stands where it depends on one.
fn explore(read: impl Fn(&Fields)) -> Table {
    let walk = |pick: Option<Pick>| Exploration::walk(pick, &read);
    let mut table = walk(None);
    for key in &mut table.keys {
        if let Shape::Tables(variants) = &mut key.shape
            && let Some(varied) = variants.first().and_then(|one| vary(key.name, one, walk))
        {
            *variants = varied;
        }
    }
    table
}

/// The variants of the tables behind a key, by the first of their choices that makes any difference.
fn vary(
    list: &'static str,
    variant: &Variant,
    walk: impl Fn(Option<Pick>) -> Table,
) -> Option<Vec<Variant>> {
    let with = |key: &'static str, at: usize, word: &String| {
        let walked = walk(Some(Pick { keys: vec![list, key], at }));
        let Shape::Tables(variants) = &walked.key(list)?.shape else { return None };
        let when = Some(When { key, word: word.clone() });
        Some(Variant { when, table: variants.first()?.table.clone() })
    };
    variant.table.keys.iter().find_map(|key| {
        let Shape::Choice(words) = &key.shape else { return None };
        let words = words.iter().enumerate();
        let varied: Vec<Variant> =
            words.filter_map(|(at, word)| with(key.name, at, word)).collect();
        varied.iter().any(|other| other.table != variant.table).then_some(varied)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::fields::Reader;
    use crate::diag::Messages;
    use crate::value::Lang;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    /// The shape at the end of some keys.
    fn shape<'a>(table: &'a Table, keys: &[&str]) -> &'a Shape {
        let (name, rest) = keys.split_first().unwrap();
        let shape = match *name {
            "*" => &table.others.as_ref().unwrap().shape,
            _ => &table.key(name).unwrap_or_else(|| panic!("{name}")).shape,
        };
        match shape {
            shape if rest.is_empty() => shape,
            Shape::Table(table) => self::shape(table, rest),
            Shape::Tables(variants) => self::shape(&variants[0].table, rest),
            other => panic!("{keys:?}: {other:?}"),
        }
    }

    fn names(table: &Table) -> Vec<&str> {
        table.keys.iter().map(|key| key.name).collect()
    }

    #[test]
    fn each_kind_of_contact_has_its_keys() {
        let office = of(Document::Office);
        let Shape::Tables(variants) = shape(&office, &["kontak"]) else { panic!() };
        let words: Vec<&str> =
            variants.iter().map(|one| one.when.as_ref().unwrap().word.as_str()).collect();
        assert_eq!(words, ["alamat", "telepon", "whatsapp", "situs"]);
        let proof = [
            "sumber",
            "diperiksa",
            "cara",
            "oleh",
            "sidik",
            "berlaku_sampai",
            "bersama",
            "catatan",
            "bahasa",
        ];
        let own: [&[&str]; 4] = [
            &["jenis", "nilai"],
            &["jenis", "nilai", "label", "tekan"],
            &["jenis", "nilai", "label"],
            &["jenis", "nilai"],
        ];
        for (variant, own) in variants.iter().zip(own) {
            assert_eq!(names(&variant.table), [own, &proof].concat());
        }
        let value = |at: usize| &variants[at].table.key("nilai").unwrap().shape;
        assert_eq!(*value(0), Shape::Text);
        assert!(matches!(value(1), Shape::Like(Like { meaning: Meaning::Phone, .. })));
        assert!(matches!(value(3), Shape::Like(Like { meaning: Meaning::Url, .. })));
        let seal = variants[1].table.key("sidik").unwrap();
        assert_eq!(seal.need, Need::With(vec!["cara", "oleh"]));
    }

    #[test]
    fn every_key_and_choice_has_its_words_in_every_language_and_none_is_left_over() {
        for lang in Messages::LANGUAGES {
            let messages = Messages::in_language(lang);
            let mut used: [BTreeSet<&str>; 4] = Default::default();
            for document in Document::ALL {
                used[0].insert(document.name());
                let table = of(document);
                for Place { path, shape, .. } in places(&table, document.name()) {
                    let key = messages.key(&path);
                    used[1].insert(key.unwrap_or_else(|| panic!("{lang}: {path}")).0);
                    used[3].extend(messages.example(&path).map(|(key, _)| key));
                    let (Shape::Choice(words) | Shape::Choices(words)) = shape else { continue };
                    for word in words {
                        let choice = messages.choice(&path, word);
                        used[2].insert(choice.unwrap_or_else(|| panic!("{lang}: {path} {word}")).0);
                    }
                }
            }
            for (named, used) in messages.named().into_iter().zip(used) {
                assert_eq!(named, Vec::from_iter(used), "{lang}");
            }
        }
    }

    #[test]
    fn tables_within_tables_are_walked() {
        let office = of(Document::Office);
        assert_eq!(*shape(&office, &["rujukan", "tinggi", "teks"]), Shape::Prose);
        assert_eq!(*shape(&office, &["rujukan", "tinggi", "bahasa", "*", "teks"]), Shape::Prose);
        assert_eq!(*shape(&office, &["keterangan", "tunggu", "hari"]), Shape::Number);
        let Shape::Table(hours) = shape(&office, &["jam"]) else { panic!() };
        assert_eq!(hours.others.as_ref().unwrap().names, Names::Spans(&super::super::hours::DAYS));
        let sources = of(Document::Sources);
        assert_eq!(*shape(&sources, &["sumber", "*", "judul"]), Shape::Text);
        assert_eq!(*shape(&sources, &["sumber", "*", "bahasa", "*", "penerbit"]), Shape::Text);
    }

    #[test]
    fn what_must_be_there_is_told() {
        let must = |document| -> Vec<&str> {
            let keys = of(document).keys.into_iter();
            keys.filter(|key| key.need == Need::Must).map(|key| key.name).collect()
        };
        assert_eq!(must(Document::Article), ["judul", "ringkasan"]);
        let unit = ["judul", "ringkasan", "per", "program", "wilayah", "kantor", "status"];
        assert_eq!(must(Document::Unit), unit);
        assert_eq!(must(Document::Config), ["nama", "alamat", "bahasa", "keluar", "tautan"]);
    }

    /// A table with every key of a schema, made of examples; of lists of tables one for each variant.
    fn specimen(schema: &Table, (path, word): (&str, &str), messages: &Messages) -> toml::Table {
        let value = |name: &str, shape: &Shape| -> toml::Value {
            let path = format!("{path}.{name}");
            match shape {
                Shape::Table(table) => specimen(table, (&path, ""), messages).into(),
                Shape::Tables(variants) => {
                    let table = |one: &Variant| -> toml::Value {
                        let mut table = specimen(&one.table, (&path, &one.suffix()), messages);
                        table.extend(one.when.iter().map(|w| (w.key.to_owned(), (*w.word).into())));
                        table.into()
                    };
                    variants.iter().map(table).collect::<Vec<toml::Value>>().into()
                }
                _ => crate::schema::example(&format!("{path}{word}"), shape, messages).unwrap(),
            }
        };
        let keys = schema.keys.iter().map(|key| (key.name.to_owned(), value(key.name, &key.shape)));
        let others = schema.others.iter().map(|others| {
            let name = match others.names {
                Names::Any => "contoh".to_owned(),
                Names::Languages => "en".to_owned(),
                Names::Spans(words) => format!("{}-{}", words[0], words[words.len() - 1]),
            };
            (name, value("*", &others.shape))
        });
        keys.chain(others).collect()
    }

    #[test]
    fn a_file_made_of_all_keys_and_examples_is_read_without_a_fault() {
        let messages = Messages::in_language("id");
        let languages = ["id", "en"].map(|lang| Lang::parse(lang).unwrap());
        for document in Document::ALL {
            let toml = specimen(&of(document), (document.name(), ""), &messages).to_string();
            let reader = Reader::new(&Arc::from("x"), 0).speaking(&languages);
            let ((), faults) = reader.run(&toml, |fields| read(document, fields));
            assert_eq!(faults, [], "{}\n{toml}", document.name());
        }
    }

    /// Every choice that stands in a table, by the keys that lead to it.
    fn choices(table: &Table, above: &[&'static str]) -> Vec<(Vec<&'static str>, usize)> {
        let mut found = Vec::new();
        for key in &table.keys {
            let keys = [above, &[key.name]].concat();
            match &key.shape {
                Shape::Choice(words) => found.push((keys, words.len())),
                Shape::Table(table) => found.extend(choices(table, &keys)),
                Shape::Tables(variants) => {
                    found.extend(variants.iter().flat_map(|one| choices(&one.table, &keys)));
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn keys_depend_on_a_word_only_where_variants_say_so() {
        let read = |fields: &Fields| read(Document::Office, fields);
        let plain = Exploration::walk(None, read);
        let found = choices(&plain, &[]);
        assert!(found.iter().any(|(keys, _)| *keys == ["keterangan", "ditangkap", "oleh"]));
        for (keys, words) in found {
            let depends = (0..words)
                .any(|at| Exploration::walk(Some(Pick { keys: keys.clone(), at }), read) != plain);
            assert_eq!(depends, keys == ["kontak", "jenis"], "{keys:?}");
        }
    }
}
