//! The text of a file → faults about characters that nobody sees: each can change what a reader is
//! shown, hide a number from the checks, or keep two equal words from being the same.

use crate::diag::{Code, Fault, Spot, TERM};
use std::collections::BTreeMap;
use std::sync::Arc;

/// From one character to another: the fault, what the message catalogue calls them, and which they are.
type Refused = (Code, &'static str, u32, u32);

/// Characters by what they do. Source: Unicode 16, general categories Cc, Cf, Co, Zs, Zl, Zp and the
/// property `Default_Ignorable_Code_Point`; U+FFFD stands where a conversion has lost a letter. Tab and
/// line feed are no control characters here.
const REFUSED: [Refused; 38] = [
    (Code::ControlCharacter, "control", 0x0, 0x8),
    (Code::ControlCharacter, "control", 0xB, 0xC),
    (Code::ControlCharacter, "carriage-return", 0xD, 0xD),
    (Code::ControlCharacter, "control", 0xE, 0x1F),
    (Code::ControlCharacter, "control", 0x7F, 0x9F),
    (Code::OddBlank, "no-break-space", 0xA0, 0xA0),
    (Code::HiddenCharacter, "soft-hyphen", 0xAD, 0xAD),
    (Code::HiddenCharacter, "format", 0x34F, 0x34F),
    (Code::HiddenCharacter, "direction", 0x61C, 0x61C),
    (Code::HiddenCharacter, "format", 0x115F, 0x1160),
    (Code::OddBlank, "other-space", 0x1680, 0x1680),
    (Code::HiddenCharacter, "format", 0x17B4, 0x17B5),
    (Code::HiddenCharacter, "format", 0x180B, 0x180F),
    (Code::OddBlank, "other-space", 0x2000, 0x200A),
    (Code::HiddenCharacter, "zero-width", 0x200B, 0x200D),
    (Code::HiddenCharacter, "direction", 0x200E, 0x200F),
    (Code::HiddenCharacter, "separator", 0x2028, 0x2029),
    (Code::HiddenCharacter, "direction", 0x202A, 0x202E),
    (Code::OddBlank, "no-break-space", 0x202F, 0x202F),
    (Code::OddBlank, "other-space", 0x205F, 0x205F),
    (Code::HiddenCharacter, "zero-width", 0x2060, 0x2065),
    (Code::HiddenCharacter, "direction", 0x2066, 0x206F),
    (Code::HiddenCharacter, "format", 0x2800, 0x2800),
    (Code::OddBlank, "other-space", 0x3000, 0x3000),
    (Code::HiddenCharacter, "format", 0x3164, 0x3164),
    (Code::HiddenCharacter, "private", 0xE000, 0xF8FF),
    (Code::HiddenCharacter, "variation", 0xFE00, 0xFE0F),
    (Code::HiddenCharacter, "zero-width", 0xFEFF, 0xFEFF),
    (Code::HiddenCharacter, "format", 0xFFA0, 0xFFA0),
    (Code::HiddenCharacter, "format", 0xFFF0, 0xFFFC),
    (Code::HiddenCharacter, "lost", 0xFFFD, 0xFFFD),
    (Code::HiddenCharacter, "format", 0x1BCA0, 0x1BCA3),
    (Code::HiddenCharacter, "format", 0x1D173, 0x1D17A),
    (Code::HiddenCharacter, "tag", 0xE0000, 0xE007F),
    (Code::HiddenCharacter, "format", 0xE0080, 0xE00FF),
    (Code::HiddenCharacter, "variation", 0xE0100, 0xE01EF),
    (Code::HiddenCharacter, "format", 0xE01F0, 0xE0FFF),
    (Code::HiddenCharacter, "private", 0xF_0000, 0x10_FFFF),
];

/// One fault for each run of such characters. A byte-order mark at the start is passed over, and a
/// carriage return before its line feed is the end of a line.
pub fn check(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) {
    // Most files of a site are nothing but these.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return;
    }
    let mut end_of_last = None;
    for (at, character) in text.char_indices() {
        let Some((code, term, _, _)) = refused(text, at, character) else { continue };
        // A tag is spelt in dozens of them, and a paragraph of Word may hold several in a row.
        if end_of_last != Some((code, at)) {
            let spot = Spot::at(file, at..at + character.len_utf8());
            let point = format!("U+{:04X}", u32::from(character));
            faults.push(Fault::new(code, spot).with("point", point).with(TERM, term));
        }
        end_of_last = Some((code, at + character.len_utf8()));
    }
}

