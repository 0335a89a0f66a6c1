//! The texts of faults and of the program itself, in Indonesian and English, carried in the binary.

use super::{Code, Fault, TERM};
use std::collections::BTreeMap;

/// One language of messages.
#[derive(Clone, Debug)]
pub struct Messages {
    language: &'static str,
    faults: BTreeMap<String, FaultText>,
    program: BTreeMap<String, String>,
    terms: BTreeMap<String, String>,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultText {
    message: String,
    cure: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    program: BTreeMap<String, String>,
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
        toml::from_str(text).map_or_else(
            |_| Self {
                language,
                faults: BTreeMap::new(),
                program: BTreeMap::new(),
                terms: BTreeMap::new(),
            },
            |file: File| Self {
                language,
                faults: file.fault,
                program: file.program,
                terms: file.term,
            },
        )
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
    pub fn program(&self, key: &str, facts: &[(&'static str, String)]) -> String {
        self.program.get(key).map_or_else(|| key.to_owned(), |text| fill(text, facts))
    }

    fn text(&self, code: Code) -> Option<&FaultText> {
        self.faults.get(code.as_str())
    }
}

/// Puts the facts into the placeholders.
fn fill(text: &str, facts: &[(&'static str, String)]) -> String {
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
        assert!(id.terms.keys().eq(en.terms.keys()));
        for code in Code::ALL {
            let both = [&id, &en].map(|messages| {
                let text = messages.text(*code).unwrap();
                placeholders(&format!("{} {}", text.message, text.cure))
            });
            assert_eq!(both[0], both[1], "{}", code.as_str());
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
