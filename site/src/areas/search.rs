//! A name as somebody writes it → the areas that can be meant.

use super::spelling::{readings, spellings};
use super::{Area, all, by_code};
use crate::value::{AreaCode, AreaLevel};
use std::sync::LazyLock;

/// An area that can be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The area; [`Area::above`] tells where it lies.
    pub area: &'static Area,
    /// How well it fits.
    pub fit: Match,
}

/// How well a name fits an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// It is a spelling of the area's name.
    Exact,
    /// One letter is wrong, or what is said of the areas above is.
    Near,
}

/// Every spelling with the place of its area in [`all`], sorted.
static INDEX: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let named = all().iter().enumerate().flat_map(|(place, area)| {
        let names = spellings(area.official, &area.everyday(), area.code.level());
        names.into_iter().map(move |name| (name, place))
    });
    let mut index: Vec<(String, usize)> = named.collect();
    index.sort();
    index
});

/// The shortest spelling for which one wrong letter is looked for: shorter ones are near to too many.
const NEAR_LETTERS: usize = 4;

/// The areas that a text can mean, in the order of the codes: an area's name in whatever spelling, or its
/// code. After commas may stand the names of areas above it: "Ancol, Pademangan, Jakarta Utara".
///
/// Near ones are told only where nothing fits.
#[must_use]
pub fn search(written: &str) -> Vec<Candidate> {
    let code = AreaCode::parse(written.trim());
    if let Some(area) = code.and_then(|code| by_code(&code)) {
        return vec![Candidate { area, fit: Match::Exact }];
    }
    let mut parts = written.split(',');
    let name = parts.next().unwrap_or_default();
    let above: Vec<&str> = parts.filter(|part| !readings(part).is_empty()).collect();
    let named = areas_by(name, same);
    let fitting: Vec<&Area> = named.iter().copied().filter(|area| lies_in(area, &above)).collect();
    if !fitting.is_empty() {
        return candidates(fitting, Match::Exact);
    }
    let whole = areas_by(written, same);
    if !whole.is_empty() {
        return candidates(whole, Match::Exact);
    }
    let near = areas_by(name, nearly);
    let near_and_fitting: Vec<&Area> =
        near.iter().copied().filter(|area| lies_in(area, &above)).collect();
    let best = [near_and_fitting, named, near].into_iter().find(|areas| !areas.is_empty());
    candidates(best.unwrap_or_default(), Match::Near)
}

fn candidates(areas: Vec<&'static Area>, fit: Match) -> Vec<Candidate> {
    areas.into_iter().map(|area| Candidate { area, fit }).collect()
}

/// The areas whose spelling `find` finds for any reading of a name, each once, in the order of the codes.
fn areas_by(name: &str, find: fn(&str) -> Vec<usize>) -> Vec<&'static Area> {
    let fits = |area: &&Area, level: Option<AreaLevel>| {
        level.is_none_or(|level| area.code.level() == level)
    };
    let found = readings(name).into_iter().flat_map(|(spelling, level)| {
        let areas = find(&spelling).into_iter().filter_map(|place| all().get(place));
        areas.filter(move |area| fits(area, level)).collect::<Vec<&Area>>()
    });
    let mut areas: Vec<&Area> = found.collect();
    areas.sort_by(|one, other| one.code.cmp(&other.code));
    areas.dedup();
    areas
}

fn same(spelling: &str) -> Vec<usize> {
    let from = INDEX.partition_point(|(known, _)| known.as_str() < spelling);
    let named = INDEX.iter().skip(from).take_while(|(known, _)| known == spelling);
    named.map(|(_, place)| *place).collect()
}

fn nearly(spelling: &str) -> Vec<usize> {
    if spelling.chars().count() < NEAR_LETTERS {
        return Vec::new();
    }
    let near = INDEX.iter().filter(|(known, _)| is_one_letter_off(known, spelling));
    near.map(|(_, place)| *place).collect()
}

/// One letter more, less or other, or two that changed places.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 1 && strsim::osa_distance(one, other) == 1
}

/// Whether an area lies in areas of these names.
fn lies_in(area: &Area, names: &[&str]) -> bool {
    names.iter().all(|name| {
        let wanted = readings(name);
        area.above().any(|above| {
            let known = spellings(above.official, &above.everyday(), above.code.level());
            wanted.iter().any(|(spelling, level)| {
                known.contains(spelling) && level.is_none_or(|level| above.code.level() == level)
            })
        })
    })
}
