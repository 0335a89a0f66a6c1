//! Holds the instrument's data against the table of the method: substances, questions, windows, scales, bands.

use screening::{
    Answer, Answers, Band, Question, Refusal, SUBSTANCES, Scale, Step, Substance, Window, all_steps,
};
use zeroize::Zeroize;

#[test]
fn substances_come_in_the_order_of_the_instrument() {
    let letters: Vec<usize> = SUBSTANCES.into_iter().map(|substance| substance as usize).collect();
    assert_eq!(letters, (0..10).collect::<Vec<_>>());
    assert_eq!(SUBSTANCES[0], Substance::Tobacco);
    assert_eq!(SUBSTANCES[9], Substance::Other);
}

#[test]
fn questions_have_the_numbers_windows_scales_and_points_of_the_table() {
    use {Question as Q, Scale as S, Window as W};
    let table: [(Q, u8, W, S, &[u8]); 7] = [
        (Q::Ever, 1, W::Lifetime, S::YesNo, &[]),
        (Q::Frequency, 2, W::ThreeMonths, S::Frequency, &[0, 2, 3, 4, 6]),
        (Q::Urge, 3, W::ThreeMonths, S::Frequency, &[0, 3, 4, 5, 6]),
        (Q::Problems, 4, W::ThreeMonths, S::Frequency, &[0, 4, 5, 6, 7]),
        (Q::Duties, 5, W::ThreeMonths, S::Frequency, &[0, 5, 6, 7, 8]),
        (Q::Concern, 6, W::Lifetime, S::Recency, &[0, 6, 3]),
        (Q::CutDown, 7, W::Lifetime, S::Recency, &[0, 6, 3]),
    ];
    assert_eq!(Q::ALL, table.map(|row| row.0));
    for (question, number, window, scale, points) in table {
        assert_eq!(question.number(), number);
        assert_eq!(question.window(), window, "{question:?}");
        assert_eq!(question.scale(), scale, "{question:?}");
        assert_eq!(question.points(), points, "{question:?}");
    }
}

#[test]
fn scales_have_as_many_options_as_the_table() {
    let table =
        [(Scale::YesNo, 2), (Scale::Frequency, 5), (Scale::Recency, 3), (Scale::DaysPerMonth, 2)];
    for (scale, options) in table {
        assert_eq!(scale.options(), options, "{scale:?}");
    }
    assert_eq!(Step::Injecting.scale(), Scale::Recency);
    assert_eq!(Step::InjectingDays.scale(), Scale::DaysPerMonth);
}

#[test]
fn only_tobacco_lacks_only_question_5() {
    for question in Question::ALL {
        for substance in SUBSTANCES {
            let is_missing = question.number() == 5 && substance == Substance::Tobacco;
            assert_eq!(question.exists_for(substance), !is_missing, "{question:?} {substance:?}");
        }
    }
}

#[test]
fn bands_meet_where_the_table_says() {
    for substance in SUBSTANCES {
        let moderate_from = if substance == Substance::Alcohol { 11 } else { 4 };
        assert_eq!(substance.moderate_from(), moderate_from, "{substance:?}");
        for score in 0..=u8::MAX {
            let band = match score {
                _ if score < moderate_from => Band::Low,
                0..=26 => Band::Moderate,
                _ => Band::High,
            };
            assert_eq!(substance.band(score), band, "{substance:?} {score}");
        }
    }
    assert!(Band::Low < Band::Moderate && Band::Moderate < Band::High);
}

#[test]
fn the_form_has_seventy_two_places_in_their_own_order() {
    let steps: Vec<Step> = all_steps().collect();
    assert_eq!(steps.len(), 72);
    assert!(steps.is_sorted_by(|before, after| before < after), "no step twice");
    assert_eq!(steps[0], Step::Item(Question::Ever, Substance::Tobacco));
    assert_eq!(steps[9], Step::Item(Question::Ever, Substance::Other));
    assert_eq!(steps[10], Step::Item(Question::Frequency, Substance::Tobacco));
    assert_eq!(
        steps[69..],
        [Step::Item(Question::CutDown, Substance::Other), Step::Injecting, Step::InjectingDays]
    );
}

#[test]
fn legal_goods_and_dangerous_withdrawals_are_the_ones_of_the_method() {
    for substance in SUBSTANCES {
        let is_legal = [Substance::Tobacco, Substance::Alcohol].contains(&substance);
        assert_eq!(substance.is_legal_to_sell(), is_legal, "{substance:?}");
        let is_dangerous = [Substance::Alcohol, Substance::Sedatives].contains(&substance);
        assert_eq!(substance.has_dangerous_withdrawal(), is_dangerous, "{substance:?}");
    }
}

#[test]
fn a_new_form_is_empty() {
    assert_eq!(Answers::default(), Answers::none());
    for step in all_steps() {
        assert_eq!(Answers::none().get(step), None::<Answer>);
    }
}

#[test]
fn a_wiped_form_is_as_good_as_new() {
    let mut answers = all_steps().fold(Answers::none(), |answers, step| {
        answers.with(step, Answer::Option(1)).unwrap_or(answers)
    });
    assert_ne!(answers, Answers::none());
    answers.wipe();
    assert_eq!(answers, Answers::none());
}

#[test]
fn a_refusal_names_its_step() {
    let step = Step::Item(Question::Duties, Substance::Tobacco);
    let messages = [
        (Refusal::NotAsked(step), "Item(Duties, Tobacco) is not asked after these answers"),
        (Refusal::NoSuchOption(step, 7), "Item(Duties, Tobacco) has no option 7"),
        (Refusal::Unanswered(step), "Item(Duties, Tobacco) has no answer"),
    ];
    for (refusal, message) in messages {
        assert_eq!(refusal.to_string(), message);
    }
}

#[test]
fn a_wiped_answer_tells_nothing() {
    for mut answer in [Answer::Option(3), Answer::Unsure, Answer::Declined] {
        answer.zeroize();
        assert_eq!(answer, Answer::Option(0));
    }
}
