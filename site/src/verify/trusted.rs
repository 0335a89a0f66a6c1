//! What is at hand → the manifest that is believed, and the rules for headers that go with it.

use super::answer::Host;
use crate::diag::{Messages, has_errors};
use crate::emit::{Listed, MANIFEST_FILE, Manifest, Sink, Sum, held, sum};
use crate::hosting::HEADERS_FILE;
use crate::invocation::Invocation;
use crate::pipeline;
use crate::terminal::{read_other, read_site, say_error, tell};
use crate::trouble::{Trouble, Uncompared};
use crate::value::hexadecimal;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The largest manifest that is read: two million files.
const MANIFEST_BYTES: usize = 256 * 1024 * 1024;
const RULES_BYTES: usize = 16 * 1024 * 1024;

/// Where a manifest comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file on this machine.
    File(PathBuf),
    /// The site on this machine, built for this.
    Site,
    /// The copy itself, and its hash is the one that was told.
    Told,
    /// The copy itself: it only shows that the copy agrees with itself.
    Copy,
}

/// A manifest, and what stands beside it.
#[derive(Clone, Debug)]
pub struct Trusted {
    /// Where it comes from.
    pub origin: Origin,
    /// The digest of its text.
    pub digest: Sum,
    /// The files.
    pub manifest: Manifest,
    /// The text of `_headers`, as far as it is at hand and is the one of the manifest.
    pub rules: Option<String>,
}

impl Trusted {
    /// A manifest by its text, read from `path`.
    ///
    /// # Errors
    /// [`Uncompared::NotAManifest`].
    pub fn of_text(origin: Origin, path: &Path, text: &[u8]) -> Result<Self, Trouble> {
        let manifest = str::from_utf8(text).ok().and_then(Manifest::parse);
        let manifest = manifest.filter(|manifest| !manifest.files().is_empty());
        let none = || Trouble::NotCompared(Uncompared::NotAManifest(path.to_owned()));
        let manifest = manifest.ok_or_else(none)?;
        Ok(Self { origin, digest: sum(text), manifest, rules: None })
    }

    /// The manifest in a file.
    ///
    /// # Errors
    /// [`Trouble`] where it cannot be read or is none.
    pub fn of_file(origin: Origin, path: &Path) -> Result<Self, Trouble> {
        let trusted = Self::of_text(origin, path, &read_other(path, MANIFEST_BYTES)?)?;
        let rules = path.with_file_name(HEADERS_FILE);
        Ok(trusted.with_rules(read_other(&rules, RULES_BYTES).unwrap_or_default()))
    }

    /// The manifest of the site at hand. None where the site has errors, which are told.
    ///
    /// # Errors
    /// [`Trouble`] where the site cannot be read.
    pub fn of_site(invocation: &Invocation, messages: &Messages) -> Result<Option<Self>, Trouble> {
        let source = read_site(&invocation.root)?;
        let made = Made::default();
        let faults = pipeline::build(&source, &invocation.build, &made)
            .map_err(|interruption| Trouble::interrupting(interruption, &invocation.root))?;
        if has_errors(&faults) {
            tell(&faults, &source, messages);
            say_error(&messages.program("verify-no-site", &[]));
            return Ok(None);
        }
        let files = made.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rules = made.rules.into_inner().unwrap_or_else(PoisonError::into_inner);
        let manifest = Manifest::of(files).unwrap_or_default();
        let digest = sum(manifest.text().as_bytes());
        Ok(Some(Self { origin: Origin::Site, digest, manifest, rules: None }.with_rules(rules)))
    }

    /// The manifest that a server hands out. None where it hands out none.
    ///
    /// # Errors
    /// [`Uncompared::NotAManifest`] where it is none.
    pub fn of_host(origin: Origin, host: &Host) -> Result<Option<Self>, Trouble> {
        let path = format!("/{MANIFEST_FILE}");
        let answer = host.ask_for_text(&path, MANIFEST_BYTES).ok();
        let Some(answer) = answer.filter(|answer| answer.status == 200) else { return Ok(None) };
        let trusted = Self::of_text(origin, Path::new(&path), &answer.start)?;
        let rules = format!("/{HEADERS_FILE}");
        let rules = host.ask_for_text(&rules, RULES_BYTES);
        Ok(Some(trusted.with_rules(rules.map(|answer| answer.start).unwrap_or_default())))
    }

    /// With the rules for headers, if they are those of the manifest.
    fn with_rules(mut self, text: Vec<u8>) -> Self {
        let is_listed = listed(&self.manifest, HEADERS_FILE) == Some(&sum(&text));
        self.rules = String::from_utf8(text).ok().filter(|_| is_listed);
        self
    }

    /// The digest of the manifest as digits.
    #[must_use]
    pub fn digits(&self) -> String {
        hexadecimal(&self.digest)
    }
}

/// What a file must be, if it is listed.
#[must_use]
pub fn listed<'a>(manifest: &'a Manifest, path: &str) -> Option<&'a Sum> {
    manifest.position(path).map(|place| &manifest.files()[place].sum)
}

/// Takes a site and keeps of it only what it is compared by.
#[derive(Debug, Default)]
struct Made {
    files: Mutex<Vec<Listed>>,
    rules: Mutex<Vec<u8>>,
}

impl Sink for Made {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        held(&self.files).push(Listed { path: path.to_owned(), sum: sum(bytes) });
        if path == HEADERS_FILE {
            bytes.clone_into(&mut held(&self.rules));
        }
        Ok(())
    }
}
