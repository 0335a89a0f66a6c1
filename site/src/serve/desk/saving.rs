//! What was sent for a page → a file that says so, if nothing is wrong with it and nobody has changed it
//! meanwhile; else the form again, with everything that was typed.

use super::ask::Ask;
use super::page::{Open, Showing};
use super::reply::Reply;
use super::{Desk, PLACE};
use crate::areas::{Match, search};
use crate::content::schema::Meaning;
use crate::emit::{Swap, Unswapped, swap};
use crate::form::{self, Field, Posted};
use crate::trouble::Trouble;
use crate::value::AreaCode;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;

/// A page and what was sent for it.
pub struct Saving<'a> {
    /// The editor.
    pub desk: &'a Desk,
    /// The page.
    pub open: &'a Open,
    /// What was sent.
    pub posted: &'a Posted,
}

impl Saving<'_> {
    /// Saves it, or says why not.
    pub fn save(&self) -> Result<Reply, Trouble> {
        let fields = self.open.fields().unwrap_or_default();
        let posted = with_codes(&fields, self.posted);
        Saving { desk: self.desk, open: self.open, posted: &posted }.save_fields(&fields)
    }

    fn save_fields(&self, fields: &[Field]) -> Result<Reply, Trouble> {
        if self.sent("sidik") != self.open.digest() {
            return Ok(self.changed_meanwhile(fields));
        }
        let after = self.changed(fields);
        let here = format!("{PLACE}/{}", self.open.path);
        if self.open.text.as_ref() == Some(&after) {
            return Ok(Reply::to(&format!("{here}?hasil=same")));
        }
        let verdict = self.desk.judge(&self.open.source, &self.open.file, &after)?;
        let is_forced = !self.sent("paksa").is_empty();
        if !verdict.is_good() && !is_forced {
            let showing = Showing {
                posted: Some(self.posted),
                own: verdict.own,
                text: Some(after),
                caused: verdict.caused,
                refused: Some(self.desk.messages.desk("refused_faults", &[])),
                may_force: true,
                ..Showing::default()
            };
            return Ok(self.desk.show(self.open, showing).with_status(422));
        }
        Ok(match self.desk.write(self.open, &after) {
            Ok(()) => Reply::to(&format!("{here}?hasil=saved")),
            Err(Unswapped::Changed(_)) => {
                // What is there now is read anew, and shown beside what was sent.
                let ask = Ask::of_form(&self.open.path, self.posted.clone());
                match self.desk.open(&self.open.path, &ask)? {
                    Some(open) => Saving { open: &open, ..*self }.changed_meanwhile(fields),
                    None => self.desk.not_found(&ask),
                }
            }
            Err(Unswapped::Unwritable(path, error)) => {
                self.not_written(self.desk.unwritable(&path, &error))
            }
        })
    }

    fn sent(&self, name: &str) -> &str {
        self.posted.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The text with what was sent, in which areas are codes already.
    pub fn changed(&self, fields: &[Field]) -> String {
        let base = &self.open.base;
        if let Some(whole) = self.posted.get("berkas").and_then(|sent| sent.first()) {
            return form::with_lines_of(base, whole);
        }
        form::changed(base, fields, self.posted).unwrap_or_else(|| base.clone())
    }

    /// The form again, with what the file says now beside what was sent; with nothing beside it where
    /// there is no file any more.
    fn changed_meanwhile(&self, fields: &[Field]) -> Reply {
        let mine = self.changed(fields);
        let mine = Open {
            source: self.open.source.clone(),
            content: None,
            path: self.open.path.clone(),
            file: self.open.file.clone(),
            owner: self.open.owner.clone(),
            text: None,
            base: mine,
        };
        let own = form::fields(&self.open.schema(), &mine.base, self.open.languages());
        let (theirs, own) = (self.open.shown(fields), mine.shown(&own.unwrap_or_default()));
        let is_there = self.open.text.is_some();
        let differing =
            theirs.into_iter().filter(|(path, value)| is_there && own.get(path) != Some(value));
        let word = if is_there { "refused_changed" } else { "refused_gone" };
        let showing = Showing {
            posted: Some(self.posted),
            refused: Some(self.desk.messages.desk(word, &[])),
            theirs: differing.collect::<BTreeMap<String, String>>(),
            ..Showing::default()
        };
        self.desk.show(self.open, showing).with_status(409)
    }

    /// The form again, because the system does not take the file.
    fn not_written(&self, why: String) -> Reply {
        let showing =
            Showing { posted: Some(self.posted), refused: Some(why), ..Showing::default() };
        self.desk.show(self.open, showing).with_status(500)
    }
}

impl Desk {
    /// Writes a page, if it is still as it was read.
    pub(super) fn write(&self, open: &Open, after: &str) -> Result<(), Unswapped> {
        let before = open.text.as_ref().map(String::as_bytes);
        swap(&self.root, &[Swap { path: &open.file, before, after: Some(after.as_bytes()) }])
    }

    /// Why a file cannot be written, in words.
    pub(super) fn unwritable(&self, path: &Path, error: &io::Error) -> String {
        let key = match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "unwritable_protected",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "unwritable_full",
            ErrorKind::NotFound | ErrorKind::NotADirectory => "unwritable_folder",
            _ => "unwritable",
        };
        let facts = [("path", path.display().to_string()), ("detail", error.to_string())];
        self.messages.desk(key, &facts)
    }
}

/// What was sent, with the code of an area where a name was typed that can mean only one.
#[must_use]
pub fn with_codes(fields: &[Field], posted: &Posted) -> Posted {
    let mut posted = posted.clone();
    let areas = fields.iter().filter(|field| field.meaning == Meaning::Area);
    for field in areas {
        for value in posted.get_mut(&field.path).into_iter().flatten() {
            if !value.trim().is_empty() && AreaCode::parse(value.trim()).is_none() {
                let found = search(value);
                if let [only] = found.as_slice()
                    && only.fit == Match::Exact
                {
                    only.area.code.as_str().clone_into(value);
                }
            }
        }
    }
    posted
}
