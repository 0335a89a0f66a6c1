//! Every answer before the result, substance by substance, each with a button to change it.

use super::{View, parts};
use crate::state::Action;
use island::Word;
use screening::{Answer, Question, SUBSTANCES, Step, Substance, is_due};
use yew::{Html, html};

/// The check of the answers.
pub fn check(view: &View) -> Html {
    html! {
        <>
            { parts::back(view, Word::Back) }
            { parts::heading(view.text(Word::CheckTitle)) }
            { view.line(Word::CheckLead) }
            <div class="jawaban">
                { ever(view) }
                { for SUBSTANCES.into_iter().map(|substance| about(view, substance)) }
                { injecting(view) }
            </div>
            { parts::primary(view, Word::ToResult, Action::ShowResult) }
            { parts::secondary(view, Word::Restart, Action::Restart) }
        </>
    }
}

fn ever(view: &View) -> Html {
    let rows = SUBSTANCES
        .into_iter()
        .map(|substance| row(view, Step::Item(Question::Ever, substance), Word::name(substance)));
    group(view, Word::CheckEver, rows.collect())
}

fn about(view: &View, substance: Substance) -> Html {
    let steps = Question::ALL.into_iter().skip(1).map(|question| Step::Item(question, substance));
    answered(view, Word::name(substance), steps)
}

fn injecting(view: &View) -> Html {
    answered(view, Word::CheckInjecting, [Step::Injecting, Step::InjectingDays].into_iter())
}

/// The steps that were asked, under one heading; nothing where none was.
fn answered(view: &View, title: Word, steps: impl Iterator<Item = Step>) -> Html {
    let due = steps.filter(|step| is_due(&view.state.answers, *step));
    let rows: Vec<_> = due.map(|step| row(view, step, Word::short(step))).collect();
    if rows.is_empty() { Html::default() } else { group(view, title, rows) }
}

fn group(view: &View, title: Word, rows: Vec<Html>) -> Html {
    html! { <section><h2>{ view.text(title) }</h2><dl>{ rows }</dl></section> }
}

fn row(view: &View, step: Step, name: Word) -> Html {
    let answer = match view.state.answers.get(step) {
        Some(Answer::Option(option)) => Word::option(step.scale(), option),
        Some(Answer::Unsure) => Some(Word::Unsure),
        Some(Answer::Declined) => Some(Word::Decline),
        None => None,
    };
    html! {
        <div class="baris">
            <dt>{ view.text(name) }</dt>
            <dd>{ answer.map_or("", |word| view.text(word)) }</dd>
            <dd>
                <button type="button" class="ubah" onclick={view.on(Action::Change(step))}>
                    { view.text(Word::Change) }
                    <span class="sembunyi">{ [" ", &view.island.words.question(step)].concat() }</span>
                </button>
            </dd>
        </div>
    }
}
