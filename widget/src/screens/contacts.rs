//! The contacts nearby: province, kab/kota and unit to choose, and whom they lead to.

use super::parts::{Page, Part, Sheet};
use super::{View, before, cards};
use crate::place::{Place, provinces, regencies, units};
use crate::state::Action;
use island::{Area, BandRule, Contact, Office, Rule, Unit, Word};
use screening::Band;
use yew::html;

/// The id of the heading of the contacts.
const PLACE: &str = "tempat";
/// A link to the contacts, within the page.
pub const PLACE_LINK: &str = "#tempat";

/// Chooses a place and shows its unit and offices, then the national lines. With a band, each
/// office's own rule for that band is shown.
pub fn contacts(sheet: &mut Sheet, band: Option<Band>) {
    let view = sheet.view;
    sheet.put(html! { <h2 id={PLACE} tabindex="-1">{ view.text(Word::PlaceTitle) }</h2> });
    sheet.within("div", "pilih-tempat", |sheet| {
        sheet.draw(&[Part::Line(Word::PlaceHint)]);
        selects(sheet);
    });
    sheet.put(html! { <p role="status">{ shown(view) }</p> });
    sheet.apart(|sheet| found(sheet, band));
    cards::national(sheet);
}

fn selects(sheet: &mut Sheet) {
    let island = sheet.view.island;
    let Place { province, regency, unit } = sheet.view.state.place;
    let area = |(place, area): (usize, &Area)| (place, area.name.clone());
    let provinces = provinces(island).map(area).collect();
    select(sheet, Level::Province, 0, provinces, province);
    sheet.apart(|sheet| {
        if let Some(chosen) = province {
            let regencies = regencies(island, chosen).map(area).collect();
            select(sheet, Level::Regency, chosen, regencies, regency);
        }
    });
    sheet.apart(|sheet| {
        if let Some(chosen) = regency {
            let units = units(island, chosen).map(unit_option).collect();
            select(sheet, Level::Unit, chosen, units, unit);
        }
    });
}

fn unit_option((place, unit): (usize, &Unit)) -> (usize, String) {
    if unit.district.is_empty() {
        return (place, unit.name.clone());
    }
    (place, [&unit.district, " – ", &unit.name].concat())
}

/// What a list narrows down.
#[derive(Clone, Copy)]
enum Level {
    Province,
    Regency,
    Unit,
}

impl Level {
    fn label(self) -> Word {
        match self {
            Self::Province => Word::PlaceProvince,
            Self::Regency => Word::PlaceRegency,
            Self::Unit => Word::PlaceUnit,
        }
    }
}

/// The place after a choice in a list: what lies below it is no longer chosen.
fn narrowed(place: Place, level: Level, chosen: Option<usize>) -> Place {
    match level {
        Level::Province => Place { province: chosen, ..Place::nowhere() },
        Level::Regency => Place { regency: chosen, unit: None, ..place },
        Level::Unit => Place { unit: chosen, ..place },
    }
}

/// A list, drawn afresh when what was chosen above it changes; nothing where it has no options.
fn select(
    sheet: &mut Sheet,
    level: Level,
    parent: usize,
    known: Vec<(usize, String)>,
    chosen: Option<usize>,
) {
    if known.is_empty() {
        return;
    }
    let view = sheet.view;
    let place = view.state.place;
    let choose = view.send.reform(move |chosen| Action::Choosing(narrowed(place, level, chosen)));
    let options = sheet.aside(|sheet| {
        sheet.option("", view.text(Word::PlaceChoose), chosen.is_none());
        for (place, name) in &known {
            sheet.option(&place.to_string(), name, chosen == Some(*place));
        }
        sheet.option("-", view.text(Word::PlaceMissing), false);
    });
    let list = sheet.aside(|sheet| sheet.select(view.text(level.label()), options, choose));
    let key = level as usize + 3 * parent;
    sheet.put(html! { <div {key}>{ list }</div> });
}

/// What a screen reader hears after a choice.
fn shown(view: &View) -> String {
    let place = view.state.place;
    let name = place.unit(view.island).map(|unit| &unit.name);
    let name = name.or_else(|| place.area(view.island).map(|area| &area.name));
    name.map_or_else(String::new, |name| {
        view.island.words.filled(Word::PlaceShown, "wilayah", name)
    })
}

fn found(sheet: &mut Sheet, band: Option<Band>) {
    let view = sheet.view;
    let place = view.state.place;
    if place.area(view.island).is_none() {
        return;
    }
    if let Some(unit) = place.unit(view.island) {
        unit_card(sheet, unit);
    }
    let offices = place.offices(view.island);
    for office in &offices {
        office_card(sheet, office, band);
    }
    if offices.is_empty() {
        sheet.draw(&[Part::Line(Word::PlaceNoOffice)]);
    }
    sheet.draw(&[Part::Line(Word::PlaceMore), Part::Link(Word::LinkFinder, Page::Finder)]);
}

fn unit_card(sheet: &mut Sheet, unit: &Unit) {
    sheet.within("div", "kontak", |sheet| {
        sheet.place(sheet.view.text(Word::PlaceUnitTitle));
        sheet.line("h3", "", &unit.name);
        sheet.paragraph(&unit.district);
        sheet.paragraph(&unit.status);
        for own in &unit.contacts {
            contact(sheet, own);
        }
    });
}

fn office_card(sheet: &mut Sheet, office: &Office, band: Option<Band>) {
    sheet.within("div", "kontak", |sheet| {
        sheet.place(sheet.view.text(Word::PlaceOfficeTitle));
        sheet.line("h3", "", &office.name);
        if let Some((band, rule)) = band.zip(office.rule.as_ref()) {
            office_rule(sheet, rule, band);
        }
        before::openings(sheet, office);
        for own in &office.contacts {
            contact(sheet, own);
        }
        if office.contacts.is_empty() {
            sheet.draw(&[Part::Line(Word::PlaceNoContact)]);
        }
        before::before(sheet, office);
    });
}

/// What the office itself says it does for this band.
fn office_rule(sheet: &mut Sheet, rule: &Rule, band: Band) {
    let view = sheet.view;
    let published = rule.bands.get(band as usize).filter(|rule| !rule.text.is_empty());
    let Some(BandRule { text, to }) = published else { return };
    let name = view.text(Word::band(band));
    sheet.line("h4", "", &view.island.words.filled(Word::PlaceOfficeRule, "pita", name));
    sheet.paragraph(text);
    for name in to {
        sheet.paragraph(name);
    }
    sheet.remark(&rule.note);
}

/// A number is a link; an address of another host is text, since a link to it would lead to an error
/// page under the headers of this one.
#[inline(never)]
pub fn contact(sheet: &mut Sheet, contact: &Contact) {
    let Contact { label, shown, href, note, .. } = contact;
    sheet.line("p", "label", label);
    if contact.is_call() {
        sheet.number(shown, href);
    } else {
        sheet.paragraph(shown);
    }
    sheet.remark(note);
}
