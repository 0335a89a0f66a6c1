//! The contacts of a page: changed, confirmed by a first and a second role, added, removed. A number never
//! changes without its first confirmation, and the second is typed by somebody who does not see it.

use super::ask::{Ask, Way};
use super::page::{Line, Open};
use super::reply::Reply;
use super::site::{content, with_text};
use super::step::Step;
use super::view::{Frame, Shape, Shown, anchor, placed};
use super::{Desk, PLACE};
use crate::confirm::{Order, Refusal, Turn, confirm};
use crate::content::Content;
use crate::content::proof::{ContactKey, ContactKind, Method, Proof, Record};
use crate::diag::{Code, Fault};
use crate::edit::{Change, Draft};
use crate::emit::{Swap, Unswapped, swap};
use crate::form::{self, CONTACTS, Field, Posted};
use crate::model::{Age, Model};
use crate::trouble::Trouble;
use serde::Serialize;
use std::collections::BTreeMap;

/// A contact, as the form of its page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Its kind and value.
    pub title: String,
    /// How it stands, one sentence each.
    pub lines: Vec<String>,
    /// Where it is changed or confirmed once more.
    pub change: String,
    /// Where the second role types it; none before the first has confirmed it.
    pub second: Option<String>,
    /// Where it is removed.
    pub remove: String,
}

/// What becomes of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Add,
    Change,
    Second,
    Remove,
}

/// The codes that say that a contact waits for its second confirmation: nothing to mend, but to go on.
const WAITING: [Code; 6] = [
    Code::Unconfirmed,
    Code::UnconfirmedInTrial,
    Code::NotTypedTwice,
    Code::NothingToConfirm,
    Code::TypedDifferently,
    Code::ChangedSinceConfirmed,
];

/// A step with a contact.
struct Doing<'a> {
    desk: &'a Desk,
    open: &'a Open,
    ask: &'a Ask,
    deed: Deed,
    index: usize,
    fields: Vec<Field>,
}

/// Answers for `PATH/kontak/…`; none where there is no such contact.
pub fn reply(desk: &Desk, ask: &Ask, open: &Open, rest: &str) -> Result<Option<Reply>, Trouble> {
    let (first, second) = rest.split_once('/').unwrap_or((rest, ""));
    let deed = match (first, second) {
        ("baru", "") => Deed::Add,
        (_, "") => Deed::Change,
        (_, "kedua") => Deed::Second,
        (_, "hapus") => Deed::Remove,
        _ => return Ok(None),
    };
    let count = count(&open.base);
    let index = if deed == Deed::Add { Some(count) } else { first.parse().ok() };
    let Some(index) = index.filter(|index| deed == Deed::Add || *index < count) else {
        return Ok(None);
    };
    let kind = if ask.field("jenis").is_empty() { ask.asked("jenis") } else { ask.field("jenis") };
    if deed == Deed::Add && ContactKind::ALL.iter().all(|known| known.key() != kind) {
        return Ok(Some(which_kind(desk, open)));
    }
    let Some(fields) = form::contact_fields(&open.schema(), &open.base, index, kind) else {
        return Ok(None);
    };
    let doing = Doing { desk, open, ask, deed, index, fields };
    Ok(Some(match ask.way {
        Way::Post => doing.done()?,
        Way::Get | Way::Put => doing.shown(Shown::new(), None),
    }))
}

/// How many contacts a page has.
fn count(text: &str) -> usize {
    let draft = Draft::page(text);
    let list =
        draft.and_then(|mut draft| Some(draft.keys().get(CONTACTS)?.as_array_of_tables()?.len()));
    list.unwrap_or_default()
}

fn which_kind(desk: &Desk, open: &Open) -> Reply {
    let word = |key: &str| desk.messages.desk(key, &[]);
    let kinds = ContactKind::ALL
        .map(|kind| (kind.key().to_owned(), word(&format!("contact_{}", kind.key()))));
    desk.step(&Step {
        title: word("contact_add"),
        lead: word("contact_add_lead"),
        action: format!("{PLACE}/{}/kontak/baru", open.path),
        method: "get",
        back: format!("{PLACE}/{}", open.path),
        fields: vec![Shape::choice("jenis", &word("contact_kind"), "", &kinds)],
        submit: word("go_on"),
        ..Step::default()
    })
}

