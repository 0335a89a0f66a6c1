//! A revision of the site's history → its files as they were then. The program `git` reads them.

use crate::content::{Source, SourceFile};
use std::io;
use std::path::Path;
use std::process::Command;

/// Why the files of a revision cannot be had.
#[derive(Debug)]
pub enum Absent {
    /// The program `git` does not run.
    Git(io::Error),
    /// The site has no history, or none that `git` will read: what it says.
    History(String),
    /// No revision of this name.
    Revision(String),
}

/// The files of the site at `root` as they were in a revision, as far as they are wanted.
///
/// # Errors
/// [`Absent`] where there is no such revision to read.
pub fn files(root: &Path, revision: &str, wanted: fn(&str) -> bool) -> Result<Source, Absent> {
    git(root, &["rev-parse", "--git-dir"])?;
    // Whatever begins with a hyphen would be an option of git.
    let unknown = || Absent::Revision(revision.to_owned());
    if revision.starts_with('-') {
        return Err(unknown());
    }
    let name = format!("{revision}^{{commit}}");
    let commit = git(root, &["rev-parse", "--verify", "--quiet", &name]).map_err(|_| unknown())?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let places = ["bersinar.toml", "content"];
    let list = ["ls-tree", "-r", "-z", "--name-only", &commit, "--"];
    let paths = git(root, &[&list[..], &places].concat())?;
    let paths = String::from_utf8_lossy(&paths).into_owned();
    let mut files = Vec::new();
    for path in paths.split('\0').filter(|path| wanted(path)) {
        let bytes = git(root, &["show", &format!("{commit}:./{path}")])?;
        files.push(SourceFile::new(path, &bytes));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Source { files, faults: Vec::new() })
}

/// What git prints.
fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Absent> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output();
    let output = output.map_err(Absent::Git)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let told = String::from_utf8_lossy(&output.stderr);
        Err(Absent::History(told.lines().next().unwrap_or_default().to_owned()))
    }
}
