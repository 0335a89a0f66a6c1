//! How long nobody has touched the page → a warning, then the end of the visit.

use crate::page;
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use std::cell::Cell;
use std::rc::Rc;
use yew::Callback;

/// After how many minutes without a touch everything is forgotten. Told before the first question.
pub const LIMIT_MINUTES: i64 = 10;
/// How many minutes before that the person is warned and can ask for more time. WCAG 2.2.1 asks for
/// at least 20 seconds.
const WARNING_MINUTES: i64 = 2;
/// How often the time is looked at, in milliseconds.
const TICK: u32 = 10_000;
/// What counts as a touch of the page. Screen readers and switches may send nothing but the last two.
const TOUCHES: [&str; 6] = ["pointerdown", "keydown", "touchmove", "wheel", "click", "change"];

/// How long the page has been left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Not long.
    Short,
    /// Long enough for a warning.
    Long,
    /// Longer than the limit.
    Over,
}

/// The rest after so many seconds.
fn rest_after(seconds: i64) -> Rest {
    match seconds.div_euclid(60) {
        LIMIT_MINUTES.. => Rest::Over,
        minutes if minutes >= LIMIT_MINUTES - WARNING_MINUTES => Rest::Long,
        _ => Rest::Short,
    }
}

/// Tells the rest from time to time, and at once when the page comes back into sight.
pub struct Watch {
    _interval: Interval,
    _listeners: Vec<EventListener>,
}

impl Watch {
    /// Begins to watch.
    pub fn new(tell: &Callback<Rest>) -> Self {
        let touched = Rc::new(Cell::new(page::now_seconds()));
        let listeners = page::document().map(|document| {
            let kinds = TOUCHES.map(|touch| {
                let touched = Rc::clone(&touched);
                EventListener::new(&document, touch, move |_| touched.set(page::now_seconds()))
            });
            let look = look(&touched, tell);
            let shown = EventListener::new(&document, "visibilitychange", move |_| look());
            kinds.into_iter().chain([shown]).collect()
        });
        let interval = Interval::new(TICK, look(&touched, tell));
        Self { _interval: interval, _listeners: listeners.unwrap_or_default() }
    }
}

fn look(touched: &Rc<Cell<i64>>, tell: &Callback<Rest>) -> impl Fn() + 'static {
    let (touched, tell) = (Rc::clone(touched), tell.clone());
    move || tell.emit(rest_after(page::now_seconds() - touched.get()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_comes_two_minutes_before_the_end() {
        let table = [
            (0, Rest::Short),
            (479, Rest::Short),
            (480, Rest::Long),
            (599, Rest::Long),
            (600, Rest::Over),
            (36_000, Rest::Over),
            (-300, Rest::Short),
        ];
        for (seconds, rest) in table {
            assert_eq!(rest_after(seconds), rest, "{seconds}");
        }
    }
}
