//! The files of a site and their SHA-256 ↔ the text of `SHA256SUMS`, as `sha256sum -c` reads it.

use crate::value::{hexadecimal, parse_digest};
use sha2::{Digest, Sha256};

/// The list in the output folder. It names every file but itself and the marker.
pub const MANIFEST_FILE: &str = "SHA256SUMS";

/// A SHA-256.
pub type Sum = [u8; 32];

/// The SHA-256 of some bytes.
#[must_use]
pub fn sum(bytes: &[u8]) -> Sum {
    Sha256::digest(bytes).into()
}

/// A file and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path below the output folder.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub sum: Sum,
}

/// Files in the order of their paths, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(Vec<Listed>);

impl Manifest {
    /// The files in order. None where a path occurs twice.
    #[must_use]
    pub fn of(mut files: Vec<Listed>) -> Option<Self> {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let is_each_once = files.windows(2).all(|pair| pair[0].path != pair[1].path);
        is_each_once.then_some(Self(files))
    }

    /// Reads the text again. None where it is not exactly as [`Manifest::text`] writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let files: Option<Vec<Listed>> = text.split_inclusive('\n').map(listed).collect();
        let files = files?;
        let is_sorted = files.windows(2).all(|pair| pair[0].path < pair[1].path);
        is_sorted.then_some(Self(files))
    }

    /// One line a file: the sum in hexadecimal digits, two blanks, the path.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.0.iter().map(|f| f.path.len() + 67).sum());
        for Listed { path, sum } in &self.0 {
            text.push_str(&hexadecimal(sum));
            text.push_str("  ");
            text.push_str(path);
            text.push('\n');
        }
        text
    }

    /// The files in order.
    #[must_use]
    pub fn files(&self) -> &[Listed] {
        &self.0
    }

    /// Where a file stands in the order, if it is listed.
    #[must_use]
    pub fn position(&self, path: &str) -> Option<usize> {
        self.0.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }
}

fn listed(line: &str) -> Option<Listed> {
    let (digits, path) = line.strip_suffix('\n')?.split_at_checked(64)?;
    let path = path.strip_prefix("  ").filter(|path| !path.is_empty())?;
    let is_lower = !digits.bytes().any(|digit| digit.is_ascii_uppercase());
    let sum = parse_digest(digits).filter(|_| is_lower)?;
    Some(Listed { path: path.to_owned(), sum })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Listed {
        Listed { path: path.to_owned(), sum: sum(path.as_bytes()) }
    }

    #[test]
    fn a_list_is_read_as_it_is_written() {
        let manifest = Manifest::of(["b", "a/b", "a-b", "abc"].map(file).into()).unwrap();
        let text = manifest.text();
        let last = text.lines().last().unwrap();
        assert_eq!(last, "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b");
        assert_eq!(Manifest::parse(&text), Some(manifest.clone()));
        let paths: Vec<&str> = manifest.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a-b", "a/b", "abc", "b"]);
        assert_eq!(manifest.position("abc"), Some(2));
        assert_eq!(manifest.position("ab"), None);
    }

    #[test]
    fn what_was_not_written_so_is_no_list() {
        assert_eq!(Manifest::of(["a", "b", "a"].map(file).into()), None);
        let good = Manifest::of(["a", "b"].map(file).into()).unwrap().text();
        let (first, second) = good.split_at(good.len() / 2);
        let wrong = [
            good.trim_end().to_owned(),
            format!("{second}{first}"),
            format!("{first}{first}"),
            good.to_uppercase(),
            good.replace("  ", " "),
            "ä".repeat(40),
        ];
        for text in wrong {
            assert_eq!(Manifest::parse(&text), None, "{text}");
        }
        assert_eq!(Manifest::parse(""), Some(Manifest::default()));
    }
}
