//! One question: its place, its legend as the heading, its options as rows, and what is missing.

use super::parts::{Part, Sheet};
use super::{HEADING, SUMMARY, View};
use crate::state::{ADULT, Action, MINOR};
use island::{Word, Words};
use screening::{Question, SUBSTANCES, Step, Substance};
use yew::html;

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
pub fn age(sheet: &mut Sheet) {
    let view = sheet.view;
    let choice = |option, word| Choice { option, label: view.text(word), effect: None };
    let choices = [choice(ADULT, Word::AgeAdult), choice(MINOR, Word::AgeMinor)];
    screen(sheet, "", view.text(Word::AgeTitle), &[Word::AgeHint], &choices);
}

/// A question of the instrument.
pub fn question(sheet: &mut Sheet, step: Step) {
    let view = sheet.view;
    let scale = step.scale();
    let options = (0..scale.options()).filter_map(|option| {
        let label = view.text(Word::option(scale, option)?);
        Some(Choice { option, label, effect: None })
    });
    let effect = Some(view.text(Word::decline_effect(step)));
    let open = [Word::Unsure, Word::Decline].into_iter().zip(scale.options()..);
    let open = open.map(|(word, option)| Choice { option, label: view.text(word), effect });
    let choices: Vec<_> = options.chain(open).collect();
    let legend = view.island.words.question(step);
    screen(sheet, &place_of(view, step), &legend, &hints(step), &choices);
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

fn screen(sheet: &mut Sheet, place: &str, legend: &str, hints: &[Word], choices: &[Choice]) {
    sheet.draw(&[Part::Back(Word::Back)]);
    summary(sheet);
    sheet.place(place);
    let hints = sheet.aside(|sheet| {
        for word in hints {
            sheet.draw(&[Part::Line(*word)]);
        }
    });
    let fields = sheet.aside(|sheet| {
        sheet.within("legend", "", |sheet| sheet.heading(legend));
        sheet.put(html! { <div id={HINT} class="petunjuk">{ hints }</div> });
        for choice in choices {
            row(sheet, choice);
        }
    });
    sheet.put(html! { <fieldset aria-describedby={HINT}>{ fields }</fieldset> });
    sheet.draw(&[Part::Primary(Word::Next, Action::Next)]);
}

/// The summary of faults. Always in the page, so that a fault that comes does not shift the rest.
fn summary(sheet: &mut Sheet) {
    let view = sheet.view;
    if !view.state.is_missing {
        return sheet.put(html! { <div key="tanpa-galat" /> });
    }
    let body = sheet.aside(|sheet| {
        sheet.line("strong", "", view.text(Word::FaultTitle));
        sheet.link("", view.text(Word::FaultNothingChosen), FIRST_OPTION_LINK);
    });
    sheet.put(html! {
        <div key="galat" id={SUMMARY} class="galat" role="alert" tabindex="-1">{ body }</div>
    });
}

fn row(sheet: &mut Sheet, choice: &Choice) {
    let view = sheet.view;
    let option = choice.option;
    let onchange = view.send.reform(move |_: yew::Event| Action::Choose(option));
    let id = [OPTION, &option.to_string()].concat();
    let checked = view.state.chosen == Some(option);
    let label = sheet.aside(|sheet| {
        sheet.within("span", "", |sheet| {
            sheet.text(choice.label);
            sheet.line("span", "akibat", choice.effect.unwrap_or_default());
        });
    });
    sheet.put(html! {
        <label key={option} class="pilihan">
            <input type="radio" {id} name={HEADING} autocomplete="off" {checked} {onchange} />
            { label }
        </label>
    });
}
