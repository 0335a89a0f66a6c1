//! What comes from others: each crate has its row in docs/dependencies.md, the trees keep to their
//! budgets, and nothing is built past `Cargo.lock`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy exempts tests, not their helper functions"
)]

mod lay;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The file that people read.
const DOCUMENT: &str = "docs/dependencies.md";
/// The platform for which the generator's crates are counted.
const LINUX: &str = "x86_64-unknown-linux-gnu";
/// The platform of the widget.
const WEB: &str = "wasm32-unknown-unknown";

/// What a command says on standard output.
fn said_by(program: &str, arguments: &[&str]) -> String {
    let output =
        Command::new(program).args(arguments).current_dir(lay::repository()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {}: {told}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// The cells of a table's rows, by the first; the lines that look like one and are none are left out.
fn rows<'a>(document: &'a str, header: &str) -> BTreeMap<&'a str, Vec<&'a str>> {
    let table = document.split_once(header).unwrap_or_else(|| panic!("no table {header}")).1;
    let lines = table.lines().skip(2).take_while(|line| line.starts_with("| "));
    let cells = |line: &'a str| line.trim_matches('|').split('|').map(str::trim).collect();
    let rows = lines.map(cells).map(|cells: Vec<&str>| (cells[0], cells[1..].to_vec()));
    rows.collect()
}

/// What the manifests say of a crate: version, the crates of ours that name it, its powers.
#[derive(Default)]
struct Known {
    version: String,
    places: BTreeMap<String, BTreeSet<String>>,
    powers: Vec<&'static str>,
}

impl Known {
    /// `screening, widget, in tests`: what stands behind the places is true of all of them.
    fn places(&self) -> String {
        let places: Vec<&str> = self.places.keys().map(String::as_str).collect();
        let kinds: BTreeSet<&String> = self.places.values().flatten().collect();
        let kinds: Vec<&str> = kinds.into_iter().map(String::as_str).collect();
        let kind = match kinds.as_slice() {
            ["dev"] => ", in tests",
            ["build"] => ", in the build script",
            _ => "",
        };
        places.join(", ") + kind
    }

    fn cells(&self) -> [String; 3] {
        let powers = if self.powers.is_empty() { "–".into() } else { self.powers.join(", ") };
        [self.version.clone(), self.places(), powers]
    }
}

/// The crates that our manifests name.
fn known_crates() -> BTreeMap<String, Known> {
    let told = said_by(env!("CARGO"), &["metadata", "--format-version", "1", "--locked"]);
    let metadata: Value = serde_json::from_str(&told).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let by_id: BTreeMap<&str, &Value> =
        packages.iter().map(|package| (package["id"].as_str().unwrap(), package)).collect();
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"].as_array().unwrap() {
        let own = by_id[node["id"].as_str().unwrap()];
        if !own["source"].is_null() {
            continue;
        }
        for edge in node["deps"].as_array().unwrap() {
            let package = by_id[edge["pkg"].as_str().unwrap()];
            if !package["source"].is_null() {
                let entry = known.entry(package["name"].as_str().unwrap().to_owned()).or_default();
                package["version"].as_str().unwrap().clone_into(&mut entry.version);
                entry.powers = powers(package);
                let kinds = edge["dep_kinds"].as_array().unwrap().iter();
                let folder = folder(own);
                // The fuzzer is a test.
                let usual = if folder == "fuzz" { "dev" } else { "normal" };
                let kinds = kinds.map(|kind| kind["kind"].as_str().unwrap_or(usual).to_owned());
                entry.places.entry(folder).or_default().extend(kinds);
            }
        }
    }
    known
}

/// The folder of one of our crates, such as `widget/wasm`.
fn folder(package: &Value) -> String {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    let root = lay::repository().canonicalize().unwrap();
    manifest.parent().unwrap().strip_prefix(root).unwrap().to_str().unwrap().to_owned()
}

/// What a crate may do beyond being called.
fn powers(package: &Value) -> Vec<&'static str> {
    let targets = package["targets"].as_array().unwrap().iter();
    let kinds: Vec<&str> = targets
        .flat_map(|target| target["kind"].as_array().unwrap())
        .filter_map(Value::as_str)
        .collect();
    let source = Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src");
    let files = lay::files_in(&source).into_iter().filter(|(path, _)| lay::ending(path) == "rs");
    let is_unsafe =
        files.into_iter().any(|(_, bytes)| has_unsafe(&String::from_utf8_lossy(&bytes)));
    let all = [
        (kinds.contains(&"custom-build"), "build script"),
        (kinds.contains(&"proc-macro"), "proc macro"),
        (is_unsafe, "unsafe"),
    ];
    all.into_iter().filter_map(|(has, power)| has.then_some(power)).collect()
}

