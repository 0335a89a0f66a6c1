//! The result: emergencies first, then what was found, what to do next, whom to turn to.

use super::parts::{Page, Part, Sheet};
use super::{cards, check, contacts};
use crate::state::{Action, Screen, Way};
use island::Word;
use screening::{Injecting, Outcome, SubstanceResult};
use yew::html;

/// The result of the answers; nothing while an answer is missing.
pub fn result(sheet: &mut Sheet) {
    let Some(outcome) = sheet.view.state.outcome() else { return };
    let is_empty = outcome.results.is_empty();
    sheet.draw(&[Part::Back(Word::ToAnswers), Part::Heading(Word::ResultTitle)]);
    summary_head(sheet);
    cards::emergency(sheet);
    if is_empty {
        nothing(sheet, &outcome);
    } else {
        risks(sheet, &outcome);
    }
    contacts::contacts(sheet, (!is_empty).then_some(outcome.highest));
    sheet.draw(&[
        Part::Primary(Word::PlanMake, Action::Enter(Screen::Plan)),
        Part::Section(Word::ResultSeenTitle, &[Word::ResultSeen, Word::ResultSeenService]),
        Part::Link(Word::LinkPrivacy, Page::Privacy),
    ]);
    sheet.within("div", "akhir", closing);
}

/// What stands on paper only, when an Agen Pemulihan is there: lines to fill in, and no name.
fn summary_head(sheet: &mut Sheet) {
    if sheet.view.state.way == Way::Assisted {
        sheet.within("div", "cetak", |sheet| {
            sheet.draw(&[Part::Line(Word::SummaryTitle), Part::Line(Word::SummaryLines)]);
        });
    }
}

/// Nothing was ever used, or nothing was told: no band.
fn nothing(sheet: &mut Sheet, outcome: &Outcome) {
    let is_told = outcome.undisclosed.is_empty();
    let title = if is_told { Word::ResultNone } else { Word::ResultNothingCounted };
    sheet.draw(&[Part::Title(title)]);
    undisclosed(sheet, outcome);
    sheet.draw(&[Part::Line(Word::ResultNoneMeaning), Part::Suicide]);
}

const STOP: Part = Part::Warning(Word::StopTitle, &[Word::StopText, Word::StopCare]);
const INJECTING: Part = Part::Warning(
    Word::InjectingTitle,
    &[Word::InjectingRaises, Word::InjectingShare, Word::InjectingTest, Word::InjectingCare],
);
const CIRCUMSTANCES: &[Part] = &[
    Part::Suicide,
    Part::Section(Word::PregnancyTitle, &[Word::PregnancyText]),
    Part::Section(Word::DrivingTitle, &[Word::DrivingText]),
    Part::Section(Word::FamilyTitle, &[Word::FamilyText]),
    Part::Link(Word::LinkFamilies, Page::Families),
    Part::Section(
        Word::ResultMeaningTitle,
        &[
            Word::ResultNotBands,
            Word::ResultCounted,
            Word::ResultHistory,
            Word::ResultMethod,
            Word::ResultNotValidated,
        ],
    ),
    Part::Link(Word::LinkMethod, Page::Method),
];

fn risks(sheet: &mut Sheet, outcome: &Outcome) {
    let view = sheet.view;
    let band = view.text(Word::band(outcome.highest));
    sheet.title(&view.island.words.filled(Word::ResultHighest, "pita", band));
    sheet.draw(&[
        Part::Line(Word::band_meaning(outcome.highest)),
        Part::Line(Word::ResultNotDiagnosis),
        Part::Title(Word::FollowTitle),
        Part::Line(Word::follow_up(outcome.follow_up)),
    ]);
    sheet.link("", view.text(Word::FollowContacts), contacts::PLACE_LINK);
    if outcome.must_not_stop_suddenly() {
        sheet.draw(&[STOP]);
    }
    if outcome.injecting.is_recent() {
        sheet.draw(&[INJECTING]);
    }
    per_substance(sheet, outcome);
    sheet.draw(CIRCUMSTANCES);
}

fn per_substance(sheet: &mut Sheet, outcome: &Outcome) {
    sheet.draw(&[Part::Title(Word::ResultListTitle)]);
    sheet.within("ul", "zat", |sheet| {
        for result in &outcome.results {
            sheet.within("li", "", |sheet| one(sheet, *result));
        }
    });
    undisclosed(sheet, outcome);
    if outcome.injecting == Injecting::Undisclosed {
        sheet.draw(&[Part::Line(Word::ResultInjectingDeclined)]);
    }
}

fn one(sheet: &mut Sheet, result: SubstanceResult) {
    let view = sheet.view;
    let score = view.island.words.filled(Word::ResultScore, "skor", &result.score.to_string());
    let score = island::fill(&score, "tertinggi", &result.substance.highest_score().to_string());
    sheet.line("strong", "", view.text(Word::name(result.substance)));
    sheet.line("span", "pita", view.text(Word::band(result.band)));
    sheet.line("span", "skor", &score);
    if result.uncounted > 0 {
        sheet.draw(&[Part::Line(Word::ResultDeclined)]);
    }
}

fn undisclosed(sheet: &mut Sheet, outcome: &Outcome) {
    let view = sheet.view;
    let names: Vec<_> =
        outcome.undisclosed.iter().map(|substance| view.text(Word::name(*substance))).collect();
    if !names.is_empty() {
        let names = names.join(", ");
        sheet.paragraph(&view.island.words.filled(Word::ResultUndisclosed, "zat", &names));
    }
}

fn closing(sheet: &mut Sheet) {
    sheet.draw(&[Part::Line(Word::ResultLeaves)]);
    printed_answers(sheet);
    sheet.draw(&[Part::Print]);
    if sheet.view.state.way == Way::Assisted {
        sheet.draw(&[Part::Secondary(Word::HandBack, Action::Enter(Screen::HandBack))]);
    }
    sheet.draw(&[
        Part::Secondary(Word::Restart, Action::Restart),
        Part::Link(Word::LinkHome, Page::Home),
    ]);
}

/// The answers are printed only where this is ticked; on the screen they do not show.
fn printed_answers(sheet: &mut Sheet) {
    let view = sheet.view;
    let checked = view.state.prints_answers;
    let onclick = view.on(Action::Printing(!checked));
    let label = sheet.aside(|sheet| sheet.line("span", "", view.text(Word::PrintAnswers)));
    sheet.put(html! {
        <label class="pilihan">
            <input type="checkbox" autocomplete="off" {checked} {onclick} />
            { label }
        </label>
    });
    sheet.apart(|sheet| {
        if checked {
            sheet.within("div", "cetak", check::answers);
        }
    });
}
