//! What is said of a new page → its form, filled in as far as the program can. Nothing is written before
//! the page is saved.

use super::ask::{Ask, Way};
use super::page::{Line, Open, Showing};
use super::reply::Reply;
use super::site::{Choices, candidates, content, with_text};
use super::step::Step;
use super::view::Shape;
use super::{Desk, PLACE};
use crate::content::{Content, Source};
use crate::invocation::{PageKind, PageRequest};
use crate::model::{self, Model, Reach};
use crate::scaffold;
use crate::trouble::Trouble;
use crate::value::slugify;

/// The kinds of pages, those that are made most first.
const KINDS: [PageKind; 4] =
    [PageKind::Unit, PageKind::Office, PageKind::Facility, PageKind::Article];

/// Answers for a new page.
pub fn reply(desk: &Desk, ask: &Ask) -> Result<Reply, Trouble> {
    let source = desk.source()?;
    let Some(content) = content(&source)? else {
        return Ok(desk.refused(422, "new_no_site"));
    };
    let (model, _) = model::assemble(&content, desk.build.today, Reach::Site);
    if ask.way == Way::Get {
        return Ok(asked(desk, ask, &content, &model, None));
    }
    let made = scaffold::page(&wanted(ask), &model, &desk.messages, &mut |_| None);
    match made {
        Ok(page) if source.file(&page.path).is_some() => {
            let facts = [("path", page.path)];
            let told = desk.messages.desk("new_exists", &facts);
            Ok(asked(desk, ask, &content, &model, Some(("nama", told))))
        }
        Ok(page) => begun(desk, source, content, page),
        Err(trouble) => {
            let field = match &trouble {
                Trouble::NotSaid("--judul") => "judul",
                Trouble::OfficeUnknown(..) => "kantor",
                _ => "wilayah",
            };
            let told = match &trouble {
                Trouble::NotSaid(_) => desk.messages.desk(&format!("new_{field}_missing"), &[]),
                Trouble::AreaUnclear(..) => desk.messages.desk("new_wilayah_unclear", &[]),
                other => other.in_words(&desk.messages),
            };
            Ok(asked(desk, ask, &content, &model, Some((field, told))))
        }
    }
}

fn wanted(ask: &Ask) -> PageRequest {
    let some = |name: &str| Some(ask.field(name).trim().to_owned()).filter(|text| !text.is_empty());
    let kind = KINDS.into_iter().find(|kind| kind.name() == ask.field("jenis"));
    let areas = ask.field("wilayah").split(';').map(|area| area.trim().to_owned());
    PageRequest {
        kind: kind.unwrap_or_default(),
        title: some("judul"),
        areas: areas.filter(|area| !area.is_empty()).collect(),
        office: some("kantor"),
        file: some("nama").map(|name| slugify(&name)),
    }
}

/// The form of a page that is not written yet.
fn begun(
    desk: &Desk,
    source: Source,
    content: Content,
    page: scaffold::NewPage,
) -> Result<Reply, Trouble> {
    let (_, own) = desk.page(&with_text(&source, &page.path, &page.text), &page.path)?;
    let path = page.path.strip_prefix("content/").unwrap_or(&page.path).to_owned();
    let open = Open {
        source,
        content: Some(content),
        owner: format!("@/{path}"),
        path,
        file: page.path,
        text: None,
        base: page.text,
    };
    let done = Some(desk.messages.desk("new_begun", &[]));
    Ok(desk.show(&open, Showing { own, done, ..Showing::default() }))
}

/// What is asked of a new page.
fn asked(
    desk: &Desk,
    ask: &Ask,
    content: &Content,
    model: &Model,
    wrong: Option<(&str, String)>,
) -> Reply {
    let word = |key: &str| desk.messages.desk(key, &[]);
    let kinds = KINDS.map(|kind| {
        let label = desk.messages.document(kind.name()).map_or("", |label| &label.label);
        (kind.name().to_owned(), label.to_owned())
    });
    let sent = |name: &str| ask.field(name).to_owned();
    let near = candidates(&sent("wilayah"), |area| model.places.covers(&area.code));
    let is_unclear =
        wrong.as_ref().is_some_and(|(field, _)| *field == "wilayah") && !near.is_empty();
    let area = if is_unclear {
        Shape::choice("wilayah", &word("new_wilayah"), "", &near)
    } else {
        Shape::area("wilayah", &word("new_wilayah"), &word("new_wilayah_hint"), &sent("wilayah"))
    };
    let chosen = Some(ask.field("jenis")).filter(|kind| !kind.is_empty()).unwrap_or("unit");
    let offices = Choices::of(content).offices;
    let office = Shape::choice("kantor", &word("new_kantor"), &sent("kantor"), &offices);
    let name = Shape::line("nama", &word("new_nama"), &word("new_nama_hint"), &sent("nama"));
    let fields = vec![
        Shape::choice("jenis", &word("new_jenis"), chosen, &kinds),
        Shape::line(
            "judul",
            desk.messages.label("judul"),
            desk.messages.hint("judul"),
            &sent("judul"),
        ),
        area,
        office.optional(&word("new_kantor_hint")),
        name.optional(""),
    ];
    let fields = fields.into_iter().map(|shape| match &wrong {
        Some((field, told)) if shape.name == *field => shape.told(told.clone()),
        _ => shape,
    });
    let lines = wrong.iter().map(|(field, told)| Line::at(field, told));
    desk.step(&Step {
        title: word("new_page"),
        lead: word("new_lead"),
        action: format!("{PLACE}/baru"),
        method: "post",
        back: format!("{PLACE}/"),
        fields: fields.collect(),
        lines: lines.collect(),
        submit: word("go_on"),
        ..Step::default()
    })
}
