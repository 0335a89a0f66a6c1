//! A published copy of a site, and the manifest that it must equal → what differs, from outside.
//!
//! Nothing that the copy says of itself is believed, unless there is nothing else; then that is said.

mod addresses;
mod answer;
mod folder;
mod headers;
mod published;
mod report;
mod trusted;

pub use report::Report;

use crate::diag::Messages;
use crate::emit::MANIFEST_FILE;
use crate::invocation::{Belief, Invocation, Place, Verification};
use crate::terminal::read_other;
use crate::trouble::{Trouble, Uncompared};
use crate::value::{Url, hexadecimal};
use answer::{Coding, Host, Silence};
use headers::Rules;
use published::{Published, Seen};
use std::collections::BTreeSet;
use std::path::Path;
use trusted::{Origin, Trusted};
use ureq::tls::RootCerts;

/// The largest file of certificates that is read.
const AUTHORITIES_BYTES: usize = 4 * 1024 * 1024;

/// What can be wrong with a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The manifest of the copy is not the one whose hash was told.
    ManifestChanged,
    /// Its content is another.
    Changed,
    /// It is not there.
    Missing,
    /// It is there and was not published.
    Extra,
    /// The server sends one elsewhere.
    Redirected,
    /// The server answers with another status than that of a page.
    Status,
    /// The server answers where there is nothing, as if there were.
    Open,
    /// No answer in time.
    Slow,
    /// An answer broke off.
    Cut,
    /// No answer at all.
    Silent,
    /// Not asked for any more, since too many answers stayed away.
    Unasked,
    /// Packed in another way than was asked for, or so that it cannot be unpacked.
    Packing,
    /// A header is lacking.
    HeaderLacking,
    /// A header has another value.
    HeaderOther,
    /// A header is sent several times.
    HeaderTwice,
    /// A header is sent that must not be.
    HeaderExtra,
}

impl Kind {
    /// Its name, in the keys of its words and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ManifestChanged => "manifest",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Redirected => "redirected",
            Self::Status => "status",
            Self::Open => "open",
            Self::Slow => "slow",
            Self::Cut => "cut",
            Self::Silent => "silent",
            Self::Unasked => "unasked",
            Self::Packing => "packing",
            Self::HeaderLacking => "header-lacking",
            Self::HeaderOther => "header-other",
            Self::HeaderTwice => "header-twice",
            Self::HeaderExtra => "header-extra",
        }
    }
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What is wrong.
    pub kind: Kind,
    /// The address, or in a folder the path.
    pub place: String,
    /// What its words name.
    pub facts: Vec<(&'static str, String)>,
}

