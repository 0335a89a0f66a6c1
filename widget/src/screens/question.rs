//! One question: its place, its legend as the heading, its options as rows, and what is missing.

use super::parts::{self, Part, tag};
use super::{HEADING, SUMMARY, View};
use crate::state::{ADULT, Action, MINOR};
use island::{Word, Words};
use screening::{Question, SUBSTANCES, Step, Substance};
use yew::{Html, html};

/// The start of the ids of the options; the place of the option follows.
const OPTION: &str = "pilihan-";
const FIRST_OPTION_LINK: &str = "#pilihan-0";
const HINT: &str = "petunjuk";

/// One row to choose.
struct Choice<'a> {
    option: u8,
    label: &'a str,
    effect: Option<&'a str>,
}

/// The question about age.
pub fn age(view: &View) -> Html {
    let choice = |option, word| Choice { option, label: view.text(word), effect: None };
    let choices = [choice(ADULT, Word::AgeAdult), choice(MINOR, Word::AgeMinor)];
    screen(view, "", view.text(Word::AgeTitle), &[Word::AgeHint], &choices)
}

/// A question of the instrument.
pub fn question(view: &View, step: Step) -> Html {
    let scale = step.scale();
    let options = (0..scale.options()).filter_map(|option| {
        let label = view.text(Word::option(scale, option)?);
        Some(Choice { option, label, effect: None })
    });
    let effect = Some(view.text(Word::decline_effect(step)));
    let open = [Word::Unsure, Word::Decline].into_iter().zip(scale.options()..);
    let open = open.map(|(word, option)| Choice { option, label: view.text(word), effect });
    let choices: Vec<_> = options.chain(open).collect();
    screen(view, &place_of(view, step), &view.island.words.question(step), &hints(step), &choices)
}

/// Where the question stands: counted only for question 1, of which there are always ten.
fn place_of(view: &View, step: Step) -> String {
    let words = &view.island.words;
    match step {
        Step::Item(Question::Ever, substance) => counted(words, Word::Progress, substance),
        Step::Item(question, substance) => {
            let name = view.text(Word::name(substance));
            [name, " · ", view.text(Word::window(question.window()))].concat()
        }
        Step::Injecting | Step::InjectingDays => view.text(Word::AboutInjecting).to_owned(),
    }
}

/// A word with the number of the question about a substance among the ten that everyone is asked.
pub fn counted(words: &Words, word: Word, substance: Substance) -> String {
    let numbered = words.filled(word, "nomor", &(substance as usize + 1).to_string());
    island::fill(&numbered, "jumlah", &SUBSTANCES.len().to_string())
}

/// What helps to answer. "Without a prescription" would only confuse where there are none.
fn hints(step: Step) -> Vec<Word> {
    match step {
        Step::Item(Question::Ever, substance) if substance.is_legal_to_sell() => {
            vec![Word::examples(substance)]
        }
        Step::Item(Question::Ever, substance) => vec![Word::examples(substance), Word::hint(step)],
        Step::Item(_, substance) => vec![Word::hint(step), Word::examples(substance)],
        Step::Injecting | Step::InjectingDays => vec![Word::hint(step)],
    }
}

fn screen(view: &View, place: &str, legend: &str, hints: &[Word], choices: &[Choice]) -> Html {
    let hints = hints.iter().map(|word| parts::paragraph(view.text(*word))).collect();
    let rows = choices.iter().map(|choice| row(view, choice)).collect();
    parts::all(vec![
        parts::draw(view, &[Part::Back(Word::Back)]),
        summary(view),
        parts::place(place),
        html! {
            <fieldset aria-describedby={HINT}>
                { tag("legend", "", parts::heading(legend)) }
                <div id={HINT} class="petunjuk">{ parts::all(hints) }</div>
                { parts::all(rows) }
            </fieldset>
        },
        parts::draw(view, &[Part::Primary(Word::Next, Action::Next)]),
    ])
}

/// The summary of faults. Always in the page, so that a fault that comes does not shift the rest.
fn summary(view: &View) -> Html {
    if !view.state.is_missing {
        return html! { <div key="tanpa-galat" /> };
    }
    html! {
        <div key="galat" id={SUMMARY} class="galat" role="alert" tabindex="-1">
            { tag("p", "", tag("strong", "", parts::text(view.text(Word::FaultTitle)))) }
            { parts::link_line(view.text(Word::FaultNothingChosen), FIRST_OPTION_LINK) }
        </div>
    }
}

fn row(view: &View, choice: &Choice) -> Html {
    let option = choice.option;
    let mark = view.send.reform(move |_: yew::Event| Action::Choose(option));
    let effect = choice.effect.map(|effect| tag("span", "akibat", parts::text(effect)));
    let label = parts::all(vec![parts::text(choice.label), effect.unwrap_or_default()]);
    html! {
        <label key={option} class="pilihan">
            <input
                type="radio"
                id={[OPTION, &option.to_string()].concat()}
                name={HEADING}
                autocomplete="off"
                checked={view.state.chosen == Some(option)}
                onchange={mark}
            />
            { tag("span", "", label) }
        </label>
    }
}
