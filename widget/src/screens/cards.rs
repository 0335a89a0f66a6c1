//! The blocks that stand on more than one screen: emergency, thoughts of suicide, national lines.

use super::parts::{Part, Sheet};
use crate::page;
use island::{NationalLine, Role, Word};

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
pub fn emergency(sheet: &mut Sheet) {
    let island = sheet.view.island;
    let (shown, href) = page::emergency(island);
    sheet.within("section", "darurat", |sheet| {
        sheet.draw(&[Part::Title(Word::EmergencyTitle), Part::Line(Word::EmergencyLead)]);
        sheet.number(&island.words.filled(Word::EmergencyCall, "nomor", shown), href);
        sheet.draw(SIGNS);
    });
}

/// Thoughts of suicide: always two routes, and that the line can be busy.
pub fn suicide(sheet: &mut Sheet) {
    sheet.within("section", "kartu", |sheet| {
        sheet.draw(&[Part::Title(Word::SuicideTitle), Part::Line(Word::SuicideText)]);
        calls(sheet, Role::Care);
        sheet.draw(&[Part::Line(Word::SuicideCare), Part::Line(Word::SuicideBusy)]);
    });
}

/// The lines of the whole country.
pub fn national(sheet: &mut Sheet) {
    sheet.draw(&[Part::Title(Word::NationalTitle)]);
    for line in &sheet.view.island.national {
        sheet.within("div", "kontak", |sheet| {
            sheet.line("h3", "", &line.name);
            call(sheet, line);
            sheet.paragraph(&line.note);
        });
    }
}

/// The numbers of the lines that are for this, to be called with one touch.
pub fn calls(sheet: &mut Sheet, role: Role) {
    for line in sheet.view.island.lines_for(role) {
        sheet.paragraph(&line.name);
        call(sheet, line);
    }
}

/// What a line is for, its number, and its site as text: a link to another host would lead to an
/// error page under the headers of this one.
#[inline(never)]
fn call(sheet: &mut Sheet, line: &NationalLine) {
    sheet.paragraph(&line.kind);
    sheet.number(&line.shown, &line.href);
    sheet.paragraph(&line.site);
}
