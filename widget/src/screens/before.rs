//! Before one comes to an office: when it is open, what it has said about itself, what to ask it.

use super::parts::{Part, Sheet};
use crate::page;
use island::{Now, Office, Span, Topic, Word, clock};

const QUESTIONS: Part = Part::List(&[
    Word::AskCost,
    Word::AskPapers,
    Word::AskRecorded,
    Word::AskCompany,
    Word::AskAfter,
]);

/// Whether the office is open now, tonight and tomorrow; nothing where it has published no hours.
pub fn openings(sheet: &mut Sheet, office: &Office) {
    let Some(hours) = &office.hours else { return };
    let words = &sheet.view.island.words;
    if hours.is_always_open() {
        return sheet.draw(&[Part::Line(Word::HoursAlways)]);
    }
    let openings = hours.at(page::now_seconds().div_euclid(60));
    let (now, time) = match openings.now {
        Now::Closed => (Word::HoursNowClosed, 0),
        Now::Until(time) => (Word::HoursNow, time),
        Now::UntilTomorrow(time) => (Word::HoursNowTomorrow, time),
        Now::Longer => (Word::HoursNowLonger, 0),
    };
    sheet.line("p", "buka", &words.filled(now, "pukul", &clock(time)));
    let span = |span: Option<Span>, open, closed| match span {
        Some(span) => words.filled(open, "pukul", &span.to_string()),
        None => words.text(closed).to_owned(),
    };
    let later = [
        span(openings.tonight, Word::HoursTonight, Word::HoursTonightClosed),
        span(openings.tomorrow, Word::HoursTomorrow, Word::HoursTomorrowClosed),
        hours.zone.name().to_owned(),
    ];
    sheet.paragraph(&later.join(". "));
    sheet.remark(&hours.note);
    sheet.remark(words.text(Word::HoursHolidays));
}

/// What to know before one comes. What the office has not answered is told as such, never guessed.
pub fn before(sheet: &mut Sheet, office: &Office) {
    let view = sheet.view;
    sheet.within("details", "", |sheet| {
        let title = view.island.words.filled(Word::BeforeTitle, "nama", &office.name);
        sheet.line("summary", "", &title);
        sheet.draw(&[Part::Line(Word::BeforeLead)]);
        sheet.within("dl", "", |sheet| {
            for topic in Topic::ALL {
                row(sheet, office, topic);
            }
        });
        sheet.line("h4", "", view.text(Word::AskTitle));
        sheet.draw(&[QUESTIONS]);
    });
}

fn row(sheet: &mut Sheet, office: &Office, topic: Topic) {
    let view = sheet.view;
    let answer = office.answer(topic);
    sheet.line("dt", "", view.island.topic(topic));
    sheet.within("dd", "", |sheet| match answer {
        Some(answer) => {
            sheet.text(&answer.text);
            sheet.remark(&answer.note);
        }
        None => sheet.text(view.text(Word::BeforeUnanswered)),
    });
}
