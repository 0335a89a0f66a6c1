//! The list of Indonesia's areas in the binary → an area by its code, those in another, and those that
//! somebody means by a name ([`search`]).
//!
//! Source: idn-area-data 4.0.1, after Kepmendagri 300.2.2-2430/2025, under the Open Database License 1.0.
//! `site/data` holds the list as text, what makes it from the package, and the licence.

mod search;
mod spelling;

pub use search::{Candidate, Match, search};

use crate::value::{AreaCode, AreaLevel};
use flate2::read::DeflateDecoder;
use std::io::Read;
use std::sync::LazyLock;

/// A province, kab/kota, kecamatan, or desa/kelurahan.
#[derive(Debug, PartialEq, Eq)]
pub struct Area {
    /// The code.
    pub code: AreaCode,
    /// The official name, such as "Kota Administrasi Jakarta Utara".
    pub official: &'static str,
}

/// How official names begin, and what people say instead.
const EVERYDAY: [(&str, &str); 4] = [
    ("Daerah Istimewa ", "DI "),
    ("Daerah Khusus Ibukota ", "DKI "),
    ("Kabupaten Administrasi ", ""),
    ("Kota Administrasi ", ""),
];

impl Area {
    /// What people call it: "Jakarta Utara", "DKI Jakarta", "Kabupaten Kolaka".
    #[must_use]
    pub fn everyday(&self) -> String {
        let begins = |(long, short): &(&str, &str)| {
            self.official.strip_prefix(long).map(|rest| format!("{short}{rest}"))
        };
        EVERYDAY.iter().find_map(begins).unwrap_or_else(|| self.official.to_owned())
    }

    /// The areas it lies in, the smallest first: kecamatan, kab/kota, province.
    pub fn above(&self) -> impl Iterator<Item = &'static Self> {
        self.code.upwards().skip(1).filter_map(|code| by_code(&code))
    }

    /// Where it lies, in everyday names: "Pesanggrahan, Jakarta Selatan, DKI Jakarta".
    #[must_use]
    pub fn above_in_words(&self) -> String {
        self.above().map(Self::everyday).collect::<Vec<String>>().join(", ")
    }
}

/// Packed by the build script from `site/data/areas.txt`.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/areas.deflate"));

// Constant data: whoever asks first waits for its unpacking, and every answer is the same.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    // The build script packed what is unpacked here; a test counts what comes out.
    let _ = DeflateDecoder::new(PACKED).read_to_string(&mut text);
    text
});
static AREAS: LazyLock<Vec<Area>> = LazyLock::new(|| parse(&TEXT));

/// Lines such as `⇥⇥05 Pademangan`: a tab for each level above, the last part of the code, the name.
fn parse(text: &'static str) -> Vec<Area> {
    /// Where the code of a level begins to differ from the one above it, with its dot.
    const ENDS: [usize; 4] = [0, 2, 5, 8];
    let mut code = String::new();
    let areas = text.lines().filter_map(|line| {
        let own = line.trim_start_matches('\t');
        let (last, official) = own.split_once(' ')?;
        let level = line.len() - own.len();
        code.truncate(*ENDS.get(level)?);
        if level > 0 {
            code.push('.');
        }
        code.push_str(last);
        Some(Area { code: AreaCode::parse(&code)?, official })
    });
    areas.collect()
}

/// Every area, in the order of the codes: each stands before those in it.
#[must_use]
pub fn all() -> &'static [Area] {
    &AREAS
}

/// The area with a code.
#[must_use]
pub fn by_code(code: &AreaCode) -> Option<&'static Area> {
    let place = AREAS.binary_search_by(|area| area.code.cmp(code)).ok()?;
    AREAS.get(place)
}

/// An area and everything in it.
#[must_use]
pub fn within(code: &AreaCode) -> &'static [Area] {
    let from = AREAS.partition_point(|area| area.code < *code);
    let rest = AREAS.get(from..).unwrap_or_default();
    let inside = |area: &&Area| area.code.as_str().starts_with(code.as_str());
    rest.get(..rest.iter().take_while(inside).count()).unwrap_or_default()
}

/// The areas directly below one; the provinces without one.
pub fn below(code: Option<&AreaCode>) -> impl Iterator<Item = &'static Area> {
    let within = code.map_or(all(), within);
    within.iter().filter(move |area| area.code.parent().as_ref() == code)
}

/// Every province with its kab/kota, in the order of the codes.
pub fn provinces_and_regencies() -> impl Iterator<Item = &'static Area> {
    all().iter().filter(|area| area.code.level() <= AreaLevel::Regency)
}
