//! Plays whole screenings with random answers, declines and changes of mind, and compares everything the
//! crate says with the second implementation in `naive`. `BERSINAR_RUNS` sets the number of seeded runs.

#![allow(clippy::unwrap_used, clippy::panic)]

mod naive;

use naive::{Cell, DECLINED, Form, Line, Sum, UNSURE};
use proptest::prelude::*;
use screening::{
    Answer, Answers, Band, FollowUp, Injecting, Outcome, Question, Refusal, SUBSTANCES, Step,
    due_steps, first_open, is_due, outcome, step_before,
};
use std::collections::BTreeMap;

/// What one person would say to every cell, asked or not, and what is tried to be changed afterwards.
#[derive(Clone, Debug)]
struct Run {
    replies: Form,
    changes: Vec<(Cell, u8)>,
}

/// How often each kind of thing came up, so that a run of luck cannot make the comparison empty.
type Tally = BTreeMap<&'static str, u32>;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_run_agrees_with_the_second_implementation(run in any_run()) {
        play(&run, &mut Tally::new());
    }
}

#[test]
fn seeded_runs_agree_with_the_second_implementation() {
    let runs = std::env::var("BERSINAR_RUNS").map_or(20_000, |runs| runs.parse().unwrap());
    let halves = [runs / 2, runs - runs / 2];
    let tallies = std::thread::scope(|scope| {
        let threads: Vec<_> = (0_u64..)
            .zip(halves)
            .map(|(seed, count)| scope.spawn(move || play_seeded(seed, count)))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let mut total = Tally::new();
    for (kind, count) in tallies.into_iter().flatten() {
        *total.entry(kind).or_default() += count;
    }
    println!("{runs} runs: {total:?}");
    if runs >= 20_000 {
        assert_every_kind_came_up(&total);
    }
}

/// Every class of result, and enough of each to mean something.
fn assert_every_kind_came_up(total: &Tally) {
    let kinds = [
        ["information", "talk", "asesmen", "puskesmas"],
        ["not asked", "never", "earlier", "few days"],
        ["more than four days", "undisclosed 8", "warned", "undisclosed"],
        ["change made", "change dropped answers", "not asked refused", "no such option refused"],
    ];
    for kind in kinds.as_flattened() {
        let count = total.get(kind).copied().unwrap_or(0);
        assert!(count >= 100, "only {count} times {kind:?}");
    }
}

fn play_seeded(seed: u64, runs: u64) -> Tally {
    let mut random = SplitMix(seed);
    let mut tally = Tally::new();
    for _ in 0..runs {
        play(&random.run(), &mut tally);
    }
    tally
}

/// Plays one run on both sides: answers in order, changes, what the changes opened.
fn play(run: &Run, tally: &mut Tally) {
    let mut form = Form::new();
    let mut answers = Answers::none();
    answer_what_is_open(run, &mut form, &mut answers);
    assert_same_state(&form, &answers);
    assert_same_outcome(&form, &answers, tally);
    for (cell, reply) in &run.changes {
        change(*cell, *reply, &mut form, &mut answers, tally);
        assert_same_state(&form, &answers);
    }
    answer_what_is_open(run, &mut form, &mut answers);
    assert_same_state(&form, &answers);
    assert_same_outcome(&form, &answers, tally);
}

fn answer_what_is_open(run: &Run, form: &mut Form, answers: &mut Answers) {
    while let Some(cell) = naive::asked(form).into_iter().find(|cell| !form.contains_key(cell)) {
        let step = step_of(cell);
        assert_eq!(first_open(answers), Some(step), "{form:?}");
        form.insert(cell, run.replies[&cell]);
        *answers = answers.with(step, answer_of(run.replies[&cell])).unwrap();
    }
}

fn change(cell: Cell, reply: u8, form: &mut Form, answers: &mut Answers, tally: &mut Tally) {
    let step = step_of(cell);
    let changed = answers.with(step, answer_of(reply));
    if !naive::asked(form).contains(&cell) {
        assert_eq!(changed, Err(Refusal::NotAsked(step)), "{form:?}");
        count(tally, "not asked refused");
    } else if reply < UNSURE && reply >= naive::options(cell) {
        assert_eq!(changed, Err(Refusal::NoSuchOption(step, reply)), "{form:?}");
        count(tally, "no such option refused");
    } else {
        form.insert(cell, reply);
        let written = form.len();
        naive::rub_out(form);
        *answers = changed.unwrap();
        count(tally, "change made");
        if form.len() < written {
            count(tally, "change dropped answers");
        }
    }
}

/// The same steps are asked in the same order, and the same answers stand.
fn assert_same_state(form: &Form, answers: &Answers) {
    let asked: Vec<Step> = naive::asked(form).into_iter().map(step_of).collect();
    assert_eq!(due_steps(answers).collect::<Vec<_>>(), asked, "{form:?}");
    for cell in naive::every_cell() {
        let step = step_of(cell);
        assert_eq!(answers.get(step), form.get(&cell).copied().map(answer_of), "{cell:?} {form:?}");
        assert_eq!(is_due(answers, step), asked.contains(&step), "{cell:?} {form:?}");
    }
    let open = asked.iter().find(|step| answers.get(**step).is_none()).copied();
    assert_eq!(first_open(answers), open, "{form:?}");
    if let Some(step) = open {
        assert_eq!(outcome(answers), Err(Refusal::Unanswered(step)), "{form:?}");
    }
    let last = asked.len() - 1;
    assert_eq!(step_before(answers, asked[last]), Some(asked[last - 1]), "{form:?}");
}

fn assert_same_outcome(form: &Form, answers: &Answers, tally: &mut Tally) {
    let sum = naive::add_up(form);
    assert_eq!(sum_of(&outcome(answers).unwrap()), sum, "{form:?}");
    count(tally, sum.follow_up);
    count(tally, sum.injecting);
    if sum.warn {
        count(tally, "warned");
    }
    if !sum.undisclosed.is_empty() {
        count(tally, "undisclosed");
    }
}

fn count(tally: &mut Tally, kind: &'static str) {
    *tally.entry(kind).or_default() += 1;
}

/// The crate's outcome in the words of the second implementation.
fn sum_of(outcome: &Outcome) -> Sum {
    let lines = outcome.results.iter().map(|result| Line {
        letter: letter_of(result.substance as usize),
        score: result.score,
        level: level_of(result.band),
        uncounted: result.uncounted,
        daily: result.is_daily,
        warn: result.must_not_stop_suddenly(),
    });
    Sum {
        lines: lines.collect(),
        undisclosed: outcome.undisclosed.iter().map(|s| letter_of(*s as usize)).collect(),
        injecting: match outcome.injecting {
            Injecting::NotAsked => "not asked",
            Injecting::Never => "never",
            Injecting::Earlier => "earlier",
            Injecting::Recent => "few days",
            Injecting::RecentOften => "more than four days",
            Injecting::Undisclosed => "undisclosed 8",
        },
        highest: level_of(outcome.highest),
        follow_up: match outcome.follow_up {
            FollowUp::Information => "information",
            FollowUp::Talk => "talk",
            FollowUp::Assessment => "asesmen",
            FollowUp::Puskesmas => "puskesmas",
        },
        warn: outcome.must_not_stop_suddenly(),
    }
}

fn letter_of(place: usize) -> char {
    ('a'..='j').nth(place).unwrap()
}

fn level_of(band: Band) -> u8 {
    match band {
        Band::Low => 1,
        Band::Moderate => 2,
        Band::High => 3,
    }
}

fn answer_of(reply: u8) -> Answer {
    match reply {
        DECLINED => Answer::Declined,
        UNSURE => Answer::Unsure,
        option => Answer::Option(option),
    }
}

fn step_of((number, letter): Cell) -> Step {
    let question = match (number, letter) {
        (1, _) => Question::Ever,
        (2, _) => Question::Frequency,
        (3, _) => Question::Urge,
        (4, _) => Question::Problems,
        (5, _) => Question::Duties,
        (6, _) => Question::Concern,
        (7, _) => Question::CutDown,
        (8, '?') => return Step::Injecting,
        (8, 'n') => return Step::InjectingDays,
        cell => panic!("no such cell: {cell:?}"),
    };
    Step::Item(question, SUBSTANCES[('a'..='j').position(|l| l == letter).unwrap()])
}

fn any_run() -> impl Strategy<Value = Run> {
    let cells = naive::every_cell();
    let replies: Vec<_> = cells.iter().map(|cell| any_reply(naive::options(*cell))).collect();
    let change = (prop::sample::select(cells.clone()), any_reply(6));
    (replies, prop::collection::vec(change, 0..12)).prop_map(move |(replies, changes)| Run {
        replies: cells.iter().copied().zip(replies).collect(),
        changes,
    })
}

fn any_reply(options: u8) -> impl Strategy<Value = u8> + Clone {
    prop_oneof![18 => 0..options, 1 => Just(DECLINED), 1 => Just(UNSURE)]
}

/// Sebastiano Vigna's `SplitMix64`: the same runs on every machine, without a dependency.
struct SplitMix(u64);

impl SplitMix {
    /// A run of a person who used few or many substances, declines rarely or often, mildly or heavily affected.
    fn run(&mut self) -> Run {
        let [yes, declined, zero] = [[0, 10, 30, 90], [0, 0, 5, 30], [0, 40, 70, 95]]
            .map(|percents| percents[usize::from(self.below(4))]);
        let replies = naive::every_cell().into_iter().map(|cell| {
            let reply = match cell.0 {
                _ if self.below(100) < declined => DECLINED - self.below(2),
                1 => u8::from(self.below(100) < yes),
                _ if self.below(100) < zero => 0,
                _ => self.below(naive::options(cell)),
            };
            (cell, reply)
        });
        let replies = replies.collect();
        let changes = (0..self.below(6)).map(|_| self.change()).collect();
        Run { replies, changes }
    }

    /// Half of the changes go to questions 1, 2 and 8, on which others hang.
    fn change(&mut self) -> (Cell, u8) {
        let mut cells = naive::every_cell();
        if self.below(2) == 0 {
            cells.retain(|cell| matches!(cell, (1 | 2, _) | (8, '?')));
        }
        let count = u8::try_from(cells.len()).unwrap();
        let cell = cells[usize::from(self.below(count))];
        let reply = if self.below(10) == 0 {
            DECLINED - self.below(2)
        } else {
            self.below(naive::options(cell) + 1)
        };
        (cell, reply)
    }

    fn below(&mut self, limit: u8) -> u8 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        u8::try_from(mixed % u64::from(limit)).unwrap()
    }
}
