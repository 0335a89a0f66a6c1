//! Every input of the hostile corpus keeps to one contract, seen from outside: it is refused with a
//! placed fault, or it is a page without anything that runs or loads; the old site stays byte for byte;
//! no panic, no signal; less than 10 seconds and 512 MB; nothing is left behind. What came of each
//! class stands in `docs/hostile-input.md`.
//!
//! `BERSINAR_HOSTILE=all` runs every input, the beginning of a name every input of the classes that begin
//! so; else a sample of each class is run. With `BERSINAR_OVERWRITE=1`, what a sample came out as is
//! added to the document; a run of all writes it anew.

#![cfg(target_os = "linux")]
#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "clippy exempts tests, not their helper functions; figures are for whoever reads the output"
)]

mod corpus;
mod lay;

use corpus::run::{self, Result};
use corpus::{Case, Extent, Outcome};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::Command;

/// What came of each class.
const DOCUMENT: &str = "docs/hostile-input.md";
/// How many inputs of a class are in a sample.
const SAMPLE: usize = 2;

/// What is to be run, and of the classes that begin how.
fn wanted() -> (Extent, String) {
    match std::env::var("BERSINAR_HOSTILE") {
        Ok(prefix) if prefix != "all" => (Extent::Part, prefix),
        Ok(_) => (Extent::Whole, String::new()),
        Err(_) => (Extent::Sample, String::new()),
    }
}

/// The cases by their class, in the order of their names.
fn classes(cases: &[Case]) -> BTreeMap<&str, Vec<&Case>> {
    let mut classes: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        classes.entry(&case.class).or_default().push(case);
    }
    classes
}

/// Some of a class, spread over it. What must be built by other programs is left out where they lack.
fn chosen<'a>(cases: &[&'a Case], extent: Extent) -> Vec<&'a Case> {
    let can_trace = Command::new("strace").arg("-V").output().is_ok();
    let wants_trace = |case: &Case| case.wrapper.first().is_some_and(|program| program == "strace");
    let step = match extent {
        Extent::Whole | Extent::Part => 1,
        Extent::Sample => cases.len().div_ceil(SAMPLE),
    };
    let every = cases.iter().step_by(step).copied();
    every.filter(|case| can_trace || !wants_trace(case)).collect()
}

#[test]
fn every_hostile_input_keeps_to_the_contract() {
    let cases = corpus::cases();
    let classes = classes(&cases);
    assert!(classes.len() >= 80 && cases.len() >= 200, "{} {}", classes.len(), cases.len());
    let before = run::before();
    let (extent, prefix) = wanted();
    let wanted = classes.iter().filter(|(class, _)| class.starts_with(&prefix));
    let chosen: Vec<&Case> = wanted.flat_map(|(_, cases)| chosen(cases, extent)).collect();
    let results: Vec<Result> = chosen
        .par_iter()
        .map(|case| {
            let result = run::run(case, &before);
            for what in &result.wrong {
                println!("{}, {}: {what}", case.class, case.name);
            }
            result
        })
        .collect();
    let mut wrong = Vec::new();
    for (case, result) in chosen.iter().zip(&results) {
        let place = format!("{}, {}", case.class, case.name);
        wrong.extend(result.wrong.iter().map(|what| format!("{place}: {what}")));
    }
    tell_figures(&chosen, &results);
    let mut found = outcomes(&chosen, &results);
    if extent != Extent::Whole {
        // What other inputs came out as stands there already.
        for class in classes.keys() {
            found.entry(class).or_default().extend(known(class));
        }
    }
    let path = lay::repository().join(DOCUMENT);
    wrong.extend(lay::difference(&path, document(&classes, &found).as_bytes()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The longest and the largest, for whoever reads the output of the test.
fn tell_figures(cases: &[&Case], results: &[Result]) {
    let mut both: Vec<(&&Case, &Result)> = cases.iter().zip(results).collect();
    println!("{} builds", both.len());
    both.sort_by_key(|(_, result)| std::cmp::Reverse(result.time));
    for (case, result) in both.iter().take(12) {
        println!("{:?} {} KB: {}, {}", result.time, result.memory_kb, case.class, case.name);
    }
    if let Some((case, result)) = both.iter().max_by_key(|(_, result)| result.memory_kb) {
        println!("largest: {} KB: {}, {}", result.memory_kb, case.class, case.name);
    }
}

/// What came of a class: whether any input became a page, and the codes of those that did not.
type Outcomes<'a> = BTreeMap<&'a str, BTreeSet<String>>;

/// What a page is called in the table.
const PAGE: &str = "page";
/// What a refusal without a code is called there.
const TROUBLE: &str = "trouble";

fn outcomes<'a>(cases: &[&'a Case], results: &[Result]) -> Outcomes<'a> {
    let mut found = Outcomes::new();
    for (case, result) in cases.iter().zip(results) {
        let words = found.entry(&case.class).or_default();
        match (result.is_published, result.codes.is_empty()) {
            (true, _) => words.extend([PAGE.to_owned()]),
            (false, true) => words.extend([TROUBLE.to_owned()]),
            (false, false) => words.extend(result.codes.iter().cloned()),
        }
    }
    found
}

fn document(classes: &BTreeMap<&str, Vec<&Case>>, found: &Outcomes) -> String {
    let inputs: usize = classes.values().map(Vec::len).sum();
    let frame = include_str!("../../tests/hostile/DOKUMEN.md");
    let mut rows = String::new();
    for (class, cases) in classes {
        let outcome = match cases[0].outcome {
            Outcome::Refused => "refused",
            Outcome::Page => "a page",
            Outcome::Either => "one of the two",
        };
        let words: Vec<&str> = found.get(class).into_iter().flatten().map(String::as_str).collect();
        let _ = writeln!(
            rows,
            "| {class} | {} | {} | {outcome} | {} |",
            cases[0].about,
            cases.len(),
            words.join(", ")
        );
    }
    frame
        .replace("{classes}", &classes.len().to_string())
        .replace("{inputs}", &inputs.to_string())
        .replace("{rows}\n", &rows)
}

/// What the document says that a class came out as.
fn known(class: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(lay::repository().join(DOCUMENT)).unwrap_or_default();
    let row = text.lines().find(|line| line.starts_with(&format!("| {class} |")));
    let words = row.and_then(|row| row.trim_end_matches(" |").rsplit("| ").next());
    let words = words.into_iter().flat_map(|words| words.split(", "));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
