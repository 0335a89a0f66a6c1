//! The worked examples of the method, given by the points of questions 2 to 7 as they are printed there.

#![allow(clippy::unwrap_used)]

mod paper;

use screening::{Band, Substance, outcome};

#[test]
fn worked_examples_come_out_as_printed() {
    let examples = [
        (Substance::Cannabis, "3,0,0,0,0,0", 3, Band::Low),
        (Substance::Amphetamines, "4,0,0,0,0,0", 4, Band::Moderate),
        (Substance::Alcohol, "4,0,0,0,6,0", 10, Band::Low),
        (Substance::Alcohol, "2,3,0,0,6,0", 11, Band::Moderate),
        (Substance::Opioids, "6,6,0,8,6,0", 26, Band::Moderate),
        (Substance::Opioids, "6,6,4,5,3,3", 27, Band::High),
        (Substance::Tobacco, "6,6,7,-,6,6", 31, Band::High),
        (Substance::Opioids, "0,-,-,-,3,3", 6, Band::Moderate),
        (Substance::Sedatives, "0,-,-,-,0,3", 3, Band::Low),
    ];
    for (substance, points, score, band) in examples {
        let outcome = outcome(&paper::fill(&[(substance, &row_of(points))], "0-")).unwrap();
        let results: Vec<_> = outcome
            .results
            .iter()
            .map(|result| (result.substance, result.score, result.band))
            .collect();
        assert_eq!(results, [(substance, score, band)], "{points}");
        assert_eq!(outcome.highest, band, "{points}");
    }
}

/// The marks of a form row whose options earn these points.
fn row_of(points: &str) -> String {
    let options = ["02346", "03456", "04567", "05678", "063", "063"];
    let marks = points.split(',').zip(options).map(|(points, options)| match points {
        "-" => "-".to_owned(),
        _ => options.find(points).unwrap().to_string(),
    });
    marks.fold("1".to_owned(), |row, mark| row + &mark)
}
