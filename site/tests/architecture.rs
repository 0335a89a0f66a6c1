//! The rules of ARCHITECTURE.md that a program can hold: the order of the stages, no words of the site
//! in Rust, short functions, no panics.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content::markdown::RESERVED;
use std::collections::BTreeSet;

/// The order of the stages. A stage uses those before it and [`FREE`].
const STAGES: [&str; 31] = [
    "edit",
    "sheet",
    "content",
    "mend",
    "model",
    "confirm",
    "rename",
    "ledger",
    "survey",
    "revision",
    "import",
    "theme",
    "policy",
    "assets",
    "hosting",
    "render",
    "check",
    "emit",
    "pipeline",
    "invocation",
    "trouble",
    "terminal",
    "starter",
    "explain",
    "schema",
    "scaffold",
    "form",
    "serve",
    "verify",
    "cli",
    "main",
];
/// What every stage may use; each of these uses those before it.
const FREE: [&str; 3] = ["value", "areas", "diag"];
/// The longest function, in lines.
const FUNCTION_LINES: usize = 70;

/// One Rust file: its path below the crate, its text, and the text without the tests at its end.
struct File {
    path: String,
    text: String,
    program: String,
}

fn rust_files(folder: &str) -> Vec<File> {
    let files = lay::files_in(&lay::repository().join(folder));
    let files: Vec<File> = files
        .into_iter()
        .filter(|(path, _)| lay::ending(path) == "rs")
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let program = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
            File { path, text, program }
        })
        .collect();
    assert!(!files.is_empty(), "{folder}");
    files
}

/// `render/places.rs` → `render`
fn stage_of(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

/// The stages a file names: after `crate::`, alone or in braces.
fn used_by(program: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for rest in program.split("crate::").skip(1) {
        let list = rest.strip_prefix('{').map(|rest| rest.split_once("};").map_or(rest, |p| p.0));
        let names = list.map_or_else(
            || vec![rest],
            |list| list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
        );
        for name in names {
            let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '_');
            used.insert(&name[..end.unwrap_or(name.len())]);
        }
    }
    used
}

#[test]
fn uses_are_found_in_every_form() {
    let program =
        "use crate::content::{self, Source};\nuse crate::{assets, check};\ncrate::model::x()";
    assert_eq!(used_by(program), BTreeSet::from(["assets", "check", "content", "model"]));
}

