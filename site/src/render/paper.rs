//! The paper form: the instrument of the crate `screening` in the words of the screening.

use super::common::link_to;
use super::view::{
    Card, Link, Paper, PaperBand, PaperBands, PaperGroup, PaperOffice, PaperOption, PaperProvince,
    PaperQuestion,
};
use super::{island, places};
use crate::assets::Assets;
use crate::content::front::{Layout, Office};
use crate::model::{Catalogue, Model};
use crate::value::{AreaLevel, Lang};
use ::island::{PaperWord, Word, fill};
use screening::{Band, FollowUp, Question, SUBSTANCES, Step, Substance};

/// Everything the template of the screening needs.
pub fn paper(model: &Model, assets: &Assets, lang: &Lang) -> Paper {
    let catalogue = &model.catalogues[lang];
    Paper {
        words: catalogue.paper.clone(),
        groups: SUBSTANCES.into_iter().map(|substance| group(catalogue, substance)).collect(),
        injecting: [Step::Injecting, Step::InjectingDays]
            .into_iter()
            .zip(["8", "8b"])
            .map(|(step, number)| question(catalogue, step, format!("q{number}"), number))
            .collect(),
        bands: bands(catalogue),
        follow_ups: follow_ups(catalogue),
        provinces: provinces(model, lang),
        units_elsewhere: units_elsewhere(model, lang),
        built_day: built_day(model),
        island: island::island(model, lang).to_text(),
        script: assets.screening_script.to_owned(),
        style: assets.screening_style.clone(),
    }
}

/// The day of the build, in days since 1970-01-01.
fn built_day(model: &Model) -> i32 {
    (model.today - jiff::civil::date(1970, 1, 1)).get_days()
}

fn group(catalogue: &Catalogue, substance: Substance) -> PaperGroup {
    let words = &catalogue.screening;
    let id = char::from(b'a' + substance as u8);
    let item = |item: Question| {
        let number = item.number();
        question(
            catalogue,
            Step::Item(item, substance),
            format!("{id}{number}"),
            &number.to_string(),
        )
    };
    let scored =
        Question::ALL.into_iter().filter(|q| *q != Question::Ever && q.exists_for(substance));
    PaperGroup {
        id: id.to_string(),
        name: words.text(Word::name(substance)).to_owned(),
        examples: words.text(Word::examples(substance)).to_owned(),
        ever: item(Question::Ever),
        questions: scored.map(item).collect(),
        highest: substance.highest_score(),
    }
}

/// The lowest score of a band.
fn first_of(substance: Substance, band: Band) -> u8 {
    (0..=substance.highest_score()).find(|score| substance.band(*score) == band).unwrap_or(0)
}

fn question(catalogue: &Catalogue, step: Step, id: String, number: &str) -> PaperQuestion {
    let words = &catalogue.screening;
    let (skipped_when_never, points) = match step {
        Step::Item(item, _) => (item.is_skipped_when_never(), item.points()),
        Step::Injecting | Step::InjectingDays => (false, [].as_slice()),
    };
    let options = (0..step.scale().options()).filter_map(|option| {
        let word = Word::option(step.scale(), option)?;
        Some(PaperOption {
            text: words.text(word).to_owned(),
            points: points.get(usize::from(option)).map(ToString::to_string).unwrap_or_default(),
        })
    });
    PaperQuestion {
        id,
        number: number.to_owned(),
        text: words.question(step),
        skipped_when_never,
        options: options.collect(),
    }
}

/// The bands of alcohol, and of all others.
fn bands(catalogue: &Catalogue) -> Vec<PaperBands> {
    let alcohol = catalogue.screening.text(Word::name(Substance::Alcohol)).to_owned();
    let others = catalogue.text("teks", "semua_lain").to_owned();
    let of = |label, substance| PaperBands { label, rows: band_rows(catalogue, substance) };
    vec![of(alcohol, Substance::Alcohol), of(others, Substance::Cannabis)]
}

fn band_rows(catalogue: &Catalogue, substance: Substance) -> Vec<PaperBand> {
    let words = &catalogue.screening;
    let rows = [Band::Low, Band::Moderate, Band::High].map(|band| {
        let scores = (0..=substance.highest_score()).filter(|score| substance.band(*score) == band);
        let last = scores.max().unwrap_or(0);
        PaperBand {
            name: words.text(Word::band(band)).to_owned(),
            range: range(catalogue, first_of(substance, band), last),
            text: words.text(Word::band_meaning(band)).to_owned(),
        }
    });
    rows.into()
}

/// "11–26", as the words of the screening write it.
fn range(catalogue: &Catalogue, first: u8, last: u8) -> String {
    let text = catalogue.paper.get(PaperWord::BandsFrom.key()).map_or("", String::as_str);
    fill(&fill(text, "dari", &first.to_string()), "sampai", &last.to_string())
}

/// The next conversation by class, each under the band that leads to it.
fn follow_ups(catalogue: &Catalogue) -> Vec<Card> {
    let words = &catalogue.screening;
    let classes = [
        (words.text(Word::BandLow).to_owned(), FollowUp::Information),
        (words.text(Word::BandModerate).to_owned(), FollowUp::Talk),
        (words.text(Word::BandHigh).to_owned(), FollowUp::Assessment),
        (catalogue.text("teks", "hanya_legal").to_owned(), FollowUp::Puskesmas),
    ];
    let cards = classes.map(|(title, class)| Card {
        title,
        text: words.text(Word::follow_up(class)).to_owned(),
        url: String::new(),
        lang: String::new(),
    });
    cards.into()
}

/// The kab/kota that an office serves; nothing where that is its whole province.
fn serves(model: &Model, office: &Office, lang: &Lang) -> String {
    let areas = office.serves.iter().filter_map(|code| model.places.area(&code.value));
    let names: Vec<&str> = areas
        .filter(|area| area.code.level() != AreaLevel::Province)
        .map(|area| area.name.as_str())
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let text = model.catalogues[lang].paper.get(PaperWord::Serves.key());
    fill(text.map_or("", String::as_str), "daerah", &names.join(", "))
}

/// The provinces where something is known, with offices and units.
fn provinces(model: &Model, lang: &Lang) -> Vec<PaperProvince> {
    let places = &model.places;
    let listed = places.provinces().map(|area| PaperProvince {
        name: area.name.clone(),
        url: area.url(&model.pages, lang).unwrap_or_default(),
        offices: places
            .offices_serving(&area.code)
            .into_iter()
            .chain(places.offices_within(&area.code))
            .map(|(page, office)| PaperOffice {
                card: places::office_card(model, (page, office), lang),
                serves: serves(model, office, lang),
            })
            .collect(),
        units: island::units(model)
            .iter()
            .filter(|(_, unit)| unit.area.value.is_within(&area.code))
            .map(|(page, unit)| places::unit_card(model, page, unit, lang))
            .collect(),
    });
    listed.filter(|province| !province.offices.is_empty() || !province.units.is_empty()).collect()
}

/// The page that leads to the units, where there are more than the screening lists.
fn units_elsewhere(model: &Model, lang: &Lang) -> Vec<Link> {
    let is_listed = island::units(model).len() == model.places.units.len();
    let finder = model.pages.with_layout(Layout::Finder, lang).filter(|_| !is_listed);
    finder.map(|entry| link_to(entry, "", lang)).into_iter().collect()
}
