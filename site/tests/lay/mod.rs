//! Folders laid over each other → the files of one site, so that a fixture holds only what is its own.
//!
//! A folder that is laid over others may hold two files that are no part of the site: `HAPUS` lists
//! files to leave out, one a line; `UBAH.toml` lists texts to replace in files that lie below.

#![allow(dead_code, reason = "each test program uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use bersinar::content::{self, Held, Source, SourceFile};
use bersinar::import::Wanted;
use bersinar::invocation;
use island::Island;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// Path relative to the site, with forward slashes, and content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The day for which every fixture is built.
pub const TODAY: &str = "2026-11-21";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    ubah: Vec<Change>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    berkas: String,
    dari: String,
    menjadi: String,
}

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Every file below a folder.
pub fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    add_files(folder, "", &mut files);
    files
}

fn add_files(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            add_files(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// The words of the real site in some languages, which fixtures need not repeat.
pub fn real_words(languages: &[&str]) -> Files {
    let paths = languages.iter().flat_map(|lang| {
        ["kata", "skrining"].map(|kind| format!("content/data/{kind}.{lang}.toml"))
    });
    paths.map(|path| (path.clone(), fs::read(repository().join(path)).unwrap())).collect()
}

/// Files with those of a folder laid over them.
pub fn over(mut files: Files, folder: &Path) -> Files {
    let mut above = files_in(folder);
    let place = folder.display();
    for line in text(above.remove("HAPUS")).lines() {
        assert!(files.remove(line).is_some(), "{place}/HAPUS: there is no {line}");
    }
    if let Some(changes) = above.remove("UBAH.toml") {
        let changes: Changes = toml::from_str(&text(Some(changes))).unwrap();
        for Change { berkas, dari, menjadi } in changes.ubah {
            let old = text(files.get(&berkas).cloned());
            assert_eq!(old.matches(&dari).count(), 1, "{place}/UBAH.toml: {berkas}: {dari}");
            files.insert(berkas, old.replace(&dari, &menjadi).into_bytes());
        }
    }
    files.extend(above);
    files
}

fn text(bytes: Option<Vec<u8>>) -> String {
    String::from_utf8(bytes.unwrap_or_default()).unwrap()
}

/// The good site under `tests/faults/dasar`.
pub fn good_site() -> Files {
    over(real_words(&["id"]), &repository().join("tests/faults/dasar"))
}

/// The small site with a screening, under `tests/sites/kecil`.
pub fn small_site() -> Files {
    let mut files = over(real_words(&["id"]), &repository().join("tests/sites/kecil"));
    files.retain(|path, _| !path.starts_with("expected/"));
    files
}

/// The real site.
pub fn real_site() -> Files {
    let content = files_in(&repository().join("content")).into_iter();
    let mut files: Files =
        content.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let settings = fs::read(repository().join("bersinar.toml")).unwrap();
    files.insert("bersinar.toml".to_owned(), settings);
    files
}

/// The files as the generator has them after reading.
pub fn source(files: &Files) -> Source {
    if files.contains_key(MADE) {
        return source_on_disk(files);
    }
    let file = |(path, bytes): (&String, &Vec<u8>)| SourceFile::new(path, bytes);
    Source { files: files.iter().map(file).collect(), faults: Vec::new() }
}

/// The same from a folder that does not outlive the reading.
fn source_on_disk(files: &Files) -> Source {
    let folder = tempfile::tempdir().unwrap();
    write(files, folder.path());
    content::read(folder.path(), Held::All).unwrap()
}

/// Takes out of some files the table that `IMPOR` names with its options, one a line: what is wanted of
/// the table, its name and its bytes. None where there is no `IMPOR`.
pub fn take_table(files: &mut Files) -> Option<(Wanted, Arc<str>, Vec<u8>)> {
    let lines = text(Some(files.remove("IMPOR")?));
    let arguments = ["import"].into_iter().chain(lines.lines()).map(OsString::from).collect();
    let import = match invocation::parse(arguments).unwrap().command {
        invocation::Command::Import(import) => Some(import),
        _ => None,
    };
    let import = import.unwrap();
    let name = import.file.to_str().unwrap();
    let bytes = files.remove(name).unwrap();
    Some((import.wanted, Arc::from(name), bytes))
}

/// What a folder that is laid over others may hold besides: what git cannot hold, one a line.
/// `PATH -> TARGET` is a symbolic link, `PATH x 9` a file of so many bytes, `PATH |` a pipe.
pub const MADE: &str = "BUAT";

fn make(line: &str, folder: &Path) {
    let (path, what) = line.split_once(' ').unwrap();
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    match what.split_once(' ') {
        #[cfg(unix)]
        Some(("->", target)) => std::os::unix::fs::symlink(target, path).unwrap(),
        Some(("x", bytes)) => {
            fs::File::create(path).unwrap().set_len(bytes.parse().unwrap()).unwrap();
        }
        _ => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
    }
}

/// Writes the files below a folder.
pub fn write(files: &Files, folder: &Path) {
    text(files.get(MADE).cloned()).lines().for_each(|line| make(line, folder));
    for (path, bytes) in files.iter().filter(|(path, _)| *path != MADE) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Runs the program.
pub fn bersinar(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bersinar"));
    command.args(arguments).env("NO_COLOR", "1").output().unwrap()
}

/// Runs a command for the site on the day of the fixtures.
pub fn run(site: &Path, arguments: &[&str]) -> Output {
    let place = ["--root", site.to_str().unwrap(), "--today", TODAY];
    bersinar(&[arguments, &place].concat())
}

/// The exit code.
pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What was written to standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What was written to standard output.
pub fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Runs the program for somebody who types an answer.
pub fn answering(answer: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bersinar"));
    let command = command.args(arguments).env("NO_COLOR", "1");
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = pipes.spawn().unwrap();
    running.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    running.wait_with_output().unwrap()
}

/// The text of the island in a page.
pub fn island_text(html: &str) -> &str {
    html.split_once("id=\"pulau\">").unwrap().1.split_once("</script>").unwrap().0
}

/// The island in a page.
pub fn island(html: &[u8]) -> Island {
    Island::from_text(island_text(std::str::from_utf8(html).unwrap())).unwrap()
}

/// Whether expected files are to be written anew: `BERSINAR_OVERWRITE=1 cargo test`.
pub fn overwrites() -> bool {
    std::env::var_os("BERSINAR_OVERWRITE").is_some_and(|value| value == "1")
}

/// Compares a file with what was made, or writes it. Tells the difference, if there is one.
#[must_use]
pub fn difference(path: &Path, made: &[u8]) -> Option<String> {
    if overwrites() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, made).unwrap();
        return None;
    }
    let place = path.display();
    let Ok(expected) = fs::read(path) else { return Some(format!("{place} does not exist")) };
    if expected == made {
        return None;
    }
    let [expected, made] = [&expected, made].map(|bytes| String::from_utf8_lossy(bytes));
    let line = expected.lines().zip(made.lines()).take_while(|(a, b)| a == b).count();
    let [expected, made] = [&expected, &made].map(|text| text.lines().nth(line).unwrap_or("–"));
    Some(format!("{place}, line {}:\n  expected: {expected}\n  made:     {made}", line + 1))
}

/// Fails with every difference there is.
pub fn none(differences: Vec<String>) {
    assert!(
        differences.is_empty(),
        "{}\n\nIf this is meant: BERSINAR_OVERWRITE=1 cargo test, then read the diff.",
        differences.join("\n")
    );
}

/// The folders in a folder, sorted.
pub fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// What stands behind the last dot of a path.
pub fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The name of a file or folder.
pub fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}
