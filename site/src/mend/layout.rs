//! A file → the same without blanks at the ends of its lines, and with a line end after the last one.

use super::Kind;

pub(super) fn mended(_: Kind, text: &str) -> Option<String> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut mended: String = text.split_inclusive('\n').map(without_blanks).collect();
    if !mended.is_empty() && !mended.ends_with('\n') {
        mended.push_str(line_end);
    }
    (mended != text).then_some(mended)
}

/// A line without the blanks at its end. Two behind a text break a line in Markdown, and stay.
fn without_blanks(line: &str) -> String {
    let end = &line[line.trim_end_matches(['\r', '\n']).len()..];
    let text = &line[..line.len() - end.len()];
    let bare = text.trim_end_matches([' ', '\t']);
    let is_break = text.ends_with("  ") && !bare.is_empty() && !bare.contains(" = ");
    if is_break { line.to_owned() } else { format!("{bare}{end}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_line_breaks_and_line_ends_stay() {
        let tidy = |text: &str| mended(Kind::Page, text).unwrap_or_else(|| text.to_owned());
        assert_eq!(tidy("a \nb\t\n  \nc"), "a\nb\n\nc\n");
        assert_eq!(tidy("a \r\nb"), "a\r\nb\r\n");
        assert_eq!(tidy("a  \nb   \n"), "a  \nb   \n");
        assert_eq!(tidy("a = 1  \n"), "a = 1\n");
        assert_eq!(tidy(""), "");
    }
}
