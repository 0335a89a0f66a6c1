//! Every answer before the result, substance by substance, each with a button to change it.

use super::parts::{Part, Sheet};
use crate::state::{Action, Screen};
use island::Word;
use screening::{Answer, Question, SUBSTANCES, Step, is_due};
use yew::html;

/// The check of the answers.
pub fn check(sheet: &mut Sheet) {
    sheet.draw(&[
        Part::Back(Word::Back),
        Part::Heading(Word::CheckTitle),
        Part::Line(Word::CheckLead),
    ]);
    answers(sheet);
    sheet.draw(&[
        Part::Primary(Word::ToResult, Action::ShowResult),
        Part::Secondary(Word::Restart, Action::Restart),
    ]);
}

/// Every answer, by substance.
pub fn answers(sheet: &mut Sheet) {
    sheet.within("div", "jawaban", |sheet| {
        group(sheet, Word::CheckEver, &SUBSTANCES.map(|s| Step::Item(Question::Ever, s)));
        for substance in SUBSTANCES {
            let about = |question| Step::Item(question, substance);
            group(sheet, Word::name(substance), &Question::ALL.map(about)[1..]);
        }
        group(sheet, Word::CheckInjecting, &[Step::Injecting, Step::InjectingDays]);
    });
}

/// The steps that were asked, under one heading; nothing where none was.
#[inline(never)]
fn group(sheet: &mut Sheet, title: Word, steps: &[Step]) {
    let view = sheet.view;
    let is_asked = |step: &&Step| is_due(&view.state.answers, **step);
    if steps.iter().any(|step| is_asked(&step)) {
        sheet.within("section", "", |sheet| {
            sheet.title(view.text(title));
            sheet.within("dl", "", |sheet| {
                for step in steps.iter().filter(is_asked) {
                    row(sheet, *step);
                }
            });
        });
    }
}

fn row(sheet: &mut Sheet, step: Step) {
    let view = sheet.view;
    let name = match step {
        Step::Item(Question::Ever, substance) => Word::name(substance),
        _ => Word::short(step),
    };
    let answer = match view.state.answers.get(step) {
        Some(Answer::Option(option)) => Word::option(step.scale(), option),
        Some(Answer::Unsure) => Some(Word::Unsure),
        Some(Answer::Declined) => Some(Word::Decline),
        None => None,
    };
    sheet.within("div", "baris", |sheet| {
        sheet.line("dt", "", view.text(name));
        sheet.line("dd", "", answer.map_or("", |word| view.text(word)));
        if view.state.screen == Screen::Check {
            change(sheet, step);
        }
    });
}

fn change(sheet: &mut Sheet, step: Step) {
    let view = sheet.view;
    let onclick = view.on(Action::Change(step));
    let name = sheet.aside(|sheet| {
        sheet.text(view.text(Word::Change));
        let question = [" ", &view.island.words.question(step)].concat();
        sheet.line("span", "sembunyi", &question);
    });
    sheet.put(html! { <dd><button type="button" class="ubah" {onclick}>{ name }</button></dd> });
}
