//! The outcome: score and band per substance, what injecting adds, and the follow-up class.

use crate::answers::{Answer, Answers, Refusal};
use crate::instrument::{Band, Question, SUBSTANCES, Step, Substance};
use crate::plan::first_open;

/// The result for one substance that was ever used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubstanceResult {
    /// The group.
    pub substance: Substance,
    /// The sum of questions 2 to 7; 0 to 39, tobacco 0 to 31. Whatever was declined or unsure adds nothing.
    pub score: u8,
    /// The band of the score.
    pub band: Band,
    /// How many of questions 2 to 7 were declined or unsure: where it is not 0, the true score may
    /// be higher.
    pub uncounted: u8,
    /// Whether question 2 was "daily or almost daily".
    pub is_daily: bool,
}

impl SubstanceResult {
    /// Whether to say "do not stop suddenly": alcohol or sedatives, used daily or in a band above low.
    #[must_use]
    pub fn must_not_stop_suddenly(&self) -> bool {
        self.substance.has_dangerous_withdrawal() && (self.is_daily || self.band > Band::Low)
    }
}

/// What question 8 told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Injecting {
    /// Nothing was ever used, so it was not asked.
    NotAsked,
    /// Never.
    Never,
    /// Yes, but longer ago than three months.
    Earlier,
    /// In the last three months, on four days a month or fewer, or on days the person kept to themselves.
    Recent,
    /// In the last three months, on more than four days a month.
    RecentOften,
    /// The person preferred not to answer, or was not sure.
    Undisclosed,
}

impl Injecting {
    /// The band that injecting alone calls for: recent as moderate, more than four days a month as high.
    #[must_use]
    pub fn band(self) -> Band {
        match self {
            Self::NotAsked | Self::Never | Self::Earlier | Self::Undisclosed => Band::Low,
            Self::Recent => Band::Moderate,
            Self::RecentOften => Band::High,
        }
    }

    /// Whether to show the block about injecting: in the last three months.
    #[must_use]
    pub fn is_recent(self) -> bool {
        self.band() > Band::Low
    }
}

/// The next conversation, not a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FollowUp {
    /// All low: information, and another look if use changes.
    Information,
    /// Moderate: talk to an IBM unit or Agen Pemulihan, a BNNK or BNNP clinic, puskesmas or IPWL.
    Talk,
    /// High, or injecting often: ask for an asesmen soon.
    Assessment,
    /// Only alcohol or tobacco stand above low: a puskesmas.
    Puskesmas,
}

/// What the answers come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// One result per substance ever used, the highest band first, within a band in the instrument's order.
    pub results: Vec<SubstanceResult>,
    /// Substances about which the person declined question 1 or was not sure.
    pub undisclosed: Vec<Substance>,
    /// What question 8 told.
    pub injecting: Injecting,
    /// The highest band over all substances and injecting.
    pub highest: Band,
    /// The class of the next conversation.
    pub follow_up: FollowUp,
}

impl Outcome {
    /// Whether any result calls for "do not stop suddenly".
    #[must_use]
    pub fn must_not_stop_suddenly(&self) -> bool {
        self.results.iter().any(SubstanceResult::must_not_stop_suddenly)
    }
}

/// Scores complete answers.
///
/// # Errors
/// [`Refusal::Unanswered`] with the first step that is asked and has no answer.
pub fn outcome(answers: &Answers) -> Result<Outcome, Refusal> {
    if let Some(step) = first_open(answers) {
        return Err(Refusal::Unanswered(step));
    }
    let used = SUBSTANCES.into_iter().filter(|substance| answers.has_used(*substance));
    let used = used.map(|substance| result_of(answers, substance));
    // Band by band instead of a stable sort, which would weigh 2 KB in the widget.
    let in_band = |band| used.clone().filter(move |result| result.band == band);
    let results: Vec<_> =
        [Band::High, Band::Moderate, Band::Low].into_iter().flat_map(in_band).collect();
    let injecting = injecting_of(answers);
    let highest = results.iter().map(|result| result.band).fold(injecting.band(), Band::max);
    Ok(Outcome {
        follow_up: follow_up(&results, injecting, highest),
        undisclosed: SUBSTANCES.into_iter().filter(|s| is_undisclosed(answers, *s)).collect(),
        results,
        injecting,
        highest,
    })
}

fn result_of(answers: &Answers, substance: Substance) -> SubstanceResult {
    let given = |question| answers.get(Step::Item(question, substance));
    let points = |question: Question| {
        let option = given(question)?.option()?;
        question.points().get(usize::from(option)).copied()
    };
    let score = Question::ALL.into_iter().filter_map(points).sum();
    let is_uncounted = |question: &Question| given(*question).is_some_and(|a| a.option().is_none());
    SubstanceResult {
        substance,
        score,
        band: substance.band(score),
        uncounted: Question::ALL.into_iter().filter(is_uncounted).map(|_| 1).sum(),
        is_daily: given(Question::Frequency) == Some(Answer::Option(4)),
    }
}

fn is_undisclosed(answers: &Answers, substance: Substance) -> bool {
    let ever = answers.get(Step::Item(Question::Ever, substance));
    ever.is_some_and(|answer| answer.option().is_none())
}

fn injecting_of(answers: &Answers) -> Injecting {
    match (answers.get(Step::Injecting), answers.get(Step::InjectingDays)) {
        (None, _) => Injecting::NotAsked,
        (Some(Answer::Unsure | Answer::Declined), _) => Injecting::Undisclosed,
        (Some(Answer::Option(0)), _) => Injecting::Never,
        (Some(Answer::Option(1)), Some(Answer::Option(1))) => Injecting::RecentOften,
        (Some(Answer::Option(1)), _) => Injecting::Recent,
        (Some(Answer::Option(_)), _) => Injecting::Earlier,
    }
}

fn follow_up(results: &[SubstanceResult], injecting: Injecting, highest: Band) -> FollowUp {
    let above_low = results.iter().filter(|result| result.band > Band::Low);
    let only_legal = above_low.clone().all(|result| result.substance.is_legal_to_sell());
    match highest {
        Band::Low => FollowUp::Information,
        _ if only_legal && !injecting.is_recent() => FollowUp::Puskesmas,
        Band::Moderate => FollowUp::Talk,
        Band::High => FollowUp::Assessment,
    }
}
