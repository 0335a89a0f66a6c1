//! "My plan": five lists to choose from and the sheet they make, to be printed or copied by hand.

use super::View;
use super::parts::{self, Chosen, Part, all, draw, tag};
use crate::plan::Item;
use crate::state::Action;
use island::Word;
use yew::{Html, html};

/// The plan after the result.
pub fn plan(view: &View) -> Html {
    let offices = view.state.place.offices(view.island);
    let unit = view.state.place.unit(view.island).map(|unit| unit.name.as_str());
    let offices = offices.iter().map(|office| office.name.as_str());
    let doors: Vec<&str> = unit.into_iter().chain(offices).collect();
    let head = [Part::Back(Word::Back), Part::Heading(Word::PlanTitle), Part::Line(Word::PlanLead)];
    let lists = Item::ALL.map(|item| list(view, item, &doors));
    let sheet = Item::ALL.map(|item| sentence(view, item, &doors));
    let end = [Part::Print, Part::Secondary(Word::Restart, Action::Restart)];
    all(vec![
        draw(view, &head),
        tag("div", "pilih-tempat", all(lists.into())),
        html! {
            <section class="kartu" aria-live="polite">
                { parts::title(view.text(Word::PlanSheet)) }
                { all(sheet.into()) }
            </section>
        },
        tag("div", "akhir", draw(view, &end)),
    ])
}

fn list(view: &View, item: Item, doors: &[&str]) -> Html {
    let chosen = view.state.plan.get(item).map(usize::from);
    let choose = view.send.reform(move |option: Option<usize>| {
        Action::Planning(item, option.and_then(|option| u8::try_from(option).ok()))
    });
    let options = item.options(view.island, doors).into_iter().enumerate();
    let options =
        options.map(|(place, name)| parts::option(&place.to_string(), name, chosen == Some(place)));
    let label = view.text(item.question());
    parts::select(view, label, options.collect(), Chosen(chosen.is_some()), choose)
}

/// What the sheet says about an item; a line to write on where nothing was chosen.
fn sentence(view: &View, item: Item, doors: &[&str]) -> Html {
    let options = item.options(view.island, doors);
    let chosen = view.state.plan.get(item).and_then(|place| options.get(usize::from(place)));
    let text = chosen.copied().unwrap_or("________________");
    parts::paragraph(&view.island.words.filled(item.sentence(), "pilihan", text))
}
