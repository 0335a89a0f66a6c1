//! A text → a number one can dial in Indonesia, or the reason why it is none; and where in a text such
//! a number stands.

use super::AreaCode;
use std::fmt;
use std::sync::LazyLock;

/// A number one can dial, in the grammar of Indonesian numbers. ASCII digits only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    digits: String,
    kind: PhoneKind,
}

/// The kinds of numbers. Lengths after google/libphonenumber 9.0.43, region ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// One of [`SHORT`].
    Short,
    /// 1500 and three digits.
    Nationwide,
    /// 0800 and five to seven digits.
    TollFree,
    /// 08, but not 080 or 084: ten to thirteen digits. Not by operator: new prefixes come every year.
    Mobile,
    /// An area code and a number; nine to twelve digits.
    Landline,
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPhone {
    /// It has a character that is neither `0` to `9` nor a space or hyphen between them.
    Character(char),
    /// It has three digits and is not in [`SHORT`].
    UnknownShort,
    /// It begins like a landline, with an area code that does not exist.
    UnknownAreaCode,
    /// It is too short, too long, or begins as no number does.
    Form,
}

/// The short numbers, each with a public source. One that is not here may exist, but nobody has
/// shown that it does; 106 and others are dead.
pub const SHORT: [&str; 8] = [
    "110", // Police. google/libphonenumber 9.0.43; Polri, 12 January 2026
    "112", // Emergencies. google/libphonenumber 9.0.43; Komdigi, 25 March 2025
    "113", // Fire brigade. google/libphonenumber 9.0.43; Republika, 29 April 2016
    "115", // Search and rescue. Basarnas, 28 February 2013
    "118", // Ambulance. google/libphonenumber 9.0.43
    "119", // Medical emergency. google/libphonenumber 9.0.43; Kemenkes, 7 August 2025
    "129", // Violence against women and children. KemenPPPA, 21 September 2023
    "184", // BNN. Three news sites, 19 February 2026
];

impl Phone {
    /// A number of one of the kinds. Spaces and hyphens between the digits are dropped.
    ///
    /// # Errors
    /// The reason why the text is no number.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        match digits.chars().find(|c| !c.is_ascii_digit()) {
            Some(other) => Err(NotAPhone::Character(other)),
            None => kind_of(&digits).map(|kind| Self { digits, kind }),
        }
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The digits as they are read and dialled inside the country.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The area code of a landline.
    #[must_use]
    pub fn landline(&self) -> Option<LandlineCode> {
        LandlineCode::of(&self.digits).filter(|_| self.kind == PhoneKind::Landline)
    }

    /// The digits in groups for the eye: a landline's area code by itself, then fours.
    #[must_use]
    pub fn shown(&self) -> String {
        if matches!(self.kind, PhoneKind::Short | PhoneKind::Nationwide) {
            return self.digits.clone();
        }
        let (first, rest) = self.digits.split_at(self.landline().map_or(4, |own| own.code.len()));
        let fours = rest.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok());
        std::iter::once(first).chain(fours).collect::<Vec<&str>>().join(" ")
    }

    /// The `tel:` address.
    #[must_use]
    pub fn href(&self) -> String {
        match self.kind {
            PhoneKind::Short | PhoneKind::Nationwide => format!("tel:{}", self.digits),
            _ => format!("tel:+62{}", &self.digits[1..]),
        }
    }

    /// The WhatsApp address; only a mobile number has one.
    #[must_use]
    pub fn whatsapp_href(&self) -> Option<String> {
        (self.kind == PhoneKind::Mobile).then(|| format!("https://wa.me/62{}", &self.digits[1..]))
    }
}

