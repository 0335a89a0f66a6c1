//! WHO ASSIST v3.1 as data and rules: which question comes next, which answers are legal,
//! what they score, which band and which follow-up that means.
//!
//! Source of every figure: WHO ASSIST v3.1, items as in table 1 of PMC4983530; points and bands as
//! in the WHO manual (2010), ISBN 978 92 4 159938 2.
//!
//! Absent on purpose: wording, I/O, clock, randomness. The crate compiles for any target and
//! holds nothing but values, so that the same rules serve the widget, the paper form and the tests.

mod answers;
mod instrument;
mod outcome;
mod plan;

pub use answers::{Answer, Answers, Refusal};
pub use instrument::{Band, Question, SUBSTANCES, Scale, Step, Substance, Window};
pub use outcome::{FollowUp, Injecting, Outcome, SubstanceResult, outcome};
pub use plan::{all_steps, due_steps, first_open, is_due, step_before};
