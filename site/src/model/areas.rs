//! The list of areas, what the site covers of it and calls it → areas with their names and addresses,
//! checked against the pages that speak of them.

use super::places::serves;
use super::{Entry, Model, Pages, Places, links};
use crate::areas;
use crate::content::front::{Kind, Layout, Unit};
use crate::content::{At, Content};
use crate::diag::{Code, Fault, Spot, by_likeness, listed};
use crate::value::{AreaCode, AreaLevel, Lang, slugify};
use std::collections::{BTreeMap, BTreeSet};

/// An area that the site speaks of.
#[derive(Clone, Debug)]
pub struct Area {
    /// The code.
    pub code: AreaCode,
    /// The everyday name.
    pub name: String,
    /// The official name where it differs.
    pub official: Option<String>,
    /// The end of the address, such as `dki-jakarta/jakarta-utara/`; none for areas without a page.
    path: Option<String>,
}

impl Area {
    /// Whether the area has a page.
    #[must_use]
    pub fn has_page(&self) -> bool {
        self.path.is_some()
    }

    /// The address of the area's page in a language; none for areas without one.
    #[must_use]
    pub fn url(&self, pages: &Pages, lang: &Lang) -> Option<String> {
        self.path.as_ref().map(|path| format!("{}{path}", finder_url(pages, lang)))
    }
}

/// Below this address stand the pages of the areas.
fn finder_url(pages: &Pages, lang: &Lang) -> String {
    let root = pages.root(lang);
    match pages.with_layout(Layout::Finder, lang) {
        Some(entry) if entry.page.lang == *lang => entry.url.clone(),
        // Without a translation of the finder, areas stand where they would with one.
        Some(entry) => format!("{root}{}", entry.url.trim_start_matches('/')),
        None => format!("{root}wilayah/"),
    }
}

/// Gathers areas and what is in them.
pub fn places<'c>(content: &'c Content, pages: &Pages<'c>, faults: &mut Vec<Fault>) -> Places<'c> {
    let mut places = Places::gather(&content.config.coverage, pages);
    places.areas = areas(content, &places, faults);
    places
}

/// The areas that the site covers, which get pages, and those that its pages speak of.
fn areas(content: &Content, places: &Places, faults: &mut Vec<Fault>) -> BTreeMap<AreaCode, Area> {
    let names = everyday_names(content, faults);
    let area = |known: &'static areas::Area| {
        let name =
            names.get(&known.code).map_or_else(|| known.everyday(), |name| (*name).to_owned());
        let official = (known.official != name).then(|| known.official.to_owned());
        Area { code: known.code.clone(), name, official, path: None }
    };
    let mut areas: BTreeMap<AreaCode, Area> =
        with_pages(places).into_iter().map(|known| (known.code.clone(), area(known))).collect();
    name_pages(&mut areas);
    for code in places.spoken_of() {
        let new: Vec<AreaCode> =
            code.upwards().take_while(|code| !areas.contains_key(code)).collect();
        let known = new.iter().filter_map(areas::by_code);
        areas.extend(known.map(|known| (known.code.clone(), area(known))));
    }
    areas
}

/// Every covered province and kab/kota, and what lies in a kab/kota or kecamatan that does not list
/// everything itself.
fn with_pages(places: &Places) -> Vec<&'static areas::Area> {
    let covered = areas::provinces_and_regencies().filter(|area| places.covers(&area.code));
    let covered: Vec<&areas::Area> = covered.collect();
    let regencies = covered.iter().filter(|area| area.code.level() == AreaLevel::Regency);
    let districts: Vec<&areas::Area> = regencies.flat_map(|area| below(places, area)).collect();
    let villages = districts.iter().flat_map(|area| below(places, area)).collect();
    [covered, districts, villages].concat()
}

/// The areas directly below one that get pages, because it does not list everything itself.
fn below(places: &Places, area: &areas::Area) -> Vec<&'static areas::Area> {
    if places.lists_all(&area.code) {
        return Vec::new();
    }
    areas::below(Some(&area.code)).collect()
}

/// What `content/data/wilayah.toml` calls areas.
fn everyday_names<'c>(
    content: &'c Content,
    faults: &mut Vec<Fault>,
) -> BTreeMap<&'c AreaCode, &'c str> {
    let mut names = BTreeMap::new();
    for entry in &content.areas {
        check_code(&entry.code, faults);
        if names.insert(&entry.code.value, entry.name.as_str()).is_some() {
            let fault = Fault::new(Code::DuplicateArea, entry.code.spot.clone());
            faults.push(fault.with("code", &entry.code.value));
        }
    }
    content.config.coverage.iter().for_each(|code| check_code(code, faults));
    names
}

/// Gives areas the ends of their addresses: their names, and the code where two siblings have the same
/// name.
fn name_pages(areas: &mut BTreeMap<AreaCode, Area>) {
    let mut paths = BTreeSet::new();
    let codes: Vec<AreaCode> = areas.keys().cloned().collect();
    for code in &codes {
        let above = code.parent().and_then(|parent| areas.get(&parent)?.path.clone());
        let above = above.unwrap_or_default();
        let Some(area) = areas.get_mut(code) else { continue };
        let mut path = format!("{above}{}/", slugify(&area.name));
        if !paths.insert(path.clone()) {
            path = format!("{above}{}-{}/", slugify(&area.name), slugify(code.as_str()));
        }
        area.path = Some(path);
    }
}

