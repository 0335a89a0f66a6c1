//! A site under random edits: after each, every address of a running preview must serve what a build into
//! an empty folder makes, and a build over the one before must make it, too. After an edit that breaks the
//! site both keep what the last good build made. 20 edits here; `BERSINAR_EDITS=200` makes more, and
//! `BERSINAR_SEED=7` others.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]
#![allow(clippy::print_stderr, reason = "a test that fails shows the edits before")]

mod edits;
mod lay;
mod running;

use edits::{Chance, Change, EDITS};
use lay::Files;
use running::Running;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long the preview may take until everything is as it must be. Long, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(90);
/// The list of all files of a build, with their sums.
const LIST: &str = "SHA256SUMS";
/// What says that a folder is a build, and names the files that stay from the release before.
const MARKER: &str = ".bersinar";
/// What begins the preview's note.
const NOTE: &str = "<aside id=\"bersinar\"";

/// A page without the preview's note and without the policy that the note takes away.
fn without_note(page: &[u8]) -> Vec<u8> {
    let Ok(html) = std::str::from_utf8(page) else { return page.to_vec() };
    let html = match html.split_once("<meta http-equiv=\"Content-Security-Policy\"") {
        Some((before, after)) => format!("{before}{}", after.split_once('>').unwrap().1),
        None => html.to_owned(),
    };
    let Some((page, note)) = html.rsplit_once(NOTE) else { return html.into_bytes() };
    let (_, rest) = note.rsplit_once("</script>\n").unwrap();
    // A template can make a page of nothing; the note then brings a page along.
    if page.ends_with("<title>Bersinar</title><body>") {
        Vec::new()
    } else {
        [page, rest].concat().into()
    }
}

/// The address of a file of the site.
fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// The site under edits.
struct Trial {
    site: tempfile::TempDir,
    preview: Running,
    /// The folder that is built into again and again, and what it must hold.
    output: tempfile::TempDir,
    published: Files,
    /// The files of the site when it was good.
    good: Files,
    /// What a fresh build made of them.
    built: Files,
    /// Addresses that were once served and are not there any more.
    gone: BTreeSet<String>,
    /// Whether the site is broken now.
    is_broken: bool,
}

/// The real site without most of its pages of areas, so that a build is quick.
fn small_real_site() -> Files {
    let mut files = lay::real_site();
    let settings = String::from_utf8(files.remove("bersinar.toml").unwrap()).unwrap();
    let settings = settings.replacen("menu = [", "cakupan = [\"16\", \"31\", \"74\"]\nmenu = [", 1);
    files.insert("bersinar.toml".to_owned(), settings.into_bytes());
    files
}

/// What a build makes of a site in the folder `hasil` of another one, or what is wrong.
fn build(site: &Path, into: &Path) -> Result<(), String> {
    let output = lay::run(site, &["build", "--out", into.join("hasil").to_str().unwrap()]);
    let code = lay::code(&output);
    assert!(code < 2, "exit code {code}: {}", lay::told(&output));
    if code == 0 { Ok(()) } else { Err(lay::told(&output)) }
}

/// What a build over another one must leave: the new files, and those with a hash in their names that
/// the one before had, listed in the marker.
fn over(before: &Files, new: &Files) -> Files {
    let sums = before.get(LIST).map_or("", |list| std::str::from_utf8(list).unwrap());
    let is_kept = |path: &str| path.starts_with("aset/") && !new.contains_key(path);
    let kept: Vec<&str> = sums.lines().filter(|line| is_kept(&line[66..])).collect();
    let mut files = new.clone();
    for line in kept {
        files.get_mut(MARKER).unwrap().extend(format!("{line}\n").bytes());
        files.insert(line[66..].to_owned(), before[&line[66..]].clone());
    }
    files
}

/// The first path with something else in one of two folders.
fn first_other<'a>(one: &'a Files, other: &'a Files) -> Option<&'a String> {
    one.keys().chain(other.keys()).find(|path| one.get(*path) != other.get(*path))
}

/// A folder in which there is nothing.
fn empty_folder(folder: &Path) -> Option<PathBuf> {
    let entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let deeper = || entries.iter().filter(|path| path.is_dir()).find_map(|path| empty_folder(path));
    if entries.is_empty() { Some(folder.to_owned()) } else { deeper() }
}

impl Trial {
    /// Whether a file is there, and what is served of it.
    fn get(&self, path: &str) -> (bool, Vec<u8>) {
        let (head, body) = self.preview.get(&address(path));
        (head.contains(" 200 "), body)
    }

    fn start() -> Self {
        let [site, output] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let good = small_real_site();
        lay::write(&good, site.path());
        build(site.path(), output.path()).unwrap();
        let built = lay::files_in(&output.path().join("hasil"));
        let preview = Running::start(site.path(), &[]);
        let (published, gone) = (built.clone(), BTreeSet::new());
        Self { site, preview, output, published, good, built, gone, is_broken: false }
    }

    /// Builds over the build before, and into an empty folder; both must be the same. What it makes, if
    /// the site is good.
    fn build_twice(&mut self, told: &str) -> Result<Files, String> {
        let empty = tempfile::tempdir().unwrap();
        let outcome = build(self.site.path(), empty.path());
        let again = build(self.site.path(), self.output.path());
        assert_eq!(again, outcome, "{told}: the builds do not tell the same");
        let folder = self.output.path().join("hasil");
        let built = outcome.map(|()| lay::files_in(&empty.path().join("hasil")));
        if let Ok(built) = &built {
            self.published = over(&self.built, built);
        }
        let found = lay::files_in(&folder);
        let other = first_other(&found, &self.published);
        assert!(
            other.is_none(),
            "{told}: {other:?} is not what a build into an empty folder makes"
        );
        assert_eq!(empty_folder(&folder), None, "{told}");
        built
    }

