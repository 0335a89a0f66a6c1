//! Offices, units and facilities → those of an area or an office, found without looking through all.

use super::{Area, Pages};
use crate::content::At;
use crate::content::front::{Facility, Kind, Office, OfficeLevel, Page, Unit};
use crate::value::{AreaCode, AreaLevel, PageId};
use std::collections::BTreeMap;

/// An area with more units and facilities than this leads to the areas in it instead of listing them.
const LISTED: usize = 40;
/// A kecamatan lists more, since whoever has come there looks for one desa. The largest has 108; a unit
/// takes 28 bytes of its page (gzip), and 150 of them half of what the page may weigh.
const LISTED_IN_DISTRICT: usize = 150;

/// Areas, offices, units and facilities, each in the order of their sources.
#[derive(Debug)]
pub struct Places<'c> {
    /// What the site covers; nothing where it is all of Indonesia.
    pub(super) coverage: &'c [At<AreaCode>],
    pub(super) areas: BTreeMap<AreaCode, Area>,
    /// Offices with their pages in the first language.
    pub offices: Vec<(&'c Page, &'c Office)>,
    /// Units with their pages in the first language.
    pub units: Vec<(&'c Page, &'c Unit)>,
    /// Facilities with their pages in the first language.
    pub facilities: Vec<(&'c Page, &'c Facility)>,
    /// The place of each office in `offices`.
    by_office: BTreeMap<&'c PageId, usize>,
    /// Offices by what they serve, units and facilities by where they are.
    served: ByArea<'c>,
    with_units: ByArea<'c>,
    with_facilities: ByArea<'c>,
    /// The units of each office, in the order of `offices`.
    by_unit_office: Vec<Vec<usize>>,
}

/// Places in a list by the area they belong to: an area stands together with all areas in it, since
/// codes sort by what they begin with.
#[derive(Debug)]
struct ByArea<'c>(Vec<(&'c AreaCode, usize)>);

