//! Contacts and their second confirmations → what does not fit: a value typed differently, a record made
//! for another value, one person for both, the same number in two places.
//!
//! A wrong digit passes every grammar. Only a second person who types the number again finds it.

use super::Model;
use crate::content::Content;
use crate::content::proof::{Confirmation, ContactKey, ContactKind, Proof, Record, Signature};
use crate::diag::{Code, Fault, Spot, listed};
use std::collections::{BTreeMap, BTreeSet};

/// The second confirmations by the contact they are for.
pub type Confirmations<'c> = BTreeMap<&'c ContactKey, &'c Confirmation>;

/// The second confirmations; where one is there twice, the first.
#[must_use]
pub fn confirmations(content: &Content) -> Confirmations<'_> {
    let entries = content.confirmations.iter().rev();
    entries.map(|entry| (&entry.key, entry)).collect()
}

/// Checks every contact against its second confirmation.
pub fn check(model: &Model, faults: &mut Vec<Fault>) {
    let mut lonely = Vec::new();
    for proof in model.content.proofs() {
        match model.confirmations.get(&proof.key) {
            Some(entry) => check_pair(model, proof, entry, faults),
            None => lonely.push(proof),
        }
    }
    check_unmatched(model, lonely, faults);
    check_twice(model, faults);
}

fn check_pair(model: &Model, proof: &Proof, entry: &Confirmation, faults: &mut Vec<Fault>) {
    let records = [&proof.record, &entry.record];
    // A date in the future is told as that.
    let past = records.into_iter().filter(|r| r.checked.value.first_day() <= model.today);
    faults.extend(past.filter_map(|record| changed_since(record, proof)));
    let signed: Vec<&Signature> =
        records.into_iter().filter_map(|record| record.signature.as_ref()).collect();
    let [first, second] = signed[..] else {
        let code =
            if model.content.config.trial { Code::UnconfirmedInTrial } else { Code::Unconfirmed };
        let fault = about(code, proof.written.spot.clone(), proof);
        faults.push(fault.with("count", signed.len()));
        return;
    };
    let place = &proof.written.spot.file;
    if is_same_role(&first.role.value, &second.role.value) {
        let fault = about(Code::SameRole, second.role.spot.clone(), proof).with("place", place);
        faults.push(fault.with("role", &second.role.value));
    }
    if ![first, second].iter().any(|signature| signature.method.value.asks_the_source()) {
        let fault = about(Code::NobodyAsked, second.method.spot.clone(), proof);
        faults.push(fault.with("place", place));
    }
}

