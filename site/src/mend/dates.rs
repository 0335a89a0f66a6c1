//! A date written another way → `2021-03-22` or `2021-03`, where it can mean only one day or month.

use crate::diag::Messages;
use crate::value::AsOf;
use std::sync::LazyLock;

/// The date as the site writes it; none where it is written so already, or could mean another.
pub(super) fn mended(text: &str) -> Option<String> {
    let separators = [' ', '-', '/', '.', ','];
    let parts: Vec<&str> = text.split(separators).filter(|part| !part.is_empty()).collect();
    let date = match *parts.as_slice() {
        [year, month, day] if is_year(year) => joined(year, number(month)?, Some(number(day)?)),
        [day, month, year] if is_year(year) => {
            joined(year, month_after(day, month)?, Some(number(day)?))
        }
        [month, year] if is_year(year) => joined(year, named(month)?, None),
        _ => return None,
    };
    (date != text && AsOf::parse(&date).is_some()).then_some(date)
}

fn joined(year: &str, month: u8, day: Option<u8>) -> String {
    let day = day.map_or_else(String::new, |day| format!("-{day:02}"));
    format!("{year}-{month:02}{day}")
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Option<u8> {
    let fits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

/// The month behind a day. `03-02` could be either order, so a day must be one that is no month.
fn month_after(day: &str, month: &str) -> Option<u8> {
    let day = number(day)?;
    named(month).or_else(|| number(month).filter(|month| day > 12 && *month <= 12))
}

/// The names of the months in each language of the program.
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let in_language = |lang| Messages::in_language(lang).program("months", &[]).to_lowercase();
    Messages::LANGUAGES.map(in_language).into()
});

/// A month by its name in one of the languages of the program, or by its first letters.
fn named(text: &str) -> Option<u8> {
    let wanted = text.to_lowercase();
    let is_name = wanted.chars().count() >= 3 && wanted.chars().all(char::is_alphabetic);
    let position =
        |names: &String| names.split_whitespace().position(|name| name.starts_with(&wanted));
    let at = MONTHS.iter().filter(|_| is_name).find_map(position)?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_can_mean_one_day_is_written_as_the_site_writes_it() {
        for (text, expected) in [
            ("22 Maret 2021", "2021-03-22"),
            ("22 mar 2021", "2021-03-22"),
            ("March 2021", "2021-03"),
            ("5 Agustus 2021", "2021-08-05"),
            ("2021/3/22", "2021-03-22"),
            ("2021-3-2", "2021-03-02"),
            ("2021.03.22", "2021-03-22"),
            ("22-3-2021", "2021-03-22"),
            ("22/03/2021", "2021-03-22"),
        ] {
            assert_eq!(mended(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_that_can_mean_two_or_none_stays() {
        for text in [
            "2021-03-22",
            "2021-03",
            "2021",
            "3-2-2021",
            "03/2021",
            "30 Februari 2021",
            "22-13-2021",
            "22 Ma 2021",
            "22 Ramadan 2021",
            "Maret",
            "22-3-21",
            "kemarin",
            "",
            "+1-2-2021",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
