//! A folder that somebody names for the output → the place where a site may be published, or why not.

use super::lock::Holder;
use super::manifest::Manifest;
use crate::content::FOLDERS;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// Says that a folder was made by this program and may be replaced by it. Below its first line it
/// lists the files of the release before that still lie in the folder, as `SHA256SUMS` lists the
/// current ones: pages that somebody has open still load them.
pub const MARKER: &str = ".bersinar";

/// The files of the release before, by the text of the marker.
#[must_use]
pub fn earlier_assets(marker: &str) -> Option<Manifest> {
    Manifest::parse(marker.split_once('\n').map_or("", |(_, lines)| lines))
}

/// Why a folder is not written to.
#[derive(Debug)]
pub enum Refusal {
    /// It exists, is not empty and does not carry our marker.
    NotOurs(PathBuf),
    /// It is the site itself, lies above it, or lies in its content or templates.
    InSource(PathBuf),
    /// It is a file.
    NotAFolder(PathBuf),
    /// It is the root of the file system, somebody's home, or above a home.
    TooWide(PathBuf),
    /// It is the root of a Git repository, or inside its `.git`.
    Repository(PathBuf),
    /// It is a link to something that is not there.
    LeadsNowhere(PathBuf),
    /// Another build is writing it.
    Busy(PathBuf, Holder),
    /// It, or the folder beside it, cannot be written.
    Unwritable(PathBuf, io::Error),
}

/// A place where a site may be published, and the hidden folder beside it in which it is made.
#[derive(Clone, Debug)]
pub struct Output {
    /// As it was named.
    pub(super) named: PathBuf,
    /// Without links: a link to the output stays, and what it leads to is replaced.
    pub(super) place: PathBuf,
    /// `.NAME.bersinar` beside it.
    pub(super) workshop: PathBuf,
}

impl Output {
    /// The output `named` for the site at `root`.
    ///
    /// # Errors
    /// [`Refusal`] with the reason.
    pub fn of(root: &Path, named: &Path) -> Result<Self, Refusal> {
        let named = named.to_owned();
        if named.is_symlink() && !named.exists() {
            return Err(Refusal::LeadsNowhere(named));
        }
        let place = resolved(&named);
        let Some((parent, name)) = place.parent().zip(place.file_name()) else {
            return Err(Refusal::TooWide(named));
        };
        let hidden: OsString = [".".as_ref(), name, ".bersinar".as_ref()].into_iter().collect();
        let output = Self { named, workshop: parent.join(hidden), place };
        output.refuse_what_is_precious(root)?;
        output.refuse_what_is_not_ours()?;
        Ok(output)
    }

    fn refuse_what_is_precious(&self, root: &Path) -> Result<(), Refusal> {
        let Self { named, place, .. } = self;
        let own = FOLDERS.map(|name| resolved(&root.join(name)));
        let is_in_source = own.iter().any(|own| place.starts_with(own) || own.starts_with(place));
        if is_in_source || resolved(root).starts_with(place) {
            return Err(Refusal::InSource(named.clone()));
        }
        if std::env::home_dir().is_some_and(|home| resolved(&home).starts_with(place)) {
            return Err(Refusal::TooWide(named.clone()));
        }
        let is_in_git = place.components().any(|part| part.as_os_str() == ".git");
        if is_in_git || place.join(".git").symlink_metadata().is_ok() {
            return Err(Refusal::Repository(named.clone()));
        }
        Ok(())
    }

    /// Looked at again right before the folder is replaced: somebody may have come in between.
    pub(super) fn refuse_what_is_not_ours(&self) -> Result<(), Refusal> {
        let Self { named, place, .. } = self;
        if !place.exists() {
            return Ok(());
        }
        if !place.is_dir() {
            return Err(Refusal::NotAFolder(named.clone()));
        }
        if !place.join(MARKER).is_file() && !is_empty(place) {
            return Err(Refusal::NotOurs(named.clone()));
        }
        Ok(())
    }
}

fn is_empty(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// The path without links and dots, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.canonicalize().unwrap_or_else(|_| match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => resolved(parent).join(name),
        _ => absolute,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn foreign_folders_and_the_site_itself_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir_all(folder.path().join("foreign/x")).unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let refused = |out: &Path| Output::of(&root, out).err();
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

    #[test]
    fn what_is_precious_is_refused_even_with_our_marker() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |out: &Path| Output::of(&folder.path().join("site"), out).err();
        let home = std::env::home_dir().unwrap();
        for wide in [Path::new("/"), &home] {
            assert!(matches!(refused(wide), Some(Refusal::TooWide(_))), "{}", wide.display());
        }
        let repository = folder.path().join("repository");
        fs::create_dir_all(repository.join(".git/hooks")).unwrap();
        fs::write(repository.join(MARKER), "").unwrap();
        for out in [repository.clone(), repository.join(".git/hooks/x")] {
            assert!(matches!(refused(&out), Some(Refusal::Repository(_))), "{}", out.display());
        }
        assert!(refused(&repository.join("dist")).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_a_broken_one_refused() {
        let folder = tempfile::tempdir().unwrap();
        let [target, link, broken] = ["target", "link", "broken"].map(|n| folder.path().join(n));
        fs::create_dir(&target).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        std::os::unix::fs::symlink(folder.path().join("nothing"), &broken).unwrap();
        let output = |out: &Path| Output::of(&folder.path().join("site"), out);
        assert_eq!(output(&link).unwrap().place, resolved(&target));
        assert_eq!(output(&link).unwrap().workshop, output(&target).unwrap().workshop);
        assert!(matches!(output(&broken), Err(Refusal::LeadsNowhere(_))));
        fs::write(target.join("foto.jpg"), "").unwrap();
        assert!(matches!(output(&link), Err(Refusal::NotOurs(_))));
    }
}