    /// The addresses to look at, and what must be there, but for what only a host reads.
    fn served(&self) -> impl Iterator<Item = (&String, &Vec<u8>)> {
        self.built.iter().filter(|(path, _)| ![LIST, MARKER].contains(&path.as_str()))
    }

    /// Whether what is served at the address of a file is that file.
    fn is_served(&self, path: &str, bytes: &[u8]) -> bool {
        let (is_there, served) = self.get(path);
        let is_page = lay::ending(path) == "html";
        let is_same = served == bytes || is_page && without_note(&served) == without_note(bytes);
        // The page for what is not there says so when asked for, too.
        is_same && (is_there || path == "404.html")
    }

    /// What is served otherwise than it must be, if anything.
    fn difference(&self) -> Option<String> {
        let home = self.preview.get("/").1;
        let shows_faults = String::from_utf8_lossy(&home).contains("<section role=\"alert\"");
        if shows_faults != self.is_broken {
            return Some(format!("faults are shown: {shows_faults}"));
        }
        let stale = self.served().find(|(path, bytes)| !self.is_served(path, bytes));
        if let Some((path, bytes)) = stale {
            self.wait_for(path, bytes);
            return Some(format!("{path} is not what a build makes"));
        }
        let there = self.gone.iter().find(|path| self.get(path).0);
        there.map(|path| format!("{path} is still there"))
    }

    /// Waits for one file, for a while: to look at all again and again would keep the preview busy.
    fn wait_for(&self, path: &str, bytes: &[u8]) {
        let started = Instant::now();
        while started.elapsed() < PATIENCE / 4 && !self.is_served(path, bytes) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn settle(&self, told: &str) {
        let started = Instant::now();
        while let Some(difference) = self.difference() {
            assert!(started.elapsed() < PATIENCE, "{told}: {difference}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// One edit; whether it leaves the site good.
    fn step(&mut self, chance: &mut Chance, number: usize) -> bool {
        if self.is_broken && chance.below(3) > 0 {
            self.restore();
            self.is_broken = false;
            self.settle(&format!("all taken back before edit {number}"));
        }
        let now = lay::files_in(self.site.path());
        let (name, changes) = loop {
            let (name, edit) = EDITS[chance.below(EDITS.len())];
            if let Some(changes) = edit(chance, &now, number) {
                break (name, changes);
            }
        };
        for done in &changes {
            self.apply(done, chance);
        }
        let told = format!("edit {number}, {name}");
        let outcome = self.build_twice(&told);
        eprintln!("{told}: {}", if outcome.is_ok() { "good" } else { "broken" });
        self.is_broken = outcome.is_err();
        match outcome {
            Ok(built) => {
                let before = std::mem::replace(&mut self.built, built);
                self.gone.extend(before.into_keys());
                self.gone.retain(|path| !self.built.contains_key(path));
                self.good = lay::files_in(self.site.path());
                self.settle(&told);
            }
            Err(faults) => self.settle(&format!("{told}, which breaks it: {faults}")),
        }
        !self.is_broken
    }

    fn apply(&self, done: &Change, chance: &mut Chance) {
        let at = |path: &String| self.site.path().join(path);
        match done {
            Change::Write(path, bytes) => {
                fs::create_dir_all(at(path).parent().unwrap()).unwrap();
                // Some editors write into the file, others put a new one in its place.
                if chance.below(2) == 0 {
                    fs::write(at(path), bytes).unwrap();
                } else {
                    let beside = at(path).with_file_name(".sementara");
                    fs::write(&beside, bytes).unwrap();
                    fs::rename(beside, at(path)).unwrap();
                }
            }
            Change::Remove(path) => fs::remove_file(at(path)).unwrap(),
            Change::Move(from, to) => fs::rename(at(from), at(to)).unwrap(),
        }
    }

    /// Every file as it was when the site was last good.
    fn restore(&self) {
        let now = lay::files_in(self.site.path());
        for path in now.keys().filter(|path| !self.good.contains_key(*path)) {
            let place = self.site.path().join(path);
            fs::remove_file(&place).unwrap();
            // A folder that stood in the place of a page must go, too.
            let around = place.ancestors().skip(1).take_while(|folder| *folder != self.site.path());
            around.for_each(|folder| drop(fs::remove_dir(folder)));
        }
        let other = self.good.iter().filter(|(path, bytes)| now.get(*path) != Some(*bytes));
        let other: Files = other.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
        lay::write(&other, self.site.path());
    }
}

fn number_from(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

#[test]
fn what_is_served_and_built_after_any_edit_is_what_a_fresh_build_makes() {
    let mut chance = Chance(number_from("BERSINAR_SEED", 5));
    let edits = usize::try_from(number_from("BERSINAR_EDITS", 20)).unwrap();
    let mut trial = Trial::start();
    trial.settle("before any edit");
    let good = (1..=edits).filter(|number| trial.step(&mut chance, *number)).count();
    // Whatever came late would show now.
    std::thread::sleep(Duration::from_millis(500));
    trial.settle("after all edits");
    assert!(
        good > edits / 4,
        "only {good} of {edits} edits left the site good: the others prove little"
    );
    eprintln!("{edits} edits, {good} of them good");
}
