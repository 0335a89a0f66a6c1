//! Areas with their names and addresses, and the offices, units and facilities in them.

use super::{Model, Pages, links};
use crate::content::front::{Facility, Kind, Layout, Office, OfficeLevel, Page, Unit};
use crate::content::{At, Content};
use crate::diag::{Code, Fault, Spot, listed, nearest};
use crate::value::{AreaCode, AreaLevel, Lang, PageId, slugify};
use std::collections::{BTreeMap, BTreeSet};

/// A place of the list of areas.
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

/// Areas, offices, units and facilities, each in the order of their sources.
#[derive(Debug)]
pub struct Places<'c> {
    areas: BTreeMap<AreaCode, Area>,
    /// Offices with their pages in the first language.
    pub offices: Vec<(&'c Page, &'c Office)>,
    /// Units with their pages in the first language.
    pub units: Vec<(&'c Page, &'c Unit)>,
    /// Facilities with their pages in the first language.
    pub facilities: Vec<(&'c Page, &'c Facility)>,
    /// The place of each office in `offices`.
    by_office: BTreeMap<&'c PageId, usize>,
}

impl<'c> Places<'c> {
    /// Every area by its code.
    pub fn areas(&self) -> impl Iterator<Item = &Area> {
        self.areas.values()
    }

    /// An area by its code.
    #[must_use]
    pub fn area(&self, code: &AreaCode) -> Option<&Area> {
        self.areas.get(code)
    }

    /// The areas that have a page: provinces and kab/kota.
    pub fn with_pages(&self) -> impl Iterator<Item = &Area> {
        self.areas.values().filter(|area| area.path.is_some())
    }

    /// The areas directly below one.
    pub fn below<'a>(&'a self, code: &'a AreaCode) -> impl Iterator<Item = &'a Area> {
        self.areas.values().filter(move |area| area.code.parent().as_ref() == Some(code))
    }

    /// The offices that serve an area, the nearest first: BNNK before BNNP.
    #[must_use]
    pub fn offices_serving(&self, code: &AreaCode) -> Vec<(&'c Page, &'c Office)> {
        let serves =
            |office: &Office| office.serves.iter().any(|served| code.is_within(&served.value));
        let mut offices: Vec<_> =
            self.offices.iter().copied().filter(|(_, office)| serves(office)).collect();
        offices.sort_by_key(|(_, office)| office.level);
        offices
    }

    /// The BNNP of the province an office belongs to, for a BNNK.
    #[must_use]
    pub fn above(&self, office: &Office) -> Option<(&'c Page, &'c Office)> {
        let first = office.serves.first().filter(|_| office.level == OfficeLevel::Bnnk)?;
        let serving = self.offices_serving(&first.value);
        serving.into_iter().find(|(_, above)| above.level == OfficeLevel::Bnnp)
    }

    /// The office a unit belongs to.
    #[must_use]
    pub fn office_of(&self, unit: &Unit) -> Option<(&'c Page, &'c Office)> {
        let id = PageId::new(unit.office.value.strip_prefix("@/")?);
        self.by_office.get(&id).map(|place| self.offices[*place])
    }

    /// The units in an area.
    pub fn units_in<'a>(
        &'a self,
        code: &'a AreaCode,
    ) -> impl Iterator<Item = (&'c Page, &'c Unit)> {
        self.units.iter().copied().filter(move |(_, unit)| unit.area.value.is_within(code))
    }

    /// The facilities in an area.
    pub fn facilities_in<'a>(
        &'a self,
        code: &'a AreaCode,
    ) -> impl Iterator<Item = (&'c Page, &'c Facility)> {
        let within = move |facility: &Facility| {
            facility.area.as_ref().is_some_and(|area| area.value.is_within(code))
        };
        self.facilities.iter().copied().filter(move |(_, facility)| within(facility))
    }
}

