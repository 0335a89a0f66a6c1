//! Places that other people see: what the sealed screening and the page behind its exit leave in the
//! browser's title, address, history and in the head of a print, also at an old address of it. No word
//! there may name the topic.
//!
//! The host of the site is not among them: it is the agency's, and every page has it.

use super::{Entry, Model};
use crate::content::At;
use crate::content::data::WordFile;
use crate::content::front::{Kind, Layout};
use crate::diag::{Code, Fault, Spot};
use std::collections::BTreeSet;

/// Words of the templates that stand in such a place: the title of every page is made from the first;
/// the others are the title and the link of the page behind the exit, the exit itself, and the page that
/// stands at an old address. A key that ends in a dot stands for its whole table.
const NEUTRAL_SITE_WORDS: [&str; 5] =
    ["teks.judul_dokumen", "keluar.", "umum.keluar", "umum.keluar_label", "pindah."];
/// Words of the screening that stand in such a place: its titles, step by step.
const NEUTRAL_SCREENING_WORDS: [&str; 1] = ["judul."];

/// Words that name the topic whatever the screening is about, in lower case: the programme and its
/// agency, then substances and what is done with them, in the languages in which sites are written.
/// The names and examples of the substances in the wording file come on top.
const TOPIC_WORDS: [&str; 66] = [
    "bnn",
    "bnnk",
    "bnnp",
    "ibm",
    "ipwl",
    "assist",
    "napza",
    "nafza",
    "narkoba",
    "narkotika",
    "psikotropika",
    "adiksi",
    "adiktif",
    "candu",
    "kecanduan",
    "pecandu",
    "penyalahguna",
    "penyalahgunaan",
    "rehab",
    "rehabilitasi",
    "pascarehabilitasi",
    "skrining",
    "asesmen",
    "pemulihan",
    "relapse",
    "sakau",
    "overdosis",
    "suntik",
    "menyuntik",
    "zat",
    "obat",
    "alkohol",
    "miras",
    "oplosan",
    "rokok",
    "tembakau",
    "ganja",
    "sabu",
    "ekstasi",
    "kokain",
    "opioid",
    "heroin",
    "penenang",
    "drug",
    "drugs",
    "narcotic",
    "narcotics",
    "substance",
    "substances",
    "addict",
    "addiction",
    "addicted",
    "rehabilitation",
    "recovery",
    "screening",
    "overdose",
    "inject",
    "injecting",
    "alcohol",
    "tobacco",
    "cannabis",
    "cocaine",
    "opioids",
    "sedatives",
    "ecstasy",
    "withdrawal",
];
/// The tables of the wording file that name substances.
const SUBSTANCE_TABLES: [&str; 2] = ["zat.", "contoh."];
/// The verbs of the substances, which are neither names nor common words.
const VERB_TABLE: &str = "memakai.";
/// Shorter words of names and examples are joining words.
const SHORTEST_NAME: usize = 4;

/// Tells every topic word in such a place.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    let config = &model.content.config;
    let topics = Topics::of(model.content.screening_words.values());
    let mut look = |place: &str, text: &str, spot: &Spot| topics.tell(place, text, spot, faults);
    look("nama", &config.name, &config.name_spot);
    look("keluar", config.exit.as_str(), &config.exit_spot);
    let entries = model.pages.iter();
    let sealed = |entry: &&Entry| matches!(entry.kind(), Kind::Article(Layout::Screening));
    for page in entries.filter(sealed).map(|entry| entry.page) {
        look("judul", &page.front.title.value, &page.front.title.spot);
        look("ringkasan", &page.front.summary.value, &page.front.summary.spot);
        let path = page.id.as_str();
        look(path, path.trim_end_matches(".md"), &Spot::file(&page.file));
        for alias in &page.front.aliases {
            look("alias", alias.value.as_str(), &alias.spot);
        }
    }
    let site = model.content.words.values().map(|file| (file, &NEUTRAL_SITE_WORDS[..]));
    let own = model.content.screening_words.values();
    for (file, neutral) in site.chain(own.map(|file| (file, &NEUTRAL_SCREENING_WORDS[..]))) {
        for (key, text) in file.words.iter().filter(|(key, _)| is_listed(&key.value, neutral)) {
            look(&key.value, &text.value, &text.spot);
        }
    }
}

/// The first word of a text that names the topic.
pub fn topic_word(model: &Model, text: &str) -> Option<String> {
    let topics = Topics::of(model.content.screening_words.values());
    lower_words(text).find(|word| topics.0.contains(word))
}

