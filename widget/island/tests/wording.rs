//! The Indonesian wording file: complete, with its placeholders, in short sentences and careful words.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use island::{PaperWord, Word};
use std::collections::BTreeMap;

const WORDING: &str = include_str!("../../../content/data/skrining.id.toml");
const LONGEST_WORDS: usize = 20;
const AVERAGE_WORDS: usize = 15;
/// Words that judge, promise or name a person by what they use.
const AVOIDED: [&str; 9] = [
    "aman",
    "positif",
    "terbukti",
    "pecandu",
    "penyalahguna",
    "penyalah",
    "bersih",
    "kotor",
    "junkie",
];

/// The tables of the file, read just far enough: `[table]`, `name = "text"`.
fn texts() -> BTreeMap<String, String> {
    let mut table = "";
    let mut texts = BTreeMap::new();
    for line in WORDING.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        } else {
            let (name, text) = line.split_once(" = ").unwrap();
            let old = texts.insert(format!("{table}.{name}"), text.trim_matches('"').to_owned());
            assert!(old.is_none(), "{table}.{name} stands twice");
        }
    }
    texts
}

fn keys() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let screens = Word::ALL.iter().map(|word| (word.key(), word.placeholders()));
    screens.chain(PaperWord::ALL.iter().map(|word| (word.key(), word.placeholders())))
}

fn sentences(text: &str) -> Vec<usize> {
    let text = text.replace("3.1", "3,1");
    let ends = text.split(['.', '?', ':']).filter(|sentence| !sentence.trim().is_empty());
    ends.map(|sentence| sentence.split_whitespace().count()).collect()
}

#[test]
fn every_key_has_its_text_and_every_text_its_key() {
    let texts = texts();
    let mut keys: Vec<_> = keys().map(|(key, _)| key.to_owned()).collect();
    keys.sort();
    assert_eq!(keys, texts.keys().cloned().collect::<Vec<_>>());
}

#[test]
fn every_text_has_its_placeholders_and_no_others() {
    let texts = texts();
    for (key, placeholders) in keys() {
        let text = &texts[key];
        assert_eq!(text.matches('{').count(), placeholders.len(), "{key}");
        for placeholder in placeholders {
            assert!(text.contains(&format!("{{{placeholder}}}")), "{key} lacks {placeholder}");
        }
    }
}

#[test]
fn sentences_are_short() {
    let texts = texts();
    let mut all = Vec::new();
    for (key, text) in &texts {
        for words in sentences(text) {
            assert!(words <= LONGEST_WORDS, "{key} has a sentence of {words} words");
            all.push(words);
        }
    }
    assert!(all.iter().sum::<usize>() <= AVERAGE_WORDS * all.len());
}

#[test]
fn questions_are_short_for_every_group() {
    let texts = texts();
    for (_, using) in texts.iter().filter(|(key, _)| key.starts_with("memakai.")) {
        for (key, question) in texts.iter().filter(|(key, _)| key.starts_with("pertanyaan.")) {
            let words = question.replace("{memakai}", using).split_whitespace().count();
            assert!(words <= LONGEST_WORDS, "{key} with {using} has {words} words");
        }
    }
}

#[test]
fn words_are_careful() {
    for (key, text) in texts() {
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()) {
            assert!(!AVOIDED.contains(&word), "{key} says {word}");
        }
    }
}

#[test]
fn bands_are_not_the_words_of_an_asesmen() {
    for (key, text) in texts().iter().filter(|(key, _)| key.starts_with("pita.")) {
        for word in ["ringan", "sedang", "berat"] {
            assert!(!text.contains(word), "{key} says {word}");
        }
    }
}

/// What public Indonesian forms lose: see the traps in the notes on the instrument.
#[test]
fn the_traps_of_the_instrument_are_kept() {
    let texts = texts();
    assert!(texts["petunjuk.pernah"].contains("tanpa resep, atau melebihi anjuran dokter"));
    assert!(texts["pertanyaan.tugas"].contains("hal yang diharapkan dari Anda"));
    assert!(texts["pertanyaan.khawatir"].contains("khawatir"));
    assert!(texts["pertanyaan.khawatir"].contains("dan mengatakannya"));
    assert!(texts["pertanyaan.berhenti"].contains("tetapi tidak berhasil"));
}
