//! A page and the name that it is to have → the files that would change, shown first; then changed, all or
//! none. The old address leads to the new one.

use super::ask::{Ask, Way};
use super::page::{Line, Open};
use super::reply::Reply;
use super::step::Step;
use super::view::Shape;
use super::{Desk, PLACE};
use crate::emit::{Swap, Unswapped, swap};
use crate::model::{self, Reach};
use crate::rename::{Plan, plan};
use crate::trouble::Trouble;

/// Under which name the new name is sent.
const FIELD: &str = "ke";

/// Answers for `PATH/nama`.
pub fn reply(desk: &Desk, ask: &Ask, open: &Open) -> Reply {
    let Some(content) = &open.content else { return desk.refused(422, "new_no_site") };
    let asking = Asking { desk, open, wanted: ask.field(FIELD).trim() };
    if ask.way == Way::Get {
        return asking.shown(None, None);
    }
    let (model, _) = model::assemble(content, desk.build.today, Reach::Site);
    match plan(&open.source, &model, &open.path, asking.wanted) {
        Err(refusal) => {
            let told = Trouble::NotRenamed(refusal).in_words(&desk.messages);
            asking.shown(None, Some(told))
        }
        Ok(plan) if ask.field("ya").is_empty() => asking.shown(Some(&plan), None),
        Ok(plan) => asking.done(&plan),
    }
}

/// A page and the name that somebody wants for it.
struct Asking<'a> {
    desk: &'a Desk,
    open: &'a Open,
    wanted: &'a str,
}

impl Asking<'_> {
    fn word(&self, key: &str) -> String {
        self.desk.messages.desk(key, &[])
    }

    /// The question for the name; with a plan, whether it is to be carried out.
    fn shown(&self, plan: Option<&Plan>, told: Option<String>) -> Reply {
        let now = self.open.path.strip_suffix(".md").unwrap_or(&self.open.path);
        let name = if self.wanted.is_empty() { now } else { self.wanted };
        let label = self.word("rename_to");
        let field = Shape::line(FIELD, &label, &self.word("rename_hint"), name);
        let field = told.iter().fold(field, |field, told| field.told(told.clone()));
        let lines = told.iter().map(|told| Line::at(FIELD, told));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let is_planned = plan.is_some();
        let mut facts = vec![(self.word("rename_now"), now.to_owned())];
        if let Some(plan) = plan {
            facts.push((label.clone(), name.to_owned()));
            let addresses = plan.addresses.iter();
            facts.extend(
                addresses.map(|[old, new]| (self.word("rename_address"), format!("{old} → {new}"))),
            );
            let moved = plan.moves.iter().map(|moved| moved.paths.join(" → "));
            facts.extend(moved.map(|moved| (self.word("rename_file"), moved)));
        }
        let changes = plan.map(|plan| (self.word("rename_changes"), plan.difference()));
        self.desk.step(&Step {
            title: self.word("rename"),
            lead: self.word(if is_planned { "rename_sure" } else { "rename_lead" }),
            action: format!("{PLACE}/{}/nama", self.open.path),
            method: "post",
            back: format!("{PLACE}/{}", self.open.path),
            facts,
            fields: if is_planned { Vec::new() } else { vec![field] },
            hidden: if is_planned { vec![pair(FIELD, name), pair("ya", "1")] } else { Vec::new() },
            lines: lines.collect(),
            changes: changes.into_iter().collect(),
            submit: self.word(if is_planned { "rename_yes" } else { "rename_see" }),
            ..Step::default()
        })
    }

    /// Changes all files or none.
    fn done(&self, plan: &Plan) -> Reply {
        let files = plan.files();
        let swaps: Vec<Swap> = files.iter().map(Swap::from).collect();
        match swap(&self.desk.root, &swaps) {
            Ok(()) => {
                let own = plan.moves.iter().find(|moved| moved.paths[0] == self.open.file);
                let path = own.map_or("", |moved| moved.paths[1].as_str());
                let path = path.strip_prefix("content/").unwrap_or(path);
                Reply::to(&format!("{PLACE}/{path}?hasil=renamed"))
            }
            Err(Unswapped::Changed(_)) => self.shown(None, Some(self.word("rename_changed"))),
            Err(Unswapped::Unwritable(path, error)) => {
                self.shown(None, Some(self.desk.unwritable(&path, &error)))
            }
        }
    }
}
