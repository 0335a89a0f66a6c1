//! One file → the same file whole in its place, with its checksum beside it.

use super::manifest::sum;
use crate::value::hexadecimal;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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

/// The ending of a file that is to take the place of another.
const NEW: &str = "bersinar-baru";

/// Writes beside the file and puts the new one in its place; where that fails the old one stays.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension(NEW);
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&sum(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
