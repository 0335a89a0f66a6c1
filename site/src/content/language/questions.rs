//! The wording of the questions → faults where a question has lost its sense.

use super::Guides;
use crate::content::data::WordFile;
use crate::diag::{Code, Fault, listed};
use crate::value::Lang;

/// Each question whose wording is known to lose its sense, held to words that keep it.
pub fn check(file: &WordFile, lang: &Lang, guides: &Guides, faults: &mut Vec<Fault>) {
    let Some(guide) = guides.of(lang) else { return };
    for sense in guide.questions() {
        let written = file.words.iter().find(|(key, _)| key.value == sense.key);
        let Some((_, text)) = written else { continue };
        let words = text.value.to_lowercase();
        let holds = |phrase: &String| words.contains(phrase.as_str());
        let is_kept = sense.needs.is_empty() || sense.needs.iter().any(holds);
        if !is_kept || sense.refuses.iter().any(holds) {
            let fault = Fault::new(Code::QuestionSense, text.spot.clone()).with("key", &sense.key);
            let needs = listed(sense.needs.iter().map(String::as_str));
            let refuses = listed(sense.refuses.iter().map(String::as_str));
            faults.push(fault.with("needs", needs).with("refuses", refuses));
        }
    }
}
