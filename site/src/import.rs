//! A spreadsheet of an office and the site as it is → the pages that it would make or change. What
//! stands in a page and not in the table stays: an empty cell deletes nothing.

mod columns;
mod dates;
mod offices;
mod page;
mod places;
mod rows;
mod units;
mod vocabulary;

pub use columns::KEYS;

use crate::areas::Area;
use crate::content::{Content, Source};
use crate::diag::{Fault, has_errors};
use crate::edit::Change;
use crate::model::Model;
use crate::sheet::{self, Sheet};
use columns::Table;
use rows::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vocabulary::Vocabulary;

/// What the rows are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Units: `content/unit/`.
    Unit,
    /// Offices: `content/kantor/`.
    Office,
}

impl Kind {
    /// The kinds with their names, which are those of their folders.
    pub const ALL: [(&'static str, Self); 2] = [("unit", Self::Unit), ("kantor", Self::Office)];
}

/// What is wanted of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The sheet; the only visible one where none is named.
    pub sheet: Option<String>,
    /// What the rows are about; told by the columns where it is not told here.
    pub kind: Option<Kind>,
    /// For some keys the heading of their column.
    pub map: Vec<(String, String)>,
}

/// How many refused rows are told. With more, something about the whole table is wrong, and to look for
/// what each of them could mean would take minutes.
const REFUSED_ROWS: usize = 200;

/// What would come of a table.
#[derive(Debug, Default)]
pub struct Plan {
    /// New and changed pages, in the order of their paths.
    pub changes: Vec<Change>,
    /// How many pages stay as they are.
    pub unchanged: usize,
    /// The rows with an error.
    pub refused: BTreeSet<usize>,
    /// The rows below the headings that are no data, such as notes.
    pub passed_over: Vec<usize>,
    /// The row after which nothing was judged any more, since too many were refused.
    pub stopped_at: Option<usize>,
    /// The sheet as a text, into which faults point.
    pub text: Option<Arc<str>>,
}

/// The site into which a table is taken.
struct Site<'a> {
    source: &'a Source,
    content: &'a Content,
    model: &'a Model<'a>,
    vocabulary: Vocabulary,
}

/// Plans what a table changes. With any error among the faults nothing is to be written.
#[must_use]
pub fn plan(
    (source, content, model): (&Source, &Content, &Model),
    (file, bytes): (&Arc<str>, &[u8]),
    wanted: &Wanted,
) -> (Plan, Vec<Fault>) {
    let (mut plan, mut faults) = (Plan::default(), Vec::new());
    let sheet = sheet::read(file, bytes, wanted.sheet.as_deref(), &mut faults);
    let Some(sheet) = sheet else { return (plan, faults) };
    plan.text = Some(Arc::clone(&sheet.text));
    let site = Site { source, content, model, vocabulary: Vocabulary::carried() };
    if let Some(table) = columns::find(&sheet, &site.vocabulary, wanted, &mut faults) {
        take_rows(&site, &sheet, &table, &mut plan, &mut faults);
    }
    (plan, faults)
}

fn take_rows(site: &Site, sheet: &Sheet, table: &Table, plan: &mut Plan, faults: &mut Vec<Fault>) {
    let (records, passed_over) = rows::records(sheet, table, &site.vocabulary, faults);
    plan.passed_over = passed_over;
    let mut taken = Taken::default();
    let offices = offices::Offices::of(site);
    let units = units::Units::of(site, &offices);
    for record in &records {
        let mut found = record.check();
        if !has_errors(&found) {
            let change = match table.kind {
                Kind::Unit => units.take(record, &mut taken, &mut found),
                Kind::Office => offices.take(record, &mut taken, &mut found),
            };
            match change {
                Some(change) if change.before == change.after => {
                    plan.unchanged += 1;
                }
                other => plan.changes.extend(other),
            }
        }
        if has_errors(&found) {
            plan.refused.insert(record.number());
        }
        faults.extend(found);
        if plan.refused.len() >= REFUSED_ROWS {
            plan.stopped_at = Some(record.number());
            break;
        }
    }
    plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
}

impl Site<'_> {
    /// What the site calls an area: its own everyday name, or else that of the list.
    fn name(&self, area: &Area) -> String {
        let own = self.model.places.area(&area.code);
        own.map_or_else(|| area.everyday(), |own| own.name.clone())
    }
}

/// Which row took which file, so that no two do.
#[derive(Default)]
struct Taken {
    rows: BTreeMap<String, usize>,
}

impl Taken {
    /// Takes a file for a row; the number of the row that has it already, if there is one.
    fn take(&mut self, path: &str, record: &Record) -> Option<usize> {
        let number = record.number();
        let first = *self.rows.entry(path.to_owned()).or_insert(number);
        (first != number).then_some(first)
    }

    fn has(&self, path: &str) -> bool {
        self.rows.contains_key(path)
    }
}
