//! A key or a choice of a page or data file → its name and its hint, for whoever fills it in.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The names and hints in one language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    /// By the name of the kind of document.
    pub(super) berkas: BTreeMap<String, Label>,
    /// By the path of the key.
    pub(super) kunci: BTreeMap<String, Label>,
    /// By the path of the key and the word.
    pub(super) pilihan: BTreeMap<String, Label>,
}

/// What something is called, and how it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Its name, without a full stop.
    pub label: String,
    /// How to fill it in: one sentence or more.
    pub hint: String,
}

impl Labels {
    /// The names in a language; Indonesian for any other than English.
    pub(super) fn in_language(lang: &str) -> Self {
        let text = match lang {
            "en" => include_str!("../../messages/kunci.en.toml"),
            _ => include_str!("../../messages/kunci.id.toml"),
        };
        // The two files are part of the program and parsed by its tests.
        toml::from_str(text).unwrap_or_default()
    }
}

/// The examples of values, by the path of the key.
pub(super) fn examples() -> BTreeMap<String, Value> {
    let table: Table =
        toml::from_str(include_str!("../../messages/contoh.toml")).unwrap_or_default();
    table.into_iter().collect()
}

/// What is said of a path, under the longest end of it that is known: `kantor.kontak.nilai`, then
/// `kontak.nilai`, then `nilai`. A path that ends in a word, such as `kontak.nilai:telepon`, is first
/// looked for with it.
pub(super) fn find<'a, T>(said: &'a BTreeMap<String, T>, path: &str) -> Option<(&'a str, &'a T)> {
    let at = |path: &str| said.get_key_value(path).map(|(key, value)| (key.as_str(), value));
    let without_word = path.split(':').next().unwrap_or(path);
    ends(path).find_map(at).or_else(|| ends(without_word).find_map(at))
}

/// The path, then without its first key, then without its first two.
fn ends(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.split_once('.').map(|(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_end_of_a_path_that_is_known_wins() {
        let known = ["nilai", "kontak.nilai", "nilai:telepon"];
        let said: BTreeMap<String, usize> = known.map(|key| (key.to_owned(), key.len())).into();
        let found = |path| find(&said, path).map(|(key, _)| key);
        assert_eq!(found("kantor.kontak.nilai"), Some("kontak.nilai"));
        assert_eq!(found("konfirmasi.nilai"), Some("nilai"));
        assert_eq!(found("kantor.kontak.nilai:telepon"), Some("nilai:telepon"));
        assert_eq!(found("kantor.kontak.nilai:alamat"), Some("kontak.nilai"));
        assert_eq!(found("kantor.kontak"), None);
    }
}
