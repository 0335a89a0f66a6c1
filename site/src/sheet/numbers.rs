//! A number of an Excel cell → what the cell shows: a date where its format is one, else the number.

use super::Kind;
use jiff::ToSpan;
use jiff::civil::date;

/// How numbers become dates.
#[derive(Default)]
pub struct Formats {
    /// Whether days count from 1904, as on older Macs.
    pub counts_from_1904: bool,
    /// For each style of cells whether it shows dates.
    pub shows_dates: Vec<bool>,
}

impl Formats {
    /// What a cell with this number and style shows.
    pub fn shown(&self, number: f64, style: usize) -> (Kind, String) {
        let is_date = self.shows_dates.get(style).is_some_and(|shows| *shows);
        let day = is_date.then(|| day(number, self.counts_from_1904)).flatten();
        day.map_or_else(|| (Kind::Number, number.to_string()), |day| (Kind::Date, day))
    }
}

/// The day of a serial number. Before March 1900 Excel counts a day that never was.
fn day(serial: f64, counts_from_1904: bool) -> Option<String> {
    let days = if counts_from_1904 { serial + 1462.0 } else { serial };
    if !(61.0..2_958_466.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was just looked at")]
    let days = days.floor() as i64;
    date(1899, 12, 30).checked_add(days.days()).ok().map(|day| day.to_string())
}

/// Whether the built-in format of this number shows dates.
/// Source: ECMA-376 part 1, 18.8.30.
pub fn is_date_format(format: usize) -> bool {
    matches!(format, 14..=17 | 22 | 27..=36 | 50..=58)
}

/// Whether a format written out shows a day, month or year, outside of quotes and brackets.
pub fn is_date_pattern(pattern: &str) -> bool {
    let mut closing = None;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match (closing, character) {
            (Some(end), found) if end == found => closing = None,
            (None, '"') => closing = Some('"'),
            (None, '[') => closing = Some(']'),
            (None, '\\' | '_' | '*') => drop(characters.next()),
            (None, 'd' | 'D' | 'y' | 'Y') => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_become_days_where_the_format_shows_them() {
        let formats = Formats { counts_from_1904: false, shows_dates: vec![false, true] };
        assert_eq!(formats.shown(44277.0, 1), (Kind::Date, "2021-03-22".to_owned()));
        assert_eq!(formats.shown(44277.5, 1).1, "2021-03-22");
        assert_eq!(formats.shown(44277.0, 0), (Kind::Number, "44277".to_owned()));
        assert_eq!(formats.shown(8_120_000_000.0, 0).1, "8120000000");
        assert_eq!(formats.shown(f64::NAN, 1).0, Kind::Number);
        let old_mac = Formats { counts_from_1904: true, ..formats };
        assert_eq!(old_mac.shown(42815.0, 1).1, "2021-03-22");
    }

    #[test]
    fn patterns_of_dates_are_told_from_others() {
        for pattern in ["dd/mm/yyyy", "[$-421]dd mmmm yyyy;@", "YYYY"] {
            assert!(is_date_pattern(pattern), "{pattern}");
        }
        for pattern in ["General", "0.00", "\"hari\" 0", "[Red]0", "\\d0", "@"] {
            assert!(!is_date_pattern(pattern), "{pattern}");
        }
    }
}
