//! What the fuzzer begins with, that a little changed at random, and whatever was ever found, through the
//! functions that the fuzzer calls: no promise is broken.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

#[path = "../../fuzz/src/lib.rs"]
#[allow(dead_code, unused_imports, reason = "another test reads and renders with it")]
mod fuzz;
mod lay;

use fuzz::{TARGETS, Target, seeds};
use std::fs;
use std::panic::catch_unwind;

/// How often each seed is changed. The fuzzer itself does that millions of times, and learns from it.
const CHANGES: usize = 3;

/// Each input that breaks a promise, by its name.
fn broken<'a>(target: Target, inputs: impl Iterator<Item = (String, &'a [u8])>) -> Vec<String> {
    inputs
        .filter(|(_, bytes)| catch_unwind(|| target(bytes)).is_err())
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn every_target_has_its_program_and_no_folder_is_forgotten() {
    let folder = lay::repository().join("fuzz");
    let known: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    for name in &known {
        let program = fs::read_to_string(folder.join(format!("targets/{name}.rs"))).unwrap();
        assert!(program.contains(&format!("fuzz::{name}(bytes)")), "{name}");
    }
    let found = folder.join("regressions");
    let found = if found.is_dir() { lay::folders_in(&found) } else { Vec::new() };
    for found in found {
        assert!(known.contains(&lay::name(&found)), "{}", found.display());
    }
}

#[test]
fn what_was_found_once_stays_mended() {
    for (name, target) in TARGETS {
        let folder = lay::repository().join("fuzz/regressions").join(name);
        let files = if folder.is_dir() { lay::files_in(&folder) } else { lay::Files::new() };
        let inputs = files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
        let broken = broken(target, inputs);
        assert!(broken.is_empty(), "fuzz/regressions/{name}: {}", broken.join(", "));
    }
}

#[test]
#[ignore = "a step of tests/deep/fuzz: writes the seeds into the folder that BERSINAR_SEEDS names"]
fn seeds_are_written() {
    let folder = std::env::var("BERSINAR_SEEDS").unwrap();
    for (name, _) in TARGETS {
        let seeds = seeds(name).into_iter().enumerate();
        let files = seeds.map(|(number, seed)| (format!("{name}/benih-{number:04}"), seed));
        lay::write(&files.collect(), folder.as_ref());
    }
}

#[test]
fn the_seeds_and_what_is_near_them_break_no_promise() {
    let mut random = 0x2545_f491_4f6c_dd1d;
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(seeds.len() > 5, "{name}: {} seeds", seeds.len());
        let mut inputs = seeds.clone();
        for seed in seeds.iter().filter(|seed| !seed.is_empty()) {
            inputs.extend((0..CHANGES).map(|_| changed(seed, &seeds, &mut random)));
        }
        let named = inputs.iter().map(|bytes| (String::from_utf8_lossy(bytes).into_owned(), bytes));
        let broken = broken(target, named.map(|(text, bytes)| (text, bytes.as_slice())));
        assert!(broken.is_empty(), "{name}: {} of {}:\n{}", broken.len(), inputs.len(), broken[0]);
    }
}

/// A number from a seeded row (xorshift), below a limit.
fn number(random: &mut u64, below: usize) -> usize {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    usize::try_from(*random >> 33).unwrap() % below.max(1)
}

/// A seed with a byte changed, a part left out, a part twice, or the end of another seed.
fn changed(seed: &[u8], seeds: &[Vec<u8>], random: &mut u64) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    let at = number(random, bytes.len());
    let end = (at + number(random, 40)).min(bytes.len());
    match number(random, 4) {
        0 => bytes[at] = u8::try_from(number(random, 256)).unwrap(),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        _ => {
            let other = &seeds[number(random, seeds.len())];
            bytes.truncate(at);
            bytes.extend(&other[number(random, other.len())..]);
        }
    }
    bytes
}
