//! Finished files → the site in memory.

use super::{Sink, held};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// The files of a finished site by their paths.
pub type Site = BTreeMap<String, Arc<[u8]>>;

/// Keeps the files in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Site>);

impl Memory {
    /// The files it was given.
    #[must_use]
    pub fn into_site(self) -> Site {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = (path.to_owned(), Arc::from(bytes));
        held(&self.0).extend([file]);
        Ok(())
    }
}
