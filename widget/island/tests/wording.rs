//! The wording files: complete, with their placeholders, in short sentences and careful words.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use island::{PaperWord, Word};
use std::collections::BTreeMap;

const WORDING: &str = include_str!("../../../content/data/skrining.id.toml");
const ENGLISH: &str = include_str!("../../../content/data/skrining.en.toml");
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

/// The English ones of these words.
const AVOIDED_ENGLISH: [&str; 8] =
    ["addict", "addicts", "abuser", "junkie", "clean", "dirty", "proven", "safe"];

fn texts() -> BTreeMap<String, String> {
    texts_of(WORDING)
}

/// The tables of a file, read just far enough: `[table]`, `name = "text"`.
fn texts_of(wording: &'static str) -> BTreeMap<String, String> {
    let mut table = "";
    let mut texts = BTreeMap::new();
    for line in wording.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
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
    let mut keys: Vec<_> = keys().map(|(key, _)| key.to_owned()).collect();
    keys.sort();
    for texts in [texts(), texts_of(ENGLISH)] {
        assert_eq!(keys, texts.keys().cloned().collect::<Vec<_>>());
    }
}

#[test]
fn every_text_has_its_placeholders_and_no_others() {
    for texts in [texts(), texts_of(ENGLISH)] {
        check_placeholders(&texts);
    }
}

fn check_placeholders(texts: &BTreeMap<String, String>) {
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
    for texts in [texts(), texts_of(ENGLISH)] {
        check_sentences(&texts);
    }
}

fn check_sentences(texts: &BTreeMap<String, String>) {
    let mut all = Vec::new();
    for (key, text) in texts {
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
fn english_words_are_careful_and_keep_the_traps() {
    let texts = texts_of(ENGLISH);
    for (key, text) in &texts {
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()) {
            assert!(!AVOIDED_ENGLISH.contains(&word), "{key} says {word}");
        }
    }
    for (key, text) in texts.iter().filter(|(key, _)| key.starts_with("pita.")) {
        assert!(!text.contains("mild") && !text.contains("severe"), "{key}");
    }
    assert!(texts["petunjuk.pernah"].contains("without a prescription, or more than"));
    assert!(texts["pertanyaan.tugas"].contains("what was expected of you"));
    assert!(texts["pertanyaan.khawatir"].contains("worried"));
    assert!(texts["pertanyaan.khawatir"].contains("and said so"));
    assert!(texts["pertanyaan.berhenti"].contains("without success"));
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
