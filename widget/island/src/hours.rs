//! The opening hours of an office and a moment → what is open now, tonight and tomorrow.
//!
//! Pure: the moment is an argument. Indonesia has three zones and no summer time, so that the hour
//! at the office follows from the moment without a table. Holidays are not known here; whoever shows
//! the hours says so.

use std::fmt;

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// When "tonight" begins, in minutes after midnight.
const EVENING: u16 = 18 * 60;

/// One of the three zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// Waktu Indonesia Barat.
    #[default]
    Wib,
    /// Waktu Indonesia Tengah.
    Wita,
    /// Waktu Indonesia Timur.
    Wit,
}

impl Zone {
    /// The zones from west to east.
    pub const ALL: [Self; 3] = [Self::Wib, Self::Wita, Self::Wit];

    /// Minutes ahead of UTC: 7, 8 and 9 hours. Source: Keputusan Presiden Nomor 41 Tahun 1987.
    #[must_use]
    pub fn offset_minutes(self) -> i16 {
        match self {
            Self::Wib => 420,
            Self::Wita => 480,
            Self::Wit => 540,
        }
    }

    /// The name as it is shown and as it is written in the content.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
        }
    }

    /// The zone of a name; none where no zone has it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|zone| zone.name() == name)
    }
}

/// The time of one day in which an office is open. It begins on that day and lasts 24 hours at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: u16,
    to: u16,
}

impl Span {
    /// From `from` until before `to`, both in minutes after the midnight with which the day begins;
    /// a `to` beyond 1440 lies on the next day. None where the span is empty, begins on another day
    /// or is longer than 24 hours.
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        let fits = from < DAY && from < to && to - from <= DAY;
        fits.then_some(Self { from, to })
    }

    /// When it begins, in minutes after midnight: 0 to 1439.
    #[must_use]
    pub fn from(self) -> u16 {
        self.from
    }

    /// When it ends, in minutes after the midnight of the day on which it began: 1 to 2879.
    #[must_use]
    pub fn to(self) -> u16 {
        self.to
    }

    /// Whether it ends after the midnight of its own day.
    #[must_use]
    pub fn ends_next_day(self) -> bool {
        self.to > DAY
    }

    /// Whether it lasts 24 hours.
    #[must_use]
    pub fn is_whole_day(self) -> bool {
        self.to - self.from == DAY
    }
}

/// "08.00–16.00". An end at midnight is 24.00, one on the next day its hour there.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clock(self.from))?;
        f.write_str("–")?;
        f.write_str(&clock(self.to))
    }
}

/// A time of day in the Indonesian manner, such as "08.00"; midnight at the end of a day is "24.00".
#[must_use]
pub fn clock(minutes: u16) -> String {
    let of_day = if minutes > DAY { minutes % DAY } else { minutes };
    let mut text = String::with_capacity(5);
    for (number, end) in [(of_day / 60, "."), (of_day % 60, "")] {
        if number < 10 {
            text.push('0');
        }
        text.push_str(&number.to_string());
        text.push_str(end);
    }
    text
}

/// The opening hours an office has published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// In which zone its clock goes.
    pub zone: Zone,
    /// Monday to Sunday; none where the office is closed.
    pub days: [Option<Span>; 7],
    /// "Menurut …, 21 Oktober 2026."
    pub note: String,
}

/// What an office's hours mean at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Openings {
    /// Now.
    pub now: Now,
    /// What is still to come, or runs, between 18.00 and midnight of today at the office; it may end
    /// on the next day.
    pub tonight: Option<Span>,
    /// The span that begins tomorrow at the office.
    pub tomorrow: Option<Span>,
}

/// Whether an office is open, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// It is closed.
    Closed,
    /// It is open until a time of today, in minutes after midnight, at most 1440.
    Until(u16),
    /// It is open until a time of tomorrow, in minutes after the midnight between.
    UntilTomorrow(u16),
    /// It is open and does not close before the day after tomorrow.
    Longer,
}

