//! What a text must look like: examples that faults show, which faults, and what the text stands for.

use crate::content::schema::{Like, Meaning, Shape};
use crate::diag::Code;

/// Any text, as it is shown where one is missing.
pub(super) const TEXT: &str = "\"…\"";
pub(super) const LIST: &str = "[\"…\", \"…\"]";
pub(super) const NUMBER: &str = "12";
pub(super) const NUMBERS: &str = "[0, 2, 3]";

/// Between forms of which one is to be chosen.
pub(super) const OR: &str = " | ";
/// Between the examples of a form.
const BETWEEN: &str = "\", \"";

/// What a text must look like, and which faults tell that it does not or is not there.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Examples of the form, as they are written.
    pub example: &'static str,
    /// What a text of this form stands for.
    pub meaning: Meaning,
    /// The fault where it does not parse.
    pub wrong: Code,
    /// The fault where it is missing.
    pub missing: Code,
}

impl Form {
    /// A form whose faults are the general ones.
    #[must_use]
    pub const fn like(example: &'static str) -> Self {
        let (wrong, missing) = (Code::BadValue, Code::MissingKey);
        Self { example, meaning: Meaning::Anything, wrong, missing }
    }

    /// A form of which examples say nothing.
    #[must_use]
    pub const fn any(meaning: Meaning) -> Self {
        Self::like(TEXT).meaning(meaning)
    }

    /// The same form of a text that stands for something.
    #[must_use]
    pub const fn meaning(self, meaning: Meaning) -> Self {
        Self { meaning, ..self }
    }

    /// The same form with a fault of its own where it does not parse.
    #[must_use]
    pub const fn or(self, wrong: Code) -> Self {
        Self { wrong, ..self }
    }

    /// The same form with a fault of its own where it is missing.
    #[must_use]
    pub const fn or_missing(self, missing: Code) -> Self {
        Self { missing, ..self }
    }

    /// The examples, of which one is to be chosen.
    pub(super) fn alternatives(&self) -> String {
        self.example.replace(BETWEEN, &format!("\"{OR}\""))
    }

    /// The same as data.
    pub(super) fn of_text(&self) -> Like {
        let examples = self.example.trim_matches(['[', ']', '"']).split(BETWEEN);
        let told = |example: &&str| *example != TEXT.trim_matches('"');
        Like { meaning: self.meaning, examples: examples.filter(told).collect() }
    }

    /// The shape of a text of this form.
    pub(super) fn shape(&self) -> Shape {
        let like = self.of_text();
        if like.meaning == Meaning::Anything && like.examples.is_empty() {
            return Shape::Text;
        }
        Shape::Like(like)
    }
}
