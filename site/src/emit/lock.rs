//! The hidden folder beside an output → a lock that one build holds at a time, and who holds it.

use super::output::{Output, Refusal};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The lock's name in the hidden folder; it also says that the folder is ours.
const LOCK_FILE: &str = "kunci";
/// How often a build looks whether another has ended, and how long it waits in between: a build of
/// 83,762 pages takes a few seconds.
const ATTEMPTS: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

/// A build that is writing an output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The number of its process.
    pub pid: String,
    /// The machine it runs on: an output may lie on a shared disk.
    pub host: String,
    /// When it began, in UTC.
    pub since: String,
}

/// Held until it is dropped, or until the process ends in whichever way.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Makes the hidden folder if need be and takes its lock, waiting for a build that holds it.
    ///
    /// # Errors
    /// [`Refusal`] where another build keeps it, or the folder is not ours.
    pub fn take(output: &Output) -> Result<Self, Refusal> {
        let path = output.workshop.join(LOCK_FILE);
        for _ in 0..ATTEMPTS {
            make_workshop(output)?;
            match Self::attempt(&path) {
                Ok(Some(lock)) => return Ok(lock),
                Ok(None) => thread::sleep(PAUSE),
                Err(error) => {
                    // Whoever holds a lock has written into it.
                    if fs::read(&path).unwrap_or_default().is_empty() {
                        sweep_away(&path);
                    }
                    return Err(Refusal::Unwritable(output.named.clone(), error));
                }
            }
        }
        Err(Refusal::Busy(output.named.clone(), holder(&path)))
    }

    /// None where another build has the lock, or has just swept it away with its folder.
    fn attempt(path: &Path) -> io::Result<Option<Self>> {
        let file = match File::options().create(true).write(true).truncate(false).open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => {}
        }
        let lock = Self { file, path: path.to_owned() };
        Ok(lock.sign()?.then_some(lock))
    }

    /// Writes who holds the lock. False where the file that was locked is no longer the one in the
    /// folder: whoever held it before has swept it away.
    fn sign(&self) -> io::Result<bool> {
        let name = format!("{} {}\n", std::process::id(), host());
        self.file.set_len(0)?;
        (&self.file).write_all(name.as_bytes())?;
        Ok(fs::read_to_string(&self.path).is_ok_and(|text| text == name))
    }

    /// Removes the lock with its folder where nothing else lies in it.
    pub fn sweep_away(&self) {
        sweep_away(&self.path);
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only who reads the file by hand would miss this.
        let _ = self.file.set_len(0);
    }
}

fn sweep_away(path: &Path) {
    let folder = path.parent().unwrap_or(Path::new("."));
    let is_lock = |entry: io::Result<fs::DirEntry>| entry.is_ok_and(|entry| entry.path() == path);
    if folder.read_dir().is_ok_and(|mut entries| entries.all(is_lock)) {
        // That they cannot be removed is no worse.
        let _ = fs::remove_file(path);
        let _ = fs::remove_dir(folder);
    }
}

fn make_workshop(output: &Output) -> Result<(), Refusal> {
    let folder = &output.workshop;
    match fs::create_dir(folder) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(Refusal::Unwritable(output.named.clone(), error));
        }
        Err(_) => {}
    }
    if folder.is_symlink() || !is_ours(folder) {
        return Err(Refusal::NotOurs(folder.clone()));
    }
    Ok(())
}

/// Whether a folder holds the lock itself, not a link to one, or nothing, or is there no longer. It is
/// looked at once: between two looks another build could make or sweep away the lock.
fn is_ours(folder: &Path) -> bool {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return error.kind() == ErrorKind::NotFound,
    };
    let mut entries = entries.flatten().peekable();
    let is_lock = |entry: fs::DirEntry| {
        entry.file_name() == LOCK_FILE && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    entries.peek().is_none() || entries.any(is_lock)
}

fn holder(path: &Path) -> Holder {
    let text = fs::read_to_string(path).unwrap_or_default();
    let (pid, host) = text.trim_end().split_once(' ').unwrap_or(("?", "?"));
    let written = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let since = written.and_then(|time| jiff::Timestamp::try_from(time).ok());
    let since = since.map_or("?".to_owned(), |time| time.strftime("%F %T UTC").to_string());
    Holder { pid: pid.to_owned(), host: host.to_owned(), since }
}

/// The name of this machine, where the system tells it in a file.
fn host() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    if name.trim().is_empty() { "?".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(folder: &Path) -> Output {
        Output::of(&folder.join("site"), &folder.join("dist")).unwrap()
    }

    #[test]
    fn a_second_build_gets_the_lock_when_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        let lock = Lock::take(&output).unwrap();
        let held = holder(&lock.path);
        assert_eq!(held.pid, std::process::id().to_string());
        assert!(held.since.ends_with(" UTC") && held.since.starts_with("20"), "{held:?}");
        let other = output.clone();
        let second = thread::spawn(move || Lock::take(&other).map(|lock| lock.path.exists()));
        thread::sleep(PAUSE * 3);
        assert!(!second.is_finished());
        // The first sweeps the folder away: the second must not end up with a lock nobody sees.
        lock.sweep_away();
        assert!(!output.workshop.exists());
        drop(lock);
        assert!(second.join().unwrap().unwrap());
        assert_eq!(fs::read_to_string(output.workshop.join(LOCK_FILE)).unwrap(), "");
    }

    #[test]
    fn builds_that_begin_and_end_together_do_not_mistake_each_others_folder() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        Lock::take(&output).unwrap().sweep_away();
                    }
                });
            }
        });
        assert!(!output.workshop.exists());
    }

    #[test]
    fn a_hidden_folder_of_others_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        fs::create_dir(&output.workshop).unwrap();
        fs::write(output.workshop.join("foto.jpg"), "foto").unwrap();
        assert!(matches!(Lock::take(&output), Err(Refusal::NotOurs(_))));
        assert_eq!(fs::read_dir(&output.workshop).unwrap().count(), 1);
    }
}
