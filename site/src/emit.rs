//! Where finished files go: into memory, or into a folder that appears whole or not at all.

use crate::value::hexadecimal;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Takes finished files one by one, from whichever thread finishes them.
pub trait Sink: Sync {
    /// Takes a file by its path below the output folder.
    ///
    /// # Errors
    /// Whatever keeps the file from being written.
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
}

/// The files of a finished site by their paths.
pub type Site = BTreeMap<String, Arc<[u8]>>;

/// Keeps the files in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Site>);

impl Memory {
    /// The files it was given.
    #[must_use]
    pub fn into_site(self) -> Site {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = (path.to_owned(), Arc::from(bytes));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend([file]);
        Ok(())
    }
}

/// Looks at files without keeping them.
#[derive(Debug, Default)]
pub struct Discard;

impl Sink for Discard {
    fn put(&self, _path: &str, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

/// Says that a folder was made by this program and may be replaced by it.
const MARKER: &str = ".bersinar";

/// Why a folder is not written to.
#[derive(Debug)]
pub enum Refusal {
    /// It exists, is not empty and does not carry our marker.
    NotOurs(PathBuf),
    /// It is the site itself, lies above it, or lies in its content or templates.
    InSource(PathBuf),
    /// It is a file.
    NotAFolder(PathBuf),
}

/// A folder beside the output that takes its place once it is complete.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    folder: PathBuf,
    files: AtomicUsize,
}

/// Whether the output may be written for the site at `root`.
///
/// # Errors
/// [`Refusal`] with the reason.
pub fn check_output(root: &Path, out: &Path) -> Result<(), Refusal> {
    let root = resolved(root);
    let resolved_out = resolved(out);
    let own = [root.join("content"), root.join("templates")];
    if root.starts_with(&resolved_out) || own.iter().any(|own| resolved_out.starts_with(own)) {
        return Err(Refusal::InSource(out.to_owned()));
    }
    if out.exists() && !out.is_dir() {
        return Err(Refusal::NotAFolder(out.to_owned()));
    }
    let is_empty =
        |folder: &Path| folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
    if out.exists() && !out.join(MARKER).is_file() && !is_empty(out) {
        return Err(Refusal::NotOurs(out.to_owned()));
    }
    Ok(())
}

/// The path without links and dots, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.canonicalize().unwrap_or_else(|_| match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => resolved(parent).join(name),
        _ => absolute,
    })
}

/// A file that came to lie beside a text with its checksum.
#[derive(Debug)]
pub struct Sealed {
    /// Where it lies.
    pub path: PathBuf,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// Why a file is not written.
#[derive(Debug)]
pub enum Unsealed {
    /// A file stands in its place that is not as this program wrote it.
    NotOurs(PathBuf),
    /// It cannot be written.
    Unwritable(PathBuf, io::Error),
}

/// Writes a file whole, and beside it `NAME.sha256` as `sha256sum -c` reads it. A file that stands
/// there already is replaced only where its checksum beside it still fits.
///
/// # Errors
/// [`Unsealed`] with the file in question.
pub fn seal(folder: &Path, name: &str, bytes: &[u8]) -> Result<Sealed, Unsealed> {
    let path = folder.join(name);
    let sum_path = folder.join(format!("{name}.sha256"));
    let line = |bytes: &[u8]| format!("{}  {name}\n", sha256(bytes));
    if let Ok(old) = fs::read(&path) {
        let is_ours = fs::read_to_string(&sum_path).is_ok_and(|sum| sum == line(&old));
        if !is_ours {
            return Err(Unsealed::NotOurs(path));
        }
    } else if path.exists() || sum_path.exists() {
        return Err(Unsealed::NotOurs(if path.exists() { path } else { sum_path }));
    }
    let unwritable = |path: &Path| {
        let path = path.to_owned();
        move |error| Unsealed::Unwritable(path, error)
    };
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    replace(&path, bytes).map_err(unwritable(&path))?;
    replace(&sum_path, line(bytes).as_bytes()).map_err(unwritable(&sum_path))?;
    Ok(Sealed { path, sha256: sha256(bytes) })
}

/// Writes files below a folder: all of them beside their places first, so that a full disk changes
/// none, then each into its place.
///
/// # Errors
/// The file that could not be written, and why.
pub fn replace_all(root: &Path, files: &[(&str, &str)]) -> Result<(), (PathBuf, io::Error)> {
    let places: Vec<(PathBuf, PathBuf)> = files
        .iter()
        .map(|(path, _)| (root.join(path), root.join(path).with_extension(NEW)))
        .collect();
    let folders: BTreeSet<&Path> = places.iter().filter_map(|(place, _)| place.parent()).collect();
    let mut written = folders.into_iter().try_for_each(|folder| {
        fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))
    });
    for ((_, new), (_, text)) in places.iter().zip(files) {
        written = written.and_then(|()| fs::write(new, text).map_err(|error| (new.clone(), error)));
    }
    for (place, new) in &places {
        written =
            written.and_then(|()| fs::rename(new, place).map_err(|error| (place.clone(), error)));
        if written.is_err() {
            // What is left of the others is of no use; that it cannot be removed is no worse.
            let _ = fs::remove_file(new);
        }
    }
    written
}

