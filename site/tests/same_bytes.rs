//! The same site is the same bytes: whoever builds it, where, when, with how many threads, in whatever
//! order the file system lists its files. `tests/deep/same-bytes` does the same for the program itself.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use lay::Files;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder on another file system than the usual one, where the machine has it.
const OTHER_DISK: &str = "/dev/shm";

/// Puts things into an order that only a number decides.
fn shuffled<T>(mut things: Vec<T>, mut number: u64) -> Vec<T> {
    for end in (1..things.len()).rev() {
        // Knuth's constants for 64 bits.
        number =
            number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        things.swap(end, usize::try_from(number >> 33).unwrap() % (end + 1));
    }
    things
}

/// Writes the files in such an order, each some moments of the clock after the other.
fn write_shuffled(files: &Files, folder: &Path, number: u64) {
    for (path, bytes) in shuffled(files.iter().collect(), number) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The order in which the file system lists a folder.
fn listed(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

/// Builds under other circumstances. The shell sets the mask, which the standard library cannot.
fn build(site: &Path, out: &Path, mask: &str, environment: &[(&str, &str)]) {
    let line = "umask \"$1\"; shift; exec \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", line, "sh", mask, env!("CARGO_BIN_EXE_bersinar"), "build"]);
    command.args(["--today", lay::TODAY, "--root", site.to_str().unwrap()]);
    command.args(["--out", out.to_str().unwrap()]);
    let output = command.envs(environment.iter().copied()).output().unwrap();
    assert_eq!(lay::code(&output), 0, "{}", lay::told(&output));
}

/// Every file that was published; the marker of the program is no part of the site.
fn published(out: &Path) -> Files {
    let mut files = lay::files_in(out);
    files.remove(".bersinar");
    files
}

fn assert_same(first: &Files, other: &Files, how: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(first), names(other), "{how}");
    let differing: Vec<&String> = first
        .iter()
        .filter(|(path, bytes)| other[*path] != **bytes)
        .map(|(path, _)| path)
        .collect();
    assert!(differing.is_empty(), "{how}: {differing:?}");
}

#[test]
fn the_real_site_is_the_same_bytes_under_all_circumstances() {
    let folder = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir_in(if Path::new(OTHER_DISK).is_dir() { OTHER_DISK } else { "." });
    let other = other.unwrap();
    let files = lay::real_site();
    let places: [(PathBuf, u64); 3] = [
        (folder.path().join("satu"), 1),
        (folder.path().join("Folder lain/jauh di dalam/é"), 2),
        (other.path().join("tiga"), 3),
    ];
    for (site, number) in &places {
        write_shuffled(&files, site, *number);
    }
    let orders: Vec<Vec<String>> =
        places.iter().map(|(site, _)| listed(&site.join("content"))).collect();
    assert!(orders.iter().any(|order| *order != orders[0]), "no other order was tried: {orders:?}");
    let circumstances: [(&str, &[(&str, &str)]); 4] = [
        ("022", &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C")]),
        (
            "077",
            &[("RAYON_NUM_THREADS", "7"), ("TZ", "Pacific/Kiritimati"), ("LC_ALL", "id_ID.UTF-8")],
        ),
        ("002", &[("RAYON_NUM_THREADS", "2"), ("TZ", "America/Adak"), ("LC_ALL", "tr_TR.UTF-8")]),
        ("027", &[("HOME", "/nonexistent"), ("SOURCE_DATE_EPOCH", "1"), ("USER", "siapa")]),
    ];
    let mut first = None;
    for (turn, (mask, environment)) in circumstances.iter().enumerate() {
        let (site, _) = &places[turn % places.len()];
        let out = other.path().join(format!("hasil-{turn}"));
        build(site, &out, mask, environment);
        let made = published(&out);
        assert!(made.len() > 100, "{}", made.len());
        let first = first.get_or_insert_with(|| made.clone());
        assert_same(first, &made, &format!("{mask} {environment:?}"));
    }
}

#[test]
fn a_second_build_over_the_first_is_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(&lay::small_site(), &site);
    let out = folder.path().join("hasil");
    build(&site, &out, "022", &[]);
    let first = published(&out);
    build(&site, &out, "022", &[]);
    assert_same(&first, &published(&out), "again");
}

#[test]
fn an_order_is_shuffled_and_a_difference_is_told() {
    let sorted: Vec<u32> = (0..40).collect();
    let other = shuffled(sorted.clone(), 7);
    assert_ne!(other, sorted);
    let mut again = other;
    again.sort_unstable();
    assert_eq!(again, sorted);
    let files = Files::from([("a".to_owned(), vec![1])]);
    let changed = Files::from([("a".to_owned(), vec![2])]);
    assert!(std::panic::catch_unwind(|| assert_same(&files, &changed, "x")).is_err());
}
