//! What differs → words for a person, or JSON.

use super::trusted::Origin;
use super::{Finding, Kind};
use crate::diag::{Format, Messages};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many addresses are named where many have the same fault.
const NAMED: usize = 10;
/// How much of a header is shown to a person.
const SHOWN_CHARACTERS: usize = 160;

/// What came of a comparison.
#[derive(Clone, Debug)]
pub struct Report {
    /// The copy that was looked at.
    pub place: String,
    /// Where the manifest comes from.
    pub origin: Origin,
    /// The digest of the manifest, as digits.
    pub digest: String,
    /// How many files it has.
    pub files: usize,
    /// What differs, sorted.
    pub findings: Vec<Finding>,
    /// What else must be said, by the keys of its words.
    pub notes: Vec<(&'static str, Vec<(&'static str, String)>)>,
}

impl Report {
    /// The report in a format.
    #[must_use]
    pub fn shown(&self, format: Format, messages: &Messages) -> String {
        if format == Format::Json { self.in_json(messages) } else { self.in_words(messages) }
    }

    fn in_words(&self, messages: &Messages) -> String {
        let mut text = String::new();
        let mut line = |words: &str| {
            text.push_str(words);
            text.push('\n');
        };
        for ((_, message), places) in self.groups(messages) {
            line(&message);
            for place in places.iter().take(NAMED) {
                line(&format!("  {place}"));
            }
            if places.len() > NAMED {
                let rest = (places.len() - NAMED).to_string();
                line(&format!("  {}", messages.program("verify-more", &[("count", rest)])));
            }
        }
        for (kind, _) in self.kinds() {
            line("");
            line(&messages.program(&format!("verify-{}-cure", kind.key()), &[]));
        }
        if !self.findings.is_empty() {
            line("");
        }
        line(&self.source(messages));
        for (key, facts) in &self.notes {
            line(&messages.program(key, facts));
        }
        line(&self.summary(messages));
        text
    }

    /// Places with the same fault, told once.
    fn groups(&self, messages: &Messages) -> BTreeMap<(Kind, String), BTreeSet<&str>> {
        let mut groups: BTreeMap<(Kind, String), BTreeSet<&str>> = BTreeMap::new();
        for finding in &self.findings {
            let key = (finding.kind, message(finding, messages));
            groups.entry(key).or_default().insert(&finding.place);
        }
        groups
    }

    /// The kinds there are, each with how many findings it has.
    fn kinds(&self) -> BTreeMap<Kind, usize> {
        self.findings.iter().fold(BTreeMap::new(), |mut kinds, finding| {
            *kinds.entry(finding.kind).or_default() += 1;
            kinds
        })
    }

    /// What the copy was compared with, and how far that is worth believing.
    fn source(&self, messages: &Messages) -> String {
        let (key, path) = match &self.origin {
            Origin::File(path) => ("verify-by-file", path.display().to_string()),
            Origin::Site => ("verify-by-site", String::new()),
            Origin::Told => ("verify-by-told", String::new()),
            Origin::Copy => ("verify-by-copy", String::new()),
        };
        let facts = [
            ("path", path),
            ("files", self.files.to_string()),
            ("sum", self.digest.clone()),
            ("place", self.place.clone()),
        ];
        messages.program(key, &facts)
    }

    fn summary(&self, messages: &Messages) -> String {
        let places: BTreeSet<&str> = self.findings.iter().map(|f| f.place.as_str()).collect();
        let facts = [
            ("place", self.place.clone()),
            ("count", places.len().to_string()),
            ("files", self.files.to_string()),
        ];
        let key = if places.is_empty() { "verify-same" } else { "verify-different" };
        messages.program(key, &facts)
    }

    fn in_json(&self, messages: &Messages) -> String {
        let finding = |finding: &Finding| {
            let facts =
                finding.facts.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
            json!({
                "kind": finding.kind.key(),
                "place": finding.place,
                "facts": facts.collect::<serde_json::Map<String, Value>>(),
                "message": message(finding, messages),
                "cure": messages.program(&format!("verify-{}-cure", finding.kind.key()), &[]),
            })
        };
        let (origin, path) = match &self.origin {
            Origin::File(path) => ("file", Some(path.display().to_string())),
            Origin::Site => ("site", None),
            Origin::Told => ("told", None),
            Origin::Copy => ("copy", None),
        };
        let notes = self.notes.iter().map(|(key, facts)| messages.program(key, facts));
        let report = json!({
            "place": self.place,
            "manifest": { "origin": origin, "path": path, "sha256": self.digest, "files": self.files },
            "same": self.findings.is_empty(),
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
            "notes": notes.collect::<Vec<_>>(),
        });
        format!("{report}\n")
    }
}

/// What differs, in one sentence.
fn message(finding: &Finding, messages: &Messages) -> String {
    let facts: Vec<(&'static str, String)> =
        finding.facts.iter().map(|(name, value)| (*name, shortened(value))).collect();
    let message = messages.program(&format!("verify-{}", finding.kind.key()), &facts);
    let of = |wanted: &str| {
        facts.iter().find(|(name, value)| *name == wanted && !value.is_empty()).cloned()
    };
    let more = [("hosts", "verify-hosts"), ("coding", "verify-when-packed")].into_iter();
    let more = more.filter(|_| finding.kind == Kind::Changed);
    let more = more.filter_map(|(name, key)| Some(messages.program(key, &[of(name)?])));
    [message].into_iter().chain(more).collect::<Vec<_>>().join(" ")
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