/// The ending of a file that is to take the place of another.
const NEW: &str = "bersinar-baru";

/// Writes beside the file and puts the new one in its place.
///
/// # Errors
/// Whatever keeps the file from being written; the old one then stays as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension(NEW);
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

impl Staging {
    /// Makes an empty folder beside `out`, after sweeping away what an earlier build left behind.
    ///
    /// # Errors
    /// Whatever keeps the folder from being made.
    pub fn beside(out: &Path) -> io::Result<Self> {
        let out = std::path::absolute(out)?;
        let parent = out.parent().unwrap_or(Path::new("."));
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        fs::create_dir_all(parent)?;
        let folder = parent.join(format!(".{name}.bersinar"));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        fs::write(folder.join(MARKER), concat!("bersinar ", env!("CARGO_PKG_VERSION"), "\n"))?;
        Ok(Self { out, folder, files: AtomicUsize::new(0) })
    }

    /// How many files the folder has taken.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.load(Ordering::Relaxed)
    }

    /// Puts the folder in the place of the output.
    ///
    /// # Errors
    /// Whatever keeps the folder from being moved; the old output then still stands.
    pub fn publish(self) -> io::Result<()> {
        if !self.out.exists() {
            return fs::rename(&self.folder, &self.out);
        }
        exchange(&self.folder, &self.out)?;
        fs::remove_dir_all(&self.folder)
    }

    /// Sweeps the folder away; the output stays as it was.
    ///
    /// # Errors
    /// Whatever keeps the folder from being removed.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_dir_all(&self.folder)
    }
}

impl Sink for Staging {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        self.files.fetch_add(1, Ordering::Relaxed);
        fs::write(file, bytes)
    }
}

/// Swaps two folders in one step where the system can, in two steps elsewhere.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            Err(
                rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP,
            ) => {}
            Err(error) => return Err(error.into()),
        }
    }
    exchange_in_steps(new, old)
}

/// Old aside, new in place, old where the new one was. A failure in between brings the old one back.
fn exchange_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = old.with_extension("bersinar-lama");
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_replaces_the_old_site_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        for (round, name) in ["a.html", "b.html"].into_iter().enumerate() {
            let staging = Staging::beside(&out).unwrap();
            staging.put(&format!("deep/{name}"), b"x").unwrap();
            assert_eq!(out.exists(), round > 0, "nothing shows before it is published");
            staging.publish().unwrap();
            let files: Vec<_> =
                fs::read_dir(out.join("deep")).unwrap().map(|f| f.unwrap().file_name()).collect();
            assert_eq!(files, [name]);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_exchange_in_steps_does_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let [new, old] = ["new", "old"].map(|name| folder.path().join(name));
        for path in [&new, &old] {
            fs::create_dir(path).unwrap();
            fs::write(path.join("name"), path.file_name().unwrap().to_str().unwrap()).unwrap();
        }
        exchange_in_steps(&new, &old).unwrap();
        assert_eq!(fs::read_to_string(old.join("name")).unwrap(), "new");
        assert_eq!(fs::read_to_string(new.join("name")).unwrap(), "old");
    }

    #[test]
    fn a_file_is_replaced_only_as_this_program_wrote_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        let first = seal(&folder, "a.html", b"abc").unwrap();
        assert!(first.sha256.starts_with("ba7816bf8f01cfea"));
        let sum = fs::read_to_string(folder.join("a.html.sha256")).unwrap();
        assert_eq!(sum, format!("{}  a.html\n", first.sha256));
        seal(&folder, "a.html", b"other").unwrap();
        assert_eq!(fs::read(&first.path).unwrap(), b"other");
        fs::write(&first.path, "changed by hand").unwrap();
        assert!(matches!(seal(&folder, "a.html", b"x"), Err(Unsealed::NotOurs(_))));
        assert_eq!(fs::read(&first.path).unwrap(), b"changed by hand");
        fs::remove_file(&first.path).unwrap();
        assert!(matches!(seal(&folder, "a.html", b"x"), Err(Unsealed::NotOurs(_))));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn foreign_folders_and_the_site_itself_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir_all(folder.path().join("foreign/x")).unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let refused = |out: &Path| check_output(&root, out).err();
        assert!(matches!(refused(&folder.path().join("foreign")), Some(Refusal::NotOurs(_))));
        assert!(matches!(refused(&folder.path().join("file")), Some(Refusal::NotAFolder(_))));
        for inside in ["", "content", "content/x", "templates/x/y", ".."] {
            let refusal = refused(&root.join(inside));
            assert!(matches!(refusal, Some(Refusal::InSource(_))), "{inside}: {refusal:?}");
        }
        assert!(refused(&root.join("dist")).is_none());
        assert!(
            refused(&folder.path().join("foreign/x")).is_none(),
            "an empty folder may be taken"
        );
    }
}
