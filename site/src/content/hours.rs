//! `[jam]` of an office or facility → its opening hours, each day of the week told once.

use super::At;
use super::fields::{Fields, Form};
use super::front::{AS_OF, source};
use super::schema::{Meaning, Names};
use crate::diag::{Code, Fault, listed, nearest};
use crate::value::{AreaCode, AsOf};
use island::{Span, Zone};

/// The opening hours as an office has told them.
#[derive(Clone, Debug)]
pub struct Hours {
    /// `zona`
    pub zone: Zone,
    /// Monday to Sunday; none where the office is closed.
    pub days: [Option<Span>; 7],
    /// `per`
    pub as_of: At<AsOf>,
    /// `sumber`
    pub source: At<String>,
}

/// The days as they are written, alone or as a range such as `senin-kamis`.
pub const DAYS: [&str; 7] = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"];

/// What is written for a day on which the office is closed.
const CLOSED: &str = "tutup";
/// What is written for a day without closing time.
const WHOLE_DAY: &str = "24 jam";
/// What is written behind a closing time that lies on the next day.
const NEXT_DAY: &str = "besok";
/// The form of a day.
const FORM: Form = Form::like("\"08.00-16.00\", \"20.00-04.00 besok\", \"24 jam\", \"tutup\"")
    .meaning(Meaning::Hours);
const MINUTES_OF_DAY: u16 = 24 * 60;

/// Reads the table of hours. `areas` are those in which the office lies: its clock is theirs.
pub(super) fn hours(fields: &Fields, areas: &[At<AreaCode>]) -> Option<Hours> {
    let zones = Zone::ALL.map(|zone| (zone.name(), zone));
    let zone = fields.choice("zona", &zones);
    let as_of = fields.parsed("per", AS_OF, AsOf::parse);
    let source = source(fields);
    let days = week(fields);
    let zone = zone?;
    check_zone(fields, &zone, areas);
    Some(Hours { zone: zone.value, days: days?, as_of: as_of?, source: source? })
}

/// Every day of the week must be told, and told once: a day that is missing would be a guess.
fn week(fields: &Fields) -> Option<[Option<Span>; 7]> {
    let mut told: [Option<Day>; 7] = Default::default();
    let mut is_whole = true;
    for (key, text) in fields.other_texts(Names::Spans(&DAYS), FORM) {
        let Some(days) = days_of(&key.value) else {
            unknown_day(fields, &key);
            is_whole = false;
            continue;
        };
        let written = day(fields, &key.value, &text);
        is_whole &= written.is_some();
        for day in days {
            if told[day].is_some() {
                let fault = Fault::new(Code::DayTwice, key.spot.clone()).with("day", DAYS[day]);
                fields.push(fault);
                is_whole = false;
            }
            told[day] = Some(written.unwrap_or(Day::Closed));
        }
    }
    let missing = DAYS.iter().zip(&told).filter(|(_, told)| told.is_none());
    let missing: Vec<&str> = missing.map(|(day, _)| *day).collect();
    if is_whole && !missing.is_empty() {
        let missing = listed(missing);
        fields.fault(Code::DayMissing, fields.head(), |fault| fault.with("days", missing));
        is_whole = false;
    }
    is_whole.then(|| told.map(|day| day.and_then(Day::span)))
}

/// `jumat` → that day; `senin-kamis` → those days.
fn days_of(key: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let place = |name: &str| DAYS.iter().position(|day| *day == name);
    match key.split_once('-') {
        None => place(key).map(|day| day..=day),
        Some((first, last)) => {
            let range = place(first)?..=place(last)?;
            (!range.is_empty()).then_some(range)
        }
    }
}

fn unknown_day(fields: &Fields, key: &At<String>) {
    let near = listed(nearest(&key.value, DAYS.into_iter()));
    let own = ["zona", "per", "sumber", "senin-kamis"];
    let fault = Fault::new(Code::UnknownKey, key.spot.clone()).with("key", &key.value);
    fields.push(fault.with("near", near).with("known", listed(own.into_iter().chain(DAYS))));
}

/// What is told of a day.
#[derive(Clone, Copy)]
enum Day {
    Open(Span),
    Closed,
}

impl Day {
    fn span(self) -> Option<Span> {
        match self {
            Self::Open(span) => Some(span),
            Self::Closed => None,
        }
    }
}

/// The text of a day; none after a fault.
fn day(fields: &Fields, key: &str, text: &At<String>) -> Option<Day> {
    match text.value.trim() {
        CLOSED => return Some(Day::Closed),
        WHOLE_DAY => return Span::new(0, MINUTES_OF_DAY).map(Day::Open),
        _ => {}
    }
    let Some((from, to)) = times(&text.value) else {
        let fault = Fault::new(Code::BadValue, text.spot.clone()).with("key", key);
        fields.push(fault.with("value", &text.value).with("expected", FORM.example));
        return None;
    };
    let span = Span::new(from, to);
    if span.is_none() {
        let fault = Fault::new(Code::HoursReversed, text.spot.clone());
        fields.push(fault.with("value", &text.value));
    }
    span.map(Day::Open)
}

/// Opening and closing time in minutes after midnight.
fn times(text: &str) -> Option<(u16, u16)> {
    let text = text.trim();
    let (text, later) = match text.strip_suffix(NEXT_DAY) {
        Some(text) => (text, MINUTES_OF_DAY),
        None => (text, 0),
    };
    let (from, to) = text.split_once(['-', '–'])?;
    Some((time(from)?, time(to)? + later))
}

/// `08.00` or `8:00`, at most `24.00`.
fn time(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(['.', ':'])?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = is_number(hour) && hour.len() <= 2 && is_number(minute) && minute.len() == 2;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour * 60 + minute;
    (is_whole && minute < 60 && minutes <= MINUTES_OF_DAY).then_some(minutes)
}

fn check_zone(fields: &Fields, zone: &At<Zone>, areas: &[At<AreaCode>]) {
    let other = areas.iter().find_map(|area| {
        let right = area.value.zone().filter(|right| *right != zone.value)?;
        Some((&area.value, right))
    });
    if let Some((area, right)) = other {
        let fault = Fault::new(Code::WrongZone, zone.spot.clone()).with("zone", zone.value.name());
        fields.push(fault.with("code", area).with("right", right.name()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_ways_in_which_people_write_them() {
        for text in ["08.00-16.00", "8.00-16.00", "08:00 - 16:00", " 08.00 – 16.00 "] {
            assert_eq!(times(text), Some((480, 960)), "{text}");
        }
        assert_eq!(times("20.00-04.00 besok"), Some((1200, 1680)));
        assert_eq!(times("00.00-24.00"), Some((0, 1440)));
        assert_eq!(times("16.00-08.00"), Some((960, 480)), "refused as a span, not as a text");
        for text in
            ["", "08.00", "08-16", "8-16.00", "08.60-16.00", "24.01-25.00", "08.0-16.00", "a.b-c.d"]
        {
            assert_eq!(times(text), None, "{text}");
        }
        for text in ["+8.00-16.00", "008.00-16.00", "08.00-16.00 lusa", "08.00-12.00-16.00"] {
            assert_eq!(times(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_named_alone_or_from_first_to_last() {
        assert_eq!(days_of("jumat"), Some(4..=4));
        assert_eq!(days_of("senin-minggu"), Some(0..=6));
        for key in ["", "jum'at", "Senin", "jumat-senin", "senin-", "senin-kamis-jumat"] {
            assert_eq!(days_of(key), None, "{key}");
        }
    }
}
