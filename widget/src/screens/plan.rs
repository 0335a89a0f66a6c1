//! "My plan": five lists to choose from and the sheet they make, to be printed or copied by hand.

use super::parts::{Part, Sheet};
use crate::plan::Item;
use crate::state::Action;
use island::Word;
use yew::html;

/// The plan after the result.
pub fn plan(sheet: &mut Sheet) {
    let state = sheet.view.state;
    let offices = state.place.offices(sheet.view.island);
    let unit = state.place.unit(sheet.view.island).map(|unit| unit.name.as_str());
    let offices = offices.iter().map(|office| office.name.as_str());
    let doors: Vec<&str> = unit.into_iter().chain(offices).collect();
    sheet.draw(&[
        Part::Back(Word::Back),
        Part::Heading(Word::PlanTitle),
        Part::Line(Word::PlanLead),
    ]);
    sheet.within("div", "pilih-tempat", |sheet| {
        for item in Item::ALL {
            list(sheet, item, &doors);
        }
    });
    let own = sheet.aside(|sheet| {
        sheet.draw(&[Part::Title(Word::PlanSheet)]);
        for item in Item::ALL {
            sentence(sheet, item, &doors);
        }
    });
    sheet.put(html! { <section class="kartu" aria-live="polite">{ own }</section> });
    sheet.within("div", "akhir", |sheet| {
        sheet.draw(&[Part::Print, Part::Secondary(Word::Restart, Action::Restart)]);
    });
}

fn list(sheet: &mut Sheet, item: Item, doors: &[&str]) {
    let view = sheet.view;
    let chosen = view.state.plan.get(item).map(usize::from);
    let choose = view.send.reform(move |option: Option<usize>| {
        Action::Planning(item, option.and_then(|option| u8::try_from(option).ok()))
    });
    let options = sheet.aside(|sheet| {
        sheet.option("", view.text(Word::PlaceChoose), chosen.is_none());
        for (place, name) in item.options(view.island, doors).into_iter().enumerate() {
            sheet.option(&place.to_string(), name, chosen == Some(place));
        }
    });
    sheet.select(view.text(item.question()), options, choose);
}

/// What the sheet says about an item; a line to write on where nothing was chosen.
fn sentence(sheet: &mut Sheet, item: Item, doors: &[&str]) {
    let view = sheet.view;
    let options = item.options(view.island, doors);
    let chosen = view.state.plan.get(item).and_then(|place| options.get(usize::from(place)));
    let text = chosen.copied().unwrap_or("________________");
    sheet.paragraph(&view.island.words.filled(item.sentence(), "pilihan", text));
}
