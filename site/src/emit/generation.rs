//! A folder as this program wrote it ↔ the proof that nobody has touched anything in it since.
//!
//! The proof is a file beside the folder with a number for each file and folder in it, made of
//! inode, mode, size and the times of change. Where one differs the whole folder counts as
//! unknown: it is not mended, but not built upon. After these numbers stand that of the program and
//! what the files were made from.

use super::manifest::{Listed, MANIFEST_FILE, Manifest};
use super::output::{MARKER, earlier_assets};
use crate::content::Digest;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// What the system says of a file or folder, as one number.
pub type Stamp = u64;

/// The number of a file or folder. Every write, rename, change of rights and new entry changes it.
#[cfg(unix)]
pub fn stamp(metadata: &Metadata) -> Stamp {
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::os::unix::fs::MetadataExt;
    let mut hasher = DefaultHasher::new();
    let of_what = (metadata.ino(), metadata.mode(), metadata.size());
    let since = (metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec());
    (of_what, since).hash(&mut hasher);
    hasher.finish()
}

/// Elsewhere nothing is proven, and every build writes every file.
#[cfg(not(unix))]
pub fn stamp(_metadata: &Metadata) -> Stamp {
    0
}

/// The file with the proof of a folder. It is named by the folder's inode, which stays when the
/// folder is renamed: so folder and proof can not be mixed up, whenever a build is killed.
#[cfg(unix)]
pub fn proof(folder: &Path, workshop: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let metadata = folder.symlink_metadata().ok().filter(Metadata::is_dir)?;
    Some(workshop.join(format!("{PROOF}{}", metadata.ino())))
}

/// Elsewhere nothing is proven.
#[cfg(not(unix))]
pub fn proof(_folder: &Path, _workshop: &Path) -> Option<PathBuf> {
    None
}

/// How the names of proofs begin.
pub const PROOF: &str = "catatan-";

/// What this program wrote into a folder.
#[derive(Debug)]
pub struct Generation {
    /// The files of the site.
    pub manifest: Manifest,
    /// Files of the release before it, which pages may still load.
    pub earlier: Manifest,
    /// The numbers of the files of the site in their order; in a folder that was read, then those
    /// of the other files and of the folders.
    pub stamps: Vec<Stamp>,
    /// What the files of the site were made from, as the pipeline says, sorted; nothing where another
    /// program made them, which may make others from the same.
    pub origins: Vec<Digest>,
}

impl Generation {
    /// What a folder should hold by its list, where its proof vouches for the list itself.
    pub fn read(folder: &Path, workshop: &Path) -> Option<Self> {
        let proof = fs::read(proof(folder, workshop)?).ok()?;
        let manifest = Manifest::parse(&fs::read_to_string(folder.join(MANIFEST_FILE)).ok()?)?;
        let earlier = earlier_assets(&fs::read_to_string(folder.join(MARKER)).ok()?)?;
        let mut generation = Self { manifest, earlier, stamps: Vec::new(), origins: Vec::new() };
        let (files, others) = (generation.manifest.files().len(), generation.others().len());
        let all = files + others + generation.folders().len();
        let (stamps, rest) = proof.split_at_checked(all * size_of::<Stamp>())?;
        let (maker, origins) = rest.split_first_chunk()?;
        generation.stamps = numbers(stamps);
        if is_own(Stamp::from_le_bytes(*maker)) {
            generation.origins = origins.as_chunks().0.to_vec();
        }
        let are_lists_proven = origins.len().is_multiple_of(size_of::<Digest>())
            && [MANIFEST_FILE, MARKER]
                .iter()
                .zip(&generation.stamps[files..])
                .all(|(path, stamp)| stamp_at(&folder.join(path)).ok() == Some(*stamp));
        are_lists_proven.then_some(generation)
    }

    /// Whether the folder holds just that, untouched.
    pub fn is_intact(&self, folder: &Path) -> bool {
        let folders = self.folders();
        let paths: Vec<&str> = self.files().chain(folders.iter().copied()).collect();
        let top: BTreeSet<&str> = paths.iter().filter_map(|path| path.split('/').next()).collect();
        let is_known = |entry: io::Result<fs::DirEntry>| {
            entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(|n| top.contains(n)))
        };
        // The folder itself has no number: renaming changes it.
        folder.read_dir().is_ok_and(|mut entries| entries.all(is_known))
            && paths
                .par_iter()
                .zip(&self.stamps)
                .all(|(path, stamp)| stamp_at(&folder.join(path)).ok() == Some(*stamp))
    }

    /// Writes the proof of the folder, which is complete.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn record(&self, folder: &Path, workshop: &Path) -> io::Result<()> {
        let Some(proof) = proof(folder, workshop) else { return Ok(()) };
        let mut rest = self.others();
        rest.extend(self.folders());
        let rest: Vec<Stamp> =
            rest.par_iter().map(|path| stamp_at(&folder.join(path))).collect::<io::Result<_>>()?;
        let program = program();
        let stamps = self.stamps.iter().chain(&rest).chain([&program]);
        let stamps = stamps.flat_map(|stamp| stamp.to_le_bytes());
        let origins = self.origins.iter().flatten().copied();
        fs::write(proof, stamps.chain(origins).collect::<Vec<u8>>())
    }

    /// A file of the site with its number.
    pub fn known(&self, path: &str) -> Option<(&Listed, Stamp)> {
        let position = self.manifest.position(path)?;
        Some((&self.manifest.files()[position], self.stamps[position]))
    }

    /// Whether there is such a file, of the site or another.
    pub fn holds(&self, path: &str) -> bool {
        let is_list = [MANIFEST_FILE, MARKER].contains(&path);
        is_list || [&self.manifest, &self.earlier].iter().any(|list| list.position(path).is_some())
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.manifest.files().iter().map(|file| file.path.as_str()).chain(self.others())
    }

    /// The files that the list does not name.
    fn others(&self) -> Vec<&str> {
        let earlier = self.earlier.files().iter().map(|file| file.path.as_str());
        [MANIFEST_FILE, MARKER].into_iter().chain(earlier).collect()
    }

    /// All folders, each after the one it lies in.
    pub fn folders(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.files().collect();
        paths.sort_unstable();
        let mut folders = Vec::new();
        let mut before = "";
        for path in paths {
            // Paths that begin alike stand together, so that a folder is new or that of the path before.
            let ends = path.match_indices('/').map(|(end, _)| end);
            let new = ends.filter(|end| !before.starts_with(&path[..=*end]));
            folders.extend(new.map(|end| &path[..end]));
            before = path;
        }
        folders
    }
}

fn numbers(bytes: &[u8]) -> Vec<Stamp> {
    bytes.as_chunks().0.iter().map(|bytes| Stamp::from_le_bytes(*bytes)).collect()
}

/// The number of the running program; 0 where the system does not tell.
fn program() -> Stamp {
    std::env::current_exe().and_then(|path| stamp_at(&path)).unwrap_or(0)
}

fn is_own(maker: Stamp) -> bool {
    maker != 0 && maker == program()
}

fn stamp_at(path: &Path) -> io::Result<Stamp> {
    path.symlink_metadata().map(|metadata| stamp(&metadata))
}
