//! What complete answers come to: injecting, the highest band, the order of the results, the follow-up
//! class, the warning against stopping suddenly, and what was kept back.

#![allow(clippy::unwrap_used)]

mod paper;

use Substance::{Alcohol, Amphetamines, Cannabis, Cocaine, Opioids, Other, Sedatives, Tobacco};
use screening::{Band, FollowUp, Injecting, Outcome, SUBSTANCES, Substance, SubstanceResult};

fn outcome_of(rows: &[(Substance, &str)], question_8: &str) -> Outcome {
    screening::outcome(&paper::fill(rows, question_8)).unwrap()
}

// Rows by band, for substances other than alcohol and, because of question 5, tobacco.
const LOW: &str = "1200000"; // 3
const MODERATE: &str = "1300000"; // 4
const HIGH: &str = "1444400"; // 27

#[test]
fn the_rows_of_these_tests_stand_in_their_bands() {
    for (row, score, band) in
        [(LOW, 3, Band::Low), (MODERATE, 4, Band::Moderate), (HIGH, 27, Band::High)]
    {
        let outcome = outcome_of(&[(Cannabis, row)], "0-");
        assert_eq!((outcome.results[0].score, outcome.results[0].band), (score, band));
    }
}

#[test]
fn injecting_lifts_the_highest_band_as_the_method_says() {
    use Injecting::{Earlier, Never, Recent, RecentOften, Undisclosed};
    let table = [
        ("0-", Never, [Band::Low, Band::Moderate, Band::High]),
        ("2-", Earlier, [Band::Low, Band::Moderate, Band::High]),
        ("x-", Undisclosed, [Band::Low, Band::Moderate, Band::High]),
        ("u-", Undisclosed, [Band::Low, Band::Moderate, Band::High]),
        ("10", Recent, [Band::Moderate, Band::Moderate, Band::High]),
        ("1u", Recent, [Band::Moderate, Band::Moderate, Band::High]),
        ("1x", Recent, [Band::Moderate, Band::Moderate, Band::High]),
        ("11", RecentOften, [Band::High, Band::High, Band::High]),
    ];
    for (question_8, injecting, highest) in table {
        for (row, highest) in [LOW, MODERATE, HIGH].into_iter().zip(highest) {
            let outcome = outcome_of(&[(Opioids, row)], question_8);
            assert_eq!(outcome.injecting, injecting, "{question_8}");
            assert_eq!(outcome.highest, highest, "{question_8} {row}");
            let follow_up = match highest {
                Band::Low => FollowUp::Information,
                Band::Moderate => FollowUp::Talk,
                Band::High => FollowUp::Assessment,
            };
            assert_eq!(outcome.follow_up, follow_up, "{question_8} {row}");
        }
    }
}

#[test]
fn injecting_leaves_the_band_of_the_substance_alone() {
    let result = outcome_of(&[(Opioids, LOW)], "11").results[0];
    assert_eq!((result.score, result.band), (3, Band::Low));
}

#[test]
fn the_block_about_injecting_is_for_the_last_three_months() {
    let table = [
        (Injecting::NotAsked, Band::Low, false),
        (Injecting::Never, Band::Low, false),
        (Injecting::Earlier, Band::Low, false),
        (Injecting::Undisclosed, Band::Low, false),
        (Injecting::Recent, Band::Moderate, true),
        (Injecting::RecentOften, Band::High, true),
    ];
    for (injecting, band, is_recent) in table {
        assert_eq!(injecting.band(), band, "{injecting:?}");
        assert_eq!(injecting.is_recent(), is_recent, "{injecting:?}");
    }
}

#[test]
fn nothing_used_is_an_empty_result_with_information() {
    let expected = Outcome {
        results: vec![],
        undisclosed: vec![],
        injecting: Injecting::NotAsked,
        highest: Band::Low,
        follow_up: FollowUp::Information,
    };
    assert_eq!(outcome_of(&[], "--"), expected);
    assert!(!expected.must_not_stop_suddenly());
}

