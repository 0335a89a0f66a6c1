//! The texts of faults and of the program itself, in Indonesian and English, carried in the binary.

use super::labels::{self, Label, Labels};
use super::{Code, Fault, TERM};
use std::collections::BTreeMap;
use toml::Value;

/// One language of messages.
#[derive(Clone, Debug)]
pub struct Messages {
    language: &'static str,
    faults: BTreeMap<String, FaultText>,
    program: BTreeMap<String, String>,
    desk: BTreeMap<String, String>,
    terms: BTreeMap<String, String>,
    labels: Labels,
    examples: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultText {
    message: String,
    cure: String,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    program: BTreeMap<String, String>,
    desk: BTreeMap<String, String>,
    term: BTreeMap<String, String>,
    fault: BTreeMap<String, FaultText>,
}

impl Messages {
    /// The languages there are; the first is the default.
    pub const LANGUAGES: [&str; 2] = ["id", "en"];

    /// The messages in a language; Indonesian for any other than English.
    #[must_use]
    pub fn in_language(lang: &str) -> Self {
        let (language, text) = if lang == "en" {
            ("en", include_str!("../../messages/en.toml"))
        } else {
            ("id", include_str!("../../messages/id.toml"))
        };
        // The two files are part of the program and parsed by its tests.
        let file: File = toml::from_str(text).unwrap_or_default();
        Self {
            language,
            faults: file.fault,
            program: file.program,
            desk: file.desk,
            terms: file.term,
            labels: Labels::in_language(language),
            examples: labels::examples(),
        }
    }

    /// The language, one of [`Self::LANGUAGES`].
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self, fault: &Fault) -> String {
        fill(self.message_template(fault.code), &self.with_terms(fault))
    }

    /// How to mend it, in one sentence.
    #[must_use]
    pub fn cure(&self, fault: &Fault) -> String {
        fill(self.cure_template(fault.code), &self.with_terms(fault))
    }

    /// The facts of a fault, terms by their words.
    fn with_terms(&self, fault: &Fault) -> Vec<(&'static str, String)> {
        let facts = fault.facts.iter().map(|(name, value)| {
            let words = self.terms.get(value).filter(|_| *name == TERM);
            (*name, words.unwrap_or(value).clone())
        });
        facts.collect()
    }

    /// What is wrong, with its placeholders unfilled.
    #[must_use]
    pub fn message_template(&self, code: Code) -> &str {
        self.text(code).map_or("", |text| &text.message)
    }

    /// How to mend it, with its placeholders unfilled.
    #[must_use]
    pub fn cure_template(&self, code: Code) -> &str {
        self.text(code).map_or("", |text| &text.cure)
    }

    /// A text of the program itself, with its placeholders filled.
    #[must_use]
    pub fn program(&self, key: &str, facts: &[(&str, String)]) -> String {
        self.program.get(key).map_or_else(|| key.to_owned(), |text| fill(text, facts))
    }

    /// The name of a key and how it is filled in, under the longest end of its path that is known; its
    /// key in the file of names comes with it. `kantor.kontak.nilai:telepon` is that of a contact of
    /// this kind.
    #[must_use]
    pub fn key(&self, path: &str) -> Option<(&str, &Label)> {
        labels::find(&self.labels.kunci, path)
    }

    /// What a key is called, such as "Nomor telepon"; nothing where nobody has named it.
    #[must_use]
    pub fn label(&self, path: &str) -> &str {
        self.key(path).map_or("", |(_, label)| &label.label)
    }

    /// How a key is filled in.
    #[must_use]
    pub fn hint(&self, path: &str) -> &str {
        self.key(path).map_or("", |(_, label)| &label.hint)
    }

    /// What a word is called that can be chosen for a key.
    #[must_use]
    pub fn choice(&self, path: &str, word: &str) -> Option<(&str, &Label)> {
        let path = path.split(':').next().unwrap_or(path);
        labels::find(&self.labels.pilihan, &format!("{path}.{word}"))
    }

    /// What a kind of page or file is called, by its name in the schema.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<&Label> {
        self.labels.berkas.get(name)
    }

    /// An example of what stands behind a key.
    #[must_use]
    pub fn example(&self, path: &str) -> Option<(&str, &Value)> {
        labels::find(&self.examples, path)
    }

    /// The names of all kinds of files, keys, choices and examples that there are words for.
    #[must_use]
    pub fn named(&self) -> [Vec<&str>; 4] {
        let Labels { berkas, kunci, pilihan } = &self.labels;
        [keys(berkas), keys(kunci), keys(pilihan), keys(&self.examples)]
    }

    /// A text of the editor in the browser, with its placeholders filled.
    #[must_use]
    pub fn desk(&self, key: &str, facts: &[(&'static str, String)]) -> String {
        self.desk.get(key).map_or_else(|| key.to_owned(), |text| fill(text, facts))
    }

    /// All texts of the editor, by their keys.
    #[must_use]
    pub fn desk_words(&self) -> &BTreeMap<String, String> {
        &self.desk
    }

    fn text(&self, code: Code) -> Option<&FaultText> {
        self.faults.get(code.as_str())
    }
}

fn keys<T>(map: &BTreeMap<String, T>) -> Vec<&str> {
    map.keys().map(String::as_str).collect()
}

/// Puts the facts into the placeholders.
fn fill(text: &str, facts: &[(&str, String)]) -> String {
    facts
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_texts_in_every_language_and_no_text_is_left_over() {
        for lang in Messages::LANGUAGES {
            let messages = Messages::in_language(lang);
            let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
            let written: Vec<&str> = messages.faults.keys().map(String::as_str).collect();
            assert_eq!(written, known, "{lang}");
        }
    }

    #[test]
    fn both_languages_have_the_same_program_texts_with_the_same_placeholders() {
        let [id, en] = Messages::LANGUAGES.map(Messages::in_language);
        let shape = |messages: &Messages| -> Vec<(String, Vec<String>)> {
            messages.program.iter().map(|(key, text)| (key.clone(), placeholders(text))).collect()
        };
        assert_eq!(shape(&id), shape(&en));
        let of_desk = |messages: &Messages| -> Vec<(String, Vec<String>)> {
            messages.desk.iter().map(|(key, text)| (key.clone(), placeholders(text))).collect()
        };
        assert_eq!(of_desk(&id), of_desk(&en));
        assert!(id.terms.keys().eq(en.terms.keys()));
        for code in Code::ALL {
            let both = [&id, &en].map(|messages| {
                let text = messages.text(*code).unwrap();
                placeholders(&format!("{} {}", text.message, text.cure))
            });
            assert_eq!(both[0], both[1], "{}", code.as_str());
        }
    }

    #[test]
    fn names_and_hints_are_whole() {
        for messages in Messages::LANGUAGES.map(Messages::in_language) {
            let Labels { berkas, kunci, pilihan } = &messages.labels;
            for (key, label) in berkas.iter().chain(kunci).chain(pilihan) {
                assert!(!label.label.is_empty() && !label.label.ends_with('.'), "{key}");
                assert!(label.hint.ends_with(['.', '?']), "{key}");
            }
        }
    }

    fn placeholders(text: &str) -> Vec<String> {
        let mut names: Vec<String> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
            .collect();
        names.sort();
        names.dedup();
        names
    }
}
