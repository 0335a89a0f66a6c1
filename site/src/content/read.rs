//! The files of a site: which there are, and their bytes. The only place where content comes from disk.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher};
use std::io;
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

    /// The bytes. Those of a page are read anew each time: a country has more pages than memory.
    ///
    /// # Errors
    /// [`Unreadable`] with the file.
    pub fn read(&self) -> Result<Cow<'_, [u8]>, Unreadable> {
        match &self.place {
            Place::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Place::Below(root) => {
                let read = std::fs::read(root.join(self.path.as_ref()));
                let bytes = read.map_err(|error| Unreadable::new(self.path.as_ref(), error))?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// Whether it is a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let path = self.path.strip_prefix("content/").unwrap_or_default();
        path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")
            && !path.starts_with("data/")
    }

    /// The text; none where it cannot be read or is not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        String::from_utf8(self.read().ok()?.into_owned()).ok()
    }
}

/// What two readings of a file are compared by.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// The files of a site in the order of their paths: `bersinar.toml`, `content/`, `templates/`.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The files.
    pub files: Vec<SourceFile>,
}

impl Source {
    /// A file by its path relative to the site.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        let found = self.files.binary_search_by(|file| file.path.as_ref().cmp(path));
        found.ok().map(|index| &self.files[index])
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
}

impl Unreadable {
    fn new(path: impl Into<PathBuf>, error: io::Error) -> Self {
        Self { path: path.into(), cause: Cause::System(error) }
    }
}

/// Which files are held in memory from the first reading on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// All but the pages.
    ButPages,
    /// All, so that the site stays as it was whatever happens on disk.
    All,
}

/// Lists every file of the site at `root` and reads those that are to be held. Hidden files and leftovers
/// of office programs are passed over; links are not followed.
///
/// # Errors
/// [`Unreadable`] with the first file or folder that could not be read.
pub fn read(root: &Path, held: Held) -> Result<Source, Unreadable> {
    let mut reading = Reading { root: Arc::from(root), held, files: Vec::new() };
    if root.join("bersinar.toml").is_file() {
        reading.file("bersinar.toml".to_owned())?;
    }
    for folder in ["content", "templates"] {
        if root.join(folder).is_dir() {
            reading.folder(folder)?;
        }
    }
    reading.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Source { files: reading.files })
}

struct Reading {
    root: Arc<Path>,
    held: Held,
    files: Vec<SourceFile>,
}

impl Reading {
    fn folder(&mut self, folder: &str) -> Result<(), Unreadable> {
        let place = self.root.join(folder);
        let unreadable = |error| Unreadable::new(&place, error);
        for entry in place.read_dir().map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if is_passed_over(&name) {
                continue;
            }
            let path = format!("{folder}/{name}");
            if kind.is_dir() {
                self.folder(&path)?;
            } else if kind.is_file() {
                self.file(path)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: String) -> Result<(), Unreadable> {
        let place = Place::Below(Arc::clone(&self.root));
        let mut file = SourceFile { path: Arc::from(path), place };
        if self.held == Held::All || !file.is_page() {
            let bytes = Arc::from(file.read()?);
            file.place = Place::Memory(bytes);
        }
        self.files.push(file);
        Ok(())
    }
}

/// Whether a file or folder of this name is none of the site's.
#[must_use]
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db"
}
