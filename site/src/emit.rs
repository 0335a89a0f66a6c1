//! Where finished files go: into memory, nowhere, or into a folder that appears whole or not at all.

mod exchange;
mod generation;
mod lock;
mod manifest;
mod memory;
mod output;
mod packed;
mod single;
mod staging;
mod swap;

pub use lock::Holder;
pub use manifest::{Listed, MANIFEST_FILE, Manifest, Sum, sum};
pub use memory::{Memory, Site};
pub use output::{MARKER, Output, Refusal, earlier_assets};
pub use packed::{Packed, Texts};
pub use single::{Sealed, Unsealed, seal};
pub use staging::{Published, Staging};
pub use swap::{Swap, Unswapped, swap};

use crate::content::Digest;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes finished files one by one, from whichever thread finishes them.
pub trait Sink: Sync {
    /// Takes a file by its path below the output folder.
    ///
    /// # Errors
    /// Whatever keeps the file from being written.
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()>;

    /// Takes a file as the last build published it. False where it is not known to be as it was
    /// written then, or where there was none: it must then be made and [`Sink::put`].
    ///
    /// # Errors
    /// Whatever keeps the file from being written.
    fn keep(&self, _path: &str) -> io::Result<bool> {
        Ok(false)
    }

    /// Whether the last build, by the same program, noted that a published file was made from this.
    fn knows(&self, _origin: &Digest) -> bool {
        false
    }

    /// Notes for the next build what a file that was put or kept is made from: it stands for the file's
    /// path and for all that its bytes follow from.
    fn note(&self, _origin: Digest) {}
}

/// What a sink gathers from all threads. That one of them has failed is told by itself.
pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks at files without keeping them.
#[derive(Debug, Default)]
pub struct Discard;

impl Sink for Discard {
    fn put(&self, _path: &str, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }
}
