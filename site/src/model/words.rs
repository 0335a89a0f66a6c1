//! The words of each language, complete: what the templates and the generator need is exactly what
//! the catalogue in the binary has, what the screening needs is the list of its words.

use crate::content::Content;
use crate::content::data::{self, WordFile};
use crate::diag::{Code, Fault, Spot, listed, nearest};
use crate::value::Lang;
use island::{PaperWord, Word, Words, fill};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The language.
    pub lang: Lang,
    /// Table → key → text, for templates and generator.
    pub site: BTreeMap<String, BTreeMap<String, String>>,
    /// The names of the twelve months.
    months: Vec<String>,
    /// The words of the screening that the widget needs.
    pub screening: Words,
    /// All words of the screening by their dotted key, for the paper form.
    pub paper: BTreeMap<String, String>,
}

/// The catalogues by language.
pub type Catalogues = BTreeMap<Lang, Catalogue>;

impl Catalogue {
    /// A text by table and key; empty where there is none, which the check has told.
    #[must_use]
    pub fn text(&self, table: &str, key: &str) -> &str {
        self.site.get(table).and_then(|table| table.get(key)).map_or("", String::as_str)
    }

    /// A text of the table `teks` with its placeholders filled.
    #[must_use]
    pub fn fill(&self, key: &str, facts: &[(&str, &str)]) -> String {
        let text = self.text("teks", key).to_owned();
        facts.iter().fold(text, |text, (name, value)| fill(&text, name, value))
    }

    /// The names of the twelve months.
    #[must_use]
    pub fn months(&self) -> &[String] {
        &self.months
    }
}

/// The catalogue that the binary carries: its keys are those that every catalogue must have.
const REFERENCE: &str = include_str!("../../../content/data/kata.id.toml");

/// Builds the catalogues of every language.
pub fn catalogues(content: &Content, faults: &mut Vec<Fault>) -> Catalogues {
    let reference = data::words(&Arc::from("kata.id.toml"), REFERENCE, &mut Vec::new());
    let languages = content.config.languages.iter();
    languages
        .map(|lang| {
            let site = content.words.get(lang);
            let screening = content.screening_words.get(lang);
            let site = site.map_or_else(BTreeMap::new, |file| site_words(file, &reference, faults));
            let months = site.get("bulan").map(|months| months.values().cloned().collect());
            let catalogue = Catalogue {
                lang: lang.clone(),
                site,
                months: months.unwrap_or_default(),
                screening: screening
                    .map_or_else(Words::default, |file| screening_words(file, faults)),
                paper: screening.map_or_else(BTreeMap::new, by_key),
            };
            (lang.clone(), catalogue)
        })
        .collect()
}

fn site_words(
    file: &WordFile,
    reference: &WordFile,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let needed: BTreeMap<&str, BTreeSet<&str>> = reference
        .words
        .iter()
        .map(|(key, text)| (key.value.as_str(), placeholders(&text.value)))
        .collect();
    check_words(file, &needed, faults);
    let mut tables: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (key, text) in &file.words {
        let (table, key) = key.value.split_once('.').unwrap_or(("", &key.value));
        tables.entry(table.to_owned()).or_default().insert(key.to_owned(), text.value.clone());
    }
    tables
}

fn by_key(file: &WordFile) -> BTreeMap<String, String> {
    file.words.iter().map(|(key, text)| (key.value.clone(), text.value.clone())).collect()
}

fn screening_words(file: &WordFile, faults: &mut Vec<Fault>) -> Words {
    let widget = Word::ALL.iter().map(|word| (word.key(), word.placeholders()));
    let paper = PaperWord::ALL.iter().map(|word| (word.key(), word.placeholders()));
    let needed: BTreeMap<&str, BTreeSet<&str>> = widget
        .chain(paper)
        .map(|(key, placeholders)| (key, placeholders.iter().copied().collect()))
        .collect();
    check_words(file, &needed, faults);
    let text_of = |word: &Word| {
        let found = file.words.iter().find(|(key, _)| key.value == word.key());
        found.map(|(_, text)| text.value.clone()).unwrap_or_default()
    };
    Words::from_texts(Word::ALL.iter().map(text_of).collect()).unwrap_or_default()
}

/// Tells missing and unknown keys, and placeholders that are missing or unknown.
fn check_words(file: &WordFile, needed: &BTreeMap<&str, BTreeSet<&str>>, faults: &mut Vec<Fault>) {
    let written: BTreeSet<&str> = file.words.iter().map(|(key, _)| key.value.as_str()).collect();
    let mut missing: BTreeSet<&str> =
        needed.keys().copied().filter(|key| !written.contains(key)).collect();
    for (key, text) in &file.words {
        let Some(wanted) = needed.get(key.value.as_str()) else {
            // A word that is missing is most likely the one that was meant, and is then not missing.
            let meant = nearest(&key.value, missing.iter().copied());
            missing.remove(meant.first().copied().unwrap_or_default());
            let others = nearest(&key.value, needed.keys().copied());
            let near = meant.first().map_or_else(|| listed(others), |meant| listed([*meant]));
            let fault = Fault::new(Code::WordUnknown, key.spot.clone()).with("key", &key.value);
            faults.push(fault.with("near", near));
            continue;
        };
        let found = placeholders(&text.value);
        if found != *wanted {
            let shown = |names: &BTreeSet<&str>| {
                let braced: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
                listed(braced.iter().map(String::as_str))
            };
            let fault = Fault::new(Code::WordPlaceholder, text.spot.clone());
            let fault = fault.with("key", &key.value).with("found", shown(&found));
            faults.push(fault.with("expected", shown(wanted)));
        }
    }
    for key in missing {
        faults.push(Fault::new(Code::WordMissing, place_for(file, key)).with("key", key));
    }
}

/// Where a missing word belongs: at the last one of its table, or anywhere in the file.
fn place_for(file: &WordFile, key: &str) -> Spot {
    let table = |key: &str| key.split_once('.').map(|parts| parts.0.to_owned());
    let same =
        file.words.iter().map(|(key, _)| key).filter(|word| table(&word.value) == table(key));
    let last = same.max_by_key(|word| word.spot.span.as_ref().map(|span| span.start));
    last.map_or_else(|| Spot::file(&file.file), |word| word.spot.clone())
}

/// The names in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}
