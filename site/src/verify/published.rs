//! A server, the digests its files must have and the rules for its headers → what differs.
//!
//! Every file is asked for as a visitor would, not packed and packed. Whatever a changed page or the
//! sitemap names beyond the manifest is looked at too.

use super::addresses::{Sight, foreign_hosts, named_in, sight};
use super::answer::{Answer, Coding, HANDS, Host, Silence};
use super::headers::{Rules, Wrong, described, forbidden};
use super::trusted::{Trusted, listed};
use super::{Finding, Kind};
use crate::assets;
use crate::content::ending_of;
use crate::emit::{Listed, MANIFEST_FILE, MARKER, Sum};
use crate::hosting::file_at;
use crate::serve::content_type;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Addresses that no server answers with a page: the marker of the program, and a list of a folder.
const CLOSED: [&str; 2] = [MARKER, assets::FOLDER];
/// A name that no page has.
const NOWHERE: &str = "tiada-di-situs-ini";

/// What was seen of a published copy.
#[derive(Debug, Default)]
pub struct Seen {
    /// What differs.
    pub findings: Vec<Finding>,
    /// Files that the server keeps to itself, as it may.
    pub unseen: BTreeSet<String>,
    /// Headers that are neither asked for nor forbidden.
    pub other_headers: BTreeSet<String>,
    /// Addresses of the own host that changed files name.
    named: BTreeSet<String>,
}

impl Seen {
    fn join(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.unseen.extend(other.unseen);
        self.other_headers.extend(other.other_headers);
        self.named.extend(other.named);
        self
    }
}

/// What a published copy is held against.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// Where it is.
    pub host: &'a Host,
    /// The addresses by which its pages may name the own host.
    pub homes: &'a [&'a str],
    /// What its files must be.
    pub trusted: &'a Trusted,
    /// What its headers must be, where that is known.
    pub rules: Option<&'a Rules>,
}

impl Published<'_> {
    /// Looks at everything that can be seen from outside.
    #[must_use]
    pub fn look(&self) -> Seen {
        let files = self.trusted.manifest.files();
        let look = || {
            let looked = files.par_iter().map(|Listed { path, sum }| self.file(path, sum));
            let seen = looked.reduce(Seen::default, Seen::join);
            let closed = CLOSED.par_iter().map(|path| self.closed(&format!("/{path}")));
            let closed = closed.reduce(Seen::default, Seen::join);
            let more = seen.named.par_iter().map(|address| self.named(address));
            let more = more.reduce(Seen::default, Seen::join);
            let manifest =
                self.own(&format!("/{MANIFEST_FILE}"), MANIFEST_FILE, &self.trusted.digest);
            seen.join(closed).join(more).join(manifest).join(self.steady())
        };
        // Waiting for a server needs no processor: more hands than there are of those.
        let hands = rayon::ThreadPoolBuilder::new().num_threads(HANDS).build();
        let mut seen = hands.map_or_else(|_| look(), |hands| hands.install(look));
        seen.findings.sort();
        seen
    }

    /// What a file must be, if it is published.
    fn wanted(&self, file: &str) -> Option<&Sum> {
        listed(&self.trusted.manifest, file)
    }

    fn file(&self, file: &str, digest: &Sum) -> Seen {
        match sight(file, |other| self.wanted(other).is_some()) {
            Sight::At(address) => self.at(&address, file, digest),
            Sight::NotFound(folder) => self.not_found(&folder),
            Sight::Own(address) => self.own(&address, file, digest),
            Sight::Packed => Seen::default(),
        }
    }

    /// A file that every visitor gets.
    fn at(&self, address: &str, file: &str, digest: &Sum) -> Seen {
        let mut seen = Seen::default();
        let media_type = content_type(file);
        for coding in Coding::ALL.into_iter().filter(|coding| is_worth_packing(file, *coding)) {
            let answer = match self.host.ask(address, coding) {
                Ok(answer) => answer,
                Err(silence) => {
                    seen.findings.push(silent(address, coding, &silence));
                    break;
                }
            };
            if let Some(other) = other_than_a_file(address, &answer) {
                seen.findings.push(other);
                break;
            }
            self.hold(address, &answer, media_type, &mut seen);
            seen.findings.extend(repacked(address, coding, &answer));
            if answer.digest != *digest {
                self.changed(address, &answer, &mut seen);
                break;
            }
        }
        seen.findings.sort();
        seen.findings.dedup();
        seen
    }

    fn changed(&self, address: &str, answer: &Answer, seen: &mut Seen) {
        let text = String::from_utf8_lossy(&answer.start);
        let foreign = foreign_hosts(&text, self.homes);
        let changed = Finding::new(Kind::Changed, address);
        let hosts = Vec::from_iter(foreign).join(", ");
        let is_plain = matches!(answer.coding.as_str(), "" | "identity");
        let coding = if is_plain { String::new() } else { answer.coding.clone() };
        seen.findings.push(changed.with("coding", coding).with("hosts", hosts));
        seen.named.extend(named_in(&text, self.homes));
    }

    fn hold(&self, address: &str, answer: &Answer, media_type: &str, seen: &mut Seen) {
        let by_rule = self.rules.map_or_else(Vec::new, |rules| rules.wrong(address, answer));
        let wrong =
            by_rule.into_iter().chain(forbidden(answer)).chain(described(answer, media_type));
        seen.findings.extend(wrong.map(|wrong| of_header(address, wrong)));
        if let Some(rules) = self.rules {
            seen.other_headers.extend(rules.others(&answer.headers));
        }
    }

    /// What the server says where there is nothing: its status, and the page for it, of this language or
    /// of the root.
    fn not_found(&self, folder: &str) -> Seen {
        let mut seen = Seen::default();
        let address = format!("{folder}{NOWHERE}/");
        let answer = match self.host.ask(&address, Coding::Identity) {
            Ok(answer) => answer,
            Err(silence) => {
                seen.findings.push(silent(&address, Coding::Identity, &silence));
                return seen;
            }
        };
        if answer.status != 404 {
            let open = Finding::new(Kind::Open, &address);
            seen.findings.push(open.with("status", answer.status.to_string()));
            return seen;
        }
        let page = |folder: &str| self.wanted(format!("{folder}404.html").trim_start_matches('/'));
        if ![page(folder), page("/")].contains(&Some(&answer.digest)) {
            self.changed(&address, &answer, &mut seen);
        }
        let by_rule = self.rules.map_or_else(Vec::new, |rules| rules.wrong("/404.html", &answer));
        let wrong = by_rule.into_iter().chain(forbidden(&answer));
        seen.findings.extend(wrong.map(|wrong| of_header(&address, wrong)));
        seen
    }

    /// A file for the server itself: where it hands it out, it must be the right one.
    fn own(&self, address: &str, file: &str, digest: &Sum) -> Seen {
        let mut seen = Seen::default();
        match self.host.ask(address, Coding::Identity) {
            Ok(answer) if answer.status != 200 => {
                seen.unseen.insert(file.to_owned());
            }
            Ok(answer) if answer.digest == *digest => {}
            Ok(_) => seen.findings.push(Finding::new(Kind::Changed, address)),
            Err(silence) => seen.findings.push(silent(address, Coding::Identity, &silence)),
        }
        seen
    }

    fn closed(&self, address: &str) -> Seen {
        let mut seen = Seen::default();
        match self.host.ask(address, Coding::Identity) {
            Ok(answer) if answer.status != 200 => {}
            Ok(_) => seen.findings.push(Finding::new(Kind::Extra, address)),
            Err(silence) => seen.findings.push(silent(address, Coding::Identity, &silence)),
        }
        seen
    }

    /// An address that only a changed page or sitemap names.
    fn named(&self, address: &str) -> Seen {
        let file = file_at(address);
        let is_published = [&file, &format!("{file}/index.html")]
            .into_iter()
            .any(|file| self.wanted(file).is_some());
        if is_published { Seen::default() } else { self.closed(address) }
    }

    /// Two visitors get the same mark for the same page, or it marks visitors.
    fn steady(&self) -> Seen {
        let mut seen = Seen::default();
        let ask = || self.host.ask("/", Coding::Identity).ok();
        let tag = |answer: &Answer| {
            let tag = answer.headers.get("etag").map(|tag| tag.as_bytes().to_vec());
            String::from_utf8_lossy(&tag.unwrap_or_default()).into_owned()
        };
        if let (Some(first), Some(second)) = (ask(), ask()) {
            let [first, second] = [&first, &second].map(tag);
            if first != second {
                let wrong = Wrong {
                    kind: Kind::HeaderOther,
                    header: "ETag".to_owned(),
                    expected: first,
                    found: second,
                };
                seen.findings.push(of_header("/", wrong));
            }
        }
        seen
    }
}

