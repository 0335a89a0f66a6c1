//! A name as somebody writes it → the spelling by which names are compared: small letters and digits
//! without gaps, numbers as digits, short forms written out.

use crate::value::AreaLevel;

/// Short forms, and words for the same thing. An empty one is left out.
const SAME: [(&str, &str); 19] = [
    ("adm", ""),
    ("administrasi", ""),
    ("desa", "kelurahan"),
    ("distrik", "kecamatan"),
    ("ds", "kelurahan"),
    ("gn", "gunung"),
    ("kab", "kabupaten"),
    ("kec", "kecamatan"),
    ("kel", "kelurahan"),
    ("kep", "kepulauan"),
    ("kotamadya", "kota"),
    ("kp", "kampung"),
    ("mns", "meunasah"),
    ("perk", "perkebunan"),
    ("propinsi", "provinsi"),
    ("prov", "provinsi"),
    ("sei", "sungai"),
    ("tg", "tanjung"),
    ("tj", "tanjung"),
];
const DIGITS: [&str; 9] =
    ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
/// At the end of a name only: elsewhere, as in "D.I.", these are letters.
const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    "xvi", "xvii", "xviii", "xix", "xx",
];
/// Words before a name that tell its level and are no part of it.
const LEVELS: [(&str, AreaLevel); 3] = [
    ("provinsi", AreaLevel::Province),
    ("kecamatan", AreaLevel::District),
    ("kelurahan", AreaLevel::Village),
];
/// Words before the names of provinces and kab/kota that people leave out.
const LEFT_OUT: [&str; 6] = ["daerah", "ibukota", "istimewa", "kabupaten", "khusus", "kota"];

/// What a written name can mean: as it stands, and without the word for its level.
pub fn readings(written: &str) -> Vec<(String, Option<AreaLevel>)> {
    let words = words(written);
    let mut readings = vec![(words.concat(), None)];
    if let Some((first, rest)) = words.split_first() {
        let level = LEVELS.into_iter().find(|(word, _)| word == first);
        readings.extend(level.map(|(_, level)| (rest.concat(), Some(level))));
    }
    readings.retain(|(spelling, _)| !spelling.is_empty());
    readings
}

/// How one can spell the name of an area.
pub fn spellings(official: &str, everyday: &str, level: AreaLevel) -> Vec<String> {
    let words_of_official = words(official);
    let mut spellings = vec![words_of_official.concat()];
    if level <= AreaLevel::Regency {
        let is_left_out = |word: &&String| LEFT_OUT.contains(&word.as_str());
        let left_out = words_of_official.iter().take_while(is_left_out).count();
        spellings.push(words_of_official.get(left_out..).unwrap_or_default().concat());
        spellings.push(words(everyday).concat());
    }
    spellings.sort();
    spellings.dedup();
    spellings
}

fn words(written: &str) -> Vec<String> {
    let small = written.to_lowercase();
    let heard = small.replace(['\'', '’', '`', '"'], "");
    let words: Vec<&str> = heard.split(|c: char| !c.is_alphanumeric()).collect();
    let words = words.into_iter().map(|word| {
        SAME.iter().find(|(short, _)| *short == word).map_or(word, |(_, written_out)| written_out)
    });
    numbers_as_digits(&words.filter(|word| !word.is_empty()).collect::<Vec<&str>>())
}

fn numbers_as_digits(words: &[&str]) -> Vec<String> {
    let mut done = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        let ends_in_roman = after.is_empty() && !done.is_empty();
        let roman = ROMAN.iter().position(|roman| ends_in_roman && roman == first);
        let (number, count) = match roman {
            Some(place) => (Some(place + 1), 1),
            None => number(rest),
        };
        done.push(number.map_or_else(|| (*first).to_owned(), |number| number.to_string()));
        rest = rest.get(count..).unwrap_or_default();
    }
    done
}

/// The number with which words begin, and how many words tell it.
fn number(words: &[&str]) -> (Option<usize>, usize) {
    let digit = |place: usize| {
        let word = words.get(place)?;
        DIGITS.iter().position(|digit| digit == word).map(|found| found + 1)
    };
    match (words, digit(0)) {
        (["sepuluh", ..], _) => (Some(10), 1),
        (["sebelas", ..], _) => (Some(11), 1),
        ([_, "belas", ..], Some(ones)) => (Some(10 + ones), 2),
        ([_, "puluh", ..], Some(tens)) => match digit(2) {
            Some(ones) => (Some(10 * tens + ones), 3),
            None => (Some(10 * tens), 2),
        },
        (_, ones) => (ones, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        let same = |one: &str, other: &str| assert_eq!(words(one).concat(), words(other).concat());
        same("Dua-puluh-sembilan Ilir", "29 Ilir");
        same("Dua Puluh Sembilan  Ilir", "29-ILIR");
        same("Tiga-puluh Ilir", "30 ilir");
        same("Dua-belas Ulu", "12 Ulu");
        same("Sebelas Ulu", "11 Ulu");
        same("Seberang Ulu Satu", "Seberang Ulu I");
        same("Bau-Bau", "Baubau");
        same("Kota Administrasi Jakarta Utara", "kota jakarta utara");
        same("Tj. Priok", "Tanjung Priok");
        same("Ja\"an", "Ja’an");
        same("Regapu’u", "regapu'u");
        assert_eq!(words("D.I. Yogyakarta").concat(), "diyogyakarta");
        assert_eq!(words("II"), ["ii"]);
    }

    #[test]
    fn a_word_for_the_level_is_no_part_of_the_name() {
        let level = |written| readings(written).pop().unwrap();
        assert_eq!(level("Kel. Ulujami"), ("ulujami".to_owned(), Some(AreaLevel::Village)));
        assert_eq!(level("Desa Ulujami"), ("ulujami".to_owned(), Some(AreaLevel::Village)));
        assert_eq!(level("Kec Tebet"), ("tebet".to_owned(), Some(AreaLevel::District)));
        assert_eq!(level("Kota Kendari"), ("kotakendari".to_owned(), None));
        assert_eq!(readings(" - "), []);
    }
}
