//! Files of the site as they were read → as they are to be: all of them or none, and none that somebody
//! else has changed since it was read. What others write meanwhile is never lost.

use super::exchange::{exchange, move_to, settle};
use crate::edit::Change;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A file as it was read and as it is to be.
#[derive(Clone, Copy, Debug)]
pub struct Swap<'a> {
    /// The path relative to the site.
    pub path: &'a str,
    /// As it was read; none where there was none.
    pub before: Option<&'a [u8]>,
    /// As it is to be; none where it goes.
    pub after: Option<&'a [u8]>,
}

impl<'a> From<&'a Change> for Swap<'a> {
    fn from(change: &'a Change) -> Self {
        let [before, after] =
            [&change.before, &change.after].map(|text| text.as_deref().map(str::as_bytes));
        Self { path: &change.path, before, after }
    }
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Unswapped {
    /// A file is not as it was read: somebody has written it meanwhile, and that stands.
    Changed(PathBuf),
    /// The system does not let a file or folder be written, or it is protected against writing.
    Unwritable(PathBuf, io::Error),
}

/// Writes files below a folder: all of them beside their places first, so that a full disk changes
/// none; then each into its place, and back again where one of them turns out to be another than was
/// read.
///
/// Where the system can exchange two files the look comes after the exchange, so that nothing that is
/// saved in between can be overwritten. Elsewhere it comes right before.
///
/// # Errors
/// [`Unswapped`] with the first file that could not be written; all are then as they were.
pub fn swap(root: &Path, swaps: &[Swap]) -> Result<(), Unswapped> {
    let mut seats = Vec::with_capacity(swaps.len());
    for swap in swaps {
        seats.push(Seat::beside(root, swap)?);
    }
    let written = seats.iter().map(|seat| &seat.beside);
    sync(root, written.collect()).map_err(|error| unwritable(root, error))?;
    take_all(&mut seats)
}

/// Takes every place or none. A program that had opened a file just before it was exchanged may write
/// into the old one afterwards: there is a last look at that once it must be done.
fn take_all(seats: &mut [Seat]) -> Result<(), Unswapped> {
    for at in 0..seats.len() {
        let taken = seats[at].take();
        if taken.is_err() {
            give_back(&mut seats[..=at]);
            return taken;
        }
    }
    std::thread::sleep(GRACE);
    let last_look = seats.iter().try_for_each(Seat::look);
    if last_look.is_err() {
        give_back(seats);
    }
    last_look
}

/// Gives the places back that were taken. A program that had opened a file while it lay in its place may
/// write into it afterwards; so it is looked at until nothing more comes, and goes only then.
fn give_back(seats: &mut [Seat]) {
    let mut taken: Vec<&mut Seat> = seats.iter_mut().rev().filter(|seat| seat.is_taken).collect();
    for seat in &mut taken {
        seat.give_back(seat.swap.after.map(<[u8]>::to_vec));
    }
    for _ in 0..TURNS {
        if taken.is_empty() {
            return;
        }
        std::thread::sleep(GRACE);
        taken.retain_mut(|seat| seat.give_back_again());
    }
}

fn unwritable(path: &Path, error: io::Error) -> Unswapped {
    Unswapped::Unwritable(path.to_owned(), error)
}

/// How long others have to write into a file that they opened before it was exchanged. Most programs
/// empty it while opening it and need microseconds; this is for a machine that is very busy.
const GRACE: Duration = Duration::from_millis(50);

/// Up to so many files are put on the disk one by one; for more the disk is asked once for everything,
/// which may have to wait for what others write.
const FEW: usize = 16;

/// Has the disk take what was written: after a power cut a file may otherwise be there, and empty.
fn sync(root: &Path, files: Vec<&PathBuf>) -> io::Result<()> {
    if files.len() > FEW {
        return settle(root);
    }
    files.into_iter().filter(|file| file.exists()).try_for_each(|file| File::open(file)?.sync_all())
}

/// A file's place, and another beside it that holds what is to take it. Once it is taken, that holds
/// what was there before. It goes in the end.
struct Seat<'a> {
    place: PathBuf,
    beside: PathBuf,
    swap: Swap<'a>,
    /// It was exchanged with what lay in the place.
    is_taken: bool,
    /// Once it is given back: what lies in the place and what beside it.
    given: Option<[Option<Vec<u8>>; 2]>,
    /// What lies beside is the only copy of something, and stays.
    is_kept: bool,
}

