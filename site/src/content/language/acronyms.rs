//! Passages of a page → the acronyms that nobody explains before they are used.

use super::guide::Guide;
use super::sentences::{Token, tokens};
use crate::content::passages::{Passage, Role};
use crate::diag::{Code, Fault};
use std::collections::BTreeSet;

/// One fault for each acronym that is not explained in the passage that uses it first. Titles and
/// links name a page by its acronym and leave the explaining to the text; what they explain counts.
pub fn check<'p>(
    passages: impl Iterator<Item = &'p Passage>,
    guide: &Guide,
    known: &mut BTreeSet<Box<str>>,
    faults: &mut Vec<Fault>,
) {
    let read = passages.filter(|passage| matches!(passage.role, Role::Title | Role::Text));
    for passage in read {
        let words: Vec<Token> = tokens(&passage.text).collect();
        let is_used = |at: &usize| is_acronym(words[*at].text) && !guide.is_common(words[*at].text);
        let used: Vec<usize> = (0..words.len()).filter(is_used).collect();
        let explained = used.iter().filter(|at| is_explained(passage, &words, **at, guide));
        known.extend(explained.map(|at| Box::from(words[*at].text)));
        for word in used.into_iter().map(|at| words[at]) {
            if !is_name(passage, &word) && known.insert(Box::from(word.text)) {
                let spot = passage.spot(&(word.start..word.end()));
                faults.push(Fault::new(Code::UnexplainedAcronym, spot).with("word", word.text));
            }
        }
    }
}

/// Two capitals or more and nothing but capitals and digits, such as P4GN; no Roman numeral.
fn is_acronym(word: &str) -> bool {
    let is_fitting = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let is_numeral = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    capitals >= 2 && word.chars().all(is_fitting) && !is_numeral
}

/// Whether it stands in a title or link, or names the kind of a callout.
fn is_name(passage: &Passage, word: &Token) -> bool {
    let holds = |link: &std::ops::Range<usize>| link.contains(&word.start);
    let is_kind = passage.text[..word.start].ends_with("[!");
    passage.role == Role::Title || is_kind || passage.links.iter().any(holds)
}

/// `Panjang Lengkap (ABC)`, `ABC (panjang lengkap)`, `ABC adalah …`, `disingkat ABC`.
fn is_explained(passage: &Passage, words: &[Token], at: usize, guide: &Guide) -> bool {
    let word = words[at];
    let before = passage.text[..word.start].trim_end();
    let after = passage.text[word.end()..].trim_start();
    let closes_bracket = after.starts_with(')') && is_after_words(before);
    let opens_bracket = after.strip_prefix('(').is_some_and(is_several_words);
    let next = words.get(at + 1).map(|next| next.text);
    let previous = at.checked_sub(1).map(|at| words[at].text);
    closes_bracket
        || opens_bracket
        || next.is_some_and(|next| guide.explains_after(next))
        || previous.is_some_and(|previous| guide.explains_before(previous))
}

/// Whether a bracket is open and words stand before it.
fn is_after_words(before: &str) -> bool {
    let head = before.rsplit_once('(').map(|(head, _)| head.trim_end());
    head.is_some_and(|head| head.ends_with(char::is_alphanumeric))
}

/// Whether a bracket holds several words, some of them in small letters: a date explains nothing.
fn is_several_words(bracket: &str) -> bool {
    let inside = bracket.split(')').next().unwrap_or_default();
    let words: Vec<&str> = inside.split_whitespace().collect();
    let has_small = |word: &&str| word.chars().all(char::is_alphabetic) && word.len() > 1;
    words.iter().filter(|word| has_small(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::super::guide::Guides;
    use super::super::told_in;
    use super::*;

    /// The acronyms that a page of these paragraphs leaves unexplained.
    fn unexplained(markdown: &str) -> Vec<String> {
        told_in("id", markdown, |prose, faults| {
            let guides = Guides::default();
            let guide = guides.of(&prose.lang).unwrap();
            check(prose.passages.iter(), guide, &mut BTreeSet::new(), faults);
        })
    }

    #[test]
    fn an_explanation_stands_beside_the_first_use() {
        for explained in [
            "Badan Narkotika Nasional (BNN) punya program.",
            "BNNK (BNN tingkat kota atau kabupaten) dan Badan Narkotika Nasional (BNN).",
            "Ia Kepala BNNP Sulawesi Tenggara. BNNP adalah kantor provinsi.",
            "Lewat institusi penerima wajib lapor (IPWL).",
            "Program P4GN (Pencegahan dan Pemberantasan Penyalahgunaan Narkoba).",
            "Rumah Sakit Ketergantungan Obat, disingkat RSKO.",
            "Agen pemulihan (Agen Pemulihan, AP) adalah warga.",
            "Jl. Tanah Abang II, Abad XX.",
        ] {
            assert_eq!(unexplained(explained), [""; 0], "{explained}");
        }
    }

    #[test]
    fn a_first_use_without_one_is_told_once() {
        assert_eq!(unexplained("Tanya BNNK dulu.\n\nBNNK (kantor BNN di kota)."), ["BNNK", "BNN"]);
        assert_eq!(unexplained("Tanya BNNK (Februari 2021)."), ["BNNK"]);
        assert_eq!(unexplained("AP datang. AP pulang."), ["AP"]);
    }

    #[test]
    fn titles_and_links_name_without_explaining() {
        assert_eq!(unexplained("## Apa itu IBM?\n\nBaca [tentang IBM](@/ibm.md)."), [""; 0]);
        assert_eq!(unexplained("## Apa itu IBM?\n\nBeginilah IBM."), ["IBM"]);
        assert_eq!(
            unexplained("[Intervensi Berbasis Masyarakat (IBM)](@/ibm.md)\n\nApa tujuan IBM?"),
            [""; 0]
        );
    }
}