/// Whether two records are by the same role, however it is written.
#[must_use]
pub fn is_same_role(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn changed_since(record: &Record, proof: &Proof) -> Option<Fault> {
    let signature = record.signature.as_ref().filter(|_| !record.is_sealed_for(&proof.key))?;
    Some(about(Code::ChangedSinceConfirmed, signature.seal.spot.clone(), proof))
}

/// A fault about a contact.
fn about(code: Code, spot: Spot, proof: &Proof) -> Fault {
    let fault = Fault::new(code, spot).with("owner", &proof.key.owner);
    fault.with("kind", proof.key.kind.key()).with("value", shown(&proof.written.value, &proof.key))
}

/// A value with what is pressed behind it.
fn shown(written: &str, key: &ContactKey) -> String {
    let extension = if key.extension.is_empty() { "" } else { " → " };
    [written, extension, &key.extension].concat()
}

/// Contacts and confirmations that have no other half: those that nearly fit are told together.
fn check_unmatched(model: &Model, lonely: Vec<&Proof>, faults: &mut Vec<Fault>) {
    let known: BTreeSet<&ContactKey> = model.content.proofs().map(|proof| &proof.key).collect();
    let mut used = BTreeSet::new();
    let mut spare: Vec<&Confirmation> = Vec::new();
    // Whoever confirms the contacts of a draft is early, and right.
    let is_of_draft = |entry: &&Confirmation| {
        let path = entry.key.owner.strip_prefix("@/");
        path.is_some_and(|path| model.content.leaves_out(path))
    };
    for entry in model.content.confirmations.iter().filter(|entry| !is_of_draft(entry)) {
        if !known.contains(&entry.key) || !used.insert(&entry.key) {
            spare.push(entry);
        }
    }
    for proof in lonely {
        match nearest(proof, &spare) {
            Some(at) => faults.push(typed_differently(proof, spare.remove(at))),
            // Told once, where the confirmation names another owner or kind.
            None if spare.iter().any(|entry| has_value_of(entry, proof)) => {}
            None => faults.push(about(Code::NotTypedTwice, proof.written.spot.clone(), proof)),
        }
    }
    for entry in spare {
        let own = model.content.proofs().filter(|proof| proof.key.owner == entry.key.owner);
        let own: Vec<&str> = own.map(|proof| proof.written.value.as_str()).collect();
        let same = model.content.proofs().filter(|proof| has_value_of(entry, proof));
        let same: Vec<&str> = same.map(|proof| proof.key.owner.as_str()).collect();
        let fault = Fault::new(Code::NothingToConfirm, entry.written.spot.clone());
        let fault = fault.with("owner", &entry.key.owner).with("kind", entry.key.kind.key());
        let fault = fault.with("value", shown(&entry.written.value, &entry.key));
        faults.push(fault.with("near", listed(same)).with("known", listed(own)));
    }
}

/// Whether a confirmation is of the same value, be it of another owner or kind.
fn has_value_of(entry: &Confirmation, proof: &Proof) -> bool {
    (&entry.key.value, &entry.key.extension) == (&proof.key.value, &proof.key.extension)
}

/// The confirmation of the same owner and kind whose value is most alike.
fn nearest(proof: &Proof, spare: &[&Confirmation]) -> Option<usize> {
    let own = spare.iter().enumerate().filter(|(_, entry)| {
        (&entry.key.owner, entry.key.kind) == (&proof.key.owner, proof.key.kind)
    });
    let alike = |entry: &Confirmation| strsim::jaro(&entry.key.value, &proof.key.value);
    let best = own.max_by(|(_, a), (_, b)| alike(a).total_cmp(&alike(b)));
    best.map(|(at, _)| at)
}

fn typed_differently(proof: &Proof, entry: &Confirmation) -> Fault {
    let difference =
        Difference::between((&entry.written.value, &entry.key), (&proof.written.value, &proof.key));
    let fault = about(Code::TypedDifferently, entry.written.spot.clone(), proof);
    fault
        .with("typed", shown(&entry.written.value, &entry.key))
        .with("place", &proof.written.spot.file)
        .with("position", difference.position)
        .with("here", difference.here)
        .with("there", difference.there)
}

/// Where two values part: the first digit of numbers, the first word of anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which digit or word, from 1.
    pub position: usize,
    /// What stands there in the one; a dash where it has ended.
    pub here: String,
    /// What stands there in the other.
    pub there: String,
}

impl Difference {
    /// The first difference of two values, each as it was written, with its key.
    #[must_use]
    pub fn between(here: (&str, &ContactKey), there: (&str, &ContactKey)) -> Self {
        let [here, there] = [here, there].map(|(written, key)| parts(key.kind, written, key));
        let same = here.iter().zip(&there).take_while(|(a, b)| folded(a) == folded(b)).count();
        let part = |parts: &[String]| parts.get(same).cloned().unwrap_or_else(|| "–".to_owned());
        Self { position: same + 1, here: part(&here), there: part(&there) }
    }
}

fn parts(kind: ContactKind, written: &str, key: &ContactKey) -> Vec<String> {
    if kind.is_number() {
        return key.value.chars().chain(key.extension.chars()).map(String::from).collect();
    }
    written.split_whitespace().map(str::to_owned).collect()
}

/// Letters and digits in lower case, so that case and commas do not count.
fn folded(text: &str) -> String {
    ContactKind::Address.essence(text)
}

/// The same number in two contacts is a slip, unless both say that it is meant.
fn check_twice(model: &Model, faults: &mut Vec<Fault>) {
    let mut by_number: BTreeMap<&str, Vec<&Proof>> = BTreeMap::new();
    for proof in model.content.proofs().filter(|proof| proof.key.kind.is_number()) {
        by_number.entry(&proof.key.value).or_default().push(proof);
    }
    for (at, proof, all) in by_number
        .values()
        .flat_map(|all| all.iter().enumerate().map(move |(at, proof)| (at, proof, all)))
    {
        let other = all.iter().enumerate().find(|(other, _)| *other != at);
        if let Some((_, other)) = other.filter(|_| !proof.shared) {
            let fault = about(Code::NumberTwice, proof.written.spot.clone(), proof);
            let fault = fault.with("other", &other.key.owner);
            faults.push(fault.with("place", &other.written.spot.file));
        }
    }
}
