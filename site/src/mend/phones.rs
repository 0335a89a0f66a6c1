//! A number with other marks between its digits → the same digits in the groups in which pages show
//! them.

use crate::value::Phone;

/// The number as pages show it; none where it is written so already, or is none.
pub(super) fn mended(text: &str) -> Option<String> {
    let between = [' ', '-', '.', '(', ')', '\u{a0}', '\u{2010}', '\u{2011}', '\u{2013}'];
    let bare = text.replace(between, "");
    let digits = match bare.strip_prefix("+62") {
        Some(rest) if rest.starts_with('0') => rest.to_owned(),
        Some(rest) => format!("0{rest}"),
        None => bare,
    };
    let shown = Phone::parse(&digits).ok()?.shown();
    (shown != text).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stay_and_groups_are_those_of_the_pages() {
        for (text, expected) in [
            ("0210000000", "021 0000 000"),
            ("021-000 0000", "021 0000 000"),
            ("(021) 000-0000", "021 0000 000"),
            ("+62 21 000 0000", "021 0000 000"),
            ("+62 (0)21 000 0000", "021 0000 000"),
            ("0812.0000.0000", "0812 0000 0000"),
            ("1-1-9", "119"),
        ] {
            assert_eq!(mended(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["119", "021 0000 000", "021 0000000 / 0000001", "O21 0000 000", "62 21 1", ""]
        {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
