//! Answers that are legal at every moment: what cannot be asked cannot be answered.

use crate::instrument::{Question, Step, Substance};
use crate::plan::{all_steps, is_due};
use std::fmt;
use zeroize::Zeroize;

/// One answer to one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The option at this place of the step's scale, counted from 0.
    Option(u8),
    /// The person is not sure. Scores nothing and is told on the result.
    Unsure,
    /// The person prefers not to answer. Scores nothing and is told on the result.
    Declined,
}

impl Answer {
    /// The option that was chosen; none where the person was unsure or declined.
    #[must_use]
    pub fn option(self) -> Option<u8> {
        match self {
            Self::Option(option) => Some(option),
            Self::Unsure | Self::Declined => None,
        }
    }
}

/// Overwritten as a whole by the `Option` around it, tag and all.
impl Zeroize for Answer {
    fn zeroize(&mut self) {
        *self = Self::Option(0);
    }
}

/// Why an answer was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The plan does not ask this step after the answers given so far: question 1 was not yes,
    /// question 2 was never, tobacco has no question 5, nothing was ever used, nothing was injected.
    NotAsked(Step),
    /// The step's scale has no option at this place.
    NoSuchOption(Step, u8),
    /// The step is asked and has no answer yet, so that no result can be given.
    Unanswered(Step),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAsked(step) => write!(f, "{step:?} is not asked after these answers"),
            Self::NoSuchOption(step, option) => write!(f, "{step:?} has no option {option}"),
            Self::Unanswered(step) => write!(f, "{step:?} has no answer"),
        }
    }
}

impl std::error::Error for Refusal {}

/// The answers of one person. Plain bytes of fixed size, so that overwriting it leaves nothing behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    items: [[Option<Answer>; 10]; 7],
    injecting: Option<Answer>,
    injecting_days: Option<Answer>,
}

impl Answers {
    /// No answers yet.
    #[must_use]
    pub const fn none() -> Self {
        Self { items: [[None; 10]; 7], injecting: None, injecting_days: None }
    }

    /// The answer to a step, if it has one.
    #[must_use]
    pub fn get(&self, step: Step) -> Option<Answer> {
        match step {
            Step::Item(question, substance) => self.items[question as usize][substance as usize],
            Step::Injecting => self.injecting,
            Step::InjectingDays => self.injecting_days,
        }
    }

    /// These answers with one more, or one changed. Answers to steps that are no longer asked after
    /// the change are dropped, so that every value of this type is one the instrument allows.
    ///
    /// # Errors
    /// [`Refusal::NotAsked`] or [`Refusal::NoSuchOption`]; the answers stay as they were.
    pub fn with(mut self, step: Step, answer: Answer) -> Result<Self, Refusal> {
        if !is_due(&self, step) {
            return Err(Refusal::NotAsked(step));
        }
        if let Answer::Option(option) = answer
            && option >= step.scale().options()
        {
            return Err(Refusal::NoSuchOption(step, option));
        }
        *self.slot(step) = Some(answer);
        self.drop_what_is_no_longer_asked();
        Ok(self)
    }

    /// Whether the person said to have used the substance.
    #[must_use]
    pub fn has_used(&self, substance: Substance) -> bool {
        self.get(Step::Item(Question::Ever, substance)) == Some(Answer::Option(1))
    }

    /// Overwrites every answer, in a way that the compiler cannot leave out.
    pub fn wipe(&mut self) {
        self.items.zeroize();
        self.injecting.zeroize();
        self.injecting_days.zeroize();
    }

    fn drop_what_is_no_longer_asked(&mut self) {
        for step in all_steps() {
            if !is_due(self, step) {
                *self.slot(step) = None;
            }
        }
    }

    fn slot(&mut self, step: Step) -> &mut Option<Answer> {
        match step {
            Step::Item(question, substance) => {
                &mut self.items[question as usize][substance as usize]
            }
            Step::Injecting => &mut self.injecting,
            Step::InjectingDays => &mut self.injecting_days,
        }
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::none()
    }
}
