//! Drives every combination of marks for questions 2 to 7 of one substance through the public interface:
//! exactly the legal ones are taken, and each of them scores what the table of the method says.

#![allow(clippy::unwrap_used)]

use screening::{
    Answer, Answers, Band, FollowUp, Injecting, Outcome, Question, Refusal, SUBSTANCES, Step,
    Substance, first_open, outcome,
};
use std::collections::BTreeSet;

/// The options chosen for questions 2 to 7; none where the question was skipped.
type Vector = [Option<u8>; 6];

const POINTS: [&[u8]; 6] = [
    &[0, 2, 3, 4, 6],
    &[0, 3, 4, 5, 6],
    &[0, 4, 5, 6, 7],
    &[0, 5, 6, 7, 8],
    &[0, 6, 3],
    &[0, 6, 3],
];

#[test]
fn exactly_909_vectors_are_legal_for_tobacco() {
    let scores = check_all(Substance::Tobacco, 909);
    assert_eq!(scores, (0..=31).filter(|score| *score != 1).collect());
}

#[test]
fn exactly_4509_vectors_are_legal_for_alcohol() {
    assert_every_score_but_1(Substance::Alcohol);
}

#[test]
fn exactly_4509_vectors_are_legal_for_each_of_c_to_f() {
    SUBSTANCES[2..6].iter().for_each(|substance| assert_every_score_but_1(*substance));
}

#[test]
fn exactly_4509_vectors_are_legal_for_each_of_g_to_j() {
    SUBSTANCES[6..].iter().for_each(|substance| assert_every_score_but_1(*substance));
}

fn assert_every_score_but_1(substance: Substance) {
    let scores = check_all(substance, 4509);
    assert_eq!(scores, (0..=39).filter(|score| *score != 1).collect(), "{substance:?}");
}

/// Tries all 9,720 combinations, the skipped question included, and gives the scores that were reached.
fn check_all(substance: Substance, legal_count: usize) -> BTreeSet<u8> {
    let start = after_question_1(substance);
    let mut scores = BTreeSet::new();
    let mut accepted = 0;
    for vector in every_combination() {
        let taken = drive(start, substance, &vector);
        assert_eq!(taken.is_some(), is_legal(substance, &vector), "{substance:?} {vector:?}");
        if let Some(outcome) = taken {
            check(&outcome, substance, &vector);
            scores.insert(outcome.results[0].score);
            accepted += 1;
        }
    }
    assert_eq!(accepted, legal_count, "{substance:?}");
    assert_eq!(scores.last().copied(), Some(substance.highest_score()), "{substance:?}");
    scores
}

fn every_combination() -> impl Iterator<Item = Vector> {
    let five = || [None, Some(0), Some(1), Some(2), Some(3), Some(4)].into_iter();
    let three = || (0..3).map(Some);
    (0..5).map(Some).flat_map(move |q2| {
        five().flat_map(move |q3| {
            five().flat_map(move |q4| {
                five().flat_map(move |q5| {
                    three().flat_map(move |q6| three().map(move |q7| [q2, q3, q4, q5, q6, q7]))
                })
            })
        })
    })
}

/// Questions 3 to 5 stand exactly where question 2 is not "never", question 5 never for tobacco.
fn is_legal(substance: Substance, [q2, q3, q4, q5, ..]: &Vector) -> bool {
    let is_used_lately = *q2 != Some(0);
    q3.is_some() == is_used_lately
        && q4.is_some() == is_used_lately
        && q5.is_some() == (is_used_lately && substance != Substance::Tobacco)
}

fn after_question_1(used: Substance) -> Answers {
    SUBSTANCES.into_iter().fold(Answers::none(), |answers, substance| {
        let yes = Answer::Option(u8::from(substance == used));
        answers.with(Step::Item(Question::Ever, substance), yes).unwrap()
    })
}

/// Gives the vector in order, then "never" to question 8; none where the instrument does not take the whole of it.
fn drive(start: Answers, substance: Substance, vector: &Vector) -> Option<Outcome> {
    let mut answers = start;
    for (question, option) in Question::ALL.into_iter().skip(1).zip(vector) {
        if let Some(option) = option {
            let step = Step::Item(question, substance);
            match answers.with(step, Answer::Option(*option)) {
                Ok(_) if first_open(&answers) != Some(step) => return None,
                Ok(more) => answers = more,
                Err(refusal) => {
                    assert_eq!(refusal, Refusal::NotAsked(step), "{vector:?}");
                    return None;
                }
            }
        }
    }
    outcome(&answers.with(Step::Injecting, Answer::Option(0)).unwrap()).ok()
}

fn check(outcome: &Outcome, substance: Substance, vector: &Vector) {
    let told = format!("{substance:?} {vector:?}");
    let score = POINTS
        .iter()
        .zip(vector)
        .filter_map(|(row, option)| Some(row[usize::from((*option)?)]))
        .sum();
    let band = band(substance, score);
    assert_eq!(outcome.results.len(), 1, "{told}");
    let result = outcome.results[0];
    assert_eq!(result.substance, substance, "{told}");
    assert_eq!(result.score, score, "{told}");
    assert_eq!(result.band, band, "{told}");
    assert_eq!(result.uncounted, 0, "{told}");
    assert_eq!(result.is_daily, vector[0] == Some(4), "{told}");
    assert_eq!(outcome.highest, band, "{told}");
    assert_eq!(outcome.injecting, Injecting::Never, "{told}");
    assert_eq!(outcome.undisclosed, [], "{told}");
    let follow_up = match (substance, band) {
        (_, Band::Low) => FollowUp::Information,
        (Substance::Tobacco | Substance::Alcohol, _) => FollowUp::Puskesmas,
        (_, Band::Moderate) => FollowUp::Talk,
        (_, Band::High) => FollowUp::Assessment,
    };
    assert_eq!(outcome.follow_up, follow_up, "{told}");
}

fn band(substance: Substance, score: u8) -> Band {
    match (substance, score) {
        (Substance::Alcohol, 0..=10) | (_, 0..=3) => Band::Low,
        (_, 4..=26) => Band::Moderate,
        (_, _) => Band::High,
    }
}
