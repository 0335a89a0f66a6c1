//! Sources and dates: every source that is named must be listed, no date may lie in the future, and
//! a contact whose time is over is told.

use super::Model;
use crate::content::At;
use crate::content::front::{Contact, Kind, Page, Statement};
use crate::content::hours::Hours;
use crate::diag::{Code, Fault, listed, nearest};
use crate::value::AsOf;
use island::Topic;
use jiff::civil::Date;

/// Checks every source and date of the content.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    for page in &model.content.pages {
        page.front.sources.iter().for_each(|source| check_source(model, source, faults));
        page.front.as_of.iter().for_each(|date| check_date(model, date, faults));
        check_page(model, page, faults);
    }
    for source in &model.content.sources {
        check_date(model, &source.date, faults);
    }
    if let Some(table) = &model.content.instrument {
        table.sources.iter().for_each(|source| check_source(model, source, faults));
        table.approved.iter().for_each(|date| check_date(model, date, faults));
    }
    for line in &model.content.national {
        check_proof(model, &line.source, &line.checked, &line.expires, faults);
    }
}

fn check_page(model: &Model, page: &Page, faults: &mut Vec<Fault>) {
    match &page.kind {
        Kind::Article(_) => {}
        Kind::Office(office) => {
            check_contacts(model, &office.contacts, faults);
            check_statements(model, &office.statements, faults);
            check_hours(model, office.hours.as_deref(), faults);
            if let Some(rule) = &office.rule {
                check_source(model, &rule.source, faults);
                check_date(model, &rule.as_of, faults);
            }
        }
        Kind::Unit(unit) => check_contacts(model, &unit.contacts, faults),
        Kind::Facility(facility) => {
            check_contacts(model, &facility.contacts, faults);
            check_statements(model, &facility.statements, faults);
            check_hours(model, facility.hours.as_deref(), faults);
        }
    }
}

fn check_contacts(model: &Model, contacts: &[Contact], faults: &mut Vec<Fault>) {
    for contact in contacts {
        check_proof(model, &contact.source, &contact.checked, &contact.expires, faults);
    }
}

fn check_statements(model: &Model, statements: &[(Topic, Statement)], faults: &mut Vec<Fault>) {
    for (_, statement) in statements {
        check_source(model, &statement.source, faults);
        check_date(model, &statement.as_of, faults);
    }
}

fn check_hours(model: &Model, hours: Option<&Hours>, faults: &mut Vec<Fault>) {
    if let Some(hours) = hours {
        check_source(model, &hours.source, faults);
        check_date(model, &hours.as_of, faults);
    }
}

fn check_proof(
    model: &Model,
    source: &At<String>,
    checked: &At<AsOf>,
    expires: &At<Date>,
    faults: &mut Vec<Fault>,
) {
    check_source(model, source, faults);
    check_date(model, checked, faults);
    if expires.value < model.today {
        let fault = Fault::new(Code::ContactExpired, expires.spot.clone());
        faults.push(fault.with("date", expires.value));
    }
}

fn check_source(model: &Model, source: &At<String>, faults: &mut Vec<Fault>) {
    let known = model.content.sources.iter().map(|entry| entry.key.value.as_str());
    if !known.clone().any(|key| key == source.value) {
        let near = listed(nearest(&source.value, known));
        let fault = Fault::new(Code::UnknownSource, source.spot.clone());
        faults.push(fault.with("key", &source.value).with("near", near));
    }
}

fn check_date(model: &Model, date: &At<AsOf>, faults: &mut Vec<Fault>) {
    if date.value.first_day() > model.today {
        let fault = Fault::new(Code::FutureDate, date.spot.clone());
        faults.push(fault.with("date", date.value.first_day()).with("today", model.today));
    }
}
