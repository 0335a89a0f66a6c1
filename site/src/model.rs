//! Parsed content → the site as a whole: every reference resolved, every address final.

mod aliases;
mod areas;
mod bodies;
mod confirmations;
mod echoes;
mod instrument;
mod links;
mod neutral;
mod places;
mod proofs;
mod standing;
mod words;

pub use areas::Area;
pub use confirmations::{Confirmations, Difference, is_same_role};
pub use echoes::without_echoes;
pub use links::{Entry, Pages, Reach};
pub use places::Places;
pub use standing::{Age, NEAR_PERCENT, SPENT_PERCENT, Standing};
pub use words::{Catalogue, Catalogues};

use crate::content::data::SourceEntry;
use crate::content::drafts::Drafts;
use crate::content::front::Page;
use crate::content::{self, Content, Reading};
use crate::diag::{Code, Fault};
use crate::value::PageId;
use bodies::Anchors;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The whole site before a single page is rendered.
#[derive(Debug)]
pub struct Model<'c> {
    /// What was parsed.
    pub content: &'c Content,
    /// The pages by their addresses.
    pub pages: Pages<'c>,
    /// Areas, and which offices, units and facilities belong to them.
    pub places: Places<'c>,
    /// The second confirmations of the contacts.
    pub confirmations: Confirmations<'c>,
    /// The sources by their keys; where a key is there twice, the first.
    pub sources: BTreeMap<&'c str, &'c SourceEntry>,
    /// The words of each language.
    pub catalogues: Catalogues,
    /// The day for which the site is built.
    pub today: Date,
    anchors: Anchors,
}

impl Model<'_> {
    /// The areas that have a page, with its address in each language.
    pub fn area_pages(&self) -> impl Iterator<Item = (String, &Area)> {
        self.content.config.languages.iter().flat_map(move |lang| {
            let areas = self.places.with_pages();
            areas.filter_map(move |area| Some((area.url(&self.pages, lang)?, area)))
        })
    }

    /// What stands at an address but for a page and what leads to it: its file, or what it is.
    #[must_use]
    pub fn standing_at(&self, address: &str, but: &PageId) -> Option<String> {
        aliases::standing_at(self, address, but)
    }

    /// The first word of a text that tells what the sealed page is about.
    #[must_use]
    pub fn topic_word(&self, text: &str) -> Option<String> {
        neutral::topic_word(self, text)
    }

    /// Reads the body of a page from the text of its file; and what is wrong with it as a part of
    /// this site.
    #[must_use]
    pub fn read_body<'t>(&self, page: &Page, text: &'t str) -> (Reading<'t>, Vec<Fault>) {
        let reading = content::body(page, text, &self.content.guides);
        let mut faults = Vec::new();
        bodies::check(self, page, &reading, &mut faults);
        keep_needed(self.content, &mut faults);
        (reading, faults)
    }
}

/// A look at what the parts of a whole site say about each other.
type Check = fn(&Model, &mut Vec<Fault>);

/// Every such look, in the order in which they tell.
const CHECKS: [Check; 7] = [
    links::check,
    aliases::check,
    areas::check,
    proofs::check,
    confirmations::check,
    instrument::check,
    neutral::check,
];

fn told_by(check: Check, model: &Model) -> Vec<Fault> {
    let mut faults = Vec::new();
    check(model, &mut faults);
    faults
}

/// Resolves everything that one part of the content says about another, but for the bodies.
#[must_use]
pub fn assemble(content: &Content, today: Date, reach: Reach) -> (Model<'_>, Vec<Fault>) {
    let mut faults = Vec::new();
    let pages = links::pages(content, reach, &mut faults);
    let places = areas::places(content, &pages, &mut faults);
    let catalogues = words::catalogues(content, &mut faults);
    let confirmations = confirmations::confirmations(content);
    let anchors = Anchors::default();
    let sources = content.sources.iter().rev();
    let sources = sources.map(|source| (source.key.value.as_str(), source)).collect();
    let model =
        Model { content, pages, places, confirmations, sources, catalogues, today, anchors };
    let told: Vec<Vec<Fault>> = CHECKS.par_iter().map(|check| told_by(*check, &model)).collect();
    faults.extend(told.into_iter().flatten());
    keep_needed(content, &mut faults);
    (model, faults)
}

/// Where drafts are shown, a link to one that is left out because it is wrong is no fault of the page that
/// leads to it.
fn keep_needed(content: &Content, faults: &mut Vec<Fault>) {
    let is_shown = content.wanted_drafts != Drafts::LeftOut;
    faults.retain(|fault| !is_shown || fault.code != Code::LinkToDraft);
}
