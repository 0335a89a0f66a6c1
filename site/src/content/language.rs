//! The prose of a site → faults about how it is written: sentences, acronyms, words, promises, links.

mod acronyms;
mod figures;
mod guide;
mod phrases;
mod questions;
mod sentences;
mod triggers;

pub use guide::Guides;
pub use questions::check as check_questions;

use super::At;
use super::passages::{Passage, Prose, Role, Terms};
use crate::diag::{Code, Fault, Spot};
use guide::{Guide, Wording};
use sentences::{Token, count_words, sentences, tokens};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use triggers::Rules;

/// The longest sentence, in words.
const SENTENCE_WORDS: usize = 20;
/// The most words that the sentences of a page may have on average.
const AVERAGE_WORDS: usize = 15;
/// The fewest words of a sentence that is counted: what is shorter is a label.
const FEWEST_WORDS: usize = 4;
/// The fewest sentences that have an average.
const FEWEST_SENTENCES: usize = 5;
/// How many words before a promise can take it back.
const NEGATION_WORDS: usize = 4;

/// The rules about the words of a sentence.
const WORD_RULES: Rules = Rules::AVOIDED.and(Rules::PROMISES).and(Rules::SHORT_NUMBERS);

/// What was found in some prose.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong by itself.
    pub faults: Vec<Fault>,
    /// The short numbers that it tells people to dial.
    pub dialled: Vec<At<String>>,
}

/// What is known of a page after a part of it was read.
#[derive(Clone, Debug, Default)]
pub struct SoFar {
    /// The acronyms that were explained or told.
    acronyms: BTreeSet<Box<str>>,
    /// How many sentences were counted.
    sentences: usize,
    /// How many words they have together.
    words: usize,
}

/// Reads some prose with the guide of its language.
#[must_use]
pub fn read(prose: &Prose, guides: &Guides) -> Findings {
    let mut so_far = SoFar::default();
    let mut found = read_on(prose, guides, &mut so_far);
    let file = prose.passages.first().map(|passage| passage.whole().file);
    found.faults.extend(file.and_then(|file| so_far.long_average(&file)));
    found
}

/// Reads the next part of a page.
#[must_use]
pub fn read_on(prose: &Prose, guides: &Guides, so_far: &mut SoFar) -> Findings {
    let mut found = Findings::default();
    let Some(guide) = guides.of(&prose.lang) else { return found };
    let rules: Vec<Rules> =
        prose.passages.iter().map(|passage| guide.triggers().of(&passage.text)).collect();
    let with_acronyms = prose.passages.iter().zip(&rules);
    let with_acronyms = with_acronyms.filter(|(_, rules)| rules.meet(Rules::ACRONYMS));
    let with_acronyms = with_acronyms.map(|(passage, _)| passage);
    acronyms::check(with_acronyms, guide, &mut so_far.acronyms, &mut found.faults);
    for (passage, rules) in prose.passages.iter().zip(rules) {
        match passage.role {
            Role::Link => check_link(passage, guide, &mut found.faults),
            Role::Picture => check_picture(passage, guide, &mut found.faults),
            Role::Title | Role::Text => {}
        }
        // What a link says stands in its paragraph too.
        if passage.role != Role::Link {
            if rules.meet(Rules::DAYS) {
                figures::check_days(passage, guide, &mut found.faults);
            }
            if rules.meet(WORD_RULES) {
                read_sentences(passage, prose.terms, guide, &mut found);
            }
            if passage.role == Role::Text {
                measure_sentences(passage, guide, so_far, &mut found.faults);
            }
        }
    }
    found
}

fn read_sentences(passage: &Passage, terms: Terms, guide: &Guide, found: &mut Findings) {
    let quotes = quoted(&passage.text);
    for part in sentences(&passage.text, guide.abbreviations()) {
        let rules = guide.triggers().of(&passage.text[part.clone()]);
        if !rules.meet(WORD_RULES) {
            continue;
        }
        let sentence = Sentence::new(passage, part, &quotes);
        if rules.meet(Rules::AVOIDED) {
            sentence.check_words(terms, guide, &mut found.faults);
        }
        if rules.meet(Rules::PROMISES) {
            sentence.check_promises(guide, &mut found.faults);
        }
        if rules.meet(Rules::SHORT_NUMBERS) {
            found.dialled.extend(figures::dialled(passage, &sentence.words, guide));
        }
    }
}

