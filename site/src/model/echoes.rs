//! Faults that only repeat another one: a page that does not parse is not missing as well, and a list
//! that does not parse lacks more than its writer forgot. They would send an editor the wrong way.

use crate::content::proof::{CONFIRMATIONS_FILE, NATIONAL_FILE};
use crate::diag::{Code, Fault};
use std::collections::BTreeSet;

const OFFICES: &str = "content/kantor/";
const SOURCES: &str = "content/data/sumber.toml";

/// The faults of the model without those that follow from a file which did not parse. `parsing` are
/// the faults found before.
#[must_use]
pub fn without_echoes(found: Vec<Fault>, parsing: &[Fault]) -> Vec<Fault> {
    let errors = parsing.iter().filter(|fault| fault.is_error());
    let broken: BTreeSet<&str> = errors.map(|fault| fault.spot.file.as_ref()).collect();
    found.into_iter().filter(|fault| !is_echo(fault, &broken)).collect()
}

fn is_echo(fault: &Fault, broken: &BTreeSet<&str>) -> bool {
    match fault.code {
        Code::BrokenLink | Code::MissingPage => {
            let path = fault.fact("target").and_then(|target| target.strip_prefix("@/"));
            path.is_some_and(|path| broken.contains(format!("content/{path}").as_str()))
        }
        Code::AreaUnserved | Code::OfficeElsewhere | Code::UnitWithoutOffice => {
            let broken_office = broken.iter().any(|file| file.starts_with(OFFICES));
            broken_office || broken.contains(fault.spot.file.as_ref())
        }
        Code::UnprovenNumber => broken.contains(NATIONAL_FILE),
        Code::UnknownSource => broken.contains(SOURCES),
        Code::NotTypedTwice | Code::TypedDifferently => broken.contains(CONFIRMATIONS_FILE),
        Code::NothingToConfirm => {
            let page = fault.fact("owner").and_then(|owner| owner.strip_prefix("@/"));
            let file = page.map(|page| format!("content/{page}"));
            broken.contains(file.as_deref().unwrap_or(NATIONAL_FILE))
        }
        Code::WordMissing => broken.contains(fault.spot.file.as_ref()),
        _ => false,
    }
}
