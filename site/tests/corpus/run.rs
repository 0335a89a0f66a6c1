//! A case → what came of it: the program in a process of its own, with its time and memory.

#![allow(unsafe_code, reason = "only wait4 tells how much memory a process took")]

use super::verdict::{self, Known};
use super::{Case, Outcome, base};
use crate::lay::{self, Files};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The most time a build may take. Where the machine is busy with other things, the time of the
/// processor counts instead.
const TIME: Duration = Duration::from_secs(10);
/// The most memory, in KB.
const MEMORY_KB: i64 = 512 * 1024;
/// When a build is taken to hang, on a machine however busy.
const PATIENCE: Duration = Duration::from_mins(5);

/// The good site as it was published before.
pub struct Before {
    files: Files,
    published: Files,
    known: Known,
}

/// What came of a case.
pub struct Result {
    /// Whether a site was published.
    pub is_published: bool,
    /// The codes of the errors, or of none where there was another trouble.
    pub codes: BTreeSet<String>,
    /// Wall time or, if that is less, the time of the processor.
    pub time: Duration,
    /// The most memory at once, in KB.
    pub memory_kb: i64,
    /// What is against the contract.
    pub wrong: Vec<String>,
}

/// Builds the good site.
pub fn before() -> Before {
    let folder = tempfile::tempdir().unwrap();
    let files = base();
    lay::write(&files, folder.path());
    let built = lay::run(folder.path(), &["build"]);
    assert_eq!(lay::code(&built), 0, "{}", lay::told(&built));
    let published = lay::files_in(&folder.path().join("dist"));
    let known = verdict::known(&published);
    assert_eq!(verdict::wrong(&published, &known), Vec::<String>::new());
    Before { files, published, known }
}

/// Builds the good site with the change of a case.
pub fn run(case: &Case, before: &Before) -> Result {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(&before.files, &site);
    lay::write(&before.published, &site.join("dist"));
    (case.change)(&site);
    let lying = names(folder.path());
    let ended = build(case, &site, folder.path());
    let told = fs::read(folder.path().join(TOLD)).unwrap();
    let told = String::from_utf8_lossy(&told).into_owned();
    let mut result = Result {
        is_published: ended.code == Some(0),
        codes: codes(&told),
        time: ended.time,
        memory_kb: ended.memory_kb,
        wrong: Vec::new(),
    };
    let mut check = |is_right: bool, what: String| {
        if !is_right {
            result.wrong.push(what);
        }
    };
    check(ended.code.is_some(), format!("ended by a signal or after {PATIENCE:?}: {told}"));
    check(!told.contains("panicked at"), format!("panicked: {told}"));
    check(ended.time < TIME, format!("took {:?}", ended.time));
    check(ended.memory_kb < MEMORY_KB, format!("took {} KB", ended.memory_kb));
    let is_refused = ended.code != Some(0);
    let mut left = names(folder.path());
    left.retain(|name| !lying.contains(name) && (is_refused || !is_kept(name)));
    check(left.is_empty(), format!("left {left:?}"));
    check(case.outcome != Outcome::Page || !is_refused, format!("no page: {told}"));
    check(case.outcome != Outcome::Refused || is_refused, "published".to_owned());
    let now = lay::files_in(&site.join("dist"));
    if is_refused {
        check(now == before.published, "the old site was touched".to_owned());
        check(is_told(ended.code, &told), format!("not told: {told}"));
    } else {
        let found = verdict::wrong(&now, &before.known);
        check(found.is_empty(), found.join("\n"));
    }
    result
}

/// Whether a publication keeps it beside the output: the old site, what is known of it, and the lock.
fn is_kept(name: &str) -> bool {
    let Some(name) = name.strip_prefix("situs/.dist.bersinar") else { return false };
    let name = name.trim_start_matches('/');
    matches!(name, "" | "kunci" | "lama")
        || name.starts_with("lama/")
        || name.starts_with("catatan-")
}

/// Whether the fault or trouble has a place.
fn is_told(code: Option<i32>, told: &str) -> bool {
    match code {
        Some(1) => told.contains("salah[B") && told.contains("--> "),
        _ => !told.trim().is_empty() && told.lines().count() < 4,
    }
}

/// `salah[B105]: …` → `B105`
fn codes(told: &str) -> BTreeSet<String> {
    let errors = told.lines().filter_map(|line| line.strip_prefix("salah[")?.split(']').next());
    errors.map(str::to_owned).collect()
}

struct Ended {
    /// None after a signal.
    code: Option<i32>,
    time: Duration,
    memory_kb: i64,
}

/// Where what the program tells goes.
const TOLD: &str = "told";

fn build(case: &Case, site: &Path, folder: &Path) -> Ended {
    let root = site.to_str().unwrap();
    let program = env!("CARGO_BIN_EXE_bersinar").to_owned();
    let place = ["build", "--root", root].map(str::to_owned);
    let today = ["--today", lay::TODAY].map(str::to_owned);
    let has_day = case.arguments.iter().any(|argument| argument == "--today");
    let today = if has_day { Vec::new() } else { today.to_vec() };
    let line = case.wrapper.iter().cloned().chain([program]).chain(place).chain(today);
    let line = line.chain(case.arguments.iter().cloned());
    let line: Vec<String> = line.map(|argument| argument.replace("{site}", root)).collect();
    let told = File::create(folder.join(TOLD)).unwrap();
    let started = Instant::now();
    let child = Command::new(&line[0])
        .args(&line[1..])
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(told)
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", line[0]));
    wait(child, started)
}

/// Waits for a process and what it took; ends it where it hangs.
fn wait(mut child: Child, started: Instant) -> Ended {
    let id = i32::try_from(child.id()).unwrap();
    // SAFETY: a rusage of zeros is one, and wait4 gets places that live until it returns.
    let mut used: libc::rusage = unsafe { std::mem::zeroed() };
    let mut status = 0;
    while unsafe { libc::wait4(id, &raw mut status, libc::WNOHANG, &raw mut used) } == 0 {
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            return Ended { code: None, time: started.elapsed(), memory_kb: 0 };
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let of_processor = [used.ru_utime, used.ru_stime].map(|time| {
        let micros = time.tv_sec * 1_000_000 + time.tv_usec;
        Duration::from_micros(u64::try_from(micros).unwrap())
    });
    let code = libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
    let time = started.elapsed().min(of_processor.iter().sum());
    Ended { code, time, memory_kb: used.ru_maxrss }
}

/// The names below a folder, but those of the output and of the told text.
fn names(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if name == TOLD || name == "situs/dist" {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            }
            found.insert(name);
        }
    }
    found
}
