//! The paths of a site → faults about names that are one and the same, or none at all, on another
//! computer: offices copy the folder between Windows, Mac and servers.

use super::SourceFile;
use super::intake::{self, Entry};
use crate::diag::{Code, Fault, Spot};
use std::collections::BTreeMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Names that Windows keeps for devices, whatever their ending. Source: Microsoft, "Naming Files,
/// Paths, and Namespaces".
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
/// Characters that Windows refuses in names.
const REFUSED: &str = "<>:\"|?*";

/// What is wrong with the names of files and folders below `content/`.
pub fn check(files: &[SourceFile]) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.starts_with("content/")) {
        found.extend(twin(file, &mut known));
        if let Some(name) = file.path.split('/').find(|name| is_reserved(name)) {
            found.push(Fault::new(Code::ReservedName, Spot::file(&file.path)).with("name", name));
        }
    }
    found
}

/// Whether a new file may have this path, relative to the site.
#[must_use]
pub fn may_be_named(path: &str) -> bool {
    let may_be = |path: &str, entry: Entry| {
        let name = path.rsplit('/').next().unwrap_or(path);
        intake::judge(path, name.as_ref(), entry).is_ok() && !is_reserved(name)
    };
    let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    folders.all(|folder| may_be(folder, Entry::Folder)) && may_be(path, Entry::File)
}

/// Puts that in the place of what page names were told for themselves: renaming by that rule would put
/// one twin over the other.
pub fn tell(found: Vec<Fault>, faults: &mut Vec<Fault>) {
    let is_told = |file: &Arc<str>| found.iter().any(|fault: &Fault| fault.spot.file == *file);
    faults.retain(|fault| fault.code != Code::BadFileName || !is_told(&fault.spot.file));
    faults.extend(found);
}

/// A fault where the file, or a folder it lies in, is another one on a computer that does not tell
/// capitals from small letters or one way of writing é from the other.
fn twin<'a>(file: &'a SourceFile, known: &mut BTreeMap<String, &'a str>) -> Option<Fault> {
    let ends = file.path.match_indices('/').map(|(at, _)| at).chain([file.path.len()]);
    for path in ends.map(|end| &file.path[..end]) {
        let folded = folded(path);
        let other = *known.entry(folded).or_insert(path);
        if other != path {
            let fault = Fault::new(Code::NameTwice, Spot::file(&file.path));
            return Some(fault.with("name", path).with("other", other));
        }
    }
    None
}

/// A path as a computer sees it that tells neither capitals nor ways of writing letters apart.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_device = DEVICES.iter().any(|device| match stem.strip_prefix(device) {
        Some("") => !matches!(*device, "com" | "lpt"),
        Some(number) => {
            let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
            matches!(*device, "com" | "lpt")
                && number.chars().count() == 1
                && number.chars().all(is_digit)
        }
        None => false,
    });
    // `kantor .md` and `kantor..md` too: programs drop blanks and dots at the end of the stem.
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_blank = |part: &str| part.ends_with(['.', ' ']) || part.starts_with(' ');
    is_device || is_blank(name) || is_blank(stem) || name.contains(|c| REFUSED.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(paths: &[&str]) -> Vec<(Code, String)> {
        let file = |path: &&str| SourceFile::new(path, &[]);
        let files: Vec<SourceFile> = paths.iter().map(file).collect();
        check(&files).iter().map(|f| (f.code, f.fact("name").unwrap().to_owned())).collect()
    }

    #[test]
    fn twins_by_case_and_by_normal_form_are_told_once() {
        let twice = |name: &str| (Code::NameTwice, name.to_owned());
        assert_eq!(told(&["content/a.png", "content/A.png"]), [twice("content/A.png")]);
        assert_eq!(
            told(&["content/caf\u{e9}.png", "content/cafe\u{301}.png"]),
            [twice("content/cafe\u{301}.png")]
        );
        assert_eq!(told(&["content/Unit/a.md", "content/unit/b.md"]), [twice("content/unit")]);
        assert_eq!(told(&["content/a.md", "content/a/_index.md", "content/a.en.md"]), []);
    }

    #[test]
    fn names_of_devices_are_reserved_with_any_ending() {
        for name in ["con.md", "NUL", "aux.en.md", "com1.md", "lpt¹.png", "con .md"] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["a.", "a ", "a..md", "a .md", " a.md", "a:b.png", "apa?.md"] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["konsultasi.md", "con-2.md", "com.md", "com10.md", "_index.md", "console.png"]
        {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
