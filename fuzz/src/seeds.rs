//! The repository → the texts and tables with which the fuzzer begins: the real content, the cases of
//! faults, and the tables of the import.

use super::pages::REPOSITORY;
use super::tables::{BETWEEN, ODS, XLSX};
use flate2::read::DeflateDecoder;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a target begins with.
#[must_use]
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "areas" => lines("site/data/areas.txt", 9_973),
        "data" => data(),
        "edit" => pages().chain(tables_of_data()).map(|(_, bytes)| bytes).collect(),
        "front" => pages().map(|(path, bytes)| chosen(kind_of(&path), &bytes)).collect(),
        "markdown" => pages().map(|(_, bytes)| body(&bytes)).collect(),
        "package" => packages(),
        "paths" => pages().map(|(path, _)| path.into_bytes()).collect(),
        "phone" => lines("site/data/kode-area.tsv", 29).into_iter().chain(numbers()).collect(),
        "place" => pages().map(|(_, bytes)| chosen(2, &bytes)).collect(),
        _ => spreadsheets(),
    }
}

fn chosen(first: u8, rest: &[u8]) -> Vec<u8> {
    [&[first], rest].concat()
}

/// The files below a folder whose names have an ending, with their paths below it.
fn files(folder: &Path, ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(place) = folders.pop() {
        let entries = fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path());
        let (inner, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
        folders.extend(inner);
        let wanted = files.iter().filter(|path| path.extension().is_some_and(|e| e == ending));
        found.extend(wanted.map(|path| {
            let below = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (below, fs::read(path).unwrap())
        }));
    }
    found.sort();
    found
}

fn repository(path: &str) -> PathBuf {
    Path::new(REPOSITORY).join(path)
}

/// Real pages, and those with one fault each.
fn pages() -> impl Iterator<Item = (String, Vec<u8>)> {
    let cases = files(&repository("tests/faults"), "md").into_iter();
    let cases =
        cases.filter_map(|(path, bytes)| Some((path.split_once("content/")?.1.to_owned(), bytes)));
    files(&repository("content"), "md").into_iter().chain(cases)
}

fn tables_of_data() -> impl Iterator<Item = (String, Vec<u8>)> {
    let cases = files(&repository("tests/faults"), "toml").into_iter();
    files(&repository("content/data"), "toml").into_iter().chain(cases)
}

fn data() -> Vec<Vec<u8>> {
    let known = ["kata", "bersinar", "wilayah", "sumber", "kontak", "konfirmasi", "instrumen"];
    let chosen_by_name = tables_of_data().map(|(path, bytes)| {
        let kind = known.iter().position(|name| path.contains(&format!("{name}."))).unwrap_or(0);
        chosen(u8::try_from(kind).unwrap(), &bytes)
    });
    chosen_by_name.collect()
}

/// The choice of `front` for a page: by its folder, and whether it is a translation.
fn kind_of(path: &str) -> u8 {
    let folders = ["", "_index", "kantor/", "unit/", "fasilitas/"];
    let kind = folders.iter().rposition(|folder| path.contains(folder)).unwrap_or(0);
    let kind = u8::try_from(kind).unwrap();
    // 128 more is a translation of the page with the same remainder by six.
    if path.ends_with(".en.md") { kind + 132 } else { kind }
}

fn body(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    text.rsplit_once("+++\n").map_or(&*text, |(_, body)| body).as_bytes().to_vec()
}

/// Every so-and-so-many-th line of a file.
fn lines(path: &str, step: usize) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(repository(path)).unwrap();
    text.lines().step_by(step).map(|line| line.trim().as_bytes().to_vec()).collect()
}

/// Numbers of each kind; none of them is anybody's.
fn numbers() -> impl Iterator<Item = Vec<u8>> {
    let all =
        ["119", "1500-000", "0800 0000 000", "0886-0000-0000", "021-0000000", "+62 21 0000000"];
    all.into_iter().map(|number| number.as_bytes().to_vec())
}

fn spreadsheets() -> Vec<Vec<u8>> {
    let of = |form: u8, ending| {
        let files = files(&repository("tests/impor"), ending).into_iter();
        files.map(move |(_, bytes)| chosen(form, &bytes))
    };
    of(0, "xlsx").chain(of(1, "csv")).chain(of(2, "ods")).chain(of(2, "xls")).collect()
}

fn packages() -> Vec<Vec<u8>> {
    let of = |form: u8, ending, parts: &'static [&str]| {
        let files = files(&repository("tests/impor"), ending).into_iter();
        files.map(move |(_, bytes)| {
            let texts: Vec<String> = parts.iter().map(|part| unpacked(&bytes, part)).collect();
            chosen(form, texts.join(BETWEEN).as_bytes())
        })
    };
    of(0, "xlsx", &XLSX).chain(of(1, "ods", &ODS)).collect()
}

/// A part of a package that an office program wrote; empty where there is none.
fn unpacked(package: &[u8], part: &str) -> String {
    let number = |at: usize, length: usize| {
        package[at..at + length]
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    let heads = package.windows(4).enumerate().filter(|(_, window)| window == b"PK\x01\x02");
    for (at, _) in heads {
        let [name, packed, place] =
            [(28, 2), (20, 4), (42, 4)].map(|(offset, length)| number(at + offset, length));
        if &package[at + 46..at + 46 + name] != part.as_bytes() {
            continue;
        }
        let start = place + 30 + number(place + 26, 2) + number(place + 28, 2);
        let bytes = &package[start..start + packed];
        let mut text = String::new();
        if number(at + 10, 2) == 8 {
            DeflateDecoder::new(bytes).read_to_string(&mut text).unwrap();
        } else {
            text.push_str(std::str::from_utf8(bytes).unwrap());
        }
        return text;
    }
    String::new()
}
