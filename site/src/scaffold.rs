//! What is known of a new page → a file with every key explained, filled in as far as the program can;
//! what only a person knows stays empty, so that `check` names it.

use crate::areas::{Area, Candidate, Match, search};
use crate::content::{self, Source, SourceFile};
use crate::diag::{Fault, Messages, listed};
use crate::edit::Draft;
use crate::invocation::{PageKind, PageRequest, Usage};
use crate::model::Model;
use crate::trouble::Trouble;
use crate::value::{AreaCode, AreaLevel, slugify};
use std::sync::Arc;
use toml_edit::{Array, Item, Value};

/// A page that is to be written.
#[derive(Debug)]
pub struct NewPage {
    /// Its path below the site, such as `content/unit/ancol.md`.
    pub path: String,
    /// The file.
    pub text: String,
}

/// Puts a question to whoever is there; none where nobody is, or nobody answers.
pub type Ask<'a> = &'a mut dyn FnMut(&str) -> Option<String>;

/// Makes the page, and asks for what was not said.
///
/// # Errors
/// What was said and leads to no page, or what was not said and cannot be asked.
pub fn page(
    wanted: &PageRequest,
    model: &Model,
    messages: &Messages,
    ask: Ask,
) -> Result<NewPage, Trouble> {
    let template = messages.program(&format!("new-{}", wanted.kind.name()), &[]);
    // The templates are part of the program and parsed by its tests.
    let Some(mut draft) = Draft::page(&template) else {
        return Err(Trouble::Usage(Usage::UnknownOption(wanted.kind.name().to_owned())));
    };
    let title = said_or_asked(wanted.title.as_deref(), "new-ask-title", messages, ask);
    let title = title.ok_or(Trouble::NotSaid("--judul"))?;
    fill(&mut draft, "judul", title.as_str(), "");
    let mut name = slugify(&title);
    let fits = |area: &Area| fits(wanted.kind, area, model);
    match wanted.kind {
        PageKind::Article => {}
        PageKind::Office => {
            fill_office(&mut draft, &areas(wanted, &fits, messages, ask)?);
        }
        PageKind::Unit => {
            let areas = areas(wanted, &fits, messages, ask)?;
            let area = areas.first().ok_or(Trouble::NotSaid("--wilayah"))?;
            let office = office(wanted, model, &area.code, messages, ask)?;
            fill(&mut draft, "wilayah", area.code.as_str(), &in_words(area));
            fill(&mut draft, "kantor", office.unwrap_or_default(), "");
            name = slugify(&area.everyday());
        }
        PageKind::Facility => {
            if let Some(area) = areas(wanted, &fits, messages, ask)?.first() {
                fill(&mut draft, "wilayah", area.code.as_str(), &in_words(area));
            }
        }
    }
    let name = wanted.file.clone().unwrap_or(name);
    let path = format!("content/{}{name}.md", wanted.kind.folder());
    Ok(NewPage { path, text: draft.text() })
}

/// Offices serve provinces and kab/kota, and neither they nor units lie outside what the site covers.
fn fits(kind: PageKind, area: &Area, model: &Model) -> bool {
    let is_large = area.code.level() <= AreaLevel::Regency;
    let is_covered = model.places.covers(&area.code);
    match kind {
        PageKind::Office => is_large && is_covered,
        PageKind::Unit => is_covered,
        PageKind::Article | PageKind::Facility => true,
    }
}

fn fill_office(draft: &mut Draft, areas: &[&Area]) {
    let is_of_province = areas.iter().any(|area| area.code.level() == AreaLevel::Province);
    let codes: Array = areas.iter().map(|area| area.code.as_str()).collect();
    let names: Vec<String> = areas.iter().map(|area| area.everyday()).collect();
    fill(draft, "tingkat", if is_of_province { "bnnp" } else { "bnnk" }, "");
    fill(draft, "wilayah", codes, &names.join(", "));
}