/// The kind of a text of digits.
fn kind_of(digits: &str) -> Result<PhoneKind, NotAPhone> {
    match (digits.len(), digits) {
        (3, short) if SHORT.contains(&short) => Ok(PhoneKind::Short),
        (3, _) => Err(NotAPhone::UnknownShort),
        (7, text) if text.starts_with("1500") => Ok(PhoneKind::Nationwide),
        (9..=11, text) if text.starts_with("0800") => Ok(PhoneKind::TollFree),
        (10..=13, text) if is_mobile(text) => Ok(PhoneKind::Mobile),
        (9..=12, text) if could_be_landline(text) => match LandlineCode::of(text) {
            Some(_) => Ok(PhoneKind::Landline),
            None => Err(NotAPhone::UnknownAreaCode),
        },
        _ => Err(NotAPhone::Form),
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.strip_prefix("08").is_some_and(|rest| !rest.starts_with(['0', '4']))
}

/// 0 and the first digit of an area code.
fn could_be_landline(digits: &str) -> bool {
    let first = digits.strip_prefix('0').and_then(|rest| rest.chars().next());
    first.is_some_and(|first| !matches!(first, '0' | '1' | '8'))
}

/// An area code of landlines, and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LandlineCode {
    /// The code with its zero, such as `0401`.
    pub code: &'static str,
    /// The provinces in which its towns lie, with spaces between; empty where the source names no town.
    provinces: &'static str,
    /// Its towns; empty where the source names none.
    pub towns: &'static str,
}

/// Code, provinces, towns; made from google/libphonenumber by the script beside it.
const LANDLINE_CODES: &str = include_str!("../../data/kode-area.tsv");

impl LandlineCode {
    /// Every area code, sorted.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::all_sorted().iter().copied()
    }

    fn all_sorted() -> &'static [Self] {
        static ALL: LazyLock<Vec<LandlineCode>> = LazyLock::new(LandlineCode::parse_all);
        &ALL
    }

    fn parse_all() -> Vec<Self> {
        let parsed =
            LANDLINE_CODES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
                let mut fields = line.split('\t');
                Some(Self {
                    code: fields.next()?,
                    provinces: fields.next()?,
                    towns: fields.next()?,
                })
            });
        parsed.collect()
    }

    /// The area code with which a number begins.
    fn of(digits: &str) -> Option<Self> {
        // Sorted, and none the beginning of another: the last one not behind the number is it.
        let before = Self::all_sorted().partition_point(|area| area.code <= digits);
        let area = Self::all_sorted().get(before.checked_sub(1)?)?;
        digits.starts_with(area.code).then_some(*area)
    }

    /// Whether one of its towns lies in the province of an area.
    #[must_use]
    pub fn has_town_in_province_of(&self, area: &AreaCode) -> bool {
        self.provinces.split(' ').any(|province| area.as_str().get(..2) == Some(province))
    }

    /// Whether the source names a town, so that it is known where the code belongs.
    #[must_use]
    pub fn is_placed(&self) -> bool {
        !self.provinces.is_empty()
    }
}

/// "0401 (Kendari)", or the code alone where the source names no town.
impl fmt::Display for LandlineCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        if self.is_placed() { write!(f, " ({})", self.towns) } else { Ok(()) }
    }
}

/// The fewest digits that are taken for a number.
const SHORTEST_DIALLED: usize = 7;