impl Doing<'_> {
    fn name(&self, key: &str) -> String {
        format!("{CONTACTS}.{}.{key}", self.index)
    }

    /// What was typed for a key.
    fn typed(&self, key: &str) -> &str {
        self.ask.field(&self.name(key)).trim()
    }

    /// A number with what is pressed behind it, as it was typed.
    fn whole(&self) -> String {
        format!("{} {}", self.typed("nilai"), self.typed("tekan")).trim().to_owned()
    }

    /// What stands in the file for a key.
    fn written(&self, key: &str) -> &str {
        let name = self.name(key);
        let field = self.fields.iter().find(|field| field.path == name);
        field.and_then(|field| field.values.first()).map_or("", String::as_str)
    }

    fn kind(&self) -> &str {
        match self.deed {
            Deed::Add if !self.ask.field("jenis").is_empty() => self.ask.field("jenis"),
            Deed::Add => self.ask.asked("jenis"),
            _ => self.written("jenis"),
        }
    }

    /// The keys that a step asks for.
    fn asks_for(&self, key: &str) -> bool {
        match self.deed {
            Deed::Add => {
                !["jenis", "diperiksa", "sidik", "berlaku_sampai", "bersama"].contains(&key)
            }
            Deed::Change => ["nilai", "tekan", "cara", "oleh"].contains(&key),
            Deed::Second if key == "tekan" => !self.written("tekan").is_empty(),
            Deed::Second => ["nilai", "cara", "oleh"].contains(&key),
            Deed::Remove => false,
        }
    }

    /// The step, with what is wrong and everything that was typed.
    fn shown(&self, shown: Shown, refused: Option<String>) -> Reply {
        let (desk, open) = (self.desk, self.open);
        let word =
            |part: &str| desk.messages.desk(&format!("contact_{}{part}", self.deed.word()), &[]);
        let choices = open.content.as_ref().map(super::site::Choices::of).unwrap_or_default();
        let none = BTreeMap::new();
        let posted = (self.ask.way == Way::Post).then_some(&self.ask.posted);
        let frame = Frame {
            document: open.document().name(),
            cards: &[],
            messages: &desk.messages,
            choices: &choices,
            posted,
            shown: &shown,
            theirs: &none,
        };
        let is_asked = |field: &&Field| {
            let key = field.path.rsplit('.').next().unwrap_or_default();
            !field.path.contains(".bahasa.") && self.asks_for(key)
        };
        let asked = self.fields.iter().filter(is_asked).map(|field| {
            // Whoever confirms types it; what is there already would only be read.
            let mut field = field.clone();
            field.values.clear();
            field.need = if field.path.ends_with("catatan") || field.path.ends_with("tekan") {
                crate::content::schema::Need::May
            } else {
                crate::content::schema::Need::Must
            };
            let mut shape = frame.shape(&field);
            let key = field.path.rsplit('.').next().unwrap_or_default();
            if let Some(hint) = hint_of(key) {
                shape.hint = desk.messages.desk(hint, &[]);
            }
            shape
        });
        let fields = asked.collect();
        let lines = shown.iter().flat_map(|(place, told)| {
            let is_own = self.fields.iter().any(|field| &field.path == place);
            told.iter().map(move |told| Line {
                text: told.message.clone(),
                href: if is_own { format!("#{}", anchor(place)) } else { String::new() },
            })
        });
        desk.step(&Step {
            title: word(""),
            lead: word("_lead"),
            action: format!("{PLACE}/{}/kontak/{}", open.path, self.place()),
            method: "post",
            back: format!(
                "{PLACE}/{}#{}",
                open.path,
                anchor(&format!("{CONTACTS}.{}", self.index))
            ),
            facts: self.facts(),
            fields,
            hidden: vec![
                ("sidik".to_owned(), open.digest()),
                ("jenis".to_owned(), self.kind().to_owned()),
            ],
            lines: lines.collect(),
            refused,
            done: (!self.ask.asked("hasil").is_empty())
                .then(|| desk.messages.desk("contact_first_done", &[])),
            submit: word("_go"),
            is_grave: self.deed == Deed::Remove,
            ..Step::default()
        })
    }

    fn place(&self) -> String {
        match self.deed {
            Deed::Add => "baru".to_owned(),
            Deed::Change => self.index.to_string(),
            Deed::Second => format!("{}/kedua", self.index),
            Deed::Remove => format!("{}/hapus", self.index),
        }
    }

    /// What the step is about. The second role must not see the value.
    fn facts(&self) -> Vec<(String, String)> {
        let kind = self.desk.messages.desk(&format!("contact_{}", self.kind()), &[]);
        let page = (self.desk.messages.desk("contact_page", &[]), self.open.path.clone());
        let kind = (self.desk.messages.desk("contact_kind", &[]), kind);
        let value = (self.desk.messages.desk("contact_now", &[]), self.written("nilai").to_owned());
        match self.deed {
            Deed::Add | Deed::Second => vec![page, kind],
            Deed::Change | Deed::Remove => vec![page, kind, value],
        }
    }

    fn done(&self) -> Result<Reply, Trouble> {
        if self.ask.field("sidik") != self.open.digest() {
            let told = self.desk.messages.desk("contact_changed", &[]);
            return Ok(self.shown(Shown::new(), Some(told)).with_status(409));
        }
        match self.deed {
            Deed::Add | Deed::Change => self.first(),
            Deed::Second => Ok(self.second()),
            Deed::Remove => self.remove(),
        }
    }

    /// Changes the value and takes the first confirmation in one step.
    fn first(&self) -> Result<Reply, Trouble> {
        let missing = self.missing();
        if !missing.is_empty() {
            return Ok(self.shown(missing, None));
        }
        let mut posted: Posted = self.ask.posted.clone();
        let today = self.desk.build.today.to_string();
        posted.insert(self.name("jenis"), vec![self.kind().to_owned()]);
        posted.insert(self.name("diperiksa"), vec![today]);
        // Who has checked it, and how, is signed when all else is known to be right.
        for key in ["cara", "oleh"] {
            posted.remove(&self.name(key));
        }
        let valued = form::changed(&self.open.base, &self.fields, &posted);
        let valued = valued.unwrap_or_else(|| self.open.base.clone());
        let source = with_text(&self.open.source, &self.open.file, &valued);
        let Some(content) = content(&source)? else { return Ok(self.shown(Shown::new(), None)) };
        let typed = self.whole();
        let confirmed = confirm(&source, &content, &self.order(Turn::First, &typed));
        let after = confirmed.ok().and_then(|change| change.after);
        let judged = after.clone().unwrap_or(valued);
        let verdict = self.desk.judge(&self.open.source, &self.open.file, &judged)?;
        let stops = |fault: &&Fault| fault.is_error() && !WAITING.contains(&fault.code);
        let own: Vec<Fault> = verdict.own.iter().filter(stops).cloned().collect();
        let caused: Vec<Fault> = verdict.caused.iter().filter(stops).cloned().collect();
        let Some(after) = after.filter(|_| own.is_empty() && caused.is_empty()) else {
            let mut shown = placed(&judged, &self.fields, &own, &self.desk.messages);
            shown.append(&mut placed(&judged, &[], &caused, &self.desk.messages));
            let told = self.desk.messages.desk("refused_faults", &[]);
            return Ok(self.shown(shown, Some(told)));
        };
        let change = Change {
            path: self.open.file.clone(),
            before: self.open.text.clone(),
            after: Some(after),
        };
        let here = format!("{PLACE}/{}/kontak/{}/kedua?hasil=pertama", self.open.path, self.index);
        Ok(self.written_or(&[change], &here))
    }

    fn order<'o>(&'o self, turn: Turn, typed: &'o str) -> Order<'o> {
        let method = Method::ALL.into_iter().find(|method| method.key() == self.typed("cara"));
        Order {
            owner: &self.open.owner,
            turn,
            method: method.unwrap_or(Method::Call),
            role: self.typed("oleh"),
            typed,
            today: self.desk.build.today,
        }
    }

    /// What a key of this contact is called.
    fn label(&self, key: &str) -> String {
        let document = self.open.document().name();
        let path = format!("{document}.{CONTACTS}.{key}:{}", self.kind());
        self.desk.messages.label(&path).to_owned()
    }

    /// What must be typed and is not.
    fn missing(&self) -> Shown {
        let wanted: &[&str] = if self.asks_for("sumber") {
            &["nilai", "sumber", "cara", "oleh"]
        } else {
            &["nilai", "cara", "oleh"]
        };
        let missing = wanted.iter().filter(|key| self.typed(key).is_empty());
        let told = missing.map(|key| {
            let facts = [("label", self.label(key))];
            let message = self.desk.messages.desk("contact_missing", &facts);
            let told = super::view::Told { message, cure: String::new(), is_error: true };
            (self.name(key), vec![told])
        });
        told.collect()
    }

    /// The second confirmation, typed blind.
    fn second(&self) -> Reply {
        let missing = self.missing();
        if !missing.is_empty() {
            return self.shown(missing, None);
        }
        let Some(content) = &self.open.content else { return self.shown(Shown::new(), None) };
        let own = self.key();
        let typed = self.whole();
        let order = self.order(Turn::Second, &typed);
        // Another contact of the page may have what was typed; this one is meant.
        let is_meant = own.as_ref().is_some_and(|own| crate::confirm::is_typed(own, &typed));
        let outcome = if is_meant {
            confirm(&self.open.source, content, &order)
        } else {
            let proof = own.and_then(|own| content.proofs().find(|proof| proof.key == own));
            let other = proof.and_then(|proof| crate::confirm::other_value(&[proof], &order));
            Err(other.unwrap_or_else(|| Refusal::NotYetConfirmed(String::new())))
        };
        match outcome {
            Ok(change) => {
                let to = format!("{PLACE}/{}?hasil=confirmed", self.open.path);
                self.written_or(&[change], &to)
            }
            Err(refusal) => self.shown(Shown::new(), Some(self.refusal(&refusal))),
        }
    }

    fn refusal(&self, refusal: &Refusal) -> String {
        let say = |key: &str, facts: &[(&'static str, String)]| self.desk.messages.desk(key, facts);
        match refusal {
            Refusal::OtherValue(_, difference) => say(
                "contact_other",
                &[
                    ("position", difference.position.to_string()),
                    ("here", difference.here.clone()),
                    ("there", difference.there.clone()),
                ],
            ),
            Refusal::SameRole(role) => say("contact_same_role", &[("role", role.clone())]),
            Refusal::NotYetConfirmed(_) | Refusal::NoContacts(..) => {
                say("contact_first_missing", &[])
            }
            Refusal::NotChangeable(path) => {
                say("contact_not_changeable", &[("path", path.clone())])
            }
        }
    }

    /// Which contact it is, as it stands in the file.
    fn key(&self) -> Option<ContactKey> {
        let kind = ContactKind::ALL.into_iter().find(|kind| kind.key() == self.written("jenis"))?;
        Some(ContactKey {
            owner: self.open.owner.clone(),
            kind,
            value: kind.essence(self.written("nilai")),
            extension: self.written("tekan").to_owned(),
        })
    }

    /// Takes a contact away, and the second confirmation that is left without it.
    fn remove(&self) -> Result<Reply, Trouble> {
        let Some(after) = form::without_contact(&self.open.base, self.index) else {
            return Ok(self.shown(Shown::new(), None));
        };
        let page = Change {
            path: self.open.file.clone(),
            before: self.open.text.clone(),
            after: Some(after.clone()),
        };
        let source = with_text(&self.open.source, &self.open.file, &after);
        let rest = content(&source)?;
        let own = self.key();
        let is_left = rest
            .as_ref()
            .is_some_and(|rest| rest.proofs().any(|proof| Some(&proof.key) == own.as_ref()));
        let record = own
            .filter(|_| !is_left)
            .and_then(|own| crate::confirm::without(&self.open.source, &own));
        let changes: Vec<Change> = [Some(page), record].into_iter().flatten().collect();
        Ok(self.written_or(&changes, &format!("{PLACE}/{}?hasil=removed", self.open.path)))
    }

    /// Writes all or nothing, and leads on; or tells why not.
    fn written_or(&self, changes: &[Change], to: &str) -> Reply {
        let swaps: Vec<Swap> = changes.iter().map(Swap::from).collect();
        let told = match swap(&self.desk.root, &swaps) {
            Ok(()) => return Reply::to(to),
            Err(Unswapped::Changed(_)) => self.desk.messages.desk("contact_changed", &[]),
            Err(Unswapped::Unwritable(path, error)) => self.desk.unwritable(&path, &error),
        };
        self.shown(Shown::new(), Some(told))
    }
}

/// The hint of a key that is asked of a person here, and that the program writes.
fn hint_of(key: &str) -> Option<&'static str> {
    match key {
        "cara" => Some("contact_method_hint"),
        "oleh" => Some("contact_role_hint"),
        _ => None,
    }
}