/// The keys of a new page that wait for a person, from above: those that `check` will name.
#[must_use]
pub fn left_to_fill(source: &Source, page: &NewPage) -> Vec<String> {
    let mut files = source.files.clone();
    let path: Arc<str> = Arc::from(page.path.as_str());
    files.push(SourceFile::new(&path, page.text.as_bytes()));
    // Where the rest of the site cannot be read, there is nothing to say about it.
    let (_, faults) = content::parse(&Source { files, faults: Vec::new() }).unwrap_or_default();
    let mut own: Vec<Fault> = faults.into_iter().filter(|fault| fault.spot.file == path).collect();
    own.sort_by_key(|fault| fault.spot.span.as_ref().map(|span| span.start));
    own.iter().filter_map(|fault| fault.fact("key").map(str::to_owned)).collect()
}

/// Writes a value behind a key of the template, whose explanation stays above it.
fn fill(draft: &mut Draft, key: &str, value: impl Into<Value>, comment: &str) {
    let mut value = value.into();
    if !comment.is_empty() {
        value.decor_mut().set_suffix(format!(" # {comment}"));
    }
    draft.keys()[key] = Item::Value(value);
}

fn said_or_asked(
    said: Option<&str>,
    question: &str,
    messages: &Messages,
    ask: Ask,
) -> Option<String> {
    let answer = said.map(str::to_owned).or_else(|| ask(&messages.program(question, &[])));
    answer.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The areas of the page: one, or for an office as many as are told.
fn areas(
    wanted: &PageRequest,
    fits: &dyn Fn(&Area) -> bool,
    messages: &Messages,
    ask: Ask,
) -> Result<Vec<&'static Area>, Trouble> {
    let mut areas = Vec::new();
    for written in &wanted.areas {
        areas.push(area(written, fits, messages, ask)?);
    }
    while areas.is_empty() || (wanted.areas.is_empty() && wanted.kind == PageKind::Office) {
        let question = if areas.is_empty() { "new-ask-area" } else { "new-ask-area-more" };
        let Some(written) = said_or_asked(None, question, messages, ask) else { break };
        areas.push(area(&written, fits, messages, ask)?);
    }
    if areas.is_empty() && wanted.kind != PageKind::Facility {
        return Err(Trouble::NotSaid("--wilayah"));
    }
    Ok(areas)
}

/// The area that a name or code means; where it can mean several, a person chooses.
fn area(
    written: &str,
    fits: &dyn Fn(&Area) -> bool,
    messages: &Messages,
    ask: Ask,
) -> Result<&'static Area, Trouble> {
    let found = search(written).into_iter();
    let candidates: Vec<Candidate> = found.filter(|found| fits(found.area)).collect();
    match candidates.as_slice() {
        [] => Err(Trouble::AreaUnknown(written.to_owned())),
        [Candidate { area, fit: Match::Exact }] => Ok(*area),
        several => chosen(several, messages, ask)
            .ok_or_else(|| Trouble::AreaUnclear(written.to_owned(), listed_areas(several))),
    }
}

fn chosen(candidates: &[Candidate], messages: &Messages, ask: Ask) -> Option<&'static Area> {
    let facts = [("list", listed_areas(candidates))];
    let mut question = messages.program("new-ask-which", &facts);
    loop {
        let answer = ask(&question).filter(|answer| !answer.trim().is_empty())?;
        let number: Option<usize> = answer.trim().parse().ok();
        if let Some(found) = number.and_then(|number| candidates.get(number.checked_sub(1)?)) {
            return Some(found.area);
        }
        question = messages.program("new-ask-number", &[("count", candidates.len().to_string())]);
    }
}

/// How many candidates are listed: more do not help anybody choose.
const LISTED: usize = 20;

/// One line for each: its number, name, place and code.
fn listed_areas(candidates: &[Candidate]) -> String {
    let line = |(place, found): (usize, &Candidate)| {
        format!("{:4}. {}  {}", place + 1, found.area.code, in_words(found.area))
    };
    let mut lines: Vec<String> = candidates.iter().enumerate().take(LISTED).map(line).collect();
    if candidates.len() > LISTED {
        lines.push(format!("      … +{}", candidates.len() - LISTED));
    }
    lines.join("\n")
}

