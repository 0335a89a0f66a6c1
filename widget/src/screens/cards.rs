//! The blocks that stand on more than one screen: emergency, thoughts of suicide, families,
//! national lines.

use super::{View, parts};
use crate::page;
use island::{NationalLine, Role, Word};
use yew::{Html, html};

/// Danger to life: the signs, the number, what to do. Stands above every result.
pub fn emergency(view: &View) -> Html {
    let (shown, href) = page::emergency(view.island);
    let signs = [
        Word::EmergencyOpioids,
        Word::EmergencyStimulants,
        Word::EmergencyInhalants,
        Word::EmergencyMethanol,
    ];
    html! {
        <section class="darurat">
            { parts::title(view.text(Word::EmergencyTitle)) }
            { view.line(Word::EmergencyLead) }
            { parts::number(&view.island.words.filled(Word::EmergencyCall, "nomor", shown), href) }
            { parts::list(view, &signs) }
            { parts::lines(view, &[Word::EmergencyAction, Word::EmergencyStay]) }
        </section>
    }
}

/// Thoughts of suicide: always two routes, and that the line can be busy.
pub fn suicide(view: &View) -> Html {
    let calls = view.island.lines_for(Role::Care).map(call).collect();
    parts::card(
        view,
        Word::SuicideTitle,
        vec![
            view.line(Word::SuicideText),
            parts::all(calls),
            parts::lines(view, &[Word::SuicideCare, Word::SuicideBusy]),
        ],
    )
}

/// What families can do.
pub fn family(view: &View) -> Html {
    parts::all(vec![
        parts::section(view, Word::FamilyTitle, &[Word::FamilyText]),
        parts::link_line(view.text(Word::LinkFamilies), &view.island.links.families),
    ])
}

/// The lines of the whole country.
pub fn national(view: &View) -> Html {
    let cards = view.island.lines().map(line_card).collect();
    parts::all(vec![parts::title(view.text(Word::NationalTitle)), parts::all(cards)])
}

/// The name of a line, its number and its site.
fn call(line: &NationalLine) -> Html {
    parts::all(vec![
        parts::paragraph(&line.name),
        parts::number(&line.shown, &line.href),
        site(line),
    ])
}

fn line_card(line: &NationalLine) -> Html {
    parts::contact_card(vec![
        parts::name(&line.name),
        parts::paragraph(&line.kind),
        parts::number(&line.shown, &line.href),
        site(line),
        parts::paragraph(&line.note),
    ])
}

fn site(line: &NationalLine) -> Html {
    let shown = line.site.strip_prefix("https://").unwrap_or(&line.site);
    parts::link_line(shown.strip_suffix('/').unwrap_or(shown), &line.site)
}