impl Deed {
    /// Under which words it is told.
    fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::Second => "second",
            Self::Remove => "remove",
        }
    }
}

/// The contacts of a page in the order of the file; none while there is no file.
#[must_use]
pub fn cards(desk: &Desk, open: &Open, content: &Content, model: &Model) -> Vec<Card> {
    let written = open.text.as_deref().map_or(0, count);
    let cards = (0..written).filter_map(|index| {
        let fields = form::contact_fields(&open.schema(), &open.base, index, "")?;
        let ask = Ask::of_form(&open.path, Posted::new());
        let doing = Doing { desk, open, ask: &ask, deed: Deed::Change, index, fields };
        let key = doing.key();
        let proof = key.and_then(|key| content.proofs().find(|proof| proof.key == key));
        let kind = desk.messages.desk(&format!("contact_{}", doing.kind()), &[]);
        let here = format!("{PLACE}/{}/kontak/{index}", open.path);
        let is_first = proof.is_some_and(|proof| is_good(&proof.record, proof));
        Some(Card {
            title: format!("{kind}: {}", doing.written("nilai")),
            lines: proof.map(|proof| standing(desk, model, proof)).unwrap_or_default(),
            second: is_first.then(|| format!("{here}/kedua")),
            remove: format!("{here}/hapus"),
            change: here,
        })
    });
    cards.collect()
}

