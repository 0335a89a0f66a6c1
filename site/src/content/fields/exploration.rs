//! What readers ask of an empty table → its schema, ask by ask.

use super::{Fields, Reader};
use crate::content::schema::{Key, Need, Others, Shape, Table, Variant};
use std::cell::RefCell;
use std::sync::Arc;

/// The tables that a reader has walked through.
pub struct Exploration {
    pick: Option<Pick>,
    walked: RefCell<Vec<Walked>>,
}

/// A choice that is not to be the first of its words.
pub struct Pick {
    /// The keys that lead to it, its own last.
    pub keys: Vec<&'static str>,
    /// Which word.
    pub at: usize,
}

/// A table, and where it belongs: those inside another stand behind it.
struct Walked {
    above: usize,
    /// The key that leads to it; none where its name is data.
    under: Option<&'static str>,
    table: Table,
}

impl Exploration {
    /// Lets a reader walk through an empty table as if each table it asks for was there.
    pub fn walk<T>(pick: Option<Pick>, read: impl Fn(&Fields) -> T) -> Table {
        let root = Walked { above: 0, under: None, table: Table::default() };
        let exploration = Self { pick, walked: RefCell::new(vec![root]) };
        Reader::new(&Arc::from(""), 0).explore(exploration, read)
    }

    /// Records that a key was asked for. One that is asked for twice must be there if one asks so.
    pub(super) fn ask(&self, place: usize, key: Key) {
        self.change(place, |table| {
            match table.keys.iter_mut().find(|known| known.name == key.name) {
                Some(known) if key.need != Need::May => known.need = key.need,
                Some(_) => {}
                None => table.keys.push(key),
            }
        });
    }

    /// Records that the table has keys whose names are data.
    pub(super) fn ask_others(&self, place: usize, others: Others) {
        self.change(place, |table| table.others = Some(Box::new(others)));
    }

    fn change(&self, place: usize, change: impl FnOnce(&mut Table)) {
        if let Some(walked) = self.walked.borrow_mut().get_mut(place) {
            change(&mut walked.table);
        }
    }

    /// A place for a table inside another.
    pub(super) fn enter(&self, above: usize, under: Option<&'static str>) -> usize {
        let mut walked = self.walked.borrow_mut();
        walked.push(Walked { above, under, table: Table::default() });
        walked.len() - 1
    }

    /// Which word a choice is to be.
    pub(super) fn word(&self, place: usize, key: &'static str) -> usize {
        let mut keys = vec![key];
        let walked = self.walked.borrow();
        let mut at = place;
        while let Some(Walked { above, under: Some(under), .. }) = walked.get(at) {
            keys.push(under);
            at = *above;
        }
        keys.reverse();
        self.pick.as_ref().filter(|pick| pick.keys == keys).map_or(0, |pick| pick.at)
    }

    /// The first table, with all others in their places.
    pub(super) fn into_table(self) -> Table {
        let mut walked = self.walked.into_inner();
        while let Some(Walked { above, under, table }) = walked.pop() {
            let Some(outer) = walked.get_mut(above) else { return table };
            outer.table.put(under, table);
        }
        Table::default()
    }
}

impl Table {
    fn put(&mut self, under: Option<&str>, inner: Table) {
        let shape = match under {
            Some(name) => self.keys.iter_mut().find(|key| key.name == name).map(|k| &mut k.shape),
            None => self.others.as_mut().map(|others| &mut others.shape),
        };
        match shape {
            Some(Shape::Table(table)) => *table = inner,
            Some(Shape::Tables(tables)) => *tables = vec![Variant { when: None, table: inner }],
            _ => {}
        }
    }
}