fn is_listed(key: &str, list: &[&str]) -> bool {
    list.iter().any(|listed| *listed == key || listed.ends_with('.') && key.starts_with(listed))
}

/// The words that name the topic.
struct Topics(BTreeSet<String>);

impl Topics {
    /// The listed words, and those that the wording files use for nothing but substances.
    fn of<'a>(files: impl Iterator<Item = &'a WordFile>) -> Self {
        let (mut names, mut common) = (BTreeSet::new(), BTreeSet::new());
        for (key, text) in files.flat_map(|file| &file.words) {
            if SUBSTANCE_TABLES.iter().any(|table| key.value.starts_with(table)) {
                let long = words_of(text).filter(|word| word.chars().count() >= SHORTEST_NAME);
                names.extend(long);
            } else if !key.value.starts_with(VERB_TABLE)
                && !is_listed(&key.value, &NEUTRAL_SCREENING_WORDS)
            {
                common.extend(words_of(text));
            }
        }
        let own = names.into_iter().filter(|name| !common.contains(name));
        Self(own.chain(TOPIC_WORDS.map(str::to_owned)).collect())
    }

    /// One fault for each topic word of a text.
    fn tell(&self, place: &str, text: &str, spot: &Spot, faults: &mut Vec<Fault>) {
        let found = lower_words(text).filter(|word| self.0.contains(word));
        for word in found.collect::<BTreeSet<String>>() {
            let fault = Fault::new(Code::TopicWord, spot.clone()).with("word", word);
            faults.push(fault.with("place", place));
        }
    }
}

fn words_of(text: &At<String>) -> impl Iterator<Item = String> {
    lower_words(&text.value)
}

/// The words of a text in lower case, without its placeholders.
fn lower_words(text: &str) -> impl Iterator<Item = String> {
    let pieces = text.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
        Some((_, after)) if at > 0 => after,
        _ => piece,
    });
    let words = pieces.flat_map(|piece| piece.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(texts: &[(&str, &str)]) -> WordFile {
        let at = |text: &str| At { value: text.to_owned(), spot: Spot::file(&"kata".into()) };
        let words = texts.iter().map(|(key, text)| (at(key), at(text))).collect();
        WordFile { file: "kata".into(), words }
    }

    fn told(topics: &Topics, text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        topics.tell("judul", text, &Spot::file(&"kata".into()), &mut faults);
        faults.iter().map(|fault| fault.fact("word").unwrap().to_owned()).collect()
    }

    #[test]
    fn words_are_whole_and_of_any_case() {
        let topics = Topics::of([].into_iter());
        assert_eq!(told(&topics, "Cek NARKOBA, Napza – 3"), ["napza", "narkoba"]);
        assert_eq!(told(&topics, "https://www.bnn.go.id/skrining"), ["bnn", "skrining"]);
        assert_eq!(told(&topics, "Bnnomics, zatnya, obatan, cek mandiri"), [""; 0]);
        assert_eq!(
            told(&topics, "Langkah {zat} dari {obat}"),
            [""; 0],
            "placeholders are no words"
        );
    }

    #[test]
    fn names_of_substances_come_from_the_wording() {
        let file = wording(&[
            ("zat.hirup", "Zat yang dihirup"),
            ("contoh.hirup", "Misalnya lem, bensin, atau tiner."),
            ("memakai.hirup", "menghirup bensin"),
            ("pilihan.ya", "Misalnya yang ini"),
            ("judul.langkah", "Langkah bensin"),
        ]);
        let topics = Topics::of([&file].into_iter());
        assert_eq!(told(&topics, "Misalnya bensin, tiner, yang, lem"), ["bensin", "tiner"]);
        assert_eq!(told(&Topics::of([].into_iter()), "bensin"), [""; 0]);
    }

    #[test]
    fn a_table_is_listed_by_its_dot() {
        assert!(is_listed("judul.langkah", &NEUTRAL_SCREENING_WORDS));
        assert!(is_listed("umum.keluar", &NEUTRAL_SITE_WORDS));
        assert!(!is_listed("umum.keluar_batas", &NEUTRAL_SITE_WORDS));
        assert!(!is_listed("judulnya.x", &NEUTRAL_SCREENING_WORDS));
    }

    #[test]
    fn the_list_holds_single_words_in_lower_case_once() {
        let unique: BTreeSet<&str> = TOPIC_WORDS.into_iter().collect();
        assert_eq!(unique.len(), TOPIC_WORDS.len());
        for word in TOPIC_WORDS {
            assert_eq!(lower_words(word).collect::<Vec<String>>(), [word]);
        }
    }
}
