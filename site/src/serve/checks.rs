//! What was told of a site → the page "Pemeriksaan".

use super::pages::Pages;
use crate::diag::Told;
use serde::Serialize;
use tera::Context;

/// Where the page stands.
pub const PATH: &str = "/_pemeriksaan";

/// The faults of one file.
#[derive(Serialize)]
struct Group<'a> {
    file: &'a str,
    faults: &'a [Told],
}

/// The page.
#[must_use]
pub fn page(told: &[Told], pages: &Pages) -> Vec<u8> {
    let groups = told.chunk_by(|one, other| one.file == other.file);
    let groups: Vec<Group> = groups.map(|faults| Group { file: &faults[0].file, faults }).collect();
    let mut context = Context::new();
    context.insert("groups", &groups);
    pages.page("checks.html", context)
}
