//! Figures in a text → days that the calendar does not have, and short numbers to dial.

use super::guide::Guide;
use super::sentences::{Token, tokens};
use crate::content::At;
use crate::content::passages::Passage;
use crate::diag::{Code, Fault};
use crate::value::last_day;

/// A leap year, for a day that is told without one: 29 February may be meant.
const LEAP_YEAR: i16 = 2024;

/// One fault for each day that does not exist, such as 31 Februari 2021 or 2026-02-30.
pub fn check_days(passage: &Passage, guide: &Guide, faults: &mut Vec<Fault>) {
    let words: Vec<Token> = tokens(&passage.text).collect();
    for at in 0..words.len() {
        let Some((count, last)) = missing_day(&passage.text, &words[at..], guide) else { continue };
        let part = words[at].start..words[at + count - 1].end();
        let fault = Fault::new(Code::NoSuchDay, passage.spot(&part));
        faults.push(fault.with("date", &passage.text[part]).with("last", last));
    }
}

/// How many words make a day that does not exist, and the last day of its month.
fn missing_day(text: &str, words: &[Token], guide: &Guide) -> Option<(usize, i8)> {
    let [first, second] = [words.first()?, words.get(1)?];
    // A day or a year.
    number(first.text, first.text.len())?;
    let third = words.get(2).map_or("", |word| word.text);
    if let Some(month) = guide.month(&second.text.to_lowercase()) {
        let year = number(third, 4);
        let last = last_day(year.unwrap_or(LEAP_YEAR), i8::try_from(month).ok()?)?;
        let day = number(first.text, 1).or_else(|| number(first.text, 2))?;
        let count = if year.is_some() { 3 } else { 2 };
        return (day < 1 || day > i16::from(last)).then_some((count, last));
    }
    let [year, month, day] = [number(first.text, 4)?, number(second.text, 2)?, number(third, 2)?];
    let is_written_so = text.get(first.end()..).is_some_and(|rest| rest.starts_with('-'));
    let last = last_day(year, i8::try_from(month).ok()?)?;
    (is_written_so && (day < 1 || day > i16::from(last))).then_some((3, last))
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits).then(|| text.parse().ok())?
}

/// The short numbers, such as 119, that a sentence tells people to dial.
#[must_use]
pub fn dialled(passage: &Passage, sentence: &[Token], guide: &Guide) -> Vec<At<String>> {
    let lower: Vec<String> = sentence.iter().map(|word| word.text.to_lowercase()).collect();
    let asks = lower.iter().any(|word| guide.asks(word) || guide.calls(word));
    let is_link = |word: &Token| passage.calls.iter().any(|call| call.contains(&word.start));
    let is_dialled = |at: &usize| {
        let (before, word) = (&lower[..*at], &sentence[*at]);
        let calls = last(before, 2).iter().any(|word| guide.calls(word));
        let leads = before.last().is_some_and(|word| asks && guide.leads(word));
        let is_cited = last(before, 6).iter().any(|word| guide.cites(word));
        let is_count = lower.get(at + 1).is_some_and(|word| guide.is_counted(word));
        let is_dialled = (calls || leads) && !is_cited && !is_count;
        is_dialled && is_short_number(&passage.text, word) && !is_link(word)
    };
    let found = (0..sentence.len()).filter(is_dialled).map(|at| sentence[at]);
    let at = |word: Token| At {
        value: word.text.to_owned(),
        spot: passage.spot(&(word.start..word.end())),
    };
    found.map(at).collect()
}

/// The last words, at most so many.
fn last(words: &[String], count: usize) -> &[String] {
    &words[words.len().saturating_sub(count)..]
}

/// Three digits that are no part of a larger figure: 119 with a slip of the finger is 911 or 219.
fn is_short_number(text: &str, word: &Token) -> bool {
    let joins = |c: char| matches!(c, '.' | ',' | '/' | '-' | '–');
    let mut after = text[word.end()..].chars();
    let goes_on =
        after.next().is_some_and(joins) && after.next().is_some_and(|c| c.is_ascii_digit());
    let goes_before = text[..word.start].ends_with(joins);
    word.text.len() == 3
        && word.text.bytes().all(|byte| byte.is_ascii_digit())
        && !goes_on
        && !goes_before
}