impl Finding {
    fn new(kind: Kind, place: &str) -> Self {
        Self { kind, place: place.to_owned(), facts: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }
}

/// Compares a copy with the manifest. None where the site that it is compared with has errors, which
/// are told.
///
/// # Errors
/// [`Trouble`] where there is nothing to compare, or nothing to compare it with.
pub fn verify(
    invocation: &Invocation,
    wanted: &Verification,
    messages: &Messages,
) -> Result<Option<Report>, Trouble> {
    let place = match &wanted.place {
        Place::Folder(folder) => folder.display().to_string(),
        Place::Address(base) => base.as_str().to_owned(),
    };
    let host = match &wanted.place {
        Place::Folder(_) => None,
        Place::Address(base) => Some(reached(base, wanted)?),
    };
    let Some(trusted) = believed(invocation, wanted, host.as_ref(), messages)? else {
        return Ok(None);
    };
    let mut report = Report {
        place,
        origin: trusted.origin.clone(),
        digest: trusted.digits(),
        files: trusted.manifest.files().len(),
        findings: Vec::new(),
        notes: Vec::new(),
    };
    match (&wanted.place, &host, &wanted.sums) {
        (_, _, Some(Belief::Told(digest))) if trusted.digest != *digest => {
            let finding = Finding::new(Kind::ManifestChanged, MANIFEST_FILE);
            let finding = finding.with("expected", hexadecimal(digest));
            report.findings = vec![finding.with("found", trusted.digits())];
        }
        (Place::Address(base), Some(host), _) => look_at(host, base, &trusted, &mut report),
        (Place::Folder(folder), _, _) => look_into(folder, &trusted, &mut report)?,
        (Place::Address(_), None, _) => {}
    }
    Ok(Some(report))
}

/// The server, after it has answered once.
fn reached(base: &Url, wanted: &Verification) -> Result<Host, Trouble> {
    let authorities = match &wanted.authorities {
        None => RootCerts::WebPki,
        Some(path) => answer::authorities(&read_other(path, AUTHORITIES_BYTES)?)
            .ok_or_else(|| Trouble::NotCompared(Uncompared::NoAuthority(path.clone())))?,
    };
    let host = Host::at(base, wanted.patience, authorities);
    let answered = host.ask("/", Coding::Identity);
    let address = base.as_str().to_owned();
    match answered {
        Err(Silence::Dumb(detail)) => Err(Uncompared::Unreached(address, detail)),
        Err(Silence::Slow) => Err(Uncompared::Late(address, wanted.patience)),
        _ => Ok(host),
    }
    .map_err(Trouble::NotCompared)
}

/// The manifest to compare with: the one that was named, the one of the last build, that of the site at
/// hand, and only then the copy's own.
fn believed(
    invocation: &Invocation,
    wanted: &Verification,
    host: Option<&Host>,
    messages: &Messages,
) -> Result<Option<Trusted>, Trouble> {
    let built = invocation.out.join(MANIFEST_FILE);
    let is_its_own =
        matches!(&wanted.place, Place::Folder(folder) if is_same(folder, &invocation.out));
    match &wanted.sums {
        Some(Belief::File(path)) => Trusted::of_file(Origin::File(path.clone()), path).map(Some),
        Some(Belief::Told(_)) => of_copy(Origin::Told, wanted, host),
        None if built.is_file() && !is_its_own => {
            Trusted::of_file(Origin::File(built.clone()), &built).map(Some)
        }
        None if invocation.root.join("bersinar.toml").is_file() && !is_its_own => {
            Trusted::of_site(invocation, messages)
        }
        None => of_copy(Origin::Copy, wanted, host),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().is_some_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// The manifest that the copy says is its own.
fn of_copy(
    origin: Origin,
    wanted: &Verification,
    host: Option<&Host>,
) -> Result<Option<Trusted>, Trouble> {
    let trusted = match (&wanted.place, host) {
        (Place::Folder(folder), _) => {
            let path = folder.join(MANIFEST_FILE);
            if path.is_file() { Some(Trusted::of_file(origin, &path)?) } else { None }
        }
        (Place::Address(_), Some(host)) => Trusted::of_host(origin, host)?,
        (Place::Address(_), None) => None,
    };
    trusted.map(Some).ok_or(Trouble::NotCompared(Uncompared::NoManifest))
}

fn look_into(folder: &Path, trusted: &Trusted, report: &mut Report) -> Result<(), Trouble> {
    let compared = folder::compare(folder, trusted)?;
    report.findings = compared.findings;
    report.findings.sort();
    if !compared.earlier.is_empty() {
        report.notes.push(("verify-earlier", vec![("files", compared.earlier.join(", "))]));
    }
    Ok(())
}

fn look_at(host: &Host, base: &Url, trusted: &Trusted, report: &mut Report) {
    let rules = trusted.rules.clone().map(|text| Rules::new(text, base.as_str()));
    let home = rules.as_ref().and_then(Rules::home);
    let homes: Vec<&str> = [base.as_str()].into_iter().chain(home).collect();
    let published = Published { host, homes: &homes, trusted, rules: rules.as_ref() };
    let Seen { findings, unseen, other_headers, .. } = published.look();
    report.findings = findings;
    let listed = |names: BTreeSet<String>| Vec::from_iter(names).join(", ");
    if rules.is_none() {
        report.notes.push(("verify-no-rules", Vec::new()));
    }
    if !unseen.is_empty() {
        report.notes.push(("verify-unseen", vec![("files", listed(unseen))]));
    }
    if !other_headers.is_empty() {
        report.notes.push(("verify-other-headers", vec![("headers", listed(other_headers))]));
    }
    report.notes.push(("verify-from-outside", Vec::new()));
}
