//! Lists of phrases, and where they stand among the words of a sentence.

use super::sentences::tokens;
use std::collections::BTreeMap;
use std::ops::Range;

/// Phrases by their first word, each with the entry of the list it comes from.
#[derive(Clone, Debug, Default)]
pub struct Phrases(BTreeMap<String, Vec<(Vec<String>, usize)>>);

impl Phrases {
    /// The phrases of each entry, in lower case.
    pub fn new<'a>(entries: impl Iterator<Item = &'a [String]>) -> Self {
        let mut phrases: BTreeMap<String, Vec<(Vec<String>, usize)>> = BTreeMap::new();
        for (entry, texts) in entries.enumerate() {
            for text in texts {
                let mut words = tokens(text).map(|token| token.text.to_owned());
                let Some(first) = words.next() else { continue };
                phrases.entry(first).or_default().push((words.collect(), entry));
            }
        }
        // The longest first: "mantan pecandu" is one phrase and not two.
        for rest in phrases.values_mut() {
            rest.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self(phrases)
    }

    /// The phrases among some words in lower case, none inside another, with their entries.
    #[must_use]
    pub fn find(&self, words: &[String]) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let candidates = self.0.get(&words[at]).into_iter().flatten();
            let mut fitting = candidates.filter(|(rest, _)| words[at + 1..].starts_with(rest));
            let Some((rest, entry)) = fitting.next() else {
                at += 1;
                continue;
            };
            let end = at + 1 + rest.len();
            found.push((at..end, *entry));
            at = end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found_and_only_whole_words() {
        let entries =
            [vec!["pecandu".to_owned()], vec!["mantan pecandu".to_owned(), "100 %".to_owned()]];
        let phrases = Phrases::new(entries.iter().map(Vec::as_slice));
        let words = |text: &str| -> Vec<String> {
            tokens(text).map(|token| token.text.to_lowercase()).collect()
        };
        assert_eq!(phrases.find(&words("Mantan pecandu, pecandu.")), [(0..2, 1), (2..3, 0)]);
        assert_eq!(phrases.find(&words("kecanduan, pecandunya")), []);
        assert_eq!(phrases.find(&words("mantan")), []);
        assert_eq!(phrases.find(&words("100% atau 100 %")), [(0..2, 1), (3..5, 1)]);
    }
}
