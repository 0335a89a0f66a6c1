//! `messages/impor.toml` → the words of staff's tables, compared without case, blanks and marks.

use std::collections::BTreeMap;

/// The words that are known in headings and cells, and those of new pages.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    kosong: Vec<String>,
    sama: Vec<String>,
    bulan: Vec<Vec<String>>,
    kolom: BTreeMap<String, Vec<String>>,
    isi: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    halaman: Pages,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    unit: UnitPage,
    kantor: OfficePage,
}

/// The words of a new page of a unit, by its first program.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPage {
    judul: BTreeMap<String, String>,
    ringkasan: BTreeMap<String, String>,
    /// The body.
    pub isi: String,
}

/// The words of a new page of an office.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficePage {
    /// The lead.
    pub ringkasan: String,
    /// The body.
    pub isi: String,
}

impl Vocabulary {
    /// The words that the binary carries.
    pub fn carried() -> Self {
        // The file is part of the program and parsed by its tests.
        toml::from_str(include_str!("../../messages/impor.toml")).unwrap_or_default()
    }

    /// Whether a text stands for nothing.
    pub fn is_nothing(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.kosong.contains(&text)
    }

    /// Whether a text stands for what the cell above says.
    pub fn is_ditto(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.sama.contains(&text)
    }

    /// The month of a name, from 1.
    pub fn month(&self, name: &str) -> Option<usize> {
        let name = folded(name);
        let place = self.bulan.iter().position(|names| names.contains(&name))?;
        Some(place + 1)
    }

    /// The key that a heading means.
    pub fn key(&self, heading: &str) -> Option<&str> {
        word(&self.kolom, heading)
    }

    /// The usual heading of a key.
    pub fn heading<'a>(&'a self, key: &'a str) -> &'a str {
        self.kolom.get(key).and_then(|headings| headings.first()).map_or(key, String::as_str)
    }

    /// The word of the site's files that a cell means, in the column of a key.
    pub fn value(&self, key: &str, cell: &str) -> Option<&str> {
        word(self.isi.get(key)?, cell)
    }

    /// The word of the site's files with whose name a text begins.
    pub fn value_at_start(&self, key: &str, text: &str) -> Option<&str> {
        let text = folded(text);
        let begins = |names: &Vec<String>| names.iter().any(|name| text.starts_with(&folded(name)));
        self.isi.get(key)?.iter().find(|(_, names)| begins(names)).map(|(word, _)| word.as_str())
    }

    /// The words that a cell in the column of a key may mean.
    pub fn values(&self, key: &str) -> impl Iterator<Item = &str> {
        self.isi.get(key).into_iter().flat_map(BTreeMap::keys).map(String::as_str)
    }

    /// How staff usually write one of those words.
    pub fn usual<'a>(&'a self, key: &str, value: &'a str) -> &'a str {
        let names = self.isi.get(key).and_then(|words| words.get(value));
        names.and_then(|names| names.first()).map_or(value, String::as_str)
    }

    /// The words of a new page of a unit: title, lead and body.
    pub fn unit_page(&self, program: &str) -> [&str; 3] {
        let unit = &self.halaman.unit;
        [
            unit.judul.get(program).map_or("", String::as_str),
            unit.ringkasan.get(program).map_or("", String::as_str),
            &unit.isi,
        ]
    }

    /// The words of a new page of an office.
    pub fn office_page(&self) -> &OfficePage {
        &self.halaman.kantor
    }
}

fn word<'a>(words: &'a BTreeMap<String, Vec<String>>, text: &str) -> Option<&'a str> {
    let text = folded(text);
    let means = |names: &Vec<String>| names.iter().any(|name| folded(name) == text);
    words.iter().find(|(_, names)| means(names)).map(|(word, _)| word.as_str())
}

/// The text in small letters and digits alone.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::KEYS;
    use super::*;

    #[test]
    fn the_words_of_the_binary_are_complete_and_no_heading_means_two_keys() {
        let words = Vocabulary::carried();
        let keys: Vec<&str> = words.kolom.keys().map(String::as_str).collect();
        let mut wanted = KEYS.to_vec();
        wanted.sort_unstable();
        assert_eq!(keys, wanted);
        let mut headings: Vec<String> = words.kolom.values().flatten().map(|h| folded(h)).collect();
        let count = headings.len();
        headings.sort();
        headings.dedup();
        assert!(headings.len() + 2 >= count, "only Kel. and No. fold to the same");
        assert_eq!(words.bulan.len(), 12);
        assert_eq!(words.key("NO. HP"), Some("telepon"));
        assert_eq!(words.value("program", "Desa  BERSINAR"), Some("bersinar"));
        assert_eq!(words.value_at_start("tingkat", "BNN Kota Kendari"), Some("bnnk"));
        for program in words.values("program") {
            assert!(words.unit_page(program).iter().all(|text| !text.is_empty()), "{program}");
        }
    }
}
