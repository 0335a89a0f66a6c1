//! A text → which rules can have something to say about it. Most passages of most pages say nothing that
//! any rule of words is about; one look at each word tells.

use super::guide::Wording;
use super::sentences::tokens;
use std::collections::HashMap;
use std::ops::BitOr;

/// The rules that a text may concern, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules(u8);

impl Rules {
    /// Words to avoid.
    pub const AVOIDED: Self = Self(1);
    /// Promises.
    pub const PROMISES: Self = Self(2);
    /// Days of the calendar.
    pub const DAYS: Self = Self(4);
    /// Short numbers to dial.
    pub const SHORT_NUMBERS: Self = Self(8);
    /// Acronyms.
    pub const ACRONYMS: Self = Self(16);

    /// Whether one of the others is among them.
    #[must_use]
    pub fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitOr for Rules {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The words without which a rule finds nothing, in lower case.
#[derive(Clone, Debug, Default)]
pub struct Triggers(HashMap<String, Rules>);

impl Triggers {
    /// The triggers of a language.
    #[must_use]
    pub fn new(avoided: &[Wording], promises: &[Wording], months: &[String]) -> Self {
        let mut triggers = Self::default();
        for (wordings, rule) in [(avoided, Rules::AVOIDED), (promises, Rules::PROMISES)] {
            let phrases = wordings.iter().flat_map(Wording::words);
            for word in phrases.filter_map(|phrase| rarest_word(phrase)) {
                triggers.add(word, rule);
            }
        }
        for month in months {
            triggers.add(month, Rules::DAYS);
        }
        triggers
    }

    fn add(&mut self, word: &str, rule: Rules) {
        let known = self.0.entry(word.to_owned()).or_default();
        *known = *known | rule;
    }

    /// The rules that a text may concern.
    #[must_use]
    pub fn of(&self, text: &str) -> Rules {
        let mut lower = String::new();
        tokens(text).fold(Rules::default(), |rules, word| {
            rules | by_shape(word.text, &text[word.end()..]) | self.by_word(word.text, &mut lower)
        })
    }

    fn by_word(&self, word: &str, lower: &mut String) -> Rules {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.push_str(&word.to_lowercase());
        }
        self.0.get(lower).copied().unwrap_or_default()
    }
}

/// Of the words of a phrase the longest, which other texts have the least.
fn rarest_word(phrase: &str) -> Option<&str> {
    tokens(phrase).map(|word| word.text).max_by_key(|word| word.len())
}

/// What can be told from how a word is written: figures and capitals.
fn by_shape(word: &str, after: &str) -> Rules {
    let bytes = word.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return match bytes.len() {
            3 => Rules::SHORT_NUMBERS,
            4 if after.starts_with('-') => Rules::DAYS,
            _ => Rules::default(),
        };
    }
    let capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).take(2).count();
    if capitals == 2 { Rules::ACRONYMS } else { Rules::default() }
}

#[cfg(test)]
mod tests {
    use super::super::guide::Guides;
    use super::*;
    use crate::value::Lang;

    #[test]
    fn a_text_concerns_the_rules_of_its_words_and_shapes() {
        let guides = Guides::default();
        let guide = guides.of(&Lang::parse("id").unwrap()).unwrap();
        let concerns = |text: &str, rule: Rules| guide.triggers().of(text).meet(rule);
        for (text, rule) in [
            ("Seorang PECANDU datang.", Rules::AVOIDED),
            ("Anda tidak akan ditangkap.", Rules::PROMISES),
            ("Layanan ini 100% aman.", Rules::PROMISES),
            ("Sejak 31 Februari 2021", Rules::DAYS),
            ("Pada 2026-02-30", Rules::DAYS),
            ("Telepon 119.", Rules::SHORT_NUMBERS),
            ("Program P4GN", Rules::ACRONYMS),
        ] {
            assert!(concerns(text, rule), "{text}");
            assert!(!concerns("Siapa pun boleh datang tahun 2021.", rule), "{text}");
        }
    }
}
