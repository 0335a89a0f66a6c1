//! Which steps are asked, in which order, and what a changed answer does to them.

#![allow(clippy::unwrap_used)]

mod paper;

use Substance::{Alcohol, Cannabis, Inhalants, Opioids, Sedatives, Tobacco};
use screening::{
    Answer, Answers, Question, SUBSTANCES, Step, Substance, due_steps, first_open, is_due, outcome,
    step_before,
};

/// Question 1 of all groups, which every plan begins with.
fn ten_first_questions() -> Vec<Step> {
    SUBSTANCES.into_iter().map(|substance| Step::Item(Question::Ever, substance)).collect()
}

/// The plan after question 1.
fn later_steps(answers: &Answers) -> Vec<Step> {
    let steps: Vec<Step> = due_steps(answers).collect();
    assert_eq!(steps[..10], ten_first_questions());
    steps[10..].to_vec()
}

fn item(number: usize, substance: Substance) -> Step {
    Step::Item(Question::ALL[number - 1], substance)
}

#[test]
fn the_first_step_is_question_1_about_tobacco() {
    assert_eq!(first_open(&Answers::none()), Some(item(1, Tobacco)));
    assert_eq!(due_steps(&Answers::none()).collect::<Vec<_>>(), ten_first_questions());
}

#[test]
fn steps_go_question_by_question_over_the_substances() {
    let answers = paper::fill(&[(Tobacco, "1222-11"), (Inhalants, "1222211")], "10");
    let expected = [
        item(2, Tobacco),
        item(2, Inhalants),
        item(3, Tobacco),
        item(3, Inhalants),
        item(4, Tobacco),
        item(4, Inhalants),
        item(5, Inhalants),
        item(6, Tobacco),
        item(6, Inhalants),
        item(7, Tobacco),
        item(7, Inhalants),
        Step::Injecting,
        Step::InjectingDays,
    ];
    assert_eq!(later_steps(&answers), expected);
}

#[test]
fn all_no_ends_without_question_8() {
    let answers = paper::fill(&[], "--");
    assert_eq!(later_steps(&answers), []);
    assert_eq!(first_open(&answers), None);
    assert!(!is_due(&answers, Step::Injecting));
}

#[test]
fn all_declined_ends_without_question_8() {
    let answers = paper::fill(&SUBSTANCES.map(|substance| (substance, "x------")), "--");
    assert_eq!(later_steps(&answers), []);
}

#[test]
fn one_yes_among_declined_brings_question_8() {
    let mut rows = SUBSTANCES.map(|substance| (substance, "x------"));
    rows[9].1 = "10---00";
    let answers = paper::fill(&rows, "0-");
    let other = Substance::Other;
    assert_eq!(
        later_steps(&answers),
        [item(2, other), item(6, other), item(7, other), Step::Injecting]
    );
}

#[test]
fn never_in_question_2_for_all_goes_straight_to_question_6() {
    let answers = paper::fill(&SUBSTANCES.map(|substance| (substance, "10---00")), "0-");
    let mut expected = Vec::new();
    for number in [2, 6, 7] {
        expected.extend(SUBSTANCES.map(|substance| item(number, substance)));
    }
    expected.push(Step::Injecting);
    assert_eq!(later_steps(&answers), expected);
}

#[test]
fn never_in_question_2_for_one_skips_questions_3_to_5_for_it_alone() {
    let answers = paper::fill(&[(Alcohol, "10---00"), (Cannabis, "1100000")], "0-");
    let between: Vec<Step> = later_steps(&answers).into_iter().skip(2).take(4).collect();
    assert_eq!(
        between,
        [item(3, Cannabis), item(4, Cannabis), item(5, Cannabis), item(6, Alcohol)]
    );
}

#[test]
fn whoever_declines_question_2_is_asked_questions_3_to_5() {
    let answers = paper::fill(&[(Opioids, "1xxxxxx")], "x-");
    let expected = [2, 3, 4, 5, 6, 7].map(|number| item(number, Opioids));
    assert_eq!(later_steps(&answers)[..6], expected);
    assert_eq!(later_steps(&answers)[6..], [Step::Injecting]);
}

#[test]
fn whoever_declines_question_1_is_asked_nothing_more_about_it() {
    let answers = paper::fill(&[(Alcohol, "x------"), (Opioids, "10---00")], "0-");
    let expected = [item(2, Opioids), item(6, Opioids), item(7, Opioids), Step::Injecting];
    assert_eq!(later_steps(&answers), expected);
}

#[test]
fn going_back_visits_the_asked_steps_in_reverse() {
    let answers = paper::fill(&[(Tobacco, "10---00"), (Alcohol, "1100000")], "11");
    let asked: Vec<Step> = due_steps(&answers).collect();
    let mut visited = vec![Step::InjectingDays];
    while let Some(step) = step_before(&answers, visited[visited.len() - 1]) {
        visited.push(step);
        assert!(visited.len() <= asked.len(), "going back ends");
    }
    visited.reverse();
    assert_eq!(visited, asked);
    assert_eq!(step_before(&answers, item(6, Tobacco)), Some(item(5, Alcohol)));
    assert_eq!(step_before(&answers, item(1, Tobacco)), None);
}

