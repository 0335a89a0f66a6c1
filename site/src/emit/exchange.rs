//! A finished folder → the output, in one step where the system can; and what a build that was
//! killed left behind → as if it had never begun, or as if it had ended.

use super::generation::{PROOF, proof};
use super::output::Output;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

impl Output {
    /// The folder in which the next site is made. Whatever a build finds in it is of no use.
    pub(super) fn next(&self) -> PathBuf {
        self.workshop.join("baru")
    }

    /// The site that was published before the one in the output, whole.
    pub(super) fn previous(&self) -> PathBuf {
        self.workshop.join("lama")
    }

    /// Where the old site lies for a moment where the system cannot exchange two folders. That
    /// there is one says how far the exchange had come.
    fn aside(&self) -> PathBuf {
        self.workshop.join("pindah")
    }

    /// Mends what a build that was killed has left.
    ///
    /// # Errors
    /// Whatever keeps it from being mended.
    pub(super) fn recover(&self) -> io::Result<()> {
        let aside = self.aside();
        if aside.exists() && !self.place.exists() {
            fs::rename(&aside, &self.place)?;
        }
        remove_if_there(&aside)?;
        remove_if_there(&self.next())?;
        let proofs = [&self.place, &self.previous()].map(|folder| proof(folder, &self.workshop));
        for entry in self.workshop.read_dir()? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(PROOF) && !proofs.iter().flatten().any(|proof| *proof == path) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Removes a folder with its proof.
    ///
    /// # Errors
    /// Whatever keeps it from being removed.
    pub(super) fn forget(&self, folder: &Path) -> io::Result<()> {
        let proof = proof(folder, &self.workshop).filter(|proof| proof.exists());
        remove_if_there(folder)?;
        proof.map_or(Ok(()), fs::remove_file)
    }

    /// Puts the next site in its place; the one that stood there is then where the next one was.
    ///
    /// # Errors
    /// Whatever keeps it from being put there; the old site then stands.
    pub(super) fn put_in_place(&self) -> io::Result<()> {
        let (next, place) = (self.next(), &self.place);
        settle(&next)?;
        let is_first = !place.exists();
        let moved =
            if is_first { move_to(&next, place) } else { exchange(&next, place, &self.aside()) };
        moved?;
        let kept = sync_folder(place.parent().unwrap_or(Path::new(".")));
        if kept.is_err() {
            // Whoever is told of a failure has the old site, even if the disk is failing.
            let _ = if is_first {
                fs::rename(place, &next)
            } else {
                exchange(&next, place, &self.aside())
            };
        }
        kept
    }
}

fn remove_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Has the disk take everything that was written below the folder, at once: to ask for each of
/// 83,762 files costs a hundred times as much. Without it a power cut after the exchange could
/// leave a site of empty files.
pub(super) fn settle(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(fs::File::open(folder)?)?;
    #[cfg(all(unix, not(target_os = "linux")))]
    rustix::fs::sync();
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Has the disk take the names in a folder.
fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(target_os = "linux")]
use rustix::fs::RenameFlags as Flags;

/// Renames as only Linux can. None where the file system cannot.
#[cfg(target_os = "linux")]
fn rename_with(from: &Path, to: &Path, flags: Flags) -> Option<io::Result<()>> {
    use rustix::fs::{CWD, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, flags) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
        renamed => Some(renamed.map_err(io::Error::from)),
    }
}

/// Moves a file or folder to where nothing is. Where the system cannot hold that, it replaces at most an
/// empty folder.
pub(super) fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(renamed) = rename_with(from, to, Flags::NOREPLACE) {
        return renamed;
    }
    fs::rename(from, to)
}

/// Swaps two files or folders in one step where the system can, in three elsewhere.
pub(super) fn exchange(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(renamed) = rename_with(new, old, Flags::EXCHANGE) {
        return renamed;
    }
    exchange_in_steps(new, old, aside)
}

/// Old aside, new in place, old where the new one was. A failure in between brings the old one back.
fn exchange_in_steps(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(old, aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(aside, old)?;
        return Err(error);
    }
    // The new site stands. Where the old one cannot be kept the next build writes every file.
    if fs::rename(aside, new).is_err() {
        let _ = fs::remove_dir_all(aside);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(folder: &Path) -> Output {
        let output = Output::of(&folder.join("site"), &folder.join("dist")).unwrap();
        fs::create_dir(&output.workshop).unwrap();
        output
    }

    fn make(folder: &Path, name: &str) {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("name"), name).unwrap();
    }

    fn name(folder: &Path) -> String {
        fs::read_to_string(folder.join("name")).unwrap()
    }

    #[test]
    fn the_exchange_in_steps_does_the_same() {
        let folder = tempfile::tempdir().unwrap();
        for swap in [exchange, exchange_in_steps] {
            let [new, old, aside] = ["new", "old", "aside"].map(|n| folder.path().join(n));
            make(&new, "new");
            make(&old, "old");
            swap(&new, &old, &aside).unwrap();
            assert_eq!((name(&old), name(&new)), ("new".to_owned(), "old".to_owned()));
            assert!(!aside.exists());
            fs::remove_dir_all(new).unwrap();
            fs::remove_dir_all(old).unwrap();
        }
    }

    #[test]
    fn what_cannot_be_moved_into_place_leaves_the_old_one_there() {
        let folder = tempfile::tempdir().unwrap();
        let [new, old, aside] = ["new", "old", "aside"].map(|n| folder.path().join(n));
        make(&old, "old");
        for swap in [exchange, exchange_in_steps] {
            swap(&new, &old, &aside).unwrap_err();
            assert_eq!(name(&old), "old");
        }
        make(&new, "new");
        move_to(&new, &old).unwrap_err();
        assert_eq!((name(&old), name(&new)), ("old".to_owned(), "new".to_owned()));
    }

    #[test]
    fn half_an_exchange_is_undone_and_a_whole_one_ended() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        make(&output.aside(), "old");
        make(&output.next(), "new");
        fs::write(output.workshop.join("catatan-1"), "").unwrap();
        output.recover().unwrap();
        assert_eq!(name(&output.place), "old");
        assert_eq!(fs::read_dir(&output.workshop).unwrap().count(), 0);
        make(&output.aside(), "older");
        output.recover().unwrap();
        assert_eq!(name(&output.place), "old");
        assert_eq!(fs::read_dir(&output.workshop).unwrap().count(), 0);
    }
}
