//! What was told of a site, and what somebody should look after in it → the page "Pemeriksaan".

use super::desk;
use super::pages::{Lead, Pages};
use super::state::Shown;
use crate::content::ending_of;
use crate::diag::{Level, Told};
use crate::ledger::Row;
use crate::pipeline::Sketch;
use crate::survey::{Cover, Survey};
use serde::Serialize;
use tera::Context;

/// Where the page stands.
pub const PATH: &str = "/_pemeriksaan";

/// A file with a way to it.
#[derive(Serialize)]
struct Place {
    file: String,
    title: String,
    /// Nothing where there is none.
    href: String,
}

/// The faults of one file.
#[derive(Serialize)]
struct Group<'a> {
    place: Place,
    faults: &'a [Told],
}

/// A contact to check again.
#[derive(Serialize)]
struct Contact<'a> {
    place: Place,
    row: &'a Row,
}

/// A page to which nothing leads.
#[derive(Serialize)]
struct Orphan {
    place: Place,
}

/// A draft.
#[derive(Serialize)]
struct Sheet<'a> {
    place: Place,
    /// What is wrong with it, where it is left out for that.
    faults: Vec<&'a Told>,
    is_left_out: bool,
}

/// A province.
#[derive(Serialize)]
struct Province<'a> {
    cover: &'a Cover,
    /// How many kab/kota have no office of their own.
    without: usize,
}

/// The page.
#[must_use]
pub fn page(shown: &Shown, lead: Lead, pages: &Pages) -> Vec<u8> {
    let survey = shown.survey();
    let survey = survey.as_deref();
    let told = shown.told();
    let place = |file: &str| place(file, survey, lead);
    let groups = told.chunk_by(|one, other| one.file == other.file);
    let groups = groups.map(|faults| Group { place: place(&faults[0].file), faults });
    let errors = told.iter().filter(|told| told.level == Level::Error).count();
    let mut context = Context::new();
    context.insert("errors", &errors);
    context.insert("warnings", &(told.len() - errors));
    context.insert("groups", &groups.collect::<Vec<_>>());
    let drafts = shown.drafts().iter().map(|draft| Sheet {
        place: Place { href: form_or(&draft.file, &draft.url, lead), ..place(&draft.file) },
        faults: faults_of(draft, shown),
        is_left_out: draft.is_left_out,
    });
    context.insert("drafts", &drafts.collect::<Vec<_>>());
    context.insert("survey", &survey.is_some());
    if let Some(survey) = survey {
        let contacts = survey.contacts.iter();
        let contacts = contacts.map(|due| Contact { place: place(&due.file), row: &due.row });
        let orphans = survey.orphans.iter().map(|file| Orphan { place: place(file) });
        context.insert("contacts", &contacts.collect::<Vec<_>>());
        context.insert("orphans", &orphans.collect::<Vec<_>>());
        context.insert("provinces", &survey.provinces.iter().map(province).collect::<Vec<_>>());
    }
    pages.page("checks.html", lead, context)
}

fn place(file: &str, survey: Option<&Survey>, lead: Lead) -> Place {
    let page = survey.and_then(|survey| survey.pages.get(file));
    let title = page.map_or(file, |page| &page.title);
    let href = form_or(file, page.map_or("", |page| &page.url), lead);
    Place { file: file.to_owned(), title: title.to_owned(), href }
}

/// Why a draft is left out: what is wrong with it, or with others because of it.
fn faults_of<'a>(draft: &Sketch, shown: &'a Shown) -> Vec<&'a Told> {
    let all = || shown.told_of_drafts().iter().filter(|_| draft.is_left_out);
    let own: Vec<&Told> = all().filter(|told| *told.file == *draft.file).collect();
    if own.is_empty() { all().collect() } else { own }
}

/// Where a row leads to: the form of a page, or its address.
fn form_or(file: &str, url: &str, lead: Lead) -> String {
    let form = form_of(file).filter(|_| lead == Lead::Forms);
    form.unwrap_or_else(|| url.to_owned())
}

/// Where the editor shows a page.
fn form_of(file: &str) -> Option<String> {
    let path = file.strip_prefix("content/").filter(|path| ending_of(path) == "md")?;
    Some(format!("{}/{path}", desk::PLACE))
}

fn province(cover: &Cover) -> Province<'_> {
    let without = cover.areas.iter().filter(|area| !area.has_own_office).count();
    Province { cover, without }
}
