//! A text → its sentences and words, as far as they can be told apart without knowing the language.

use std::collections::BTreeSet;
use std::ops::Range;

/// A word of a text, or a sign that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word.
    pub text: &'a str,
    /// Where it begins in the text.
    pub start: usize,
}

impl Token<'_> {
    /// Where it ends in the text.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The sentences of a text. A dot behind one of the abbreviations or a single letter ends none.
#[must_use]
pub fn sentences(text: &str, abbreviations: &BTreeSet<String>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in marks(text) {
        // `...` and `?!` are one end.
        if at < start {
            continue;
        }
        let Some(end) = end_of_sentence(text, at + mark.len_utf8()) else { continue };
        let is_short = mark == '.' && is_abbreviation(&text[start..at], abbreviations);
        let goes_on = mark != '.' && text[end..].trim_start().starts_with(char::is_lowercase);
        if !is_short && !goes_on {
            found.push(trimmed(text, start..end));
            start = end;
        }
    }
    found.push(trimmed(text, start..text.len()));
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The marks that can end a sentence, with their places.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.bytes().enumerate().filter_map(|(at, byte)| match byte {
        b'.' | b'!' | b'?' => Some((at, char::from(byte))),
        // The first byte of `…` and of others.
        0xe2 => text[at..].starts_with('…').then_some((at, '…')),
        _ => None,
    })
}

/// Where the sentence ends whose mark ends at `after`: behind further marks and closing quotes, and
/// only before a blank or the end of the text.
fn end_of_sentence(text: &str, after: usize) -> Option<usize> {
    let is_closing =
        |c: char| matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | ')' | ']');
    let rest = text[after..].trim_start_matches(is_closing);
    let is_end = rest.is_empty() || rest.starts_with(char::is_whitespace);
    is_end.then_some(text.len() - rest.len())
}

fn is_abbreviation(before: &str, abbreviations: &BTreeSet<String>) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '/')).next();
    let word = word.unwrap_or_default();
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    word.split('.').all(is_letter) || abbreviations.contains(word)
}

fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let inside = text[part.clone()].trim_start();
    let start = part.end - inside.len();
    start..start + inside.trim_end().len()
}

/// How many words a sentence has: what stands between blanks and is more than a sign.
#[must_use]
pub fn count_words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The words of a text without the signs between them; `%` is a word that is spoken.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text.as_bytes()[at..];
        let start = at + rest.iter().position(|byte| may_begin_word(*byte))?;
        at = end_of_word(text, start);
        if at == start {
            at += text[start..].chars().next()?.len_utf8();
            let is_spoken = text[start..at] == *"%";
            // Any other sign is passed over as a word without letters.
            return Some(Token { text: if is_spoken { "%" } else { "" }, start });
        }
        Some(Token { text: &text[start..at], start })
    })
    .filter(|token| !token.text.is_empty())
}

/// Whether a word can begin with a byte: a letter or figure, `%`, or part of a character beyond ASCII.
fn may_begin_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'%' || !byte.is_ascii()
}

/// Where the letters and figures end that begin at a place.
fn end_of_word(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let rest = &text.as_bytes()[at..];
        at += rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match text[at..].chars().next() {
            Some(letter) if !letter.is_ascii() && letter.is_alphanumeric() => {
                at += letter.len_utf8();
            }
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let known = ["Jl", "No", "Drs", "dr", "Km", "Mayjen"].map(str::to_owned);
        sentences(text, &known.into()).into_iter().map(|part| &text[part]).collect()
    }

    #[test]
    fn sentences_end_at_their_marks() {
        assert_eq!(
            split("Tidak selalu. Rawat inap disebut untuk keadaan berat. Yang menentukan asesmen"),
            ["Tidak selalu.", "Rawat inap disebut untuk keadaan berat.", "Yang menentukan asesmen"]
        );
        assert_eq!(
            split("Takut ditangkap? Baca ini dulu!"),
            ["Takut ditangkap?", "Baca ini dulu!"]
        );
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split(" … "), ["…"]);
        assert_eq!(split("Tunggu... Lalu?! Ya!."), ["Tunggu...", "Lalu?!", "Ya!."]);
    }

    #[test]
    fn whatever_stands_there_every_letter_is_in_one_sentence() {
        let signs = ['.', '!', '…', '"', ' ', 'a', 'A'];
        let longest = 6;
        let mut texts = vec![String::new()];
        for at in 0.. {
            let Some(text) = texts.get(at).cloned() else { break };
            let parts = sentences(&text, &BTreeSet::new());
            assert!(
                parts.iter().is_sorted_by(|one, next| one.end <= next.start),
                "{text:?}: {parts:?}"
            );
            let inside: String = parts.iter().map(|part| &text[part.clone()]).collect();
            let all = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            assert_eq!(all(&inside), all(&text), "{text:?}: {parts:?}");
            if text.chars().count() < longest {
                texts.extend(signs.map(|sign| format!("{text}{sign}")));
            }
        }
        assert!(texts.len() > 100_000, "{}", texts.len());
    }

    #[test]
    fn names_places_and_figures_do_not_end_them() {
        for whole in [
            "Drs. H. A. Bustari mengakuinya pada April 2022.",
            "Jl. Mayjen H.R. Edi Sukma Km 21, Wates Jaya.",
            "RSKO Jakarta ada di Jl. Lapangan Tembak No. 75, Cibubur.",
            "Buka pukul 08.00 sampai 16.00 dan tutup hari libur.",
            "Jumlahnya 83.762 desa per 2.1.2026 di seluruh negeri.",
            "Kodenya 31.72.05.1003 menurut daftar.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
        assert_eq!(split("Sejak 2021. Kini 2022."), ["Sejak 2021.", "Kini 2022."]);
    }

    #[test]
    fn quotes_and_brackets_close_with_their_sentence() {
        assert_eq!(
            split("Misalnya: “Aku khawatir. Kamu sulit tidur.” Lalu dengarkan."),
            ["Misalnya: “Aku khawatir.", "Kamu sulit tidur.”", "Lalu dengarkan."]
        );
        assert_eq!(
            split("\"Apa kabar?\" tanya dia. Baik."),
            ["\"Apa kabar?\" tanya dia.", "Baik."]
        );
        assert_eq!(split("Itu janji (2021). Kini lain."), ["Itu janji (2021).", "Kini lain."]);
    }

    #[test]
    fn words_are_counted_between_blanks() {
        assert_eq!(count_words("Dasarnya Peraturan Pemerintah (PP) 25/2011 Pasal 18."), 7);
        assert_eq!(count_words("Kota – atau – kabupaten, dan/atau desa"), 5);
        let found: Vec<&str> = tokens("Mata-mata, 100 %: “ya”.").map(|token| token.text).collect();
        assert_eq!(found, ["Mata", "mata", "100", "%", "ya"]);
    }
}