/// Tells sentences that are too long, and counts all but labels.
fn measure_sentences(
    passage: &Passage,
    guide: &Guide,
    so_far: &mut SoFar,
    faults: &mut Vec<Fault>,
) {
    for part in sentences(&passage.text, guide.abbreviations()) {
        let length = count_words(&passage.text[part.clone()]);
        if length > SENTENCE_WORDS {
            let fault = Fault::new(Code::LongSentence, passage.spot(&part));
            faults.push(fault.with("length", length).with("limit", SENTENCE_WORDS));
        }
        if length >= FEWEST_WORDS {
            so_far.sentences += 1;
            so_far.words += length;
        }
    }
}

/// One sentence and its words.
struct Sentence<'a> {
    passage: &'a Passage,
    part: Range<usize>,
    words: Vec<Token<'a>>,
    lower: Vec<String>,
    quotes: &'a [Range<usize>],
}

impl<'a> Sentence<'a> {
    fn new(passage: &'a Passage, part: Range<usize>, quotes: &'a [Range<usize>]) -> Self {
        let place = |word: Token<'a>| Token { start: word.start + part.start, ..word };
        let words: Vec<Token> = tokens(&passage.text[part.clone()]).map(place).collect();
        let lower = words.iter().map(|word| word.text.to_lowercase()).collect();
        Self { passage, part, words, lower, quotes }
    }

    fn check_words(&self, terms: Terms, guide: &Guide, faults: &mut Vec<Fault>) {
        for (words, wording) in guide.avoided(&self.lower) {
            let may_stand = wording.statutory && terms == Terms::Law;
            if !may_stand && !self.is_quoted(&words) {
                faults.push(self.fault(Code::AvoidedWord, &words, wording));
            }
        }
    }

    /// A promise that is asked about, taken back, quoted or somebody else's is none of the site's.
    fn check_promises(&self, guide: &Guide, faults: &mut Vec<Fault>) {
        let is_question = self.passage.text[self.part.clone()].contains('?');
        let is_attributed = self.lower.iter().any(|word| guide.attributes(word));
        if is_question || is_attributed {
            return;
        }
        for (words, wording) in guide.promises(&self.lower) {
            let before = &self.lower[words.start.saturating_sub(NEGATION_WORDS)..words.start];
            let is_negated = before.iter().any(|word| guide.negates(word));
            let is_other = self.lower.iter().any(|word| wording.unless.contains(word));
            if !is_negated && !is_other && !self.is_quoted(&words) {
                faults.push(self.fault(Code::Promise, &words, wording));
            }
        }
    }

    /// The bytes of some of its words in the passage.
    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].start..self.words[words.end - 1].end()
    }

    fn is_quoted(&self, words: &Range<usize>) -> bool {
        let bytes = self.bytes(words);
        self.quotes.iter().any(|quote| quote.start <= bytes.start && bytes.end <= quote.end)
    }

    fn fault(&self, code: Code, words: &Range<usize>, wording: &Wording) -> Fault {
        let bytes = self.bytes(words);
        let fault = Fault::new(code, self.passage.spot(&bytes));
        fault.with("word", &self.passage.text[bytes]).with("better", &wording.better)
    }
}