/// Whether there is unsafe code outside comments.
fn has_unsafe(text: &str) -> bool {
    let begins = |rest: &str| {
        let rest = rest.trim_start();
        ["{", "fn ", "impl", "extern", "trait "].iter().any(|begin| rest.starts_with(begin))
    };
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.flat_map(|line| line.split("unsafe").skip(1)).any(begins)
}

/// How many crates are in a tree, ours included.
fn count(package: &str, edges: &str, platform: &str) -> usize {
    let fixed = ["tree", "--locked", "--prefix", "none", "--format", "{p}"];
    let chosen = ["--package", package, "--edges", edges, "--target", platform];
    let tree = said_by(env!("CARGO"), &[&fixed[..], &chosen[..]].concat());
    tree.lines().map(|line| line.trim_end_matches(" (*)")).collect::<BTreeSet<&str>>().len()
}

/// Puts a row in the place of the one that begins alike.
fn with_row(document: &str, cells: &[&str]) -> String {
    let row = format!("| {} |", cells.join(" | "));
    let begin = format!("| {} |", cells[0]);
    let is_old = |line: &str| line.starts_with(&begin);
    let lines = document.lines().map(|line| if is_old(line) { row.as_str() } else { line });
    lines.collect::<Vec<&str>>().join("\n") + "\n"
}

#[test]
fn every_crate_has_its_row_and_the_trees_keep_to_their_budgets() {
    let path = lay::repository().join(DOCUMENT);
    let document = fs::read_to_string(&path).unwrap();
    let told = rows(&document, "| crate | version |");
    let known = known_crates();
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    assert_eq!(told.keys().copied().collect::<Vec<&str>>(), names, "{DOCUMENT}");
    let mut made = document.clone();
    for (name, entry) in &known {
        let [version, places, powers] = entry.cells();
        let [.., reason, exit] = told[name.as_str()][..] else { panic!("{name}: cells") };
        assert!(!reason.is_empty() && !exit.is_empty(), "{name}: no reason or no exit");
        made = with_row(&made, &[name, &version, &places, &powers, reason, exit]);
    }
    let trees = [
        ("the generator, with what its build needs", count("bersinar", "normal,build", LINUX)),
        ("the widget", count("widget-wasm", "normal", WEB)),
    ];
    let told = rows(&document, "| tree | crates |");
    for (tree, found) in trees {
        let budget = told[tree][1];
        let allowed: usize = budget.parse().unwrap();
        assert!(found <= allowed, "{tree}: {found} crates, {allowed} are allowed");
        made = with_row(&made, &[tree, &found.to_string(), budget]);
    }
    lay::none(lay::difference(&path, made.as_bytes()).into_iter().collect());
}

/// Commands of cargo that build or resolve.
const BUILDING: [&str; 10] =
    ["build", "run", "test", "clippy", "check", "install", "metadata", "tree", "bench", "doc"];

/// Whether a line runs cargo in a way that could build something else than `Cargo.lock` says.
fn is_unlocked(line: &str) -> bool {
    let commands = line.split("cargo ").skip(1).map(|rest| rest.trim_start_matches("--quiet "));
    let builds =
        |rest: &str| BUILDING.iter().any(|word| rest.split([' ', '`']).next() == Some(word));
    commands.into_iter().any(|rest| builds(rest) && !rest.contains("--locked"))
}

#[test]
fn every_command_is_locked() {
    assert!(is_unlocked("then `cargo test -p x`") && is_unlocked("cargo --quiet run -- build"));
    assert!(!is_unlocked("cargo run --quiet --locked -- x") && !is_unlocked("cargo fmt --all"));
    let files = said_by("git", &["ls-files", "*.md", ".ci", "tests", "deploy", "fuzz"]);
    let is_read = |path: &&str| {
        let ending = lay::ending(path.rsplit('/').next().unwrap());
        matches!(ending, "" | "md" | "sh" | "mjs" | "py") && !path.starts_with("tests/faults")
    };
    let mut wrong = Vec::new();
    for path in files.lines().filter(is_read) {
        let Ok(text) = fs::read_to_string(lay::repository().join(path)) else { continue };
        let lines = text.lines().enumerate().filter(|(_, line)| is_unlocked(line));
        wrong.extend(lines.map(|(index, line)| format!("{path}:{}: {line}", index + 1)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
