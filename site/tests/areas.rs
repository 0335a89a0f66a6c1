//! The list of areas in the binary: whole, in order, and found by the ways people write names.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use bersinar::areas::{Match, all, below, by_code, search, within};
use bersinar::value::{AreaCode, AreaLevel};
use serde_json::Value;

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

/// `exactly` or nearly the codes that a text can mean.
fn found(written: &str, fit: Match) -> Vec<&'static str> {
    let candidates = search(written).into_iter();
    candidates
        .inspect(|found| assert_eq!(found.fit, fit, "{written}"))
        .map(|c| c.area.code.as_str())
        .collect()
}

fn exactly(written: &str) -> Vec<&'static str> {
    found(written, Match::Exact)
}

#[test]
fn the_list_is_whole() {
    let count = |level| all().iter().filter(|area| area.code.level() == level).count();
    let levels = [AreaLevel::Province, AreaLevel::Regency, AreaLevel::District, AreaLevel::Village];
    assert_eq!(levels.map(count), [38, 514, 7_285, 83_762]);
}

#[test]
fn the_list_is_in_order_and_every_area_lies_in_one_of_it() {
    assert!(all().is_sorted_by(|one, next| one.code < next.code));
    for area in all() {
        assert_eq!(by_code(&area.code), Some(area));
        assert_eq!(area.above().count(), area.code.upwards().count() - 1, "{:?}", area.code);
        assert_eq!(area.official.trim(), area.official);
        assert!(!area.official.is_empty());
    }
    assert_eq!(by_code(&code("31.72.05.9999")), None);
    assert_eq!(below(None).count(), 38);
    assert_eq!(below(Some(&code("35"))).count(), 38);
    assert_eq!(within(&code("31.72.05")).len(), 4);
    assert_eq!(within(&code("99")).len(), 0);
}

#[test]
fn every_place_of_the_articles_is_in_the_list_and_is_found() {
    let seeds: Vec<Value> =
        serde_json::from_str(include_str!("../../tests/seed_places.json")).unwrap();
    for seed in &seeds {
        let area = by_code(&code(seed["code"].as_str().unwrap())).unwrap();
        assert_eq!(area.official, seed["official"].as_str().unwrap());
        let parents: Vec<&str> = area.above().map(|above| above.official).collect();
        let known = seed["parents"].as_array().unwrap().iter();
        assert_eq!(parents, known.map(|name| name.as_str().unwrap()).collect::<Vec<&str>>());
        let written = seed["seed"].as_str().unwrap().split(" (").next().unwrap();
        assert!(exactly(written).contains(&area.code.as_str()), "{written}");
    }
}

#[test]
fn names_are_found_as_people_write_them() {
    for written in [
        "29 Ilir",
        "Dua Puluh Sembilan Ilir",
        "Dua-puluh-sembilan Ilir",
        "kel. 29 ilir",
        "Kelurahan 29-Ilir",
    ] {
        assert_eq!(exactly(written), ["16.71.01.1004"], "{written}");
    }
    for written in ["Kota Bau Bau", "kota Bau-Bau", "KOTA BAUBAU"] {
        assert_eq!(exactly(written), ["74.72"], "{written}");
    }
    for written in [
        "Jakarta Utara",
        "Kota Jakarta Utara",
        "Kota Administrasi Jakarta Utara",
        "kota adm. jakarta utara",
    ] {
        assert_eq!(exactly(written), ["31.72"], "{written}");
    }
    for written in
        ["DKI Jakarta", "Jakarta", "Provinsi DKI Jakarta", "Daerah Khusus Ibukota Jakarta"]
    {
        assert_eq!(exactly(written), ["31"], "{written}");
    }
    assert_eq!(exactly("Bau-Bau"), exactly("Baubau"));
    assert_eq!(exactly("Baubau"), ["73.13.10.2018", "74.72"]);
    assert_eq!(exactly("D.I. Yogyakarta"), ["34"]);
    assert_eq!(exactly("Yogyakarta"), ["18.10.02.2012", "34", "34.71"]);
    assert_eq!(exactly("Kab. Kolaka"), ["74.01"]);
    assert_eq!(exactly("Seberang Ulu I"), exactly("Seberang Ulu Satu"));
    assert_eq!(exactly("31.72.05.1003"), ["31.72.05.1003"]);
    assert_eq!(exactly("Desa Ulujami, Pesanggrahan"), ["31.74.10.1005"]);
    assert_eq!(exactly("ulujami, kec. pesanggrahan, jakarta selatan"), ["31.74.10.1005"]);
    assert_eq!(exactly("Lubuk Pakam I,II").len(), 1);
    assert!(exactly("Sidomulyo").len() > 90);
}

#[test]
fn what_is_nearly_right_is_said_to_be_near() {
    for written in ["Warakass", "Wrakas", "Waraks", "Warkaas"] {
        assert!(found(written, Match::Near).contains(&"31.72.02.1007"), "{written}");
    }
    assert_eq!(found("Lubang Buaya, Cipayungg", Match::Near), exactly("Lubang Buaya"));
    assert_eq!(search("Tangga Buntung"), []);
    assert_eq!(search(" , "), []);
    assert_eq!(search("Anc"), []);
}

#[test]
fn a_name_is_told_with_where_it_lies() {
    let area = by_code(&code("31.74.10.1005")).unwrap();
    assert_eq!(area.above_in_words(), "Pesanggrahan, Jakarta Selatan, DKI Jakarta");
    assert_eq!(by_code(&code("31")).unwrap().above_in_words(), "");
}