impl<'a> Seat<'a> {
    /// Writes what is to take the place beside it.
    fn beside(root: &Path, swap: &Swap<'a>) -> Result<Self, Unswapped> {
        let place = root.join(swap.path);
        let failed = |error| unwritable(&place, error);
        let old = place.symlink_metadata().ok();
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            return Err(failed(ErrorKind::PermissionDenied.into()));
        }
        let folder = place.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let (file, beside) = new_file(folder, &name).map_err(failed)?;
        let seat = Self {
            place: place.clone(),
            beside,
            swap: *swap,
            is_taken: false,
            given: None,
            is_kept: false,
        };
        match swap.after {
            Some(bytes) => fill(file, bytes, old.as_ref()).map_err(failed)?,
            // What goes is moved to where this name is free.
            None => fs::remove_file(&seat.beside).map_err(failed)?,
        }
        Ok(seat)
    }

    /// Takes the place, if what was there is what was read.
    fn take(&mut self) -> Result<(), Unswapped> {
        let changed = || Unswapped::Changed(self.place.clone());
        let failed = |error| unwritable(&self.place, error);
        if held(&self.place).map_err(failed)?.as_deref() != self.swap.before {
            return Err(changed());
        }
        match self.turn() {
            Err(error) if is_about_another(&error) => return Err(changed()),
            turned => turned.map_err(failed)?,
        }
        self.is_taken = true;
        self.look()
    }

    /// Looks whether what the place was taken from is what was read.
    fn look(&self) -> Result<(), Unswapped> {
        match held(&self.beside) {
            Ok(found) if found.as_deref() == self.swap.before => Ok(()),
            Ok(_) => Err(Unswapped::Changed(self.place.clone())),
            Err(error) => Err(unwritable(&self.place, error)),
        }
    }

    /// Gives the place, in which this was left, back to what lies beside, which stays there where that fails.
    fn give_back(&mut self, left: Option<Vec<u8>>) {
        self.given = self.given_back(left);
        self.is_kept = self.given.is_none();
    }

    /// What somebody has written into the place meanwhile is newer than what was there before, and stays.
    fn given_back(&self, left: Option<Vec<u8>>) -> Option<[Option<Vec<u8>>; 2]> {
        let mut expected = left;
        for _ in 0..TURNS {
            let older = held(&self.beside).ok()?;
            match self.turn() {
                Err(error) if is_about_another(&error) => continue,
                Err(_) => return None,
                Ok(()) => {}
            }
            if held(&self.beside).ok()? == expected {
                return Some([older, expected]);
            }
            // It comes from somebody else, and goes back in the next turn.
            expected = older;
        }
        None
    }

    /// Gives back what was written since into what lies beside; says whether there was anything.
    fn give_back_again(&mut self) -> bool {
        let Some([in_place, beside]) = &self.given else { return false };
        let is_written = held(&self.beside).is_ok_and(|found| found != *beside);
        if is_written {
            let left = in_place.clone();
            self.give_back(left);
        }
        is_written
    }

    /// Exchanges what lies in the place and beside it; one of them may be nothing.
    fn turn(&self) -> io::Result<()> {
        let Self { place, beside, .. } = self;
        match (place.exists(), beside.exists()) {
            (true, true) => exchange(beside, place, &beside.with_extension("pindah")),
            (true, false) => move_to(place, beside),
            (false, true) => move_to(beside, place),
            (false, false) => Ok(()),
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            // That it cannot be removed is no worse: nobody reads it.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// How often a place is given back to somebody who goes on writing into it.
const TURNS: usize = 100;

/// A new file in a folder, under a name that the reading of a site passes over.
fn new_file(folder: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    let mut number = 0;
    loop {
        let beside = folder.join(format!(".{name}.{number}.bersinar-baru"));
        match File::create_new(&beside) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 1000 => number += 1,
            made => return made.map(|file| (file, beside)),
        }
    }
}

fn fill(mut file: File, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    file.write_all(bytes)?;
    old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))
}