/// Whether a text has such a character.
#[must_use]
pub fn has_any(text: &str) -> bool {
    text.char_indices().any(|(at, character)| refused(text, at, character).is_some())
}

fn refused(text: &str, at: usize, character: char) -> Option<Refused> {
    let is_mark = at == 0 && character == '\u{feff}';
    let is_line_end = character == '\r' && text[at + 1..].starts_with('\n');
    // Almost every character of a site ends the search here.
    if (' '..='~').contains(&character) || is_mark || is_line_end {
        return None;
    }
    let point = u32::from(character);
    REFUSED.into_iter().find(|(_, _, first, last)| (*first..=*last).contains(&point))
}

/// Whether a fault is one of these: links to what such a character changed are told with it.
#[must_use]
pub fn is_about_characters(fault: &Fault) -> bool {
    REFUSED.iter().any(|(code, ..)| *code == fault.code)
}

/// The faults without those that only follow from such a character: their place holds it.
#[must_use]
pub fn without_echoes(mut faults: Vec<Fault>) -> Vec<Fault> {
    let mut causes: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    for fault in faults.iter().filter(|fault| is_about_characters(fault)) {
        let starts = causes.entry(Arc::clone(&fault.spot.file)).or_default();
        starts.extend(fault.spot.span.as_ref().map(|span| span.start));
    }
    let is_echo = |fault: &Fault| {
        let (Some(span), Some(starts)) = (&fault.spot.span, causes.get(&fault.spot.file)) else {
            return false;
        };
        let next = starts.partition_point(|start| *start < span.start);
        starts.get(next).is_some_and(|start| span.contains(start))
    };
    faults.retain(|fault| is_about_characters(fault) || !is_echo(fault));
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Code, usize)> {
        let mut faults = Vec::new();
        check(&Arc::from("halaman.md"), text, &mut faults);
        let place = |fault: Fault| (fault.code, fault.spot.span.map_or(0, |span| span.start));
        faults.into_iter().map(place).collect()
    }

    #[test]
    fn letters_quotes_and_line_ends_are_no_fault() {
        assert_eq!(told("\u{feff}Baris.\r\n\tSatu – “dua” … é 1 · 日本 ½\n"), []);
    }

    #[test]
    fn the_list_is_sorted_so_that_no_character_stands_in_it_twice() {
        let bounds: Vec<u32> =
            REFUSED.iter().flat_map(|(_, _, first, last)| [*first, *last]).collect();
        assert!(bounds.is_sorted());
    }

    #[test]
    fn each_run_is_told_at_its_first_character() {
        assert_eq!(told("119\u{a0}\u{a0}lalu 8"), [(Code::OddBlank, 3)]);
        assert_eq!(
            told("ke\u{200b}, \u{ad}a"),
            [(Code::HiddenCharacter, 2), (Code::HiddenCharacter, 7)]
        );
        assert_eq!(
            told("\u{202e}911\u{202c}"),
            [(Code::HiddenCharacter, 0), (Code::HiddenCharacter, 6)]
        );
        assert_eq!(told("a\u{e0041}\u{e0042}b"), [(Code::HiddenCharacter, 1)]);
        assert_eq!(
            told("a\rb\u{0}\u{85}"),
            [(Code::ControlCharacter, 1), (Code::ControlCharacter, 3)]
        );
        assert_eq!(told("a\u{feff}"), [(Code::HiddenCharacter, 1)]);
    }
}
