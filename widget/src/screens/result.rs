//! The result: emergencies first, then what was found, what to do next, whom to turn to.

use super::{View, cards, contacts, parts};
use crate::page;
use crate::state::Action;
use island::Word;
use screening::{Injecting, Outcome, SubstanceResult};
use yew::{Callback, Html, html};

/// The result of the answers; nothing while an answer is missing.
pub fn result(view: &View) -> Html {
    let Some(outcome) = view.state.outcome() else { return Html::default() };
    let is_empty = outcome.results.is_empty();
    let found = if is_empty { nothing(view, &outcome) } else { risks(view, &outcome) };
    let band = (!is_empty).then_some(outcome.highest);
    parts::all(vec![
        parts::back(view, Word::ToAnswers),
        parts::heading(view.text(Word::ResultTitle)),
        cards::emergency(view),
        found,
        contacts::contacts(view, band),
        parts::section(view, Word::ResultSeenTitle, &[Word::ResultSeen, Word::ResultSeenService]),
        parts::link_line(view.text(Word::LinkPrivacy), &view.island.links.privacy),
        closing(view),
    ])
}

/// Nothing was ever used, or nothing was told: no band.
fn nothing(view: &View, outcome: &Outcome) -> Html {
    let is_told = outcome.undisclosed.is_empty();
    let title = if is_told { Word::ResultNone } else { Word::ResultNothingCounted };
    parts::all(vec![
        parts::title(view.text(title)),
        undisclosed(view, outcome),
        view.line(Word::ResultNoneMeaning),
        cards::suicide(view),
    ])
}

fn risks(view: &View, outcome: &Outcome) -> Html {
    let band = view.text(Word::band(outcome.highest));
    let injecting =
        [Word::InjectingRaises, Word::InjectingShare, Word::InjectingTest, Word::InjectingCare];
    parts::all(vec![
        parts::title(&view.island.words.filled(Word::ResultHighest, "pita", band)),
        parts::lines(view, &[Word::band_meaning(outcome.highest), Word::ResultNotDiagnosis]),
        parts::section(view, Word::FollowTitle, &[Word::follow_up(outcome.follow_up)]),
        parts::link_line(view.text(Word::FollowContacts), contacts::PLACE_LINK),
        parts::when(outcome.must_not_stop_suddenly(), || {
            parts::warning(view, Word::StopTitle, &[Word::StopText, Word::StopCare])
        }),
        parts::when(outcome.injecting.is_recent(), || {
            parts::warning(view, Word::InjectingTitle, &injecting)
        }),
        per_substance(view, outcome),
        cards::suicide(view),
        parts::section(view, Word::PregnancyTitle, &[Word::PregnancyText]),
        parts::section(view, Word::DrivingTitle, &[Word::DrivingText]),
        cards::family(view),
        meaning(view),
    ])
}

fn per_substance(view: &View, outcome: &Outcome) -> Html {
    let results = outcome.results.iter().map(|result| one(view, *result)).collect();
    parts::all(vec![
        parts::title(view.text(Word::ResultListTitle)),
        html! { <ul class="zat">{ parts::all(results) }</ul> },
        undisclosed(view, outcome),
        parts::when(outcome.injecting == Injecting::Undisclosed, || {
            view.line(Word::ResultInjectingDeclined)
        }),
    ])
}

fn one(view: &View, result: SubstanceResult) -> Html {
    let score = view.island.words.filled(Word::ResultScore, "skor", &result.score.to_string());
    let score = island::fill(&score, "tertinggi", &result.substance.highest_score().to_string());
    html! {
        <li>
            <strong>{ view.text(Word::name(result.substance)) }</strong>
            <span class="pita">{ view.text(Word::band(result.band)) }</span>
            <span class="skor">{ score }</span>
            { parts::when(result.uncounted > 0, || view.line(Word::ResultDeclined)) }
        </li>
    }
}

fn undisclosed(view: &View, outcome: &Outcome) -> Html {
    let names: Vec<_> =
        outcome.undisclosed.iter().map(|substance| view.text(Word::name(*substance))).collect();
    parts::when(!names.is_empty(), || {
        let names = names.join(", ");
        parts::paragraph(&view.island.words.filled(Word::ResultUndisclosed, "zat", &names))
    })
}

fn meaning(view: &View) -> Html {
    let words = [
        Word::ResultNotBands,
        Word::ResultCounted,
        Word::ResultHistory,
        Word::ResultMethod,
        Word::ResultNotValidated,
    ];
    parts::all(vec![
        parts::section(view, Word::ResultMeaningTitle, &words),
        parts::link_line(view.text(Word::LinkMethod), &view.island.links.method),
    ])
}

fn closing(view: &View) -> Html {
    let links = &view.island.links;
    html! {
        <div class="akhir">
            { view.line(Word::ResultLeaves) }
            { parts::secondary_doing(view, Word::Print, Callback::from(|_| page::print())) }
            { parts::secondary(view, Word::Restart, Action::Restart) }
            { parts::link_line(view.text(Word::LinkFinder), &links.finder) }
            { parts::link_line(view.text(Word::LinkHome), &links.home) }
        </div>
    }
}
