//! A new site from what the binary carries: the content of this repository, to be changed into one's own.

use include_dir::{Dir, include_dir};
use std::fs;
use std::io;
use std::path::Path;

static CONTENT: Dir = include_dir!("$CARGO_MANIFEST_DIR/../content");
const CONFIG: &str = include_str!("../../bersinar.toml");

/// Whether a starter site may be written to a folder: it is new or empty.
#[must_use]
pub fn may_write(folder: &Path) -> bool {
    !folder.exists() || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// Writes the starter site.
///
/// # Errors
/// Whatever keeps a file from being written.
pub fn write(folder: &Path) -> io::Result<()> {
    let content = folder.join("content");
    fs::create_dir_all(&content)?;
    CONTENT.extract(&content)?;
    fs::write(folder.join("bersinar.toml"), CONFIG)
}
