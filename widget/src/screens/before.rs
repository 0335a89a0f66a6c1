//! Before one comes to an office: when it is open, what it has said about itself, what to ask it.

use super::View;
use super::parts::{self, Part, all, draw, tag, text};
use crate::page;
use island::{Now, Office, Span, Topic, Word, clock};
use yew::Html;

/// Whether the office is open now, tonight and tomorrow; nothing where it has published no hours.
pub fn openings(view: &View, office: &Office) -> Html {
    let Some(hours) = &office.hours else { return Html::default() };
    if hours.is_always_open() {
        return parts::paragraph(view.text(Word::HoursAlways));
    }
    let words = &view.island.words;
    let openings = hours.at(page::now_seconds().div_euclid(60));
    let (now, time) = match openings.now {
        Now::Closed => (Word::HoursNowClosed, 0),
        Now::Until(time) => (Word::HoursNow, time),
        Now::UntilTomorrow(time) => (Word::HoursNowTomorrow, time),
        Now::Longer => (Word::HoursNowLonger, 0),
    };
    let span = |span: Option<Span>, open, closed| match span {
        Some(span) => words.filled(open, "pukul", &span.to_string()),
        None => words.text(closed).to_owned(),
    };
    let later = [
        span(openings.tonight, Word::HoursTonight, Word::HoursTonightClosed),
        span(openings.tomorrow, Word::HoursTomorrow, Word::HoursTomorrowClosed),
        hours.zone.name().to_owned(),
    ];
    all(vec![
        tag("p", "buka", tag("strong", "", text(&words.filled(now, "pukul", &clock(time))))),
        parts::paragraph(&later.join(". ")),
        parts::remark(&hours.note),
        parts::remark(view.text(Word::HoursHolidays)),
    ])
}

const QUESTIONS: Part = Part::List(&[
    Word::AskCost,
    Word::AskPapers,
    Word::AskRecorded,
    Word::AskCompany,
    Word::AskAfter,
]);

/// What to know before one comes. What the office has not answered is told as such, never guessed.
pub fn before(view: &View, office: &Office) -> Html {
    let title = view.island.words.filled(Word::BeforeTitle, "nama", &office.name);
    let rows = Topic::ALL.into_iter().map(|topic| row(view, office, topic));
    let body = vec![
        tag("summary", "", text(&title)),
        draw(view, &[Part::Line(Word::BeforeLead)]),
        tag("dl", "", all(rows.collect())),
        tag("h4", "", text(view.text(Word::AskTitle))),
        draw(view, &[QUESTIONS]),
    ];
    tag("details", "", all(body))
}

fn row(view: &View, office: &Office, topic: Topic) -> Html {
    let answer = office.answer(topic);
    let said = answer.map_or_else(|| view.text(Word::BeforeUnanswered), |answer| &answer.text);
    let note = parts::remark(answer.map_or("", |answer| &answer.note));
    all(vec![
        tag("dt", "", text(view.island.topic(topic))),
        tag("dd", "", all(vec![text(said), note])),
    ])
}