fn is_good(record: &Record, proof: &Proof) -> bool {
    record.signature.is_some() && record.is_sealed_for(&proof.key)
}

/// How a contact stands, one sentence each.
fn standing(desk: &Desk, model: &Model, proof: &Proof) -> Vec<String> {
    let say = |key: &str, facts: &[(&'static str, String)]| desk.messages.desk(key, facts);
    let second = model.confirmations.get(&proof.key).map(|entry| &entry.record);
    let records = [("contact_first_by", Some(&proof.record)), ("contact_second_by", second)];
    let mut lines: Vec<String> = Vec::new();
    for (key, record) in records {
        let record = record.filter(|record| is_good(record, proof));
        let signature = record.and_then(|record| Some((record, record.signature.as_ref()?)));
        lines.push(match signature {
            Some((record, signature)) => say(
                key,
                &[
                    ("role", signature.role.value.clone()),
                    ("date", record.checked.value.to_string()),
                    ("method", say(&format!("method_{}", signature.method.value.key()), &[])),
                ],
            ),
            None => say(&format!("{key}_none"), &[]),
        });
    }
    let standing = model.standing(proof);
    let age = match standing.age {
        Age::Fresh => "contact_fresh",
        Age::Near => "contact_near",
        Age::Over | Age::Spent => "contact_over",
    };
    lines.push(say(age, &[("date", standing.last_day.to_string())]));
    lines
}