#[test]
fn going_back_from_an_open_step_leads_to_the_last_answer() {
    let mut answers = Answers::none();
    let mut before = None;
    while let Some(step) = first_open(&answers) {
        assert_eq!(step_before(&answers, step), before);
        answers = answers.with(step, Answer::Option(1)).unwrap();
        before = Some(step);
    }
    assert_eq!(before, Some(Step::InjectingDays));
}

#[test]
fn changing_yes_to_no_or_declined_drops_all_of_that_substance_only() {
    let complete = paper::fill(&[(Alcohol, "1411122"), (Sedatives, "1211100")], "11");
    for (answer, row) in [(Answer::Option(0), "0------"), (Answer::Declined, "x------")] {
        let changed = complete.with(item(1, Alcohol), answer).unwrap();
        assert_eq!(changed, paper::fill(&[(Alcohol, row), (Sedatives, "1211100")], "11"));
        assert_eq!(first_open(&changed), None);
    }
}

#[test]
fn taking_back_the_only_yes_drops_question_8_and_its_days() {
    let complete = paper::fill(&[(Opioids, "1411122")], "11");
    let changed = complete.with(item(1, Opioids), Answer::Option(0)).unwrap();
    assert_eq!(changed, paper::fill(&[], "--"));
    assert_eq!(changed.get(Step::Injecting), None);
    assert_eq!(changed.get(Step::InjectingDays), None);
}

#[test]
fn a_no_turned_into_yes_opens_its_questions_from_question_2_on() {
    let complete = paper::fill(&[(Opioids, "1411122")], "0-");
    let mut answers = complete.with(item(1, Cannabis), Answer::Option(1)).unwrap();
    assert_eq!(outcome(&answers), Err(screening::Refusal::Unanswered(item(2, Cannabis))));
    for number in 2..=7 {
        assert_eq!(first_open(&answers), Some(item(number, Cannabis)));
        answers = answers.with(item(number, Cannabis), Answer::Option(1)).unwrap();
    }
    assert_eq!(answers, paper::fill(&[(Cannabis, "1111111"), (Opioids, "1411122")], "0-"));
}

#[test]
fn what_was_dropped_does_not_come_back() {
    let complete = paper::fill(&[(Opioids, "1411122")], "11");
    let step = item(1, Opioids);
    let again =
        complete.with(step, Answer::Option(0)).unwrap().with(step, Answer::Option(1)).unwrap();
    assert_eq!(
        later_steps(&again),
        [item(2, Opioids), item(6, Opioids), item(7, Opioids), Step::Injecting]
    );
    assert!(later_steps(&again).into_iter().all(|step| again.get(step).is_none()));
    assert_eq!(first_open(&again), Some(item(2, Opioids)));
}

#[test]
fn changing_question_2_to_never_drops_questions_3_to_5_and_keeps_6_to_8() {
    let complete = paper::fill(&[(Opioids, "1411122")], "10");
    let changed = complete.with(item(2, Opioids), Answer::Option(0)).unwrap();
    assert_eq!(changed, paper::fill(&[(Opioids, "10---22")], "10"));
}

#[test]
fn changing_question_2_from_never_opens_question_3() {
    let complete = paper::fill(&[(Alcohol, "1411122"), (Opioids, "10---22")], "10");
    for answer in [Answer::Option(1), Answer::Option(4), Answer::Unsure, Answer::Declined] {
        let changed = complete.with(item(2, Opioids), answer).unwrap();
        assert_eq!(first_open(&changed), Some(item(3, Opioids)));
        assert_eq!(changed.get(item(6, Opioids)), Some(Answer::Option(2)));
    }
}

#[test]
fn changing_question_2_among_uses_keeps_everything() {
    let complete = paper::fill(&[(Opioids, "1411122")], "10");
    let changed = complete.with(item(2, Opioids), Answer::Option(1)).unwrap();
    assert_eq!(changed, paper::fill(&[(Opioids, "1111122")], "10"));
    let declined = complete.with(item(2, Opioids), Answer::Declined).unwrap();
    assert_eq!(declined, paper::fill(&[(Opioids, "1x11122")], "10"));
}

#[test]
fn changing_question_8_opens_and_drops_the_days() {
    let rows = [(Opioids, "10---00")];
    let recent = paper::fill(&rows, "11");
    for (answer, marks) in [
        (Answer::Option(0), "0-"),
        (Answer::Option(2), "2-"),
        (Answer::Unsure, "u-"),
        (Answer::Declined, "x-"),
    ] {
        let changed = recent.with(Step::Injecting, answer).unwrap();
        assert_eq!(changed, paper::fill(&rows, marks));
        let back = changed.with(Step::Injecting, Answer::Option(1)).unwrap();
        assert_eq!(first_open(&back), Some(Step::InjectingDays));
    }
}

#[test]
fn used_is_only_what_was_answered_with_yes() {
    let answers = paper::fill(&[(Alcohol, "x------"), (Opioids, "10---00")], "0-");
    let used: Vec<_> = SUBSTANCES.into_iter().filter(|s| answers.has_used(*s)).collect();
    assert_eq!(used, [Opioids]);
}
