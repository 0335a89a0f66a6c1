//! The plan: which steps the answers so far ask for, and in which order.

use crate::answers::{Answer, Answers};
use crate::instrument::{Question, SUBSTANCES, Step, Substance};

/// Every step of the instrument, in its order: question by question over all substances, then question 8.
pub fn all_steps() -> impl Iterator<Item = Step> {
    Question::ALL
        .into_iter()
        .flat_map(|question| SUBSTANCES.into_iter().map(move |s| Step::Item(question, s)))
        .chain([Step::Injecting, Step::InjectingDays])
}

/// The steps that the answers so far ask for, answered or not, in order.
pub fn due_steps(answers: &Answers) -> impl Iterator<Item = Step> + '_ {
    all_steps().filter(|step| is_due(answers, *step))
}

/// The first step that is asked and not yet answered; none when the questionnaire is complete.
#[must_use]
pub fn first_open(answers: &Answers) -> Option<Step> {
    due_steps(answers).find(|step| answers.get(*step).is_none())
}

/// The step before this one among those that are asked; none before the first, nor before a step
/// that is not asked.
#[must_use]
pub fn step_before(answers: &Answers, step: Step) -> Option<Step> {
    let before = due_steps(answers).take_while(|due| *due != step).last();
    before.filter(|_| is_due(answers, step))
}

/// Whether the answers so far ask for this step.
///
/// Question 1 is asked of all groups. After a yes come questions 2, 6 and 7; questions 3 to 5 only
/// where question 2 was answered and was not "never". Whoever declines question 2 or is not sure
/// is asked them, since nothing says "never". Question 8 comes once, after any yes.
#[must_use]
pub fn is_due(answers: &Answers, step: Step) -> bool {
    match step {
        Step::Item(question, substance) => is_item_due(answers, question, substance),
        Step::Injecting => SUBSTANCES.into_iter().any(|s| answers.has_used(s)),
        Step::InjectingDays => {
            // An answer to question 8 is dropped as soon as question 8 is not asked any more.
            answers.get(Step::Injecting) == Some(Answer::Option(1))
        }
    }
}

fn is_item_due(answers: &Answers, question: Question, substance: Substance) -> bool {
    if question == Question::Ever {
        return true;
    }
    let frequency = answers.get(Step::Item(Question::Frequency, substance));
    let used_of_late = frequency.is_some_and(|frequency| frequency != Answer::Option(0));
    question.exists_for(substance)
        && answers.has_used(substance)
        && (used_of_late || !question.is_skipped_when_never())
}