/// The first part of a text that somebody could dial: 0, 62 or 1500 and what follows, seven digits
/// or more, also with blanks, dots, hyphens or brackets between them. Or as many digits of another script.
#[must_use]
pub fn number_in(text: &str) -> Option<&str> {
    // Almost no text has so many digits.
    let digits = text.chars().filter(|c| c.is_numeric()).take(SHORTEST_DIALLED);
    if digits.count() < SHORTEST_DIALLED {
        return None;
    }
    let is_part = |c: char| {
        let is_between = matches!(c, ' ' | '-' | '\u{2010}'..='\u{2013}' | '.' | '(' | ')' | '+');
        c.is_numeric() || is_between
    };
    let runs = text.split(|c| !is_part(c)).map(|run| run.trim_matches(|c: char| !c.is_numeric()));
    let could_be_dialled = |run: &&str| {
        let digits: String = run.chars().filter(|c| c.is_numeric()).collect();
        let starts = ["0", "62", "1500"].iter().any(|start| digits.starts_with(start));
        let starts = starts || digits.chars().all(|digit| !digit.is_ascii());
        starts && digits.chars().count() >= SHORTEST_DIALLED
    };
    runs.into_iter().find(could_be_dialled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Result<PhoneKind, NotAPhone> {
        Phone::parse(text).map(|phone| phone.kind())
    }

    #[test]
    fn each_kind_shows_what_it_dials() {
        let number = |text: &str| {
            let phone = Phone::parse(text).unwrap();
            (phone.kind(), phone.shown(), phone.href())
        };
        let all = [
            ("119", PhoneKind::Short, "119", "tel:119"),
            ("1500-000", PhoneKind::Nationwide, "1500000", "tel:1500000"),
            ("0800 0000 000", PhoneKind::TollFree, "0800 0000 000", "tel:+628000000000"),
            ("0886-0000-0000", PhoneKind::Mobile, "0886 0000 0000", "tel:+6288600000000"),
            ("021-0000000", PhoneKind::Landline, "021 0000 000", "tel:+62210000000"),
            ("0401 000000", PhoneKind::Landline, "0401 0000 00", "tel:+62401000000"),
        ];
        for (text, kind, shown, href) in all {
            assert_eq!(number(text), (kind, shown.to_owned(), href.to_owned()));
        }
        let whatsapp = |text| Phone::parse(text).unwrap().whatsapp_href();
        assert_eq!(whatsapp("0886-0000-0000").unwrap(), "https://wa.me/6288600000000");
        for text in ["119", "1500000", "0800 000 000", "021 0000000"] {
            assert_eq!(whatsapp(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_have_limits() {
        for (prefix, kind, lengths) in [
            ("1500", PhoneKind::Nationwide, 7..=7),
            ("0800", PhoneKind::TollFree, 9..=11),
            ("0886", PhoneKind::Mobile, 10..=13),
            ("021", PhoneKind::Landline, 9..=12),
            ("0401", PhoneKind::Landline, 9..=12),
        ] {
            for length in 4..=15 {
                let text = format!("{prefix}{}", "0".repeat(length - prefix.len()));
                let wanted =
                    if lengths.contains(&length) { Ok(kind) } else { Err(NotAPhone::Form) };
                assert_eq!(self::kind(&text), wanted, "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_number_is_told_by_its_reason() {
        for bad in ["", "-", "11", "1190", "80000000", "00210000000", "0804000000", "0840000000"] {
            assert_eq!(kind(bad), Err(NotAPhone::Form), "{bad}");
        }
        for bad in ["000", "106", "111", "171", "911", "999"] {
            assert_eq!(kind(bad), Err(NotAPhone::UnknownShort), "{bad}");
        }
        for bad in ["0200 000000", "0499-000000", "0999000000", "0750 0000000"] {
            assert_eq!(kind(bad), Err(NotAPhone::UnknownAreaCode), "{bad}");
        }
        for (bad, character) in [
            ("１１９", '１'),
            ("١١٩", '١'),
            ("O21 0000000", 'O'),
            ("021 000000l", 'l'),
            ("+62 21 0000000", '+'),
            ("(021) 0000000", '('),
            ("021.0000000", '.'),
            ("021\u{a0}0000000", '\u{a0}'),
            ("119\u{200b}", '\u{200b}'),
        ] {
            assert_eq!(kind(bad), Err(NotAPhone::Character(character)), "{bad}");
        }
    }

    #[test]
    fn the_area_codes_are_complete_and_cover_every_province() {
        let codes: Vec<&str> = LandlineCode::all().map(|area| area.code).collect();
        assert_eq!(codes.len(), 314);
        assert!(codes.is_sorted());
        for code in &codes {
            assert_eq!(codes.iter().filter(|other| other.starts_with(code)).count(), 1, "{code}");
        }
        let areas = include_str!("../../../content/data/wilayah.toml");
        let areas = areas.lines().filter_map(|line| line.strip_prefix("kode = \"")?.get(..2));
        for province in areas.filter_map(AreaCode::parse) {
            let here = LandlineCode::all().filter(|area| area.has_town_in_province_of(&province));
            assert_ne!(here.count(), 0, "{province}");
        }
        for area in LandlineCode::all() {
            assert_eq!(area.is_placed(), !area.towns.is_empty(), "{area:?}");
            assert!(!area.is_placed() || area.provinces.split(' ').all(|code| code.len() == 2));
        }
    }

    #[test]
    fn numbers_are_found_in_whatever_form_they_are_written() {
        for text in [
            "HP 0000 0000 000",
            "(000) 0000000.",
            "+62 000-0000",
            "telp. 000.0000",
            "1500000",
            "0000\u{2011}0000",
            "٠٠٠٠٠٠٠",
        ] {
            assert!(number_in(text).is_some(), "{text}");
        }
        for text in [
            "119 lalu tekan 8",
            "184",
            "2021-03-22",
            "31.72.05.1003",
            "0–3",
            "978 92 4 159938 2",
            "0,68",
        ] {
            assert_eq!(number_in(text), None, "{text}");
        }
    }
}
