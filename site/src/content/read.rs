//! The files of a site, read once. The only place where content comes from disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file as it lies on disk.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path relative to the site, with forward slashes.
    pub path: Arc<str>,
    /// The content.
    pub bytes: Arc<[u8]>,
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
    pub error: io::Error,
}

/// Reads every file of the site at `root`. Hidden files and leftovers of office programs are passed
/// over; links are not followed.
///
/// # Errors
/// [`Unreadable`] with the first file or folder that could not be read.
pub fn read(root: &Path) -> Result<Source, Unreadable> {
    let mut files = Vec::new();
    let config = root.join("bersinar.toml");
    if config.is_file() {
        files.push(read_file(root, &config)?);
    }
    for folder in ["content", "templates"] {
        let folder = root.join(folder);
        if folder.is_dir() {
            read_folder(root, &folder, &mut files)?;
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Source { files })
}

fn read_folder(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<(), Unreadable> {
    let unreadable = |error| Unreadable { path: folder.to_owned(), error };
    for entry in folder.read_dir().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        if is_passed_over(&entry.file_name().to_string_lossy()) {
            continue;
        }
        if kind.is_dir() {
            read_folder(root, &entry.path(), files)?;
        } else if kind.is_file() {
            files.push(read_file(root, &entry.path())?);
        }
    }
    Ok(())
}

fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db"
}

fn read_file(root: &Path, path: &Path) -> Result<SourceFile, Unreadable> {
    let bytes = std::fs::read(path).map_err(|error| Unreadable { path: path.to_owned(), error })?;
    let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(SourceFile { path: Arc::from(relative), bytes: Arc::from(bytes) })
}
