//! A file of the site → the same file with what is safe to mend mended: dates and numbers written
//! another way, curly quotes around values, the order of keys, blanks at the ends of lines. What a
//! page says stays the same; whatever is not certain stays as it is, and `check` tells it.

mod dates;
mod layout;
mod order;
mod phones;
mod values;

use crate::content::front::{Parts, parts};
use crate::content::{Source, markdown, syntax};
use crate::edit::Change;
use pulldown_cmark::{Parser, html};
use std::ops::Range;

/// Every file of the site that can be mended; nothing else than `bersinar.toml` and `content/`.
#[must_use]
pub fn mended(source: &Source) -> Vec<Change> {
    let files = source.files.iter().filter_map(|file| {
        let kind = Kind::of(&file.path)?;
        let before = file.text()?;
        let after = kind.mend(&before);
        let path = file.path.to_string();
        (after != before).then_some(Change { path, before: Some(before), after: Some(after) })
    });
    files.collect()
}

/// The two forms of files that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// TOML between fences, then Markdown.
    Page,
    /// TOML alone.
    Data,
}

/// One way of mending a whole file; none where there is nothing to mend.
type Mend = fn(Kind, &str) -> Option<String>;

impl Kind {
    fn of(path: &str) -> Option<Self> {
        let is_ours = path.starts_with("content/") || path == "bersinar.toml";
        match path.rsplit_once('.')?.1 {
            "md" if is_ours => Some(Self::Page),
            "toml" if is_ours => Some(Self::Data),
            _ => None,
        }
    }

    fn mend(self, text: &str) -> String {
        let steps: [(Mend, Check); 4] = [
            (straight_quotes, is_readable),
            (values::mended, has_same_body),
            (order::mended, says_the_same),
            (layout::mended, says_the_same),
        ];
        steps.iter().fold(text.to_owned(), |before, (mend, check)| {
            let after = mend(self, &before).filter(|after| check(self, &before, after));
            after.unwrap_or(before)
        })
    }

    /// Where the TOML of a file stands, and where the Markdown begins.
    fn parts(self, text: &str) -> Option<Parts> {
        match self {
            Self::Page => parts(text).ok(),
            Self::Data => Some(Parts { toml: bom_length(text)..text.len(), body: text.len() }),
        }
    }

    fn toml(self, text: &str) -> Option<&str> {
        self.parts(text).map(|parts| &text[parts.toml])
    }
}

fn bom_length(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

fn straight_quotes(kind: Kind, text: &str) -> Option<String> {
    let Range { start, end } = kind.parts(text)?.toml;
    let straight = syntax::with_straight_quotes(&text[start..end])?;
    Some(format!("{}{straight}{}", &text[..start], &text[end..]))
}

/// Whether a file may take the place of another.
type Check = fn(Kind, &str, &str) -> bool;

fn table(kind: Kind, text: &str) -> Option<toml::Table> {
    kind.toml(text)?.parse().ok()
}

/// The body of a page as its readers get it.
fn body(kind: Kind, text: &str) -> Option<String> {
    let body = &text[kind.parts(text)?.body..];
    let mut shown = String::new();
    html::push_html(&mut shown, Parser::new_ext(body, markdown::options()));
    Some(shown)
}

fn is_readable(kind: Kind, before: &str, after: &str) -> bool {
    let torn = |text| kind.toml(text).map(syntax::torn_lines);
    torn(after) < torn(before) && has_same_body(kind, before, after)
}

fn has_same_body(kind: Kind, before: &str, after: &str) -> bool {
    body(kind, after).is_some() && body(kind, before) == body(kind, after)
}

fn says_the_same(kind: Kind, before: &str, after: &str) -> bool {
    table(kind, before) == table(kind, after) && has_same_body(kind, before, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let once = Kind::Page.mend(text);
        assert_eq!(Kind::Page.mend(&once), once, "twice changes nothing more");
        once
    }

    #[test]
    fn everything_that_is_safe_is_mended_at_once() {
        let before = "+++\nringkasan = “a “b” c”  \njudul = \"A\"\nper = \"22 Maret 2021\"\n\n[[kontak]]\n# catatan\njenis = \"telepon\" \nnilai = \"(021) 000-0000\" # lama\n+++\nIsi “ini”. \nBaris  \ndua.";
        let after = "+++\njudul = \"A\"\nringkasan = \"a “b” c\"\nper = \"2021-03-22\"\n\n[[kontak]]\n# catatan\njenis = \"telepon\"\nnilai = \"021 0000 000\" # lama\n+++\nIsi “ini”.\nBaris  \ndua.\n";
        assert_eq!(page(before), after);
        assert_eq!(page(&before.replace('\n', "\r\n")), after.replace('\n', "\r\n"));
        assert_eq!(page(&format!("\u{feff}{before}")), format!("\u{feff}{after}"));
    }

    #[test]
    fn what_is_not_certain_stays() {
        for text in [
            "+++\njudul = \"A\nringkasan = \"B\"\n+++\n",
            "+++\nper = \"02-03-2021\"\n+++\n",
            "+++\nteks = \"\"\"\na  \nb\"\"\"\n+++\n",
            "+++\njudul = \"22 Maret 2021\"\n+++\nDibuka 22 Maret 2021.\n",
            "+++\n[[kontak]]\njenis = \"alamat\"\nnilai = \"0210000000\"\n+++\n",
            "bukan halaman",
        ] {
            assert_eq!(page(text).trim_end(), text.trim_end());
        }
    }

    #[test]
    fn only_the_writing_of_a_site_is_touched() {
        for path in ["templates/a.md", "content/a.svg", "content/data/a.csv", "lain.toml"] {
            assert_eq!(Kind::of(path), None, "{path}");
        }
        assert_eq!(Kind::of("bersinar.toml"), Some(Kind::Data));
        assert_eq!(Kind::of("content/ibm/sil.md"), Some(Kind::Page));
    }
}
