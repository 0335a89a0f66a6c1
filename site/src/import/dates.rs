//! A date as staff write it → as the site's files have it: `2021`, `2021-02`, `2021-02-19`.

use super::vocabulary::Vocabulary;
use crate::value::AsOf;

/// The date that a text tells; the day stands before the month, as everywhere in Indonesia.
pub fn date(text: &str, words: &Vocabulary) -> Option<String> {
    let parts: Vec<&str> =
        text.split([' ', '/', '-', '.']).filter(|part| !part.is_empty()).collect();
    let date = match parts.as_slice() {
        [year] => (*year).to_owned(),
        [year, month] if year.len() == 4 => format!("{year}-{month}"),
        [year, month, day] if year.len() == 4 => format!("{year}-{month}-{day}"),
        [month, year] => format!("{year}-{}", number(month, words)?),
        [day, month, year] => format!("{year}-{}-{}", number(month, words)?, two_digits(day)?),
        _ => return None,
    };
    AsOf::parse(&date).map(|_| date)
}

/// A month by its number or its name, in two digits.
fn number(month: &str, words: &Vocabulary) -> Option<String> {
    let named = words.month(month).map(|number| number.to_string());
    two_digits(named.as_deref().unwrap_or(month))
}

fn two_digits(number: &str) -> Option<String> {
    number.parse::<u8>().ok().map(|number| format!("{number:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_staff_write_them() {
        let words = Vocabulary::carried();
        for (written, wanted) in [
            ("2021", "2021"),
            ("2021-02", "2021-02"),
            ("2021-02-19", "2021-02-19"),
            ("19/2/2021", "2021-02-19"),
            ("19-02-2021", "2021-02-19"),
            ("19.02.2021", "2021-02-19"),
            ("19 Februari 2021", "2021-02-19"),
            ("1 Agt. 2021", "2021-08-01"),
            ("Pebruari 2021", "2021-02"),
            ("02/2021", "2021-02"),
        ] {
            assert_eq!(date(written, &words).as_deref(), Some(wanted), "{written}");
        }
        for wrong in ["", "30/02/2021", "2/19/2021", "19/2/21", "kemarin", "Februari", "1 2 3 4"] {
            assert_eq!(date(wrong, &words), None, "{wrong}");
        }
    }
}
