//! Every answer before the result, substance by substance, each with a button to change it.

use super::View;
use super::parts::{self, Part, all, draw, tag, text};
use crate::state::{Action, Screen};
use island::Word;
use screening::{Answer, Question, SUBSTANCES, Step, Substance, is_due};
use yew::{Html, html};

/// The check of the answers.
pub fn check(view: &View) -> Html {
    let head =
        [Part::Back(Word::Back), Part::Heading(Word::CheckTitle), Part::Line(Word::CheckLead)];
    let end = [
        Part::Primary(Word::ToResult, Action::ShowResult),
        Part::Secondary(Word::Restart, Action::Restart),
    ];
    all(vec![draw(view, &head), answers(view), draw(view, &end)])
}

/// Every answer, by substance.
pub fn answers(view: &View) -> Html {
    let substances = SUBSTANCES.into_iter().map(|substance| about(view, substance)).collect();
    tag("div", "jawaban", all(vec![ever(view), all(substances), injecting(view)]))
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
    let rows = tag("dl", "", all(rows));
    tag("section", "", all(vec![parts::title(view.text(title)), rows]))
}

fn row(view: &View, step: Step, name: Word) -> Html {
    let answer = match view.state.answers.get(step) {
        Some(Answer::Option(option)) => Word::option(step.scale(), option),
        Some(Answer::Unsure) => Some(Word::Unsure),
        Some(Answer::Declined) => Some(Word::Decline),
        None => None,
    };
    let answer = answer.map_or("", |word| view.text(word));
    let cells = vec![
        tag("dt", "", text(view.text(name))),
        tag("dd", "", text(answer)),
        parts::when(view.state.screen == Screen::Check, || change(view, step)),
    ];
    tag("div", "baris", all(cells))
}

fn change(view: &View, step: Step) -> Html {
    let question = [" ", &view.island.words.question(step)].concat();
    html! {
        <dd>
            <button type="button" class="ubah" onclick={view.on(Action::Change(step))}>
                { view.text(Word::Change) }
                { tag("span", "sembunyi", text(&question)) }
            </button>
        </dd>
    }
}
