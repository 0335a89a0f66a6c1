//! The links, pictures and numbers in the body of a page, which must lead to something of the site.

use super::{Model, links};
use crate::content::data::NationalEntry;
use crate::content::front::Page;
use crate::content::markdown::{Body, Target};
use crate::content::{self, At, Reading};
use crate::diag::{Code, Fault, Spot, by_likeness, listed, offered};
use crate::value::PageId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The anchors of the pages that links with an anchor lead to, each read when it is first asked for.
#[derive(Debug, Default)]
pub struct Anchors(Mutex<BTreeMap<Arc<str>, Arc<[String]>>>);

impl Anchors {
    /// The anchors of a page. None where its file cannot be read any more, which is told where the
    /// page itself is made.
    pub fn of(&self, page: &Page) -> Option<Arc<[String]>> {
        let known = |anchors: &Self| {
            let known = anchors.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(&page.file).cloned()
        };
        if let Some(known) = known(self) {
            return Some(known);
        }
        let text = page.text().ok()?;
        let anchors = anchors_of(&content::unchecked(page, &text));
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(Arc::clone(&page.file), Arc::clone(&anchors));
        Some(anchors)
    }
}

fn anchors_of(body: &Body) -> Arc<[String]> {
    body.headings.iter().map(|heading| heading.id.clone()).collect()
}

/// Everything in a body that leads somewhere.
pub fn check(model: &Model, page: &Page, reading: &Reading, faults: &mut Vec<Fault>) {
    for target in &reading.body.targets {
        check_target(model, page, &reading.body, target, faults);
    }
    check_dialled(model, &reading.dialled, faults);
}

fn check_target(
    model: &Model,
    page: &Page,
    body: &Body,
    target: &At<Target>,
    faults: &mut Vec<Fault>,
) {
    let spot = &target.spot;
    match &target.value {
        Target::Image(path) => {
            if !model.content.images.iter().any(|image| image.path == *path) {
                let near = offered(path, model.content.images.iter().map(|i| i.path.as_str()));
                let fault = Fault::new(Code::BrokenImage, spot.clone());
                faults.push(fault.with("target", format!("@/{path}")).with("near", near));
            }
        }
        Target::Call { digits, shown } => check_call(model, digits, shown, spot, faults),
        Target::Page { path, anchor } if path.is_empty() => {
            if let Some(anchor) = anchor {
                faults.extend(missing_anchor(page, &anchors_of(body), anchor, spot));
            }
        }
        Target::Page { path, anchor } => {
            match (model.pages.find(&PageId::new(path), &page.lang), anchor) {
                (None, _) => faults.push(links::missing(model, Code::BrokenLink, path, spot)),
                (Some(found), Some(anchor)) => {
                    check_anchor(model, found.page, anchor, spot, faults);
                }
                (Some(_), None) => {}
            }
        }
    }
}

/// A page that a link leads to must have its anchor.
pub fn check_anchor(
    model: &Model,
    page: &Page,
    anchor: &str,
    spot: &Spot,
    faults: &mut Vec<Fault>,
) {
    let known = model.anchors.of(page);
    faults.extend(known.and_then(|known| missing_anchor(page, &known, anchor, spot)));
}

fn missing_anchor(page: &Page, known: &[String], anchor: &str, spot: &Spot) -> Option<Fault> {
    let known = known.iter().map(String::as_str);
    if known.clone().any(|id| id == anchor) {
        return None;
    }
    let fault = Fault::new(Code::BrokenAnchor, spot.clone()).with("anchor", anchor);
    let known = listed(by_likeness(anchor, known));
    Some(fault.with("page", &page.id).with("known", known))
}

/// A link must dial a national line, and the line that it shows.
fn check_call(model: &Model, digits: &str, shown: &str, spot: &Spot, faults: &mut Vec<Fault>) {
    let lines = &model.content.national;
    if !lines.iter().any(|line| line.phone.digits() == digits) {
        faults.push(Fault::new(Code::UnprovenNumber, spot.clone()).with("number", digits));
        return;
    }
    let is_named = |line: &&NationalEntry| {
        let translations = line.translations.values();
        translations.chain([&line.words]).any(|words| words.name == shown.trim())
    };
    let named: Vec<&str> = lines.iter().filter(is_named).map(|line| line.phone.digits()).collect();
    let written = shown.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
    let expected = if named.is_empty() { written } else { named.first().copied() };
    if expected.is_some_and(|expected| expected != digits && !named.contains(&digits)) {
        let fault = Fault::new(Code::OtherNumberShown, spot.clone()).with("shown", shown.trim());
        faults.push(fault.with("digits", digits));
    }
}

/// Short numbers that a text tells people to dial: each must be a national line.
pub fn check_dialled(model: &Model, dialled: &[At<String>], faults: &mut Vec<Fault>) {
    let lines = || model.content.national.iter().map(|line| line.phone.digits());
    for number in dialled.iter().filter(|number| !lines().any(|known| known == number.value)) {
        let fault = Fault::new(Code::ForeignShortNumber, number.spot.clone());
        let known = listed(lines().collect::<BTreeSet<&str>>());
        faults.push(fault.with("number", &number.value).with("known", known));
    }
}
