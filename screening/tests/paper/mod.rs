//! Turns a filled-in paper form into answers, step by step, and holds on the way that the plan asks
//! for exactly these steps in exactly this order.

use screening::{Answer, Answers, Question, SUBSTANCES, Step, Substance, first_open};

/// The answers of a complete form. A row has seven marks, one for each of questions 1 to 7; question 8
/// has two. A mark is the option's place counted from 0, `x` for declined, `u` for unsure,
/// `-` for not asked.
/// Substances without a row were never used.
///
/// # Panics
/// When the plan asks for anything but the next mark of the form, or for more than the form holds.
pub fn fill(rows: &[(Substance, &str)], question_8: &str) -> Answers {
    let mut answers = Answers::none();
    for (number, question) in Question::ALL.into_iter().enumerate() {
        for substance in SUBSTANCES {
            let row =
                rows.iter().find(|(of, _)| *of == substance).map_or("0------", |(_, row)| row);
            assert_eq!(row.len(), 7, "{row}");
            write(&mut answers, Step::Item(question, substance), row.as_bytes()[number]);
        }
    }
    assert_eq!(question_8.len(), 2, "{question_8}");
    for (step, mark) in [Step::Injecting, Step::InjectingDays].into_iter().zip(question_8.bytes()) {
        write(&mut answers, step, mark);
    }
    assert_eq!(first_open(&answers), None, "the form ends here");
    answers
}

fn write(answers: &mut Answers, step: Step, mark: u8) {
    let answer = match mark {
        b'-' => return,
        b'x' => Answer::Declined,
        b'u' => Answer::Unsure,
        _ => Answer::Option(mark - b'0'),
    };
    assert_eq!(first_open(answers), Some(step), "the form has {step:?} next");
    *answers = answers.with(step, answer).unwrap();
}