/// Every area code and every office a page names must exist and belong together; no page may stand where
/// an area's does.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    for (_, office) in &model.places.offices {
        office.serves.iter().for_each(|code| check_code(code, faults));
        check_coverage(model, &office.serves, faults);
    }
    for (_, unit) in &model.places.units {
        check_code(&unit.area, faults);
        check_coverage(model, std::slice::from_ref(&unit.area), faults);
        check_office(model, unit, faults);
    }
    // A facility may lie anywhere: people are sent to the next one, wherever it is.
    for (_, facility) in &model.places.facilities {
        facility.area.iter().for_each(|code| check_code(code, faults));
    }
    check_addresses(model, faults);
}

fn check_code(code: &At<AreaCode>, faults: &mut Vec<Fault>) {
    if areas::by_code(&code.value).is_none() {
        let fault = Fault::new(Code::UnknownArea, code.spot.clone()).with("code", &code.value);
        faults.push(fault.with("near", listed_areas(near(&code.value))));
    }
}

/// The areas of the same level with the most similar codes, below whatever there is above them.
fn near(code: &AreaCode) -> Vec<&'static areas::Area> {
    let above = code.upwards().skip(1).find(|code| areas::by_code(code).is_some());
    let known: Vec<&areas::Area> = areas::below(above.as_ref()).collect();
    let codes = known.iter().map(|area| area.code.as_str());
    let near = by_likeness(code.as_str(), codes).into_iter().take(3).filter_map(AreaCode::parse);
    near.filter_map(|code| areas::by_code(&code)).collect()
}

/// `31.72.05.1003` (Ancol), `31.72.05.1002` (Pademangan Barat)
fn listed_areas(areas: Vec<&'static areas::Area>) -> String {
    let named = |area: &areas::Area| format!("`{}` ({})", area.code, area.everyday());
    let named: Vec<String> = areas.into_iter().map(named).collect();
    if named.is_empty() { listed([]) } else { named.join(", ") }
}

/// What stands in none of the areas that the site covers would be found on no page of theirs.
fn check_coverage(model: &Model, codes: &[At<AreaCode>], faults: &mut Vec<Fault>) {
    let known = || codes.iter().filter(|code| areas::by_code(&code.value).is_some());
    let Some(first) = known().next() else { return };
    if !known().any(|code| model.places.covers(&code.value)) {
        let coverage = model.places.coverage.iter();
        let covered = coverage.filter_map(|code| areas::by_code(&code.value)).collect();
        let fault = Fault::new(Code::AreaNotCovered, first.spot.clone());
        let fault = fault.with("code", &first.value).with("name", name_of(model, &first.value));
        faults.push(fault.with("covered", listed_areas(covered)));
    }
}

/// A unit belongs to an office that serves the area of the unit.
fn check_office(model: &Model, unit: &Unit, faults: &mut Vec<Fault>) {
    let area = &unit.area;
    let Some(link) = &unit.office else {
        faults.push(about_area(model, Code::UnitWithoutOffice, area, &area.spot));
        return;
    };
    match model.pages.follow(&link.value, model.pages.first_language()).map(Entry::kind) {
        None => {
            let path = link.value.trim_start_matches("@/");
            faults.push(links::missing(model, Code::MissingPage, path, &link.spot));
        }
        Some(Kind::Office(office)) if areas::by_code(&area.value).is_some() => {
            if model.places.offices_serving(&area.value).is_empty() {
                let fault = about_area(model, Code::AreaUnserved, area, &area.spot);
                faults.push(fault.with("office", &link.value));
            } else if !serves(office, &area.value) {
                let fault = about_area(model, Code::OfficeElsewhere, area, &link.spot);
                faults.push(fault.with("office", &link.value));
            }
        }
        Some(Kind::Office(_)) => {}
        Some(_) => {
            let fault = Fault::new(Code::WrongKindOfPage, link.spot.clone());
            faults.push(fault.with("target", &link.value).with("expected", "content/kantor/"));
        }
    }
}

/// A fault about the offices of an area, which names those that serve it.
fn about_area(model: &Model, code: Code, area: &At<AreaCode>, spot: &Spot) -> Fault {
    let serving = model.places.offices_serving(&area.value).into_iter();
    let serving: Vec<String> = serving.map(|(page, _)| format!("@/{}", page.id.as_str())).collect();
    let fault = Fault::new(code, spot.clone()).with("code", &area.value);
    let fault = fault.with("name", name_of(model, &area.value));
    fault.with("serving", listed(serving.iter().map(String::as_str)))
}

fn name_of(model: &Model, code: &AreaCode) -> String {
    model.places.area(code).map(|area| area.name.clone()).unwrap_or_default()
}

fn check_addresses(model: &Model, faults: &mut Vec<Fault>) {
    let areas: BTreeMap<String, &Area> = model.area_pages().collect();
    for entry in model.pages.iter() {
        if let Some(area) = areas.get(&entry.url) {
            let fault = Fault::new(Code::DuplicatePath, Spot::file(&entry.page.file));
            let other = format!("{} {}", area.code, area.name);
            faults.push(fault.with("path", &entry.url).with("other", other));
        }
    }
}
