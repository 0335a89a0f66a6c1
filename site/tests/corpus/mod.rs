//! The hostile corpus: each case changes the good site, and says what must come of a build of it.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod committed;
mod large;
mod machine;
mod places;
pub mod run;
pub mod verdict;

use crate::lay;
use std::path::Path;

/// What must come of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A fault with its place, or a trouble in words; the old site stays.
    Refused,
    /// A page without anything that runs or loads.
    Page,
    /// One of the two; which is written in `docs/hostile-input.md`.
    Either,
}

/// How much of the corpus is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Some cases of each class.
    Sample,
    /// All of some classes.
    Part,
    /// All.
    Whole,
}

/// Changes the files of a site.
pub type Change = Box<dyn Fn(&Path) + Send + Sync>;

/// One hostile input.
pub struct Case {
    /// What kind of input it is one of.
    pub class: String,
    /// What the class is, in words.
    pub about: String,
    /// Which of its class.
    pub name: String,
    /// What must come of it.
    pub outcome: Outcome,
    /// What makes the good site hostile.
    pub change: Change,
    /// A program that runs the build, with its arguments; empty where it runs by itself.
    pub wrapper: Vec<String>,
    /// Arguments of the build besides the usual ones.
    pub arguments: Vec<String>,
}

impl Case {
    /// A case that changes files only.
    pub fn new(class: &str, about: &str, name: &str, outcome: Outcome, change: Change) -> Self {
        Self {
            class: class.to_owned(),
            about: about.to_owned(),
            name: name.to_owned(),
            outcome,
            change,
            wrapper: Vec::new(),
            arguments: Vec::new(),
        }
    }

    /// The same case, run by another program.
    pub fn within(mut self, wrapper: &[&str]) -> Self {
        self.wrapper = wrapper.iter().map(|part| (*part).to_owned()).collect();
        self
    }

    /// The same case with more arguments.
    pub fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments = arguments.iter().map(|part| (*part).to_owned()).collect();
        self
    }
}

/// Every case.
pub fn cases() -> Vec<Case> {
    [committed::cases(), large::cases(), places::cases(), machine::cases()]
        .into_iter()
        .flatten()
        .collect()
}

/// The good site with a screening and an offered language of its own: what cases change.
pub fn base() -> lay::Files {
    let mut files = lay::good_site();
    let screening = "+++\njudul = \"Cek\"\nringkasan = \"Cek.\"\ntemplat = \"skrining\"\n+++\n";
    files.insert("content/cek.md".to_owned(), screening.into());
    files
}

/// The front matter of the page that cases put their bodies into, and what must follow them.
pub const HEAD: &str = "+++\njudul = \"Bantuan\"\nringkasan = \"Ke mana bertanya.\"\n+++\n\n\
    ## Bertanya dulu {#bertanya}\n\n";
/// That page.
pub const PAGE: &str = "content/bantuan.md";

/// Writes a file below a site, with its folders.
pub fn write(site: &Path, path: &str, bytes: &[u8]) {
    let place = site.join(path);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::fs::write(place, bytes).unwrap();
}
