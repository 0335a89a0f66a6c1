//! The result: emergencies first, then what was found, what to do next, whom to turn to.

use super::parts::{self, Page, Part, all, draw, tag, text, when};
use super::{View, cards, check, contacts};
use crate::state::{Action, Screen, Way};
use island::Word;
use screening::{Injecting, Outcome, SubstanceResult};
use yew::{Html, html};

/// The result of the answers; nothing while an answer is missing.
pub fn result(view: &View) -> Html {
    let Some(outcome) = view.state.outcome() else { return Html::default() };
    let is_empty = outcome.results.is_empty();
    let found = if is_empty { nothing(view, &outcome) } else { risks(view, &outcome) };
    let band = (!is_empty).then_some(outcome.highest);
    let head = [Part::Back(Word::ToAnswers), Part::Heading(Word::ResultTitle)];
    let after = [
        Part::Primary(Word::PlanMake, Action::Enter(Screen::Plan)),
        Part::Section(Word::ResultSeenTitle, &[Word::ResultSeen, Word::ResultSeenService]),
        Part::Link(Word::LinkPrivacy, Page::Privacy),
    ];
    all(vec![
        draw(view, &head),
        summary_head(view),
        cards::emergency(view),
        found,
        contacts::contacts(view, band),
        draw(view, &after),
        closing(view),
    ])
}

/// What stands on paper only, when an Agen Pemulihan is there: lines to fill in, and no name.
fn summary_head(view: &View) -> Html {
    when(view.state.way == Way::Assisted, || {
        let lines = [Part::Line(Word::SummaryTitle), Part::Line(Word::SummaryLines)];
        tag("div", "cetak", draw(view, &lines))
    })
}

/// Nothing was ever used, or nothing was told: no band.
fn nothing(view: &View, outcome: &Outcome) -> Html {
    let is_told = outcome.undisclosed.is_empty();
    let title = if is_told { Word::ResultNone } else { Word::ResultNothingCounted };
    all(vec![
        draw(view, &[Part::Title(title)]),
        undisclosed(view, outcome),
        draw(view, &[Part::Line(Word::ResultNoneMeaning), Part::Suicide]),
    ])
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

fn risks(view: &View, outcome: &Outcome) -> Html {
    let band = view.text(Word::band(outcome.highest));
    let meaning =
        [Part::Line(Word::band_meaning(outcome.highest)), Part::Line(Word::ResultNotDiagnosis)];
    let next = [Part::Title(Word::FollowTitle), Part::Line(Word::follow_up(outcome.follow_up))];
    all(vec![
        parts::title(&view.island.words.filled(Word::ResultHighest, "pita", band)),
        draw(view, &meaning),
        draw(view, &next),
        parts::link_line(view.text(Word::FollowContacts), contacts::PLACE_LINK),
        when(outcome.must_not_stop_suddenly(), || draw(view, &[STOP])),
        when(outcome.injecting.is_recent(), || draw(view, &[INJECTING])),
        per_substance(view, outcome),
        draw(view, CIRCUMSTANCES),
    ])
}

fn per_substance(view: &View, outcome: &Outcome) -> Html {
    let results = outcome.results.iter().map(|result| one(view, *result)).collect();
    all(vec![
        draw(view, &[Part::Title(Word::ResultListTitle)]),
        tag("ul", "zat", all(results)),
        undisclosed(view, outcome),
        when(outcome.injecting == Injecting::Undisclosed, || {
            draw(view, &[Part::Line(Word::ResultInjectingDeclined)])
        }),
    ])
}

fn one(view: &View, result: SubstanceResult) -> Html {
    let score = view.island.words.filled(Word::ResultScore, "skor", &result.score.to_string());
    let score = island::fill(&score, "tertinggi", &result.substance.highest_score().to_string());
    let cells = vec![
        tag("strong", "", text(view.text(Word::name(result.substance)))),
        tag("span", "pita", text(view.text(Word::band(result.band)))),
        tag("span", "skor", text(&score)),
        when(result.uncounted > 0, || draw(view, &[Part::Line(Word::ResultDeclined)])),
    ];
    tag("li", "", all(cells))
}

fn undisclosed(view: &View, outcome: &Outcome) -> Html {
    let names: Vec<_> =
        outcome.undisclosed.iter().map(|substance| view.text(Word::name(*substance))).collect();
    when(!names.is_empty(), || {
        let names = names.join(", ");
        parts::paragraph(&view.island.words.filled(Word::ResultUndisclosed, "zat", &names))
    })
}

fn closing(view: &View) -> Html {
    let end = [
        Part::Secondary(Word::Restart, Action::Restart),
        Part::Link(Word::LinkFinder, Page::Finder),
        Part::Link(Word::LinkHome, Page::Home),
    ];
    let body = vec![
        draw(view, &[Part::Line(Word::ResultLeaves)]),
        printed_answers(view),
        draw(view, &[Part::Print]),
        when(view.state.way == Way::Assisted, || {
            draw(view, &[Part::Secondary(Word::HandBack, Action::Enter(Screen::HandBack))])
        }),
        draw(view, &end),
    ];
    tag("div", "akhir", all(body))
}

/// The answers are printed only where this is ticked; on the screen they do not show.
fn printed_answers(view: &View) -> Html {
    let is_printed = view.state.prints_answers;
    let onclick = view.on(Action::Printing(!is_printed));
    all(vec![
        html! {
            <label class="pilihan">
                <input type="checkbox" autocomplete="off" checked={is_printed} {onclick} />
                { tag("span", "", text(view.text(Word::PrintAnswers))) }
            </label>
        },
        when(is_printed, || tag("div", "cetak", check::answers(view))),
    ])
}
