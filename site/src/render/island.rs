//! What the widget gets inside the page: words, places, offices and contacts, all final.

use super::common::{contacts, national, said, short_title};
use super::{places, view};
use crate::content::front::{self, Layout, Office, Page, Unit};
use crate::model::{Catalogue, Model};
use crate::value::{AreaCode, AreaLevel, Lang};
use island::{
    Answer, Area, BandRule, Contact, Hours, Island, Links, NationalLine, Role, Rule, Topic,
};

/// The screening holds all offices, since no request may tell a place, but units only where they are not
/// more than this. A unit takes 60 bytes of the page (gzip) in its two lists, so that these take 1.5 KB.
const LISTED_UNITS: usize = 24;

/// The units that the screening lists: all, or none where they are too many.
pub fn units<'m>(model: &'m Model) -> &'m [(&'m Page, &'m Unit)] {
    let units = model.places.units.as_slice();
    if units.len() <= LISTED_UNITS { units } else { &[] }
}

/// The island of a language.
pub fn island(model: &Model, lang: &Lang) -> Island {
    let offices = &model.places.offices;
    let catalogue = &model.catalogues[lang];
    Island {
        words: catalogue.screening.clone(),
        links: links(model, lang),
        national: national(model, lang).into_iter().map(|l| national_line(catalogue, l)).collect(),
        areas: model
            .places
            .with_pages()
            .filter(|area| area.code.level() <= AreaLevel::Regency)
            .filter(|area| leads_elsewhere(model, &area.code))
            .map(|area| Area { code: area.code.as_str().to_owned(), name: area.name.clone() })
            .collect(),
        offices: offices
            .iter()
            .map(|(page, office)| office_of(model, page, office, lang))
            .collect(),
        units: units(model)
            .iter()
            .filter_map(|(page, unit)| unit_of(model, page, unit, lang))
            .collect(),
        topics: Topic::ALL.map(|topic| places::topic_name(catalogue, topic).to_owned()).into(),
    }
}

/// Whether choosing an area leads to anybody whom its province does not: the screening lists no others.
fn leads_elsewhere(model: &Model, code: &AreaCode) -> bool {
    code.level() == AreaLevel::Province
        || model.places.has_own_office(code)
        || units(model).iter().any(|(_, unit)| unit.area.value.is_within(code))
}

fn links(model: &Model, lang: &Lang) -> Links {
    let config = &model.content.config;
    let address = |link: &str| model.pages.address(link, lang).unwrap_or_default();
    let finder = model.pages.with_layout(Layout::Finder, lang);
    Links {
        home: model.pages.root(lang),
        emergency: address(&config.links.emergency.value),
        privacy: address(&config.links.privacy.value),
        finder: finder.map(|entry| entry.url.clone()).unwrap_or_default(),
        families: address(&config.links.families.value),
        method: address(&config.links.method.value),
    }
}

fn national_line(catalogue: &Catalogue, line: view::NationalLine) -> NationalLine {
    let mark = if line.overdue { overdue_mark(catalogue) } else { "" };
    NationalLine {
        role: Role::from_key(&line.kind).unwrap_or_default(),
        kind: line.kind_label,
        name: line.name,
        shown: line.shown,
        href: line.href,
        site: line.website.trim_start_matches("https://").trim_end_matches('/').to_owned(),
        note: joined(&[&line.text, mark, &line.checked]),
    }
}

fn office_of(model: &Model, page: &Page, office: &Office, lang: &Lang) -> island::Office {
    let catalogue = &model.catalogues[lang];
    let entry = model.pages.find(&page.id, lang);
    island::Office {
        name: entry.map(short_title).unwrap_or_default().to_owned(),
        serves: office.serves.iter().map(|code| code.value.as_str().to_owned()).collect(),
        contacts: island_contacts(model, catalogue, &office.contacts),
        rule: office.rule.as_ref().map(|rule| Rule {
            bands: rule.bands.each_ref().map(|band| BandRule {
                text: band.text.in_language(lang).to_owned(),
                to: places::rule_links(model, &band.to, lang)
                    .into_iter()
                    .map(|link| link.title)
                    .collect(),
            }),
            note: said(model, catalogue, &rule.source.value, rule.as_of.value),
        }),
        hours: places::current_hours(model, office.hours.as_deref()).map(|hours| Hours {
            zone: hours.zone,
            days: hours.days,
            note: said(model, catalogue, &hours.source.value, hours.as_of.value),
        }),
        answers: answers(model, catalogue, office),
    }
}

