//! Sources and dates: every source that is named must be listed, no date may lie in the future, and
//! what should be checked again is told before and after its time is over.

use super::{Age, Model, Standing};
use crate::content::At;
use crate::content::answers::Statement;
use crate::content::front::{Kind, Page};
use crate::diag::{Code, Fault, offered};
use crate::value::AsOf;
use island::Topic;

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
    for entry in &model.content.confirmations {
        check_date(model, &entry.record.checked, faults);
    }
    for proof in model.content.proofs() {
        check_source(model, &proof.source, faults);
        check_date(model, &proof.record.checked, faults);
        check_age(model, &model.standing(proof), &proof.key.owner, faults);
    }
}

fn check_page(model: &Model, page: &Page, faults: &mut Vec<Fault>) {
    match &page.kind {
        Kind::Article(_) | Kind::Unit(_) => {}
        Kind::Office(office) => {
            check_statements(model, &office.statements, faults);
            if let Some(rule) = &office.rule {
                check_source(model, &rule.source, faults);
                check_date(model, &rule.as_of, faults);
            }
        }
        Kind::Facility(facility) => check_statements(model, &facility.statements, faults),
    }
    if let Some(hours) = page.hours() {
        check_source(model, &hours.source, faults);
        check_date(model, &hours.as_of, faults);
        check_age(model, &model.standing_of_hours(hours), &page.id.to_string(), faults);
    }
}

fn check_statements(model: &Model, statements: &[(Topic, Statement)], faults: &mut Vec<Fault>) {
    for (_, statement) in statements {
        check_source(model, &statement.source, faults);
        check_date(model, &statement.as_of, faults);
    }
}

/// In the trial state nobody has been asked yet, so that what is long over is only told.
fn check_age(model: &Model, standing: &Standing, owner: &str, faults: &mut Vec<Fault>) {
    let code = match standing.age {
        Age::Fresh => return,
        Age::Near => Code::ContactNearlyOver,
        Age::Spent if !model.content.config.trial => Code::ContactSpent,
        Age::Over | Age::Spent => Code::ContactExpired,
    };
    let fault = Fault::new(code, standing.spot.clone()).with("date", standing.last_day);
    let fault = fault.with("checked", standing.checked).with("limit", standing.limit_days);
    faults.push(fault.with("owner", owner));
}

fn check_source(model: &Model, source: &At<String>, faults: &mut Vec<Fault>) {
    if !model.sources.contains_key(source.value.as_str()) {
        let near = offered(&source.value, model.sources.keys().copied());
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
