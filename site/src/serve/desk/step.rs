//! One step of something that takes several: a heading, what it is about, a few fields, a button.

use super::Desk;
use super::page::Line;
use super::reply::Reply;
use super::view::Shape;
use serde::Serialize;

/// A step, as a template shows it.
#[derive(Default, Serialize)]
pub struct Step {
    /// Its heading.
    pub title: String,
    /// What is to be done.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// `post` where it changes something.
    pub method: &'static str,
    /// Where one gets without doing it.
    pub back: String,
    /// What it is about: names and values.
    pub facts: Vec<(String, String)>,
    /// What is asked.
    pub fields: Vec<Shape>,
    /// What goes along with it.
    pub hidden: Vec<(String, String)>,
    /// What is wrong, each with the way to its field.
    pub lines: Vec<Line>,
    /// Why it was not done.
    pub refused: Option<String>,
    /// What was done before it.
    pub done: Option<String>,
    /// Which files it changes, and how.
    pub changes: Vec<(String, String)>,
    /// What stands on the button.
    pub submit: String,
    /// Whether it takes something away.
    pub is_grave: bool,
}

impl Desk {
    /// Shows a step; as one that was not done, where something is wrong.
    pub(super) fn step(&self, step: &Step) -> Reply {
        let is_wrong = step.refused.is_some() || !step.lines.is_empty();
        let reply = self.sheet("step.html", &[("step", step)]);
        if is_wrong { reply.with_status(422) } else { reply }
    }
}