/// Pictures are packed already.
fn is_worth_packing(file: &str, coding: Coding) -> bool {
    let is_text = !matches!(ending_of(file), "png" | "jpg" | "jpeg" | "webp");
    is_text || coding == Coding::Identity
}

/// What is wrong where the answer is no file at all.
fn other_than_a_file(address: &str, answer: &Answer) -> Option<Finding> {
    match answer.status {
        200 => None,
        404 | 410 => Some(Finding::new(Kind::Missing, address)),
        300..=399 => {
            let to =
                answer.headers.get("location").map(|to| String::from_utf8_lossy(to.as_bytes()));
            let to = to.unwrap_or_default().into_owned();
            Some(Finding::new(Kind::Redirected, address).with("to", to))
        }
        status => Some(Finding::new(Kind::Status, address).with("status", status.to_string())),
    }
}

/// What is wrong where the answer is packed in a way that was not asked for.
fn repacked(address: &str, asked: Coding, answer: &Answer) -> Option<Finding> {
    let is_plain = matches!(answer.coding.as_str(), "" | "identity");
    let is_asked = answer.coding.trim_start_matches("x-") == asked.name();
    let finding = Finding::new(Kind::Packing, address);
    (!is_plain && !is_asked)
        .then(|| finding.with("asked", asked.name()).with("coding", answer.coding.clone()))
}

fn silent(address: &str, asked: Coding, silence: &Silence) -> Finding {
    match silence {
        Silence::GivenUp => Finding::new(Kind::Unasked, address),
        Silence::Slow => Finding::new(Kind::Slow, address),
        Silence::Cut => Finding::new(Kind::Cut, address),
        Silence::Packed(coding) => Finding::new(Kind::Packing, address)
            .with("asked", asked.name())
            .with("coding", coding.clone()),
        Silence::Dumb(detail) => Finding::new(Kind::Silent, address).with("detail", detail.clone()),
    }
}

fn of_header(address: &str, wrong: Wrong) -> Finding {
    Finding::new(wrong.kind, address)
        .with("header", wrong.header)
        .with("expected", wrong.expected)
        .with("found", wrong.found)
}
