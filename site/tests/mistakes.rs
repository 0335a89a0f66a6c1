//! Copies of the real content with one mistake each: every mistake is told, on its line, and in at
//! least 95 of 100 cases by one fault alone.
//!
//! `BERSINAR_MISTAKES=1 cargo test --test mistakes -- --nocapture` prints what is not told as it should be.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;
mod seeded;

use bersinar::diag::{Format, Messages, show_all};
use bersinar::emit::Discard;
use bersinar::pipeline::{self, Options};
use lay::{Files, difference, repository};
use rayon::prelude::*;
use seeded::{Mistake, Place, mistakes, table};
use std::collections::BTreeMap;

/// How many mistakes there must be.
const MISTAKES: usize = 200;
/// How many of 100 must be told by one fault alone.
const SINGLE_PERCENT: usize = 95;

/// What a fault says, apart from where it stands in its file.
type Told = (String, String, String);

/// Each fault with its line.
fn faults_of(files: &Files) -> Vec<(Told, Option<usize>)> {
    let source = lay::source(files);
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let faults = pipeline::build(&source, &options, &Discard).unwrap();
    let messages = Messages::in_language("id");
    let lines = show_all(&faults, &pipeline::sources(&source, &faults), &messages, Format::Json);
    let read = |line: &str| {
        let fault: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| fault[key].as_str().unwrap().to_owned();
        let number = fault["line"].as_u64().map(|line| usize::try_from(line).unwrap());
        ((text("code"), text("file"), text("message")), number)
    };
    lines.lines().map(read).collect()
}

/// The real site: its settings and its content.
fn real_site() -> Files {
    let mut files = lay::files_in(&repository().join("content"));
    files = files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let config = std::fs::read(repository().join("bersinar.toml")).unwrap();
    files.insert("bersinar.toml".to_owned(), config);
    files
}

/// The faults that a mistake adds to those the site has already.
fn added(site: &Files, known: &[Told], mistake: &Mistake) -> Vec<(Told, Option<usize>)> {
    let mut files = site.clone();
    mistake.gone.iter().for_each(|gone| drop(files.remove(gone)));
    match &mistake.bytes {
        Some(bytes) => drop(files.insert(mistake.path.clone(), bytes.clone())),
        None => drop(files.remove(&mistake.path)),
    }
    let mut found = faults_of(&files);
    for told in known {
        if let Some(at) = found.iter().position(|(fault, _)| fault == told) {
            found.remove(at);
        }
    }
    found
}

fn is_right(mistake: &Mistake, faults: &[(Told, Option<usize>)]) -> bool {
    faults.iter().any(|((_, file, message), line)| match &mistake.place {
        Place::Line(number) => *file == mistake.path && *line == Some(*number),
        Place::Name(name) => file == name || message.contains(name),
    })
}

#[test]
fn every_mistake_is_told_on_its_line_and_mostly_once() {
    let site = real_site();
    let known: Vec<Told> = faults_of(&site).into_iter().map(|(told, _)| told).collect();
    let mistakes = mistakes(&site);
    assert!(mistakes.len() >= MISTAKES, "{}", mistakes.len());
    let judged: Vec<[usize; 4]> = mistakes
        .par_iter()
        .map(|mistake| {
            let faults = added(&site, &known, mistake);
            let right = is_right(mistake, &faults);
            if !right || faults.len() != 1 {
                complain(mistake, &faults);
            }
            [1, faults.len().min(1), usize::from(right), usize::from(faults.len() == 1)]
        })
        .collect();
    let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut total = [0; 4];
    for (mistake, counts) in mistakes.iter().zip(&judged) {
        let row = kinds.entry(mistake.kind).or_default();
        for at in 0..4 {
            row[at] += counts[at];
            total[at] += counts[at];
        }
    }
    let mut rows: Vec<(&str, [usize; 4])> = kinds.into_iter().collect();
    rows.push(("**all**", total));
    let frame = std::fs::read_to_string(repository().join("tests/faults/PRECISION.md")).unwrap();
    let document = frame.replace("{rows}", table(&rows).trim_end());
    let path = repository().join("docs/fault-precision.md");
    let [made, told, right, single] = total;
    assert_eq!((told, right), (made, made), "BERSINAR_MISTAKES=1 tells more");
    assert!(single * 100 >= made * SINGLE_PERCENT, "{single} of {made}");
    lay::none(difference(&path, document.as_bytes()).into_iter().collect());
}

/// Says what is not told as it should be, where somebody wants to know.
#[allow(clippy::print_stderr, reason = "this is what it is asked for")]
fn complain(mistake: &Mistake, faults: &[(Told, Option<usize>)]) {
    if std::env::var_os("BERSINAR_MISTAKES").is_some() {
        eprintln!("{}: {} {:?}", mistake.kind, mistake.path, mistake.place);
        for ((code, file, message), line) in faults {
            eprintln!("    {code} {file}:{line:?} {message}");
        }
    }
}