#[test]
fn results_go_from_the_highest_band_down_and_within_a_band_by_the_instrument() {
    let rows = [
        (Tobacco, "1200-00"),
        (Alcohol, "1340000"), // 10: low for alcohol alone
        (Cannabis, MODERATE),
        (Cocaine, LOW),
        (Amphetamines, HIGH),
        (Sedatives, "1444000"), // 19: moderate, more than cannabis, yet after it
        (Opioids, "1444411"),   // 39: more than amphetamines, yet after it
        (Other, LOW),
    ];
    let order: Vec<_> =
        outcome_of(&rows, "0-").results.iter().map(|result| result.substance).collect();
    assert_eq!(
        order,
        [Amphetamines, Opioids, Cannabis, Sedatives, Tobacco, Alcohol, Cocaine, Other]
    );
}

#[test]
fn the_highest_band_is_that_of_the_worst_substance_and_never_of_a_total() {
    let mut rows = SUBSTANCES.map(|substance| (substance, LOW));
    rows[0].1 = "1200-00";
    assert_eq!(outcome_of(&rows, "0-").highest, Band::Low);
    rows[5].1 = MODERATE;
    assert_eq!(outcome_of(&rows, "0-").highest, Band::Moderate);
    rows[9].1 = HIGH;
    assert_eq!(outcome_of(&rows, "0-").highest, Band::High);
}

#[test]
fn only_alcohol_or_tobacco_above_low_leads_to_a_puskesmas() {
    let above_low: [&[(Substance, &str)]; 5] = [
        &[(Tobacco, "1300-00")],
        &[(Tobacco, "1444-11")],
        &[(Alcohol, HIGH)],
        &[(Tobacco, "1300-00"), (Alcohol, HIGH)],
        &[(Alcohol, "1440000"), (Cannabis, LOW)],
    ];
    for rows in above_low {
        for question_8 in ["0-", "2-", "x-"] {
            let outcome = outcome_of(rows, question_8);
            assert_eq!(outcome.follow_up, FollowUp::Puskesmas, "{rows:?} {question_8}");
        }
        let high = outcome_of(rows, "0-").highest == Band::High;
        let recent = if high { FollowUp::Assessment } else { FollowUp::Talk };
        assert_eq!(outcome_of(rows, "10").follow_up, recent, "{rows:?}");
        assert_eq!(outcome_of(rows, "1x").follow_up, recent, "{rows:?}");
        assert_eq!(outcome_of(rows, "11").follow_up, FollowUp::Assessment, "{rows:?}");
    }
}

#[test]
fn any_other_substance_above_low_leads_past_the_puskesmas() {
    for other in &SUBSTANCES[2..] {
        let talk = outcome_of(&[(Tobacco, "1300-00"), (*other, MODERATE)], "0-");
        assert_eq!(talk.follow_up, FollowUp::Talk, "{other:?}");
        // The high band may come from alcohol: the other substance above low still decides the door.
        let assessment = outcome_of(&[(Alcohol, HIGH), (*other, MODERATE)], "0-");
        assert_eq!(assessment.follow_up, FollowUp::Assessment, "{other:?}");
    }
}

#[test]
fn all_low_leads_to_information_even_for_alcohol_and_tobacco() {
    let outcome = outcome_of(&[(Tobacco, "1200-00"), (Alcohol, "1300010"), (Cannabis, LOW)], "2-");
    assert_eq!(outcome.results[1].score, 10);
    assert_eq!(outcome.follow_up, FollowUp::Information);
}