impl Area {
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
    let mut places = Places {
        areas: areas(content, faults),
        offices: Vec::new(),
        units: Vec::new(),
        facilities: Vec::new(),
        by_office: BTreeMap::new(),
    };
    for entry in pages.in_language(pages.first_language()) {
        match entry.kind() {
            Kind::Office(office) => {
                places.by_office.insert(&entry.page.id, places.offices.len());
                places.offices.push((entry.page, office));
            }
            Kind::Unit(unit) => places.units.push((entry.page, unit)),
            Kind::Facility(facility) => places.facilities.push((entry.page, facility)),
            Kind::Article(_) => {}
        }
    }
    places
}

fn areas(content: &Content, faults: &mut Vec<Fault>) -> BTreeMap<AreaCode, Area> {
    let mut areas = BTreeMap::new();
    for entry in &content.areas {
        let area = Area {
            code: entry.code.value.clone(),
            name: entry.name.clone(),
            official: entry.official.clone(),
            path: None,
        };
        if areas.insert(area.code.clone(), area).is_some() {
            let fault = Fault::new(Code::DuplicateArea, entry.code.spot.clone());
            faults.push(fault.with("code", &entry.code.value));
        }
    }
    for entry in &content.areas {
        if let Some(above) = entry.code.value.parent().filter(|above| !areas.contains_key(above)) {
            let fault = Fault::new(Code::AreaWithoutParent, entry.code.spot.clone());
            faults.push(fault.with("code", &entry.code.value).with("parent", above));
        }
    }
    name_pages(&mut areas);
    areas
}

/// Gives provinces and kab/kota the ends of their addresses: their names, and the code where two
/// siblings have the same name.
fn name_pages(areas: &mut BTreeMap<AreaCode, Area>) {
    let mut paths = BTreeSet::new();
    let codes: Vec<AreaCode> = areas.keys().cloned().collect();
    for code in codes.iter().filter(|code| code.level() <= AreaLevel::Regency) {
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

/// Every area code and every office a page names must exist; no page may stand where an area's does.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    for (_, office) in &model.places.offices {
        office.serves.iter().for_each(|code| check_code(model, code, faults));
    }
    for (_, unit) in &model.places.units {
        check_code(model, &unit.area, faults);
        check_office(model, unit, faults);
    }
    for (_, facility) in &model.places.facilities {
        facility.area.iter().for_each(|code| check_code(model, code, faults));
    }
    check_addresses(model, faults);
}

fn check_code(model: &Model, code: &At<AreaCode>, faults: &mut Vec<Fault>) {
    if model.places.area(&code.value).is_none() {
        let known = model.places.areas().map(|area| area.code.as_str());
        let near = listed(nearest(code.value.as_str(), known));
        let fault = Fault::new(Code::UnknownArea, code.spot.clone()).with("code", &code.value);
        faults.push(fault.with("near", near));
    }
}

fn check_office(model: &Model, unit: &Unit, faults: &mut Vec<Fault>) {
    let link = &unit.office;
    match model.pages.follow(&link.value, model.pages.first_language()) {
        None => {
            let path = link.value.trim_start_matches("@/");
            faults.push(links::missing(model, Code::MissingPage, path, &link.spot));
        }
        Some(entry) if !matches!(entry.kind(), Kind::Office(_)) => {
            let fault = Fault::new(Code::WrongKindOfPage, link.spot.clone());
            faults.push(fault.with("target", &link.value).with("expected", "content/kantor/"));
        }
        Some(_) => {}
    }
}

fn check_addresses(model: &Model, faults: &mut Vec<Fault>) {
    for lang in &model.content.config.languages {
        for area in model.places.with_pages() {
            let url = area.url(&model.pages, lang).unwrap_or_default();
            if let Some(entry) = model.pages.iter().find(|entry| entry.url == url) {
                let fault = Fault::new(Code::DuplicatePath, Spot::file(&entry.page.file));
                let other = format!("content/data/wilayah.toml ({})", area.code);
                faults.push(fault.with("path", &url).with("other", other));
            }
        }
    }
}
