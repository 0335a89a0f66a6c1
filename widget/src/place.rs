//! The place a person chooses, and whom it leads to.

use island::{Area, Island, Office, Unit};
use zeroize::Zeroize;

/// A chosen place: numbers of entries in the island, from wide to narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The province, as its place in `Island::areas`.
    pub province: Option<usize>,
    /// The kab/kota, as its place in `Island::areas`.
    pub regency: Option<usize>,
    /// The unit, as its place in `Island::units`.
    pub unit: Option<usize>,
}

impl Place {
    /// No place chosen.
    pub const fn nowhere() -> Self {
        Self { province: None, regency: None, unit: None }
    }

    /// The narrowest area that was chosen.
    pub fn area(self, island: &Island) -> Option<&Area> {
        island.areas.get(self.regency.or(self.province)?)
    }

    /// The chosen unit.
    pub fn unit(self, island: &Island) -> Option<&Unit> {
        island.units.get(self.unit?)
    }

    /// The offices to turn to, the nearest first: that of the unit, then those that serve the area.
    pub fn offices(self, island: &Island) -> Vec<&Office> {
        let own = self.unit(island).and_then(|unit| island.offices.get(unit.office));
        let code = self.area(island).map_or("", |area| area.code.as_str());
        let mut offices: Vec<_> = own.into_iter().collect();
        for office in island.offices_serving(code) {
            if !offices.iter().any(|shown| std::ptr::eq(*shown, office)) {
                offices.push(office);
            }
        }
        offices
    }
}

impl Zeroize for Place {
    fn zeroize(&mut self) {
        self.province.zeroize();
        self.regency.zeroize();
        self.unit.zeroize();
    }
}

/// The provinces, with their places in `Island::areas`.
pub fn provinces(island: &Island) -> impl Iterator<Item = (usize, &Area)> {
    island.areas.iter().enumerate().filter(|(_, area)| !area.code.contains('.'))
}

/// The kab/kota of a province, with their places in `Island::areas`.
pub fn regencies(island: &Island, province: usize) -> impl Iterator<Item = (usize, &Area)> {
    let code = island.areas.get(province).map(|area| area.code.as_str());
    island.areas.iter().enumerate().filter(move |(_, area)| {
        area.code.split_once('.').is_some_and(|(parent, _)| Some(parent) == code)
    })
}

/// The units listed under a kab/kota, with their places in `Island::units`.
pub fn units(island: &Island, regency: usize) -> impl Iterator<Item = (usize, &Unit)> {
    let code = island.areas.get(regency).map(|area| area.code.as_str());
    island.units.iter().enumerate().filter(move |(_, unit)| Some(unit.regency.as_str()) == code)
}
