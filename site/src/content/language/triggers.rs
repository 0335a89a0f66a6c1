//! A text → which rules can have something to say about it. Most passages of most pages say nothing that
//! any rule of words is about; one look at each word tells.

use super::guide::Wording;
use super::sentences::tokens;
use std::collections::HashMap;

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

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether one of the others is among them.
    #[must_use]
    pub fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// The words without which a rule finds nothing, in lower case.
#[derive(Clone, Debug)]
pub struct Triggers {
    rules: HashMap<String, Rules>,
    /// By the first byte of a word, in lower case: how long such words are, a bit for each length.
    lengths: [u64; 256],
}

impl Triggers {
    /// The triggers of a language.
    #[must_use]
    pub fn new(avoided: &[Wording], promises: &[Wording], months: &[String]) -> Self {
        let mut triggers = Self { rules: HashMap::new(), lengths: [0; 256] };
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
        let known = self.rules.entry(word.to_owned()).or_default();
        *known = known.and(rule);
        self.lengths[usize::from(word.as_bytes()[0])] |= length_bit(word);
    }

    /// The rules that a text may concern.
    #[must_use]
    pub fn of(&self, text: &str) -> Rules {
        let mut lower = String::new();
        tokens(text).fold(Rules::default(), |rules, word| {
            let by_shape = by_shape(word.text, &text[word.end()..]);
            rules.and(by_shape).and(self.by_word(word.text, &mut lower))
        })
    }

    fn by_word(&self, word: &str, lower: &mut String) -> Rules {
        let first = word.as_bytes()[0];
        // Most words are none of them by their first letter and length alone. The lower case of a word
        // beyond ASCII may begin and end otherwise.
        let alike = self.lengths[usize::from(first.to_ascii_lowercase())] & length_bit(word) != 0;
        if !alike && word.is_ascii() {
            return Rules::default();
        }
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.push_str(&word.to_lowercase());
        }
        self.rules.get(lower).copied().unwrap_or_default()
    }
}

/// The bit of the length of a word; all that are longer than it can tell share the last.
fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
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