/// What an office has said, in the order of the topics. Hours that are told as times are an answer too.
fn answers(model: &Model, catalogue: &Catalogue, office: &Office) -> Vec<Answer> {
    let statements =
        places::statements(model, catalogue, &office.statements, office.hours.as_deref());
    let answers = Topic::ALL.into_iter().zip(statements).map(|(topic, statement)| {
        let rows = statement.hours.iter().flat_map(|hours| &hours.rows);
        let week = rows.map(|row| format!("{} {}.", row.days, row.hours)).collect::<Vec<_>>();
        let hours_note = statement.hours.as_ref().map_or("", |hours| hours.checked.as_str());
        let own_note = Some(statement.checked.as_str()).filter(|note| *note != hours_note);
        Answer {
            topic,
            text: joined(&[&week.join(" "), &statement.text]),
            note: joined(&[hours_note, own_note.unwrap_or_default()]),
        }
    });
    answers.filter(|answer| !answer.text.is_empty()).collect()
}

fn unit_of(model: &Model, page: &Page, unit: &Unit, lang: &Lang) -> Option<island::Unit> {
    let catalogue = &model.catalogues[lang];
    let entry = model.pages.find(&page.id, lang)?;
    let code = &unit.area.value;
    let level = |level| code.upwards().find(|code: &AreaCode| code.level() == level);
    let district = level(AreaLevel::District).and_then(|code| model.places.area(&code).cloned());
    Some(island::Unit {
        name: short_title(entry).to_owned(),
        district: district.map(|area| area.name).unwrap_or_default(),
        regency: level(AreaLevel::Regency)?.as_str().to_owned(),
        office: model.places.place_of_office(unit)?,
        status: places::status(catalogue, page, unit.status),
        contacts: island_contacts(model, catalogue, &unit.contacts),
    })
}

/// Contacts as the widget shows them: in the place of a number that is withheld stands where to ask.
fn island_contacts(model: &Model, catalogue: &Catalogue, given: &[front::Contact]) -> Vec<Contact> {
    let shown = contacts(model, catalogue, given).into_iter();
    shown.map(|contact| island_contact(model, catalogue, contact)).collect()
}

fn island_contact(model: &Model, catalogue: &Catalogue, contact: view::Contact) -> Contact {
    if contact.shown.is_empty() {
        return Contact {
            role: None,
            label: contact.label,
            shown: catalogue.text("kontak", "ditahan").to_owned(),
            href: String::new(),
            note: where_to_ask(model, catalogue),
        };
    }
    let mark = if contact.overdue { overdue_mark(catalogue) } else { "" };
    Contact {
        note: joined(&[&contact.note, mark, &contact.checked]),
        role: Role::from_key(&contact.role),
        label: labelled(&contact.label, &contact.purpose),
        shown: contact.shown,
        href: own_link(contact.href),
    }
}

/// "Tanyakan ke BNN Call Center, 184. …": the lines that know the offices.
fn where_to_ask(model: &Model, catalogue: &Catalogue) -> String {
    let lines = national(model, &catalogue.lang).into_iter();
    let lines = lines.filter(|line| line.kind == Role::Mixed.key()).map(|line| {
        let ask = catalogue.text("kontak", "tanya_ke");
        let reports = catalogue.text("kontak", "juga_laporan");
        format!("{ask} {}, {}. {reports}", line.name, line.shown)
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// What stands before the date of something whose time is over.
fn overdue_mark(catalogue: &Catalogue) -> &str {
    catalogue.text("bantuan", "lewat")
}

/// A link that works under the policy of the sealed page; to other sites none does.
fn own_link(href: String) -> String {
    if href.starts_with("tel:") { href } else { String::new() }
}

/// "Telepon: Pertanyaan perawatan", or "Alamat" for what has no purpose of its own.
fn labelled(label: &str, purpose: &str) -> String {
    let parts: Vec<&str> = [label, purpose].into_iter().filter(|text| !text.is_empty()).collect();
    parts.join(": ")
}

fn joined(sentences: &[&str]) -> String {
    let given: Vec<&str> = sentences.iter().copied().filter(|text| !text.is_empty()).collect();
    given.join(" ")
}
