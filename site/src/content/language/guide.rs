//! The writing guide that the binary carries → lists by language, ready to be searched.

use super::phrases::Phrases;
use super::triggers::Triggers;
use crate::value::Lang;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The guides by language. A language without one is judged by its characters only.
#[derive(Clone, Debug)]
pub struct Guides(BTreeMap<Lang, Guide>);

impl Guides {
    /// The guide of a language.
    #[must_use]
    pub fn of(&self, lang: &Lang) -> Option<&Guide> {
        self.0.get(lang)
    }
}

impl Default for Guides {
    fn default() -> Self {
        let files = [
            ("id", include_str!("../../../writing/id.toml")),
            ("en", include_str!("../../../writing/en.toml")),
        ];
        // The two files are part of the program and parsed by its tests.
        let guides = files
            .into_iter()
            .filter_map(|(lang, text)| Some((Lang::parse(lang)?, Guide::parse(text).ok()?)));
        Self(guides.collect())
    }
}

/// What is known about a language and about what is written well in it.
#[derive(Clone, Debug)]
pub struct Guide {
    lists: Lists,
    avoided: Phrases,
    promises: Phrases,
    triggers: Triggers,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    abbreviations: BTreeSet<String>,
    common_acronyms: BTreeSet<String>,
    explains_after: BTreeSet<String>,
    explains_before: BTreeSet<String>,
    months: Vec<String>,
    negations: BTreeSet<String>,
    attributions: BTreeSet<String>,
    calling: BTreeSet<String>,
    asking: BTreeSet<String>,
    towards: BTreeSet<String>,
    cited: BTreeSet<String>,
    counted: BTreeSet<String>,
    empty_links: BTreeSet<String>,
    empty_pictures: BTreeSet<String>,
    avoided: Vec<Wording>,
    promises: Vec<Wording>,
    #[serde(default)]
    questions: Vec<QuestionSense>,
}

/// Words that should not be used, and what to write instead.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    words: Vec<String>,
    /// What to write instead.
    pub better: String,
    /// Whether the law uses them, so that a page about the law may.
    #[serde(default)]
    pub statutory: bool,
    /// Words of a sentence in which they are somebody else's.
    #[serde(default)]
    pub unless: BTreeSet<String>,
}

impl Wording {
    /// The phrases, in lower case.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.words.iter()
    }
}

/// What the wording of a question must keep of its sense.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSense {
    /// The key of the question, such as `pertanyaan.berhenti`.
    pub key: String,
    /// One of these must stand in it.
    pub needs: Vec<String>,
    /// None of these may.
    pub refuses: Vec<String>,
}

impl Guide {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let lists: Lists = toml::from_str(text)?;
        let avoided = Phrases::new(lists.avoided.iter().map(|entry| entry.words.as_slice()));
        let promises = Phrases::new(lists.promises.iter().map(|entry| entry.words.as_slice()));
        let triggers = Triggers::new(&lists.avoided, &lists.promises, &lists.months);
        Ok(Self { lists, avoided, promises, triggers })
    }

    /// The words without which no rule has anything to say.
    #[must_use]
    pub fn triggers(&self) -> &Triggers {
        &self.triggers
    }

    /// Words before a dot that ends no sentence.
    #[must_use]
    pub fn abbreviations(&self) -> &BTreeSet<String> {
        &self.lists.abbreviations
    }

    /// Whether everybody knows an acronym.
    #[must_use]
    pub fn is_common(&self, acronym: &str) -> bool {
        self.lists.common_acronyms.contains(acronym)
    }

    /// Whether a word behind an acronym explains it, as in `BNN adalah …`.
    #[must_use]
    pub fn explains_after(&self, word: &str) -> bool {
        self.lists.explains_after.contains(word)
    }

    /// Whether a word before an acronym explains it, as in `disingkat BNN`.
    #[must_use]
    pub fn explains_before(&self, word: &str) -> bool {
        self.lists.explains_before.contains(word)
    }

    /// The month of a name, from 1.
    #[must_use]
    pub fn month(&self, name: &str) -> Option<usize> {
        self.lists.months.iter().position(|month| month == name).map(|index| index + 1)
    }

    /// Whether a word takes back what follows.
    #[must_use]
    pub fn negates(&self, word: &str) -> bool {
        self.lists.negations.contains(word)
    }

    /// Whether a word tells that somebody else says it.
    #[must_use]
    pub fn attributes(&self, word: &str) -> bool {
        self.lists.attributions.contains(word)
    }

    /// Whether the number behind a word is dialled, as in `telepon 119`.
    #[must_use]
    pub fn calls(&self, word: &str) -> bool {
        self.lists.calling.contains(word)
    }

    /// Whether a sentence with this word is about asking somewhere.
    #[must_use]
    pub fn asks(&self, word: &str) -> bool {
        self.lists.asking.contains(word)
    }

    /// Whether a number behind a word is dialled where the sentence is about asking, as in `ke 184`.
    #[must_use]
    pub fn leads(&self, word: &str) -> bool {
        self.lists.towards.contains(word)
    }

    /// Whether the number behind a word is of a law or an address.
    #[must_use]
    pub fn cites(&self, word: &str) -> bool {
        self.lists.cited.contains(word)
    }

    /// Whether the number before a word counts something.
    #[must_use]
    pub fn is_counted(&self, word: &str) -> bool {
        self.lists.counted.contains(word)
    }

    /// Whether a text of a link does not tell where it leads.
    #[must_use]
    pub fn is_empty_link(&self, text: &str) -> bool {
        self.lists.empty_links.contains(text)
    }

    /// Whether a text of a picture does not tell what it shows.
    #[must_use]
    pub fn is_empty_picture(&self, text: &str) -> bool {
        self.lists.empty_pictures.contains(text)
    }

    /// The words to avoid among some words, each with the words it is.
    pub fn avoided<'a>(
        &'a self,
        words: &'a [String],
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'a Wording)> {
        let found = self.avoided.find(words).into_iter();
        found.map(|(range, entry)| (range, &self.lists.avoided[entry]))
    }

    /// The promises among some words, each with the words it is.
    pub fn promises<'a>(
        &'a self,
        words: &'a [String],
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'a Wording)> {
        let found = self.promises.find(words).into_iter();
        found.map(|(range, entry)| (range, &self.lists.promises[entry]))
    }

    /// What the wording of questions must keep.
    #[must_use]
    pub fn questions(&self) -> &[QuestionSense] {
        &self.lists.questions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_are_read_and_written_as_they_are_searched() {
        let guides = Guides::default();
        for lang in ["id", "en"] {
            let guide = guides.of(&Lang::parse(lang).unwrap()).unwrap();
            let lists = &guide.lists;
            assert_eq!(lists.months.len(), 12, "{lang}");
            let wordings = lists.avoided.iter().chain(&lists.promises);
            let words = wordings.flat_map(|entry| entry.words.iter().chain(&entry.unless));
            let sets = [&lists.negations, &lists.attributions, &lists.calling, &lists.asking];
            let more = [&lists.towards, &lists.cited, &lists.counted, &lists.empty_links];
            let all = words.chain(sets.into_iter().flatten()).chain(more.into_iter().flatten());
            for word in all.chain(&lists.months).chain(&lists.empty_pictures) {
                assert_eq!(*word, word.to_lowercase(), "{lang}");
            }
        }
    }
}