#[test]
fn stopping_suddenly_is_warned_against_for_alcohol_and_sedatives_daily_or_above_low() {
    let table = [
        (Alcohol, "1400000", 6, true),   // low, but daily
        (Alcohol, "1300010", 10, false), // the highest low, weekly
        (Alcohol, "1110010", 11, true),  // the lowest moderate, once or twice
        (Alcohol, "10---11", 12, true),  // moderate by history alone
        (Alcohol, "1x00000", 0, false),  // low, frequency kept back
        (Sedatives, "1200000", 3, false),
        (Sedatives, "1300000", 4, true),
        (Sedatives, "1344411", 37, true),
        (Sedatives, "10---02", 3, false),
    ];
    for (substance, row, score, must_warn) in table {
        let outcome = outcome_of(&[(substance, row)], "0-");
        let result = outcome.results[0];
        assert_eq!(result.score, score, "{substance:?} {row}");
        assert_eq!(result.must_not_stop_suddenly(), must_warn, "{substance:?} {row}");
        assert_eq!(outcome.must_not_stop_suddenly(), must_warn, "{substance:?} {row}");
    }
}

#[test]
fn stopping_suddenly_is_not_warned_against_for_any_other_substance() {
    for substance in SUBSTANCES.into_iter().filter(|s| ![Alcohol, Sedatives].contains(s)) {
        let row = if substance == Tobacco { "1444-11" } else { "1444411" };
        let outcome = outcome_of(&[(substance, row)], "0-");
        assert!(outcome.results[0].is_daily, "{substance:?}");
        assert!(!outcome.results[0].must_not_stop_suddenly(), "{substance:?}");
        assert!(!outcome.must_not_stop_suddenly(), "{substance:?}");
    }
}

#[test]
fn one_warned_substance_among_others_warns_for_the_whole() {
    let rows = [(Cannabis, HIGH), (Sedatives, MODERATE), (Opioids, MODERATE)];
    let outcome = outcome_of(&rows, "0-");
    let warned: Vec<_> =
        outcome.results.iter().map(SubstanceResult::must_not_stop_suddenly).collect();
    assert_eq!(warned, [false, true, false]);
    assert!(outcome.must_not_stop_suddenly());
}

#[test]
fn daily_is_only_the_last_option_of_question_2() {
    for (row, is_daily) in [
        ("10---00", false),
        ("1100000", false),
        ("1300000", false),
        ("1344400", false),
        ("1400000", true),
        ("1x00000", false),
    ] {
        assert_eq!(outcome_of(&[(Cannabis, row)], "0-").results[0].is_daily, is_daily, "{row}");
    }
}

#[test]
fn an_undisclosed_question_1_is_listed_and_has_no_result() {
    let rows = [(Opioids, "x------"), (Alcohol, "u------"), (Cannabis, LOW)];
    let outcome = outcome_of(&rows, "0-");
    assert_eq!(outcome.undisclosed, [Alcohol, Opioids]);
    assert_eq!(outcome.results.len(), 1);
    assert_eq!(outcome.highest, Band::Low);

    let all = outcome_of(&SUBSTANCES.map(|substance| (substance, "x------")), "--");
    assert_eq!(all.undisclosed, SUBSTANCES);
    assert_eq!(all.results, []);
    assert_eq!(all.injecting, Injecting::NotAsked);
    assert_eq!(all.follow_up, FollowUp::Information);
}

#[test]
fn declined_and_unsure_answers_are_counted_and_add_nothing() {
    let table = [
        ("1444411", 39, 0),
        ("1x44411", 33, 1),
        ("14x4411", 33, 1),
        ("144x411", 32, 1),
        ("1444x11", 31, 1),
        ("14444x1", 33, 1),
        ("144441x", 33, 1),
        ("1x4x4x1", 20, 3),
        ("1xxxxxx", 0, 6),
        ("1u4x4u1", 20, 3),
        ("1uuuuuu", 0, 6),
        ("10---xx", 0, 2),
    ];
    for (row, score, uncounted) in table {
        let result = outcome_of(&[(Cocaine, row)], "0-").results[0];
        assert_eq!((result.score, result.uncounted), (score, uncounted), "{row}");
    }
    let tobacco = outcome_of(&[(Tobacco, "1xxx-xx"), (Cocaine, LOW)], "0-");
    let uncounted: Vec<_> = tobacco.results.iter().map(|result| result.uncounted).collect();
    assert_eq!(uncounted, [5, 0]);
}