#[test]
fn the_stages_depend_in_one_direction() {
    let mut wrong = Vec::new();
    for file in rust_files("site/src") {
        let stage = stage_of(&file.path);
        if stage == "lib" {
            continue;
        }
        let mut allowed: BTreeSet<&str> = BTreeSet::from([stage]);
        if let Some(at) = STAGES.iter().position(|known| *known == stage) {
            allowed.extend(&STAGES[..at]);
            allowed.extend(FREE);
        } else {
            let at = FREE.iter().position(|known| *known == stage);
            allowed.extend(&FREE[..at.unwrap_or_else(|| panic!("no place for {stage}"))]);
        }
        let against = used_by(&file.program).into_iter().filter(|used| !allowed.contains(used));
        wrong.extend(against.map(|used| format!("{} uses {used}", file.path)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_touched_at_the_two_ends_only() {
    let ends = [
        "content/read.rs",
        "emit",
        "invocation.rs",
        "terminal.rs",
        "starter.rs",
        "serve.rs",
        "verify/folder.rs",
        "cli.rs",
        "main.rs",
    ];
    let doors = ["std::fs", "fs::read", "fs::write", "File::open", "std::env", "Timestamp::now"];
    let mut wrong = Vec::new();
    for file in rust_files("site/src") {
        if ends.contains(&file.path.as_str()) || ends.contains(&stage_of(&file.path)) {
            continue;
        }
        let found = doors.iter().filter(|door| file.program.contains(**door));
        wrong.extend(found.map(|door| format!("{}: {door}", file.path)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_clock_is_read_in_one_place() {
    let mut readers = Vec::new();
    for file in rust_files("site/src") {
        let clock = ["Timestamp::now", "SystemTime", "Zoned::now"];
        if clock.iter().any(|clock| file.program.contains(clock)) {
            readers.push(file.path);
        }
    }
    assert_eq!(readers, ["invocation.rs"]);
}

#[test]
fn nothing_panics_outside_tests() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "dbg!("];
    let mut wrong = Vec::new();
    for folder in ["site/src", "widget/src", "widget/island/src", "screening/src"] {
        for file in rust_files(folder) {
            for (number, line) in code_lines(&file.program) {
                let found = words.iter().filter(|word| line.contains(**word));
                wrong.extend(found.map(|word| format!("{folder}/{}:{number}: {word}", file.path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lines that are not comments, numbered from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Common words that no key of a file and no path is made of. A text with one of them is wording, and
/// wording is data.
const INDONESIAN: [&str; 40] = [
    "ada", "adalah", "agar", "akan", "anda", "atau", "bagian", "baris", "belum", "bila", "bisa",
    "boleh", "bukan", "dalam", "dan", "dari", "dengan", "di", "harus", "hari", "ini", "itu",
    "jangan", "kami", "karena", "ke", "kosong", "lalu", "lebih", "mungkin", "oleh", "pada",
    "sudah", "tetapi", "tidak", "tulis", "untuk", "yang", "tanpa", "juga",
];

#[test]
fn no_indonesian_sentence_stands_in_rust() {
    let mut wrong = Vec::new();
    for folder in ["site/src", "widget/src"] {
        for file in rust_files(folder) {
            for (number, line) in code_lines(&file.program) {
                let found = literals(line).into_iter().filter(|literal| is_wording(literal));
                wrong.extend(found.map(|l| format!("{folder}/{}:{number}: {l}", file.path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The string literals of a line.
fn literals(line: &str) -> Vec<String> {
    let unescaped = line.replace("\\\\", "").replace("\\\"", "'").replace("'\"'", "");
    unescaped.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Keys are one word, perhaps with dots and underscores; wording is several, one of them common.
fn is_wording(literal: &str) -> bool {
    let words: Vec<&str> = literal.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    words.len() > 1 && words.iter().any(|word| INDONESIAN.contains(&plain(word).as_str()))
}

#[test]
fn wording_is_told_from_keys() {
    let found = literals("let a = [\"nilai\", \"Tidak ada \\\"x\\\" di sini\", \"bukan_judul\"];");
    let wording: Vec<bool> = found.iter().map(|literal| is_wording(literal)).collect();
    assert_eq!(wording, [false, true, false]);
}

#[test]
fn functions_are_short() {
    let mut wrong = Vec::new();
    for folder in ["site/src", "site/tests", "widget/src", "widget/island/src", "screening/src"] {
        for file in rust_files(folder) {
            for (name, length) in functions(&file.text) {
                if length > FUNCTION_LINES {
                    wrong.push(format!("{folder}/{}: {name} has {length} lines", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each function's name and its length in lines, by the indentation that rustfmt keeps.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let head = line.trim_start();
        let before_name = head.split_once("fn ").map(|(before, _)| before);
        let is_function = before_name.is_some_and(|before| {
            before.split_whitespace().all(|word| word.starts_with("pub") || word == "const")
        });
        if !is_function || line.trim_end().ends_with(['}', ';']) {
            continue;
        }
        let name = head.split_once("fn ").unwrap().1.split(['(', '<']).next().unwrap();
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().take_while(|line| **line != end).count() + 1;
        found.push((name, length));
    }
    found
}

#[test]
fn no_heading_can_take_an_id_of_the_templates() {
    let mut ids = BTreeSet::new();
    for (path, bytes) in lay::files_in(&lay::repository().join("templates")) {
        let text = String::from_utf8(bytes).unwrap();
        let quoted = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let fixed = quoted.filter(|id| lay::ending(&path) == "html" && !id.contains('{'));
        ids.extend(fixed.map(str::to_owned));
    }
    let reserved: Vec<String> = RESERVED.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(ids.into_iter().collect::<Vec<String>>(), reserved);
}

#[test]
fn every_file_says_what_it_is() {
    let folders = ["site/src", "site/tests", "widget/src", "widget/island/src", "screening/src"];
    for folder in folders {
        for file in rust_files(folder) {
            assert!(file.text.starts_with("//! "), "{folder}/{}", file.path);
        }
    }
}

#[test]
fn every_word_of_the_paper_form_is_shown_somewhere() {
    let mut users: String = rust_files("site/src").into_iter().map(|file| file.program).collect();
    for (_, bytes) in lay::files_in(&lay::repository().join("templates")) {
        users.push_str(&String::from_utf8(bytes).unwrap());
    }
    for word in island::PaperWord::ALL {
        let variant = format!("PaperWord::{word:?}.");
        let is_used = users.contains(word.key()) || users.contains(&variant);
        assert!(is_used, "{} is shown nowhere", word.key());
    }
}
