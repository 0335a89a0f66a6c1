//! The blocks that stand on more than one screen: emergency, thoughts of suicide, national lines.

use super::View;
use super::parts::{self, Part, all, draw, tag};
use crate::page;
use island::{NationalLine, Role, Word};
use yew::Html;

const SIGNS: &[Part] = &[
    Part::List(&[
        Word::EmergencyOpioids,
        Word::EmergencyStimulants,
        Word::EmergencyInhalants,
        Word::EmergencyMethanol,
    ]),
    Part::Line(Word::EmergencyAction),
    Part::Line(Word::EmergencyStay),
];

/// Danger to life: the signs, the number, what to do. Stands above every result.
pub fn emergency(view: &View) -> Html {
    let (shown, href) = page::emergency(view.island);
    let call = view.island.words.filled(Word::EmergencyCall, "nomor", shown);
    let head = [Part::Title(Word::EmergencyTitle), Part::Line(Word::EmergencyLead)];
    let body = vec![draw(view, &head), parts::number(&call, href), draw(view, SIGNS)];
    tag("section", "darurat", all(body))
}

/// Thoughts of suicide: always two routes, and that the line can be busy.
pub fn suicide(view: &View) -> Html {
    let head = [Part::Title(Word::SuicideTitle), Part::Line(Word::SuicideText)];
    let routes = [Part::Line(Word::SuicideCare), Part::Line(Word::SuicideBusy)];
    let body = vec![draw(view, &head), calls(view, Role::Care), draw(view, &routes)];
    tag("section", "kartu", all(body))
}

/// The numbers of the lines that care, and after them those that also take reports.
pub fn care_calls(view: &View) -> Html {
    all(vec![calls(view, Role::Care), calls(view, Role::Mixed)])
}

/// The lines of the whole country.
pub fn national(view: &View) -> Html {
    let cards = view.island.lines().map(|line| {
        tag(
            "div",
            "kontak",
            all(vec![parts::name(&line.name), call(line), parts::paragraph(&line.note)]),
        )
    });
    all(vec![parts::title(view.text(Word::NationalTitle)), all(cards.collect())])
}

fn calls(view: &View, role: Role) -> Html {
    let lines = view.island.lines_for(role);
    all(lines.map(|line| all(vec![parts::paragraph(&line.name), call(line)])).collect())
}

/// What a line is for, its number, and its site as text: a link to another host would lead to an
/// error page under the headers of this one.
fn call(line: &NationalLine) -> Html {
    let site = line.site.strip_prefix("https://").unwrap_or(&line.site);
    all(vec![
        parts::paragraph(&line.kind),
        parts::number(&line.shown, &line.href),
        parts::paragraph(site.strip_suffix('/').unwrap_or(site)),
    ])
}
