//! A file of the site → the same file with some keys changed. Whatever is not touched stays byte for
//! byte: prose, comments, the order of keys, line ends.

use similar::TextDiff;
use toml_edit::{DocumentMut, Table};

/// A file as it is and as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path relative to the site.
    pub path: String,
    /// As it is; none where it is new.
    pub before: Option<String>,
    /// As it is to be; none where it goes.
    pub after: Option<String>,
}

impl Change {
    /// What the change does, line by line, as `diff -u` shows it; nothing where nothing changes.
    #[must_use]
    pub fn difference(&self) -> String {
        let texts = [&self.before, &self.after].map(|text| text.as_deref().unwrap_or_default());
        difference([&self.path, &self.path], texts)
    }
}

/// What makes one file another, line by line, as `diff -u` shows it.
#[must_use]
pub fn difference([from, to]: [&str; 2], [before, after]: [&str; 2]) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(2).header(from, to).to_string()
}

/// A file that is being changed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What stands before the TOML: the first `+++`, or nothing.
    head: String,
    document: DocumentMut,
    /// What stands behind the TOML: the second `+++` and the body, or nothing.
    tail: String,
    line_end: &'static str,
}

impl Draft {
    /// A page: TOML between two lines of `+++`, then Markdown. None where the file has another form, its
    /// TOML does not parse, or something of it would be lost; `check` tells why.
    #[must_use]
    pub fn page(text: &str) -> Option<Self> {
        let (text, line_end) = with_plain_line_ends(text)?;
        let start =
            text.find("+++\n").filter(|at| text[..*at].trim_matches('\u{feff}').is_empty())?;
        let start = start + "+++\n".len();
        let end = start + end_of_front_matter(&text[start..])?;
        Self::parted(&text, start, end, line_end)
    }

    /// A file of TOML alone. None where it does not parse.
    #[must_use]
    pub fn data(text: &str) -> Option<Self> {
        let (text, line_end) = with_plain_line_ends(text)?;
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        Self::parted(&text, start, text.len(), line_end)
    }

    fn parted(text: &str, start: usize, end: usize, line_end: &'static str) -> Option<Self> {
        let document: DocumentMut = text[start..end].parse().ok()?;
        // A byte order mark inside the file, for one, would be lost.
        (document.to_string() == text[start..end]).then(|| Self {
            head: text[..start].to_owned(),
            document,
            tail: text[end..].to_owned(),
            line_end,
        })
    }

    /// The keys of the file, to be read and changed.
    pub fn keys(&mut self) -> &mut Table {
        self.document.as_table_mut()
    }

    /// The Markdown of a page, with plain line ends.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.tail[self.closing()..]
    }

    /// Puts another body into its place.
    pub fn replace_body(&mut self, body: &str) {
        let closing = self.closing();
        let newline = if self.tail[..closing].ends_with('\n') { "" } else { "\n" };
        self.tail = format!("{}{newline}{body}", &self.tail[..closing]);
    }

    /// How long the closing line of `+++` is.
    fn closing(&self) -> usize {
        self.tail.find('\n').map_or(self.tail.len(), |end| end + 1)
    }

    /// The whole file.
    #[must_use]
    pub fn text(&self) -> String {
        let text = format!("{}{}{}", self.head, self.document, self.tail);
        if self.line_end == "\n" { text } else { text.replace('\n', self.line_end) }
    }
}

/// The text with `\n` only, and the line end it had. None where it has both kinds, since one of them
/// would be lost.
fn with_plain_line_ends(text: &str) -> Option<(String, &'static str)> {
    let (all, long) = (text.matches('\n').count(), text.matches("\r\n").count());
    match long {
        0 => Some((text.to_owned(), "\n")),
        _ if long == all => Some((text.replace("\r\n", "\n"), "\r\n")),
        _ => None,
    }
}

/// Where the closing line of `+++` begins.
fn end_of_front_matter(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml_edit::value;

    const PAGE: &str = "+++\n# Catatan\njudul = \"A\"   # tetap\n\n[[kontak]]\nnilai  =  \"x\"\n+++\nIsi +++\n\n+++\n";

    #[test]
    fn a_change_leaves_everything_else() {
        let mut draft = Draft::page(PAGE).unwrap();
        assert_eq!(draft.text(), PAGE);
        draft.keys()["kontak"][0]["nilai"] = value("y");
        assert_eq!(draft.text(), PAGE.replace("=  \"x\"", "= \"y\""));
        let data = "# satu\na = 1\n";
        assert_eq!(Draft::data(data).unwrap().text(), data);
    }

    #[test]
    fn line_ends_and_byte_order_marks_stay() {
        for text in [PAGE.replace('\n', "\r\n"), format!("\u{feff}{PAGE}")] {
            assert_eq!(Draft::page(&text).unwrap().text(), text);
        }
        assert!(Draft::page("+++\r\na = 1\n+++\n").is_none(), "one of the two would be lost");
        assert!(Draft::page("+++\n\u{feff}a = 1\n+++\n").is_none(), "the mark would be lost");
        assert_eq!(Draft::data("\u{feff}a = 1\r\n").unwrap().text(), "\u{feff}a = 1\r\n");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["", "judul", "+++\njudul = \"A\"\n", "+++\njudul = \n+++\n", "x\n+++\n+++\n"] {
            assert!(Draft::page(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_difference_is_shown_line_by_line() {
        let change = |before: &str, after: &str| Change {
            path: "a.md".to_owned(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        };
        let shown = change("satu\ndua\ntiga\n", "satu\n2\ntiga\n").difference();
        assert_eq!(shown, "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n satu\n-dua\n+2\n tiga\n");
        assert_eq!(change("x", "x").difference(), "");
    }
}
