//! The approved table against the crate `screening`: a number that differs is told where it stands.

use super::Model;
use crate::content::instrument::{BandLimits, InstrumentTable, Points, key_of, scored};
use crate::diag::{Code, Fault, Spot, listed};
use screening::{Band, Question, SUBSTANCES, Substance};

/// Compares the whole table.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    let Some(table) = &model.content.instrument else { return };
    for (question, points) in &table.points {
        check_points(*question, points, faults);
    }
    let (alcohol, others): (Vec<Substance>, Vec<Substance>) =
        SUBSTANCES.into_iter().partition(|substance| *substance == Substance::Alcohol);
    check_limits("pita.alkohol", &table.alcohol, &alcohol, faults);
    check_limits("pita.lain", &table.others, &others, faults);
    check_tobacco(table, faults);
}

fn differs(spot: &Spot, key: &str, table: impl ToString, program: impl ToString) -> Fault {
    let fault = Fault::new(Code::PointsDiffer, spot.clone()).with("key", key);
    fault.with("table", table).with("program", program)
}

fn check_points(question: Question, table: &Points, faults: &mut Vec<Fault>) {
    let (key, points) = (key_of(question), question.points());
    if table.value.len() != points.len() {
        let written: Vec<u8> = table.value.iter().map(|points| points.value).collect();
        faults.push(differs(&table.spot, key, in_brackets(&written), in_brackets(points)));
        return;
    }
    for (written, points) in table.value.iter().zip(points) {
        if written.value != *points {
            faults.push(differs(&written.spot, key, written.value, points));
        }
    }
}

fn in_brackets(numbers: &[u8]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u8::to_string).collect();
    format!("[{}]", numbers.join(", "))
}

fn check_limits(key: &str, limits: &BandLimits, of: &[Substance], faults: &mut Vec<Fault>) {
    let bands =
        [("menengah", Band::Moderate, &limits.moderate), ("tinggi", Band::High, &limits.high)];
    for (name, band, written) in bands {
        let lowest = |substance: &Substance| {
            (0..=substance.highest_score()).find(|score| substance.band(*score) == band)
        };
        let other = of.iter().find_map(|s| lowest(s).filter(|score| *score != written.value));
        if let Some(score) = other {
            faults.push(differs(&written.spot, &format!("{key}.{name}"), written.value, score));
        }
    }
}

fn check_tobacco(table: &InstrumentTable, faults: &mut Vec<Fault>) {
    let written = &table.not_for_tobacco;
    for substance in SUBSTANCES {
        let lacks: Vec<Question> =
            scored().filter(|question| !question.exists_for(substance)).collect();
        let wanted = if substance == Substance::Tobacco { written.value.as_slice() } else { &[] };
        if lacks != wanted {
            let keys = |questions: &[Question]| listed(questions.iter().map(|q| key_of(*q)));
            faults.push(differs(&written.spot, "tanpa", keys(wanted), keys(&lacks)));
        }
    }
}
