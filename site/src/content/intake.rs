//! What lies in the folders of a site → the files that a site may have. Whatever else lies there is told
//! and never opened: a link could lead out of the site, and a pipe would be waited on for ever.

use super::{ending_of, is_image_ending};
use crate::diag::{Code, Fault, Spot, TERM};
use crate::value::slugify;
use std::ffi::OsStr;
use std::sync::Arc;

/// The most bytes of a page as it is written: a page may weigh 14 KB compressed.
const PAGE_BYTES: u64 = 128 * 1024;
/// The most bytes of a picture or a template.
const FILE_BYTES: u64 = 512 * 1024;
/// The most bytes of a file below `content/data/`: the second confirmations of a whole country.
const DATA_BYTES: u64 = 16 * 1024 * 1024;
/// The most files of a site: three languages of a page for each desa and kelurahan.
pub const FILES: usize = 300_000;
/// The longest name, in bytes. Published pictures get a hash besides, systems take 255 bytes, and
/// Windows takes 260 characters for a whole path.
const NAME_BYTES: usize = 100;
/// The most folders in each other.
const FOLDERS: usize = 10;
/// Endings of texts: a folder with one of them, or with that of a picture, stands in the place of a file.
const TEXTS: [&str; 5] = ["md", "toml", "html", "css", "js"];

/// What an entry of a folder is, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// What lies in it is read.
    Folder,
    /// It is read.
    File,
    /// Neither; what the message catalogue calls it.
    Other(&'static str),
}

/// Judges an entry by its path relative to the site.
///
/// # Errors
/// A fault where a site may not have it.
pub fn judge(path: &str, name: &OsStr, entry: Entry) -> Result<(), Fault> {
    let fault = |code| Fault::new(code, Spot::file(&Arc::from(path)));
    let Some(name) = name.to_str() else {
        let shown = name.to_string_lossy();
        let (stem, ending) = shown.rsplit_once('.').unwrap_or((&shown, "md"));
        let good = format!("{}.{ending}", slugify(stem));
        return Err(fault(Code::BadFileName).with("name", &shown).with("good", good));
    };
    let is_folder = entry == Entry::Folder;
    let ending = ending_of(name);
    let stands_for_file = is_folder && (TEXTS.contains(&ending) || is_image_ending(ending));
    match entry {
        Entry::Other(term) => Err(fault(Code::NotAFile).with("name", name).with(TERM, term)),
        _ if stands_for_file => Err(fault(Code::NotAFile).with("name", name).with(TERM, "folder")),
        _ if name.len() > NAME_BYTES => {
            let fault = fault(Code::LongName).with("name", name);
            Err(fault.with("length", name.len()).with("limit", NAME_BYTES))
        }
        _ if is_folder && path.split('/').count() > FOLDERS => {
            Err(fault(Code::DeepFolder).with("limit", FOLDERS))
        }
        _ => Ok(()),
    }
}

/// The most bytes of a file by its path relative to the site.
#[must_use]
pub fn limit(path: &str) -> u64 {
    match path.strip_prefix("content/") {
        Some(path) if path.starts_with("data/") => DATA_BYTES,
        Some(path) if ending_of(path) == "md" => PAGE_BYTES,
        _ => FILE_BYTES,
    }
}

/// The fault of a file of this size, in bytes.
#[must_use]
pub fn too_big(path: &str, size: u64) -> Fault {
    let fault = Fault::new(Code::FileTooBig, Spot::file(&Arc::from(path)));
    fault.with("size", size.div_ceil(1024)).with("limit", limit(path) / 1024)
}
