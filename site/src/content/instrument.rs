//! `content/data/instrumen.toml` → the approved table of points and bands, each number with its place.
//!
//! The table steers nothing: `screening` is the instrument. It is what people check and sign, and
//! what the build holds the program to.

use super::At;
use super::fields::{Fields, Reader};
use super::front::{AS_OF, SOURCE};
use crate::diag::Fault;
use crate::value::AsOf;
use island::Word;
use screening::{Question, Step, Substance};
use std::sync::Arc;

/// The table as it was written.
#[derive(Clone, Debug)]
pub struct InstrumentTable {
    /// `[asal]`, `sumber`: keys of the list of sources.
    pub sources: Vec<At<String>>,
    /// `[persetujuan]`, `tanggal`: when the agency signed it; none before that.
    pub approved: Option<At<AsOf>>,
    /// `[poin]`: the points of each option of the questions that are scored.
    pub points: Vec<(Question, Points)>,
    /// `[pita.alkohol]`
    pub alcohol: BandLimits,
    /// `[pita.lain]`
    pub others: BandLimits,
    /// `[tembakau]`, `tanpa`: the questions that tobacco lacks, and the place of the list.
    pub not_for_tobacco: At<Vec<Question>>,
}

/// The points of a question's options, the list and each number with its place.
pub type Points = At<Vec<At<u8>>>;

/// The lowest scores of two bands.
#[derive(Clone, Debug)]
pub struct BandLimits {
    /// `menengah`
    pub moderate: At<u8>,
    /// `tinggi`
    pub high: At<u8>,
}

/// The questions that are scored, in order.
pub fn scored() -> impl Iterator<Item = Question> {
    Question::ALL.into_iter().filter(|question| !question.points().is_empty())
}

/// The key of a question, the same as in the file of words, such as `sering`.
#[must_use]
pub fn key_of(question: Question) -> &'static str {
    let key = Word::question(Step::Item(question, Substance::Alcohol)).key();
    key.split_once('.').map_or(key, |parts| parts.1)
}

/// Parses the table.
pub fn table(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Option<InstrumentTable> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (table, more) = Reader::new(file, bom).run(&text[bom..], keys);
    faults.extend(more);
    table
}

/// Reads every key of the table.
pub(super) fn keys(fields: &Fields) -> Option<InstrumentTable> {
    let sources = fields.required_table("asal").map(|fields| origin(&fields));
    let approved = fields.table("persetujuan").and_then(|fields| approval(&fields));
    let points = fields.required_table("poin").and_then(|fields| points(&fields));
    let bands = fields.required_table("pita").and_then(|fields| bands(&fields));
    let lacking = fields.required_table("tembakau").and_then(|fields| lacking(&fields));
    fields.finish();
    let [alcohol, others] = bands?;
    Some(InstrumentTable {
        sources: sources?,
        approved,
        points: points?,
        alcohol,
        others,
        not_for_tobacco: lacking?,
    })
}

fn origin(fields: &Fields) -> Vec<At<String>> {
    fields.text("nama");
    let sources = fields.required_list("sumber", SOURCE, |text| Some(text.to_owned()));
    fields.finish();
    sources
}

fn approval(fields: &Fields) -> Option<At<AsOf>> {
    fields.text("oleh");
    let date = fields.parsed("tanggal", AS_OF, AsOf::parse);
    fields.finish();
    date
}

fn points(fields: &Fields) -> Option<Vec<(Question, Points)>> {
    let points: Vec<_> =
        scored().map(|question| Some((question, fields.numbers(key_of(question))?))).collect();
    fields.finish();
    points.into_iter().collect()
}

fn bands(fields: &Fields) -> Option<[BandLimits; 2]> {
    let limits = ["alkohol", "lain"].map(|key| limits(&fields.required_table(key)?));
    fields.finish();
    let [alcohol, others] = limits;
    Some([alcohol?, others?])
}

fn limits(fields: &Fields) -> Option<BandLimits> {
    let (moderate, high) = (fields.number("menengah"), fields.number("tinggi"));
    fields.finish();
    Some(BandLimits { moderate: moderate?, high: high? })
}

fn lacking(fields: &Fields) -> Option<At<Vec<Question>>> {
    let known: Vec<(&str, Question)> =
        scored().map(|question| (key_of(question), question)).collect();
    let questions = fields.choices("tanpa", &known);
    fields.finish();
    let spot = questions.first()?.spot.clone();
    Some(At { value: questions.into_iter().map(|question| question.value).collect(), spot })
}