/// "Ulujami, Pesanggrahan, Jakarta Selatan, DKI Jakarta"
fn in_words(area: &Area) -> String {
    let above = area.above_in_words();
    if above.is_empty() { area.everyday() } else { format!("{}, {above}", area.everyday()) }
}

/// The office of a unit: the one that was named, or the nearest that serves the area. None where none
/// serves it.
fn office(
    wanted: &PageRequest,
    model: &Model,
    area: &AreaCode,
    messages: &Messages,
    ask: Ask,
) -> Result<Option<String>, Trouble> {
    if let Some(named) = &wanted.office {
        return office_named(named, model).map(Some);
    }
    let serving = model.places.offices_serving(area);
    let Some((proposed, _)) = serving.first() else { return Ok(None) };
    let proposed = format!("@/{}", proposed.id.as_str());
    let question = messages.program("new-ask-office", &[("proposed", proposed.clone())]);
    match ask(&question).map(|answer| answer.trim().to_owned()).filter(|text| !text.is_empty()) {
        Some(named) => office_named(&named, model).map(Some),
        None => Ok(Some(proposed)),
    }
}

/// An office by its link, its path, or the name of its file.
fn office_named(named: &str, model: &Model) -> Result<String, Trouble> {
    let name = named.trim_start_matches("@/").trim_start_matches("kantor/").trim_end_matches(".md");
    let mut offices = model.places.offices.iter().map(|(page, _)| &page.id);
    let known = || model.places.offices.iter().map(|(page, _)| page.id.slug());
    let found = offices.find(|id| id.slug() == name).map(|id| format!("@/{}", id.as_str()));
    found.ok_or_else(|| Trouble::OfficeUnknown(named.to_owned(), listed(known())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answering(answers: &[&str]) -> impl FnMut(&str) -> Option<String> {
        let mut answers: Vec<String> =
            answers.iter().rev().map(|text| (*text).to_owned()).collect();
        move |_| answers.pop()
    }

    fn chosen_area(written: &str, answers: &[&str]) -> Result<&'static str, Trouble> {
        let messages = Messages::in_language("id");
        let found = area(written, &|_| true, &messages, &mut answering(answers))?;
        Ok(found.code.as_str())
    }

    #[test]
    fn one_exact_hit_is_taken_and_of_several_a_person_chooses() {
        assert_eq!(chosen_area("Ulujami, Jakarta Selatan", &[]).unwrap(), "31.74.10.1005");
        assert_eq!(chosen_area("Kendari", &["x", "99", "2"]).unwrap(), "74.71");
        let unclear = chosen_area("Kendari", &["0"]).unwrap_err();
        assert!(matches!(unclear, Trouble::AreaUnclear(_, list) if list.contains("74.71.02")));
        // A near miss is never taken silently.
        assert_eq!(chosen_area("Warakass", &["1"]).unwrap(), "31.72.02.1007");
        assert!(chosen_area("Kota Kendarii", &[]).is_err());
        let unknown = chosen_area("Tangga Buntung", &["1"]).unwrap_err();
        assert!(matches!(unknown, Trouble::AreaUnknown(_)));
    }

    #[test]
    fn an_office_is_asked_for_all_its_areas() {
        let messages = Messages::in_language("id");
        let wanted = |kind| PageRequest { kind, ..PageRequest::default() };
        let fits = |_: &Area| true;
        let mut several = answering(&["Kota Kendari", "74.02", ""]);
        let found = areas(&wanted(PageKind::Office), &fits, &messages, &mut several).unwrap();
        let codes: Vec<&str> = found.iter().map(|area| area.code.as_str()).collect();
        assert_eq!(codes, ["74.71", "74.02"]);
        let mut nobody = answering(&[]);
        assert!(areas(&wanted(PageKind::Unit), &fits, &messages, &mut nobody).is_err());
        assert!(
            areas(&wanted(PageKind::Facility), &fits, &messages, &mut nobody).unwrap().is_empty()
        );
    }
}