impl Hours {
    /// Whether the office is open day and night.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        self.days.iter().all(|day| day.is_some_and(Span::is_whole_day))
    }

    /// What the hours mean at a moment, given in minutes since 1970-01-01 00:00 UTC.
    #[must_use]
    pub fn at(&self, utc_minutes: i64) -> Openings {
        let local = utc_minutes + i64::from(self.zone.offset_minutes());
        let day_minutes = i64::from(DAY);
        let today = local.div_euclid(day_minutes);
        let minute = u16::try_from(local.rem_euclid(day_minutes)).unwrap_or_default();
        Openings {
            now: self.now(today, minute),
            tonight: self.tonight(today, minute),
            tomorrow: self.on(today + 1),
        }
    }

    /// The span of a day, counted from 1970-01-01, which was a Thursday.
    fn on(&self, day: i64) -> Option<Span> {
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
        self.days.get(weekday).copied().flatten()
    }

    fn now(&self, today: i64, minute: u16) -> Now {
        let Some(mut closes) = self.closing(today, minute) else { return Now::Closed };
        // Where the office opens again at the minute at which it closes, it does not close.
        while closes <= 2 * DAY {
            match self.closing(today, closes) {
                Some(later) => closes = later,
                None => break,
            }
        }
        match closes {
            0..=DAY => Now::Until(closes),
            _ if closes <= 2 * DAY => Now::UntilTomorrow(closes - DAY),
            _ => Now::Longer,
        }
    }

    /// When the office closes that is open at a minute; none where it is closed. Both are minutes
    /// after the midnight with which `today` began.
    fn closing(&self, today: i64, minute: u16) -> Option<u16> {
        let (days, minute) = (minute / DAY, minute % DAY);
        let day = today + i64::from(days);
        let own = self.on(day).filter(|span| span.from <= minute && minute < span.to);
        let before = self.on(day - 1).map(|span| span.to.saturating_sub(DAY));
        let closes = own.map(|span| span.to).max(before.filter(|to| minute < *to));
        closes.map(|closes| closes + days * DAY)
    }

    fn tonight(&self, today: i64, minute: u16) -> Option<Span> {
        let before = self.on(today - 1).and_then(|span| Span::new(0, span.to.saturating_sub(DAY)));
        let spans = [before, self.on(today)].into_iter().flatten();
        let left = spans.filter(|span| span.to > minute.max(EVENING));
        left.filter_map(|span| Span::new(span.from.max(EVENING), span.to)).next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u16 = 60;
    /// Monday 16 November 2026, 00:00 UTC, in minutes: day 20,773.
    const MONDAY: i64 = 20_773 * 1440;

    fn span(from: u16, to: u16) -> Option<Span> {
        Span::new(from * HOUR, to * HOUR)
    }

    fn hours(zone: Zone, days: [Option<Span>; 7]) -> Hours {
        Hours { zone, days, note: String::new() }
    }

    /// Monday to Thursday 8 to 16, Friday 8 to 20, weekend closed.
    fn week(zone: Zone) -> Hours {
        let (day, friday) = (span(8, 16), span(8, 20));
        hours(zone, [day, day, day, day, friday, None, None])
    }

    /// The moment at which it is so many hours after Monday's midnight in a zone.
    fn local(zone: Zone, day: i64, hour: i64, minute: i64) -> i64 {
        MONDAY + day * 1440 + hour * 60 + minute - i64::from(zone.offset_minutes())
    }

    #[test]
    fn spans_begin_on_their_day_and_last_a_day_at_most() {
        assert!(Span::new(0, 1440).unwrap().is_whole_day());
        assert!(Span::new(1439, 2879).unwrap().is_whole_day());
        let night = Span::new(1200, 1680).unwrap();
        assert!(!night.is_whole_day() && night.ends_next_day());
        assert!(!Span::new(0, 1440).unwrap().ends_next_day());
        for (from, to) in [(480, 480), (480, 479), (1440, 1500), (0, 1441), (1200, 2641)] {
            assert_eq!(Span::new(from, to), None, "{from}–{to}");
        }
    }

    #[test]
    fn times_are_written_with_a_dot() {
        let written = |from, to| Span::new(from, to).unwrap().to_string();
        assert_eq!(written(480, 965), "08.00–16.05");
        assert_eq!(written(0, 1440), "00.00–24.00");
        assert_eq!(written(1200, 1690), "20.00–04.10");
    }

    #[test]
    fn zones_are_told_by_their_names_and_an_hour_apart() {
        for zone in Zone::ALL {
            assert_eq!(Zone::from_name(zone.name()), Some(zone));
        }
        assert_eq!(Zone::from_name("wib"), None);
        assert_eq!(Zone::ALL.map(Zone::offset_minutes), [7 * 60, 8 * 60, 9 * 60]);
    }

    #[test]
    fn a_moment_is_another_hour_in_each_zone() {
        // 00:30 UTC: 7.30 in the west, 8.30 in the middle, 9.30 in the east.
        let now = |zone| week(zone).at(MONDAY + 30).now;
        assert_eq!(now(Zone::Wib), Now::Closed);
        assert_eq!(now(Zone::Wita), Now::Until(16 * HOUR));
        assert_eq!(now(Zone::Wit), Now::Until(16 * HOUR));
        // 07:30 UTC: 14.30, 15.30, 16.30.
        let now = |zone| week(zone).at(MONDAY + 7 * 60 + 30).now;
        assert_eq!(now(Zone::Wib), Now::Until(16 * HOUR));
        assert_eq!(now(Zone::Wita), Now::Until(16 * HOUR));
        assert_eq!(now(Zone::Wit), Now::Closed);
    }

    #[test]
    fn the_day_is_the_one_at_the_office() {
        // Sunday 16:30 UTC is Sunday 23.30 in the west and Monday 1.30 in the east.
        let sunday = MONDAY + 6 * 1440 + 16 * 60 + 30;
        assert_eq!(week(Zone::Wib).at(sunday).tomorrow, span(8, 16));
        let mut east = week(Zone::Wit);
        east.days[1] = span(9, 12);
        assert_eq!(east.at(sunday).tomorrow, span(9, 12), "its tomorrow is Tuesday");
    }

    #[test]
    fn opening_and_closing_are_to_the_minute() {
        for zone in Zone::ALL {
            let now = |hour, minute| week(zone).at(local(zone, 0, hour, minute)).now;
            assert_eq!(now(7, 59), Now::Closed);
            assert_eq!(now(8, 0), Now::Until(16 * HOUR));
            assert_eq!(now(15, 59), Now::Until(16 * HOUR));
            assert_eq!(now(16, 0), Now::Closed);
        }
    }

    #[test]
    fn every_weekday_has_its_own_span() {
        let mut own = week(Zone::Wib);
        for (index, day) in (0_u16..).zip(&mut own.days) {
            *day = Span::new(index * HOUR, 12 * HOUR + index);
        }
        for day in 0..7_u16 {
            let at = own.at(local(Zone::Wib, day.into(), 10, 0));
            assert_eq!(at.now, Now::Until(12 * HOUR + day));
            assert_eq!(at.tomorrow, own.days[usize::from((day + 1) % 7)]);
        }
    }

    #[test]
    fn the_week_wraps_from_sunday_to_monday() {
        let at = week(Zone::Wita).at(local(Zone::Wita, 6, 23, 59));
        assert_eq!(at, Openings { now: Now::Closed, tonight: None, tomorrow: span(8, 16) });
        let at = week(Zone::Wita).at(local(Zone::Wita, 4, 12, 0));
        assert_eq!((at.now, at.tomorrow), (Now::Until(20 * HOUR), None));
    }

    #[test]
    fn days_before_1970_have_their_weekday_too() {
        // Wednesday 31 December 1969 and the Sunday before.
        assert_eq!(week(Zone::Wib).at(-16 * 60).now, Now::Until(16 * HOUR));
        assert_eq!(week(Zone::Wib).at(-16 * 60 - 3 * 1440).now, Now::Closed);
    }

    #[test]
    fn tonight_is_what_is_left_of_the_evening() {
        let tonight = |day, hour| week(Zone::Wib).at(local(Zone::Wib, day, hour, 0)).tonight;
        assert_eq!(tonight(0, 9), None, "it closes at 16");
        assert_eq!(tonight(4, 9), span(18, 20));
        assert_eq!(tonight(4, 19), span(18, 20));
        assert_eq!(tonight(4, 20), None, "it is over");
    }

    #[test]
    fn a_span_may_reach_into_the_next_day() {
        let night = hours(Zone::Wib, [None, None, None, None, None, None, span(20, 28)]);
        let at = |day, hour| night.at(local(Zone::Wib, day, hour, 0));
        assert_eq!(at(6, 12).tonight, span(20, 28));
        assert_eq!(at(6, 21).now, Now::UntilTomorrow(4 * HOUR));
        assert_eq!(at(7, 3).now, Now::Until(4 * HOUR), "the week wraps");
        assert_eq!(at(7, 4).now, Now::Closed);
        assert_eq!(at(7, 3).tonight, None);
        assert_eq!(at(5, 12).tomorrow, span(20, 28));
    }

    #[test]
    fn a_long_span_of_yesterday_lasts_into_this_evening() {
        let long = hours(Zone::Wib, [span(20, 44), None, None, None, None, None, None]);
        let at = long.at(local(Zone::Wib, 1, 12, 0));
        assert_eq!((at.now, at.tonight), (Now::Until(20 * HOUR), span(18, 20)));
    }

    #[test]
    fn an_office_that_never_closes_is_not_said_to_close_at_midnight() {
        let always = hours(Zone::Wit, [span(0, 24); 7]);
        assert!(always.is_always_open() && !week(Zone::Wit).is_always_open());
        let at = always.at(local(Zone::Wit, 6, 23, 59));
        assert_eq!((at.now, at.tonight), (Now::Longer, span(18, 24)));
        let weekdays = hours(Zone::Wit, [span(0, 24), span(0, 9), None, None, None, None, None]);
        let now = |day, hour| weekdays.at(local(Zone::Wit, day, hour, 0)).now;
        assert_eq!(now(0, 9), Now::UntilTomorrow(9 * HOUR));
        assert_eq!(now(1, 8), Now::Until(9 * HOUR));
        let mut until_midnight = weekdays;
        until_midnight.days[1] = None;
        assert_eq!(until_midnight.at(local(Zone::Wit, 0, 9, 0)).now, Now::Until(24 * HOUR));
    }

    #[test]
    fn an_office_without_a_single_span_is_closed_at_every_hour() {
        let closed = hours(Zone::Wib, [None; 7]);
        for hour in 0..24 * 8 {
            let at = closed.at(MONDAY + hour * 60);
            assert_eq!(at, Openings { now: Now::Closed, tonight: None, tomorrow: None });
        }
    }
}
