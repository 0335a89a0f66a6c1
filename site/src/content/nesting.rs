//! The events of a body → how deep its quotes and lists lie in each other: a million `>` would become
//! a million elements in each other, which no browser shows and no stack holds.

use crate::diag::{Code, Fault, Spot};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// The most quotes and lists in each other.
const LEVELS: usize = 20;

/// The depth of what is open, and the deepest place so far.
#[derive(Default)]
pub struct Nesting {
    open: usize,
    deepest: usize,
    /// Where the limit was first passed.
    place: Option<Range<usize>>,
}

impl Nesting {
    /// Takes an event and its place in the body.
    pub fn event(&mut self, event: &Event, span: &Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_)) => {
                self.open += 1;
                self.deepest = self.deepest.max(self.open);
                if self.open > LEVELS && self.place.is_none() {
                    self.place = Some(span.start..span.start + 1);
                }
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition) => {
                self.open -= 1;
            }
            _ => {}
        }
    }

    /// The fault of a body that begins `offset` bytes into its file; none within the limit.
    pub fn fault(self, file: &Arc<str>, offset: usize) -> Option<Fault> {
        let place = self.place?;
        let spot = Spot::at(file, place.start + offset..place.end + offset);
        let fault = Fault::new(Code::DeepNesting, spot).with("depth", self.deepest);
        Some(fault.with("limit", LEVELS))
    }
}