/// What lies at a path; none where nothing does.
fn held(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// Whether a file came or went where somebody else was at it too.
fn is_about_another(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Instant;

    fn file<'a>(path: &'a str, before: Option<&'a str>, after: Option<&'a str>) -> Swap<'a> {
        Swap { path, before: before.map(str::as_bytes), after: after.map(str::as_bytes) }
    }

    fn files(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn files_come_change_and_go_together() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a"), "1").unwrap();
        fs::write(root.join("b"), "2").unwrap();
        let swaps = [
            file("a", Some("1"), Some("one")),
            file("b", Some("2"), None),
            file("c", None, Some("3")),
            file("new/d", None, Some("4")),
        ];
        swap(root, &swaps).unwrap();
        assert_eq!(files(root), pairs(&[("a", "one"), ("c", "3")]));
        assert_eq!(files(&root.join("new")), pairs(&[("d", "4")]));
    }

    #[test]
    fn one_file_that_is_another_keeps_all_from_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let before = pairs(&[("a", "1"), ("b", "2"), ("c", "3")]);
        for (name, text) in &before {
            fs::write(root.join(name), text).unwrap();
        }
        let good = [file("a", Some("1"), Some("x")), file("b", Some("2"), None)];
        for wrong in [
            file("c", Some("other"), Some("x")),
            file("c", Some("other"), None),
            file("c", None, Some("x")),
            file("d", Some("4"), Some("x")),
            file("d", Some("4"), None),
        ] {
            let outcome = swap(root, &[good[0], good[1], wrong]);
            let Err(Unswapped::Changed(path)) = outcome else { panic!("{outcome:?}") };
            assert_eq!(path, root.join(wrong.path));
            assert_eq!(files(root), before, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_protected_against_writing_keeps_all_from_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let before = pairs(&[("a", "1"), ("b", "2")]);
        for (name, text) in &before {
            fs::write(root.join(name), text).unwrap();
        }
        let mut rights = fs::metadata(root.join("b")).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(root.join("b"), rights).unwrap();
        for after in [Some("x"), None] {
            let outcome = swap(root, &[file("a", Some("1"), None), file("b", Some("2"), after)]);
            let Err(Unswapped::Unwritable(path, error)) = outcome else { panic!("{outcome:?}") };
            assert_eq!((path, error.kind()), (root.join("b"), ErrorKind::PermissionDenied));
        }
        let in_a_file = swap(root, &[file("a/c", None, Some("x"))]);
        assert!(matches!(in_a_file, Err(Unswapped::Unwritable(..))), "{in_a_file:?}");
        assert_eq!(files(root), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_rights() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        fs::write(&place, "1").unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).unwrap();
        swap(folder.path(), &[file("a", Some("1"), Some("2"))]).unwrap();
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn who_had_opened_a_file_before_its_place_is_given_back_writes_into_it_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a"), "1").unwrap();
        let mut seat = Seat::beside(root, &file("a", Some("1"), Some("ours"))).unwrap();
        seat.take().unwrap();
        let mut opened = File::options().write(true).open(root.join("a")).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(GRACE / 4);
                opened.set_len(0).unwrap();
                opened.write_all(b"late").unwrap();
            });
            give_back(std::slice::from_mut(&mut seat));
        });
        drop(seat);
        assert_eq!(files(root), pairs(&[("a", "late")]));
    }

    /// What was written over what: `ours 7` over `saved 12`.
    type Log = Mutex<BTreeMap<String, String>>;

    /// Waits until what was saved is there, or what took exactly its place.
    fn stays(place: &Path, text: &str, log: &Log) {
        let patience = Instant::now() + Duration::from_secs(20);
        loop {
            let found = fs::read_to_string(place).unwrap();
            if found == text || log.lock().unwrap().get(&found).is_some_and(|over| over == text) {
                return;
            }
            assert!(Instant::now() < patience, "{text} was lost; there is {found}");
        }
    }

    /// Somebody saves a file all the time, by writing into it or by putting another in its place. Nothing of
    /// it may be lost, unless the machine was so busy that writing took longer than others are waited for.
    fn keeps_saving(place: &Path, log: &Log, is_over: &AtomicBool) -> usize {
        let mut saved = 0;
        while !is_over.load(Ordering::Relaxed) {
            saved += 1;
            let started = Instant::now();
            let text = format!("saved {saved}");
            if saved % 2 == 0 {
                fs::write(place, &text).unwrap();
            } else {
                let aside = place.with_extension("aside");
                fs::write(&aside, &text).unwrap();
                fs::rename(aside, place).unwrap();
            }
            if started.elapsed() < GRACE {
                stays(place, &text, log);
            }
        }
        saved
    }

    /// Takes the place of what the other has saved as soon as it was read, so that often the next is
    /// saved in between. None where it cannot be read just now, or is not the other's.
    fn take(root: &Path, ours: &str) -> Option<(String, Result<(), Unswapped>)> {
        let before;
        let outcome = {
            let mut seat = Seat::beside(root, &file("page", None, Some(ours))).unwrap();
            before = fs::read_to_string(&seat.place).unwrap();
            seat.swap.before = Some(before.as_bytes());
            before.starts_with("saved").then(|| take_all(&mut [seat]))?
        };
        Some((before, outcome))
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_that_others_save_in_between_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("page");
        fs::write(&place, "saved 0").unwrap();
        let (log, is_over) = (Log::default(), AtomicBool::new(false));
        let (mut written, mut refused) = (0, 0);
        let saved = std::thread::scope(|scope| {
            let saving = scope.spawn(|| keeps_saving(&place, &log, &is_over));
            let end = Instant::now() + Duration::from_mins(1);
            while written.min(refused) < 20 && Instant::now() < end {
                let ours = format!("ours {written} {refused}");
                match take(folder.path(), &ours) {
                    Some((before, Ok(()))) => {
                        written += 1;
                        log.lock().unwrap().insert(ours, before);
                    }
                    Some((_, Err(Unswapped::Changed(_)))) => refused += 1,
                    Some((_, Err(other))) => panic!("{other:?}"),
                    None => {}
                }
            }
            is_over.store(true, Ordering::Relaxed);
            saving.join().unwrap()
        });
        assert!(saved > 40 && written.min(refused) == 20, "{saved}, {written}, {refused}");
        assert_eq!(files(folder.path()).len(), 1, "nothing is left beside it");
    }
}
