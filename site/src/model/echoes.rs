//! Faults that only repeat another one: a page that does not parse is not missing as well, a list that
//! does not parse lacks more than its writer forgot, and a line that cannot be read holds nothing wrong
//! besides. They would send an editor the wrong way.

use crate::content::is_about_characters;
use crate::content::proof::{CONFIRMATIONS_FILE, NATIONAL_FILE};
use crate::diag::{Code, Fault};
use std::collections::BTreeSet;

const OFFICES: &str = "content/kantor/";
const SOURCES: &str = "content/data/sumber.toml";

/// The faults of the model without those that follow from a file which did not parse. `parsing` are
/// the faults found before.
#[must_use]
pub fn without_echoes(found: Vec<Fault>, parsing: &[Fault]) -> Vec<Fault> {
    let files = |is_cause: fn(&&Fault) -> bool| -> BTreeSet<&str> {
        parsing.iter().filter(is_cause).map(|fault| fault.spot.file.as_ref()).collect()
    };
    let mut broken = files(|fault| fault.is_error());
    if found.iter().any(is_wrong_line) {
        broken.insert(NATIONAL_FILE);
    }
    let garbled = files(|fault| is_about_characters(fault));
    let torn: Vec<&Fault> = parsing.iter().filter(|fault| is_torn_line(fault.code)).collect();
    let is_told = |fault: &Fault| torn.iter().any(|told| told.spot.covers(&fault.spot));
    let is_new = |fault: &Fault| !is_told(fault) && !is_echo(fault, &broken, &garbled);
    found.into_iter().filter(is_new).collect()
}

/// Whether a line could not be read, so that what was made of it says nothing.
fn is_torn_line(code: Code) -> bool {
    code == Code::TomlSyntax || (Code::CurlyQuote..=Code::MissingValue).contains(&code)
}

/// Whether a national line is wrong itself: texts that name it are right.
fn is_wrong_line(fault: &Fault) -> bool {
    let is_about_text = matches!(fault.code, Code::UnprovenNumber | Code::ForeignShortNumber);
    let is_there = *fault.spot.file == *NATIONAL_FILE || fault.fact("place") == Some(NATIONAL_FILE);
    fault.is_error() && !is_about_text && is_there
}

fn is_echo(fault: &Fault, broken: &BTreeSet<&str>, garbled: &BTreeSet<&str>) -> bool {
    match fault.code {
        Code::BrokenLink | Code::MissingPage => {
            fault.fact("target").is_some_and(|target| is_in(target, broken))
        }
        Code::BrokenAnchor => fault.fact("page").is_some_and(|page| is_in(page, garbled)),
        Code::AreaUnserved | Code::OfficeElsewhere | Code::UnitWithoutOffice => {
            let broken_office = broken.range(OFFICES..).next();
            broken_office.is_some_and(|file| file.starts_with(OFFICES))
                || broken.contains(fault.spot.file.as_ref())
        }
        Code::UnprovenNumber | Code::ForeignShortNumber => broken.contains(NATIONAL_FILE),
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

/// Whether an internal link leads to one of these files.
fn is_in(link: &str, files: &BTreeSet<&str>) -> bool {
    let path = link.strip_prefix("@/");
    path.is_some_and(|path| files.contains(format!("content/{path}").as_str()))
}
