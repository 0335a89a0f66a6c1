//! A TOML text → its table, handed to a reader, and the faults that were found.

use super::{Exploration, Fields};
use crate::content::schema::Table;
use crate::content::syntax;
use crate::diag::{Fault, Spot};
use crate::value::Lang;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeTable;

/// The file a table is read from, and the faults found so far.
pub struct Reader {
    pub(super) file: Arc<str>,
    offset: usize,
    pub(super) other_languages: Vec<Lang>,
    pub(super) is_torn: bool,
    pub(super) faults: RefCell<Vec<Fault>>,
    pub(super) exploration: Option<Exploration>,
}

impl Reader {
    /// A reader for TOML that begins `offset` bytes into the file.
    #[must_use]
    pub fn new(file: &Arc<str>, offset: usize) -> Self {
        let (file, faults) = (Arc::clone(file), RefCell::default());
        let (other_languages, exploration) = (Vec::new(), None);
        Self { file, offset, other_languages, is_torn: false, faults, exploration }
    }

    /// The same reader for a site of these languages: into all but the first may be translated.
    #[must_use]
    pub fn speaking(self, languages: &[Lang]) -> Self {
        Self { other_languages: languages.iter().skip(1).cloned().collect(), ..self }
    }

    /// Parses the TOML, hands the table to `take` and gives back what it made of it and all faults.
    pub fn run<T>(self, toml: &str, take: impl FnOnce(&Fields) -> T) -> (T, Vec<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(toml);
        let reader = Self { is_torn: !errors.is_empty(), ..self };
        let fields = Fields::new(&reader, table.get_ref(), table.span());
        let taken = take(&fields);
        if reader.is_torn {
            // What is missing from the table would only be noise.
            return (taken, syntax::faults(&reader.file, reader.offset, toml));
        }
        (taken, reader.faults.take())
    }

    /// Hands an empty table to `take` and gives back what it asked for.
    pub(super) fn explore<T>(
        self,
        exploration: Exploration,
        take: impl FnOnce(&Fields) -> T,
    ) -> Table {
        let reader = Self { exploration: Some(exploration), ..self };
        let (table, _) = DeTable::parse_recoverable("");
        take(&Fields::new(&reader, table.get_ref(), table.span()));
        reader.exploration.map(Exploration::into_table).unwrap_or_default()
    }

    /// A place in the file.
    #[must_use]
    pub fn spot(&self, span: Range<usize>) -> Spot {
        Spot::at(&self.file, span.start + self.offset..span.end + self.offset)
    }
}