impl<'c> ByArea<'c> {
    fn new(places: impl Iterator<Item = (&'c AreaCode, usize)>) -> Self {
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        Self(places)
    }

    /// Everything of an area and those in it, by area.
    fn entries(&self, code: &AreaCode) -> &[(&'c AreaCode, usize)] {
        let from = self.0.partition_point(|(area, _)| *area < code);
        let rest = &self.0[from..];
        &rest[..rest.partition_point(|(area, _)| area.is_within(code))]
    }

    /// The places of everything of an area and those in it, each once and in the order of the list.
    fn within(&self, code: &AreaCode) -> Vec<usize> {
        let mut places: Vec<usize> = self.entries(code).iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The places of what belongs to an area itself.
    fn at(&self, code: &AreaCode) -> impl Iterator<Item = usize> {
        self.entries(code)
            .iter()
            .take_while(move |(area, _)| *area == code)
            .map(|(_, place)| *place)
    }
}

impl<'c> Places<'c> {
    /// Gathers what is in areas; the areas themselves are not known yet.
    pub(super) fn gather(coverage: &'c [At<AreaCode>], pages: &Pages<'c>) -> Self {
        let (mut offices, mut units, mut facilities) = (Vec::new(), Vec::new(), Vec::new());
        for entry in pages.in_language(pages.first_language()) {
            match entry.kind() {
                Kind::Office(office) => offices.push((entry.page, office)),
                Kind::Unit(unit) => units.push((entry.page, unit)),
                Kind::Facility(facility) => facilities.push((entry.page, facility)),
                Kind::Article(_) => {}
            }
        }
        let serves = |(place, (_, office)): (usize, &(&'c Page, &'c Office))| {
            office.serves.iter().map(move |area| (&area.value, place))
        };
        let facility_area = |(place, (_, facility)): (usize, &(&'c Page, &'c Facility))| {
            facility.area.as_ref().map(|area| (&area.value, place))
        };
        let mut places = Self {
            coverage,
            areas: BTreeMap::new(),
            by_office: offices.iter().enumerate().map(|(at, (page, _))| (&page.id, at)).collect(),
            served: ByArea::new(offices.iter().enumerate().flat_map(serves)),
            with_units: ByArea::new(
                units.iter().enumerate().map(|(place, (_, unit))| (&unit.area.value, place)),
            ),
            with_facilities: ByArea::new(facilities.iter().enumerate().filter_map(facility_area)),
            by_unit_office: vec![Vec::new(); offices.len()],
            offices,
            units,
            facilities,
        };
        for (place, (_, unit)) in places.units.iter().enumerate() {
            if let Some(office) = places.place_of_office(unit) {
                places.by_unit_office[office].push(place);
            }
        }
        places
    }

    /// The areas that pages of offices, units and facilities name.
    pub(super) fn spoken_of(&self) -> impl Iterator<Item = &'c AreaCode> {
        [&self.served, &self.with_units, &self.with_facilities]
            .into_iter()
            .flat_map(|by_area| by_area.0.iter().map(|(area, _)| *area))
    }

    /// An area by its code.
    #[must_use]
    pub fn area(&self, code: &AreaCode) -> Option<&Area> {
        self.areas.get(code)
    }

    /// Whether the site covers an area, all of it or a part.
    #[must_use]
    pub fn covers(&self, code: &AreaCode) -> bool {
        let related = |covered: &At<AreaCode>| {
            code.is_within(&covered.value) || covered.value.is_within(code)
        };
        self.coverage.is_empty() || self.coverage.iter().any(related)
    }

    /// The areas that have a page: the provinces and kab/kota that the site covers, and the areas in
    /// those that do not list everything themselves.
    pub fn with_pages(&self) -> impl Iterator<Item = &Area> {
        self.areas.values().filter(|area| area.has_page())
    }

    /// The provinces that have a page.
    pub fn provinces(&self) -> impl Iterator<Item = &Area> {
        self.with_pages().filter(|area| area.code.level() == AreaLevel::Province)
    }

    /// The areas with a page directly below an area.
    pub fn below<'a>(&'a self, code: &'a AreaCode) -> impl Iterator<Item = &'a Area> {
        let within = self.areas.range(code..).take_while(move |(area, _)| area.is_within(code));
        let pages = within.map(|(_, area)| area).filter(|area| area.has_page());
        pages.filter(move |area| area.code.parent().as_ref() == Some(code))
    }

    /// The smallest area with a page in which an area lies, or that area.
    #[must_use]
    pub fn nearest_page(&self, code: &AreaCode) -> Option<&Area> {
        code.upwards().filter_map(|code| self.areas.get(&code)).find(|area| area.has_page())
    }

    /// Whether so few units and facilities are in an area that it lists them all.
    #[must_use]
    pub fn lists_all(&self, code: &AreaCode) -> bool {
        let [units, facilities] =
            [&self.with_units, &self.with_facilities].map(|by_area| by_area.entries(code).len());
        let limit = match code.level() {
            AreaLevel::Province | AreaLevel::Regency => LISTED,
            AreaLevel::District => LISTED_IN_DISTRICT,
            AreaLevel::Village => usize::MAX,
        };
        units + facilities <= limit
    }

    /// The offices that serve an area, the nearest first: BNNK before BNNP.
    #[must_use]
    pub fn offices_serving(&self, code: &AreaCode) -> Vec<(&'c Page, &'c Office)> {
        let mut serving: Vec<usize> =
            code.upwards().flat_map(|code| self.served.at(&code).collect::<Vec<_>>()).collect();
        serving.sort_unstable();
        serving.dedup();
        let mut offices: Vec<_> = serving.into_iter().map(|place| self.offices[place]).collect();
        offices.sort_by_key(|(_, office)| office.level);
        offices
    }

    /// The offices that serve a part of an area, but not all of it.
    #[must_use]
    pub fn offices_within(&self, code: &AreaCode) -> Vec<(&'c Page, &'c Office)> {
        let offices = self.served.within(code).into_iter().map(|place| self.offices[place]);
        offices.filter(|(_, office)| !serves(office, code)).collect()
    }

    /// Whether an office serves this area or a part of it, and not only what lies around it.
    #[must_use]
    pub fn has_own_office(&self, code: &AreaCode) -> bool {
        !self.served.entries(code).is_empty()
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
        self.place_of_office(unit).map(|place| self.offices[place])
    }

    /// The same by its place among the offices.
    #[must_use]
    pub fn place_of_office(&self, unit: &Unit) -> Option<usize> {
        let id = PageId::new(unit.office.as_ref()?.value.strip_prefix("@/")?);
        self.by_office.get(&id).copied()
    }

    /// The units of an office.
    #[must_use]
    pub fn units_of(&self, office: &PageId) -> Vec<(&'c Page, &'c Unit)> {
        let places = self.by_office.get(office).map(|place| &self.by_unit_office[*place]);
        places.into_iter().flatten().map(|place| self.units[*place]).collect()
    }

    /// The units that the page of an area lists: all in it, or those that are in none of the areas
    /// it leads to.
    #[must_use]
    pub fn units_listed(&self, code: &AreaCode) -> Vec<(&'c Page, &'c Unit)> {
        let places = self.listed(&self.with_units, code);
        places.into_iter().map(|place| self.units[place]).collect()
    }

    /// The facilities that the page of an area lists.
    #[must_use]
    pub fn facilities_listed(&self, code: &AreaCode) -> Vec<(&'c Page, &'c Facility)> {
        let places = self.listed(&self.with_facilities, code);
        places.into_iter().map(|place| self.facilities[place]).collect()
    }

    fn listed(&self, by_area: &ByArea<'c>, code: &AreaCode) -> Vec<usize> {
        if self.lists_all(code) { by_area.within(code) } else { by_area.at(code).collect() }
    }

    /// How many offices, units and facilities are known in an area.
    #[must_use]
    pub fn count(&self, code: &AreaCode) -> [usize; 3] {
        let offices = self.offices_serving(code).len() + self.offices_within(code).len();
        [offices, self.with_units.entries(code).len(), self.with_facilities.entries(code).len()]
    }
}

/// Whether an office serves all of an area.
pub(super) fn serves(office: &Office, code: &AreaCode) -> bool {
    office.serves.iter().any(|served| code.is_within(&served.value))
}
