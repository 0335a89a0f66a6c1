//! Two dates and a day → how a contact stands: until when its checks hold, and what follows after.

use super::Model;
use crate::content::At;
use crate::content::hours::Hours;
use crate::content::proof::{Lifetime, Proof};
use crate::diag::Spot;
use crate::value::AsOf;
use jiff::Span;
use jiff::civil::Date;

/// From which share of its time on a contact should be checked again, in percent.
pub const NEAR_PERCENT: i32 = 80;
/// From which share of its time on nothing is published with it, in percent.
pub const SPENT_PERCENT: i32 = 200;

/// How far the time of a contact has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Nothing to do.
    Fresh,
    /// It should be checked again soon.
    Near,
    /// Its time is over.
    Over,
    /// It has been over for so long that nobody can have looked.
    Spent,
}

impl Age {
    /// What it is called in a list that programs read.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Fresh => "segar",
            Self::Near => "hampir",
            Self::Over => "lewat",
            Self::Spent => "usang",
        }
    }
}

/// How something stands that was checked once.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The older of its checks.
    pub checked: AsOf,
    /// The place of what ends its time.
    pub spot: Spot,
    /// The last day on which it holds.
    pub last_day: Date,
    /// For how many days a check holds.
    pub limit_days: i32,
    /// How many days ago it was checked.
    pub days: i32,
    /// How far its time has run.
    pub age: Age,
}

impl Standing {
    fn new(checked: &At<AsOf>, lifetime: Lifetime, ends: Option<&At<Date>>, today: Date) -> Self {
        let first = checked.value.first_day();
        let limit_days = lifetime.days();
        let by_age = first.saturating_add(Span::new().days(limit_days));
        let earlier = ends.filter(|ends| ends.value < by_age);
        let last_day = earlier.map_or(by_age, |ends| ends.value);
        let spot = earlier.map_or(&checked.spot, |ends| &ends.spot).clone();
        let days = days_between(first, today);
        let own_days = days_between(first, last_day);
        let age = match () {
            () if days * 100 > limit_days * SPENT_PERCENT => Age::Spent,
            () if days > own_days => Age::Over,
            () if days * 100 >= own_days * NEAR_PERCENT => Age::Near,
            () => Age::Fresh,
        };
        Self { checked: checked.value, spot, last_day, limit_days, days, age }
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.age >= Age::Over
    }
}

fn days_between(first: Date, last: Date) -> i32 {
    (last - first).get_days()
}

impl Model<'_> {
    /// How a contact stands: by the older of its two checks.
    #[must_use]
    pub fn standing(&self, proof: &Proof) -> Standing {
        let first = &proof.record.checked;
        let second = self.confirmations.get(&proof.key).map(|entry| &entry.record.checked);
        let older = second.filter(|second| second.value.first_day() < first.value.first_day());
        Standing::new(older.unwrap_or(first), proof.lifetime, proof.ends.as_ref(), self.today)
    }

    /// How opening hours stand.
    #[must_use]
    pub fn standing_of_hours(&self, hours: &Hours) -> Standing {
        Standing::new(&hours.as_of, Lifetime::Place, None, self.today)
    }
}