/// The parts of a text between quotes, straight or curly.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, mark) in text.char_indices() {
        match (mark, open) {
            ('“', _) | ('"', None) => open = Some(at),
            ('”' | '"', Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found
}

impl SoFar {
    /// The fault of a page whose sentences are too long on average.
    #[must_use]
    pub fn long_average(&self, file: &Arc<str>) -> Option<Fault> {
        let Self { sentences, words, .. } = *self;
        if sentences < FEWEST_SENTENCES || words <= AVERAGE_WORDS * sentences {
            return None;
        }
        // Rounded up, so that the figure is above the limit as the average is.
        let average = words.div_ceil(sentences);
        let fault = Fault::new(Code::LongAverage, Spot::file(file)).with("average", average);
        Some(fault.with("limit", AVERAGE_WORDS).with("sentences", sentences))
    }
}

fn check_link(passage: &Passage, guide: &Guide, faults: &mut Vec<Fault>) {
    let text = passage.text.trim();
    if text.is_empty() || guide.is_empty_link(&text.to_lowercase()) {
        let shown = if text.is_empty() { "–" } else { text };
        faults.push(Fault::new(Code::EmptyLink, passage.whole()).with("text", shown));
    }
}

fn check_picture(passage: &Passage, guide: &Guide, faults: &mut Vec<Fault>) {
    let text = passage.text.trim().to_lowercase();
    let is_file = text
        .rsplit_once('.')
        .is_some_and(|(name, ending)| !name.contains(' ') && super::is_image_ending(ending));
    if is_file || guide.is_empty_picture(&text) {
        faults.push(Fault::new(Code::ImageWithoutText, passage.whole()));
    }
}

/// What a rule finds in a body, as the words it marks: for tests of the rules.
#[cfg(test)]
fn told_in(lang: &str, markdown: &str, rule: impl Fn(&Prose, &mut Vec<Fault>)) -> Vec<String> {
    let file = Arc::from("halaman.md");
    let (_, passages) = super::markdown::body(&file, markdown, 0, &mut Vec::new());
    let lang = crate::value::Lang::parse(lang);
    let prose = lang.map(|lang| Prose { lang, terms: Terms::Everyday, passages });
    let mut faults = Vec::new();
    if let Some(prose) = prose {
        rule(&prose, &mut faults);
    }
    let marked = faults.iter().filter_map(|fault| markdown.get(fault.spot.span.clone()?));
    marked.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes and the marked words.
    fn told(lang: &str, markdown: &str, code: Code) -> Vec<String> {
        told_in(lang, markdown, |prose, faults| {
            let found = read(prose, &Guides::default()).faults;
            faults.extend(found.into_iter().filter(|fault| fault.code == code));
        })
    }

    #[test]
    fn a_sentence_is_marked_across_links_and_lines() {
        let long = "Satu dua tiga **empat** lima [enam tujuh](@/a.md) delapan sembilan sepuluh\n\
                    sebelas dua belas tiga belas empat belas lima belas enam belas tujuh belas.";
        let text = format!("Pendek saja. {long} Selesai.");
        assert_eq!(told("id", &text, Code::LongSentence), [long]);
        assert_eq!(
            told(
                "id",
                "# Judul\n\n- satu\n- dua\n\n| a | b |\n|---|---|\n| c | d |",
                Code::LongSentence
            ),
            [""; 0]
        );
    }

    #[test]
    fn avoided_words_pass_in_quotes() {
        assert_eq!(
            told("id", "Seorang mantan pecandu dan *pecandu*.", Code::AvoidedWord),
            ["mantan pecandu", "pecandu"]
        );
        assert_eq!(
            told(
                "id",
                "Undang-undang memakai istilah \"pecandu\" dan “penyalah guna”.",
                Code::AvoidedWord
            ),
            [""; 0]
        );
        assert_eq!(told("en", "He is an addict.", Code::AvoidedWord), ["addict"]);
    }

    #[test]
    fn a_promise_passes_when_denied_asked_or_somebody_elses() {
        for none in [
            "Janji itu bukan kekebalan hukum.",
            "Keduanya tidak membuat seseorang kebal hukum.",
            "Menurutnya, orang yang datang sendiri tidak akan ditangkap.",
            "Apakah cek mandiri memberi diagnosis?",
            "Itu bukan diagnosis.",
        ] {
            assert_eq!(told("id", none, Code::Promise), [""; 0], "{none}");
        }
        assert_eq!(
            told("id", "Anda tidak akan ditangkap.", Code::Promise),
            ["tidak akan ditangkap"]
        );
        assert_eq!(told("id", "Layanan ini 100% aman.", Code::Promise), ["100% aman"]);
        assert_eq!(
            told("en", "You will not be arrested.", Code::Promise),
            ["will not be arrested"]
        );
    }

    #[test]
    fn days_that_do_not_exist_are_told() {
        assert_eq!(
            told("id", "Sejak 31 Februari 2021 dan 30 April.", Code::NoSuchDay),
            ["31 Februari 2021"]
        );
        assert_eq!(
            told("id", "Pada 2026-02-30, 2026-02-28, 29 Februari.", Code::NoSuchDay),
            ["2026-02-30"]
        );
        assert_eq!(told("en", "On 31 April 2026.", Code::NoSuchDay), ["31 April 2026"]);
    }

    #[test]
    fn short_numbers_are_those_that_are_dialled() {
        let dialled = |markdown: &str| {
            told_in("id", markdown, |prose, faults| {
                let found = read(prose, &Guides::default()).dialled;
                let fault = |number: At<String>| Fault::new(Code::ForeignShortNumber, number.spot);
                faults.extend(found.into_iter().map(fault));
            })
        };
        assert_eq!(
            dialled("Telepon 119 atau hubungi nomor 112. Tanyakan dulu ke 184."),
            ["119", "112", "184"]
        );
        for none in [
            "Pasal 112, 113, dan 117 UU 35/2009 dipindahkan.",
            "Peraturan Pemerintah Nomor 125 Tahun 2011.",
            "Jumlahnya naik dari 100 ke 150 unit.",
            "Telepon 150 orang.",
            "Tanyakan ke 120 keluarga.",
        ] {
            assert_eq!(dialled(none), [""; 0], "{none}");
        }
    }
}
