//! A folder and the manifest it must equal → what differs.

use super::trusted::{Trusted, listed};
use super::{Finding, Kind};
use crate::assets;
use crate::emit::{Listed, MANIFEST_FILE, MARKER, Manifest, Sum, earlier_assets};
use crate::trouble::Trouble;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// How much of a file is held at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// What came of comparing a folder.
#[derive(Debug, Default)]
pub struct Compared {
    /// What differs.
    pub findings: Vec<Finding>,
    /// What the release before left for pages that somebody has open, as the marker says.
    pub earlier: Vec<String>,
}

/// Compares every file of a folder.
///
/// # Errors
/// [`Trouble::Unreadable`] with the first file or folder that cannot be read.
pub fn compare(folder: &Path, trusted: &Trusted) -> Result<Compared, Trouble> {
    let mut found = Entries::default();
    found.add(folder, "")?;
    let itself = [Listed { path: MANIFEST_FILE.to_owned(), sum: trusted.digest }];
    let wanted: Vec<&Listed> = trusted.manifest.files().iter().chain(&itself).collect();
    let (there, missing): (Vec<&Listed>, Vec<&Listed>) =
        wanted.into_iter().partition(|file| found.files.contains(&file.path));
    let missing = missing.iter().map(|file| Finding::new(Kind::Missing, &file.path));
    let others = found.others.iter().map(|path| Finding::new(Kind::Extra, path));
    let mut compared = Compared { findings: missing.chain(others).collect(), earlier: Vec::new() };
    compared.findings.extend(changed(folder, &there)?);
    let earlier = earlier_files(folder);
    for path in &found.files {
        let is_wanted = path == MANIFEST_FILE || listed(&trusted.manifest, path).is_some();
        match listed(&earlier, path) {
            _ if is_wanted => {}
            Some(sum) if digest_at(&folder.join(path))? == *sum => {
                compared.earlier.push(path.clone());
            }
            _ => compared.findings.push(Finding::new(Kind::Extra, path)),
        }
    }
    Ok(compared)
}

/// The files of the manifest that hold something else.
fn changed(folder: &Path, files: &[&Listed]) -> Result<Vec<Finding>, Trouble> {
    let changed = files.par_iter().map(|Listed { path, sum }| {
        let is_same = digest_at(&folder.join(path))? == *sum;
        Ok((!is_same).then(|| Finding::new(Kind::Changed, path)))
    });
    let changed: Result<Vec<Option<Finding>>, Trouble> = changed.collect();
    Ok(changed?.into_iter().flatten().collect())
}

/// What the marker of the folder says of the release before: stylesheet and pictures, nothing else.
fn earlier_files(folder: &Path) -> Manifest {
    let marker = fs::read_to_string(folder.join(MARKER)).unwrap_or_default();
    let earlier = earlier_assets(&marker).unwrap_or_default();
    let assets = earlier.files().iter().filter(|file| file.path.starts_with(assets::FOLDER));
    Manifest::of(assets.cloned().collect()).unwrap_or_default()
}

/// What lies in a folder, by paths below it.
#[derive(Default)]
struct Entries {
    files: BTreeSet<String>,
    /// Links, and whatever else is neither a file nor a folder: nothing that was published.
    others: BTreeSet<String>,
}

impl Entries {
    fn add(&mut self, folder: &Path, prefix: &str) -> Result<(), Trouble> {
        let unreadable = |error: io::Error| Trouble::Unreadable(folder.to_owned(), error);
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                self.add(&entry.path(), &format!("{path}/"))?;
            } else if !kind.is_file() {
                self.others.insert(path);
            } else if path != MARKER {
                self.files.insert(path);
            }
        }
        Ok(())
    }
}

fn digest_at(path: &Path) -> Result<Sum, Trouble> {
    digest_of(path).map_err(|error| Trouble::Unreadable(path.to_owned(), error))
}

fn digest_of(path: &Path) -> io::Result<Sum> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finalize().into()),
            length => hasher.update(&piece[..length]),
        }
    }
}
