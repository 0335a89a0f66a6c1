//! The files of a site: which there are, and their bytes. The only place where content comes from disk.

use super::ending_of;
use super::intake::{self, Entry};
use crate::diag::Fault;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::{File, FileType};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file of a site.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path relative to the site, with forward slashes.
    pub path: Arc<str>,
    place: Place,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
enum Place {
    /// Here.
    Memory(Arc<[u8]>),
    /// On disk, below this folder.
    Below(Arc<Path>),
}

impl SourceFile {
    /// A file with its bytes.
    #[must_use]
    pub fn new(path: &str, bytes: &[u8]) -> Self {
        Self { path: Arc::from(path), place: Place::Memory(Arc::from(bytes)) }
    }

    /// A file of the site at `root`.
    #[must_use]
    pub fn on_disk(root: &Path, path: &str) -> Self {
        Self { path: Arc::from(path), place: Place::Below(Arc::from(root)) }
    }

    /// The bytes. Those of a page are read anew each time: a country has more pages than memory.
    ///
    /// # Errors
    /// [`Unreadable`] with the file.
    pub fn read(&self) -> Result<Cow<'_, [u8]>, Unreadable> {
        match &self.place {
            Place::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Place::Below(root) => bytes(root, &self.path).map(Cow::Owned),
        }
    }

    /// Whether it is a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let path = self.path.strip_prefix("content/").unwrap_or_default();
        ending_of(path) == "md" && !path.starts_with("data/")
    }

    /// The text; none where it cannot be read or is not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        String::from_utf8(self.read().ok()?.into_owned()).ok()
    }
}

/// What two readings of a file, or two builds, are compared by: the first half of a SHA-256.
pub type Digest = [u8; 16];

/// The digest of some parts: other parts, or the same otherwise divided, have another.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Digest {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let whole: [u8; 32] = hash.finalize().into();
    std::array::from_fn(|index| whole[index])
}

/// The files of a site in the order of their paths: `bersinar.toml`, `content/`, `templates/`.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The files.
    pub files: Vec<SourceFile>,
    /// What lies among them and is no file of a site.
    pub faults: Vec<Fault>,
}

impl Source {
    /// A file by its path relative to the site.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        let found = self.files.binary_search_by(|file| file.path.as_ref().cmp(path));
        found.ok().map(|index| &self.files[index])
    }

    /// Whether a path, or a folder it would lie in, was told while reading: it is not missing too.
    #[must_use]
    pub fn is_told(&self, path: &str) -> bool {
        self.faults.iter().any(|fault| {
            let rest = path.strip_prefix(fault.spot.file.as_ref());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub cause: Cause,
}

/// Why a file could not be read.
#[derive(Debug)]
pub enum Cause {
    /// The system says so.
    System(io::Error),
    /// It was changed after the first reading, and the two would be mixed.
    Changed,
    /// It is beyond its limit; its size in bytes.
    TooBig(u64),
    /// It is one more than a site may have; the limit.
    TooMany(usize),
}

impl Unreadable {
    fn new(path: impl Into<PathBuf>, error: io::Error) -> Self {
        Self { path: path.into(), cause: Cause::System(error) }
    }
}

/// The folders of a site whose files make it, beside `bersinar.toml`.
pub const FOLDERS: [&str; 2] = ["content", "templates"];

/// Which files are held in memory from the first reading on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// All but the pages.
    ButPages,
    /// All, so that the site stays as it was whatever happens on disk.
    All,
}

/// Lists every file of the site at `root` and reads those that are to be held. Hidden files and leftovers
/// of office programs are passed over; what is neither file nor folder, or beyond a limit, is told.
///
/// # Errors
/// [`Unreadable`] with the first file or folder that could not be read.
pub fn read(root: &Path, held: Held) -> Result<Source, Unreadable> {
    let mut reading = Reading { root: Arc::from(root), held, source: Source::default() };
    for name in ["bersinar.toml"].into_iter().chain(FOLDERS) {
        match root.join(name).symlink_metadata() {
            Ok(found) => reading.entry(name.to_owned(), name.as_ref(), found.file_type())?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Unreadable::new(root.join(name), error)),
        }
    }
    let mut source = reading.source;
    source.files.sort_by(|a, b| a.path.cmp(&b.path));
    source.faults.sort_by(|a, b| a.spot.file.cmp(&b.spot.file));
    Ok(source)
}

struct Reading {
    root: Arc<Path>,
    held: Held,
    source: Source,
}

impl Reading {
    fn entry(&mut self, path: String, name: &OsStr, kind: FileType) -> Result<(), Unreadable> {
        let entry = entry_of(kind);
        if let Err(fault) = intake::judge(&path, name, entry) {
            self.source.faults.push(fault);
            return Ok(());
        }
        if entry == Entry::Folder { self.folder(&path) } else { self.file(path) }
    }

    fn folder(&mut self, folder: &str) -> Result<(), Unreadable> {
        let place = self.root.join(folder);
        let unreadable = |error| Unreadable::new(&place, error);
        for entry in place.read_dir().map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            if !is_passed_over(&shown) {
                self.entry(format!("{folder}/{shown}"), &name, kind)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: String) -> Result<(), Unreadable> {
        if self.source.files.len() >= intake::FILES {
            return Err(Unreadable { path: path.into(), cause: Cause::TooMany(intake::FILES) });
        }
        let place = Place::Below(Arc::clone(&self.root));
        let mut file = SourceFile { path: Arc::from(path), place };
        if self.held == Held::All || !file.is_page() {
            let read = match file.read() {
                Err(Unreadable { cause: Cause::TooBig(size), .. }) => {
                    self.source.faults.push(intake::too_big(&file.path, size));
                    return Ok(());
                }
                read => Arc::from(read?),
            };
            file.place = Place::Memory(read);
        }
        self.source.files.push(file);
        Ok(())
    }
}

/// Whether a file or folder of this name is none of the site's.
#[must_use]
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db"
}

/// Reads a file of the site at `root`, if it is not beyond its limit.
fn bytes(root: &Path, path: &str) -> Result<Vec<u8>, Unreadable> {
    let limit = intake::limit(path);
    let read = || {
        let file = open(&root.join(path))?;
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let size = found.len();
        let capacity = usize::try_from(size.min(limit)).unwrap_or_default() + 1;
        let mut bytes = Vec::with_capacity(capacity);
        // One byte more shows a file that grew after its size was asked.
        file.take(limit + 1).read_to_end(&mut bytes)?;
        Ok((bytes, size))
    };
    let (bytes, size) = read().map_err(|error: io::Error| Unreadable::new(path, error))?;
    let size = size.max(bytes.len() as u64);
    if size > limit {
        return Err(Unreadable { path: path.into(), cause: Cause::TooBig(size) });
    }
    Ok(bytes)
}

/// Opens a file. Not what a link leads to, and without waiting for whoever writes to a pipe: a file that
/// was one when its folder was listed may be another thing now.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.read(true).open(path)
}

/// The system's word for an entry, links not followed.
fn entry_of(kind: FileType) -> Entry {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Entry::Other("pipe");
        }
        if kind.is_socket() {
            return Entry::Other("socket");
        }
    }
    match () {
        () if kind.is_symlink() => Entry::Other("link"),
        () if kind.is_dir() => Entry::Folder,
        () if kind.is_file() => Entry::File,
        () => Entry::Other("device"),
    }
}
