//! Every single answer the instrument does not allow is refused for its reason and changes nothing.

#![allow(clippy::unwrap_used)]

mod paper;

use screening::{
    Answer, Answers, Question, Refusal, SUBSTANCES, Step, Substance, all_steps, outcome,
};

const ALL_USED: [(Substance, &str); 10] = [
    (Substance::Tobacco, "1111-11"),
    (Substance::Alcohol, "1111111"),
    (Substance::Cannabis, "1111111"),
    (Substance::Cocaine, "1111111"),
    (Substance::Amphetamines, "1111111"),
    (Substance::Inhalants, "1111111"),
    (Substance::Sedatives, "1111111"),
    (Substance::Hallucinogens, "1111111"),
    (Substance::Opioids, "1111111"),
    (Substance::Other, "1111111"),
];

const TOBACCO_DUTIES: Step = Step::Item(Question::Duties, Substance::Tobacco);

#[test]
fn every_option_outside_a_scale_is_refused_and_every_one_inside_is_taken() {
    let answers = paper::fill(&ALL_USED, "11");
    for step in all_steps().filter(|step| *step != TOBACCO_DUTIES) {
        let options = match step {
            Step::Item(Question::Ever, _) | Step::InjectingDays => 2,
            Step::Item(Question::Concern | Question::CutDown, _) | Step::Injecting => 3,
            Step::Item(..) => 5,
        };
        for option in 0..=u8::MAX {
            let given = answers.with(step, Answer::Option(option));
            if option < options {
                assert_eq!(given.unwrap().get(step), Some(Answer::Option(option)), "{step:?}");
            } else {
                assert_eq!(given, Err(Refusal::NoSuchOption(step, option)));
            }
        }
        assert_eq!(answers.with(step, Answer::Declined).unwrap().get(step), Some(Answer::Declined));
    }
}

#[test]
fn before_any_answer_only_question_1_is_taken() {
    for step in all_steps() {
        if !matches!(step, Step::Item(Question::Ever, _)) {
            assert_not_asked(&Answers::none(), step);
        }
    }
}

#[test]
fn questions_2_to_7_need_a_yes_to_question_1_of_the_same_substance() {
    for substance in SUBSTANCES {
        for row in ["0------", "x------"] {
            let mut rows = ALL_USED;
            rows[substance as usize].1 = row;
            let answers = paper::fill(&rows, "0-");
            for question in Question::ALL.into_iter().skip(1) {
                assert_not_asked(&answers, Step::Item(question, substance));
            }
        }
    }
}

#[test]
fn questions_3_to_5_are_refused_after_never_and_before_question_2() {
    for substance in SUBSTANCES {
        let mut rows = ALL_USED;
        rows[substance as usize].1 = "10---00";
        let never = paper::fill(&rows, "0-");
        let unanswered = all_yes();
        for question in [Question::Urge, Question::Problems, Question::Duties] {
            assert_not_asked(&never, Step::Item(question, substance));
            assert_not_asked(&unanswered, Step::Item(question, substance));
        }
    }
}

#[test]
fn question_5_is_refused_for_tobacco_whatever_was_said() {
    for rows in [["1411-11", "1111111"], ["1x11-11", "1111111"], ["10---11", "1111111"]] {
        let answers =
            paper::fill(&[(Substance::Tobacco, rows[0]), (Substance::Alcohol, rows[1])], "11");
        assert_not_asked(&answers, TOBACCO_DUTIES);
    }
}

#[test]
fn question_8_is_refused_without_any_use() {
    for rows in [vec![], vec![(Substance::Opioids, "x------")]] {
        let answers = paper::fill(&rows, "--");
        assert_not_asked(&answers, Step::Injecting);
        assert_not_asked(&answers, Step::InjectingDays);
    }
}

#[test]
fn days_of_injecting_are_refused_unless_it_was_in_the_last_three_months() {
    for question_8 in ["0-", "2-", "x-"] {
        assert_not_asked(&paper::fill(&ALL_USED, question_8), Step::InjectingDays);
    }
    assert_not_asked(&all_yes(), Step::InjectingDays);
}

#[test]
fn a_step_that_is_not_asked_is_refused_as_such_even_with_an_impossible_option() {
    let refused = Answers::none().with(Step::Injecting, Answer::Option(200));
    assert_eq!(refused, Err(Refusal::NotAsked(Step::Injecting)));
}

#[test]
fn no_result_without_question_2_of_a_substance_used() {
    for substance in SUBSTANCES {
        let answers = SUBSTANCES.into_iter().fold(Answers::none(), |answers, other| {
            let yes = Answer::Option(u8::from(other == substance));
            answers.with(Step::Item(Question::Ever, other), yes).unwrap()
        });
        let missing = Step::Item(Question::Frequency, substance);
        assert_eq!(outcome(&answers), Err(Refusal::Unanswered(missing)));
        let rest =
            [Step::Item(Question::Concern, substance), Step::Item(Question::CutDown, substance)];
        let answers = rest
            .into_iter()
            .chain([Step::Injecting])
            .fold(answers, |answers, step| answers.with(step, Answer::Option(0)).unwrap());
        assert_eq!(outcome(&answers), Err(Refusal::Unanswered(missing)));
    }
}

#[test]
fn no_result_while_any_one_step_is_open() {
    let mut answers = Answers::none();
    while let Some(step) = screening::first_open(&answers) {
        assert_eq!(outcome(&answers), Err(Refusal::Unanswered(step)));
        answers = answers.with(step, Answer::Option(1)).unwrap();
    }
    assert!(outcome(&answers).is_ok());
    assert_eq!(answers, paper::fill(&ALL_USED, "11"));
}

fn all_yes() -> Answers {
    SUBSTANCES.into_iter().fold(Answers::none(), |answers, substance| {
        answers.with(Step::Item(Question::Ever, substance), Answer::Option(1)).unwrap()
    })
}

/// Neither an option nor declining is taken, and nothing stands there. That the other answers stay as they
/// were follows from `with` taking a copy; `random_runs` compares the whole state after each refusal.
fn assert_not_asked(answers: &Answers, step: Step) {
    for answer in (0..=5).map(Answer::Option).chain([Answer::Unsure, Answer::Declined]) {
        assert_eq!(answers.with(step, answer), Err(Refusal::NotAsked(step)));
    }
    assert_eq!(answers.get(step), None, "{step:?}");
}
